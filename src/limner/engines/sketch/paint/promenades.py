"""Where one stands above a city: a promenade by the water, a terrace on a roof."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import box
from limner.engines.sketch.paint.land import brushwork
from limner.engines.sketch.paint.palette import WHITE, Palette, lch, mix
from limner.engines.sketch.paint.raster import Rgb
from limner.engines.sketch.paint.streetware import Spot, lamp_post, pot


def promenade(canvas: Canvas, palette: Palette, top: float) -> list[Spot]:
    """A paved walk with a railing and lamps, from row top down; returns their lights after dark."""
    width, height, short = canvas.width, canvas.height, canvas.short
    stone = palette.lit(lch(0.95, 0.01, 240) if palette.snowy else lch(0.78, 0.03, 75), 0.85)
    canvas.fill(box(0, top, width, height), mix(stone, palette.haze, 0.15), mix(stone, palette.dark, 0.2))
    for t in (0.16, 0.42, 0.78):
        y = top + (height - top) * t
        canvas.line([(0, y), (width, y)], mix(stone, palette.dark, 0.22), (1 + t) * canvas.unit)
    _joints(canvas, top, 0.17, 0.86, mix(stone, palette.dark, 0.2), canvas.unit)
    brushwork(canvas, top + 2, height, "promenade-brush", 0.05, 0, 500)
    _railing(canvas, top, mix(palette.dark, palette.middle, 0.18))
    canvas.polygon(box(0, top - short * 0.004, width, top + short * 0.008), mix(stone, WHITE, 0.25))
    spots: list[Spot] = []
    for x in (np.arange(0.11, 1.0, 0.39 * max(short / width, 0.2)) * width).tolist():
        spots += lamp_post(canvas, palette, x, top + short * 0.012, short * 0.23)
    return spots


def _railing(canvas: Canvas, top: float, iron: Rgb) -> None:
    width, short = canvas.width, canvas.short
    for rise, thick in ((0.055, 4), (0.030, 2)):
        y = top - short * rise
        canvas.line([(0, y), (width, y)], iron, thick * canvas.unit)
    for x in (np.arange(0.0, 1.02, 0.075 * max(short / width, 0.2)) * width).tolist():
        canvas.line([(x, top - short * 0.056), (x, top + 3)], iron, 3 * canvas.unit)


def roof_terrace(canvas: Canvas, palette: Palette, top: float) -> None:
    """A flat roof with a parapet, planks and pots, from row top down."""
    width, height, short = canvas.width, canvas.height, canvas.short
    wood = palette.lit(lch(0.95, 0.01, 240) if palette.snowy else lch(0.62, 0.06, 60), 0.8)
    wall = palette.local(0.82, 0.04, 60, 0.7)
    canvas.fill(box(0, top - short * 0.075, width, top + 2), wall, mix(wall, palette.dark, 0.25))
    canvas.polygon(box(0, top - short * 0.088, width, top - short * 0.068), mix(wall, WHITE, 0.2))
    canvas.fill(box(0, top, width, height), mix(wood, palette.dark, 0.15), wood)
    _joints(canvas, top, 0.11, 0.80, mix(wood, palette.dark, 0.3), 1.6 * canvas.unit)
    brushwork(canvas, top + 2, height, "terrace-brush", 0.04, 90, 300)
    rng = canvas.stream("pots")
    for x in (0.06, 0.13, 0.88, 0.95):
        pot(canvas, palette, width * x, top + short * 0.03, short * float(rng.uniform(0.12, 0.17)), rng)


def _joints(canvas: Canvas, top: float, step: float, narrow: float, color: Rgb, width_px: float) -> None:
    """Lines between slabs or planks, step apart at the lower edge, narrow of that on row top."""
    width, height = canvas.width, canvas.height
    for x in np.arange(-1.0, 2.0, step * max(canvas.short / width, 0.2)):
        canvas.line([(width * (0.5 + (x - 0.5) * narrow), top), (width * x, height)], color, width_px)
