"""A move that is allowed breaks no rule, one that is refused would; the smallest change is the smallest there is."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hipwise.errors import HipwiseError, RulesBroken
from hipwise.knowledge import Phase
from hipwise.plan import WEEKDAYS, Entry, Plan, Run, RunningNow, Target, Wishes, _move, broken_rules, may_move, moved
from hipwise.plan._frame import DAYS, KINDS, Offer
from hipwise.plan._versions import changed
from hipwise.plan._week import days_ahead, rearranged
from laid_days import KB, ON, offers, with_days

DAY = timedelta(1)
FREE = Run(mode="free", stage=11, session=None, says=(), asks=(), sources=())
LADDER = Run(mode="ladder", stage=3, session=None, says=(), asks=(), sources=())

easy_wishes = st.builds(
    Wishes,
    days_a_week=st.integers(3, 7),
    rest_day=st.none() | st.sampled_from(WEEKDAYS),
    strength_a_week=st.none() | st.just(2),
    weeks=st.integers(1, 2),
)


def naive(plan: Plan, kind: str, since: date, to: date) -> Plan:
    """Put a session on another day with no question asked."""
    flags = {day.on: {each: getattr(day, each) for each in KINDS} for day in plan.days}
    for each in KINDS:
        if kind in {each, "all"} and flags[since][each]:
            flags[since][each], flags[to][each] = False, True
    days = tuple(replace(day, **flags[day.on], stage=None, km=None, minutes=None) for day in plan.days)
    return replace(plan, days=days, week=days[:DAYS])


@given(offers, easy_wishes, st.none() | st.integers(1, 6))
@settings(max_examples=15)
def test_a_move_is_allowed_just_where_the_validator_finds_nothing(
    offer: Offer, wished: Wishes, ran: int | None
) -> None:
    running = RunningNow() if ran is None else RunningNow(run_days=(ON - ran * DAY,))
    try:
        days = days_ahead(offer, wished, running, KB, ON)
    except HipwiseError:
        return
    plan = with_days(offer, wished, days)
    for day in plan.days[:2]:
        for move in may_move(plan, (), running, KB, day.on).moves:
            for target in move.days:
                there = next(each for each in plan.days if each.on == target.on)
                taken = any(getattr(day, each) and getattr(there, each) for each in KINDS if move.kind in {each, "all"})
                bad = taken or broken_rules(naive(plan, move.kind, day.on, target.on), running, KB)
                if target.allowed:
                    made = moved(plan, (), running, KB, move.kind, day.on, target.on)
                    after = changed(plan, [made])
                    assert broken_rules(after, running, KB) == ()
                    assert target.also or not bad
                    assert made.by_itself
                else:
                    with pytest.raises(RulesBroken, match="cannot be moved") as caught:
                        moved(plan, (), running, KB, move.kind, day.on, target.on)
                    assert [*caught.value.rules, *caught.value.wishes] == list(target.broken)
                    assert bad or {each.rule for each in target.broken} <= {"checked"}


def test_what_is_locked_stays_and_says_who_holds_it() -> None:
    offer = Offer(FREE, Phase.CALM, exercises=True, cross=False)
    plan = with_days(offer, Wishes(), days_ahead(offer, Wishes(), RunningNow(), KB, ON))
    lock = Entry(ON, "lock", {"item": "week", "by": "Physio Example", "reason": "as agreed"})
    found = may_move(plan, (Entry(ON, "base", plan.as_dict()), lock), RunningNow(), KB, plan.days[0].on)
    assert {each.rule for move in found.moves for day in move.days for each in day.broken} == {"locked"}
    assert "Physio Example" in found.moves[0].days[0].says


def test_nothing_can_be_moved_from_or_to_a_day_that_is_not_there() -> None:
    offer = Offer(LADDER, Phase.CALM, exercises=False, cross=False)
    plan = with_days(offer, Wishes(), days_ahead(offer, Wishes(), RunningNow(), KB, ON))
    rest = next(day.on for day in plan.days if not day.run)
    first = next(day.on for day in plan.days if day.run)
    whys = [may_move(plan, (), RunningNow(), KB, on).why_not for on in (ON - DAY, rest, ON + 30 * DAY)]
    assert None not in whys
    assert len(set(whys)) == 3
    for since, to in ((rest, first), (ON - DAY, rest), (first, first), (first, ON - DAY), (first, ON + 30 * DAY)):
        with pytest.raises(HipwiseError, match="mov"):
            moved(plan, (), RunningNow(), KB, "run", since, to)
    with pytest.raises(HipwiseError, match="nothing to move"):
        moved(plan, (), RunningNow(), KB, "cross", first, rest)


# The smallest change, against every placement that there is


def placements(heavy: bool, closed: frozenset[int], since_run: int, cap: int) -> Iterator[tuple[int, int]]:
    """Yield every way to put runs and exercises on seven days (as bits) that keeps the rules, written down anew."""
    ladder = KB.rehab.ladder
    most = ladder.run_days_a_week
    runs = [
        bits
        for bits in range(1 << DAYS)
        if bits.bit_count() <= most
        and not bits & (bits >> 1)
        and not any(bits >> at & 1 for at in closed)
        and not any(bits >> at & 1 for at in range(DAYS) if at + since_run <= ladder.rest_days_between)
    ]
    work = [
        bits for bits in range(1 << DAYS) if 1 <= bits.bit_count() <= cap and not any(bits >> at & 1 for at in closed)
    ]
    for run in runs:
        for strength in work:
            hard = run | (strength if heavy else 0)
            if not hard & (hard >> 1) and not (hard & 1 and since_run == 1):
                yield run, strength


def bits_of(days: list[bool]) -> int:
    return sum(1 << at for at, each in enumerate(days) if each)


@pytest.mark.parametrize("phase", [Phase.CALM, Phase.LOAD, Phase.CAPACITY, Phase.RETURN])
@pytest.mark.parametrize(("later", "rest"), [(1, "sun"), (2, "wed"), (3, "sat"), (4, "mon"), (5, None)])
def test_no_smaller_change_makes_up_for_as_much(phase: Phase, later: int, rest: str | None) -> None:
    offer, wished = Offer(FREE, phase, exercises=True, cross=False), Wishes(days_a_week=7, rest_day=rest, weeks=2)
    days = days_ahead(offer, wished, RunningNow(), KB, ON)
    today = ON + later * DAY
    plan = with_days(offer, wished, days[: later + DAYS])
    ran = RunningNow(run_days=(today - 2 * DAY,))
    nothing = {kind: frozenset[date]() for kind in KINDS}
    found = rearranged(plan, ran, nothing, KB, today)
    before, after = plan.days[later:], found
    was, now = ((bits_of([d.run for d in each]), bits_of([d.strength for d in each])) for each in (before, after))
    closed = frozenset(at for at, day in enumerate(after) if WEEKDAYS[day.on.weekday()] == rest)
    cap = int(KB.number(f"progression.strength_days_{phase.value}").value)
    all_of_them = set(placements(phase is not Phase.CALM, closed, 2, cap))
    assert now in all_of_them

    def changes(one: tuple[int, int]) -> int:
        return (one[0] ^ was[0]).bit_count() + (one[1] ^ was[1]).bit_count()

    as_much = [
        one
        for one in all_of_them
        if one[0].bit_count() >= now[0].bit_count() and one[1].bit_count() >= now[1].bit_count()
    ]
    assert min(map(changes, as_much)) == changes(now)
    more = [one for one in as_much if one[0].bit_count() + one[1].bit_count() > now[0].bit_count() + now[1].bit_count()]
    assert all(changes(one) > changes(now) for one in more)


def allowed(plan: Plan) -> list[Target]:
    found = (may_move(plan, (), RunningNow(), KB, day.on).moves for day in plan.days[:4])
    return [target for moves in found for move in moves for target in move.days if target.allowed]


def test_few_others_move_along_and_the_validator_has_the_last_word(monkeypatch: pytest.MonkeyPatch) -> None:
    offer = Offer(FREE, Phase.CALM, exercises=True, cross=False)
    wished = Wishes(weeks=2)
    plan = with_days(offer, wished, days_ahead(offer, wished, RunningNow(), KB, ON))
    with_others = [each for each in allowed(plan) if each.also]
    assert with_others
    assert all("With it" in each.says for each in with_others)
    monkeypatch.setattr(_move, "MOST_ALSO", 0)
    assert not [each for each in allowed(plan) if each.also]
    monkeypatch.setattr(_move, "broken_rules", lambda made, *_: () if made is plan else ("anything",))
    assert allowed(plan) == []
