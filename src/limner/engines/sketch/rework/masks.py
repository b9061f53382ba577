"""Where things are in a picture of which nothing is known: sky, greenery, water, a named colour.

Masks are (h, w) float32 in 0..1, found small and fitted to the picture's own edges.
"""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from limner.engines.sketch.paint.palette import NAMED
from limner.engines.sketch.paint.raster import AREA, Floats, Pixels, blur, floats, grid, resize, smoothstep
from limner.engines.sketch.rework.lab import lab_color, lab_of, luma

SMALL_PX = 256
_FIT_PX = 512


def small(image: Pixels, longest: int = SMALL_PX) -> Pixels:
    """The picture reduced until its longer side is longest, at least 8 px each way."""
    height, width = image.shape[:2]
    share = min(1.0, longest / max(height, width))
    return resize(image, max(8, round(width * share)), max(8, round(height * share)), AREA)


def fitted(mask: Floats, image: Pixels, softness: float = 0.012) -> Floats:
    """A small mask at the picture's size, its border drawn to the picture's edges (a guided filter)."""
    height, width = image.shape[:2]
    guide_image = small(image, _FIT_PX)
    rows, columns = guide_image.shape[:2]
    guide, coarse = luma(guide_image), resize(np.asarray(mask, np.float32), columns, rows)
    radius = max(2, round(softness * max(rows, columns)))

    def mean(values: Floats) -> Floats:
        return cast(Floats, cv2.blur(values, (2 * radius + 1, 2 * radius + 1)))

    mean_guide, mean_mask = mean(guide), mean(coarse)
    spread = mean(guide * guide) - mean_guide * mean_guide
    slope = (mean(guide * coarse) - mean_guide * mean_mask) / (spread + np.float32(4e-4))
    offset = mean_mask - slope * mean_guide
    full_slope, full_offset = resize(mean(slope), width, height), resize(mean(offset), width, height)
    return np.clip(full_slope * luma(image) + full_offset, 0, 1)


def sky(image: Pixels) -> Floats:
    """What is smooth, has a sky's colours and reaches the upper border."""
    tiny = small(image)
    rows = tiny.shape[0]
    lab = lab_of(np.asarray(cv2.GaussianBlur(tiny, (0, 0), 1.5), np.uint8))
    rough = np.sqrt(sum(cv2.Sobel(lab[..., k], cv2.CV_32F, 1, 0, scale=0.25) ** 2 for k in range(3)))
    rough += np.sqrt(sum(cv2.Sobel(lab[..., k], cv2.CV_32F, 0, 1, scale=0.25) ** 2 for k in range(3)))
    calm = np.asarray((cv2.blur(rough, (5, 5)) < 3.2) & _heavenly(lab), np.uint8)
    _, labels = cv2.connectedComponents(calm, connectivity=4)
    top = np.unique(labels[: max(2, rows // 40)])
    mask = np.isin(labels, top[top > 0]).astype(np.float32)
    mask *= _near_the_top(mask, lab)
    if float(mask.mean()) < 0.03 or float(mask[:2].mean()) < 0.3:
        return np.zeros(image.shape[:2], np.float32)
    return smoothstep(0.35, 0.75, fitted(_grown(mask, lab_of(tiny)), image))


def sun(image: Pixels, above: Floats) -> tuple[float, float, float] | None:
    """A bright round hole in the sky: x, y and radius in pixels."""
    tiny = (small((above * 255).astype(np.uint8)) > 127).astype(np.uint8)
    rows, columns = tiny.shape
    light = resize(luma(image), columns, rows, AREA)
    count, labels, stats, centers = cv2.connectedComponentsWithStats(1 - tiny)
    for hole in range(1, count):
        x, y, wide, high, area = (int(v) for v in stats[hole])
        touches = x == 0 or y == 0 or x + wide == columns or y + high == rows
        round_enough = 0.6 < wide / high < 1.6 and area > 0.6 * wide * high and area < 0.04 * tiny.size
        if touches or not round_enough or area < 12:
            continue
        around = cv2.dilate((labels == hole).astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
        if float(light[labels == hole].mean()) > float(light[around & (tiny > 0)].mean()) + 0.03:
            scale = image.shape[1] / columns
            return float(centers[hole][0]) * scale, float(centers[hole][1]) * scale, wide / 2 * scale
    return None


def _heavenly(lab: Floats) -> NDArray[np.bool_]:
    """Blue, grey, white, and the bright warm colours of the sun; neither leaves nor wood."""
    level, a, b = lab[..., 0], lab[..., 1], lab[..., 2]
    green = (a < -8) & (b > -7)
    wooden = (b > 14) & (level < 48)
    return np.asarray(~green & ~wooden)


def _grown(mask: Floats, lab: Floats) -> Floats:
    """The mask up to what it borders on, wherever the colours are still its own."""
    weight = cv2.blur(mask, (31, 31))[..., None] + np.float32(1e-4)
    own = cv2.blur(lab * mask[..., None], (31, 31)) / weight
    alike = np.linalg.norm(lab - own, axis=2) < 11
    for _ in range(5):
        reached = cv2.dilate(mask, np.ones((3, 3), np.uint8))
        mask = np.where(alike, reached, mask)
    return floats(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8)))


def _near_the_top(mask: Floats, lab: Floats) -> Floats:
    """How far the colours under a mask are those of its own upper part or lie beside them."""
    rows = mask.shape[0]
    upper = mask[: rows // 3] > 0
    if not upper.any():
        return np.zeros_like(mask)
    tones = lab[: rows // 3][upper]
    center, spread = np.median(tones, 0), np.maximum(tones.std(0), floats([9, 6, 8])) * 3.0
    distance = np.sqrt((((lab - center) / spread) ** 2).sum(2))
    y = np.arange(rows, dtype=np.float32)[:, None] / rows
    return np.asarray(smoothstep(1.9, 1.2, distance) * smoothstep(0.92, 0.70, y), np.float32)


def greenery(image: Pixels) -> Floats:
    """Leaves and grass, from yellow-green to blue-green."""
    lab = lab_of(image)
    a, b = lab[..., 1], lab[..., 2]
    return np.asarray(smoothstep(-4, -13, a) * smoothstep(-6, 6, b), np.float32)


def water(image: Pixels) -> Floats:
    """Bluish pixels of the lower part that are not sky."""
    lab = lab_of(image)
    _, y = grid(image.shape[1], image.shape[0])
    blue = smoothstep(0, -10, lab[..., 2]) * smoothstep(14, 4, lab[..., 1])
    low = smoothstep(0.38, 0.55, y / image.shape[0])
    return np.asarray(blue * low * (1 - sky(image)), np.float32)


def ground(image: Pixels) -> Floats:
    """The lower part, under whatever stands there."""
    _, y = grid(image.shape[1], image.shape[0])
    return np.asarray(smoothstep(0.55, 0.70, y / image.shape[0]), np.float32)


def colored(image: Pixels, name: str, pale: float = 0.16) -> Floats:
    """The pixels that have a named colour, in light and in shade; pale: the least share of its chroma."""
    lab, wanted = lab_of(image), lab_color(NAMED[name])
    chroma = np.hypot(lab[..., 1], lab[..., 2])
    own = float(np.hypot(wanted[1], wanted[2]))
    if own < 12:
        near = smoothstep(34, 18, np.abs(lab[..., 0] - wanted[0]))
        return np.asarray(near * smoothstep(20, 10, chroma), np.float32)
    turn = np.arctan2(lab[..., 2], lab[..., 1]) - np.arctan2(wanted[2], wanted[1])
    away = np.abs((turn + np.pi) % (2 * np.pi) - np.pi)
    return np.asarray(smoothstep(0.62, 0.34, away) * smoothstep(pale, pale * 2, chroma / own), np.float32)


def skin(image: Pixels) -> Floats:
    """Light skin to brown, in daylight."""
    lab = lab_of(image)
    level, a, b = lab[..., 0], lab[..., 1], lab[..., 2]
    hue = smoothstep(0.55, 0.30, np.abs(np.arctan2(b, a) - 0.93))
    chroma = np.hypot(a, b)
    return np.asarray(
        hue * smoothstep(12, 18, chroma) * smoothstep(46, 38, chroma) * smoothstep(38, 50, level), np.float32
    )


REGIONS = {"sky": sky, "greenery": greenery, "water": water, "ground": ground}
"""By the lexicon's name; other regions are parts of the subject."""


def hull(mask: Floats) -> Floats:
    """The convex outline of what a mask covers."""
    tiny = small((np.clip(mask, 0, 1) * 255).astype(np.uint8))
    points = np.argwhere(tiny > 110)[:, ::-1].astype(np.int32)
    filled = np.zeros(tiny.shape, np.uint8)
    if len(points) >= 3:
        cv2.fillConvexPoly(filled, cv2.convexHull(points), (255,))
    return resize(floats(filled) / 255, mask.shape[1], mask.shape[0])


def largest(mask: Floats, share: float = 0.25, center: tuple[float, float] | None = None) -> Floats:
    """The mask's largest connected part, with every other that is at least share of it.

    center: x and y in shares of the picture that count more.
    """
    tiny = small((np.clip(mask, 0, 1) * 255).astype(np.uint8))
    rows, columns = tiny.shape[:2]
    count, labels, stats, centroids = cv2.connectedComponentsWithStats((tiny > 110).astype(np.uint8))
    if count < 2:
        return np.zeros_like(mask)
    weight = stats[1:, cv2.CC_STAT_AREA].astype(np.float64)
    if center:
        away = np.hypot(centroids[1:, 0] / columns - center[0], centroids[1:, 1] / rows - center[1])
        weight *= np.exp(-((away / 0.35) ** 2)) + 0.02
    kept = 1 + np.flatnonzero(weight >= share * weight.max())
    chosen = cv2.dilate(np.isin(labels, kept).astype(np.float32), np.ones((5, 5), np.uint8))
    return mask * resize(np.asarray(chosen, np.float32), mask.shape[1], mask.shape[0])


def feathered(mask: Floats, share: float) -> Floats:
    """The mask with a border softened by a share of the shorter side."""
    return blur(np.ascontiguousarray(mask, np.float32), share * min(mask.shape))
