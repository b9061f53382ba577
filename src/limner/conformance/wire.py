"""Plain HTTP to the target: what the SDKs would hide, such as headers, frames and malformed bodies."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Mapping
from functools import lru_cache
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from urllib.parse import urlsplit

import httpx

from limner.conformance.journal import Exchange
from limner.conformance.target import Target

GENERATIONS = "/images/generations"


def generate(
    target: Target, family: str, headers: Mapping[str, str] | None = None, /, **fields: object
) -> httpx.Response:
    """The answer to a generation request by a model of the family; a prompt is filled in if none is given."""
    body = {"model": target.model(family), "prompt": "a lighthouse at dusk", **fields}
    return post(target, body, headers)


def post(
    target: Target, body: object, headers: Mapping[str, str] | None = None, *, path: str = GENERATIONS
) -> httpx.Response:
    """The answer to body, sent as JSON, or as it is if it is bytes."""
    with _client(target) as client:
        url = target.base_url + path
        sent = {**authorization(target), "Content-Type": "application/json", **(headers or {})}
        if isinstance(body, bytes):
            return client.post(url, content=body, headers=sent)
        return client.post(url, json=body, headers=sent)


def get(target: Target, url: str, headers: Mapping[str, str] | None = None) -> httpx.Response:
    """The answer to a GET of an absolute URL, without the key."""
    with _client(target) as client:
        return client.get(url, headers=headers)


def request(
    target: Target, method: str, path: str, headers: Mapping[str, str] | None = None
) -> httpx.Response:
    """The answer to a request without a body, with the key."""
    with _client(target) as client:
        return client.request(
            method, target.base_url + path, headers={**authorization(target), **(headers or {})}
        )


def announce(target: Target, headers: Mapping[str, str]) -> tuple[int, Mapping[str, str], bytes]:
    """The answer to a POST whose headers are sent and whose body never is: status, headers, body."""
    connection = _connection(target)
    status, body = None, b""
    try:
        connection.putrequest("POST", urlsplit(target.base_url).path + GENERATIONS)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        answer: HTTPResponse = connection.getresponse()
        status, body = answer.status, answer.read()
        return status, {k.lower(): v for k, v in answer.getheaders()}, body
    finally:
        connection.close()
        _note_announced(target, headers, status, body)


def authorization(target: Target) -> dict[str, str]:
    """The header that carries the key."""
    return {"Authorization": f"Bearer {target.api_key}"}


def hooks(target: Target) -> dict[str, list[Callable[..., None]]]:
    """The event hooks of every client that talks to the target, those of the SDKs too."""
    return target.journal.hooks() if target.journal is not None else {}


def _client(target: Target) -> httpx.Client:
    return httpx.Client(verify=_tls(), timeout=target.timeout_s, event_hooks=hooks(target))


def _note_announced(target: Target, headers: Mapping[str, str], status: int | None, body: bytes) -> None:
    if target.journal is not None:
        sent = {name.lower(): value for name, value in headers.items()}
        target.journal.add(Exchange("POST", target.base_url + GENERATIONS, sent, b"", status, body))


@lru_cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def _connection(target: Target) -> HTTPConnection:
    url = urlsplit(target.base_url)
    host = url.hostname or ""
    # An answer must come although the body does not: a server that waits for it runs into this timeout.
    if url.scheme == "https":
        return HTTPSConnection(host, url.port, timeout=30, context=_tls())
    return HTTPConnection(host, url.port, timeout=30)
