"""Outlines as (n, 2) point arrays: curves, brush strokes, ellipses, rounded boxes, stars, hearts."""

from __future__ import annotations

import math
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Points: TypeAlias = NDArray[np.float32]


def smooth(points: ArrayLike, closed: bool = False, steps: int = 10) -> Points:
    """A Catmull-Rom curve through points, with steps samples a span."""
    p = np.asarray(points, np.float32)
    if closed:
        q = np.concatenate([p[-1:], p, p[:2]])
    else:
        q = np.concatenate([2 * p[:1] - p[1:2], p, 2 * p[-1:] - p[-2:-1]])
    t = np.linspace(0, 1, steps, endpoint=False, dtype=np.float32)[:, None]
    spans = [_span(q[i], q[i + 1], q[i + 2], q[i + 3], t) for i in range(len(q) - 3)]
    return np.concatenate(spans if closed else [*spans, p[-1:]])


def _span(a: Points, b: Points, c: Points, d: Points, t: Points) -> Points:
    curve = 2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3
    return np.asarray(0.5 * curve, np.float32)


def stroke(points: ArrayLike, width: float, end_width: float | None = None) -> Points:
    """The outline of a curve whose width goes from width to end_width."""
    p = np.asarray(points, np.float32)
    d = np.concatenate([p[1:2] - p[:1], (p[2:] - p[:-2]) / 2, p[-1:] - p[-2:-1]])
    normal = np.stack([-d[:, 1], d[:, 0]], 1) / (np.hypot(d[:, 0], d[:, 1])[:, None] + 1e-6)
    half = np.linspace(width, width if end_width is None else end_width, len(p))[:, None] / 2
    return np.concatenate([p + normal * half, (p - normal * half)[::-1]]).astype(np.float32)


def ellipse(x: float, y: float, rx: float, ry: float, degrees: float = 0, count: int = 40) -> Points:
    """An ellipse about (x, y), turned by degrees."""
    t = np.linspace(0, 2 * np.pi, count, endpoint=False)
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    u, v = rx * np.cos(t), ry * np.sin(t)
    return np.stack([x + u * c - v * s, y + u * s + v * c], 1).astype(np.float32)


def box(x0: float, y0: float, x1: float, y1: float, radius: float = 0) -> Points:
    """A rectangle with rounded corners."""
    if radius <= 0:
        return np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], np.float32)
    r = max(min(radius, abs(x1 - x0) / 2, abs(y1 - y0) / 2), 0.01)
    corners = np.array([(x0 + r, y0 + r), (x1 - r, y0 + r), (x1 - r, y1 - r), (x0 + r, y1 - r)])
    return (corners[:, None] + r * _CORNERS).reshape(-1, 2).astype(np.float32)


_QUARTERS = np.radians([np.linspace(start, start + 90, 9) for start in (180, 270, 0, 90)])
_CORNERS = np.stack([np.cos(_QUARTERS), np.sin(_QUARTERS)], 2)


def star(x: float, y: float, radius: float, tips: int = 5, inner: float = 0.42) -> Points:
    """A star with one tip towards smaller y."""
    t = np.arange(2 * tips) * np.pi / tips - np.pi / 2
    r = np.where(np.arange(2 * tips) % 2, radius * inner, radius)
    return np.stack([x + r * np.cos(t), y + r * np.sin(t)], 1).astype(np.float32)


def heart(x: float, y: float, radius: float) -> Points:
    """A heart, point towards larger y, that fits a circle of the radius."""
    t = np.linspace(0, 2 * np.pi, 80, endpoint=False)
    u = 16 * np.sin(t) ** 3
    v = 13 * np.cos(t) - 5 * np.cos(2 * t) - 2 * np.cos(3 * t) - np.cos(4 * t)
    return np.stack([x + u * radius / 17, y - (v + 2.5) * radius / 17], 1).astype(np.float32)
