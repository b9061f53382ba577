"""What the neon style shows in a city's stead: streets of signs in the rain, a skyline of light."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import box
from limner.engines.sketch.paint.palette import Palette, mix
from limner.engines.sketch.paint.perspective import View, lay
from limner.engines.sketch.paint.signs import NEONS, neon_front
from limner.engines.sketch.paint.streetware import glare, shine
from limner.engines.sketch.paint.waves import mirrored
from limner.engines.sketch.scene.places.ground import Ground, Setting, light_of, sun_side, vary
from limner.engines.sketch.scene.places.neonscape import (
    Lamp,
    Mood,
    beam,
    board,
    cables,
    drizzle,
    far_towers,
    great_moon,
    hanging_sign,
    lanterns,
    mood_of,
    neon_sides,
    neon_sky,
    overpass,
    wet_road,
)
from limner.engines.sketch.scene.places.townscape import half_width, puddles


def alley(canvas: Canvas, setting: Setting) -> Ground:
    """A street of signs towards the light at its end, mirrored in the wet road."""
    view, mood = _view(canvas, 0.57, 0.61), mood_of(canvas)
    neon_sky(canvas, view.horizon, mood)
    far_towers(canvas, view.horizon, mood, 3)
    half = half_width(canvas, 4.3)
    wet_road(canvas, view, half, mood)
    lights = neon_sides(canvas, view, half, mood, 70.0, (5.0, 7.5), 1.0)
    cables(canvas, view, half)
    return _finish(canvas, setting, view, half, mood, lights)


def market(canvas: Canvas, setting: Setting) -> Ground:
    """A narrow lane of food stalls under lanterns."""
    view, mood = _view(canvas, 0.53, 0.57), mood_of(canvas)
    neon_sky(canvas, view.horizon, mood)
    far_towers(canvas, view.horizon, mood, 2)
    half = half_width(canvas, 2.7)
    wet_road(canvas, view, half, mood)
    lights = neon_sides(canvas, view, half, mood, 40.0, (3.6, 5.0), 0.8)
    lights += lanterns(canvas, view, half)
    return _finish(canvas, setting, view, half, mood, lights)


def avenue(canvas: Canvas, setting: Setting) -> Ground:
    """A wide road between towers, with a lit overpass across it and a great screen."""
    view, mood = _view(canvas, 0.58, 0.62), mood_of(canvas)
    neon_sky(canvas, view.horizon, mood)
    great_moon(canvas, view, mood)
    far_towers(canvas, view.horizon, mood, 3, 0.52)
    half = half_width(canvas, 8.5)
    wet_road(canvas, view, half, mood)
    lights = neon_sides(canvas, view, half, mood, 110.0, (8.0, 12.0), 1.5)
    lights += overpass(canvas, view, half, mood)
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
    view, mood = _view(canvas, 0.585, 0.61), mood_of(canvas)
    neon_sky(canvas, view.horizon, mood)
    far_towers(canvas, view.horizon, mood, 3, 0.5)
    away = 15.0
    foot, scale = view.at(0, 0, away)[1], view.scale(away)
    x, number, lights = -float(canvas.stream("row").uniform(0.1, 0.9)) * 4 * scale, 0, list[Lamp]()
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
        lights.append(
            ((x + wide * scale / 2, foot - scale * 1.2, wide * scale * 0.7, 0.45), NEONS[number % 3])
        )
        color = NEONS[int(rng.integers(len(NEONS)))]
        lights += board(
            canvas, (x + wide * scale * 0.5, foot - scale * 3.3), wide * scale * 0.72, scale * 0.8, color, rng
        )
        lights += hanging_sign(
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
    mood, height, width, short = mood_of(canvas), canvas.height, canvas.width, canvas.short
    bank = int(height * vary(canvas, 0.58, 0.63))
    neon_sky(canvas, bank, mood)
    side = sun_side(canvas)
    great_moon(canvas, View(width * (0.5 + side * 0.12), bank, short, 1.0), mood)
    for x, lean in ((0.2, 0.24), (0.36, -0.10), (0.7, 0.12), (0.86, -0.22)):
        beam(canvas, width * x, bank, lean, NEONS[int(canvas.stream(f"beam{x}").integers(len(NEONS)))])
    far_towers(canvas, bank, mood, 4, 0.55)
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
    mood, height, width, short = mood_of(canvas), canvas.height, canvas.width, canvas.short
    foot = int(height * vary(canvas, 0.70, 0.74))
    neon_sky(canvas, foot, mood)
    side = sun_side(canvas)
    great_moon(canvas, View(width * (0.5 - side * 0.05), foot * 0.9, short, 1.0), mood)
    far_towers(canvas, foot, mood, 4, 0.62)
    rng = canvas.stream("roof-signs")
    lights: list[Lamp] = []
    for x, up, wide, tall in ((0.13, 0.34, 0.085, 0.30), (0.87, 0.40, 0.10, 0.36), (0.77, 0.22, 0.06, 0.18)):
        at = width * (x if side > 0 else 1 - x)
        canvas.polygon(
            box(at - short * 0.008, foot - short * up, at + short * 0.008, foot + short * 0.1),
            mix(mood[0], (0, 0, 0), 0.4),
        )
        lights += hanging_sign(canvas, (at, foot - short * (up + 0.06)), short * wide, short * tall, rng)
    dark = mix(mood[0], (16, 14, 30), 0.4)
    top = height * 0.80
    canvas.fill(box(0, top - short * 0.06, width, top), mix(dark, mood[1], 0.45), dark)
    canvas.fill(box(0, top, width, height), mix(dark, mood[1], 0.35), dark)
    canvas.polygon(box(0, top - short * 0.063, width, top - short * 0.055), NEONS[0])
    shine(canvas, [(width * k / 6, top - short * 0.06, short * 0.13, 0.35) for k in range(7)], NEONS[0])
    glare(canvas, lights)
    view = View(width / 2, top, short, 1.0)
    puddles(canvas, _dark(setting), view, 1e6, 0.5)
    return Ground(
        "floor",
        top,
        (top + (height - top) * 0.35, height * 0.96),
        light_of(canvas, _dark(setting)),
        shadow=0.6,
    )


def _view(canvas: Canvas, low: float, high: float) -> View:
    x = canvas.width * (0.5 + vary(canvas, -0.05, 0.05, "vanishing"))
    return View(x, canvas.height * vary(canvas, low, high), canvas.short * 0.95, 1.25)


def _dark(setting: Setting) -> Palette:
    return Palette("night", setting.palette.season)


def _finish(
    canvas: Canvas,
    setting: Setting,
    view: View,
    half: float,
    mood: Mood,
    lights: list[Lamp],
    foot: float = 0.0,
) -> Ground:
    """Coloured light, the mirror of the road, the glow at the end of the street."""
    glare(canvas, lights)
    puddles(canvas, _dark(setting), view, half, 0.72, foot)
    canvas.glow(view.x, view.horizon, canvas.short * 0.42, mood[2], 0.55)
    drizzle(canvas, mood)
    deep = canvas.height - view.horizon
    stand = (view.horizon + deep * 0.38, view.horizon + deep * 0.90)
    return Ground("floor", view.horizon, stand, light_of(canvas, _dark(setting)), shadow=0.55)


STREETS = (alley, market, avenue, front_row)
SKYLINES = (harbour, rooftop)
