"""What grows and flows on an isometric block of land, and what the block is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from limner.engines.sketch.paint.blocks import Block, ball_tree, cone_tree, rock
from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.paint.palette import Lch, Palette, lch, mix, shift
from limner.engines.sketch.paint.raster import Rgb
from limner.engines.sketch.scene.places.diorama import DEPTH
from limner.engines.sketch.scene.places.ground import Surface

_SOIL: tuple[Lch, ...] = ((0.50, 0.07, 55), (0.42, 0.06, 50), (0.34, 0.045, 45))
_SANDSTONE: tuple[Lch, ...] = ((0.76, 0.07, 75), (0.68, 0.075, 65), (0.60, 0.07, 58))
_ICE: tuple[Lch, ...] = ((0.84, 0.04, 230), (0.72, 0.05, 235), (0.58, 0.04, 250))
_STONE: tuple[Lch, ...] = ((0.62, 0.015, 260), (0.53, 0.02, 265), (0.44, 0.02, 268))
_BED: tuple[Lch, ...] = ((0.62, 0.09, 225), (0.52, 0.10, 235), (0.70, 0.06, 80))


@dataclass(frozen=True, slots=True)
class Theme:
    """What a block is made of; top None: the leaves of the season. plants: which grow at its back."""

    top: Lch | None
    layers: tuple[Lch, ...]
    surface: Surface
    plants: str
    water: Lch = (0.66, 0.10, 225)


THEMES = {
    "land": Theme(None, _SOIL, "grass", "trees"),
    "pines": Theme(None, _SOIL, "grass", "pines"),
    "snow": Theme((0.95, 0.015, 240), _ICE, "snow", "pines", (0.80, 0.06, 225)),
    "sand": Theme((0.83, 0.075, 80), _SANDSTONE, "sand", "cacti"),
    "moon": Theme((0.70, 0.012, 265), _STONE, "sand", "craters"),
    "sea": Theme((0.64, 0.11, 225), _BED, "sand", "rocks"),
}


Feature = Callable[[Block, Palette, Theme, Rng], None]


def water_of(palette: Palette, theme: Theme) -> Rgb:
    return mix(palette.lit(lch(*theme.water), 0.85), palette.middle, 0.25)


def _stream(block: Block, palette: Palette, theme: Theme, rng: Rng) -> None:
    """A stream across the back, falling over the right edge."""
    color, v = water_of(palette, theme), float(rng.uniform(-0.52, -0.40))
    bank = shift(palette.lit(lch(0.70, 0.06, 75), 0.8), 0.02)
    course = [(-1.0, v - 0.08), (-0.4, v + 0.06), (0.2, v - 0.05), (1.0, v)]
    block.ribbon(course, 0.34, bank)
    block.ribbon(course, 0.26, color)
    block.ribbon([(u, w - 0.02) for u, w in course], 0.06, shift(color, 0.10))
    fall = ((1.0, v - 0.13, 0.0), (1.0, v + 0.13, 0.0), (1.0, v + 0.12, -DEPTH), (1.0, v - 0.12, -DEPTH))
    block.quad(fall, shift(color, 0.14), shift(color, 0.02))


def _pond(block: Block, palette: Palette, theme: Theme, rng: Rng) -> None:
    u, v = (-0.44, -0.06) if rng.random() < 0.5 else (-0.06, -0.44)
    color = water_of(palette, theme)
    block.disc(u, v, 0.32, palette.lit(lch(0.72, 0.06, 78), 0.8))
    block.disc(u, v, 0.275, color)
    block.disc(u - 0.05, v - 0.05, 0.15, shift(color, 0.07))


def _path(block: Block, palette: Palette, theme: Theme, rng: Rng) -> None:
    bend = float(rng.uniform(-0.2, 0.2))
    color = palette.lit(lch(0.80, 0.055, 82), 0.85)
    spots = [(0.15, 1.0), (0.1 + bend, 0.45), (-0.15 + bend, -0.1), (-0.45, -0.6), (-0.5, -1.0)]
    block.ribbon(spots, 0.30, shift(color, -0.08))
    block.ribbon(spots, 0.24, color)


def _terrace(block: Block, palette: Palette, theme: Theme, rng: Rng) -> None:
    """A step of land at the back, with trees of its own."""
    soil = palette.lit(lch(*theme.layers[0]), 0.75)
    top = palette.leaf(0.70, 0.9) if theme.top is None else shift(palette.lit(lch(*theme.top), 0.9), 0.03)
    block.box((-1, -1), (0.55, -0.42), 0, 0.24, soil, top)
    block.box((-1, -1), (-0.35, -0.72), 0.24, 0.46, soil, shift(top, 0.03))


def _grove(block: Block, palette: Palette, theme: Theme, rng: Rng) -> None:
    """What grows at the back and at the sides, far ones first."""
    spots = [
        (-0.86, -0.80),
        (-0.82, -0.28),
        (-0.30, -0.86),
        (0.28, -0.84),
        (-0.86, 0.30),
        (0.78, -0.84),
        (-0.85, 0.80),
    ]
    chosen = [spots[i] for i in rng.permutation(len(spots))[: int(rng.integers(4, 7))]]
    for u, v in sorted(chosen, key=sum):
        plant(block, palette, theme, (u, v), float(rng.uniform(0.52, 0.86)), rng)


def plant(
    block: Block, palette: Palette, theme: Theme, spot: tuple[float, float], tall: float, rng: Rng
) -> None:
    u, v = spot
    bark = palette.lit(lch(0.42, 0.06, 50), 0.7)
    snow = palette.lit(lch(0.97, 0.01, 240), 0.95) if palette.snowy or theme.surface == "snow" else None
    if theme.plants == "trees" and rng.random() < 0.7:
        ball_tree(block, u, v, tall, palette.leaf(float(rng.uniform(0.3, 0.75)), 0.75), bark, rng)
    elif theme.plants in ("trees", "pines"):
        leaf = palette.lit(lch(0.46, 0.08, float(rng.uniform(145, 165))), 0.75)
        cone_tree(block, u, v, tall * 1.15, leaf, bark, snow)
    elif theme.plants == "cacti":
        _cactus(block, palette, u, v, tall * 0.7)
    elif theme.plants == "craters":
        ground = palette.lit(lch(0.60, 0.012, 265), 0.8)
        block.disc(u * 0.9, v * 0.9, tall * 0.20, shift(ground, 0.10))
        block.disc(u * 0.9 + 0.01, v * 0.9 + 0.01, tall * 0.16, shift(ground, -0.06))
    else:
        rock(block, u, v, tall * 0.28, palette.lit(lch(0.55, 0.03, 60), 0.8))


def _cactus(block: Block, palette: Palette, u: float, v: float, tall: float) -> None:
    block.shadow(u, v, tall * 0.3)
    x, y = block.at(u, v)
    size, green = tall * block.side, palette.lit(lch(0.55, 0.10, 150), 0.8)
    wide = max(2.0, size * 0.17)
    block.canvas.line([(x, y), (x, y - size)], green, wide)
    for side, low, high in ((-1, 0.40, 0.72), (1, 0.30, 0.62)):
        arm = [
            (x, y - low * size),
            (x + side * size * 0.24, y - low * size),
            (x + side * size * 0.24, y - high * size),
        ]
        block.canvas.line(arm, shift(green, 0.03 * side), wide * 0.75)
    block.canvas.line(
        [(x - wide * 0.2, y - size * 0.05), (x - wide * 0.2, y - size * 0.95)], shift(green, 0.08), wide * 0.2
    )


def _stones(block: Block, palette: Palette, theme: Theme, rng: Rng) -> None:
    color = palette.lit(lch(0.62, 0.02, 250), 0.8)
    for u, v in ((-0.62, 0.62), (0.72, -0.55), (-0.55, -0.62)):
        rock(
            block,
            u + float(rng.normal(0, 0.05)),
            v + float(rng.normal(0, 0.05)),
            float(rng.uniform(0.08, 0.15)),
            color,
        )


def _flowers(block: Block, palette: Palette, theme: Theme, rng: Rng) -> None:
    for _ in range(60):
        u, v = rng.uniform(-0.95, 0.95, 2)
        x, y = block.at(float(u), float(v))
        color = palette.lit(
            lch(float(rng.uniform(0.75, 0.92)), 0.12, float(rng.choice([20, 60, 95, 300, 345]))), 0.9
        )
        block.canvas.dot(x, y, max(1.0, block.side * 0.013), color)


FEATURES: dict[str, Feature] = {
    "stream": _stream,
    "pond": _pond,
    "path": _path,
    "terrace": _terrace,
    "grove": _grove,
    "stones": _stones,
    "flowers": _flowers,
}
