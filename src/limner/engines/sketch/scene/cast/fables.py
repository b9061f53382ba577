"""Dinosaur, frog and hedgehog: each a body of its own, like the dragon."""

from __future__ import annotations

import math

import numpy as np

from limner.engines.sketch.paint.body import (
    Anchor,
    Body,
    Form,
    Line,
    Mark,
    blob,
    eye,
    line,
    mark,
    oval,
    tube,
)
from limner.engines.sketch.paint.light import blended, ink
from limner.engines.sketch.scene.cast.dragon import dragon
from limner.engines.sketch.scene.cast.look import Look, Role

_DARK = (0.06, 0.04, 0.12)


def _smile(points: list[tuple[float, float]], width: float = 0.016) -> Form:
    return Form(lines=[line(points, width, "3a2628")])


def dinosaur(look: Look) -> Body:
    """A gentle long-neck."""
    color = look.or_one_of("6a9a6a", "7a94b0", "c8944a", "9a7ab0")
    spine = [(-0.52, 0.50), (-0.14, 0.56), (0.18, 0.56), (0.40, 0.86), (0.52, 1.20), (0.66, 1.34)]
    spots: list[Mark] = [
        mark(oval(x, y, r), blended(color, _DARK, 0.28), 0.015, 0.8)
        for x, y, r in (
            (-0.30, 0.72, 0.06),
            (-0.08, 0.78, 0.05),
            (-0.16, 0.62, 0.04),
            (0.30, 0.82, 0.035),
            (-0.48, 0.62, 0.04),
        )
    ]
    belly = mark(oval(-0.05, 0.30, 0.44, 0.12), blended(color, (1, 0.97, 0.85), 0.5), 0.05, 0.8)
    legs = [tube([(x, 0.46), (x, 0.2), (x + 0.01, 0.06)], [0.15, 0.115, 0.12]) for x in (-0.34, 0.16)]
    far_legs = [tube([(x, 0.46), (x, 0.07)], [0.12, 0.10]) for x in (-0.16, 0.32)]
    forms = [
        Form(shapes=far_legs, color=color, dark=0.32, fur=0.05, shag=0),
        Form(
            shapes=[
                tube([(-0.42, 0.54), (-0.80, 0.36), (-1.14, 0.26), (-1.36, 0.34)], [0.20, 0.13, 0.07, 0.02])
            ],
            color=color,
            fur=0.06,
            shag=0,
        ),
        Form(
            shapes=[tube(spine, [0.20, 0.30, 0.26, 0.13, 0.10, 0.12])],
            color=color,
            fur=0.06,
            shag=0,
            melt=0.1,
            round=0.3,
            marks=[belly, *spots],
        ),
        Form(shapes=legs, color=color, fur=0.05, shag=0, cast=0.8),
        Form(
            shapes=[oval(0.66, 1.34, 0.14, 0.125), tube([(0.70, 1.32), (0.86, 1.29)], [0.11, 0.085])],
            color=color,
            melt=0.06,
            fur=0.04,
            shag=0,
        ),
        *eye(0.70, 1.39, 0.036, "1c1210"),
        _smile([(0.92, 1.25), (0.82, 1.22), (0.72, 1.25)], 0.015),
    ]
    return Body(
        forms,
        ((-0.28, 0.14), (0.22, 0.14)),
        anchors={"back": Anchor(-0.05, 0.82), "head": Anchor(0.66, 1.46), "mouth": Anchor(0.92, 1.28)},
    )


def frog(look: Look) -> Body:
    """A frog, sitting."""
    color = look.or_one_of("6aa84a", "5a9a6a", "8ab04a")
    pale = blended(color, (1, 1, 0.85), 0.6)
    haunch = blob([(-0.62, 0.04), (-0.66, 0.24), (-0.46, 0.40), (-0.18, 0.28), (-0.10, 0.06)], 5)
    forms = [
        Form(shapes=[tube([(-0.40, 0.10), (-0.70, 0.04), (-0.30, 0.025)], [0.07, 0.05, 0.04])], color=color),
        Form(
            shapes=[oval(-0.10, 0.34, 0.44, 0.30), oval(0.20, 0.56, 0.34, 0.26)],
            color=color,
            fur=0.05,
            shag=0,
            melt=0.12,
            round=0.3,
            gloss=0.35,
            marks=[mark(oval(0.34, 0.26, 0.30, 0.24), pale, 0.04)],
        ),
        Form(shapes=[haunch], color=color, fur=0.05, shag=0, round=0.14),
        Form(
            shapes=[tube([(0.22, 0.28), (0.28, 0.10), (0.38, 0.03)], [0.075, 0.055, 0.05])],
            color=color,
            fur=0.04,
            shag=0,
        ),
        *(Form(shapes=[oval(x, 0.80, 0.115)], color=color, round=0.1) for x in (0.04, 0.36)),
        *(form for x in (0.07, 0.40) for form in eye(x, 0.82, 0.07, "e0b83a")),
        _smile([(0.02, 0.54), (0.26, 0.44), (0.50, 0.54)], 0.02),
    ]
    return Body(
        forms,
        ((-0.2, 0.45), (0.3, 0.12)),
        anchors={"head": Anchor(0.2, 0.88), "mouth": Anchor(0.5, 0.52), "back": Anchor(-0.2, 0.62)},
    )


def hedgehog(look: Look) -> Body:
    """A hedgehog, walking."""
    color = look.or_one_of("7a5a40", "8a6a4a")
    skin = ink("e8cfa8")
    coat = blob(
        [(-0.66, 0.12), (-0.62, 0.50), (-0.26, 0.76), (0.16, 0.68), (0.38, 0.42), (0.30, 0.14), (-0.2, 0.06)],
        6,
    )
    snout = blob([(0.18, 0.50), (0.42, 0.48), (0.70, 0.26), (0.66, 0.20), (0.44, 0.14), (0.2, 0.12)], 5)
    forms = [
        *(
            Form(shapes=[oval(x, 0.05, 0.09, 0.05)], color=blended(skin, _DARK, 0.2), round=0.04)
            for x in (-0.38, 0.20)
        ),
        Form(shapes=[snout], color=skin, fur=0.05, shag=0.1, round=0.2),
        Form(
            shapes=[coat],
            lines=_quills(),
            color=color,
            fur=0.15,
            shag=0.8,
            dab=0.5,
            round=0.34,
            flow=150,
            texture=1.5,
        ),
        Form(shapes=[oval(0.24, 0.52, 0.085)], color=blended(skin, (0.8, 0.5, 0.4), 0.25), round=0.05),
        Form(shapes=[oval(0.70, 0.25, 0.05)], color=ink("2a1e20"), gloss=0.6, round=0.05),
        *eye(0.44, 0.37, 0.040, "1c1210"),
        _smile([(0.62, 0.18), (0.54, 0.16), (0.48, 0.19)], 0.014),
    ]
    return Body(
        forms,
        ((-0.1, 0.5),),
        anchors={"head": Anchor(0.24, 0.66), "mouth": Anchor(0.64, 0.18), "back": Anchor(-0.2, 0.7)},
    )


def _quills() -> list[Line]:
    """Pale quills fanned over the back."""
    lines = []
    for row, (low, high) in enumerate(((14, 166), (20, 160), (30, 150), (46, 136))):
        for angle in np.radians(np.linspace(low, high, 13 - 2 * row)):
            c, s, r = math.cos(angle), math.sin(angle), 0.50 - 0.10 * row
            root = (-0.16 + 1.05 * r * c, 0.16 + r * s)
            lines.append(line([root, (root[0] + 0.09 * c - 0.02, root[1] + 0.09 * s)], 0.016, "ead8b4"))
    return lines


ROLES = {
    "dragon": Role(dragon, 0.46, home="mountains"),
    "dinosaur": Role(dinosaur, 0.52, home="forest"),
    "frog": Role(frog, 0.15, home="lake"),
    "hedgehog": Role(hedgehog, 0.15, home="forest"),
}
