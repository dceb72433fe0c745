"""A second, independent way of reading the same answers: plain pictures whose signs are counted, none of them weighed.

It shares no number with the ranking and no rule with the red flags. Where it asks for more than they do, the more
careful wins (safety law 4), and the result says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from hipwise.causes._types import Opinion, Picture, Raised
from hipwise.knowledge import Knowledge, Level, Pattern, Situation
from hipwise.texts import say

__all__ = ["SECOND", "more_careful", "second_opinion"]

SECOND = "second_opinion"
"""What an alarm of the second opinion is called, before the name of its picture."""


def second_opinion(seen: Situation, knowledge: Knowledge) -> Opinion:
    """Return the pictures that the answers make, the fullest first, and the level that they ask for."""
    found = [
        Picture(pattern.id, pattern.name, pattern.causes, _met(pattern, seen), len(pattern.signs), pattern.level)
        for pattern in knowledge.patterns.values()
        if holds(pattern, seen)
    ]
    found.sort(key=lambda each: (-each.met / each.of, -each.met, each.id))
    return Opinion(max((each.level for each in found), default=Level.SELF_CARE), tuple(found))


def more_careful(
    seen: Situation, knowledge: Knowledge, raised: Collection[Raised], *, cleared: bool
) -> Iterator[Raised]:
    """Return what the second opinion adds to the alarms RAISED: a higher level, or the interlock where there is none.

    A clearance of the bone that is in force counts for its pictures too.
    """
    level = max((alarm.level for alarm in raised), default=Level.SELF_CARE)
    interlock = any(alarm.bone_stress for alarm in raised)
    for pattern in knowledge.patterns.values():
        more = pattern.level > level or (pattern.bone_stress and not interlock)
        if more and holds(pattern, seen) and not (pattern.bone_stress and cleared):
            yield _raised(pattern, seen)


def holds(pattern: Pattern, seen: Situation) -> bool:
    """Return whether the answers make this picture."""
    return pattern.must.truth(seen) is True and _met(pattern, seen) >= pattern.enough


def _met(pattern: Pattern, seen: Situation) -> int:
    return sum(sign.truth(seen) is True for sign in pattern.signs)


def _raised(pattern: Pattern, seen: Situation) -> Raised:
    rules = (pattern.must, *pattern.signs)
    return Raised(
        id=f"{SECOND}.{pattern.id}",
        level=pattern.level,
        name=say("causes.second_name", name=pattern.name),
        because=pattern.because,
        says=pattern.says,
        suspects=pattern.causes,
        sources=pattern.sources,
        findings=tuple(dict.fromkeys(name for rule in rules for name in rule.because(seen))),
        bone_stress=pattern.bone_stress,
    )
