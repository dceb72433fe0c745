"""What planning takes from the rooms below: the log, the ranking, the words of a dose."""

from datetime import UTC, date, datetime, timedelta

import pytest

from hipwise.activity import by_hand
from hipwise.causes import rank
from hipwise.knowledge import Knowledge
from hipwise.load import measure
from hipwise.model import Athlete, Evidence, Finding
from hipwise.plan import Referral, RunningNow, Wishes, make, running_now, today
from hipwise.plan._exercises import prescribed

KB = Knowledge.load()
ON = date(2030, 5, 6)
DAY = timedelta(1)
RUNNER = Athlete.of_age(35, "female", ON, "DE")
CARD = {"rest_pain_score": "0", "walk_pain_score": "0", "woken_by_hip": "no", "painkiller": "none"}
NOW = RunningNow(longest_30d_km=10.0, ceiling_km=11.0, run_days=tuple(ON - ago * DAY for ago in (14, 11, 8, 5, 2)))


def test_every_dose_is_said_in_words_and_has_a_source() -> None:
    said = {name: prescribed(each) for name, each in KB.rehab.exercises.items()}
    assert said["glute_bridge"].dose == "3 times 10 to 12, 2 to 3 seconds each"
    assert said["sidestepping"].dose == "10 to 15 times, on each side"
    assert said["side_plank_knees"].dose == "2 times, 30 to 40 seconds each, on each side"
    assert said["walking_brisk"].dose == "10 to 30 minutes"
    assert said["iso_hip_flexion_supine"].dose == "4 to 5 times, 30 to 45 seconds each, on each side"
    assert all(set(each.sources) <= set(KB.sources) for each in said.values())


@pytest.mark.parametrize(
    ("told", "verdict"),
    [
        ({"worst_point": "outer_hip", "pain_outer_hip": "yes", "one_leg_hurts": "yes"}, None),
        ({"worst_point": "groin", "pain_groin": "yes", "impact_pain": "yes", "limp": "yes"}, "see_someone"),
    ],
)
def test_plan_and_today_agree_on_real_answers(told: dict[str, str], verdict: str | None) -> None:
    page = {name: each.states[0] for name, each in KB.findings.items() if each.first_page not in {None, "where"}}
    evidence = Evidence.of(Finding(name, state, ON) for name, state in (page | CARD | told).items())
    found = make(rank(RUNNER, evidence, KB, ON), RUNNER, evidence, NOW, Wishes(), KB, ON)
    day = today(RUNNER, evidence, NOW, found, KB, ON)
    assert isinstance(found, Referral) == (day.verdict == "see_someone") == (verdict == "see_someone")
    if not isinstance(found, Referral):
        assert day.limits == found.limits


def test_running_is_read_from_the_log() -> None:
    noon = datetime(ON.year, ON.month, ON.day, 12, tzinfo=UTC)
    runs = [by_hand(noon - ago * DAY, "run", 5000 + 100 * ago, 1800, 0) for ago in (40, 10, 3)]
    load = measure([run.summary for run in runs], RUNNER, KB, on=ON)
    now = running_now(load, ON)
    assert now.run_days == (ON - 40 * DAY, ON - 10 * DAY, ON - 3 * DAY)
    assert now.longest_30d_km == pytest.approx(6)
    assert now.ceiling_km == pytest.approx(6.6)
    assert (now.last_run_km, now.last_run_min) == (pytest.approx(5.3), pytest.approx(30))
    assert (now.run_days_in_row, now.sore_km) == (0, None)
    sore = measure([run.summary for run in runs], RUNNER, KB, on=ON, onset=ON - 5 * DAY)
    assert running_now(sore, ON).sore_km == pytest.approx(5.3)
    rested = measure([run.summary for run in runs], RUNNER, KB, on=ON, onset=ON - DAY)
    assert running_now(rested, ON).sore_km == pytest.approx(5.3), "none since: no farther than the last one"
    assert running_now(measure([], RUNNER, KB, on=ON), ON) == RunningNow()
