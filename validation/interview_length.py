"""How long is the interview, and does it end as the full form? `python validation/interview_length.py [RUNNERS]`.

The red-flag page counts as its cards (nine pages at most), every question after it as one. The full form is every
answer that a case or a made-up runner has; the interview hears only what it asks for. Cases tell few things, so most of
what is asked stays unknown; made-up runners (drawn from the ranking's own numbers, so an easy match) answer everything.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from hipwise.causes import next_question, questions_ahead, situation, triage, weighed
from hipwise.causes._model import Floats, Model, model_of
from hipwise.causes._sets import log_prior
from hipwise.causes._weigh import state_shares
from hipwise.knowledge import Kind, Knowledge, Level, Situation, read_cases
from hipwise.model import UNKNOWN, Athlete, Evidence, Finding
from hipwise.validate import hear

ON = date(2030, 5, 6)
FORETOLD, LOOKS = 16, (0, 4, 8)
"""So many made-up runners are told how much is left, after so many questions: it takes long."""

DATA = Path(__file__).parents[1] / "src" / "hipwise" / "knowledge" / "data"


@dataclass(frozen=True, slots=True)
class Found:
    """One interview beside the full form: pages and questions, levels, causes on top."""

    pages: int
    questions: int
    level: Level
    full_level: Level
    top: str
    full_top: str
    full_three: tuple[str, ...]

    @property
    def asked(self) -> int:
        """Pages and questions together."""
        return self.pages + self.questions


def main() -> None:
    """Print the lengths and how often the interview agrees with the full form."""
    knowledge = Knowledge.load()
    runners = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    cases = [(file, case) for file, _, _, case in read_cases(DATA)]
    for name in sorted({file for file, _ in cases}):
        told = [(person(case), case["told"]) for file, case in cases if file == name]
        show(name, [interview(athlete, answers, knowledge) for athlete, answers in told])
    show("textbook, told in full", [interview(*each, knowledge) for each in in_full(knowledge, cases)])
    show("made up", [interview(*each, knowledge) for each in made_up(knowledge, runners)])
    show_foretold([foretold(*each, knowledge) for each in made_up(knowledge, min(runners, FORETOLD))])


def in_full(knowledge: Knowledge, cases: list[tuple[str, dict[str, Any]]]) -> Iterator[tuple[Athlete, dict[str, str]]]:
    """Textbook pictures below same-day, with all that they do not tell as a runner with that cause would answer it."""
    model, chance = model_of(knowledge), np.random.default_rng(5)
    for file, case in cases:
        top = (case.get("expect") or {}).get("top")
        if "textbook" not in file or top not in knowledge.causes or not knowledge.causes[top].self_care:
            continue
        truth = np.array([float(cause.id == top) for cause in model.causes])
        yield person(case), completed(case["told"], truth, model, chance)


def person(case: dict[str, Any]) -> Athlete:
    """Who a case is about."""
    known = case.get("athlete") or {}
    age = known.get("age")
    return Athlete.of_age(None if age is None else int(age), known.get("sex"), ON)


def evidence_of(states: dict[str, str]) -> Evidence:
    """Told today."""
    return Evidence.of(Finding(name, state, ON) for name, state in states.items())


def interview(athlete: Athlete, answers: dict[str, str], knowledge: Knowledge) -> Found:
    """Ask until nothing is left that is worth it."""
    heard = hear(athlete, answers, knowledge, ON)
    level, order = outcome(athlete, heard.answers, knowledge)
    full_level, full_order = outcome(athlete, answers, knowledge)
    return Found(heard.pages, heard.questions, level, full_level, order[0], full_order[0], tuple(full_order[:3]))


def outcome(athlete: Athlete, states: dict[str, str], knowledge: Knowledge) -> tuple[Level, list[str]]:
    """The level and the causes in order."""
    evidence = evidence_of(states)
    level = triage(athlete, evidence, knowledge, ON).level
    return level, list(weighed(situation(athlete, evidence, knowledge, ON), knowledge))


def made_up(knowledge: Knowledge, runners: int) -> Iterator[tuple[Athlete, dict[str, str]]]:
    """Runners who can answer every question, with causes that need no clinician today, from the priors."""
    model, chance = model_of(knowledge), np.random.default_rng(11)
    odds = model.log_odds(Situation({}, 40, "female", knowledge.facts))[0][0]
    prior = np.exp(log_prior(model.sets, odds, model.log_sizes[0]))
    prior *= model.sets @ np.array([not cause.self_care for cause in model.causes]) == 0
    prior /= prior.sum()
    for _ in range(runners):
        truth = model.sets[chance.choice(len(prior), p=prior)]
        yield Athlete.of_age(40, "female", ON), completed({}, truth, model, chance)


def completed(told: dict[str, str], truth: Floats, model: Model, chance: np.random.Generator) -> dict[str, str]:
    """What a runner with these causes, (C,), would answer to every question, around what is TOLD."""
    answers = {}
    for name, question in model.knowledge.findings.items():
        if question.kind is Kind.SCORE or question.sensed_by not in {"told", "self_test"}:
            continue
        shares = state_shares(model, name, truth[None])[:, 0]
        state = int(chance.choice(len(shares), p=shares / shares.sum()))
        if question.alarming and (question.first_page is not None or name not in model.spoken):
            state = 0 if question.states[0] not in question.alarming else len(question.states) - 1  # no alarm by chance
        answers[name] = question.states[state]
    return answers | told


def foretold(athlete: Athlete, answers: dict[str, str], knowledge: Knowledge) -> dict[int, tuple[int, int]]:
    """What was said to be left after the page and so many questions, and what came."""
    page = [name for name, each in knowledge.findings.items() if each.first_page]
    told = [Finding(name, answers.get(name, UNKNOWN), ON) for name in page]
    said: dict[int, int] = {}
    asked = 0
    while (following := next_question(athlete, Evidence(tuple(told)), knowledge, ON)) is not None:
        if asked in LOOKS:
            said[asked] = questions_ahead(athlete, Evidence(tuple(told)), knowledge, ON)
        told.append(Finding(following.question.id, answers.get(following.question.id, UNKNOWN), ON))
        asked += 1
    return {after: (left, asked - after) for after, left in said.items()}


def show_foretold(found: list[dict[int, tuple[int, int]]]) -> None:
    """Print how much was said to be left, and how much was."""
    for after in LOOKS:
        pairs = [each[after] for each in found if after in each]
        near = sum(abs(said - came) <= 1 for said, came in pairs)
        said, came = (median(each) for each in zip(*pairs, strict=True))
        print(f"left after {after} questions: {said} said, {came} came (medians); within one {near} of {len(pairs)}")


def show(name: str, found: Iterable[Found]) -> None:
    """Print the sums of one group."""
    every = list(found)
    open_ones = [each for each in every if each.full_level < Level.SAME_DAY]
    print(f"{name}: {len(every)}")
    lengths = [each.asked for each in every]
    print(f"  pages and questions: median {median(lengths)}, most {max(lengths)}")
    if open_ones:
        asked = [each.asked for each in open_ones]
        print(
            f"  ... below same-day ({len(open_ones)}): median {median(asked)}, of these questions "
            f"{median(each.questions for each in open_ones)}"
        )
        same = sum(each.top == each.full_top for each in open_ones)
        near = sum(each.top in each.full_three for each in open_ones)
        print(f"  ... same cause on top {same}, on top is among the form's three {near}, of {len(open_ones)}")
    same_level = sum(each.level == each.full_level for each in every)
    less = [(each.level.code, each.full_level.code) for each in every if each.level < each.full_level]
    print(f"  same level {same_level} of {len(every)}; less urgent than the form: {len(less)} {less}")


if __name__ == "__main__":
    main()
