"""What every street here has: a view along it, house fronts on both sides, pavement, lights, wet ground."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import box
from limner.engines.sketch.paint.elevation import Facade
from limner.engines.sketch.paint.facades import front
from limner.engines.sketch.paint.land import brushwork
from limner.engines.sketch.paint.noise import Rng, fbm
from limner.engines.sketch.paint.palette import WHITE, Palette, lch, mix
from limner.engines.sketch.paint.perspective import View, lay, wet
from limner.engines.sketch.paint.raster import Floats, Rgb, floats, resize, smoothstep
from limner.engines.sketch.paint.sky import sky
from limner.engines.sketch.paint.streetware import Spot, after_dark, shine
from limner.engines.sketch.scene.places.ground import (
    Ground,
    Setting,
    light_of,
    sun_at,
    sun_side,
    underfoot,
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


def street_view(canvas: Canvas, low: float, high: float) -> View:
    """The eye of somebody small in the middle of the road."""
    x = canvas.width * (0.5 + vary(canvas, -0.05, 0.05, "vanishing"))
    return View(x, canvas.height * vary(canvas, low, high), canvas.short * 0.95, _EYE_M)


def half_width(canvas: Canvas, half_m: float) -> float:
    """Half the width of the street: wider in wide pictures, so that it still has an end."""
    return half_m * float(max(1.0, canvas.width / canvas.short) ** 0.8)


def street_sky(canvas: Canvas, setting: Setting, view: View) -> None:
    sun = sun_at(canvas, setting.palette, view.horizon * 0.75)
    sky(canvas, setting.palette, int(view.horizon) + 6, sun, vary(canvas, 0.3, 0.6, "cloudiness"))


class Fronts:
    """House fronts of one kind of street, drawn at random."""

    def __init__(
        self,
        storeys: int,
        grounds: tuple[str, ...],
        roofs: tuple[str, ...],
        least: int,
        shutters: bool = False,
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


def walls(
    canvas: Canvas,
    palette: Palette,
    view: View,
    half: float,
    kinds: Fronts,
    end: float,
    width_m: tuple[float, float] = (4.8, 7.0),
) -> dict[int, list[tuple[float, float]]]:
    """Both sides of the street, far houses first; returns the (near, far) metres of each house by side."""
    spans: dict[int, list[tuple[float, float]]] = {}
    for side in (-1, 1):
        rng = canvas.stream(f"plots{side}")
        reach = view.x if side < 0 else canvas.width - view.x
        away, houses = view.focal * half / max(1.0, reach) * 0.90, list[tuple[float, float]]()
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
    kinds: Fronts,
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


def stones(palette: Palette, cobbled: bool) -> tuple[Rgb, Rgb]:
    """Pavement and road."""
    if palette.snowy:
        return palette.lit(lch(0.95, 0.01, 240), 0.9), palette.lit(lch(0.88, 0.015, 250), 0.75)
    walk = palette.lit(lch(0.80, 0.03, 75), 0.8)
    return walk, palette.lit(lch(0.68, 0.035, 65) if cobbled else lch(0.56, 0.015, 265), 0.75)


def pavement(canvas: Canvas, palette: Palette, view: View, half: float, walk_m: float, cobbled: bool) -> None:
    """Road and pavements from the end of the street to the lower edge."""
    walk, road = stones(palette, cobbled)
    bottom, top = canvas.height, int(view.horizon)
    near, far = view.away_of(bottom) * 0.98, 400.0
    canvas.polygon(box(0, top, canvas.width, bottom), mix(walk, palette.haze, 0.12))
    kerb = half - walk_m
    shape = [view.at(-kerb, 0, far), view.at(kerb, 0, far), view.at(kerb, 0, near), view.at(-kerb, 0, near)]
    canvas.fill(shape, mix(road, palette.haze, 0.35), mix(road, palette.dark, 0.10), span=(top, bottom))
    brushwork(canvas, top + 3, bottom, "road-brush", 0.05, 0, 1000)
    if cobbled:
        _cobbles(canvas, view, half, mix(road, palette.dark, 0.22))
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


def _cobbles(canvas: Canvas, view: View, half: float, color: Rgb) -> None:
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


def shade_side(canvas: Canvas, palette: Palette, view: View, half: float) -> None:
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


def front_lights(
    palette: Palette, view: View, half: float, spans: dict[int, list[tuple[float, float]]]
) -> list[Spot]:
    """Light that falls from the fronts onto the pavement after dark."""
    if not after_dark(palette):
        return []
    lights = []
    for side, houses in spans.items():
        for near, far in houses:
            middle = (near + far) / 2
            x, y = view.at(side * (half - 0.5), 0.6, middle)
            lights.append((x, y, view.scale(middle) * 3.2, 0.42))
    return lights


def finish(
    canvas: Canvas, setting: Setting, view: View, half: float, lights: list[Spot], foot: float = 0.0
) -> None:
    """The lights of the street, and the wet ground in rain; foot: as in puddles."""
    if lights:
        shine(canvas, lights)
    if setting.weather in ("rain", "storm"):
        puddles(canvas, setting.palette, view, half, 0.42, foot)


def puddles(
    canvas: Canvas, palette: Palette, view: View, half: float, share: float, foot: float = 0.0
) -> None:
    """Mirror the street in its wet ground, most in puddles; foot: row on which fronts across it stand."""
    columns = np.abs(np.arange(canvas.width, dtype=np.float32) - np.float32(view.x))
    base = np.maximum(view.horizon + columns * np.float32(view.eye / half), max(view.horizon + 2, foot))
    base = floats(np.minimum(base, canvas.height))
    small = max(canvas.height // 4, 4), max(canvas.width // 4, 4)
    noise = fbm(small[1], small[0], 4, 16, canvas.stream("puddles"), 4)
    big = resize(noise, canvas.width, canvas.height)
    wetness = share * (0.55 + 0.75 * smoothstep(0.42, 0.60, big))
    wet(canvas, base, floats(np.clip(wetness, 0, 1)), palette.zenith, _ripple(canvas, big))


def _ripple(canvas: Canvas, noise: Floats) -> Floats:
    return floats((noise - 0.5) * 14 * canvas.unit)


def street_ground(canvas: Canvas, palette: Palette, view: View) -> Ground:
    """Figures stand on the road, out to its near half."""
    deep = canvas.height - view.horizon
    stand = (view.horizon + deep * 0.38, view.horizon + deep * 0.90)
    return Ground(underfoot(palette, "floor"), view.horizon, stand, light_of(canvas, palette))
