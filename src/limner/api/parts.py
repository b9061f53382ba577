"""An answer's body in parts: a picture's base64 is made piece by piece as it goes out, so that a large
answer never lies in memory whole and a slow reader slows only itself.

It knows neither the wire's fields nor jobs.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import pybase64
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

JSON_TYPE = "application/json; charset=utf-8"
CHUNK_BYTES = 3 << 18
"""Of a picture, encoded at a time; a multiple of 3, so that no chunk but the last is padded."""


@dataclass(frozen=True, slots=True)
class Base64:
    """Bytes that go out as base64."""

    data: bytes

    def __len__(self) -> int:
        return (len(self.data) + 2) // 3 * 4

    def chunks(self) -> Iterator[bytes]:
        view = memoryview(self.data)
        for start in range(0, len(view), CHUNK_BYTES):
            yield pybase64.b64encode(view[start : start + CHUNK_BYTES])


Part: TypeAlias = bytes | Base64


def chunks_of(parts: Iterable[Part]) -> Iterator[bytes]:
    """The parts as bytes; neighbours that are bytes already come as one."""
    waiting: list[bytes] = []
    for part in parts:
        if isinstance(part, bytes):
            waiting.append(part)
            continue
        yield b"".join(waiting)
        waiting.clear()
        yield from part.chunks()
    if waiting:
        yield b"".join(waiting)


class PartsResponse(Response):
    """A body of known length, sent part by part. on_sent: told the seconds that sending took."""

    def __init__(
        self,
        parts: Iterable[Part],
        *,
        headers: Mapping[str, str],
        media_type: str,
        on_sent: Callable[[float], None] | None = None,
    ) -> None:
        self.parts = tuple(parts)
        self._on_sent = on_sent
        length = sum(len(part) for part in self.parts)
        super().__init__(headers={"content-length": str(length), **headers}, media_type=media_type)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        began = time.perf_counter()
        start = {"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers}
        await send(start)
        chunks = chunks_of(self.parts)
        chunk = next(chunks, b"")
        for following in chunks:
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
            chunk = following
        await send({"type": "http.response.body", "body": chunk, "more_body": False})
        if self._on_sent is not None:
            self._on_sent(time.perf_counter() - began)
