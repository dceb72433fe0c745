"""What training data are worth: what is wrong is told, what nobody knows is no rest, and each week has a grade."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipwise.activity import (
    GRADES,
    Bounds,
    Note,
    Origin,
    Quality,
    QualityLimits,
    RunSummary,
    beyond,
    look_at,
    possible_run,
)
from hipwise.knowledge import Knowledge

MONDAY = date(2030, 5, 6)
DAY = timedelta(1)


def limits() -> QualityLimits:
    return Knowledge.load().constants(QualityLimits, "quality")


def bounds() -> Bounds:
    return Knowledge.load().constants(Bounds, "bounds")


def run(day: date = MONDAY, *, hour: int = 18, kind: str = "fit", km: float | None = 10, **said: object) -> RunSummary:
    at = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    origin = Origin(f"{day}.{kind}", kind, f"{day}{hour}{kind}", maker="Example", product="One")
    whole = RunSummary(
        id=f"{day}/{hour}/{kind}",
        sport="running",
        started_at=at,
        local_date=day,
        origins=(origin,),
        distance_m=None if km is None else 1000 * km,
        timer_s=3600.0,
        elapsed_s=3600.0,
    )
    return replace(whole, **said)  # type: ignore[arg-type]


def looked(*runs: RunSummary, on: date = MONDAY + 6 * DAY, marks: tuple[tuple[date, date, str], ...] = ()) -> Quality:
    return look_at(runs, limits(), bounds(), on=on, marks=marks)


def kinds(quality: Quality) -> list[str]:
    return [fault.kind for fault in quality.faults]


def test_a_week_without_faults_is_an_a() -> None:
    quality = looked(run(), run(MONDAY + 3 * DAY))
    assert (dict(quality.grades), quality.faults) == ({MONDAY: "A"}, ())
    assert quality.error_on(MONDAY) == 0.05


@pytest.mark.parametrize(
    ("wrong", "kind", "grade"),
    [
        ({"notes": (Note("activity.date_doubtful", (("date", "1990-01-01"),)),)}, "clock", "D"),
        ({"notes": (Note("activity.distance_jump", (("metres", "300"),)),)}, "jump", "D"),
        ({"notes": (Note("activity.no_local_time"),)}, "day", "B"),
        ({"notes": (Note("activity.places_dropped", (("count", "2"),)),)}, "gps", "B"),
        ({"notes": (Note("activity.sorted"),)}, None, "A"),
        ({"km": 2.0}, "watch_on", "D"),
        ({"elapsed_s": 9000.0}, "pause", "B"),
        ({"km": None}, "lacking", "D"),
        ({"timer_s": None}, "untimed", "B"),
        ({"sport": "yoga", "km": None}, None, "A"),
    ],
)
def test_each_fault_is_told_and_lowers_the_grade(wrong: dict[str, object], kind: str | None, grade: str) -> None:
    quality = looked(run(**wrong))  # type: ignore[arg-type]
    assert kinds(quality) == ([kind] if kind else [])
    assert quality.grade_on(MONDAY) == grade
    assert all(fault.says and fault.run for fault in quality.faults)


def test_one_serious_fault_of_three_runs_is_a_c() -> None:
    assert looked(run(), run(MONDAY + DAY), run(MONDAY + 2 * DAY, km=2.0)).grade_on(MONDAY) == "C"


def test_days_that_nobody_knows_of_are_no_rest() -> None:
    last = MONDAY + 20 * DAY
    quality = looked(run(), run(last), on=last)
    (gap,) = quality.faults
    assert (gap.kind, gap.on, gap.until) == ("gap_unknown", MONDAY + DAY, last - DAY)
    assert "hipwise gap" in gap.says
    assert list(quality.grades.values()) == ["D", "D", "D"]


def test_the_runner_can_say_what_the_days_were() -> None:
    last = MONDAY + 20 * DAY
    marks = ((MONDAY, last, "rest"), (MONDAY + 14 * DAY, last, "no_watch"))
    quality = looked(run(), run(last), on=last, marks=marks)
    assert kinds(quality) == ["gap_rest", "gap_no_watch"]
    assert list(quality.grades.values()) == ["A", "A", "D"]


def test_a_gap_up_to_today_counts() -> None:
    assert kinds(looked(run(), on=MONDAY + 30 * DAY)) == ["gap_unknown"]
    assert kinds(looked(run(), on=MONDAY + 3 * DAY)) == []


def test_two_runs_in_one_time_may_be_one_counted_twice() -> None:
    twin = run(hour=18, kind="gpx", started_at=datetime(2030, 5, 6, 18, 10, tzinfo=UTC))
    assert kinds(looked(run(), twin)) == ["overlap"]
    noon = (Note("activity.no_time_of_day"),)
    assert "overlap" not in kinds(looked(replace(run(), notes=noon), replace(twin, notes=noon)))
    assert kinds(looked(run(), replace(twin, sport="cycling"))) == []


def test_miles_taken_for_kilometres_are_doubted() -> None:
    fits = [run(MONDAY + place * DAY) for place in range(3)]
    tables = [run(MONDAY + place * DAY, hour=6, kind="csv", km=16.1) for place in range(3)]
    mixed = sorted((*fits, *tables), key=lambda each: each.started_at)
    assert kinds(looked(*mixed)) == ["units"]
    assert kinds(looked(*mixed[:4])) == []


def test_another_watch_breaks_a_trend() -> None:
    new = Origin("x", "fit", "x", maker="Other", product=None)
    quality = looked(run(), run(MONDAY + DAY, origins=(new,)))
    assert kinds(quality) == ["device"]
    assert "Other" in quality.faults[0].says


def test_another_sensor_breaks_a_trend() -> None:
    one = run(column_sources=(("ground_contact_ms", "watch"), ("cadence_spm", "watch")))
    other = run(MONDAY + DAY, column_sources=(("ground_contact_ms", "strap"), ("power_w", "strap")))
    quality = looked(one, other)
    assert kinds(quality) == ["sensor"]
    assert "ground contact" in quality.faults[0].says


def test_merged_runs_are_counted() -> None:
    both = run(origins=(Origin("a", "fit", "a"), Origin("b", "apple", "b")))
    assert looked(both).merged == 1


def test_nothing_known_is_a_d_and_no_week_is_made_up() -> None:
    quality = looked()
    assert (dict(quality.grades), quality.faults, quality.grade_on(MONDAY)) == ({}, (), "D")
    assert quality.as_dict()["weeks"] == []


def test_runs_of_tomorrow_are_not_looked_at() -> None:
    assert looked(run(MONDAY + DAY), on=MONDAY).faults == ()


def test_a_run_that_lies_ahead_or_in_a_year_without_watches_is_told() -> None:
    ahead = looked(run(), run(MONDAY + 9 * DAY), on=MONDAY)
    assert [(each.kind, each.on) for each in ahead.faults] == [("ahead", MONDAY)]
    assert "2030-05-15" in ahead.faults[0].says
    for year in (1, 9999):
        lost = looked(run(date(year, 5, 6)), run(), on=MONDAY)
        assert kinds(lost) == ["clock"]
        assert len(lost.grades) == 1, "no week is graded that nobody could have run in"


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ({"km": 1e297}, "distance"),
        ({"km": 31.0}, "distance"),
        ({"km": -1.0}, "distance"),
        ({"km": float("nan")}, "distance"),
        ({"timer_s": 1e12}, "time"),
        ({"elapsed_s": 1e12}, "pauses"),
        ({"heart_rate_bpm": 1e9}, "heart"),
        ({"cadence_spm": 1e9}, "cadence"),
        ({"ascent_m": 1e9}, "climb"),
        ({"descent_m": -1.0}, "descent"),
        ({"perceived_effort": 99.0}, "effort"),
    ],
)
def test_what_no_body_does_is_told_and_not_believed(said: dict[str, object], named: str) -> None:
    quality = looked(run(**said))  # type: ignore[arg-type]
    assert "impossible" in kinds(quality)
    assert named in next(each.says for each in quality.faults if each.kind == "impossible")
    assert quality.grade_on(MONDAY) == "D"


RECORDS = ((100, 9.58), (800, 100.91), (1500, 206.0), (5000, 755.36), (10_000, 1571), (42_195, 7235), (319_614, 86_400))


@pytest.mark.parametrize(("metres", "seconds"), RECORDS)
def test_what_somebody_has_done_is_believed(metres: float, seconds: float) -> None:
    """World records as we remember them: metres, seconds."""
    assert not beyond(run(km=metres / 1000, timer_s=seconds, elapsed_s=seconds), bounds())
    assert "distance_m" in beyond(run(km=metres / 500, timer_s=seconds, elapsed_s=seconds), bounds())


@given(st.floats(1, 1e6), st.floats(1, 1e6))
def test_more_time_never_makes_a_distance_less_believable(one: float, other: float) -> None:
    short, long = sorted((one, other))
    assert bounds().metres_in(short) <= bounds().metres_in(long)


def test_a_ride_may_be_faster_than_any_run() -> None:
    ride = run(sport="cycling", km=40.0)
    assert possible_run(ride, bounds()) is ride
    assert possible_run(replace(ride, sport="running"), bounds()).distance_m is None


def test_as_plain_data() -> None:
    said = looked(run(km=2.0)).as_dict()
    assert said["weeks"] == [{"monday": "2030-05-06", "grade": "D", "may_be_off_by": 1.0}]
    assert said["faults"][0]["serious"] is True


@given(st.lists(st.tuples(st.integers(0, 60), st.floats(0.5, 40)), max_size=12), st.integers(0, 80))
def test_every_week_since_the_first_run_has_a_grade_and_a_mark_of_rest_never_lowers_one(
    said: list[tuple[int, float]], until: int
) -> None:
    runs = [run(MONDAY + place * DAY, km=km) for place, km in sorted(said)]
    on = MONDAY + until * DAY
    plain = looked(*runs, on=on)
    rested = looked(*runs, on=on, marks=((MONDAY, on, "rest"),))
    known = [each for each in runs if each.local_date <= on]
    first = known[0].local_date - known[0].local_date.weekday() * DAY if known else on + DAY
    assert list(plain.grades) == [first + week * 7 * DAY for week in range(((on - first).days // 7) + 1)]
    assert all(GRADES.index(rested.grades[week]) <= GRADES.index(plain.grades[week]) for week in plain.grades)
