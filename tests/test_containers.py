"""What the image and compose.yaml say, held against their linters and, where it can be run, against servers.

Not covered: no image is built and no container is started; docs/operations.md says what was tried by hand.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest

from limner.config import Settings, load_settings
from limner.testing import running_server

ROOT = Path(__file__).parent.parent
HEALTHCHECK = ROOT / "deploy" / "healthcheck.py"
SECRETS = {
    "LIMNER_API_KEY": "key-of-the-api",
    "LIMNER_ADMIN_KEY": "key-of-the-admin",
    "POSTGRES_PASSWORD": "password0of0postgres",
    "STORE_SECRET_KEY": "secret0of0the0store",
}


def tool(name: str) -> str:
    """The path of a linter that the dev extra brings where it can be had."""
    path = Path(sys.executable).parent / name
    if not path.exists():
        pytest.skip(f"{name} is not to be had on this platform")
    return str(path)


def compose(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [tool("docker-compose"), "--env-file", "/dev/null", *arguments]
    variables = {"PATH": os.environ["PATH"], **environment}
    return subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True)


def composed() -> dict[str, Any]:
    """compose.yaml as Docker Compose reads it."""
    run = compose("config", "--format", "json", **SECRETS)
    assert run.returncode == 0, run.stderr
    assert run.stderr == ""
    return dict(json.loads(run.stdout))


def dockerfile() -> str:
    return (ROOT / "Dockerfile").read_text(encoding="utf-8")


def check_health(port: int) -> subprocess.CompletedProcess[str]:
    environment = {"LIMNER_PORT": str(port), "http_proxy": "http://127.0.0.1:9", "PATH": os.environ["PATH"]}
    return subprocess.run([sys.executable, HEALTHCHECK], env=environment, capture_output=True, text=True)


def test_the_dockerfile_passes_its_linter() -> None:
    run = subprocess.run([tool("hadolint"), str(ROOT / "Dockerfile")], capture_output=True, text=True)
    assert run.stdout == ""
    assert run.returncode == 0


def test_every_stage_that_is_served_is_unprivileged_and_checked() -> None:
    stages = re.split(r"^FROM ", dockerfile(), flags=re.MULTILINE)[1:]
    names = [stage.splitlines()[0].split(" AS ")[1] for stage in stages]
    by_name = dict(zip(names, stages, strict=True))
    assert names[-1] == "server", "docker build makes the last stage"
    assert "USER 10001:10001" in by_name["base"]
    for name in ("server", "diffusers"):
        assert by_name[name].splitlines()[0] == f"base AS {name}"
        assert "HEALTHCHECK" in by_name[name]


def test_the_image_holds_only_packages_that_are_pinned() -> None:
    installs = re.findall(r"pip install (.*)", dockerfile())
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "optional-dependencies"
    ]
    assert "PIP_CONSTRAINT=/src/constraints.txt" in dockerfile()
    for install in installs:
        named = re.fullmatch(r"'\.\[([\w,-]+)\]'", install)
        assert named, install
        assert set(named[1].split(",")) <= set(extras)
    assert len(installs) == 2


def test_what_the_image_is_made_of_is_let_through_and_nothing_else() -> None:
    rules = [line for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line]
    rules = [rule for rule in rules if not rule.startswith("#")]
    copied = {
        source
        for line in re.findall(r"^COPY (?!--from)(.*)$", dockerfile(), re.MULTILINE)
        for source in line.split()[:-1]
    }
    assert rules[0] == "*"
    assert {rule[1:] for rule in rules if rule.startswith("!")} == copied
    assert all((ROOT / name).exists() for name in copied)
    shut_again = [rule.removeprefix("**/") for rule in rules if rule.startswith("**/")]
    for name in (".env", "limner.toml", "__pycache__", "limner.egg-info"):
        assert any(fnmatch(name, rule) for rule in shut_again)


def test_compose_reads_its_file_without_a_complaint() -> None:
    assert set(composed()["services"]) == {"limner", "postgres", "store"}


@pytest.mark.parametrize("missing", SECRETS)
def test_compose_refuses_to_start_without_a_secret(missing: str) -> None:
    run = compose("config", "--quiet", **(SECRETS | {missing: ""}))
    assert run.returncode != 0
    assert missing in run.stderr


def test_the_example_names_every_variable_and_has_no_secret() -> None:
    lines = (ROOT / "deploy" / "compose.env.example").read_text(encoding="utf-8").splitlines()
    example = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    used = set(re.findall(r"\$\{(\w+)", (ROOT / "compose.yaml").read_text(encoding="utf-8")))
    assert set(example) == used
    assert [name for name in SECRETS if example[name]] == []
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert ".env" in ignored


def test_no_secret_is_written_into_the_files() -> None:
    assert "SECRET" not in dockerfile()
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    assert all(f"${{{name}:?" in text for name in SECRETS)


def test_every_service_has_a_volume_and_only_the_server_has_a_port() -> None:
    services = composed()["services"]
    assert all(service["volumes"] for service in services.values())
    assert [name for name, service in services.items() if "ports" in service] == ["limner"]
    assert services["limner"]["ports"][0]["host_ip"] == "127.0.0.1"
    assert composed()["networks"]["back"]["internal"] is True
    for name in ("postgres", "store"):
        assert set(services[name]["networks"]) == {"back"}
        assert services[name]["healthcheck"]["test"][0] == "CMD"
        assert services["limner"]["depends_on"][name]["condition"] == "service_healthy"


def settings_of_compose(tmp_path: Path) -> Settings:
    """The settings that compose.yaml's environment makes."""
    environment = composed()["services"]["limner"]["environment"]
    return load_settings({"data_dir": tmp_path / "data"}, env=environment)


def test_the_environment_of_compose_is_one_that_the_server_understands(tmp_path: Path) -> None:
    settings = settings_of_compose(tmp_path)
    services = composed()["services"]
    assert settings.database_url is not None
    assert f"limner:{SECRETS['POSTGRES_PASSWORD']}@postgres:" in settings.database_url
    options = dict(settings.storage_options)
    assert (options["endpoint"], options["secret_access_key"]) == (
        "http://store:8333",
        services["store"]["environment"]["AWS_SECRET_ACCESS_KEY"],
    )
    assert options["access_key_id"] == services["store"]["environment"]["AWS_ACCESS_KEY_ID"]
    assert settings.storage_links == "limner"


def test_compose_waits_longer_than_the_server_s_jobs_have(tmp_path: Path) -> None:
    period = composed()["services"]["limner"]["stop_grace_period"]
    assert int(period.removesuffix("s")) > settings_of_compose(tmp_path).shutdown_grace_s


def test_a_server_that_answers_is_healthy_whatever_the_proxy() -> None:
    with running_server() as server:
        run = check_health(int(server.base_url.rsplit(":", 1)[1]))
    assert (run.returncode, run.stderr) == (0, "")


def test_a_server_that_is_gone_or_not_ready_is_not_healthy() -> None:
    with running_server() as server:
        port = int(server.base_url.rsplit(":", 1)[1])
        server.call(server.service.stop(0))
        refused = check_health(port)
    gone = check_health(port)
    assert (refused.returncode, refused.stderr) == (1, "/readyz says 503\n")
    assert gone.returncode == 1
    assert "no answer" in gone.stderr
