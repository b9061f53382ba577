"""Rows and logs: what is read back is what was told, and no picture hides in a row."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from limner.config import Settings
from limner.errors import DeadlineExceeded, InvalidParameter, ModelNotFound, SensitiveOutputImage
from limner.jobs.events import (
    Cancelled,
    Done,
    Failed,
    FinalEvent,
    PictureRefused,
    PictureStored,
    Queued,
    Started,
    Usage,
)
from limner.jobs.job import Job, new_request_id
from limner.jobs.job_log import JobLog
from limner.jobs.records import of_error_row, request_of, restore, to_error_row, to_row, without_base64
from limner.ledger.jobs import JobStore
from limner.ledger.opening import open_database
from limner.safety import PromptVerdict
from limner.types import JSON, ImageRequest, Size, SizeRule

NOW = 1_757_396_757.25
BASE64 = base64.b64encode(bytes(range(256)) * 8).decode()
DATA_URI = f"data:image/png;base64,{BASE64}"
PLAIN = ImageRequest(new_request_id(NOW), "team-cats", "m-4", "eine Katze 🐈", Size(64, 48), seed=7)
FULL = replace(
    PLAIN,
    size=SizeRule("2K"),
    images=("https://host/x.png?sig=abc",),
    guidance_scale=2.5,
    count=4,
    series=True,
    watermark=False,
    output_format="png",
    delivery="b64_json",
    prompt_mode="fast",
    tools=("web_search",),
    stream=True,
    partial_images=2,
    ignored=("n", "user"),
    engine_options={"fake": "delay_s=0"},
    sent={"prompt": "eine Katze 🐈", "n": 3},
)
STORED = PictureStored(
    0,
    f"{PLAIN.id}_0.png",
    "image/png",
    Size(64, 48),
    seed=7,
    at=NOW + 1,
    description="a cat",
    revised_prompt="a kind cat",
    filter_results={"violence": {"filtered": False, "severity": "safe"}},
)
REFUSED = PictureRefused(1, SensitiveOutputImage("no", param="x"), at=NOW + 2)


def job_of(request: ImageRequest = PLAIN, **facts: Any) -> Job:
    return Job(request, "key", "fake", created_at=NOW, **facts)


async def through_the_ledger(folder: Path, job: Job, *events: Any) -> Job:
    """The job as another process reads it, after its events were written down one by one."""
    async with open_database(Settings(data_dir=folder)) as database:
        log = JobLog(JobStore(database, "one"))
        await log.opened(job, job.request.card, 60.0, at_once=True)
        for event in events:
            if isinstance(event, PictureStored):
                await log.stored(job, event, 1234)
            elif isinstance(event, PictureRefused):
                await log.refused(job, event)
            elif isinstance(event, Started):
                log.started(job, NOW)
            else:
                await log.ended(job, event, event.at if isinstance(event, Done) else NOW + 3)
            job.append(event)
        record = await log.store.find(job.id)
        assert record is not None
        return restore(record, await log.store.pictures(job.id))


@pytest.mark.parametrize("request_", [PLAIN, FULL])
async def test_a_request_is_read_back_as_it_was(tmp_path: Path, request_: ImageRequest) -> None:
    assert (await through_the_ledger(tmp_path, job_of(request_))).request == request_


async def test_references_that_are_no_links_are_left_out_of_the_row(tmp_path: Path) -> None:
    request = replace(FULL, images=(b"bytes", DATA_URI, "http://host/y.png"))
    row = to_row(job_of(request))
    assert row["images"] == [None, None, "http://host/y.png"]
    again = await through_the_ledger(tmp_path, job_of(request))
    assert again.request.images == (b"", b"", "http://host/y.png")


async def test_a_log_is_read_back_with_what_became_of_each_picture(tmp_path: Path) -> None:
    done = Done(Usage(1, 64 * 48), NOW + 3)
    job = job_of(replace(PLAIN, count=2), detached=True, stage_s={"fetch": 0.25})
    again = await through_the_ledger(tmp_path, job, Started(), STORED, REFUSED, done)
    stored, refused = again.pictures
    assert stored == STORED
    assert isinstance(refused, PictureRefused)
    assert (refused.index, refused.at) == (1, NOW + 2)
    for name in ("code", "message", "param", "status", "type"):
        assert getattr(refused.error, name) == getattr(REFUSED.error, name)
    assert again.final == done
    assert (again.id, again.key_id, again.engine) == (job.id, "key", "fake")
    assert (again.created_at, again.detached, again.stage_s) == (NOW, True, {"fetch": 0.25})


@pytest.mark.parametrize(
    "final",
    [Done(Usage(), NOW), Cancelled("asked"), Cancelled("stopping"), Failed(DeadlineExceeded("late"))],
)
async def test_an_end_is_read_back(tmp_path: Path, final: FinalEvent) -> None:
    again = await through_the_ledger(tmp_path, job_of(), final)
    assert type(again.final) is type(final)
    if isinstance(final, Done):
        assert again.final == final
    elif isinstance(again.final, Failed | Cancelled):
        told, wanted = again.final.error, final.error
        assert (told.status, told.code, told.message) == (wanted.status, wanted.code, wanted.message)


async def test_a_job_whose_clients_left_was_cancelled(tmp_path: Path) -> None:
    assert (await through_the_ledger(tmp_path, job_of(), Cancelled("left"))).final == Cancelled("asked")


async def test_a_job_that_has_not_ended_is_read_back_as_far_as_it_is(tmp_path: Path) -> None:
    queued = await through_the_ledger(tmp_path / "a", job_of(detached=True))
    assert queued.events == (Queued(0),)
    request = replace(PLAIN, id=new_request_id(NOW))
    job = job_of(request, detached=True)
    begun = await through_the_ledger(tmp_path / "b", job, Started(), STORED)
    assert begun.started and not begun.ended
    assert begun.pictures == (STORED,)


async def test_a_deleted_picture_is_read_back_as_one(tmp_path: Path) -> None:
    job = job_of()
    await through_the_ledger(tmp_path, job, STORED)
    async with open_database(Settings(data_dir=tmp_path)) as database:
        store = JobStore(database, "one")
        await store.mark_deleted(job.id, None, NOW + 9)
        record = await store.find(job.id)
        assert record is not None
        [picture] = restore(record, await store.pictures(job.id)).pictures
    assert picture == replace(STORED, is_deleted=True)


async def test_a_verdict_on_the_prompt_is_read_back(tmp_path: Path) -> None:
    verdict = PromptVerdict("a kind cat", {"violence": {"filtered": False}})
    again = await through_the_ledger(tmp_path, job_of(prompt_verdict=verdict))
    assert again.prompt_verdict == verdict


async def test_of_a_forgotten_request_the_names_are_left(tmp_path: Path) -> None:
    job = job_of(FULL)
    await through_the_ledger(tmp_path, job, Done(Usage(), NOW))
    async with open_database(Settings(data_dir=tmp_path)) as database:
        store = JobStore(database, "one")
        assert await store.forget(NOW + 1) == 1
        record = await store.find(job.id)
    assert record is not None
    request = request_of(record)
    assert (request.id, request.model, request.card, request.prompt) == (job.id, "team-cats", "m-4", "")


def test_an_error_looks_the_same_after_it_was_written_down() -> None:
    error = InvalidParameter.named("size", "too small")
    again = of_error_row(to_error_row(error))
    for name in ("code", "message", "param", "status", "type"):
        assert getattr(again, name) == getattr(error, name)


@pytest.mark.parametrize(
    "value",
    [
        DATA_URI,
        f"see {DATA_URI} there",
        DATA_URI.replace("image/png", ""),
        DATA_URI.replace("+", "-").replace("/", "_"),
        BASE64,
        {"mask": DATA_URI, "deep": [{"er": [DATA_URI, {"bare": BASE64}]}]},
        [BASE64, 1, None, True, "text"],
        f"data:image/png;charset=utf-8;base64,{BASE64}",
    ],
)
def test_no_base64_is_left_in_what_goes_into_a_row(value: JSON) -> None:
    left = json.dumps(without_base64(value))
    assert BASE64[:60] not in left and BASE64[-60:] not in left
    assert BASE64[:60].replace("+", "-").replace("/", "_") not in left


@pytest.mark.parametrize(
    "value",
    [
        "a cat, 一只猫, 🐈 " * 200,
        "https://bucket.host/x.png?X-Amz-Security-Token=" + BASE64.replace("+", "%2B"),
        {"n": 3, "seed": -1, "user": "u" * 200, "tools": [{"type": "web_search"}]},
        "data: base64, and other words",
        None,
    ],
)
def test_what_is_no_picture_stays_as_it_is(value: JSON) -> None:
    assert without_base64(value) == value


def test_very_long_texts_are_cut_but_for_the_prompt() -> None:
    text = "word " * 2000
    assert without_base64({"user": text}) == {"user": text[:4096]}
    assert to_row(job_of(replace(PLAIN, prompt=text)))["prompt"] == text


async def test_a_model_s_name_brings_no_picture_into_the_ledger(tmp_path: Path) -> None:
    async with open_database(Settings(data_dir=tmp_path)) as database:
        log = JobLog(JobStore(database, "one"))
        log.refused_at_once(PLAIN.id, "key", DATA_URI, None, ModelNotFound.named(DATA_URI), NOW)
    async with open_database(Settings(data_dir=tmp_path)) as database:
        record = await JobStore(database, "one").find(PLAIN.id)
    assert record is not None and record.error is not None
    assert record.state == "refused"
    assert BASE64[:60] not in record.model + record.error.message
