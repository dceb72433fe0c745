"""The first schema: events, episodes, findings, runs with their samples, plans, verdicts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make all tables."""
    _people()
    _pains()
    _runs()
    _parts_of_runs()
    _said()


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _whole(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _day(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Date(), nullable=nullable)


def _json(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.JSON(), nullable=False)


def _belongs(column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["athlete_id", column], [f"{table}.athlete_id", f"{table}.number"])


def _athlete() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["athlete_id"], ["athlete.athlete_id"])


def _side() -> sa.CheckConstraint:
    return sa.CheckConstraint("side IN ('left', 'right', 'both')", name="side")


def _numbered() -> tuple[sa.Column[str], sa.Column[int], sa.PrimaryKeyConstraint]:
    return _text("athlete_id"), _whole("number"), sa.PrimaryKeyConstraint("athlete_id", "number")


def _people() -> None:
    op.create_table(
        "athlete",
        _text("athlete_id"),
        _day("born", nullable=True),
        _text("sex", nullable=True),
        _text("country", nullable=True),
        _json("settings"),
        sa.PrimaryKeyConstraint("athlete_id"),
    )
    op.create_table(
        "event",
        *_numbered(),
        _text("kind"),
        _text("label"),
        _moment("at"),
        sa.Column("finished", sa.Boolean(), nullable=False),
        _moment("undone_at", nullable=True),
        _athlete(),
        sa.CheckConstraint("number >= 1", name="number"),
    )


def _pains() -> None:
    op.create_table(
        "episode",
        *_numbered(),
        _whole("event"),
        _day("opened"),
        _day("onset", nullable=True),
        _text("side", nullable=True),
        _text("site", nullable=True),
        _belongs("event", "event"),
        _side(),
    )
    op.create_table(
        "closing",
        *_numbered(),
        _whole("event"),
        _whole("episode"),
        _day("day"),
        _belongs("event", "event"),
        _belongs("episode", "episode"),
    )
    op.create_table(
        "finding",
        *_numbered(),
        _whole("event"),
        _whole("episode", nullable=True),
        _text("finding_id"),
        _text("state"),
        _day("day"),
        _text("origin"),
        _text("side", nullable=True),
        _belongs("event", "event"),
        _belongs("episode", "episode"),
        _side(),
    )
    op.create_index("ix_finding_athlete_id_event", "finding", ["athlete_id", "event"])


_MEASURES = ("distance_m", "timer_s", "elapsed_s", "cadence_spm", "heart_rate_bpm", "ascent_m", "descent_m")


def _runs() -> None:
    op.create_table(
        "run",
        *_numbered(),
        _whole("event"),
        _text("run_id"),
        _text("sport"),
        _text("sub_sport", nullable=True),
        _moment("started_at"),
        _day("local_date"),
        _whole("utc_offset_s", nullable=True),
        *(sa.Column(name, sa.Double(), nullable=True) for name in (*_MEASURES, "perceived_effort")),
        _whole("records"),
        _json("notes"),
        _json("column_sources"),
        _belongs("event", "event"),
        sa.CheckConstraint("records >= 0", name="records"),
    )
    op.create_index("ix_run_athlete_id_event", "run", ["athlete_id", "event"])
    op.create_index("ix_run_athlete_id_run_id", "run", ["athlete_id", "run_id"])
    op.create_index("ix_run_athlete_id_started_at", "run", ["athlete_id", "started_at"])


def _parts_of_runs() -> None:
    op.create_table(
        "run_origin",
        _text("athlete_id"),
        _whole("run"),
        _whole("place"),
        _text("file"),
        _text("kind"),
        _text("sha256"),
        _text("maker", nullable=True),
        _text("product", nullable=True),
        sa.Column("serial", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("athlete_id", "run", "place"),
        _belongs("run", "run"),
    )
    op.create_index("ix_run_origin_athlete_id_sha256", "run_origin", ["athlete_id", "sha256"])
    op.create_table(
        "run_replacement",
        _text("athlete_id"),
        _whole("older"),
        _whole("newer"),
        _whole("event"),
        sa.PrimaryKeyConstraint("athlete_id", "older", "newer"),
        _belongs("older", "run"),
        _belongs("newer", "run"),
        _belongs("event", "event"),
        sa.CheckConstraint("older < newer", name="order"),
    )
    op.create_index("ix_run_replacement_athlete_id_event", "run_replacement", ["athlete_id", "event"])
    op.create_table(
        "run_samples",
        _text("athlete_id"),
        _whole("run"),
        sa.Column("parquet", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("athlete_id", "run"),
        _belongs("run", "run"),
    )


def _said() -> None:
    op.create_table(
        "plan",
        *_numbered(),
        _whole("event"),
        _whole("episode", nullable=True),
        _day("day"),
        _json("body"),
        _json("versions"),
        _belongs("event", "event"),
        _belongs("episode", "episode"),
    )
    op.create_table(
        "verdict",
        *_numbered(),
        _moment("at"),
        _day("day"),
        _text("kind"),
        _whole("episode", nullable=True),
        _json("trace"),
        _athlete(),
        _belongs("episode", "episode"),
    )
