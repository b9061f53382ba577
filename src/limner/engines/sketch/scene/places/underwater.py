"""Under water: a coral reef, a kelp forest, the open blue, a sunken ruin, the mouth of a cave."""

from __future__ import annotations

import math

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.cliffs import crag, ridge_line
from limner.engines.sketch.paint.curves import box
from limner.engines.sketch.paint.land import hills
from limner.engines.sketch.paint.light import LIGHTS
from limner.engines.sketch.paint.palette import lch, mix
from limner.engines.sketch.paint.raster import Floats, Rgb, floats
from limner.engines.sketch.paint.reef import (
    CORALS,
    Water,
    column,
    far_reefs,
    grow,
    kelp,
    ripples,
    sand_floor,
    water_of,
)
from limner.engines.sketch.paint.shoals import bubbles, fish, shoal
from limner.engines.sketch.scene.places.ground import Ground, Setting, sun_side, vary

_SHOALS = ((0.86, 0.14, 88), (0.72, 0.17, 45), (0.84, 0.04, 220), (0.78, 0.13, 20))


def reef(canvas: Canvas, setting: Setting) -> Ground:
    """Corals crowd both sides, light falls in the middle."""
    water = _water(canvas, setting)
    column(canvas, water, 1.0, vary(canvas, 0.3, 0.7, "light-x"))
    floor = canvas.height * vary(canvas, 0.78, 0.83, "floor")
    far_reefs(canvas, water, floor)
    sand_floor(canvas, water, floor)
    _shoal(canvas, water, 0.36, 0.24, 34, setting)
    _garden(canvas, water, floor, 30, 0.34, 0.0)
    bubbles(canvas, water, floor)
    return _ground(canvas, floor)


def forest(canvas: Canvas, setting: Setting) -> Ground:
    """Tall kelp, near stalks dark at the edges."""
    water = _water(canvas, setting)
    column(canvas, water, 1.2, 0.5)
    floor = canvas.height * vary(canvas, 0.84, 0.88, "floor")
    far_reefs(canvas, water, floor, 0.14, 3)
    sand_floor(canvas, water, floor)
    rng = canvas.stream("kelp")
    count = int(16 * min(3.0, max(1.0, canvas.width / canvas.short)))
    for k in range(count):
        far = 1 - k / count
        x = (
            float(rng.random())
            if far > 0.6
            else (float(rng.random()) * 0.27 if k % 2 else 1 - float(rng.random()) * 0.27)
        )
        foot = floor + canvas.short * 0.15 * (1 - far)
        tall = canvas.height * float(rng.uniform(0.5, 0.98))
        kelp(
            canvas, water, x * canvas.width, foot, tall, canvas.short * (0.020 + 0.032 * (1 - far)), far, rng
        )
        if k == count // 2:
            _shoal(canvas, water, 0.40, 0.22, 30, setting)
    _garden(canvas, water, floor, 10, 0.30, 0.0)
    bubbles(canvas, water, floor, 3)
    return _ground(canvas, floor)


def blue(canvas: Canvas, setting: Setting) -> Ground:
    """The open sea from below: the surface, shafts of light, a far floor."""
    water = _water(canvas, setting)
    column(canvas, water, 1.35, 0.5 + sun_side(canvas) * 0.22)
    ripples(canvas, water, int(canvas.height * 0.24))
    floor = canvas.height * vary(canvas, 0.89, 0.92, "floor")
    for k in range(2):
        far = mix(water.middle, water.deep, 0.5 + 0.2 * k)
        hills(
            canvas,
            floor + canvas.short * 0.02 * k,
            canvas.short * (0.17 - 0.06 * k),
            1.5 + k,
            far,
            water.deep,
            f"shelf{k}",
        )
    sand_floor(canvas, water, floor)
    _shoal(canvas, water, 0.46, 0.30, 70, setting)
    _garden(canvas, water, floor, 5, 0.2, 0.2)
    bubbles(canvas, water, floor, 4)
    return _ground(canvas, floor)


def ruin(canvas: Canvas, setting: Setting) -> Ground:
    """Columns and an arch of a sunken temple on the sand."""
    water = _water(canvas, setting)
    side = sun_side(canvas)
    column(canvas, water, 1.1, 0.5 + side * 0.15)
    floor = canvas.height * vary(canvas, 0.76, 0.80, "floor")
    far_reefs(canvas, water, floor, 0.16, 3)
    width, short = canvas.width, canvas.short
    for x, far in ((0.30, 0.75), (0.46, 0.8), (0.62, 0.75)):
        _column(
            canvas, water, width * (x if side > 0 else 1 - x), floor + short * 0.02, short * 0.32, far, 1.0
        )
    sand_floor(canvas, water, floor)
    _gate(canvas, water, width * (0.5 - side * 0.27), floor + short * 0.06, short * 0.30)
    for x, y, tall, rest in ((0.70, 0.05, 0.46, 0.62), (0.86, 0.10, 0.58, 1.0)):
        _column(
            canvas, water, width * (x if side > 0 else 1 - x), floor + short * y, short * tall, 0.25, rest
        )
    _drum(canvas, water, width * (0.62 if side > 0 else 0.38), floor + short * 0.10, short * 0.07)
    _shoal(canvas, water, 0.34, 0.18, 26, setting)
    _garden(canvas, water, floor + short * 0.05, 12, 0.26, 0.0)
    bubbles(canvas, water, floor, 4)
    return _ground(canvas, floor + short * 0.04)


def cave(canvas: Canvas, setting: Setting) -> Ground:
    """Looking out of a dark cave into bright water."""
    water = _water(canvas, setting)
    column(canvas, water, 1.2, vary(canvas, 0.4, 0.6, "light-x"))
    floor = canvas.height * vary(canvas, 0.80, 0.84, "floor")
    far_reefs(canvas, water, floor, 0.20)
    sand_floor(canvas, water, floor)
    _shoal(canvas, water, 0.42, 0.20, 40, setting)
    _mouth(canvas, water)
    _garden(canvas, water, floor, 14, 0.22, 0.0)
    bubbles(canvas, water, floor, 3)
    return _ground(canvas, floor)


def _water(canvas: Canvas, setting: Setting) -> Water:
    return water_of(setting.palette, vary(canvas, -12, 10, "hue"))


def _shoal(canvas: Canvas, water: Water, y: float, spread: float, count: int, setting: Setting) -> None:
    """A shoal away from the middle; none where fish were asked for, so that they can be counted."""
    if "fish" in setting.nouns:
        return
    rng, side = canvas.stream("shoal-place"), -sun_side(canvas)
    at = canvas.width * (0.5 + side * 0.20), canvas.height * (y + float(rng.uniform(-0.05, 0.05)))
    tone = _SHOALS[int(rng.integers(len(_SHOALS)))]
    shoal(canvas, water, at, canvas.short * spread, count, tone, -side, "shoal")
    for dx, dy, size in ((-0.02, 0.16, 0.045), (0.10, 0.20, 0.032)):
        color = lch(*CORALS[int(rng.integers(len(CORALS)))])
        x = canvas.width * (0.5 - side * 0.16) + dx * canvas.short
        fish(
            canvas,
            water,
            x,
            canvas.height * y + dy * canvas.short,
            canvas.short * size,
            side,
            water.at(color, 0.05),
            -0.1,
        )


def _garden(canvas: Canvas, water: Water, floor: float, count: int, inset: float, far_share: float) -> None:
    """What grows on the floor, at the sides, far ones first."""
    rng = canvas.stream("garden")
    for k in range(count):
        far = min(1.0, 1 - k / count + far_share)
        side = -1 if rng.random() < 0.5 else 1
        reach = float(rng.random()) ** 1.5 * inset * (0.6 + 0.6 * far)
        x = canvas.width * (reach if side < 0 else 1 - reach)
        y = floor + (canvas.height - floor) * (1.04 - far * 0.95) + canvas.short * 0.02
        grow(
            canvas, water, x, y, canvas.short * float(rng.uniform(0.09, 0.17)) * (1.5 - 0.85 * far), far, rng
        )


def _stone(water: Water, far: float) -> tuple[Rgb, Rgb]:
    light = water.at(lch(0.80 + water.shift, 0.03, 140), far)
    return light, mix(light, water.deep, 0.6)


def _column(
    canvas: Canvas, water: Water, x: float, foot: float, tall: float, far: float, rest: float
) -> None:
    """A fluted column; rest: how much of it still stands, 1 with its capital."""
    light, dark = _stone(water, far)
    half, top = tall * 0.085, foot - tall * rest
    rng = canvas.stream(f"column{far}{rest}")
    broken = [
        (x - half, top + half * 0.5),
        (x - half * 0.2, top - half * 0.4),
        (x + half * 0.3, top + half * 0.3),
        (x + half, top - half * 0.1),
    ]
    upper: Floats = floats(broken if rest < 1 else [(x - half, top), (x + half, top)])
    canvas.fill(np.concatenate([upper, [(x + half * 1.1, foot), (x - half * 1.1, foot)]]), light, dark, 0)
    for k in range(-2, 3):
        fx = x + k * half * 0.42
        canvas.line(
            [(fx, top + half * 0.7), (fx * 1.0 + k * half * 0.04, foot)],
            mix(light, dark, 0.45 + 0.1 * k),
            max(1.0, half * 0.10),
        )
    canvas.polygon(
        box(x - half * 1.5, foot - half * 0.4, x + half * 1.5, foot + half * 0.25, half * 0.1),
        mix(light, dark, 0.35),
    )
    if rest >= 1:
        canvas.polygon(
            box(x - half * 1.25, top - half * 0.1, x + half * 1.25, top + half * 0.25, half * 0.1),
            mix(light, dark, 0.15),
        )
        canvas.polygon(box(x - half * 1.6, top - half * 0.5, x + half * 1.6, top - half * 0.08), light)
    for _ in range(5):
        px, py = x + float(rng.uniform(-1, 1)) * half, foot - tall * rest * float(rng.random())
        canvas.dot(
            px, py, half * float(rng.uniform(0.10, 0.3)), water.at(lch(0.55 + water.shift, 0.10, 140), far)
        )


def _gate(canvas: Canvas, water: Water, x: float, foot: float, size: float) -> None:
    """A round arch of cut stones, one side worn away."""
    light, dark = _stone(water, 0.35)
    for s in (-1, 1):
        for k in range(5):
            y = foot - size * 0.16 * k
            wide = size * 0.13
            canvas.fill(
                box(
                    x + s * size * 0.42 - wide, y - size * 0.155, x + s * size * 0.42 + wide, y, size * 0.012
                ),
                mix(light, dark, 0.1 * (k % 2)),
                dark,
                0 if s < 0 else 10,
            )
    for k, angle in enumerate(np.linspace(0.02, np.pi - 0.02, 11)[:-2]):
        a, b = float(angle), float(angle) + 0.275
        inner, outer, cy = size * 0.30, size * 0.55, foot - size * 0.78
        wedge = [
            (x + math.cos(q) * r, cy - math.sin(q) * r)
            for q, r in ((a, inner), (a, outer), (b, outer), (b, inner))
        ]
        canvas.fill(wedge, mix(light, dark, 0.08 * (k % 3)), mix(light, dark, 0.55), 60)
        canvas.line(wedge[:2], mix(dark, water.deep, 0.3), max(1.0, size * 0.008))


def _drum(canvas: Canvas, water: Water, x: float, y: float, size: float) -> None:
    """A fallen piece of a column."""
    light, dark = _stone(water, 0.2)
    canvas.fill(box(x - size, y - size * 0.62, x + size * 0.8, y + size * 0.1, size * 0.3), light, dark)
    for k in range(3):
        canvas.line(
            [(x - size * 0.9, y - size * (0.48 - 0.2 * k)), (x + size * 0.7, y - size * (0.48 - 0.2 * k))],
            mix(light, dark, 0.5),
            max(1.0, size * 0.04),
        )


def _mouth(canvas: Canvas, water: Water) -> None:
    """The dark rock about the opening of a cave."""
    width, height, short = canvas.width, canvas.height, canvas.short
    rng, side = canvas.stream("mouth"), sun_side(canvas)
    dark, light = mix(water.deep, (6, 10, 22), 0.55), mix(water.deep, water.middle, 0.35)
    edge = [
        (0.0, 0.98),
        (0.10, 0.80),
        (0.13, 0.52),
        (0.22, 0.25),
        (0.40, 0.13),
        (0.62, 0.11),
        (0.80, 0.24),
        (0.88, 0.50),
        (0.90, 0.78),
        (1.0, 0.96),
    ]
    inner = ridge_line([(x * width, y * height) for x, y in edge], short * 0.011, rng)
    left = np.concatenate([inner[: 14 * 5], [(width * 0.5, -9), (-9, -9), (-9, height)]])
    right = np.concatenate([inner[14 * 5 - 1 :], [(width + 9, height), (width + 9, -9), (width * 0.5, -9)]])
    for k, shape in enumerate((left, right)):
        crag(canvas, floats(shape), (light, dark), -side, f"mouth{k}")


def _ground(canvas: Canvas, floor: float) -> Ground:
    stand = (floor + (canvas.height - floor) * 0.3, canvas.height * 0.95)
    return Ground(
        "sand",
        canvas.height * 0.2,
        stand,
        LIGHTS["underwater"],
        (canvas.height * 0.22, floor * 0.92),
        shadow=0.5,
    )


LAYOUTS = (reef, forest, blue, ruin, cave)
