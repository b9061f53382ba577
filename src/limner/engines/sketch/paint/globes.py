"""Planets and moons in space: what covers them, how they are lit, their rings."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.noise import Rng, profile, tileable
from limner.engines.sketch.paint.palette import lch, mix, ramp
from limner.engines.sketch.paint.raster import Floats, Rgb, floats, grid, remap, smoothstep

_TILE = 256


@dataclass(frozen=True, slots=True)
class Globe:
    """A planet or moon: what covers it, its colours from dark to light, its tilt in degrees.

    cover: bands, seas, craters or ice. ring: colour of its ring, None without. air: colour of its rim.
    """

    cover: str
    tones: tuple[Rgb, Rgb, Rgb]
    tilt: float = -18.0
    ring: Rgb | None = None
    air: Rgb | None = None


def globe(
    canvas: Canvas, x: float, y: float, radius: float, look: Globe, sun: tuple[float, float, float], name: str
) -> None:
    """Paint a lit globe, with its ring before and behind it; sun: vector to the light, x right, y down."""
    if look.air is not None:
        _halo(canvas, x + sun[0] * radius * 0.12, y + sun[1] * radius * 0.12, radius * 1.35, look.air)
    ring = _ring(canvas, (x, y, radius), look, sun, name)
    if ring is not None:
        _lay_ring(canvas, ring, False)
    _sphere(canvas, (x, y, radius), look, sun, name)
    if ring is not None:
        _lay_ring(canvas, ring, True)


def _halo(canvas: Canvas, x: float, y: float, radius: float, color: Rgb) -> None:
    """Light about a globe; none about one too large to show it."""
    if radius < canvas.short:
        canvas.glow(x, y, radius, color, 0.55, 1.5)


def _region(canvas: Canvas, x: float, y: float, wide: float, tall: float) -> tuple[int, int, int, int] | None:
    x0, y0 = max(int(x - wide), 0), max(int(y - tall), 0)
    x1, y1 = min(int(x + wide) + 2, canvas.width), min(int(y + tall) + 2, canvas.height)
    return (x0, y0, x1, y1) if x1 > x0 and y1 > y0 else None


def _sphere(
    canvas: Canvas, at: tuple[float, float, float], look: Globe, sun: tuple[float, float, float], name: str
) -> None:
    x, y, radius = at
    box = _region(canvas, x, y, radius + 1, radius + 1)
    if box is None:
        return
    x0, y0, x1, y1 = box
    px, py = grid(x1 - x0, y1 - y0)
    nx, ny = (px + np.float32(x0 - x)) / np.float32(radius), (py + np.float32(y0 - y)) / np.float32(radius)
    out = nx * nx + ny * ny
    nz = np.sqrt(np.clip(1 - out, 0, 1))
    lx, ly, lz = np.asarray(sun) / np.linalg.norm(sun)
    lit = np.clip((nx * lx + ny * ly + nz * lz + 0.10) / 1.05, 0, 1) ** 0.85
    c, s = math.cos(math.radians(look.tilt)), math.sin(math.radians(look.tilt))
    along, across = np.arctan2(nx * c + ny * s, nz + 1e-3), np.arcsin(np.clip(ny * c - nx * s, -1, 1))
    skin = _COVERS[look.cover](along, across, look, canvas.stream(name))
    rim = smoothstep(0.80, 1.0, out)
    color = skin * (0.05 + 0.98 * lit * (1 - 0.25 * rim))[..., None]
    color += floats(mix(look.tones[0], (20, 14, 44), 0.6)) * (0.30 * (1 - lit))[..., None]
    if look.air is not None:
        color += (floats(look.air) - color) * (rim * (0.12 + 0.75 * lit))[..., None]
    alpha = np.clip((1 - np.sqrt(out)) * radius + 0.5, 0, 1)[..., None]
    part = canvas.pixels[y0:y1, x0:x1].astype(np.float32)
    canvas.pixels[y0:y1, x0:x1] = np.clip(part + (np.clip(color, 0, 255) - part) * alpha + 0.5, 0, 255)


def toned(value: Floats, tones: tuple[Rgb, Rgb, Rgb]) -> Floats:
    table = ramp([(0, tones[0]), (0.5, tones[1]), (1, tones[2])], 64)[None]
    return remap(table, np.clip(value, 0, 1) * 63, np.zeros_like(value))


def _tiled(along: Floats, across: Floats, scale: float, rng: Rng, cells: int = 4) -> Floats:
    tile = tileable(_TILE, cells, rng, 5, 0.55)
    turn = float(rng.random()) * _TILE
    return remap(tile, (along * scale + turn) % _TILE, (across * scale + turn) % _TILE, "wrap")


def _bands(along: Floats, across: Floats, look: Globe, rng: Rng) -> Floats:
    stripes = profile(256, 13, rng, 4, 0.6)
    waver = (_tiled(along, across, 50, rng, 8) - 0.5) * 0.16
    level = np.interp((across + waver) / np.pi + 0.5, np.linspace(0, 1, 256), stripes).astype(np.float32)
    return toned(0.5 + (level - 0.5) * 1.9, look.tones)


def _seas(along: Floats, across: Floats, look: Globe, rng: Rng) -> Floats:
    land = _tiled(along, across, 54, rng)
    skin = toned(land * 1.1 - 0.25, (look.tones[0], look.tones[0], look.tones[1]))
    ground = mix(lch(0.62, 0.11, 130), lch(0.72, 0.08, 85), 0.35)
    coast = smoothstep(0.54, 0.58, land)[..., None]
    skin += (floats(ground) * (0.8 + 0.5 * (land - 0.5))[..., None] - skin) * coast
    clouds = smoothstep(0.52, 0.72, _tiled(along * 1.3, across * 2.4, 44, rng, 8))
    ice = smoothstep(1.08, 1.20, np.abs(across) + (land - 0.5) * 0.3)
    return floats(skin + (floats(look.tones[2]) - skin) * np.maximum(clouds * 0.85, ice)[..., None])


def _craters(along: Floats, across: Floats, look: Globe, rng: Rng) -> Floats:
    rough = _tiled(along, across, 60, rng)
    value = 0.35 + rough * 0.5 + (_tiled(along, across, 150, rng, 8) - 0.5) * 0.35
    for _ in range(26):
        ca, cb = float(rng.uniform(-1.4, 1.4)), float(rng.uniform(-1.2, 1.2))
        size = 0.05 + 0.17 * float(rng.random()) ** 2.5
        away = np.hypot((along - ca) * math.cos(cb), across - cb) / size
        value = value - 0.22 * smoothstep(1.0, 0.7, away) + 0.16 * np.exp(-(((away - 1.05) / 0.16) ** 2))
    return toned(value, look.tones)


def _ice(along: Floats, across: Floats, look: Globe, rng: Rng) -> Floats:
    crack = np.abs(_tiled(along, across, 60, rng) - 0.5)
    return toned(0.62 + 0.5 * _tiled(along, across, 90, rng) - 0.55 * np.exp(-crack * 34), look.tones)


def _ring(
    canvas: Canvas, at: tuple[float, float, float], look: Globe, sun: tuple[float, float, float], name: str
) -> tuple[tuple[int, int, int, int], Floats, Floats, Floats] | None:
    """A flat ring of many bands: its box, colours, thickness 0..1 and where it is before the globe."""
    x, y, radius = at
    box = _region(canvas, x, y, radius * 2.2, radius * 1.25)
    if box is None or look.ring is None:
        return None
    x0, y0, x1, y1 = box
    px, py = grid(x1 - x0, y1 - y0)
    nx, ny = (px + np.float32(x0 - x)) / np.float32(radius), (py + np.float32(y0 - y)) / np.float32(radius)
    c, s = np.float32(math.cos(math.radians(look.tilt))), np.float32(math.sin(math.radians(look.tilt)))
    along, across = nx * c + ny * s, (ny * c - nx * s) / np.float32(0.28)
    place = np.clip((np.hypot(along, across) - 1.25) / 0.9 * 255, 0, 255).astype(np.uint8)
    t = np.linspace(1.25, 2.15, 256)
    bands = 0.25 + 0.9 * profile(256, 16, canvas.stream(name + "-ring"), 4, 0.6)
    bands = (
        bands
        * smoothstep(1.25, 1.31, t)
        * smoothstep(2.15, 2.08, t)
        * (1 - 0.9 * np.exp(-(((t - 1.78) / 0.03) ** 2)))
    )
    tone = np.interp(t, [1.25, 1.6, 2.15], [0.72, 1.05, 0.85])[:, None] * np.asarray(look.ring)
    shadow = smoothstep(0.25, -0.15, np.abs(along + np.float32(sun[0] * 0.55)) - np.float32(0.85)) * (
        across <= 0
    )
    thick = floats(np.clip(bands, 0, 1))[place] * (1 - np.float32(0.8) * shadow)
    return box, floats(np.clip(tone, 0, 255))[place], floats(thick), floats(across > 0)


def _lay_ring(
    canvas: Canvas, ring: tuple[tuple[int, int, int, int], Floats, Floats, Floats], front: bool
) -> None:
    """Blend one half of a ring."""
    (x0, y0, x1, y1), color, thick, before = ring
    alpha = (thick * (before if front else 1 - before) * np.float32(0.9))[..., None]
    part = canvas.pixels[y0:y1, x0:x1]
    part[:] = part + (color - part) * alpha + np.float32(0.5)


_COVERS = {"bands": _bands, "seas": _seas, "craters": _craters, "ice": _ice}
