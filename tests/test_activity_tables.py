"""Plain tables of runs: the heads say the units, a bad line is told of with its number, and the others go on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from hipwise.activity import FileRead, Run, Shelf, by_hand, read, read_all, same_run
from hipwise.activity._tables import column_of


def found(folder: Path, text: str, name: str = "runs.csv") -> list[FileRead]:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return list(read_all([folder]))


def runs(folder: Path, text: str) -> list[Run]:
    return [run for each in found(folder, text) for run in each.runs]


def test_each_line_is_a_run(tmp_path: Path) -> None:
    text = (
        "Date,Start time of day,Distance (km),Duration,Avg HR,RPE,Title,Sport,Shoes\n"
        "2030-05-06 18:30,,10.5,52:30,151,4,By the river,Trail run,Blue ones\n"
        "2030-05-07,,5,1:02:03,,,,,\n"
        ",,,,,,,,\n"
        "2030-05-08,,40,90:00,,,,Ride,\n"
    )
    first, second, third = runs(tmp_path, text)
    assert (first.distance_m, first.timer_s, first.heart_rate_bpm, first.perceived_effort) == (10_500, 3150, 151, 4)
    assert (first.name, first.gear, first.sport, first.sub_sport) == (
        "By the river",
        "Blue ones",
        "running",
        "trail",
    )
    assert (first.local_date, second.local_date) == (date(2030, 5, 6), date(2030, 5, 7))
    assert (second.timer_s, second.sport, third.sport) == (3723, "running", "cycling")
    assert "activity.no_time_of_day" in {note.text for note in second.notes}
    assert "activity.no_time_of_day" not in {note.text for note in first.notes}


@pytest.mark.parametrize(
    ("head", "cell", "metres"),
    [
        ("km", "10", 10_000),
        ("distance_km", "10.5", 10_500),
        ("Distance (mi)", "2", 3218.688),
        ("miles", "2", 3218.688),
        ("Distance [m]", "1,500", 1500),
        ("meters", "800", 800),
    ],
)
def test_the_unit_of_a_distance_is_that_of_its_head(head: str, cell: str, metres: float, tmp_path: Path) -> None:
    (run,) = runs(tmp_path, f'date,"{head}"\n2030-05-06,"{cell}"\n')
    assert run.distance_m == pytest.approx(metres)


@pytest.mark.parametrize(
    ("head", "cell", "seconds"),
    [("minutes", "30", 1800), ("duration (h)", "1.5", 5400), ("time_s", "90", 90), ("time", "0:45:30", 2730)],
)
def test_the_unit_of_a_duration_is_that_of_its_head_or_its_own(
    head: str, cell: str, seconds: float, tmp_path: Path
) -> None:
    (run,) = runs(tmp_path, f"date,{head}\n2030-05-06,{cell}\n")
    assert run.timer_s == seconds


def test_a_comma_may_stand_for_the_point(tmp_path: Path) -> None:
    text = "Datum;Distanz (km);Zeit (min)\n06.05.2030;10,5;52,5\n07.05.2030;1.000,25;9000\n"
    assert [run.distance_m for run in runs(tmp_path, text)] == [10_500, 1_000_250]


def test_a_unit_is_never_guessed(tmp_path: Path) -> None:
    (told,) = found(tmp_path, "Date,Distance,Time\n2030-05-06,10,50:00\n")
    assert told.outcome == "failed"
    assert "in which unit 'Distance' is" in told.why
    assert "'Distance (km)'" in told.why
    (told,) = found(tmp_path, "Date,Distance (km),Time\n2030-05-06,10,50\n")
    assert "in which unit 'Time' is" in told.why


def test_days_and_months_are_told_apart_by_the_whole_column(tmp_path: Path) -> None:
    european = runs(tmp_path, "date,km\n3/4/2030,5\n13/4/2030,6\n")
    assert [run.local_date for run in european] == [date(2030, 4, 3), date(2030, 4, 13)]
    american = runs(tmp_path, "date,km\n3/4/2030 6:30,5\n3/14/2030,6\n")
    assert [run.local_date for run in american] == [date(2030, 3, 4), date(2030, 3, 14)]
    (told,) = found(tmp_path, "date,km\n3/4/2030,5\n")
    assert "can be read in two ways" in told.why


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("soon,5,30,", "'soon' is no date"),
        ("2030-13-40,5,30,", "is no date"),
        ("2030-05-06,five,30,", "'five' in the column 'km'"),
        ("2030-05-06,5,half,", "'half' in the column 'minutes'"),
        ("2030-05-06,-5,30,", "'-5' in the column"),
        ("2030-05-06,,,", "neither how far nor how long"),
        ("2030-05-06,0,0,", "neither how far nor how long"),
        ("2030-05-06,500,30,", "1000 km/h"),
        ("2030-05-06,1e300,,", "Nobody goes so far"),
        ("2030-05-06,7000,,", "Nobody goes so far"),
        ("2030-05-06,5,50000,", "or so long"),
        ("2030-05-06,5,30,11", "not between 0 and 10"),
        ("2030-05-06,5,30,-1", "not between 0 and 10"),
        ("2030-05-06 25:00,5,30,", "is no date"),
    ],
)
def test_a_bad_line_is_told_of_with_its_number(line: str, why: str, tmp_path: Path) -> None:
    first, bad, last = found(tmp_path, f"date,km,minutes,effort\n2030-05-05,5,30,3\n{line}\n2030-05-09,5,30\n")
    assert (first.outcome, bad.outcome, last.outcome) == ("read", "failed", "read")
    assert bad.file.endswith("runs.csv, line 3")
    assert why in bad.why


def test_a_time_of_day_in_a_column_of_its_own(tmp_path: Path) -> None:
    (run,) = runs(tmp_path, "date,clock,km\n2030-05-06,18:30,5\n")
    assert (run.started_at.hour, run.started_at.minute) == (18, 30)
    (told,) = found(tmp_path, "date,clock,km\n2030-05-06,soon:ish,5\n")
    assert told.outcome == "failed"


def test_tables_that_hold_no_runs_say_so(tmp_path: Path) -> None:
    (told,) = found(tmp_path, "date,km\n")
    assert "holds no runs" in told.why
    (told,) = found(tmp_path, "date,km\n2030-05-06," + '"' + "5" * 200_000 + "\n")
    assert "cannot be read" in told.why
    (told,) = found(tmp_path, "name,phone\nSam,5\n")
    assert told.outcome == "skipped"


def test_the_same_line_is_known_again(tmp_path: Path) -> None:
    (told,) = found(tmp_path, "date,km\n2030-05-06,5\n")
    again = list(read_all([tmp_path], known={told.sha256}.__contains__))
    assert [each.outcome for each in again] == ["known"]


def test_a_line_without_the_time_of_day_is_the_run_of_that_day_that_fits(tmp_path: Path) -> None:
    (line,) = runs(tmp_path, "date,km,minutes\n2030-05-06,10,50\n")
    at = line.started_at.replace(hour=18, minute=17)
    same = by_hand(at, "running", 10_050, 3001, 7200)
    other = by_hand(at, "running", 8000, 3001, 7200)
    another_day = by_hand(at.replace(day=7), "running", 10_000, 3000, 7200)
    assert [same_run(line, each) for each in (same, other, another_day)] == [True, False, False]


def test_two_lines_of_one_day_are_two_runs(tmp_path: Path) -> None:
    there, back, again = runs(tmp_path, "date,km,minutes\n2030-05-06,5,25\n2030-05-06,5.01,25\n2030-05-06,5,25\n")
    assert len({there.id, back.id, again.id}) == 3
    shelf = Shelf([], {}.__getitem__)
    for each in (there, back, again):
        placed = shelf.place([each], "runs.csv")
        assert placed.new == (each,)
        shelf.take("runs.csv", placed.ids)
        shelf.keep(placed)


def test_a_table_that_was_pasted_twice_tells_each_run_once(tmp_path: Path) -> None:
    lines = "2030-05-06,5\n2030-05-06,5\n2030-05-07,6\n"
    assert len({run.id for run in runs(tmp_path, f"date,km\n{lines}{lines}")}) == 3


def test_the_same_line_with_an_hour_is_one_run_however_often_it_stands(tmp_path: Path) -> None:
    one, other = runs(tmp_path, "date,km\n2030-05-06 18:30,5\n2030-05-06 18:30,5\n")
    assert one.id == other.id


def test_a_table_keeps_to_its_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hipwise.activity._csv.MOST_ROWS", 3)
    assert len(runs(tmp_path, "date,km\n" + "2030-05-06,5\n" * 9)) == 2


def test_heads_mean_what_they_say() -> None:
    heads = {"Distance (km)": "distance", "moving time [min]": "duration", "km": "distance", "Colour": None}
    assert {head: column_of(head) for head in heads} == heads


def test_one_file_can_be_read_alone(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("date\tkm\n2030-05-06\t5\n")
    (run,) = read(path)
    assert run.distance_m == 5000
