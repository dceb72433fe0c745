"""What reasoning promises: exact probabilities, reasons that add up, honest intervals, red flags first."""

import itertools
import math
from datetime import date, timedelta
from pathlib import Path

import pytest

from hipwise.causes import first_page, next_question, rank, triage
from hipwise.causes._model import model_of
from hipwise.knowledge import Knowledge, Level
from hipwise.model import Athlete, Evidence, Finding

ON = date(2030, 5, 6)
ANSWER_WEIGHT = Knowledge.load().number("ranking.answer_weight").value
RUNNER = Athlete.of_age(35, "female", ON)


def number(value: float, low: float | None = None, high: float | None = None, source: str = "book") -> str:
    low, high = low if low is not None else value * 0.8, high if high is not None else min(0.999, value * 1.1)
    return (
        f"{{value: {value}, range: [{low}, {high}], unit: share, of: runners, source: {source}, "
        "grade: judgement, mark: own}"
    )


PRIORS = {"bone": 0.05, "tendon": 0.3, "joint": 0.2}
BACKGROUND = {"night": {"yes": 0.1}, "stiff": {"short": 0.3, "long": 0.1}, "place": {"side": 0.3, "back": 0.2}}
STATES = {"night": ["no", "yes"], "stiff": ["none", "short", "long"], "place": ["front", "side", "back"]}
SIGNS = {
    "bone": {"night": {"yes": 0.6}, "place": {"front": 0.8}},
    "tendon": {"night": {"yes": 0.04}, "stiff": {"short": 0.4, "long": 0.05}, "place": {"side": 0.9}},
    "joint": {"stiff": {"long": 0.5}},
}


def finding(name: str, states: list[str], background: dict[str, float]) -> str:
    kind = {"night": "yes_no", "stiff": "graded", "place": "choice"}[name]
    shares = ", ".join(f'"{state}": {number(value)}' for state, value in background.items())
    return f"""
{name}:
  group: pattern
  about: pain
  kind: {kind}
  states: [{", ".join(f'"{state}"' for state in states)}]
  question: Really?
  help: Say it.
  holds_d: 30
  background: {{{shares}}}
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    own = Path(__file__).parents[1] / "src" / "hipwise" / "knowledge" / "data"
    root = tmp_path_factory.mktemp("knowledge")
    for name in ("sources.yaml", "parameters/scale.yaml", "parameters/triage.yaml", "parameters/ranking.yaml"):
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text((own / name).read_text("utf-8"), "utf-8")
    (root / "sources_more.yaml").write_text("book: {title: A book, design: judgement}\n", "utf-8")
    (root / "findings").mkdir()
    texts = [finding(name, states, BACKGROUND[name]) for name, states in STATES.items()]
    (root / "findings" / "all.yaml").write_text("\n".join(texts), "utf-8")
    (root / "alarms").mkdir()
    (root / "alarms" / "facts.yaml").write_text(
        'place_told: {place: [front, side, back]}\nclearance_void: {night: ["yes"]}\n', "utf-8"
    )
    (root / "alarms" / "first_page.yaml").write_text("where: {place: 1, title: Where}\n", "utf-8")
    (root / "causes").mkdir()
    for cause, signs in SIGNS.items():
        rows = "\n".join(
            f"  {name}: {{{', '.join(f'{state}: {number(value)}' for state, value in states.items())}}}".replace(
                "yes:", '"yes":'
            )
            for name, states in signs.items()
        )
        text = f"name: {cause}\nplain: x\nsite: y\nself_care: true\nprofile: tendon\n"
        text += f"prior: {number(PRIORS[cause])}\nsigns:\n{rows}\n"
        if cause == "bone":
            text += f"prior_shifts:\n  - when: {{sex: female}}\n    times: {number(2, 1.5, 3)}\n"
        (root / "causes" / f"{cause}.yaml").write_text(text, "utf-8")
    return Knowledge.load(root)


def told(**states: str) -> Evidence:
    return Evidence.of(Finding(name, state, ON) for name, state in states.items())


def shares(cause: str, name: str) -> list[float]:
    """P(state | one cause alone), states not named sharing the rest as the background does."""
    background = {state: BACKGROUND[name].get(state, 0.0) for state in STATES[name]}
    background[STATES[name][0]] = 1 - sum(BACKGROUND[name].values())
    said = SIGNS.get(cause, {}).get(name)
    if said is None:
        return list(background.values())
    rest = {state: share for state, share in background.items() if state not in said}
    left = 1 - sum(said.values())
    return [said.get(state, left * background[state] / sum(rest.values())) for state in STATES[name]]


def by_hand(group: tuple[str, ...], name: str) -> list[float]:
    """P(state | a set of causes), written out as one would on paper."""
    if name == "place":
        speakers = [cause for cause in group if name in SIGNS[cause]]
        if not speakers:
            return shares("", name)
        return [sum(shares(cause, name)[place] for cause in speakers) / len(speakers) for place in range(3)]
    reached = []
    for place in range(1, len(STATES[name])):
        leak = sum(shares("", name)[place:])
        spared, damped = 1 - leak, 1.0
        for cause in group:
            each = sum(shares(cause, name)[place:])
            spared *= min(1.0, (1 - each) / (1 - leak))
            damped *= min(1.0, each / leak)
        reached.append((1 - spared) * damped)
    edges = [1.0, *reached, 0.0]
    return [max(edges[place] - edges[place + 1], 0.0) for place in range(len(edges) - 1)]


def enumerated(states: dict[str, str]) -> dict[str, float]:
    odds = {cause: prior / (1 - prior) for cause, prior in PRIORS.items()}
    odds["bone"] *= 2  # the runner is a woman
    priors = {cause: each / (1 + each) for cause, each in odds.items()}
    weights = {}
    for size in range(4):
        for group in itertools.combinations(PRIORS, size):
            weight = math.prod(priors[cause] if cause in group else 1 - priors[cause] for cause in PRIORS)
            for name, state in states.items():
                weight *= by_hand(group, name)[STATES[name].index(state)] ** ANSWER_WEIGHT
            weights[group] = weight
    total = sum(weights.values())
    return {cause: sum(weight for group, weight in weights.items() if cause in group) / total for cause in PRIORS}


ANSWERS = [
    {},
    {"night": "yes"},
    {"night": "no", "stiff": "long"},
    {"place": "side", "stiff": "short", "night": "no"},
    {"place": "front", "night": "yes", "stiff": "none"},
]


@pytest.mark.parametrize("answers", ANSWERS)
def test_probabilities_equal_those_of_counting_every_set_by_hand(small: Knowledge, answers: dict[str, str]) -> None:
    ranking = rank(RUNNER, told(**answers), small, ON)
    expected = enumerated(answers)
    for ranked in ranking.causes:
        assert ranked.probability == pytest.approx(expected[ranked.id], abs=2e-3)


@pytest.mark.parametrize("answers", ANSWERS)
def test_reasons_add_up_to_the_log_odds(small: Knowledge, answers: dict[str, str]) -> None:
    for ranked in rank(RUNNER, told(**answers), small, ON).causes:
        log_odds = 10 * math.log10(ranked.probability / (1 - ranked.probability))
        assert sum(reason.decibans for reason in ranked.reasons) == pytest.approx(log_odds, abs=1e-6)
        assert {reason.finding for reason in ranked.reasons} >= {"prior", "overlap", *answers}


def test_reasons_name_their_source_and_their_side(small: Knowledge) -> None:
    ranking = rank(RUNNER, told(night="yes", place="side"), small, ON)
    bone = next(each for each in ranking.causes if each.id == "bone")
    assert [each.finding for each in bone.speaks_for] == ["night", "sex"]
    assert [each.finding for each in bone.speaks_against] == ["place"]
    assert all(each.sources == ("book",) for each in bone.speaks_for)
    assert bone.not_asked == ()
    joint = next(each for each in ranking.causes if each.id == "joint")
    assert joint.not_asked == ("stiff",)


def test_what_a_cause_does_not_speak_of_keeps_its_background(small: Knowledge) -> None:
    asked = rank(RUNNER, told(place="side"), small, ON)
    joint = next(each for each in asked.causes if each.id == "joint")
    line = next(each for each in joint.reasons if each.finding == "place")
    assert abs(line.decibans) < 1.5


@pytest.mark.parametrize("answers", ANSWERS)
def test_every_interval_holds_its_probability(small: Knowledge, answers: dict[str, str]) -> None:
    for ranked in rank(RUNNER, told(**answers), small, ON).causes:
        assert 0 <= ranked.low <= ranked.probability <= ranked.high <= 1
        assert ranked.high - ranked.low > 0.001


def test_the_same_answers_give_the_same_ranking_in_any_order(small: Knowledge) -> None:
    there = rank(RUNNER, told(night="yes", stiff="long"), small, ON)
    back = rank(RUNNER, told(stiff="long", night="yes"), small, ON)
    for one, other in zip(there.causes, back.causes, strict=True):
        assert one.probability == pytest.approx(other.probability)
        assert (one.id, one.low, one.high) == (other.id, pytest.approx(other.low), pytest.approx(other.high))


def test_what_the_cut_leaves_out_stands_beside_the_result(small: Knowledge) -> None:
    assert rank(RUNNER, told(), small, ON).left_out == pytest.approx(0, abs=1e-9)
    assert Knowledge.load().number("ranking.most_together").value < len(Knowledge.load().causes)
    own = model_of(Knowledge.load())
    assert 0 < own.left_out(own.log_odds(_nothing())[0][0]) < 0.2


def _nothing():
    from hipwise.knowledge import Situation

    return Situation({}, None, None, Knowledge.load().facts)


def test_unknown_and_declined_answers_move_nothing(small: Knowledge) -> None:
    silent = rank(RUNNER, told(), small, ON)
    unknown = rank(RUNNER, told(night="unknown", stiff="declined"), small, ON)
    assert [each.probability for each in silent.causes] == [each.probability for each in unknown.causes]


def test_a_stale_answer_says_nothing(small: Knowledge) -> None:
    old = Evidence.of([Finding("night", "yes", ON - timedelta(days=31))])
    assert [each.probability for each in rank(RUNNER, old, small, ON).causes] == [
        each.probability for each in rank(RUNNER, told(), small, ON).causes
    ]


def test_a_finding_that_the_base_does_not_know_is_passed_over(small: Knowledge) -> None:
    assert rank(RUNNER, told(moon="full"), small, ON).causes


def test_the_next_question_tells_most_and_ends_when_nothing_is_left(small: Knowledge) -> None:
    asked = []
    answers: dict[str, str] = {"place": "side"}
    while (following := next_question(RUNNER, told(**answers), small, ON)) is not None:
        asked.append(following.question.id)
        assert following.gain_bits > 0
        answers[following.question.id] = following.question.states[0]
        assert len(asked) < 5
    assert sorted(asked) == ["night", "stiff"]


KB = Knowledge.load()


def test_the_red_flag_page_comes_before_everything_else() -> None:
    first = next_question(RUNNER, Evidence(), KB, ON)
    assert first is not None
    assert first.why == "red_flag"
    assert first.question.first_page == next(iter(first_page(KB)))
    assert len(first_page(KB)) <= 9


def test_an_answer_that_needs_someone_now_ends_the_interview() -> None:
    evidence = told(saddle_numb="yes")
    assert triage(RUNNER, evidence, KB, ON).level is Level.EMERGENCY
    assert next_question(RUNNER, evidence, KB, ON) is None
    assert rank(RUNNER, evidence, KB, ON).causes == ()


def test_a_question_that_is_not_known_is_not_asked_twice_on_one_day() -> None:
    first = next_question(RUNNER, Evidence(), KB, ON)
    assert first is not None
    following = next_question(RUNNER, told(**{first.question.id: "unknown"}), KB, ON)
    assert following is not None
    assert following.question.id != first.question.id
    tomorrow = next_question(RUNNER, told(**{first.question.id: "unknown"}), KB, ON + timedelta(days=1))
    assert tomorrow is not None
    assert tomorrow.question.id == first.question.id


def test_under_sixteen_nothing_is_ranked_and_someone_must_look() -> None:
    child = Athlete.of_age(15, "male", ON)
    ranking = rank(child, told(pain_outer_hip="yes"), KB, ON)
    assert ranking.causes == ()
    assert ranking.level >= Level.WITHIN_DAYS
    assert ranking.triage.too_young
    assert next_question(child, all_calm(), KB, ON) is None


def all_calm(**changed: str) -> Evidence:
    """Every question of the first page answered, none alarming, with a place that is no bone site."""
    calm = {
        name: question.states[0] if question.states[0] not in question.alarming else question.states[-1]
        for name, question in KB.findings.items()
        if question.first_page not in {None, "where"}
    }
    return told(**(calm | {"worst_point": "outer_hip", "pain_outer_hip": "yes"} | changed))


def test_self_care_needs_every_answer_of_the_first_page() -> None:
    assert triage(RUNNER, all_calm(), KB, ON).level is Level.SELF_CARE
    for name, question in KB.findings.items():
        if question.first_page in {None, "where"} or name == "testicle_pain":  # not asked of a woman
            continue
        urgency = triage(RUNNER, all_calm(**{name: "unknown"}), KB, ON)
        assert urgency.level >= Level.ROUTINE, name
        assert urgency.missing == (name,)
        assert triage(RUNNER, all_calm(**{name: "declined"}), KB, ON).missing == (name,)


def test_the_last_answer_that_was_missing_never_lowers_the_level_if_it_alarms() -> None:
    for name, question in KB.findings.items():
        for state in question.alarming:
            before = triage(RUNNER, all_calm(**{name: "unknown"}), KB, ON)
            assert triage(RUNNER, all_calm(**{name: state}), KB, ON).level >= before.level, (name, state)


def test_an_unknown_age_is_a_missing_answer() -> None:
    urgency = triage(Athlete(sex="female"), all_calm(), KB, ON)
    assert urgency.missing == ("age",)
    assert urgency.level is Level.ROUTINE


def test_men_are_not_asked_about_periods() -> None:
    man = Athlete.of_age(35, "male", ON)
    assert "missed_periods" not in triage(man, Evidence(), KB, ON).missing
    assert "missed_periods" in triage(RUNNER, Evidence(), KB, ON).missing


def test_answers_about_red_flags_go_stale_after_a_week() -> None:
    assert triage(RUNNER, all_calm(), KB, ON + timedelta(days=7)).level is Level.SELF_CARE
    later = triage(RUNNER, all_calm(), KB, ON + timedelta(days=8))
    assert later.level is Level.ROUTINE
    assert "fever" in later.missing
    assert "past_cancer" in later.missing


def test_a_change_of_the_pain_makes_older_answers_stale() -> None:
    changed = all_calm() | Evidence((Finding("hip_changed", "yes", ON + timedelta(days=1)),))
    urgency = triage(RUNNER, changed, KB, ON + timedelta(days=1))
    assert urgency.level is Level.ROUTINE
    assert "fever" in urgency.missing


def bone(**changed: str) -> Evidence:
    return told(**({"pain_groin": "yes", "impact_pain": "yes", "limp": "yes"} | changed))


def test_a_clearance_lifts_the_interlock_until_something_new_hurts() -> None:
    suspected = triage(RUNNER, bone(), KB, ON)
    assert (suspected.level, suspected.bone_stress) == (Level.SAME_DAY, True)
    cleared = bone() | Evidence(
        (Finding("cleared_bone", "yes", ON + timedelta(days=1), "clinician: Dr A, for running"),)
    )
    after = triage(RUNNER, cleared, KB, ON + timedelta(days=1))
    assert (after.bone_stress, after.cleared) == (False, True)
    for sign in ("limp", "pain_at_rest", "night_pain", "pain_groin"):
        again = cleared | Evidence((Finding(sign, "yes", ON + timedelta(days=2)),))
        voided = triage(RUNNER, again, KB, ON + timedelta(days=2))
        assert not voided.cleared, sign
        assert voided.bone_stress, sign
    withdrawn = cleared | Evidence((Finding("cleared_bone", "no", ON + timedelta(days=3)),))
    assert not triage(RUNNER, withdrawn, KB, ON + timedelta(days=3)).cleared


def test_a_clearance_never_hides_an_emergency() -> None:
    evidence = told(cleared_bone="yes", leg_short_turned="yes")
    assert triage(RUNNER, evidence, KB, ON).level is Level.EMERGENCY


def test_a_hip_with_an_implant_is_not_ranked_without_the_surgeon() -> None:
    ranking = rank(RUNNER, told(hip_surgery="yes", pain_outer_hip="yes"), KB, ON)
    assert ranking.level is Level.WITHIN_DAYS
    assert ranking.causes == ()


def test_an_alarming_answer_that_no_rule_speaks_of_alone_still_asks_for_a_look() -> None:
    assert triage(RUNNER, all_calm(pop="yes"), KB, ON).level is Level.ROUTINE


def test_the_ranking_says_what_was_not_looked_at() -> None:
    assert "causes.no_training" in rank(RUNNER, all_calm(), KB, ON).not_looked_at
    assert "causes.no_training" not in rank(RUNNER, all_calm(load_run_spike="none"), KB, ON).not_looked_at
    assert rank(RUNNER, all_calm(), KB, ON).top(3) == rank(RUNNER, all_calm(), KB, ON).causes[:3]


def test_self_tests_are_never_proposed_while_the_interlock_is_on() -> None:
    answers: dict[str, str] = {
        each.id: each.state for each in all_calm(worsening="over_weeks", pain_groin="yes", impact_pain="yes")
    }
    for _ in range(100):
        following = next_question(RUNNER, told(**answers), KB, ON)
        if following is None:
            break
        assert following.question.sensed_by == "told"
        answers[following.question.id] = "unknown"
    else:
        pytest.fail("the interview does not end")
