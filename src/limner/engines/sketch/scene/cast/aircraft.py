"""Aeroplane, helicopter, rocket and flying saucer."""

from __future__ import annotations

from limner.engines.sketch.paint.body import Anchor, Body, Form, blob, line, mark, oval, poly
from limner.engines.sketch.paint.light import Ink, blended, ink
from limner.engines.sketch.scene.cast.look import Look, Role
from limner.engines.sketch.scene.cast.parts import (
    CHROME,
    CREAM,
    SHADE,
    even,
    hull,
    pane,
    panel,
    panes,
    stripe,
)

_ROCKET = (
    (0, 1.5),
    (0.18, 1.24),
    (0.25, 0.9),
    (0.20, 0.46),
    (0.12, 0.36),
    (-0.12, 0.36),
    (-0.20, 0.46),
    (-0.25, 0.9),
    (-0.18, 1.24),
)
_FIN = ((0.20, 0.74), (0.46, 0.42), (0.44, 0.24), (0.30, 0.36), (0.14, 0.42))
_FLAMES = (("f08a2a", 0.15, -0.02), ("ffd24a", 0.10, 0.10), ("fff4c0", 0.05, 0.2))
"""Colour, half width, lower end."""


def airplane(look: Look) -> Body:
    """A friendly airliner climbing a little, side view to the right, 2.4 units long."""
    color = look.or_one_of("3f7fb8", "d8453a", "e0a030")
    white = ink("f4f2ee")
    fuselage = blob(
        [
            (-1.16, 0.56),
            (-1.0, 0.40),
            (-0.5, 0.30),
            (0.5, 0.28),
            (1.0, 0.36),
            (1.22, 0.50),
            (1.06, 0.66),
            (0.6, 0.74),
            (-0.6, 0.72),
            (-1.0, 0.66),
        ],
        6,
    )
    belly = mark(poly([(-1.3, 0.42), (1.3, 0.42), (1.3, 0.1), (-1.3, 0.1)]), color, 0.01, 0.95)
    far_wing = poly([(0.16, 0.56), (-0.22, 0.98), (-0.36, 0.98), (-0.16, 0.56)])
    near_wing = poly([(0.30, 0.44), (-0.46, -0.02), (-0.66, 0.0), (-0.16, 0.44)])
    tail = blob([(-0.84, 0.62), (-1.06, 1.04), (-1.26, 1.04), (-1.18, 0.60)], 3)
    forms = [
        Form(shapes=[far_wing], color=blended(white, SHADE, 0.25), round=0.04, dark=0.2),
        Form(shapes=[tail], color=color, gloss=0.4, round=0.06),
        Form(shapes=[fuselage], color=white, gloss=0.5, round=0.24, texture=0.35, marks=[belly]),
        pane(look, blob([(0.92, 0.54), (0.92, 0.66), (1.04, 0.64), (1.14, 0.55)], 3)),
        *panes(look, even(-0.78, 0.76, 9, 0.06), 0.52, 0.62),
        Form(
            shapes=[poly([(-0.86, 0.58), (-1.26, 0.50), (-1.34, 0.54), (-1.12, 0.62)])],
            color=blended(color, SHADE, 0.15),
            round=0.03,
        ),
        Form(shapes=[near_wing], color=blended(white, SHADE, 0.06), round=0.05, cast=1.2, gloss=0.3),
        Form(shapes=[panel(-0.34, 0.10, 0.02, 0.24, 0.06)], color=color, gloss=0.6, round=0.08),
    ]
    return Body(forms, (), True)


def helicopter(look: Look) -> Body:
    """A round helicopter in flight."""
    color = look.or_one_of("d8453a", "3f7fb8", "e0a030", "4a9a6a")
    cabin = blob(
        [
            (-0.36, 0.40),
            (-0.40, 0.64),
            (-0.1, 0.80),
            (0.3, 0.76),
            (0.56, 0.54),
            (0.48, 0.32),
            (0.1, 0.24),
            (-0.2, 0.26),
        ],
        6,
    )
    boom = poly([(-0.30, 0.66), (-1.10, 0.66), (-1.10, 0.58), (-0.30, 0.46)])
    skids = [line([(-0.36, 0.06), (0.40, 0.06), (0.50, 0.12)], 0.035, "4a484c")]
    struts = [line([(x, 0.28), (x + 0.03, 0.06)], 0.028, "4a484c") for x in (-0.12, 0.22)]
    forms = [
        Form(lines=[*struts, *skids]),
        Form(shapes=[boom], color=color, round=0.05, gloss=0.4),
        Form(
            shapes=[poly([(-1.0, 0.60), (-1.22, 0.88), (-1.10, 0.88), (-0.94, 0.62)])],
            color=color,
            round=0.04,
        ),
        Form(
            lines=[
                line([(-1.28, 0.54), (-1.02, 0.74)], 0.03, "5a585c"),
                line([(-1.24, 0.76), (-1.06, 0.52)], 0.03, "5a585c"),
            ]
        ),
        Form(shapes=[panel(-0.04, 0.76, 0.10, 0.90, 0.03)], color=ink("5a585c"), round=0.04),
        hull(cabin, color, [stripe(-0.5, 0.6, 0.40, 0.03, CREAM)]),
        pane(look, blob([(0.12, 0.44), (0.12, 0.70), (0.34, 0.66), (0.50, 0.48), (0.4, 0.42)], 4)),
        pane(look, panel(-0.26, 0.46, 0.02, 0.68, 0.05)),
        Form(lines=[line([(-1.0, 0.90), (0.0, 0.94), (1.06, 0.90)], 0.035, "6a686c")]),
        Form(shapes=[oval(0.03, 0.93, 0.05, 0.03)], color=CHROME, gloss=0.5),
    ]
    return Body(forms, (), True)


def rocket(look: Look) -> Body:
    """A storybook rocket, upright and 1.5 units tall with its flame; fins take the colour."""
    color = look.or_one_of("d8402e", "3f7fb8", "e08a2a")
    shell = blob(_ROCKET, 6)
    nose = mark(poly([(-0.5, 1.22), (0.5, 1.22), (0.5, 1.6), (-0.5, 1.6)]), color, 0.004)
    band = stripe(-0.4, 0.4, 0.54, 0.03, color)
    keel = blob([(0, 0.62), (0.035, 0.44), (0, 0.26), (-0.035, 0.44)], 4)
    forms = [
        *(_flame(*flame) for flame in _FLAMES),
        *(_fin(color, side) for side in (-1, 1)),
        Form(shapes=[shell], color=ink("f2eee6"), gloss=0.55, round=0.22, texture=0.35, marks=[nose, band]),
        Form(shapes=[oval(0, 0.98, 0.13)], color=CHROME, gloss=0.5, round=0.04),
        pane(look, oval(0, 0.98, 0.095)),
        Form(shapes=[keel], color=color, round=0.05),
    ]
    return Body(forms, (), True)


def _flame(color: str, half: float, low: float) -> Form:
    shape = blob([(-half, 0.38), (-half * 0.9, 0.26), (0, low), (half * 0.9, 0.26), (half, 0.38)], 5)
    return Form(shapes=[shape], color=ink(color), glow=0.2, flat=True, outline=0, cast=0)


def _fin(color: Ink, side: int) -> Form:
    shape = blob([(side * x, y) for x, y in _FIN], 4)
    return Form(shapes=[shape], color=blended(color, SHADE, 0.12 if side < 0 else 0), round=0.06, gloss=0.3)


def ufo(look: Look) -> Body:
    """A flying saucer with a glass dome."""
    color = look.or_one_of("8a94a8", "6a9a8a", "9a7ab0")
    lamps = [oval(x, 0.30 - 0.10 * (1 - (x / 0.8) ** 2), 0.05, 0.04) for x in (-0.66, -0.34, 0.0, 0.34, 0.66)]
    forms = [
        Form(
            shapes=[blob([(-0.34, 0.42), (-0.28, 0.70), (0, 0.82), (0.28, 0.70), (0.34, 0.42)], 6)],
            color=ink("a8e0e8"),
            gloss=0.8,
            round=0.25,
            glow=0.05,
        ),
        Form(shapes=[oval(0, 0.18, 0.34, 0.12)], color=blended(color, SHADE, 0.4), round=0.1),
        Form(shapes=[oval(0, 0.34, 0.92, 0.18)], color=color, gloss=0.7, round=0.2, texture=0.4, cast=1.2),
        *(
            Form(shapes=[lamp], color=ink("ffe07a"), glow=0.3, flat=True, cast=0, outline=0.4)
            for lamp in lamps
        ),
    ]
    return Body(forms, (), True, anchors={"top": Anchor(0, 0.82, 0.2)})


ROLES = {
    "airplane": Role(airplane, 0.24, "high", "mountains"),
    "helicopter": Role(helicopter, 0.24, "high", "skyline"),
    "rocket": Role(rocket, 0.46, "high", "space"),
    "ufo": Role(ufo, 0.20, "high", "space"),
}
