"""The colours and the light of a room at each hour: a scheme of paints, seen by daylight or by lamplight."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.light import LIGHTS, Light
from limner.engines.sketch.paint.palette import WHITE, Lch, Palette, lch, mix, to_lab
from limner.engines.sketch.paint.raster import Rgb

LAMPLIGHT = Light(
    (0.60, 0.62, 0.50),
    (1.08, 0.92, 0.70),
    (0.50, 0.44, 0.52),
    (0.50, 0.38, 0.30),
    (1.0, 0.86, 0.62),
    (0.36, 0.28, 0.26),
    (0.14, 0.09, 0.12),
)


@dataclass(frozen=True, slots=True)
class Scheme:
    """The paints of a room: wall, large textiles, two accents, wood and floor."""

    wall: Lch
    cloth: Lch
    accent: Lch
    second: Lch
    wood: Lch
    floor: Lch


SCHEMES = (
    Scheme(
        (0.93, 0.028, 85),
        (0.60, 0.085, 170),
        (0.72, 0.13, 50),
        (0.88, 0.05, 85),
        (0.62, 0.075, 60),
        (0.68, 0.065, 62),
    ),
    Scheme(
        (0.84, 0.045, 195),
        (0.74, 0.12, 62),
        (0.60, 0.12, 25),
        (0.93, 0.03, 90),
        (0.56, 0.075, 52),
        (0.62, 0.065, 55),
    ),
    Scheme(
        (0.90, 0.035, 40),
        (0.55, 0.10, 252),
        (0.82, 0.12, 85),
        (0.92, 0.025, 80),
        (0.64, 0.065, 62),
        (0.66, 0.055, 58),
    ),
    Scheme(
        (0.80, 0.045, 150),
        (0.88, 0.035, 88),
        (0.68, 0.13, 42),
        (0.52, 0.07, 160),
        (0.54, 0.075, 48),
        (0.60, 0.07, 52),
    ),
    Scheme(
        (0.89, 0.030, 320),
        (0.58, 0.09, 300),
        (0.80, 0.11, 75),
        (0.74, 0.09, 10),
        (0.70, 0.055, 65),
        (0.72, 0.05, 62),
    ),
    Scheme(
        (0.92, 0.040, 95),
        (0.64, 0.13, 30),
        (0.58, 0.08, 200),
        (0.90, 0.04, 90),
        (0.58, 0.08, 55),
        (0.64, 0.075, 58),
    ),
    Scheme(
        (0.56, 0.060, 235),
        (0.78, 0.07, 75),
        (0.70, 0.14, 45),
        (0.90, 0.03, 85),
        (0.60, 0.085, 58),
        (0.60, 0.07, 56),
    ),
    Scheme(
        (0.60, 0.055, 165),
        (0.80, 0.075, 20),
        (0.84, 0.10, 85),
        (0.93, 0.03, 90),
        (0.58, 0.08, 50),
        (0.58, 0.07, 52),
    ),
)
_PAINTS: dict[str, Lch] = {
    "trim": (0.965, 0.010, 88),
    "cream": (0.95, 0.022, 85),
    "dark": (0.30, 0.02, 60),
    "metal": (0.40, 0.012, 250),
    "steel": (0.80, 0.010, 240),
    "brass": (0.72, 0.095, 82),
    "leaf": (0.52, 0.105, 145),
    "leaf2": (0.62, 0.115, 135),
    "leaf3": (0.43, 0.085, 152),
    "pot": (0.68, 0.095, 45),
    "soil": (0.32, 0.035, 55),
    "paper": (0.96, 0.012, 90),
    "glass": (0.90, 0.025, 215),
    "brick": (0.58, 0.085, 38),
    "stone": (0.76, 0.015, 80),
    "red": (0.58, 0.17, 27),
    "yellow": (0.85, 0.13, 88),
    "blue": (0.55, 0.10, 250),
    "white": (0.97, 0.006, 95),
    "board": (0.36, 0.03, 165),
}
_WARM: dict[str, tuple[float, Rgb, float]] = {
    "dawn": (0.96, lch(0.90, 0.07, 62), 0.16),
    "day": (1.0, WHITE, 0.0),
    "dusk": (0.87, lch(0.74, 0.11, 52), 0.24),
    "night": (0.77, lch(0.52, 0.085, 58), 0.22),
}
"""Of each hour: how light paints stay, and the colour, with its share, that the light lends them."""
_FLAME: tuple[tuple[float, float, Rgb], ...] = (
    (0.80, 0.40, lch(0.80, 0.11, 66)),
    (0.38, 0.42, lch(0.86, 0.12, 70)),
    (0.15, 0.50, lch(0.94, 0.09, 82)),
)


def lamps_on(palette: Palette) -> bool:
    """Whether lamps burn at this hour."""
    return palette.time in ("dusk", "night")


def seen(palette: Palette, color: Rgb) -> Rgb:
    """A paint as it looks indoors at this hour: it keeps more of its own colour than outside."""
    share, tint, amount = _WARM[palette.time]
    if palette.time == "day":
        return mix(color, palette.lit(color, 0.7), 0.25)
    level, a, b = (float(v) for v in to_lab(color))
    return mix(_from(level * share, a, b), tint, amount)


def _from(level: float, a: float, b: float) -> Rgb:
    return lch(level, math.hypot(a, b), math.degrees(math.atan2(b, a)))


def tones_of(palette: Palette, scheme: Scheme) -> dict[str, Rgb]:
    """The tones that furniture is assembled from; lit: what shines by itself."""
    paints = {name: lch(*paint) for name, paint in _PAINTS.items()}
    for name in ("wall", "cloth", "accent", "second", "wood", "floor"):
        paints[name] = lch(*getattr(scheme, name))
    tones = {name: seen(palette, paint) for name, paint in paints.items()}
    on = lamps_on(palette)
    tones["shade"] = lch(0.94, 0.085, 82) if on else seen(palette, lch(0.93, 0.045, 85))
    tones["bulb"] = lch(0.97, 0.06, 90) if on else seen(palette, lch(0.96, 0.02, 90))
    tones["screen"] = lch(0.52, 0.12, 275)
    tones["glow"] = lch(0.80, 0.13, 30)
    tones["flame"], tones["ember"] = lch(0.85, 0.15, 75), lch(0.68, 0.19, 45)
    tones["shadow"] = mix(lch(0.18, 0.03, 40), palette.dark, 0.25)
    return tones


def light_in(palette: Palette, side: float, wall: Rgb) -> Light:
    """The light on bodies in a room with this wall; side: -1 from the left, 1 from the right."""
    light = LAMPLIGHT if palette.night else LIGHTS[palette.time]
    haze = (wall[0] / 255, wall[1] / 255, wall[2] / 255)
    bounce = light.bounce if palette.night else (0.56, 0.46, 0.36)
    return replace(light, haze=haze, bounce=bounce).from_side(side)


def lamp_glow(canvas: Canvas, x: float, y: float, size: float, strength: float = 1.0) -> None:
    """The light about a lamp; a wide one, or rooms at night look grey."""
    for radius, amount, color in _FLAME:
        canvas.glow(x, y, size * radius, color, amount * strength, 1.9)


def evening(canvas: Canvas, palette: Palette, x: float, y: float, size: float) -> None:
    """Let the room darken away from its lamp at (x, y)."""
    if not palette.night:
        return
    v, u = np.mgrid[0:1:48j, 0:1:48j].astype(np.float32)
    away = np.hypot((u * canvas.width - x) / size, (v * canvas.height - y) / size)
    canvas.veil(np.clip((away - 0.40) * 0.34, 0, 0.30), palette.dark)
