"""What stands of an alarm and of a bad morning in a journal that is told of two pains: the more careful one counts."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from hipwise.errors import HipwiseError
from hipwise.journal import Journal
from hipwise.plan import answer, asked_again
from hipwise.texts import say
from sore_runner import GOOD_MORNING, GROWING, KB, Clock, fit, page

DAY = timedelta(1)
RUNS = {"run", "run_less"}


def test_of_the_referrals_of_two_pains_the_most_urgent_is_shown(journal: Journal, clock: Clock) -> None:
    journal.tell(page(saddle_numb="yes"))
    clock.on += DAY
    journal.new_pain(side="right")
    journal.tell(page(locking="locks_or_gives_way"))
    clock.on += 9 * DAY
    journal.tell(page())
    found = journal.assess()
    assert found.referral is not None
    assert found.referral.level == "emergency"
    assert found.ranking.causes == ()


def test_the_clearance_of_one_hip_does_not_clear_the_other(journal: Journal, clock: Clock) -> None:
    journal.tell(page(**GROWING))
    clock.on += DAY
    journal.new_pain(side="right")
    journal.tell(page())
    journal.clear_bone("Dr Example", "easy runs with the right hip")
    clock.on += DAY
    journal.tell(page())
    assert journal.today().verdict not in RUNS
    assert journal.replay(journal.traces(1)[0]).verdict not in RUNS


@pytest.mark.parametrize("named", ["left", "id"])
def test_a_pain_that_was_left_is_cleared_by_its_name(journal: Journal, clock: Clock, named: str) -> None:
    journal.tell(page(**GROWING))
    journal.mend_pain(side="left")
    assert journal.episode is not None
    left = journal.episode.id
    clock.on += DAY
    journal.new_pain(side="right")
    journal.tell(page())
    journal.clear_bone("Dr Example", "easy runs with the left hip", pain="left" if named == "left" else left)
    clock.on += DAY
    journal.tell(page())
    assert journal.today().verdict in RUNS
    assert "cleared_bone" not in journal.told().latest()


def test_a_run_stops_at_the_pain_that_bears_least(journal: Journal, clock: Clock) -> None:
    journal.tell(page(**GROWING))
    journal.mend_pain(side="left")
    clock.on += DAY
    journal.new_pain(side="right")
    journal.tell(page())
    journal.clear_bone("Dr Example", "easy runs with the left hip", pain="left")
    clock.on += DAY
    journal.tell(page(), pain="left")
    journal.tell(page())
    found = journal.today()
    assert found.verdict in RUNS
    assert (found.limits.bone, found.limits.hi) == (True, 0)
    assert say("today.stop_bone", hi=found.limits.hi) in found.stop_rules
    assert journal.replay(journal.traces(1)[0]).stop_rules == found.stop_rules


def test_what_voids_a_clearance_of_one_pain_is_told_of_that_pain(journal: Journal, clock: Clock) -> None:
    journal.tell(page(**GROWING))
    journal.mend_pain(side="left")
    clock.on += DAY
    journal.new_pain(side="right")
    journal.clear_bone("Dr Example", "easy runs", pain="left")
    clock.on += DAY
    journal.tell(page(limp="yes"), pain="left")
    journal.tell(page())
    assert journal.today().verdict == "see_someone"
    assert journal.today().referral is not None


def test_a_bone_that_the_training_speaks_of_is_not_made_safe_by_a_new_pain(tmp_path: Path, clock: Clock) -> None:
    with Journal.open(tmp_path / "bare.db", now=clock) as journal:
        journal.set_athlete(age_y=35, sex="female", country="IE")
        journal.new_pain(onset=clock.on - DAY, side="left")
        journal.tell(page(pain_outer_hip="no", pain_groin="yes", worst_point="groin", impact_pain="yes"))
        assert journal.referral is None
        journal.add([fit(tmp_path, clock.on - 2 * ago * DAY) for ago in range(1, 21)])
        journal.add([fit(tmp_path, clock.on - 3 * DAY, km=16, minutes=96)])
        journal.new_pain(side="right")
        journal.tell(page())
        assert journal.today().verdict == "see_someone"
        assert journal.referral is not None
        assert journal.referral.bone_stress
        assert journal.replay(journal.traces(1)[0]).verdict == "see_someone"


def test_a_visit_for_one_pain_answers_no_referral_for_another(journal: Journal, clock: Clock) -> None:
    journal.tell(page(saddle_numb="yes"))
    journal.mend_pain(side="left")
    clock.on += DAY
    journal.new_pain(side="right")
    clock.on += 9 * DAY
    journal.tell(page(seen_by_clinician="yes"))
    assert journal.today().verdict == "see_someone"
    journal.tell(page(seen_by_clinician="yes"), pain="left")
    assert journal.today().referral is None


@pytest.mark.parametrize(("other", "verdict"), [({"walk_pain_score": "8"}, "not_today"), ({}, "run")])
def test_of_two_pains_that_were_checked_the_more_careful_verdict_counts(
    journal: Journal, clock: Clock, other: dict[str, str], verdict: str
) -> None:
    journal.mend_pain(side="left")
    clock.on += DAY
    journal.new_pain(side="right")
    journal.tell(page(), pain="left")
    journal.tell(page())
    alone = journal.today()
    assert alone.verdict in RUNS
    journal.tell(page() | other, pain="left")
    both = journal.today()
    assert (both.verdict in RUNS) is (verdict in RUNS)
    assert any("left" in note for note in both.notes) is (verdict not in RUNS)
    assert journal.replay(journal.traces(1)[0]) == both


def with_an_older_pain(journal: Journal, clock: Clock, days: int) -> None:
    """Let a calm left hip be told of, and DAYS later a calm right one, with which one may run."""
    journal.mend_pain(side="left")
    journal.tell(page())
    clock.on += days * DAY
    journal.new_pain(side="right")
    journal.log(distance_m=5000, timer_s=1800, started_at=clock() - 2 * DAY)
    journal.tell(page())
    assert journal.today().verdict in RUNS


@pytest.mark.parametrize("told", [
    {"walk_pain_score": "8"}, {"limp": "yes"}, {"woken_by_hip": "yes"}, {"rest_pain_score": "6"},
    {"painkiller": "ibuprofen", "painkiller_hours_ago": "under_6"},
])  # fmt: skip
def test_a_bad_morning_of_a_pain_counts_though_its_red_flags_have_grown_old(
    journal: Journal, clock: Clock, told: dict[str, str]
) -> None:
    with_an_older_pain(journal, clock, days=8)
    journal.tell(GOOD_MORNING | told, kind="checkin", pain="left")
    found = journal.today()
    assert found.verdict not in RUNS
    assert journal.replay(journal.traces(1)[0]) == found


@pytest.mark.parametrize("sign", [{"limp": "yes"}, {"woken_by_hip": "yes"}, {"run_limp": "yes"}])
def test_a_single_sign_of_a_pain_counts_though_nobody_checks_it_in(
    journal: Journal, clock: Clock, sign: dict[str, str]
) -> None:
    with_an_older_pain(journal, clock, days=20)
    journal.tell(sign, pain="left")
    assert journal.today().verdict not in RUNS


def test_a_limp_of_a_pain_that_nobody_asks_for_any_more_is_no_pain_without_a_limp(
    journal: Journal, clock: Clock
) -> None:
    journal.mend_pain(side="left")
    journal.tell(page())
    journal.new_pain(side="right")
    journal.tell(page())
    clock.on += DAY
    journal.tell(GOOD_MORNING | {"limp": "yes"}, kind="checkin", pain="left")
    for ago in range(KB.findings["limp"].holds_d):
        assert journal.checkin(GOOD_MORNING | {"morning_pain_score": "0"}).verdict not in RUNS, ago
        clock.on += DAY
    journal.tell(GOOD_MORNING, kind="checkin", pain="left")
    assert not [note for note in journal.checkin(page()).notes if "left" in note]


@pytest.mark.parametrize("sides", [("left", "right"), ("right", "left")])
def test_a_run_with_two_pains_is_no_longer_than_either_bears(
    journal: Journal, clock: Clock, sides: tuple[str, str]
) -> None:
    stories = {"left": page(run_pain_score="6"), "right": page(run_pain_score="4")}
    journal.mend_pain(side=sides[0])
    journal.tell(stories[sides[0]])
    journal.new_pain(side=sides[1])
    journal.tell(stories[sides[1]])
    for _ in range(2):
        clock.on += DAY
        for side in sides:
            journal.tell(GOOD_MORNING | {"morning_pain_score": "0"}, kind="checkin", pain=side)
    both = journal.today()
    asked = asked_again(journal.traces(1)[0]["given"])
    assert both.verdict in RUNS
    for each in (replace(asked, beside=()), *asked.beside):
        alone = answer(each, KB)
        for most, part in ((alone.ceiling_km, both.ceiling_km), (alone.ceiling_min, both.ceiling_min)):
            assert most is None or (part is not None and part <= most)
        assert alone.session is None or (both.session is not None and both.session.stage <= alone.session.stage)
    assert journal.replay(journal.traces(1)[0]) == both


@pytest.mark.parametrize("name", ["up", "right", ""])
def test_a_pain_that_nobody_can_find_keeps_nothing(journal: Journal, name: str) -> None:
    journal.new_pain(side="right")
    journal.new_pain(side="right")
    before = journal.evidence()
    with pytest.raises(HipwiseError, match="which pain"):
        journal.clear_bone("Dr Example", "easy runs", pain=name)
    assert journal.evidence() == before
