"""What makes music: piano, guitar, bell."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.body import Anchor, Body, Form, line, mark, oval, poly, tube
from limner.engines.sketch.paint.light import blended, ink
from limner.engines.sketch.scene.cast.look import Look, Role
from limner.engines.sketch.scene.cast.matter import (
    BRASS,
    STEEL,
    WHITE,
    Matter,
    circle,
    cuboid,
    matter,
    pattern,
    rect,
    solid,
    turned,
)


def piano(look: Look) -> Body:
    """An upright piano with its keys before us."""
    wood = matter(look, "6a3f2a", "38343a", "8a5a34", gloss=0.6, fur=0.07)
    whites = [rect(x + 0.004, 0.40, x + 0.076, 0.50) for x in np.arange(-0.64, 0.63, 0.08)]
    blacks = [
        rect(x + 0.054, 0.435, x + 0.106, 0.505)
        for k, x in enumerate(np.arange(-0.64, 0.55, 0.08))
        if k % 7 not in (2, 6)
    ]
    sheet = [
        solid(
            poly([(x, 0.72), (x + 0.24, 0.72), (x + 0.25, 1.0), (x + 0.01, 1.0)]),
            Matter(ink("f8f2e4"), 0, 0.04),
            0.01,
            marks=[
                mark(tube([(x + 0.04, y), (x + 0.21, y)], [0.005]), "8a8078", 0.002)
                for y in np.linspace(0.77, 0.95, 5)
            ],
        )
        for x in (-0.26, 0.02)
    ]
    forms = [
        *cuboid(-0.74, 0.70, 0.0, 1.12, wood, (0.16, 0.10)),
        solid(rect(-0.64, 0.60, 0.60, 1.02), wood.darker(0.15), 0.03, 2, pattern(look, 0.6, 1.0, 0.64), 0.2),
        *sheet,
        solid(rect(-0.30, 0.69, 0.30, 0.725), wood.lighter(0.1), 0.02, 2),
        *[solid(rect(x - 0.05, 0.0, x + 0.05, 0.42), wood.darker(0.1), 0.04, 89) for x in (-0.68, 0.64)],
        solid(rect(-0.76, 0.34, 0.72, 0.56), wood.lighter(0.06), 0.04, 2),
        Form(shapes=whites, color=ink("fbf8f0"), flat=True, cast=0, outline=0.5, melt=0.001),
        Form(shapes=blacks, color=ink("26242a"), flat=True, cast=0.2, outline=0, melt=0.001),
        *[solid(rect(x - 0.05, 0.06, x + 0.03, 0.10), BRASS, 0.02) for x in (-0.06, 0.08)],
    ]
    return Body(forms, ((-0.02, 0.72),), anchors={"top": Anchor(0.05, 1.17, 0.6), "grip": Anchor(0, 0.4)})


def guitar(look: Look) -> Body:
    """An acoustic guitar, standing."""
    wood = matter(look, "c8803c", "b86a34", "d89a50", gloss=0.5, fur=0.08)
    dark = Matter(ink("4a2e20"), 0.3, 0.06)
    right = [
        (0.07, 0.86),
        (0.22, 0.82),
        (0.27, 0.70),
        (0.205, 0.56),
        (0.30, 0.40),
        (0.36, 0.22),
        (0.27, 0.05),
        (0.10, 0.0),
    ]
    rim = turned([(x + 0.022, y + (0.018 if y > 0.4 else -0.018)) for x, y in right], 6)
    frets = [mark(rect(-0.06, y, 0.06, y + 0.007), "d8c48a", 0.001) for y in np.linspace(0.94, 1.46, 9)]
    pegs = [oval(x * 0.105, y, 0.026, 0.018) for x in (-1, 1) for y in (1.58, 1.65, 1.72)]
    strings = [line([(x, 0.21), (x * 0.8, 1.54)], 0.006, "f0e8d4") for x in np.linspace(-0.038, 0.038, 6)]
    forms = [
        Form(shapes=pegs, color=STEEL.color, gloss=0.8, round=0.03, melt=0.002),
        solid(rim, wood.darker(0.55), 0.06),
        solid(
            turned(right, 6),
            wood,
            0.06,
            86,
            [*pattern(look, 0.02, 0.8, 0.4), mark(oval(0, 0.56, 0.145), dark.color, 0.004, 0.8)],
        ),
        Form(shapes=[oval(0, 0.56, 0.105)], color=ink("241610"), flat=True, cast=0, outline=0),
        solid(rect(-0.05, 0.60, 0.05, 1.54), dark, 0.05, 89, frets),
        solid(
            poly([(-0.055, 1.52), (0.055, 1.52), (0.085, 1.78), (0.0, 1.80), (-0.085, 1.78)]),
            wood.darker(0.3),
            0.04,
            89,
        ),
        solid(rect(-0.12, 0.19, 0.12, 0.235), dark, 0.03, 2),
        Form(lines=strings),
    ]
    return Body(forms, ((0.0, 0.2),), anchors={"grip": Anchor(0, 0.95), "top": Anchor(0, 1.8, 0.08)})


def bell(look: Look) -> Body:
    """A brass bell with a bow of its handle."""
    brass = matter(look, "e0a93a", gloss=0.9, fur=0.05)
    side = turned([(0.0, 0.94), (0.18, 0.90), (0.29, 0.70), (0.34, 0.40), (0.48, 0.20), (0.54, 0.10)], 6)
    shine = mark(
        tube([(-0.16, 0.78), (-0.22, 0.50), (-0.30, 0.28)], [0.03, 0.045, 0.03]),
        blended(brass.color, WHITE, 0.7),
        0.03,
        0.7,
    )
    forms = [
        solid(tube(circle(0, 1.0, 0.09, -60, 240, 10), [0.032], 2), brass.darker(0.15)),
        solid(oval(0, 0.09, 0.11, 0.09), brass.darker(0.4), 0.1),
        solid(side, brass, 0.4, 4, [shine, *pattern(look, 0.2, 0.9, 0.5)]),
        solid(
            tube([(-0.53, 0.125), (-0.3, 0.085), (0, 0.075), (0.3, 0.085), (0.53, 0.125)], [0.045]),
            brass.lighter(0.1),
        ),
    ]
    return Body(forms, ((0.0, 0.4),), anchors={"grip": Anchor(0, 1.08), "top": Anchor(0, 0.94, 0.1)})


ROLES: dict[str, Role] = {
    "piano": Role(piano, 0.44, home="room"),
    "guitar": Role(guitar, 0.48, home="room"),
    "bell": Role(bell, 0.18, home="table"),
}
