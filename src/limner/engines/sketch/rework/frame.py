"""The picture's frame: cropped, turned, zoomed, painted on beyond its borders. Nothing is ever stretched."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from limner.engines.sketch.paint.raster import (
    AREA,
    CUBIC,
    Floats,
    Pixels,
    blur,
    floats,
    grid,
    resize,
    smoothstep,
    to_bytes,
)
from limner.engines.sketch.rework.cutout import SURE, Box, cut
from limner.engines.sketch.rework.retouch import erased

_NEAR_RATIO = 1.30
_CROPPED_SHARE, _MAX_FINE = 1.10, 14.0
_BAND_HIGH, _BAND_WIDE = 0.20, 0.40
"""How much of the picture is mirrored above and below, and beside it."""


def cover(image: Pixels, width: int, height: int, center: tuple[float, float] = (0.5, 0.5)) -> Pixels:
    """The image scaled to fill width x height and cropped about a center, in shares of it."""
    share = max(width / image.shape[1], height / image.shape[0])
    wide, high = max(width, round(image.shape[1] * share)), max(height, round(image.shape[0] * share))
    big = resize(image, wide, high, AREA if share < 1 else CUBIC)
    x = min(max(0, round(center[0] * wide - width / 2)), wide - width)
    y = min(max(0, round(center[1] * high - height / 2)), high - height)
    return np.ascontiguousarray(big[y : y + height, x : x + width])


def fitted(image: Pixels, width: int, height: int) -> Pixels:
    """The image at another size: cropped when the shape is near, else painted on at two sides."""
    ratio, own = width / height, image.shape[1] / image.shape[0]
    if max(ratio / own, own / ratio) <= _NEAR_RATIO:
        return cover(image, width, height)
    spread = _CROPPED_SHARE
    if ratio > own:
        inner = cover(image, min(width, round(height * own * spread)), height)
        return extended(inner, width, height, 0.5, 0.5, _empty(inner))
    inner = cover(image, width, min(height, round(width / own * spread)))
    return extended(inner, width, height, 0.5, 0.62, _empty(inner))


def _empty(image: Pixels) -> Pixels:
    """The image without its main subject, as what may be mirrored about it."""
    subject = cut(image)
    return erased(image, subject.alpha) if subject.confidence >= SURE else image


def extended(
    image: Pixels, width: int, height: int, x_share: float, y_share: float, source: Pixels | None = None
) -> Pixels:
    """The image in a larger frame; the shares tell how much of the room is left of and above it.

    What is painted on mirrors the picture, or source, at first, and loses itself in its colours further out.
    """
    rows, columns = image.shape[:2]
    left, top = round((width - columns) * x_share), round((height - rows) * y_share)
    right, bottom = width - columns - left, height - rows - top
    if min(left, top, right, bottom) < 0:
        return cover(image, width, height)
    if not any((left, top, right, bottom)):
        return image
    near = _reflected(image if source is None else source, top, bottom, left, right)
    away = _distance(width, height, (left, top, columns, rows))
    out = _loosened(near, away, min(rows, columns))
    out[top : top + rows, left : left + columns] = image
    return out


def _reflected(image: Pixels, top: int, bottom: int, left: int, right: int) -> Pixels:
    """Each border's band mirrored outwards, to and fro, so that what lies farther in does not come back."""
    height, width = image.shape[:2]
    rows = _mirrored(height, top, bottom, max(2, round(height * _BAND_HIGH)))
    columns = _mirrored(width, left, right, max(2, round(width * _BAND_WIDE)))
    return np.ascontiguousarray(image[rows][:, columns])


def _mirrored(count: int, before: int, after: int, band: int) -> NDArray[np.int64]:
    """Indices 0..count-1 with mirrored ones of a band on either side."""
    band = min(band, count)

    def swing(steps: int) -> NDArray[np.int64]:
        away = np.arange(steps) % (2 * band)
        return np.minimum(away, 2 * band - 1 - away)

    return np.concatenate([swing(before)[::-1], np.arange(count), count - 1 - swing(after)])


def _distance(width: int, height: int, inner: tuple[int, int, int, int]) -> Floats:
    """(height, width) pixels from the inner box, 0 inside it."""
    x, y = grid(width, height)
    left, top, columns, rows = inner
    aside = np.maximum(np.maximum(left - x, x - (left + columns - 1)), 0)
    above = np.maximum(np.maximum(top - y, y - (top + rows - 1)), 0)
    return floats(np.maximum(aside, above))


def _loosened(image: Pixels, away: Floats, short: int) -> Pixels:
    """Softer the farther out, with its texture and a little grain, so that no second subject is seen."""
    soft, wide = blur(image, max(1.0, short * 0.012)), blur(image, max(2.0, short * 0.07))
    first = smoothstep(0, short * 0.05, away)[..., None]
    second = smoothstep(short * 0.01, short * 0.15, away)[..., None]
    out = floats(image) + (floats(soft) - floats(image)) * first
    out += (floats(wide) - out) * second
    fine = np.clip(floats(image) - floats(blur(image, max(1.0, short * 0.006))), -_MAX_FINE, _MAX_FINE)
    out += fine * first
    noise = np.random.default_rng(5).normal(0, 2.2, away.shape).astype(np.float32)[..., None]
    grained = to_bytes(out + noise * first + np.float32(0.5))
    return np.where((away > 0)[..., None], grained, image)


def zoomed(image: Pixels, times: float, center: tuple[float, float] = (0.5, 0.5)) -> Pixels:
    """Nearer about a center, or farther with the surroundings painted on; the same size."""
    height, width = image.shape[:2]
    if times < 1:
        inner = resize(image, max(8, round(width * times)), max(8, round(height * times)), AREA)
        return extended(inner, width, height, 0.5, 0.55, _empty(inner))
    return boxed(image, _around(center, 1 / min(times, 6.0)), width, height)


def _around(center: tuple[float, float], share: float) -> Box:
    x = min(max(center[0], share / 2), 1 - share / 2)
    y = min(max(center[1], share / 2), 1 - share / 2)
    return x - share / 2, y - share / 2, x + share / 2, y + share / 2


_HALVES: dict[str, Box] = {
    "left": (0.0, 0.0, 0.5, 1.0),
    "right": (0.5, 0.0, 1.0, 1.0),
    "top": (0.0, 0.0, 1.0, 0.5),
    "bottom": (0.0, 0.5, 1.0, 1.0),
    "center": (0.2, 0.2, 0.8, 0.8),
}


def cropped(image: Pixels, side: str | None) -> Pixels:
    """A half of the picture, or its middle, filling the frame."""
    return boxed(image, _HALVES[side or "center"], image.shape[1], image.shape[0])


def boxed(image: Pixels, box: Box, width: int, height: int, margin: float = 0.0) -> Pixels:
    """A part of the picture, with a margin, filling width x height."""
    rows, columns = image.shape[:2]
    x0, x1 = max(0, int((box[0] - margin) * columns)), min(columns, int((box[2] + margin) * columns) + 1)
    y0, y1 = max(0, int((box[1] - margin) * rows)), min(rows, int((box[3] + margin) * rows) + 1)
    return cover(np.ascontiguousarray(image[y0:y1, x0:x1]), width, height)


def turned(image: Pixels, degrees: float) -> Pixels:
    """Turned clockwise; quarter turns are exact and then fitted, others show no empty corners."""
    height, width = image.shape[:2]
    quarters = round(degrees / 90)
    if abs(degrees - 90 * quarters) < 0.5:
        upright = np.ascontiguousarray(np.rot90(image, -quarters % 4))
        return fitted(upright, width, height)
    angle = np.radians(abs(degrees) % 180)
    reach = abs(np.sin(angle)) * max(width / height, height / width) + abs(np.cos(angle))
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, float(reach))
    return np.asarray(
        cv2.warpAffine(image, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT),
        np.uint8,
    )


def widened(image: Pixels, side: str | None) -> Pixels:
    """More surroundings at one side, or all about; the same size."""
    height, width = image.shape[:2]
    inner = resize(image, max(8, round(width * 0.70)), max(8, round(height * 0.70)), AREA)
    shares = {"left": (1.0, 0.5), "right": (0.0, 0.5), "top": (0.5, 1.0), "bottom": (0.5, 0.0)}
    return extended(inner, width, height, *shares.get(side or "", (0.5, 0.5)), _empty(inner))
