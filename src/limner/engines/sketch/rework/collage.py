"""Several pictures on one sheet: rows that keep their shapes, an even grid, panels, before and after."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import numpy as np

from limner.engines.sketch.paint.curves import box, ellipse
from limner.engines.sketch.paint.palette import mix
from limner.engines.sketch.paint.raster import Floats, Pixels, Rgb, blend, blur, coverage, floats, to_bytes
from limner.engines.sketch.rework.frame import cover
from limner.engines.sketch.rework.lab import luma, mixed
from limner.media.fonts import text_mask

_MARGIN, _PAPER = 0.018, (250.0, 248.0, 243.0)
_INK: Rgb = (34, 32, 40)
_ALIKE = 0.70
_HEADROOM = 0.17


Sheet: TypeAlias = Callable[[list[Pixels], int, int], Pixels]


@dataclass(frozen=True, slots=True)
class Cell:
    """Where one reference goes, in pixels."""

    x: int
    y: int
    width: int
    height: int


def cells(count: int, width: int, height: int) -> list[Cell]:
    """Even cells for count references with thin margins; a last row that is short is stretched."""
    best = min(range(1, count + 1), key=lambda rows: _shape_cost(count, rows, width, height))
    rows = [count // best + (1 if row < count % best else 0) for row in range(best)]
    return _laid_out([[1.0] * columns for columns in rows], [1.0] * best, width, height)


def rows_of(aspects: list[float], width: int, height: int) -> list[Cell]:
    """Cells in rows, each about as wide for its height as its picture; all rows fill the sheet."""
    options = [_partition(aspects, rows) for rows in range(1, len(aspects) + 1)]
    best = min(options, key=lambda rows: _crop_cost(rows, width, height))
    return _laid_out(best, [1 / sum(row) for row in best], width, height)


def _shape_cost(count: int, rows: int, width: int, height: int) -> float:
    """How far the cells are from square, and how uneven the rows are."""
    columns = -(-count // rows)
    aspect = (width / columns) / (height / rows)
    return abs(float(np.log(aspect))) + 0.15 * (rows * columns - count)


def _partition(aspects: list[float], rows: int) -> list[list[float]]:
    """The aspects in order, in rows of about the same sum."""
    share, total = sum(aspects) / rows, 0.0
    found: list[list[float]] = [[] for _ in range(rows)]
    for k, aspect in enumerate(aspects):
        left = len(aspects) - k
        row = min(int((total + aspect / 2) / share), rows - 1)
        first_empty = next((r for r in range(rows) if not found[r]), rows)
        row = min(row, first_empty)
        if left <= rows - first_empty:
            row = first_empty
        found[row].append(aspect)
        total += aspect
    return [row for row in found if row]


def _crop_cost(rows: list[list[float]], width: int, height: int) -> float:
    """How much must be cropped for the rows to fill the sheet, and how uneven they are."""
    tall = [width / sum(row) for row in rows]
    return abs(float(np.log(sum(tall) / height))) + 0.25 * float(np.log(max(tall) / min(tall)))


def _laid_out(rows: list[list[float]], tall: list[float], width: int, height: int) -> list[Cell]:
    """Cells of these relative widths in rows of these relative heights."""
    margin = max(2, round(min(width, height) * _MARGIN))
    room = height - margin * (len(rows) + 1)
    found, y = [], float(margin)
    for row, share in zip(rows, tall, strict=True):
        high = room * share / sum(tall)
        x = float(margin)
        for part in row:
            wide = (width - margin * (len(row) + 1)) * part / sum(row)
            found.append(Cell(round(x), round(y), max(1, int(wide)), max(1, int(high))))
            x += wide + margin
        y += high + margin
    return found


def gridded(images: list[Pixels], width: int, height: int) -> Pixels:
    """Even cells on a pale ground."""
    return _on_sheet(images, cells(len(images), width, height), _ground(images, width, height))


def collaged(images: list[Pixels], width: int, height: int) -> Pixels:
    """Rows that keep the pictures' shapes, on a pale ground of their colours."""
    aspects = [float(np.clip(image.shape[1] / image.shape[0], 0.5, 2.2)) for image in images]
    return _on_sheet(images, rows_of(aspects, width, height), _ground(images, width, height))


def with_headroom(sheet: Sheet, images: list[Pixels], width: int, height: int) -> Pixels:
    """A sheet that leaves room for a title above it."""
    head = round(height * _HEADROOM)
    top = _ground(images, width, head)
    return np.vstack([top, sheet(images, width, height - head)])


def storyboard(images: list[Pixels], width: int, height: int) -> Pixels:
    """Numbered panels with a dark line about them on paper."""
    places = cells(len(images), width, height)
    sheet = np.empty((height, width, 3), np.uint8)
    sheet[:] = np.asarray(_PAPER).astype(np.uint8)
    line = max(1, round(min(width, height) * 0.0035))
    for number, (image, cell) in enumerate(zip(images, places, strict=True), 1):
        sheet[
            max(0, cell.y - line) : cell.y + cell.height + line,
            max(0, cell.x - line) : cell.x + cell.width + line,
        ] = _INK
        sheet[cell.y : cell.y + cell.height, cell.x : cell.x + cell.width] = cover(
            image, cell.width, cell.height
        )
        _number(sheet, cell, number)
    return sheet


def _number(sheet: Pixels, cell: Cell, number: int) -> None:
    """A light disc with the panel's number in its upper left corner."""
    size = max(12, round(min(cell.width, cell.height) * 0.11))
    part = sheet[cell.y : cell.y + size * 2, cell.x : cell.x + size * 2]
    high, wide = part.shape[:2]
    middle, radius = size * 0.82, size * 0.56
    _tint(part, coverage(ellipse(middle, middle, radius, radius), wide, high), _PAPER, 0.94)
    mask = text_mask(str(number), max(8, round(size * 0.72)))
    if not mask.size:
        return
    rows, columns = np.flatnonzero(mask.max(1)), np.flatnonzero(mask.max(0))
    glyph = mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    y, x = round(middle - glyph.shape[0] / 2), round(middle - glyph.shape[1] / 2)
    full = np.zeros((high, wide), np.uint8)
    fit = glyph[: max(0, high - max(0, y)), : max(0, wide - max(0, x))]
    full[max(0, y) : max(0, y) + fit.shape[0], max(0, x) : max(0, x) + fit.shape[1]] = fit
    _tint(part, full, _INK, 1.0)


def _tint(part: Pixels, mask: Pixels, color: Rgb, share: float) -> None:
    layer = np.empty_like(part)
    layer[:] = np.asarray(color).astype(np.uint8)
    part[:] = blend(np.ascontiguousarray(part), layer, floats(mask) / 255 * np.float32(share))


def compared(images: list[Pixels], width: int, height: int) -> Pixels:
    """Strips of the same view with a divider between them; of different views, each in its own strip."""
    count = len(images)
    full = [cover(image, width, height) for image in images]
    edges = [round(k * width / count) for k in range(count + 1)]
    same = count > 1 and _alike(full[0], full[1])
    out = np.empty((height, width, 3), np.uint8)
    for k, (x0, x1) in enumerate(pairwise(edges)):
        out[:, x0:x1] = full[k][:, x0:x1] if same else cover(images[k], x1 - x0, height)
    for x in edges[1:-1]:
        out = _divided(out, x)
    return out


def _alike(a: Pixels, b: Pixels) -> bool:
    """Whether two pictures show the same view."""
    tones = [luma(cover(image, 32, 32)).ravel() for image in (a, b)]
    if min(float(tone.std()) for tone in tones) < 1e-3:
        return False
    return float(np.corrcoef(tones[0], tones[1])[0, 1]) > _ALIKE


def _divided(image: Pixels, x: int) -> Pixels:
    """A white line with a round grip."""
    height, width = image.shape[:2]
    half = max(1.0, min(width, height) * 0.0035)
    mask = floats(coverage(box(x - half, -2, x + half, height + 2), width, height))
    radius = max(5.0, min(width, height) * 0.034)
    mask = np.maximum(mask, floats(coverage(ellipse(x, height / 2, radius, radius), width, height))) / 255
    shadow = blur(mask, half * 2.5) * np.float32(0.5)
    shaded = to_bytes(floats(image) * (1 - shadow[..., None]))
    white = np.full_like(image, 252)
    out = mixed(shaded, white, mask)
    for side in (-1, 1):
        tip, back = x + side * radius * 0.62, x + side * radius * 0.22
        arrow = np.array(
            [(tip, height / 2), (back, height / 2 - radius * 0.32), (back, height / 2 + radius * 0.32)]
        )
        _tint(out, coverage(arrow, width, height), _INK, 0.85)
    return out


def _ground(images: list[Pixels], width: int, height: int) -> Pixels:
    """Paper with a breath of the pictures' mean colour."""
    mean = np.mean([image.reshape(-1, 3)[::97].mean(0) for image in images], 0)
    r, g, b = (float(v) for v in mean)
    sheet = np.empty((height, width, 3), np.uint8)
    sheet[:] = np.round(mix(_PAPER, (r, g, b), 0.16)).astype(np.uint8)
    return sheet


def _on_sheet(images: list[Pixels], places: list[Cell], sheet: Pixels) -> Pixels:
    """Each picture in its cell, with rounded corners and a soft shadow."""
    height, width = sheet.shape[:2]
    radius, fall = max(1.0, min(width, height) * 0.008), max(1, int(min(width, height) * 0.004))
    shade: Floats = np.zeros((height, width), np.float32)
    for cell in places:
        shade[cell.y + fall : cell.y + cell.height + fall, cell.x : cell.x + cell.width] = 0.32
    out = to_bytes(floats(sheet) * (1 - blur(shade, fall * 1.6)[..., None]))
    for image, cell in zip(images, places, strict=True):
        part = out[cell.y : cell.y + cell.height, cell.x : cell.x + cell.width]
        high, wide = part.shape[:2]
        mask = coverage(box(0, 0, wide - 1, high - 1, radius), wide, high)
        part[:] = mixed(part, cover(image, wide, high), floats(mask) / 255)
    return out
