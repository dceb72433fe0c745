"""Which rules judged: what is kept of a judgement says by which program it was made."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

__all__ = ["rules_version"]

ROOMS = ("model.py", "activity", "knowledge", "load", "form", "causes", "plan", "journal")
"""What a judgement is made by, beside the knowledge base, which has a version of its own."""

LETTERS = 12


@cache
def rules_version() -> str:
    """Return a short name that changes with any line of the program that judges: nobody can forget to raise it."""
    root = Path(__file__).parents[1]
    files = [file for room in ROOMS for file in sorted((root / room).rglob("*.py")) or [root / room]]
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:LETTERS]
