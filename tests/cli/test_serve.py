from __future__ import annotations

import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from limner.cli.main import app
from limner.cli.serve import base_url, greeting
from limner.config import load_settings


def lines(fresh_key: str | None = None, **flags: object) -> str:
    return "\n".join(greeting(load_settings(flags, env={}), fresh_key))


@pytest.mark.parametrize(
    ("flags", "url"),
    [
        ({}, "http://127.0.0.1:8000"),
        ({"host": "0.0.0.0", "port": 9000}, "http://127.0.0.1:9000"),
        ({"host": "::"}, "http://[::1]:8000"),
        ({"host": "10.0.0.7"}, "http://10.0.0.7:8000"),
        ({"host": "0.0.0.0", "public_url": "https://pictures.example/"}, "https://pictures.example"),
    ],
)
def test_the_base_url_is_one_that_a_client_can_use(flags: dict[str, object], url: str) -> None:
    assert base_url(load_settings(flags, env={})) == url


def test_the_start_says_where_api_and_documentation_are() -> None:
    assert "http://127.0.0.1:8000/v1" in lines()
    assert "http://127.0.0.1:8000/docs" in lines()


def test_only_a_fresh_key_is_shown() -> None:
    assert "lim-abc" in lines("lim-abc")
    assert "key" not in lines(None)


def test_an_open_host_without_public_url_warns() -> None:
    assert "warning" in lines(host="0.0.0.0")
    assert "warning" not in lines(host="0.0.0.0", public_url="https://pictures.example")
    assert "warning" not in lines(host="localhost")


@pytest.mark.parametrize(
    ("args", "named"),
    [
        (["--port", "65536"], ["port", "65536", "the command line"]),
        (["--watermark-default", "maybe"], ["watermark_default", "maybe"]),
        (["--config", "missing.toml"], ["missing.toml"]),
    ],
)
def test_a_setting_that_does_not_parse_stops_the_start(
    args: list[str], named: list[str], tmp_path: Path
) -> None:
    result = CliRunner().invoke(app, ["serve", "--data-dir", str(tmp_path / "data"), *args])
    assert result.exit_code == 2
    assert all(word in result.stderr for word in named)
    assert not (tmp_path / "data").exists()


def test_a_port_that_is_taken_stops_the_start(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        result = CliRunner().invoke(app, ["serve", "--port", port, "--data-dir", str(tmp_path / "data")])
    assert (result.exit_code, result.stdout) == (2, "")
    assert port in result.stderr
    assert not (tmp_path / "data").exists()


def test_a_host_that_is_not_this_machine_s_stops_the_start(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["serve", "--host", "192.0.2.1", "--data-dir", str(tmp_path / "data")])
    assert result.exit_code == 2
    assert "192.0.2.1" in result.stderr


def test_a_server_prints_its_key_serves_and_ends_at_an_interrupt(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "limner", "serve", "--engine", "fake", "--worker-processes", "0"]
    options = ["--port", str(port), "--data-dir", str(tmp_path / "data")]
    with subprocess.Popen([*command, *options], stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        key = next(line.split()[2] for line in process.stderr if line.startswith("API key "))
        transport = httpx.HTTPTransport(retries=20)
        headers = {"Authorization": f"Bearer {key}"}
        with httpx.Client(transport=transport, headers=headers, trust_env=False) as client:
            models = client.get(f"http://127.0.0.1:{port}/v1/models")
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read()
    assert models.status_code == 200
    assert (process.returncode, "Traceback" in rest) == (0, False)


@pytest.mark.parametrize("setting", ["api_key", "admin_key"])
def test_a_secret_that_does_not_parse_is_not_shown_and_no_key_is_made(tmp_path: Path, setting: str) -> None:
    runner = CliRunner(env={f"LIMNER_{setting.upper()}": "not a key"})
    result = runner.invoke(app, ["serve", "--data-dir", str(tmp_path / "data")])
    assert result.exit_code == 2
    assert setting in result.stderr
    assert "not a key" not in result.stderr
    assert not (tmp_path / "data").exists()
