"""A forest: a clearing in the sun, a way between trunks, pines in the mist, birches, two old trees."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.flora import Tones, leaf_tones, pine, pine_colors, pine_row, tree
from limner.engines.sketch.paint.land import course, hills, meadow_ground, path
from limner.engines.sketch.paint.palette import Palette, mix
from limner.engines.sketch.paint.woods import bank, canopy, shafts, trunk
from limner.engines.sketch.scene.places.ground import Ground, Setting
from limner.engines.sketch.scene.places.outdoors import ground_at, horizon_at, open_sky, sun_side, vary


def clearing(canvas: Canvas, setting: Setting) -> Ground:
    """A glade in the sun with leafy trees about it."""
    palette, short = setting.palette, canvas.short
    horizon = horizon_at(canvas, setting, 0.54, 0.60)
    sun = open_sky(canvas, setting, horizon, (0.2, 0.5), rise=0.7)
    _walls(canvas, palette, horizon)
    rng = canvas.stream("glade-trees")
    for x, tall, haze in ((0.16, 0.36, 0.16), (0.83, 0.40, 0.12), (0.33, 0.25, 0.28), (0.66, 0.27, 0.24)):
        at = (canvas.width * (x + float(rng.normal(0, 0.02))), horizon + short * (0.10 - haze * 0.25))
        tree(canvas, palette, *at, short * tall, rng, haze, sun_side=sun_side(canvas))
    meadow_ground(canvas, palette, horizon + short * 0.03, flowers=1.1)
    for x, tall, foot in ((-0.02, 0.72, 0.84), (1.02, 0.80, 0.88)):
        tree(
            canvas,
            palette,
            canvas.width * x,
            canvas.height * foot,
            min(short, canvas.height) * tall,
            rng,
            0.0,
        )
    shafts(canvas, palette, sun)
    return ground_at(canvas, setting, horizon + short * 0.03, 0.30)


def way(canvas: Canvas, setting: Setting) -> Ground:
    """A path that winds away between tall trunks under a roof of leaves."""
    palette, short = setting.palette, canvas.short
    horizon = horizon_at(canvas, setting, 0.56, 0.61)
    sun = open_sky(canvas, setting, horizon, (0.1, 0.3), sun=False)
    _walls(canvas, palette, horizon)
    vanish = vary(canvas, 0.42, 0.58, "vanish")
    canvas.glow(
        canvas.width * vanish,
        horizon - short * 0.10,
        short * 0.42,
        palette.sun,
        0.30 if palette.night else 0.6,
    )
    meadow_ground(canvas, palette, horizon, flowers=0.6)
    path(canvas, palette, course(canvas, horizon + short * 0.014, vanish, 0.5, 0.34, "way", 0.06))
    rng = canvas.stream("trunks")
    for t in (0.05, 0.12, 0.22, 0.36, 0.56, 0.85):
        for side in (-1, 1):
            out = (0.06 + 0.50 * t**0.8) * float(rng.uniform(0.9, 1.25))
            x = canvas.width * vanish + side * out * max(short, canvas.width * 0.8)
            foot = horizon + (canvas.height - horizon) * (0.03 + 0.72 * t**1.2)
            wide = short * (0.012 + 0.085 * t) * float(rng.uniform(0.85, 1.2))
            trunk(canvas, palette, x, foot, wide, -short * 0.05, rng, 0.55 * (1 - t) ** 2, sun_side(canvas))
    canopy(canvas, palette, _roof(palette, rng), "roof", 0.15)
    shafts(canvas, palette, (canvas.width * vanish, sun[1]), strength=0.4)
    return ground_at(canvas, setting, horizon, 0.36)


def misty_pines(canvas: Canvas, setting: Setting) -> Ground:
    """Pines in layers, each paler than the one before it, large ones as a frame."""
    palette, short = setting.palette, canvas.short
    horizon = horizon_at(canvas, setting, 0.54, 0.62)
    sun = open_sky(canvas, setting, horizon, (0.2, 0.45), rise=0.8)
    air = mix(palette.haze, palette.middle, 0.4)
    hills(canvas, horizon, short * 0.20, 2, air, palette.haze, "far", horizon + 4)
    for k, (haze, gap) in enumerate(((0.72, 0.26), (0.50, 0.36), (0.26, 0.62))):
        row = horizon + short * (0.004 + 0.022 * k)
        pine_row(canvas, palette, row, 0.15 + 0.06 * k, 0.28 + 0.08 * k, haze, f"pines{k}", gap)
        fog = mix(palette.haze, palette.sun, 0.3)
        canvas.mist(row - short * 0.01, short * 0.11, fog, 0.8 - 0.18 * k, f"mist{k}")
    meadow_ground(canvas, palette, horizon + short * 0.02, flowers=0.7)
    shafts(canvas, palette, sun)
    _pine_frame(canvas, palette)
    return ground_at(canvas, setting, horizon, 0.30)


def birches(canvas: Canvas, setting: Setting) -> Ground:
    """White trunks near and far in bright undergrowth."""
    palette, short = setting.palette, canvas.short
    horizon = horizon_at(canvas, setting, 0.58, 0.64)
    sun = open_sky(canvas, setting, horizon, (0.1, 0.4), sun=False)
    _walls(canvas, palette, horizon, 0.10)
    rng = canvas.stream("birches")
    for count, haze, wide, drop in ((7, 0.55, 0.016, 0.0), (5, 0.30, 0.027, 0.03)):
        for x in (np.arange(count) + rng.uniform(0.15, 0.85, count)) / count:
            foot = horizon + short * (drop + float(rng.uniform(0.0, 0.03)))
            trunk(
                canvas,
                palette,
                canvas.width * float(x),
                foot,
                short * wide,
                -9,
                rng,
                haze,
                sun_side(canvas),
                True,
            )
    meadow_ground(canvas, palette, horizon + short * 0.02, flowers=0.9)
    for x, wide, foot in ((0.07, 0.062, 0.86), (0.20, 0.040, 0.76), (0.80, 0.044, 0.78), (0.94, 0.070, 0.90)):
        at = (canvas.width * (x + float(rng.normal(0, 0.015))), canvas.height * foot)
        trunk(canvas, palette, *at, short * wide, -short * 0.05, rng, 0.0, sun_side(canvas), True)
    canopy(canvas, palette, _roof(palette, rng, light=True), "roof", 0.13)
    shafts(canvas, palette, sun)
    return ground_at(canvas, setting, horizon + short * 0.02, 0.32)


def old_trees(canvas: Canvas, setting: Setting) -> Ground:
    """Two mighty trunks frame a view into the wood."""
    palette, short = setting.palette, canvas.short
    horizon = horizon_at(canvas, setting, 0.60, 0.66)
    sun = open_sky(canvas, setting, horizon, (0.1, 0.3), sun=False)
    _walls(canvas, palette, horizon, 0.0)
    rng = canvas.stream("old")
    pine_row(canvas, palette, horizon + short * 0.01, 0.16, 0.30, 0.45, "pines", 0.7)
    canvas.mist(horizon, short * 0.10, mix(palette.haze, palette.sun, 0.4), 0.7, "mist")
    meadow_ground(canvas, palette, horizon + short * 0.02, flowers=0.8)
    for x, wide, foot in ((0.36, 0.035, 0.70), (0.70, 0.045, 0.72), (0.08, 0.17, 0.90), (0.93, 0.15, 0.86)):
        at = (canvas.width * (x + float(rng.normal(0, 0.015))), canvas.height * foot)
        trunk(
            canvas,
            palette,
            *at,
            short * wide,
            -short * 0.05,
            rng,
            0.20 if wide < 0.05 else 0.0,
            sun_side(canvas),
        )
    canopy(canvas, palette, _roof(palette, rng), "roof", 0.17, 0.8)
    shafts(canvas, palette, sun, strength=0.55)
    return ground_at(canvas, setting, horizon + short * 0.02, 0.34)


def _walls(canvas: Canvas, palette: Palette, horizon: float, deep: float = 0.05) -> None:
    """Leaves far off, in two hazy layers that close the view."""
    rng = canvas.stream("wall-tones")
    for k, haze in enumerate((0.58, 0.30)):
        tones = _masses(palette, rng, haze)
        tall = canvas.short * (0.46 - 0.13 * k + deep)
        bank(
            canvas, horizon - tall * 0.45, tall * 0.55, tones, f"wall{k}", horizon + canvas.short * 0.03, 420
        )


def _masses(palette: Palette, rng: np.random.Generator, haze: float) -> Tones:
    if not palette.snowy:
        return leaf_tones(palette, rng, haze, 0.15)
    tones = (
        palette.local(0.50, 0.03, 240, 0.4),
        palette.local(0.72, 0.025, 240, 0.7),
        palette.local(0.92, 0.012, 240, 1.0),
    )
    dark, middle, light = (mix(tone, palette.haze, haze) for tone in tones)
    return dark, middle, light


def _roof(palette: Palette, rng: np.random.Generator, light: bool = False) -> Tones:
    """Leaves overhead; light: seen against the sky."""
    dark, middle, bright = _masses(palette, rng, 0.06 if light else 0.0)
    return mix(dark, palette.dark, 0.0 if light else 0.15), middle, bright


def _pine_frame(canvas: Canvas, palette: Palette) -> None:
    """Large pines at both edges."""
    rng = canvas.stream("frame")
    height = min(canvas.short * 1.1, canvas.height)
    for x, tall, foot in ((0.10, 0.50, 0.76), (0.93, 0.60, 0.80), (-0.02, 0.70, 0.86), (1.03, 0.76, 0.90)):
        at = (canvas.width * (x + float(rng.normal(0, 0.012))), canvas.height * foot)
        face, lit, snow = pine_colors(palette, 0.25, 0.0)
        pine(canvas, *at, height * tall, mix(face, palette.dark, 0.12), rng, lit, snow)


LAYOUTS = (clearing, misty_pines, way, birches, old_trees)
