"""Retro poster: few inks on cream paper, halftone between the tones, the key printed a little beside."""

from __future__ import annotations

import math

import numpy as np

from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.paint.raster import Floats, Pixels, blur, grid, to_bytes, warp
from limner.engines.sketch.paint.styles.colors import nearest
from limner.engines.sketch.paint.styles.drawing import calmed, tooth

_CREAM = (246, 232, 203)
_INKS: tuple[tuple[tuple[int, int, int], ...], ...] = (
    ((28, 44, 74), (206, 70, 46), (232, 152, 62), (42, 126, 128), (148, 196, 178), (92, 122, 74), _CREAM),
    ((52, 30, 56), (196, 62, 72), (240, 160, 104), (66, 96, 138), (160, 196, 206), (110, 130, 84), _CREAM),
    ((30, 54, 50), (214, 92, 50), (240, 186, 84), (38, 110, 110), (136, 190, 170), (70, 118, 70), _CREAM),
)
"""Sets of inks: the key, red, its light, blue, its light, green, and the paper."""


def retro(image: Pixels, rng: Rng, strength: float) -> Pixels:
    """The picture as an old offset print."""
    height, width = image.shape[:2]
    short = min(height, width)
    quiet = calmed(image, max(2.0, short * 0.016), 26)
    quiet = blur(quiet, short * 0.0014)
    inks = np.array(_INKS[int(rng.integers(len(_INKS)))], np.uint8)
    dots = _screen(width, height, max(2.5, short / 150))[..., None]
    number = nearest(to_bytes(_stretched(quiet) + dots * np.float32(20)), inks)
    off = max(1.0, short * 0.0022)
    key = warp((number == 0).astype(np.float32), [[1, 0, off], [0, 1, off * 0.6]], width, height)
    plates = inks.astype(np.float32)
    plates[0] = plates[1:5].mean(0)
    sheet = blur(plates[number], max(0.4, short * 0.0006))
    sheet *= 1 - blur(key, max(0.4, short * 0.0006))[..., None] * (
        1 - inks[0] / np.float32(255)
    ) * np.float32(0.9)
    grain = tooth(width, height, max(0.7, short * 0.0009), rng)
    worn = np.maximum(np.abs(grain) - np.float32(2.1), 0) * np.float32(24) + grain * np.float32(2.4)
    return to_bytes(sheet + worn[..., None])


def _stretched(image: Pixels) -> Floats:
    """Full contrast and firm colour, so that every ink has work."""
    low, high = np.percentile(image[::7, ::7], (2, 98))
    firm = np.clip((image.astype(np.float32) - low) * (255 / max(60.0, high - low)), 0, 255)
    grey = firm.mean(2, keepdims=True)
    return np.asarray(grey + (firm - grey) * np.float32(1.25), np.float32)


def _screen(width: int, height: int, cell_px: float) -> Floats:
    """A halftone screen at 45 degrees in -1..1."""
    x, y = grid(width, height)
    k = np.float32(math.pi / cell_px * math.sqrt(0.5))
    return np.asarray(np.cos((x + y) * k) * np.cos((x - y) * k), np.float32)
