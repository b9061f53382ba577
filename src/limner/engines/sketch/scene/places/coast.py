"""The coast: cliffs about a bay, rocks in the surf, a headland, a harbour."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.cliffs import boulders, crag, ridge_line, stone, turf
from limner.engines.sketch.paint.land import brushwork, grass, hills, snow_ground
from limner.engines.sketch.paint.palette import WHITE, Palette, mix
from limner.engines.sketch.paint.raster import Rgb
from limner.engines.sketch.paint.strand import strand, waterline
from limner.engines.sketch.paint.water import glints
from limner.engines.sketch.paint.waves import deep_color, rolling, sea, shallow_color, spray, surf
from limner.engines.sketch.scene.places.ground import (
    Ground,
    Setting,
    light_of,
    sun_side,
    underfoot,
)
from limner.engines.sketch.scene.places.harbour import harbour
from limner.engines.sketch.scene.places.headland import headland
from limner.engines.sketch.scene.places.outdoors import waterside
from limner.engines.sketch.scene.places.seaside import cliff, from_side, mirrored_box, sea_air, wave_tones

_OUTCROPS = (
    (0.90, 0.66, 0.30, 0.30),
    (0.04, 0.72, 0.34, 0.22),
    (0.70, 0.60, 0.14, 0.08),
    (0.98, 0.86, 0.36, 0.26),
    (0.0, 0.95, 0.30, 0.22),
)
"""Where rocks stand, x from the side of the shade and y, their width and height."""
_OUTCROP = (
    (-0.55, 0.02),
    (-0.42, -0.35),
    (-0.22, -0.8),
    (0.02, -1.0),
    (0.20, -0.72),
    (0.36, -0.5),
    (0.55, 0.02),
)


def bay(canvas: Canvas, setting: Setting) -> Ground:
    """Cliffs step back along one side of a bay; grass on the near cliff."""
    horizon, sun, palette = sea_air(canvas, setting, (0.40, 0.47), (0.45, 0.75))
    near = mix(shallow_color(palette), deep_color(palette), 0.45)
    sea(canvas, palette, horizon, canvas.height, 0.7, sun[0], near)
    side = -sun_side(canvas)
    kind = int(canvas.stream("stone").integers(4))
    for k, (reach, rise, foot) in enumerate(((0.52, 0.13, 0.03), (0.40, 0.24, 0.13), (0.26, 0.36, 0.32))):
        _bluff(canvas, palette, horizon, side, (reach, rise, foot), 0.62 - 0.26 * k, kind, f"cliff{k}")
    top, deep = canvas.height * 0.80, canvas.height - horizon
    _verge(canvas, palette, top)
    stand = (top + (canvas.height - top) * 0.32, canvas.height * 0.96)
    water = (horizon + deep * 0.18, horizon + deep * 0.5)
    return Ground(underfoot(palette, "grass"), horizon, stand, light_of(canvas, palette), water)


def _bluff(
    canvas: Canvas,
    palette: Palette,
    horizon: int,
    side: float,
    shape: tuple[float, float, float],
    haze: float,
    kind: int,
    name: str,
) -> None:
    """A cliff with its mirror image and surf.

    shape: how far it reaches in, its rise over the horizon, its foot below it: shares of the picture.
    """
    reach, rise, foot = shape
    short = canvas.short
    base = horizon + (canvas.height - horizon) * foot
    crest = horizon - min(rise * short, horizon * 0.8)
    points = [
        (-0.06, crest),
        (reach * 0.45, crest + short * 0.01),
        (reach * 0.72, crest + short * 0.035),
        (reach * 0.86, crest + (base - crest) * 0.45),
        (reach, base),
        (-0.06, base),
    ]
    cliff(canvas, palette, side, points, kind, haze, name, 0.008, short * 0.035 * (1 - haze * 0.6))
    outer, inner = from_side(canvas, side, 0), from_side(canvas, side, reach)
    edge = np.column_stack([np.linspace(outer, inner, 80), np.full(80, base + 1)])
    mirrored_box(canvas, int(base), int(base + short * 0.1), 0.4, outer, canvas.width * reach)
    surf(canvas, edge, short * 0.010 * (1.5 - haze), mix(palette.horizon, WHITE, 0.7), name + "-surf", 2)


def _verge(canvas: Canvas, palette: Palette, top: float) -> None:
    """The near edge of the land."""
    if palette.snowy:
        snow_ground(canvas, palette, top, "verge")
        return
    hills(
        canvas,
        top,
        canvas.short * 0.06,
        1.3,
        palette.leaf(0.8, 1.0),
        palette.leaf(0.25, 0.6),
        "verge",
        reach=canvas.height - top,
    )
    brushwork(canvas, top + canvas.short * 0.02, canvas.height, "verge-brush", 0.06, 20, 900)
    grass(canvas, top + canvas.short * 0.012, "verge-grass", 1500)


def rocky(canvas: Canvas, setting: Setting) -> Ground:
    """Waves break on rocks at both sides of a small strand; a lighthouse gets its headland."""
    if "lighthouse" in setting.nouns:
        return headland(canvas, setting)
    horizon, sun, palette = sea_air(canvas, setting, (0.36, 0.43), (0.5, 0.8))
    width, height, short = canvas.width, canvas.height, canvas.short
    crest, body, foam = wave_tones(palette, 210)
    tones = (mix(crest, shallow_color(palette), 0.25), body, foam)
    rolling(canvas, tones, horizon, short * 0.16, 0.7, palette.haze)
    glints(canvas, sun[0], horizon + 3, height * 0.7, mix(palette.sun, WHITE, 0.3), 60, 0.06)
    side, kind = sun_side(canvas), int(canvas.stream("stone").integers(4))
    shore = height * 0.80
    strand(canvas, palette, waterline(canvas, shore, short * 0.04), short * 0.045)
    for k, (x, y, wide, tall) in enumerate(_OUTCROPS):
        at = from_side(canvas, side, x)
        _outcrop(canvas, palette, at, height * y, short * wide, short * tall, kind, f"rock{k}", foam)
    area, sizes = (0, shore + short * 0.05, width, height), (7 * canvas.unit, 22 * canvas.unit)
    boulders(canvas, palette, area, sizes, 26, side, "pebbles", kind)
    return waterside(canvas, palette, "sand", horizon, shore, (0.30, 0.96), (0.15, 0.5))


def _outcrop(
    canvas: Canvas,
    palette: Palette,
    x: float,
    y: float,
    wide: float,
    tall: float,
    kind: int,
    name: str,
    foam: Rgb,
) -> None:
    rng = canvas.stream(name)
    points = [
        (x + a * wide * float(rng.uniform(0.9, 1.1)), y + b * tall * float(rng.uniform(0.8, 1.1)))
        for a, b in _OUTCROP
    ]
    outline = ridge_line(points, wide * 0.02, rng)
    crag(
        canvas,
        outline,
        stone(palette, kind),
        sun_side(canvas),
        name + "-face",
        turf(palette) if palette.snowy else None,
        tall * 0.16,
    )
    if y < canvas.height * 0.8:
        edge = np.column_stack(
            [np.linspace(x - wide * 0.6, x + wide * 0.6, 60), np.full(60, y + wide * 0.02)]
        )
        surf(canvas, edge, wide * 0.05, foam, name + "-surf", 2)
        spray(canvas, x - wide * 0.42, y, tall * 0.55, foam, name + "-spray", 50)


def port(canvas: Canvas, setting: Setting) -> Ground:
    """A harbour; a lighthouse gets its headland instead."""
    return (headland if "lighthouse" in setting.nouns else harbour)(canvas, setting)


LAYOUTS = (headland, bay, rocky, port)
