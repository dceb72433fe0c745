"""What stands of an alarm in a journal that is told of two pains, mended, undone, cleared and told late.

A referral holds until the one who was to look has looked; a clearance opens what it was given for, and no more.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hipwise.causes import triage
from hipwise.cli import app
from hipwise.errors import HipwiseError
from hipwise.journal import Journal
from hipwise.model import Athlete, Evidence, Finding
from hipwise.plan import Referral, Wishes, answer, asked_again
from hipwise.store import Memory
from offers import offers_of_exercise, offers_of_running
from sore_runner import AFTER_THE_RUN, GOOD_MORNING, KB, ON, Clock, calm, fit, sore

DAY = timedelta(1)
RUNS = {"run", "run_less"}
WOMAN = Athlete.of_age(35, "female", ON)
GROWING = {
    "pain_outer_hip": "no", "pain_groin": "yes", "worst_point": "groin", "impact_pain": "yes",
    "worsening": "over_weeks",
}  # fmt: skip
GATES = {"gate_walk_30": "yes", "gate_calm_days": "yes", "gate_one_leg": "yes", "gate_squats": "yes"}


def page(**told: str) -> dict[str, str]:
    """A calm first page and a calm check-in of a pain at the side of the hip."""
    return calm() | GOOD_MORNING | AFTER_THE_RUN | GATES | told


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def journal(tmp_path: Path, clock: Clock) -> Iterator[Journal]:
    """A journal of a runner who runs every other day and has told calm answers."""
    with sore(tmp_path, clock) as opened:
        yield opened


def known(told: dict[str, str], ago: int, origin: str = "told") -> Evidence:
    return Evidence.of(Finding(name, state, ON - ago * DAY, origin) for name, state in told.items())


def test_without_any_sign_the_runner_of_these_stories_may_run(journal: Journal, clock: Clock) -> None:
    clock.on += DAY
    journal.tell(page())
    assert journal.today().verdict in RUNS


# What a clearance of the bone opens.


def test_a_clearance_of_the_bone_answers_no_referral_for_something_else(journal: Journal, clock: Clock) -> None:
    journal.tell(page(**GROWING, saddle_numb="yes"))
    clock.on += 9 * DAY
    journal.clear_bone("Dr Example", "easy runs")
    clock.on += DAY
    journal.tell(page())
    assert journal.today().verdict == "see_someone"
    assert journal.assess().ranking.causes == ()


def test_a_clearance_ends_with_the_days_that_it_holds() -> None:
    holds_d = KB.findings["cleared_bone"].holds_d
    for ago, still in ((holds_d, True), (holds_d + 1, False)):
        given = known({"cleared_bone": "yes"}, ago, "Dr Example, for easy runs")
        assert triage(WOMAN, given | known(page(), 0), KB, ON).cleared is still


def test_own_words_clear_no_bone() -> None:
    given = known({"cleared_bone": "yes"}, 1, "own words")
    assert triage(WOMAN, known(page(**GROWING), 2) | given, KB, ON).bone_stress


@pytest.mark.parametrize(("name", "state"), [
    ("pregnancy", "pregnant"), ("bisphosphonate", "yes"), ("osteoporosis", "yes"), ("long_steroids", "yes"),
])  # fmt: skip
def test_a_risk_for_bone_that_is_new_ends_a_clearance(name: str, state: str) -> None:
    before = known(page(**GROWING), 30) | known({"cleared_bone": "yes"}, 20, "Dr Example, for easy runs")
    now = triage(WOMAN, before | known(page(worst_point="groin", **{name: state}), 0), KB, ON)
    assert not now.cleared
    assert now.bone_stress


def test_taking_back_what_ended_a_clearance_on_another_day_does_not_open_it_again(
    journal: Journal, clock: Clock
) -> None:
    journal.tell(page(**GROWING))
    clock.on += DAY
    journal.clear_bone("Dr Example", "easy runs")
    clock.on += DAY
    journal.tell(page(limp="yes"))
    clock.on += DAY
    journal.undo()
    journal.tell(page())
    assert journal.today().verdict == "see_someone"


# Two pains.


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


@pytest.mark.parametrize("told", [
    {"walk_pain_score": "8"}, {"limp": "yes"}, {"woken_by_hip": "yes"}, {"rest_pain_score": "6"},
    {"painkiller": "ibuprofen", "painkiller_hours_ago": "under_6"},
])  # fmt: skip
def test_a_bad_morning_of_a_pain_counts_though_its_red_flags_have_grown_old(
    journal: Journal, clock: Clock, told: dict[str, str]
) -> None:
    journal.mend_pain(side="left")
    journal.tell(page())
    clock.on += 8 * DAY
    journal.new_pain(side="right")
    journal.log(distance_m=5000, timer_s=1800, started_at=clock() - 2 * DAY)
    journal.tell(page())
    assert journal.today().verdict in RUNS
    journal.tell(GOOD_MORNING | told, kind="checkin", pain="left")
    found = journal.today()
    assert found.verdict not in RUNS
    assert journal.replay(journal.traces(1)[0]) == found


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


# An alarm over an alarm.


def test_an_emergency_that_was_seen_leaves_the_bone_that_nobody_cleared(journal: Journal, clock: Clock) -> None:
    journal.tell(page(**GROWING))
    clock.on += 9 * DAY
    journal.tell(page(saddle_numb="yes"))
    clock.on += DAY
    journal.tell(page(seen_by_clinician="yes"))
    clock.on += 8 * DAY
    journal.tell(page())
    assert journal.today().verdict == "see_someone"


def test_a_pain_whose_side_is_mended_keeps_the_referral_that_an_undo_left(journal: Journal, clock: Clock) -> None:
    journal.tell(page(saddle_numb="yes"))
    clock.on += DAY
    journal.undo()
    assert journal.referral is not None
    journal.mend_pain(side="left", site="groin")
    journal.tell(page())
    assert journal.today().verdict == "see_someone"


@pytest.mark.parametrize("later", ["no", "unknown"])
def test_a_visit_that_is_taken_back_the_same_day_answers_no_referral(
    journal: Journal, clock: Clock, later: str
) -> None:
    journal.tell(page(saddle_numb="yes"))
    clock.on += 9 * DAY
    journal.tell(page(seen_by_clinician="yes"))
    journal.tell({"seen_by_clinician": later})
    assert journal.today().verdict == "see_someone"


def test_a_visit_told_by_a_clock_that_ran_ahead_answers_no_referral_yet(journal: Journal, clock: Clock) -> None:
    journal.tell(page(saddle_numb="yes"))
    clock.on += 20 * DAY
    journal.tell({"seen_by_clinician": "yes"})
    clock.on -= 10 * DAY
    journal.tell(page())
    assert journal.today().verdict == "see_someone"
    assert journal.plan().kind == "referral"


@pytest.mark.parametrize("sign", ["saddle_numb", "fever"])
def test_the_list_of_exercises_is_empty_while_someone_must_look_today(tmp_path: Path, sign: str) -> None:
    with sore(tmp_path, Clock(datetime.now().astimezone().date())) as journal:
        journal.tell(page(**{sign: "yes"}))
    listed, one = (
        json.loads(CliRunner().invoke(app, ["--journal", str(tmp_path / "me.db"), *words, "--json"]).stdout)
        for words in (["exercises"], ["exercise", "pendulum_four_point"])
    )
    assert offers_of_exercise(listed) == []
    assert one["withheld"]
    assert "steps" not in one


# A backup that is older than an alarm.


@pytest.mark.parametrize("sign", [{"saddle_numb": "yes"}, GROWING], ids=["emergency", "bone"])
def test_an_older_backup_in_place_of_the_journal_forgets_no_alarm(
    journal: Journal, clock: Clock, tmp_path: Path, sign: dict[str, str]
) -> None:
    journal.export(tmp_path / "before.zip")
    clock.on += DAY
    journal.tell(page(**sign))
    stood = journal.referral
    assert stood is not None
    clock.on += 9 * DAY
    (kept,) = journal.restore(tmp_path / "before.zip", replace=True)
    assert (kept.level, kept.on) == (stood.level, ON + DAY)
    journal.tell(page())
    assert journal.today().verdict == "see_someone"
    assert journal.restore(tmp_path / "before.zip", replace=True) == (kept,)
    if kept.bone_stress:
        journal.clear_bone("Dr Example", "easy runs")
    else:
        journal.tell({"seen_by_clinician": "yes"})
    clock.on += DAY
    journal.tell(page())
    assert journal.today().verdict != "see_someone"
    assert journal.referral is None


def test_a_backup_in_which_someone_was_seen_answers_the_alarm_before_it(
    journal: Journal, clock: Clock, tmp_path: Path
) -> None:
    journal.tell(page(saddle_numb="yes"))
    journal.export(tmp_path / "alarm.zip")
    clock.on += 9 * DAY
    journal.tell(page(seen_by_clinician="yes"))
    journal.export(tmp_path / "seen.zip")
    journal.restore(tmp_path / "alarm.zip", replace=True)
    assert journal.restore(tmp_path / "seen.zip", replace=True) == ()
    assert journal.referral is None


@pytest.mark.parametrize("does", ["restore", "undo", "mend_pain"])
def test_what_fails_before_an_alarm_is_kept_again_has_changed_nothing(
    journal: Journal, clock: Clock, tmp_path: Path, does: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal.export(tmp_path / "before.zip")
    clock.on += DAY
    journal.tell(page(saddle_numb="yes"))
    clock.on += DAY
    if does == "mend_pain":
        journal.undo()
    before = (journal.episode, journal.told())

    def lose_power(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(Memory, "add_verdict", lose_power)
    acts = {
        "restore": lambda: journal.restore(tmp_path / "before.zip", replace=True),
        "undo": journal.undo,
        "mend_pain": lambda: journal.mend_pain(side="right"),
    }
    with pytest.raises(OSError):  # noqa: PT011 (the one that was raised)
        acts[does]()
    monkeypatch.undo()
    with Journal.open(tmp_path / "me.db", now=clock) as again:
        assert (again.episode, again.told()) == before
        assert again.referral is not None
        assert again.today().verdict == "see_someone"
    assert journal.referral is not None


# What is told late.


def test_an_answer_made_before_an_alarm_of_the_same_day_and_sent_after_it_does_not_unsay_it(
    journal: Journal, clock: Clock
) -> None:
    clock.on += DAY
    journal.tell(page(limp="yes", woken_by_hip="yes"))
    journal.at(clock() - timedelta(hours=4)).tell(page())
    assert journal.today().verdict not in RUNS


# A plan that is held, and answers that have grown old.


def test_a_locked_run_is_offered_by_no_look_at_the_day_and_by_no_table(journal: Journal, clock: Clock) -> None:
    journal.tell(page(limp="yes"))
    assert not isinstance(journal.plan(Wishes(weeks=4)), Referral)
    journal.lock("run", "Dr Example", "not before I have seen you")
    clock.on += 14 * DAY
    journal.tell(page())
    assert journal.look_at_today().rule == journal.today().rule == "RL"
    assert journal.training(planned_km=3.0)["ceiling_km"] is None
    assert offers_of_running(journal.ahead()["verdicts"]) == []


@pytest.mark.parametrize("days", [8, 29, 85])
def test_a_plan_kept_while_the_red_flags_have_grown_old_offers_no_run(
    journal: Journal, clock: Clock, days: int
) -> None:
    journal.tell(page())
    journal.plan(Wishes(weeks=4))
    clock.on += days * DAY
    standing = journal.standing()
    assert standing is not None
    assert offers_of_running(standing.as_dict()) == []
    assert offers_of_running(journal.report()["plan"]) == []
    assert offers_of_exercise(journal.plan().as_dict()) == []
