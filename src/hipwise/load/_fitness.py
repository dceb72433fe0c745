"""Fitness, fatigue and form of each day, with both ends of what they may be."""

from __future__ import annotations

import polars as pl

from hipwise.load._calendar import Calendar
from hipwise.load._constants import LoadConstants
from hipwise.load._doubt import letters
from hipwise.load._formulas import lagged
from hipwise.load._frames import bound, dates, nullable
from hipwise.load._weighted import fitness_ends

__all__ = ["fitness_frame"]

M_PER_KM = 1000


def fitness_frame(calendar: Calendar, constants: LoadConstants) -> pl.DataFrame:
    """Return fitness, fatigue and form in kilometres a day at the end of each day, and how many days bear them.

    They begin from 0 on the first day known, so they are too low until the whole window is known.
    """
    kilometres = calendar.loads_m / M_PER_KM
    fitness, fatigue = (calendar.spread(lagged(kilometres, d)) for d in (constants.fitness_d, constants.fatigue_d))
    ends = {
        f"{name}_{end}": bound(calendar.spread(metres / M_PER_KM), calendar.doubt.graded)
        for name, both in fitness_ends(calendar, constants).items()
        for end, metres in zip(("low", "high"), both, strict=True)
    }
    return pl.DataFrame(
        {
            "date": dates(calendar.ordinals),
            "fitness": nullable(fitness),
            "fatigue": nullable(fatigue),
            "form": nullable(fitness - fatigue),
            **ends,
            "known_d": nullable(calendar.known_d(constants.fitness_d)).cast(pl.Int64),
            "grade": letters(calendar.doubt.worst_of(constants.fitness_d)),
        }
    )
