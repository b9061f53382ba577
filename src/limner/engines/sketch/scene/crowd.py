"""Crowds: figures in rows with depth, as people stand for a photograph, and not on a grid."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.scene.cast import role_of
from limner.engines.sketch.scene.placing import Spot
from limner.engines.sketch.scene.stands import MARGIN, Actor, Stand, side_rank

_LEAST, _LEAST_WIDE = 5, 3
"""Fewer than these stand in one row, the second where they are too wide for it."""
_TOO_WIDE, _ROOMY = 1.2, 0.5
"""How many pictures wide that is; and how wide a row may be that needs no second one."""
_FEW = 8
"""So many stand close together, and not all over the ground."""
_ROWS = ((1.5, 2), (3.0, 3), (99.0, 4))
"""Rows by how many pictures wide the crowd would be."""
_SHOULDER = 1.12
"""How many times wider than its step a figure may be."""
_ELBOW_ROOM = 1.7
_VISIBLE = 0.26
"""How far rows stand apart, at least, as a share of the height of figures, where there are several."""
_SMALLEST = 0.66
_SEEN = (0.22, 0.55)
"""How much of everybody must be seen, and of things on a table."""
_SHRINK, _SHRINKS, _CELLS = 0.92, 8, 240
"""How a crowd shrinks until that is seen, and how finely it is measured."""


@dataclass(frozen=True, slots=True)
class Band:
    """The rows of pixels in which a crowd stands: far and near; horizon: where figures vanish."""

    far: float
    near: float
    horizon: float


def is_crowd(actors: list[Actor], width: int) -> bool:
    """Whether so many, or so wide ones, stand in several rows."""
    across = sum(a.width for a in actors) / width
    if _is_still_life(actors) and len(actors) <= _FEW:
        return across > _TOO_WIDE
    return len(actors) >= (_LEAST_WIDE if across > _TOO_WIDE else _LEAST) and across > _ROOMY


def _is_still_life(actors: list[Actor]) -> bool:
    return all(role_of(a.spec.noun).home == "table" for a in actors)


def crowd(actors: list[Actor], band: Band, width: int, height: int, rng: Rng) -> list[Stand]:
    """A stand for every actor: rows set off against each other, smaller far off, tall ones behind."""
    across = sum(a.width for a in actors) / (width * (1 - 2 * MARGIN))
    rows = min(next(rows for limit, rows in _ROWS if across <= limit), (len(actors) + 1) // 2)
    few = len(actors) <= _FEW and not _is_still_life(actors)
    far = (band.far + band.near) / 2 if few else band.far
    levels = np.linspace(far, band.near, rows)
    shares = np.clip((levels - band.horizon) / max(1.0, band.near - band.horizon), _SMALLEST, 1.0)
    members = _dealt(actors, _counts(len(actors), shares), rng)
    apart = (band.near - far) / max(1, rows - 1)
    size = _common_size(members, shares, width, apart)
    stands = []
    for row, (level, share) in enumerate(zip(levels, shares, strict=True)):
        sized = [replace(a, height=a.height * size * float(share)) for a in members[row]]
        for actor, x in zip(sized, _staggered(sized, row, width, rng), strict=True):
            y = float(level + rng.uniform(-0.14, 0.14) * apart)
            stands.append(Stand(actor, Spot(x, y), min(actor.height, y - height * 0.03)))
    return _thinned(stands, _SEEN[_is_still_life(actors)])


def _thinned(stands: list[Stand], seen: float) -> list[Stand]:
    """The stands, smaller together until something is seen of each."""
    for _ in range(_SHRINKS):
        if _least_seen(stands) >= seen:
            break
        stands = [replace(s, height=s.height * _SHRINK) for s in stands]
    return stands


def _least_seen(stands: list[Stand]) -> float:
    """Of whom least is seen: how much of its box is free of those who stand nearer."""
    shown = np.full((_CELLS, _CELLS), -1)
    sides = np.array([(s.spot.x - s.width / 2, s.spot.x + s.width / 2) for s in stands])
    rows = np.array([(s.spot.y - s.height, s.spot.y) for s in stands])
    sides = np.round((sides - sides.min()) / np.ptp(sides) * _CELLS).astype(int)
    rows = np.round((rows - rows.min()) / np.ptp(rows) * _CELLS).astype(int)
    areas = []
    for k in np.argsort([s.spot.y for s in stands]):
        (x0, x1), (y0, y1) = sides[k], rows[k]
        shown[y0:y1, x0:x1] = k
        areas.append((k, max(1, (x1 - x0) * (y1 - y0))))
    seen = np.bincount(shown[shown >= 0], minlength=len(stands))
    return min(float(seen[k] / area) for k, area in areas)


def _counts(total: int, shares: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> list[int]:
    """How many stand in each row, far ones first: as many as are equally close in each."""
    room = np.cumsum(1 / shares)
    ends = np.round(room / room[-1] * total).astype(int)
    return [int(end - start) for start, end in zip((0, *ends[:-1]), ends, strict=True)]


def _dealt(actors: list[Actor], counts: list[int], rng: Rng) -> list[list[Actor]]:
    """The actors by rows: much taller ones behind, each subject together."""
    subjects = list(dict.fromkeys(a.subject for a in actors))
    rank = {s: int(r) for s, r in zip(subjects, rng.permutation(len(subjects)), strict=True)}

    def column(actor: Actor) -> tuple[int, int]:
        return side_rank(actor.spec.side), rank[actor.subject]

    heights = [a.height for a in actors]
    if max(heights) > 1.3 * min(heights):
        order = sorted(actors, key=lambda a: -a.height)
        starts = np.cumsum([0, *counts])
        rows = [order[a:b] for a, b in pairwise(starts)]
    else:
        rows = [[] for _ in counts]
        for actor in sorted(actors, key=column):
            emptiest = min(range(len(counts)), key=lambda k: len(rows[k]) / max(1, counts[k]))
            rows[emptiest].append(actor)
    return [sorted(row, key=column) for row in rows]


def _common_size(
    members: list[list[Actor]],
    shares: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
    width: int,
    apart: float,
) -> float:
    """The share of their heights at which every row has room, and nobody is hidden by the next row."""
    room = width * (1 - 2 * MARGIN)
    size = 1.0
    for row, share in zip(members, shares, strict=True):
        size = min(size, room * _SHOULDER / max(1.0, sum(a.width for a in row) * float(share)))
    everybody = [a for row in members for a in row]
    if len(members) > 2:
        size = min(size, max(apart / _VISIBLE / max(a.height for a in everybody), 0.4))
    return size


def _staggered(actors: list[Actor], row: int, width: int, rng: Rng) -> list[float]:
    """A centre for each actor of a row, every second row set off by half a step."""
    room = width * (1 - 2 * MARGIN)
    wide = [a.width for a in actors]
    spread = min(room / max(1.0, sum(wide)), _ELBOW_ROOM)
    step = room / len(actors) if spread < _ELBOW_ROOM else sum(wide) / len(actors) * spread
    shift = step * (0.22 if row % 2 else -0.22) + float(rng.uniform(-0.08, 0.08)) * step
    x, centers = width / 2 - sum(wide) * spread / 2 + shift, []
    for actor in actors:
        sway = float(rng.uniform(-0.3, 0.3)) * actor.width * min(0.4, abs(spread - 1))
        edge = min(actor.width / 2 + width * MARGIN * 0.5, width / 2)
        centers.append(min(max(x + actor.width * spread / 2 + sway, edge), width - edge))
        x += actor.width * spread
    return centers
