from __future__ import annotations

import io
import random
import struct
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageCms, ImageOps

from limner.errors import EmptyImage, InvalidImage
from limner.media.decode import decode_pixels, probe
from limner.types import Size

DATA = Path(__file__).parent / "data"
RED, BLUE, YELLOW = (220, 30, 30), (30, 60, 200), (240, 240, 60)


def quarters(width: int = 64, height: int = 48) -> Image.Image:
    """Red above, blue and yellow below: every turn and mirroring of it looks different."""
    pixels = np.empty((height, width, 3), np.uint8)
    pixels[:] = RED
    pixels[height // 2 :, : width // 2] = BLUE
    pixels[height // 2 :, width // 2 :] = YELLOW
    return Image.fromarray(pixels)


def file_of(image: Image.Image, format: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


def assert_close(pixels: NDArray[np.uint8], expected: Image.Image, tolerance: float = 3) -> None:
    wanted = np.asarray(expected.convert("RGB")).astype(int)
    assert pixels.dtype == np.uint8
    assert pixels.flags.c_contiguous
    assert pixels.shape == wanted.shape
    assert np.abs(pixels - wanted).mean() <= tolerance


def png_header(width: int, height: int) -> bytes:
    body = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + body + struct.pack(">I", zlib.crc32(body))


FORMATS = ["jpeg", "png", "webp", "bmp", "tiff", "gif"]


@pytest.mark.parametrize("format", FORMATS)
def test_each_format_is_probed_and_decoded(format: str) -> None:
    data = file_of(quarters(), format, **({"quality": 95} if format in ("jpeg", "webp") else {}))
    reference = probe(data)
    assert (reference.format, reference.width, reference.height) == (format, 64, 48)
    assert reference.data is data
    assert_close(decode_pixels(data), quarters())


@pytest.mark.parametrize(
    ("format", "options"),
    [
        ("webp", {"lossless": True}),
        ("webp", {"save_all": True, "append_images": [Image.new("RGB", (64, 48))], "lossless": True}),
        ("jpeg", {"quality": 95, "progressive": True}),
        ("jpeg", {"quality": 95, "subsampling": 0}),
        ("mpo", {"quality": 95, "save_all": True, "append_images": [Image.new("RGB", (64, 48))]}),
        ("tiff", {"compression": "tiff_lzw"}),
        ("tiff", {"compression": "tiff_adobe_deflate"}),
        ("tiff", {"compression": "jpeg"}),
        ("png", {"save_all": True, "append_images": [Image.new("RGB", (64, 48))]}),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(value),
)
def test_variants_of_formats_give_their_first_picture(format: str, options: dict[str, Any]) -> None:
    data = file_of(quarters(), format, **options)
    assert (probe(data).width, probe(data).height) == (64, 48)
    assert_close(decode_pixels(data), quarters(), tolerance=6)


def test_heic_is_read() -> None:
    data = (DATA / "quarters.heic").read_bytes()
    reference = probe(data)
    assert (reference.format, reference.width, reference.height) == ("heic", 64, 48)
    assert_close(decode_pixels(data), quarters(), tolerance=6)


def test_heif_under_its_general_brand_is_read() -> None:
    data = (DATA / "quarters.heic").read_bytes().replace(b"ftypheic", b"ftypmif1", 1)
    assert probe(data).format == "heif"
    assert_close(decode_pixels(data), quarters(), tolerance=6)


@pytest.mark.parametrize("format", ["jpeg", "png", "webp", "tiff"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_pictures_come_out_upright(format: str, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    options = {"quality": 95} if format == "jpeg" else {"lossless": True} if format == "webp" else {}
    stored = quarters()
    data = file_of(stored, format, exif=exif, **options)
    stored.getexif()[0x0112] = orientation
    upright = ImageOps.exif_transpose(stored)
    reference = probe(data)
    assert (reference.width, reference.height) == upright.size
    assert_close(decode_pixels(data), upright)


@pytest.mark.parametrize("value", [0, 9, 65535])
def test_an_orientation_that_does_not_exist_is_none(value: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = value
    assert_close(decode_pixels(file_of(quarters(), "png", exif=exif)), quarters())


def test_transparency_is_laid_on_white() -> None:
    image = quarters().convert("RGBA")
    image.putalpha(Image.linear_gradient("L").resize(image.size))
    white = Image.new("RGBA", image.size, "white")
    expected = Image.alpha_composite(white, image)
    for format, options in (("png", {}), ("webp", {"lossless": True, "exact": True}), ("tiff", {})):
        assert_close(decode_pixels(file_of(image, format, **options)), expected, tolerance=1)


def test_a_transparent_colour_of_a_palette_or_of_plain_pixels_is_white() -> None:
    palette = Image.new("P", (8, 8), 1)
    palette.putpalette([0, 0, 0, 200, 10, 10])
    for data in (
        file_of(palette, "png", transparency=1),
        file_of(palette, "gif", transparency=1),
        file_of(Image.new("RGB", (8, 8), (1, 2, 3)), "png", transparency=(1, 2, 3)),
        file_of(Image.new("L", (8, 8), 7), "png", transparency=7),
    ):
        assert (decode_pixels(data) == 255).all()


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_every_mode_of_png_gives_its_colours(mode: str) -> None:
    image = quarters().convert(mode)
    assert_close(decode_pixels(file_of(image, "png")), image)


@pytest.mark.parametrize("format", ["png", "tiff"])
def test_sixteen_bits_are_scaled_not_cut_off(format: str) -> None:
    ramp = np.linspace(0, 65535, 256).astype(np.uint16).reshape(16, 16)
    decoded = decode_pixels(file_of(Image.fromarray(ramp), format))
    assert np.array_equal(decoded[..., 0], np.arange(256, dtype=np.uint8).reshape(16, 16))


def test_sixteen_bit_colour_png_is_read() -> None:
    rows = np.full((4, 4, 3), 0x80FF, ">u2")
    raw = b"".join(b"\0" + row.tobytes() for row in rows)
    header = b"IHDR" + struct.pack(">IIBBBBB", 4, 4, 16, 2, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n"
    for chunk in (header, b"IDAT" + zlib.compress(raw), b"IEND"):
        data += struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    assert abs(int(decode_pixels(data)[2, 2, 1]) - 0x80) <= 1


@pytest.mark.parametrize("format", ["jpeg", "tiff"])
def test_cmyk_without_a_profile_keeps_its_hues(format: str) -> None:
    image = quarters().convert("CMYK")
    assert_close(decode_pixels(file_of(image, format)), quarters(), tolerance=6)


def test_grey_jpeg_is_grey() -> None:
    decoded = decode_pixels(file_of(quarters().convert("L"), "jpeg", quality=95))
    assert_close(decoded, quarters().convert("L"))


def test_an_embedded_profile_is_applied() -> None:
    # In a profile whose primaries are XYZ-like, sRGB's red is another triple of numbers.
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    srgb = ImageCms.createProfile("sRGB")
    swapped = swapped_primaries(ImageCms.ImageCmsProfile(srgb).tobytes())
    for format, options in (
        ("png", {}),
        ("jpeg", {"quality": 95}),
        ("tiff", {}),
        ("webp", {"lossless": True}),
    ):
        decoded = decode_pixels(file_of(quarters(), format, icc_profile=swapped, **options))
        red, green, blue = quarters().split()
        assert_close(decoded, Image.merge("RGB", (blue, green, red)), tolerance=6)
        with_useless = file_of(quarters(), format, icc_profile=profile.tobytes(), **options)
        assert_close(decode_pixels(with_useless), quarters())
        assert_close(decode_pixels(file_of(quarters(), format, icc_profile=b"junk", **options)), quarters())


def swapped_primaries(profile: bytes) -> bytes:
    """sRGB with the red and the blue primary exchanged, under another name."""
    return (
        (profile.replace(b"rXYZ", b"tXYZ").replace(b"bXYZ", b"rXYZ").replace(b"tXYZ", b"bXYZ"))
        .replace("sRGB".encode("utf-16-be"), "xRGB".encode("utf-16-be"))
        .replace(b"sRGB built", b"xRGB built")
    )


def test_of_an_animated_gif_the_first_frame_counts() -> None:
    rest = [Image.new("RGB", (64, 48), colour) for colour in ("green", "black")]
    data = file_of(quarters(), "gif", save_all=True, append_images=rest)
    assert_close(decode_pixels(data), quarters())


@pytest.mark.parametrize("format", ["jpeg", "png"])
@pytest.mark.parametrize("orientation", [1, 6])
@pytest.mark.parametrize("fit", [Size(100, 75), Size(10, 150), Size(641, 481), Size(5000, 10)], ids=str)
def test_a_decoded_picture_covers_what_it_must_fit(format: str, orientation: int, fit: Size) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = file_of(quarters(640, 480), format, exif=exif)
    full = (640, 480) if orientation == 1 else (480, 640)
    height, width, _ = decode_pixels(data, fit).shape
    assert width <= full[0] and height <= full[1]
    assert width >= min(fit.width, full[0]) and height >= min(fit.height, full[1])
    assert abs(width / height - full[0] / full[1]) < 0.02
    # not larger than needed: one side is just reached, unless the file is smaller than asked
    assert width == fit.width or height == fit.height or (width, height) == full


def test_max_pixels_is_allowed_and_one_more_is_not() -> None:
    data = file_of(quarters(20, 10), "png")
    assert decode_pixels(data, max_pixels=200).shape == (10, 20, 3)
    with pytest.raises(InvalidImage, match="20x10"):
        decode_pixels(data, max_pixels=199)


HEIC = (DATA / "quarters.heic").read_bytes()
NOISE = Image.fromarray(np.random.default_rng(3).integers(0, 256, (48, 64, 3), dtype=np.uint8))
SOUND = {format: file_of(NOISE, format) for format in FORMATS} | {"heic": HEIC}

UNKNOWN = {
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
    "eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    "pdf": b"%PDF-1.7\n",
    "zip": b"PK\x03\x04" + bytes(40),
    "ico": b"\0\0\1\0\1\0" + bytes(40),
    "avif": b"\0\0\0\x1cftypavif" + bytes(40),
    "psd": b"8BPS" + bytes(40),
    "ppm": b"P6 1 1 255 abc",
    "jpeg 2000": b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(40),
    "one byte": b"\xff",
    "zeros": bytes(1000),
}
LYING = {
    "png 60000x60000": png_header(60000, 60000) + SOUND["png"][33:],
    "png 0x48": png_header(0, 48) + SOUND["png"][33:],
    "png without a header": SOUND["png"][:8] + SOUND["png"][33:],
    "png larger than its data": png_header(64, 4800) + SOUND["png"][33:],
    "gif 60000x60000": SOUND["gif"][:6] + struct.pack("<HH", 60000, 60000) + SOUND["gif"][10:],
    "bmp with a negative width": SOUND["bmp"][:18] + struct.pack("<i", -64) + SOUND["bmp"][22:],
    "bmp larger than its data": SOUND["bmp"][:22] + struct.pack("<i", 4800) + SOUND["bmp"][26:],
    "jpeg without a frame": b"\xff\xd8\xff\xe0\0\x04ab\xff\xd9",
    "webp of nothing": b"RIFF\x10\0\0\0WEBPVP8 \x04\0\0\0abcd",
    "tiff whose directory is outside": b"II*\0\xff\xff\xff\0",
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_other_formats_are_refused_from_their_first_bytes(name: str) -> None:
    for read in (probe, decode_pixels):
        with pytest.raises(InvalidImage):
            read(UNKNOWN[name])


def test_no_bytes_are_an_empty_image() -> None:
    with pytest.raises(EmptyImage):
        probe(b"")


@pytest.mark.parametrize("name", LYING)
def test_headers_that_lie_are_refused(name: str) -> None:
    with pytest.raises(InvalidImage):
        decode_pixels(LYING[name])


@pytest.mark.parametrize("format", SOUND)
@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9])
def test_a_truncated_file_is_refused(format: str, share: float) -> None:
    data = SOUND[format]
    with pytest.raises(InvalidImage):
        decode_pixels(data[: max(4, int(len(data) * share))])


def tiff_of_many_claims() -> bytes:
    """4,000 tags that all say that they hold the same megabyte: 4 GB when a library reads them."""
    tags = [(256, 4, 1, 9), (257, 4, 1, 9), *((tag, 1, 1 << 20, 8) for tag in range(40_000, 44_000))]
    entries = b"".join(struct.pack("<HHII", *tag) for tag in tags)
    return b"II*\0" + struct.pack("<IH", 8, len(tags)) + entries + bytes(1 << 20)


STALLING = {
    "a million empty chunks": png_header(64, 48) + (struct.pack(">I", 0) + b"abcd" + bytes(4)) * 1_000_000,
    "a million empty segments": b"\xff\xd8" + b"\xff\xe5\0\x02" * 1_000_000,
    "a million fill bytes": b"\xff\xd8" + b"\xff" * 1_000_000,
    "a million empty riff chunks": b"RIFF\xff\xff\xff\0WEBPVP8X\x0a\0\0\0"
    + bytes(10)
    + b"ABCD\0\0\0\0" * 1_000_000,
    "tags that claim gigabytes": tiff_of_many_claims(),
}


@pytest.mark.parametrize("name", STALLING)
def test_a_file_of_countless_parts_is_refused_at_once(name: str) -> None:
    started = time.perf_counter()
    with pytest.raises(InvalidImage):
        probe(STALLING[name])
    assert time.perf_counter() - started < 0.5


@pytest.mark.parametrize("format", SOUND)
def test_damaged_files_are_read_or_refused_and_nothing_else(format: str) -> None:
    rng = random.Random(format)
    outcomes = {True: 0, False: 0}
    for _ in range(150):
        data = bytearray(SOUND[format])
        for _ in range(rng.choice((1, 3, 20))):
            data[rng.randrange(len(data) if rng.random() < 0.5 else min(200, len(data)))] = rng.randrange(256)
        outcomes[is_read(decode_pixels, bytes(data))] += 1
    assert outcomes[False]


def is_read(read: Callable[[bytes], object], data: bytes) -> bool:
    try:
        read(data)
    except InvalidImage:
        return False
    return True
