"""The day and the plan: what to do, how it was, and what would be said of every check-in of the next days."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query

from hipwise.activity import Lap, RunSummary
from hipwise.api._bodies import AfterRunIn, CheckinIn, PlanIn
from hipwise.api._plain import Plain
from hipwise.api._problems import Refused
from hipwise.api._shapes_day import Ahead, Ask, Checkins, DayData, Planned, PlanShown, Wanted
from hipwise.api._with import ERRORS, Opened, as_told, etag_of, event_of, read
from hipwise.errors import HipwiseError
from hipwise.handout import laps_data, plan_data, question_data, today_data
from hipwise.journal import CHECKIN, OF_THE_RUN, Journal
from hipwise.plan import Today, wished

__all__ = ["routes"]

Data = dict[str, Any]
CONFLICT = 409
M_PER_KM = 1000

routes = APIRouter(dependencies=[Depends(read)], responses=ERRORS)


@routes.get("/today", response_model=DayData)
def today(journal: Opened, planned_km: Annotated[float | None, Query(ge=0, le=500)] = None) -> Plain:
    """May I run today?"""
    return Plain(today_data(journal.today(planned_km)) | journal.beside_today())


@routes.get("/today/asks", response_model=Wanted)
def wanted(journal: Opened) -> Plain:
    """What today's verdict waits for: the page that asks for it, or the question; neither where nothing can be told."""
    event = event_of(journal)
    page, question = journal.asks()
    return Plain({"event": event, "at": page, "next": None if question is None else question_data(question)})


@routes.get("/checkin", response_model=Ask)
def ask(journal: Opened) -> Plain:
    """What to ask today, and what was told the last time."""
    findings = journal.knowledge.findings
    last, ran = journal.last_checkin(), journal.untold_run()
    return Plain(
        {
            "cards": [question_data(findings[name]) for name in CHECKIN],
            "after_run": [question_data(findings[name]) for name in OF_THE_RUN],
            "last": None if last is None else {"on": last[0].isoformat(), "states": last[1]},
            "done": last is not None and last[0] == journal.on,
            "ran": None if ran is None else _ran(ran),
        }
    )


def _ran(run: RunSummary) -> Data:
    km = None if run.distance_m is None else run.distance_m / M_PER_KM
    return {"on": run.local_date.isoformat(), "run": run.id, "km": km, "laps": laps_data(run)}


@routes.post("/checkin", response_model=Checkins)
def checkin(body: CheckinIn, journal: Opened) -> Plain:
    """Tell how the hip is, and get the verdict of the day."""
    then = as_told(journal, body.made_at)
    newer = journal.newer_checkin(then.now) if body.made_at is not None and not body.anyway else None
    if newer is not None:
        at, states = newer
        raise Refused("checkin_newer", CONFLICT, conflict={"at": at.isoformat(), "states": states})
    return Plain(_checked_in(journal, then, body.states, body.planned_km))


@routes.post("/after-run", response_model=Checkins)
def after_run(body: AfterRunIn, journal: Opened) -> Plain:
    """Tell how the last run was borne.

    What comes late (MADE_AT) counts also where its lap is of no run that is known any more: files are merged and split.
    """
    then = as_told(journal, body.made_at)
    lap = None if body.lap is None else _lap(then, body)
    return Plain(_checked_in(journal, then, body.states, None, lap))


def _lap(then: Journal, body: AfterRunIn) -> Lap | None:
    assert body.lap is not None  # noqa: S101 (the caller looked)
    try:
        return then.lap(body.lap, body.run)
    except HipwiseError:
        if body.made_at is None:
            raise
        return None


def _checked_in(
    journal: Journal, then: Journal, states: dict[str, str], planned_km: float | None, lap: Lap | None = None
) -> Data:
    """Keep a check-in on its own day, which is judged too; answer with the verdict of now."""
    before = journal.look_at_today(planned_km)
    told = then.checked_in(states, planned_km if then.on == journal.on else None, lap=lap)
    verdict = told.today if then.on == journal.on else journal.today(planned_km)
    return {
        "event": event_of(journal),
        "today": today_data(verdict),
        "before": _short(before),
        "changes": [each.as_dict() for each in told.changes],
    }


def _short(verdict: Today) -> Data:
    return {
        "verdict": verdict.verdict,
        "headline": verdict.headline,
        "ceiling_km": verdict.ceiling_km,
        "ceiling_min": verdict.ceiling_min,
    }


@routes.get("/today/ahead", response_model=Ahead)
def ahead(journal: Opened) -> Plain:
    """Every verdict that a check-in of the next days could get, for a client that loses the network."""
    return Plain(journal.ahead() | {"etag": etag_of(journal), "made_at": journal.now.isoformat()})


@routes.get("/plan", response_model=PlanShown)
def plan(journal: Opened) -> Plain:
    """The plan that was agreed on; whom to see first goes before it."""
    made = journal.standing()
    stages = [asdict(each) for each in journal.stages(made)]
    return Plain({"plan": None if made is None else plan_data(made), "event": None, "stages": stages})


@routes.post("/plan", response_model=Planned)
def make_plan(body: PlanIn, journal: Opened) -> Plain:
    """Make the plan from what is known now, and keep it."""
    said = body.said()
    made = journal.plan(wished(journal.wishes(), said) if said else None)
    return Plain({"plan": plan_data(made), "event": event_of(journal)})
