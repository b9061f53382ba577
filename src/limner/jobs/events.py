"""What can happen to a job: the events of its log, as plain values that can be written down.

Picture bytes lie in storage; an event has their name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from limner.errors import JobCancelled, RequestError, Unavailable
from limner.safety import FilterResults
from limner.types import Encoded, Size


@dataclass(frozen=True, slots=True)
class Usage:
    """What a job delivered. output_tokens: the sum of width * height over 256, rounded down once."""

    generated_images: int = 0
    pixels: int = 0

    @property
    def output_tokens(self) -> int:
        return self.pixels // 256

    @classmethod
    def of(cls, sizes: Iterable[Size]) -> Usage:
        pixels = [size.pixels for size in sizes]
        return cls(len(pixels), sum(pixels))

    def plus(self, size: Size) -> Usage:
        return Usage(self.generated_images + 1, self.pixels + size.pixels)

    def since(self, before: Usage) -> Usage:
        return Usage(self.generated_images - before.generated_images, self.pixels - before.pixels)


@dataclass(frozen=True, slots=True)
class Queued:
    """The job waits; ahead: jobs that come first. It may come again, as the queue moves."""

    ahead: int


@dataclass(frozen=True, slots=True)
class Fetched:
    """The references are there and every check has passed: from here on a stream may begin."""

    size: Size


@dataclass(frozen=True, slots=True)
class Started:
    """The engine works on it."""


@dataclass(frozen=True, slots=True)
class Progressed:
    """How far picture index is."""

    index: int
    steps_done: int
    steps_total: int


@dataclass(frozen=True, slots=True)
class Previewed:
    """An unfinished look at picture index."""

    index: int
    number: int
    image: Encoded
    at: float


@dataclass(frozen=True, slots=True)
class PictureStored:
    """Picture index is in storage under name: it is delivered. at: Unix time in seconds.

    is_deleted: it was, and has been taken away since.
    """

    index: int
    name: str
    media_type: str
    size: Size
    seed: int
    at: float
    description: str = ""
    revised_prompt: str | None = None
    filter_results: FilterResults | None = None
    is_deleted: bool = False


@dataclass(frozen=True, slots=True)
class PictureRefused:
    """Picture index was refused or could not be made."""

    index: int
    error: RequestError
    at: float


@dataclass(frozen=True, slots=True)
class Done:
    """All is made that could be made."""

    usage: Usage
    at: float


@dataclass(frozen=True, slots=True)
class Failed:
    """The whole request failed."""

    error: RequestError


CancelReason: TypeAlias = Literal["asked", "left", "stopping"]


@dataclass(frozen=True, slots=True)
class Cancelled:
    """Somebody asked for that, nobody waited for it any more, or the server stopped."""

    reason: CancelReason = "asked"

    @property
    def error(self) -> RequestError:
        """What those are told who still read the log."""
        return Unavailable("The service is stopping.") if self.reason == "stopping" else JobCancelled()


PictureEvent: TypeAlias = Progressed | Previewed | PictureStored | PictureRefused
FinalEvent: TypeAlias = Done | Failed | Cancelled
JobEvent: TypeAlias = Queued | Fetched | Started | PictureEvent | FinalEvent
