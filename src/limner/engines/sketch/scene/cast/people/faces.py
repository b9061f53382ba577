"""Three-quarter faces, turned to the right; all lengths in head radii."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from limner.engines.sketch.paint.body import Form, Line, Mark, Paint, Shape, blob, line, mark, tube
from limner.engines.sketch.paint.light import Ink, blended, ink
from limner.engines.sketch.scene.cast.people.on_head import oval_on
from limner.engines.sketch.scene.cast.people.person import Mood, Person, darker
from limner.engines.sketch.scene.cast.people.skeleton import Pair

_FACE = (
    (-0.90, 0.10),
    (-0.62, 0.78),
    (0.08, 0.98),
    (0.74, 0.66),
    (0.93, 0.06),
    (0.84, -0.46),
    (0.46, -0.86),
    (0.02, -0.93),
    (-0.50, -0.78),
    (-0.86, -0.38),
)
_TURN = 0.24
_EYE_Y = -0.06
_EYES = ((-0.36, 1.0), (0.37, 0.86))
_INK = "261814"
_BROWS: dict[Mood, tuple[float, float, float]] = {
    "content": (0.03, 0.045, -0.035),
    "happy": (0.06, 0.08, -0.03),
    "sad": (0.09, 0.04, -0.09),
    "angry": (-0.09, 0.0, 0.09),
    "sleepy": (-0.03, 0.03, 0.0),
    "surprised": (0.13, 0.09, 0.0),
}
"""Height over the usual, arch, and how much higher the outer end is than the inner."""
_SMILES: dict[Mood, tuple[Pair, ...]] = {
    "content": ((-0.22, -0.44), (-0.06, -0.525), (0.10, -0.53), (0.25, -0.44)),
    "sad": ((-0.17, -0.56), (0.0, -0.485), (0.12, -0.485), (0.22, -0.56)),
    "angry": ((-0.17, -0.53), (0.0, -0.49), (0.12, -0.49), (0.22, -0.54)),
    "sleepy": ((-0.12, -0.48), (0.02, -0.52), (0.16, -0.47)),
}
_LAUGH = (
    (-0.26, -0.40),
    (0.02, -0.43),
    (0.28, -0.39),
    (0.20, -0.58),
    (0.03, -0.67),
    (-0.17, -0.58),
)


def head(person: Person) -> list[Form]:
    """Neck, ear, face and features."""
    bones, skin = person.bones, person.skin
    r = person.build.head
    chin = bones.head([(-0.06, -0.45)])[0]
    neck = tube([bones.torso([(0, 0.93)])[0], chin], [r * 0.36, r * 0.34])
    marks = _blush(person) + _wrinkles(person)
    return [
        Form(shapes=[neck], color=darker(skin, 0.14), cast=0.2, dark=0.15, outline=0.6),
        Form(
            shapes=[oval_on(person, -0.89, -0.08, 0.16, 0.21)], color=darker(skin, 0.06), cast=0.2, round=0.04
        ),
        Form(
            shapes=[blob(bones.head(_FACE))],
            color=skin,
            round=r,
            marks=marks,
            cast=0.9,
            texture=0.35,
            outline=0.7,
            lines=_drawn(person),
        ),
        *_eyes(person),
        *_nose_and_mouth(person),
    ]


def _line(person: Person, points: Sequence[Pair], width: float, color: Paint) -> Line:
    return line(person.bones.head(points), width * person.build.head, color)


def _flat(shape: Shape, color: str | Ink, glow: float = 0.0) -> Form:
    return Form(shapes=[shape], color=ink(color), flat=True, cast=0, outline=0, glow=glow)


def _blush(person: Person) -> list[Mark]:
    blush = blended(person.skin, (0.90, 0.28, 0.26), 0.10 + 0.42 * float(person.skin.mean()))
    r = person.build.head
    return [
        mark(oval_on(person, -0.34, -0.36, 0.24, 0.17), blush, 0.12 * r, 0.85),
        mark(oval_on(person, 0.76, -0.34, 0.15, 0.16), blush, 0.12 * r, 0.85),
        mark(oval_on(person, 0.1, 0.72, 0.8, 0.22), darker(person.skin, 0.2), 0.15 * r, 0.45),
    ]


def _wrinkles(person: Person) -> list[Mark]:
    if not person.old:
        return []
    dark, r = darker(person.skin, 0.4), person.build.head
    folds = (((-0.13, -0.22), (-0.30, -0.46)), ((0.52, -0.22), (0.62, -0.45)), ((-0.30, 0.44), (0.62, 0.46)))
    return [mark(tube(person.bones.head(fold), [0.022 * r]), dark, 0.02 * r, 0.5) for fold in folds]


def _drawn(person: Person) -> list[Line]:
    """The inside of the ear, brows."""
    lift, arch, slant = _BROWS[person.mood]
    thick = 0.048 if person.feminine or person.build.child else 0.068
    color = darker(person.hair.color, 0.15)
    brows = []
    for x, squash in _EYES:
        outer = -1 if x < 0 else 1
        cx, y = x + _TURN, _EYE_Y + 0.34 + lift
        half = 0.16 * squash
        ends = [y + slant * outer * side for side in (-1, 1)]
        brows.append(
            _line(
                person,
                [(cx - half, ends[0] - 0.02), (cx, y + arch), (cx + half, ends[1] - 0.02)],
                thick,
                color,
            )
        )
    return brows


def _eyes(person: Person) -> list[Form]:
    closed = person.bones.pose.asleep or person.mood == "sleepy"
    forms: list[Form] = []
    for x, squash in _EYES:
        forms += _closed_eye(person, x + _TURN, squash) if closed else _open_eye(person, x + _TURN, squash)
    return forms


def _closed_eye(person: Person, x: float, squash: float) -> list[Form]:
    half = 0.15 * squash
    lid = [(x - half, _EYE_Y + 0.02), (x, _EYE_Y - 0.07), (x + half, _EYE_Y + 0.02)]
    return [Form(lines=[_line(person, lid, 0.055, _INK)])]


def _open_eye(person: Person, x: float, squash: float) -> list[Form]:
    big = 1.18 if person.build.child else 1.0
    big *= 1.12 if person.mood == "surprised" else 1.0
    rx, ry = 0.100 * big * squash, 0.148 * big
    lid = [(x - rx * 1.35, _EYE_Y + ry * 0.45), (x, _EYE_Y + ry * 1.22), (x + rx * 1.35, _EYE_Y + ry * 0.55)]
    lashes = [_line(person, lid, 0.04, _INK)]
    if person.feminine:
        flick = [(x - rx * 1.25, _EYE_Y + ry * 0.55), (x - rx * 1.8, _EYE_Y + ry * 0.85)]
        lashes.append(_line(person, flick, 0.035, _INK))
    white = blended(person.skin, (1, 1, 1), 0.82)
    forms = [_flat(oval_on(person, x - 0.01, _EYE_Y, rx * 1.36, ry * 1.16), white)] if big > 1.1 else []
    iris = oval_on(person, x, _EYE_Y, rx, ry)
    pale = oval_on(person, x + rx * 0.15, _EYE_Y - ry * 0.42, rx * 0.62, ry * 0.42)
    return [
        *forms,
        Form(
            shapes=[iris],
            color=ink(_INK),
            flat=True,
            cast=0,
            outline=0,
            lines=lashes,
        ),
        _flat(pale, blended(_INK, "8a5a3a", 0.55)),
        _flat(oval_on(person, x - rx * 0.28, _EYE_Y + ry * 0.40, rx * 0.40, ry * 0.32), "ffffff", 0.05),
    ]


def _nose_and_mouth(person: Person) -> list[Form]:
    x, skin = _TURN, person.skin
    tint = blended(skin, (0.86, 0.36, 0.28), 0.26)
    nose = Form(
        shapes=[oval_on(person, x + 0.07, -0.25, 0.095, 0.075)],
        color=tint,
        round=0.02,
        cast=0.3,
        outline=0.15,
    )
    lips = blended(skin, (0.52, 0.10, 0.10), 0.72)
    if person.mood == "surprised":
        return [
            nose,
            _flat(oval_on(person, x + 0.04, -0.52, 0.085, 0.11), blended(skin, (0.35, 0.05, 0.06), 0.85)),
        ]
    if person.mood == "happy" and not person.bones.pose.asleep:
        return [nose, *_laugh(person, lips)]
    points = [(px + x, py) for px, py in _SMILES.get(person.mood, _SMILES["content"])]
    r = person.build.head
    mouth = tube(person.bones.head(points), [0.018 * r, 0.038 * r, 0.038 * r, 0.018 * r])
    return [nose, _flat(mouth, lips)]


def _laugh(person: Person, lips: Ink) -> list[Form]:
    mouth = blob(person.bones.head([(px + _TURN, py) for px, py in _LAUGH]), 5)
    teeth = [
        (px + _TURN, py)
        for px, py in ((-0.19, -0.415), (0.02, -0.44), (0.21, -0.405), (0.16, -0.47), (-0.14, -0.47))
    ]
    dark = blended(lips, (0.25, 0.03, 0.05), 0.6)
    return [_flat(mouth, dark), _flat(blob(person.bones.head(teeth), 4), "fff8ee")]


def spectacles(person: Person, color: str | None) -> list[Form]:
    """Round glasses with a thin rim, golden on dark skin."""
    lines: list[Line] = []
    color = color or ("5a4630" if float(person.skin.mean()) > 0.5 else "e0b860")
    for x, squash in _EYES:
        t = np.linspace(0, 2 * np.pi, 15)
        rim = [
            (x + _TURN + 0.25 * squash * float(np.cos(a)), _EYE_Y - 0.01 + 0.24 * float(np.sin(a))) for a in t
        ]
        lines.append(_line(person, rim, 0.045, color))
    lines.append(
        _line(person, [(0.13, _EYE_Y + 0.03), (0.25, _EYE_Y + 0.07), (0.37, _EYE_Y + 0.03)], 0.045, color)
    )
    lines.append(_line(person, [(-0.37, _EYE_Y + 0.03), (-0.84, _EYE_Y + 0.08)], 0.045, color))
    return [Form(lines=lines)]
