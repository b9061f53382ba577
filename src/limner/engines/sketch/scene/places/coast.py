"""The coast: cliffs about a bay, a headland, rocks in the surf, a harbour."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.cliffs import boulders, crag, ridge_line, stone, turf
from limner.engines.sketch.paint.curves import box
from limner.engines.sketch.paint.land import blades, brushwork, grass, hills, snow_ground
from limner.engines.sketch.paint.noise import Rng
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
from limner.engines.sketch.scene.places.sea import air, mirrored_box, wave_tones

_ROOFS = ((0.56, 0.14, 35), (0.50, 0.10, 255), (0.60, 0.12, 50), (0.46, 0.09, 20))
_PETALS = ((0.96, 0.02, 90), (0.86, 0.14, 95), (0.78, 0.13, 350), (0.70, 0.12, 300))
_WALLS = ((0.93, 0.03, 85), (0.86, 0.06, 60), (0.88, 0.05, 20), (0.85, 0.05, 220), (0.90, 0.07, 95))


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


def harbour(canvas: Canvas, setting: Setting) -> Ground:
    """Houses up the far side of a harbour, a jetty, and a quay to stand on; no lighthouse stands there."""
    if "lighthouse" in setting.nouns:
        return headland(canvas, setting)
    horizon = int(canvas.height * vary(canvas, 0.46, 0.52))
    sun = sun_at(canvas, setting.palette, horizon * 0.8)
    palette = air(canvas, setting, horizon + 2, sun, vary(canvas, 0.4, 0.7, "cloudiness"))
    width, height, short = canvas.width, canvas.height, canvas.short
    hills(
        canvas,
        horizon + 4,
        short * 0.20,
        1.3,
        mix(palette.leaf(0.5, 0.8), palette.haze, 0.5),
        mix(palette.leaf(0.3, 0.6), palette.haze, 0.35),
        "harbour-hill",
        horizon + 4,
    )
    _houses(canvas, palette, horizon)
    sea(
        canvas,
        palette,
        horizon + 2,
        height,
        0.45,
        None,
        mix(deep_color(palette), shallow_color(palette), 0.25),
    )
    mirrored_box(canvas, horizon + 2, int(horizon + short * 0.3), 0.55, width / 2, width)
    quay = height * 0.82
    _moorings(canvas, palette, horizon, quay)
    _jetty(canvas, palette, horizon, quay)
    _quay(canvas, palette, quay)
    deep = quay - horizon
    stand = (quay + (height - quay) * 0.35, height * 0.96)
    surface: Surface = "snow" if palette.snowy else "floor"
    return Ground(
        surface, horizon, stand, light_of(canvas, palette), (horizon + deep * 0.3, horizon + deep * 0.8)
    )


def _houses(canvas: Canvas, palette: Palette, horizon: int) -> None:
    """Small gabled houses in rows up the hill, far rows first."""
    short, rng = canvas.short, canvas.stream("houses")
    for row in range(3):
        foot = horizon + 3 - short * 0.045 * (2 - row)
        size = short * (0.034 + 0.010 * row)
        x = float(rng.uniform(-0.5, 0.5)) * size + canvas.width * 0.05 * (2 - row)
        while x < canvas.width * (1 - 0.05 * (2 - row)):
            wide = size * float(rng.uniform(0.9, 1.5))
            _house(
                canvas, palette, x, foot, wide, size * float(rng.uniform(1.0, 1.7)), 0.30 - 0.10 * row, rng
            )
            x += wide * float(rng.uniform(1.02, 1.5 if row == 2 else 2.0))


def _house(
    canvas: Canvas, palette: Palette, x: float, foot: float, wide: float, tall: float, haze: float, rng: Rng
) -> None:
    wall = mix(palette.local(*_WALLS[int(rng.integers(len(_WALLS)))], 0.85), palette.haze, haze)
    tile = lch(0.95, 0.01, 240) if palette.snowy else lch(*_ROOFS[int(rng.integers(len(_ROOFS)))])
    roof = mix(palette.lit(tile, 0.8), palette.haze, haze)
    top = foot - tall
    canvas.polygon(box(x, top, x + wide, foot), wall)
    canvas.polygon(box(x + wide * 0.68, top, x + wide, foot), mix(wall, palette.dark, 0.22))
    canvas.polygon(
        [(x - wide * 0.06, top), (x + wide * 0.5, top - wide * 0.45), (x + wide * 1.06, top)], roof
    )
    pane = lch(0.88, 0.11, 80) if palette.time in ("dusk", "night") else mix(wall, palette.dark, 0.5)
    step = wide / 3
    for j in range(max(1, int(tall / (step * 1.2)))):
        for i in range(2):
            px, py = x + step * (0.55 + 1.1 * i), top + step * (0.45 + 1.2 * j)
            if py + step * 0.6 < foot and rng.random() < 0.8:
                canvas.polygon(box(px, py, px + step * 0.5, py + step * 0.62), pane)


def _moorings(canvas: Canvas, palette: Palette, horizon: int, quay: float) -> None:
    """Small boats at rest: hull, mast, furled sail and their mirror images."""
    rng, side = canvas.stream("moorings"), sun_side(canvas)
    for k in range(5):
        depth = 0.07 + 0.06 * k
        x = canvas.width * (0.5 + side * float(rng.uniform(0.04, 0.46)))
        y, size = horizon + (quay - horizon) * depth, canvas.short * (0.03 + 0.10 * depth)
        hull = palette.local(
            *((0.93, 0.02, 90), (0.55, 0.14, 30), (0.50, 0.10, 245), (0.6, 0.1, 165))[k % 4], 0.85
        )
        mast = mix(palette.dark, palette.haze, 0.35)
        canvas.line([(x, y - size * 0.2), (x, y - size * 2.0)], mast, 2 * canvas.unit)
        canvas.line(
            [(x, y - size * 0.5), (x + size * 0.75, y - size * 0.42)], mix(hull, WHITE, 0.5), 4 * canvas.unit
        )
        canvas.fill(
            [
                (x - size * 0.8, y - size * 0.30),
                (x + size * 0.9, y - size * 0.26),
                (x + size * 0.66, y),
                (x - size * 0.62, y),
            ],
            mix(hull, palette.sun, 0.15),
            mix(hull, palette.dark, 0.3),
        )
        mirrored_box(canvas, int(y), int(y + size * 1.6), 0.6, x, size * 1.3)


def _jetty(canvas: Canvas, palette: Palette, horizon: int, quay: float) -> None:
    """A wooden jetty that runs from the quay into the harbour."""
    side, width, short = -sun_side(canvas), canvas.width, canvas.short
    wood, dark = (
        palette.local(0.60, 0.06, 65, 0.85),
        mix(palette.local(0.40, 0.05, 60, 0.3), palette.dark, 0.3),
    )
    far_y = horizon + (quay - horizon) * 0.36
    near_x, far_x = width * (0.5 + side * 0.22), width * (0.5 + side * 0.08)
    half_near, half_far = short * 0.10, short * 0.022
    for t in np.linspace(0.0, 1, 7) ** 1.4:
        y, x = far_y + (quay - far_y) * t, far_x + (near_x - far_x) * t
        half, tall = half_far + (half_near - half_far) * t, short * (0.018 + 0.06 * t)
        for s in (-1, 1):
            canvas.polygon(
                box(x + s * half - tall * 0.10, y - tall * 0.5, x + s * half + tall * 0.10, y + tall), dark
            )
    canvas.fill(
        [
            (far_x - half_far, far_y),
            (far_x + half_far, far_y),
            (near_x + half_near, quay + 2),
            (near_x - half_near, quay + 2),
        ],
        mix(wood, palette.haze, 0.25),
        wood,
    )
    for t in np.linspace(0.02, 1, 22) ** 1.7:
        y, x = far_y + (quay - far_y) * t, far_x + (near_x - far_x) * t
        half = half_far + (half_near - half_far) * t
        canvas.line([(x - half, y), (x + half, y)], mix(wood, dark, 0.6), (0.6 + 1.6 * t) * canvas.unit)


def _quay(canvas: Canvas, palette: Palette, top: float) -> None:
    """A stone quay with bollards along its edge."""
    width, height, short = canvas.width, canvas.height, canvas.short
    base = lch(0.92, 0.01, 240) if palette.snowy else lch(0.72, 0.03, 75)
    flag, dark = palette.lit(base, 0.85), mix(palette.lit(base, 0.4), palette.dark, 0.35)
    canvas.fill(box(0, top, width, height), mix(flag, palette.haze, 0.15), mix(flag, dark, 0.35))
    rng = canvas.stream("flags")
    for t in (0.12, 0.34, 0.64):
        y = top + (height - top) * t
        canvas.line([(0, y), (width, y)], mix(flag, dark, 0.4), (1 + t) * canvas.unit)
        for x in np.arange(-0.5, 1.6, (0.10 + 0.22 * t) * max(short / width, 0.2)) + rng.uniform(0, 0.1):
            a, b = 0.5 + (x - 0.5), 0.5 + (x - 0.5) * (1.25 + t * 0.3)
            canvas.line(
                [(a * width, y), (b * width, y + (height - top) * (0.22 + 0.14 * t))],
                mix(flag, dark, 0.35),
                canvas.unit,
            )
    brushwork(canvas, top + 2, height, "quay-brush", 0.05, 0, 700)
    canvas.polygon(box(0, top - short * 0.004, width, top + short * 0.012), mix(flag, WHITE, 0.25))
    iron = mix(palette.dark, palette.middle, 0.12)
    for x in np.arange(0.07, 1.0, 0.29 * max(short / width, 0.2)) * width:
        canvas.polygon(
            box(
                x - short * 0.012, top - short * 0.028, x + short * 0.012, top + short * 0.014, short * 0.005
            ),
            iron,
        )
        canvas.polygon(
            box(
                x - short * 0.018, top - short * 0.036, x + short * 0.018, top - short * 0.022, short * 0.006
            ),
            mix(iron, WHITE, 0.15),
        )


LAYOUTS = (headland, bay, rocky, harbour)
