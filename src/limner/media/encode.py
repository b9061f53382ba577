"""From pixels to the bytes of a file, with the facts about the picture inside.

JPEG: quality 95 without chroma subsampling, where the loss of marks and letters cannot be seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import simplejpeg

from limner.media import MEDIA_TYPES
from limner.media.metadata import Facts, jpeg_segments_of, png_chunks_of
from limner.media.png import encode_png
from limner.types import Encoded, OutputFormat

if TYPE_CHECKING:
    from limner.types import PixelArray

JPEG_QUALITY = 95
_AFTER_JFIF = 20
"""SOI and the JFIF segment, which libjpeg always writes first and in this length."""


def encode(pixels: PixelArray, output_format: OutputFormat, facts: Facts) -> Encoded:
    """A JPEG or PNG file of (h, w, 3) uint8 sRGB pixels."""
    height, width, _ = pixels.shape
    data = _ENCODERS[output_format](pixels, facts)
    return Encoded(data, MEDIA_TYPES[output_format], width, height)


def _jpeg(pixels: PixelArray, facts: Facts) -> bytes:
    data = simplejpeg.encode_jpeg(np.ascontiguousarray(pixels), JPEG_QUALITY, "RGB", "444")
    view = memoryview(data)
    return b"".join((view[:_AFTER_JFIF], *jpeg_segments_of(facts), view[_AFTER_JFIF:]))


def _png(pixels: PixelArray, facts: Facts) -> bytes:
    return encode_png(pixels, png_chunks_of(facts))


_ENCODERS = {"jpeg": _jpeg, "png": _png}
