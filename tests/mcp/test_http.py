"""Streamable HTTP: who is let in, under which names, and what else is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest

from limner.errors import ConfigError
from limner.mcp.http import MAX_BODY_BYTES, listen, transport_security
from limner.testing import RunningServer

if TYPE_CHECKING:
    from tests.mcp.conftest import Caller, Connect

INITIALIZE = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "a test", "version": "1"},
    },
}
ACCEPT = {"Accept": "application/json, text/event-stream"}


async def post(caller: Caller, headers: dict[str, str], body: Any = None) -> httpx.Response:
    async with httpx.AsyncClient(trust_env=False, timeout=20) as client:
        return await client.post(caller.url, json=body or INITIALIZE, headers=ACCEPT | headers)


async def test_the_key_opens(before: Connect, server: RunningServer) -> None:
    async with before(server) as caller:
        answer = await post(caller, caller.headers)
        lower = await post(
            caller, {"Authorization": caller.headers["Authorization"].replace("Bearer", "bearer")}
        )
    assert answer.status_code == lower.status_code == 200
    assert '"name":"limner"' in answer.text


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer wrong",
        "Basic {key}",
        "{key}",
        "Bearer {key}x",
        "Bearer x{key}",
        "Bearer é",
    ],
)
async def test_nothing_else_does(before: Connect, server: RunningServer, header: str) -> None:
    async with before(server) as caller:
        key = caller.headers["Authorization"].partition(" ")[2]
        value = header.format(key=key).encode()
        async with httpx.AsyncClient(trust_env=False) as client:
            given = [(b"Authorization", value)] if value else []
            answer = await client.post(caller.url, json=INITIALIZE, headers=given)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.json()["error"]["code"] == "AuthenticationError"


@pytest.mark.parametrize("path", ["/", "/docs", "/openapi.json", "/v1/models", "/mcp/", "/files"])
async def test_without_the_key_no_path_says_whether_it_is_there(
    before: Connect, server: RunningServer, path: str
) -> None:
    async with before(server) as caller, httpx.AsyncClient(trust_env=False) as client:
        assert (await client.get(caller.url.replace("/mcp", path))).status_code == 401


@pytest.mark.parametrize(
    "name",
    ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:{port}"],
)
async def test_another_host_name_is_refused_with_the_key_too(
    before: Connect, server: RunningServer, name: str
) -> None:
    async with before(server) as caller:
        port = str(httpx.URL(caller.url).port)
        answer = await post(caller, caller.headers | {"Host": name.format(port=port)})
    assert answer.status_code == 421


@pytest.mark.parametrize(
    ("origin", "status"),
    [("http://evil.example", 403), ("null", 403), ("http://127.0.0.1:1", 403), ("{own}", 200)],
)
async def test_only_its_own_origin_is_let_in(
    before: Connect, server: RunningServer, origin: str, status: int
) -> None:
    async with before(server) as caller:
        own = caller.url.removesuffix("/mcp")
        answer = await post(caller, caller.headers | {"Origin": origin.format(own=own)})
    assert answer.status_code == status


def test_hosts_that_are_named_are_allowed_as_a_proxy_passes_them_on() -> None:
    guard = transport_security(["pictures.example"], 8100)
    assert {"pictures.example", "pictures.example:8100", "127.0.0.1:8100"} <= set(guard.allowed_hosts)
    assert "https://pictures.example" in guard.allowed_origins
    assert not any("*" in name for name in guard.allowed_hosts + guard.allowed_origins)


async def test_a_body_over_the_limit_is_refused(before: Connect, server: RunningServer) -> None:
    async with before(server) as caller, httpx.AsyncClient(trust_env=False, timeout=20) as client:
        headers = ACCEPT | caller.headers | {"Content-Type": "application/json"}
        within = await client.post(caller.url, content=b" " * MAX_BODY_BYTES, headers=headers)
        over = await client.post(caller.url, content=b" " * (MAX_BODY_BYTES + 1), headers=headers)
    assert (within.status_code, over.status_code) == (400, 413)


async def test_files_are_not_read_over_http(before: Connect, server: RunningServer) -> None:
    async with before(server) as caller:
        answer = await caller.call("edit", instruction="make it winter", pictures=["/etc/hostname"])
    assert answer.is_error
    assert answer.text.startswith("UnusableFile: ")


async def test_pictures_of_this_process_are_behind_signed_links(in_process: Connect) -> None:
    async with in_process(with_links=True) as caller, httpx.AsyncClient(trust_env=False) as client:
        answer = await caller.call("generate", prompt="a fox")
        link = httpx.URL(answer.urls[0]).copy_with(port=httpx.URL(caller.url).port)
        assert (await client.get(link)).content.startswith(b"\xff\xd8")
        assert (await client.get(link.copy_with(query=None))).status_code == 403
        assert (await client.get(link.copy_with(path="/files/signing.key"))).status_code == 403


def test_a_port_that_is_taken_is_said() -> None:
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ConfigError, match=f"cannot listen on host 127.0.0.1, port {port}"):
            listen("127.0.0.1", port)
