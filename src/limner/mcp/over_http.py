"""Pictures from a running server: a job that does not wait, its events as they come, its pictures by id.

The key goes to the server that the user named and nowhere else: a picture's link is opened without it.
Not covered: what that server says; it is believed, as any server is that one gives a key to.
"""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from types import TracebackType
from typing import Any

import anyio
import httpx
from pydantic import ValidationError

from limner.cli.failures import RemoteError
from limner.cli.outcomes import Missed, Step, Wanted
from limner.cli.over_http import API_ROOTS, CONNECT_TIMEOUT_S, to_body
from limner.mcp.backend import Accepted, Delivered, Kept, News, PictureId, Waiting
from limner.mcp.cards import ModelFacts, model_facts

ANSWER_TIMEOUT_S = 60.0
"""The server says something every few seconds while a job runs: a keep-alive at least."""
CANCEL_TIMEOUT_S = 5.0
RECONNECTS = 5
RECONNECT_PAUSE_S = 1.0
MAX_FILE_BYTES = 64 << 20
JOBS_PATH = "/v1/images/jobs"
ENDS = ("job.done", "job.failed", "job.cancelled")


class ServerBackend:
    """A backend over HTTP; an async context manager that closes its connections."""

    def __init__(self, base_url: str, api_key: str) -> None:
        self.root = root_of(base_url)
        timeout = httpx.Timeout(ANSWER_TIMEOUT_S, connect=CONNECT_TIMEOUT_S)
        self._client = httpx.AsyncClient(timeout=timeout, headers={"Authorization": f"Bearer {api_key}"})
        self._open = httpx.AsyncClient(timeout=timeout)

    async def __aenter__(self) -> ServerBackend:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.aclose()
        await self._open.aclose()

    async def models(self) -> tuple[ModelFacts, ...]:
        answer = await self._ask("GET", "/v1/models")
        try:
            return tuple(model_facts(entry["id"], entry["card"]) for entry in answer["data"])
        except (KeyError, TypeError, ValidationError) as error:
            raise RemoteError("UnreadableAnswer", "GET /v1/models has no cards: is this Limner?") from error

    async def make(self, wanted: Wanted) -> AsyncGenerator[News, None]:
        body = to_body(wanted) | {"response_format": "url", "stream": False}
        # Whole, for who is cancelled before the answer does not know which job to cancel.
        with anyio.CancelScope(shield=True):
            job = await self._ask("POST", "/v1/images/generations", body, {"Prefer": "respond-async"})
        job_id, ended = str(job.get("id")), False
        try:
            yield Accepted(job_id)
            async with aclosing(self._events(job_id)) as told:
                async for event in told:
                    ended = event.get("type") in ENDS
                    if (news := _news(event)) is not None:
                        yield news
        finally:
            if not ended:
                await self._cancel(job_id)

    async def _cancel(self, job_id: str) -> None:
        with anyio.move_on_after(CANCEL_TIMEOUT_S, shield=True):
            try:
                await self._client.delete(f"{self.root}{JOBS_PATH}/{job_id}")
            except httpx.HTTPError:
                return  # nobody is left to be told

    async def _events(self, job_id: str) -> AsyncGenerator[Mapping[str, Any], None]:
        """Every event once, over as many connections as it takes."""
        last_id, broken = "", 0
        while True:
            try:
                async with aclosing(self._connection(job_id, last_id)) as connection:
                    async for event_id, event in connection:
                        yield event
                        if event.get("type") in ENDS:
                            return
                        last_id, broken = event_id or last_id, 0
            except httpx.HTTPError as error:
                if broken == RECONNECTS:
                    raise self._unreachable(error) from error
            if broken == RECONNECTS:
                raise RemoteError("StreamEnded", "the server ended the job's events before the job had ended")
            broken += 1
            await anyio.sleep(RECONNECT_PAUSE_S)

    async def _connection(
        self, job_id: str, last_id: str
    ) -> AsyncGenerator[tuple[str, Mapping[str, Any]], None]:
        """The events of one connection, each with its id."""
        url, headers = (
            f"{self.root}{JOBS_PATH}/{job_id}/events",
            {"Last-Event-ID": last_id} if last_id else {},
        )
        async with self._client.stream("GET", url, headers=headers) as response:
            if response.status_code != 200:
                raise _refused(response.status_code, await response.aread())
            event_id = ""
            async for line in response.aiter_lines():
                field, _, value = line.partition(": ")
                if field == "id":
                    event_id = value
                elif field == "data":
                    yield event_id, _object(value)

    async def find(self, job_id: str) -> tuple[Kept, ...]:
        answer = await self._ask("GET", f"/v1/images/{job_id}")
        try:
            return tuple(_kept(job_id, entry) for entry in answer["data"])
        except (KeyError, TypeError, ValueError) as error:
            raise RemoteError("UnreadableAnswer", "the server's list of pictures cannot be read") from error

    async def read(self, picture: Kept) -> bytes:
        data = bytearray()
        try:
            async with self._open.stream("GET", picture.file) as response:
                if response.status_code != 200:
                    raise RemoteError(f"HTTP{response.status_code}", "the picture's link is not answered")
                async for chunk in response.aiter_bytes():
                    data += chunk
                    if len(data) > MAX_FILE_BYTES:
                        raise RemoteError("TooLarge", f"the picture has more than {MAX_FILE_BYTES} bytes")
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise RemoteError("LinkUnreachable", "the picture's link cannot be opened from here") from error
        return bytes(data)

    async def reference(self, picture: Kept) -> str | bytes:
        return picture.link  # the server knows its own links, and reads its own files

    async def _ask(
        self,
        method: str,
        path: str,
        body: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Mapping[str, Any]:
        try:
            response = await self._client.request(method, self.root + path, json=body, headers=headers)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise self._unreachable(error) from error
        if not response.is_success:
            raise _refused(response.status_code, response.content)
        return _object(response.content)

    def _unreachable(self, error: Exception) -> RemoteError:
        return RemoteError("ServerUnreachable", f"{self.root}: {error or type(error).__name__}")


def root_of(url: str) -> str:
    """The server's address without a path; url may end in /v1 or /api/v3."""
    root = url.rstrip("/")
    return next((root.removesuffix(end) for end in API_ROOTS if root.endswith(end)), root)


def _news(event: Mapping[str, Any]) -> News | None:
    index = int(event.get("image_index", 0))
    match event.get("type"):
        case "job.queued":
            return Waiting(int(event.get("position", 0)))
        case "job.progress":
            return Step(index, event["steps_done"] / event["steps_total"])
        case "job.picture":
            return Delivered(index)
        case "job.picture_failed":
            return Missed(index, str(event["error"].get("code")), str(event["error"].get("message")))
        case "job.failed" | "job.cancelled":
            raise _error(event.get("error") or {})
    return None


def _kept(job_id: str, entry: Mapping[str, Any]) -> Kept:
    return Kept(
        id=PictureId(job_id, int(entry["image_index"])),
        file=str(entry["url"]),
        link=str(entry["url"]),
        size=str(entry["size"]),
        seed=entry.get("seed"),
        media_type=f"image/{entry['output_format']}",
    )


def _refused(status: int, content: bytes) -> RemoteError:
    try:
        error = json.loads(content)["error"]
        return _error({"code": error["code"], "message": error["message"]})
    except (ValueError, KeyError, TypeError):
        return RemoteError(f"HTTP{status}", "the server gives no reason that can be read")


def _error(error: Mapping[str, Any]) -> RemoteError:
    return RemoteError(str(error.get("code")), str(error.get("message")))


def _object(content: str | bytes) -> Mapping[str, Any]:
    try:
        value = json.loads(content)
    except ValueError as error:
        raise RemoteError("UnreadableAnswer", "the server's answer is not JSON: is this Limner?") from error
    if not isinstance(value, dict):
        raise RemoteError("UnreadableAnswer", "the server's answer is not a JSON object: is this Limner?")
    return value
