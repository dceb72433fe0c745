"""Every number opens what stands behind it, by keyboard too; what is handed out says what it holds."""

import re
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.slow

ONE_DAY, HALF_A_PHONE = timedelta(1), 180
MOST, OF_A_CAUSE = 3, 5
SCREENS = ("today", "hip/result", "training", "plan", "exercise/glute_bridge")


def shown(page, served, screen):
    page.goto(f"{served.home}/{screen}")
    page.locator("main h1").wait_for()
    expect(page.locator(".waiting")).to_have_count(0)


def test_every_number_opens_a_drawer_by_keyboard_and_gives_the_focus_back(visit, sampled):
    page, silent = visit(sampled, "sample"), []
    for screen in SCREENS:
        shown(page, sampled, screen)
        page.evaluate(
            "(most) => [...document.querySelectorAll('main details')].slice(0, most).forEach(one => one.open = true)",
            OF_A_CAUSE if screen == "hip/result" else MOST,
        )
        buttons = [each for each in page.locator("main .why").all() if each.is_visible()]
        assert buttons, screen
        for button in buttons:
            button.focus()
            page.keyboard.press("Enter")
            drawer = page.locator("dialog[open] .why-drawer")
            expect(drawer).to_be_visible()
            if not (drawer.locator(".lines, .notice").count() and drawer.locator("h3").inner_text()):
                silent.append((screen, drawer.inner_text()[:60]))
            page.keyboard.press("Escape")
            expect(page.locator("dialog[open]")).to_have_count(0)
            expect(button).to_be_focused()
    assert silent == []


def test_an_open_drawer_has_no_barrier_and_fits_a_narrow_phone(visit, sampled):
    page = visit(sampled, "sample", viewport={"width": 320, "height": 700})
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        shown(page, sampled, "today")
        page.get_by_role("button", name="See the reasoning").click()
        expect(page.locator("dialog[open] .why-drawer")).to_be_visible()
        page.wait_for_timeout(300)
        found = [(each["id"], each["nodes"][0]["html"][:120]) for each in Axe().run(page).response["violations"]]
        assert found == []
        assert not page.evaluate("document.querySelector('dialog[open]').scrollWidth > innerWidth")


def test_the_numbers_of_today_can_be_asked_after_without_a_network(visit, sampled):
    page = visit(sampled, "sample")
    with page.expect_response("**/why/today/ceiling_min*"):
        shown(page, sampled, "today")
    page.wait_for_timeout(300)
    page.context.set_offline(True)
    page.locator("main .why").first.click()
    expect(page.locator("dialog[open] .why-drawer h3")).to_have_text(
        "How long at most"
    )  # on the ladder minutes bound a run


def test_what_would_change_a_result_is_told_on_tap(visit, sampled):
    page = visit(sampled, "sample")
    shown(page, sampled, "hip/result")
    page.get_by_text("What would change this?").click()
    expect(page.get_by_text("You said: Less than 2 weeks.")).to_be_visible()
    assert page.locator("main details").last.locator("li strong").count() > 0


def test_what_is_handed_out_is_saved_as_a_file_of_its_kind(visit, sampled):
    page = visit(sampled, "sample", accept_downloads=True)
    shown(page, sampled, "more/share")
    for name, ending in (("Save as .ics", ".ics"), ("Save the exercises", ".fit"), ("Save as JSON", ".json")):
        with page.expect_download() as saved:
            page.get_by_role("button", name=name).click()
        assert saved.value.suggested_filename.endswith(ending)


def test_workouts_are_held_back_with_the_reason_while_somebody_must_be_seen_first(visit, served):
    journal = served.house.journal
    journal.set_athlete(age_y=34, sex="female", country="IE")
    journal.tell({"fever": "yes", "pain_groin": "yes"})
    page = visit(served)
    shown(page, served, "more/share")
    expect(page.get_by_text("Held back: somebody has to look at your hip first.")).to_have_count(2)
    expect(page.get_by_role("button", name="Save the run")).to_have_count(0)
    expect(page.locator(".care")).to_be_visible()


def test_settings_do_what_they_say(visit, served):
    journal = served.house.journal
    journal.set_athlete(age_y=34, sex="female", country="IE")
    for days in (40, 20, 3):
        journal.log(distance_m=8000, timer_s=2900, started_at=journal.now.replace(hour=0) - days * ONE_DAY)
    page = visit(served)
    shown(page, served, "more/settings")
    root = page.locator("html")
    for label, name, value in (("Dark", "data-theme", "dark"), ("Largest", "data-text", "largest")):
        page.get_by_label(label, exact=True).check()
        expect(root).to_have_attribute(name, value)
    page.get_by_label("High", exact=True).check()
    page.get_by_label("As little as possible", exact=True).check()
    expect(root).to_have_attribute("data-contrast", "more")
    expect(root).to_have_attribute("data-motion", "less")
    page.get_by_label("Miles", exact=True).check()
    page.get_by_label(re.compile("^Country")).select_option(label="Austria")
    expect(page.get_by_text("Kept.")).to_be_visible()
    assert journal.athlete.country == "AT"
    shown(page, served, "training")
    expect(root).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "24px"
    expect(page.get_by_text("Longest of 30 days: 5 mi")).to_be_visible()
    shown(page, served, "exercise/glute_bridge")
    expect(page.locator(".fig-loop")).to_be_hidden()
    assert page.locator(".exercise-figure svg").bounding_box()["width"] > HALF_A_PHONE


def test_deleting_everything_leaves_nothing_here_nor_on_the_phone(visit, served):
    journal = served.house.journal
    journal.log(distance_m=8000, timer_s=2900)
    page = visit(served)
    shown(page, served, "training")
    shown(page, served, "more/settings")
    page.get_by_role("button", name="Delete everything", exact=True).click()
    page.get_by_role("button", name="Yes, delete everything").click()
    expect(page.locator("dialog[open] [role=status]")).to_be_visible()
    assert len(journal.runs()) == 0
    page.keyboard.press("Escape")
    expect(page).to_have_url(f"{served.home}/")
    page.context.set_offline(True)
    page.goto(f"{served.home}/training")
    expect(page.get_by_text("hipwise cannot be reached")).to_be_visible()
