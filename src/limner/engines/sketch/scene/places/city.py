"""A city: layers of towers in haze, and a street with lamps in front of them."""

from __future__ import annotations

import math

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import box
from limner.engines.sketch.paint.flora import crown
from limner.engines.sketch.paint.land import brushwork, hills
from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.paint.palette import WHITE, Palette, lch, mix, shift
from limner.engines.sketch.paint.raster import Rgb
from limner.engines.sketch.paint.sky import sky
from limner.engines.sketch.scene.places.ground import Ground, Setting, light_of, sun_at, vary

_WALLS = (
    (0.86, 0.025, 80),
    (0.78, 0.05, 50),
    (0.74, 0.05, 240),
    (0.82, 0.04, 200),
    (0.62, 0.07, 35),
    (0.66, 0.05, 245),
)
_LAMPS = (lch(0.88, 0.10, 80), lch(0.82, 0.13, 68), lch(0.93, 0.05, 95), lch(0.80, 0.08, 60))
_LIT_SHARE = {"dawn": 0.4, "day": 0.95, "dusk": 0.65, "night": 0.62}


def paint(canvas: Canvas, setting: Setting) -> Ground:
    """Skyline, trees and a street to stand on."""
    palette = setting.palette
    short, height = canvas.short, canvas.height
    street = height * vary(canvas, 0.66, 0.72)
    sky(
        canvas,
        palette,
        int(street) + 4,
        sun_at(canvas, palette, street * 0.75),
        vary(canvas, 0.3, 0.65, "cloudiness"),
        0.6,
    )
    far = mix(palette.haze, palette.middle, 0.45)
    hills(
        canvas,
        street - short * 0.02,
        short * 0.10,
        3,
        far,
        mix(palette.haze, palette.horizon, 0.4),
        "far",
        street + 3,
    )
    hero = 0.36 if canvas.stream("hero").random() < 0.5 else 0.64
    for layer in range(3):
        _block(canvas, palette, street, hero, layer)
    _avenue(canvas, palette, street)
    _street(canvas, palette, street)
    stand = (street + (height - street) * 0.34, height * 0.95)
    return Ground("snow" if palette.snowy else "floor", street, stand, light_of(canvas, palette))


def _block(canvas: Canvas, palette: Palette, foot: float, hero: float, layer: int) -> None:
    """One layer of towers, tallest about column hero; layer 0 is the farthest."""
    rng = canvas.stream(f"block{layer}")
    far = 1 - layer / 2
    short = canvas.short
    tallest = min(canvas.height * 0.42, short * 0.7)
    x = -30 * canvas.unit
    while x < canvas.width:
        width = short * rng.uniform(0.055, 0.11) * (1.05 - 0.35 * far)
        near_hero = math.exp(-(((x + width / 2) / canvas.width - hero) ** 2) / (0.035 if layer else 0.09))
        share = (0.28 + 0.72 * rng.random()) * (0.30 + 0.70 * near_hero) * (0.62 + 0.38 * far)
        wall = mix(_wall(palette, rng), palette.haze, (0.04 if palette.time == "day" else 0.10) + 0.58 * far)
        _tower(canvas, palette, (x, width, foot, short * 0.08 + tallest * share), wall, rng, far)
        x += width * rng.uniform(0.88, 1.18)
    if layer < 2:
        canvas.mist(
            foot - short * 0.02, short * 0.10, mix(palette.haze, palette.sun, 0.2), 0.5, f"smog{layer}"
        )


def _wall(palette: Palette, rng: Rng) -> Rgb:
    if palette.time == "night":
        return shift(
            mix(palette.dark, palette.middle, 0.3),
            float(rng.uniform(-0.04, 0.05)),
            1.1,
            float(rng.uniform(-40, 40)),
        )
    return palette.local(*_WALLS[int(rng.integers(len(_WALLS)))], 0.75)


def _tower(
    canvas: Canvas, palette: Palette, at: tuple[float, float, float, float], wall: Rgb, rng: Rng, far: float
) -> None:
    """at: left edge, width, foot, height."""
    x, width, foot, tall = at
    top = foot - tall
    lit, dark = (
        mix(wall, palette.sun, 0.0 if palette.night else 0.2),
        mix(wall, palette.dark, 0.35 * (1 - 0.6 * far)),
    )
    steps = (
        ((0.0, 1.0, 0.0),)
        if rng.random() < 0.65
        else ((0.0, 1.0, 0.22), (0.14, 0.86, 0.10), (0.28, 0.72, 0.0))
    )
    shade_width = width * float(rng.choice([0.26, 0.34, 0.0]))
    for a, b, drop in steps:
        x0, x1, y = x + a * width, x + b * width, top + drop * tall
        canvas.fill(box(x0, y, x1, foot), lit, mix(wall, palette.haze, 0.3))
        seam = x1 - shade_width * (b - a)
        if shade_width:
            canvas.fill(box(seam, y, x1, foot), dark, mix(dark, palette.haze, 0.3))
        _windows(canvas, palette, (x0, y, seam, foot), wall, rng, far)
    if len(steps) == 3 or rng.random() < 0.15:
        center = x + width / 2
        canvas.polygon(
            [(center - width * 0.04, top), (center, top - tall * 0.2), (center + width * 0.04, top)], lit
        )
    elif rng.random() < 0.4:
        canvas.polygon([(x, top), (x + width / 2, top - width * 0.45), (x + width, top)], dark)


def _windows(
    canvas: Canvas,
    palette: Palette,
    wall_box: tuple[float, float, float, float],
    wall: Rgb,
    rng: Rng,
    far: float,
) -> None:
    cell = max(4.0, (14 - 7 * far) * canvas.unit)
    tall = cell * float(rng.choice([1.15, 1.5, 1.9]))
    x0, y0 = int(max(wall_box[0] + cell * 0.5, 0)), int(max(wall_box[1] + cell, 0))
    x1, y1 = int(min(wall_box[2] - cell * 0.2, canvas.width)), int(min(wall_box[3] - cell, canvas.height))
    if x1 - x0 < cell or y1 - y0 < tall:
        return
    table = np.asarray(_pane_colors(palette, wall, far), np.float32)
    column, row = np.arange(x1 - x0) / cell, np.arange(y1 - y0) / tall
    ci, ri = column.astype(int), row.astype(int)
    pick = rng.integers(0, len(table), (ri[-1] + 1, ci[-1] + 1))
    shown = rng.random(pick.shape) < _LIT_SHARE[palette.time]
    inside = ((row % 1) < 0.6)[:, None] & ((column % 1) < 0.55)[None] & shown[ri][:, ci]
    part = canvas.pixels[y0:y1, x0:x1]
    part[inside] = table[pick[ri][:, ci][inside]].astype(np.uint8)


def _pane_colors(palette: Palette, wall: Rgb, far: float) -> list[Rgb]:
    if palette.time == "day":
        return [mix(wall, palette.zenith, share) for share in (0.5, 0.35, 0.6)]
    if palette.night:
        return [mix(c, wall, 0.12 + 0.55 * far) for c in _LAMPS] + [mix(wall, palette.middle, 0.35)] * 2
    return [mix(c, wall, 0.25 + 0.4 * far) for c in _LAMPS[:3]] + [mix(wall, palette.zenith, 0.4)] * 4


def _avenue(canvas: Canvas, palette: Palette, y: float) -> None:
    """A row of clipped trees before the houses."""
    rng = canvas.stream("avenue")
    colors = (palette.leaf(0.0, 0.2), palette.leaf(0.4, 0.6), palette.leaf(0.8, 1.0))
    x = 0.0
    while x < canvas.width:
        radius = canvas.short * rng.uniform(0.016, 0.028)
        crown(canvas, x, y - radius * 0.8, radius, colors, rng, 40)
        x += radius * rng.uniform(1.4, 3.0)


def _street(canvas: Canvas, palette: Palette, y: float) -> None:
    short, width, height = canvas.short, canvas.width, canvas.height
    walk = palette.lit(lch(0.95, 0.01, 240) if palette.snowy else lch(0.76, 0.02, 75), 0.7)
    road = palette.lit(lch(0.88, 0.015, 250) if palette.snowy else lch(0.50, 0.015, 265), 0.6)
    canvas.fill([(0, y), (width, y), (width, height), (0, height)], mix(walk, palette.haze, 0.25), walk)
    curb = y + (height - y) * 0.26
    canvas.fill(
        [(0, curb), (width, curb), (width, height), (0, height)],
        mix(road, palette.haze, 0.2),
        mix(road, palette.dark, 0.25),
    )
    canvas.line([(0, curb), (width, curb)], mix(walk, WHITE, 0.35), short * 0.007)
    brushwork(canvas, y + 2, height, "street-brush", 0.07, 0, 900)
    stripe = curb + (height - curb) * 0.48
    for x in np.arange(-0.02, 1.05, 0.16 * short / width):
        left = x * width
        canvas.polygon(
            [
                (left, stripe),
                (left + short * 0.09, stripe),
                (left + short * 0.085, stripe + short * 0.012),
                (left - short * 0.008, stripe + short * 0.012),
            ],
            mix(road, WHITE, 0.55),
        )
    for x in np.arange(0.06, 1.0, 0.30 * short / width):
        _lamp(canvas, palette, float(x) * width, curb - short * 0.004)


def _lamp(canvas: Canvas, palette: Palette, x: float, y: float) -> None:
    short = canvas.short
    iron = mix(palette.dark, palette.middle, 0.15)
    canvas.line([(x, y), (x, y - short * 0.17)], iron, short * 0.005)
    canvas.polygon(
        box(x - short * 0.011, y - short * 0.20, x + short * 0.011, y - short * 0.165, short * 0.005), iron
    )
    lit = palette.time in ("dusk", "night")
    glass = lch(0.94, 0.09, 85) if lit else mix(palette.haze, WHITE, 0.5)
    canvas.polygon(
        box(x - short * 0.008, y - short * 0.196, x + short * 0.008, y - short * 0.17, short * 0.004), glass
    )
    if lit:
        canvas.glow(x, y - short * 0.18, short * 0.13, lch(0.86, 0.12, 75), 0.75)
        canvas.glow(x, y + short * 0.02, short * 0.12, lch(0.80, 0.10, 70), 0.3)


LAYOUTS = (paint,)
