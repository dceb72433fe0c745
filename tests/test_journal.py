"""What a journal promises: every step kept whole, taken back whole, and judged on the day that it is."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from hipwise.errors import HipwiseError, JournalError, UnknownAnswer
from hipwise.journal import Journal
from hipwise.knowledge import Knowledge, Level
from hipwise.model import DECLINED, UNKNOWN, Athlete
from hipwise.plan import Plan
from sore_runner import AFTER_THE_RUN, GOOD_MORNING, KB, ON, Clock, fit, sore

DAY = timedelta(1)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def journal(tmp_path: Path, clock: Clock) -> Journal:
    with Journal.open(tmp_path / "me.db", now=clock) as opened:
        yield opened


# A journal in which nothing is told


def test_who_told_nothing_is_asked_before_any_run(journal: Journal) -> None:
    verdict = journal.today()
    assert verdict.verdict == "ask"
    assert verdict.asks
    assert verdict.ceiling_km is None
    assert verdict.ceiling_min is None


def test_who_told_nothing_gets_no_self_care_and_no_exercise(journal: Journal) -> None:
    assert journal.assess().ranking.level is Level.ROUTINE
    made = journal.plan()
    assert isinstance(made, Plan)
    assert made.missing
    assert made.exercises == ()


def test_the_first_question_is_a_red_flag(journal: Journal) -> None:
    following = journal.question()
    assert following is not None
    assert following.why == "red_flag"


def test_runs_can_be_kept_while_the_knowledge_base_is_broken(
    journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_cls: type, _folder: object = None) -> Knowledge:
        raise AssertionError

    monkeypatch.setattr(Knowledge, "load", classmethod(broken))
    journal.add([fit(tmp_path)])
    assert len(journal.runs()) == 1
    with pytest.raises(AssertionError):
        journal.assess()


# Who runs


def test_what_is_told_of_the_runner_adds_up(journal: Journal) -> None:
    journal.set_athlete(born=date(1990, 5, 7))
    journal.set_athlete(sex="Woman")
    journal.set_athlete(country="ie")
    assert journal.athlete == Athlete(date(1990, 5, 7), "female", "IE")
    assert journal.athlete.age_y(ON) == 39


def test_an_age_is_as_good_as_a_birthday(journal: Journal) -> None:
    assert journal.set_athlete(age_y=15).age_y(ON) == 15
    assert journal.question() is None or journal.assess().ranking.triage.too_young


@pytest.mark.parametrize(
    "said",
    [
        {"born": ON + DAY},
        {"born": date(1850, 1, 1)},
        {"age_y": -1},
        {"age_y": 200},
        {"sex": "runner"},
        {"country": "Ireland"},
    ],
    ids=repr,
)
def test_what_cannot_be_told_of_a_runner_is_not_kept(journal: Journal, said: dict[str, object]) -> None:
    with pytest.raises(HipwiseError, match="athlete") as told:
        journal.set_athlete(**said)  # type: ignore[arg-type]
    assert told.value.where == next(iter(said)).removesuffix("_y")
    assert journal.athlete == Athlete()


def test_whoever_is_neither_female_nor_male_is_taken_for_neither(journal: Journal) -> None:
    assert journal.set_athlete(sex="other").sex is None


# What is told


def test_a_finding_that_is_not_known_is_refused_with_what_comes_near(journal: Journal) -> None:
    with pytest.raises(UnknownAnswer, match="Did you mean: limp"):
        journal.tell({"fever": "no", "limpp": "yes"})
    assert len(journal.told()) == 0
    assert journal.episode is None


def test_a_state_that_is_not_known_is_refused_with_those_that_are(journal: Journal) -> None:
    with pytest.raises(UnknownAnswer, match="no, yes, unknown, declined"):
        journal.tell({"limp": "sometimes"})
    assert len(journal.told()) == 0


def test_states_are_read_in_any_letters(journal: Journal) -> None:
    journal.tell({"limp": " Yes "})
    assert journal.told().latest()["limp"].state == "yes"


def test_an_answer_about_the_pain_opens_an_episode_and_one_about_the_runner_does_not(journal: Journal) -> None:
    journal.tell({"osteoporosis": "no"})
    assert journal.episode is None
    journal.tell({"limp": "no"})
    assert journal.episode is not None


@pytest.mark.parametrize("state", [UNKNOWN, DECLINED])
def test_not_known_and_declined_are_kept_as_such_and_never_as_no(tmp_path: Path, state: str) -> None:
    with sore(tmp_path, limp=state) as journal:
        found = journal.assess().ranking
        assert "limp" in found.triage.missing
        assert found.level >= Level.ROUTINE


def test_the_red_flags_are_asked_again_after_a_week(tmp_path: Path) -> None:
    clock = Clock()
    with sore(tmp_path, clock) as journal:
        assert journal.open_cards() == {}
        assert journal.assess().ranking.level is Level.SELF_CARE
        clock.on = ON + 8 * DAY
        assert journal.question().why == "red_flag"  # type: ignore[union-attr]
        assert len(journal.open_cards()) > 5
        assert journal.today().verdict in {"ask", "see_someone"}


def test_a_card_shows_only_what_was_not_asked_today(journal: Journal) -> None:
    card = journal.open_cards()["nerves"]
    journal.tell({card[0].id: UNKNOWN})
    assert card[0] not in journal.open_cards()["nerves"]


def test_an_answer_that_needs_someone_now_ends_the_questions(journal: Journal) -> None:
    journal.set_athlete(age_y=35)
    following = journal.question()
    assert following is not None
    journal.answer(following, following.question.states[0])
    journal.tell({"bladder_bowel": "yes"})
    assert journal.question() is None
    assert journal.assess().ranking.level is Level.EMERGENCY


# Taking back


def test_undo_takes_back_the_last_step_and_says_which(journal: Journal) -> None:
    journal.tell({"limp": "no"})
    journal.tell({"fever": "yes", "very_unwell": "no"})
    journal.tell({"limp": "no", "fever": "no"}, kind="checkin")
    assert "2030-05-06" in str(journal.undo())
    assert str(journal.undo()) == "Taken back: your 2 answers to Fever and infection."
    assert str(journal.undo()) == "Taken back: your answer to Do you limp?."
    assert journal.undo() is None
    assert journal.episode is None


def test_a_plan_can_be_taken_back(tmp_path: Path) -> None:
    with sore(tmp_path) as journal:
        journal.plan()
        assert journal.agreed() is not None
        journal.undo()
        assert journal.agreed() is None


def test_an_empty_step_leaves_nothing_to_take_back(journal: Journal) -> None:
    journal.tell({})
    assert journal.undo() is None


# Runs by hand


def test_a_run_by_hand_has_just_ended(journal: Journal) -> None:
    kept = journal.log(distance_m=8200, timer_s=47 * 60)
    assert kept.started_at == datetime(2030, 5, 6, 11, 13, tzinfo=UTC)
    assert kept.local_date == ON
    assert str(journal.undo()) == "Taken back: the run you wrote down (2030-05-06)."
    assert journal.runs() == ()


def test_a_run_without_a_time_of_its_own_began_now(journal: Journal) -> None:
    assert journal.log(distance_m=5000, timer_s=None).started_at == Clock()()


def test_a_run_that_lies_ahead_is_not_logged(journal: Journal) -> None:
    with pytest.raises(HipwiseError, match="only planned"):
        journal.log(distance_m=5000, timer_s=1800, started_at=Clock()() + DAY)


def test_the_same_run_logged_twice_counts_once(journal: Journal) -> None:
    began = Clock()() - DAY
    one = journal.log(distance_m=5000, timer_s=1800, started_at=began)
    assert journal.log(distance_m=5000, timer_s=1800, started_at=began) == one
    assert len(journal.runs()) == 1


@pytest.mark.parametrize(("metres", "seconds"), [(399_000, None), (399_000, 86_400), (42_195, 6_000), (3000, 300)])
def test_a_run_that_nobody_has_run_is_refused_by_hand(journal: Journal, metres: float, seconds: float | None) -> None:
    """400 km without a time, 400 km in a day, a marathon in 100 minutes, 3 km in five."""
    before = journal.runs()
    with pytest.raises(HipwiseError, match="Nobody has gone so far"):
        journal.log(distance_m=metres, timer_s=seconds)
    assert journal.runs() == before
    kept = journal.log(distance_m=100_000, timer_s=8 * 3600)
    assert kept.distance_m == 100_000, "a long race is none of our business"


def test_a_run_logged_by_hand_and_read_from_a_file_becomes_one(journal: Journal, tmp_path: Path) -> None:
    journal.add([fit(tmp_path)])
    kept = journal.log(
        distance_m=8000, timer_s=2880, started_at=datetime(2030, 5, 6, 7, tzinfo=UTC), perceived_effort=6
    )
    assert kept.perceived_effort == 6
    assert kept.records > 0
    assert len(journal.runs()) == 1


@pytest.mark.parametrize("began", [None, datetime(2030, 5, 6, tzinfo=UTC)], ids=["ends now", "a day alone"])
def test_a_run_logged_without_its_hour_is_the_one_of_that_day_that_the_watch_brings_later(
    journal: Journal, tmp_path: Path, began: datetime | None
) -> None:
    journal.log(distance_m=8200, timer_s=2940, started_at=began, perceived_effort=6)
    journal.log(distance_m=5000, timer_s=1800, started_at=began)
    journal.add([fit(tmp_path)])
    assert [(run.distance_m, run.perceived_effort) for run in journal.runs() if run.records] == [(8000, 6)]
    assert len(journal.runs()) == 2
    journal.log(distance_m=8000, timer_s=2880)
    assert len(journal.runs()) == 3
    journal.undo()
    journal.undo(journal.imports()[0].number)
    assert sorted(run.distance_m or 0 for run in journal.runs()) == [5000, 8200]


# The page, and what is kept for later


def test_the_page_shows_a_referral_and_never_an_older_plan(tmp_path: Path) -> None:
    with sore(tmp_path) as journal:
        journal.plan()
        assert journal.report()["plan"]["kind"] == "plan"
        journal.tell({"bladder_bowel": "yes"})
        page = journal.report()
        assert page["plan"]["kind"] == "referral"
        assert page["load"] is None
        assert page["assessment"]["causes"] == []


def test_the_page_has_a_plan_though_none_was_agreed_on(tmp_path: Path) -> None:
    with sore(tmp_path) as journal:
        page = journal.report()
        assert page["plan"]["kind"] == "plan"
        assert page["episode"] == {"onset": "2030-05-05", "side": "left", "site": None}
        assert journal.agreed() is None


def test_everything_goes_out_and_comes_back(tmp_path: Path, clock: Clock) -> None:
    with sore(tmp_path, clock) as journal:
        journal.plan()
        page = journal.report()
        journal.export(tmp_path / "all.hipwise")
        with pytest.raises(JournalError, match="already"):
            journal.export(tmp_path / "all.hipwise")
    with Journal.open(tmp_path / "new.db", now=clock) as other:
        other.restore(tmp_path / "all.hipwise")
        assert other.report() == page
        with pytest.raises(JournalError, match="mix two histories"):
            other.restore(tmp_path / "all.hipwise")
        other.restore(tmp_path / "all.hipwise", replace=True)
        assert other.report() == page


def test_the_training_ends_today_and_looks_back_from_the_pain(tmp_path: Path) -> None:
    with sore(tmp_path) as journal:
        load = journal.load()
        assert load.on == ON
        assert load.onset == ON - DAY
        assert {each.origin for each in journal.evidence()} == {"told", "load"}
        assert not journal.training()["may_run"]
        journal.checkin(GOOD_MORNING | AFTER_THE_RUN)
        training = journal.training()
        assert training["may_run"]
        assert training["ceiling_km"] == pytest.approx(8.8)


def test_a_knowledge_base_of_ones_own_can_be_given(tmp_path: Path) -> None:
    own = replace(KB, version="a clinic's")
    with Journal.open(tmp_path / "me.db", knowledge=own) as journal:
        assert journal.knowledge.version == "a clinic's"
