from __future__ import annotations

import io
import json
import struct

import numpy as np
import pytest
from PIL import Image

from limner.media.encode import encode
from limner.media.metadata import Facts, read_facts
from limner.types import OutputFormat

FORMATS: tuple[OutputFormat, ...] = ("jpeg", "png")
AWKWARD = 'a <b> & "c" ]]> {} % \u4e2d\u6587 \U0001f600 \ud800 \0 \x1b \ufffe end'


def file_of(facts: Facts, output_format: OutputFormat) -> bytes:
    return encode(np.full((16, 24, 3), 99, np.uint8), output_format, facts).data


def with_packet(packet: bytes) -> bytes:
    """A JPEG whose only metadata is this XMP packet."""
    body = b"http://ns.adobe.com/xap/1.0/\0" + packet
    return b"\xff\xd8\xff\xe1" + struct.pack(">H", len(body) + 2) + body + b"\xff\xd9"


@pytest.mark.parametrize("output_format", FORMATS)
def test_facts_come_back_as_they_were(output_format: OutputFormat) -> None:
    facts = Facts(
        "Limner 0.1.0",
        "team/\u753b\u5e08 <v2> & co",
        2**31 - 1,
        {"scene": AWKWARD, "": "", "key&": "x" * 9000},
    )
    assert read_facts(file_of(facts, output_format)) == facts


@pytest.mark.parametrize("output_format", FORMATS)
def test_other_programs_see_software_model_and_seed(output_format: OutputFormat) -> None:
    image = Image.open(io.BytesIO(file_of(Facts("Limner 0.1.0", "seedream", 42), output_format)))
    exif = image.getexif()
    comment = exif.get_ifd(0x8769)[0x9286]
    assert exif[0x0131] == "Limner 0.1.0"
    assert json.loads(comment.removeprefix(b"ASCII\0\0\0")) == {"model": "seedream", "seed": 42}
    xmp = image.info.get("xmp") or image.info["XML:com.adobe.xmp"]
    assert b"<limner:Seed>42<" in (xmp if isinstance(xmp, bytes) else xmp.encode())


def test_a_png_names_its_software_to_simple_readers() -> None:
    image = Image.open(io.BytesIO(file_of(Facts("Limner 0.1.0", "m", 1), "png")))
    assert image.info["Software"] == "Limner 0.1.0"


def test_notes_too_long_for_a_jpeg_are_left_out_whole_and_the_others_kept() -> None:
    facts = Facts("Limner", "m", 1, {"short": "kept", "long": "x" * 70_000})
    assert read_facts(file_of(facts, "jpeg")) == Facts("Limner", "m", 1, {"short": "kept"})
    assert read_facts(file_of(facts, "png")) == facts


def test_notes_survive_up_to_the_last_byte_of_a_segment() -> None:
    def kept(length: int) -> bool:
        facts = Facts("Limner", "m", 1, {"scene": "x" * length})
        return read_facts(file_of(facts, "jpeg")) == facts

    low, high = 1, 70_000
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if kept(middle) else (low, middle)
    longest = file_of(Facts("Limner", "m", 1, {"scene": "x" * low}), "jpeg")
    assert b"\xff\xe1\xff\xff" in longest
    assert np.asarray(Image.open(io.BytesIO(longest))).shape == (16, 24, 3)


def test_a_picture_of_somebody_else_has_no_facts() -> None:
    out = io.BytesIO()
    Image.new("RGB", (9, 9)).save(out, "JPEG")
    assert read_facts(out.getvalue()) is None


GOOD = file_of(Facts("Limner", "m", 1, {"scene": "s"}), "jpeg")
PACKET = GOOD[GOOD.index(b"<?xpacket begin") : GOOD.index(b'end="r"?>') + 9]


def test_the_packet_alone_is_read() -> None:
    assert read_facts(with_packet(PACKET)) == Facts("Limner", "m", 1, {"scene": "s"})


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xd8\xff",
        GOOD[:200],
        b"\x89PNG\r\n\x1a\n" + b"\0" * 50,
        with_packet(b"not xml"),
        with_packet(b'<!DOCTYPE x [<!ENTITY a "b">]>' + PACKET),
        with_packet(PACKET.replace(b"Seed>1<", b"Seed>one<")),
        with_packet(PACKET.replace(b'{"scene": "s"}', b"[1, 2]")),
        with_packet(PACKET.replace(b'{"scene": "s"}', b'{"scene": 5}')),
        with_packet(PACKET.replace(b'{"scene": "s"}', b"[" * 20_000)),
        with_packet(b"<a>" * 9000),
    ],
    ids=range(11),
)
def test_broken_and_hostile_metadata_is_no_facts(data: bytes) -> None:
    assert read_facts(data) is None
