"""What changed before the pain began. Facts are listed; nothing is called a reason for the pain."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import numpy as np

from hipwise.load._formulas import EDGE, SPIKE_STATES, Codes, Column, Mask, trailing
from hipwise.load._look import Change, Look, Seen
from hipwise.load._spikes import STATES
from hipwise.model import UNKNOWN

__all__ = ["FINDERS", "new_sports"]

SECONDS_PER_MINUTE = 60


def longer_runs(look: Look) -> Seen:
    """Find runs longer than the longest of the days before them; the state is that of the largest."""
    lately = np.flatnonzero(look.lately)
    codes = look.spikes.code[lately]
    spiked = lately[(codes > 0) & (codes < len(SPIKE_STATES))]
    changes = tuple(_longer_run(look, place) for place in spiked.tolist())
    if changes:
        return Seen(SPIKE_STATES[look.spikes.code[spiked].max()], changes)
    none = look.covered and look.knows_lately and bool(look.spikes.sure[lately].all()) and not codes.any()
    return Seen(SPIKE_STATES[0] if none else UNKNOWN)


def _longer_run(look: Look, place: int) -> Change:
    jump = look.spikes.low[place] > look.constants.spike_small_above + EDGE
    change = _change(
        look,
        "spike",
        look.outings.day[place],
        km=look.outings.distance_m[place] / 1000,
        longest_km=look.spikes.longest_m[place] / 1000,
        excess_pct=look.spikes.excess[place] * 100,
        window=int(look.constants.spike_window_d),
        state=STATES[look.spikes.code[place]],
    )
    return replace(change, sure=bool(jump))


def big_weeks(look: Look) -> Seen:
    """Find weeks (any seven days) with much more than any of the two weeks before, and than a usual one of the four.

    Seven days of an even runner hold now two runs and now three, so one week before alone would find jumps in nothing.
    """
    weeks, constants, ordinals = look.weeks, look.constants, look.calendar.ordinals
    seen = (ordinals >= look.since) & (ordinals <= min(look.until, look.last_run))
    rise = 1 + constants.week_jump_pct / 100
    limit = np.maximum(weeks.most_m, weeks.usual_m) * rise + EDGE
    more = weeks.now_m > limit
    fit = weeks.usual_m >= constants.week_least_km * 1000
    could = ~(weeks.greatest_m <= weeks.floor_m * rise + EDGE)
    unclear = seen & (np.isnan(limit) | (weeks.missing > 0) | ((more | could) & ~(more & fit)))
    echo = weeks.now_m - trailing(_metres_above(look), constants.week_d).sum(axis=1) <= limit
    peaks = _peaks(np.flatnonzero(seen & more & fit), weeks.now_m / limit, constants.week_d)
    surely = weeks.least_m > weeks.limit_m * rise + EDGE
    changes = tuple(replace(_big_week(look, row), echo=bool(echo[row]), sure=bool(surely[row])) for row in peaks)
    return Seen.of(changes, known=look.covered and look.knows_lately and not unclear.any())


def _big_week(look: Look, row: int) -> Change:
    weeks = look.weeks
    metres = {"km": weeks.now_m[row], "most_km": weeks.most_m[row], "usual_km": weeks.usual_m[row]}
    values = {name: value / 1000 for name, value in metres.items()}
    before_d = int(look.constants.week_before_d)
    return _change(look, "week_jump", look.calendar.ordinals[row], before_d=before_d, **values)


def _metres_above(look: Look) -> Column:
    """Return for each day the metres by which its runs exceed the longest run of the days before."""
    above = np.zeros(len(look.calendar.runs))
    spiked = (look.spikes.code > 0) & (look.spikes.code < len(SPIKE_STATES))
    metres = look.outings.distance_m[spiked] - look.spikes.longest_m[spiked]
    np.add.at(above, look.outings.day[spiked] - look.calendar.first, metres)
    return above


def _peaks(rows: Codes, heights: Column, apart: float) -> Iterator[int]:
    """Yield the highest of each group of ROWS: weeks that share days are one change."""
    for group in np.split(rows, np.flatnonzero(np.diff(rows) >= apart) + 1):
        if len(group):
            yield int(group[heights[group].argmax()])


def restarts(look: Look) -> Seen:
    """Find runs after a gap without any."""
    ran = np.unique(look.outings.day)
    gaps = np.diff(ran) - 1
    back = ran[1:]
    found = (gaps >= look.constants.gap_d) & (back >= look.since) & (back <= look.until)
    changes = tuple(_restart(look, int(day), int(gap)) for day, gap in zip(back[found], gaps[found], strict=True))
    before = look.since - int(look.constants.gap_d)
    return Seen.weighed(changes, known=look.covered and look.first_run <= before and look.knows(before, look.until))


def _restart(look: Look, day: int, gap: int) -> Change:
    """Return the first run after a GAP; a gap that nobody knows of may be runs without the watch."""
    return replace(_change(look, "gap_restart", day, gap_days=gap), sure=look.knows(day - gap, day - 1))


def first_hills(look: Look) -> Seen:
    """Find runs with more climb a kilometre than any usual run had."""
    climb, constants = look.outings.climb_m_per_km, look.constants
    if not look.shows_usual(climb):
        return Seen(UNKNOWN)
    usual = float(np.nanmax(climb[look.usual & look.long_enough]))
    hilly = climb >= max(constants.hills_m_per_km, constants.hills_times * usual)
    return _first(look, hilly, climb, "first_hills", lambda place: {"climb": climb[place], "usual": usual})


def faster_runs(look: Look) -> Seen:
    """Find runs faster than usual fast running."""
    speed, constants = look.outings.speed_mps, look.constants
    if not look.shows_usual(speed):
        return Seen(UNKNOWN)
    usual = float(np.nanpercentile(speed[look.usual & look.long_enough], constants.fast_percentile))
    fast = speed >= usual * (1 + constants.faster_share)
    return _first(look, fast, speed, "faster", lambda place: {"speed_mps": speed[place], "usual_mps": usual})


def cadence_shift(look: Look) -> Seen:
    """Find a shift of cadence at the usual speed (cadence goes with speed)."""
    constants, speed = look.constants, look.outings.speed_mps
    cadence = _at_usual_speed(look, look.outings.cadence_spm)
    usual, lately = cadence[look.usual], cadence[look.lately]
    if not look.shows_usual(look.outings.cadence_spm) or not np.isfinite(usual).any():
        return Seen(UNKNOWN)
    if np.count_nonzero(np.isfinite(lately)) < constants.lately_least_runs:
        return Seen.of((), known=look.covered and look.knows_lately and not len(lately))
    was, is_now = float(np.nanmedian(usual)), float(np.nanmedian(lately))
    shift = is_now / was - 1
    if abs(shift) > constants.cadence_unit_share:
        return Seen(UNKNOWN)
    if abs(shift) < constants.cadence_shift_share - EDGE:
        shown = look.shows_lately(np.where(np.isfinite(speed), look.outings.cadence_spm, np.nan))
        return Seen.of((), known=shown and look.knows_lately and look.knows_usual)
    moved = np.sign(shift) * (cadence / was - 1) >= constants.cadence_shift_share - EDGE
    values = {"cadence": is_now, "usual": was, "shift_pct": shift * 100}
    return _first(look, moved, cadence, "cadence_shift", lambda _place: values)


def _at_usual_speed(look: Look, values: Column) -> Column:
    """Return VALUES of outings near the usual speed, NaN of the others."""
    speed = look.outings.speed_mps
    known = speed[look.usual & look.long_enough & np.isfinite(speed)]
    near = np.abs(speed / np.median(known) - 1) <= look.constants.same_speed_share if len(known) else speed < 0
    return np.where(near & look.long_enough, values, np.nan)


def new_sports(look: Look) -> tuple[Change, ...]:
    """Return other sports that were done lately and not before."""
    day, timer = look.others.day, np.nan_to_num(look.others.timer_s)
    lately = (day >= look.since) & (day <= look.until)
    before = (day >= look.usual_since) & (day < look.since)
    if look.first_run > look.since - look.constants.usual_least_d:
        return ()
    changes = []
    for sport in sorted(set(look.others.sports)):
        same = np.array([each == sport for each in look.others.sports])
        minutes = timer[same & lately].sum() / SECONDS_PER_MINUTE
        if minutes >= look.constants.other_sport_min and not (same & before).any():
            changes.append(_change(look, "other_sport", day[same & lately][0], sport=sport, minutes=minutes))
    return tuple(changes)


def _first(look: Look, which: Mask, values: Column, kind: str, said: Callable[[int], Mapping[str, object]]) -> Seen:
    """Return the first of WHICH outings lately as a change."""
    found = np.flatnonzero(which & look.lately & look.long_enough)
    changes = tuple(
        replace(
            _change(look, kind, look.outings.day[place], **said(place)),
            sure=look.knows_usual and look.knows(int(look.outings.day[place]), int(look.outings.day[place])),
        )
        for place in found[:1].tolist()
    )
    return Seen.weighed(changes, known=look.shows_lately(values) and look.knows_lately and look.knows_usual)


def _change(look: Look, kind: str, day: int, **values: object) -> Change:
    plain = {name: float(value) if isinstance(value, np.floating) else value for name, value in values.items()}
    return Change(kind, date.fromordinal(int(day)), look.until - int(day), tuple(plain.items()))


FINDERS: Mapping[str, Callable[[Look], Seen]] = MappingProxyType(
    {
        "load_run_spike": longer_runs,
        "load_week_jump": big_weeks,
        "load_gap_restart": restarts,
        "load_first_hills": first_hills,
        "load_faster": faster_runs,
        "load_cadence_shift": cadence_shift,
    }
)
"""Who finds which finding: those with the best evidence first."""
