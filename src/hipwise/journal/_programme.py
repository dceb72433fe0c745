"""The desk of the plan: its versions, what is proposed, what is locked, and what was done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from hipwise.activity import Lap
from hipwise.errors import HipwiseError
from hipwise.journal._checked import BEGAN
from hipwise.journal._hip import HipDesk
from hipwise.journal._known import Known
from hipwise.journal._labels import of_exercises
from hipwise.journal._pains import agreed_on, id_of
from hipwise.load import lap_origin, pain_state
from hipwise.plan import (
    ALL,
    BOUNDS,
    FELT,
    WEEKDAYS,
    Change,
    Done,
    Entry,
    Lock,
    Moves,
    Plan,
    Programme,
    Referral,
    Wishes,
    locks_of,
    may_move,
    moved,
    out_of_bounds,
    rebuilt,
    swapped,
)
from hipwise.store import PlanEntry, Step

__all__ = ["ProgrammeDesk", "Version"]

M_PER_KM = 1000

LOCKABLE = ("stage", "run", "week")
"""Beside these, each exercise of the plan can be locked: "exercise:ID"."""

HIGHEST_PAIN = 10


@dataclass(frozen=True, slots=True)
class Version:
    """One line of a plan's history, ON a day: KIND says what it is, BODY holds it as plain data.

    While someone must look at the hip first, BODY is empty: nobody shall run by an old plan.
    """

    number: int
    on: date
    kind: str
    body: dict[str, Any]


class ProgrammeDesk(HipDesk):
    """The plan as a row of versions."""

    def plan(self, wishes: Wishes | None = None) -> Plan | Referral:
        """Return the plan (or the referral) for what is known today, and keep it as agreed once red flags are answered.

        A referral that was agreed on and that nobody has answered yet still stands, and is returned as it is. A plan
        that was made before follows the hip: back by itself, on by what the runner accepts (see `proposals`). WISHES
        stay as they were where none are given.

        Raises:
            RulesBroken: the wishes clash with each other or with a rule; they are named.
            HipwiseError: a wish cannot be, or names a thing that the knowledge base does not have.
        """
        known = self._known()
        self._check(wishes)
        entries = known.entries
        before = rebuilt(entries)
        made = known.plan(_wishes(wishes, before))
        if isinstance(made, Referral) or made.missing:
            self._agree(known, known.own_referral if isinstance(made, Referral) else made)
            return made
        if before is None:
            with self._memory.step("plan", self._of_day(), self._now()) as step:
                step.add_entries([PlanEntry(known.on, "base", made.as_dict())], id_of(known.episode))
                self._set(step, known, made)
            return made
        return self._follow(known, known.programme(before, entries, made)).plan

    def _check(self, wishes: Wishes | None) -> None:
        if wishes is None:
            return
        equipment = self.knowledge.rehab.equipment
        for thing in wishes.equipment:
            if thing not in equipment:
                raise HipwiseError("no_equipment", where=thing, things=", ".join(equipment))
        wrong = out_of_bounds(wishes)
        if wrong is not None:
            low, high = BOUNDS.get(wrong, (WEEKDAYS[0], WEEKDAYS[-1]))
            raise HipwiseError("no_such_wish", where=wrong, low=low, high=high)
        if wishes.race_on is not None and wishes.race_on < self.on and wishes.race_on != self.wishes().race_on:
            raise HipwiseError("race_gone", where=wishes.race_on.isoformat())

    def wishes(self) -> Wishes:
        """Return what the plan was made for; what is usual where there is none."""
        return _wishes(None, rebuilt(self._known().entries))

    def _agree(self, known: Known, made: Plan | Referral | None) -> None:
        """Keep a plan or referral, if it is new and the red flags are answered (or cannot wait for that)."""
        if made is not None and known.is_settled and made != known.agreed:
            with self._memory.step("plan", self._of_day(), self._now()) as step:
                self._set(step, known, made)

    def _set(self, step: Step, known: Known, made: Plan | Referral) -> None:
        """Keep what was made, but no plan over a referral that another program kept since all was looked at."""
        newest = agreed_on(self._memory, id_of(known.episode))
        if isinstance(made, Plan) and isinstance(newest, Referral) and newest != known.agreed:
            return
        step.set_plan(made.as_dict(), known.on, id_of(known.episode), self._versions())

    def _follow(self, known: Known, found: Programme, more: Iterable[PlanEntry] = ()) -> Programme:
        """Keep the changes that were MADE, after MORE lines."""
        lines = [*more, *(_line(known, each) for each in found.made)]
        if lines or found.plan != known.agreed:
            with self._memory.step("plan", self._of_day(), self._now()) as step:
                step.add_entries(lines, id_of(known.episode))
                self._set(step, known, found.plan)
        return found

    def _programme(self, known: Known, more: Iterable[PlanEntry] = ()) -> Programme | None:
        """Return the plan of the day with its changes, after MORE lines; None: no plan, or someone must look first."""
        entries = (*known.entries, *map(_entry, more))
        before = rebuilt(entries)
        if before is None:
            return None
        fresh = known.plan(before.wishes or Wishes())
        return None if isinstance(fresh, Referral) or fresh.missing else known.programme(before, entries, fresh)

    def _tell_and_follow(self, states: Mapping[str, str], lap: Lap | None = None) -> tuple[Change, ...]:
        """Keep a check-in and what becomes of the plan by it, as one step; return what changed by itself.

        A LAP says where in the last run the pain began; that answer, and no other, has it as its origin.

        A row of versions never goes back in time: where it has gone on since the day of a check-in that comes late,
        the plan follows on the last day of the row, and by a step of its own.
        """
        ends = max((each.on for each in self._known().entries), default=self.on)
        made: list[Change] = []

        def follow(known: Known) -> Callable[[Step], None]:
            found = self._programme(known) if ends <= known.on else None
            made.extend(() if found is None else found.made)
            return lambda step: self._write(step, known, found)

        origins = dict.fromkeys(states, "check-in")
        if lap is not None:
            states = {**states, BEGAN: pain_state(lap.end_m / M_PER_KM, self.knowledge)}
            origins[BEGAN] = lap_origin(lap)
        self._tell(states, "checkin", origins, follow)
        if ends > self.on:
            then = self._look(ends, self.stamp, self.episode)
            found = self._programme(then)
            made.extend(() if found is None else self._follow(then, found).made)
        return tuple(made)

    def _write(self, step: Step, known: Known, found: Programme | None) -> None:
        if found is not None:
            step.add_entries([_line(known, each) for each in found.made], id_of(known.episode))
            if found.plan != known.agreed:
                self._set(step, known, found.plan)

    def proposals(self) -> tuple[Change, ...]:
        """Return what is proposed for the plan: steps on, moved sessions, and what a lock holds back.

        There are none while someone must look at the hip first, or a red-flag question is open.
        """
        found = self._programme(self._known())
        return () if found is None else found.proposed

    def accept(self, change_id: str) -> Plan:
        """Make a proposed change, and lay the days out for it.

        Raises:
            HipwiseError: there is no such proposal, or it is locked.
        """
        known = self._known()
        found, chosen = self._proposed(known, change_id)
        if chosen.locked is not None:
            raise HipwiseError("change_locked", where=chosen.item, by=chosen.locked)
        return self._make(known, found, chosen)

    def _make(self, known: Known, found: Programme, chosen: Change) -> Plan:
        lines = [_line(known, each) for each in (*found.made, chosen)]
        entries = (*known.entries, *map(_entry, lines))
        plan = rebuilt(entries)
        assert plan is not None  # noqa: S101 (there was one before)
        fresh = known.plan(plan.wishes or Wishes())
        assert isinstance(fresh, Plan)  # noqa: S101 (nothing is proposed beside a referral)
        return self._follow(known, known.programme(plan, entries, fresh), lines).plan

    def decline(self, change_id: str) -> None:
        """Leave a proposed change; it is not proposed again for some days.

        Raises:
            HipwiseError: there is no such proposal.
        """
        known = self._known()
        found, chosen = self._proposed(known, change_id)
        self._follow(known, found, [PlanEntry(known.on, "decline", {"item": chosen.item, "id": chosen.id})])

    def _proposed(self, known: Known, change_id: str) -> tuple[Programme, Change]:
        found = self._programme(known)
        shown = () if found is None else found.proposed
        for each in shown:
            if found is not None and each.id == change_id:
                return found, each
        raise HipwiseError("no_such_change", where=change_id, ids=", ".join(each.id for each in shown) or "-")

    def swap(self, old: str, new: str) -> Plan:
        """Put exercise NEW in the place of OLD, one of the swaps that the plan names for it.

        Raises:
            HipwiseError: the plan does not offer that swap, or the exercise is locked.
        """
        known = self._known()
        found = self._programme(known)
        chosen = None if found is None else swapped(found.plan, old, new, self.knowledge)
        if found is None or chosen is None:
            raise HipwiseError("no_such_swap", where=old, new=new)
        lock = self.locks().get(chosen.item)
        if lock is not None:
            raise HipwiseError("change_locked", where=chosen.item, by=lock.by)
        return self._make(known, found, chosen)

    def lockable(self) -> tuple[str, ...]:
        """Return what of the plan can be locked; nothing without a plan, or while someone must look first."""
        return _items(self._programme(self._known()))

    def moves(self, since: date | None = None) -> Moves:
        """Return where each session of the day SINCE (today) may be moved, and where not, by which rules."""
        known = self._known()
        since = since or known.on
        found = self._programme(known)
        if found is None:
            return Moves.none(since, "no_plan" if rebuilt(known.entries) is None else "held")
        return may_move(found.plan, known.entries, known.running, self.knowledge, since)

    def move(self, since: date, to: date, kind: str = ALL) -> Plan:
        """Move a KIND of session (run, strength, cross; all of them) from the day SINCE to the day TO: one step.

        Raises:
            RulesBroken: rules or wishes stand against it; they are named, and nothing is changed.
            HipwiseError: there is no such session ahead, or the plan does not reach the other day.
        """
        known = self._known()
        found = self._programme(known)
        if found is None:
            raise HipwiseError("no_such_session", where=since.isoformat(), kind=kind)
        chosen = moved(found.plan, known.entries, known.running, self.knowledge, kind, since, to)
        return self._make(known, found, chosen)

    def lock(self, item: str, by: str, reason: str) -> None:
        """Hold ITEM ("stage", "run", "week" or "exercise:ID") as it is: BY whom and for what REASON.

        Raises:
            HipwiseError: there is no plan, no such item in it, or BY or REASON is empty.
        """
        known = self._known()
        found = self._programme(known)
        items = _items(found)
        if found is None or item not in items:
            raise HipwiseError("no_such_item", where=item, items=", ".join(items) or "-")
        if not by.strip() or not reason.strip():
            raise HipwiseError("lock_bare", where=item)
        body = {"item": item, "by": by.strip(), "reason": reason.strip()}
        self._follow(known, found, [PlanEntry(known.on, "lock", body)])

    def unlock(self, item: str) -> None:
        """Open a lock.

        Raises:
            HipwiseError: ITEM is not locked.
        """
        known = self._known()
        if item not in self.locks():
            raise HipwiseError("not_locked", where=item)
        with self._memory.step("plan", self._of_day(), self._now()) as step:
            step.add_entries([PlanEntry(known.on, "unlock", {"item": item})], id_of(known.episode))

    def is_held(self) -> bool:
        """Return whether someone must look at the hip first, so that the plan rests."""
        return self._known().referral is not None

    def locks(self) -> dict[str, Lock]:
        """Return the locks that stand, by item."""
        return locks_of(self._known().entries)

    def versions(self) -> tuple[Version, ...]:
        """Return the history of the plan, oldest first: base, changes, declines, locks, what was done."""
        known = self._known()
        held = known.referral is not None
        lines = enumerate(known.entries, 1)
        return tuple(Version(at, each.on, each.kind, {} if held else dict(each.body)) for at, each in lines)

    def done(
        self, exercise: str, *, sets: int | None = None, pain: int | None = None, felt: str | None = None
    ) -> tuple[Change, ...]:
        """Keep that an EXERCISE was done today, and let the plan follow; return what changed by itself.

        SETS that were done, PAIN (0 to 10) at its worst during them, and how it FELT (one of `FELT`).

        Raises:
            HipwiseError: no such exercise, or a number or word that cannot be.
        """
        return self.session([Done(on=self.on, exercise=exercise, sets=sets, pain=pain, felt=felt)])

    def session(self, done: Sequence[Done]) -> tuple[Change, ...]:
        """Keep what was DONE today in one session, as one step with all that follows; return what changed by itself.

        Raises:
            HipwiseError: nothing was done, no such exercise, or a number or word that cannot be; nothing is kept.
        """
        if not done:
            raise HipwiseError("done_nothing")
        for each in done:
            self._check_done(each)
        known = self._known()
        told = [PlanEntry(known.on, "done", replace(each, on=known.on).as_dict()) for each in done]
        found = self._programme(known, told)
        made = () if found is None else found.made
        with self._memory.step("done", of_exercises(each.exercise for each in done), self._now()) as step:
            step.add_entries([*told, *(_line(known, each) for each in made)], id_of(known.episode))
            if found is not None and found.plan != known.agreed:
                self._set(step, known, found.plan)
        return made

    def _check_done(self, done: Done) -> None:
        if done.exercise not in self.knowledge.rehab.exercises:
            raise HipwiseError("no_such_exercise", where=done.exercise)
        if (done.pain is not None and not 0 <= done.pain <= HIGHEST_PAIN) or (done.sets is not None and done.sets < 0):
            raise HipwiseError("done_number", where=done.exercise)
        if done.felt is not None and done.felt not in FELT:
            raise HipwiseError("done_felt", where=done.felt, words=", ".join(FELT))


def _items(found: Programme | None) -> tuple[str, ...]:
    return () if found is None else (*LOCKABLE, *(f"exercise:{each.id}" for each in found.plan.exercises))


def _wishes(wished: Wishes | None, before: Plan | None) -> Wishes:
    return wished or (before.wishes if before is not None else None) or Wishes()


def _entry(line: PlanEntry) -> Entry:
    return Entry(line.on, line.kind, line.body)


def _line(known: Known, each: Change) -> PlanEntry:
    return PlanEntry(known.on, "change", each.as_dict())
