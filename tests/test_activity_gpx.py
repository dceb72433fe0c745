"""What GPX files become."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest

from hipwise.activity._gpx import read_gpx
from hipwise.activity._run import Run
from hipwise.activity._sports import sport_of
from hipwise.errors import NotAnActivity

START = datetime(2030, 5, 1, 6, 30, tzinfo=UTC)
GPX_1_1 = (
    'xmlns="http://www.topografix.com/GPX/1/1" xmlns:gpxtpx="http://www.garmin.com/xmlschemas/TrackPointExtension/v1"'
)


def at(seconds: float = 0) -> str:
    return (START + timedelta(seconds=seconds)).isoformat().replace("+00:00", "Z")


def trkpt(seconds: float, north_m: float = 0.0, inside: str = "", *, time: str | None = None) -> str:
    when = f"<time>{at(seconds) if time is None else time}</time>" if time != "" else ""
    return f'<trkpt lat="{50 + north_m / 111_195:.9f}" lon="7.5">{when}{inside}</trkpt>'


def segment(begin_s: int, seconds: int, speed_mps: float = 3.0, inside: str = "") -> str:
    points = (trkpt(second, speed_mps * second, inside) for second in range(begin_s, begin_s + seconds + 1))
    return f"<trkseg>{''.join(points)}</trkseg>"


def gpx(*segments: str, kind: str = "running") -> str:
    return f'<gpx creator="a test" {GPX_1_1}><trk>{kind and f"<type>{kind}</type>"}{"".join(segments)}</trk></gpx>'


def read_one(text: str) -> Run:
    (run,) = read_gpx(text.encode(), "a.gpx")
    return run


def texts(run: Run) -> set[str]:
    return {note.text.removeprefix("activity.") for note in run.notes}


def test_a_gpx_becomes_a_run_with_the_columns_that_it_has() -> None:
    inside = (
        "<ele>101.5</ele><extensions><gpxtpx:TrackPointExtension><gpxtpx:hr>150</gpxtpx:hr><gpxtpx:cad>88</gpxtpx:cad>"
        "</gpxtpx:TrackPointExtension></extensions>"
    )
    run = read_one(gpx(segment(0, 600, inside=inside)))
    assert (run.sport, run.started_at, run.elapsed_s, run.timer_s) == ("running", START, 600, 600)
    assert run.distance_m == pytest.approx(1800, rel=0.001)
    assert run.samples.columns == [
        "at",
        "latitude_deg",
        "longitude_deg",
        "altitude_m",
        "heart_rate_bpm",
        "cadence_spm",
        "moving",
    ]
    assert run.samples["altitude_m"].unique().to_list() == [101.5]
    assert run.origins[0].product == "a test"
    assert dict(run.column_sources)["heart_rate_bpm"] == "gpx"


def test_cadence_of_one_foot_is_doubled_and_that_of_both_is_not() -> None:
    assert read_one(gpx(segment(0, 60, inside="<cad>88</cad>"))).cadence_spm == 176
    assert read_one(gpx(segment(0, 60, inside="<cad>176</cad>"))).cadence_spm == 176


@pytest.mark.parametrize(
    "tag", ["gpxtpx:hr", "ns3:hr", "hr", "heartrate", "gpxdata:hr", "gpxtpx:hr  "], ids=lambda tag: tag.strip()
)
def test_heart_rate_is_found_under_any_prefix_declared_or_not(tag: str) -> None:
    name = tag.strip()
    assert read_one(gpx(segment(0, 60, inside=f"<{tag}>141</{name}>"))).heart_rate_bpm == 141


@pytest.mark.parametrize(
    ("word", "sport", "sub_sport"),
    [
        ("9", "running", None),
        ("running", "running", None),
        ("Run", "running", None),
        ("trail_running", "running", "trail"),
        ("Treadmill Running", "running", "treadmill"),
        ("10", "walking", None),
        ("hiking", "hiking", None),
        ("1", "cycling", None),
        ("Biking", "cycling", None),
        ("EBikeRide", "e_biking", None),
        ("open_water_swimming", "swimming", None),
        ("wheelchair", "other", None),
        ("wheelchair_push_run", "wheelchair_push_run", None),
        ("Nordic walk", "walking", None),
        ("fencing", "other", None),
        ("", "other", None),
    ],
)
def test_a_sport_is_known_by_the_words_of_many_exporters(word: str, sport: str, sub_sport: str | None) -> None:
    assert sport_of(word) == (sport, sub_sport)


@pytest.mark.parametrize(
    ("speed_mps", "sport"), [(3.0, "running"), (1.3, "walking"), (9.0, "other"), (0.05, "other"), (5.9, "other")]
)
def test_where_no_sport_is_said_speed_decides_and_a_note_says_so(speed_mps: float, sport: str) -> None:
    run = read_one(gpx(segment(0, 600, speed_mps), kind=""))
    assert run.sport == sport
    assert texts(run) & {"sport_guessed", "sport_not_said"} == {
        "sport_not_said" if sport == "other" else "sport_guessed"
    }


@pytest.mark.parametrize(
    "points",
    [
        f"<trkpt><time>{at()}</time></trkpt>",
        f'<trkpt lat="x" lon="7"><time>{at()}</time></trkpt>',
        f'<trkpt lat="50" lon="x"><time>{at()}</time></trkpt><trkpt lat="x" lon="7"><time>{at(9)}</time></trkpt>',
        f'<trkpt lat="50" lon="7"><time>{at()}</time></trkpt>',
    ],
)
def test_no_sport_is_guessed_without_places(points: str) -> None:
    run = read_one(gpx(f"<trkseg>{points}</trkseg>", kind=""))
    assert run.sport == "other"
    assert "sport_not_said" in texts(run)


def test_the_type_of_a_link_is_not_the_sport() -> None:
    link = '<link href="x"><text>y</text><type>text/html</type></link>'
    assert read_one(gpx(segment(0, 60)).replace("<type>", f"{link}<type>")).sport == "running"


def test_a_new_segment_after_a_while_is_a_pause() -> None:
    run = read_one(gpx(segment(0, 300), segment(420, 300)))
    assert (run.elapsed_s, run.timer_s) == (720, 600)
    assert not run.samples.filter(pl.col("at") == START + timedelta(seconds=300))["moving"][0]


def test_a_new_segment_at_once_is_no_pause() -> None:
    run = read_one(gpx(segment(0, 300), segment(308, 292)))
    assert run.timer_s == run.elapsed_s == 600


def test_a_new_segment_is_no_pause_where_points_are_a_minute_apart() -> None:
    minutes = [f"<trkseg>{''.join(trkpt(60 * m, 180 * m) for m in part)}</trkseg>" for part in (range(5), range(5, 10))]
    assert read_one(gpx(*minutes)).timer_s == 540


def test_tracks_that_follow_each_other_at_once_are_one_run_and_others_are_not() -> None:
    text = gpx(segment(0, 300), "</trk><trk><type>running</type>", segment(900, 300), "</trk><trk>", segment(9000, 60))
    first, second = read_gpx(text.encode(), "a.gpx")
    assert (first.elapsed_s, first.timer_s, second.elapsed_s) == (1200, 600, 60)
    assert first.id != second.id
    later = gpx(segment(0, 300), "</trk><trk><type>running</type>", segment(9000, 300))
    assert len(read_gpx(later.encode(), "a.gpx")) == 2


def test_tracks_of_two_sports_are_two_activities() -> None:
    text = gpx(segment(0, 300), "</trk><trk><type>cycling</type>", segment(360, 300, 8.0))
    assert [run.sport for run in read_gpx(text.encode(), "a.gpx")] == ["running", "cycling"]


def test_segments_that_repeat_the_ones_before_count_once() -> None:
    plain = read_one(gpx(segment(0, 300), segment(420, 300)))
    repeated = read_one(gpx(segment(0, 300), segment(0, 300).replace("</trkseg>", "") + segment(420, 300)[8:]))
    assert "gpx_repeated" in texts(repeated)
    assert (repeated.distance_m, repeated.records) == (plain.distance_m, plain.records)
    again = read_one(gpx(segment(0, 300), segment(0, 300)))
    assert (again.records, again.distance_m) == (301, pytest.approx(900, rel=0.01))


def test_a_track_without_times_is_a_course() -> None:
    with pytest.raises(NotAnActivity, match="no times"):
        read_gpx(gpx(f"<trkseg>{trkpt(0, time='')}{trkpt(0, 9, time='')}</trkseg>").encode(), "a.gpx")


def test_a_track_without_points_says_what_to_do_instead() -> None:
    with pytest.raises(NotAnActivity, match="by hand"):
        read_gpx(gpx("<trkseg></trkseg><trkseg/>").encode(), "a.gpx")


def test_routes_and_places_are_no_activity() -> None:
    with pytest.raises(NotAnActivity, match="routes or places"):
        read_gpx(b'<gpx><wpt lat="1" lon="2"><time>2030-05-01T06:30:00Z</time></wpt><rte/></gpx>', "a.gpx")


def test_a_course_beside_a_track_is_left_out() -> None:
    text = gpx(segment(0, 300), "</trk><trk><trkseg>", trkpt(0, time=""), "</trkseg>")
    assert read_one(text).records == 301


def test_points_directly_in_a_track_count() -> None:
    assert read_one(gpx(trkpt(0), trkpt(10, 30))).records == 2


def test_a_point_without_time_takes_that_of_its_neighbour() -> None:
    run = read_one(gpx(f"<trkseg>{trkpt(0)}{trkpt(5, 3, time='')}{trkpt(10, 30)}</trkseg>"))
    assert run.records == 3
    assert "times_mended" in texts(run)


def test_an_offset_in_the_times_gives_the_local_day() -> None:
    points = "".join(trkpt(0, 3 * s, time=f"2030-05-01T23:30:{s:02}-05:00") for s in range(30))
    run = read_one(gpx(f"<trkseg>{points}</trkseg>"))
    assert (run.utc_offset_s, run.local_date) == (-5 * 3600, date(2030, 5, 1))
    assert run.started_at == datetime(2030, 5, 2, 4, 30, tzinfo=UTC)


def test_z_and_no_zone_say_nothing_of_local_time() -> None:
    assert read_one(gpx(segment(0, 9))).utc_offset_s is None
    assert "no_local_time" in texts(read_one(gpx(segment(0, 9).replace("Z<", "<"))))
