"""Numbers in words: how long, how strong, how warm, since when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

__all__ = ["NUM", "SPECIAL", "Quantity", "quantities"]

DAYS, MINUTES, SCORE, SINCE, NUM = "DAYS", "MINUTES", "SCORE", "SINCE", "NUM"
FEVER, CALM = "FEVER", "CALM"
SPECIAL = frozenset({DAYS, MINUTES, SCORE, FEVER, CALM, SINCE, NUM})
TOP_SCORE = 10
"""Pain is told from 0 to 10."""

BEGINNING = frozenset({"began", "begun", "start", "started", "starting", "onset", "came", "appeared", "noticed"})
SHORTLY = 4
"""A "began" so few words before says of "in the spring" since when it hurts."""

Numbers = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity of KIND in the words FIRST up to (not with) END: days, minutes, points of ten, degrees of fever."""

    kind: str
    first: int
    end: int
    value: float


def quantities(words: Sequence[str], numbers: Numbers, on: date) -> list[Quantity]:
    """Return every quantity in WORDS; ON is today, from which "since March" counts."""
    found: list[Quantity] = []
    place = 0
    while place < len(words):
        here = next(_at(words, place, numbers, on), None)
        if here is None:
            place += 1
            continue
        found.append(here)
        place = here.end
    if any(each.kind == SCORE for each in found):
        taken = {place for each in found for place in range(each.first, each.end)}
        found.extend(_bare_scores(words, taken, numbers))
    numbered = ((place, _digits(word)) for place, word in enumerate(words))
    return found + [Quantity(NUM, place, place + 1, value) for place, value in numbered if value is not None]


def _at(words: Sequence[str], place: int, numbers: Numbers, on: date) -> Iterator[Quantity]:
    yield from _since(words, place, numbers, on)
    yield from _score(words, place, numbers)
    yield from _of_a_year(words, place, numbers)
    yield from _fever(words, place, numbers)
    yield from _time(words, place, numbers)


def _number(words: Sequence[str], place: int, numbers: Numbers) -> tuple[float, int] | None:
    """Return the number that begins at PLACE and the place after it."""
    if place >= len(words):
        return None
    value = _digits(words[place])
    if value is None:
        value = numbers["words"].get(words[place])
    if value is None:
        return None
    after = _number(words, place + 1, numbers) if words[place] in {"some", "last", "past", "half"} else None
    if after is not None and words[place + 1] not in {"a", "an"}:
        return after
    end = place + 1
    end += words[place] in {"a", "an"} and words[end : end + 1] in (["good"], ["full"], ["whole"], ["solid"], ["bad"])
    rest = list(words[end : end + 3])
    if rest[:3] == ["and", "a", "half"]:
        return value + 0.5, end + 3
    if rest[:1] == ["half"]:
        return value + 0.5, end + 1
    if words[place] in {"a", "an"} and rest[:1] in (["couple"], ["few"], ["dozen"]):
        value, end = numbers["words"][rest[0]], end + 1
    if words[place] == "half" and rest[:1] in (["a"], ["an"]):
        end += 1
    return value, end + (end < len(words) and words[end] == "of" and words[end - 1] in {"couple", "number"})


def _digits(word: str) -> float | None:
    plain = word.replace(",", ".")
    return float(plain) if plain[:1].isdecimal() and plain.replace(".", "", 1).isdecimal() else None


def _time(words: Sequence[str], place: int, numbers: Numbers) -> Iterator[Quantity]:
    """Read "about three weeks", "two to three weeks", "10 months", "half an hour", "weeks"."""
    found = _number(words, place, numbers)
    if found is None:
        yield from _bare_unit(words, place, numbers)
        return
    value, end = found
    if end < len(words) and words[end] in {"to", "or"}:
        second = _number(words, end + 1, numbers)
        value, end = (value, end) if second is None else ((value + second[0]) / 2, second[1])
    end += end < len(words) and words[end] in {"full", "whole", "long", "solid", "more", "further", "odd"}
    unit = words[end] if end < len(words) else ""
    for kind, name in ((DAYS, "days"), (MINUTES, "minutes")):
        if unit in numbers[name]:
            half = list(words[end + 1 : end + 4]) == ["and", "a", "half"]
            yield Quantity(kind, place, end + 1 + 3 * half, (value + half / 2) * numbers[name][unit])


def _of_a_year(words: Sequence[str], place: int, numbers: Numbers) -> Iterator[Quantity]:
    """Read "x 6/52", "3/12", "4/7" as clinicians write them: parts of a year of weeks or months, days of a week."""
    value = _digits(words[place])
    if value is None or list(words[place + 1 : place + 2]) != ["/"] or words[place - 1 : place] in (["on"], ["since"]):
        return
    days = numbers["of_a_year"].get("".join(words[place + 2 : place + 3]))
    if days is not None:
        yield Quantity(DAYS, place, place + 3, value * days)


def _bare_unit(words: Sequence[str], place: int, numbers: Numbers) -> Iterator[Quantity]:
    """Read "for weeks" and "for months": more than one, and nobody says how many."""
    if (
        words[place] in numbers["some"]
        and place
        and words[place - 1] in {"for", "over", "many", "these", "past", "last"}
    ):
        yield Quantity(DAYS, place, place + 1, numbers["some"][words[place]])


def _score(words: Sequence[str], place: int, numbers: Numbers) -> Iterator[Quantity]:
    """Read "6/10", "6 out of 10", "six of ten"; of "6 to 7 out of 10" the higher counts."""
    found = _number(words, place, numbers)
    if found is None:
        return
    value, end = found
    if list(words[end : end + 1]) in (["to"], ["or"]) and (second := _number(words, end + 1, numbers)):
        value, end = second
    for between in (("/",), ("out", "of"), ("of",), ("on", "a", "scale", "of")):
        if tuple(words[end : end + len(between)]) == between:
            top = _number(words, end + len(between), numbers)
            if top is not None and top[0] == TOP_SCORE and 0 <= value <= TOP_SCORE:
                yield Quantity(SCORE, place, top[1], value)


def _bare_scores(words: Sequence[str], taken: set[int], numbers: Numbers) -> Iterator[Quantity]:
    """Where one score was told out of ten, "and 7 when I walk" is one too."""
    units = numbers["days"].keys() | numbers["minutes"].keys() | numbers["not_scores"].keys()
    for place, word in enumerate(words):
        value = _digits(word)
        follows = words[place + 1] if place + 1 < len(words) else ""
        if place not in taken and value is not None and 0 <= value <= TOP_SCORE and follows not in units:
            yield Quantity(SCORE, place, place + 1, value)


def _fever(words: Sequence[str], place: int, numbers: Numbers) -> Iterator[Quantity]:
    """Read a body temperature: degrees Celsius, or Fahrenheit, from where fever begins."""
    value = _digits(words[place])
    if value is None:
        return
    limits = numbers["fever"]
    follows = [word for word in words[place + 1 : place + 4] if word in {"c", "f", "celsius", "fahrenheit", "degrees"}]
    before = set(words[max(0, place - 4) : place]) & {"temperature", "temp", "fever", "febrile"}
    if not follows and not before:
        return
    celsius = limits["celsius"] <= value <= limits["celsius_top"] and not {"f", "fahrenheit"} & set(follows)
    fahrenheit = limits["fahrenheit"] <= value <= limits["fahrenheit_top"]
    if celsius or fahrenheit:
        yield Quantity(FEVER, place, place + 1, value)
    elif limits["calm"] <= value < limits["celsius"] or limits["calm_f"] <= value < limits["fahrenheit"]:
        yield Quantity(CALM, place, place + 1, value)


def _since(words: Sequence[str], place: int, numbers: Numbers, on: date) -> Iterator[Quantity]:
    """Read "since March", "since last summer", "since 2024", "in early May"."""
    if words[place] not in {"since", "in", "from"}:
        return
    after = place + 1
    while after < len(words) and words[after] in {"last", "early", "late", "mid", "the", "about", "around", "this"}:
        after += 1
    if after >= len(words):
        return
    day = _calendar_day(words, place, after, numbers, on)
    if day is not None:
        yield day
        return
    month = numbers["months"].get(words[after])
    year = _digits(words[after])
    days: float | None = None
    if month is not None:
        told = _digits(words[after + 1]) if after + 1 < len(words) else None
        days = _days_since_month(int(month), told, on)
        after += told is not None
    elif year is not None and words[place] == "since" and on.year - 60 <= year <= on.year:
        days = (on.year - year) * 365 + 1
    elif words[after] in numbers["some"] and words[after - 1] == "last":
        days = numbers["some"][words[after]] / 2
    if days is not None and days >= 0:
        yield Quantity(SINCE, place, after + 1, days)


def _calendar_day(words: Sequence[str], place: int, at: int, numbers: Numbers, on: date) -> Quantity | None:
    """Read "since spring", "since last Christmas", "began in the autumn": from the last such day before ON.

    "Since the fall" speaks of a fall; "in winter" without a beginning says when it hurts, not since when.
    """
    end = at + 1 + (" ".join(words[at : at + 2]) in numbers["calendar"] and at + 1 < len(words))
    told = numbers["calendar"].get(" ".join(words[at:end]))
    an_event = words[at] == "fall" and words[at - 1] != "last"
    began = words[place] != "in" or BEGINNING & set(words[max(0, place - SHORTLY) : place])
    if told is None or an_event or not began:
        return None
    month, day = divmod(int(told), 100)
    year = _digits(words[end]) if end < len(words) else None
    since = on.replace(year=int(year), month=month, day=day) if year and on.year - 60 <= year <= on.year else None
    last = on.replace(month=month, day=day)
    since = since or (last if last <= on else last.replace(year=on.year - 1))
    return Quantity(SINCE, place, end + (year is not None and since.year == year), max(0.0, float((on - since).days)))


def _days_since_month(month: int, year: float | None, on: date) -> float:
    """Count from the middle of the month: this year's, or last year's where this year's lies ahead."""
    told = int(year) if year is not None and 1900 < year <= on.year else None  # noqa: PLR2004 (a year has four digits)
    began = date(told or on.year, month, 15)
    if told is None and (month, 1) > (on.month, on.day):
        began = date(on.year - 1, month, 15)
    return max(0.0, float((on - began).days))
