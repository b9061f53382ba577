"""Isometric streets: a block with houses or towers, a road, a lawn."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from limner.engines.sketch.paint.blocks import Block, Spot, ball_tree, plain_air, slab
from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.paint.palette import Lch, Palette, lch, mix, shift
from limner.engines.sketch.paint.raster import Rgb
from limner.engines.sketch.scene.places.diorama import block_of, stand_on
from limner.engines.sketch.scene.places.ground import Ground, Layout, Setting

_CURB = 0.20
_WALLS: tuple[Lch, ...] = (
    (0.80, 0.07, 35),
    (0.86, 0.05, 90),
    (0.74, 0.07, 215),
    (0.82, 0.06, 150),
    (0.72, 0.09, 20),
    (0.78, 0.05, 300),
)
Piece = Callable[[Block, Palette, Rgb, Rng], None]


def _street(pieces: tuple[str, ...], canvas: Canvas, setting: Setting) -> Ground:
    palette = setting.palette
    plain_air(canvas, palette)
    block = block_of(canvas, _CURB, 0.22)
    snowy = palette.snowy
    walk = palette.lit(lch(0.95, 0.01, 240) if snowy else lch(0.80, 0.02, 80), 0.85)
    layers = [palette.lit(lch(level, 0.015, 265), 0.75) for level in (0.62, 0.52)]
    slab(block, _CURB, walk, layers, 0.03, canvas.stream("block"))
    for name in pieces:
        _PIECES[name](block, palette, walk, canvas.stream(f"block-{name}"))
    return stand_on(canvas, block, setting, "floor")


def _road(block: Block, palette: Palette, walk: Rgb, rng: Rng, along_u: bool = True) -> None:
    """A road through the front, with a dashed line."""
    asphalt = palette.lit(lch(0.47, 0.015, 265), 0.75)
    line = mix(asphalt, (255, 255, 255), 0.7)

    def way(a: float, b: float) -> Spot:
        return (a, b) if along_u else (b, a)

    band = [way(-1, 0.02), way(1, 0.02), way(1, 0.72), way(-1, 0.72)]
    block.canvas.polygon([block.at(*s) for s in band], asphalt)
    for edge in (0.02, 0.72):
        ends = [block.at(*way(-1, edge)), block.at(*way(1, edge))]
        block.canvas.line(ends, shift(walk, 0.06), max(1.0, block.side * 0.016))
    for k in range(7):
        a = -0.93 + k * 0.29
        dash = [way(a, 0.355), way(a + 0.15, 0.355), way(a + 0.15, 0.385), way(a, 0.385)]
        block.canvas.polygon([block.at(*s) for s in dash], line)


def _side_road(block: Block, palette: Palette, walk: Rgb, rng: Rng) -> None:
    _road(block, palette, walk, rng, along_u=False)


def _crossing(block: Block, palette: Palette, walk: Rgb, rng: Rng) -> None:
    """Zebra stripes over the road."""
    for k in range(6):
        v = 0.07 + k * 0.105
        stripe = [(0.30, v), (0.62, v), (0.62, v + 0.055), (0.30, v + 0.055)]
        block.canvas.polygon([block.at(*s) for s in stripe], palette.lit(lch(0.95, 0.01, 90), 0.9))


def _houses(block: Block, palette: Palette, walk: Rgb, rng: Rng, towers: bool = False) -> None:
    """A row of houses along the two back edges."""
    lots = [(-0.98, -0.98), (-0.38, -0.98), (0.24, -0.98), (-0.98, -0.32), (-0.98, 0.30)]
    shown = lots if towers else [lots[i] for i in (0, 1, 2, 3)]
    colors = [_WALLS[i] for i in rng.permutation(len(_WALLS))]
    for (u, v), color in sorted(zip(shown, colors, strict=False), key=lambda lot: sum(lot[0])):
        tall = float(rng.uniform(0.8, 1.35) if towers else rng.uniform(0.42, 0.70))
        if v > -0.9:
            tall *= 0.72
        _house(
            block, palette, (u, v), (0.52, 0.46) if v < -0.9 else (0.46, 0.52), tall, color, rng, not towers
        )


def _house(
    block: Block, palette: Palette, at: Spot, size: Spot, tall: float, color: Lch, rng: Rng, roofed: bool
) -> None:
    (u, v), (du, dv) = at, size
    wall = palette.lit(lch(*color), 0.8)
    block.box((u, v), (u + du, v + dv), 0, tall, wall)
    lit = palette.time in ("dusk", "night")
    pane = lch(0.90, 0.10, 85) if lit else palette.lit(lch(0.72, 0.06, 235), 0.9)
    rows = max(1, int(tall / 0.24))
    for row in range(rows):
        low = 0.10 + row * (tall - 0.12) / rows
        for k in (0.16, 0.60):
            for face in ("u", "v"):
                glass = pane if not lit or rng.random() < 0.7 else shift(wall, -0.2)
                _window(block, (u, v, du, dv), face, k, low, 0.13, glass)
    if roofed:
        _roof(
            block, (u, v, du, dv), tall, palette.lit(lch(0.56, 0.12, float(rng.choice([28, 40, 250]))), 0.8)
        )
    else:
        block.box(
            (u + du * 0.3, v + dv * 0.3), (u + du * 0.6, v + dv * 0.6), tall, tall + 0.09, shift(wall, -0.1)
        )


def _window(
    block: Block,
    lot: tuple[float, float, float, float],
    face: str,
    at: float,
    low: float,
    tall: float,
    color: Rgb,
) -> None:
    """A pane on the left (v) or right (u) face of a house."""
    u, v, du, dv = lot
    if face == "v":
        a, b = u + du * at, u + du * (at + 0.26)
        corners = ((a, v + dv, low + tall), (b, v + dv, low + tall), (b, v + dv, low), (a, v + dv, low))
    else:
        a, b = v + dv * at, v + dv * (at + 0.26)
        corners = ((u + du, a, low + tall), (u + du, b, low + tall), (u + du, b, low), (u + du, a, low))
    block.quad(corners, color, shift(color, -0.08))


def _roof(block: Block, lot: tuple[float, float, float, float], tall: float, color: Rgb) -> None:
    """A hipped roof."""
    u, v, du, dv = lot
    over = 0.03
    a, b, c, d = u - over, v - over, u + du + over, v + dv + over
    peak = ((a + c) / 2, (b + d) / 2, tall + 0.30)
    left, right = (0.04, -0.08) if block.lit_left else (-0.08, 0.04)
    block.quad(((a, b, tall), (c, b, tall), peak), shift(color, -0.02))
    block.quad(((a, b, tall), (a, d, tall), peak), shift(color, 0.02))
    block.quad(((a, d, tall), (c, d, tall), peak), shift(color, left))
    block.quad(((c, d, tall), (c, b, tall), peak), shift(color, right))


def _towers(block: Block, palette: Palette, walk: Rgb, rng: Rng) -> None:
    _houses(block, palette, walk, rng, towers=True)


def _green(block: Block, palette: Palette, walk: Rgb, rng: Rng) -> None:
    """A lawn with trees at the back."""
    grass = palette.leaf(0.6, 0.85)
    block.box((-0.98, -0.98), (0.98, -0.30), 0, 0.03, shift(walk, -0.05), grass)
    bark = palette.lit(lch(0.42, 0.06, 50), 0.7)
    for u in (-0.80, -0.32, 0.18, 0.70):
        leaf = palette.leaf(float(rng.uniform(0.3, 0.7)), 0.75)
        ball_tree(
            block, u, -0.66 + float(rng.normal(0, 0.05)), float(rng.uniform(0.55, 0.8)), leaf, bark, rng
        )


def _lamps(block: Block, palette: Palette, walk: Rgb, rng: Rng) -> None:
    iron, lit = palette.lit(lch(0.35, 0.02, 260), 0.7), palette.time in ("dusk", "night")
    for u, v in ((-0.80, -0.10), (0.55, -0.10)):
        foot, top = block.at(u, v), block.at(u, v, 0.55)
        block.canvas.line([foot, top], iron, max(1.5, block.side * 0.022))
        if lit:
            block.canvas.glow(*top, block.side * 0.42, lch(0.88, 0.10, 80), 0.7)
        block.canvas.dot(*top, block.side * 0.04, lch(0.95, 0.06, 85))


_PIECES: dict[str, Piece] = {
    "road": _road,
    "side-road": _side_road,
    "crossing": _crossing,
    "houses": _houses,
    "towers": _towers,
    "green": _green,
    "lamps": _lamps,
}


STREETS: tuple[Layout, ...] = tuple(
    partial(_street, pieces)
    for pieces in (
        ("road", "houses", "lamps"),
        ("road", "crossing", "towers", "lamps"),
        ("side-road", "green", "lamps"),
        ("houses", "lamps"),
    )
)
