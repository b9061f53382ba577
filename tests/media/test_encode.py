from __future__ import annotations

import io

import numpy as np
import pytest
import simplejpeg
from numpy.typing import NDArray
from PIL import Image

from limner.media.encode import encode
from limner.media.metadata import Facts
from limner.types import OutputFormat

FACTS = Facts("Limner 1.2", "doubao-seedream-4-0-250828", 7)


def landscape(height: int, width: int) -> NDArray[np.uint8]:
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    waves = np.stack([np.sin(x / 9), np.cos(y / 13), np.sin((x + y) / 21)], axis=-1)
    return (128 + 110 * waves).astype(np.uint8)


@pytest.mark.parametrize("shape", [(120, 160), (1, 1), (17, 33)])
def test_a_jpeg_is_close_to_the_pixels_and_keeps_full_colour_resolution(shape: tuple[int, int]) -> None:
    pixels = landscape(*shape)
    encoded = encode(pixels, "jpeg", FACTS)
    assert simplejpeg.decode_jpeg_header(encoded.data)[2:] == ("YCbCr", "444")
    decoded = np.asarray(Image.open(io.BytesIO(encoded.data))).astype(int)
    assert np.abs(decoded - pixels).mean() < 2


def test_a_png_has_exactly_the_pixels() -> None:
    pixels = landscape(50, 40)
    encoded = encode(pixels, "png", FACTS)
    assert np.array_equal(np.asarray(Image.open(io.BytesIO(encoded.data))), pixels)


@pytest.mark.parametrize(("output_format", "media_type"), [("jpeg", "image/jpeg"), ("png", "image/png")])
def test_the_answer_says_what_it_is(output_format: OutputFormat, media_type: str) -> None:
    encoded = encode(landscape(30, 50), output_format, FACTS)
    image = Image.open(io.BytesIO(encoded.data))
    assert (encoded.media_type, encoded.width, encoded.height) == (media_type, 50, 30)
    assert (image.get_format_mimetype(), image.size) == (media_type, (50, 30))


def test_metadata_costs_no_second_encoding() -> None:
    pixels = landscape(64, 64)
    bare = simplejpeg.encode_jpeg(pixels, 95, "RGB", "444")
    encoded = encode(pixels, "jpeg", FACTS).data
    assert encoded.startswith(bare[:20])
    assert encoded.endswith(bare[20:])


def test_the_same_pixels_and_facts_give_the_same_bytes() -> None:
    assert encode(landscape(40, 40), "jpeg", FACTS) == encode(landscape(40, 40), "jpeg", FACTS)
