"""Turtle, crab and snail: what wears a house or an armour."""

from __future__ import annotations

import math

from limner.engines.sketch.paint.body import Anchor, Body, Form, blob, eye, line, mark, oval, tube
from limner.engines.sketch.paint.light import blended, ink
from limner.engines.sketch.scene.cast.look import Look, Role


def turtle(look: Look) -> Body:
    """A turtle, walking or swimming."""
    shell_color = look.or_one_of("5a8a4a", "7a8a4a", "4a8a7a")
    skin = ink("9ab86a")
    swims = look.action == "swim"
    shell = blob([(-0.58, 0.24), (-0.46, 0.52), (-0.10, 0.70), (0.28, 0.58), (0.46, 0.26), (0, 0.18)], 6)
    plates = [
        mark(oval(x, y, rx, ry), blended(shell_color, (0.95, 0.9, 0.5), 0.38), 0.012, 0.9)
        for x, y, rx, ry in (
            (-0.34, 0.36, 0.10, 0.09),
            (-0.10, 0.52, 0.12, 0.10),
            (0.16, 0.44, 0.11, 0.10),
            (-0.10, 0.32, 0.09, 0.07),
            (0.30, 0.30, 0.06, 0.06),
        )
    ]
    head = tube([(0.38, 0.30), (0.58, 0.40), (0.68, 0.44)], [0.10, 0.10, 0.13])
    if swims:
        limbs = [
            tube([(0.26, 0.24), (0.34, 0.02), (0.16, -0.20)], [0.08, 0.09, 0.03]),
            tube([(-0.44, 0.26), (-0.66, 0.14), (-0.76, 0.06)], [0.07, 0.07, 0.03]),
        ]
    else:
        limbs = [tube([(x, 0.24), (x + 0.02, 0.05)], [0.10, 0.085]) for x in (-0.36, 0.28)]
    forms = [
        Form(shapes=[tube([(-0.54, 0.24), (-0.72, 0.18)], [0.05, 0.012])], color=skin),
        Form(shapes=[head], color=skin, fur=0.04, shag=0, melt=0.06),
        Form(shapes=limbs, color=skin, fur=0.04, shag=0, cast=0.6),
        Form(shapes=[tube([(-0.60, 0.24), (0, 0.18), (0.48, 0.26)], [0.05])], color=ink("d8c890")),
        Form(shapes=[shell], color=shell_color, fur=0.06, shag=0, round=0.34, gloss=0.25, marks=plates),
        *eye(0.71, 0.49, 0.034, "1c1210"),
        _smile([(0.80, 0.40), (0.73, 0.375), (0.66, 0.39)], 0.014),
    ]
    return Body(
        forms,
        () if swims else ((-0.34, 0.12), (0.28, 0.12)),
        swims,
        anchors={
            "back": Anchor(-0.08, 0.66),
            "head": Anchor(0.68, 0.58),
            "mouth": Anchor(0.8, 0.4),
            "top": Anchor(-0.08, 0.68, 0.2),
        },
    )


def crab(look: Look) -> Body:
    """A crab with raised claws."""
    color = look.or_one_of("e0503a", "e0783a")
    dark = blended(color, _DARK, 0.2)
    legs = [
        line(
            [(s * 0.30, 0.30), (s * (0.52 + 0.06 * k), 0.30 - 0.06 * k), (s * (0.60 + 0.05 * k), 0.02)],
            0.055,
            dark,
        )
        for s in (-1, 1)
        for k in range(3)
    ]
    forms = [Form(lines=legs)]
    for s in (-1, 1):
        forms += [
            Form(
                shapes=[tube([(s * 0.36, 0.40), (s * 0.58, 0.54), (s * 0.60, 0.70)], [0.05, 0.055, 0.06])],
                color=color,
                gloss=0.2,
            ),
            Form(
                shapes=[
                    blob(
                        [
                            (s * 0.48, 0.70),
                            (s * 0.46, 0.96),
                            (s * 0.62, 1.02),
                            (s * 0.62, 0.86),
                            (s * 0.74, 0.98),
                            (s * 0.80, 0.82),
                            (s * 0.68, 0.66),
                        ],
                        4,
                    )
                ],
                color=color,
                round=0.1,
                gloss=0.3,
            ),
            Form(shapes=[tube([(s * 0.12, 0.52), (s * 0.13, 0.68)], [0.025])], color=color),
        ]
    forms += [
        Form(shapes=[oval(0, 0.38, 0.44, 0.28)], color=color, round=0.24, gloss=0.35, texture=0.6),
        *(form for s in (-1, 1) for form in eye(s * 0.13, 0.72, 0.06, "2a1a20")),
        _smile([(-0.10, 0.34), (0, 0.29), (0.10, 0.34)], 0.02),
    ]
    return Body(
        forms,
        ((0.0, 0.5),),
        anchors={"hand": Anchor(0.62, 0.96), "head": Anchor(0, 0.66), "mouth": Anchor(0.05, 0.3)},
    )


def snail(look: Look) -> Body:
    """A snail with a coiled house."""
    color = look.or_one_of("c8864a", "b0705a", "8a9a5a", "d8a050")
    skin = ink("d8c49a")
    turns = [
        (0.30 * (1 - k / 17) * math.cos(k * 0.75), 0.30 * (1 - k / 17) * math.sin(k * 0.75))
        for k in range(16)
    ]
    coil = mark(
        tube([(-0.12 + x, 0.46 + y) for x, y in turns], [0.022]),
        blended(color, (0.15, 0.05, 0.05), 0.5),
        0.006,
        0.9,
    )
    horns = [Form(shapes=[tube([(0.54, 0.34), (x, 0.62)], [0.028, 0.022])], color=skin) for x in (0.50, 0.64)]
    forms = [
        *horns,
        Form(
            shapes=[
                tube([(-0.64, 0.04), (-0.1, 0.10), (0.36, 0.12), (0.54, 0.32)], [0.025, 0.10, 0.11, 0.10])
            ],
            color=skin,
            fur=0.04,
            shag=0,
            melt=0.06,
        ),
        Form(shapes=[oval(-0.12, 0.46, 0.36)], color=color, round=0.34, gloss=0.35, marks=[coil]),
        *(form for x in (0.50, 0.64) for form in eye(x, 0.65, 0.035, "2a1a18")),
        _smile([(0.63, 0.28), (0.57, 0.25), (0.50, 0.28)], 0.014),
    ]
    return Body(forms, ((0.0, 0.5),), anchors={"back": Anchor(-0.12, 0.80), "mouth": Anchor(0.62, 0.28)})


_DARK = (0.05, 0.06, 0.14)


def _smile(points: list[tuple[float, float]], width: float = 0.016) -> Form:
    return Form(lines=[line(points, width, "3a2a30")])


ROLES = {
    "turtle": Role(turtle, 0.22, home="beach"),
    "crab": Role(crab, 0.18, home="beach"),
    "snail": Role(snail, 0.18, home="garden"),
}
