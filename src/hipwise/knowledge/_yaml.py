"""YAML that guesses nothing: null, true/false, integers, floats and text; nothing twice; every value knows its line."""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

import yaml

__all__ = ["Document", "YamlFault", "parse"]

Path = tuple[Hashable, ...]

_PLAIN = (
    (re.compile(r"null"), lambda _text: None),
    (re.compile(r"true|false"), lambda text: text == "true"),
    (re.compile(r"[-+]?(0|[1-9][0-9]*)"), int),
    (re.compile(r"[-+]?[0-9]+(\.[0-9]+([eE][-+]?[0-9]+)?|[eE][-+]?[0-9]+)"), float),
)
_TEXT = "tag:yaml.org,2002:str"
_MAP = "tag:yaml.org,2002:map"
_LIST = "tag:yaml.org,2002:seq"


@dataclass(frozen=True, slots=True)
class YamlFault:
    """A line that the strict reader refuses; KIND is a text id of the catalogue `knowledge`."""

    line: int
    kind: str
    shown: str


@dataclass(slots=True)
class Document:
    """A file's data, the line of each value by its path, and what was refused."""

    data: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    faults: list[YamlFault] = field(default_factory=list)

    def line(self, path: Path) -> int:
        """Return the line of the value at PATH, or of its nearest parent."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


class _Nodes(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Composes nodes and resolves nothing: 'no', dates and times stay text."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 (the loader's own way to switch guessing off)


def parse(text: str) -> Document:
    """Return the document in TEXT; what is wrong with it stands in its `faults`."""
    document = Document()
    try:
        root = _Nodes(text).get_single_node()
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark
        document.faults.append(YamlFault(mark.line + 1 if mark else 1, "no_yaml", str(problem.problem)))
        return document
    if root is not None:
        document.data = _value(root, (), document, set())
    return document


def _value(node: yaml.Node, path: Path, document: Document, seen: set[int]) -> Any:
    line = node.start_mark.line + 1
    document.lines[path] = line
    if id(node) in seen:
        document.faults.append(YamlFault(line, "alias", str(path[-1:])))
        return None
    seen.add(id(node))
    if node.tag not in {_TEXT, _MAP, _LIST}:
        document.faults.append(YamlFault(line, "tag", node.tag))
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, document, seen)
    if isinstance(node, yaml.SequenceNode):
        return [_value(each, (*path, place), document, seen) for place, each in enumerate(node.value)]
    return _scalar(str(node.value), plain=isinstance(node, yaml.ScalarNode) and not node.style)


def _mapping(node: yaml.MappingNode, path: Path, document: Document, seen: set[int]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        if key in found:
            document.faults.append(YamlFault(key_node.start_mark.line + 1, "twice", key))
        found[key] = _value(value_node, (*path, key), document, seen)
        document.lines[*path, key] = key_node.start_mark.line + 1
    return found


def _scalar(text: str, *, plain: bool) -> Any:
    if plain:
        for pattern, make in _PLAIN:
            if pattern.fullmatch(text):
                return make(text)
    return text
