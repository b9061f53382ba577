"""GET /metrics, for Prometheus: with the admin key, or without one on a port of its own.

Not covered: who reaches that port. It is for a private address or a firewall's inside.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress

from fastapi import APIRouter, Request
from starlette.responses import Response

from limner.api.body import authorise_admin
from limner.api.context import service_of
from limner.errors import ConfigError
from limner.metrics import Metrics

router = APIRouter()
READ_TIMEOUT_S = 5.0
MAX_HEAD_BYTES = 8192


@router.get("/metrics", include_in_schema=False)
async def read_metrics(request: Request) -> Response:
    """The metrics, for who has the admin key."""
    await authorise_admin(request)
    body, content_type = service_of(request).metrics.render()
    return Response(body, headers={"Content-Type": content_type, "Cache-Control": "no-store"})


@asynccontextmanager
async def metrics_port(metrics: Metrics, host: str, port: int) -> AsyncGenerator[int, None]:
    """A listener that answers GET /metrics and nothing else; the value is its port, as 0 takes a free one.

    Raises ConfigError where it cannot listen.
    """

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), READ_TIMEOUT_S)
            writer.write(_answer_to(head, metrics))
            await asyncio.wait_for(writer.drain(), READ_TIMEOUT_S)
        writer.close()

    try:
        server = await asyncio.start_server(answer, host, port, limit=MAX_HEAD_BYTES)
    except OSError as error:
        raise ConfigError(f"cannot listen on metrics_port {port} of {host}: {error.strerror}") from error
    async with server:
        yield _port_of(server)


def _answer_to(head: bytes, metrics: Metrics) -> bytes:
    method, _, rest = head.partition(b" ")
    path = rest.partition(b" ")[0].partition(b"?")[0]
    if path != b"/metrics":
        return _whole("404 Not Found", b"The metrics are at /metrics.\n", "text/plain")
    if method not in (b"GET", b"HEAD"):
        return _whole("405 Method Not Allowed", b"", "text/plain", "Allow: GET, HEAD")
    whole = _whole("200 OK", *metrics.render())
    return whole if method == b"GET" else whole.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"


def _whole(status: str, body: bytes, content_type: str, *headers: str) -> bytes:
    lines = (
        f"HTTP/1.1 {status}",
        f"Content-Type: {content_type}",
        f"Content-Length: {len(body)}",
        "Connection: close",
        *headers,
    )
    return "\r\n".join((*lines, "", "")).encode() + body


def _port_of(server: asyncio.Server) -> int:
    families = (socket.AF_INET, socket.AF_INET6)
    return int(next(each for each in server.sockets if each.family in families).getsockname()[1])
