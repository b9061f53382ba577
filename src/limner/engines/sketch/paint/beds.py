"""Beds as pieces of parts. Units as in furniture."""

from __future__ import annotations

from limner.engines.sketch.paint.parts import Piece, block, facet, pad, rod, shadow


def bed(width: float = 0.62, high: float = 0.17, head: float = 0.34, tone: str = "cloth") -> Piece:
    """A bed from its foot: headboard, pillows, blanket falling towards the viewer."""
    half = width / 2
    piece: Piece = [shadow(-half * 1.02, half * 1.02, -0.006, 0.03)]
    piece.append(block(-half - 0.012, 0.03, half + 0.012, head, "wood", 0.05, -0.08, 0.035))
    piece.append(block(-half + 0.012, 0.06, half - 0.012, head - 0.024, "wood", -0.05, -0.02, 0.025))
    for x in (-0.25, 0.25):
        piece += _pillow(width * x, high + 0.075, width * 0.20, 0.055)
    cover = [
        (-half * 0.93, high + 0.06),
        (half * 0.93, high + 0.06),
        (half * 1.04, high - 0.05),
        (half * 1.05, 0.025),
        (-half * 1.05, 0.025),
        (-half * 1.04, high - 0.05),
    ]
    piece.append(facet(cover, tone, 0.10, -0.10))
    fold = [
        (-half * 0.92, high + 0.075),
        (half * 0.92, high + 0.075),
        (half * 0.97, high + 0.02),
        (0.1 * half, high + 0.012),
        (-half * 0.97, high + 0.02),
    ]
    piece.append(facet(fold, "cream", 0.03, -0.06))
    for x in (-0.66, -0.22, 0.25, 0.7):
        piece.append(
            rod([(half * x, high - 0.01), (half * x * 1.05, 0.03)], 0.006, tone, 0.010, -0.06, -0.02)
        )
    throw = [(-half * 1.03, 0.105), (half * 1.03, 0.105), (half * 1.05, 0.045), (-half * 1.05, 0.045)]
    piece.append(facet(throw, "second", 0.04, -0.07))
    for x in (-half * 0.98, half * 0.98):
        piece.append(block(x - 0.012, 0, x + 0.012, 0.03, "wood", -0.1, -0.16))
    return piece


def side_bed(width: float) -> Piece:
    """A bed along the wall, its head at the left."""
    half = width / 2
    spread = [
        (-half * 0.34, 0.168),
        (half * 0.3, 0.172),
        (half * 0.94, 0.158),
        (half * 0.955, 0.050),
        (-half * 0.34, 0.050),
    ]
    folded = [(-half * 0.46, 0.166), (-half * 0.22, 0.174), (-half * 0.20, 0.052), (-half * 0.40, 0.050)]
    throw = [(half * 0.40, 0.172), (half * 0.72, 0.166), (half * 0.74, 0.044), (half * 0.40, 0.044)]
    return [
        shadow(-half, half, -0.004, 0.026),
        block(-half - 0.012, 0.0, -half + 0.022, 0.29, "wood", 0.04, -0.08, 0.012, 0),
        block(half - 0.022, 0.0, half + 0.008, 0.19, "wood", 0.02, -0.10, 0.008, 0),
        block(-half + 0.01, 0.030, half - 0.01, 0.075, "wood", 0.0, -0.10),
        block(-half + 0.016, 0.065, half - 0.016, 0.145, "white", 0.0, -0.07, 0.014),
        *_pillow(-half * 0.68, 0.162, half * 0.27, 0.036),
        facet(spread, "cloth", 0.09, -0.10),
        facet(folded, "cream", 0.03, -0.07),
        facet(throw, "second", 0.05, -0.07),
        *(
            rod([(half * x, 0.15), (half * (x + 0.01), 0.055)], 0.005, "cloth", 0.008, -0.05, -0.03)
            for x in (-0.1, 0.15)
        ),
    ]


def _pillow(x: float, y: float, half: float, tall: float) -> Piece:
    outline = [
        (x - half, y - tall * 0.75),
        (x - half * 1.03, y),
        (x - half * 0.93, y + tall),
        (x, y + tall * 0.84),
        (x + half * 0.93, y + tall),
        (x + half * 1.03, y),
        (x + half, y - tall * 0.75),
        (x, y - tall * 0.6),
    ]
    return [pad(outline, "white", 0.01, -0.10, 70)]
