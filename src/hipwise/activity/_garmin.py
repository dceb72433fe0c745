"""The list in a Garmin archive: summarizedActivities.json in centimetres and milliseconds, and the shoes beside it."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

from hipwise.activity._rows import Row
from hipwise.activity._sports import sport_of
from hipwise.activity._xml import text_of
from hipwise.errors import UnreadableFile
from hipwise.texts import say

__all__ = ["read_garmin", "read_garmin_gear"]

LIST: Final = '"summarizedActivitiesExport"'
MOST_ROWS: Final = 200_000
MOST_GEAR: Final = 10_000
CM, MS = 100.0, 1000.0
LAST_MS: Final = 4e12
"""In the year 2096."""

AMOUNTS: Final = {
    "distance": ("distance_m", CM),
    "duration": ("timer_s", MS),
    "elapsedDuration": ("elapsed_s", MS),
    "elevationGain": ("ascent_m", CM),
    "elevationLoss": ("descent_m", CM),
    "avgHr": ("heart_rate_bpm", 1.0),
}
"""Keys of the list: what each is, and how many of its units make one of ours."""


def read_garmin(data: bytes, file: str, gear: dict[str, str]) -> list[Row]:
    """Return the activities of the list, with the shoes that GEAR names by the number of the activity.

    Raises:
        UnreadableFile: no activity in it can be read.
    """
    rows = [_row(each, file, gear) for each in _entries(text_of(data), file)]
    if not rows:
        raise UnreadableFile("json_broken", where=file)
    return rows


def _entries(text: str, file: str) -> Iterator[dict[str, Any]]:
    """Yield the objects of the list one by one, up to its end or its first fault."""
    decoder = json.JSONDecoder()
    at = text.find("[", text.find(LIST)) + 1
    for _ in range(MOST_ROWS):
        at = _skip(text, at)
        if text[at : at + 1] != "{":
            return
        try:
            entry, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            return
        yield entry
    raise UnreadableFile("table_too_long", where=file, most=MOST_ROWS)


def _skip(text: str, at: int) -> int:
    while text[at : at + 1] in {" ", "\t", "\r", "\n", ","}:
        at += 1
    return at


def _row(entry: dict[str, Any], file: str, gear: dict[str, str]) -> Row:
    kind = entry.get("activityType")
    word = str(kind.get("typeKey", "") if isinstance(kind, dict) else kind or "")
    sport, sub_sport = sport_of(word)
    begun, local = _known(entry.get("beginTimestamp")), _known(entry.get("startTimeLocal"))
    begun = begun if math.isfinite(begun) else _known(entry.get("startTimeGmt"))
    totals = {name: _known(entry.get(key)) / unit for key, (name, unit) in AMOUNTS.items()}
    both, one, bike = (_known(entry.get(f"avg{each}Cadence")) for each in ("Double", "Run", "Bike"))
    totals["cadence_spm"] = both / 2 if math.isfinite(both) else one if math.isfinite(one) else bike
    named = str(entry.get("activityId", ""))
    on = f"{datetime.fromtimestamp(begun / MS, UTC):%Y-%m-%d %H:%M}" if _writable(begun) else named
    label = say("activity.entry", file=file, on=on)
    return Row(
        label=label,
        kind="garmin",
        said=json.dumps(entry, sort_keys=True),
        sport=sport,
        sub_sport=sub_sport,
        started_at_s=begun / MS if _writable(begun) else None,
        utc_offset_s=int((local - begun) / MS) if math.isfinite(local - begun) else None,
        totals=totals,
        name=entry["name"] if isinstance(entry.get("name"), str) else None,
        gear=gear.get(named),
        fault=None if _writable(begun) else UnreadableFile("row_no_date", where=label, said=str(begun)),
    )


def _known(value: object) -> float:
    return float(value) if isinstance(value, int | float) and abs(value) < 2**53 else math.nan


def _writable(milliseconds: float) -> bool:
    return math.isfinite(milliseconds) and 0 < milliseconds < LAST_MS


def read_garmin_gear(data: bytes) -> dict[str, str]:
    """Return the name of the shoes by the number of the activity; what is not understood is left out."""
    try:
        said = json.loads(text_of(data))
    except (ValueError, RecursionError):
        return {}
    found: dict[str, str] = {}
    for each in said if isinstance(said, list) else [said]:
        if isinstance(each, dict):
            found |= _worn(each)
    return found


def _worn(said: dict[str, Any]) -> dict[str, str]:
    names = {
        str(gear.get("gearPk")): gear.get("displayName") or gear.get("customMakeModel")
        for gear in _dicts(said.get("gearDTOS"))
    }
    worn = said.get("gearActivityDTOs")
    pairs = worn.items() if isinstance(worn, dict) else ()
    return {
        str(each.get("activityId")): name
        for key, runs in pairs
        for each in _dicts(runs)
        if isinstance(name := names.get(str(key)), str)
    }


def _dicts(value: object) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
