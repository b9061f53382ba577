"""A key's own jobs: one of them, its events, the list; and to cancel one.

Events are server-sent and numbered so that a reader who was cut off goes on where it was: N for the Nth
milestone (a picture, the end), N.P for the Pth event after it that only lives in memory. It knows no wire
fields of the images API but through job_json.py and seedream.py.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from limner.api.body import authorise
from limner.api.context import Links, links_of, service_of
from limner.api.errors import envelope
from limner.api.images import NO_BUFFERING
from limner.api.job_json import facts_of, job_parts, record_facts
from limner.api.parts import JSON_TYPE, Part, PartsResponse, chunks_of
from limner.api.seedream import answer, dump, picture_parts
from limner.api.stream import KEEP_ALIVE, KEEP_ALIVE_S, LogReader, preview_fields, sse
from limner.errors import InvalidParameter, RequestError, RouteNotFound, Unavailable
from limner.jobs.events import (
    Cancelled,
    Done,
    Failed,
    Fetched,
    JobEvent,
    PictureRefused,
    PictureStored,
    Previewed,
    Progressed,
    Queued,
    Started,
)
from limner.jobs.job import Job
from limner.ledger.records import JobState
from limner.service import Service
from limner.types import REQUEST_ID_PATTERN

router = APIRouter(prefix="/v1/images/jobs", tags=["Jobs"])
MOST_IN_LIST = 100
MILESTONES = (PictureStored, PictureRefused, Done, Failed, Cancelled)
EVENT_NAMES: dict[type[JobEvent], str] = {
    Queued: "job.queued",
    Fetched: "job.fetched",
    Started: "job.started",
    Progressed: "job.progress",
    Previewed: "job.preview",
    PictureStored: "job.picture",
    PictureRefused: "job.picture_failed",
    Done: "job.done",
    Failed: "job.failed",
    Cancelled: "job.cancelled",
}
_EVENT_ID = re.compile(r"(\d{1,6})(?:\.(\d{1,9}))?")
_JOB_ID = re.compile(REQUEST_ID_PATTERN)


async def own_job(request: Request, job_id: str) -> Job:
    """The job of this id, if it is the asking key's. Raises AuthenticationError, RouteNotFound."""
    key = await authorise(request)
    job = await service_of(request).lookup.find(job_id, key.id) if _JOB_ID.fullmatch(job_id) else None
    if job is None:
        raise RouteNotFound("There is no job with this id.")
    return job


@router.get("", summary="List own jobs, the newest first")
async def list_jobs(
    request: Request,
    limit: Annotated[int, Query(ge=1, le=MOST_IN_LIST)] = 20,
    after: str | None = None,
    state: JobState | None = None,
) -> Response:
    """A page of jobs. after: the last id of the page before."""
    key = await authorise(request)
    service = service_of(request)
    records = await service.job_log.store.list(key.id, limit + 1, after, state)
    page = [record_facts(record, service.jobs.get(record.id)) for record in records[:limit]]
    return JSONResponse({"object": "list", "data": page, "has_more": len(records) > limit})


@router.get("/{job_id}", summary="Where a job stands, and what came of it")
async def read_job(request: Request, job_id: str) -> Response:
    job = await own_job(request, job_id)
    service = service_of(request)
    parts = await job_parts(service, job, links_of(request), with_request=True)
    return PartsResponse(parts, headers={"Cache-Control": "no-store"}, media_type=JSON_TYPE)


@router.delete("/{job_id}", summary="Cancel a job")
async def cancel_job(request: Request, job_id: str) -> Response:
    """Cancel it and say how it stands then; what it has delivered stays. Nothing for one that has ended."""
    job = await own_job(request, job_id)
    await service_of(request).cancel(job)
    return JSONResponse(facts_of(job))


@router.get("/{job_id}/events", summary="A job's events as they come")
async def read_events(request: Request, job_id: str) -> Response:
    """Server-sent events from the beginning, or after Last-Event-ID."""
    job = await own_job(request, job_id)
    after = _position(request.headers.get("last-event-id", ""))
    frames = _frames(service_of(request), job, links_of(request), after)
    return StreamingResponse(frames, headers=NO_BUFFERING, media_type="text/event-stream")


def _position(event_id: str) -> tuple[int, int]:
    if not event_id:
        return 0, -1
    match = _EVENT_ID.fullmatch(event_id.strip())
    if match is None:
        raise InvalidParameter.named("Last-Event-ID", "it is not an id that this server gave")
    return int(match[1]), int(match[2] or 0)


async def _frames(service: Service, job: Job, links: Links, after: tuple[int, int]) -> AsyncIterator[bytes]:
    """Each event behind a position, with its id."""
    reader = LogReader(job, tuple(EVENT_NAMES))
    milestones = others = 0
    try:
        while True:
            event = await reader.next(KEEP_ALIVE_S)
            if event is None:
                yield KEEP_ALIVE
                continue
            if _may_go_on(job, event):
                return
            if isinstance(event, MILESTONES):
                milestones, others = milestones + 1, 0
            else:
                others += 1
            if (milestones, others) > after:
                event_id = f"{milestones}.{others}" if others else str(milestones)
                parts = await _data(service, job, event, links)
                for chunk in chunks_of(sse(EVENT_NAMES[type(event)], *parts, event_id=event_id)):
                    yield chunk
            if isinstance(event, Done | Failed | Cancelled):
                return
    finally:
        await reader.close()


def _may_go_on(job: Job, event: JobEvent) -> bool:
    """Whether it is an end on this server only, or for now: its readers learn more when they come again."""
    if not job.detached:
        return False
    if isinstance(event, Failed):
        return isinstance(event.error, Unavailable)
    return isinstance(event, Cancelled) and event.reason == "stopping"


async def _data(service: Service, job: Job, event: JobEvent, links: Links) -> list[Part]:
    """What one event says."""
    head = {"type": EVENT_NAMES[type(event)], "job_id": job.id}
    match event:
        case PictureStored() | PictureRefused():
            opening = dump(head | {"created": int(event.at), "image_index": event.index})[:-1] + b","
            return await picture_parts(service, job, event, links, opening)
        case Done():
            try:
                body = await answer(service, job, links)
            except RequestError as error:
                return [dump(head | envelope(error, job.id))]
            return [dump(head)[:-1], b',"result":', *body, b"}"]
        case Failed() | Cancelled():
            return [dump(head | envelope(event.error, job.id))]
        case Previewed():
            return [dump(head | preview_fields(event))]
        case Queued(ahead):
            return [dump(head | {"position": ahead})]
        case Fetched(size):
            return [dump(head | {"size": str(size)})]
        case Progressed(index, done, total):
            return [dump(head | {"image_index": index, "steps_done": done, "steps_total": total})]
    return [dump(head)]
