"""What both databases promise: order, all or nothing, shared commits, and errors to the culprit alone."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import bindparam, insert, select, update

from limner.config import Settings
from limner.errors import RowConflict
from limner.ledger.database import Change, Database
from limner.ledger.opening import open_database
from limner.ledger.tables import servers

ADD = insert(servers)
SEE = update(servers).where(servers.c.id == bindparam("server")).values(seen_at=bindparam("now"))
ALL = select(servers).order_by(servers.c.id)


def add(name: str, at: float = 0.0) -> Change:
    return Change(ADD, {"id": name, "seen_at": at})


async def names(database: Database) -> list[str]:
    return [row["id"] for row in await database.read(ALL)]


async def test_a_write_that_returned_can_be_read(database: Database) -> None:
    await database.write(add("a"), add("b"))
    assert await names(database) == ["a", "b"]


async def test_what_was_written_is_there_after_the_database_was_closed(database_settings: Settings) -> None:
    async with open_database(database_settings) as database:
        await database.write(add("a"))
        database.post(add("b"))
    async with open_database(database_settings) as database:
        assert await names(database) == ["a", "b"]


async def test_a_conflict_fails_its_own_write_and_no_other(database: Database) -> None:
    await database.write(add("5"))
    writes = (database.write(add(str(number))) for number in range(10))
    results = await asyncio.gather(*writes, return_exceptions=True)
    assert [type(result) for result in results if result is not None] == [RowConflict]
    assert await names(database) == [str(number) for number in range(10)]


async def test_a_write_with_a_conflict_leaves_nothing(database: Database) -> None:
    await database.write(add("b"))
    with pytest.raises(RowConflict):
        await database.write(add("a"), add("b"))
    assert await names(database) == ["b"]


async def test_execute_tells_how_many_rows_each_change_touched(database: Database) -> None:
    see = Change(SEE, {"server": "a", "now": 2.0})
    assert await database.execute(see, add("a"), see) == (0, 1, 1)
