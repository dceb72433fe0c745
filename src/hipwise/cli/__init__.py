"""Arguments in, text out: the command `hipwise`."""

from hipwise.cli import _act, _keep, _runs, _tell
from hipwise.cli._app import app, main

__all__ = ["app", "main"]

_COMMANDS = (_runs, _tell, _act, _keep)
"""Importing a file registers its commands, in the order of the help."""
