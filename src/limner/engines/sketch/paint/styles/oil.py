"""Oil: strokes of four sizes along the flow of the picture, small ones where there is detail, in relief."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.noise import Rng, fbm
from limner.engines.sketch.paint.raster import (
    AREA,
    Floats,
    Pixels,
    blur,
    draw_lines,
    gradient,
    grey,
    resize,
    smoothstep,
)
from limner.engines.sketch.paint.styles.drawing import kuwahara

_ANALYSED_PX = 512
_PASSES = ((0.026, 0.0), (0.014, 4.0), (0.0075, 12.0), (0.0042, 30.0))
"""Stroke width as a share of the short side, and the contrast from which it is used."""
_BRISTLES = 3


def oil(image: Pixels, rng: Rng, strength: float) -> Pixels:
    """The picture as an oil painting with visible relief."""
    height, width = image.shape[:2]
    short = min(height, width)
    step = max(1, round(short / _ANALYSED_PX))
    small = resize(image, width // step, height // step, AREA)
    angle, contrast = _flow(small, rng)
    base = resize(kuwahara(small, 3), width, height)
    canvas = np.dstack([base, np.full((height, width), 128, np.uint8)])
    for share, threshold in _PASSES:
        _stroke_pass(canvas, small, angle, contrast, share * short * strength, threshold, step, rng)
    relief = blur(canvas[..., 3].astype(np.float32), max(0.6, short * 0.0007))
    shift = max(1, short // 700)
    slope = relief - np.roll(relief, (-shift, -shift), (0, 1))
    lit = canvas[..., :3].astype(np.float32) + np.clip(slope, -110, 110)[..., None] * np.float32(0.30)
    return np.clip(lit, 0, 255).astype(np.uint8)


def _flow(small: Pixels, rng: Rng) -> tuple[Floats, Floats]:
    """The direction along edges, wandering where there are none; and local contrast."""
    dx, dy = gradient(blur(grey(small), 1.5))
    dx, dy = dx * 8, dy * 8
    xx, yy, xy = blur(dx * dx, 7), blur(dy * dy, 7), blur(dx * dy, 7)
    angle = 0.5 * np.arctan2(2 * xy, xx - yy) + np.pi / 2
    sure = smoothstep(30, 400, np.sqrt((xx - yy) ** 2 + 4 * xy**2))
    height, width = xx.shape
    wander = (fbm(width, height, 5, 5, rng, 4) - 0.5) * 3
    return (angle * sure + wander * (1 - sure)).astype(np.float32), blur(np.hypot(dx, dy), 2)


def _stroke_pass(
    canvas: Pixels,
    small: Pixels,
    angle: Floats,
    contrast: Floats,
    width_px: float,
    threshold: float,
    step: int,
    rng: Rng,
) -> None:
    """Strokes on a jittered grid; each is a few bristles of nearly one colour and height."""
    height, width = canvas.shape[:2]
    gap = max(2.0, width_px * 1.15)
    x, y = np.meshgrid(np.arange(gap / 2, width, gap), np.arange(gap / 2, height, gap))
    x = np.clip((x + rng.normal(0, 0.4, x.shape) * gap).ravel(), 0, width - 1)
    y = np.clip((y + rng.normal(0, 0.4, y.shape) * gap).ravel(), 0, height - 1)
    column = np.clip((x / step).astype(int), 0, small.shape[1] - 1)
    row = np.clip((y / step).astype(int), 0, small.shape[0] - 1)
    keep = rng.permutation(np.nonzero(contrast[row, column] >= threshold)[0])
    x, y, column, row = x[keep], y[keep], column[keep], row[keep]
    soft = blur(small, max(0.8, width_px / step * 0.25))
    turn = angle[row, column] + rng.normal(0, 0.16, len(x))
    along = (
        np.column_stack([np.cos(turn), np.sin(turn)]) * (width_px * rng.uniform(1.0, 1.7, len(x)))[:, None]
    )
    across = np.column_stack([-np.sin(turn), np.cos(turn)]) * width_px / _BRISTLES
    bend = across * rng.normal(0, 0.5, len(x))[:, None]
    color = soft[row, column] + rng.normal(0, 7, (len(x), 1)) + rng.normal(0, 4, (len(x), 3))
    center = np.column_stack([x, y])
    curves, paint = [], []
    for k in range(_BRISTLES):
        side = across * (k - (_BRISTLES - 1) / 2)
        curves.append(
            np.stack([center - along + side, center + bend + side, center + along * 0.95 + side], 1)
        )
        shade = rng.normal(0, 5, (len(x), 1))
        tall = rng.uniform(60, 235, (len(x), 1))
        paint.append(np.clip(np.column_stack([color + shade, tall]), 0, 255))
    order = np.arange(len(x) * _BRISTLES).reshape(_BRISTLES, -1).T.ravel()
    widths = np.full(len(order), width_px / _BRISTLES * 1.25)
    draw_lines(canvas, np.concatenate(curves)[order], np.concatenate(paint)[order], widths)
