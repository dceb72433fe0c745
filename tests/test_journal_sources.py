"""One run from many sources, in any order, zone and hour: never doubled, never lost, and undone as if it never came."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hipwise.activity import RunSummary, write_fit
from hipwise.journal import Journal
from hipwise.simulate import strava_archive
from sore_runner import ON, Clock, a_run, track

DAY = timedelta(1)


TO_WORK_AND_BACK = "date,km,minutes\n2030-05-06,5,30\n2030-05-06,5.01,30\n"


def sources(folder: Path) -> dict[str, Path]:
    """Write two runs of a day, of nearly one length, as a watch and a table tell them; and one as three devices do."""
    write_fit(a_run(datetime(2030, 5, 6, 7, tzinfo=UTC), 5, 30), folder / "there.fit")
    write_fit(a_run(datetime(2030, 5, 6, 17, 30, tzinfo=UTC), 5.02, 30.1), folder / "back.fit")
    (folder / "table.csv").write_text(TO_WORK_AND_BACK)
    (folder / "noted.csv").write_text(TO_WORK_AND_BACK.replace("\n", ",note\n"))
    yesterday = datetime(2030, 5, 5, 7, tzinfo=UTC)
    track(folder / "phone.gpx", a_run(yesterday, 8, 48))
    write_fit(a_run(yesterday + timedelta(seconds=100), 7.9, 46.5), folder / "late.fit")
    (folder / "line.csv").write_text("date,km,minutes\n2030-05-05,8,48\n")
    return {each.stem: each for each in folder.iterdir()}


def counted(journal: Journal) -> list[tuple[object, ...]]:
    return journal.load().days.filter(pl.col("runs") > 0).select("date", "runs", "distance_m", "longest_m").rows()


@pytest.mark.parametrize(
    ("names", "metres"),
    [
        (("table",), {5000.0, 5010.0}),
        (("table", "noted"), {5000.0, 5010.0}),
        (("there", "table"), {5000.0, 5010.0}),
        (("there", "back", "table"), {5000.0, 5020.0}),
    ],
)
def test_a_way_there_and_back_is_two_runs_whoever_tells_of_it_first(
    tmp_path: Path, names: tuple[str, ...], metres: set[float]
) -> None:
    files = sources(tmp_path)
    for place, order in enumerate(permutations(names)):
        with Journal.open(tmp_path / f"{place}.db", now=Clock()) as journal:
            for name in order:
                journal.add(files[name])
            assert {run.distance_m for run in journal.runs()} == metres
            assert counted(journal) == [(ON, 2, sum(metres), max(metres))]


@pytest.mark.parametrize("order", [1, -1])
def test_a_table_that_grows_by_a_second_run_of_a_day_tells_of_two_whichever_line_stands_first(
    tmp_path: Path, order: int
) -> None:
    head, *lines = TO_WORK_AND_BACK.splitlines()
    with Journal.open(tmp_path / "a.db", now=Clock()) as journal:
        for told in (lines[:1], lines[::order]):
            (tmp_path / "mine.csv").write_text("\n".join([head, *told]))
            journal.add(tmp_path / "mine.csv")
        assert counted(journal) == [(ON, 2, 10_010, 5010)]
        files = sources(tmp_path)
        journal.add(files["back"])
        journal.add(files["phone"])
        assert counted(journal)[1] == (ON, 2, 10_020, 5020)
        journal.undo(3)
        assert counted(journal)[1] == (ON, 2, 10_010, 5010), "what only the recording told is gone, and no run with it"


def test_a_line_that_loses_its_recording_takes_no_place_of_another_line(tmp_path: Path) -> None:
    files = sources(tmp_path)
    with Journal.open(tmp_path / "a.db", now=Clock()) as journal:
        for name in ("there", "back", "table"):
            journal.add(files[name])
        journal.undo(1)
        assert [{origin.kind for origin in run.origins} for run in journal.runs()] == [{"csv"}, {"fit", "csv"}]
        assert counted(journal) == [(ON, 2, 10_020, 5020)]


def test_what_is_one_with_any_part_of_a_run_is_one_with_it_in_any_order(tmp_path: Path) -> None:
    files, seen = sources(tmp_path), set()
    for place, order in enumerate(permutations(("phone", "late", "line"))):
        with Journal.open(tmp_path / f"{place}.db", now=Clock()) as journal:
            together = [files[name] for name in order]
            for some in [together] if place % 2 else ([each] for each in together):
                journal.add(some)
            (run,) = journal.runs()
            seen.add((run.distance_m, run.timer_s, frozenset(origin.kind for origin in run.origins)))
    assert seen == {(7900.0, 2790.0, frozenset({"fit", "gpx", "csv"}))}


@given(
    st.lists(
        st.one_of(st.sampled_from(["there", "back", "table", "phone", "late", "line"]), st.integers(0, 5)),
        min_size=3,
        max_size=8,
    )
)
@settings(max_examples=5, deadline=None)
def test_an_import_that_is_taken_back_is_as_if_it_had_never_come(steps: list[str | int]) -> None:
    with TemporaryDirectory() as folder, Journal.open(Path(folder) / "a.db", now=Clock()) as journal:
        files, stands = sources(Path(folder)), {}
        for step in steps:
            if isinstance(step, str) and step not in stands.values():
                journal.add(files[step])
                stands[journal.imports()[0].number] = step
            elif isinstance(step, int) and stands:
                number = [*stands][step % len(stands)]
                journal.undo(number)
                del stands[number]
        with Journal.open(Path(folder) / "b.db", now=Clock()) as other:
            for name in stands.values():
                other.add(files[name])
            assert [_told(run) for run in journal.runs()] == [_told(run) for run in other.runs()]
            assert journal.load().days.equals(other.load().days)
            assert journal.today(planned_km=9) == other.today(planned_km=9)


def _told(run: RunSummary) -> tuple[object, ...]:
    return run.started_at, run.distance_m, run.timer_s, run.heart_rate_bpm, {each.sha256 for each in run.origins}


@pytest.mark.parametrize(
    ("zone", "longitude", "began", "day"),
    [
        ("America/Los_Angeles", -118.2, "2030-05-07T01:00", ON),
        ("Pacific/Auckland", 174.7, "2030-05-05T19:00", ON),
        ("Pacific/Auckland", -118.2, "2030-05-06T03:00", ON - DAY),
        ("Europe/Dublin", -6.2, "2030-05-05T23:30", ON),
        ("Europe/Dublin", -6.2, "2030-03-31T00:30", date(2030, 3, 31)),
        ("Europe/Dublin", -6.2, "2029-10-27T23:30", date(2029, 10, 28)),
    ],
)
def test_a_run_whose_file_tells_no_local_time_is_of_the_day_that_it_was_here(
    tmp_path: Path, zone: str, longitude: float, began: str, day: date
) -> None:
    run = a_run(datetime.fromisoformat(began).replace(tzinfo=UTC))
    track(tmp_path / "it.gpx", replace(run, samples=run.samples.with_columns(longitude_deg=pl.lit(longitude))))
    now = datetime.combine(ON, clock_time(19, 30), ZoneInfo(zone))
    with Journal.open(tmp_path / "me.db", now=lambda: now) as journal:
        report = journal.add(tmp_path / "it.gpx")
        assert [each.local_date for each in journal.runs()] == [day]
        assert "may be one off" in " ".join(report.files[0].notes)
        here = run.started_at.astimezone(ZoneInfo(zone)).date()  # while it is recent, the load takes the later day
        assert journal.load().days.filter(pl.col("runs") > 0)["date"].to_list() == [max(day, here)]


def test_the_hour_of_a_table_is_that_of_here_so_a_gpx_finds_its_line(tmp_path: Path) -> None:
    track(tmp_path / "it.gpx", a_run(datetime(2030, 5, 5, 23, 30, tzinfo=UTC)))
    (tmp_path / "mine.csv").write_text("date,km,minutes\n2030-05-06 00:30,8,49\n")
    now = datetime(2030, 5, 6, 20, tzinfo=ZoneInfo("Europe/Dublin"))
    for place, order in enumerate(permutations(["it.gpx", "mine.csv"])):
        with Journal.open(tmp_path / f"{place}.db", now=lambda: now) as journal:
            for name in order:
                journal.add(tmp_path / name)
            assert [(each.local_date, len(each.origins)) for each in journal.runs()] == [(ON, 2)]


def test_a_run_of_tomorrow_where_it_was_run_counts_today_and_tomorrow_once(tmp_path: Path) -> None:
    began, now = datetime(2030, 5, 5, 21, tzinfo=UTC), [datetime(2030, 5, 5, 22, 30, tzinfo=UTC)]
    write_fit(replace(a_run(began), utc_offset_s=36_000, local_date=ON), tmp_path / "sydney.fit")
    with Journal.open(tmp_path / "me.db", now=lambda: now[0]) as journal:
        journal.add(tmp_path / "sydney.fit")
        last = journal.last_run()
        assert last is not None
        assert counted(journal) == [(ON - DAY, 1, 8000, 8000)]
        assert [each.local_date for each in journal.runs()] == [ON]
        assert journal.quality().grades
        now[0] += DAY
        assert counted(journal) == [(ON, 1, 8000, 8000)]
        assert counted(journal.at(began - DAY)) == []


def test_a_line_of_a_list_without_a_zone_is_of_the_day_here_and_becomes_one_with_its_table(tmp_path: Path) -> None:
    evening = a_run(datetime(2030, 5, 7, 1, tzinfo=UTC))
    now = datetime(2030, 5, 6, 20, tzinfo=ZoneInfo("America/Los_Angeles"))
    (tmp_path / "mine.csv").write_text("date,distance km,duration min\n2030-05-06,8,48\n")
    with Journal.open(tmp_path / "me.db", now=lambda: now) as journal:
        journal.add([strava_archive(tmp_path / "all.zip", [], [evening]), tmp_path / "mine.csv"])
        assert [each.local_date for each in journal.runs()] == [ON]
