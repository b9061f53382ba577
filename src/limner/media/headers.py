"""Facts from the first parts of picture files: format, size, orientation and metadata blocks.

Reads bounded numbers of parts with struct, so that no file can keep a server busy; never pixels.
Not covered: whether the rest of the file is sound, which only decoding tells; HEIF, see media/decode.py.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator

from limner.errors import InvalidImage
from limner.types import Size

MAX_PARTS = 20_000
"""A 30 MB PNG in the 8 KB chunks of the usual writers has under 4,000."""
_TIFF_VALUE_BYTES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
_WIDTH_TAG, _HEIGHT_TAG, _ORIENTATION_TAG = 256, 257, 274
_START_OF_SCAN, _END_OF_IMAGE, _APP1 = 0xDA, 0xD9, 0xE1
_STANDALONE_MARKERS = {0x01, *range(0xD0, 0xD9)}
_FRAME_MARKERS = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
EXIF_PREFIX = b"Exif\0\0"

_MAGIC = (
    (0, b"\xff\xd8\xff", "jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "png"),
    (8, b"WEBP", "webp"),
    (0, b"BM", "bmp"),
    (0, b"II*\0", "tiff"),
    (0, b"MM\0*", "tiff"),
    (0, b"GIF87a", "gif"),
    (0, b"GIF89a", "gif"),
    *((4, b"ftyp" + brand, "heic") for brand in (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx")),
    *((4, b"ftyp" + brand, "heif") for brand in (b"mif1", b"msf1")),
)


def format_of(data: bytes) -> str | None:
    """The format that the first bytes tell, or None for one that Limner does not read."""
    return next((name for offset, magic, name in _MAGIC if data.startswith(magic, offset)), None)


def size_of(data: bytes, format: str) -> Size:
    """The upright size that the header claims, for every format except heic and heif.

    Raises InvalidImage when the header is broken, or has more than MAX_PARTS parts.
    """
    try:
        size, orientation = _READERS[format](data)
    except (struct.error, IndexError, StopIteration) as error:
        raise InvalidImage from error
    if size.width < 1 or size.height < 1:
        raise InvalidImage
    return Size(size.height, size.width) if orientation >= 5 else size


def orientation_of(data: bytes, format: str) -> int:
    """The EXIF orientation, 1 to 8, that is still to be applied to decoded pixels; 1 where there is none."""
    if format not in ("jpeg", "png", "webp"):
        return 1
    return _READERS[format](data)[1]


def jpeg_segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(marker, body) of each segment before the first scan."""
    at = 2
    for _ in range(MAX_PARTS):
        if data[at] != 0xFF:
            raise InvalidImage
        while data[at] == 0xFF:
            at += 1
        marker = data[at]
        at += 1
        if marker in (_START_OF_SCAN, _END_OF_IMAGE):
            return
        if marker in _STANDALONE_MARKERS:
            continue
        (length,) = struct.unpack_from(">H", data, at)
        yield marker, data[at + 2 : at + length]
        at += max(2, length)
    raise InvalidImage


def png_chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """(type, start, end) of each chunk's body, to the end of the file; checksums are not looked at."""
    at = 8
    for _ in range(MAX_PARTS):
        if at + 8 > len(data):
            return
        length, kind = struct.unpack_from(">I4s", data, at)
        yield kind, at + 8, at + 8 + length
        at += 12 + length
    raise InvalidImage


def _jpeg(data: bytes) -> tuple[Size, int]:
    size, orientation = Size(0, 0), 1
    for marker, body in jpeg_segments(data):
        if marker in _FRAME_MARKERS:
            height, width = struct.unpack_from(">HH", body, 1)
            size = Size(width, height)
        elif marker == _APP1 and body.startswith(EXIF_PREFIX):
            orientation = _exif_orientation(body[len(EXIF_PREFIX) :])
    return size, orientation


def _png(data: bytes) -> tuple[Size, int]:
    size, orientation = Size(0, 0), 1
    for kind, start, end in png_chunks(data):
        if kind == b"IHDR" and start == 16:
            size = Size(*struct.unpack_from(">II", data, start))
        elif kind == b"eXIf":
            orientation = _exif_orientation(data[start : min(end, start + (1 << 20))])
    return size, orientation


def _webp(data: bytes) -> tuple[Size, int]:
    kind, orientation = data[12:16], 1
    if kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", data, 26)
        return Size(width & 0x3FFF, height & 0x3FFF), 1
    if kind == b"VP8L":
        (bits,) = struct.unpack_from("<I", data, 21)
        return Size((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1), 1
    if kind != b"VP8X":
        raise InvalidImage
    width, height = (int.from_bytes(data[at : at + 3], "little") + 1 for at in (24, 27))
    for chunk, start, end in _riff_chunks(data):
        if chunk == b"EXIF":
            orientation = _exif_orientation(
                data[start : min(end, start + (1 << 20))].removeprefix(EXIF_PREFIX)
            )
    return Size(width, height), orientation


def _riff_chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    at = 12
    for _ in range(MAX_PARTS):
        if at + 8 > len(data):
            return
        kind, length = struct.unpack_from("<4sI", data, at)
        yield kind, at + 8, at + 8 + length
        at += 8 + length + (length & 1)
    raise InvalidImage


def _bmp(data: bytes) -> tuple[Size, int]:
    (header_bytes,) = struct.unpack_from("<I", data, 14)
    if header_bytes == 12:
        return Size(*struct.unpack_from("<HH", data, 18)), 1
    width, height = struct.unpack_from("<ii", data, 18)
    return Size(width, abs(height)), 1


def _gif(data: bytes) -> tuple[Size, int]:
    return Size(*struct.unpack_from("<HH", data, 6)), 1


def _tiff(data: bytes) -> tuple[Size, int]:
    tags = _tiff_tags(data)
    return Size(tags.get(_WIDTH_TAG, 0), tags.get(_HEIGHT_TAG, 0)), tags.get(_ORIENTATION_TAG, 1)


def _exif_orientation(exif: bytes) -> int:
    """1 for anything that cannot be read: viewers too show such a picture as it is stored."""
    try:
        orientation = _tiff_tags(exif).get(_ORIENTATION_TAG, 1)
    except (struct.error, InvalidImage):
        return 1
    return orientation if 1 <= orientation <= 8 else 1


def _tiff_tags(data: bytes) -> dict[int, int]:
    """The first directory's tags that hold one whole number.

    Raises InvalidImage when the tags' values together claim more bytes than there are: libraries read
    every value at once, so that many tags pointing at one large block would fill the memory.
    """
    order = {b"II": "<", b"MM": ">"}.get(data[:2])
    if order is None:
        raise InvalidImage
    (at,) = struct.unpack_from(order + "I", data, 4)
    (count,) = struct.unpack_from(order + "H", data, at)
    entries = data[at + 2 : at + 2 + 12 * count]
    tags, claimed = {}, 0
    for tag, kind, values, value in struct.iter_unpack(order + "HHI4s", entries[: len(entries) // 12 * 12]):
        claimed += values * _TIFF_VALUE_BYTES.get(kind, 1)
        if values == 1 and kind in (3, 4):
            tags[tag] = struct.unpack_from(order + ("H" if kind == 3 else "I"), value)[0]
    if claimed > len(data):
        raise InvalidImage
    return tags


_READERS: dict[str, Callable[[bytes], tuple[Size, int]]] = {
    "jpeg": _jpeg,
    "png": _png,
    "webp": _webp,
    "bmp": _bmp,
    "tiff": _tiff,
    "gif": _gif,
}
