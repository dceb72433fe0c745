"""A file becomes a Run."""

from hipwise.activity._run import SAMPLES, Note, Origin, Run, RunSummary

__all__ = ["SAMPLES", "Note", "Origin", "Run", "RunSummary"]
