"""Adjustments of tone and colour, and filters that keep the picture's drawing."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.paint.raster import Floats, Pixels, blur, smoothstep

_LUMA = np.array([0.30, 0.59, 0.11], np.float32)


def _luma(image: Pixels) -> Floats:
    return (image.astype(np.float32) @ _LUMA)[..., None]


def _bytes(values: Floats) -> Pixels:
    return np.clip(values, 0, 255).astype(np.uint8)


def gouache(image: Pixels, rng: Rng, strength: float) -> Pixels:
    """The storybook's own medium: the picture as it was painted."""
    return image


def monochrome(image: Pixels, rng: Rng, strength: float) -> Pixels:
    """Greys with firm contrast."""
    tone = 255 * smoothstep(0.02, 0.98, _luma(image) / 255)
    return _bytes(np.repeat(tone, 3, 2))


def sepia(image: Pixels, rng: Rng, strength: float) -> Pixels:
    """Brown tones of an old print."""
    return _bytes(_luma(image) * np.array([1.04, 0.86, 0.64], np.float32) + np.array([14, 8, 0], np.float32))


def saturated(image: Pixels, share: float) -> Pixels:
    """Colourfulness multiplied by share."""
    grey = _luma(image)
    return _bytes(grey + (image.astype(np.float32) - grey) * np.float32(share))


def tinted(image: Pixels, red: float, green: float, blue: float) -> Pixels:
    """Each channel multiplied."""
    return _bytes(image.astype(np.float32) * np.array([red, green, blue], np.float32))


def _soft_focus(image: Pixels) -> Pixels:
    return blur(image, min(image.shape[:2]) * 0.012)


def _sharpened(image: Pixels) -> Pixels:
    plain = image.astype(np.float32)
    return _bytes(plain + (plain - blur(plain, max(0.8, min(image.shape[:2]) * 0.0025))) * 1.2)


def _brighter(image: Pixels) -> Pixels:
    return _bytes(255 * (image.astype(np.float32) / 255) ** 0.68)


def _darker(image: Pixels) -> Pixels:
    return _bytes(255 * (image.astype(np.float32) / 255) ** 1.6)


def _inverted(image: Pixels) -> Pixels:
    return 255 - image


def _mirrored(image: Pixels) -> Pixels:
    return np.ascontiguousarray(image[:, ::-1])


FILTERS: dict[str, Callable[[Pixels], Pixels]] = {
    "blur": _soft_focus,
    "sharpen": _sharpened,
    "brighten": _brighter,
    "darken": _darker,
    "warm": lambda image: tinted(image, 1.12, 1.0, 0.82),
    "cool": lambda image: tinted(image, 0.84, 0.98, 1.14),
    "vivid": lambda image: saturated(image, 1.55),
    "invert": _inverted,
    "mirror": _mirrored,
}
"""By the lexicon's name."""
