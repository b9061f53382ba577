"""Lamps, pictures, rugs, clocks, screens and drawing things as pieces of parts. Units as in furniture."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.curves import smooth
from limner.engines.sketch.paint.parts import Part, Piece, block, disc, facet, pad, rod, shadow


def floor_lamp(high: float = 0.38) -> Piece:
    """A standing lamp; its bulb is at (0, high)."""
    return [
        shadow(-0.05, 0.05, 0.0, 0.012),
        disc(0, 0.006, 0.045, 0.011, "metal"),
        rod([(0, high), (0, 0.008)], 0.008, "metal"),
        _lampshade(high, 0.038, 0.074, 0.10),
    ]


def _lampshade(y: float, top: float, foot: float, tall: float) -> Part:
    half = tall / 2
    return facet(
        [(-top, y + half), (top, y + half), (foot, y - half), (-foot, y - half)], "shade", 0.01, -0.06
    )


def table_lamp(tone: str = "accent") -> Piece:
    """A lamp with a round foot; its bulb is at (0, 0.12)."""
    foot = [
        (-0.018, 0.0),
        (-0.030, 0.028),
        (-0.012, 0.06),
        (-0.006, 0.09),
        (0.006, 0.09),
        (0.012, 0.06),
        (0.030, 0.028),
        (0.018, 0.0),
    ]
    return [pad(foot, tone, 0.06, -0.10, 20), _lampshade(0.12, 0.028, 0.056, 0.075)]


def desk_lamp(tone: str = "accent") -> Piece:
    """A jointed lamp that leans to the right; its bulb is at (0.055, 0.125)."""
    return [
        block(-0.035, 0, 0.035, 0.010, "metal", 0.05, -0.04, 0.004),
        rod([(0, 0.008), (-0.03, 0.11)], 0.008, "metal"),
        rod([(-0.03, 0.11), (0.045, 0.172)], 0.008, "metal"),
        facet([(0.03, 0.190), (0.07, 0.165), (0.088, 0.115), (0.010, 0.150)], tone, 0.06, -0.10, 60),
        facet([(0.014, 0.149), (0.084, 0.117), (0.062, 0.122), (0.034, 0.136)], "bulb", 0, 0),
    ]


def pendant(drop: float, tone: str = "accent", wide: float = 0.07) -> Piece:
    """A lamp hanging from its origin by drop; its bulb is at (0, -drop - 0.05)."""
    y = -drop
    dome = [
        (-wide, y - 0.05),
        (-wide * 0.92, y - 0.022),
        (-wide * 0.5, y + 0.004),
        (0, y + 0.010),
        (wide * 0.5, y + 0.004),
        (wide * 0.92, y - 0.022),
        (wide, y - 0.05),
    ]
    return [
        rod([(0, 0), (0, y)], 0.004, "dark"),
        facet(smooth(dome, steps=5), tone, 0.06, -0.09, 20),
        disc(0, y - 0.05, wide, wide * 0.13, tone, -0.16, -0.18),
        disc(0, y - 0.052, wide * 0.45, wide * 0.11, "bulb", 0.0, 0.0),
    ]


def picture(width: float, high: float, kind: int) -> Piece:
    """A framed picture, its lower left corner at the origin: 0 hills, 1 arches, 2 a sprig, 3 a still moon."""
    return [
        block(0.004, -0.008, width + 0.006, high - 0.006, "shadow", 0, 0),
        block(0, 0, width, high, "wood", 0.0, -0.12, 0.001, 45),
        block(0.008, 0.008, width - 0.008, high - 0.008, "paper", 0.0, -0.02),
        *_MOTIFS[kind](_MAT, _MAT, width - _MAT, high - _MAT),
    ]


def _hills(x0: float, y0: float, x1: float, y1: float) -> Piece:
    w, h = x1 - x0, y1 - y0
    far = [
        (x0, y0),
        (x0, y0 + h * 0.36),
        (x0 + w * 0.35, y0 + h * 0.56),
        (x0 + w * 0.72, y0 + h * 0.28),
        (x1, y0 + h * 0.44),
        (x1, y0),
    ]
    near = [(x0, y0), (x0, y0 + h * 0.15), (x0 + w * 0.5, y0 + h * 0.32), (x1, y0 + h * 0.18), (x1, y0)]
    return [
        block(x0, y0, x1, y1, "second", 0.04, 0.0),
        disc(x0 + w * 0.62, y0 + h * 0.64, w * 0.2, w * 0.2, "accent", 0.06, 0.0),
        facet(far, "cloth", 0.02, -0.04),
        facet(near, "cloth", -0.12, -0.16),
    ]


def _arches(x0: float, y0: float, x1: float, y1: float) -> Piece:
    w, h = x1 - x0, y1 - y0
    piece: Piece = [block(x0, y0, x1, y1, "cream", 0.0, -0.02)]
    for at, top, tone in ((0.30, 0.80, "accent"), (0.64, 0.62, "cloth"), (0.42, 0.42, "second")):
        left, right = x0 + w * (at - 0.2), x0 + w * (at + 0.2)
        piece += [
            block(left, y0, right, y0 + h * top, tone, 0.02, -0.04, w * 0.2),
            block(left, y0, right, y0 + h * top * 0.4, tone, -0.02, -0.04),
        ]
    return piece


def _sprig(x0: float, y0: float, x1: float, y1: float) -> Piece:
    w, h = x1 - x0, y1 - y0
    piece: Piece = [block(x0, y0, x1, y1, "cream", 0.0, -0.03)]
    for lean, top, tone in _LEAVES:
        foot, tip = (x0 + w * 0.5, y0), (x0 + w * (0.5 + lean), y0 + h * top)
        bend = (x0 + w * (0.5 + lean * 0.3), y0 + h * top * 0.55)
        piece.append(rod([foot, bend, tip], w * 0.02, tone, w * 0.12))
    return piece


def _moon(x0: float, y0: float, x1: float, y1: float) -> Piece:
    w, h = x1 - x0, y1 - y0
    shore = [(x0, y0), (x0, y0 + h * 0.24), (x1, y0 + h * 0.34), (x1, y0)]
    return [
        block(x0, y0, x1, y1, "blue", -0.14, -0.06),
        disc(x0 + w * 0.5, y0 + h * 0.62, w * 0.24, w * 0.24, "yellow", 0.05, -0.02),
        facet(shore, "blue", -0.24, -0.28),
    ]


_MAT = 0.022
"""From the edge of a framed picture to what is painted."""
_MOTIFS = (_hills, _arches, _sprig, _moon)
_LEAVES = (
    (-0.3, 0.66, "leaf"),
    (0.3, 0.64, "leaf2"),
    (-0.06, 0.92, "leaf3"),
    (0.2, 0.84, "leaf"),
    (-0.24, 0.44, "leaf2"),
)
"""Of the sprig: lean, top and tone."""


def rug(rx: float, ry: float, tone: str) -> Piece:
    """A round rug lying about the origin."""
    rings = (
        (1.0, tone, -0.10),
        (0.95, tone, 0.02),
        (0.82, "cream", -0.02),
        (0.77, tone, 0.0),
        (0.44, "cream", -0.03),
        (0.39, tone, 0.02),
    )
    return [disc(0, 0, rx * r, ry * r, name, light + 0.015, light - 0.03) for r, name, light in rings]


def square_rug(half: float, deep: float, tone: str, trim: str = "cream") -> Piece:
    """A rug in perspective lying about the origin, with a border and fringes."""
    piece: Piece = []
    for share, name, light in ((1.0, tone, -0.10), (0.93, trim, 0.0), (0.86, tone, 0.02)):
        near, far, y = half * share, half * 0.84 * share, deep * (1 - (1 - share) * 1.6)
        piece.append(facet([(-near, -y), (near, -y), (far, y), (-far, y)], name, light + 0.01, light - 0.04))
    for k in range(4):
        x = (k - 1.5) * half * 0.40
        piece.append(
            facet(
                [(x - half * 0.13, 0), (x, -deep * 0.42), (x + half * 0.13, 0), (x, deep * 0.42)],
                trim,
                -0.02,
                -0.05,
            )
        )
    return piece


def monitor(width: float = 0.24) -> Piece:
    """A screen with a picture on it."""
    half, high = width / 2, width * 0.60
    y = 0.05
    edge = 0.008
    piece: Piece = [
        disc(0, 0.003, half * 0.46, 0.008, "metal"),
        block(-0.010, 0, 0.010, y + 0.01, "metal", 0.05, -0.08, 0, 0),
    ]
    piece.append(block(-half, y, half, y + high, "dark", 0.05, -0.05, 0.006))
    x0, x1, y0, y1 = -half + edge, half - edge, y + edge * 1.6, y + high - edge
    piece.append(facet([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], "screen", 0.0, 0.24, 70))
    piece.append(disc(half * 0.35, y + high * 0.60, high * 0.13, high * 0.13, "glow", 0.06, 0.0))
    for ridge, light in (((0.22, 0.46, 0.30, 0.52, 0.24), -0.10), ((0.14, 0.24, 0.16, 0.32, 0.20), -0.22)):
        line = [(x0 + (x1 - x0) * k / 4, y0 + (y1 - y0) * v) for k, v in enumerate(ridge)]
        piece.append(facet([*line, (x1, y0), (x0, y0)], "screen", light, light - 0.03))
    return piece


def laptop() -> Piece:
    """An open laptop."""
    return [
        block(-0.085, 0.008, 0.085, 0.115, "steel", -0.10, -0.16, 0.005),
        facet([(-0.079, 0.014), (0.079, 0.014), (0.079, 0.109), (-0.079, 0.109)], "screen", 0.02, 0.26, 60),
        facet(
            [(-0.079, 0.014), (-0.03, 0.060), (0.0, 0.036), (0.04, 0.075), (0.079, 0.03), (0.079, 0.014)],
            "screen",
            -0.16,
            -0.20,
        ),
        facet([(-0.085, 0.010), (0.085, 0.010), (0.105, -0.006), (-0.105, -0.006)], "steel", 0.02, -0.06),
    ]


def clock(radius: float) -> Piece:
    """A wall clock about the origin."""
    piece: Piece = [
        disc(0.004, -0.007, radius, radius, "shadow", 0, 0),
        disc(0, 0, radius, radius, "wood", 0.0, -0.10),
        disc(0, 0, radius * 0.86, radius * 0.86, "paper", 0.01, -0.03),
    ]
    for k in range(12):
        a = k * np.pi / 6
        piece.append(
            disc(np.sin(a) * radius * 0.70, np.cos(a) * radius * 0.70, radius * 0.04, radius * 0.04, "dark")
        )
    piece += [
        rod([(0, 0), (radius * 0.30, radius * 0.22)], radius * 0.09, "dark"),
        rod([(0, 0), (-radius * 0.08, radius * 0.58)], radius * 0.06, "dark"),
    ]
    return [*piece, disc(0, 0, radius * 0.06, radius * 0.06, "accent")]


def paper_sheet() -> Piece:
    """A drawing board propped up, with a sketch of hills on it."""
    return [
        facet([(-0.10, 0.0), (0.10, 0.0), (0.095, 0.125), (-0.095, 0.125)], "wood", 0.08, -0.04),
        facet([(-0.085, 0.012), (0.085, 0.012), (0.081, 0.114), (-0.081, 0.114)], "paper", 0.01, -0.03),
        rod(
            [(-0.07, 0.035), (-0.03, 0.075), (-0.005, 0.05), (0.03, 0.088), (0.07, 0.03)],
            0.004,
            "metal",
            0.003,
        ),
        disc(0.045, 0.095, 0.010, 0.010, "yellow", 0.04, 0.0),
    ]


def brushes() -> Piece:
    """A jar of brushes and pencils."""
    piece: Piece = []
    for k, tone in enumerate(("red", "yellow", "leaf", "blue", "accent")):
        lean = (k - 2) * 0.012
        piece += [
            rod([(lean * 0.4, 0.03), (lean * 1.8, 0.105)], 0.006, tone),
            disc(lean * 1.8, 0.108, 0.005, 0.009, "dark"),
        ]
    return [*piece, block(-0.024, 0, 0.024, 0.056, "second", 0.04, -0.10, 0.005, 0)]
