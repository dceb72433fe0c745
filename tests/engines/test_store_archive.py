from __future__ import annotations

import hashlib
import io
import json
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from hipwise.errors import JournalError
from hipwise.model import Athlete, Evidence, Finding
from hipwise.store import Memory, Store, _restore
from hipwise.store._archive import SINCE, TABLES, VERSION
from hipwise.store._inspect import MOST_CELLS
from journals import AT, TODAY, MakeRun, assert_refused, contents, everything, forge, with_row


def test_an_export_restores_to_the_same_journal_with_what_was_undone(
    store: Store, anna: Memory, exported: Path, tmp_path: Path
) -> None:
    ben = store.memory("ben")
    ben.restore(exported)
    assert everything(ben) == everything(anna)
    ben.export(tmp_path / "ben.zip")
    assert (tmp_path / "ben.zip").read_bytes() == exported.read_bytes()
    while undone := anna.undo(AT):
        assert ben.undo(AT) == undone
        assert everything(ben) == everything(anna)
    assert ben.undo(AT) is None


def test_samples_come_back_exactly(store: Store, exported: Path, make_run: MakeRun) -> None:
    ben = store.memory("ben")
    ben.restore(exported)
    assert_frame_equal(ben.samples("b"), make_run("b", 3).samples, check_exact=True)


def test_an_empty_journal_can_be_exported_and_restored(store: Store, tmp_path: Path) -> None:
    store.memory("anna").export(tmp_path / "empty.zip")
    store.memory("ben").restore(tmp_path / "empty.zip")
    assert everything(store.memory("ben")) == everything(store.memory("anna"))


def test_an_export_is_for_its_owner_only_and_leaves_nothing_else_behind(exported: Path) -> None:
    assert stat.S_IMODE(exported.stat().st_mode) == 0o600
    assert list(exported.parent.glob("*.part")) == []


def test_an_export_never_writes_over_a_file(anna: Memory, tmp_path: Path) -> None:
    journal = tmp_path / "me.db"
    before = journal.read_bytes()
    with pytest.raises(JournalError, match="of this name already"):
        anna.export(journal)
    assert journal.read_bytes() == before


def test_an_export_that_fails_leaves_no_file(anna: Memory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> Iterator[object]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("hipwise.store._archive._samples", full)
    with pytest.raises(JournalError, match="No space left"):
        anna.export(tmp_path / "x.zip")
    assert list(tmp_path.glob("x.zip*")) == []


def test_an_export_can_be_read_without_hipwise(exported: Path) -> None:
    entries = contents(exported)
    manifest = json.loads(entries.pop("manifest.json"))
    assert (manifest["format"], manifest["version"]) == ("hipwise-export", VERSION)
    assert {name: entry["sha256"] for name, entry in manifest["entries"].items()} == {
        name: hashlib.sha256(content).hexdigest() for name, content in entries.items()
    }
    rows = [json.loads(line) for line in entries["finding.jsonl"].splitlines()]
    assert [(row["finding_id"], row["state"], row["day"]) for row in rows] == [
        ("night_pain", "absent", "2030-05-02"),
        ("night_pain", "present", "2030-05-02"),
    ]
    assert pl.read_parquet(io.BytesIO(entries["samples/1.parquet"]))["heart_rate_bpm"].to_list()[0] == 120.0


def test_the_tables_of_format_5_are_these_and_a_change_needs_a_new_format() -> None:
    columns = {table.name: sorted(set(table.columns.keys()) - {"athlete_id"}) for table in TABLES}
    digest = hashlib.sha256(json.dumps(columns, sort_keys=True).encode()).hexdigest()
    assert digest[:16] == "ee639f0438351849", "raise _archive.VERSION and teach _restore to read the format before"


def test_a_journal_with_something_in_it_is_replaced_only_when_asked(
    store: Store, anna: Memory, exported: Path, make_run: MakeRun
) -> None:
    ben = store.memory("ben")
    ben.set_athlete(Athlete(sex="male"))
    with pytest.raises(JournalError, match="something in this journal"):
        ben.restore(exported)
    with ben.step("log", "own", AT) as step:
        step.add_runs([make_run("own")])
    before = everything(anna)
    ben.restore(exported, replace=True)
    assert everything(ben) == before
    assert everything(anna) == before


def test_a_failed_replacement_keeps_what_was_there(anna: Memory, exported: Path, tmp_path: Path) -> None:
    before = everything(anna)
    broken = contents(exported) | {"run_origin.jsonl": b""}
    with pytest.raises(JournalError):
        anna.restore(forge(tmp_path / "broken.zip", broken), replace=True)
    assert everything(anna) == before


def test_an_export_of_a_newer_version_is_refused(store: Store, exported: Path, tmp_path: Path) -> None:
    entries = contents(exported)
    manifest = json.loads(entries["manifest.json"]) | {"version": VERSION + 1}
    path = forge(tmp_path / "newer.zip", entries | {"manifest.json": json.dumps(manifest).encode()})
    with pytest.raises(JournalError, match="newer hipwise"):
        store.memory("ben").restore(path)


def test_a_file_that_is_missing_is_said_to_be_so(store: Store, tmp_path: Path) -> None:
    with pytest.raises(JournalError, match="No such file"):
        store.memory("ben").restore(tmp_path / "none.zip")


def test_a_changed_entry_is_found_by_its_sum(store: Store, exported: Path, tmp_path: Path) -> None:
    entries = contents(exported)
    forged = {
        "finding.jsonl": entries["finding.jsonl"].replace(b"present", b"absent!"),
        "samples/1.parquet": entries["samples/2.parquet"],
    }
    for name, content in forged.items():
        assert content != entries[name]
        changed = entries | {name: content}
        assert_refused(store.memory("ben"), forge(tmp_path / "changed.zip", changed, sums=False))


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("athlete", {"settings": None}),
        ("athlete", {"settings": [1]}),
        ("athlete", {"born": 19900228}),
        ("athlete", {"born": "28.2.1990"}),
        ("athlete", {"admin": True}),
        ("event", {"number": 0}),
        ("event", {"number": True}),
        ("event", {"number": 10**30}),
        ("event", {"number": "1"}),
        ("event", {"kind": "erase"}),
        ("event", {"at": "2030-05-02T08:30:00"}),
        ("event", {"finished": 1}),
        ("finding", {"event": 99}),
        ("finding", {"side": "top"}),
        ("finding", {"state": 3}),
        ("finding", {"state": "\ud800" + "x" * 10}),
        ("run", {"distance_m": "5000"}),
        ("run", {"distance_m": True}),
        ("run", {"records": -1}),
        ("run", {"notes": [5]}),
        ("run", {"notes": [["a", [["b", 5]]]]}),
        ("run", {"column_sources": {"a": "b"}}),
        ("run", {"laps": [[1, "4200"]]}),
        ("run", {"laps": [[1.5, 4200.0]]}),
        ("run", {"number": 2}),
        ("run_origin", {"place": 1}),
        ("run_replacement", {"older": 3}),
        ("plan", {"body": "text"}),
    ],
)
def test_a_row_that_cannot_be_is_refused(
    store: Store, exported: Path, tmp_path: Path, table: str, values: dict[str, object]
) -> None:
    path = forge(tmp_path / "forged.zip", with_row(contents(exported), table, **values))
    if values == {"state": "\ud800" + "x" * 10}:  # kept readable, not refused
        store.memory("ben").restore(path)
        assert store.memory("ben").evidence("1").findings[0].state.startswith("\\ud800")
    else:
        assert_refused(store.memory("ben"), path)


@pytest.mark.parametrize(
    "change",
    [
        {"../../evil.parquet": b"x"},
        {"/etc/evil": b"x"},
        {"samples/../1.parquet": b"x"},
        {"samples/01.parquet": b"x"},
        {"samples/99.parquet": None},
        {"samples/1.parquet": b"no parquet"},
        {"samples/1.parquet": b""},
        {"finding.jsonl": b"[]\n"},
        {"finding.jsonl": b"{"},
        {"finding.jsonl": b"\xff\xfe\n"},
        {"finding.jsonl": b"[" * 200_000},
        {"run.jsonl": b""},
        {"verdict.jsonl": b'{"number":1}\n'},
    ],
)
def test_an_entry_that_cannot_be_is_refused(
    store: Store, exported: Path, tmp_path: Path, change: dict[str, bytes | None]
) -> None:
    entries = contents(exported)
    entries |= {name: entries["samples/1.parquet"] if content is None else content for name, content in change.items()}
    assert_refused(store.memory("ben"), forge(tmp_path / "forged.zip", entries))


@pytest.mark.parametrize("name", ["samples/2.parquet", "finding.jsonl", "manifest.json"])
def test_an_archive_that_lacks_an_entry_is_refused(store: Store, exported: Path, tmp_path: Path, name: str) -> None:
    entries = contents(exported)
    del entries[name]
    forged = forge(tmp_path / "forged.zip", entries, sums=name != "manifest.json")
    assert_refused(store.memory("ben"), forged)


@pytest.mark.parametrize("manifest", [b"", b"[]", b"{}", b'{"format":"x","version":1,"entries":{}}', b"\xff"])
def test_a_manifest_that_says_nothing_is_refused(store: Store, exported: Path, tmp_path: Path, manifest: bytes) -> None:
    forged = contents(exported) | {"manifest.json": manifest}
    assert_refused(store.memory("ben"), forge(tmp_path / "forged.zip", forged, sums=False))


def test_samples_of_a_kind_that_runs_do_not_have_are_refused(store: Store, exported: Path, tmp_path: Path) -> None:
    target = io.BytesIO()
    pl.DataFrame({"at": ["text"]}).write_parquet(target)
    forged = contents(exported) | {"samples/1.parquet": target.getvalue()}
    assert_refused(store.memory("ben"), forge(tmp_path / "forged.zip", forged))


def test_samples_that_unfold_to_too_much_are_refused(store: Store, exported: Path, tmp_path: Path) -> None:
    target = io.BytesIO()
    pl.select(moving=pl.repeat(value=True, n=MOST_CELLS + 1)).write_parquet(target)
    assert len(target.getvalue()) < 100_000
    forged = contents(exported) | {"samples/1.parquet": target.getvalue()}
    assert_refused(store.memory("ben"), forge(tmp_path / "forged.zip", forged))


@pytest.mark.parametrize(
    "limit", ["MOST_ENTRIES", "MOST_BYTES", "MOST_TABLE_BYTES", "MOST_LINE_BYTES", "MOST_BLOB_BYTES"]
)
def test_each_size_has_its_bound(store: Store, exported: Path, monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    monkeypatch.setattr(_restore, limit, 10)
    assert_refused(store.memory("ben"), exported)


def test_an_entry_that_lies_about_its_size_is_refused(store: Store, exported: Path, tmp_path: Path) -> None:
    content = bytearray(exported.read_bytes())
    with zipfile.ZipFile(exported) as archive:
        size = archive.getinfo("manifest.json").file_size
    at = content.rindex(size.to_bytes(4, "little"))
    content[at : at + 4] = (5).to_bytes(4, "little")
    (tmp_path / "lie.zip").write_bytes(content)
    assert_refused(store.memory("ben"), tmp_path / "lie.zip")


def test_a_double_entry_and_a_strange_compression_are_refused(store: Store, exported: Path, tmp_path: Path) -> None:
    entries = contents(exported)
    for number, (compression, twice) in enumerate([(zipfile.ZIP_DEFLATED, True), (zipfile.ZIP_BZIP2, False)]):
        path = tmp_path / f"{number}.zip"
        with zipfile.ZipFile(path, "w", compression) as archive:
            for name, content in entries.items():
                archive.writestr(name, content)
            if twice:
                with pytest.warns(UserWarning, match="Duplicate"):
                    archive.writestr("finding.jsonl", entries["finding.jsonl"])
        assert_refused(store.memory("ben"), path)


def test_what_is_restored_goes_on_like_any_journal(store: Store, exported: Path, make_run: MakeRun) -> None:
    ben = store.memory("ben")
    ben.restore(exported)
    with ben.importing("more", AT) as batch:
        assert batch.add_file([make_run("a"), make_run("new", 9)]) == ("new",)
    with ben.step("answer", "pain", AT) as step:
        step.add_findings([Finding("pain_now", "3", TODAY)])
    assert ben.evidence() == Evidence.of([Finding("pain_now", "3", TODAY)])
    assert len(ben.runs()) == 3


def test_a_restored_run_can_be_read_whole(store: Store, exported: Path, make_run: MakeRun) -> None:
    ben = store.memory("ben")
    ben.restore(exported)
    assert ben.run("b") == replace(make_run("b", 3), distance_m=None)


def test_an_export_of_the_first_format_is_still_restored(store: Store, exported: Path, tmp_path: Path) -> None:
    entries = contents(exported)
    for name in [*entries]:
        table = name.removesuffix(".jsonl")
        if SINCE.get(table, 1) > 1:
            del entries[name]
            continue
        new = [each.partition(".")[2] for each in SINCE if each.startswith(f"{table}.")]
        if new:
            rows = [json.loads(line) for line in entries[name].splitlines()]
            kept = [{key: value for key, value in row.items() if key not in new} for row in rows]
            entries[name] = b"".join(json.dumps(row).encode() + b"\n" for row in kept)
    manifest = json.loads(entries["manifest.json"]) | {"version": 1}
    path = forge(tmp_path / "old.zip", entries | {"manifest.json": json.dumps(manifest).encode()})
    ben = store.memory("ben")
    ben.restore(path)
    assert ben.runs() == tuple(replace(run, laps=()) for run in store.memory("anna").runs())
