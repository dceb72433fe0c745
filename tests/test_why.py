"""What stands behind a number: its rule, what it was made from, who says so; never a source that is made up."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from hipwise.handout import why_plan, why_today
from hipwise.journal import Journal
from hipwise.load import METRICS
from hipwise.plan import Plan, Session
from offers import offers_of_running
from sore_runner import AFTER_THE_RUN, BONE, GOOD_MORNING, KB, ON, sore

PICTURE = {
    "lying_on_side_hurts": "yes",
    "worst_point": "outer_hip",
    "night_pain": "lying_on_it",
    "duration": "under_2_weeks",
}
OF_TODAY = ("verdict", "ceiling_km", "limits")
OF_LOAD = ("ceiling", "longest", "week", *(each.id for each in METRICS))
COUNTED = ("longest", "week")
STEP = Session(
    4, 120, 60, 8, 16.0, 34.0, 2, "Walk 5 minutes. Then 8 times: run 2 minutes, walk 1 minute.", "hipwise_judgement"
)


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journal]:
    with sore(tmp_path_factory.mktemp("why"), **PICTURE) as opened:
        opened.checkin(GOOD_MORNING | AFTER_THE_RUN)
        opened.plan()
        yield opened


def why(journal: Journal, kind: str, name: str) -> dict[str, Any]:
    found = journal.why(kind, name)
    assert found is not None, (kind, name)
    return found


def every(journal: Journal) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the drawer of every number that the screens show."""
    plan = journal.standing()
    assert isinstance(plan, Plan)
    names = {
        "today": OF_TODAY,
        "load": OF_LOAD,
        "cause": ("something_else", *(each.id for each in journal.assess().ranking.causes[:3])),
        "plan": ("stage", "weeks", "limits"),
        "exercise": [each.id for each in plan.exercises],
    }
    for kind, each in names.items():
        for name in each:
            yield name, why(journal, kind, name)


def test_every_number_says_what_it_is_and_either_who_says_so_or_that_it_was_counted(journal: Journal) -> None:
    for name, drawer in every(journal):
        assert drawer["what"], name
        assert bool(drawer["sources"]) != bool(drawer["own"]), name
        assert {each["source"] for each in drawer["evidence"]} <= {each["id"] for each in drawer["sources"]}
        assert all(each["grade_says"] and each["of"] for each in drawer["evidence"]), name
        assert (drawer["own"] != "") == (name in COUNTED), name


def test_no_drawer_speaks_in_codes(journal: Journal) -> None:
    codes = {*KB.findings, *(each.id for each in KB.rehab.today), *KB.causes}
    for name, drawer in every(journal):
        shown = [each["says"] for each in drawer["from"]] + drawer["rule"] + drawer["would_change"]
        assert [text for text in shown if text in codes] == [], name


def test_a_ceiling_names_its_runs_and_their_days(journal: Journal) -> None:
    drawer = why(journal, "today", "ceiling_km")
    longest = journal.load().longest_run_km(ON)
    assert drawer["value"] == f"{journal.look_at_today().ceiling_km:.1f} km"
    assert drawer["from"][0]["value"] == f"{longest:.1f} km"
    assert drawer["from"][0]["on"] is not None
    assert drawer["evidence"][0]["source"] == "frandsen2025"


def test_a_run_that_was_a_jump_is_named_beside_the_one_that_counts(tmp_path: Path) -> None:
    with sore(tmp_path) as journal:
        journal.log(distance_m=14_000, timer_s=5000, started_at=journal.now - timedelta(2))
        journal.checkin(GOOD_MORNING | AFTER_THE_RUN)
        drawer = why(journal, "load", "ceiling")
        assert [each["value"] for each in drawer["from"]] == [
            "14.0 km",
            f"{journal.load().longest_borne_km(ON):.1f} km",
        ]
        assert why(journal, "load", "longest")["value"] == "14.0 km"


def test_minutes_come_from_the_step_of_the_ladder_or_from_the_last_run(journal: Journal) -> None:
    cut = replace(journal.look_at_today(), ceiling_min=25.5, session=STEP, outcome="RUN_CUT_25")
    by_step = why_today("ceiling_min", cut, journal.load(), KB)
    assert by_step is not None
    assert by_step["value"] == "25 minutes"
    assert STEP.says in by_step["rule"]
    assert [each["says"] for each in by_step["evidence"]] == [KB.rehab.ladder.says, KB.number("today.cut_share").says]
    free = why_today("ceiling_min", replace(cut, session=None, outcome="RUN_REPEAT"), journal.load(), KB)
    assert free is not None
    assert free["rule"] == [
        "No more minutes than the last run had, or than the last step of the walk-run ladder where none is known."
    ]
    less = why_today("ceiling_km", replace(cut, ceiling_km=3.0), journal.load(), KB)
    assert less is not None
    assert any(text.startswith("Today allows less") for text in less["rule"])
    walk = why_today("walk_min", replace(cut, walk_min=30.0), journal.load(), KB)
    assert walk is not None
    assert walk["evidence"][0]["value"] == KB.number("today.walk_only_min").value


def test_the_run_of_a_plan_says_its_step_and_how_many_calm_runs_it_needs(journal: Journal) -> None:
    plan = journal.standing()
    assert isinstance(plan, Plan)
    drawer = why_plan("run", replace(plan, run=replace(plan.run, session=STEP, passes=1)), KB)
    assert drawer is not None
    assert drawer["value"] == STEP.says
    assert drawer["from"][0]["value"] == "1 of 2"
    assert why_plan("run", replace(plan, run=replace(plan.run, session=None)), KB) is None
    bone = why_plan("limits", replace(plan, limits=replace(plan.limits, bone=True)), KB)
    assert bone is not None
    assert bone["value"] == "Any pain is too much"


def test_a_probability_shows_the_answers_behind_it_with_their_days_and_its_interval(journal: Journal) -> None:
    first = journal.assess().ranking.causes[0]
    drawer = why(journal, "cause", first.id)
    told = {each["says"]: each for each in drawer["from"]}
    worst = told[KB.findings["worst_point"].question]
    assert (worst["value"], worst["on"]) == (KB.findings["worst_point"].labels["outer_hip"], ON.isoformat())
    assert worst["note"].startswith("Speaks for it")
    assert KB.causes[first.id].prior.source in {each["id"] for each in drawer["sources"]}


def test_what_is_not_known_is_said_to_be_not_known(journal: Journal) -> None:
    assert journal.why("cause", "no_such_cause") is None
    assert journal.why("load", "no_such_figure") is None
    assert journal.why("plan", "no_such_part") is None
    assert journal.why("exercise", "no_such_exercise") is None
    assert journal.why("today", "walk_min") is None


def test_an_exercise_outside_the_plan_says_its_usual_dose(journal: Journal) -> None:
    drawer = why(journal, "exercise", "copenhagen_short")
    assert drawer["from"] == []
    assert drawer["evidence"][0]["says"] == KB.rehab.exercises["copenhagen_short"].dose.says


def test_while_somebody_must_be_seen_first_no_drawer_names_a_run_or_an_exercise(tmp_path: Path) -> None:
    with sore(tmp_path, **BONE) as journal:
        assert journal.referral is not None
        gone = [
            ("today", "ceiling_km"),
            ("today", "ceiling_min"),
            ("load", "ceiling"),
            ("plan", "run"),
            ("plan", "stage"),
        ]
        assert [journal.why(*each) for each in [*gone, ("exercise", "glute_bridge")]] == [None] * 6
        left = [why(journal, "today", "verdict"), *(why(journal, "load", name) for name in COUNTED)]
        assert [offers_of_running(drawer) for drawer in left] == [[], [], []]


def test_before_any_run_there_is_nothing_to_count(tmp_path: Path) -> None:
    with Journal.open(tmp_path / "empty.db", knowledge=KB) as journal:
        assert journal.why("load", "longest") is None
        assert journal.why("load", "week") is None
        assert journal.why("plan", "stage") is None
        assert why(journal, "today", "verdict")["title"]
        assert why(journal, "load", "acwr")["value"] is None
