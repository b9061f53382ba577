"""Backdrop trees, small and many: pines, round trees of every season, bare ones, and rows of them."""

from __future__ import annotations

import math

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import ellipse, smooth, stroke
from limner.engines.sketch.paint.land import tuft
from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.paint.palette import Palette, mix, ramp, shift
from limner.engines.sketch.paint.pines import pine, pine_colors, pine_row
from limner.engines.sketch.paint.raster import Floats, Rgb, draw_dabs, draw_lines, draw_polygons
from limner.engines.sketch.paint.tropics import cactus, palm

__all__ = [
    "bare_tree",
    "cactus",
    "crown",
    "leaf_tones",
    "masses",
    "palm",
    "pine",
    "pine_colors",
    "pine_row",
    "tree",
    "tree_row",
    "treeline",
]

Tones = tuple[Rgb, Rgb, Rgb]
"""Shade, middle and light."""
_AUTUMN = ((0.60, 0.15, 42), (0.68, 0.155, 62), (0.55, 0.16, 32), (0.76, 0.145, 82), (0.62, 0.11, 105))
_BLOSSOM = ((0.83, 0.095, 355), (0.88, 0.065, 350), (0.91, 0.05, 0))


def leaf_tones(palette: Palette, rng: Rng, haze: float = 0.0, blossom: float = 0.45) -> Tones:
    """What one tree wears in this season; blossom: how likely it flowers in spring."""
    warm = float(rng.uniform(-0.12, 0.12))
    tones: Tones = (palette.leaf(0.02, 0.35), palette.leaf(0.48 + warm, 0.75), palette.leaf(0.98, 1.0))
    if palette.season == "spring" and rng.random() < blossom:
        tones = _about(palette, _BLOSSOM[int(rng.integers(len(_BLOSSOM)))])
    elif palette.season == "autumn":
        tones = _about(palette, _AUTUMN[int(rng.integers(len(_AUTUMN)))])
    dark, middle, light = (mix(tone, palette.haze, haze) for tone in tones)
    return dark, middle, light


def _about(palette: Palette, color: tuple[float, float, float]) -> Tones:
    lightness, chroma, hue = color
    return (
        shift(palette.local(lightness - 0.17, chroma * 1.05, hue - 6, 0.45), 0, 1),
        palette.local(lightness, chroma, hue, 0.8),
        palette.local(min(0.98, lightness + 0.10), chroma * 0.85, hue + 10, 1.0),
    )


_ROUND = np.asarray(ellipse(0, 0, 1, 0.92, 0, 14))


def crown(
    canvas: Canvas,
    x: float,
    y: float,
    radius: float,
    colors: Tones,
    rng: Rng,
    count: int = 90,
    sun_side: float = 1.0,
) -> None:
    """A leafy crown: rounded masses, each of short dabs from shade to light."""
    cx, cy, size, tone = _lumps(radius / canvas.unit, rng, sun_side)
    dab = radius * 0.10 * max(1.0, (140 / count) ** 0.5)
    masses(canvas, x + cx * radius, y + cy * radius, size * radius, tone, colors, rng, count, dab, sun_side)


def _lumps(radius: float, rng: Rng, sun_side: float) -> tuple[Floats, Floats, Floats, Floats]:
    """Where the masses of a crown are, their radii and light, in units of its radius, which is given in units
    of the canvas: small ones have few.
    """
    count = 1 if radius < 9 else 4 if radius < 22 else 7
    turn = rng.random() * 2 * np.pi + np.arange(count) * 2.4
    out = np.sqrt(np.arange(count) / max(count - 1, 1)) * 0.62
    cx, cy = out * np.cos(turn), out * np.sin(turn) * 0.8
    size = rng.uniform(0.42, 0.55, count) if count > 1 else np.array([0.95])
    return cx, cy, size, cx * 0.22 * sun_side - cy * 0.30


_LEAST_DAB_PX = 0.9
"""Of dabs that are smaller, fewer are drawn, and larger ones."""


def masses(
    canvas: Canvas,
    x: Floats,
    y: Floats,
    radius: Floats,
    tone: Floats,
    colors: Tones,
    rng: Rng,
    count: int,
    dab: float,
    sun_side: float = 1.0,
) -> None:
    """Rounded masses of leaves about (x, y), upper ones behind, count dabs of half length dab in all.

    tone: what is added to the light of each mass, about 0.
    """
    order = np.argsort(y)
    rounds = np.column_stack([x, y])[order, None] + _ROUND * radius[order, None, None]
    lut = ramp([(0, colors[0]), (0.5, colors[1]), (1, colors[2])], 64)
    base = lut[(np.clip(0.28 + tone[order] * 0.8, 0, 1) * 63).astype(int)]
    draw_polygons(canvas.pixels, rounds, base)
    which = np.sort(rng.integers(0, len(x), count))
    rank = order[which]
    angle, far = rng.random(count) * 2 * np.pi, np.sqrt(rng.random(count)) * 1.06
    px, py = far * np.cos(angle), far * np.sin(angle)
    lean = tone[rank] + px * 0.20 * sun_side - py * 0.34
    shade = np.clip(0.46 + lean + rng.normal(0, 0.08, count), 0, 1)
    step_over = max(1, round(_LEAST_DAB_PX / dab))
    drawn = np.argsort(which * 2.0 + shade, kind="stable")[::step_over]
    turn, size = rng.uniform(-0.9, 0.9, count), dab * step_over**0.5 * rng.uniform(0.7, 1.3, count)
    step = np.column_stack([np.cos(turn), np.sin(turn)]) * size[:, None] * 1.25
    at = np.column_stack([x[rank] + px * radius[rank], y[rank] + py * radius[rank] * 0.95])
    tint = lut[(shade * 63).astype(int)]
    draw_dabs(canvas.pixels, at[drawn], step[drawn], size[drawn] * 0.78, tint[drawn])


_MASSES = (
    (-0.19, 0.55, 0.20),
    (0.20, 0.57, 0.19),
    (0.0, 0.71, 0.25),
    (-0.10, 0.60, 0.19),
    (0.12, 0.66, 0.19),
)


def tree(
    canvas: Canvas,
    palette: Palette,
    x: float,
    y: float,
    height: float,
    rng: Rng,
    haze: float = 0.0,
    tones: Tones | None = None,
    sun_side: float = 1.0,
) -> None:
    """A round tree of the season with its foot at (x, y); bare with snow on it in winter."""
    if palette.snowy and tones is None:
        bare_tree(canvas, palette, x, y, height, rng, haze)
        return
    bark = mix(palette.local(0.42, 0.05, 55, 0.6), palette.haze, haze)
    trunk = smooth([(x, y), (x + height * 0.015, y - height * 0.25), (x - height * 0.01, y - height * 0.6)])
    canvas.polygon(stroke(trunk, height * 0.075, height * 0.03), bark)
    if height > 90 * canvas.unit and not palette.snowy:
        tuft(canvas, palette, x, y, height * 0.075, rng, haze)
    for side, far in ((-1, 0.17), (1, 0.18)):
        bough = [(x, y - height * 0.28), (x + side * height * far, y - height * 0.52)]
        canvas.polygon(stroke(bough, height * 0.035, height * 0.012), bark)
    worn = tones or leaf_tones(palette, rng, haze)
    parts = _MASSES[2:3] if height < 22 * canvas.unit else _MASSES[: 3 if height < 60 * canvas.unit else 5]
    found = [_placed(part, height, canvas.unit, rng, sun_side) for part in parts]
    at_x, at_y, size, tone = (np.concatenate(values) for values in zip(*found, strict=True))
    count = (26 if len(parts) < 4 else 120) * len(parts)
    dab = height * (0.045 if len(parts) < 4 else 0.022)
    masses(canvas, x + at_x, y + at_y, size, tone, worn, rng, count, dab, sun_side)


def _placed(
    part: tuple[float, float, float], height: float, unit: float, rng: Rng, sun_side: float
) -> tuple[Floats, Floats, Floats, Floats]:
    """The masses of one part of a tree: columns, rows, radii in pixels from its foot, and their light."""
    dx, dy, radius = part[0] * height, part[1] * height, part[2] * height
    cx, cy, size, tone = _lumps(radius / unit, rng, sun_side)
    return dx + cx * radius, cy * radius - dy, size * radius, tone + 0.10 * (part[1] - 0.60) / 0.15


def bare_tree(
    canvas: Canvas, palette: Palette, x: float, y: float, height: float, rng: Rng, haze: float = 0.0
) -> None:
    """A leafless tree; in winter snow lies along its boughs."""
    bark = mix(palette.local(0.36, 0.035, 50, 0.45), palette.haze, haze)
    snow = mix(palette.lit((240, 244, 252), 0.95), palette.haze, haze * 0.6)
    depth = 3 if height < 60 * canvas.unit else 5 if height < 240 * canvas.unit else 6
    if palette.snowy:
        canvas.polygon(ellipse(x, y, height * 0.10, height * 0.022, 0, 16), snow)
    tips = [(x, y, -math.pi / 2, height * 0.30, height * 0.07)]
    for _ in range(depth):
        grown = []
        for px, py, angle, long, wide in tips:
            qx, qy = px + math.cos(angle) * long, py + math.sin(angle) * long
            canvas.polygon(stroke([(px, py), (qx, qy)], wide, wide * 0.66), bark)
            if palette.snowy and abs(math.cos(angle)) > 0.25 and wide > 1.5 * canvas.unit:
                canvas.line([(px, py - wide * 0.4), (qx, qy - wide * 0.4)], snow, wide * 0.45)
            for turn in (-1, 1):
                lean = angle + turn * float(rng.uniform(0.28, 0.62)) + float(rng.normal(0, 0.08))
                grown.append((qx, qy, lean, long * float(rng.uniform(0.62, 0.82)), wide * 0.62))
        tips = grown
    fine = np.array(
        [[(a, b), (a + math.cos(t) * far * 0.7, b + math.sin(t) * far * 0.7)] for a, b, t, far, _ in tips]
    )
    color = np.tile(mix(bark, snow, 0.45) if palette.snowy else bark, (len(fine), 1))
    draw_lines(canvas.pixels, fine, color, np.full(len(fine), max(1.0, height * 0.0042)))


def tree_row(
    canvas: Canvas,
    palette: Palette,
    y: float,
    small: float,
    large: float,
    haze: float,
    name: str,
    count: int = 9,
) -> None:
    """Round trees scattered along row y."""
    rng = canvas.stream(name)
    count = int(min(count * 3, max(count, count * canvas.width / canvas.short)))
    for x in np.sort(rng.random(count)) * canvas.width:
        foot = y + canvas.short * float(rng.uniform(-0.006, 0.012))
        tree(canvas, palette, float(x), foot, canvas.short * float(rng.uniform(small, large)), rng, haze)


def treeline(
    canvas: Canvas, y: float, height: float, color: Rgb, to: Rgb, name: str, pointed: bool = False
) -> None:
    """The far edge of a wood along row y, as one mass; pointed: of pines."""
    rng = canvas.stream(name)
    step = height * (0.20 if pointed else 0.42)
    count = int(canvas.width / step) + 3
    x = (np.arange(count) - 1 + rng.uniform(-0.3, 0.3, count)) * step
    tall = height * rng.uniform(0.45, 1.0, count) * (0.8 + 0.2 * np.sin(np.arange(count) * 0.37))
    if pointed:
        unit = np.array(
            [(-1.1, 0.1), (-0.5, -0.3), (-0.62, -0.3), (0, -1), (0.62, -0.3), (0.5, -0.3), (1.1, 0.1)]
        )
    else:
        angle = np.linspace(0, 2 * np.pi, 13)[:-1]
        unit = np.column_stack([np.cos(angle) * 1.0, np.sin(angle) * 0.62 - 0.38])
    scale = np.stack([np.full(count, step), tall], 1)[:, None]
    at = np.stack([x, np.full(count, y)], 1)[:, None]
    share = rng.uniform(0, 0.4, count)[:, None]
    tones = np.asarray(color) * (1 - share) + np.asarray(to) * share
    light = tones * 0.55 + np.asarray(to) * 0.45
    shapes = np.stack(
        [unit[None] * scale + at, unit[None] * scale * (0.62, 0.62) + at - scale * (0, 0.32)], 1
    )
    if pointed:
        draw_polygons(canvas.pixels, shapes[:, 0], tones)
        return
    both = np.stack([tones, light], 1)
    draw_polygons(canvas.pixels, shapes.reshape(-1, *shapes.shape[2:]), both.reshape(-1, 3))
