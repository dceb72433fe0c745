"""The tables. Every one bears `athlete_id`, and keys hold it, so that no row can point at another person's row.

Rows are added and never changed, but for the athlete's own row, two stamps of an event, and the jobs. What is to be
seen follows from one thing alone: whether the event that brought a row is undone.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    Double,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Named,
    Table,
    Text,
    TypedColumns,
    TypeDecorator,
)

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Instant(TypeDecorator[datetime]):
    """A moment with its zone; kept in UTC, because SQLite would forget the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment in UTC; refuse one that has no zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment with zone UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


class Words(TypeDecorator[str]):
    """Text that any database takes: a file name with bytes that are no UTF-8 is kept readable, a NUL is dropped."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 (SQLAlchemy's hook)
        """Return VALUE without what UTF-8 cannot hold."""
        if value is None:
            return None
        return value.replace("\0", "").encode("utf-8", "backslashreplace").decode("utf-8")


def _belongs(column: str, table: str) -> ForeignKeyConstraint:
    """COLUMN names a row of TABLE of the same athlete."""
    return ForeignKeyConstraint(["athlete_id", column], [f"{table}.athlete_id", f"{table}.number"])


def _athlete() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["athlete_id"], ["athlete.athlete_id"])


def _side() -> CheckConstraint:
    return CheckConstraint("side IN ('left', 'right', 'both')", name="side")


class Scoped(TypedColumns):
    """Whose row it is."""

    athlete_id: Named[str] = Column(Words(), primary_key=True)


class Numbered(Scoped):
    """A row counted from 1 for each athlete."""

    number: Named[int] = Column(Integer(), primary_key=True)


class AthleteColumns(Scoped):
    """Who runs."""

    born: Named[date | None]
    sex: Named[str | None] = Column(Words())
    country: Named[str | None] = Column(Words())
    settings: Named[dict[str, Any]] = Column(JSON(), nullable=False)


class EventColumns(Numbered):
    """One thing the runner did, which one undo takes back."""

    kind: Named[str] = Column(Words(), nullable=False)
    label: Named[str] = Column(Words(), nullable=False)
    at: Named[datetime] = Column(Instant(), nullable=False)
    finished: Named[bool]
    undone_at: Named[datetime | None] = Column(Instant())


class EpisodeColumns(Numbered):
    """One pain."""

    event: Named[int]
    opened: Named[date]
    onset: Named[date | None]
    side: Named[str | None] = Column(Words())
    site: Named[str | None] = Column(Words())


class ClosingColumns(Numbered):
    """The end of a pain."""

    event: Named[int]
    episode: Named[int]
    day: Named[date]


class ReopeningColumns(Numbered):
    """The return of a pain that was over."""

    event: Named[int]
    episode: Named[int]
    day: Named[date]


class FindingColumns(Numbered):
    """One thing sensed or told."""

    event: Named[int]
    episode: Named[int | None]
    finding_id: Named[str] = Column(Words(), nullable=False)
    state: Named[str] = Column(Words(), nullable=False)
    day: Named[date]
    origin: Named[str] = Column(Words(), nullable=False)
    side: Named[str | None] = Column(Words())


class RunColumns(Numbered):
    """The totals of one run; a merge adds a row and hides the old one."""

    event: Named[int]
    run_id: Named[str] = Column(Words(), nullable=False)
    sport: Named[str] = Column(Words(), nullable=False)
    sub_sport: Named[str | None] = Column(Words())
    started_at: Named[datetime] = Column(Instant(), nullable=False)
    local_date: Named[date]
    utc_offset_s: Named[int | None]
    distance_m: Named[float | None] = Column(Double())
    timer_s: Named[float | None] = Column(Double())
    elapsed_s: Named[float | None] = Column(Double())
    cadence_spm: Named[float | None] = Column(Double())
    heart_rate_bpm: Named[float | None] = Column(Double())
    ascent_m: Named[float | None] = Column(Double())
    descent_m: Named[float | None] = Column(Double())
    perceived_effort: Named[float | None] = Column(Double())
    name: Named[str | None] = Column(Words())
    gear: Named[str | None] = Column(Words())
    records: Named[int]
    notes: Named[list[Any]] = Column(JSON(), nullable=False)
    column_sources: Named[list[Any]] = Column(JSON(), nullable=False)
    laps: Named[list[Any] | None] = Column(JSON())


class OriginColumns(Scoped):
    """A file that a run was read from; PLACE 0 is the first."""

    run: Named[int] = Column(Integer(), primary_key=True)
    place: Named[int] = Column(Integer(), primary_key=True)
    file: Named[str] = Column(Words(), nullable=False)
    kind: Named[str] = Column(Words(), nullable=False)
    sha256: Named[str] = Column(Words(), nullable=False)
    maker: Named[str | None] = Column(Words())
    product: Named[str | None] = Column(Words())
    serial: Named[int | None] = Column(BigInteger())


class ReplacementColumns(Scoped):
    """Run OLDER is hidden by run NEWER as long as the event stands."""

    older: Named[int] = Column(Integer(), primary_key=True)
    newer: Named[int] = Column(Integer(), primary_key=True)
    event: Named[int]


class StemColumns(Scoped):
    """A merged RUN is made of what EVENT brought too; it is seen only as long as that stands."""

    run: Named[int] = Column(Integer(), primary_key=True)
    event: Named[int] = Column(Integer(), primary_key=True)


class GapColumns(Numbered):
    """What the runner says of days without a run: a rest, or runs without the watch."""

    event: Named[int]
    begin: Named[date]
    until: Named[date]
    kind: Named[str] = Column(Words(), nullable=False)


class SamplesColumns(Scoped):
    """The samples of one run as a Parquet file."""

    run: Named[int] = Column(Integer(), primary_key=True)
    parquet: Named[bytes] = Column(LargeBinary(), nullable=False)


class UnpackedColumns(Scoped):
    """What a packed file holds, by the sums of both: it need not be unpacked again to be known."""

    packed: Named[str] = Column(Words(), primary_key=True)
    sha256: Named[str] = Column(Words(), nullable=False)


class PlanColumns(Numbered):
    """A plan (or referral) agreed on."""

    event: Named[int]
    episode: Named[int | None]
    day: Named[date]
    body: Named[dict[str, Any]] = Column(JSON(), nullable=False)
    versions: Named[dict[str, Any]] = Column(JSON(), nullable=False)


class PlanEntryColumns(Numbered):
    """One line of the row of versions of a plan: its base, a change, a decline, a lock, something done."""

    event: Named[int]
    episode: Named[int | None]
    day: Named[date]
    kind: Named[str] = Column(Words(), nullable=False)
    body: Named[dict[str, Any]] = Column(JSON(), nullable=False)


class VerdictColumns(Numbered):
    """What was said to the runner, and why. It was said: no undo takes it back."""

    at: Named[datetime] = Column(Instant(), nullable=False)
    day: Named[date]
    kind: Named[str] = Column(Words(), nullable=False)
    episode: Named[int | None]
    trace: Named[dict[str, Any]] = Column(JSON(), nullable=False)
    pieces: Named[list[Any] | None] = Column(JSON(none_as_null=True))


class PieceColumns(Scoped):
    """A part of what verdicts were made from; several name it, and no undo takes it from them."""

    sha256: Named[str] = Column(Words(), primary_key=True)
    body: Named[str] = Column(Words(), nullable=False)


class JobColumns(Numbered):
    """Work that takes a while; its row is changed until it is over."""

    kind: Named[str] = Column(Words(), nullable=False)
    state: Named[str] = Column(Words(), nullable=False)
    wants: Named[dict[str, Any]] = Column(JSON(), nullable=False)
    at: Named[datetime] = Column(Instant(), nullable=False)
    done: Named[int]
    total: Named[int | None]
    attempt: Named[int]
    stop: Named[bool]
    owner: Named[str | None] = Column(Words())
    lease_until: Named[datetime | None] = Column(Instant())
    ended_at: Named[datetime | None] = Column(Instant())
    report: Named[dict[str, Any]] = Column(JSON(), nullable=False)
    error: Named[dict[str, Any] | None] = Column(JSON(none_as_null=True))


class AnsweredColumns(Scoped):
    """What a write was answered, so that the same write sent again gets the same answer."""

    key: Named[str] = Column(Words(), primary_key=True)
    at: Named[datetime] = Column(Instant(), nullable=False)
    request: Named[str] = Column(Words(), nullable=False)
    status: Named[int]
    body: Named[str] = Column(Words(), nullable=False)


ATHLETE = Table("athlete", METADATA, AthleteColumns)
EVENT = Table("event", METADATA, EventColumns, _athlete(), CheckConstraint("number >= 1", name="number"))
EPISODE = Table("episode", METADATA, EpisodeColumns, _belongs("event", "event"), _side())
CLOSING = Table("closing", METADATA, ClosingColumns, _belongs("event", "event"), _belongs("episode", "episode"))
REOPENING = Table("reopening", METADATA, ReopeningColumns, _belongs("event", "event"), _belongs("episode", "episode"))
FINDING = Table(
    "finding",
    METADATA,
    FindingColumns,
    _belongs("event", "event"),
    _belongs("episode", "episode"),
    _side(),
    Index(None, "athlete_id", "event"),
)
RUN = Table(
    "run",
    METADATA,
    RunColumns,
    _belongs("event", "event"),
    CheckConstraint("records >= 0", name="records"),
    Index(None, "athlete_id", "started_at"),
    Index(None, "athlete_id", "run_id"),
    Index(None, "athlete_id", "event"),
)
RUN_ORIGIN = Table("run_origin", METADATA, OriginColumns, _belongs("run", "run"), Index(None, "athlete_id", "sha256"))
RUN_REPLACEMENT = Table(
    "run_replacement",
    METADATA,
    ReplacementColumns,
    _belongs("older", "run"),
    _belongs("newer", "run"),
    _belongs("event", "event"),
    CheckConstraint("older < newer", name="order"),
    Index(None, "athlete_id", "event"),
)
RUN_STEM = Table(
    "run_stem",
    METADATA,
    StemColumns,
    _belongs("run", "run"),
    _belongs("event", "event"),
    Index(None, "athlete_id", "event"),
)
GAP = Table(
    "gap",
    METADATA,
    GapColumns,
    _belongs("event", "event"),
    CheckConstraint("begin <= until", name="order"),
    CheckConstraint("kind IN ('rest', 'no_watch')", name="kind"),
)
RUN_SAMPLES = Table("run_samples", METADATA, SamplesColumns, _belongs("run", "run"))
UNPACKED = Table("unpacked", METADATA, UnpackedColumns)
PLAN = Table("plan", METADATA, PlanColumns, _belongs("event", "event"), _belongs("episode", "episode"))
PLAN_ENTRY = Table("plan_entry", METADATA, PlanEntryColumns, _belongs("event", "event"), _belongs("episode", "episode"))
VERDICT = Table("verdict", METADATA, VerdictColumns, _athlete(), _belongs("episode", "episode"))
PIECE = Table("piece", METADATA, PieceColumns)
JOB = Table(
    "job",
    METADATA,
    JobColumns,
    CheckConstraint("state IN ('waiting', 'running', 'done', 'failed', 'cancelled')", name="state"),
)
ANSWERED = Table("answered", METADATA, AnsweredColumns, Index(None, "athlete_id", "at"))
