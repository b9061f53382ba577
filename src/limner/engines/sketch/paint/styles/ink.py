"""Ink: brush lines of changing weight on paper, a few pale washes that pool at their edges, a seal."""

from __future__ import annotations

import cv2
import numpy as np

from limner.engines.sketch.paint.noise import Rng, fbm
from limner.engines.sketch.paint.raster import (
    AREA,
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
from limner.engines.sketch.paint.styles.drawing import (
    calmed,
    contours,
    flattened,
    laid,
    plain_sheet,
    roughened,
    tooth,
    without_specks,
)

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
    grain = tooth(width, height, short * 0.001, rng)
    sheet = roughened(plain_sheet(width, height, _PAPER), grain * np.float32(1.2))
    sheet = np.asarray(cv2.multiply(sheet, _tint(quiet), scale=1 / 255), np.uint8)
    sheet = laid(sheet, _INK, _washes(quiet, rng))
    columns, rows = max(2, width // 8), max(2, height // 8)
    weight = resize(fbm(columns, rows, 6, 6, rng, 2), width, height) + np.float32(0.4)
    dry = np.maximum(grain - np.float32(1.1), 0) * np.float32(0.22)
    return laid(sheet, _INK, np.minimum(lines * weight - dry, 0.94))


def _washes(image: Pixels, rng: Rng) -> Floats:
    height, width = image.shape[:2]
    columns, rows, short = max(2, width // 2), max(2, height // 2), min(height, width) / 2
    light = resize(grey(image), columns, rows) * np.float32(1 / 255)
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


def _tint(image: Pixels) -> Pixels:
    """What is left of the colours: strong ones as a thin glaze, others nothing."""
    height, width = image.shape[:2]
    small = resize(image, max(2, width // 2), max(2, height // 2), AREA)
    soft = blur(small, min(small.shape[:2]) * 0.004).astype(np.float32) * np.float32(1 / 255)
    planes = cv2.split(soft)
    top = np.maximum(np.maximum(planes[0], planes[1]), planes[2])
    bottom = np.minimum(np.minimum(planes[0], planes[1]), planes[2])
    strong = smoothstep(0.34, 0.75, (top - bottom) / (top + 0.15)) * np.float32(0.80)
    glaze = [255 * (1 - (1 - plane / (top + np.float32(1e-3))) * strong) for plane in planes]
    return resize(to_bytes(cv2.merge(glaze)), width, height)
