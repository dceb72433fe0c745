"""What leaves the house: plain data for other programs, and one page that a clinician can read."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from hipwise.handout import (
    assessment,
    cause_list,
    finding_list,
    load_data,
    percent,
    plan_data,
    report_markdown,
    run_data,
    source_list,
    today_data,
    versions,
)
from hipwise.journal import Journal
from hipwise.texts import say
from offers import texts
from sore_runner import AFTER_THE_RUN, BONE, GOOD_MORNING, KB, ON, Clock, calm, fit, sore

PICTURE = {
    "lying_on_side_hurts": "yes",
    "one_leg_hurts": "yes",
    "night_pain": "lying_on_it",
    "duration": "under_2_weeks",
}


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with sore(tmp_path, **PICTURE) as opened:
        yield opened


def assessed(journal: Journal) -> dict[str, Any]:
    found = journal.assess()
    return assessment(found.ranking, found.following, found.referral, KB)


def test_everything_that_leaves_is_plain_json(journal: Journal) -> None:
    found = [
        assessed(journal),
        plan_data(journal.plan()),
        today_data(journal.today()),
        journal.training(),
        journal.report(),
        finding_list(KB),
        cause_list(KB),
        source_list(KB, KB.sources),
        [run_data(run) for run in journal.runs()],
        versions(KB),
    ]
    for each in found:
        assert json.loads(json.dumps(each, allow_nan=False)) == each


@pytest.mark.parametrize(
    ("share", "shown"), [(0.0, 1), (0.004, 1), (0.014, 1), (0.5, 50), (0.986, 99), (0.999, 99), (1.0, 99)]
)
def test_a_share_is_never_nothing_and_never_all(share: float, shown: int) -> None:
    assert percent(share) == shown


def test_reasons_are_whole_sentences_with_a_weight_and_a_source(journal: Journal) -> None:
    first = assessed(journal)["causes"][0]
    assert first["for"]
    assert first["against"]
    for reason in (*first["for"], *first["against"]):
        assert reason["says"].endswith(".")
        assert reason["decibans"] != 0
        assert reason["sources"]
    weights = [reason["decibans"] for reason in first["for"]]
    assert weights == sorted(weights, reverse=True)
    assert {"prior", "overlap", "doubt"} == {each["finding"] for each in first["rest"]}


def test_a_reason_is_told_as_a_short_statement_and_not_as_a_question_or_a_code(journal: Journal) -> None:
    said = {reason["finding"]: reason["says"] for reason in assessed(journal)["causes"][0]["for"]}
    assert said["night_pain"] == KB.findings["night_pain"].said["lying_on_it"]


def test_the_next_question_says_why_it_is_asked(journal: Journal) -> None:
    following = assessed(journal)["next"]
    assert following["why"] in {"red_flag", "tells_most"}
    assert following["labels"].keys() == set(following["states"])


def test_each_metric_of_the_training_says_what_it_is_worth_and_who_says_so(journal: Journal) -> None:
    for metric in journal.training()["metrics"]:
        assert metric["says"]
        assert metric["standing_says"]
        assert set(metric["sources"]) <= set(KB.sources)


def test_a_ceiling_is_named_only_where_today_offers_a_run(tmp_path: Path) -> None:
    with sore(tmp_path) as calm_one:
        assert (calm_one.today().verdict, calm_one.training()["ceiling_km"]) == ("ask", None)
        assert calm_one.training()["ceiling_says"] == calm_one.today().headline
        today = calm_one.checkin(GOOD_MORNING | AFTER_THE_RUN)
        assert today.verdict == "run"
        load, told = calm_one.load(), calm_one.training()
        assert told["may_run"]
        assert told["ceiling_km"] == today.ceiling_km == load.ceiling_km(ON)
    with sore(tmp_path / "bone", **BONE) as other:
        referral = other.assess().referral
    told = load_data(load, today, KB, referral=referral)
    assert told["ceiling_km"] is None
    assert not told["may_run"]
    assert told["referral"]["bone_stress"]


def test_a_planned_run_is_judged_only_where_today_offers_a_run(tmp_path: Path) -> None:
    with sore(tmp_path) as journal:
        refused = journal.training(planned_km=12)["planned"]
        assert refused == {
            "km": 12,
            "state": None,
            "says": say("load.planned_not_today", headline=journal.today().headline),
        }
        journal.checkin(GOOD_MORNING | AFTER_THE_RUN)
        assert journal.training()["planned"] is None
        judged = journal.training(planned_km=12)["planned"]
    assert judged["state"] == "moderate"
    assert "50 % longer" in judged["says"]


def test_where_in_a_run_the_pain_began_is_kept_and_told(tmp_path: Path) -> None:
    with sore(tmp_path) as journal:
        assert journal.training()["pain_from"] == []
        journal.tell({"run_pain_from": "to_5_km"})
        (told,) = journal.training()["pain_from"]
    assert (told["on"], told["state"], told["says"]) == (ON.isoformat(), "to_5_km", "Between 2 and 5 km")
    assert (told["run_km"], told["low_km"], told["high_km"]) == (8.0, 2.0, 5.0)


def test_a_week_after_a_week_without_a_run_has_no_change(tmp_path: Path, journal: Journal) -> None:
    journal.add([fit(tmp_path / "more", ON - timedelta(70))])
    weeks = journal.training()["weeks"]
    assert weeks[0]["change_pct"] is None
    assert isinstance(weeks[0]["monday"], str)


# The page


def page(journal: Journal) -> str:
    return report_markdown(journal.report())


def test_the_page_begins_with_who_and_how_urgent(journal: Journal) -> None:
    lines = page(journal).splitlines()
    assert lines[0] == "# Hip pain in a runner: one page, 6 May 2030"
    assert lines[2] == "Age: 35. Sex: female. Pain since: 5 May 2030. Side: left."
    assert lines[4] == "## Urgency: Self-care is reasonable"


def test_the_page_has_its_parts_in_order(journal: Journal) -> None:
    heads = [line[3:].partition(":")[0] for line in page(journal).splitlines() if line.startswith("## ")]
    assert heads == [
        "Urgency",
        "What it could be",
        "Red flags asked",
        "What was told",
        "Training before the pain",
        "Plan",
        "Not looked at",
    ]


def test_the_page_is_one_page(journal: Journal) -> None:
    journal.plan()
    assert len(page(journal).split()) < 800


def test_every_table_of_the_page_has_as_many_cells_in_each_line(journal: Journal) -> None:
    tables = re.findall(r"(?:^\|.*\n)+", page(journal), re.MULTILINE)
    assert len(tables) == 2
    for table in tables:
        cells = {len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}
        assert len(cells) == 1
        assert len(table.splitlines()) > 2


def test_every_list_and_table_stands_free_so_that_it_is_drawn_as_one(journal: Journal) -> None:
    lines = ["", *page(journal).splitlines(), ""]
    for before, line in pairwise(lines):
        for sign in ("- ", "|"):
            if line.startswith(sign) and not before.startswith(sign):
                assert before == "", line
        assert not (before == line == ""), "two empty lines"


def test_a_sign_that_ends_a_cell_cannot_end_one(journal: Journal) -> None:
    data = journal.report()
    data["assessment"]["causes"][0]["name"] = "this | that\nand more"
    assert "this \\| that and more" in report_markdown(data)


def test_the_page_names_what_is_remarkable_and_counts_the_rest(journal: Journal) -> None:
    text = page(journal)
    assert "Where is the one worst spot? **Side of the hip: the bony knob**\n" in text
    assert "Do you limp?" not in text
    assert re.search(r"All other answers \(\d+\) were the least", text)


def test_the_page_tells_how_many_red_flags_were_asked_and_which_are_open(tmp_path: Path) -> None:
    with sore(tmp_path, limp="unknown") as journal:
        journal.new_pain(side="right")
        text = page(journal)
        assert "- Where does it hurt: 0 of 14 answered. Open: worst_point," in text
        assert "- Nerves: 5 of 6 answered. Open: foot_drop." in text, "what is of the runner was told today"
        assert "red-flag questions have no fresh answer" in text
        journal.undo()
        text = page(journal)
        assert "Answered in full: Where does it hurt? (14); Nerves (6);" in text
        assert "- Standing, walking and running: 5 of 6 answered. Open: limp." in text


def test_questions_that_do_not_concern_this_runner_do_not_count(tmp_path: Path) -> None:
    with sore(tmp_path) as journal:
        journal.set_athlete(sex="male")
        cards = {each["card"]: each for each in journal.report()["red_flags"]}
        assert cards["bone_risk"]["questions"] < len([q for q in KB.findings.values() if q.first_page == "bone_risk"])


def test_the_page_of_an_emergency_holds_the_referral_and_what_was_told_and_nothing_else(tmp_path: Path) -> None:
    with sore(tmp_path, bladder_bowel="yes") as journal:
        text = page(journal)
    assert "EMERGENCY: help now" in text
    assert "112 or 999" in text
    assert "What was told" in text
    assert text.index("112 or 999") < text.index("the reasons below") < text.index("\n- **")
    assert "routine visit" not in text
    assert not re.search(r"What it could be|Plan|Training|%", text)


def test_the_page_of_a_stranger_says_what_is_not_told(tmp_path: Path) -> None:
    with Journal.open(tmp_path / "me.db") as journal:
        text = page(journal)
    assert "Age: not told. Sex: not told." in text
    assert "Pain since" not in text
    assert "There is no run in the log yet." in text
    assert "All other answers" not in text


def test_an_answer_of_another_day_bears_its_day(tmp_path: Path) -> None:
    clock = Clock()
    with sore(tmp_path, clock, osteoporosis="yes") as journal:
        clock.on += timedelta(30)
        assert "**Yes** (6 May 2030)" in page(journal)


def test_only_likely_causes_are_on_the_page(journal: Journal) -> None:
    data = journal.report()
    shown = [line for line in report_markdown(data).splitlines() if re.match(r"\| .* % \(", line)]
    likely = [each for each in data["assessment"]["causes"] if each["probability"] >= 0.02]
    assert len(shown) == min(len(likely), 4)
    for cause in data["assessment"]["causes"]:
        cause["probability"] = 0.001
    assert len([line for line in report_markdown(data).splitlines() if re.match(r"\| .* % \(", line)]) == 4


def test_no_text_that_leaves_is_a_code_or_a_gap(journal: Journal) -> None:
    said = [text for text in texts(journal.report()) if " " in text]
    assert not [text for text in said if re.search(r"\{|\}|None|nan\b", text)]


def test_calm_answers_are_all_there_are() -> None:
    assert set(calm()) <= set(KB.findings)
