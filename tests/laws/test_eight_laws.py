"""The eight safety laws as days go by: answers that age, change and contradict, a clearance and its end, a journal.

What holds for the answers of one day stands in test_triage_laws.py and test_plan_laws.py.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hipwise.causes import next_question, rank, triage
from hipwise.handout import assessment, plan_data, today_data
from hipwise.journal import Journal
from hipwise.knowledge import Level
from hipwise.model import DECLINED, UNKNOWN, Athlete, Evidence, Finding
from hipwise.plan import Plan, Referral, RunningNow, Today, Wishes, make, refer, today
from sore_runner import AFTER_THE_RUN, GOOD_MORNING, KB, ON, Clock, calm

DAY = timedelta(1)
ORIGIN = {"cleared_bone": "clinician: Dr A, for running"}
MAN, WOMAN, BOY = (Athlete.of_age(*each, ON) for each in ((35, "male"), (35, "female"), (14, "male")))
PAGE = sorted(name for name, each in KB.findings.items() if each.first_page not in {None, "where"})
NAMES = sorted(set(KB.findings) - {"cleared_bone"})
ALARMING = sorted((name, state) for name, question in KB.findings.items() for state in question.alarming)
RUNS = frozenset({"run", "run_less"})
RUN_DAYS = tuple(ON - ago * DAY for ago in (11, 8, 5, 2))
RAN = RunningNow(longest_30d_km=10.0, ceiling_km=11.0, last_run_km=8.0, last_run_min=45.0, run_days=RUN_DAYS)
CLAIM = re.compile(r"\byou(?:'ve| have)(?: got)? (?:a|an|the)\b|\byour diagnosis is\b|\byou suffer", re.IGNORECASE)

sexes = st.sampled_from([None, "female", "male"])
athletes = st.builds(lambda age_y, sex: Athlete.of_age(age_y, sex, ON), st.none() | st.integers(5, 90), sexes)
STATES = {name: (*KB.findings[name].states, UNKNOWN, DECLINED) for name in NAMES}
drawn = st.sampled_from(NAMES).flatmap(lambda name: st.tuples(st.just(name), st.sampled_from(STATES[name])))
findings = st.tuples(drawn, st.integers(0, 15)).map(lambda each: Finding(*each[0], ON - each[1] * DAY))
many_days = st.lists(findings, max_size=25).map(Evidence.of)


def guards(_against: str, *values: Any) -> Any:
    return pytest.param(*values)


def page(**told: str) -> dict[str, str]:
    """A calm first page and a calm check-in of a pain at the side of the hip."""
    return calm() | GOOD_MORNING | AFTER_THE_RUN | told


def groin(**told: str) -> dict[str, str]:
    """The same at the groin, where impact hurts."""
    return page(**{"pain_outer_hip": "no", "pain_groin": "yes", "worst_point": "groin", "impact_pain": "yes"} | told)


def healed(**told: str) -> dict[str, str]:
    """What a runner tells after a clearance: the old place, and nothing that hurts."""
    place = {"pain_outer_hip": "no", "worst_point": "groin"}
    return page(**place | {"gate_walk_30": "yes", "gate_calm_days": "yes"} | told)


def known(told: Mapping[str, str], ago: int = 0, origin: str = "told") -> Evidence:
    return Evidence.of(Finding(name, state, ON - ago * DAY, origin) for name, state in told.items())


def cleared(ago: int) -> Evidence:
    return known({"cleared_bone": "yes"}, ago, "Dr Example, for easy runs")


BORNE = known({"run_pain_score": "0", "run_limp": "no", "morning_pain_score": "0"}, 1)
GROWING = groin(worsening="over_weeks")
LIKELY = groin(pain_groin="no", pain_front_thigh="yes", worst_point="front_thigh", downhill_hurts="yes")
CLEARED = known(GROWING, 30) | cleared(20) | BORNE


def of_plan(evidence: Evidence, athlete: Athlete = MAN) -> Plan | Referral:
    return make(rank(athlete, evidence, KB, ON), athlete, evidence, RAN, Wishes(), KB, ON)


def of_today(evidence: Evidence, athlete: Athlete = MAN) -> Today:
    return today(athlete, evidence, RAN, None, KB, ON)


def may_run(evidence: Evidence, athlete: Athlete = MAN) -> bool:
    """Whether the plan or the verdict lets this runner run."""
    plan = of_plan(evidence, athlete)
    planned = isinstance(plan, Plan) and (plan.run.mode in {"ladder", "free"} or any(day.run for day in plan.week))
    return planned or of_today(evidence, athlete).verdict in RUNS


def level(evidence: Evidence, athlete: Athlete = MAN) -> Level:
    return triage(athlete, evidence, KB, ON).level


def offers_a_self_test(evidence: Evidence, athlete: Athlete = MAN) -> bool:
    """Whether one is offered after an interview that asked all the rest today and got no answer."""
    rest = {name for name, each in KB.findings.items() if each.sensed_by == "told"} - set(evidence.latest())
    following = next_question(athlete, evidence | known(dict.fromkeys(rest, UNKNOWN)), KB, ON)
    return following is not None and following.question.sensed_by != "told"


def words(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def journal(tmp_path: Path, clock: Clock) -> Iterator[Journal]:
    """A journal of five even weeks of three runs, the last one two days ago."""
    with Journal.open(tmp_path / "hip.db", knowledge=KB, now=clock) as opened:
        opened.set_athlete(age_y=35, sex="male")
        for ago in (7 * week + day for week in range(5) for day in (2, 5, 7)):
            opened.log(distance_m=8000, timer_s=2640, started_at=clock() - ago * DAY)
        yield opened


# 1. An emergency or same-day alarm ends the ranking: a referral and nothing else.

URGENT = [(name, state) for name, state in ALARMING if level(known(page(**{name: state}))) >= Level.SAME_DAY]


@given(athletes, many_days, st.sampled_from(URGENT))
@settings(max_examples=60)
def test_an_urgent_answer_ends_all_else(athlete: Athlete, more: Evidence, urgent: tuple[str, str]) -> None:
    evidence = Evidence.of(each for each in more if each.id != urgent[0]) | known(dict([urgent]), 3)
    assume(level(evidence, athlete) >= Level.SAME_DAY)
    following = next_question(athlete, evidence, KB, ON)
    if following is not None:  # something is a matter of today; may it be an emergency?
        assert (level(evidence, athlete), following.why) == (Level.SAME_DAY, "red_flag")
        worse = [
            level(evidence | known({following.question.id: state}), athlete) for state in following.question.states
        ]
        assert max(worse) is Level.EMERGENCY
    assert rank(athlete, evidence, KB, ON).causes == ()
    said = words([of_plan(evidence, athlete).as_dict(), of_today(evidence, athlete).as_dict()])
    names = {each.name for each in KB.causes.values()} | {each.name for each in KB.rehab.exercises.values()}
    assert not [name for name in names if name in said]
    assert not may_run(evidence, athlete)


@pytest.mark.parametrize("sign", ["saddle_numb", "sudden_crack", "swollen_leg"])
def test_a_journal_with_an_urgent_sign_shows_no_ceiling_no_cause_and_no_plan(journal: Journal, sign: str) -> None:
    journal.tell(page(**{sign: "yes"}))
    training, report = journal.training(), journal.report()
    assert (training["may_run"], training["ceiling_km"]) == (False, None)
    assert (report["assessment"]["causes"], report["plan"]["kind"]) == ([], "referral")
    assert journal.today(planned_km=3.0).ceiling_km is None


@pytest.mark.parametrize(("agreed", "now"), [
    (True, {}),
    guards("only plan() keeps a referral: today() forgets it", False, {}),
    guards("a lesser alarm takes the place of the referral that stands", True, {"locking": "locks_or_gives_way"}),
])  # fmt: skip
@pytest.mark.parametrize("sign", ["saddle_numb", "fever"])
def test_an_emergency_stands_when_its_sign_has_gone(
    journal: Journal, clock: Clock, sign: str, agreed: bool, now: dict[str, str]
) -> None:
    journal.tell(page(**{sign: "yes"}))
    assert (journal.plan() if agreed else journal.today().referral) is not None
    clock.on += 8 * DAY
    journal.tell(page(**now))
    assert getattr(journal.today().referral, "level", None) == "emergency"


@pytest.mark.parametrize("told", [
    guards("no rule speaks of it outside the bone sites", {"weight_bearing": "cannot"}),
    guards("no rule without a swollen leg: chest pain, collapse", {"breathless": "yes"}),
    guards("no rule outside the groin: a belly as hard as a board", {"belly_signs": "yes"}),
    guards("no rule once pregnancy is denied", {"severe_belly": "yes", "pregnancy": "no"}),
    guards("no rule under 51, or once stiff shoulders are denied", {"vision_jaw": "yes"}),
    guards("no rule without blood thinners", {"cannot_lift_leg": "yes"}),
    guards("no rule without a forced bend: a torn hamstring", {"pop": "yes", "bruise": "yes", "cannot_sit": "yes"}),
    guards("told of the fever, it also hides the illness",
          {"very_unwell": "yes", "fever_no_change": "yes", "duration": "two_to_6_weeks"}),
    guards("no row of the table reads it", {"cannot_run": "yes"}),
    guards("today offers no run, the plan does", {"hop_hurts": "yes"}),
    {"fever": "yes"}, {"limp": "yes"}, {"leg_weakness": "growing"}, {"night_sweats": "yes"},
], ids=str)  # fmt: skip
def test_nobody_runs_with_a_sign_that_would_stop_any_clinician(told: dict[str, str]) -> None:
    assert not may_run(known(page(**told)) | BORNE, WOMAN)


# 2. While bone stress is suspected and not cleared, nothing anywhere offers running, jumping or a hop test.


@given(st.lists(findings, max_size=6).map(Evidence.of), st.integers(0, 6))
@settings(max_examples=30)
def test_a_suspected_bone_stops_runs_and_tests_for_as_long_as_it_is_fresh(more: Evidence, ago: int) -> None:
    evidence = more | known(GROWING, ago) | BORNE
    assume(triage(MAN, evidence, KB, ON).bone_stress)
    assert not may_run(evidence)
    assert not offers_a_self_test(evidence)


@pytest.mark.parametrize("later", [{}, guards("the void ends with the next 'no'", healed(hip_changed="no"))])
@pytest.mark.parametrize("sign", [
    "limp", "night_pain", "pain_at_rest", "pain_groin", "hip_changed", "hop_hurts", "sudden_crack", "cannot_run",
])  # fmt: skip
def test_a_new_sign_voids_a_clearance_for_good(sign: str, later: dict[str, str]) -> None:
    assert triage(MAN, CLEARED | known(healed()), KB, ON).cleared
    assert not triage(MAN, CLEARED | known(healed(**{sign: "yes"}), 2) | known(later), KB, ON).cleared


@pytest.mark.parametrize("sign", [
    guards("impact pain at a bone site is new bone pain", {"impact_pain": "yes", "worsening": "over_weeks"}),
    guards("a fall does not void it", {"fall": "yes"}),
    guards("growing bone in a sprint is not what was cleared", {"sprint_onset": "yes", "sudden_onset": "yes"}),
    guards("nor is a hip that was operated on", {"hip_surgery": "yes"}),
], ids=str)  # fmt: skip
def test_a_clearance_unlocks_only_what_it_was_given_for(sign: dict[str, str]) -> None:
    assert not may_run(CLEARED | known(healed(**sign)), Athlete.of_age(17, "male", ON))


@given(athletes, many_days)
@settings(max_examples=150)
def test_a_clearance_hides_no_emergency_and_no_alarm_of_another_kind(athlete: Athlete, evidence: Evidence) -> None:
    before = triage(athlete, evidence, KB, ON)
    after = triage(athlete, evidence | cleared(0), KB, ON)
    kept = {each.id for each in before.alarms if not each.bone_stress or each.level is Level.EMERGENCY}
    assert kept <= {each.id for each in after.alarms}
    assert after.missing == before.missing


@pytest.mark.parametrize("bare", [guards("tell and checkin ask not who and for what", {"cleared_bone": "yes"})])
def test_an_answer_that_names_no_clinician_clears_no_bone(journal: Journal, clock: Clock, bare: dict[str, str]) -> None:
    for told in (GROWING, bare, healed()):
        journal.tell(told)
        clock.on += DAY
    journal.tell(healed())
    assert journal.today().verdict not in RUNS


@pytest.mark.parametrize("days", [1, guards("the alarm of the other pain grows old in a week", 9)])
def test_the_bone_of_another_pain_is_not_forgotten(journal: Journal, clock: Clock, days: int) -> None:
    journal.tell(GROWING)
    clock.on += days * DAY
    journal.new_pain(side="right")
    journal.tell(page())
    assert not journal.training()["may_run"]


# 3. Unknown is never "no".


@pytest.mark.parametrize("ago", [0, 1, 3])
def test_once_the_pain_has_changed_every_red_flag_is_asked_again(ago: int) -> None:
    evidence = known(page(), ago) | known({"hip_changed": "yes"}, ago) | BORNE
    assert {name for name in PAGE if KB.findings[name].only_if is None} <= set(triage(MAN, evidence, KB, ON).missing)
    assert not may_run(evidence)


@pytest.mark.parametrize("state", [UNKNOWN, DECLINED])
@pytest.mark.parametrize("name", [
    guards("an unknown wipes out the yes before it", name) for name in ("saddle_numb", "worsening", "locking")
])  # fmt: skip
def test_not_knowing_today_does_not_unsay_the_alarm_of_yesterday(name: str, state: str) -> None:
    before = known(groin(**{name: KB.findings[name].alarming[0]}), 1) | BORNE
    assert level(before | known(groin(**{name: state}))) >= level(before) >= Level.WITHIN_DAYS


@pytest.mark.parametrize(("before", "after"), [
    guards("only hip_changed opens a new screening", {}, {"worst_point": "groin", "pain_groin": "yes"}),
    guards("only hip_changed opens a new screening", {"side": "left"}, {"side": "right"}),
])  # fmt: skip
def test_another_place_or_side_opens_a_new_screening(before: dict[str, str], after: dict[str, str]) -> None:
    assert triage(MAN, known(page(**before), 3) | known(after), KB, ON).missing


@pytest.mark.parametrize(("told", "athlete"), [
    guards("a declined red flag opens the self-tests", page(limp=DECLINED, saddle_numb=DECLINED), MAN),
    guards("a pop and a bruise do not close them", page(pop="yes", bruise="yes"), MAN),
    guards("pain above 3/10 does not close them", page(rest_pain_score="6", walk_pain_score="6"), MAN),
    guards("an unknown age does not close them", page(), Athlete(None, "male")),
    guards("a likely bone injury does not close them", LIKELY, MAN),
    (GROWING, MAN), (page(hip_surgery="yes"), MAN), (page(), BOY),
])  # fmt: skip
def test_self_tests_stay_behind_their_gate(told: dict[str, str], athlete: Athlete) -> None:
    assert not offers_a_self_test(known(told), athlete)


# 4. An alarming finding never lowers the level; of two ways of reasoning the more careful one wins.


@given(athletes, many_days, st.sampled_from(ALARMING), st.integers(0, 3))
@settings(max_examples=200)
def test_an_alarm_never_lowers_the_level(athlete: Athlete, told: Evidence, alarm: tuple[str, str], ago: int) -> None:
    earlier = told.history(alarm[0])
    assume(not earlier or earlier[-1].state not in KB.findings[alarm[0]].alarming)
    before = triage(athlete, told, KB, ON)
    after = triage(athlete, told | known(dict([alarm]), ago), KB, ON)
    assert after.level >= before.level
    assert after.bone_stress or not before.bone_stress


@pytest.mark.parametrize("told", [
    *(guards("a check-in does not reach the alarms", {name: state}) for name, state in
      (("walk_pain_score", "6"), ("woken_by_hip", "yes"), ("rest_pain_score", "5"), ("run_limp", "yes"))),
    guards("waking in the small hours is night pain", {"wakes_second_half": "yes"}),
    guards("the worst point hides the groin", {"worst_point": "outer_hip", "weight_bearing": "hurts"}),
    guards("an old limp with night pain is a matter of today", {"weight_bearing": "hurts", "limp": "yes",
          "limp_for": "over_12_weeks", "duration": "over_a_year", "night_pain": "yes"}),
    guards("who cannot stand on the leg is never routine", {"weight_bearing": "cannot", "duration": "over_a_year"}),
    {"night_pain": "yes"}, {"limp": "yes"}, {"weight_bearing": "hurts"}, {"cannot_run": "yes"}, {"hop_hurts": "yes"},
], ids=str)  # fmt: skip
def test_where_bone_may_be_hurt_each_way_of_telling_a_core_sign_is_a_matter_of_today(told: dict[str, str]) -> None:
    assert level(known(groin(**told))) >= Level.SAME_DAY


@pytest.mark.parametrize("told", [guards("the level shown is that of the alarms alone", LIKELY)])
def test_a_likely_bone_injury_raises_the_level_that_is_shown(told: dict[str, str]) -> None:
    ranking = rank(MAN, known(told), KB, ON)
    referral = refer(ranking, MAN, KB)
    assert not may_run(known(told) | BORNE)
    assert referral is not None
    assert assessment(ranking, None, referral, KB)["level"] == referral.level


# 5. Under 16: no ranking; a guardian and a clinician. 16 and 17: growth-plate alarms on.


@given(st.integers(1, 15), many_days, st.sampled_from([cleared(1), Evidence()]))
@settings(max_examples=50)
def test_under_16_nothing_is_ranked_whatever_was_told_or_cleared(age_y: int, told: Evidence, by: Evidence) -> None:
    athlete, evidence = Athlete.of_age(age_y, "male", ON), told | by
    assert rank(athlete, evidence, KB, ON).causes == ()
    following = next_question(athlete, evidence, KB, ON)
    assert following is None or following.question.first_page is not None
    assert of_today(evidence, athlete).verdict == "see_someone"
    assert isinstance(of_plan(evidence, athlete), Referral)


@pytest.mark.parametrize("told", [
    {}, guards("same-day words are those of a stress fracture", {"limp": "yes"}),
    guards("emergency words are those of a broken hip", {"fever": "yes"}),
], ids=str)  # fmt: skip
def test_a_child_is_sent_with_a_guardian_and_for_the_growth_plate(told: dict[str, str]) -> None:
    said = words(of_plan(known(page(**told)), BOY).as_dict())
    assert re.search("parent|guardian", said)
    assert not re.search("stress fracture|broken hip|bone stress", said)


# 6. Never "you have X". Always: how urgent, why, what to do now, what was not looked at.


def test_no_sentence_tells_a_runner_what_they_have() -> None:
    roots = (str(files("hipwise.texts") / "en"), str(files("hipwise.knowledge") / "data"))
    sentences = [path.read_text("utf-8") for root in roots for path in Path(root).rglob("*.yaml")]
    assert [found for each in sentences for found in CLAIM.findall(" ".join(each.split()))] == []


@given(athletes, many_days)
@settings(max_examples=30)
def test_every_answer_says_how_urgent_why_and_what_was_not_looked_at(athlete: Athlete, evidence: Evidence) -> None:
    ranking, plan, verdict = rank(athlete, evidence, KB, ON), of_plan(evidence, athlete), of_today(evidence, athlete)
    assert Level.of(plan.level) >= ranking.level
    for each in (assessment(ranking, None, refer(ranking, athlete, KB), KB), plan_data(plan), today_data(verdict)):
        assert each["not_looked_at"]
        assert not CLAIM.search(words(each))
    assert isinstance(plan, Plan) or (plan.because and plan.what and plan.how_fast)


# 7. Every clinical number bears its source and grade.


@pytest.mark.parametrize(("told", "number"), [
    ({"rest_pain_score": "4"}, None),
    guards("a ceiling is shown without its number's source", {}, "load.spike_small_above"),
    guards("30 minutes of walking are shown without a source", {"walk_pain_score": "3"}, "today.walk_only_min"),
])  # fmt: skip
def test_the_numbers_of_plan_and_verdict_say_whose_they_are(told: dict[str, str], number: str | None) -> None:
    evidence = known(page(**told)) | BORNE
    plan, verdict = of_plan(evidence), of_today(evidence)
    assert isinstance(plan, Plan)
    whose = [(plan.weeks.source, plan.weeks.grade), (plan.stage.source, plan.stage.grade)]
    whose += [(source, each.grade) for each in plan.exercises for source in each.sources]
    assert all(source in KB.sources and grade for source, grade in whose)
    shown = {(each.value, each.source) for each in verdict.bounds if each.grade}
    assert number is None or (KB.number(number).value, KB.number(number).source) in shown


# 8. A painkiller inside its window means: score again later. A limp, a broken night and pain still count.


@pytest.mark.parametrize(("told", "rule"), [
    ({}, "R5"), ({"limp": "yes"}, "R6"), ({"woken_by_hip": "yes"}, "R7"), ({"rest_pain_score": "4"}, "R8"),
    ({"rest_pain_score": "8"}, "R2"), ({"saddle_numb": "yes"}, "R1"), (GROWING, "R2"),
])  # fmt: skip
def test_a_painkiller_hides_a_low_score_and_no_sign(told: dict[str, str], rule: str) -> None:
    drug = {"painkiller": "ibuprofen", "painkiller_hours_ago": "under_6"}
    assert of_today(known(page(**told) | drug) | BORNE).rule == rule
