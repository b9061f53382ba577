"""What the page on operations tells an operator to do works."""

from __future__ import annotations

import configparser
import json
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
import typer
from doc_tables.pages import ROOT, blocks, commands, text_of

from limner.cli.main import app
from limner.config import Settings
from limner.testing import RunningServer, running_server

PAGE = "docs/operations.md"
ADMIN_KEY = "an-admin-key-for-tests"
BODY = {"model": "doubao-seedream-4-0-250828", "prompt": "a red fox", "size": "1280x720"}


def service_file() -> configparser.ConfigParser:
    unit = configparser.ConfigParser(interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(ROOT / "deploy" / "limner.service", encoding="utf-8")
    return unit


def client_of(server: RunningServer, key: str) -> httpx.Client:
    return httpx.Client(base_url=server.base_url, headers={"Authorization": f"Bearer {key}"}, timeout=30)


def path_of(link: str) -> str:
    return link.removeprefix("{0.scheme}://{0.netloc}".format(urlsplit(link)))


def run(block: str, folder: Path) -> None:
    subprocess.run(["bash", "-ec", block], cwd=folder, check=True)


def test_a_server_on_a_restored_backup_knows_keys_jobs_bills_and_links(tmp_path: Path) -> None:
    back_up, restore = blocks(PAGE, "sh", "Backup and restore")
    data_dir = tmp_path / "limner-data"
    with running_server(data_dir=data_dir, admin_key=ADMIN_KEY) as server:
        with client_of(server, ADMIN_KEY) as admin:
            key = admin.post("/admin/keys", json={"name": "shop"}).json()["key"]
        with client_of(server, key) as client:
            answer = client.post("/v1/images/generations", json=BODY)
            link, job_id = path_of(answer.json()["data"][0]["url"]), answer.headers["X-Limner-Job-Id"]
            picture, usage = client.get(link).content, client.get("/v1/usage").json()
            secret = client.get("/v1/webhooks/secret").json()
            run(back_up, tmp_path)
            later = client.post("/v1/images/generations", json=BODY).headers["X-Limner-Job-Id"]
    data_dir.rename(tmp_path / "lost")
    run(restore, tmp_path)
    with running_server(data_dir=data_dir) as server, client_of(server, key) as client:
        assert client.get(link).content == picture
        assert client.get(f"/v1/images/jobs/{job_id}").json()["state"] == "done"
        assert client.get(f"/v1/images/jobs/{later}").status_code == 404
        assert client.get("/v1/usage").json() == usage
        assert client.get("/v1/webhooks/secret").json() == secret


def test_the_service_starts_the_server_with_options_that_it_has() -> None:
    _, *words = service_file()["Service"]["ExecStart"].split()
    serve = typer.main.get_command(app).commands["serve"]  # type: ignore[attr-defined]
    known = {flag for option in serve.params for flag in option.opts}
    assert words[0] == "serve"
    assert {word for word in words if word.startswith("--")} <= known


def test_the_service_may_write_where_the_server_keeps_its_data() -> None:
    service = service_file()["Service"]
    words = service["ExecStart"].split()
    assert words[words.index("--data-dir") + 1] == f"/var/lib/{service['StateDirectory']}"
    assert service["StateDirectoryMode"] == "0700"


def test_the_service_is_killed_only_after_its_jobs_had_their_time() -> None:
    grace_s = Settings.model_fields["shutdown_grace_s"].default
    assert int(service_file()["Service"]["TimeoutStopSec"]) > grace_s


def test_the_service_does_not_start_again_and_again_with_wrong_settings(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "limner", "serve", "--port", "no-number"]
    refused = subprocess.run(command, cwd=tmp_path, capture_output=True)
    assert str(refused.returncode) == service_file()["Service"]["RestartPreventExitStatus"]


@pytest.mark.parametrize("line", commands(PAGE, "sudo install -m 644 deploy/"))
def test_the_files_that_are_installed_are_there(line: str) -> None:
    assert (ROOT / line.split()[4]).is_file()


def test_the_key_of_the_page_is_made_and_works_at_the_first_start(tmp_path: Path) -> None:
    (line,) = commands(PAGE, "sudo -u limner .venv/bin/limner keys create")
    words = line.replace("/var/lib/limner", str(tmp_path / "data")).split()[4:]
    words[words.index("--config") + 1] = str(tmp_path / "limner.toml")
    (tmp_path / "limner.toml").touch()
    made = subprocess.run(
        [sys.executable, "-m", "limner", *words], capture_output=True, text=True, check=True
    )
    with (
        running_server(data_dir=tmp_path / "data") as server,
        client_of(server, made.stdout.strip()) as client,
    ):
        assert client.get("/v1/models").status_code == 200


def test_what_the_page_alerts_on_is_on_the_board_or_in_prometheus_itself() -> None:
    board = json.dumps(json.loads((ROOT / "deploy/grafana/limner.json").read_text(encoding="utf-8")))
    (rules,) = (block for block in blocks(PAGE, "yaml") if block.startswith("groups:"))
    named = set(re.findall(r"\blimner_\w+", rules))
    assert len(named) >= 4
    assert [name for name in sorted(named) if name not in board and f"`{name}`" not in text_of(PAGE)] == []
