"""`limner keys`: keys on the command line, alone and beside a server that runs."""

from __future__ import annotations

import hashlib
import json
import shlex
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
import typer
from typer.testing import CliRunner, Result

from limner.cli.keys import expiry
from limner.cli.main import app
from limner.keys import CACHE_S, HASH_FILE
from limner.testing import running_server

NOON = datetime(2026, 5, 10, 12, tzinfo=UTC).timestamp()


def limner(folder: Path, *args: str, **env: str) -> Result:
    return CliRunner(env=env).invoke(app, ["keys", *args, "--data-dir", str(folder)])


def listed(folder: Path) -> list[dict[str, Any]]:
    result = limner(folder, "list", "--json")
    assert result.exit_code == 0, result.stderr
    records = json.loads(result.stdout)
    assert isinstance(records, list)
    return records


def test_a_made_key_is_printed_alone_so_that_a_script_can_take_it(tmp_path: Path) -> None:
    result = limner(tmp_path / "data", "create", "ci")
    assert result.exit_code == 0
    assert result.stdout.startswith("lim-")
    assert len(result.stdout) == 48
    assert "only this once" in result.stderr


def test_a_list_shows_every_limit_and_no_key(tmp_path: Path) -> None:
    limits = [
        *("--models", "doubao-*, gpt-image-1", "--images-per-minute", "60", "--concurrent-jobs", "4"),
        *("--monthly-pictures", "1000", "--monthly-megapixels", "2500.5", "--expires", "2999-12-31"),
    ]
    key = limner(tmp_path, "create", "ci", *limits).stdout.strip()
    (record,) = listed(tmp_path)
    assert record | {"id": "", "created_at": 0} == {
        "id": "",
        "name": "ci",
        "state": "valid",
        "models": ["doubao-*", "gpt-image-1"],
        "images_per_minute": 60,
        "concurrent_jobs": 4,
        "monthly_pictures": 1000,
        "monthly_megapixels": 2500.5,
        "created_at": 0,
        "expires_at": datetime(3000, 1, 1, tzinfo=UTC).timestamp(),
        "revoked_at": None,
    }
    table = limner(tmp_path, "list", COLUMNS="200").stdout
    assert all(text in table for text in ("ci", "valid", "doubao-* gpt-image-1", "2500.5", "2999-12-31"))
    assert key not in table
    digest = hashlib.sha256(key.encode()).hexdigest()
    assert digest not in table + json.dumps(listed(tmp_path))


def test_the_database_has_the_key_s_hash_and_not_the_key(tmp_path: Path) -> None:
    key = limner(tmp_path, "create", "ci").stdout.strip()
    content = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    assert key.encode() not in content
    assert hashlib.sha256(key.encode()).hexdigest().encode() in content


def test_a_running_server_hears_of_keys_and_of_their_end_within_two_seconds() -> None:
    with running_server() as server, httpx.Client(base_url=server.base_url, trust_env=False) as client:
        folder = server.service.settings.data_dir

        def status(key: str) -> int:
            return client.get("/v1/models", headers={"Authorization": f"Bearer {key}"}).status_code

        def becomes_refused(key: str) -> bool:
            end = time.monotonic() + CACHE_S + 0.5
            while time.monotonic() < end and status(key) != 401:
                time.sleep(0.05)
            return status(key) == 401

        first = limner(folder, "create", "ci").stdout.strip()
        assert status(first) == 200
        second = limner(folder, "rotate", "ci").stdout.strip()
        assert status(second) == 200
        assert becomes_refused(first)
        assert limner(folder, "revoke", "ci").stdout == "ci is revoked.\n"
        assert becomes_refused(second)
        assert status(server.api_key) == 200


def test_a_key_is_named_by_its_id_as_well(tmp_path: Path) -> None:
    limner(tmp_path, "create", "ci")
    key_id = listed(tmp_path)[0]["id"]
    assert limner(tmp_path, "revoke", key_id).exit_code == 0
    assert listed(tmp_path)[0]["state"] == "revoked"


def test_the_key_of_an_older_installation_can_be_rotated(tmp_path: Path) -> None:
    (tmp_path / HASH_FILE).write_text(hashlib.sha256(b"lim-old").hexdigest() + "\n")
    assert limner(tmp_path, "rotate", "default").stdout.startswith("lim-")
    (record,) = listed(tmp_path)
    assert (record["id"], record["name"]) == (hashlib.sha256(b"lim-old").hexdigest()[:12], "default")
    assert not (tmp_path / HASH_FILE).exists()


@pytest.mark.parametrize(
    ("args", "named"),
    [
        (("create", "a b"), "letters, digits"),
        (("create", "a" * 65), "letters, digits"),
        (("create", "other", "--expires", "tomorrow"), "tomorrow"),
        (("create", "other", "--expires", "2020-01-01"), "is over"),
        (("create", "other", "--images-per-minute", "0"), "--images-per-minute"),
        (("create", "ci"), "a name is given once"),
        (("rotate", "nobody"), "limner keys list"),
        (("revoke", "nobody"), "limner keys list"),
        (("rotate", "ended"), "is revoked"),
        (("revoke", "ended"), "is revoked"),
        (("create", "ended"), "a name is given once"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    tmp_path: Path, args: tuple[str, ...], named: str
) -> None:
    for name in ("ci", "ended"):
        limner(tmp_path, "create", name)
    limner(tmp_path, "revoke", "ended")
    before = listed(tmp_path)
    result = limner(tmp_path, *args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert named in result.stderr
    assert listed(tmp_path) == before


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("30d", NOON + 30 * 86400),
        ("0d", NOON),
        ("2026-05-10", datetime(2026, 5, 11, tzinfo=UTC).timestamp()),
        ("2026-12-31", datetime(2027, 1, 1, tzinfo=UTC).timestamp()),
    ],
)
def test_a_key_expires_at_the_end_of_its_last_day_or_after_so_many_days(text: str, end: float) -> None:
    assert expiry(text, NOON) == end


@pytest.mark.parametrize("text", ["", "d", "30", "-1d", "1.5d", "2026-05-09", "2026-02-30", "10.05.2026"])
def test_another_expiry_is_refused(text: str) -> None:
    with pytest.raises(typer.Exit):
        expiry(text, NOON)


def test_the_commands_of_the_documentation_work(tmp_path: Path) -> None:
    (tmp_path / HASH_FILE).write_text(hashlib.sha256(b"lim-old").hexdigest() + "\n")
    page = Path(__file__).parent.parent.parent / "docs" / "keys.md"
    lines = [line for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("limner ")]
    runner = CliRunner(env={"LIMNER_DATA_DIR": str(tmp_path)})
    for line in lines:
        result = runner.invoke(app, shlex.split(line)[1:])
        assert result.exit_code == 0, (line, result.stderr)
        assert result.stdout
    assert [(record["name"], record["state"]) for record in listed(tmp_path)] == [
        ("default", "valid"),
        ("ci", "revoked"),
        ("shop", "valid"),
    ]
    assert len(lines) == 7
