"""A job: one accepted request and its append-only event log.

Every way of answering only reads the log, so that they cannot disagree. It knows neither engines nor HTTP
nor the ledger.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from limner.errors import InternalError, RequestError
from limner.jobs.events import (
    Cancelled,
    CancelReason,
    Done,
    Failed,
    FinalEvent,
    JobEvent,
    PictureRefused,
    PictureStored,
    Started,
    Usage,
)
from limner.safety import PromptVerdict
from limner.types import ImageRequest


@dataclass(frozen=True, slots=True)
class Terms:
    """How a client wants its job to be run, beside what it wants to see.

    detached: it goes on without anybody who waits for it. timeout_s: from admission on.
    base_url: where this client sees the server, for links in a webhook.
    """

    detached: bool = False
    timeout_s: float | None = None
    idempotency_key: str | None = None
    base_url: str = ""


def new_request_id(now: float) -> str:
    """A request id as upstream forms it: 02, 13 digits of epoch milliseconds, 38 hex digits."""
    return f"02{int(now * 1000):013d}{secrets.token_hex(19)}"


@dataclass
class Job:
    """One accepted request and its life.

    held: fresh picture bytes by name, so that an answer that comes at once need not read them back from
    storage. recorded: the end that the ledger has already, with the last picture.
    """

    request: ImageRequest
    key_id: str
    engine: str
    created_at: float = 0.0
    detached: bool = False
    prompt_verdict: PromptVerdict = field(default_factory=PromptVerdict)
    stage_s: dict[str, float] = field(default_factory=dict)
    held: dict[str, bytes] = field(default_factory=dict)
    stored_bytes: int = 0
    recorded: Done | None = None
    _events: list[JobEvent] = field(default_factory=list)
    _grown: asyncio.Event = field(default_factory=asyncio.Event)
    _task: asyncio.Task[Usage] | None = None
    _cancel_reason: CancelReason = "asked"
    _readers: int = 0

    @property
    def id(self) -> str:
        return self.request.id

    @property
    def events(self) -> tuple[JobEvent, ...]:
        return tuple(self._events)

    @property
    def pictures(self) -> tuple[PictureStored | PictureRefused, ...]:
        """What has become of its pictures so far, in the order in which it happened."""
        return tuple(event for event in self._events if isinstance(event, PictureStored | PictureRefused))

    @property
    def final(self) -> FinalEvent | None:
        """How it ended; None while it has not."""
        last = self._events[-1] if self._events else None
        return last if isinstance(last, FinalEvent) else None

    @property
    def ended(self) -> bool:
        return self.final is not None

    @property
    def started(self) -> bool:
        return any(isinstance(event, Started) for event in self._events)

    @property
    def usage(self) -> Usage:
        """What it has delivered so far."""
        return Usage.of(event.size for event in self._events if isinstance(event, PictureStored))

    @property
    def is_stopping(self) -> bool:
        """Whether its work was told to stop, and has not yet."""
        return self._task is not None and self._task.cancelling() > 0 and not self.ended

    def time_at(self, now: float) -> float:
        """now, but never before what the log tells already: the clock may have been set back."""
        return max([now, self.created_at, *(picture.at for picture in self.pictures)])

    def append(self, event: JobEvent) -> None:
        """Write one event; nothing follows a final one."""
        assert not self.ended, f"{event} after the end"
        self._events.append(event)
        self._grown.set()
        self._grown = asyncio.Event()

    async def follow(self, start: int = 0) -> AsyncGenerator[JobEvent, None]:
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

    async def wait(self) -> FinalEvent:
        """How it ended, once it has."""
        while (final := self.final) is None:
            await self._grown.wait()
        return final

    def resumed(self, images: tuple[str | bytes, ...], *, detached: bool, refused_again: bool = False) -> Job:
        """The same job for another run: its log has what became of its pictures so far, and nothing else.

        images: the references again, for no log and no ledger keeps them. refused_again: only what was
        delivered stays.
        """
        request = replace(self.request, images=images)
        job = Job(request, self.key_id, self.engine, self.created_at, detached, self.prompt_verdict)
        kept = PictureStored if refused_again else PictureStored | PictureRefused
        job._events += [event for event in self._events if isinstance(event, kept)]
        return job

    def runs_as(self, task: asyncio.Task[Usage]) -> None:
        self._task = task

    def cancel(self, reason: CancelReason = "asked") -> None:
        """Stop the work; the log ends with Cancelled unless it has ended already."""
        if self._task is not None and not self._task.cancelling():
            self._cancel_reason = reason
            self._task.cancel()

    def arrive(self) -> None:
        """A client waits for the answer."""
        self._readers += 1

    def leave(self) -> None:
        """A client waits no longer. With the last one the job is cancelled, unless it is detached."""
        self._readers -= 1
        if not self._readers and not self.detached and not self.ended:
            self.cancel("left")

    @contextmanager
    def read_by_client(self) -> Iterator[None]:
        """From arrive() to leave()."""
        self.arrive()
        try:
            yield
        finally:
            self.leave()

    def outcome(self, work: asyncio.Task[Usage], at: float) -> FinalEvent:
        """How the log of a job ends whose work has ended in this way. at: of time_at()."""
        if work.cancelled():
            return Cancelled(self._cancel_reason)
        error = work.exception()
        if error is None:
            return Done(work.result(), at)
        return Failed(error if isinstance(error, RequestError) else InternalError())

    def stage(self, name: str) -> Timed:
        """Add the seconds spent inside to one of the ten stages."""
        return Timed(self.stage_s, name)


class Timed:
    """Adds the seconds spent inside to those of a stage. A generator would cost several times as much."""

    __slots__ = ("_began", "_name", "_stage_s")

    def __init__(self, stage_s: dict[str, float], name: str) -> None:
        self._stage_s = stage_s
        self._name = name
        self._began = 0.0

    def __enter__(self) -> None:
        self._began = time.perf_counter()

    def __exit__(self, *_: object) -> None:
        lasted_s = time.perf_counter() - self._began
        self._stage_s[self._name] = self._stage_s.get(self._name, 0.0) + lasted_s
