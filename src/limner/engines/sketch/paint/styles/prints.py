"""Styles made of few colours or few lines: pixel art, cut paper, neon."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.paint.raster import (
    AREA,
    CUBIC,
    NEAREST,
    Floats,
    Pixels,
    blur,
    gradient,
    grid,
    resize,
    smoothstep,
    warp,
)

_CELLS = 120
_COLORS = 28
_SHEETS = 9


def pixel(image: Pixels, rng: Rng, strength: float) -> Pixels:
    """Pixel art: about 120 cells on the short side, 28 colours."""
    height, width = image.shape[:2]
    share = min(1.0, _CELLS / min(height, width))
    small = resize(image, max(1, round(width * share)), max(1, round(height * share)), AREA).astype(
        np.float32
    )
    grey = small.mean(2, keepdims=True)
    rich = np.clip(grey + (small - grey) * 1.3, 0, 255).astype(np.uint8)
    few = Image.fromarray(rich).quantize(_COLORS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    return resize(np.asarray(few.convert("RGB"), np.uint8), width, height, NEAREST)


def paper(image: Pixels, rng: Rng, strength: float) -> Pixels:
    """Cut paper: a few flat sheets, dark ones in front, each with its shadow."""
    height, width = image.shape[:2]
    short = min(height, width)
    half = resize(blur(image, short * 0.006 * strength), width // 2, height // 2, AREA)
    table, sheets = _sheets(half)
    out = np.empty((height, width, 3), np.float32)
    out[:] = table[int(table.sum(1).argmax())]
    fall = short * 0.003
    for number in np.argsort(-table.sum(1)):
        small = smoothstep(0.42, 0.58, blur((sheets == number).astype(np.float32), short * 0.00175))
        shadow = blur(warp(small, [[1, 0, fall], [0, 1, fall]], *half.shape[1::-1]), fall)
        mask = resize(small, width, height, CUBIC)[..., None]
        out *= 1 - 0.32 * resize(shadow, width, height)[..., None] * (1 - mask)
        out += (table[number] - out) * mask
    grain = blur(rng.random((height, width), np.float32), 0.8)[..., None] - np.float32(0.5)
    return np.clip(out * (1 + 0.12 * grain), 0, 255).astype(np.uint8)


def _sheets(image: Pixels) -> tuple[Floats, NDArray[np.intp]]:
    """A few colours of the image, and which of them each pixel is nearest to."""
    share = min(1.0, 160 / min(image.shape[:2]))
    tiny = resize(image, max(4, int(image.shape[1] * share)), max(4, int(image.shape[0] * share)), AREA)
    few = Image.fromarray(tiny).quantize(
        _SHEETS, Image.Quantize.MEDIANCUT, kmeans=1, dither=Image.Dither.NONE
    )
    flat = np.asarray(few.getpalette() or [], np.float32)
    table = flat[: len(flat) // 3 * 3].reshape(-1, 3)[:_SHEETS]
    away = np.stack([((image.astype(np.float32) - color) ** 2).sum(2) for color in table])
    return table, away.argmin(0)


def neon(image: Pixels, rng: Rng, strength: float) -> Pixels:
    """Glowing contours in magenta and cyan over a dark picture."""
    height, width = image.shape[:2]
    short = min(height, width)
    soft = blur(image, max(0.5, short * 0.0015)).astype(np.float32)
    edges: Floats = np.zeros((height, width), np.float32)
    for channel in range(3):
        dx, dy = gradient(np.ascontiguousarray(soft[..., channel]))
        edges = np.maximum(edges, np.hypot(dx, dy))
    edges = smoothstep(0.12, 0.9, edges / (float(np.percentile(edges[::4, ::4], 98.5)) + 1e-6))
    x, y = grid(width, height)
    hue = cv2.cvtColor(blur(image, short * 0.01), cv2.COLOR_RGB2HSV)[..., 0].astype(np.float32)
    turned = (hue * 0.5 + 140 + 60 * x / width - 40 * y / height) % 180
    hsv = np.dstack([turned, np.full_like(turned, 235), np.full_like(turned, 255)]).astype(np.uint8)
    light = np.asarray(cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB), np.float32) * edges[..., None]
    dark = image.astype(np.float32) * np.array([0.20, 0.15, 0.34], np.float32)
    glow = light * 0.95 + blur(light, short * 0.006) * 1.1 + blur(light, short * 0.03)
    return np.clip(dark + glow * np.float32(strength), 0, 255).astype(np.uint8)
