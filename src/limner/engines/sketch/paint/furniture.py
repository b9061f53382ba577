"""Seats and tables as pieces of parts. One unit is the short side of a picture."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.parts import Piece, block, disc, facet, pad, rod, shadow

_SIDE_TABLE = 0.13
"""How high a side table is."""


def cushion(x: float, y: float, size: float, tone: str, degrees: float = 0.0) -> Piece:
    """A soft square pillow about (x, y)."""
    t = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    u = np.sign(np.cos(t)) * np.abs(np.cos(t)) ** 0.55 * size
    v = np.sign(np.sin(t)) * np.abs(np.sin(t)) ** 0.55 * size
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    outline = np.stack([x + u * c - v * s, y + u * s + v * c], 1)
    seam = np.stack([x + 0.86 * (u * c - v * s), y + 0.86 * (u * s + v * c)], 1)
    return [facet(outline, tone, 0.0, -0.12, 60), facet(seam, tone, 0.075, -0.05, 60)]


def sofa(width: float = 0.52, seats: int = 3, tone: str = "cloth", high: float = 0.27) -> Piece:
    """A sofa, or an armchair of one seat, seen from the front."""
    half, arm = width / 2, min(width * 0.14, 0.062)
    room = (width - 2 * arm) / seats
    piece: Piece = [shadow(-half, half, -0.004)]
    for side in (-1, 1):
        x = side * (half - 0.035)
        piece.append(
            facet([(x - 0.010, 0.05), (x + 0.010, 0.05), (x + 0.005, 0), (x - 0.005, 0)], "wood", -0.12, -0.2)
        )
    piece.append(block(-half + arm * 0.4, high * 0.25, half - arm * 0.4, high, tone, 0.05, -0.05, 0.035))
    for k in range(seats):
        x0 = -half + arm + room * k
        piece.append(
            block(x0 + 0.002, high * 0.40, x0 + room - 0.002, high * 0.94, tone, 0.075, -0.06, 0.028)
        )
    for k in range(seats):
        x0 = -half + arm + room * k
        piece.append(
            block(x0 + 0.001, high * 0.30, x0 + room - 0.001, high * 0.53, tone, 0.115, -0.01, 0.020)
        )
        piece.append(
            block(x0 + 0.001, high * 0.30, x0 + room - 0.001, high * 0.335, tone, -0.10, -0.12, 0.008)
        )
    piece.append(block(-half + arm * 0.5, 0.035, half - arm * 0.5, high * 0.32, tone, -0.04, -0.13, 0.012))
    for x0 in (-half, half - arm):
        piece.append(block(x0, 0.034, x0 + arm, high * 0.67, tone, 0.10, -0.13, arm * 0.48, 75))
    return piece


def armchair(tone: str = "accent") -> Piece:
    """A wing chair with a round back."""
    piece: Piece = [shadow(-0.15, 0.15, -0.004)]
    for x in (-0.105, 0.105):
        piece.append(rod([(x, 0.06), (x * 1.1, 0)], 0.016, "wood", 0.010, -0.1, -0.16))
    back = [
        (-0.115, 0.10),
        (-0.125, 0.25),
        (-0.10, 0.335),
        (0, 0.355),
        (0.10, 0.335),
        (0.125, 0.25),
        (0.115, 0.10),
    ]
    piece.append(pad(back, tone, 0.07, -0.09, 60))
    for x, y in ((-0.045, 0.285), (0.045, 0.285), (0, 0.235)):
        piece.append(disc(x, y, 0.006, 0.006, tone, -0.12, -0.14))
    piece.append(block(-0.105, 0.125, 0.105, 0.18, tone, 0.12, 0.0, 0.024))
    piece.append(block(-0.11, 0.045, 0.11, 0.135, tone, -0.03, -0.13, 0.016))
    for side in (-1, 1):
        x = side * 0.125
        piece.append(block(x - 0.03, 0.045, x + 0.03, 0.215, tone, 0.09, -0.12, 0.028, 70))
    return piece


def coffee_table() -> Piece:
    """A low round table."""
    half = 0.15
    piece: Piece = [shadow(-half * 0.9, half * 0.9, 0.0, 0.024)]
    for x in (-0.7, 0.7):
        piece.append(rod([(half * x * 0.9, 0.075), (half * x, 0.0)], 0.014, "wood", 0.009, -0.10, -0.16))
    piece += [
        disc(0, 0.072, half, half * 0.20, "wood", -0.10, -0.14),
        disc(0, 0.082, half, half * 0.20, "wood", 0.07, -0.01, 20),
    ]
    return piece


def side_table() -> Piece:
    """A little round table on one leg."""
    return [
        shadow(-0.05, 0.05, 0.0, 0.012),
        rod([(0, _SIDE_TABLE), (0, 0.01)], 0.014, "wood", None, -0.06, -0.14),
        disc(0, 0.006, 0.042, 0.010, "wood", -0.08, -0.12),
        disc(0, _SIDE_TABLE - 0.008, 0.068, 0.017, "wood", -0.10, -0.14),
        disc(0, _SIDE_TABLE, 0.068, 0.017, "wood", 0.09, 0.01, 20),
    ]


def table(width: float = 0.5, high: float = 0.17, tone: str = "wood") -> Piece:
    """A plain table from the front, its top a little from above."""
    half = width / 2
    piece: Piece = [shadow(-half * 0.95, half * 0.95)]
    for x in (-half + 0.02, half - 0.02):
        piece.append(
            facet([(x - 0.012, high), (x + 0.012, high), (x + 0.008, 0), (x - 0.008, 0)], tone, -0.02, -0.14)
        )
    piece.append(block(-half + 0.012, high - 0.05, half - 0.012, high, tone, -0.06, -0.12))
    top = [(-half, high), (half, high), (half - 0.03, high + 0.032), (-half + 0.03, high + 0.032)]
    piece += [facet(top, tone, 0.09, 0.03), block(-half, high - 0.016, half, high, tone, 0.02, -0.07, 0.003)]
    return piece


def chair(tone: str = "wood", seat: str = "accent", side: float = 0.0) -> Piece:
    """A wooden chair; side: -1 or 1 shows it turned towards that side, 0 from the front."""
    if side:
        lean = 0.018 * side
        back, front = -0.062 * side, 0.068 * side
        return [
            shadow(-0.085, 0.085, 0.0, 0.014),
            rod([(back, 0.15), (back - lean, 0.0)], 0.013, tone, 0.009, -0.06, -0.12),
            rod([(front, 0.15), (front + lean * 0.6, 0.0)], 0.013, tone, 0.009),
            rod([(back, 0.15), (back - lean * 0.5, 0.24), (back - lean * 1.6, 0.33)], 0.014, tone, 0.011),
            rod([(back - lean * 0.8, 0.27), (back - lean * 1.7, 0.325)], 0.026, tone, None, 0.05, -0.03),
            block(min(back, front) - 0.006, 0.146, max(back, front) + 0.006, 0.166, tone, 0.0, -0.10, 0.006),
            block(min(back, front), 0.160, max(back, front), 0.178, seat, 0.08, -0.04, 0.008),
        ]
    piece: Piece = [shadow(-0.08, 0.08, 0.0, 0.014)]
    for x in (-0.062, 0.062):
        piece.append(rod([(x, 0.33), (x * 1.02, 0.0)], 0.013, tone, 0.010))
    for y in (0.225, 0.27, 0.315):
        piece.append(block(-0.060, y - 0.010, 0.060, y + 0.010, tone, 0.05, -0.04, 0.004))
    piece += [
        block(-0.07, 0.142, 0.07, 0.160, tone, -0.02, -0.12, 0.004),
        block(-0.066, 0.156, 0.066, 0.176, seat, 0.08, -0.05, 0.008),
    ]
    return piece


def stool(high: float) -> Piece:
    """A bar stool."""
    return [
        shadow(-0.05, 0.05, 0.0, 0.011),
        rod([(-0.025, high), (-0.045, 0.0)], 0.010, "metal"),
        rod([(0.025, high), (0.045, 0.0)], 0.010, "metal"),
        block(-0.038, high * 0.34, 0.038, high * 0.38, "metal", 0.05, 0.0),
        block(-0.052, high - 0.012, 0.052, high + 0.012, "accent", 0.08, -0.06, 0.010),
    ]


def office_chair() -> Piece:
    """A swivel chair from behind."""
    piece: Piece = [shadow(-0.10, 0.10, 0.0, 0.018)]
    for x in (-0.09, -0.035, 0.035, 0.09):
        piece += [
            rod([(0, 0.05), (x, 0.006)], 0.013, "metal", 0.008, -0.02, -0.08),
            disc(x, 0.005, 0.008, 0.008, "dark"),
        ]
    piece.append(rod([(0, 0.13), (0, 0.04)], 0.016, "metal"))
    piece.append(block(-0.10, 0.12, 0.10, 0.165, "cloth", 0.05, -0.10, 0.02))
    piece.append(block(-0.02, 0.15, 0.02, 0.21, "metal", 0.0, -0.08))
    piece.append(block(-0.088, 0.185, 0.088, 0.315, "cloth", 0.09, -0.08, 0.036))
    return piece


def desk(width: float = 0.64, high: float = 0.20) -> Piece:
    """A desk with drawers at its right."""
    half = width / 2
    piece: Piece = [shadow(-half, half, 0.0, 0.02, 0.35)]
    for x in (-half + 0.03, half - 0.03):
        piece.append(block(x - 0.010, 0, x + 0.010, high, "wood", 0.0, -0.12))
    x0, x1 = half - 0.19, half - 0.045
    piece.append(block(x0, 0.045, x1, high - 0.015, "wood", 0.0, -0.10, 0.003))
    for y in (high - 0.065, high - 0.115):
        piece += [
            block(x0 + 0.008, y, x1 - 0.008, y + 0.040, "wood", 0.05, -0.03, 0.003),
            disc((x0 + x1) / 2, y + 0.02, 0.006, 0.006, "brass"),
        ]
    piece.append(block(-half, high - 0.010, half, high + 0.014, "wood", 0.10, -0.05, 0.003))
    return piece
