"""A room: wall, window with the hour's sky, floor boards, rug, lamp and picture."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import box, ellipse
from limner.engines.sketch.paint.flora import crown
from limner.engines.sketch.paint.land import brushwork
from limner.engines.sketch.paint.light import LIGHTS
from limner.engines.sketch.paint.palette import WHITE, Palette, lch, mix, shift
from limner.engines.sketch.paint.raster import Rgb, resize
from limner.engines.sketch.scene.places.ground import Ground, Setting, sun_side, vary

_SCHEMES = (
    ((0.90, 0.030, 85), (0.62, 0.10, 25)),
    ((0.82, 0.050, 190), (0.68, 0.11, 60)),
    ((0.86, 0.045, 35), (0.58, 0.09, 250)),
    ((0.76, 0.055, 150), (0.80, 0.08, 85)),
)


def paint(canvas: Canvas, setting: Setting) -> Ground:
    """Wall, window, floor and furniture."""
    palette = setting.palette
    _short, width, height = canvas.short, canvas.width, canvas.height
    floor = height * vary(canvas, 0.60, 0.66)
    wall_lch, rug_lch = _SCHEMES[int(canvas.stream("scheme").integers(len(_SCHEMES)))]
    lamp_lit = palette.time in ("dusk", "night")
    wall, rug = (_indoors(palette, lch(*c)) for c in (wall_lch, rug_lch))
    canvas.fill(box(0, 0, width, floor), shift(wall, 0.02), shift(wall, -0.04))
    brushwork(canvas, 0, floor, "wall-brush", 0.10, 80, 1000)
    side = sun_side(canvas)
    _window(canvas, palette, width * (0.5 + side * 0.16), floor)
    _floor(canvas, palette, floor)
    canvas.fill(
        ellipse(width / 2, floor + (height - floor) * 0.58, width * 0.42, (height - floor) * 0.34),
        shift(rug, -0.06),
    )
    canvas.fill(
        ellipse(width / 2, floor + (height - floor) * 0.58, width * 0.38, (height - floor) * 0.29),
        shift(rug, 0.06),
        rug,
    )
    brushwork(canvas, floor + 3, height, "floor-brush", 0.06, 1, 900)
    _lamp(canvas, palette, width * (0.5 - side * 0.40), floor + (height - floor) * 0.10, lamp_lit)
    _plant(canvas, palette, width * (0.5 + side * 0.43), floor + (height - floor) * 0.12)
    _picture(canvas, palette, width * (0.5 - side * 0.20), floor * 0.40, rug)
    stand = (floor + (height - floor) * 0.32, height * 0.93)
    return Ground("floor", floor, stand, LIGHTS[palette.time].from_side(side), size=1.05, shadow=0.8)


def _indoors(palette: Palette, color: Rgb) -> Rgb:
    """Surfaces inside keep more of their own colour than those outside."""
    share = {"dawn": 0.35, "day": 0.25, "dusk": 0.45, "night": 0.66}[palette.time]
    return mix(color, palette.lit(color, 0.6), share)


def _window(canvas: Canvas, palette: Palette, x: float, floor: float) -> None:
    short = canvas.short
    half, top, foot = short * 0.21, floor * 0.16, floor * 0.72
    frame = _indoors(palette, lch(0.96, 0.01, 85))
    canvas.fill(
        box(x - half - short * 0.02, top - short * 0.02, x + half + short * 0.02, foot + short * 0.02, 4),
        frame,
        shift(frame, -0.06),
    )
    x0, x1, y0, y1 = (int(v) for v in (max(x - half, 0), min(x + half, canvas.width), top, foot))
    if x1 - x0 < 8 or y1 - y0 < 8:
        return
    view = resize(palette.sky(32)[:, None], x1 - x0, y1 - y0)
    canvas.pixels[y0:y1, x0:x1] = np.clip(view, 0, 255)
    canvas.glow(x + half * 0.4, top + (foot - top) * 0.35, short * 0.10, palette.sun, 0.9)
    hill = [
        (x0, foot - (foot - top) * 0.25),
        (x, foot - (foot - top) * 0.36),
        (x1, foot - (foot - top) * 0.22),
        (x1, foot),
        (x0, foot),
    ]
    canvas.polygon(hill, mix(palette.leaf(0.5, 0.7), palette.haze, 0.3))
    bar = short * 0.006
    for at in (x - half * 0.02, x + half * 0.02):
        canvas.polygon(box(at - bar, top, at + bar, foot), frame)
    middle = (top + foot) / 2
    canvas.polygon(box(x - half, middle - bar, x + half, middle + bar), frame)
    canvas.fill(
        box(x - half - short * 0.04, foot + short * 0.012, x + half + short * 0.04, foot + short * 0.034, 3),
        frame,
        shift(frame, -0.12),
    )


def _floor(canvas: Canvas, palette: Palette, floor: float) -> None:
    width, height, short = canvas.width, canvas.height, canvas.short
    wood = _indoors(palette, lch(0.62, 0.07, 60))
    canvas.fill(box(0, floor, width, height), shift(wood, 0.04), shift(wood, -0.10))
    for t in np.linspace(-1.5, 2.5, 34):
        canvas.line(
            [(width * (0.5 + (t - 0.5) * 0.75), floor), (width * (0.5 + (t - 0.5) * 2.2), height)],
            shift(wood, -0.10),
            1.4 * canvas.unit,
        )
    board = _indoors(palette, lch(0.94, 0.012, 85))
    canvas.fill(box(0, floor - short * 0.03, width, floor), board, shift(board, -0.06))


def _lamp(canvas: Canvas, palette: Palette, x: float, y: float, lit: bool) -> None:
    short = canvas.short
    iron, top = _indoors(palette, lch(0.34, 0.03, 60)), y - short * 0.40
    canvas.fill(ellipse(x, y, short * 0.05, short * 0.012), iron)
    canvas.line([(x, y), (x, top)], iron, 4 * canvas.unit)
    shade = lch(0.94, 0.085, 82) if lit else _indoors(palette, lch(0.92, 0.05, 85))
    cone = [
        (x - short * 0.04, top - short * 0.06),
        (x + short * 0.04, top - short * 0.06),
        (x + short * 0.08, top + short * 0.05),
        (x - short * 0.08, top + short * 0.05),
    ]
    canvas.fill(cone, shade, shift(shade, -0.08))
    if lit:
        for radius, strength in ((0.75, 0.42), (0.36, 0.45), (0.16, 0.5)):
            canvas.glow(x, top, short * radius, lch(0.84, 0.115, 70), strength, 1.9)


def _plant(canvas: Canvas, palette: Palette, x: float, y: float) -> None:
    short = canvas.short
    pot = _indoors(palette, lch(0.62, 0.11, 45))
    rng = canvas.stream("plant")
    greens = tuple(_indoors(palette, lch(level, 0.10, 142)) for level in (0.36, 0.52, 0.68))
    crown(canvas, x, y - short * 0.22, short * 0.11, (greens[0], greens[1], greens[2]), rng, 120)
    rim = [
        (x - short * 0.055, y - short * 0.12),
        (x + short * 0.055, y - short * 0.12),
        (x + short * 0.04, y),
        (x - short * 0.04, y),
    ]
    canvas.fill(rim, shift(pot, 0.05), shift(pot, -0.08), 0)


def _picture(canvas: Canvas, palette: Palette, x: float, y: float, color: Rgb) -> None:
    short = canvas.short
    frame = _indoors(palette, lch(0.42, 0.06, 50))
    canvas.fill(
        box(x - short * 0.075, y - short * 0.095, x + short * 0.075, y + short * 0.095),
        frame,
        shift(frame, -0.05),
        45,
    )
    canvas.polygon(
        box(x - short * 0.065, y - short * 0.085, x + short * 0.065, y + short * 0.085),
        mix(color, WHITE, 0.75),
    )
    canvas.dot(x + short * 0.015, y - short * 0.03, short * 0.022, shift(color, 0.1))
    canvas.polygon(
        [
            (x - short * 0.065, y + short * 0.085),
            (x - short * 0.02, y + short * 0.005),
            (x + short * 0.065, y + short * 0.085),
        ],
        color,
    )


LAYOUTS = (paint,)
