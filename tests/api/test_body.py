"""Authorise before the body is read, and the bound on the body."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest

from limner.conformance.expect import assert_error
from limner.testing import API_KEY, RunningServer, running_server

PATHS = ["/v1/images/generations", "/api/v3/images/generations", "/v1/images/edits"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": API_KEY}])
def test_a_missing_or_wrong_key_is_refused(server: RunningServer, path: str, headers: dict[str, str]) -> None:
    answer = httpx.post(server.base_url + path, json={}, headers=headers, trust_env=False)
    assert_error(answer, 401, "AuthenticationError")


@pytest.mark.parametrize("path", PATHS)
def test_the_key_is_judged_before_the_body_is_sent(server: RunningServer, path: str) -> None:
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n"
    assert _status_after(server, head) == 401


def test_a_body_that_says_it_is_too_large_is_refused_before_it_is_sent(server: RunningServer) -> None:
    head = (
        f"POST {PATHS[0]} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {API_KEY}\r\n"
        f"Content-Length: {(64 << 20) + 1}\r\n\r\n"
    )
    assert _status_after(server, head) == 413


def _status_after(server: RunningServer, sent: str) -> int:
    """The status that comes although no body was sent."""
    parts = urlsplit(server.base_url)
    with socket.create_connection((parts.hostname, parts.port), timeout=10) as connection:
        connection.sendall(sent.encode())
        return int(connection.recv(4096).split(b" ")[1])


@pytest.fixture(scope="module")
def small_server() -> Iterator[RunningServer]:
    with running_server(max_body_bytes=200) as server:
        yield server


def _post(server: RunningServer, body: bytes, *, chunked: bool) -> httpx.Response:
    content = (body[start : start + 50] for start in range(0, len(body), 50)) if chunked else body
    headers = {"Authorization": f"Bearer {API_KEY}"}
    return httpx.post(server.base_url + PATHS[0], content=content, headers=headers, trust_env=False)


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_of_exactly_the_limit_is_read(small_server: RunningServer, chunked: bool) -> None:
    assert_error(_post(small_server, b"{}".ljust(200), chunked=chunked), 400, "MissingParameter")


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_one_byte_over_the_limit_is_refused(small_server: RunningServer, chunked: bool) -> None:
    assert_error(_post(small_server, b"{}".ljust(201), chunked=chunked), 413, "RequestBodyTooLarge")
