"""What the simulated runner promises: the same story each time, real files, and what was planted can be found."""

from collections.abc import Iterable
from datetime import UTC, date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import fitdecode
import numpy as np
import pytest

from hipwise.activity import SAMPLES, Run, read
from hipwise.knowledge import Knowledge
from hipwise.load import Load, measure
from hipwise.model import Evidence
from hipwise.simulate import Story, runner, story, write

START = date(2030, 1, 7)
SEEDS = (1, 2, 3)


@cache
def told(seed: int = 1) -> Story:
    return story(seed=seed, start=START)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    return write(told(), tmp_path_factory.mktemp("runs"))


def load_of(runs: Iterable[Run], tale: Story) -> Load:
    return measure(runs, tale.athlete, Knowledge.load(), on=tale.ends, onset=tale.onset)


def running(tale: Story) -> list[Run]:
    return [run for run in tale.runs if run.sport == "running"]


# The same each time


def test_the_same_seed_writes_the_same_bytes(files: tuple[Path, ...], tmp_path: Path) -> None:
    again = write(story(seed=1, start=START), tmp_path / "again")
    assert [path.name for path in files] == [path.name for path in again]
    assert all(one.read_bytes() == two.read_bytes() for one, two in zip(files, again, strict=True))


def test_another_seed_is_another_story() -> None:
    one, two = told(1), told(2)
    assert one.truth.spike_m != two.truth.spike_m
    assert not {run.id for run in one.runs} & {run.id for run in two.runs}


def test_a_story_that_is_too_short_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 4 months"):
        story(seed=1, start=START, months=3)


@pytest.mark.parametrize("months", [4, 6, 12])
@pytest.mark.parametrize("start", [START, date(2028, 2, 29), date(2030, 12, 31)])
def test_a_story_lasts_about_as_long_as_was_asked(start: date, months: int) -> None:
    tale = story(seed=5, start=start, months=months)
    length = tale.ends - start
    assert timedelta(months * 30.4 - 8) <= length <= timedelta(months * 30.5 + 1)
    assert start <= tale.runs[0].local_date < start + timedelta(8)
    assert tale.runs[-1].local_date <= tale.ends


def test_runs_come_in_order_of_time_and_each_has_a_file_of_its_own() -> None:
    for seed in SEEDS:
        starts = [run.started_at for run in told(seed).runs]
        assert starts == sorted(starts)
        assert len({run.file for run in told(seed).runs}) == len(starts)
        assert len({run.id for run in told(seed).runs}) == len(starts)


# Believable


def test_the_story_has_what_a_real_log_has() -> None:
    tale = told()
    assert {run.sport for run in tale.runs} == {"running", "cycling"}
    assert any(run.sub_sport == "treadmill" for run in tale.runs)
    assert any((run.elapsed_s or 0) > (run.timer_s or 0) for run in tale.runs)
    assert any(run.local_date != run.started_at.date() for run in tale.runs)
    assert any(run.records < (run.timer_s or 0) / 2 for run in tale.runs)
    rest_days = (tale.ends - START).days - len({run.local_date for run in running(tale)})
    assert rest_days > 60


def test_samples_have_the_columns_of_activity_and_plausible_values() -> None:
    plausible = {
        "heart_rate_bpm": (80, 190),
        "cadence_spm": (135, 190),
        "vertical_oscillation_mm": (60, 110),
        "ground_contact_ms": (190, 400),
        "ground_contact_balance_pct": (47, 53),
        "step_length_mm": (600, 1300),
        "vertical_ratio_pct": (5, 13),
        "speed_mps": (0, 6),
    }
    for run in running(told()):
        assert [name for name in SAMPLES if name in run.samples.columns] == run.samples.columns
        for name, (low, high) in plausible.items():
            values = run.samples[name].drop_nulls()
            assert low <= values.min() <= values.max() <= high, (run.file, name)


def test_cadence_speed_and_step_length_tell_the_same() -> None:
    for run in running(told()):
        inside = run.samples.filter("moving")[1:]
        said = inside["cadence_spm"] / 60 * inside["step_length_mm"] / 1000
        assert np.allclose(said, inside["speed_mps"])


def test_heart_rate_is_higher_at_tempo_than_in_easy_runs() -> None:
    means = {
        name: np.mean([run.heart_rate_bpm or 0 for run in told().runs if name in run.file])
        for name in ("easy", "tempo")
    }
    assert means["tempo"] > means["easy"] + 2


def test_a_treadmill_run_has_neither_places_nor_climb() -> None:
    for run in told().runs:
        indoor = run.sub_sport == "treadmill"
        assert ("latitude_deg" in run.samples.columns) != indoor
        assert (run.ascent_m is None) == indoor


def test_totals_are_those_of_the_samples() -> None:
    for run in told().runs:
        at = run.samples["at"]
        assert run.started_at == at[0].astimezone(UTC)
        assert (at[-1] - at[0]).total_seconds() == run.elapsed_s
        assert run.samples["distance_m"][-1] == pytest.approx(run.distance_m, abs=0.01)
        assert run.records == run.samples.height
        assert int((~run.samples["moving"]).sum()) == ((run.elapsed_s or 0) > (run.timer_s or 0))


# What was planted


@pytest.mark.parametrize("seed", SEEDS)
def test_load_finds_the_planted_run_and_nothing_else_that_was_not_planted(seed: int) -> None:
    tale = told(seed)
    load = load_of(tale.runs, tale)
    (spike,) = [change for change in load.changes if change.kind == "spike"]
    assert spike.on == tale.truth.spike_on
    assert 0.44 < tale.truth.excess < 0.61
    (hills,) = [change for change in load.changes if change.kind == "first_hills"]
    assert hills.on == tale.truth.hills_on[0] < tale.truth.onset
    assert load.spikes.filter(load.spikes["state"].is_in(["small", "moderate", "large"])).height == 1
    states = {finding.id: finding.state for finding in load.evidence}
    assert states["load_run_spike"] == "moderate"
    assert states["load_first_hills"] == "yes"
    assert {states[name] for name in ("load_gap_restart", "load_faster", "load_cadence_shift")} == {"no"}


def test_a_story_says_that_it_is_invented_and_what_was_planted() -> None:
    tale = told()
    intro, planted, pain = tale.says
    assert intro.startswith(f"This runner is invented: {len(tale.runs)} activities")
    assert f"{tale.truth.excess:.0%} longer" in planted
    assert f"{tale.onset:%d %b %Y} on the right hip is sore" in pain


def test_the_sore_hip_shows_in_the_contact_of_the_feet() -> None:
    tale = told()
    before = [run for run in running(tale) if run.local_date < tale.onset]
    after = [run for run in running(tale) if run.local_date > tale.onset]
    assert after
    assert all((run.samples["ground_contact_balance_pct"].mean() or 0) < 50 for run in before)  # type: ignore[operator]
    assert all((run.samples["ground_contact_balance_pct"].mean() or 0) > 50.5 for run in after)  # type: ignore[operator]


def test_answers_and_check_ins_are_told_after_the_pain_began_and_in_order() -> None:
    tale = told()
    assert {finding.on for finding in tale.answers} == {tale.told}
    assert tale.truth.spike_on < tale.onset < tale.told < tale.ends
    days = [finding.on for finding in tale.checkins]
    assert days == sorted(days)
    assert (days[0], days[-1]) == (tale.told, tale.ends)
    assert len(set(days)) == 8
    assert len({finding.id for finding in tale.answers}) == len(tale.answers)


def test_runs_after_the_answers_are_those_that_check_ins_speak_of() -> None:
    tale = told()
    spoken = {finding.on for finding in tale.checkins if finding.id == "run_pain_score"}
    assert spoken == {run.local_date for run in running(tale) if run.local_date > tale.told}


def test_every_red_flag_that_concerns_the_runner_is_answered_in_states_that_exist() -> None:
    knowledge = Knowledge.load()
    tale = told()
    for finding in (*tale.answers, *tale.checkins):
        assert finding.state in knowledge.findings[finding.id].states
    states = {finding.id: finding.state for finding in tale.answers}
    for name, question in knowledge.findings.items():
        if question.first_page and name != "testicle_pain":
            assert states[name] not in question.alarming


def test_the_story_ends_in_self_care() -> None:
    causes = pytest.importorskip("hipwise.causes")
    tale = told()
    evidence = Evidence.of((*tale.answers, *tale.checkins)) | load_of(tale.runs, tale).evidence
    ranking = causes.rank(tale.athlete, evidence, Knowledge.load(), tale.ends)
    assert ranking.level == 0
    assert ranking.top(1)[0].id == tale.truth.cause


# Files


def test_files_come_back_as_the_runs_that_were_written(files: tuple[Path, ...]) -> None:
    for run, path in zip(told().runs, files, strict=True):
        (back,) = read(path)
        assert (back.sport, back.sub_sport, back.started_at) == (run.sport, run.sub_sport, run.started_at)
        assert (back.local_date, back.utc_offset_s) == (run.local_date, run.utc_offset_s)
        for name in ("distance_m", "timer_s", "elapsed_s", "heart_rate_bpm", "cadence_spm", "ascent_m", "descent_m"):
            assert getattr(back, name) == pytest.approx(getattr(run, name), abs=0.02), (path.name, name)
        assert back.perceived_effort == run.perceived_effort
        assert back.samples["at"].equals(run.samples["at"])
        assert back.samples["moving"].equals(run.samples["moving"])
        assert back.samples.columns == run.samples.columns
        for name, within in {"cadence_spm": 0.02, "step_length_mm": 0.06, "latitude_deg": 1e-6}.items():
            if name in run.samples.columns:
                assert np.allclose(back.samples[name], run.samples[name], atol=within, rtol=0, equal_nan=True)


def test_load_of_the_files_is_that_of_the_runs(files: tuple[Path, ...]) -> None:
    tale = told()
    from_files = load_of((run for path in files for run in read(path)), tale)
    from_runs = load_of(tale.runs, tale)
    assert [(each.id, each.state) for each in from_files.evidence] == [
        (each.id, each.state) for each in from_runs.evidence
    ]
    assert np.allclose(from_files.days["distance_m"].fill_null(-1), from_runs.days["distance_m"].fill_null(-1))


def test_an_independent_reader_finds_the_same_in_the_files(files: tuple[Path, ...]) -> None:
    kinds = {path.stem[11:]: (run, path) for run, path in zip(told().runs, files, strict=True)}
    for run, path in (kinds[kind] for kind in ("hills", "ride", "treadmill", "long")):
        session, records = by_fitdecode(path)
        assert session["total_distance"] == pytest.approx(run.distance_m, abs=0.01)
        assert session["total_timer_time"] == pytest.approx(run.timer_s)
        assert session["total_elapsed_time"] == pytest.approx(run.elapsed_s)
        assert session["sport"] == run.sport
        assert session["start_time"] == run.started_at
        assert [each["timestamp"] for each in records] == run.samples["at"].to_list()
        assert [each["heart_rate"] for each in records] == run.samples["heart_rate_bpm"].to_list()
        assert [each["distance"] for each in records] == pytest.approx(run.samples["distance_m"].to_list(), abs=0.01)


def by_fitdecode(path: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    with fitdecode.FitReader(path, check_crc=fitdecode.CrcCheck.RAISE) as reader:
        found = [frame for frame in reader if isinstance(frame, fitdecode.FitDataMessage)]
    fields = [(frame.name, {field.name: field.value for field in frame.fields}) for frame in found]
    (session,) = [values for name, values in fields if name == "session"]
    return session, [values for name, values in fields if name == "record"]


# Many


def test_many_runs_are_made_one_by_one_and_always_the_same() -> None:
    one, two = list(runner(3, 4)), list(runner(3, 6))
    assert [run.id for run in one] == [run.id for run in two[:4]]
    assert all(first.samples.equals(second.samples) for first, second in zip(one, two, strict=False))
    assert all(3500 < (run.timer_s or 0) < 3700 for run in two)
    assert [run.local_date for run in two] == [date(2020, 1, 6) + timedelta(place) for place in range(6)]
