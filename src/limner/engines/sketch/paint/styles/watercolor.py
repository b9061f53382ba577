"""Watercolour: wandering edges, flat washes, pigment that pools and granulates, a torn paper border."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.noise import Rng, fbm
from limner.engines.sketch.paint.raster import Floats, Pixels, blur, floats, grey, grid, remap, smoothstep
from limner.engines.sketch.paint.styles.drawing import kuwahara

_PAPER = np.array([0.985, 0.972, 0.945], np.float32)


def watercolor(image: Pixels, rng: Rng, strength: float) -> Pixels:
    """The picture as a watercolour on rough paper."""
    height, width = image.shape[:2]
    short = min(height, width)
    x, y = grid(width, height)
    wander = short * 0.014 * strength
    dx = (fbm(width, height, 14, 14, rng, 3) - 0.5) * wander
    dy = (fbm(width, height, 14, 14, rng, 3) - 0.5) * wander
    flat = remap(image, x + dx, y + dy, "mirror")
    flat = kuwahara(flat, max(2, int(short * 0.0045 * strength)))
    flat = kuwahara(flat, max(2, int(short * 0.003)))
    wash: Floats = flat.astype(np.float32) / 255
    wash = wash * 0.76 + blur(wash, short * 0.014) * 0.24
    wash = 1 - (1 - wash**0.86) * 0.95
    density, tooth = _pigment(flat, rng)
    wash = np.clip(wash, 0.004, 1) ** density[..., None]
    wash = _torn_edge(wash, x, y, rng)
    sheet = _PAPER * (1 + tooth[..., None] * 0.010)
    return (np.clip(wash * sheet, 0, 1) * 255).astype(np.uint8)


def _pigment(flat: Pixels, rng: Rng) -> tuple[Floats, Floats]:
    """How thick the paint lies, and the tooth of the paper."""
    height, width = flat.shape[:2]
    short = min(height, width)
    levels = blur(floats(np.round(grey(flat) / 255 * 7) / 7), short * 0.0016)
    pooled = np.clip(blur(levels, short * 0.006) - levels, 0, 1) * 3
    turbid = fbm(width, height, 4, 4, rng, 5)
    granules = fbm(width, height, short / 6, short / 6, rng, 2)
    tooth = blur(rng.random((height, width), np.float32), max(0.8, short * 0.0011))
    tooth = (tooth - tooth.mean()) / (tooth.std() + np.float32(1e-6))
    density = 1 + (turbid - 0.5) * 0.7 + (granules - 0.5) * 0.35 + tooth * 0.055 + pooled * 1.5
    return np.clip(density, 0.4, 2.4).astype(np.float32), tooth


def _torn_edge(wash: Floats, x: Floats, y: Floats, rng: Rng) -> Floats:
    height, width = x.shape
    short = min(height, width)
    inside = np.minimum(np.minimum(x, width - 1 - x), np.minimum(y, height - 1 - y)) / short
    ragged = (fbm(width, height, 7, 7, rng, 5) - 0.5) * 0.045 + (
        fbm(width, height, 40, 40, rng, 2) - 0.5
    ) * 0.022
    mask = smoothstep(0.022, 0.030, inside + ragged)[..., None]
    rim = (np.exp(-(((inside + ragged - 0.032) / 0.006) ** 2)) * 0.35)[..., None]
    wash = wash * (1 - rim * (1 - wash))
    return (wash * mask + (1 - mask)).astype(np.float32)
