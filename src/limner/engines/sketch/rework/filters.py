"""Adjustments of a whole picture: light, colour, sharpness. Each takes pixels and how much, 1 being usual."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import cv2
import numpy as np

from limner.engines.sketch.paint.raster import Floats, Pixels, blur, floats, grid, smoothstep, to_bytes
from limner.engines.sketch.rework.lab import LUMA

Filter: TypeAlias = Callable[[Pixels, float], Pixels]


def toned(image: Pixels, curve: Callable[[Floats], Floats]) -> Pixels:
    """Every channel through a curve of 0..1."""
    table = to_bytes(curve(np.linspace(0, 1, 256, dtype=np.float32)) * 255 + 0.5)
    return np.asarray(cv2.LUT(image, table), np.uint8)


def saturated(image: Pixels, share: float) -> Pixels:
    """Colourfulness multiplied by share."""
    matrix = np.eye(3, dtype=np.float32) * np.float32(share) + (1 - np.float32(share)) * LUMA[None]
    return np.asarray(cv2.transform(image, matrix), np.uint8)


def tinted(image: Pixels, red: float, green: float, blue: float) -> Pixels:
    """Each channel multiplied."""
    ramps = np.arange(256, dtype=np.float32)[:, None] * floats([red, green, blue])
    return np.asarray(cv2.LUT(image, to_bytes(ramps + 0.5)[:, None]), np.uint8)


def blurred(image: Pixels, amount: float) -> Pixels:
    return blur(image, max(0.8, min(image.shape[:2]) * 0.012 * amount))


def _sharpened(image: Pixels, amount: float) -> Pixels:
    soft = blur(image, max(0.8, min(image.shape[:2]) * 0.0022))
    return np.asarray(cv2.addWeighted(image, 1 + 1.1 * amount, soft, -1.1 * amount, 0), np.uint8)


def _brighter(image: Pixels, amount: float) -> Pixels:
    return toned(image, lambda t: t ** (1 - 0.32 * min(2.0, amount)))


def _darker(image: Pixels, amount: float) -> Pixels:
    return toned(image, lambda t: t ** (1 + 0.6 * amount))


def _contrasted(image: Pixels, amount: float) -> Pixels:
    share = min(1.0, 0.65 * amount)
    return toned(image, lambda t: t * (1 - share) + smoothstep(0.0, 1.0, t) * share)


def _faded(image: Pixels, amount: float) -> Pixels:
    share = min(0.6, 0.28 * amount)
    return saturated(toned(image, lambda t: t * (1 - share) + 0.52 * share), 1 - 0.25 * amount)


def _warmer(image: Pixels, amount: float) -> Pixels:
    return tinted(image, 1 + 0.11 * amount, 1.0, 1 - 0.18 * amount)


def _cooler(image: Pixels, amount: float) -> Pixels:
    return tinted(image, 1 - 0.16 * amount, 1 - 0.02 * amount, 1 + 0.13 * amount)


def _vivid(image: Pixels, amount: float) -> Pixels:
    return saturated(image, 1 + 0.55 * amount)


def _muted(image: Pixels, amount: float) -> Pixels:
    return saturated(image, max(0.1, 1 - 0.5 * amount))


def _inverted(image: Pixels, amount: float) -> Pixels:
    return 255 - image


def _mirrored(image: Pixels, amount: float) -> Pixels:
    return np.ascontiguousarray(image[:, ::-1])


def _flipped(image: Pixels, amount: float) -> Pixels:
    return np.ascontiguousarray(image[::-1])


def _vignetted(image: Pixels, amount: float) -> Pixels:
    x, y = grid(image.shape[1], image.shape[0])
    away = ((x / image.shape[1] - 0.5) ** 2 + (y / image.shape[0] - 0.5) ** 2) * 2
    return to_bytes(floats(image) * (1 - 0.62 * min(1.4, amount) * away**1.2)[..., None])


def _glowing(image: Pixels, amount: float) -> Pixels:
    bright = toned(image, lambda t: smoothstep(0.45, 1.0, t) * t)
    light = blur(bright, max(1.0, min(image.shape[:2]) * 0.03))
    return np.asarray(cv2.addWeighted(image, 1.0, light, 0.55 * amount, 0), np.uint8)


def _grained(image: Pixels, amount: float) -> Pixels:
    noise = np.random.default_rng(3).normal(0, 11 * amount, image.shape[:2]).astype(np.float32)
    return to_bytes(floats(image) + blur(noise, 0.6)[..., None])


def enhanced(image: Pixels, amount: float = 1.0) -> Pixels:
    """A little more contrast, colour and warmth."""
    firm = toned(image, lambda t: t * (1 - 0.45 * amount) + smoothstep(0.0, 1.0, t) * 0.45 * amount)
    return tinted(saturated(firm, 1 + 0.2 * amount), 1 + 0.04 * amount, 1.01, 1 - 0.05 * amount)


FILTERS: dict[str, Filter] = {
    "blur": blurred,
    "sharpen": _sharpened,
    "brighten": _brighter,
    "darken": _darker,
    "contrast": _contrasted,
    "fade": _faded,
    "warm": _warmer,
    "cool": _cooler,
    "vivid": _vivid,
    "muted": _muted,
    "invert": _inverted,
    "mirror": _mirrored,
    "flip": _flipped,
    "vignette": _vignetted,
    "glow": _glowing,
    "grain": _grained,
    "enhance": enhanced,
}
"""By the name that the words of edits give them."""
