"""A workout becomes a FIT file for a watch to lead through: efforts by time, distance or repetitions, and repeats."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zlib import crc32

import numpy as np

from hipwise.activity._fit_encode import ENUM, U16, U32, U32Z, Block, Written, encode, number, text
from hipwise.activity._fit_profile import FILE_KINDS, FIT_EPOCH_S, Message

__all__ = ["Again", "Effort", "Workout", "workout_bytes"]

FILE_KIND: Final = next(kind for kind, name in FILE_KINDS.items() if name == "workout")
DEVELOPMENT, MESSAGE_INDEX = 255, 254
WORKOUT, WORKOUT_STEP = 26, 27
"""Global message numbers."""

KINDS: Final = {"running": (1, 0), "strength": (10, 20)}
"""Sport and sub-sport of a workout."""

INTENSITIES: Final = {"active": 0, "rest": 1, "warmup": 2, "cooldown": 3, "recovery": 4}
BY_TIME, BY_DISTANCE, OPEN_END, REPEAT, BY_REPS = 0, 1, 5, 6, 29
NO_TARGET = 2
NAME_SIZE, NOTES_SIZE = 32, 160
MS_PER_S, CM_PER_M = 1000, 100


@dataclass(frozen=True, slots=True)
class Effort:
    """One step: SECONDS or METRES long, or REPS times, or (none of them) until the button is pressed.

    INTENSITY is warmup, active, rest, recovery or cooldown.
    """

    name: str
    intensity: str
    seconds: float | None = None
    reps: int | None = None
    metres: float | None = None
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Again:
    """Go back to the step at place FIRST (from 0) until it was done TIMES in all."""

    first: int
    times: int


@dataclass(frozen=True, slots=True)
class Workout:
    """A workout of KIND running or strength."""

    name: str
    kind: str
    steps: tuple[Effort | Again, ...]


def workout_bytes(workout: Workout, made_at: datetime) -> bytes:
    """Return WORKOUT as a FIT file; the same workout has the same serial number, and so takes the place of the former.

    Names are cut to 31 bytes and notes to 159, which is what fits on a watch.
    """
    sport, sub_sport = KINDS[workout.kind]
    file_id = (
        number(0, ENUM, [FILE_KIND]),
        number(1, U16, [DEVELOPMENT]),
        number(2, U16, [0]),
        number(3, U32Z, [crc32(workout.name.encode()) or 1]),
        number(4, U32, [made_at.timestamp() - FIT_EPOCH_S]),
    )
    head = (
        number(4, ENUM, [sport]),
        number(6, U16, [len(workout.steps)]),
        text(8, [workout.name], NAME_SIZE),
        number(11, ENUM, [sub_sport]),
    )
    return encode([Block(Message.FILE_ID, file_id), Block(WORKOUT, head), Block(WORKOUT_STEP, _fields(workout.steps))])


def _fields(steps: tuple[Effort | Again, ...]) -> tuple[Written, ...]:
    rows = [_row(step) for step in steps]
    names, kinds, lasts, targets, intensities, notes = zip(*rows, strict=True)
    return (
        number(MESSAGE_INDEX, U16, range(len(steps))),
        text(0, names, NAME_SIZE),
        number(1, ENUM, kinds),
        number(2, U32, lasts),
        number(3, ENUM, [NO_TARGET] * len(steps)),
        number(4, U32, targets),
        number(7, ENUM, intensities),
        text(8, notes, NOTES_SIZE),
    )


def _row(step: Effort | Again) -> tuple[str, float, float, float, float, str]:
    """Return name, kind of duration, duration, target, intensity and notes of a step, as FIT counts them."""
    if isinstance(step, Again):
        return "", REPEAT, step.first, step.times, np.nan, ""
    intensity = INTENSITIES[step.intensity]
    if step.reps is not None:
        return step.name, BY_REPS, step.reps, 0, intensity, step.notes
    if step.seconds is not None:
        return step.name, BY_TIME, step.seconds * MS_PER_S, 0, intensity, step.notes
    if step.metres is not None:
        return step.name, BY_DISTANCE, step.metres * CM_PER_M, 0, intensity, step.notes
    return step.name, OPEN_END, np.nan, 0, intensity, step.notes
