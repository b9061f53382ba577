"""The gate: at each limit a request passes, over it it does not, and what is held comes back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from limner.catalog import load_catalog
from limner.config import Settings
from limner.errors import AccessDenied, QuotaExceeded, RateLimitExceeded, TooManyJobs, TooManyRequests
from limner.jobs.events import Usage as Delivered
from limner.keys import Key, Limits
from limner.ledger.jobs import JobStore
from limner.ledger.opening import open_database
from limner.ledger.records import JobRecord, PictureRecord
from limner.ledger.usage import Usage
from limner.limits import TOTAL_GOOD_S, Gate, Reservation
from limner.types import ImageRequest, Size, SizeRule

CARD = load_catalog().find("doubao-seedream-4-0-250828")
NOW = datetime(2026, 5, 31, 23, 59, 0, tzinfo=UTC).timestamp()
MEGAPIXEL = Size(1000, 1000)
NOTHING = Delivered()


class Clock:
    def __init__(self, now: float) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


@dataclass
class World:
    """A gate before a real database, whose clocks stand still."""

    usage: Usage
    store: JobStore
    clock: Clock
    monotonic: Clock
    delivered: int = 0

    def gate(self, concurrent_jobs: int | None = None) -> Gate:
        return Gate(
            self.usage,
            load_catalog(),
            concurrent_jobs=concurrent_jobs,
            clock=self.clock,
            monotonic=self.monotonic,
        )

    async def deliver(self, pictures: int, key_id: str = "key") -> None:
        """Write pictures of one megapixel into the ledger, as a server does."""
        self.delivered += 1
        job_id = f"02{self.delivered:051d}"
        await self.store.add(JobRecord(job_id, key_id, CARD.id, CARD.id, "fake", "running", self.clock.now))
        for index in range(pictures):
            await self.store.record(
                picture=PictureRecord(
                    job_id, index, index + 1, key_id, self.clock.now, name="x.png", width=1000, height=1000
                )
            )


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_database(Settings(data_dir=tmp_path / "data")) as database:
        yield World(Usage(database), JobStore(database, "server"), Clock(NOW), Clock(50.0))


def key_with(limits: Limits, key_id: str = "key") -> Key:
    return Key(key_id, "ci", limits)


def asking(pictures: int = 1, size: Size | SizeRule = MEGAPIXEL, model: str = CARD.id) -> ImageRequest:
    return ImageRequest("id", model, CARD.id, "a fox", size, seed=1, count=pictures)


async def enter(gate: Gate, limits: Limits, pictures: int = 1) -> Reservation:
    return await gate.enter(key_with(limits), CARD, asking(pictures))


async def refusal(gate: Gate, limits: Limits, pictures: int = 1) -> TooManyRequests:
    with pytest.raises(TooManyRequests) as caught:
        await enter(gate, limits, pictures)
    return caught.value


@pytest.mark.parametrize(
    ("patterns", "asked"),
    [
        ((), "anything"),
        ((CARD.id,), CARD.id),
        (("doubao-seedream-4*",), CARD.id),
        (("ep-*",), "ep-2026"),
        ((CARD.id,), "ep-2026"),
        ((CARD.names[0],), CARD.id),
        (("nothing", "doubao-*"), CARD.id),
    ],
)
async def test_a_model_is_allowed_by_any_of_its_names(
    world: World, patterns: tuple[str, ...], asked: str
) -> None:
    assert await world.gate().enter(key_with(Limits(models=patterns)), CARD, asking(model=asked))


@pytest.mark.parametrize("pattern", ["doubao-seedream-5*", "seedream", "DOUBAO-SEEDREAM-4*"])
async def test_another_model_is_forbidden(world: World, pattern: str) -> None:
    with pytest.raises(AccessDenied, match=f"model {CARD.id}") as caught:
        await enter(world.gate(), Limits(models=(pattern,)))
    assert (caught.value.status, caught.value.param) == (403, "model")


async def test_a_key_has_as_many_jobs_at_work_as_it_may(world: World) -> None:
    gate, limits = world.gate(), Limits(concurrent_jobs=2)
    first = await enter(gate, limits)
    await enter(gate, limits)
    assert type(await refusal(gate, limits)) is TooManyJobs
    first.leave(NOTHING)
    assert await enter(gate, limits)


async def test_the_jobs_of_one_key_are_not_counted_against_another(world: World) -> None:
    gate, limits = world.gate(), Limits(concurrent_jobs=1)
    for key_id in ("a", "b"):
        assert await gate.enter(key_with(limits, key_id), CARD, asking())


async def test_the_server_s_limit_of_jobs_holds_for_keys_without_their_own(world: World) -> None:
    gate = world.gate(concurrent_jobs=1)
    await enter(gate, Limits())
    assert type(await refusal(gate, Limits())) is TooManyJobs
    assert await enter(gate, Limits(concurrent_jobs=2))


async def test_a_job_leaves_once_however_often_it_says_so(world: World) -> None:
    gate, limits = world.gate(), Limits(monthly_pictures=2)
    first = await enter(gate, limits)
    first.leave(Delivered(1, 1))
    first.leave(Delivered(1, 1))
    assert await enter(gate, limits)
    assert type(await refusal(gate, limits)) is QuotaExceeded


async def test_who_has_too_many_jobs_hears_when_the_oldest_may_end(world: World) -> None:
    gate, limits = world.gate(), Limits(concurrent_jobs=1)
    job = await enter(gate, limits)
    world.monotonic.now += 20
    job.leave(Delivered(1, 1))
    await enter(gate, limits)
    assert (await refusal(gate, limits)).retry_after_s == 20
    world.monotonic.now += 15.5
    assert (await refusal(gate, limits)).retry_after_s == 5
    world.monotonic.now += 60
    assert (await refusal(gate, limits)).retry_after_s == 1


async def test_a_budget_can_be_used_to_its_last_picture(world: World) -> None:
    gate, limits = world.gate(), Limits(monthly_pictures=5)
    await world.deliver(3)
    assert type(await refusal(gate, limits, 3)) is QuotaExceeded
    job = await enter(gate, limits, 2)
    job.leave(Delivered(2, 2_000_000))
    assert type(await refusal(gate, limits)) is QuotaExceeded


async def test_a_budget_in_megapixels_can_be_used_to_its_last_pixel(world: World) -> None:
    gate = world.gate()
    await world.deliver(1)
    assert type(await refusal(gate, Limits(monthly_megapixels=2.999), 2)) is QuotaExceeded
    assert await enter(gate, Limits(monthly_megapixels=3), 2)


async def test_a_preset_is_counted_as_the_most_that_it_can_be(world: World) -> None:
    gate = world.gate()
    presets = load_catalog().presets["2K"].values()
    most = max(size.pixels for size in presets) / 1e6
    asked = asking(1, SizeRule("2K"))
    with pytest.raises(QuotaExceeded):
        await gate.enter(key_with(Limits(monthly_megapixels=most - 0.001)), CARD, asked)
    assert await gate.enter(key_with(Limits(monthly_megapixels=most)), CARD, asked)


async def test_what_a_job_may_deliver_is_held_and_what_it_did_not_comes_back(world: World) -> None:
    gate, limits = world.gate(), Limits(monthly_pictures=10)
    job = await enter(gate, limits, 8)
    assert type(await refusal(gate, limits, 3)) is QuotaExceeded
    job.leave(Delivered(1, 1_000_000))
    await enter(gate, limits, 9)
    assert type(await refusal(gate, limits)) is QuotaExceeded


async def test_a_used_budget_comes_back_with_the_next_month(world: World) -> None:
    gate, limits = world.gate(), Limits(monthly_pictures=1)
    await world.deliver(1)
    error = await refusal(gate, limits)
    assert error.retry_after_s == 60
    assert "1 pictures: 1 used" in error.message
    world.clock.now += 60
    assert await enter(gate, limits)


async def test_a_budget_that_unfinished_jobs_hold_may_come_back_when_they_end(world: World) -> None:
    gate, limits = world.gate(), Limits(monthly_pictures=10)
    job = await enter(gate, limits, 4)
    world.monotonic.now += 7
    await world.deliver(4)
    job.leave(Delivered(4, 4_000_000))
    await enter(gate, limits, 6)
    error = await refusal(gate, limits, 1)
    assert (error.retry_after_s, "6 held" in error.message) == (7, True)


async def test_of_two_budgets_the_one_that_is_used_up_says_when_to_come_again(world: World) -> None:
    gate, limits = world.gate(), Limits(monthly_pictures=3, monthly_megapixels=1)
    await world.deliver(1)
    for _ in range(2):
        await gate.enter(key_with(Limits()), CARD, asking(), forced=True)
    error = await refusal(gate, limits)
    assert (error.retry_after_s, "1 megapixels" in error.message) == (60, True)


async def test_what_another_server_delivered_counts_within_ten_seconds(world: World) -> None:
    gate, limits = world.gate(), Limits(monthly_pictures=4)
    (await enter(gate, limits)).leave(NOTHING)
    await world.deliver(4)
    (await enter(gate, limits)).leave(NOTHING)
    world.monotonic.now += TOTAL_GOOD_S + 0.1
    assert type(await refusal(gate, limits)) is QuotaExceeded


async def test_nobody_is_refused_by_an_old_total(world: World) -> None:
    gate, limits = world.gate(), Limits(monthly_pictures=2)
    job = await enter(gate, limits, 2)
    job.leave(Delivered(2, 2_000_000))
    world.monotonic.now += 2
    assert await enter(gate, limits, 2), "the ledger has no picture of that job"


async def test_of_a_crowd_no_more_pass_than_the_budget_allows(world: World) -> None:
    gate, limits = world.gate(), Limits(monthly_pictures=7)
    await world.deliver(2)
    results = await asyncio.gather(*(enter(gate, limits) for _ in range(50)), return_exceptions=True)
    assert sorted({type(result).__name__ for result in results}) == ["QuotaExceeded", "Reservation"]
    assert len([result for result in results if isinstance(result, Reservation)]) == 5


async def test_a_job_that_was_admitted_before_passes_over_every_limit_and_is_counted_once(
    world: World,
) -> None:
    limits = Limits(("none",), 1, 1, monthly_pictures=5)
    gate = world.gate()
    await world.deliver(3)
    jobs = [await gate.enter(key_with(limits), CARD, asking(4), forced=True) for _ in range(2)]
    assert type(await refusal(gate, Limits(concurrent_jobs=2))) is TooManyJobs
    await world.deliver(1)
    for job in jobs:
        # One of them says all that it ever delivered, before the restart too.
        job.leave(Delivered(4, 4_000_000))
    assert await enter(gate, Limits(monthly_pictures=5))
    assert type(await refusal(gate, Limits(monthly_pictures=5))) is QuotaExceeded


async def test_who_asks_for_too_many_pictures_a_minute_holds_nothing(world: World) -> None:
    gate, limits = world.gate(), Limits(images_per_minute=3, concurrent_jobs=2, monthly_pictures=3)
    (await enter(gate, limits, 3)).leave(NOTHING)
    for _ in range(5):
        assert type(await refusal(gate, limits)) is RateLimitExceeded
    other = await gate.enter(key_with(limits), load_catalog().cards[0], asking(3))
    assert other
    await gate.close()


async def test_what_another_limit_refuses_is_not_counted_as_asked_for(world: World) -> None:
    gate, limits = world.gate(), Limits(images_per_minute=1, monthly_pictures=1)
    await world.deliver(1)
    assert type(await refusal(gate, limits)) is QuotaExceeded
    assert await enter(gate, Limits(images_per_minute=1))
    await gate.close()
