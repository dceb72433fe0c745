"""What TCX files become."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from hipwise.activity._run import Run
from hipwise.activity._tcx import read_tcx
from hipwise.errors import NotAnActivity, UnreadableFile

START = datetime(2030, 5, 1, 6, 30, tzinfo=UTC)


def at(seconds: float = 0) -> str:
    return (START + timedelta(seconds=seconds)).isoformat().replace("+00:00", "Z")


def texts(run: Run) -> set[str]:
    return {note.text.removeprefix("activity.") for note in run.notes}


def trackpoint(seconds: float, inside: str = "") -> str:
    return f"<Trackpoint><Time>{at(seconds)}</Time>{inside}</Trackpoint>"


def lap(begin_s: int, seconds: int, *inside: str, time_s: float | None = None, metres: float | None = None) -> str:
    time = f"<TotalTimeSeconds>{seconds if time_s is None else time_s}</TotalTimeSeconds>"
    distance = "" if metres is None else f"<DistanceMeters>{metres}</DistanceMeters>"
    return f'<Lap StartTime="{at(begin_s)}">{time}{distance}{"".join(inside)}</Lap>'


def track(begin_s: int, seconds: int, metres: float = 3.0) -> str:
    points = range(begin_s, begin_s + seconds + 1)
    return f"<Track>{''.join(trackpoint(s, f'<DistanceMeters>{s * metres}</DistanceMeters>') for s in points)}</Track>"


def activity(*laps: str, sport: str = "Running", rest: str = "") -> str:
    return f'<Activity Sport="{sport}"><Id>{at()}</Id>{"".join(laps)}{rest}</Activity>'


def tcx(*activities: str) -> str:
    return f"<TrainingCenterDatabase><Activities>{''.join(activities)}</Activities></TrainingCenterDatabase>"


def tcx_one(*laps: str, **more: str) -> Run:
    (run,) = read_tcx(tcx(activity(*laps, **more)).encode(), "a.tcx")
    return run


def test_a_tcx_becomes_a_run_with_totals_of_its_laps() -> None:
    run = tcx_one(lap(0, 300, track(0, 300), metres=905), lap(300, 300, track(300, 300), metres=895.5))
    assert (run.sport, run.started_at) == ("running", START)
    assert (run.timer_s, run.elapsed_s, run.distance_m) == (600, 600, 1800.5)
    assert "totals_rebuilt" not in texts(run)


def test_a_treadmill_run_without_positions_keeps_its_points() -> None:
    inside = (
        "<DistanceMeters>7</DistanceMeters><HeartRateBpm><Value>120</Value></HeartRateBpm><Extensions>"
        '<ns3:TPX xmlns:ns3="x"><ns3:Speed>2.5</ns3:Speed><ns3:RunCadence>80</ns3:RunCadence><ns3:Watts>210</ns3:Watts>'
        "</ns3:TPX></Extensions>"
    )
    run = tcx_one(lap(0, 9, f"<Track>{trackpoint(0, inside)}{trackpoint(9, inside)}</Track>"))
    assert run.records == 2
    assert run.samples["speed_mps"].to_list() == [2.5, 2.5]
    assert run.samples["power_w"].to_list() == [210, 210]
    assert (run.heart_rate_bpm, run.cadence_spm) == (120, 160)
    assert "latitude_deg" not in run.samples.columns


def test_run_cadence_goes_before_cadence_and_cadence_fills_its_gaps() -> None:
    points = trackpoint(0, "<Cadence>1</Cadence><RunCadence>85</RunCadence>") + trackpoint(1, "<Cadence>84</Cadence>")
    assert tcx_one(lap(0, 9, f"<Track>{points}</Track>")).samples["cadence_spm"].to_list() == [170, 168]


def test_legs_of_a_multisport_session_are_runs_that_begin_at_0_m() -> None:
    swim = activity(lap(0, 100, track(0, 100), metres=300), sport="Other")
    run = activity(lap(200, 100, track(200, 100), metres=300))
    body = (
        f"<MultiSportSession><Id>x</Id><FirstSport>{swim}</FirstSport><NextSport>{run}</NextSport></MultiSportSession>"
    )
    first, second = read_tcx(tcx(body).encode(), "a.tcx")
    assert (first.sport, second.sport) == ("other", "running")
    assert second.samples["distance_m"][0] == 0
    assert second.distance_m == 300
    assert first.id != second.id


def test_several_activities_are_several_runs_and_an_empty_one_is_none() -> None:
    runs = read_tcx(tcx(activity(lap(0, 60, track(0, 60))), activity(), activity(lap(999, 60))).encode(), "a.tcx")
    assert [run.records for run in runs] == [61, 0]


def test_a_summary_with_one_point_keeps_the_totals_of_its_lap() -> None:
    heart = "".join(
        f"<{name}HeartRateBpm><Value>{value}</Value></{name}HeartRateBpm>"
        for name, value in (("Average", 140), ("Maximum", 170))
    )
    run = tcx_one(lap(0, 1800, heart, "<Cadence>82</Cadence>", f"<Track>{trackpoint(1800)}</Track>", metres=5000))
    assert (run.started_at, run.elapsed_s, run.timer_s, run.distance_m) == (START, 1800, 1800, 5000)
    assert (run.heart_rate_bpm, run.cadence_spm) == (140, 164)


def test_means_of_laps_are_weighted_by_their_time() -> None:
    laps = [
        lap(0, 100, "<AverageHeartRateBpm><Value>100</Value></AverageHeartRateBpm>"),
        lap(100, 300, "<AverageHeartRateBpm><Value>140</Value></AverageHeartRateBpm><AvgRunCadence>80</AvgRunCadence>"),
        lap(400, 100),
    ]
    run = tcx_one(*laps)
    assert (run.heart_rate_bpm, run.cadence_spm, run.timer_s, run.elapsed_s) == (130, 160, 500, 500)
    assert run.distance_m is None


def test_what_one_lap_leaves_out_is_not_known_of_the_whole() -> None:
    run = tcx_one(lap(0, 100, track(0, 100), metres=300), lap(100, 100, track(100, 100)))
    assert run.distance_m == 600  # by the points, not 300


def test_a_gap_between_tracks_is_a_pause() -> None:
    run = tcx_one(lap(0, 300, track(0, 100), track(300, 100), time_s=200, metres=900))
    assert (run.timer_s, run.elapsed_s) == (200, 400)
    assert run.samples["moving"].to_list().count(False) == 1


@pytest.mark.parametrize(
    ("begin_s", "first_s", "start_s"), [(0, 30, 0), (0, 5000, 5000), (0, -3600, -3600)], ids=["lead", "late", "early"]
)
def test_a_lap_that_does_not_fit_its_points_does_not_say_when_the_run_began(
    begin_s: int, first_s: int, start_s: int
) -> None:
    run = tcx_one(lap(begin_s, 60, track(first_s, 60)))
    assert run.started_at == START + timedelta(seconds=start_s)


def test_without_laps_the_id_says_when_and_the_points_say_the_rest() -> None:
    assert tcx_one(f"<Track>{trackpoint(0)}{trackpoint(60)}</Track>").elapsed_s == 60
    assert tcx_one('<Lap StartTime="x"><TotalTimeSeconds>60</TotalTimeSeconds></Lap>').started_at == START


def test_an_activity_without_any_time_cannot_be_placed() -> None:
    with pytest.raises(UnreadableFile, match="placed in time"):
        read_tcx(
            tcx(activity("<Lap><TotalTimeSeconds>60</TotalTimeSeconds></Lap>")).replace(at(), "?").encode(), "a.tcx"
        )


@pytest.mark.parametrize(("unit", "serial"), [("3854007508", 3854007508), ("0", None), ("x", None), ("9" * 99, None)])
def test_the_device_is_kept(unit: str, serial: int | None) -> None:
    creator = f"<Creator><Name>Forerunner 410</Name><UnitId>{unit}</UnitId></Creator>"
    author = "<Author><Name>Not a watch</Name></Author>"
    origin = tcx_one(lap(0, 60, track(0, 60)), rest=author + creator).origins[0]
    assert (origin.kind, origin.product, origin.serial) == ("tcx", "Forerunner 410", serial)


@pytest.mark.parametrize(
    ("inside", "kind"), [("<Courses/>", "course"), ("<Workouts/>", "planned workout"), ("<Activities/>", "nothing")]
)
def test_a_tcx_without_activities_says_what_it_holds(inside: str, kind: str) -> None:
    with pytest.raises(NotAnActivity, match=kind):
        read_tcx(f"<TrainingCenterDatabase>{inside}</TrainingCenterDatabase>".encode(), "a.tcx")


def test_a_tcx_with_empty_activities_only_is_unreadable() -> None:
    with pytest.raises(UnreadableFile, match="neither points nor laps"):
        read_tcx(tcx(activity()).encode(), "a.tcx")
