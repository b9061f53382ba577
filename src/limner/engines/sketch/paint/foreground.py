"""What frames a view of a city: roofs close by, a branch across a corner."""

from __future__ import annotations

import math

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import box, smooth, stroke
from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.paint.palette import WHITE, Palette, lch, mix
from limner.engines.sketch.paint.raster import Floats, Rgb, draw_polygons
from limner.engines.sketch.paint.streetware import GLOW
from limner.engines.sketch.paint.towers import plot


def branch(canvas: Canvas, palette: Palette, side: float) -> None:
    """A branch that reaches into the picture from an upper corner; side -1 from the left."""
    rng, short = canvas.stream("branch"), canvas.short
    bark = mix(palette.dark, palette.local(0.40, 0.05, 50, 0.4), 0.5)
    start = (-10.0 if side < 0 else canvas.width + 10.0, canvas.height * 0.03)
    twigs = [(start, 0.22, short * 0.62, short * 0.022, 2)]
    while twigs:
        (x, y), angle, length, width, left = twigs.pop(0)
        points = [(x, y)]
        for _ in range(5):
            angle += float(rng.normal(0, 0.16)) + 0.03
            px, py = points[-1]
            points.append((px + math.cos(angle) * length / 5 * -side, py + math.sin(angle) * length / 5))
        curve = smooth(points, steps=5)
        canvas.polygon(stroke(curve, width, width * 0.45), bark)
        if left < 2:
            _leaves(canvas, palette, curve, length, rng)
        for k in (1, 2, 3, 4) if left else ():
            turn = float(rng.choice([-1, 1])) * float(rng.uniform(0.35, 0.8))
            twigs.append(
                (points[k], angle + turn, length * float(rng.uniform(0.4, 0.6)), width * 0.5, left - 1)
            )


def _leaves(canvas: Canvas, palette: Palette, curve: Floats, length: float, rng: Rng) -> None:
    """Leaves of the season along a twig: blossom in spring, snow in winter."""
    short, count = canvas.short, int(length / canvas.short * 110)
    if count < 1:
        return
    at = curve[rng.integers(4, len(curve), count)]
    turn, size = rng.normal(1.2, 1.2, count), short * rng.uniform(0.018, 0.034, count)
    along = np.column_stack([np.cos(turn), np.sin(turn)]) * size[:, None]
    across = np.column_stack([-along[:, 1], along[:, 0]]) * 0.28
    table = _leaf_colors(palette)
    colors = np.asarray(table)[rng.integers(0, len(table), count)]
    draw_polygons(
        canvas.pixels, np.stack([at, at + along / 2 + across, at + along, at + along / 2 - across], 1), colors
    )


def _leaf_colors(palette: Palette) -> list[Rgb]:
    if palette.season == "spring":
        return [palette.local(light, 0.11, 355, 0.8) for light in (0.72, 0.82, 0.92)]
    if palette.snowy:
        return [palette.lit(lch(light, 0.012, 240), 0.9) for light in (0.84, 0.92, 0.97)]
    return [palette.leaf(share, 0.4 + 0.5 * share) for share in (0.1, 0.4, 0.8)]


def roofs(canvas: Canvas, palette: Palette, y: float, rows: int = 2) -> None:
    """Near roofs with chimneys and dormers over the lower part of the picture, from row y down."""
    short = canvas.short
    for k in range(rows):
        rng, x = canvas.stream(f"roofs{k}"), -short * 0.08
        level = y + (canvas.height - y) * (0.02 + 0.40 * k)
        while x < canvas.width:
            width = plot(canvas) * float(rng.uniform(0.2, 0.32)) * (1 + 0.3 * k)
            _roof(canvas, palette, (x, level + short * float(rng.uniform(-0.03, 0.05)), width), k, rng)
            x += width * float(rng.uniform(0.98, 1.1))


def _roof(canvas: Canvas, palette: Palette, at: tuple[float, float, float], near: int, rng: Rng) -> None:
    """One house top; at: left edge, row of the eaves, width."""
    x, eaves, width = at
    hue = float((30, 45, 20, 250)[int(rng.integers(4))])
    wall = palette.local(0.74 - 0.1 * near, 0.05, 70, 0.45)
    tile = lch(0.95, 0.01, 240) if palette.snowy else lch(0.54 - 0.08 * near, 0.11 - 0.02 * near, hue)
    roof, shade = palette.lit(tile, 0.85), palette.lit(tile, 0.3)
    rise = width * 0.30
    canvas.fill(box(x, eaves, x + width, canvas.height), wall, mix(wall, palette.dark, 0.4))
    _attic_windows(canvas, palette, x, eaves, width, rng)
    shape = [
        (x - width * 0.05, eaves + 4),
        (x + width * 0.22, eaves - rise),
        (x + width * 0.86, eaves - rise),
        (x + width * 1.05, eaves + 4),
    ]
    canvas.fill(shape, roof, shade)
    for q in np.linspace(0.12, 0.95, 5):
        row = eaves - rise * (1 - q)
        canvas.line(
            [
                (x - width * 0.05 + width * 0.27 * (1 - q), row),
                (x + width * 1.05 - width * 0.19 * (1 - q), row),
            ],
            mix(roof, shade, 0.75),
            1.3 * canvas.unit,
        )
    stack = x + width * float(rng.uniform(0.3, 0.7))
    brick = mix(palette.local(0.50, 0.09, 35, 0.6), shade, 0.3)
    canvas.fill(
        box(stack, eaves - rise - width * 0.16, stack + width * 0.09, eaves - rise + width * 0.08),
        brick,
        mix(brick, palette.dark, 0.3),
    )
    canvas.polygon(
        box(
            stack - width * 0.012,
            eaves - rise - width * 0.18,
            stack + width * 0.102,
            eaves - rise - width * 0.15,
        ),
        mix(brick, palette.dark, 0.4),
    )


def _attic_windows(canvas: Canvas, palette: Palette, x: float, eaves: float, width: float, rng: Rng) -> None:
    lit = palette.time in ("dusk", "night")
    pane = width * 0.12
    for k in range(3):
        px = x + width * (0.14 + 0.28 * k)
        for row in range(2):
            py = eaves + width * (0.14 + 0.34 * row)
            glow = lit and rng.random() < 0.65
            color = lch(0.88, 0.11, 80) if glow else mix(palette.middle, palette.dark, 0.6)
            canvas.polygon(
                box(px - pane * 0.12, py - pane * 0.12, px + pane * 1.12, py + pane * 1.6),
                mix(palette.local(0.93, 0.02, 85, 0.5), palette.dark, 0.2),
            )
            canvas.polygon(box(px, py, px + pane, py + pane * 1.45), color)
            canvas.line(
                [(px + pane / 2, py), (px + pane / 2, py + pane * 1.45)],
                mix(palette.dark, WHITE, 0.4),
                canvas.unit,
            )
            if glow:
                canvas.glow(px + pane / 2, py + pane, pane * 2.2, GLOW, 0.35)
