"""Idempotency underneath HTTP: which job answers a repeated request, and what counts as the same."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from limner.config import Settings
from limner.errors import (
    IdempotencyConflict,
    InternalError,
    InvalidParameter,
    RequestError,
    SensitiveOutputImage,
    ServerOverloaded,
    Unavailable,
)
from limner.jobs.events import Cancelled, Done, Failed, FinalEvent, PictureRefused, PictureStored, Usage
from limner.jobs.job import Job
from limner.jobs.once import BEING_MADE_S, Once, digest_of
from limner.ledger.idempotency import Claims
from limner.ledger.opening import open_database
from limner.types import Ask, ImageRequest, Size

NOW = 1_800_000_000.0
DAY_S = 86_400.0
ASK = Ask(model="m", prompt="a cat", sent={"model": "m", "prompt": "a cat"})
OTHER = Ask(model="m", prompt="a dog", sent={"model": "m", "prompt": "a dog"})
SIZE = Size(64, 64)


@dataclass
class World:
    """Jobs that are made, by id, in the books of one ledger; offset_s: how wrong this server's clock is."""

    claims: Claims
    jobs: dict[str, Job] = field(default_factory=dict)
    again: list[str] = field(default_factory=list)
    now: list[float] = field(default_factory=lambda: [NOW])
    offset_s: float = 0.0
    refuses: list[Exception] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.once = Once(self.claims, self._find, lambda: self.now[0] + self.offset_s)

    def neighbour(self, offset_s: float = 0.0) -> World:
        """Another server on the same ledger."""
        return World(self.claims, self.jobs, self.again, self.now, offset_s)

    async def ask(self, job_id: str, ask: Ask = ASK, key_id: str = "key", name: str = "once") -> Job:
        async def make() -> Job:
            await asyncio.sleep(0)
            if self.refuses:
                raise self.refuses.pop()
            self.jobs[job_id] = job_named(job_id)
            return self.jobs[job_id]

        return await self.once.job_for(key_id, name, ask, job_id, make, self._again)

    async def _find(self, job_id: str, key_id: str) -> Job | None:
        return self.jobs.get(job_id)

    async def _again(self, job: Job) -> Job:
        self.again.append(job.id)
        self.jobs[job.id] = job_named(job.id)
        return self.jobs[job.id]


def job_named(job_id: str) -> Job:
    return Job(ImageRequest(job_id, "m", "m-1", "a cat", SIZE, seed=1), "key", "fake")


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_database(Settings(data_dir=tmp_path)) as database:
        yield World(Claims(database))


async def test_the_same_again_is_the_first_job(world: World) -> None:
    first = await world.ask("a")
    assert await world.ask("b") is first
    assert list(world.jobs) == ["a"]


async def test_twenty_at_once_make_one_job(world: World) -> None:
    jobs = await asyncio.gather(*(world.ask(f"job{number}") for number in range(20)))
    assert len({id(job) for job in jobs}) == 1 == len(world.jobs)


async def test_twenty_at_once_on_two_servers_make_one_job(world: World) -> None:
    """The second server's clock is behind: what the first one claims is yet to come there."""
    servers = (world, world.neighbour(-2.0))
    jobs = await asyncio.gather(*(servers[number % 2].ask(f"job{number}") for number in range(20)))
    assert len({id(job) for job in jobs}) == 1 == len(world.jobs)


async def test_another_body_is_a_conflict_and_another_name_or_key_is_not(world: World) -> None:
    await world.ask("a")
    with pytest.raises(IdempotencyConflict):
        await world.ask("b", OTHER)
    await world.ask("c", OTHER, name="twice")
    await world.ask("d", OTHER, key_id="another")
    assert list(world.jobs) == ["a", "c", "d"]


async def test_a_refused_request_does_not_bind(world: World) -> None:
    world.refuses.append(InvalidParameter.named("size"))
    with pytest.raises(InvalidParameter):
        await world.ask("a")
    assert (await world.ask("b", OTHER)).id == "b"


async def test_twins_of_a_refused_request_are_each_judged_by_themselves(world: World) -> None:
    world.refuses += [InvalidParameter.named("size")] * 3
    jobs = await asyncio.gather(*(world.ask(f"job{number}") for number in range(5)), return_exceptions=True)
    assert [type(job) for job in jobs] == [InvalidParameter] * 3 + [Job] * 2
    assert len(world.jobs) == 1


@pytest.mark.parametrize(("later_s", "job_id"), [(DAY_S, "a"), (DAY_S + 1, "b"), (-DAY_S, "a")])
async def test_a_key_binds_for_a_day(world: World, later_s: float, job_id: str) -> None:
    await world.ask("a")
    world.now[0] += later_s
    assert (await world.ask("b")).id == job_id


async def test_after_a_day_the_same_key_may_name_something_else(world: World) -> None:
    await world.ask("a")
    world.now[0] += DAY_S + 1
    await world.once.forget_old()
    assert (await world.ask("b", OTHER)).id == "b"
    with pytest.raises(IdempotencyConflict):
        await world.ask("c", ASK)


async def test_a_claim_whose_server_died_before_the_job_is_taken_over(world: World) -> None:
    await world.claims.claim("key", "once", digest_of(ASK), "lost", NOW)
    world.now[0] += BEING_MADE_S
    assert (await world.ask("b")).id == "b"
    assert (await world.ask("c")).id == "b"


async def test_a_claim_from_a_time_that_is_yet_to_come_is_taken_over(world: World) -> None:
    await world.claims.claim("key", "once", digest_of(ASK), "lost", NOW + 7200)
    assert (await world.ask("b")).id == "b"


@pytest.mark.parametrize("ahead_s", [-0.5, 0.0, 0.5, BEING_MADE_S - 0.5])
async def test_a_job_that_another_server_is_about_to_make_is_waited_for(world: World, ahead_s: float) -> None:
    await world.claims.claim("key", "once", digest_of(ASK), "theirs", NOW - ahead_s)
    asking = asyncio.create_task(world.ask("b"))
    while not world.once._turns:
        await asyncio.sleep(0)
    world.jobs["theirs"] = job_named("theirs")
    assert (await asking).id == "theirs"


def ended(job: Job, final: FinalEvent, *pictures: PictureStored | PictureRefused) -> Job:
    for picture in pictures:
        job.append(picture)
    job.append(final)
    return job


STORED = PictureStored(0, "x.png", "image/png", SIZE, seed=1, at=1.0)


@pytest.mark.parametrize(
    ("final", "pictures", "runs_again"),
    [
        (Done(Usage(1, 4096), 2.0), (STORED,), False),
        (Done(Usage(), 2.0), (PictureRefused(0, SensitiveOutputImage(), 1.0),), False),
        (Done(Usage(), 2.0), (PictureRefused(0, InternalError(), 1.0),), True),
        (Done(Usage(1, 4096), 2.0), (STORED, PictureRefused(1, InternalError(), 1.0)), False),
        (Failed(InvalidParameter.named("image")), (), False),
        (Failed(ServerOverloaded()), (), True),
        (Failed(InternalError()), (STORED,), True),
        (Failed(Unavailable()), (), True),
        (Cancelled("asked"), (), True),
        (Cancelled("left"), (STORED,), True),
        (Cancelled("stopping"), (), True),
    ],
)
async def test_only_what_may_end_better_next_time_runs_again(
    world: World,
    final: FinalEvent,
    pictures: tuple[PictureStored | PictureRefused, ...],
    runs_again: bool,
) -> None:
    first = ended(await world.ask("a"), final, *pictures)
    second = await world.ask("b")
    assert second.id == "a"
    assert (second is not first, world.again) == (runs_again, ["a"] if runs_again else [])


async def test_twins_of_a_failed_job_run_it_again_once(world: World) -> None:
    ended(await world.ask("a"), Failed(InternalError()))
    jobs = await asyncio.gather(*(world.ask(f"job{number}") for number in range(5)))
    assert len({id(job) for job in jobs}) == 1
    assert world.again == ["a"]


async def test_a_job_that_is_being_cancelled_is_waited_for_and_runs_again(world: World) -> None:
    first = await world.ask("a")
    first.runs_as(asyncio.create_task(_forever()))
    first.cancel("left")
    asking = asyncio.create_task(world.ask("b"))
    while not world.once._turns:
        await asyncio.sleep(0)
    first.append(Cancelled("left"))
    assert await asking is not first
    assert world.again == ["a"]


async def _forever() -> Usage:
    await asyncio.Event().wait()
    raise AssertionError("never")


async def test_nothing_is_kept_of_turns_that_are_over(world: World) -> None:
    for error in (InvalidParameter.named("x"), None):
        world.refuses += [error] if error else []
        with suppress(RequestError):
            await world.ask("a")
        assert world.once._turns == {}


def test_the_same_body_has_the_same_digest_whatever_its_order() -> None:
    turned = replace(ASK, sent=dict(reversed(list(ASK.sent.items()))))
    assert digest_of(ASK) == digest_of(turned)


@pytest.mark.parametrize(
    "other",
    [
        replace(ASK, sent={**ASK.sent, "seed": 1}),
        replace(ASK, sent={**ASK.sent, "seed": None}),
        replace(ASK, images=(b"",)),
        replace(ASK, images=("",)),
        replace(ASK, images=(b"a", b"b")),
    ],
)
def test_another_body_has_another_digest(other: Ask) -> None:
    assert digest_of(other) != digest_of(ASK)


def test_the_order_and_borders_of_references_are_part_of_the_body() -> None:
    several: tuple[tuple[bytes, ...], ...] = ((b"a", b"b"), (b"b", b"a"), (b"ab",), (b"ab", b""))
    assert len({digest_of(replace(ASK, images=images)) for images in several}) == 4
