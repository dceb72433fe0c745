"""Every sentence that hipwise says, by id and language.

Code names a text (`"activity.truncated"`) and gives its values; the sentence stands in `en/activity.yaml`.
Another language is another folder, not another line of code. The words of the knowledge base are English; read while
another language is spoken, they come in that one (`translated`). So far that is only a pseudo language, for tests.
Values are in kilometres and metres a second; a sentence writes them in the runner's unit (see `_lengths.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from hipwise.texts import _lengths, _pseudo
from hipwise.texts._lengths import KM, MILE

__all__ = [
    "ENGLISH",
    "KM",
    "MILE",
    "USUAL",
    "Voice",
    "in_unit",
    "km_per_unit",
    "known",
    "language",
    "pace",
    "say",
    "speak",
    "speaking",
    "spoken",
    "translated",
    "voice",
]

ENGLISH = "en"
_PSEUDO = "x-pseudo"
_CODES = ("api.language_code", "handout.language_code", "units.km", "units.mi")
"""What browsers and readers read, not people, and signs that are the same in every language."""


class Voice(NamedTuple):
    """How a runner is spoken to: the LANGUAGE, and the UNIT of lengths ("km" or "mi")."""

    language: str = ENGLISH
    unit: str = KM


USUAL = Voice()

_voice: ContextVar[Voice] = ContextVar("voice", default=USUAL)


def say(text: str, /, **values: object) -> str:
    """Return the sentence of id TEXT (`file.key`) in the language that is spoken, filled with VALUES.

    An entry may have a form for one and a form for many; `count` chooses.

    Raises:
        KeyError: no such text, or a value that the sentence needs is missing.
    """
    now = _voice.get()
    entry = _catalogue(now.language)[text]
    if isinstance(entry, dict):
        entry = entry["one" if values.get("count") == 1 else "many"]
    return _filled(now).say(entry, values)


def known() -> frozenset[str]:
    """Return the ids of all texts."""
    return frozenset(_catalogue(ENGLISH))


def voice() -> Voice:
    """Return how it is spoken in this task or thread: what is kept of words is kept for that voice alone."""
    return _voice.get()


def language() -> str:
    """Return the language that is spoken in this task or thread."""
    return _voice.get().language


def spoken(wanted: str) -> str:
    """Return the language that WANTED (as browsers ask: "de-AT, en;q=0.5") begins with, or English."""
    return _PSEUDO if wanted.startswith(_PSEUDO) else ENGLISH


def speak(chosen: Voice) -> None:
    """Speak in the voice CHOSEN from now on, in this task or thread."""
    _voice.set(chosen)


@contextmanager
def speaking(language: str | None = None, unit: str | None = None) -> Iterator[None]:
    """Speak a LANGUAGE, and of lengths in a UNIT, within the block, in this task or thread; None: as before."""
    before = _voice.get()
    token = _voice.set(Voice(language or before.language, unit or before.unit))
    try:
        yield
    finally:
        _voice.reset(token)


def translated(words: str) -> str:
    """Return WORDS of the knowledge base in the voice that is spoken; English in kilometres stays as it is written."""
    now = _voice.get()
    said = words if now.language == ENGLISH else _pseudo.pseudo(words)
    return _lengths.numbered(said, now.unit, _word_of(now.language)) if "{" in said else said


def in_unit(km: float) -> float:
    """Return kilometres in the runner's unit."""
    return km / _lengths.KM_PER[_voice.get().unit]


def km_per_unit() -> float:
    """Return how many kilometres the runner's unit has."""
    return _lengths.KM_PER[_voice.get().unit]


def pace(speed_mps: float) -> str:
    """Return minutes and seconds ("5:30") that the runner's unit takes at a speed."""
    return _lengths.paced(speed_mps, _voice.get().unit)


@cache
def _filled(voice: Voice) -> _lengths.Filled:
    return _lengths.Filled(voice.unit, _word_of(voice.language))


def _word_of(language: str) -> Callable[[str], str]:
    return lambda name: str(_catalogue(language)[f"units.{name}"])


@cache
def _catalogue(chosen: str) -> dict[str, str | dict[str, str]]:
    if chosen != ENGLISH:
        return {name: entry if name in _CODES else _each(entry) for name, entry in _catalogue(ENGLISH).items()}
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # makes text of everything
    found: dict[str, str | dict[str, str]] = {}
    folder = files(__name__) / ENGLISH
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".yaml"):
            texts = yaml.load(file.read_text("utf-8"), Loader=loader)  # noqa: S506 (see above)
            found |= {f"{file.name.removesuffix('.yaml')}.{key}": entry for key, entry in texts.items()}
    return found


def _each(entry: str | dict[str, str]) -> str | dict[str, str]:
    return (
        _pseudo.pseudo(entry)
        if isinstance(entry, str)
        else {form: _pseudo.pseudo(text) for form, text in entry.items()}
    )
