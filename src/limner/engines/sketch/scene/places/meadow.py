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
    far_hills,
    far_wood,
    ground_at,
    open_horizon,
    sun_side,
    vary,
)

_CROPS = ((0.78, 0.12, 122), (0.86, 0.13, 95), (0.66, 0.12, 138), (0.82, 0.11, 85), (0.72, 0.14, 128))


def rolling(canvas: Canvas, setting: Setting) -> Ground:
    """Hills and grass under a wide sky."""
    palette, short = setting.palette, canvas.short
    horizon = open_horizon(canvas, setting, (0.48, 0.58), (0.4, 0.8))
    far_hills(canvas, palette, horizon)
    tree_row(canvas, palette, horizon + short * 0.012, 0.035, 0.085, 0.34, "far-trees", 8)
    meadow_ground(canvas, palette, horizon)
    return ground_at(canvas, setting, horizon, 0.22, 0.93)


def lone_tree(canvas: Canvas, setting: Setting) -> Ground:
    """One great tree on a rise, off the middle."""
    palette, short = setting.palette, canvas.short
    horizon = open_horizon(canvas, setting, (0.62, 0.67), (0.3, 0.7))
    far_hills(canvas, palette, horizon, 0.6)
    meadow_ground(canvas, palette, horizon)
    x = canvas.width * (0.5 - sun_side(canvas) * vary(canvas, 0.17, 0.24, "tree"))
    foot = horizon + short * 0.01
    shadow(canvas, palette, x - sun_side(canvas) * short * 0.09, foot + short * 0.038, short * 0.20, 0.45)
    tree(canvas, palette, x, foot + short * 0.03, min(short * 0.52, horizon * 0.86), canvas.stream("tree"),
         sun_side=sun_side(canvas))  # fmt: skip
    return ground_at(canvas, setting, horizon, 0.36, 0.94)


def far_path(canvas: Canvas, setting: Setting) -> Ground:
    """A path through the grass to trees and blue hills."""
    palette, short = setting.palette, canvas.short
    horizon = open_horizon(canvas, setting, (0.42, 0.48), (0.4, 0.8))
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
    """Fields in strips up a hillside, bales of hay, a wooden fence before them."""
    palette, short = setting.palette, canvas.short
    horizon = open_horizon(canvas, setting, (0.34, 0.39), (0.4, 0.8))
    far_hills(canvas, palette, horizon, 0.9)
    near = horizon + (canvas.height - horizon) * 0.46
    _fields(canvas, palette, horizon, near)
    meadow_ground(canvas, palette, near, flowers=0.9)
    rng = canvas.stream("hay")
    for x, t, size in ((0.24, 0.02, 0.055), (0.62, 0.05, 0.075), (0.84, 0.15, 0.13), (0.13, 0.26, 0.17)):
        at = (canvas.width * (x + float(rng.uniform(-0.03, 0.03))), near + short * t)
        hay(canvas, palette, *at, short * size, rng, sun_side(canvas))
    line = near + (canvas.height - near) * 0.62
    for x0, x1, y0, y1 in ((-0.03, 0.33, 0.05, 0.0), (0.67, 1.03, 0.0, 0.05)):
        ends = (canvas.width * x0, line + short * y0), (canvas.width * x1, line + short * y1)
        fence(canvas, palette, *ends, (short * 0.13, short * 0.13), rng)
    return ground_at(canvas, setting, horizon, 0.62, 0.95)


def _fields(canvas: Canvas, palette: Palette, top: float, bottom: float) -> None:
    """A hillside in bands of different crops, divided by hedges and trees."""
    rng = canvas.stream("crops")
    short = canvas.short
    for k in range(5):
        row = top + (bottom - top) * (k / 5) ** 1.15
        deep = (bottom - top) * 0.34
        tone = palette.grass(0.6, 0.9) if palette.snowy else palette.local(*_CROPS[k % len(_CROPS)], 0.95)
        color = mix(tone, palette.haze, 0.34 - 0.07 * k)
        foot = mix(color, palette.grass(0.3, 0.6), 0.35)
        end = bottom + short * 0.05
        shape = hills(canvas, row, short * 0.035, 1.3, color, foot, f"crop{k}", end, deep)
        _furrows(canvas, row + deep * 0.35, deep * 0.5, mix(color, palette.grass(0.2, 0.5), 0.35), k)
        for x in sorted(rng.random(4).tolist()):
            column = min(int(x * canvas.width), canvas.width - 1)
            size = short * (0.03 + 0.012 * k) * float(rng.uniform(0.8, 1.3))
            tree(
                canvas,
                palette,
                float(column),
                float(shape[column]) + short * 0.004,
                size,
                rng,
                0.30 - 0.06 * k,
            )


def _furrows(canvas: Canvas, row: float, deep: float, color: tuple[float, float, float], index: int) -> None:
    """Lines of seed that follow the slope."""
    slant = 0.25 if index % 2 else -0.25
    for k in range(5):
        y = row + deep * k / 5
        u = np.linspace(0, 1, 12)
        sag = slant * (u - 0.5) * 0.12 + 0.006 * np.sin(u * 7 + index)
        line = np.column_stack([u * canvas.width, y + canvas.short * sag])
        canvas.line(line, color, max(1.0, canvas.unit * (0.8 + 0.35 * index)))


LAYOUTS = (rolling, lone_tree, far_path, farmland)
