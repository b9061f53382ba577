"""Jobs: what a log says to whoever reads it, who may leave, and what a second run begins with."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace

import pytest

from limner.errors import InternalError, InvalidParameter, JobCancelled, SensitiveOutputImage, Unavailable
from limner.jobs.events import (
    Cancelled,
    Done,
    Failed,
    Fetched,
    FinalEvent,
    JobEvent,
    PictureRefused,
    PictureStored,
    Progressed,
    Queued,
    Started,
    Usage,
)
from limner.jobs.job import Job, new_request_id
from limner.types import ImageRequest, Size


def new_job() -> Job:
    request = ImageRequest(new_request_id(0.0), "m", "m-1", "a cat", Size(64, 64), seed=1)
    return Job(request, key_id="k", engine="fake")


def stored(index: int) -> PictureStored:
    return PictureStored(index, f"{index}.png", "image/png", Size(64, 64), seed=index, at=1.0)


LIFE: tuple[JobEvent, ...] = (
    Queued(0),
    Fetched(Size(64, 64)),
    Started(),
    Progressed(0, 1, 2),
    stored(0),
    Done(Usage(1, 4096), at=2.0),
)


async def read(job: Job, start: int = 0) -> list[JobEvent]:
    return [event async for event in job.follow(start)]


async def test_readers_early_and_late_see_the_same_log() -> None:
    job = new_job()
    early = [asyncio.create_task(read(job)) for _ in range(2)]
    await asyncio.sleep(0)
    for event in LIFE[:3]:
        job.append(event)
    between = asyncio.create_task(read(job))
    await asyncio.sleep(0)
    for event in LIFE[3:]:
        job.append(event)
    assert await asyncio.gather(*early, between, read(job)) == [list(LIFE)] * 4
    assert job.events == LIFE


async def test_a_reader_sees_each_event_as_it_is_written() -> None:
    job = new_job()
    events = job.follow()
    for event in LIFE:
        job.append(event)
        assert await anext(events) == event
    with pytest.raises(StopAsyncIteration):
        await anext(events)


async def test_a_reader_who_came_back_goes_on_where_it_left_off() -> None:
    job = new_job()
    for event in LIFE:
        job.append(event)
    assert await read(job, start=4) == list(LIFE[4:])
    assert await read(job, start=len(LIFE)) == []


async def test_a_reader_who_leaves_disturbs_nobody() -> None:
    job = new_job()
    leaving, staying = (asyncio.create_task(read(job)) for _ in range(2))
    await asyncio.sleep(0)
    leaving.cancel()
    for event in LIFE:
        job.append(event)
    assert await staying == list(LIFE)


@pytest.mark.parametrize("end", [Done(Usage(), at=1.0), Failed(InternalError()), Cancelled()])
def test_nothing_is_written_after_the_end(end: FinalEvent) -> None:
    job = new_job()
    job.append(Queued(0))
    ended_before = job.ended
    job.append(end)
    assert (ended_before, job.ended) == (False, True)
    with pytest.raises(AssertionError):
        job.append(Started())
    assert job.events == (Queued(0), end)


def test_usage_counts_pictures_and_rounds_their_pixels_once() -> None:
    usage = Usage.of([Size(15, 17)] * 3)  # 255 pixels: one alone is no token
    assert (usage.generated_images, usage.pixels, usage.output_tokens) == (3, 765, 2)


@pytest.mark.parametrize(
    ("width", "height", "count", "tokens"),
    [
        (2048, 2048, 1, 16384),
        (2720, 1536, 3, 48960),
        (1760, 2368, 1, 16280),
        (1248, 832, 1, 4056),
        (2496, 1664, 2, 32448),
        (1312, 736, 1, 3772),
    ],
)
def test_usage_agrees_with_the_documented_answers(width: int, height: int, count: int, tokens: int) -> None:
    assert Usage.of([Size(width, height)] * count).output_tokens == tokens


def test_a_request_id_has_the_form_of_upstream_s_and_says_when() -> None:
    now = 1_757_396_757.1234
    name = new_request_id(now)
    assert re.fullmatch(r"02\d{13}[0-9a-f]{38}", name)
    assert name[2:15] == "1757396757123"
    assert len({new_request_id(now) for _ in range(100)}) == 100


def test_the_time_of_a_stage_adds_up_and_counts_what_failed() -> None:
    job = new_job()
    with job.stage("finish"):
        pass
    first = job.stage_s["finish"]
    with pytest.raises(ZeroDivisionError), job.stage("finish"):
        _ = 1 / 0
    assert job.stage_s["finish"] > first > 0


async def forever() -> Usage:
    await asyncio.Event().wait()
    raise AssertionError("never")


def working(job: Job) -> asyncio.Task[Usage]:
    work = asyncio.create_task(forever())
    job.runs_as(work)
    return work


async def test_the_last_reader_who_leaves_takes_the_job_along() -> None:
    job = new_job()
    work = working(job)
    job.arrive()
    job.arrive()
    job.leave()
    assert not work.cancelling()
    job.leave()
    await asyncio.wait({work})
    assert job.outcome(work, 1.0) == Cancelled("left")


async def test_a_job_that_goes_on_without_clients_is_not_cancelled_by_them() -> None:
    job = new_job()
    job.detached = True
    work = working(job)
    with job.read_by_client():
        pass
    assert not work.cancelling()
    job.cancel()
    await asyncio.wait({work})


async def test_who_leaves_after_the_end_cancels_nothing() -> None:
    job = new_job()
    work = working(job)
    job.arrive()
    job.append(Done(Usage(), at=1.0))
    job.leave()
    assert not work.cancelling()
    work.cancel()
    await asyncio.wait({work})


async def test_the_first_reason_to_cancel_is_the_one_that_counts() -> None:
    job = new_job()
    work = working(job)
    job.cancel("asked")
    assert job.is_stopping
    job.cancel("stopping")
    await asyncio.wait({work})
    assert job.outcome(work, 1.0) == Cancelled("asked")
    job.append(Cancelled("asked"))
    assert not job.is_stopping


def test_who_still_waits_is_told_whether_to_come_again() -> None:
    assert isinstance(Cancelled("asked").error, JobCancelled)
    assert isinstance(Cancelled("left").error, JobCancelled)
    assert isinstance(Cancelled("stopping").error, Unavailable)


async def _result() -> Usage:
    return Usage(1, 2)


async def _refusal() -> Usage:
    raise InvalidParameter.named("image")


async def _fault() -> Usage:
    raise ZeroDivisionError("a secret of the machine")


async def test_the_end_of_the_work_is_the_end_of_the_log() -> None:
    job = new_job()
    tasks = [asyncio.create_task(work()) for work in (_result, _refusal, _fault)]
    await asyncio.wait(tasks)
    done, refused, broken = (job.outcome(task, 5.0) for task in tasks)
    assert done == Done(Usage(1, 2), 5.0)
    assert isinstance(refused, Failed) and isinstance(refused.error, InvalidParameter)
    assert isinstance(broken, Failed) and broken.error.message == InternalError.default_message


def test_time_never_runs_backwards_in_a_log() -> None:
    job = new_job()
    job.created_at = 100.0
    assert (job.time_at(99.0), job.time_at(101.0)) == (100.0, 101.0)
    job.append(replace(stored(0), at=150.0))
    assert (job.time_at(20.0), job.time_at(151.0)) == (150.0, 151.0)


async def test_waiting_for_a_job_is_waiting_for_its_end() -> None:
    job = new_job()
    waiting = asyncio.create_task(job.wait())
    for event in LIFE[:-1]:
        job.append(event)
        await asyncio.sleep(0)
        assert not waiting.done()
    job.append(LIFE[-1])
    assert await waiting == LIFE[-1] == await job.wait()


def interrupted() -> Job:
    job = new_job()
    refused = PictureRefused(1, SensitiveOutputImage(), at=1.5)
    for event in (Queued(3), Started(), stored(0), refused, Progressed(2, 1, 2), Cancelled("stopping")):
        job.append(event)
    return job


def test_a_second_run_begins_with_what_became_of_the_pictures() -> None:
    first = interrupted()
    again = first.resumed((b"picture",), detached=True)
    assert again.events == first.pictures
    assert (again.id, again.created_at, again.detached) == (first.id, first.created_at, True)
    assert again.request.images == (b"picture",)
    assert not again.ended
    assert again.usage == Usage(1, 4096)


def test_a_second_run_may_try_again_what_was_refused() -> None:
    assert interrupted().resumed((), detached=False, refused_again=True).events == (stored(0),)
