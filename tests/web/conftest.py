"""A Chromium on a phone, and servers for it. Every page is watched: it asks nobody but its own server."""

import time
from urllib.parse import urlsplit

import pytest
from tests.web.served import CHROMIUM, FLAGS, serving, why_not

PHONE, LAPTOP = {"width": 360, "height": 760}, {"width": 1280, "height": 800}
LONGEST_MS = 20_000
"""Only a machine with too much to do needs so long."""


@pytest.fixture(scope="session", autouse=True)
def _able():
    if why_not():
        pytest.skip(why_not())


@pytest.fixture(scope="session")
def browser(_able):
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=LONGEST_MS)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def sampled(_able, tmp_path_factory):
    """Return a server with the sample runner in it."""
    with serving(tmp_path_factory.mktemp("sampled")) as served:
        sample = served.house.sample
        sample.start_sample()
        served.house.wake.set()
        while not sample.jobs() or sample.jobs()[0].state not in {"done", "failed"}:
            time.sleep(0.1)
        assert sample.jobs()[0].state == "done"
        yield served


@pytest.fixture
def served(_able, tmp_path):
    """Return a server with an empty journal."""
    with serving(tmp_path) as found:
        yield found


@pytest.fixture
def visit(browser):
    """Return a function that opens a page on a server. In the end nothing was asked elsewhere, and nothing stumbled."""
    asked, stumbled, contexts = [], [], []

    def opened(served, runner="me", **looks):
        context = browser.new_context(viewport=looks.pop("viewport", PHONE), reduced_motion="reduce", **looks)
        contexts.append(context)
        context.set_default_timeout(LONGEST_MS)
        context.on("request", lambda request: asked.append((served.home, request.url)))
        context.on("weberror", lambda error: stumbled.append(str(error.error)))
        page = context.new_page()
        page.goto(served.way_in)
        page.evaluate(f"sessionStorage.setItem('runner', '{runner}')")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert asked
    assert [url for home, url in asked if urlsplit(url).scheme in {"http", "https"} and not url.startswith(home)] == []
    assert stumbled == []
