"""Pictures to send as references, made on the fly, and a strict look at pictures that come back."""

from __future__ import annotations

import base64
import binascii
import struct
import zlib
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

MIB = 1024 * 1024
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class Seen:
    """A picture that was decoded to its end: its real format and size."""

    format: str
    width: int
    height: int

    @property
    def size(self) -> str:
        return f"{self.width}x{self.height}"


def look(data: bytes) -> Seen:
    """Decode a file to its end; raises AssertionError if that cannot be done."""
    try:
        with Image.open(BytesIO(data)) as image:
            seen = Seen(str(image.format).lower(), image.width, image.height)
            image.draft("RGB", (image.width // 8, image.height // 8))  # an eighth of the work for JPEG
            image.load()
            return seen
    except (OSError, SyntaxError, ValueError) as exc:
        raise AssertionError(f"not a whole picture: {exc}; it starts with {data[:32]!r}") from exc


def pixels_of(data: bytes) -> bytes:
    """The pixels of a file, without what else it holds."""
    with Image.open(BytesIO(data)) as image:
        return image.convert("RGB").tobytes()


def plain(width: int, height: int, colour: str = "teal", mode: str = "RGB") -> Image.Image:
    """A picture of one colour with a diagonal band, so that it is upright to an eye."""
    image = Image.new("RGB", (width, height), colour)
    image.paste("gold", (0, 0, max(1, width // 3), max(1, height // 5)))
    return image.convert(mode)


def encode(image: Image.Image, file_format: str = "png", *, orientation: int = 1) -> bytes:
    """The file bytes of a picture; orientation is EXIF's, for JPEG."""
    buffer = BytesIO()
    if orientation != 1:
        exif = Image.Exif()
        exif[0x0112] = orientation
        image.save(buffer, file_format, exif=exif)
    else:
        image.save(buffer, file_format)
    return buffer.getvalue()


def data_uri(data: bytes, file_format: str = "png") -> str:
    """The bytes as the API takes them inline."""
    return f"data:image/{file_format};base64,{base64.b64encode(data).decode('ascii')}"


def reference(width: int = 320, height: int = 240, file_format: str = "png", colour: str = "teal") -> str:
    """A small picture as a data URI."""
    return data_uri(encode(plain(width, height, colour), file_format), file_format)


def blank_png(width: int, height: int) -> bytes:
    """A one-bit picture: few bytes for many pixels."""
    return encode(Image.new("1", (width, height)))


def padded_png(byte_count: int) -> bytes:
    """A valid PNG of exactly byte_count bytes, filled up by an ancillary chunk that readers skip."""
    whole = encode(plain(320, 240))
    head, end = whole[:-12], whole[-12:]
    filling = bytes(byte_count - len(whole) - 12)
    return head + png_chunk(b"paDd", filling) + end


def png_header_only(width: int, height: int) -> bytes:
    """A PNG that claims a size and has a few bytes of pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(1000))
    chunks = png_chunk(b"IHDR", header) + png_chunk(b"IDAT", pixels) + png_chunk(b"IEND", b"")
    return PNG_SIGNATURE + chunks


def png_chunk(kind: bytes, content: bytes) -> bytes:
    """One chunk of a PNG file with its checksum."""
    checksum = binascii.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)
