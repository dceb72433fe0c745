"""The brief and the sheet on paper: two pages for whoever the runner is, tagged, and no text becomes code."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from hipwise.draw import picture
from hipwise.errors import HipwiseError
from hipwise.handout import Beside, ScoreKept, brief_pages, brief_pdf, offer, sheet_pages, sheet_pdf
from hipwise.handout._paper import bullets, card, page, pdf_bytes, table, words
from hipwise.handout._paper import picture as drawn
from hipwise.journal._known import Known
from hipwise.load import measure
from hipwise.model import Athlete, Episode, Evidence, Finding
from hipwise.plan import Plan, Wishes
from load_log import run
from offers import offers_of_exercise, offers_of_running
from offers import texts as texts_of
from sore_runner import AFTER_THE_RUN, BONE, GOOD_MORNING, KB, ON, Clock, calm, sore

if TYPE_CHECKING:
    from pathlib import Path

LOAD = measure([run(ON - timedelta(2 * ago), 8.0) for ago in range(1, 60)], Athlete(), KB, on=ON, onset=ON)
PICTURE = {"lying_on_side_hurts": "yes", "one_leg_hurts": "yes", "night_pain": "lying_on_it"}
HOSTILE = (
    '#panic("code")',
    '#read("/etc/passwd")',
    "*bold* _thin_ $ x $ `raw` @label <label> \\ #",
    '"); #eval("1") //',
    "]] #[ }} #{",
    "</text></svg><script>",
    "\x00\x1b[31m\u202e\ufffe emoji \U0001f600 \u4e2d\u6587 \u0645",
    "a" * 5000,
)


def known(states: dict[str, str], *, checked_in: bool = True, ago: int = 2) -> Known:
    told = calm(**(GOOD_MORNING | AFTER_THE_RUN if checked_in else {}), **PICTURE) | states
    evidence = Evidence.of(Finding(name, state, ON - timedelta(ago)) for name, state in told.items()) | LOAD.evidence
    athlete, episode = Athlete.of_age(35, "female", ON, "IE"), Episode("e", ON, ON - timedelta(20), "left")
    return Known(ON, athlete, episode, LOAD, evidence, None, (), KB)


def beside(of: Known, **more: Any) -> Beside:
    return Beside(evidence=of.evidence, chart=of.chart("time", width=900), number="112", **more)


def everything() -> Known:
    """The runner who says the worst to every question."""
    evidence = Evidence.of(Finding(each.id, each.states[-1], ON - timedelta(3)) for each in KB.findings.values())
    return Known(ON, Athlete.of_age(40, "female", ON, "IE"), None, LOAD, evidence | LOAD.evidence, None, (), KB)


def texts(pages: Any) -> list[str]:
    return texts_of(json.loads(json.dumps(pages)))


def count(pdf: bytes) -> int:
    assert pdf.startswith(b"%PDF")
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def read(pdf: bytes) -> str:
    """Return the text of a PDF as another program sees it."""
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    return subprocess.run([program, "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()


@pytest.mark.parametrize(
    ("of", "paper"),
    [
        (known({}), "a4"),
        (known({}, checked_in=False), "letter"),
        (known(BONE), "letter"),
        (everything(), "letter"),
    ],
    ids=["calm", "nothing checked in", "bone", "all at once"],
)
def test_the_brief_has_two_pages_whoever_the_runner_is(of: Known, paper: Any) -> None:
    scores = tuple(ScoreKept("A scale with a long name", ON, 50.0, 40.0, None) for _ in range(9))
    said = tuple((ON, "What was said that day " * 3, "because of this " * 9) for _ in range(9))
    pdf = brief_pdf(of.report(), beside(of, scores=scores, said=said), KB, paper)
    assert count(pdf) == 2
    assert b"/MarkInfo" in pdf
    assert b"pdfuaid" in pdf, "tagged for those who do not see it"


def test_the_brief_holds_what_a_physio_looks_for() -> None:
    of = known({"test_squat": "yes", "run_pain_from": "to_5_km"})
    scores = (ScoreKept("iHOT-12", ON, 61.0, None, 8.9), ScoreKept("HAGOS: pain", ON, 70.0, 60.0, None))
    first, second = brief_pages(
        of.report(),
        beside(of, scores=scores, said=((ON, "Rest.", "It hurt."),), done=(("Bridge", 3, 2), ("Squat", 1, None))),
        KB,
    )
    one, two = " ".join(texts(first)), " ".join(texts(second))
    for part in (
        "age 35", "sex female", "Side: left", "In one line:", "Worst spot", "Red flags asked", "Where it hurts",
        "Onset and course", "Irritability", "at rest", "next morning", "Tests at home",
        KB.findings["test_squat"].question, "iHOT-12", "first", "8.9", "+10", "not known", "What it could be",
        "Speaks against it", "Not assessed",
    ):  # fmt: skip
        assert part in one, part
    for part in ("Before the pain", "The last weeks", "Programme now", "Stage 1 of", "Questions for you", "Method"):
        assert part in two, part
    assert "It hurt." in two
    assert "on 3 days. Worst pain then: 2/10." in two
    assert "on 1 day." in two
    assert two.count("<svg") == 1


def test_a_red_flag_that_is_open_or_found_stands_out_with_its_day() -> None:
    of = known({"fever": "unknown", "past_cancer": "yes"})
    rows = next(each["rows"] for each in brief_pages(of.report(), beside(of), KB)[0]["left"] if "rows" in each)
    infection, general = (next(row for row in rows if title in row[0]) for title in ("infection", "General"))
    assert "OPEN" in infection[2]
    assert KB.findings["past_cancer"].question in general[2]
    two_days_ago = ON - timedelta(2)
    assert general[3] == f"{two_days_ago.day} {two_days_ago:%b %Y}"


def test_under_a_referral_the_brief_offers_nothing_and_names_the_number() -> None:
    of = known(BONE)
    assert of.referral is not None
    report = of.report()
    pages = brief_pages(report, beside(of, said=((ON, "You may run as planned.", "Calm."),)), KB)
    words_of = [each for each in texts(pages) if not each.startswith("<svg")]
    assert any("Emergency number: 112" in each for each in words_of)
    reason = report["assessment"]["alarms"][0]["because"]
    assert 0 <= words_of.index(of.referral.say_there) < words_of.index(reason)  # it says: the reasons below
    open_ones = report | {"assessment": report["assessment"] | {"missing": ["fever"]}}
    asked = [texts(brief_pages(each, beside(of), KB)) for each in (report, open_ones)]
    assert asked[0] == asked[1]  # a routine visit for what is open is less than this
    assert offers_of_exercise(words_of) == offers_of_running(words_of) == []
    plain = brief_pages(report | {"assessment": report["assessment"] | {"referral": None}}, beside(of), KB)
    assert len(plain) == 2


def test_no_text_becomes_code_and_no_file_is_read() -> None:
    cells = [[each] for each in HOSTILE]
    sections = [words(HOSTILE, HOSTILE[0]), bullets([(each, each) for each in HOSTILE], HOSTILE[1])]
    sections += [table([HOSTILE[2]], cells, HOSTILE[3], [1]), bullets([(each, each, each) for each in HOSTILE])]
    image = drawn(str(picture(9, 9, HOSTILE[0], HOSTILE[5], [])), HOSTILE[0])
    made = pdf_bytes([page(HOSTILE[0], above=[*sections, image], below=[card(image, HOSTILE[3], HOSTILE[:2])])],
                     HOSTILE[0], HOSTILE[1], "a4")  # fmt: skip
    assert count(made) >= 1
    assert b"root:" not in made
    text = read(made)
    for each in ('#panic("code")', '#read("/etc/passwd")', "*bold* _thin_ $ x $", '#eval("1")'):
        assert each in text.replace("“", '"').replace("”", '"'), each


def test_a_page_that_cannot_be_made_says_so() -> None:
    with pytest.raises(HipwiseError, match="could not be made"):
        pdf_bytes(
            [page("x", above=[{"kind": "picture", "title": None, "svg": "no", "alt": "x", "width": 1}])], "x", "", "a4"
        )


def test_the_sheet_shows_each_exercise_with_its_figure_dose_and_stop() -> None:
    of = known({}, ago=0)
    made = of.plan(Wishes())
    assert isinstance(made, Plan)
    offered = offer(made, of.of_day, None)
    (only,) = sheet_pages(offered, of.of_day, KB, side="left")
    cards = [*only["left"], *only["right"]]
    assert [each["title"] for each in cards] == [each.name for each in made.exercises]
    assert all(each["kind"] == "card" and each["alt"] for each in cards)
    said = texts(only)
    assert all(each.stop_when in said for each in made.exercises)
    pdf = sheet_pdf(offered, of.of_day, KB, side="left", paper="letter")
    assert count(pdf) == 1


def test_the_sheet_says_whom_to_see_or_why_there_is_none() -> None:
    of = known(BONE)
    (first,) = sheet_pages(offer(None, of.of_day, of.referral), of.of_day, KB)
    said = texts(first)
    assert offers_of_exercise(said) == offers_of_running(said) == []
    assert of.referral is not None
    assert of.referral.what in said
    quiet = known({})
    (none,) = sheet_pages(offer(None, quiet.of_day, None), quiet.of_day, KB)
    assert quiet.of_day.headline in texts(none)


def test_an_exercise_without_a_figure_stands_in_words() -> None:
    assert card(None, "Name", ["how"])["kind"] == "list"


def test_the_journal_makes_both_with_scores_and_what_was_said(tmp_path: Path) -> None:
    clock = Clock()
    with sore(tmp_path, clock, **PICTURE) as journal:
        journal.plan()
        journal.done("glute_bridge", sets=3, pain=2)
        journal.score("ihot12", [50.0] * 12)
        journal.checkin(GOOD_MORNING)
        clock.on += timedelta(2)
        journal.score("ihot12", [70.0] * 12)
        journal.checkin(GOOD_MORNING | AFTER_THE_RUN)
        found = journal._beside_report(journal._known())
        assert [(each.name, each.value, each.before) for each in found.scores] == [("iHOT-12", 70.0, 50.0)]
        assert [each[0] for each in found.said] == sorted((each[0] for each in found.said), reverse=True)
        assert found.said[0][1] == journal.look_at_today().headline
        assert found.done == ((KB.rehab.exercises["glute_bridge"].name, 1, 2),)
        assert found.grade is not None
        assert found.form is not None
        assert count(journal.report_pdf("letter")) == 2
        assert count(journal.sheet_pdf()) == 1
