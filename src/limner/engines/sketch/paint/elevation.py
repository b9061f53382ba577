"""The drawing board of a house front: its measures, its flat picture in metres, its windows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from limner.engines.sketch.paint.curves import ellipse
from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.paint.palette import Lch, Palette, lch, mix
from limner.engines.sketch.paint.raster import Floats, Pixels, Rgb, draw_line, draw_polygon, floats

STOREY_M, GROUND_M = 3.0, 3.5
_LAMPS = (lch(0.90, 0.10, 82), lch(0.84, 0.13, 70), lch(0.94, 0.06, 95), lch(0.80, 0.11, 58))
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
