"""What the neon style shows in a city's stead: streets of signs in the rain, a skyline of light."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import box, ellipse
from limner.engines.sketch.paint.noise import Rng, fbm
from limner.engines.sketch.paint.palette import Palette, lch, mix, ramp
from limner.engines.sketch.paint.perspective import View, lay
from limner.engines.sketch.paint.raster import Pixels, Rgb, blur, draw_line, floats, grid, resize
from limner.engines.sketch.paint.signs import NEONS, neon_front, sign
from limner.engines.sketch.paint.streetware import Spot, shine
from limner.engines.sketch.paint.waves import mirrored
from limner.engines.sketch.scene.places.ground import Ground, Setting, light_of, sun_side, vary
from limner.engines.sketch.scene.places.townscape import half_width, puddles

_SKIES = (
    ((0.13, 0.07, 290), (0.24, 0.14, 310), (0.50, 0.20, 335)),
    ((0.12, 0.05, 265), (0.24, 0.11, 275), (0.52, 0.15, 225)),
    ((0.13, 0.07, 300), (0.30, 0.17, 330), (0.60, 0.18, 20)),
    ((0.11, 0.05, 250), (0.22, 0.09, 240), (0.52, 0.13, 195)),
)
"""Zenith, middle and horizon, OKLCH."""


def alley(canvas: Canvas, setting: Setting) -> Ground:
    """A street of signs towards the light at its end, mirrored in the wet road."""
    view, mood = _view(canvas, 0.57, 0.61), _mood(canvas)
    _night_sky(canvas, view.horizon, mood)
    _far_towers(canvas, view.horizon, mood, 3)
    half = half_width(canvas, 4.3)
    _road(canvas, view, half, mood)
    lights = _sides(canvas, view, half, mood, 70.0, (5.0, 7.5), 1.0)
    _cables(canvas, view, half)
    return _finish(canvas, setting, view, half, mood, lights)


def market(canvas: Canvas, setting: Setting) -> Ground:
    """A narrow lane of food stalls under lanterns."""
    view, mood = _view(canvas, 0.53, 0.57), _mood(canvas)
    _night_sky(canvas, view.horizon, mood)
    _far_towers(canvas, view.horizon, mood, 2)
    half = half_width(canvas, 2.7)
    _road(canvas, view, half, mood)
    lights = _sides(canvas, view, half, mood, 40.0, (3.6, 5.0), 0.8)
    lights += _lanterns(canvas, view, half)
    return _finish(canvas, setting, view, half, mood, lights)


def avenue(canvas: Canvas, setting: Setting) -> Ground:
    """A wide road between towers, with a lit overpass across it and a great screen."""
    view, mood = _view(canvas, 0.58, 0.62), _mood(canvas)
    _night_sky(canvas, view.horizon, mood)
    _moon(canvas, view, mood)
    _far_towers(canvas, view.horizon, mood, 3, 0.52)
    half = half_width(canvas, 8.5)
    _road(canvas, view, half, mood)
    lights = _sides(canvas, view, half, mood, 110.0, (8.0, 12.0), 1.5)
    lights += _overpass(canvas, view, half, mood)
    for k in range(9):
        away = 7.0 + 5.0 * k
        for right in (-0.10, 0.10):
            canvas.polygon(
                [
                    view.at(right - 0.06, 0, away + 2),
                    view.at(right + 0.06, 0, away + 2),
                    view.at(right + 0.06, 0, away),
                    view.at(right - 0.06, 0, away),
                ],
                mix(mood[2], (255, 210, 120), 0.6),
            )
    return _finish(canvas, setting, view, half, mood, lights)


def front_row(canvas: Canvas, setting: Setting) -> Ground:
    """Shop fronts face to face with the viewer across a wet road."""
    view, mood = _view(canvas, 0.585, 0.61), _mood(canvas)
    _night_sky(canvas, view.horizon, mood)
    _far_towers(canvas, view.horizon, mood, 3, 0.5)
    away = 15.0
    foot, scale = view.at(0, 0, away)[1], view.scale(away)
    x, number, lights = -float(canvas.stream("row").uniform(0.1, 0.9)) * 4 * scale, 0, list[Spot]()
    while x < canvas.width:
        rng = canvas.stream(f"house{number}")
        wide, storeys = float(rng.uniform(4.4, 6.4)), int(rng.integers(3, 6))
        sheet = neon_front(wide, storeys, scale, scale, mood[0], rng)
        tall = sheet.shape[0]
        full = np.full(sheet.shape[:2], 255, np.uint8)
        lay(
            canvas,
            sheet,
            full,
            [(x, foot - tall), (x + wide * scale, foot - tall), (x + wide * scale, foot), (x, foot)],
        )
        lights.append((x + wide * scale / 2, foot - scale * 1.2, wide * scale * 0.7, 0.45))
        color = NEONS[int(rng.integers(len(NEONS)))]
        _board(
            canvas, (x + wide * scale * 0.5, foot - scale * 3.3), wide * scale * 0.72, scale * 0.8, color, rng
        )
        _hanging(
            canvas,
            (x + wide * scale * float(rng.uniform(0.1, 0.9)), foot - scale * 4.4),
            scale * 0.95,
            scale * 3.0,
            rng,
        )
        x, number = x + wide * scale, number + 1
    ground = mix(mood[0], (14, 12, 26), 0.5)
    canvas.fill(box(0, foot, canvas.width, canvas.height), mix(ground, mood[1], 0.25), ground)
    canvas.polygon(box(0, foot + scale * 0.55, canvas.width, foot + scale * 0.62), mix(ground, mood[2], 0.5))
    return _finish(canvas, setting, view, 1e6, mood, lights, foot)


def harbour(canvas: Canvas, setting: Setting) -> Ground:
    """Towers of light over black water, beams in the haze."""
    mood, height, width, short = _mood(canvas), canvas.height, canvas.width, canvas.short
    bank = int(height * vary(canvas, 0.58, 0.63))
    _night_sky(canvas, bank, mood)
    side = sun_side(canvas)
    _moon(canvas, View(width * (0.5 + side * 0.12), bank, short, 1.0), mood)
    for x, lean in ((0.2, 0.24), (0.36, -0.10), (0.7, 0.12), (0.86, -0.22)):
        _beam(canvas, width * x, bank, lean, NEONS[int(canvas.stream(f"beam{x}").integers(len(NEONS)))])
    _far_towers(canvas, bank, mood, 4, 0.55)
    canvas.fill(box(0, bank, width, height), mix(mood[1], mood[0], 0.4), mood[0])
    mirrored(canvas, bank, height, 0.95)
    quay = height * 0.87
    dark = mix(mood[0], (10, 8, 20), 0.5)
    canvas.fill(box(0, quay, width, height), mix(dark, mood[1], 0.3), dark)
    canvas.polygon(box(0, quay - short * 0.004, width, quay + short * 0.004), NEONS[1])
    shine(canvas, [(width * k / 6, quay, short * 0.12, 0.4) for k in range(7)], NEONS[1])
    deep = quay - bank
    return Ground(
        "floor",
        bank,
        (quay + (height - quay) * 0.4, height * 0.97),
        light_of(canvas, _dark(setting)),
        (bank + deep * 0.3, bank + deep * 0.85),
        shadow=0.6,
    )


def rooftop(canvas: Canvas, setting: Setting) -> Ground:
    """On a roof among towers, signs at the edge, the city below."""
    mood, height, width, short = _mood(canvas), canvas.height, canvas.width, canvas.short
    foot = int(height * vary(canvas, 0.70, 0.74))
    _night_sky(canvas, foot, mood)
    side = sun_side(canvas)
    _moon(canvas, View(width * (0.5 - side * 0.05), foot * 0.9, short, 1.0), mood)
    _far_towers(canvas, foot, mood, 4, 0.62)
    rng = canvas.stream("roof-signs")
    for x, up, wide, tall in ((0.13, 0.34, 0.085, 0.30), (0.87, 0.40, 0.10, 0.36), (0.77, 0.22, 0.06, 0.18)):
        at = width * (x if side > 0 else 1 - x)
        canvas.polygon(
            box(at - short * 0.008, foot - short * up, at + short * 0.008, foot + short * 0.1),
            mix(mood[0], (0, 0, 0), 0.4),
        )
        _hanging(canvas, (at, foot - short * (up + 0.06)), short * wide, short * tall, rng)
    dark = mix(mood[0], (16, 14, 30), 0.4)
    top = height * 0.80
    canvas.fill(box(0, top - short * 0.06, width, top), mix(dark, mood[1], 0.45), dark)
    canvas.fill(box(0, top, width, height), mix(dark, mood[1], 0.35), dark)
    canvas.polygon(box(0, top - short * 0.063, width, top - short * 0.055), NEONS[0])
    shine(canvas, [(width * k / 6, top - short * 0.06, short * 0.13, 0.35) for k in range(7)], NEONS[0])
    view = View(width / 2, top, short, 1.0)
    puddles(canvas, _dark(setting), view, 1e6, 0.5)
    return Ground(
        "floor",
        top,
        (top + (height - top) * 0.35, height * 0.96),
        light_of(canvas, _dark(setting)),
        shadow=0.6,
    )


Mood = tuple[Rgb, Rgb, Rgb]


def _mood(canvas: Canvas) -> Mood:
    zenith, middle, low = _SKIES[int(canvas.stream("mood").integers(len(_SKIES)))]
    return lch(*zenith), lch(*middle), lch(*low)


def _view(canvas: Canvas, low: float, high: float) -> View:
    x = canvas.width * (0.5 + vary(canvas, -0.05, 0.05, "vanishing"))
    return View(x, canvas.height * vary(canvas, low, high), canvas.short * 0.95, 1.25)


def _dark(setting: Setting) -> Palette:
    return Palette("night", setting.palette.season)


def _night_sky(canvas: Canvas, bottom: float, mood: Mood) -> None:
    rows, columns = max(int(bottom) // 4, 8), max(canvas.width // 4, 8)
    air = np.repeat(ramp([(0, mood[0]), (0.55, mood[1]), (1, mood[2])], rows)[:, None], columns, 1)
    smog = fbm(columns, rows, 3, 5, canvas.stream("smog"), 4)
    t = np.linspace(0.15, 1, rows, dtype=np.float32)[:, None]
    air += (floats(mood[2]) - air) * (np.clip(smog - 0.48, 0, 1) * 1.3 * t)[..., None]
    canvas.soft(air, 0, int(bottom) + 6)


def _moon(canvas: Canvas, view: View, mood: Mood) -> None:
    """A large pale moon with bars of cloud."""
    x, y, radius = view.x, view.horizon * 0.40, canvas.short * 0.15
    canvas.glow(x, y, radius * 2.6, mood[2], 0.6)
    canvas.fill(
        ellipse(x, y, radius, radius, 0, 80), mix(mood[2], (255, 240, 235), 0.75), mix(mood[2], mood[1], 0.2)
    )


def _far_towers(canvas: Canvas, foot: float, mood: Mood, layers: int, tallest: float = 0.42) -> None:
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
    cell = max(3.0, (11 - 5 * far) * canvas.unit)
    left, top = int(max(0, x0 + cell * 0.6)), int(max(0, y0 + cell))
    right, bottom = int(min(canvas.width, x1 - cell * 0.3)), int(min(canvas.height, y1))
    if right - left > cell and bottom - top > cell:
        column, row = np.arange(right - left) / cell, np.arange(bottom - top) / (cell * 1.3)
        ci, ri = column.astype(int), row.astype(int)
        table = floats([mix(c, body, 0.15 + 0.5 * far) for c in ((255, 214, 150), (170, 220, 255), color)])
        pick = rng.integers(0, 3, (ri[-1] + 1, ci[-1] + 1))
        on = rng.random(pick.shape) < 0.42
        inside = ((row % 1) < 0.55)[:, None] & ((column % 1) < 0.6)[None] & on[ri][:, ci]
        part = canvas.pixels[top:bottom, left:right]
        part[inside] = table[pick[ri][:, ci][inside]].astype(np.uint8)
    if rng.random() < 0.45:
        edge = x0 if rng.random() < 0.5 else x1
        canvas.line([(edge, y0), (edge, y1)], mix(color, body, 0.2 + 0.4 * far), 2.4 * canvas.unit)
    if rng.random() < 0.4:
        canvas.line([((x0 + x1) / 2, y0), ((x0 + x1) / 2, y0 - (y1 - y0) * 0.14)], body, 2 * canvas.unit)
        canvas.dot((x0 + x1) / 2, y0 - (y1 - y0) * 0.14, 2.2 * canvas.unit, (255, 80, 90))


def _road(canvas: Canvas, view: View, half: float, mood: Mood) -> None:
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


def _sides(
    canvas: Canvas, view: View, half: float, mood: Mood, end: float, width_m: tuple[float, float], size: float
) -> list[Spot]:
    """Fronts with lit windows along both sides, far ones first, and their signs; returns the shops' lights."""
    lights: list[Spot] = []
    for side in (-1, 1):
        rng = canvas.stream(f"plots{side}")
        reach = view.x if side < 0 else canvas.width - view.x
        away, plots = max(0.6, view.focal * half / max(1.0, reach) * 0.9), []
        while away < end and len(plots) < 10:
            wide = float(rng.uniform(*width_m)) * max(1.0, half / 8.5 if width_m[0] < 8 else 1.0)
            plots.append((away, away + wide))
            away += wide
        for number in range(len(plots) - 1, -1, -1):
            near, far = plots[number]
            _side_front(canvas, view, side * half, (near, far), mood, canvas.stream(f"front{side}{number}"))
            lights.append(
                (*view.at(side * half * 0.9, 1.0, (near + far) / 2), view.scale((near + far) / 2) * 3.4, 0.42)
            )
            own = canvas.stream(f"signs{side}{number}")
            for _ in range(2 if number else 1):
                at = near + (far - near) * float(own.uniform(0.15, 0.9))
                _side_sign(canvas, view, side, half, at, size, own)
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
) -> None:
    """An upright sign that juts out from a wall."""
    m = view.scale(away)
    up = float(rng.uniform(3.6, 7.2))
    x, y = view.at(side * (half - 0.65 * size), up, away)
    _hanging(canvas, (x, y), m * 0.95 * size, m * float(rng.uniform(2.3, 3.2)) * size, rng)


def _hanging(canvas: Canvas, top: tuple[float, float], wide: float, tall: float, rng: Rng) -> None:
    """An upright neon sign whose middle of the upper edge is top."""
    color = NEONS[int(rng.integers(len(NEONS)))]
    image, alpha = sign(wide, tall, color, rng, upright=True)
    _stamp(canvas, image, alpha, top[0] - wide / 2, top[1])
    canvas.glow(top[0], top[1] + tall / 2, tall * 0.85, color, 0.42)


def _board(
    canvas: Canvas, middle: tuple[float, float], wide: float, tall: float, color: Rgb, rng: Rng
) -> None:
    image, alpha = sign(wide, tall, color, rng, upright=False)
    _stamp(canvas, image, alpha, middle[0] - wide / 2, middle[1] - tall / 2)
    canvas.glow(*middle, wide * 0.7, color, 0.35)


def _stamp(canvas: Canvas, image: Pixels, alpha: Pixels, x: float, y: float) -> None:
    height, width = image.shape[:2]
    lay(canvas, image, alpha, [(x, y), (x + width, y), (x + width, y + height), (x, y + height)])


def _lanterns(canvas: Canvas, view: View, half: float) -> list[Spot]:
    """Red paper lanterns on cords across the lane."""
    spots: list[Spot] = []
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
            spots.append((x, y + m * 0.3, m * 0.9, 0.5))
    return spots


def _cables(canvas: Canvas, view: View, half: float) -> None:
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


def _overpass(canvas: Canvas, view: View, half: float, mood: Mood) -> list[Spot]:
    """A road across the road, edged with light."""
    away = 30.0
    y0, y1 = view.at(0, 8.2, away)[1], view.at(0, 6.6, away)[1]
    dark = mix(mood[0], mood[1], 0.35)
    canvas.fill(box(0, y0, canvas.width, y1), mix(dark, mood[2], 0.25), dark)
    canvas.polygon(box(0, y1 - 3 * canvas.unit, canvas.width, y1 + 1), NEONS[1])
    for right in (-half * 0.55, half * 0.55):
        x, foot = view.at(right, 0, away)
        canvas.polygon(box(x - view.scale(away) * 0.5, y1, x + view.scale(away) * 0.5, foot), dark)
    return [(canvas.width * k / 5, y1, canvas.short * 0.12, 0.3) for k in range(6)]


def _beam(canvas: Canvas, x: float, foot: float, lean: float, color: Rgb) -> None:
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


def _finish(
    canvas: Canvas,
    setting: Setting,
    view: View,
    half: float,
    mood: Mood,
    lights: list[Spot],
    foot: float = 0.0,
) -> Ground:
    """Coloured light, the mirror of the road, the glow at the end of the street."""
    for k in range(3):
        shine(canvas, lights[k::3], NEONS[(k * 2) % len(NEONS)])
    puddles(canvas, _dark(setting), view, half, 0.72, foot)
    canvas.glow(view.x, view.horizon, canvas.short * 0.42, mood[2], 0.55)
    _drizzle(canvas, mood)
    deep = canvas.height - view.horizon
    stand = (view.horizon + deep * 0.38, view.horizon + deep * 0.90)
    return Ground("floor", view.horizon, stand, light_of(canvas, _dark(setting)), shadow=0.55)


def _drizzle(canvas: Canvas, mood: Mood) -> None:
    """Fine rain that catches the light."""
    rng = canvas.stream("drizzle")
    layer: Pixels = np.zeros((canvas.height, canvas.width), np.uint8)
    for x, y, size in (rng.random((150, 3)) * (canvas.width * 1.05, canvas.height, 1.0)).tolist():
        tall = canvas.short * (0.012 + 0.03 * size)
        draw_line(layer, [(x, y), (x - tall * 0.15, y + tall)], (50 + 60 * size,), 1)
    soft = blur(resize(layer, canvas.width, canvas.height), 0.6)
    canvas.veil(soft.astype(np.float32) / 255, mix(mood[2], (255, 255, 255), 0.6), screen=True)


STREETS = (alley, market, avenue, front_row)
SKYLINES = (harbour, rooftop)
