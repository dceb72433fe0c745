"""One run in the browser: its curves by hand and by keys, its splits as a table, without a network, without curves."""

import pytest
from playwright.sync_api import expect
from tests.web.conftest import LAPTOP
from tests.web.served import NEWEST, newest_of

pytestmark = pytest.mark.slow

PLACE = ".curves input[type=range]"
INK = """() => {
  const canvas = document.querySelector('.curve canvas');
  const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
  const found = {};
  for (let at = 0; at < pixels.length; at += 4)
    if (pixels[at + 3] > 250) {
      const colour = pixels.slice(at, at + 3).join();
      found[colour] = (found[colour] || 0) + 1;
    }
  return Object.entries(found).sort((one, other) => other[1] - one[1]).slice(0, 4).map(([colour]) => colour);
}"""


def within(page):
    """Return from where to where of the run the slider goes: what is seen of it."""
    return [int(page.get_attribute(PLACE, end)) for end in ("min", "max")]


def test_a_run_is_found_in_the_list_and_its_curves_are_read_by_keys_alone(visit, sampled):
    page = visit(sampled, runner="sample", viewport=LAPTOP)
    page.goto(f"{sampled.home}/training")
    page.get_by_role("link", name="Your runs").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{sampled.home}/training/runs")
    page.locator("main nav a.linked").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".curve canvas")).to_have_count(4)
    whole, told = within(page), page.locator(".curves output")
    page.locator(PLACE).focus()
    page.keyboard.press("End")
    expect(told).to_contain_text("Pace:")
    last = told.inner_text()
    page.keyboard.press("ArrowLeft")
    expect(told).not_to_have_text(last)
    page.get_by_role("button", name="Closer").focus()
    page.keyboard.press("Enter")
    closer = within(page)
    assert closer[1] - closer[0] < 0.6 * (whole[1] - whole[0])
    page.get_by_role("button", name="Earlier").focus()
    page.keyboard.press("Enter")
    assert within(page)[0] < closer[0]
    page.get_by_role("button", name="Whole run").focus()
    page.keyboard.press("Enter")
    assert within(page) == whole
    page.get_by_role("radio", name="Time").focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("radio", name="Time")).to_be_checked()
    page.get_by_text("Split by split").click()
    assert page.locator("table thead th").all_inner_texts()[:2] == ["km", "min/km"]


def test_a_drag_looks_closer_and_the_colours_follow_the_theme(visit, sampled):
    page = visit(sampled, runner="sample", viewport=LAPTOP, color_scheme="light")
    page.goto(f"{sampled.home}/{newest_of(sampled, NEWEST)}")
    expect(page.locator(".curve canvas")).to_have_count(4)
    whole, over = within(page), page.locator(".curve .u-over").first
    over.scroll_into_view_if_needed()
    box = over.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 30, steps=4)
    page.mouse.up()
    expect(page.get_by_role("button", name="Farther")).to_have_attribute("aria-disabled", "false")
    assert within(page)[1] - within(page)[0] < 0.3 * (whole[1] - whole[0])
    light = page.evaluate(INK)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"(light) => !({INK})().some((colour) => light.includes(colour))", arg=light)


def test_without_a_network_a_run_that_was_seen_stands_and_another_says_so(visit, sampled):
    page = visit(sampled, runner="sample")
    newest, other = (run.id for run in sampled.house.sample.runs()[-2:][::-1])
    page.goto(f"{sampled.home}/training/run/{newest}")
    expect(page.locator(".curve canvas")).to_have_count(4)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    expect(page.locator(".curve canvas")).to_have_count(4)
    page.context.set_offline(True)
    page.reload()
    expect(page.locator(".curve canvas")).to_have_count(4)
    expect(page.get_by_text("As of")).to_be_visible()
    page.goto(f"{sampled.home}/training/run/{other}")
    expect(page.get_by_role("button", name="Try again")).to_be_visible()


def test_a_run_that_was_typed_by_hand_says_that_it_has_no_curves_and_brings_no_code_for_them(visit, served):
    run = served.house.journal.log(distance_m=5000, timer_s=1800)
    page, asked = visit(served), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{served.home}/training/run/{run.id}")
    expect(page.get_by_text("No curves of this run")).to_be_visible()
    expect(page.locator("dl.tiles")).to_contain_text("30:00")
    assert [url for url in asked if "streams" in url] == []
