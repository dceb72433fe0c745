"""A week of check-ins, a flare and its step back, with a network and on a phone that loses it: both end the same."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from tests.web.conftest import LAPTOP, PHONE
from tests.web.served import serving
from tests.web.test_journeys import check_in

from hipwise.plan import Wishes
from sore_runner import AFTER_THE_RUN, GOOD_MORNING, ON, Clock, sore

DAY = timedelta(1)
GATES = {"gate_one_leg": "yes", "gate_squats": "yes", "gate_walk_30": "yes", "gate_calm_days": "yes"}
RAN, FLARED = 3, 4
pytestmark = pytest.mark.slow


@pytest.fixture
def lived(_able, tmp_path):
    """Return a server with a runner who may run, and the clock of both."""
    clock = Clock()
    with sore(tmp_path, clock) as journal:
        journal.tell(GOOD_MORNING | AFTER_THE_RUN | GATES)
        assert journal.plan(Wishes(weeks=2)).run.mode == "free"
    with serving(tmp_path, now=clock) as served:
        yield served, clock


def at_once(page, served, clock, *, online):
    """Let the page and the server live on the same day, with or without a network between them."""
    page.clock.set_fixed_time(clock())
    page.context.set_offline(not online)
    page.goto(f"{served.home}/today")
    page.locator("main h1").wait_for()
    if online:
        expect(page.get_by_text(re.compile("entr(y|ies) waits?"))).to_have_count(0)


def told_of_the_run(page, served, score):
    """Answer how bad the run was, keep it."""
    page.goto(f"{served.home}/today/after-run")
    page.locator(f'main .scores input[value="{score}"]').first.check(force=True)
    page.locator("main form > button.main-act").click()
    expect(page).to_have_url(f"{served.home}/today")


@pytest.mark.parametrize(
    ("screen", "without"), [(LAPTOP, frozenset()), (PHONE, frozenset({1, 2, FLARED}))], ids=["laptop", "phone_offline"]
)
def test_a_week_with_a_flare_steps_back_once(visit, lived, screen, without):
    served, clock = lived
    journal = served.house.journal
    page = visit(served, viewport=screen)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    verdicts = []
    for day in range(7):
        clock.on = ON + day * DAY
        at_once(page, served, clock, online=day not in without)
        if day == RAN:
            journal.log(distance_m=6000, timer_s=2300)
        if day == FLARED:
            told_of_the_run(page, served, 8)
        check_in(page, served, 5 if day == FLARED else 0)
        shown = page.locator(".verdict, .card.soft").first
        expect(shown).to_be_visible()
        verdicts.append(shown.get_attribute("class"))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    told = [(each.at.date() - ON).days for each in journal.history() if each.kind == "checkin"]
    assert sorted(told) == sorted([*range(7), FLARED])  # each once; the flare twice: of the run, and of the morning
    back = [each.body for each in journal.versions() if each.body.get("item") == "run"]
    (red,) = (each for each in back if each["rule"] == "ladder_red")
    assert "8/10" in red["reason"]
    assert back[-1] is red  # whatever else was weighed before the run was told
    assert journal.agreed().run.mode in {"none", "ladder"}
    assert not any(word in verdicts[FLARED].split() for word in ("run", "less")), verdicts
    page.goto(f"{served.home}/plan")
    expect(page.locator("main")).to_contain_text(re.compile(r"8/10|ladder", re.IGNORECASE))
