"""A day is judged from its past, gone through once, and from what it told: never otherwise than from all at once."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import _lru_cache_wrapper, cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hipwise.causes import changed_on, rank, situation, standing, triage, weighed
from hipwise.causes._model import model_of
from hipwise.causes._weigh import posterior, told_for_ranking
from hipwise.model import Athlete, Evidence, Finding
from hipwise.plan import Asked, RunningNow
from hipwise.plan._responses import responses, run_days, trend
from hipwise.plan._seen import trusted
from hipwise.plan._today import answer, decided
from sore_runner import AFTER_THE_RUN, BONE, GOOD_MORNING, KB, ON, calm

DAY = timedelta(1)
RUNNER = Athlete.of_age(35, "female", ON, "IE")
CARD = sorted({*GOOD_MORNING, *AFTER_THE_RUN, "painkiller_hours_ago", "after_pain_score"})
TURNS = ("hip_changed", "worst_point", "pain_groin", "side", "cleared_bone", "seen_by_clinician", "hop_hurts")
OF_THE_PAST = ("hipwise.plan", "hipwise.causes._standing", "hipwise.causes._triage", "hipwise.causes._contradict")


def state_of(name: str, place: int) -> str:
    states = (*KB.findings[name].states, "unknown")
    return states[place % len(states)]


def told_on(day: date, picks: list[tuple[str, int]], origin: str = "check-in") -> list[Finding]:
    return [Finding(name, state_of(name, place), day, origin) for name, place in picks]


picks = st.lists(st.tuples(st.sampled_from(CARD), st.integers(0, 40)), max_size=4)
turns = st.lists(st.tuples(st.sampled_from((*TURNS, *BONE)), st.integers(0, 9)), max_size=1)
weeks = st.lists(st.tuples(st.booleans(), picks, turns), max_size=25)
"""What each day told, oldest first: whether a calm morning was told, what was otherwise, and what turned."""

mornings = st.lists(st.tuples(st.integers(0, 2), st.booleans(), picks), min_size=2, max_size=3)
"""Check-ins of the day ON and after it, any of which may be the one that is told."""

logs = st.lists(st.integers(0, 40), max_size=12, unique=True).map(
    lambda ago: RunningNow(ceiling_km=11.0, run_days=tuple(sorted(ON - each * DAY for each in ago)))
)


def lived(days: list[tuple[bool, list[tuple[str, int]], list[tuple[str, int]]]], page_ago: int) -> Evidence:
    """A journal: a calm first page some days ago, and a day after the other until today."""
    rows = [Finding(name, state, ON - page_ago * DAY) for name, state in calm().items()]
    for ago, (is_calm, otherwise, turned) in enumerate(reversed(days)):
        day = ON - ago * DAY
        rows += [Finding(name, state, day, "check-in") for name, state in GOOD_MORNING.items() if is_calm]
        rows += told_on(day, otherwise) + told_on(day, turned, "Dr Ada")
    return Evidence.of(rows)


def judged(evidence: Evidence, running: RunningNow, on: date) -> list[object]:
    """All that is worked out of the past."""
    ranking = rank(RUNNER, evidence, KB, on)
    asked = Asked(athlete=RUNNER, evidence=evidence, running=running, agreed=("tendon",), on=on)
    verdict = decided(asked, KB, ranking)
    return [
        answer(asked, KB, ranking),
        (verdict.scene.course.phase, verdict.scene.place, verdict.morning),
        triage(RUNNER, evidence, KB, on),
        (list(standing(evidence, KB, on).items()), list(situation(RUNNER, evidence, KB, on).states.items())),
        (changed_on(evidence.until(on), KB), trusted(evidence, KB), trend(evidence, KB, on)),
        responses(evidence, run_days(evidence, running.run_days, KB), KB),
    ]


@cache
def remembering() -> list[_lru_cache_wrapper[object]]:
    """What remembers what it worked out of a past."""
    found = (each for each in gc.get_objects() if isinstance(each, _lru_cache_wrapper))
    return [each for each in found if each.__module__.startswith(OF_THE_PAST)]


@contextmanager
def all_at_once() -> Iterator[None]:
    """Remember nothing, and take all that is known as told on the newest day."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Evidence, "past", property(lambda self: Evidence() if self.findings else self))
        for each in remembering():
            each.cache_clear()
        yield


@given(weeks, st.integers(0, 30), mornings, logs)
@settings(max_examples=15)
def test_any_day_of_any_journal_is_judged_as_if_all_were_told_at_once(
    days: list[tuple[bool, list[tuple[str, int]], list[tuple[str, int]]]],
    page_ago: int,
    checkins: list[tuple[int, bool, list[tuple[str, int]]]],
    running: RunningNow,
) -> None:
    before = lived(days, page_ago)
    rows = []
    for after, is_calm, otherwise in checkins:
        on = ON + after * DAY
        morning = [Finding(name, state, on, "check-in") for name, state in GOOD_MORNING.items() if is_calm]
        rows.append((on, before | Evidence.of([*morning, *told_on(on, otherwise)])))
    quick = [judged(evidence, running, on) for on, evidence in rows]
    with all_at_once():
        assert quick == [judged(Evidence(evidence.findings), running, on) for on, evidence in rows]


findings = st.builds(
    lambda name, state, ago: Finding(name, str(state), ON - ago * DAY),
    st.sampled_from("abc"),
    st.integers(0, 5),
    st.integers(0, 5),
)
rows_of = st.lists(findings, max_size=12).map(Evidence.of)


@given(rows_of, rows_of)
def test_evidence_that_grew_is_what_it_would_be_if_it_were_told_anew(before: Evidence, more: Evidence) -> None:
    grown, anew = before | more, Evidence.of((*before, *more))
    assert (grown, hash(grown)) == (anew, hash(anew))
    for each in (grown, anew):
        assert (*each.past, *each.newest) == each.findings
        assert {one.on for one in each.newest} == {one.on for one in each.findings[-1:]}
        assert all(one.on < each.findings[-1].on for one in each.past)
        assert each.history("a") == tuple(one for one in each if one.id == "a")
    assert grown.past is anew.past or not len(grown)


@given(weeks, st.integers(0, 30))
@example([(True, [("rest_pain_score", 7)], [])], 0)
@example([(True, [("woken_by_hip", 1), ("fever", 1)], [])], 0)
@settings(max_examples=8)
def test_a_ranking_is_what_is_weighed_of_all_that_is_known_and_not_in_doubt(
    days: list[tuple[bool, list[tuple[str, int]], list[tuple[str, int]]]], page_ago: int
) -> None:
    evidence = lived(days, page_ago) | Evidence((Finding("pain_at_rest", "no", ON),))
    seen, model = situation(RUNNER, evidence, KB, ON), model_of(KB)
    shares = posterior(model, model.log_odds(seen)[0][0], told_for_ranking(seen, model)) @ model.sets
    alone = {cause.id: pytest.approx(share, abs=1e-9) for cause, share in zip(model.causes, shares, strict=True)}
    assert weighed(seen, KB) == alone
    ranking = rank(RUNNER, evidence, KB, ON)
    assert {each.id: each.probability for each in ranking.causes} == (alone if ranking.causes else {})
