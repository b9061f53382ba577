"""Neon: a night of violet and teal in which contours and lights glow."""

from __future__ import annotations

import cv2
import numpy as np

from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.paint.palette import ramp
from limner.engines.sketch.paint.raster import AREA, Pixels, blur, grey, resize, to_bytes
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
).astype(np.uint8)
_SHADE = np.array([0.34, 0.26, 0.52, 0])
"""What night leaves of red, green and blue."""
_TUBES = np.array([[255, 60, 160], [60, 230, 255], [190, 90, 255], [255, 170, 60], [90, 255, 190]], np.uint8)


def neon(image: Pixels, rng: Rng, strength: float) -> Pixels:
    """The picture by night, in neon light."""
    height, width = image.shape[:2]
    short = min(height, width)
    quiet = calmed(image, max(2.0, short * 0.012), 22)
    light = grey(quiet)
    low, high = np.percentile(light[::7, ::7], (2, 99))
    tone = np.clip((light - low) / max(50.0, high - low), 0, 1)
    dark = _NIGHT[(tone**1.5 * np.float32(190)).astype(np.uint8)]
    own = np.asarray(cv2.multiply(quiet, _SHADE), np.uint8)
    lines = without_specks(contours(quiet, max(1.0, short * 0.0022), 40), (short * 0.022) ** 2)
    tubes = np.asarray(cv2.merge([to_bytes(lines * np.float32(255))] * 3), np.uint8)
    glow = np.asarray(cv2.multiply(tubes, _tube_colors(quiet), scale=1 / 255), np.uint8)
    small = resize(glow, max(2, width // 4), max(2, height // 4), AREA).astype(np.float32)
    halo = blur(small, short * 0.0022) * np.float32(1.3) + blur(small, short * 0.008) * np.float32(1.1)
    lit = cv2.addWeighted(dark, 0.62, own, 0.55, 0)
    lit = cv2.add(lit, resize(to_bytes(halo * np.float32(strength)), width, height))
    core = to_bytes(lines * lines * lines * np.float32(90))
    return np.asarray(cv2.add(cv2.addWeighted(lit, 1, glow, 0.75, 0), cv2.merge([core] * 3)), np.uint8)


def _tube_colors(image: Pixels) -> Pixels:
    """The colour of the tubes: of the five, that whose turn the thing's hue is."""
    height, width = image.shape[:2]
    small = resize(image, max(2, width // 4), max(2, height // 4), AREA)
    soft = blur(small, min(small.shape[:2]) * 0.012)
    turn = np.asarray(cv2.cvtColor(soft, cv2.COLOR_RGB2HSV), np.uint8)[..., 0] / np.float32(180) * len(_TUBES)
    return resize(_TUBES[turn.astype(int) % len(_TUBES)], width, height)
