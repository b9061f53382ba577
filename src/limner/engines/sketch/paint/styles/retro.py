"""Retro poster: few inks on cream paper, halftone between the tones, the key printed a little beside."""

from __future__ import annotations

import math

import cv2
import numpy as np

from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.paint.raster import Floats, Pixels, blur, grey, grid, warp
from limner.engines.sketch.paint.styles.colors import nearest
from limner.engines.sketch.paint.styles.drawing import (
    calmed,
    contours,
    laid,
    roughened,
    tooth,
    without_specks,
)

_CREAM = (246, 232, 203)
_INKS: tuple[tuple[tuple[int, int, int], ...], ...] = (
    (
        (28, 44, 74),
        (206, 70, 46),
        (232, 152, 62),
        (42, 126, 128),
        (148, 196, 178),
        (92, 122, 74),
        (158, 102, 62),
        _CREAM,
    ),
    (
        (52, 30, 56),
        (196, 62, 72),
        (240, 160, 104),
        (66, 96, 138),
        (160, 196, 206),
        (110, 130, 84),
        (172, 112, 72),
        _CREAM,
    ),
    (
        (34, 46, 62),
        (214, 92, 50),
        (240, 186, 84),
        (48, 104, 142),
        (150, 194, 200),
        (78, 124, 78),
        (166, 108, 58),
        _CREAM,
    ),
)
"""Sets of inks: the key, red, its light, blue, its light, green, brown, and the paper."""


def retro(image: Pixels, rng: Rng, strength: float) -> Pixels:
    """The picture as an old offset print."""
    height, width = image.shape[:2]
    short = min(height, width)
    drawn = calmed(image, max(2.0, short * 0.008), 14)
    quiet = blur(calmed(drawn, max(2.0, short * 0.011), 20), short * 0.0010)
    inks = np.array(_INKS[int(rng.integers(len(_INKS)))], np.uint8)
    dots = _screen(width, height, max(2.5, short / 150)) * np.float32(20)
    number = nearest(roughened(_spread(quiet), dots), inks)
    off = max(1.0, short * 0.0022)
    lines = contours(drawn, max(1.0, short * 0.0022), 60)
    lines = without_specks(lines, (short * 0.012) ** 2)
    plate = np.maximum(lines, number == 0).astype(np.float32)
    key = warp(plate, [[1, 0, off], [0, 1, off * 0.6]], width, height)
    edge = int(off) + 1
    key[:edge], key[:, :edge] = plate[:edge], plate[:, :edge]
    plates = inks.copy()
    plates[0] = inks[1:5].mean(0).astype(np.uint8)
    sheet = blur(plates[number], max(0.4, short * 0.0006))
    sheet = laid(sheet, inks[0].astype(np.float32), blur(key, max(0.4, short * 0.0006)) * np.float32(0.92))
    grain = tooth(width, height, max(0.7, short * 0.0009), rng)
    worn = np.maximum(np.abs(grain) - np.float32(2.1), 0) * np.float32(24) + grain * np.float32(2.4)
    return roughened(sheet, worn)


def _spread(image: Pixels) -> Pixels:
    """The tones spread over the whole range, so that every ink has work even at night."""
    light = grey(image).astype(np.uint8)
    share = np.cumsum(np.bincount(light.ravel(), minlength=256)) / light.size
    wanted = np.arange(256) * 0.62 + share * 255 * 0.38 + 6
    gain = np.minimum(wanted / np.maximum(np.arange(256), 10), 5).astype(np.float32)[light]
    firm = np.asarray(cv2.multiply(image, cv2.merge([gain] * 3), dtype=cv2.CV_8U), np.uint8)
    level = np.asarray(cv2.cvtColor(firm, cv2.COLOR_RGB2GRAY), np.uint8)
    return np.asarray(cv2.addWeighted(firm, 0.9, cv2.merge([level] * 3), 0.1, 0), np.uint8)


def _screen(width: int, height: int, cell_px: float) -> Floats:
    """A halftone screen at 45 degrees in -1..1."""
    x, y = grid(width, height)
    k = np.float32(math.pi / cell_px * math.sqrt(0.5))
    return np.asarray(np.cos((x + y) * k) * np.cos((x - y) * k), np.float32)
