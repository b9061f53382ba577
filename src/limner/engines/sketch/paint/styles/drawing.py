"""What several styles draw with: calmed areas, contour lines, hatching, the tooth of paper."""

from __future__ import annotations

import math
from typing import cast

import cv2
import numpy as np

from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.paint.raster import (
    AREA,
    CUBIC,
    Floats,
    Pixels,
    blend,
    blur,
    draw_dabs,
    floats,
    grey,
    resize,
    smoothstep,
)

_TOOTH_PX = 512


def calmed(image: Pixels, radius_px: float, contrast: float) -> Pixels:
    """Areas whose colour varies by less than contrast (0..255) become even; edges stay (a guided filter)."""
    height, width = image.shape[:2]
    step = max(1, min(int(radius_px / 2), min(height, width) // 8))
    small = resize(image, width // step, height // step, AREA).astype(np.float32)
    side = max(3, round(radius_px / step) * 2 + 1)
    mean = cv2.blur(small, (side, side))
    variance = (cv2.blur(small * small, (side, side)) - mean * mean).max(2)
    keep = cv2.blur(variance / (variance + np.float32(contrast * contrast)), (side, side))
    even = cv2.blur(mean, (side, side))
    keep = resize(cast(Floats, keep), width, height)
    smooth = resize(np.clip(even, 0, 255).astype(np.uint8), width, height)
    return cast(Pixels, cv2.blendLinear(image, smooth, keep, np.float32(1) - keep))


def kuwahara(image: Pixels, radius: int) -> Pixels:
    """Each pixel takes the mean of the calmest of four windows beside it: flat areas with sharp edges."""
    size = radius + 1
    light = grey(image)
    mean = cast(Pixels, cv2.blur(image, (size, size)))
    light_mean = cv2.blur(light, (size, size))
    variance = cast(Floats, cv2.blur(light * light, (size, size)) - light_mean * light_mean)
    half = size // 2
    rows, columns = variance.shape
    calm = cv2.copyMakeBorder(variance, half, half, half, half, cv2.BORDER_REPLICATE)
    wide = cv2.copyMakeBorder(mean, half, half, half, half, cv2.BORDER_REPLICATE)
    best, out = cast(Floats, calm[:rows, :columns].copy()), cast(Pixels, wide[:rows, :columns].copy())
    for y, x in ((0, 2 * half), (2 * half, 0), (2 * half, 2 * half)):
        there = calm[y : y + rows, x : x + columns]
        nearer = (there < best).astype(np.uint8)
        best = cast(Floats, np.minimum(best, there))
        cv2.copyTo(wide[y : y + rows, x : x + columns], nearer, out)
    return out


def flattened(image: Pixels, width: int, height: int, strength: float) -> Pixels:
    """The image at a size, in even areas with crisp edges: soft texture gone, gradients still there."""
    columns, rows = max(2, width // 2), max(2, height // 2)
    short = min(columns, rows)
    small = resize(image, columns, rows, AREA)
    small = calmed(small, max(2.0, short * 0.06), 12)
    small = calmed(small, max(2.0, short * 0.012 * strength), 19)
    return resize(small, width, height, CUBIC)


def contours(image: Pixels, width_px: float, contrast: float) -> Floats:
    """(h, w) lines 0..1 along the dark side of edges; contrast: the step (0..255) that gives a full line."""
    height, width = image.shape[:2]
    light = grey(image)
    tone = blur(light, width_px * 1.5) - blur(light, width_px * 0.6)
    small = resize(image, max(2, width // 2), max(2, height // 2), AREA)
    values = cast(Pixels, cv2.cvtColor(small, cv2.COLOR_RGB2LAB))[..., 1:].astype(np.float32)
    difference = blur(values, width_px * 0.75) - blur(values, width_px * 0.35)
    hue = resize(floats(np.hypot(difference[..., 0], difference[..., 1])), width, height)
    step = np.maximum(tone, hue * np.float32(0.9) - np.abs(tone))
    return smoothstep(contrast * 0.05, contrast * 0.17, step)


def without_specks(lines: Floats, area_px: float) -> Floats:
    """The lines without spots smaller than area_px."""
    height, width = lines.shape
    half = resize(lines, max(1, width // 2), max(1, height // 2), AREA)
    marked = (half > 0.15).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(marked, None, None, None, 8)
    large = (stats[:count, cv2.CC_STAT_AREA] >= area_px / 4).astype(np.uint8)
    large[0] = 0
    keep = cv2.dilate(large[labels], np.ones((3, 3), np.uint8))
    return lines * cv2.resize(keep, (width, height), interpolation=cv2.INTER_NEAREST)


def tooth(width: int, height: int, grain_px: float, rng: Rng) -> Floats:
    """(height, width) paper grain about 0 with deviation 1."""
    side = _TOOTH_PX
    noise = cv2.copyMakeBorder(rng.random((side, side), np.float32), 16, 16, 16, 16, cv2.BORDER_WRAP)
    tile = blur(cast(Floats, noise), max(0.6, min(5.0, grain_px)))[16:-16, 16:-16]
    tile = (tile - tile.mean()) / (tile.std() + np.float32(1e-6))
    return cast(Floats, np.tile(tile, (height // side + 1, width // side + 1))[:height, :width])


def laid(sheet: Pixels, color: Floats, cover: Floats) -> Pixels:
    """One colour over the sheet by a cover in 0..1."""
    layer = plain_sheet(sheet.shape[1], sheet.shape[0], color)
    return blend(sheet, layer, floats(np.minimum(np.maximum(cover, 0), 1)))


def roughened(sheet: Pixels, levels: Floats) -> Pixels:
    """The sheet with levels (h, w) added to every channel."""
    signed = np.round(levels).astype(np.int16)
    return cast(Pixels, cv2.add(sheet, cv2.merge([signed] * 3), dtype=cv2.CV_8U))


def plain_sheet(width: int, height: int, color: Floats) -> Pixels:
    """A sheet of one colour."""
    row = np.tile(np.clip(color, 0, 255).astype(np.uint8), width)
    return np.broadcast_to(row, (height, 3 * width)).copy().reshape(height, width, 3)


def hatching(width: int, height: int, angle: float, gap_px: float, length_px: float, rng: Rng) -> Pixels:
    """(height, width) hand-drawn parallel strokes, 0..255, at an angle in radians."""
    sheet = np.zeros((height, width), np.uint8)
    reach = math.hypot(width, height) / 2
    rows = np.arange(-reach, reach, gap_px)
    columns = np.arange(-reach, reach, length_px * 0.8)
    u, v = np.meshgrid(columns, rows)
    u = (
        u + rng.uniform(-0.5, 0.5, (len(rows), 1)) * length_px * 2 + rng.normal(0, 0.2, u.shape) * length_px
    ).ravel()
    v = (v + rng.normal(0, 0.22, v.shape) * gap_px).ravel()
    turn = angle + rng.normal(0, 0.05, len(u))
    x = width / 2 + u * math.cos(angle) - v * math.sin(angle)
    y = height / 2 + u * math.sin(angle) + v * math.cos(angle)
    near = (x > -length_px) & (x < width + length_px) & (y > -length_px) & (y < height + length_px)
    x, y, turn = x[near], y[near], turn[near]
    half = length_px / 2 * rng.uniform(0.6, 1.15, len(x))
    ahead = np.column_stack([np.cos(turn), np.sin(turn)]) * half[:, None]
    pressure = rng.uniform(90, 235, (len(x), 1))
    draw_dabs(sheet, np.column_stack([x, y]), ahead, np.full(len(x), max(0.4, gap_px * 0.115)), pressure)
    return sheet
