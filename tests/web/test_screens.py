"""Every screen: no barrier that axe finds, no sideways scrolling, no small print, no word outside the catalogue."""

import json
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from tests.web.served import NEWEST, newest_of
from tests.web.test_journeys import answered_calmly

TEXTS = Path(__file__).resolve().parents[2] / "web" / "src" / "texts"
CATALOGUE = {}
for _file in TEXTS.glob("*.json"):
    CATALOGUE |= json.loads(_file.read_text("utf-8"))
SAMPLE = (
    *("today", "today/check-in", "today/after-run", "plan", "session", "exercise/glute_bridge", "training", "hip"),
    *("training/charts/weeks", "training/charts/spikes", "training/charts/before", "training/charts/time"),
    *("training/form", "training/quality", "training/import", "hip/result", "hip/answers", "hip/words", "more"),
    *("plan/history", "plan/race", "plan/weekly", "plan/wishes"),
    *("training/runs", NEWEST),
    *("more/progress", "more/ask", "more/ask?q=which%20shoes", "more/share", "more/settings", "more/pairing"),
)
OWN = (
    "start",
    "who",
    "hip/check",
    "hip/where",
    "hip/question",
    "hip/referral",
    "hip/result",
    "plan",
    "plan/history",
    "training",
)
pytestmark = pytest.mark.slow

SCREENS = [*(("sample", screen) for screen in SAMPLE), *(("me", screen) for screen in OWN)]

NARROW = {"width": 320, "height": 700}
OF_PYTHON = {"Right", "Left", "Weeks", "not known", "Both", "Female", "Male", "None", "Monday", "Sunday", "Running"}
"""Words that names in data hold as well."""

FORMS = [each if isinstance(each, str) else each["many"] for each in CATALOGUE.values()]
PLAIN = {each for each in FORMS if "{" not in each and len(each) > 3} - OF_PYTHON

SMALL = """() => [...document.querySelectorAll('body *')].filter((each) => {
  if (each.closest('.said-only, option, svg defs, .fig-still')) return false;
  const own = [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  if (!own || !each.getClientRects().length) return false;
  const matrix = each instanceof SVGElement && each.getScreenCTM ? each.getScreenCTM() : null;
  return parseFloat(getComputedStyle(each).fontSize) * (matrix ? matrix.a : 1) < 13.9;
}).map((each) => each.textContent.slice(0, 40))"""


def looked_at(page, served, screens):
    """Show each screen and wait until what it asked for is there."""
    for runner, screen in screens:
        page.evaluate(f"sessionStorage.setItem('runner', '{runner}')")
        page.goto(f"{served.home}/{newest_of(served, screen)}")
        page.locator("main h1").wait_for()
        expect(page.locator(".waiting")).to_have_count(0)
        yield screen


COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


def barriers(page, rules=None):
    """Return what axe finds (by all rules, or by RULES); once more where colours were still changing as it looked."""
    for wait_ms in (50, 700):
        page.wait_for_timeout(wait_ms)
        found = Axe().run(page, options=rules).response["violations"]
        if not found:
            break
    return found


def test_axe_finds_no_barrier_on_any_screen_light_or_dark(visit, sampled):
    page, found = visit(sampled), {}
    for screen in looked_at(page, sampled, SCREENS):
        for theme, rules in (("light", None), ("dark", COLOURS)):  # of all the rules, only these look at colours
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            for each in barriers(page, rules):
                found.setdefault(each["id"], []).append((screen, theme, each["nodes"][0]["html"][:120]))
    assert found == {}


def test_no_screen_scrolls_sideways_or_has_small_print(visit, sampled):
    page = visit(sampled, viewport=NARROW)
    wide, small = {}, {}
    for screen in looked_at(page, sampled, SCREENS):
        for width in (320, 360):
            page.set_viewport_size(NARROW | {"width": width})
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wide[screen, width] = page.evaluate("document.documentElement.scrollWidth")
            if tiny := page.evaluate(SMALL):
                small[screen, width] = tiny[:3]
        page.set_viewport_size(NARROW)  # the next screen is opened as it is drawn: for the narrowest
    assert (wide, small) == ({}, {})


ENGLISH = re.compile(r"\b[a-z]{3,} [a-z]{3,}\b")
"""Two plain words side by side; a word of the pseudo language nearly always has an accent in it."""


def pseudo_of(page, served, language="x-pseudo"):
    """Let the settings choose a pseudo language, as if the runner had; what is kept stays as it is."""
    api = f"{served.home}/api/v1"
    kept = page.request.get(f"{api}/settings").json()
    for whose in ("me", "sample"):  # read its words once, which takes a while
        page.request.get(f"{api}/today?runner={whose}", headers={"accept-language": language})
    page.route("**/api/v1/settings*", lambda route: route.fulfill(json=kept | {"language": language}))
    page.goto(f"{served.home}/start")
    expect(page.locator("html")).to_have_attribute("lang", language)


def faults(page):
    """Return the lines in plain English, and what sticks out from left to right and from right to left."""
    expect(page.locator("html")).to_have_attribute("lang", re.compile("x-pseudo"))
    expect(page.locator("main h1")).to_contain_text("⟦")
    lines = {line.strip() for line in page.inner_text("body").splitlines()}
    plain = lines & PLAIN or {each for each in lines if ENGLISH.search(each) and "⟦" not in each}
    wide = []
    for way in ("ltr", "rtl"):
        page.evaluate(f"document.documentElement.dir = '{way}'")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(way)
    return sorted(plain), wide


def test_the_pseudo_language_leaves_no_plain_english_and_breaks_no_layout(visit, sampled):
    """The plan of the sample runner was agreed on in English, and stays so; the next test makes one."""
    page = visit(sampled)
    pseudo_of(page, sampled)
    screens = [each for each in SCREENS if each[1] not in {"today", "plan", "session", "more/share"}]
    found = {screen: faults(page) for screen in looked_at(page, sampled, screens)}
    assert {screen: each for screen, each in found.items() if each != ([], [])} == {}


def test_a_plan_that_is_made_in_another_language_is_shown_in_it(visit, served):
    answered_calmly(served)
    page = visit(served)
    pseudo_of(page, served, "x-pseudo-rtl")
    page.goto(f"{served.home}/plan")
    page.locator("main button.main-act").click()
    page.locator(".week").wait_for()
    screens = [("me", each) for each in ("plan", "session", "today", "exercise/clamshell", "hip/result", "more/share")]
    found = {screen: faults(page) for screen in looked_at(page, served, screens)}
    assert {screen: each for screen, each in found.items() if each != ([], [])} == {}
