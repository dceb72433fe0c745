from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hipwise.activity import Run, merge
from hipwise.store import Store

FILES = 60
pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system kills in another way")

IMPORT = f"""
import sys
from datetime import UTC, date, datetime, timedelta
import polars as pl
from hipwise.activity import Origin, Run
from hipwise.store import Store

def run(name, file, hour):
    at = datetime(2030, 5, 1, tzinfo=UTC) + timedelta(hours=hour)
    samples = pl.DataFrame({{"at": [at] * 3000, "distance_m": [float(n * hour) for n in range(3000)]}})
    return Run(id=name, sport="running", started_at=at, local_date=at.date(), samples=samples,
               origins=(Origin(file, "fit", file),))

with Store.open(sys.argv[1]) as store:
    memory = store.memory()
    with memory.importing("watch", datetime(2030, 5, 2, tzinfo=UTC)) as batch:
        for number in range({FILES}):
            file = f"file {{number}}"
            if memory.knows(file):
                continue
            before = f"leg 1 of {{number - 1}}"
            batch.add_file(
                [run(f"leg {{leg}} of {{number}}", file, number) for leg in (1, 2)],
                {{before: run(before, file, number)}} if number % 5 == 4 else {{}},
            )
            print(number, flush=True)
"""


def importing(address: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", IMPORT, address], stdout=subprocess.PIPE, text=True)


def kill_after(address: str, files: int) -> None:
    process = importing(address)
    assert process.stdout is not None
    with process.stdout as said:
        for _ in range(files):
            assert said.readline()
        process.send_signal(signal.SIGKILL)
        said.read()
    assert process.wait() == -signal.SIGKILL


def exported(address: str, path: Path) -> bytes:
    with Store.open(address) as store:
        store.memory().export(path)
    return path.read_bytes()


@pytest.mark.slow
def test_an_import_killed_again_and_again_ends_like_one_left_in_peace(address: str, tmp_path: Path) -> None:
    for files in (1, 17, 23):
        kill_after(address, files)
        with Store.open(address) as store:
            runs = store.memory().runs()
            assert [store.memory().samples(run.id).height for run in runs] == [3000] * len(runs)
            assert [event.finished for event in store.memory().history()] == [False]
    assert importing(address).communicate(timeout=60)[0]
    peace = f"sqlite:///{tmp_path / 'peace.db'}"
    assert importing(peace).communicate(timeout=60)[0].count("\n") == FILES
    assert exported(address, tmp_path / "one.zip") == exported(peace, tmp_path / "two.zip")


def test_a_step_killed_before_its_end_leaves_nothing(address: str, make_run: Callable[..., Run]) -> None:
    code = """
import os, signal, sys
from datetime import UTC, date, datetime
from hipwise.model import Finding
from hipwise.store import Store
with Store.open(sys.argv[1]).memory().step("answer", "x", datetime(2030, 5, 2, tzinfo=UTC)) as step:
    step.add_findings([Finding("night_pain", "present", date(2030, 5, 2))])
    os.kill(os.getpid(), signal.SIGKILL)
"""
    assert subprocess.run([sys.executable, "-c", code, address], check=False).returncode == -signal.SIGKILL
    with Store.open(address) as store:
        assert store.memory().history() == ()
        assert len(store.memory().evidence()) == 0
        with store.memory().step("log", "x", make_run("a").started_at) as step:
            assert step.add_runs([make_run("a")]) == ("a",)


UNDO_OR_SPLIT = """
import os, signal, sys
from datetime import UTC, datetime
from hipwise.store import Store, _runs
write, left = _runs.write, [int(sys.argv[3])]
def dying(*given, **named):
    name = write(*given, **named)
    left[0] -= 1
    return name if left[0] else os.kill(os.getpid(), signal.SIGKILL)
_runs.write = dying
memory = Store.open(sys.argv[1]).memory()
at = datetime(2030, 5, 2, tzinfo=UTC)
memory.split("a", at) if sys.argv[2] == "split" else memory.undo(at, 1)
"""


@pytest.mark.parametrize(("what", "writes"), [("split", 2), ("undo", 1)])
def test_an_undo_or_a_split_killed_in_the_middle_leaves_all_as_it_was(
    address: str, tmp_path: Path, make_run: Callable[..., Run], what: str, writes: int
) -> None:
    with Store.open(address) as store:
        memory = store.memory()
        for name in "abc":
            with memory.importing(name, make_run("a").started_at) as batch:
                merged = merge(memory.run("a"), make_run(name)) if name != "a" else None
                batch.add_file([make_run(name)], {} if merged is None else {"a": merged, name: merged})
    before = exported(address, tmp_path / "before.zip")
    command = [sys.executable, "-c", UNDO_OR_SPLIT, address, what, str(writes)]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    assert exported(address, tmp_path / "after.zip") == before
