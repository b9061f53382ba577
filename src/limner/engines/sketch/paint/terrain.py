"""Mountains as a height field: a tile of relief with its colours, seen in perspective row by row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.noise import Rng, fbm
from limner.engines.sketch.paint.palette import Palette, mix, ramp
from limner.engines.sketch.paint.raster import (
    CUBIC,
    Floats,
    Pixels,
    Rgb,
    blend,
    blur,
    gradient,
    remap,
    resize,
    smoothstep,
)

_SIZE = 384
_SLICES = 150


@dataclass(frozen=True, slots=True, eq=False)
class Relief:
    """A square tile: height (n, n) float, color (n, n, 3) uint8 already lit."""

    height: Floats
    color: Pixels


def mountains(rng: Rng, palette: Palette, sun_side: float, snow_line: float) -> Relief:
    """Ridged peaks: forest below, rock, snow above the quantile snow_line where it is not steep."""
    height = _ridges(rng)
    dx, dy = gradient(height)
    dx, dy = dx * 95, dy * 95
    light = _lit(height, dx, dy, sun_side)
    steep = np.sqrt(dx * dx + dy * dy)
    grain = fbm(_SIZE, _SIZE, 24, 24, rng, 4)
    rock = (palette.local(0.40, 0.035, 265, 0.12), palette.local(0.70, 0.045, 60, 1))
    snow = (
        mix(palette.local(0.80, 0.05, 250, 0.25), palette.zenith, 0.12),
        palette.local(0.98, 0.012, 90, 1),
    )
    color = _tinted(light, *rock) * (0.92 + 0.16 * grain)[..., None]
    usual = float(np.quantile(steep[::4, ::4], 0.5))
    line = float(np.quantile(height[::4, ::4], snow_line))
    uneven = (grain - 0.5) * 0.2
    wooded = smoothstep(line - 0.06, line - 0.20, height + uneven)
    color += (
        _tinted(light, palette.leaf(0.0, 0.15), palette.leaf(0.45, 0.9)) * (0.85 + 0.3 * grain)[..., None]
        - color
    ) * wooded[..., None]
    white = smoothstep(
        line - 0.05, line + 0.07, height + uneven * 0.8 - np.clip(steep / usual - 0.8, 0, 2) * 0.17
    )
    color += (_tinted(light, *snow) - color) * white[..., None]
    return Relief(height, np.clip(color, 0, 255).astype(np.uint8))


def _ridges(rng: Rng) -> Floats:
    height = np.zeros((_SIZE, _SIZE), np.float32)
    amplitude, weight, total = 1.0, np.float32(1), 0.0
    for k in range(6):
        cells = rng.random((2 ** (k + 1) + 1,) * 2, np.float32)
        cells[-1], cells[:, -1] = cells[0], cells[:, 0]
        ridge = 1 - np.abs(resize(cells, _SIZE, _SIZE, CUBIC) * 2 - 1)
        ridge = ridge * ridge * weight
        weight = np.clip(ridge * 1.8, 0, 1)
        height += ridge * np.float32(amplitude)
        total += amplitude
        amplitude *= 0.52
    return blur(height / np.float32(total) * np.float32(1.5), 0.7)


def _lit(height: Floats, dx: Floats, dy: Floats, sun_side: float) -> Floats:
    """Light 0..1.25 with shadows cast along x."""
    sun = np.array([sun_side, -0.35, 0.75], np.float32)
    sun /= np.linalg.norm(sun)
    light = np.clip((-dx * sun[0] - dy * sun[1] + sun[2]) / np.sqrt(1 + dx * dx + dy * dy), 0, 1)
    step = 1 if sun_side < 0 else -1
    turned = height[:, ::step]
    fall = np.arange(_SIZE, dtype=np.float32)[None] * np.float32(sun[2] / abs(sun[0]) / 95 * 0.55)
    hidden = np.maximum.accumulate(turned + fall, 1) - (turned + fall)
    shadow = blur(np.clip(1 - hidden * 95 * 0.25, 0, 1).astype(np.float32), 1.2)[:, ::step]
    return cast(Floats, light * (0.25 + 0.75 * shadow) * np.float32(1.25))


def _tinted(light: Floats, shade: Rgb, lit: Rgb) -> Floats:
    lut = ramp([(0, shade), (0.45, mix(shade, lit, 0.5)), (1, lit)], 64)[None]
    return remap(lut, np.clip(light, 0, 1) * 63, np.zeros_like(light))


def hazed(relief: Relief, color: Rgb, share: float) -> Relief:
    """The same tile further away."""
    layer = np.empty_like(relief.color)
    layer[:] = np.asarray(color).astype(np.uint8)
    return Relief(relief.height, blend(relief.color, layer, np.full(relief.height.shape, share, np.float32)))


def draw(
    canvas: Canvas, relief: Relief, base: int, tall: float, near: float, envelope: Floats, rng: Rng
) -> None:
    """Paint the tile as a range standing on row base.

    tall: height multiplier; near: distance of its front; envelope: (width,) multiplier along the screen.
    """
    width = canvas.width
    fov = 1.1 * width / canvas.short
    z = np.geomspace(near, near * 1.9, _SLICES).astype(np.float32)[:, None]
    x = ((np.arange(width, dtype=np.float32) / width - 0.5) * np.float32(fov))[None] * z
    scale = 76.0
    u = ((x + rng.random() * 10) * scale) % _SIZE
    v = np.broadcast_to(((z + rng.random() * 10) * scale) % _SIZE, x.shape)
    heights = remap(relief.height, u, v, "wrap")
    colors = remap(relief.color, u, v, "wrap")
    fine = remap(relief.height, (u * 4.7) % _SIZE, (v * 4.7) % _SIZE, "wrap")
    heights = heights * tall + (fine - relief.height.mean()) * np.float32(near * 0.02)
    slope = np.clip((fine - np.roll(fine, 3, 1)) * np.float32(2.2 / float(relief.height.max())), -0.3, 0.3)
    colors = np.clip(colors * (1 - slope)[..., None], 0, 255).astype(np.uint8)
    rising = np.clip((z - near) / (near * 0.9 * 0.55), 0, 1)
    heights = heights * (rising * (2 - rising)) * envelope[None]
    rows = np.minimum.accumulate(base - heights * (width / fov) / z, 0)
    _project(canvas, rows, colors, base)


def _project(canvas: Canvas, rows: Floats, colors: Pixels, base: int) -> None:
    """Every pixel takes the first slice that covers it."""
    width = canvas.width
    crest = rows[-1]
    top, bottom = max(int(np.floor(crest.min())), 0), min(base + 2, canvas.height)
    count = bottom - top
    if count <= 2:
        return
    covered = np.clip(np.ceil(rows - top), 0, count).astype(np.int64)
    cells = (covered * width + np.arange(width)[None]).ravel()
    per_row = np.bincount(cells, minlength=(count + 1) * width).reshape(count + 1, width)
    index = np.clip(_SLICES - np.cumsum(per_row, 0)[:count], 0, _SLICES - 1)
    before = np.maximum(index - 1, 0)
    y = (top + np.arange(count, dtype=np.float32))[:, None]
    near, far = np.take_along_axis(rows, before, 0), np.take_along_axis(rows, index, 0)
    slices = (before + np.clip((near - y) / np.maximum(near - far, 1e-3), 0, 1)).astype(np.float32)
    columns = np.broadcast_to(np.arange(width, dtype=np.float32)[None], slices.shape)
    layer = remap(colors, columns, slices)
    mask = np.clip(y - crest[None] + 0.5, 0, 1).astype(np.float32)
    canvas.pixels[top:bottom] = blend(canvas.pixels[top:bottom], layer, mask)
