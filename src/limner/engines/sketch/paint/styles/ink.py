"""Ink: brush lines of changing weight on paper, a few pale washes that pool at their edges, a seal."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.noise import Rng, fbm
from limner.engines.sketch.paint.raster import (
    CUBIC,
    Floats,
    Pixels,
    blur,
    floats,
    grey,
    resize,
    smoothstep,
    to_bytes,
)
from limner.engines.sketch.paint.styles.drawing import calmed, contours, flattened, tooth, without_specks

_PAPER = np.array([247, 243, 232], np.float32)
_INK = np.array([34, 36, 44], np.float32)
_WASHES = ((0.66, 0.11), (0.42, 0.18), (0.20, 0.28))
"""The tone below which a wash lies, and how dark it is."""


def ink(image: Pixels, rng: Rng, strength: float) -> Pixels:
    """The picture in brush and ink, with the strongest colours as a tint."""
    height, width = image.shape[:2]
    short = min(height, width)
    quiet = flattened(image, width, height, strength)
    lines = without_specks(
        contours(calmed(image, max(2.0, short * 0.01), 16), max(1.0, short * 0.0021), 46),
        (short * 0.010) ** 2,
    )
    wash = _washes(quiet, rng)
    tint = _tint(quiet, short)
    grain = tooth(width, height, short * 0.001, rng)
    sheet = (_PAPER + (grain * np.float32(1.2))[..., None]) * tint
    shade = (wash * (1 + grain * np.float32(0.02)))[..., None]
    sheet = sheet * (1 - shade) + _INK * shade
    weight = resize(fbm(max(2, width // 8), max(2, height // 8), 6, 6, rng, 2), width, height) + np.float32(
        0.4
    )
    stroke = np.clip(lines * weight - np.maximum(grain - 1.1, 0) * np.float32(0.22), 0, 1)[..., None]
    return to_bytes(sheet * (1 - stroke * np.float32(0.94)) + _INK * stroke * np.float32(0.94))


def _washes(image: Pixels, rng: Rng) -> Floats:
    height, width = image.shape[:2]
    columns, rows, short = max(2, width // 2), max(2, height // 2), min(height, width) / 2
    light = resize(grey(image), columns, rows) / np.float32(255)
    low, high = np.percentile(light[::5, ::5], (2, 98))
    light = np.clip((light - low) / max(0.3, high - low), 0, 1) ** (0.5 if np.median(light) < 0.35 else 0.9)
    uneven = (fbm(max(2, columns // 4), max(2, rows // 4), 5, 5, rng, 4) - 0.5).astype(np.float32)
    spread = blur(light, short * 0.006) + resize(uneven, columns, rows, CUBIC) * np.float32(0.22)
    dark = np.zeros_like(spread)
    for threshold, depth in _WASHES:
        cover = smoothstep(threshold + 0.05, threshold - 0.05, spread)
        pool = np.clip(cover - blur(cover, short * 0.012), 0, 1)
        dark = dark + np.float32(depth) * (cover * np.float32(0.82) + pool * np.float32(0.5))
    return resize(floats(np.clip(dark, 0, 0.8)), width, height)


def _tint(image: Pixels, short: int) -> Floats:
    """What is left of the colours: strong ones as a thin glaze, others nothing."""
    soft = blur(image, short * 0.004).astype(np.float32) / np.float32(255)
    top, bottom = soft.max(2, keepdims=True), soft.min(2, keepdims=True)
    strong = smoothstep(0.34, 0.75, (top - bottom) / (top + 0.15))
    glaze = soft / (top + np.float32(1e-3))
    return floats(1 - (1 - glaze) * strong * np.float32(0.80))
