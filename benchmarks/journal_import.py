"""How long 500 simulated runs take into a journal, against only reading the same files in the same run.

    python benchmarks/journal_import.py [--runs 500] [--rounds 3] [--command]

Each file is an hour with a sample every second, as a watch writes it. Reading is `hipwise.activity.read`, file by file.
The import reads, looks for the same run from elsewhere, and keeps each file whole at once. A second import of the same
folder must find that all is there. With --command the whole command `hipwise add` is timed too, its start included.
"""

from __future__ import annotations

import argparse
import gc
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from hipwise.activity import read, write_fit
from hipwise.journal import Journal
from hipwise.simulate import runner


def make(folder: Path, runs: int) -> list[Path]:
    folder.mkdir()
    paths = []
    for run in runner(seed=1, n_runs=runs):
        paths.append(folder / run.file)
        write_fit(run, paths[-1])
    return paths


def timed(job: Callable[[], object]) -> float:
    gc.collect()
    begun = time.perf_counter()
    job()
    return time.perf_counter() - begun


def read_only(paths: list[Path]) -> None:
    for path in paths:
        assert len(read(path)) == 1


def bring_in(folder: Path, database: Path, runs: int, outcome: str) -> None:
    with Journal.open(database) as journal:
        report = journal.add([folder])
        assert len(report.of(outcome)) == runs, report.as_dict()
        assert len(journal.runs()) == runs


def by_command(folder: Path, database: Path) -> None:
    command = [sys.executable, "-m", "hipwise", "add", str(folder), "--journal", str(database), "--json"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 (our own command)


def told(what: str, took_s: float, runs: int, reading_s: float) -> None:
    print(f"{what:36} {took_s:7.2f} s {runs / took_s:8.0f} runs/s   {took_s / reading_s:5.2f} x reading alone")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--command", action="store_true")
    wanted = parser.parse_args()
    took: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "runs"
        paths = make(folder, wanted.runs)
        size_mb = sum(path.stat().st_size for path in paths) / 1e6
        print(f"{wanted.runs} files, {size_mb:.0f} MB; best of {wanted.rounds} rounds")
        with Journal.open(Path(name) / "warm.db"):
            pass  # first use loads Alembic
        for place in range(wanted.rounds):
            database = Path(name) / f"{place}.db"
            jobs: dict[str, Callable[[], object]] = {
                "reading the files alone": lambda: read_only(paths),
                "into a new journal": lambda at=database: bring_in(folder, at, wanted.runs, "read"),
                "the same folder again": lambda at=database: bring_in(folder, at, wanted.runs, "merged"),
            }
            if wanted.command:
                other = Path(name) / f"command {place}.db"
                jobs["hipwise add, with its start"] = lambda at=other: by_command(folder, at)
            for what, job in jobs.items():
                took.setdefault(what, []).append(timed(job))
    reading_s = min(took["reading the files alone"])
    for what, seconds in took.items():
        told(what, min(seconds), wanted.runs, reading_s)


if __name__ == "__main__":
    main()
