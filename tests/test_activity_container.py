"""What is found in folders, archives and packed files, and what hostile ones can do (nothing)."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipwise.activity import _container, _read, count, read, read_all
from hipwise.errors import NotAnActivity, UnreadableFile


def gpx(minute: int = 0) -> bytes:
    points = "".join(
        f'<trkpt lat="50.{second:06}" lon="7"><time>2030-05-01T06:{minute:02}:{second:02}Z</time></trkpt>'
        for second in range(60)
    )
    return f"<gpx><trk><type>running</type><trkseg>{points}</trkseg></trk></gpx>".encode()


def zipped(**files: bytes) -> bytes:
    return zipped_as(dict(files))


def zipped_as(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


def told(*paths: Path) -> list[tuple[str, str]]:
    """What became of each file, by its name below the first folder; and that it was counted."""
    found = list(read_all(paths))
    assert len(found) == count(paths)
    root = paths[0] if paths[0].is_dir() else paths[0].parent
    return [(each.file.removeprefix(f"{root}{os.sep}"), each.outcome) for each in found]


def why(path: Path) -> str:
    (found,) = read_all([path])
    assert not found.runs
    return found.why


def test_a_folder_is_read_in_order_with_all_below_it(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "2.gpx").write_bytes(gpx(2))
    (tmp_path / "a.gpx").write_bytes(gpx(1))
    (tmp_path / "c.gpx.gz").write_bytes(gzip.compress(gpx(3)))
    assert told(tmp_path) == [("a.gpx", "read"), ("b/2.gpx", "read"), ("c.gpx.gz", "read")]
    assert len(read(tmp_path)) == 3


def test_hidden_files_are_left_out_unless_they_are_named(tmp_path: Path) -> None:
    for name in (".a.gpx", "b.gpx"):
        (tmp_path / name).write_bytes(gpx())
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "c.gpx").write_bytes(gpx())
    assert told(tmp_path) == [("b.gpx", "read")]
    assert told(tmp_path / ".a.gpx") == [(".a.gpx", "read")]


def test_links_are_followed_inside_the_folder_only(tmp_path: Path) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    (inside / "a.gpx").write_bytes(gpx())
    (outside / "secret.gpx").write_bytes(gpx())
    (inside / "again.gpx").symlink_to(inside / "a.gpx")
    (inside / "circle").symlink_to(inside)
    (inside / "out.gpx").symlink_to(outside / "secret.gpx")
    (inside / "nowhere.gpx").symlink_to(tmp_path / "nowhere")
    (inside / "elsewhere").symlink_to(outside)
    assert told(inside) == [("a.gpx", "read"), ("again.gpx", "read")]


def test_a_zip_is_read_member_by_member(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    members = {"activities/1.gpx.gz": gzip.compress(gpx(1)), "activities/": b"", "activities/2.gpx": gpx(2)}
    rest = {"media/1.jpg": b"\xff\xd8\xff\xe0", "__MACOSX/._1.gpx": b"x", ".DS_Store": b"x", "profile.csv": b"a,b"}
    path.write_bytes(zipped_as(members | rest))
    assert told(path) == [
        ("export.zip/activities/1.gpx.gz", "read"),
        ("export.zip/activities/2.gpx", "read"),
        ("export.zip/media/1.jpg", "skipped"),
        ("export.zip/profile.csv", "skipped"),
    ]


def test_a_zip_in_a_zip_is_opened_to_a_depth(tmp_path: Path) -> None:
    nested = zipped(**{"deep.gpx": gpx()})
    for depth in range(6):
        path = tmp_path / "nested.zip"
        path.write_bytes(nested)
        assert [outcome for _, outcome in told(path)] == ["read" if depth < 4 else "failed"]
        nested = zipped(**{f"{depth}.zip": nested})
    assert "too deep" in why(path)


def test_a_packed_file_has_a_sum_unless_the_archive_around_it_is_damaged(tmp_path: Path) -> None:
    packed = gzip.compress(os.urandom(100_000), mtime=0)
    whole = tmp_path / "export.zip"
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("1.fit.gz", packed)
    (found,) = ((each.packed(), each.load()[1]) for each in _container.find(whole))
    assert found == (hashlib.sha256(packed).hexdigest(), False)
    torn = bytearray(whole.read_bytes())
    torn[90_000] ^= 1
    whole.write_bytes(torn)
    (found,) = ((each.packed(), each.load()[1]) for each in _container.find(whole))
    assert found == (None, True)
    (tmp_path / "plain.gpx").write_bytes(gpx())
    assert [each.packed() for each in _container.find(tmp_path / "plain.gpx")] == [None]


def test_a_gz_of_a_gz_and_a_gz_of_a_zip_are_opened(tmp_path: Path) -> None:
    (tmp_path / "a.gz").write_bytes(gzip.compress(gzip.compress(gpx())))
    (tmp_path / "b.gz").write_bytes(gzip.compress(zipped(a=gpx(), b=gpx(1))))
    assert told(tmp_path) == [("a.gz", "read"), ("b.gz/a", "read"), ("b.gz/b", "read")]


def test_a_name_that_leads_out_of_an_archive_is_a_name_and_no_path(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    path = folder / "a.zip"
    path.write_bytes(zipped_as({"../../evil.gpx": gpx(), "/etc/evil.gpx": gpx(1)}))
    assert told(path) == [("a.zip/../../evil.gpx", "read"), ("a.zip//etc/evil.gpx", "read")]
    assert [each.name for each in tmp_path.rglob("*")] == ["folder", "a.zip"]


def test_names_cannot_steer_a_terminal(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped_as({"\x1b[2Jgone\n.gpx": gpx()}))
    (found,) = read_all([path])
    assert found.file.isprintable()
    assert found.runs[0].file == found.file


def test_a_file_whose_name_is_no_text_is_read(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"\xff.gpx")
    try:
        path.write_bytes(gpx())
    except OSError:
        pytest.skip("this file system has names in UTF-8 only")
    (found,) = read_all([tmp_path])
    assert found.outcome == "read"
    assert found.file.encode()


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    path.write_bytes(zipped(**{"a.gpx": gpx(), "bomb.gpx": b"<gpx>" + b" " * 2**23}))
    assert told(path) == [("bomb.zip/a.gpx", "read"), ("bomb.zip/bomb.gpx", "failed")]


def test_what_unpacks_to_more_than_any_activity_has_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_container, "MOST_BYTES", 1000)
    path = tmp_path / "a.gz"
    path.write_bytes(gzip.compress(gpx()))
    assert "too large" in why(path)


def test_an_archive_in_an_archive_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_container, "MOST_ARCHIVE_BYTES", 100)
    path = tmp_path / "a.zip"
    path.write_bytes(zipped(inner=zipped(a=gpx())))
    assert "too large" in why(path)


def test_an_archive_of_far_too_many_files_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_container, "MOST_MEMBERS", 2)
    path = tmp_path / "a.zip"
    path.write_bytes(zipped(a=b"", b=b"", c=b""))
    assert "more than 2 files" in why(path)


def test_a_locked_member_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    data = bytearray(zipped(a=gpx()))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(data))
    assert "password" in why(path)


def test_a_way_of_packing_that_is_not_known_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    data = bytearray(zipped(a=gpx()))
    data[data.index(b"PK\x01\x02") + 10] = 9  # Deflate64
    data[8] = 9
    path.write_bytes(bytes(data))
    assert "reads .zip and .gz" in why(path)
    path.write_bytes(b"7z\xbc\xaf\x27\x1c" + bytes(99))
    assert "reads .zip and .gz" in why(path)


@pytest.mark.parametrize("data", [zipped(a=gpx())[:-30], b"PK\x03\x04", b"\x1f\x8b\x08garbage", b"\x1f\x8b"])
def test_a_damaged_archive_says_so(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    assert "archive is damaged" in why(path)
    with pytest.raises(UnreadableFile, match="archive is damaged"):
        read(path)


def test_a_packed_file_that_breaks_off_is_read_up_to_there(tmp_path: Path) -> None:
    path = tmp_path / "a.gpx.gz"
    whole = gzip.compress(gpx())
    path.write_bytes(whole[: len(whole) * 9 // 10])
    (run,) = read(path)
    assert 0 < run.records < 60
    assert {note.text for note in run.notes} >= {"activity.archive_damaged", "activity.xml_truncated"}


def test_a_member_that_is_damaged_at_its_end_is_read_up_to_there(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    long = re.sub(b"</trkpt>", lambda _: f"<!--{os.urandom(2000).hex()}--></trkpt>".encode(), gpx())
    data = bytearray(zipped(**{"long.gpx": long, "z.gpx": gpx(1)}))
    damage = data.index(b"z.gpx") - 9000
    data[damage : damage + 8] = bytes(8)
    path.write_bytes(bytes(data))
    first, second = read(path)
    assert 30 < first.records < 60
    assert "activity.archive_damaged" in {note.text for note in first.notes}
    assert second.records == 60


@given(st.binary(min_size=1, max_size=6), st.integers(0, 10_000), st.booleans())
def test_an_archive_damaged_anywhere_is_told_of_and_stops_nothing(
    tmp_path_factory: pytest.TempPathFactory, damage: bytes, place: int, nested: bool
) -> None:
    path = tmp_path_factory.getbasetemp() / "damaged.zip"
    data = zipped(inner=zipped(a=gpx())) if nested else zipped(a=gpx(), b=gzip.compress(gpx(1)))
    place %= len(data)
    path.write_bytes(data[:place] + damage + data[place + len(damage) :])
    for found in read_all([path]):
        assert found.outcome in {"read", "skipped", "failed"}
        assert "stumbled" not in found.why


def test_an_archive_that_points_before_its_beginning_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    data = bytearray(zipped(a=gpx()))
    data[-6:-2] = b"\xff\xff\xff\x7f"
    path.write_bytes(bytes(data))
    assert "archive is damaged" in why(path)


def test_a_damaged_member_does_not_stop_its_neighbours(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    data = bytearray(zipped(a=os.urandom(999), b=gpx()))
    data[35:200] = bytes(165)
    path.write_bytes(bytes(data))
    assert told(path)[1] == ("a.zip/b", "read")


def test_an_empty_folder_and_an_empty_archive_hold_nothing(tmp_path: Path) -> None:
    assert told(tmp_path) == []
    with pytest.raises(NotAnActivity, match="nothing to read"):
        read(tmp_path)
    path = tmp_path / "a.zip"
    path.write_bytes(zipped())
    with pytest.raises(NotAnActivity, match="nothing to read"):
        read(path)


def test_what_is_not_there_says_so(tmp_path: Path) -> None:
    assert "no such file" in why(tmp_path / "a.fit")
    assert "No file fits this pattern" in why(tmp_path / "*.fit")
    assert "The system says" in why(tmp_path / ("x" * 5000))
    assert count([tmp_path / "a.fit"]) == 1
    with pytest.raises(UnreadableFile, match="no such file"):
        read(tmp_path / "a.fit")


def test_a_name_with_a_zero_byte_is_a_fault_and_no_crash() -> None:
    assert why(Path("a\0b.fit"))


def test_pipes_are_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.fit")
    assert told(tmp_path) == []
    assert "neither a file nor a folder" in why(tmp_path / "pipe.fit")


def test_a_folder_that_may_not_be_opened_does_not_stop_its_neighbours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.gpx").write_bytes(gpx())
    whole = Path.iterdir

    def iterdir(folder: Path):
        if folder.name == "a":
            raise PermissionError(13, "Permission denied")
        return whole(folder)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    assert told(tmp_path) == [("a", "failed"), ("b/x.gpx", "read")]


def test_a_reader_that_stumbles_does_not_stop_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(_data: bytes, file: str) -> None:
        raise {"a": ZeroDivisionError("{oops}"), "b": MemoryError(), "c": OSError("x")}[Path(file).stem]

    for name in ("a.fit", "b.fit", "c.fit", "d.gpx"):
        (tmp_path / name).write_bytes(gpx() if "d" in name else bytes(8) + b".FIT")
    monkeypatch.setitem(_read.READERS, "fit", stumble)
    assert [outcome for _, outcome in told(tmp_path)] == ["failed", "failed", "failed", "read"]
    stumbled, full, _, _ = read_all([tmp_path])
    assert "ZeroDivisionError: {oops}" in stumbled.why
    assert "memory" in full.why
    assert stumbled.sha256


def test_a_member_without_a_name_is_refused_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed = tmp_path / "runs.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a", b"nothing to read here")
        nameless = archive.infolist()
    nameless[0].filename = ""
    monkeypatch.setattr(zipfile.ZipFile, "infolist", lambda _: nameless)
    with pytest.raises((UnreadableFile, NotAnActivity)) as caught:
        read(packed)
    assert caught.value.text != "reader_fault"


@pytest.mark.parametrize("where", ["header", "list"])
def test_a_name_that_is_not_the_utf8_it_says_breaks_no_more_than_its_archive(tmp_path: Path, where: str) -> None:
    packed = tmp_path / "runs.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("l\u00e4ufe.csv", "date,km,minutes\n2030-05-06,10,50\n")
        archive.writestr("other.csv", "date,km,minutes\n2030-05-07,8,40\n")
    data = packed.read_bytes()
    name = "l\u00e4ufe.csv".encode()
    at = data.find(name) if where == "header" else data.rfind(name)
    packed.write_bytes(data[: at + 1] + b"\xff" + data[at + 2 :])
    found, faults = [], []
    try:
        found = read(packed)
    except UnreadableFile as reason:
        faults.append(reason.text)
    assert len(found) == (where == "header")
    assert faults == ([] if where == "header" else ["archive_broken"])
