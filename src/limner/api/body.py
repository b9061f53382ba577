"""Authorise, then read: the first thing that happens to an API request, and the bound on its body."""

from __future__ import annotations

import time

from starlette.requests import Request
from starlette.types import Message, Receive

from limner.api.context import service_of
from limner.errors import RequestBodyTooLarge
from limner.keys import Key


async def authorise(request: Request) -> Key:
    """The key of the request, judged by its header alone. Raises AuthenticationError."""
    service = service_of(request)
    began = time.perf_counter()
    key = await service.keys.verify(_authorization(request))
    service.metrics.stage("authorise", time.perf_counter() - began)
    return key


async def authorise_admin(request: Request) -> None:
    """Return if the request has the admin key. Raises AccessDenied or AuthenticationError."""
    await service_of(request).keys.verify_admin(_authorization(request))


def _authorization(request: Request) -> bytes | None:
    header = request.headers.get("authorization")
    return None if header is None else header.encode("latin-1")


async def read_body(request: Request) -> list[bytes]:
    """The whole body in the chunks in which it came.

    Raises RequestBodyTooLarge before reading more than is allowed.
    """
    return [chunk async for chunk in limit_body(request).stream() if chunk]


def limit_body(request: Request) -> Request:
    """The same request, whose body raises RequestBodyTooLarge as soon as it is too long."""
    max_bytes = service_of(request).settings.max_body_bytes
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length) > max_bytes:
        raise RequestBodyTooLarge.over(max_bytes)
    return Request(request.scope, _counted(request.receive, max_bytes))


def _counted(receive: Receive, max_bytes: int) -> Receive:
    total = 0

    async def counted() -> Message:
        nonlocal total
        message = await receive()
        total += len(message.get("body", b""))
        if total > max_bytes:
            raise RequestBodyTooLarge.over(max_bytes)
        return message

    return counted
