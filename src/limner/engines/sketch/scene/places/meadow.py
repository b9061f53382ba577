"""A meadow: rolling hills, a lone tree on a rise, a path to far trees, a fence and hay."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.flora import tree, tree_row
from limner.engines.sketch.paint.land import course, hills, meadow_ground, path
from limner.engines.sketch.paint.palette import Palette, mix
from limner.engines.sketch.paint.terrain import massif
from limner.engines.sketch.paint.yard import fence, hay, shadow
from limner.engines.sketch.scene.places.ground import Ground, Setting
from limner.engines.sketch.scene.places.outdoors import (
    far_wood,
    ground_at,
    horizon_at,
    open_sky,
    sun_side,
    vary,
)


def rolling(canvas: Canvas, setting: Setting) -> Ground:
    """Hills and grass under a wide sky."""
    palette, short = setting.palette, canvas.short
    horizon = horizon_at(canvas, setting, 0.48, 0.58)
    open_sky(canvas, setting, horizon, (0.4, 0.8))
    far_hills(canvas, palette, horizon)
    tree_row(canvas, palette, horizon + short * 0.012, 0.035, 0.085, 0.34, "far-trees", 8)
    meadow_ground(canvas, palette, horizon)
    return ground_at(canvas, setting, horizon, 0.22, 0.93)


def lone_tree(canvas: Canvas, setting: Setting) -> Ground:
    """One great tree on a rise, off the middle."""
    palette, short = setting.palette, canvas.short
    horizon = horizon_at(canvas, setting, 0.62, 0.67)
    open_sky(canvas, setting, horizon, (0.3, 0.7))
    far_hills(canvas, palette, horizon, 0.6)
    meadow_ground(canvas, palette, horizon)
    x = canvas.width * (0.5 - sun_side(canvas) * vary(canvas, 0.17, 0.24, "tree"))
    color = palette.grass(0.85, 0.95)
    _rise(canvas, palette, x, horizon, color)
    foot = horizon + short * 0.01
    shadow(canvas, palette, x - sun_side(canvas) * short * 0.10, foot + short * 0.035, short * 0.26, 0.45)
    tree(canvas, palette, x, foot + short * 0.03, min(short * 0.52, horizon * 0.86), canvas.stream("tree"),
         sun_side=sun_side(canvas))  # fmt: skip
    return ground_at(canvas, setting, horizon, 0.36, 0.94)


def far_path(canvas: Canvas, setting: Setting) -> Ground:
    """A path through the grass to trees and blue hills."""
    palette, short = setting.palette, canvas.short
    horizon = horizon_at(canvas, setting, 0.42, 0.48)
    open_sky(canvas, setting, horizon, (0.4, 0.8))
    massif(canvas, palette, horizon, sun_side(canvas), 0.14, 2, 0.35)
    far_wood(canvas, palette, horizon + short * 0.01, 0.42, "wood", 0.05)
    meadow_ground(canvas, palette, horizon, flowers=1.3)
    end = vary(canvas, 0.34, 0.66, "end")
    path(canvas, palette, course(canvas, horizon + short * 0.02, end, 0.5, 0.24, "way", 0.12))
    rng = canvas.stream("way-trees")
    for side, tall, drop in ((-1, 0.17, 0.035), (1, 0.21, 0.05)):
        at = (canvas.width * end + side * short * float(rng.uniform(0.13, 0.20)), horizon + short * drop)
        tree(canvas, palette, *at, short * tall, rng, 0.12, sun_side=sun_side(canvas))
    return ground_at(canvas, setting, horizon, 0.34, 0.94)


def farmland(canvas: Canvas, setting: Setting) -> Ground:
    """Fields with bales of hay behind a wooden fence."""
    palette, short = setting.palette, canvas.short
    horizon = horizon_at(canvas, setting, 0.50, 0.56)
    open_sky(canvas, setting, horizon, (0.4, 0.8))
    _fields(canvas, palette, horizon)
    tree_row(canvas, palette, horizon + short * 0.012, 0.05, 0.10, 0.28, "far-trees", 6)
    meadow_ground(canvas, palette, horizon + short * 0.02, flowers=0.7)
    rng = canvas.stream("hay")
    for x, t in ((0.22, 0.10), (0.63, 0.07), (0.80, 0.17), (0.42, 0.045)):
        at = (canvas.width * (x + float(rng.uniform(-0.04, 0.04))), horizon + short * (0.03 + t))
        hay(canvas, palette, *at, short * (0.025 + 0.42 * t), rng, sun_side(canvas))
    near = horizon + (canvas.height - horizon) * 0.62
    left, right = (near, near - short * 0.06) if sun_side(canvas) > 0 else (near - short * 0.06, near)
    for x0, y0, x1, y1 in (
        (-0.03, left, 0.30, left - short * 0.02),
        (0.70, right - short * 0.02, 1.03, right),
    ):
        fence(
            canvas,
            palette,
            (canvas.width * x0, y0),
            (canvas.width * x1, y1),
            (short * 0.12, short * 0.115),
            rng,
        )
    return ground_at(canvas, setting, horizon, 0.42, 0.94)


def far_hills(canvas: Canvas, palette: Palette, horizon: float, tall: float = 1.0) -> None:
    """Three rows of hills in haze."""
    short = canvas.short
    for k, (high, haze) in enumerate(((0.17, 0.72), (0.11, 0.46), (0.06, 0.22))):
        row = horizon + short * (0.010 + 0.012 * k)
        color = mix(palette.grass(0.45 + 0.2 * k, 0.8), mix(palette.haze, palette.middle, 0.35), haze)
        foot = mix(color, palette.haze, 0.40)
        end = horizon + short * 0.05
        hills(canvas, row, short * high * tall, 2.2 + k, color, foot, f"hill{k}", end, short * 0.14)


def _rise(
    canvas: Canvas, palette: Palette, x: float, horizon: float, color: tuple[float, float, float]
) -> None:
    """A low swell of the ground about column x, in the colours of the grass."""
    u = np.linspace(-1, 1, 40)
    half, high = canvas.short * 0.62, canvas.short * 0.045
    top = np.column_stack([x + u * half, horizon + canvas.short * 0.05 - high * np.cos(u * np.pi / 2) ** 2])
    canvas.fill(top, color, palette.grass(0.5, 0.8), blur=3 * canvas.unit)


def _fields(canvas: Canvas, palette: Palette, horizon: float) -> None:
    """Hills in squares of different crops."""
    far_hills(canvas, palette, horizon, 1.1)
    if palette.snowy:
        return
    rng = canvas.stream("crops")
    tones = ((0.82, 0.12, 92), (0.70, 0.13, 128), (0.76, 0.10, 78), (0.62, 0.11, 140))
    for k in range(7):
        x, wide = canvas.width * float(rng.random()), canvas.short * float(rng.uniform(0.10, 0.22))
        y = horizon + canvas.short * float(rng.uniform(-0.012, 0.02))
        tall = canvas.short * float(rng.uniform(0.010, 0.022))
        strip = [
            (x, y),
            (x + wide, y - tall * 0.3),
            (x + wide * 1.2, y + tall),
            (x + wide * 0.1, y + tall * 1.2),
        ]
        canvas.fill(
            strip, mix(palette.local(*tones[k % 4], 0.9), palette.haze, 0.35), alpha=0.8, blur=2 * canvas.unit
        )


LAYOUTS = (rolling, lone_tree, far_path, farmland)
