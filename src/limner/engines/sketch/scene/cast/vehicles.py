"""Car and hot air balloon."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.body import Body, Form, Mark, blob, line, mark, oval, poly, tube
from limner.engines.sketch.paint.light import Ink, blended, ink
from limner.engines.sketch.scene.cast.look import Look
from limner.engines.sketch.scene.cast.parts import CHROME, RUBBER, SHADE

_CABIN = ((-0.60, 0.58), (-0.52, 0.82), (-0.30, 0.98), (0.05, 1.0), (0.30, 0.92), (0.52, 0.62), (0, 0.55))
_HULL = (
    (-1.0, 0.28),
    (-1.02, 0.50),
    (-0.92, 0.64),
    (-0.55, 0.68),
    (0.50, 0.66),
    (0.86, 0.58),
    (1.02, 0.44),
    (1.02, 0.26),
    (0.6, 0.20),
    (-0.6, 0.20),
)


def car(look: Look) -> Body:
    """A small round vintage car, side view to the right, one unit tall and 2.1 wide."""
    color = look.or_one_of("c8453a", "3f7fa8", "e0b040", "5a9a7a")
    under = poly([(-0.80, 0.30), (0.80, 0.30), (0.80, 0.13), (-0.80, 0.13)])
    forms = [
        Form(shapes=[under], color=ink("2a2428"), cast=0.2),
        Form(shapes=[blob(_CABIN)], color=color, gloss=0.5, round=0.22, texture=0.4),
        _glass(look, [(-0.50, 0.64), (-0.42, 0.82), (-0.26, 0.90), (-0.06, 0.91), (-0.06, 0.64)]),
        _glass(look, [(0.02, 0.64), (0.02, 0.91), (0.22, 0.86), (0.42, 0.64)]),
        _shell(color),
        *_wheel(-0.58, color),
        *_wheel(0.60, color),
        Form(shapes=[tube([(0.88, 0.26), (1.06, 0.25)], [0.04])], color=CHROME, gloss=0.9),
        Form(shapes=[tube([(-0.9, 0.26), (-1.06, 0.25)], [0.04])], color=CHROME, gloss=0.9),
        *_lamps(look),
        Form(shapes=[tube([(0.12, 0.56), (0.20, 0.56)], [0.016])], color=CHROME, gloss=0.8, outline=0.3),
    ]
    return Body(forms, ((-0.58, 0.25), (0.60, 0.25)))


def _shell(color: Ink) -> Form:
    """Bonnet, doors and boot, with a bright trim and the joint of the door."""
    trim, joint = blended(color, (1, 0.95, 0.85), 0.6), blended(color, SHADE, 0.45)
    marks = [
        mark(tube([(-0.98, 0.46), (0, 0.50), (0.98, 0.42)], [0.012]), trim, 0.003, 0.9),
        mark(tube([(-0.03, 0.64), (-0.03, 0.30)], [0.006]), joint, 0.003, 0.8),
    ]
    return Form(shapes=[blob(_HULL, 6)], color=color, gloss=0.75, round=0.20, texture=0.35, marks=marks)


def _lamps(look: Look) -> list[Form]:
    glow = 0.3 if look.night else 0.0
    return [
        Form(shapes=[oval(0.96, 0.47, 0.055, 0.08)], color=ink("fff0b8"), gloss=0.8, round=0.06, glow=glow),
        Form(shapes=[oval(-0.99, 0.46, 0.035, 0.06)], color=ink("e0402e"), round=0.04),
    ]


def _glass(look: Look, points: list[tuple[float, float]]) -> Form:
    x = points[0][0]
    glint = poly([(x + 0.10, 0.6), (x + 0.18, 0.6), (x + 0.34, 0.95), (x + 0.26, 0.95)])
    marks: list[Mark] = [] if look.night else [mark(glint, "eef8fa", 0.01, 0.6)]
    color = ink("ffdc8a") if look.night else ink("a8cfdc")
    glow = 0.15 if look.night else 0.0
    return Form(
        shapes=[blob(points, 3)],
        color=color,
        gloss=0.3,
        round=0.04,
        texture=0.3,
        glow=glow,
        cast=0,
        marks=marks,
    )


def _wheel(x: float, color: Ink) -> list[Form]:
    arch = blob([(x - 0.33, 0.18), (x - 0.27, 0.40), (x, 0.50), (x + 0.27, 0.40), (x + 0.33, 0.18)])
    return [
        Form(shapes=[arch], color=color, gloss=0.5, round=0.1, texture=0.3),
        Form(shapes=[oval(x, 0.21, 0.225)], color=RUBBER, round=0.08, cast=1.2),
        Form(shapes=[oval(x, 0.21, 0.115)], color=CHROME, gloss=0.8, round=0.06, texture=0.3),
        Form(shapes=[oval(x, 0.21, 0.04)], color=color, round=0.04, gloss=0.5),
    ]


def airship(look: Look) -> Body:
    """A hot air balloon with gores in two colours."""
    color = look.or_one_of("d8503c", "3f80b8", "e0a030", "8a5ab0")
    other = blended(color, (1.0, 0.95, 0.82), 0.75)
    envelope = [(0, 1.6), (0.34, 1.52), (0.54, 1.24), (0.52, 0.94), (0.30, 0.62), (0.10, 0.42)]
    outline = blob([*envelope, *[(-x, y) for x, y in envelope[:0:-1]]])
    gores = []
    for edge in (-0.62, -0.22, 0.18, 0.58):
        t = np.linspace(0, 1, 9)
        bulge = np.sin(np.pi * np.clip(t * 0.82 + 0.09, 0, 1)) ** 0.6
        left = np.column_stack([0.56 * edge * bulge, 0.40 + 1.22 * t])
        right = np.column_stack([0.56 * (edge + 0.22) * bulge, 0.40 + 1.22 * t])
        gores.append(mark(poly(np.concatenate([left, right[::-1]])), other, 0.004, 0.95))
    ropes = [line([(x, 0.44), (x * 0.8, 0.16)], 0.01, "5a4636") for x in (-0.1, -0.03, 0.03, 0.1)]
    basket = poly([(-0.09, 0.16), (0.09, 0.16), (0.075, 0.0), (-0.075, 0.0)])
    weave = [mark(tube([(-0.2, y), (0.2, y)], [0.006]), "6a4420", 0.002, 0.8) for y in (0.05, 0.1)]
    forms = [
        Form(lines=ropes),
        Form(shapes=[basket], color=ink("a8743c"), round=0.06, marks=weave),
        Form(
            shapes=[outline],
            color=color,
            fur=0.09,
            shag=0,
            flow=90,
            round=0.5,
            gloss=0.25,
            marks=gores,
            texture=0.7,
        ),
    ]
    return Body(forms, (), True)
