"""An archive of many runs to a finished journal with load and report: how long, and does the cost grow in step.

    python benchmarks/archive_import.py [--runs 300 1000 3000]

The archive is one of Strava: a list, and a packed FIT for each run of about an hour with a sample every second. Reading
the same archive alone, in the same process, is the yardstick. "first" is when the first file is told of, the counting
of all files for the bar included. A second import must find that everything is there.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from time import perf_counter

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
    begun = perf_counter()
    assert sum(len(each.runs) for each in read_all([archive])) == runs
    reading_s = perf_counter() - begun
    first: list[float] = []

    def told(_: FileReport) -> None:
        if not first:
            first.append(perf_counter() - begun)

    with Journal.open(folder / f"{runs}.db") as journal:
        begun = perf_counter()
        count([archive])
        journal.add(archive, told)
        adding_s = perf_counter() - begun
        journal.training()
        journal.report()
        whole_s = perf_counter() - begun
        assert len(journal.runs()) == runs
        begun = perf_counter()
        assert not journal.add(archive).of("failed")
        again_s = perf_counter() - begun
    print(f"{runs} runs, {archive.stat().st_size / 1e6:.0f} MB")
    told_of = {
        "reading alone": reading_s,
        "the first file is told of": first[0],
        "all files are in": adding_s,
        "with load and report": whole_s,
        "a second import": again_s,
    }
    for what, took_s in told_of.items():
        ratio = took_s / reading_s
        print(f"  {what:26} {took_s:7.2f} s {took_s / runs * 1000:7.2f} ms a run {ratio:6.2f} x reading", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, nargs="+", default=[300, 1000, 3000])
    with tempfile.TemporaryDirectory() as folder:
        for runs in parser.parse_args().runs:
            measure(runs, Path(folder))


if __name__ == "__main__":
    main()
