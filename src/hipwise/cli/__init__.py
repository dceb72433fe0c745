"""Arguments in, text out: the command `hipwise`."""

import os

# Our tables are small: a second thread of the algebra waits more than it works, and twice the processor is used.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy is read, or it is too late

from hipwise.cli import (
    _act,
    _ahead,
    _exercises,
    _handout,
    _keep,
    _pains,
    _programme,
    _runs,
    _score,
    _serve,
    _tell,
    _validate,
    _what_if,
)
from hipwise.cli._app import app, main
from hipwise.cli._reference import reference

__all__ = ["app", "main", "reference"]

_ORDER = (
    *("add", "log", "runs", "imports", "gap", "quality", "load", "form"),
    *("interview", "tell", "pains", "assess", "whatif", "findings", "causes", "sources", "score", "validate"),
    *("plan", "checkin", "today", "done", "changes", "accept", "decline", "swap", "move", "lock"),
    *("weekly", "race", "report"),
    *("calendar", "workout", "sheet"),
    *("exercises", "exercise"),
    *("settings", "undo", "export", "restore", "check", "demo", "serve"),
)
_COMMANDS = (
    _runs,
    _tell,
    _pains,
    _what_if,
    _score,
    _validate,
    _act,
    _programme,
    _ahead,
    _handout,
    _exercises,
    _keep,
    _serve,
)
"""Importing a file registers its commands; the help shows them in our order."""

app.registered_commands.sort(key=lambda each: _ORDER.index(str(each.name)))
