"""Sizes: what a model makes for the size that was asked for, and what references are shrunk to.

It knows families and numbers; it does not know how pixels are cropped, resized or counted in bytes.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from limner.engines.diffusers.checkpoint import Checkpoint
from limner.engines.diffusers.families import MEGAPIXEL
from limner.engines.diffusers.tasks import TOKEN_PIXELS
from limner.types import Size

TOKEN_SIDE = math.isqrt(TOKEN_PIXELS)
_STEPS_AROUND = range(-2, 3)
_AREA_WEIGHT = 1 / 8
"""An eighth more or less area counts as much as a ratio that is off by a 64th: what is cropped is lost."""


def working_size(target: Size, checkpoint: Checkpoint) -> Size:
    """The size that the model makes so that the target can be cropped and resized from it.

    It is the target itself where the family is good at it: sides of its multiple, area between its
    min_pixels and max_pixels (or the checkpoint's), ratio within max_ratio. Else the target is
    1. framed: beyond max_ratio the short side is made longer, and what is too much cropped later;
    2. scaled, its ratio kept, to an area within the bounds;
    3. rounded to the multiple: of the sizes next to it, inside the bounds, the one with the least error
       of ratio, an eighth of the error of area added.
    A checkpoint whose max_pixels is below its family's min_pixels is held to the former only.
    """
    family = checkpoint.facts
    most = checkpoint.max_pixels or family.max_pixels
    least = min(family.min_pixels, most)
    rounded = target.width % family.multiple == target.height % family.multiple == 0
    if rounded and least <= target.pixels <= most and _within(target, family.max_ratio):
        return target
    width, height = _framed(target, family.max_ratio)
    scale = math.sqrt(min(max(width * height, least), most) / (width * height))
    width, height = width * scale, height * scale
    sizes = [
        size
        for size in _around(width, height, family.multiple)
        if size.pixels <= most and _within(size, family.max_ratio)
    ]
    return _nearest([size for size in sizes if size.pixels >= least] or sizes, width, height)


def reference_sizes(
    references: Sequence[Size], checkpoint: Checkpoint, budget_tokens: int
) -> tuple[Size, ...]:
    """The sizes at which references are shown to the model, sides of whole tokens, ratios kept.

    Each has at most the family's pixels, and all together at most budget_tokens tokens: the largest
    are shrunk to one area, the smaller ones stay. None is enlarged, but for families whose pipeline
    brings every reference to one area by itself: there each gets that area, or its share of the budget.
    """
    if not references:
        return ()
    most = checkpoint.facts.references.pixels
    areas = [min(_whole(size).pixels, most) if most else MEGAPIXEL for size in references]
    level = _level(areas, budget_tokens * TOKEN_PIXELS)
    return tuple(
        _reduced(size, min(area, level), may_grow=not most)
        for size, area in zip(references, areas, strict=True)
    )


def _within(size: Size, max_ratio: float) -> bool:
    return size.width <= size.height * max_ratio and size.height <= size.width * max_ratio


def _framed(size: Size, max_ratio: float) -> tuple[float, float]:
    """Width and height with the short side made longer where the ratio is beyond the limit."""
    return max(size.width, size.height / max_ratio), max(size.height, size.width / max_ratio)


def _around(width: float, height: float, multiple: int) -> Iterator[Size]:
    """Sizes of the multiple near width x height: a few short sides, each with the long sides next to it."""
    short, long = sorted((width, height))
    for step in _STEPS_AROUND:
        near = max(1, math.floor(short / multiple) + step)
        exact = near * long / short
        for far in (max(1, math.floor(exact)), math.ceil(exact)):
            sides = (near * multiple, far * multiple)
            yield Size(*sides) if width <= height else Size(*reversed(sides))


def _nearest(sizes: Sequence[Size], width: float, height: float) -> Size:
    def error(size: Size) -> float:
        ratio = abs(math.log(size.ratio * height / width))
        return ratio + _AREA_WEIGHT * abs(math.log(size.pixels / (width * height)))

    return min(sizes, key=error)


def _level(areas: Sequence[int], budget: int) -> int:
    """The area to which all that are larger have to come down so that the sum is within the budget."""
    left = len(areas)
    for area in sorted(areas):
        if area * left > budget:
            return budget // left
        budget -= area
        left -= 1
    return max(areas)


def _whole(size: Size) -> Size:
    """The size, each side at least a token's."""
    return Size(max(size.width, TOKEN_SIDE), max(size.height, TOKEN_SIDE))


def _reduced(size: Size, area: int, *, may_grow: bool) -> Size:
    """The size nearest to the picture's, in whole tokens, of at most this area."""
    own = _whole(size)
    if not may_grow and own.pixels <= area and own.width % TOKEN_SIDE == own.height % TOKEN_SIDE == 0:
        return own
    scale = math.sqrt(area / own.pixels)
    width, height = own.width * scale, own.height * scale
    sizes = [
        near
        for near in _around(width, height, TOKEN_SIDE)
        if near.pixels <= area and (may_grow or (near.width <= own.width and near.height <= own.height))
    ]
    return _nearest(sizes, width, height)
