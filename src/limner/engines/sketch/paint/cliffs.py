"""Rock: faceted crags and boulders with a lit and a shaded side, and what grows on top of them."""

from __future__ import annotations

import itertools

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.noise import Rng, blotches
from limner.engines.sketch.paint.palette import Palette, lch, mix
from limner.engines.sketch.paint.raster import Floats, Pixels, Rgb, blend, coverage, draw_polygons, floats

STONES = ((0.58, 0.035, 60), (0.54, 0.03, 255), (0.60, 0.055, 45), (0.50, 0.025, 300))
"""Sandstone, slate, red rock, basalt: OKLCH."""


def stone(palette: Palette, kind: int, haze: float = 0.0) -> tuple[Rgb, Rgb]:
    """The lit and the shaded colour of a stone in this light."""
    lightness, chroma, hue = STONES[kind % len(STONES)]
    lit = palette.local(lightness + 0.10, chroma, hue, 1.0)
    shade = mix(palette.local(lightness - 0.20, chroma, hue, 0.15), palette.dark, 0.25)
    return mix(lit, palette.haze, haze), mix(shade, palette.haze, haze)


def crag(
    canvas: Canvas,
    outline: Floats,
    tones: tuple[Rgb, Rgb],
    side: float,
    name: str,
    cap: Rgb | None = None,
    cap_depth: float = 0.0,
) -> None:
    """Fill outline, (n, 2) points, with facets; side: -1 lit from the left. cap: what lies on top.

    cap_depth: thickness of the cap in pixels, measured down from the outline's upper edge.
    """
    x0, y0 = (int(v) for v in np.maximum(np.floor(outline.min(0)), 0))
    x1, y1 = (int(v) for v in np.minimum(np.ceil(outline.max(0)) + 1, (canvas.width, canvas.height)))
    if x1 - x0 < 3 or y1 - y0 < 3:
        return
    rng = canvas.stream(name)
    shifted = outline - np.array([x0, y0], np.float32)
    mask = coverage(shifted, x1 - x0, y1 - y0)
    layer = _facets(x1 - x0, y1 - y0, tones, side, canvas.short, rng)
    if cap is not None:
        _cap(layer, mask, cap, cap_depth, rng)
    part = canvas.pixels[y0:y1, x0:x1]
    part[:] = blend(np.ascontiguousarray(part), layer, mask.astype(np.float32) * np.float32(1 / 255))


def _facets(width: int, height: int, tones: tuple[Rgb, Rgb], side: float, short: int, rng: Rng) -> Pixels:
    """Slabs of rock, (height, width, 3) uint8, darker below and away from the light."""
    light, dark = tones
    across = np.linspace(1, 0, width) if side < 0 else np.linspace(0, 1, width)
    layer = np.empty((height, width, 3), np.uint8)
    layer[:] = np.asarray(mix(light, dark, 0.5)).astype(np.uint8)
    size = min(short * 0.10, max(width, height) * 0.45)
    count = int(np.clip(width * height / (size * size * 0.13), 14, 420))
    x, y = rng.random(count) * width, np.sort(rng.random(count)) * height
    big = size * rng.uniform(0.35, 1.1, count)
    turn = rng.normal(0.5 * side, 0.35, count)[:, None] + np.array([[0.2, 1.5, 3.3, 4.6]])
    turn = turn + rng.normal(0, 0.28, (count, 4))
    out = big[:, None] * rng.uniform(0.35, 0.85, (count, 4)) * np.array([[0.75, 1.0, 0.75, 1.0]])
    quads = np.stack([x[:, None] + np.cos(turn) * out, y[:, None] + np.sin(turn) * out], 2)
    lit = 0.22 + 0.6 * across[np.clip(x.astype(int), 0, width - 1)] - 0.3 * y / max(1, height)
    lit = np.clip(lit + rng.normal(0, 0.13, count), 0, 1)[:, None]
    colors = np.asarray(dark)[None] * (1 - lit) + np.asarray(light)[None] * lit
    draw_polygons(layer, quads, colors)
    edge = 2 if side < 0 else 3
    thin = np.stack(
        [quads[:, edge], quads[:, (edge + 1) % 4], quads.mean(1) * 0.14 + quads[:, edge] * 0.86], 1
    )
    draw_polygons(layer, thin[::2], np.clip(colors[::2] * 1.15 + 8, 0, 255))
    return layer


def _cap(layer: Pixels, mask: Pixels, color: Rgb, depth: float, rng: Rng) -> None:
    """Colour what lies less than depth below the upper edge of each column."""
    top = np.argmax(mask > 100, 0)
    ragged = 0.45 + 1.1 * blotches(mask.shape[1], 1, max(4.0, depth * 0.7), rng, 3)[0]
    below = np.arange(mask.shape[0], dtype=np.float32)[:, None] - top[None]
    share = np.clip((depth * ragged[None] - below) * 0.6, 0, 1)
    tone = 1.06 - 0.35 * np.clip(below / max(1.0, depth), 0, 1)
    noise = 0.9 + 0.2 * blotches(mask.shape[1], mask.shape[0], max(3.0, depth * 0.25), rng, 2)
    painted = np.asarray(color, np.float32) * (tone * noise)[..., None]
    layer[:] = np.clip(layer + (painted - layer) * share[..., None], 0, 255)


def boulder(
    canvas: Canvas, x: float, y: float, size: float, tones: tuple[Rgb, Rgb], side: float, rng: Rng
) -> None:
    """A stone size px wide lying on row y."""
    light, dark = tones
    angle = np.sort(rng.uniform(0, np.pi, 7))
    angle = np.concatenate([[0.0], angle, [np.pi]])
    out = rng.uniform(0.85, 1.1, len(angle))
    px, py = x + np.cos(angle) * out * size / 2, y - np.sin(angle) * out * size * 0.42
    outline = np.column_stack([px, py])
    canvas.fill(
        np.concatenate([outline, [(x - size * 0.3, y + size * 0.07), (x + size * 0.3, y + size * 0.07)]]),
        mix(light, dark, 0.35),
        dark,
    )
    crown = outline[np.abs(angle - (2.2 if side < 0 else 0.95)) < 0.85]
    if len(crown) >= 2:
        inner = crown * 0.55 + np.array([[x, y - size * 0.16]]) * 0.45
        canvas.polygon(np.concatenate([crown, inner[::-1]]), light)
    ridge = outline[len(outline) // 2]
    canvas.polygon(
        [
            ridge,
            (x + side * -size * 0.05, y - size * 0.14),
            (x - side * size * 0.36, y - size * 0.02),
            outline[-2 if side > 0 else 1],
        ],
        mix(light, dark, 0.75),
    )


def boulders(
    canvas: Canvas,
    palette: Palette,
    where: tuple[float, float, float, float],
    size: tuple[float, float],
    count: int,
    side: float,
    name: str,
    kind: int = 0,
) -> None:
    """count stones in the box where (x0, y0, x1, y1 px), small and far ones first; size: far and near, px."""
    rng = canvas.stream(name)
    x0, y0, x1, y1 = where
    tones = stone(palette, kind)
    for t in np.sort(rng.random(count)).tolist():
        big = (size[0] + (size[1] - size[0]) * t) * float(rng.uniform(0.55, 1.2))
        boulder(canvas, x0 + float(rng.random()) * (x1 - x0), y0 + t * (y1 - y0), big, tones, side, rng)


def ridge_line(points: list[tuple[float, float]], rough: float, rng: Rng, steps: int = 14) -> Floats:
    """Points joined by broken lines whose breaks are about rough px."""
    out = []
    for (ax, ay), (bx, by) in itertools.pairwise(points):
        t = np.linspace(0, 1, steps, endpoint=False)
        stray = rng.normal(0, rough, (steps, 2)) * np.sin(np.pi * t)[:, None] ** 0.5
        out.append(np.column_stack([ax + (bx - ax) * t, ay + (by - ay) * t]) + stray)
    return floats(np.concatenate([*out, [points[-1]]]))


def turf(palette: Palette) -> Rgb:
    """What lies on top of rock in this season."""
    return palette.lit(lch(0.94, 0.012, 240), 0.95) if palette.snowy else palette.leaf(0.6, 0.9)
