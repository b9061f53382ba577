from __future__ import annotations

import io
import zlib

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from limner.media.headers import png_chunks
from limner.media.png import encode_png


def noise(height: int, width: int) -> NDArray[np.uint8]:
    return np.random.default_rng(height * 1000 + width).integers(0, 256, (height, width, 3), dtype=np.uint8)


@pytest.mark.parametrize("height", [1, 2, 63, 64, 65, 129])
@pytest.mark.parametrize("width", [1, 2, 3, 64, 101])
def test_every_pixel_comes_back_in_two_decoders(height: int, width: int) -> None:
    pixels = noise(height, width)
    data = encode_png(pixels)
    assert np.array_equal(np.asarray(Image.open(io.BytesIO(data))), pixels)
    decoded = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR_RGB)
    assert decoded is not None
    assert np.array_equal(decoded, pixels)


def test_a_view_with_strides_is_encoded_as_it_looks() -> None:
    pixels = noise(70, 90)[::-1, ::2]
    assert np.array_equal(np.asarray(Image.open(io.BytesIO(encode_png(pixels)))), pixels)


def test_every_checksum_is_right() -> None:
    data = encode_png(noise(70, 90), [(b"tEXt", b"Software\0Limner")])
    kinds = []
    for kind, start, end in png_chunks(data):
        kinds.append(kind)
        assert zlib.crc32(data[start - 4 : end]) == int.from_bytes(data[end : end + 4], "big")
    assert kinds == [b"IHDR", b"tEXt", b"IDAT", b"IEND"]


def test_a_smooth_picture_gets_a_small_file() -> None:
    ramp = np.linspace(0, 255, 512).astype(np.uint8)
    pixels = np.stack([np.broadcast_to(ramp, (512, 512))] * 3, axis=-1)
    assert len(encode_png(pixels)) < pixels.nbytes / 20
