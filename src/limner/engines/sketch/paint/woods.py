"""Trees seen from near: trunks, bamboo, boughs and leaves that frame a picture, light between them."""

from __future__ import annotations

import math

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import ellipse, smooth, stroke
from limner.engines.sketch.paint.flora import Tones, crown, masses
from limner.engines.sketch.paint.land import hills, tuft
from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.paint.palette import Palette, mix, shift
from limner.engines.sketch.paint.raster import Floats, Rgb, draw_lines, draw_polygons

_BARKS = ((0.46, 0.055, 52), (0.42, 0.045, 60), (0.50, 0.050, 45))


def trunk(
    canvas: Canvas,
    palette: Palette,
    x: float,
    y: float,
    width: float,
    top: float,
    rng: Rng,
    haze: float = 0.0,
    sun_side: float = 1.0,
    birch: bool = False,
) -> None:
    """A trunk from its roots at (x, y) up to row top, width wide at breast height; birch: a white one."""
    color = (0.93, 0.012, 85) if birch else _BARKS[int(rng.integers(len(_BARKS)))]
    lit = mix(palette.local(*color, 0.85), palette.haze, haze)
    shade = mix(
        mix(palette.local(color[0] - 0.2, color[1], color[2], 0.3), palette.zenith, 0.12), palette.haze, haze
    )
    tall, lean = y - top, float(rng.normal(0, 0.02))
    rise = np.array([0, 0.025, 0.07, 0.2, 0.5, 1.0])
    half = width / 2 * np.array([1.65, 1.25, 1.05, 0.98, 0.88, 0.74])
    middle = x + tall * lean * rise + width * rng.normal(0, 0.03, 6)
    rows = y - tall * rise
    left, right = np.column_stack([middle - half, rows]), np.column_stack([middle + half, rows])
    ends = (shade, lit) if sun_side > 0 else (lit, shade)
    span = (x - width * 0.6, x + width * 0.6)
    canvas.fill(
        np.concatenate([smooth(left, steps=4), smooth(right, steps=4)[::-1]]), *ends, angle=0, span=span
    )
    marks = _birch_marks if birch else _bark_marks
    marks(canvas, middle, half, rows, mix(shade, palette.dark, 0.45 * (1 - haze)), rng)
    if palette.snowy:
        snow = mix(palette.lit((240, 244, 252), 0.95), palette.haze, haze * 0.6)
        canvas.fill(ellipse(x, y, width * 0.95, width * 0.16), snow)
    else:
        tuft(canvas, palette, x, y, width * 0.85, rng, haze)


def _bark_marks(canvas: Canvas, middle: Floats, half: Floats, rows: Floats, color: Rgb, rng: Rng) -> None:
    """Furrows that follow the trunk."""
    count = 26
    at, side = rng.random(count) ** 1.3, rng.uniform(-0.85, 0.85, count)
    share = np.linspace(0, 1, len(rows))
    order = rows[::-1]
    ends = []
    for t in (at, np.minimum(at + rng.uniform(0.05, 0.16, count), 1.0)):
        row = rows[0] + (rows[-1] - rows[0]) * t
        column = np.interp(row, order, middle[::-1]) + np.interp(row, order, half[::-1]) * side
        ends.append(np.column_stack([column, row]))
    tint = np.tile(color, (count, 1))
    width = float(half[3]) * 0.09 + share[0]
    draw_lines(canvas.pixels, np.stack(ends, 1), tint, np.full(count, width) * rng.uniform(0.5, 1.2, count))


def _birch_marks(canvas: Canvas, middle: Floats, half: Floats, rows: Floats, color: Rgb, rng: Rng) -> None:
    """Dark lenses across the white bark."""
    count = 22
    row = rows[0] + (rows[-1] - rows[0]) * rng.random(count)
    column, wide = np.interp(row, rows[::-1], middle[::-1]), np.interp(row, rows[::-1], half[::-1])
    start = rng.choice([-1.0, 1.0], count)
    long = wide * rng.uniform(0.35, 1.1, count)
    x0 = column + start * wide
    shapes = np.stack(
        [np.column_stack([x0, row - wide * 0.10]), np.column_stack([x0 - start * long, row - wide * 0.02]),
         np.column_stack([x0, row + wide * 0.14])], 1)  # fmt: skip
    draw_polygons(canvas.pixels, shapes, np.tile(color, (count, 1)))


def canopy(
    canvas: Canvas, palette: Palette, tones: Tones, name: str, deep: float = 0.16, arch: float = 1.0
) -> None:
    """Leaves that hang in from above, deepest at the corners; deep: share of the height; arch 0 is level."""
    rng = canvas.stream(name)
    radius = min(canvas.short * 0.13, canvas.height * 0.16)
    count = max(5, int(canvas.width / radius * 1.15))
    for layer in range(2):
        dark = tuple(mix(tone, palette.dark, 0.28 * (1 - layer)) for tone in tones)
        for x in np.linspace(-0.02, 1.02, count):
            out = abs(x - 0.5) * 2
            drop = canvas.height * deep * (1 - arch + arch * 1.7 * out**1.8) * rng.uniform(0.75, 1.2)
            row = drop - radius * (0.75 + 0.35 * layer)
            if row < -radius * 0.7:
                continue
            at = (float(x) * canvas.width + float(rng.normal(0, radius * 0.2)), float(row))
            crown(canvas, *at, radius * float(rng.uniform(0.8, 1.15)), (dark[0], dark[1], dark[2]), rng, 90)


def bough(canvas: Canvas, palette: Palette, side: int, tones: Tones, name: str, size: float = 1.0) -> None:
    """A branch with leaves or blossom reaching in from an upper corner; side -1 is the left one."""
    rng = canvas.stream(name)
    bark = mix(palette.local(0.34, 0.04, 40, 0.4), palette.dark, 0.35)
    x = 0.0 if side < 0 else float(canvas.width)
    short = canvas.short * size
    spine = smooth(
        [
            (x - side * -short * 0.04, short * 0.05),
            (x - side * short * 0.16, short * 0.10),
            (x - side * short * 0.34, short * 0.10),
            (x - side * short * 0.50, short * 0.17),
        ]
    )
    canvas.polygon(stroke(spine, short * 0.026, short * 0.006), bark)
    for at in range(4, len(spine) - 1, 3):
        angle = (math.pi if side > 0 else 0.0) - side * float(rng.uniform(-0.9, 0.7))
        long = short * float(rng.uniform(0.07, 0.15))
        px, py = float(spine[at][0]), float(spine[at][1])
        tip = (px + math.cos(angle) * long, py + abs(math.sin(angle)) * long * float(rng.choice([-0.5, 1.0])))
        canvas.polygon(stroke([(px, py), tip], short * 0.010, short * 0.003), bark)
        for share in (0.55, 1.0):
            spot = (px + (tip[0] - px) * share, py + (tip[1] - py) * share)
            crown(canvas, *spot, short * float(rng.uniform(0.022, 0.040)), tones, rng, 34)
    crown(canvas, float(spine[-1][0]), float(spine[-1][1]), short * 0.03, tones, rng, 34)


def culm(
    canvas: Canvas,
    palette: Palette,
    x: float,
    foot: float,
    width: float,
    rng: Rng,
    haze: float,
    sun_side: float,
) -> None:
    """A stalk of bamboo from row foot out of the upper edge."""
    hue = float(rng.uniform(122, 136))
    light = mix(palette.local(0.78, 0.115, hue, 0.95), palette.haze, haze)
    shade = mix(palette.local(0.50, 0.10, hue + 12, 0.5), palette.haze, haze)
    lean, step = float(rng.normal(0, 0.025)), width * float(rng.uniform(4.6, 6.2))
    rows = np.arange(foot, -step, -step)
    if len(rows) < 2:
        return
    middle, half = x + (foot - rows) * lean, width / 2
    left, right = np.column_stack([middle - half, rows]), np.column_stack([middle + half, rows])
    canvas.polygon(np.concatenate([left, right[::-1]]), mix(shade, light, 0.55))
    for inner, outer, tone in ((0.10, 1.0, shade), (-0.62, -0.12, light)):
        a, b = inner * half * -sun_side, outer * half * -sun_side
        strip = np.concatenate(
            [np.column_stack([middle + a, rows]), np.column_stack([middle + b, rows])[::-1]]
        )
        canvas.polygon(strip, mix(tone, mix(shade, light, 0.55), 0.25))
    rims = np.column_stack([middle[1:], rows[1:]])[:, None] + np.array([(-half * 1.14, 0), (half * 1.14, 0)])
    under = np.array([0, width * 0.16])
    knots = np.stack([rims + under, rims], 1).reshape(-1, 2, 2)
    pair = np.array([shift(shade, -0.06), mix(shade, light, 0.85)])
    widths = np.tile([width * 0.10, width * 0.16], len(rims))
    draw_lines(canvas.pixels, knots, np.tile(pair, (len(rims), 1)), widths)


def lances(
    canvas: Canvas, palette: Palette, x: float, y: float, size: float, count: int, rng: Rng, haze: float
) -> None:
    """A drooping spray of bamboo leaves about (x, y)."""
    angle = rng.uniform(0.15, math.pi - 0.15, count)
    long = size * rng.uniform(0.5, 1.0, count)
    root = np.column_stack([x + rng.normal(0, size * 0.45, count), y + rng.normal(0, size * 0.20, count)])
    step = np.column_stack([np.cos(angle), np.abs(np.sin(angle)) * 0.75]) * long[:, None]
    side = np.column_stack([-step[:, 1], step[:, 0]]) * 0.085
    shapes = np.stack([root, root + step * 0.4 + side, root + step, root + step * 0.4 - side], 1)
    dark, light = palette.local(0.48, 0.11, 140, 0.55), palette.local(0.76, 0.14, 124, 1.0)
    share = rng.random((count, 1)) ** 0.8
    color = np.asarray(dark) * (1 - share) + np.asarray(light) * share
    color = color + (np.asarray(palette.haze) - color) * haze
    draw_polygons(canvas.pixels, shapes, color)


def shafts(canvas: Canvas, palette: Palette, sun: tuple[float, float], strength: float = 0.5) -> None:
    """Slanting light between the trees, by day."""
    if palette.night or palette.overcast:
        return
    rng = canvas.stream("shafts")
    rows, columns = np.mgrid[0:96, 0:96].astype(np.float32)
    rise = rows / 96 * canvas.height - sun[1] + canvas.short * 0.45
    angle = np.arctan2(columns / 96 * canvas.width - sun[0], rise)
    beams = np.interp(angle, np.linspace(-1.6, 1.6, 44), rng.random(44))
    fall = np.clip(1.05 - rows / 100, 0, 1)
    canvas.veil(
        np.clip((beams - 0.5) * 1.6, 0, 1).astype(np.float32) * strength * fall, palette.sun, screen=True
    )


def bank(
    canvas: Canvas, y: float, height: float, tones: Tones, name: str, bottom: float, count: int = 600
) -> Floats:
    """A wall of leaves standing on row y down to bottom; returns the (width,) rows of its outline."""
    rows = hills(canvas, y, height, 3.2, mix(tones[0], tones[1], 0.5), tones[0], name, bottom, height * 1.4)
    rng = canvas.stream(name + "-masses")
    deep = float(bottom - rows.mean())
    across = max(6, min(90, round(canvas.width / (height * 0.27))))
    ranks = int(np.clip(round(deep / (height * 0.34)), 2, 4))
    number = across * ranks
    x = (np.arange(number) % across + rng.uniform(0.0, 1.0, number)) / across * canvas.width
    down = (np.arange(number) // across + rng.uniform(0.0, 0.8, number)) / ranks
    top = rows[np.clip(x, 0, canvas.width - 1).astype(int)]
    radius = height * rng.uniform(0.17, 0.29, number)
    row = top + radius * 0.45 + down * np.maximum(bottom - top - radius * 1.3, 0)
    tone = 0.10 - 0.26 * down + rng.normal(0, 0.05, number)
    masses(canvas, x, row, radius, tone, tones, rng, max(count, 13 * number), height * 0.042)
    return rows
