"""A job and its events as rows of the ledger, and back.

It knows neither engines nor HTTP, nor when a row is written: that is job_log.py. No base64 goes into a row.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, TypeVar, cast

from limner.errors import RequestError
from limner.jobs.events import (
    Cancelled,
    Done,
    Failed,
    Fetched,
    FinalEvent,
    PictureRefused,
    PictureStored,
    Queued,
    Started,
    Usage,
)
from limner.jobs.job import Job
from limner.ledger.records import EndRecord, ErrorRecord, JobRecord, JobState, PictureRecord
from limner.references import is_link
from limner.safety import PromptVerdict
from limner.types import JSON, ImageRequest, Size, SizeRule

T = TypeVar("T")
STATES: Mapping[type[FinalEvent], JobState] = {Done: "done", Failed: "failed", Cancelled: "cancelled"}
"""What the state of a job is called that ended so."""
_PLAIN_FIELDS = (
    "prompt",
    "seed",
    "guidance_scale",
    "count",
    "series",
    "watermark",
    "output_format",
    "delivery",
    "prompt_mode",
    "tools",
    "stream",
    "partial_images",
    "ignored",
    "engine_options",
)
"""Of a request, what goes into its row as it is."""
_DATA_URI = re.compile(r"data:[^,;\s]{0,64};base64,[A-Za-z0-9+/=_-]*")
_BARE_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{256,}={0,2}")
_IS_LINK = re.compile(r"https?://", re.IGNORECASE)
_MAX_SENT_TEXT = 4096
_MAX_LINK = 65_536


def to_row(job: Job) -> Mapping[str, JSON]:
    """All that is needed to run the job again; references that are not URLs go by the names of inputs."""
    request = job.request
    size = request.size
    row: dict[str, Any] = {name: getattr(request, name) for name in _PLAIN_FIELDS}
    row["size"] = [size.width, size.height] if isinstance(size, Size) else size.preset
    row["images"] = [_link(image) for image in request.images]
    row["sent"] = without_base64(dict(request.sent))
    row["verdict"] = _given(**asdict(job.prompt_verdict))
    row["prompt"] = without_base64(request.prompt)
    return cast(Mapping[str, JSON], row)


def stored_row(job: Job, event: PictureStored, size_bytes: int) -> PictureRecord:
    """The row of a picture that is in storage, next in the job's log."""
    return PictureRecord(
        job_id=job.id,
        index=event.index,
        number=len(job.pictures) + 1,
        key_id=job.key_id,
        at=event.at,
        name=event.name,
        media_type=event.media_type,
        width=event.size.width,
        height=event.size.height,
        seed=event.seed,
        bytes=size_bytes,
        facts=_given(
            description=event.description or None,
            revised_prompt=event.revised_prompt,
            filter_results=_plain(event.filter_results),
        ),
    )


def refused_row(job: Job, event: PictureRefused) -> PictureRecord:
    """The row of a picture that was refused or could not be made, next in the job's log."""
    return PictureRecord(
        job_id=job.id,
        index=event.index,
        number=len(job.pictures) + 1,
        key_id=job.key_id,
        at=event.at,
        error=to_error_row(event.error),
    )


def end_row(job: Job, final: FinalEvent, at: float) -> EndRecord:
    """How the job ended, and what it delivered."""
    used = final.usage if isinstance(final, Done) else job.usage
    error = None if isinstance(final, Done) else to_error_row(final.error)
    stages = {name: round(seconds, 6) for name, seconds in job.stage_s.items()}
    return EndRecord(job.id, STATES[type(final)], at, error, stages, used.generated_images, used.pixels)


def _link(image: str | bytes) -> str | None:
    return without_base64(image)[:_MAX_LINK] if isinstance(image, str) and is_link(image) else None


def request_of(record: JobRecord) -> ImageRequest:
    """The request behind a row; b"" is a reference that was no link, which References.kept() gives.

    Of one that is forgotten only the id, the names and the defaults are left.
    """
    row = cast(dict[str, Any], dict(record.request or {}))
    size = row.get("size", [0, 0])
    plain: dict[str, Any] = {"prompt": "", "seed": 0}
    plain |= {name: row[name] for name in _PLAIN_FIELDS if name in row}
    for name in ("tools", "ignored"):
        plain[name] = tuple(plain.get(name, ()))
    return ImageRequest(
        id=record.id,
        model=record.model,
        card=record.card,
        size=SizeRule(size) if isinstance(size, str) else Size(*size),
        images=tuple(image or b"" for image in row.get("images", ())),
        sent=row.get("sent", {}),
        **plain,
    )


def restore(record: JobRecord, pictures: Sequence[PictureRecord]) -> Job:
    """A job with the log that its rows tell of: the milestones, and how far it had come."""
    verdict = cast(dict[str, Any], dict(record.request or {})).get("verdict") or {}
    job = Job(
        request_of(record),
        record.key_id,
        record.engine,
        created_at=record.created_at,
        detached=record.detached,
        prompt_verdict=PromptVerdict(**verdict),
        stage_s=dict(record.stages or {}),
    )
    job.append(Queued(0))
    for picture in pictures:
        job.append(picture_event(picture))
    if record.ended:
        if isinstance(job.request.size, Size):
            job.append(Fetched(job.request.size))
        job.append(_final_event(record))
    elif record.state == "running":
        job.append(Started())
    return job


def picture_event(record: PictureRecord) -> PictureStored | PictureRefused:
    """The event that a picture's row tells of."""
    if record.name is None:
        assert record.error is not None, f"neither stored nor refused: {record}"
        return PictureRefused(record.index, of_error_row(record.error), record.at)
    facts = cast(dict[str, Any], dict(record.facts or {}))
    return PictureStored(
        index=record.index,
        name=record.name,
        media_type=record.media_type or "",
        size=Size(record.width, record.height),
        seed=record.seed or 0,
        at=record.at,
        description=facts.get("description", ""),
        revised_prompt=facts.get("revised_prompt"),
        filter_results=facts.get("filter_results"),
        is_deleted=record.deleted_at is not None,
    )


def _final_event(record: JobRecord) -> FinalEvent:
    if record.state == "done":
        return Done(Usage(record.pictures, record.pixels), record.ended_at or 0.0)
    if record.state == "cancelled":
        stopping = record.error is not None and record.error.status == 503
        return Cancelled("stopping" if stopping else "asked")
    assert record.error is not None, f"failed without a reason: {record.id}"
    return Failed(of_error_row(record.error))


def to_error_row(error: RequestError) -> ErrorRecord:
    message = _bounded(without_base64(error.message))
    return ErrorRecord(error.code, message, error.param, error.status, error.type)


def of_error_row(row: ErrorRecord) -> RequestError:
    """An error that looks to a client as the one did that was written down."""
    error = RequestError(row.message, param=row.param)
    error.code, error.status, error.type = row.code, row.status, row.type
    return error


def without_base64(value: T) -> T:
    """The same JSON with data URIs, bare base64 and very long texts shortened: pictures do not belong in a
    database. Links stay as they are, signatures included."""
    if isinstance(value, str):
        text = _DATA_URI.sub("data:", value)
        return cast(T, text if _IS_LINK.match(text) else _BARE_BASE64.sub("", text))
    if isinstance(value, dict):
        return cast(T, {name: _bounded(without_base64(item)) for name, item in value.items()})
    if isinstance(value, list | tuple):
        return cast(T, [_bounded(without_base64(item)) for item in value])
    return value


def _bounded(value: T) -> T:
    return cast(T, value[:_MAX_SENT_TEXT]) if isinstance(value, str) else value


def _given(**values: object) -> Mapping[str, JSON] | None:
    given = {name: value for name, value in values.items() if value is not None}
    return cast(Mapping[str, JSON], given) or None


def _plain(results: Mapping[str, Mapping[str, object]] | None) -> dict[str, dict[str, object]] | None:
    return {name: dict(result) for name, result in results.items()} if results is not None else None
