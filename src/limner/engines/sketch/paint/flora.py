"""Backdrop plants, small and many: rows of pines, round trees, palms."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import box, smooth, stroke
from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.paint.palette import Palette, mix, ramp
from limner.engines.sketch.paint.raster import Rgb

_BARK: Rgb = (64, 44, 34)


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
    """A conifer of ragged drooping tiers with its foot at (x, y); lit colours its right half."""
    unit = canvas.unit
    tiers = 5 if height < 60 * unit else 9 if height < 240 * unit else 14
    half = height * 0.20
    sides = {}
    for side in (-1, 1):
        t = (np.arange(tiers) + 1) / tiers
        reach = half * t**0.85 * rng.uniform(0.86, 1.12, tiers)
        drop = y - height + height * 0.95 * t + rng.normal(0, height * 0.006, tiers)
        points = []
        for a, b in zip(reach.tolist(), drop.tolist(), strict=True):
            points += [
                (x + side * a, b),
                (x + side * a * 0.80, b - height * 0.006),
                (x + side * a * 0.55, b + height * 0.004),
            ]
        sides[side] = (points, reach, drop)
    canvas.polygon(box(x - half * 0.09, y - height * 0.08, x + half * 0.09, y), mix(color, _BARK, 0.4))
    canvas.polygon([(x, y - height), *sides[1][0], *sides[-1][0][::-1]], color)
    if lit:
        canvas.polygon([(x, y - height), *sides[1][0], (x + half * 0.12, y - height * 0.05)], lit)
    if snow:
        for side in (-1, 1):
            _, reach, drop = sides[side]
            _snow_on(
                canvas,
                x,
                y - height,
                side,
                reach.tolist(),
                drop.tolist(),
                snow if side > 0 else mix(snow, color, 0.2),
            )


def _snow_on(
    canvas: Canvas, x: float, top: float, side: int, reach: list[float], drop: list[float], snow: Rgb
) -> None:
    before, above = 0.0, top
    for a, b in zip(reach, drop, strict=True):
        tall = b - above
        bough = [
            (before * 0.5, above + tall * 0.05),
            (before * 0.62 + a * 0.2, above + tall * 0.38),
            (a, b),
            (a * 0.72, b - tall * 0.20),
        ]
        bough += [
            (a * 0.52, b - tall * 0.06),
            (a * 0.34, b - tall * 0.42),
            (a * 0.12, b - tall * 0.25),
            (before * 0.05, above + tall * 0.30),
        ]
        canvas.polygon([(x + side * u, v) for u, v in bough], snow)
        before, above = a, b


def pine_row(
    canvas: Canvas,
    palette: Palette,
    y: float,
    small: float,
    large: float,
    haze: float,
    name: str,
    gap: float = 0.35,
) -> None:
    """Pines all along row y, of heights small..large (shares of the short side), fading into haze."""
    rng = canvas.stream(name)
    shade, light = palette.local(0.32, 0.06, 158, 0.2), palette.local(0.47, 0.085, 145, 0.8)
    snow = mix(palette.lit((240, 244, 252), 0.9), palette.haze, haze * 0.6) if palette.snowy else None
    x = 0.0
    while x < canvas.width:
        height = canvas.short * rng.uniform(small, large)
        color = mix(mix(shade, light, rng.random() * 0.5), palette.haze, haze)
        pine(
            canvas,
            x,
            y + rng.normal(0, height * 0.03),
            height,
            color,
            rng,
            mix(color, palette.sun, 0.08),
            snow,
        )
        x += height * rng.uniform(0.6, 1.4) * gap


def crown(
    canvas: Canvas, x: float, y: float, radius: float, colors: tuple[Rgb, Rgb, Rgb], rng: Rng, count: int = 90
) -> None:
    """A leafy crown: discs sorted from shade to light."""
    angle, out = rng.random(count) * 2 * np.pi, np.sqrt(rng.random(count))
    lump = 1 + 0.18 * np.sin(3 * angle + rng.random() * 6)
    px, py = out * np.cos(angle) * lump, out * np.sin(angle) * lump * 0.85
    shade = 0.5 + 0.34 * (px * 0.5 - py) + rng.normal(0, 0.12, count)
    lut = ramp([(0, colors[0]), (0.5, colors[1]), (1, colors[2])], 64)
    size = radius * rng.uniform(0.09, 0.19, count) * max(1.0, (190 / count) ** 0.5)
    for i in np.argsort(shade):
        r, g, b = lut[int(np.clip(shade[i], 0, 1) * 63)].tolist()
        canvas.dot(x + px[i] * radius, y + py[i] * radius, size[i], (r, g, b))


def tree(
    canvas: Canvas, palette: Palette, x: float, y: float, height: float, rng: Rng, haze: float = 0.0
) -> None:
    """A round tree of the season with its foot at (x, y)."""
    bark = mix(palette.local(0.42, 0.05, 55, 0.6), palette.haze, haze)
    trunk = smooth([(x, y), (x + height * 0.02, y - height * 0.25), (x - height * 0.01, y - height * 0.55)])
    canvas.polygon(stroke(trunk, height * 0.075, height * 0.035), bark)
    warm = rng.uniform(-0.12, 0.12)
    tones = (palette.leaf(0.05, 0.3), palette.leaf(0.45 + warm, 0.7), palette.leaf(0.95, 1.0))
    if palette.season == "spring" and rng.random() < 0.5:
        tones = (
            palette.local(0.62, 0.11, 355, 0.4),
            palette.local(0.80, 0.10, 355, 0.8),
            palette.local(0.93, 0.05, 355, 1.0),
        )
    dark, middle, light = (mix(c, palette.haze, haze) for c in tones)
    for dx, dy, radius in ((-0.17, 0.56, 0.2), (0.18, 0.58, 0.19), (0.0, 0.72, 0.25)):
        crown(canvas, x + dx * height, y - dy * height, radius * height, (dark, middle, light), rng, 70)


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
        tree(
            canvas,
            palette,
            float(x),
            y + canvas.short * rng.uniform(-0.006, 0.012),
            canvas.short * rng.uniform(small, large),
            rng,
            haze,
        )


def palm(canvas: Canvas, palette: Palette, x: float, y: float, height: float, rng: Rng) -> None:
    """A leaning palm with its foot at (x, y)."""
    bark = mix(palette.local(0.45, 0.06, 60, 0.5), palette.dark, 0.25)
    lean = height * rng.uniform(-0.15, 0.15)
    spine = smooth([(x, y), (x + lean * 0.3, y - height * 0.4), (x + lean, y - height * 0.86)], steps=8)
    canvas.polygon(stroke(spine, height * 0.05, height * 0.03), bark)
    hx, hy = x + lean, y - height * 0.86
    for angle in np.linspace(-0.5, np.pi + 0.5, 9) + rng.normal(0, 0.1, 9):
        c, s = float(np.cos(angle)), float(np.sin(angle))
        tip = (hx + c * height * 0.36, hy - s * height * 0.22 + height * 0.14)
        rib = smooth([(hx, hy), (hx + c * height * 0.2, hy - s * height * 0.2 - height * 0.02), tip], steps=8)
        green = mix(
            palette.local(0.36, 0.08, 145, 0.3), palette.local(0.58, 0.12, 132, 0.9), float(rng.random())
        )
        canvas.polygon(stroke(rib, height * 0.055, height * 0.008), green)


def cactus(canvas: Canvas, palette: Palette, x: float, y: float, height: float) -> None:
    """A saguaro with its foot at (x, y)."""
    green, light = palette.local(0.40, 0.08, 150, 0.4), palette.local(0.55, 0.10, 140, 0.9)
    limbs: tuple[list[tuple[float, float]], ...] = (
        [(0, 0), (0, -0.5), (0, -1)],
        [(0, -0.42), (-0.24, -0.45), (-0.26, -0.75)],
        [(0, -0.33), (0.22, -0.36), (0.24, -0.62)],
    )
    for limb, width in zip(limbs, (0.16, 0.10, 0.10), strict=True):
        spine = smooth([(x + a * height, y + b * height) for a, b in limb], steps=8)
        canvas.polygon(stroke(spine, width * height, width * height * 0.8), green)
        canvas.line(
            spine + np.array([width * height * 0.2, 0]), mix(green, light, 0.7), width * height * 0.25
        )
