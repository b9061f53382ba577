"""Two servers on one PostgreSQL: a job of one is read, followed, cancelled and taken over on the other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from limner.assembly import make_service, running
from limner.config import load_settings
from limner.engines.fake import FakeEngine
from limner.jobs.events import Cancelled, Done, JobEvent, PictureStored, Started
from limner.jobs.job import Job, Terms
from limner.keys import Key
from limner.recovery import DEAD_AFTER_S, Recovery
from limner.service import Service
from limner.types import Ask

KEY = Key("tester")
ASK = Ask(
    model="doubao-seedream-4-0-250828",
    prompt="a cat",
    size="1280x720",
    watermark=False,
    sent={"prompt": "a cat"},
)
SERIES = replace(ASK, series="auto", max_pictures=3)
ASYNC = Terms(detached=True)
KEYED = Terms(idempotency_key="once")
DEADLINE_S = 30


@dataclass
class Server:
    """One of the two, with its engine, which makes a picture for each step."""

    service: Service
    engine: FakeEngine

    def step(self, count: int = 1) -> None:
        assert self.engine.steps is not None
        for _ in range(count):
            self.engine.steps.release()

    async def found(self, job: Job) -> Job:
        again = await self.service.lookup.find(job.id, job.key_id)
        assert again is not None
        return again


@asynccontextmanager
async def server(folder: Path, url: str) -> AsyncIterator[Server]:
    """One of them; pictures lie in a folder that both see."""
    engine = FakeEngine(steps=asyncio.Semaphore(0))
    settings = load_settings(
        {"data_dir": folder, "database_url": url, "engine": "fake", "worker_processes": 0}, env={}
    )
    service = make_service(settings, engines={"fake": engine})
    async with running(service):
        yield Server(service, engine)


@pytest.fixture
async def two(tmp_path: Path, postgres_url: str) -> AsyncIterator[tuple[Server, Server]]:
    (tmp_path / "a").mkdir(mode=0o700)
    (tmp_path / "b").mkdir(mode=0o700)
    (tmp_path / "pictures").mkdir(mode=0o700)
    for name in ("a", "b"):
        (tmp_path / name / "pictures").symlink_to(tmp_path / "pictures")
    async with asyncio.timeout(DEADLINE_S):
        async with server(tmp_path / "a", postgres_url) as one, server(tmp_path / "b", postgres_url) as other:
            yield one, other


async def until(job: Job, kind: type[JobEvent]) -> None:
    async for event in job.follow():
        if isinstance(event, kind):
            return
    raise AssertionError(f"it ended without {kind.__name__}: {job.events}")


async def billed(on: Server) -> int:
    [row] = await on.service.usage.report((), 0, 1e12)
    return row.pictures


async def test_a_job_is_read_and_followed_on_the_other_server(two: tuple[Server, Server]) -> None:
    one, other = two
    job = await one.service.submit(SERIES, KEY, terms=ASYNC)
    seen = await other.found(job)
    assert not seen.ended
    one.step()
    await until(seen, PictureStored)
    assert not seen.ended and seen.started
    one.step(2)
    assert await seen.wait() == await job.wait()
    assert seen.pictures == job.pictures
    assert not other.engine.requests
    read_back = await other.found(job)
    assert (read_back.pictures, read_back.final) == (job.pictures, job.final)
    for mine, theirs in zip(_stored(job), _stored(read_back), strict=True):
        bytes_here = await one.service.picture_bytes(job, mine)
        assert await other.service.picture_bytes(read_back, theirs) == bytes_here


def _stored(job: Job) -> list[PictureStored]:
    return [event for event in job.pictures if isinstance(event, PictureStored)]


async def test_readers_on_the_other_server_share_one_look(two: tuple[Server, Server]) -> None:
    one, other = two
    job = await one.service.submit(ASK, KEY, terms=ASYNC)
    seen = await asyncio.gather(*(other.found(job) for _ in range(5)))
    assert len({id(each) for each in seen}) == 1
    assert await other.service.lookup.find(job.id, "stranger") is None
    one.step()
    assert isinstance(await seen[0].wait(), Done)


async def test_a_reader_who_leaves_there_cancels_nothing_here(two: tuple[Server, Server]) -> None:
    one, other = two
    job = await one.service.submit(ASK, KEY, terms=ASYNC)
    seen = await other.found(job)
    with seen.read_by_client():
        pass
    one.step()
    assert isinstance(await job.wait(), Done)


async def test_a_job_is_cancelled_on_the_other_server(two: tuple[Server, Server]) -> None:
    one, other = two
    job = await one.service.submit(SERIES, KEY, terms=ASYNC)
    one.step()
    await until(job, PictureStored)
    seen = await other.found(job)
    await other.service.cancel(seen)
    assert await job.wait() == Cancelled("asked")
    assert await seen.wait() == Cancelled("asked")
    assert one.engine.closed_early == 1
    assert await billed(other) == 1


async def test_twins_that_are_sent_to_both_make_one_job(two: tuple[Server, Server]) -> None:
    one, other = two
    for server_ in two:
        server_.step(9)
    jobs = await asyncio.gather(*(two[turn % 2].service.submit(ASK, KEY, terms=KEYED) for turn in range(10)))
    finals = await asyncio.gather(*(job.wait() for job in jobs))
    assert {type(final) for final in finals} == {Done}
    assert len({job.id for job in jobs}) == 1
    assert len(one.engine.requests) + len(other.engine.requests) == 1
    assert await billed(one) == 1


async def test_a_failed_job_that_both_are_asked_for_again_runs_on_one(two: tuple[Server, Server]) -> None:
    one, other = two
    job = await one.service.submit(ASK, KEY, terms=KEYED)
    await until(job, Started)
    job.cancel()
    await job.wait()
    for server_ in two:
        server_.step(9)
    jobs = await asyncio.gather(*(each.service.submit(ASK, KEY, terms=KEYED) for each in two))
    assert [type(await each.wait()) for each in jobs] == [Done, Done]
    assert {each.id for each in jobs} == {job.id}
    assert len(one.engine.requests) + len(other.engine.requests) == 2
    assert await billed(one) == 1


@pytest.mark.parametrize(("silent_s", "is_taken"), [(DEAD_AFTER_S - 5, False), (DEAD_AFTER_S + 1, True)])
async def test_jobs_of_a_server_that_was_not_seen_for_long_are_taken_over(
    two: tuple[Server, Server], silent_s: float, is_taken: bool
) -> None:
    """The first server is cut off: it neither tells that it lives nor gets anything done."""
    one, other = two
    job = await one.service.submit(SERIES, KEY, terms=ASYNC)
    plain = await one.service.submit(ASK, KEY, terms=KEYED)
    one.step()
    await until(job, PictureStored)
    store = one.service.job_log.store
    await store.beat(await store.now() - silent_s)
    await Recovery(other.service).beat()
    assert (job.id in other.service.jobs) == is_taken
    if is_taken:
        other.step(9)
        again = await other.found(job)
        assert isinstance(await again.wait(), Done)
        assert [request.indexes for request in other.engine.requests] == [(1, 2)]
        assert (await other.found(plain)).final == Cancelled("stopping")
        assert await billed(other) == 3
