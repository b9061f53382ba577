"""Clay and miniature: rounded masses in soft light, with the marks of fingers."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from limner.engines.sketch.paint.noise import Rng, fbm
from limner.engines.sketch.paint.raster import (
    CUBIC,
    Floats,
    Pixels,
    blend,
    blur,
    floats,
    gradient,
    resize,
    smoothstep,
)
from limner.engines.sketch.paint.styles.drawing import calmed, flattened
from limner.engines.sketch.paint.styles.regions import details_of, regions_of

_COLORS, _APART, _MASSES_APART = 18, 12.0, 19.0
_LIGHT = (-0.50, -0.62, 0.60)
"""Towards the light: x right, y down, z to the viewer."""
_SATURATED = np.column_stack([1.34 * np.eye(3) - 0.1133, np.full(3, 4.0)])


def clay(image: Pixels, rng: Rng, strength: float) -> Pixels:
    """The picture as if modelled from coloured clay, each of its masses rounded, seen close."""
    height, width = image.shape[:2]
    short = min(height, width)
    half = flattened(image, max(2, width // 2), max(2, height // 2), strength)
    found = regions_of(half, _COLORS, _APART, max(0.6, short * 0.0080), (half.shape[1], half.shape[0]))
    plain = blur(found.pixels, max(0.5, short * 0.0022))
    shown = details_of(half, plain, 12, 32)
    shown = np.maximum(shown, smoothstep(0.05, 0.22, blur(shown, max(0.5, short * 0.009))))
    paint = blend(plain, half, shown)
    relief = _relief(found.masses(_MASSES_APART), short / 2, shown)
    light, shine = _lit(relief, _fingers(half.shape[1], half.shape[0], rng) * np.float32(short * 0.0011))
    color = resize(np.asarray(cv2.transform(paint, _SATURATED), np.uint8), width, height, CUBIC)
    level = resize(np.clip(light * 150, 0, 255).astype(np.uint8), width, height, CUBIC)
    modelled = np.asarray(cv2.multiply(color, cv2.merge([level] * 3), scale=1 / 150), np.uint8)
    gloss = resize(np.clip(shine * 46, 0, 255).astype(np.uint8), width, height)
    return _close_up(np.asarray(cv2.add(modelled, cv2.merge([gloss] * 3)), np.uint8))


def _relief(labels: NDArray[np.uint8], short: float, shown: Floats) -> Floats:
    """Every mass rises from its edges to a rounded top, large ones higher; details lie on it."""
    edge = np.zeros(labels.shape, np.uint8)
    edge[:, 1:] |= labels[:, 1:] != labels[:, :-1]
    edge[1:] |= labels[1:] != labels[:-1]
    away = np.asarray(cv2.distanceTransform(1 - edge, cv2.DIST_L2, 5), np.float32)
    high = np.zeros(labels.shape, np.float32)
    for reach, share in ((0.012, 0.50), (0.06, 0.34)):
        t = np.minimum(away / np.float32(max(2.0, short * reach)), 1)
        high += np.sqrt(t * (2 - t)) * np.float32(max(2.0, short * reach) * share)
    broad = blur(high, short * 0.012)
    level = high + (broad - high) * blur(shown, short * 0.004) * np.float32(0.85)
    return blur(floats(level), max(0.8, short * 0.0035))


def _fingers(width: int, height: int, rng: Rng) -> Floats:
    """Shallow dents of thumbs, and a few patches of fine ridges, about 0."""
    columns, rows = max(2, width // 4), max(2, height // 4)
    dents = resize(fbm(columns, rows, 11, 11, rng, 2) - np.float32(0.5), width, height, CUBIC)
    turn = resize(fbm(columns, rows, 5, 5, rng, 2), width, height, CUBIC)
    patches = resize(smoothstep(0.58, 0.72, fbm(columns, rows, 9, 9, rng, 2)), width, height)
    short = min(width, height)
    ridges = np.sin(turn * np.float32(short * 0.75)) * patches
    return floats(dents * np.float32(4.0) + ridges * np.float32(0.16))


def _lit(relief: Floats, marks: Floats) -> tuple[Floats, Floats]:
    """What light the relief has, 1 for a level place, and where it shines; hollows are dim."""
    dx, dy = gradient(relief + marks)
    lx, ly, lz = _LIGHT
    facing = 1 / np.sqrt(dx * dx + dy * dy + 1)
    lit = (lz - dx * np.float32(lx) - dy * np.float32(ly)) * facing
    deep = np.maximum(blur(relief, min(relief.shape) * 0.02) - relief, 0)
    hollow = np.exp(deep * np.float32(-1.5 / max(1.0, float(relief.max()))))
    light = np.maximum(np.float32(0.52) + lit * np.float32(0.80), 0.34) * hollow
    half_lit = (np.float32(lz + 1) - dx * np.float32(lx) - dy * np.float32(ly)) * facing
    shine = np.maximum(half_lit / np.float32(np.sqrt(2 + 2 * lz)), 0) ** 30
    return floats(np.minimum(light, 1.5)), floats(shine)


def _close_up(image: Pixels) -> Pixels:
    """The top and the foot out of focus, as in pictures of small things."""
    height, width = image.shape[:2]
    rows = np.abs(np.linspace(-1.0, 1.0, height, dtype=np.float32) - np.float32(0.12))
    away = np.repeat(smoothstep(0.72, 1.10, rows)[:, None], width, 1)
    return blend(image, blur(image, min(height, width) * 0.006), away)


def isometric(image: Pixels, rng: Rng, strength: float) -> Pixels:
    """A clean miniature: even faces, clear colours."""
    short = min(image.shape[:2])
    quiet = calmed(image, max(2.0, short * 0.010), 16)
    return np.asarray(cv2.transform(quiet, _CLEARED), np.uint8)


_CLEARED = np.column_stack([1.03 * (1.2 * np.eye(3) - 0.0667), np.full(3, 2.0)])
