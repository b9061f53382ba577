"""The beach: a wide strand, a frame of palms, a cove between rocks, a boardwalk through the dunes."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.cliffs import boulders, crag, ridge_line, stone
from limner.engines.sketch.paint.dunes import boardwalk, dune, fringe
from limner.engines.sketch.paint.flora import palm
from limner.engines.sketch.paint.palette import Palette, mix
from limner.engines.sketch.paint.palms import leaning_palm
from limner.engines.sketch.paint.strand import dune_grass, foam_color, sand_color, shells, strand, waterline
from limner.engines.sketch.paint.waves import deep_color, sea, shallow_color, surf
from limner.engines.sketch.scene.places.ground import (
    Ground,
    Setting,
    light_of,
    sun_at,
    sun_side,
    underfoot,
    vary,
)
from limner.engines.sketch.scene.places.seaside import air, cliff, from_side


def wide(canvas: Canvas, setting: Setting) -> Ground:
    """A long strand, surf across the picture, a palm at the side."""
    horizon = int(canvas.height * vary(canvas, 0.42, 0.48))
    level = canvas.height * vary(canvas, 0.64, 0.69, "surf")
    palette = _sea_and_sky(canvas, setting, horizon, 0.55)
    _headland(canvas, palette, horizon, -sun_side(canvas))
    edge = waterline(canvas, level, canvas.short * 0.06)
    _breakers(canvas, palette, horizon, level)
    strand(canvas, palette, edge, canvas.short * 0.045)
    shells(canvas, palette, level + canvas.short * 0.10)
    if not palette.snowy:
        rng, side = canvas.stream("palm"), -sun_side(canvas)
        for x, y, tall in ((0.45, 0.22, 0.40), (0.50, 0.42, 0.56)):
            at = canvas.width * 0.5 + side * canvas.width * (x + rng.uniform(-0.02, 0.0))
            palm(canvas, palette, at, level + (canvas.height - level) * y, canvas.short * tall, rng)
    return _strand_ground(canvas, palette, horizon, level, 0.34)


def palms(canvas: Canvas, setting: Setting) -> Ground:
    """A lagoon seen from under leaning palms; the shore runs aslant."""
    horizon = int(canvas.height * vary(canvas, 0.46, 0.52))
    palette = _sea_and_sky(canvas, setting, horizon, 0.4, calm=True)
    side, short = sun_side(canvas), canvas.short
    _island(canvas, palette, horizon, -side)
    level = canvas.height * 0.74
    edge = waterline(canvas, level, short * 0.05, canvas.height * 0.16 * side)
    strand(canvas, palette, edge, short * 0.04)
    shells(canvas, palette, canvas.height * 0.84)
    rng = canvas.stream("frame-palms")
    for x, y, tall, lean in ((0.02, 0.90, 0.86, 0.20), (0.10, 0.97, 0.62, 0.34)):
        foot = from_side(canvas, -side, x)
        leaning_palm(
            canvas,
            palette,
            foot,
            canvas.height * y,
            min(short, canvas.height * 0.95) * tall,
            lean * side,
            rng,
        )
    dune_grass(
        canvas,
        palette,
        canvas.width * (0.05 if side > 0 else 0.95),
        canvas.height * 0.985,
        short * 0.14,
        "under-palms",
    )
    return _strand_ground(canvas, palette, horizon, canvas.height * 0.80, 0.25, water=(horizon, level))


def cove(canvas: Canvas, setting: Setting) -> Ground:
    """A small beach between high rocks, with an arch in the sea."""
    horizon = int(canvas.height * vary(canvas, 0.42, 0.48))
    palette = _sea_and_sky(canvas, setting, horizon, 0.6)
    width, height, short = canvas.width, canvas.height, canvas.short
    kind, side = int(canvas.stream("stone").integers(3)) * 2 % 4, sun_side(canvas)
    _arch(canvas, palette, width * (0.5 - side * 0.12), horizon + short * 0.06, short * 0.20, kind)
    level = height * 0.72
    edge = waterline(canvas, level, short * 0.03)
    edge[:, 1] -= short * 0.05 * np.cos((edge[:, 0] / width - 0.5) * np.pi * 2)
    strand(canvas, palette, edge, short * 0.04)
    for s, reach, rise in ((-1.0, 0.25, 0.34), (1.0, 0.21, 0.40)):
        _wall(canvas, palette, s, (reach, rise, 0.66), kind, 0.28, f"far-wall{s}")
        _wall(canvas, palette, s, (reach * 0.66, rise * 1.15, 0.90), kind, 0.0, f"near-wall{s}")
    sizes = (short * 0.03, short * 0.07)
    for name, x0, y0, x1 in (("left-stones", 0.03, 0.80, 0.22), ("right-stones", 0.80, 0.78, 0.97)):
        area = (width * x0, height * y0, width * x1, height * 0.9)
        boulders(canvas, palette, area, sizes, 4, side, name, kind)
    shells(canvas, palette, height * 0.86)
    return _strand_ground(
        canvas, palette, horizon, level + short * 0.05, 0.30, water=(horizon + short * 0.07, level)
    )


def dunes(canvas: Canvas, setting: Setting) -> Ground:
    """A boardwalk between dunes of long grass, the sea beyond."""
    horizon = int(canvas.height * vary(canvas, 0.40, 0.46))
    palette = _sea_and_sky(canvas, setting, horizon, 0.6)
    width, height, short = canvas.width, canvas.height, canvas.short
    level = horizon + (height - horizon) * 0.18
    strand(canvas, palette, waterline(canvas, level, short * 0.02), short * 0.02)
    sand, shade = sand_color(palette), mix(sand_color(palette), palette.dark, 0.3)
    vanish = width * (0.5 + sun_side(canvas) * 0.06)
    for k, (y, rise) in enumerate(((0.36, 0.05), (0.54, 0.11))):
        for s in (-1, 1):
            dune(
                canvas,
                (vanish, s),
                horizon + (height - horizon) * y,
                rise * short,
                (sand, shade),
                f"dune{k}{s}",
            )
            fringe(canvas, palette, vanish, s, horizon + (height - horizon) * y, rise, k)
    boardwalk(canvas, palette, vanish, level + short * 0.03)
    for s in (-1, 1):
        for k in range(5):
            x = width * 0.5 + s * (width * 0.36 + short * 0.05 * k)
            dune_grass(
                canvas,
                palette,
                x,
                height * (0.84 + 0.04 * k),
                short * (0.10 + 0.022 * k),
                f"near-grass{s}{k}",
                44,
            )
    stand, water = (height * 0.74, height * 0.96), (horizon + short * 0.01, level)
    return Ground(underfoot(palette, "floor"), horizon, stand, light_of(canvas, palette), water, size=0.95)


def _sea_and_sky(
    canvas: Canvas, setting: Setting, horizon: int, clouds: float, calm: bool = False
) -> Palette:
    sun = sun_at(canvas, setting.palette, horizon)
    palette = air(canvas, setting, horizon + 2, sun, clouds + vary(canvas, -0.15, 0.15, "cloudiness"))
    near = mix(shallow_color(palette), deep_color(palette), 0.1 if calm else 0.3)
    end = int(canvas.height * 0.9)
    sea(
        canvas,
        palette,
        horizon,
        end,
        0.6 if calm else 0.9,
        None if setting.weather == "storm" else sun[0],
        near,
    )
    return palette


def _strand_ground(
    canvas: Canvas,
    palette: Palette,
    horizon: int,
    level: float,
    inset: float,
    water: tuple[float, float] | None = None,
) -> Ground:
    far, near = water or (horizon, level)
    rows = (far + (near - far) * 0.25, far + (near - far) * 0.72)
    stand = (level + (canvas.height - level) * inset, canvas.height * 0.95)
    return Ground(underfoot(palette, "sand"), horizon, stand, light_of(canvas, palette), rows)


def _breakers(canvas: Canvas, palette: Palette, horizon: int, level: float) -> None:
    """Two long waves that come in."""
    for k, t in enumerate((0.62, 0.80)):
        y = horizon + (level - horizon) * t
        line = waterline(canvas, y, canvas.short * 0.02 * (1 + k), name=f"breaker{k}")
        surf(canvas, line, canvas.short * 0.014 * (1 + 0.5 * k), foam_color(palette), f"breaker-foam{k}", 2)


def _headland(canvas: Canvas, palette: Palette, horizon: int, side: float) -> None:
    x = np.array([0.0, 0.08, 0.17, 0.26, 0.34, 0.42])
    rise = np.array([0.085, 0.095, 0.07, 0.055, 0.022, 0.0]) * canvas.short
    columns = canvas.width * (x if side < 0 else 1 - x)
    outline = ridge_line(
        list(zip(columns.tolist(), (horizon + 2 - rise).tolist(), strict=True)),
        2 * canvas.unit,
        canvas.stream("headland"),
    )
    foot = canvas.width * (0.0 if side < 0 else 1.0)
    color = mix(palette.leaf(0.3, 0.7), palette.haze, 0.5)
    canvas.fill(np.concatenate([outline, [(foot, horizon + 3)]]), color, mix(color, palette.haze, 0.45))


def _island(canvas: Canvas, palette: Palette, horizon: int, side: float) -> None:
    """A small green island on the horizon."""
    short, x = canvas.short, canvas.width * (0.5 + side * 0.24)
    t = np.linspace(-1, 1, 40)
    rise = short * 0.07 * (1 - t**2) * (1 + 0.35 * np.sin(t * 4 + 1))
    shape = np.column_stack([x + t * short * 0.17, horizon + 3 - rise])
    color = mix(palette.leaf(0.35, 0.7), palette.haze, 0.38)
    canvas.fill(shape, color, mix(color, palette.haze, 0.4))
    canvas.polygon(
        np.column_stack([x + t * short * 0.19, horizon + 4 - short * 0.007 * (1 - t**2)]),
        mix(sand_color(palette), palette.haze, 0.2),
    )


def _arch(canvas: Canvas, palette: Palette, x: float, foot: float, size: float, kind: int) -> None:
    """A rock with a gate through it, standing in the sea."""
    rng = canvas.stream("arch")
    points = [
        (-0.75, 0),
        (-0.66, -0.55),
        (-0.42, -0.92),
        (0.1, -1.0),
        (0.52, -0.72),
        (0.72, -0.34),
        (0.86, 0),
        (0.34, 0),
        (0.28, -0.36),
        (0.05, -0.56),
        (-0.18, -0.38),
        (-0.26, 0),
    ]
    outline = ridge_line([(x + a * size, foot + b * size) for a, b in points], size * 0.012, rng, 8)
    crag(canvas, outline, stone(palette, kind, 0.34), sun_side(canvas), "arch-rock")
    edge = np.column_stack([np.linspace(x - size * 0.8, x + size * 0.9, 60), np.full(60, foot + 2)])
    surf(canvas, edge, size * 0.05, foam_color(palette), "arch-surf", 2)


def _wall(
    canvas: Canvas,
    palette: Palette,
    side: float,
    shape: tuple[float, float, float],
    kind: int,
    haze: float,
    name: str,
) -> None:
    """A cliff at one side; shape: reach, rise over half height, foot: shares of the picture."""
    reach, rise, foot = shape
    short, height = canvas.short, canvas.height
    top, base = height * 0.5 - min(rise * short, height * 0.46), height * foot
    points = [
        (-0.05, top),
        (reach * 0.26, top + short * 0.02),
        (reach * 0.52, top + (base - top) * 0.22),
        (reach * 0.60, top + (base - top) * 0.52),
        (reach * 0.86, top + (base - top) * 0.74),
        (reach * 1.15, base),
        (-0.05, base + short * 0.06),
    ]
    cliff(canvas, palette, side, points, kind, haze, name, 0.010, short * 0.04)


LAYOUTS = (wide, palms, cove, dunes)
