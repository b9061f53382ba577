"""Houses, a church and a lit fir of a village, seen from far or near; snow on their roofs in winter."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import box, star, stroke
from limner.engines.sketch.paint.flora import pine, pine_colors
from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.paint.palette import WHITE, Lch, Palette, lch, mix, shift
from limner.engines.sketch.paint.raster import Rgb
from limner.engines.sketch.paint.yard import shadow, snow_of

_WALLS: tuple[Lch, ...] = (
    (0.92, 0.03, 85),
    (0.86, 0.07, 70),
    (0.84, 0.06, 30),
    (0.84, 0.045, 240),
    (0.88, 0.06, 110),
    (0.80, 0.085, 45),
)
_ROOFS: tuple[Lch, ...] = (
    (0.52, 0.13, 32),
    (0.50, 0.10, 45),
    (0.46, 0.06, 260),
    (0.56, 0.13, 40),
    (0.48, 0.08, 20),
)
_PLAIN = 0.24
"""Share of the short side below which a house is painted without gradients."""
_WINDOW_LIGHT: Rgb = lch(0.90, 0.12, 80)


def cottage(
    canvas: Canvas, palette: Palette, x: float, y: float, size: float, rng: Rng, haze: float = 0.0
) -> None:
    """A house size wide with its foot at (x, y): a gable with a door, a long wall, a roof, a chimney."""
    air = palette.haze
    wall_tone, roof_tone = _WALLS[int(rng.integers(len(_WALLS)))], _ROOFS[int(rng.integers(len(_ROOFS)))]
    wall = mix(palette.local(*wall_tone, 0.9), air, haze)
    shaded = mix(palette.local(wall_tone[0] - 0.10, *wall_tone[1:], 0.45), air, haze)
    roof = mix(snow_of(palette) if palette.snowy else palette.local(*roof_tone, 0.85), air, haze)
    eaves = mix(shift(roof, -0.14), palette.zenith, 0.12)
    d = 1.0 if rng.random() < 0.5 else -1.0
    left, middle, right = x - d * size * 0.5, x - d * size * 0.06, x + d * size * 0.5
    tall = size * 0.42
    apex = ((left + middle) / 2, y - tall - size * 0.30)
    shadow(canvas, palette, x, y, size * 0.58, 0.30)
    canvas.fill(
        [(middle, y), (middle, y - tall), (right, y - tall), (right, y)], shaded, shift(shaded, -0.06)
    )
    canvas.fill(
        [(left, y), (left, y - tall), apex, (middle, y - tall), (middle, y)], wall, shift(wall, -0.06)
    )
    _chimney(canvas, palette, x + d * size * 0.22, y - tall, size, roof, haze)
    ridge = (right - d * size * 0.16, apex[1] + size * 0.01)
    slope = [apex, ridge, (right + d * size * 0.05, y - tall + size * 0.03), (middle, y - tall + size * 0.03)]
    if size > _PLAIN * canvas.short:
        canvas.fill(slope, roof, eaves, 90)
    else:
        canvas.polygon(slope, mix(roof, eaves, 0.4))
    edge = roof if palette.snowy else eaves
    canvas.polygon(stroke([(left - d * size * 0.05, y - tall + size * 0.05), apex], size * 0.05), edge)
    canvas.polygon(stroke([apex, (middle + d * size * 0.03, y - tall + size * 0.05)], size * 0.05), edge)
    _door(canvas, palette, (left + middle) / 2, y, size, wall_tone[2], haze)
    _window(canvas, palette, (left + middle) / 2, y - tall - size * 0.04, size * 0.085, size * 0.10, haze)
    for share in (0.30, 0.70):
        _window(
            canvas,
            palette,
            middle + (right - middle) * share,
            y - tall * 0.52,
            size * 0.10,
            size * 0.14,
            haze,
        )


def _chimney(
    canvas: Canvas, palette: Palette, x: float, y: float, size: float, roof: Rgb, haze: float
) -> None:
    brick = mix(palette.local(0.55, 0.07, 35, 0.6), palette.haze, haze)
    stack = box(x - size * 0.04, y - size * 0.38, x + size * 0.04, y - size * 0.1, 1)
    canvas.polygon(stack, brick)
    if palette.snowy:
        canvas.polygon(
            box(x - size * 0.05, y - size * 0.41, x + size * 0.05, y - size * 0.36, size * 0.02), roof
        )


def _door(canvas: Canvas, palette: Palette, x: float, y: float, size: float, hue: float, haze: float) -> None:
    color = mix(palette.local(0.46, 0.10, (hue + 160) % 360, 0.75), palette.haze, haze)
    canvas.fill(
        box(x - size * 0.06, y - size * 0.21, x + size * 0.06, y, size * 0.03), color, shift(color, -0.08)
    )


def _window(
    canvas: Canvas, palette: Palette, x: float, y: float, wide: float, tall: float, haze: float
) -> None:
    """Lit from dusk to dawn; its bars are left out where they would be thinner than a pixel."""
    lit = palette.time != "day"
    glass = _WINDOW_LIGHT if lit else mix(mix(palette.middle, palette.dark, 0.45), palette.haze, haze)
    frame = mix(palette.local(0.96, 0.01, 85, 0.9), palette.haze, haze)
    canvas.polygon(box(x - wide * 0.64, y - tall * 0.62, x + wide * 0.64, y + tall * 0.62), frame)
    canvas.fill(
        box(x - wide * 0.5, y - tall * 0.5, x + wide * 0.5, y + tall * 0.5), glass, shift(glass, -0.07)
    )
    if wide > 7:
        canvas.line([(x, y - tall * 0.5), (x, y + tall * 0.5)], frame, max(1.0, wide * 0.09))
        canvas.line([(x - wide * 0.5, y), (x + wide * 0.5, y)], frame, max(1.0, wide * 0.09))
    if lit and wide > 5 * canvas.unit:
        canvas.glow(x, y, wide * 2.4, lch(0.85, 0.13, 75), 0.5 if palette.night else 0.3)
    if palette.snowy:
        sill = box(x - wide * 0.72, y + tall * 0.50, x + wide * 0.72, y + tall * 0.74, wide * 0.1)
        canvas.polygon(sill, snow_of(palette))


def church(canvas: Canvas, palette: Palette, x: float, y: float, size: float, haze: float = 0.12) -> None:
    """A church with a pointed tower; size: about half its height."""
    wall = mix(palette.local(0.93, 0.02, 80, 0.9), palette.haze, haze)
    roof = mix(palette.local(0.50, 0.10, 35, 0.8), palette.haze, haze)
    top = mix(snow_of(palette), palette.haze, haze) if palette.snowy else roof
    s = size
    nave = [(x + s * 0.1, y), (x + s * 0.1, y - s * 0.42), (x + s * 0.66, y - s * 0.42), (x + s * 0.66, y)]
    canvas.fill(nave, shift(wall, -0.05), shift(wall, -0.10))
    slope = [
        (x + s * 0.04, y - s * 0.40),
        (x + s * 0.18, y - s * 0.72),
        (x + s * 0.62, y - s * 0.72),
        (x + s * 0.72, y - s * 0.40),
    ]
    canvas.fill(slope, top, shift(top, -0.10))
    canvas.fill(box(x - s * 0.13, y - s * 0.95, x + s * 0.13, y), wall, shift(wall, -0.08))
    canvas.polygon(box(x + s * 0.04, y - s * 0.95, x + s * 0.13, y), shift(wall, -0.09))
    canvas.fill(
        [(x - s * 0.17, y - s * 0.94), (x, y - s * 1.70), (x + s * 0.17, y - s * 0.94)],
        top,
        shift(roof, -0.04),
        0,
    )
    canvas.line([(x, y - s * 1.68), (x, y - s * 1.84)], palette.dark, max(1.0, s * 0.02))
    canvas.line(
        [(x - s * 0.04, y - s * 1.78), (x + s * 0.04, y - s * 1.78)], palette.dark, max(1.0, s * 0.02)
    )
    glass = _WINDOW_LIGHT if palette.time != "day" else mix(palette.zenith, palette.dark, 0.45)
    for share in (0.22, 0.36, 0.50):
        canvas.polygon(
            box(x + s * (share - 0.035), y - s * 0.30, x + s * (share + 0.035), y - s * 0.10, s * 0.03), glass
        )
    canvas.dot(x, y - s * 0.80, s * 0.05, lch(0.92, 0.06, 90))


_BAUBLES = (lch(0.82, 0.16, 85), lch(0.66, 0.21, 25), lch(0.74, 0.13, 240), lch(0.92, 0.06, 90))


def lit_fir(canvas: Canvas, palette: Palette, x: float, y: float, height: float, rng: Rng) -> None:
    """A fir with coloured lights and a star."""
    face, lit, snow = pine_colors(palette, 0.2, 0.0)
    pine(canvas, x, y, height, face, rng, lit, snow)
    glow = 0.7 if palette.time != "day" else 0.25
    for _ in range(56):
        t = float(rng.random()) ** 0.7
        at = (x + (float(rng.random()) - 0.5) * height * 0.36 * t, y - height + height * 0.92 * t)
        color = _BAUBLES[int(rng.integers(len(_BAUBLES)))]
        canvas.glow(*at, height * 0.035, color, glow)
        canvas.dot(*at, height * 0.008 + 1, mix(color, WHITE, 0.25))
    canvas.glow(x, y - height, height * 0.14, lch(0.9, 0.13, 88), 0.9)
    canvas.polygon(star(x, y - height, height * 0.045), lch(0.93, 0.12, 92))
    canvas.polygon(np.asarray(star(x, y - height, height * 0.02)), WHITE)
