"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "keys",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False, unique=True),
        sa.Column("name", sa.String(64), nullable=False, unique=True),
        sa.Column("models", sa.JSON, nullable=False),
        sa.Column("images_per_minute", sa.Integer),
        sa.Column("concurrent_jobs", sa.Integer),
        sa.Column("monthly_pictures", sa.Integer),
        sa.Column("monthly_megapixels", sa.Float),
        sa.Column("created_at", sa.Float, nullable=False),
        sa.Column("expires_at", sa.Float),
        sa.Column("revoked_at", sa.Float),
    )
    _create_jobs()
    _create_pictures()
    op.create_table(
        "idempotency",
        sa.Column("key_id", sa.String(32), primary_key=True),
        sa.Column("idempotency_key", sa.String(64), primary_key=True),
        sa.Column("body_digest", sa.String(64), nullable=False),
        sa.Column("job_id", sa.String(53), nullable=False),
        sa.Column("created_at", sa.Float, nullable=False),
        sa.Index("idempotency_by_age", "created_at"),
    )
    op.create_table(
        "servers",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("seen_at", sa.Float, nullable=False),
    )
    op.create_table(
        "webhooks",
        sa.Column("job_id", sa.String(53), primary_key=True),
        sa.Column("key_id", sa.String(32), nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("base_url", sa.Text, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_at", sa.Float),
        sa.Column("last_status", sa.Integer),
        sa.Index("webhooks_by_time", "state", "next_at"),
    )


def _create_jobs() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", sa.String(53), primary_key=True),
        sa.Column("key_id", sa.String(32), nullable=False),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("card", sa.Text, nullable=False),
        sa.Column("engine", sa.Text, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("server", sa.String(32)),
        sa.Column("detached", sa.Boolean, nullable=False),
        sa.Column("created_at", sa.Float, nullable=False),
        sa.Column("started_at", sa.Float),
        sa.Column("ended_at", sa.Float),
        sa.Column("deadline_at", sa.Float),
        sa.Column("cancel_asked", sa.Boolean, nullable=False),
        sa.Column("request", sa.JSON),
        sa.Column("error", sa.JSON),
        sa.Column("stages", sa.JSON),
        sa.Column("pictures", sa.Integer, nullable=False),
        sa.Column("pixels", sa.BigInteger, nullable=False),
        sa.Index("jobs_of_a_key", "key_id", "id"),
        sa.Index("jobs_by_state", "state", "server"),
        _part("jobs_remembered", "created_at", where="request IS NOT NULL"),
    )


def _create_pictures() -> None:
    op.create_table(
        "pictures",
        sa.Column("job_id", sa.String(53), primary_key=True),
        sa.Column("index", sa.Integer, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("key_id", sa.String(32), nullable=False),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("at", sa.Float, nullable=False),
        sa.Column("name", sa.String(80)),
        sa.Column("media_type", sa.String(32)),
        sa.Column("width", sa.Integer, nullable=False),
        sa.Column("height", sa.Integer, nullable=False),
        sa.Column("seed", sa.BigInteger),
        sa.Column("bytes", sa.BigInteger, nullable=False),
        sa.Column("facts", sa.JSON),
        sa.Column("error", sa.JSON),
        sa.Column("deleted_at", sa.Float),
        sa.Index("pictures_of_a_month", "key_id", "month", "outcome"),
        sa.Index("pictures_by_age", "at"),
        _part("pictures_kept", "at", "bytes", where="name IS NOT NULL AND deleted_at IS NULL"),
    )


def _part(name: str, *columns: str, where: str) -> sa.Index:
    return sa.Index(name, *columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
