"""Commands about exercises: exercises, exercise."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hipwise.cli._app import NEEDS_SOMEONE, AsJson, Where, command, emit_json, open_journal, paper
from hipwise.knowledge import Phase
from hipwise.texts import say

if TYPE_CHECKING:
    from hipwise.cli._paper import Paper
    from hipwise.journal import Assessment
    from hipwise.knowledge import Exercise, Knowledge
    from hipwise.plan import Referral

Data = dict[str, Any]


class Side(StrEnum):
    """Which hip works in a figure."""

    LEFT = "left"
    RIGHT = "right"


class Form(StrEnum):
    """How a figure is drawn."""

    LOOP = "loop"
    PAIR = "pair"
    PRINT = "print"


@dataclass(frozen=True, slots=True)
class Gate:
    """What stands before an exercise: a referral, and how many red flags nobody has answered (the interlock)."""

    referral: Referral | None
    missing: int

    @classmethod
    def of(cls, found: Assessment) -> Gate:
        """Return the gate of what is known."""
        return cls(found.referral, len(found.ranking.triage.missing))

    def withholds(self, chosen: Exercise) -> bool:
        """Whether an exercise is kept back: under a referral all that loads (of today: all), landings before that."""
        from hipwise.knowledge import Level

        if self.referral is not None:
            return Level.of(self.referral.level) >= Level.SAME_DAY or chosen.loads or chosen.impact
        return bool(self.missing and chosen.impact)

    def as_data(self) -> Data:
        """Return it as plain data."""
        from hipwise.handout import plan_data

        return {"referral": None if self.referral is None else plan_data(self.referral), "missing": self.missing}

    def warn(self, page: Paper) -> None:
        """Show whom to see first, or that red flags are open."""
        from hipwise.cli._show_hip import show_referral

        if self.referral is not None:
            show_referral(page, self.as_data()["referral"])
        elif self.missing:
            page.line(say("cli.missing", count=self.missing), "yellow")


@command("exercises", "do")
def exercises(
    stage: Annotated[Phase | None, typer.Option(help=say("cli.option_stage"))] = None,
    journal: Where = None,
    as_json: AsJson = False,
) -> None:
    """List exercises."""
    from hipwise.handout import exercise_list

    with open_journal(journal) as opened:
        gate, knowledge = Gate.of(opened.assess()), opened.knowledge
    wanted = [each for each in knowledge.rehab.exercises.values() if stage is None or stage in each.phases]
    shown = [each for each in wanted if not gate.withholds(each)]
    data = exercise_list(shown)
    if as_json:
        emit_json({"exercises": data, "withheld": len(wanted) - len(shown), **gate.as_data()})
        return
    page = paper()
    gate.warn(page)
    if len(shown) < len(wanted):
        page.line(say("cli.exercises_withheld", count=len(wanted) - len(shown)), "bold yellow")
    for each in data:
        page.line(say("cli.exercise_name", name=each["name"], id=each["id"]), "bold")
        page.line(each["why"], indent="    ")


@command("exercise", "do")
def exercise(
    name: Annotated[str, typer.Argument(help=say("cli.arg_exercise"), metavar="EXERCISE")],
    svg: Annotated[Path | None, typer.Option(help=say("cli.option_figure"), metavar="FILE")] = None,
    form: Annotated[Form, typer.Option(help=say("cli.option_form"))] = Form.LOOP,
    side: Annotated[Side, typer.Option(help=say("cli.option_figure_side"))] = Side.RIGHT,
    journal: Where = None,
    as_json: AsJson = False,
) -> None:
    """Show one exercise, or write its figure."""
    from hipwise.handout import exercise_data

    with open_journal(journal) as opened:
        gate, knowledge = Gate.of(opened.assess()), opened.knowledge
    chosen = _chosen(name, knowledge)
    if gate.withholds(chosen):
        _withhold(chosen, gate, as_json=as_json)
        return
    if svg is not None:
        _write(svg, chosen, knowledge, form, side)
    data = exercise_data(chosen, knowledge)
    if as_json:
        emit_json({**data, "withheld": False, "svg": None if svg is None else str(svg), **gate.as_data()})
        return
    page = paper()
    gate.warn(page)
    _show(page, data)
    if svg is not None:
        page.line(say("cli.figure_written", file=svg))


def _chosen(name: str, knowledge: Knowledge) -> Exercise:
    from hipwise.errors import HipwiseError

    if name not in knowledge.rehab.exercises:
        raise HipwiseError("unknown_exercise", where=name)
    return knowledge.rehab.exercises[name]


def _withhold(chosen: Exercise, gate: Gate, *, as_json: bool) -> None:
    if as_json:
        emit_json({"id": chosen.id, "name": chosen.name, "withheld": True, **gate.as_data()})
        return
    page = paper()
    gate.warn(page)
    page.line(say("cli.exercise_withheld", name=chosen.name), "bold")
    if gate.referral is not None:
        raise typer.Exit(NEEDS_SOMEONE)


def _write(svg: Path, chosen: Exercise, knowledge: Knowledge, form: Form, side: Side) -> None:
    from hipwise.draw import FigureForm, figure
    from hipwise.errors import HipwiseError

    if svg.exists():
        raise HipwiseError("figure_taken", where=str(svg))
    drawn = figure(chosen.id, knowledge, FigureForm(form), side=side)
    svg.write_text(f"{drawn}\n", "utf-8")


def _show(page: Paper, data: Data) -> None:
    page.line(say("cli.exercise_name", name=data["name"], id=data["id"]), "bold")
    page.line(data["why"])
    page.line(_dose(data))
    page.head(say("cli.exercise_steps"))
    page.bullets(data["steps"])
    page.line(say("cli.exercise_cues", cues=", ".join(data["cues"])))
    page.bullets(say("cli.exercise_mistake", **each) for each in data["mistakes"])
    page.head(say("cli.exercise_on"))
    for key in ("easier", "harder", "progress_when", "stop_when"):
        page.line(say(f"cli.exercise_{key}", text=data[key]))
    neighbours = [each for each in (data["easier_exercise"], *data["harder_exercises"]) if each]
    page.bullets(say("cli.exercise_neighbour", **each) for each in neighbours)
    page.head(say("cli.exercise_not_for"))
    page.bullets(say("cli.exercise_bar", name=each["name"], why=each["why"]) for each in data["not_for"])
    sources = ", ".join(dict.fromkeys((data["dose"]["source"], *data["sources"])))
    page.line(say("cli.exercise_source", says=data["dose"]["says"], of=data["dose"]["of"], sources=sources), "dim")


def _dose(data: Data) -> str:
    dose = data["dose"]
    values = {key: _span(dose[key]) for key in ("sets", "reps", "rest_s", "per_week")}
    if dose["hold_s"]:
        return say("cli.exercise_dose_hold", hold_s=_span(dose["hold_s"]), tempo=data["tempo"], **values)
    return say("cli.exercise_dose", tempo=data["tempo"], **values)


def _span(span: tuple[int, int]) -> str:
    return str(span[0]) if span[0] == span[1] else say("plan.span", low=span[0], high=span[1])
