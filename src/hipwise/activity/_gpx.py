"""GPX files: tracks with times become runs."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

import numpy as np

from hipwise.activity._clean import Raw, finish
from hipwise.activity._run import Note, Origin, Run
from hipwise.activity._sports import sport_by_speed, sport_of
from hipwise.activity._stretches import Stretch, columns_of_rows, pauses_between, stretches_of, zone_of
from hipwise.activity._totals import Column, Mask
from hipwise.activity._xml import Document, Node, Shape, text_of
from hipwise.activity._xml_quick import parse
from hipwise.errors import NotAnActivity, UnreadableFile
from hipwise.texts import say

__all__ = ["read_gpx"]

SHAPE: Final = Shape(
    point="trkpt",
    attributes={"latitude_deg": "lat", "longitude_deg": "lon"},
    fields={
        "at": ("time",),
        "altitude_m": ("ele",),
        "heart_rate_bpm": ("hr", "heartrate"),
        "cadence_spm": ("cad", "cadence"),
        "speed_mps": ("speed",),
        "power_w": ("power", "PowerInWatts"),
    },
    kept=frozenset({"gpx", "metadata", "trk", "trkseg", "link", "type"}),
)

SAME_OUTING_S: Final = 15 * 60.0
"""Tracks of one file that follow each other within this time are one run with a pause (some apps begin a new one)."""

LONGEST_NAME: Final = 80


@dataclass(slots=True)
class _Leg:
    """Tracks that make one run; WORD is the sport as the file says it, "" where it does not."""

    word: str
    stretches: list[Stretch]


def read_gpx(data: bytes, file: str) -> tuple[Run, ...]:
    """Read the runs of a GPX file: one for each track, or for tracks that follow each other at once.

    Raises:
        UnreadableFile: it is no XML that can be read, or it is hostile.
        NotAnActivity: routes or places only, or tracks without points or without times.
    """
    document = parse(text_of(data), SHAPE, file)
    tracks = list(document.root.below("trk"))
    _refuse_courses(document, tracks, file)
    spans = [_spans(track) for track in tracks]
    again = _said_again(document.columns, [span for each in spans for span in each])
    legs = _legs(
        [
            _Leg(track.said("type"), stretches_of(each, document.columns["at"], again))
            for track, each in zip(tracks, spans, strict=True)
        ]
    )
    notes = [
        *([Note("activity.xml_truncated")] if document.cut else []),
        *([Note("activity.gpx_repeated", (("count", str(int(again.sum()))),))] if again.any() else []),
    ]
    origin = Origin(file, "gpx", hashlib.sha256(data).hexdigest(), product=_creator(document))
    return tuple(finish(_raw(leg, document.columns, origin, number, notes)) for number, leg in enumerate(legs))


def _refuse_courses(document: Document, tracks: list[Node], file: str) -> None:
    at = document.columns["at"]
    if document.cut and not at.size:
        raise UnreadableFile("xml_broken", where=file)
    if not tracks:
        raise NotAnActivity("not_an_activity", where=file, kind=say("activity.kind_places"))
    if not at.size:
        raise NotAnActivity("gpx_no_points", where=file)
    if not np.isfinite(at).any():
        raise NotAnActivity("gpx_no_times", where=file)


def _creator(document: Document) -> str | None:
    names = (node.attributes.get("creator", "") for node in document.root.below("gpx"))
    return next(names, "").strip()[:LONGEST_NAME] or None


def _spans(track: Node) -> list[tuple[int, int]]:
    return [*track.spans, *(span for segment in track.below("trkseg") for span in segment.spans)]


def _said_again(columns: dict[str, Column], spans: list[tuple[int, int]]) -> Mask:
    """Return which points were said before (some apps write into each segment all that was before it)."""
    at = columns["at"]
    again = np.zeros(len(at), bool)
    firsts = np.array([begin for begin, _ in spans[1:]], np.int64)
    if (at[firsts] <= np.fmax.accumulate(at)[firsts - 1]).any():
        places = np.stack([columns["longitude_deg"], columns["latitude_deg"], at])
        order = np.lexsort(places)
        again[order[1:]] = (places[:, order[1:]] == places[:, order[:-1]]).all(axis=0)
    return again


def _legs(tracks: list[_Leg]) -> list[_Leg]:
    """Return the TRACKS that have times in order; those that follow each other at once, in one sport, are one."""
    legs: list[_Leg] = []
    for track in sorted((track for track in tracks if track.stretches), key=lambda each: each.stretches[0].start_s):
        before = legs[-1] if legs else None
        if before is None or before.word != track.word:
            legs.append(track)
        elif 0 <= track.stretches[0].start_s - max(each.end_s for each in before.stretches) <= SAME_OUTING_S:
            before.stretches += track.stretches
        else:
            legs.append(track)
    return legs


def _raw(leg: _Leg, columns: dict[str, Column], origin: Origin, number: int, notes: list[Note]) -> Raw:
    mine = columns_of_rows(columns, leg.stretches)
    sport, sub_sport = sport_of(leg.word)
    if not leg.word:
        sport = sport_by_speed(mine)
        guess = (
            Note("activity.sport_not_said") if sport == "other" else Note("activity.sport_guessed", (("sport", sport),))
        )
        notes = [*notes, guess]
    return Raw(
        kind="gpx",
        sport=sport,
        sub_sport=sub_sport,
        columns=mine,
        origin=origin,
        leg=number,
        utc_offset_s=zone_of(columns, leg.stretches),
        pauses=pauses_between(leg.stretches, columns["at"]),
        notes=list(notes),
        column_sources=dict.fromkeys(mine.keys() - {"at"}, "gpx"),
    )
