"""Few colours: those that a picture is made of, small red things included, and which is nearest."""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from limner.engines.sketch.paint.raster import AREA, Floats, Pixels, resize

_STUDIED_PX = 64
_ROUNDS = 6
_LIGHTNESS_SHARE = 0.75
"""Lightness counts less than hue, or a night would be nothing but blues."""
_LEVELS = 32


def lab(image: Pixels) -> Floats:
    """CIELAB of RGB pixels as float32, with lightness weighted down."""
    values = cast(Floats, cv2.cvtColor(image.astype(np.float32) / np.float32(255), cv2.COLOR_RGB2LAB))
    values[..., 0] *= _LIGHTNESS_SHARE
    return values


def few_colors(image: Pixels, count: int) -> Pixels:
    """(count, 3) colours of the image, those with the largest area first."""
    height, width = image.shape[:2]
    share = min(1.0, _STUDIED_PX / min(height, width))
    columns, rows = max(2, min(2048, round(width * share))), max(2, min(2048, round(height * share)))
    tiny = resize(image, columns, rows, AREA)
    points, shown = lab(tiny).reshape(-1, 3), tiny.reshape(-1, 3).astype(np.float32)
    centers = _spread(points, count)
    for _ in range(_ROUNDS):
        owner = _owners(points, centers)
        area = np.maximum(np.bincount(owner, minlength=count), 1)
        for channel in range(3):
            centers[:, channel] = np.bincount(owner, points[:, channel], count) / area
    owner = _owners(points, centers)
    area = np.bincount(owner, minlength=count)
    table = np.stack([np.bincount(owner, shown[:, c], count) / np.maximum(area, 1) for c in range(3)], 1)
    order = np.argsort(-area, kind="stable")
    return cast(Pixels, np.clip(table[order] + 0.5, 0, 255).astype(np.uint8))


def nearest(image: Pixels, table: Pixels) -> NDArray[np.uint8]:
    """(h, w) row of the table whose colour is nearest to each pixel."""
    steps = (np.arange(_LEVELS) * 8 + 4).astype(np.uint8)
    red, green, blue = np.meshgrid(steps, steps, steps, indexing="ij")
    cube = np.stack([red, green, blue], 3).reshape(_LEVELS * _LEVELS, _LEVELS, 3)
    owner = _owners(lab(cube).reshape(-1, 3), lab(table[None])[0]).astype(np.uint8)
    coarse = (image >> 3).astype(np.uint16)
    return cast("NDArray[np.uint8]", owner[coarse[..., 0] << 10 | coarse[..., 1] << 5 | coarse[..., 2]])


def _spread(points: Floats, count: int) -> Floats:
    """Starting centers: each is far from those before it, unless hardly anything is there."""
    centers = [points.mean(0)]
    away = np.full(len(points), np.inf)
    for _ in range(count - 1):
        away = np.minimum(away, ((points - centers[-1]) ** 2).sum(1))
        ranked = np.argpartition(away, -max(1, len(points) // 400))[-max(1, len(points) // 400) :]
        centers.append(points[ranked[np.argmin(away[ranked])]])
    return np.asarray(centers, np.float32)


def _owners(points: Floats, centers: Floats) -> NDArray[np.intp]:
    return cast("NDArray[np.intp]", ((centers**2).sum(1) - 2 * points @ centers.T).argmin(1))
