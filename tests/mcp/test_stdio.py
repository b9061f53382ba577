"""`limner mcp` as a child process, as chat programs start it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from mcp_types import ImageContent, ResourceLink, TextContent
from PIL import Image

from limner.testing import RunningServer

START_TIMEOUT_S = 60
KEY = "lim-a-key-of-the-tests"
HELLO = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "a", "version": "1"},
    },
}


def environment(tmp_path: Path, **more: str) -> dict[str, str]:
    return {
        "PATH": "/usr/bin:/bin",
        "LIMNER_ENGINE": "fake",
        "TMPDIR": str(tmp_path),
        "NO_PROXY": "127.0.0.1",
        **more,
    }


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "limner", "mcp", *map(str, arguments)]


@asynccontextmanager
async def child(tmp_path: Path, *arguments: object, mode: str = "auto", **env: str) -> AsyncIterator[Client]:
    program, *rest = command(*arguments)
    parameters = StdioServerParameters(
        command=program, args=rest, env=environment(tmp_path, **env), cwd=tmp_path
    )
    async with Client(parameters, mode=mode, read_timeout_seconds=START_TIMEOUT_S) as client:
        yield client


def text_of(result: Any) -> str:
    return "".join(block.text for block in result.content if isinstance(block, TextContent))


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_a_chat_program_makes_edits_and_finds_pictures(tmp_path: Path, mode: str) -> None:
    Image.new("RGB", (40, 40), "red").save(tmp_path / "red.png")
    async with child(tmp_path, "--allow-folder", tmp_path, mode=mode) as client:
        assert client.server_info is not None and client.server_info.name == "limner"
        made = await client.call_tool("generate", {"prompt": "a fox"})
        (link,) = [block for block in made.content if isinstance(block, ResourceLink)]
        assert [block.mime_type for block in made.content if isinstance(block, ImageContent)] == [
            "image/jpeg"
        ]
        picture_id = (link.meta or {})["limner/picture"]["id"]
        pictures = [picture_id, str(tmp_path / "red.png"), link.uri]
        edited = await client.call_tool("edit", {"instruction": "combine them", "pictures": pictures[:2]})
        assert not edited.is_error, text_of(edited)
        assert not (await client.call_tool("get_picture", {"id": picture_id})).is_error
    assert list(tmp_path.glob("limner-*")) == []


@pytest.mark.slow
async def test_pictures_that_are_kept_are_there_the_next_time(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    async with child(tmp_path, "--keep-in", folder) as client:
        made = await client.call_tool("generate", {"prompt": "a fox"})
        link = next(block for block in made.content if isinstance(block, ResourceLink))
    assert link.uri.startswith(folder.as_uri())
    async with child(tmp_path, "--keep-in", folder) as client:
        again = await client.call_tool("get_picture", {"id": (link.meta or {})["limner/picture"]["id"]})
    assert not again.is_error, text_of(again)


async def test_a_server_makes_the_pictures_where_one_is_named(tmp_path: Path, server: RunningServer) -> None:
    async with child(tmp_path, "--base-url", server.base_url, LIMNER_API_KEY=server.api_key) as client:
        made = await client.call_tool("generate", {"prompt": "a fox"})
    assert server.base_url in text_of(made)


async def test_a_server_that_is_down_is_said_by_the_tools(tmp_path: Path) -> None:
    async with child(tmp_path, "--base-url", "http://127.0.0.1:9", LIMNER_API_KEY=KEY) as client:
        assert len((await client.list_tools()).tools) == 5
        made = await client.call_tool("generate", {"prompt": "a fox"})
    assert made.is_error
    assert text_of(made).startswith("ServerUnreachable: http://127.0.0.1:9")
    assert "limner serve" in text_of(made)


@contextmanager
def started(tmp_path: Path, *arguments: object, **env: str) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        command(*arguments),
        env=environment(tmp_path, **env),
        cwd=tmp_path,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.slow
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_it_and_leaves_nothing(tmp_path: Path, number: int, code: int) -> None:
    with started(tmp_path) as process:
        assert process.stdin and process.stdout and process.stderr
        process.stdin.write(json.dumps(HELLO) + "\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["result"]["serverInfo"]["name"] == "limner"
        os.kill(process.pid, number)
        assert process.wait(START_TIMEOUT_S) == code
        assert process.stderr.read() == ""
    assert list(tmp_path.glob("limner-*")) == []


def test_nothing_but_messages_goes_to_stdout(tmp_path: Path) -> None:
    with started(tmp_path) as process:
        out, _ = process.communicate(json.dumps(HELLO) + "\nno message\n", timeout=START_TIMEOUT_S)
    assert process.returncode == 0
    assert all(json.loads(line)["jsonrpc"] == "2.0" for line in out.splitlines())


async def test_over_http_it_says_where_and_ends_by_a_signal(tmp_path: Path) -> None:
    with started(tmp_path, "--http", "--port", 0, LIMNER_API_KEY=KEY) as process:
        assert process.stderr
        found = re.fullmatch(r"Limner MCP  (http://127\.0\.0\.1:\d+/mcp)\n", process.stderr.readline())
        assert found
        headers = {"Authorization": f"Bearer {KEY}"}
        async with httpx2.AsyncClient(headers=headers, trust_env=False, timeout=20) as http:
            async with Client(streamable_http_client(found[1], http_client=http)) as client:
                made = await client.call_tool("generate", {"prompt": "a fox"})
            link = next(block for block in made.content if isinstance(block, ResourceLink))
        async with httpx2.AsyncClient(trust_env=False) as anyone:
            assert (await anyone.get(link.uri)).status_code == 200
        process.terminate()
        assert process.wait(START_TIMEOUT_S) == 0
    assert list(tmp_path.glob("limner-*")) == []
