"""A green headland with the sea about it, and what grows on it."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.cliffs import crag, ridge_line, stone, turf
from limner.engines.sketch.paint.land import blades, brushwork, hills
from limner.engines.sketch.paint.palette import WHITE, Palette, lch, mix
from limner.engines.sketch.paint.raster import Floats, floats
from limner.engines.sketch.paint.waves import rolling, sea, spray
from limner.engines.sketch.scene.places.ground import Ground, Setting, light_of, sun_side, underfoot
from limner.engines.sketch.scene.places.seaside import from_side, sea_air, wave_tones

_PETALS = ((0.96, 0.02, 90), (0.86, 0.14, 95), (0.78, 0.13, 350), (0.70, 0.12, 300))


def headland(canvas: Canvas, setting: Setting) -> Ground:
    """A broad green headland with the sea about it, where a lighthouse would stand."""
    horizon, sun, palette = sea_air(canvas, setting, (0.50, 0.56), (0.5, 0.85))
    _far_shore(canvas, palette, horizon)
    if setting.weather == "storm":
        rolling(canvas, wave_tones(palette), horizon, canvas.short * 0.2, 0.8, palette.haze)
    else:
        sea(canvas, palette, horizon, canvas.height, 0.9, sun[0])
    side, short = -sun_side(canvas), canvas.short
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
        [(from_side(canvas, side, x), y) for x, y in points], short * 0.007, canvas.stream("ridge")
    )
    kind = int(canvas.stream("stone").integers(4))
    crag(canvas, outline, stone(palette, kind), sun_side(canvas), "head-rock", turf(palette), drop * 0.05)
    _lawn(canvas, palette, outline[: 14 * 4], side, drop)
    if not palette.snowy:
        _tufts(canvas, palette, outline, drop)
    foam = mix(palette.horizon, WHITE, 0.7)
    for k, (x, y) in enumerate(((0.86, 0.44), (0.95, 0.62))):
        spray(canvas, from_side(canvas, side, x), crest + drop * y, short * 0.05, foam, f"spray{k}")
    stand, deep = (crest + drop * 0.07, crest + drop * 0.40), crest - horizon
    water = (horizon + deep * 0.2, horizon + deep * 0.7)
    return Ground(underfoot(palette, "grass"), horizon, stand, light_of(canvas, palette), water)


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
