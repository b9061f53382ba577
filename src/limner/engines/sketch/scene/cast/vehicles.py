"""Car, boat and hot air balloon."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.body import Body, Form, Mark, blob, line, mark, oval, poly, tube
from limner.engines.sketch.paint.light import Ink, blended, ink
from limner.engines.sketch.scene.cast.look import Look

_CHROME = ink("d8d4cc")


def car(look: Look) -> Body:
    """A small round vintage car, side view to the right, one unit tall and 2.1 wide."""
    color = look.or_one_of("c8453a", "3f7fa8", "e0b040", "5a9a7a")
    cabin = blob(
        [(-0.60, 0.58), (-0.52, 0.82), (-0.30, 0.98), (0.05, 1.0), (0.30, 0.92), (0.52, 0.62), (0, 0.55)]
    )
    hull = [
        (-1.0, 0.28),
        (-1.02, 0.50),
        (-0.92, 0.64),
        (-0.55, 0.68),
        (0.50, 0.66),
        (0.86, 0.58),
        (1.02, 0.44),
        (1.02, 0.26),
    ]
    trims = [
        mark(
            tube([(-0.98, 0.46), (0, 0.50), (0.98, 0.42)], [0.012]),
            blended(color, (1, 0.95, 0.85), 0.6),
            0.003,
            0.9,
        ),
        mark(
            tube([(-0.03, 0.64), (-0.03, 0.30)], [0.006]),
            blended(color, (0.06, 0.04, 0.10), 0.45),
            0.003,
            0.8,
        ),
    ]
    under = poly([(-0.80, 0.30), (0.80, 0.30), (0.80, 0.13), (-0.80, 0.13)])
    lamp_glow = 0.3 if look.night else 0.0
    forms = [
        Form(shapes=[under], color=ink("2a2428"), cast=0.2),
        Form(shapes=[cabin], color=color, gloss=0.5, round=0.22, texture=0.4),
        _glass(look, [(-0.50, 0.64), (-0.42, 0.82), (-0.26, 0.90), (-0.06, 0.91), (-0.06, 0.64)]),
        _glass(look, [(0.02, 0.64), (0.02, 0.91), (0.22, 0.86), (0.42, 0.64)]),
        Form(
            shapes=[blob([*hull, (0.6, 0.20), (-0.6, 0.20)], 6)],
            color=color,
            gloss=0.75,
            round=0.20,
            texture=0.35,
            marks=trims,
        ),
        *_wheel(-0.58, color),
        *_wheel(0.60, color),
        Form(shapes=[tube([(0.88, 0.26), (1.06, 0.25)], [0.04])], color=_CHROME, gloss=0.9),
        Form(shapes=[tube([(-0.9, 0.26), (-1.06, 0.25)], [0.04])], color=_CHROME, gloss=0.9),
        Form(
            shapes=[oval(0.96, 0.47, 0.055, 0.08)], color=ink("fff0b8"), gloss=0.8, round=0.06, glow=lamp_glow
        ),
        Form(shapes=[oval(-0.99, 0.46, 0.035, 0.06)], color=ink("e0402e"), round=0.04),
        Form(shapes=[tube([(0.12, 0.56), (0.20, 0.56)], [0.016])], color=_CHROME, gloss=0.8, outline=0.3),
    ]
    return Body(forms, ((-0.58, 0.25), (0.60, 0.25)))


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
        Form(shapes=[oval(x, 0.21, 0.225)], color=ink("2b282c"), round=0.08, cast=1.2),
        Form(shapes=[oval(x, 0.21, 0.115)], color=_CHROME, gloss=0.8, round=0.06, texture=0.3),
        Form(shapes=[oval(x, 0.21, 0.04)], color=color, round=0.04, gloss=0.5),
    ]


def boat(look: Look) -> Body:
    """A sailing boat, about 1.2 units tall; colour goes to the hull."""
    hull = look.or_one_of("b8503a", "4a6a8a", "8a5a38")
    sail = ink("f6efe0")
    planks = [
        mark(
            tube([(-0.7, y), (0.0, y - 0.03), (0.7, y)], [0.007]),
            blended(hull, (0.1, 0.05, 0.1), 0.4),
            0.003,
            0.7,
        )
        for y in (0.10, 0.17)
    ]
    shell = blob(
        [
            (-0.62, 0.27),
            (-0.50, 0.06),
            (-0.3, -0.02),
            (0.35, -0.02),
            (0.56, 0.10),
            (0.70, 0.30),
            (0.0, 0.235),
        ],
        6,
    )
    rail = tube([(-0.62, 0.27), (0, 0.235), (0.70, 0.30)], [0.022])
    main = blob([(0.03, 0.32), (0.03, 0.72), (0.04, 1.2), (0.3, 0.86), (0.50, 0.38), (0.28, 0.34)], 5)
    jib = blob([(-0.04, 0.34), (-0.05, 0.7), (-0.05, 1.1), (-0.28, 0.7), (-0.44, 0.36)], 5)
    mast = line([(0, 0.2), (0, 0.75), (0, 1.27)], 0.026, "5a4030")
    forms = [
        Form(lines=[mast]),
        Form(
            shapes=[jib],
            color=blended(sail, (0.7, 0.72, 0.8), 0.25),
            fur=0.09,
            shag=0,
            flow=75,
            round=0.25,
            dab=1.4,
        ),
        Form(shapes=[main], color=sail, fur=0.09, shag=0, flow=105, round=0.25, dab=1.4),
        Form(shapes=[shell], color=hull, fur=0.10, shag=0, flow=2, dab=1.4, round=0.2, marks=planks),
        Form(shapes=[rail], color=blended(hull, (1, 0.95, 0.85), 0.6), melt=0.01),
        Form(shapes=[poly([(0, 1.27), (0.18, 1.22), (0, 1.17)])], color=ink("d8453a"), round=0.02),
    ]
    return Body(forms, ((0.0, 0.5),), False)


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
