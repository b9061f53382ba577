"""A logo-like ground: a badge on plain paper: a rounded square, a circle, a hexagon, a shield."""

from __future__ import annotations

import math

import numpy as np

from limner.engines.sketch.paint import printwork
from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import Points, ellipse, smooth
from limner.engines.sketch.paint.inks import Inks, light_on
from limner.engines.sketch.paint.palette import mix, shift
from limner.engines.sketch.scene.places.ground import Ground, Setting
from limner.engines.sketch.scene.places.printed import inks_of

_HALF = 0.36


def rounded_square(canvas: Canvas, setting: Setting) -> Ground:
    """A squircle with a gradient and a soft light at its top."""
    inks = _inks(canvas, setting)
    x, y, r = _middle(canvas)
    outline = _squircle(x, y, r)
    _badge(canvas, outline, mix(inks.ground, inks.cool, 0.12), mix(inks.ground, inks.accent, 0.55), r)
    _shine(canvas, _squircle(x, y - r * 0.02, r * 0.93), inks)
    return _centered(canvas, inks)


def roundel(canvas: Canvas, setting: Setting) -> Ground:
    """A disc in a ring."""
    inks = _inks(canvas, setting)
    x, y, r = _middle(canvas)
    _badge(canvas, ellipse(x, y, r, r, 0, 120), inks.deep, inks.deep, r)
    printwork.disc_of(canvas, x, y, r * 0.945, inks.paper)
    printwork.disc_of(canvas, x, y, r * 0.885, shift(inks.second, 0.02), mix(inks.second, inks.cool, 0.35))
    canvas.fill(_cap(x, y, r * 0.885, 0.42), mix(inks.cool, inks.deep, 0.15), mix(inks.cool, inks.deep, 0.35))
    return _centered(canvas, inks)


def hexagon(canvas: Canvas, setting: Setting) -> Ground:
    """A hexagon with soft corners, its lower half darker."""
    inks = _inks(canvas, setting)
    x, y, r = _middle(canvas)
    outline = _rounded(_hexagon(x, y, r * 1.04), 0.16)
    _badge(canvas, outline, mix(inks.accent, inks.paper, 0.12), mix(inks.accent, inks.deep, 0.18), r)
    canvas.fill(
        _rounded(_hexagon(x, y, r * 0.92), 0.16),
        mix(inks.second, inks.paper, 0.45),
        mix(inks.ground, inks.paper, 0.05),
    )
    return _centered(canvas, inks)


def shield(canvas: Canvas, setting: Setting) -> Ground:
    """A shield with a light border and rays."""
    inks = _inks(canvas, setting)
    x, y, r = _middle(canvas)
    _badge(canvas, _shield(x, y, r * 1.05), inks.deep, inks.deep, r)
    canvas.polygon(_shield(x, y, r * 0.985), inks.paper)
    canvas.fill(_shield(x, y, r * 0.92), mix(inks.cool, inks.paper, 0.18), mix(inks.cool, inks.deep, 0.28))
    for k in range(9):
        a = math.pi * (1 + k / 9)
        b = math.pi * (1 + (k + 0.5) / 9)
        reach = r * 0.72
        wedge = [
            (x, y + r * 0.10),
            (x + reach * math.cos(a), y + r * 0.10 + reach * math.sin(a)),
            (x + reach * math.cos(b), y + r * 0.10 + reach * math.sin(b)),
        ]
        canvas.fill(wedge, inks.paper, alpha=0.16)
    return _centered(canvas, inks)


def _middle(canvas: Canvas) -> tuple[float, float, float]:
    return canvas.width / 2, canvas.height / 2, canvas.short * _HALF


def _badge(
    canvas: Canvas,
    outline: Points,
    color: tuple[float, float, float],
    to: tuple[float, float, float],
    r: float,
) -> None:
    """The outline in a gradient over its own soft shadow."""
    shade = np.array([0, r * 0.055], np.float32)
    canvas.fill(outline + shade, (40.0, 36.0, 60.0), alpha=0.30, blur=r * 0.05)
    canvas.fill(outline, color, to, 60)


def _shine(canvas: Canvas, outline: Points, inks: Inks) -> None:
    middle = float(outline[:, 1].mean())
    upper = outline[outline[:, 1] < middle]
    order = upper[np.argsort(upper[:, 0])]
    sag = np.column_stack([order[::-1, 0], np.full(len(order), middle) - 0.18 * (middle - order[::-1, 1])])
    canvas.fill(np.concatenate([order, sag]), inks.paper, alpha=0.13)


def _squircle(x: float, y: float, r: float) -> Points:
    t = np.linspace(0, 2 * math.pi, 160, endpoint=False)
    u = np.sign(np.cos(t)) * np.abs(np.cos(t)) ** 0.32
    v = np.sign(np.sin(t)) * np.abs(np.sin(t)) ** 0.32
    return np.stack([x + r * u, y + r * v], 1).astype(np.float32)


def _hexagon(x: float, y: float, r: float) -> list[tuple[float, float]]:
    return [(x + r * math.sin(k * math.pi / 3), y - r * math.cos(k * math.pi / 3)) for k in range(6)]


def _rounded(corners: list[tuple[float, float]], share: float) -> Points:
    """The polygon with its corners rounded over a share of each side."""
    points: list[np.ndarray] = []
    for k, corner in enumerate(corners):
        here, before, after = (np.array(p) for p in (corner, corners[k - 1], corners[(k + 1) % len(corners)]))
        start, end = here + (before - here) * share, here + (after - here) * share
        points += [start * (1 - t) ** 2 + here * 2 * t * (1 - t) + end * t * t for t in np.linspace(0, 1, 8)]
    return np.array(points, np.float32)


def _shield(x: float, y: float, r: float) -> Points:
    side = [(-0.92, -0.86), (-0.95, -0.2), (-0.78, 0.42), (-0.36, 0.86), (0, 1.06)]
    left = smooth(side, steps=10)
    right = left[::-1] * np.array([-1, 1], np.float32)
    crest = smooth([(0.92, -0.86), (0.45, -0.90), (0, -1.0), (-0.45, -0.90), (-0.92, -0.86)], steps=6)
    return (np.concatenate([left, right, crest]) * np.float32(r) + np.array([x, y], np.float32)).astype(
        np.float32
    )


def _cap(x: float, y: float, r: float, level: float) -> Points:
    """The part of a disc below y + level * r."""
    start = math.asin(level)
    t = np.linspace(start, math.pi - start, 60)
    return np.stack([x + r * np.cos(t), y + r * np.sin(t)], 1).astype(np.float32)


def _inks(canvas: Canvas, setting: Setting) -> Inks:
    inks = inks_of(canvas, setting)
    printwork.flat(canvas, setting.background or (250.0, 249.0, 246.0))
    return inks


def _centered(canvas: Canvas, inks: Inks) -> Ground:
    """One body stands in the middle of the badge."""
    width, height, short = canvas.width, canvas.height, canvas.short
    foot = height / 2 + short * 0.20
    reach = short * 0.27
    return Ground(
        "none",
        height / 2,
        (foot, foot),
        light_on(inks),
        size=1.30,
        shadow=0.35,
        span=(width / 2 - reach, width / 2 + reach),
    )


LAYOUTS = (rounded_square, roundel, hexagon, shield)
