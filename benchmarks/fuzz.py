"""Every sample is damaged thousands of times and read: no crash, no hang, no flood of memory, every refusal named.

    python benchmarks/fuzz.py [--count 10000] [--seed 1] [--most-kb 400] [--minutes 60] [FILE ...]

Without files, those of the samples beside the project are taken (larger ones than --most-kb are cut to it), else small
ones that are made here. Each file is read in a process of its own, whose address space is bounded to what it has when
it begins plus eight times the file and 64 MB; a read that takes longer than two seconds of processor time is a hang.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "builders"))

from mutants import mutants  # noqa: E402 (it lies there)

SAMPLES = ROOT / ".." / "shared" / "samples" / "activity"
MOST_S = 2.0
MB = 2**20
BATCH = 1000


def made(folder: Path) -> list[Path]:
    """Write small files of each kind."""
    from hipwise.activity import write_fit
    from hipwise.simulate import apple_export, garmin_archive, story, strava_archive

    runs = story(start=date(2030, 1, 7)).runs
    short = sorted(runs, key=lambda run: run.records)[:2]
    write_fit(short[0], folder / "run.fit")
    strava_archive(folder / "strava.zip", short)
    garmin_archive(folder / "garmin.zip", short)
    apple_export(folder / "apple.zip", short[:1])
    (folder / "runs.csv").write_text("date,km,minutes,effort\n2030-05-06,10,50,4\n2030-05-07 18:30,5,25,\n" * 20)
    return sorted(folder.iterdir())


def samples(folder: Path) -> list[Path]:
    """Return the samples beside the project, one of each kind of trouble, and small files made here."""
    found = sorted(SAMPLES.glob("fit/*.fit")) + sorted(SAMPLES.glob("gpx/*")) + sorted(SAMPLES.glob("tcx/*"))
    found += sorted(SAMPLES.glob("chiptime_corpus/corpus/cases/*/*/input.*"))
    return found + made(folder)


def space() -> int:
    """Return the bytes of address space this process has taken."""
    status = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmSize"))


def child(file: str, first: int, count: int, seed: int, most: int) -> None:
    """Read COUNT damaged forms of FILE from the FIRST on; print how many, and each fault."""
    from hipwise.activity import read
    from hipwise.errors import NotAnActivity, UnreadableFile

    data = Path(file).read_bytes()[:most]
    other = Path(__file__).read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"x{Path(file).suffix}"
        path.write_bytes(data)
        outcome(path, read, (UnreadableFile, NotAnActivity))  # all that is loaded on first use is loaded now
        bound = space() + 8 * len(data) + 64 * MB
        resource.setrlimit(resource.RLIMIT_AS, (bound, bound))
        done = refused = 0
        for number, text in enumerate(mutants(data, seed, count, other, first=first), first):
            path.write_bytes(text)
            begun = time.process_time()
            what = outcome(path, read, (UnreadableFile, NotAnActivity))
            took_s = time.process_time() - begun
            if what not in {"read", "refused"} or took_s > MOST_S:
                print(f"FAULT {file} seed {seed} number {number}: {what}, {took_s:.1f} s", flush=True)
            done += 1
            refused += what == "refused"
        print(f"DONE {done} {refused}", flush=True)


def outcome(path: Path, read: object, named: tuple[type[Exception], ...]) -> str:
    """Return what became of PATH: read, refused (by one of the errors NAMED, in words), or a fault."""
    try:
        runs = read(path)  # type: ignore[operator]
    except named as fault:
        known = fault.what and fault.why and fault.next_step  # type: ignore[attr-defined]
        return "refused" if known and fault.text != "reader_fault" else f"unnamed: {fault}"  # type: ignore[attr-defined]
    except BaseException as fault:  # noqa: BLE001 (that is what is looked for)
        return f"crashed: {type(fault).__name__}: {fault}"
    return "read" if runs else "nothing"


def family(file: Path, wanted: argparse.Namespace, until: float) -> tuple[int, int, int]:
    """Read damaged forms of FILE, a batch in each process; return how many were read, refused, and faults."""
    done = refused = faults = 0
    for first in range(0, wanted.count, BATCH):
        if time.time() > until:
            break
        command = [sys.executable, __file__, "--child", str(file), "--first", str(first)]
        command += ["--count", str(min(BATCH, wanted.count - first)), "--seed", str(wanted.seed)]
        command += ["--most-kb", str(wanted.most_kb)]
        told = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 (ourselves)
        lines = told.stdout.splitlines()
        found = [line for line in lines if line.startswith("FAULT")]
        if told.returncode:
            found.append(f"FAULT {file} from {first}: the process ended with {told.returncode}\n{told.stderr[-2000:]}")
        else:
            read, not_read = map(int, lines[-1].split()[1:])
            done, refused = done + read, refused + not_read
        print(*found, sep="\n", end="\n" if found else "", flush=True)
        faults += len(found)
    return done, refused, faults


def main() -> None:
    """Read what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--most-kb", type=int, default=400)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--child")
    parser.add_argument("--first", type=int, default=0)
    wanted = parser.parse_args()
    if wanted.child:
        child(wanted.child, wanted.first, wanted.count, wanted.seed, wanted.most_kb * 1024)
        return
    until = time.time() + 60 * wanted.minutes
    total = refused = faults = 0
    with tempfile.TemporaryDirectory() as folder:
        files = wanted.files or samples(Path(folder))
        for place, file in enumerate(files):
            share_s = (until - time.time()) / (len(files) - place)  # each file gets its share of the time
            done, not_read, wrong = family(file, wanted, time.time() + share_s)
            total, refused, faults = total + done, refused + not_read, faults + wrong
            print(f"{file.name}: {done} damaged forms, {not_read} refused", flush=True)
    print(f"{total} damaged forms of {len(files)} files: {refused} refused by name, {faults} faults")


if __name__ == "__main__":
    main()
