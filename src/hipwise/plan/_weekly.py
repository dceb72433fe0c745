"""The weekly questions of the Oslo group for the hip: a score from 0 to 100, its rules and its trend."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from hipwise.knowledge import Knowledge
from hipwise.texts import say

__all__ = ["Weekly", "WeeklyCourse", "weekly_course", "weekly_score"]

LEVELS = 4
"""Each question has four answers."""
WEEK = timedelta(7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weekly:
    """One week, told ON a day: PARTICIPATION, TRAINING, PERFORMANCE and SYMPTOMS, each from 0 (none) to 3 (most).

    After 0 and after 3 at the first question the others are not asked, and None.
    """

    on: date
    participation: int
    training: int | None = None
    performance: int | None = None
    symptoms: int | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the same as plain data."""
        return asdict(self) | {"on": self.on.isoformat()}

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Weekly:
        """Return what `as_dict` gave."""
        return cls(**{**data, "on": date.fromisoformat(data["on"])})


@dataclass(frozen=True, slots=True)
class WeeklyCourse:
    """The SCORES by day, whether the last one tells of a SUBSTANTIAL problem, and what follows from all of them.

    FOLLOWS: fine, hold (nothing goes forward this week), advice or refer; IMPROVING: the score fell clearly.
    """

    scores: tuple[tuple[date, int], ...]
    substantial: bool
    follows: str
    improving: bool
    says: str
    sources: tuple[str, ...]


def weekly_score(weekly: Weekly, knowledge: Knowledge) -> int | None:
    """Return the score of a week, None where an answer that it needs is missing (Clarsen 2020)."""
    if weekly.participation == 0:
        return 0
    if weekly.participation == LEVELS - 1:
        return int(knowledge.number("ostrc.out_score").value)
    answers = (weekly.participation, weekly.training, weekly.performance, weekly.symptoms)
    if None in answers:
        return None
    return sum(int(knowledge.number(f"ostrc.level_{answer}").value) for answer in answers)


def is_substantial(weekly: Weekly, knowledge: Knowledge) -> bool:
    """Return whether training or performance was clearly reduced, or no part was taken."""
    if weekly.participation in {0, LEVELS - 1}:
        return weekly.participation > 0
    least = knowledge.number("ostrc.substantial_from").value
    told = [each for each in (weekly.training, weekly.performance) if each is not None]
    return any(knowledge.number(f"ostrc.level_{each}").value >= least for each in told)


def weekly_course(told: Iterable[Weekly], knowledge: Knowledge, on: date) -> WeeklyCourse | None:
    """Return what the weeks up to the day ON say together; None before the first. Of one week the newest counts."""
    weeks = [each for each in _newest(told, on) if weekly_score(each, knowledge) is not None]
    if not weeks:
        return None
    scores = tuple((each.on, weekly_score(each, knowledge) or 0) for each in weeks)
    in_row = _in_row(weeks, knowledge)
    number = {name: knowledge.number(f"ostrc.{name}").value for name in ("advice_weeks", "refer_weeks", "refer_sum")}
    lately = timedelta(7 * knowledge.number("ostrc.sum_weeks").value)
    burden = sum(score for day, score in scores if on - day < lately)
    if in_row >= number["refer_weeks"] or burden >= number["refer_sum"]:
        follows = "refer"
    elif in_row >= number["advice_weeks"]:
        follows = "advice"
    else:
        follows = "hold" if in_row else "fine"
    return WeeklyCourse(
        scores=scores,
        substantial=in_row > 0,
        follows=follows,
        improving=_improving(scores, knowledge),
        says=say(f"plan.weekly_{follows}", score=scores[-1][1]),
        sources=tuple(dict.fromkeys(number.source for number in knowledge.parameters["ostrc"].values())),
    )


def _newest(told: Iterable[Weekly], on: date) -> list[Weekly]:
    """Return one week each, the newest telling of it, oldest first."""
    found: list[Weekly] = []
    for each in sorted((each for each in told if each.on <= on), key=lambda each: each.on):
        if found and each.on - found[-1].on < WEEK:
            found.pop()
        found.append(each)
    return found


def _in_row(weeks: list[Weekly], knowledge: Knowledge) -> int:
    """Return in how many weeks in a row, up to the last, there was a substantial problem."""
    count = 0
    for each in reversed(weeks):
        if not is_substantial(each, knowledge):
            break
        count += 1
    return count


def _improving(scores: tuple[tuple[date, int], ...], knowledge: Knowledge) -> bool:
    by = knowledge.number("ostrc.improving_by").value
    within = timedelta(7 * knowledge.number("ostrc.improving_weeks").value)
    last_on, last = scores[-1]
    return any(score - last >= by for day, score in scores if last_on - day <= within)
