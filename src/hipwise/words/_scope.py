"""How far a "not", a "maybe" or a "my mother" reaches: what each word of a sentence is worth."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from hipwise.words._patterns import Grammar, Hit, Line
from hipwise.words._text import Sentence

__all__ = ["Scope", "Standing", "clause_starts", "scope_of"]

REACH = 18
"""A "no" turns round no more words than this, also in a long list."""

JOINTS = frozenset({"and", "so", "then"})
"""Words that join clauses, or things of a list."""

LOOK = 4
"""After a comma or an \"and\", a subject within so many words begins a new clause."""

FAR_SIGHTED = frozenset({"denies", "denied", "denying"})
"""They deny to the end of the clause; "no" and "not" a matter and its list."""

LONG_PART = 4
"""A part of a list with so many words tells something of its own."""

LOW_BACK = "PAIN_LOW_BACK"
"""The place of the body whose name has a "back" that is no return."""

FEW = 6
"""A clause of no more words than this has no matter of its own when it says that something was long ago."""


class Standing(StrEnum):
    """What a phrase is worth: it was said, denied, doubted, or set aside (long past, healed, other people, only if)."""

    SAID = "said"
    DENIED = "denied"
    DOUBT = "doubt"
    ASIDE = "aside"


@dataclass(slots=True)
class Scope:
    """For each word: the places of the words that deny it; and the sets of those that are doubted or set aside.

    What has HEALED is set aside too, and no time in it is how long it hurts now; OTHERS are words about other people,
    WORRIED those behind a fear.
    """

    denied_by: dict[int, set[int]] = field(default_factory=dict)
    doubted: set[int] = field(default_factory=set)
    aside: set[int] = field(default_factory=set)
    healed: set[int] = field(default_factory=set)
    others: set[int] = field(default_factory=set)
    worried: set[int] = field(default_factory=set)

    def standing(self, hit: Hit, *, of_family: bool = False, of_past: bool = False, feared: bool = False) -> Standing:
        """Return what a hit is worth; a denying word that the phrase itself names does not turn it round.

        OF_FAMILY and OF_PAST: the finding asks for other people of the family, or for what was long ago; FEARED: it is
        an illness that people worry about without having it.
        """
        named = set(hit.named)
        if named & self.others and not of_family:
            return Standing.ASIDE
        if (named & self.aside and not of_past) or (named & self.worried and feared):
            return Standing.ASIDE
        denied = any(self.denied_by.get(place, set()) - named for place in named)
        if named & self.doubted:
            return Standing.ASIDE if denied else Standing.DOUBT  # a denial with a doubt is neither a no nor a sign
        return Standing.DENIED if denied else Standing.SAID

    def with_denial(self, hit: Hit) -> tuple[int, int]:
        """Return the first and the last word of a hit together with the nearest word that denies it."""
        places = {by for place in hit.named for by in self.denied_by.get(place, set()) if by >= 0}
        before = max((each for each in places if each < hit.first), default=hit.first)
        after = min((each for each in places if each > hit.last), default=hit.last)
        return (before, hit.last) if before < hit.first else (hit.first, after)


def clause_starts(sentence: Sentence, line: Line, grammar: Grammar) -> list[int]:
    """Return where clauses begin: at "but" and its like, and where a comma or an "and" brings a new subject or verb."""
    words = line.words
    starts = {place for place, _ in grammar.spans(line, "WALLS") if place}
    joints = set(sentence.commas) | {place for place, word in enumerate(words) if word in JOINTS}
    for place in sorted(joints):
        first = place + (words[place] in JOINTS) if place < len(words) else place
        if first < len(words) and _is_new(line, grammar, first, sentence.commas):
            starts.add(place)
    return sorted(starts | {0})


def _is_new(line: Line, grammar: Grammar, first: int, commas: Iterable[int]) -> bool:
    """Whether a clause of its own begins at FIRST: a subject comes soon, or a verb in its full form."""
    words = line.words
    finite = _places(grammar, line, "FINITE")
    subjects = _places(grammar, line, "SUBJECTS")
    halts = _places(grammar, line, "HALTS")
    if first in finite:
        return True
    for place in range(first, min(first + LOOK, len(words))):
        if place in halts or (place in commas and place > first):
            return False
        if place in subjects:
            return True
    if min(finite | _places(grammar, line, "NEGATORS"), default=first) >= first:
        return False  # "the front and outside of my hip started to hurt" has one verb, and is one clause
    joints = [place for place, word in enumerate(words) if place > first and word in JOINTS]
    end = min([*joints, *(comma for comma in commas if comma > first), len(words)])
    owned = words[first] in {"my", "the", "his", "her", "their", "this", "our"}
    return any(place in finite for place in range(first, min(end, first + 2 * LOOK if owned else end)))


def _places(grammar: Grammar, line: Line, name: str) -> set[int]:
    return {place for place, _ in grammar.spans(line, name)}


def scope_of(sentence: Sentence, line: Line, starts: list[int], grammar: Grammar, patient: str | None = None) -> Scope:
    """Return what each word of a sentence is worth; STARTS are the beginnings of its clauses.

    PATIENT is the relative ("wife") whom the text is about: what is told of her is told of no other.
    """
    scope = Scope()
    for first, end in _negators(line, grammar, sentence.commas):
        stop = min(_clause_end(first, starts, len(line.words)), end + REACH)
        if line.words[first] not in FAR_SIGHTED:
            stop = _end_of_list(line, end, stop, sentence.commas)
        for place in range(end, stop):
            scope.denied_by.setdefault(place, set()).update(range(first, end))
    absent_at = _places(grammar, line, "ABSENT_AT")
    for first, end in grammar.spans(line, "AFTER_DENIES"):
        if first in absent_at:
            continue
        begin = max([start for start in starts if start <= first], default=0)
        for place in range(begin, first):
            scope.denied_by.setdefault(place, set()).update(range(first, end))
    _doubts(sentence, line, starts, grammar, scope)
    _asides(line, starts, grammar, scope, patient)
    return scope


def _end_of_list(line: Line, begin: int, stop: int, commas: Iterable[int]) -> int:
    """Return where a "no" ends its list: "no injury, pain in the left groin on running" denies the injury alone.

    A list that an "or" closes is denied to its end; else a part of several words behind a comma is no part of the list.
    """
    if {"or", "nor"} & set(line.words[begin:stop]):
        return stop
    joints = sorted({place for place in commas if begin < place < stop} | {stop})
    return next((one for one, two in pairwise(joints) if two - one >= LONG_PART), stop)


def _negators(line: Line, grammar: Grammar, commas: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Return the spans of words that deny; "not only" and "not better" are none, nor is "cannot ... without"."""
    words = line.words
    pseudo = _places(grammar, line, "NOT_DENIED")
    cannot = _places(grammar, line, "CANNOT")
    taken = -1
    for first, end in grammar.spans(line, "NEGATORS"):
        if first < taken:
            continue
        taken = end
        near = min([end + 3, len(words), *(comma for comma in commas if comma >= end)])
        if any(place in pseudo for place in range(end, near)):
            continue
        if words[first] == "not" and first and words[first - 1] in {"could", "can"}:
            continue  # as "cannot", which denies only what a phrase says of it
        if words[first] == "without" and any(place in cannot for place in range(first - 2 * LOOK, first)):
            continue
        yield first, end


def _clause_end(place: int, starts: list[int], length: int) -> int:
    return min([start for start in starts if start > place], default=length)


def _doubts(sentence: Sentence, line: Line, starts: list[int], grammar: Grammar, scope: Scope) -> None:
    """A doubt reaches to the end of its clause; at the end of a clause it looks back; "would" looks both ways."""
    length = len(line.words)
    asks = sentence.end == "?" and bool(_places(grammar, line, "ASKING"))
    if asks:
        scope.doubted.update(range(length))
    for first, end in grammar.spans(line, "DOUBTS"):
        stop = _clause_end(first, starts, length)
        begin = max([start for start in starts if start <= first], default=0)
        if first == begin and end >= stop:  # "I have a limp, I think": it stands alone, and doubts what was before
            begin = max([start for start in starts if start < first], default=0)
        scope.doubted.update(range(begin, first) if end >= stop else range(end, stop))
    for first, end in grammar.spans(line, "HEDGED"):
        scope.doubted.update(range(first, end))
    harmless = _places(grammar, line, "NOT_WOULD")  # "I would say" is as good as "I say"
    for name, both in (("WOULD", True), ("FEARS", False)):
        for first, end in grammar.spans(line, name):
            if end in harmless:
                continue
            stop = _clause_end(first, starts, length)
            begin = max([start for start in starts if start <= first], default=0)
            scope.aside.update(range(begin if both else end, stop))
    for _, end in grammar.spans(line, "WORRIES"):
        scope.worried.update(range(end, _clause_end(end - 1, starts, length)))
    if "if" in line.words and _places(grammar, line, "WOULD"):
        scope.aside.update(range(length))


def _asked(line: Line, grammar: Grammar, scope: Scope) -> None:
    """Set aside what somebody asked about and was answered no; where a yes was said too, nobody knows to what."""
    no = [first for first, _ in grammar.spans(line, "ANSWERED_NO")]
    no += [first for first, end in grammar.spans(line, "SHORT_NO") if end == len(line.words)]
    yes = max((first for first, _ in grammar.spans(line, "ANSWERED_YES")), default=0)
    for _, end in grammar.spans(line, "ASKED"):
        if yes < end:
            scope.aside.update(range(end, max((place for place in no if place > end), default=end)))


def _asides(line: Line, starts: list[int], grammar: Grammar, scope: Scope, patient: str | None) -> None:
    """Set aside what other people had, and what was long ago or has healed (not what began long ago)."""
    length = len(line.words)
    reports = _places(grammar, line, "REPORTS")
    for first, end in grammar.spans(line, "RELATIVES"):
        about_patient = patient is not None and patient in line.words[first:end]
        if not about_patient and not any(place in reports for place in range(end, end + LOOK)):
            begin = max([start for start in starts if start <= first], default=0)
            with_before = {line.words[place] for place in range(begin, first)} & {"in", "by", "history", "like", "of"}
            scope.others.update(range(begin if with_before else first, _clause_end(first, starts, length)))
    _asked(line, grammar, scope)
    lasting = bool(_places(grammar, line, "LASTING"))
    harmless = _places(grammar, line, "NOT_LONG_AGO")  # who was "previously healthy" has a pain of now
    for first, _ in grammar.spans(line, "LONG_AGO"):
        if not lasting and first not in harmless:
            begin = max([start for start in starts if start <= first], default=0)
            stop = _clause_end(first, starts, length)
            # "but that was years ago" speaks of what was before it; what "used to ease" is there yet
            if stop - begin <= FEW and line.words[first] != "used":
                begin = max([start for start in starts if start < begin], default=begin)
            scope.aside.update(range(begin, stop))
    denied = {place for place, _ in grammar.spans(line, "NEGATORS")}
    passing = _places(grammar, line, "PASSING")
    of_body = {place for span in line.spans.get(LOW_BACK, {}).items() for place in range(span[0], max(span[1]))}
    came_back = bool(_places(grammar, line, "CAME_BACK") - of_body)
    for first, _ in grammar.spans(line, "HEALED"):
        back = first in passing or came_back
        if not back and not denied & set(range(first - LOOK, first)):
            scope.aside.update(range(first))
            scope.healed.update(range(first))
