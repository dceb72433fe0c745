"""FIT files as they come: cut, torn, padded, with headers that lie, and made to hurt. Bytes are laid by hand here."""

from __future__ import annotations

import random
import struct
import tracemalloc
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from fit_tool.utils.crc import crc16 as other_crc16

from hipwise.activity._fit import read_fit
from hipwise.activity._fit_crc import crc16
from hipwise.errors import NotAnActivity, UnreadableFile

if TYPE_CHECKING:
    from hipwise.activity._run import Run

BEGIN = 1_272_000_000  # a time of 2030 in FIT's count
STAMP, HEART, POSITION = (253, 4, 0x86), (3, 1, 0x02), (0, 4, 0x85)
RECORD, SESSION, HR = 20, 18, 132


def define(local: int, message: int, *fields: tuple[int, int, int], order: str = "<") -> bytes:
    head = struct.pack(order + "BBBHB", 0x40 | local, 0, order == ">", message, len(fields))
    return head + b"".join(bytes(field) for field in fields)


def part(*messages: bytes, size: int | None = None, crc: int | None = None, header_crc: bool = True) -> bytes:
    body = b"".join(messages)
    head = struct.pack("<BBHI4s", 14, 0x20, 2132, len(body) if size is None else size, b".FIT")
    head += struct.pack("<H", other_crc16(head) if header_crc else 0)
    return head + body + struct.pack("<H", other_crc16(head + body) if crc is None else crc)


IDENTITY = define(0, 0, (0, 1, 0)) + b"\0\4"


def beats(count: int, first: int = 0, local: int = 1) -> bytes:
    """COUNT records of one second each, heart rate 100, 101, ..."""
    rows = (bytes([local]) + struct.pack("<IB", BEGIN + i, 100 + i % 50) for i in range(first, first + count))
    return b"".join(rows)


BEATS = define(1, RECORD, STAMP, HEART)


def read(data: bytes) -> Run:
    (run,) = read_fit(data, "run.fit")
    return run


def hearts(run: Run) -> list[float | None]:
    return run.samples["heart_rate_bpm"].to_list()


def notes(run: Run) -> set[str]:
    assert all(note.sentence for note in run.notes)
    usual = {"totals_rebuilt", "no_local_time"}
    return {note.text.removeprefix("activity.") for note in run.notes} - usual


def test_a_sound_file_has_no_notes() -> None:
    run = read(part(IDENTITY, BEATS, beats(20)))
    assert hearts(run) == [100 + i for i in range(20)]
    assert not notes(run)


@pytest.mark.parametrize("missing", [1, 2, 3, 7, 60])
def test_a_file_cut_in_the_middle_keeps_what_was_read(missing: int) -> None:
    run = read(part(IDENTITY, BEATS, beats(20))[:-missing])
    assert hearts(run) == [100 + i for i in range(20 - max(0, missing + 3) // 6)]
    assert notes(run) == {"fit_truncated"}


@pytest.mark.parametrize("missing", range(3, 11))
def test_a_file_cut_in_a_definition_keeps_what_was_read(missing: int) -> None:
    run = read(part(IDENTITY, BEATS, beats(5), define(2, SESSION, STAMP))[:-missing])
    assert run.records == 5
    assert notes(run) == {"fit_truncated"}


def test_a_file_whose_size_fits_but_whose_last_message_is_cut_keeps_the_rest() -> None:
    run = read(part(IDENTITY, BEATS, beats(20)[:-2]))
    assert run.records == 19
    assert notes(run) == {"fit_truncated"}


def test_the_header_may_have_12_bytes_and_its_checksum_may_be_0() -> None:
    assert not notes(read(part(IDENTITY, BEATS, beats(5), header_crc=False)))
    body = IDENTITY + BEATS + beats(5)
    short = struct.pack("<BBHI4s", 12, 0x10, 2132, len(body), b".FIT") + body
    assert not notes(read(short + struct.pack("<H", other_crc16(short))))


def test_a_wrong_checksum_is_told_and_the_file_read() -> None:
    assert notes(read(part(IDENTITY, BEATS, beats(5), crc=1))) == {"fit_checksum_wrong"}
    data = bytearray(part(IDENTITY, BEATS, beats(5)))
    data[12] ^= 0xFF
    assert notes(read(bytes(data))) == {"fit_header_odd", "fit_checksum_wrong"}


def test_an_odd_header_is_told_and_the_file_read() -> None:
    data = bytearray(part(IDENTITY, BEATS, beats(5)))
    data[8:12] = b"XXXX"
    assert "fit_header_odd" in notes(read(bytes(data)))
    body = IDENTITY + BEATS + beats(5)
    wide = struct.pack("<BBHI4s", 16, 0x20, 2132, len(body), b".FIT") + bytes(4) + body
    assert notes(read(wide + struct.pack("<H", other_crc16(wide)))) == {"fit_header_odd"}
    absurd = bytearray(part(IDENTITY, BEATS, beats(5)))
    absurd[0] = 200
    assert read(bytes(absurd)).records == 5


def test_a_size_of_0_means_up_to_the_end() -> None:
    alone = part(IDENTITY, BEATS, beats(5), size=0)
    assert read(alone).records == 5
    runs = read_fit(alone + part(IDENTITY, BEATS, beats(6, 5000)), "chain.fit")
    assert [run.records for run in runs] == [5, 6]


def test_a_size_that_is_too_small_is_not_believed() -> None:
    run = read(part(IDENTITY, BEATS, beats(20), size=70))
    assert run.records == 20
    assert "fit_size_wrong" in notes(run)


def test_a_size_that_is_too_large_ends_at_the_next_part() -> None:
    runs = read_fit(part(IDENTITY, BEATS, beats(5), size=10**6) + part(IDENTITY, BEATS, beats(6, 5000)), "chain.fit")
    assert [run.records for run in runs] == [5, 6]
    assert [notes(run) for run in runs] == [{"fit_size_wrong"}, set()]


def test_bytes_around_the_file_are_skipped_with_a_note() -> None:
    sound = part(IDENTITY, BEATS, beats(5))
    assert notes(read(sound + b"\xab" * 57)) == {"fit_bytes_after"}
    assert notes(read(b"\xc7" * 23 + sound)) == {"fit_bytes_before"}
    runs = read_fit(sound + b"\xab" * 9 + part(IDENTITY, BEATS, beats(6, 5000)), "chain.fit")
    assert [run.records for run in runs] == [5, 6]


def test_garbage_in_the_middle_is_skipped_to_the_next_definition() -> None:
    run = read(part(IDENTITY, BEATS, beats(20), b"\x55" * 40, BEATS, beats(20, 60)))
    assert run.records == 40
    assert notes(run) == {"fit_bytes_skipped"}
    skipped = next(note for note in run.notes if note.text.endswith("skipped"))
    assert skipped.values == (("count", "40"),)


def test_garbage_in_the_middle_is_skipped_to_the_next_records_where_no_definition_is_near() -> None:
    run = read(part(IDENTITY, BEATS, beats(200), b"\x55" * 700, beats(200, 1000)))
    assert run.records == 400
    assert hearts(run)[-1] == 100 + 1199 % 50


def test_records_before_a_far_definition_are_found_again() -> None:
    run = read(part(IDENTITY, BEATS, beats(20), b"\x0b" * 300, beats(2, 20), BEATS, beats(5, 22)))
    assert run.records == 27


def test_a_lost_byte_costs_one_record_and_its_values_are_not_shown() -> None:
    body = beats(400)
    torn = body[:1003] + body[1004:]
    run = read(part(IDENTITY, BEATS, torn))
    assert 398 <= run.records <= 400
    told = [heart for heart in hearts(run) if heart is not None]
    assert set(told) <= set(range(100, 150))
    assert run.elapsed_s == 399


def test_records_of_big_endian_files_are_found_again_too() -> None:
    layout = define(1, RECORD, STAMP, HEART, order=">")
    rows = [b"\1" + struct.pack(">IB", BEGIN + i, 120) for i in range(400)]
    run = read(part(IDENTITY, layout, *rows[:200], b"\x0f" * 3, *rows[200:]))
    assert run.records == 400


def test_a_message_that_nothing_defines_is_skipped() -> None:
    run = read(part(IDENTITY, BEATS, beats(20), b"\x0b" + bytes(9), BEATS, beats(20, 20)))
    assert run.records == 40
    assert read(part(IDENTITY, BEATS, beats(20), b"\x0b" + b"\xff" * 2000)).records == 20
    assert read(part(IDENTITY, BEATS, beats(20), bytes([0x0B, 0x42, 0, 0, 20, 0]))).records == 20


def test_what_stands_after_a_tear_close_to_the_end_is_still_read() -> None:
    assert read(part(IDENTITY, BEATS, beats(20), b"\x0b" * 3, beats(2, 20))).records == 22
    assert read(part(IDENTITY, BEATS, beats(20), b"\x0b" * 3, BEATS)).records == 20
    assert read(part(IDENTITY, BEATS, beats(20), b"\x0b" * 3, beats(2, 20), b"\1")).records == 20
    assert read(part(IDENTITY, BEATS, beats(20), bytes([0x42, 0, 0, 20, 0, 99]), beats(9, 20))).records == 29


def test_what_looks_like_a_definition_and_is_none_does_not_stop_the_search() -> None:
    false = [
        bytes([0x42, 0, 0, 20, 200, 1, 3, 1, 2]),  # no such message
        bytes([0x42, 0, 0, 20, 0, 0]),  # no fields
        bytes([0x42, 0, 0, 20, 0, 2, 3, 1, 2, 3, 1, 2]),  # one field twice
        bytes([0x42, 0, 0, 20, 0, 1, 3, 1, 0x77]),  # no such type
        bytes([0x42, 0, 0, 20, 0, 1, 253, 2, 0x84]),  # time of two bytes
        bytes([0x42, 0, 0, 20, 0, 1, 3, 1, 2, 0xFF]),  # nothing of it follows
        bytes([0x42, 0, 0, 20, 0, 200]),  # longer than the file
    ]
    for garbage in false:
        run = read(part(IDENTITY, BEATS, beats(20), b"\x0b", garbage, b"\x0b" * 3, BEATS, beats(20, 20)))
        assert run.records == 40, garbage


def test_compressed_headers_carry_five_bits_of_the_time() -> None:
    timed = define(0, RECORD, STAMP, HEART)
    short = define(1, RECORD, HEART)
    offsets = [5, 7, 30, 2, 2, 31]
    rows = b"".join(bytes([0x80 | 1 << 5 | (BEGIN + offset) & 31, 120]) for offset in offsets)
    full = b"\0" + struct.pack("<IB", BEGIN, 100)
    run = read(part(IDENTITY, short, rows[:2], timed, full, rows))
    seconds = [at.timestamp() - 631_065_600 - BEGIN for at in run.samples["at"]]
    assert seconds == [0, 0, 5, 7, 30, 34, 34, 63]


def test_speed_and_distance_may_be_packed_into_three_bytes() -> None:
    def packed(speed: float, distance: float) -> bytes:
        return (round(speed * 100) | round(distance * 16) % 4096 << 12).to_bytes(3, "little")

    layout = define(1, RECORD, STAMP, (8, 3, 0x0D))
    told = [packed(3.5, 10), packed(3.25, 200), b"\xff\xff\xff", packed(3, 270), packed(3, 520)]
    run = read(part(IDENTITY, layout, *[b"\1" + struct.pack("<I", BEGIN + i) + each for i, each in enumerate(told)]))
    assert run.samples["speed_mps"].to_list() == [3.5, 3.25, None, 3, 3]
    assert run.samples["distance_m"].to_list() == [0, 190, None, 260, 510]
    assert dict(run.column_sources)["distance_m"] != "native"
    both = define(1, RECORD, STAMP, (6, 2, 0x84), (8, 3, 0x0D))
    run = read(part(IDENTITY, both, *[b"\1" + struct.pack("<IH", BEGIN + i, 2000) + told[0] for i in range(3)]))
    assert run.samples["speed_mps"].to_list() == [2, 2, 2]
    assert dict(run.column_sources)["speed_mps"] == "native"


def test_stamps_of_a_strap_may_be_packed_into_twelve_bits() -> None:
    anchor = define(2, HR, STAMP, (9, 4, 0x86), (6, 1, 0x02))
    packed = define(3, HR, (10, 3, 0x0D), (6, 2, 0x02))
    ticks = 5000 * 1024
    first = b"\2" + struct.pack("<IIB", BEGIN, ticks, 120)
    after = [(ticks + step) % 4096 for step in (3000, 6000)]
    rest = b"\3" + (after[0] | after[1] << 12).to_bytes(3, "little") + bytes([130, 140])
    places = define(1, RECORD, STAMP, POSITION)
    rows = b"".join(b"\1" + struct.pack("<Ii", BEGIN + i, 1000) for i in range(7))
    assert hearts(read(part(IDENTITY, places, rows, anchor, first, packed, rest))) == [
        120,
        120,
        130,
        130,
        130,
        140,
        140,
    ]


def test_a_field_of_odd_size_is_left_alone() -> None:
    layout = define(1, RECORD, STAMP, (0, 7, 0x85), (5, 3, 0x86), (4, 2, 0x77), HEART)
    run = read(part(IDENTITY, layout, *[b"\1" + struct.pack("<I12xB", BEGIN + i, 120) for i in range(3)]))
    assert run.samples.columns == ["at", "heart_rate_bpm", "moving"]


def test_a_time_declared_as_four_single_bytes_is_a_time() -> None:
    layout = define(1, RECORD, (253, 4, 0x0D), HEART)
    assert read(part(IDENTITY, layout, beats(3))).elapsed_s == 2


def test_numbers_that_are_none_are_not_known() -> None:
    layout = define(1, RECORD, STAMP, (3, 8, 0x89))
    told = [120.0, float("nan"), float("inf"), 1e300, 130.0]
    rows = [b"\1" + struct.pack("<Id", BEGIN + i, value) for i, value in enumerate(told)]
    assert hearts(read(part(IDENTITY, layout, *rows))) == [120, None, None, None, 130]


def test_what_is_no_fit_file_is_unreadable() -> None:
    for data in (b"", b"\0", b"<html>404</html>", b'{"error": 1}', bytes(5000), b".FIT"):
        with pytest.raises(UnreadableFile):
            read_fit(data, "page.fit")


def test_records_without_any_time_are_unreadable() -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_fit(part(IDENTITY, define(1, RECORD, HEART), b"\1\x64" * 5), "run.fit")
    assert caught.value.text == "no_time"


def test_a_file_beyond_all_measure_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hipwise.activity._fit.MOST_BYTES", 100)
    with pytest.raises(UnreadableFile) as caught:
        read_fit(part(IDENTITY, BEATS, beats(20)), "run.fit")
    assert caught.value.text == "too_large"
    assert str(caught.value)


def test_records_beyond_all_measure_are_cut_with_a_note(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hipwise.activity._fit.MOST_RECORDS", 15)
    run = read(part(IDENTITY, BEATS, beats(20)))
    assert run.records == 15
    assert notes(run) == {"fit_too_many_records"}


def test_the_checksum_is_that_of_an_independent_encoder() -> None:
    source = random.Random(1)  # noqa: S311 (bytes to sum, not a secret)
    for size in (0, 1, 4095, 4096, 4097, 32_766, 32_767, 32_768, 65_534, 65_535, 70_001):
        data = source.randbytes(size)
        assert crc16(data) == other_crc16(data), size


N = 400_000
SHORT = define(1, RECORD, HEART)
HOSTILE = {
    "messages of nothing": part(IDENTITY, define(1, RECORD), b"\1" * N, crc=0),
    "messages of one byte": part(IDENTITY, SHORT, b"\1\x64" * (N // 2), crc=0),
    "definitions only": part(IDENTITY, SHORT * (N // 9), crc=0),
    "ever other definitions": part(
        IDENTITY, *[define(1, RECORD, (i & 255, 1, 2), (i >> 8 & 255, 1, 2)) for i in range(N // 12)], crc=0
    ),
    "a definition before each message": part(IDENTITY, (SHORT + b"\1\x64") * (N // 11), crc=0),
    "empty parts": part(crc=0) * (N // 16),
    "a tear before each message": part(IDENTITY, (b"\x0f" + SHORT + b"\1\x64") * (N // 12), crc=0),
    "half definitions": part(IDENTITY, b"\x0f", bytes([0x40, 0, 0]) * (N // 3), crc=0),
    "definitions that nothing follows": part(
        IDENTITY, b"\x0f", bytes([0x40, 0, 0, 20, 0, 1, 3, 1, 2, 0x0F]) * (N // 10), crc=0
    ),
    "records that nothing follows": part(
        IDENTITY, BEATS, beats(9), b"\x0f", (b"\1" + struct.pack("<IB", BEGIN, 0) + b"\x0f") * (N // 7), crc=0
    ),
    "descriptions": part(
        IDENTITY, define(1, 206, (0, 1, 2), (1, 1, 2), (3, 250, 7)), (b"\1" * 253) * (N // 253), crc=0
    ),
    "sessions": part(IDENTITY, define(1, SESSION, STAMP, (5, 1, 0)), (b"\1" + b"\x30" * 5) * (N // 6), crc=0),
    "magic words": b".FIT" * (N // 4),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_file_made_to_hurt_costs_little(kind: str) -> None:
    tracemalloc.start()
    with suppress(UnreadableFile, NotAnActivity):
        read_fit(HOSTILE[kind], "hostile.fit")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 16 * len(HOSTILE[kind]) + 8 * 2**20


def test_an_app_cannot_fill_the_memory_with_columns() -> None:
    describe = define(2, 206, (0, 1, 2), (1, 1, 2), (2, 1, 2), (3, 8, 7))
    names = b"".join(b"\2" + bytes([0, number, 2]) + b"nam%05d" % number for number in range(255))
    fields = bytes([255]) + b"".join(bytes([number, 1, 0]) for number in range(255))
    layout = b"\x61" + define(1, RECORD, STAMP)[1:] + fields
    rows = b"".join(b"\1" + struct.pack("<I", BEGIN + i) + b"\x64" * 255 for i in range(20))
    run = read(part(IDENTITY, describe, names, layout, rows))
    assert 10 < len(run.samples.columns) < 80
    assert "fit_developer_unknown" in notes(run)
