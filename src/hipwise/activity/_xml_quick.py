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

import numpy as np
import polars as pl

from hipwise.activity._xml import MARK, Document, Shape, Walk, columns_of, strict
from hipwise.errors import UnreadableFile

__all__ = ["parse"]

MOST_LETTERS: Final = 128 * 2**20
PREFIX: Final = r"(?:[\w.-]+:)?"
ODD: Final = ("<!", "<?")


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
    bodies, between = pl.Series(pieces).str.split_exact(f"</{opening[1]}>", 1).struct.unnest().get_columns()
    if between.null_count():
        return None
    walk = Walk(shape, file)
    walk.go(_skeleton(first, between), marks=True)
    if walk.cut or walk.read or walk.count != len(pieces):
        return None
    texts = _texts(text, bodies, shape)
    if texts is None:
        return None
    columns, understood = columns_of(texts, shape)
    return Document(walk.root, columns) if understood else None


def _skeleton(first: str, between: pl.Series) -> str:
    """Return the text without its points: FIRST is what stands before them, BETWEEN what follows each."""
    breaks = between.str.contains("<", literal=True).arg_true()
    counts = np.diff(breaks.to_numpy().astype(np.int64) + 1, prepend=0).tolist()
    return first + "".join(
        f"<?{MARK} {count}?>{rest}" for count, rest in zip(counts, between.gather(breaks).to_list(), strict=True)
    )


def _texts(text: str, bodies: pl.Series, shape: Shape) -> pl.DataFrame | None:
    """Return what each attribute and each field says; None if one is there that is not plainly written."""
    body, opening = pl.col("body"), pl.col("opening")
    wanted = {name: opening.str.extract(rf'\s{name}="([^"]*)"') for name in shape.attributes.values()}
    odd = [*(body.str.contains(each, literal=True) for each in ODD), *(pl.col(name).is_null() for name in wanted)]
    fields = [name for name in shape.names if name not in wanted]
    there = _there(bodies, fields)
    for name in fields:
        tag = re.search(f"<({PREFIX}{name})>", text) if name in there else None
        if name in there and not tag:
            return None
        wanted[name] = body.str.extract(rf"<{re.escape(tag[1])}>\s*([^<\s][^<]*)</") if tag else pl.lit(None, pl.String)
        if tag:
            odd.append(pl.col(name).is_null() & body.str.contains(f"[:/]{name}>"))
    frame = pl.DataFrame({"body": bodies, "opening": bodies.str.split_exact(">", 1).struct.field("field_0")})
    frame = frame.with_columns(**wanted)
    return None if frame.select(pl.any_horizontal(odd).any()).item() else frame.select(shape.names)


def _there(bodies: pl.Series, names: list[str]) -> list[str]:
    """Return which of the NAMES close a tag in some point; most do in the first, or nowhere."""
    first = bodies[0]
    rare = [name for name in names if not re.search(f"[:/]{name}>", first)]
    if rare and bodies.str.contains(f"[:/](?:{'|'.join(rare)})>").any():
        rare = [name for name in rare if not bodies.str.contains(f"[:/]{name}>").any()]
    return [name for name in names if name not in rare]
