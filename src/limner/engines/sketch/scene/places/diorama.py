"""The block of an isometric picture: where it lies, and where bodies stand on it."""

from __future__ import annotations

from typing import Literal, TypeAlias

from limner.engines.sketch.paint.blocks import Block
from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.scene.places.ground import Ground, Setting, Surface, light_of, sun_side

Sea: TypeAlias = Literal["front", "back", ""]
"""On which half of a block there is water; "" for none."""
TREES = frozenset(
    ("tree", "pine", "palm tree", "bamboo", "leafless tree", "deciduous tree", "evergreen tree")
)
"""Subjects that stand behind the others of a block, and in the stead of its own trees."""
DEPTH = 0.42
"""Of a block of land, in half sides."""


def block_of(canvas: Canvas, depth: float = DEPTH, drop: float = 0.0) -> Block:
    """The block in the middle of the picture, as large as it has room; drop: lower, in half sides."""
    side = min(canvas.width * 0.225, canvas.height * 0.375 / (1 + depth / 2 + drop / 3))
    return Block(canvas, canvas.width / 2, canvas.height * 0.52 + side * drop, side, sun_side(canvas) < 0)


def stand_on(canvas: Canvas, block: Block, setting: Setting, surface: Surface, sea: Sea = "") -> Ground:
    """Where bodies stand, clear of the edges: in front, or at the back when the sea is in front."""
    side = block.side
    behind = setting.nouns & TREES
    wooded = bool(behind) and setting.nouns != behind and not sea
    front = (block.y - side * (0.46 if wooded else 0.02), block.y + side * (0.44 if wooded else 0.62))
    back = (block.y - side * 0.50, block.y - side * 0.08)
    reach = side * (1.0 if wooded else 1.12)
    size = max(0.30, min(1.0, side * 3.2 / canvas.short)) * (1.3 if wooded else 1.0)
    light = light_of(canvas, setting.palette)
    rows = back if sea == "front" else front
    water = {"front": (front[0], front[0] + side * 0.34), "back": back}.get(sea)
    return Ground(
        surface,
        block.y - side * 0.95,
        rows,
        light,
        water,
        size,
        0.7,
        (block.x - reach, block.x + reach),
        behind if wooded else frozenset(),
    )
