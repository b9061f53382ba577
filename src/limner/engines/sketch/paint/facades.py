"""House fronts seen straight on, painted flat in metres: walls, windows, shops, roofs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from limner.engines.sketch.paint.curves import ellipse
from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.paint.palette import WHITE, Lch, Palette, lch, mix
from limner.engines.sketch.paint.raster import Floats, Pixels, Rgb, draw_line, draw_polygon, floats

STOREY_M, GROUND_M = 3.0, 3.5
_LAMPS = (lch(0.90, 0.10, 82), lch(0.84, 0.13, 70), lch(0.94, 0.06, 95), lch(0.80, 0.11, 58))
_GOODS = (
    (0.70, 0.16, 25),
    (0.80, 0.14, 85),
    (0.66, 0.12, 150),
    (0.64, 0.12, 255),
    (0.76, 0.12, 340),
    (0.86, 0.06, 70),
)
_BLOOMS = ((0.68, 0.20, 15), (0.80, 0.13, 350), (0.86, 0.15, 90), (0.66, 0.16, 320))
LIT_SHARE = {"dawn": 0.35, "day": 0.0, "dusk": 0.55, "night": 0.66}
"""How many windows have a light at each hour."""
_FINE_PX = 15.0


@dataclass(frozen=True, slots=True)
class Facade:
    """One house front. ground: shop, door or plain. roof: flat, gable, steps or mansard.

    wall, trim, shop: OKLCH of the walls, of frames and cornices, of the woodwork below.
    """

    width_m: float
    storeys: int
    wall: Lch
    trim: Lch
    shop: Lch
    ground: str = "shop"
    roof: str = "flat"
    tile: Lch = (0.50, 0.10, 35)
    shutters: bool = False
    flowers: bool = False

    @property
    def wall_m(self) -> float:
        """Height of the wall, without its roof."""
        return GROUND_M + STOREY_M * (self.storeys - 1)

    @property
    def height_m(self) -> float:
        """Height with the roof."""
        rise = {
            "flat": 0.7,
            "gable": self.width_m * 0.46 + 0.3,
            "steps": self.width_m * 0.42 + 0.3,
            "mansard": 2.9,
        }
        return self.wall_m + rise[self.roof]


class Sheet:
    """A flat picture in metres: x from the left, y up from the ground. alpha: where there is house."""

    def __init__(self, facade: Facade, palette: Palette, lit: float, across: float, upright: float) -> None:
        """across, upright: pixels per metre along x and y; lit: 0 in shade, 1 in the sun."""
        self.facade, self.palette, self.light = facade, palette, lit
        self.across, self.upright = across, upright
        self.height = max(4, round(facade.height_m * upright))
        width = max(4, round(facade.width_m * across))
        self.pixels: Pixels = np.zeros((self.height, width, 3), np.uint8)
        self.alpha: Pixels = np.full((self.height, width), 255, np.uint8)
        self._colors: dict[tuple[Lch, float], Rgb] = {}

    def points(self, points: ArrayLike) -> Floats:
        """Metres to pixels."""
        scale = np.array([self.across, -self.upright], np.float32)
        return floats(np.asarray(points, np.float32) * scale + np.array([0, self.height], np.float32))

    def polygon(self, points: ArrayLike, color: Rgb) -> None:
        draw_polygon(self.pixels, self.points(points), color)

    def box(self, x0: float, y0: float, x1: float, y1: float, color: Rgb) -> None:
        """Fill whole pixels: a front is warped afterwards, and that smooths its edges."""
        left, right = round(x0 * self.across), round(x1 * self.across)
        top, bottom = round(self.height - y1 * self.upright), round(self.height - y0 * self.upright)
        rows = slice(max(0, top), max(0, bottom, top + 1))
        self.pixels[rows, max(0, left) : max(0, right, left + 1)] = color

    def line(self, points: ArrayLike, color: Rgb, width_m: float) -> None:
        draw_line(self.pixels, self.points(points), color, width_m * self.upright)

    def local(self, color: Lch, shift: float = 0.0) -> Rgb:
        """An OKLCH colour in the light that falls on this front."""
        known = self._colors.get((color, shift))
        if known is None:
            lightness = min(1.0, max(0.0, color[0] + shift))
            known = self._colors[color, shift] = self.palette.local(lightness, color[1], color[2], self.light)
        return known

    @property
    def fine(self) -> bool:
        """Whether there are pixels for glazing bars and panels."""
        return self.upright > _FINE_PX and self.across > _FINE_PX / 2


def front(facade: Facade, palette: Palette, lit: float, across: float, upright: float, rng: Rng) -> Sheet:
    """The front as a picture of across by upright pixels per metre; lit: 0 in shade, 1 in the sun."""
    sheet = Sheet(facade, palette, lit, across, upright)
    _wall(sheet, rng)
    _storeys(sheet, rng)
    _GROUNDS[facade.ground](sheet, rng)
    _ROOFS[facade.roof](sheet, rng)
    return sheet


def _wall(sheet: Sheet, rng: Rng) -> None:
    """Plaster from light above to dim below, with a few strokes of its own colour."""
    facade, rows = sheet.facade, sheet.height
    wall = sheet.local(facade.wall)
    t = np.linspace(1.05, 0.88, rows, dtype=np.float32)[:, None, None]
    sheet.pixels[:] = np.clip(floats(wall) * t, 0, 255).astype(np.uint8)
    for _ in range(12 if sheet.fine else 0):
        x, y = float(rng.random()) * facade.width_m, float(rng.random()) * facade.height_m
        tone = mix(wall, WHITE if rng.random() < 0.5 else sheet.palette.dark, float(rng.uniform(0.03, 0.09)))
        sheet.line(
            [(x, y), (x + float(rng.uniform(0.3, 1.2)), y + 0.03)], tone, float(rng.uniform(0.06, 0.16))
        )
    edge = mix(wall, sheet.palette.dark, 0.28)
    sheet.box(0, 0, 0.07, facade.wall_m, edge)
    sheet.box(facade.width_m - 0.07, 0, facade.width_m, facade.wall_m, edge)


def _storeys(sheet: Sheet, rng: Rng) -> None:
    """Rows of windows and the ledges between them."""
    facade = sheet.facade
    trim = sheet.local(facade.trim)
    count = max(1, round(facade.width_m / 2.0))
    step = facade.width_m / count
    wide, tall = min(1.05, step * 0.52), float(rng.choice([1.55, 1.75, 1.9]))
    arched = bool(rng.random() < 0.25)
    for storey in range(1, facade.storeys):
        foot = GROUND_M + STOREY_M * (storey - 1)
        sheet.box(0, foot - 0.10, facade.width_m, foot + 0.08, trim)
        sheet.box(0, foot - 0.16, facade.width_m, foot - 0.10, mix(trim, sheet.palette.dark, 0.35))
        for i in range(count):
            middle = step * (i + 0.5)
            window(sheet, middle - wide / 2, foot + 0.75, wide, tall, rng, arched)
    top = facade.wall_m
    sheet.box(-0.1, top - 0.22, facade.width_m + 0.1, top, trim)
    sheet.box(-0.1, top - 0.30, facade.width_m + 0.1, top - 0.22, mix(trim, sheet.palette.dark, 0.4))


def pane_color(sheet: Sheet, rng: Rng) -> tuple[Rgb, bool]:
    """The colour behind a window, and whether a light is on."""
    palette = sheet.palette
    if rng.random() < LIT_SHARE[palette.time]:
        return _LAMPS[int(rng.integers(len(_LAMPS)))], True
    glass = mix(palette.middle, palette.dark, 0.45 if palette.time == "day" else 0.55)
    return mix(glass, palette.dark, float(rng.uniform(0.0, 0.25))), False


def window(
    sheet: Sheet, x: float, y: float, wide: float, tall: float, rng: Rng, arched: bool = False
) -> None:
    """A window whose lower left corner is at (x, y)."""
    facade, palette = sheet.facade, sheet.palette
    trim = sheet.local(facade.trim, 0.02)
    if not sheet.fine:
        sheet.box(x - 0.10, y - 0.10, x + wide + 0.10, y + tall + 0.10, trim)
        sheet.box(x, y, x + wide, y + tall, pane_color(sheet, rng)[0])
        if facade.shutters:
            _shutters(sheet, x, y, wide, tall)
        return
    shade = mix(sheet.local(facade.wall), palette.dark, 0.35)
    sheet.box(x - 0.10, y - 0.14, x + wide + 0.14, y + tall + 0.08, shade)
    sheet.box(x - 0.10, y - 0.08, x + wide + 0.10, y + tall + 0.10, trim)
    glass, lit = pane_color(sheet, rng)
    sheet.box(x, y, x + wide, y + tall, glass)
    if arched:
        sheet.polygon(ellipse(x + wide / 2, y + tall, wide / 2 + 0.10, 0.30, 0, 24), trim)
        sheet.polygon(ellipse(x + wide / 2, y + tall - 0.02, wide / 2, 0.22, 0, 24), glass)
    if lit:
        sheet.box(x, y, x + wide * 0.22, y + tall, mix(glass, lch(0.6, 0.12, 40), 0.35))
        sheet.box(x + wide * 0.78, y, x + wide, y + tall, mix(glass, lch(0.6, 0.12, 40), 0.35))
    else:
        sheet.polygon(
            [(x, y + tall), (x + wide * 0.75, y + tall), (x, y + tall * 0.35)],
            mix(glass, palette.horizon, 0.30),
        )
    sheet.box(x + wide / 2 - 0.035, y, x + wide / 2 + 0.035, y + tall, trim)
    sheet.box(x, y + tall * 0.60, x + wide, y + tall * 0.60 + 0.06, trim)
    sheet.box(x - 0.16, y - 0.16, x + wide + 0.16, y - 0.05, trim)
    if facade.shutters:
        _shutters(sheet, x, y, wide, tall)
    if facade.flowers and rng.random() < 0.75:
        _flower_box(sheet, x, y, wide, rng)
    if palette.snowy:
        sheet.box(x - 0.18, y - 0.08, x + wide + 0.18, y + 0.05, palette.lit(lch(0.96, 0.01, 240), 0.9))


def _shutters(sheet: Sheet, x: float, y: float, wide: float, tall: float) -> None:
    color = sheet.local(sheet.facade.shop)
    leaf = wide * 0.42
    for left in (x - leaf - 0.08, x + wide + 0.08):
        sheet.box(left, y - 0.05, left + leaf, y + tall + 0.05, color)
        for k in range(4 if sheet.fine else 0):
            low = y + tall * (0.06 + 0.25 * k)
            sheet.box(
                left + leaf * 0.15,
                low,
                left + leaf * 0.85,
                low + tall * 0.10,
                mix(color, sheet.palette.dark, 0.3),
            )


def _flower_box(sheet: Sheet, x: float, y: float, wide: float, rng: Rng) -> None:
    sheet.box(
        x - 0.05,
        y - 0.30,
        x + wide + 0.05,
        y - 0.06,
        mix(sheet.local(sheet.facade.shop), sheet.palette.dark, 0.2),
    )
    bloom = _BLOOMS[int(rng.integers(len(_BLOOMS)))]
    for k in range(9):
        px, py = x + wide * float(rng.random()), y - 0.04 + 0.16 * float(rng.random())
        green = mix(sheet.palette.leaf(0.3, 0.6), sheet.palette.leaf(0.9, 0.9), float(rng.random()))
        color = green if k < 4 else sheet.local(bloom)
        sheet.box(px - 0.10, py - 0.09, px + 0.10, py + 0.09, color)


def _shop(sheet: Sheet, rng: Rng) -> None:
    """A shop: sign board, display windows with goods, a glazed door."""
    facade, palette = sheet.facade, sheet.palette
    wood = sheet.local(facade.shop)
    dark, light = mix(wood, palette.dark, 0.40), mix(wood, WHITE, 0.25)
    width = facade.width_m
    sheet.box(0.15, 0, width - 0.15, GROUND_M - 0.18, wood)
    sheet.box(0.10, 2.62, width - 0.10, 3.22, dark)
    sheet.box(0.18, 2.70, width - 0.18, 3.14, mix(wood, palette.dark, 0.12))
    for k in range(int(width * 1.1) if sheet.fine else 0):
        x = 0.7 + k * (width - 1.4) / max(1, int(width * 1.1) - 1)
        sheet.box(x - 0.14, 2.84, x + 0.14, 3.00, mix(light, lch(0.88, 0.11, 85), 0.5))
    door_x = float(rng.choice([0.35, width - 1.45, width / 2 - 0.55]))
    shown = LIT_SHARE[palette.time] > 0
    inside = lch(0.88, 0.10, 80) if shown else mix(palette.middle, palette.dark, 0.5)
    for x0, x1 in _gaps(width, door_x):
        _display(sheet, x0, x1, inside, rng)
    sheet.box(door_x, 0.05, door_x + 1.1, 2.45, dark)
    sheet.box(door_x + 0.16, 0.75, door_x + 0.94, 2.28, mix(inside, palette.dark, 0.12))
    sheet.box(door_x + 0.84, 1.05, door_x + 0.92, 1.30, lch(0.85, 0.10, 85))


def _gaps(width: float, door_x: float) -> list[tuple[float, float]]:
    """What is left for display windows beside a door at door_x."""
    spans = [(0.35, door_x - 0.15), (door_x + 1.25, width - 0.35)]
    return [(a, b) for a, b in spans if b - a > 0.7]


def _display(sheet: Sheet, x0: float, x1: float, inside: Rgb, rng: Rng) -> None:
    frame = mix(sheet.local(sheet.facade.shop), WHITE, 0.35)
    sheet.box(x0, 0.55, x1, 2.48, frame)
    sheet.box(x0 + 0.08, 0.63, x1 - 0.08, 2.40, inside)
    sheet.polygon(
        [(x0 + 0.08, 2.40), (x0 + (x1 - x0) * 0.55, 2.40), (x0 + 0.08, 1.2)], mix(inside, WHITE, 0.22)
    )
    x = x0 + 0.28 if sheet.fine else x1
    while x < x1 - 0.25:
        color = sheet.local(_GOODS[int(rng.integers(len(_GOODS)))])
        tall, half = float(rng.uniform(0.25, 0.75)), float(rng.uniform(0.08, 0.18))
        if rng.random() < 0.5:
            sheet.box(x - half, 0.63, x + half, 0.63 + tall, color)
        else:
            sheet.polygon(ellipse(x, 0.63 + half, half, half, 0, 16), color)
        x += half * 2 + float(rng.uniform(0.10, 0.3))
    if x1 - x0 > 1.8:
        sheet.box((x0 + x1) / 2 - 0.04, 0.63, (x0 + x1) / 2 + 0.04, 2.40, frame)


def _door(sheet: Sheet, rng: Rng) -> None:
    """A dwelling: a panelled door with steps, windows beside it."""
    facade, palette = sheet.facade, sheet.palette
    sheet.box(0, 0, facade.width_m, 0.55, mix(sheet.local(facade.wall), palette.dark, 0.30))
    x = facade.width_m * float(rng.choice([0.24, 0.5, 0.76])) - 0.6
    trim, wood = sheet.local(facade.trim), sheet.local(facade.shop)
    sheet.box(x - 0.15, 0, x + 1.35, 2.75, trim)
    sheet.polygon(ellipse(x + 0.6, 2.62, 0.75, 0.42, 0, 24), trim)
    sheet.box(x, 0.15, x + 1.2, 2.35, wood)
    sheet.polygon(ellipse(x + 0.6, 2.42, 0.58, 0.30, 0, 24), pane_color(sheet, rng)[0])
    for px in (x + 0.12, x + 0.66):
        for py in (0.35, 1.25):
            sheet.box(px, py, px + 0.42, py + 0.75, mix(wood, palette.dark, 0.28))
    sheet.box(x + 1.02, 1.10, x + 1.10, 1.22, lch(0.85, 0.10, 85))
    sheet.box(x - 0.25, 0, x + 1.45, 0.15, mix(trim, palette.dark, 0.2))
    for at in (facade.width_m * 0.2, facade.width_m * 0.5, facade.width_m * 0.8):
        if abs(at - x - 0.6) > 1.35 and at > 0.7 and at < facade.width_m - 0.7:
            window(sheet, at - 0.45, 0.95, 0.9, 1.5, rng)


def _plain(sheet: Sheet, rng: Rng) -> None:
    """Only a plinth."""
    sheet.box(0, 0, sheet.facade.width_m, 0.7, mix(sheet.local(sheet.facade.wall), sheet.palette.dark, 0.25))


def _flat(sheet: Sheet, rng: Rng) -> None:
    """A parapet."""
    facade = sheet.facade
    sheet.box(
        0,
        facade.wall_m,
        facade.width_m,
        facade.height_m,
        mix(sheet.local(facade.trim), sheet.palette.dark, 0.12),
    )
    _cover(sheet, [(0, facade.height_m), (facade.width_m, facade.height_m)])


def _gable(sheet: Sheet, rng: Rng) -> None:
    """A pointed gable with an attic window, tiles along its edges."""
    facade = sheet.facade
    w, low, high = facade.width_m, facade.wall_m, facade.height_m
    _keep(sheet, [(0, low), (w / 2, high), (w, low)])
    window(sheet, w / 2 - 0.4, low + 0.4, 0.8, 1.1, rng)
    tile = sheet.palette.lit(lch(0.95, 0.01, 240), 0.9) if sheet.palette.snowy else sheet.local(facade.tile)
    for x in (0.0, w):
        sheet.polygon([(x, low), (w / 2, high), (w / 2, high - 0.42), (x, low - 0.36)], tile)


def _steps(sheet: Sheet, rng: Rng) -> None:
    """A gable that rises in steps, capped with stone."""
    facade = sheet.facade
    w, low, high = facade.width_m, facade.wall_m, facade.height_m
    rise, run = (high - low) / 4, w / 8.5
    outline: list[tuple[float, float]] = []
    for k in range(4):
        outline += [(run * k, low + rise * k), (run * k, low + rise * (k + 1))]
    outline += [(w - x, y) for x, y in reversed(outline)]
    _keep(sheet, outline)
    cap = sheet.palette.lit(lch(0.95, 0.01, 240), 0.9) if sheet.palette.snowy else sheet.local(facade.trim)
    for k in range(4):
        top = low + rise * (k + 1)
        end = run * (k + 1) + 0.05 if k < 3 else w / 2 + 0.05
        sheet.box(run * k, top - 0.16, end, top, cap)
        sheet.box(w - end, top - 0.16, w - run * k, top, cap)
    window(sheet, w / 2 - 0.4, low + 0.35, 0.8, 1.1, rng)


def _mansard(sheet: Sheet, rng: Rng) -> None:
    """A steep roof with dormers and chimneys."""
    facade, palette = sheet.facade, sheet.palette
    w, low, high = facade.width_m, facade.wall_m, facade.height_m
    slate = palette.lit(lch(0.93, 0.012, 240), 0.85) if palette.snowy else sheet.local(facade.tile)
    _keep(
        sheet,
        [(0, low), (0.35, high - 0.3), (0.35, high), (w - 0.35, high), (w - 0.35, high - 0.3), (w, low)],
    )
    sheet.box(0, low, w, high, slate)
    for k in range(6 if sheet.fine else 0):
        y = low + (high - low) * (k + 1) / 7
        sheet.line([(0, y), (w, y)], mix(slate, palette.dark, 0.18), 0.05)
    sheet.box(0, high - 0.28, w, high - 0.12, mix(slate, palette.dark, 0.3))
    count = max(1, round(w / 2.6))
    for i in range(count):
        x = w * (i + 0.5) / count
        sheet.box(x - 0.62, low + 0.25, x + 0.62, low + 1.85, sheet.local(facade.trim))
        sheet.polygon(
            [(x - 0.78, low + 1.85), (x, low + 2.35), (x + 0.78, low + 1.85)], mix(slate, palette.dark, 0.25)
        )
        window(sheet, x - 0.38, low + 0.42, 0.76, 1.25, rng)


def _keep(sheet: Sheet, outline: list[tuple[float, float]]) -> None:
    """House only below the outline, (x, y) in metres from left to right."""
    sheet.alpha[: max(0, sheet.height - round(sheet.facade.wall_m * sheet.upright))] = 0
    draw_polygon(sheet.alpha, sheet.points(outline), (255,))


def _cover(sheet: Sheet, edge: list[tuple[float, float]]) -> None:
    """Stone, or snow, along the upper edge."""
    palette = sheet.palette
    cap = (
        palette.lit(lch(0.96, 0.01, 240), 0.9)
        if palette.snowy
        else mix(sheet.local(sheet.facade.trim), WHITE, 0.1)
    )
    (x0, y0), (x1, y1) = edge
    sheet.polygon([(x0, y0), (x1, y1), (x1, y1 - 0.22), (x0, y0 - 0.22)], cap)


_GROUNDS = {"shop": _shop, "door": _door, "plain": _plain}
_ROOFS = {"flat": _flat, "gable": _gable, "steps": _steps, "mansard": _mansard}
