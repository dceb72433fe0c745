"""What the probabilities promise: those of counting by hand and of an independent engine, with honest intervals."""

import itertools
import math
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from tests.builders.bayes_net import Network, cut_down
from tests.builders.small_knowledge import BACKGROUND, PRIORS, REPEATS, SIGNS, STATES, small_knowledge

from hipwise.causes import rank
from hipwise.causes._model import Model, model_of
from hipwise.causes._sets import log_prior, memberships, sums_of_products
from hipwise.causes._weigh import counts, intervals, posterior, told_for_ranking
from hipwise.knowledge import Knowledge, Situation
from hipwise.model import Athlete, Evidence, Finding

ON = date(2030, 5, 6)
KB = Knowledge.load()
RUNNER = Athlete.of_age(35, "female", ON)
WEIGHT, CORRELATION, NONE, TWO, THREE, MORE, MISLED = (
    KB.number(f"ranking.{name}").value
    for name in (
        "answer_weight",
        "repeat_correlation",
        "none_listed",
        "two_together",
        "three_together",
        "more_together",
        "misled",
    )
)
ANSWERS = [
    {},
    {"night": "yes"},
    {"night": "no", "stiff": "long"},
    {"place": "side", "stiff": "short", "night": "no"},
    {"place": "front", "night": "yes", "stiff": "none"},
    {"stairs": "yes", "squat": "yes"},
    {"stairs": "yes", "squat": "no", "climb": "much", "place": "back"},
    {"stairs": "no", "squat": "no", "climb": "some", "night": "no", "stiff": "long", "place": "side"},
]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    return small_knowledge(tmp_path_factory.mktemp("knowledge"))


def told(states: dict[str, str]) -> Evidence:
    return Evidence.of(Finding(name, state, ON) for name, state in states.items())


def alone(cause: str, name: str) -> list[float]:
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
            return alone("", name)
        return [sum(alone(cause, name)[place] for cause in speakers) / len(speakers) for place in range(3)]
    reached = []
    for place in range(1, len(STATES[name])):
        leak = sum(alone("", name)[place:])
        spared, damped = 1 - leak, 1.0
        for cause in group:
            each = sum(alone(cause, name)[place:])
            spared *= min(1.0, (1 - each) / (1 - leak))
            damped *= min(1.0, each / leak)
        reached.append((1 - spared) * damped)
    edges = [1.0, *reached, 0.0]
    return [max(edges[place] - edges[place + 1], 0.0) for place in range(len(edges) - 1)]


def groups() -> list[tuple[str, ...]]:
    return [group for size in range(4) for group in itertools.combinations(PRIORS, size)]


def prior_by_hand() -> dict[tuple[str, ...], float]:
    """The declared share of each size, spread over its sets by the product of their members' odds."""
    odds = {cause: prior / (1 - prior) for cause, prior in PRIORS.items()}
    odds["bone"] *= 2  # the runner is a woman
    sizes = [NONE, 1 - NONE - TWO - THREE, TWO, THREE]
    products = {group: math.prod(odds[cause] for cause in group) for group in groups()}
    of_size = [sum(product for group, product in products.items() if len(group) == size) for size in range(4)]
    return {group: sizes[len(group)] * product / of_size[len(group)] for group, product in products.items()}


def counts_by_hand(states: dict[str, str]) -> dict[str, float]:
    """The strongest answer of a group counts whole, the next ones what they add to the effective number of answers."""
    odds = {cause: PRIORS[cause] for cause in PRIORS}
    share = {cause: each / sum(odds.values()) * (1 - NONE) for cause, each in odds.items()} | {"": NONE}

    def strength(name: str) -> float:
        logs = {cause: math.log(alone(cause, name)[STATES[name].index(states[name])]) for cause in share}
        mean = sum(share[cause] * logs[cause] for cause in share)
        return sum(share[cause] * (logs[cause] - mean) ** 2 for cause in share)

    found = {name: WEIGHT for name in states if name not in REPEATS}
    repeated = sorted((name for name in states if name in REPEATS), key=lambda name: -strength(name))
    effective = [number / (1 + (number - 1) * CORRELATION) if number else 0.0 for number in range(len(repeated) + 1)]
    return found | {name: WEIGHT * (effective[place + 1] - effective[place]) for place, name in enumerate(repeated)}


def enumerated(states: dict[str, str]) -> dict[str, float]:
    prior = prior_by_hand()
    weights = dict(prior)
    share = counts_by_hand(states)
    for group in weights:
        for name, state in states.items():
            weights[group] *= by_hand(group, name)[STATES[name].index(state)] ** share[name]
    total = sum(weights.values())
    mixed = {group: (1 - MISLED) * weights[group] / total + MISLED * prior[group] for group in weights}
    return {cause: sum(each for group, each in mixed.items() if cause in group) for cause in PRIORS}


@pytest.mark.parametrize("answers", ANSWERS)
def test_probabilities_equal_those_of_counting_every_set_by_hand(small: Knowledge, answers: dict[str, str]) -> None:
    expected = enumerated(answers)
    for ranked in rank(RUNNER, told(answers), small, ON).causes:
        assert ranked.probability == pytest.approx(expected[ranked.id], abs=2e-3)


def test_answers_that_repeat_one_another_count_less_than_twice_and_more_than_once(small: Knowledge) -> None:
    one, both = (
        {each.id: each for each in rank(RUNNER, told(states), small, ON).causes}
        for states in ({"stairs": "yes"}, {"stairs": "yes", "squat": "yes"})
    )
    share = {each.finding: each.counts for each in both["tendon"].reasons if each.finding in STATES}
    assert max(share.values()) == pytest.approx(WEIGHT)
    assert sum(share.values()) == pytest.approx(WEIGHT * 2 / (1 + CORRELATION))
    assert one["tendon"].probability < both["tendon"].probability


def test_a_repeated_answer_never_takes_from_the_first_one(small: Knowledge) -> None:
    model = model_of(small)
    for states in ({"stairs": 1}, {"stairs": 1, "squat": 1}, {"stairs": 1, "squat": 1, "climb": 2}):
        share = counts(model, states)
        assert max(share.values()) == pytest.approx(WEIGHT)
        assert min(share.values()) > 0
    assert counts(model, {"night": 1, "stiff": 2}) == {"night": WEIGHT, "stiff": WEIGHT}


def test_the_sizes_of_sets_have_the_declared_shares_however_many_causes_are_listed(small: Knowledge) -> None:
    for knowledge in (small, KB):
        model = model_of(knowledge)
        odds = model.log_odds(Situation({}, None, None, knowledge.facts))[0][0]
        prior = np.exp(log_prior(model.sets, odds, model.log_sizes[0]))
        members = model.sets.sum(axis=1)
        for size, share in ((0, NONE), (1, 1 - NONE - TWO - THREE), (2, TWO)):
            assert prior[members == size].sum() == pytest.approx(share, rel=1e-6)
        assert prior[members == 3].sum() <= THREE + 1e-9


def test_what_the_cut_leaves_out_stands_beside_the_result(small: Knowledge) -> None:
    assert rank(RUNNER, told({}), small, ON).left_out == pytest.approx(MORE)
    model = model_of(small)
    cut = Model(small, replace(model.constants, most_states=12.0))
    assert len(cut.sets) == 12  # none, four alone, six pairs, and the commonest three
    missed = model.left_out(model.log_odds(seen())[0][0])
    more = cut.left_out(cut.log_odds(seen())[0][0])
    prior = prior_by_hand()
    threes = sum(share for group, share in prior.items() if len(group) == 3 and group != ("tendon", "joint", "nerve"))
    assert more - missed == pytest.approx(threes * (1 - MORE), rel=1e-2)
    assert 0 < rank(RUNNER, told({}), KB, ON).left_out < 0.05


def test_a_base_of_one_or_two_causes_is_weighed_too(small: Knowledge) -> None:
    for names in (["bone"], ["bone", "tendon"]):
        few = replace(small, causes={name: small.causes[name] for name in names})
        ranking = rank(RUNNER, told({"night": "yes"}), few, ON)
        assert 0 < ranking.something_else < 1
        assert ranking.left_out == pytest.approx(0, abs=1e-9)
        assert all(0 < each.probability < 1 for each in ranking.causes)


def seen(states: dict[str, str] | None = None, sex: str | None = "female") -> Situation:
    return Situation(states or {}, 35, sex, {})


def test_sums_over_sets_are_those_of_multiplying_out() -> None:
    odds = np.array([0.5, 2.0, 0.1, 1.0, 0.05])
    sums = sums_of_products(np.log(odds))
    for size in range(4):
        expected = sum(math.prod(each) for each in itertools.combinations(odds / 2.0, size))
        assert sums[size] == pytest.approx(expected)


def test_the_sets_are_whole_up_to_pairs_whatever_the_limit() -> None:
    sets = memberships(np.array([0.4, 0.1, 0.3, 0.2]), 1)
    assert [int(each) for each in sets.sum(axis=1)] == [0] + [1] * 4 + [2] * 6
    assert len({tuple(row) for row in sets}) == len(sets)


@pytest.mark.parametrize("answers", ANSWERS)
def test_intervals_over_the_likeliest_sets_are_those_over_all(answers: dict[str, str]) -> None:
    model = model_of(KB)
    states = {"worst_point": "groin", "sitting_hurts": "yes", "shoes_socks_hard": "yes", "warm_up": "warms_up"}
    situation = Situation(dict(list(states.items())[: len(answers)]), 35, "female", KB.facts)
    odds, told_states = model.log_odds(situation)[0], told_for_ranking(situation, model)
    weights = posterior(model, odds[0], told_states)
    few, every = (intervals(model, odds, told_states, weights, most) for most in (None, len(model.sets)))
    assert np.abs(np.array(few) - np.array(every)).max() < 0.01


def test_an_interval_narrows_when_its_numbers_are_surer(small: Knowledge) -> None:
    def sure(number):
        low, high = number.range
        return number.model_copy(
            update={"range": (number.value - (number.value - low) / 10, number.value + (high - number.value) / 10)}
        )

    surer = replace(
        small,
        causes={
            name: cause.model_copy(
                update={
                    "prior": sure(cause.prior),
                    "signs": {
                        finding: {state: sure(each) for state, each in states.items()}
                        for finding, states in cause.signs.items()
                    },
                }
            )
            for name, cause in small.causes.items()
        },
    )
    wide, narrow = (
        {each.id: each.high - each.low for each in rank(RUNNER, told({"night": "yes"}), base, ON).causes}
        for base in (small, surer)
    )
    assert all(narrow[cause] < wide[cause] for cause in PRIORS)


def test_no_picture_is_so_clear_that_it_leaves_no_doubt(small: Knowledge) -> None:
    clear = {"night": "no", "stiff": "short", "place": "side", "stairs": "yes", "squat": "yes", "climb": "much"}
    ranking = rank(RUNNER, told(clear), small, ON)
    assert ranking.causes[0].probability <= 1 - MISLED / 2
    before = {each.id: each.probability for each in rank(RUNNER, told({}), small, ON).causes}
    assert all(each.probability >= MISLED * before[each.id] for each in ranking.causes)
    assert {reason.finding for reason in ranking.causes[0].reasons} >= {"prior", "overlap", "doubt"}


@pytest.mark.parametrize("picks", [0, 1, 2, 3])
def test_an_independent_engine_finds_the_same_on_a_larger_network(picks: int) -> None:
    gum = pytest.importorskip("pyagrum", reason="pyAgrum is for developers only")
    model = cut_down(KB, causes=9, findings=14, parents=4)
    network = Network(model, gum)
    chance = np.random.default_rng(picks)
    told_states = {
        name: int(chance.integers(len(model.knowledge.findings[name].states)))
        for name in chance.permutation(network.findings)[: 3 * picks]
    }
    odds = np.log(np.array(network.odds))
    ours = posterior(model, odds, told_states) @ model.sets
    assert ours == pytest.approx(network.posterior(told_states), abs=1e-9)
