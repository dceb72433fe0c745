"""What the days of every plan keep, read again by a validator that shares nothing with the solver."""

from dataclasses import replace
from datetime import timedelta
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hipwise.errors import HipwiseError
from hipwise.knowledge import Phase
from hipwise.plan import WEEKDAYS, Day, Run, RunningNow, Wishes, broken_rules
from hipwise.plan._frame import KINDS, Frame, Offer, frame_of
from hipwise.plan._ladder import session
from hipwise.plan._place import Clash, place
from hipwise.plan._week import days_ahead, rearranged
from laid_days import KB, ON, PLAN, offers, with_days

DAY = timedelta(1)

wishes = st.builds(
    Wishes,
    minutes_a_day=st.integers(5, 60),
    days_a_week=st.integers(1, 7),
    equipment=st.sampled_from([(), ("band",), tuple(KB.rehab.equipment)]),
    race_on=st.none() | st.integers(0, 90).map(lambda days: ON + days * DAY),
    race_km=st.sampled_from([None, 5.0, 21.1]),
    on_days=st.lists(st.sampled_from(WEEKDAYS), unique=True, max_size=7).map(tuple),
    rest_day=st.none() | st.sampled_from(WEEKDAYS),
    run_minutes=st.none() | st.integers(20, 60),
    runs_a_week=st.none() | st.integers(1, 4),
    strength_a_week=st.none() | st.integers(1, 4),
    weeks=st.integers(1, 12),
)
logs = st.builds(
    lambda ago, km, sore: RunningNow(
        longest_30d_km=km,
        ceiling_km=None if km is None else km * 1.1,
        last_run_km=None if km is None else km * 0.7,
        last_run_min=40.0,
        sore_km=None if km is None or sore is None else km * sore,
        run_days=tuple(sorted(ON - each * DAY for each in ago)),
    ),
    st.lists(st.integers(0, 20), unique=True, max_size=8),
    st.none() | st.floats(3, 30),
    st.none() | st.floats(0.1, 1),
)


@given(offers, wishes, logs)
@settings(max_examples=60)
def test_every_plan_keeps_every_rule_or_its_wishes_are_refused_by_name(
    offer: Offer, wished: Wishes, running: RunningNow
) -> None:
    if isinstance(place(frame_of(offer, wished, running, KB, ON)), Clash):
        with pytest.raises(HipwiseError, match="cannot all be kept"):
            days_ahead(offer, wished, running, KB, ON)
        return
    days = days_ahead(offer, wished, running, KB, ON)
    assert broken_rules(with_days(offer, wished, days), running, KB) == ()
    assert len(days) == 7 * wished.weeks


@given(offers, wishes, logs)
@settings(max_examples=40)
def test_leaving_out_any_one_wish_of_a_clash_resolves_that_clash(
    offer: Offer, wished: Wishes, running: RunningNow
) -> None:
    found = place(frame_of(offer, replace(wished, weeks=1), running, KB, ON))
    if not isinstance(found, Clash):
        return
    assert found.wishes
    usual = {"on_days": (), "days_a_week": 7}
    for name in found.wishes:
        freed = replace(wished, weeks=1, **{name: usual.get(name)})  # type: ignore[arg-type]
        again = place(frame_of(offer, freed, running, KB, ON))
        assert not isinstance(again, Clash) or set(again.wishes) != set(found.wishes)


@given(offers, wishes, logs)
@settings(max_examples=20)
def test_the_same_wishes_give_the_same_days(offer: Offer, wished: Wishes, running: RunningNow) -> None:
    frame = frame_of(offer, wished, running, KB, ON)
    assert place(frame) == place(frame)


def best_by_hand(frame: Frame) -> int:
    """Return how many runs fit at most, by trying every choice of days."""
    days = [day for day in range(7) if not frame.wishes.on_days or frame.weekday(day) in frame.wishes.on_days]
    if frame.last_run is not None:
        days = [day for day in days if (frame.day(day) - frame.last_run).days >= frame.apart]
    return max(
        count
        for count in range(4)
        for chosen in combinations(days, count)
        if count <= frame.wishes.days_a_week and all(b - a >= frame.apart for a, b in pairwise(chosen))
    )


@given(wishes, logs)
@settings(max_examples=60)
def test_on_small_cases_as_many_runs_stand_as_can(wished: Wishes, running: RunningNow) -> None:
    ladder = Run(mode="ladder", stage=3, session=None, says=(), asks=(), sources=())
    plain = Wishes(days_a_week=wished.days_a_week, on_days=wished.on_days)
    frame = frame_of(Offer(ladder, Phase.CALM, exercises=False, cross=False), plain, running, KB, ON)
    placed = place(frame)
    assert not isinstance(placed, Clash)
    assert len(placed["run"]) == best_by_hand(frame)


@given(offers, st.integers(0, 6), st.sampled_from(WEEKDAYS))
@settings(max_examples=40)
def test_a_missed_day_moves_little_and_breaks_nothing(offer: Offer, later: int, rest: str) -> None:
    wished = Wishes(days_a_week=7, rest_day=rest, weeks=2)
    try:
        days = days_ahead(offer, wished, RunningNow(), KB, ON)
    except HipwiseError:
        return
    plan, today = with_days(offer, wished, days), ON + later * DAY
    behind = [day for day in days if day.on < today]
    missed = behind[-1:]
    done = {kind: frozenset(day.on for day in behind[:-1] if getattr(day, kind)) for kind in KINDS}
    ran = RunningNow(run_days=tuple(sorted(done["run"])))
    again = rearranged(plan, ran, done, KB, today)
    assert [day.on for day in again] == [day.on for day in days if day.on >= today]
    changed = sum(
        getattr(one, kind) != getattr(other, kind)
        for one, other in zip(again, days[later:], strict=True)
        for kind in KINDS
    )
    lost = sum(getattr(day, kind) for day in missed for kind in KINDS)
    assert changed <= 3 * lost
    hard = {day.on for day in again if day.run or (day.strength and offer.phase is not Phase.CALM)}
    assert not any(on - DAY in hard for on in hard)


def test_the_validator_finds_what_is_wrong() -> None:
    on = tuple(ON + place * DAY for place in range(7))
    free = Run(mode="free", stage=11, session=None, says=(), asks=(), sources=())
    offer = Offer(free, Phase.LOAD, exercises=True, cross=True)
    wished = Wishes(on_days=("mon",), rest_day="tue", days_a_week=2, run_minutes=20, runs_a_week=7, strength_a_week=7)
    full = tuple(Day(each, run=True, strength=True, says="", cross=True, km=20.0) for each in on)
    busy = with_days(offer, wished, full)
    found = " ".join(broken_rules(busy, RunningNow(ceiling_km=5.0, run_days=(ON - DAY,)), KB))
    for fault in ("not_a_free_day", "the_rest_day", "too_many_days", "cross_not_offered", "no_rest_before"):
        assert fault in found
    for fault in ("too_many_runs", "too_many_exercise_days", "hard_days_in_a_row", "longer_than_ceiling"):
        assert fault in found
    assert "run_not_offered" in " ".join(broken_rules(replace(busy, missing=("limp",)), RunningNow(), KB))
    assert "days_do_not_follow" in " ".join(broken_rules(replace(busy, days=full[::2]), RunningNow(), KB))
    assert "week_is_not" in " ".join(broken_rules(replace(busy, week=full[1:]), RunningNow(), KB))
    empty = tuple(Day(each, run=False, strength=False, says="") for each in on)
    found = " ".join(broken_rules(with_days(offer, wished, empty), RunningNow(), KB))
    assert "too_few_runs" in found
    assert "too_few_exercise_days" in found
    racing = replace(busy, wishes=Wishes(race_on=ON))
    assert "too_near_to_the_race" in " ".join(broken_rules(racing, RunningNow(), KB))


def test_the_validator_knows_ladder_distance_and_exercises() -> None:
    on = tuple(ON + place * DAY for place in range(21))
    ladder = Run(mode="ladder", stage=3, session=session(3, KB, bone=False), says=(), asks=(), sources=())
    offer = Offer(ladder, Phase.CALM, exercises=True, cross=False)
    jump = tuple(
        Day(each, run=each.day % 2 == 0, strength=False, says="", stage=3 + place) for place, each in enumerate(on[:7])
    )
    found = " ".join(broken_rules(with_days(offer, Wishes(run_minutes=10), jump), RunningNow(), KB))
    assert "step_left_out" in found
    assert "runs_too_long" in found
    elsewhere = replace(jump[0], run=True, stage=5)
    found = " ".join(broken_rules(with_days(offer, Wishes(), (elsewhere, *jump[1:])), RunningNow(), KB))
    assert "ladder_begins_elsewhere" in found
    grown = tuple(
        Day(each, run=place % 7 == 0, strength=False, says="", km=None if place % 7 else 4.0 + place)
        for place, each in enumerate(on)
    )
    assert "too_much_more_a_week" in " ".join(
        broken_rules(with_days(offer, Wishes(), grown), RunningNow(ceiling_km=40.0), KB)
    )
    needy = replace(PLAN.exercises[0], equipment=("pool",), impact=True)
    found = " ".join(broken_rules(replace(PLAN, exercises=(needy,) * 5), RunningNow(), KB))
    for fault in ("too_many_exercises", "not_at_hand", "impact_too_early"):
        assert fault in found
