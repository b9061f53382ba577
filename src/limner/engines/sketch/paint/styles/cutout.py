"""Pictures of few flat areas: flat illustration and cut paper."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.paint.raster import (
    CUBIC,
    Floats,
    Pixels,
    blend,
    blur,
    floats,
    resize,
    smoothstep,
    warp,
)
from limner.engines.sketch.paint.styles.drawing import flattened, plain_sheet, roughened, tooth
from limner.engines.sketch.paint.styles.regions import details_of, regions_of

_FLAT_COLORS, _FLAT_APART = 26, 9.0
_SHEETS, _SHEETS_APART = 16, 9.0
_CLEARING = np.column_stack([1.03 * (1.18 * np.eye(3) - 0.06), np.full(3, 4.0)])
"""Levels: 1.18 times as far from grey, a little lighter."""


def flat(image: Pixels, rng: Rng, strength: float) -> Pixels:
    """Even areas of few clear colours with clean curved edges; small things stay as they are."""
    height, width = image.shape[:2]
    short = min(height, width)
    half = flattened(image, max(2, width // 2), max(2, height // 2), strength)
    smooth = max(0.6, short * 0.0055 * strength)
    plain = regions_of(half, _FLAT_COLORS, _FLAT_APART, smooth, (width, height)).pixels
    plain = blur(plain, max(0.5, short * 0.0006))
    crisp = resize(half, width, height, CUBIC)
    return _clear(blend(plain, crisp, details_of(image, plain, 26, 52)))


def _clear(image: Pixels) -> Pixels:
    """A little more colour, a little more light."""
    return np.asarray(cv2.transform(image, _CLEARING), np.uint8)


def paper(image: Pixels, rng: Rng, strength: float) -> Pixels:
    """Cut paper: a few sheets, large ones behind, each with its shadow and a light rim."""
    height, width = image.shape[:2]
    short = min(height, width)
    half = flattened(image, max(2, width // 2), max(2, height // 2), strength)
    smooth = max(0.6, short * 0.0034 * strength)
    found = regions_of(half, _SHEETS, _SHEETS_APART, smooth, (half.shape[1], half.shape[0]))
    sheets, paint = found.labels, floats(_clear(found.table[None])[0])
    out = plain_sheet(width, height, paint[0])
    for number in range(1, len(paint)):
        _lay(out, sheets == number, paint[number], short)
    shown = details_of(image, out, 40, 70)
    out = blend(out, resize(half, width, height, CUBIC), shown)
    grain = tooth(width, height, max(0.7, short * 0.001), rng)
    return roughened(out, grain * np.float32(2.6))


def _lay(out: Pixels, cut: NDArray[np.bool_], color: Floats, short: int) -> None:
    """Lay one sheet, cut where cut says (at half size), with its shadow on those below."""
    fall = max(1.0, short * 0.003)
    pad = int(4 * fall) + 2
    rows, columns = np.flatnonzero(cut.any(1)), np.flatnonzero(cut.any(0))
    if not len(rows):
        return
    y0, y1 = max(0, int(rows[0]) - pad), min(cut.shape[0], int(rows[-1]) + pad)
    x0, x1 = max(0, int(columns[0]) - pad), min(cut.shape[1], int(columns[-1]) + pad)
    edge = blur(cut[y0:y1, x0:x1].astype(np.float32), max(0.8, short * 0.0015))
    sheet = smoothstep(0.42, 0.58, edge)
    shade = blur(warp(sheet, [[1, 0, fall], [0, 1, fall]], x1 - x0, y1 - y0), fall) * np.float32(0.34)
    bottom = out.shape[0] if y1 == cut.shape[0] else 2 * y1
    right = out.shape[1] if x1 == cut.shape[1] else 2 * x1
    part = out[2 * y0 : bottom, 2 * x0 : right]
    high, wide = part.shape[:2]
    dimmed = blend(part, np.zeros_like(part), resize(shade, wide, high))
    layer = plain_sheet(wide, high, color)
    part[:] = blend(dimmed, layer, np.clip(resize(sheet, wide, high, CUBIC), 0, 1))
