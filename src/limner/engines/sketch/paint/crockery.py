"""Cups, jars, pots and bowls as pieces of parts, standing at the origin. Units as in furniture."""

from __future__ import annotations

from limner.engines.sketch.paint.curves import smooth
from limner.engines.sketch.paint.parts import Piece, block, disc, facet, moved, pad, rod


def mug(tone: str = "white", size: float = 1.0) -> Piece:
    """A mug standing at the origin."""
    return moved(
        [
            pad([(0.016, 0.034), (0.034, 0.034), (0.034, 0.012), (0.016, 0.012)], tone, -0.04, -0.10),
            block(-0.019, 0, 0.019, 0.044, tone, 0.02, -0.12, 0.006, 0),
            disc(0, 0.043, 0.019, 0.005, tone, -0.10, -0.14),
        ],
        0,
        0,
        size,
    )


def jar(tone: str, size: float = 1.0) -> Piece:
    """A storage jar with a cork."""
    return moved(
        [
            block(-0.020, 0, 0.020, 0.052, "glass", 0.02, -0.06, 0.008, 0),
            block(-0.017, 0.003, 0.017, 0.034, tone, 0.03, -0.06, 0.006, 0),
            block(-0.013, 0.050, 0.013, 0.062, "wood", 0.04, -0.06, 0.003),
        ],
        0,
        0,
        size,
    )


def pot(tone: str = "accent") -> Piece:
    """A cooking pot with a lid."""
    return [
        rod([(-0.06, 0.032), (-0.046, 0.036)], 0.009, tone, None, -0.10, -0.12),
        rod([(0.06, 0.032), (0.046, 0.036)], 0.009, tone, None, -0.10, -0.12),
        block(-0.046, 0, 0.046, 0.05, tone, 0.05, -0.12, 0.010, 0),
        pad([(-0.048, 0.050), (-0.03, 0.064), (0, 0.068), (0.03, 0.064), (0.048, 0.050)], tone, 0.08, -0.02),
        disc(0, 0.072, 0.008, 0.007, "dark"),
    ]


def kettle(tone: str = "second") -> Piece:
    """A kettle, its spout to the right."""
    body = [
        (-0.042, 0.004),
        (-0.046, 0.030),
        (-0.028, 0.058),
        (0.0, 0.064),
        (0.028, 0.058),
        (0.046, 0.030),
        (0.042, 0.004),
    ]
    return [
        rod([(-0.030, 0.052), (-0.022, 0.094), (0.022, 0.094), (0.030, 0.052)], 0.008, "dark"),
        rod([(0.034, 0.026), (0.056, 0.038), (0.064, 0.058)], 0.016, tone, 0.008),
        pad(body, tone, 0.08, -0.12, 30),
        disc(0, 0.066, 0.008, 0.007, "dark"),
    ]


def fruit_bowl() -> Piece:
    """A bowl of fruit."""
    fruit: Piece = [
        disc(x, y, 0.022, 0.022, tone, 0.06, -0.10, 60)
        for x, y, tone in (
            (-0.032, 0.042, "red"),
            (0.004, 0.052, "yellow"),
            (0.036, 0.042, "leaf2"),
            (0.014, 0.036, "accent"),
        )
    ]
    bowl = [(-0.068, 0.042), (-0.052, 0.016), (-0.022, 0.002), (0.022, 0.002), (0.052, 0.016), (0.068, 0.042)]
    return [*fruit, facet(smooth(bowl, steps=6), "white", 0.0, -0.12)]


def cake_stand() -> Piece:
    """A cake on a stand."""
    return [
        disc(0, 0.004, 0.030, 0.006, "glass", 0.0, -0.08),
        block(-0.006, 0.004, 0.006, 0.03, "glass", 0.0, -0.08),
        disc(0, 0.032, 0.066, 0.010, "glass", 0.02, -0.06),
        block(-0.050, 0.034, 0.050, 0.080, "second", 0.04, -0.08, 0.008),
        block(-0.050, 0.064, 0.050, 0.086, "cream", 0.02, -0.02, 0.010),
        *(disc(x, 0.090, 0.009, 0.009, "red", 0.05, -0.06) for x in (-0.036, -0.012, 0.012, 0.036)),
    ]
