"""How much work a verdict is, and twelve weeks of plan: `python benchmarks/today.py` (processor time).

The verdict is timed with the ranking at hand (as the journal has it) and with the ranking made for it; the plan once
the solver is loaded.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from statistics import median
from time import process_time

from hipwise.causes import first_page, rank
from hipwise.knowledge import Kind, Knowledge
from hipwise.model import Athlete, Evidence, Finding
from hipwise.plan import Asked, RunningNow, Wishes, answer, argued, decided, make

ON = date(2030, 5, 6)
DAY = timedelta(1)
KB = Knowledge.load()
RUNNER = Athlete.of_age(35, "female", ON, "IE")
CARD = {"rest_pain_score": "0", "walk_pain_score": "0", "limp": "no", "woken_by_hip": "no", "painkiller": "none"}
BORNE = {"run_pain_score": "0", "morning_pain_score": "0", "run_limp": "no", "settled_after": "within_24_h"}
TIMES = 20


def evidence() -> Evidence:
    """Twelve weeks of daily check-ins, and a calm first page today."""
    page = {
        each.id: each.states[0] for page in first_page(KB).values() for each in page if each.kind is not Kind.CHOICE
    }
    told = [Finding(name, state, ON) for name, state in page.items()]
    told += [Finding("worst_point", "outer_hip", ON), Finding("pain_outer_hip", "yes", ON)]
    for ago in range(84):
        told += [Finding(name, state, ON - ago * DAY) for name, state in (CARD | BORNE).items()]
    return Evidence.of(told)


def timed(what: str, work: Callable[[], object], times: int = TIMES) -> None:
    """Print the middle time of WORK."""
    work()
    taken = []
    for _ in range(times):
        begun = process_time()
        work()
        taken.append(process_time() - begun)
    print(f"{what:<44} {1000 * median(taken):8.1f} ms")


def main() -> None:
    """Time the verdict of a day and a plan of twelve weeks."""
    told = evidence()
    running = RunningNow(
        longest_30d_km=10.0,
        ceiling_km=11.0,
        last_run_km=8.0,
        last_run_min=45.0,
        run_days=tuple(ON - ago * DAY for ago in range(120, 1, -2)),
    )
    asked = Asked(athlete=RUNNER, evidence=told, running=running, agreed=("tendon",), on=ON)
    ranking = rank(RUNNER, told, KB, ON)
    timed("verdict, ranking at hand", lambda: answer(asked, KB, ranking))
    timed("verdict, ranking made", lambda: answer(asked, KB))
    timed("verdict with what would change it", lambda: argued(asked, KB, decided(asked, KB, ranking)))
    wishes = Wishes(weeks=12, on_days=("mon", "wed", "sat"), race_on=ON + 80 * DAY, race_km=10.0)
    timed("plan of twelve weeks", lambda: make(ranking, RUNNER, told, running, wishes, KB, ON), 10)


if __name__ == "__main__":
    main()
