"""What the cases of a knowledge base promise: they are run, and one that comes out otherwise is named with its line."""

import shutil
from pathlib import Path

import pytest

from hipwise.causes import check_cases

OWN = Path(__file__).parents[1] / "src" / "hipwise" / "knowledge" / "data"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(OWN, tmp_path / "data", ignore=shutil.ignore_patterns("cases"))
    (tmp_path / "data" / "cases").mkdir()
    return tmp_path / "data"


def found(folder: Path, case: str) -> list[str]:
    (folder / "cases" / "one.yaml").write_text(f"# a case\na_case:\n{case}", "utf-8")
    return [str(fault) for fault in check_cases(folder)]


def test_all_our_cases_come_out_as_they_should() -> None:
    assert [str(fault) for fault in check_cases(OWN)] == []


def test_a_case_that_holds_is_no_fault(folder: Path) -> None:
    case = """
  athlete: {age: 35, sex: female}
  told: {saddle_numb: "yes"}
  expect: {level: emergency, at_least: same_day, alarms: [rf_saddle]}
"""
    assert found(folder, case) == []


@pytest.mark.parametrize(
    ("told", "expect", "said"),
    [
        ('saddle_numb: "yes"', "level: routine", "should be at level routine, but is at emergency"),
        ('limp: "no"', "at_least: same_day", "should be at level same_day at least, but is at routine"),
        ('saddle_numb: "yes"', "alarms: [rf_saddle, rf_dvt]", "should raise: rf_dvt"),
        ("worst_point: sit_bone", "top: iliopsoas_related", "has proximal_hamstring_tendinopathy"),
        ("worst_point: sit_bone", "top: [iliopsoas_related, itb_proximal]", "iliopsoas_related, itb_proximal on top"),
        ("moon: full", "level: routine", "tells findings that do not exist: moon"),
    ],
)
def test_a_case_that_comes_out_otherwise_is_named_with_file_and_line(
    folder: Path, told: str, expect: str, said: str
) -> None:
    (fault,) = found(folder, f"  told: {{{told}}}\n  expect: {{{expect}}}\n")
    assert fault.startswith("cases/one.yaml:2: case 'a_case'")
    assert said in fault


def test_a_case_that_tells_and_expects_nothing_is_no_fault(folder: Path) -> None:
    assert found(folder, "  name: nothing\n") == []


def test_a_file_that_holds_no_cases_is_passed_over(folder: Path) -> None:
    (folder / "cases" / "list.yaml").write_text("- a\n- b\n", "utf-8")
    (folder / "cases" / "text.yaml").write_text("a_case: nothing\n", "utf-8")
    assert check_cases(folder) == []


def test_cases_of_a_knowledge_base_with_faults_are_not_run(folder: Path) -> None:
    (folder / "causes" / "none.yaml").write_text("name: none\n", "utf-8")
    assert found(folder, '  told: {limp: "no"}\n  expect: {level: emergency}\n') == []
