"""A plain table of runs: a line each, with a date, and how far or how long. Heads say the units; none is guessed."""

from __future__ import annotations

import csv
import math
import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby, islice
from typing import Final

from hipwise.activity._apple_records import LENGTHS
from hipwise.activity._places import FASTEST_MPS
from hipwise.activity._rows import Row, clock_s, number
from hipwise.activity._run import NO_TIME_OF_DAY, Note
from hipwise.activity._sports import sport_of
from hipwise.activity._tables import column_of, rows_of, unit_in
from hipwise.activity._totals import FARTHEST_M, LONGEST_RUN_S
from hipwise.activity._xml import text_of
from hipwise.errors import UnreadableFile
from hipwise.texts import say

__all__ = ["read_csv"]

MOST_ROWS: Final = 200_000
NOON_S: Final = 12 * 3600.0

DISTANCES: Final = LENGTHS | {
    "kilometers": 1000.0,
    "kilometres": 1000.0,
    "miles": LENGTHS["mi"],
    "meters": 1.0,
    "metres": 1.0,
}
DURATIONS: Final = {"s": 1.0, "sec": 1.0, "seconds": 1.0, "min": 60.0, "minutes": 60.0, "h": 3600.0, "hours": 3600.0}
MOST_EFFORT: Final = 10.0

ISO: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?.*")
PARTS: Final = re.compile(r"(\d{1,2})([./-])(\d{1,2})[./-](\d{4})(?:,?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?)?")
MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class _Table:
    """Where each column is, the unit of the two amounts (None: not said), and whether days come before months."""

    columns: dict[str, int]
    distance: float | None
    duration: float | None
    day_first: bool | None
    comma: str
    heads: list[str]

    def cell(self, cells: list[str], name: str) -> str:
        place = self.columns.get(name, len(cells))
        return cells[place].strip() if place < len(cells) else ""


def read_csv(data: bytes, file: str) -> list[Row]:
    """Return a row for each line; one that cannot be read bears its fault, and the others go on.

    Raises:
        UnreadableFile: it is no table, or its heads do not say the unit of a distance or a duration.
    """
    text = text_of(data)
    try:
        lines = [(place, cells) for place, cells in enumerate(islice(rows_of(text), MOST_ROWS), 1)]
    except csv.Error as fault:
        raise UnreadableFile("table_broken", where=file, reason=str(fault)) from fault
    filled = [(place, cells) for place, cells in lines[1:] if any(cell.strip() for cell in cells)]
    if not filled:
        raise UnreadableFile("table_empty", where=file)
    table = _table(lines[0][1], [cells for _, cells in filled], file)
    rows = []
    for _, lines_of_day in groupby(filled, key=lambda line: table.cell(line[1], "at")):
        seen: Counter[tuple[str, ...]] = Counter()  # what stands again after other days was pasted twice
        for place, cells in lines_of_day:
            rows.append(_row(table, cells, say("activity.line", file=file, line=place), seen[(*cells,)]))
            seen[(*cells,)] += 1
    return rows


def _table(heads: list[str], lines: list[list[str]], file: str) -> _Table:
    columns: dict[str, int] = {}
    for place, head in enumerate(heads):
        meaning = column_of(head)
        if meaning is not None:
            columns.setdefault(meaning, place)
    comma = "," if any(re.fullmatch(r"\d+,\d{1,2}", cell.strip()) for cells in lines for cell in cells) else "."
    distance = _unit(heads, columns.get("distance"), DISTANCES, lines, file, "km")
    duration = _unit(heads, columns.get("duration"), DURATIONS, lines, file, "min", ":")
    days = [cells[columns["at"]] for cells in lines if columns["at"] < len(cells)]
    return _Table(columns, distance, duration, _day_first(days), comma, heads)


def _unit(
    heads: list[str],
    place: int | None,
    units: dict[str, float],
    lines: list[list[str]],
    file: str,
    example: str,
    own: str | None = None,
) -> float | None:
    """Return the factor of the unit that a head names; None where each cell says it itself, by OWN."""
    if place is None:
        return None
    unit = unit_in(heads[place], tuple(units))
    cells = [cells[place].strip() for cells in lines if place < len(cells)]
    if unit is None and any(cell and not (own and own in cell) for cell in cells):
        raise UnreadableFile(
            "table_no_unit", where=file, column=heads[place].strip(), example=example, units=", ".join(units)
        )
    return None if unit is None else units[unit]


def _day_first(days: list[str]) -> bool | None:
    """Return whether 3/4/2030 is in April: as one day of the column shows; with points it always is. None: unknown."""
    found = [match for match in map(PARTS.match, (day.strip() for day in days)) if match]
    if any(match[2] == "." or int(match[1]) > MONTHS for match in found):
        return True
    return False if any(int(match[3]) > MONTHS for match in found) else None


def _row(table: _Table, cells: list[str], label: str, before: int) -> Row:
    """Return what a line says; BEFORE lines say the same: without an hour it is another run, to work and back."""
    at, timed = _moment(table, table.cell(cells, "at"), table.cell(cells, "clock"))
    distance, duration = table.cell(cells, "distance"), table.cell(cells, "duration")
    clock = clock_s(duration)
    totals = {
        "distance_m": number(distance, table.comma) * (table.distance or math.nan),
        "timer_s": clock if ":" in duration else number(duration, table.comma) * (table.duration or math.nan),
        "heart_rate_bpm": number(table.cell(cells, "heart_rate"), table.comma),
        "perceived_effort": number(table.cell(cells, "effort"), table.comma),
    }
    sport, sub_sport = sport_of(table.cell(cells, "sport") or "running")
    return Row(
        label=label,
        kind="csv",
        said="\0".join([*cells, *([] if timed or not before else [str(before)])]),
        sport=sport,
        sub_sport=sub_sport,
        started_at_s=at if math.isfinite(at) else None,
        totals=totals | {"elapsed_s": totals["timer_s"]},
        name=table.cell(cells, "name") or None,
        gear=table.cell(cells, "gear") or None,
        notes=[] if timed else [Note(NO_TIME_OF_DAY)],
        fault=_fault(table, cells, label, at, totals),
    )


def _fault(table: _Table, cells: list[str], label: str, at: float, totals: dict[str, float]) -> UnreadableFile | None:
    if not math.isfinite(at):
        text = "row_day_or_month" if PARTS.match(table.cell(cells, "at")) else "row_no_date"
        return UnreadableFile(text, where=label, said=table.cell(cells, "at"))
    for name, column in (("distance_m", "distance"), ("timer_s", "duration")):
        said = table.cell(cells, column)
        if said and not totals[name] >= 0:
            return UnreadableFile("row_no_number", where=label, said=said, column=table.heads[table.columns[column]])
    metres, seconds = totals["distance_m"], totals["timer_s"]
    if not (metres > 0 or seconds > 0):
        return UnreadableFile("row_nothing", where=label)
    if totals["perceived_effort"] > MOST_EFFORT or totals["perceived_effort"] < 0:
        return UnreadableFile("row_effort", where=label, said=table.cell(cells, "effort"))
    return _too_much(metres, seconds, label)


def _too_much(metres: float, seconds: float, label: str) -> UnreadableFile | None:
    """Tell what nothing does; what no runner does is judged later, when it is plain that it was a run."""
    if metres > FASTEST_MPS * seconds > 0:
        return UnreadableFile("row_too_fast", where=label, kmh=metres / seconds * 3.6)
    much = metres > FARTHEST_M[False] or seconds > LONGEST_RUN_S
    return UnreadableFile("row_too_much", where=label) if much else None


def _moment(table: _Table, day: str, clock: str) -> tuple[float, bool]:
    """Return unix seconds of a local time (as if in UTC: the day is right), and whether the time of day is said."""
    if iso := ISO.fullmatch(day):
        year, month, of_month, *time = iso.groups()
    elif (parts := PARTS.fullmatch(day)) and table.day_first is not None:
        one, _, two, year, *time = parts.groups()
        of_month, month = (one, two) if table.day_first else (two, one)
    else:
        return math.nan, False
    if not any(time) and ":" in clock:
        time = [*clock.split(":"), "0"][:3]
    try:
        hour, minute, second = (int(each or 0) for each in time)
        at = datetime(int(year), int(month), int(of_month), hour, minute, second, tzinfo=UTC).timestamp()
    except ValueError:
        return math.nan, False
    return (at, True) if any(time) else (at + NOON_S, False)
