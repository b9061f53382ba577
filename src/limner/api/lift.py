"""Large data URIs are lifted out of a JSON body before it is parsed, in the chunks in which it came:
10 MB of base64 need not be joined, become a string and then bytes. benchmarks/server_cost.py has the figure.

It knows JSON's quotes and the beginning of a data URI, no field of the wire.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

LIFT_FROM_BYTES = 1 << 16
_BEGINNING = re.compile(rb'"(data:image/[a-z0-9.+-]{1,32};base64,)')


@dataclass(frozen=True, slots=True)
class Place:
    """A byte in a body of chunks."""

    chunk: int
    offset: int


@dataclass(frozen=True, slots=True)
class Lifted:
    """A body with stand-ins. base64: what each stands for, in pieces, without the URI's beginning."""

    body: bytes
    base64: dict[str, list[memoryview]]


def lift(chunks: Sequence[bytes]) -> Lifted:
    """The body with a short stand-in, which no client can guess, for each large data URI in it.

    One whose beginning is cut by a chunk's end stays where it is. A stand-in may end up where no image
    is, and what it stands for may hold an escape, even that of the quote at its end: whoever asks has to
    look, and to parse the chunks as they came if it is so.
    """
    kept: list[bytes | memoryview] = []
    base64: dict[str, list[memoryview]] = {}
    nonce = secrets.token_hex(8)
    done = Place(0, 0)
    position = done
    while (start := _find_beginning(chunks, position)) is not None:
        place, beginning = start
        end = _find_quote(chunks, place)
        if end is None:
            break
        position = end
        pieces = _between(chunks, place, end)
        if sum(map(len, pieces)) < LIFT_FROM_BYTES:
            continue
        stand_in = f"{nonce}-{len(base64)}"
        kept += [*_between(chunks, done, place), stand_in.encode()]
        base64[beginning + stand_in] = pieces
        done = end
    kept += _between(chunks, done, Place(len(chunks), 0))
    return Lifted(b"".join(kept), base64)


def _find_beginning(chunks: Sequence[bytes], start: Place) -> tuple[Place, str] | None:
    """Where the next data URI's base64 begins, and what stands before it."""
    for number in range(start.chunk, len(chunks)):
        match = _BEGINNING.search(chunks[number], start.offset if number == start.chunk else 0)
        if match:
            return Place(number, match.end()), match[1].decode("ascii")
    return None


def _find_quote(chunks: Sequence[bytes], start: Place) -> Place | None:
    for number in range(start.chunk, len(chunks)):
        offset = chunks[number].find(b'"', start.offset if number == start.chunk else 0)
        if offset >= 0:
            return Place(number, offset)
    return None


def _between(chunks: Sequence[bytes], start: Place, end: Place) -> list[memoryview]:
    """The bytes from start up to end, uncopied."""
    if start.chunk == len(chunks):
        return []
    if start.chunk == end.chunk:
        return [memoryview(chunks[start.chunk])[start.offset : end.offset]]
    first = memoryview(chunks[start.chunk])[start.offset :]
    whole = [memoryview(chunk) for chunk in chunks[start.chunk + 1 : end.chunk]]
    last = [memoryview(chunks[end.chunk])[: end.offset]] if end.chunk < len(chunks) else []
    return [first, *whole, *last]
