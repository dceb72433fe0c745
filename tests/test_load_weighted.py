"""Weighted means over days that nobody knows of: whatever was run on them, the ends hold it."""

from functools import cache
from types import SimpleNamespace
from typing import cast

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from hipwise.knowledge import Knowledge
from hipwise.load import LoadConstants
from hipwise.load._calendar import Calendar
from hipwise.load._formulas import ewma_ratio, lagged
from hipwise.load._weighted import _days, fitness_ends, most_of_unknown_m, ratio_ends


@cache
def constants() -> LoadConstants:
    return Knowledge.load().constants(LoadConstants, "load")


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Days of any loads, some of which nobody knows, some off by a share: what the ends of weighted means ask for."""
    count = draw(st.integers(1, 90))

    def column(values: st.SearchStrategy[float]) -> np.ndarray:
        return np.array(draw(st.lists(values, min_size=count, max_size=count)), float)

    blank = column(st.sampled_from([0, 0, 0, 1])) > 0
    off = column(st.sampled_from([0, 0, 0.05, 0.3, 1]))
    loads = np.where(blank, 0.0, column(st.sampled_from([0, 0, 5000, 8000, 20_000])))
    without = column(st.sampled_from([0] * 9 + [1])).astype(int)
    doubt = SimpleNamespace(blank=blank, off=off, shaky=np.where(off > 0.1, off, 0))
    return cast(
        "Calendar",
        SimpleNamespace(loads_m=loads, begins=0, ends=count - 1, without_distance=without, doubt=doubt),
    )


@settings(max_examples=60, deadline=None)
@given(calendars(), st.integers(0, 2**32 - 1))
def test_whatever_was_run_between_the_ends_of_the_days_the_weighted_means_lie_between_theirs(
    calendar: Calendar, seed: int
) -> None:
    chance = np.random.default_rng(seed)
    for off, ends in ((calendar.doubt.shaky, "ratio"), (calendar.doubt.off, "fitness")):
        low, high = _days(calendar, off, constants())
        assert (low <= calendar.loads_m).all()
        assert (calendar.loads_m <= high).all()
        part = chance.choice([0.0, 1.0, chance.random()], len(low))
        run_m = low + part * (high - low)
        if ends == "ratio":
            found, (least, most) = ewma_ratio(run_m, constants()), ratio_ends(calendar, constants())
            told = np.isfinite(found)
            assert (least[told] <= found[told] + 0.01).all()
            assert (found[told] <= most[told] + 0.01).all()
            continue
        before = chance.choice([0.0, most_of_unknown_m(calendar, constants())[0]])
        passed = np.arange(1, len(low) + 1)
        slow, quick = (
            lagged(run_m, d) + before * np.exp(-passed / d) for d in (constants().fitness_d, constants().fatigue_d)
        )
        for name, values in (("fitness", slow), ("fatigue", quick), ("form", slow - quick)):
            least, most = fitness_ends(calendar, constants())[name]
            assert (least <= values + 1e-6).all(), name
            assert (values <= most + 1e-6).all(), name
