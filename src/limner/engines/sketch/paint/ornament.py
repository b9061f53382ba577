"""Small printed ornaments about a point: sprigs, blossoms, snowflakes, stars, hearts, confetti, bunting."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import Points, box, ellipse, heart, smooth, star, stroke
from limner.engines.sketch.paint.inks import Inks
from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.paint.palette import mix, shift
from limner.engines.sketch.paint.raster import Rgb

Motif: TypeAlias = Callable[[Canvas, float, float, float, Inks, Rng], None]
"""Draws itself about (x, y), size px across."""


def leaf(canvas: Canvas, x: float, y: float, size: float, degrees: float, color: Rgb) -> None:
    """A pointed leaf from (x, y) on, with a light rib."""
    outline = _turned(_LEAF, x, y, size, degrees)
    canvas.polygon(outline, color)
    rib = _turned(np.array([(0.08, 0.0), (0.86, 0.0)]), x, y, size, degrees)
    canvas.line(rib, shift(color, 0.10), max(1.0, size * 0.03))


_LEAF = smooth(
    [(0, 0), (0.25, 0.20), (0.6, 0.20), (1.0, 0.0), (0.6, -0.20), (0.25, -0.20)], closed=True, steps=5
)


def _turned(points: Points | np.ndarray, x: float, y: float, size: float, degrees: float) -> Points:
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    p = np.asarray(points, np.float32) * np.float32(size)
    return np.stack([x + p[:, 0] * c - p[:, 1] * s, y + p[:, 0] * s + p[:, 1] * c], 1).astype(np.float32)


def sprig(
    canvas: Canvas,
    x: float,
    y: float,
    size: float,
    degrees: float,
    colors: tuple[Rgb, ...],
    berries: Rgb | None = None,
) -> None:
    """A stem of paired leaves that grows from (x, y) and bends."""
    spine = smooth([(0, 0), (0.35, 0.05), (0.7, 0.03), (1.0, -0.06)], steps=6)
    path = _turned(spine, x, y, size, degrees)
    canvas.polygon(stroke(path, size * 0.022, size * 0.008), shift(colors[0], -0.06))
    for k, at in enumerate(np.linspace(2, len(path) - 2, 6).astype(int)):
        color = colors[k % len(colors)]
        for side in (-1, 1):
            reach = size * (0.30 - 0.025 * k)
            leaf(canvas, float(path[at, 0]), float(path[at, 1]), reach, degrees + side * 48, color)
        if berries is not None and k % 2:
            canvas.dot(float(path[at, 0]), float(path[at, 1]), size * 0.035, berries)
    leaf(canvas, float(path[-1, 0]), float(path[-1, 1]), size * 0.22, degrees - 8, colors[0])


def blossom(canvas: Canvas, x: float, y: float, size: float, inks: Inks, rng: Rng) -> None:
    """A five-petalled flower with a light heart."""
    turn = float(rng.uniform(0, 72))
    tone = (inks.accent, inks.paper, inks.second, mix(inks.accent, inks.paper, 0.5))[int(rng.integers(4))]
    if tone == inks.ground or (tone == inks.second and not inks.dark):
        tone = mix(inks.accent, inks.paper, 0.35)
    for k in range(5):
        a = math.radians(turn + 72 * k)
        petal = ellipse(
            x + math.cos(a) * size * 0.26,
            y + math.sin(a) * size * 0.26,
            size * 0.27,
            size * 0.20,
            turn + 72 * k,
            20,
        )
        canvas.polygon(petal, shift(tone, -0.02 * (k % 2)))
    canvas.dot(x, y, size * 0.14, mix((255.0, 205.0, 84.0), inks.accent, 0.15))
    canvas.dot(x, y, size * 0.06, mix((190.0, 110.0, 30.0), inks.deep, 0.2))


def twig(canvas: Canvas, x: float, y: float, size: float, inks: Inks, rng: Rng) -> None:
    """A sprig at any angle, centred on (x, y)."""
    degrees = float(rng.uniform(0, 360))
    half = size * 0.5
    start = (x - math.cos(math.radians(degrees)) * half, y - math.sin(math.radians(degrees)) * half)
    green = mix(inks.cool, (88.0, 150.0, 96.0), 0.5)
    sprig(canvas, *start, size, degrees, (green, shift(green, -0.08)), inks.accent)


def snowflake(canvas: Canvas, x: float, y: float, size: float, inks: Inks, rng: Rng) -> None:
    """A six-armed flake."""
    color, turn = (inks.paper if inks.dark else mix(inks.paper, inks.cool, 0.25)), float(rng.uniform(0, 60))
    thick = max(1.0, size * 0.055)
    for k in range(6):
        a = math.radians(turn + 60 * k)
        canvas.line([(x, y), (x + math.cos(a) * size * 0.5, y + math.sin(a) * size * 0.5)], color, thick)
        for share in (0.24, 0.38):
            px, py = x + math.cos(a) * size * share, y + math.sin(a) * size * share
            for side in (-1, 1):
                b = a + side * 0.9
                canvas.line(
                    [(px, py), (px + math.cos(b) * size * 0.14, py + math.sin(b) * size * 0.14)], color, thick
                )


def little_star(canvas: Canvas, x: float, y: float, size: float, inks: Inks, rng: Rng) -> None:
    """A five-pointed star."""
    canvas.polygon(star(x, y, size * 0.5), (inks.accent, inks.paper, inks.cool)[int(rng.integers(3))])


def sparkle(canvas: Canvas, x: float, y: float, size: float, inks: Inks, _rng: Rng) -> None:
    """A four-pointed glint."""
    canvas.polygon(star(x, y, size * 0.5, 4, 0.16), mix(inks.paper, inks.accent, 0.15 if inks.dark else 0.6))


def little_heart(canvas: Canvas, x: float, y: float, size: float, inks: Inks, rng: Rng) -> None:
    """A heart."""
    canvas.polygon(
        heart(x, y, size * 0.45), (inks.accent, mix(inks.accent, inks.paper, 0.4))[int(rng.integers(2))]
    )


def confetto(canvas: Canvas, x: float, y: float, size: float, inks: Inks, rng: Rng) -> None:
    """A scrap of coloured paper: a strip, a disc, a ring or a curl."""
    color = inks.bright[int(rng.integers(4))]
    kind, turn = int(rng.integers(4)), float(rng.uniform(0, 180))
    if kind == 0:
        canvas.polygon(_turned(box(-0.3, -0.1, 0.3, 0.1), x, y, size, turn), color)
    elif kind == 1:
        canvas.dot(x, y, size * 0.22, color)
    elif kind == 2:
        canvas.polygon(_turned(np.array([(-0.26, 0.2), (0.0, -0.28), (0.26, 0.2)]), x, y, size, turn), color)
    else:
        t = np.linspace(-0.5, 0.5, 14)
        curl = _turned(np.column_stack([t, 0.14 * np.sin(t * 12)]), x, y, size, turn)
        canvas.line(curl, color, max(1.0, size * 0.10))


def fallen_leaf(canvas: Canvas, x: float, y: float, size: float, inks: Inks, rng: Rng) -> None:
    """A leaf of autumn."""
    tone = (inks.accent, mix(inks.accent, (240.0, 180.0, 60.0), 0.6), mix(inks.accent, inks.deep, 0.3))[
        int(rng.integers(3))
    ]
    leaf(canvas, x - size * 0.4, y, size * 0.85, float(rng.uniform(0, 360)), tone)


def bunting(canvas: Canvas, inks: Inks, y: float, sag: float, name: str) -> None:
    """Pennants on a string across the picture."""
    rng = canvas.stream(name)
    step = canvas.short * 0.085
    count = max(4, int(canvas.width / step))
    x = np.linspace(-step * 0.5, canvas.width + step * 0.5, count + 1)
    spans = max(1, round(canvas.width / canvas.short))
    row = y + sag * np.sin(np.linspace(0, spans * math.pi, count + 1)) ** 2
    first = int(rng.integers(4))
    for k in range(count):
        middle = ((x[k] + x[k + 1]) / 2, (row[k] + row[k + 1]) / 2 + step * 1.05)
        color = (inks.accent, inks.paper, inks.cool, inks.second)[(k + first) % 4]
        inset = step * 0.06
        canvas.polygon([(x[k] + inset, row[k]), (x[k + 1] - inset, row[k + 1]), middle], color)
    canvas.line(np.column_stack([x, row]), inks.line, max(1.0, canvas.short * 0.005))


def bauble(canvas: Canvas, x: float, y: float, size: float, color: Rgb, inks: Inks) -> None:
    """A glass ball on a thread from the upper edge."""
    canvas.line([(x, 0), (x, y - size * 0.55)], mix(color, inks.paper, 0.4), max(1.0, size * 0.02))
    canvas.fill(ellipse(x, y, size * 0.5, size * 0.5), shift(color, 0.06), shift(color, -0.12), 60)
    band = [(x - size * 0.49, y - size * 0.08), (x, y), (x + size * 0.49, y - size * 0.08)]
    band += [(x + size * 0.49, y + size * 0.10), (x, y + size * 0.18), (x - size * 0.49, y + size * 0.10)]
    canvas.polygon(band, mix(color, inks.paper, 0.55))
    canvas.polygon(
        box(x - size * 0.10, y - size * 0.62, x + size * 0.10, y - size * 0.46), (222.0, 184.0, 98.0)
    )
    canvas.polygon(
        ellipse(x - size * 0.20, y - size * 0.22, size * 0.08, size * 0.12, 30),
        mix(color, (255.0, 255.0, 255.0), 0.65),
    )


SEASONAL: dict[str, tuple[Motif, ...]] = {
    "spring": (blossom, twig),
    "summer": (blossom, twig, little_heart),
    "autumn": (fallen_leaf, twig),
    "winter": (snowflake, little_star),
}
"""What is scattered on printed things of a season."""
