"""Long heads in profile, of horses, deer, cattle and their like: ears, horns, manes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from limner.engines.sketch.paint.body import Form, Shape, blob, eye, line, mark, oval, tube
from limner.engines.sketch.paint.light import Ink, blended, ink

Pair: TypeAlias = tuple[float, float]
_NIGHTISH = (0.12, 0.06, 0.10)


@dataclass(frozen=True, slots=True, kw_only=True)
class LongFace:
    """color: None for the coat's. ear: tall, side or flop. horns: a key of the table below. snout: length.

    muzzle: colour of the nose, None for a darker coat. blaze: colour of a stripe down the face.
    """

    color: str | None = None
    ear: str = "tall"
    horns: str | None = None
    horn_color: str = "d8c8a8"
    mane: str | None = None
    muzzle: str | None = None
    blaze: str | None = None
    snout: float = 1.0
    blunt: float = 1.0


def long_head(face: LongFace, nape: Pair, r: float, color: Ink, fur: float, closed: bool) -> list[Form]:
    """The forms of a head of radius r about the nape."""
    (nx, ny) = nape
    tx, ty = nx + r * 1.75 * face.snout, ny - r * 1.15 * face.snout
    forms = _horns(face, nape, r, far=True)
    forms.append(_ear(face, nape, r, blended(color, _NIGHTISH, 0.3), fur, far=True))
    tint = ink(face.muzzle) if face.muzzle else blended(color, (0.16, 0.10, 0.10), 0.5)
    marks = [mark(oval(tx, ty, r * 0.66 * face.blunt), tint, 0.05)]
    if face.blaze:
        marks.append(
            mark(tube([(nx + r * 0.5, ny + r * 0.4), (tx, ty + r * 0.3)], [r * 0.14]), face.blaze, 0.02, 0.9)
        )
    skull: list[Shape] = [
        tube(
            [(nx, ny + r * 0.08), (nx + r * 0.75, ny - r * 0.36), (tx, ty)],
            [r * 0.78, r * 0.60, r * 0.43 * face.blunt],
        ),
        oval(nx + r * 0.12, ny - r * 0.18, r * 0.70, r * 0.62),
    ]
    forms.append(Form(shapes=skull, color=color, fur=fur * 0.7, marks=marks, melt=0.08, round=0.2, cast=0.7))
    mouth = line(
        [(tx + r * 0.24, ty - r * 0.30), (tx - r * 0.10, ty - r * 0.22), (tx - r * 0.34, ty - r * 0.04)],
        0.013,
        "2a1814",
    )
    nostril = oval(tx + r * 0.20 * face.blunt, ty + r * 0.02, r * 0.09, r * 0.06, 40)
    forms.append(Form(shapes=[nostril], color=ink("201414"), flat=True, cast=0, outline=0, lines=[mouth]))
    forms += _eye(nx + r * 0.52, ny + r * 0.10, r, closed)
    return [*forms, _ear(face, nape, r, color, fur, far=False), *_horns(face, nape, r, far=False)]


def _eye(x: float, y: float, r: float, closed: bool) -> list[Form]:
    if closed:
        return [
            Form(lines=[line([(x - r * 0.18, y), (x, y - r * 0.09), (x + r * 0.18, y)], 0.018, "2a160e")])
        ]
    return eye(x, y, r * 0.17, "2a160e", 0.85)


_EARS = {
    "tall": ((-0.05, 0.55), (-0.11, 0.95), (-0.09, 1.35), (0.01, 1.05), (0.05, 0.6)),
    "side": ((0.0, 0.50), (-0.20, 0.72), (-0.46, 0.66), (-0.30, 0.40), (-0.04, 0.30)),
    "flop": ((0.0, 0.52), (-0.22, 0.50), (-0.40, 0.10), (-0.30, -0.10), (-0.06, 0.28)),
}
"""x in units for a head of radius 0.22, y in head radii."""


def _ear(face: LongFace, nape: Pair, r: float, color: Ink, fur: float, *, far: bool) -> Form:
    (nx, ny), dx = nape, 0.10 if far else 0.0
    wide = r / 0.22
    outline = blob([(nx + dx + a * wide, ny + b * r) for a, b in _EARS[face.ear]])
    return Form(shapes=[outline], color=color, fur=fur * 0.5, dark=0.3 if far else 0, cast=0.4)


def _horns(face: LongFace, nape: Pair, r: float, *, far: bool) -> list[Form]:
    if not face.horns or (far and face.horns == "unicorn"):
        return []
    dx = 0.09 if far else -0.02
    x, y = nape[0] + dx, nape[1] + r * 0.66
    color = blended(face.horn_color, _NIGHTISH, 0.3 if far else 0.0)
    shapes = [tube([(x + a, y + b) for a, b in spine], radii) for spine, radii in _HORNS[face.horns]]
    return [Form(shapes=shapes, color=color, melt=0.02, cast=0.2, texture=0.6, gloss=0.15)]


_HORNS: dict[str, tuple[tuple[tuple[Pair, ...], tuple[float, ...]], ...]] = {
    "antlers": (
        (((0, 0), (-0.10, 0.20), (-0.06, 0.42), (0.06, 0.56)), (0.03, 0.027, 0.022, 0.01)),
        (((-0.06, 0.10), (0.08, 0.24)), (0.024, 0.008)),
        (((-0.10, 0.24), (-0.24, 0.42)), (0.022, 0.008)),
        (((-0.08, 0.38), (0.10, 0.42)), (0.02, 0.007)),
    ),
    "bull": ((((0, 0), (0.08, 0.10), (0.10, 0.22)), (0.045, 0.035, 0.008)),),
    "ram": (
        (
            ((0, 0.02), (-0.16, 0.10), (-0.26, -0.04), (-0.16, -0.16), (-0.06, -0.08)),
            (0.06, 0.06, 0.05, 0.04, 0.012),
        ),
    ),
    "goat": ((((0, 0), (-0.06, 0.16), (-0.18, 0.26)), (0.035, 0.028, 0.008)),),
    "knobs": ((((0, 0), (0.0, 0.10)), (0.022, 0.032)),),
    "unicorn": ((((0.12, 0.0), (0.20, 0.20), (0.28, 0.40)), (0.04, 0.026, 0.005)),),
}


def mane(face: LongFace, shoulder: Pair, nape: Pair, r: float, fur: float) -> tuple[list[Form], list[Form]]:
    """The mane's crest behind the neck, and what falls before it."""
    if not face.mane:
        return [], []
    (sx, sy), (nx, ny) = shoulder, nape
    hair = ink(face.mane)
    crest = tube(
        [(nx - 0.02, ny + 0.17), (nx - 0.14, ny + 0.02), (sx - 0.02, sy + 0.20), (sx - 0.22, sy + 0.16)],
        [0.05, 0.085, 0.09, 0.02],
    )
    lock = tube(
        [(nx - 0.03, ny + r * 0.95), (nx + r * 0.45, ny + r * 0.60), (nx + r * 0.75, ny + r * 0.15)],
        [0.045, 0.06, 0.012],
    )
    fall = tube(
        [
            (nx - 0.06, ny + r * 0.7),
            (nx - 0.14, ny),
            ((sx + nx) / 2 - 0.10, (sy + ny) / 2 + 0.02),
            (sx - 0.06, sy + 0.12),
        ],
        [0.045, 0.085, 0.10, 0.04],
    )
    return [Form(shapes=[crest], color=hair, fur=fur * 2, cast=0, flow=-70)], [
        Form(shapes=[lock], color=hair, fur=fur * 1.8, cast=0.5, flow=-45),
        Form(shapes=[fall], color=hair, fur=fur * 2.2, cast=0.5, flow=-66),
    ]
