"""Large data URIs are lifted out of a JSON body before it is parsed: 10 MB of base64 need not become a
string first and bytes again. benchmarks/server_cost.py says what it saves.

It knows JSON's quotes and the beginning of a data URI, no field of the wire.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass

LIFT_FROM_BYTES = 1 << 16
_BEGINNING = re.compile(rb'"(data:image/[a-z0-9.+-]{1,32};base64,)')


@dataclass(frozen=True, slots=True)
class Lifted:
    """A body with stand-ins. base64: what each stand-in stands for, without the URI's beginning."""

    body: bytes
    base64: dict[str, memoryview]


def lift(raw: bytes) -> Lifted:
    """The body with a short stand-in, which no client can guess, for each large data URI in it.

    A stand-in may end up where no image is, even inside a longer string, and what it stands for may hold
    an escape, which is the JSON parser's to read: whoever asks has to look, and parse raw if it is so.
    """
    pieces: list[bytes] = []
    base64: dict[str, memoryview] = {}
    nonce = secrets.token_hex(8)
    kept = position = 0
    while match := _BEGINNING.search(raw, position):
        start, end = match.end(), raw.find(b'"', match.end())
        if end < 0:
            break
        position = end
        if end - start < LIFT_FROM_BYTES or raw[end - 1 : end] == b"\\":
            continue
        stand_in = match[1] + f"{nonce}-{len(base64)}".encode()
        pieces += [raw[kept : match.start(1)], stand_in]
        base64[stand_in.decode()] = memoryview(raw)[start:end]
        kept = end
    pieces.append(raw[kept:] if kept else raw)
    return Lifted(b"".join(pieces), base64)
