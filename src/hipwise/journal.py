"""The use cases, one method each: the only place where memory meets thought, and the only one with a clock."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from hipwise import load as load_room
from hipwise.activity import FileRead, Run, RunSummary, by_hand, merge, read_all, same_run
from hipwise.causes import Next, Ranking, next_question, rank, situation, standing
from hipwise.errors import HipwiseError, UnknownAnswer
from hipwise.handout import assessment, load_data
from hipwise.knowledge import Knowledge, Question
from hipwise.load import Load
from hipwise.model import DECLINED, UNKNOWN, Athlete, Episode, Evidence, Finding
from hipwise.plan import Plan, Referral, Today, Wishes, make, recall, refer, running_now, today
from hipwise.store import Memory, Store, Undone, Verdict
from hipwise.texts import say

__all__ = ["Assessment", "FileReport", "ImportReport", "Journal", "weigh", "weigh_told"]

MOST_BYTES = 4_000_000
"""No list of answers is larger."""

SEXES = {"female": "female", "f": "female", "woman": "female", "male": "male", "m": "male", "man": "male"}

SAME_RUN_WITHIN = timedelta(hours=15)
"""How far two records of one run can lie apart when the clock of one is in another zone."""


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file: OUTCOME read, merged, skipped or failed, WHY in plain words, and the ids of its runs."""

    file: str
    outcome: str
    why: str
    runs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of each file of one import."""

    files: tuple[FileReport, ...]

    def of(self, outcome: str) -> tuple[FileReport, ...]:
        """Return the files with one OUTCOME."""
        return tuple(each for each in self.files if each.outcome == outcome)

    def as_dict(self) -> dict[str, list[dict[str, Any]]]:
        """Return the report as plain data: `{"read": [...], "merged": [...], "skipped": [...], "failed": [...]}`."""
        found: dict[str, list[dict[str, Any]]] = {"read": [], "merged": [], "skipped": [], "failed": []}
        for each in self.files:
            entry: dict[str, Any] = {"file": each.file, "why": each.why}
            if each.outcome in {"read", "merged"}:
                entry["runs"] = list(each.runs)
            found[each.outcome].append(entry)
        return found


@dataclass(frozen=True, slots=True)
class Assessment:
    """How urgent, what it could be and why, what to ask next, and the referral if there is one."""

    ranking: Ranking
    following: Next | None
    referral: Referral | None


def weigh(athlete: Athlete, evidence: Evidence, knowledge: Knowledge, on: date) -> Assessment:
    """Return the assessment of what is known on the day ON; a function of what it is given."""
    ranking = rank(athlete, evidence, knowledge, on)
    following = next_question(athlete, evidence, knowledge, on)
    return Assessment(ranking, following, refer(ranking, athlete, knowledge))


def weigh_told(path: Path, knowledge: Knowledge, on: date | None = None) -> Assessment:
    """Return the assessment of a file alone, without a journal: `{"athlete": {...}, "told": {...}, "runs": [...]}`.

    `athlete` may have age or born, sex, country; `told` finding ids with states; `runs` (optional) paths of files.

    Raises:
        HipwiseError: the file is not of that shape.
        UnknownAnswer: a finding or state that the knowledge base does not have.
    """
    day = on or datetime.now().astimezone().date()
    document = _document(path)
    athlete = _athlete(document.get("athlete"), day, path)
    told = _checked(_states(document.get("told"), path), knowledge, str(path))
    evidence = Evidence.of(Finding(name, state, day) for name, state in told.items())
    found = read_all(_paths(document.get("runs"), path))
    runs = [run for each in found for run in each.runs]
    load = load_room.measure(runs, athlete, knowledge, on=day)
    return weigh(athlete, load.evidence | evidence, knowledge, day)


def _document(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") if str(path) != "-" else sys.stdin.buffer as file:
            raw = file.read(MOST_BYTES + 1)
        document = json.loads(raw) if len(raw) <= MOST_BYTES else None
    except (OSError, ValueError, RecursionError) as problem:
        raise HipwiseError("told_unreadable", where=str(path), problem=str(problem)) from problem
    if not isinstance(document, dict) or not set(document) <= {"athlete", "told", "runs"}:
        raise HipwiseError("told_shape", where=str(path))
    return document


def _athlete(data: Any, on: date, path: Path) -> Athlete:
    known = data if data is not None else {}
    if not isinstance(known, dict) or not set(known) <= {"age", "sex", "born", "country"}:
        raise HipwiseError("told_athlete", where=str(path))
    age, born, sex, country = (known.get(name) for name in ("age", "born", "sex", "country"))
    if sex is not None:
        sex = SEXES.get(str(sex).strip().lower())
        if sex is None:
            raise HipwiseError("told_athlete", where=str(path))
    try:
        athlete = Athlete.of_age(None if age is None else int(age), sex, on, country)
        return athlete if born is None else replace(athlete, born=date.fromisoformat(born))
    except (TypeError, ValueError, OverflowError) as problem:
        raise HipwiseError("told_athlete", where=str(path)) from problem


def _states(data: Any, path: Path) -> dict[str, str]:
    """Read states as text; a score may come as a number and a yes or no as true or false."""
    told = data if data is not None else {}
    if not isinstance(told, dict):
        raise HipwiseError("told_shape", where=str(path))
    return {str(name): _state(value) for name, value in told.items() if value is not None}


def _state(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def _paths(data: Any, path: Path) -> list[str]:
    runs = data if data is not None else []
    if not isinstance(runs, list) or not all(isinstance(each, str) for each in runs):
        raise HipwiseError("told_shape", where=str(path))
    return [each if str(path) == "-" else str(path.parent / each) for each in runs]


def _checked(states: Mapping[str, str], knowledge: Knowledge, where: str = "") -> dict[str, str]:
    """Return STATES if the knowledge base has each finding and state ("unknown" and "declined" always).

    Raises:
        UnknownAnswer: naming the first that it has not, with what comes near.
    """
    for name, state in states.items():
        if name not in knowledge.findings:
            near = get_close_matches(name, knowledge.findings, n=3)
            hint = say("journal.near", names=", ".join(near)) if near else ""
            raise UnknownAnswer("unknown_finding", where=where, finding=name, near=hint)
        allowed = (*knowledge.findings[name].states, UNKNOWN, DECLINED)
        if state not in allowed:
            raise UnknownAnswer("unknown_state", where=where, finding=name, state=state, states=", ".join(allowed))
    return dict(states)


class Journal:
    """A runner's journal. Use it in a `with` block, or close it."""

    def __init__(self, store: Store, memory: Memory, knowledge: Knowledge, now: Callable[[], datetime]) -> None:
        self._store = store
        self._memory = memory
        self._now = now
        self.knowledge = knowledge

    @classmethod
    def open(
        cls,
        where: str | os.PathLike[str],
        athlete_id: str = "me",
        knowledge: Knowledge | None = None,
        now: Callable[[], datetime] = lambda: datetime.now().astimezone(),
    ) -> Journal:
        """Open the journal at WHERE (a file, made where there is none, or a database address).

        Raises:
            JournalError: it is no journal, of a newer version, or cannot be written.
            BadKnowledge: the knowledge base has faults.
        """
        store = Store.open(where)
        return cls(store, store.memory(athlete_id), knowledge or Knowledge.load(), now)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the file go."""
        self._store.close()

    @property
    def on(self) -> date:
        """Today, where the runner is."""
        return self._now().date()

    # --- who runs, and which pain

    @property
    def athlete(self) -> Athlete:
        """Who runs, as far as it was told."""
        return self._memory.athlete()

    def set_athlete(self, *, born: date | None = None, sex: str | None = None, country: str | None = None) -> Athlete:
        """Keep what is given of who runs; what is None stays as it was."""
        known = self.athlete
        athlete = Athlete(born or known.born, sex or known.sex, country or known.country)
        self._memory.set_athlete(athlete)
        return athlete

    @property
    def episode(self) -> Episode | None:
        """The pain that is looked at now."""
        return self._memory.current_episode()

    def new_pain(self, *, onset: date | None = None, side: str | None = None, site: str | None = None) -> Episode:
        """Open a new episode: another side, another site, or a return after healing."""
        with self._memory.step("open_episode", say("journal.new_pain"), self._now()) as step:
            return step.open_episode(self.on, onset=onset, side=side, site=site)

    # --- runs

    def add(
        self, paths: Iterable[str | os.PathLike[str]], progress: Callable[[FileReport], None] | None = None
    ) -> ImportReport:
        """Bring in files, zips and folders; tell PROGRESS of each file as it is done.

        Each file is kept whole at once, so an import that is cut short goes on when it is called again.
        """
        given = [os.fspath(path) for path in paths]
        label = ", ".join(given)
        reports = []
        with self._memory.importing(label, self._now()) as batch:
            for found in read_all(given, known=self._memory.knows):
                report = self._take_in(batch.add_file, found)
                reports.append(report)
                if progress is not None:
                    progress(report)
        return ImportReport(tuple(reports))

    def _take_in(self, add_file: Callable[..., tuple[str, ...]], found: FileRead) -> FileReport:
        if found.outcome == "known":
            return FileReport(found.file, "merged", found.why, self._known_runs(found.sha256))
        if found.outcome != "read":
            return FileReport(found.file, found.outcome, found.why)
        new: list[Run] = []
        merged: dict[str, Run] = {}
        for run in found.runs:
            self._place(run, new, merged)
        add_file(new, merged)
        ids = tuple(run.id for run in (*new, *merged.values()))
        return FileReport(found.file, "merged" if merged and not new else "read", found.why, ids)

    def _place(self, run: Run, new: list[Run], merged: dict[str, Run]) -> None:
        """Put a run where it belongs: merged with one that stands already, or new."""
        for place, other in enumerate(new):
            if same_run(other, run):
                new[place] = merge(other, run)
                return
        for standing in self._memory.near(run.started_at, SAME_RUN_WITHIN):
            kept = merged.get(standing.id)
            if same_run(standing, run):
                merged[standing.id] = merge(kept or self._memory.run(standing.id), run)
                return
        new.append(run)

    def _known_runs(self, sha256: str | None) -> tuple[str, ...]:
        return tuple(run.id for run in self._memory.runs() if any(origin.sha256 == sha256 for origin in run.origins))

    def log(
        self,
        *,
        distance_m: float | None,
        timer_s: float | None,
        started_at: datetime | None = None,
        sport: str = "running",
        perceived_effort: float | None = None,
    ) -> RunSummary:
        """Note a run by hand.

        Raises:
            HipwiseError: the figures cannot be a run.
        """
        began = started_at or self._now()
        offset = began.utcoffset()
        run = by_hand(
            began,
            sport=sport,
            distance_m=distance_m,
            timer_s=timer_s,
            utc_offset_s=None if offset is None else int(offset.total_seconds()),
            perceived_effort=perceived_effort,
        )
        with self._memory.step("log", say("journal.logged"), self._now()) as step:
            step.add_runs([run])
        return run.summary

    def runs(self) -> tuple[RunSummary, ...]:
        """Return the totals of all runs, in order of their start."""
        return self._memory.runs()

    def load(self) -> Load:
        """Return the training load until today, and what changed before the pain began."""
        episode = self.episode
        onset = None if episode is None else episode.onset or episode.opened
        return load_room.measure(self.runs(), self.athlete, self.knowledge, on=self.on, onset=onset)

    def training(self) -> dict[str, Any]:
        """Return the load as plain data; it names no ceiling while someone must look at the hip first."""
        load, evidence = self._load_and_evidence()
        ranking = rank(self.athlete, evidence, self.knowledge, self.on)
        may_run = refer(ranking, self.athlete, self.knowledge) is None
        return load_data(load, self.on, self.knowledge, may_run=may_run)

    # --- what is told

    def tell(self, states: Mapping[str, str], *, kind: str = "answer", origin: str = "told") -> None:
        """Keep answers: finding id to state. Opens an episode where one about the pain is told and none is open.

        Raises:
            UnknownAnswer: a finding or a state that the knowledge base does not have; nothing is kept then.
        """
        answers = _checked(states, self.knowledge)
        on_pain = {name for name in answers if self.knowledge.findings[name].about == "pain"}
        episode = self.episode
        with self._memory.step("checkin" if kind == "checkin" else "answer", ", ".join(answers), self._now()) as step:
            if episode is None and on_pain:
                episode = step.open_episode(self.on)
            findings = [Finding(name, state, self.on, origin) for name, state in answers.items()]
            step.add_findings(each for each in findings if each.id not in on_pain)
            if episode is not None:
                step.add_findings((each for each in findings if each.id in on_pain), episode.id)

    def answer(self, following: Next, state: str) -> None:
        """Keep the answer to a question that was asked.

        Raises:
            UnknownAnswer: the question has no such state.
        """
        self.tell({following.question.id: state})

    def question(self) -> Next | None:
        """Return the question to ask now; None where an answer needs someone, or nothing can change the advice."""
        return next_question(self.athlete, self.evidence(), self.knowledge, self.on)

    def concerns(self, question: Question) -> bool:
        """Return whether a question is one for this runner (none about periods to a man)."""
        seen = situation(self.athlete, self.told(), self.knowledge, self.on)
        return question.only_if is None or question.only_if.truth(seen) is not False

    def clear_bone(self, by: str, what_for: str) -> None:
        """Keep that a clinician has cleared the bone: BY whom, and for WHAT."""
        self.tell({"cleared_bone": "yes"}, origin=say("journal.cleared", by=by, what=what_for))

    def evidence(self) -> Evidence:
        """Return all that is known of the runner and the pain: told, checked in, and seen in the training."""
        return self.told() | self.load().evidence

    def told(self) -> Evidence:
        """Return what was told, without what the training shows."""
        episode = self.episode
        return self._memory.evidence(None if episode is None else episode.id)

    # --- thought

    def assess(self) -> Assessment:
        """Return how urgent it is, what it could be and why; keep what was said."""
        found = weigh(self.athlete, self.evidence(), self.knowledge, self.on)
        self._keep(
            "assess", {"level": found.ranking.level.code, "alarms": [each.id for each in found.ranking.triage.alarms]}
        )
        return found

    def plan(self, wishes: Wishes | None = None) -> Plan | Referral:
        """Return the plan (or the referral) for what is known today, and keep it as agreed."""
        load, evidence = self._load_and_evidence()
        ranking = rank(self.athlete, evidence, self.knowledge, self.on)
        running = running_now(load, self.on)
        made = make(ranking, self.athlete, evidence, running, wishes or Wishes(), self.knowledge, self.on)
        episode = self.episode
        with self._memory.step("plan", say("journal.planned"), self._now()) as step:
            step.set_plan(made.as_dict(), self.on, None if episode is None else episode.id, self._versions())
        return made

    def today(self) -> Today:
        """Return the verdict for today; keep it with its trace."""
        load, evidence = self._load_and_evidence()
        running = running_now(load, self.on)
        verdict = today(self.athlete, evidence, running, self.agreed(), self.knowledge, self.on)
        self._keep("today", verdict.as_dict())
        return verdict

    def agreed(self) -> Plan | Referral | None:
        """Return the plan (or referral) that was agreed on; None where there is none, or an older version made it."""
        episode = self.episode
        kept = self._memory.plan(None if episode is None else episode.id)
        try:
            return None if kept is None else recall(kept.body)
        except ValueError:
            return None

    def report(self) -> dict[str, Any]:
        """Return all that a clinician wants on one page, as plain data."""
        load, evidence = self._load_and_evidence()
        found = weigh(self.athlete, evidence, self.knowledge, self.on)
        running = running_now(load, self.on)
        made = self.agreed() or make(found.ranking, self.athlete, evidence, running, Wishes(), self.knowledge, self.on)
        return {
            "on": self.on.isoformat(),
            "athlete": {"age_y": self.athlete.age_y(self.on), "sex": self.athlete.sex},
            "episode": self._episode_data(),
            "told": self._told_data(evidence),
            "assessment": assessment(found.ranking, found.following, found.referral, self.knowledge),
            "load": load_data(load, self.on, self.knowledge, may_run=found.referral is None),
            "plan": made.as_dict(),
        }

    def _episode_data(self) -> dict[str, Any] | None:
        episode = self.episode
        if episode is None:
            return None
        onset = None if episode.onset is None else episode.onset.isoformat()
        return {"onset": onset, "side": episode.side, "site": episode.site}

    def _told_data(self, evidence: Evidence) -> list[dict[str, str]]:
        findings = self.knowledge.findings
        return [
            {
                "finding": name,
                "question": findings[name].question,
                "answer": findings[name].labels.get(each.state, each.state),
                "on": each.on.isoformat(),
            }
            for name, each in standing(evidence, self.knowledge, self.on).items()
            if each.is_known
        ]

    def checkin(self, states: Mapping[str, str]) -> Today:
        """Keep a check-in and return the verdict for today.

        Raises:
            UnknownAnswer: a score or a tick that does not exist; nothing is kept then.
        """
        self.tell(states, kind="checkin", origin="check-in")
        return self.today()

    def _load_and_evidence(self) -> tuple[Load, Evidence]:
        load = self.load()
        return load, self.told() | load.evidence

    def _keep(self, kind: str, trace: Mapping[str, Any]) -> None:
        episode = self.episode
        where = None if episode is None else episode.id
        self._memory.add_verdict(
            Verdict(kind, self.on, self._now(), where, dict(trace) | {"versions": self._versions()})
        )

    def _versions(self) -> dict[str, str]:
        return {"knowledge": self.knowledge.version}

    # --- keeping

    def undo(self) -> Undone | None:
        """Take back the last import, answer, check-in or plan; return what that was, or None."""
        return self._memory.undo(self._now())

    def export(self, path: str | os.PathLike[str]) -> None:
        """Write all that is kept into one new file.

        Raises:
            JournalError: the file stands already or cannot be written.
        """
        self._memory.export(Path(path))

    def restore(self, path: str | os.PathLike[str], *, replace: bool = False) -> None:
        """Take over all that an exported file holds.

        Raises:
            JournalError: it is no export, is damaged, or something is kept already (unless REPLACE).
        """
        self._memory.restore(Path(path), replace=replace)
