"""What the documentation says is so."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from doc_tables.pages import ROOT, blocks, commands, run_against
from typer.testing import CliRunner

from limner.cli.main import app
from limner.config import load_settings
from limner.engines.diffusers.mapping import ModelMapping
from limner.engines.diffusers.settings import diffusers_settings
from limner.testing import running_server

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
FOLDERS = ("src", "tests", "tools", "docs", "benchmarks", ".ci")


def ids(pages: list[Path]) -> list[str]:
    return [str(page.relative_to(ROOT)) for page in pages]


@pytest.mark.parametrize("page", PAGES, ids=ids(PAGES))
def test_links_lead_to_files_that_exist(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8"))
    local = [target for target in targets if "://" not in target]
    assert [target for target in local if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=ids(PAGES))
def test_files_that_are_named_exist(page: Path) -> None:
    named = re.findall(r"[`\s]((?:\.?\w+)/[\w./-]+\w)[`\s;]", page.read_text(encoding="utf-8"))
    ours = [name for name in named if name.split("/")[0] in FOLDERS]
    assert [name for name in ours if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=ids(PAGES))
def test_make_has_every_target_that_is_named(page: Path) -> None:
    named = set(
        re.findall(r"\bmake ([a-z]+(?:-[a-z]+)*)\b(?=[`\n ]+(?:[#`A-Z]|$))", page.read_text(encoding="utf-8"))
    )
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert named - targets == set()


def test_the_tables_of_settings_and_checkpoints_follow_from_the_code() -> None:
    check = subprocess.run([sys.executable, ROOT / "tools" / "build_docs.py", "--check"])
    assert check.returncode == 0, "run tools/build_docs.py"


def test_the_settings_file_of_the_documentation_is_valid(tmp_path: Path) -> None:
    (block,) = blocks("docs/configuration.md", "toml")
    file = tmp_path / "limner.toml"
    file.write_text(block, encoding="utf-8")
    assert load_settings(env={}, file=file).routes == tomllib.loads(block)["routes"]


@pytest.mark.parametrize("block", blocks("docs/diffusers.md", "toml"))
def test_the_settings_of_the_open_models_page_are_valid(block: str, tmp_path: Path) -> None:
    file = tmp_path / "limner.toml"
    file.write_text(block, encoding="utf-8")
    table = tomllib.loads(block)["engines"]["diffusers"]
    mapping = ModelMapping.from_settings(diffusers_settings(load_settings(env={}, file=file)))
    assert mapping.rows[: len(table["models"])] == tuple(
        (pattern, tuple(names)) for pattern, names in table["models"].items()
    )


def test_the_commands_of_the_open_models_page_exist() -> None:
    lines = commands("docs/diffusers.md", ".venv/bin/limner ")
    for line in lines:
        words = [word for word in shlex.split(line)[1:] if word.islower() and not word.startswith("-")]
        path = words[: 2 if words[0] == "models" else 1]
        assert CliRunner().invoke(app, [*path, "--help"]).exit_code == 0, line
    assert len(lines) >= 2


def test_the_command_lines_of_the_documentation_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    runner = CliRunner(env={"LIMNER_ENGINE": "fake", "LIMNER_DATA_DIR": str(tmp_path / "data")})
    lines = [
        line for page in ("README.md", "docs/quickstart.md") for line in commands(page, ".venv/bin/limner ")
    ]
    for line in lines:
        result = runner.invoke(app, shlex.split(line)[1:])
        assert result.exit_code == 0, (line, result.stderr)
        assert result.stdout
    assert len(lines) >= 5


def test_the_illustrator_s_page_reads_a_prompt_as_it_says() -> None:
    for block in blocks("docs/sketch.md", "python"):
        subprocess.run([sys.executable, "-c", block], check=True)


def test_the_packaged_assets_are_small_and_licensed() -> None:
    assets = ROOT / "src" / "limner" / "assets"
    assert sum(file.stat().st_size for file in assets.rglob("*") if file.is_file()) <= 16_000_000
    folders = {file.parent for file in assets.rglob("*") if file.suffix in (".ttf", ".bin")}
    assert [folder.name for folder in folders if not any(folder.glob("*LICENSE*"))] == []


def test_the_readme_s_programs_run_and_print_links() -> None:
    with running_server() as server:
        for block in blocks("README.md", "python"):
            printed = run_against(server.base_url, [sys.executable, "-c", block], server.api_key)
            assert all(line.startswith(server.base_url) for line in printed.splitlines())
            assert printed


def test_the_readme_s_curl_is_answered_as_it_says() -> None:
    (line,) = commands("README.md", "curl")
    shown = json.loads(blocks("README.md", "json")[0])
    with running_server() as server:
        answer = json.loads(run_against(server.base_url, ["bash", "-c", line], server.api_key))
    assert answer["data"][0]["url"].startswith(server.base_url)
    assert without_what_varies(answer) == without_what_varies(shown)


def without_what_varies(answer: dict[str, Any]) -> dict[str, Any]:
    (picture,) = answer["data"]
    return answer | {"created": 0, "data": [picture | {"url": ""}]}
