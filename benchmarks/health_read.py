"""An Apple Health export is read in bounded memory: how fast, and how much memory the process takes.

    python benchmarks/health_read.py [--megabytes 1000] [--zip]

The export is made up: runs with all that a watch measures, among measurements of whole days (four of five do not
matter, as in real exports). xml.etree's iterparse, which stops at Apple's broken document type, reads the same text
without it, and only counts. Each reader runs in a process of its own, so that its peak of memory is its own.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from time import perf_counter
from xml.etree import ElementTree as ET
from zipfile import ZIP_DEFLATED, ZipFile

from hipwise.activity import read_all
from hipwise.simulate import apple_export, story

MB = 1_000_000
RUNS = 60
KINDS = (
    ("ActiveEnergyBurned", "kcal"),
    ("BasalEnergyBurned", "kcal"),
    ("HeartRate", "count/min"),
    ("PhysicalEffort", "x"),
)


def make(folder: Path, megabytes: int) -> Path:
    """Write an export.xml of so many megabytes, with RUNS workouts."""
    packed = apple_export(folder / "runs.zip", story(start=date(2020, 1, 6)).runs[:RUNS])
    with ZipFile(packed) as archive:
        text = archive.read("apple_health_export/export.xml")
    packed.unlink()
    begin = text.index(b" <Record ")
    record = text[begin : text.index(b"\n", begin) + 1]
    kind = record[record.index(b"Identifier") + 10 : record.index(b'" sourceName')]
    days = b"".join(record.replace(kind, name.encode()).replace(b"count/min", unit.encode()) for name, unit in KINDS)
    block = days * (MB // len(days))
    file = folder / "export.xml"
    with file.open("wb") as out:
        out.write(text[:begin])
        for _ in range(max(0, megabytes - len(text) // MB)):
            out.write(block)
        out.write(text[begin:])
    return file


def by_hipwise(file: Path) -> int:
    return sum(len(each.runs) for each in read_all([file]))


def by_etree(file: Path) -> int:
    count = 0
    with file.open("rb") as text:
        while not text.readline().startswith(b"<HealthData"):
            pass
        parser = ET.XMLPullParser(["end"])
        parser.feed("<HealthData>")
        while chunk := text.read(2**20):
            parser.feed(chunk)
            for _, element in parser.read_events():
                count += element.tag == "Workout"
                element.clear()
    return count


READERS = {"hipwise, to finished runs": by_hipwise, "xml.etree, counting only": by_etree}


def peak() -> float:
    """Return the most megabytes that this process held (Linux tells it since its start, others since its parent's)."""
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def alone(name: str, file: Path) -> None:
    begun = perf_counter()
    count = READERS[name](file)
    took_s = perf_counter() - begun
    peak_mb = peak()
    size_mb = (
        sum(each.file_size for each in ZipFile(file).filelist) if file.suffix == ".zip" else file.stat().st_size
    ) / MB
    print(f"{name:28} {took_s:7.1f} s {size_mb / took_s:6.0f} MB/s {peak_mb:6.0f} MB at most, {count} workouts")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=1000)
    parser.add_argument("--zip", action="store_true")
    parser.add_argument("--alone", nargs=2)
    wanted = parser.parse_args()
    if wanted.alone:
        alone(wanted.alone[0], Path(wanted.alone[1]))
        return
    with tempfile.TemporaryDirectory() as name:
        file = make(Path(name), wanted.megabytes)
        print(f"{file.stat().st_size / MB:.0f} MB of text", flush=True)
        if wanted.zip:
            with ZipFile(file.with_suffix(".zip"), "w", ZIP_DEFLATED, compresslevel=6) as archive:
                archive.write(file, "apple_health_export/export.xml")
        for reader in READERS:
            subprocess.run([sys.executable, __file__, "--alone", reader, str(file)], check=True)  # noqa: S603 (ourselves)
        if wanted.zip:
            packed = str(file.with_suffix(".zip"))
            subprocess.run([sys.executable, __file__, "--alone", next(iter(READERS)), packed], check=True)  # noqa: S603 (ourselves)


if __name__ == "__main__":
    main()
