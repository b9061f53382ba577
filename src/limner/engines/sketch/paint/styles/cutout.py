"""Pictures of few flat areas: flat illustration and cut paper."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.paint.raster import (
    CUBIC,
    Pixels,
    blur,
    resize,
    smoothstep,
    to_bytes,
    warp,
)
from limner.engines.sketch.paint.styles.colors import few_colors, nearest
from limner.engines.sketch.paint.styles.drawing import flattened, tooth

_FLAT_COLORS = 32
_SHEETS = 14


def flat(image: Pixels, rng: Rng, strength: float) -> Pixels:
    """Even areas of clear colour with clean edges."""
    height, width = image.shape[:2]
    quiet = flattened(image, width, height, strength)
    table = few_colors(quiet, _FLAT_COLORS)
    areas = _clear(table)[nearest(quiet, table)]
    return blur(areas, max(0.5, min(height, width) * 0.0006))


def _clear(table: Pixels) -> Pixels:
    """A little more colour, a little more light."""
    firm = table.astype(np.float32)
    grey = firm.mean(1, keepdims=True)
    return to_bytes((grey + (firm - grey) * np.float32(1.18)) * np.float32(1.03) + 4)


def paper(image: Pixels, rng: Rng, strength: float) -> Pixels:
    """Cut paper: a few sheets, large ones behind, each with its shadow and a light rim."""
    height, width = image.shape[:2]
    short = min(height, width)
    half = flattened(image, max(2, width // 2), max(2, height // 2), strength)
    table = few_colors(half, _SHEETS)
    sheets, paint = nearest(half, table), _clear(table).astype(np.float32)
    out = np.empty((height, width, 3), np.float32)
    out[:] = paint[0]
    fall = max(1.0, short * 0.003)
    for number in range(1, _SHEETS):
        cut = smoothstep(0.42, 0.58, blur((sheets == number).astype(np.float32), max(0.8, short * 0.0015)))
        shade = blur(warp(cut, [[1, 0, fall], [0, 1, fall]], half.shape[1], half.shape[0]), fall)
        mask = resize(cut, width, height, CUBIC)[..., None]
        out *= 1 - np.float32(0.34) * resize(shade, width, height)[..., None] * (1 - mask)
        out += (paint[number] - out) * mask
    grain = tooth(width, height, max(0.7, short * 0.001), rng)[..., None]
    return to_bytes(out * (1 + np.float32(0.018) * grain))
