"""Archives as Strava, Garmin and Apple hand them out, of invented runs. No real one was at hand: see docs."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, timezone
from itertools import pairwise
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import numpy as np

from hipwise.activity import Run, fit_bytes

__all__ = ["apple_export", "garmin_archive", "strava_archive"]

STRAVA_HEADS: Final = (
    "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,"
    "Max Heart Rate,Relative Effort,Commute,Activity Private Note,Activity Gear,Filename,Athlete Weight,"
    "Bike Weight,Elapsed Time,Moving Time,Distance,Max Speed,Average Speed,Elevation Gain,"
    "Elevation Loss,Elevation Low,Elevation High,Max Grade,Average Grade,Average Positive Grade,"
    "Average Negative Grade,Max Cadence,Average Cadence,Max Heart Rate,Average Heart Rate,Max Watts,"
    "Average Watts,Calories,Max Temperature,Average Temperature,Relative Effort,Total Work,"
    "Number of Runs,Uphill Time,Downhill Time,Other Time,Perceived Exertion,Type,Start Time,Commute,"
    "Media"
)
STRAVA: Final = STRAVA_HEADS.split(",")
FIRST_ID: Final = 9_000_000_001
TYPES: Final = {"running": "Run", "cycling": "Ride", "walking": "Walk", "hiking": "Hike", "swimming": "Swim"}
SHOES: Final = "Road shoe 2"

HEALTH: Final = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE HealthData [
<!-- HealthKit Export Version: 12 -->
<!ELEMENT HealthData (ExportDate,Me,(Record|Correlation|Workout|ActivitySummary)*)>
<!ATTLIST HealthData
  locale CDATA #REQUIRED
<!ELEMENT Record ((MetadataEntry|HeartRateVariabilityMetadataList)*)>
<!ATTLIST Record
  type CDATA #REQUIRED
  unit CDATA #IMPLIED
  value CDATA #IMPLIED
>
]>
<HealthData locale="en_IE">
 <ExportDate value="{written}"/>
 <Me HKCharacteristicTypeIdentifierDateOfBirth="" HKCharacteristicTypeIdentifierBiologicalSex=""/>
"""
DEVICE: Final = (
    "&lt;&lt;HKDevice: 0x30172c0a0&gt;, name:Apple Watch, manufacturer:Apple Inc., model:Watch, hardware:Watch7,2, "
    "software:11.6.1, creation date:2025-08-14 23:49:07 +0000&gt;"
)
RECORD: Final = (
    ' <Record type="HKQuantityTypeIdentifier{name}" sourceName="Apple\u00a0Watch" sourceVersion="11.6.1" '
    'device="{device}" unit="{unit}" creationDate="{end}" startDate="{start}" endDate="{end}" value="{value:.6g}"/>\n'
)
MEASURED: Final = (
    ("HeartRate", "count/min", "heart_rate_bpm", 1.0),
    ("RunningSpeed", "km/hr", "speed_mps", 3.6),
    ("RunningPower", "W", "power_w", 1.0),
    ("RunningGroundContactTime", "ms", "ground_contact_ms", 1.0),
    ("RunningVerticalOscillation", "cm", "vertical_oscillation_mm", 0.1),
    ("RunningStrideLength", "m", "step_length_mm", 0.001),
)
EVERY_S: Final = 3
PHONE: Final = timezone(timedelta(hours=1))
"""The zone in which the phone wrote the export."""


def strava_archive(
    path: Path, runs: Iterable[Run], by_hand: Iterable[Run] = (), heads: list[str] | None = None
) -> Path:
    """Write PATH as Strava's "bulk export": a table of activities with HEADS, and a packed FIT for each of RUNS.

    Runs BY_HAND stand in the table alone, without a file.
    """
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(heads or STRAVA)
    with ZipFile(path, "w", ZIP_STORED) as archive:
        for place, run in enumerate(runs):
            file = f"activities/{FIRST_ID + 7 * place}.fit.gz"
            archive.writestr(file, gzip.compress(fit_bytes(run), 6, mtime=0))
            writer.writerow(_strava_row(run, FIRST_ID + place, file))
        for place, run in enumerate(by_hand):
            writer.writerow(_strava_row(run, FIRST_ID + 5_000_000 + place, ""))
        archive.writestr("activities.csv", table.getvalue(), ZIP_DEFLATED)
        archive.writestr("profile.csv", "Athlete ID,First Name\n1,Sam\n", ZIP_DEFLATED)
        archive.writestr("shoes.csv", f"Shoe Name,Shoe Brand\n{SHOES},Example\n", ZIP_DEFLATED)
    return path


def _strava_row(run: Run, number: int, file: str) -> list[str]:
    at = f"{run.started_at:%b} {run.started_at.day}, {run.started_at:%Y}, {_half_day(run.started_at)}"
    said = {
        0: str(number),
        1: at,
        2: run.name or "Evening Run",
        3: TYPES.get(run.sport, "Workout"),
        4: 'Felt "fine",\nthen tired',
        5: f"{run.elapsed_s or 0:.0f}",
        6: f"{(run.distance_m or 0) / 1000:.2f}",
        11: run.gear or (SHOES if run.sport == "running" else ""),
        12: file,
        15: f"{run.elapsed_s or 0:.1f}",
        16: f"{run.timer_s or 0:.1f}",
        17: f"{run.distance_m or 0:.1f}",
        20: "" if run.ascent_m is None else f"{run.ascent_m:.1f}",
        29: "" if run.cadence_spm is None else f"{run.cadence_spm / _feet(run):.3f}",
        31: "" if run.heart_rate_bpm is None else f"{run.heart_rate_bpm:.1f}",
        43: "" if run.perceived_effort is None else f"{run.perceived_effort:.1f}",
    }
    return [said.get(place, "") for place in range(len(STRAVA))]


def _feet(run: Run) -> int:
    """Return how many feet make the cadence; Strava counts one of them."""
    return 1 if run.sport == "cycling" else 2


def _half_day(at: datetime) -> str:
    return f"{(at.hour - 1) % 12 + 1}:{at:%M:%S}\u202f{'AM' if at.hour < 12 else 'PM'}"  # noqa: PLR2004 (noon)


def garmin_archive(path: Path, runs: Iterable[Run], by_hand: Iterable[Run] = ()) -> Path:
    """Write PATH as Garmin's "export your data": the list of summaries, and a zip of all FIT files in the zip."""
    entries: list[dict[str, object]] = []
    inner = io.BytesIO()
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        with ZipFile(inner, "w", ZIP_DEFLATED) as uploaded:
            for place, run in enumerate(runs):
                entries.append(_summary(run, FIRST_ID + place))
                uploaded.writestr(f"sam@example.org_{4 * FIRST_ID + place}.fit", fit_bytes(run))
            uploaded.writestr(f"sam@example.org_{FIRST_ID}.txt", "a note")
        entries += [_summary(run, FIRST_ID + 5_000_000 + place) for place, run in enumerate(by_hand)]
        fitness = "DI_CONNECT/DI-Connect-Fitness/sam@example.org_0"
        archive.writestr(f"{fitness}_summarizedActivities.json", json.dumps([{"summarizedActivitiesExport": entries}]))
        worn = [{"gearPk": 7, "activityId": each["activityId"]} for each in entries]
        gear = [{"gearDTOS": [{"gearPk": 7, "displayName": SHOES}], "gearActivityDTOs": {"7": worn}}]
        archive.writestr(f"{fitness.removesuffix('_0')}_gear.json", json.dumps(gear))
        archive.writestr(
            "DI_CONNECT/DI-Connect-Wellness/2030_sleepData.json", json.dumps([{"sleepStartTimestampGMT": 1}])
        )
        archive.writestr(
            "DI_CONNECT/DI-Connect-Uploaded-Files/UploadedFiles_0-_Part1.zip", inner.getvalue(), ZIP_STORED
        )
    return path


def _summary(run: Run, number: int) -> dict[str, object]:
    begun = int(run.started_at.timestamp() * 1000)
    said: dict[str, object] = {
        "activityId": number,
        "name": run.name or "Dublin Running",
        "activityType": "treadmill_running" if run.sub_sport == "treadmill" else run.sport,
        "beginTimestamp": begun,
        "startTimeGmt": float(begun),
        "startTimeLocal": float(begun + 1000 * (run.utc_offset_s or 0)),
        "splits": [{"type": "INTERVAL_ACTIVE", "measurements": []}],
    }
    amounts = {
        "distance": (run.distance_m, 100),
        "duration": (run.timer_s, 1000),
        "elapsedDuration": (run.elapsed_s, 1000),
        "elevationGain": (run.ascent_m, 100),
        "avgHr": (run.heart_rate_bpm, 1),
        "avgBikeCadence" if run.sport == "cycling" else "avgDoubleCadence": (run.cadence_spm, 1),
    }
    return said | {name: float(value) * factor for name, (value, factor) in amounts.items() if value is not None}


def apple_export(path: Path, runs: Iterable[Run], *, filler: int = 0) -> Path:
    """Write PATH as Apple Health's export.zip, its document type broken as it is.

    FILLER is how many measurements of no run stand before those of each run: a real export has mostly those.
    """
    routes: list[tuple[str, str]] = []
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        with archive.open("apple_health_export/export.xml", "w", force_zip64=True) as export:
            tails = []
            for place, run in enumerate(runs):
                export.write(HEALTH.format(written=_stamp(run.started_at)).encode() if not place else b"")
                for text in (*_filling(run, filler), *_measurements(run)):
                    export.write(text.encode())
                route = _route(run)
                name = f"workout-routes/route_{run.started_at:%Y-%m-%d_%H%M}.gpx"
                routes += [(name, route)] if route else []
                tails.append(_workout(run, name if route else None))
            export.write("".join([*tails, "</HealthData>\n"]).encode())
        for name, route in routes:
            archive.writestr(f"apple_health_export/{name}", route)
    return path


def _stamp(at: datetime) -> str:
    return f"{at.astimezone(PHONE):%Y-%m-%d %H:%M:%S %z}"


def _filling(run: Run, count: int) -> Iterator[str]:
    begun = run.started_at - timedelta(hours=12)
    for place in range(count):
        at = _stamp(begun + timedelta(seconds=place))
        name, unit = (("ActiveEnergyBurned", "kcal"), ("BasalEnergyBurned", "kcal"), ("WalkingSpeed", "km/hr"))[
            place % 3
        ]
        yield RECORD.format(name=name, device=DEVICE, unit=unit, start=at, end=at, value=place % 7)


def _measurements(run: Run) -> Iterator[str]:
    """Yield what the watch measured, kind by kind; each speaks for EVERY_S seconds. Steps are told by the phone too."""
    frame = run.samples[::EVERY_S]
    at = [_stamp(each) for each in frame["at"]]
    spans = list(pairwise(at))
    for name, unit, column, factor in MEASURED:
        if column in frame.columns:
            for (start, end), value in zip(spans, frame[column], strict=False):
                if value is not None:
                    yield RECORD.format(name=name, device=DEVICE, unit=unit, start=start, end=end, value=value * factor)
    metres = np.diff(frame["distance_m"].to_numpy())
    seconds = np.diff(frame["at"].dt.epoch("s").to_numpy())
    steps = frame["cadence_spm"].fill_null(0).to_numpy()[:-1] / 60 * seconds
    for (start, end), metre, step in zip(spans, metres, steps, strict=False):
        yield RECORD.format(
            name="DistanceWalkingRunning", device=DEVICE, unit="km", start=start, end=end, value=metre / 1000
        )
        record = RECORD.format(name="StepCount", device=DEVICE, unit="count", start=start, end=end, value=step)
        yield record
        yield record.replace("Apple\u00a0Watch", "Sam\u2019s iPhone")


def _workout(run: Run, route: str | None) -> str:
    start, end = _stamp(run.started_at), _stamp(run.started_at + timedelta(seconds=run.elapsed_s or 0))
    kind = {"running": "Running", "cycling": "Cycling"}.get(run.sport, "Other")
    amounts = (("DistanceWalkingRunning", "sum", (run.distance_m or 0) / 1000, "km"),) + (
        (("HeartRate", "average", run.heart_rate_bpm, "count/min"),) if run.heart_rate_bpm else ()
    )
    parts = [
        (
            f' <Workout workoutActivityType="HKWorkoutActivityType{kind}" duration="{(run.timer_s or 0) / 60}" '
            f'durationUnit="min" sourceName="Apple\u00a0Watch" sourceVersion="11.6.1" device="{DEVICE}" '
            f'creationDate="{end}" startDate="{start}" endDate="{end}">'
        ),
        f'  <MetadataEntry key="HKIndoorWorkout" value="{int(run.sub_sport == "treadmill")}"/>',
        '  <MetadataEntry key="HKTimeZone" value="Europe/Dublin"/>',
        *(
            [f'  <MetadataEntry key="HKElevationAscended" value="{100 * run.ascent_m:.0f} cm"/>']
            if run.ascent_m
            else []
        ),
        *(
            f'  <WorkoutStatistics type="HKQuantityTypeIdentifier{name}" startDate="{start}" endDate="{end}" '
            f'{how}="{value}" unit="{unit}"/>'
            for name, how, value, unit in amounts
        ),
        *_pauses(run),
        f'  <WorkoutActivity uuid="1" startDate="{start}" endDate="{end}" duration="1" durationUnit="min">',
        '   <WorkoutStatistics type="HKQuantityTypeIdentifierHeartRate" average="1" unit="count/min"/>',
        "  </WorkoutActivity>",
        *(
            [f'  <WorkoutRoute sourceName="Apple\u00a0Watch"><FileReference path="/{route}"/></WorkoutRoute>']
            if route
            else []
        ),
        " </Workout>\n",
    ]
    return "\n".join(parts)


def _pauses(run: Run) -> Iterator[str]:
    moving = run.samples["moving"].to_numpy()
    for place in np.flatnonzero(~moving[:-1]):
        for kind, at in (("Pause", run.samples["at"][int(place)]), ("Resume", run.samples["at"][int(place) + 1])):
            yield f'  <WorkoutEvent type="HKWorkoutEventType{kind}" date="{_stamp(at)}"/>'


def _route(run: Run) -> str | None:
    if "latitude_deg" not in run.samples.columns:
        return None
    points = "".join(
        f'<trkpt lon="{longitude:.6f}" lat="{latitude:.6f}"><ele>{altitude:.3f}</ele><time>{at:%Y-%m-%dT%H:%M:%SZ}'
        "</time>"
        "<extensions><speed>2.9</speed><course>11.2</course><hAcc>2.1</hAcc><vAcc>1.6</vAcc></extensions></trkpt>\n"
        for at, latitude, longitude, altitude in run.samples.select(
            "at", "latitude_deg", "longitude_deg", "altitude_m"
        ).iter_rows()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="Apple Health Export" '
        'xmlns="http://www.topografix.com/GPX/1/1">\n<metadata><time>2030-01-20T21:00:00Z</time></metadata>\n'
        f"<trk><name>Route</name><trkseg>{points}</trkseg></trk></gpx>\n"
    )
