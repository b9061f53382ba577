"""An isometric block and what stands on it: boxes, ribbons, ponds, small trees. It knows no places.

Coordinates u and v run from -1 to 1 over the top of the block, u down to the right, v down to the left;
heights are in shares of the block's half side.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import ellipse, smooth
from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.paint.palette import Palette, mix, shift
from limner.engines.sketch.paint.raster import Rgb

_LEFT, _RIGHT = -0.07, -0.15
Spot = tuple[float, float]
"""(u, v)."""


@dataclass(frozen=True, slots=True)
class Block:
    """The top's middle at (x, y) px; side: px from there to the right corner, halved."""

    canvas: Canvas
    x: float
    y: float
    side: float
    lit_left: bool

    def at(self, u: float, v: float, high: float = 0.0) -> tuple[float, float]:
        """The pixel of a spot."""
        return self.x + (u - v) * self.side, self.y + ((u + v) / 2 - high) * self.side

    def quad(self, corners: Sequence[tuple[float, float, float]], color: Rgb, to: Rgb | None = None) -> None:
        """A face through (u, v, high) corners, with a gradient downward."""
        self.canvas.fill([self.at(*corner) for corner in corners], color, to)

    def box(self, low: Spot, high: Spot, foot: float, top: float, color: Rgb, lid: Rgb | None = None) -> None:
        """A box from the spot low to the spot high, between two heights; lid: the colour of its top."""
        (u0, v0), (u1, v1) = low, high
        left, right = (_LEFT, _RIGHT) if self.lit_left else (_RIGHT, _LEFT)
        for corners, shade in (
            (((u0, v1, top), (u1, v1, top), (u1, v1, foot), (u0, v1, foot)), left),
            (((u1, v1, top), (u1, v0, top), (u1, v0, foot), (u1, v1, foot)), right),
        ):
            self.quad(corners, shift(color, shade), shift(color, shade - 0.06))
        over = lid or shift(color, 0.05)
        self.quad(((u0, v0, top), (u1, v0, top), (u1, v1, top), (u0, v1, top)), over, shift(over, 0.02))

    def disc(self, u: float, v: float, radius: float, color: Rgb, high: float = 0.0) -> None:
        """A round flat patch; radius in shares of the half side."""
        x, y = self.at(u, v, high)
        reach = radius * self.side * math.sqrt(2)
        self.canvas.fill(ellipse(x, y, reach, reach / 2), color)

    def ribbon(self, spots: Sequence[Spot], width: float, color: Rgb) -> None:
        """A band along smooth spots: a path, a stream."""
        line = np.clip(smooth(spots, steps=8), -1, 1)
        step = np.gradient(line, axis=0)
        normal = np.stack([-step[:, 1], step[:, 0]], 1) / (np.linalg.norm(step, axis=1)[:, None] + 1e-6)
        edge = np.concatenate([line + normal * width / 2, (line - normal * width / 2)[::-1]])
        self.canvas.polygon([self.at(float(u), float(v)) for u, v in np.clip(edge, -1, 1)], color)

    def shadow(self, u: float, v: float, radius: float) -> None:
        """The soft shade under what stands here."""
        x, y = self.at(u, v)
        reach = radius * self.side
        shape = ellipse(x + reach * (0.35 if self.lit_left else -0.35), y + reach * 0.06, reach, reach * 0.42)
        self.canvas.fill(shape, (20, 26, 40), alpha=0.22, blur=max(1.0, reach * 0.16))


def slab(block: Block, depth: float, top: Rgb, layers: Sequence[Rgb], lip: float, rng: Rng) -> None:
    """The block itself: its layers down to depth, and a ragged lip of the top's colour."""
    canvas, side = block.canvas, block.side
    x, y = block.at(0, 0, -depth)
    shade = ellipse(x, y + side * 0.10, side * 2.05, side * 1.02)
    canvas.fill(shade, (24, 28, 46), alpha=0.26, blur=side * 0.16)
    for number in range(len(layers) - 1, -1, -1):
        foot = -depth * (number + 1) / len(layers)
        block.box((-1, -1), (1, 1), foot, 0, layers[number])
    for face in (0, 1):
        tint = shift(top, (_LEFT if (face == 0) == block.lit_left else _RIGHT) * 0.9)
        along = np.linspace(-1, 1, 41)
        drop = lip * (0.55 + 0.6 * rng.random(41))
        spots = [(float(t), 1.0) if face == 0 else (1.0, float(-t)) for t in along]
        upper = [block.at(u, v) for u, v in spots]
        lower = [block.at(u, v, -float(d)) for (u, v), d in zip(spots, drop, strict=True)]
        canvas.polygon([*upper, *lower[::-1]], tint)
    block.quad(((-1, -1, 0), (1, -1, 0), (1, 1, 0), (-1, 1, 0)), shift(top, -0.015), shift(top, 0.035))
    rim = [block.at(-1, 1), block.at(1, 1), block.at(1, -1)]
    canvas.line(rim, shift(top, 0.09), max(1.0, side * 0.010))


def ball_tree(block: Block, u: float, v: float, tall: float, leaf: Rgb, bark: Rgb, rng: Rng) -> None:
    """A round tree; tall in shares of the half side."""
    canvas, side = block.canvas, block.side
    block.shadow(u, v, tall * 0.34)
    x, y = block.at(u, v)
    size = tall * side
    canvas.fill(
        [
            (x - size * 0.05, y),
            (x + size * 0.05, y),
            (x + size * 0.035, y - size * 0.5),
            (x - size * 0.035, y - size * 0.5),
        ],
        shift(bark, 0.04),
        shift(bark, -0.05),
    )
    lean = -1 if block.lit_left else 1
    for dx, dy, r in ((-0.16, 0.50, 0.21), (0.17, 0.54, 0.20), (0.0, 0.70, 0.27)):
        spot = (x + dx * size, y - dy * size)
        radius = r * size * float(rng.uniform(0.92, 1.1))
        canvas.fill(ellipse(*spot, radius, radius * 0.95), shift(leaf, 0.03), shift(leaf, -0.13))
        light = ellipse(spot[0] + lean * radius * 0.28, spot[1] - radius * 0.34, radius * 0.52, radius * 0.42)
        canvas.fill(light, shift(leaf, 0.13), alpha=0.55, blur=max(1.0, radius * 0.16))


def cone_tree(block: Block, u: float, v: float, tall: float, leaf: Rgb, bark: Rgb, snow: Rgb | None) -> None:
    """A conifer of three cones, with snow on them when a colour for it is given."""
    canvas, side = block.canvas, block.side
    block.shadow(u, v, tall * 0.30)
    x, y = block.at(u, v)
    size = tall * side
    canvas.polygon(
        [
            (x - size * 0.04, y),
            (x + size * 0.04, y),
            (x + size * 0.04, y - size * 0.2),
            (x - size * 0.04, y - size * 0.2),
        ],
        bark,
    )
    lean = 1 if block.lit_left else -1
    for foot, top, half in ((0.14, 0.56, 0.27), (0.36, 0.78, 0.21), (0.58, 1.0, 0.15)):
        base = [
            (x + half * size * math.cos(t), y - foot * size + half * size * 0.3 * math.sin(t))
            for t in np.linspace(0, math.pi, 9)
        ]
        canvas.fill([(x, y - top * size), *base], shift(leaf, 0.06), shift(leaf, -0.06))
        shade = [p for p in base if (p[0] - x) * lean > -half * size * 0.15]
        canvas.fill([(x, y - top * size), *shade], shift(leaf, -0.09))
        if snow:
            cap = half * 0.62
            canvas.polygon(
                [
                    (x, y - top * size),
                    (x + cap * size, y - (top - 0.24) * size),
                    (x, y - (top - 0.18) * size),
                    (x - cap * size, y - (top - 0.24) * size),
                ],
                snow,
            )


def rock(block: Block, u: float, v: float, size: float, color: Rgb) -> None:
    """A boulder of three faces."""
    block.shadow(u, v, size * 0.9)
    x, y = block.at(u, v)
    s = size * block.side
    left, right = (0.05, -0.08) if block.lit_left else (-0.08, 0.05)
    top = [
        (x - s * 0.7, y - s * 0.55),
        (x - s * 0.1, y - s * 0.95),
        (x + s * 0.65, y - s * 0.6),
        (x + s * 0.1, y - s * 0.35),
    ]
    block.canvas.polygon([(x - s, y - s * 0.05), top[0], top[3], (x, y + s * 0.25)], shift(color, left))
    block.canvas.polygon(
        [(x, y + s * 0.25), top[3], top[2], (x + s * 0.95, y - s * 0.1)], shift(color, right)
    )
    block.canvas.polygon(top, shift(color, 0.12))


def plain_air(canvas: Canvas, palette: Palette) -> None:
    """The quiet ground that a block floats on."""
    rows = np.linspace(0, 1, 32, dtype=np.float32)[:, None, None]
    dark = palette.night
    upper = np.asarray(palette.zenith if dark else mix(palette.middle, (255, 255, 255), 0.42), np.float32)
    lower = np.asarray(
        mix(palette.middle, palette.horizon, 0.4) if dark else mix(palette.horizon, (255, 255, 255), 0.35),
        np.float32,
    )
    canvas.soft(np.repeat(upper * (1 - rows) + lower * rows, 4, 1))
