"""The HTTP API with ten years of data, 3,000 runs, in one process: what a page waits for.

Each route is asked many times, while the journal is as it was (warm) and once after each write (cold). Aims: 95 of 100
answers within 50 ms, the load page within 300 ms, also after a write. Milliseconds depend on the machine; how much a
warm answer is quicker than a cold one does not.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from hipwise.activity import by_hand
from hipwise.api import House, app_of
from hipwise.journal import Journal
from hipwise.simulate import story

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from fastapi.testclient import TestClient

RUNS, DAYS, WARM, COLD = 3000, 3650, 60, 20
NOW = datetime(2026, 8, 27, 7, tzinfo=UTC)
HOME = "http://127.0.0.1:8717"
ROUTES = (
    "today",
    "assessment",
    "plan",
    "checkin",
    "question",
    "first-page",
    "answers",
    "runs?last=50",
    "history",
    "load",
)
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
    journal.new_pain(onset=(NOW - timedelta(7)).date(), side="right")
    journal.tell({each.id: each.state for each in tale.answers})
    journal.plan()


def seconds(ask: Callable[[], object], times: int) -> tuple[list[float], float]:
    """Return the seconds that each of so many calls took, and those of the processor for one of them."""
    found, begun = [], process_time()
    for _ in range(times):
        began = perf_counter()
        ask()
        found.append(perf_counter() - began)
    return found, (process_time() - begun) / times


def told(name: str, found: list[float], cpu: float) -> None:
    """Print one line."""
    p95 = quantiles(found, n=20)[-1]
    print(f"{name:<24} {1000 * min(found):8.1f} {1000 * p95:8.1f} {1000 * cpu:8.1f}")


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

        def after_write(route: str) -> Callable[[], None]:
            def ask() -> None:
                get(route)

            return ask

        print(f"{RUNS} runs in ten years        least      p95  processor (ms)")
        for route in ROUTES:
            get(route)
            told(f"GET {route}", *seconds(after_write(route), WARM))
        told("POST checkin", *seconds(lambda: post("checkin", {"states": CALM | {"painkiller": "none"}}), COLD))
        for route in ("load", "today"):
            cold = []
            for _ in range(COLD):
                post("answers", {"states": {"short_nights": "none"}})
                cold += seconds(lambda asked=route: get(asked), 1)[0]
            told(f"GET {route}, after a write", cold, 0.0)
        for _ in range(2):
            got, cpu = seconds(lambda: get("today/ahead"), 1)
            told("GET today/ahead", got * 2, cpu)


if __name__ == "__main__":
    main()
