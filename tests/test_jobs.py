"""Jobs and their queue: what a log says to whoever reads it, and who may wait."""

from __future__ import annotations

import asyncio
import re

import pytest

from limner.errors import InternalError, ServerOverloaded
from limner.jobs import (
    Cancelled,
    Done,
    Failed,
    Fetched,
    FinalEvent,
    Job,
    JobEvent,
    PictureStored,
    Progressed,
    Queue,
    Queued,
    Started,
    Usage,
    new_request_id,
)
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
    usage = Usage()
    for _ in range(3):
        usage = usage.plus(Size(15, 17))  # 255 pixels: one alone is no token
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
    usage = Usage()
    for _ in range(count):
        usage = usage.plus(Size(width, height))
    assert usage.output_tokens == tokens


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


@pytest.mark.parametrize(("slots", "queue_limit"), [(1, 0), (1, 2), (3, 0), (2, 5)])
async def test_the_queue_is_full_after_its_slots_and_its_limit(slots: int, queue_limit: int) -> None:
    queue = Queue(slots, queue_limit)
    places = [queue.admit() for _ in range(slots + queue_limit)]
    assert [place.ahead for place in places] == [0] * slots + list(range(1, queue_limit + 1))
    with pytest.raises(ServerOverloaded) as refusal:
        queue.admit()
    assert refusal.value.retry_after_s is not None and refusal.value.retry_after_s >= 1
    queue.leave()
    queue.admit()
    with pytest.raises(ServerOverloaded):
        queue.admit()


async def test_the_longer_the_queue_the_later_one_is_told_to_come_again() -> None:
    waits = []
    for limit in (0, 9, 99):
        queue = Queue(1, limit)
        for _ in range(1 + limit):
            queue.admit()
        with pytest.raises(ServerOverloaded) as refusal:
            queue.admit()
        waits.append(refusal.value.retry_after_s or 0)
    assert 1 <= waits[0] < waits[1] < waits[2]


async def test_slots_are_given_in_the_order_of_asking_and_no_more_than_there_are() -> None:
    queue = Queue(2, 10)
    order: list[int] = []
    running: set[int] = set()
    most = 0

    async def work(number: int) -> None:
        nonlocal most
        async with queue.slot():
            order.append(number)
            running.add(number)
            most = max(most, len(running))
            await asyncio.sleep(0)
            running.remove(number)

    await asyncio.gather(*(work(number) for number in range(9)))
    assert order == list(range(9))
    assert most == 2


async def test_a_slot_comes_back_from_work_that_failed_or_was_cancelled() -> None:
    queue = Queue(1, 10)
    with pytest.raises(ZeroDivisionError):
        async with queue.slot():
            _ = 1 / 0
    forever = asyncio.Event()

    async def hold() -> None:
        async with queue.slot():
            await forever.wait()

    holding, waiting = asyncio.create_task(hold()), asyncio.create_task(hold())
    await asyncio.sleep(0)
    waiting.cancel()
    holding.cancel()
    await asyncio.gather(holding, waiting, return_exceptions=True)
    async with asyncio.timeout(5), queue.slot():
        pass
