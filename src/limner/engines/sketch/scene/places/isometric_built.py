"""Isometric streets and rooms: blocks with houses, and rooms with two walls."""

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
_SCHEMES: tuple[tuple[Lch, Lch, Lch], ...] = (
    ((0.90, 0.03, 85), (0.74, 0.07, 65), (0.66, 0.11, 25)),
    ((0.82, 0.05, 200), (0.78, 0.06, 70), (0.80, 0.09, 80)),
    ((0.86, 0.05, 30), (0.70, 0.06, 55), (0.62, 0.09, 250)),
    ((0.82, 0.055, 150), (0.76, 0.06, 75), (0.78, 0.10, 45)),
)
"""Wall, floor, and the colour of rug and cushions."""
_TALL = 1.15
"""Height of a room's walls, in half sides."""
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


def _room(furniture: tuple[str, ...], canvas: Canvas, setting: Setting) -> Ground:
    palette = setting.palette
    plain_air(canvas, palette)
    block = block_of(canvas, 0.12, 0.42)
    rng = canvas.stream("scheme")
    wall, floor, cloth = (_indoors(palette, lch(*c)) for c in _SCHEMES[int(rng.integers(len(_SCHEMES)))])
    slab(block, 0.12, floor, [shift(floor, -0.06), shift(floor, -0.12)], 0.02, rng)
    _boards(block, floor)
    left, right = (-0.05, 0.02) if block.lit_left else (0.02, -0.05)
    block.quad(
        ((-1, 1, _TALL), (-1, -1, _TALL), (-1, -1, 0), (-1, 1, 0)),
        shift(wall, left),
        shift(wall, left - 0.04),
    )
    block.quad(
        ((-1, -1, _TALL), (1, -1, _TALL), (1, -1, 0), (-1, -1, 0)),
        shift(wall, right),
        shift(wall, right - 0.04),
    )
    rim = [block.at(-1, 1, _TALL), block.at(-1, -1, _TALL), block.at(1, -1, _TALL)]
    canvas.line(rim, shift(wall, 0.08), max(1.5, block.side * 0.03))
    for name in furniture:
        _FURNITURE[name](block, palette, cloth, canvas.stream(f"block-{name}"))
    return stand_on(canvas, block, setting, "floor")


def _indoors(palette: Palette, color: Rgb) -> Rgb:
    """Surfaces inside keep more of their own colour than those outside."""
    return mix(color, palette.lit(color, 0.6), 0.55 if palette.night else 0.3)


def _boards(block: Block, floor: Rgb) -> None:
    for k in range(1, 10):
        v = -1 + k * 0.2
        block.canvas.line(
            [block.at(-1, v), block.at(1, v)], shift(floor, -0.05), max(1.0, block.side * 0.007)
        )


def _rug(block: Block, palette: Palette, cloth: Rgb, rng: Rng) -> None:
    if rng.random() < 0.5:
        for radius, by in ((0.66, -0.08), (0.58, 0.04), (0.40, 0.09)):
            block.disc(0.18, 0.18, radius, shift(cloth, by))
        return
    for inset, by in ((0.0, -0.07), (0.07, 0.05), (0.20, 0.0), (0.25, 0.07)):
        a, b = -0.42 + inset, 0.84 - inset
        block.canvas.polygon(
            [block.at(a, a), block.at(b, a), block.at(b, b), block.at(a, b)], shift(cloth, by)
        )


def _pane(block: Block, palette: Palette, left: bool, at: float) -> None:
    frame = _indoors(palette, lch(0.96, 0.01, 85))
    sky = palette.zenith if palette.night else palette.middle

    def on(t: float, high: float) -> tuple[float, float, float]:
        return (-1, t, high) if left else (t, -1, high)

    for grow, top, foot in ((0.04, frame, frame), (0.0, sky, palette.horizon)):
        a, b, low, high = at - grow, at + 0.62 + grow, 0.42 - grow, 0.96 + grow
        block.quad((on(a, high), on(b, high), on(b, low), on(a, low)), top, foot)
    bar = max(1.5, block.side * 0.022)
    block.canvas.line([block.at(*on(at + 0.31, 0.42)), block.at(*on(at + 0.31, 0.96))], frame, bar)
    block.canvas.line([block.at(*on(at, 0.69)), block.at(*on(at + 0.62, 0.69))], frame, bar)


def _window_left(block: Block, palette: Palette, cloth: Rgb, rng: Rng) -> None:
    _pane(block, palette, True, -0.35)


def _window_right(block: Block, palette: Palette, cloth: Rgb, rng: Rng) -> None:
    _pane(block, palette, False, -0.30)


def _picture(block: Block, palette: Palette, cloth: Rgb, rng: Rng) -> None:
    frame = _indoors(palette, lch(0.45, 0.05, 55))
    for inset, color in ((0.0, frame), (0.05, _indoors(palette, lch(0.95, 0.02, 90))), (0.14, cloth)):
        a, b, low, high = 0.35 + inset * 0.7, 0.78 - inset * 0.7, 0.55 + inset, 0.95 - inset
        block.quad(((a, -1, high), (b, -1, high), (b, -1, low), (a, -1, low)), color)


def _sofa(block: Block, palette: Palette, cloth: Rgb, rng: Rng) -> None:
    """Along the left wall."""
    block.box((-0.97, -0.55), (-0.80, 0.62), 0, 0.44, shift(cloth, -0.05))
    block.box((-0.97, -0.62), (-0.42, -0.46), 0, 0.32, shift(cloth, -0.02))
    block.box((-0.80, -0.46), (-0.42, 0.50), 0, 0.20, cloth)
    block.box((-0.97, 0.50), (-0.42, 0.66), 0, 0.32, shift(cloth, -0.02))


def _shelf(block: Block, palette: Palette, cloth: Rgb, rng: Rng) -> None:
    """Books along the right wall."""
    wood = _indoors(palette, lch(0.58, 0.07, 58))
    block.box((0.32, -0.98), (0.90, -0.76), 0, 0.86, wood)
    for row in range(3):
        low, u = 0.07 + row * 0.27, 0.36
        block.quad(
            ((0.35, -0.76, low + 0.22), (0.87, -0.76, low + 0.22), (0.87, -0.76, low), (0.35, -0.76, low)),
            shift(wood, -0.18),
        )
        while u < 0.80:
            wide, tall = float(rng.uniform(0.035, 0.07)), float(rng.uniform(0.13, 0.20))
            book = _indoors(palette, lch(float(rng.uniform(0.5, 0.85)), 0.10, float(rng.uniform(0, 360))))
            block.quad(
                (
                    (u, -0.755, low + tall),
                    (u + wide, -0.755, low + tall),
                    (u + wide, -0.755, low),
                    (u, -0.755, low),
                ),
                book,
            )
            u += wide + 0.004


def _bed(block: Block, palette: Palette, cloth: Rgb, rng: Rng) -> None:
    wood, sheet = _indoors(palette, lch(0.58, 0.07, 58)), _indoors(palette, lch(0.95, 0.01, 85))
    block.box((-0.98, -0.98), (0.02, -0.90), 0, 0.46, wood)
    block.box((-0.96, -0.90), (0.0, -0.10), 0, 0.16, shift(wood, 0.03))
    block.box((-0.94, -0.90), (-0.02, -0.12), 0.16, 0.25, sheet)
    block.box((-0.95, -0.55), (-0.01, -0.11), 0.16, 0.28, cloth)
    for u in (-0.86, -0.42):
        block.box((u, -0.86), (u + 0.34, -0.66), 0.25, 0.32, shift(sheet, 0.02))


def _plant(block: Block, palette: Palette, cloth: Rgb, rng: Rng) -> None:
    pot = _indoors(palette, lch(0.64, 0.10, 45))
    block.box((-0.94, 0.72), (-0.74, 0.92), 0, 0.16, pot)
    x, y = block.at(-0.84, 0.82, 0.16)
    for angle in (-0.9, -0.5, -0.15, 0.2, 0.55, 0.95):
        tip = (x + angle * block.side * 0.22, y - block.side * (0.40 - 0.12 * abs(angle)))
        side = block.side * 0.035
        leaf = _indoors(palette, lch(0.52 + 0.1 * angle, 0.10, 145))
        middle = ((x + tip[0]) / 2, (y + tip[1]) / 2 - block.side * 0.03)
        block.canvas.polygon(
            [(x, y), (middle[0] - side, middle[1]), tip, (middle[0] + side, middle[1])], leaf
        )


def _counter(block: Block, palette: Palette, cloth: Rgb, rng: Rng) -> None:
    """A worktop along the right wall, with things on it."""
    wood, stone = _indoors(palette, lch(0.80, 0.03, 85)), _indoors(palette, lch(0.72, 0.02, 250))
    block.box((-0.98, -0.98), (0.96, -0.66), 0, 0.40, wood)
    block.box((-0.98, -0.98), (0.97, -0.64), 0.40, 0.45, stone)
    for k in range(4):
        u = -0.90 + k * 0.47
        block.quad(
            ((u, -0.655, 0.34), (u + 0.38, -0.655, 0.34), (u + 0.38, -0.655, 0.05), (u, -0.655, 0.05)),
            shift(wood, 0.05),
        )
    for u, color in (
        (-0.6, cloth),
        (0.25, _indoors(palette, lch(0.65, 0.12, 150))),
        (0.6, _indoors(palette, lch(0.7, 0.12, 40))),
    ):
        block.box((u, -0.90), (u + 0.12, -0.78), 0.45, 0.58, color)


_FURNITURE: dict[str, Piece] = {
    "rug": _rug,
    "window-left": _window_left,
    "window-right": _window_right,
    "picture": _picture,
    "sofa": _sofa,
    "shelf": _shelf,
    "bed": _bed,
    "plant": _plant,
    "counter": _counter,
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
ROOMS: tuple[Layout, ...] = tuple(
    partial(_room, furniture)
    for furniture in (
        ("window-right", "rug", "sofa", "shelf"),
        ("window-left", "picture", "rug", "counter"),
        ("window-left", "rug", "bed", "plant"),
        ("window-right", "picture", "rug", "plant", "sofa"),
    )
)
