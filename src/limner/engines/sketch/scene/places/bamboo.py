"""A bamboo grove: a way through it, a sunny clearing, stalks before misty hills, a brook."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.land import Course, course, hills, lawn, meadow_ground, path
from limner.engines.sketch.paint.palette import Palette, mix
from limner.engines.sketch.paint.terrain import Range, mountain_range
from limner.engines.sketch.paint.water import stream
from limner.engines.sketch.paint.woods import culm, lances, shafts
from limner.engines.sketch.paint.yard import rock
from limner.engines.sketch.scene.places.ground import Ground, Setting
from limner.engines.sketch.scene.places.outdoors import (
    aside,
    ground_at,
    horizon_at,
    open_horizon,
    open_sky,
    sun_side,
    vary,
)


def way(canvas: Canvas, setting: Setting) -> Ground:
    """A path that leads into the grove, stalks on both sides."""
    palette, short = setting.palette, canvas.short
    horizon = horizon_at(canvas, setting, 0.56, 0.61)
    _green_air(canvas, setting, horizon)
    vanish = vary(canvas, 0.44, 0.56, "vanish")
    canvas.glow(
        canvas.width * vanish,
        horizon - short * 0.12,
        short * 0.45,
        palette.sun,
        0.35 if palette.night else 0.7,
    )
    lawn(canvas, palette, horizon)
    path(canvas, palette, course(canvas, horizon + short * 0.012, vanish, 0.5, 0.40, "way", 0.05))
    rng = canvas.stream("stalks")
    for t in np.sort(rng.random(26) ** 1.2).tolist():
        side = 1 if rng.random() < 0.5 else -1
        out = (0.05 + 0.46 * t) * float(rng.uniform(1.0, 2.0))
        x = canvas.width * vanish + side * out * max(short, canvas.width * 0.8)
        foot = horizon + (canvas.height - horizon) * (0.01 + 0.66 * t)
        culm(canvas, palette, x, foot, short * (0.009 + 0.036 * t), rng, 0.5 * (1 - t) ** 2, sun_side(canvas))
    _leaf_roof(canvas, palette, 0.20)
    shafts(canvas, palette, (canvas.width * vanish, -short * 0.1))
    return ground_at(canvas, setting, horizon, 0.40, 0.95)


def clearing(canvas: Canvas, setting: Setting) -> Ground:
    """Open ground before a wall of bamboo."""
    palette, short = setting.palette, canvas.short
    horizon = horizon_at(canvas, setting, 0.60, 0.65)
    _green_air(canvas, setting, horizon)
    _row(canvas, palette, horizon + short * 0.01, 20, 0.016, 0.36, "middle-row")
    meadow_ground(canvas, palette, horizon, flowers=0.5)
    _row(canvas, palette, horizon + short * 0.06, 7, 0.028, 0.10, "near-row", clear=0.20)
    _row(canvas, palette, canvas.height * 0.84, 4, 0.046, 0.0, "frame", clear=0.40)
    _leaf_roof(canvas, palette, 0.16)
    shafts(canvas, palette, (canvas.width * (0.5 + 0.3 * sun_side(canvas)), 0.0), strength=0.6)
    rng = canvas.stream("stones")
    for x, t in ((0.24, 0.30), (0.79, 0.42), (0.72, 0.36)):
        at = (canvas.width * x, horizon + (canvas.height - horizon) * t)
        rock(canvas, palette, *at, short * float(rng.uniform(0.05, 0.10)), rng, 0.0, sun_side(canvas))
    return ground_at(canvas, setting, horizon, 0.34, 0.94)


def misty_hills(canvas: Canvas, setting: Setting) -> Ground:
    """A few great stalks before hills that float in mist."""
    palette, short = setting.palette, canvas.short
    horizon = open_horizon(canvas, setting, (0.60, 0.66), (0.1, 0.4))
    air = mix(palette.haze, palette.sun, 0.3)
    for k, (tall, haze) in enumerate(((0.36, 0.80), (0.24, 0.60), (0.13, 0.40))):
        focus = (0.62, 0.32, 0.74)[k]
        form = Range(tall, 2.6 + 0.4 * k, focus, haze, wooded=2.0, snow=-9.0, rough=0.7)
        row = horizon + short * 0.012 * k
        mountain_range(canvas, palette, row, form, f"hill{k}", sun_side(canvas))
        canvas.mist(row - short * 0.02, short * 0.09, air, 0.95, f"mist{k}")
    meadow_ground(canvas, palette, horizon + short * 0.02, flowers=0.6)
    side = -sun_side(canvas)
    rng = canvas.stream("stalks")
    for u, wide, foot in (
        (0.46, 0.030, 0.80),
        (0.27, 0.022, 0.74),
        (0.38, 0.042, 0.90),
        (-0.45, 0.034, 0.84),
    ):
        x = canvas.width * (0.5 + side * u)
        culm(canvas, palette, x, canvas.height * foot, short * wide, rng, 0.0, sun_side(canvas))
    for u, v in ((0.44, 0.10), (0.30, 0.05), (0.20, 0.14), (0.46, 0.26), (-0.44, 0.06), (-0.34, 0.12)):
        spot = (canvas.width * (0.5 + side * u), canvas.height * v)
        lances(canvas, palette, *spot, short * 0.13, 42, rng, 0.0)
    return ground_at(canvas, setting, horizon, 0.36, 0.94)


def brook(canvas: Canvas, setting: Setting) -> Ground:
    """A brook between stones at the foot of the bamboo."""
    palette, short = setting.palette, canvas.short
    horizon = horizon_at(canvas, setting, 0.50, 0.55)
    _green_air(canvas, setting, horizon)
    _row(canvas, palette, horizon + short * 0.01, 16, 0.018, 0.30, "middle-row")
    meadow_ground(canvas, palette, horizon, flowers=0.6)
    side = sun_side(canvas)
    flow = course(
        canvas,
        horizon + short * 0.02,
        0.5 + side * 0.10,
        aside(setting, side, 0.24, 0.44),
        0.34,
        "brook",
        0.13,
    )
    stream(canvas, palette, flow, falls=True)
    _stones(canvas, palette, flow)
    _row(canvas, palette, horizon + (canvas.height - horizon) * 0.34, 5, 0.036, 0.0, "near-row", clear=0.36)
    _leaf_roof(canvas, palette, 0.18)
    shafts(canvas, palette, (canvas.width * (0.5 + 0.3 * side), 0.0))
    return ground_at(canvas, setting, horizon, 0.46, 0.95)


def _green_air(canvas: Canvas, setting: Setting, horizon: float) -> None:
    """Sky that shines green through far stalks."""
    palette, short = setting.palette, canvas.short
    open_sky(canvas, setting, horizon, (0.0, 0.2), sun=False)
    leaf = palette.local(0.76, 0.10, 125, 0.9)
    veil = np.linspace(0.35, 0.72, 16, dtype=np.float32)[:, None] * np.ones((1, 2), np.float32)
    canvas.veil(veil, mix(leaf, palette.haze, 0.45), 0, int(horizon) + 4)
    hills(
        canvas,
        horizon + short * 0.004,
        short * 0.10,
        2.4,
        mix(leaf, palette.haze, 0.5),
        mix(leaf, palette.haze, 0.3),
        "far",
        horizon + short * 0.03,
    )
    _row(canvas, palette, horizon + short * 0.005, 30, 0.011, 0.62, "far-row")
    rng = canvas.stream("far-leaves")
    count = int(10 * min(2.5, canvas.width / short))
    for _ in range(count):
        spot = (float(rng.random()) * canvas.width, horizon * float(rng.uniform(0.05, 0.75)))
        lances(canvas, palette, *spot, short * 0.09, 22, rng, 0.5)


def _row(
    canvas: Canvas,
    palette: Palette,
    foot: float,
    count: int,
    width: float,
    haze: float,
    name: str,
    clear: float = 0.0,
) -> None:
    """Stalks along row foot, none within clear (a share of the width) of the middle."""
    rng = canvas.stream(name)
    count = int(min(count * 2.4, count * max(1.0, canvas.width / canvas.short)))
    for u in ((np.arange(count) + rng.uniform(0.1, 0.9, count)) / count - 0.5).tolist():
        x = u * (1 - 2 * clear) + clear * (1 if u > 0 else -1)
        at = canvas.width * (0.5 + x)
        wide = canvas.short * width * float(rng.uniform(0.75, 1.25))
        culm(
            canvas,
            palette,
            at,
            foot + canvas.short * float(rng.uniform(0, 0.02)),
            wide,
            rng,
            haze,
            sun_side(canvas),
        )


def _leaf_roof(canvas: Canvas, palette: Palette, deep: float) -> None:
    """Sprays of leaves that hang in from above, most of them at the corners."""
    rng = canvas.stream("leaf-roof")
    count = int(20 * min(2.5, max(1.0, canvas.width / canvas.short)))
    for u in (np.arange(count) / (count - 1)).tolist():
        out = abs(u - 0.5) * 2
        drop = canvas.height * deep * (0.15 + 1.1 * out**1.6) * float(rng.uniform(0.5, 1.1))
        lances(
            canvas, palette, canvas.width * u, drop - canvas.short * 0.04, canvas.short * 0.11, 34, rng, 0.12
        )


def _stones(canvas: Canvas, palette: Palette, flow: Course) -> None:
    rng = canvas.stream("stones")
    for t in np.sort(rng.uniform(0.3, 0.9, 13)).tolist():
        k = int(t * (len(flow.y) - 1))
        out = float(rng.choice([-1.0, 1.0])) * float(rng.uniform(0.7, 1.15))
        at = (float(flow.x[k]) + out * float(flow.half[k]), float(flow.y[k]))
        rock(canvas, palette, *at, canvas.short * (0.015 + 0.09 * t * t), rng, 0.0, sun_side(canvas))


LAYOUTS = (way, clearing, misty_hills, brook)
