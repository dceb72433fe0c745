"""How long the store takes for a lifetime's runs, against plain SQLite rows and loose Parquet files in the same run.

    python benchmarks/store_write.py [--runs 500] [--records 3600]

Each run has 10 columns of noise that no compression likes. The store asks for each file whether it is known and whether
a run began near, then writes it in its own transaction; "together" is how an import does it: some files at once, and
what is known is held in memory.
"""

from __future__ import annotations

import argparse
import gc
import sqlite3
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from hipwise.activity import Origin, Run
from hipwise.store import Store

TOGETHER = 30
"""About the files of a quarter of a second, which an import writes in one transaction."""

START = datetime(2020, 1, 1, 6, tzinfo=UTC)


def samples(number: int, records: int) -> pl.DataFrame:
    dice = np.random.default_rng(number)
    at = np.datetime64(START.replace(tzinfo=None) + timedelta(days=number), "ms") + np.arange(records) * 1000
    return pl.DataFrame(
        {
            "at": pl.Series(at).dt.replace_time_zone("UTC"),
            "latitude_deg": 48 + np.cumsum(dice.normal(0, 2e-5, records)),
            "longitude_deg": 11 + np.cumsum(dice.normal(0, 2e-5, records)),
            "altitude_m": np.round(500 + np.cumsum(dice.normal(0, 0.2, records)), 1),
            "distance_m": np.round(np.cumsum(dice.normal(3, 0.2, records)), 2),
            "speed_mps": np.round(dice.normal(3, 0.2, records), 3),
            "heart_rate_bpm": np.round(140 + np.cumsum(dice.normal(0, 0.3, records))),
            "cadence_spm": np.round(dice.normal(170, 3, records)),
            "power_w": np.round(dice.normal(250, 20, records)),
            "moving": np.ones(records, dtype=bool),
        }
    )


def run(number: int, records: int) -> Run:
    started_at = START + timedelta(days=number)
    return Run(
        id=f"run {number}",
        sport="running",
        started_at=started_at,
        local_date=started_at.date(),
        origins=(Origin(f"{number}.fit", "fit", f"{number:064x}"),),
        distance_m=10_000.0,
        timer_s=float(records),
        records=records,
        samples=samples(number, records),
    )


def into_store(folder: Path, runs: list[Run]) -> None:
    with Store.open(folder / "me.db") as store:
        memory = store.memory()
        with memory.importing("benchmark", START) as batch:
            for each in runs:
                assert not memory.knows(each.origins[0].sha256)
                batch.add_file([each])


def together(folder: Path, runs: list[Run]) -> None:
    with Store.open(folder / "me.db") as store:
        memory = store.memory()
        with memory.importing("benchmark", START) as batch:
            for place, each in enumerate(runs):
                batch.hold([each])
                if place % TOGETHER == 0:
                    batch.write()


def into_rows(folder: Path, runs: list[Run]) -> None:
    with closing(sqlite3.connect(folder / "rows.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(
            "CREATE TABLE record (run INTEGER, n INTEGER, a,b,c,d,e,f,g,h,i,j, PRIMARY KEY (run, n)) WITHOUT ROWID"
        )
        for number, each in enumerate(runs):
            rows = each.samples.with_columns(pl.col("at").dt.epoch("ms")).rows()
            connection.execute("BEGIN IMMEDIATE")
            numbered = ((number, n, *row) for n, row in enumerate(rows))
            connection.executemany("INSERT INTO record VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", numbered)
            connection.execute("COMMIT")


def into_files(folder: Path, runs: list[Run]) -> None:
    for each in runs:
        each.samples.write_parquet(folder / f"{each.id}.parquet", compression="zstd")


def measure(way: Callable[[Path, list[Run]], None], runs: list[Run]) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        gc.collect()
        begun = time.perf_counter()
        way(folder, runs)
        took_s = time.perf_counter() - begun
        return took_s, sum(file.stat().st_size for file in folder.iterdir()) / 1e6


def read_back(runs: list[Run]) -> None:
    with tempfile.TemporaryDirectory() as name:
        into_store(Path(name), runs)
        with Store.open(Path(name) / "me.db") as store:
            memory = store.memory()
            for what, job in {
                "all totals": memory.runs,
                "one run's samples": lambda: memory.samples(runs[-1].id),
                "history": memory.history,
            }.items():
                begun = time.perf_counter()
                job()
                print(f"{'read ' + what:28} {1000 * (time.perf_counter() - begun):8.1f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=500)
    parser.add_argument("--records", type=int, default=3600)
    wanted = parser.parse_args()
    runs = [run(number, wanted.records) for number in range(wanted.runs)]
    measure(into_store, runs[:2])  # first use loads Alembic
    took = {}
    for way in (into_store, together, into_rows, into_files):
        took[way], size_mb = measure(way, runs)
        ratio = took[way] / took[into_store]
        print(f"{way.__name__:12} {took[way]:7.2f} s {size_mb:8.1f} MB   {ratio:5.2f} x the store's time")
    read_back(runs)


if __name__ == "__main__":
    main()
