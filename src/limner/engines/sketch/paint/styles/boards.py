"""Drawings on dark boards: chalk on slate, and the blueprint of a draughtsman."""

from __future__ import annotations

import math

import cv2
import numpy as np

from limner.engines.sketch.paint.noise import Rng, fbm
from limner.engines.sketch.paint.raster import (
    AREA,
    CUBIC,
    Floats,
    Pixels,
    blend,
    blur,
    draw_line,
    floats,
    grey,
    resize,
    to_bytes,
)
from limner.engines.sketch.paint.styles.drawing import (
    calmed,
    contours,
    hatching,
    laid,
    plain_sheet,
    roughened,
    tooth,
    without_specks,
)

_CHALK = np.array([240, 240, 238], np.float32)
_SLATE = np.array([42, 58, 54], np.float32)
_BLUE = np.array([24, 74, 148], np.float32)
_MIDDLE = 0.38
"""What the tones of chalk are brought to: a board is dark."""
_PALE = np.array([226, 238, 252], np.float32)


def chalk(image: Pixels, rng: Rng, strength: float) -> Pixels:
    """The picture in coloured chalk on a blackboard."""
    height, width = image.shape[:2]
    short = min(height, width)
    quiet = calmed(image, max(2.0, short * 0.012), 18)
    grain = tooth(width, height, short * 0.0012, rng)
    light = _brightness(quiet)
    low, high = np.percentile(light[::7, ::7], (4, 98))
    light = np.clip((light - low) / max(0.2, high - low), 0, 1)
    middle = min(0.95, max(0.05, float(np.median(light[::7, ::7]))))
    light = light ** min(2.6, max(0.6, math.log(_MIDDLE) / math.log(middle)))
    strokes = hatching(width, height, -0.9, max(2.0, short * 0.0065), max(8.0, short * 0.06), rng)
    rubbed = blur(strokes, short * 0.001).astype(np.float32) / np.float32(255)
    fill = (0.16 + 0.86 * light) * (0.64 + 0.62 * rubbed) + grain * np.float32(0.10) - np.float32(0.12)
    lines = without_specks(contours(quiet, max(1.0, short * 0.0026), 44), (short * 0.012) ** 2)
    edge = np.clip(lines * np.float32(1.15) - np.maximum(grain * np.float32(0.30), -0.1), 0, 1)
    cover = floats(np.minimum(np.maximum(fill, 0), 0.85))
    sheet = blend(_board(width, height, rng), _pastel(quiet, short), cover)
    return laid(sheet, _CHALK, edge * np.float32(0.86))


def _brightness(image: Pixels) -> Floats:
    """0..1: strong colours are as bright as pale ones, so that chalk shows them."""
    planes = cv2.split(image)
    top = cv2.max(cv2.max(planes[0], planes[1]), planes[2])
    level = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    return floats(cv2.addWeighted(top, 0.55, level, 0.45, 0)) / np.float32(255)


def _board(width: int, height: int, rng: Rng) -> Pixels:
    """Slate with what the sponge left."""
    columns, rows = max(2, width // 8), max(2, height // 8)
    smear = resize(fbm(columns, rows, 2, 9, rng, 4), width, height, CUBIC) - np.float32(0.45)
    return roughened(plain_sheet(width, height, _SLATE), smear * np.float32(34))


def _pastel(image: Pixels, short: int) -> Pixels:
    """Each colour as bright as a stick of chalk has it."""
    height, width = image.shape[:2]
    small = resize(image, max(2, width // 2), max(2, height // 2), AREA)
    soft = cv2.split(blur(small, short * 0.002).astype(np.float32))
    top = np.maximum(np.maximum(soft[0], soft[1]), soft[2]) + np.float32(8)
    chalks = [plane / top * np.float32(236) + np.float32(16) for plane in soft]
    return resize(to_bytes(cv2.merge(chalks)), width, height)


def blueprint(image: Pixels, rng: Rng, strength: float) -> Pixels:
    """White lines and hatching on blueprint paper, with its grid and a frame."""
    height, width = image.shape[:2]
    short = min(height, width)
    quiet = calmed(image, max(2.0, short * 0.012), 18)
    lines = without_specks(contours(quiet, max(0.9, short * 0.0015), 34), (short * 0.010) ** 2)
    tone = grey(quiet) / np.float32(255)
    strokes = hatching(width, height, -0.785, max(2.5, short * 0.0075), max(8.0, short * 0.2), rng)
    shade = np.clip((0.42 - tone) * 1.6, 0, 0.42) * (strokes * np.float32(1 / 255))
    columns, rows = max(2, width // 16), max(2, height // 16)
    faded = resize(fbm(columns, rows, 3, 3, rng, 4), width, height, CUBIC) - np.float32(0.5)
    grain = tooth(width, height, 0.8, rng)
    uneven = faded * np.float32(24) + grain * np.float32(1.6) + tone * np.float32(14)
    sheet = roughened(plain_sheet(width, height, _BLUE), uneven)
    white = np.maximum(np.maximum(_rule(width, height), lines * np.float32(0.95)), shade)
    return laid(sheet, _PALE, white)


def _rule(width: int, height: int) -> Floats:
    """The grid, faint, and the frame."""
    short = min(width, height)
    rule = np.zeros((height, width), np.uint8)
    gap = max(8.0, short / 32)
    for number, at in enumerate(np.arange(gap, max(width, height), gap)):
        tone = (46 if number % 4 == 3 else 24,)
        if at < width:
            draw_line(rule, [(at, 0), (at, height)], tone)
        if at < height:
            draw_line(rule, [(0, at), (width, at)], tone)
    inset = short * 0.022
    corners = [
        (inset, inset),
        (width - inset, inset),
        (width - inset, height - inset),
        (inset, height - inset),
    ]
    draw_line(rule, [*corners, corners[0]], (225,), short * 0.0028)
    return rule.astype(np.float32) / np.float32(255)
