"""The rows of the ledger as values: what a job and its pictures look like to those who know no SQL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from limner.types import JSON

JobState: TypeAlias = Literal["queued", "running", "done", "failed", "cancelled", "refused"]
ENDED: frozenset[JobState] = frozenset({"done", "failed", "cancelled", "refused"})


@dataclass(frozen=True, slots=True)
class ErrorRecord:
    """An error as the client was told it."""

    code: str
    message: str
    param: str
    status: int
    type: str


@dataclass(frozen=True, slots=True)
class JobRecord:
    """One row of jobs; the columns are explained in tables.py."""

    id: str
    key_id: str
    model: str
    card: str
    engine: str
    state: JobState
    created_at: float
    detached: bool = False
    server: str | None = None
    started_at: float | None = None
    ended_at: float | None = None
    deadline_at: float | None = None
    cancel_asked: bool = False
    request: Mapping[str, JSON] | None = None
    error: ErrorRecord | None = None
    stages: Mapping[str, float] | None = None
    pictures: int = 0
    pixels: int = 0

    @property
    def ended(self) -> bool:
        return self.state in ENDED


@dataclass(frozen=True, slots=True)
class PictureRecord:
    """One row of pictures; name is None for one that was refused."""

    job_id: str
    index: int
    number: int
    key_id: str
    at: float
    name: str | None = None
    media_type: str | None = None
    width: int = 0
    height: int = 0
    seed: int | None = None
    bytes: int = 0
    facts: Mapping[str, JSON] | None = None
    error: ErrorRecord | None = None
    deleted_at: float | None = None

    @property
    def is_stored(self) -> bool:
        return self.name is not None


@dataclass(frozen=True, slots=True)
class EndRecord:
    """How a job ended. stages: seconds by stage. pictures, pixels: what it delivered."""

    job_id: str
    state: JobState
    at: float
    error: ErrorRecord | None = None
    stages: Mapping[str, float] | None = None
    pictures: int = 0
    pixels: int = 0


@dataclass(frozen=True, slots=True)
class Claim:
    """An Idempotency-Key in use: for which body, and the job that answers it."""

    body_digest: str
    job_id: str
    created_at: float
