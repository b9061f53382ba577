"""Things taken out of a picture: the hole is filled with what lies beside it, at the hole's own light."""

from __future__ import annotations

import cv2
import numpy as np

from limner.engines.sketch.paint.raster import AREA, CUBIC, Floats, Pixels, blur, floats, resize, to_bytes
from limner.engines.sketch.rework.cutout import strangeness
from limner.engines.sketch.rework.lab import mixed

_FILL_PX, _MAX_FINE = 192, 22.0
_STEPS = tuple(s * d / 20 for d in range(3, 15) for s in (1, -1))
_RISES = (0.0, 0.03, -0.03, 0.08, -0.08)


def erased(image: Pixels, mask: Floats) -> Pixels:
    """The picture without what lies under the (h, w) mask; far from it nothing changes."""
    if float(mask.max()) < 0.1:
        return image
    height, width = image.shape[:2]
    share = min(1.0, _FILL_PX / max(height, width))
    wide, high = max(8, round(width * share)), max(8, round(height * share))
    seen = resize(np.ascontiguousarray(mask, np.float32), wide, high, AREA) > 0.08
    hole = np.asarray(cv2.dilate(seen.astype(np.uint8), np.ones((7, 7), np.uint8)), np.uint8)
    if float(hole.mean()) > 0.7:
        return image
    tiny = resize(image, wide, high, AREA)
    base = _run_on(tiny, hole)
    dx, dy = _best_shift(tiny, base, hole)
    shifted = _moved(image, dx, dy)
    fine = np.clip(floats(shifted) - floats(blur(shifted, max(1.0, 2.0 / share))), -_MAX_FINE, _MAX_FINE)
    own = _moved(hole, dx, dy)
    strange = _moved(to_bytes(strangeness(base) * 255), dx, dy) / np.float32(255)
    calm = floats((1 - np.maximum(own * hole, 0)) * np.clip(1.1 - 2 * strange, 0, 1))
    usable = resize(calm, width, height)[..., None]
    smooth = resize(np.where(hole[..., None] > 0, base, tiny), width, height, CUBIC)
    filled = to_bytes(floats(smooth) + fine * usable + np.float32(0.5))
    cover = np.clip(blur(resize(floats(hole), width, height), max(0.8, 1.0 / share)) * 1.6, 0, 1)
    return mixed(image, filled, floats(cover))


def _moved(image: Pixels, dx: float, dy: float) -> Pixels:
    """The image moved by shares of its size; what comes in at a border is mirrored there."""
    high, wide = image.shape[:2]
    matrix = floats([[1, 0, round(dx * wide)], [0, 1, round(dy * high)]])
    moved = cv2.warpAffine(
        image, matrix, (wide, high), flags=cv2.INTER_NEAREST, borderMode=cv2.BORDER_REFLECT
    )
    return np.asarray(moved, np.uint8)


def _run_on(tiny: Pixels, hole: Pixels) -> Pixels:
    """The hole filled from both sides along its rows, since scenes lie in bands; inpainted at the border."""
    soft = np.asarray(cv2.blur(tiny, (3, 3)), np.uint8)
    spread = cv2.inpaint(tiny, hole, 4, cv2.INPAINT_TELEA)
    out = floats(spread)
    columns = np.arange(hole.shape[1])
    for row in np.flatnonzero(hole.any(1)):
        known = np.flatnonzero(hole[row] == 0)
        if len(known) < 6 or known[0] > 0 or known[-1] < hole.shape[1] - 1:
            continue
        gone = np.flatnonzero(hole[row])
        for channel in range(3):
            out[row, gone, channel] = np.interp(columns[gone], known, soft[row, known, channel])
    return to_bytes(floats(cv2.blur(out, (1, 3))) + np.float32(0.5))


def _best_shift(tiny: Pixels, base: Pixels, hole: Pixels) -> tuple[float, float]:
    """From where, in shares of the picture, the neighbourhood of the hole is continued best."""
    busy = to_bytes(strangeness(base) * 255)
    ring = (cv2.dilate(hole, np.ones((9, 9), np.uint8)) > 0) & (hole == 0)
    high, wide = hole.shape
    best, least = (0.0, 0.0), np.inf
    for dx in _STEPS:
        for dy in _RISES:
            step = round(dy * high), round(dx * wide)
            moved_hole = _moved(hole, dx, dy)
            overlap = float((moved_hole * hole).sum()) / float(hole.sum())
            wraps = _wraps(hole, step)
            apart = np.abs(floats(_moved(base, dx, dy)) - floats(tiny))[ring].mean() if ring.any() else 0
            cost = float(apart) * (1 + 0.3 * abs(dx)) + 90 * overlap + 60 * wraps
            cost += 160 * float(_moved(busy, dx, dy)[hole > 0].mean()) / 255
            if cost < least:
                best, least = (dx, dy), cost
    return best


def _wraps(hole: Pixels, step: tuple[int, int]) -> float:
    """The share of the hole whose source would come round the picture's border."""
    rows, columns = np.nonzero(hole)
    high, wide = hole.shape
    y, x = rows - step[0], columns - step[1]
    return float(((y < 0) | (y >= high) | (x < 0) | (x >= wide)).mean())
