"""The Seedream API's server-sent events, read from a job's log.

Headers go out with the first event, or with a keep-alive comment after 10 s once the references are
fetched; until then errors are plain JSON, afterwards `event: error`.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pybase64

from limner.api.context import Links
from limner.api.errors import envelope
from limner.api.parts import Part, chunks_of
from limner.api.seedream import dump, picture_parts, tools, usage
from limner.errors import RequestError
from limner.jobs.events import (
    Cancelled,
    Done,
    Failed,
    Fetched,
    JobEvent,
    PictureRefused,
    PictureStored,
    Previewed,
)
from limner.jobs.job import Job
from limner.service import Service

FIRST_KEEP_ALIVE_S = 10.0
KEEP_ALIVE_S = 15.0
KEEP_ALIVE = b": keep-alive\n\n"
DONE = b"data: [DONE]\n\n"
SHOWN = (PictureStored, PictureRefused, Previewed, Done, Failed, Cancelled)
EVENT_NAMES = {
    PictureStored: "image_generation.partial_succeeded",
    PictureRefused: "image_generation.partial_failed",
    Previewed: "image_generation.partial_image",
    Done: "image_generation.completed",
}


class LogReader:
    """The events of a job that a stream shows, one by one, or None when none came in time."""

    def __init__(self, job: Job, shown: tuple[type[JobEvent], ...] = SHOWN) -> None:
        self._events = job.follow()
        self._shown = shown
        self._pending: asyncio.Task[JobEvent] | None = None
        self.fetched = False

    async def next(self, timeout_s: float) -> JobEvent | None:
        deadline = asyncio.get_running_loop().time() + timeout_s
        while True:
            if self._pending is None:
                self._pending = asyncio.ensure_future(anext(self._events))
            left = deadline - asyncio.get_running_loop().time()
            done, _ = await asyncio.wait({self._pending}, timeout=max(0.0, left))
            if not done:
                return None
            event = self._pending.result()
            self._pending = None
            self.fetched = self.fetched or isinstance(event, Fetched)
            if isinstance(event, self._shown):
                return event

    async def close(self) -> None:
        if self._pending is not None:
            self._pending.cancel()
            await asyncio.wait({self._pending})
        await self._events.aclose()


class Stream:
    """One job's answer as a stream of frames."""

    def __init__(
        self,
        service: Service,
        job: Job,
        links: Links,
        *,
        first_s: float = FIRST_KEEP_ALIVE_S,
        then_s: float = KEEP_ALIVE_S,
    ) -> None:
        self._service = service
        self._job = job
        self._links = links
        self._reader = LogReader(job)
        self._first_s = first_s
        self._then_s = then_s

    async def begin(self) -> JobEvent | None:
        """The event that the stream begins with, None for a keep-alive. Raises what failed before it."""
        try:
            event = await self._reader.next(self._first_s)
            while event is None and not self._reader.fetched:
                event = await self._reader.next(self._then_s)
            if isinstance(event, Failed | Cancelled):
                raise event.error
        except BaseException:
            await self._reader.close()
            raise
        return event

    async def frames(self, event: JobEvent | None) -> AsyncIterator[bytes]:
        """Every frame from that event on, pictures in several pieces."""
        try:
            while True:
                try:
                    frame = [KEEP_ALIVE] if event is None else await self._frame(event)
                except RequestError as error:
                    frame, event = self._error(error), Failed(error)
                for chunk in chunks_of(frame):
                    yield chunk
                if isinstance(event, Done):
                    yield DONE
                if isinstance(event, Done | Failed | Cancelled):
                    return
                event = await self._reader.next(self._then_s)
        finally:
            await self._reader.close()

    async def _frame(self, event: JobEvent) -> list[Part]:
        if isinstance(event, Failed | Cancelled):
            return self._error(event.error)
        name = EVENT_NAMES[type(event)]
        head = {"type": name, "model": self._job.request.model}
        if isinstance(event, PictureStored | PictureRefused):
            beginning = dump(head | {"created": int(event.at), "image_index": event.index})[:-1] + b","
            parts = await picture_parts(self._service, self._job, event, self._links, beginning)
            return sse(name, *parts)
        if isinstance(event, Previewed):
            return sse(name, dump(head | preview_fields(event)))
        assert isinstance(event, Done)
        end = {"created": int(event.at), "usage": usage(self._job, event.usage)} | tools(self._job)
        return sse(name, dump(head | end))

    def _error(self, error: RequestError) -> list[Part]:
        return sse("error", dump(envelope(error, self._job.id)))


def preview_fields(event: Previewed) -> dict[str, object]:
    """OpenAI's shape of an unfinished picture."""
    return {
        "b64_json": pybase64.b64encode(event.image.data).decode("ascii"),
        "created_at": int(event.at),
        "image_index": event.index,
        "output_format": event.image.media_type.removeprefix("image/"),
        "partial_image_index": event.number,
        "size": f"{event.image.width}x{event.image.height}",
    }


def sse(name: str, *data: Part, event_id: str | None = None) -> list[Part]:
    """One frame, in parts."""
    id_line = b"" if event_id is None else b"id: %b\n" % event_id.encode()
    return [id_line + b"event: %b\ndata: " % name.encode(), *data, b"\n\n"]
