"""What load promises of changes before the pain: facts with their day, and never a "no" by silence."""

import pytest

from hipwise.activity import RunSummary
from hipwise.knowledge import Knowledge
from hipwise.load import Load
from hipwise.model import UNKNOWN
from hipwise.texts import say
from load_log import day, every, run, seen


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge.load()


def states(load: Load) -> dict[str, str]:
    return {finding.id: finding.state for finding in load.evidence}


STEADY = every(2, 0, 120, 8, ascent_m=32.0, cadence_spm=168.0)
"""A run of 8 km every other day."""


def instead(*others: RunSummary) -> list[RunSummary]:
    """The steady log with OTHERS in place of its runs on their days."""
    changed = {each.local_date for each in others}
    return [*(each for each in STEADY if each.local_date not in changed), *others]


def test_a_steady_log_has_no_change_and_every_finding_is_a_no(knowledge: Knowledge) -> None:
    load = seen(STEADY, knowledge, onset=119)
    assert states(load) == {
        "load_run_spike": "none",
        "load_week_jump": "no",
        "load_gap_restart": "no",
        "load_first_hills": "no",
        "load_faster": "no",
        "load_cadence_shift": "no",
    }
    assert all(finding.origin == "load" and finding.on == load.on for finding in load.evidence)
    assert load.changes == ()
    assert load.verdict_says == say("load.verdict_none", days=28)


def test_a_steady_log_that_is_too_short_never_says_no(knowledge: Knowledge) -> None:
    load = seen(STEADY[:10], knowledge, onset=18)
    assert set(states(load).values()) == {UNKNOWN}
    assert load.verdict == "load.verdict_not_enough"


def test_without_an_onset_nobody_knows_what_came_before_the_pain(knowledge: Knowledge) -> None:
    load = seen(instead(run(118, 20)), knowledge)
    assert set(states(load).values()) == {UNKNOWN}
    assert [change.kind for change in load.changes] == ["spike", "week_jump"]


def test_a_log_that_ends_long_before_the_pain_never_says_no(knowledge: Knowledge) -> None:
    assert states(seen(STEADY, knowledge, onset=119))["load_run_spike"] == "none"
    late = seen(STEADY, knowledge, on=140, onset=126)
    assert set(states(late).values()) == {UNKNOWN}


def test_a_longer_run_before_the_pain_is_named_with_its_day(knowledge: Knowledge) -> None:
    load = seen(instead(run(110, 12.4)), knowledge, onset=115)
    spike = next(change for change in load.changes if change.kind == "spike")
    assert (spike.on, spike.days_before) == (day(110), 5)
    assert spike.says == (
        "27 Apr 2030, 5 days before: a run of 12.4 km, 55 % longer than the longest of the 30 days before (8.0 km)."
    )
    assert states(load)["load_run_spike"] == "moderate"


def test_a_run_on_the_day_of_the_pain_counts_and_one_after_it_does_not(knowledge: Knowledge) -> None:
    runs = [*STEADY, run(111, 18)]
    assert states(seen(runs, knowledge, onset=111))["load_run_spike"] == "large"
    assert states(seen(runs, knowledge, onset=110))["load_run_spike"] == "none"
    assert states(seen(runs, knowledge, on=120, onset=139))["load_run_spike"] == "large"


def test_a_week_that_is_big_because_of_a_longer_run_is_one_change(knowledge: Knowledge) -> None:
    load = seen(instead(run(110, 20)), knowledge, onset=115)
    spike, week = load.changes
    assert (spike.kind, week.kind, week.echo) == ("spike", "week_jump", True)
    assert states(load)["load_week_jump"] == "yes"
    assert load.verdict_says == say("load.verdict_one_clear", near=14)


def test_weeks_that_share_days_are_one_change_told_at_their_peak(knowledge: Knowledge) -> None:
    more = [run(place, 8) for place in (101, 103, 105)]
    load = seen([*STEADY, *more], knowledge, onset=112)
    (week,) = load.changes
    assert (week.kind, week.echo, week.on) == ("week_jump", False, day(106))
    assert dict(week.values) == {"km": 56.0, "most_km": 32.0, "usual_km": 28.0, "before_d": 14}
    assert week.says == (
        "23 Apr 2030, 6 days before: 56.0 km in seven days. "
        "Any seven days of the 14 before had at most 32.0 km, a usual week of the four before 28.0 km."
    )


def test_a_single_change_long_before_the_pain_is_called_earlier(knowledge: Knowledge) -> None:
    load = seen(instead(run(90, 20)), knowledge, onset=115)
    assert load.verdict_says == say("load.verdict_one_earlier", near=14)


def test_a_week_back_to_usual_after_a_lighter_one_is_no_jump(knowledge: Knowledge) -> None:
    load = seen([*every(1, 0, 98, 5), *every(3, 98, 105, 5), *every(1, 105, 120, 5)], knowledge, onset=115)
    assert max(load.rolling["change_pct"].drop_nulls()) > 100
    assert states(load)["load_week_jump"] == "no"


def test_a_week_after_so_small_a_one_is_neither_a_jump_nor_none(knowledge: Knowledge) -> None:
    small = every(7, 0, 120, 4)
    assert states(seen(small, knowledge, onset=119))["load_week_jump"] == "no"
    load = seen([*small, run(115, 4)], knowledge, onset=119)
    assert states(load)["load_week_jump"] == UNKNOWN


def test_a_week_without_all_its_distances_is_no_proof_of_a_steady_one(knowledge: Knowledge) -> None:
    load = seen([*STEADY, run(115, None, minutes=60)], knowledge, onset=119)
    assert states(load)["load_week_jump"] == UNKNOWN
    assert states(load)["load_run_spike"] == UNKNOWN


def test_a_restart_after_a_gap_is_named(knowledge: Knowledge) -> None:
    load = seen([*STEADY[:45], *STEADY[53:]], knowledge, onset=115)
    restart = next(change for change in load.changes if change.kind == "gap_restart")
    assert restart.says == "23 Apr 2030, 9 days before: the first run after 17 days without one."
    assert states(load)["load_gap_restart"] == "yes"


def test_runs_after_a_gap_as_long_as_the_window_are_no_proof_of_a_steady_load(knowledge: Knowledge) -> None:
    load = seen([*STEADY[:35], *STEADY[53:]], knowledge, onset=115)
    assert states(load)["load_run_spike"] == UNKNOWN
    assert states(load)["load_gap_restart"] == "yes"


def test_a_runner_who_rested_before_the_pain_had_no_spike(knowledge: Knowledge) -> None:
    load = seen([*STEADY[:40], run(119, 5)], knowledge, onset=115)
    assert states(load)["load_run_spike"] == "none"
    assert states(load)["load_cadence_shift"] == "no"


def test_first_hills_are_named_against_the_hilliest_usual_run(knowledge: Knowledge) -> None:
    hill = run(110, 8, ascent_m=240.0)
    load = seen(instead(hill), knowledge, onset=115)
    (change,) = [each for each in load.changes if each.kind == "first_hills"]
    assert change.says == (
        "27 Apr 2030, 5 days before: the first hilly run, 30 m of climb a kilometre. The hilliest usual run had 4 m."
    )
    assert states(load)["load_first_hills"] == "yes"


def test_hills_are_not_first_where_they_were_usual(knowledge: Knowledge) -> None:
    load = seen([*STEADY, run(51, 8, ascent_m=230.0), run(109, 8, ascent_m=240.0)], knowledge, onset=115)
    assert states(load)["load_first_hills"] == "no"


def test_hills_are_not_known_where_the_climb_is_missing(knowledge: Knowledge) -> None:
    flat_unknown = [run(place, 8, at=18) for place in range(88, 116, 3)]
    assert states(seen([*STEADY, *flat_unknown], knowledge, onset=115))["load_first_hills"] == UNKNOWN
    assert states(seen(every(2, 0, 120), knowledge, onset=115))["load_first_hills"] == UNKNOWN


def test_a_faster_run_is_named_with_its_pace(knowledge: Knowledge) -> None:
    load = seen(instead(run(110, 6, minutes=30)), knowledge, onset=115)
    (change,) = load.changes
    assert change.says == ("27 Apr 2030, 5 days before: a faster run, 5:00 min/km. Usual fast running was 6:00 min/km.")
    assert states(load)["load_faster"] == "yes"


def test_a_short_sprint_is_not_compared(knowledge: Knowledge) -> None:
    load = seen([*STEADY, run(109, 1, minutes=4)], knowledge, onset=115)
    assert states(load)["load_faster"] == "no"


def test_another_cadence_at_the_usual_speed_is_named(knowledge: Knowledge) -> None:
    quicker = [run(place, 8, cadence_spm=180.0) for place in range(92, 116, 2)]
    load = seen([*STEADY[:46], *quicker], knowledge, onset=115)
    (change,) = load.changes
    assert change.says == (
        "9 Apr 2030, 23 days before: another cadence at the usual speed, 180 steps a minute instead of 168 (+7 %)."
    )
    assert states(load)["load_cadence_shift"] == "yes"


def test_another_cadence_at_another_speed_is_no_shift(knowledge: Knowledge) -> None:
    quick = [run(place, 6, minutes=25, cadence_spm=186.0, at=18) for place in (90, 97, 104)]
    assert states(seen([*STEADY, *quick], knowledge, onset=115))["load_cadence_shift"] == "no"


def test_a_cadence_counted_by_one_foot_is_a_fault_and_no_shift(knowledge: Knowledge) -> None:
    halved = [run(place, 8, cadence_spm=84.0) for place in range(92, 116, 2)]
    assert states(seen([*STEADY[:46], *halved], knowledge, onset=115))["load_cadence_shift"] == UNKNOWN


def test_two_runs_do_not_show_a_shift_of_cadence(knowledge: Knowledge) -> None:
    few = [run(place, 8, cadence_spm=190.0) for place in (112, 114)]
    assert states(seen([*STEADY[:44], *few], knowledge, onset=115))["load_cadence_shift"] == UNKNOWN


def test_cadence_is_not_known_where_it_was_not_recorded(knowledge: Knowledge) -> None:
    assert states(seen(every(2, 0, 120), knowledge, onset=115))["load_cadence_shift"] == UNKNOWN
    timeless = [run(place, 8, timer_s=None, cadence_spm=168.0) for place in range(0, 120, 2)]
    assert states(seen(timeless, knowledge, onset=115))["load_cadence_shift"] == UNKNOWN


def test_cadence_known_of_few_runs_lately_is_no_proof(knowledge: Knowledge) -> None:
    silent = [run(place, 8) for place in range(96, 120, 2)]
    assert states(seen([*STEADY[:48], *silent], knowledge, onset=115))["load_cadence_shift"] == UNKNOWN


def test_another_sport_that_is_new_is_a_change_without_a_finding(knowledge: Knowledge) -> None:
    rides = [run(place, 30, sport="cycling", minutes=70, at=18) for place in (100, 103)]
    old = [run(place, 1, sport="swimming", minutes=60, at=18) for place in (70, 101)]
    brief = [run(105, 1, sport="walking", minutes=20, at=18)]
    load = seen([*STEADY, *rides, *old, *brief], knowledge, onset=115)
    (change,) = load.changes
    assert change.says == "17 Apr 2030, 15 days before: another sport began (cycling, 140 minutes so far)."
    assert "yes" not in states(load).values()


def test_a_new_sport_in_a_new_log_is_not_called_new(knowledge: Knowledge) -> None:
    load = seen([*STEADY[:20], run(30, 30, sport="cycling", minutes=70, at=18)], knowledge, onset=38)
    assert load.changes == ()


def test_changes_come_in_order_of_evidence_then_of_time_and_several_are_called_so(knowledge: Knowledge) -> None:
    runs = [*STEADY, run(93, 8, at=18, ascent_m=300.0), run(99, 12, at=18), run(109, 14, at=18)]
    load = seen(runs, knowledge, onset=115)
    assert [(change.kind, change.on, change.standing) for change in load.changes] == [
        ("spike", day(99), "best_evidence"),
        ("spike", day(109), "best_evidence"),
        ("week_jump", day(99), "weak_evidence"),
        ("first_hills", day(93), "no_study"),
    ]
    assert load.verdict_says == say("load.verdict_several", days=28)
