"""Reading: one file, or all that lies in folders and archives."""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

from hipwise.activity._apple import read_health, run_of
from hipwise.activity._container import BROKEN, Found, find, kind_of
from hipwise.activity._csv import read_csv
from hipwise.activity._fit import read_fit
from hipwise.activity._garmin import read_garmin, read_garmin_gear
from hipwise.activity._gpx import read_gpx
from hipwise.activity._ledger import Ledger
from hipwise.activity._rows import Row
from hipwise.activity._run import Note, Run
from hipwise.activity._strava import read_strava
from hipwise.activity._tcx import read_tcx
from hipwise.errors import HipwiseError, NotAnActivity, UnreadableFile
from hipwise.texts import say

__all__ = ["FileRead", "count", "read", "read_all"]

READERS: Final[dict[str, Callable[[bytes, str], tuple[Run, ...]]]] = {
    "fit": read_fit,
    "unknown": read_fit,  # its first bytes may be damaged
    "gpx": read_gpx,
    "tcx": read_tcx,
}
NAMED: Final = {".fit": "FIT", ".tcx": "TCX", ".gpx": "GPX", ".csv": "CSV"}
"""What the end of a name promises."""

FAILING: Final = {"empty": "empty_file", "packed": "packed_unknown"}


NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


def _unknown(_sha256: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class FileRead:
    """What became of one file: OUTCOME is read, known, skipped (no activity) or failed, WHY says it in plain words.

    FILE is as the user knows it (`archive.zip/name` for what lies in an archive). SHA256 is that of the unpacked file,
    None where it was not looked at. PACKED is the SHA-256 of the .gz that held it whole, None where none did. TABLE is
    the plain table of which it is a line.
    """

    file: str
    outcome: str
    why: str
    runs: tuple[Run, ...] = ()
    sha256: str | None = None
    packed: str | None = None
    table: str | None = None
    fault: HipwiseError | None = field(default=None, compare=False, repr=False)


def read(path: str | Path) -> tuple[Run, ...]:
    """Read the runs at PATH: a FIT, TCX or GPX file, packed or not, or all such files in a folder or a .zip.

    An export of Apple Health, Strava or Garmin is read as one: its lists tell of the files beside them.

    What a file is, its first bytes say, not its name. In a folder or an archive, files that cannot be read are left
    out; `read_all` tells of them.

    Raises:
        UnreadableFile: nothing could be read, and something that should be an activity failed.
        NotAnActivity: nothing could be read, for nothing is an activity.
    """
    runs: list[Run] = []
    faults: list[HipwiseError] = []
    for each in _files(path, Asked()):
        runs += each.runs
        faults += [each.fault] if each.fault is not None else []
    if runs:
        return tuple(runs)
    faults.sort(key=lambda fault: isinstance(fault, NotAnActivity))
    raise faults[0] if faults else NotAnActivity("nothing_inside", where=str(path))


def read_all(
    paths: Iterable[str | Path],
    known: Callable[[str], bool] = _unknown,
    unpacked: Mapping[str, str] = NOTHING,
) -> Iterator[FileRead]:
    """Read all files at PATHS, one after the other; never raises, and one bad file never stops the rest.

    KNOWN is asked with the SHA-256 of each file before it is decoded: what is known is not read again. UNPACKED may
    say, by the SHA-256 of a .gz, that of the file in it: then what is known is not even unpacked.
    """
    for path in [paths] if isinstance(paths, (str, Path)) else paths:
        yield from _files(path, Asked(known, unpacked))


def count(paths: Iterable[str | Path]) -> int:
    """Return how many files `read_all` will tell of; only the first bytes of each are looked at."""
    return sum(1 for path in ([paths] if isinstance(paths, (str, Path)) else paths) for _ in find(Path(path)))


def _files(path: str | Path, asked: Asked) -> Iterator[FileRead]:
    ledger = Ledger()
    for found in find(Path(path)):
        try:
            _refuse(found.kind, found.file)
            yield from TELLERS.get(found.kind, _one)(found, asked, ledger)
        except _NotOursError as fault:
            raise fault.reason from None
        except Exception as reason:  # noqa: BLE001 (one bad file never stops the rest)
            yield _not_read(reason, found.file)
    for row in ledger.rest():
        yield _listed(row, asked)


class _NotOursError(Exception):
    """A fault of the one who asks; no file is to blame for it."""

    def __init__(self, reason: Exception) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is asked what is KNOWN, and what the .gz files that were UNPACKED before held."""

    known: Callable[[str], bool] = _unknown
    unpacked: Mapping[str, str] = field(default_factory=dict)

    def knows(self, sha256: str) -> bool:
        """Return whether the file is known."""
        try:
            return self.known(sha256)
        except Exception as reason:
            raise _NotOursError(reason) from reason


def _one(found: Found, asked: Asked, ledger: Ledger) -> Iterator[FileRead]:
    if found.file in ledger.routes:
        yield FileRead(found.file, "read", say("activity.outcome_route"))
        return
    packed, data, damaged = found.packed(), None, False
    sha256 = asked.unpacked.get(packed or "")
    if sha256 is None or not asked.knows(sha256):
        data, damaged = found.load()
        sha256 = hashlib.sha256(data).hexdigest()
        packed = None if damaged else packed
    row = ledger.row_of(found.file)
    if data is None or asked.knows(sha256):
        yield FileRead(found.file, "known", say("activity.outcome_known"), sha256=sha256, packed=packed)
        if row is not None and not asked.knows(row.sha256):
            yield _listed(row, asked)
        return
    try:
        runs = ledger.claim(_runs(found, data, damaged=damaged), row)
    except Exception as reason:  # noqa: BLE001 (one bad file never stops the rest)
        yield replace(_not_read(reason, found.file), sha256=sha256)
        if row is not None:
            yield _listed(row, asked)
    else:
        yield FileRead(found.file, "read", say("activity.outcome_read", count=len(runs)), runs, sha256, packed)


def _list(
    found: Found,
    asked: Asked,  # noqa: ARG001 (a teller)
    ledger: Ledger,
) -> Iterator[FileRead]:
    """Read the list of an archive: its rows wait for the files that they speak of."""
    data, _ = found.load()
    if found.kind == "garmin_gear":
        ledger.gear |= read_garmin_gear(data)
        yield FileRead(found.file, "read", say("activity.outcome_gear"))
        return
    rows = read_strava(data, found.file) if found.kind == "strava" else read_garmin(data, found.file, ledger.gear)
    ledger.add(rows)
    yield FileRead(found.file, "read", say("activity.outcome_list", count=len(rows)))


def _table(found: Found, asked: Asked, ledger: Ledger) -> Iterator[FileRead]:  # noqa: ARG001 (a teller)
    """Read a table, known lines first: a line without an hour that is new is none of the runs that they are."""
    data, _ = found.load()
    rows = read_csv(data, found.file)
    for row in sorted(rows, key=lambda row: not asked.knows(row.sha256)):
        yield replace(_listed(row, asked), table=found.file)


def _listed(row: Row, asked: Asked) -> FileRead:
    if asked.knows(row.sha256):
        return FileRead(row.label, "known", say("activity.outcome_known"), sha256=row.sha256)
    try:
        runs = (row.run(),)
    except Exception as reason:  # noqa: BLE001 (one bad row never stops the rest)
        return _not_read(reason, row.label)
    return FileRead(row.label, "read", say("activity.outcome_read", count=1), runs, row.sha256)


def _health(found: Found, asked: Asked, ledger: Ledger) -> Iterator[FileRead]:
    workouts, health = read_health(found.stream(), found.file)
    if not workouts:
        raise NotAnActivity("health_nothing", where=found.file)
    folder = found.file.replace("\\", "/").rpartition("/")[0]
    for workout in workouts:
        ledger.routes |= {f"{folder}/{route.lstrip('/')}": None for route in workout.routes}
        label = say("activity.entry", file=found.file, on=workout.attributes.get("startDate", "?")[:16])
        if asked.knows(workout.sha256):
            yield FileRead(label, "known", say("activity.outcome_known"), sha256=workout.sha256)
            continue
        try:
            route = found.beside(workout.routes[0]) if workout.routes else None
            run = run_of(workout, health, label, route)
        except Exception as reason:  # noqa: BLE001 (one bad workout never stops the rest)
            yield _not_read(reason, label)
        else:
            yield FileRead(label, "read", say("activity.outcome_read", count=1), (run,), workout.sha256)


def _not_read(reason: Exception, file: str) -> FileRead:
    fault = _as_fault(reason, file)
    why = say("errors.layout", what=fault.what, why=fault.why, next=fault.next_step)
    return FileRead(file, "skipped" if isinstance(fault, NotAnActivity) else "failed", why, fault=fault)


def _runs(found: Found, data: bytes, *, damaged: bool) -> tuple[Run, ...]:
    kind = kind_of(data) if found.kind == "xml" else found.kind
    if kind not in READERS:
        _refuse("other_xml" if kind == "xml" else kind, found.file)
    runs = READERS[kind](data, found.file)
    if damaged:
        runs = tuple(replace(run, notes=(*run.notes, Note("activity.archive_damaged"))) for run in runs)
    return runs


def _refuse(kind: str, file: str) -> None:
    """Raise what is to be said of a file of this KIND, if it can be no activity."""
    if kind in {*READERS, *TELLERS, "xml", "fault"}:
        return
    if kind in FAILING:
        raise UnreadableFile(FAILING[kind], where=file)
    if kind == "web_page":
        raise NotAnActivity("web_page", where=file)
    name = NAMED.get(Path(file.lower().removesuffix(".gz")).suffix)
    if name == "CSV" and kind == "text":
        raise NotAnActivity("no_table", where=file)
    if name is not None:
        raise NotAnActivity("misnamed", where=file, name=name, kind=say(f"activity.kind_{kind}"))
    raise NotAnActivity("not_an_activity", where=file, kind=say(f"activity.kind_{kind}"))


TELLERS: Final = {"apple": _health, "strava": _list, "garmin": _list, "garmin_gear": _list, "csv": _table}
"""Who tells of a file that is no single recording, by its kind."""


def _as_fault(reason: Exception, file: str) -> HipwiseError:
    """Return REASON as an error that speaks plainly."""
    if isinstance(reason, HipwiseError):
        return reason
    # An archive that sends us to before its beginning is answered with EINVAL.
    if isinstance(reason, BROKEN) or (isinstance(reason, OSError) and reason.errno == errno.EINVAL):
        return UnreadableFile("archive_broken", where=file)
    if isinstance(reason, NotImplementedError):  # how zipfile says that it does not know a way of packing
        return UnreadableFile("packed_unknown", where=file)
    if isinstance(reason, MemoryError):
        return UnreadableFile("no_memory", where=file)
    if isinstance(reason, OSError):
        return UnreadableFile("disk_fault", where=file, reason=reason.strerror or str(reason))
    return UnreadableFile("reader_fault", where=file, reason=f"{type(reason).__name__}: {reason}")
