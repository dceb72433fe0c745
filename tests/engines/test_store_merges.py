"""Merges can be split again, any import can be undone, and what is left is always each run once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from hipwise.activity import Run, merge
from hipwise.errors import JournalError
from hipwise.store import Gap, Memory
from journals import AT, MakeRun, everything


def bring(memory: Memory, label: str, *runs: Run) -> None:
    """Bring RUNS in, as the journal does: one that is there becomes one with what is there."""
    with memory.importing(label, AT) as batch:
        for run in runs:
            standing = next((each for each in memory.runs() if each.started_at == run.started_at), None)
            if standing is None:
                batch.add_file([run])
            else:
                merged = merge(memory.run(standing.id), run)
                batch.add_file([run], {standing.id: merged, run.id: merged})


def seen(memory: Memory) -> list[tuple[str, ...]]:
    return [tuple(origin.sha256.removeprefix("sha-") for origin in run.origins) for run in memory.runs()]


@pytest.fixture
def three(memory: Memory, make_run: MakeRun) -> Memory:
    """One run that came with three imports, and another one."""
    for name in "abc":
        bring(memory, name, make_run(name))
    bring(memory, "d", make_run("d", 9))
    return memory


def test_a_merge_is_split_into_what_came_and_one_undo_joins_it_again(three: Memory, make_run: MakeRun) -> None:
    before = everything(three)[:4]
    assert seen(three) == [("a", "b", "c"), ("d",)]
    assert three.split("a", AT) == ("a", "b", "c")
    assert seen(three) == [("a",), ("b",), ("c",), ("d",)]
    assert three.run("b").samples.equals(make_run("b").samples)
    assert str(three.undo(AT)) == "Taken back: the split of 2030-05-01. The runs are one again."
    assert everything(three)[:4] == before


def test_only_what_was_merged_can_be_split(three: Memory) -> None:
    with pytest.raises(JournalError, match="cannot be split"):
        three.split("d", AT)
    with pytest.raises(JournalError, match="no run 'x'"):
        three.split("x", AT)
    three.split("a", AT)
    with pytest.raises(JournalError, match="cannot be split"):
        three.split("b", AT)
    assert len(three.history()) == 5


def test_what_was_split_off_can_become_part_of_another(three: Memory, make_run: MakeRun) -> None:
    three.split("a", AT)
    other = replace(make_run("e"), distance_m=5001.0)
    with three.importing("e", AT) as batch:
        merged = merge(three.run("b"), other)
        batch.add_file([other], {"b": merged, "e": merged})
    assert sorted(seen(three)) == [("a",), ("b", "e"), ("c",), ("d",)]
    assert three.split("b", AT) == ("b", "e")
    assert sorted(seen(three)) == [("a",), ("b",), ("c",), ("d",), ("e",)]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_any_import_can_be_undone_and_the_others_stay_one_run(three: Memory, number: int) -> None:
    three.undo(AT, number)
    left = tuple(name for place, name in enumerate("abc", 1) if place != number)
    assert seen(three) == [left, ("d",)]
    assert not three.knows("sha-" + "abc"[number - 1])
    assert all(three.knows(f"sha-{name}") for name in left)


@pytest.mark.parametrize("order", ["12", "21", "13", "31", "23", "32"])
def test_two_undone_in_any_order_leave_the_third(three: Memory, order: str) -> None:
    for number in order:
        three.undo(AT, int(number))
    (left,) = {"1", "2", "3"} - set(order)
    assert seen(three) == [("abc"[int(left) - 1],), ("d",)]


@pytest.mark.parametrize("order", ["14", "41", "24", "43"])
def test_of_four_two_undone_leave_two_as_one(memory: Memory, make_run: MakeRun, order: str) -> None:
    for name in "abcd":
        bring(memory, name, make_run(name))
    for number in order:
        memory.undo(AT, int(number))
    assert seen(memory) == [tuple(name for place, name in enumerate("abcd", 1) if str(place) not in order)]


def test_all_undone_leaves_nothing_of_them_and_they_can_come_again(three: Memory, make_run: MakeRun) -> None:
    for number in (2, 1, 3):
        three.undo(AT, number)
    assert seen(three) == [("d",)]
    bring(three, "again", make_run("b"), make_run("a"))
    assert seen(three) == [("b", "a"), ("d",)]


def test_an_import_undone_under_a_split_takes_its_part_alone(three: Memory) -> None:
    three.split("a", AT)
    three.undo(AT, 2)
    assert seen(three) == [("a",), ("c",), ("d",)]


def test_undo_by_number_is_for_imports_that_stand(three: Memory) -> None:
    three.undo(AT, 2)
    for number in (2, 99):
        with pytest.raises(JournalError, match=f"no import number {number}"):
            three.undo(AT, number)
    three.split("a", AT)
    with pytest.raises(JournalError, match="no import number 5"):
        three.undo(AT, 5)


def test_an_import_counts_what_it_brought_whatever_came_after(three: Memory) -> None:
    assert [(event.number, event.runs, event.merged) for event in three.history()] == [
        (4, 1, 0),
        (3, 1, 1),
        (2, 1, 1),
        (1, 1, 0),
    ]


def test_names_and_shoes_come_back(memory: Memory, make_run: MakeRun) -> None:
    bring(memory, "a", replace(make_run("a"), name="Hills", gear="Blue"))
    assert [(run.name, run.gear) for run in memory.runs()] == [("Hills", "Blue")]


def test_gaps_are_kept_in_order_and_undone(memory: Memory) -> None:
    rest = Gap(date(2030, 5, 1), date(2030, 5, 9), "rest")
    for gap in (rest, replace(rest, kind="no_watch")):
        with memory.step("gap", "x", AT) as step:
            step.mark_gap(gap)
    assert [gap.kind for gap in memory.gaps()] == ["rest", "no_watch"]
    memory.undo(AT)
    assert memory.gaps() == (rest,)
