"""Garments on the trunk: shirts, dresses, coats and suits, with folds and patterns."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from limner.engines.sketch.paint.body import Form, Mark, Outline, Shape, blob, mark, oval, tube
from limner.engines.sketch.paint.curves import star
from limner.engines.sketch.paint.light import Ink, blended, ink
from limner.engines.sketch.scene.cast.people.person import Person, darker, paler
from limner.engines.sketch.scene.cast.people.skeleton import Leg, Pair

_LEFT = ((-0.36, 1.05), (-0.78, 1.0), (-1.0, 0.87), (-0.96, 0.64), (-0.98, 0.36))
_RIGHT = ((0.95, 0.36), (0.92, 0.64), (0.94, 0.87), (0.74, 1.0), (0.36, 1.05))
_SHIRT_HEM = ((-1.06, 0.06), (-1.06, -0.08), (-0.5, -0.15), (0.4, -0.15), (1.0, -0.08), (1.02, 0.06))


def trunk(person: Person) -> list[Form]:
    """The main garment over the trunk; dresses and coats reach down the legs."""
    outfit, bones = person.outfit, person.bones
    lapped = bones.pose.drape == "lap" or abs(bones.pose.lean) > 45
    if outfit.cut in ("dress", "coat"):
        if lapped:
            return [_waisted(person), _lap(person)]
        return [_hanging(person)]
    return [_waisted(person)]


def _sides(person: Person, points: Sequence[Pair]) -> list[Pair]:
    """Trunk points with the outfit's belly and looseness; narrower when seen from the side."""
    outfit = person.outfit
    turn = 0.66 if person.bones.pose.side else 1.0
    widened = []
    for x, y in points:
        swell = outfit.belly * max(0.0, 1 - ((y - 0.28) / 0.5) ** 2)
        wide = 1.0 + swell * (1.15 if x > 0 else 0.75) + (outfit.loose - 1) * 0.6
        widened.append((x * turn * wide, y))
    return person.bones.torso(widened)


def _waisted(person: Person) -> Form:
    shape = blob(_sides(person, [*_LEFT, *_SHIRT_HEM, *_RIGHT]), 5)
    return _cloth(person, [shape], [*_pattern(person), *_shirt_folds(person)])


def _cloth(person: Person, shapes: Sequence[Shape], marks: Sequence[Mark], melt: float = 0.05) -> Form:
    return Form(
        shapes=shapes,
        color=person.top,
        fur=0.045 if person.pattern == "plain" else 0.0,
        shag=0,
        dab=1.5,
        flow=-88 - person.bones.pose.lean,
        round=0.12,
        marks=marks,
        cast=0.8,
        melt=melt,
    )


def _shirt_folds(person: Person) -> list[Mark]:
    dark = darker(person.top, 0.35)
    marks = [
        mark(tube(_sides(person, points), [0.004, 0.008, 0.002]), dark, 0.010, 0.45)
        for points in (
            ((-0.95, 0.62), (-0.6, 0.52), (-0.3, 0.50)),
            ((0.92, 0.40), (0.6, 0.30), (0.25, 0.30)),
            ((-0.95, 0.20), (-0.5, 0.14), (-0.1, 0.16)),
        )
    ]
    if person.outfit.trim:
        hem = tube(_sides(person, [(-1.2, -0.06), (0, -0.12), (1.2, -0.06)]), [0.011])
        marks.append(mark(hem, ink(person.outfit.trim), 0.002, 0.9))
    return marks


def hem_of(person: Person) -> tuple[Pair, Pair]:
    """The left and right end of a hanging hem."""
    bones, outfit = person.bones, person.outfit
    ends = sorted((_hem_point(bones.near_leg, outfit.hem), _hem_point(bones.far_leg, outfit.hem)))
    r = person.build.leg + outfit.flare
    low = min(ends[0][1], ends[1][1])
    (x0, y0), (x1, y1) = ends
    floor = bones.pelvis[1] - (person.build.thigh + person.build.shin) * outfit.hem
    y0, y1 = (max(floor - 0.01, min(y, low + 0.06)) for y in (y0, y1))
    return (min(x0 - r, bones.pelvis[0] - r * 1.3), y0), (max(x1 + r, bones.pelvis[0] + r * 1.3), y1)


def _hem_point(leg: Leg, share: float) -> Pair:
    return leg.at(share)


def _hanging(person: Person) -> Form:
    """Trunk and skirt in one; the hem follows the legs and is seen a little from above."""
    (x0, y0), (x1, y1) = hem_of(person)
    wave = person.rng.normal(0, 0.004, 4)
    sag = 0.022
    hem = [
        (x0, y0 + 0.006),
        (x0 + (x1 - x0) * 0.06, y0 - 0.010),
        (x0 + (x1 - x0) * 0.28, y0 * 0.72 + y1 * 0.28 - sag + float(wave[0])),
        (x0 + (x1 - x0) * 0.52, (y0 + y1) / 2 - sag * 1.2 + float(wave[1])),
        (x0 + (x1 - x0) * 0.76, y0 * 0.26 + y1 * 0.74 - sag + float(wave[2])),
        (x1 - (x1 - x0) * 0.05, y1 - 0.010),
        (x1, y1 + 0.006),
    ]
    trunk_left = _sides(person, [*_LEFT, (-1.08, 0.08)])
    trunk_right = _sides(person, [(1.04, 0.08), *_RIGHT])
    shape = blob([*trunk_left, *hem, *trunk_right], 5)
    marks = [*_pattern(person), *_skirt_folds(person, hem), *_hem_trim(person, hem)]
    return _cloth(person, [shape], marks)


def _skirt_folds(person: Person, hem: Sequence[Pair]) -> list[Mark]:
    marks = []
    waist = _sides(person, [(-0.66, 0.22), (-0.2, 0.20), (0.25, 0.20), (0.7, 0.22)])
    for number, (top, low) in enumerate(zip(waist, hem[1:6:1], strict=False)):
        middle = (top[0] * 0.45 + low[0] * 0.55, top[1] * 0.5 + low[1] * 0.5)
        color = darker(person.top, 0.34) if number % 2 == 0 else paler(person.top, 0.25)
        fold = tube([top, middle, (low[0], low[1] + 0.012)], [0.003, 0.008, 0.014])
        marks.append(mark(fold, color, 0.014, 0.42))
    return marks


def _hem_trim(person: Person, hem: Sequence[Pair]) -> list[Mark]:
    if not person.outfit.trim:
        return []
    line = [(x, y + 0.014) for x, y in hem]
    line = [(line[0][0] - 0.03, line[0][1] + 0.01), *line[1:-1], (line[-1][0] + 0.03, line[-1][1] + 0.01)]
    return [mark(tube(line, [0.012]), ink(person.outfit.trim), 0.002, 0.95)]


def _lap(person: Person) -> Form:
    """A skirt over bent legs."""
    outfit, build = person.outfit, person.build
    shapes = []
    legs = (
        (person.bones.near_leg,)
        if person.bones.pose.one_leg
        else (person.bones.far_leg, person.bones.near_leg)
    )
    for leg in legs:
        points = [leg.at(share) for share in (0.0, 0.2, 0.38, max(0.46, outfit.hem * 0.85))]
        wide = build.leg
        shapes.append(tube(points, [wide * 1.3, wide * 1.32, wide * 1.34, wide * 1.42]))
    x, y = person.bones.torso([(0, 0.06)])[0]
    shapes.append(oval(x, y, build.hips * (0.75 if person.bones.pose.side else 1.05), build.leg * 1.25))
    form = _cloth(person, shapes, _lap_folds(person), melt=0.05)
    return form


def _lap_folds(person: Person) -> list[Mark]:
    leg = person.bones.near_leg
    points = [leg.at(0.08), leg.at(0.28), leg.at(0.46)]
    return [mark(tube(points, [0.004, 0.01, 0.004]), darker(person.top, 0.34), 0.012, 0.4)]


def _grid_points(person: Person, step: float) -> list[Pair]:
    """Staggered points over the trunk and the skirt that hangs below it."""
    (x, y), build, outfit = person.bones.pelvis, person.build, person.outfit
    skirt = outfit.cut in ("dress", "coat")
    low = -(build.thigh + build.shin) * outfit.hem - 0.03 if skirt else -0.06
    points = []
    for row in range(int((build.torso + 0.02 - low) / step)):
        up = low + row * step
        half = build.shoulders * 1.1 + (outfit.flare + build.leg) * max(0.0, up / low) if skirt else 0.13
        for column in range(-5, 6):
            across = column * step * 1.1 + (step * 0.55 if row % 2 else 0.0)
            if abs(across) < half:
                points.append((x + across, y + up))
    return points


def _stars(person: Person) -> list[Mark]:
    gold = blended(person.top, "f6d460", 0.9)
    shapes = [Outline(star(x, y, 0.017)) for x, y in _grid_points(person, 0.072)]
    return [mark(shape, gold, 0.001, 0.95) for shape in shapes]


def _stripes(person: Person, color: Ink | None = None) -> list[Mark]:
    pale = paler(person.top, 0.78) if color is None else color
    marks = []
    count = 7 if person.outfit.cut == "shirt" else 12
    for row in range(count):
        v = 0.92 - row * 0.165
        band = tube(_flat_row(person, v), [0.0105])
        marks.append(mark(band, pale, 0.001, 0.92))
    return marks


def _flat_row(person: Person, v: float) -> list[Pair]:
    centre = person.bones.torso([(0, v)])[0]
    left, right = person.bones.torso([(-1, v)])[0], person.bones.torso([(1, v)])[0]
    dx, dy = (right[0] - left[0]) * 1.8, (right[1] - left[1]) * 1.8
    return [
        (centre[0] - dx, centre[1] - dy + 0.012),
        (centre[0], centre[1] - 0.006),
        (centre[0] + dx, centre[1] + dy + 0.012),
    ]


def _dots(person: Person) -> list[Mark]:
    pale = paler(person.top, 0.82)
    return [mark(oval(x, y, 0.0105), pale, 0.001, 0.95) for x, y in _grid_points(person, 0.052)]


def _flowers(person: Person) -> list[Mark]:
    marks = []
    tints = (paler(person.top, 0.85), blended(person.top, "f6c84a", 0.85), blended(person.top, "f08aa0", 0.8))
    for number, (x, y) in enumerate(_grid_points(person, 0.060)):
        jitter = person.rng.normal(0, 0.006, 2)
        marks.append(
            mark(
                oval(x + float(jitter[0]), y + float(jitter[1]), 0.014, 0.012), tints[number % 3], 0.002, 0.92
            )
        )
    return marks


def _checks(person: Person) -> list[Mark]:
    dark, pale = darker(person.top, 0.42), paler(person.top, 0.55)
    marks = [mark(tube(_flat_row(person, 0.95 - row * 0.2), [0.014]), dark, 0.002, 0.55) for row in range(7)]
    for u in (-0.75, -0.25, 0.25, 0.75):
        column = person.bones.torso([(u, 1.05), (u, 0.4), (u, -0.3)])
        marks.append(mark(tube(column, [0.009]), pale if u in (-0.25, 0.75) else dark, 0.002, 0.5))
    return marks


_PATTERNS: dict[str, Callable[[Person], list[Mark]]] = {
    "plain": lambda person: [],
    "stripes": _stripes,
    "dots": _dots,
    "flowers": _flowers,
    "checks": _checks,
    "stars": _stars,
    "red_stripes": lambda person: _stripes(person, ink("b8383c")),
}


def _pattern(person: Person) -> list[Mark]:
    return _PATTERNS[person.pattern](person)


def belt_line(person: Person, v: float = 0.30) -> list[Pair]:
    """A line about the waist."""
    return _sides(person, [(-1.12, v), (-0.5, v - 0.05), (0.2, v - 0.06), (1.1, v)])


def chest(person: Person, points: Sequence[Pair]) -> list[Pair]:
    """Points on the trunk as the garment has it."""
    return _sides(person, points)
