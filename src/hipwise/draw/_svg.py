"""The one writer of SVG: elements as values, text out; the same picture for page, file and paper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

__all__ = ["Element", "Node", "element", "picture", "render"]

NAMESPACE = "http://www.w3.org/2000/svg"
FORBIDDEN = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
PLACES = 2
"""Digits after the point: a hundredth of a pixel is less than anybody sees."""


@dataclass(frozen=True, slots=True)
class Element:
    """One element; CHILDREN are elements and plain text, which is escaped when it is written."""

    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: tuple[Node, ...] = ()

    def __str__(self) -> str:
        return render(self)


Node = Element | str


def element(name: str, *children: Node, **attributes: str | float | None) -> Element:
    """Return an element; `stroke_width=2` becomes `stroke-width="2"`, `class_` is `class`, None is left out."""
    named = {_attribute(key): _value(value) for key, value in attributes.items() if value is not None}
    return Element(name, named, children)


def picture(
    width: float, height: float, title: str, description: str, children: Iterable[Node], *, style: str = ""
) -> Element:
    """Return a whole picture of WIDTH times HEIGHT that grows with its frame, and says what it shows.

    TITLE and DESCRIPTION are what a screen reader speaks. STYLE is a sheet of rules that hold in this picture.
    """
    rules = (element("style", style),) if style else ()
    spoken = (element("title", title), element("desc", description))
    attributes = {"xmlns": NAMESPACE, "viewBox": f"0 0 {_number(width)} {_number(height)}", "role": "img"}
    return Element("svg", attributes, (*spoken, *rules, *children))


def render(node: Node) -> str:
    """Return NODE as text; whatever stands in it, the result is well-formed."""
    if isinstance(node, str):
        return escape(_clean(node))
    attributes = "".join(f" {key}={quoteattr(_clean(value))}" for key, value in node.attributes.items())
    if not node.children:
        return f"<{node.name}{attributes}/>"
    return f"<{node.name}{attributes}>{''.join(render(each) for each in node.children)}</{node.name}>"


def _attribute(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def _value(value: str | float) -> str:
    return value if isinstance(value, str) else _number(value)


def _number(value: float) -> str:
    """Return VALUE as short as it can be written: 3 and not 3.0, never -0."""
    return f"{round(value, PLACES) + 0.0:.{PLACES}f}".rstrip("0").rstrip(".")


def _clean(text: str) -> str:
    """Leave out what XML forbids."""
    return FORBIDDEN.sub("", text)
