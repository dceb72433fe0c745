"""Does the plan help? The course of the pain after two and six weeks, against what the likely causes should do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from hipwise.knowledge import Knowledge
from hipwise.model import Evidence
from hipwise.plan._course import Course
from hipwise.plan._seen import trusted
from hipwise.texts import say

__all__ = ["SCORES", "CourseSoFar", "change_state", "course_so_far"]

SCORES = ("morning_pain_score", "walk_pain_score", "worst_pain_score")
"""The pain that is followed: the first of them with enough scores at both ends."""

WEEK_D = 7


@dataclass(frozen=True, slots=True)
class CourseSoFar:
    """After how many WEEKS, the middle score BEFORE and NOW, the STATE (better, same, worse), and what follows.

    REFER: it is worse at the first look, or no better at the second or after the weeks in which some change is due.
    """

    weeks: int
    before: float
    now: float
    state: str
    refer: bool
    says: str
    sources: tuple[str, ...]


def course_so_far(evidence: Evidence, course: Course, knowledge: Knowledge, on: date) -> CourseSoFar | None:
    """Return how the pain went since the first check-in; None before the first look, or with too few scores.

    Scores that a painkiller was hiding do not count. How long it usually takes comes from the likely protocols.
    """
    sure = trusted(evidence.until(on), knowledge)
    for name in SCORES:
        scores = {each.on: int(each.state) for each in sure.history(name) if each.is_known}
        ends = _ends(scores, knowledge, on)
        if ends is not None:
            return _judged(*ends, (on - min(scores)).days // WEEK_D, course, knowledge)
    return None


def _ends(scores: dict[date, int], knowledge: Knowledge, on: date) -> tuple[float, float] | None:
    if not scores:
        return None
    window = timedelta(knowledge.number("response.window_d").value)
    least = knowledge.number("response.least_scores").value
    begun = min(scores)
    first = [score for day, score in scores.items() if day - begun < window]
    last = [score for day, score in scores.items() if on - day < window]
    early = (on - begun).days < WEEK_D * knowledge.number("response.first_check_weeks").value
    return None if early or min(len(first), len(last)) < least else (median(first), median(last))


def _judged(before: float, now: float, weeks: int, course: Course, knowledge: Knowledge) -> CourseSoFar:
    calm = now <= course.limits.lo and now <= before
    state = "better" if calm else change_state(before, now, knowledge)
    due = min(knowledge.number("progression.change_within_weeks").value, *_weeks(knowledge))
    refer = state == "worse" or (state == "same" and weeks >= due)
    expected = max((protocol.weeks for protocol in course.protocols), key=lambda each: each.range[1])
    low, high = (round(each) for each in expected.range)
    says = say(f"plan.course_{state}", weeks=weeks, before=before, now=now, low=low, high=high)
    sources = (knowledge.number("response.clear_change").source, expected.source)
    return CourseSoFar(weeks, before, now, state, refer, says, tuple(dict.fromkeys(sources)))


def change_state(before: float, now: float, knowledge: Knowledge) -> str:
    """Return what a middle score did that was BEFORE and is NOW: better, worse, or the same where it is not clear."""
    clear = knowledge.number("response.clear_change").value
    return "better" if before - now >= clear else "worse" if now - before >= clear else "same"


def _weeks(knowledge: Knowledge) -> tuple[float, ...]:
    return (knowledge.number("response.second_check_weeks").value,)
