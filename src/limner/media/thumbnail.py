"""Thumbnails: a stored picture, small, for lists of many.

Runs in a worker. A JPEG is scaled while it is decoded, which takes a fraction of the time.
"""

from __future__ import annotations

from limner.media.decode import decode_pixels, probe
from limner.types import Size

LONGER_SIDE = 480
JPEG_QUALITY = 82


def thumbnail(data: bytes) -> bytes:
    """A JPEG of the picture in a file, of at most LONGER_SIDE pixels, without the file's metadata.

    Raises InvalidImage.
    """
    import simplejpeg

    picture = probe(data)
    scale = min(1.0, LONGER_SIDE / max(picture.width, picture.height))
    fit = Size(max(1, int(picture.width * scale)), max(1, int(picture.height * scale)))
    return bytes(simplejpeg.encode_jpeg(decode_pixels(data, fit), JPEG_QUALITY, "RGB", "420"))
