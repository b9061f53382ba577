from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from limner.cli.main import app
from limner.errors import AuthenticationError
from limner.keys import KeyStore


def loaded(folder: Path) -> KeyStore:
    store = KeyStore(folder, None)
    store.load()
    return store


def test_reset_prints_a_key_that_works_and_ends_the_old_one(tmp_path: Path) -> None:
    old = KeyStore(tmp_path, None).load()
    result = CliRunner().invoke(app, ["key", "reset", "--data-dir", str(tmp_path)])
    assert result.exit_code == 0
    store = loaded(tmp_path)
    assert store.verify(f"Bearer {result.stdout.strip()}".encode()).id
    with pytest.raises(AuthenticationError):
        store.verify(f"Bearer {old}".encode())


def test_a_configured_key_cannot_be_reset(tmp_path: Path) -> None:
    result = CliRunner(env={"LIMNER_API_KEY": "mine"}).invoke(
        app, ["key", "reset", "--data-dir", str(tmp_path)]
    )
    assert (result.exit_code, result.stdout) == (2, "")
    assert "LIMNER_API_KEY" in result.stderr
