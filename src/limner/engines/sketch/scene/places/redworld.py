"""A red planet: table mountains and a gorge under a dusty sky."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.cliffs import crag, ridge_line
from limner.engines.sketch.paint.cosmos import regolith, stars
from limner.engines.sketch.paint.curves import ellipse
from limner.engines.sketch.paint.globes import globe
from limner.engines.sketch.paint.light import Light
from limner.engines.sketch.paint.noise import fbm
from limner.engines.sketch.paint.palette import WHITE, lch, mix, ramp
from limner.engines.sketch.paint.raster import Rgb, floats
from limner.engines.sketch.scene.places.dustland import barren, crest, rocks
from limner.engines.sketch.scene.places.ground import Ground, Setting, sun_side, vary
from limner.engines.sketch.scene.places.space import moon, space_light, sun_vector

_RED = (lch(0.34, 0.09, 30), lch(0.60, 0.12, 42), lch(0.82, 0.09, 62))
_DUSTY_SKY = {
    "dawn": ((0.62, 0.07, 30), (0.78, 0.08, 55), (0.92, 0.06, 80)),
    "day": ((0.64, 0.09, 45), (0.78, 0.085, 60), (0.90, 0.06, 75)),
    "dusk": ((0.34, 0.09, 340), (0.58, 0.13, 25), (0.84, 0.11, 60)),
    "night": ((0.15, 0.05, 300), (0.25, 0.07, 340), (0.40, 0.09, 20)),
}


def gorge(canvas: Canvas, setting: Setting) -> Ground:
    """Between red walls that open on a plain."""
    time, side, short, width = setting.palette.time, sun_side(canvas), canvas.short, canvas.width
    floor = canvas.height * vary(canvas, 0.60, 0.66)
    zenith, middle, low = (lch(*c) for c in _DUSTY_SKY[time])
    _dusty_sky(canvas, int(floor + short * 0.06), zenith, middle, low)
    if time in ("night", "dusk"):
        stars(canvas, int(floor * 0.8), 240)
    _small_sun(canvas, width * (0.5 - side * 0.08), floor * 0.5, low, time)
    tones = _dimmed(_RED, zenith, {"night": 0.55, "dusk": 0.18}.get(time, 0.0))
    for k, (reach, rise) in enumerate(((0.40, 0.24), (0.30, 0.38), (0.19, 0.54))):
        for s in (-1, 1):
            _gorge_wall(
                canvas,
                s,
                reach,
                floor + short * 0.03 * k,
                short * rise,
                tones,
                mix(middle, low, 0.4),
                0.45 - 0.2 * k,
            )
    regolith(canvas, crest(canvas, floor + short * 0.04, 0.02), tones, side, "gorge-floor", 3)
    rocks(canvas, floor, tones)
    light = space_light(canvas)
    return barren(canvas, floor + short * 0.04, light if time == "night" else _dusty(light))


def mesas(canvas: Canvas, setting: Setting) -> Ground:
    """Red table mountains under a dusty sky with two small moons."""
    floor = canvas.height * vary(canvas, 0.58, 0.64)
    time, side, short, width = setting.palette.time, sun_side(canvas), canvas.short, canvas.width
    zenith, middle, low = (lch(*c) for c in _DUSTY_SKY[time])
    _dusty_sky(canvas, int(floor + short * 0.06), zenith, middle, low)
    if time in ("night", "dusk"):
        stars(canvas, int(floor * 0.8), 240)
    _small_sun(canvas, width * (0.5 + side * 0.27), floor * (0.34 if time == "day" else 0.66), low, time)
    globe(
        canvas,
        width * (0.5 - side * 0.24),
        floor * 0.28,
        short * 0.036,
        moon(40),
        sun_vector(canvas),
        "phobos",
    )
    globe(
        canvas,
        width * (0.5 - side * 0.07),
        floor * 0.16,
        short * 0.016,
        moon(40),
        sun_vector(canvas),
        "deimos",
    )
    tones = _dimmed(_RED, zenith, {"night": 0.55, "dusk": 0.18}.get(time, 0.0))
    for k, (x, wide, tall) in enumerate(((0.30, 0.34, 0.16), (0.78, 0.26, 0.24), (0.10, 0.26, 0.30))):
        at = width * (x if side > 0 else 1 - x)
        _mesa(
            canvas,
            at,
            floor + short * 0.016 * k,
            short * wide,
            short * tall,
            tones,
            mix(middle, low, 0.4),
            0.5 - 0.2 * k,
            k,
        )
    regolith(canvas, crest(canvas, floor, 0.02), tones, side, "red-plain", 5)
    rocks(canvas, floor, tones)
    light = space_light(canvas)
    return barren(canvas, floor, light if time == "night" else _dusty(light))


def _dusty(light: Light) -> Light:
    """The same light through red dust."""
    return replace(
        light,
        key=(1.12, 0.94, 0.78),
        ambient=(0.62, 0.48, 0.44),
        bounce=(0.66, 0.40, 0.30),
        haze=(0.80, 0.58, 0.46),
    )


def _gorge_wall(
    canvas: Canvas,
    s: int,
    reach: float,
    foot: float,
    tall: float,
    tones: tuple[Rgb, Rgb, Rgb],
    haze: Rgb,
    share: float,
) -> None:
    """One red cliff at the left (s = -1) or the right."""
    rng, width = canvas.stream(f"gorge{s}{reach}"), canvas.width
    points = [
        (-0.05, 1.0),
        (reach * 0.55, 0.96),
        (reach * 0.72, 0.62),
        (reach * 0.80, 0.28),
        (reach * 1.15, 0.0),
        (-0.05, -0.1),
    ]
    outline = ridge_line(
        [(width * (x if s < 0 else 1 - x), foot - y * tall) for x, y in points], canvas.short * 0.007, rng, 10
    )
    lit, shade = mix(mix(tones[1], tones[2], 0.5), haze, share), mix(tones[0], haze, share)
    crag(canvas, floats(outline), (lit, shade), sun_side(canvas), f"gorge-rock{s}{reach}")


def _dusty_sky(canvas: Canvas, bottom: int, zenith: Rgb, middle: Rgb, low: Rgb) -> None:
    rows, width = max(bottom // 4, 8), max(canvas.width // 4, 8)
    air = np.repeat(ramp([(0, zenith), (0.6, middle), (1, low)], rows)[:, None], width, 1)
    veil = fbm(width, rows, 2, 7, canvas.stream("dust-veil"), 4)
    t = np.linspace(0.2, 1, rows, dtype=np.float32)[:, None]
    air += (floats(mix(low, WHITE, 0.25)) - air) * (np.clip(veil - 0.45, 0, 1) * 0.9 * t)[..., None]
    canvas.soft(air, 0, bottom)


def _small_sun(canvas: Canvas, x: float, y: float, low: Rgb, time: str) -> None:
    if time == "night":
        return
    canvas.glow(x, y, canvas.short * 0.42, mix(low, WHITE, 0.4), 0.7, 2.0)
    canvas.fill(ellipse(x, y, canvas.short * 0.024, canvas.short * 0.024), mix(low, WHITE, 0.85))


def _dimmed(tones: tuple[Rgb, Rgb, Rgb], color: Rgb, share: float) -> tuple[Rgb, Rgb, Rgb]:
    a, b, c = (mix(tone, color, share) for tone in tones)
    return a, b, c


def _mesa(
    canvas: Canvas,
    x: float,
    foot: float,
    wide: float,
    tall: float,
    tones: tuple[Rgb, Rgb, Rgb],
    haze: Rgb,
    share: float,
    k: int,
) -> None:
    """A flat-topped mountain with a skirt of scree."""
    rng, side = canvas.stream(f"mesa{k}"), sun_side(canvas)
    top = foot - tall
    points = [
        (-0.72, 0.0),
        (-0.46, 0.42),
        (-0.40, 0.94),
        (-0.20, 1.0),
        (0.24, 0.97),
        (0.38, 0.90),
        (0.44, 0.40),
        (0.74, 0.0),
    ]
    outline = ridge_line([(x + a * wide, foot - b * tall) for a, b in points], wide * 0.008, rng, 9)
    lit, shade = mix(mix(tones[1], tones[2], 0.5), haze, share), mix(tones[0], haze, share)
    crag(canvas, floats(outline), (lit, shade), side, f"mesa-rock{k}")
    for level in (0.86, 0.72, 0.60):
        y = foot - tall * level
        half = wide * (0.37 + (1 - level) * 0.10)
        line = ridge_line([(x - half, y), (x + half * 0.97, y + top * 0.0)], wide * 0.004, rng, 24)
        canvas.line(line, mix(shade, lit, 0.2), max(1.0, tall * 0.025))
