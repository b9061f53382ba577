"""Streets: shops towards a clock tower, houses across a crossing, an old lane, a boulevard of trees."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import box
from limner.engines.sketch.paint.elevation import Facade
from limner.engines.sketch.paint.facades import front
from limner.engines.sketch.paint.land import brushwork
from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.paint.palette import WHITE, Palette, lch, mix
from limner.engines.sketch.paint.perspective import View, lay
from limner.engines.sketch.paint.streetware import (
    Spot,
    after_dark,
    awning,
    bunting,
    clock_tower,
    lamp_post,
    pot,
    street_lamp,
    street_tree,
    string_lights,
)
from limner.engines.sketch.scene.places.ground import Ground, Setting, sun_side
from limner.engines.sketch.scene.places.townscape import (
    Fronts,
    finish,
    front_lights,
    half_width,
    pavement,
    shade_side,
    stones,
    street_ground,
    street_sky,
    street_view,
    walls,
)

_CLOTHS = ((0.60, 0.17, 25), (0.58, 0.12, 155), (0.56, 0.12, 250), (0.78, 0.14, 80), (0.64, 0.14, 350))


def shops(canvas: Canvas, setting: Setting) -> Ground:
    """Shops with awnings on both sides of a street that leads to a clock tower."""
    palette, view = setting.palette, street_view(canvas, 0.55, 0.59)
    street_sky(canvas, setting, view)
    half = half_width(canvas, 4.6)
    clock_tower(canvas, palette, view.x, view.horizon + 4, canvas.short * 0.27, 0.45)
    pavement(canvas, palette, view, half, 1.7, cobbled=False)
    kinds = Fronts(3, ("shop",), ("flat", "flat", "mansard"), 2)
    depths = walls(canvas, palette, view, half, kinds, 70.0)
    shade_side(canvas, palette, view, half)
    rng = canvas.stream("awnings")
    for side, spans in depths.items():
        for near, far in spans:
            if far < 45 and rng.random() < (0.9 if near < 20 else 0.6):
                cloth = _CLOTHS[int(rng.integers(len(_CLOTHS)))]
                awning(canvas, palette, view, side, half, (far - 0.4, near + 0.4), cloth)
    lights = front_lights(palette, view, half, depths)
    for away in (34.0, 22.0, 14.0, 8.6):
        for side in (-1, 1):
            lights += street_lamp(
                canvas, palette, view, side * (half - 1.5), away + (2 if side > 0 else 0), 3.9
            )
    for away in (29.0, 20.0):
        for side in (-1, 1):
            x, y = view.at(side * (half - 1.2), 0, away)
            street_tree(
                canvas,
                palette,
                x,
                y,
                view.scale(away) * 3.8,
                canvas.stream(f"tree{away}{side}"),
                0.25 if away > 20 else 0.05,
            )
    if palette.time == "day":
        bunting(canvas, palette, view.at(-half, 4.6, 13), view.at(half, 4.9, 13), canvas.short * 0.03, 16)
    finish(canvas, setting, view, half, lights)
    return street_ground(canvas, palette, view)


def lane(canvas: Canvas, setting: Setting) -> Ground:
    """A narrow cobbled lane of gabled houses with shutters, flowers and lanterns."""
    palette, view = setting.palette, street_view(canvas, 0.52, 0.56)
    street_sky(canvas, setting, view)
    half = half_width(canvas, 2.7)
    clock_tower(canvas, palette, view.x, view.horizon + 4, canvas.short * 0.20, 0.5)
    pavement(canvas, palette, view, half, 0.0, cobbled=True)
    kinds = Fronts(3, ("door", "door", "shop"), ("mansard", "flat"), 2, shutters=True)
    depths = walls(canvas, palette, view, half, kinds, 42.0, width_m=(3.6, 5.2))
    shade_side(canvas, palette, view, half)
    lights = front_lights(palette, view, half, depths)
    for k, away in enumerate((20.0, 12.5, 8.0, 5.4)):
        side = -1 if k % 2 else 1
        lights += _wall_lantern(canvas, palette, view, side * half, away)
        x, y = view.at(-side * (half - 0.45), 0, away * 0.93)
        pot(canvas, palette, x, y, view.scale(away * 0.93) * 1.0, canvas.stream(f"pot{k}"))
        x, y = view.at(side * (half - 0.40), 0, away * 1.12)
        pot(canvas, palette, x, y, view.scale(away * 1.12) * 0.9, canvas.stream(f"pot-b{k}"))
    for away, up in ((15.0, 5.4), (9.0, 4.8)):
        a, b = view.at(-half, up, away), view.at(half, up + 0.3, away)
        if after_dark(palette):
            string_lights(canvas, palette, a, b, canvas.short * 0.02, 9, view.scale(away) * 0.05)
        else:
            bunting(canvas, palette, a, b, canvas.short * 0.02, 12)
    finish(canvas, setting, view, half, lights)
    return street_ground(canvas, palette, view)


def boulevard(canvas: Canvas, setting: Setting) -> Ground:
    """A wide avenue between two rows of trees, with tall houses behind them."""
    palette, view = setting.palette, street_view(canvas, 0.56, 0.60)
    street_sky(canvas, setting, view)
    half = half_width(canvas, 9.5)
    _triumphal_arch(canvas, palette, view)
    pavement(canvas, palette, view, half, 4.4, cobbled=False)
    kinds = Fronts(5, ("shop", "plain"), ("mansard",), 3)
    depths = walls(canvas, palette, view, half, kinds, 90.0, width_m=(9, 13))
    lights = front_lights(palette, view, half, depths)
    for away in (52.0, 39.0, 29.0, 21.5, 16.0, 11.8):
        for side in (-1, 1):
            right = side * (half - 3.4)
            x, y = view.at(right, 0, away)
            tree_rng = canvas.stream(f"avenue{away}{side}")
            street_tree(canvas, palette, x, y, view.scale(away) * 6.4, tree_rng, min(0.5, away / 120))
            if away in (39.0, 21.5, 11.8):
                lights += street_lamp(canvas, palette, view, side * (half - 4.6), away * 0.92, 4.4)
    finish(canvas, setting, view, half, lights)
    return street_ground(canvas, palette, view)


def crossing(canvas: Canvas, setting: Setting) -> Ground:
    """A row of gabled houses seen from across the road, with a zebra crossing."""
    palette, view = setting.palette, street_view(canvas, 0.575, 0.60)
    street_sky(canvas, setting, view)
    away = 17.5
    foot = view.at(0, 0, away)[1]
    scale = view.scale(away)
    _skyline_behind(canvas, palette, view.horizon)
    ground = mix(stones(palette, False)[0], palette.dark, 0.05)
    canvas.fill(box(0, foot - 2, canvas.width, canvas.height), ground, mix(ground, palette.dark, 0.12))
    rng = canvas.stream("terrace")
    x = -float(rng.uniform(0.1, 0.9)) * 5 * scale
    kinds = Fronts(3, ("shop", "door", "shop"), ("gable", "steps", "mansard", "flat"), 2)
    number, lights = 0, list[Spot]()
    while x < canvas.width:
        facade = kinds(canvas.stream(f"house{number}"))
        wide, tall = facade.width_m * scale, facade.height_m * scale
        sheet = front(facade, palette, 0.85, scale, scale, canvas.stream(f"front{number}"))
        lay(
            canvas,
            sheet.pixels,
            sheet.alpha,
            [(x, foot - tall), (x + wide, foot - tall), (x + wide, foot), (x, foot)],
        )
        _front_awning(canvas, palette, view, (x, wide, away), facade, canvas.stream(f"cloth{number}"))
        if after_dark(palette) and facade.ground == "shop":
            lights.append((x + wide / 2, foot - scale * 1.0, wide * 0.8, 0.4))
        x += wide
        number += 1
    _crossing_road(canvas, palette, view, away)
    for k, at in enumerate(np.arange(0.10, 1.0, 0.27 * canvas.short / canvas.width)):
        px = float(at) * canvas.width
        if k % 2 == 0:
            street_tree(
                canvas, palette, px, foot + scale * 0.3, scale * 4.2, canvas.stream(f"row-tree{k}"), 0.05
            )
        else:
            lights += lamp_post(canvas, palette, px, foot + scale * 0.35, scale * 4.0)
    finish(canvas, setting, view, 1e6, lights, foot)
    return street_ground(canvas, palette, view)


def _wall_lantern(canvas: Canvas, palette: Palette, view: View, right: float, away: float) -> list[Spot]:
    m = view.scale(away)
    x, y = view.at(right - np.sign(right) * 0.35, 2.9, away)
    iron = mix(palette.dark, palette.middle, 0.1)
    canvas.line([view.at(right, 3.25, away), (x, y - m * 0.34)], iron, max(1.0, m * 0.04))
    canvas.polygon(
        [
            (x - m * 0.10, y),
            (x - m * 0.15, y - m * 0.28),
            (x, y - m * 0.40),
            (x + m * 0.15, y - m * 0.28),
            (x + m * 0.10, y),
        ],
        iron,
    )
    glass = lch(0.95, 0.09, 88) if after_dark(palette) else mix(palette.haze, WHITE, 0.5)
    canvas.polygon(box(x - m * 0.08, y - m * 0.26, x + m * 0.08, y - m * 0.03), glass)
    return [(x, y - m * 0.15, m * 2.4, 0.7)] if after_dark(palette) else []


def _triumphal_arch(canvas: Canvas, palette: Palette, view: View) -> None:
    """A monument that closes the avenue."""
    size, x, foot = canvas.short * 0.13, view.x, view.horizon + 5
    stone = mix(palette.local(0.86, 0.03, 80, 0.85), palette.haze, 0.35)
    shade = mix(stone, palette.dark, 0.25)
    canvas.fill(box(x - size / 2, foot - size, x + size / 2, foot), stone, mix(stone, palette.haze, 0.3))
    canvas.polygon(box(x - size * 0.55, foot - size * 0.80, x + size * 0.55, foot - size * 0.75), shade)
    canvas.polygon(box(x - size * 0.55, foot - size * 1.03, x + size * 0.55, foot - size * 0.97), shade)
    canvas.polygon(
        box(x - size * 0.17, foot - size * 0.62, x + size * 0.17, foot + 2, size * 0.168),
        mix(palette.horizon, palette.haze, 0.5),
    )
    canvas.polygon(
        box(x - size * 0.17, foot - size * 0.2, x + size * 0.17, foot + 2),
        mix(palette.horizon, palette.haze, 0.5),
    )


def _skyline_behind(canvas: Canvas, palette: Palette, horizon: float) -> None:
    """Far roofs above the houses across the road."""
    rng, x = canvas.stream("behind"), 0.0
    far = mix(palette.middle, palette.haze, 0.55)
    while x < canvas.width:
        wide = canvas.short * float(rng.uniform(0.05, 0.12))
        top = horizon - canvas.short * float(rng.uniform(0.30, 0.52))
        canvas.fill(box(x, top, x + wide, horizon + 4), far, mix(far, palette.haze, 0.6))
        if rng.random() < 0.4:
            canvas.polygon(
                [(x, top), (x + wide / 2, top - wide * 0.5), (x + wide, top)], mix(far, palette.dark, 0.08)
            )
        x += wide * float(rng.uniform(0.9, 1.4))


def _front_awning(
    canvas: Canvas, palette: Palette, view: View, at: tuple[float, float, float], facade: Facade, rng: Rng
) -> None:
    """An awning of a front that faces the viewer; at: left edge px, width px, metres away."""
    x, wide, away = at
    if facade.ground != "shop" or rng.random() < 0.3:
        return
    color = palette.local(*_CLOTHS[int(rng.integers(len(_CLOTHS)))], 0.9)
    light, m = palette.local(0.95, 0.02, 85, 0.95), view.scale(away)
    y = view.at(0, 2.75, away)[1]
    x0, x1, drop = x + 0.25 * m, x + wide - 0.25 * m, 0.55 * m
    count = max(4, round((x1 - x0) / m * 1.8))
    for k in range(count):
        a, b = x0 + (x1 - x0) * k / count, x0 + (x1 - x0) * (k + 1) / count
        tone = color if k % 2 == 0 else light
        canvas.polygon([(a, y), (b, y), (b, y + drop), (a, y + drop)], tone)
        canvas.polygon(
            [(a, y + drop - 1), (b, y + drop - 1), ((a + b) / 2, y + drop + 0.24 * m)],
            mix(tone, palette.dark, 0.12),
        )
    canvas.fill(box(x0, y + drop + 0.2 * m, x1, y + drop + 0.5 * m), palette.dark, alpha=0.25, blur=0.1 * m)


def _crossing_road(canvas: Canvas, palette: Palette, view: View, away: float) -> None:
    """The pavement before the houses, the road, and stripes across it."""
    walk, road = stones(palette, False)
    kerb, hither = away - 2.6, view.away_of(canvas.height) * 1.45
    rows = [view.at(0, 0, d)[1] for d in (away, kerb, hither)]
    canvas.fill(box(0, rows[0], canvas.width, rows[1]), mix(walk, palette.haze, 0.15), walk)
    canvas.fill(
        box(0, rows[1], canvas.width, rows[2]), mix(road, palette.haze, 0.2), mix(road, palette.dark, 0.08)
    )
    canvas.fill(box(0, rows[2], canvas.width, canvas.height), walk, mix(walk, palette.dark, 0.15))
    brushwork(canvas, rows[0] + 2, canvas.height, "crossing-brush", 0.05, 0, 900)
    for row, thick in ((rows[1], 0.10), (rows[2], 0.16)):
        canvas.polygon(
            box(0, row - 2 * canvas.unit, canvas.width, row + thick * canvas.short * 0.06),
            mix(walk, WHITE, 0.3),
        )
    side = -sun_side(canvas)
    white = mix(road, WHITE, 0.75)
    middle = side * canvas.width * 0.22 / view.scale(8.0)
    for k in range(7):
        a = middle + (k - 3.5) * 0.95
        canvas.polygon(
            [
                view.at(a, 0, kerb - 0.3),
                view.at(a + 0.5, 0, kerb - 0.3),
                view.at(a + 0.5, 0, hither + 0.1),
                view.at(a, 0, hither + 0.1),
            ],
            white,
        )


LAYOUTS = (shops, crossing, lane, boulevard)
