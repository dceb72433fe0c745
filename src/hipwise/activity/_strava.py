"""The list in a Strava archive: activities.csv tells names, shoes, efforts, and runs that have no file.

Heads are in the language of the account and stand twice for some columns; new columns come every few months. So known
places are read: the first columns by their order, the others by their distance from the column of files.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Final
from unicodedata import normalize

from hipwise.activity._rows import Row, number
from hipwise.activity._sports import sport_of
from hipwise.activity._tables import STRAVA_PLACE, rows_of
from hipwise.activity._xml import text_of
from hipwise.errors import UnreadableFile
from hipwise.texts import say

__all__ = ["read_strava"]

MOST_ROWS: Final = 200_000
ORDER: Final = ("id", "at", "name", "type", "description", "elapsed", "km", "most_heart", "relative", "commute")
"""The first columns, in every language; then a private note (in newer exports), the gear and the file."""

AFTER_FILE: Final = {
    "elapsed_s": 3,
    "timer_s": 4,
    "distance_m": 5,
    "ascent_m": 9,
    "descent_m": 10,
    "cadence_spm": 17,
    "heart_rate_bpm": 19,
    "perceived_effort": 31,
}
"""How far behind the column of files each stands."""

SAME_HEAD: Final = {3: "elapsed", 5: "km", 25: "relative"}
"""Columns behind that bear the same head as one of the first: where they do, the order is the known one."""

ENGLISH: Final = {
    "Moving Time": "timer_s",
    "Elevation Gain": "ascent_m",
    "Elevation Loss": "descent_m",
    "Average Cadence": "cadence_spm",
    "Average Heart Rate": "heart_rate_bpm",
    "Perceived Exertion": "perceived_effort",
}
RUN_WORDS: Final = re.compile(r"(?i)^(lauf|traillauf|course|carrera|corsa|corrida|hardlo|trail|virtueller lauf)")
WALK_WORDS: Final = re.compile(r"(?i)^(spazier|gehen|marche|caminata|camminata|caminhada|wandel)")
RIDE_WORDS: Final = re.compile(r"(?i)^(rad|fahrrad|vélo|velo|sortie|ciclismo|bicicleta|pedalada|fiets)")

MONTHS: Final = tuple(
    names.split("|")
    for names in (
        "jan|ene|gen",
        "feb|fev",
        "mar|maa|mrz",
        "apr|avr|abr",
        "may|mai|mag|mei|maj",
        "jun|juin|giu",
        "jul|juil|lug",
        "aug|aou|ago",
        "sep|set",
        "oct|okt|ott|out",
        "nov",
        "dec|dez|dic",
    )
)
"""How the names of months begin, without accents, in the languages of Strava's exports."""

NAMED_MONTH: Final = re.compile(
    r"(?:(\d{1,2})\.?\s+(?:de\s+)?)?([^\W\d]{3,})\.?\s*(?:de\s+)?(?:(\d{1,2}),?\s+)?(\d{4})"
)
NUMBERS: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})\.(\d{1,2})\.(\d{4})")
CLOCK: Final = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?\s*([AaPp])?")


def read_strava(data: bytes, file: str) -> list[Row]:
    """Return the rows of activities.csv.

    Raises:
        UnreadableFile: it is no table that can be read.
    """
    rows: list[Row] = []
    try:
        lines = rows_of(text_of(data))
        heads = next(lines, [])
        columns = _columns(heads, data)
        for place, cells in enumerate(islice(lines, MOST_ROWS), 2):
            if any(cell.strip() for cell in cells):
                rows.append(_row(cells, columns, say("activity.row", file=file, row=place)))
    except csv.Error as fault:
        if not rows:
            raise UnreadableFile("table_broken", where=file, reason=str(fault)) from fault
    return rows


def _columns(heads: list[str], data: bytes) -> dict[str, int]:
    """Return where each column is that is wanted."""
    columns = {name: place for place, name in enumerate(ORDER) if place < len(heads)}
    file = _file_column(heads, data)
    columns |= {"gear": file - 1, "file": file}
    if all(file + step < len(heads) and heads[file + step] == heads[columns[name]] for step, name in SAME_HEAD.items()):
        columns |= {name: file + step for name, step in AFTER_FILE.items() if file + step < len(heads)}
        return columns
    columns |= {ENGLISH[head]: place for place, head in enumerate(heads) if head in ENGLISH}
    for name, like in (("elapsed_s", "elapsed"), ("distance_m", "km")):
        again = [place for place, head in enumerate(heads) if place > file and head == heads[columns[like]]]
        columns |= {name: again[0]} if again else {}
    return columns


def _file_column(heads: list[str], data: bytes) -> int:
    """Return which column names the files: by its head, else by what stands in it, else the usual one."""
    if "Filename" in heads:
        return heads.index("Filename")
    for cells in islice(rows_of(text_of(data)), 1, 1000):
        for place, cell in enumerate(cells):
            if STRAVA_PLACE.fullmatch(cell.strip()):
                return place
    return len(ORDER) + 2


def _row(cells: list[str], columns: dict[str, int], label: str) -> Row:
    def cell(name: str) -> str:
        place = columns.get(name, len(cells))
        return cells[place].strip() if place < len(cells) else ""

    at = _moment(cell("at"))
    sport, sub_sport = _sport(cell("type"))
    totals = {name: number(cell(name)) for name in AFTER_FILE}
    if not totals["distance_m"] >= 0:
        totals["distance_m"] = 1000 * number(cell("km"), "," if "," in cell("km") else ".")
    if not totals["elapsed_s"] >= 0:
        totals["elapsed_s"] = number(cell("elapsed"))
    fault = None if math.isfinite(at) else UnreadableFile("row_no_date", where=label, said=cell("at"))
    return Row(
        label=label,
        kind="strava",
        said="\0".join(cells),
        sport=sport,
        sub_sport=sub_sport,
        started_at_s=at if fault is None else None,
        totals=totals,
        name=cell("name") or None,
        gear=cell("gear") or None,
        place=cell("file") or None,
        fault=fault,
    )


def _sport(word: str) -> tuple[str, str | None]:
    for words, sport in ((RUN_WORDS, "running"), (WALK_WORDS, "walking"), (RIDE_WORDS, "cycling")):
        if words.search(word):
            return sport, None
    return sport_of(word)


def _moment(text: str) -> float:
    """Return the unix seconds of a date as Strava writes it (UTC, in the language of the account); NaN if unknown."""
    text = normalize("NFKC", text)
    day = next(iter(_days(text)), None)
    if day is None:
        return math.nan
    year, month, of_month = day
    hour, minute, second = _time(text)
    try:
        return datetime(year, month, of_month, hour, minute, second, tzinfo=UTC).timestamp()
    except ValueError:
        return math.nan


def _days(text: str) -> Iterator[tuple[int, int, int]]:
    for found in NUMBERS.finditer(text):
        year, month, day, *_ = found.groups() if found[1] else (found[6], found[5], found[4])
        yield int(year), int(month), int(day)
    for found in NAMED_MONTH.finditer(text):
        word = normalize("NFD", found[2].lower()).encode("ascii", "ignore").decode()
        month = next((place for place, names in enumerate(MONTHS, 1) if word.startswith(tuple(names))), 0)
        of_month = found[1] or found[3]
        if month and of_month:
            yield int(found[4]), month, int(of_month)


def _time(text: str) -> tuple[int, int, int]:
    clocks = [found for found in CLOCK.finditer(text) if ":" in found[0]]
    if not clocks:
        return 0, 0, 0
    hour, minute, second, half = clocks[-1].groups()
    if half:
        return int(hour) % 12 + (12 if half in "Pp" else 0), int(minute), int(second or 0)
    return int(hour), int(minute), int(second or 0)
