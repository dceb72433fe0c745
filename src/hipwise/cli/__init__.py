"""Arguments in, text out: the command `hipwise`."""

from hipwise.cli import _act, _keep, _runs, _score, _tell, _validate
from hipwise.cli._app import app, main
from hipwise.cli._reference import reference

__all__ = ["app", "main", "reference"]

_ORDER = (
    *("add", "log", "runs", "load"),
    *("interview", "tell", "assess", "findings", "causes", "sources", "score", "validate"),
    *("plan", "checkin", "today", "report"),
    *("undo", "export", "restore", "check", "demo"),
)
_COMMANDS = (_runs, _tell, _score, _validate, _act, _keep)
"""Importing a file registers its commands; the help shows them in our order."""

app.registered_commands.sort(key=lambda each: _ORDER.index(str(each.name)))
