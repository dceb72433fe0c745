"""Questionnaires by the name that people type."""

from __future__ import annotations

from difflib import get_close_matches

from hipwise.errors import HipwiseError
from hipwise.journal._checked import MOST_LETTERS
from hipwise.knowledge import Knowledge, Questionnaire
from hipwise.texts import say

__all__ = ["questionnaire_of"]


def questionnaire_of(name: str, knowledge: Knowledge) -> Questionnaire:
    """Return the questionnaire of NAME ("ihot12", "iHOT-12").

    Raises:
        HipwiseError: there is none.
    """
    plain = _plain(name)
    for each in knowledge.questionnaires.values():
        if plain in {_plain(each.id), _plain(each.name)}:
            return each
    near = get_close_matches(plain, knowledge.questionnaires, n=3)
    hint = say("journal.near", names=", ".join(near)) if near else ""
    known = ", ".join(knowledge.questionnaires)
    raise HipwiseError("unknown_questionnaire", where=name[:MOST_LETTERS], near=hint, known=known)


def _plain(name: str) -> str:
    return "".join(sign for sign in name.lower() if sign.isalnum())
