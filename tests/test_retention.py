"""Retention with a real ledger and a real folder: what goes, what stays, what a failing store leaves."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from limner.config import Settings
from limner.errors import InternalError, RouteNotFound, Unavailable
from limner.ledger.jobs import JobStore
from limner.ledger.opening import open_database
from limner.ledger.records import EndRecord, JobRecord, PictureRecord
from limner.retention import BATCH, LEFTOVER_MARGIN_S, Retention, Swept
from limner.storage.local import LocalStorage

NOW = 1_800_000_000.0
KEPT_S = 1000.0


@dataclass
class World:
    """A ledger, a folder, and pictures in both."""

    jobs: JobStore
    storage: LocalStorage

    def retention(self, retention_bytes: int | None = None) -> Retention:
        return Retention(self.jobs, self.storage, KEPT_S, retention_bytes)

    async def has(
        self, age_s: float, data: bytes = b"picture", number: int = 0, index: int = 0
    ) -> PictureRecord:
        """A picture that was delivered age_s before NOW, in a job of its own unless number is shared."""
        at = NOW - age_s
        job_id = f"02{int(at * 1000):013d}{number:038x}"
        if index == 0:
            job = JobRecord(
                job_id, "key", "model", "card", "engine", "queued", at, request={"prompt": "a cat"}
            )
            await self.jobs.add(job)
        picture = PictureRecord(
            job_id, index, index + 1, "key", at, f"{job_id}_{index}.png", "image/png", 8, 8, 7, len(data)
        )
        await self.storage.put(str(picture.name), data, "image/png")
        await self.jobs.record(picture=picture)
        return picture

    async def is_kept(self, picture: PictureRecord) -> bool:
        """Whether the picture is in the folder; the ledger has to say the same."""
        rows = await self.jobs.pictures(picture.job_id)
        is_known = next(row for row in rows if row.index == picture.index).deleted_at is None
        try:
            await self.storage.stat(str(picture.name))
        except RouteNotFound:
            assert not is_known, f"the ledger still promises {picture.name}"
            return False
        assert is_known, f"{picture.name} is still in the folder"
        return True


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_database(Settings(data_dir=tmp_path / "data")) as database:
        yield World(JobStore(database, "server"), LocalStorage(tmp_path / "pictures"))


async def test_a_picture_goes_when_it_is_older_than_what_is_kept(world: World) -> None:
    old, edge, young = await world.has(KEPT_S + 1), await world.has(KEPT_S), await world.has(0)
    swept = await world.retention().sweep(NOW)
    assert (swept.pictures, swept.bytes, swept.failed) == (1, 7, 0)
    assert [await world.is_kept(picture) for picture in (old, edge, young)] == [False, True, True]


async def test_a_second_sweep_finds_nothing(world: World) -> None:
    await world.has(KEPT_S + 1)
    await world.retention().sweep(NOW)
    assert await world.retention().sweep(NOW) == Swept()


async def test_the_oldest_go_first_until_the_rest_fits(world: World) -> None:
    pictures = [await world.has(age_s, bytes(100)) for age_s in (10, 40, 30, 20)]
    swept = await world.retention(250).sweep(NOW)
    assert (swept.pictures, swept.bytes) == (2, 200)
    assert [await world.is_kept(picture) for picture in pictures] == [True, False, False, True]


@pytest.mark.parametrize("limit, gone", [(400, 0), (399, 1), (300, 1), (1, 4)])
async def test_the_bytes_that_are_kept_are_the_limit_and_no_more(world: World, limit: int, gone: int) -> None:
    for age_s in range(4):
        await world.has(age_s, bytes(100))
    assert (await world.retention(limit).sweep(NOW)).pictures == gone
    assert await world.jobs.stored_bytes() == 400 - 100 * gone


async def test_pictures_of_a_series_go_one_by_one(world: World) -> None:
    first = await world.has(50, bytes(100), number=1)
    second = await world.has(50, bytes(100), number=1, index=1)
    later = await world.has(40, bytes(100))
    await world.retention(200).sweep(NOW)
    assert sorted([await world.is_kept(first), await world.is_kept(second)]) == [False, True]
    assert await world.is_kept(later)


async def test_more_than_one_batch_goes_in_one_sweep(world: World) -> None:
    for number in range(BATCH + 5):
        await world.has(KEPT_S + 1, b"x", number=number)
    assert (await world.retention().sweep(NOW)).pictures == BATCH + 5
    assert await world.jobs.stored_bytes() == 0


async def test_what_was_asked_is_forgotten_with_the_pictures(world: World) -> None:
    old, young = await world.has(KEPT_S + 1), await world.has(1)
    for picture in (old, young):
        await world.jobs.record(end=EndRecord(picture.job_id, "done", picture.at))
    assert (await world.retention().sweep(NOW)).prompts == 1
    found = [await world.jobs.find(picture.job_id) for picture in (old, young)]
    assert [job is not None and job.request for job in found] == [None, {"prompt": "a cat"}]


async def test_what_is_deleted_may_be_gone_from_the_folder_already(world: World) -> None:
    old = await world.has(KEPT_S + 1)
    await world.storage.delete(str(old.name))
    assert (await world.retention().sweep(NOW)).pictures == 1
    assert not await world.is_kept(old)


async def test_files_that_the_ledger_does_not_speak_of_go_a_day_later(tmp_path: Path, world: World) -> None:
    names = [
        f"02{0:013d}{number:038x}{suffix}" for number, suffix in enumerate(("_0.png", "_0.png", "_in3.bin"))
    ]
    ages_s = (KEPT_S + LEFTOVER_MARGIN_S + 1, KEPT_S + LEFTOVER_MARGIN_S - 1, KEPT_S + LEFTOVER_MARGIN_S + 1)
    for name, age_s in zip(names, ages_s, strict=True):
        await world.storage.put(
            name, b"x", "image/png" if name.endswith("png") else "application/octet-stream"
        )
        set_age(tmp_path / "pictures", name, age_s)
    assert await world.retention().sweep(NOW) == Swept(leftovers=2)
    assert (await world.storage.stat(names[1])).size_bytes == 1


def set_age(folder: Path, name: str, age_s: float) -> None:
    (path,) = folder.glob(f"*/{name}")
    os.utime(path, (NOW - age_s, NOW - age_s))


class Failing(LocalStorage):
    """A folder that deletes nothing, or all but the names that it is told."""

    def __init__(self, folder: Path, error: InternalError, stuck: frozenset[str] | None = None) -> None:
        super().__init__(folder)
        self.error = error
        self.stuck = stuck
        self.asked = 0

    async def delete(self, name: str) -> None:
        self.asked += 1
        if self.stuck is None or name in self.stuck:
            raise self.error
        await super().delete(name)


async def test_a_store_that_does_not_answer_leaves_the_rows_and_is_not_asked_for_each(
    tmp_path: Path, world: World
) -> None:
    pictures = [await world.has(KEPT_S + 1, number=number) for number in range(50)]
    broken = Failing(tmp_path / "pictures", Unavailable())
    swept = await replace(world, storage=broken).retention().sweep(NOW)
    assert (swept.pictures, swept.failed) == (0, broken.asked)
    assert broken.asked < 10
    assert all([await world.is_kept(picture) for picture in pictures])
    assert (await world.retention().sweep(NOW)).pictures == 50


async def test_one_picture_that_cannot_be_deleted_keeps_no_other(tmp_path: Path, world: World) -> None:
    pictures = [await world.has(KEPT_S + 1, number=number) for number in range(10)]
    broken = Failing(tmp_path / "pictures", InternalError(), frozenset({str(pictures[3].name)}))
    swept = await replace(world, storage=broken).retention().sweep(NOW)
    assert (swept.pictures, swept.failed) == (9, 1)
    assert [await world.is_kept(picture) for picture in pictures] == [number == 3 for number in range(10)]


async def test_nothing_goes_when_the_clock_jumps_back(world: World) -> None:
    picture = await world.has(0)
    assert await world.retention().sweep(0.0) == Swept()
    assert await world.is_kept(picture)
