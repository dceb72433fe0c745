"""What the store hands out besides the words of the model: events, plans, verdicts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from hipwise.texts import say

Kind = Literal[
    "import", "log", "answer", "checkin", "plan", "done",
    "open_episode", "close_episode", "reopen_episode", "split", "gap",
]  # fmt: skip
"""What an event can be; each has its sentence `store.undone_<kind>`."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing the runner did. RUNS came with it, MERGED runs were replaced by it, FINDINGS were told with it.

    An import that was cut short is not FINISHED. UNDONE_AT is None as long as the event stands.
    """

    number: int
    kind: str
    label: str
    at: datetime
    finished: bool = True
    undone_at: datetime | None = None
    runs: int = 0
    merged: int = 0
    findings: int = 0


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo took back: the event, and the text id with its values that says so."""

    event: Event
    text: str
    values: tuple[tuple[str, object], ...]

    def __str__(self) -> str:
        return say(self.text, **dict(self.values))


@dataclass(frozen=True, slots=True)
class Gap:
    """Days without a run, from BEGIN to UNTIL, as the runner marked them: KIND is rest or no_watch."""

    begin: date
    until: date
    kind: str


@dataclass(frozen=True, slots=True)
class AgreedPlan:
    """The plan (or referral) that was agreed ON a day, for one episode or for the runner.

    BODY and VERSIONS (of program and knowledge) are plain JSON data.
    """

    on: date
    at: datetime
    episode_id: str | None
    body: dict[str, Any]
    versions: dict[str, Any]


@dataclass(frozen=True, slots=True)
class PlanEntry:
    """One line of the row of versions of a plan, ON a day, of a KIND, with its BODY as JSON data."""

    on: date
    kind: str
    body: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was said to the runner ON a day, of a KIND ("today", "assess"), with its TRACE: inputs, rules, sources."""

    kind: str
    on: date
    at: datetime
    episode_id: str | None
    trace: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Job:
    """Work that takes a while: of a KIND, WANTS say what to do. STATE: waiting, running, done, failed, cancelled.

    DONE of TOTAL steps (None: nobody knows yet). ATTEMPT counts how often it was begun; STOP: somebody wants it to
    stop. REPORT is what is known so far, at its end all of it; ERROR why it failed.
    """

    number: int
    kind: str
    state: str
    wants: dict[str, Any]
    at: datetime
    done: int = 0
    total: int | None = None
    attempt: int = 0
    stop: bool = False
    ended_at: datetime | None = None
    report: dict[str, Any] = field(default_factory=dict)
    error: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer that a write got: HTTP-like STATUS and BODY, for a request whose fingerprint is REQUEST."""

    request: str
    status: int
    body: str
