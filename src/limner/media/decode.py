"""From the bytes of a picture file to its header's facts, and to upright sRGB pixels.

probe is cheap and safe enough for the server process; decode_pixels belongs in a worker.
Not covered: a limit on decoding time; faults inside libjpeg, libtiff, libwebp and libheif themselves.
"""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from typing import TYPE_CHECKING, cast

from limner.errors import EmptyImage, InvalidImage
from limner.media import headers
from limner.types import Reference, Size

if TYPE_CHECKING:
    from PIL import Image

    from limner.types import PixelArray

MAX_PIXELS = 36_000_000
"""The most pixels that any card lets a reference have."""
_HEIF_FORMATS = ("heic", "heif")
_PILLOW_FORMATS = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "bmp": "BMP", "tiff": "TIFF", "gif": "GIF"}
_ICC_PREFIX = b"ICC_PROFILE\0"
_APP2 = 0xE2
_PNG_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""By colour type, PNG specification section 11.2.1."""
_UNREADABLE = (
    OSError,
    ValueError,
    SyntaxError,
    TypeError,
    LookupError,
    EOFError,
    ArithmeticError,
    AttributeError,
    RuntimeError,
    MemoryError,
    struct.error,
    zlib.error,
)
"""What the decoders raise on broken files, Pillow's plugins nearly anything."""


def probe(data: bytes) -> Reference:
    """The format and the upright size that the header claims; pixels are not touched.

    Raises EmptyImage for no bytes, InvalidImage for another format than jpeg, png, webp, bmp, tiff,
    gif, heic and heif, or a header that cannot be read.
    """
    if not data:
        raise EmptyImage
    format = headers.format_of(data)
    if format is None:
        raise InvalidImage
    size = _heif_size(data) if format in _HEIF_FORMATS else headers.size_of(data, format)
    return Reference(data, format, size.width, size.height)


def decode_pixels(data: bytes, fit: Size | None = None, max_pixels: int = MAX_PIXELS) -> PixelArray:
    """The first picture of the file: (h, w, 3) uint8, upright, sRGB, transparency laid on white.

    fit: the result may be smaller than the file's picture as long as it covers fit in both directions.
    An embedded ICC profile is applied; CMYK without one is converted without colour management.
    Raises InvalidImage for a file that is truncated, broken or larger than max_pixels.
    """
    reference = probe(data)
    size = Size(reference.width, reference.height)
    if size.pixels > max_pixels:
        raise _too_large(size, max_pixels)
    turned = headers.orientation_of(data, reference.format)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            pixels = _upright(_decode(data, reference.format, fit, turned, max_pixels), turned)
            return pixels if fit is None else _shrunk(pixels, fit)
    except _unreadable_in_a_worker() as error:
        raise InvalidImage from error


def _unreadable_in_a_worker() -> tuple[type[Exception], ...]:
    from isal import isal_zlib
    from PIL.Image import DecompressionBombError

    broken_deflate = cast("type[Exception]", isal_zlib.error)  # its stub says an instance
    return (*_UNREADABLE, DecompressionBombError, broken_deflate)


def _too_large(size: Size, max_pixels: int) -> InvalidImage:
    detail = f"{size} has more than {max_pixels} pixels"
    return InvalidImage(f"The parameter `image` specified in the request is not valid: {detail}.")


def _heif_size(data: bytes) -> Size:
    import pi_heif

    try:
        width, height = pi_heif.open_heif(data).size
    except _UNREADABLE as error:
        raise InvalidImage from error
    return Size(width, height)


def _decode(data: bytes, format: str, fit: Size | None, turned: int, max_pixels: int) -> PixelArray:
    if format == "jpeg":
        pixels = _fast_jpeg(data, fit, turned)
        if pixels is not None:
            return pixels
    if format == "png":
        _check_png_is_whole(data)
    image = _open(data, format)
    if image.width * image.height > max_pixels:
        raise _too_large(Size(image.width, image.height), max_pixels)
    image.load()
    return _flattened(_to_srgb(_eight_bit(image)))


def _fast_jpeg(data: bytes, fit: Size | None, turned: int) -> PixelArray | None:
    """Decoded by simplejpeg, scaled while decoding; None for what it does not know or what has a profile."""
    import simplejpeg

    if any(marker == _APP2 and body.startswith(_ICC_PREFIX) for marker, body in headers.jpeg_segments(data)):
        return None
    wide, high = (fit.width, fit.height) if fit else (0, 0)
    if turned >= 5:
        wide, high = high, wide
    try:
        # Scaling by less than 2 takes libjpeg longer than decoding all of it.
        # strict: a file that ends early would otherwise come out half grey. Pillow judges the rest.
        scale = {"min_width": wide, "min_height": high, "min_factor": 2}
        return cast("PixelArray", simplejpeg.decode_jpeg(data, "RGB", strict=True, **scale))
    except ValueError:
        return None


def _check_png_is_whole(data: bytes) -> None:
    """Raise EOFError when there are fewer rows than the header says: Pillow would leave them black.

    Interlaced files are not checked.
    """
    from isal import isal_zlib

    width, height, depth, colour, interlaced = struct.unpack_from(">IIBBxxB", data, 16)
    if interlaced:
        return
    rest = height * (1 + (width * depth * _PNG_CHANNELS[colour] + 7) // 8)
    inflate = isal_zlib.decompressobj()
    for kind, start, end in headers.png_chunks(data):
        body = data[start:end] if kind == b"IDAT" else b""
        while body and rest > 0:
            rest -= len(inflate.decompress(body, min(rest, 1 << 20)))
            body = inflate.unconsumed_tail
    if rest > 0:
        raise EOFError


def _open(data: bytes, format: str) -> Image.Image:
    from PIL import Image

    if format in _HEIF_FORMATS:
        import pi_heif

        return cast("Image.Image", pi_heif.open_heif(data).to_pillow())
    return Image.open(io.BytesIO(data), formats=[_PILLOW_FORMATS[format]])


def _eight_bit(image: Image.Image) -> Image.Image:
    """The picture in one of L, LA, RGB, RGBA and CMYK."""
    import numpy as np
    from PIL import Image

    if image.mode.startswith("I;16") or (image.mode == "I" and image.format == "PNG"):
        grey = np.asarray(image).astype(np.uint32)
        scaled = Image.fromarray(((grey * 255 + 32767) // 65535).astype(np.uint8))
        scaled.info = {"icc_profile": image.info.get("icc_profile")}
        return scaled
    if image.mode in ("I", "F", "LAB", "HSV"):
        raise ValueError(f"pictures of mode {image.mode} are not read")
    if image.mode in ("P", "PA", "RGBa", "La") or "transparency" in image.info:
        return image.convert("RGBA")
    return image if image.mode in ("L", "LA", "RGB", "RGBA", "CMYK") else image.convert("RGB")


def _to_srgb(image: Image.Image) -> Image.Image:
    """RGB or RGBA, the embedded profile applied; one that cannot be used is passed over, as viewers do."""
    from PIL import ImageCms

    profile = image.info.get("icc_profile")
    alpha = image.getchannel("A") if image.mode in ("LA", "RGBA") else None
    colour = image.convert(image.mode[:-1]) if alpha else image
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            if not ImageCms.getProfileDescription(source).startswith("sRGB"):
                target = ImageCms.createProfile("sRGB")
                colour = ImageCms.profileToProfile(colour, source, target, outputMode="RGB") or colour
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass
    colour = colour.convert("RGB")
    if alpha:
        colour.putalpha(alpha)
    return colour


def _flattened(image: Image.Image) -> PixelArray:
    import numpy as np
    from PIL import Image

    if image.mode == "RGBA":
        white = Image.new("RGBA", image.size, (255, 255, 255, 255))
        image = Image.alpha_composite(white, image).convert("RGB")
    return np.array(image)


def _upright(pixels: PixelArray, turned: int) -> PixelArray:
    """Apply an EXIF orientation, EXIF 2.3 table 6."""
    import numpy as np

    if turned >= 5:
        pixels = pixels.transpose(1, 0, 2)
    if turned in (2, 3, 6, 7):
        pixels = pixels[:, ::-1]
    if turned in (3, 4, 7, 8):
        pixels = pixels[::-1]
    return np.ascontiguousarray(pixels)


def _shrunk(pixels: PixelArray, fit: Size) -> PixelArray:
    """The smallest picture of this shape that covers fit; one that is small already is kept."""
    import cv2

    height, width, _ = pixels.shape
    scale = max(fit.width / width, fit.height / height)
    if scale >= 1:
        return pixels
    target = (max(fit.width, round(width * scale)), max(fit.height, round(height * scale)))
    return cast("PixelArray", cv2.resize(pixels, target, interpolation=cv2.INTER_AREA))
