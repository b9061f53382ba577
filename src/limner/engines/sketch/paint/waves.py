"""The open sea: a surface in perspective that mirrors its sky, rolling waves, lines of surf."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.land import brushwork
from limner.engines.sketch.paint.noise import Rng, fbm, profile, tileable
from limner.engines.sketch.paint.palette import WHITE, Palette, lch, mix, ramp
from limner.engines.sketch.paint.raster import Floats, Pixels, Rgb, blur, floats, gradient, remap, smoothstep

_TILE = 256
_SHADES = 64
_SLICES = 170


def deep_color(palette: Palette, hue: float = 225.0, share: float = 0.35) -> Rgb:
    """Water that one looks into, in the light of the hour; share of the zenith's colour."""
    return mix(palette.lit(lch(0.52, 0.10, hue), 0.7), palette.zenith, share)


def shallow_color(palette: Palette) -> Rgb:
    """Clear water over sand."""
    return mix(palette.lit(lch(0.78, 0.105, 190), 0.85), palette.middle, 0.15)


def sea(
    canvas: Canvas,
    palette: Palette,
    top: int,
    bottom: int,
    chop: float = 1.0,
    sun_x: float | None = None,
    near: Rgb | None = None,
    name: str = "sea",
) -> None:
    """Paint rows top..bottom as water seen to the horizon at top.

    chop: 0.3 calm, 1 a breeze. sun_x: column of the path of light. near: colour towards the viewer.
    """
    end = min(bottom, canvas.height)
    width, rows = max(canvas.width // 2, 8), max((end - top) // 2, 4)
    if end - top < 6:
        return
    rng = canvas.stream(name)
    tile = tileable(_TILE, 16, rng, 4, 0.5)
    t = np.linspace(0, 1, rows, dtype=np.float32)[:, None]
    far = 1 / (0.75 * t + 0.25)
    aspect = canvas.width / max(canvas.short, end - top)
    u = (np.linspace(-0.5, 0.5, width, dtype=np.float32)[None] * aspect) * far * 70 + rng.random() * 99
    v = np.broadcast_to(far * 150 + np.float32(rng.random() * 99), u.shape)
    here, beyond = (remap(tile, u % _TILE, (v + d) % _TILE, "wrap") for d in (0.0, 5.0))
    slope = (here - beyond) * (0.45 + 0.55 * t) * np.float32(1.5 * chop)
    value = 0.64 - 0.26 * t + slope
    table = _shades(palette, near or deep_color(palette))
    canvas.soft(
        remap(table, np.clip(value, 0, 1) * (_SHADES - 1), np.broadcast_to(t * 31, u.shape)), top, end
    )
    brushwork(canvas, top + (end - top) * 0.06, end, name + "-brush", 0.05, 0, 1100)
    if sun_x is not None:
        fine = remap(tile, (u * 2.1) % _TILE, (v * 2.3) % _TILE, "wrap")
        _sun_path(canvas, palette, fine, t, sun_x, top, end)


def _shades(palette: Palette, near: Rgb) -> Floats:
    """(32, 64, 3): from horizon to viewer, from trough to glitter."""
    rows = []
    for t in np.linspace(0, 1, 32):
        air = mix(mix(palette.horizon, palette.haze, 0.3), mix(palette.middle, palette.zenith, 0.3), t)
        deep = mix(near, palette.haze, 0.35 * (1 - float(t)) ** 2)
        stops = [
            (0.0, mix(deep, palette.dark, 0.45)),
            (0.34, deep),
            (0.66, mix(deep, air, 0.55)),
            (0.9, mix(air, WHITE, 0.12 if palette.night else 0.3)),
            (1.0, mix(air, WHITE, 0.2 if palette.night else 0.6)),
        ]
        rows.append(ramp(stops, _SHADES))
    return floats(np.stack(rows))


def _sun_path(
    canvas: Canvas, palette: Palette, fine: Floats, t: Floats, sun_x: float, top: int, end: int
) -> None:
    """Broken light below the sun, narrow at the horizon."""
    x = np.linspace(0, canvas.width, fine.shape[1], dtype=np.float32)[None] - np.float32(sun_x)
    away = np.abs(x) / (canvas.short * (0.045 + 0.10 * t))
    edge = 0.50 + 0.12 * t + 0.06 * away
    strength = 0.55 if palette.time == "day" else 0.9
    light = smoothstep(0, 0.09, fine - edge) * np.exp(-(away**2)) * strength
    light += np.exp(-((away * 0.55) ** 2)) * 0.16 * strength
    canvas.veil(light.astype(np.float32), mix(palette.sun, WHITE, 0.25), top, end, screen=True)


def rolling(
    canvas: Canvas,
    tones: tuple[Rgb, Rgb, Rgb],
    top: int,
    tall: float,
    foam: float,
    haze: Rgb,
    name: str = "rolling",
) -> None:
    """Waves as a height field from the horizon at top to the lower edge, the nearest about tall px high.

    tones: crest, body and foam. foam: how much of the crests breaks, 0..1.
    """
    width, rows = max(canvas.width // 2, 8), max((canvas.height - top) // 2, 8)
    height, color = _swell_tile(canvas.stream(name), tones, foam)
    t = np.linspace(1.3, 0.0, _SLICES, dtype=np.float32)[:, None] ** 1.5
    far = 1 / (0.90 * t + 0.10)
    spread = canvas.width / max(canvas.short, canvas.height - top)
    rng = canvas.stream(name + "-place")
    u = np.linspace(-0.5, 0.5, width, dtype=np.float32)[None] * spread * (far + 0.6) * 56 + rng.random() * 99
    v = np.broadcast_to(far * 62 + np.float32(rng.random() * 99), u.shape)
    lift = (
        remap(height, u % _TILE, v % _TILE, "wrap")
        * (0.05 + t)
        * np.float32(tall / 2)
        * smoothstep(1.28, 0.95, t)
    )
    level = np.minimum.accumulate(rows * t + np.float32(tall * 0.12) * t - lift, 0)
    slices = _first_cover(level, rows)
    columns = np.broadcast_to(np.arange(width, dtype=np.float32)[None], slices.shape)
    seen = remap(remap(color, u % _TILE, v % _TILE, "wrap"), columns, slices)
    down = np.linspace(0, 1, rows, dtype=np.float32)[:, None, None]
    seen += (floats(haze) - seen) * np.clip(0.75 - 2.2 * down, 0, 1)
    canvas.soft(seen, top, canvas.height)
    brushwork(canvas, top + (canvas.height - top) * 0.1, canvas.height, name + "-brush", 0.04, 0, 900)


def _swell_tile(rng: Rng, tones: tuple[Rgb, Rgb, Rgb], foam: float) -> tuple[Floats, Floats]:
    """A tile of wave heights 0..1 and its colours, lit from beyond."""
    crest, body, white = tones
    broad, small = tileable(_TILE, 8, rng, 3, 0.4), tileable(_TILE, 16, rng, 4, 0.55)
    ridge = (1 - np.abs(2 * broad - 1)) ** 1.7 + 0.22 * (1 - np.abs(2 * small - 1)) ** 1.4
    height = np.tanh(blur(floats(ridge), 1.3) * 1.15)
    slope_x, slope_y = gradient(height)
    light = np.clip(0.40 - slope_y * 4.2 + slope_x * 1.5 + (height - 0.5) * 0.55, 0, 1)
    stops = [(0, mix(body, (8, 14, 30), 0.35)), (0.4, body), (0.72, crest), (1, mix(crest, white, 0.55))]
    color = remap(ramp(stops, 64)[None], light * 63, np.zeros_like(light))
    limit = float(np.quantile(height[::4, ::4], 1 - 0.16 * foam))
    torn = height + (tileable(_TILE, 64, rng, 2) - 0.5) * 0.22
    share = smoothstep(limit, limit + 0.10, torn) * 0.9
    color += (floats(white) - color) * share[..., None]
    return height, floats(color)


def _first_cover(level: Floats, rows: int) -> Floats:
    """(rows, width) the number, with its fraction, of the nearest slice whose row in level is reached."""
    count, width = level.shape
    covered = np.clip(np.ceil(level), 0, rows).astype(np.int64)
    cells = (covered * width + np.arange(width)[None]).ravel()
    per_row = np.bincount(cells, minlength=(rows + 1) * width).reshape(rows + 1, width)
    index = np.clip(count - np.cumsum(per_row, 0)[:rows], 0, count - 1)
    before = np.maximum(index - 1, 0)
    near, far = np.take_along_axis(level, before, 0), np.take_along_axis(level, index, 0)
    y = np.arange(rows, dtype=np.float32)[:, None]
    return floats(before + np.clip((near - y) / np.maximum(near - far, 1e-3), 0, 1))


def surf(canvas: Canvas, edge: Floats, depth: float, foam: Rgb, name: str, lines: int = 3) -> None:
    """Lines of foam that run up to edge, (n, 2) points; depth: how far out they begin, in pixels."""
    count = len(edge)
    for k in range(lines):
        rng = canvas.stream(f"{name}{k}")
        out = depth * (k / max(1, lines)) ** 1.2
        wobble = depth * 0.16 * (profile(count, 6, rng, 3, 0.5) - 0.5) * (1 + k)
        thick = (
            depth * 0.34 * np.clip(profile(count, 14, rng, 4, 0.65) * 2.2 - 0.62, 0.05, 1.2) * (1 - 0.22 * k)
        )
        y = edge[:, 1] - out + wobble
        upper, lower = (
            np.column_stack([edge[:, 0], y - thick * 0.4]),
            np.column_stack([edge[:, 0], y + thick * 0.6]),
        )
        canvas.fill(np.concatenate([upper, lower[::-1]]), foam, alpha=0.92 - 0.2 * k)


def spray(canvas: Canvas, x: float, y: float, size: float, color: Rgb, name: str, count: int = 60) -> None:
    """Water thrown up where a wave strikes a rock."""
    rng = canvas.stream(name)
    canvas.glow(x, y, size * 1.1, color, 0.30)
    up = np.abs(rng.normal(0, 0.42, count)) * size
    side = rng.normal(0, 0.34, count) * size * (0.5 + up / size)
    big = size * rng.uniform(0.006, 0.026, count) * (1.3 - np.clip(up / size, 0, 1))
    for a, b, c in zip(side.tolist(), up.tolist(), big.tolist(), strict=True):
        canvas.dot(x + a, y - b, c, color)


def mirrored(canvas: Canvas, top: int, bottom: int, share: float, name: str = "mirror") -> None:
    """Blend the rows above top, upside down and gently waved, into top..bottom by share, fading downward."""
    end = min(bottom, canvas.height)
    rows = min(end - top, top)
    if rows < 4:
        return
    rng = canvas.stream(name)
    t = np.linspace(0, 1, rows, dtype=np.float32)[:, None]
    sway = (fbm(canvas.width, rows, 4, 60, rng, 2) - np.float32(0.5)) * (2 + 46 * t) * np.float32(canvas.unit)
    x = np.arange(canvas.width, dtype=np.float32)[None] + sway
    y = np.clip(top - 1 - np.arange(rows, dtype=np.float32)[:, None] + sway * 0.8, 0, top - 1)
    image: Pixels = remap(canvas.pixels[:top], x, y, "mirror")
    part = canvas.pixels[top : top + rows].astype(np.float32)
    mask = (share * (1 - 0.55 * t))[..., None]
    canvas.pixels[top : top + rows] = np.clip(part + (image - part) * mask, 0, 255)
