"""Pictures small enough to stand in a chat: a JPEG with a bounded side and a bounded number of bytes.

Chat clients refuse a tool's answer of more than about a megabyte of text, pictures as base64 included.
Not covered: what the file's metadata said of its making; the whole picture behind the link has it.
"""

from __future__ import annotations

import asyncio

from limner.types import Size

MAX_ANSWER_BYTES = 520_000
"""Of all pictures of one answer together; base64 makes 700 kB of them."""
SIDES = (1024, 768, 512, 384, 256)
"""The longer side, the largest first; vision models look at no more than about a thousand pixels."""
JPEG_QUALITY = 82


async def shrink(data: bytes, max_bytes: int) -> bytes | None:
    """The picture as a JPEG of at most max_bytes; None where even the smallest has more.

    Raises EmptyImage and InvalidImage for what cannot be decoded.
    """
    return await asyncio.to_thread(_shrink, data, max_bytes)


def _shrink(data: bytes, max_bytes: int) -> bytes | None:
    import cv2
    import simplejpeg

    from limner.media.decode import decode_pixels, probe

    reference = probe(data)
    size = Size(reference.width, reference.height)
    pixels = decode_pixels(data, fit=_fitting(size, SIDES[0]))
    for side in SIDES:
        target = _fitting(size, side)
        scaled = cv2.resize(pixels, (target.width, target.height), interpolation=cv2.INTER_AREA)
        small: bytes = simplejpeg.encode_jpeg(scaled, JPEG_QUALITY, "RGB", "420")
        if len(small) <= max_bytes:
            return small
    return None


def _fitting(size: Size, side: int) -> Size:
    """The size whose longer side is at most this, in the same shape."""
    scale = min(1.0, side / max(size.width, size.height))
    return Size(max(1, round(size.width * scale)), max(1, round(size.height * scale)))
