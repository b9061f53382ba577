"""Potted plants and vases of flowers as pieces of parts. Units as in furniture."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.curves import smooth
from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.paint.parts import Piece, blade, block, disc, facet, pad, rod, shadow


def plant(kind: int, size: float, rng: Rng, pot: str = "pot") -> Piece:
    """A potted plant about size tall: 0 broad leaves, 1 blades, 2 fan palm, 3 trailing."""
    high, half = size * 0.24, size * 0.15
    piece: Piece = [shadow(-half * 1.2, half * 1.2, 0.0, size * 0.05)]
    if kind != 3:
        piece += _FOLIAGE[kind](size, high, rng)
    piece.append(
        facet([(-half, high), (half, high), (half * 0.74, 0), (-half * 0.74, 0)], pot, 0.06, -0.12, 20)
    )
    piece.append(
        block(
            -half * 1.08,
            high - size * 0.03,
            half * 1.08,
            high + size * 0.02,
            pot,
            0.10,
            -0.07,
            size * 0.008,
            10,
        )
    )
    if kind == 3:
        piece += _FOLIAGE[3](size, high, rng)
    return piece


_GREENS = ("leaf", "leaf2", "leaf3")


def _broad(size: float, foot: float, rng: Rng) -> Piece:
    """Oval leaves with a light rib on long stems."""
    drawn: list[tuple[float, Piece]] = []
    for k in range(11):
        angle = (k / 10 - 0.5) * 2.4 + float(rng.normal(0, 0.08))
        length = size * float(rng.uniform(0.42, 0.72)) * (1 - 0.18 * abs(angle))
        middle = (np.sin(angle) * length * 0.40, foot + length * 0.55)
        end = (np.sin(angle) * length * 0.85, foot + length * np.cos(angle * 0.75))
        heading = np.arctan2(end[1] - middle[1], end[0] - middle[0])
        reach = size * float(rng.uniform(0.14, 0.19))
        tone = _GREENS[int(rng.integers(3))]
        stem = rod([(0, foot), middle, end], size * 0.014, "leaf3", size * 0.008)
        drawn.append((-abs(angle), [stem, *_leaf(end[0], end[1], heading, reach, tone)]))
    drawn.sort(key=lambda item: item[0])
    return [part for _, leaf in drawn for part in leaf]


def _leaf(x: float, y: float, heading: float, reach: float, tone: str) -> Piece:
    c, s = np.cos(heading), np.sin(heading)
    shape = np.array(
        [
            (-0.1, 0),
            (0.35, 0.42),
            (0.95, 0.50),
            (1.6, 0.28),
            (2.05, 0.0),
            (1.6, -0.28),
            (0.95, -0.50),
            (0.35, -0.42),
        ]
    )
    outline = np.stack(
        [x + reach * (shape[:, 0] * c - shape[:, 1] * s), y + reach * (shape[:, 0] * s + shape[:, 1] * c)], 1
    )
    rib = [(x, y), (x + c * reach * 1.9, y + s * reach * 1.9)]
    return [pad(outline, tone, 0.06, -0.07, 80), rod(rib, reach * 0.06, tone, reach * 0.02, 0.14, 0.12)]


def _bladed(size: float, foot: float, rng: Rng) -> Piece:
    """Narrow arching blades."""
    piece: Piece = []
    for k in range(19):
        angle = float(rng.normal(0, 0.55)) if k > 6 else (k / 6 - 0.5) * 2.0
        length = size * float(rng.uniform(0.5, 0.82)) * (1 - 0.2 * abs(angle))
        tip = (np.sin(angle) * length * 0.95, foot + length * np.cos(angle * 0.9))
        middle = (np.sin(angle) * length * 0.32, foot + length * 0.55)
        piece.append(
            rod([(tip[0] * 0.04, foot), middle, tip], size * 0.040, _GREENS[k % 3], size * 0.004, 0.02, 0.06)
        )
    return piece


def _fanned(size: float, foot: float, rng: Rng) -> Piece:
    """Feathered palm fronds."""
    piece: Piece = []
    for k in range(9):
        angle = (k / 8 - 0.5) * 2.7 + float(rng.normal(0, 0.06))
        length = size * float(rng.uniform(0.58, 0.78))
        rib = smooth(
            [
                (0, foot),
                (np.sin(angle) * length * 0.45, foot + length * 0.62 * np.cos(angle * 0.5)),
                (np.sin(angle) * length, foot + length * (0.82 * np.cos(angle * 0.8))),
            ],
            steps=7,
        )
        tone = _GREENS[k % 3]
        piece.append(rod(rib[::3], size * 0.012, tone, size * 0.006))
        for i in range(4, len(rib) - 1, 2):
            step = rib[i] - rib[i - 1]
            heading = np.arctan2(step[1], step[0])
            light = 0.05 if i % 4 else -0.01
            for side in (-1, 1):
                reach = size * 0.17 * (1 - i / len(rib) * 0.55)
                tip = rib[i] + reach * np.array(
                    [np.cos(heading + side * 0.85), np.sin(heading + side * 0.85)]
                )
                piece.append(blade(rib[i], tip, size * 0.034, tone, light))
    return piece


def _trailing(size: float, foot: float, rng: Rng) -> Piece:
    """Strands of small leaves that hang over the pot's rim."""
    piece: Piece = []
    for k in range(9):
        x = (k / 8 - 0.5) * size * 0.36
        length = size * float(rng.uniform(0.25, 0.75))
        for i in range(int(length / (size * 0.07)) + 1):
            y = foot + size * 0.07 - i * size * 0.07
            sway = x * (1.15 + 0.25 * np.sin(i)) + float(rng.normal(0, size * 0.012))
            piece.append(disc(sway, y, size * 0.040, size * 0.046, _GREENS[(k + i) % 3], 0.06, -0.05))
    return piece


_FOLIAGE = {0: _broad, 1: _bladed, 2: _fanned, 3: _trailing}


def vase(tone: str, rng: Rng, high: float = 0.10, blooms: str = "accent") -> Piece:
    """A vase of flowers standing at the origin."""
    piece: Piece = []
    for k in range(7):
        lean = (k / 6 - 0.5) * 0.14 + float(rng.normal(0, 0.006))
        tip = (lean, high + float(rng.uniform(0.045, 0.10)) - abs(lean) * 0.3)
        piece.append(rod([(0, high * 0.8), (lean * 0.4, high * 1.15), tip], 0.004, "leaf3"))
        radius = float(rng.uniform(0.014, 0.020))
        tone_k = blooms if k % 3 else "yellow"
        piece += [
            disc(tip[0], tip[1], radius, radius, tone_k, 0.05, -0.08),
            disc(tip[0], tip[1], radius * 0.42, radius * 0.42, "yellow", 0.05, -0.06),
        ]
    body = [
        (-0.018, 0),
        (-0.034, high * 0.36),
        (-0.014, high * 0.8),
        (-0.018, high),
        (0.018, high),
        (0.014, high * 0.8),
        (0.034, high * 0.36),
        (0.018, 0),
    ]
    return [*piece, pad(body, tone, 0.07, -0.12, 20)]
