"""Pencil: two loose contours, hatching by tone in crossing layers, smudged shade, paper."""

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
    grid,
    remap,
    resize,
)
from limner.engines.sketch.paint.styles.drawing import (
    calmed,
    contours,
    hatching,
    laid,
    plain_sheet,
    roughened,
    tooth,
    without_specks,
)

_HATCHES = ((0.95, 0.72, 0.062), (0.70, 0.50, 0.070), (2.15, 0.34, 0.055))
"""Angle in radians, the tone below which it is drawn, its length as a share of the short side."""
_PAPER = np.array([250, 247, 240], np.float32)
_GRAPHITE = np.array([52, 51, 56], np.float32)


def pencil(image: Pixels, rng: Rng, strength: float) -> Pixels:
    """The picture drawn in graphite."""
    height, width = image.shape[:2]
    short = min(height, width)
    quiet = calmed(image, max(2.0, short * 0.008), 14)
    level, tones = _tones(quiet)
    grain = tooth(width, height, short * 0.0009, rng)
    shade = _shown(level, np.clip(0.95 - tones, 0, 1) ** 1.3 * 0.42)
    for angle, threshold, length in _HATCHES:
        strokes = hatching(width, height, angle, max(2.0, short * 0.0068), max(6.0, short * length), rng)
        depth = _shown(level, np.clip((threshold - tones) * 2.1, 0, 0.72) / 255)
        shade += (1 - shade) * cv2.multiply(depth, strokes, dtype=cv2.CV_32F)
    shade = shade + (1 - shade) * _lines(quiet, short, strength, rng)
    shade = np.minimum(shade * (1 + grain * np.float32(0.16)), 0.93)
    sheet = roughened(plain_sheet(width, height, _PAPER), grain * np.float32(1.6))
    return laid(sheet, _GRAPHITE, shade)


def _tones(image: Pixels) -> tuple[Pixels, Floats]:
    """The grey of every pixel, and the tone 0..1 of each grey, stretched so that a night can be drawn too."""
    level = np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), np.uint8)
    seen = level[::7, ::7] / 255
    low, high = np.percentile(seen, (3, 97))
    stretched = np.clip((np.arange(256) / 255 - low) / max(0.25, high - low), 0, 1)
    return level, floats(stretched ** (0.55 if float(np.median(seen)) < 0.35 else 0.8))


def _shown(level: Pixels, table: Floats) -> Floats:
    """The table's value for every grey."""
    return floats(cv2.LUT(level, floats(table)[None]))


def _lines(image: Pixels, short: int, strength: float, rng: Rng) -> Floats:
    height, width = image.shape[:2]
    lines = without_specks(contours(image, max(0.9, short * 0.0014), 42), (short * 0.008) ** 2)
    x, y = grid(width, height)
    columns, rows = max(2, width // 8), max(2, height // 8)
    sway = [
        resize(fbm(columns, rows, 7, 7, rng, 2) - np.float32(0.5), width, height, CUBIC) for _ in range(2)
    ]
    loose = short * 0.016 * strength
    again = remap(lines, x + sway[0] * np.float32(loose), y + sway[1] * np.float32(loose))
    pressure = resize(fbm(columns, rows, 9, 9, rng, 2), width, height) * np.float32(0.5) + np.float32(0.6)
    return floats(np.clip(np.maximum(lines, blur(again, 0.6) * np.float32(0.6)) * pressure, 0, 1))
