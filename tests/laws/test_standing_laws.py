"""What stands of an alarm in a journal that is told of two pains, mended, undone, cleared and told late.

A referral holds until the one who was to look has looked; a clearance opens what it was given for, and no more.
"""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hipwise.causes import triage
from hipwise.cli import app
from hipwise.journal import Journal
from hipwise.model import Athlete, Evidence, Finding
from hipwise.plan import Referral, Wishes
from hipwise.store import Memory
from offers import offers_of_exercise, offers_of_running
from sore_runner import GROWING, KB, ON, Clock, bare_journal, page, sore

DAY = timedelta(1)
RUNS = {"run", "run_less"}
CAREFUL = ("run", "run_less", "ask", "not_today", "see_someone")
"""Verdicts, from the mildest on."""
WOMAN = Athlete.of_age(35, "female", ON)


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


MOVES = ({"limp": "yes"}, {"saddle_numb": "yes"}, GROWING, {"run_pain_score": "8"})


@pytest.mark.parametrize("sign", MOVES, ids=lambda sign: next(iter(sign)))
def test_a_journal_that_is_carried_elsewhere_says_the_same_there(
    tmp_path: Path, clock: Clock, sign: dict[str, str]
) -> None:
    """Of two pains, one of which alone bears the sign; on the day, and after what was told is taken back."""
    with bare_journal(tmp_path, clock) as here, Journal.open(tmp_path / "there.db", now=clock) as there:
        here.new_pain(side="right")
        here.tell(page(**sign), pain="left")
        clock.on += DAY
        for step in ("told", "undone", "later"):
            if step == "undone":
                here.undo()
            if step == "later":
                clock.on += 2 * DAY
                here.tell(page(), pain="right")
            here.export(tmp_path / f"{step}.zip")
            stood = there.restore(tmp_path / f"{step}.zip", replace=True)
            assert stood == () or step != "told"
            mine, theirs = here.look_at_today(), there.look_at_today()
            assert CAREFUL.index(theirs.verdict) >= CAREFUL.index(mine.verdict)
            assert (theirs.ceiling_km or 0, theirs.ceiling_min or 0) <= (mine.ceiling_km or 0, mine.ceiling_min or 0)
            assert stood or (theirs, there.referral) == (mine, here.referral)


# What is told late.


def test_an_answer_made_before_an_alarm_of_the_same_day_and_sent_after_it_does_not_unsay_it(
    journal: Journal, clock: Clock
) -> None:
    clock.on += DAY
    journal.tell(page(limp="yes", woken_by_hip="yes"))
    journal.at(clock() - timedelta(hours=4)).tell(page())
    assert journal.today().verdict not in RUNS


YESTERDAY = (
    {"limp": "yes"}, {"walk_pain_score": "9"}, {"woken_by_hip": "yes"}, {"fever": "yes"}, {"rest_pain_score": "8"},
    {"run_pain_score": "8"}, {"run_limp": "yes"}, {"settled_after": "over_48_h"}, {"after_pain_score": "8"},
    {"painkiller": "ibuprofen"}, {"morning_pain_score": "7"}, {"saddle_numb": "yes"}, {"hip_changed": "yes"},
)  # fmt: skip


@pytest.mark.parametrize("sign", YESTERDAY, ids=lambda sign: next(iter(sign)))
def test_a_worse_yesterday_told_late_is_no_milder_than_told_in_time(tmp_path: Path, sign: dict[str, str]) -> None:
    """Nor does it ever make today's verdict milder than it was before it was told."""
    late, in_time = [], []
    for when in (late, in_time):
        clock = Clock(ON)
        folder = tmp_path / f"{when is late}"
        folder.mkdir()
        with bare_journal(folder, clock) as told:
            for ago in (3, 1):
                told.log(distance_m=5000, timer_s=1800, started_at=clock() - ago * DAY)
            clock.on += DAY
            yesterday = told.at(clock() - timedelta(hours=17))
            if when is in_time:
                yesterday.tell(sign)
            told.tell(page())
            before = told.look_at_today().verdict
            if when is late:
                yesterday.tell(sign)
            when += [before, told.look_at_today().verdict]
    assert CAREFUL.index(late[1]) >= max(CAREFUL.index(each) for each in (late[0], in_time[1]))


@pytest.mark.parametrize("sign", [{"limp": "yes"}, {"walk_pain_score": "9"}])
def test_a_limp_of_yesterday_leaves_no_run_today_whenever_it_is_told(
    journal: Journal, clock: Clock, sign: dict[str, str]
) -> None:
    clock.on += DAY
    journal.tell(page())
    assert journal.look_at_today().verdict in RUNS
    journal.at(clock() - DAY).tell(sign)
    found = journal.today()
    assert (found.rule, found.verdict) == ("R6D", "not_today")
    clock.on += DAY
    journal.tell(page())
    assert journal.look_at_today().verdict in RUNS, "a whole day without it lies between"


def test_a_better_answer_of_a_later_day_does_not_unsay_how_a_run_was_borne(journal: Journal, clock: Clock) -> None:
    clock.on += DAY
    journal.tell(page())
    assert journal.look_at_today().verdict in RUNS
    journal.at(clock() - DAY).tell({"run_pain_score": "8"})
    assert journal.look_at_today().rule == "R10"
    assert journal.look_at_today().verdict not in RUNS


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
