"""When two sources tell of one run, and what is kept of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipwise.activity import SAMPLES, Note, Origin, Run, Shelf, by_hand, merge, read, same_run

FILES = Path(__file__).resolve().parents[1] / ".." / "shared" / "samples" / "activity"
START = datetime(2030, 5, 1, 6, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


def run(kind: str = "fit", began: timedelta = timedelta(0), **said: object) -> Run:
    columns = {"fit": 5, "tcx": 4, "gpx": 3, "hand": 0}[kind]
    names = ["at", *list(SAMPLES)[1 : 1 + columns]]
    frame = pl.DataFrame(schema={name: SAMPLES[name][0] for name in names})
    standard = {
        "id": f"{kind}-id",
        "sport": "running",
        "started_at": START + began,
        "local_date": date(2030, 5, 1),
        "origins": (Origin(f"a.{kind}", kind, f"sha of {kind}"),),
        "distance_m": 10_000.0,
        "timer_s": 3000.0,
        "elapsed_s": 3100.0,
        "samples": frame,
    }
    return Run(**(standard | said))


def same(a: Run, b: Run) -> bool:
    assert same_run(a.summary, b.summary) == same_run(b.summary, a.summary) == same_run(a, b)
    return same_run(a, b)


def test_two_sources_of_one_run_are_the_same() -> None:
    other = run("gpx", timedelta(seconds=90), distance_m=10_400.0, timer_s=3100.0, elapsed_s=3110.0)
    assert same(run(), run("tcx"))
    assert same(run(), other)


@pytest.mark.parametrize(
    "said",
    [
        {"began": timedelta(seconds=121)},
        {"timer_s": 3200.0, "elapsed_s": 3300.0},
        {"distance_m": 11_200.0},
        {"sport": "cycling"},
        {"sport": "walking"},
        {"began": HOUR},
        {"began": timedelta(days=1)},
    ],
    ids=repr,
)
def test_runs_that_differ_in_start_length_distance_or_sport_are_two(said: dict[str, object]) -> None:
    assert not same(run(), run("tcx", **said))


def test_two_short_runs_back_to_back_are_two_however_alike() -> None:
    short = {"distance_m": 400.0, "timer_s": 90.0, "elapsed_s": 90.0}
    assert not same(run(**short), run("tcx", timedelta(seconds=100), **short))
    assert not same(run(**short), run("gpx", timedelta(seconds=90), **short))
    assert same(run(**short), run("tcx", timedelta(seconds=60), **short))


@pytest.mark.parametrize(
    ("minutes", "said", "one"),
    [
        (20, {}, True),
        (-20, {"distance_m": 10_600.0}, True),
        (30, {}, False),
        (20, {"distance_m": 5_000.0}, False),
        (20, {"timer_s": None, "elapsed_s": None}, False),
    ],
)
def test_a_typed_run_is_the_one_in_whose_time_it_lies(minutes: int, said: dict[str, object], *, one: bool) -> None:
    began = timedelta(minutes=minutes)
    assert same(run(), run("hand", began, **said)) is one
    assert not same(run(), run("tcx", began, **said))


def test_a_walk_and_a_hike_may_be_one_and_so_may_what_names_no_sport() -> None:
    assert same(run(sport="walking"), run("tcx", sport="hiking"))
    assert same(run(sport="running"), run("tcx", sport="other"))
    guess = (Note("activity.sport_guessed", (("sport", "walking"),)),)
    assert same(run(), run("gpx", sport="walking", notes=guess))


def test_time_alone_never_makes_two_files_one_run() -> None:
    silent = {"distance_m": None, "timer_s": None, "elapsed_s": None}
    assert not same(run(), run("tcx", **silent))
    assert not same(run(**silent), run("tcx", **silent))
    assert same(run(), run("hand", timer_s=None, elapsed_s=None))
    assert same(run(), run("hand", distance_m=None))


def test_a_source_that_knows_no_pauses_is_known_by_the_wall_clock() -> None:
    assert same(run(timer_s=2000.0), run("gpx", timer_s=3100.0))


@pytest.mark.parametrize("hours", [3.0, -5.0, 5.5, -9.5])
@pytest.mark.parametrize("zone_s", [None, 0, 10_800, -18_000])
def test_a_gpx_that_calls_local_time_utc_finds_its_twin(hours: float, zone_s: int | None) -> None:
    # A watch that knows its zone says by how much; one that knows of none may stand anywhere.
    assert same(run(utc_offset_s=zone_s), run("gpx", timedelta(hours=hours))) is (not zone_s or zone_s == hours * 3600)


@pytest.mark.parametrize("hours", [2.0, 4.0])
def test_a_clock_that_was_an_hour_off_in_summer_changes_nothing(hours: float) -> None:
    assert same(run(utc_offset_s=10_800), run("gpx", timedelta(hours=hours)))


def test_the_way_to_work_and_back_is_two_runs_though_a_gpx_tells_no_zone() -> None:
    back = {"distance_m": 10_020.0, "timer_s": 3010.0, "elapsed_s": 3110.0}
    assert not same(run(utc_offset_s=7200), run("gpx", 10 * HOUR, **back))


@pytest.mark.parametrize(
    "there",
    [
        by_hand(START, "running", 10_000, 3000, 0, hour_told=False),
        run("hand", notes=(Note("activity.no_time_of_day"),), origins=(Origin("a.csv", "csv", "sha of csv"),)),
    ],
    ids=["typed", "line"],
)
def test_two_runs_of_one_file_are_two_beside_what_tells_of_one_of_them_without_its_hour(there: Run) -> None:
    ways = [run(began=hours * HOUR, id=f"way {hours}", origins=(Origin("a.fit", "fit", "sha"),)) for hours in (1, 10)]
    placed = Shelf([there.summary], {there.id: there}.__getitem__).place(ways)
    assert [each.id for each in placed.new] == ["way 10"]
    assert [len(each.origins) for each in placed.merged.values()] == [2]


def test_a_part_without_a_zone_claims_no_run_of_another_hour_for_the_whole() -> None:
    fit, phone, back = run(), run("gpx"), run("tcx", timedelta(hours=10.5))
    whole = merge(fit, phone)
    shelf = Shelf([whole.summary], {whole.id: whole}.__getitem__, {whole.id: [fit.summary, phone.summary]})
    assert same(phone, back)
    assert shelf.place([back]).new == (back,)


def test_a_table_may_tell_the_hour_of_the_wall_clock_abroad() -> None:
    table = run("hand", -8 * HOUR, origins=(Origin("a", "csv", "s"),), utc_offset_s=7200)
    assert same(run(utc_offset_s=-21_600), table)
    assert not same(run(utc_offset_s=-18_000), table)
    assert not same(run(utc_offset_s=-21_600), replace(table, distance_m=9000.0))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (run(), run("tcx", 3 * HOUR)),
        (run("gpx"), run("gpx", 3 * HOUR)),
        (run(), run("gpx", 3 * HOUR, utc_offset_s=7200)),
        (run(), run("gpx", 3 * HOUR, elapsed_s=3200.0, timer_s=3100.0)),
        (run(), run("gpx", 3 * HOUR, distance_m=10_800.0)),
        (run(), run("gpx", 3 * HOUR, distance_m=None)),
        (run(), run("gpx", timedelta(minutes=15))),
        (run(), run("gpx", 24 * HOUR)),
    ],
    ids=[
        "no gpx",
        "two of one kind",
        "zone known",
        "longer",
        "farther",
        "distance not known",
        "no zone is that far",
        "another day",
    ],
)
def test_runs_hours_apart_are_two_unless_all_speaks_for_a_twin(a: Run, b: Run) -> None:
    assert not same(a, b)


def test_the_richer_source_is_kept_whichever_comes_first() -> None:
    kinds = ["hand", "gpx", "tcx", "fit"]
    for poor, rich in pairwise(kinds):
        assert merge(run(poor), run(rich)).samples.width == run(rich).samples.width
        assert merge(run(rich), run(poor)).samples.width == run(rich).samples.width


def test_among_equals_more_columns_then_more_samples_win() -> None:
    wide = run(samples=pl.DataFrame(schema=dict.fromkeys("abcdefghij", pl.Float64)))
    assert merge(run(), wide).samples.width == 10
    long = run(samples=pl.DataFrame({name: [None] * 3 for name in run().samples.columns}))
    assert merge(run(), long).samples.height == 3


def test_the_id_of_the_first_stays_and_all_origins_are_kept() -> None:
    both = merge(run("gpx"), run("fit"))
    assert both.id == "gpx-id"
    assert [origin.kind for origin in both.origins] == ["gpx", "fit"]
    again = merge(both, run("tcx"))
    assert again.samples.width == both.samples.width
    assert [origin.kind for origin in merge(again, run("tcx")).origins] == ["gpx", "fit", "tcx"]


def test_what_the_richer_lacks_comes_from_the_other() -> None:
    bare = run(distance_m=None, heart_rate_bpm=None, notes=(Note("activity.no_local_time"),))
    hand = run("hand", perceived_effort=7.0, heart_rate_bpm=150.0, utc_offset_s=-25_200)
    both = merge(bare, hand)
    assert (both.perceived_effort, both.heart_rate_bpm, both.distance_m) == (7, 150, 10_000)
    assert (both.utc_offset_s, both.local_date, both.notes) == (-25_200, date(2030, 4, 30), ())
    assert merge(run(perceived_effort=3.0), hand).perceived_effort == 3


def test_a_sport_that_is_said_goes_before_one_that_is_not_or_is_guessed() -> None:
    guess = (Note("activity.sport_guessed", (("sport", "walking"),)),)
    named = merge(run("gpx", sport="walking", notes=guess), run("hand"))
    assert (named.sport, named.notes) == ("running", ())
    assert merge(run(sport="other"), run("gpx", sport="walking", notes=guess)).notes == guess
    assert merge(run(sub_sport="trail"), run("tcx", sport="other")).sport == "running"
    assert merge(run(sport="other", sub_sport="x"), run("tcx", sport="other")).sub_sport == "x"


@given(st.permutations(["hand", "gpx", "tcx", "fit"]))
def test_the_order_of_sources_changes_nothing_but_the_id_and_the_order_of_origins(kinds: list[str]) -> None:
    def all_in_one(order: list[str]) -> Run:
        kept = run(order[0])
        for kind in order[1:]:
            kept = merge(kept, run(kind, perceived_effort=5.0 if kind == "hand" else None))
        return kept

    kept, usual = all_in_one(kinds), all_in_one(["fit", "tcx", "gpx", "hand"])
    assert kept.id == f"{kinds[0]}-id"
    assert set(kept.origins) == set(usual.origins)
    if kinds[0] != "hand":
        assert replace(kept, id="", origins=()) == replace(usual, id="", origins=())


@given(st.floats(1, 4e5), st.floats(60, 8e5), st.integers(-43_200, 50_400))
def test_every_run_is_the_same_as_itself(distance_m: float, timer_s: float, offset_s: int) -> None:
    said = by_hand(START, "cycling", distance_m, max(timer_s, distance_m / 10), offset_s)
    assert same(said, said)
    assert merge(said, said) == said


def test_a_real_gpx_three_hours_off_finds_its_fit() -> None:
    if not FILES.is_dir():
        pytest.skip("the samples are not here")
    (fit,) = read(FILES / "fit" / "garmin_fenix3_run_rd_halfmarathon.fit")
    (gpx,) = read(FILES / "gpx" / "garmin_fenix3_run.gpx")
    assert same(fit, gpx)
    both = merge(gpx, fit)
    assert both.samples.equals(fit.samples)
    assert (both.id, both.started_at) == (gpx.id, fit.started_at)
