"""Runs, exercises and cross-training find their days: a small model of constraints, solved the same way each time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from hipwise.plan._frame import DAY, DAYS, KINDS, Frame, Placed

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

__all__ = ["NEAR_D", "RULES", "Clash", "around", "broken", "load_solver", "place"]

SEED = 20300506
"""Any number will do, as long as it is always the same."""

WORK_A_DAY = 0.05
"""Bound on the solver's own count of work for each day laid out: it counts steps, not seconds, so that a slow machine
finds the same days."""

WORTH = {"run": 400, "strength": 100, "cross": 40}
"""What a day with each kind is worth: a run before exercises, exercises before cross-training."""

TOGETHER = 30
"""Exercises on the day of a run keep the easy days easy."""

DROPPED, ADDED = 150, 50
"""What it costs to take a session from its day, and to put one on a new day, when only a few are to move: a session is
worth more than its new place, but no place is worth taking two others from theirs."""

NEAR_D = 2 * DAYS
"""What was missed is made up for within these days, or not at all."""

KEPT = 32
"""Questions remembered with the days that were found: those of a few runners and their plans."""

RULES = ("spacing", "heavy_apart", "run_days", "strength_days", "race", "least")
"""What no wish can change. Everything else in a clash is a wish."""

ACTIVE, HARD = "active", "hard"
"""Whether anything stands on a day, and whether that is hard on the hip."""

Cell = tuple[str, int]
Rule = tuple[tuple[Cell, ...], int, int]
"""Cells (kind, place) that are counted, and how many of them are filled: at least, at most."""

Cells = Mapping[Cell, Any]
"""The solver's variable of each cell."""


@dataclass(frozen=True, slots=True)
class Clash:
    """The wishes that cannot all be kept, and the rules that stand against them; leaving out any one frees the rest."""

    wishes: tuple[str, ...]
    rules: tuple[str, ...]


def place(frame: Frame, kept: Placed | None = None, closed: int = 0) -> Placed | Clash:
    """Return on which days runs, exercises and cross-training stand, or which wishes clash.

    With KEPT (days as they were) as little as can be is moved, and nothing new comes to the first CLOSED days. Nothing
    in it depends on time or chance. Week after week is filled, each with those before it in view; all weeks at once
    only where that leads nowhere.
    """
    return _found(frame, None if kept is None else tuple(kept.items()), closed)


@lru_cache(maxsize=KEPT)
def _found(frame: Frame, before: tuple[tuple[str, frozenset[int]], ...] | None, closed: int) -> Placed | Clash:
    """Return the same as `place`; what was looked for once is known: a morning asks for the same days many times."""
    kept = None if before is None else dict(before)
    found = _near(frame, kept) if kept is not None and not closed else None
    if found is None:
        found = _week_by_week(frame, kept, closed)
    if found is None and _solved(frame, _all(frame)) is not None:
        found = _solved(frame, _all(frame), kept, best=True)
    return _clash(frame) if found is None else found


def broken(frame: Frame, placed: Placed) -> tuple[tuple[str, Rule], ...]:
    """Return the rules and then the wishes that PLACED days break, each with the cells that it counts."""
    hard = placed["run"] | (placed["strength"] if frame.heavy else frozenset())
    filled = placed | {ACTIVE: frozenset().union(*placed.values()), HARD: hard}
    return tuple(
        (name, (cells, low, high))
        for name, rules in _rules(frame)
        for cells, low, high in rules
        if not low <= sum(place in filled[kind] for kind, place in cells) <= high
    )


def around(frame: Frame, wanted: Placed, filled: Iterable[Cell], empty: Iterable[Cell]) -> Placed | None:
    """Return the days nearest to those WANTED that keep every rule, with FILLED and EMPTY cells as they were asked for.

    No session is lost and none is new; None where that cannot be.
    """
    rules = [*_all(frame), *_never(empty), *(((cell,), 1, 1) for cell in filled)]
    for kind in KINDS:
        count = len(wanted[kind])
        rules.append((tuple((kind, at) for at in range(frame.length)), count, count))
    return _solved(frame, rules, wanted, best=True)


def _all(frame: Frame) -> list[Rule]:
    return [each for _, rules in _rules(frame) for each in rules]


def _near(frame: Frame, kept: Placed) -> Placed | None:
    """Move as little as can be, and only within the next days: what stands beyond them is in view, and stays."""
    beyond = range(NEAR_D, frame.length)
    stays = [(((kind, at),), int(at in kept[kind]), int(at in kept[kind])) for kind in KINDS for at in beyond]
    return _solved(frame, [*_all(frame), *stays], kept, best=True)


def _week_by_week(frame: Frame, kept: Placed | None, closed: int) -> Placed | None:
    done: Placed = {kind: frozenset() for kind in KINDS}
    for week in frame.weeks():
        then = None if kept is None else {kind: frozenset(at - week[0] for at in kept[kind]) for kind in KINDS}
        part = frame.part(week, done)
        shut = _never(
            (kind, at)
            for kind in KINDS
            for at in range(min(len(week), closed - week[0]))
            if then and at not in then[kind]
        )
        found = _solved(part, [*_all(part), *shut], then, best=True)
        if found is None:
            return None
        done = {kind: done[kind] | {at + week[0] for at in found[kind]} for kind in KINDS}
    return done


def _clash(frame: Frame) -> Clash:
    """Return the fewest wishes and rules that cannot stand together: leave out one after the other."""
    rules = {name: list(each) for name, each in _rules(frame)}
    names = list(rules)
    for name in rules:
        fewer = [each for each in names if each != name]
        if _solved(frame, [each for other in fewer for each in rules[other]]) is None:
            names = fewer
    return Clash(tuple(name for name in names if name not in RULES), tuple(name for name in names if name in RULES))


def load_solver() -> None:
    """Load the solver, which takes a second or more: whoever has the time does it before a plan is waited for."""
    import ortools.sat.python.cp_model  # noqa: F401 (to have it loaded is all)


def _solved(frame: Frame, rules: Iterable[Rule], kept: Placed | None = None, *, best: bool = False) -> Placed | None:
    """Return days that keep RULES (the BEST of them, if so asked); None where there are none."""
    from ortools.sat.python import cp_model

    model, days = cp_model.CpModel(), range(frame.length)
    cells = {(kind, day): model.new_bool_var("") for kind in (*KINDS, ACTIVE, HARD) for day in days}
    for day in days:
        _tie(model, cells, day, frame)
    for counted, low, high in rules:
        model.add_linear_constraint(sum(cells[cell] for cell in counted), low, high)
    if best:
        model.maximize(sum(_worth(frame, model, cells)) - _moves(frame, cells, kept))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = SEED
    solver.parameters.max_deterministic_time = WORK_A_DAY * frame.length
    if solver.solve(model) not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return None
    return {kind: frozenset(day for day in days if solver.boolean_value(cells[kind, day])) for kind in KINDS}


def _tie(model: cp_model.CpModel, cells: Cells, day: int, frame: Frame) -> None:
    """Say what a day with a kind is: something stands on it, a run is hard, and so are exercises once they build."""
    for kind, offered in (("run", frame.runs), ("strength", frame.exercises), ("cross", frame.cross)):
        model.add_implication(cells[kind, day], cells[ACTIVE, day])
        if not offered:
            model.add(cells[kind, day] == 0)
    model.add_implication(cells["run", day], cells[HARD, day])
    if frame.heavy:
        model.add_implication(cells["strength", day], cells[HARD, day])
    model.add_at_most_one(cells["run", day], cells["cross", day])


def _worth(frame: Frame, model: cp_model.CpModel, cells: Cells) -> Iterator[Any]:
    """Yield what each part of a placement is worth; of equals the earlier days win."""
    for day in range(frame.length):
        for kind in KINDS:
            yield (WORTH[kind] * frame.length - day) * cells[kind, day]
        both = model.new_bool_var("")
        model.add_implication(both, cells["run", day])
        model.add_implication(both, cells["strength", day])
        yield TOGETHER * frame.length * both


def _moves(frame: Frame, cells: Cells, kept: Placed | None) -> Any:
    """Return what it costs that days are not as they were."""
    changed = [
        DROPPED * (1 - cells[kind, day]) if day in kept[kind] else ADDED * cells[kind, day]
        for kind in KINDS
        for day in range(frame.length)
        if kept is not None
    ]
    return frame.length * sum(changed)


def _rules(frame: Frame) -> Iterator[tuple[str, Iterable[Rule]]]:
    """Yield all that must hold, by name; wishes come last, so that a clash keeps them rather than a rule."""
    yield "spacing", _spacing(frame)
    yield "heavy_apart", _heavy_apart(frame)
    yield "run_days", _most(("run", "cross"), frame.run_days, frame)
    yield "strength_days", _most(("strength",), frame.strength_days, frame)
    yield "race", _never((kind, day) for day in frame.before_race for kind in KINDS)
    yield "least", _least("strength", frame.exercises * frame.strength_least, frame)
    yield from _wishes(frame)


def _wishes(frame: Frame) -> Iterator[tuple[str, Iterable[Rule]]]:
    wishes, days = frame.wishes, range(frame.length)
    free = wishes.on_days
    too_long = None not in {wishes.run_minutes, frame.session_min} and frame.session_min > wishes.run_minutes  # type: ignore[operator]
    yield "on_days", _never((ACTIVE, day) for day in days if free and frame.weekday(day) not in free)
    yield "rest_day", _never((ACTIVE, day) for day in days if frame.weekday(day) == wishes.rest_day)
    yield "days_a_week", _most((ACTIVE,), wishes.days_a_week, frame)
    yield "run_minutes", _never(("run", day) for day in days if too_long)
    yield "runs_a_week", _least("run", frame.runs * (wishes.runs_a_week or 0), frame)
    yield "strength_a_week", _least("strength", frame.exercises * (wishes.strength_a_week or 0), frame)


def _never(cells: Iterable[Cell]) -> Iterator[Rule]:
    yield from (((cell,), 0, 0) for cell in cells)


def _most(kinds: tuple[str, ...], most: int, frame: Frame) -> Iterator[Rule]:
    """At most so many in any seven days."""
    for seven in frame.sevens():
        done = len([day for day in seven if frame.stood(day, kinds)])
        ahead = [day for day in seven if 0 <= day < frame.length]
        yield tuple((kind, day) for kind in kinds for day in ahead), 0, max(0, most - done)


def _least(kind: str, least: int, frame: Frame) -> Iterator[Rule]:
    """At least so many in each whole week, but not in that of a race, nor where days before the first ask for rest."""
    for week in frame.weeks() if least else ():
        excused = set(week) & set(frame.before_race) or (0 in week and frame.begins_tired)
        if len(week) == DAYS and not excused:
            yield tuple((kind, day) for day in week), least, len(week)


def _spacing(frame: Frame) -> Iterator[Rule]:
    """A run lies so many days after the last one, also after the last one of the log."""
    for first in range(frame.length):
        stretch = range(first, min(first + frame.apart, frame.length))
        yield tuple(("run", day) for day in stretch), 0, 1
    if frame.last_run is not None:
        since = [day for day in range(frame.length) if (frame.day(day) - frame.last_run).days < frame.apart]
        yield from _never(("run", day) for day in since)


def _heavy_apart(frame: Frame) -> Iterator[Rule]:
    """No two days in a row are hard on the hip, counted with what was done before."""
    yield from ((((HARD, day), (HARD, day + 1)), 0, 1) for day in range(frame.length - 1))
    yield from _never((HARD, day) for day in range(frame.length) if frame.day(day) - DAY in frame.gone)
