"""GPX and TCX: the quick way, our strict way and xml.etree, bytes to the same NumPy columns, in one process.

    python benchmarks/xml_read.py [FILE ...]

Without files, made-up runs of three hours, half an hour and ten minutes (a point a second, as watches export it) are
taken in both formats. The last figure is the whole of what an import does: bytes to a finished Run. Times are those of
processors, all threads together, so that a busy machine tells little else; the ratio counts.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from time import process_time
from xml.etree import ElementTree as ET

import numpy as np

from hipwise.activity._gpx import SHAPE as GPX
from hipwise.activity._gpx import read_gpx
from hipwise.activity._tcx import SHAPE as TCX
from hipwise.activity._tcx import read_tcx
from hipwise.activity._xml import Shape, root_name, strict, text_of
from hipwise.activity._xml_quick import _quick

REPEATS = 15
LONG_S, MIDDLE_S, SHORT_S = 3 * 3600, 1800, 600

TRKPT = """   <trkpt lat="{lat:.14f}" lon="7.{second:014d}">
    <ele>{ele:.13f}</ele>
    <time>{time}.000Z</time>
    <extensions>
     <ns3:TrackPointExtension>
      <ns3:hr>{hr}</ns3:hr>
      <ns3:cad>{cad}</ns3:cad>
     </ns3:TrackPointExtension>
    </extensions>
   </trkpt>
"""
TRACKPOINT = """     <Trackpoint>
      <Time>{time}.000Z</Time>
      <Position>
       <LatitudeDegrees>{lat:.14f}</LatitudeDegrees>
       <LongitudeDegrees>7.{second:014d}</LongitudeDegrees>
      </Position>
      <AltitudeMeters>{ele:.13f}</AltitudeMeters>
      <DistanceMeters>{distance:.10f}</DistanceMeters>
      <HeartRateBpm>
       <Value>{hr}</Value>
      </HeartRateBpm>
      <Extensions>
       <ns3:TPX>
        <ns3:Speed>{speed:.15f}</ns3:Speed>
        <ns3:RunCadence>{cad}</ns3:RunCadence>
       </ns3:TPX>
      </Extensions>
     </Trackpoint>
"""
GPX_AROUND = '<?xml version="1.0"?>\n<gpx xmlns:ns3="3"><trk><type>running</type><trkseg>\n{}</trkseg></trk></gpx>\n'
TCX_AROUND = (
    '<?xml version="1.0"?>\n<TrainingCenterDatabase xmlns:ns3="3"><Activities><Activity Sport="Running">'
    '<Lap StartTime="2030-05-01T06:00:00Z"><Track>\n{}</Track></Lap></Activity></Activities></TrainingCenterDatabase>\n'
)


def made_up(point: str, around: str, seconds: int) -> bytes:
    return around.format(
        "".join(
            point.format(
                second=second,
                lat=50 + second * 2.7e-5,
                ele=100 + 30 * math.sin(second / 300),
                time=f"2030-05-01T{6 + second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}",
                hr=140 + second % 20,
                cad=84 + second % 5,
                speed=3 + math.sin(second / 60) / 3,
                distance=3.0 * second,
            )
            for second in range(seconds)
        )
    ).encode()


def by_etree(data: bytes, shape: Shape) -> dict[str, np.ndarray]:
    """The same columns as one would write it first."""
    columns: dict[str, list[float]] = {name: [] for name in (*shape.attributes, *shape.fields)}
    names = {each: name for name, every in shape.fields.items() for each in reversed(every)}
    for point in ET.fromstring(data).iter():  # noqa: S314 (made here)
        if point.tag.rpartition("}")[2] != shape.point:
            continue
        row = {name: float(point.attrib[attribute]) for name, attribute in shape.attributes.items()}
        for each in point.iter():
            name = names.get(each.tag.rpartition("}")[2])
            if name == "at":
                row[name] = datetime.fromisoformat(each.text or "").timestamp()
            elif name and name not in row:
                row[name] = float(each.text or "nan")
        for name, column in columns.items():
            column.append(row.get(name, math.nan))
    return {name: np.array(column) for name, column in columns.items()}


def best_s(job: Callable[[], object]) -> float:
    times = []
    for _ in range(REPEATS):
        began = process_time()
        job()
        times.append(process_time() - began)
    return min(times)


def compare(name: str, data: bytes) -> None:
    shape, reader = (GPX, read_gpx) if root_name(text_of(data)) == "gpx" else (TCX, read_tcx)
    quick = _quick(text_of(data), shape, name)
    assert quick is not None, "not plain: the strict way reads it"
    for column, values in by_etree(data, shape).items():
        assert np.array_equal(quick.columns[column], values, equal_nan=True), column
    megabytes = len(data) / 1e6
    ways: dict[str, Callable[[], object]] = {
        "xml.etree": lambda: by_etree(data, shape),
        "strict": lambda: strict(text_of(data), shape, name),
        "quick": lambda: _quick(text_of(data), shape, name),
        "to a finished run": lambda: reader(data, name),
    }
    print(f"{name}: {megabytes:.1f} MB, {len(quick.columns['at'])} points")
    slowest = 0.0
    for way, job in ways.items():
        seconds = best_s(job)
        slowest = slowest or seconds
        print(f"  {way:18} {seconds * 1000:8.1f} ms  {megabytes / seconds:6.0f} MB/s  {slowest / seconds:5.1f} x")


def main() -> None:
    files = {Path(name).name: Path(name).read_bytes() for name in sys.argv[1:]}
    made = {"gpx": (TRKPT, GPX_AROUND), "tcx": (TRACKPOINT, TCX_AROUND)}
    lengths = {"long": LONG_S, "middle": MIDDLE_S, "short": SHORT_S}
    files = files or {
        f"{how}.{kind}": made_up(*parts, seconds) for how, seconds in lengths.items() for kind, parts in made.items()
    }
    for name, data in files.items():
        compare(name, data)


if __name__ == "__main__":
    main()
