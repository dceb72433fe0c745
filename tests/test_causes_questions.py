"""What the interview promises: red flags first, then what can change the decision, and an end."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from tests.builders.small_knowledge import small_knowledge

from hipwise.causes import first_page, next_question, questions_ahead, triage
from hipwise.causes._gain import gains, losses, telling
from hipwise.causes._model import model_of
from hipwise.causes._questions import raising
from hipwise.causes._triage import situation
from hipwise.causes._weigh import posterior, told_for_ranking
from hipwise.knowledge import Knowledge, Level
from hipwise.model import Athlete, Evidence, Finding

ON = date(2030, 5, 6)
KB = Knowledge.load()
RUNNER = Athlete.of_age(35, "female", ON)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    return small_knowledge(tmp_path_factory.mktemp("knowledge"))


def told(**states: str) -> Evidence:
    return Evidence.of(Finding(name, state, ON) for name, state in states.items())


def all_calm(**changed: str) -> dict[str, str]:
    calm = {
        name: question.states[0] if question.states[0] not in question.alarming else question.states[-1]
        for name, question in KB.findings.items()
        if question.first_page not in {None, "where"}
    }
    return calm | {"worst_point": "outer_hip", "pain_outer_hip": "yes"} | changed


def asked_until_the_end(answers: dict[str, str], of: dict[str, str], knowledge: Knowledge = KB) -> list[str]:
    """The questions that are asked after ANSWERS where the runner says OF; what is not there is not known."""
    asked: list[str] = []
    row = list(told(**answers))
    while (following := next_question(RUNNER, Evidence(tuple(row)), knowledge, ON)) is not None:
        asked.append(following.question.id)
        row.append(Finding(following.question.id, of.get(following.question.id, "unknown"), ON))
        assert len(asked) < len(knowledge.findings)
    return asked


def weights_of(states: dict[str, str], knowledge: Knowledge) -> tuple:
    model = model_of(knowledge)
    seen = situation(RUNNER, told(**states), knowledge, ON)
    known = told_for_ranking(seen, model)
    return model, posterior(model, model.log_odds(seen)[0][0], known), known


def test_the_interview_ends_and_asks_what_tells_most_first(small: Knowledge) -> None:
    asked = asked_until_the_end(
        {"place": "side"}, {name: each.states[0] for name, each in small.findings.items()}, small
    )
    model, weights, known = weights_of({"place": "side"}, small)
    gain = gains(model, weights, [name for name in small.findings if name != "place"], known)
    assert asked[0] == max(gain, key=gain.__getitem__)
    assert 1 <= len(asked) <= 5


def test_the_gain_is_what_the_decision_is_expected_to_save(small: Knowledge) -> None:
    model, weights, known = weights_of({}, small)
    loss, sets = losses(model), model.sets
    now = float((weights @ loss).min())
    for finding in small.findings:
        chance = telling(model, weights, finding)
        assert chance.sum() == pytest.approx(1)
        after = 0.0
        for state, share in enumerate(chance):
            told_once, _ = posterior_after(model, weights, finding, state)
            after += share * float((told_once @ loss).min())
        bits = bits_of(model, weights, finding)
        expected = max(now - after, 0) + model.constants.bit_worth * max(bits, 0)
        assert gains(model, weights, [finding], known)[finding] == pytest.approx(expected, rel=1e-6)
    assert sets.shape[0] == loss.shape[0]


def posterior_after(model, weights, finding, state):
    from hipwise.causes._weigh import log_table

    moved = weights * np.exp(model.constants.answer_weight * log_table(model, finding)[state])
    return moved / moved.sum(), moved


def bits_of(model, weights, finding) -> float:
    def unsure(each) -> float:
        shares = np.clip(each @ model.sets, 1e-12, 1 - 1e-12)
        return float((-shares * np.log2(shares) - (1 - shares) * np.log2(1 - shares)).sum())

    chance = telling(model, weights, finding)
    return unsure(weights) - sum(
        float(share) * unsure(posterior_after(model, weights, finding, state)[0]) for state, share in enumerate(chance)
    )


def test_a_visit_that_is_missed_costs_most_and_a_fitting_plan_nothing(small: Knowledge) -> None:
    model = model_of(small)
    loss, constants = losses(model), model.constants
    names = [cause.id for cause in model.causes]
    alone = {name: loss[1 + place] for place, name in enumerate(names)}
    assert list(alone["bone"]) == [0.0, constants.missed_visit]
    assert list(alone["tendon"]) == [constants.needless_visit, 0.0]
    assert list(loss[0]) == [0.0, 1.0]  # none of the listed causes: someone should look


def test_what_says_the_same_again_gains_less(small: Knowledge) -> None:
    model, weights, _ = weights_of({}, small)
    fresh = gains(model, weights, ["squat"], {})["squat"]
    repeated = gains(model, weights, ["squat"], {"stairs": 1, "climb": 1})["squat"]
    assert repeated < fresh / 2
    assert gains(model, weights, [], {}) == {}


def test_the_red_flag_page_comes_before_everything_else() -> None:
    first = next_question(RUNNER, Evidence(), KB, ON)
    assert first is not None
    assert first.why == "red_flag"
    assert first.question.first_page == next(iter(first_page(KB)))
    assert len(first_page(KB)) <= 9


def test_a_question_that_is_not_known_is_not_asked_twice_on_one_day() -> None:
    first = next_question(RUNNER, Evidence(), KB, ON)
    assert first is not None
    following = next_question(RUNNER, told(**{first.question.id: "unknown"}), KB, ON)
    assert following is not None
    assert following.question.id != first.question.id
    tomorrow = next_question(RUNNER, told(**{first.question.id: "unknown"}), KB, ON + timedelta(days=1))
    assert tomorrow is not None
    assert tomorrow.question.id == first.question.id


def test_what_is_a_matter_of_today_leaves_only_questions_that_could_make_it_an_emergency() -> None:
    states = {"pain_groin": "yes", "impact_pain": "yes", "limp": "yes"}
    assert triage(RUNNER, told(**states), KB, ON).level is Level.SAME_DAY
    asked = asked_until_the_end(states, {})
    assert "fever" in asked
    for name in asked:
        evidence = [told(**(states | {name: state})) for state in KB.findings[name].states]
        assert Level.EMERGENCY in {triage(RUNNER, each, KB, ON).level for each in evidence}, name
    fever = told(**(states | {"fever": "yes"}))
    assert triage(RUNNER, fever, KB, ON).level is Level.EMERGENCY
    assert next_question(RUNNER, fever, KB, ON) is None


def test_whoever_knows_little_is_asked_little() -> None:
    silent = asked_until_the_end(all_calm(), {})
    assert len(silent) <= 18


def test_an_answer_that_could_raise_the_urgency_alone_is_found_for_every_rule_it_completes() -> None:
    seen = situation(RUNNER, told(**all_calm()), KB, ON)
    level = triage(RUNNER, told(**all_calm()), KB, ON).level
    found = raising(seen, KB, level, set(KB.findings) - set(seen.states))
    assert found
    for (name, state), raised in found.items():
        after = triage(RUNNER, told(**(all_calm() | {name: state})), KB, ON).level
        assert after >= raised > level, (name, state)


def test_two_answers_that_together_raise_the_urgency_are_asked_for_where_they_are_likely(tmp_path: Path) -> None:
    knowledge = two_step_knowledge(tmp_path)
    asked = asked_until_the_end({"place": "side", "stiff": "none", "climb": "no"}, {"stairs": "yes"}, knowledge)
    assert asked[0] in {"night", "stairs"}
    first = next_question(RUNNER, told(place="side", stiff="none", climb="no"), knowledge, ON)
    assert first is not None
    assert first.why == "red_flag"


def two_step_knowledge(root: Path) -> Knowledge:
    """Night pain and pain on stairs together need someone within days; no single question is worth anything."""
    alarms = root / "alarms" / "alarms.yaml"
    alarms.parent.mkdir()
    alarms.write_text(
        "both:\n  name: Both\n  suspects: [bone]\n  levels:\n    - level: within_days\n"
        '      when: {all: [{night: ["yes"]}, {stairs: ["yes"]}]}\n      because: Both.\n'
        "  says: Both.\n  sources: [book]\n  mark: own\n",
        "utf-8",
    )
    knowledge = small_knowledge(root)
    lots = {"least_gain": 0.2, "urgency_worth": 20.0}
    numbers = dict(knowledge.parameters["ranking"])
    for name, value in lots.items():
        numbers[name] = numbers[name].model_copy(update={"value": value})
    return replace(knowledge, parameters=dict(knowledge.parameters) | {"ranking": numbers})


CALM_ADDUCTOR = {"worst_point": "inner_thigh", "pain_inner_thigh": "yes", "squeezing_hurts": "yes", "side": "left"}


def offered_at_home(**changed: str) -> list[str]:
    silent = {name: "unknown" for name, question in KB.findings.items() if question.sensed_by == "told"}
    states = silent | all_calm() | {"pain_outer_hip": "no"} | CALM_ADDUCTOR | {"duration": "two_to_6_weeks"} | changed
    return [name for name in asked_until_the_end(states, changed) if KB.findings[name].sensed_by == "self_test"]


def test_a_test_at_home_comes_after_the_questions_and_only_behind_its_gate() -> None:
    assert offered_at_home()
    assert offered_at_home(worst_pain_score="5") == []
    assert offered_at_home(fever="unknown") == []
    assert offered_at_home(worst_point="outer_hip", pain_outer_hip="no") == []  # what contradicts itself comes first


def test_an_alarm_of_yesterday_stands_though_nobody_knows_today() -> None:
    yesterday = Finding("constant_pain", "yes", ON - timedelta(days=1))
    calmer = Finding("sitting_hurts", "yes", ON - timedelta(days=1))
    today = [Finding("constant_pain", "unknown", ON), Finding("sitting_hurts", "unknown", ON)]
    states = situation(RUNNER, Evidence.of([yesterday, calmer, *today]), KB, ON).states
    assert states == {"constant_pain": "yes"}


def test_the_length_that_is_told_is_that_of_an_interview_with_the_likeliest_answers(small: Knowledge) -> None:
    calm = all_calm()
    ahead = [questions_ahead(RUNNER, told(**calm), KB, ON)]
    while (following := next_question(RUNNER, told(**calm), KB, ON)) is not None:
        calm[following.question.id] = "unknown"
        ahead.append(questions_ahead(RUNNER, told(**calm), KB, ON))
    assert ahead[-1] == 0
    assert all(ahead[:-1])  # never "none left" while there is one
    assert ahead[-2] == 1
    assert (
        questions_ahead(RUNNER, told(**all_calm(fever="yes", very_unwell="yes")), KB, ON) == 0
    )  # somebody is needed now
    page = sum(len(card) for card in first_page(small).values())
    assert questions_ahead(RUNNER, Evidence(), small, ON) > page
