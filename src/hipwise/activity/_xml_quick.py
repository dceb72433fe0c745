"""XML of points, read fast where it is plain.

Almost all of such a file is points, one like the other. They are cut out and read column by column; the little that is
left (the skeleton) goes to the strict parser, which finds a mark where points stood. Whatever is not plain (a comment
in a point, a tag with attributes, a text that is no number, an unclosed end) sends the whole file to the strict parser.
The two ways agree on every well-formed file, if an element that stands in a point under two prefixes does so in one
order throughout.
"""

from __future__ import annotations

import re
from typing import Final

from hipwise.activity._xml import MARK, Document, Shape, Texts, Walk, columns_of, strict
from hipwise.errors import UnreadableFile

__all__ = ["parse"]

MOST_LETTERS: Final = 128 * 2**20
PREFIX: Final = r"(?:[\w.-]+:)?"


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
    first, *pieces = text.split("<" + opening[1])
    if text.count(shape.point) != 2 * len(pieces):
        return None
    parts = [piece.partition(f"</{opening[1]}>") for piece in pieces]
    bodies, between = [part[0] for part in parts], [part[2] for part in parts]
    skeleton, marks = _skeleton(first, between)
    if not all(part[1] for part in parts) or any(text.count(odd) != skeleton.count(odd) - marks[odd] for odd in marks):
        return None  # a comment, a section or an instruction in a point
    walk = Walk(shape, file)
    walk.go(skeleton, marks=True)
    if walk.cut or walk.read or walk.count != len(pieces):
        return None
    texts = _texts(text, bodies, shape)
    if texts is None:
        return None
    columns, understood = columns_of(texts, shape)
    return Document(walk.root, columns) if understood else None


def _skeleton(first: str, between: list[str]) -> tuple[str, dict[str, int]]:
    """Return the text without its points, FIRST what stands before them, BETWEEN what follows each.

    And how often the marks have a letter that may not stand in a point.
    """
    left, count = [first], 0
    for rest in between:
        count += 1
        if "<" in rest:
            left.append(f"<?{MARK} {count}?>{rest}")
            count = 0
    return "".join(left), {"!": 0, "?": 2 * (len(left) - 1)}


def _texts(text: str, bodies: list[str], shape: Shape) -> Texts | None:
    """Return what each attribute and each field says; None if one is there that is not plainly written.

    Plain steps of Python: to ask Polars costs a file of ten minutes more than the answer, and a long one as much.
    """
    openings = [body.partition(">")[0] for body in bodies] if shape.attributes else []
    texts = {name: _between(f' {name}="', '"', openings) for name in shape.attributes.values()}
    if any(None in said for said in texts.values()):
        return None
    for name in (name for name in shape.names if name not in texts):
        tag = _tag(name, bodies[0])
        there = tag is not None or _closes(name, text)
        tag = tag or (_tag(name, text) if there else None)
        texts[name] = _between(f"<{tag}>", f"</{tag}>", bodies) if tag else [None] * len(bodies)
        silent = zip(texts[name], bodies, strict=True) if there and None in texts[name] else ()
        if any(said is None and _closes(name, body) for said, body in silent):
            return None
    return texts


def _closes(name: str, text: str) -> bool:
    """Return whether a tag called NAME, with any prefix, closes in TEXT (one look for most of what is not there)."""
    return f"{name}>" in text and (f"/{name}>" in text or f":{name}>" in text)


def _tag(name: str, text: str) -> str | None:
    """Return NAME as the first tag without attributes has it, with its prefix."""
    found = re.search(f"<({PREFIX}{name})>", text)
    return found[1] if found else None


def _between(opening: str, closing: str, bodies: list[str]) -> list[str | None]:
    """Return what stands in each of BODIES after OPENING and up to CLOSING; None where nothing opens.

    Whatever is not plainly in between (a tag, a blank) is no number and no time, and thus not understood later.
    """
    return [rest.partition(closing)[0] if (rest := body.partition(opening)[2]) else None for body in bodies]
