"""Where files lie: in folders, in archives, packed; and what each is, by its first bytes and never by its name."""

from __future__ import annotations

import gzip
import hashlib
import posixpath
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from io import BufferedReader
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Final, NoReturn, TypeAlias, cast
from zipfile import BadZipFile, ZipExtFile, ZipFile, ZipInfo

from hipwise.activity._tables import table_kind
from hipwise.activity._xml import root_name, text_of
from hipwise.errors import UnreadableFile

__all__ = ["BROKEN", "Found", "Stream", "find", "kind_of"]

Stream: TypeAlias = BufferedReader | ZipExtFile | gzip.GzipFile
Beside: TypeAlias = Callable[[str], bytes | None]
Digest: TypeAlias = Callable[[], str | None]

HEAD: Final = 4096
"""Bytes that are looked at to know what a file is."""

CHUNK: Final = 2**18
CAREFUL_CHUNK: Final = 2**12
"""A chunk in which an archive proves damaged is lost as a whole; so where one is, it is read again in small ones."""

MOST_BYTES: Final = 256 * 2**20
MOST_ARCHIVE_BYTES: Final = 4 * 2**30
MOST_IN_MEMORY: Final = 64 * 2**20
MOST_MEMBERS: Final = 500_000
MOST_DEPTH: Final = 4
"""Layers of packing: a .fit.gz in a .zip in a .zip has three."""

MOST_EXPANSION: Final = 200
"""XML packs 10 to 50 times, and nothing honest packs more than this."""

SMALL: Final = 2**20
"""Whatever unpacks to less than this does no harm."""

ENCRYPTED: Final = 0x1

SIGNATURES: Final[tuple[tuple[int, bytes, str], ...]] = (
    (8, b".FIT", "fit"),
    (0, b"\x1f\x8b", "gzip"),
    (0, b"PK\x03\x04", "zip"),
    (0, b"PK\x05\x06", "zip"),
    (0, b"\xff\xd8\xff", "picture"),
    (0, b"\x89PNG", "picture"),
    (0, b"GIF8", "picture"),
    (8, b"WEBP", "picture"),
    (4, b"ftyp", "video"),
    (0, b"%PDF", "document"),
    (0, b"SQLite format 3\0", "database"),
    (0, b"PAR1", "database"),
    (0, b"7z\xbc\xaf", "packed"),
    (0, b"Rar!", "packed"),
    (0, b"BZh", "packed"),
    (0, b"\xfd7zXZ", "packed"),
    (0, b"\x28\xb5\x2f\xfd", "packed"),
    (257, b"ustar", "packed"),
)
ROOTS: Final = {
    "gpx": "gpx",
    "trainingcenterdatabase": "tcx",
    "html": "web_page",
    "kml": "map",
    "healthdata": "apple",
    "": "xml",
}
SPEAKING: Final = (
    re.compile(r"(?i)gear\.json$"),
    re.compile(r"(?i)(activities\.csv|summarizedactivities\.json|\.xml)$"),
)
"""Names of files that speak of the files beside them, the first of them first."""

BINARY: Final = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")

BROKEN: Final = (BadZipFile, gzip.BadGzipFile, zlib.error, EOFError)
"""What a damaged archive raises."""


@dataclass(frozen=True, slots=True)
class Found:
    """One file: its name as the user knows it, what it is (KIND), and how to get its bytes.

    LOAD returns the bytes and whether the archive around them is damaged, and may raise; call it before going on to
    the next file. KIND is fit, gpx, tcx, xml or unknown (may be an activity), apple, strava, garmin, garmin_gear or csv
    (a list of activities), the name of something that is none (picture, text, web_page, ...), or fault: then LOAD
    raises the reason. STREAM opens a file from its beginning that may be too large to load. BESIDE loads another file
    of the same folder or archive by its path from here; one that is not there, or outside, is None. PACKED returns the
    SHA-256 of the .gz that holds the file, read but not unpacked; None where there is none, or a damaged one.
    """

    file: str
    kind: str
    load: Callable[[], tuple[bytes, bool]]
    stream: Callable[[], Stream]
    beside: Callable[[str], bytes | None]
    packed: Callable[[], str | None]


def find(path: Path) -> Iterator[Found]:
    """Yield each file at PATH: the file itself, or those in the folder or archive, in order of their names.

    Never raises: what cannot be opened is a Found of kind fault. Hidden files are left out, links that lead out of the
    folder are not followed.
    """
    name = _label(str(path))
    try:
        if path.is_dir():
            yield from _guarded(_in_folder(path, path.resolve()), name)
        elif path.is_file():
            yield from _guarded(_in_file(path), name)
        else:
            yield _fault(name, _missing(path, name))
    except (OSError, ValueError) as reason:  # a name that the system refuses
        yield _fault(name, reason)


def _missing(path: Path, name: str) -> UnreadableFile:
    if path.exists():
        return UnreadableFile("not_a_file", where=name)
    return UnreadableFile("no_match" if set(name) & set("*?[") else "no_file", where=name)


def _guarded(found: Iterator[Found], name: str) -> Iterator[Found]:
    """Yield what is FOUND; a fault on the way becomes the last of it, and its neighbours go on."""
    try:
        yield from found
    except Exception as reason:  # noqa: BLE001 (one bad file never stops the rest)
        yield _fault(name, reason)


def _fault(name: str, reason: Exception) -> Found:
    def fail() -> NoReturn:
        raise reason

    return Found(name, "fault", fail, fail, _nothing, _unpacked)


def _nothing(_path: str) -> None:
    """Nothing lies beside a file that stands alone."""


def _unpacked() -> None:
    """A file that lies as it is has no packed form."""


def _label(name: str) -> str:
    """Return NAME without characters that could steer a terminal or that no text can hold."""
    return "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in name)


def _in_folder(folder: Path, root: Path) -> Iterator[Found]:
    for entry in sorted(folder.iterdir(), key=lambda entry: _order(entry.name)):
        if entry.name.startswith(".") or _leads_out(entry, root):
            continue
        if entry.is_dir():
            yield from _guarded(_in_folder(entry, root), _label(str(entry)))
        elif entry.is_file():
            yield from _guarded(_in_file(entry, partial(_file_beside, folder, root)), _label(str(entry)))


def _leads_out(entry: Path, root: Path) -> bool:
    return entry.is_symlink() and (entry.is_dir() or not entry.resolve().is_relative_to(root))


def _order(name: str) -> tuple[int, str]:
    """Return the key that sorts what speaks of other files before these."""
    return next((rank for rank, names in enumerate(SPEAKING) if names.search(name)), len(SPEAKING)), name


def _in_file(path: Path, beside: Beside | None = None) -> Iterator[Found]:
    with path.open("rb") as stream:
        yield from _in_stream(stream, _label(str(path)), 0, beside or _nothing)


def _file_beside(folder: Path, root: Path, path: str) -> bytes | None:
    try:
        file = (folder / path.lstrip("/")).resolve()
        if not (file.is_relative_to(root) and file.is_file()):
            return None
        with file.open("rb") as stream:
            return _load(stream, _label(str(file)))[0]
    except (OSError, ValueError):  # a name that the system refuses
        return None


def _in_stream(stream: Stream, name: str, depth: int, beside: Beside, packed: Digest = _unpacked) -> Iterator[Found]:
    """Yield what STREAM holds: itself, or what is packed in it."""
    if depth > MOST_DEPTH:
        raise UnreadableFile("archive_too_deep", where=name)
    head, damaged = _take(stream, HEAD, CAREFUL_CHUNK)
    stream.seek(0)
    if damaged and not head:
        raise UnreadableFile("archive_broken", where=name)
    kind = kind_of(head)
    if kind in {"text", "json"}:
        kind = table_kind(kind, head, name)
    if kind == "gzip":
        with gzip.GzipFile(fileobj=stream, mode="rb") as inner:
            yield from _in_stream(inner, name, depth + 1, beside, partial(_digest, stream))
    elif kind == "zip":
        yield from _in_zip(stream, name, depth)
    else:
        yield Found(name, kind, partial(_load, stream, name), partial(_rewound, stream), beside, packed)


def _digest(stream: Stream) -> str | None:
    """Return the SHA-256 of all that STREAM holds, and leave it where it stood: who unpacks it counts on that."""
    here, digest = stream.tell(), hashlib.sha256()
    stream.seek(0)
    try:
        while chunk := stream.read1(CHUNK):
            digest.update(chunk)
    except BROKEN:
        return None
    finally:
        with suppress(*BROKEN):  # the way back may lead over the same fault
            stream.seek(here)
    return digest.hexdigest()


def _rewound(stream: Stream) -> Stream:
    stream.seek(0)
    return stream


def _load(stream: Stream, name: str) -> tuple[bytes, bool]:
    stream.seek(0)
    data, damaged = _take(stream, MOST_BYTES + 1, CHUNK)
    if damaged:
        stream.seek(0)
        data, damaged = _take(stream, MOST_BYTES + 1, CAREFUL_CHUNK)
    if len(data) > MOST_BYTES:
        raise UnreadableFile("too_large", where=name, most=MOST_BYTES // 2**20)
    return data, damaged


def _take(stream: Stream, most: int, at_once: int) -> tuple[bytes, bool]:
    """Read at most MOST bytes, AT_ONCE so many; if the archive proves damaged, return what came before, and True."""
    taken: list[bytes] = []
    missing = most
    try:
        while missing and (chunk := stream.read1(min(at_once, missing))):
            taken.append(chunk)
            missing -= len(chunk)
    except BROKEN:
        return b"".join(taken), True
    return b"".join(taken), False


def _in_zip(stream: Stream, name: str, depth: int) -> Iterator[Found]:
    with ExitStack() as open_files:
        direct = isinstance(stream, BufferedReader)
        with _names_of_zip():
            archive = ZipFile(stream if direct else open_files.enter_context(_copied(stream, name)))
        open_files.enter_context(archive)
        members = archive.infolist()
        if len(members) > MOST_MEMBERS:
            raise UnreadableFile("archive_too_many", where=name, most=MOST_MEMBERS)
        for member in sorted(members, key=lambda member: _order(member.filename)):
            if not (member.filename.endswith("/") or _hidden(member.filename)):
                label = f"{name}/{_label(member.filename)}"
                yield from _guarded(_in_member(archive, member, label, depth + 1), label)


@contextmanager
def _names_of_zip() -> Iterator[None]:
    """Take a name that says of itself that it is UTF-8, and is not, as a fault of the archive."""
    try:
        yield
    except UnicodeDecodeError as reason:
        raise BadZipFile(str(reason)) from reason


def _open_member(archive: ZipFile, member: ZipInfo) -> ZipExtFile:
    with _names_of_zip():
        return cast("ZipExtFile", archive.open(member))


def _hidden(name: str) -> bool:
    return any(part == "__MACOSX" or (part.startswith(".") and part.strip(".")) for part in name.split("/"))


def _in_member(archive: ZipFile, member: ZipInfo, label: str, depth: int) -> Iterator[Found]:
    _demand_harmless(member, label)
    with _open_member(archive, member) as stream:
        beside = partial(_member_beside, archive, posixpath.dirname(member.filename))
        yield from _in_stream(stream, label, depth, beside)


def _demand_harmless(member: ZipInfo, label: str) -> None:
    if member.flag_bits & ENCRYPTED:
        raise UnreadableFile("archive_locked", where=label)
    if member.file_size > max(SMALL, MOST_EXPANSION * member.compress_size):
        raise UnreadableFile("archive_bomb", where=label, most=MOST_EXPANSION)


def _member_beside(archive: ZipFile, folder: str, path: str) -> bytes | None:
    name = posixpath.normpath(posixpath.join(folder, path.lstrip("/")))
    try:
        member = archive.getinfo(name)
        _demand_harmless(member, name)
        with _open_member(archive, member) as stream:
            return _load(stream, name)[0]
    except (*BROKEN, KeyError, NotImplementedError, OSError, UnreadableFile):
        return None


def _copied(stream: Stream, name: str) -> SpooledTemporaryFile[bytes]:
    """Return a copy of STREAM in which one can jump about (in a packed stream each step back starts anew)."""
    copy = SpooledTemporaryFile[bytes](MOST_IN_MEMORY)
    size = 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > MOST_ARCHIVE_BYTES:
            copy.close()
            raise UnreadableFile("too_large", where=name, most=MOST_ARCHIVE_BYTES // 2**20)
        copy.write(chunk)
    return copy


def kind_of(head: bytes) -> str:
    """Return what a file is that begins with HEAD: an activity, a container, or the name of something else."""
    if not head:
        return "empty"
    for at, signature, kind in SIGNATURES:
        if head.startswith(signature, at):
            return kind
    text = text_of(head).lstrip()
    if text.startswith("<"):
        return ROOTS.get(root_name(text).lower(), "other_xml")
    if BINARY.search(text.rstrip("\ufffd")):  # the head may end inside a letter
        return "unknown"
    return "json" if text[:1] in {"{", "["} else "text"
