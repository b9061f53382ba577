"""The tables of the ledger, as SQLAlchemy Core knows them; migrations/ brings a database to them.

Times are Unix seconds. No table holds a key, a picture's bytes or base64.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    text,
)

metadata = MetaData()


def _part(name: str, *columns: str, where: str) -> Index:
    """An index of a few rows among many, for what is swept every few minutes."""
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


keys = Table(
    "keys",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("name", String(64), nullable=False, unique=True),
    Column("models", JSON, nullable=False),
    Column("images_per_minute", Integer),
    Column("concurrent_jobs", Integer),
    Column("monthly_pictures", Integer),
    Column("monthly_megapixels", Float),
    Column("created_at", Float, nullable=False),
    Column("expires_at", Float),
    Column("revoked_at", Float),
)
"""digest: SHA-256 of the key in hex. models: patterns of model names; empty: all."""

jobs = Table(
    "jobs",
    metadata,
    Column("id", String(53), primary_key=True),
    Column("key_id", String(32), nullable=False),
    Column("model", Text, nullable=False),
    Column("card", Text, nullable=False),
    Column("engine", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("server", String(32)),
    Column("detached", Boolean, nullable=False),
    Column("created_at", Float, nullable=False),
    Column("started_at", Float),
    Column("ended_at", Float),
    Column("deadline_at", Float),
    Column("cancel_asked", Boolean, nullable=False),
    Column("request", JSON(none_as_null=True)),
    Column("error", JSON(none_as_null=True)),
    Column("stages", JSON(none_as_null=True)),
    Column("pictures", Integer, nullable=False),
    Column("pixels", BigInteger, nullable=False),
    Index("jobs_of_a_key", "key_id", "id"),
    Index("jobs_by_state", "state", "server"),
    _part("jobs_remembered", "created_at", where="request IS NOT NULL"),
)
"""state: queued, running, done, failed, cancelled, refused. server: who works on it. detached: it goes on
without a client. request: all that is needed to run it again, null once it is forgotten. error: code,
message, param, status, type. stages: seconds by stage. pictures, pixels: what it delivered."""

pictures = Table(
    "pictures",
    metadata,
    Column("job_id", String(53), primary_key=True),
    Column("index", Integer, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("key_id", String(32), nullable=False),
    Column("month", String(7), nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("at", Float, nullable=False),
    Column("name", String(80)),
    Column("media_type", String(32)),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("seed", BigInteger),
    Column("bytes", BigInteger, nullable=False),
    Column("facts", JSON(none_as_null=True)),
    Column("error", JSON(none_as_null=True)),
    Column("deleted_at", Float),
    Index("pictures_of_a_month", "key_id", "month", "outcome"),
    Index("pictures_by_age", "at"),
    _part("pictures_kept", "at", "bytes", where="name IS NOT NULL AND deleted_at IS NULL"),
)
"""One row for each picture that was tried. number: its place in the job's log, from 1. outcome: stored or
refused. month: YYYY-MM in UTC. facts: description, revised_prompt, filter_results. error: as in jobs."""

idempotency = Table(
    "idempotency",
    metadata,
    Column("key_id", String(32), primary_key=True),
    Column("idempotency_key", String(64), primary_key=True),
    Column("body_digest", String(64), nullable=False),
    Column("job_id", String(53), nullable=False),
    Column("created_at", Float, nullable=False),
    Index("idempotency_by_age", "created_at"),
)
"""idempotency_key: SHA-256, in hex, of what the client sent."""

servers = Table(
    "servers",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("seen_at", Float, nullable=False),
)
"""Who is at work; one that was not seen for long is taken for dead, and its jobs are adopted."""

webhooks = Table(
    "webhooks",
    metadata,
    Column("job_id", String(53), primary_key=True),
    Column("key_id", String(32), nullable=False),
    Column("url", Text, nullable=False),
    Column("base_url", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", Float),
    Column("last_status", Integer),
    Index("webhooks_by_time", "state", "next_at"),
)
"""state: waiting (the job runs), due, sent, given_up."""
