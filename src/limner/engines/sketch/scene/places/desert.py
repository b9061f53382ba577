"""A desert: a sea of dunes, mesas and saguaros, an oasis, a view through an arch of rock."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import ellipse, smooth
from limner.engines.sketch.paint.land import brushwork, dapple, hills
from limner.engines.sketch.paint.noise import profile
from limner.engines.sketch.paint.palette import WHITE, Palette, mix, shift
from limner.engines.sketch.paint.raster import Floats, Rgb
from limner.engines.sketch.paint.tropics import cactus, palm
from limner.engines.sketch.paint.water import lake_tint
from limner.engines.sketch.paint.yard import rock
from limner.engines.sketch.scene.places.ground import Ground, Setting
from limner.engines.sketch.scene.places.outdoors import (
    ground_at,
    horizon_at,
    open_horizon,
    open_sky,
    sun_side,
)

_DUNES = 6
_CREAM: Rgb = (255, 250, 235)
_SAND_HUE = {"dawn": 60.0, "day": 68.0, "dusk": 54.0, "night": 72.0}


def dunes(canvas: Canvas, setting: Setting) -> Ground:
    """Dunes to the horizon."""
    palette = setting.palette
    horizon = horizon_at(canvas, setting, 0.44, 0.54)
    _sky_and_far(canvas, setting, horizon)
    for index in range(_DUNES):
        _dune(canvas, palette, horizon, index, _DUNES)
    return ground_at(canvas, setting, horizon, 0.45, 0.94, "sand")


def mesas(canvas: Canvas, setting: Setting) -> Ground:
    """Red table mountains, saguaros and stones."""
    palette, short = setting.palette, canvas.short
    horizon = open_horizon(canvas, setting, (0.54, 0.60), (0.3, 0.7))
    rng = canvas.stream("mesas")
    for x, wide, tall, haze in ((0.52, 0.34, 0.13, 0.60), (0.16, 0.30, 0.20, 0.36), (0.84, 0.40, 0.27, 0.20)):
        at = canvas.width * (x + float(rng.normal(0, 0.03)))
        _mesa(canvas, palette, at, horizon + short * 0.012, short * wide, short * tall, haze, rng)
    _flat_sand(canvas, palette, horizon)
    for t in np.sort(rng.random(9)).tolist():
        x = float(rng.uniform(0, 0.34)) if rng.random() < 0.5 else float(rng.uniform(0.66, 1))
        at2 = (canvas.width * x, horizon + (canvas.height - horizon) * (0.06 + 0.8 * t))
        rock(canvas, palette, *at2, short * (0.015 + 0.06 * t), rng, 0.2 * (1 - t), sun_side(canvas))
    for x, t, tall in ((0.36, 0.10, 0.08), (0.70, 0.18, 0.13), (0.11, 0.50, 0.34), (0.93, 0.34, 0.22)):
        foot = horizon + (canvas.height - horizon) * t
        cactus(canvas, palette, canvas.width * (x + float(rng.normal(0, 0.015))), foot, short * tall)
    return ground_at(canvas, setting, horizon, 0.42, 0.94, "sand")


def oasis(canvas: Canvas, setting: Setting) -> Ground:
    """A pool with palms among the dunes."""
    palette, short = setting.palette, canvas.short
    horizon = horizon_at(canvas, setting, 0.46, 0.51)
    _sky_and_far(canvas, setting, horizon)
    for index in range(3):
        _dune(canvas, palette, horizon, index, _DUNES)
    _flat_sand(canvas, palette, horizon + short * 0.10)
    middle = canvas.width * (0.5 - sun_side(canvas) * 0.10)
    foot = horizon + (canvas.height - horizon) * 0.38
    half = min(short * 0.40, canvas.width * 0.44)
    _pool(canvas, palette, middle, foot, half, short * 0.075)
    rng = canvas.stream("palms")
    for u, drop, tall in (
        (-0.95, -0.02, 0.34),
        (-0.72, -0.045, 0.26),
        (0.98, -0.01, 0.38),
        (0.80, -0.05, 0.24),
        (1.14, 0.02, 0.27),
    ):
        palm(canvas, palette, middle + u * half, foot + short * drop, short * tall, rng)
    return ground_at(canvas, setting, horizon, 0.60, 0.95, "sand")


def arch(canvas: Canvas, setting: Setting) -> Ground:
    """Dunes seen from the shade of a great arch of rock."""
    palette, short = setting.palette, canvas.short
    horizon = horizon_at(canvas, setting, 0.52, 0.57)
    _sky_and_far(canvas, setting, horizon)
    for index in range(5):
        _dune(canvas, palette, horizon, index, 5)
    _rock_arch(canvas, palette)
    cactus(
        canvas, palette, canvas.width * (0.5 - sun_side(canvas) * 0.20), canvas.height * 0.80, short * 0.16
    )
    return ground_at(canvas, setting, horizon, 0.50, 0.94, "sand")


def _sky_and_far(canvas: Canvas, setting: Setting, horizon: float) -> None:
    palette = setting.palette
    open_sky(canvas, setting, horizon, (0.1, 0.5))
    far = mix(mix(palette.haze, palette.middle, 0.35), _flank(palette, 0.0), 0.15)
    hills(canvas, horizon, canvas.short * 0.07, 3.5, far, mix(palette.haze, palette.horizon, 0.5), "far")


def _flank(palette: Palette, nearness: float) -> Rgb:
    """Sunlit sand; at night it is grey blue."""
    chroma = 0.055 if palette.night else 0.095
    return palette.local(min(0.98, 0.84 + 0.07 * nearness), chroma, _SAND_HUE[palette.time], 1.0)


def _shade(palette: Palette) -> Rgb:
    hue = 275.0 if palette.night else _SAND_HUE[palette.time] - 16
    own = palette.local(0.62, 0.090, hue, 0.35)
    return mix(own, palette.zenith, 0.12 if palette.time == "day" else 0.24)


def _flat_sand(canvas: Canvas, palette: Palette, horizon: float) -> None:
    """Level sand with soft ripples of light."""
    near, far = (
        mix(_flank(palette, -0.6), _shade(palette), 0.18),
        mix(_flank(palette, 0.4), palette.haze, 0.35),
    )
    deep = canvas.height - horizon
    hills(canvas, horizon + canvas.short * 0.015, canvas.short * 0.03, 1.6, far, near, "sand", reach=deep)
    dapple(canvas, horizon, _shade(palette), "sand", 0.30)
    dapple(canvas, horizon, mix(_flank(palette, 1.0), WHITE, 0.15), "sand-light", 0.35)
    brushwork(canvas, horizon + canvas.short * 0.03, canvas.height, "sand-brush", 0.07, 3, 800)


def _dune(canvas: Canvas, palette: Palette, horizon: float, index: int, count: int) -> None:
    short, width, height = canvas.short, canvas.width, canvas.height
    rng = canvas.stream(f"dune{index}")
    t = index / (count - 1)
    base = horizon + (height * 1.02 - horizon) * t**1.5 * 0.9
    tall = short * (0.05 + 0.19 * t)
    peak = width * float(rng.uniform(0.1, 0.9))
    x = np.linspace(-30, width + 30, 160)
    u = (x - peak) / (short * (0.35 + 0.55 * t))
    windward, lee = (1.3, 2.0) if sun_side(canvas) < 0 else (2.0, 1.3)
    swell = np.exp(-(np.abs(u) ** 1.35) * np.where(u < 0, windward, lee))
    y = base - tall * swell - tall * 0.28 * (profile(160, 2.5, rng, 3) - 0.5)
    haze = (1 - t) ** 1.6 * 0.62
    lit = mix(_flank(palette, 0.1 * t), palette.haze, haze)
    low = mix(mix(_flank(palette, -0.9), palette.dark, 0.06), palette.haze, haze * 0.8)
    outline = np.column_stack([x, y])
    top = int(np.argmin(y))
    shape = np.concatenate([outline, [(width + 30, height + 5), (-30, height + 5)]])
    canvas.fill(shape, lit, low, span=(float(y[top]), float(y[top]) + tall * 2.2))
    _lee_side(canvas, palette, outline, top, tall, lit, haze)
    if t > 0.3:
        _ripples(canvas, palette, outline, top, tall, t)
    if index < count - 1:
        dust = mix(palette.haze, palette.sun, 0.35)
        canvas.mist(base + tall * 0.2, short * 0.045, dust, 0.35 * (1 - t), f"dust{index}")


def _lee_side(
    canvas: Canvas, palette: Palette, outline: Floats, top: int, tall: float, lit: Rgb, haze: float
) -> None:
    """The flank in shade, behind an S-shaped crest from the peak to the foot."""
    px, py = outline[top]
    away = 1 if sun_side(canvas) < 0 else -1
    foot = tall * 2.0 + canvas.short * 0.06
    steps = ((0, 0), (0.25, 0.14), (0.08, 0.34), (-0.55, 0.55), (-0.35, 0.78), (1.1, 1.0))
    crest = smooth([(px + away * tall * a, py + foot * b) for a, b in steps], steps=12)
    behind = outline[top:] if away > 0 else outline[: top + 1][::-1]
    edge = canvas.width + 30 if away > 0 else -30
    dark = mix(_shade(palette), palette.haze, haze)
    shape = np.concatenate([behind, [(edge, py + foot * 1.25)], crest[::-1]])
    canvas.fill(shape, dark, mix(dark, lit, 0.35), 70 if away > 0 else 110)
    canvas.line(crest[:-6], mix(lit, _CREAM, 0.1 if palette.night else 0.3), 1.6 * canvas.unit)


def _ripples(canvas: Canvas, palette: Palette, outline: Floats, top: int, tall: float, t: float) -> None:
    """Lines that the wind drew along the sunlit flank."""
    px, py = outline[top]
    side, short = sun_side(canvas), canvas.short
    color = mix(_flank(palette, -0.3), _shade(palette), 0.30)
    for k in range(int(16 * t)):
        row = py + tall * 0.35 + k * short * 0.018 * (1 + k * 0.06)
        xs = np.linspace(px + side * tall * (0.9 + 0.1 * k), px + side * (tall * 2.4 + k * short * 0.035), 24)
        ys = row + np.sin(xs / short * 26 + k * 1.3) * short * 0.0035 + np.abs(xs - px) * 0.10
        seen = ys > np.interp(xs, outline[:, 0], outline[:, 1]) + short * 0.012
        if seen.sum() > 3:
            canvas.line(np.column_stack([xs, ys])[seen], color, max(1.0, 1.4 * canvas.unit))


def _mesa(
    canvas: Canvas,
    palette: Palette,
    x: float,
    foot: float,
    wide: float,
    tall: float,
    haze: float,
    rng: np.random.Generator,
) -> None:
    """A table mountain: a banded wall over a slope of scree, one side in shade."""
    lit = mix(palette.local(0.64, 0.120, 46, 0.95), palette.haze, haze)
    dark = mix(mix(palette.local(0.42, 0.085, 35, 0.35), palette.zenith, 0.15), palette.haze, haze)
    half = wide / 2
    wall = np.array(
        [
            (-0.66, -0.42),
            (-0.60, -0.95),
            (-0.40, -1.0),
            (-0.1, -0.96),
            (0.25, -1.0),
            (0.58, -0.94),
            (0.64, -0.42),
        ]
    )
    wall = wall + rng.normal(0, 0.015, wall.shape)
    scree = np.concatenate([[(-1.1, 0.0)], wall[:1], wall[-1:], [(1.1, 0.0)]])
    at, size = np.array([x, foot]), np.array([half, tall])
    canvas.fill(scree * size + at, mix(lit, dark, 0.3), mix(lit, palette.haze, 0.25), 90)
    canvas.fill(wall * size + at, lit, mix(lit, dark, 0.35), 90)
    for k in range(4):
        row = -0.90 + 0.12 * k + float(rng.normal(0, 0.01))
        band = [(x + half * -0.62, foot + tall * row), (x + half * 0.62, foot + tall * (row + 0.01))]
        canvas.line(band, mix(lit, dark, 0.30 + 0.12 * (k % 2)), max(1.0, tall * 0.022))
    side = -sun_side(canvas)
    for k in range(6):
        u = side * (0.12 + 0.48 * k / 5) + float(rng.normal(0, 0.02))
        w = 0.035 + 0.05 * k / 5
        cleft = [(u - w, -0.97), (u + w, -0.95), (u + w * 1.1, -0.42), (u - w * 0.6, -0.44)]
        canvas.fill(np.asarray(cleft) * size + at, dark, mix(dark, lit, 0.25), 90, alpha=0.75)


def _pool(canvas: Canvas, palette: Palette, x: float, y: float, half: float, deep: float) -> None:
    """Blue water in a rim of green."""
    green = palette.local(0.55, 0.11, 132, 0.8)
    canvas.fill(
        ellipse(x, y, half * 1.10, deep * 1.25),
        green,
        mix(green, _flank(palette, 0), 0.3),
        alpha=0.9,
        blur=4 * canvas.unit,
    )
    water = mix(lake_tint(palette), palette.middle, 0.45)
    pool = ellipse(x, y, half, deep, 0, 60)
    canvas.fill(pool, mix(palette.horizon, palette.middle, 0.6), water, 90)
    rng = canvas.stream("pool")
    for _ in range(26):
        u, v = float(rng.uniform(-0.85, 0.85)), float(rng.uniform(-0.8, 0.8))
        if u * u + v * v > 0.75:
            continue
        long = half * float(rng.uniform(0.03, 0.10))
        at = (x + u * half, y + v * deep)
        canvas.line(
            [(at[0] - long, at[1]), (at[0] + long, at[1])],
            mix(palette.horizon, WHITE, 0.4),
            max(1.0, canvas.unit * 1.6),
        )
    for side in (-1, 1):
        for _ in range(26):
            u = float(rng.uniform(0.80, 1.10)) * side
            px, py = x + u * half, y + deep * float(rng.uniform(-0.7, 0.8))
            tall = canvas.short * float(rng.uniform(0.02, 0.05))
            blade = [
                (px - tall * 0.08, py),
                (px + float(rng.normal(0, 0.3)) * tall, py - tall),
                (px + tall * 0.08, py),
            ]
            canvas.polygon(blade, shift(green, float(rng.uniform(-0.12, 0.08))))


_ARCH = ((-0.03, 1.03), (0.19, 1.03), (0.16, 0.86), (0.12, 0.70), (0.10, 0.50), (0.14, 0.31), (0.25, 0.19),
         (0.43, 0.135), (0.66, 0.12), (0.84, 0.16), (0.93, 0.27), (0.97, 0.44), (1.03, 0.52))  # fmt: skip


def _rock_arch(canvas: Canvas, palette: Palette) -> None:
    """Dark rock that frames the view on both sides and above, lit along its inner rim."""
    rng = canvas.stream("arch")
    width, height = canvas.width, canvas.height
    turned = sun_side(canvas) < 0
    curve: Floats = smooth([((1 - u if turned else u) * width, v * height) for u, v in _ARCH], steps=12)
    curve = curve + np.cumsum(rng.normal(0, canvas.short * 0.0022, curve.shape), 0) * 0.3
    right, left = (-30.0, width + 30.0) if turned else (width + 30.0, -30.0)
    frame = np.concatenate([curve, [(right, -9), (left, -9), (left, height + 9)]])
    color = mix(palette.local(0.44, 0.085, 42, 0.35), palette.dark, 0.30)
    canvas.fill(frame, color, mix(color, palette.horizon, 0.18), 60 if not turned else 120)
    rim = mix(color, palette.sun, 0.5)
    canvas.line(curve[6:], mix(color, rim, 0.45), 9 * canvas.unit)
    canvas.line(curve[6:], rim, 3 * canvas.unit)
    for k in range(9):
        u, v = float(rng.random()), float(rng.uniform(0.0, 0.10))
        crack = [
            (u * width, v * height),
            ((u + 0.03) * width, (v + 0.02) * height),
            ((u + 0.05) * width, (v + 0.012) * height),
        ]
        canvas.line(crack, shift(color, -0.05 + 0.02 * (k % 2)), 2.5 * canvas.unit)


LAYOUTS = (dunes, mesas, oasis, arch)
