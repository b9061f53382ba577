"""A database for each test: a SQLite file of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from limner.config import Settings
from limner.ledger.database import Database
from limner.ledger.opening import open_database


@pytest.fixture(params=["sqlite"])
def database_settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Settings that name an empty database."""
    return Settings(data_dir=tmp_path / "data")


@pytest.fixture
async def database(database_settings: Settings) -> AsyncIterator[Database]:
    """An open, empty database; every test that uses it runs on each kind that there is."""
    async with open_database(database_settings) as opened:
        yield opened
