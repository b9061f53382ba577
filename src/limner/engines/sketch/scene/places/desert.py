"""A sand sea: dunes with a lit and a shaded flank, a sharp crest between; a cactus or palms."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import smooth
from limner.engines.sketch.paint.flora import cactus, palm
from limner.engines.sketch.paint.land import hills
from limner.engines.sketch.paint.noise import profile
from limner.engines.sketch.paint.palette import Palette, mix
from limner.engines.sketch.paint.raster import Rgb
from limner.engines.sketch.paint.sky import sky
from limner.engines.sketch.scene.places.ground import Ground, Setting, light_of, sun_at, sun_side, vary

_DUNES = 6
_CREAM: Rgb = (255, 250, 235)


def paint(canvas: Canvas, setting: Setting) -> Ground:
    """Dunes to the horizon."""
    palette = setting.palette
    horizon = canvas.height * vary(canvas, 0.44, 0.54)
    sky(canvas, palette, int(horizon) + 4, sun_at(canvas, palette, horizon), 0.3)
    far = mix(palette.haze, palette.middle, 0.35)
    hills(canvas, horizon, canvas.short * 0.07, 3.5, far, mix(palette.haze, palette.horizon, 0.5), "far")
    for index in range(_DUNES):
        _dune(canvas, palette, horizon, index)
    rng = canvas.stream("plants")
    x = canvas.width * (0.5 + sun_side(canvas) * rng.uniform(0.34, 0.42))
    y = canvas.height * rng.uniform(0.80, 0.88)
    if rng.random() < 0.5:
        cactus(canvas, palette, x, y, canvas.short * 0.22)
    else:
        for dx, tall in ((0.0, 0.30), (0.09, 0.23)):
            palm(canvas, palette, x + dx * canvas.short, y, canvas.short * tall, rng)
    stand = (horizon + (canvas.height - horizon) * 0.45, canvas.height * 0.94)
    return Ground("sand", horizon, stand, light_of(canvas, palette))


def _flank(palette: Palette, nearness: float) -> Rgb:
    """Sunlit sand; at night it is grey blue."""
    hue = {"dawn": 58.0, "day": 66.0, "dusk": 50.0, "night": 70.0}[palette.time]
    return palette.local(min(0.98, 0.82 + 0.07 * nearness), 0.085 if not palette.night else 0.05, hue, 1.0)


def _dune(canvas: Canvas, palette: Palette, horizon: float, index: int) -> None:
    short, width, height = canvas.short, canvas.width, canvas.height
    rng = canvas.stream(f"dune{index}")
    t = index / (_DUNES - 1)
    base = horizon + (height * 1.02 - horizon) * t**1.5 * 0.9
    tall = short * (0.05 + 0.19 * t)
    peak = width * rng.uniform(0.1, 0.9)
    sun_left = sun_side(canvas) < 0
    x = np.linspace(-30, width + 30, 160)
    u = (x - peak) / (short * (0.35 + 0.55 * t))
    windward, lee = (1.3, 2.0) if sun_left else (2.0, 1.3)
    swell = np.exp(-(np.abs(u) ** 1.35) * np.where(u < 0, windward, lee))
    y = base - tall * swell - tall * 0.28 * (profile(160, 2.5, rng, 3) - 0.5)
    haze = (1 - t) ** 1.6 * 0.62
    lit = mix(_flank(palette, 0.1 * t), palette.haze, haze)
    low = mix(mix(_flank(palette, -0.9), palette.dark, 0.1), palette.haze, haze * 0.8)
    outline = np.column_stack([x, y])
    top = int(np.argmin(y))
    canvas.fill(
        np.concatenate([outline, [(width + 30, height + 5), (-30, height + 5)]]),
        lit,
        low,
        span=(float(y[top]), float(y[top]) + tall * 2.2),
    )
    _lee_side(canvas, palette, outline, top, tall, lit, haze)
    if index < _DUNES - 1:
        haze_color = mix(palette.haze, palette.sun, 0.35)
        canvas.mist(base + tall * 0.2, short * 0.045, haze_color, 0.35 * (1 - t), f"dust{index}")


def _lee_side(
    canvas: Canvas, palette: Palette, outline: np.ndarray, top: int, tall: float, lit: Rgb, haze: float
) -> None:
    """The flank in shade, behind an S-shaped crest from the peak to the foot."""
    px, py = outline[top]
    away = 1 if sun_side(canvas) < 0 else -1
    foot = tall * 2.0 + canvas.short * 0.06
    steps = ((0, 0), (0.25, 0.14), (0.08, 0.34), (-0.55, 0.55), (-0.35, 0.78), (1.1, 1.0))
    crest = smooth([(px + away * tall * a, py + foot * b) for a, b in steps], steps=12)
    behind = outline[top:] if away > 0 else outline[: top + 1][::-1]
    edge = canvas.width + 30 if away > 0 else -30
    hue = 48.0 if not palette.night else 275.0
    shade = mix(
        palette.local(0.60, 0.085, hue, 0.35), palette.zenith, 0.12 if palette.time == "day" else 0.24
    )
    dark = mix(shade, palette.haze, haze)
    shape = np.concatenate([behind, [(edge, py + foot * 1.25)], crest[::-1]])
    canvas.fill(shape, dark, mix(dark, lit, 0.35), 70 if away > 0 else 110)
    canvas.line(crest[:-6], mix(lit, _CREAM, 0.1 if palette.night else 0.3), 1.6 * canvas.unit)


LAYOUTS = (paint,)
