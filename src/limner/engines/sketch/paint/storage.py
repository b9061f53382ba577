"""Bookcases, shelves, books and chests as pieces of parts. Units as in furniture."""

from __future__ import annotations

from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.paint.parts import Piece, block, disc, facet, moved, shadow


def bookcase(width: float, high: float, rows: int, rng: Rng) -> Piece:
    """Shelves full of books, its lower left corner at the origin."""
    piece: Piece = [
        block(-0.004, 0, width + 0.014, high - 0.006, "shadow", 0, 0),
        block(0, 0, width, high, "wood", -0.02, -0.10, 0.002, 0),
    ]
    tall = high / rows
    for row in range(rows):
        y0, y1 = tall * row + 0.010, tall * (row + 1) - 0.006
        piece.append(block(0.012, y0, width - 0.012, y1, "wood", -0.20, -0.14))
        piece += moved(books(width * float(rng.uniform(0.5, 0.92)), (y1 - y0) * 0.94, rng), 0.016, y0)
    return piece


_SPINES = ("accent", "cloth", "second", "red", "blue", "leaf", "cream", "brick", "yellow")


def books(width: float, high: float, rng: Rng) -> Piece:
    """A row of spines from the origin to the right, the last one leaning."""
    piece: Piece = []
    x = 0.0
    while x < width - 0.012:
        wide, tall = float(rng.uniform(0.009, 0.021)), high * float(rng.uniform(0.68, 0.97))
        tone = _SPINES[int(rng.integers(len(_SPINES)))]
        piece.append(block(x, 0, x + wide, tall, tone, 0.03, -0.08, 0.001, 0))
        if wide > 0.013:
            piece.append(block(x, tall * 0.78, x + wide, tall * 0.84, tone, 0.16, 0.12))
        x += wide + 0.001
    tone = _SPINES[int(rng.integers(len(_SPINES)))]
    lean = high * 0.30
    piece.append(
        facet(
            [(x + lean, 0), (x + lean + 0.014, 0.004), (x + 0.016, high * 0.8), (x + 0.002, high * 0.79)],
            tone,
            0.03,
            -0.06,
            0,
        )
    )
    return piece


def stack(rng: Rng, count: int = 3, width: float = 0.075) -> Piece:
    """Books lying on each other about the origin."""
    piece: Piece = []
    y = 0.0
    for _ in range(count):
        half, off, high = (
            width * float(rng.uniform(0.42, 0.55)),
            float(rng.normal(0, 0.005)),
            float(rng.uniform(0.011, 0.017)),
        )
        tone = _SPINES[int(rng.integers(len(_SPINES)))]
        piece += [
            block(off - half, y, off + half, y + high, tone, 0.05, -0.06, 0.002),
            block(off + half * 0.72, y + 0.002, off + half * 0.99, y + high - 0.002, "paper", 0, -0.05),
        ]
        y += high
    return piece


def shelf(width: float) -> Piece:
    """A board on the wall, its upper left corner at the origin."""
    return [
        block(0.004, -0.030, width - 0.004, -0.012, "shadow", 0, 0),
        block(0, -0.014, width, 0, "wood", 0.06, -0.05, 0.002),
    ]


def nightstand() -> Piece:
    """A bedside table with two drawers, 0.15 high."""
    piece: Piece = [
        shadow(-0.07, 0.07, 0.0, 0.013),
        block(-0.062, 0.015, 0.062, 0.15, "wood", 0.03, -0.09, 0.004),
    ]
    for y in (0.03, 0.085):
        piece += [
            block(-0.052, y, 0.052, y + 0.047, "wood", 0.07, -0.01, 0.003),
            disc(0, y + 0.024, 0.006, 0.006, "brass"),
        ]
    piece.append(block(-0.068, 0.143, 0.068, 0.155, "wood", 0.10, 0.0, 0.002))
    return piece


def dresser(width: float) -> Piece:
    """A chest of drawers, 0.2 high."""
    half = width / 2
    piece: Piece = [
        shadow(-half, half, 0.0, 0.016),
        block(-half, 0.02, half, 0.20, "wood", 0.02, -0.09, 0.004),
    ]
    for x in (-half + 0.018, half - 0.018):
        piece.append(block(x - 0.009, 0, x + 0.009, 0.022, "wood", -0.1, -0.14))
    for row in range(3):
        y = 0.032 + 0.055 * row
        piece.append(block(-half + 0.012, y, half - 0.012, y + 0.047, "wood", 0.065, -0.01, 0.003))
        piece += [disc(x, y + 0.024, 0.006, 0.006, "brass") for x in (-half * 0.45, half * 0.45)]
    piece.append(block(-half - 0.008, 0.195, half + 0.008, 0.21, "wood", 0.10, 0.0, 0.002))
    return piece


def wardrobe(width: float = 0.27, high: float = 0.46) -> Piece:
    """A wardrobe of two doors."""
    half = width / 2
    piece: Piece = [
        shadow(-half, half, 0.0, 0.016),
        block(-half, 0.012, half, high, "wood", 0.02, -0.08, 0.004, 0),
    ]
    for x0, x1, knob in ((-half + 0.012, -0.003, -0.014), (0.003, half - 0.012, 0.014)):
        piece += [
            block(x0, 0.035, x1, high - 0.03, "wood", 0.06, -0.03, 0.003),
            block(x0 + 0.016, 0.06, x1 - 0.016, high * 0.46, "wood", 0.0, 0.03, 0.003),
        ]
        piece += [
            block(x0 + 0.016, high * 0.52, x1 - 0.016, high - 0.052, "wood", 0.0, 0.03, 0.003),
            disc(knob, high * 0.49, 0.006, 0.006, "brass"),
        ]
    piece.append(block(-half - 0.010, high - 0.012, half + 0.010, high + 0.008, "wood", 0.08, 0.0, 0.003))
    return piece
