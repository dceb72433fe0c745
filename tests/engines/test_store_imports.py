"""Files that are held and written some at a time, and what is remembered of packed ones."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from hipwise.activity import Run
from hipwise.errors import JournalError
from hipwise.store import Memory, Store

MakeRun = Callable[..., Run]
AT = datetime(2030, 5, 2, 8, 30, tzinfo=UTC)


def test_files_written_together_are_as_if_they_came_one_by_one(memory: Memory, make_run: MakeRun) -> None:
    a, b, c = make_run("a"), make_run("b", 1), make_run("c", 2)
    both, all_three = make_run("a", files=("a", "d")), make_run("a", files=("a", "d", "e"))
    with memory.importing("together", AT) as batch:
        batch.hold([a], unpacked={"packed a": "sha-a"})
        batch.hold([b, a], unpacked={"packed a": "sha-a"})
        batch.hold([make_run("d", 5)], {"a": both, "d": both})
        batch.hold([make_run("e", 6)], {"a": all_three, "e": all_three})
        assert memory.runs() == ()
        assert batch.write() == ("a", "b", "d", "a", "e", "a")
        batch.hold([c])
    assert [(run.id, len(run.origins)) for run in memory.runs()] == [("a", 3), ("b", 1), ("c", 1)]
    assert set(memory.split("a", AT)) == {"a", "d", "e"}
    memory.undo(AT)
    assert memory.unpacked() == {"packed a": "sha-a"}
    memory.undo(AT)
    assert memory.runs() == ()


def test_of_files_written_together_those_before_a_fault_are_kept(memory: Memory, make_run: MakeRun) -> None:
    with pytest.raises(JournalError, match="no run 'x'"), memory.importing("fault", AT) as batch:  # noqa: PT012 (both are the point)
        batch.hold([make_run("a")])
        batch.hold(merged={"x": make_run("x", files=("x", "y"))})
        batch.hold([make_run("b", 1)])
        batch.write()
    assert [run.id for run in memory.runs()] == ["a"]
    assert [event.finished for event in memory.history()] == [False]


def test_what_packed_files_hold_is_one_athletes_and_goes_with_the_rest(memory: Memory, store: Store) -> None:
    for _ in range(2):
        with memory.importing("sums", AT) as batch:
            batch.hold(unpacked={"packed": "sha"})
    assert memory.unpacked() == {"packed": "sha"}
    assert store.memory("another").unpacked() == {}
    assert memory.history() == ()
    memory.restart()
    assert memory.unpacked() == {}
