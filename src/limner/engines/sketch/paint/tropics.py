"""Plants of hot places: palms and saguaros."""

from __future__ import annotations

import math

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import Points, box, ellipse, smooth, stroke
from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.paint.palette import Palette, mix, shift
from limner.engines.sketch.paint.raster import Rgb, draw_lines

_DRAWN = (0, 11, 1, 10, 2, 9, 3, 8, 4, 7, 5, 6)


def palm(canvas: Canvas, palette: Palette, x: float, y: float, height: float, rng: Rng) -> None:
    """A leaning palm with its foot at (x, y)."""
    bark = palette.local(0.50, 0.055, 62, 0.55)
    lean = height * float(rng.uniform(-0.15, 0.15))
    spine = smooth([(x, y), (x + lean * 0.3, y - height * 0.4), (x + lean, y - height * 0.84)], steps=8)
    shadow = ellipse(x + height * 0.1, y, height * 0.28, height * 0.025)
    canvas.fill(shadow, palette.dark, alpha=0.3, blur=6 * canvas.unit)
    canvas.polygon(stroke(spine, height * 0.055, height * 0.032), shift(bark, -0.08))
    canvas.polygon(stroke(spine + np.array([height * 0.008, 0]), height * 0.03, height * 0.016), bark)
    tip = (x + lean, y - height * 0.84)
    for k in _DRAWN:
        _frond(canvas, palette, tip, -math.pi / 2 + (k - 5.5) * 0.45, height, k, rng)
    for dx, dy in ((-0.02, 0.02), (0.022, 0.025), (0.0, 0.035)):
        canvas.dot(
            tip[0] + dx * height, tip[1] + dy * height, height * 0.018, palette.local(0.42, 0.07, 50, 0.5)
        )


def _frond(
    canvas: Canvas, palette: Palette, tip: tuple[float, float], turn: float, height: float, k: int, rng: Rng
) -> None:
    angle = turn + float(rng.normal(0, 0.08))
    long = height * float(rng.uniform(0.32, 0.42))
    c, s = math.cos(angle), math.sin(angle)
    rib = smooth(
        [tip, (tip[0] + c * long * 0.55, tip[1] + s * long * 0.5 - long * 0.12),
         (tip[0] + c * long, tip[1] + s * long * 0.55 + long * 0.30)], steps=9,
    )  # fmt: skip
    green = palette.local(0.42 + 0.17 * (k % 3) / 2, 0.10, 138, 0.45 + 0.25 * (k % 3))
    share = np.arange(2, len(rib) - 1) / len(rib)
    reach = long * 0.20 * np.sin(np.pi * share)[:, None] + 2 * canvas.unit
    for side in (-1, 1):
        ends = rib[2:-1] + np.column_stack(
            [side * 0.35 * reach[:, 0] + c * reach[:, 0] * 0.6, 0.9 * reach[:, 0]]
        )
        lines = np.stack([rib[2:-1], ends], 1)
        draw_lines(canvas.pixels, lines, np.tile(green, (len(lines), 1)), np.full(len(lines), height * 0.012))
    canvas.polygon(stroke(rib, height * 0.014, 1), shift(green, 0.06))


_LIMBS: tuple[tuple[tuple[tuple[float, float], ...], float], ...] = (
    (((0, -0.42), (-0.15, -0.43), (-0.20, -0.50), (-0.20, -0.72)), 0.09),
    (((0, -0.30), (0.14, -0.31), (0.19, -0.38), (0.19, -0.60)), 0.085),
)


def cactus(canvas: Canvas, palette: Palette, x: float, y: float, height: float) -> None:
    """A saguaro with its foot at (x, y)."""
    shade, light = palette.local(0.44, 0.08, 152, 0.4), palette.local(0.62, 0.11, 140, 0.95)
    shadow = ellipse(x + height * 0.08, y, height * 0.3, height * 0.028)
    canvas.fill(shadow, palette.dark, alpha=0.35, blur=6 * canvas.unit)
    for limb, width in _LIMBS:
        spine = smooth([(x + a * height, y + b * height) for a, b in limb], steps=8)
        _rounded(canvas, spine, width * height, light, shade)
    body = box(x - height * 0.075, y - height, x + height * 0.075, y, height * 0.075)
    canvas.fill(body, light, shade, 0)
    for k in (-1, 0, 1):
        rib = [(x + k * height * 0.038, y - height * 0.95), (x + k * height * 0.038, y)]
        canvas.line(rib, mix(shade, light, 0.25), max(1.0, 2 * canvas.unit))
    canvas.dot(x - height * 0.02, y - height * 0.995, height * 0.022, palette.local(0.72, 0.16, 0, 0.9))


def _rounded(canvas: Canvas, spine: Points, width: float, light: Rgb, shade: Rgb) -> None:
    canvas.fill(stroke(spine, width), light, shade, 0)
    end = spine[-1]
    canvas.dot(float(end[0]), float(end[1]), width / 2, mix(light, shade, 0.45))
