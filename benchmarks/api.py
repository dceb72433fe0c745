"""The HTTP API with ten years of data, 3,000 runs and months of daily check-ins: `python benchmarks/api.py [DAYS]`.

Every page that can be read is asked for many times while the journal is as it was (warm), and once after each write
(cold). Aims: 95 of 100 answers within 50 ms, the load page within 300 ms, also after a write. Both the time on the wall
and that of the processor are told: on a busy machine only the second says anything. The table of verdicts is asked for
after a check-in, when its runs are as they were, and once more: before all other writes, while the day has told no more
than a day does. DAYS of check-ins are 120 by default; with `morning` behind them only the morning is measured: a
check-in, and what is asked for after it.
"""

from __future__ import annotations

import gc
import os
import warnings
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from random import Random
from statistics import median, quantiles
from sys import argv
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command that serves has it

from hipwise.activity import by_hand
from hipwise.api import House, app_of
from hipwise.journal import Journal
from hipwise.model import Finding
from hipwise.simulate import story

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from fastapi import FastAPI
    from fastapi.testclient import TestClient

RUNS, DAYS, WARM, COLD = 3000, 3650, 40, 20
CHECKINS = int(argv[1]) if argv[1:] else 120
MORNING = argv[2:] == ["morning"]
NOW = datetime(2026, 8, 27, 7, tzinfo=UTC)
OK, FEW = 200, 5
HOME = "http://127.0.0.1:8717"
LEFT_OUT = ("openapi.json", "today/ahead", "backup", "export", ".pdf", ".fit", ".ics", "events", "enter", "runs")
"""Files that are made to be kept, and what is measured apart."""

APART = ("runs?last=50", "load?planned_km=9", "charts/weeks", "charts/pain")
CALM = {"rest_pain_score": "1", "walk_pain_score": "1", "limp": "no", "woken_by_hip": "no", "fever": "no"}


def fill(journal: Journal) -> None:
    """Ten years of runs, and the sore hip of the sample runner."""
    rolled = Random(7)  # noqa: S311 (made-up runs, not a secret)
    runs = []
    for place, day in enumerate(sorted(rolled.sample(range(1, DAYS), RUNS))):
        km = rolled.uniform(3, 16)
        began = NOW - timedelta(days=DAYS - day, hours=place % 5)
        runs.append(by_hand(began, sport="running", distance_m=km * 1000, timer_s=km * 350, utc_offset_s=0))
    with journal._memory.step("log", "ten years", NOW) as step:  # noqa: SLF001 (one step is enough here)
        step.add_runs(runs)
    tale = story(start=(NOW - timedelta(178)).date())
    journal.set_athlete(born=tale.athlete.born, sex=tale.athlete.sex, country=tale.athlete.country)
    journal.new_pain(onset=(NOW - timedelta(CHECKINS)).date(), side="right")
    journal.at(NOW - timedelta(CHECKINS)).tell({each.id: each.state for each in tale.answers})
    days = [NOW - timedelta(ago) for ago in range(CHECKINS, 0, -1)]
    scored = CALM | {"painkiller": "none"}
    with journal._memory.step("checkin", "each day", NOW) as step:  # noqa: SLF001 (one step is enough here)
        told = [Finding(name, state, day.date(), "check-in") for day in days for name, state in scored.items()]
        mornings = [
            Finding("morning_pain_score", str(rolled.choice((0, 1, 2))), day.date(), "check-in") for day in days
        ]
        step.add_findings([*told, *mornings], journal.episode.id)
    journal.tell({each.id: each.state for each in tale.answers})
    journal.plan()


Taken = list[tuple[float, float]]
"""Seconds on the wall and of the processor, of each call."""


def seconds(ask: Callable[[], object], times: int) -> Taken:
    """Return what each of so many calls took."""
    found = []
    for _ in range(times):
        began, begun = perf_counter(), process_time()
        ask()
        found.append((perf_counter() - began, process_time() - begun))
    return found


def told(name: str, found: Taken) -> None:
    """Print one line: the middle and the 95th of 100 on the wall, then of the processor."""
    columns = [sorted(each) for each in zip(*found, strict=True)]
    cells = [1000 * at for each in columns for at in (median(each), quantiles(each, n=20, method="inclusive")[-1])]
    print(f"{name:<32}" + "".join(f"{cell:9.1f}" for cell in cells))


def pages(app: FastAPI) -> list[str]:
    """Return the pages of the API that take no name or number in their path."""
    found = [path.removeprefix("/api/v1/") for path, ways in app.openapi()["paths"].items() if "get" in ways]
    return [each for each in found if "{" not in each and not any(part in each for part in LEFT_OUT)]


def main() -> None:
    """Measure, and print a table in milliseconds."""
    keys = count(1)
    with TemporaryDirectory() as folder, Journal.open(Path(folder) / "me.db", now=lambda: NOW) as journal:
        fill(journal)
        house = House(journal, Path(folder) / "server", 8717, frozenset({HOME}))
        client = TestClient(app_of(house), HOME, headers={"authorization": f"Bearer {house.keys.bearer}"})

        def get(route: str) -> None:
            assert client.get(f"/api/v1/{route}").status_code == 200, route

        def post(route: str, body: object) -> None:
            key = {"idempotency-key": f"benchmark-{next(keys):06}"}
            assert client.post(f"/api/v1/{route}", json=body, headers=key).status_code == 200, route

        gc.freeze()  # as `serve` does before it answers
        heads = "".join(f"{each:>9}" for each in ("middle", "p95", "cpu", "cpu p95"))
        print(f"{f'{RUNS} runs, {CHECKINS} days (ms)':<32}{heads}")
        for route in () if MORNING else (*pages(client.app), *APART):
            if client.get(f"/api/v1/{route}").status_code == OK:
                told(f"GET {route}", seconds(partial(get, route), WARM))
        checkin = partial(post, "checkin", {"states": CALM | {"painkiller": "none"}})
        ahead: Taken = []
        for _ in range(FEW):
            checkin()
            ahead += seconds(partial(get, "today/ahead"), 1)
        told("GET today/ahead, after a write", ahead)
        told("GET today/ahead", seconds(partial(get, "today/ahead"), FEW))
        told("POST checkin", seconds(checkin, COLD))
        for route in ("load", "today", "plan", "assessment/turning-points"):
            cold: Taken = []
            for place in range(COLD):
                post("answers", {"states": {"short_nights": ("none", "one")[place % 2]}})
                cold += seconds(partial(get, route), 1)
            told(f"GET {route[:19]}, after a write", cold)


if __name__ == "__main__":
    main()
