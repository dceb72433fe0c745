"""What no screen may hold, whatever was told: searched for in all that leaves the house, for every picture."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from hipwise.handout import assessment, plan_data, today_data
from hipwise.journal._known import Known
from hipwise.load import measure
from hipwise.model import DECLINED, UNKNOWN, Athlete, Evidence, Finding
from hipwise.plan import Plan, Wishes
from load_log import run
from offers import offers_of_exercise, offers_of_running
from sore_runner import AFTER_THE_RUN, GOOD_MORNING, KB, ON, calm

ALARMING = sorted((name, state) for name, question in KB.findings.items() for state in question.alarming)
NAMES = sorted(KB.findings)
NOW = {"emergency", "same_day"}
LOAD = measure([run(ON - timedelta(2 * ago), 8.0) for ago in range(1, 60)], Athlete(), KB, on=ON, onset=ON)

athletes = st.builds(
    lambda age_y, sex: Athlete.of_age(age_y, sex, ON, "IE"),
    st.sampled_from([None, 14, 17, 35, 70]),
    st.sampled_from([None, "female", "male"]),
)
alarms = st.lists(st.sampled_from(ALARMING), max_size=3).map(dict)
others = st.dictionaries(st.sampled_from(NAMES), st.integers(0, 20), max_size=6).map(
    lambda picks: {
        name: (*KB.findings[name].states, UNKNOWN, DECLINED)[place % (len(KB.findings[name].states) + 2)]
        for name, place in picks.items()
    }
)


def known(athlete: Athlete, states: dict[str, str], agreed: Plan | None) -> Known:
    told = calm(**GOOD_MORNING, **AFTER_THE_RUN) | states
    evidence = Evidence.of(Finding(name, state, ON) for name, state in told.items()) | LOAD.evidence
    return Known(ON, athlete, None, LOAD, evidence, agreed, (), KB)


def an_older_plan(on: date = ON) -> Plan:
    made = known(Athlete.of_age(35, "female", on), {}, None).plan(Wishes())
    assert isinstance(made, Plan)
    return made


AGREED = an_older_plan()


def screens(of: Known) -> dict[str, Any]:
    found = of.assessment()
    return {
        "assess": assessment(found.ranking, found.following, found.referral, KB),
        "plan": plan_data(of.plan(Wishes())),
        "today": today_data(of.today()),
        "load": of.training(),
        "report": of.report(),
    }


@given(athletes, alarms, others, st.booleans())
@settings(max_examples=60)
def test_no_screen_offers_what_what_was_told_forbids(
    athlete: Athlete, alarming: dict[str, str], other: dict[str, str], has_plan: bool
) -> None:
    shown = screens(known(athlete, other | alarming, AGREED if has_plan else None))
    found = shown["assess"]
    if found["referral"] is not None or found["bone_stress"]:
        for name, data in shown.items():
            assert offers_of_running(data) == [], name
            assert offers_of_exercise(data) == [], name
        assert shown["plan"]["kind"] == shown["report"]["plan"]["kind"] == "referral"
        assert shown["today"]["verdict"] == "see_someone"
    if found["level"] in NOW:
        assert found["causes"] == shown["report"]["assessment"]["causes"] == []
        assert found["next"] is None or found["next"]["why"] == "red_flag"  # it may be an emergency: see the eight laws
        assert shown["report"]["load"] is None
    if found["missing"]:
        assert found["level"] != "self_care"
        assert offers_of_running(shown["today"]) == offers_of_running(shown["plan"]) == []
        assert offers_of_exercise(shown["today"]) == offers_of_exercise(shown["plan"]) == []


@given(athletes, alarms, others, st.booleans(), st.floats(0.1, 60))
@settings(max_examples=60)
def test_no_ceiling_stands_anywhere_while_today_forbids_running(
    athlete: Athlete, alarming: dict[str, str], other: dict[str, str], has_plan: bool, planned_km: float
) -> None:
    of = known(athlete, other | alarming, AGREED if has_plan else None)
    today, load = of.today(), of.training(planned_km)
    if today.verdict in {"run", "run_less"}:
        assert load["ceiling_km"] in {today.ceiling_km, None}
    else:
        assert not load["may_run"]
        assert load["ceiling_km"] is today.ceiling_km is None
        assert load["planned"]["state"] is None
        assert all(row[3] is None for row in of.chart("weeks").rows)
        assert offers_of_running(load) == []
        assert offers_of_running(of.report()["load"] or {}) == []


@given(athletes, alarms, others)
@settings(max_examples=40)
def test_every_screen_speaks_of_one_urgency_and_of_what_was_not_looked_at(
    athlete: Athlete, alarming: dict[str, str], other: dict[str, str]
) -> None:
    shown = screens(known(athlete, other | alarming, None))
    level = shown["assess"]["level"]
    assert shown["plan"]["level"] == shown["report"]["assessment"]["level"] == level
    if shown["today"]["referral"] is not None and shown["assess"]["referral"] is not None:
        assert shown["today"]["referral"]["level"] == level
    assert all(data["not_looked_at"] for name, data in shown.items() if name != "report")
    for cause in shown["assess"]["causes"]:
        assert 0 < cause["low"] <= cause["probability"] <= cause["high"] < 1, cause["id"]
