"""The same run from two sources: how to know it, and how to keep the best of both."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from hipwise.activity._run import Note, Run, RunSummary

__all__ = ["merge", "one_family", "same_run", "starts_with", "typed_before"]

START_WITHIN_S: Final = 120.0
DURATION_WITHIN: Final = 0.05
DISTANCE_WITHIN: Final = 0.10
"""Two devices on one body agree so far: they start one after the other, and measure as they can."""

MOSTLY: Final = 0.5
"""Nobody runs twice at once: two runs of one body that lie in one time for the most part are one."""

ZONE_STEP_S: Final = 1800.0
FARTHEST_ZONE_S: Final = 14 * 3600.0
SUMMER_S: Final = 3600.0
TWIN_DURATION_WITHIN: Final = 0.01
TWIN_DISTANCE_WITHIN: Final = 0.05
"""A GPX may call local time UTC, so its twin begins whole half hours off. Two runs of one day (to work and back) may do
so too; so a twin must agree more narrowly, and both files must say how long and how far."""

RICHNESS: Final = ("hand", "csv", "strava", "garmin", "gpx", "tcx", "apple", "fit")
"""Kinds of sources, the richest last."""

FAMILIES: Final = {"walking": "on foot", "hiking": "on foot", "mountaineering": "on foot", "e_biking": "cycling"}
ANY_SPORT: Final = frozenset({"other", "training", "fitness_equipment"})
"""Sports that name none: an exporter that does not know writes these."""

FILLED: Final = (
    "sub_sport",
    "distance_m",
    "timer_s",
    "elapsed_s",
    "cadence_spm",
    "heart_rate_bpm",
    "ascent_m",
    "descent_m",
    "perceived_effort",
)
"""What a richer source leaves unknown, the other may say."""

GUESSED: Final = "activity.sport_guessed"
LISTS: Final = frozenset({"csv", "strava", "garmin"})
"""Kinds that tell totals only, as the runner may have corrected them."""

HOUR_GUESSED: Final = "activity.hour_guessed"
LIST_START_WITHIN_S: Final = 10.0
CORRECTED_FROM: Final = 0.01
NO_LOCAL_TIME: Final = "activity.no_local_time"
DAY_OF_HOME: Final = "activity.day_of_home"


def same_run(a: RunSummary, b: RunSummary) -> bool:
    """Return whether A and B are one run from two sources.

    They begin within two minutes of each other, in one family of sports, last as long within 5 % and go as far within
    10 %, as far as both say; agreement of time alone is never enough. Where one of the two is a GPX without a time
    zone, they may also begin as far apart as the zone of the other (if it is not known: whole half hours), and a table
    may tell the hour of another zone, if length and distance agree within 1 % and 5 %; where one says
    no time of day, the day counts in place of the start. One that was typed may begin whenever it lies in the time of
    the other for the most part. A line of a service's list that begins within ten seconds and lasts as long is the same
    run, however far it went: the distance may have been corrected there. What begins when the other is over is another
    run, however short both are.
    """
    if not one_family(a, b):
        return False
    apart_s = abs((a.started_at - b.started_at).total_seconds())
    if a.is_hourless or b.is_hourless:
        return a.local_date == b.local_date and _agree_narrowly(a, b)
    if _is_after(a, b):
        return _twins_in_zones(a, b, apart_s)
    if apart_s <= LIST_START_WITHIN_S and _one_is_list(a, b) and _agree_in_time(a, b, DURATION_WITHIN):
        return True
    if apart_s <= START_WITHIN_S or (_is_typed(a) != _is_typed(b) and _lie_together(a, b)):
        return _agree_as_far_as_said(a, b, DISTANCE_WITHIN)
    return _twins_in_zones(a, b, apart_s)


def typed_before(there: RunSummary, come: RunSummary) -> bool:
    """Return whether the run that is THERE was typed without its hour, and is what a device tells of now that it COMES.

    The day counts in place of the start; length and distance agree within 5 %, as far as both say.
    """
    guessed = any(note.text == HOUR_GUESSED for note in there.notes)
    if not (guessed and _is_typed(there) and not _is_typed(come)):
        return False
    on_day = there.local_date == come.local_date and one_family(there, come)
    return on_day and _agree_as_far_as_said(there, come, TWIN_DISTANCE_WITHIN)


def starts_with(part: RunSummary, whole: RunSummary) -> bool:
    """Return whether a PART of WHOLE began when that did: by its own hour, and by no clock in another zone."""
    apart_s = abs((part.started_at - whole.started_at).total_seconds())
    return apart_s <= START_WITHIN_S and not part.is_hourless and not _is_typed(part)


def _is_typed(run: RunSummary) -> bool:
    return run.is_only_from("hand")


def _agree_as_far_as_said(a: RunSummary, b: RunSummary, distance_within: float) -> bool:
    lasting = _agree_in_time(a, b, DURATION_WITHIN)
    far = _agree(a.distance_m, b.distance_m, distance_within)
    return False not in {lasting, far} and True in {lasting, far}


def _in_order(a: RunSummary, b: RunSummary) -> tuple[float, float, float]:
    """Return how long the earlier of two runs takes, when the later one begins in it, and how long that takes."""
    first, then = sorted((a, b), key=lambda run: run.started_at)
    begins_s = (then.started_at - first.started_at).total_seconds()
    return _lasts_s(first), begins_s, _lasts_s(then)


def _lasts_s(run: RunSummary) -> float:
    return run.elapsed_s or run.timer_s or 0.0


def _is_after(a: RunSummary, b: RunSummary) -> bool:
    first_s, begins_s, _ = _in_order(a, b)
    return 0 < first_s <= begins_s


def _lie_together(a: RunSummary, b: RunSummary) -> bool:
    first_s, begins_s, then_s = _in_order(a, b)
    return min(first_s - begins_s, then_s) > MOSTLY * min(first_s, then_s)


def _twins_in_zones(a: RunSummary, b: RunSummary, apart_s: float) -> bool:
    if not _agree_narrowly(a, b):
        return False
    if _is_table(a) != _is_table(b) and abs(_wall_clock_s(a) - _wall_clock_s(b)) <= START_WITHIN_S:
        return True
    rest_s = apart_s % ZONE_STEP_S
    return (
        _zone_doubtful(a) != _zone_doubtful(b)
        and _could_be_its_zone(a, b)
        and ZONE_STEP_S - START_WITHIN_S <= apart_s <= FARTHEST_ZONE_S + START_WITHIN_S
        and min(rest_s, ZONE_STEP_S - rest_s) <= START_WITHIN_S
    )


def _could_be_its_zone(a: RunSummary, b: RunSummary) -> bool:
    """Return whether the one that calls local time UTC is off by the zone of the other, give or take summer time.

    A zone of 0 is what a watch writes that knows of none.
    """
    lying, true = (a, b) if _zone_doubtful(a) else (b, a)
    off_s = (lying.started_at - true.started_at).total_seconds() - (true.utc_offset_s or 0)
    return not true.utc_offset_s or min(abs(off_s), abs(abs(off_s) - SUMMER_S)) <= START_WITHIN_S


def _is_table(run: RunSummary) -> bool:
    return run.is_only_from("csv")


def _wall_clock_s(run: RunSummary) -> float:
    """Return when RUN began by the clock on the wall there, as far as it is known: what a table tells."""
    return run.started_at.timestamp() + (run.utc_offset_s or 0)


def _agree_narrowly(a: RunSummary, b: RunSummary) -> bool:
    return (
        _agree_in_time(a, b, TWIN_DURATION_WITHIN) is True
        and _agree(a.distance_m, b.distance_m, TWIN_DISTANCE_WITHIN) is True
    )


def _one_is_list(a: RunSummary, b: RunSummary) -> bool:
    """Return whether one of the two is a line of a service's list: its distance may have been corrected there."""
    kinds = [{origin.kind for origin in run.origins} for run in (a, b)]
    return any(kind <= LISTS for kind in kinds)


def one_family(a: RunSummary, b: RunSummary) -> bool:
    """Return whether A and B can be one sport, as far as they say."""
    return _sport_open(a) or _sport_open(b) or FAMILIES.get(a.sport, a.sport) == FAMILIES.get(b.sport, b.sport)


def _sport_open(run: RunSummary) -> bool:
    return run.sport in ANY_SPORT or any(note.text == GUESSED for note in run.notes)


def _zone_doubtful(run: RunSummary) -> bool:
    return run.utc_offset_s is None and run.is_only_from("gpx", "csv")


def _agree_in_time(a: RunSummary, b: RunSummary, within: float) -> bool | None:
    """Return whether the timers agree, or else the wall clocks (a GPX knows of no pauses); None if neither can be."""
    verdicts = {_agree(a.timer_s, b.timer_s, within), _agree(a.elapsed_s, b.elapsed_s, within)}
    return True if True in verdicts else False if False in verdicts else None


def _agree(a: float | None, b: float | None, within: float) -> bool | None:
    """Return whether A and B differ by no more than a share of the larger; None where one is not known (or 0)."""
    if not a or not b:
        return None
    return abs(a - b) <= within * max(a, b)


def merge(a: Run, b: Run) -> Run:
    """Return the run that A and B both tell of: all of the richer source, and what it lacks of the other.

    FIT is richer than TCX, TCX than GPX, a GPX than what was typed by hand; among equals, more columns, then more
    samples. The id is that of A, the origins are those of both, the name is the newer one (that of B).
    """
    best, other = (a, b) if _richness(a) >= _richness(b) else (b, a)
    merged = replace(best, id=a.id, origins=tuple(dict.fromkeys((*a.origins, *b.origins))))
    merged = replace(merged, **{name: getattr(other, name) for name in FILLED if getattr(best, name) is None})
    merged = replace(merged, name=b.name or a.name, gear=b.gear or a.gear, laps=best.laps or other.laps)
    if best.sub_sport == "treadmill":
        merged = _corrected(merged, other)
    if best.utc_offset_s is None and other.utc_offset_s is not None:
        merged = _placed(merged, other.utc_offset_s)
    if _sport_open(best) and other.sport not in ANY_SPORT:
        merged = _named(merged, other)
    return merged


def _corrected(run: Run, other: Run) -> Run:
    """Return a RUN on a treadmill with the distance that the runner set right in a list, where it is another one."""
    said, seen = other.distance_m, run.distance_m
    if not said or not seen or not _one_is_list(run, other) or abs(said - seen) <= CORRECTED_FROM * said:
        return run
    note = Note("activity.distance_corrected", (("said", f"{said:.0f}"), ("seen", f"{seen:.0f}")))
    return replace(run, distance_m=said, notes=tuple(dict.fromkeys((*run.notes, note))))


def _placed(run: Run, utc_offset_s: int) -> Run:
    """Return RUN with its local time."""
    day = (run.started_at + timedelta(seconds=utc_offset_s)).date()
    notes = tuple(note for note in run.notes if note.text not in {NO_LOCAL_TIME, DAY_OF_HOME})
    return replace(run, utc_offset_s=utc_offset_s, local_date=day, notes=notes)


def _named(run: Run, other: Run) -> Run:
    """Return RUN with the sport of OTHER, and with its doubt if that is a guess too."""
    notes = [note for note in run.notes if note.text != GUESSED]
    notes += [note for note in other.notes if note.text == GUESSED]
    return replace(run, sport=other.sport, sub_sport=other.sub_sport or run.sub_sport, notes=tuple(notes))


def _richness(run: Run) -> tuple[int, int, int]:
    kinds = [RICHNESS.index(origin.kind) for origin in run.origins if origin.kind in RICHNESS]
    return max(kinds, default=-1), run.samples.width, run.samples.height
