"""What stands in a street: awnings, lamps, trees, lanterns, benches, flower pots, the far end."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import box, ellipse
from limner.engines.sketch.paint.flora import crown
from limner.engines.sketch.paint.noise import Rng, dither
from limner.engines.sketch.paint.palette import WHITE, Lch, Palette, lch, mix
from limner.engines.sketch.paint.perspective import View
from limner.engines.sketch.paint.raster import Rgb, floats, resize

GLOW: Rgb = lch(0.86, 0.12, 75)


Spot = tuple[float, float, float, float]
"""A light: x, y and radius in pixels, strength 0..1."""


def shine(canvas: Canvas, spots: list[Spot], color: Rgb = GLOW) -> None:
    """Screen many lights of one colour at once."""
    glare(canvas, [(spot, color) for spot in spots])


def glare(canvas: Canvas, lights: list[tuple[Spot, Rgb]]) -> None:
    """Screen many lights, each of its own colour, at once."""
    step = 6
    width, height = canvas.width // step + 2, canvas.height // step + 2
    dark = np.ones((height, width, 3), np.float32)
    for (x, y, radius, strength), color in lights:
        reach = radius / step
        x0, y0 = max(int(x / step - reach), 0), max(int(y / step - reach), 0)
        x1, y1 = min(int(x / step + reach) + 1, width), min(int(y / step + reach) + 1, height)
        if x1 <= x0 or y1 <= y0 or reach < 0.5:
            continue
        across = (np.arange(x0, x1, dtype=np.float32)[None] - x / step) / reach
        down = (np.arange(y0, y1, dtype=np.float32)[:, None] - y / step) / reach
        light = np.clip(1 - np.hypot(across, down), 0, 1) ** 2.2 * strength
        dark[y0:y1, x0:x1] *= 1 - light[..., None] * (floats(color) / np.float32(255))
    lit = np.nonzero(dark.min((1, 2)) < 0.995)[0]
    if not len(lit):
        return
    top, bottom = int(lit[0]) * step, min((int(lit[-1]) + 1) * step, canvas.height)
    kept = dark[: canvas.height // step + 1, : canvas.width // step + 1]
    full = resize(kept, canvas.width, canvas.height)[top:bottom]
    grain = dither(canvas.width, bottom - top)[..., None]
    rows = canvas.pixels[top:bottom]
    rows[:] = np.clip(255 - (255 - rows) * full + grain - np.float32(0.5) + np.float32(0.5), 0, 255)


_PUFFS = (
    (0, 0.0, 0.10, 0.90),
    (0, -0.42, 0.20, 0.60),
    (0, 0.45, 0.22, 0.60),
    (1, -0.15, -0.20, 0.62),
    (1, 0.25, -0.10, 0.50),
    (2, 0.20, -0.42, 0.32),
    (2, -0.25, -0.38, 0.28),
)
"""Tone, place and size of the discs of a small tree, in radii."""


def puff(canvas: Canvas, x: float, y: float, radius: float, tones: tuple[Rgb, Rgb, Rgb], rng: Rng) -> None:
    """A small round tree or bush seen from afar: a few discs from shade to light."""
    for tone, dx, dy, share in _PUFFS:
        stray = float(rng.uniform(-0.1, 0.1))
        canvas.dot(x + (dx + stray) * radius, y + dy * radius, share * radius, tones[tone])


def after_dark(palette: Palette) -> bool:
    """Whether lamps burn."""
    return palette.time in ("dusk", "night")


def awning(
    canvas: Canvas,
    palette: Palette,
    view: View,
    side: float,
    half: float,
    span: tuple[float, float],
    color: Lch,
) -> None:
    """A striped awning on the wall at side * half metres, along span (far and near, metres away)."""
    far, near = span
    stripes = max(4, round((far - near) * 1.7))
    cloth = (palette.local(*color, 0.85), palette.local(0.95, 0.02, 85, 0.9))
    edges = np.linspace(far, near, stripes + 1)
    wall, out = side * half, side * (half - 1.25)
    for k in range(stripes):
        a, b = float(edges[k]), float(edges[k + 1])
        shade = cloth[k % 2]
        canvas.polygon(
            [view.at(wall, 3.0, a), view.at(wall, 3.0, b), view.at(out, 2.45, b), view.at(out, 2.45, a)],
            shade,
        )
        flap = [
            view.at(out, 2.47, a),
            view.at(out, 2.47, b),
            view.at(out, 2.06, b),
            view.at(out, 1.96, (a + b) / 2),
            view.at(out, 2.06, a),
        ]
        canvas.polygon(flap, mix(shade, palette.dark, 0.14))


def street_lamp(
    canvas: Canvas, palette: Palette, view: View, right: float, away: float, tall: float = 4.0
) -> list[Spot]:
    """A lamp post with a lantern; returns its lights after dark."""
    x, y = view.at(right, 0, away)
    return lamp_post(canvas, palette, x, y, view.scale(away) * tall)


def lamp_post(canvas: Canvas, palette: Palette, x: float, y: float, tall: float) -> list[Spot]:
    """A lamp post tall px high with its foot at (x, y); returns its lights after dark."""
    iron = mix(palette.dark, palette.middle, 0.15)
    thin = tall * 0.011
    canvas.polygon(box(x - thin, y - tall * 0.82, x + thin, y), iron)
    canvas.polygon(box(x - thin * 2.2, y - tall * 0.10, x + thin * 2.2, y), iron)
    canvas.polygon(box(x - thin * 3.4, y - tall * 0.825, x + thin * 3.4, y - tall * 0.81), iron)
    lit = after_dark(palette)
    glass = lch(0.95, 0.09, 88) if lit else mix(palette.haze, WHITE, 0.5)
    top = y - tall
    canvas.polygon(
        [
            (x - thin * 2.4, y - tall * 0.81),
            (x - thin * 4, top + tall * 0.06),
            (x + thin * 4, top + tall * 0.06),
            (x + thin * 2.4, y - tall * 0.81),
        ],
        iron,
    )
    canvas.polygon(
        [
            (x - thin * 1.7, y - tall * 0.82),
            (x - thin * 3, top + tall * 0.07),
            (x + thin * 3, top + tall * 0.07),
            (x + thin * 1.7, y - tall * 0.82),
        ],
        glass,
    )
    canvas.polygon([(x - thin * 4.6, top + tall * 0.06), (x, top), (x + thin * 4.6, top + tall * 0.06)], iron)
    return [(x, top + tall * 0.11, tall * 0.60, 0.85), (x, y, tall * 0.45, 0.28)] if lit else []


def street_tree(
    canvas: Canvas, palette: Palette, x: float, y: float, tall: float, rng: Rng, haze: float = 0.0
) -> None:
    """A clipped tree tall px high with its foot at (x, y); bare and white in winter."""
    bark = mix(palette.local(0.40, 0.05, 55, 0.6), palette.haze, haze)
    thin = tall * 0.022
    canvas.polygon(
        [(x - thin, y), (x - thin * 0.6, y - tall * 0.5), (x + thin * 0.6, y - tall * 0.5), (x + thin, y)],
        bark,
    )
    if palette.snowy:
        _bare(canvas, palette, x, y - tall * 0.42, tall * 0.5, bark, rng)
        return
    tones = (
        palette.leaf(0.0, 0.25),
        palette.leaf(0.45 + float(rng.uniform(-0.1, 0.1)), 0.7),
        palette.leaf(0.95, 1.0),
    )
    if palette.season == "spring" and rng.random() < 0.6:
        tones = (
            palette.local(0.60, 0.12, 355, 0.4),
            palette.local(0.79, 0.11, 355, 0.8),
            palette.local(0.93, 0.05, 355, 1.0),
        )
    dark, middle, light = (mix(c, palette.haze, haze) for c in tones)
    count = int(np.clip(tall / canvas.short * 170, 16, 60))
    for dx, dy, radius in ((-0.13, 0.60, 0.17), (0.14, 0.62, 0.16), (0.0, 0.76, 0.20)):
        crown(canvas, x + dx * tall, y - dy * tall, radius * tall, (dark, middle, light), rng, count)


def _bare(canvas: Canvas, palette: Palette, x: float, y: float, size: float, bark: Rgb, rng: Rng) -> None:
    snow = palette.lit(lch(0.96, 0.01, 240), 0.9)
    for angle in np.linspace(0.45, 2.7, 8):
        reach = size * float(rng.uniform(0.7, 1.05))
        tip = (x + np.cos(angle) * reach * 0.62, y - np.sin(angle) * reach)
        for wide, color, lift in ((0.035, bark, 0.0), (0.016, snow, size * 0.02)):
            canvas.line(
                [
                    (x, y - lift),
                    ((x + tip[0]) / 2 + size * 0.03, (y + tip[1]) / 2 - lift),
                    (tip[0], tip[1] - lift),
                ],
                color,
                size * wide,
            )


def pot(canvas: Canvas, palette: Palette, x: float, y: float, tall: float, rng: Rng) -> None:
    """A clay pot with a flowering bush, or a clipped ball in winter."""
    clay = palette.local(0.62, 0.11, 45, 0.8)
    canvas.fill(
        [
            (x - tall * 0.20, y - tall * 0.36),
            (x + tall * 0.20, y - tall * 0.36),
            (x + tall * 0.14, y),
            (x - tall * 0.14, y),
        ],
        clay,
        mix(clay, palette.dark, 0.35),
        0,
    )
    green = (
        palette.local(0.36, 0.08, 145, 0.3),
        palette.local(0.52, 0.11, 138, 0.7),
        palette.local(0.68, 0.12, 128, 1.0),
    )
    crown(canvas, x, y - tall * 0.60, tall * 0.30, green, rng, 46)
    if palette.snowy:
        return
    bloom = ((0.68, 0.20, 15), (0.82, 0.13, 350), (0.88, 0.15, 92))[int(rng.integers(3))]
    for _ in range(12):
        canvas.dot(
            x + float(rng.normal(0, 0.13)) * tall,
            y - tall * (0.62 + float(rng.normal(0, 0.13))),
            tall * 0.035,
            palette.local(*bloom, 0.95),
        )


def string_lights(
    canvas: Canvas,
    palette: Palette,
    a: tuple[float, float],
    b: tuple[float, float],
    sag: float,
    count: int,
    size: float,
) -> None:
    """A sagging cord of bulbs from a to b; bulbs burn after dark."""
    t = np.linspace(0, 1, count * 2 + 1)
    x = a[0] + (b[0] - a[0]) * t
    y = a[1] + (b[1] - a[1]) * t + sag * 4 * t * (1 - t)
    canvas.line(np.column_stack([x, y]), mix(palette.dark, palette.middle, 0.1), max(1.0, size * 0.25))
    lit = after_dark(palette)
    bulbs = list(zip(x[1::2].tolist(), (y[1::2] + size).tolist(), strict=True))
    if lit:
        shine(canvas, [(px, py, size * 7, 0.7) for px, py in bulbs])
    for px, py in bulbs:
        canvas.dot(px, py, size, lch(0.95, 0.08, 88) if lit else mix(palette.haze, WHITE, 0.6))


def bunting(
    canvas: Canvas, palette: Palette, a: tuple[float, float], b: tuple[float, float], sag: float, count: int
) -> None:
    """A cord of small flags."""
    t = np.linspace(0, 1, count + 1)
    x, y = a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t + sag * 4 * t * (1 - t)
    hues = (25, 85, 150, 240, 340)
    for k in range(count):
        step = x[k + 1] - x[k]
        flag = [
            (x[k] + step * 0.12, y[k]),
            (x[k + 1] - step * 0.12, y[k + 1]),
            ((x[k] + x[k + 1]) / 2, (y[k] + y[k + 1]) / 2 + abs(step) * 0.95),
        ]
        canvas.polygon(flag, palette.local(0.74, 0.14, hues[k % 5], 0.85))
    canvas.line(np.column_stack([x, y]), mix(palette.dark, WHITE, 0.2), max(1.0, 1.5 * canvas.unit))


def clock_tower(canvas: Canvas, palette: Palette, x: float, foot: float, tall: float, haze: float) -> None:
    """A tower with a clock and a pointed roof, closing a street."""
    wall = mix(palette.local(0.84, 0.05, 70, 0.8), palette.haze, haze)
    roof = mix(palette.local(0.48, 0.07, 220, 0.7), palette.haze, haze)
    dark = mix(mix(wall, palette.dark, 0.45), palette.haze, haze * 0.5)
    half = tall * 0.10
    canvas.fill(box(x - half, foot - tall * 0.70, x + half, foot), wall, mix(wall, palette.haze, 0.35))
    canvas.polygon(box(x + half * 0.4, foot - tall * 0.70, x + half, foot), mix(wall, dark, 0.25))
    canvas.polygon(box(x - half * 1.2, foot - tall * 0.72, x + half * 1.2, foot - tall * 0.69), dark)
    canvas.polygon(
        [(x - half * 1.15, foot - tall * 0.72), (x, foot - tall), (x + half * 1.15, foot - tall * 0.72)], roof
    )
    canvas.polygon(ellipse(x, foot - tall * 0.58, half * 0.62, half * 0.62, 0, 30), mix(wall, WHITE, 0.6))
    canvas.line(
        [
            (x, foot - tall * 0.58 - half * 0.45),
            (x, foot - tall * 0.58),
            (x + half * 0.3, foot - tall * 0.58),
        ],
        dark,
        max(1.0, half * 0.1),
    )
    for k in range(3):
        canvas.polygon(
            box(
                x - half * 0.22,
                foot - tall * (0.44 - 0.12 * k),
                x + half * 0.22,
                foot - tall * (0.38 - 0.12 * k),
                half * 0.2,
            ),
            GLOW if after_dark(palette) else dark,
        )
