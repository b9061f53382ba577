"""Conifers: drooping tiers with light on one side, snow in winter, single or in rows."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import box
from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.paint.palette import Palette, mix
from limner.engines.sketch.paint.raster import Floats, Rgb, draw_polygons

_BARK: Rgb = (64, 44, 34)
_NIGHT_BLUE: Rgb = (18, 26, 52)
_SHADES = 16
_SPIRE_PX = 24
"""Lower ones show no tiers; they take as many random numbers, for the sake of those that follow."""


def pine(
    canvas: Canvas,
    x: float,
    y: float,
    height: float,
    color: Rgb,
    rng: Rng,
    lit: Rgb | None = None,
    snow: Rgb | None = None,
) -> None:
    """A conifer of drooping tiers with its foot at (x, y); lit colours its right half."""
    half = height * 0.23 * float(rng.uniform(0.9, 1.1))
    if height < 42 * canvas.unit:
        _tiny_pine(canvas, x, y, half, height, (color, lit, snow))
        return
    tiers = 4 if height < 75 * canvas.unit else 6 if height < 300 * canvas.unit else 7
    if height < _SPIRE_PX:
        rng.random(14 * tiers)
        _tiny_pine(canvas, x, y, half, height, (color, lit, snow))
        return
    canvas.polygon(box(x - half * 0.10, y - height * 0.10, x + half * 0.10, y), mix(color, _BARK, 0.4))
    rank = np.arange(tiers)[::-1]
    near = (rank + 1) / tiers
    start = 0.82 * (rank / tiers) ** 1.08
    size = np.column_stack([
        half * (0.16 + 0.84 * near) * rng.uniform(0.92, 1.06, tiers),
        height * (0.965 * near**1.02 - start) * 1.12,
    ])  # fmt: skip
    top = np.column_stack([np.full(tiers, x), y - height + height * start])
    shapes, shares = _skirts(tiers, rng, lit is not None, snow is not None)
    tones = np.stack(
        [np.asarray(tone, np.float64) for tone in (_NIGHT_BLUE, color, lit or color, snow or color)]
    )
    dark = (0.10 + 0.16 * near)[:, None, None] * (tones[0] - tones[1])
    painted = shares @ tones + dark * (1 - shares[:, 2:].sum(1))[None, :, None]
    placed = shapes * size[:, None, None] + top[:, None, None]
    draw_polygons(canvas.pixels, placed.reshape(-1, placed.shape[2], 2), painted.reshape(-1, 3))


def _skirts(tiers: int, rng: Rng, lit: bool, snow: bool) -> tuple[Floats, Floats]:
    """(tiers, parts, 17, 2) outlines of each tier's parts in units of its size, and (parts, 4) their shares
    of night blue, face, light and snow: underside, face, light on the right, snow in shade, snow in light.
    """
    u = np.linspace(1, -1, 9) + rng.uniform(-0.04, 0.04, (tiers, 9)) * (0, 1, 1, 1, 1, 1, 1, 1, 0)
    v = 1.02 - 0.16 * u * u
    v[:, 1::2] -= rng.uniform(0.07, 0.12, (tiers, 4))
    hem = np.stack([u, v], 2)
    side = np.broadcast_to(_SIDE, (tiers, 4, 2))
    skirt = np.concatenate([side, hem, (side * (-1, 1))[:, ::-1]], 1)
    half = np.concatenate([side, hem[:, :5], np.broadcast_to(_MIDDLE, (tiers, 8, 2))], 1)
    parts, shares = [skirt, skirt * (0.93, 0.90)], [(0.0, 1.0, 0.0, 0.0), (0.0, 1.0, 0.0, 0.0)]
    if lit:
        parts.append(half * (0.90, 0.88))
        shares.append((0.0, 0.35, 0.65, 0.0))
    if snow:
        cap = np.concatenate(
            [hem[:, :1] * (0.95, 1), hem[:, 1:-1] * (1, 0.80) - (0, 0.02), hem[:, -1:] * (0.95, 1)], 1
        )
        parts.append(np.concatenate([side, cap, (side * (-1, 1))[:, ::-1]], 1))
        parts.append(
            np.concatenate([side, cap[:, :5], np.broadcast_to(_MIDDLE, (tiers, 8, 2))], 1) * (0.98, 0.96)
        )
        shares += [(0.0, 0.25, 0.0, 0.75), (0.0, 0.0, 0.0, 1.0)]
    return np.stack(parts, 1), np.asarray(shares)


_SIDE = np.array([(0, 0), (0.08, 0.10), (0.16, 0.20), (0.46, 0.60)])
_MIDDLE = np.array([(0.10, 0.70)])
_SPIRE = np.array(
    [
        (0, -1),
        (0.30, -0.66),
        (0.20, -0.67),
        (0.58, -0.37),
        (0.42, -0.38),
        (0.95, -0.04),
        (0.1, -0.08),
        (0, -0.04),
    ]
)
_MIRRORED = np.array([-1.0, 1.0])


def _tiny_pine(
    canvas: Canvas, x: float, y: float, half: float, height: float, tones: tuple[Rgb, Rgb | None, Rgb | None]
) -> None:
    """A conifer of a few pixels: its outline, and its right half in the light or under snow."""
    face, lit, snow = tones
    right = _SPIRE * (half, height) + (x, y)
    left = _SPIRE * _MIRRORED * (half, height) + (x, y)
    canvas.polygon(left, mix(snow, face, 0.45) if snow else face)
    canvas.polygon(right, snow or lit or face)


def pine_colors(palette: Palette, share: float, haze: float) -> tuple[Rgb, Rgb, Rgb | None]:
    """Face, light and snow (None outside winter) of a pine; share 0..1 how light it is."""
    shade, light = palette.local(0.36, 0.062, 162, 0.35), palette.local(0.50, 0.085, 148, 0.75)
    face = mix(mix(shade, light, share * 0.6), palette.haze, haze)
    lit = mix(mix(face, palette.local(0.62, 0.10, 136, 1.0), 0.35), palette.haze, haze * 0.5)
    snow = mix(palette.lit((240, 244, 252), 0.95), palette.haze, haze * 0.6) if palette.snowy else None
    return face, mix(lit, palette.sun, 0.06), snow


def pine_row(
    canvas: Canvas,
    palette: Palette,
    y: float | Floats,
    small: float,
    large: float,
    haze: float,
    name: str,
    gap: float = 0.35,
) -> None:
    """Pines all along row y, or along an outline of one row a column, fading into haze.

    small, large: least and largest height as shares of the short side; gap: in heights.
    """
    rng = canvas.stream(name)
    x = 0.0
    while x < canvas.width:
        height = canvas.short * float(rng.uniform(small, large))
        face, lit, snow = pine_colors(palette, round(float(rng.random()) * _SHADES) / _SHADES, haze)
        row = y if isinstance(y, float | int) else float(y[min(int(x), len(y) - 1)])
        pine(canvas, x, row + float(rng.normal(0, height * 0.03)), height, face, rng, lit, snow)
        x += height * float(rng.uniform(0.6, 1.4)) * gap
