from __future__ import annotations

import hashlib
import random
from io import BytesIO
from pathlib import Path

import polars as pl
import pytest

from hipwise.errors import JournalError
from hipwise.store import Memory, Store, _inspect
from journals import assert_refused, contents, everything, forge


@pytest.mark.slow
def test_a_file_damaged_anywhere_restores_nothing_or_the_same(
    store: Store, anna: Memory, exported: Path, tmp_path: Path
) -> None:
    whole, dice, refused = exported.read_bytes(), random.Random(7), 0  # noqa: S311 (a fixed seed is the point)
    expected = everything(anna)
    for number in range(150):
        content = bytearray(whole)
        if number % 3:
            for _ in range(dice.choice([1, 4])):
                content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
        else:
            del content[dice.randrange(len(content)) :]
        (tmp_path / "damaged.zip").write_bytes(content)
        ben = store.memory(f"ben{number}")
        try:
            ben.restore(tmp_path / "damaged.zip")
        except JournalError:
            refused += 1
            assert ben.history() == ()
        else:  # a bit in a name's time or rights: no content is touched
            assert everything(ben) == expected
    assert refused > 100


@pytest.mark.slow
def test_forged_samples_never_bring_the_reader_down(store: Store, exported: Path, tmp_path: Path) -> None:
    entries, dice = contents(exported), random.Random(11)  # noqa: S311 (a fixed seed is the point)
    whole = entries["samples/1.parquet"]
    for number in range(10):
        content = bytearray(whole)
        for _ in range(4):
            content[-dice.randrange(1, len(content) // 2)] = dice.randrange(256)
        path = forge(tmp_path / "forged.zip", entries | {"samples/1.parquet": bytes(content)})
        try:
            store.memory(f"ben{number}").restore(path)
        except JournalError:
            continue


def test_samples_that_kill_their_reader_are_refused(
    store: Store, exported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = tmp_path / "reader.py"
    reader.write_text("import os\nprint('0' * 64, flush=True)\nos.abort()\n")
    monkeypatch.setattr(_inspect, "__file__", str(reader))
    assert_refused(store.memory("ben"), exported)


def test_samples_that_keep_their_reader_busy_for_ever_are_refused(
    store: Store, exported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = tmp_path / "reader.py"
    reader.write_text("while True: pass\n")
    monkeypatch.setattr(_inspect, "__file__", str(reader))
    monkeypatch.setattr(_inspect, "MOST_SECONDS", 0.2)
    assert_refused(store.memory("ben"), exported)


def test_the_reader_of_foreign_samples_vouches_for_the_good_ones_only(exported: Path, tmp_path: Path) -> None:
    entries = contents(exported)
    forged = forge(tmp_path / "forged.zip", entries | {"samples/2.parquet": b"PAR1 nothing PAR1"})
    good = {hashlib.sha256(entries[f"samples/{number}.parquet"]).hexdigest() for number in (1, 3)}
    assert _inspect.vouched(forged) == good
    assert set(_inspect.sound(forged)) == good


def test_a_backup_of_before_with_narrow_numbers_comes_back(store: Store, exported: Path, tmp_path: Path) -> None:
    entries = contents(exported)
    for name in [each for each in entries if each.startswith("samples/")]:
        narrow = pl.read_parquet(BytesIO(entries[name])).cast({pl.Float64: pl.Float32})
        narrow.write_parquet(written := BytesIO())
        entries[name] = written.getvalue()
    path = forge(tmp_path / "narrow.zip", entries)
    ben = store.memory("ben")
    ben.restore(path)
    assert all(pl.Float32() in ben.samples(run.id).dtypes for run in ben.runs())
