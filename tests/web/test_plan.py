"""The plan in the app: sessions move by mouse, finger and keyboard, wishes that clash are named, weeks are told."""

import pytest
from playwright.sync_api import expect
from tests.web.served import serving
from tests.web.test_journeys import answered_calmly
from tests.web.test_screens import barriers

from hipwise.plan import Wishes

pytestmark = pytest.mark.slow

WISHES = Wishes(days_a_week=3, cross_training=False)
DESK = {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def planned(_able, tmp_path_factory):
    """Return a server with a plan of three days of exercises in it."""
    with serving(tmp_path_factory.mktemp("planned")) as served:
        answered_calmly(served).plan(WISHES)
        yield served


def plan_of(served):
    return served.house.journal.standing()


def busy(served):
    """Return the days on which something stands."""
    return [day.on.isoformat() for day in plan_of(served).days if day.strength]


def free(served):
    return [day.on.isoformat() for day in plan_of(served).days if not day.strength]


def day(page, on):
    return page.locator(f'li[data-day="{on}"]')


def middle(place):
    box = place.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def shown(page, served):
    page.goto(f"{served.home}/plan")
    page.locator(".session-chip").first.wait_for()
    expect(page.locator(".waiting")).to_have_count(0)
    page.locator(".calendar .week").evaluate("each => each.scrollIntoView({block: 'center'})")


def tab_to(page, what, most=30):
    """Press Tab until WHAT has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("what => document.activeElement.matches(what)", what):
            return
    pytest.fail(f"Tab never came to {what}")


def test_a_session_is_dragged_where_the_rules_allow_it_and_nowhere_else_and_back(visit, planned):
    page = visit(planned, viewport=DESK)
    shown(page, planned)
    before, goal = busy(planned), free(planned)[0]
    page.mouse.move(*middle(day(page, before[0]).locator(".session-chip")))
    page.mouse.down()
    page.mouse.move(*middle(day(page, before[1])), steps=4)
    expect(day(page, before[1])).to_have_class("day may-not over")
    expect(page.locator(".drag-says")).to_contain_text("not possible")
    page.mouse.up()
    expect(page.locator(".toast")).to_contain_text("not possible")
    assert busy(planned) == before
    page.mouse.move(*middle(day(page, before[0]).locator(".session-chip")))
    page.mouse.down()
    page.mouse.move(*middle(day(page, goal)), steps=4)
    expect(day(page, goal)).to_have_class("day may over")
    page.mouse.up()
    expect(day(page, goal).locator(".session-chip")).to_be_focused()
    assert busy(planned) == sorted([*before[1:], goal])
    page.get_by_role("button", name="Undo").click()
    expect(day(page, before[0]).locator(".session-chip")).to_be_visible()
    assert busy(planned) == before


def test_a_finger_drags_by_the_dots_and_lets_go_of_nothing_elsewhere(visit, planned):
    page = visit(planned, has_touch=True)
    shown(page, planned)
    before, goal = busy(planned), free(planned)[0]
    hand = page.context.new_cdp_session(page)

    def touch(kind, *place):
        points = [{"x": place[0], "y": place[1]}] if place else []
        hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    x, y = middle(day(page, before[2]).locator(".grip"))
    end = middle(day(page, goal))
    touch("touchStart", x, y)
    touch("touchMove", x, y + 20)
    touch("touchMove", *end)
    expect(page.locator(".day.may")).not_to_have_count(0)
    touch("touchMove", end[0], end[1] + 1)
    touch("touchEnd")
    expect(day(page, goal).locator(".session-chip")).to_be_visible()
    assert busy(planned) == sorted([*before[:2], goal])
    page.get_by_role("button", name="Undo").click()
    expect(day(page, before[2]).locator(".session-chip")).to_be_visible()


def test_the_name_of_a_day_holds_all_that_stands_on_it(visit, sampled):
    page = visit(sampled, runner="sample")
    shown(page, sampled)
    name = page.locator(".day-name.whole").first
    chips = page.locator("li.day", has=name).first.locator(".session-chip")
    assert chips.count() > 1
    page.mouse.move(*middle(name))
    page.mouse.down()
    page.mouse.move(middle(name)[0], middle(name)[1] + 40, steps=3)
    expect(page.locator(".session-chip.held")).to_have_count(chips.count())
    page.keyboard.press("Escape")
    page.mouse.up()
    expect(page.locator(".session-chip.held")).to_have_count(0)
    name.press("Enter")
    expect(page.locator("dialog[open] fieldset .button").first).to_have_attribute("aria-pressed", "true")


def test_by_keyboard_alone_each_day_says_whether_it_may_and_why_not(visit, planned):
    page = visit(planned)
    shown(page, planned)
    before = busy(planned)
    tab_to(page, ".session-chip")
    page.keyboard.press("Enter")
    sheet = page.locator("dialog[open]")
    expect(sheet.locator(".goal.not").first).to_contain_text("the same")
    allowed = sheet.locator("button.goal")
    count = allowed.count()
    assert count + sheet.locator(".goal.not").count() == 6
    assert barriers(page) == []
    tab_to(page, "button.goal")
    page.keyboard.press("Enter")
    expect(sheet).to_have_count(0)
    expect(page.get_by_role("status").locator(".toast")).to_contain_text("Moved to")
    after = busy(planned)
    assert after != before
    moved = next(on for on in after if on not in before)
    expect(day(page, moved).locator(".session-chip")).to_be_focused()
    tab_to(page, ".toast button", most=60)
    page.keyboard.press("Enter")
    expect(day(page, before[0]).locator(".session-chip")).to_be_visible()
    assert busy(planned) == before


def test_wishes_weeks_locks_and_a_race_each_have_their_answer(visit, planned):
    page = visit(planned)
    page.goto(f"{planned.home}/plan/wishes")
    page.get_by_label("At most so many days a week").fill("1")
    page.get_by_label("Exercises on at least so many days").fill("5")
    page.get_by_role("button", name="Make the plan for this").click()
    refused = page.get_by_role("alert")
    expect(refused).to_contain_text("Your wishes")
    expect(page.locator('[aria-invalid="true"]')).to_have_count(2)
    assert plan_of(planned).wishes.days_a_week == 3
    page.goto(f"{planned.home}/plan")
    page.get_by_role("link", name="Your week with the hip due").click()
    page.get_by_role("radio").nth(1).check()
    expect(page.get_by_role("radio")).to_have_count(16)
    page.get_by_role("radio").first.check()
    expect(page.get_by_role("radio")).to_have_count(4)
    page.get_by_role("button", name="Keep this").click()
    expect(page.get_by_text("This week's score is 0 of 100.")).to_be_visible()
    page.goto(f"{planned.home}/plan/race")
    page.get_by_role("button", name="10 km").click()
    page.get_by_role("button", name="And tomorrow?").click()
    expect(page.get_by_text("It is tomorrow")).to_contain_text("Do not count on this race")
    page.goto(f"{planned.home}/plan")
    page.get_by_text("Hold parts as they are").click()
    page.get_by_role("button", name="Hold as it is: the days").click()
    page.get_by_label("Who says so?").fill("Ann, physio")
    page.get_by_label("Why?").fill("the same days for now")
    page.get_by_role("button", name="Hold", exact=True).last.click()
    expect(page.locator(".calendar .locked")).to_contain_text("Ann, physio")
    page.locator(".session-chip").first.click()
    expect(page.locator("dialog[open]")).to_be_visible()
    expect(page.locator("dialog[open] button.goal")).to_have_count(0)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Month").click()
    page.set_viewport_size({"width": 320, "height": 700})
    assert barriers(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    page.goto(f"{planned.home}/plan/history")
    expect(page.locator(".versions li").first).to_contain_text("the same days for now")
    planned.house.journal.unlock("week")


def test_while_somebody_must_be_seen_first_there_is_nothing_to_move_or_plan(visit, planned):
    planned.house.journal.tell({"weight_bearing": "cannot"})
    page = visit(planned)
    for screen in ("plan", "plan/wishes", "plan/weekly", "plan/race", "plan/history"):
        page.goto(f"{planned.home}/{screen}")
        page.locator(".care, .card.soft").first.wait_for()
        expect(page.locator(".session-chip, .goal, main form")).to_have_count(0)
    planned.house.journal.undo()
