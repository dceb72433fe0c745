"""What holds for GPX and TCX alike: odd dress, damage, hostile files, times, the quick way and the strict way.

The oracles are a plain walk with xml.etree, and the strict way for the quick one.
"""

from __future__ import annotations

import contextlib
import math
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipwise.activity import _xml, _xml_quick
from hipwise.activity._gpx import SHAPE as GPX_SHAPE
from hipwise.activity._gpx import read_gpx
from hipwise.activity._moments import moment, moments, moments_of
from hipwise.activity._run import Run
from hipwise.activity._tcx import SHAPE as TCX_SHAPE
from hipwise.activity._tcx import read_tcx
from hipwise.errors import NotAnActivity, UnreadableFile

SAMPLES = Path(__file__).resolve().parents[1] / ".." / "shared" / "samples" / "activity"
START = datetime(2030, 5, 1, 6, 30, tzinfo=UTC)


def at(seconds: float = 0) -> str:
    return (START + timedelta(seconds=seconds)).isoformat().replace("+00:00", "Z")


def trkpt(seconds: float, north_m: float = 0.0, inside: str = "", *, time: str | None = None) -> str:
    when = f"<time>{at(seconds) if time is None else time}</time>" if time != "" else ""
    return f'<trkpt lat="{50 + north_m / 111_195:.9f}" lon="7.5">{when}{inside}</trkpt>'


def segment(begin_s: int, seconds: int, speed_mps: float = 3.0, inside: str = "") -> str:
    points = (trkpt(second, speed_mps * second, inside) for second in range(begin_s, begin_s + seconds + 1))
    return f"<trkseg>{''.join(points)}</trkseg>"


def gpx(*segments: str) -> str:
    return f'<gpx creator="a test"><trk><type>running</type>{"".join(segments)}</trk></gpx>'


def read_one(text: str) -> Run:
    (run,) = read_gpx(text.encode(), "a.gpx")
    return run


def texts(run: Run) -> set[str]:
    return {note.text.removeprefix("activity.") for note in run.notes}


def tcx(seconds: int) -> str:
    points = (
        f"<Trackpoint><Time>{at(s)}</Time><DistanceMeters>{3 * s}</DistanceMeters></Trackpoint>"
        for s in range(seconds + 1)
    )
    return (
        f'<TrainingCenterDatabase><Activities><Activity Sport="Running"><Id>{at()}</Id><Lap StartTime="{at()}">'
        f"<TotalTimeSeconds>{seconds}</TotalTimeSeconds><Track>{''.join(points)}</Track></Lap></Activity></Activities>"
        "</TrainingCenterDatabase>"
    )


def local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


# Times


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2030-05-01T06:30:00Z", 0),
        ("2030-05-01T06:30:00z", 0),
        ("2030-05-01 06:30:00", 0),
        ("2030-05-01T06:30:00.25Z", 0.25),
        ("2030-05-01T06:30:00,5Z", 0.5),
        ("2030-05-01T08:30:00.250+02:00", 0.25),
        ("2030-05-01T08:30:00+0200", 0),
        ("2030-05-01T01:00:00-05:30", 0),
        ("2030-05-01T08:30:00+02", 0),
        (" 2030-05-01T06:30:01Z\n", 1),
        ("2030-05-01T06:30Z", None),
        ("2030-13-01T06:30:00Z", None),
        ("yesterday at half past six", None),
        ("2030-05-01T06:30:00 somewhere", None),
        ("", None),
    ],
)
def test_times_are_read_as_iso_8601_says(text: str, expected: float | None) -> None:
    seconds = moment(text)
    assert math.isnan(seconds) if expected is None else seconds == START.timestamp() + expected


@given(st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1), timezones=st.timezones()))  # noqa: DTZ001 (bounds)
def test_any_time_that_python_writes_is_read_as_python_reads_it(when: datetime) -> None:
    text = when.isoformat()
    seconds, _ = moments(pl.Series([text, None]))
    offset_s = when.utcoffset().total_seconds()
    expected = when.timestamp() if not offset_s % 60 else math.nan  # a zone of old days, with seconds
    assert seconds[0] == pytest.approx(expected, abs=1e-5, nan_ok=True)
    assert math.isnan(seconds[1])


DIGITS = st.text("0123456789", min_size=14, max_size=14)
TAILS = st.sampled_from(["Z", ".000Z", ".25+02:00", "-0530", "", "?", " Z", "Z "])


@given(st.lists(DIGITS, min_size=1, max_size=4), st.datetimes(), TAILS, st.sampled_from(["T", " ", "t"]))
def test_times_that_are_written_alike_are_read_as_if_each_stood_alone(
    digits: list[str], when: datetime, tail: str, parts: str
) -> None:
    all_digits = [*digits, f"{when:%Y%m%d%H%M%S}".zfill(14), "20300228000000", "20300229000000", "20300501065960"]
    for some in (all_digits, all_digits[1:-2], all_digits[-3:-2], [*all_digits[-3:-2]] * 3):
        said = [f"{d[:4]}-{d[4:6]}-{d[6:8]}{parts}{d[8:10]}:{d[10:12]}:{d[12:]}{tail}" for d in some]
        for texts_ in (said, [*said, None], [*said, "\xe9" * len(said[0])], [*said, said[0] + "0"]):
            for found, expected in zip(moments_of(texts_), moments(pl.Series(texts_)), strict=True):
                assert found.tolist() == pytest.approx(expected.tolist(), abs=0, nan_ok=True)
    assert [len(each) for each in moments_of([])] == [0, 0]


# Odd XML


@pytest.mark.parametrize(
    "dress",
    [
        lambda text: text.encode("utf-8-sig"),
        lambda text: b"          " + text.encode(),
        lambda text: b"\n\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace(">", ">\r\n").encode(),
        lambda text: text.encode("utf-16"),
        lambda text: f'<?xml version="1.0" encoding="ISO-8859-1"?><!-- \xe9 -->{text}'.encode("latin-1"),
        lambda text: f'<?xml version="1.0" encoding="punycode"?>{text}'.encode(),
        lambda text: text.replace("<trk>", "<trk><name><![CDATA[<trkpt> & co]]></name>").encode(),
        lambda text: text.replace("<trk>", "<!-- <trkpt> --><trk>").encode(),
        lambda text: text.replace("</trkpt>", "<!-- between --></trkpt>").encode(),
        lambda text: text.replace("</trkpt>", "</trkpt><!-- between -->").encode(),
        lambda text: text.replace("<trk>", "<?points 99?><trk>").encode(),
        lambda text: text.replace("<trk>", "<?points 99999999999999999999?><?points x?><trk>").encode(),
        lambda text: text.replace("trkpt", "g:trkpt").replace("trkseg", "g:trkseg").encode(),
        lambda text: text.replace("<trkpt ", "<g:trkpt ", 3).replace("</trkpt>", "</g:trkpt>", 3).encode(),
        lambda text: text.replace('"', "'").encode(),
        lambda text: text.replace("<hr>150", "<hr unit='bpm'>150").encode(),
        lambda text: text.replace("<hr>150", "<hr>&#49;50").encode(),
        lambda text: text.replace("<hr>150", "<hr>\x0b150").encode(),
        lambda text: text.replace("<hr>", "<hr/><hr> </hr><hr>").encode(),
        lambda text: text.replace("</trkpt>", "<thr>1</thr><a><trkpt/></a></trkpt>").encode(),
        lambda text: text.encode() + b"\0\0",
        lambda text: text.encode() + text.encode(),
    ],
)
def test_a_gpx_in_any_dress_is_the_same_run(dress) -> None:
    text = gpx(segment(0, 60, inside="<hr>150</hr>"))
    run, plain = read_gpx(dress(text), "a.gpx")[0], read_one(text)
    assert run.samples.equals(plain.samples)
    assert texts(run) == texts(plain)


def test_a_file_that_breaks_off_is_read_up_to_there() -> None:
    text = gpx(segment(0, 60))
    run = read_one(text[: text.rindex("<time>")])
    assert run.records == 60
    assert "xml_truncated" in texts(run)
    assert "xml_truncated" in texts(read_tcx(tcx(60)[:-60].encode(), "a.tcx")[0])


@given(st.data())
def test_a_file_cut_or_damaged_anywhere_is_a_run_or_one_of_two_errors(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([gpx(segment(0, 5, inside="<hr>9</hr>")), tcx(5)]))
    place = data.draw(st.integers(0, len(text)))
    filling = data.draw(st.sampled_from(["", "<", ">", "</", "&", "\0", "<trkpt ", "</Lap>", "]]>", '"']))
    end = data.draw(st.sampled_from([len(text), place]))
    reader = read_gpx if "<gpx" in text[:10] else read_tcx
    with contextlib.suppress(UnreadableFile, NotAnActivity):
        assert reader((text[:place] + filling + text[place:end]).encode(), "a")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_billion_laughs_are_refused_before_the_first(encoding: str) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    text = f'<!DOCTYPE gpx [<!ENTITY l0 "ha">{laughs}]>{gpx(segment(0, 9)).replace("running", "&l9;")}'
    with pytest.raises(UnreadableFile, match="entities"):
        read_gpx(text.encode(encoding), "a.gpx")


def test_a_document_type_of_another_file_is_not_fetched() -> None:
    assert read_one('<!DOCTYPE gpx SYSTEM "file:///nowhere/at/all.dtd">' + gpx(segment(0, 60))).records == 61


def test_a_file_with_far_too_many_parts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_xml, "MOST_NODES", 50)
    with pytest.raises(UnreadableFile, match="parts"):
        read_gpx(gpx("<trkseg/>" * 60).encode(), "a.gpx")


def test_parts_in_parts_in_parts_are_refused() -> None:
    with pytest.raises(UnreadableFile, match="parts"):
        read_gpx(("<gpx>" + "<trk>" * 5000).encode(), "a.gpx")


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_xml_quick, "MOST_LETTERS", 100)
    with pytest.raises(UnreadableFile, match="too large"):
        read_gpx(gpx(segment(0, 9)).encode(), "a.gpx")


def test_text_that_only_looks_like_xml_is_unreadable() -> None:
    for text in (b"<", b"<gpx", b"<!-- gpx", b"< gpx>"):
        with pytest.raises(UnreadableFile, match="breaks off"):
            read_gpx(text, "a.gpx")


def test_points_in_points_hold_nothing_of_their_own() -> None:
    inner = trkpt(7, 5)
    run = read_one(gpx(f"<trkseg>{trkpt(0, 0, inner)}{trkpt(9, 9)}</trkseg>"))
    assert run.samples["at"].dt.second().to_list() == [0, 9]


# The quick way and the strict way

VALUE = st.sampled_from(
    ["", "<{0}>150</{0}>", "<{0}> 1.5e2\n</{0}>", "<{0}></{0}>", "<{0}/>", "<{0}>x</{0}>", "<{0} a='1'>7</{0}>"]
)
NOISE = st.sampled_from(["", "", "", "\n ", "<!-- c -->", "<![CDATA[ & ]]>", "<o:other>1</o:other>", "<?pi?>", "&amp;"])


@st.composite
def gpx_texts(draw: st.DrawFn) -> str:
    prefix = draw(st.sampled_from(["", "g:"]))
    hr, time = draw(st.sampled_from(["hr", "gpxtpx:hr"])), draw(st.sampled_from(["time", "time", prefix + "time"]))
    odd = draw(st.booleans())

    def point(second: int) -> str:
        inside = f"<{time}>{at(second)}</{time}>" + (draw(VALUE) if odd else "<{0}>150</{0}>").format(hr)
        return f'<{prefix}trkpt lat="1.{second}" lon="2">{inside}{draw(NOISE) if odd else ""}</{prefix}trkpt>'

    segments = [
        "".join(point(second) + draw(NOISE) for second in range(count))
        for count in draw(st.lists(st.integers(0, 4), max_size=3))
    ]
    body = "".join(f"<trkseg>{points}{draw(NOISE)}</trkseg>" for points in segments)
    return f"<gpx>{draw(NOISE)}<trk><type>9</type>{body}</trk>{draw(NOISE)}</gpx>"


@given(gpx_texts())
def test_the_quick_way_and_the_strict_way_agree(text: str) -> None:
    quick, strict = _xml_quick.parse(text, GPX_SHAPE, "a"), _xml.strict(text, GPX_SHAPE, "a")
    assert (quick.root, quick.cut) == (strict.root, strict.cut)
    assert quick.columns.keys() == strict.columns.keys()
    for name, column in strict.columns.items():
        assert quick.columns[name].tolist() == pytest.approx(column.tolist(), abs=0, nan_ok=True)


@pytest.mark.parametrize(
    ("name", "shape"), [("gpx/garmin_fenix3_run.gpx", GPX_SHAPE), ("tcx/garmin_run_test.tcx", TCX_SHAPE)]
)
def test_real_files_go_the_quick_way_and_say_what_a_plain_walk_finds(name: str, shape: _xml.Shape) -> None:
    path = SAMPLES / name
    if not path.exists():
        pytest.skip("the samples are not here")
    document = _xml_quick._quick(_xml.text_of(path.read_bytes()), shape, name)
    assert document is not None
    points = [point for point in ET.parse(path).iter() if local(point) == shape.point]
    assert points
    for column, names in shape.fields.items():
        found = [[each.text for each in point.iter() if local(each) in names] for point in points]
        if column == "at":
            expected = [datetime.fromisoformat(texts[0]).timestamp() for texts in found]
        else:
            expected = [float(texts[0]) if texts else math.nan for texts in found]
        assert document.columns[column].tolist() == pytest.approx(expected, abs=0, nan_ok=True), column
    for column, attribute in shape.attributes.items():
        assert document.columns[column].tolist() == [float(point.attrib[attribute]) for point in points]


def test_a_file_whose_points_say_now_more_now_less_goes_the_quick_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_xml_quick, "strict", None)
    more = "<ele>9</ele><x:all a='1'.../><name>s</name><e><hr>150</hr><b/></e>".replace(" a='1'...", ' a="1"')
    some = [
        trkpt(0),
        trkpt(1, 3, "<ele>8</ele>"),
        trkpt(2, 6, more),
        trkpt(3, 9, "<e></e>"),
        trkpt(4, 12, "<e><b/></e>"),
    ]
    run = read_one(gpx(f"<trkseg>{''.join(some)}</trkseg>"))
    assert run.samples["altitude_m"].to_list() == [None, 8, 9, None, None]
    assert run.samples["heart_rate_bpm"].to_list() == [None, None, 150, None, None]


@pytest.mark.parametrize(
    "inside",
    [
        "<hr>150</hr>stray",
        "stray<hr>150</hr>",
        "<a><hr>150</hr></b>",
        "<a><hr>150</hr>",
        "</a><hr>150</hr>",
        "<a></a b='1'><hr>150</hr>",
        "<hr>150</hr><a b=1></a>",
        "<hr>150</hr>" + "<a></a>" * 40,
        f"<hr>150</hr><a>{'x' * 5000}</a>",
    ],
)
def test_a_point_that_is_not_plain_goes_the_strict_way(inside: str) -> None:
    text = gpx(segment(0, 5, inside=inside))
    assert _xml_quick._quick(text, GPX_SHAPE, "a") is None
    quick, strict = _xml_quick.parse(text, GPX_SHAPE, "a"), _xml.strict(text, GPX_SHAPE, "a")
    assert (quick.root, quick.cut) == (strict.root, strict.cut)


def test_a_plain_file_goes_the_quick_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_xml_quick, "strict", None)
    read_one(gpx(segment(0, 60, inside="<hr>150</hr>"), segment(90, 60)))
    more = "<Extensions><ns3:TPX><ns3:RunCadence>80</ns3:RunCadence></ns3:TPX></Extensions></Trackpoint>"
    assert read_tcx(tcx(60).replace("</Trackpoint>", more).encode(), "a.tcx")[0].cadence_spm == 160
