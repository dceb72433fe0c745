"""Two pages for a physio or a GP: who, how urgent, what was found, what it could be; then training and plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from hipwise.handout._brief_training import Beside, training_page
from hipwise.handout._paper import Data, Line, PaperSize, bullets, page, pdf_bytes, table, words
from hipwise.handout._plan import in_words, percent
from hipwise.handout._told import Told
from hipwise.knowledge import Knowledge
from hipwise.texts import say

__all__ = ["brief_pages", "brief_pdf"]

MOST_CAUSES, MOST_REASONS, MOST_OPEN, MOST_ALARMS = 4, 3, 2, 6
LEAST_SHARE, LEAST_DECIBANS = 0.02, 0.5
LATELY_D = 14
PLACES = "where"
"""The card of places, which have a part of their own."""

SCORES = ("rest", "walk", "run", "after", "morning")
"""Pain scores, by what is asked."""

IRRITABLE = ("run_pain_from", "settled_after", "next_morning_worse", "morning_stiffness", "warm_up", "woken_by_hip")
FUNCTION = ("weight_bearing", "limp", "cannot_run", "shoes_socks_hard", "sit_to_stand_hurts", "stairs_hurts")
COURSE = ("duration", "worsening", "sudden_onset", "same_pain_before", "seen_by_clinician", "scan_showed")


def brief_pdf(report: Data, beside: Beside, knowledge: Knowledge, paper: PaperSize = "a4") -> bytes:
    """Return the brief of a REPORT (`report_data`), and what stands BESIDE it, as a PDF of two pages.

    Raises:
        HipwiseError: it could not be made.
    """
    foot = say("handout.paper_foot", **report["assessment"]["versions"], on=in_words(report["on"]))
    return pdf_bytes(brief_pages(report, beside, knowledge), say("handout.brief_title"), foot, paper)


def brief_pages(report: Data, beside: Beside, knowledge: Knowledge) -> list[Data]:
    """Return the two pages as sections."""
    told = Told.of(report, knowledge)
    found = report["assessment"]
    first = page(
        say("handout.brief_title"),
        above=[words([_who(report), _period(report, beside)]), _summary(report, told), *_urgency(found, beside)],
        left=[_red_flags(report, told), *_where_and_course(told)],
        right=[_irritability(told, beside), *_pattern(told), _function(report, told), _tests(told), _scores(beside)],
        below=[*_causes(found), bullets(found["not_looked_at"], say("handout.brief_not_assessed"))],
    )
    return [first, training_page(report, beside, told)]


def _who(report: Data) -> Line:
    athlete = report["athlete"]
    return say("handout.brief_who", age=_known(athlete["age_y"]), sex=_known(athlete["sex"]))


def _period(report: Data, beside: Beside) -> Line:
    episode = report["episode"] or {}
    onset, on = in_words(episode.get("onset")), in_words(report["on"])
    side, grade = _known(episode.get("side")), _known(beside.grade)
    return say("handout.brief_period", onset=onset, side=side, on=on, grade=grade)


def _summary(report: Data, told: Told) -> Data:
    """Return the one line that must be enough for whoever reads no further."""
    found = report["assessment"]
    spot = [each["answer"] for each in told.named(("worst_point",))]
    likely = [each for each in found["causes"] if each["probability"] >= LEAST_SHARE][:1]
    parts = [
        say("handout.brief_spot", spot=spot[0]) if spot else "",
        say("handout.brief_level", level=say(f"handout.level_{found['level']}")),
        *(say("handout.brief_first", name=each["name"], share=percent(each["probability"])) for each in likely),
    ]
    return words([(say("handout.brief_summary"), " ".join(filter(None, parts)))])


def _urgency(found: Data, beside: Beside) -> Iterator[Data]:
    alarms, referral = found["alarms"], found["referral"]
    lines: list[Line] = []
    if referral is not None:  # what to do first: it speaks of the reasons below it
        lines += [(referral["what"], referral["how_fast"]), referral["say_there"]]
        number = referral["number"] or beside.number
        lines.append(say("handout.emergency_number", number=number) if number else say("handout.local_number"))
    lines += [(alarm["name"], alarm["because"]) for alarm in alarms[:MOST_ALARMS]]
    if len(alarms) > MOST_ALARMS:
        lines.append(say("handout.and_more", count=len(alarms) - MOST_ALARMS))
    if found["missing"] and referral is None:  # it asks for less than a referral does; the table counts what is open
        lines.append(say("handout.missing", count=len(found["missing"])))
    if lines:
        yield words(lines, say("handout.brief_urgency"), box=True)


def _red_flags(report: Data, told: Told) -> Data:
    rows = [_card(each, told) for each in report["red_flags"]]
    heads = [say(f"handout.brief_flag_{part}") for part in ("card", "asked", "found", "on")]
    return table(heads, rows, say("handout.red_flags_title"), (3, 1.5, 3.8, 2.3))


def _card(card: Data, told: Told) -> list[str]:
    """Return what was asked, what was found, and when: the oldest day of the answers that count."""
    answers = [each for each in told.answers if each["first_page"] == card["card"]]
    found = [each for each in answers if each["remarkable"]]
    says = "; ".join(say("handout.brief_flag", **each) for each in found[:MOST_OPEN])
    if card["card"] == PLACES:
        says = say("handout.brief_see_where")
    elif len(found) > MOST_OPEN:
        says = f"{says} {say('handout.and_more', count=len(found) - MOST_OPEN)}"
    if card["open"]:
        says = f"{say('handout.brief_open', count=len(card['open']))} {says}"
    known = say("handout.brief_asked", known=card["questions"] - len(card["open"]), questions=card["questions"])
    on = in_words(min(each["on"] for each in answers)) if answers else ""
    return [card["title"], known, says or say("handout.brief_clear"), on]


def _where_and_course(told: Told) -> Iterator[Data]:
    where = [*told.named(("worst_point", "side")), *told.group("site", without=("worst_point", "side"))]
    yield told.section(say("handout.brief_where"), where, most=6)
    course = told.named(COURSE, all_of_them=True)
    yield told.section(say("handout.brief_course"), [*course, *told.group("course", "injury", without=COURSE)], most=7)


def _irritability(told: Told, beside: Beside) -> Data:
    since = date.fromisoformat(told.on) - timedelta(LATELY_D)
    rows = [row for name in SCORES if (row := _pain(name, beside, since))]
    heads = [say(f"handout.brief_pain_{part}") for part in ("when", "now", "worst", "mean", "count")]
    title = say("handout.brief_irritability", days=LATELY_D)
    if not rows:
        return told.section(title, told.named(IRRITABLE, all_of_them=True))
    more = told.lines(told.named(IRRITABLE, all_of_them=True), 5)
    return table(heads, rows, title, (3, 2, 1.2, 1.2, 1.2), (1, 2, 3, 4)) | {"after": more}


def _pain(name: str, beside: Beside, since: date) -> list[str]:
    found = [each for each in beside.evidence.history(f"{name}_pain_score") if each.is_known and each.on > since]
    if not found:
        return []
    scores = [float(each.state) for each in found]
    now = say("handout.brief_score_on", score=f"{scores[-1]:g}", on=f"{found[-1].on:%m-%d}")
    return [say(f"handout.brief_{name}"), now, f"{max(scores):g}", f"{sum(scores) / len(scores):.1f}", str(len(scores))]


def _pattern(told: Told) -> Iterator[Data]:
    """Yield what brings it on and what eases it."""
    skipped = {*IRRITABLE, *FUNCTION}
    found = told.group("pattern", "weight", "nerves", "night", without=skipped)
    eases = [each for each in found if each["finding"].startswith("eased_by") or each["finding"] == "tablets_help"]
    yield told.section(say("handout.brief_aggravating"), [each for each in found if each not in eases], most=7)
    yield told.section(say("handout.brief_easing"), eases, most=4)


def _function(report: Data, told: Told) -> Data:
    race = report["plan"].get("race")
    goal: list[Line] = [(say("handout.brief_goal"), race)] if race else [say("handout.brief_no_goal")]
    return told.section(say("handout.brief_function"), told.named(FUNCTION), goal, most=5)


def _scores(beside: Beside) -> Data:
    heads = [say(f"handout.brief_form_{part}") for part in ("name", "on", "value", "change", "mdc")]
    rows = [
        [each.name, in_words(each.on), f"{each.value:g}", _change(each.value, each.before), _number(each.mdc)]
        for each in beside.scores[-6:]
    ]
    return table(heads, rows, say("handout.brief_forms"), (3, 2, 1.2, 1.3, 1.2), (2, 3, 4))


def _change(value: float, before: float | None) -> str:
    return say("handout.brief_first_one") if before is None else f"{value - before:+g}"


def _number(value: float | None) -> str:
    return say("handout.not_known") if value is None else f"{value:g}"


def _tests(told: Told) -> Data:
    return told.section(say("handout.brief_tests"), told.group("self_test", all_of_them=True), most=6)


def _causes(found: Data) -> Iterator[Data]:
    likely = [each for each in found["causes"] if each["probability"] >= LEAST_SHARE] or found["causes"]
    if not likely:
        return
    heads = [say(f"handout.brief_cause_{part}") for part in ("name", "share", "for", "against")]
    rows = [_cause(each) for each in likely[:MOST_CAUSES]]
    yield table(heads, rows, say("handout.brief_causes"), (3, 1.3, 5, 4))
    yield words([say("handout.something_else", share=percent(found["something_else"]))])


def _cause(cause: Data) -> list[str]:
    share, low, high = (percent(cause[key]) for key in ("probability", "low", "high"))
    shown = say("handout.brief_share", share=share, low=low, high=high)
    return [cause["name"], shown, _reasons(cause["for"]), _reasons(cause["against"])]


def _reasons(reasons: Iterable[Data]) -> str:
    strong = [each for each in reasons if abs(each["decibans"]) >= LEAST_DECIBANS][:MOST_REASONS]
    return "\n".join(
        say("handout.reason_short", text=each["says"], decibans=f"{each['decibans']:+.0f}") for each in strong
    )


def _known(value: object) -> str:
    return say("handout.not_told") if value is None else str(value)
