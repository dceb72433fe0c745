"""Without a network a check-in is kept on the phone, and later sent once."""

import pytest
from playwright.sync_api import expect
from tests.web.test_journeys import answered_calmly, check_in

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
