"""Capes, wings and rucksacks: what people have behind them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from limner.engines.sketch.paint.body import Form, blob, mark, tube
from limner.engines.sketch.paint.light import Ink
from limner.engines.sketch.scene.cast.people import trim_shapes
from limner.engines.sketch.scene.cast.people.clothes import chest
from limner.engines.sketch.scene.cast.people.fabric import size_of
from limner.engines.sketch.scene.cast.people.person import Person, darker, paler, tinted
from limner.engines.sketch.scene.cast.people.skeleton import Pair, between

_GAUZE = Form(round=0.02, cast=0.3, fur=0.05, shag=0.02, texture=0.6)
_FEATHERS = Form(round=0.05, fur=0.11, shag=0.2)
_LEVEL_LEAN = 0.7


def cape(person: Person, color: str | None) -> list[Form]:
    """A cape from the shoulders, blown back."""
    cloth = tinted(color, "b8303c")
    left, right = chest(person, [(-0.92, 0.97), (0.88, 0.97)])
    back, middle, fore = _cape_hem(person)
    outline = [left, between(left, back, 0.55), back, between(back, middle, 0.6), middle, fore]
    shape = blob([*outline, between(right, fore, 0.5), right], 6)
    folds = []
    for share in (0.1, 0.35):
        top, low = between(left, right, share), between(back, fore, share)
        folds.append(
            mark(tube([top, between(top, low, 0.9)], [0.004, 0.016]), darker(cloth, 0.4), 0.016, 0.5)
        )
    return [Form(shapes=[shape], color=cloth, fur=0.06, shag=0, flow=-80, marks=folds, round=0.08, dark=0.1)]


def _cape_hem(person: Person) -> tuple[Pair, Pair, Pair]:
    """The hem's ends and its middle; it trails behind one that flies."""
    pose, build, neck = person.bones.pose, person.build, person.bones.neck
    lean = math.radians(pose.lean)
    share = {"ground": 0.2, "seat": 0.1, "lying": 0.1}.get(pose.base, 0.78)
    length, wide = build.torso + (build.thigh + build.shin) * share, build.shoulders * 1.5
    level = abs(lean) > _LEVEL_LEAN
    down = (-math.sin(lean), -math.cos(lean) * 0.4) if level else (-0.16 - math.sin(lean) * 0.8, -1.0)
    side = (0.35, 0.9) if level else (1.0, 0.0)
    x, y = neck[0] + down[0] * length, neck[1] + down[1] * length
    back = (x - side[0] * wide * 1.25, y - side[1] * wide * 0.5 + 0.02)
    fore = (x + side[0] * wide * 0.9, y + side[1] * wide * 0.6)
    return back, ((back[0] + fore[0]) / 2, (back[1] + fore[1]) / 2 - 0.02), fore


def _wing(person: Person, points: Sequence[Pair], color: Ink, like: Form) -> Form:
    """A wing from the shoulder blades, its points in trunk lengths; like: how its surface is."""
    x, y = chest(person, [(-0.3, 0.72)])[0]
    size = size_of(person)
    return replace(like, shapes=[blob([(x + a * size, y + b * size) for a, b in points], 7)], color=color)


def _mirrored(points: Sequence[Pair], share: float, shift: float) -> list[Pair]:
    return [(shift - x * share, y) for x, y in points]


def fairy_wings(person: Person, color: str | None) -> list[Form]:
    """Four gauzy wings."""
    tone = tinted(color, "bfe4ea")
    far = [
        _wing(person, _mirrored(points, 0.7, 0.34), paler(tone, share), replace(_GAUZE, dark=0.1))
        for points, share in ((trim_shapes.UPPER, 0.08), (trim_shapes.UNDER, 0.0))
    ]
    near = [
        _wing(person, points, paler(tone, 0.25), _GAUZE) for points in (trim_shapes.UNDER, trim_shapes.UPPER)
    ]
    return [*far, *near]


def angel_wings(person: Person, color: str | None) -> list[Form]:
    """Two white feathered wings."""
    white = tinted(color, "f8f6f0")
    far = _mirrored(trim_shapes.FEATHERED, 0.72, 0.30)
    return [
        _wing(person, far, white, replace(_FEATHERS, flow=-60, dark=0.15)),
        _wing(person, trim_shapes.FEATHERED, white, replace(_FEATHERS, flow=-120)),
    ]


def backpack(person: Person, color: str | None) -> list[Form]:
    """A rucksack behind the shoulders."""
    cloth = tinted(color, ("c86a3c", "4a7a8a", "8a5a9a")[int(person.rng.integers(3))])
    bag = blob(chest(person, trim_shapes.BACKPACK_BAG), 6)
    return [Form(shapes=[bag], color=cloth, fur=0.045, shag=0, round=0.10)]
