"""A looser hand: edges that waver and small forms that run together. It knows pixels only."""

from __future__ import annotations

import cv2
import numpy as np

from limner.engines.sketch.paint.noise import Rng, fbm
from limner.engines.sketch.paint.raster import CUBIC, Pixels, floats, resize

_WAVER = 0.006
_STROKES_ACROSS = 22.0


def loosely(pixels: Pixels, amount: float, rng: Rng) -> Pixels:
    """The picture as a broad brush would have it; amount 0 to 1."""
    height, width = pixels.shape[:2]
    short = min(height, width)
    columns, rows = max(8, width // 4), max(8, height // 4)
    cells = _STROKES_ACROSS / short
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    for axis in (x, y):
        waves = fbm(columns, rows, cells * width, cells * height, rng, 2) - np.float32(0.5)
        axis += resize(floats(waves), width, height, CUBIC) * np.float32(2.6 * _WAVER * short * amount)
    moved = cv2.remap(pixels, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    size = 2 * round(short * 0.0022 * amount) + 1
    return np.asarray(cv2.medianBlur(moved, size) if size > 1 else moved, np.uint8)
