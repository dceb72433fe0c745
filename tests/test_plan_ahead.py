"""What lies ahead: the weekly score, the course so far, the race check, and what a runner's flares go with."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from hipwise.causes import rank
from hipwise.knowledge import Knowledge
from hipwise.model import Athlete, Evidence, Finding
from hipwise.plan import (
    DayOfLoad,
    Plan,
    RunningNow,
    Start,
    Weekly,
    Wishes,
    flare_model,
    make,
    race_check,
    start_now,
    told_range,
    weekly_course,
    weeks_to_start,
)
from hipwise.plan._course import course_of
from hipwise.plan._response import course_so_far
from hipwise.plan._weekly import weekly_score
from sore_runner import AFTER_THE_RUN, GOOD_MORNING, calm

KB = Knowledge.load()
ON = date(2030, 5, 6)
DAY, WEEK = timedelta(1), timedelta(7)
RUNNER = Athlete.of_age(35, "female", ON)

# The weekly score


def week(*answers: int | None, ago: int = 0) -> Weekly:
    participation, training, performance, symptoms = (*answers, None, None, None)[:4]
    return Weekly(
        on=ON - ago * WEEK,
        participation=participation or 0,
        training=training,
        performance=performance,
        symptoms=symptoms,
    )


@pytest.mark.parametrize(
    ("answers", "score", "substantial"),
    [
        ((0,), 0, False),
        ((1, 1, 0, 1), 24, False),
        ((2, 2, 1, 2), 59, True),
        ((3,), 100, True),
        ((1, 1, 2, 1), 41, True),
        ((2, 1, 1, 3), 58, False),
    ],
)
def test_the_weekly_score_is_that_of_the_published_cases(
    answers: tuple[int, ...], score: int, substantial: bool
) -> None:
    assert weekly_score(week(*answers), KB) == score
    found = weekly_course([week(*answers)], KB, ON)
    assert found is not None
    assert found.substantial == substantial


def test_a_week_with_a_missing_answer_has_no_score() -> None:
    assert weekly_score(week(1, 1), KB) is None
    assert weekly_course([week(1, 1)], KB, ON) is None
    assert weekly_course([], KB, ON) is None


@pytest.mark.parametrize(
    ("weeks", "follows"),
    [
        ([week(1, 1, 0, 1)], "fine"),
        ([week(2, 2, 1, 2)], "hold"),
        ([week(2, 2, 1, 2, ago=1), week(1, 2, 0, 1)], "advice"),
        ([week(1, 2, 0, 0, ago=ago) for ago in range(4)], "refer"),
        ([week(3, ago=1), week(3)], "refer"),
        ([week(3, ago=1), week(0)], "fine"),
    ],
)
def test_what_follows_from_the_weeks(weeks: list[Weekly], follows: str) -> None:
    found = weekly_course(weeks, KB, ON)
    assert found is not None
    assert found.follows == follows
    assert set(found.sources) <= set(KB.sources)


def test_a_falling_score_is_an_improvement_and_of_one_week_the_newest_counts() -> None:
    found = weekly_course([week(2, 2, 1, 2, ago=2), week(2, 2, 2, 2), replace(week(1, 1, 0, 1), on=ON)], KB, ON)
    assert found is not None
    assert [score for _, score in found.scores] == [59, 24]
    assert found.improving
    assert Weekly.of(week(2, 2, 1, 2).as_dict()) == week(2, 2, 1, 2)


# The course so far


def followed(before: int, now: int, weeks: int) -> Evidence:
    days = range(weeks * 7 + 1)
    scores = {day: before if day < 7 else now for day in days}
    begun = ON - weeks * WEEK
    return Evidence.of(Finding("morning_pain_score", str(score), begun + day * DAY) for day, score in scores.items())


@pytest.mark.parametrize(
    ("before", "now", "weeks", "state", "refer"),
    [(5, 2, 2, "better", False), (5, 5, 2, "same", False), (5, 5, 6, "same", True), (3, 6, 2, "worse", True),
     (1, 1, 6, "better", False)],
)  # fmt: skip
def test_the_course_is_compared_after_two_and_six_weeks(
    before: int, now: int, weeks: int, state: str, refer: bool
) -> None:
    told = Evidence.of(Finding(name, value, ON) for name, value in calm().items()) | followed(before, now, weeks)
    course = course_of(rank(RUNNER, told, KB, ON), told, KB, ON)
    found = course_so_far(told, course, KB, ON)
    assert found is not None
    assert (found.state, found.refer, found.weeks) == (state, refer, weeks)
    plan = make(rank(RUNNER, told, KB, ON), RUNNER, told, RunningNow(), Wishes(), KB, ON)
    if isinstance(plan, Plan):
        assert found.says in plan.refer_when
        assert any("has not helped" in each for each in plan.refer_when) == refer


def test_nothing_is_said_of_the_course_too_early_or_with_too_few_scores() -> None:
    told = Evidence.of(Finding(name, value, ON) for name, value in calm().items())
    course = course_of(rank(RUNNER, told, KB, ON), told, KB, ON)
    assert course_so_far(told, course, KB, ON) is None
    assert course_so_far(followed(5, 5, 1), course, KB, ON) is None
    few = Evidence.of(Finding("morning_pain_score", "5", ON - ago * DAY) for ago in (30, 0))
    assert course_so_far(few, course, KB, ON) is None


# The race check

GOOD = Start(stage=5, passes=0, bone=False, longest_km=None, borne={"green": 9})
BAD = Start(stage=5, passes=0, bone=False, longest_km=None, borne={"green": 3, "red": 6})


def dice(seed: int = 7) -> np.random.Generator:
    return np.random.default_rng(seed)


def test_the_same_dice_give_the_same_weeks() -> None:
    assert np.array_equal(weeks_to_start(GOOD, 10, KB, dice()), weeks_to_start(GOOD, 10, KB, dice()))


def test_flares_distance_and_a_bone_make_it_longer_and_a_later_step_shorter() -> None:
    def middle(start: Start, km: float = 10) -> float:
        return float(np.median(weeks_to_start(start, km, KB, dice())))

    assert middle(GOOD) < middle(BAD)
    assert middle(GOOD, 5) < middle(GOOD, 21.1)
    assert middle(replace(GOOD, stage=8)) < middle(GOOD)
    assert middle(replace(GOOD, stage=1)) <= middle(replace(GOOD, stage=1, bone=True))
    assert middle(replace(GOOD, stage=11, longest_km=12.0)) == 0


def test_a_race_tomorrow_gets_an_honest_answer() -> None:
    found = race_check(GOOD, 10, ON + DAY, KB, ON, dice())
    assert found.answer == "unlikely"
    assert found.chance is not None
    assert found.chance < 0.05
    assert any("Do not count on this race" in each for each in found.says)
    ready = race_check(replace(GOOD, stage=11, longest_km=12.0), 10, ON + DAY, KB, ON, dice())
    assert ready.answer == "likely"
    far = race_check(GOOD, 10, ON + 12 * WEEK, KB, ON, dice())
    assert far.low is not None
    assert far.middle is not None
    assert far.high is not None
    assert 0 < far.low <= far.middle <= far.high
    assert race_check(GOOD, 10, None, KB, ON, dice()).chance is None


def test_what_defers_it_is_told_with_the_least_first() -> None:
    found = race_check(GOOD, 10, ON + 20 * WEEK, KB, ON, dice())
    costs = {each.event: each.weeks for each in found.deferrals}
    assert [each.weeks for each in found.deferrals] == sorted(costs.values())
    assert costs["hold"] <= costs["red"]
    assert set(found.sources) <= set(KB.sources)


@pytest.mark.parametrize(
    ("days", "when"), [(0, "It is today"), (1, "It is tomorrow"), (9, "It is in 9 days"), (84, "It is in 12 weeks")]
)
def test_how_far_off_a_race_is_is_told_as_people_say_it(days: int, when: str) -> None:
    assert race_check(GOOD, 10, ON + days * DAY, KB, ON, dice()).says[1].startswith(f"{when}:")


def test_what_costs_no_time_is_not_told_as_a_number() -> None:
    ready = race_check(replace(GOOD, stage=11, longest_km=12.0), 10, None, KB, ON, dice())
    costs = {each.event: each.says for each in ready.deferrals}
    assert costs["week_off"].endswith("about a week.")
    assert costs["hold"].endswith("next to nothing.")
    assert "weeks" in race_check(GOOD, 10, None, KB, ON, dice()).deferrals[-1].says


def test_what_cannot_be_told_is_not_told() -> None:
    hopeless = Start(stage=1, passes=0, bone=True, longest_km=None, borne={"red": 400})
    found = race_check(hopeless, 42.2, ON + WEEK, KB, ON, dice())
    assert (found.low, found.high, found.deferrals) == (None, None, ())
    assert "further ahead than can be told" in found.says[0]
    doubtful = Start(stage=1, passes=0, bone=False, longest_km=None, borne={"green": 4, "red": 3, "cut": 3})
    told = race_check(doubtful, 21.1, None, KB, ON, dice())
    assert told.high is None or told.high > 20


def test_the_start_is_read_from_what_was_borne() -> None:
    told = Evidence.of(Finding(name, value, ON) for name, value in (calm() | GOOD_MORNING).items())
    told |= Evidence.of(Finding(name, value, ON - DAY) for name, value in AFTER_THE_RUN.items())
    running = RunningNow(longest_30d_km=10.0, ceiling_km=11.0, run_days=(ON - 9 * DAY, ON - 2 * DAY))
    start = start_now(rank(RUNNER, told, KB, ON), told, running, KB, ON)
    assert start.longest_km == pytest.approx(10)
    assert sum(start.borne.values()) == 2


# The personal model of flares


def runner(seed: int, days: int = 70, **effects: float) -> Iterator[DayOfLoad]:
    """A runner who runs every other day; EFFECTS are points of pain a standard deviation of each load."""
    chance = np.random.default_rng(seed)
    morning, before = 2.0, 0.0
    for day in range(days):
        km = float(chance.uniform(4, 12)) if day % 2 == 0 else 0.0
        ascent = float(chance.uniform(0, 300)) if km else 0.0
        pain = 1.0 + 0.4 * morning + effects.get("km", 0) * (km - 4) / 4.5
        pain += effects.get("ascent_m", 0) * (ascent - 75) / 100 + effects.get("km_before", 0) * (before - 4) / 4.5
        later = float(np.clip(np.rint(pain + chance.normal(0, 0.8)), 0, 10))
        yield DayOfLoad(on=ON + day * DAY, km=km, ascent_m=ascent, morning=int(morning), next_morning=int(later))
        morning, before = later, km


def test_it_cannot_be_told_until_it_can() -> None:
    found = flare_model(tuple(runner(1, days=20)), KB)
    assert found.effects == ()
    assert "cannot be told yet" in found.says
    silent = tuple(replace(each, next_morning=None) for each in runner(1))
    assert flare_model(silent, KB).effects == ()
    still = tuple(replace(each, km=0.0) for each in runner(1))
    assert flare_model(still, KB).effects == ()


def test_a_planted_effect_is_found() -> None:
    found = [flare_model(tuple(runner(seed, ascent_m=0.8)), KB) for seed in range(40)]
    claims = [{each.load for each in one.effects if each.claim and each.points > 0} for one in found]
    assert sum("ascent_m" in each for each in claims) >= 34
    assert "more climbing" in next(one.says for one, each in zip(found, claims, strict=True) if "ascent_m" in each)


def test_where_nothing_goes_with_pain_less_than_one_in_twenty_is_told_that_something_does() -> None:
    false = sum(any(each.claim for each in flare_model(tuple(runner(seed)), KB).effects) for seed in range(400))
    assert false / 400 < 0.05


def test_a_runner_of_few_days_is_drawn_towards_others() -> None:
    few = tuple(runner(3, days=30))
    alone = {each.load: each.points for each in flare_model(few, KB).effects}
    beside = {each.load: each.points for each in flare_model(few, KB, {"ascent_m": 2.0}).effects}
    assert beside["ascent_m"] > alone["ascent_m"]
    long = tuple(runner(3, days=300))
    near = {each.load: each.points for each in flare_model(long, KB).effects}
    far = {each.load: each.points for each in flare_model(long, KB, {"ascent_m": 2.0}).effects}
    assert far["ascent_m"] - near["ascent_m"] < beside["ascent_m"] - alone["ascent_m"]


def test_a_setback_whose_cost_cannot_be_told_is_left_out() -> None:
    rough = Start(stage=5, passes=0, bone=False, longest_km=None, borne={"green": 6, "hold": 2, "red": 1})
    found = race_check(rough, 10, None, KB, ON, dice(1))
    assert {each.event for each in found.deferrals} <= {"week_off", "hold", "cut", "red"}
    assert all(np.isfinite(each.weeks) for each in found.deferrals)
    stuck = Start(stage=9, passes=0, bone=True, longest_km=None, borne={"green": 1, "red": 2})
    costs = race_check(stuck, 10, None, KB, ON, dice(1)).deferrals
    assert len(costs) < 4


# Does the range hold? Runners of other model families answer


def race_families() -> ModuleType:
    path = Path(__file__).parents[1] / "validation" / "race_check.py"
    spec = spec_from_file_location("race_families", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
@pytest.mark.parametrize("family", ["adapting", "mending"])
def test_the_range_holds_for_runners_of_other_kinds_that_nothing_was_set_by(family: str) -> None:
    families = race_families()
    found = [families.one(family, families.HELD_OUT + seed, courses=200) for seed in range(40)]
    share = sum(each.where == "inside" for each in found) / len(found)
    assert share >= KB.number("race.range_share").value
    assert all(0 <= each.low <= each.high for each in found)
    assert any(np.isfinite(each.high) for each in found)


def test_the_near_end_lies_between_the_calmest_course_and_the_imagined_one() -> None:
    weeks = np.sort(weeks_to_start(GOOD, 10, KB, dice()))
    low, middle, high = told_range(weeks, GOOD, 10, KB)
    imagined = float(np.quantile(weeks, 0.1, method="nearest"))
    assert low is not None
    assert middle is not None
    assert high is not None
    assert 0 < low <= imagined <= middle <= high
    ready = replace(GOOD, stage=11, longest_km=12.0)
    assert told_range(np.zeros(9), ready, 10, KB)[0] == 0


@pytest.mark.parametrize(("passes", "weeks"), [(0, 2.0), (1, 1.0), (2, 1.0)])
def test_the_run_that_leaves_the_ladder_does_not_make_the_longest_run_longer(passes: int, weeks: float) -> None:
    """It is a run of the last rung. A week that ends with it has seen no longer one."""
    last = len(KB.rehab.ladder.rungs)
    calm_runs = Start(stage=last, passes=passes, bone=False, longest_km=None, borne={"green": 10**9})
    grown_once = KB.number("race.last_rung_km").value * (1 + KB.number("load.spike_small_above").value)
    race_km = 0.99 * grown_once / KB.number("race.longest_share").value
    assert np.median(weeks_to_start(calm_runs, race_km, KB, dice(), courses=50)) == weeks
