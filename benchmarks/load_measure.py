"""Ten years of running measured: columns against a plain loop over the same runs, in one process.

Both give every day's distance, each run against the longest of the 30 days before it, and the three acute:chronic
ratios of every day; `measure` gives all else besides. The ratio is what counts; milliseconds depend on the machine.
"""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from time import perf_counter

from hipwise.activity import Origin, RunSummary
from hipwise.form import Form, FormConstants, form_of, run_form
from hipwise.knowledge import Knowledge
from hipwise.load import Load, measure
from hipwise.model import Athlete
from hipwise.simulate import runner

RUNS, DAYS, REPEATS = 3000, 3650, 5
COUNTS = (300, 1000, 3000, 10_000)
FORM_RUNS = 60
FIRST = date(2020, 1, 1)
ON = FIRST + timedelta(DAYS)


def made_up_runs(count: int = RUNS) -> list[RunSummary]:
    rolled = random.Random(7)  # noqa: S311 (made-up runs, not a secret)
    days = sorted(rolled.sample(range(DAYS * count // RUNS), count))
    return [made_up_run(place, FIRST + timedelta(day), rolled.uniform(3, 21)) for place, day in enumerate(days)]


def made_up_run(place: int, day: date, km: float) -> RunSummary:
    return RunSummary(
        id=str(place),
        sport="running",
        started_at=datetime(day.year, day.month, day.day, 18, tzinfo=UTC),
        local_date=day,
        origins=(Origin("made up", "hand", "0"),),
        distance_m=km * 1000,
        timer_s=km * 360,
        elapsed_s=km * 360,
        cadence_spm=168.0,
        ascent_m=km * 5,
    )


Plain = tuple[list[float], list[float | None], list[tuple[float, float, float] | None]]


def plain(runs: list[RunSummary]) -> Plain:
    """The same with dictionaries and loops, as one would write it first."""
    by_day: dict[date, list[float]] = defaultdict(list)
    for run in runs:
        by_day[run.local_date].append(run.distance_m or 0.0)
    first, last = min(by_day), max(by_day)
    days = [first + timedelta(place) for place in range((last - first).days + 1)]
    loads = [sum(by_day.get(day, ())) for day in days]
    longest = [longest_before(by_day, run.local_date) for run in runs]
    return loads, longest, ratios(loads)


def longest_before(by_day: dict[date, list[float]], day: date) -> float | None:
    before = [metres for back in range(1, 31) for metres in by_day.get(day - timedelta(back), ())]
    return max(before, default=None)


def ratios(loads: list[float]) -> list[tuple[float, float, float] | None]:
    found: list[tuple[float, float, float] | None] = []
    acute, chronic = loads[0], loads[0]
    for place, load in enumerate(loads):
        if place:
            acute, chronic = load * 2 / 8 + acute * 6 / 8, load * 2 / 29 + chronic * 27 / 29
        if place < 27:
            found.append(None)
            continue
        week, month = sum(loads[place - 6 : place + 1]) / 7, sum(loads[place - 27 : place + 1]) / 28
        found.append((week / month, week / (sum(loads[place - 27 : place - 6]) / 21), acute / chronic))
    return found


def agree(load: Load, loop: Plain) -> None:
    """Both must have found the same, else their times compare nothing."""
    loads, longest, every = loop
    assert max(abs(one - two) for one, two in zip(load.days["distance_m"], loads, strict=True)) < 1e-6
    shown = load.spikes["longest_30d_m"].to_list()
    assert all(one is None or abs(one - (two or 0)) < 1e-6 for one, two in zip(shown, longest, strict=True))
    rows = load.acwr.select("coupled", "uncoupled", "ewma").rows()
    for row, expected in zip(rows, every, strict=True):
        assert expected is None or max(abs(one - two) for one, two in zip(row, expected, strict=True)) < 1e-9


def best_ms(job: object) -> float:
    times = []
    for _ in range(REPEATS):
        began = perf_counter()
        job()  # type: ignore[operator]
        times.append(perf_counter() - began)
    return min(times) * 1000


def main() -> None:
    runs, knowledge = made_up_runs(), Knowledge.load()

    def columns() -> Load:
        return measure(runs, Athlete(), knowledge, on=ON, onset=ON - timedelta(10))

    agree(columns(), plain(runs))
    ours, loop = best_ms(columns), best_ms(lambda: plain(runs))
    print(f"{RUNS} runs on {DAYS} days: measure {ours:.1f} ms")
    print(f"plain loop (a part of the same): {loop:.1f} ms, {loop / ours:.1f} times as long")
    for count in COUNTS:
        some = made_up_runs(count)
        on = some[-1].local_date
        took = best_ms(lambda some=some, on=on: measure(some, Athlete(), knowledge, on=on, onset=on))
        print(f"{count:6} runs: measure {took:6.1f} ms, {1000 * took / count:5.1f} µs a run")
    form(knowledge)


def form(knowledge: Knowledge) -> None:
    """The form of as many runs of an hour, a sample a second, as are ever read."""
    constants = knowledge.constants(FormConstants, "form")
    runs = list(runner(7, FORM_RUNS))

    def of_all() -> Form:
        read = [each for each in (run_form(run, constants) for run in runs) if each is not None]
        return form_of(read, constants, runs[-1].local_date)

    assert len(of_all().runs) == FORM_RUNS
    took = best_ms(of_all)
    print(f"form of {FORM_RUNS} runs of an hour: {took:.0f} ms, {took / FORM_RUNS:.1f} ms a run")


if __name__ == "__main__":
    main()
