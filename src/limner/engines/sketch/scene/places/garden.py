"""A garden: beds along a path to an arch, a pond, a cottage behind white pales, clipped hedges."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.cottages import cottage
from limner.engines.sketch.paint.curves import ellipse
from limner.engines.sketch.paint.flora import Tones, crown, leaf_tones, tree
from limner.engines.sketch.paint.land import Course, course, lawn, path
from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.paint.palette import WHITE, Lch, Palette, mix
from limner.engines.sketch.paint.raster import floats
from limner.engines.sketch.paint.water import lake_tint, lilies, reeds
from limner.engines.sketch.paint.woods import bank
from limner.engines.sketch.paint.yard import fence, flower_bed, hedge, rock, rose_arch, shadow, snow_of
from limner.engines.sketch.scene.places.ground import Ground, Setting
from limner.engines.sketch.scene.places.outdoors import ground_at, open_horizon, sun_side

_BEDS: tuple[tuple[str, tuple[Lch, ...]], ...] = (
    ("cosmos", ((0.93, 0.04, 95), (0.84, 0.12, 355), (0.66, 0.19, 8))),
    ("tulip", ((0.88, 0.16, 92), (0.74, 0.17, 55), (0.60, 0.21, 25))),
    ("daisy", ((0.97, 0.01, 90), (0.90, 0.13, 95), (0.97, 0.01, 90))),
    ("lavender", ((0.66, 0.14, 300), (0.60, 0.15, 292), (0.74, 0.11, 310))),
)


def arch_walk(canvas: Canvas, setting: Setting) -> Ground:
    """A path between beds that leads under an arch of roses."""
    palette, short = setting.palette, canvas.short
    horizon = open_horizon(canvas, setting, (0.46, 0.51), (0.4, 0.8))
    rng = canvas.stream("walk")
    _trees_behind(canvas, palette, horizon, rng)
    lawn(canvas, palette, horizon)
    middle = canvas.width * 0.5
    foot = horizon + short * 0.055
    green = hedge_tones(palette)
    for x0, x1 in (
        (-short * 0.05, middle - short * 0.13),
        (middle + short * 0.13, canvas.width + short * 0.05),
    ):
        hedge(canvas, palette, x0, x1, foot, short * 0.085, green, rng)
    path(canvas, palette, _straight(canvas, foot, middle, 0.07, 0.34))
    rose_arch(canvas, palette, middle, foot + short * 0.012, short * 0.27, rng)
    for k, (t, size) in enumerate(((0.20, 0.55), (0.46, 0.9), (0.80, 1.3))):
        y = foot + (canvas.height - foot) * t
        out = short * (0.17 + 0.28 * t) + short * 0.10 * size
        for side in (-1, 1):
            kind, colors = _BEDS[(k + (side > 0) * 2) % len(_BEDS)]
            flower_bed(
                canvas,
                palette,
                middle + side * out,
                y,
                short * 0.125 * size,
                short * 0.042 * size,
                rng,
                colors,
                kind,
                size,
            )
    return ground_at(canvas, setting, horizon, 0.46, 0.95)


def pond(canvas: Canvas, setting: Setting) -> Ground:
    """A pond with lilies, stones and reeds, blossom behind it."""
    palette, short = setting.palette, canvas.short
    horizon = open_horizon(canvas, setting, (0.40, 0.45), (0.3, 0.7))
    rng = canvas.stream("pond")
    _trees_behind(canvas, palette, horizon, rng, 0.13)
    lawn(canvas, palette, horizon)
    x, y = canvas.width * (0.5 + sun_side(canvas) * 0.06), horizon + (canvas.height - horizon) * 0.34
    half, deep = min(short * 0.40, canvas.width * 0.43), short * 0.105
    _round_pond(canvas, palette, x, y, half, deep, rng)
    for u, tall in ((-1.04, 0.40), (1.10, 0.34)):
        tree(
            canvas, palette, x + u * half, y - deep * 0.75, short * tall, rng, 0.06, sun_side=sun_side(canvas)
        )
    reeds(canvas, palette, x - half * 0.98, y + deep * 0.45, short * 0.05, short * 0.16, "reeds")
    for u, v, size in ((-0.80, 1.42, 1.0), (0.90, 1.35, 1.1)):
        kind, colors = _BEDS[int(rng.integers(len(_BEDS)))]
        at = (x + u * half, y + deep * v)
        flower_bed(canvas, palette, *at, short * 0.12 * size, short * 0.04 * size, rng, colors, kind, size)
    return ground_at(canvas, setting, horizon, 0.66, 0.95, water=(y - deep * 0.2, y + deep * 0.4))


def front_garden(canvas: Canvas, setting: Setting) -> Ground:
    """A cottage, a path to its door, a white fence and flowers before it."""
    palette, short = setting.palette, canvas.short
    horizon = open_horizon(canvas, setting, (0.50, 0.55), (0.4, 0.8))
    rng = canvas.stream("front")
    _trees_behind(canvas, palette, horizon, rng, 0.10)
    lawn(canvas, palette, horizon)
    side = -sun_side(canvas)
    x, foot = canvas.width * 0.5 + side * short * 0.10, horizon + short * 0.06
    tree(canvas, palette, x + side * short * 0.34, foot, short * 0.40, rng, 0.0, sun_side=sun_side(canvas))
    cottage(canvas, palette, x, foot, min(short * 0.44, canvas.width * 0.5), canvas.stream("cottage"))
    way = course(canvas, foot, x / canvas.width - side * 0.1 * short / canvas.width, 0.5, 0.26, "way", 0.03)
    path(canvas, palette, way)
    line = horizon + (canvas.height - horizon) * 0.52
    for x0, x1 in ((-0.02, 0.36), (0.64, 1.02)):
        row = (canvas.width * x0, line), (canvas.width * x1, line)
        fence(canvas, palette, *row, (short * 0.105, short * 0.105), rng, picket=True)
        kind, colors = _BEDS[int(rng.integers(len(_BEDS)))]
        middle, half = canvas.width * (x0 + x1) / 2, canvas.width * abs(x1 - x0) * 0.47
        flower_bed(canvas, palette, middle, line + short * 0.035, half, short * 0.026, rng, colors, kind, 1.0)
    return ground_at(canvas, setting, horizon, 0.60, 0.95)


def clipped(canvas: Canvas, setting: Setting) -> Ground:
    """A formal garden: hedges in rows, balls of box, a fountain in the middle."""
    palette, short = setting.palette, canvas.short
    horizon = open_horizon(canvas, setting, (0.40, 0.45), (0.4, 0.8))
    rng = canvas.stream("clipped")
    _trees_behind(canvas, palette, horizon, rng, 0.10)
    lawn(canvas, palette, horizon)
    middle, green = canvas.width * 0.5, hedge_tones(palette)
    path(canvas, palette, _straight(canvas, horizon + short * 0.03, middle, 0.05, 0.46))
    fountain(canvas, palette, middle, horizon + (canvas.height - horizon) * 0.26, short * 0.20)
    for k, t in enumerate((0.07, 0.22, 0.46, 0.78)):
        y = horizon + (canvas.height - horizon) * t
        inner, outer = short * (0.07 + 0.26 * t), short * (0.30 + 0.55 * t)
        tall = short * (0.030 + 0.075 * t)
        for side in (-1, 1):
            hedge(
                canvas,
                palette,
                middle + side * (inner + short * 0.05),
                middle + side * outer * 1.6,
                y,
                tall,
                green,
                rng,
            )
            spot = (middle + side * (inner + short * 0.035), y - tall * 1.1)
            shadow(canvas, palette, spot[0], y, tall * 0.8)
            crown(canvas, *spot, tall * 1.15, green, rng, 60 + 30 * k, sun_side(canvas))
            if palette.snowy:
                canvas.fill(
                    ellipse(spot[0], spot[1] - tall * 0.75, tall * 0.8, tall * 0.35), snow_of(palette)
                )
            kind, colors = _BEDS[k % len(_BEDS)]
            bed = (middle + side * (inner + outer) * 0.66, y + tall * 0.55)
            if k < 3:
                flower_bed(canvas, palette, *bed, tall * 3.0, tall * 0.34, rng, colors, kind, 0.5 + 0.8 * t)
    return ground_at(canvas, setting, horizon, 0.50, 0.95)


def hedge_tones(palette: Palette) -> Tones:
    """Box and yew: green all the year."""
    return (
        palette.local(0.38, 0.085, 146, 0.4),
        palette.local(0.50, 0.105, 140, 0.75),
        palette.local(0.66, 0.125, 130, 1.0),
    )


def fountain(canvas: Canvas, palette: Palette, x: float, y: float, size: float) -> None:
    """A basin with a bowl and falling water, size wide, its foot at (x, y)."""
    stone, dark = palette.local(0.86, 0.015, 80, 0.9), palette.local(0.62, 0.02, 260, 0.5)
    water = mix(lake_tint(palette), palette.middle, 0.5)
    shadow(canvas, palette, x, y + size * 0.10, size * 0.66, 0.4)
    canvas.fill(ellipse(x, y + size * 0.05, size * 0.54, size * 0.17), stone, dark, 90)
    canvas.fill(ellipse(x, y - size * 0.03, size * 0.54, size * 0.15), stone)
    canvas.fill(ellipse(x, y - size * 0.025, size * 0.47, size * 0.115), mix(water, WHITE, 0.2), water, 90)
    stem = [
        (x - size * 0.05, y),
        (x - size * 0.03, y - size * 0.36),
        (x + size * 0.03, y - size * 0.36),
        (x + size * 0.05, y),
    ]
    canvas.fill(stem, stone, dark, 0)
    canvas.fill(ellipse(x, y - size * 0.37, size * 0.20, size * 0.06), stone, dark, 90)
    foam = mix(palette.horizon, WHITE, 0.7)
    turn = np.linspace(0, 1, 14)
    for reach in (-0.32, -0.22, -0.11, 0.11, 0.22, 0.32) if not palette.snowy else ():
        curve = np.column_stack(
            [x + size * reach * turn, y - size * (0.40 + 0.9 * turn * (1 - turn) - 0.37 * turn**1.5)]
        )
        canvas.line(curve, foam, max(1.0, size * 0.012))


def _straight(canvas: Canvas, top: float, middle: float, far: float, near: float) -> Course:
    """A straight way towards the viewer; widths are shares of the short side."""
    t = np.linspace(0, 1, 30) ** 1.4
    y = top + (canvas.height * 1.03 - top) * t
    half = canvas.short * (far + (near - far) * t) / 2
    return Course(floats(np.full(30, middle)), floats(y), floats(half))


def _trees_behind(canvas: Canvas, palette: Palette, horizon: float, rng: Rng, tall: float = 0.16) -> None:
    """Leaves beyond the garden, in two hazy layers."""
    for k, haze in enumerate((0.52, 0.28)):
        high = canvas.short * (tall - 0.04 * k)
        tones = snowy_leaves(palette, haze) if palette.snowy else leaf_tones(palette, rng, haze, 0.25)
        bank(
            canvas,
            horizon - high * 0.35,
            high * 0.65,
            tones,
            f"behind{k}",
            horizon + canvas.short * 0.03,
            620,
        )


def snowy_leaves(palette: Palette, haze: float) -> Tones:
    """Leaves under snow."""
    shades = ((0.50, 0.03, 240, 0.4), (0.72, 0.025, 240, 0.7), (0.93, 0.012, 240, 1.0))
    dark, middle, light = (mix(palette.local(*tone), palette.haze, haze) for tone in shades)
    return dark, middle, light


def _round_pond(
    canvas: Canvas, palette: Palette, x: float, y: float, half: float, deep: float, rng: Rng
) -> None:
    """Water in a ring of stones."""
    rim = mix(palette.local(0.46, 0.05, 90, 0.5), palette.grass(0.2, 0.5), 0.4)
    canvas.fill(ellipse(x, y + deep * 0.06, half * 1.04, deep * 1.08), rim)
    water = mix(lake_tint(palette), palette.middle, 0.35)
    if palette.snowy:
        water = mix(water, WHITE, 0.45)
    canvas.fill(ellipse(x, y, half, deep, 0, 60), mix(palette.horizon, palette.middle, 0.5), water, 90)
    turn = np.sort(rng.uniform(0, 2 * np.pi, 30))
    for angle in sorted(turn.tolist(), key=lambda a: float(np.sin(a))):
        at = (x + float(np.cos(angle)) * half * 1.02, y + float(np.sin(angle)) * deep * 1.04 + deep * 0.08)
        rock(
            canvas, palette, *at, canvas.short * float(rng.uniform(0.022, 0.048)), rng, 0.0, sun_side(canvas)
        )
    lilies(canvas, palette, x, y, half * 0.8, deep * 0.8, "lilies")


LAYOUTS = (arch_walk, pond, front_garden, clipped)
