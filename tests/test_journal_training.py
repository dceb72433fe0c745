"""Merges, splits, undone imports, gaps and quality, as the journal does them with real files."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import permutations
from pathlib import Path

import pytest

from hipwise.activity import Run
from hipwise.errors import HipwiseError
from hipwise.journal import Journal
from hipwise.simulate import apple_export, garmin_archive, story, strava_archive
from sore_runner import ON, Clock

DAY = timedelta(1)


@cache
def runs() -> tuple[Run, ...]:
    return story(start=date(2029, 11, 5)).runs[:3]


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same runs from three services; Strava's list has one more by hand."""
    folder = tmp_path_factory.mktemp("archives")
    return {
        "garmin": garmin_archive(folder / "garmin.zip", runs()),
        "strava": strava_archive(folder / "strava.zip", runs(), [story(start=date(2029, 11, 5)).runs[4]]),
        "apple": apple_export(folder / "export.zip", runs()),
    }


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal.open(tmp_path / "me.db", now=Clock()) as opened:
        yield opened


def kinds(journal: Journal) -> list[set[str]]:
    return [{origin.kind for origin in run.origins} for run in journal.runs()]


@pytest.mark.parametrize("order", list(permutations(["garmin", "strava", "apple"])))
def test_the_same_runs_from_three_services_are_counted_once_in_any_order(
    order: tuple[str, ...], journal: Journal, archives: dict[str, Path]
) -> None:
    for name in order:
        assert not journal.add(archives[name]).of("failed")
    everywhere = {"fit", "garmin", "strava", "apple"}
    assert kinds(journal) == [everywhere, everywhere, everywhere, {"strava"}]
    assert all(run.records > 1 and run.gear for run in journal.runs()[:3] if run.sport == "running")
    before = journal.runs()
    for name in order:
        report = journal.add(archives[name])
        assert not report.of("failed")
    assert journal.runs() == before


def test_a_backup_of_runs_from_every_service_comes_back(
    journal: Journal, archives: dict[str, Path], tmp_path: Path
) -> None:
    journal.add([archives[name] for name in ("apple", "strava", "garmin")])
    journal.split(next(run.id for run in journal.runs() if len(run.origins) > 1))
    journal.export(tmp_path / "all.zip")
    with Journal.open(tmp_path / "new.db", now=Clock()) as other:
        other.restore(tmp_path / "all.zip")
        assert other.runs() == journal.runs()
        for run in journal.runs():
            assert other.streams(run.id) == journal.streams(run.id)


def test_a_split_run_is_two_again_and_a_second_import_leaves_it_so(journal: Journal, archives: dict[str, Path]) -> None:
    journal.add(archives["garmin"])
    journal.add(archives["apple"])
    whole = journal.runs()[0]
    parts = journal.split(whole.id)
    assert [{origin.kind for origin in part.origins} for part in parts] == [{"fit", "garmin"}, {"apple"}]
    assert journal.runs()[0].id == whole.id
    journal.add(archives["apple"])
    assert len(journal.runs()) == len(runs()) + 1
    assert "split" in str(journal.undo())
    assert journal.runs()[0] == whole


def test_imports_are_listed_with_stamps_and_each_can_be_undone(journal: Journal, archives: dict[str, Path]) -> None:
    for name in ("garmin", "strava", "apple"):
        journal.add(archives[name])
    assert [(event.number, event.label) for event in journal.imports()] == [
        (3, "export.zip"),
        (2, "strava.zip"),
        (1, "garmin.zip"),
    ]
    journal.undo(2)
    assert kinds(journal) == [{"fit", "garmin", "apple"}] * 3
    assert [event.undone_at is None for event in journal.imports()] == [True, False, True]
    journal.add(archives["strava"])
    assert kinds(journal)[0] == {"fit", "garmin", "apple", "strava"}


def test_a_run_by_hand_is_split_off_again(journal: Journal, archives: dict[str, Path]) -> None:
    run = runs()[0]
    local = run.started_at.astimezone()
    journal.log(distance_m=run.distance_m, timer_s=run.timer_s, started_at=local, perceived_effort=7)
    journal.add(archives["garmin"])
    (merged,) = (each for each in journal.runs() if len(each.origins) == 3)
    assert merged.perceived_effort is not None
    assert [part.origins[0].kind for part in journal.split(merged.id)] == ["hand", "fit"]


def test_gaps_are_told_marked_and_undone(journal: Journal, archives: dict[str, Path]) -> None:
    journal.add(archives["garmin"])
    (gap,) = (fault for fault in journal.quality().faults if fault.kind == "gap_unknown")
    journal.mark_gap(gap.on, gap.until, "rest")
    assert "gap_rest" in {fault.kind for fault in journal.quality().faults}
    journal.undo()
    assert gap in journal.quality().faults


def test_a_gap_must_make_sense(journal: Journal) -> None:
    with pytest.raises(HipwiseError, match="cannot be 'holiday'"):
        journal.mark_gap(ON, ON, "holiday")
    for begin, until in ((ON, ON - DAY), (ON, ON + DAY)):
        with pytest.raises(HipwiseError, match="cannot be marked"):
            journal.mark_gap(begin, until, "rest")


def test_the_weeks_of_the_load_bear_their_grade(journal: Journal, archives: dict[str, Path]) -> None:
    journal.add(archives["garmin"])
    weeks = journal.training()["weeks"]
    grades = journal.quality().grades
    assert [week["grade"] for week in weeks] == [grades[date.fromisoformat(week["monday"])] for week in weeks]
    assert {week["grade"] for week in weeks} == {"C"}


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system kills in another way")
def test_an_archive_killed_at_any_moment_loses_nothing_and_doubles_nothing(
    tmp_path: Path, archives: dict[str, Path]
) -> None:
    undisturbed, killed = tmp_path / "undisturbed.db", tmp_path / "killed.db"
    for journal in (undisturbed, killed):
        assert _add(journal, archives["garmin"]).wait() == 0
    begun = time.monotonic()
    _add(undisturbed, archives["apple"], archives["strava"]).wait()
    took_s = time.monotonic() - begun
    dice = random.Random(11)  # noqa: S311 (when to kill, not a secret)
    for _ in range(4):
        process = _add(killed, archives["apple"], archives["strava"])
        time.sleep(took_s * dice.uniform(0.3, 1.0))
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert _add(killed, archives["apple"], archives["strava"]).wait() == 0
    with Journal.open(undisturbed, now=Clock()) as one, Journal.open(killed, now=Clock()) as other:
        assert other.runs() == one.runs()
        other.undo(1)
        one.undo(1)
        assert other.runs() == one.runs()


def _add(journal: Path, *paths: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "hipwise", "add", *map(str, paths), "--json", "--journal", str(journal)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL)
