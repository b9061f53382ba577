"""Pencil: contours from local contrast, three layers of hatching by tone, paper."""

from __future__ import annotations

import math

import numpy as np

from limner.engines.sketch.paint.noise import Rng, fbm
from limner.engines.sketch.paint.raster import Pixels, blur, grey, grid, smoothstep, to_bytes

_HATCHES = ((0.8, 0.62), (2.3, 0.40), (1.55, 0.24))
"""Angle in radians, and the tone below which it is drawn."""
_PAPER = np.array([252, 249, 242], np.float32)


def pencil(image: Pixels, rng: Rng, strength: float) -> Pixels:
    """The picture drawn in graphite."""
    height, width = image.shape[:2]
    short = min(height, width)
    light = blur(grey(image), max(0.6, short * 0.0008))
    sheet = np.clip(light / (blur(light, short * 0.011) + 1), 0, 1) ** (2.6 * strength)
    x, y = grid(width, height)
    waver = (fbm(width, height, 12, 12, rng, 3) - 0.5) * short * 0.03
    tooth = blur(rng.random((height, width), np.float32), max(0.7, short * 0.0008))
    tooth = (tooth - 0.5) / (tooth.std() + np.float32(1e-6))
    tone, gap = light / 255, short * 0.0075
    for angle, threshold in _HATCHES:
        phase = (x * math.cos(angle) + y * math.sin(angle) + waver) / gap * 2 * np.pi
        stroke = smoothstep(0.1, 0.9, np.sin(phase) + tooth * 0.25)
        sheet = sheet * (1 - stroke * np.clip((threshold - tone) * 2.2, 0, 0.62))
    sheet = sheet * (1 + tooth * 0.02) * 0.97
    return to_bytes(sheet[..., None] * _PAPER)
