"""Quoted text in a finished picture: titles where there is room, signs, labels and speech bubbles.

It is set at full size, in colours taken from the picture where they stand out. It does not know why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np

from limner.engines.sketch.paint import plates
from limner.engines.sketch.paint.inking import Colors, colors_on, display_colors_on, ink_block
from limner.engines.sketch.paint.raster import AREA, Floats, Pixels, gradient, grey, resize
from limner.engines.sketch.paint.typesetting import Block, fitted

Box: TypeAlias = tuple[float, float, float, float]
"""x0, y0, x1, y1 in shares of the picture."""
Role: TypeAlias = Literal["title", "sign", "label", "bubble"]


@dataclass(frozen=True, slots=True)
class Text:
    """bearer: the box of the body that bears or says it. board: whether that body is itself a board."""

    text: str
    role: Role = "title"
    bearer: Box | None = None
    board: bool = False


@dataclass(frozen=True, slots=True)
class _Room:
    """A place for a title: its box, and how gladly it is taken (1 is best)."""

    box: Box
    liking: float


_TOP = tuple(_Room((0.07, 0.055, 0.93, 0.055 + h), 1.0 - 0.05 * k) for k, h in enumerate((0.28, 0.2, 0.13)))
_NARROW = tuple(_Room((0.17, 0.075, 0.83, 0.075 + h), 0.93 - 0.05 * k) for k, h in enumerate((0.26, 0.18)))
_BOTTOM = tuple(
    _Room((0.07, 0.945 - h, 0.93, 0.945), 0.62 - 0.05 * k) for k, h in enumerate((0.26, 0.18, 0.12))
)
_MIDDLE = (_Room((0.12, 0.34, 0.88, 0.66), 0.74), _Room((0.25, 0.34, 0.75, 0.66), 0.76))
_SIDES = (_Room((0.05, 0.15, 0.50, 0.85), 1.0), _Room((0.50, 0.15, 0.95, 0.85), 0.98))
_THIRDS = (_Room((0.04, 0.15, 0.36, 0.85), 0.9), _Room((0.64, 0.15, 0.96, 0.85), 0.88))
_WIDE = 1.6
_FOOT = (_Room((0.10, 0.87, 0.90, 0.945), 1.0), _Room((0.10, 0.79, 0.90, 0.865), 0.8))
_HEAD = (_Room((0.10, 0.055, 0.90, 0.13), 0.5),)
_TITLE_SHARE, _DISPLAY_SHARE, _CAPTION_SHARE = 0.125, 0.21, 0.06
_STUDIED_PX = 192
_BUSY, _COVERS = 8.0, 3.2


def letter(
    pixels: Pixels,
    texts: Sequence[Text | str],
    figures: Sequence[Box] = (),
    display: bool = False,
    middle: bool = False,
) -> Pixels:
    """The picture with its texts; figures: boxes to keep off. A bare str is a title.

    display: heavy letters with an outline, as on a poster. middle: the title belongs there.
    Text that no face can draw is left out.
    """
    wanted = [Text(t) if isinstance(t, str) else t for t in texts]
    if not wanted:
        return pixels
    out = pixels.copy()
    taken = list(figures)
    for text in wanted:
        if text.role != "title":
            taken += _on_plate(out, text, taken)
    titles = [text.text for text in wanted if text.role == "title"]
    if titles:
        placed = _title(out, titles[0], taken, display, middle)
        if len(titles) > 1:
            _caption(out, "\n".join(titles[1:]), placed, [*taken, *placed], display)
    return out


def _on_plate(pixels: Pixels, text: Text, taken: Sequence[Box]) -> list[Box]:
    height, width = pixels.shape[:2]
    if text.role == "bubble":
        drawn = plates.bubble(
            pixels, text.text, _scaled(text.bearer, width, height), _pixels(taken, width, height)
        )
    elif text.role == "label":
        drawn = plates.label(pixels, text.text, _scaled(text.bearer, width, height))
    else:
        drawn = plates.sign(
            pixels, text.text, _scaled(text.bearer, width, height), text.board, _pixels(taken, width, height)
        )
    if drawn is None:
        return []
    x0, y0, x1, y1 = drawn
    return [(x0 / width, y0 / height, x1 / width, y1 / height)]


def _scaled(box: Box | None, width: int, height: int) -> Box | None:
    return None if box is None else (box[0] * width, box[1] * height, box[2] * width, box[3] * height)


def _pixels(boxes: Sequence[Box], width: int, height: int) -> list[Box]:
    return [(b[0] * width, b[1] * height, b[2] * width, b[3] * height) for b in boxes]


def _title(pixels: Pixels, text: str, taken: Sequence[Box], display: bool, middle: bool) -> list[Box]:
    height, width = pixels.shape[:2]
    share = _DISPLAY_SHARE if display else _TITLE_SHARE
    center = [replace(room, liking=room.liking + 0.7) for room in _MIDDLE] if middle else _MIDDLE
    rooms = [*_TOP, *_NARROW, *_BOTTOM, *center]
    if width > height * _WIDE:
        rooms = [*_SIDES, *_THIRDS, *(replace(r, liking=r.liking * 0.75) for r in rooms)]
    return _set_in_best(pixels, text, rooms, taken, share, display)


def _caption(pixels: Pixels, text: str, title: Sequence[Box], taken: Sequence[Box], display: bool) -> None:
    """Smaller lines: at the foot of the picture, or under the title where that is freer."""
    rooms = [*_FOOT, *_HEAD]
    wide = pixels.shape[1] > pixels.shape[0] * _WIDE
    for x0, _, x1, y1 in title:
        deep = 0.16 if wide else 0.075
        rooms.append(_Room((x0, y1 + 0.03, x1, min(0.97, y1 + 0.03 + deep)), 1.3 if wide else 0.92))
    _set_in_best(pixels, text, rooms, taken, _CAPTION_SHARE * (1.5 if wide else 1.0), display)


def _set_in_best(
    pixels: Pixels, text: str, rooms: Sequence[_Room], taken: Sequence[Box], share: float, display: bool
) -> list[Box]:
    """Set the text in the room where it is largest, calmest and covers least; its box, or none."""
    height, width = pixels.shape[:2]
    max_px = max(10.0, share * min(width * 1.5, height * 1.6, (width * height) ** 0.5))
    busy = _busyness(pixels)
    best: tuple[float, Block, tuple[int, int]] | None = None
    for room in rooms:
        block = _block_in(text, room, width, height, max_px, display)
        if block is None:
            continue
        x, y = _corner(block, room, width, height)
        box = (x / width, y / height, (x + block.ink.shape[1]) / width, (y + block.ink.shape[0]) / height)
        score = (
            room.liking * (block.px / max_px) ** 0.6
            - _COVERS * _covered(box, taken)
            - _BUSY * _mean(busy, box)
        )
        if best is None or score > best[0]:
            best = (score, block, (x, y))
    if best is None:
        return []
    _, block, (x, y) = best
    high, wide = block.ink.shape
    ink_block(pixels, block.ink, x, y, block.px, _title_colors(pixels, x, y, wide, high, display))
    return [(x / width, y / height, (x + wide) / width, (y + high) / height)]


def _title_colors(pixels: Pixels, x: int, y: int, wide: int, high: int, display: bool) -> Colors:
    choose = display_colors_on if display else colors_on
    return choose(pixels, (x, y, x + wide, y + high))


def _block_in(text: str, room: _Room, width: int, height: int, max_px: float, display: bool) -> Block | None:
    x0, y0, x1, y1 = room.box
    pad = 0.92
    return fitted(
        text,
        (x1 - x0) * width * pad,
        (y1 - y0) * height * pad,
        max_px,
        "black" if display else "bold",
        max_lines=5 if width > height * _WIDE else 3,
    )


def _corner(block: Block, room: _Room, width: int, height: int) -> tuple[int, int]:
    """Centred in its room, but close to the edge of the picture that the room lies at."""
    x0, y0, x1, y1 = room.box
    high, wide = block.ink.shape
    free = (y1 - y0) * height - high
    lean = 0.35 if y0 < 0.07 and y1 < 0.5 else 0.75 if y1 > 0.93 else 0.5
    x = (x0 + x1) / 2 * width - wide / 2
    return max(2, round(min(x, width - wide - 2))), max(
        1, round(min(y0 * height + free * lean, height - high - 1))
    )


def _busyness(pixels: Pixels) -> Floats:
    """How uneven each part of a small copy is, 0..1."""
    height, width = pixels.shape[:2]
    share = _STUDIED_PX / max(width, height)
    small = grey(resize(pixels, max(8, round(width * share)), max(8, round(height * share)), AREA)) / 255
    dx, dy = gradient(small)
    return np.asarray(np.hypot(dx, dy), np.float32)


def _mean(field: Floats, box: Box) -> float:
    height, width = field.shape
    x0, y0, x1, y1 = (int(v) for v in (box[0] * width, box[1] * height, box[2] * width, box[3] * height))
    part = field[max(0, y0) : max(y0, y1) + 1, max(0, x0) : max(x0, x1) + 1]
    return float(part.mean()) if part.size else 1.0


def _covered(box: Box, taken: Sequence[Box]) -> float:
    """The share of the box that lies on what is taken."""
    area = max(1e-6, (box[2] - box[0]) * (box[3] - box[1]))
    shared = 0.0
    for other in taken:
        wide = min(box[2], other[2]) - max(box[0], other[0])
        high = min(box[3], other[3]) - max(box[1], other[1])
        shared += max(0.0, wide) * max(0.0, high)
    return min(1.0, shared / area)
