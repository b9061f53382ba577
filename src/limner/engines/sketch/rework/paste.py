"""A cut-out laid over another picture: in its light, with a shadow where it touches the ground."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.curves import ellipse
from limner.engines.sketch.paint.raster import (
    AREA,
    CUBIC,
    Floats,
    Pixels,
    blur,
    coverage,
    floats,
    resize,
    smoothstep,
    to_bytes,
)
from limner.engines.sketch.rework.cutout import Cut, without_fringe
from limner.engines.sketch.rework.lab import from_lab, lab_of, mixed

_LIGHT_SHARE, _HUE_SHARE, _SHADOW = 0.26, 0.20, 0.50


def laid(base: Pixels, image: Pixels, alpha: Floats, match: bool = True, shadow: float = _SHADOW) -> Pixels:
    """image through alpha over base, all of one size; match: whether it takes on the light of base."""
    clean = without_fringe(image, alpha)
    lit = _in_light_of(base, clean, alpha) if match else clean
    return mixed(_shaded(base, alpha, shadow), lit, alpha)


def _in_light_of(base: Pixels, image: Pixels, alpha: Floats) -> Pixels:
    """The image's mean light and hue moved some way towards the base's."""
    solid = alpha > 0.5
    if not solid.any():
        return image
    own, there = lab_of(image), lab_of(base[::4, ::4]).reshape(-1, 3).mean(0)
    mean = own[solid].mean(0)
    move = (there - mean) * floats([_LIGHT_SHARE, _HUE_SHARE, _HUE_SHARE])
    move = np.clip(move, [-14, -9, -9], [9, 9, 9])
    return from_lab(own + floats(move))


def _shaded(base: Pixels, alpha: Floats, strength: float) -> Pixels:
    """The base with a soft shadow under the lowest part of what stands on it."""
    height, width = alpha.shape
    rows = np.flatnonzero((alpha > 0.5).any(1))
    if not strength or not len(rows) or rows[-1] >= height - 3:
        return base
    bottom, tall = int(rows[-1]), int(rows[-1] - rows[0]) + 1
    foot = np.flatnonzero((alpha[max(0, bottom - max(2, tall // 10)) : bottom + 1] > 0.5).any(0))
    center, half = float(foot[0] + foot[-1]) / 2, max(3.0, float(foot[-1] - foot[0]) / 2)
    thick = max(2.0, min(half * 0.24, tall * 0.07))
    near = coverage(ellipse(center, bottom - thick * 0.4, half * 1.04, thick), width, height)
    wide = coverage(ellipse(center, bottom - thick * 0.2, half * 1.45, thick * 1.9), width, height)
    shade = blur(floats(near) / 255, thick * 0.55) * np.float32(strength)
    shade = np.maximum(shade, blur(floats(wide) / 255, thick * 1.5) * np.float32(strength * 0.55))
    return to_bytes(floats(base) * (1 - shade[..., None] * floats([1.0, 0.96, 0.86])))


def moved(
    image: Pixels, alpha: Floats, box: tuple[float, float, float], size: tuple[int, int]
) -> tuple[Pixels, Floats]:
    """The cut-out in a frame of size (width, height) px, feet at x, y and as tall as box says, all in px."""
    x, y, tall = box
    rows, columns = np.flatnonzero((alpha > 0.05).any(1)), np.flatnonzero((alpha > 0.05).any(0))
    layer, mask = np.zeros((size[1], size[0], 3), np.uint8), np.zeros((size[1], size[0]), np.float32)
    if not len(rows):
        return layer, mask
    window = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
    clean = without_fringe(image, alpha)
    scale = tall / (rows[-1] + 1 - rows[0])
    wide, high = max(2, round((columns[-1] + 1 - columns[0]) * scale)), max(2, round(tall))
    how = AREA if scale < 1 else CUBIC
    part = resize(np.ascontiguousarray(clean[window]), wide, high, how)
    cover = np.clip(resize(np.ascontiguousarray(alpha[window]), wide, high, how), 0, 1)
    left, top = round(x - wide / 2), round(y - high)
    x0, y0, x1, y1 = max(0, left), max(0, top), min(size[0], left + wide), min(size[1], top + high)
    if x1 > x0 and y1 > y0:
        layer[y0:y1, x0:x1] = part[y0 - top : y1 - top, x0 - left : x1 - left]
        mask[y0:y1, x0:x1] = cover[y0 - top : y1 - top, x0 - left : x1 - left]
    return layer, mask


def framed(
    base: Pixels, image: Pixels, share: float = 0.62, center: tuple[float, float] = (0.5, 0.5)
) -> Pixels:
    """The image as a photograph with a white border lying on base; for what cannot be cut out."""
    height, width = base.shape[:2]
    scale = share * min(width / image.shape[1], height / image.shape[0])
    wide, high = max(4, round(image.shape[1] * scale)), max(4, round(image.shape[0] * scale))
    edge = max(2, round(min(wide, high) * 0.035))
    left, top = round(center[0] * width - wide / 2), round(center[1] * height - high / 2)
    left, top = (
        min(max(edge, left), max(edge, width - wide - edge)),
        min(max(edge, top), max(edge, height - high - edge)),
    )
    card = np.zeros((height, width), np.float32)
    card[max(0, top - edge) : top + high + edge, max(0, left - edge) : left + wide + edge] = 1
    fall = max(2, round(min(height, width) * 0.008))
    shadow = blur(np.roll(card, (fall, fall // 2), (0, 1)), fall * 1.6) * np.float32(0.45)
    out = to_bytes(floats(base) * (1 - shadow[..., None]))
    out[card > 0] = (250, 249, 246)
    part = resize(image, wide, high, AREA if scale < 1 else CUBIC)
    y1, x1 = min(height, top + high), min(width, left + wide)
    out[top:y1, left:x1] = part[: y1 - top, : x1 - left]
    return out


def solid(cut: Cut) -> Floats:
    """The cut's alpha with its half-seen parts resolved, as it is laid over other pictures."""
    return np.asarray(smoothstep(0.12, 0.88, cut.alpha), np.float32)
