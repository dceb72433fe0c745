"""Journals with something of everything, and exports of them, also forged ones."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from hipwise.activity import Run
from hipwise.errors import JournalError
from hipwise.model import Athlete, Finding
from hipwise.store import Memory, Verdict

__all__ = [
    "AT",
    "TODAY",
    "Entries",
    "MakeRun",
    "assert_refused",
    "contents",
    "everything",
    "forge",
    "live",
    "told_trace",
    "with_row",
]

MakeRun = Callable[..., Run]
Entries = dict[str, bytes]
AT = datetime(2030, 5, 2, 8, 30, tzinfo=UTC)
TODAY = date(2030, 5, 2)


def live(memory: Memory, make_run: MakeRun) -> None:
    """Something of everything, some of it undone."""
    memory.set_athlete(Athlete(date(1990, 2, 28), "female", "CH"))
    memory.set_settings({"units": "km"})
    with memory.importing("watch", AT) as batch:
        batch.add_file([make_run("a"), make_run("b", 3, distance_m=None)])
        batch.add_file(merged={"a": make_run("a", files=("a", "c"))})
    with memory.step("open_episode", "left", AT) as step:
        pain = step.open_episode(TODAY, side="left")
    for state in ("absent", "present"):
        with memory.step("answer", "night pain", AT) as step:
            step.add_findings([Finding("night_pain", state, TODAY, side="left")], pain.id)
    memory.undo(AT)
    with memory.step("plan", "first", AT) as step:
        step.set_plan({"kind": "plan", "stages": ["é"]}, TODAY, pain.id, {"hipwise": "0.1"})
    memory.add_verdict(Verdict("today", TODAY, AT, pain.id, {"rule": "run_less", "ceiling_m": 4000.5}))
    memory.add_verdict(Verdict("today", TODAY, AT, pain.id, told_trace(TODAY, 800)))


def told_trace(on: date, days: int) -> dict[str, Any]:
    """The trace of a verdict ON a day, made from what so many DAYS told of a pain, and some of another one."""
    every = [on - timedelta(ago) for ago in range(days)][::-1]
    rows = [[name, "no", day.isoformat(), "told", None] for day in every for name in ("limp", "fever")]
    beside = {"on": on.isoformat(), "evidence": [[*row[:4], "left"] for row in rows[::7]], "beside": []}
    running = {"ceiling_km": 5.5, "run_days": [day.isoformat() for day in every[::2]]}
    given = {"on": on.isoformat(), "evidence": rows, "running": running, "beside": [beside], "called": ""}
    return {"rule": "run", "given": given}


def everything(memory: Memory) -> list[object]:
    """All that can be read, the frames too."""
    pains = [each.id for each in memory.episodes()]
    runs = [each.id for each in memory.runs()]
    return [
        memory.athlete(),
        memory.settings(),
        memory.runs(),
        [memory.samples(run).to_dicts() for run in runs],
        memory.episodes(),
        memory.closed(),
        [(memory.evidence(pain), memory.plan(pain)) for pain in (None, *pains)],
        memory.verdicts(),
        memory.history(),
    ]


def contents(path: Path) -> Entries:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def forge(path: Path, entries: Entries, *, sums: bool = True) -> Path:
    """Write ENTRIES as an archive, with a manifest that vouches for them (unless SUMS is off)."""
    if sums:
        manifest = json.loads(entries["manifest.json"])
        manifest["entries"] = {
            name: {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
            for name, content in entries.items()
            if name != "manifest.json"
        }
        entries = entries | {"manifest.json": json.dumps(manifest).encode()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return path


def with_row(entries: Entries, table: str, **values: object) -> Entries:
    """Return ENTRIES with VALUES in the first row of TABLE."""
    first, *others = entries[f"{table}.jsonl"].splitlines(keepends=True)
    row = json.dumps(json.loads(first) | values).encode() + b"\n"
    return entries | {f"{table}.jsonl": b"".join([row, *others])}


def assert_refused(memory: Memory, path: Path) -> None:
    with pytest.raises(JournalError, match="cannot be restored"):
        memory.restore(path)
    assert (memory.runs(), memory.history(), memory.athlete(), memory.verdicts()) == ((), (), Athlete(), ())
