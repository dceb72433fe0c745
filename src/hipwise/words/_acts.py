"""What people do, and the word that says how it goes: "worse with sitting, stairs and hills", "walking is fine"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from hipwise.words._patterns import Grammar, Hit, Line
from hipwise.words._scope import Scope

__all__ = ["ACT", "Deed", "deeds"]

ACT = "ACT_"
"""Before the name of a finding: the list of what people do that it is about."""

FAR, NEAR = 7, 5
"""So many words of another kind may lie between "worse with" and what it speaks of, and before "is murder"."""

RESULT = 4
"""So near behind the beginning of a clause the word stands that says how the deed before it went: "and it hurt"."""

BESIDE = 3
"""A "not" so near before "fine" makes it bad."""

BAD, FINE, EASES = "ACT_BAD", "ACT_FINE", "EASING"

NO_EASE = frozenset({"fine", "free", "comfortable", "gone", "disappear", "disappears", "vanishes", "vanished"})
"""They stop a gap as words that ease do, but say that nothing hurts then, not that it helps."""


@dataclass(frozen=True, slots=True)
class Deed:
    """A deed in the words of HIT, of FINDING; whether it HURTS or is fine; DENIED: a "not" turns that round.

    EASES: the deed makes it better ("relieved by sitting").
    """

    finding: str
    hit: Hit
    hurts: bool
    denied: bool
    eases: bool = False


@dataclass(frozen=True, slots=True)
class _Mood:
    kind: str
    first: int
    end: int


def deeds(
    line: Line, starts: Sequence[int], scope: Scope, grammar: Grammar, acts: Sequence[str], head: int = 0
) -> Iterator[Deed]:
    """Return what the sentence says of what people do; of one that lies in another only the wider.

    What the first HEAD words say, a heading as "Worse:", they say of all that follows.
    """
    found = _widest({(name, *span) for name in acts for span in grammar.spans(line, ACT + name.upper())})
    if not found:
        return
    moods = [_Mood(kind, *span) for kind in (BAD, FINE, EASES) for span in grammar.spans(line, kind)]
    moods += [_Mood(BAD, *span) for span in grammar.spans(line, "HEADS") if span[1] <= head]
    links = {place for place, _ in grammar.spans(line, "LINKS")}
    heading = [each for each in moods if each.end <= head]
    if heading:
        links.update(range(len(line.words)))
    last: str | None = None
    for begin, stop in pairwise([*starts, len(line.words)]):
        here = heading or [each for each in moods if begin <= each.first and each.end <= stop]
        if not here and "it" in line.words[stop : stop + 2]:
            here = [each for each in moods if stop <= each.first <= stop + RESULT]
        for name, first, end in found:
            if begin <= first and end <= stop:
                yield from _deed(line, (name, first, end), here, links, scope, found, last)
        last = max(here, key=lambda each: each.first).kind if here else last


def _widest(spans: set[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    return sorted(
        (
            each
            for each in spans
            if not any(a <= each[1] and each[2] <= b and b - a > each[2] - each[1] for _, a, b in spans)
        ),
        key=lambda each: (each[1], each[0]),
    )


def _deed(
    line: Line,
    told: tuple[str, int, int],
    moods: Sequence[_Mood],
    links: set[int],
    scope: Scope,
    found: Sequence[tuple[str, int, int]],
    last: str | None,
) -> Iterator[Deed]:
    """Say how one deed goes, by the nearest word that says it; "but not when I sit" turns what was before it."""
    name, first, end = told
    by = scope.denied_by.get(first, set())
    mood = _nearest(line, (first, end), moods, links, {place for _, a, b in found for place in range(a, b)})
    if mood is None:
        if by and last in {BAD, FINE} and not moods:
            yield Deed(name, Hit(first, end - 1, tuple(range(first, end)), (name,)), hurts=True, denied=last == BAD)
        return
    words = tuple(sorted({*range(mood.first, mood.end), *range(first, end)}))
    hit = Hit(words[0], words[-1], words, (name,))
    turned = {place for each in range(mood.first, mood.end) for place in scope.denied_by.get(each, set())}
    if mood.kind == EASES:
        if not turned and not by and line.words[mood.first] not in NO_EASE:
            yield Deed(name, hit, hurts=False, denied=False, eases=True)
        return
    turned -= set(range(mood.first, mood.end))
    if mood.kind == FINE:  # "no pain sitting, hop test painless": what is fine is turned by a "not" beside it alone
        own = scope.denied_by.get(mood.end - 1, set()) & set(range(mood.first, mood.end))
        turned = set() if own else {place for place in turned if 0 < mood.first - place <= BESIDE}
    if not turned and {place for place in by if mood.end <= place < first}:
        if mood.kind == FINE:
            yield Deed(name, hit, hurts=True, denied=False)
        return
    hurts = (mood.kind == BAD) or bool(turned)
    yield Deed(name, hit, hurts=hurts, denied=bool(turned) and mood.kind == BAD)


def _nearest(
    line: Line, span: tuple[int, int], moods: Sequence[_Mood], links: set[int], taken: set[int]
) -> _Mood | None:
    """Return the word that says how it goes: before it with a "when" or the like between, or soon after it."""
    first, end = span
    near: list[tuple[int, int, _Mood]] = []
    for each in moods:
        if each.end <= first:
            between = set(range(each.end, first))
            gap = len(between - taken - links)
            joined = bool(links & between) if between else line.words[first].endswith("ing")
            if gap <= FAR and joined:
                near.append((gap, 1, each))
        elif each.first >= end:
            gap = each.first - end - len(taken & set(range(end, each.first)))
            if gap <= NEAR:
                near.append((gap, 0, each))
    if not near:
        return None
    best = min(near, key=lambda each: (each[0], each[1], each[2].first))
    kinds: Mapping[str, int] = {FINE: 0, BAD: 1, EASES: 2}
    same = [each for _, _, each in near if each.first < best[2].end and best[2].first < each.end]
    return min(same, key=lambda each: (-(each.end - each.first), kinds[each.kind]))
