"""Ink: brush lines of changing weight on paper, a few pale washes that pool at their edges, a seal."""

from __future__ import annotations

import cv2
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
from limner.engines.sketch.paint.styles.drawing import (
    calmed,
    contours,
    flattened,
    hatching,
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
    quiet = flattened(image, max(2, width // 2), max(2, height // 2), strength)
    drawn = calmed(image, max(2.0, short * 0.01), 16)
    lines = without_specks(contours(drawn, max(1.0, short * 0.0021), 46), (short * 0.010) ** 2)
    fine = without_specks(contours(drawn, max(0.8, short * 0.0011), 20), (short * 0.012) ** 2)
    grain = tooth(width, height, short * 0.001, rng)
    sheet = roughened(plain_sheet(width, height, _PAPER), grain * np.float32(1.2))
    sheet = np.asarray(cv2.multiply(sheet, resize(_tint(quiet), width, height), scale=1 / 255), np.uint8)
    sheet = laid(sheet, _INK, resize(_washes(quiet, rng), width, height))
    columns, rows = max(2, width // 8), max(2, height // 8)
    weight = resize(fbm(columns, rows, 6, 6, rng, 2), width, height) + np.float32(0.4)
    lines = np.maximum(np.minimum(lines * weight, 1), fine * weight * np.float32(0.55))
    lines = np.maximum(lines, _pen(quiet, width, height, rng))
    dry = np.maximum(grain - np.float32(1.1), 0) * np.float32(0.22)
    return laid(sheet, _INK, np.minimum(lines - dry, 0.94))


def _tone(image: Pixels) -> Floats:
    """Lightness 0..1, stretched so that a night can be drawn too."""
    light = grey(image) * np.float32(1 / 255)
    low, high = np.percentile(light[::5, ::5], (2, 98))
    light = np.clip((light - low) / max(0.3, high - low), 0, 1)
    return floats(light ** (0.5 if float(np.median(light)) < 0.35 else 0.9))


def _pen(image: Pixels, width: int, height: int, rng: Rng) -> Floats:
    """Hatching in the shade."""
    short = min(width, height)
    strokes = hatching(width, height, 0.9, max(2.5, short * 0.0072), max(8.0, short * 0.045), rng)
    dark = resize(smoothstep(0.42, 0.16, _tone(image)) * np.float32(0.62 / 255), width, height)
    return floats(cv2.multiply(dark, strokes, dtype=cv2.CV_32F))


def _washes(image: Pixels, rng: Rng) -> Floats:
    """How dark the ink is: three steps, each pooled at its edge."""
    height, width = image.shape[:2]
    short = min(height, width)
    uneven = fbm(max(2, width // 4), max(2, height // 4), 5, 5, rng, 4) - np.float32(0.5)
    clouds = resize(floats(uneven), width, height, CUBIC) * np.float32(0.10)
    spread = blur(_tone(image), short * 0.004) + clouds
    dark = np.zeros_like(spread)
    for threshold, depth in _WASHES:
        cover = smoothstep(threshold + 0.07, threshold - 0.07, spread)
        pool = np.maximum(cover - blur(cover, short * 0.012), 0)
        dark += np.float32(depth) * (cover * np.float32(0.82) + pool * np.float32(0.5))
    return floats(np.minimum(dark, 0.8))


def _tint(image: Pixels) -> Pixels:
    """What is left of the colours: strong ones as a glaze, others hardly anything."""
    soft = blur(image, min(image.shape[:2]) * 0.004).astype(np.float32) * np.float32(1 / 255)
    planes = cv2.split(soft)
    top = np.maximum(np.maximum(planes[0], planes[1]), planes[2])
    bottom = np.minimum(np.minimum(planes[0], planes[1]), planes[2])
    strong = smoothstep(0.16, 0.72, (top - bottom) / (top + np.float32(0.15))) * np.float32(0.80)
    return to_bytes(cv2.merge([255 * (1 - (1 - p / (top + np.float32(1e-3))) * strong) for p in planes]))
