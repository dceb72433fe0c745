"""A second, plainer reading: families of serious words that stand together and that nobody denies are asked about."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import islice, pairwise, product

from hipwise.knowledge import Knowledge, Lexicon
from hipwise.words._choose import NONE_STATES, Candidate
from hipwise.words._patterns import UNLIKE, Grammar, Hit, Line
from hipwise.words._scope import Scope, Standing
from hipwise.words._types import Proposal

__all__ = ["Net", "with_caught"]

CLOSELY, LOOSELY = "+", "~"
"""Lists so joined stand in this order: with no comma between, or also over the end of a clause."""

NEAR = 9
"""Words of a family that stand within so many words belong together."""


@dataclass(frozen=True, slots=True)
class Rule:
    """FINDING may be in STATE where words of all LISTS stand together, JOINED so, or in any order."""

    finding: str
    state: str
    lists: tuple[str, ...]
    joined: str


def _rule(finding: str, state: str, spelled: str) -> Rule:
    joined = next((each for each in (CLOSELY, LOOSELY) if each in spelled), "")
    return Rule(finding, state, tuple(spelled.split(joined or None)), joined)


Span = tuple[int, int]
"""The first word, and the word after the last."""


class Net:
    """All families; made once."""

    def __init__(self, knowledge: Knowledge, lexicon: Lexicon, special: frozenset[str]) -> None:
        """SPECIAL names the lists whose spans a line brings along; rules about what KNOWLEDGE has not are left out."""
        self._kinds = lexicon.kinds
        lists = {name: words for name, words in lexicon.net.items() if "." not in name}
        unlike = {name: words for name, words in lexicon.net.items() if name.endswith(f".{UNLIKE}")}
        scope = {"DETERMINERS": lexicon.scope["DETERMINERS"]}
        self._named = lists.keys() | unlike.keys()
        self._grammar = Grammar(scope | lists | unlike, special)
        self._rules = tuple(
            _rule(finding, state, rule)
            for name, rules in lexicon.net.items()
            for finding, _, state in [name.partition(".")]
            if finding in knowledge.findings and state != UNLIKE
            for rule in rules
        )

    def hits(self, line: Line, starts: Collection[int], commas: Collection[int], scope: Scope) -> Iterator[Hit]:
        """Return what a sentence may tell, the first of each rule; STARTS are the beginnings of its clauses."""
        spans = {name: list(self._grammar.spans(line, name)) for name in self._named}
        for rule in self._rules:
            walls = {CLOSELY: {*starts, *commas}, LOOSELY: set[int]()}.get(rule.joined, {*starts})
            looks = spans[f"{rule.finding}.{UNLIKE}"] if f"{rule.finding}.{UNLIKE}" in self._named else ()
            unlike = {place for first, end in looks for place in range(first, end)}
            hits = _together(rule, [spans[name] for name in rule.lists], walls)
            yield from islice((each for each in hits if self._counts(each, scope, unlike)), 1)

    def _counts(self, hit: Hit, scope: Scope, unlike: Collection[int]) -> bool:
        """Whether nobody denies a hit; what people worry about, and what was long ago, must be said without a doubt."""
        finding = hit.meaning[0]
        past, feared = (finding in self._kinds[kind] for kind in ("past", "feared"))
        standing = scope.standing(hit, of_past=past, feared=feared)
        said = standing is Standing.SAID or (standing is Standing.DOUBT and not (past or feared))
        return said and not set(unlike) & set(hit.named)


def _together(rule: Rule, spans: Sequence[Sequence[Span]], walls: AbstractSet[int]) -> Iterator[Hit]:
    """Return where words of all lists stand near one another with no wall between, no word counted twice."""
    for one in spans[0]:
        near = [
            each[bisect_left(each, (one[0] - NEAR, 0)) : bisect_left(each, (one[0] + NEAR, 0))] for each in spans[1:]
        ]
        for rest in product(*near):
            inside = [one, *rest] if rule.joined else sorted((one, *rest))
            first, last = inside[0][0], max(end for _, end in inside) - 1
            apart = all(before[1] <= after[0] for before, after in pairwise(inside))
            if apart and last - first <= NEAR and walls.isdisjoint(range(first + 1, last + 1)):
                named = tuple(place for begin, end in inside for place in range(begin, end))
                yield Hit(first, last, named, (rule.finding, rule.state))


def with_caught(
    proposals: Sequence[Proposal], caught: Sequence[Candidate], knowledge: Knowledge
) -> tuple[Proposal, ...]:
    """Add what the net CAUGHT to PROPOSALS of the first reading, where that told nothing of the finding, or less."""
    found: dict[str, Proposal] = {each.finding: each for each in proposals}
    for each in caught:
        if _tells_more(each, found, knowledge):
            before = found.get(each.finding)
            first = None if before is None else before.state if before.standing is Standing.SAID else before.first
            span = (each.phrase, each.start, each.end)
            found[each.finding] = Proposal(
                each.finding, each.state, Standing.DOUBT, *span, alarming=True, caught=True, first=first
            )
    return tuple(sorted(found.values(), key=lambda each: (each.start, each.finding)))


def _tells_more(one: Candidate, found: Mapping[str, Proposal], knowledge: Knowledge) -> bool:
    """Whether a doubt says more than the first reading: that was silent or set other words aside, or said less."""
    other = found.get(one.finding)
    if other is None:
        return True
    apart = one.end <= other.start or other.end <= one.start
    if not apart or other.standing is Standing.DENIED or other.state in NONE_STATES:
        return False
    states = knowledge.findings[one.finding].states
    return other.standing is Standing.ASIDE or states.index(one.state) > states.index(other.state)
