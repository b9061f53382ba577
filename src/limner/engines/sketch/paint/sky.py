"""Skies: gradient, sun or moon, clouds in perspective lit from the sun, stars, aurora."""

from __future__ import annotations

from typing import cast

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.clouds import heaps, wisps
from limner.engines.sketch.paint.curves import ellipse
from limner.engines.sketch.paint.noise import Rng, profile
from limner.engines.sketch.paint.palette import WHITE, Palette, lch, mix, ramp
from limner.engines.sketch.paint.raster import Floats, blur, grid, remap, resize

_STEP = 4
_HEAPED = {"dawn": 0.35, "day": 0.65, "dusk": 0.15, "night": 0.0}
"""How many skies have heaped clouds."""
_SUN_STRENGTH = {"dawn": 0.85, "day": 0.6, "dusk": 0.95, "night": 0.38}
_NOON = lch(0.97, 0.10, 98)
_SUN_RADIUS = {"dawn": 0.045, "day": 0.034, "dusk": 0.052, "night": 0.042}


def sky(
    canvas: Canvas,
    palette: Palette,
    horizon: int,
    sun: tuple[float, float] | None,
    clouds: float = 0.5,
    low: float = 0.9,
) -> None:
    """Paint the rows above horizon; sun is where sun or moon stands, clouds 0..1 how many there are.

    By day some skies have heaped clouds and some wisps alone, as the picture's own numbers say.
    """
    width, height = max(canvas.width // _STEP, 8), max(horizon // _STEP, 8)
    column = resize(palette.sky(48, low)[:, None], 1, height)
    air = np.repeat(column.reshape(height, 1, 3), width, 1)
    away = None
    if sun and not palette.overcast:
        x, y = grid(width, height)
        away = np.hypot(x - sun[0] / _STEP, (y - sun[1] / _STEP) * 1.15) / (canvas.short / _STEP)
        shine = (0.75 * np.exp(-away * 5.5) + 0.35 * np.exp(-away * 1.8)) * _SUN_STRENGTH[palette.time]
        air += (np.asarray(palette.sun, np.float32) - air) * np.clip(shine, 0, 1)[..., None]
    if clouds > 0 or palette.overcast:
        towards = -1.0 if sun and sun[0] < canvas.width / 2 else 1.0
        likely = 0.0 if palette.overcast else _HEAPED[palette.time]
        heaped = canvas.stream("cloud-kind").random() < likely
        amount = 1.0 if palette.overcast else clouds * 0.45 if heaped else clouds
        wisps(air, canvas, palette, towards, away, amount)
        if heaped:
            heaps(air, canvas, palette, towards, away, clouds)
    canvas.soft(air, 0, horizon)
    if palette.night and not palette.overcast:
        _stars(canvas, horizon)
    if sun and palette.disc:
        _disc(canvas, palette, sun)


def _stars(canvas: Canvas, horizon: int) -> None:
    rng = canvas.stream("stars")
    count = int(min(900, 240 * max(canvas.width, canvas.height) / canvas.short))
    xs, ys = rng.random(count) * canvas.width, rng.random(count) ** 1.2 * horizon
    for x, y, m in zip(xs.tolist(), ys.tolist(), (rng.random(count) ** 5).tolist(), strict=True):
        r, g, b = canvas.pixels[min(int(y), canvas.height - 1), int(x)].astype(float)
        share = (0.3 + 0.7 * m) * (1 - 0.6 * y / max(horizon, 1))
        canvas.dot(
            x,
            y,
            (0.5 + 1.3 * m) * canvas.unit + 0.2,
            (r + (255 - r) * share, g + (252 - g) * share, b + (240 - b) * share),
        )
        if m > 0.8:
            canvas.glow(x, y, 14 * canvas.unit, (210, 225, 255), 0.5, 3)


def _disc(canvas: Canvas, palette: Palette, sun: tuple[float, float]) -> None:
    x, y = sun
    radius = _SUN_RADIUS[palette.time] * canvas.short
    if palette.time == "day":
        canvas.glow(x, y, radius * 6, _NOON, 0.75, 2.2)
        canvas.fill(ellipse(x, y, radius, radius, 0, 64), mix(_NOON, WHITE, 0.65), blur=radius * 0.16)
        return
    canvas.glow(x, y, radius * 5, palette.sun, 0.45, 2.5)
    low = mix(palette.sun, WHITE, 0.3) if palette.night else mix(palette.sun, palette.horizon, 0.15)
    top = mix(palette.sun, WHITE, 0.55 if palette.night else 0.35)
    canvas.fill(ellipse(x, y, radius, radius, 0, 64), top, low, alpha=0.98)
    if palette.night:
        for a, b, c in ((-0.3, -0.2, 0.25), (0.25, 0.15, 0.32), (-0.05, 0.45, 0.18), (0.4, -0.4, 0.14)):
            sea = ellipse(x + a * radius, y + b * radius, c * radius, c * radius * 0.9)
            canvas.fill(sea, mix(palette.sun, palette.middle, 0.35), alpha=0.35, blur=3 * canvas.unit)


_AURORAS = (
    (lch(0.88, 0.20, 150), lch(0.80, 0.16, 175), lch(0.58, 0.17, 300)),
    (lch(0.86, 0.15, 175), lch(0.72, 0.13, 225), lch(0.55, 0.19, 320)),
    (lch(0.90, 0.17, 130), lch(0.78, 0.15, 165), lch(0.60, 0.20, 350)),
)


def aurora(canvas: Canvas, horizon: int) -> None:
    """Screen curtains of northern light over the rows above horizon."""
    rng = canvas.stream("aurora")
    width, height = max(canvas.width // 3, 8), max(horizon // 3, 8)
    low, middle, high = _AURORAS[int(rng.integers(len(_AURORAS)))]
    light, rise = np.zeros((height, width), np.float32), np.zeros((height, width), np.float32)
    for fold in range(3):
        _curtain(light, rise, fold, rng)
    rise = blur(rise / np.maximum(light, 1e-4), 2)
    light = 0.72 * blur(light, 1.1) + 0.4 * blur(light, 9)
    lut = ramp([(0, low), (0.4, middle), (1, high)], 64)[None]
    color = remap(lut, np.clip(rise, 0, 1) * 63, np.zeros_like(rise))
    glow = resize((color * (1 - np.exp(-light * 1.5))[..., None]).astype(np.float32), canvas.width, horizon)
    rows = canvas.pixels[:horizon].astype(np.float32)
    canvas.pixels[:horizon] = np.clip(rows + glow * (1 - rows / 255) + 0.5, 0, 255)


def _curtain(light: Floats, rise: Floats, fold: int, rng: Rng) -> None:
    """Add one folded curve of vertical streaks: its light, and its light weighted by height."""
    height, width = light.shape
    count, reach = 1400, int(height * 0.6)
    t = np.linspace(-0.1, 1.1, count)
    a, b, c = rng.random(3) * 2 * np.pi
    x = width * (t + 0.07 * np.sin(t * 9 + a) + 0.05 * np.sin(t * 17 + b))
    foot = height * (
        0.72 - 0.13 * fold * rng.uniform(0.7, 1.3) + 0.09 * np.sin(t * 5 + c) + 0.05 * np.sin(t * 11 + b)
    )
    strength = np.clip(profile(count, 10, rng, 4, 0.7) * 1.7 - 0.35, 0.05, 1.3)
    strength = (
        strength * np.interp(t, [-0.1, 0.1, 0.5, 0.9, 1.1], rng.uniform(0.25, 1.1, 5)) * (1 - 0.2 * fold)
    )
    strength = strength * np.clip(np.abs(np.gradient(x)) / (width / count) * 0.9, 0.12, 1.2)
    tall = height * (0.20 + 0.28 * profile(count, 26, rng, 3, 0.7)) * rng.uniform(0.9, 1.4)
    up = np.arange(reach)[None]
    value = strength[:, None] * np.exp(-up / tall[:, None] * 2.2) * np.clip((up + 1) / (height * 0.02), 0, 1)
    rows = (foot[:, None] - up).astype(int)
    columns = np.broadcast_to(x.astype(int)[:, None], rows.shape)
    seen = (rows >= 0) & (rows < height) & (columns >= 0) & (columns < width)
    cells, weights = rows[seen] * width + columns[seen], value[seen]
    heights = np.broadcast_to(up / (height * 0.42), rows.shape)[seen]
    scale = width / count
    light += _summed(cells, weights * scale, light.shape)
    rise += _summed(cells, weights * heights * scale, light.shape)


def _summed(cells: Floats, weights: Floats, shape: tuple[int, ...]) -> Floats:
    total = np.bincount(cast("np.ndarray", cells), weights, shape[0] * shape[1])
    return total.reshape(shape).astype(np.float32)
