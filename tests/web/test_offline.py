"""Without a network a check-in is kept on the phone, and later sent once."""

import re
from itertools import count

import pytest
from playwright.sync_api import expect
from tests.web.served import DIST
from tests.web.test_journeys import answered_calmly, check_in

from sore_runner import tcx

pytestmark = pytest.mark.slow


def checkins(journal):
    return [each for each in journal.history() if each.kind == "checkin"]


def test_a_check_in_without_a_network_is_sent_later_and_once(visit, served):
    journal = answered_calmly(served)
    journal.plan()
    page = visit(served)
    page.goto(f"{served.home}/today/check-in")
    expect(page.locator(".scores").first).to_be_visible()
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    expect(page.locator(".scores").first).to_be_visible()
    page.context.set_offline(True)
    check_in(page, served, 1)
    expect(page.get_by_text("1 entry waits")).to_be_visible()
    assert checkins(journal) == []
    page.context.set_offline(False)
    page.evaluate("() => dispatchEvent(new Event('online'))")
    expect(page.get_by_text("1 entry waits")).to_have_count(0)
    assert len(checkins(journal)) == 1
    page.reload()
    expect(page.locator("main h1")).to_be_visible()
    assert len(checkins(journal)) == 1


def test_without_a_network_a_checkin_gets_the_verdict_that_python_worked_out_before(visit, served):
    journal = answered_calmly(served)
    journal.plan()
    page = visit(served)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    page.goto(f"{served.home}/session")
    expect(page.get_by_role("button", name="Done, next")).to_be_visible()
    with page.expect_response(re.compile("/today/ahead")):
        page.goto(f"{served.home}/today")
        page.locator("main h1").wait_for()
    page.goto(f"{served.home}/today/check-in")
    expect(page.locator(".scores").first).to_be_visible()
    page.context.set_offline(True)
    check_in(page, served, 8)
    expect(page.locator(".care")).to_contain_text("No running")
    for screen in ("session", "plan", "today", "exercise/clamshell", "plan/race", "more/share"):
        page.goto(f"{served.home}/{screen}")
        expect(page.locator(".care")).to_contain_text("No running")
        expect(page.get_by_role("button", name="Done, next")).to_have_count(0)
        expect(page.locator(".week, .session-chip, .verdict, .exercise")).to_have_count(0)
    assert checkins(journal) == []
    back(page)
    expect(page.get_by_text("1 entry waits")).to_have_count(0)
    assert len(checkins(journal)) == 1
    expect(page.locator(".care")).to_be_visible()
    assert journal.today().referral is not None


def test_without_a_network_the_exercises_of_before_say_what_they_have_not_heard(visit, served):
    journal = answered_calmly(served)
    journal.plan()
    page = visit(served)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    with page.expect_response(re.compile("/referral")):  # the last that is fetched for a phone without a network
        page.goto(f"{served.home}/today")
    away(page, served, "/today/check-in")
    check_in(page, served, 1)
    expect(page.get_by_text("1 entry waits")).to_be_visible()
    page.goto(f"{served.home}/session")
    expect(page.get_by_text("What you told since then is not in it yet.")).to_be_visible()
    expect(page.get_by_role("button", name="Done, next")).to_be_visible()
    assert checkins(journal) == []


def test_no_tab_offers_an_exercise_while_nobody_knows_what_waits_or_was_just_told(visit, served):
    """What a run did no table knows; and once an alarm was told, the plan of before is nothing to go by."""
    journal = answered_calmly(served)
    journal.log(distance_m=4200, timer_s=1500)
    journal.plan()
    page = visit(served)
    other = page.context.new_page()
    other.goto(f"{served.home}/session")
    player = other.get_by_role("button", name="Done, next")
    expect(player).to_be_visible()
    away(page, served, "/today/after-run")
    page.locator("fieldset:has(.scores)").first.locator('input[value="9"]').check(force=True)
    page.locator("main form > button.main-act").click()
    expect(page.get_by_text("1 entry waits")).to_be_visible()
    expect(other.get_by_role("heading", name="Ask again when connected")).to_be_visible()
    expect(player).to_have_count(0)
    other.reload()
    expect(other.get_by_role("heading", name="Ask again when connected")).to_be_visible()
    back(page)
    expect(page.get_by_text("1 entry waits")).to_have_count(0)
    expect(player).to_be_visible()
    check_in(page, served, 8)
    expect(page.locator(".care")).to_contain_text("No running")
    expect(other.locator(".care")).to_contain_text("No running")
    other.close()
    page.context.set_offline(True)
    for screen in ("session", "plan", "training", "exercise/clamshell"):
        page.goto(f"{served.home}/{screen}")
        expect(page.locator("main h1")).to_be_visible()
        expect(page.locator(".waiting")).to_have_count(0)
        expect(page.get_by_role("button", name="Done, next")).to_have_count(0)
        expect(page.locator(".week, .session-chip, .verdict, .exercise, .exercise-figure")).to_have_count(0)


def test_the_phone_keeps_the_code_of_every_screen_also_of_those_never_opened():
    kept = (DIST / "sw.js").read_text("utf-8")
    files = [each.relative_to(DIST).as_posix() for each in DIST.rglob("*") if each.is_file()]
    pieces = [each for each in files if not each.startswith(".") and each not in {"index.html", "sw.js"}]
    assert len([each for each in pieces if each.endswith(".js")]) > 5  # one for each journey
    assert [each for each in pieces if f'"/{each}' not in kept and f'\\"/{each}\\"' not in kept] == []


def test_a_page_of_an_older_hipwise_is_loaded_anew_once_where_its_files_are_gone(visit, sampled):
    page = visit(sampled, runner="sample", service_workers="block")
    page.goto(f"{sampled.home}/today")
    page.locator(".verdict").wait_for()
    loads = count()
    page.on("load", lambda _: next(loads))
    page.route("**/assets/more-*.js", lambda route: route.fulfill(status=404), times=1)
    page.get_by_role("link", name="More", exact=True).click()
    expect(page.get_by_role("heading", name="More", exact=True)).to_be_visible()
    page.route("**/assets/training-*.js", lambda route: route.fulfill(status=404))
    page.get_by_role("link", name="Training", exact=True).click()
    expect(page.get_by_role("heading", name="This page did not come")).to_be_visible()
    assert next(loads) == 2  # once for each, and no more
    page.unroute("**/assets/training-*.js")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", name="Your training")).to_be_visible()


def test_the_interview_can_be_answered_by_keyboard_alone(visit, served):
    answered_calmly(served, but=("side", "night_pain", "stairs_hurts", "snap_side", "deep_bend_pinch"))
    page = visit(served)
    page.goto(f"{served.home}/hip/question")
    for _ in range(3):
        page.locator("main legend").first.wait_for()
        asked = page.locator("main legend").first.inner_text()
        for _ in range(30):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.type === 'radio'"):
                break
        page.keyboard.press("Space")
        assert page.locator("main input:checked").count() == 1
        for _ in range(12):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.classList.contains('main-act')"):
                break
        page.keyboard.press("Enter")
        expect(page.locator("main legend", has_text=asked)).to_have_count(0)
        if page.locator("main .card.soft").count():
            break


def away(page, served, path):
    """Open a screen, let the app be kept on the phone, and cut the network."""
    page.goto(f"{served.home}{path}")
    expect(page.locator(".scores").first).to_be_visible()
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    expect(page.locator(".scores").first).to_be_visible()
    page.context.set_offline(True)


def back(page):
    page.context.set_offline(False)
    page.evaluate("() => dispatchEvent(new Event('online'))")


def test_what_a_run_did_is_told_without_a_network_with_where_it_began(visit, served):
    journal = answered_calmly(served)
    journal.log(distance_m=4200, timer_s=1500)
    page = visit(served)
    away(page, served, "/today/after-run")
    began = page.locator(".after-run fieldset", has=page.get_by_text("How far into your last run"))
    expect(page.get_by_text("Your last run: 4.2 km")).to_be_visible()
    expect(began).to_have_count(0)
    page.locator("fieldset:has(.scores)").first.locator('input[value="3"]').check(force=True)
    expect(began).to_be_visible()
    assert began.get_by_label("After more than 10 km").count() == 0
    assert min(label.bounding_box()["height"] for label in began.locator("label").all()) >= 48
    began.get_by_label("Between 2 and 5 km").check(force=True)
    page.locator("main form > button.main-act").click()
    expect(page.get_by_text("1 entry waits")).to_be_visible()
    back(page)
    expect(page.get_by_text("1 entry waits")).to_have_count(0)
    assert [each.state for each in journal.told().history("run_pain_from")] == ["to_5_km"]
    assert len(checkins(journal)) == 1


def test_a_lap_that_was_pressed_is_offered_and_kept_as_the_place_where_the_pain_began(visit, served, tmp_path):
    journal = answered_calmly(served)
    journal.add([tcx(tmp_path, journal.on, (3.1, 4.2))])
    page = visit(served)
    page.goto(f"{served.home}/today/after-run")
    page.locator('main .scores input[value="3"]').first.check(force=True)
    page.get_by_label("At lap 2: 4.2 km").check(force=True)
    page.locator("main form > button.main-act").click()
    expect(page).to_have_url(f"{served.home}/today")
    told = journal.told().latest()["run_pain_from"]
    assert (told.state, told.origin) == ("to_5_km", "lap:2:4200.0")


def test_a_late_check_in_that_meets_a_newer_one_is_shown_and_the_runner_chooses(visit, served):
    journal = answered_calmly(served)
    page = visit(served)
    away(page, served, "/today/check-in")
    check_in(page, served, 1)
    expect(page.get_by_text("1 entry waits")).to_be_visible()
    journal.checkin({"rest_pain_score": "4"})
    back(page)
    page.goto(f"{served.home}/today")
    expect(page.get_by_role("heading", name="Not taken yet")).to_be_visible()
    assert len(checkins(journal)) == 1
    page.get_by_role("button", name="Send mine too").click()
    expect(page.get_by_role("heading", name="Not taken yet")).to_have_count(0)
    expect(page.get_by_text("1 entry waits")).to_have_count(0)
    assert len(checkins(journal)) == 2
    assert journal.told().latest()["rest_pain_score"].state == "4", "what was said later still stands"
