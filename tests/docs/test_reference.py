"""What can be set, called, sent and met is on the page where one looks for it; examples run as they stand."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest
import typer
from doc_tables.pages import blocks, commands, run_against, section
from starlette.routing import Route

from limner import errors
from limner.api.app import EXPOSED_HEADERS, create_app
from limner.api.jobs import EVENT_NAMES as JOB_EVENTS
from limner.api.stream import EVENT_NAMES
from limner.catalog import load_catalog
from limner.cli.main import app
from limner.config import Settings
from limner.jobs.records import STATES
from limner.testing import RunningServer, running_server

API = "docs/api.md"


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    with running_server() as running:
        yield running


@pytest.fixture(scope="module")
def schemas(server: RunningServer) -> Mapping[str, Any]:
    found: Mapping[str, Any] = httpx.get(f"{server.base_url}/openapi.json").json()["components"]["schemas"]
    return found


def command_line(command: Any, words: tuple[str, ...] = ("limner",)) -> Iterator[tuple[str, Any]]:
    """Every command that can be called, and the options that it knows."""
    yield " ".join(words), command
    for name, child in getattr(command, "commands", {}).items():
        yield from command_line(child, (*words, name))


def properties(schema: Mapping[str, Any]) -> set[str]:
    """The names of a schema's fields, at every depth but behind references."""
    names = set(schema.get("properties", {}))
    inner = [*schema.get("properties", {}).values(), schema.get("items", {})]
    return names.union(*(properties(each) for each in inner if each), set())


def paths(routes: Any) -> Iterator[str]:
    for route in routes:
        if isinstance(route, Route):
            yield re.sub(r":\w+}", "}", route.path)
        else:
            yield from paths(route.original_router.routes)


@pytest.mark.parametrize("setting", Settings.model_fields)
def test_a_setting_is_in_the_table_of_settings(setting: str) -> None:
    assert f"| `{setting}` |" in section("docs/configuration.md", "Configuration")


COMMANDS = {name: found for name, found in command_line(typer.main.get_command(app)) if found.params}


@pytest.mark.parametrize("name", COMMANDS)
def test_an_option_of_a_command_is_on_the_page_of_commands(name: str) -> None:
    text = section("docs/commands.md", name)
    if name == "limner serve":
        text += section("docs/configuration.md", "Configuration")
    spelled = [flag for option in COMMANDS[name].params for flag in (*option.opts, *option.secondary_opts)]
    flags = [flag for flag in spelled if flag.startswith("-")]
    assert [flag for flag in flags if f"`{flag}`" not in text] == []


def test_a_command_that_is_not_there_is_not_on_the_page_of_commands() -> None:
    named = re.findall(r"^## (limner.*)$", section("docs/commands.md", "Commands"), re.MULTILINE)
    assert set(named) <= set(COMMANDS)
    assert len(named) == len(set(named)) >= 10


def test_every_path_of_the_server_is_on_the_page_of_the_api(server: RunningServer) -> None:
    found = {*paths(create_app(server.service).routes)}
    found |= {*httpx.get(f"{server.base_url}/openapi.json").json()["paths"]}
    text = section(API, "Routes")
    assert sorted(path for path in found if f"`{path}`" not in text) == []
    assert len(found) >= 25


def error_classes(kind: type[errors.RequestError]) -> Iterator[type[errors.RequestError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from error_classes(child)


def wire_errors() -> list[type[errors.RequestError]]:
    """Those that the API may answer with; parts beside it have some of their own."""
    return [kind for kind in error_classes(errors.RequestError) if kind.__module__ == errors.__name__]


UNUSED = (errors.TooManyRequests,)
"""Never raised itself: what is too much is always said."""


def test_every_error_code_is_on_the_page_of_the_api_with_its_status() -> None:
    text = section(API, "Errors")
    kinds = [kind for kind in wire_errors() if kind not in UNUSED]
    assert [
        kind.code for kind in kinds if f"| {kind.status} | `{kind.code}` | `{kind.type}` |" not in text
    ] == []


def test_the_errors_that_say_when_to_come_again_are_those_of_which_the_page_says_so() -> None:
    waiting = {kind.status for kind in wire_errors() if kind.retry_after_s is not None}
    assert waiting == {429, 503}
    assert "with 429 or 503 says in `Retry-After`" in section(API, "Errors")


def test_every_field_of_a_request_is_on_the_page_of_the_api(schemas: Mapping[str, Any]) -> None:
    text = section(API, "Fields")
    fields = {*schemas["GenerationRequest"]["properties"]}
    nested = {
        f"{field}.{name}"
        for field, model in (
            ("sequential_image_generation_options", "SeriesOptions"),
            ("optimize_prompt_options", "PromptOptions"),
            ("tools", "Tool"),
        )
        for name in schemas[model]["properties"]
    }
    assert sorted(name for name in fields | nested if f"| `{name}` |" not in text) == []


def test_every_field_of_an_answer_is_on_the_page_of_the_api(schemas: Mapping[str, Any]) -> None:
    text = section(API, "Answers")
    names = properties(schemas["GenerationAnswer"]) - {"web_search", "type"}
    assert sorted(name for name in names if not re.search(rf"[`.]{name}[`.[]", text)) == []


def test_every_event_of_a_stream_is_on_the_page_of_the_api() -> None:
    text = section(API, "Streams")
    assert [name for name in (*EVENT_NAMES.values(), "error") if f"| `{name}` |" not in text] == []


def test_every_event_and_state_of_a_job_is_on_the_page_of_jobs() -> None:
    text = section("docs/jobs.md", "Not waiting")
    assert [name for name in (*JOB_EVENTS.values(), *STATES.values()) if f"`{name}`" not in text] == []


def test_every_header_that_a_browser_may_read_is_documented() -> None:
    text = section(API, "Headers")
    assert [name for name in EXPOSED_HEADERS if f"| `{name}` |" not in text] == []


@pytest.mark.parametrize("card", load_catalog().cards, ids=lambda card: card.id)
def test_a_model_is_on_the_page_of_the_api_by_all_its_names(card: Any) -> None:
    text = section(API, card.title)
    assert [name for name in (card.id, *card.names, *card.presets) if f"`{name}`" not in text] == []


@pytest.mark.parametrize("block", blocks(API, "python"))
def test_a_program_of_the_api_s_page_runs_and_prints_links(block: str, server: RunningServer) -> None:
    printed = run_against(server.base_url, [sys.executable, "-c", block], server.api_key)
    links = printed.splitlines()
    assert links and all(link.startswith(server.base_url) for link in links)
    assert all(httpx.get(link).headers["content-type"] == "image/jpeg" for link in links)


@pytest.mark.parametrize("line", commands("docs/quickstart.md", "curl"))
def test_the_quickstart_s_request_is_answered_with_a_picture(line: str, server: RunningServer) -> None:
    printed = run_against(server.base_url, ["bash", "-ec", line], server.api_key)
    assert httpx.get(json.loads(printed)["data"][0]["url"]).headers["content-type"] == "image/jpeg"


def test_the_quickstart_s_tests_run_in_a_pytest_of_their_own(tmp_path: Path) -> None:
    (block,) = blocks("docs/quickstart.md", "python")
    (tmp_path / "test_theirs.py").write_text(block, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout
    assert "2 passed" in run.stdout


@pytest.mark.parametrize("block", blocks(API, "sh"))
def test_a_command_of_the_api_s_page_is_answered_with_a_picture(
    block: str, server: RunningServer, tmp_path: Path
) -> None:
    printed = run_against(server.base_url, ["bash", "-ec", block], server.api_key, folder=tmp_path)
    (picture,) = json.loads(printed)["data"]
    assert picture["url"].startswith(server.base_url)
