from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import count
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from polars.testing import assert_frame_equal

from hipwise.activity import Note, Origin, Run
from hipwise.model import Evidence, Finding
from hipwise.store import Memory, Store, Verdict, _inspect

AT = datetime(2030, 5, 2, tzinfo=UTC)
TODAY = date(2030, 5, 2)
FRESH = count()

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
days = st.dates(date(1970, 1, 1), date(2100, 1, 1))
offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
bounds = (datetime(1970, 1, 1), datetime(2100, 1, 1))  # noqa: DTZ001 (bounds are zoneless)
moments = st.datetimes(*bounds, timezones=offsets)
measures = st.none() | st.floats(allow_nan=False, allow_infinity=False)
origins = st.builds(
    Origin, texts, texts, texts, st.none() | texts, st.none() | texts, st.none() | st.integers(0, 2**63 - 1)
)
pairs = st.lists(st.tuples(texts, texts), max_size=3).map(tuple)
cells = {
    "at": (pl.Datetime("ms", "UTC"), st.datetimes(*bounds, timezones=st.just(UTC))),
    "heart_rate_bpm": (pl.Float64(), st.none() | st.floats()),
    "dev_1_2_form": (pl.Float64(), st.none() | st.floats()),
    "moving": (pl.Boolean(), st.none() | st.booleans()),
}


@st.composite
def frames(draw: st.DrawFn) -> pl.DataFrame:
    names = draw(st.lists(st.sampled_from(sorted(cells)), unique=True))
    rows = draw(st.integers(0, 6))
    return pl.DataFrame(
        {name: draw(st.lists(cells[name][1], min_size=rows, max_size=rows)) for name in names},
        schema={name: cells[name][0] for name in names},
    ).with_columns(pl.col(name).dt.truncate("1ms") for name in names if name == "at")


runs = st.builds(
    Run,
    id=texts,
    sport=texts,
    started_at=moments,
    local_date=days,
    origins=st.lists(origins, min_size=1, max_size=3).map(tuple),
    sub_sport=st.none() | texts,
    utc_offset_s=st.none() | st.integers(-50_000, 50_000),
    distance_m=measures,
    timer_s=measures,
    elapsed_s=measures,
    cadence_spm=measures,
    heart_rate_bpm=measures,
    ascent_m=measures,
    descent_m=measures,
    perceived_effort=measures,
    records=st.integers(0, 2**31 - 1),
    notes=st.lists(st.builds(Note, texts, pairs), max_size=3).map(tuple),
    column_sources=pairs,
    samples=frames(),
)
findings = st.builds(Finding, texts, texts, days, texts, st.sampled_from([None, "left", "right", "both"]))
trees = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
documents = st.dictionaries(st.text(), trees, max_size=4)
quick = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One database for all examples: each is another athlete's, so none sees another."""
    with pytest.MonkeyPatch.context() as patch, Store.open(tmp_path_factory.mktemp("laws") / "me.db") as opened:
        patch.setattr(_inspect, "vouched", lambda path: frozenset(_inspect.sound(path)))  # no process for each example
        yield opened


def fresh(store: Store) -> Memory:
    return store.memory(f"athlete {next(FRESH)}")


@quick
@given(given_runs=st.lists(runs, max_size=4, unique_by=lambda run: run.id))
def test_a_journal_gives_back_the_runs_that_it_was_given(shared: Store, given_runs: list[Run]) -> None:
    memory = fresh(shared)
    with memory.importing("x", AT) as batch:
        assert batch.add_file(given_runs) == tuple(run.id for run in given_runs)
    assert memory.runs() == tuple(run.summary for run in sorted(given_runs, key=lambda run: run.started_at))
    for run in given_runs:
        assert memory.run(run.id) == run
        assert_frame_equal(memory.samples(run.id), run.samples, check_exact=True)
        assert all(memory.knows(origin.sha256) for origin in run.origins)


@quick
@given(told=st.lists(st.lists(findings, max_size=4), max_size=4))
def test_findings_come_back_as_they_were_told_in_however_many_steps(shared: Store, told: list[list[Finding]]) -> None:
    memory = fresh(shared)
    for some in told:
        with memory.step("answer", "x", AT) as step:
            step.add_findings(some)
    assert memory.evidence() == Evidence.of(each for some in told for each in some)


@quick
@given(body=documents, versions=documents, trace=documents)
def test_plans_and_traces_come_back_as_they_were_given(
    shared: Store, body: dict[str, Any], versions: dict[str, Any], trace: dict[str, Any]
) -> None:
    memory = fresh(shared)
    with memory.step("plan", "x", AT) as step:
        step.set_plan(body, TODAY, versions=versions)
    memory.add_verdict(Verdict("today", TODAY, AT, None, trace))
    plan = memory.plan()
    assert plan is not None
    assert (plan.body, plan.versions, memory.verdicts()[0].trace) == (body, versions, trace)


@quick
@given(
    given_runs=st.lists(runs, max_size=3, unique_by=lambda run: run.id),
    told=st.lists(findings, max_size=3),
    body=documents,
)
def test_what_is_exported_and_restored_is_exported_the_same(
    shared: Store,
    tmp_path_factory: pytest.TempPathFactory,
    given_runs: list[Run],
    told: list[Finding],
    body: dict[str, Any],
) -> None:
    folder: Path = tmp_path_factory.mktemp("export")
    memory, other = fresh(shared), fresh(shared)
    with memory.step("checkin", "x", AT) as step:
        step.add_runs(given_runs)
        step.add_findings(told)
        step.set_plan(body, TODAY)
    if told:
        memory.undo(AT)
    memory.export(folder / "one.zip")
    other.restore(folder / "one.zip")
    other.export(folder / "two.zip")
    assert (folder / "one.zip").read_bytes() == (folder / "two.zip").read_bytes()
    assert (other.runs(), other.evidence(), other.history()) == (memory.runs(), memory.evidence(), memory.history())


def simple_run(name: str, hour: int, files: tuple[str, ...]) -> Run:
    started_at = AT + timedelta(hours=hour)
    at = pl.Series("at", [started_at], pl.Datetime("ms", "UTC"))
    return Run(
        id=name,
        sport="running",
        started_at=started_at,
        local_date=started_at.date(),
        origins=tuple(Origin(file, "fit", file) for file in files),
        distance_m=float(len(files)),
        samples=pl.DataFrame([at]).with_columns(moving=pl.lit(value=True)),
    )


class Undoing(RuleBasedStateMachine):
    """Two athletes do anything in any order; each undo brings back exactly what was before, and only for one."""

    shared: Store
    folder: Path

    @initialize()
    def begin(self) -> None:
        self.memories = {who: fresh(self.shared) for who in ("anna", "ben")}
        self.before: dict[str, list[Any]] = {"anna": [], "ben": []}
        self.now = {who: self.seen(who) for who in self.memories}
        self.names = count()

    def seen(self, who: str) -> Any:
        memory = self.memories[who]
        pains = [None, *(pain.id for pain in memory.episodes())]
        return (
            memory.runs(),
            [memory.samples(run.id).to_dicts() for run in memory.runs()],
            [(memory.evidence(pain), memory.plan(pain)) for pain in pains],
            memory.episodes(),
            memory.closed(),
            memory.current_episode(),
            [memory.knows(f"file {number}") for number in range(12)],
        )

    def done(self, who: str) -> None:
        after = self.seen(who)
        assert after != self.now[who]
        self.before[who].append(self.now[who])
        self.now[who] = after

    people = st.sampled_from(["anna", "ben"])

    @rule(who=people, how_many=st.integers(1, 3), merge=st.booleans())
    def bring_runs(self, who: str, how_many: int, merge: bool) -> None:
        memory = self.memories[who]
        with memory.importing(f"import {next(self.names)}", AT) as batch:
            for _ in range(how_many):
                number = next(self.names)
                batch.add_file([simple_run(f"run {number}", number, (f"file {number}",))])
            if merge:
                olds = memory.runs()[-2:]
                name = olds[0].id
                files = tuple(origin.sha256 for old in olds for origin in old.origins)
                batch.add_file(merged=dict.fromkeys((old.id for old in olds), simple_run(name, 0, files)))
        self.done(who)

    @rule(who=people, told=findings)
    def tell(self, who: str, told: Finding) -> None:
        pain = self.memories[who].current_episode()
        with self.memories[who].step("answer", "x", AT) as step:
            step.add_findings([told], pain.id if pain else None)
        self.done(who)

    @rule(who=people)
    def hurt(self, who: str) -> None:
        with self.memories[who].step("open_episode", "x", AT) as step:
            step.open_episode(TODAY)
        self.done(who)

    @rule(who=people)
    def heal(self, who: str) -> None:
        pain = self.memories[who].current_episode()
        if pain:
            with self.memories[who].step("close_episode", "x", AT) as step:
                step.close_episode(pain.id, TODAY)
            self.done(who)

    @rule(who=people)
    def agree(self, who: str) -> None:
        with self.memories[who].step("plan", "x", AT) as step:
            step.set_plan({"number": next(self.names)}, TODAY)
        self.done(who)

    @rule(who=people)
    def fail(self, who: str) -> None:
        memory = self.memories[who]
        with pytest.raises(KeyboardInterrupt), memory.step("checkin", "x", AT) as step:  # noqa: PT012 (a fault must leave it)
            step.open_episode(TODAY)
            raise KeyboardInterrupt

    @rule(who=people)
    def undo(self, who: str) -> None:
        undone = self.memories[who].undo(AT)
        assert (undone is None) == (not self.before[who])
        if undone:
            assert str(undone)
            self.now[who] = self.before[who].pop()

    @rule(who=people)
    def move(self, who: str) -> None:
        """Go on in a journal that was exported and restored."""
        path = self.folder / f"{next(FRESH)}.zip"
        self.memories[who].export(path)
        self.memories[who] = fresh(self.shared)
        self.memories[who].restore(path)

    @invariant()
    @precondition(lambda self: hasattr(self, "now"))
    def all_is_as_expected(self) -> None:
        for who in self.memories:
            assert self.seen(who) == self.now[who]


@pytest.mark.slow
def test_an_undo_brings_back_exactly_what_was_before_and_only_for_one_athlete(
    shared: Store, tmp_path_factory: pytest.TempPathFactory
) -> None:
    Undoing.shared = shared
    Undoing.folder = tmp_path_factory.mktemp("moves")
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Undoing, settings=settings(deadline=None, max_examples=12, stateful_step_count=12)
    )
