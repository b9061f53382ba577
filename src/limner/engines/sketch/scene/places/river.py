"""A river: winding to the horizon, over a fall, a brook among stones, a wide bend."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import smooth
from limner.engines.sketch.paint.flora import leaf_tones, pine_row, tree, tree_row
from limner.engines.sketch.paint.land import Course, brushwork, course, hills, meadow_ground
from limner.engines.sketch.paint.palette import WHITE, Palette, mix, shift
from limner.engines.sketch.paint.raster import draw_lines, floats
from limner.engines.sketch.paint.terrain import massif
from limner.engines.sketch.paint.water import reeds, stream
from limner.engines.sketch.paint.woods import bank
from limner.engines.sketch.paint.yard import rock
from limner.engines.sketch.scene.places.ground import Ground, Setting
from limner.engines.sketch.scene.places.outdoors import (
    aside,
    boulders,
    far_hills,
    far_wood,
    ground_at,
    open_horizon,
    sun_side,
    vary,
)


def winding(canvas: Canvas, setting: Setting) -> Ground:
    """A river that winds through meadows to far mountains."""
    palette, short = setting.palette, canvas.short
    horizon = open_horizon(canvas, setting, (0.42, 0.48), (0.4, 0.8))
    massif(canvas, palette, horizon, sun_side(canvas), 0.22, 2, 0.3)
    far_wood(canvas, palette, horizon + short * 0.008, 0.45, "wood", 0.035)
    meadow_ground(canvas, palette, horizon, flowers=0.9)
    side = sun_side(canvas)
    end = 0.5 + side * vary(canvas, 0.06, 0.16, "end")
    way = course(canvas, horizon + short * 0.012, end, aside(setting, side, 0.28, 0.46), 0.42, "river", 0.17)
    stream(canvas, palette, way)
    _on_the_banks(canvas, palette, way)
    return ground_at(canvas, setting, horizon, 0.40, 0.95, water=_afloat(way, canvas))


def fall(canvas: Canvas, setting: Setting) -> Ground:
    """A waterfall between wooded cliffs, and the pool before it."""
    palette, short = setting.palette, canvas.short
    horizon = open_horizon(canvas, setting, (0.58, 0.62), (0.2, 0.5), rise=0.4)
    top = canvas.height * 0.27
    rng = canvas.stream("fall-tones")
    bank(
        canvas,
        top + short * 0.03,
        short * 0.16,
        leaf_tones(palette, rng, 0.35, 0.1),
        "wood-top",
        top + short * 0.16,
    )
    middle = canvas.width * vary(canvas, 0.42, 0.58, "fall")
    _cliff(canvas, palette, top, horizon + short * 0.05)
    _plunge(canvas, palette, middle, top + short * 0.055, horizon + short * 0.035, short * 0.085)
    meadow_ground(canvas, palette, horizon + short * 0.04, flowers=0.8)
    way = course(
        canvas,
        horizon + short * 0.03,
        middle / canvas.width,
        aside(setting, sun_side(canvas), 0.0, 0.42),
        0.50,
        "river",
        0.10,
    )
    wide = floats(np.maximum(way.half, short * 0.13 * np.clip(1 - np.linspace(0, 2.2, 60), 0.0, 1)))
    stream(canvas, palette, Course(way.x, way.y, wide), falls=True)
    canvas.mist(horizon + short * 0.02, short * 0.075, mix(palette.horizon, WHITE, 0.5), 0.95, "spray")
    for k, x in enumerate((0.06, 0.94, 0.19)):
        at = (canvas.width * x, horizon + short * (0.10 + 0.02 * k))
        tree(canvas, palette, *at, short * (0.40 - 0.08 * k), rng, 0.0, sun_side=sun_side(canvas))
    _stones(canvas, palette, way, 7)
    return ground_at(canvas, setting, horizon, 0.55, 0.96)


def brook(canvas: Canvas, setting: Setting) -> Ground:
    """A brook over stones at the edge of a wood."""
    palette, short = setting.palette, canvas.short
    horizon = open_horizon(canvas, setting, (0.52, 0.57), (0.3, 0.6), rise=0.8)
    rng = canvas.stream("brook-tones")
    for k, haze in enumerate((0.55, 0.28)):
        tall = short * (0.26 - 0.07 * k)
        tones = leaf_tones(palette, rng, haze, 0.2)
        bank(canvas, horizon - tall * 0.4, tall * 0.6, tones, f"wood{k}", horizon + short * 0.03, 600)
    meadow_ground(canvas, palette, horizon, flowers=1.2)
    side = sun_side(canvas)
    way = course(
        canvas,
        horizon + short * 0.02,
        0.5 + side * 0.12,
        aside(setting, side, 0.10, 0.42),
        0.30,
        "brook",
        0.14,
    )
    stream(canvas, palette, way, falls=True)
    _stones(canvas, palette, way, 20)
    for x, tall, drop in ((0.10, 0.42, 0.10), (0.88, 0.46, 0.13)):
        at = (canvas.width * (x + float(rng.normal(0, 0.02))), horizon + short * drop)
        tree(canvas, palette, *at, short * tall, rng, 0.0, sun_side=side)
    return ground_at(canvas, setting, horizon, 0.42, 0.95)


def bend(canvas: Canvas, setting: Setting) -> Ground:
    """A wide river that turns before wooded hills; the near bank is low."""
    palette, short = setting.palette, canvas.short
    horizon = open_horizon(canvas, setting, (0.40, 0.45), (0.4, 0.8))
    far_hills(canvas, palette, horizon, 1.2)
    meadow_ground(canvas, palette, horizon, flowers=0.8)
    tree_row(canvas, palette, horizon + short * 0.02, 0.05, 0.10, 0.25, "far-trees", 9)
    side = sun_side(canvas)
    way = _turning(canvas, horizon + short * 0.045, side)
    stream(canvas, palette, way)
    pine_row(canvas, palette, horizon + short * 0.045, 0.03, 0.07, 0.25, "pines", 1.4)
    x = canvas.width * (0.5 - side * 0.40)
    reeds(canvas, palette, x, canvas.height * 0.80, short * 0.07, short * 0.16, "reeds")
    boulders(canvas, palette, canvas.height * 0.72, 5)
    return ground_at(canvas, setting, horizon, 0.70, 0.96, water=(canvas.height * 0.56, canvas.height * 0.68))


def _turning(canvas: Canvas, top: float, side: float) -> Course:
    """A river that comes from one side far off and crosses the picture."""
    rows = np.linspace(0, 1, 60)
    knots = np.array([0.0, 0.12, 0.30, 0.55, 0.80, 1.0])
    middle = np.interp(rows, knots, [0.62, 0.70, 0.58, 0.34, 0.10, -0.25])
    half = np.interp(rows, knots, [0.010, 0.035, 0.16, 0.34, 0.44, 0.46])
    bottom = canvas.height * 0.90
    x = canvas.width * (middle if side > 0 else 1 - middle)
    wide = smooth(np.column_stack([rows * 100, half * max(canvas.short, canvas.width * 0.75)])[::6], steps=6)
    widths = np.interp(rows * 100, wide[:, 0], wide[:, 1])
    return Course(floats(x), floats(top + (bottom - top) * rows**1.1), floats(widths))


def _afloat(way: Course, canvas: Canvas) -> tuple[float, float]:
    return float(way.y[0] + (canvas.height - way.y[0]) * 0.45), canvas.height * 0.80


def _on_the_banks(canvas: Canvas, palette: Palette, way: Course) -> None:
    """Trees and reeds along the water, far ones first."""
    rng = canvas.stream("bank-things")
    for t, side in ((0.42, -1), (0.50, 1), (0.62, -1), (0.74, 1)):
        k = int(t * (len(way.y) - 1))
        x = float(way.x[k]) + side * (float(way.half[k]) + canvas.short * (0.05 + 0.10 * t))
        if 0.30 < x / canvas.width < 0.70 and t > 0.55:
            continue
        tree(canvas, palette, x, float(way.y[k]), canvas.short * (0.05 + 0.30 * t * t), rng, 0.35 * (1 - t))
    k = int(0.80 * len(way.y))
    for side in (-1, 1):
        x = float(way.x[k]) + side * float(way.half[k]) * 1.05
        reeds(canvas, palette, x, float(way.y[k]), canvas.short * 0.04, canvas.short * 0.12, f"reeds{side}")


def _stones(canvas: Canvas, palette: Palette, way: Course, count: int) -> None:
    """Stones in and beside the water."""
    rng = canvas.stream("stones")
    for t in np.sort(rng.uniform(0.30, 0.93, count)).tolist():
        k = int(t * (len(way.y) - 1))
        out = float(rng.choice([-1.0, 1.0])) * float(rng.uniform(0.55, 1.12))
        x, size = float(way.x[k]) + out * float(way.half[k]), canvas.short * (0.012 + 0.085 * t * t)
        rock(
            canvas,
            palette,
            x,
            float(way.y[k]),
            size * float(rng.uniform(0.7, 1.2)),
            rng,
            0.0,
            sun_side(canvas),
        )


def _cliff(canvas: Canvas, palette: Palette, top: float, foot: float) -> None:
    """A wall of rock in upright slabs, mossy at the rim."""
    short = canvas.short
    light = palette.local(0.66, 0.028, 70, 0.85)
    shade = mix(palette.local(0.40, 0.030, 260, 0.35), palette.zenith, 0.15)
    rows = hills(canvas, top + short * 0.07, short * 0.05, 2.6, mix(light, shade, 0.25), shade, "cliff", foot)
    rng = canvas.stream("slabs")
    x = -short * 0.02
    while x < canvas.width:
        wide = short * float(rng.uniform(0.025, 0.085))
        column = min(max(int(x), 0), canvas.width - 1)
        high = float(rows[column]) + short * float(rng.uniform(0.0, 0.10))
        tone = mix(light, shade, float(rng.random()) * 0.9)
        face = [(x, foot), (x + wide * 0.06, high), (x + wide * 0.8, high - short * 0.012), (x + wide, foot)]
        canvas.fill(face, tone, mix(tone, shade, 0.7), 90, alpha=0.8)
        x += wide * float(rng.uniform(0.55, 0.95))
    brushwork(canvas, top + short * 0.08, foot, "cliff-brush", 0.05, 84, 500)
    moss = mix(palette.grass(0.5, 0.8), palette.haze, 0.1)
    outline = np.column_stack([np.arange(canvas.width), rows])[::6]
    canvas.polygon(
        np.concatenate([outline - (0, short * 0.012), outline[::-1] + np.array([0, short * 0.012])]), moss
    )


def _plunge(canvas: Canvas, palette: Palette, x: float, top: float, foot: float, half: float) -> None:
    """Falling water: a pale veil of long strokes."""
    white, blue = mix(palette.horizon, WHITE, 0.7), mix(palette.middle, palette.horizon, 0.35)
    rng = canvas.stream("plunge")
    sides = np.array(
        [[-0.72, 0], [-0.80, 0.3], [-0.95, 0.7], [-1.15, 1], [1.15, 1], [0.95, 0.7], [0.80, 0.3], [0.72, 0]]
    )
    shape = sides * (half, foot - top) + (x, top)
    canvas.fill(shape, mix(white, blue, 0.35), mix(white, blue, 0.15), 90)
    count = 170
    at, start = rng.uniform(-0.95, 0.95, count), rng.random(count) ** 1.1 * 0.85
    end = np.minimum(start + rng.uniform(0.12, 0.4, count), 1.0)
    lines = [
        np.column_stack([x + at * half * (0.72 + 0.38 * t), top + (foot - top) * t]) for t in (start, end)
    ]
    share = rng.random((count, 1))
    tone = np.asarray(white) * (1 - share) + np.asarray(shift(blue, -0.06)) * share
    draw_lines(canvas.pixels, np.stack(lines, 1), tone, half * rng.uniform(0.02, 0.07, count))


LAYOUTS = (winding, fall, brook, bend)
