"""A made-up runner for tests of journal and faces: small files, calm answers, a clock that is set."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

import polars as pl

from hipwise.activity import Origin, Run, write_fit
from hipwise.causes import first_page
from hipwise.journal import Journal
from hipwise.knowledge import Kind, Knowledge

__all__ = [
    "AFTER_THE_RUN",
    "BONE",
    "GATES",
    "GOOD_MORNING",
    "GROWING",
    "KB",
    "ON",
    "Clock",
    "a_run",
    "bare_journal",
    "calm",
    "fit",
    "gpx",
    "page",
    "sore",
    "track",
    "well",
]

KB = Knowledge.load()
ON = date(2030, 5, 6)
EVERY_S = 10

BONE = {"worst_point": "groin", "impact_pain": "yes", "more_running": "yes"}
"""Beside calm answers: the picture of a bone that may be under stress."""

GOOD_MORNING = {
    "rest_pain_score": "0",
    "walk_pain_score": "0",
    "limp": "no",
    "woken_by_hip": "no",
    "fever": "no",
    "painkiller": "none",
}
AFTER_THE_RUN = {"run_pain_score": "0", "morning_pain_score": "0", "run_limp": "no", "settled_after": "within_24_h"}


PACE_S = 360


class Clock:
    """A clock that a test sets; it stands at noon."""

    def __init__(self, on: date = ON) -> None:
        self.on = on

    def __call__(self) -> datetime:
        return datetime.combine(self.on, time(12, tzinfo=UTC))


def a_run(began: datetime, km: float = 8.0, minutes: float = 48.0, sport: str = "running") -> Run:
    """A run with a sample every ten seconds."""
    count = round(minutes * 60 / EVERY_S) + 1
    at = [began + timedelta(seconds=EVERY_S * place) for place in range(count)]
    metres = [km * 1000 * place / (count - 1) for place in range(count)]
    samples = pl.DataFrame(
        {
            "at": pl.Series(at).cast(pl.Datetime("ms", "UTC")),
            "distance_m": metres,
            "latitude_deg": [53.3 + metre / 111_000 for metre in metres],
            "longitude_deg": [-6.2] * count,
            "cadence_spm": [168.0] * count,
            "heart_rate_bpm": [140.0] * count,
            "moving": [True] * count,
        }
    )
    return Run(
        id="",
        sport=sport,
        started_at=began,
        local_date=began.date(),
        utc_offset_s=0,
        origins=(Origin("", "fit", ""),),
        distance_m=km * 1000,
        timer_s=minutes * 60,
        elapsed_s=minutes * 60,
        cadence_spm=168.0,
        heart_rate_bpm=140.0,
        records=count,
        samples=samples,
    )


def morning(day: date) -> datetime:
    return datetime.combine(day, time(7), UTC)


def fit(folder: Path, day: date = ON, km: float = 8.0, minutes: float = 48.0, name: str = "") -> Path:
    """Write a run of the morning of DAY as a FIT file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / (name or f"{day}.fit")
    write_fit(a_run(morning(day), km, minutes), path)
    return path


def gpx(folder: Path, day: date = ON, km: float = 8.0, minutes: float = 48.0) -> Path:
    """Write the run that `fit` writes as another program would: a GPX, begun half a minute later."""
    path = folder / f"{day}.gpx"
    track(path, a_run(morning(day) + timedelta(seconds=30), km, minutes))
    return path


def track(path: Path, run: Run) -> None:
    """Write RUN as a GPX, which says no local time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    points = "".join(
        f'<trkpt lat="{lat:.7f}" lon="{lon:.7f}"><time>{at:%Y-%m-%dT%H:%M:%SZ}</time></trkpt>'
        for at, lat, lon in run.samples.select("at", "latitude_deg", "longitude_deg").iter_rows()
    )
    text = f'<gpx version="1.1" creator="t"><trk><type>running</type><trkseg>{points}</trkseg></trk></gpx>'
    path.write_text(text, "utf-8")


def tcx(folder: Path, day: date = ON, pressed_km: tuple[float, ...] = (4.2,), km: float = 8.0) -> Path:
    """Write a run of the morning of DAY as a TCX file, in which lap was pressed at these km."""
    folder.mkdir(parents=True, exist_ok=True)
    laps, edges = "", [0.0, *pressed_km, km]
    for begin, end in pairwise(edges):
        seconds = range(round(begin * PACE_S), round(end * PACE_S) + 1, EVERY_S)
        times = [morning(day) + timedelta(seconds=each) for each in seconds]
        points = "".join(
            f"<Trackpoint><Time>{at:%Y-%m-%dT%H:%M:%SZ}</Time><DistanceMeters>{1000 * each / PACE_S}</DistanceMeters>"
            "</Trackpoint>"
            for at, each in zip(times, seconds, strict=True)
        )
        totals = f"<TotalTimeSeconds>{(end - begin) * PACE_S}</TotalTimeSeconds>"
        totals += f"<DistanceMeters>{1000 * (end - begin)}</DistanceMeters><TriggerMethod>Manual</TriggerMethod>"
        laps += f'<Lap StartTime="{times[0]:%Y-%m-%dT%H:%M:%SZ}">{totals}<Track>{points}</Track></Lap>'
    path = folder / f"{day}.tcx"
    activity = f'<Activity Sport="Running">{laps}</Activity>'
    path.write_text(f"<TrainingCenterDatabase><Activities>{activity}</Activities></TrainingCenterDatabase>", "utf-8")
    return path


def calm(**other: str) -> dict[str, str]:
    """Every red flag asked and denied: a sore outer hip and nothing else, but for OTHER."""
    states = {
        each.id: each.states[0] for page in first_page(KB).values() for each in page if each.kind is not Kind.CHOICE
    }
    return states | {"worst_point": "outer_hip", "pain_outer_hip": "yes"} | other


def sore(folder: Path, clock: Clock | None = None, **other: str) -> Journal:
    """A journal of a runner of 35 who runs every other day, told calm answers but for OTHER."""
    clock = clock or Clock()
    journal = Journal.open(folder / "me.db", now=clock)
    journal.add([fit(folder / "runs", clock.on - timedelta(2 * ago)) for ago in range(1, 21)])
    journal.set_athlete(age_y=35, sex="female", country="IE")
    journal.new_pain(onset=clock.on - timedelta(1), side="left")
    journal.tell(calm(**other))
    return journal


GROWING = {
    "pain_outer_hip": "no", "pain_groin": "yes", "worst_point": "groin", "impact_pain": "yes",
    "worsening": "over_weeks",
}  # fmt: skip
GATES = {"gate_walk_30": "yes", "gate_calm_days": "yes", "gate_one_leg": "yes", "gate_squats": "yes"}


def page(**told: str) -> dict[str, str]:
    """A calm first page and a calm check-in of a pain at the side of the hip."""
    return calm() | GOOD_MORNING | AFTER_THE_RUN | GATES | told


def well(**told: str) -> dict[str, str]:
    """A calm first page and a calm morning; nothing of a run."""
    return {name: state for name, state in page().items() if name not in AFTER_THE_RUN} | told


def bare_journal(folder: Path, clock: Clock) -> Journal:
    """A journal without runs, of a runner whose left hip is sore and who told that all is calm."""
    journal = Journal.open(folder / "bare.db", now=clock)
    journal.set_athlete(age_y=35, sex="female", country="IE")
    journal.new_pain(side="left")
    journal.tell(well())
    return journal
