"""How the pain answered a plan that was followed: after two and after six weeks, as a finding that weighs causes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from hipwise.causes import changed_on
from hipwise.knowledge import Knowledge
from hipwise.model import Evidence, Finding
from hipwise.plan._done import Done
from hipwise.plan._response import SCORES, change_state
from hipwise.plan._seen import trusted
from hipwise.plan._versions import BASE, CHANGE, DONE, Entry

__all__ = ["ORIGIN", "course_seen", "looked_anew"]

LOOKS = (("course_6w", "response.second_check_weeks"), ("course_2w", "response.first_check_weeks"))
"""The later look takes the place of the earlier one."""

ORIGIN = "course"
WEEK_D = 7
DAY = timedelta(1)

Laid = Mapping[date, Mapping[str, object]]


def course_seen(
    evidence: Evidence, entries: tuple[Entry, ...], run_days: Collection[date], knowledge: Knowledge, on: date
) -> Evidence:
    """Return the newest look at the course of the pain as one finding, on its day; nothing where it says nothing.

    ENTRIES are the row of the plan for this pain, RUN_DAYS the days with a run. It says nothing before two weeks are
    over, once the pain has changed, where scores are missing or a painkiller hid them, and where the plan was not
    followed or nobody can tell: too few of its exercise days were told as done, or there were more runs than it held.
    """
    begun = _begun(entries, on)
    changed = changed_on(evidence.until(on), knowledge)
    if changed is not None and changed > begun:
        return Evidence()
    followed = _Followed(trusted(evidence.until(on), knowledge), entries, run_days, knowledge)
    for finding, weeks in LOOKS:
        look = _look(begun, weeks, knowledge)
        state = followed.state(begun, look) if look <= on else None
        if state is not None:
            return Evidence((Finding(finding, state, look, ORIGIN),))
    return Evidence()


def looked_anew(
    evidence: Evidence, entries: tuple[Entry, ...], run_days: Collection[date], knowledge: Knowledge, on: date
) -> Evidence:
    """Return EVIDENCE, to which something was added on the day ON, with the look at the course that it may have moved.

    On any day but that of a look it is EVIDENCE itself. See `course_seen` for the rest.
    """
    begun = _begun(entries, on)
    if on not in {_look(begun, weeks, knowledge) for _, weeks in LOOKS}:
        return evidence
    told = Evidence(tuple(each for each in evidence if each.origin != ORIGIN))
    return told | course_seen(told, entries, run_days, knowledge, on)


def _begun(entries: Iterable[Entry], on: date) -> date:
    """Return the day on which the plan began; the day ON where there is none."""
    return min((entry.on for entry in entries if entry.kind == BASE), default=on)


def _look(begun: date, weeks: str, knowledge: Knowledge) -> date:
    return begun + timedelta(WEEK_D * knowledge.number(weeks).value)


@dataclass(frozen=True)
class _Followed:
    """Scores that no painkiller hid, the row of a plan, and the days with a run."""

    sure: Evidence
    entries: tuple[Entry, ...]
    run_days: Collection[date]
    knowledge: Knowledge

    def state(self, begun: date, look: date) -> str | None:
        """Return what the pain did from the day the plan had BEGUN to the LOOK; None where that says nothing.

        A pain that was near nothing and stays so has not failed to answer.
        """
        if not self._is_followed(begun, look):
            return None
        ends = (self._ends(name, begun, look) for name in SCORES)
        before, now = next(filter(None, ends), (None, None))
        if before is None or now is None:
            return None
        state = change_state(before, now, self.knowledge)
        return None if state == "same" and now < self.knowledge.number("response.clear_change").value else state

    def _is_followed(self, begun: date, look: date) -> bool:
        """Whether enough of the exercise days were told as done, and not far more was run than the plan held."""
        share = self.knowledge.number("response.followed_share").value
        planned = list(_planned(self.entries, begun, look))
        strength, runs = (sum(day.get(kind) is True for day in planned) for kind in ("strength", "run"))
        done = {told for told in _done_days(self.entries) if begun <= told < look}
        ran = sum(begun <= day < look for day in set(self.run_days))
        known = len(planned) >= share * (look - begun).days
        return known and strength > 0 and len(done) >= share * strength and share * ran <= runs

    def _ends(self, name: str, begun: date, look: date) -> tuple[float, float] | None:
        """Return the middle score round the beginning and before the LOOK; None with too few of them."""
        scores = {each.on: int(each.state) for each in self.sure.history(name) if each.is_known}
        window = timedelta(self.knowledge.number("response.window_d").value)
        first = [score for day, score in scores.items() if begun - window < day < begun + window]
        last = [score for day, score in scores.items() if look - window < day <= look]
        least = self.knowledge.number("response.least_scores").value
        return None if min(len(first), len(last)) < least else (median(first), median(last))


def _done_days(entries: Iterable[Entry]) -> Iterator[date]:
    yield from (Done.of(entry.body).on for entry in entries if entry.kind == DONE)


def _planned(entries: Iterable[Entry], begun: date, look: date) -> Iterator[Mapping[str, object]]:
    """Yield each day from BEGUN to the LOOK as it had been planned when it came."""
    laid = [(entry.on, _laid(entry)) for entry in entries if entry.kind in {BASE, CHANGE} and entry.on < look]
    for ago in range((look - begun).days):
        day = begun + ago * DAY
        known = [days for when, days in laid if when <= day and days]
        if known and day in known[-1]:
            yield known[-1][day]


def _laid(entry: Entry) -> Laid:
    """Return the days that a line of the row laid out; what a forged row holds in their place is passed over."""
    body = entry.body if entry.kind == BASE else entry.body.get("after")
    days = body.get("days") if isinstance(body, Mapping) else None
    sound = (each for each in days if isinstance(each, Mapping)) if isinstance(days, list | tuple) else ()
    found = {}
    for each in sound:
        try:
            found[date.fromisoformat(str(each.get("on")))] = each
        except ValueError:
            continue
    return found
