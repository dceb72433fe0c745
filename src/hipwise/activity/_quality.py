"""What the training data are worth: faults that spoil a sum or a trend, days that nobody knows of, a grade a week."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise, permutations
from statistics import median
from typing import Any, Final

from hipwise.activity._merge import DAY_OF_HOME, NO_LOCAL_TIME, one_family
from hipwise.activity._possible import Bounds, beyond, possible_run
from hipwise.activity._run import NO_TIME_OF_DAY, TRUSTED_YEARS, UNDATED, RunSummary
from hipwise.texts import say

__all__ = ["GRADES", "Fault", "Quality", "QualityLimits", "look_at"]

GRADES: Final = "ABCD"
DAY: Final = timedelta(1)
EARLIEST: Final = date(TRUSTED_YEARS.start, 1, 1)
ZONES: Final = timedelta(2)
"""So far ahead may the label of a run lie that is over: it began in a zone far to the east."""

WEEK_DAYS: Final = 7
M_PER_MILE: Final = 1609.344
REST, NO_WATCH, UNKNOWN = "rest", "no_watch", "unknown"
RUNNING: Final = "running"
"""The sport whose distance is graded: a ride without a distance spoils no week of running."""


SERIOUS: Final = frozenset({"clock", "watch_on", "units", "overlap", "impossible", "jump"})
"""Faults that spoil the load of a week; the others spoil a trend, or a little of it."""

BY_NOTE: Final = {
    UNDATED: "clock",
    "activity.times_mended": "clock",
    "activity.total_impossible": "impossible",
    "activity.distance_differs": "differs",
    "activity.duration_differs": "differs",
    "activity.totals_rebuilt": "rebuilt",
    "activity.places_dropped": "gps",
    "activity.distance_jump": "jump",
    "activity.distance_corrected": "corrected",
    "activity.xml_truncated": "cut",
    "activity.fit_truncated": "cut",
    "activity.fit_bytes_skipped": "cut",
    "activity.health_cut": "cut",
    NO_LOCAL_TIME: "day",
    DAY_OF_HOME: "day",
    NO_TIME_OF_DAY: "day",
}
"""Which fault a note of the reader is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityLimits:
    """What `look_at` needs of `parameters/quality.yaml`. Filled by `Knowledge.constants(QualityLimits, "quality")`."""

    gap_d: float
    watch_on_mps: float
    watch_on_min: float
    pause_min: float
    overlap_share: float
    unit_within: float
    unit_least_runs: float
    minor_share_b: float
    serious_share_c: float
    serious_share_d: float
    unknown_share_c: float
    unknown_share_d: float
    error_a: float
    error_b: float
    error_c: float
    error_d: float


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, or to be known: its KIND, the day ON (to UNTIL), in words, and of which run."""

    kind: str
    on: date
    until: date
    says: str
    run: str | None = None


@dataclass(frozen=True, slots=True)
class Quality:
    """FAULTS in order of days, GRADES (A to D) by the monday of each week, MERGED: how many runs have several sources.

    ERRORS says how far the distance of a week of each grade may be off, as a share (our own judgement). UNKNOWN are
    days of which nobody knows what was run: in a gap that is no rest, or without the watch and without a run.
    """

    on: date
    faults: tuple[Fault, ...]
    grades: Mapping[date, str]
    merged: int
    errors: Mapping[str, float]
    unknown: frozenset[date] = frozenset()

    def grade_on(self, day: date) -> str:
        """Return the grade of the week of DAY; D where nothing is known of it."""
        return self.grades.get(_monday(day), GRADES[-1])

    def error_on(self, day: date) -> float:
        """Return by what share the distance of the week of DAY may be off."""
        return self.errors[self.grade_on(day)]

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "on": self.on.isoformat(),
            "weeks": [
                {"monday": monday.isoformat(), "grade": grade, "may_be_off_by": self.errors[grade]}
                for monday, grade in sorted(self.grades.items())
            ],
            "unknown_days": [day.isoformat() for day in sorted(self.unknown)],
            "faults": [
                {
                    "kind": each.kind,
                    "from": each.on.isoformat(),
                    "to": each.until.isoformat(),
                    "says": each.says,
                    "run": each.run,
                    "serious": each.kind in SERIOUS,
                }
                for each in self.faults
            ],
            "merged_runs": self.merged,
        }


def look_at(
    runs: Sequence[RunSummary],
    limits: QualityLimits,
    bounds: Bounds,
    *,
    on: date,
    marks: Iterable[tuple[date, date, str]] = (),
) -> Quality:
    """Return what RUNS (in order of their start) are worth until the day ON.

    Totals beyond BOUNDS are told, and so are runs whose day cannot be or lies ahead. MARKS are what the runner says of
    days without a run: (first, last, rest or no_watch); of two the later counts.
    """
    known = [run for run in runs if run.local_date <= on and run.local_date.year in TRUSTED_YEARS]
    marked = {day: kind for begin, until, kind in marks for day in _days(max(begin, EARLIEST), min(until, on))}
    gaps = list(_gaps(known, limits, on))
    faults = [
        *(fault for run in known for fault in _of_run(run, limits, bounds)),
        *_without_day(runs, on),
        *_overlaps(known, limits),
        *_units(known, limits),
        *_sensors(known),
        *(fault for gap in gaps for fault in _told(gap, marked)),
    ]
    unknown = {day for gap in gaps for day in _days(*gap) if marked.get(day) != REST}
    unknown |= {day for day, kind in marked.items() if kind == NO_WATCH} - {run.local_date for run in known}
    faults.sort(key=lambda fault: (fault.on, fault.kind, fault.run or ""))
    return Quality(
        on=on,
        faults=tuple(faults),
        grades=_grades(known, faults, unknown, limits, on),
        merged=sum(len({origin.kind for origin in run.origins}) > 1 for run in known),
        errors=dict(zip(GRADES, (limits.error_a, limits.error_b, limits.error_c, limits.error_d), strict=True)),
        unknown=frozenset(unknown),
    )


def _monday(day: date) -> date:
    return day - timedelta(day.weekday())


def _days(begin: date, until: date) -> Iterator[date]:
    yield from (begin + timedelta(place) for place in range((until - begin).days + 1))


def _fault(kind: str, run: RunSummary, text: str | None = None, **values: object) -> Fault:
    says = text or say(f"activity.quality_{kind}", **values)
    return Fault(kind, run.local_date, run.local_date, says, run.id)


def _without_day(runs: Sequence[RunSummary], on: date) -> Iterator[Fault]:
    """Yield runs that count for no day: the clock was not set, or the day lies ahead of the day ON."""
    for run in runs:
        if run.local_date.year not in TRUSTED_YEARS:
            says = say(UNDATED, date=run.local_date.isoformat())
            yield Fault("clock", on, on, says, run.id)
        elif run.local_date > on + ZONES:
            yield Fault("ahead", on, on, say("activity.quality_ahead", date=run.local_date), run.id)


def _of_run(run: RunSummary, limits: QualityLimits, bounds: Bounds) -> Iterator[Fault]:
    yield from (_fault(BY_NOTE[note.text], run, note.sentence) for note in run.notes if note.text in BY_NOTE)
    wrong = beyond(run, bounds)
    if wrong:
        names = ", ".join(say(f"activity.total_{name}") for name in wrong)
        yield _fault("impossible", run, totals=names)
        run = possible_run(run, bounds)
    timer_s, distance_m = run.timer_s or 0.0, run.distance_m
    if run.sport == RUNNING and distance_m is not None and timer_s > 60 * limits.watch_on_min:
        speed = distance_m / timer_s
        if speed < limits.watch_on_mps:
            yield _fault("watch_on", run, km=distance_m / 1000, minutes=timer_s / 60)
    paused_s = (run.elapsed_s or 0.0) - timer_s
    if timer_s and paused_s > 60 * limits.pause_min:
        yield _fault("pause", run, minutes=paused_s / 60)
    if distance_m is None and "distance_m" not in wrong and run.sport == RUNNING:
        yield _fault("lacking", run)
    elif not timer_s:
        yield _fault("untimed", run)


def _overlaps(runs: Sequence[RunSummary], limits: QualityLimits) -> Iterator[Fault]:
    """Yield pairs that lie in one time and were not made one: perhaps the same run, counted twice."""
    for one, other in pairwise(run for run in runs if not run.is_hourless):
        begin_s = (other.started_at - one.started_at).total_seconds()
        lengths = [each.elapsed_s or each.timer_s or 0.0 for each in (one, other)]
        together = min(lengths[0] - begin_s, lengths[1])
        if one_family(one, other) and together > limits.overlap_share * min(lengths) > 0:
            yield _fault("overlap", other, file=one.file)


def _units(runs: Sequence[RunSummary], limits: QualityLimits) -> Iterator[Fault]:
    """Yield where runs of one kind of source are faster than those of another by just a mile for a kilometre."""
    speeds: defaultdict[str, list[float]] = defaultdict(list)
    first: dict[str, RunSummary] = {}
    for run in runs:
        if run.sport == RUNNING and run.distance_m and run.timer_s:
            kind = run.origins[0].kind
            speeds[kind].append(run.distance_m / run.timer_s)
            first.setdefault(kind, run)
    usual = {kind: median(each) for kind, each in speeds.items() if len(each) >= limits.unit_least_runs}
    for (slow, low), (fast, high) in permutations(usual.items(), 2):
        if abs(high / low / (M_PER_MILE / 1000) - 1) <= limits.unit_within:
            yield _fault("units", first[fast], fast=fast, slow=slow)


def _sensors(runs: Sequence[RunSummary]) -> Iterator[Fault]:
    """Yield where the watch changed, or what measures a column of running form: a trend across it is no trend."""
    known = [run for run in runs if run.sport == RUNNING and run.origins[0].maker]
    for one, other in pairwise(known):
        before, now = (_device(run) for run in (one, other))
        if before != now:
            yield _fault("device", other, before=before, now=now)
        changed = dict(one.column_sources).items() ^ dict(other.column_sources).items()
        both = dict(one.column_sources).keys() & dict(other.column_sources).keys()
        names = sorted({name for name, _ in changed} & both)
        if names:
            yield _fault("sensor", other, columns=", ".join(say(f"activity.column_{name}") for name in names))


def _device(run: RunSummary) -> str:
    origin = run.origins[0]
    return " ".join(filter(None, (origin.maker, origin.product)))


def _gaps(runs: Sequence[RunSummary], limits: QualityLimits, on: date) -> Iterator[tuple[date, date]]:
    """Yield the first and last day of each stretch of more than `gap_d` days without any activity."""
    days = sorted({run.local_date for run in runs})
    for before, after in pairwise([*days, on + DAY] if days else []):
        if (after - before).days - 1 > limits.gap_d:
            yield before + DAY, after - DAY


def _told(gap: tuple[date, date], marked: Mapping[date, str]) -> Iterator[Fault]:
    """Yield the GAP as the runner marked it, in stretches of one kind."""
    begin, kind = gap[0], marked.get(gap[0], UNKNOWN)
    for day in (*_days(gap[0] + DAY, gap[1]), gap[1] + DAY):
        other = None if day > gap[1] else marked.get(day, UNKNOWN)
        if other != kind:
            until = day - DAY
            count = (until - begin).days + 1
            says = say(f"activity.quality_gap_{kind}", count=count, begin=begin, until=until)
            yield Fault(f"gap_{kind}", begin, until, says)
            begin, kind = day, other or UNKNOWN


def _grades(
    runs: Sequence[RunSummary], faults: Sequence[Fault], unknown: set[date], limits: QualityLimits, on: date
) -> dict[date, str]:
    if not runs:
        return {}
    of_week: defaultdict[date, list[str]] = defaultdict(list)
    for run in runs:
        if run.sport == RUNNING:
            of_week[_monday(run.local_date)].append(run.id)
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for fault in faults:
        if fault.run is not None:
            kinds[fault.run].add(fault.kind)
    grades, blanks = {}, Counter(map(_monday, unknown))
    monday = _monday(runs[0].local_date)
    while monday <= on:
        blank = blanks[monday] / min(WEEK_DAYS, (on - monday).days + 1)
        grades[monday] = _grade([kinds[run] for run in of_week.get(monday, ())], blank, limits)
        monday += timedelta(WEEK_DAYS)
    return grades


def _grade(runs: Sequence[set[str]], blank: float, limits: QualityLimits) -> str:
    """Return the grade of a week: by the share of its RUNS that have faults, and the share of days nobody knows of."""
    serious = sum(bool(kinds & SERIOUS) or "lacking" in kinds for kinds in runs) / max(1, len(runs))
    minor = sum(bool(kinds) for kinds in runs) / max(1, len(runs))
    if blank > limits.unknown_share_d or serious > limits.serious_share_d:
        return "D"
    if blank > limits.unknown_share_c or serious > limits.serious_share_c:
        return "C"
    return "B" if minor > limits.minor_share_b else "A"
