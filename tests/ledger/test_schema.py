"""The schema by migrations is the schema of the tables, on both databases, and no start meets half of one."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import create_async_engine

from limner.config import Settings
from limner.errors import ConfigError
from limner.ledger.opening import FILE_NAME, open_database
from limner.ledger.schema import HEAD, bring_up
from limner.ledger.tables import metadata
from limner.ledger.upgrade import newest_revision, upgrade_from


async def in_database(settings: Settings, *steps: Callable[[Connection], Any]) -> Any:
    """What the last step returns; each has a transaction of its own."""
    url = settings.database_url or f"sqlite://{settings.data_dir / FILE_NAME}"
    settings.data_dir.mkdir(exist_ok=True)
    scheme, _, rest = url.partition("://")
    driver = {"sqlite": "sqlite+aiosqlite:///", "postgresql": "postgresql+asyncpg://"}[scheme]
    engine = create_async_engine(driver + rest)
    try:
        for step in steps:
            async with engine.begin() as connection:
                result = await connection.run_sync(step)
        return result
    finally:
        await engine.dispose()


def differences(connection: Connection) -> Any:
    options = {"compare_type": True, "compare_server_default": True}
    return compare_metadata(MigrationContext.configure(connection, opts=options), metadata)


def index_shape(index: Any) -> tuple[str, list[str], str]:
    where = {key: str(value) for key, value in index["dialect_options"].items() if key.endswith("_where")}
    return index["name"], index["column_names"], str(where)


def shape(connection: Connection) -> dict[str, Any]:
    """All that the database itself says of its tables."""
    seen = inspect(connection)
    return {
        name: (
            [(each["name"], str(each["type"]), each["nullable"]) for each in seen.get_columns(name)],
            seen.get_pk_constraint(name)["constrained_columns"],
            sorted(sorted(each["column_names"]) for each in seen.get_unique_constraints(name)),
            sorted(map(index_shape, seen.get_indexes(name))),
        )
        for name in sorted(seen.get_table_names())
    }


def migrate_from_nothing(connection: Connection) -> None:
    upgrade_from("", connection)


def version(connection: Connection) -> object:
    return connection.scalar(text("SELECT version_num FROM alembic_version"))


async def test_migrations_lead_to_the_tables(database_settings: Settings) -> None:
    assert await in_database(database_settings, migrate_from_nothing, differences) == []
    assert await in_database(database_settings, version) == HEAD


async def test_a_new_database_and_a_migrated_one_have_the_same_shape(database_settings: Settings) -> None:
    migrated = await in_database(database_settings, migrate_from_nothing, shape)

    def clear(connection: Connection) -> None:
        for name in inspect(connection).get_table_names():
            connection.execute(text(f"DROP TABLE {name}"))

    assert await in_database(database_settings, clear, bring_up, shape) == migrated
    assert sorted(migrated) == sorted([*metadata.tables, "alembic_version"])


def test_the_newest_revision_is_the_one_that_a_start_looks_for() -> None:
    assert newest_revision() == HEAD


async def test_a_database_without_any_revision_is_migrated_at_the_start(database_settings: Settings) -> None:
    def version_table(connection: Connection) -> None:
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))

    await in_database(database_settings, version_table)
    async with open_database(database_settings):
        pass
    assert await in_database(database_settings, version) == HEAD
    assert await in_database(database_settings, differences) == []


async def test_a_newer_database_is_refused(database_settings: Settings) -> None:
    def age(connection: Connection) -> None:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    await in_database(database_settings, bring_up, age)
    with pytest.raises(ConfigError, match="'9999', which this version of Limner does not know"):
        async with open_database(database_settings):
            pass


async def test_servers_that_start_at_once_on_an_empty_database_all_come_up(
    database_settings: Settings,
) -> None:
    async def start() -> None:
        async with open_database(database_settings):
            pass

    await asyncio.gather(*(start() for _ in range(4)))
    assert await in_database(database_settings, differences) == []


OPEN = """
import asyncio, sys
from limner.config import load_settings
from limner.ledger.opening import open_database

async def main():
    async with open_database(load_settings()):
        print(*sorted({name.partition(".")[0] for name in sys.modules}))

asyncio.run(main())
"""


def modules_of_a_start(settings: Settings) -> set[str]:
    environment = {**os.environ, "LIMNER_DATA_DIR": str(settings.data_dir)}
    if settings.database_url:
        environment["LIMNER_DATABASE_URL"] = settings.database_url
    run = subprocess.run(
        [sys.executable, "-c", OPEN], env=environment, capture_output=True, text=True, check=True
    )
    return set(run.stdout.split())


def test_a_start_needs_no_alembic_and_one_on_sqlite_no_driver(database_settings: Settings) -> None:
    unneeded = {"alembic", "mako"} if database_settings.database_url else {"alembic", "mako", "asyncpg"}
    assert modules_of_a_start(database_settings) & unneeded == set()
    assert modules_of_a_start(database_settings) & unneeded == set()
