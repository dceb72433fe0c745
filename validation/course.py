"""Does the course of a followed plan point at what is at work? `python validation/course.py [RUNNERS]`.

Made-up runners as in `calibration.py`: causes from the priors, 15 answers from other believable values of the numbers.
Their pain knows nothing of the shares that the ranking uses: it halves in a time drawn round the weeks that the
protocol of their slowest cause names (what needs a clinician does not heal, and grows in a third), with noise that
lasts, days without a score, and exercises done as often as each of them does. The whole way is gone: scores and the row
of the plan become a finding, or none, and the finding moves the ranking.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
from calibration import made_up

from hipwise.causes._model import Floats, Model, model_of
from hipwise.causes._weigh import posterior
from hipwise.knowledge import Knowledge
from hipwise.model import Evidence, Finding
from hipwise.plan import Entry, course_seen

BEGUN, DAY, WEEK_D, DAYS = date(2030, 1, 7), timedelta(1), 7, 43
ANSWERS, EXERCISE_EVERY = 15, 2
SCORED, ROUGH, LASTING, STILL_DB = 0.7, 0.7, 0.6, 0.01
"""Share of days with a score; the noise of pain, and what of it lasts to the next day; less than this is no move."""
NOTHING = ("nothing said", "")


def main() -> None:
    """Print, by what the course said: how many, and how often what is at work rose, stayed, fell; by log odds too."""
    runners = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    knowledge = Knowledge.load()
    model, dice = model_of(knowledge), np.random.default_rng(11)
    moves: dict[tuple[str, str], list[float]] = defaultdict(list)
    serious: dict[tuple[str, str], list[float]] = defaultdict(list)
    for truth, odds, told in made_up(model, runners, ANSWERS):
        if truth.any():
            said, moved = course_of(model, truth, odds, told, dice)
            moves[said].append(moved)
            if truth @ model.serious:
                serious[said].append(moved)
    shown("what is at work", moves)
    shown("of it: what needs a clinician", serious)


def shown(title: str, moves: dict[tuple[str, str], list[float]]) -> None:
    """Print one table."""
    print(f"{title:30} {'count':>6} {'rose':>6} {'same':>6} {'fell':>6} {'mean db':>8}")
    every = [each for said, found in moves.items() if said != NOTHING for each in found]
    for said, found in (*sorted(moves.items()), (("all looks", ""), every)):
        of = np.array(found)
        shares = (
            [float(np.mean(part)) for part in (of > STILL_DB, np.abs(of) <= STILL_DB, of < -STILL_DB)]
            if found
            else [0.0] * 3
        )
        mean = float(of.mean()) if found else 0.0
        print(
            f"{' '.join(said):30} {len(found):6} "
            + " ".join(f"{100 * each:5.0f}%" for each in shares)
            + f" {mean:8.2f}"
        )


def course_of(
    model: Model, truth: Floats, odds: Floats, told: dict[str, int], dice: np.random.Generator
) -> tuple[tuple[str, str], float]:
    """Return what the course said of one runner, and by how many decibans the share of what is at work moved."""
    entries = (planned(), *done(float(dice.uniform(0.2, 1)), dice))
    found = course_seen(scores(model, truth, dice), entries, (), model.knowledge, BEGUN + DAYS * DAY)
    if not len(found):
        return NOTHING, 0.0
    (look,) = found
    state = model.knowledge.findings[look.id].states.index(look.state)
    before, after = (right(model, truth, odds, each) for each in (told, told | {look.id: state}))
    return (look.id, look.state), after - before


def right(model: Model, truth: Floats, odds: Floats, told: dict[str, int]) -> float:
    """The share of the likeliest of what is at work (of what needs a clinician, where there is such), in decibans."""
    shares = posterior(model, odds, told) @ model.sets
    sought = truth * model.serious if truth @ model.serious else truth
    share = float(np.clip(shares[sought > 0].max(), 1e-9, 1 - 1e-9))
    return float(10 * np.log10(share / (1 - share)))


def scores(model: Model, truth: Floats, dice: np.random.Generator) -> Evidence:
    """Morning pain, day by day."""
    begin, noise = float(dice.uniform(3, 7)), 0.0
    rate = -np.log(2) / halving_d(model, truth, dice)
    found = []
    for at in range(DAYS):
        noise = LASTING * noise + ROUGH * float(dice.standard_normal())
        if dice.random() < SCORED:
            score = int(np.clip(round(begin * np.exp(rate * at) + noise), 0, 10))
            found.append(Finding("morning_pain_score", str(score), BEGUN + at * DAY))
    return Evidence.of(found)


def halving_d(model: Model, truth: Floats, dice: np.random.Generator) -> float:
    """In how many days the pain halves; below nothing it grows."""
    if truth @ model.serious:
        return float(dice.choice([-90.0, 300.0, 120.0]))
    protocols = [model.causes[at].protocol for at in np.flatnonzero(truth)]
    weeks = max(model.knowledge.rehab.protocols[each].weeks.value for each in protocols if each)
    return float(WEEK_D * weeks / 2 * dice.lognormal(0, 0.6))


def planned() -> Entry:
    """The base of a plan with exercises every second day and no run."""
    days = [{"on": (BEGUN + at * DAY).isoformat(), "strength": not at % EXERCISE_EVERY} for at in range(DAYS)]
    return Entry(BEGUN, "base", {"days": days})


def done(keen: float, dice: np.random.Generator) -> Iterator[Entry]:
    """What one runner does of it."""
    for at in range(0, DAYS, EXERCISE_EVERY):
        if dice.random() < keen:
            on = BEGUN + at * DAY
            yield Entry(on, "done", {"on": on.isoformat(), "exercise": "glute_bridge"})


if __name__ == "__main__":
    main()
