"""Apple Health exports: workouts with what the watch measured in them become runs, one by one.

The text is read once, window by window, however large it is, and never as XML: its document type is broken in some
years, no entity is looked at, and only three kinds of elements matter.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape
from typing import Final
from zoneinfo import ZoneInfo

import polars as pl

from hipwise.activity._apple_records import LENGTHS, Record, Records
from hipwise.activity._apple_samples import places_of, samples_of
from hipwise.activity._clean import Raw, finish
from hipwise.activity._container import BROKEN, Stream
from hipwise.activity._moments import moment, moments
from hipwise.activity._run import Note, Origin, Run
from hipwise.activity._sports import sport_of
from hipwise.activity._totals import LONGEST_RUN_S
from hipwise.errors import UnreadableFile

__all__ = ["Health", "Workout", "read_health", "run_of"]

WINDOW: Final = 8 * 2**20
MOST_ELEMENT: Final = 4 * 2**20
"""A workout of many hours has some kilobytes; one that is not closed by then is left out."""

MOST_WORKOUTS: Final = 100_000
OPENING, CLOSING = b"<Workout ", b"</Workout>"
OPENING_LEG, CLOSING_LEG = "<WorkoutActivity", "</WorkoutActivity>"
OPENING_RECORD = b"<Record "
END: Final = b"</HealthData>"
TAGS: Final = re.compile(r"<(\w+)((?:\s+[\w:]+=\"[^\"]*\")*)\s*/?>")
ATTRIBUTE: Final = re.compile(r"([\w:]+)=\"([^\"]*)\"")
ASCENDED: Final = re.compile(r"([\d.]{1,12}) (\w+)")
LONGEST_NAME: Final = 80
SECONDS: Final = {"min": 60.0, "hr": 3600.0, "h": 3600.0, "s": 1.0, "sec": 1.0}
DISTANCES: Final = ("DistanceWalkingRunning", "DistanceCycling", "DistanceSwimming")
STOPS: Final = {"HKWorkoutEventTypePause": True, "HKWorkoutEventTypeResume": False}
MOTION_STOPS: Final = {"HKWorkoutEventTypeMotionPaused": True, "HKWorkoutEventTypeMotionResumed": False}


@dataclass(slots=True)
class Workout:
    """A workout as the export tells it: ATTRIBUTES, STATISTICS by type, METADATA, EVENTS (type, date), ROUTES."""

    sha256: str
    attributes: dict[str, str]
    statistics: dict[str, dict[str, str]] = field(default_factory=dict)
    metadata: dict[str, str] = field(default_factory=dict)
    events: list[tuple[str, float]] = field(default_factory=list)
    routes: list[str] = field(default_factory=list)

    @property
    def start_s(self) -> float:
        """When it began, unix seconds; NaN where it does not say."""
        return moment(self.attributes.get("startDate", ""))

    @property
    def end_s(self) -> float:
        """When it ended."""
        return moment(self.attributes.get("endDate", ""))


@dataclass(frozen=True, slots=True)
class Health:
    """What was measured, by column; SOURCES numbers the names of devices and apps; CUT: it breaks off."""

    columns: dict[str, Record]
    sources: dict[str, int]
    cut: bool = False


def read_health(stream: Stream, file: str) -> tuple[list[Workout], Health]:
    """Read an export once: its workouts in order of the file, and all that was measured.

    Raises:
        UnreadableFile: there are more workouts than anybody does.
    """
    workouts: list[Workout] = []
    records = Records()
    last = b""
    for window in _windows(stream):
        last = window or last
        if OPENING_RECORD in window:
            records.take(window)
        workouts += [_workout(found) for found in _elements(window)]
        if len(workouts) > MOST_WORKOUTS:
            raise UnreadableFile("health_too_many", where=file, most=MOST_WORKOUTS)
    return workouts, Health(dict(records.columns()), records.sources, cut=END not in last)


def _windows(stream: Stream) -> Iterator[bytes]:
    """Yield the text in pieces that end before an element that may go on behind them."""
    rest = b""
    with suppress(*BROKEN), ThreadPoolExecutor(max_workers=1) as reader:  # of a damaged archive, what comes before
        coming = reader.submit(stream.read, WINDOW)  # unpacking one window while another is looked at
        while chunk := coming.result():
            coming = reader.submit(stream.read, WINDOW)
            text = rest + chunk
            cut = _cut(text)
            yield text[:cut]
            rest = text[cut:]
    yield rest


def _cut(text: bytes) -> int:
    workout = text.rfind(OPENING)
    end = _end_of(text, workout, text.rfind(CLOSING)) if workout >= 0 else 0
    at = workout if end < 0 else max(end, text.rfind(b"<"))
    return at if at >= 0 and len(text) - at <= MOST_ELEMENT else len(text)


def _elements(text: bytes) -> Iterator[bytes]:
    """Yield each workout of TEXT, from its tag to its end; one that is not closed before the next is left out."""
    begin, closing = text.find(OPENING), -1
    while begin >= 0:
        if closing < begin:
            closing = text.find(CLOSING, begin) if closing != len(text) else closing
            closing = len(text) if closing < 0 else closing
        following = text.find(OPENING, begin + 1)
        end = _end_of(text, begin, closing if closing < len(text) else -1)
        if end >= 0 and (following < 0 or end <= following) and end - begin <= MOST_ELEMENT:
            yield text[begin:end]
        begin = following


def _end_of(text: bytes, begin: int, closing: int) -> int:
    """Return where the workout ends that begins at BEGIN, if the next closing tag is at CLOSING; -1 if it does not."""
    tag = text.find(b">", begin, begin + MOST_ELEMENT)
    if tag >= 0 and text[tag - 1 : tag] == b"/":
        return tag + 1
    return closing + len(CLOSING) if closing > begin else -1


def _workout(text: bytes) -> Workout:
    words = _without_legs(text.decode("utf-8", "replace"))
    tags = [(name, _attributes(said)) for name, said in TAGS.findall(words)]
    workout = Workout(hashlib.sha256(text).hexdigest(), tags[0][1] if tags else {})
    for name, said in tags[1:]:
        if name == "WorkoutStatistics":
            workout.statistics.setdefault(said.get("type", "").removeprefix("HKQuantityTypeIdentifier"), said)
        elif name == "MetadataEntry":
            workout.metadata.setdefault(said.get("key", ""), said.get("value", ""))
        elif name == "WorkoutEvent":
            workout.events.append((said.get("type", ""), moment(said.get("date", ""))))
        elif name == "FileReference":
            workout.routes.append(said.get("path", ""))
    return workout


def _without_legs(words: str) -> str:
    """Return WORDS without intervals and legs, which say again what the workout says."""
    kept, at = [], 0
    while (begin := words.find(OPENING_LEG, at)) >= 0 and (end := words.find(CLOSING_LEG, begin)) >= 0:
        tag = words.find(">", begin)
        closed = words[tag - 1] == "/"
        kept.append(words[at : tag + 1 if closed else begin])
        at = tag + 1 if closed else end + len(CLOSING_LEG)
    return "".join([*kept, words[at:]])


def _attributes(said: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in ATTRIBUTE.findall(said)}


def run_of(workout: Workout, records: Health, file: str, route: bytes | None) -> Run:
    """Make the run of a WORKOUT from what was measured in it, and from the ROUTE (a GPX) that belongs to it.

    Raises:
        UnreadableFile: it does not say when it was.
    """
    source = records.sources.get(workout.attributes.get("sourceName", ""), -1)
    start_s, end_s = workout.start_s, workout.end_s
    if not (math.isfinite(start_s) and math.isfinite(end_s) and 0 <= end_s - start_s < LONGEST_RUN_S):
        raise UnreadableFile("no_time", where=file)
    mine = {name: record.between(start_s, end_s).of(source) for name, record in records.columns.items()}
    effort = mine.pop("perceived_effort", None)
    places = places_of(route, file)
    sport, sub_sport = _sport(workout)
    notes = [Note("activity.route_lost")] if workout.routes and not places else []
    notes += [Note("activity.health_cut")] if records.cut else []
    offset_s = _offset(workout, start_s)
    if offset_s is None and (offset_s := _offset_of_phone(workout)) is not None:
        notes.append(Note("activity.zone_of_phone"))
    return finish(
        Raw(
            kind="apple",
            sport=sport,
            sub_sport=sub_sport,
            columns=samples_of(mine, places),
            origin=Origin(file, "apple", workout.sha256, maker="apple", product=_product(workout)),
            started_at_s=start_s,
            utc_offset_s=offset_s,
            pauses=_pauses(workout),
            totals=_totals(workout, effort),
            cadence_one_foot=False,
            notes=notes,
        )
    )


def _sport(workout: Workout) -> tuple[str, str | None]:
    word = workout.attributes.get("workoutActivityType", "").removeprefix("HKWorkoutActivityType")
    sport, sub_sport = ("training", None) if "Training" in word else sport_of(word)
    if sport == "running" and workout.metadata.get("HKIndoorWorkout") == "1":
        sub_sport = "treadmill"
    return sport, sub_sport


def _product(workout: Workout) -> str | None:
    return workout.attributes.get("sourceName", "").replace("\u00a0", " ")[:LONGEST_NAME] or None


def _offset(workout: Workout, start_s: float) -> int | None:
    """Return how far local time was ahead of UTC, by the zone in which the workout was."""
    try:
        zone = ZoneInfo(workout.metadata["HKTimeZone"])
        offset = datetime.fromtimestamp(start_s, zone).utcoffset()
    except (KeyError, OSError, ValueError, OverflowError):  # not said, or a zone that this machine does not know
        return None
    return None if offset is None else int(offset.total_seconds())


def _offset_of_phone(workout: Workout) -> int | None:
    """Return the zone in which the phone was when it wrote the export: all its dates are told in it."""
    _, (zone,) = moments(pl.Series([workout.attributes.get("startDate", "")]))
    return int(zone) if math.isfinite(zone) else None


def _pauses(workout: Workout) -> list[tuple[float, float]]:
    """Return when the timer stood; a pause that the watch made by itself counts where the runner made none."""
    pauses: list[tuple[float, float]] = []
    for stops in (STOPS, MOTION_STOPS):
        since: float | None = None
        for at, stop in sorted((at, stops[kind]) for kind, at in workout.events if kind in stops and math.isfinite(at)):
            if stop and since is None:
                since = at
            elif not stop and since is not None:
                pauses.append((since, at))
                since = None
        if since is not None and since < workout.end_s:
            pauses.append((since, workout.end_s))
    return pauses


def _totals(workout: Workout, effort: Record | None) -> dict[str, float]:
    said, timer_s = workout.statistics, _amount(workout.attributes, "duration", "durationUnit", SECONDS)
    distance = next((said[name] for name in DISTANCES if name in said), {})
    old = _amount(workout.attributes, "totalDistance", "totalDistanceUnit", LENGTHS)
    steps = _number(said.get("StepCount", {}).get("sum"))
    ascended = ASCENDED.fullmatch(workout.metadata.get("HKElevationAscended", ""))
    totals = {
        "timer_s": timer_s,
        "elapsed_s": workout.end_s - workout.start_s,
        "distance_m": _amount(distance, "sum", "unit", LENGTHS) if distance else old,
        "heart_rate_bpm": _number(said.get("HeartRate", {}).get("average")),
        "cadence_spm": steps / timer_s * 60 if timer_s > 0 else math.nan,
        "ascent_m": float(ascended[1]) * LENGTHS.get(ascended[2], math.nan) if ascended else math.nan,
        "perceived_effort": float(effort.value[-1]) if effort is not None and len(effort) else math.nan,
    }
    return {name: value for name, value in totals.items() if math.isfinite(value)}


def _amount(said: dict[str, str], value: str, unit: str, factors: dict[str, float]) -> float:
    return _number(said.get(value)) * factors.get(said.get(unit, ""), math.nan)


def _number(text: str | None) -> float:
    try:
        return float(text or "nan")
    except ValueError:
        return math.nan
