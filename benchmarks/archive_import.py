"""An archive of many runs to a finished journal with load and report: how long, and does the cost grow in step.

    python benchmarks/archive_import.py [--runs 300 1000 3000]

The archive is one of Strava: a list, and a packed FIT for each run of about an hour with a sample every second. Reading
the same archive alone, in the same process, is the yardstick; on a shared machine, time of processors counts.
"The first file" is told of after all files were counted for the bar. A second import must find that all is there: it
reads each packed file and takes its sum, but unpacks none.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from time import perf_counter, process_time

import polars as pl

from hipwise.activity import Run, count, read_all
from hipwise.journal import FileReport, Journal
from hipwise.simulate import runner, strava_archive

TEMPLATES = 12


def many(runs: int) -> Iterator[Run]:
    """Yield one run a day; there are TEMPLATES of them, moved in time."""
    made = list(runner(seed=1, n_runs=TEMPLATES))
    for place in range(runs):
        days = timedelta(place - place % TEMPLATES)
        run = made[place % TEMPLATES]
        samples = run.samples.with_columns(pl.col("at") + days)
        yield replace(run, started_at=run.started_at + days, local_date=run.local_date + days, samples=samples)


def measure(runs: int, folder: Path) -> None:
    archive = strava_archive(folder / f"strava{runs}.zip", many(runs))
    marks = {"": now()}
    assert sum(len(each.runs) for each in read_all([archive])) == runs
    marks["reading alone"] = now()

    def told(_: FileReport) -> None:
        marks.setdefault("the first file is told of", now())

    with Journal.open(folder / f"{runs}.db") as journal:
        count([archive])
        journal.add(archive, told)
        marks["all files are in"] = now()
        journal.training()
        journal.report()
        marks["with load and report"] = now()
        assert len(journal.runs()) == runs
        begun = now()
        assert not journal.add(archive).of("failed")
        again = now()
    print(f"{runs} runs, {archive.stat().st_size / 1e6:.0f} MB")
    alone_s = marks["reading alone"][1] - marks[""][1]
    show("reading alone", marks[""], marks["reading alone"], runs, alone_s)
    for what in list(marks)[2:]:
        show(what, marks["reading alone"], marks[what], runs, alone_s)
    show("a second import", begun, again, runs, alone_s)


def now() -> tuple[float, float]:
    """Return the clock on the wall, and the processor time of all threads."""
    return perf_counter(), process_time()


def show(what: str, begun: tuple[float, float], ended: tuple[float, float], runs: int, alone_s: float) -> None:
    wall_s, work_s = (end - begin for begin, end in zip(begun, ended, strict=True))
    print(
        f"  {what:28} {wall_s:7.2f} s, of processors {work_s:7.2f} s ({work_s / runs * 1000:5.2f} ms a run,"
        f" {work_s / alone_s:5.2f} x reading alone)",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, nargs="+", default=[300, 1000, 3000])
    with tempfile.TemporaryDirectory() as folder:
        for runs in parser.parse_args().runs:
            measure(runs, Path(folder))


if __name__ == "__main__":
    main()
