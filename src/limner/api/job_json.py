"""A job as JSON: where it stands, and once it is done the very body of the plain answer.

It reads a job's log or a row of the ledger; it changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, cast

from starlette.responses import Response

from limner.api.context import Links
from limner.api.errors import envelope
from limner.api.parts import JSON_TYPE, Part, chunks_of
from limner.api.seedream import answer, dump
from limner.errors import RequestError, RouteNotFound, Unavailable
from limner.jobs.events import Progressed, Queued
from limner.jobs.job import Job
from limner.jobs.records import STATES, to_row
from limner.ledger.records import JobRecord
from limner.ledger.webhooks import WebhookRecord
from limner.service import Service
from limner.types import JSON
from limner.webhooks import body_of

OBJECT = "image.job"
JOBS_PATH = "/v1/images/jobs"
NOT_ASKED_AGAIN = ("webhook_url",)
"""Fields that a request has for its one run only."""


def state_of(job: Job) -> str:
    """queued, running, done, failed or cancelled."""
    if job.final is not None:
        return STATES[type(job.final)]
    return "running" if job.started else "queued"


def facts_of(job: Job) -> dict[str, Any]:
    """Where a job stands, without what came of it."""
    facts: dict[str, Any] = {
        "id": job.id,
        "object": OBJECT,
        "model": job.request.model,
        "state": state_of(job),
        "created": int(job.created_at),
        "pictures_total": job.request.count,
        "pictures_done": job.usage.generated_images,
        "progress": round(progress_of(job), 4),
    }
    if facts["state"] == "queued":
        facts["position"] = next(e.ahead for e in reversed(job.events) if isinstance(e, Queued))
    return facts


def progress_of(job: Job) -> float:
    """The part of the work that is done, 0 to 1; pictures count alike."""
    if job.ended:
        return 1.0
    steps: dict[int, float] = {}
    for event in job.events:
        if isinstance(event, Progressed) and event.steps_total:
            steps[event.index] = event.steps_done / event.steps_total
    steps |= {picture.index: 1.0 for picture in job.pictures}
    return sum(steps.values()) / max(1, job.request.count)


def record_facts(record: JobRecord, live: Job | None = None) -> dict[str, Any]:
    """The same of a job that a list shows, from its row; live: if it is at work here, it knows better."""
    count = (record.request or {}).get("count")
    facts: dict[str, Any] = {
        "id": record.id,
        "object": OBJECT,
        "model": record.model,
        "state": record.state,
        "created": int(record.created_at),
        "pictures_total": count if isinstance(count, int) else record.pictures,
        "pictures_done": record.pictures,
        "prompt": (record.request or {}).get("prompt"),
    }
    if record.request is not None:
        facts |= _asked(record.request)
    if live is not None:
        facts |= facts_of(live)
    if record.ended_at is not None:
        facts["ended"] = int(record.ended_at)
    if record.error is not None:
        facts["error"] = {"code": record.error.code, "message": record.error.message}
    return facts


def _asked(row: Mapping[str, JSON]) -> dict[str, JSON]:
    return {"request": asked_of(row), "references": len(cast(list[JSON], row.get("images", [])))}


def asked_of(row: Mapping[str, JSON]) -> dict[str, JSON]:
    """The body that asks for the same again, from a job's row; of its references the links only."""
    sent = cast(dict[str, JSON], row.get("sent", {}))
    asked: dict[str, JSON] = {name: value for name, value in sent.items() if value is not None}
    for name in NOT_ASKED_AGAIN:
        asked.pop(name, None)
    asked["prompt"] = row.get("prompt")
    images = cast(list[JSON], row.get("images", []))
    links: list[JSON] = [image for image in images if image]
    if links:
        asked["image"] = links[0] if len(images) == 1 else links
    return asked


async def job_parts(service: Service, job: Job, links: Links, *, with_request: bool = False) -> list[Part]:
    """A job's JSON object in parts: its facts, what was asked, and when it has ended, result or error."""
    facts = facts_of(job)
    if with_request and job.request.sent:
        facts |= _asked(to_row(job))
    if not job.ended:
        return [dump(facts)]
    try:
        body = await answer(service, job, links)
    except RequestError as error:
        return [dump(facts | envelope(error, job.id))]
    return [dump(facts)[:-1], b',"result":', *body, b"}"]


def accepted(job: Job, headers: Mapping[str, str]) -> Response:
    """202: the job goes on, and this is where to look."""
    place = {"Location": f"{JOBS_PATH}/{job.id}", "Preference-Applied": "respond-async", "Retry-After": "1"}
    body = json.dumps(facts_of(job), ensure_ascii=False).encode("utf-8", "replace")
    return Response(body, 202, {**headers, **place}, media_type=JSON_TYPE)


async def webhook_body(service: Service, hook: WebhookRecord) -> bytes:
    """What a webhook says of its job: with links, never with the pictures themselves.

    Raises RouteNotFound when there is no such job, Unavailable while its end is not known here.
    """
    record = await service.job_log.store.find(hook.job_id, hook.key_id)
    job = await service.lookup.find(hook.job_id, hook.key_id)
    if record is None or job is None:
        raise RouteNotFound
    if not job.ended:
        raise Unavailable
    data: dict[str, JSON] = {"url": f"{hook.base_url}{JOBS_PATH}/{job.id}"}
    if job.request.delivery == "url":
        parts = await job_parts(service, job, Links(service, hook.base_url))
        data |= json.loads(b"".join(chunks_of(parts)))
    else:
        data |= facts_of(job)
    return body_of(state_of(job), record.ended_at or service.clock(), data)
