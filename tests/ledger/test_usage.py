"""Bills: what is counted, for whom, on which day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from limner.errors import InvalidParameter
from limner.keys import Limits, digest_of
from limner.ledger.database import Database
from limner.ledger.jobs import JobStore
from limner.ledger.keys import KeyTable
from limner.ledger.records import JobRecord, JobState, PictureRecord
from limner.ledger.usage import Dimension, Total, Usage, UsageRow, dimensions, month_end, month_of, period


def at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


MAY = (at("2026-05-01"), at("2026-06-01"))
EVENING = at("2026-05-10T23:59:59.9")


class Book:
    """Jobs written as the service writes them."""

    def __init__(self, database: Database) -> None:
        self._store = JobStore(database, "server")
        self._made = 0

    async def job(
        self,
        key: str = "alice",
        card: str = "seedream-4",
        when: float = EVENING,
        state: JobState = "done",
        pictures: tuple[tuple[int, int] | None, ...] = (),
        later_s: float = 0.0,
    ) -> str:
        """One request and its pictures by their sizes, None for one that was refused: its id."""
        self._made += 1
        job_id = f"02{self._made:051d}"
        delivered = len([size for size in pictures if size is not None])
        job = JobRecord(job_id, key, card, card, "fake", state, when, pictures=delivered)
        await self._store.add(job)
        for index, size in enumerate(pictures):
            picture = PictureRecord(job_id, index, index + 1, key, when + later_s)
            if size is not None:
                width, height = size
                picture = replace(picture, name="x.png", width=width, height=height, bytes=1000)
            await self._store.record(picture=picture)
        return job_id


async def bill(database: Database, *by: Dimension, key_id: str | None = None) -> tuple[UsageRow, ...]:
    return await Usage(database).report(by, *MAY, key_id)


async def test_a_bill_is_for_what_was_delivered(database: Database) -> None:
    book = Book(database)
    await book.job(pictures=((1000, 1000), None, (2000, 500)))
    await book.job(state="failed")
    await book.job(pictures=(None,))
    await book.job(state="cancelled", pictures=((1000, 1000),))
    await book.job(state="refused")
    await book.job(state="running")
    assert await bill(database) == (
        UsageRow(
            requests=6,
            refused=1,
            failed=2,
            cancelled=1,
            pictures=3,
            pictures_refused=2,
            megapixels=3.0,
            tokens=2_000_000 // 256 + 1_000_000 // 256,
            bytes=3000,
        ),
    )


async def test_tokens_are_rounded_down_once_for_each_request(database: Database) -> None:
    book = Book(database)
    await book.job(pictures=((255, 1), (255, 1)))
    await book.job(pictures=((255, 1),))
    assert [row.tokens for row in await bill(database)] == [1]
    assert [row.tokens for row in await bill(database, "key", "model", "day")] == [1]


async def test_rows_are_told_apart_by_key_model_and_day(database: Database) -> None:
    key_id = (await KeyTable(database).add(digest_of(b"k"), "ci", Limits(), None)).key.id
    book = Book(database)
    await book.job(key_id, "a", pictures=((256, 1),))
    await book.job(key_id, "b", pictures=((256, 1), (256, 1)))
    await book.job("unlisted", "a", when=EVENING + 1)
    rows = await bill(database, "key", "model", "day")
    assert sorted((row.key_name or "", row.model, row.day, row.requests, row.pictures) for row in rows) == [
        ("", "a", "2026-05-11", 1, 0),
        ("ci", "a", "2026-05-10", 1, 1),
        ("ci", "b", "2026-05-10", 1, 2),
    ]
    by_model = [(row.key, row.model, row.pictures) for row in await bill(database, "model")]
    assert by_model == [(None, "a", 1), (None, "b", 2)]


async def test_a_picture_counts_on_the_day_of_its_delivery_and_a_request_on_that_of_its_arrival(
    database: Database,
) -> None:
    await Book(database).job(pictures=((256, 1),), later_s=0.2)
    rows = await bill(database, "day")
    assert [(row.day, row.requests, row.pictures) for row in rows] == [
        ("2026-05-10", 1, 0),
        ("2026-05-11", 0, 1),
    ]


async def test_the_first_second_is_in_a_period_and_the_last_one_is_not(database: Database) -> None:
    book = Book(database)
    for when in (MAY[0] - 0.1, MAY[0], MAY[1] - 0.1, MAY[1]):
        await book.job(when=when, pictures=((256, 1),))
    (row,) = await bill(database)
    assert (row.requests, row.pictures) == (2, 2)


async def test_one_key_s_bill_has_nobody_else_s_requests(database: Database) -> None:
    book = Book(database)
    await book.job("alice", pictures=((256, 1),))
    await book.job("bob", pictures=((512, 1),))
    (row,) = await bill(database, key_id="bob")
    assert (row.requests, row.tokens) == (1, 2)


async def test_nothing_asked_is_an_empty_bill(database: Database) -> None:
    assert await bill(database) == (UsageRow(),)
    assert await bill(database, "key", "day") == ()


async def test_large_sums_are_exact(database: Database) -> None:
    book = Book(database)
    for _ in range(20):
        await book.job(pictures=((16384, 16384),) * 8)
    (row,) = await bill(database, "key")
    assert row.tokens == 20 * 8 * 16384 * 16384 // 256
    assert await Usage(database).month_total("alice", "2026-05") == Total(160, 160 * 16384 * 16384)


async def test_a_month_s_total_is_what_one_key_was_delivered_in_it(database: Database) -> None:
    book = Book(database)
    usage = Usage(database)
    assert await usage.month_total("alice", "2026-05") == Total()
    await book.job(pictures=((100, 10), None))
    await book.job(pictures=((100, 10),), when=MAY[1])
    await book.job("bob", pictures=((100, 10),))
    assert await usage.month_total("alice", "2026-05") == Total(1, 1000)
    assert await usage.month_total("alice", "2026-06") == Total(1, 1000)


async def test_a_deleted_picture_stays_on_the_bill(database: Database) -> None:
    job_id = await Book(database).job(pictures=((256, 1),))
    await JobStore(database, "server").mark_deleted(job_id, None, EVENING)
    (row,) = await bill(database)
    assert (row.pictures, row.bytes) == (1, 1000)
    assert await Usage(database).month_total("alice", "2026-05") == Total(1, 256)


@pytest.mark.parametrize(
    ("moment", "month", "end"),
    [
        ("2026-05-01T00:00:00", "2026-05", "2026-06-01"),
        ("2026-12-31T23:59:59", "2026-12", "2027-01-01"),
        ("2028-02-29T12:00:00", "2028-02", "2028-03-01"),
    ],
)
def test_months_are_those_of_utc(moment: str, month: str, end: str) -> None:
    assert (month_of(at(moment)), month_end(at(moment))) == (month, at(end))


@pytest.mark.parametrize(
    ("since", "until", "first", "behind_last"),
    [
        (None, None, "2026-05-01", "2026-06-01"),
        ("2026-05-10", None, "2026-05-10", "2026-06-01"),
        ("2026-05-10", "2026-05-10", "2026-05-10", "2026-05-11"),
        (None, "2026-05-20", "2026-05-01", "2026-05-21"),
        ("2025-12-31", "2026-01-01", "2025-12-31", "2026-01-02"),
    ],
)
def test_a_period_is_whole_days_and_this_month_when_nothing_is_said(
    since: str | None, until: str | None, first: str, behind_last: str
) -> None:
    assert period(since, until, now=EVENING) == (at(first), at(behind_last))


@pytest.mark.parametrize(
    ("since", "until"), [("May", None), ("2026-02-30", None), (None, ""), ("2026-05-11", "2026-05-10")]
)
def test_what_is_no_period_is_refused(since: str | None, until: str | None) -> None:
    with pytest.raises(InvalidParameter):
        period(since, until, now=EVENING)


def test_dimensions_are_named_with_commas() -> None:
    assert dimensions("day, key,key") == ("key", "day")
    assert dimensions("") == ()
    with pytest.raises(InvalidParameter, match="colour"):
        dimensions("key,colour")
    with pytest.raises(InvalidParameter, match="key"):
        dimensions("key", ("model", "day"))
