"""Another language changes words and nothing else: no number, no verdict, no id; and no English stays behind."""

import re

import pytest

from hipwise.texts import known, say, speaking, spoken

PSEUDO = {"accept-language": "x-pseudo"}
EMPTY = ("/first-page", "/question", "/referral", "/today", "/assessment")
LIVED = (
    *("/assessment", "/referral", "/today", "/checkin", "/load", "/form", "/quality", "/report"),
    *("/question", "/first-page", "/answers", "/charts/weeks", "/charts/spikes", "/charts/before", "/charts/time"),
    *("/runs?last=5", "/sources", "/ask?q=cadence", "/exercises/clamshell/figure"),
    *("/findings", "/causes", "/exercises", "/cards", "/numbers", "/history"),
)
NAMES = {"authors", "title", "where", "doi", "source", "sources", "url", "svg", "etag", "cells", "made_at", "country"}
"""What is called the same in every language, and pictures (a browser looks at them)."""

PLAIN = re.compile(r"[a-z]{2,} [a-z]{2,}|^[A-Z][a-z]+$")


def leaves(data, path=()):
    """Yield each value of an answer with its place."""
    if isinstance(data, dict):
        for name, value in data.items():
            yield from leaves(value, (*path, name))
    elif isinstance(data, list):
        for place, value in enumerate(data):
            yield from leaves(value, (*path, place))
    else:
        yield path, data


def both(client, route):
    """Return the leaves of an answer in English and in the pseudo language, side by side."""
    english, other = (client.get(route, headers=headers) for headers in ({}, PSEUDO))
    assert (english.status_code, other.status_code) == (200, 200), other.text
    return dict(leaves(english.json())), dict(leaves(other.json()))


def differing(client, routes):
    """Return what is not words and yet differs, and what stayed English, by route."""
    found = {}
    for route in routes:
        english, other = both(client, route)
        if english.keys() != other.keys():
            found[route, "shape"] = sorted(map(str, english.keys() ^ other.keys()))[:5]
            continue
        for path, value in other.items():
            if NAMES & set(path) or (isinstance(value, str) and "⟦" in value):
                continue
            if value != english[path]:
                found[route, *map(str, path)] = (english[path], value)
            elif isinstance(value, str) and PLAIN.search(value) and path[0] != "plan":
                found[route, *map(str, path)] = value  # a plan stays in the language in which it was agreed on
    return found


def test_nothing_but_words_differs_in_another_language(lived_client):
    assert differing(lived_client, LIVED) == {}
    assert differing(lived_client, LIVED[:4]) == {}  # English is English again, and the other one is kept


def test_a_plan_is_written_in_the_language_in_which_it_is_agreed_on(client, journal, tale):
    journal.set_athlete(born=tale.athlete.born, sex=tale.athlete.sex, country=tale.athlete.country)
    journal.new_pain(side="right")
    journal.tell({each.id: each.state for each in tale.answers})
    made = client.post("/plan", json={}, headers=PSEUDO).json()
    assert made["plan"]["kind"] == "plan"
    texts = [(path, each) for path, each in leaves(made) if isinstance(each, str) and not NAMES & set(path)]
    assert [each for each in texts if PLAIN.search(each[1]) and "⟦" not in each[1]] == []
    assert sum("⟦" in each for _, each in texts) > 50
    _, read = both(client, "/plan")
    assert [each for each in read.values() if isinstance(each, str) and PLAIN.search(each) and "⟦" not in each] == []


def test_somebody_new_is_asked_in_their_language(client):
    assert differing(client, EMPTY) == {}


def test_a_refusal_is_said_in_the_language_that_was_asked_for(client, stranger):
    for asked, where in ((client, "/runs/nobody"), (client, "/exercises/nobody"), (stranger, "/today")):
        said = asked.get(where, headers=PSEUDO).json()
        assert all(said[part].startswith("⟦") for part in ("title", "detail", "next") if said.get(part)), said


@pytest.mark.parametrize(
    ("asked", "answered"), [("x-pseudo-rtl", "x-pseudo"), ("en-GB,en;q=0.9", "en"), ("de-AT", "en"), ("", "en")]
)
def test_what_hipwise_does_not_speak_is_answered_in_english(asked, answered):
    assert spoken(asked) == answered


def test_every_text_keeps_its_blanks_in_another_language():
    class Anything(dict):
        def __missing__(self, name):
            return 1

    blanks = re.compile(r"\{(\w+)")
    with speaking("x-pseudo"):
        from hipwise.texts import _catalogue

        for name in known():
            one, other = (_catalogue(language)[name] for language in ("en", "x-pseudo"))
            assert blanks.findall(str(one)) == blanks.findall(str(other)), name
        assert say("today.ask").startswith("⟦")
    assert say("today.ask").startswith("First")
