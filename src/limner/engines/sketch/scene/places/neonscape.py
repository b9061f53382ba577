"""The pieces of a city of neon: its sky, towers, fronts with signs, lanterns, cables, beams, drizzle."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import box, ellipse
from limner.engines.sketch.paint.noise import Rng, fbm
from limner.engines.sketch.paint.palette import lch, mix, ramp
from limner.engines.sketch.paint.perspective import View, lay
from limner.engines.sketch.paint.raster import Pixels, Rgb, blur, draw_line, floats, grid, resize
from limner.engines.sketch.paint.signs import NEONS, neon_front, sign
from limner.engines.sketch.paint.streetware import Spot

Mood: TypeAlias = tuple[Rgb, Rgb, Rgb]
"""Zenith, middle and horizon of a neon sky."""
Lamp: TypeAlias = tuple[Spot, Rgb]
"""A light and its colour."""
_SKIES = (
    ((0.13, 0.07, 290), (0.24, 0.14, 310), (0.50, 0.20, 335)),
    ((0.12, 0.05, 265), (0.24, 0.11, 275), (0.52, 0.15, 225)),
    ((0.13, 0.07, 300), (0.30, 0.17, 330), (0.60, 0.18, 20)),
    ((0.11, 0.05, 250), (0.22, 0.09, 240), (0.52, 0.13, 195)),
)
"""Zenith, middle and horizon, OKLCH."""


def mood_of(canvas: Canvas) -> Mood:
    zenith, middle, low = _SKIES[int(canvas.stream("mood").integers(len(_SKIES)))]
    return lch(*zenith), lch(*middle), lch(*low)


def neon_sky(canvas: Canvas, bottom: float, mood: Mood) -> None:
    rows, columns = max(int(bottom) // 4, 8), max(canvas.width // 4, 8)
    air = np.repeat(ramp([(0, mood[0]), (0.55, mood[1]), (1, mood[2])], rows)[:, None], columns, 1)
    smog = fbm(columns, rows, 3, 5, canvas.stream("smog"), 4)
    t = np.linspace(0.15, 1, rows, dtype=np.float32)[:, None]
    air += (floats(mood[2]) - air) * (np.clip(smog - 0.48, 0, 1) * 1.3 * t)[..., None]
    canvas.soft(air, 0, int(bottom) + 6)


def great_moon(canvas: Canvas, view: View, mood: Mood) -> None:
    """A large pale moon with bars of cloud."""
    x, y, radius = view.x, view.horizon * 0.40, canvas.short * 0.15
    canvas.glow(x, y, radius * 2.6, mood[2], 0.6)
    canvas.fill(
        ellipse(x, y, radius, radius, 0, 80), mix(mood[2], (255, 240, 235), 0.75), mix(mood[2], mood[1], 0.2)
    )


def far_towers(canvas: Canvas, foot: float, mood: Mood, layers: int, tallest: float = 0.42) -> None:
    """Layers of towers with bright windows and edges, the nearest darkest."""
    for layer in range(layers):
        rng = canvas.stream(f"towers{layer}")
        far, x = 1 - (layer + 1) / layers, -0.01 * canvas.short
        body = mix(mix(mood[0], (10, 8, 24), 0.35), mix(mood[1], mood[2], 0.35), 0.20 + 0.5 * far)
        while x < canvas.width:
            wide = max(canvas.short, canvas.width / 5) * float(rng.uniform(0.05, 0.12)) * (1.1 - 0.4 * far)
            tall = min(
                foot * 0.85, canvas.short * tallest * float(rng.uniform(0.28, 1.0)) * (0.75 + 0.35 * far)
            )
            _neon_tower(canvas, (x, foot - tall, x + wide, foot + 5), body, far, rng)
            x += wide * float(rng.uniform(0.95, 1.25))


def _neon_tower(
    canvas: Canvas, at: tuple[float, float, float, float], body: Rgb, far: float, rng: Rng
) -> None:
    x0, y0, x1, y1 = at
    color = NEONS[int(rng.integers(len(NEONS)))]
    canvas.fill(box(x0, y0, x1, y1), body, mix(body, color, 0.22))
    own = np.random.default_rng(int(rng.integers(2**32)))
    cell = max(3.0, (11 - 5 * far) * canvas.unit)
    left, top = int(max(0, x0 + cell * 0.6)), int(max(0, y0 + cell))
    right, bottom = int(min(canvas.width, x1 - cell * 0.3)), int(min(canvas.height, y1))
    if right - left > cell and bottom - top > cell:
        column, row = np.arange(right - left) / cell, np.arange(bottom - top) / (cell * 1.3)
        ci, ri = column.astype(int), row.astype(int)
        table = floats([mix(c, body, 0.15 + 0.5 * far) for c in ((255, 214, 150), (170, 220, 255), color)])
        pick = own.integers(0, 3, (ri[-1] + 1, ci[-1] + 1))
        on = own.random(pick.shape) < 0.42
        inside = ((row % 1) < 0.55)[:, None] & ((column % 1) < 0.6)[None] & on[ri][:, ci]
        part = canvas.pixels[top:bottom, left:right]
        part[inside] = table[pick[ri][:, ci][inside]].astype(np.uint8)
    if rng.random() < 0.45:
        edge = x0 if rng.random() < 0.5 else x1
        canvas.line([(edge, y0), (edge, y1)], mix(color, body, 0.2 + 0.4 * far), 2.4 * canvas.unit)
    if rng.random() < 0.4:
        canvas.line([((x0 + x1) / 2, y0), ((x0 + x1) / 2, y0 - (y1 - y0) * 0.14)], body, 2 * canvas.unit)
        canvas.dot((x0 + x1) / 2, y0 - (y1 - y0) * 0.14, 2.2 * canvas.unit, (255, 80, 90))


def wet_road(canvas: Canvas, view: View, half: float, mood: Mood) -> None:
    dark = mix(mood[0], (16, 14, 30), 0.5)
    canvas.fill(box(0, view.horizon, canvas.width, canvas.height), mix(dark, mood[2], 0.35), dark)
    near = view.away_of(canvas.height) * 0.95
    for side in (-1, 1):
        kerb = half - 1.2
        shape = [
            view.at(side * kerb, 0, 300),
            view.at(side * half, 0, 300),
            view.at(side * half, 0, near),
            view.at(side * kerb, 0, near),
        ]
        canvas.polygon(shape, mix(dark, mood[1], 0.5))
        canvas.line(
            [view.at(side * kerb, 0, 300), view.at(side * kerb, 0, near)],
            mix(mood[2], dark, 0.35),
            3 * canvas.unit,
        )


def neon_sides(
    canvas: Canvas, view: View, half: float, mood: Mood, end: float, width_m: tuple[float, float], size: float
) -> list[Lamp]:
    """Fronts with lit windows along both sides, far ones first, and signs; returns their lights."""
    lights: list[Lamp] = []
    for side in (-1, 1):
        rng = canvas.stream(f"plots{side}")
        reach = view.x if side < 0 else canvas.width - view.x
        away, plots = max(0.6, view.focal * half / max(1.0, reach) * 0.9), list[tuple[float, float]]()
        while away < end and len(plots) < 10:
            wide = float(rng.uniform(*width_m)) * max(1.0, half / 8.5 if width_m[0] < 8 else 1.0)
            plots.append((away, away + wide))
            away += wide
        for number in range(len(plots) - 1, -1, -1):
            near, far = plots[number]
            _side_front(canvas, view, side * half, (near, far), mood, canvas.stream(f"front{side}{number}"))
            middle = (near + far) / 2
            spot = (*view.at(side * half * 0.9, 1.0, middle), view.scale(middle) * 3.4, 0.42)
            lights.append((spot, NEONS[2 * number % len(NEONS)]))
            own = canvas.stream(f"signs{side}{number}")
            for _ in range(2 if number else 1):
                at = near + (far - near) * float(own.uniform(0.15, 0.9))
                lights += _side_sign(canvas, view, side, half, at, size, own)
    return lights


def _side_front(
    canvas: Canvas, view: View, right: float, span: tuple[float, float], mood: Mood, rng: Rng
) -> None:
    near, far = span
    storeys = int(rng.integers(4, 8))
    ends = (near, far) if right < 0 else (far, near)
    tall = 3.6 + 3.0 * (storeys - 1)
    corners = [
        view.at(right, tall, ends[0]),
        view.at(right, tall, ends[1]),
        view.at(right, 0, ends[1]),
        view.at(right, 0, ends[0]),
    ]
    across = min(50.0, max(2.0, abs(corners[1][0] - corners[0][0]) / (far - near) * 1.25))
    image = neon_front(
        far - near, storeys, across, min(56.0, max(3.0, view.scale(near) * 1.05)), mood[0], rng
    )
    haze = float(np.clip((near - 10) / 80, 0, 0.6))
    image[:] = np.clip(image + (floats(mood[2]) - image) * haze, 0, 255)
    lay(canvas, image, np.full(image.shape[:2], 255, np.uint8), corners)


def _side_sign(
    canvas: Canvas, view: View, side: int, half: float, away: float, size: float, rng: Rng
) -> list[Lamp]:
    """An upright sign that juts out from a wall."""
    m = view.scale(away)
    up = float(rng.uniform(3.6, 7.2))
    x, y = view.at(side * (half - 0.65 * size), up, away)
    return hanging_sign(canvas, (x, y), m * 0.95 * size, m * float(rng.uniform(2.3, 3.2)) * size, rng)


def hanging_sign(canvas: Canvas, top: tuple[float, float], wide: float, tall: float, rng: Rng) -> list[Lamp]:
    """An upright neon sign whose middle of the upper edge is top; returns its light."""
    color = NEONS[int(rng.integers(len(NEONS)))]
    image, alpha = sign(wide, tall, color, rng, upright=True)
    _stamp(canvas, image, alpha, top[0] - wide / 2, top[1])
    return [((top[0], top[1] + tall / 2, tall * 0.85, 0.42), color)]


def board(
    canvas: Canvas, middle: tuple[float, float], wide: float, tall: float, color: Rgb, rng: Rng
) -> list[Lamp]:
    """A level sign; returns its light."""
    image, alpha = sign(wide, tall, color, rng, upright=False)
    _stamp(canvas, image, alpha, middle[0] - wide / 2, middle[1] - tall / 2)
    return [((*middle, wide * 0.7, 0.35), color)]


def _stamp(canvas: Canvas, image: Pixels, alpha: Pixels, x: float, y: float) -> None:
    height, width = image.shape[:2]
    lay(canvas, image, alpha, [(x, y), (x + width, y), (x + width, y + height), (x, y + height)])


def lanterns(canvas: Canvas, view: View, half: float) -> list[Lamp]:
    """Red paper lanterns on cords across the lane."""
    spots: list[Lamp] = []
    for away in (17.0, 11.0, 7.2):
        m = view.scale(away)
        (x0, y0), (x1, y1) = view.at(-half, 4.2, away), view.at(half, 4.4, away)
        t = np.linspace(0, 1, 8)
        xs, ys = x0 + (x1 - x0) * t, y0 + (y1 - y0) * t + m * 0.5 * 4 * t * (1 - t)
        canvas.line(np.column_stack([xs, ys]), (20, 12, 26), max(1.0, m * 0.03))
        for x, y in zip(xs[1:-1].tolist(), ys[1:-1].tolist(), strict=True):
            canvas.fill(
                ellipse(x, y + m * 0.30, m * 0.22, m * 0.27), lch(0.74, 0.18, 40), lch(0.55, 0.21, 25)
            )
            canvas.polygon(box(x - m * 0.08, y + m * 0.01, x + m * 0.08, y + m * 0.06), (40, 20, 20))
            spots.append(((x, y + m * 0.3, m * 0.9, 0.5), NEONS[5]))
    return spots


def cables(canvas: Canvas, view: View, half: float) -> None:
    rng = canvas.stream("cables")
    for _ in range(6):
        away = float(rng.uniform(6, 22))
        (x0, y0), (x1, y1) = (
            view.at(-half, float(rng.uniform(5, 9)), away),
            view.at(half, float(rng.uniform(5, 9)), away),
        )
        t = np.linspace(0, 1, 24)
        canvas.line(
            np.column_stack([x0 + (x1 - x0) * t, y0 + (y1 - y0) * t + view.scale(away) * 3.2 * t * (1 - t)]),
            (14, 10, 26),
            max(1.0, 1.6 * canvas.unit),
        )


def overpass(canvas: Canvas, view: View, half: float, mood: Mood) -> list[Lamp]:
    """A road across the road, edged with light."""
    away = 30.0
    y0, y1 = view.at(0, 8.2, away)[1], view.at(0, 6.6, away)[1]
    dark = mix(mood[0], mood[1], 0.35)
    canvas.fill(box(0, y0, canvas.width, y1), mix(dark, mood[2], 0.25), dark)
    canvas.polygon(box(0, y1 - 3 * canvas.unit, canvas.width, y1 + 1), NEONS[1])
    for right in (-half * 0.55, half * 0.55):
        x, foot = view.at(right, 0, away)
        canvas.polygon(box(x - view.scale(away) * 0.5, y1, x + view.scale(away) * 0.5, foot), dark)
    return [((canvas.width * k / 5, y1, canvas.short * 0.12, 0.3), NEONS[1]) for k in range(6)]


def beam(canvas: Canvas, x: float, foot: float, lean: float, color: Rgb) -> None:
    """A searchlight."""
    width, height = max(canvas.width // 4, 4), max(canvas.height // 4, 4)
    px, py = grid(width, height)
    up = np.clip((foot - py * 4) / max(1.0, foot), 0, 1)
    off = np.abs(px * 4 - x - lean * (foot - py * 4)) / (canvas.short * (0.006 + 0.055 * up))
    canvas.veil(
        (np.exp(-(off**2)) * np.clip(1 - up, 0, 1) ** 0.8 * (py * 4 < foot) * 0.35).astype(np.float32),
        color,
        screen=True,
    )


def drizzle(canvas: Canvas, mood: Mood) -> None:
    """Fine rain that catches the light."""
    rng = canvas.stream("drizzle")
    layer: Pixels = np.zeros((canvas.height, canvas.width), np.uint8)
    for x, y, size in (rng.random((150, 3)) * (canvas.width * 1.05, canvas.height, 1.0)).tolist():
        tall = canvas.short * (0.012 + 0.03 * size)
        draw_line(layer, [(x, y), (x - tall * 0.15, y + tall)], (50 + 60 * size,), 1)
    soft = blur(resize(layer, canvas.width, canvas.height), 0.6)
    canvas.veil(soft.astype(np.float32) / 255, mix(mood[2], (255, 255, 255), 0.6), screen=True)
