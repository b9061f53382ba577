"""A harbour: houses up a hill, boats at rest, a jetty, a quay."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import box
from limner.engines.sketch.paint.land import brushwork, hills
from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.paint.palette import WHITE, Palette, lch, mix
from limner.engines.sketch.paint.waves import deep_color, sea, shallow_color
from limner.engines.sketch.scene.places.ground import (
    Ground,
    Setting,
    sun_side,
)
from limner.engines.sketch.scene.places.outdoors import waterside
from limner.engines.sketch.scene.places.seaside import mirrored_box, sea_air

_ROOFS = ((0.56, 0.14, 35), (0.50, 0.10, 255), (0.60, 0.12, 50), (0.46, 0.09, 20))
_WALLS = ((0.93, 0.03, 85), (0.86, 0.06, 60), (0.88, 0.05, 20), (0.85, 0.05, 220), (0.90, 0.07, 95))


def harbour(canvas: Canvas, setting: Setting) -> Ground:
    """Houses up the far side of a harbour, a jetty, and a quay to stand on."""
    horizon, _, palette = sea_air(canvas, setting, (0.46, 0.52), (0.4, 0.7), 0.8)
    width, height, short = canvas.width, canvas.height, canvas.short
    hills(
        canvas,
        horizon + 4,
        short * 0.20,
        1.3,
        mix(palette.leaf(0.5, 0.8), palette.haze, 0.5),
        mix(palette.leaf(0.3, 0.6), palette.haze, 0.35),
        "harbour-hill",
        horizon + 4,
    )
    _houses(canvas, palette, horizon)
    sea(
        canvas,
        palette,
        horizon + 2,
        height,
        0.45,
        None,
        mix(deep_color(palette), shallow_color(palette), 0.25),
    )
    mirrored_box(canvas, horizon + 2, int(horizon + short * 0.3), 0.55, width / 2, width)
    quay = height * 0.82
    _moorings(canvas, palette, horizon, quay)
    _jetty(canvas, palette, horizon, quay)
    _quay(canvas, palette, quay)
    return waterside(canvas, palette, "floor", horizon, quay, (0.35, 0.96), (0.3, 0.8))


def _houses(canvas: Canvas, palette: Palette, horizon: int) -> None:
    """Small gabled houses in rows up the hill, far rows first."""
    short, rng = canvas.short, canvas.stream("houses")
    for row in range(3):
        foot = horizon + 3 - short * 0.045 * (2 - row)
        size = short * (0.034 + 0.010 * row)
        x = float(rng.uniform(-0.5, 0.5)) * size + canvas.width * 0.05 * (2 - row)
        while x < canvas.width * (1 - 0.05 * (2 - row)):
            wide = size * float(rng.uniform(0.9, 1.5))
            _house(
                canvas, palette, x, foot, wide, size * float(rng.uniform(1.0, 1.7)), 0.30 - 0.10 * row, rng
            )
            x += wide * float(rng.uniform(1.02, 1.5 if row == 2 else 2.0))


def _house(
    canvas: Canvas, palette: Palette, x: float, foot: float, wide: float, tall: float, haze: float, rng: Rng
) -> None:
    wall = mix(palette.local(*_WALLS[int(rng.integers(len(_WALLS)))], 0.85), palette.haze, haze)
    tile = lch(0.95, 0.01, 240) if palette.snowy else lch(*_ROOFS[int(rng.integers(len(_ROOFS)))])
    roof = mix(palette.lit(tile, 0.8), palette.haze, haze)
    top = foot - tall
    canvas.polygon(box(x, top, x + wide, foot), wall)
    canvas.polygon(box(x + wide * 0.68, top, x + wide, foot), mix(wall, palette.dark, 0.22))
    canvas.polygon(
        [(x - wide * 0.06, top), (x + wide * 0.5, top - wide * 0.45), (x + wide * 1.06, top)], roof
    )
    pane = lch(0.88, 0.11, 80) if palette.time in ("dusk", "night") else mix(wall, palette.dark, 0.5)
    step = wide / 3
    for j in range(max(1, int(tall / (step * 1.2)))):
        for i in range(2):
            px, py = x + step * (0.55 + 1.1 * i), top + step * (0.45 + 1.2 * j)
            if py + step * 0.6 < foot and rng.random() < 0.8:
                canvas.polygon(box(px, py, px + step * 0.5, py + step * 0.62), pane)


def _moorings(canvas: Canvas, palette: Palette, horizon: int, quay: float) -> None:
    """Small boats at rest: hull, mast, furled sail and their mirror images."""
    rng, side = canvas.stream("moorings"), sun_side(canvas)
    for k in range(5):
        depth = 0.07 + 0.06 * k
        x = canvas.width * (0.5 + side * float(rng.uniform(0.04, 0.46)))
        y, size = horizon + (quay - horizon) * depth, canvas.short * (0.03 + 0.10 * depth)
        hull = palette.local(
            *((0.93, 0.02, 90), (0.55, 0.14, 30), (0.50, 0.10, 245), (0.6, 0.1, 165))[k % 4], 0.85
        )
        mast = mix(palette.dark, palette.haze, 0.35)
        canvas.line([(x, y - size * 0.2), (x, y - size * 2.0)], mast, 2 * canvas.unit)
        canvas.line(
            [(x, y - size * 0.5), (x + size * 0.75, y - size * 0.42)], mix(hull, WHITE, 0.5), 4 * canvas.unit
        )
        canvas.fill(
            [
                (x - size * 0.8, y - size * 0.30),
                (x + size * 0.9, y - size * 0.26),
                (x + size * 0.66, y),
                (x - size * 0.62, y),
            ],
            mix(hull, palette.sun, 0.15),
            mix(hull, palette.dark, 0.3),
        )
        mirrored_box(canvas, int(y), int(y + size * 1.6), 0.6, x, size * 1.3)


def _jetty(canvas: Canvas, palette: Palette, horizon: int, quay: float) -> None:
    """A wooden jetty that runs from the quay into the harbour."""
    side, width, short = -sun_side(canvas), canvas.width, canvas.short
    wood, dark = (
        palette.local(0.60, 0.06, 65, 0.85),
        mix(palette.local(0.40, 0.05, 60, 0.3), palette.dark, 0.3),
    )
    far_y = horizon + (quay - horizon) * 0.36
    near_x, far_x = width * (0.5 + side * 0.22), width * (0.5 + side * 0.08)
    half_near, half_far = short * 0.10, short * 0.022
    for t in np.linspace(0.0, 1, 7) ** 1.4:
        y, x = far_y + (quay - far_y) * t, far_x + (near_x - far_x) * t
        half, tall = half_far + (half_near - half_far) * t, short * (0.018 + 0.06 * t)
        for s in (-1, 1):
            canvas.polygon(
                box(x + s * half - tall * 0.10, y - tall * 0.5, x + s * half + tall * 0.10, y + tall), dark
            )
    canvas.fill(
        [
            (far_x - half_far, far_y),
            (far_x + half_far, far_y),
            (near_x + half_near, quay + 2),
            (near_x - half_near, quay + 2),
        ],
        mix(wood, palette.haze, 0.25),
        wood,
    )
    for t in np.linspace(0.02, 1, 22) ** 1.7:
        y, x = far_y + (quay - far_y) * t, far_x + (near_x - far_x) * t
        half = half_far + (half_near - half_far) * t
        canvas.line([(x - half, y), (x + half, y)], mix(wood, dark, 0.6), (0.6 + 1.6 * t) * canvas.unit)


def _quay(canvas: Canvas, palette: Palette, top: float) -> None:
    """A stone quay with bollards along its edge."""
    width, height, short = canvas.width, canvas.height, canvas.short
    base = lch(0.92, 0.01, 240) if palette.snowy else lch(0.72, 0.03, 75)
    flag, dark = palette.lit(base, 0.85), mix(palette.lit(base, 0.4), palette.dark, 0.35)
    canvas.fill(box(0, top, width, height), mix(flag, palette.haze, 0.15), mix(flag, dark, 0.35))
    rng = canvas.stream("flags")
    for t in (0.12, 0.34, 0.64):
        y = top + (height - top) * t
        canvas.line([(0, y), (width, y)], mix(flag, dark, 0.4), (1 + t) * canvas.unit)
        for x in np.arange(-0.5, 1.6, (0.10 + 0.22 * t) * max(short / width, 0.2)) + rng.uniform(0, 0.1):
            a, b = 0.5 + (x - 0.5), 0.5 + (x - 0.5) * (1.25 + t * 0.3)
            canvas.line(
                [(a * width, y), (b * width, y + (height - top) * (0.22 + 0.14 * t))],
                mix(flag, dark, 0.35),
                canvas.unit,
            )
    brushwork(canvas, top + 2, height, "quay-brush", 0.05, 0, 700)
    canvas.polygon(box(0, top - short * 0.004, width, top + short * 0.012), mix(flag, WHITE, 0.25))
    iron = mix(palette.dark, palette.middle, 0.12)
    for x in np.arange(0.07, 1.0, 0.29 * max(short / width, 0.2)) * width:
        canvas.polygon(
            box(
                x - short * 0.012, top - short * 0.028, x + short * 0.012, top + short * 0.014, short * 0.005
            ),
            iron,
        )
        canvas.polygon(
            box(
                x - short * 0.018, top - short * 0.036, x + short * 0.018, top - short * 0.022, short * 0.006
            ),
            mix(iron, WHITE, 0.15),
        )
