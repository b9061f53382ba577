"""JobStore: what it records can be found again, the first word counts, and one server adopts each job."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from limner.errors import RowConflict
from limner.ledger.database import Database
from limner.ledger.jobs import JobStore
from limner.ledger.records import EndRecord, ErrorRecord, JobRecord, PictureRecord
from limner.ledger.tables import pictures

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


async def test_whatever_text_a_client_sends_comes_back(store: JobStore) -> None:
    odd = {"prompt": "\0 \ud800 \U0001f431 ' \" \\ $1 ? %s {} 猫", "\n": [1e300, -0.0, 2**60]}
    await store.add(a_job(request=odd))
    found = await store.find(job_id(1))
    assert found is not None
    assert found.request == odd


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
    await store.record(end=EndRecord(job_id(1), "done", NOW + 3, None, {"generate": 2.0}, 4, 2**33))
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
    await store.record(end=EndRecord(job_id(1), "failed", NOW + 1, REFUSAL))
    await store.record(end=EndRecord(job_id(1), "done", NOW + 2, None, {}, 1, 1))
    store.post_started(job_id(1), NOW + 3)
    await store.ask_cancel(job_id(1))
    await store.put_back(job_id(1))
    assert await store.find(job_id(1)) == a_job(state="failed", ended_at=NOW + 1, error=REFUSAL)


async def test_pictures_come_in_the_order_of_the_log(store: JobStore) -> None:
    refused = a_picture(index=0, number=2, name=None, media_type=None, error=REFUSAL, facts=None, seed=None)
    stored = a_picture(index=1, number=1)
    await store.record(picture=refused)
    await store.record(picture=stored)
    assert await store.pictures(job_id(1)) == (stored, refused)


async def test_of_two_rows_for_one_picture_the_first_one_stays(store: JobStore) -> None:
    await store.record(picture=a_picture())
    await store.record(picture=a_picture(seed=7))
    assert await store.pictures(job_id(1)) == (a_picture(),)


def ids(records: Iterable[JobRecord]) -> list[str]:
    return [record.id for record in records]


async def test_the_month_of_a_picture_is_that_of_utc(database: Database, store: JobStore) -> None:
    december = datetime(2026, 12, 31, 23, 59, 59, 999_000, UTC).timestamp()
    await store.record(picture=a_picture(1, at=december))
    await store.record(picture=a_picture(2, at=december + 0.001))
    rows = await database.read(select(pictures.c.month).order_by(pictures.c.job_id))
    assert [row["month"] for row in rows] == ["2026-12", "2027-01"]


async def test_a_key_sees_its_own_jobs_the_newest_first_page_by_page(store: JobStore) -> None:
    for number in (3, 1, 5, 2, 4):
        await store.add(a_job(number))
    await store.add(a_job(6, key_id="other"))
    assert ids(await store.list("key", 2)) == [job_id(5), job_id(4)]
    assert ids(await store.list("key", 2, before=job_id(4))) == [job_id(3), job_id(2)]
    assert ids(await store.list("key", 2, before=job_id(2))) == [job_id(1)]
    assert ids(await store.list("key", 2, before=job_id(1))) == []


async def test_a_list_of_jobs_can_be_of_one_state_and_has_no_refused_ones(store: JobStore) -> None:
    for number, state in enumerate(("queued", "done", "refused", "done")):
        await store.add(a_job(number, state=state))
    assert ids(await store.list("key", 9)) == [job_id(3), job_id(1), job_id(0)]
    assert ids(await store.list("key", 9, state="done")) == [job_id(3), job_id(1)]
    assert ids(await store.list("key", 1, before=job_id(3), state="done")) == [job_id(1)]


async def test_a_cancel_is_seen_by_the_server_that_works_on_the_job(database: Database) -> None:
    one, two = JobStore(database, "one"), JobStore(database, "two")
    await one.add(a_job(1))
    await one.add(a_job(2))
    await two.ask_cancel(job_id(1))
    assert await one.cancels_asked() == (job_id(1),)
    assert await two.cancels_asked() == ()
    await one.record(end=EndRecord(job_id(1), "cancelled", NOW))
    assert await one.cancels_asked() == ()


async def test_a_job_that_was_put_back_is_adopted(database: Database) -> None:
    one, two = JobStore(database, "one"), JobStore(database, "two")
    await one.add(a_job())
    one.post_started(job_id(1), NOW)
    await one.beat(NOW)
    assert await two.adopt(NOW, 30) == ()
    await two.put_back(job_id(1))
    assert await two.adopt(NOW, 30) == ()
    await one.put_back(job_id(1))
    assert await two.adopt(NOW, 30) == (a_job(server="two", started_at=NOW),)
    assert await two.find(job_id(1)) == a_job(server="two", started_at=NOW)


async def test_a_server_is_dead_when_it_was_not_seen_for_so_long(database: Database) -> None:
    one, two = JobStore(database, "one"), JobStore(database, "two")
    await one.add(a_job())
    await one.beat(NOW - 5)
    await one.beat(NOW)
    assert await two.adopt(NOW + 29.999, 30) == ()
    assert ids(await two.adopt(NOW + 30, 30)) == [job_id(1)]


async def test_the_time_that_servers_share_is_the_database_s(store: JobStore) -> None:
    assert abs(await store.now() - time.time()) < 10


async def test_a_server_that_left_leaves_its_jobs(database: Database) -> None:
    one, two = JobStore(database, "one"), JobStore(database, "two")
    await one.add(a_job())
    await one.beat(NOW)
    await one.leave()
    assert ids(await two.adopt(NOW, 30)) == [job_id(1)]


async def test_a_server_adopts_its_own_jobs_that_it_does_not_know(store: JobStore) -> None:
    for number in (1, 2, 3):
        await store.add(a_job(number))
    await store.beat(NOW)
    await store.record(end=EndRecord(job_id(3), "done", NOW))
    assert ids(await store.adopt(NOW, 30, {job_id(2)})) == [job_id(1)]


async def test_each_job_is_adopted_by_one_of_many_servers(database: Database) -> None:
    for number in range(40):
        await JobStore(database, "gone").add(a_job(number, server="gone" if number % 2 else None))
    servers = [JobStore(database, f"server-{number}") for number in range(5)]
    shares = await asyncio.gather(*(server.adopt(NOW, 30) for server in servers))
    assert sorted(each for share in shares for each in ids(share)) == [job_id(n) for n in range(40)]


async def test_what_was_asked_is_forgotten_once_the_job_has_ended_and_is_old(store: JobStore) -> None:
    await store.add(a_job(1, created_at=NOW, state="done"))
    await store.add(a_job(2, created_at=NOW + 1, state="done"))
    await store.add(a_job(3, created_at=NOW))
    assert await store.forget(NOW + 1) == 1
    assert await store.forget(NOW + 1) == 0
    found = [await store.find(job_id(number)) for number in (1, 2, 3)]
    assert [job is not None and job.request is not None for job in found] == [False, True, True]


async def test_the_oldest_stored_pictures_come_first(store: JobStore) -> None:
    await store.record(picture=a_picture(3, at=NOW + 2))
    await store.record(picture=a_picture(1, at=NOW))
    await store.record(picture=a_picture(2, at=NOW + 1))
    await store.record(picture=a_picture(4, at=NOW - 1, name=None, error=REFUSAL))
    assert [each.job_id for each in await store.oldest_pictures(None, 2)] == [job_id(1), job_id(2)]
    assert [each.job_id for each in await store.oldest_pictures(NOW + 1, 9)] == [job_id(1)]


async def test_a_deleted_picture_is_marked_and_its_bytes_count_no_longer(store: JobStore) -> None:
    assert await store.stored_bytes() == 0
    for index in range(3):
        await store.record(picture=a_picture(index=index, bytes=10**index))
    await store.record(picture=a_picture(2, bytes=1000))
    assert await store.stored_bytes() == 1111
    await store.mark_deleted(job_id(1), [0, 2], NOW + 1)
    assert await store.stored_bytes() == 1010
    assert [each.deleted_at for each in await store.pictures(job_id(1))] == [NOW + 1, None, NOW + 1]
    await store.mark_deleted(job_id(1), None, NOW + 2)
    assert [each.deleted_at for each in await store.pictures(job_id(1))] == [NOW + 1, NOW + 2, NOW + 1]
    assert [each.job_id for each in await store.oldest_pictures(None, 9)] == [job_id(2)]
