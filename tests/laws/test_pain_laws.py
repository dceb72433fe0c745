"""What is told of the runner counts for every pain.

And what no door may open: an override of a sign, a backup over a half-told alarm, a plan without the visit.
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from hipwise.causes import triage
from hipwise.errors import HipwiseError
from hipwise.journal import Journal
from hipwise.journal._known import Known
from hipwise.knowledge import Kind
from hipwise.model import Athlete, Evidence, Finding
from hipwise.plan import Asked, Plan, Referral, RunningNow, Wishes, answer, overridden
from hipwise.plan._course import _was_seen
from sore_runner import BONE, GROWING, KB, ON, Clock, bare_journal, well

DAY = timedelta(1)
RUNS = {"run", "run_less"}
WOMAN = Athlete.of_age(35, "female", ON)
TICKS = {
    name
    for name, each in KB.findings.items()
    if each.about == "runner" and each.first_page and each.kind is Kind.YES_NO
}
"""What the red-flag page asks of the runner with a yes or a no."""


@pytest.fixture
def bare(tmp_path: Path, clock: Clock) -> Iterator[Journal]:
    """A journal without runs, of a runner whose left hip is sore and who told that all is calm."""
    with bare_journal(tmp_path, clock) as journal:
        yield journal


# What is told of the runner.


def test_who_runs_with_calm_answers_in_these_stories_may_run(bare: Journal) -> None:
    assert bare.today().verdict in RUNS


@pytest.mark.parametrize("told", [{"fever": "yes"}, {"breathless": "yes"}, {"swollen_leg": "yes"}])
def test_a_sign_of_the_runner_that_is_told_with_one_pain_stands_for_the_other_too(
    bare: Journal, clock: Clock, told: dict[str, str]
) -> None:
    clock.on += DAY
    bare.new_pain(side="right")
    bare.tell(well(**told))
    clock.on += 9 * DAY
    bare.tell(well(seen_by_clinician="yes"))
    assert bare.today().verdict == "see_someone"
    bare.tell(well(seen_by_clinician="yes"), pain="left")
    clock.on += 2 * DAY
    bare.tell(well(), pain="left")
    bare.tell(well())
    assert bare.today().referral is None


def test_a_painkiller_that_was_told_with_one_pain_hides_the_scores_of_the_other(bare: Journal) -> None:
    bare.new_pain(side="right")
    bare.tell(well(painkiller="ibuprofen", painkiller_hours_ago="under_6"))
    bare.tell({"rest_pain_score": "0", "walk_pain_score": "0"}, pain="left")
    assert bare.today().rule == "R5"


def test_what_was_kept_with_one_pain_by_an_older_version_counts_for_all(bare: Journal) -> None:
    left = bare.episode
    assert left is not None
    with bare._memory.step("answer", "as before", bare.now) as step:  # as an older version wrote it
        step.add_findings([Finding("fever", "yes", bare.on)], left.id)
    bare.new_pain(side="right")
    assert "fever" in bare.told().latest()
    assert bare.today().verdict == "see_someone"


def test_a_new_pain_opens_a_new_screening_also_of_what_is_about_the_runner(bare: Journal, clock: Clock) -> None:
    clock.on += DAY
    bare.new_pain(side="right")
    here = {name: state for name, state in well().items() if KB.findings[name].about == "pain"}
    bare.tell(here)
    assert TICKS - {"testicle_pain"} <= set(triage(WOMAN, bare.told(), KB, clock.on).missing)
    assert bare.today().verdict == "ask"
    bare.tell(well())
    assert bare.questions_left() == 0


def test_mending_a_pain_uncovers_no_score_that_a_painkiller_hid(bare: Journal, clock: Clock) -> None:
    clock.on += DAY
    bare.tell({"painkiller": "ibuprofen", "painkiller_hours_ago": "under_6", "walk_pain_score": "0"})
    bare.tell({"painkiller": "none"})
    before = bare.today()
    bare.mend_pain(site="outer hip")
    after = bare.today()
    assert (after.verdict, after.rule) == (before.verdict, before.rule)


# A backup that is older than what was half told.


def test_an_older_backup_forgets_no_alarm_that_was_told_on_a_page_that_is_not_whole(
    bare: Journal, clock: Clock, tmp_path: Path
) -> None:
    bare.export(tmp_path / "before.zip")
    clock.on += 8 * DAY
    bare.tell({name: state for name, state in well(**GROWING).items() if name != "saddle_numb"})
    assert bare.questions_left()
    (kept,) = bare.restore(tmp_path / "before.zip", replace=True)
    assert kept.bone_stress
    bare.tell(well())
    assert bare.today().verdict == "see_someone"


def test_a_backup_over_what_alarms_only_because_nobody_told_it_asks_for_nobody(tmp_path: Path, clock: Clock) -> None:
    with Journal.open(tmp_path / "me.db", now=clock) as journal:
        journal.set_athlete(age_y=35, sex="female", country="IE")
        journal.export(tmp_path / "before.zip")
        journal.tell({"impact_pain": "yes", "worsening": "over_weeks", "worst_point": "unknown"})
        told = journal.restore(tmp_path / "before.zip", replace=True)
        assert all(each.bone_stress for each in told)


@pytest.mark.parametrize("sign", [GROWING, {"locking": "locks_or_gives_way"}], ids=["bone", "within days"])
def test_what_alarms_whatever_is_answered_next_stands_though_the_page_is_not_whole(
    bare: Journal, clock: Clock, sign: dict[str, str]
) -> None:
    clock.on += 8 * DAY
    bare.tell(sign)
    assert bare.questions_left()
    clock.on += DAY
    bare.tell(well())
    assert bare.today().verdict == "see_someone"


def test_what_alarms_only_because_nobody_told_the_place_does_not_stand_once_it_is_told(
    tmp_path: Path, clock: Clock
) -> None:
    with Journal.open(tmp_path / "me.db", now=clock) as journal:
        journal.set_athlete(age_y=35, sex="female", country="IE")
        journal.tell({"impact_pain": "yes", "worsening": "over_weeks"})
        assert journal.assess().referral is not None
        journal.tell(well(impact_pain="yes", worsening="over_weeks"))
        assert journal.today().referral is None


# An alarm without a pain, a clock that goes back, a visit in own words.


def test_an_alarm_of_the_runner_that_was_told_before_any_pain_is_not_lost_when_one_is_opened(
    tmp_path: Path, clock: Clock
) -> None:
    with Journal.open(tmp_path / "me.db", now=clock) as journal:
        journal.set_athlete(age_y=35, sex="female", country="IE")
        journal.tell({"saddle_numb": "yes"})
        assert journal.episode is None
        clock.on += 9 * DAY
        journal.tell(well())
        assert journal.episode is not None
        assert journal.today().verdict == "see_someone"
        journal.tell(well(seen_by_clinician="yes"))
        clock.on += DAY
        journal.tell(well())
        assert journal.today().verdict in RUNS
        journal.new_pain(side="right")
        journal.tell(well())
        assert journal.today().verdict in RUNS


def test_no_undo_by_a_clock_that_went_back_takes_an_alarm_away(bare: Journal, clock: Clock) -> None:
    clock.on += DAY
    bare.tell(well(saddle_numb="yes"))
    clock.on += DAY
    bare.today()
    clock.on -= DAY
    for _ in range(3):
        bare.undo()
    bare.tell(well())
    assert bare.today().verdict == "see_someone"


def test_own_words_which_may_speak_of_another_time_tell_of_no_visit(bare: Journal, clock: Clock) -> None:
    bare.tell(well(saddle_numb="yes"))
    clock.on += DAY
    bare.tell({"seen_by_clinician": "yes"}, origin="own words")
    bare.tell(well())
    assert bare.today().verdict == "see_someone"
    clock.on += DAY
    bare.tell(well(seen_by_clinician="yes"))
    assert bare.today().referral is None


def test_the_answer_to_a_question_may_be_of_an_older_visit(bare: Journal, clock: Clock) -> None:
    bare.tell(well(saddle_numb="yes"))
    clock.on += DAY
    bare.tell_page(well(seen_by_clinician="yes"))
    assert bare.today().verdict == "see_someone"
    clock.on += DAY
    with pytest.raises(HipwiseError, match="who looked"):
        bare.seen(" ")
    bare.seen("Dr Kay")
    assert bare.today().referral is None


@pytest.mark.parametrize("origin", ["told", "asked", "check-in", "own words"])
def test_no_answer_is_a_clearance(bare: Journal, clock: Clock, origin: str) -> None:
    bare.tell(well(**BONE))
    clock.on += DAY
    bare.tell({"cleared_bone": "yes"}, origin=origin)
    assert bare.today().verdict == "see_someone"


def test_own_words_open_no_load_that_waits_for_a_visit() -> None:
    def opens(origin: str) -> bool:
        return _was_seen(Evidence.of([Finding("seen_by_clinician", "yes", ON, origin)]), KB, ON)

    assert (opens("told"), opens("asked"), opens("own words")) == (True, True, False)


def test_a_plan_that_was_being_made_does_not_take_the_place_of_an_alarm_that_was_told_meanwhile(
    bare: Journal, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Known.plan

    def slow(known: Known, wishes: Wishes) -> Plan | Referral:
        monkeypatch.undo()
        with Journal.open(tmp_path / "bare.db", now=clock) as other:
            other.tell(well(saddle_numb="yes"))
        return made(known, wishes)

    monkeypatch.setattr(Known, "plan", slow)
    assert isinstance(bare.plan(), Plan)
    clock.on += 9 * DAY
    bare.tell(well())
    assert bare.today().verdict == "see_someone"


# A run against the advice.


@pytest.mark.parametrize("told", [
    {"limp": "yes"}, {"walk_pain_score": "7"}, {"woken_by_hip": "yes"}, {"rest_pain_score": "4"},
])  # fmt: skip
def test_no_reason_overrides_a_limp_a_broken_night_or_pain_at_rest(bare: Journal, told: dict[str, str]) -> None:
    bare.tell(well(**told))
    assert bare.today().verdict not in RUNS
    with pytest.raises(HipwiseError, match="cannot be overridden"):
        bare.today(override="my club's last run")
    assert bare.overrides() == ()


def test_no_reason_overrides_the_days_after_a_fever(clock: Clock) -> None:
    told = Evidence.of(Finding(name, state, ON) for name, state in well(fever="no").items())
    fever = Evidence((Finding("fever", "yes", ON - DAY),))
    asked = Asked(athlete=WOMAN, evidence=fever | told, running=RunningNow(), agreed=None, on=clock.on)
    verdict = answer(asked, KB)
    assert verdict.rule == "R4"
    with pytest.raises(HipwiseError, match="cannot be overridden"):
        overridden(verdict, "my race", KB)


def test_no_reason_overrides_a_lock() -> None:
    told = Evidence.of(Finding(name, state, ON) for name, state in well().items())
    asked = Asked(athlete=WOMAN, evidence=told, running=RunningNow(), agreed=None, on=ON, most_stage=0)
    verdict = answer(asked, KB)
    assert verdict.rule == "RL"
    with pytest.raises(HipwiseError, match="cannot be overridden"):
        overridden(verdict, "my race", KB)


@pytest.mark.parametrize("sides", [("left", "right"), ("right", "left")])
def test_a_sign_of_either_pain_is_overridden_by_nothing_told_of_the_other(
    bare: Journal, clock: Clock, sides: tuple[str, str]
) -> None:
    bare.new_pain(side="right")
    bare.log(distance_m=5000, timer_s=1800, started_at=clock() - timedelta(hours=4))
    bare.tell(well(limp="yes"), pain=sides[0])
    bare.tell(well(), pain=sides[1])
    with pytest.raises(HipwiseError, match="cannot be overridden"):
        bare.today(override="my race")


# Rules that have changed.


def test_a_verdict_that_was_kept_by_other_rules_says_so_when_it_is_made_again(bare: Journal) -> None:
    said = bare.today()
    trace = dict(bare.traces(1)[0])
    assert bare.replay(trace) == said
    for versions in ({}, {"knowledge": KB.version}, trace["versions"] | {"rules": "of before"}):
        old = trace | {"versions": versions, "given": {**trace["given"]}}
        old["given"].pop("beside")
        again = bare.replay(old)
        assert next(note for note in again.notes if note not in said.notes).endswith(said.headline)
        assert "have changed" in again.notes[-1]


# What a clinician must see first.

TRAPPED = {
    "pain_outer_hip": "no", "pain_inner_thigh": "yes", "worst_point": "inner_thigh", "numb_patch": "inner_thigh",
    "touch_hurts": "yes", "character": "burning", "tingling": "one_leg", "pain_below_knee": "no", "fast_hurts": "yes",
}  # fmt: skip
"""The picture of a trapped nerve, which nobody should train by before it was looked at."""


def test_what_a_clinician_must_see_first_says_so_until_one_has_and_not_only_for_a_week(
    bare: Journal, clock: Clock
) -> None:
    bare.tell(well(**TRAPPED))
    waiting = bare.plan()
    assert isinstance(waiting, Plan)
    assert "clinician_first" in waiting.protocols
    assert "until a clinician has looked" in waiting.headline
    assert waiting.run.mode == "none"
    assert not any(day.run for day in waiting.days)
    verdict = bare.today()
    assert (verdict.rule, verdict.asks) == ("RV", ())
    assert "looked at" in verdict.reason
    with pytest.raises(HipwiseError, match="cannot be overridden"):
        bare.today(override="my race")
    bare.tell({"seen_by_clinician": "yes"})
    assert bare.today().rule != "RV"
    for _ in range(3):
        clock.on += 9 * DAY
        bare.tell(well(**TRAPPED))
        assert bare.today().rule != "RV"
        found = bare.plan()
        assert isinstance(found, Plan)
        assert "clinician_first" not in found.protocols
    bare.tell({"hip_changed": "yes"})
    bare.tell(well(**TRAPPED))
    assert bare.today().rule == "RV"


def test_what_shapes_a_plan_and_how_long_a_look_holds_are_judgements_and_say_so() -> None:
    for name in ("likely_share", "refer_share", "visit_holds_d"):
        number = KB.number(f"progression.{name}")
        assert (number.grade.value, number.source) == ("judgement", "hipwise_judgement")
