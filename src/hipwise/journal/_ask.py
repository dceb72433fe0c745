"""Which cited answers fit a question: words weigh as much as they are rare; too little in common is no answer."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from hipwise.knowledge import Grade, Knowledge
from hipwise.texts import say
from hipwise.words import Proposal, Reading, Standing

__all__ = ["Found", "Heard", "hear", "search"]

WORD = re.compile(r"[a-z0-9]+")
SPOKEN = re.compile(r"[a-z0-9']+")
CURLY, STRAIGHT = "\u2019", "'"
NO_PLACE = "pain_unlocalised"
ENDINGS = ("ings", "ing", "ness", "ies", "ed", "es", "er", "s", "y", "e")
STEM = 3
"""No fewer letters than this are left of a word."""


@dataclass(frozen=True, slots=True)
class AskLimits:
    """What a search needs of `parameters/ask.yaml`."""

    enough: float
    in_title: float
    most: float


@dataclass(frozen=True, slots=True)
class Found:
    """An answer: its QUESTION, what it SAYS, who says so and how strongly, and its SHARE of the question's words."""

    id: str
    question: str
    says: str
    sources: tuple[str, ...]
    grade: Grade
    share: float


@dataclass(frozen=True, slots=True)
class Heard:
    """The phrases of a question that can raise the alarm: ALARMING of the asker, MENTIONED without saying whose."""

    alarming: tuple[str, ...]
    mentioned: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """All that can be found, each with the words of its title and of its text; and how rare each word is."""

    entries: tuple[tuple[Found, frozenset[str], frozenset[str]], ...]
    rarity: dict[str, float]

    def rare(self, word: str) -> float:
        """Return the weight of a WORD; one that stands nowhere weighs the most."""
        return self.rarity.get(word, math.log(1 + len(self.entries)))


def search(question: str, knowledge: Knowledge) -> tuple[Found, ...]:
    """Return what fits a QUESTION, the best first; nothing where no entry has enough of its words."""
    limits, book = knowledge.constants(AskLimits, "ask"), _book(knowledge)
    asked = {word: book.rare(word) for word in _words(question)}
    whole = sum(asked.values())
    if not whole:
        return ()
    found = []
    for entry, title, text in book.entries:
        inside = sum(weight for word, weight in asked.items() if word in title)
        beside = sum(weight for word, weight in asked.items() if word in text and word not in title)
        share = (inside + beside / limits.in_title) / whole
        if share >= limits.enough:
            found.append(Found(entry.id, entry.question, entry.says, entry.sources, entry.grade, round(share, 3)))
    return tuple(sorted(found, key=lambda each: -each.share))[: int(limits.most)]


def hear(question: str, reading: Reading, knowledge: Knowledge) -> Heard:
    """Tell the signs of an asker from what a QUESTION only mentions; READING is what its words propose.

    A question mentions if it begins as one, nothing in it speaks of the asker's own hip or of a grave pain, and it
    either has the words of a question of the book, or names no more than pain in the hip. All else is a sign.
    """
    signs = tuple(each for each in reading.proposals if each.alarming and each.standing is not Standing.DENIED)
    phrases = tuple(dict.fromkeys(each.phrase for each in signs))
    if not phrases or _of_asker(question) or not _asks_calmly(question):
        return Heard(phrases, ())
    asked = _words(question)
    of_book = any(asked == _words(each.question) for each in knowledge.advice.answers.values())
    if of_book or all(map(_merely, signs)):
        return Heard((), phrases)
    return Heard(phrases, ())


def _of_asker(question: str) -> bool:
    """Whether a QUESTION speaks of somebody's own hip: "my", or an "I" that tells ("I limp") and does not ask."""
    spoken = SPOKEN.findall(question.lower().replace(CURLY, STRAIGHT))
    asks = set(say("journal.ask_may").split())
    tells = any(word == "i" and before not in asks for before, word in pairwise(["", *spoken]))
    return tells or bool(set(spoken) & set(say("journal.ask_self").split()))


def _asks_calmly(question: str) -> bool:
    """Whether a QUESTION begins as one, and has no word that makes a pain grave."""
    words = WORD.findall(question.lower())
    grave = set(words) & set(say("journal.ask_grave").split())
    return words[0] in say("journal.ask_opens").split() and not grave


def _merely(sign: Proposal) -> bool:
    """Whether a SIGN is pain in the hip with no place."""
    words = set(WORD.findall(sign.phrase.lower()))
    return sign.finding == NO_PLACE and words <= set(say("journal.ask_merely").split())


@lru_cache(maxsize=2)
def _book(knowledge: Knowledge) -> Book:
    entries = tuple((each, _words(each.question), _words(each.says)) for each in _all(knowledge))
    seen = Counter(word for _, title, text in entries for word in title | text)
    return Book(entries, {word: math.log(1 + len(entries) / (1 + count)) for word, count in seen.items()})


def _all(knowledge: Knowledge) -> Iterable[Found]:
    advice = knowledge.advice
    for each in advice.answers.values():
        yield Found(each.id, each.question, each.answer, each.sources, each.grade, 0)
    for topic in advice.topics.values():
        if topic.only_if is None:
            sources = tuple(dict.fromkeys(source for claim in topic.claims for source in claim.sources))
            yield Found(topic.id, topic.name, topic.says, sources, topic.claims[0].grade, 0)


def _words(text: str) -> frozenset[str]:
    small = say("journal.small_words").split()
    return frozenset(_stem(word) for word in WORD.findall(text.lower()) if word not in small)


def _stem(word: str) -> str:
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= STEM:
            return word.removesuffix(ending)
    return word
