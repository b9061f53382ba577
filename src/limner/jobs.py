"""Jobs: one accepted request and its append-only event log; and the bounded queue before an engine.

Every way of answering only reads the log, so that they cannot disagree. Events are plain values that
can be written down; picture bytes lie in storage, the log has their names.
It knows neither engines nor HTTP.
"""

from __future__ import annotations

import asyncio
import math
import secrets
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import TypeAlias

from limner.errors import RequestError, ServerOverloaded
from limner.safety import FilterResults, PromptVerdict
from limner.types import Encoded, ImageRequest, Size


@dataclass(frozen=True, slots=True)
class Usage:
    """What a job delivered. output_tokens: the sum of width * height over 256, rounded down once."""

    generated_images: int = 0
    pixels: int = 0

    @property
    def output_tokens(self) -> int:
        return self.pixels // 256

    def plus(self, size: Size) -> Usage:
        return Usage(self.generated_images + 1, self.pixels + size.pixels)


@dataclass(frozen=True, slots=True)
class Queued:
    """The job waits; ahead: jobs that come first."""

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
    """Picture index is in storage under name: it is delivered. at: Unix time in seconds."""

    index: int
    name: str
    media_type: str
    size: Size
    seed: int
    at: float
    description: str = ""
    revised_prompt: str | None = None
    filter_results: FilterResults | None = None


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


@dataclass(frozen=True, slots=True)
class Cancelled:
    """Nobody wanted it any more, or the server stopped."""


PictureEvent: TypeAlias = Progressed | Previewed | PictureStored | PictureRefused
FinalEvent: TypeAlias = Done | Failed | Cancelled
JobEvent: TypeAlias = Queued | Fetched | Started | PictureEvent | FinalEvent


def new_request_id(now: float) -> str:
    """A request id as upstream forms it: 02, 13 digits of epoch milliseconds, 38 hex digits."""
    return f"02{int(now * 1000):013d}{secrets.token_hex(19)}"


@dataclass
class Job:
    """One accepted request and its life. held: fresh picture bytes by name, so that an answer that
    comes at once need not read them back from storage."""

    request: ImageRequest
    key_id: str
    engine: str
    prompt_verdict: PromptVerdict = field(default_factory=PromptVerdict)
    stage_s: dict[str, float] = field(default_factory=dict)
    held: dict[str, bytes] = field(default_factory=dict)
    _events: list[JobEvent] = field(default_factory=list)
    _grown: asyncio.Event = field(default_factory=asyncio.Event)
    _task: asyncio.Task[Usage] | None = None

    @property
    def id(self) -> str:
        return self.request.id

    @property
    def events(self) -> tuple[JobEvent, ...]:
        return tuple(self._events)

    @property
    def ended(self) -> bool:
        return bool(self._events) and isinstance(self._events[-1], FinalEvent)

    def append(self, event: JobEvent) -> None:
        """Write one event; nothing follows a final one."""
        assert not self.ended, f"{event} after the end"
        self._events.append(event)
        self._grown.set()
        self._grown = asyncio.Event()

    async def follow(self, start: int = 0) -> AsyncIterator[JobEvent]:
        """Every event from number start on, those to come included, up to the final one."""
        position = start
        while True:
            grown = self._grown
            while position < len(self._events):
                position += 1
                yield self._events[position - 1]
            if self.ended:
                return
            await grown.wait()

    def runs_as(self, task: asyncio.Task[Usage]) -> None:
        self._task = task

    def cancel(self) -> None:
        """Stop the work; the log ends with Cancelled unless it has ended already."""
        if self._task is not None:
            self._task.cancel()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add the seconds spent inside to one of the ten stages."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self.stage_s[name] = self.stage_s.get(name, 0.0) + time.perf_counter() - began


class Queue:
    """The bounded queue before one engine: slots jobs run, queue_limit more may wait."""

    def __init__(self, slots: int, queue_limit: int) -> None:
        self.slots = slots
        self.queue_limit = queue_limit
        self.admitted = 0
        self._free = asyncio.Semaphore(slots)
        self._mean_run_s = 1.0

    @property
    def ahead(self) -> int:
        """Jobs that have to end before a new one could run."""
        return max(0, self.admitted - self.slots + 1)

    def admit(self) -> Place:
        """A place in the queue. Raises ServerOverloaded with an estimate of when to come again."""
        if self.admitted >= self.slots + self.queue_limit:
            wait_s = self._mean_run_s * (self.queue_limit + 1) / self.slots
            raise ServerOverloaded(retry_after_s=max(1, math.ceil(wait_s)))
        place = Place(self, self.ahead)
        self.admitted += 1
        return place

    def leave(self) -> None:
        self.admitted -= 1

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[None]:
        """One of the engine's slots, first come, first served."""
        async with self._free:
            began = time.monotonic()
            try:
                yield
            finally:
                self._mean_run_s += 0.2 * (time.monotonic() - began - self._mean_run_s)


@dataclass(frozen=True, slots=True)
class Place:
    """A job's place in a queue, held from admit to its end."""

    queue: Queue
    ahead: int
