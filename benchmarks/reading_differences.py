"""The totals of the sample files by hipwise, by fitdecode and by garmin-fit-sdk, as a table for the documents.

    python benchmarks/reading_differences.py [FOLDER]

A peer says what the session messages of a file say; hipwise says what it makes of them. A dash: the peer refused the
file or found nothing. Rows in which any of the three differs bear a number, for the words below the table.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import fitdecode
import garmin_fit_sdk

from hipwise.activity import read_all

SAMPLES = Path(__file__).resolve().parents[1] / ".." / "shared" / "samples" / "activity" / "fit"
Totals = tuple[int, float, float]
"""Records, metres, seconds of the timer."""

NEAR = 0.001


def by_hipwise(path: Path) -> Totals | None:
    """Return the totals of all runs in a file."""
    runs = [run for each in read_all([path]) for run in each.runs]
    if not runs:
        return None
    return (
        sum(run.records for run in runs),
        sum(run.distance_m or 0 for run in runs),
        sum(run.timer_s or 0 for run in runs),
    )


def by_fitdecode(path: Path) -> Totals | None:
    """Return what the session messages say, as fitdecode reads them."""
    records, metres, seconds = 0, 0.0, 0.0
    try:
        with fitdecode.FitReader(path, error_handling=fitdecode.ErrorHandling.IGNORE) as reader:
            for frame in reader:
                if frame.frame_type == fitdecode.FIT_FRAME_DATA and frame.name == "record":
                    records += 1
                elif frame.frame_type == fitdecode.FIT_FRAME_DATA and frame.name == "session":
                    metres += frame.get_value("total_distance", fallback=0.0) or 0.0
                    seconds += frame.get_value("total_timer_time", fallback=0.0) or 0.0
    except (fitdecode.FitError, ValueError, KeyError, TypeError):
        pass  # what came before counts, as for one who catches it
    return (records, metres, seconds) if records or seconds else None


def by_garmin(path: Path) -> Totals | None:
    """Return what the session messages say, as Garmin's own kit reads them."""
    stream = garmin_fit_sdk.Stream.from_byte_array(bytearray(path.read_bytes()))
    messages, _ = garmin_fit_sdk.Decoder(stream).read()
    sessions = messages.get("session_mesgs", [])
    records = len(messages.get("record_mesgs", []))
    metres = sum(each.get("total_distance") or 0.0 for each in sessions)
    seconds = sum(each.get("total_timer_time") or 0.0 for each in sessions)
    return (records, metres, seconds) if records or seconds else None


READERS: tuple[Callable[[Path], Totals | None], ...] = (by_hipwise, by_fitdecode, by_garmin)


def differ(found: list[Totals | None]) -> bool:
    """Return whether the readers disagree."""
    if None in found:
        return len({each is None for each in found}) > 1
    return any(max(values) - min(values) > NEAR * max(1, *values) for values in zip(*found, strict=True))  # type: ignore[arg-type]


def shown(found: Totals | None) -> str:
    """Return totals in one cell."""
    return "-" if found is None else f"{found[0]} / {found[1]:.0f} m / {found[2]:.0f} s"


def main() -> None:
    """Print the table."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLES
    print("| file | hipwise | fitdecode | garmin-fit-sdk | |\n|---|---|---|---|---|")
    number = agreed = 0
    for path in sorted(folder.glob("*.fit")):
        found = [reader(path) for reader in READERS]
        number += differ(found)
        agreed += not differ(found)
        mark = number if differ(found) else ""
        print(f"| {path.stem} | {' | '.join(map(shown, found))} | {mark} |", flush=True)
    print(f"\n{agreed} of {agreed + number} files: all three agree.")


if __name__ == "__main__":
    main()
