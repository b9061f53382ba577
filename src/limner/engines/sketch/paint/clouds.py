"""Clouds in a small float sky: wisps in perspective, and heaped ones with flat feet, lit by the sun."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.noise import Rng, fbm, tileable
from limner.engines.sketch.paint.palette import WHITE, Palette, lch, mix, ramp
from limner.engines.sketch.paint.raster import Floats, Rgb, blur, floats, grid, remap, smoothstep

_TILE = 256
_MAX_HEAPS = 14


def cloud_colors(palette: Palette) -> tuple[Rgb, Rgb]:
    """Shade and light of clouds at this hour."""
    if palette.overcast:
        return mix(palette.zenith, palette.dark, 0.05), mix(palette.horizon, WHITE, 0.20)
    if palette.time == "dusk":
        return mix(palette.zenith, palette.middle, 0.65), mix(palette.horizon, palette.sun, 0.45)
    if palette.night:
        return mix(palette.zenith, palette.middle, 0.6), mix(palette.middle, palette.horizon, 0.9)
    if palette.time == "dawn":
        return mix(palette.middle, lch(0.74, 0.05, 300), 0.4), mix(palette.horizon, WHITE, 0.5)
    return mix(palette.middle, lch(0.82, 0.035, 262), 0.6), mix(palette.horizon, WHITE, 0.82)


def wisps(
    air: Floats, canvas: Canvas, palette: Palette, towards: float, away: Floats | None, amount: float
) -> None:
    """Thin clouds over the whole sky, in perspective; away: distance from the sun in short sides."""
    height, width = air.shape[:2]
    rng = canvas.stream("clouds")
    tile = tileable(_TILE, 4, rng, 6, 0.55)
    x, y = grid(width, height)
    rise = (height - y + height * 0.10) / (height * 1.1)
    depth = 1 / (rise + 0.18)
    stretch = 62 * max(canvas.width / canvas.height, 0.6) ** 0.5
    u = (x / width - 0.5) * depth * stretch + rng.random() * _TILE
    v = depth * 70 + rng.random() * _TILE
    here = remap(tile, u % _TILE, v % _TILE, "wrap")
    there = remap(tile, (u + 5 * towards) % _TILE, (v + 3.5) % _TILE, "wrap")
    edge = 0.60 - 0.26 * amount
    cover = smoothstep(edge, edge + 0.26, here) * smoothstep(0, 0.12, rise) * (0.55 if palette.night else 0.9)
    lit = np.clip(0.5 + (here - there) * 3.2 - (here - edge) * 0.9, 0, 1).astype(np.float32)
    color = _toned(palette, lit)
    if away is not None:
        shine = np.clip(np.exp(-away * 4) * 0.7, 0, 1)[..., None]
        color += (floats(palette.sun) - color) * shine
    air += (color - air) * cover[..., None]


def heaps(
    air: Floats, canvas: Canvas, palette: Palette, towards: float, away: Floats | None, amount: float
) -> None:
    """Heaped clouds, large ones high up and small ones above the horizon; none before the sun."""
    rng = canvas.stream("heaps")
    height, width = air.shape[:2]
    short = min(width, height * 1.6)
    count = min(_MAX_HEAPS, max(2, round((2.2 + 4.5 * amount) * max(1.0, width / short))))
    for k in range(count):
        t = (k + 0.5) / count
        foot = height * (0.92 - 0.62 * t + rng.uniform(-0.04, 0.04))
        half = short * (0.07 + 0.17 * t) * rng.uniform(0.8, 1.25)
        center = width * ((k * 0.618 + rng.random() * 0.25) % 1.0)
        own = np.random.Generator(np.random.PCG64(int(rng.integers(1 << 62))))
        row, column = min(int(max(foot - half * 0.3, 0)), height - 1), min(int(center), width - 1)
        if away is None or float(away[row, column]) * short > half * 1.25 + short * 0.09:
            _heap(air, palette, own, center, foot, half, towards, 0.62 + 0.34 * t)


def _heap(
    air: Floats, palette: Palette, rng: Rng, x: float, foot: float, half: float, towards: float, solid: float
) -> None:
    height, width = air.shape[:2]
    x0, x1 = max(int(x - half * 1.3), 0), min(int(x + half * 1.3), width)
    y0, y1 = max(int(foot - half * 1.05), 0), min(int(foot + half * 0.22), height)
    puffs = 11
    across = np.linspace(-0.86, 0.86, puffs) + rng.uniform(-0.07, 0.07, puffs)
    radius = half * (0.16 + 0.26 * (1 - across**2)) * rng.uniform(0.75, 1.25, puffs)
    rise = radius * rng.uniform(0.35, 1.15, puffs) * (1 - 0.35 * across**2)
    if x1 - x0 < 4 or y1 - y0 < 4:
        return
    yy, xx = np.mgrid[y0:y1, x0:x1].astype(np.float32)
    dome = np.full(xx.shape, -1.0, np.float32)
    lit = np.zeros_like(dome)
    for a, r, up in zip(across * half + x, radius, foot - rise, strict=True):
        dx, dy = (xx - np.float32(a)) / np.float32(r), (yy - np.float32(up)) / np.float32(r)
        own = 1 - dx * dx - dy * dy
        nearer = own > dome
        lit = np.where(nearer, 0.5 + 0.30 * dx * np.float32(towards) - 0.42 * dy, lit)
        dome = np.maximum(dome, own)
    rough = fbm(x1 - x0, y1 - y0, 9, 6, rng, 4) - np.float32(0.5)
    cover = smoothstep(-0.08, 0.30, dome + rough * 1.1) * smoothstep(half * 0.16, -half * 0.10, yy - foot)
    lit = blur(lit, half * 0.05)
    low = smoothstep(-half * 0.75, half * 0.1, yy - np.float32(foot))
    shade = np.clip(lit * 0.75 + 0.30 - 0.42 * low + rough * 0.5, 0, 1).astype(np.float32)
    part = air[y0:y1, x0:x1]
    part += (_toned(palette, shade) - part) * (cover * np.float32(solid))[..., None]


def _toned(palette: Palette, lit: Floats) -> Floats:
    shade, light = cloud_colors(palette)
    lut = ramp([(0, shade), (0.5, mix(shade, light, 0.5)), (1, light)], 64)[None]
    return remap(lut, lit * 63, np.zeros_like(lit))
