"""The ten checks that the app was designed to. Where another file holds one, it is named here.

2 is in test_referral, 7 in tests/test_handout_paper, 8 in test_screens; 3, by keyboard and by names, in test_keyboard.
"""

import io
import re
import time
import zipfile
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from tests.web.test_journeys import answered_calmly

from hipwise.simulate import story, write

pytestmark = pytest.mark.slow

AT_ONCE_S = 20
FILES = 2000
DAILY = (
    "today",
    "today/check-in",
    "today/after-run",
    "plan",
    "session",
    "training",
    "hip",
    "hip/result",
    "hip/answers",
)
MORE = ("more", "more/progress", "more/settings", "training/charts/weeks", "training/quality", "exercise/clamshell")
HIDDEN = """(hidden) => {
  Object.defineProperty(document, 'visibilityState', {configurable: true, get: () => hidden ? 'hidden' : 'visible'});
  Object.defineProperty(document, 'hidden', {configurable: true, get: () => hidden});
  document.dispatchEvent(new Event('visibilitychange'));
}"""


def test_1_a_check_in_is_three_taps_from_today_within_twenty_seconds_and_can_be_taken_back(visit, served):
    journal = answered_calmly(served)
    page = visit(served)
    page.goto(f"{served.home}/today")
    page.evaluate("() => { window.taps = 0; addEventListener('pointerdown', () => { window.taps += 1; }, true); }")
    page.locator(".scores").wait_for()
    began = time.monotonic()
    page.get_by_role("link", name="1", exact=True).click()  # the pain at rest
    page.get_by_role("group", name="When you walk").locator("label").nth(1).click()
    page.get_by_role("button", name="None of these, keep it").click()
    expect(page.locator(".verdict")).to_be_visible()
    assert page.evaluate("window.taps") == 3
    assert time.monotonic() - began < AT_ONCE_S
    assert page.locator("main input[type=text], main textarea").count() == 0
    _, told = journal.last_checkin()
    assert (told["rest_pain_score"], told["walk_pain_score"], told["limp"], told["fever"]) == ("1", "1", "no", "no")
    page.get_by_role("button", name="Undo").click()
    expect(page).to_have_url(f"{served.home}/today")
    expect(page.get_by_role("link", name="1", exact=True)).to_be_visible()  # asked again
    assert journal.last_checkin() is None


def test_4_the_reasoning_behind_today_is_one_tap_away_and_names_its_sources(visit, sampled):
    page = visit(sampled, runner="sample")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{sampled.home}/today")
    expect(page.locator(".spark svg > title")).to_have_text("Pain, last 14 days")
    assert sum("/today?" in url for url in asked) == 1  # chips and line come with the verdict
    page.get_by_role("button", name="See the reasoning").click()
    why = page.get_by_role("dialog")
    expect(why.locator(".why-drawer")).to_be_visible()
    assert why.locator(".why-from dt").count() > 2
    expect(why).to_contain_text("source")
    page.keyboard.press("Escape")
    expect(why).to_have_count(0)
    assert page.evaluate("document.activeElement.closest('.verdict') !== null")  # where one was


def test_5_two_thousand_mixed_files_leave_the_app_usable(visit, served, tmp_path):
    runs = [path.read_bytes() for path in write(story(start=served.house.journal.on - timedelta(177)), tmp_path)[-6:]]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for place in range(FILES):
            kind = place % 4
            name = f"{place:04}.{('fit', 'gpx', 'csv', 'fit')[kind]}"
            body = (runs[place % 6] if place < 24 else b"\x0e\x20broken", b"<gpx></gpx>", b"a,b\n1,2\n", b"")[kind]
            archive.writestr(name, body + f"{place}".encode() if kind == 2 else body)
    page = visit(served)
    page.goto(f"{served.home}/training/import")
    page.locator("input[type=file]").set_input_files(
        {"name": "export.zip", "mimeType": "application/zip", "buffer": packed.getvalue()}
    )
    expect(page).to_have_url(re.compile("/training/import/[0-9]+"))
    report = page.url
    page.goto(f"{served.home}/today")  # meanwhile the app is there
    expect(page.locator(".verdict, .care, .card").first).to_be_visible()
    page.goto(report)
    expect(page.get_by_role("heading", name="What became of your files")).to_be_visible(timeout=30_000)
    page.locator(".tiles .figure").first.wait_for()
    tiles = [int(each.replace(",", "")) for each in page.locator(".tiles .figure").all_inner_texts()]
    assert sum(tiles) == FILES
    assert tiles[0] > 0


def test_6_a_session_goes_on_while_the_display_is_off(visit, sampled):
    page = visit(sampled, runner="sample")
    page.clock.install()
    page.goto(f"{sampled.home}/session")
    page.locator(".session-step").wait_for()
    slept = 0
    for _ in range(200):
        step = page.locator(".session-step")
        if not step.count():
            break
        timed = page.get_by_role("timer").count()
        before = page.inner_text("main")
        if timed:
            slept += 1
            page.evaluate(HIDDEN, True)
            page.clock.fast_forward("10:00")  # timers fire once, as on a page that sleeps
            page.evaluate(HIDDEN, False)
        else:
            page.get_by_role("button", name="Done, next").click()
        expect(page.locator("main")).not_to_have_text(before)
    expect(page.locator("main .scores")).to_be_visible()
    assert slept > 2


def test_the_figure_of_an_exercise_is_large_enough_to_see(visit, sampled):
    page = visit(sampled, runner="sample")
    page.goto(f"{sampled.home}/exercise/clamshell")
    page.locator(".exercise-figure svg").first.wait_for(state="attached")
    box = page.locator(".exercise-figure svg").first.bounding_box()
    assert (box["width"], box["height"]) > (240, 80)


def test_9_every_screen_that_was_seen_is_there_without_a_network(visit, sampled):
    page = visit(sampled, runner="sample")
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    seen = {}
    for online in (True, False):
        page.context.set_offline(not online)
        for screen in (*DAILY, *MORE):
            page.goto(f"{sampled.home}/{screen}")
            page.locator("main h1").wait_for()
            expect(page.locator(".waiting")).to_have_count(0)
            said = page.get_by_text("hipwise cannot be reached").count() == 0
            seen.setdefault(screen, []).append((said, page.locator("main > *").count() > 1))
    assert {screen: each for screen, each in seen.items() if each != [(True, True)] * 2} == {}
    page.context.set_offline(False)


def test_10_an_import_and_a_plan_can_be_taken_back(visit, served, tmp_path):
    journal = answered_calmly(served)
    page = visit(served)
    page.goto(f"{served.home}/plan")
    page.get_by_role("button", name="Make a plan").click()
    page.locator(".week").first.wait_for()
    assert journal.agreed() is not None
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Make a plan")).to_be_visible()
    assert journal.agreed() is None
    files = write(story(start=journal.on - timedelta(177)), tmp_path / "runs")[-8:-4]
    page.goto(f"{served.home}/training/import")
    page.locator("input[type=file]").set_input_files(files)
    page.get_by_role("button", name="Take this import back").click()
    expect(page).to_have_url(f"{served.home}/training")
    assert journal.runs() == ()
