"""Pictures that a chat can hold."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from limner.errors import EmptyImage, InvalidImage
from limner.mcp.inline import MAX_ANSWER_BYTES, SIDES, shrink


def file_of(image: Image.Image, format: str = "JPEG") -> bytes:
    out = io.BytesIO()
    image.save(out, format)
    return out.getvalue()


def noise(side: int) -> Image.Image:
    """A picture that no encoder can make small."""
    return Image.fromarray(np.random.default_rng(1).integers(0, 256, (side, side, 3), np.uint8))


async def size_of(data: bytes, max_bytes: int = MAX_ANSWER_BYTES) -> tuple[int, int]:
    small = await shrink(data, max_bytes)
    assert small is not None and len(small) <= max_bytes
    return Image.open(io.BytesIO(small)).size


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        ((2048, 2048), (1024, 1024)),
        ((1600, 2848), (575, 1024)),
        ((4096, 256), (1024, 64)),
        ((1024, 1024), (1024, 1024)),
        ((1025, 1), (1024, 1)),
        ((30, 20), (30, 20)),
    ],
)
async def test_a_side_has_a_thousand_pixels_at_most(size: tuple[int, int], shown: tuple[int, int]) -> None:
    assert await size_of(file_of(Image.new("RGB", size))) == shown


async def test_the_smaller_the_room_the_smaller_the_picture() -> None:
    data = file_of(noise(1200))
    sides = [(await size_of(data, room))[0] for room in (300_000, 200_000, 60_000, 20_000)]
    assert sides == sorted(sides, reverse=True)
    assert len(set(sides)) == 4


async def test_a_picture_that_fits_nowhere_is_left_out() -> None:
    assert await shrink(file_of(noise(1200)), 5_000) is None


async def test_the_last_byte_of_the_room_may_be_used() -> None:
    data = file_of(noise(SIDES[-1]), "PNG")
    small = await shrink(data, MAX_ANSWER_BYTES)
    assert small is not None
    assert await shrink(data, len(small)) == small
    assert await shrink(data, len(small) - 1) is None


async def test_transparency_is_laid_on_white() -> None:
    small = await shrink(file_of(Image.new("RGBA", (20, 20), (0, 0, 0, 0)), "PNG"), MAX_ANSWER_BYTES)
    assert small is not None
    assert Image.open(io.BytesIO(small)).getpixel((9, 9)) == (255, 255, 255)


@pytest.mark.parametrize("data", [b"", b"no picture", b"\xff\xd8\xff\xe0 a picture"])
async def test_what_is_no_picture_is_said(data: bytes) -> None:
    with pytest.raises((EmptyImage, InvalidImage)):
        await shrink(data, MAX_ANSWER_BYTES)
