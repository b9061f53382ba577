"""Neon: a night of violet and teal in which contours and lights glow."""

from __future__ import annotations

import cv2
import numpy as np

from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.paint.palette import ramp
from limner.engines.sketch.paint.raster import Floats, Pixels, blur, floats, grey, resize, to_bytes
from limner.engines.sketch.paint.styles.drawing import calmed, contours, without_specks

_NIGHT = ramp(
    [
        (0, (9, 6, 26)),
        (0.35, (38, 18, 84)),
        (0.6, (96, 28, 140)),
        (0.82, (206, 52, 158)),
        (1, (255, 170, 205)),
    ],
    256,
)
_TUBES = np.array(
    [[255, 60, 160], [60, 230, 255], [190, 90, 255], [255, 170, 60], [90, 255, 190]], np.float32
)


def neon(image: Pixels, rng: Rng, strength: float) -> Pixels:
    """The picture by night, in neon light."""
    height, width = image.shape[:2]
    short = min(height, width)
    quiet = calmed(image, max(2.0, short * 0.012), 22)
    light = grey(quiet)
    low, high = np.percentile(light[::7, ::7], (2, 99))
    tone = np.clip((light - low) / max(50.0, high - low), 0, 1)
    dark = _NIGHT[(tone**1.5 * 190).astype(np.uint8)].astype(np.float32)
    own = quiet.astype(np.float32) * np.array([0.34, 0.26, 0.52], np.float32)
    lines = without_specks(contours(quiet, max(1.0, short * 0.0022), 40), (short * 0.022) ** 2)
    glow = lines[..., None] * _tube_colors(quiet, short)
    half = resize(glow, max(2, width // 4), max(2, height // 4))
    halo = blur(half, short * 0.0022) * np.float32(1.3) + blur(half, short * 0.008) * np.float32(1.1)
    core = lines[..., None] ** 3 * np.float32(90)
    out = dark * np.float32(0.62) + own * np.float32(0.55) + glow * np.float32(0.75) + core
    return to_bytes(out + resize(halo, width, height) * np.float32(strength))


def _tube_colors(image: Pixels, short: int) -> Floats:
    """The colour of the tubes: of the five, that whose turn the thing's hue is."""
    hsv = cv2.cvtColor(blur(image, short * 0.012), cv2.COLOR_RGB2HSV)
    turn = hsv[..., 0].astype(np.float32) / 180 * len(_TUBES)
    first = turn.astype(int) % len(_TUBES)
    return floats(_TUBES[first])
