"""On a block of land: trees along its back edges, the others in the middle before them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from limner.engines.sketch.scene.places.ground import Ground
from limner.engines.sketch.scene.stands import Stand, in_sky

_LOOSE = ("with", "beside", "in")
_EDGE, _DEEP = 0.86, 0.52
"""How far out the row of trees reaches, in shares of the span; how far back its middle lies."""


def before_trees(stands: list[Stand], ground: Ground) -> list[Stand]:
    """The stands with those that the ground wants behind in a bow about the rest, unless words place them."""
    trees = [s for s in stands if s.actor.spec.noun in ground.behind]
    rest = [s for s in stands if s.actor.spec.noun not in ground.behind and not in_sky(s)]
    placed = [s for s in stands if s.actor.spec.relation and s.actor.spec.relation.kind not in _LOOSE]
    if not trees or not rest or placed or ground.span is None:
        return stands
    left, right = ground.span
    middle, reach = (left + right) / 2, (right - left) / 2
    moved = _bow(trees, middle, reach, ground.stand) + _centred(rest, middle)
    return [s for s in stands if in_sky(s)] + sorted(moved, key=lambda s: s.spot.y)


def _bow(trees: list[Stand], middle: float, reach: float, rows: tuple[float, float]) -> list[Stand]:
    """The trees along the back edges of the block, tallest in its back corner."""
    count = len(trees)
    out = np.linspace(-_EDGE, _EDGE, count) if count > 1 else np.array([0.45])
    found = []
    for stand, t in zip(sorted(trees, key=lambda s: s.spot.x), out.tolist(), strict=True):
        y = rows[0] + reach * (abs(t) * _DEEP - 0.10)
        found.append(replace(stand, spot=replace(stand.spot, x=middle + t * reach, y=y)))
    return found


def _centred(stands: list[Stand], middle: float) -> list[Stand]:
    """The group with its middle in the middle."""
    low = min(s.spot.x - s.width / 2 for s in stands)
    high = max(s.spot.x + s.width / 2 for s in stands)
    shift = middle - (low + high) / 2
    return [replace(s, spot=replace(s.spot, x=s.spot.x + shift)) for s in stands]
