"""Streets: shops towards a clock tower, houses across a crossing, an old lane, a boulevard of trees."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import box
from limner.engines.sketch.paint.facades import Facade, front
from limner.engines.sketch.paint.land import brushwork
from limner.engines.sketch.paint.noise import Rng, fbm
from limner.engines.sketch.paint.palette import WHITE, Palette, lch, mix
from limner.engines.sketch.paint.perspective import View, lay, wet
from limner.engines.sketch.paint.raster import Floats, Rgb, floats, resize, smoothstep
from limner.engines.sketch.paint.sky import sky
from limner.engines.sketch.paint.streetware import (
    GLOW,
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
from limner.engines.sketch.scene.places.ground import (
    Ground,
    Setting,
    Surface,
    light_of,
    sun_at,
    sun_side,
    vary,
)

_EYE_M = 1.25
_WALLS = (
    (0.90, 0.05, 85),
    (0.84, 0.07, 65),
    (0.80, 0.08, 35),
    (0.86, 0.06, 20),
    (0.82, 0.05, 220),
    (0.84, 0.05, 150),
    (0.92, 0.03, 90),
    (0.74, 0.09, 40),
)
_TRIMS = ((0.96, 0.015, 90), (0.93, 0.03, 80), (0.90, 0.02, 240))
_WOODS = (
    (0.46, 0.10, 160),
    (0.45, 0.12, 25),
    (0.42, 0.09, 250),
    (0.52, 0.10, 60),
    (0.40, 0.09, 320),
    (0.50, 0.09, 195),
    (0.60, 0.13, 80),
)
_TILES = ((0.54, 0.12, 38), (0.50, 0.10, 30), (0.42, 0.03, 260))
_CLOTHS = ((0.60, 0.17, 25), (0.58, 0.12, 155), (0.56, 0.12, 250), (0.78, 0.14, 80), (0.64, 0.14, 350))


def shops(canvas: Canvas, setting: Setting) -> Ground:
    """Shops with awnings on both sides of a street that leads to a clock tower."""
    palette, view = setting.palette, _view(canvas, 0.55, 0.59)
    _sky(canvas, setting, view)
    half = _half_width(canvas, 4.6)
    clock_tower(canvas, palette, view.x, view.horizon + 4, canvas.short * 0.27, 0.45)
    _pavement(canvas, palette, view, half, 1.7, cobbled=False)
    kinds = _fronts(canvas, 3, ("shop",), ("flat", "flat", "mansard"), 2)
    depths = _walls(canvas, palette, view, half, kinds, 70.0)
    _shade_side(canvas, palette, view, half)
    _bright_fronts(canvas, palette, view, half, depths)
    rng = canvas.stream("awnings")
    for side, spans in depths.items():
        for near, far in spans:
            if far < 45 and rng.random() < 0.75:
                cloth = _CLOTHS[int(rng.integers(len(_CLOTHS)))]
                awning(canvas, palette, view, side, half, (far - 0.4, near + 0.4), cloth)
    for away in (34.0, 22.0, 14.0, 8.6):
        for side in (-1, 1):
            street_lamp(canvas, palette, view, side * (half - 1.5), away + (2 if side > 0 else 0), 3.9)
    for away in (27.0, 17.0, 10.8):
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
    _finish(canvas, setting, view, half)
    return _ground(canvas, palette, view)


def lane(canvas: Canvas, setting: Setting) -> Ground:
    """A narrow cobbled lane of gabled houses with shutters, flowers and lanterns."""
    palette, view = setting.palette, _view(canvas, 0.52, 0.56)
    _sky(canvas, setting, view)
    half = _half_width(canvas, 2.7)
    clock_tower(canvas, palette, view.x, view.horizon + 4, canvas.short * 0.20, 0.5)
    _pavement(canvas, palette, view, half, 0.0, cobbled=True)
    kinds = _fronts(canvas, 3, ("door", "door", "shop"), ("mansard", "flat"), 2, shutters=True)
    depths = _walls(canvas, palette, view, half, kinds, 42.0, width_m=(3.6, 5.2))
    _shade_side(canvas, palette, view, half)
    _bright_fronts(canvas, palette, view, half, depths)
    for k, away in enumerate((20.0, 12.5, 8.0, 5.4)):
        side = -1 if k % 2 else 1
        _wall_lantern(canvas, palette, view, side * half, away)
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
    _finish(canvas, setting, view, half)
    return _ground(canvas, palette, view)


def boulevard(canvas: Canvas, setting: Setting) -> Ground:
    """A wide avenue between two rows of trees, with tall houses behind them."""
    palette, view = setting.palette, _view(canvas, 0.56, 0.60)
    _sky(canvas, setting, view)
    half = _half_width(canvas, 9.5)
    _triumphal_arch(canvas, palette, view)
    _pavement(canvas, palette, view, half, 4.4, cobbled=False)
    kinds = _fronts(canvas, 5, ("shop", "plain"), ("mansard",), 3)
    depths = _walls(canvas, palette, view, half, kinds, 120.0, width_m=(8, 12))
    _bright_fronts(canvas, palette, view, half, depths)
    for away in (70.0, 52.0, 39.0, 29.0, 21.5, 16.0, 11.8):
        for side in (-1, 1):
            right = side * (half - 3.4)
            x, y = view.at(right, 0, away)
            tree_rng = canvas.stream(f"avenue{away}{side}")
            street_tree(canvas, palette, x, y, view.scale(away) * 6.4, tree_rng, min(0.5, away / 120))
            if away in (39.0, 21.5, 11.8):
                street_lamp(canvas, palette, view, side * (half - 4.6), away * 0.92, 4.4)
    _finish(canvas, setting, view, half)
    return _ground(canvas, palette, view)


def crossing(canvas: Canvas, setting: Setting) -> Ground:
    """A row of gabled houses seen from across the road, with a zebra crossing."""
    palette, view = setting.palette, _view(canvas, 0.575, 0.60)
    _sky(canvas, setting, view)
    away = 17.5
    foot = view.at(0, 0, away)[1]
    scale = view.scale(away)
    _skyline_behind(canvas, palette, view.horizon)
    ground = mix(_stones(palette, False)[0], palette.dark, 0.05)
    canvas.fill(box(0, foot - 2, canvas.width, canvas.height), ground, mix(ground, palette.dark, 0.12))
    rng = canvas.stream("terrace")
    x = -float(rng.uniform(0.1, 0.9)) * 5 * scale
    kinds = _fronts(canvas, 3, ("shop", "door", "shop"), ("gable", "steps", "mansard", "flat"), 2)
    number = 0
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
            canvas.glow(x + wide / 2, foot - scale * 1.2, wide * 0.75, GLOW, 0.35)
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
            lamp_post(canvas, palette, px, foot + scale * 0.35, scale * 4.0)
    _finish(canvas, setting, view, 1e6)
    return _ground(canvas, palette, view)


def _view(canvas: Canvas, low: float, high: float) -> View:
    """The eye of somebody small in the middle of the road."""
    x = canvas.width * (0.5 + vary(canvas, -0.05, 0.05, "vanishing"))
    return View(x, canvas.height * vary(canvas, low, high), canvas.short * 0.95, _EYE_M)


def _half_width(canvas: Canvas, half_m: float) -> float:
    """Half the width of the street: wider in wide pictures, so that it still has an end."""
    return half_m * max(1.0, canvas.width / canvas.short) ** 0.8


def _sky(canvas: Canvas, setting: Setting, view: View) -> None:
    sun = sun_at(canvas, setting.palette, view.horizon * 0.75)
    sky(canvas, setting.palette, int(view.horizon) + 6, sun, vary(canvas, 0.3, 0.6, "cloudiness"))


class _Fronts:
    """Draws house fronts of one kind of street at random."""

    def __init__(
        self, storeys: int, grounds: tuple[str, ...], roofs: tuple[str, ...], least: int, shutters: bool
    ) -> None:
        self._storeys, self._grounds, self._roofs, self._least, self._shutters = (
            storeys,
            grounds,
            roofs,
            least,
            shutters,
        )

    def __call__(self, rng: Rng, width_m: float | None = None) -> Facade:
        def pick(table: tuple[tuple[float, float, float], ...]) -> tuple[float, float, float]:
            return table[int(rng.integers(len(table)))]

        wide = float(rng.uniform(4.6, 6.4)) if width_m is None else width_m
        return Facade(
            wide,
            int(rng.integers(self._least, self._storeys + 1)),
            pick(_WALLS),
            pick(_TRIMS),
            pick(_WOODS),
            self._grounds[int(rng.integers(len(self._grounds)))],
            self._roofs[int(rng.integers(len(self._roofs)))],
            pick(_TILES),
            self._shutters or bool(rng.random() < 0.2),
            bool(rng.random() < (0.8 if self._shutters else 0.35)),
        )


def _fronts(
    canvas: Canvas,
    storeys: int,
    grounds: tuple[str, ...],
    roofs: tuple[str, ...],
    least: int,
    shutters: bool = False,
) -> _Fronts:
    return _Fronts(storeys, grounds, roofs, least, shutters)


def _walls(
    canvas: Canvas,
    palette: Palette,
    view: View,
    half: float,
    kinds: _Fronts,
    end: float,
    width_m: tuple[float, float] = (4.8, 7.0),
) -> dict[int, list[tuple[float, float]]]:
    """Both sides of the street, far houses first; returns the (near, far) metres of each house by side."""
    spans: dict[int, list[tuple[float, float]]] = {}
    for side in (-1, 1):
        rng = canvas.stream(f"plots{side}")
        reach = view.x if side < 0 else canvas.width - view.x
        away, houses = view.focal * half / max(1.0, reach) * 0.90, []
        away = max(away, 0.6)
        while away < end and len(houses) < 14:
            wide = float(rng.uniform(*width_m)) * max(1.0, half / 9.5 if width_m[0] < 8 else 1.0)
            houses.append((away, away + wide))
            away += wide
        spans[side] = houses
        sunny = sun_side(canvas) != side
        for number in range(len(houses) - 1, -1, -1):
            _house(canvas, palette, view, (side, half), houses[number], kinds, number, 0.95 if sunny else 0.5)
    return spans


def _house(
    canvas: Canvas,
    palette: Palette,
    view: View,
    wall: tuple[int, float],
    span: tuple[float, float],
    kinds: _Fronts,
    number: int,
    lit: float,
) -> None:
    """One front along the street, its far end hazed."""
    side, half = wall
    near, far = span
    facade = kinds(canvas.stream(f"house{side}{number}"), far - near)
    right = side * half
    ends = (near, far) if side < 0 else (far, near)
    top, foot = facade.height_m, 0.0
    corners = [
        view.at(right, top, ends[0]),
        view.at(right, top, ends[1]),
        view.at(right, foot, ends[1]),
        view.at(right, foot, ends[0]),
    ]
    across = min(60.0, max(2.0, abs(corners[1][0] - corners[0][0]) / facade.width_m * 1.25))
    upright = min(64.0, max(3.0, view.scale(near) * 1.05))
    sheet = front(facade, palette, lit, across, upright, canvas.stream(f"front{side}{number}"))
    haze = float(np.clip((near - 12) / 90, 0, 0.55))
    if haze > 0.02:
        sheet.pixels[:] = np.clip(sheet.pixels + (floats(palette.haze) - sheet.pixels) * haze, 0, 255)
    lay(canvas, sheet.pixels, sheet.alpha, corners)


def _stones(palette: Palette, cobbled: bool) -> tuple[Rgb, Rgb]:
    """Pavement and road."""
    if palette.snowy:
        return palette.lit(lch(0.95, 0.01, 240), 0.9), palette.lit(lch(0.88, 0.015, 250), 0.75)
    walk = palette.lit(lch(0.80, 0.03, 75), 0.8)
    return walk, palette.lit(lch(0.68, 0.035, 65) if cobbled else lch(0.56, 0.015, 265), 0.75)


def _pavement(
    canvas: Canvas, palette: Palette, view: View, half: float, walk_m: float, cobbled: bool
) -> None:
    """Road and pavements from the end of the street to the lower edge."""
    walk, road = _stones(palette, cobbled)
    bottom, top = canvas.height, int(view.horizon)
    near, far = view.away_of(bottom) * 0.98, 400.0
    canvas.fill(box(0, top, canvas.width, bottom), mix(walk, palette.haze, 0.35), walk)
    kerb = half - walk_m
    shape = [view.at(-kerb, 0, far), view.at(kerb, 0, far), view.at(kerb, 0, near), view.at(-kerb, 0, near)]
    canvas.fill(shape, mix(road, palette.haze, 0.35), mix(road, palette.dark, 0.10), span=(top, bottom))
    brushwork(canvas, top + 3, bottom, "road-brush", 0.05, 0, 1000)
    if cobbled:
        _cobbles(canvas, palette, view, half, mix(road, palette.dark, 0.22))
        return
    _slabs(canvas, view, kerb, half, mix(walk, palette.dark, 0.22))
    for side in (-1, 1):
        for inner, tone in ((0.16, mix(walk, palette.dark, 0.35)), (0.08, mix(walk, WHITE, 0.3))):
            a, b = side * (kerb + inner), side * (kerb + inner - 0.10)
            canvas.polygon(
                [view.at(a, 0, far), view.at(b, 0, far), view.at(b, 0, near), view.at(a, 0, near)], tone
            )
    if half > 6 and not palette.snowy:
        _lane_marks(canvas, view, near, mix(road, WHITE, 0.6))


def _slabs(canvas: Canvas, view: View, kerb: float, half: float, color: Rgb) -> None:
    """Joints of the pavement."""
    for away in np.geomspace(view.away_of(canvas.height), 40, 24).tolist():
        for side in (-1, 1):
            canvas.line(
                [view.at(side * (kerb + 0.2), 0, away), view.at(side * half, 0, away)],
                color,
                max(1.0, view.scale(away) * 0.012),
            )


def _cobbles(canvas: Canvas, palette: Palette, view: View, half: float, color: Rgb) -> None:
    """Rows of cobbles, bent a little towards the gutter in the middle."""
    rng = canvas.stream("cobbles")
    for away in np.geomspace(view.away_of(canvas.height), 26, 34).tolist():
        right = np.linspace(-half, half, 15)
        row = [view.at(float(r), 0, away * (1 + 0.03 * (1 - (float(r) / half) ** 2))) for r in right]
        thin = max(1.0, view.scale(away) * 0.014)
        canvas.line(row, color, thin)
        if away < 14:
            step = 0.34
            for r in np.arange(-half + float(rng.random()) * step, half, step):
                canvas.line([view.at(float(r), 0, away), view.at(float(r), 0, away * 1.085)], color, thin)


def _lane_marks(canvas: Canvas, view: View, near: float, color: Rgb) -> None:
    for k in range(14):
        a, b = near + 3.6 * k, near + 3.6 * k + 1.7
        canvas.polygon(
            [view.at(-0.09, 0, b), view.at(0.09, 0, b), view.at(0.09, 0, a), view.at(-0.09, 0, a)], color
        )


def _shade_side(canvas: Canvas, palette: Palette, view: View, half: float) -> None:
    """The shadow of the houses on the sun's side."""
    if palette.time == "night" or after_dark(palette):
        return
    side, near = sun_side(canvas), view.away_of(canvas.height) * 0.9
    shape = [
        view.at(side * half, 0, 200),
        view.at(side * half * 0.30, 0, 200),
        view.at(side * half * 0.30, 0, near),
        view.at(side * half, 0, near),
    ]
    canvas.fill(shape, mix(palette.dark, palette.zenith, 0.45), alpha=0.30, blur=4 * canvas.unit)


def _bright_fronts(
    canvas: Canvas, palette: Palette, view: View, half: float, spans: dict[int, list[tuple[float, float]]]
) -> None:
    """Light that falls from shops onto the pavement after dark."""
    if not after_dark(palette):
        return
    for side, houses in spans.items():
        for near, far in houses:
            middle = (near + far) / 2
            x, y = view.at(side * (half - 0.5), 0.6, middle)
            canvas.glow(x, y, view.scale(middle) * 3.2, GLOW, 0.42)


def _wall_lantern(canvas: Canvas, palette: Palette, view: View, right: float, away: float) -> None:
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
    if after_dark(palette):
        canvas.glow(x, y - m * 0.15, m * 2.4, GLOW, 0.7)


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
    walk, road = _stones(palette, False)
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


def _finish(canvas: Canvas, setting: Setting, view: View, half: float) -> None:
    """Rain on the ground, if there is any."""
    if setting.weather in ("rain", "storm"):
        puddles(canvas, setting.palette, view, half, 0.42)


def puddles(canvas: Canvas, palette: Palette, view: View, half: float, share: float) -> None:
    """Mirror the street in its wet ground, most in puddles."""
    columns = np.abs(np.arange(canvas.width, dtype=np.float32) - np.float32(view.x))
    base = np.maximum(view.horizon + columns * np.float32(view.eye / half), view.horizon + 2)
    base = floats(np.minimum(base, canvas.height))
    small = max(canvas.height // 4, 4), max(canvas.width // 4, 4)
    noise = fbm(small[1], small[0], 4, 16, canvas.stream("puddles"), 4)
    big = resize(noise, canvas.width, canvas.height)
    wetness = share * (0.55 + 0.75 * smoothstep(0.42, 0.60, big))
    wet(canvas, base, floats(np.clip(wetness, 0, 1)), palette.zenith, _ripple(canvas, big))


def _ripple(canvas: Canvas, noise: Floats) -> Floats:
    return floats((noise - 0.5) * 14 * canvas.unit)


def _ground(canvas: Canvas, palette: Palette, view: View) -> Ground:
    deep = canvas.height - view.horizon
    surface: Surface = "snow" if palette.snowy else "floor"
    stand = (view.horizon + deep * 0.38, view.horizon + deep * 0.90)
    return Ground(surface, view.horizon, stand, light_of(canvas, palette))


LAYOUTS = (shops, crossing, lane, boulevard)
