"""XML of points, read strictly: what stands around them becomes nodes, they become columns.

No entity is ever expanded (a file that declares one is refused) and no name space is asked for: exporters invent and
forget prefixes, and local names are enough.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, TypeAlias
from xml.parsers import expat

import numpy as np
import polars as pl

from hipwise.activity._moments import moments_of
from hipwise.activity._totals import Column
from hipwise.errors import UnreadableFile

__all__ = ["MARK", "Document", "Node", "Shape", "Texts", "Walk", "columns_of", "root_name", "strict", "text_of"]

Texts: TypeAlias = dict[str, list[str | None]]
"""What points say, by the local name of the attribute or the field; None where one does not say it."""

MOST_NODES: Final = 100_000
MOST_DEPTH: Final = 200

HEAD: Final = 512
BLANKS: Final = "\ufeff \t\r\n"
BYTE_ORDERS: Final = (b"\xff\xfe", b"\xfe\xff")
DECLARED: Final = re.compile(rb"""\s*<\?xml[^>]*?encoding\s*=\s*["'](iso-8859-\d+|windows-125\d)["']""", re.IGNORECASE)
CONTROLS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
ROOT: Final = re.compile(r"(?is)(?>\s+|<\?.*?\?>|<!--.*?-->)*+<(?:!DOCTYPE\s+)?(?:[\w.-]+:)?([\w.-]+)")

MARK: Final = "points"
"""A processing instruction that says how many points were cut out of the text where it stands."""


def text_of(data: bytes) -> str:
    """Return DATA as text without blanks before it: UTF-8, UTF-16 or the one-byte encoding that it declares."""
    if data.startswith(BYTE_ORDERS):
        return data.decode("utf-16", "replace").lstrip(BLANKS)
    declared = DECLARED.match(data[:HEAD])
    return data.decode(declared[1].decode() if declared else "utf-8", "replace").lstrip(BLANKS)


def root_name(text: str) -> str:
    """Return the name of the outermost element of an XML text (or of its document type), "" where it is not seen."""
    found = ROOT.match(text)
    return found[1] if found else ""


@dataclass(frozen=True, slots=True)
class Shape:
    """What to look for, by local names.

    An element that is a POINT, its ATTRIBUTES by column, its FIELDS by column (elements in it, best first; that of
    "at" is a time), and which elements around points are KEPT as nodes.
    """

    point: str
    attributes: dict[str, str]
    fields: dict[str, tuple[str, ...]]
    kept: frozenset[str]

    @property
    def sources(self) -> dict[str, tuple[str, ...]]:
        """The names of attributes and fields by column."""
        return {**{name: (attribute,) for name, attribute in self.attributes.items()}, **self.fields}

    @property
    def names(self) -> list[str]:
        """All names of attributes and fields."""
        return [name for names in self.sources.values() for name in names]


@dataclass(slots=True)
class Node:
    """An element that is no point; SPANS are the rows [from, to) of the points that stand directly in it."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    text: str = ""
    children: list[Node] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)

    def below(self, *names: str) -> Iterator[Node]:
        """Yield the nodes of these NAMES below this one, in the order of the file."""
        for child in self.children:
            if child.name in names:
                yield child
            yield from child.below(*names)

    def said(self, name: str) -> str:
        """Return the text of the first child called NAME that has any."""
        return next((child.text for child in self.children if child.name == name and child.text), "")

    def number(self, *path: str) -> float:
        """Return the number in the first child along PATH, or NaN."""
        node = self
        for name in path:
            node = next((child for child in node.children if child.name == name), Node(""))
        try:
            return float(node.text)
        except ValueError:
            return math.nan


@dataclass(slots=True)
class Document:
    """What was read: nodes below ROOT, the COLUMNS of all points, whether the text was CUT before its end.

    Columns are those of the shape and "zone_s", seconds that the times say they are ahead of UTC; NaN is not known.
    """

    root: Node
    columns: dict[str, Column]
    cut: bool = False


def strict(text: str, shape: Shape, file: str) -> Document:
    """Read TEXT point by point, up to its end or to the first fault.

    Raises:
        UnreadableFile: no element can be read, there are far too many, or an entity is declared.
    """
    walk = Walk(shape, file)
    walk.go(CONTROLS.sub("", text))
    if not walk.root.children:
        raise UnreadableFile("xml_broken", where=file)
    columns, _ = columns_of(walk.texts, shape)
    return Document(walk.root, columns, walk.cut)


def columns_of(texts: Texts, shape: Shape) -> tuple[dict[str, Column], bool]:
    """Return the columns that TEXTS (by local name) say, and whether each text that is there could be understood."""
    (time,) = shape.fields["at"]
    columns: dict[str, Column] = {}
    columns["at"], columns["zone_s"] = moments_of(texts[time])
    understood = np.count_nonzero(np.isnan(columns["at"])) == texts[time].count(None)
    for column, names in shape.sources.items():
        for name in names if column != "at" else ():
            values, all_understood = _numbers(texts[name])
            understood &= all_understood
            best = columns.setdefault(column, values)
            columns[column] = best if best is values else np.where(np.isnan(best), values, best)
    return columns, bool(understood)


def _numbers(texts: list[str | None]) -> tuple[Column, bool]:
    """Return the numbers that TEXTS are, NaN where one is none, and whether each that is there is one."""
    if texts.count(None) == len(texts):
        return np.full(len(texts), np.nan), True
    said = pl.Series(texts, dtype=pl.String)
    numbers = said.cast(pl.Float64, strict=False)
    if numbers.null_count() > said.null_count():
        numbers = said.str.strip_chars().cast(pl.Float64, strict=False)
    return numbers.to_numpy(), numbers.null_count() == said.null_count()


class Walk:
    """One walk through an XML text: ROOT holds the nodes, TEXTS what the points say, COUNT how many there are.

    READ is how many of them stood in the text; the others were told by a MARK.
    """

    def __init__(self, shape: Shape, file: str) -> None:
        self.root = Node("")
        self.texts: Texts = {name: [] for name in shape.names}
        self.count = self.read = 0
        self.cut = False
        self._shape, self._file = shape, file
        self._nodes = [self.root]
        self._open: list[Node | dict[str, str] | None] = []
        self._point: dict[str, str] | None = None
        self._text = ""
        self._made = 0

    def go(self, text: str, *, marks: bool = False) -> None:
        """Read TEXT up to its end or its first fault; MARKS says that it may have some."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._say
        parser.EntityDeclHandler = self._refuse
        if marks:
            parser.ProcessingInstructionHandler = self._mark
        try:
            parser.Parse(text, True)
        except expat.ExpatError:
            self.cut = bool(self._open)

    def _refuse(self, *_: object) -> None:
        raise UnreadableFile("xml_entities", where=self._file)

    def _mark(self, target: str, data: str) -> None:
        if target == MARK and data.isdecimal() and len(data) <= len(str(2**31)):
            self._stand(int(data))

    def _say(self, text: str) -> None:
        self._text += text

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._text = ""
        local = name.rpartition(":")[2]
        opened: Node | dict[str, str] | None = None
        if self._point is None and local == self._shape.point:
            opened = self._point = {each: attributes[each] for each in self.texts if each in attributes}
        elif self._point is None and local in self._shape.kept:
            opened = self._node(local, attributes)
        self._open.append(opened)

    def _node(self, name: str, attributes: dict[str, str]) -> Node:
        node = Node(name, attributes)
        self._made += 1
        if self._made > MOST_NODES or len(self._nodes) > MOST_DEPTH:
            raise UnreadableFile("xml_too_many", where=self._file, most=MOST_NODES)
        self._nodes[-1].children.append(node)
        self._nodes.append(node)
        return node

    def _end(self, name: str) -> None:
        opened, text, self._text = self._open.pop(), self._text.strip(), ""
        if isinstance(opened, Node):
            opened.text = "" if opened.children or opened.spans else text
            self._nodes.pop()
        elif opened is not None:
            self._finish_point(opened)
        elif self._point is not None and text:
            self._point.setdefault(name.rpartition(":")[2], text)

    def _finish_point(self, point: dict[str, str]) -> None:
        for name, values in self.texts.items():
            values.append(point.get(name))
        self._point = None
        self.read += 1
        self._stand(1)

    def _stand(self, count: int) -> None:
        """Note that COUNT more points stand in the innermost node."""
        spans, begin = self._nodes[-1].spans, self.count
        self.count += count
        if spans and spans[-1][1] == begin:
            begin = spans.pop()[0]
        spans.append((begin, self.count))
