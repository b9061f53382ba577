"""Snow: a plain with pines, northern lights, hills of ice, a frozen lake."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.flora import bare_tree, pine, pine_colors, pine_row
from limner.engines.sketch.paint.land import hills, snow_ground
from limner.engines.sketch.paint.palette import WHITE, Palette, mix, shift
from limner.engines.sketch.paint.raster import draw_lines
from limner.engines.sketch.paint.sky import aurora
from limner.engines.sketch.paint.terrain import massif
from limner.engines.sketch.paint.yard import snow_of
from limner.engines.sketch.scene.places.ground import Ground, Setting
from limner.engines.sketch.scene.places.outdoors import (
    boulders,
    ground_at,
    horizon_at,
    open_sky,
    sun_side,
    vary,
)


def plain(canvas: Canvas, setting: Setting) -> Ground:
    """Low hills, a wood far off, single pines in deep snow."""
    palette, short = setting.palette, canvas.short
    horizon = horizon_at(canvas, setting, 0.54, 0.60)
    _cold_sky(canvas, setting, horizon)
    _white_hills(canvas, palette, horizon)
    pine_row(canvas, palette, horizon + short * 0.014, 0.04, 0.09, 0.42, "far-pines", 0.42)
    snow_ground(canvas, palette, horizon)
    rng = canvas.stream("near-pines")
    for x, t, tall in ((0.13, 0.10, 0.18), (0.85, 0.14, 0.24), (0.22, 0.05, 0.12), (0.72, 0.06, 0.13)):
        at = (canvas.width * (x + float(rng.normal(0, 0.03))), horizon + short * (0.02 + t))
        face, lit, snow = pine_colors(palette, float(rng.random()), 0.14)
        pine(canvas, *at, short * tall, face, rng, lit, snow)
    return ground_at(canvas, setting, horizon, 0.35, 0.93)


def northern(canvas: Canvas, setting: Setting) -> Ground:
    """Wide snow before white peaks; a great sky for the northern lights."""
    palette, short = setting.palette, canvas.short
    horizon = horizon_at(canvas, setting, 0.66, 0.71)
    _cold_sky(canvas, setting, horizon)
    massif(canvas, palette, horizon, sun_side(canvas), 0.24, 2, name="peaks")
    pine_row(canvas, palette, horizon + short * 0.012, 0.03, 0.07, 0.35, "far-pines", 0.55)
    snow_ground(canvas, palette, horizon)
    rng = canvas.stream("frame")
    for x, tall, foot in ((0.02, 0.52, 0.93), (0.97, 0.62, 0.96), (0.13, 0.34, 0.86), (0.88, 0.36, 0.87)):
        face, lit, snow = pine_colors(palette, 0.2, 0.0)
        at = (canvas.width * (x + float(rng.normal(0, 0.012))), canvas.height * foot)
        pine(canvas, *at, min(short, canvas.height) * tall, face, rng, lit, snow)
    return ground_at(canvas, setting, horizon, 0.32, 0.94)


def ice(canvas: Canvas, setting: Setting) -> Ground:
    """Blue ice in blocks and slabs over the snow."""
    palette, short = setting.palette, canvas.short
    horizon = horizon_at(canvas, setting, 0.46, 0.52)
    _cold_sky(canvas, setting, horizon)
    _white_hills(canvas, palette, horizon, 0.6)
    rng = canvas.stream("bergs")
    for x, tall, haze in ((0.24, 0.13, 0.42), (0.60, 0.16, 0.36), (0.86, 0.20, 0.22), (0.05, 0.22, 0.16)):
        at = (canvas.width * (x + float(rng.normal(0, 0.03))), horizon + short * (0.05 - haze * 0.10))
        _berg(canvas, palette, *at, short * tall, haze, rng)
    snow_ground(canvas, palette, horizon + short * 0.02)
    for x, t in ((0.10, 0.42), (0.90, 0.55), (0.80, 0.22), (0.20, 0.16)):
        at = (canvas.width * (x + float(rng.normal(0, 0.02))), horizon + (canvas.height - horizon) * t)
        _berg(canvas, palette, *at, short * (0.05 + 0.16 * t), 0.0, rng)
    return ground_at(canvas, setting, horizon, 0.36, 0.93)


def frozen_lake(canvas: Canvas, setting: Setting) -> Ground:
    """A sheet of ice with cracks and drifts between bare trees."""
    palette, short = setting.palette, canvas.short
    horizon = horizon_at(canvas, setting, 0.44, 0.50)
    _cold_sky(canvas, setting, horizon)
    massif(canvas, palette, horizon, sun_side(canvas), 0.26, 3, 0.2, name="shore")
    pine_row(canvas, palette, horizon + short * 0.01, 0.03, 0.08, 0.32, "pines", 0.36)
    snow_ground(canvas, palette, horizon)
    _sheet(canvas, palette, horizon + short * 0.05, canvas.height * 0.86)
    boulders(canvas, palette, canvas.height * 0.78, 4)
    rng = canvas.stream("bare")
    for x, tall, foot in ((0.08, 0.42, 0.84), (0.94, 0.48, 0.88)):
        bare_tree(canvas, palette, canvas.width * x, canvas.height * foot, short * tall, rng)
    return ground_at(canvas, setting, horizon, 0.42, 0.94)


def _cold_sky(canvas: Canvas, setting: Setting, horizon: float) -> None:
    """A winter sky; by clear night without a moon and with northern lights."""
    dark = setting.palette.night and not setting.palette.overcast
    open_sky(canvas, setting, horizon, (0.0, 0.1) if dark else (0.3, 0.7), sun=not dark)
    if dark:
        aurora(canvas, int(horizon) + 4)


def _white_hills(canvas: Canvas, palette: Palette, horizon: float, tall: float = 1.0) -> None:
    short = canvas.short
    for k in range(3):
        color = mix(palette.grass(0.55, 0.75), mix(palette.haze, palette.middle, 0.4), 0.62 - 0.2 * k)
        row = horizon + short * 0.012 * k
        high = short * (0.17 - 0.05 * k) * tall
        hills(
            canvas, row, high, 2 + k, color, mix(color, palette.haze, 0.4), f"hill{k}", horizon + short * 0.06
        )


def _berg(
    canvas: Canvas, palette: Palette, x: float, y: float, size: float, haze: float, rng: np.random.Generator
) -> None:
    """A block of ice: a lit face, a blue face, snow on top, a few lines inside."""
    side = sun_side(canvas)
    lit = mix(palette.local(0.93, 0.040, 220, 0.95), palette.haze, haze)
    blue = mix(mix(palette.local(0.70, 0.095, 232, 0.55), palette.zenith, 0.12), palette.haze, haze)
    wide = size * float(rng.uniform(0.9, 1.5))
    tops = size * rng.uniform(0.55, 1.0, 4)
    xs = x + wide * np.array([-0.62, -0.25, 0.12, 0.66])
    ridge = np.column_stack([xs, y - tops * (0.55, 1.0, 0.85, 0.5)])
    split = (x + wide * float(rng.uniform(-0.1, 0.1)), y + size * 0.04)
    left = [(x - wide * 0.72, y), *ridge[:2], ridge[2] * 0.5 + ridge[1] * 0.5, split]
    right = [split, ridge[2] * 0.5 + ridge[1] * 0.5, *ridge[2:], (x + wide * 0.74, y)]
    bright, dim = (right, left) if side > 0 else (left, right)
    canvas.fill(np.asarray(dim), mix(blue, lit, 0.25), blue, 90)
    canvas.fill(np.asarray(bright), lit, mix(lit, blue, 0.45), 90)
    for _ in range(4):
        a = np.asarray(split) + np.array(
            [float(rng.uniform(-0.4, 0.4)) * wide, -size * float(rng.uniform(0.08, 0.35))]
        )
        b = a + np.array([float(rng.uniform(-0.12, 0.12)) * wide, -size * float(rng.uniform(0.08, 0.2))])
        canvas.line([a, b], mix(blue, lit, 0.4), max(1.0, size * 0.012))
    snow = mix(snow_of(palette), palette.haze, haze * 0.7)
    cap = np.concatenate(
        [ridge, (ridge + np.array([0, size * 0.10]))[::-1] + rng.normal(0, size * 0.015, (4, 2))]
    )
    canvas.fill(cap, snow, mix(snow, blue, 0.15), 90)


def _sheet(canvas: Canvas, palette: Palette, top: float, bottom: float) -> None:
    """Ice that mirrors the sky faintly, crossed by pale cracks."""
    short, width = canvas.short, canvas.width
    rng = canvas.stream("sheet")
    far, near = (
        mix(palette.horizon, palette.middle, 0.45),
        mix(palette.middle, palette.local(0.62, 0.08, 230), 0.5),
    )
    u = np.linspace(0, 1, 40)
    wave = short * 0.012 * np.sin(u * 9 + rng.random() * 6)
    upper = np.column_stack([u * width * 1.1 - width * 0.05, top + wave])
    lower = np.column_stack(
        [u * width * 1.1 - width * 0.05, bottom + wave * 1.6 - short * 0.05 * np.sin(u * np.pi)]
    )
    shape = np.concatenate([upper, lower[::-1]])
    canvas.fill(shape + np.array([0, short * 0.008]), shift(near, -0.10))
    canvas.fill(shape, mix(far, WHITE, 0.25), near, 90, span=(top, bottom))
    tone = np.asarray(mix(near, WHITE, 0.65))
    for _ in range(int(9 * min(2.5, width / short))):
        t = float(rng.uniform(0.12, 0.9))
        point = np.array([float(rng.random()) * width, top + (bottom - top) * t])
        heading = float(rng.uniform(-0.5, 0.5))
        line = [point]
        for _ in range(6):
            heading += float(rng.normal(0, 0.5))
            line.append(
                line[-1] + np.array([np.cos(heading), np.sin(heading) * 0.30]) * short * 0.05 * (0.4 + t)
            )
        inside = [p for p in line if top + short * 0.02 < p[1] < bottom - short * 0.06]
        if len(inside) > 1:
            pairs = np.stack([inside[:-1], inside[1:]], 1)
            draw_lines(
                canvas.pixels,
                pairs,
                np.tile(tone, (len(pairs), 1)),
                np.full(len(pairs), 1 + 2 * t * canvas.unit),
            )
    for k in range(3):
        y = top + (bottom - top) * vary(canvas, 0.2 + 0.22 * k, 0.36 + 0.22 * k, f"drift{k}")
        x, half = width * float(rng.random()), short * float(rng.uniform(0.15, 0.3))
        drift = np.column_stack([x + half * np.cos(u * 2 * np.pi), y + short * 0.014 * np.sin(u * 2 * np.pi)])
        canvas.fill(drift, snow_of(palette), alpha=0.75, blur=6 * canvas.unit)


LAYOUTS = (plain, northern, ice, frozen_lake)
