"""A pain ends only when nothing speaks against it, and comes back as the same one: no alarm ends or is lost with it."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hipwise.cli import app
from hipwise.errors import HipwiseError
from hipwise.journal import Journal
from hipwise.plan import Plan
from sore_runner import GROWING, KB, Clock, bare_journal, page, well

DAY = timedelta(1)
RUNS = {"run", "run_less"}
TICKS = {each.id for each in KB.findings.values() if each.about == "runner" and each.first_page}


@pytest.fixture
def bare(tmp_path: Path, clock: Clock) -> Iterator[Journal]:
    """A journal without runs, of a runner whose left hip is sore and who told that all is calm."""
    with bare_journal(tmp_path, clock) as journal:
        yield journal


def test_a_pain_that_is_over_is_kept_and_an_undo_opens_it_again(bare: Journal, clock: Clock) -> None:
    clock.on += DAY
    bare.tell(well())
    ended = bare.end_pain("left")
    assert bare.episode is None
    assert bare.pains_over() == {ended.id: clock.on}
    assert bare.episodes() == (ended,)
    assert str(bare.undo()).startswith("Taken back: the end of the pain")
    assert bare.episode == ended
    assert bare.today().verdict in RUNS


def test_a_forgotten_pain_can_be_ended(bare: Journal, clock: Clock) -> None:
    bare.new_pain(side="right")
    clock.on += 30 * DAY
    bare.end_pain("left")
    assert [each.side for each in bare.episodes() if each.id in bare.pains_over()] == ["left"]
    assert bare.episode is not None
    assert bare.episode.side == "right"


@pytest.mark.parametrize(("told", "later"), [
    ({"saddle_numb": "yes"}, 9), (GROWING, 0), (GROWING, 40), ({"walk_pain_score": "1"}, 0), ({"limp": "yes"}, 3),
    ({"woken_by_hip": "yes"}, 0), ({"run_pain_score": "4"}, 2),
])  # fmt: skip
@pytest.mark.parametrize("back", [0, 60])
def test_a_pain_that_must_be_seen_or_that_hurts_is_not_over(
    bare: Journal, clock: Clock, told: dict[str, str], later: int, back: int
) -> None:
    clock.on += 50 * DAY
    bare.tell(page(**told))
    clock.on += later * DAY - back * DAY  # also by a clock that went back
    before = bare.today().verdict
    with pytest.raises(HipwiseError, match="over yet"):
        bare.end_pain("left")
    assert bare.pains_over() == {}
    assert bare.today().verdict == before


@pytest.mark.parametrize("sign", [{"limp": "yes"}, {"walk_pain_score": "9"}])
def test_a_pain_that_was_lame_yesterday_is_not_over_today(bare: Journal, clock: Clock, sign: dict[str, str]) -> None:
    bare.tell(page(**sign))
    clock.on += DAY
    bare.tell(page())
    with pytest.raises(HipwiseError, match="over yet"):
        bare.end_pain("left")
    clock.on += DAY
    bare.tell(page())
    bare.end_pain("left")


def test_a_pain_whose_plan_somebody_locked_is_not_over(bare: Journal) -> None:
    assert isinstance(bare.plan(), Plan)
    bare.lock("run", "Dr Example", "not yet")
    with pytest.raises(HipwiseError, match="locked"):
        bare.end_pain()


def test_a_pain_that_comes_back_is_the_same_with_its_red_flags_asked_anew(bare: Journal, clock: Clock) -> None:
    bare.tell(well(duration="over_a_year"))
    ended = bare.end_pain()
    clock.on += 20 * DAY
    again = bare.reopen_pain("left")
    assert again == ended
    assert bare.pains_over() == {}
    latest = bare.told().latest()
    assert latest["same_pain_before"].state == "yes"
    assert latest["duration"].state == "over_a_year"
    assert bare.today().verdict == "ask"
    assert bare.questions_left() > len(TICKS)
    bare.tell(well())
    assert bare.today().verdict in RUNS
    with pytest.raises(HipwiseError, match="come back"):
        bare.reopen_pain("left")
    bare.undo()
    bare.undo()
    assert list(bare.pains_over()) == [ended.id]


def test_a_pain_in_whose_place_another_was_written_down_does_not_come_back(bare: Journal) -> None:
    replaced = bare.episode
    assert replaced is not None
    bare.mend_pain(site="outer hip")
    with pytest.raises(HipwiseError, match="come back"):
        bare.reopen_pain(replaced.id)


def test_an_alarm_of_a_pain_that_came_back_outlasts_the_undo_of_its_return(bare: Journal, clock: Clock) -> None:
    bare.end_pain()
    clock.on += 20 * DAY
    bare.reopen_pain("left")
    bare.tell(well(saddle_numb="yes"))
    clock.on += DAY
    bare.undo()
    bare.undo()
    assert bare.episode is None
    assert bare.today().verdict == "see_someone"
    bare.reopen_pain("left")
    assert bare.today().verdict == "see_someone"


def test_an_alarm_outlasts_the_undo_of_its_pain(tmp_path: Path, clock: Clock) -> None:
    with Journal.open(tmp_path / "me.db", now=clock) as journal:
        journal.set_athlete(age_y=35, sex="female", country="IE")
        journal.new_pain(side="left")
        journal.tell(well(saddle_numb="yes"))
        clock.on += DAY
        while journal.undo():
            assert journal.today().verdict == "see_someone"
        journal.tell(well())
        assert journal.today().verdict == "see_someone"
        journal.tell(well(seen_by_clinician="yes"))
        clock.on += DAY
        journal.tell(well(seen_by_clinician="yes"))
        assert journal.today().referral is None


def test_a_pain_is_ended_and_comes_back_on_the_command_line(tmp_path: Path) -> None:
    def run(*words: str) -> tuple[int, dict[str, object]]:
        told = CliRunner().invoke(app, ["--journal", str(tmp_path / "me.db"), *words, "--json"])
        return told.exit_code, json.loads(told.stdout)

    run("tell", "pain_outer_hip=yes", "--side", "left")
    assert run("pains", "--end", "left")[1]["pains"][0]["state"] == "over"  # type: ignore[index]
    assert run("pains", "--back", "left")[1]["pains"][0]["looked_at"] is True  # type: ignore[index]
    run("tell", "saddle_numb=yes")
    code, refused = run("pains", "--end", "left")
    assert code
    assert refused["error"]["id"] == "pain_referred"  # type: ignore[index]
