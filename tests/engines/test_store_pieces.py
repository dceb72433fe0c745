"""What verdicts were made from is kept once, and each verdict gets back exactly its own past or none."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hipwise.store import Memory, Store, Verdict, _pieces
from journals import AT, TODAY, Entries, assert_refused, contents, forge, told_trace

FRESH = count()
days = st.dates(date(2028, 11, 1), date(2030, 5, 2)).map(date.isoformat)
rows = st.lists(st.tuples(st.sampled_from("ab"), st.text(max_size=3), days, st.just("told"), st.none()).map(list))
odd = st.sampled_from([None, [], "text", {"a": 1}, [1, [2]], [["a", "b"]], [["a", "b", 3]], [[], "2030-01-01"]])
running = st.fixed_dictionaries({"run_days": st.lists(days) | odd, "ceiling_km": st.none()}) | odd
parts = st.fixed_dictionaries(
    {"on": days}, optional={"evidence": rows.map(lambda some: some * 2) | odd, "running": running, "beside": odd}
)
givens = st.builds(lambda part, beside: part | {"beside": beside}, parts, st.lists(parts, max_size=3)) | parts | odd


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One database for all examples: each is another athlete's, so none sees another."""
    with Store.open(tmp_path_factory.mktemp("pieces") / "me.db") as opened:
        yield opened


def said(trace: dict[str, Any], on: date = TODAY) -> Verdict:
    return Verdict("today", on, AT, None, trace)


@given(traces=st.lists(st.builds(lambda told: {"rule": "run", "given": told}, givens), min_size=1, max_size=3))
@settings(deadline=None, max_examples=40)
def test_every_trace_comes_back_as_it_was_in_its_order(shared: Store, traces: list[dict[str, Any]]) -> None:
    memory = shared.memory(f"athlete {next(FRESH)}")
    before = json.dumps(traces)
    for trace in traces:
        memory.add_verdict(said(trace))
        memory.add_newer(said(trace))
    assert json.dumps(traces) == before, "what was given is left as it was"
    assert json.dumps([each.trace for each in memory.verdicts()][::-1]) == before


def test_a_day_more_keeps_what_that_day_told_and_little_else(store: Store, address: str) -> None:
    memory, every = store.memory(), range(120)
    traces = [told_trace(TODAY + timedelta(ahead), 400 + ahead) for ahead in every]
    for ahead in every:
        memory.add_newer(said(traces[ahead], TODAY + timedelta(ahead)))
    assert [each.trace for each in memory.verdicts()] == traces[::-1]
    (pieces,) = look(address, "SELECT sum(length(body)) FROM piece")[0]
    (rest, longest) = look(address, "SELECT sum(length(trace) + length(pieces)), max(length(pieces)) FROM verdict")[0]
    assert pieces + rest < len(json.dumps(traces)) / 12
    assert longest < 60 * 68, "names of some fifty pieces, however long the past is"


def look(address: str, query: str) -> list[Any]:
    with closing(sqlite3.connect(address.removeprefix("sqlite:///"))) as connection:
        found = connection.execute(query).fetchall()
        connection.commit()
    return found


def test_the_same_verdict_is_said_once_and_one_of_another_past_again(memory: Memory) -> None:
    memory.add_newer(said(told_trace(TODAY, 9)))
    memory.add_newer(said(told_trace(TODAY, 9)))
    assert len(memory.verdicts()) == 1
    memory.add_newer(said(told_trace(TODAY, 8)))
    assert [each.trace for each in memory.verdicts()] == [told_trace(TODAY, 8), told_trace(TODAY, 9)]


def test_an_undo_takes_no_verdict_its_past(anna: Memory) -> None:
    before = anna.verdicts()
    while anna.undo(AT):
        pass
    assert anna.verdicts() == before


def test_what_need_not_be_whole_is_read_without_its_past(anna: Memory) -> None:
    (trace, plain) = (each.trace for each in anna.verdicts(whole=False))
    assert (trace["rule"], trace["given"]["evidence"], plain["ceiling_m"]) == ("run", None, 4000.5)


def test_of_one_who_is_erased_no_piece_is_left_and_of_another_each(store: Store, address: str, anna: Memory) -> None:
    ben = store.memory("ben")
    for each in anna.verdicts():
        ben.add_verdict(Verdict("today", TODAY, AT, None, each.trace | {"given": told_trace(TODAY, 9)["given"]}))
    before = ben.verdicts()
    (pieces,) = look(address, "SELECT count(*) FROM piece WHERE athlete_id = 'anna'")[0]
    assert pieces > 5
    assert anna.erase()["piece"] == 0
    assert (anna.verdicts(), ben.verdicts()) == ((), before)
    assert look(address, "SELECT DISTINCT athlete_id FROM piece") == [("ben",)]


@pytest.mark.parametrize("damage", ["DELETE FROM piece", "UPDATE piece SET body = replace(body, '\"no\"', '\"yes\"')"])
def test_a_verdict_whose_past_is_lost_or_changed_has_none_and_the_others_theirs(
    memory: Memory, address: str, damage: str
) -> None:
    old, new = told_trace(TODAY - timedelta(400), 9), told_trace(TODAY, 9)
    memory.add_verdict(said(old))
    memory.add_verdict(said(new))
    look(address, f"{damage} WHERE body LIKE '%limp%{TODAY.isoformat()}%'")
    found, other = (each.trace for each in memory.verdicts())
    assert found == new | {"given": new["given"] | {"evidence": None}}
    assert other == old


def test_a_piece_that_is_no_list_is_none() -> None:
    for text in ("{}", "[", "[" * 100_000, "1"):
        assert _pieces.rows_in(_pieces.name_of(text), text) is None


def listed(entries: Entries, table: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in entries[f"{table}.jsonl"].splitlines()]


def written(entries: Entries, table: str, some: list[dict[str, Any]]) -> Entries:
    return entries | {f"{table}.jsonl": b"".join(json.dumps(row).encode() + b"\n" for row in some)}


def changed(text: str, name: str | None = None) -> Callable[[Entries], Entries]:
    """Another text in the first piece, under its own or another NAME, which the verdicts then name."""

    def change(entries: Entries) -> Entries:
        first, *others = listed(entries, "piece")
        there = first["sha256"] if name is None else name
        forged = written(entries, "piece", [{"sha256": there, "body": text}, *others])
        verdicts = forged["verdict.jsonl"].replace(first["sha256"].encode(), there.encode())
        return forged | {"verdict.jsonl": verdicts}

    return change


def named(names: Callable[[Any], object]) -> Callable[[Entries], Entries]:
    """Other names of pieces in the verdict that has some."""

    def change(entries: Entries) -> Entries:
        plain, last = listed(entries, "verdict")
        return written(entries, "verdict", [plain, last | {"pieces": names(last["pieces"])}])

    return change


def of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


NOTHING, ORPHAN, DEEP = "{}", "[7]", "[" * 100_000
FORGED: dict[str, Callable[[Entries], Entries]] = {
    "a piece is missing": lambda entries: written(entries, "piece", listed(entries, "piece")[1:]),
    "a piece is not what its name says": changed("[]"),
    "a piece holds no rows": changed(NOTHING, of(NOTHING)),
    "a piece is no data": changed(DEEP, of(DEEP)),
    "a piece is of nobody": lambda entries: written(
        entries, "piece", [*listed(entries, "piece"), {"sha256": of(ORPHAN), "body": ORPHAN}]
    ),
    "a piece stands twice": lambda entries: written(entries, "piece", listed(entries, "piece")[:1] * 2),
    "there are no pieces": lambda entries: entries | {"piece.jsonl": b""},
    "a verdict names too few parts": named(lambda names: names[:1]),
    "a verdict names too many parts": named(lambda names: names * 2),
    "a verdict names no texts": named(lambda names: [[7], *names[1:]]),
    "a verdict names nothing": named(lambda names: [[], *names[1:]]),
    "names are no list": named(lambda names: {"given": names}),
    "a part is no list": named(lambda names: ["a", *names[1:]]),
    "a verdict that was made from nothing names pieces": lambda entries: written(
        entries, "verdict", [listed(entries, "verdict")[0] | {"pieces": [None]}]
    ),
    "findings and pieces of one part": lambda entries: (
        entries | {"verdict.jsonl": entries["verdict.jsonl"].replace(b'"evidence":null', b'"evidence":[]')}
    ),
}


@pytest.mark.parametrize("what", FORGED)
def test_a_forged_past_is_refused(store: Store, exported: Path, tmp_path: Path, what: str) -> None:
    entries = contents(exported)
    forged = FORGED[what](entries)
    assert forged != entries
    assert_refused(store.memory("ben"), forge(tmp_path / "forged.zip", forged))


def test_a_small_file_cannot_tell_an_endless_past(
    store: Store, exported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    again = named(lambda names: [names[0] * 50, *names[1:]])(contents(exported))
    path = forge(tmp_path / "forged.zip", again)
    store.memory("carl").restore(path)
    monkeypatch.setattr(_pieces, "MOST_TRACE_BYTES", 2**20)
    assert_refused(store.memory("ben"), path)


def test_a_journal_of_before_keeps_its_whole_traces_and_goes_on(tmp_path: Path) -> None:
    file, old, new = tmp_path / "me.db", told_trace(TODAY, 40), told_trace(TODAY, 41)
    with Store.open(file) as store:
        store.memory().add_verdict(said({}))
    with closing(sqlite3.connect(file)) as before:
        before.execute("UPDATE verdict SET trace = ?", [json.dumps(old)])
        before.execute("ALTER TABLE verdict DROP COLUMN pieces")
        before.execute("DROP TABLE piece")
        before.execute("UPDATE hipwise_version SET version_num = '0007'")
        before.commit()
    with Store.open(file) as store:
        memory = store.memory()
        assert memory.verdicts() == (said(old),)
        memory.add_newer(said(new))
        assert memory.verdicts() == (said(new), said(old))
        memory.export(tmp_path / "both.zip")
        store.memory("ben").restore(tmp_path / "both.zip")
        assert store.memory("ben").verdicts() == memory.verdicts()
