"""Oil: paint dragged along the flow of the picture, then strokes of four sizes, small ones at details."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from limner.engines.sketch.paint.noise import Rng, fbm
from limner.engines.sketch.paint.raster import (
    AREA,
    CUBIC,
    Floats,
    Pixels,
    blend,
    blur,
    draw_dabs,
    floats,
    gradient,
    grey,
    grid,
    remap,
    resize,
    smoothstep,
    to_bytes,
)
from limner.engines.sketch.paint.styles.drawing import roughened

_STUDIED_PX = 512
_DRAG = (-7.0, -5.0, -3.0, -1.0, 1.0, 3.0, 5.0, 7.0)
"""Where along the flow colours are taken from, in studied pixels."""


@dataclass(frozen=True, slots=True)
class _Pass:
    """Strokes of one size: width and gap are shares of the short side; contrast: from which they are used."""

    width: float
    gap: float
    contrast: float
    bristles: int


_BROAD = (_Pass(0.024, 0.036, 0, 4), _Pass(0.0125, 0.0180, 7, 2))
_FINE = (_Pass(0.0064, 0.0108, 16, 2), _Pass(0.0038, 0.0078, 38, 1))
"""Broad strokes are painted on the study, fine ones on the picture."""


@dataclass(frozen=True, slots=True, eq=False)
class _Study:
    """The picture made small; the direction along its edges; its local contrast."""

    small: Pixels
    angle: Floats
    contrast: Floats


def oil(image: Pixels, rng: Rng, strength: float) -> Pixels:
    """The picture as an oil painting with visible relief."""
    height, width = image.shape[:2]
    short = min(height, width)
    study = _study(image, rng)
    canvas = _dragged(study, rng)
    for strokes in _BROAD:
        _paint_pass(canvas, study, strokes, strength, rng)
    canvas = resize(canvas, width, height, CUBIC)
    for strokes in _FINE:
        _paint_pass(canvas, study, strokes, strength, rng)
    _restate(canvas, image, study)
    relief = blur(canvas[..., 3], max(0.6, short * 0.0007)).astype(np.float32)
    shift = max(1, short // 700)
    slope = relief - np.roll(relief, (-shift, -shift), (0, 1))
    lift = np.minimum(np.maximum(slope, -110), 110) * np.float32(0.34)
    return roughened(np.ascontiguousarray(canvas[..., :3]), lift)


def _study(image: Pixels, rng: Rng) -> _Study:
    height, width = image.shape[:2]
    share = min(1.0, _STUDIED_PX / min(height, width))
    small = resize(image, max(2, round(width * share)), max(2, round(height * share)), AREA)
    dx, dy = gradient(blur(grey(small), 1.5))
    dx, dy = dx * 8, dy * 8
    xx, yy, xy = blur(dx * dx, 7), blur(dy * dy, 7), blur(dx * dy, 7)
    angle = 0.5 * np.arctan2(2 * xy, xx - yy) + np.pi / 2
    sure = smoothstep(30, 400, np.sqrt((xx - yy) ** 2 + 4 * xy**2))
    wander = (fbm(small.shape[1], small.shape[0], 4, 4, rng, 3) - 0.5) * 3.4
    flow = floats(angle * sure + wander * (1 - sure))
    return _Study(small, flow, blur(np.hypot(dx, dy), 2))


def _dragged(study: _Study, rng: Rng) -> Pixels:
    """(h, w, 4) the small picture with its colours dragged along the flow, and the relief that leaves."""
    rows, columns = study.angle.shape
    speckle = blur(rng.normal(0, 1, (rows, columns)).astype(np.float32), 0.7)
    speckle = speckle / (speckle.std() + np.float32(1e-6))
    shown = study.small + (speckle * np.float32(17))[..., None]
    source = np.dstack([to_bytes(shown), to_bytes(128 + speckle * np.float32(120))])
    x, y = grid(columns, rows)
    u, v = np.cos(study.angle), np.sin(study.angle)
    total = np.zeros(source.shape, np.float32)
    for step in _DRAG:
        cv2.accumulate(remap(source, x + u * np.float32(step), y + v * np.float32(step), "mirror"), total)
    return to_bytes(total * np.float32(1 / len(_DRAG)))


def _paint_pass(canvas: Pixels, study: _Study, strokes: _Pass, strength: float, rng: Rng) -> None:
    """Strokes on a jittered grid; each is a few bristles of nearly one colour and height."""
    short = min(canvas.shape[:2]) * strength
    thick, scale = max(1.5, strokes.width * short), canvas.shape[1] / study.small.shape[1]
    x, y, column, row = _places(canvas, study, max(2.0, strokes.gap * short), strokes.contrast, rng)
    count = len(x)
    soft = blur(study.small, max(0.8, thick / scale * 0.22))
    turn = study.angle[row, column] + rng.normal(0, 0.16, count)
    ahead = np.column_stack([np.cos(turn), np.sin(turn)]) * (thick * rng.uniform(1.1, 1.9, count))[:, None]
    across = np.column_stack([-np.sin(turn), np.cos(turn)]) * thick / strokes.bristles
    color = soft[row, column] + rng.normal(0, 7, (count, 1)) + rng.normal(0, 4, (count, 3))
    center = np.column_stack([x, y])
    at, paint = [], []
    for k in range(strokes.bristles):
        at.append(center + across * (k - (strokes.bristles - 1) / 2))
        tall = rng.uniform(60, 235, (count, 1))
        paint.append(np.clip(np.column_stack([color + rng.normal(0, 5, (count, 1)), tall]), 0, 255))
    order = np.arange(count * strokes.bristles).reshape(strokes.bristles, -1).T.ravel()
    half = np.full(len(order), max(0.7, thick / strokes.bristles * 0.62))
    along = np.concatenate([ahead] * strokes.bristles)[order]
    draw_dabs(canvas, np.concatenate(at)[order], along, half, np.concatenate(paint)[order])


def _restate(canvas: Pixels, image: Pixels, study: _Study) -> None:
    """Thin touches of the picture itself where it is richest, so that a face stays a face."""
    height, width = image.shape[:2]
    share = resize(smoothstep(26, 80, study.contrast) * np.float32(0.52), width, height)
    canvas[..., :3] = blend(np.ascontiguousarray(canvas[..., :3]), image, share)


def _places(
    canvas: Pixels, study: _Study, gap: float, contrast: float, rng: Rng
) -> tuple[Floats, Floats, NDArray[np.intp], NDArray[np.intp]]:
    """Where strokes of one pass lie, in the picture (x, y) and in its study (column, row), in any order."""
    height, width = canvas.shape[:2]
    x, y = np.meshgrid(np.arange(gap / 2, width, gap), np.arange(gap / 2, height, gap))
    x = np.clip((x + rng.normal(0, 0.35, x.shape) * gap).ravel(), 0, width - 1)
    y = np.clip((y + rng.normal(0, 0.35, y.shape) * gap).ravel(), 0, height - 1)
    scale = width / study.small.shape[1]
    column = np.clip((x / scale).astype(int), 0, study.small.shape[1] - 1)
    row = np.clip((y / scale).astype(int), 0, study.small.shape[0] - 1)
    keep = rng.permutation(np.nonzero(study.contrast[row, column] >= contrast)[0])
    return x[keep], y[keep], column[keep], row[keep]
