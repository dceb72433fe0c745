"""Does the race check's range hold what comes? Runners of another model family answer.

The race check draws how each run is borne from shares (green, hold, cut, red). The runners here have none: each has a
hip with a capacity that grows with load that is borne and falls with load that is not; pain is load over capacity with
noise that lasts and now and then is large, and the class of a run follows from pain by the limits of a tendon. They
climb by the same published steps. After three weeks the race check sees only how the nine runs were borne.

Run it: python3 validation/race_check.py [runners]
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from hipwise.knowledge import Knowledge
from hipwise.plan import Start, weeks_to_start

KB = Knowledge.load()
RUNGS = KB.rehab.ladder.rungs
FREE = len(RUNGS) + 1
TARGET_KM = 10 * KB.number("race.longest_share").value
LAST_KM = KB.number("race.last_rung_km").value
SEEN_RUNS, RUNS_A_WEEK, MOST_RUNS = 9, 3, 312
LOW, HIGH, RISE = 2, 5, 2


@dataclass
class Runner:
    """A hip with a capacity; nothing in it knows of green or red."""

    dice: np.random.Generator
    capacity: float = 0.0
    noise: float = 0.0
    stage: int = 1
    passes: int = 0
    km: float = LAST_KM
    days: float = 0.0
    borne: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.capacity = float(self.dice.lognormal(np.log(14), 0.5))
        self.gain = float(self.dice.lognormal(np.log(0.035), 0.5))
        self.rough = float(self.dice.uniform(0.6, 1.7))
        self.lasting = float(self.dice.uniform(0.3, 0.8))

    @property
    def dose(self) -> float:
        """Minutes of running."""
        if self.stage < FREE:
            rung = RUNGS[self.stage - 1]
            return rung.run_s * rung.repeats / 60
        return 6.2 * self.km

    def run(self, number: int) -> None:
        """Make one run; what comes of it follows from load over capacity."""
        self.noise = self.lasting * self.noise + self.rough * float(self.dice.standard_t(4))
        strain = self.dose / self.capacity
        pain = max(0.0, 1.4 * strain**1.5 + self.noise)
        rise = 0.5 * pain + 0.6 * float(self.dice.normal()) - 0.8
        kind = "red" if pain > HIGH else "cut" if rise >= RISE else "hold" if pain > LOW else "green"
        self.capacity *= 1 + (self.gain if kind in {"green", "hold"} else -2 * self.gain)
        self.borne[kind] += 1
        self.days += 7 / RUNS_A_WEEK + (2 if kind == "red" else 0)
        self._climb(kind, ends_a_week=number % RUNS_A_WEEK == 0)

    def _climb(self, kind: str, *, ends_a_week: bool) -> None:
        if kind == "red":
            self.stage, self.passes, self.km = max(1, self.stage - 2), 0, max(LAST_KM, self.km * 0.75)
        elif kind == "cut":
            self.stage, self.passes = max(1, self.stage - 1), 0
        elif kind == "green" and self.stage < FREE:
            self.passes += 1
            if self.passes >= RUNGS[self.stage - 1].passes:
                self.stage, self.passes = self.stage + 1, 0
        elif kind == "green" and ends_a_week:
            self.km *= 1.1

    @property
    def is_ready(self) -> bool:
        """Whether the longest run has reached its share of the race."""
        return self.stage >= FREE and self.km >= TARGET_KM


def one(seed: int) -> tuple[np.ndarray, float]:
    """Return the imagined weeks of a runner after three weeks, and those that it took (infinite: never)."""
    runner = Runner(np.random.default_rng(seed))
    for number in range(1, SEEN_RUNS + 1):
        runner.run(number)
    start = Start(stage=runner.stage, passes=runner.passes, bone=False, longest_km=runner.km, borne=dict(runner.borne))
    told = weeks_to_start(start, 10, KB, np.random.default_rng(seed + 10**6), courses=400)
    begun = runner.days
    for number in range(SEEN_RUNS + 1, MOST_RUNS):
        if runner.is_ready:
            return told, (runner.days - begun) / 7
        runner.run(number)
    return told, np.inf


def main(runners: int) -> None:
    """Print how often the range held, and how chances and outcomes agree."""
    found = [one(seed) for seed in range(runners)]
    share = KB.number("race.range_share").value
    sides = ((1 - share) / 2, (1 + share) / 2)
    ends = [np.quantile(told, sides, method="nearest") for told, _ in found]
    inside = [low <= real <= high for (low, high), (_, real) in zip(ends, found, strict=True)]
    early = [real < low for (low, _), (_, real) in zip(ends, found, strict=True)]
    print(f"runners {runners}; the {share:.0%} range held {np.mean(inside):.1%}; earlier {np.mean(early):.1%}")
    print(f"never within {MOST_RUNS // RUNS_A_WEEK} weeks: {np.mean([np.isinf(real) for _, real in found]):.1%}")
    pairs = [(float(np.mean(t <= weeks)), real <= weeks) for t, real in found for weeks in (8, 12, 16, 20, 26, 36)]
    for low in (0.0, 0.2, 0.4, 0.6, 0.8):
        some = [(chance, came) for chance, came in pairs if low <= min(chance, 0.999) < low + 0.2]
        if some:
            told, came = np.mean([chance for chance, _ in some]), np.mean([came for _, came in some])
            print(f"told {told:5.1%}  came {came:5.1%}  ({len(some)})")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
