"""Whom a text is about: how old, which sex, and whether somebody writes for a relative."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise

from hipwise.words._scope import Scope, Standing
from hipwise.words._text import Sentence
from hipwise.words._types import Proposal

__all__ = ["carry_others", "patient_of", "sex_of", "who_alone"]

YOUNGEST_Y, OLDEST_Y = 12, 95
"""A number that stands alone between commas is an age only between these."""

SEXES = {"f": "female", "m": "male"}

Kinds = Mapping[str, Sequence[str]]

OWN = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our"})
"""A clause with one of these tells of the writer, or of both."""

THEIRS = frozenset({"he", "him", "his", "himself", "she", "her", "hers", "herself", "they", "them", "their"})


def patient_of(sentences: Sequence[Sequence[str]], kinds: Kinds) -> str | None:
    """Return the relative ("wife") whom the text is about: named before anybody says "I", then told of as she or he."""
    words = [word for sentence in sentences for word in sentence]
    people = {*kinds["hers"], *kinds["his"], *kinds["theirs"]}
    first = next((place for place, word in enumerate(words) if word in people | {"i"}), None)
    if first is None or words[first] == "i" or not set(words[:first]) & {"my", "our"}:
        return None
    told = sum(word in {*kinds["female"], *kinds["male"]} for word in words)
    own = sum(word in OWN for word in words)
    near = words[first] not in kinds["theirs"]  # the "my" of "my wife" is not one's own; of friends people only tell
    return words[first] if told > own - near else None


def carry_others(
    told: Iterable[tuple[Sequence[str], Sequence[int], Scope]], bare: frozenset[str], kinds: Kinds
) -> None:
    """Let "my friend had a fracture. She could not walk" be the friend's to its end: the writer tells of a pain too.

    TOLD is words, beginnings of clauses and scope of each sentence. A clause that names the writer ends it; one that
    begins with a word of BARE ("and was on crutches") has the subject of the clause before it. A "he" is no sister.
    """
    theirs, subject = frozenset[str](), False
    for words, starts, scope in told:
        for first, end in pairwise([*starts, len(words)]):
            clause = set(words[first:end])
            if not scope.others.isdisjoint(range(first, end)):
                theirs, subject = _pronouns(clause, kinds), not clause & {"i", "we"}
            elif clause & OWN or (clause & THEIRS) - theirs:
                theirs, subject = frozenset(), False
            elif clause & theirs or (subject and first and set(words[first : first + 2]) <= bare):
                scope.others.update(range(first, end))
            else:
                subject = False


def _pronouns(clause: Collection[str], kinds: Kinds) -> frozenset[str]:
    """Return the words that may mean whom a CLAUSE names."""
    for people, not_theirs in (("hers", {"he", "him", "his", "himself"}), ("his", {"she", "her", "hers", "herself"})):
        if not set(kinds[people]).isdisjoint(clause):
            return THEIRS - not_theirs
    return THEIRS


def sex_of(
    sentences: Iterable[Sequence[str]], proposals: Iterable[Proposal], patient: str | None, kinds: Kinds
) -> str | None:
    """Return the sex that nobody named: of the relative, of what only one sex has, of "she" where nobody says "I"."""
    if patient in {*kinds["hers"], *kinds["his"]}:
        return "female" if patient in kinds["hers"] else "male"
    own = {each.finding for each in proposals if each.standing in {Standing.SAID, Standing.DENIED}}
    for sex in ("female", "male"):
        if own & set(kinds[f"only_{sex}"]):
            return sex
    words = [word for sentence in sentences for word in sentence]
    if patient is None and set(words) & {"i", "my", "we"}:
        return None
    counts = {sex: sum(word in kinds[sex] for word in words) for sex in ("female", "male")}
    most = max(counts, key=lambda sex: counts[sex])
    return most if counts[most] > min(counts.values()) else None


def who_alone(sentences: Sequence[Sentence]) -> tuple[int | None, str | None]:
    """Return age and sex as they stand alone in the first sentences: "Mr H, 34, came", "45M runner", "66 years. I"."""
    for sentence in sentences[:2]:
        words = [each.text for each in sentence.words]
        if sentence is sentences[0] and words[1:2] in (["years"], ["yrs"]) and {2} & {*sentence.commas, len(words)}:
            return _age_y(words[0]), None
        for place in sorted({0, *sentence.commas} - {len(words)}):
            follows = words[place + 1] if place + 1 < len(words) else ""
            alone = place > 0 and place + 1 in {*sentence.commas, len(words)}
            age_y = _age_y(words[place])
            if age_y is not None and (alone or follows in SEXES):
                return age_y, None if alone else SEXES[follows]
    return None, None


def _age_y(word: str) -> int | None:
    """Return the age that a WORD can be; a row of digits without end is none."""
    if not word.isdecimal() or len(word) > len(str(OLDEST_Y)):
        return None
    return int(word) if YOUNGEST_Y <= int(word) <= OLDEST_Y else None
