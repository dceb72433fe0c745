"""What was told and agreed on: episodes, findings, plans, verdicts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, Text, and_, bindparam, insert, select, type_coerce

from hipwise.errors import JournalError
from hipwise.model import Episode, Evidence, Finding
from hipwise.store import _pieces
from hipwise.store._records import AgreedPlan, Gap, PlanEntry, Verdict
from hipwise.store._scope import Scope, mine
from hipwise.store._tables import CLOSING, EPISODE, EVENT, FINDING, GAP, PLAN, PLAN_ENTRY, REOPENING, VERDICT

FINDINGS_KEPT = 1 << 14
"""Findings of which one is kept for each time that it is read: those of years of check-ins."""


def open_episode(scope: Scope, event: int, opened: date, pain: Mapping[str, object]) -> Episode:
    """Write down a new pain; return it with its id."""
    number = scope.next_number(EPISODE)
    scope.insert(EPISODE, {**pain, "number": number, "event": event, "opened": opened})
    return next(each for each in episodes(scope) if each.id == str(number))


def mark_gap(scope: Scope, event: int, gap: Gap) -> None:
    """Write down what days without a run were."""
    values = {"begin": gap.begin, "until": gap.until, "kind": gap.kind}
    scope.insert(GAP, {**values, "number": scope.next_number(GAP), "event": event})


def gaps(scope: Scope) -> tuple[Gap, ...]:
    """Return the marks that stand, oldest first."""
    rows = scope.execute(_GAPS)
    return tuple(Gap(row.begin, row.until, row.kind) for row in rows)


def close_episode(scope: Scope, event: int, episode_id: str, day: date) -> None:
    """Note that the pain is over."""
    episode = episode_number(scope, episode_id)
    scope.insert(CLOSING, {"number": scope.next_number(CLOSING), "event": event, "episode": episode, "day": day})


def reopen_episode(scope: Scope, event: int, episode_id: str, day: date) -> None:
    """Note that a pain that was over has come back."""
    episode = episode_number(scope, episode_id)
    scope.insert(REOPENING, {"number": scope.next_number(REOPENING), "event": event, "episode": episode, "day": day})


def episodes(scope: Scope) -> tuple[Episode, ...]:
    """Return the episodes that stand, oldest first."""
    return scope.once(_episodes)


def _episodes(scope: Scope) -> tuple[Episode, ...]:
    rows = scope.execute(_EPISODES)
    return tuple(Episode(str(row.number), row.opened, row.onset, row.side, row.site) for row in rows)


def closed(scope: Scope) -> dict[str, date]:
    """Return the day on which each closed episode ended, by its id; one that has come back is open."""
    return {str(row.episode): row.day for row in scope.once(_closings)}


def ended(scope: Scope) -> dict[str, date]:
    """Return what `closed` does of the pains that are over, without those in whose place another was written down."""
    return {str(row.episode): row.day for row in scope.once(_closings) if row.kind == "close_episode"}


def _closings(scope: Scope) -> list[Any]:
    """Return of each closed episode its last closing, with the kind of its event."""
    back = {row.episode: row.event for row in scope.execute(_REOPENINGS)}
    last = {row.episode: row for row in scope.execute(_CLOSINGS)}
    return [row for episode, row in last.items() if row.event > back.get(episode, 0)]


def episode_number(scope: Scope, episode_id: str | None) -> int | None:
    """Return the row number of an episode that stands (None for the runner at large).

    Raises:
        JournalError: no such episode.
    """
    if episode_id is None:
        return None
    if episode_id not in {each.id for each in episodes(scope)}:
        raise JournalError("no_such_episode", episode=episode_id)
    return int(episode_id)


def add_findings(scope: Scope, event: int, findings: Iterable[Finding], episode_id: str | None) -> None:
    """Write FINDINGS down in their order."""
    episode = episode_number(scope, episode_id)
    first = scope.next_number(FINDING)
    rows = (_row(each, number) for number, each in enumerate(findings, first))
    scope.insert(FINDING, *({**row, "event": event, "episode": episode} for row in rows))


def _row(finding: Finding, number: int) -> dict[str, object]:
    values = {"finding_id": finding.id, "state": finding.state, "day": finding.on}
    return {**values, "number": number, "origin": finding.origin, "side": finding.side}


def evidence(scope: Scope, episode_id: str | None, of_all: Collection[str]) -> Evidence:
    """Return what is known of the runner at large and of that episode; of others no more than the findings OF_ALL."""
    episode = episode_number(scope, episode_id)
    told = scope.once(_findings)
    return Evidence.of(each for of, each in told if of is None or of == episode or each.id in of_all)


def _findings(scope: Scope) -> tuple[tuple[int | None, Finding], ...]:
    """Return all findings that stand in their order, each with its episode."""
    undone = frozenset(scope.execute(_UNDONE).scalars())
    rows: Any = scope.execute(_FINDINGS).all()  # thousands: what was undone is left out here, and not looked for by row
    return tuple((each.episode, _finding(*each[2:])) for each in rows if each.event not in undone)


@lru_cache(maxsize=FINDINGS_KEPT)
def _finding(name: str, state: str, day: str, origin: str, side: str | None) -> Finding:
    """Return the very same finding each time: a past that is read again is compared at a glance."""
    return Finding(name, state, date.fromisoformat(day), origin, side)


def set_plan(scope: Scope, event: int, episode_id: str | None, values: Mapping[str, object]) -> None:
    """Write down the plan agreed on."""
    episode = episode_number(scope, episode_id)
    scope.insert(PLAN, {**values, "number": scope.next_number(PLAN), "event": event, "episode": episode})


def plan(scope: Scope, episode_id: str | None) -> AgreedPlan | None:
    """Return the plan that now holds for the episode (None: for the runner at large)."""
    episode = episode_number(scope, episode_id)
    row = scope.execute(_PLAN, about=episode).first()
    return None if row is None else AgreedPlan(row.day, row.at, episode_id, row.body, row.versions)


def add_entries(scope: Scope, event: int, episode_id: str | None, entries: Iterable[PlanEntry]) -> None:
    """Write down lines of the row of versions."""
    episode = episode_number(scope, episode_id)
    rows = ({"day": each.on, "kind": each.kind, "body": each.body} for each in entries)
    first = scope.next_number(PLAN_ENTRY)
    about = {"event": event, "episode": episode}
    scope.insert(PLAN_ENTRY, *({**row, **about, "number": number} for number, row in enumerate(rows, first)))


def plan_entries(scope: Scope, episode_id: str | None) -> tuple[PlanEntry, ...]:
    """Return the row of versions of an episode (None: of the runner at large), oldest first."""
    episode = episode_number(scope, episode_id)
    rows = scope.execute(_ENTRIES, about=episode)
    return tuple(PlanEntry(row.day, row.kind, row.body) for row in rows)


def add_verdict(scope: Scope, verdict: Verdict, cut: _pieces.Cut) -> None:
    """Write down what was said, with its trace as it was CUT."""
    _pieces.keep(scope, cut.texts)
    values = {"kind": verdict.kind, "day": verdict.on, "at": verdict.at, "written": cut.written, "pieces": cut.names}
    about = {"number": scope.next_number(VERDICT), "episode": episode_number(scope, verdict.episode_id)}
    scope.execute(_SAY, **values, **about)


def is_last(scope: Scope, verdict: Verdict, cut: _pieces.Cut) -> bool:
    """Return whether the same was the last of its kind that was said, with a trace that was CUT the same."""
    last = scope.execute(_LAST_SAID, kind=verdict.kind).first()
    about = (verdict.on, episode_number(scope, verdict.episode_id), cut.written, cut.names)
    return last is not None and (last.day, last.episode, last.trace, last.pieces) == about


def verdicts(scope: Scope, kind: str | None, most: int | None, *, whole: bool) -> tuple[Verdict, ...]:
    """Return what was said, newest first; where it need not be WHOLE, without the findings that it was made from."""
    rows = select(VERDICT).where(mine(VERDICT)).order_by(VERDICT.c.number.desc()).limit(most)
    if kind is not None:
        rows = rows.where(VERDICT.c.kind == kind)
    found = scope.execute(rows).all()
    if not whole:
        return tuple(_verdict(row, row.trace) for row in found)
    pieces = _pieces.read(scope, (row.pieces for row in found))
    return tuple(_verdict(row, _pieces.joined(row.trace, row.pieces, pieces)) for row in found)


def _verdict(row: Any, trace: dict[str, Any]) -> Verdict:
    episode_id = None if row.episode is None else str(row.episode)
    return Verdict(row.kind, row.day, row.at, episode_id, trace)


def _standing(table: Any) -> Select[Any]:
    """Rows of TABLE whose event is not undone."""
    brought = and_(EVENT.c.athlete_id == table.c.athlete_id, EVENT.c.number == table.c.event)
    return select(table).join(EVENT, brought).where(mine(table), EVENT.c.undone_at.is_(None))


def _about(table: Any) -> Any:
    """Return the condition that a row is about the episode that `Scope.execute` names; None: about the runner."""
    return table.c.episode.is_not_distinct_from(bindparam("about"))


_GAPS = _standing(GAP).order_by(GAP.c.number)
_EPISODES = _standing(EPISODE).order_by(EPISODE.c.number)
_REOPENINGS = _standing(REOPENING).order_by(REOPENING.c.number)
_CLOSINGS = _standing(CLOSING).add_columns(EVENT.c.kind).order_by(CLOSING.c.number)
_UNDONE = select(EVENT.c.number).where(mine(EVENT), EVENT.c.undone_at.is_not(None))
_FINDINGS = (
    select(*(FINDING.c[name] for name in ("episode", "event", "finding_id", "state")))
    .add_columns(type_coerce(FINDING.c.day, Text), FINDING.c.origin, FINDING.c.side)
    .where(mine(FINDING))
    .order_by(FINDING.c.number)
)
_PLAN = _standing(PLAN).add_columns(EVENT.c.at).where(_about(PLAN)).order_by(PLAN.c.number.desc()).limit(1)
_ENTRIES = _standing(PLAN_ENTRY).where(_about(PLAN_ENTRY)).order_by(PLAN_ENTRY.c.number)
_LAST_SAID = (
    select(VERDICT.c.day, VERDICT.c.episode, type_coerce(VERDICT.c.trace, Text).label("trace"), VERDICT.c.pieces)
    .where(mine(VERDICT), VERDICT.c.kind == bindparam("kind"))
    .order_by(VERDICT.c.number.desc())
    .limit(1)
)
_SAY = insert(VERDICT).values(
    athlete_id=bindparam("me"),
    trace=type_coerce(bindparam("written"), Text),
    **{name: bindparam(name) for name in ("number", "kind", "day", "at", "episode", "pieces")},
)
