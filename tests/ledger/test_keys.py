"""The table of keys: what is kept of a key, and what ends one."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from sqlalchemy import select

from limner.config import Settings
from limner.errors import RowConflict
from limner.keys import Key, KeyStore, Limits, digest_of, first_key
from limner.ledger.database import Database
from limner.ledger.keys import KeyRecord, KeyTable
from limner.ledger.opening import open_database
from limner.ledger.tables import keys

LIMITS = Limits(("doubao-seedream-4*", "gpt-image-1"), 60, 4, 1000, 2500.5)
DIGEST = digest_of(b"lim-first")
OTHER_DIGEST = digest_of(b"lim-second")


def table_of(database: Database, now: float = 100.0) -> KeyTable:
    return KeyTable(database, clock=lambda: now)


async def test_a_key_is_found_by_its_hash_with_every_limit(database: Database) -> None:
    table = table_of(database)
    added = await table.add(DIGEST, "ci", LIMITS, expires_at=200.0)
    assert added == KeyRecord(Key(DIGEST[:12], "ci", LIMITS, 200.0), created_at=100.0)
    assert await table.by_digest(DIGEST) == added.key
    assert await table.by_digest(OTHER_DIGEST) is None


async def test_a_key_without_limits_has_none(database: Database) -> None:
    table = table_of(database)
    await table.add(DIGEST, "ci", Limits(), None)
    key = await table.by_digest(DIGEST)
    assert key == Key(DIGEST[:12], "ci", Limits(), None)


async def test_only_the_hash_is_in_the_table(database: Database) -> None:
    await table_of(database).add(digest_of(b"lim-secret"), "ci", Limits(), None)
    (row,) = await database.read(select(keys))
    assert row["digest"] == digest_of(b"lim-secret")
    assert "lim-secret" not in str(row)


async def test_a_name_is_given_once_even_when_its_key_was_revoked(database: Database) -> None:
    table = table_of(database)
    first = await table.add(DIGEST, "ci", Limits(), None)
    await table.revoke(first.key.id)
    with pytest.raises(RowConflict):
        await table.add(OTHER_DIGEST, "ci", Limits(), None)


async def test_of_twenty_who_give_a_name_at_once_one_succeeds(database: Database) -> None:
    table = table_of(database)
    adding = [table.add(digest_of(b"%d" % number), "ci", Limits(), None) for number in range(20)]
    results = await asyncio.gather(*adding, return_exceptions=True)
    assert sorted(type(result).__name__ for result in results) == ["KeyRecord"] + ["RowConflict"] * 19


async def test_a_revoked_key_is_no_longer_found_by_its_hash_but_stays_in_the_list(database: Database) -> None:
    table = table_of(database)
    record = await table.add(DIGEST, "ci", Limits(), None)
    assert await table.revoke(record.key.id)
    assert await table.by_digest(DIGEST) is None
    (listed,) = await table.list()
    assert (listed.revoked_at, listed.state(now=101)) == (100.0, "revoked")


async def test_a_revoked_key_can_be_neither_revoked_nor_rotated_nor_changed(database: Database) -> None:
    table = table_of(database)
    key_id = (await table.add(DIGEST, "ci", Limits(), None)).key.id
    await table.revoke(key_id)
    assert not await table.revoke(key_id)
    assert not await table.rotate(key_id, OTHER_DIGEST)
    assert not await table.change(key_id, LIMITS, None)
    assert await table.by_digest(OTHER_DIGEST) is None


async def test_a_rotated_key_keeps_its_id_and_limits(database: Database) -> None:
    table = table_of(database)
    record = await table.add(DIGEST, "ci", LIMITS, 200.0)
    assert await table.rotate(record.key.id, OTHER_DIGEST)
    assert await table.by_digest(DIGEST) is None
    assert await table.by_digest(OTHER_DIGEST) == record.key


async def test_limits_can_be_changed_and_taken_away(database: Database) -> None:
    table = table_of(database)
    key_id = (await table.add(DIGEST, "ci", Limits(), None)).key.id
    assert await table.change(key_id, LIMITS, 200.0)
    assert await table.by_digest(DIGEST) == Key(key_id, "ci", LIMITS, 200.0)
    assert await table.change(key_id, Limits(), None)
    assert await table.by_digest(DIGEST) == Key(key_id, "ci", Limits(), None)


async def test_an_id_is_looked_for_before_a_name(database: Database) -> None:
    table = table_of(database)
    first = await table.add(DIGEST, "ci", Limits(), None)
    second = await table.add(OTHER_DIGEST, first.key.id, Limits(), None)
    assert await table.find(first.key.id) == first
    assert await table.find("ci") == first
    assert await table.find(second.key.id) == second
    assert await table.find("nobody") is None


async def test_the_list_begins_with_the_oldest(database: Database) -> None:
    for number, name in enumerate(("b", "c", "a")):
        await table_of(database, now=number).add(digest_of(name.encode()), name, Limits(), None)
    assert [record.key.name for record in await table_of(database).list()] == ["b", "c", "a"]


async def test_a_table_is_empty_until_its_first_key(database: Database) -> None:
    table = table_of(database)
    assert await table.is_empty()
    key_id = (await table.add(DIGEST, "ci", Limits(), None)).key.id
    await table.revoke(key_id)
    assert not await table.is_empty()


@pytest.mark.parametrize(("now", "state"), [(199.9, "valid"), (200.0, "expired")])
def test_a_key_expires_at_its_second(now: float, state: str) -> None:
    assert KeyRecord(Key("id", "ci", expires_at=200.0), created_at=0).state(now) == state


async def test_of_servers_that_start_at_once_on_one_database_one_makes_the_first_key(
    database_settings: Settings, tmp_path: Path
) -> None:
    async with AsyncExitStack() as stack:
        servers = [await stack.enter_async_context(open_database(database_settings)) for _ in range(3)]
        starting = [first_key(KeyTable(server), tmp_path) for server in servers * 5]
        shown = [secret for secret in await asyncio.gather(*starting) if secret is not None]
        assert len(shown) == 1
        for server in servers:
            key = await KeyStore(KeyTable(server)).verify(f"Bearer {shown[0]}".encode())
            assert key.name == "default"
