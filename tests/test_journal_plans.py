"""What a journal promises of pains, plans and mornings: what stands, stands until someone lifts it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from hipwise.errors import HipwiseError, UnknownAnswer
from hipwise.journal import Journal
from hipwise.knowledge import Level
from hipwise.plan import Done, Plan, Referral, Wishes
from sore_runner import AFTER_THE_RUN, BONE, GOOD_MORNING, KB, ON, Clock, calm, fit, sore

DAY = timedelta(1)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal.open(tmp_path / "me.db", now=Clock()) as opened:
        yield opened


# Pains


def test_more_said_of_a_pain_keeps_its_answers_and_its_plan(tmp_path: Path) -> None:
    with sore(tmp_path) as journal:
        before, plan = journal.told(), journal.plan()
        mended = journal.mend_pain(onset=ON - 3 * DAY, side="right")
        assert (mended.onset, mended.side) == (ON - 3 * DAY, "right")
        assert set(journal.told()) == set(before)
        assert journal.agreed() == plan
        journal.undo()
        assert journal.episode is not None
        assert journal.episode.side == "left"


def test_the_first_thing_said_of_a_pain_opens_it(journal: Journal) -> None:
    assert journal.mend_pain(side="left") == journal.episode


def test_a_pain_cannot_begin_tomorrow_or_on_a_third_side(journal: Journal) -> None:
    with pytest.raises(HipwiseError, match="not lie ahead"):
        journal.new_pain(onset=ON + DAY)
    with pytest.raises(HipwiseError, match="no side"):
        journal.mend_pain(side="top")
    assert journal.episode is None


def test_answers_about_one_pain_say_nothing_of_a_new_one(tmp_path: Path) -> None:
    with sore(tmp_path) as journal:
        journal.new_pain(side="right")
        assert "limp" in journal.assess().ranking.triage.missing
        assert journal.told().latest().keys() == {name for name in calm() if KB.findings[name].about == "runner"}


def test_a_new_pain_does_not_make_an_old_bone_safe(tmp_path: Path) -> None:
    with sore(tmp_path, **BONE) as journal:
        assert isinstance(journal.plan(), Referral)
        journal.new_pain(side="right")
        journal.tell(calm())
        found = journal.assess()
        assert found.ranking.level is Level.WITHIN_DAYS
        assert found.ranking.triage.bone_stress
        assert found.referral is not None
        assert found.referral.bone_stress
        assert journal.checkin(GOOD_MORNING).verdict == "see_someone"
        assert isinstance(journal.plan(), Referral)
        assert journal.training()["ceiling_km"] is None


def test_an_old_pain_that_alarms_holds_even_without_a_kept_referral(tmp_path: Path) -> None:
    with sore(tmp_path, **BONE) as journal:
        journal.new_pain(side="right")
        journal.tell(calm())
        assert journal.today().verdict == "see_someone"


# Plans and referrals that stand


def test_a_plan_is_kept_as_agreed_and_the_same_plan_is_one_step(tmp_path: Path) -> None:
    with sore(tmp_path) as journal:
        made = journal.plan(Wishes(minutes_a_day=15))
        assert isinstance(made, Plan)
        assert journal.agreed() == made
        assert journal.plan(Wishes(minutes_a_day=15)) == made
        journal.undo()
        assert journal.agreed() is None


def test_a_referral_of_half_an_interview_is_shown_and_not_kept(journal: Journal, tmp_path: Path) -> None:
    journal.add([fit(tmp_path / "runs", ON - 2 * ago * DAY, km=5.0) for ago in range(2, 20)])
    journal.add([fit(tmp_path / "runs", ON - 2 * DAY, km=10.0, minutes=60)])
    journal.set_athlete(age_y=35, sex="female")
    journal.new_pain(onset=ON)
    assert isinstance(journal.plan(), Referral)  # nobody has said yet that it is not the bone
    assert journal.agreed() is None
    journal.tell(calm())
    assert isinstance(journal.plan(), Plan)


def test_a_kept_referral_stands_until_someone_was_seen(tmp_path: Path) -> None:
    clock = Clock()
    with sore(tmp_path, clock, constant_pain="yes") as journal:
        first = journal.plan()
        if not isinstance(first, Referral) or first.bone_stress:
            pytest.fail("the picture should ask for someone, and not for the bone")
        clock.on = ON + 10 * DAY
        journal.tell(calm())
        assert journal.assess().ranking.level is Level.WITHIN_DAYS
        assert journal.assess().ranking.causes
        assert journal.plan() == first
        assert journal.checkin(GOOD_MORNING | AFTER_THE_RUN).verdict == "see_someone"
        assert journal.report()["plan"]["kind"] == "referral"
        journal.tell({"seen_by_clinician": "yes"})
        assert isinstance(journal.plan(), Plan)


def test_a_bone_stands_until_it_is_cleared_and_a_clearance_says_by_whom_and_for_what(tmp_path: Path) -> None:
    clock = Clock()
    with sore(tmp_path, clock, **BONE) as journal:
        assert isinstance(journal.plan(), Referral)
        clock.on = ON + 30 * DAY
        journal.tell(calm(seen_by_clinician="yes"))
        assert journal.checkin(GOOD_MORNING).verdict == "see_someone"
        with pytest.raises(HipwiseError, match="who gave it"):
            journal.clear_bone("Dr Example", " ")
        assert journal.today().verdict == "see_someone"
        journal.clear_bone("Dr Example", "walk-run on flat ground")
        clearance = journal.told().history("cleared_bone")[-1]
        assert clearance.origin == "clinician: Dr Example, for walk-run on flat ground"
        assert journal.today().verdict != "see_someone"


def test_a_plan_of_an_older_form_is_made_anew(tmp_path: Path) -> None:
    with sore(tmp_path) as journal:
        with journal._memory.step("plan", "old", Clock()()) as step:
            step.set_plan({"kind": "plan", "of": "another form"}, ON, journal.episode.id)  # type: ignore[union-attr]
        assert journal.agreed() is None
        assert isinstance(journal.plan(), Plan)


# The morning


def test_a_check_in_is_kept_and_judged_with_the_training(tmp_path: Path) -> None:
    with sore(tmp_path) as journal:
        assert journal.checkin(GOOD_MORNING).verdict == "ask"  # how the last run was borne is not told
        verdict = journal.checkin(AFTER_THE_RUN)
        assert verdict.verdict in {"run", "run_less"}
        assert verdict.ceiling_km is not None
        assert verdict.ceiling_km <= 8.8
        assert journal.told().history("rest_pain_score")[-1].origin == "check-in"


def test_a_run_that_is_planned_too_long_is_cut(tmp_path: Path) -> None:
    with sore(tmp_path) as journal:
        journal.checkin(GOOD_MORNING | AFTER_THE_RUN)
        assert journal.today(planned_km=30.0).ceiling_km < 9  # type: ignore[operator]


def test_a_score_that_does_not_exist_keeps_nothing(tmp_path: Path) -> None:
    with sore(tmp_path) as journal:
        before = journal.told()
        with pytest.raises(UnknownAnswer):
            journal.checkin({"limp": "yes", "rest_pain_score": "11"})
        assert journal.told() == before


def test_what_was_said_is_kept_with_its_trace_and_its_versions(tmp_path: Path) -> None:
    with sore(tmp_path) as journal:
        verdict = journal.today()
        journal.assess()
        newest, before = journal._memory.verdicts()
        assert newest.kind == "assess"
        assert before.trace["rule"] == verdict.rule
        assert before.trace["versions"]["knowledge"] == KB.version
        assert set(before.trace["versions"]) == {"knowledge", "rules"}


def test_a_quick_no_on_a_card_does_not_lift_an_emergency_that_was_kept(tmp_path: Path) -> None:
    clock = Clock()
    with sore(tmp_path, clock, fever="yes") as journal:
        assert journal.plan().level == "emergency"
        assert journal.checkin(GOOD_MORNING).verdict == "see_someone"
        found = journal.assess()
        assert found.ranking.level is Level.EMERGENCY
        assert found.ranking.causes == ()
        assert journal.report()["load"] is None
        clock.on += DAY
        journal.tell(calm(seen_by_clinician="yes"))
        assert journal.assess().ranking.level is Level.SELF_CARE


# Beside the day


def test_beside_the_verdict_stand_the_exercises_of_the_day_with_their_minutes_until_they_are_done(
    tmp_path: Path,
) -> None:
    with sore(tmp_path) as journal:
        journal.checkin(GOOD_MORNING | AFTER_THE_RUN)
        plan = journal.plan()
        assert isinstance(plan, Plan)
        shown = journal.beside_today()["exercises"]
        assert shown["on"] == next(day.on for day in plan.days or plan.week if day.strength).isoformat()
        assert [each["id"] for each in shown["exercises"]] == [each.id for each in plan.exercises]
        assert shown["minutes"] == sum(each["minutes"] for each in shown["exercises"]) > 0
        journal.session([Done(on=ON, exercise=plan.exercises[0].id, pain=1)])
        assert [each["done"] for each in journal.beside_today()["exercises"]["exercises"]][:2] == [True, False]
        assert next(each.stands for each in journal.stages(plan)) == "now"


def test_beside_the_verdict_there_is_no_exercise_without_a_plan_and_no_line_without_a_score(journal: Journal) -> None:
    assert journal.beside_today() == {"exercises": None, "pain": None}
    assert journal.stages(None) == ()
    journal.checkin(GOOD_MORNING)
    assert journal.beside_today()["pain"]["title"] == "Pain, last 14 days"
