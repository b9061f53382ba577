"""Isometric rooms and tables: two walls with furniture, and a table top on its legs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from limner.engines.sketch.paint.blocks import Block, plain_air, slab
from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import ellipse
from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.paint.palette import Lch, Palette, lch, mix, shift
from limner.engines.sketch.paint.raster import Rgb
from limner.engines.sketch.scene.places.diorama import block_of, stand_on
from limner.engines.sketch.scene.places.ground import Ground, Layout, Setting

_SCHEMES: tuple[tuple[Lch, Lch, Lch], ...] = (
    ((0.90, 0.03, 85), (0.74, 0.07, 65), (0.66, 0.11, 25)),
    ((0.82, 0.05, 200), (0.78, 0.06, 70), (0.66, 0.13, 5)),
    ((0.86, 0.05, 30), (0.70, 0.06, 55), (0.62, 0.09, 250)),
    ((0.82, 0.055, 150), (0.76, 0.06, 75), (0.60, 0.12, 300)),
)
"""Wall, floor, and the colour of rug and cushions."""
_WOODS: tuple[Lch, ...] = ((0.60, 0.08, 58), (0.72, 0.07, 70), (0.48, 0.06, 45), (0.82, 0.04, 80))
_LEG = 0.95
_TALL = 1.15
"""Height of a room's walls, in half sides."""
Piece = Callable[[Block, Palette, Rgb, Rng], None]


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


def _table(things: tuple[str, ...], canvas: Canvas, setting: Setting) -> Ground:
    palette = setting.palette
    plain_air(canvas, palette)
    block = block_of(canvas, _LEG, -0.05)
    rng = canvas.stream("scheme")
    wood = _indoors(palette, lch(*_WOODS[int(rng.integers(len(_WOODS)))]))
    cloth = _indoors(palette, lch(*_SCHEMES[int(rng.integers(len(_SCHEMES)))][2]))
    x, y = block.at(0, 0, -_LEG)
    shade = ellipse(x, y + block.side * 0.05, block.side * 1.9, block.side * 0.92)
    canvas.fill(shade, (24, 28, 46), alpha=0.24, blur=block.side * 0.15)
    for u, v in ((-0.92, 0.78), (0.78, -0.92), (0.78, 0.78)):
        block.box((u, v), (u + 0.14, v + 0.14), -_LEG, -0.08, shift(wood, -0.08))
    block.box((-1, -1), (1, 1), -0.14, 0, wood)
    _boards(block, shift(wood, 0.05))
    for name in things:
        _FURNITURE[name](block, palette, cloth, canvas.stream(f"block-{name}"))
    return stand_on(canvas, block, setting, "floor")


def _mat(block: Block, palette: Palette, cloth: Rgb, rng: Rng) -> None:
    """A woven mat under what stands on the table."""
    for inset, by in ((0.0, -0.06), (0.05, 0.05)):
        a, b, c = -0.50 + inset, 0.88 - inset, 0.90 - inset
        block.canvas.polygon(
            [block.at(a, a), block.at(b, a), block.at(b, c), block.at(a, c)], shift(cloth, by)
        )
    for k in range(1, 12):
        v = -0.45 + k * 0.11
        block.canvas.line(
            [block.at(-0.45, v), block.at(0.83, v)], shift(cloth, 0.0), max(1.0, block.side * 0.01)
        )


def _runner(block: Block, palette: Palette, cloth: Rgb, rng: Rng) -> None:
    """A cloth over the middle that hangs down in front."""
    for a, b, by in ((-0.36, 0.36, -0.05), (-0.30, 0.30, 0.05)):
        block.canvas.polygon(
            [block.at(a, -1), block.at(b, -1), block.at(b, 1), block.at(a, 1)], shift(cloth, by)
        )
        block.quad(((a, 1, 0), (b, 1, 0), (b, 1, -0.30), (a, 1, -0.30)), shift(cloth, by - 0.06))


def _crossing(block: Block, palette: Palette, cloth: Rgb, rng: Rng) -> None:
    """A cloth over the middle that hangs down at the right."""
    for a, b, by in ((-0.36, 0.36, -0.05), (-0.30, 0.30, 0.05)):
        block.canvas.polygon(
            [block.at(-1, a), block.at(-1, b), block.at(1, b), block.at(1, a)], shift(cloth, by)
        )
        block.quad(((1, b, 0), (1, a, 0), (1, a, -0.30), (1, b, -0.30)), shift(cloth, by - 0.12))


def _round_mat(block: Block, palette: Palette, cloth: Rgb, rng: Rng) -> None:
    for radius, by in ((0.62, -0.06), (0.57, 0.04), (0.40, 0.0), (0.37, 0.07)):
        block.disc(0.20, 0.20, radius, shift(cloth, by))


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
    "mat": _mat,
    "runner": _runner,
    "crossing": _crossing,
    "round-mat": _round_mat,
}


ROOMS: tuple[Layout, ...] = tuple(
    partial(_room, furniture)
    for furniture in (
        ("window-right", "rug", "sofa", "shelf"),
        ("window-left", "picture", "rug", "counter"),
        ("window-left", "rug", "bed", "plant"),
        ("window-right", "picture", "rug", "plant", "sofa"),
    )
)
TABLES: tuple[Layout, ...] = tuple(
    partial(_table, things) for things in (("mat",), ("round-mat",), ("runner",), ("crossing", "round-mat"))
)
