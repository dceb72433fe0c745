"""XML of points, read fast where it is plain.

Almost all of such a file is points, one like the other. The one that says most becomes a pattern in which every element
may be missing; where the pattern fits each point from its first letter to its last, it has cut out all that they say.
The little that is left (the skeleton) goes to the strict parser, which finds a mark where points stood. Whatever is not
plain (a comment in a point, an attribute that is not always the same, another order, a text that is no number, an
unclosed end) sends the whole file to the strict parser. The two ways agree on every well-formed file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from operator import methodcaller
from typing import Final

from hipwise.activity._xml import MARK, Document, Shape, Texts, Walk, columns_of, strict
from hipwise.errors import UnreadableFile

__all__ = ["parse"]

MOST_LETTERS: Final = 128 * 2**20
PREFIX: Final = r"(?:[\w.-]+:)?"

MOST_LETTERS_A_POINT: Final = 4096
MOST_PARTS_A_POINT: Final = 64

WINDOW: Final = 2**13
WINDOWS: Final = 16
"""The fullest point is looked for in so many letters, at so many places all over the file."""

BLANKS: Final = r"[ \t\r\n]*+"
ATTRIBUTE: Final = re.compile(r'[ \t\r\n]+([\w.:-]+)="([^"<&]*)"')
ATTRIBUTES: Final = re.compile(rf"(?:{ATTRIBUTE.pattern})*+{BLANKS}")
PART: Final = re.compile(r"<(?P<closes>/?)(?P<name>[\w.:-]+)(?P<attributes>[^<>]*?)(?P<empty>/?)>(?P<text>[^<]*)")


def parse(text: str, shape: Shape, file: str) -> Document:
    """Read the points of TEXT and what stands around them.

    Raises:
        UnreadableFile: it is too large, declares an entity, or no element of it can be read.
    """
    if len(text) > MOST_LETTERS:
        raise UnreadableFile("too_large", where=file, most=MOST_LETTERS // 2**20)
    return _quick(text, shape, file) or strict(text, shape, file)


def _quick(text: str, shape: Shape, file: str) -> Document | None:
    """Read a plain text; return None where it is not plain."""
    opening = re.search(f"<({PREFIX}{shape.point})[\\s>]", text)
    if not opening:
        return None
    name = opening[1]
    pattern = _pattern(name, _fullest(text, name), shape)
    found = [] if pattern is None else re.findall(pattern.text, text)
    if pattern is None or len(found) != text.count("<" + name):
        return None
    *columns, between = zip(*found, strict=True)
    walk = Walk(shape, file)
    walk.go(_skeleton(text[: opening.start()], between), marks=True)
    if walk.cut or walk.read or walk.count != len(found):
        return None
    document, understood = columns_of(_texts(columns, pattern.names, shape), shape)
    return Document(walk.root, document) if understood else None


def _fullest(text: str, name: str) -> str:
    """Return the longest of the points that are looked at, from behind its NAME to before its end; "" if none ends."""
    begins = range(0, len(text), max(WINDOW, len(text) // WINDOWS))
    pieces = [piece for begin in begins for piece in text[begin : begin + WINDOW].split("<" + name)[1:]]
    ends = list(map(methodcaller("find", f"</{name}>"), pieces))
    longest = max(ends, default=-1)
    return pieces[ends.index(longest)][:longest] if longest > 0 else ""


def _skeleton(first: str, between: tuple[str, ...]) -> str:
    """Return the text without its points, FIRST what stands before them, BETWEEN what follows each."""
    left, count = [first], 0
    for rest in between:
        count += 1
        if rest and not rest.isspace():
            left.append(f"<?{MARK} {count}?>{rest}")
            count = 0
    return "".join(left)


def _texts(columns: list[tuple[str, ...]], names: list[str], shape: Shape) -> Texts:
    """Return what each attribute and each field says; of two parts with one name the first that says something."""
    texts: Texts = {}
    for name, said in zip(names, columns, strict=True):
        mine: list[str | None] = [each or None for each in said] if "" in said else list(said)
        before = texts.get(name)
        texts[name] = mine if before is None else [a or b for a, b in zip(before, mine, strict=True)]
    nothing: list[str | None] = [None] * len(columns[0])
    return {name: texts.get(name, nothing) for name in shape.names}


@dataclass(slots=True)
class _Pattern:
    """A pattern that fits a point and what follows it; NAMES are those of its groups but the last, in their order."""

    text: str
    names: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)


def _pattern(name: str, point: str, shape: Shape) -> _Pattern | None:
    """Make the pattern of points called NAME from one POINT; None if that is not plain or says nothing."""
    attributes, closed, body = point.partition(">")
    blanks = re.match(BLANKS, body)
    if not closed or blanks is None or len(point) > MOST_LETTERS_A_POINT or not ATTRIBUTES.fullmatch(attributes):
        return None
    said = [attribute[1] for attribute in ATTRIBUTE.finditer(attributes)]
    wanted = set(shape.names)
    pattern = _Pattern(f"<{re.escape(name)}", [each for each in said if each in wanted])
    for each in said:
        group = '([^"<&]*+)' if each in wanted else '[^"<&]*+'
        pattern.text += f'[ \\t\\r\\n]++{re.escape(each)}="{group}"'
    pattern.text += f"{BLANKS}>{BLANKS}"
    if len(said) != len(set(said)) or not _add_parts(pattern, body[blanks.end() :], wanted) or not pattern.names:
        return None
    pattern.text += rf"</{re.escape(name)}>([^<]*+(?><(?!{re.escape(name)})[^<]*+)*+)"
    return pattern


def _add_parts(pattern: _Pattern, body: str, wanted: set[str]) -> bool:
    """Add the elements of BODY, each of which may be missing; return False if they are not plain."""
    parts = list(PART.finditer(body))
    if len(parts) > MOST_PARTS_A_POINT or sum(len(part[0]) for part in parts) != len(body):
        return False
    for part, following in pairwise([*parts, None]):
        assert part is not None  # noqa: S101 (only the last is none, and nothing follows it)
        leaf = following is not None and following["closes"] and not part["closes"] and not part["empty"]
        if not _add(pattern, part, wanted, leaf=bool(leaf)):
            return False
    return not pattern.open


def _add(pattern: _Pattern, part: re.Match[str], wanted: set[str], *, leaf: bool) -> bool:
    """Add one tag and the text behind it; a LEAF may hold text, all else only blanks."""
    name, attributes = part["name"], part["attributes"]
    if not (leaf or not part["text"].strip()) or not ATTRIBUTES.fullmatch(attributes):
        return False
    if part["closes"]:
        opened = pattern.open.pop() if pattern.open else ""
        pattern.text += f"</{re.escape(name)}>{BLANKS})?+"
        return opened == name and not attributes and not part["empty"]
    pattern.text += f"(?><{re.escape(name + attributes)}"
    if part["empty"]:
        pattern.text += f"/>{BLANKS})?+"
        return True
    pattern.open.append(name)
    local = name.rpartition(":")[2]
    is_said = leaf and local in wanted
    pattern.names += [local] if is_said else []
    pattern.text += ">" + (("([^<&]*+)" if is_said else "[^<&]*+") if leaf else BLANKS)
    return True
