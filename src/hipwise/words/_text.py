"""A text becomes sentences of plain words, each of which knows where it stood."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

__all__ = ["Sentence", "Word", "sentences"]

_PIECE = re.compile(
    r"(?P<number>\d+(?:[.,:]\d+)?)|(?P<short>\b(?:[bB]/[lL]|[cC]/[oO]|[oO]/[eE]|[sS]/[pP]|[wW]/[oO]?|[nN]/[tT])(?!\w))"
    r"|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)|(?P<end>[.;:!?\n\u2022]+)"
    r"|(?P<aside>[()\[\]]|\s-{1,2}\s|[\u2013\u2014])|(?P<soft>,)|(?P<slash>/|%)|(?P<degree>\u00b0)|(?P<hash>#(?!\d))|(?P<sign>[+-]ve\b)"
)
_QUOTES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "`": "'", "\u00a0": " ", "\u00bd": " half"})
_SHORT_POINT = re.compile(r"(?<=\d)\.(?=\d)|(?<=\b[A-Za-z])\.(?=[A-Za-z]\b)|(?<=\bDr)\.|(?<=\bvs)\.|(?<=\be\.g)\.")
_SHORT = {
    **dict.fromkeys(("cos", "coz", "cuz", "bc"), "because"),
    **dict.fromkeys(("nite", "nt"), "night"),
    **dict.fromkeys(("grion", "groine", "groyne"), "groin"),
    **dict.fromkeys(("swolen", "swollon"), "swollen"),
    **dict.fromkeys(("limpping", "limbing"), "limping"),
    "nites": "nights",
    "wt": "weight",
    "tho": "though",
    "thru": "through",
    "b4": "before",
    "bout": "about",
    "buttok": "buttock",
    "buttox": "buttocks",
    "tigh": "thigh",
    "thight": "thigh",
    "stres": "stress",
    "fractur": "fracture",
    "runing": "running",
    "runnin": "running",
    "walkin": "walking",
    "sittin": "sitting",
    "painfull": "painful",
    "hury": "hurt",
    "hurst": "hurts",
    "acheing": "aching",
    "achy": "achy",
    "wich": "which",
    "untill": "until",
    "abt": "about",
}
"""What is often written short or wrong."""

_PARTS = {
    **dict.fromkeys(("can't", "cannot", "cant", "couldn't", "couldnt"), ("cannot",)),
    **dict.fromkeys(("won't", "wont"), ("will", "not")),
    **dict.fromkeys(("ain't", "aint"), ("is", "not")),
    "shan't": ("will", "not"),
    "gonna": ("going", "to"),
    "wanna": ("want", "to"),
    "lol": (),
    "#": ("fracture",),
    **{short: (full,) for short, full in _SHORT.items()},
    **dict.fromkeys(("wb", "wbing"), ("weight", "bearing")),
    "nwb": ("non", "weight", "bearing"),
    "sob": ("short", "of", "breath"),
    "dob": (),
    **dict.fromkeys(("hx", "pmh", "pmhx", "pmx"), ("history",)),
    **dict.fromkeys(("fx", "fxs"), ("fracture",)),
    **dict.fromkeys(("bsi", "bsis"), ("stress", "fracture")),
    **dict.fromkeys(("xr", "xrs"), ("xray",)),
    **dict.fromkeys(("dx", "dxd"), ("diagnosed",)),
    **dict.fromkeys(("tx", "rx"), ("treatment",)),
    **dict.fromkeys(("sx", "sxs"), ("symptoms",)),
    "ttp": ("tender", "to", "palpation"),
    "lbp": ("low", "back", "pain"),
    "rom": ("range", "of", "motion"),
    "ir": ("internal", "rotation"),
    "gt": ("greater", "trochanter"),
    "oa": ("osteoarthritis",),
    "yo": ("year", "old"),
    "b/l": ("bilateral",),
    "c/o": ("complains", "of"),
    "o/e": ("on", "examination"),
    "s/p": ("after",),
    "w/": ("with",),
    "w/o": ("without",),
    "n/t": ("numbness", "tingling"),
    "+ve": ("positive",),
    "-ve": ("negative",),
}
_ENDINGS = {"n't": "not", "'ve": "have", "'m": "am", "'re": "are", "'ll": "will", "'d": "would", "'s": "is"}
_BARE = {
    f"{verb}nt": verb
    for verb in ("do", "does", "did", "is", "was", "are", "were", "has", "have", "had", "would", "should")
}
_HAD = frozenset(
    {
        *("been", "had", "done", "gone", "lost", "felt", "got", "gotten", "torn", "broken", "fallen", "wet"),
        *("hurt", "put", "come", "become", "begun", "taken", "woken", "run", "worn", "seen", "heard", "told"),
        *("found", "left", "kept", "slept", "thrown", "shaken", "swollen", "already", "just", "never"),
    }
)
"""Before one of these, or a word on "ed", the "'d" of "I'd" is "had": what was so is not what would be."""

HEADING = 3
"""A heading has no more words; what is longer before a colon is a sentence of its own."""

ANSWERS = frozenset(
    {"no", "none", "nil", "negative", "denied", "absent", "never", "normal", "yes", "positive", "clear"}
)
"""One of these behind a colon answers what stands before it, and is no matter of its own."""

LONGEST_SENTENCE = 150
"""Nobody writes more words without a stop; a text that does is parted, so that it cannot cost minutes."""

_POSSESSIVE_OWNERS = frozenset({"it", "that", "there", "he", "she", "what", "who", "here", "nothing", "everything"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word in small letters, and where it stands in the text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words up to a full stop or its like; COMMAS are the places before which a comma stood; END is what ended it.

    The first HEAD words stood before a colon, as a heading.
    """

    words: tuple[Word, ...]
    commas: frozenset[int]
    end: str
    head: int = 0

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return where the words FIRST to LAST (with it) stand in the text."""
        return self.words[first].start, self.words[last].end


def sentences(text: str) -> list[Sentence]:
    """Return the sentences of TEXT; brackets and dashes part them too."""
    plain = _SHORT_POINT.sub(lambda point: "." if point.string[point.start() - 1].isdigit() else " ", text)
    plain = plain.translate(_QUOTES) if len(plain.translate(_QUOTES)) == len(text) else plain
    found: list[Sentence] = []
    words: list[Word] = []
    commas: set[int] = set()
    for piece in _PIECE.finditer(plain):
        kind = piece.lastgroup
        if kind in {"end", "aside"} or len(words) >= LONGEST_SENTENCE:
            if words:
                found.append(Sentence(tuple(words), frozenset(commas), piece[0].strip()[:1]))
            words, commas = [], set()
        if kind == "soft":
            commas.add(len(words))
        elif kind not in {"end", "aside"}:
            parts = [Word(each, piece.start(), piece.end()) for each in _split(piece[0].lower())]
            if words and parts and _is_had(words[-1], plain) and (parts[0].text in _HAD or parts[0].text[-2:] == "ed"):
                words[-1] = replace(words[-1], text="had")
            words.extend(parts)
    if words:
        found.append(Sentence(tuple(words), frozenset(commas), ""))
    return _headed(found)


def _is_had(word: Word, text: str) -> bool:
    """Whether a WORD of TEXT is a "'d" that may be "had" as well as "would"."""
    return word.text == "would" and text[word.end - 2 : word.end] == "'d"


def _headed(parts: list[Sentence]) -> list[Sentence]:
    """Join a short heading to what stands behind its colon: "Worse: stairs", "Night: wakes twice"."""
    found: list[Sentence] = []
    for each in parts:
        before = found[-1] if found else None
        answers = len(each.words) == 1 and each.words[0].text in ANSWERS
        if before is None or before.end != ":" or len(before.words) > HEADING or answers:
            found.append(each)
            continue
        size = len(before.words)
        found[-1] = Sentence(
            before.words + each.words, before.commas | {place + size for place in each.commas}, each.end, size
        )
    return found


def _split(word: str) -> tuple[str, ...]:
    """Return a word as plain words: "doesn't" is "does", "not"; "mother's" is "mother"."""
    if word in _PARTS:
        return _PARTS[word]
    if word in _BARE:
        return (_BARE[word], "not")
    for ending, meant in _ENDINGS.items():
        stem = word.removesuffix(ending)
        if stem != word and stem:
            possessive = ending == "'s" and stem not in _POSSESSIVE_OWNERS
            return (stem,) if possessive else (stem, meant)
    return (word.replace("'", ""),)
