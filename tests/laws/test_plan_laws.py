"""The safety laws that plan and today keep, for every input."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hipwise.causes import rank, triage
from hipwise.knowledge import Knowledge, Level
from hipwise.model import DECLINED, UNKNOWN, Athlete, Evidence, Finding
from hipwise.plan import Plan, Referral, RunningNow, Today, Wishes, make, recall, today
from hipwise.plan._course import limits_of, stage_of

KB = Knowledge.load()
ON = date(2030, 5, 6)
DAY = timedelta(1)
NAMES = sorted(KB.findings)
FIRST_PAGE = sorted(name for name, each in KB.findings.items() if each.first_page not in {None, "where"})
ALARMING = sorted((name, state) for name, question in KB.findings.items() for state in question.alarming)
SCORES = ("rest_pain_score", "walk_pain_score", "morning_pain_score", "run_pain_score")
IMPACT = frozenset(name for name, each in KB.rehab.exercises.items() if each.impact)
RUNS = frozenset({"run", "run_less"})
LENIENCE = {"see_someone": 0, "not_today": 1, "ask": 1, "run_less": 2, "run": 3}

adults = st.builds(
    lambda age_y, sex: Athlete.of_age(age_y, sex, ON), st.integers(18, 80), st.sampled_from(["female", "male"])
)
athletes = st.builds(
    lambda age_y, sex: Athlete.of_age(age_y, sex, ON),
    st.one_of(st.none(), st.integers(5, 90)),
    st.sampled_from([None, "female", "male"]),
)
findings = st.builds(
    lambda name, place, ago: Finding(
        name,
        (*KB.findings[name].states, UNKNOWN, DECLINED)[place % (len(KB.findings[name].states) + 2)],
        ON - ago * DAY,
    ),
    st.sampled_from(NAMES),
    st.integers(0, 20),
    st.integers(0, 20),
)
anything = st.lists(findings, max_size=30).map(Evidence.of)


def page(**told: str) -> dict[str, str]:
    """Return a calm first page and a calm card for a pain at the outer hip."""
    calm = {name: KB.findings[name].states[0] for name in FIRST_PAGE}
    card = {"rest_pain_score": "0", "walk_pain_score": "0", "woken_by_hip": "no", "painkiller": "none"}
    return {**calm, **card, "pain_outer_hip": "yes", "worst_point": "outer_hip", **told}


def known(told: Mapping[str, str], on: date = ON) -> Evidence:
    return Evidence.of(Finding(name, state, on) for name, state in told.items())


small_changes = st.dictionaries(st.sampled_from(NAMES), st.integers(0, 20), max_size=4).map(
    lambda picks: {
        name: KB.findings[name].states[place % len(KB.findings[name].states)]
        for name, place in picks.items()
        if name != "cleared_bone"
    }
)
BONE = {"pain_groin": "yes", "worst_point": "groin", "impact_pain": "yes", "worsening": "over_weeks"}
near_calm = small_changes.map(lambda changes: page(**changes))
"""A calm runner with a few answers changed: most of these may run."""

logs = st.lists(st.integers(0, 60), max_size=20, unique=True).map(
    lambda ago: RunningNow(
        longest_30d_km=10.0,
        ceiling_km=11.0,
        last_run_km=8.0,
        last_run_min=45.0,
        run_days=tuple(sorted(ON - each * DAY for each in ago)),
    )
)
BORNE = known(
    {"run_pain_score": "0", "run_limp": "no", "settled_after": "within_24_h", "morning_pain_score": "0"}, ON - DAY
)
RAN = RunningNow(
    longest_30d_km=10.0,
    ceiling_km=11.0,
    last_run_km=8.0,
    last_run_min=45.0,
    run_days=tuple(ON - ago * DAY for ago in (11, 8, 5, 2)),
)


def of_today(athlete: Athlete, evidence: Evidence, running: RunningNow, plan: Plan | Referral | None = None) -> Today:
    return today(athlete, evidence, running, plan, KB, ON)


def of_plan(athlete: Athlete, evidence: Evidence, running: RunningNow) -> Plan | Referral:
    return make(rank(athlete, evidence, KB, ON), athlete, evidence, running, Wishes(), KB, ON)


def texts(data: Any) -> Iterator[str]:
    """Return every piece of text in plain data."""
    if isinstance(data, dict):
        for name, value in data.items():
            yield from (str(name), *texts(value))
    elif isinstance(data, list):
        for each in data:
            yield from texts(each)
    elif isinstance(data, str):
        yield data


def offers_a_run(data: dict[str, Any]) -> bool:
    """Whether plain data of a plan, a referral or a verdict lets anybody run."""
    run = data.get("run") or {}
    return (
        data.get("verdict") in RUNS
        or data.get("session") is not None
        or data.get("ceiling_km") is not None
        or data.get("ceiling_min") is not None
        or run.get("mode") in {"ladder", "free"}
        or run.get("session") is not None
        or any(day["run"] for day in data.get("week", []))
    )


@given(athletes, anything, logs)
@settings(max_examples=150)
def test_an_urgent_sign_leaves_a_referral_and_nothing_to_do(
    athlete: Athlete, evidence: Evidence, running: RunningNow
) -> None:
    urgency = triage(athlete, evidence, KB, ON)
    assume(urgency.level >= Level.WITHIN_DAYS)
    plan, verdict = of_plan(athlete, evidence, running), of_today(athlete, evidence, running)
    assert isinstance(plan, Referral)
    assert plan.level == urgency.level.code
    assert verdict.verdict == "see_someone"
    for data in (plan.as_dict(), verdict.as_dict()):
        assert not offers_a_run(data)
        assert not data.get("exercises")
        assert not IMPACT & set(texts(data))


@given(athletes, small_changes.map(lambda changes: known(page(**BONE | changes))), logs)
@settings(max_examples=50)
def test_an_uncleared_bone_never_runs_jumps_or_hops(athlete: Athlete, evidence: Evidence, running: RunningNow) -> None:
    assume(triage(athlete, evidence, KB, ON).bone_stress)
    plan = of_plan(athlete, evidence, running)
    calm = of_plan(Athlete.of_age(35, "male", ON), known(page()) | BORNE, RAN)
    assert isinstance(calm, Plan)
    for verdict in (of_today(athlete, evidence, running, each) for each in (None, plan, calm)):
        assert verdict.verdict == "see_someone"
        assert not offers_a_run(verdict.as_dict())
        assert not (IMPACT | {"hop_hurts"}) & {*verdict.asks, *texts(verdict.as_dict())}
    assert not offers_a_run(plan.as_dict())
    assert not (IMPACT | {"hop_hurts"}) & set(texts(plan.as_dict()))


@given(
    adults,
    near_calm,
    logs,
    st.sampled_from([*FIRST_PAGE, "worst_point"]),
    st.sampled_from([None, UNKNOWN, DECLINED, "stale"]),
)
@settings(max_examples=50)
def test_no_run_and_no_exercise_while_a_first_page_question_is_open(
    athlete: Athlete, told: dict[str, str], running: RunningNow, name: str, state: str | None
) -> None:
    answer = told.pop(name, "outer_hip")
    if name == "worst_point":
        told = {each: value for each, value in told.items() if KB.findings[each].first_page != "where"}
    if state in {UNKNOWN, DECLINED}:
        told[name] = str(state)
    evidence = known(told) | BORNE
    if state == "stale":
        evidence |= known({name: answer}, ON - 9 * DAY)
    assume(triage(athlete, evidence, KB, ON).missing)
    verdict, plan = of_today(athlete, evidence, running), of_plan(athlete, evidence, running)
    assert verdict.verdict not in RUNS
    assert not offers_a_run(plan.as_dict())
    assert not plan.as_dict().get("exercises")


@given(
    adults,
    near_calm,
    logs,
    st.sampled_from(["ibuprofen", "naproxen", "paracetamol", "other"]),
    st.sampled_from([None, UNKNOWN, "under_6"]),
    st.integers(0, 1),
)
@settings(max_examples=80)
def test_a_painkiller_at_work_never_gives_a_run(
    athlete: Athlete, told: dict[str, str], running: RunningNow, drug: str, hours: str | None, ago: int
) -> None:
    taken = {"painkiller": drug} | ({} if hours is None else {"painkiller_hours_ago": hours})
    told = {name: state for name, state in told.items() if not name.startswith("painkiller")}
    evidence = known(told, ON - ago * DAY) | known(taken, ON - ago * DAY) | BORNE
    assert of_today(athlete, evidence, running).verdict not in RUNS


@given(adults, near_calm, st.sampled_from(ALARMING), st.integers(0, 4))
@settings(max_examples=200)
def test_a_more_alarming_answer_never_makes_today_more_lenient_at_the_same_pain_limits(
    athlete: Athlete, told: dict[str, str], alarming: tuple[str, str], pain: int
) -> None:
    name, state = alarming
    question = KB.findings[name]
    assume(question.kind != "choice")
    told |= {"walk_pain_score": str(pain)}
    place = question.states.index(state)
    before = of_today(athlete, known(told | {name: question.states[max(0, place - 1)]}) | BORNE, RAN)
    after = of_today(athlete, known(told | {name: state}) | BORNE, RAN)
    looser = after.limits.lo > before.limits.lo or after.limits.hi > before.limits.hi
    assert looser or LENIENCE[after.verdict] <= LENIENCE[before.verdict]


@given(adults, near_calm, st.sampled_from(["rest_pain_score", "walk_pain_score"]), st.integers(0, 9))
@settings(max_examples=100)
def test_more_pain_never_makes_today_more_lenient(
    athlete: Athlete, told: dict[str, str], score: str, pain: int
) -> None:
    before = of_today(athlete, known(told | {score: str(pain)}) | BORNE, RAN)
    after = of_today(athlete, known(told | {score: str(pain + 1)}) | BORNE, RAN)
    assert LENIENCE[after.verdict] <= LENIENCE[before.verdict]


@given(st.integers(0, 15), anything, logs)
@settings(max_examples=60)
def test_under_16_there_is_always_a_referral(age_y: int, evidence: Evidence, running: RunningNow) -> None:
    athlete = Athlete.of_age(age_y, None, ON)
    plan = of_plan(athlete, evidence, running)
    assert isinstance(plan, Referral)
    assert plan.too_young
    assert of_today(athlete, evidence, running).verdict == "see_someone"


check_ins = st.lists(st.tuples(st.integers(0, 90), st.sampled_from(SCORES), st.integers(0, 4)), min_size=5, max_size=80)


@given(st.sampled_from(sorted(KB.rehab.protocols)), check_ins)
@settings(max_examples=100)
def test_a_missing_score_never_moves_the_stage_on(protocol: str, told: list[tuple[int, str, int]]) -> None:
    rehab = KB.rehab.protocols[protocol]
    limits = limits_of((rehab.profile,), KB)
    ticks = known({"woken_by_hip": "no", "gate_one_leg": "yes", "gate_squats": "yes"}, ON - 90 * DAY)
    quiet = Evidence.of(Finding("woken_by_hip", "no", ON - ago * DAY) for ago in range(90))
    scores = [Finding(name, str(score), ON - ago * DAY) for ago, name, score in told]
    full = stage_of(rehab, limits, ticks | quiet | Evidence.of(scores), KB, ON)
    for missing in SCORES:
        holed = [
            replace(each, state=UNKNOWN) if each.id == missing and int(each.state) <= limits.hi else each
            for each in scores
        ]
        assert stage_of(rehab, limits, ticks | quiet | Evidence.of(holed), KB, ON).place <= full.place
    silent = [replace(each, state=UNKNOWN) for each in scores]
    assert stage_of(rehab, limits, ticks | quiet | Evidence.of(silent), KB, ON) is rehab.stages[0].id


@given(st.lists(st.sampled_from(["0", "1", "2", UNKNOWN, ""]), min_size=6, max_size=6))
@settings(max_examples=30)
def test_a_missing_morning_never_lets_the_ladder_climb(mornings: list[str]) -> None:
    start = known(page(gate_walk_30="yes", gate_calm_days="yes"), ON - 20 * DAY)
    days = [ON - ago * DAY for ago in (17, 14, 11, 8, 5, 2)]
    now = RunningNow(run_days=(ON - 60 * DAY, *days))

    def step(scores: list[str]) -> int:
        told = Evidence()
        for day, score in zip(days, scores, strict=True):
            answers = {"run_pain_score": "0", "run_limp": "no"} | ({"morning_pain_score": score} if score else {})
            told |= known(answers, day + DAY)
        verdict = of_today(Athlete.of_age(35, "male", ON), start | told | known(page()), now)
        return verdict.session.stage if verdict.session is not None else 0

    holed = [UNKNOWN if score in {"0", "1"} else score for score in mornings]
    assert step(holed) <= step(mornings)
    assert step([UNKNOWN] * len(days)) <= 1


@given(athletes, st.one_of(anything, near_calm.map(lambda told: known(told) | BORNE)), logs)
@settings(max_examples=100)
def test_every_answer_is_one_of_five_explains_itself_and_comes_back_from_plain_data(
    athlete: Athlete, evidence: Evidence, running: RunningNow
) -> None:
    verdict, plan = of_today(athlete, evidence, running), of_plan(athlete, evidence, running)
    assert verdict.verdict in LENIENCE
    assert (verdict.referral is not None) == (verdict.verdict == "see_someone")
    assert verdict.reason
    assert verdict.would_change
    assert set(verdict.sources) <= set(KB.sources)
    assert (verdict.verdict not in RUNS) or verdict.stop_rules
    assert recall(plan.as_dict()) == plan
    assert set(plan.sources) <= set(KB.sources)
    assert not any(text.lower().startswith("you have ") for text in texts(plan.as_dict()))


@given(adults, near_calm, logs)
@settings(max_examples=100)
def test_a_run_never_goes_beyond_the_ceiling_of_the_log(
    athlete: Athlete, told: dict[str, str], running: RunningNow
) -> None:
    verdict = of_today(athlete, known(told) | BORNE, running)
    assert verdict.ceiling_km is None or verdict.ceiling_km <= 11
    if verdict.verdict in RUNS:
        assert verdict.ceiling_km is not None or verdict.ceiling_min is not None
