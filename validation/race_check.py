"""Does the race check's range hold what comes? Runners of two other model families answer, and some of its own.

The race check draws how each run is borne from shares (green, hold, cut, red). The runners here have none. Those of the
first family have a hip with a capacity that grows with load that is borne and falls with load that is not. Those of the
second have a tissue that mends with time alone, and an irritation that each run adds to and each day takes from, with
bad weeks that come unasked. In both, the class of a run follows from pain by the limits of a tendon, and they climb by
the same published steps. After three weeks the race check sees only how the nine runs were borne. The third family is
the one that the race check imagines: it tells whether the reckoning itself is right, and no more.

How far the near end is widened (`race.near_end`) was set with seeds below `HELD_OUT`; the figures that are told come
from the others, which nothing was ever set by.

Run it: python3 validation/race_check.py [runners a family]
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from hipwise.knowledge import Knowledge
from hipwise.plan import Start, told_range, weeks_to_start

KB = Knowledge.load()
RUNGS = KB.rehab.ladder.rungs
FREE = len(RUNGS) + 1
TARGET_KM = 10 * KB.number("race.longest_share").value
LAST_KM = KB.number("race.last_rung_km").value
SEEN_RUNS, LATER_RUNS, RUNS_A_WEEK, MOST_RUNS = 9, 36, 3, 312
LOW, HIGH, RISE = 2, 5, 2
FELT = {"green": (0.0, 0.0), "hold": (HIGH, 0.0), "cut": (0.0, RISE), "red": (HIGH + 1.0, 0.0)}
"""Pain and rise of the next morning that make a run one of each class."""

HELD_OUT = 100_000
"""Seeds from here on belong to runners that nothing was set by."""


@dataclass
class Runner:
    """Climbs by the published steps; how a run is borne is for each family to say."""

    dice: np.random.Generator
    stage: int = 1
    passes: int = 0
    km: float = LAST_KM
    days: float = 0.0
    borne: Counter[str] = field(default_factory=Counter)

    @property
    def dose(self) -> float:
        """Minutes of running."""
        if self.stage < FREE:
            rung = RUNGS[self.stage - 1]
            return rung.run_s * rung.repeats / 60
        return 6.2 * self.km

    def felt(self) -> tuple[float, float]:
        """Make a run; return the pain in it, and the rise of the next morning."""
        raise NotImplementedError

    def run(self, number: int) -> None:
        """Make one run and climb by how it was borne."""
        pain, rise = self.felt()
        kind = "red" if pain > HIGH else "cut" if rise >= RISE else "hold" if pain > LOW else "green"
        self.learn(kind)
        self.borne[kind] += 1
        self.days += 7 / RUNS_A_WEEK + (2 if kind == "red" else 0)
        self._climb(kind, ends_a_week=number % RUNS_A_WEEK == 0)

    def learn(self, kind: str) -> None:
        """Let the hip change with a run that was borne as KIND."""

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


@dataclass
class Adapting(Runner):
    """A hip with a capacity; nothing in it knows of green or red."""

    noise: float = 0.0

    def __post_init__(self) -> None:
        self.capacity = float(self.dice.lognormal(np.log(14), 0.5))
        self.gain = float(self.dice.lognormal(np.log(0.035), 0.5))
        self.rough = float(self.dice.uniform(0.6, 1.7))
        self.lasting = float(self.dice.uniform(0.3, 0.8))

    def felt(self) -> tuple[float, float]:
        """Pain is load over capacity, with noise that lasts and now and then is large."""
        self.noise = self.lasting * self.noise + self.rough * float(self.dice.standard_t(4))
        pain = max(0.0, 1.4 * (self.dose / self.capacity) ** 1.5 + self.noise)
        return pain, 0.5 * pain + 0.6 * float(self.dice.normal()) - 0.8

    def learn(self, kind: str) -> None:
        """Capacity grows with load that is borne, and falls twice as much with load that is not."""
        self.capacity *= 1 + (self.gain if kind in {"green", "hold"} else -2 * self.gain)


@dataclass
class Mending(Runner):
    """A tissue that mends with time alone, whatever is run, and an irritation that comes and goes."""

    irritation: float = 0.0
    bad_until: float = -1.0

    def __post_init__(self) -> None:
        self.sore = float(self.dice.gamma(4, 0.8))
        self.mends_d = float(self.dice.lognormal(np.log(50), 0.5))
        self.calms_d = float(self.dice.uniform(1, 6))
        self.touchy = float(self.dice.gamma(2, 0.01))
        self.bad_weeks = float(self.dice.beta(1.5, 20))

    def felt(self) -> tuple[float, float]:
        """Pain is what has not mended yet, more of it with more minutes, and the irritation of the last days."""
        self.irritation *= float(np.exp(-7 / RUNS_A_WEEK / self.calms_d))
        if self.dice.random() < self.bad_weeks:
            self.bad_until = self.days + 7
        worse = float(self.dice.exponential(1.5)) if self.days < self.bad_until else 0.0
        left = self.sore * float(np.exp(-self.days / self.mends_d))
        pain = left * np.log1p(self.dose) / np.log1p(30) + self.irritation + worse + float(self.dice.normal(0, 0.6))
        self.irritation += self.touchy * self.dose + 0.1 * max(0.0, pain - LOW)
        return max(0.0, pain), 0.6 * self.irritation + float(self.dice.normal(0, 0.5))


@dataclass
class Steady(Runner):
    """Bears each run by the same shares from first to last, as the race check imagines it."""

    sore: bool = False

    def __post_init__(self) -> None:
        self.shares = self.dice.dirichlet([KB.number(f"race.before_{kind}").value for kind in FELT])

    def felt(self) -> tuple[float, float]:
        """Draw how the run is borne; after one that was too much it is rather so again."""
        now = self.shares.copy()
        if self.sore:
            now *= 1 - KB.number("race.stickiness").value
            now[-1] += KB.number("race.stickiness").value
        kind = str(self.dice.choice(list(FELT), p=now))
        self.sore = kind == "red"
        return FELT[kind]


FAMILIES = {"adapting": Adapting, "mending": Mending, "steady": Steady}


@dataclass(frozen=True)
class Lived:
    """The weeks IMAGINED for a runner after three weeks, the range told, and the weeks it TOOK (infinite: never)."""

    imagined: np.ndarray
    low: float
    high: float
    took: float

    @property
    def where(self) -> str:
        """Whether what came lies in the range that was told, or earlier, or later."""
        return "earlier" if self.took < self.low - 1e-9 else "later" if self.took > self.high + 1e-9 else "inside"


def one(family: str, seed: int, courses: int = 400) -> Lived:
    """Return what was told to a runner of a family after three weeks, and what came."""
    runner = FAMILIES[family](np.random.default_rng(seed))
    for number in range(1, SEEN_RUNS + 1):
        runner.run(number)
    start = Start(stage=runner.stage, passes=runner.passes, bone=False, longest_km=runner.km, borne=dict(runner.borne))
    weeks = np.sort(weeks_to_start(start, 10, KB, np.random.default_rng(seed + 10**6), courses=courses))
    low, _, high = (np.inf if each is None else each for each in told_range(weeks, start, 10, KB))
    begun = runner.days
    for number in range(SEEN_RUNS + 1, MOST_RUNS):
        if runner.is_ready:
            return Lived(weeks, low, high, (runner.days - begun) / 7)
        runner.run(number)
    return Lived(weeks, low, high, np.inf)


def interval(hits: int, count: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson's)."""
    z, share = 1.96, hits / count
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z * np.sqrt(share * (1 - share) / count + z * z / (4 * count * count)) / (1 + z * z / count)
    return middle - half, middle + half


def told_of(family: str, first: int, runners: int) -> None:
    """Print how often the range held for runners of a family, and how chances and outcomes agree."""
    found = [one(family, first + seed) for seed in range(runners)]
    where = Counter(each.where for each in found)
    low, high = interval(where["inside"], runners)
    share = KB.number("race.range_share").value
    print(
        f"{family}, {runners} runners from seed {first}: claimed {share:.0%}, held {where['inside'] / runners:.1%} "
        f"({low:.1%} to {high:.1%}); earlier {where['earlier'] / runners:.1%}, later {where['later'] / runners:.1%}; "
        f"no far end told {np.mean([np.isinf(each.high) for each in found]):.1%}; "
        f"never ready {np.mean([np.isinf(each.took) for each in found]):.1%}"
    )
    pairs = [(float(np.mean(e.imagined <= weeks)), e.took <= weeks) for e in found for weeks in (8, 12, 16, 20, 26, 36)]
    for floor in (0.0, 0.2, 0.4, 0.6, 0.8):
        some = [(chance, came) for chance, came in pairs if floor <= min(chance, 0.999) < floor + 0.2]
        if some:
            told, came = np.mean([chance for chance, _ in some]), np.mean([came for _, came in some])
            print(f"  told {told:5.1%}  came {came:5.1%}  ({len(some)})")


def calm_of(family: str, first: int, runners: int) -> None:
    """Print how many runs are calm in the three weeks that are seen, and in the twelve weeks after them."""
    seen, later = 0, 0
    for seed in range(runners):
        runner = FAMILIES[family](np.random.default_rng(first + seed))
        for number in range(1, SEEN_RUNS + LATER_RUNS + 1):
            runner.run(number)
            seen += runner.borne["green"] if number == SEEN_RUNS else 0
        later += runner.borne["green"]
    early, after = seen / (runners * SEEN_RUNS), (later - seen) / (runners * LATER_RUNS)
    print(f"  calm runs: {early:.0%} of the first {SEEN_RUNS}, {after:.0%} of the next {LATER_RUNS}")


def main(runners: int) -> None:
    """Print the figures of all families, for the seeds that nothing was set by."""
    for family in FAMILIES:
        told_of(family, HELD_OUT, runners)
        calm_of(family, HELD_OUT, runners)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400)
