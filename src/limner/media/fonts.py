"""Type for the visible mark and for lettering: lines of text as masks, drawn from the packaged faces.

A character that no face has is dropped, so that a box is never drawn.
It does not know where text goes or in which colour.
Not covered: right-to-left and joined scripts, emoji, vertical text.
"""

from __future__ import annotations

import math
import unicodedata
import zlib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import groupby
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from numpy.typing import NDArray

Weight: TypeAlias = Literal["bold", "black"]

_FONTS = resources.files("limner") / "assets" / "fonts"
_LATIN: dict[Weight, str] = {"bold": "Lato-Bold.ttf", "black": "Lato-Black.ttf"}
_CHINESE, _KOREAN, _REST = "NotoSansSC-Bold.ttf", "NotoSansKR-Hangul-Bold.ttf", "DroidSansFallback-Rest.ttf"
_CHINESE_NUMBER = 2
_STROKE_EM = {_REST: 0.016}
"""The fallback face is of regular weight: its strokes are thickened to stand beside the bold ones."""
_WIDE_IN_CHINESE = frozenset("“”…—")
"""Both the Latin and the Chinese face have these; Chinese type sets them a full square wide."""
_ASCENT_EM, _DESCENT_EM, _SIDE_EM = 1.05, 0.3, 0.04


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring characters that one face draws; face is a file name in assets/fonts."""

    text: str
    face: str


def drawable(text: str) -> str:
    """The text as it will be drawn: composed, on one line, without the characters that no face has."""
    composed = unicodedata.normalize("NFC", " ".join(text.split()))
    return "".join(character for character in composed if _has_shape(character))


def runs(text: str, weight: Weight = "bold") -> list[Run]:
    """The drawable text, cut where the face changes; each character has the first face that knows it."""
    shown = drawable(text)
    faces = ("", _LATIN[weight], _CHINESE, _KOREAN, _REST)
    chinese = any(_first_face(character) == _CHINESE_NUMBER for character in shown)

    def face_of(character: str) -> str:
        wide = chinese and character in _WIDE_IN_CHINESE
        return _CHINESE if wide else faces[_first_face(character)]

    return [Run("".join(characters), face) for face, characters in groupby(shown, key=face_of)]


def text_width(text: str, px: int, weight: Weight = "bold") -> int:
    """The width of text_mask's result in pixels; 0 when nothing of the text can be drawn."""
    length = sum(_font(run.face, px).getlength(run.text) for run in runs(text, weight))
    return math.ceil(length + 2 * _SIDE_EM * px) if length else 0


def text_mask(text: str, px: int, weight: Weight = "bold") -> NDArray[np.uint8]:
    """One line of text as coverage: (h, w) uint8, 255 is ink.

    px: the em in pixels, at least 1. Every line of the same px has the same height, about 1.35 px,
    and its baseline in row baseline(px). Text that cannot be drawn gives width 0.
    """
    height = baseline(px) + math.ceil(_DESCENT_EM * px)
    canvas = Image.new("L", (text_width(text, px, weight), height))
    if canvas.width == 0:
        return np.zeros((height, 0), np.uint8)
    draw, x = ImageDraw.Draw(canvas), _SIDE_EM * px
    for run in runs(text, weight):
        font = _font(run.face, px)
        stroke = _STROKE_EM.get(run.face, 0.0) * px
        draw.text((x, baseline(px)), run.text, 255, font, "ls", stroke_width=stroke)
        x += font.getlength(run.text)
    return np.array(canvas)


def baseline(px: int) -> int:
    """The row of text_mask on which letters stand."""
    return math.ceil(_ASCENT_EM * px)


def _has_shape(character: str) -> bool:
    """Controls have none; a combining mark that did not compose would stand in the wrong place."""
    return _first_face(character) > 0 and unicodedata.category(character)[0] not in "CM"


def _first_face(character: str) -> int:
    code = ord(character)
    table = _coverage()
    return table[code] if code < len(table) else 0


@cache
def _coverage() -> bytes:
    """One byte a code point, made by tools/build_assets.py: 0 or the number of its first face.

    Reading the cmaps of the faces would need fontTools, asking Pillow would draw each glyph.
    """
    return zlib.decompress((_FONTS / "coverage.bin").read_bytes())


@lru_cache(maxsize=64)
def _font(face: str, px: int) -> ImageFont.FreeTypeFont:
    """Basic layout, so that a line is the same with and without the system's libraqm."""
    with resources.as_file(_FONTS / face) as path:
        return ImageFont.truetype(str(path), px, layout_engine=ImageFont.Layout.BASIC)
