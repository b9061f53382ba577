"""Pictures of polygons: low poly triangles, and stained glass in leads."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from limner.engines.sketch.paint.noise import Rng, fbm
from limner.engines.sketch.paint.raster import (
    AREA,
    CUBIC,
    Floats,
    Pixels,
    blur,
    floats,
    gradient,
    grid,
    resize,
    smoothstep,
    to_bytes,
)
from limner.engines.sketch.paint.styles.colors import lab
from limner.engines.sketch.paint.styles.drawing import calmed, contours, laid, roughened

_POINTS = 2600
_STUDIED_PX = 220
_LEAD = np.array([26, 24, 28], np.float32)


def lowpoly(image: Pixels, rng: Rng, strength: float) -> Pixels:
    """Triangles, small where there is much to see, each of one colour."""
    height, width = image.shape[:2]
    quiet = calmed(image, max(2.0, min(height, width) * 0.012), 20)
    triangles = _triangles(_corners(quiet, rng, strength), width, height)
    inner = (triangles[:, None] * np.array([[[2], [1], [1]], [[1], [2], [1]], [[1], [1], [2]]]) / 4).sum(2)
    at = np.clip(inner.astype(int), 0, [width - 1, height - 1])
    color = quiet[at[..., 1], at[..., 0]].astype(np.float32).mean(1)
    edges = triangles[:, 1] - triangles[:, 0]
    facing = np.arctan2(edges[:, 1], edges[:, 0])
    color *= (1 + 0.05 * np.sin(facing * 2) + rng.normal(0, 0.025, len(color)))[:, None]
    out = resize(quiet, width, height)
    fixed = np.round(triangles * 16).astype(np.int32)
    for points, paint in zip(fixed, np.clip(color, 0, 255).tolist(), strict=True):
        cv2.fillConvexPoly(out, points, paint, cv2.LINE_AA, 4)
    return out


def _corners(image: Pixels, rng: Rng, strength: float) -> Floats:
    """Points along edges, more where the picture is busy, and a loose net everywhere."""
    height, width = image.shape[:2]
    short = min(height, width)
    step = max(1, round(short / 400))
    small = resize(image, max(2, width // step), max(2, height // step), AREA)
    values = blur(lab(small), 1.0)
    edge = np.zeros(small.shape[:2], np.float32)
    for channel in range(3):
        dx, dy = gradient(np.ascontiguousarray(values[..., channel]))
        edge = np.maximum(edge, np.hypot(dx, dy))
    ridge = edge >= cv2.dilate(edge, np.ones((3, 3), np.uint8)) * np.float32(0.92)
    weight = (np.minimum(edge, 7) ** 1.3 * ridge).ravel().astype(np.float64) + 1e-6
    chosen = rng.choice(
        len(weight), min(_POINTS * 3, len(weight) // 2), replace=False, p=weight / weight.sum()
    )
    points = np.column_stack([chosen % small.shape[1], chosen // small.shape[1]]) * step
    points = _apart(points, max(2.0, short * 0.0085 * strength))[:_POINTS]
    gap = max(4.0, short / 12)
    x, y = np.meshgrid(np.arange(-gap / 2, width + gap, gap), np.arange(-gap / 2, height + gap, gap))
    net = np.column_stack([x.ravel(), y.ravel()]) + rng.normal(0, gap * 0.22, (x.size, 2))
    ends = [(0, 0), (width - 1, 0), (0, height - 1), (width - 1, height - 1)]
    return floats(np.clip(np.concatenate([points, net, ends]), 0, [width - 1, height - 1]))


def _apart(points: NDArray[np.int_], gap: float) -> NDArray[np.int_]:
    """The points without those that share a cell of gap pixels with an earlier one."""
    cells = (points / gap).astype(np.int64)
    _, first = np.unique(cells[:, 1] * 100_003 + cells[:, 0], return_index=True)
    return np.asarray(points[np.sort(first)], np.int_)


def _triangles(points: Floats, width: int, height: int) -> Floats:
    """(n, 3, 2) Delaunay triangles."""
    net = cv2.Subdiv2D((-2, -2, width + 4, height + 4))
    net.insert([(float(x), float(y)) for x, y in np.unique(np.round(points, 1), axis=0)])
    found = np.asarray(net.getTriangleList(), np.float32).reshape(-1, 3, 2)
    inside = ((found >= -1) & (found <= [width, height])).all((1, 2))
    return floats(found[inside])


def stainedglass(image: Pixels, rng: Rng, strength: float) -> Pixels:
    """Panes of clear colour between dark leads, lit from behind."""
    height, width = image.shape[:2]
    short = min(height, width)
    quiet = calmed(image, max(2.0, short * 0.014), 24)
    panes = _panes(quiet, rng, strength)
    color = _pane_colors(quiet, panes)
    large = cv2.resize(panes, (width, height), interpolation=cv2.INTER_NEAREST)
    away = _from_edges(panes, width, height)
    lead = max(1.5, short * 0.0031)
    glass = cv2.addWeighted(to_bytes(color)[large], 0.78, quiet, 0.24, 0)
    columns, rows = max(2, width // 4), max(2, height // 4)
    streaks = resize(fbm(columns, rows, 8, 26, rng, 3), width, height, CUBIC) - np.float32(0.5)
    bright = np.float32(0.86) + np.minimum(away * np.float32(1 / (short * 0.03)), 1) * np.float32(0.2)
    bright += streaks * np.float32(0.34)
    bright *= 1 - contours(quiet, max(0.9, short * 0.0016), 60) * np.float32(0.7)
    level = to_bytes(bright * np.float32(200))
    lit = np.asarray(cv2.multiply(glass, cv2.merge([level] * 3), scale=1 / 200), np.uint8)
    leads = laid(lit, _LEAD, smoothstep(lead + 0.8, lead - 0.8, away))
    shine = np.exp(-(((away - lead * 0.3) / (lead * 0.4)) ** 2)) * np.float32(26)
    return roughened(leads, shine)


def _panes(image: Pixels, rng: Rng, strength: float) -> NDArray[np.int32]:
    """Panes, numbered from 0, at a smaller size: compact patches of one colour that end at edges (SLIC)."""
    height, width = image.shape[:2]
    share = min(1.0, _STUDIED_PX / min(height, width))
    columns, rows = max(4, min(1600, round(width * share))), max(4, min(1600, round(height * share)))
    small = resize(image, columns, rows, AREA)
    values = blur(lab(small), 0.8)
    gap = max(3.0, min(columns, rows) / 16 * strength)
    across, down = max(1, round(columns / gap)), max(1, round(rows / gap))
    u, v = np.meshgrid((np.arange(across) + 0.5) * columns / across, (np.arange(down) + 0.5) * rows / down)
    seeds = np.stack([u, v], 2) + rng.normal(0, gap * 0.22, (down, across, 2))
    x, y = grid(columns, rows)
    home = np.stack([x * across / columns, y * down / rows], 2).astype(int)
    near = np.float32((15 / gap) ** 2)
    weights = (1, 1, 1, near, near)
    at = np.clip(seeds.astype(int), 0, [columns - 1, rows - 1])
    colors = values[at[..., 1], at[..., 0]].reshape(-1, 3)
    centers = floats([*colors.T, seeds[..., 0].ravel(), seeds[..., 1].ravel()])
    points = np.stack([*(plane.ravel() for plane in cv2.split(values)), x.ravel(), y.ravel()])
    labels = np.zeros(rows * columns, np.int32)
    for _ in range(4):
        best = np.full(rows * columns, np.inf, np.float32)
        for dy in (-1, 0, 1):
            for dx in (-1, 0, 1):
                column = np.clip(home[..., 0] + dx, 0, across - 1)
                row = np.clip(home[..., 1] + dy, 0, down - 1)
                number = (row * across + column).ravel()
                cost = sum(w * (p - c[number]) ** 2 for w, p, c in zip(weights, points, centers, strict=True))
                nearer = cost < best
                best[nearer], labels[nearer] = cost[nearer], number[nearer]
        area = np.maximum(np.bincount(labels, minlength=across * down), 1)
        for k in range(5):
            centers[k] = np.bincount(labels, points[k], across * down) / area
    return labels.reshape(rows, columns)


def _pane_colors(image: Pixels, panes: NDArray[np.int32]) -> Floats:
    """The mean colour of each pane, clear and deep."""
    rows, columns = panes.shape
    small = resize(image, columns, rows, AREA).reshape(-1, 3).astype(np.float32)
    count = int(panes.max()) + 1
    area = np.maximum(np.bincount(panes.ravel(), minlength=count), 1)
    mean = np.stack([np.bincount(panes.ravel(), small[:, c], count) / area for c in range(3)], 1)
    grey = mean.mean(1, keepdims=True)
    return floats(np.clip((grey + (mean - grey) * 1.7) * 1.12 + 8, 12, 255))


def _from_edges(panes: NDArray[np.int32], width: int, height: int) -> Floats:
    """Pixels from the nearest border between panes, smooth at full size."""
    edge = np.zeros(panes.shape, bool)
    edge[:, 1:] |= panes[:, 1:] != panes[:, :-1]
    edge[1:] |= panes[1:] != panes[:-1]
    away = cv2.distanceTransform((~edge).astype(np.uint8), cv2.DIST_L2, 5)
    soft = blur(np.asarray(away, np.float32), 0.8)
    return resize(soft, width, height, CUBIC) * np.float32(width / panes.shape[1])
