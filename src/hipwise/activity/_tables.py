"""Which list of activities a text is, by its first line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import Final

from hipwise.activity._xml import text_of

__all__ = ["column_of", "rows_of", "table_kind", "unit_in", "words_of"]

DELIMITERS: Final = ",;\t"
LEAST_STRAVA_COLUMNS: Final = 13
STRAVA_FILE: Final = re.compile(r"(?i)(^|[/\\])activities\.csv$")
STRAVA_PLACE: Final = re.compile(r"activities/[^,\"\n]+\.(fit|gpx|tcx)(\.gz)?")

NAMES: Final[dict[str, str]] = {
    "at": r"date|datum|day|start|started|started at|start time|start date|begin timestamp|timestamp|activity date|when",
    "clock": r"clock|start clock",
    "distance": r"distance|dist|distanz|strecke|length|km|kilometers|kilometres|miles|mi|meters|metres",
    "duration": r"duration|time|moving time|timer|elapsed|elapsed time|dauer|zeit|minutes|min|hours|seconds",
    "effort": r"effort|rpe|perceived effort|perceived exertion|borg",
    "heart_rate": r"(avg|average|mean)? ?(hr|heart rate|heartrate)",
    "name": r"name|title|titel|activity name|workout",
    "sport": r"sport|type|activity|activity type|sportart",
    "gear": r"gear|shoe|shoes|activity gear",
}
"""What the heads of columns are called, by what they mean; the first column that fits counts."""

UNITS: Final = re.compile(
    r"\b(km|kilometers|kilometres|mi|miles|m|meters|metres|min|minutes|s|sec|seconds|h|hours|bpm)\b"
)


def table_kind(kind: str, head: bytes, name: str) -> str:
    """Return what a file of KIND text or json with this HEAD and NAME is: strava, garmin, garmin_gear, csv, or KIND."""
    text = text_of(head)
    if kind == "json":
        if "summarizedActivitiesExport" in text:
            return "garmin"
        return "garmin_gear" if "gearDTOS" in text else kind
    columns = next(rows_of(text), [])
    if len(columns) >= LEAST_STRAVA_COLUMNS and ("Activity ID" in columns[0] or _is_strava(text, name)):
        return "strava"
    meant = {column_of(column) for column in columns}
    return "csv" if "at" in meant and meant & {"distance", "duration"} else kind


def _is_strava(text: str, name: str) -> bool:
    """A list in another language is known by its name and its many columns, or by the files that it names."""
    return bool(STRAVA_FILE.search(name) or STRAVA_PLACE.search(text))


def rows_of(text: str) -> Iterator[list[str]]:
    """Yield the rows of TEXT; what parts its columns is what the first line has most of. May raise csv.Error."""
    first = text[: text.find("\n")] if "\n" in text else text
    delimiter = max(DELIMITERS, key=first.count)
    yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def words_of(column: str) -> str:
    """Return the head of a column in small words: "Distance (km)" and "distance_km" are "distance km"."""
    return " ".join(re.findall(r"[^\W_]+", column.lower()))


def column_of(column: str) -> str | None:
    """Return what a column is, by its head; None where it says nothing that a run has."""
    words = words_of(column)
    bare = " ".join(UNITS.sub("", words).split()) or words
    return next((meaning for meaning, names in NAMES.items() if re.fullmatch(names, bare)), None)


def unit_in(column: str, units: Sequence[str]) -> str | None:
    """Return which of UNITS the head of a column names."""
    words = words_of(column).split()
    return next((unit for unit in units if unit in words), None)
