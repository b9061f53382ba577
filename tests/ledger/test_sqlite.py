"""The SQLite file: private, shared with other processes, and of use again after the disk was full."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from limner.errors import ConfigError, Unavailable
from limner.ledger.database import Change
from limner.ledger.sqlite import SqliteDatabase
from limner.ledger.tables import servers


def add(name: str) -> Change:
    return Change(insert(servers), {"id": name, "seen_at": 0.0})


async def names(database: SqliteDatabase) -> list[str]:
    return [row["id"] for row in await database.read(select(servers).order_by(servers.c.id))]


async def test_nobody_else_may_look_into_the_folder(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / "data" / "limner.db")
    await database.open()
    await database.close()
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700


async def test_the_log_is_synced_at_every_commit(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / "limner.db")
    await database.open()
    assert database._connection is not None
    assert database._connection.execute("PRAGMA synchronous").fetchone() == (2,)
    assert database._connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    await database.close()


async def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "limner.db"
    path.write_bytes(b"not a database" * 100)
    with pytest.raises(ConfigError, match="cannot be used as a database: file is not a database"):
        await SqliteDatabase(path).open()


async def test_other_processes_may_write_while_it_is_open(tmp_path: Path) -> None:
    ours, theirs = SqliteDatabase(tmp_path / "limner.db"), SqliteDatabase(tmp_path / "limner.db")
    await ours.open()
    await theirs.open()
    await asyncio.gather(
        *(database.write(add(f"{who}-{n}")) for n in range(50) for who, database in enumerate((ours, theirs)))
    )
    assert await names(ours) == await names(theirs)
    assert len(await names(ours)) == 100
    await ours.close()
    await theirs.close()


async def test_a_database_that_somebody_locks_is_unavailable_until_they_let_go(tmp_path: Path) -> None:
    path = tmp_path / "limner.db"
    database = SqliteDatabase(path, busy_timeout_s=0.05)
    await database.open()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    results = await asyncio.gather(*(database.write(add(str(n))) for n in range(3)), return_exceptions=True)
    assert [type(result) for result in results] == [Unavailable] * 3
    assert await names(database) == []
    other.execute("ROLLBACK")
    other.close()
    await database.write(add("later"))
    assert await names(database) == ["later"]
    await database.close()


FILL_THE_DISK = """
import asyncio, resource, sys
from pathlib import Path
from limner.errors import Unavailable
from limner.ledger.database import Change
from limner.ledger.sqlite import SqliteDatabase
from limner.ledger.tables import jobs
from sqlalchemy import func, insert, select

ADD = insert(jobs)
ROOM = 256 * 1024

def add(number):
    facts = dict.fromkeys(("key_id", "model", "card", "engine", "state"), "x")
    counts = dict.fromkeys(("created_at", "pictures", "pixels"), 0)
    flags = {"detached": False, "cancel_asked": False}
    return Change(ADD, {"id": str(number), "request": {"prompt": "x" * 20_000}, **facts, **counts, **flags})

async def main():
    database = SqliteDatabase(Path(sys.argv[1]))
    await database.open()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, hard))
    written, refused = 0, 0
    for number in range(40):
        try:
            await database.write(add(number))
            written += 1
        except Unavailable:
            refused += 1
    found = (await database.read(select(func.count().label("n")).select_from(jobs)))[0]["n"]
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    await database.write(add("after"))
    await database.close()
    print(written, refused, found)

asyncio.run(main())
"""


async def test_when_the_disk_is_full_writers_hear_it_and_nothing_that_was_told_is_lost(
    tmp_path: Path,
) -> None:
    """A limit on the size of files stands for the disk: the write fails in the same place."""
    path = tmp_path / "data" / "limner.db"
    child = subprocess.run(
        [sys.executable, "-c", FILL_THE_DISK, str(path)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        check=True,
    )
    written, refused, found = map(int, child.stdout.split())
    assert (written > 0, refused > 0, found) == (True, True, written)
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM jobs").fetchone() == (written + 1,)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
