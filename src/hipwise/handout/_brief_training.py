"""The second page of the brief: training and pain on one axis, what changed, the programme, and what we ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from hipwise.draw import Chart
from hipwise.handout._paper import Data, Line, bullets, page, picture, table, words
from hipwise.handout._plan import change, in_words
from hipwise.handout._told import Told
from hipwise.model import Evidence
from hipwise.texts import in_unit, say

__all__ = ["DONE_D", "Beside", "ScoreKept", "training_page"]

MOST_CHANGES, MOST_WEEKS, MOST_MEASURES, MOST_SAID, MOST_LINES = 5, 6, 4, 6, 3
M_PER_KM = 1000
DONE_D = 14
"""Over so many days it is counted what was done."""

GIVEN = ("bone_risk", "general", "other", "cancer", "infection", "person", "context")
"""Groups of questions about medicines, conditions and circumstances."""

DRUGS = ("painkiller", "painkiller_hours_ago", "tablets_help")


@dataclass(frozen=True, slots=True)
class ScoreKept:
    """A scale of a questionnaire: the newest VALUE, ON a day, the one BEFORE it, and what error can make (MDC)."""

    name: str
    on: date
    value: float
    before: float | None
    mdc: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What stands on the brief beside the report.

    EVIDENCE is all that was told; GRADE that of this week's training data; SAID are days, what changed and why, newest
    first; DONE are exercises, on how many of the last days they were done, and the worst pain told then; NUMBER is the
    emergency number where the country is known.
    """

    evidence: Evidence
    chart: Chart | None = None
    form: Data | None = None
    grade: str | None = None
    scores: tuple[ScoreKept, ...] = ()
    said: tuple[tuple[date, str, str], ...] = ()
    done: tuple[tuple[str, int, int | None], ...] = ()
    number: str | None = None


def training_page(report: Data, beside: Beside, told: Told) -> Data:
    """Return the page; where someone must look at once, it holds no training and no plan."""
    load, plan = report["load"], report["plan"]
    seen = load is not None and beside.chart is not None
    above = [] if beside.chart is None or not seen else [picture(beside.chart.svg, beside.chart.says)]
    left = list(_training(load, beside)) if seen else [words([say("handout.brief_no_training")])]
    given = [*told.group(*GIVEN, without=("morning_stiffness",)), *told.named(DRUGS)]
    return page(
        say("handout.brief_second"),
        above=above,
        left=[*left, told.section(say("handout.brief_given"), given, most=7)],
        right=[*_programme(report, beside), *_said(plan, beside), *_questions(report)],
        below=[words([say("handout.brief_method")], say("handout.brief_method_title"))],
    )


def _training(load: Data, beside: Beside) -> Iterator[Data]:
    changes: list[Line] = [each["says"] for each in load["changes"][:MOST_CHANGES]]
    yield bullets([*changes, *load["not_enough"][:MOST_LINES]], say("handout.brief_before", verdict=load["verdict"]))
    heads = [say(f"handout.brief_week_{part}") for part in ("of", "km", "runs", "longest", "change", "grade")]
    rows = [_week(each) for each in load["weeks"][-MOST_WEEKS:]]
    yield table(heads, rows, say("handout.brief_weeks"), (2, 1, 1, 1.3, 1.5, 0.9), (1, 2, 3, 4))
    trend = load["pain_from_trend"]
    yield bullets([] if trend is None else [trend["says"]], say("handout.brief_pain_from"))
    measures = [] if beside.form is None else beside.form["measures"][:MOST_MEASURES]
    yield bullets([(each["name"], each["says"][0]) for each in measures if each["says"]], say("handout.brief_form"))


def _week(week: Data) -> list[str]:
    km, longest = _km(week["distance_m"]), _km(week["longest_m"])
    monday, by = in_words(week["monday"]), change(week["change_pct"])
    return [monday, km, f"{week['runs'] or 0:g}", longest, by, week["grade"] or ""]


def _km(metres: float | None) -> str:
    return "" if metres is None else f"{in_unit(metres / M_PER_KM):.1f}"


def _programme(report: Data, beside: Beside) -> Iterator[Data]:
    plan, load = report["plan"], report["load"]
    title = say("handout.brief_programme")
    if plan["kind"] != "plan":
        yield words([(plan["what"], say("handout.brief_no_programme"))], title)
        return
    stage = plan["stage"]
    now = say("handout.brief_stage", number=stage["number"], count=stage["count"], says=stage["says"])
    doses: list[Line] = [(each["name"], each["dose"]) for each in plan["exercises"]]
    runs = plan["run"]["says"][:2] if load is not None and load["may_run"] else [say("handout.brief_no_run")]
    yield bullets([now, *doses, *runs], title)
    yield bullets([_done(*each) for each in beside.done], say("handout.brief_done_title", days=DONE_D))


def _done(name: str, days: int, pain: int | None) -> Line:
    hurt = "" if pain is None else f" {say('handout.brief_done_pain', pain=pain)}"
    return name, say("handout.brief_done", count=days) + hurt


def _said(plan: Data, beside: Beside) -> Iterator[Data]:
    """Yield the advice that changed; under a referral nothing that once offered a run (safety law 2)."""
    if plan["kind"] != "plan":
        return
    rows = [[in_words(on), what, why] for on, what, why in beside.said[:MOST_SAID]]
    heads = [say(f"handout.brief_said_{part}") for part in ("on", "what", "why")]
    yield table(heads, rows, say("handout.brief_said"), (1.7, 4, 4))


def _questions(report: Data) -> Iterator[Data]:
    separates = report["plan"].get("separates", [])[:2]
    asked = [say(f"handout.brief_question_{part}") for part in ("cause", "load", "return")]
    yield bullets([*asked, *separates], say("handout.brief_questions"))
    yield words([say("handout.brief_answer")], say("handout.brief_answer_title"))
