"""JobStore: what it records can be found again, the first word counts, and one server adopts each job."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from limner.errors import RowConflict
from limner.ledger.database import Database
from limner.ledger.jobs import JobStore
from limner.ledger.records import ErrorRecord, JobRecord, PictureRecord

NOW = 1_800_000_000.0
REFUSAL = ErrorRecord("OutputImageSensitiveContentDetected", "no", "", 400, "BadRequest")


def job_id(number: int) -> str:
    return f"02{number:013}" + "0a" * 19


def a_job(number: int = 1, **facts: object) -> JobRecord:
    job = JobRecord(
        id=job_id(number),
        key_id="key",
        model="seedream-4.0",
        card="seedream-4-0",
        engine="fake",
        state="queued",
        created_at=NOW,
        server="one",
        request={"prompt": "猫", "n": [1, 2.5, None, True]},
    )
    return replace(job, **facts)  # type: ignore[arg-type]


def a_picture(job: int = 1, index: int = 0, **facts: object) -> PictureRecord:
    picture = PictureRecord(
        job_id=job_id(job),
        index=index,
        number=index + 1,
        key_id="key",
        at=NOW,
        name=f"{job_id(job)}_{index}.png",
        media_type="image/png",
        width=2048,
        height=1024,
        seed=2**31 - 1,
        bytes=3_000_000_000,
        facts={"description": "a cat"},
    )
    return replace(picture, **facts)  # type: ignore[arg-type]


@pytest.fixture
def store(database: Database) -> JobStore:
    return JobStore(database, "one")


async def test_a_job_is_found_as_it_was_added(store: JobStore) -> None:
    job = a_job(deadline_at=NOW + 60, detached=True, error=REFUSAL, stages={"fetch": 0.5})
    await store.add(job)
    assert await store.find(job.id) == job


async def test_a_job_is_found_by_its_own_key_alone(store: JobStore) -> None:
    await store.add(a_job())
    assert await store.find(job_id(1), "key") == a_job()
    assert await store.find(job_id(1), "other") is None
    assert await store.find(job_id(2)) is None


async def test_a_second_job_with_the_same_id_is_a_conflict(store: JobStore) -> None:
    await store.add(a_job())
    with pytest.raises(RowConflict):
        await store.add(a_job(model="other"))
    assert await store.find(job_id(1)) == a_job()


async def test_a_job_runs_and_ends(store: JobStore) -> None:
    store.post_add(a_job())
    store.post_started(job_id(1), NOW + 1)
    await store.end(job_id(1), "done", NOW + 3, None, {"generate": 2.0}, 4, 2**33)
    assert await store.find(job_id(1)) == a_job(
        state="done",
        started_at=NOW + 1,
        ended_at=NOW + 3,
        stages={"generate": 2.0},
        pictures=4,
        pixels=2**33,
    )


async def test_of_two_ends_the_first_one_stays(store: JobStore) -> None:
    await store.add(a_job())
    await store.end(job_id(1), "failed", NOW + 1, REFUSAL)
    await store.end(job_id(1), "done", NOW + 2, None, {}, 1, 1)
    store.post_started(job_id(1), NOW + 3)
    await store.ask_cancel(job_id(1))
    await store.put_back(job_id(1))
    assert await store.find(job_id(1)) == a_job(state="failed", ended_at=NOW + 1, error=REFUSAL)


async def test_pictures_come_in_the_order_of_the_log(store: JobStore) -> None:
    refused = a_picture(index=0, number=2, name=None, media_type=None, error=REFUSAL, facts=None, seed=None)
    stored = a_picture(index=1, number=1)
    await store.add_picture(refused)
    await store.add_picture(stored)
    assert await store.pictures(job_id(1)) == (stored, refused)


async def test_of_two_rows_for_one_picture_the_first_one_stays(store: JobStore) -> None:
    await store.add_picture(a_picture())
    await store.add_picture(a_picture(seed=7))
    assert await store.pictures(job_id(1)) == (a_picture(),)
