"""A grade can only make an answer more careful: the ceiling, the findings, the alarms and the verdict of the day."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from hipwise.activity import GRADES, Bounds, Note, Origin, Quality, QualityLimits, RunSummary, look_at
from hipwise.causes import rank
from hipwise.knowledge import Knowledge
from hipwise.load import Load, LoadConstants, measure
from hipwise.model import Athlete, Evidence, Finding
from hipwise.plan import Asked, answer, given_of, replay, running_now
from sore_runner import AFTER_THE_RUN, GOOD_MORNING, calm

KB = Knowledge.load()
START = date(2031, 3, 3)
SPAN_D = 100
ON = START + timedelta(SPAN_D)
ATHLETE = Athlete.of_age(35, "female", ON, "IE")
CONSTANTS = KB.constants(LoadConstants, "load")
LIMITS = KB.constants(QualityLimits, "quality")
BOUNDS = KB.constants(Bounds, "bounds")
VERDICTS = ("run", "run_less", "not_today", "ask", "see_someone")
"""The least careful first."""

NOTES = ((), (), (), (Note("activity.distance_jump", (("metres", "300"),)),), (Note("activity.no_local_time"),))
NO = {"no", "none"}


@st.composite
def logs(draw: st.DrawFn) -> list[RunSummary]:
    """Runs on some days of a hundred, most of them even, some of them with a fault."""
    every_d, km = draw(st.sampled_from([1, 2, 2, 3])), draw(st.integers(4, 14))
    days = set(range(0, SPAN_D, every_d)) - draw(st.sets(st.integers(0, SPAN_D - 1), max_size=30))
    longer = draw(st.dictionaries(st.integers(0, SPAN_D - 1), st.sampled_from([1.2, 1.5, 2.5]), max_size=3))
    return [_run(day, km * longer.get(day, 1.0), draw(st.sampled_from(NOTES))) for day in sorted(days)]


@st.composite
def qualities(draw: st.DrawFn) -> Quality:
    """Any grades and any unknown days, whether or not the runs could have them."""
    weeks = [START + timedelta(7 * place) for place in range(SPAN_D // 7 + 1)]
    grades = {monday: draw(st.sampled_from(GRADES)) for monday in weeks}
    unknown = draw(st.sets(st.integers(0, SPAN_D), max_size=12))
    errors = dict(zip(GRADES, (LIMITS.error_a, LIMITS.error_b, LIMITS.error_c, LIMITS.error_d), strict=True))
    return Quality(ON, (), grades, 0, errors, frozenset(START + timedelta(day) for day in unknown))


def _run(day: int, km: float, notes: tuple[Note, ...] = ()) -> RunSummary:
    on = START + timedelta(day)
    return RunSummary(
        id=f"{day}", sport="running", started_at=datetime(on.year, on.month, on.day, 18, tzinfo=UTC), local_date=on,
        origins=(Origin("made up", "fit", "0"),), distance_m=km * 1000, timer_s=km * 360, elapsed_s=km * 360,
        notes=notes,
    )  # fmt: skip


def _load(log: list[RunSummary], quality: Quality | None, onset: int | None) -> Load:
    since = None if onset is None else START + timedelta(onset)
    return measure(log, ATHLETE, KB, on=ON, onset=since, quality=quality)


def _states(load: Load) -> dict[str, str]:
    return {each.id: each.state for each in load.evidence}


onsets = st.none() | st.integers(50, SPAN_D)


@settings(max_examples=25)
@given(logs(), qualities(), onsets)
def test_a_grade_never_lifts_a_ceiling_and_never_takes_one_away(
    log: list[RunSummary], quality: Quality, onset: int | None
) -> None:
    plain, graded = _load(log, None, onset), _load(log, quality, onset)
    for on in (ON - timedelta(20), ON, ON + timedelta(9)):
        before, after = plain.ceiling_km(on), graded.ceiling_km(on)
        assert (before is None) == (after is None)
        if before is not None and after is not None:
            assert CONSTANTS.bears_least_share * before - 0.02 <= after <= before
            doubted = graded.doubted(on)
            assert (doubted is None) == (after == before)
            assert doubted is None or doubted.sure_km == before
    one, other = running_now(plain, ON), running_now(graded, ON)
    for name in ("last_run_km", "last_run_min"):
        assert (getattr(other, name) or 0) <= (getattr(one, name) or 0)


@settings(max_examples=35)
@given(logs(), qualities(), st.integers(50, SPAN_D))
def test_a_grade_turns_no_finding_into_another_but_into_unknown_and_never_an_alarm(
    log: list[RunSummary], quality: Quality, onset: int
) -> None:
    plain, graded = _states(_load(log, None, onset)), _states(_load(log, quality, onset))
    assert plain.keys() == graded.keys()
    for name, state in graded.items():
        assert state in {plain[name], "unknown"}
        if plain[name] in KB.findings[name].alarming:
            assert state == plain[name]


@settings(max_examples=25)
@given(logs(), qualities(), st.integers(50, SPAN_D))
def test_no_is_never_said_of_days_that_nobody_knows(log: list[RunSummary], quality: Quality, onset: int) -> None:
    """Nor where one of the days since "lately" lies in a week of the worst grade."""
    load, until = _load(log, quality, onset), START + timedelta(onset)
    first = load.enough.first_run
    days = [until - timedelta(back) for back in range(int(CONSTANTS.before_onset_d) + 1)]
    lost = [day for day in days if first is not None and day >= first]
    if any(day in quality.unknown or quality.grade_on(day) == GRADES[-1] for day in lost):
        assert not NO & set(_states(load).values())
        assert load.verdict != "load.verdict_none"


@settings(max_examples=25)
@given(logs(), qualities(), onsets)
def test_what_is_told_lies_between_its_ends(log: list[RunSummary], quality: Quality, onset: int | None) -> None:
    load = _load(log, quality, onset)
    ends = [(load.weeks, "distance{}_m"), (load.days, "distance{}_m"), (load.spikes, "excess{}")]
    ends += [(load.acwr, f"{form}{{}}") for form in ("coupled", "uncoupled")]
    for frame, name in ends:
        columns = [name.format(end) for end in ("_low", "", "_high")]
        for low, value, high in frame.select(columns).iter_rows():
            assert low is None or low <= value + 1e-6
            assert high is None or value <= high + 1e-6
    for row in load.spikes.rows(named=True):
        assert not row["sure"] or row["state"] in {"none", "small", "moderate", "large"}


@settings(max_examples=15)
@given(logs(), st.lists(st.tuples(st.integers(0, SPAN_D), st.integers(0, 20)), max_size=2), st.integers(50, SPAN_D))
def test_saying_that_days_were_rest_only_ever_makes_more_known(
    log: list[RunSummary], stretches: list[tuple[int, int]], onset: int
) -> None:
    """Marks as the runner makes them, on the faults that the log itself shows."""
    spans = [(START + timedelta(day), START + timedelta(day + long)) for day, long in stretches]
    rest, no_watch = (
        look_at(log, LIMITS, BOUNDS, on=ON, marks=[(*span, kind) for span in spans]) for kind in ("rest", "no_watch")
    )
    assert rest.unknown <= no_watch.unknown
    known, weaker = _states(_load(log, rest, onset)), _states(_load(log, no_watch, onset))
    for name, state in weaker.items():
        assert state in {known[name], "unknown"}


@settings(max_examples=6, deadline=None)
@given(logs(), qualities(), st.integers(70, SPAN_D), st.floats(2, 30))
def test_a_grade_never_makes_the_verdict_of_the_day_less_careful(
    log: list[RunSummary], quality: Quality, onset: int, planned_km: float
) -> None:
    """All that was told is calm: what differs is what the log is worth."""
    found = []
    for load in (_load(log, None, onset), _load(log, quality, onset)):
        asked = _asked(load, planned_km)
        ranking = rank(ATHLETE, asked.evidence, KB, ON)
        found.append((ranking.level, answer(asked, KB, ranking)))
    (level, plain), (careful, graded) = found
    assert careful >= level
    assert VERDICTS.index(graded.verdict) >= VERDICTS.index(plain.verdict)
    if plain.ceiling_km is not None and graded.verdict in {"run", "run_less"}:
        assert graded.ceiling_km is not None
        assert graded.ceiling_km <= plain.ceiling_km


def _asked(load: Load, planned_km: float | None = None) -> Asked:
    """A calm morning after a calm run, asked of a LOAD."""
    before = Evidence.of(Finding(name, state, ON - timedelta(1)) for name, state in AFTER_THE_RUN.items())
    told = calm() | GOOD_MORNING
    now = Evidence.of(Finding(name, state, ON) for name, state in told.items() if not name.startswith("load_"))
    evidence = before | now | load.evidence
    running = running_now(load, ON)
    return Asked(athlete=ATHLETE, evidence=evidence, running=running, agreed=None, on=ON, planned_km=planned_km)


def test_a_doubted_ceiling_says_why_in_its_text() -> None:
    log = [_run(day, 12 if day == 90 else 8, NOTES[3] if day == 90 else ()) for day in range(0, SPAN_D, 2)]
    load = _load(log, look_at(log, LIMITS, BOUNDS, on=ON), None)
    told = answer(_asked(load), KB)
    assert told.verdict == "run"
    assert told.ceiling_km == 9.24  # a tenth above 70 % of 12 km
    assert "13.2" not in told.ceiling_says  # a higher number could be taken for an offer
    assert "grade C" in told.ceiling_says
    trace = json.loads(json.dumps(given_of(_asked(load))))
    assert replay(trace, KB).ceiling_says == told.ceiling_says
