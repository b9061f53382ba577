"""Ids on every answer, and the address that links begin with."""

from __future__ import annotations

import re

import httpx
import pytest

from limner.api.context import header_list
from limner.testing import API_KEY, running_server

MODEL = "doubao-seedream-4-0-250828"
BODY = {"model": MODEL, "prompt": "a cat", "size": "1K", "watermark": False}
AUTHORIZATION = {"Authorization": f"Bearer {API_KEY}"}


def _link(base_url: str, headers: dict[str, str]) -> str:
    answer = httpx.post(
        f"{base_url}/v1/images/generations", json=BODY, headers=AUTHORIZATION | headers, trust_env=False
    )
    return str(answer.json()["data"][0]["url"])


@pytest.mark.parametrize("path", ["/healthz", "/nowhere", "/v1/models", "/files/x"])
def test_every_answer_has_an_id_of_its_own(client: httpx.Client, path: str) -> None:
    ids = [client.get(path).headers["x-request-id"] for _ in range(2)]
    assert ids[0] != ids[1]
    assert all(re.fullmatch(r"02\d{13}[0-9a-f]{38}", each) for each in ids)


def test_a_picture_is_named_after_its_request(client: httpx.Client) -> None:
    answer = client.post("/v1/images/generations", json=BODY)
    assert f"/files/{answer.headers['x-request-id']}_0.jpeg?" in answer.json()["data"][0]["url"]


def test_the_clients_own_id_comes_back(client: httpx.Client) -> None:
    answer = client.get("/healthz", headers={"X-Client-Request-Id": "mine-7"})
    assert answer.headers["x-client-request-id"] == "mine-7"


@pytest.mark.parametrize("given", [{}, {"X-Client-Request-Id": "x" * 129}, {"X-Client-Request-Id": "a b"}])
def test_without_a_fit_id_of_the_client_one_is_made(client: httpx.Client, given: dict[str, str]) -> None:
    answer = client.get("/healthz", headers=given)
    assert re.fullmatch(r"unknown-\d{14}-[0-9a-f]{8}", answer.headers["x-client-request-id"])


def test_a_link_begins_with_the_requests_host(client: httpx.Client) -> None:
    assert _link(str(client.base_url), {"Host": "pictures.example:8443"}).startswith(
        "http://pictures.example:8443/files/"
    )


def test_a_host_that_is_none_is_not_believed(client: httpx.Client) -> None:
    assert _link(str(client.base_url), {"Host": "evil/../x"}).startswith("http://127.0.0.1:")


FORWARDED = [
    {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "p.example"},
    {"Forwarded": 'for=1.2.3.4;proto=https;host="p.example", for=5.6.7.8'},
]


@pytest.mark.parametrize("headers", FORWARDED)
def test_forwarded_headers_of_a_stranger_are_not_believed(
    client: httpx.Client, headers: dict[str, str]
) -> None:
    assert _link(str(client.base_url), headers).startswith("http://127.0.0.1:")


@pytest.mark.parametrize("headers", FORWARDED)
def test_forwarded_headers_of_a_trusted_proxy_are_believed(headers: dict[str, str]) -> None:
    with running_server(trusted_proxies=["127.0.0.0/8"]) as server:
        assert _link(server.base_url, headers).startswith("https://p.example/files/")


def test_public_url_wins_over_every_header() -> None:
    with running_server(public_url="https://img.example/limner/") as server:
        assert _link(server.base_url, {"Host": "other"}).startswith("https://img.example/limner/files/02")


def test_names_that_clients_chose_cannot_break_out_of_a_header() -> None:
    assert header_list(("n", "a\r\nSet-Cookie: x", "图", "\ud800")) == (
        "n, a%0D%0ASet-Cookie%3A%20x, %E5%9B%BE, %3F"
    )
    assert len(header_list(tuple("x" * 1000 for _ in range(1000)))) < 3000
