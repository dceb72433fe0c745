"""Every sentence that hipwise says, by id and language.

Code names a text (`"activity.truncated"`) and gives its values; the sentence stands in `en/activity.yaml`.
Another language is another folder, not another line of code. The words of the knowledge base are English; read while
another language is spoken, they come in that one (`translated`). So far that is only a pseudo language, for tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files

from hipwise.texts import _pseudo

__all__ = ["ENGLISH", "known", "language", "say", "speaking", "spoken", "translated"]

ENGLISH = "en"
_PSEUDO = "x-pseudo"
_CODES = ("api.language_code", "handout.language_code")
"""What browsers and readers read, not people."""

_spoken: ContextVar[str] = ContextVar("language", default=ENGLISH)


def say(text: str, /, **values: object) -> str:
    """Return the sentence of id TEXT (`file.key`) in the language that is spoken, filled with VALUES.

    An entry may have a form for one and a form for many; `count` chooses.

    Raises:
        KeyError: no such text, or a value that the sentence needs is missing.
    """
    entry = _catalogue(_spoken.get())[text]
    if isinstance(entry, dict):
        entry = entry["one" if values.get("count") == 1 else "many"]
    return entry.format(**values)


def known() -> frozenset[str]:
    """Return the ids of all texts."""
    return frozenset(_catalogue(ENGLISH))


def language() -> str:
    """Return the language that is spoken in this task or thread."""
    return _spoken.get()


def spoken(wanted: str) -> str:
    """Return the language that WANTED (as browsers ask: "de-AT, en;q=0.5") begins with, or English."""
    return _PSEUDO if wanted.startswith(_PSEUDO) else ENGLISH


@contextmanager
def speaking(chosen: str) -> Iterator[None]:
    """Speak a language within the block, in this task or thread."""
    before = _spoken.set(chosen)
    try:
        yield
    finally:
        _spoken.reset(before)


def translated(words: str) -> str:
    """Return WORDS of the knowledge base in the language that is spoken; English stays as it is."""
    return words if _spoken.get() == ENGLISH else _pseudo.pseudo(words)


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
