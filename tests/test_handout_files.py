"""Calendar and workouts: other programs read them back, and nothing in them outruns the day's verdict."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import fitdecode
import pytest
from garmin_fit_sdk import Decoder, Stream
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from hipwise.activity import Again, Effort, Workout, workout_bytes
from hipwise.errors import HipwiseError
from hipwise.handout import (
    Dated,
    Hours,
    calendar_bytes,
    calendar_entries,
    offer,
    run_workout,
    sheet_pages,
    strength_workout,
    zone_of,
)
from hipwise.journal import Journal
from hipwise.journal._known import Known
from hipwise.load import measure
from hipwise.model import DECLINED, UNKNOWN, Athlete, Evidence, Finding
from hipwise.plan import Plan, Session, Wishes
from load_log import run
from offers import offers_of_exercise, offers_of_running
from sore_runner import AFTER_THE_RUN, BONE, GOOD_MORNING, KB, ON, Clock, calm, sore

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2030, 5, 6, 12, tzinfo=ZoneInfo("UTC"))
LOAD = measure([run(ON - timedelta(2 * ago), 8.0) for ago in range(1, 60)], Athlete(), KB, on=ON, onset=ON)
ALARMING = sorted((name, state) for name, question in KB.findings.items() for state in question.alarming)
PICTURE = {"lying_on_side_hurts": "yes", "one_leg_hurts": "yes", "night_pain": "lying_on_it"}


def known(states: dict[str, str], agreed: Plan | None = None, age_y: int | None = 35) -> Known:
    told = calm(**GOOD_MORNING, **AFTER_THE_RUN, **PICTURE) | states
    evidence = Evidence.of(Finding(name, state, ON) for name, state in told.items()) | LOAD.evidence
    return Known(ON, Athlete.of_age(age_y, "female", ON, "IE"), None, LOAD, evidence, agreed, (), KB)


def a_plan() -> Plan:
    made = known({}).plan(Wishes())
    assert isinstance(made, Plan)
    return made


AGREED = a_plan()


def events(data: bytes) -> list[Any]:
    return list(Calendar.from_ical(data).walk("VEVENT"))


def steps(data: bytes) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Read a workout with the decoder of the maker; another must see the same number of steps."""
    stream = Stream.from_byte_array(bytearray(data))
    assert Decoder(stream).check_integrity()
    messages, errors = Decoder(Stream.from_byte_array(bytearray(data))).read()
    assert errors == []
    frames = [each for each in fitdecode.FitReader(data) if isinstance(each, fitdecode.FitDataMessage)]
    assert sum(each.name == "workout_step" for each in frames) == len(messages["workout_step_mesgs"])
    assert messages["file_id_mesgs"][0]["type"] == "workout"
    return messages["workout_mesgs"][0], messages["workout_step_mesgs"]


@pytest.fixture
def journal(tmp_path: Path) -> Any:
    clock = Clock()
    with sore(tmp_path, clock, **PICTURE) as opened:
        opened.plan()
        opened.checkin(GOOD_MORNING | AFTER_THE_RUN)
        yield opened


def test_a_calendar_holds_runs_exercises_a_daily_check_in_with_an_alarm_and_the_next_check(journal: Journal) -> None:
    held, found = journal.agreed(), events(journal.calendar())
    assert isinstance(held, Plan)
    days = [each.on for each in held.week]
    runs = [each for each in found if str(each["summary"]).startswith("Run")]
    assert [each["dtstart"].dt for each in runs] == [each.on for each in held.week if each.run]
    strong = [each for each in found if str(each["summary"]) == "Hip exercises"]
    assert [each["dtstart"].dt for each in strong] == [each.on for each in held.week if each.strength]
    assert all(exercise.name in str(strong[0]["description"]) for exercise in held.exercises)
    checkin = next(each for each in found if "hip?" in str(each["summary"]))
    assert checkin["dtstart"].dt == datetime.combine(ON, time(7))
    assert len(checkin.walk("VALARM")) == 1
    until = checkin["dtstart"].dt.date() + timedelta(checkin["rrule"]["count"][0] - 1)
    assert until == max(held.check_on, days[-1])
    assert held.check_on in {each["dtstart"].dt for each in found if not each.walk("VALARM")}


def test_the_same_entry_keeps_its_name_and_a_later_calendar_outranks_it(tmp_path: Path) -> None:
    clock = Clock()
    with sore(tmp_path, clock, **PICTURE) as journal:
        journal.plan()
        journal.checkin(GOOD_MORNING | AFTER_THE_RUN)
        first = {str(each["uid"]): each["sequence"] for each in events(journal.calendar())}
        clock.on += timedelta(1)
        journal.checkin(GOOD_MORNING | AFTER_THE_RUN)
        second = {str(each["uid"]): each["sequence"] for each in events(journal.calendar())}
    assert len(first) > 3
    assert len(set(first) & set(second)) >= 2
    assert all(second[uid] > first[uid] for uid in set(first) & set(second))


def test_what_was_handed_out_is_taken_back_when_someone_must_look_first(journal: Journal) -> None:
    before = {str(each["uid"]) for each in events(journal.calendar(keep=True))}
    journal.tell(BONE)
    found = events(journal.calendar(keep=True))
    stands = [each for each in found if str(each["status"]) == "CONFIRMED"]
    gone = {str(each["uid"]) for each in found if str(each["status"]) == "CANCELLED"}
    assert [str(each["summary"]) for each in stands] == ["Have your hip seen"]
    assert gone == before
    assert len(stands[0].walk("VALARM")) == 1
    assert offers_of_running([str(each["summary"]) + str(each.get("description", "")) for each in found]) == []


@pytest.mark.parametrize("what", ["another", "mended", "over", "undone"])
def test_what_was_handed_out_for_one_pain_is_taken_back_when_another_is_looked_at(journal: Journal, what: str) -> None:
    phone = {str(each["uid"]) for each in events(journal.calendar(keep=True))}
    if what == "another":
        journal.new_pain(side="right")
        journal.tell({"saddle_numb": "yes"})
    elif what == "mended":
        journal.mend_pain(side="right")
    elif what == "over":
        journal.end_pain()
    else:
        while journal.episode is not None:
            journal.undo()
    later = events(journal.calendar(keep=True))
    gone = {str(each["uid"]) for each in later if str(each["status"]) == "CANCELLED"}
    stands = {str(each["uid"]): str(each["summary"]) for each in later if str(each["status"]) == "CONFIRMED"}
    assert phone <= gone
    assert not gone & stands.keys()
    assert what != "another" or list(stands.values()) == ["Have your hip seen"]


def test_sessions_have_an_hour_and_a_zone_where_they_are_chosen(journal: Journal) -> None:
    hours = Hours(time(6, 30), time(18), zone_of("Europe/Dublin"))
    data = journal.calendar(hours)
    assert len(list(Calendar.from_ical(data).walk("VTIMEZONE"))) == 1
    begins = {each["dtstart"].dt.time() for each in events(data) if "hour" in dir(each["dtstart"].dt)}
    assert begins == {time(6, 30), time(18)}
    assert all(each["dtstart"].dt.utcoffset() == timedelta(hours=1) for each in events(data) if each.walk("VALARM"))


def test_a_zone_that_is_none_is_refused() -> None:
    for name in ("Nowhere/Land", "../etc/passwd", ""):
        with pytest.raises(HipwiseError, match="no time zone"):
            zone_of(name)


def test_an_emergency_is_not_called_to_mind_tomorrow() -> None:
    of = known({"limp": "yes", "leg_short_turned": "yes", "fall": "yes", "cannot_lift_leg": "yes"})
    assert of.referral is not None
    entries = calendar_entries(offer(AGREED, of.of_day, of.referral), ON, Hours())
    assert [each.kind for each in entries] == ["see"]
    assert (entries[0].until is None) == (of.referral.level in {"emergency", "same_day"})
    assert "112" in entries[0].says


others = st.dictionaries(st.sampled_from(sorted(KB.findings)), st.integers(0, 20), max_size=5).map(
    lambda picks: {
        name: (*KB.findings[name].states, UNKNOWN, DECLINED)[place % (len(KB.findings[name].states) + 2)]
        for name, place in picks.items()
    }
)


@given(st.lists(st.sampled_from(ALARMING), max_size=2).map(dict), others, st.sampled_from([None, 14, 35]))
@settings(max_examples=25, deadline=None)
def test_nothing_that_is_handed_out_offers_what_the_day_forbids(
    alarming: dict[str, str], other: dict[str, str], age_y: int | None
) -> None:
    of = known(other | alarming, AGREED, age_y)
    verdict, referral = of.of_day, of.referral
    offered = offer(of.agreed, verdict, referral)
    entries = calendar_entries(offered, ON, Hours(), {("run", ON, None), ("strength", ON + timedelta(1), "a")})
    stands = [each for each in entries if not each.gone]
    sheet = list(sheet_pages(offered, verdict, KB))
    if referral is not None or verdict.verdict == "see_someone":
        assert {each.kind for each in stands} == {"see"}
        assert offers_of_exercise([each.says for each in entries]) == offers_of_exercise(sheet) == []
    if verdict.verdict not in {"run", "run_less"} or referral is not None:
        assert all(each.kind != "run" for each in stands)
        assert not any(each.impact for each in offered.exercises)
        assert offers_of_running(sheet) == []
        for on in (ON, ON + timedelta(2)):
            with pytest.raises(HipwiseError, match="There is no run"):
                run_workout(offered, verdict, on)
    if not offered.exercises:
        with pytest.raises(HipwiseError, match="no exercise session"):
            strength_workout(offered, verdict, ON)


def test_a_free_run_ends_at_the_ceiling_of_the_day(journal: Journal) -> None:
    verdict = journal.look_at_today()
    head, found = steps(journal.workout())
    assert head["sport"] == "running"
    assert verdict.session is None
    assert verdict.ceiling_km is not None
    assert [each["duration_distance"] for each in found] == [pytest.approx(verdict.ceiling_km * 1000)]
    assert found[0]["notes"] == verdict.ceiling_says[:159]


def test_a_session_in_turn_repeats_its_run_and_its_walk() -> None:
    verdict = known({}, AGREED).of_day
    session = Session(3, 120, 60, 6, 12.0, 28.0, 2, "Walk and run.", "s")
    offered = replace(offer(AGREED, verdict, None), may_run=True)
    head, found = steps(workout_bytes(run_workout(offered, replace(verdict, session=session), ON), NOW))
    assert head["num_valid_steps"] == 5
    assert [each.get("duration_time") for each in found] == [300, 120, 60, None, 300]
    assert (found[3]["duration_step"], found[3]["repeat_steps"]) == (1, 6)
    later = ON + timedelta(3)
    with_day = replace(offered, days=(Dated(later, run=True, strength=False, session=session),))
    assert len(run_workout(with_day, verdict, later).steps) == 5
    with pytest.raises(HipwiseError, match="known only on the day"):
        run_workout(replace(offered, days=(Dated(later, run=True, strength=False, session=None),)), verdict, later)
    with pytest.raises(HipwiseError, match="has none on that day"):
        run_workout(with_day, verdict, later + timedelta(1))
    free = replace(verdict, session=None, ceiling_min=42.0)
    assert [each.seconds for each in run_workout(offered, free, ON).steps if isinstance(each, Effort)] == [2520]


def test_exercises_become_sets_with_repetitions_and_rest(journal: Journal) -> None:
    held = journal.agreed()
    assert isinstance(held, Plan)
    head, found = steps(journal.workout(strength=True))
    assert (head["sport"], head["sub_sport"]) == ("training", "strength_training")
    named = [each for each in found if each.get("intensity") == "active"]
    assert [each["wkt_step_name"] for each in named] == [each.name[:31] for each in held.exercises]
    for step, exercise in zip(named, held.exercises, strict=True):
        assert step.get("duration_reps", exercise.reps[0]) == exercise.reps[0]
        assert step["notes"] == exercise.dose
    repeats = [each["repeat_steps"] for each in found if "repeat_steps" in each]
    assert repeats == [each.sets[0] for each in held.exercises if each.sets[0] > 1]


def test_a_workout_may_end_a_step_by_the_button_and_cuts_a_name_between_letters() -> None:
    made = Workout("é" * 40, "running", (Effort("x", "active"), Again(0, 2)))
    head, found = steps(workout_bytes(made, NOW))
    assert head["wkt_name"] == "é" * 15
    assert found[0]["duration_type"] == "open"
    assert workout_bytes(made, NOW) == workout_bytes(made, NOW)


def test_two_runners_never_share_a_name_of_an_entry() -> None:
    of = known({}, AGREED)
    entries = calendar_entries(offer(AGREED, of.of_day, None), ON, Hours())
    names = [{str(each["uid"]) for each in events(calendar_bytes(entries, who, NOW, Hours()))} for who in ("a", "b")]
    assert len(names[0]) == len(entries)
    assert not names[0] & names[1]


def test_without_a_plan_only_the_check_in_stands() -> None:
    of = known({})
    offered = offer(None, of.of_day, None)
    assert [each.kind for each in calendar_entries(offered, ON, Hours())] == ["checkin"]
