"""The main subject of a picture, cut from it: GrabCut on a small copy, seeded by what the borders lack."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from limner.engines.sketch.paint.raster import (
    Floats,
    Pixels,
    blur,
    floats,
    grid,
    resize,
    smoothstep,
    to_bytes,
)
from limner.engines.sketch.rework.lab import lab_of
from limner.engines.sketch.rework.masks import fitted, greenery, skin, small

_GRAB_PX, _SALIENCY_PX, _ROUNDS = 200, 100, 2
_LEAST, _MOST = 0.006, 0.72
_THIN, _STICKS_OUT = 0.075, 0.24
"""Half the width of what is thin, and how far it may stick out, in square roots of the mask's area."""
_LEAFY, _FACE = 0.75, 0.55
"""How much less likely leaves and grass are the subject; how likely skin about the middle is."""
_CONTENT, _LARGE_SURE = 0.70, 0.78
SURE = 0.5
"""Confidence from which a cut may be shown without its surroundings."""
Labels = NDArray[np.uint8]
Box = tuple[float, float, float, float]
"""x0, y0, x1, y1 in shares of the picture."""


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """alpha: (h, w) float32. confidence: 0..1, how far this is one thing before a background."""

    alpha: Floats
    confidence: float

    @property
    def box(self) -> Box:
        """Where the subject is; the whole picture when there is none."""
        rows, columns = np.nonzero(self.alpha > 0.5)
        if not len(rows):
            return 0.0, 0.0, 1.0, 1.0
        height, width = self.alpha.shape
        x0, x1 = float(columns.min()), float(columns.max() + 1)
        y0, y1 = float(rows.min()), float(rows.max() + 1)
        return x0 / width, y0 / height, x1 / width, y1 / height


def cut(image: Pixels, side: str | None = None, liking: Floats | None = None) -> Cut:
    """The main subject; side: where it is looked for. liking: (h, w) in 0..1, raised where it surely is."""
    tiny = small(image, _GRAB_PX)
    rows, columns = tiny.shape[:2]
    strange = strangeness(tiny)
    if liking is None:
        face = skin(tiny) * smoothstep(0.75, 0.5, np.arange(rows, dtype=np.float32)[:, None] / rows)
        strange = np.maximum(strange, floats(face * _FACE * (np.abs(_aside(columns, rows)) < 0.3)))
        salience = strange * _central(columns, rows, side) * _liveliness(tiny)
    else:
        liked = resize(np.asarray(liking, np.float32), columns, rows)
        salience = liked * (0.35 + 0.65 * strange)
        strange = np.maximum(strange, liked)
    salience = salience / (float(np.percentile(salience, 99)) + 1e-6)
    leafy = greenery(tiny)
    labels = _main_part(_grabbed(tiny, _seeds(strange, salience)), salience, leafy)
    confidence = _confidence(tiny, labels)
    if side is None and liking is None and confidence < _CONTENT:
        wide = _main_part(_grabbed(tiny, _central_seeds(strange, salience)), salience, leafy)
        other = _confidence(tiny, wide)
        if other > max(confidence, _LARGE_SURE):
            confidence, labels = other, wide
    if not labels.any():
        return Cut(np.zeros(image.shape[:2], np.float32), 0.0)
    alpha = smoothstep(0.30, 0.72, fitted(blur(labels.astype(np.float32), 0.7), image, 0.006))
    reach = resize(np.asarray(cv2.dilate(labels, np.ones((5, 5), np.uint8)), np.float32), *image.shape[1::-1])
    return Cut(np.asarray(alpha * np.clip(reach, 0, 1), np.float32), confidence)


def _liveliness(image: Pixels) -> Floats:
    """More for warm strong colours, less for leaves and grass."""
    lab = lab_of(image)
    warm = smoothstep(10, 30, lab[..., 1]) * smoothstep(20, 45, np.hypot(lab[..., 1], lab[..., 2]))
    return floats((0.85 + 0.15 * warm) * (1 - _LEAFY * greenery(image)))


def strangeness(image: Pixels) -> Floats:
    """0..1: how unlike the left and right borders about its own row, and the upper border, a pixel is."""
    tiny = small(image, _SALIENCY_PX)
    lab = lab_of(np.asarray(cv2.GaussianBlur(tiny, (0, 0), 0.8), np.uint8))
    rows, columns = tiny.shape[:2]
    margin = max(2, round(columns * 0.05))
    borders = np.concatenate([lab[:, :margin], lab[:, -margin:]], 1)
    distance = np.full((rows, columns), 1e9, np.float32)
    for shift in range(-12, 13, 3):
        near = borders[np.clip(np.arange(rows) + shift, 0, rows - 1)]
        apart = np.abs(lab[:, :, None] - near[:, None]).sum(3)
        distance = np.minimum(distance, apart.min(2))
    upper = lab[:2].reshape(1, 1, -1, 3)[:, :, ::5]
    high = smoothstep(0.75, 0.35, np.arange(rows, dtype=np.float32)[:, None] / rows)
    above = np.abs(lab[:, :, None] - upper).sum(3).min(2)
    distance = np.minimum(distance, above + (1 - high) * 60)
    distance = blur(np.clip(distance - 6, 0, 80), 1.0)
    strange = resize(floats(distance), image.shape[1], image.shape[0])
    return floats(np.clip(strange / (float(np.percentile(strange, 99)) + 1e-6), 0, 1))


def _aside(columns: int, rows: int) -> Floats:
    """Distance from the middle column in shares of the width, negative to the left."""
    x, _ = grid(columns, rows)
    return floats((x + 0.5) / columns - 0.5)


def _central(columns: int, rows: int, side: str | None) -> Floats:
    """1 where subjects usually are, less towards the borders, little on the other side."""
    x, y = grid(columns, rows)
    middle = {"left": 0.24, "right": 0.76}.get(side or "", 0.5)
    wide = 0.24 if side in ("left", "right") else 0.36
    aside, high = ((x + 0.5) / columns - middle) / wide, ((y + 0.5) / rows - 0.55) / 0.42
    return floats(np.exp(-(aside**2) - high**2))


def _seeds(strange: Floats, salience: Floats) -> Labels:
    """What is strange to the borders, and the more so the surer."""
    seeds = np.full(salience.shape, cv2.GC_PR_BGD, np.uint8)
    seeds[salience > 0.22] = cv2.GC_PR_FGD
    seeds[salience > 0.55] = cv2.GC_FGD
    seeds[(strange < 0.06) | (salience < 0.01)] = cv2.GC_BGD
    seeds[:2], seeds[:, :2], seeds[:, -2:] = cv2.GC_BGD, cv2.GC_BGD, cv2.GC_BGD
    return seeds


def _central_seeds(strange: Floats, salience: Floats) -> Labels:
    """For a subject that fills much of the picture and may run out of it below, as in a portrait."""
    rows, columns = salience.shape
    x, y = grid(columns, rows)
    aside, high = np.abs((x + 0.5) / columns - 0.5), (y + 0.5) / rows
    seeds = np.full((rows, columns), cv2.GC_PR_BGD, np.uint8)
    seeds[(aside / 0.33) ** 2 + ((high - 0.58) / 0.44) ** 2 < 1] = cv2.GC_PR_FGD
    seeds[(aside / 0.10) ** 2 + ((high - 0.58) / 0.20) ** 2 < 1] = cv2.GC_FGD
    seeds[(salience > 0.5) & (aside < 0.25)] = cv2.GC_FGD
    seeds[(high < 0.05) | ((aside > 0.46) & (high < 0.80)) | (aside > 0.485)] = cv2.GC_BGD
    seeds[(strange < 0.03) & (high < 0.5)] = cv2.GC_BGD
    return seeds


def _grabbed(image: Pixels, seeds: Labels) -> Labels:
    probable = (seeds == cv2.GC_PR_FGD) | (seeds == cv2.GC_FGD)
    if probable.sum() < 16 or (~probable).sum() < 16:
        return np.zeros(seeds.shape, np.uint8)
    cv2.setRNGSeed(1)
    back, front = np.zeros((1, 65)), np.zeros((1, 65))
    cv2.grabCut(image, seeds, (0, 0, 1, 1), back, front, _ROUNDS, cv2.GC_INIT_WITH_MASK)
    return np.asarray((seeds == cv2.GC_FGD) | (seeds == cv2.GC_PR_FGD), np.uint8)


def _main_part(labels: Labels, salience: Floats, leafy: Floats) -> Labels:
    """The part that matters most, without its small holes; through leafy ones the ground is seen."""
    count, parts, _, _ = cv2.connectedComponentsWithStats(labels)
    if count < 2:
        return np.zeros_like(labels)
    weight = np.bincount(parts.ravel(), salience.ravel(), count)
    weight[0] = 0
    kept = np.asarray(np.isin(parts, np.flatnonzero(weight >= 0.30 * weight.max())), np.uint8)
    kept = np.asarray(cv2.morphologyEx(kept, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8)), np.uint8)
    kept = np.asarray(cv2.morphologyEx(kept, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8)), np.uint8)
    kept = _without_streaks(kept)
    holes, inner, sizes, _ = cv2.connectedComponentsWithStats(1 - kept)
    for hole in range(1, holes):
        if sizes[hole, cv2.CC_STAT_AREA] < 0.02 * labels.size and float(leafy[inner == hole].mean()) < 0.5:
            kept[inner == hole] = 1
    return kept


def _without_streaks(labels: Labels) -> Labels:
    """The mask without long thin runs, such as surf behind a cat; what sticks out a little stays."""
    across = float(np.sqrt(labels.sum()))
    core = cv2.morphologyEx(labels, cv2.MORPH_OPEN, _disc(int(across * _THIN)))
    for _ in range(int(across * _STICKS_OUT)):
        core = np.minimum(cv2.dilate(core, np.ones((3, 3), np.uint8)), labels)
    return np.asarray(core if core.any() else labels, np.uint8)


def _disc(radius: int) -> Labels:
    side = 2 * max(1, radius) + 1
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)), np.uint8)


def _confidence(image: Pixels, labels: Labels) -> float:
    """Of one compact thing of moderate size, with a real edge, that does not run out of the picture."""
    area = float(labels.mean())
    if not _LEAST < area < _MOST:
        return 0.0
    lab = lab_of(image)
    kernel = np.ones((7, 7), np.uint8)
    inner = (labels > 0) & (cv2.erode(labels, kernel) == 0)
    outer = (labels == 0) & (cv2.dilate(labels, kernel) > 0)
    local = cv2.blur(lab * inner[..., None].astype(np.float32), (11, 11))
    weight = cv2.blur(inner.astype(np.float32), (11, 11))[..., None] + np.float32(1e-3)
    apart = np.linalg.norm(lab - local / weight, axis=2)[outer]
    edge = float(np.clip((np.median(apart) - 5) / 14, 0, 1)) if apart.size else 0.0
    borders = np.concatenate([labels[1], labels[:, 2], labels[:, -3]])
    inside = float(1 - np.clip(borders.mean() * 4, 0, 1))
    contours, _ = cv2.findContours(labels, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    hull = sum(cv2.contourArea(cv2.convexHull(c)) for c in contours) / labels.size
    solid = float(np.clip((area / max(hull, 1e-6) - 0.40) / 0.45, 0, 1))
    main = max((cv2.contourArea(c) for c in contours), default=0) / labels.size
    whole = float(np.clip((main / area - 0.35) / 0.4, 0, 1))
    small_enough = float(np.clip((_MOST - area) / 0.25, 0, 1))
    return edge * (0.5 + 0.5 * inside) * (0.2 + 0.8 * solid) * (0.3 + 0.7 * whole) * small_enough


def without_fringe(image: Pixels, alpha: Floats) -> Pixels:
    """The picture with the colours of the subject's inside carried out over its soft border."""
    core = np.asarray(smoothstep(0.80, 0.99, alpha), np.float32)
    reach = max(1.5, min(alpha.shape) * 0.006)
    weight = blur(core, reach)[..., None] + np.float32(1e-3)
    carried = blur(floats(image) * core[..., None], reach) / weight
    share = (1 - core)[..., None] * np.clip(weight * 40, 0, 1)
    return to_bytes(floats(image) * (1 - share) + carried * share)
