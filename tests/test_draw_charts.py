"""What every chart promises: it speaks, it can be read on a phone, its data stand beside it as a table."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipwise.draw import (
    Band,
    Chart,
    Day,
    Dot,
    Mark,
    Pace,
    Stretch,
    Trend,
    Week,
    cadence_chart,
    pain_chart,
    scores_chart,
    sparkline,
    spikes_chart,
    time_chart,
    until_chart,
    weeks_chart,
)
from hipwise.texts import pace, speaking

SVG = "{http://www.w3.org/2000/svg}"
MONDAY = date(2030, 1, 7)
BANDS = (
    Band("none", 10),
    Band("small", 30, (1.64, 1.31, 2.05)),
    Band("moderate", 100, (1.52, 1.16, 2.0)),
    Band("large", 300, (2.28, 1.5, 3.48)),
)
WEEKS = [
    Week(MONDAY, 30.5, 10.0),
    Week(MONDAY + timedelta(7), None, None, 11.0),
    Week(MONDAY + timedelta(14), 42.0, 18.0, 11.0),
    Week(MONDAY + timedelta(21), 12.0, None, 19.8, True, "C", True, 8.4, 15.6, planned_runs=2, planned_km=9.0),
    Week(MONDAY + timedelta(28), 10.0, 5.0, None, True, "D", True, 0.0, None),
    Week(MONDAY + timedelta(35), None, planned_runs=1),
]
DOTS = [
    Dot(MONDAY, 8.0, None, "no_reference"),
    Dot(MONDAY + timedelta(40), 8.0, -20.0, "none"),
    Dot(MONDAY + timedelta(50), 9.6, 20.0, "small"),
    Dot(MONDAY + timedelta(60), 16.0, 60.0, "moderate"),
    Dot(MONDAY + timedelta(61), None, None, None),
    Dot(MONDAY + timedelta(70), 40.0, 150.0, "large", sure=False),
]
PACES = [Pace(MONDAY, 2.6, 166), Pace(MONDAY, 3.2, 173, "after"), Pace(MONDAY, 2.9, 181, "other")]
DAYS = [
    Day(MONDAY + timedelta(place), km, pain, session=place == 2)
    for place, (km, pain) in enumerate([(None, None), (8.0, None), (0.0, 3), (18.0, 5), (0.0, None), (3.0, 2)])
]
DAYS[5] = replace(DAYS[5], grade="D", in_doubt=True)
DAYS += [
    Day(MONDAY + timedelta(6), ahead=True),
    Day(MONDAY + timedelta(7), ahead=True, planned="5 km", planned_km=5.0),
    Day(MONDAY + timedelta(8), ahead=True, planned="25 min"),
]
SCORES = [(MONDAY, 84), (MONDAY + timedelta(7), 40), (MONDAY + timedelta(28), 100)]
MARKS = [Mark(MONDAY + timedelta(3), "a longer run", "18 km."), Mark(MONDAY + timedelta(3), "the first hills", "26 m.")]

STRETCHES = [
    Stretch(MONDAY, 8.0, 0.0, 0.0),
    Stretch(MONDAY + timedelta(3), None, 2.0, 5.0),
    Stretch(MONDAY + timedelta(9), 14.0, 10.0, None),
    Stretch(MONDAY + timedelta(12), 6.0, 6.0, None, free=True),
    Stretch(MONDAY + timedelta(14), None, None, None, free=True),
]


def every(width: float = 360) -> list[Chart]:
    return [
        weeks_chart(WEEKS, width=width),
        spikes_chart(DOTS, BANDS, width=width),
        cadence_chart(PACES, Trend(2.8, 168, 9.5), onset=True, width=width),
        time_chart(DAYS, onset=MONDAY + timedelta(4), marks=MARKS, width=width),
        pain_chart(DAYS, width=width),
        until_chart(STRETCHES, width=width),
        scores_chart(SCORES, width=width),
    ]


def empty() -> list[Chart]:
    return [
        weeks_chart([]),
        spikes_chart([], BANDS),
        cadence_chart([], Trend(2.8, 168, 9)),
        time_chart([]),
        pain_chart([]),
        until_chart([]),
        scores_chart([]),
    ]


def drawn(chart: Chart) -> ET.Element:
    return ET.fromstring(chart.svg)


def texts(chart: Chart) -> list[ET.Element]:
    return list(drawn(chart).iter(f"{SVG}text"))


def said(chart: Chart) -> set[str]:
    return {each.text or "" for each in texts(chart)}


@pytest.mark.parametrize("chart", [*every(), *empty()], ids=lambda chart: chart.says[:24])
def test_a_chart_says_what_it_shows_and_shows_its_title(chart: Chart) -> None:
    root = drawn(chart)
    assert (root[0].text, root[1].text) == (chart.title, chart.says)
    assert chart.says.endswith(".")
    assert chart.title in said(chart)
    assert root.attrib["role"] == "img"


@pytest.mark.parametrize("width", [360, 720])
def test_text_can_be_read_on_a_phone_and_stays_within_the_picture(width: int) -> None:
    for chart in every(width):
        assert drawn(chart).attrib["viewBox"].startswith(f"0 0 {width} ")
        for left, each in placed(drawn(chart)):
            assert float(each.attrib["font-size"]) >= 14
            reach = len(each.text or "") * 7.0
            begins = left - {"start": 0, "middle": reach / 2, "end": reach}[each.attrib.get("text-anchor", "start")]
            assert begins >= -14, each.text
            assert begins + reach <= width + 14, each.text


def placed(node: ET.Element, moved: float = 0.0) -> Iterator[tuple[float, ET.Element]]:
    """Yield each text with its place across, however deep it stands in groups that are moved."""
    shift = re.match(r"translate\(([-\d.]+) ", node.attrib.get("transform", ""))
    moved += float(shift.group(1)) if shift else 0.0
    if node.tag == f"{SVG}text":
        yield moved + float(node.attrib["x"]), node
    for child in node:
        yield from placed(child, moved)


def test_the_same_data_stand_in_a_table_row_by_row() -> None:
    given = (WEEKS, DOTS, PACES, DAYS, DAYS, STRETCHES, SCORES)
    for chart, rows in zip(every(), given, strict=True):
        assert len(chart.rows) == len(rows)
        assert {len(row) for row in chart.rows} == {len(chart.heads)}
    weeks, spikes, cadence, days, pain, until, scores = every()
    assert weeks.rows[2] == ("2030-01-21", 42.0, 18.0, 11.0, "no", None, None, None, None, None)
    assert weeks.rows[3][5:] == ("C", 8.4, 15.6, "2 runs", 9.0)
    assert weeks.rows[5][1:] == (None, None, None, "no", None, None, None, "1 run", None)
    assert spikes.rows[-1] == ("2030-03-18", 40.0, 150.0, "over 100 %", "no")
    assert cadence.rows[1] == ("2030-01-07", "5:12", 173, "since the pain")
    assert days.rows[3] == ("2030-01-10", 18.0, 5, "no", "18 km. 26 m.", None, None)
    assert days.rows[5][5:] == ("D", None)
    assert days.rows[7] == ("2030-01-14", None, None, None, None, None, "5 km")
    assert until.rows[1] == ("2030-01-10", None, 2.0, 5.0, "no")
    assert until.rows[3] == ("2030-01-19", 6.0, None, None, "yes")
    assert pain.rows[2] == ("2030-01-09", 3)
    assert scores.rows[1] == ("2030-01-14", 40)


def test_a_chart_is_the_same_to_the_byte_each_time() -> None:
    assert [chart.svg for chart in every()] == [chart.svg for chart in every()]


def test_colours_can_be_set_by_the_page_and_no_colour_stands_alone() -> None:
    for chart in every():
        assert "currentColor" in chart.svg
        assert "prefers-color-scheme:dark" in chart.svg
    weeks = every()[0].svg
    assert "var(--hipwise-bar," in weeks
    assert 'id="hw-weeks-hatch"' in weeks
    assert 'id="hw-weeks-dots"' in weeks


def test_rules_that_would_reach_into_a_page_hold_for_a_file_alone() -> None:
    for chart in every():
        (style,) = [each.text or "" for each in drawn(chart).iter(f"{SVG}style")]
        selectors = re.findall(r"([^{}]+)\{", style)
        assert all(each.startswith(("svg:root", "@", ".hw-")) for each in selectors)


def test_weeks_without_a_run_are_hatched_and_weeks_in_pain_are_dotted() -> None:
    fills = [each.attrib["fill"] for each in drawn(every()[0]).iter(f"{SVG}rect")]
    assert fills.count("url(#hw-weeks-hatch)") == 2  # one week, and its key
    assert fills.count("url(#hw-weeks-dots)") == 3
    assert {"no run in the log", "pain"} <= said(every()[0])


def test_a_line_that_is_not_known_has_no_key() -> None:
    bare = weeks_chart([Week(MONDAY, 20.0, 8.0)])
    assert said(bare).isdisjoint({"a tenth over the longest of 30 days", "no run in the log", "pain"})
    assert "stroke-dasharray" not in bare.svg


def test_the_bands_stand_one_above_the_other_with_what_was_published() -> None:
    spoken = said(every()[1])
    assert {"over 100 %", "30 to 100 %", "10 to 30 %", "up to 10 % longer", "not known"} <= spoken
    assert {"2.28 times (1.50 to 3.48)", "1.52 times (1.16 to 2.00)", "1.64 times (1.31 to 2.05)"} <= spoken
    heights = {each.text: float(each.attrib["y"]) for each in texts(every()[1])}
    assert heights["over 100 %"] < heights["30 to 100 %"] < heights["10 to 30 %"] < heights["up to 10 % longer"]


def test_where_all_runs_can_be_compared_there_is_no_lane_of_the_unknown() -> None:
    assert "not known" not in said(spikes_chart(DOTS[1:4], BANDS))


def test_a_day_without_a_score_breaks_the_line_of_pain() -> None:
    lines = [each for each in drawn(pain_chart(DAYS)).iter(f"{SVG}line") if each.attrib["stroke-width"] == "1.5"]
    assert len(lines) == 1  # from the third day to the fourth; the fifth has none


def test_a_small_line_names_its_last_and_its_worst_score_and_marks_days_without_one() -> None:
    line = sparkline(DAYS[:6])
    root = drawn(line)
    assert (root[0].text, root[1].text) == ("Pain, last 6 days", line.says)
    assert said(line) == {"5", "2", "7 Jan", "today"}
    assert all(float(each.attrib["font-size"]) >= 14 for each in texts(line))
    silent = [each for each in root.iter(f"{SVG}line") if each.attrib.get("stroke-opacity") == "0.7"]
    assert (len(silent), len(line.rows)) == (3, 6)
    assert {"3", "5"}.isdisjoint(said(sparkline([Day(MONDAY, pain=3), Day(MONDAY + timedelta(1), pain=5)])) - {"5"})
    assert said(sparkline([])) == set()
    assert "None of 0 days" in sparkline([]).says


def test_marks_are_numbered_and_named_below() -> None:
    assert {"1", "2", "10 Jan: a longer run", "10 Jan: the first hills"} <= said(every()[3])
    outside = time_chart(DAYS, marks=[Mark(MONDAY - timedelta(9), "a big week", "…")], onset=MONDAY - timedelta(9))
    assert outside.svg.count("<circle") < every()[3].svg.count("<circle")


def test_many_days_are_named_by_month() -> None:
    long = time_chart([Day(MONDAY + timedelta(place), 5.0, 1) for place in range(100)])
    assert {"Feb", "Mar"} <= said(long)
    assert "14 Jan" not in said(long)


def test_pace_is_told_in_minutes_and_seconds() -> None:
    assert [pace(each) for each in (1000 / 360, 1000 / 359.6, 4.0)] == ["6:00", "6:00", "4:10"]
    assert {"6:00", "5:30"} <= said(every()[2])


def test_points_of_one_kind_need_one_key() -> None:
    assert "one run" in said(cadence_chart(PACES[:1]))
    assert {"before the pain", "since the pain", "another sensor", "trend"} <= said(every()[2])


numbers = st.none() | st.floats(0, 300)
made: dict[str, st.SearchStrategy[Chart]] = {
    "weeks": st.lists(st.tuples(numbers, numbers, numbers, st.booleans()), max_size=40).map(
        lambda rows: weeks_chart([Week(MONDAY + timedelta(7 * n), *row) for n, row in enumerate(rows)])
    ),
    "spikes": st.lists(
        st.tuples(numbers, st.none() | st.floats(-100, 900), st.sampled_from([*(b.name for b in BANDS), None])),
        max_size=40,
    ).map(lambda rows: spikes_chart([Dot(MONDAY + timedelta(n), *row) for n, row in enumerate(rows)], BANDS)),
    "cadence": st.lists(st.tuples(st.floats(1.0, 7.0), st.floats(100, 240)), max_size=40).map(
        lambda rows: cadence_chart([Pace(MONDAY, *row) for row in rows], Trend(3.0, 170.0, 9.0))
    ),
    "time": st.lists(st.tuples(numbers, st.none() | st.integers(0, 10), st.booleans()), max_size=90).map(
        lambda rows: time_chart([Day(MONDAY + timedelta(n), *row) for n, row in enumerate(rows)], onset=MONDAY)
    ),
}


@pytest.mark.parametrize("name", made)
def test_whatever_the_data_a_chart_is_well_formed_and_stands_in_its_frame(name: str) -> None:
    @given(made[name])
    def holds(chart: Chart) -> None:
        root = drawn(chart)
        width, height = (float(each) for each in root.attrib["viewBox"].split()[2:])
        assert "nan" not in chart.svg
        assert "inf" not in re.sub("[a-z]*info?[a-z]+", "", chart.svg)
        for each in root.iter(f"{SVG}rect"):
            assert float(each.attrib["height"]) >= 0
            assert -1 <= float(each.attrib.get("y", 0)) <= height
            assert float(each.attrib.get("x", 0)) + float(each.attrib["width"]) <= width + 1

    check: Callable[[], None] = holds
    check()


def test_what_is_in_doubt_and_what_is_only_planned_looks_so_and_is_said() -> None:
    weeks, spikes, _, days, *_ = every()
    for chart in (weeks, days):
        assert "planned" in said(chart)
        assert "Ahead: " in chart.says
        assert 'fill="none"' in chart.svg
    assert "2 weeks are in doubt (grade C or D)." in weeks.says
    assert "grade C or D: lies in between" in said(weeks)
    assert "in a week of grade C or D" in said(days)
    assert "1 run may belong to another band" in spikes.says
    assert "Hollow: the log is not sure of the band." in said(spikes)


def test_a_log_without_doubt_and_plan_speaks_of_neither() -> None:
    weeks, spikes = weeks_chart(WEEKS[:3]), spikes_chart(DOTS[:5], BANDS)
    assert "doubt" not in weeks.svg + spikes.svg
    assert "lanned" not in weeks.svg
    assert "not sure" not in spikes.svg


def test_weeks_that_nobody_told_of_leave_a_gap_in_the_line_of_scores() -> None:
    chart = scores_chart(SCORES)
    joined = [each for each in drawn(chart).iter(f"{SVG}line") if each.attrib.get("stroke-width") == "1.5"]
    assert len(joined) == 1
    assert len(list(drawn(chart).iter(f"{SVG}circle"))) == len(SCORES)
    assert "100" in said(chart)
    assert chart.rows == tuple((on.isoformat(), score) for on, score in SCORES)


def test_an_empty_chart_has_a_scale_of_one_unit_whichever_it_is() -> None:
    named = []
    for unit in ("km", "mi"):
        with speaking(unit=unit):
            named.append(re.findall(r'text-anchor="end"[^>]*>([\d.]+)<', until_chart([]).svg))
    assert named == [["0", "0.5", "1"]] * 2
