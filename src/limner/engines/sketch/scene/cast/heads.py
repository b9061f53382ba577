"""Three-quarter faces of round-headed animals, turned to the right; all lengths in head radii."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from limner.engines.sketch.paint.body import Form, Line, Mark, Paint, Shape, blob, eye, line, mark, oval, tube
from limner.engines.sketch.paint.light import Ink, blended, ink

_TURN = 0.28
_SKULL = (
    (-0.92, 0.12),
    (-0.70, 0.70),
    (0.0, 0.96),
    (0.72, 0.66),
    (0.92, 0.10),
    (0.78, -0.42),
    (0.49, -0.80),
    (-0.16, -0.84),
    (-0.86, -0.42),
)
_MUZZLE = (
    (-0.44, -0.02),
    (-0.26, 0.26),
    (0.0, 0.34),
    (0.28, 0.26),
    (0.42, -0.02),
    (0.26, -0.36),
    (0.0, -0.44),
    (-0.28, -0.36),
)
_MASK = (
    (-1.2, -0.02),
    (-0.62, -0.06),
    (-0.17, -0.02),
    (0.13, 0.30),
    (0.25, 0.12),
    (0.39, 0.30),
    (0.61, -0.02),
    (0.75, -0.04),
    (1.2, 0.02),
    (1.0, -0.9),
    (0.25, -1.54),
    (-1.1, -0.9),
)
_NOSE = ((-0.13, 0.08), (0.15, 0.08), (0.10, -0.05), (0.01, -0.12), (-0.08, -0.05))
_EAR_POINT = ((0.95, 0.30), (0.98, 1.05), (0.86, 1.48), (0.52, 1.18), (0.10, 0.82), (0.4, 0.3))
_EAR_POINT_INSIDE = ((0.86, 0.55), (0.84, 1.22), (0.40, 0.82))
_EAR_TIP = ((0.98, 1.0), (0.86, 1.48), (0.52, 1.2), (0.86, 1.18))
_EAR_FLOP = ((0.55, 0.85), (1.0, 0.72), (1.28, 0.1), (1.14, -0.5), (0.86, -0.32), (0.72, 0.3))


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """What makes a face a fox's or a bear's. ear: point, round, flop or long. cheek: how wide it is."""

    muzzle: str = "fff2e0"
    ear: str = "point"
    ear_inside: str = "d8948c"
    ear_color: str | None = None
    ear_tip: str | None = None
    nose: str = "2c2022"
    iris: str = "3a2412"
    mask: str | None = None
    cheek: float = 0.0
    long_snout: bool = False
    whiskers: bool = False
    closed: bool = False
    patches: tuple[tuple[float, float, float, float, float, str], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class _Head:
    """Where the head is, and how large."""

    x: float
    y: float
    radius: float
    color: Ink
    fur: float

    def at(self, points: object) -> list[tuple[float, float]]:
        pairs = np.asarray(points, float)
        return [(self.x + a * self.radius, self.y + b * self.radius) for a, b in pairs]

    def blob(self, points: object, steps: int = 8) -> Shape:
        return blob(self.at(points), steps)

    def oval(self, x: float, y: float, rx: float, ry: float, degrees: float = 0) -> Shape:
        r = self.radius
        return oval(self.x + x * r, self.y + y * r, rx * r, ry * r, degrees)


def head(x: float, y: float, radius: float, color: Ink, fur: float, face: Face) -> list[Form]:
    """The forms of a head about (x, y): ears, skull, muzzle, nose, eyes."""
    place = _Head(x, y, radius, color, fur)
    ears = [_EARS[face.ear](place, face, 1, 0.8), _EARS[face.ear](place, face, -1, 1.0)]
    forms = [_skull(place, face), _muzzle(place, face), *_nose(place, face), *_eyes(place, face)]
    if face.whiskers:
        forms.append(_whiskers(place))
    return forms + ears if face.ear == "flop" else ears + forms


def _squeezed(points: object, side: float, squash: float) -> list[tuple[float, float]]:
    return [(side * px * squash, py) for px, py in np.asarray(points, float)]


def _ear_point(head: _Head, face: Face, side: float, squash: float) -> Form:
    marks = [mark(head.blob(_squeezed(_EAR_POINT_INSIDE, side, squash)), face.ear_inside, 0.015, 0.85)]
    if face.ear_tip:
        marks.append(mark(head.blob(_squeezed(_EAR_TIP, side, squash)), face.ear_tip, 0.02, 0.9))
    shape = head.blob(_squeezed(_EAR_POINT, side, squash))
    return Form(shapes=[shape], color=head.color, fur=head.fur * 0.8, marks=marks, round=0.08)


def _ear_round(head: _Head, face: Face, side: float, squash: float) -> Form:
    x = side * 0.74 * squash
    inside = mark(head.oval(x, 0.76, 0.2, 0.2), face.ear_inside, 0.03, 0.8)
    color = ink(face.ear_color) if face.ear_color else head.color
    return Form(
        shapes=[head.oval(x, 0.78, 0.34, 0.34)], color=color, fur=head.fur * 0.7, marks=[inside], round=0.1
    )


def _ear_flop(head: _Head, face: Face, side: float, squash: float) -> Form:
    color = ink(face.ear_color) if face.ear_color else blended(head.color, (0.15, 0.08, 0.06), 0.3)
    shape = head.blob(_squeezed(_EAR_FLOP, side, squash))
    return Form(shapes=[shape], color=color, fur=head.fur * 0.9, round=0.1)


def _ear_long(head: _Head, face: Face, side: float, squash: float) -> Form:
    spine = head.at(_squeezed(((0.3, 0.6), (0.42, 1.4), (0.5, 2.1)), side, squash))
    inner = head.at(_squeezed(((0.36, 0.9), (0.48, 1.9)), side, squash))
    r = head.radius
    inside = mark(tube(inner, [r * 0.1, r * 0.08]), face.ear_inside, 0.03, 0.8)
    return Form(
        shapes=[tube(spine, [r * 0.2, r * 0.26, r * 0.1])],
        color=head.color,
        fur=head.fur * 0.7,
        marks=[inside],
        round=0.1,
    )


_EARS: dict[str, Callable[[_Head, Face, float, float], Form]] = {
    "point": _ear_point,
    "round": _ear_round,
    "flop": _ear_flop,
    "long": _ear_long,
}


def _skull(head: _Head, face: Face) -> Form:
    points = [list(p) for p in _SKULL]
    if face.cheek > 0.4:
        points[5] = [0.9 + face.cheek * 0.25, -0.38]
        points[8] = [-0.98 - face.cheek * 0.28, -0.36]
    marks: list[Mark] = []
    if face.mask:
        marks.append(mark(head.blob(_MASK), face.mask, 0.012))
    marks += [mark(head.oval(x, y, rx, ry, a), c, 0.018, 0.95) for x, y, rx, ry, a, c in face.patches]
    return Form(
        shapes=[head.blob(points)], color=head.color, fur=head.fur, marks=marks, round=head.radius, cast=1.2
    )


def _muzzle(head: _Head, face: Face) -> Form:
    x, y, r = _TURN * 0.9, -0.34, head.radius
    if face.long_snout:
        shape = tube(head.at([(x - 0.1, y + 0.1), (x + 0.12, y - 0.02)]), [r * 0.40, r * 0.36])
        return Form(
            shapes=[shape],
            color=ink(face.muzzle),
            fur=head.fur * 0.45,
            round=r * 0.5,
            cast=0.55,
            outline=0.25,
        )
    outline = head.blob([(x + a, y + b) for a, b in _MUZZLE])
    return Form(
        shapes=[outline], color=ink(face.muzzle), fur=head.fur * 0.45, round=r * 0.5, cast=0.55, outline=0.25
    )


def _nose(head: _Head, face: Face) -> list[Form]:
    x, y, r = _TURN * 0.9, -0.18, head.radius
    dark = ink(face.nose)
    tip = head.blob([(x + a, y + b) for a, b in _NOSE], 5)
    smile = [
        (x - 0.22, y - 0.22),
        (x - 0.11, y - 0.29),
        (x, y - 0.20),
        (x + 0.11, y - 0.29),
        (x + 0.20, y - 0.22),
    ]
    lines: list[Line] = [
        line(head.at([(x, y - 0.08), (x, y - 0.20)]), 0.044 * r, dark),
        line(head.at(smile), 0.048 * r, dark),
    ]
    nose = Form(
        shapes=[tip], color=dark, round=r * 0.14, gloss=0.9, cast=0.3, texture=0.3, outline=0.5, lines=lines
    )
    return [nose]


def _eyes(head: _Head, face: Face) -> list[Form]:
    r, iris = head.radius, face.iris
    if face.closed:
        lids = [(-0.36 + _TURN * 0.35, 0.16), (0.44 + _TURN * 0.30, 0.14)]
        arcs = [[(x - w, 0.13), (x, 0.03), (x + w, 0.13)] for x, w in lids]
        return [Form(lines=[line(head.at(arc), 0.06 * r, "2a1a18") for arc in arcs])]
    near = eye(head.x + r * (-0.36 + _TURN * 0.35), head.y + r * 0.12, r * 0.135, iris)
    far = eye(head.x + r * (0.44 + _TURN * 0.30), head.y + r * 0.12, r * 0.135, iris, 0.86)
    return near + far


def _whiskers(head: _Head) -> Form:
    x, y = _TURN * 0.9, -0.3
    color: Paint = "fff6ea"
    lines = []
    for side in (-1, 1):
        for i in (-1, 0, 1):
            hair = [
                (x + side * 0.3, y + i * 0.05),
                (x + side * 0.75, y + i * 0.10 + 0.05),
                (x + side * 1.15, y + i * 0.2 - 0.02),
            ]
            lines.append(line(head.at(hair), 0.026 * head.radius, color))
    return Form(lines=lines)
