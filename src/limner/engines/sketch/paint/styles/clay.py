"""Clay and miniature: rounded masses in soft light, with the marks of fingers."""

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
    gradient,
    resize,
    to_bytes,
)
from limner.engines.sketch.paint.styles.drawing import calmed, contours


def clay(image: Pixels, rng: Rng, strength: float) -> Pixels:
    """The picture as if modelled from coloured clay."""
    height, width = image.shape[:2]
    short = min(height, width)
    quiet = blur(calmed(image, max(2.0, short * 0.016), 24), max(0.5, short * 0.0007))
    half = resize(quiet, max(2, width // 2), max(2, height // 2), AREA)
    relief = _relief(half, short / 2)
    columns, rows = max(2, width // 8), max(2, height // 8)
    dents = resize(fbm(columns, rows, 16, 16, rng, 3), half.shape[1], half.shape[0], CUBIC)
    dx, dy = gradient(relief + dents * np.float32(short * 0.0028))
    facing = 1 / np.sqrt(dx * dx + dy * dy + 1)
    lit = (dx * np.float32(0.55) + dy * np.float32(0.62)) * facing
    spark = np.clip(lit * np.float32(0.8) + facing * np.float32(0.62), 0, 1) ** 24
    shade = resize(floats(1 + lit * np.float32(0.55)), width, height)[..., None]
    gloss = resize(floats(spark), width, height)[..., None] * np.float32(38)
    return to_bytes(quiet.astype(np.float32) * shade * np.float32(1.02) + gloss + 3)


def _relief(image: Pixels, short: float) -> Floats:
    """Every mass rises from its edges to a rounded top."""
    lines = contours(image, max(0.8, short * 0.003), 40)
    apart = (lines < 0.4).astype(np.uint8)
    away = np.asarray(cv2.distanceTransform(apart, cv2.DIST_L2, 5), np.float32)
    reach = max(2.0, short * 0.022)
    t = np.minimum(away / np.float32(reach), 1)
    return blur(np.sqrt(t * (2 - t)) * np.float32(reach * 1.15), max(0.8, short * 0.004))


def isometric(image: Pixels, rng: Rng, strength: float) -> Pixels:
    """A clean miniature: even faces, clear colours."""
    short = min(image.shape[:2])
    quiet = calmed(image, max(2.0, short * 0.010), 16).astype(np.float32)
    grey = quiet.mean(2, keepdims=True)
    return to_bytes((grey + (quiet - grey) * np.float32(1.2)) * np.float32(1.03) + 2)
