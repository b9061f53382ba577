"""Text broken into balanced lines and set as large as a box allows: masks of ink, no colours.

It does not know where a block goes, nor what it says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

import numpy as np

from limner.engines.sketch.paint.raster import Pixels
from limner.media.fonts import Weight, drawable, text_mask, text_width

Align: TypeAlias = Literal["left", "center"]

_MEASURE_PX = 64
_LEADING = 1.10
_IDEOGRAPHS = r"\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
_PIECE = re.compile(rf"\s*(?:[{_IDEOGRAPHS}]|[^\s{_IDEOGRAPHS}]+)[，。！？、；：”’）》」』…]*")
_MANY_LINES = 12
_FEWER_LINES = 1.25
"""Another line must make the letters this much larger to be worth it."""


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Lines of text as coverage: ink is (h, w) uint8, cropped to the letters; px: the em."""

    ink: Pixels
    px: int
    lines: tuple[str, ...]


def fitted(
    text: str,
    width: float,
    height: float,
    max_px: float,
    weight: Weight = "bold",
    align: Align = "center",
    max_lines: int = 4,
) -> Block | None:
    """The text as large as width, height and max_px allow; None when nothing of it can be drawn or seen.

    Words stay whole unless a single one would make all the others tiny.
    """
    shown = [part for part in (drawable(line) for line in text.split("\n")) if part]
    if not shown or width < 4 or height < 4:
        return None
    lines, px = _broken(shown, width, height, max_px, weight, max_lines)
    px = int(min(px, max_px))
    if px < 3:
        return None
    ink = _stacked(lines, px, weight, align)
    return Block(ink, px, tuple(lines)) if ink.any() else None


def _broken(
    paragraphs: Sequence[str], width: float, height: float, max_px: float, weight: Weight, max_lines: int
) -> tuple[list[str], float]:
    """The lines, and the em in pixels at which they fit."""
    words = [_PIECE.findall(part) for part in paragraphs]
    lines, px = _best_break(words, width, height, max_px, weight, max_lines)
    letters = sum(len(part) for part in paragraphs)
    if px < 0.4 * (width * height / max(1, letters)) ** 0.5:
        apart = [list(part) for part in paragraphs]
        other, other_px = _best_break(apart, width, height, max_px, weight, _MANY_LINES)
        if other_px > px * 1.5:
            return other, other_px
    return lines, px


def _best_break(
    paragraphs: Sequence[Sequence[str]],
    width: float,
    height: float,
    max_px: float,
    weight: Weight,
    max_lines: int,
) -> tuple[list[str], float]:
    best: tuple[list[str], float] = ([], 0.0)
    longest = max(len(pieces) for pieces in paragraphs)
    for count in range(1, min(max_lines, longest) + 1):
        lines = [line for pieces in paragraphs for line in _balanced(pieces, count, weight)]
        widest = max(_measured(line, weight) for line in lines)
        px = min(width / max(1, widest) * _MEASURE_PX, height / (_LEADING * len(lines)), max_px)
        if px > best[1] * (_FEWER_LINES if best[0] else 1):
            best = (lines, px)
    return best


def _balanced(pieces: Sequence[str], count: int, weight: Weight) -> list[str]:
    """The pieces in at most count lines, the widest as narrow as it can be."""
    widths = [_measured(piece, weight) for piece in pieces]
    low, high = float(max(widths)), float(sum(widths))
    for _ in range(14):
        room = (low + high) / 2
        if _lines_in(widths, room) <= count:
            high = room
        else:
            low = room
    lines, used = [""], 0.0
    for piece, wide in zip(pieces, widths, strict=True):
        if lines[-1] and used + wide > high + 1e-3:
            lines.append("")
            used = 0.0
        lines[-1] += piece
        used += wide
    return [line.strip() for line in lines if line.strip()]


@lru_cache(4096)
def _measured(text: str, weight: Weight) -> int:
    """The width in a size that all lines are compared in; rooms and line counts ask again and again."""
    return text_width(text, _MEASURE_PX, weight)


def _lines_in(widths: Sequence[float], room: float) -> int:
    count, used = 1, 0.0
    for wide in widths:
        if used and used + wide > room + 1e-3:
            count, used = count + 1, 0.0
        used += wide
    return count


def _stacked(lines: Sequence[str], px: int, weight: Weight, align: Align) -> Pixels:
    masks = [text_mask(line, px, weight) for line in lines]
    step = round(px * _LEADING)
    wide = max(mask.shape[1] for mask in masks)
    ink = np.zeros((step * (len(masks) - 1) + masks[0].shape[0], wide), np.uint8)
    for row, mask in enumerate(masks):
        x = (wide - mask.shape[1]) // 2 if align == "center" else 0
        part = ink[row * step : row * step + mask.shape[0], x : x + mask.shape[1]]
        np.maximum(part, mask, out=part)
    rows, columns = np.nonzero(ink.any(1))[0], np.nonzero(ink.any(0))[0]
    if not len(rows):
        return ink
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
