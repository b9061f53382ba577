"""The visible mark in the bottom right corner: light letters in a dark halo, legible on any background.

It knows pixels and a text; it does not know whether a picture must be marked.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

import cv2
import numpy as np

from limner.media.fonts import text_mask, text_width
from limner.types import Size

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from limner.types import PixelArray

    Patch: TypeAlias = tuple[NDArray[np.uint16], NDArray[np.uint16]]

_EM_OF_SHORT_SIDE = 0.028
_MARGIN_OF_SHORT_SIDE = 0.018
_SMALLEST_EM_PX = 12
"""Below this letters are not legible; only a picture that is too small for it gets smaller ones."""
_LETTERS_OPACITY = 0.94
_HALO_OPACITY = 0.72
_HALO_EM = 0.16


@dataclass(frozen=True, slots=True)
class Box:
    """Columns left to right and rows top to bottom, the ends excluded."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def is_empty(self) -> bool:
        return self.right <= self.left or self.bottom <= self.top


def mark(pixels: PixelArray, text: str) -> Box:
    """Draw the mark into (h, w, 3) uint8 pixels, in place, and return the box that it changed.

    The box is empty when nothing of the text can be drawn, or the picture is only a few pixels large.
    """
    box, em_px = _place(Size(pixels.shape[1], pixels.shape[0]), text)
    if not box.is_empty:
        keep, add = _patch(text, em_px)
        region = pixels[box.top : box.bottom, box.left : box.right]
        np.copyto(region, (region * keep + add) >> 8, casting="unsafe")
    return box


def mark_box(size: Size, text: str) -> Box:
    """Where mark draws on a picture of this size."""
    return _place(size, text)[0]


@lru_cache(maxsize=64)
def _place(size: Size, text: str) -> tuple[Box, int]:
    """The box and the em in pixels."""
    short = min(size.width, size.height)
    margin = round(short * _MARGIN_OF_SHORT_SIDE)
    room = Size(size.width - 2 * margin, size.height - 2 * margin)
    for em_px in range(max(_SMALLEST_EM_PX, round(short * _EM_OF_SHORT_SIDE)), 3, -1):
        patch = _patch_size(text, em_px)
        if patch.width <= room.width and patch.height <= room.height and patch.pixels:
            right, bottom = size.width - margin, size.height - margin
            return Box(right - patch.width, bottom - patch.height, right, bottom), em_px
    return Box(0, 0, 0, 0), 0


def _patch_size(text: str, em_px: int) -> Size:
    width = text_width(text, em_px)
    pad = 2 * _halo_px(em_px)
    return Size(width + pad if width else 0, text_mask("", em_px).shape[0] + pad)


def _halo_px(em_px: int) -> int:
    return max(1, math.ceil(em_px * _HALO_EM))


@lru_cache(maxsize=32)
def _patch(text: str, em_px: int) -> Patch:
    """What is kept of the background and what is added, (h, w, 1) in 256ths: keep * 255 + add < 2**16."""
    radius = _halo_px(em_px)
    ink = np.pad(text_mask(text, em_px), radius).astype(np.float32) / 255
    spread = cv2.dilate(ink, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (radius + 1 | 1, radius + 1 | 1)))
    halo = cv2.GaussianBlur(spread, (2 * radius + 1, 2 * radius + 1), radius / 3) * _HALO_OPACITY
    light = ink * _LETTERS_OPACITY
    keep = np.floor(256 * (1 - light) * (1 - halo)).astype(np.uint16)
    add = np.floor(np.minimum(light, 1 - keep / 256) * 255 * 256).astype(np.uint16)
    return keep[..., None], add[..., None]
