"""What the grade of a week does to load: bounds, known days, weaker findings, and a more careful ceiling."""

from collections.abc import Iterable
from datetime import date

import pytest

from hipwise.activity import Bounds, Note, QualityLimits, RunSummary, look_at
from hipwise.knowledge import Knowledge
from hipwise.load import METRICS, Load, measure
from hipwise.model import Athlete
from hipwise.plan import running_now
from load_log import START, day, every, run

JUMPED = (Note("activity.distance_jump", (("metres", "300"),)),)
"""A treadmill run that was set right by hand: a serious fault."""


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge.load()


def limits(knowledge: Knowledge) -> tuple[QualityLimits, Bounds]:
    return knowledge.constants(QualityLimits, "quality"), knowledge.constants(Bounds, "bounds")


def graded(
    runs: Iterable[RunSummary],
    knowledge: Knowledge,
    on: int = 120,
    onset: int | None = None,
    marks: tuple[tuple[date, date, str], ...] = (),
) -> Load:
    """The load of RUNS as the journal measures it: what the log is worth is looked at first."""
    runs = list(runs)
    quality = look_at(runs, *limits(knowledge), on=day(on), marks=marks)
    since = None if onset is None else day(onset)
    return measure(runs, Athlete(), knowledge, on=day(on), onset=since, quality=quality)


def states(load: Load) -> dict[str, str]:
    return {each.id: each.state for each in load.evidence}


def gap(since: int, until: int, kind: str) -> tuple[tuple[date, date, str], ...]:
    return ((day(since), day(until), kind),)


# Amounts and their ends


def test_a_week_says_between_which_ends_its_distance_lies(knowledge: Knowledge) -> None:
    weeks = graded(every(2, 0, 28), knowledge, on=27).weeks
    assert weeks["grade"].to_list() == ["A"] * 4
    assert weeks["distance_low_m"][0] == pytest.approx(20_000 * 0.95)
    assert weeks["distance_high_m"][0] == pytest.approx(20_000 * 1.05)


def test_days_that_nobody_knows_of_leave_a_week_without_an_upper_end(knowledge: Knowledge) -> None:
    runs = [*every(2, 0, 14), *every(2, 24, 40)]
    weeks = graded(runs, knowledge, on=40).weeks
    assert weeks["unknown_d"].to_list() == [0, 1, 7, 3, 0, 0]
    assert weeks["grade"].to_list() == ["A", "C", "D", "C", "A", "A"]
    blank = weeks.filter(weeks["unknown_d"] > 0)
    assert blank["distance_high_m"].to_list() == [None] * len(blank)
    assert not blank["whole"].any()
    assert blank["change_pct"].null_count() == len(blank)


def test_without_a_look_at_the_log_no_end_is_made_up(knowledge: Knowledge) -> None:
    load = measure(every(2, 0, 60), Athlete(), knowledge, on=day(60))
    assert load.weeks["grade"].null_count() == len(load.weeks)
    assert load.weeks["distance_low_m"].null_count() == len(load.weeks)
    assert load.acwr["coupled_low"].null_count() == len(load.acwr)
    assert load.doubted(day(60)) is None


def test_a_ratio_is_not_told_over_days_that_nobody_knows_of(knowledge: Knowledge) -> None:
    runs = [*every(2, 0, 60), *every(2, 70, 80)]
    acwr = next(metric for metric in METRICS if metric.id == "acwr")
    unknown = graded(runs, knowledge, on=79)
    assert unknown.acwr["coupled"][-1] is None
    assert unknown.known_days(acwr) == (17, 28)
    assert unknown.monotony.filter(unknown.monotony["date"] == day(70))["monotony"].item() is None
    rested = graded(runs, knowledge, on=79, marks=gap(59, 69, "rest"))
    assert rested.acwr["coupled"][-1] > 1
    assert rested.known_days(acwr) == (28, 28)


def test_the_ends_of_a_ratio_hold_it_and_widen_where_a_week_is_doubted(knowledge: Knowledge) -> None:
    sure = graded(every(2, 0, 60), knowledge, on=59).acwr.row(-1, named=True)
    assert sure["coupled_low"] == pytest.approx(sure["coupled"]) == pytest.approx(sure["coupled_high"])
    runs = [run(each, notes=JUMPED) if each == 50 else run(each) for each in range(0, 60, 2)]
    doubted = graded(runs, knowledge, on=59).acwr.row(-1, named=True)
    assert (sure["grade"], doubted["grade"]) == ("A", "C")
    assert doubted["uncoupled_low"] < doubted["uncoupled"] < doubted["uncoupled_high"]
    assert doubted["coupled_low"] < doubted["coupled"] < doubted["coupled_high"]


def test_over_days_that_nobody_knows_of_the_weighted_ratio_has_ends_and_no_value(knowledge: Knowledge) -> None:
    runs = [*every(2, 0, 60), *every(2, 70, 80)]
    last = graded(runs, knowledge, on=79).acwr.row(-1, named=True)
    assert last["ewma"] is None
    assert last["ewma_low"] < 1 < last["ewma_high"]
    rested = graded(runs, knowledge, on=79, marks=gap(59, 69, "rest")).acwr.row(-1, named=True)
    assert rested["ewma_low"] == pytest.approx(rested["ewma"]) == pytest.approx(rested["ewma_high"])
    assert last["ewma_low"] <= rested["ewma"] <= last["ewma_high"]


def test_fitness_lies_between_rest_and_full_weeks_on_the_days_that_nobody_knows_of(knowledge: Knowledge) -> None:
    runs = [*every(2, 0, 60), *every(2, 70, 80)]
    unknown = graded(runs, knowledge, on=79).fitness.row(-1, named=True)
    rested = graded(runs, knowledge, on=79, marks=gap(59, 69, "rest")).fitness.row(-1, named=True)
    through = graded(every(2, 0, 80), knowledge, on=79).fitness.row(-1, named=True)
    for name in ("fitness", "fatigue", "form"):
        low, high = unknown[f"{name}_low"], unknown[f"{name}_high"]
        assert low <= rested[name] <= high
        assert low <= through[name] <= high
        assert high - low > rested[f"{name}_high"] - rested[f"{name}_low"]


def test_what_was_run_before_the_first_run_known_leaves_fitness_open_above_and_fades(knowledge: Knowledge) -> None:
    fitness = graded(every(2, 0, 120), knowledge, on=119).fitness
    width = (fitness["fitness_high"] - fitness["fitness_low"]).to_list()
    assert width[0] > 2
    assert width[-1] < 0.5
    assert measure(every(2, 0, 60), Athlete(), knowledge, on=day(60)).fitness["form_low"].null_count() == 59


# Findings


def test_a_no_becomes_unknown_where_days_are_not_known(knowledge: Knowledge) -> None:
    told = {"load_run_spike": "none", "load_week_jump": "no", "load_gap_restart": "no"}
    rested, unknown = (
        states(graded(every(2, 0, 120), knowledge, onset=119, marks=gap(101, 101, kind)))
        for kind in ("rest", "no_watch")
    )
    assert {name: rested[name] for name in told} == told
    assert {unknown[name] for name in told} == {"unknown"}


def test_a_jump_that_the_log_shows_stays_a_jump_and_says_that_it_is_not_sure(knowledge: Knowledge) -> None:
    """An alarm may hang on it, and no doubt takes an alarm back."""
    runs = [*every(2, 0, 80), *every(2, 92, 110), run(110, 12)]
    for marks, sure in ((gap(79, 91, "rest"), True), ((), False)):
        load = graded(runs, knowledge, onset=112, marks=marks)
        assert states(load)["load_run_spike"] == "large"
        (spike,) = (change for change in load.changes if change.kind == "spike")
        assert spike.sure is sure
        assert ("Not sure" in spike.says) is not sure


def test_a_gap_that_nobody_knows_of_is_no_rest_before_a_restart(knowledge: Knowledge) -> None:
    runs = [*every(2, 0, 80), *every(2, 98, 120)]
    assert states(graded(runs, knowledge, onset=119, marks=gap(79, 97, "rest")))["load_gap_restart"] == "yes"
    unknown = graded(runs, knowledge, onset=119)
    assert states(unknown)["load_gap_restart"] == "unknown"
    assert [change.sure for change in unknown.changes if change.kind == "gap_restart"] == [False]
    assert unknown.verdict != "load.verdict_none"


def test_hills_in_a_week_that_cannot_be_relied_on_are_not_known(knowledge: Knowledge) -> None:
    flat = [run(each, ascent_m=10.0) for each in range(0, 110, 2)]
    hill = {"ascent_m": 300.0}
    assert states(graded([*flat, run(111, **hill)], knowledge, onset=112))["load_first_hills"] == "yes"
    marks = gap(112, 113, "no_watch") + gap(106, 111, "no_watch")
    weak = graded([*flat[:-2], run(111, **hill)], knowledge, onset=112, marks=marks)
    assert states(weak)["load_first_hills"] == "unknown"


# The ceiling


def test_a_run_in_a_doubted_week_bears_less_of_the_ceiling(knowledge: Knowledge) -> None:
    runs = [run(each, 10.0 if each == 100 else 5.0, notes=JUMPED if each == 100 else ()) for each in range(0, 118, 2)]
    load = graded(runs, knowledge)
    assert load.ceiling_km(day(120)) == 7.7  # a tenth above 70 % of 10 km: the week is a C
    doubted = load.doubted(day(120))
    assert doubted is not None
    assert (doubted.sure_km, doubted.on, doubted.grade) == (11.0, day(100), "C")
    assert load.planned_state(8.0, day(120)) == "small"
    assert "not sure of that run" in load.planned(8.0, day(120), knowledge).says


def test_a_doubted_run_bears_no_more_than_a_sure_one_that_is_nearly_as_long(knowledge: Knowledge) -> None:
    runs = [run(each, 10.0 if each == 100 else 9.0, notes=JUMPED if each == 100 else ()) for each in range(0, 118, 2)]
    assert graded(runs, knowledge).ceiling_km(day(120)) == 9.9


def test_a_log_of_doubted_runs_alone_still_gives_a_careful_number(knowledge: Knowledge) -> None:
    """With none at all nothing would bound the next run in kilometres."""
    load = graded([run(each, notes=JUMPED) for each in range(0, 118, 2)], knowledge)
    assert set(load.weeks["grade"]) == {"D"}
    assert load.ceiling_km(day(120)) == 2.75
    running = running_now(load, day(120))
    assert running.last_run_km == 2.5
    assert running.last_run_min == 15


def test_a_run_without_a_time_is_no_doubt_about_its_distance(knowledge: Knowledge) -> None:
    load = graded([run(each, timer_s=None, elapsed_s=None) for each in range(0, 118, 2)], knowledge)
    assert set(load.weeks["grade"]) == {"B"}
    assert load.ceiling_km(day(120)) == 5.5


def test_a_run_typed_in_later_makes_a_day_without_the_watch_known(knowledge: Knowledge) -> None:
    marks = gap(10, 12, "no_watch")
    runs = every(2, 0, 28)
    quality = look_at(runs, *limits(knowledge), on=day(27), marks=marks)
    assert quality.unknown == {day(11)}
    assert quality.as_dict()["unknown_days"] == [day(11).isoformat()]
    assert START not in quality.unknown
