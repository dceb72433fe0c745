from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from hipwise.activity import Lap, Note, Origin, Run
from hipwise.store import Memory, Store
from journals import live

MakeRun = Callable[..., Run]


@pytest.fixture(params=["sqlite"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each engine."""
    return {"sqlite": f"sqlite:///{tmp_path / 'me.db'}"}[request.param]


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    with Store.open(address) as opened:
        yield opened


@pytest.fixture
def memory(store: Store) -> Memory:
    return store.memory()


@pytest.fixture
def make_run() -> MakeRun:
    """Runs that differ: each NAME is another file, another id; HOUR is the start."""

    def make(name: str, hour: int = 0, *, files: tuple[str, ...] = (), distance_m: float | None = 5000.0) -> Run:
        started_at = datetime(2030, 5, 1, tzinfo=UTC) + timedelta(hours=hour)
        samples = pl.DataFrame(
            {
                "at": [started_at + timedelta(seconds=second) for second in range(5)],
                "heart_rate_bpm": [120.0, None, 131.5, 140.0, 141.0],
                "dev_aa_1_form": [None, 1.5, 2.5, None, 0.0],
                "moving": [True, True, False, True, True],
            },
            schema_overrides={"at": pl.Datetime("ms", "UTC")},
        )
        return Run(
            id=name,
            sport="running",
            sub_sport="trail",
            started_at=started_at,
            local_date=started_at.date(),
            utc_offset_s=7200,
            distance_m=distance_m,
            timer_s=1800.0,
            elapsed_s=1900.5,
            cadence_spm=171.25,
            heart_rate_bpm=None,
            records=5,
            origins=tuple(
                Origin(f"{file}.fit", "fit", f"sha-{file}", "garmin", "fr965", 3_999_999_999)
                for file in files or (name,)
            ),
            notes=(Note("activity.truncated", (("at", "12"), ("of", "20"))),),
            column_sources=(("heart_rate_bpm", "strap"),),
            laps=(Lap(2, 1500.5),),
            samples=samples,
        )

    return make


@pytest.fixture
def anna(store: Store, make_run: MakeRun) -> Memory:
    memory = store.memory("anna")
    live(memory, make_run)
    return memory


@pytest.fixture
def exported(anna: Memory, tmp_path: Path) -> Path:
    anna.export(tmp_path / "anna.zip")
    return tmp_path / "anna.zip"
