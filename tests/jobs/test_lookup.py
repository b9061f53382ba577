"""Jobs by id, wherever they are at work: each comes as a log that grows until its end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from limner.config import Settings
from limner.errors import InternalError, InvalidParameter, Unavailable
from limner.jobs.events import (
    Cancelled,
    Done,
    Failed,
    FinalEvent,
    JobEvent,
    PictureRefused,
    PictureStored,
    Started,
    Usage,
)
from limner.jobs.job import Job, new_request_id
from limner.jobs.job_log import JobLog
from limner.jobs.lookup import Lookup
from limner.ledger.jobs import JobStore
from limner.ledger.opening import open_database
from limner.ledger.records import JobRecord
from limner.types import ImageRequest, Size

NOW = 1_800_000_000.0
SIZE = Size(64, 64)
BOUND_S = 20


@dataclass
class World:
    """Another server's books, and a look-up of ours. live: what is at work here."""

    store: JobStore
    live: dict[str, Job] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.log = JobLog(self.store)
        self.lookup = Lookup(self.store, self.live)

    async def there(self, *, detached: bool = True) -> Job:
        """A job that another server has begun."""
        request = ImageRequest(new_request_id(NOW), "m", "m-1", "a cat", SIZE, seed=1, count=3)
        job = Job(request, "key", "fake", created_at=NOW, detached=detached)
        await self.log.opened(job, "m-1", 60.0, at_once=True)
        return job

    async def tell(self, job: Job, *events: JobEvent) -> None:
        """Go on with it, as that server does."""
        for event in events:
            if isinstance(event, PictureStored):
                await self.log.stored(job, event, 100)
            elif isinstance(event, PictureRefused):
                await self.log.refused(job, event)
            elif isinstance(event, FinalEvent):
                await self.log.ended(job, event, event.at if isinstance(event, Done) else NOW)
            else:
                self.log.started(job, NOW)
            job.append(event)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with asyncio.timeout(BOUND_S), open_database(Settings(data_dir=tmp_path)) as database:
        world = World(JobStore(database, "there"))
        yield world
        await world.lookup.close()


def stored(job: Job, index: int) -> PictureStored:
    return PictureStored(index, f"{job.id}_{index}.png", "image/png", SIZE, seed=1, at=NOW)


async def test_a_job_at_work_here_is_the_job_itself_and_its_key_s_alone(world: World) -> None:
    job = await world.there()
    world.live[job.id] = job
    assert await world.lookup.find(job.id, "key") is job
    assert await world.lookup.find(job.id, "stranger") is None


async def test_a_job_that_is_not_there_is_none(world: World) -> None:
    assert await world.lookup.find(new_request_id(NOW), "key") is None


async def test_a_request_that_was_refused_is_no_job(world: World) -> None:
    request_id = new_request_id(NOW)
    world.log.refused_at_once(request_id, "key", "m", None, InvalidParameter.named("size"), NOW)
    while await world.store.find(request_id) is None:
        await asyncio.sleep(0.001)
    assert await world.lookup.find(request_id, "key") is None


async def test_an_ended_job_is_read_back_whole(world: World) -> None:
    job = await world.there()
    refused = PictureRefused(1, InternalError(), NOW)
    await world.tell(job, stored(job, 0), refused, Done(Usage(1, SIZE.pixels), NOW + 1))
    found = await world.lookup.find(job.id, "key")
    assert found is not None
    assert (found.final, found.pictures[0], found.pictures[1].index) == (job.final, stored(job, 0), 1)
    assert await world.lookup.find(job.id, "stranger") is None


@pytest.mark.parametrize(
    "final", [Done(Usage(3, 3 * SIZE.pixels), NOW + 1), Failed(InternalError()), Cancelled()]
)
async def test_a_job_at_work_elsewhere_grows_as_that_server_writes(world: World, final: FinalEvent) -> None:
    job = await world.there()
    found = await world.lookup.find(job.id, "key")
    assert found is not None and not found.ended and not found.started
    events = found.follow(len(found.events))
    await world.tell(job, Started(), stored(job, 0))
    assert [type(await anext(events)).__name__ for _ in range(3)] == ["Fetched", "Started", "PictureStored"]
    await world.tell(job, stored(job, 1), stored(job, 2), final)
    rest = [event async for event in events]
    assert rest[:2] == [stored(job, 1), stored(job, 2)]
    assert type(rest[2]) is type(final) and len(rest) == 3


async def test_many_who_look_at_once_share_one_log(world: World) -> None:
    job = await world.there()
    found = await asyncio.gather(*(world.lookup.find(job.id, "key") for _ in range(10)))
    assert len({id(each) for each in found}) == 1
    assert await world.lookup.find(job.id, "stranger") is None
    await world.tell(job, Cancelled())
    assert found[0] is not None and await found[0].wait() == Cancelled()


async def test_a_job_that_is_taken_up_here_is_found_here(world: World) -> None:
    job = await world.there()
    watched = await world.lookup.find(job.id, "key")
    world.live[job.id] = job
    assert await world.lookup.find(job.id, "key") is job
    await world.tell(job, Cancelled())
    assert watched is not None and await watched.wait() == Cancelled()


async def test_who_still_reads_when_the_server_stops_is_told_so(world: World) -> None:
    found = await world.lookup.find((await world.there()).id, "key")
    await world.lookup.close()
    assert found is not None and found.final == Cancelled("stopping")


class Gone(JobStore):
    """Books that cannot be opened any more, once gone is set."""

    gone = False

    async def find(self, job_id: str, key_id: str | None = None) -> JobRecord | None:
        if self.gone:
            raise Unavailable
        return await super().find(job_id, key_id)


async def test_who_reads_when_the_database_goes_is_told_so(tmp_path: Path) -> None:
    async with asyncio.timeout(BOUND_S), open_database(Settings(data_dir=tmp_path)) as database:
        store = Gone(database, "there")
        world = World(store)
        found = await world.lookup.find((await world.there()).id, "key")
        store.gone = True
        assert found is not None
        final = await found.wait()
    assert isinstance(final, Failed) and isinstance(final.error, Unavailable)
