"""Paper measured: the two-page brief and the sheet of exercises as PDF, cold and warm, of the sample runner.

Cold is the first of a process (typst loads its fonts, the form is read from the runs); warm is the median after it. The
limit is that of the warm ones.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from itertools import groupby
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from hipwise.journal import Journal
from hipwise.simulate import story, write

LIMIT_MS, REPEATS = 300.0, 9


def timed_ms(job: Callable[[], bytes]) -> float:
    began = perf_counter()
    assert job()
    return (perf_counter() - began) * 1000


def lived(folder: Path) -> Journal:
    """Return the journal of the sample runner on the last morning of the story."""
    tale = story(start=date(2026, 3, 2))
    days = [tale.told]
    journal = Journal.open(folder / "me.db", now=lambda: datetime.combine(days[0], time(7), UTC))
    journal.add(write(tale, folder / "runs"))
    who = tale.athlete
    journal.set_athlete(born=who.born, sex=who.sex, country=who.country)
    journal.new_pain(onset=tale.onset, side=tale.truth.side)
    journal.tell({each.id: each.state for each in tale.answers})
    journal.plan()
    for day, findings in groupby(tale.checkins, key=lambda each: each.on):
        days[0] = day
        journal.checkin({each.id: each.state for each in findings})
    return journal


def main() -> int:
    slow = False
    with TemporaryDirectory() as folder, lived(Path(folder)) as journal:
        jobs = {
            "brief": journal.report_pdf,
            "brief (letter)": lambda: journal.report_pdf("letter"),
            "sheet": journal.sheet_pdf,
            "calendar": journal.calendar,
        }
        for name, job in jobs.items():
            cold = timed_ms(job)
            warm = median(timed_ms(job) for _ in range(REPEATS))
            slow |= warm > LIMIT_MS
            print(f"{name:15} cold {cold:7.1f} ms   warm {warm:6.1f} ms   (limit {LIMIT_MS:.0f} ms)")
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())
