"""`limner mcp`: options that do not go together."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from limner.cli.main import app
from limner.cli.mcp import Plan, settings_of


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--http"], "--http needs --api-key"),
        (["--base-url", "http://127.0.0.1:9"], "--base-url needs --api-key"),
        (["--http", "--api-key", "k" * 20, "--allow-folder", "."], "--allow-folder is for stdio only"),
        (["--base-url", "http://x", "--api-key", "k" * 20, "--keep-in", "."], "--keep-in goes without"),
        (["--allow-folder", "no-such-folder"], "there is no such folder"),
        (["--engine", "no-such-engine"], "no-such-engine"),
        (["--http", "--api-key", "two words"], "key"),
        (["--config", "no-such-file.toml"], "no-such-file.toml"),
    ],
)
def test_a_wrong_command_says_so_and_ends_with_2(
    arguments: list[str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, ["mcp", *arguments], env={"LIMNER_API_KEY": None})
    assert result.exit_code == 2
    assert message in result.stderr


WEEK_S = 7 * 86_400
YEAR_S = 365 * 86_400


def test_what_is_kept_in_a_folder_of_the_user_s_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    plan = Plan(None, None, "fake", None, tmp_path, (), False, "127.0.0.1", 0, ())
    assert settings_of(plan, tmp_path).retention_s > 10 * YEAR_S
    assert settings_of(replace(plan, keep_in=None), tmp_path).retention_s == WEEK_S
    monkeypatch.setenv("LIMNER_RETENTION_S", "60")
    assert settings_of(plan, tmp_path).retention_s == 60
