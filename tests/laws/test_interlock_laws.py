"""One interlock: while a bone-stress alarm stands, no path of a living plan offers a run, a jump or an exercise."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from hipwise.causes import rank, triage
from hipwise.cli import app
from hipwise.errors import HipwiseError
from hipwise.handout import plan_data, today_data
from hipwise.journal import Journal
from hipwise.model import Athlete, Evidence, Finding
from hipwise.plan import Asked, Plan, RunningNow, Wishes, answer, argued, given_of, make, overridden, replay
from offers import offers_of_exercise, offers_of_running
from sore_runner import AFTER_THE_RUN, BONE, GOOD_MORNING, KB, ON, Clock, calm, sore

DAY = timedelta(1)
BEGUN = datetime.now().astimezone().date() - 11 * DAY
"""So that the story ends today, when the commands look at it."""

GATES = {"gate_walk_30": "yes", "gate_calm_days": "yes", "gate_one_leg": "yes", "gate_squats": "yes"}
RAN = RunningNow(
    longest_30d_km=10.0, ceiling_km=11.0, last_run_km=8.0, last_run_min=45.0, run_days=(ON - 4 * DAY, ON - 2 * DAY)
)
WOMAN = Athlete.of_age(35, "female", ON, "IE")
NAMES = sorted(set(KB.findings) - {"cleared_bone"} - BONE.keys())
noise = st.dictionaries(st.sampled_from(NAMES), st.integers(0, 12), max_size=4).map(
    lambda picks: {name: KB.findings[name].states[at % len(KB.findings[name].states)] for name, at in picks.items()}
)


def nothing_offered(data: Any) -> None:
    assert offers_of_running(data) == []
    assert offers_of_exercise(data) == []


@given(noise, st.integers(0, 12), st.none() | st.integers(0, 11), st.none() | st.floats(1, 42), st.booleans())
@settings(max_examples=25)
def test_no_wish_no_plan_no_lock_and_no_trace_gets_past_a_bone_alarm(
    other: dict[str, str], weeks: int, most_stage: int | None, planned: float | None, agreed: bool
) -> None:
    told = calm() | GOOD_MORNING | other | BONE
    evidence = Evidence.of(Finding(name, state, ON) for name, state in told.items())
    if not triage(WOMAN, evidence, KB, ON).bone_stress:
        return
    wishes = Wishes(weeks=weeks + 1, runs_a_week=3, race_on=ON + 30 * DAY, race_km=10.0)
    nothing_offered(plan_data(make(rank(WOMAN, evidence, KB, ON), WOMAN, evidence, RAN, wishes, KB, ON)))
    asked = Asked(
        athlete=WOMAN, evidence=evidence, running=RAN, agreed=("tendon",) if agreed else None, on=ON,
        planned_km=planned, most_stage=most_stage,
    )  # fmt: skip
    verdict = argued(asked, KB)
    nothing_offered(today_data(verdict))
    nothing_offered(today_data(replay(json.loads(json.dumps(given_of(asked))), KB)))
    assert answer(asked, KB).verdict == "see_someone"
    with pytest.raises(HipwiseError):
        overridden(verdict, "my race", KB)


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Clock]:
    """A journal of a runner whose plan went on for ten days, and whose bone then began to speak."""
    folder, clock = tmp_path_factory.mktemp("lived"), Clock(BEGUN)
    with sore(folder, clock) as journal:
        journal.tell(GATES | GOOD_MORNING | AFTER_THE_RUN)
        assert isinstance(journal.plan(Wishes(weeks=4, race_on=BEGUN + 60 * DAY, race_km=10.0)), Plan)
        for later in (1, 4, 7, 10):
            clock.on = BEGUN + later * DAY
            journal.tell(calm() | GATES)
            journal.checkin(GOOD_MORNING | AFTER_THE_RUN)
        for each in journal.proposals()[:1]:
            journal.accept(each.id)
        assert journal.versions()
        clock.on += DAY
        journal.tell(calm(**BONE))
    return folder / "me.db", clock


@given(noise)
@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_lived_plan_rests_whatever_is_told_beside_the_bone(lived: tuple[Path, Clock], other: dict[str, str]) -> None:
    file, clock = lived
    with Journal.open(file, now=clock) as journal:
        journal.tell({name: state for name, state in other.items() if name != "seen_by_clinician"})
        nothing_offered(plan_data(journal.plan()))
        nothing_offered(plan_data(journal.plan(Wishes(weeks=2, runs_a_week=3))))
        nothing_offered(today_data(journal.checkin(GOOD_MORNING | AFTER_THE_RUN)))
        nothing_offered(today_data(journal.today(planned_km=5.0)))
        assert journal.beside_today() == {"exercises": None, "pain": None}
        assert journal.stages(journal.standing()) == ()
        nothing_offered([each.as_dict() for each in journal.proposals()])
        nothing_offered([each.body for each in journal.versions()])
        nothing_offered(journal.race(10.0, clock.on + DAY).as_dict())
        nothing_offered(journal.report()["plan"])
        for change in ("deadbeef", ""):
            with pytest.raises(HipwiseError):
                journal.accept(change)
        for refused in (lambda: journal.today(override="race"), lambda: journal.swap("a", "b")):
            with pytest.raises(HipwiseError):
                refused()
        with pytest.raises(HipwiseError):
            journal.lock("run", "A", "b")


def test_the_commands_of_a_lived_plan_offer_nothing(lived: tuple[Path, Clock], tmp_path: Path) -> None:
    file, clock = lived
    with Journal.open(file, now=clock) as journal:
        journal.export(tmp_path / "all.zip")
    copy = tmp_path / "copy.db"
    with Journal.open(copy, now=clock) as journal:
        journal.restore(tmp_path / "all.zip")
        assert journal.is_held()
    for words in (["changes"], ["changes", "--json"], ["plan", "--json"], ["today", "--json"],
                  ["race", "--km", "10", "--json"], ["weekly", "--json"], ["race", "--km", "10"]):  # fmt: skip
        told = CliRunner().invoke(app, ["--journal", str(copy), *words])
        assert told.exit_code in {0, 4}, told.output
        nothing_offered(json.loads(told.stdout) if "--json" in words else told.stdout)
    told = CliRunner().invoke(app, ["--journal", str(copy), "today", "--override", "race", "--json"])
    assert "error" in json.loads(told.stdout)
