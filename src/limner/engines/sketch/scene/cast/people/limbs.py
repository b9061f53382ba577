"""Arms, legs, mitten hands and shoes of a person, dressed."""

from __future__ import annotations

import math
from collections.abc import Sequence

from limner.engines.sketch.paint.body import Form, Mark, Shape, blob, mark, oval, tube
from limner.engines.sketch.paint.light import Ink, ink
from limner.engines.sketch.scene.cast.people.person import Person, darker, paler
from limner.engines.sketch.scene.cast.people.skeleton import Arm, Leg, Pair, between, reach

_SHOE = (
    (-0.32, 0.28),
    (-0.40, 0.0),
    (-0.38, -0.32),
    (-0.10, -0.36),
    (0.40, -0.36),
    (0.80, -0.35),
    (0.90, -0.20),
    (0.74, -0.02),
    (0.42, 0.08),
    (0.26, 0.28),
)
_SOLE = ((-0.5, -0.27), (0.2, -0.29), (1.0, -0.27))
_FINGERS = (-34, -12, 10, 32)
_SLEEVE_ENDS = {"long": 1.0, "wide": 0.94, "short": 0.42, "none": 0.0}


def along(points: Sequence[Pair], share: float) -> list[Pair]:
    """The first share of a limb's three joints, rounded a little at the middle one."""
    a, b, c = points
    if share <= 0.5:
        return [a, between(a, b, share), between(a, b, share * 2)]
    end = between(b, c, share * 2 - 1)
    return [
        a,
        between(a, b, 0.55),
        between(between(a, b, 0.93), between(b, end, 0.12), 0.5),
        between(b, end, 0.5),
        end,
    ]


def arm(person: Person, *, near: bool) -> list[Form]:
    """Skin, sleeve and hand of one arm."""
    bones, outfit, build = (
        person.bones.near_arm if near else person.bones.far_arm,
        person.outfit,
        person.build,
    )
    joints = (bones.shoulder, bones.elbow, bones.wrist)
    behind = not near and not person.bones.pose.far_front
    dark = 0.28 if behind else 0.0
    forms: list[Form] = []
    end = _SLEEVE_ENDS[outfit.sleeve]
    hand = _hand(person, bones, dark, open_hand=person.bones.pose.open_hand, fist=person.bones.pose.fist)
    if end < 0.9:
        skin = tube(along(joints, 1.0), [build.arm * 0.92, build.arm * 0.8, build.arm * 0.66])
        forms.append(_skin_form([skin], person.skin, dark))
    forms.append(hand)
    if end > 0:
        forms.append(_sleeve(person, joints, end, dark))
    return forms


def _sleeve(person: Person, joints: Sequence[Pair], end: float, dark: float) -> Form:
    outfit, r = person.outfit, person.build.arm * person.outfit.loose
    radii = {
        "long": [r * 1.12, r * 1.02, r * 0.90, r * 0.86],
        "wide": [r * 1.10, r * 1.15, r * 1.35, r * 1.75],
        "short": [r * 1.12, r * 1.14, r * 1.18],
        "none": [r],
    }[outfit.sleeve]
    spine = along(joints, end)
    tail = spine[-1]
    cuff = ink(outfit.trim) if outfit.trim else darker(person.top, 0.22)
    before = (
        between(joints[1], joints[2], 0.86 if end > 0.9 else 0)
        if end > 0.5
        else between(spine[0], tail, 0.86)
    )
    wide = max(radii) * 1.5
    marks = [mark(_band(before, tail, wide, 0.5), cuff, 0.003, 0.9)] if end != 0.42 or outfit.trim else []
    if end > 0.5:
        marks.append(mark(oval(*joints[1], r * 0.5, r * 0.22, 30), darker(person.top, 0.35), 0.008, 0.4))
    color = darker(person.top, 0.12) if dark else person.top
    return Form(
        shapes=[tube(spine, radii)],
        color=color,
        dark=dark,
        cast=0.55,
        fur=0.045,
        shag=0,
        marks=marks,
        outline=0.8,
    )


def _band(start: Pair, end: Pair, half: float, grow: float) -> Shape:
    """A band across a limb, from start to a little past end."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    size = math.hypot(dx, dy) + 1e-6
    nx, ny = -dy / size * half, dx / size * half
    far = end[0] + dx * grow, end[1] + dy * grow
    return blob(
        [
            (start[0] + nx, start[1] + ny),
            (start[0] - nx, start[1] - ny),
            (far[0] - nx, far[1] - ny),
            (far[0] + nx, far[1] + ny),
        ],
        3,
    )


def _hand(person: Person, bones: Arm, dark: float, *, open_hand: bool, fist: bool) -> Form:
    """A mitten with a thumb; open ones show fingers."""
    size, angle = person.build.hand, bones.angle
    palm = reach(bones.wrist, angle, size * 0.75)
    thumb_side = 62 if angle > 60 else 48
    thumb = reach(palm, angle + thumb_side, size * 0.95)
    shapes = [tube([bones.wrist, palm], [size * 0.58, size * 0.80])]
    if open_hand:
        tips = [reach(palm, angle + spread, size * 1.5) for spread in _FINGERS]
        shapes += [tube([palm, tip], [size * 0.34, size * 0.25]) for tip in tips]
        thumb = reach(palm, angle + (80 if angle < 180 else -80), size * 1.2)
    elif not fist:
        shapes.append(tube([palm, reach(palm, angle - 6, size * 0.75)], [size * 0.74, size * 0.54]))
    shapes.append(tube([reach(palm, angle + 80, size * 0.3), thumb], [size * 0.36, size * 0.28]))
    color = ink(person.outfit.gloves) if person.outfit.gloves else person.skin
    return _skin_form(shapes, color, dark * 0.7)


def _skin_form(shapes: Sequence[Shape], color: Ink, dark: float) -> Form:
    return Form(
        shapes=shapes, color=color, round=0.05, melt=0.012, dark=dark, cast=0.35, outline=0.7, texture=0.5
    )


def leg(person: Person, *, near: bool) -> list[Form]:
    """Leg, trouser or sock, and shoe."""
    bones, outfit, build = (
        person.bones.near_leg if near else person.bones.far_leg,
        person.outfit,
        person.build,
    )
    dark = 0.0 if near else 0.28
    joints = (bones.hip, bones.knee, bones.ankle)
    r = build.leg
    forms: list[Form] = []
    if outfit.lower in ("trousers", "tights"):
        forms.append(_trouser(person, joints, dark, near=near))
    else:
        limb = tube(along(joints, 1.0), [r, r * 0.92, r * 0.78, r * 0.62])
        forms.append(_skin_form([limb], person.skin, dark))
        if outfit.socks:
            sock = tube([between(bones.knee, bones.ankle, 0.55), bones.ankle], [r * 0.82, r * 0.72])
            forms.append(Form(shapes=[sock], color=ink(outfit.socks), dark=dark, cast=0.2, outline=0.5))
        if outfit.lower == "shorts":
            forms.append(_short(person, joints, dark, near=near))
    shoe = _shoe(person, bones, dark)
    if outfit.boots:
        return [*forms, _boot(person, bones, dark)]
    return [shoe, *forms] if outfit.lower == "trousers" else [*forms, shoe]


def _trouser(person: Person, joints: Sequence[Pair], dark: float, *, near: bool) -> Form:
    r, loose = person.build.leg, person.outfit.loose if person.outfit.lower == "trousers" else 0.9
    radii = [r * 1.28 * loose, r * 1.12 * loose, r * 0.94 * loose, r * 0.90 * loose]
    shapes = [tube(along(joints, 0.97), radii)]
    color = person.bottom if near else darker(person.bottom, 0.12)
    if near:
        shapes.append(_hips(person))
    knee = joints[1]
    marks = [mark(oval(knee[0] - r * 0.4, knee[1], r * 0.7, r * 0.2, 20), darker(color, 0.35), 0.008, 0.4)]
    if person.outfit.lower == "trousers" and not person.outfit.boots:
        cuff = _band(between(joints[1], joints[2], 0.88), joints[2], r * 2, 0.6)
        marks.append(mark(cuff, darker(color, 0.22), 0.003, 0.8))
    return Form(shapes=shapes, color=color, dark=dark, fur=0.05, shag=0, marks=marks, cast=0.6, melt=0.04)


def _short(person: Person, joints: Sequence[Pair], dark: float, *, near: bool) -> Form:
    r = person.build.leg
    shapes = [tube(along(joints, 0.46), [r * 1.3, r * 1.3, r * 1.34])]
    if near:
        shapes.append(_hips(person))
    color = person.bottom if near else darker(person.bottom, 0.12)
    return Form(shapes=shapes, color=color, dark=dark, fur=0.045, shag=0, cast=0.6, melt=0.04)


def _hips(person: Person) -> Shape:
    bones, build = person.bones, person.build
    wide = 0.66 if bones.pose.side else 0.98
    x, y = bones.torso([(0, 0.04)])[0]
    return oval(x, y, build.hips * wide, build.leg * 1.05, -bones.pose.lean)


def _shoe_points(bones: Leg, foot: float, points: Sequence[Pair]) -> list[Pair]:
    c, s = math.cos(math.radians(bones.foot)) * foot, math.sin(math.radians(bones.foot)) * foot
    x, y = bones.ankle
    return [(x + a * c - b * s, y + a * s + b * c) for a, b in points]


def _shoe(person: Person, bones: Leg, dark: float) -> Form:
    foot = person.build.foot
    sole = tube(_shoe_points(bones, foot, _SOLE), [foot * 0.08])
    below = tube(_shoe_points(bones, foot, [(a, b - 0.1) for a, b in _SOLE]), [foot * 0.1])
    pale = paler(person.shoes, 0.35) if float(person.shoes.mean()) > 0.35 else darker(person.shoes, 0.4)
    marks = [mark(sole, pale, 0.002, 0.9), mark(below, pale, 0.002, 0.9)]
    shape = blob(_shoe_points(bones, foot, _SHOE), 6)
    return Form(
        shapes=[shape], color=person.shoes, dark=dark * 0.8, gloss=0.25, round=0.04, marks=marks, cast=0.4
    )


def _boot(person: Person, bones: Leg, dark: float) -> Form:
    foot, r = person.build.foot, person.build.leg
    top = between(bones.knee, bones.ankle, 0.42)
    shaft = tube([top, between(top, bones.ankle, 0.6), bones.ankle], [r * 1.12, r * 0.95, r * 0.84])
    cuff: list[Mark] = [
        mark(_band(top, between(top, bones.ankle, 0.12), r * 2, 0.3), paler(person.shoes, 0.25), 0.003, 0.8)
    ]
    shape = blob(_shoe_points(bones, foot * 1.08, _SHOE), 6)
    return Form(
        shapes=[shaft, shape],
        color=person.shoes,
        dark=dark * 0.8,
        gloss=0.22,
        round=0.05,
        melt=0.02,
        marks=cuff,
        cast=0.5,
    )
