"""What the log is long enough to say: days still needed instead of a number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from hipwise.load._constants import LoadConstants
from hipwise.texts import say

__all__ = ["Enough"]


@dataclass(frozen=True, slots=True)
class Enough:
    """From the first run known to the last, and for each metric the days of log still missing (0: it can be said).

    SPIKE_D and CEILING_D, WEEK_D, ACWR_D and MONOTONY_D pass with time. BEFORE_ONSET_D, the days missing to look back
    from the first pain (None: no onset told), does not: only older runs can fill it.
    """

    first_run: date | None
    last_run: date | None
    spike_d: int
    ceiling_d: int
    week_d: int
    acwr_d: int
    monotony_d: int
    before_onset_d: int | None

    @classmethod
    def of(
        cls, first_run: date | None, last_run: date | None, on: date, onset: date | None, constants: LoadConstants
    ) -> Enough:
        """Return what a log from FIRST_RUN to LAST_RUN can say on the day ON."""
        known_d = 0 if first_run is None else (on - first_run).days
        back_to = None if onset is None else onset - timedelta(constants.before_onset_d + constants.spike_window_d)
        missing = None if back_to is None else ((first_run or on) - back_to).days
        return cls(
            first_run,
            last_run,
            spike_d=_missing(constants.spike_window_d, known_d),
            ceiling_d=_missing(constants.spike_window_d, known_d),
            week_d=_missing(2 * constants.week_d - 1, known_d),
            acwr_d=_missing(constants.chronic_d - 1, known_d),
            monotony_d=_missing(constants.monotony_d - 1, known_d),
            before_onset_d=None if missing is None else max(0, missing),
        )

    @property
    def says(self) -> tuple[str, ...]:
        """What cannot be said yet, one sentence each."""
        if self.first_run is None:
            return (say("load.no_runs"),)
        waits = {name: getattr(self, f"{name}_d") for name in ("ceiling", "week", "acwr", "monotony")}
        sentences = [say(f"load.not_enough_{name}", count=days) for name, days in waits.items() if days]
        if self.before_onset_d:
            sentences.append(say("load.not_enough_before_onset", count=self.before_onset_d))
        return tuple(sentences)


def _missing(needed_d: float, known_d: int) -> int:
    return max(0, int(needed_d) - known_d)
