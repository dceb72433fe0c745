r"""A small grammar of phrases, and the finding of all of them in a sentence at once.

A phrase is words with blanks between: `word`, `stem*`, `this|that`, `LIST` (a list of the lexicon), `maybe?` (may be
missing), `^` (up to three of "the my left right ..."), `..` (up to four words between), `...` (up to eight). A gap
never steps over the beginning of a new clause or a word like "eases", and `...` not over one like "when" either.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

__all__ = ["UNLIKE", "Element", "Grammar", "Hit", "Line", "Phrase", "is_unlike"]

SHORT_GAP, LONG_GAP, DETERMINERS = 4, 8, 3
UNLIKE = "unlike"
"""Instead of a state: the phrase looks as if it told the finding, and tells something else ("fell pregnant").

`unlike_hurts`: it looks as if it told this state.
"""
GAPS = {"..": SHORT_GAP, "...": LONG_GAP}


@dataclass(frozen=True, slots=True)
class Element:
    """One place of a phrase: words, stems and lists that may stand there; or a gap of up to GAP words."""

    words: frozenset[str] = frozenset()
    stems: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    optional: bool = False
    gap: int = 0
    only: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Elements in a row, and what they mean when they are found."""

    elements: tuple[Element, ...]
    meaning: tuple[str, ...]
    spelled: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: the words FIRST to LAST, those that it named (gaps are left out), and what it means."""

    first: int
    last: int
    named: tuple[int, ...]
    meaning: tuple[str, ...]


Members = tuple[tuple[Element, ...], ...]
"""The phrases of one list."""


@dataclass(slots=True)
class Line:
    """A sentence as the grammar sees it: words, where no gap may step over, and spans that were found before."""

    words: Sequence[str]
    walls: frozenset[int]
    halts: frozenset[int]
    turns: frozenset[int]
    spans: Mapping[str, Mapping[int, tuple[int, ...]]]
    memory: dict[tuple[str, int], tuple[int, ...]] = field(default_factory=dict)


class Grammar:
    """All phrases of a lexicon, found by the word that each begins with."""

    def __init__(self, lists: Mapping[str, Sequence[str]], special: frozenset[str]) -> None:
        """LISTS are spelled as phrases are; SPECIAL names the lists whose spans a `Line` brings along."""
        self._special = special
        self._spelled = lists
        self._lists: dict[str, tuple[tuple[Element, ...], ...]] = {}
        for name, words in lists.items():
            self._lists[name] = tuple(self._elements(word) for word in words)
        self._begin: dict[str, list[int]] = defaultdict(list)
        self._begin_stem: dict[str, list[int]] = defaultdict(list)
        self._begin_span: dict[str, list[int]] = defaultdict(list)
        self._phrases: list[Phrase] = []
        self._needs: list[tuple[int, ...]] = []
        self._needed: list[tuple[frozenset[str], tuple[str, ...], frozenset[str]]] = []
        self._need_of: dict[Element, int] = {}
        self._members: dict[str, tuple[dict[str, Members], Members]] = {}
        self._firsts: dict[str, tuple[frozenset[str], frozenset[str], frozenset[str]]] = {}

    def add(self, spelled: str, meaning: tuple[str, ...]) -> None:
        """Add a phrase.

        Raises:
            ValueError: it names a list that is not there, or begins with something that may be missing.
        """
        elements = self._elements(spelled)
        if not elements or elements[0].optional or elements[0].gap:
            raise ValueError(spelled)
        place = len(self._phrases)
        self._phrases.append(Phrase(elements, meaning, spelled))
        needs = (each for each in elements[1:] if not each.optional and not each.gap)
        self._needs.append(tuple(self._need(each) for each in needs))
        words, stems, spans = self._first_of(elements[0])
        for begin, names in ((self._begin, words), (self._begin_stem, stems), (self._begin_span, spans)):
            for name in names:
                begin[name].append(place)

    def _need(self, element: Element) -> int:
        """Return the number of what ELEMENT may begin with: words, stems, special lists."""
        if element not in self._need_of:
            words, stems, spans = self._first_of(element)
            self._need_of[element] = len(self._needed)
            self._needed.append((frozenset(words), tuple(stems), frozenset(spans)))
        return self._need_of[element]

    def _elements(self, spelled: str) -> tuple[Element, ...]:
        return tuple(self._element(part) for part in spelled.split())

    def _element(self, part: str) -> Element:
        if part in GAPS:
            return Element(gap=GAPS[part])
        if part in {"^", "^?"}:
            return Element(optional=True, only="^")
        optional = part.endswith("?")
        alternatives = part.removesuffix("?").split("|")
        lists = tuple(each for each in alternatives if each.isupper() and len(each) > 1)
        for name in lists:
            if name not in self._spelled and name not in self._special:
                raise ValueError(part)
        rest = [each for each in alternatives if each not in lists]
        stems = tuple(each[:-1] for each in rest if each.endswith("*"))
        return Element(frozenset(each for each in rest if not each.endswith("*")), stems, lists, optional)

    def _first_of(self, element: Element) -> tuple[set[str], set[str], set[str]]:
        words, stems, spans = set(element.words), set(element.stems), set[str]()
        for name in element.lists:
            if name in self._special:
                spans.add(name)
                continue
            if name not in self._firsts:
                found = [self._first_of(elements[0]) for elements in self._lists[name]]
                self._firsts[name] = (
                    frozenset().union(*(each[0] for each in found)),
                    frozenset().union(*(each[1] for each in found)),
                    frozenset().union(*(each[2] for each in found)),
                )
            more = self._firsts[name]
            words, stems, spans = words | more[0], stems | more[1], spans | more[2]
        return words, stems, spans

    def spans(self, line: Line, name: str) -> Iterator[tuple[int, int]]:
        """Return where LINE holds a member of the list NAME: first word, and the word after the last."""
        exact, loose = self._of(name)
        for place, word in enumerate(line.words):
            if loose or word in exact:
                for end in self._ends_of_list(line, name, place):
                    yield place, end

    def hits(self, line: Line) -> Iterator[Hit]:
        """Return every phrase found in LINE: for each beginning the shortest."""
        there: dict[int, bool] = {}
        for place, word in enumerate(line.words):
            candidates = set(self._begin.get(word, ()))
            for size in range(1, len(word) + 1):
                candidates.update(self._begin_stem.get(word[:size], ()))
            for name, starts in line.spans.items():
                if place in starts:
                    candidates.update(self._begin_span.get(name, ()))
            for each in sorted(candidates):
                if not all(self._is_there(line, need, there) for need in self._needs[each]):
                    continue
                phrase = self._phrases[each]
                named = self._match(line, phrase.elements, 0, place)
                if named is not None:
                    yield Hit(place, named[-1], named, phrase.meaning)

    def _is_there(self, line: Line, need: int, there: dict[int, bool]) -> bool:
        """Whether LINE holds a word that this place may begin with: a phrase that misses one need not be tried."""
        if need not in there:
            words, stems, spans = self._needed[need]
            there[need] = (
                not words.isdisjoint(line.words)
                or any(name in line.spans for name in spans)
                or bool(stems and any(word.startswith(stems) for word in line.words))
            )
        return there[need]

    def _match(self, line: Line, elements: Sequence[Element], at: int, place: int) -> tuple[int, ...] | None:
        """Return the words that ELEMENTS from AT on name if they stand at PLACE, or None."""
        if at == len(elements):
            return ()
        element = elements[at]
        if element.gap:
            for start in self._reach(line, place, element.gap):
                named = self._match(line, elements, at + 1, start)
                if named is not None:
                    return named
            return None
        for end in self._ends(line, element, place):
            named = self._match(line, elements, at + 1, end)
            if named is not None:
                return (*range(place, end), *named)
        return self._match(line, elements, at + 1, place) if element.optional else None

    @staticmethod
    def _reach(line: Line, place: int, gap: int) -> Iterator[int]:
        """Return the places that a gap from PLACE on may lead to."""
        for start in range(place, min(place + gap, len(line.words) - 1) + 1):
            if start in line.walls:
                return
            yield start
            if start in line.turns or (gap == LONG_GAP and start in line.halts):
                return

    def _ends(self, line: Line, element: Element, place: int) -> Iterator[int]:
        if place >= len(line.words):
            return
        if element.only:
            yield from self._determiners(line, place)
            return
        word = line.words[place]
        if word in element.words or (element.stems and word.startswith(element.stems)):
            yield place + 1
        for name in element.lists:
            yield from self._ends_of_list(line, name, place)

    def _determiners(self, line: Line, place: int) -> Iterator[int]:
        """Return the ends of up to three words like "the", the longest first."""
        words = self._lists["DETERMINERS"][0][0].words
        end = place
        while end < len(line.words) and end - place < DETERMINERS and line.words[end] in words:
            end += 1
        yield from range(end, place, -1)

    def _of(self, name: str) -> tuple[dict[str, Members], Members]:
        if name not in self._members:
            self._members[name] = _by_first_word(self._lists[name])
        return self._members[name]

    def _beginning(self, name: str, word: str) -> Iterator[tuple[Element, ...]]:
        """Return the members of a list that may begin with WORD (this is asked more often than anything else)."""
        exact, loose = self._of(name)
        yield from exact.get(word, ())
        for each in loose:
            if not each[0].stems or word.startswith(each[0].stems) or each[0].lists:
                yield each

    def _ends_of_list(self, line: Line, name: str, place: int) -> tuple[int, ...]:
        if name in self._special:
            return line.spans.get(name, {}).get(place, ())
        key = (name, place)
        if key not in line.memory:
            members = self._beginning(name, line.words[place])
            found = {named[-1] + 1 for elements in members if (named := self._match(line, elements, 0, place))}
            line.memory[key] = tuple(sorted(found, reverse=True))
        return line.memory[key]


def _by_first_word(members: Members) -> tuple[dict[str, Members], Members]:
    """Return members of a list by the word that they begin with, and those that begin with something looser."""
    exact: dict[str, Members] = {}
    for each in members:
        for word in each[0].words:
            exact[word] = (*exact.get(word, ()), each)
    return exact, tuple(each for each in members if each[0].stems or each[0].lists or not each[0].words)


def is_unlike(hit: Hit, unlike: Sequence[Hit]) -> bool:
    """Whether a hit is one that only looks as if it told its finding."""
    finding, state = hit.meaning[0], hit.meaning[-1]
    return state.startswith(UNLIKE) or any(
        each.meaning[0] == finding
        and each.first <= hit.last
        and hit.first <= each.last
        and each.meaning[1] in {UNLIKE, f"{UNLIKE}_{state}"}
        for each in unlike
    )
