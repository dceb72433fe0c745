"""What the second opinion promises: its own eyes, no fright for benign pictures, and a plain word where it differs."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from hipwise.causes import Opinion, Picture, Ranked, Ranking, Triage, rank, triage
from hipwise.causes._second import more_careful, second_opinion
from hipwise.knowledge import Knowledge, Level, Situation, check, read_cases
from hipwise.model import Athlete, Evidence, Finding

ON = date(2030, 5, 6)
KB = Knowledge.load()
DATA = Path(__file__).parents[1] / "src" / "hipwise" / "knowledge" / "data"
MOST_RAISED = 0.05


def told(states: dict[str, str]) -> Evidence:
    return Evidence.of(Finding(name, state, ON) for name, state in states.items())


def pictures(*, benign: bool) -> Iterator[tuple[Athlete, dict[str, str], list[str]]]:
    for file, _, _, case in read_cases(DATA):
        top = (case.get("expect") or {}).get("top", [])
        tops = [top] if isinstance(top, str) else top
        if file == "cases/textbook.yaml" and tops and KB.causes[tops[0]].self_care == benign:
            yield Athlete.of_age(int(case["athlete"]["age"]), case["athlete"]["sex"], ON), case["told"], tops


def test_it_frightens_hardly_any_runner_with_a_benign_picture() -> None:
    raised = [triage(athlete, told(states), KB, ON).more_careful for athlete, states, _ in pictures(benign=True)]
    assert len(raised) >= 30
    assert sum(raised) <= MOST_RAISED * len(raised)


def test_it_sees_most_benign_textbook_pictures_by_itself() -> None:
    seen = [
        {cause for each in triage(athlete, told(states), KB, ON).second.pictures for cause in each.causes} & set(tops)
        for athlete, states, tops in pictures(benign=True)
    ]
    assert sum(map(bool, seen)) >= 0.7 * len(seen)


def situation_of(states: dict[str, str], age_y: int = 30) -> Situation:
    return Situation(states, age_y, "female", KB.facts)


BONE = {
    "pain_groin": "yes",
    "impact_pain": "yes",
    "more_running": "yes",
    "warm_up": "gets_worse",
    "pain_depth": "deep",
    "repeat_distance": "yes",
}


def test_it_calls_for_a_look_where_no_red_flag_did() -> None:
    (alarm,) = more_careful(situation_of(BONE), KB, [], cleared=False)
    assert (alarm.id, alarm.level, alarm.bone_stress) == ("second_opinion.bone_under_load", Level.WITHIN_DAYS, True)
    assert {"pain_groin", "impact_pain", "warm_up"} <= set(alarm.findings)
    assert alarm.name.startswith("Second opinion")
    assert alarm.because
    assert alarm.says


def test_a_clearance_of_the_bone_counts_for_it_too() -> None:
    assert list(more_careful(situation_of(BONE), KB, [], cleared=True)) == []


def test_it_adds_nothing_where_the_red_flags_are_as_careful() -> None:
    (alarm,) = more_careful(situation_of(BONE), KB, [], cleared=False)
    assert list(more_careful(situation_of(BONE), KB, [alarm], cleared=False)) == []


def test_one_sign_short_makes_no_picture() -> None:
    assert "bone_under_load" in {each.id for each in second_opinion(situation_of(BONE), KB).pictures}
    fewer = {name: state for name, state in BONE.items() if name != "repeat_distance"}
    assert "bone_under_load" not in {each.id for each in second_opinion(situation_of(fewer), KB).pictures}
    assert second_opinion(situation_of({}), KB) == Opinion(Level.SELF_CARE, ())


def test_its_pictures_stand_in_the_order_of_how_full_they_are() -> None:
    for athlete, states, _ in pictures(benign=True):
        shares = [each.met / each.of for each in triage(athlete, told(states), KB, ON).second.pictures]
        assert shares == sorted(shares, reverse=True)


def ranking_of(top: str | None, seen: tuple[str, ...] | None, *, careful: bool = False) -> Ranking:
    shown = () if seen is None else (Picture("p", "a picture", seen, 2, 3, Level.SELF_CARE),)
    urgency = Triage(
        Level.ROUTINE, (), False, False, (), False, second=Opinion(Level.SELF_CARE, shown), more_careful=careful
    )
    causes = () if top is None else (Ranked(top, top, 0.5, 0.4, 0.6, (), ()),)
    return Ranking(urgency, causes, 0.1, 0.0, ())


@pytest.mark.parametrize(
    ("top", "seen", "careful", "differs"),
    [
        ("a", ("a", "b"), False, None),
        ("c", ("a", "b"), False, "cause"),
        ("c", ("a", "b"), True, "urgency"),
        ("c", None, False, None),
        ("c", (), False, None),
        (None, ("a",), False, None),
    ],
)
def test_the_result_says_in_what_the_two_ways_differ(top, seen, careful, differs) -> None:
    assert ranking_of(top, seen, careful=careful).disagreement == differs


def test_it_counts_signs_and_weighs_none() -> None:
    for pattern in KB.patterns.values():
        numbers = {name for name, field in type(pattern).model_fields.items() if field.annotation in {int, float}}
        assert numbers == {"enough"}
        assert 1 <= pattern.enough <= len(pattern.signs)


FAULTS = [
    ("second_opinion.yaml", "  enough: 4\n", "  enough: 40\n", "more signs than it has"),
    ("second_opinion.yaml", "causes: [iliac_artery_endofibrosis]", "causes: [moon]", "there is no cause 'moon'"),
    ("second_opinion.yaml", 'repeat_distance: ["yes"]', 'moon: ["yes"]', "moon"),
    ("contradictions.yaml", "doubts: [pop, sudden_onset]", "doubts: [pop, moon]", "moon"),
    ("contradictions.yaml", 'sudden_crack: ["yes"]', 'sudden_crack: ["maybe"]', "maybe"),
]


@pytest.mark.parametrize(("file", "old", "new", "said"), FAULTS)
def test_a_slip_in_its_files_is_named_with_its_line(tmp_path: Path, file: str, old: str, new: str, said: str) -> None:
    shutil.copytree(DATA, tmp_path / "data", ignore=shutil.ignore_patterns("cases"))
    path = tmp_path / "data" / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    faults = [str(fault) for fault in check(tmp_path / "data")]
    assert any(each.startswith(f"{file}:") and said in each for each in faults), faults


def test_a_picture_that_asks_for_a_visit_says_why(tmp_path: Path) -> None:
    shutil.copytree(DATA, tmp_path / "data", ignore=shutil.ignore_patterns("cases"))
    path = tmp_path / "data" / "second_opinion.yaml"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith("  because:")), "utf-8")
    assert any("does not say why" in str(fault) for fault in check(tmp_path / "data"))


def test_where_nothing_may_be_ranked_it_names_no_picture_in_the_ranking_it_gives() -> None:
    ranking = rank(Athlete.of_age(30, "female", ON), told(BONE | {"limp": "yes"}), KB, ON)
    assert ranking.causes == ()
    assert ranking.disagreement in {None, "urgency"}
