"""Places as isometric dioramas: a block of land, sea, street or room on a quiet ground."""

from __future__ import annotations

from functools import partial

from limner.engines.sketch.paint.blocks import Block, ball_tree, plain_air, slab
from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.paint.palette import Palette, lch, shift
from limner.engines.sketch.scene.places import isometric_room, isometric_street
from limner.engines.sketch.scene.places.diorama import DEPTH, TREES, Sea, block_of, stand_on
from limner.engines.sketch.scene.places.ground import Ground, Layout, Setting
from limner.engines.sketch.scene.places.isometric_land import (
    FEATURES,
    THEMES,
    Feature,
    Theme,
    plant,
    water_of,
)


def _land(features: tuple[str, ...], theme: str, canvas: Canvas, setting: Setting) -> Ground:
    palette, made_of = setting.palette, THEMES[theme]
    plain_air(canvas, palette)
    block = block_of(canvas)
    rng = canvas.stream("block")
    top = palette.leaf(0.62, 0.85) if made_of.top is None else palette.lit(lch(*made_of.top), 0.9)
    slab(block, DEPTH, top, [palette.lit(lch(*c), 0.75) for c in made_of.layers], 0.07, rng)
    for name in features:
        if name == "grove" and setting.nouns & TREES:
            continue
        _FEATURES[name](block, palette, made_of, canvas.stream(f"block-{name}"))
    sea: Sea = "" if theme != "sea" else "back" if "shore" in features else "front"
    return stand_on(canvas, block, setting, made_of.surface, sea)


def _waves(block: Block, palette: Palette, theme: Theme, rng: Rng) -> None:
    color = shift(water_of(palette, theme), 0.14)
    for _ in range(34):
        u, v = (float(t) for t in rng.uniform(-0.9, 0.86, 2))
        long = float(rng.uniform(0.05, 0.13))
        arc = [
            block.at(u, v),
            block.at(u + long / 2, v + long / 2 - long, 0.012),
            block.at(u + long, v - long),
        ]
        block.canvas.line(arc, color, max(1.0, block.side * 0.008))


def _island(block: Block, palette: Palette, theme: Theme, rng: Rng) -> None:
    """A round island of sand at the back, with foam about it."""
    sand, water = palette.lit(lch(0.86, 0.07, 85), 0.9), water_of(palette, theme)
    rings = (
        (0.62, shift(water, 0.16)),
        (0.59, water),
        (0.54, shift(water, 0.22)),
        (0.50, shift(sand, -0.05)),
        (0.46, sand),
    )
    for radius, color in rings:
        block.disc(-0.34, -0.34, radius, color)
    bark = palette.lit(lch(0.45, 0.06, 55), 0.7)
    ball_tree(block, -0.62, -0.58, 0.55, palette.lit(lch(0.55, 0.11, 140), 0.8), bark, rng)


def _isles(block: Block, palette: Palette, theme: Theme, rng: Rng) -> None:
    """Small islands along the back."""
    sand, water = palette.lit(lch(0.86, 0.07, 85), 0.9), water_of(palette, theme)
    for u, v, size in ((-0.66, -0.66, 0.22), (0.16, -0.70, 0.20), (-0.70, 0.18, 0.20), (-0.22, -0.24, 0.24)):
        block.disc(u, v, size + 0.05, shift(water, 0.20))
        block.disc(u, v, size, sand)
        if size < 0.23:
            plant(block, palette, THEMES["land"], (u, v), float(rng.uniform(0.4, 0.55)), rng)


def _bay(block: Block, palette: Palette, theme: Theme, rng: Rng) -> None:
    """Sand along both back edges, with trees; the sea comes into the corner."""
    sand, water = palette.lit(lch(0.86, 0.07, 85), 0.9), water_of(palette, theme)
    for reach, color in ((0.14, shift(water, 0.10)), (0.05, shift(water, 0.22)), (0.0, sand)):
        inner = [(-0.42, 1.0), (-0.34, 0.42), (-0.10, -0.02), (0.40, -0.32), (1.0, -0.42)]
        line = [(u + reach * (u < 0.9), v + reach * (v < 0.9)) for u, v in inner]
        block.canvas.polygon([block.at(*s) for s in [(-1, -1), (-1, 1), *line, (1, -1)]], color)
    bark = palette.lit(lch(0.45, 0.06, 55), 0.7)
    for u, v in ((-0.84, -0.80), (-0.20, -0.86), (-0.86, 0.30)):
        ball_tree(block, u, v, float(rng.uniform(0.45, 0.62)), palette.leaf(0.55, 0.8), bark, rng)


def _shore(block: Block, palette: Palette, theme: Theme, rng: Rng) -> None:
    """A beach along the front."""
    sand, foam = palette.lit(lch(0.86, 0.07, 85), 0.9), shift(water_of(palette, theme), 0.24)
    edge = float(rng.uniform(0.0, 0.15))
    for back, color in (
        (0.13, foam),
        (0.07, shift(water_of(palette, theme), 0.08)),
        (0.03, foam),
        (0.0, sand),
    ):
        line = [
            (-1.0, edge - back),
            (-0.5, edge - back + 0.10),
            (0.1, edge - back - 0.04),
            (0.6, edge - back + 0.06),
            (1.0, edge - back),
        ]
        block.canvas.polygon([block.at(*s) for s in [*line, (1.0, 1.0), (-1.0, 1.0)]], color)


_FEATURES: dict[str, Feature] = {
    **FEATURES,
    "waves": _waves,
    "island": _island,
    "isles": _isles,
    "shore": _shore,
    "bay": _bay,
}


def _lands(theme: str, *layouts: tuple[str, ...]) -> tuple[Layout, ...]:
    return tuple(partial(_land, features, theme) for features in layouts)


_MEADOWS = _lands(
    "land",
    ("flowers", "path", "grove"),
    ("stream", "flowers", "grove", "stones"),
    ("terrace", "path", "grove", "flowers"),
    ("pond", "flowers", "grove"),
)
_WILDS = _lands(
    "pines",
    ("stream", "grove", "stones"),
    ("terrace", "grove", "stones"),
    ("path", "grove"),
    ("pond", "grove", "stones"),
)
_SNOWS = _lands(
    "snow", ("grove", "stones"), ("stream", "grove"), ("terrace", "grove"), ("pond", "grove", "stones")
)
_SANDS = _lands("sand", ("grove", "stones"), ("terrace", "grove"), ("stream", "grove"), ("pond", "grove"))
_MOONS = _lands(
    "moon", ("grove", "stones"), ("terrace", "grove"), ("stones", "grove"), ("terrace", "stones", "grove")
)
_SEAS = _lands("sea", ("waves", "island"), ("waves", "shore"), ("waves", "bay"), ("waves", "isles"))

LAYOUTS: dict[str, tuple[Layout, ...]] = {
    "": _MEADOWS,
    **dict.fromkeys(("forest", "mountains", "lake", "river", "bamboo"), _WILDS),
    "snowfield": _SNOWS,
    "desert": _SANDS,
    **dict.fromkeys(("space", "moonscape", "mars"), _MOONS),
    **dict.fromkeys(("sea", "beach", "coast", "underwater"), _SEAS),
    **dict.fromkeys(("street", "skyline"), isometric_street.STREETS),
    **dict.fromkeys(("room", "bedroom", "cafe", "kitchen"), isometric_room.ROOMS),
    **dict.fromkeys(("table", "desk"), isometric_room.TABLES),
}
"""By place; "" serves those without a block of their own."""
