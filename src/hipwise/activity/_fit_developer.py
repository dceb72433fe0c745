"""Developer fields: columns that an app on the watch (Stryd and others) adds, and describes in the file itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from hipwise.activity._fit_columns import Table
from hipwise.activity._fit_definition import BASES
from hipwise.activity._fit_profile import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hipwise.activity._arrays import Column
    from hipwise.activity._fit_columns import Group, Places
    from hipwise.activity._fit_definition import DeveloperField
    from hipwise.activity._fit_frame import Part

__all__ = ["add_developer_columns"]

MOST_DESCRIPTIONS = 1_000
MOST_COLUMNS = 64
LONGEST_NAME = 40
SHORT_ID = 8

INDEX, NUMBER, BASE, NAME, SCALE, OFFSET, UNIT = 0, 1, 2, 3, 6, 7, 8
APPLICATION, DEVELOPER_INDEX = 1, 3


class Description(NamedTuple):
    """What a description says, from POSITION on, of the field (DEVELOPER, NUMBER); APPLICATION is the app in hex."""

    position: int
    developer: int
    number: int
    base: int
    scale: float
    offset: float
    name: str
    unit: str
    application: str

    @property
    def column(self) -> str:
        """The name of the column: two apps, or two fields of one app, never share it."""
        slug = re.sub(r"[^a-z0-9]+", "_", self.name.lower()).strip("_")[:LONGEST_NAME]
        application = self.application[:SHORT_ID] or f"index{self.developer}"
        return f"dev_{application}_{self.number}_{slug or 'unnamed'}"

    @property
    def source(self) -> str:
        """Where the column comes from, for people: name, unit, app."""
        return f"{self.name or self.number} [{self.unit}] {self.application}".strip()


def add_developer_columns(part: Part, table: Table, columns: dict[str, Column], sources: dict[str, str]) -> bool:
    """Add the developer fields of TABLE to COLUMNS and SOURCES; return whether some could not be read.

    A description holds from where it stands; messages before the first one are read by the first one.
    """
    all_known = True
    described = _descriptions(part) if any(group.definition.developer for group in table.groups) else {}
    for group in table.groups:
        for field in group.definition.developer:
            known = described.get((field.developer, field.number), [])
            all_known &= bool(known) and _add(group, field, known, columns, sources)
    return not all_known


def _add(
    group: Group, field: DeveloperField, known: list[Description], columns: dict[str, Column], sources: dict[str, str]
) -> bool:
    readable = True
    for said, which in _in_force(group, known):
        base = BASES.get(said.base)
        if base is None or base.size != field.size or (said.column not in columns and len(columns) >= MOST_COLUMNS):
            readable = False
            continue
        values = group.values(field.offset, base)[which] / said.scale - said.offset
        column = columns.setdefault(said.column, np.full(len(columns["at"]), np.nan))
        column[which if isinstance(group.rows, slice) else group.rows[which]] = values
        sources[said.column] = said.source
    return readable


def _in_force(group: Group, known: list[Description]) -> Iterator[tuple[Description, Places | slice]]:
    """Yield each description with the messages of GROUP (by their place in it) for which it is the last before."""
    if len(known) == 1:
        yield known[0], slice(None)
        return
    since = np.array([each.position for each in known])
    which = np.maximum(np.searchsorted(since, group.positions, "right") - 1, 0)
    for index, said in enumerate(known):
        mine = np.flatnonzero(which == index)
        if len(mine):
            yield said, mine


def _descriptions(part: Part) -> dict[tuple[int, int], list[Description]]:
    """Return the descriptions of each field (developer's index, number), in the order of the file."""
    table = Table(part, Message.FIELD_DESCRIPTION, MOST_DESCRIPTIONS)
    applications = _applications(part)
    found: dict[tuple[int, int], list[Description]] = {}
    names, units = table.texts(NAME), table.texts(UNIT)
    numbers = np.nan_to_num(
        np.column_stack([table.numbers(each) for each in (INDEX, NUMBER, BASE, SCALE, OFFSET)]), nan=-1.0
    ).astype(np.int64)
    for position, (index, number, base, scale, offset), name, unit in zip(
        table.positions.tolist(), numbers.tolist(), names, units, strict=True
    ):
        application = _valid_at(applications.get(index, []), position)
        factor, shift = (scale, offset) if scale > 0 else (1, 0)
        described = Description(position, index, number, base, factor, max(shift, 0), name, unit, application)
        before = found.setdefault((index, number), [])
        if not before or before[-1]._replace(position=position) != described:
            before.append(described)
    return found


def _applications(part: Part) -> dict[int, list[tuple[int, str]]]:
    """Return for each developer's index from where which application holds it."""
    table = Table(part, Message.DEVELOPER, MOST_DESCRIPTIONS)
    found: dict[int, list[tuple[int, str]]] = {}
    indices = np.nan_to_num(table.numbers(DEVELOPER_INDEX), nan=-1.0).astype(np.int64).tolist()
    for position, index, application in zip(
        table.positions.tolist(), indices, table.bytes_of(APPLICATION), strict=True
    ):
        known = application if application.strip(b"\xff") else b""
        found.setdefault(index, []).append((position, known.hex()))
    return found


def _valid_at(known: list[tuple[int, str]], position: int) -> str:
    before = [application for since, application in known if since < position]
    return before[-1] if before else next((application for _, application in known), "")
