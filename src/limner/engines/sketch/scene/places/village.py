"""A village: a lane to the church, a square, houses up a hillside, roofs among fields."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.cottages import church, cottage, lit_fir
from limner.engines.sketch.paint.curves import ellipse
from limner.engines.sketch.paint.flora import pine_row, tree, tree_row
from limner.engines.sketch.paint.land import course, hills, lawn, meadow_ground, path
from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.paint.palette import Palette, mix
from limner.engines.sketch.paint.terrain import massif
from limner.engines.sketch.paint.yard import bench, fence, flower_bed, lamp_post, shadow, snow_of
from limner.engines.sketch.scene.places.garden import fountain
from limner.engines.sketch.scene.places.ground import Ground, Setting
from limner.engines.sketch.scene.places.outdoors import (
    far_hills,
    far_wood,
    ground_at,
    open_horizon,
    sun_side,
    vary,
)

_TULIPS = ((0.90, 0.14, 95), (0.80, 0.13, 355), (0.62, 0.21, 25))


def lane(canvas: Canvas, setting: Setting) -> Ground:
    """Houses on both sides of a lane that leads to the church."""
    palette, short = setting.palette, canvas.short
    horizon = _backdrop(canvas, setting, (0.48, 0.53))
    vanish = canvas.width * vary(canvas, 0.44, 0.56, "vanish")
    church(canvas, palette, vanish - short * 0.02, horizon + short * 0.035, short * 0.125)
    path(
        canvas,
        palette,
        course(canvas, horizon + short * 0.03, vanish / canvas.width, 0.5, 0.50, "lane", 0.02),
    )
    for i, z in enumerate(np.geomspace(0.10, 0.92, 7).tolist()):
        middle = vanish + (canvas.width * 0.5 - vanish) * z
        for side in (-1, 1):
            size = short * 0.50 * z**0.9
            y = horizon + (canvas.height - horizon) * (0.05 + 0.50 * z**1.05)
            x = middle + side * (
                short * 0.04 + short * 0.60 * z**0.9 * max(canvas.width / short * 0.72, 0.75)
            )
            cottage(canvas, palette, x, y, size, canvas.stream(f"house{i}{side}"), 0.32 * (1 - z) ** 2)
            if i % 2 == 0 and z > 0.15:
                at = middle + side * (short * 0.03 + short * 0.29 * z)
                lamp_post(canvas, palette, at, y + short * 0.02, short * (0.02 + 0.26 * z))
    return ground_at(canvas, setting, horizon, 0.46, 0.95)


def square(canvas: Canvas, setting: Setting) -> Ground:
    """A square ringed by houses: a fountain in its middle, a lit fir at Christmas time."""
    palette, short = setting.palette, canvas.short
    horizon, side = _backdrop(canvas, setting, (0.46, 0.50)), sun_side(canvas)
    deep = canvas.height - horizon
    church(canvas, palette, canvas.width * 0.5 + side * short * 0.12, horizon + short * 0.05, short * 0.17)
    _paving(canvas, palette, horizon + short * 0.10)
    rng = canvas.stream("square-things")
    _ring(canvas, palette, horizon, rng)
    middle, foot = canvas.width * (0.5 - side * 0.16), horizon + deep * 0.46
    if palette.snowy:
        canvas.fill(ellipse(middle, foot, short * 0.17, short * 0.024), snow_of(palette))
        lit_fir(canvas, palette, middle, foot, min(short * 0.52, foot * 0.9), rng)
    else:
        fountain(canvas, palette, middle, foot, short * 0.24)
        _tulips(canvas, palette, middle, foot, rng)
    for u, t, tall in ((-0.36, 0.40, 0.22), (0.38, 0.46, 0.25)):
        lamp_post(canvas, palette, canvas.width * (0.5 + u), horizon + deep * t, short * tall)
    bench(canvas, palette, canvas.width * (0.5 + side * 0.26), horizon + deep * 0.44, short * 0.15)
    return ground_at(canvas, setting, horizon, 0.52, 0.95)


def _ring(canvas: Canvas, palette: Palette, horizon: float, rng: Rng) -> None:
    """Houses about the square, those in its middle farthest off."""
    short = canvas.short
    count = int(7 * max(1.0, canvas.width / short)) | 1
    for k in sorted(range(count), key=lambda i: abs(i - (count - 1) / 2)):
        u = (k / (count - 1) - 0.5) * 2
        size = short * (0.17 + 0.17 * abs(u) ** 1.4) * float(rng.uniform(0.92, 1.1))
        at = (canvas.width * (0.5 + u * 0.52), horizon + short * (0.07 + 0.17 * abs(u) ** 1.7))
        cottage(canvas, palette, *at, size, canvas.stream(f"house{k}"), 0.10 * (1 - abs(u)))


def _tulips(canvas: Canvas, palette: Palette, x: float, foot: float, rng: Rng) -> None:
    """Two beds beside the fountain at x."""
    short, y = canvas.short, foot + canvas.short * 0.02
    for side in (-1, 1):
        at = (x + side * short * 0.22, y)
        flower_bed(canvas, palette, *at, short * 0.06, short * 0.02, rng, _TULIPS, "tulip", 0.7)


def hillside(canvas: Canvas, setting: Setting) -> Ground:
    """Rows of houses that climb a slope, the church above them."""
    palette, short = setting.palette, canvas.short
    horizon = open_horizon(canvas, setting, (0.36, 0.41), (0.4, 0.8))
    massif(canvas, palette, horizon, sun_side(canvas), 0.22, 2, 0.35)
    far_wood(canvas, palette, horizon + short * 0.01, 0.35, "wood", 0.04)
    church(
        canvas, palette, canvas.width * (0.5 + sun_side(canvas) * 0.13), horizon + short * 0.06, short * 0.14
    )
    rng = canvas.stream("hillside")
    for k in range(4):
        y = horizon + (canvas.height - horizon) * (0.10 + 0.145 * k)
        size = short * (0.095 + 0.042 * k)
        ground = mix(palette.grass(0.95 - 0.12 * k, 0.95), palette.haze, 0.22 - 0.06 * k)
        hills(
            canvas,
            y - size * 0.30,
            short * 0.04,
            1.4,
            ground,
            mix(ground, palette.grass(0.3, 0.6), 0.5),
            f"terrace{k}",
            reach=short * 0.18,
        )
        x = -size * float(rng.uniform(0.1, 0.8))
        while x < canvas.width + size * 0.5:
            foot = y + float(rng.normal(0, size * 0.07))
            if rng.random() < 0.70:
                house = canvas.stream(f"house{k}-{round(x / size)}")
                cottage(
                    canvas, palette, x, foot, size * float(rng.uniform(0.88, 1.08)), house, 0.16 - 0.05 * k
                )
            else:
                tree(
                    canvas,
                    palette,
                    x,
                    foot + size * 0.08,
                    size * float(rng.uniform(0.7, 1.0)),
                    rng,
                    0.14 - 0.04 * k,
                )
            x += size * float(rng.uniform(1.08, 1.45))
    meadow_ground(canvas, palette, horizon + (canvas.height - horizon) * 0.66, flowers=0.8)
    return ground_at(canvas, setting, horizon, 0.78, 0.96)


def among_fields(canvas: Canvas, setting: Setting) -> Ground:
    """A church and a few roofs among trees, seen over a meadow."""
    palette, short = setting.palette, canvas.short
    horizon = open_horizon(canvas, setting, (0.52, 0.57), (0.4, 0.8))
    far_hills(canvas, palette, horizon, 1.3)
    tree_row(canvas, palette, horizon + short * 0.01, 0.05, 0.09, 0.34, "far-trees", 7)
    lawn(canvas, palette, horizon)
    rng = canvas.stream("fields")
    middle = canvas.width * (0.5 + sun_side(canvas) * 0.14)
    row = horizon + short * 0.05
    church(canvas, palette, middle, row - short * 0.012, short * 0.20, 0.08)
    for u, drop, size in (
        (-0.27, 0.0, 0.15),
        (0.33, 0.005, 0.16),
        (-0.14, 0.022, 0.15),
        (-0.42, 0.024, 0.17),
        (0.22, 0.030, 0.17),
    ):
        at = (middle + u * short, row + short * drop)
        tree(canvas, palette, at[0] + short * 0.10, at[1] - short * 0.005, short * 0.14, rng, 0.10)
        cottage(canvas, palette, *at, short * size, canvas.stream(f"roof{u}"), 0.08)
    meadow_ground(canvas, palette, row + short * 0.05, flowers=1.2)
    way = course(canvas, row + short * 0.055, middle / canvas.width, 0.5, 0.22, "way", 0.12)
    path(canvas, palette, way)
    line = horizon + (canvas.height - horizon) * 0.55
    fence(
        canvas,
        palette,
        (-short * 0.02, line),
        (canvas.width * 0.30, line - short * 0.06),
        (short * 0.12, short * 0.09),
        rng,
    )
    return ground_at(canvas, setting, horizon, 0.42, 0.95)


def _backdrop(canvas: Canvas, setting: Setting, share: tuple[float, float]) -> float:
    """Sky, hills and a wood behind the roofs, and a lawn from the horizon on; returns the horizon's row."""
    palette, short = setting.palette, canvas.short
    horizon = open_horizon(canvas, setting, share, (0.4, 0.8), rise=0.8)
    far_hills(canvas, palette, horizon, 1.5)
    if palette.snowy:
        pine_row(canvas, palette, horizon + short * 0.015, 0.03, 0.075, 0.34, "pines", 0.42)
    else:
        far_wood(canvas, palette, horizon + short * 0.015, 0.30, "wood", 0.06)
    lawn(canvas, palette, horizon)
    return horizon


def _paving(canvas: Canvas, palette: Palette, top: float) -> None:
    """Cobbles in arcs; trodden snow in winter."""
    short, rng = canvas.short, canvas.stream("paving")
    stone = (
        mix(snow_of(palette, 0.8), palette.zenith, 0.10)
        if palette.snowy
        else palette.local(0.76, 0.025, 75, 0.85)
    )
    middle, deep = canvas.width * 0.5, canvas.height - top
    rim = ellipse(middle, top + deep * 0.62, canvas.width * 0.62, deep * 0.62, 0, 80)
    canvas.fill(rim, mix(stone, palette.haze, 0.25), mix(stone, palette.dark, 0.10), 90)
    shadow(canvas, palette, middle, top + deep * 0.04, canvas.width * 0.4, 0.12)
    if palette.snowy:
        return
    joint = mix(stone, palette.dark, 0.22)
    for k in range(11):
        t = (k + 0.5) / 11
        y, tall = top + deep * (0.06 + 0.94 * t**1.6), deep * (0.012 + 0.05 * t)
        half = canvas.width * 0.62 * (1 - (1 - min(1.0, 0.08 + t * 1.15)) ** 2) ** 0.5
        arc = np.linspace(-1, 1, 60)
        canvas.line(
            np.column_stack([middle + arc * half, y + tall * 0.6 * (1 - arc**2)]),
            joint,
            max(1.0, 2.2 * t * canvas.unit),
        )
        step = short * (0.022 + 0.075 * t)
        for x in np.arange(-half, half, step) + float(rng.uniform(0, step)):
            if abs(x) < half * 0.97:
                curve = tall * 0.6 * (1 - (x / half) ** 2)
                canvas.line(
                    [(middle + x, y + curve), (middle + x * 1.03, y + curve + tall * 1.5)],
                    joint,
                    max(1.0, 2.0 * t * canvas.unit),
                )


LAYOUTS = (lane, square, hillside, among_fields)
