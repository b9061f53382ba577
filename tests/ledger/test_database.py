"""What both databases promise: order, all or nothing, shared commits, and errors to the culprit alone."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys

import pytest
from sqlalchemy import bindparam, insert, select, text, update

from limner.config import Settings
from limner.errors import InternalError, RowConflict, Unavailable
from limner.ledger.database import Change, Database
from limner.ledger.group_commit import MOST_WRITES
from limner.ledger.opening import open_database
from limner.ledger.tables import pictures, servers

ADD = insert(servers)
SEE = update(servers).where(servers.c.id == bindparam("server")).values(seen_at=bindparam("now"))
PICTURE = {
    "job_id": "job",
    "index": 0,
    "number": 1,
    "key_id": "key",
    "month": "2026-12",
    "outcome": "stored",
    "at": 0.0,
    "width": 1,
    "height": 1,
}
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


async def test_changes_take_effect_in_the_order_in_which_they_were_given(database: Database) -> None:
    database.post(add("a"))
    database.post(Change(SEE, {"server": "a", "now": 1.0}))
    touched = database.execute(Change(SEE, {"server": "a", "now": 2.0}), add("b"))
    last = database.write(Change(SEE, {"server": "a", "now": 3.0}), Change(SEE, {"server": "b", "now": 4.0}))
    assert (await asyncio.gather(touched, last))[0] == (1, 1)
    assert [row["seen_at"] for row in await database.read(ALL)] == [3.0, 4.0]


async def test_what_the_database_cannot_hold_fails_its_own_write_and_no_other(database: Database) -> None:
    add_picture = Change(insert(pictures), {**PICTURE, "bytes": 2**70})
    results = await asyncio.gather(
        database.write(add("a")),
        database.write(add_picture),
        database.write(add("b")),
        return_exceptions=True,
    )
    assert [type(result) for result in results] == [type(None), InternalError, type(None)]
    assert await names(database) == ["a", "b"]


async def test_a_writer_that_goes_away_leaves_the_others_theirs(database: Database) -> None:
    writes = [asyncio.create_task(database.write(add(str(number)))) for number in range(5)]
    await asyncio.sleep(0)
    writes[2].cancel()
    results = await asyncio.gather(*writes, return_exceptions=True)
    assert [isinstance(result, asyncio.CancelledError) for result in results] == [n == 2 for n in range(5)]
    await database.write(add("last"))
    assert {"0", "1", "3", "4", "last"} <= set(await names(database))


async def test_a_posted_change_that_fails_is_logged(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    database.post(add("a"))
    database.post(add("a"))
    await database.write(add("b"))
    assert "a change was not recorded" in caplog.text
    assert await names(database) == ["a", "b"]


async def test_a_closed_database_takes_no_more_writes(database: Database) -> None:
    await database.close()
    with pytest.raises(Unavailable):
        await database.write(add("a"))


async def test_more_writes_than_one_commit_takes_are_all_written(database: Database) -> None:
    names_of_all = [f"{number:05}" for number in range(MOST_WRITES + 1)]
    await asyncio.gather(*(database.write(add(name)) for name in names_of_all))
    assert await names(database) == names_of_all


async def test_a_read_sees_every_write_that_returned(database: Database) -> None:
    async def write_and_read(number: int) -> bool:
        await database.write(add(str(number)))
        return str(number) in await names(database)

    assert all(await asyncio.gather(*(write_and_read(number) for number in range(50))))


async def test_a_failing_query_is_our_own_error(database: Database) -> None:
    with pytest.raises(InternalError) as caught:
        await database.read(select(text("no_such_column")).select_from(servers))
    assert type(caught.value) is InternalError


WRITE_AND_TELL = """
import asyncio, itertools, sys
from limner.config import load_settings
from limner.ledger.database import Change
from limner.ledger.group_commit import MOST_WRITES
from limner.ledger.opening import open_database
from limner.ledger.tables import servers

async def write(database, numbers, add):
    for number in numbers:
        await database.write(Change(add, {"id": str(number), "seen_at": 0.0}))
        print(number, flush=True)

async def main():
    add = servers.insert()
    async with open_database(load_settings()) as database:
        numbers = itertools.count()
        await asyncio.gather(*(write(database, numbers, add) for _ in range(8)))

asyncio.run(main())
"""


async def test_what_was_told_to_be_written_survives_a_kill(database_settings: Settings) -> None:
    environment = {**os.environ, "LIMNER_DATA_DIR": str(database_settings.data_dir)}
    if database_settings.database_url is not None:
        environment["LIMNER_DATABASE_URL"] = database_settings.database_url
    command = [sys.executable, "-c", WRITE_AND_TELL]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        told = [child.stdout.readline() for _ in range(200)]
        child.kill()
        told += child.stdout.readlines()
    numbers = {line.strip() for line in told if line.endswith("\n")}
    assert len(numbers) >= 200
    async with open_database(database_settings) as database:
        assert numbers <= set(await names(database))
