"""The coast: cliffs about a bay, a headland, rocks in the surf, a harbour."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.cliffs import boulders, crag, ridge_line, stone, turf
from limner.engines.sketch.paint.land import blades, brushwork, grass, hills, snow_ground
from limner.engines.sketch.paint.palette import WHITE, Palette, lch, mix
from limner.engines.sketch.paint.raster import Floats, Rgb, floats
from limner.engines.sketch.paint.strand import strand, waterline
from limner.engines.sketch.paint.water import glints
from limner.engines.sketch.paint.waves import deep_color, rolling, sea, shallow_color, spray, surf
from limner.engines.sketch.scene.places.ground import (
    Ground,
    Setting,
    Surface,
    light_of,
    sun_at,
    sun_side,
    vary,
)
from limner.engines.sketch.scene.places.harbour import harbour
from limner.engines.sketch.scene.places.sea import air, mirrored_box, wave_tones

_PETALS = ((0.96, 0.02, 90), (0.86, 0.14, 95), (0.78, 0.13, 350), (0.70, 0.12, 300))


def bay(canvas: Canvas, setting: Setting) -> Ground:
    """Cliffs step back along one side of a bay; grass on the near cliff."""
    horizon = int(canvas.height * vary(canvas, 0.40, 0.47))
    sun = sun_at(canvas, setting.palette, horizon)
    palette = air(canvas, setting, horizon + 2, sun, vary(canvas, 0.45, 0.75, "cloudiness"))
    near = mix(shallow_color(palette), deep_color(palette), 0.45)
    sea(canvas, palette, horizon, canvas.height, 0.7, sun[0], near)
    side = -sun_side(canvas)
    kind = int(canvas.stream("stone").integers(4))
    for k, (reach, rise, foot) in enumerate(((0.52, 0.13, 0.03), (0.40, 0.24, 0.13), (0.26, 0.36, 0.32))):
        _cliff(canvas, palette, horizon, side, (reach, rise, foot), 0.62 - 0.26 * k, kind, f"cliff{k}")
    top = canvas.height * 0.80
    _meadow(canvas, palette, top, side)
    deep = canvas.height - horizon
    stand = (top + (canvas.height - top) * 0.32, canvas.height * 0.96)
    return Ground(
        _surface(palette),
        horizon,
        stand,
        light_of(canvas, palette),
        (horizon + deep * 0.18, horizon + deep * 0.5),
    )


def _cliff(
    canvas: Canvas,
    palette: Palette,
    horizon: int,
    side: float,
    shape: tuple[float, float, float],
    haze: float,
    kind: int,
    name: str,
) -> None:
    """shape: how far it reaches in, its rise over the horizon, its foot below it: shares of the picture."""
    reach, rise, foot = shape
    rng, height, short = canvas.stream(name), canvas.height, canvas.short
    base = horizon + (height - horizon) * foot
    crest = horizon - min(rise * short, horizon * 0.8)
    points = [
        (-0.06, crest),
        (reach * 0.45, crest + short * 0.01),
        (reach * 0.72, crest + short * 0.035),
        (reach * 0.86, crest + (base - crest) * 0.45),
        (reach, base),
        (-0.06, base),
    ]
    outline = ridge_line(
        [(canvas.width * (x if side < 0 else 1 - x), y) for x, y in points], short * 0.008, rng
    )
    crag(
        canvas,
        outline,
        stone(palette, kind, haze),
        sun_side(canvas),
        name + "-rock",
        mix(turf(palette), palette.haze, haze),
        short * 0.035 * (1 - haze * 0.6),
    )
    inner = canvas.width * (reach if side < 0 else 1 - reach)
    edge = np.column_stack(
        [np.linspace(canvas.width * (0 if side < 0 else 1), inner, 80), np.full(80, base + 1)]
    )
    mirrored_box(
        canvas,
        int(base),
        int(base + short * 0.1),
        0.4,
        canvas.width * (0 if side < 0 else 1),
        canvas.width * reach,
    )
    surf(canvas, edge, short * 0.010 * (1.5 - haze), mix(palette.horizon, WHITE, 0.7), name + "-surf", 2)


def _meadow(canvas: Canvas, palette: Palette, top: float, side: float) -> None:
    """The near edge of the land, with a path and flowers."""
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
    grass(canvas, palette, top + canvas.short * 0.012, "verge-grass", 1500)


def _surface(palette: Palette) -> Surface:
    return "snow" if palette.snowy else "grass"


def headland(canvas: Canvas, setting: Setting) -> Ground:
    """A broad green headland with the sea about it, where a lighthouse would stand."""
    horizon = int(canvas.height * vary(canvas, 0.50, 0.56))
    sun = sun_at(canvas, setting.palette, horizon)
    palette = air(canvas, setting, horizon + 2, sun, vary(canvas, 0.5, 0.85, "cloudiness"))
    _far_shore(canvas, palette, horizon)
    if setting.weather == "storm":
        rolling(canvas, wave_tones(palette), horizon, canvas.short * 0.2, 0.8, palette.haze)
    else:
        sea(canvas, palette, horizon, canvas.height, 0.9, sun[0])
    side, short, width = -sun_side(canvas), canvas.short, canvas.width
    crest = canvas.height * 0.64
    drop = canvas.height - crest
    points = [
        (-0.03, crest + drop * 0.02),
        (0.34, crest - drop * 0.04),
        (0.66, crest + drop * 0.04),
        (0.80, crest + drop * 0.22),
        (0.90, crest + drop * 0.48),
        (1.03, crest + drop * 0.66),
        (1.03, canvas.height + 9),
        (-0.03, canvas.height + 9),
    ]
    outline = ridge_line(
        [(width * (x if side < 0 else 1 - x), y) for x, y in points], short * 0.007, canvas.stream("ridge")
    )
    kind = int(canvas.stream("stone").integers(4))
    crag(canvas, outline, stone(palette, kind), sun_side(canvas), "head-rock", turf(palette), drop * 0.05)
    _lawn(canvas, palette, outline[: 14 * 4], side, drop)
    if not palette.snowy:
        _tufts(canvas, palette, outline, drop)
    foam = mix(palette.horizon, WHITE, 0.7)
    for k, (x, y) in enumerate(((0.86, 0.44), (0.95, 0.62))):
        spray(canvas, width * (x if side < 0 else 1 - x), crest + drop * y, short * 0.05, foam, f"spray{k}")
    stand = (crest + drop * 0.07, crest + drop * 0.40)
    deep = crest - horizon
    return Ground(
        _surface(palette),
        horizon,
        stand,
        light_of(canvas, palette),
        (horizon + deep * 0.2, horizon + deep * 0.7),
    )


def _lawn(canvas: Canvas, palette: Palette, edge: Floats, side: float, drop: float) -> None:
    """Turf over the headland, down to where it breaks off into the sea."""
    width, rng = canvas.width, canvas.stream("lawn")
    x, y = float(edge[-1, 0]), float(edge[-1, 1])
    inward = width * (-0.30 if side < 0 else 0.30)
    brink = ridge_line(
        [
            (x, y),
            (x + inward * 0.35, y + drop * 0.20),
            (x + inward * 0.55, y + drop * 0.52),
            (x + inward, canvas.height + 9),
        ],
        canvas.short * 0.012,
        rng,
    )
    corner = (-9.0 if side < 0 else width + 9.0, canvas.height + 9.0)
    top = float(edge[:, 1].min())
    shade = mix(turf(palette), palette.zenith, 0.25) if palette.snowy else palette.leaf(0.25, 0.6)
    canvas.fill(np.concatenate([edge, brink, [corner]]), turf(palette), shade, span=(top, canvas.height))
    brushwork(canvas, top + drop * 0.1, canvas.height, "lawn-brush", 0.05, 12, 800)
    _path(canvas, palette, side, top, drop)


def _path(canvas: Canvas, palette: Palette, side: float, top: float, drop: float) -> None:
    """A trodden path from the lower edge to the crest."""
    width, short = canvas.width, canvas.short
    t = np.linspace(0, 1, 24)
    x = width * (0.5 + side * (0.20 - 0.16 * t + 0.07 * np.sin(t * 4.4)))
    y = canvas.height + 6 - (canvas.height + 6 - top - drop * 0.09) * t
    half = short * (0.075 * (1 - t) ** 1.5 + 0.010)
    earth = palette.lit(lch(0.90, 0.02, 250) if palette.snowy else lch(0.74, 0.06, 75), 0.85)
    shape = np.concatenate([np.column_stack([x - half, y]), np.column_stack([x + half, y])[::-1]])
    canvas.fill(shape, earth, mix(earth, palette.dark, 0.18), blur=short * 0.006, alpha=0.9)


def _tufts(canvas: Canvas, palette: Palette, outline: Floats, drop: float) -> None:
    """Grass and flowers on the cap of the headland."""
    rng, unit = canvas.stream("tufts"), canvas.unit
    edge = outline[: 14 * 3]
    count = 1100
    at = edge[rng.integers(len(edge), size=count)]
    down = np.sort(rng.random(count)) ** 0.8
    x, y = at[:, 0] + rng.normal(0, 16, count) * unit, at[:, 1] + down * drop * 0.9
    dark, light = np.asarray(palette.leaf(0.15, 0.6)), np.asarray(palette.leaf(1.0, 0.95))
    tone = np.clip(0.55 - 0.35 * down + rng.normal(0, 0.22, count), 0, 1)[:, None]
    tall = (7 + 22 * down) * unit * rng.uniform(0.6, 1.3, count)
    blades(
        canvas,
        floats(x),
        floats(y),
        floats(tall),
        floats(rng.normal(0, 0.4, count)),
        floats(dark * (1 - tone) + light * tone),
        floats((0.8 + 1.4 * down) * unit),
    )
    if palette.season != "autumn":
        for i in range(0, count, 5):
            color = palette.local(*_PETALS[int(rng.integers(4))], 0.95)
            canvas.dot(float(x[i]), float(y[i] - tall[i]), (1.8 + 2.6 * float(down[i])) * unit, color)


def _far_shore(canvas: Canvas, palette: Palette, horizon: int) -> None:
    far = mix(palette.middle, palette.haze, 0.45)
    hills(
        canvas,
        horizon + 3,
        canvas.short * 0.055,
        1.4,
        far,
        mix(far, palette.haze, 0.4),
        "far-shore",
        horizon + 3,
    )


def rocky(canvas: Canvas, setting: Setting) -> Ground:
    """Waves break on rocks at both sides of a small strand; a lighthouse gets its headland."""
    if "lighthouse" in setting.nouns:
        return headland(canvas, setting)
    horizon = int(canvas.height * vary(canvas, 0.36, 0.43))
    sun = sun_at(canvas, setting.palette, horizon)
    palette = air(canvas, setting, horizon + 2, sun, vary(canvas, 0.5, 0.8, "cloudiness"))
    width, height, short = canvas.width, canvas.height, canvas.short
    crest, body, foam = wave_tones(palette, 210)
    rolling(
        canvas,
        (mix(crest, shallow_color(palette), 0.25), body, foam),
        horizon,
        short * 0.16,
        0.7,
        palette.haze,
    )
    glints(canvas, sun[0], horizon + 3, height * 0.7, mix(palette.sun, WHITE, 0.3), 60, 0.06)
    side, kind = sun_side(canvas), int(canvas.stream("stone").integers(4))
    shore = height * 0.80
    strand(canvas, palette, waterline(canvas, shore, short * 0.04), short * 0.045)
    for k, (x, y, wide, tall) in enumerate(
        (
            (0.90, 0.66, 0.30, 0.30),
            (0.04, 0.72, 0.34, 0.22),
            (0.70, 0.60, 0.14, 0.08),
            (0.98, 0.86, 0.36, 0.26),
            (0.0, 0.95, 0.30, 0.22),
        )
    ):
        at = width * (x if side < 0 else 1 - x)
        _outcrop(canvas, palette, at, height * y, short * wide, short * tall, kind, f"rock{k}", foam)
    boulders(
        canvas,
        palette,
        (0, shore + short * 0.05, width, height),
        (7 * canvas.unit, 22 * canvas.unit),
        26,
        side,
        "pebbles",
        kind,
    )
    deep = shore - horizon
    stand = (shore + (height - shore) * 0.30, height * 0.96)
    surface: Surface = "snow" if palette.snowy else "sand"
    return Ground(
        surface, horizon, stand, light_of(canvas, palette), (horizon + deep * 0.15, horizon + deep * 0.5)
    )


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
    shape = [
        (-0.55, 0.02),
        (-0.42, -0.35),
        (-0.22, -0.8),
        (0.02, -1.0),
        (0.20, -0.72),
        (0.36, -0.5),
        (0.55, 0.02),
    ]
    points = [
        (x + a * wide * float(rng.uniform(0.9, 1.1)), y + b * tall * float(rng.uniform(0.8, 1.1)))
        for a, b in shape
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
