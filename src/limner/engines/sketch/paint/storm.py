"""A thunderstorm's sky: heavy cloud lit from within, and lightning."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import stroke
from limner.engines.sketch.paint.land import brushwork
from limner.engines.sketch.paint.noise import Rng, fbm
from limner.engines.sketch.paint.palette import WHITE, Palette, lch, mix, ramp, shift
from limner.engines.sketch.paint.raster import Floats, blur, coverage, floats, grid, remap, smoothstep

_HUES = {"dawn": 250.0, "day": 235.0, "dusk": 300.0, "night": 262.0}
_LIFT = {"dawn": 0.04, "day": 0.06, "dusk": 0.0, "night": -0.05}


def storm_palette(palette: Palette) -> Palette:
    """The same hour under a storm: its colours greyer and darker, without sun or moon."""
    stormy = Palette(palette.time, palette.season, 0, disc=False)
    hue, lift = _HUES[palette.time], _LIFT[palette.time]
    stormy.zenith, stormy.middle = lch(0.24 + lift, 0.045, hue), lch(0.42 + lift, 0.055, hue - 10)
    stormy.horizon = mix(lch(0.68 + lift, 0.055, hue - 45), palette.horizon, 0.25)
    stormy.haze = mix(stormy.horizon, stormy.middle, 0.4)
    stormy.sun = lch(0.93, 0.04, hue)
    return stormy


def storm_sky(canvas: Canvas, palette: Palette, horizon: int, flash_x: float) -> None:
    """Paint the rows above horizon with storm_palette's colours, brightest about column flash_x."""
    width, height = max(canvas.width // 3, 8), max(horizon // 3, 8)
    rng = canvas.stream("storm-clouds")
    x, y = grid(width, height)
    t, spread = y / height, canvas.width / canvas.short
    bend_x, bend_y = (fbm(width, height, 4 * spread, 4, rng, 3) - 0.5 for _ in range(2))
    bulk = fbm(width, height, 2.4 * spread, 5, rng, 6, 0.5)
    x, y = x + bend_x * width * 0.08 / spread, y + bend_y * height * 0.13
    here, there = (remap(bulk, x + d, y + d * 0.7, "mirror") for d in (0.0, 7.0))
    lit = np.clip(0.42 + (here - there) * 2.4, 0, 1)
    air = ramp(
        [(0, palette.zenith), (0.55, palette.middle), (0.86, palette.haze), (1, palette.horizon)], height
    )
    sky = np.repeat(air[:, None], width, 1)
    tones = [
        (0, shift(palette.zenith, -0.06)),
        (0.5, palette.middle),
        (1, mix(palette.middle, palette.horizon, 0.6)),
    ]
    cloud = remap(ramp(tones, 64)[None], lit * 63, np.zeros_like(lit))
    cover = smoothstep(0.32, 0.62, here + 0.35 * (1 - t) - 0.12) * smoothstep(1.0, 0.72, t)
    sky += (cloud - sky) * cover[..., None]
    away = np.hypot(grid(width, height)[0] - flash_x / 3, (t - 0.25) * height * 1.2) / (canvas.short / 3)
    sky += (floats(palette.sun) - sky) * np.clip(np.exp(-away * 3.6) * 0.85 * (0.35 + lit), 0, 0.9)[..., None]
    canvas.soft(sky, 0, horizon)
    brushwork(canvas, 0, horizon, "storm-brush", 0.07, 8, 900)


def lightning(canvas: Canvas, palette: Palette, x: float, horizon: float) -> None:
    """One branching bolt from the clouds to the horizon at column x, with its light in the air."""
    rng = canvas.stream("bolt")
    short = canvas.short
    start = (x + short * rng.normal(0, 0.05), canvas.height * 0.03)
    trunk = _bolt(start, (x + short * rng.normal(0, 0.06), horizon), rng)
    forks = []
    for i in rng.integers(10, len(trunk) - 14, 4).tolist():
        tip = trunk[i] + np.array([rng.normal(0, 0.13), rng.uniform(0.09, 0.22)]) * short
        forks.append(_bolt(tuple(trunk[i].tolist()), (float(tip[0]), min(float(tip[1]), horizon)), rng))
    _shine(canvas, [trunk, *forks], lch(0.84, 0.09, 265))
    for fork in forks:
        canvas.polygon(stroke(fork, 2.6 * canvas.unit, 0.9 * canvas.unit), mix(palette.sun, WHITE, 0.6))
    canvas.polygon(stroke(trunk, 5.2 * canvas.unit, 2.4 * canvas.unit), WHITE)
    canvas.glow(x, horizon, short * 0.32, palette.sun, 0.4)


def _bolt(start: tuple[float, float], end: tuple[float, float], rng: Rng) -> Floats:
    """A broken line by midpoint displacement."""
    points = np.array([start, end])
    stray = float(np.hypot(*(points[1] - points[0]))) * 0.15
    for _ in range(6):
        middle = (points[:-1] + points[1:]) / 2 + rng.normal(0, 1, (len(points) - 1, 2)) * (
            stray,
            stray * 0.35,
        )
        joined = np.empty((len(points) * 2 - 1, 2))
        joined[::2], joined[1::2] = points, middle
        points, stray = joined, stray * 0.52
    return floats(points)


def _shine(canvas: Canvas, bolts: list[Floats], color: tuple[float, float, float]) -> None:
    width, height = max(canvas.width // 4, 4), max(canvas.height // 4, 4)
    light = np.zeros((height, width), np.float32)
    for k, bolt in enumerate(bolts):
        thin = coverage(stroke(bolt / 4, (1.6 if k == 0 else 0.8) + 2 * canvas.unit), width, height)
        light = np.maximum(light, thin.astype(np.float32) / 255)
    glow = blur(light, 3 * canvas.unit + 0.5) * 0.7 + blur(light, 12 * canvas.unit + 0.5) * 0.8
    canvas.veil(np.clip(glow, 0, 1), color, screen=True)
