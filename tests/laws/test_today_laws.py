"""A verdict can be argued with: it can be made again from its trace, and each change that would alter it does."""

import json
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from hipwise.model import Athlete, Evidence, Finding
from hipwise.plan import Asked, RunningNow, answer, given_of, replay, would_change
from hipwise.plan._flips import applied
from hipwise.plan._today import decided
from sore_runner import AFTER_THE_RUN, GOOD_MORNING, KB, ON, calm

DAY = timedelta(1)
RUNNER = Athlete.of_age(35, "female", ON, "IE")
NAMES = sorted(set(KB.findings) - {"cleared_bone"})
CARD = sorted({*GOOD_MORNING, *AFTER_THE_RUN, "short_nights", "soreness_score", "gate_walk_30", "gate_calm_days"})


def state_of(name: str, place: int) -> str:
    states = KB.findings[name].states
    return states[place % len(states)]


changes = st.lists(st.tuples(st.sampled_from(CARD), st.integers(0, 10)), max_size=4).map(
    lambda picks: {name: state_of(name, place) for name, place in picks}
)
anything = st.lists(
    st.builds(
        lambda name, place, ago: Finding(name, state_of(name, place), ON - ago * DAY),
        st.sampled_from(NAMES),
        st.integers(0, 20),
        st.integers(0, 30),
    ),
    max_size=20,
)
logs = st.lists(st.integers(0, 40), max_size=12, unique=True).map(
    lambda ago: RunningNow(
        longest_30d_km=10.0,
        ceiling_km=11.0,
        last_run_km=8.0,
        last_run_min=45.0,
        run_days=tuple(sorted(ON - each * DAY for each in ago)),
    )
)


def near_calm(told: dict[str, str], running: RunningNow, planned: float | None = None) -> Asked:
    before = Evidence.of(Finding(name, state, ON - DAY) for name, state in AFTER_THE_RUN.items())
    now = Evidence.of(Finding(name, state, ON) for name, state in (calm() | GOOD_MORNING | told).items())
    return Asked(athlete=RUNNER, evidence=before | now, running=running, agreed=None, on=ON, planned_km=planned)


@given(anything, logs, st.none() | st.floats(0, 40))
@settings(max_examples=15)
def test_a_verdict_is_made_again_from_its_trace(
    told: list[Finding], running: RunningNow, planned: float | None
) -> None:
    asked = Asked(
        athlete=RUNNER, evidence=Evidence.of(told), running=running, agreed=("tendon",), on=ON, planned_km=planned
    )
    trace = json.loads(json.dumps(given_of(asked)))
    assert replay(trace, KB) == answer(asked, KB)
    referred = answer(asked, KB).referral
    if referred is not None:
        kept = Asked(athlete=RUNNER, evidence=Evidence.of(told), running=running, agreed=referred, on=ON)
        assert replay(json.loads(json.dumps(given_of(kept))), KB) == answer(kept, KB)


@given(changes, logs, st.none() | st.floats(5, 20))
@settings(max_examples=25)
def test_each_change_that_would_alter_a_verdict_does(
    told: dict[str, str], running: RunningNow, planned: float | None
) -> None:
    asked = near_calm(told, running, planned)
    before = decided(asked, KB)
    flips = would_change(asked, before)
    for flip in flips:
        after = answer(applied(asked, flip.tell), KB)
        assert (after.verdict, after.rule) == (flip.verdict, flip.rule)
        assert after.verdict != before.answer
        assert flip.says
    if before.answer == "see_someone":
        assert flips == ()
    if before.answer == "run":
        assert flips


def test_what_would_change_is_told_in_words() -> None:
    running = RunningNow(
        longest_30d_km=10.0, ceiling_km=11.0, last_run_km=8.0, last_run_min=45.0, run_days=(ON - 4 * DAY, ON - 2 * DAY)
    )
    sore = near_calm({"walk_pain_score": "4"}, running)
    assert any(
        "How strong is the pain when you walk today? 2" in each.says for each in would_change(sore, decided(sore, KB))
    )
    far = near_calm({}, running, planned=30.0)
    assert would_change(far, decided(far, KB))[0].tell[0][0] == "planned_km"
