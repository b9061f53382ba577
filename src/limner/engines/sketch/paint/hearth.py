"""Fireplaces and their light."""

from __future__ import annotations

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.palette import Palette, lch
from limner.engines.sketch.paint.parts import Piece, block, disc, facet, pad, rod

_FIRELIGHT = lch(0.78, 0.15, 58)


def fireplace(stockings: bool = False) -> Piece:
    """A mantelpiece with a burning fire, 0.26 high."""
    piece: Piece = [
        block(-0.215, 0, 0.215, 0.235, "stone", 0.05, -0.06, 0.004, 20),
        block(-0.185, 0.012, -0.135, 0.215, "stone", 0.08, -0.02, 0.003),
        block(0.135, 0.012, 0.185, 0.215, "stone", 0.06, -0.06, 0.003),
        block(-0.115, 0, 0.115, 0.175, "brick", -0.16, -0.26, 0.02),
        block(-0.100, 0.008, 0.100, 0.160, "dark", -0.08, -0.16, 0.02),
        block(-0.238, 0.232, 0.238, 0.262, "stone", 0.13, -0.02, 0.004),
        block(-0.225, 0.218, 0.225, 0.234, "stone", -0.02, -0.12, 0.002),
        block(-0.25, -0.012, 0.25, 0.006, "stone", 0.02, -0.10, 0.003),
    ]
    piece += _fire()
    if stockings:
        for x, tone in ((-0.13, "red"), (-0.045, "leaf"), (0.045, "red"), (0.13, "leaf")):
            piece += _stocking(x, tone)
    return piece


def _fire() -> Piece:
    """Logs, and three tongues of flame in each other."""
    piece: Piece = []
    for share, tone, light in ((1.0, "ember", 0.0), (0.68, "flame", 0.0), (0.36, "flame", 0.10)):
        tips = [
            (-0.062, 0.02),
            (-0.058, 0.062),
            (-0.040, 0.050),
            (-0.022, 0.105),
            (-0.004, 0.072),
            (0.014, 0.128),
        ]
        tips += [(0.030, 0.078), (0.044, 0.092), (0.060, 0.048), (0.058, 0.02)]
        piece.append(
            pad([(x * share, 0.018 + (y - 0.018) * share) for x, y in tips], tone, light, light + 0.03)
        )
    for (x0, y0), (x1, y1) in (((-0.07, 0.016), (0.06, 0.026)), ((-0.055, 0.030), (0.07, 0.014))):
        piece += [
            rod([(x0, y0), (x1, y1)], 0.020, "wood", None, -0.10, -0.18),
            disc(x1, y1, 0.009, 0.010, "wood", 0.10, 0.02),
        ]
    return piece


def _stocking(x: float, tone: str) -> Piece:
    boot = [
        (x - 0.016, 0.21),
        (x + 0.016, 0.21),
        (x + 0.016, 0.150),
        (x + 0.034, 0.136),
        (x + 0.026, 0.118),
        (x - 0.010, 0.120),
        (x - 0.018, 0.138),
    ]
    return [
        facet(boot, tone, 0.04, -0.08),
        block(x - 0.020, 0.195, x + 0.020, 0.218, "white", 0.0, -0.06, 0.006),
    ]


def firelight(canvas: Canvas, x: float, y: float, size: float, palette: Palette) -> None:
    """The light of a fire at (x, y), stronger the darker the hour."""
    strength = {"dawn": 0.30, "day": 0.22, "dusk": 0.42, "night": 0.55}[palette.time]
    wide = 0.55 if palette.time in ("dusk", "night") else 0.32
    canvas.glow(x, y, size * wide, _FIRELIGHT, strength, 1.9)
    canvas.glow(x, y, size * 0.20, lch(0.88, 0.13, 75), strength, 1.8)
