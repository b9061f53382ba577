"""What makes the pictures behind the tools, seen from the tools: a server or a service in this process.

A backend knows no MCP; the tools know neither HTTP nor the service.
"""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from limner.cli.outcomes import Missed, Step, Wanted
from limner.mcp.cards import ModelFacts
from limner.types import REQUEST_ID_PATTERN

_PICTURE_ID = re.compile(rf"({REQUEST_ID_PATTERN})(?:/([0-9]{{1,2}}))?")


@dataclass(frozen=True, slots=True)
class PictureId:
    """A past picture as a model names it: the id of its job and its index; without one, all of the job's."""

    job_id: str
    index: int | None = None

    @classmethod
    def parse(cls, text: str) -> PictureId | None:
        """The id in a text that is one."""
        match = _PICTURE_ID.fullmatch(text.strip())
        return match and cls(match[1], None if match[2] is None else int(match[2]))

    def __str__(self) -> str:
        return self.job_id if self.index is None else f"{self.job_id}/{self.index}"


@dataclass(frozen=True, slots=True)
class Kept:
    """A delivered picture. file: what its backend reads it by. link: where the user finds it."""

    id: PictureId
    file: str
    link: str
    size: str
    seed: int | None
    media_type: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """The job has begun; by this id its pictures are found."""

    job_id: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """So many jobs come first."""

    ahead: int


@dataclass(frozen=True, slots=True)
class Delivered:
    """Picture index is there."""

    index: int


News: TypeAlias = Accepted | Waiting | Step | Delivered | Missed


class Backend(Protocol):
    """Every method raises RequestError or RemoteError with what the user should know."""

    async def models(self) -> tuple[ModelFacts, ...]:
        """The models that may be used."""

    def make(self, wanted: Wanted) -> AsyncGenerator[News, None]:
        """One job up to its end; to close the generator earlier is to cancel the job."""

    async def find(self, job_id: str) -> tuple[Kept, ...]:
        """The pictures of a job that are still kept, with fresh links."""

    async def read(self, picture: Kept) -> bytes:
        """The file."""

    async def reference(self, picture: Kept) -> str | bytes:
        """The picture as make() takes it among the images."""
