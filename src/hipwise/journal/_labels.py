"""What a step is called: kept as ids with their values, and said in the language of whoever looks at it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from hipwise.knowledge import Knowledge
from hipwise.store import Event, Undone
from hipwise.texts import say

__all__ = ["of_answers", "of_exercises", "of_text", "said", "undone_said"]

Read = Callable[[], Knowledge]
"""Reads the knowledge: it takes a while, and few labels need it."""

TEXTS = ("of_day", "weekly", "and_more")


def of_text(text: str, **values: object) -> str:
    """Return a label that is the TEXT of the journal with its VALUES (JSON data)."""
    return json.dumps({"text": text} | values)


def of_answers(names: Iterable[str], knowledge: Knowledge) -> str:
    """Return a label of answers to findings: their card where they stand on one, else the first question."""
    questions = [knowledge.findings[name] for name in names]
    cards = {question.first_page for question in questions}
    if len(questions) > 1 and len(cards) == 1 and None not in cards:
        return json.dumps({"card": cards.pop()})
    return json.dumps({"finding": questions[0].id}) if questions else ""


def of_exercises(names: Iterable[str]) -> str:
    """Return a label of exercises."""
    return json.dumps({"exercises": list(dict.fromkeys(names))})


def said(event: Event, knowledge: Read) -> Event:
    """Return an EVENT with its label in words."""
    return replace(event, label=_words(event.label, knowledge))


def undone_said(undone: Undone, knowledge: Read) -> Undone:
    """Return what was UNDONE with its label in words."""
    event = said(undone.event, knowledge)
    return replace(undone, event=event, values=(*undone.values, ("label", event.label)))


def _words(label: str, knowledge: Read) -> str:
    try:
        return _spelled(json.loads(label), knowledge)
    except (ValueError, LookupError, TypeError):  # names of files; and what an older hipwise kept, as it was said then
        return label


def _spelled(parts: Any, knowledge: Read) -> str:
    if "card" in parts:
        return knowledge().cards[parts["card"]].title
    if "finding" in parts:
        return knowledge().findings[parts["finding"]].question
    if "exercises" in parts:
        return ", ".join(knowledge().rehab.exercises[each].name for each in parts["exercises"])
    text = TEXTS[TEXTS.index(parts.pop("text"))]
    return say(f"journal.{text}", **parts)
