"""What kitchens and cafes are fitted with: counters, stoves, fridges, cupboards, espresso machines, menus."""

from __future__ import annotations

from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.paint.parts import Piece, block, disc, facet, moved, rod, shadow

COUNTER = 0.235
"""How high a worktop lies above the floor."""
_CUPBOARD = 0.16
"""How high a wall cupboard is."""


def counter(width: float, tone: str = "cloth", doors: int = 0) -> Piece:
    """Base cupboards under a worktop, about the origin; doors: how many, 0 for as many as fit."""
    half = width / 2
    count = doors or max(1, round(width / 0.135))
    step = width / count
    piece: Piece = [
        shadow(-half, half, 0.0, 0.014, 0.35),
        block(-half, 0.0, half, 0.022, "dark", 0.0, -0.03),
        block(-half, 0.020, half, COUNTER - 0.012, tone, -0.04, -0.10),
    ]
    for k in range(count):
        x0, x1 = -half + step * k + 0.005, -half + step * (k + 1) - 0.005
        piece.append(block(x0, 0.028, x1, 0.165, tone, 0.03, -0.05, 0.003))
        piece.append(block(x0 + 0.012, 0.042, x1 - 0.012, 0.152, tone, -0.03, 0.0, 0.002))
        piece.append(block(x0, 0.172, x1, COUNTER - 0.018, tone, 0.04, -0.02, 0.003))
        middle = (x0 + x1) / 2
        piece.append(block(middle - 0.022, 0.192, middle + 0.022, 0.198, "brass", 0.04, -0.04, 0.003))
        piece.append(block(x1 - 0.012, 0.09, x1 - 0.007, 0.12, "brass", 0.04, -0.04, 0.002))
    piece.append(
        block(-half - 0.006, COUNTER - 0.014, half + 0.006, COUNTER + 0.008, "wood", 0.10, -0.03, 0.003)
    )
    return piece


def cupboard(width: float) -> Piece:
    """A wall cupboard, its lower left corner at the origin."""
    count = max(1, round(width / 0.13))
    step = width / count
    piece: Piece = [
        block(0.002, -0.012, width - 0.002, 0.004, "shadow", 0, 0),
        block(0, 0, width, _CUPBOARD, "cloth", -0.02, -0.08, 0.002),
    ]
    for k in range(count):
        x0, x1 = step * k + 0.005, step * (k + 1) - 0.005
        piece += [
            block(x0, 0.006, x1, _CUPBOARD - 0.006, "cloth", 0.04, -0.02, 0.003),
            block(x0 + 0.012, 0.020, x1 - 0.012, _CUPBOARD - 0.020, "cloth", -0.02, 0.02, 0.002),
        ]
        piece.append(block(x1 - 0.012, 0.012, x1 - 0.007, 0.04, "brass", 0.04, -0.04, 0.002))
    return piece


def stove() -> Piece:
    """A stove with an oven door, as high as the counter."""
    piece: Piece = [
        shadow(-0.10, 0.10, 0.0, 0.014),
        block(-0.10, 0.005, 0.10, COUNTER + 0.006, "steel", 0.0, -0.10, 0.004),
        block(-0.10, COUNTER - 0.035, 0.10, COUNTER - 0.003, "steel", 0.06, -0.02, 0.003),
        block(-0.082, 0.045, 0.082, 0.155, "dark", 0.02, -0.06, 0.006),
        block(-0.070, 0.055, 0.070, 0.135, "ember", -0.30, -0.40, 0.004),
        block(-0.075, 0.165, 0.075, 0.174, "steel", 0.10, 0.0, 0.004),
        block(-0.102, COUNTER + 0.002, 0.102, COUNTER + 0.012, "dark", 0.08, 0.0, 0.002),
    ]
    piece += [
        disc(x, COUNTER - 0.019, 0.008, 0.008, "dark", 0.10, -0.04) for x in (-0.07, -0.035, 0.035, 0.07)
    ]
    return piece


def hood(rise: float) -> Piece:
    """A cooker hood about the origin, its pipe going up by rise."""
    return [
        block(-0.028, 0.07, 0.028, rise, "steel", 0.02, -0.08, 0.0, 0),
        facet([(-0.10, 0), (0.10, 0), (0.045, 0.075), (-0.045, 0.075)], "steel", 0.04, -0.08, 20),
        block(-0.103, -0.010, 0.103, 0.004, "steel", 0.08, -0.06, 0.002),
    ]


def fridge(tone: str = "second") -> Piece:
    """A round-shouldered fridge."""
    return [
        shadow(-0.10, 0.10, 0.0, 0.016),
        block(-0.085, 0.0, -0.06, 0.02, "dark"),
        block(0.06, 0.0, 0.085, 0.02, "dark"),
        block(-0.105, 0.012, 0.105, 0.47, tone, 0.03, -0.10, 0.030, 10),
        block(-0.098, 0.325, 0.098, 0.462, tone, 0.07, -0.04, 0.026, 20),
        block(-0.098, 0.020, 0.098, 0.316, tone, 0.06, -0.07, 0.012, 20),
        block(0.070, 0.345, 0.080, 0.40, "steel", 0.08, -0.06, 0.004),
        block(0.070, 0.225, 0.080, 0.30, "steel", 0.08, -0.06, 0.004),
        block(-0.05, 0.415, 0.0, 0.425, "steel", 0.06, -0.02, 0.003),
    ]


def sink() -> Piece:
    """A tap over a basin that stands a little above the worktop."""
    return [
        rod(
            [(0.0, 0.0), (0.0, 0.075), (0.018, 0.098), (0.040, 0.088), (0.044, 0.066)], 0.010, "steel", 0.009
        ),
        rod([(-0.022, 0.012), (-0.034, 0.022)], 0.008, "steel"),
        block(-0.055, -0.018, 0.075, 0.004, "white", 0.0, -0.08, 0.004),
    ]


def utensils() -> Piece:
    """Spoons and ladles hanging from a rail about the origin."""
    piece: Piece = [block(-0.12, -0.004, 0.12, 0.004, "brass", 0.05, -0.05, 0.003)]
    for k, x in enumerate((-0.09, -0.045, 0.0, 0.045, 0.09)):
        piece.append(rod([(x, 0), (x, -0.07)], 0.006, "metal" if k % 2 else "wood", 0.005))
        if k % 2:
            piece.append(block(x - 0.014, -0.108, x + 0.014, -0.066, "metal", 0.06, -0.04, 0.006))
        else:
            piece.append(disc(x, -0.085, 0.014, 0.018, "wood", 0.06, -0.05))
    return piece


def pantry(width: float, rng: Rng) -> Piece:
    """A wall shelf of bowls, plates and cups, its upper left corner at the origin."""
    piece: Piece = [
        block(0.004, -0.030, width - 0.004, -0.012, "shadow", 0, 0),
        block(0, -0.014, width, 0, "wood", 0.06, -0.05, 0.002),
    ]
    x, tones = 0.035, ("white", "accent", "cream", "second", "blue")
    while x < width - 0.035:
        tone, kind = tones[int(rng.integers(5))], int(rng.integers(3))
        if kind == 0:
            piece += moved(
                [facet([(-0.030, 0.030), (0.030, 0.030), (0.018, 0.0), (-0.018, 0.0)], tone, 0.03, -0.10)],
                x,
                0,
            )
        elif kind == 1:
            piece += moved([block(-0.019, 0, 0.019, 0.040, tone, 0.03, -0.10, 0.006, 0)], x, 0)
        else:
            piece += [
                disc(x, 0.040, 0.034, 0.038, tone, 0.02, -0.06),
                disc(x, 0.040, 0.021, 0.024, tone, -0.05, 0.0),
            ]
        x += 0.072
    return piece


def espresso_machine() -> Piece:
    """An espresso machine standing on a counter."""
    piece: Piece = [
        block(-0.095, 0, 0.095, 0.020, "steel", 0.0, -0.12, 0.004),
        block(-0.085, 0.018, 0.085, 0.078, "dark", 0.06, 0.0, 0.004),
        block(-0.098, 0.070, 0.098, 0.128, "accent", 0.06, -0.10, 0.012),
        block(-0.085, 0.128, 0.085, 0.134, "steel", 0.06, -0.04, 0.002),
    ]
    for x in (-0.045, 0.045):
        piece += [
            block(x - 0.014, 0.052, x + 0.014, 0.072, "steel", 0.06, -0.06, 0.003),
            rod([(x, 0.058), (x + 0.028, 0.054)], 0.007, "dark"),
        ]
        piece.append(block(x - 0.010, 0.022, x + 0.010, 0.042, "white", 0.0, -0.08, 0.004))
    piece += [
        block(x - 0.012, 0.134, x + 0.012, 0.152, "white", 0.0, -0.08, 0.004)
        for x in (-0.06, -0.03, 0.0, 0.03, 0.06)
    ]
    return piece


def pastries(width: float) -> Piece:
    """A glass case of cakes standing on a counter about the origin."""
    half = width / 2
    piece: Piece = [
        block(-half, 0, half, 0.145, "glass", 0.02, -0.05, 0.008),
        block(-half + 0.006, 0.006, half - 0.006, 0.138, "wall", 0.05, 0.0, 0.006),
    ]
    tones = ("brick", "second", "red", "yellow", "cream", "accent")
    for row in range(2):
        y = 0.012 + 0.062 * row
        piece.append(block(-half + 0.004, y - 0.004, half - 0.004, y, "steel", 0.06, 0.0))
        count = int(width / 0.055)
        for k in range(count):
            x, tone = -half + 0.032 + k * (width - 0.064) / max(1, count - 1), tones[(k * 2 + row * 3) % 6]
            piece += [
                block(x - 0.017, y, x + 0.017, y + 0.026, tone, 0.05, -0.08, 0.008),
                block(x - 0.017, y + 0.018, x + 0.017, y + 0.030, "cream", 0.03, -0.02, 0.006),
            ]
            piece.append(disc(x, y + 0.033, 0.005, 0.005, "red", 0.05, -0.05))
    piece.append(block(-half - 0.004, 0.140, half + 0.004, 0.152, "wood", 0.08, -0.04, 0.003))
    return piece


def menu(width: float, high: float, rng: Rng) -> Piece:
    """A chalkboard of scribbled lines, its lower left corner at the origin."""
    piece: Piece = [
        block(0.003, -0.006, width + 0.005, high, "shadow", 0, 0),
        block(0, 0, width, high, "wood", 0.0, -0.08, 0.002),
        block(0.012, 0.012, width - 0.012, high - 0.012, "board", 0.03, -0.03),
    ]
    y = high - 0.045
    piece.append(rod([(width * 0.3, y), (width * 0.7, y)], 0.009, "cream", 0.007))
    while y > 0.045:
        y -= 0.030
        piece.append(
            rod(
                [(width * 0.14, y), (width * float(rng.uniform(0.42, 0.6)), y)],
                0.005,
                "cream",
                0.004,
                -0.1,
                -0.1,
            )
        )
        piece.append(rod([(width * 0.74, y), (width * 0.86, y)], 0.005, "yellow", 0.004))
    return piece


def cafe_table(high: float = 0.19) -> Piece:
    """A little round cafe table."""
    return [
        shadow(-0.06, 0.06, 0.0, 0.013),
        disc(0, 0.006, 0.055, 0.012, "metal", 0.0, -0.05),
        rod([(0, high), (0, 0.008)], 0.013, "metal"),
        disc(0, high - 0.008, 0.105, 0.026, "wood", -0.12, -0.16),
        disc(0, high, 0.105, 0.026, "wood", 0.10, 0.02, 20),
    ]
