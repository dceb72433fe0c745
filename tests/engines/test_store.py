from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta, timezone

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from sqlalchemy.exc import StatementError

from hipwise.activity import Origin, Run, RunSummary
from hipwise.errors import JournalError
from hipwise.model import Athlete, Episode, Evidence, Finding
from hipwise.store import Memory, Store, Verdict
from hipwise.store._tables import EPISODE, FINDING, METADATA, RUN, RUN_ORIGIN

MakeRun = Callable[..., Run]
AT = datetime(2030, 5, 2, 8, 30, tzinfo=UTC)
TODAY = date(2030, 5, 2)


def add(memory: Memory, *runs: Run, label: str = "runs", **merged: Run) -> tuple[str, ...]:
    with memory.importing(label, AT) as batch:
        return batch.add_file(runs, merged)


def answer(memory: Memory, finding: str, state: str = "present", episode_id: str | None = None) -> Finding:
    told = Finding(finding, state, TODAY)
    with memory.step("answer", finding, AT) as step:
        step.add_findings([told], episode_id)
    return told


def open_pain(memory: Memory, side: str = "left") -> Episode:
    with memory.step("open_episode", side, AT) as step:
        return step.open_episode(TODAY, onset=date(2030, 4, 1), side=side, site="groin")


def test_a_run_comes_back_as_it_went_in(memory: Memory, make_run: MakeRun) -> None:
    run = make_run("a")
    add(memory, run)
    assert memory.runs() == (run.summary,)
    assert memory.run("a") == run
    assert_frame_equal(memory.samples("a"), run.samples, check_exact=True)


def test_every_field_of_a_run_has_its_column() -> None:
    elsewhere = {"id": "run_id"}
    for words, table, left_out in (
        (RunSummary, RUN, {"origins"}),
        (Origin, RUN_ORIGIN, set()),
        (Finding, FINDING, set()),
        (Episode, EPISODE, {"id"}),
    ):
        elsewhere = {RunSummary: {"id": "run_id"}, Finding: {"id": "finding_id", "on": "day"}}.get(words, {})
        wanted = {elsewhere.get(each.name, each.name) for each in fields(words) if each.name not in left_out}
        assert wanted <= set(table.columns.keys()), words


def test_a_run_written_down_by_hand_has_no_samples_and_comes_back(memory: Memory, make_run: MakeRun) -> None:
    empty = pl.DataFrame(schema={"at": pl.Datetime("ms", "UTC"), "moving": pl.Boolean()})
    for name, samples in (("empty", empty), ("none", pl.DataFrame())):
        with memory.step("log", name, AT) as step:
            assert step.add_runs([replace(make_run(name), samples=samples, records=0)]) == (name,)
        assert_frame_equal(memory.samples(name), samples)


def test_the_start_keeps_its_moment_whatever_zone_it_was_told_in(memory: Memory, make_run: MakeRun) -> None:
    started_at = datetime(2030, 5, 1, 1, 30, 0, 250_000, tzinfo=timezone(timedelta(hours=-7)))
    add(memory, replace(make_run("a"), started_at=started_at))
    assert memory.runs()[0].started_at == started_at
    assert memory.runs()[0].started_at.utcoffset() == timedelta(0)


def test_a_moment_without_a_zone_is_refused(memory: Memory) -> None:
    with pytest.raises(StatementError, match="time zone"), memory.step("answer", "x", datetime(2030, 5, 1)) as step:  # noqa: DTZ001 (the fault itself)
        step.add_findings([Finding("night_pain", "present", TODAY)])


def test_a_total_that_is_no_number_is_not_known(memory: Memory, make_run: MakeRun) -> None:
    add(memory, make_run("a", distance_m=float("nan")))
    add(memory, make_run("b", distance_m=float("inf")))
    assert [run.distance_m for run in memory.runs()] == [None, None]


def test_a_file_name_that_is_no_text_does_not_stop_the_import(memory: Memory, make_run: MakeRun) -> None:
    add(memory, replace(make_run("a"), origins=(Origin("r\udcffn\0.fit", "fit", "sha"),)))
    assert memory.runs()[0].file == "r\\udcffn.fit"


def test_a_run_that_comes_from_nowhere_is_refused(memory: Memory, make_run: MakeRun) -> None:
    with pytest.raises(ValueError, match="origin"):
        add(memory, replace(make_run("a"), origins=()))


def test_runs_come_in_order_of_their_start(memory: Memory, make_run: MakeRun) -> None:
    add(memory, make_run("late", 9), make_run("early", 1), make_run("middle", 5))
    assert [run.id for run in memory.runs()] == ["early", "middle", "late"]


def test_a_second_import_of_the_same_files_adds_nothing(memory: Memory, make_run: MakeRun) -> None:
    assert add(memory, make_run("a"), make_run("b"), make_run("a")) == ("a", "b")
    assert add(memory, make_run("a"), make_run("b")) == ()
    assert len(memory.runs()) == 2
    assert len(memory.history()) == 1
    assert memory.knows("sha-a")
    assert not memory.knows("sha-c")


def test_an_import_is_undone_and_can_come_again(memory: Memory, make_run: MakeRun) -> None:
    add(memory, make_run("a"), make_run("b"), label="watch/*.fit")
    undone = memory.undo(AT + timedelta(hours=1))
    assert undone is not None
    assert str(undone) == ("Taken back: the import of watch/*.fit, with 2 runs. The files themselves are not touched.")
    assert memory.runs() == ()
    assert not memory.knows("sha-a")
    assert add(memory, make_run("a")) == ("a",)
    assert [event.undone_at for event in memory.history()] == [None, AT + timedelta(hours=1)]


def test_a_merged_run_takes_the_place_of_the_old_one_until_it_is_undone(memory: Memory, make_run: MakeRun) -> None:
    old = make_run("a")
    add(memory, old)
    merged = make_run("a", files=("a", "b"), distance_m=5100.0)
    add(memory, a=merged)
    assert memory.runs() == (merged.summary,)
    assert memory.knows("sha-b")
    undone = memory.undo(AT)
    assert undone is not None
    assert "Runs that are again as they were before: 1." in str(undone)
    assert memory.runs() == (old.summary,)
    assert memory.run("a") == old
    assert not memory.knows("sha-b")


def test_a_merge_within_one_import_is_one_run(memory: Memory, make_run: MakeRun) -> None:
    with memory.importing("both", AT) as batch:
        batch.add_file([make_run("a")])
        batch.add_file(merged={"a": make_run("a", files=("a", "b"))})
    assert [run.origins[1].file for run in memory.runs()] == ["b.fit"]
    assert (memory.history()[0].runs, memory.history()[0].merged) == (1, 0)
    memory.undo(AT)
    assert memory.runs() == ()


def test_two_runs_can_become_one(memory: Memory, make_run: MakeRun) -> None:
    add(memory, make_run("first", 0), make_run("second", 1))
    whole = make_run("whole", files=("first", "second"))
    assert add(memory, first=whole, second=whole) == ("whole",)
    assert [run.id for run in memory.runs()] == ["whole"]
    assert add(memory, make_run("first")) == ()
    memory.undo(AT)
    assert [run.id for run in memory.runs()] == ["first", "second"]


def test_a_merge_cannot_take_the_id_of_a_third_run(memory: Memory, make_run: MakeRun) -> None:
    add(memory, make_run("a"), make_run("b", 1))
    with pytest.raises(ValueError, match="id"):
        add(memory, a=make_run("b"))
    assert [run.id for run in memory.runs()] == ["a", "b"]


def test_a_run_that_is_not_there_can_be_neither_read_nor_replaced(memory: Memory, make_run: MakeRun) -> None:
    for attempt in (memory.run, memory.samples, lambda name: add(memory, **{name: make_run("b")})):
        with pytest.raises(JournalError, match="no run 'a'"):
            attempt("a")
    assert memory.history() == ()


def test_an_import_cut_short_is_gone_on_with_as_one(memory: Memory, make_run: MakeRun) -> None:
    with pytest.raises(KeyboardInterrupt), memory.importing("watch", AT) as batch:  # noqa: PT012 (both are the point)
        batch.add_file([make_run("a")])
        raise KeyboardInterrupt
    assert [event.finished for event in memory.history()] == [False]
    with memory.importing("watch", AT + timedelta(days=1)) as batch:
        assert batch.add_file([make_run("a")]) == ()
        assert batch.add_file([make_run("b", 1)]) == ("b",)
    assert [(event.runs, event.finished, event.at) for event in memory.history()] == [(2, True, AT)]
    add(memory, make_run("c"), label="watch")
    assert len(memory.history()) == 2


def test_an_import_cut_short_stays_apart_when_something_was_said_since(memory: Memory, make_run: MakeRun) -> None:
    with pytest.raises(KeyboardInterrupt), memory.importing("watch", AT) as batch:  # noqa: PT012 (both are the point)
        batch.add_file([make_run("a")])
        raise KeyboardInterrupt
    answer(memory, "night_pain")
    add(memory, make_run("b"), label="watch")
    memory.undo(AT)
    assert [run.id for run in memory.runs()] == ["a"]
    assert len(memory.evidence()) == 1


def test_an_import_that_is_undone_while_it_goes_on_says_so(memory: Memory, make_run: MakeRun) -> None:
    with pytest.raises(JournalError, match="taken back while"), memory.importing("watch", AT) as batch:  # noqa: PT012 (a race in a row)
        batch.add_file([make_run("a")])
        memory.undo(AT)
        batch.add_file([make_run("b")])
    assert memory.runs() == ()


def test_an_import_never_merges_a_run_newer_than_itself(memory: Memory, make_run: MakeRun) -> None:
    with memory.importing("slow", AT) as slow:
        slow.add_file([make_run("a")])
        add(memory, make_run("b", 1), label="quick")
        with pytest.raises(JournalError, match="newer in the journal"):
            slow.add_file(merged={"b": make_run("b", 1, files=("b", "c"))})
        slow.add_file([make_run("d", 2)])
    assert [run.id for run in memory.runs()] == ["a", "b", "d"]


def test_a_step_is_kept_whole_or_not_at_all(memory: Memory, make_run: MakeRun) -> None:
    with pytest.raises(KeyboardInterrupt), memory.step("checkin", "today", AT) as step:  # noqa: PT012 (both are the point)
        step.add_runs([make_run("a")])
        step.add_findings([Finding("pain_now", "3", TODAY)])
        raise KeyboardInterrupt
    assert memory.runs() == ()
    assert memory.history() == ()
    with memory.step("checkin", "today", AT) as step:
        step.add_runs([make_run("a")])
        step.add_findings([Finding("pain_now", "3", TODAY)])
    event = memory.history()[0]
    assert (event.kind, event.label, event.at, event.runs, event.findings) == ("checkin", "today", AT, 1, 1)
    memory.undo(AT)
    assert (memory.runs(), len(memory.evidence())) == ((), 0)


def test_a_step_that_brings_nothing_leaves_no_event(memory: Memory, make_run: MakeRun) -> None:
    add(memory, make_run("a"))
    with memory.step("answer", "nothing", AT) as step:
        step.add_findings([])
        step.add_runs([make_run("a")])
    with memory.importing("nothing", AT):
        pass
    assert [event.kind for event in memory.history()] == ["import"]


def test_findings_come_back_in_order_and_the_later_of_a_day_wins(memory: Memory) -> None:
    told = [
        Finding("pain_now", "3", TODAY, "check-in", "left"),
        Finding("pain_now", "unknown", date(2030, 5, 1)),
        Finding("pain_now", "5", TODAY, "check-in", "left"),
    ]
    with memory.step("answer", "pain", AT) as step:
        step.add_findings(told)
    assert memory.evidence() == Evidence.of(told)
    assert memory.evidence().latest()["pain_now"].state == "5"


def test_evidence_is_the_runners_and_the_episodes_and_no_other_episodes(memory: Memory) -> None:
    left, right = open_pain(memory, "left"), open_pain(memory, "right")
    general = answer(memory, "earlier_fracture")
    mine = answer(memory, "night_pain", episode_id=left.id)
    other = answer(memory, "night_pain", "absent", right.id)
    assert memory.evidence() == Evidence.of([general])
    assert memory.evidence(left.id) == Evidence.of([general, mine])
    assert memory.evidence(right.id) == Evidence.of([general, other])


def test_an_answer_is_undone_and_the_one_before_holds_again(memory: Memory) -> None:
    answer(memory, "night_pain", "absent")
    answer(memory, "night_pain", "present")
    undone = memory.undo(AT)
    assert undone is not None
    assert str(undone) == "Taken back: your answer to night_pain."
    assert memory.evidence().latest()["night_pain"].state == "absent"


def test_undo_goes_back_step_by_step_until_nothing_is_left(memory: Memory, make_run: MakeRun) -> None:
    add(memory, make_run("a"))
    pain = open_pain(memory)
    answer(memory, "night_pain", episode_id=pain.id)
    with memory.step("plan", "stage 1", AT) as step:
        step.set_plan({"stage": 1}, TODAY, pain.id)
    with memory.step("close_episode", "left hip", AT) as step:
        step.close_episode(pain.id, TODAY)
    kinds = []
    while undone := memory.undo(AT):
        assert str(undone).startswith("Taken back: ")
        kinds.append(undone.event.kind)
    assert kinds == ["close_episode", "plan", "answer", "open_episode", "import"]
    assert memory.undo(AT) is None
    assert all(event.undone_at == AT for event in memory.history())


def test_a_new_pain_is_a_new_episode_and_the_open_one_is_current(memory: Memory) -> None:
    assert memory.current_episode() is None
    left, right = open_pain(memory, "left"), open_pain(memory, "right")
    assert memory.episodes() == (left, right)
    assert left == Episode(left.id, TODAY, date(2030, 4, 1), "left", "groin")
    assert memory.current_episode() == right
    with memory.step("close_episode", "right", AT) as step:
        step.close_episode(right.id, date(2030, 6, 1))
    assert memory.current_episode() == left
    assert memory.closed() == {right.id: date(2030, 6, 1)}
    memory.undo(AT)
    assert memory.current_episode() == right


def test_an_episode_that_is_not_there_takes_nothing(memory: Memory) -> None:
    pain = open_pain(memory)
    memory.undo(AT)
    attempts = (
        memory.evidence,
        memory.plan,
        lambda name: answer(memory, "night_pain", episode_id=name),
        lambda name: memory.add_verdict(Verdict("today", TODAY, AT, name, {})),
    )
    for attempt in attempts:
        for name in (pain.id, "7", "left"):
            with pytest.raises(JournalError, match=f"no pain '{name}'"):
                attempt(name)


def test_the_plan_agreed_last_holds_for_its_own_pain_only(memory: Memory) -> None:
    pain = open_pain(memory)
    assert memory.plan(pain.id) is None
    for stage in (1, 2):
        with memory.step("plan", f"stage {stage}", AT) as step:
            step.set_plan({"stages": [stage, None, "é"]}, TODAY, pain.id, {"knowledge": "2030.1"})
    plan = memory.plan(pain.id)
    assert plan is not None
    assert (plan.body, plan.on, plan.at) == ({"stages": [2, None, "é"]}, TODAY, AT)
    assert (plan.versions, plan.episode_id) == ({"knowledge": "2030.1"}, pain.id)
    assert memory.plan() is None
    memory.undo(AT)
    before = memory.plan(pain.id)
    assert before is not None
    assert before.body == {"stages": [1, None, "é"]}


def test_a_verdict_stays_whatever_is_undone(memory: Memory) -> None:
    pain = open_pain(memory)
    first = Verdict("today", TODAY, AT, pain.id, {"rule": "no_run", "inputs": {"pain_now": 7}})
    second = Verdict("assess", TODAY, AT, None, {"level": "same_day"})
    memory.add_verdict(first)
    memory.add_verdict(second)
    memory.undo(AT)
    assert memory.verdicts() == (second, first)
    assert memory.verdicts("today") == (first,)
    assert memory.verdicts(most=1) == (second,)


def test_the_athlete_and_the_settings_are_kept(memory: Memory) -> None:
    assert (memory.athlete(), memory.settings()) == (Athlete(), {})
    memory.set_athlete(Athlete(date(1990, 2, 28), "female", "CH"))
    memory.set_settings({"units": "km", "max_heart_rate_bpm": 190})
    assert memory.athlete() == Athlete(date(1990, 2, 28), "female", "CH")
    assert memory.settings() == {"units": "km", "max_heart_rate_bpm": 190}


def test_what_is_kept_is_there_when_the_store_is_opened_again(address: str, make_run: MakeRun) -> None:
    with Store.open(address) as store:
        add(store.memory(), make_run("a"))
    with Store.open(address) as store:
        assert store.memory().run("a") == make_run("a")


def test_two_athletes_never_see_each_others_rows(store: Store, make_run: MakeRun) -> None:
    anna, ben = store.memory("anna"), store.memory("ben")
    add(anna, make_run("a"))
    pain = open_pain(anna)
    answer(anna, "night_pain", episode_id=pain.id)
    anna.add_verdict(Verdict("today", TODAY, AT, pain.id, {}))
    anna.set_athlete(Athlete(country="CH"))
    assert (ben.runs(), ben.history(), ben.episodes(), ben.verdicts()) == ((), (), (), ())
    assert (len(ben.evidence()), ben.athlete(), ben.undo(AT), ben.knows("sha-a")) == (0, Athlete(), None, False)
    for attempt in (lambda: ben.run("a"), lambda: ben.evidence(pain.id), lambda: add(ben, a=make_run("b"))):
        with pytest.raises(JournalError):
            attempt()
    assert add(ben, make_run("a")) == ("a",)
    ben.undo(AT)
    assert [run.id for run in anna.runs()] == ["a"]
    assert store.athletes() == ("anna", "ben")


def test_every_table_says_whose_row_it_is_and_points_at_own_rows_only() -> None:
    for table in METADATA.tables.values():
        assert table.columns["athlete_id"].primary_key, table.name
        for key in table.foreign_key_constraints:
            assert key.column_keys[0] == "athlete_id", key.name


def test_an_athlete_needs_an_id(store: Store) -> None:
    with pytest.raises(ValueError, match="id"):
        store.memory(" ")
    assert repr(store.memory("anna")) == "Memory('anna')"
