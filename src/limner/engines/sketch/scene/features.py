"""Which layouts of a place show what a prompt says of its inside, and what they have already."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache, partial
from importlib.resources import files

from limner.engines.sketch.scene.places.ground import Layout

_DRAWN: dict[str, tuple[str, ...]] = {
    "rings": ("planet",),
    "sunflowers": ("sunflower",),
    "arch_walk": ("rose",),
    "fireside": ("fire",),
    **dict.fromkeys(("bamboo_by_hills", "bamboo_grove", "bamboo_rocks", "bamboo_river"), ("bamboo",)),
}
"""What a layout shows by itself, so that one more of it is not added, by layout."""


@cache
def table() -> dict[str, dict[str, list[str]]]:
    """By place and feature, the names of layouts."""
    return dict(tomllib.loads((files(__package__) / "features.toml").read_text("utf-8")))


def suited(layouts: Sequence[Layout], place: str, features: Sequence[str]) -> Sequence[Layout]:
    """Those of a place's layouts that show the first feature that any of them shows; else all of them."""
    for feature in features:
        names = table().get(place, {}).get(feature, ())
        found = [layout for layout in layouts if _name(layout) in names]
        if found:
            return found
    return layouts


def drawn_by(layout: Layout) -> tuple[str, ...]:
    """Nouns that a layout shows by itself."""
    return _DRAWN.get(_name(layout), ())


def _name(layout: Layout) -> str:
    return "" if isinstance(layout, partial) else layout.__name__
