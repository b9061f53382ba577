"""From a form's shapes to its relief: a signed distance to the edge and a height, per pixel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np

from limner.engines.sketch.paint.body import Form, Outline, Shape, Tube
from limner.engines.sketch.paint.curves import Points
from limner.engines.sketch.paint.raster import AREA, Floats, blur, coverage, resize

_OUTSIDE = np.float32(-1e3)
_MARGIN_PX = 3
_BEND_PX = 0.25


@dataclass(frozen=True, slots=True)
class Frame:
    """Where units lie in pixels: scale px per unit, the origin at (x, y), the picture's size."""

    scale: float
    x: float
    y: float
    width: int
    height: int

    def pixels(self, points: Points) -> Points:
        """Units to pixels; y turns downward."""
        return np.column_stack(
            [self.x + points[:, 0] * self.scale, self.y - points[:, 1] * self.scale]
        ).astype(np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Relief:
    """distance: px inside the edge, negative outside. height: px towards the viewer. Both (h, w)."""

    x: int
    y: int
    distance: Floats
    height: Floats

    @property
    def window(self) -> tuple[slice, slice]:
        """Where it lies in its frame."""
        rows, columns = self.distance.shape
        return slice(self.y, self.y + rows), slice(self.x, self.x + columns)


def relief_of(form: Form, frame: Frame) -> Relief | None:
    """The relief of all shapes of a form together; None when it lies outside the frame."""
    placed = [(shape, frame.pixels(shape.points)) for shape in form.shapes]
    pad = int(6 + form.melt * frame.scale)
    window = _window(placed, frame, pad)
    if window is None:
        return None
    x0, y0, x1, y1 = window
    distance = np.full((y1 - y0, x1 - x0), _OUTSIDE, np.float32)
    height = np.zeros_like(distance)
    melt = max(1.0, form.melt * frame.scale)
    bulge = max(2.0, form.round * frame.scale)
    for shape, points in placed:
        local = points - np.array([x0, y0], np.float32)
        if isinstance(shape, Tube):
            _add_tube(distance, height, local, shape.radii * np.float32(frame.scale), melt, len(placed) > 1)
        else:
            _add_outline(distance, height, local, bulge, melt, len(placed) > 1)
    edge = np.clip(distance, 0, melt)
    height = np.maximum(height, np.sqrt(edge * (2 * melt - edge)) * np.float32(0.8))
    return _cropped(x0, y0, distance, _softened(height, distance, placed))


def _cropped(x: int, y: int, distance: Floats, height: Floats) -> Relief | None:
    """The relief without what lies outside all edges: most of a small form's window."""
    near = distance > -_MARGIN_PX
    rows, columns = np.flatnonzero(near.any(1)), np.flatnonzero(near.any(0))
    if len(rows) < 2 or len(columns) < 2:
        return None
    part = slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)
    return Relief(x + part[1].start, y + part[0].start, distance[part].copy(), height[part].copy())


def _window(placed: list[tuple[Shape, Points]], frame: Frame, pad: int) -> tuple[int, int, int, int] | None:
    reach = [
        pad + (float(shape.radii.max()) * frame.scale if isinstance(shape, Tube) else 0)
        for shape, _ in placed
    ]
    low = np.min([p.min(0) - r for (_, p), r in zip(placed, reach, strict=True)], 0)
    high = np.max([p.max(0) + r for (_, p), r in zip(placed, reach, strict=True)], 0)
    x0, y0 = max(int(low[0]), 0), max(int(low[1]), 0)
    x1, y1 = min(int(high[0]) + 1, frame.width), min(int(high[1]) + 1, frame.height)
    return None if x1 - x0 < 2 or y1 - y0 < 2 else (x0, y0, x1, y1)


def _union(a: Floats, b: Floats, radius: float) -> Floats:
    """Polynomial smooth maximum."""
    k = np.float32(radius)
    h = np.clip(np.float32(0.5) + np.float32(0.5) * (a - b) / k, 0, 1)
    return cast(Floats, b + (a - b) * h + k * h * (1 - h))


def _part(shape: tuple[int, ...], points: Points, margin: float) -> tuple[int, int, int, int]:
    x0, y0 = np.maximum((points.min(0) - margin).astype(int), 0)
    x1, y1 = np.minimum((points.max(0) + margin).astype(int) + 1, (shape[1], shape[0]))
    return int(x0), int(y0), int(x1), int(y1)


def _add_tube(
    distance: Floats, height: Floats, points: Points, radii: Floats, melt: float, several: bool
) -> None:
    margin = (melt if several else 0) + 6 + float(radii.max())
    x0, y0, x1, y1 = _part(distance.shape, points, margin)
    if x1 - x0 < 2 or y1 - y0 < 2:
        return
    near = np.full((y1 - y0, x1 - x0), _OUTSIDE, np.float32)
    kept = _bends(np.column_stack([points, radii]))
    local, radii = points[kept] - np.array([x0, y0], np.float32), radii[kept]
    for i in range(len(local) - 1):
        _add_segment(near, height[y0:y1, x0:x1], local[i : i + 2], radii[i : i + 2], margin)
    part = distance[y0:y1, x0:x1]
    part[:] = _union(part, near, melt) if several else near


def _bends(spine: Floats) -> list[int]:
    """The points of a spine, (n, 3) x, y, radius in px, that a chain of straight cones needs."""
    kept, first, last = [0], 0, len(spine) - 1
    while first < last:
        end = first + 1
        while end < last and _is_straight(spine[first : end + 2]):
            end += 1
        kept.append(end)
        first = end
    return kept


def _is_straight(run: Floats) -> bool:
    """Whether the points between the first and the last of a run lie on one cone."""
    chord = run[-1] - run[0]
    share = ((run[1:-1] - run[0]) @ chord / (chord @ chord + np.float32(1e-6)))[:, None]
    return bool(np.abs(run[0] + share * chord - run[1:-1]).max() < _BEND_PX)


def _add_segment(near: Floats, height: Floats, ends: Points, radii: Floats, margin: float) -> None:
    """One round cone, evaluated only where it reaches."""
    x0, y0, x1, y1 = _part(near.shape, ends, margin)
    if x1 <= x0 or y1 <= y0:
        return
    x = np.arange(x0, x1, dtype=np.float32) - ends[0, 0]
    y = np.arange(y0, y1, dtype=np.float32)[:, None] - ends[0, 1]
    dx, dy = (float(v) for v in ends[1] - ends[0])
    inverse = 1 / (dx * dx + dy * dy + 1e-6)
    t = np.minimum(np.maximum(x * np.float32(dx * inverse) + y * np.float32(dy * inverse), 0), 1)
    radius = np.float32(radii[0]) + np.float32(radii[1] - radii[0]) * t
    squared = (x - t * np.float32(dx)) ** 2 + (y - t * np.float32(dy)) ** 2
    part = near[y0:y1, x0:x1]
    np.maximum(part, radius - np.sqrt(squared), out=part)
    top = height[y0:y1, x0:x1]
    np.maximum(top, np.sqrt(np.maximum(radius * radius - squared, 0)), out=top)


def _add_outline(
    distance: Floats, height: Floats, points: Points, bulge: float, melt: float, several: bool
) -> None:
    x0, y0, x1, y1 = _part(distance.shape, points, melt + 6)
    if x1 - x0 < 2 or y1 - y0 < 2:
        return
    mask = coverage(points - np.array([x0, y0], np.float32), x1 - x0, y1 - y0)
    inside = (mask > 127).astype(np.uint8)
    near = cv2.distanceTransform(inside, cv2.DIST_L2, 5) - cv2.distanceTransform(1 - inside, cv2.DIST_L2, 5)
    soft = (mask > 0) & (mask < 255)
    near = np.where(soft, mask / np.float32(255) - 0.5, near - 0.5 * np.sign(near)).astype(np.float32)
    radius = min(bulge, max(2.0, float(near.max())))
    edge = np.clip(near, 0, radius)
    top = height[y0:y1, x0:x1]
    np.maximum(top, np.sqrt(edge * (2 * radius - edge)), out=top)
    part = distance[y0:y1, x0:x1]
    part[:] = _union(part, near, melt) if several else near


def _softened(height: Floats, distance: Floats, placed: list[tuple[Shape, Points]]) -> Floats:
    """Blur the height inside the edge; outlines need more, or the ridges of the distance show."""
    inside = (distance > 0).astype(np.float32)
    flat = any(isinstance(shape, Outline) for shape, _ in placed)
    sigma = max(1.2, (0.2 if flat else 0.1) * float(height.max()))
    return _smooth(height * inside, sigma) / (_smooth(inside, sigma) + np.float32(1e-3))


def _smooth(values: Floats, sigma: float) -> Floats:
    """A blur whose slopes are smooth too: light falls on them."""
    step = int(sigma / 3)
    rows, columns = values.shape
    if step < 2 or min(rows, columns) < 4 * step:
        return blur(values, sigma)
    small = blur(resize(values, columns // step, rows // step, AREA), sigma / step)
    return blur(resize(small, columns, rows), step * 0.9)
