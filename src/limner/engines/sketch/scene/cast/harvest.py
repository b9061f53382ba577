"""Fruit of the field and the vine: strawberry, watermelon, pumpkin, grapes."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.body import (
    Anchor,
    Body,
    Form,
    blob,
    line,
    mark,
    oval,
    poly,
    tube,
)
from limner.engines.sketch.paint.light import blended, ink
from limner.engines.sketch.scene.cast.fruit import blush, flesh, leaf, on_foot
from limner.engines.sketch.scene.cast.look import Look, Role
from limner.engines.sketch.scene.cast.matter import circle, matter, mirrored, turned

_LEAF, _STEM = "5a9a3c", "6a4a2a"


def strawberry(look: Look) -> Body:
    """A strawberry with seeds and a green crown."""
    skin = matter(look, "d8323a", gloss=0.7)
    right = [(0.0, 0.86), (0.26, 0.90), (0.45, 0.76), (0.42, 0.48), (0.24, 0.14), (0.06, 0.0)]
    seeds = []
    for row, y in enumerate((0.16, 0.29, 0.42, 0.55, 0.68)):
        half = 0.10 + 0.075 * row
        for x in np.arange(-half, half + 0.02, 0.15):
            seeds.append(mark(oval(float(x), y + 0.2 * float(x) ** 2, 0.016, 0.026), "f4d878", 0.003))
    crown = [(0.0, 0.80), (0.10, 0.66), (0.18, 0.82), (0.40, 0.70), (0.30, 0.90), (0.10, 0.96)]
    stem = tube([(0, 0.92), (0.04, 1.06)], [0.028, 0.022])
    forms = [
        flesh(turned(right), skin, [*blush(skin.color, -0.16, 0.56, 0.1, 0.2), *seeds]),
        Form(shapes=[blob(mirrored(crown[1:]), 4)], color=ink(_LEAF), fur=0.06, shag=0.1, round=0.05),
        Form(shapes=[stem], color=ink("6aa044"), cast=0.3),
    ]
    return on_foot(forms, 0.12)


def watermelon(look: Look) -> Body:
    """A slice of watermelon, its rind on the ground."""
    red = matter(look, "e8484c", gloss=0.35)
    arc = [tuple(p) for p in circle(0, 0.62, 0.70, 180, 360, 24)]
    inner = [tuple(p) for p in circle(0, 0.62, 0.56, 180, 360, 20)]
    white = [tuple(p) for p in circle(0, 0.62, 0.62, 180, 360, 20)]
    spots = (
        (-0.34, 0.46),
        (-0.16, 0.34),
        (0.06, 0.44),
        (0.26, 0.36),
        (-0.04, 0.2),
        (0.38, 0.5),
        (-0.2, 0.54),
    )
    seeds = [oval(x, y, 0.024, 0.04, 20 * x) for x, y in spots]
    stripes = [
        mark(
            tube(
                [(0.6 * np.cos(a), 0.62 + 0.6 * np.sin(a)), (0.74 * np.cos(a), 0.62 + 0.74 * np.sin(a))],
                [0.02],
            ),
            "2c5e30",
            0.01,
            0.9,
        )
        for a in np.radians(np.linspace(188, 352, 13))
    ]
    forms = [
        Form(shapes=[poly(arc)], color=ink("4f9a48"), fur=0.05, shag=0, round=0.1, marks=stripes),
        Form(shapes=[poly(white)], color=ink("e8f0c4"), round=0.03, cast=0, outline=0.2),
        Form(
            shapes=[poly(inner)],
            color=red.color,
            fur=0.07,
            shag=0,
            round=0.05,
            gloss=0.2,
            cast=0,
            outline=0.2,
        ),
    ]
    forms.append(Form(shapes=seeds, color=ink("2c1c18"), flat=True, cast=0, outline=0, melt=0.004))
    return Body(forms, ((0.0, 0.26),), anchors={"grip": Anchor(0, 0.1), "top": Anchor(0, 0.62, 0.5)})


def pumpkin(look: Look) -> Body:
    """A ribbed pumpkin."""
    skin = matter(look, "e8862c", "de7a28", gloss=0.25)
    forms = []
    for x, rx, dark in (
        (-0.46, 0.24, 0.25),
        (0.46, 0.24, 0.25),
        (-0.26, 0.28, 0.10),
        (0.26, 0.28, 0.10),
        (0.0, 0.27, 0.0),
    ):
        rib = oval(x, 0.42, rx, 0.42 - 0.10 * abs(x))
        blush = mark(
            oval(x - 0.05, 0.5, rx * 0.5, 0.22), blended(skin.color, (1, 0.85, 0.4), 0.35), 0.08, 0.6
        )
        forms.append(
            Form(
                shapes=[rib],
                color=skin.darker(dark).color,
                fur=0.08,
                shag=0,
                flow=88,
                round=0.26,
                gloss=0.25,
                marks=[blush],
            )
        )
    stalk = tube([(0.0, 0.78), (0.02, 0.92), (0.12, 1.02)], [0.07, 0.05, 0.055])
    vine = line([(0.02, 0.84), (-0.18, 0.94), (-0.34, 0.86), (-0.30, 0.78), (-0.40, 0.76)], 0.02, "5a8a38")
    forms += [Form(shapes=[stalk], color=ink("7a8a3a"), fur=0.05, shag=0), Form(lines=[vine])]
    return Body(forms, ((0.0, 0.5),), anchors={"top": Anchor(0, 0.82, 0.3), "grip": Anchor(0, 0.1)})


def grapes(look: Look) -> Body:
    """A bunch of grapes hanging together."""
    skin = matter(look, "7a4a9a", "8ab04a", "5a3a7a", gloss=0.8)
    rows = (
        (0.10, (0.0,)),
        (0.24, (-0.09, 0.10)),
        (0.39, (-0.19, 0.0, 0.19)),
        (0.55, (-0.28, -0.09, 0.10, 0.28)),
        (0.70, (-0.2, 0.0, 0.2)),
    )
    berries = [(x, y) for y, xs in reversed(rows) for x in xs]
    forms = [
        Form(shapes=[tube([(0, 0.72), (0.02, 0.94), (0.12, 1.04)], [0.03, 0.025, 0.03])], color=ink(_STEM))
    ]
    forms += [
        Form(
            shapes=[oval(x, y, 0.115)],
            color=skin.darker(0.12 * (k % 3)).color,
            round=0.11,
            gloss=0.7,
            texture=0.4,
        )
        for k, (x, y) in enumerate(berries)
    ]
    forms += leaf(
        [(0.02, 0.84), (0.12, 1.0), (0.44, 0.98), (0.42, 0.80), (0.24, 0.72)],
        [(0.06, 0.86), (0.22, 0.87), (0.40, 0.92)],
    )
    return on_foot(forms, 0.12)


ROLES: dict[str, Role] = {
    "strawberry": Role(strawberry, 0.11, home="table"),
    "watermelon": Role(watermelon, 0.26, home="table"),
    "pumpkin": Role(pumpkin, 0.26),
    "grapes": Role(grapes, 0.21, home="table"),
}
