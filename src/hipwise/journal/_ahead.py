"""Every verdict that a check-in of the next days can get, as one small table for a client without a network.

Each answer of a check-in is an axis; its states stand in groups that no rule tells apart. Ticks are gone through one by
one, scores in blocks. More pain, or a painkiller at work, is never less careful, so between two
places with the same verdict lies no other one: a block whose mildest and strongest corner agree is filled, any other is
parted. What the pain of the morning means hangs on the mornings and runs before it: its bands are found by asking for
each of its scores, and where a row decides that looks at the runs, band by band. Tests hold every cell against the
verdict that the journal itself gives.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from functools import cache, lru_cache
from itertools import pairwise, product, starmap
from typing import Any, NamedTuple

from pydantic import BaseModel

from hipwise.causes import Ranked, Triage
from hipwise.handout import today_data
from hipwise.journal._known import Known
from hipwise.knowledge import Compare, Knowledge
from hipwise.model import Finding
from hipwise.plan import Decided, Today, at_work, said

__all__ = ["DAYS", "Axis", "Judged", "axes_of", "table"]

DAYS = 3
VERSION = 2
MORNING = "morning_pain_score"
SCORES = ("rest_pain_score", "walk_pain_score")
IN_BLOCKS = 1 + len(SCORES)
"""The axes that stand first, the morning before all others: of them blocks are made."""

TICKS = ("limp", "woken_by_hip", "fever")
DRUG, AGO, NO_DRUG = "painkiller", "painkiller_hours_ago", "none"
SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
OF_ALARMS = ("alarms", "facts", "causes")
"""The parts of the knowledge in which an alarm, or what makes a cause likelier, begins to speak."""

ALARMS = {"alarms", "age", "cleared_bone"}
"""What the first rows of the decision table look at: things that a check-in can change by raising an alarm alone."""

OF_RUNS = {"run_pain_score", MORNING}
"""From the first row on that looks at one of these the pain of the morning may decide; before, by an alarm alone."""

NOT_TOLD = ""
"""The state of an answer that a check-in may leave open. It is not "unknown", which would unsay one of before."""

UNSAID: dict[str, Any] = dict.fromkeys(("inputs", "bounds", "flips", "would_change"), ())
"""What a client knows by itself, or cannot show without a network."""

LEFT_OUT = {"kind", "on", *UNSAID}
KEPT = 256
"""Verdicts remembered as plain data: more than a table holds."""

BOTH = "|"
"""Between the two states of an axis with two answers."""

Data = dict[str, Any]


class Judgement(NamedTuple):
    """What is SAID of a check-in; whether alarms alone decided it, or a row that looks at the runs; and the URGENCY."""

    said: Data
    by_alarm: bool
    by_runs: bool
    urgency: tuple[Triage, int]


Judge = Callable[[Mapping[str, str]], Judgement]
"""Judges the answers of a check-in."""

Place = tuple[int, ...]
Block = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Axis:
    """One answer of a check-in: FINDING (and BESIDE it another), its states in GROUPS that lead to the same verdict."""

    finding: str
    groups: tuple[tuple[str, ...], ...]
    beside: str | None = None

    def states(self, group: int) -> dict[str, str]:
        """Return the answer that stands for a group."""
        if self.groups[group][0] == NOT_TOLD:
            return {}
        first, both, second = self.groups[group][0].partition(BOTH)
        return {self.finding: first} | ({str(self.beside): second} if both else {})

    def as_dict(self) -> Data:
        """Return the axis as plain data."""
        return {"finding": self.finding, "with": self.beside, "groups": [list(group) for group in self.groups]}


def table(judges: Iterable[tuple[date, Judge]], knowledge: Knowledge) -> Data:
    """Return the table; JUDGES give the verdict of each day for the answers of a check-in."""
    judged = list(judges)
    axes = (_mornings([judge for _, judge in judged], knowledge), *axes_of(knowledge))
    verdicts: dict[str, tuple[int, Data]] = {}
    days = []
    for day, judge in judged:
        cells = _cells(axes, judge, knowledge)
        signs = {
            id(cell): _signs(_place(cell, verdicts)) for cell in {id(each): each for each in cells.values()}.values()
        }
        order = product(*(range(len(axis.groups)) for axis in axes))
        days.append({"on": day.isoformat(), "cells": "".join(signs[id(cells[place])] for place in order)})
    return {
        "version": VERSION,
        "until": days[-1]["on"],
        "axes": [axis.as_dict() for axis in axes],
        "days": days,
        "verdicts": [each for _, each in verdicts.values()],
    }


def _place(cell: Data, verdicts: dict[str, tuple[int, Data]]) -> int:
    return verdicts.setdefault(repr(cell), (len(verdicts), cell))[0]


def _signs(place: int) -> str:
    high, low = divmod(place, len(SIGNS))
    return SIGNS[high] + SIGNS[low]


def _cells(axes: Sequence[Axis], judge: Judge, knowledge: Knowledge) -> dict[Place, Data]:
    """Return the verdict of each cell of one day."""

    @cache
    def at(place: Place) -> Judgement:
        answers = zip(axes, place, strict=True)
        return judge({name: state for axis, group in answers for name, state in axis.states(group).items()})

    sizes = [len(axis.groups) for axis in axes]
    edges = (*(_alarm_edges(axis, knowledge) for axis in axes[:IN_BLOCKS]), frozenset[int]())
    whole = tuple((0, size - 1) for size in (*sizes[:IN_BLOCKS], sizes[-1]))
    found: dict[Place, Data] = {}
    for ticks in product(*(range(size) for size in sizes[IN_BLOCKS:-1])):
        found |= dict(_filled(whole, _Between(ticks, edges, at)))
    return found


@dataclass(frozen=True, slots=True)
class _Between:
    """What holds for a block: its TICKS, the EDGES that alarms know on each side, and the verdict AT a place."""

    ticks: Place
    edges: tuple[frozenset[int], ...]
    at: Callable[[Place], Judgement]

    def place(self, corner: Place) -> Place:
        """Return the place of a corner among all axes: scores, ticks, painkiller."""
        return (*corner[:IN_BLOCKS], *self.ticks, *corner[IN_BLOCKS:])

    def is_cut(self, block: Block) -> bool:
        """Return whether an alarm cuts through a block."""
        sides = zip(block, self.edges, strict=True)
        return any(low < edge <= high for (low, high), edges in sides for edge in edges)


def _filled(block: Block, between: _Between) -> Iterator[tuple[Place, Data]]:
    """Yield the verdict of each cell of a block of scores and painkillers.

    It is filled where its mildest and its strongest corner agree, or where no alarm cuts through it and a row decides
    that looks at alarms alone. Any other is parted, where the verdict begins to be another one; and so is one of many
    mornings where a row decides that looks at the runs, for a morning is not to be compared with one that was not told.
    """
    mildest = between.at(between.place(tuple(low for low, _ in block)))
    settled = mildest.by_alarm and not between.is_cut(block)
    open_ = mildest.by_runs and block[0][0] < block[0][1]
    if not open_ and (settled or mildest.said == between.at(between.place(tuple(high for _, high in block))).said):
        for place in product(*(range(low, high + 1) for low, high in block)):
            yield between.place(place), mildest.said
        return
    side, cut = _parting(block, mildest, between)
    low, high = block[side]
    for half in ((low, cut - 1), (cut, high)):
        yield from _filled((*block[:side], half, *block[side + 1 :]), between)


def _parting(block: Block, mildest: Judgement, between: _Between) -> tuple[int, int]:
    """Return a side of a block and the first place on it where another verdict than the MILDEST stands.

    All other sides stay at their mildest. Where one side alone changes nothing, the widest is halved; but where a row
    decides that looks at the runs, the mornings are taken one by one.
    """

    def differs(side: int, place: int) -> bool:
        corner = tuple(place if each == side else low for each, (low, _) in enumerate(block))
        return between.at(between.place(corner)).said != mildest.said

    sides = tuple(enumerate(block))[1:] if mildest.by_runs else tuple(enumerate(block))
    for side, (low, high) in reversed(sides):
        if low < high and differs(side, high):
            return side, bisect_left(range(high), True, low + 1, key=lambda place: differs(side, place))
    if mildest.by_runs and block[0][0] < block[0][1]:
        return 0, block[0][0] + 1
    side = max(range(len(block)), key=lambda each: block[each][1] - block[each][0])
    low, high = block[side]
    return side, (low + high) // 2 + 1


@cache
def _alarm_edges(axis: Axis, knowledge: Knowledge) -> frozenset[int]:
    """Return the groups of a score at which an alarm, or what makes a cause likelier, begins to speak."""
    edges = _edges(axis.finding, _compared(knowledge, OF_ALARMS))
    return frozenset(
        place for place, group in enumerate(axis.groups) if group[0] != NOT_TOLD and int(group[0]) in edges
    )


def _mornings(judges: Sequence[Judge], knowledge: Knowledge) -> Axis:
    """Return the axis of the morning's pain: not told, and runs of scores that are judged alike on each day.

    Asked is beside the calmest answers. Any other that a verdict hangs on is looked at before the runs are.
    """
    scores = knowledge.findings[MORNING].states
    calm = {name: state for axis in axes_of(knowledge) for name, state in axis.states(0).items()}
    edges = {0, len(scores)}
    for judge in judges:
        found = [judge(calm | {MORNING: score}) for score in scores]
        edges |= {place for place, (one, other) in enumerate(pairwise(found), 1) if not _alike(one, other)}
    return Axis(MORNING, ((NOT_TOLD,), *(scores[low:high] for low, high in pairwise(sorted(edges)))))


def _alike(one: Judgement, other: Judgement) -> bool:
    return one.said == other.said and one.urgency == other.urgency


@cache
def axes_of(knowledge: Knowledge) -> tuple[Axis, ...]:
    """Return the axes that are the same for all runners, the calmest answer of each first.

    Scores stand in bands that no rule tells apart, ticks state by state, painkillers by whether they are at work.
    """
    scores = tuple(Axis(name, tuple(_bands(name, knowledge))) for name in SCORES)
    ticks = tuple(Axis(name, tuple((state,) for state in knowledge.findings[name].states)) for name in TICKS)
    return (*scores, *ticks, _drugs(knowledge))


def _bands(name: str, knowledge: Knowledge) -> Iterator[tuple[str, ...]]:
    """Yield runs of scores between the thresholds of every rule and of every limit of pain."""
    states = knowledge.findings[name].states
    limits = {int(limit.value) + 1 for each in knowledge.rehab.profiles.values() for limit in (each.lo, each.hi)}
    edges = {0, len(states), *(edge for edge in _edges(name, _compared(knowledge)) | limits if edge < len(states))}
    yield from (states[low:high] for low, high in pairwise(sorted(edges)))


def _edges(name: str, compared: Iterable[Compare]) -> set[int]:
    """Return the scores at which one of the comparisons with the score NAME changes."""
    found = [each for each in compared if each.subject == name and isinstance(each.value, float)]
    return {int(each.value) + (each.sign in {">", "<="}) for each in found}


@cache
def _compared(knowledge: Knowledge, parts: tuple[str, ...] | None = None) -> tuple[Compare, ...]:
    """Return every comparison in some PARTS of the knowledge (None: in all of it), which is gone through once."""
    names = parts or tuple(field.name for field in fields(knowledge))
    return tuple(_comparisons([getattr(knowledge, name) for name in names]))


def _comparisons(part: object) -> Iterator[Compare]:
    """Yield every comparison with a number that stands anywhere in the knowledge."""
    if isinstance(part, Compare):
        yield part
    elif isinstance(part, Mapping):
        for each in part.values():
            yield from _comparisons(each)
    elif isinstance(part, tuple | list):
        for each in part:
            yield from _comparisons(each)
    elif isinstance(part, BaseModel):
        yield from _comparisons([getattr(part, name) for name in type(part).model_fields])
    elif is_dataclass(part):
        yield from _comparisons([getattr(part, field.name) for field in fields(part)])


def _drugs(knowledge: Knowledge) -> Axis:
    taken = [state for state in knowledge.findings[DRUG].states if state != NO_DRUG]
    pairs = [(drug, ago) for drug in taken for ago in knowledge.findings[AGO].states]
    works = [f"{drug}{BOTH}{ago}" for drug, ago in pairs if at_work(drug, ago, knowledge)]
    over = [f"{drug}{BOTH}{ago}" for drug, ago in pairs if not at_work(drug, ago, knowledge)]
    return Axis(DRUG, ((NO_DRUG, *over), tuple(works)), AGO)


class Judged:
    """The verdicts of one day. Where a row decides that looks at alarms alone, the ranking is all it depends on."""

    def __init__(self, known: Known, check: Callable[[Mapping[str, str]], dict[str, str]]) -> None:
        self._known = known
        self._check = check
        self._by_alarm: dict[tuple[Triage, int], tuple[Data, tuple[Ranked, ...]]] = {}
        self._finding = cache(lambda name, state: Finding(name, state, known.on, "check-in"))

    def __call__(self, states: Mapping[str, str]) -> Judgement:
        """Return the verdict for what a check-in tells, and how it came about."""
        then = self._known.told(starmap(self._finding, self._check(states).items()))
        urgency = (then.ranking.triage, id(then.ranking.causes))
        if urgency in self._by_alarm:
            return Judgement(self._by_alarm[urgency][0], by_alarm=True, by_runs=False, urgency=urgency)
        decided = _kept(then).decided()
        data = _shown(decided)
        is_alarm = set(decided.rule.inputs) <= ALARMS
        if is_alarm:
            self._by_alarm[urgency] = data, then.ranking.causes  # kept too: what is gone leaves its place to others
        return Judgement(data, is_alarm, not is_alarm and _looks_at_runs(decided), urgency)


def _looks_at_runs(decided: Decided) -> bool:
    """Whether the pain of the morning may have had a part in what was DECIDED, beside the alarms.

    It has none where a row forbids running that stands before all that look at the runs. Where another pain decided,
    nobody knows how near this one was to it.
    """
    return bool(decided.called) or decided.offers == "run" or decided.rule.order >= _first_of_runs(decided.knowledge)


@cache
def _first_of_runs(knowledge: Knowledge) -> int:
    return min(row.order for row in knowledge.rehab.today if OF_RUNS & set(row.inputs))


def _kept(known: Known) -> Known:
    """Return what is known once it is told: a referral that it asks for then stands in the place of a plan."""
    if known.referral is None or not known.is_settled:
        return known
    return replace(known, agreed=known.referral)


def _shown(decided: Decided) -> Data:
    """Return of a verdict what the day's screen shows without a network; not what was looked at, which it knows."""
    return _as_data(replace(said(decided), **UNSAID))


@lru_cache(maxsize=KEPT)
def _as_data(verdict: Today) -> Data:
    """Return it as plain data; of the same verdict the very same, which need not be looked at twice."""
    return {name: value for name, value in today_data(verdict).items() if name not in LEFT_OUT}
