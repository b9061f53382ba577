"""Recovery: what a server that was killed or stopped had begun, and what the next one makes of it.

A crash is a copy of the server's folder, taken while nothing else in the process can move.
"""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pybase64

from limner.assembly import make_service, running
from limner.config import load_settings
from limner.engines.fake import FakeEngine, Script
from limner.errors import DeadlineExceeded, SensitiveOutputImage, Unavailable
from limner.jobs.events import Cancelled, Done, Failed, JobEvent, PictureRefused, PictureStored, Started
from limner.jobs.job import Job, Terms
from limner.keys import Key
from limner.ledger.jobs import JobStore
from limner.ledger.opening import open_database
from limner.ledger.records import JobRecord
from limner.recovery import Recovery
from limner.service import Service
from limner.types import Ask, Event, ImageRequest, Reference

V4 = "doubao-seedream-4-0-250828"
KEY = Key("tester")
ASK = Ask(model=V4, prompt="a cat", size="1280x720", watermark=False)
SERIES = replace(ASK, series="auto", max_pictures=3)
ASYNC = Terms(detached=True)
NOW = time.time()
DEADLINE_S = 20
PICTURE = cv2.imencode(".png", np.full((64, 96, 3), 200, np.uint8))[1].tobytes()
OTHER = cv2.imencode(".png", np.full((96, 64, 3), 90, np.uint8))[1].tobytes()
DATA_URI = "data:image/png;base64," + pybase64.b64encode(OTHER).decode()


class Watched(FakeEngine):
    """Remembers the references, too, and makes a picture for each step that it is given."""

    def __init__(self, free_steps: int = 0, script: Script | None = None) -> None:
        super().__init__(script, steps=asyncio.Semaphore(free_steps))
        self.references: list[tuple[Reference, ...]] = []

    async def generate(
        self, request: ImageRequest, references: Sequence[Reference]
    ) -> AsyncGenerator[Event, None]:
        self.references.append(tuple(references))
        async for event in super().generate(request, references):
            yield event


@dataclass
class Clock:
    now: float = NOW

    def __call__(self) -> float:
        return self.now


@dataclass
class World:
    """A folder in which one server after the other works."""

    folder: Path
    clock: Clock = field(default_factory=Clock)

    @asynccontextmanager
    async def server(self, made_by: FakeEngine | None = None, **settings: Any) -> AsyncIterator[Service]:
        values = {
            "data_dir": self.folder,
            "api_key": "k",
            "engine": "fake",
            "worker_processes": 0,
            **settings,
        }
        engines = {values["engine"]: made_by or FakeEngine()}
        service = make_service(load_settings(values, env={}), engines=engines, clock=self.clock)
        async with asyncio.timeout(DEADLINE_S), running(service):
            yield service

    def crashed(self) -> World:
        """The folder as it is at this moment, for the next server."""
        copy = self.folder.with_name(self.folder.name + "-crashed")
        shutil.copytree(self.folder, copy)
        return World(copy, self.clock)


def world_in(folder: Path) -> World:
    return World(folder / "data")


async def crash_after(world: World, job: Job, pictures: int) -> World:
    """The world as it is when so many pictures are told of, and nothing after that is written."""
    if pictures == 0:
        await until(job, Started)
    else:
        async for _ in job.follow():
            if len(job.pictures) == pictures:
                break
    return world.crashed()


async def until(job: Job, kind: type[JobEvent]) -> None:
    async for event in job.follow():
        if isinstance(event, kind):
            return
    raise AssertionError(f"it ended without {kind.__name__}: {job.events}")


async def found(service: Service, job: Job) -> Job:
    again = await service.lookup.find(job.id, job.key_id)
    assert again is not None
    return again


async def billed(service: Service) -> int:
    [row] = await service.usage.report((), 0, 1e12)
    return row.pictures


async def record_of(service: Service, job: Job) -> JobRecord:
    record = await service.job_log.store.find(job.id)
    assert record is not None
    return record


def files(world: World) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (world.folder / "pictures").rglob("*.*")}


async def test_a_series_goes_on_after_a_crash_with_its_seed_and_what_it_had(tmp_path: Path) -> None:
    world = world_in(tmp_path)
    async with world.server(first := Watched(2)) as service:
        job = await service.submit(SERIES, KEY, terms=ASYNC)
        crashed = await crash_after(world, job, 2)
        before = files(crashed)
    async with crashed.server(second := Watched(9)) as service:
        again = await found(service, job)
        assert isinstance(await again.wait(), Done)
        stored = [event for event in again.events if isinstance(event, PictureStored)]
        assert await billed(service) == 3
        after = files(crashed)
    assert [event.index for event in stored] == [0, 1, 2]
    assert [event.seed for event in stored] == [job.request.seed + index for index in range(3)]
    assert [request.indexes for request in second.requests] == [(2,)]
    assert second.requests[0].prompt == first.requests[0].prompt
    assert len(before) == 2 and after.items() >= before.items()


async def test_the_pictures_that_were_missing_are_the_same_as_without_a_crash(tmp_path: Path) -> None:
    world = world_in(tmp_path)
    async with world.server(engine := Watched(1)) as service:
        job = await service.submit(SERIES, KEY, terms=ASYNC)
        crashed = await crash_after(world, job, 1)
        for _ in range(2):
            assert engine.steps is not None
            engine.steps.release()
        await job.wait()
    async with crashed.server() as service:
        await (await found(service, job)).wait()
    assert files(world) == files(crashed) and len(files(world)) == 3


async def test_jobs_in_the_queue_run_after_a_crash_the_oldest_first(tmp_path: Path) -> None:
    world = world_in(tmp_path)
    async with world.server(Watched(), max_concurrent={"fake": 1}) as service:
        jobs = []
        for seed in range(4):
            jobs.append(await service.submit(replace(ASK, seed=seed), KEY, terms=ASYNC))
            world.clock.now += 1
        crashed = await crash_after(world, jobs[0], 0)
    async with crashed.server(engine := FakeEngine(max_in_flight=1)) as service:
        for job in jobs:
            assert isinstance(await (await found(service, job)).wait(), Done)
        assert await billed(service) == 4
    assert [request.seed for request in engine.requests] == [0, 1, 2, 3]


async def test_references_that_were_sent_along_are_found_again(tmp_path: Path) -> None:
    world = world_in(tmp_path)
    async with world.server(first := Watched()) as service:
        wanted = replace(SERIES, images=(PICTURE, DATA_URI))
        job = await service.submit(wanted, KEY, terms=ASYNC)
        crashed = await crash_after(world, job, 0)
        assert sorted(files(crashed)) == [f"{job.id}_in0.bin", f"{job.id}_in1.bin"]
    async with crashed.server(second := Watched(9)) as service:
        assert isinstance(await (await found(service, job)).wait(), Done)
        while [name for name in files(crashed) if name.endswith(".bin")]:
            await asyncio.sleep(0.001)
    assert second.references == first.references
    assert [reference.data for reference in second.references[0]] == [PICTURE, OTHER]


async def test_references_are_kept_no_longer_than_the_job_runs(tmp_path: Path) -> None:
    world = world_in(tmp_path)
    async with world.server() as service:
        job = await service.submit(replace(ASK, images=(PICTURE,)), KEY, terms=ASYNC)
        await job.wait()
        assert list(files(world)) == [f"{job.id}_0.jpeg"]
        plain = await service.submit(replace(ASK, images=(PICTURE,)), KEY)
        await until(plain, Started)
        assert not [name for name in files(world) if name.endswith(".bin")]
        await plain.wait()


async def test_a_job_whose_reference_is_lost_fails_and_says_so(tmp_path: Path) -> None:
    world = world_in(tmp_path)
    async with world.server(Watched(1)) as service:
        job = await service.submit(replace(SERIES, images=(PICTURE, DATA_URI)), KEY, terms=ASYNC)
        crashed = await crash_after(world, job, 1)
    next((crashed.folder / "pictures").rglob("*_in1.bin")).unlink()
    async with crashed.server() as service:
        final = await (await found(service, job)).wait()
        assert await billed(service) == 1
        while [name for name in files(crashed) if name.endswith(".bin")]:
            await asyncio.sleep(0.001)
    assert isinstance(final, Failed)
    assert final.error.status == 500 and "reference" in final.error.message


async def test_a_job_whose_client_is_gone_is_closed_and_pays_for_what_it_was_delivered(
    tmp_path: Path,
) -> None:
    world = world_in(tmp_path)
    async with world.server(Watched(1)) as service:
        job = await service.submit(SERIES, KEY)
        crashed = await crash_after(world, job, 1)
    async with crashed.server(engine := Watched()) as service:
        assert await (await found(service, job)).wait() == Cancelled("stopping")
        record = await record_of(service, job)
        assert (record.state, record.pictures, record.error and record.error.status) == ("cancelled", 1, 503)
        assert await billed(service) == 1
    assert not engine.requests


async def test_a_retry_after_a_crash_goes_on_with_a_plain_job(tmp_path: Path) -> None:
    world = world_in(tmp_path)
    keyed = Terms(idempotency_key="once")
    async with world.server(Watched(1)) as service:
        job = await service.submit(SERIES, KEY, terms=keyed)
        crashed = await crash_after(world, job, 1)
    async with crashed.server(engine := Watched(9)) as service:
        again = await service.submit(SERIES, KEY, terms=keyed)
        assert again.id == job.id
        assert isinstance(await again.wait(), Done)
        assert await billed(service) == 3
    assert [request.indexes for request in engine.requests] == [(1, 2)]


async def test_a_retry_right_after_a_crash_joins_the_job_that_goes_on(tmp_path: Path) -> None:
    world = world_in(tmp_path)
    keyed = Terms(detached=True, idempotency_key="once")
    async with world.server(Watched(1)) as service:
        job = await service.submit(SERIES, KEY, terms=keyed)
        crashed = await crash_after(world, job, 1)
    async with crashed.server(engine := Watched()) as service:
        again = await service.submit(SERIES, KEY, terms=keyed)
        assert again is service.jobs[job.id]
        for _ in range(2):
            assert engine.steps is not None
            engine.steps.release()
        assert isinstance(await again.wait(), Done)
    assert len(engine.requests) == 1


async def test_a_job_of_which_only_the_end_was_not_written_is_done_without_the_engine(tmp_path: Path) -> None:
    world = world_in(tmp_path)
    async with world.server(Watched(3)) as service:
        job = await service.submit(SERIES, KEY, terms=ASYNC)
        crashed = await crash_after(world, job, 3)
    async with crashed.server(engine := Watched()) as service:
        final = await (await found(service, job)).wait()
        assert isinstance(final, Done) and final.usage.generated_images == 3
    assert not engine.requests


async def test_what_a_policy_refused_stays_refused_in_its_place(tmp_path: Path) -> None:
    world = world_in(tmp_path)
    async with world.server(Watched(2, Script(refuse=1))) as service:
        job = await service.submit(SERIES, KEY, terms=ASYNC)
        crashed = await crash_after(world, job, 2)
    async with crashed.server(engine := Watched(9)) as service:
        again = await found(service, job)
        await again.wait()
        read_back = await found(service, job)
    for log in (again, read_back):
        assert [(type(event), event.index) for event in log.pictures] == [
            (PictureRefused, 0),
            (PictureStored, 1),
            (PictureStored, 2),
        ]
    [refused] = (event for event in read_back.pictures if isinstance(event, PictureRefused))
    assert refused.error.code == SensitiveOutputImage.code
    assert [request.indexes for request in engine.requests] == [(2,)]


async def test_a_series_that_was_broken_off_is_not_taken_up(tmp_path: Path) -> None:
    world = world_in(tmp_path)
    async with world.server(Watched(2, Script(fail=2))) as service:
        job = await service.submit(SERIES, KEY, terms=ASYNC)
        crashed = await crash_after(world, job, 2)
    async with crashed.server(engine := Watched(9)) as service:
        final = await (await found(service, job)).wait()
        assert isinstance(final, Done) and final.usage.generated_images == 1
    assert not engine.requests


async def test_a_job_that_was_cancelled_while_no_server_ran_is_closed(tmp_path: Path) -> None:
    world = world_in(tmp_path)
    async with world.server(Watched(1)) as service:
        job = await service.submit(replace(SERIES, images=(PICTURE,)), KEY, terms=ASYNC)
        crashed = await crash_after(world, job, 1)
        settings = service.settings.model_copy(update={"data_dir": crashed.folder})
    async with open_database(settings) as database:
        await JobStore(database, "cli").ask_cancel(job.id)
    async with crashed.server(engine := Watched()) as service:
        assert await (await found(service, job)).wait() == Cancelled("asked")
        assert await billed(service) == 1
        while len(files(crashed)) > 1:
            await asyncio.sleep(0.001)
        assert list(files(crashed)) == [f"{job.id}_0.jpeg"]
    assert not engine.requests


async def test_a_job_of_an_engine_that_is_no_longer_served_fails_and_says_so(tmp_path: Path) -> None:
    world = world_in(tmp_path)
    async with world.server(Watched()) as service:
        job = await service.submit(ASK, KEY, terms=ASYNC)
        crashed = await crash_after(world, job, 0)
    async with crashed.server(engine="other") as service:
        assert service.ready()
        final = await (await found(service, job)).wait()
    assert isinstance(final, Failed) and "fake" in final.error.message


async def test_the_time_that_a_job_may_take_goes_on_while_no_server_runs(tmp_path: Path) -> None:
    world = world_in(tmp_path)
    async with world.server(Watched()) as service:
        job = await service.submit(ASK, KEY, terms=replace(ASYNC, timeout_s=600))
        crashed = await crash_after(world, job, 0)
    world.clock.now += 601
    async with crashed.server(Watched()) as service:
        final = await (await found(service, job)).wait()
    assert isinstance(final, Failed) and final.error.code == DeadlineExceeded.code


async def test_a_stop_puts_asynchronous_jobs_back_and_the_next_start_goes_on(tmp_path: Path) -> None:
    world = world_in(tmp_path)
    async with world.server(Watched(1), max_concurrent={"fake": 1}) as service:
        jobs = []
        for _ in range(2):
            jobs.append(await service.submit(SERIES, KEY, terms=ASYNC))
            world.clock.now += 1
        plain = await service.submit(ASK, KEY)
        async for event in jobs[0].follow():
            if isinstance(event, PictureStored):
                break
    assert [job.final for job in (*jobs, plain)] == [Cancelled("stopping")] * 3
    async with open_database(service.settings) as database:
        rows = [await JobStore(database, "x").find(job.id) for job in (*jobs, plain)]
    assert [(row.state, row.server) for row in rows[:2] if row] == [("queued", None)] * 2
    assert rows[2] is not None and rows[2].state == "cancelled"
    async with world.server(engine := Watched(9)) as service:
        for job in jobs:
            assert isinstance(await (await found(service, job)).wait(), Done)
        assert await billed(service) == 6
    assert [request.indexes for request in engine.requests] == [(1, 2), (0, 1, 2)]


async def test_nothing_that_is_at_work_here_is_taken_up(tmp_path: Path) -> None:
    """Jobs come and go while the server looks for what is left lying."""
    async with world_in(tmp_path).server(engine := FakeEngine(), queue_limit=500) as service:
        recovery = Recovery(service)

        async def come(number: int) -> Job:
            job = await service.submit(ASK, KEY, terms=ASYNC if number % 2 else Terms())
            await job.wait()
            return job

        async def look() -> None:
            for _ in range(40):
                await recovery.beat()

        *jobs, _ = await asyncio.gather(*(come(number) for number in range(120)), look())
        records = [await record_of(service, job) for job in jobs if job is not None]
        assert await billed(service) == 120
    assert {record.state for record in records} == {"done"}
    assert len(engine.requests) == 120


async def test_a_database_that_is_gone_for_a_moment_ends_no_looking(tmp_path: Path) -> None:
    """The folder's database is swapped for one that does not answer, and back."""

    class Gone(JobStore):
        asked = asyncio.Event()

        async def cancels_asked(self) -> tuple[str, ...]:
            self.asked.set()
            raise Unavailable

    async with world_in(tmp_path).server(Watched()) as service:
        job = await service.submit(ASK, KEY, terms=ASYNC)
        await until(job, Started)
        recovery = Recovery(service)
        store, recovery._store = recovery._store, Gone(service.database, "x")
        looking = asyncio.create_task(recovery.run())
        await Gone.asked.wait()
        recovery._store = store
        await store.ask_cancel(job.id)
        assert isinstance(await job.wait(), Cancelled)
        looking.cancel()
        await asyncio.wait({looking})
