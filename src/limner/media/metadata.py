"""The facts that travel inside a picture file, as EXIF and XMP: written by us, read back from any file.

Never the prompt. What is read back comes from strangers: it is text, bounded, and proves nothing.
Not covered: signatures, and files whose metadata a third party has removed.
"""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

from limner.errors import InvalidImage
from limner.media import headers

_APP1 = 0xE1
_XMP_PREFIX = b"http://ns.adobe.com/xap/1.0/\0"
_XMP_KEYWORD = b"XML:com.adobe.xmp"
_MAX_SEGMENT_BYTES = 65_533
_MAX_READ_BYTES = 1 << 20
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_NAMESPACE = "urn:limner:facts#"
_XMP_NAMESPACE = "http://ns.adobe.com/xap/1.0/"
_TAG_SOFTWARE, _TAG_EXIF_IFD, _TAG_EXIF_VERSION, _TAG_USER_COMMENT = 0x0131, 0x8769, 0x9000, 0x9286
_ASCII, _LONG, _UNDEFINED = 2, 4, 7
_PACKET = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{_RDF}">'
    f'<rdf:Description rdf:about="" xmlns:xmp="{_XMP_NAMESPACE}" xmlns:limner="{_NAMESPACE}">'
    "<xmp:CreatorTool>{software}</xmp:CreatorTool><limner:Model>{model}</limner:Model>"
    "<limner:Seed>{seed}</limner:Seed><limner:Notes>{notes}</limner:Notes>"
    '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a file says about its making. software: name and version. notes: an engine's own keys."""

    software: str
    model: str
    seed: int
    notes: Mapping[str, str] = field(default_factory=dict)


def jpeg_segments_of(facts: Facts) -> list[bytes]:
    """APP1 segments with EXIF and XMP; the longest notes are left out until the XMP fits one segment."""
    notes = dict(facts.notes)
    while len(packet := _xmp(facts, notes)) + len(_XMP_PREFIX) > _MAX_SEGMENT_BYTES and notes:
        del notes[max(notes, key=lambda key: len(json.dumps(notes[key])))]
    return [_app1(headers.EXIF_PREFIX + _exif(facts)), _app1(_XMP_PREFIX + packet)]


def png_chunks_of(facts: Facts) -> list[tuple[bytes, bytes]]:
    """(type, body) of chunks with EXIF, XMP and, for simple readers, Software."""
    software = facts.software.encode("latin-1", "replace").replace(b"\0", b"")
    return [
        (b"eXIf", _exif(facts)),
        (b"iTXt", _XMP_KEYWORD + b"\0\0\0\0\0" + _xmp(facts, facts.notes)),
        (b"tEXt", b"Software\0" + software),
    ]


def read_facts(data: bytes) -> Facts | None:
    """The facts in a JPEG or PNG file that Limner made; None where there are none to be read."""
    finders = {"jpeg": _jpeg_xmp, "png": _png_xmp}
    find = finders.get(headers.format_of(data) or "")
    try:
        packet = find(data) if find else None
        return _parsed(packet) if packet else None
    except (InvalidImage, struct.error, IndexError, SyntaxError, ValueError, RecursionError):
        return None


def _app1(body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, _APP1, len(body) + 2) + body


def _exif(facts: Facts) -> bytes:
    """A TIFF block with Software, and the model and seed as JSON in UserComment."""
    comment = b"ASCII\0\0\0" + json.dumps({"model": facts.model, "seed": facts.seed}).encode()
    # a value of 4 bytes or less would have to stand in the directory itself
    software = (facts.software.encode("ascii", "replace") + b"\0").ljust(5, b"\0")
    first, second, values = 8, 38, 68  # where the two directories of two entries each and their values start
    return b"".join(
        (
            struct.pack("<2sHI", b"II", 42, first),
            struct.pack("<HHHII", 2, _TAG_SOFTWARE, _ASCII, len(software), values),
            struct.pack("<HHIII", _TAG_EXIF_IFD, _LONG, 1, second, 0),
            struct.pack("<HHHI4s", 2, _TAG_EXIF_VERSION, _UNDEFINED, 4, b"0232"),
            struct.pack("<HHIII", _TAG_USER_COMMENT, _UNDEFINED, len(comment), values + len(software), 0),
            software,
            comment,
        )
    )


def _xmp(facts: Facts, notes: Mapping[str, str]) -> bytes:
    # JSON in ASCII carries any text through XML, lone surrogates and controls included.
    carried = json.dumps(dict(notes))
    values = {"software": facts.software, "model": facts.model, "seed": str(facts.seed), "notes": carried}
    return _PACKET.format(
        **{key: escape(_NOT_XML.sub("", value), quote=False) for key, value in values.items()}
    ).encode()


def _jpeg_xmp(data: bytes) -> bytes | None:
    for marker, body in headers.jpeg_segments(data):
        if marker == _APP1 and body.startswith(_XMP_PREFIX):
            return body[len(_XMP_PREFIX) :]
    return None


def _png_xmp(data: bytes) -> bytes | None:
    for kind, start, end in headers.png_chunks(data):
        if (
            kind == b"iTXt"
            and end - start <= _MAX_READ_BYTES
            and data.startswith(_XMP_KEYWORD + b"\0\0", start)
        ):
            return data[start:end].split(b"\0", 5)[5]
    return None


def _parsed(packet: bytes) -> Facts | None:
    if b"<!" in packet:
        return None  # no XMP writer declares entities; those who attack XML readers do
    from xml.etree import ElementTree

    root = ElementTree.fromstring(packet.strip(b"\0 \n"))
    description = root.find(f".//{{{_RDF}}}Description[{{{_NAMESPACE}}}Seed]")
    if description is None:
        return None

    def value(namespace: str, name: str) -> str:
        return description.findtext(f"{{{namespace}}}{name}") or ""

    notes = json.loads(value(_NAMESPACE, "Notes") or "{}")
    if not isinstance(notes, dict) or not all(isinstance(text, str) for text in notes.values()):
        return None
    seed = int(value(_NAMESPACE, "Seed"))
    return Facts(value(_XMP_NAMESPACE, "CreatorTool"), value(_NAMESPACE, "Model"), seed, notes)
