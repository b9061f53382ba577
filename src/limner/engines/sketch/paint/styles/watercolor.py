"""Watercolour: wandering edges, flat washes, pigment that pools, blooms and granulates, white borders."""

from __future__ import annotations

from collections.abc import Callable

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
    grid,
    remap,
    resize,
    smoothstep,
    to_bytes,
)
from limner.engines.sketch.paint.styles.drawing import kuwahara, tooth

_PAPER = np.array([0.985, 0.972, 0.945], np.float32)
_LIGHT = 1 - (1 - (np.arange(256) / 255) ** 0.80) * 0.93
_LOG_LIGHT = np.log(np.clip(_LIGHT, 0.01, 1)).astype(np.float32)[None]
"""By level: the log of the light that a wash lets through; its density multiplies it."""


def watercolor(image: Pixels, rng: Rng, strength: float) -> Pixels:
    """The picture as a watercolour on rough paper."""
    height, width = image.shape[:2]
    short = min(height, width)
    flat = kuwahara(_wandered(image, rng, short * 0.014 * strength), max(2, round(short * 0.0042 * strength)))
    soft = blur(flat, short * 0.014)
    wash = np.asarray(cv2.addWeighted(flat, 0.8, soft, 0.2, 0), np.uint8)
    density, tooth_of_paper = _pigment(flat, rng)
    light = floats(cv2.LUT(wash, _LOG_LIGHT)) * density[..., None]
    washed = cv2.exp(light)
    cover = _COVERS[int(rng.choice(len(_COVERS), p=_COVER_SHARES))](width, height, rng)
    if cover is not None:
        washed = _bordered(floats(washed), *cover)
    return to_bytes(washed * (_PAPER * 255) * (1 + tooth_of_paper * np.float32(0.010))[..., None])


def _wandered(image: Pixels, rng: Rng, reach_px: float) -> Pixels:
    """The image with edges that waver as a loose hand's do."""
    height, width = image.shape[:2]
    columns, rows = max(2, width // 8), max(2, height // 8)
    x, y = grid(width, height)
    for axis in (x, y):
        sway = fbm(columns, rows, 14, 14, rng, 3) - np.float32(0.5)
        axis += resize(sway, width, height, CUBIC) * np.float32(reach_px)
    return remap(image, x, y, "mirror")


def _pigment(flat: Pixels, rng: Rng) -> tuple[Floats, Floats]:
    """How thick the paint lies: clouds, granules, pools along the edges of washes; and the paper's tooth."""
    height, width = flat.shape[:2]
    columns, rows, short = max(2, width // 2), max(2, height // 2), min(height, width) / 2
    light = resize(grey(flat), columns, rows, AREA)
    levels = blur(floats(np.round(light * np.float32(7 / 255)) / 7), short * 0.0016)
    pooled = np.clip(blur(levels, short * 0.006) - levels, 0, 1) * np.float32(4.8)
    clouds = fbm(max(2, columns // 4), max(2, rows // 4), 4, 4, rng, 5) - np.float32(0.5)
    blooms = _blooms(max(2, columns // 2), max(2, rows // 2), rng)
    thick = (
        1 + pooled + resize(clouds, columns, rows, CUBIC) * np.float32(0.8) + resize(blooms, columns, rows)
    )
    grain = tooth(width, height, max(0.8, short * 0.0022), rng)
    density = resize(floats(thick), width, height) + grain * np.float32(0.07)
    return floats(np.minimum(np.maximum(density, 0.4), 2.4)), grain


def _blooms(width: int, height: int, rng: Rng) -> Floats:
    """A few backruns, where water crept into a drying wash: pale inside, dark at a ragged rim."""
    short = min(width, height)
    out = np.zeros((height, width), np.float32)
    x, y = grid(width, height)
    ragged = (fbm(width, height, 12, 12, rng, 3) - np.float32(0.5)) * np.float32(0.8)
    for _ in range(int(rng.integers(2, 5))):
        radius = short * rng.uniform(0.06, 0.16)
        away = np.hypot(x - rng.uniform(0, width), y - rng.uniform(0, height)) / np.float32(radius) + ragged
        out += np.exp(-(((away - 1) / 0.06) ** 2)) * np.float32(0.10) - smoothstep(
            1.0, 0.5, away
        ) * np.float32(0.13)
    return out


def _torn(width: int, height: int, rng: Rng) -> tuple[Floats, Floats]:
    """The sheet is torn: paint to a ragged border, with a dark rim."""
    return _border(width, height, rng, 0.026, 0.004)


def _loose(width: int, height: int, rng: Rng) -> tuple[Floats, Floats]:
    """The washes end before the sheet does, softly."""
    return _border(width, height, rng, 0.040, 0.020)


def _border(width: int, height: int, rng: Rng, inset: float, softness: float) -> tuple[Floats, Floats]:
    """What is painted, 0..1, and the dark rim of it."""
    columns, rows = max(2, width // 2), max(2, height // 2)
    short = min(columns, rows)
    x, y = grid(columns, rows)
    inside = np.minimum(np.minimum(x, columns - 1 - x), np.minimum(y, rows - 1 - y)) / np.float32(short)
    ragged = (fbm(columns, rows, 7, 7, rng, 5) - np.float32(0.5)) * np.float32(0.05)
    inside = inside + ragged + (fbm(columns, rows, 40, 40, rng, 2) - np.float32(0.5)) * np.float32(0.020)
    painted = smoothstep(inset - softness, inset + softness, inside)
    rim = np.exp(-(((inside - inset - softness) / 0.006) ** 2)) * np.float32(0.35)
    return resize(painted, width, height), resize(floats(rim), width, height)


def _bordered(wash: Floats, painted: Floats, rim: Floats) -> Floats:
    wash = wash * (1 - rim[..., None] * (1 - wash))
    return floats(1 - (1 - wash) * painted[..., None])


def _whole(width: int, height: int, rng: Rng) -> None:
    """Paint up to the edges."""


_COVERS: tuple[Callable[[int, int, Rng], tuple[Floats, Floats] | None], ...] = (_whole, _loose, _torn)
_COVER_SHARES = (0.45, 0.35, 0.20)
