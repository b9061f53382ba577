"""What swims and rises under water: fish, shoals, bubbles."""

from __future__ import annotations

import math

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import ellipse
from limner.engines.sketch.paint.palette import WHITE, lch, mix
from limner.engines.sketch.paint.raster import Floats, Rgb, floats
from limner.engines.sketch.paint.reef import Water


def shoal(
    canvas: Canvas,
    water: Water,
    at: tuple[float, float],
    spread: float,
    count: int,
    tone: tuple[float, float, float],
    heading: float,
    name: str,
) -> None:
    """Many small fish about the point at, all heading the same way (-1 left); tone: OKLCH."""
    rng = canvas.stream(name)
    color = lch(tone[0] + water.shift * 0.6, tone[1], tone[2])
    angle, out = rng.random(count) * 6.28, rng.random(count) ** 0.7
    xs = at[0] + np.cos(angle) * out * spread + out * spread * 0.1
    ys = at[1] + np.sin(angle) * out * spread * 0.42 + np.cos(angle) * spread * 0.16 * heading
    for x, y, near in zip(xs.tolist(), ys.tolist(), np.sort(rng.random(count)).tolist(), strict=True):
        fish(
            canvas,
            water,
            x,
            y,
            canvas.short * (0.010 + 0.017 * near),
            heading,
            water.at(color, 0.75 - 0.7 * near),
            float(rng.normal(0, 0.1)),
        )


def fish(
    canvas: Canvas,
    water: Water,
    x: float,
    y: float,
    size: float,
    heading: float,
    color: Rgb,
    lean: float = 0.0,
) -> None:
    """A simple fish, size px from its middle to its mouth times two."""
    c, s = math.cos(lean), math.sin(lean)

    def turned(points: Floats | list[tuple[float, float]]) -> Floats:
        p = np.asarray(points, np.float32)
        u, v = p[:, 0] * heading, p[:, 1]
        return floats(np.column_stack([x + (u * c - v * s) * size, y + (u * s * heading + v * c) * size]))

    canvas.polygon(
        turned([(-0.35, 0), (-0.85, -0.32), (-0.70, 0), (-0.85, 0.32)]), mix(color, water.deep, 0.25)
    )
    canvas.polygon(turned(ellipse(0.05, 0, 0.55, 0.25, 0, 16)), color)
    canvas.polygon(turned([(0.1, -0.2), (-0.2, -0.42), (-0.25, -0.15)]), mix(color, water.deep, 0.2))
    canvas.polygon(turned([(0.5, 0.06), (0.1, 0.21), (-0.3, 0.11), (0.1, 0.08)]), mix(color, WHITE, 0.45))
    if size > 12 * canvas.unit:
        eye = turned([(0.36, -0.05)])[0]
        canvas.dot(float(eye[0]), float(eye[1]), max(1.0, size * 0.05), (20, 25, 40))


def bubbles(canvas: Canvas, water: Water, floor: float, count: int = 5) -> None:
    """Strings of bubbles rising from the floor, and motes in the light."""
    rng, color = canvas.stream("bubbles"), mix(water.top, WHITE, 0.4)
    for _ in range(count):
        x = canvas.width * float(rng.random())
        for k in range(9):
            radius = canvas.short * float(rng.uniform(0.003, 0.011)) * (0.7 + 0.06 * k)
            bx, by = x + float(rng.normal(0, canvas.short * 0.015)), floor - k * canvas.short * 0.075
            ring = ellipse(bx, by, radius, radius, 0, 18)
            canvas.fill(ring, color, alpha=0.22)
            canvas.line(np.concatenate([ring, ring[:1]]), color, 1)
            canvas.dot(bx - radius * 0.35, by - radius * 0.35, radius * 0.25, WHITE)
    for x, y, size in (rng.random((60, 3)) * (canvas.width, canvas.height, 1.0)).tolist():
        radius = (1 + 1.6 * size) * canvas.unit
        canvas.fill(ellipse(x, y, radius, radius, 0, 8), water.top, alpha=0.28)
