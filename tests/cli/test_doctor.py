"""`limner doctor`: what is well, what is not, and what to do."""

from __future__ import annotations

import asyncio
import json
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner, Result

from limner.cli.main import app
from limner.config import Settings
from limner.jobs.job import new_request_id
from limner.ledger.jobs import JobStore
from limner.ledger.opening import open_database
from limner.ledger.records import JobRecord

ADMIN_KEY = "an-admin-key-that-nobody-guesses"
WELL = {
    "LIMNER_ENGINE": "fake",
    "LIMNER_WORKER_PROCESSES": "0",
    "LIMNER_ADMIN_KEY": ADMIN_KEY,
}


@pytest.fixture(autouse=True)
def in_a_folder_without_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def doctor(*args: str, **env: str) -> Result:
    settings = {f"LIMNER_{name.upper()}": value for name, value in env.items()}
    return CliRunner(env=WELL | {"LIMNER_DATA_DIR": "data"} | settings).invoke(app, ["doctor", *args])


def findings(result: Result) -> dict[str, tuple[str, str]]:
    """State and text of each check."""
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return {
        each["check"]: (each["state"], f"{each['found']} {each['advice']}")
        for each in json.loads(result.stdout)["findings"]
    }


def test_where_all_is_well_every_check_says_so(tmp_path: Path) -> None:
    result = doctor("--json")
    assert result.exit_code == 0
    found = findings(result)
    assert {name: state for name, (state, _) in found.items()} == dict.fromkeys(
        ("settings", "data_dir", "database", "storage", "clock", "keys", "network", "engine"), "ok"
    )
    assert "fake is ready" in found["engine"][1]
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700


def test_nothing_is_left_behind(tmp_path: Path) -> None:
    doctor()
    assert [path for path in (tmp_path / "data" / "pictures").rglob("*") if path.is_file()] == []
    assert list((tmp_path / "data").glob(".doctor-*")) == []


def test_a_person_gets_a_line_for_each_check_and_what_to_do_below_it() -> None:
    result = doctor(host="0.0.0.0")
    lines = result.stdout.splitlines()
    assert [line.split()[1] for line in lines if not line.startswith(" ")] == [
        "settings",
        "data_dir",
        "database",
        "storage",
        "clock",
        "keys",
        "network",
        "engine",
    ]
    (place,) = [number for number, line in enumerate(lines) if line.startswith("warning")]
    assert "set public_url" in lines[place + 1]
    assert result.exit_code == 0


def test_a_setting_that_does_not_parse_is_a_failed_check() -> None:
    result = doctor("--json", port="65536")
    assert (result.exit_code, json.loads(result.stdout)["ok"]) == (1, False)
    state, text = findings(result)["settings"]
    assert state == "failed"
    assert all(word in text for word in ("port", "65536", "LIMNER_PORT"))


def test_settings_that_a_start_would_refuse_are_a_failed_check() -> None:
    for env in ({"api_key": ADMIN_KEY}, {"webhook_allow": "64:ff9b::/96"}, {"aliases": "a=no-such-model"}):
        result = doctor("--json", **env)
        assert (result.exit_code, findings(result)["settings"][0]) == (1, "failed"), env


def test_a_data_dir_that_is_a_file_fails_whatever_needs_it(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    result = doctor("--json")
    assert result.exit_code == 1
    found = findings(result)
    assert {found[name][0] for name in ("data_dir", "database", "storage", "clock")} == {"failed"}
    assert found["engine"][0] == "ok"


def test_a_database_that_does_not_answer_fails_and_its_password_stays_hidden() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    result = doctor("--json", database_url=f"postgresql://limner:top%2Dsecret@127.0.0.1:{port}/limner")
    assert result.exit_code == 1
    state, text = findings(result)["database"]
    assert (state, "database_url" in text) == ("failed", True)
    assert "secret" not in result.stdout


def test_a_file_that_is_no_database_fails(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir(mode=0o700)
    (tmp_path / "data" / "limner.db").write_bytes(b"no database" * 1000)
    found = findings(doctor("--json"))
    assert (found["database"][0], found["clock"][0]) == ("failed", "ok")


def test_a_bucket_that_nobody_serves_fails_also_with_a_fallback() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    options = {
        "endpoint": f"http://127.0.0.1:{port}",
        "access_key_id": "someone-s-id",
        "secret_access_key": "someone-s-secret",
        "region": "us-east-1",
    }
    joined = ",".join(f"{name}={value}" for name, value in options.items())
    result = doctor("--json", storage_url="s3://pictures", storage_fallback="local", storage_options=joined)
    assert result.exit_code == 1
    state, text = findings(result)["storage"]
    assert (state, "storage_options" in text) == ("failed", True)
    assert "someone" not in result.stdout


@pytest.fixture
def bucket() -> Iterator[str]:
    """The endpoint of moto's S3, which has a bucket named pictures."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            transport = httpx.HTTPTransport(retries=9)
            with httpx.Client(transport=transport, trust_env=False, timeout=60) as client:
                client.put(f"http://127.0.0.1:{port}/pictures").raise_for_status()
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def test_a_bucket_is_written_read_and_linked_to(bucket: str) -> None:
    options = f"endpoint={bucket},access_key_id=an-id,secret_access_key=a-secret,region=us-east-1"
    for name, state in (("pictures", "ok"), ("no-such-bucket", "failed")):
        result = doctor("--json", storage_url=f"s3://{name}/limner", storage_options=options)
        assert findings(result)["storage"][0] == state, result.stdout
    listed = httpx.get(f"{bucket}/pictures", trust_env=False).text
    assert "<Key>" not in listed


def test_an_engine_that_is_not_installed_fails() -> None:
    result = doctor("--json", routes="doubao-*=dreamer")
    state, text = findings(result)["engines"]
    assert (result.exit_code, state, "'dreamer'" in text) == (1, "failed", True)


@pytest.mark.parametrize(("ahead_s", "state"), [(30, "ok"), (3600, "warning")])
async def test_a_clock_that_was_set_back_is_noticed(tmp_path: Path, ahead_s: int, state: str) -> None:
    now = time.time() + ahead_s
    job = JobRecord(new_request_id(now), "key", "model", "card", "fake", "done", now)
    async with open_database(Settings(data_dir=tmp_path / "data")) as database:
        await JobStore(database, "server").add(job)
    result = await asyncio.to_thread(doctor, "--json")
    assert findings(result)["clock"][0] == state


def test_without_an_admin_key_or_with_a_short_one_it_warns() -> None:
    result = CliRunner(env={**WELL, "LIMNER_DATA_DIR": "data", "LIMNER_ADMIN_KEY": "short-one"}).invoke(
        app, ["doctor", "--json"]
    )
    assert (result.exit_code, findings(result)["keys"][0]) == (0, "warning")
    assert "short-one" not in result.stdout
    env = {name: value for name, value in WELL.items() if name != "LIMNER_ADMIN_KEY"}
    result = CliRunner(env=env | {"LIMNER_DATA_DIR": "data"}).invoke(app, ["doctor", "--json"])
    assert "LIMNER_ADMIN_KEY" in findings(result)["keys"][1]


@pytest.mark.parametrize(
    ("env", "state"),
    [
        ({"host": "0.0.0.0"}, "warning"),
        ({"host": "0.0.0.0", "public_url": "https://pictures.example"}, "ok"),
        ({"host": "0.0.0.0", "public_url": "https://pictures.example", "metrics_port": "9000"}, "warning"),
        ({"host": "localhost", "metrics_port": "9000"}, "ok"),
    ],
)
def test_a_server_that_others_reach_should_know_its_name(env: dict[str, str], state: str) -> None:
    assert findings(doctor("--json", **env))["network"][0] == state


def test_a_redis_that_does_not_answer_fails() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    result = doctor("--json", redis_url=f"redis://:hidden-word@127.0.0.1:{port}")
    assert (result.exit_code, findings(result)["redis"][0]) == (1, "failed")
    assert "hidden-word" not in result.stdout
