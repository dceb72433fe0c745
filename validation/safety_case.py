"""Renew the figures of the safety case: `python validation/safety_case.py [FOLDER_OF_CASES] [--questions]`.

The figures stand between marks in docs/explanation/safety-case.md, all else there is written by hand. Those on
published cases need the folder with their labels, which is no part of the project; those on the length of interviews
take minutes: without the folder, or without --questions, they stay as they are.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from hipwise.knowledge import Knowledge, Level
from hipwise.validate import Answer, Case, answer, read_labelled, report
from hipwise.words import Reader

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "explanation" / "safety-case.md"
VIGNETTES = ROOT / "validation" / "vignettes"
PUBLISHED = ROOT / "src" / "hipwise" / "knowledge" / "data" / "cases" / "published.yaml"
ROWS = {
    "exact": "urgency as labelled",
    "acceptable": "urgency acceptable",
    "under": "too little urgency",
    "over": "too much urgency",
    "first_strict": "found cause first",
    "three_strict": "found cause among the first three",
    "first_fair": "acceptable cause first",
    "three_fair": "acceptable cause among the first three",
}


def main(words: Sequence[str]) -> None:
    """Write the page anew."""
    folders = [Path(word) for word in words if not word.startswith("--")]
    knowledge = Knowledge.load()
    blocks = vignette_blocks(*vignette_answers(knowledge))
    if "--questions" in words:
        blocks |= {"vignettes-questions": interviews(knowledge)}
    for folder in folders:
        blocks |= published_blocks(folder, knowledge, with_interview="--questions" in words)
    PAGE.write_text(renewed(PAGE.read_text("utf-8"), blocks), "utf-8")


def vignette_answers(knowledge: Knowledge) -> tuple[list[Answer], list[Answer]]:
    """Return what hipwise says to the answers of all vignettes, and to the words of those that have some."""
    cases = read_labelled(VIGNETTES, knowledge)
    reader = Reader(knowledge)
    told = [answer(case, knowledge) for case in cases]
    return told, [answer(case, knowledge, reader) for case in cases if case.text]


def vignette_blocks(told: list[Answer], text: list[Answer]) -> dict[str, str]:
    """Return the blocks of the page that the vignettes make."""
    own = [each for each in told if each.case.label.kind != "twin"]
    return {
        "vignettes-count": counted([each.case for each in told], len(text)),
        "vignettes-told": figures(report(told)),
        "vignettes-benign": benign(told, text),
        "vignettes-confusion": confusion(report(told)),
        "vignettes-text": figures(report(text)) + "\n\n" + confusion(report(text)),
        "vignettes-calibration": calibration(report(own)),
        "vignettes-under": listed(told, text, under=True),
        "vignettes-over": by_rule(told) + "\n\n" + listed(told, text, under=False),
    }


def published_blocks(folder: Path, knowledge: Knowledge, *, with_interview: bool) -> dict[str, str]:
    """Return the blocks that the published cases of FOLDER make: told in answers, and read from their free text."""
    found = {}
    for name, answers, reader in (("told", PUBLISHED, None), ("text", None, Reader(knowledge))):
        cases = read_labelled(folder, knowledge, answers)
        data = report(answer(case, knowledge, reader, with_interview=with_interview) for case in cases)
        parts = [figures(data), groups(data, "kind"), groups(data, "diagnosis_basis"), groups(data, "detail_level")]
        parts += [confusion(data), calibration(data)]
        if data["questions"] is not None:
            asked = f"{data['questions']['median']:g}"
            parts.append(f"Pages and questions of an interview: median {asked} (an alarm ends it early).")
        found[f"published-{name}"] = "\n\n".join(parts)
    return found


def renewed(page: str, blocks: dict[str, str]) -> str:
    """Return PAGE with what stands between the marks of each block replaced."""
    for name, text in blocks.items():
        mark = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end -->)", re.DOTALL)
        page, count = mark.subn(lambda found, text=text: found[1] + text + "\n" + found[2], page)  # type: ignore[misc]
        if count != 1:
            raise ValueError(name)
    return page


def interviews(knowledge: Knowledge) -> str:
    """Return how long the interviews of benign vignettes are, which answer the whole red-flag page (minutes)."""
    cases = [case for case in read_labelled(VIGNETTES, knowledge) if case.label.kind == "benign"]
    rows = []
    for name, messy in (("tidy", False), ("untidy", True)):
        here = [case for case in cases if (case.label.group == "messy") is messy]
        asked = report(answer(case, knowledge, with_interview=True) for case in here)["questions"]
        rows.append((name, len(here), f"{asked['median']:g}", asked["most"]))
    return table(("benign", "vignettes", "median", "most"), rows)


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table as Markdown."""
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    return "\n".join([*lines, *("| " + " | ".join(map(str, row)) + " |" for row in rows)])


def said(found: dict[str, Any]) -> str:
    """Return a share in a cell."""
    if not found["of"]:
        return "-"
    percent = f"{found['share']:.0%} ({found['low']:.0%} to {found['high']:.0%})"
    return f"{found['count']} of {found['of']}: {percent}"


def counted(cases: Sequence[Case], texts: int) -> str:
    """Say how many vignettes there are."""
    kinds = Counter(case.label.kind for case in cases)
    return (
        f"{len(cases)} vignettes: {kinds['must_escalate']} that must be escalated, {kinds['benign']} benign, "
        f"{kinds['twin']} twins; {texts} of them also in own words."
    )


def figures(data: dict[str, Any]) -> str:
    """Return the main figures."""
    shares = data["triage"] | data["causes"]
    return table(("what", "result (95 % interval)"), ((text, said(shares[name])) for name, text in ROWS.items()))


def groups(data: dict[str, Any], by: str) -> str:
    """Return the figures by one way to part the cases."""
    heads = (by.replace("_", " "), "too little urgency", "too much urgency", "fair cause first", "among three")
    rows = []
    for name, sums in data["by"].get(by, {}).items():
        triage, causes = sums["triage"], sums["causes"]
        found = (triage["under"], triage["over"], causes["first_fair"], causes["three_fair"])
        rows.append((name or "-", *(said(each) for each in found)))
    return table(heads, rows)


def confusion(data: dict[str, Any]) -> str:
    """Return the confusion matrix: rows are labels, columns what was said."""
    codes = [level.code for level in Level]
    rows = ((label, *(row[code] for code in codes)) for label, row in data["confusion"].items())
    return table(("labelled", *(f"said {code}" for code in codes)), rows)


def calibration(data: dict[str, Any]) -> str:
    """Return the Brier score and the reliability table."""
    found = data["calibration"]
    rows = ((f"{each['promised']:.0%}", said(each)) for each in found["reliability"])
    return f"Brier score {found['brier']:.3f} in {found['cases']} cases.\n\n" + table(("promised", "so"), rows)


def benign(told: Iterable[Answer], text: Iterable[Answer]) -> str:
    """Return the over-triage of benign vignettes, tidy and untidy apart, and in own words."""
    parts = {"tidy": [], "untidy": [], "own words": []}  # type: dict[str, list[Answer]]
    for each in told:
        if each.case.label.kind == "benign":
            parts["untidy" if each.case.label.group == "messy" else "tidy"].append(each)
    parts["own words"] = [each for each in text if each.case.label.kind == "benign"]
    parts = {"all": parts["tidy"] + parts["untidy"]} | parts
    rows = []
    for name, answers in parts.items():
        sums = report(answers)
        causes = sums["causes"]
        found = (sums["triage"]["over"], causes["first_fair"], causes["three_fair"])
        rows.append((name, *(said(each) for each in found)))
    return table(("benign", "too much urgency", "fair cause first", "among three"), rows)


def by_rule(told: Iterable[Answer]) -> str:
    """Count the benign vignettes with too much urgency by the alarms that stand."""
    over = [each for each in told if each.over]
    rules = Counter(alarm for each in over for alarm in each.alarms)
    return table(("alarm that stood", "vignettes"), sorted(rules.items(), key=lambda each: (-each[1], each[0])))


def listed(told: Iterable[Answer], text: Iterable[Answer], *, under: bool) -> str:
    """List the misses in urgency."""
    rows = [
        (each.case.id, how, each.level.code, each.case.label.named, ", ".join(each.alarms) or "-")
        for how, answers in (("answers", told), ("own words", text))
        for each in answers
        if (each.under if under else each.over)
    ]
    return table(("vignette", "told as", "said", "labelled", "alarms that stood"), rows)


if __name__ == "__main__":
    main(sys.argv[1:])
