"""The images routes: authorise, read, submit, and answer plainly, as a stream or with the job's address."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping
from contextlib import suppress
from functools import partial
from typing import TypeVar

from fastapi import APIRouter, Request
from starlette.requests import ClientDisconnect
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from limner.api.body import authorise, limit_body, read_body
from limner.api.context import header_list, links_of, request_id_of, service_of
from limner.api.gpt_image import with_defaults
from limner.api.job_json import accepted
from limner.api.openai import read_edit_form, refuse_mask
from limner.api.parts import JSON_TYPE, PartsResponse
from limner.api.seedream import answer, read_ask
from limner.api.stream import Stream
from limner.api.terms import preference_of, terms_of
from limner.errors import MissingParameter
from limner.jobs.events import JobEvent
from limner.jobs.job import Job
from limner.keys import Key
from limner.types import FAKE_SCRIPT_OPTION, Ask

T = TypeVar("T")
router = APIRouter()
FORM_TYPES = ("multipart/form-data", "application/x-www-form-urlencoded")
NO_BUFFERING = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}


async def create_image(request: Request) -> Response:
    """Make pictures from a prompt, and from references if there are any."""
    key = await authorise(request)
    ask = read_ask(await read_body(request), _engine_options(request))
    return await _respond(request, ask, key)


async def edit_image(request: Request) -> Response:
    """The same for a multipart form, as the OpenAI SDK's images.edit sends it; JSON is read too."""
    key = await authorise(request)
    if request.headers.get("content-type", "").lower().startswith(FORM_TYPES):
        max_bytes = service_of(request).settings.max_body_bytes
        ask = await read_edit_form(limit_body(request), max_bytes, _engine_options(request))
    else:
        ask = read_ask(await read_body(request), _engine_options(request))
        refuse_mask(ask.unknown)
    if not ask.images:
        raise MissingParameter.named("image")
    return await _respond(request, ask, key)


def _engine_options(request: Request) -> Mapping[str, str]:
    script = request.headers.get("x-limner-fake")
    allowed = service_of(request).settings.fake_script
    return {FAKE_SCRIPT_OPTION: script} if script is not None and allowed else {}


async def _respond(request: Request, ask: Ask, key: Key) -> Response:
    ask = with_defaults(ask)
    job = await service_of(request).submit(ask, key, request_id_of(request), terms_of(request))
    ignored = job.request.ignored
    headers = {"X-Limner-Job-Id": job.id}
    if ignored:
        headers["X-Limner-Ignored"] = header_list(ignored)
    preference = preference_of(request)
    if preference.respond_async and not await _ends_within(job, preference.wait_s):
        return accepted(job, headers)
    return await (_stream if job.request.stream else _plain)(request, job, headers)


async def _ends_within(job: Job, wait_s: float) -> bool:
    if wait_s:
        with suppress(TimeoutError):
            async with asyncio.timeout(wait_s):
                await job.wait()
    return wait_s > 0 and job.ended


async def _plain(request: Request, job: Job, headers: Mapping[str, str]) -> Response:
    service = service_of(request)
    with job.read_by_client():
        parts = await _while_connected(request, answer(service, job, links_of(request)))
    answered = partial(service.metrics.stage, "answer")
    return PartsResponse(parts, headers=headers, media_type=JSON_TYPE, on_sent=answered)


async def _stream(request: Request, job: Job, headers: Mapping[str, str]) -> Response:
    stream = Stream(service_of(request), job, links_of(request))
    job.arrive()
    try:
        first = await _while_connected(request, stream.begin())
    except BaseException:
        job.leave()
        raise
    return _JobStream(job, stream, first, {**NO_BUFFERING, **headers})


class _JobStream(StreamingResponse):
    """The frames of a job, which loses its reader when they end or the client leaves."""

    def __init__(self, job: Job, stream: Stream, first: JobEvent | None, headers: Mapping[str, str]) -> None:
        super().__init__(stream.frames(first), headers=headers, media_type="text/event-stream")
        self._job = job

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._job.leave()


async def _while_connected(request: Request, work: Coroutine[None, None, T]) -> T:
    """The work's result. Raises ClientDisconnect when the client leaves before it is there."""
    working = asyncio.ensure_future(work)
    leaving = asyncio.ensure_future(_left(request))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise ClientDisconnect
        return working.result()
    finally:
        leaving.cancel()
        working.cancel()


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
