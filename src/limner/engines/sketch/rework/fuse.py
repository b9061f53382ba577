"""Several references in one picture: in a grid, or the first as the scene with the others as cards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from limner.engines.sketch.paint.curves import box
from limner.engines.sketch.paint.raster import (
    AREA,
    CUBIC,
    Pixels,
    blend,
    blur,
    coverage,
    floats,
    resize,
    to_bytes,
)

_MARGIN = 0.018
Mode: TypeAlias = Literal["grid", "scene"]


@dataclass(frozen=True, slots=True)
class Cell:
    """Where one reference goes, in pixels."""

    x: int
    y: int
    width: int
    height: int


def cover(image: Pixels, width: int, height: int) -> Pixels:
    """The middle of the image scaled to fill width x height."""
    share = max(width / image.shape[1], height / image.shape[0])
    wide, high = max(width, round(image.shape[1] * share)), max(height, round(image.shape[0] * share))
    big = resize(image, wide, high, AREA if share < 1 else CUBIC)
    x, y = (wide - width) // 2, (high - height) // 2
    return np.ascontiguousarray(big[y : y + height, x : x + width])


def cells(count: int, width: int, height: int) -> list[Cell]:
    """Even cells for count references with thin margins; a last row that is short is stretched."""
    best = min(range(1, count + 1), key=lambda rows: _shape_cost(count, rows, width, height))
    margin = max(2, round(min(width, height) * _MARGIN))
    row_height = (height - margin * (best + 1)) / best
    found: list[Cell] = []
    for row in range(best):
        columns = count // best + (1 if row < count % best else 0)
        column_width = (width - margin * (columns + 1)) / columns
        y = round(margin + row * (row_height + margin))
        for column in range(columns):
            x = round(margin + column * (column_width + margin))
            found.append(Cell(x, y, max(1, int(column_width)), max(1, int(row_height))))
    return found


def _shape_cost(count: int, rows: int, width: int, height: int) -> float:
    """How far the cells are from square, and how uneven the rows are."""
    columns = -(-count // rows)
    aspect = (width / columns) / (height / rows)
    return abs(float(np.log(aspect))) + 0.15 * (rows * columns - count)


def fused(images: list[Pixels], mode: Mode, width: int, height: int) -> Pixels:
    """All references in one picture of width x height."""
    if mode == "scene":
        return _as_cards(images, width, height)
    out = _shared_ground(images, width, height)
    for image, cell in zip(images, cells(len(images), width, height), strict=True):
        _lay_card(out, image, cell, frame=0)
    return out


def _shared_ground(images: list[Pixels], width: int, height: int) -> Pixels:
    """A pale, blurred blend of all of them."""
    mean = np.mean([cover(image, 64, 64).astype(np.float32) for image in images], 0)
    pale = blur(mean.astype(np.float32), 9) * 0.35 + 255 * 0.62
    return to_bytes(resize(floats(pale), width, height, CUBIC))


def _as_cards(images: list[Pixels], width: int, height: int) -> Pixels:
    """The first fills the picture; the others stand along its lower edge in white frames."""
    out = cover(images[0], width, height)
    count = len(images) - 1
    side = min(height * 0.34, width * 0.88 / count)
    gap = (width - side * count) / (count + 1)
    for k, image in enumerate(images[1:]):
        x, y = gap + k * (side + gap), height * 0.94 - side
        size = max(1, int(side * 0.94))
        _lay_card(out, image, Cell(int(x), int(y), size, size), frame=max(2, int(side * 0.035)))
    return out


def _lay_card(out: Pixels, image: Pixels, cell: Cell, frame: int) -> None:
    """One reference with rounded corners and a soft shadow, and a white frame where it has one."""
    short = min(out.shape[:2])
    radius, fall = max(1.0, short * 0.008), max(1, int(short * 0.004))
    card = Cell(cell.x - frame, cell.y - frame, cell.width + 2 * frame, cell.height + 2 * frame)
    shadow = coverage(
        box(card.x, card.y + fall, card.x + card.width, card.y + card.height + fall, radius),
        out.shape[1],
        out.shape[0],
    )
    soft = blur(shadow.astype(np.float32) / 255, fall * 1.5) * np.float32(0.35)
    out[:] = blend(out, np.zeros_like(out), np.clip(soft, 0, 1))
    if frame:
        _paste(out, np.full((card.height, card.width, 3), 250, np.uint8), card, radius)
    _paste(out, cover(image, cell.width, cell.height), cell, radius)


def _paste(out: Pixels, image: Pixels, cell: Cell, radius: float) -> None:
    x0, y0 = max(0, cell.x), max(0, cell.y)
    x1, y1 = min(out.shape[1], cell.x + cell.width), min(out.shape[0], cell.y + cell.height)
    if x1 <= x0 or y1 <= y0:
        return
    mask = coverage(box(0, 0, cell.width - 1, cell.height - 1, radius), cell.width, cell.height)
    rows, columns = slice(y0 - cell.y, y1 - cell.y), slice(x0 - cell.x, x1 - cell.x)
    part = out[y0:y1, x0:x1]
    part[:] = blend(
        part, np.ascontiguousarray(image[rows, columns]), mask[rows, columns].astype(np.float32) / 255
    )
