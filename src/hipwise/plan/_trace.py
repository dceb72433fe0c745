"""What a verdict was made from, as plain data, and the same verdict from it again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any, TypeAlias

from pydantic import TypeAdapter

from hipwise.knowledge import Knowledge
from hipwise.model import Athlete, Evidence, Finding
from hipwise.plan._flips import argued
from hipwise.plan._morning import Asked, Heeded
from hipwise.plan._seen import PASTS_KEPT
from hipwise.plan._types import Referral, RunningNow, Today

__all__ = ["asked_again", "given_of", "replay"]

Row: TypeAlias = list[str | None]

_RUNNING: TypeAdapter[RunningNow] = TypeAdapter(RunningNow)
_REFERRAL: TypeAdapter[Referral] = TypeAdapter(Referral)


def given_of(asked: Asked) -> dict[str, Any]:
    """Return all that an answer depends on as plain data, ready for JSON; `asked_again` reads it."""
    athlete = asked.athlete
    return {
        "on": asked.on.isoformat(),
        "athlete": {"born": _day(athlete.born), "sex": athlete.sex, "country": athlete.country},
        "evidence": _rows(asked.evidence.until(asked.on)),
        "running": _RUNNING.dump_python(asked.running, mode="json"),
        "agreed": asked.agreed.as_dict() if isinstance(asked.agreed, Referral) else asked.agreed,
        "planned_km": asked.planned_km,
        "most_stage": asked.most_stage,
        "elsewhere": None if asked.elsewhere is None else asked.elsewhere.as_dict(),
        "beside": [given_of(each) for each in asked.beside],
        "called": asked.called,
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _rows(known: Evidence) -> list[Row]:
    return [*_rows_before(known.past), *map(_row, known.newest)]


@lru_cache(maxsize=PASTS_KEPT)
def _rows_before(past: Evidence) -> tuple[Row, ...]:
    return tuple(map(_row, past))


def _row(finding: Finding) -> Row:
    return [finding.id, finding.state, finding.on.isoformat(), finding.origin, finding.side]


def asked_again(given: Mapping[str, Any]) -> Asked:
    """Return what `given_of` wrote down.

    Raises:
        ValueError: the data are of another shape.
        KeyError: something is missing.
    """
    athlete = given["athlete"]
    born = athlete["born"]
    rows = ((name, state, date.fromisoformat(on), origin, side) for name, state, on, origin, side in given["evidence"])
    return Asked(
        athlete=Athlete(None if born is None else date.fromisoformat(born), athlete["sex"], athlete["country"]),
        evidence=Evidence.of(Finding(*row) for row in rows),
        running=_RUNNING.validate_python(given["running"]),
        agreed=_agreed(given["agreed"]),
        on=date.fromisoformat(given["on"]),
        planned_km=given["planned_km"],
        most_stage=given["most_stage"],
        elsewhere=_referral(given.get("elsewhere")),
        beside=tuple(asked_again(each) for each in given.get("beside", ())),
        called=given.get("called", ""),
    )


def _agreed(kept: Any) -> Heeded:
    if not isinstance(kept, Mapping):
        return None if kept is None else tuple(kept)
    return _REFERRAL.validate_python(kept)


def _referral(kept: Any) -> Referral | None:
    """Return a referral for another pain; traces of an older version have none."""
    return None if kept is None else _REFERRAL.validate_python(kept)


def replay(given: Mapping[str, Any], knowledge: Knowledge) -> Today:
    """Return the verdict that was given on what `given_of` wrote down, made anew.

    With the knowledge of then it is the same in every part; with a newer one the difference shows what changed.

    Raises:
        ValueError: the data are of another shape.
        KeyError: something is missing.
    """
    return argued(asked_again(given), knowledge)
