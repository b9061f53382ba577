"""Pixel art: large cells, few colours, an ordered dither in soft gradients."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.paint.raster import AREA, NEAREST, Pixels, blur, resize, to_bytes
from limner.engines.sketch.paint.styles.colors import few_colors, nearest
from limner.engines.sketch.paint.styles.drawing import calmed

_CELLS, _FEWEST, _MOST = 144, 110, 200
_COLORS = 30
_BAYER = np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]], np.float32) / 15 - 0.5


def pixel(image: Pixels, rng: Rng, strength: float) -> Pixels:
    """About 144 cells on the short side, up to 200 for a strength below 1; 30 colours."""
    height, width = image.shape[:2]
    short = min(height, width)
    share = min(1.0, min(max(_CELLS / strength, _FEWEST), _MOST) / short)
    columns, rows = max(1, round(width * share)), max(1, round(height * share))
    small = resize(calmed(image, max(2.0, short * 0.01), 16), columns, rows, AREA).astype(np.float32)
    small += (small - blur(small, 1.0)) * np.float32(0.7)
    grey = small.mean(2, keepdims=True)
    rich = to_bytes(grey + (small - grey) * np.float32(1.25))
    table = few_colors(rich, _COLORS)
    screen = np.tile(_BAYER, (rows // 4 + 1, columns // 4 + 1))[:rows, :columns, None]
    few = table[nearest(to_bytes(rich + screen * np.float32(5)), table)]
    return resize(few, width, height, NEAREST)
