"""What the shared words promise."""

from datetime import date

import pytest

from hipwise.errors import BadKnowledge, HipwiseError, UnknownAnswer
from hipwise.model import DECLINED, UNKNOWN, Athlete, Evidence, Finding
from hipwise.texts import known, say

MONDAY, TUESDAY, WEDNESDAY = date(2030, 5, 6), date(2030, 5, 7), date(2030, 5, 8)


def told(finding: str, state: str, on: date = MONDAY) -> Finding:
    return Finding(finding, state, on)


def test_an_age_counts_full_years_only() -> None:
    athlete = Athlete(born=date(2000, 5, 7))
    assert athlete.age_y(MONDAY) == 29
    assert athlete.age_y(TUESDAY) == 30


def test_an_unknown_birthday_gives_no_age() -> None:
    assert Athlete().age_y(MONDAY) is None
    assert Athlete.of_age(None, "female", MONDAY).age_y(MONDAY) is None


@pytest.mark.parametrize("on", [MONDAY, date(2028, 2, 29)])
def test_an_athlete_of_an_age_has_that_age_on_that_day(on: date) -> None:
    assert Athlete.of_age(35, "male", on, "DE").age_y(on) == 35


def test_unknown_and_declined_say_nothing() -> None:
    assert told("limp", "no").is_known
    assert not told("limp", UNKNOWN).is_known
    assert not told("limp", DECLINED).is_known


def test_the_latest_finding_tells_how_things_stand_and_the_history_how_they_came_to_be() -> None:
    evidence = Evidence.of([told("limp", "no", TUESDAY), told("limp", "yes", MONDAY), told("fever", "no", MONDAY)])
    assert evidence.latest()["limp"].state == "no"
    assert [each.state for each in evidence.history("limp")] == ["yes", "no"]
    assert [each.id for each in evidence] == ["limp", "fever", "limp"]
    assert len(evidence) == 3


def test_of_two_findings_on_one_day_the_later_told_wins() -> None:
    evidence = Evidence.of([told("limp", "no"), told("limp", "yes")])
    assert evidence.latest()["limp"].state == "yes"


def test_evidence_joins_in_the_order_of_days() -> None:
    joined = Evidence.of([told("limp", "yes", WEDNESDAY)]) | Evidence.of([told("limp", "no", TUESDAY)])
    assert joined.latest()["limp"].state == "yes"
    assert joined.until(TUESDAY).latest()["limp"].state == "no"


def test_an_error_says_what_where_why_and_what_next() -> None:
    error = UnknownAnswer("unknown_state", where="told.json", finding="limp", state="maybe", states="no, yes")
    assert "maybe" in error.what
    assert "no, yes" in error.why
    assert "unknown" in error.next_step
    assert "told.json" in str(error)
    assert error.as_dict()["id"] == "unknown_state"


def test_an_error_without_a_place_still_reads_as_a_sentence() -> None:
    error = HipwiseError("unknown_state", finding="limp", state="maybe", states="no, yes")
    assert "Where" not in str(error)


def test_bad_knowledge_counts_its_faults() -> None:
    assert "1 fault." in BadKnowledge(("a:1: wrong",)).what
    assert "2 faults." in BadKnowledge(("a:1: wrong", "b:2: wrong")).what


def test_every_text_can_be_named() -> None:
    assert "errors.layout" in known()
    with pytest.raises(KeyError):
        say("errors.no_such_text")
