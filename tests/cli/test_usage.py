"""`limner usage`: the same bill as a table, as CSV and as JSON."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner, Result

from limner.cli.main import app
from limner.testing import running_server

MODEL = "doubao-seedream-4-0-250828"
BODY = {"model": MODEL, "prompt": "a fox", "size": "1024x1024"}


def limner(folder: Path, *args: str) -> Result:
    return CliRunner(env={"COLUMNS": "100"}).invoke(app, ["usage", *args, "--data-dir", str(folder)])


def test_a_bill_says_the_same_in_every_format_while_the_server_runs() -> None:
    with running_server() as server:
        headers = {"Authorization": f"Bearer {server.api_key}"}
        url = f"{server.base_url}/v1/images/generations"
        for _ in range(2):
            httpx.post(url, json=BODY, headers=headers, trust_env=False).raise_for_status()
        folder = server.service.settings.data_dir
        by = ("--by", "model,day")
        (row,) = json.loads(limner(folder, *by, "--format", "json").stdout)
        (line,) = csv.DictReader(io.StringIO(limner(folder, *by, "--format", "csv").stdout))
        table = limner(folder, *by).stdout
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    assert [row[name] for name in ("model", "day", "requests", "pictures", "tokens")] == [
        MODEL,
        today,
        2,
        2,
        8192,
    ]
    assert line == {name: str(value) for name, value in row.items()}
    assert "key" not in row
    assert table.splitlines()[-1].split() == [MODEL, today, "2", "0", "2", "2.1", "0.1"]


def test_a_key_is_told_by_id_and_name(tmp_path: Path) -> None:
    with running_server(data_dir=tmp_path) as server:
        assert CliRunner().invoke(app, ["keys", "create", "ci", "--data-dir", str(tmp_path)]).exit_code == 0
        key = CliRunner().invoke(app, ["keys", "rotate", "ci", "--data-dir", str(tmp_path)]).stdout.strip()
        headers = {"Authorization": f"Bearer {key}"}
        url = f"{server.base_url}/v1/images/generations"
        httpx.post(url, json=BODY, headers=headers, trust_env=False).raise_for_status()
    (row,) = json.loads(limner(tmp_path, "--format", "json").stdout)
    assert (row["key_name"], row["pictures"], len(row["key"])) == ("ci", 1, 12)


def test_a_time_in_which_nothing_was_asked_has_an_empty_bill(tmp_path: Path) -> None:
    assert limner(tmp_path, "--since", "2020-01-01", "--until", "2020-01-31").stdout.startswith("Nothing")
    assert json.loads(limner(tmp_path, "--format", "json").stdout) == []
    assert limner(tmp_path, "--by", "", "--format", "csv").stdout.startswith("requests,refused,failed,")
    assert limner(tmp_path, "--format", "csv").stdout.startswith("key,key_name,requests,")


@pytest.mark.parametrize(
    ("args", "named"),
    [
        (("--by", "colour"), "colour"),
        (("--since", "May"), "since"),
        (("--until", "2026-02-30"), "until"),
        (("--since", "2026-02-02", "--until", "2026-02-01"), "since"),
        (("--format", "xml"), "xml"),
    ],
)
def test_what_is_no_bill_is_a_usage_error(tmp_path: Path, args: tuple[str, ...], named: str) -> None:
    result = limner(tmp_path / "data", *args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert named in result.stderr
    assert not (tmp_path / "data").exists()
