"""A city's skyline: over the water with a bridge, beyond a park, over roofs, from a hill."""

from __future__ import annotations

import math

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import box, ellipse
from limner.engines.sketch.paint.flora import crown
from limner.engines.sketch.paint.foreground import branch, roofs
from limner.engines.sketch.paint.land import brushwork, grass, hills, snow_ground
from limner.engines.sketch.paint.palette import WHITE, Palette, lch, mix
from limner.engines.sketch.paint.promenades import promenade, roof_terrace
from limner.engines.sketch.paint.sky import sky
from limner.engines.sketch.paint.streetware import (
    Spot,
    after_dark,
    lamp_post,
    puff,
    shine,
    string_lights,
)
from limner.engines.sketch.paint.towers import bridge, embankment, skyline
from limner.engines.sketch.paint.water import glints
from limner.engines.sketch.paint.waves import deep_color, mirrored, sea
from limner.engines.sketch.scene.places.ground import (
    Ground,
    Setting,
    light_of,
    sun_at,
    sun_side,
    underfoot,
    vary,
)
from limner.engines.sketch.scene.places.outdoors import waterside


def waterfront(canvas: Canvas, setting: Setting) -> Ground:
    """Towers and a bridge mirrored in a river; a promenade to stand on."""
    palette, side = setting.palette, sun_side(canvas)
    width, height, short = canvas.width, canvas.height, canvas.short
    bank = int(height * vary(canvas, 0.56, 0.61))
    sun = sun_at(canvas, palette, bank * 0.8)
    hero = 0.5 - side * 0.14
    _air(canvas, palette, bank, sun, 0.5)
    skyline(canvas, palette, bank, hero, min(0.44, bank / short * 0.8))
    embankment(canvas, palette, bank)
    start = width * (0.5 + side * 0.02)
    end = start + side * max(short * 0.62, width * 0.54)
    bridge(canvas, palette, bank + short * 0.012, min(start, end), max(start, end), short * 0.15)
    _mirror(canvas, palette, bank, sun[0])
    quay = height * 0.86
    lights = promenade(canvas, palette, quay)
    if lights:
        shine(canvas, lights)
    return waterside(canvas, palette, "floor", bank, quay, (0.38, 0.97), (0.3, 0.85))


def park(canvas: Canvas, setting: Setting) -> Ground:
    """A lawn and a pond before the city, a branch across the corner, a great sun behind the towers."""
    palette, side = setting.palette, sun_side(canvas)
    width, height, short = canvas.width, canvas.height, canvas.short
    bank = int(height * vary(canvas, 0.60, 0.64))
    hero = 0.5 - side * 0.13
    sun = (width * (hero + side * 0.09), bank - min(short * 0.30, bank * 0.55))
    _air(canvas, palette, bank, sun, 0.35)
    if palette.time in ("dawn", "dusk") and palette.disc:
        canvas.fill(
            ellipse(*sun, short * 0.16, short * 0.16, 0, 80),
            mix(palette.sun, WHITE, 0.3),
            mix(palette.horizon, palette.sun, 0.4),
            alpha=0.75,
        )
    skyline(canvas, palette, bank, hero, min(0.32, bank / short * 0.6), 0.05, 2)
    embankment(canvas, palette, bank)
    _mirror(canvas, palette, bank, sun[0])
    lawn = height * 0.77
    _lawn(canvas, palette, lawn)
    for k, (x, y, tall) in enumerate(((0.86, 0.05, 0.23), (0.95, 0.22, 0.34))):
        _bush(canvas, palette, width * (0.5 + (x - 0.5) * side), lawn + (height - lawn) * y, short * tall, k)
    lights = lamp_post(
        canvas, palette, width * (0.5 - side * 0.36), lawn + (height - lawn) * 0.30, short * 0.26
    )
    if lights:
        shine(canvas, lights)
    branch(canvas, palette, -side)
    return waterside(canvas, palette, "grass", bank, lawn, (0.30, 0.96), (0.3, 0.8))


def rooftops(canvas: Canvas, setting: Setting) -> Ground:
    """Over the roofs of the old town, from a terrace with string lights."""
    palette, side = setting.palette, sun_side(canvas)
    width, height, short = canvas.width, canvas.height, canvas.short
    foot = int(height * vary(canvas, 0.54, 0.58))
    _air(canvas, palette, foot, sun_at(canvas, palette, foot * 0.8), 0.6)
    _far_hills(canvas, palette, foot)
    skyline(canvas, palette, foot + short * 0.03, 0.5 + side * 0.15, min(0.34, foot / short * 0.6), 0.08, 3)
    roofs(canvas, palette, foot + short * 0.06)
    terrace = height * 0.84
    roof_terrace(canvas, palette, terrace)
    for x in (-0.01, 1.01):
        canvas.polygon(
            box(width * x - short * 0.012, terrace - short * 0.40, width * x + short * 0.012, height),
            mix(palette.dark, palette.middle, 0.15),
        )
    row = terrace - short * 0.38
    string_lights(
        canvas,
        palette,
        (0, row),
        (width, row + short * 0.02),
        short * 0.11,
        int(15 * min(4.0, max(1.0, width / short))),
        4.5 * canvas.unit,
    )
    stand = (terrace + (height - terrace) * 0.40, height * 0.97)
    return Ground(underfoot(palette, "floor"), terrace - short * 0.1, stand, light_of(canvas, palette))


def hilltop(canvas: Canvas, setting: Setting) -> Ground:
    """Downtown in a wide valley of houses, seen from a grassy hill."""
    palette, side = setting.palette, sun_side(canvas)
    width, height, short = canvas.width, canvas.height, canvas.short
    horizon = int(height * vary(canvas, 0.40, 0.45))
    sun = sun_at(canvas, palette, horizon)
    _air(canvas, palette, horizon, sun, 0.65)
    _far_hills(canvas, palette, horizon)
    hill = height * 0.76
    valley = mix(palette.leaf(0.4, 0.6), palette.haze, 0.45)
    canvas.fill(
        box(0, horizon, width, height),
        mix(valley, palette.haze, 0.25),
        mix(palette.leaf(0.45, 0.7), palette.haze, 0.08),
        span=(horizon, hill),
    )
    tall = min(0.26, horizon / short * 0.55)
    skyline(canvas, palette, horizon + short * 0.075, 0.5 - side * 0.12, tall, 0.02, 2)
    _valley(canvas, palette, horizon + short * 0.06, hill + short * 0.05)
    _lawn(canvas, palette, hill, short * 0.09)
    lights = lamp_post(
        canvas, palette, width * (0.5 + side * 0.37), hill + (height - hill) * 0.35, short * 0.24
    )
    _bush(canvas, palette, width * (0.5 - side * 0.44), hill + (height - hill) * 0.15, short * 0.26, 1)
    if lights:
        shine(canvas, lights)
    stand = (hill + (height - hill) * 0.25, height * 0.95)
    return Ground(underfoot(palette, "grass"), horizon, stand, light_of(canvas, palette))


def _air(canvas: Canvas, palette: Palette, bottom: int, sun: tuple[float, float], clouds: float) -> None:
    sky(canvas, palette, bottom + 4, sun, clouds + vary(canvas, -0.15, 0.15, "cloudiness"), 0.6)
    _far_hills(canvas, palette, bottom)


def _far_hills(canvas: Canvas, palette: Palette, foot: float) -> None:
    far = mix(palette.haze, palette.middle, 0.45)
    hills(
        canvas,
        foot - canvas.short * 0.02,
        canvas.short * 0.10,
        3,
        far,
        mix(palette.haze, palette.horizon, 0.4),
        "far",
        foot + 5,
    )


def _mirror(canvas: Canvas, palette: Palette, bank: int, sun_x: float) -> None:
    """The river below the embankment."""
    top = bank + int(canvas.short * 0.014)
    tint = mix(deep_color(palette), palette.dark, 0.2)
    sea(canvas, palette, top, canvas.height, 0.35, None, tint)
    mirrored(canvas, top, canvas.height, 0.72)
    glints(
        canvas,
        sun_x,
        top + 2,
        canvas.height * 0.86,
        mix(palette.sun, WHITE, 0.3),
        60 if palette.time == "day" else 110,
        0.04,
    )


def _lawn(canvas: Canvas, palette: Palette, top: float, swell: float = 0.0) -> None:
    """Grass, or snow, over the lower part of the picture."""
    rise = swell or canvas.short * 0.035
    if palette.snowy:
        snow_ground(canvas, palette, top, "lawn")
        return
    hills(
        canvas,
        top + rise * 0.4,
        rise,
        1.2,
        palette.leaf(0.85, 1.0),
        palette.leaf(0.25, 0.6),
        "lawn",
        reach=canvas.height - top,
    )
    brushwork(canvas, top + canvas.short * 0.02, canvas.height, "lawn-brush", 0.06, 8, 800)
    grass(canvas, top + canvas.short * 0.02, "lawn-grass", 1500)


def _bush(canvas: Canvas, palette: Palette, x: float, y: float, size: float, number: int) -> None:
    """A round shrub with flowers."""
    rng = canvas.stream(f"bush{number}")
    tones = (palette.leaf(0.0, 0.3), palette.leaf(0.5, 0.7), palette.leaf(0.95, 1.0))
    for dx, radius in ((-0.32, 0.24), (0.30, 0.26), (0.0, 0.34)):
        crown(canvas, x + dx * size, y - radius * size * 0.8, radius * size, tones, rng, 70)
    for _ in range(0 if palette.snowy or palette.season == "autumn" else 22):
        angle, out = float(rng.random()) * 6.28, float(rng.random()) ** 0.5
        px, py = (
            x + math.cos(angle) * out * size * 0.42,
            y - size * 0.28 + math.sin(angle) * out * size * 0.22,
        )
        canvas.dot(px, py, size * 0.016, palette.local(0.84, 0.13, 350, 0.95))


def _valley(canvas: Canvas, palette: Palette, top: float, bottom: float) -> None:
    """Small houses among trees, larger towards the viewer."""
    rng, short = canvas.stream("valley"), canvas.short
    lit = after_dark(palette)
    spots: list[Spot] = []
    count = int(240 * min(2.0, max(1.0, canvas.width / short)))
    for t in np.sort(rng.random(count)).tolist():
        x, y = float(rng.random()) * canvas.width, top + (bottom - top) * t
        size = short * (0.013 + 0.046 * t) * float(rng.uniform(0.8, 1.2))
        haze = 0.5 * (1 - t)
        if rng.random() < 0.5:
            green = tuple(
                mix(c, palette.haze, haze)
                for c in (palette.leaf(0.0, 0.3), palette.leaf(0.4, 0.6), palette.leaf(0.8, 0.9))
            )
            puff(canvas, x, y - size * 0.5, size * 0.62, (green[0], green[1], green[2]), rng)
            continue
        wall = mix(palette.local(0.88, 0.05, float(rng.uniform(20, 110)), 0.8), palette.haze, haze)
        tile = lch(0.95, 0.01, 240) if palette.snowy else lch(0.56, 0.12, float(rng.uniform(25, 55)))
        canvas.polygon(box(x - size * 0.5, y - size * 0.6, x + size * 0.5, y), wall)
        canvas.polygon(box(x + size * 0.18, y - size * 0.6, x + size * 0.5, y), mix(wall, palette.dark, 0.2))
        canvas.polygon(
            [
                (x - size * 0.6, y - size * 0.58),
                (x - size * 0.3, y - size),
                (x + size * 0.3, y - size),
                (x + size * 0.6, y - size * 0.58),
            ],
            mix(palette.lit(tile, 0.8), palette.haze, haze),
        )
        pane = lch(0.90, 0.11, 82) if lit and rng.random() < 0.8 else mix(wall, palette.dark, 0.5)
        for dx in (-0.3, 0.02):
            canvas.polygon(box(x + dx * size, y - size * 0.42, x + (dx + 0.18) * size, y - size * 0.18), pane)
        if lit:
            spots.append((x, y - size * 0.3, size * 1.1, 0.35))
    if spots:
        shine(canvas, spots)


LAYOUTS = (waterfront, park, rooftops, hilltop)
