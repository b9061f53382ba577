"""Fruit of the tree: apple, pear, orange, lemon, banana."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.body import (
    Anchor,
    Body,
    Form,
    Mark,
    Shape,
    blob,
    line,
    mark,
    oval,
    tube,
)
from limner.engines.sketch.paint.light import Ink, blended, ink
from limner.engines.sketch.scene.cast.look import Look, Role
from limner.engines.sketch.scene.cast.matter import Matter, dots, matter, pattern, turned

_LEAF, _STEM = "5a9a3c", "6a4a2a"


def flesh(shape: Shape, stuff: Matter, marks: list[Mark], flow: float | None = 80) -> Form:
    """A round glossy fruit; flow: the angle of its strokes."""
    return Form(
        shapes=[shape],
        color=stuff.color,
        fur=stuff.fur,
        shag=0,
        flow=flow,
        round=0.45,
        gloss=max(stuff.gloss, 0.3),
        marks=marks,
        texture=0.8,
    )


def leaf(points: list[tuple[float, float]], vein: list[tuple[float, float]]) -> list[Form]:
    """A green leaf with its vein."""
    return [
        Form(shapes=[blob(points)], color=ink(_LEAF), fur=0.06, shag=0, flow=20, round=0.06),
        Form(lines=[line(vein, 0.012, "3f7a2c")]),
    ]


def blush(color: Ink, x: float, y: float, rx: float, ry: float) -> list[Mark]:
    """A warm light side and a darker foot."""
    return [
        mark(oval(x, y, rx, ry, 15), blended(color, (1.0, 0.82, 0.35), 0.4), 0.09, 0.55),
        mark(oval(0.05, 0.02, 0.5, 0.14), blended(color, (0.2, 0.05, 0.1), 0.4), 0.08, 0.5),
    ]


def on_foot(forms: list[Form], half: float = 0.24, height: float = 0.86) -> Body:
    """A fruit that lies on the ground; half: half its width there, height: where its flesh ends."""
    return Body(forms, ((0.0, half),), anchors={"grip": Anchor(0, 0.1), "top": Anchor(0, height, 0.2)})


def apple(look: Look) -> Body:
    """An apple with its stem in a hollow, and a leaf."""
    skin = matter(look, "cc3a30", "c8402c", "8ab040", gloss=0.7)
    right = [
        (0.0, 0.80),
        (0.12, 0.88),
        (0.32, 0.90),
        (0.48, 0.76),
        (0.51, 0.50),
        (0.40, 0.18),
        (0.22, 0.01),
        (0.08, 0.03),
    ]
    hollow = mark(oval(0, 0.83, 0.16, 0.05), blended(skin.color, (0.25, 0.15, 0.05), 0.6), 0.03)
    marks = [*blush(skin.color, -0.18, 0.5, 0.16, 0.3), hollow, *pattern(look, 0.05, 0.8, 0.55)]
    stem = tube([(0.0, 0.80), (0.02, 0.94), (0.09, 1.06)], [0.026, 0.02, 0.03])
    outline = [(0.05, 0.93), (0.18, 1.08), (0.42, 1.08), (0.30, 0.94)]
    forms = [
        flesh(turned(right), skin, marks),
        Form(shapes=[stem], color=ink(_STEM), cast=0.4),
        *leaf(outline, [(0.06, 0.94), (0.22, 1.02), (0.40, 1.07)]),
    ]
    return on_foot(forms)


def pear(look: Look) -> Body:
    """A pear."""
    skin = matter(look, "b8c244", "d0b840", gloss=0.5)
    right = [(0.05, 1.12), (0.17, 1.03), (0.22, 0.82), (0.34, 0.60), (0.44, 0.34), (0.36, 0.08), (0.16, 0.0)]
    freckles = dots(
        [(x, y) for x in (-0.2, -0.06, 0.12, 0.26) for y in (0.18 + 0.1 * abs(x), 0.34, 0.52)],
        0.011,
        "8a7a30",
    )
    marks = [*blush(skin.color, 0.2, 0.4, 0.2, 0.3), *freckles, *pattern(look, 0.05, 1.0, 0.5)]
    stem = tube([(0, 1.08), (0.02, 1.2), (0.08, 1.3)], [0.024, 0.02, 0.028])
    outline = [(0.04, 1.17), (-0.12, 1.30), (-0.34, 1.28), (-0.2, 1.16)]
    forms = [
        Form(shapes=[stem], color=ink(_STEM), cast=0.4),
        flesh(turned(right), skin, marks),
        *leaf(outline, [(0.02, 1.18), (-0.16, 1.23), (-0.32, 1.27)]),
    ]
    return on_foot(forms)


def orange(look: Look) -> Body:
    """An orange with a leaf at its stalk."""
    skin = matter(look, "ee8a2a", "f09432", gloss=0.45)
    rng = np.random.default_rng(3)
    turn, far = rng.uniform(0, 2 * np.pi, 60), np.sqrt(rng.uniform(0, 1, 60)) * 0.43
    pores = dots(
        [(float(r * np.cos(t)), float(0.47 + r * np.sin(t))) for t, r in zip(turn, far, strict=True)],
        0.009,
        blended(skin.color, (0.5, 0.2, 0.0), 0.35),
    )
    marks = [*blush(skin.color, -0.16, 0.58, 0.2, 0.24), *pores, *pattern(look, 0.05, 0.9, 0.5)]
    forms = [
        flesh(oval(0, 0.47, 0.49, 0.47), skin, marks),
        Form(shapes=[oval(0.02, 0.90, 0.07, 0.028)], color=ink("7a7a34"), round=0.03, cast=0.3),
        *leaf(
            [(0.03, 0.91), (0.16, 1.06), (0.44, 1.06), (0.28, 0.92)],
            [(0.05, 0.92), (0.22, 0.99), (0.42, 1.05)],
        ),
    ]
    return on_foot(forms)


def lemon(look: Look) -> Body:
    """A lemon lying on its side."""
    skin = matter(look, "f4d23c", gloss=0.5)
    outline = [
        (-0.62, 0.34),
        (-0.52, 0.40),
        (-0.36, 0.62),
        (0.0, 0.72),
        (0.36, 0.62),
        (0.50, 0.42),
        (0.64, 0.38),
        (0.64, 0.30),
        (0.50, 0.25),
        (0.34, 0.07),
        (0.0, 0.0),
        (-0.36, 0.08),
        (-0.52, 0.28),
    ]
    marks = [*blush(skin.color, -0.1, 0.46, 0.3, 0.16), *pattern(look, 0.0, 0.7, 0.6)]
    forms = [
        flesh(blob(outline, 5), skin, marks, 4),
        *leaf(
            [(-0.60, 0.38), (-0.62, 0.58), (-0.44, 0.76), (-0.42, 0.54)],
            [(-0.58, 0.42), (-0.54, 0.56), (-0.46, 0.72)],
        ),
    ]
    return on_foot(forms, 0.3, 0.68)


def banana(look: Look) -> Body:
    """Two bananas of one bunch."""
    skin = matter(look, "f2cc3e", gloss=0.3)
    tip, ridge = ink("5a4422"), blended(skin.color, (0.45, 0.3, 0.05), 0.45)
    forms = []
    for lift, shade in ((0.16, 0.16), (0.0, 0.0)):
        spine = [
            (-0.56, 0.62 + lift * 0.6),
            (-0.50, 0.36 + lift),
            (-0.22, 0.13 + lift),
            (0.18, 0.10 + lift),
            (0.48, 0.28 + lift),
            (0.60, 0.46 + lift),
        ]
        side = tube([(x + 0.01, y + 0.03) for x, y in spine[1:-1]], [0.010, 0.014, 0.010])
        marks = [
            mark(side, ridge, 0.01, 0.7),
            mark(oval(*spine[-1], 0.05), tip, 0.015),
            mark(oval(*spine[0], 0.05), tip, 0.03, 0.8),
        ]
        forms.append(
            Form(
                shapes=[tube(spine, [0.045, 0.10, 0.125, 0.125, 0.10, 0.03])],
                color=skin.darker(shade).color,
                gloss=0.35,
                fur=0.07,
                shag=0,
                marks=marks,
            )
        )
    stalk = tube([(-0.56, 0.66), (-0.58, 0.84)], [0.055, 0.04])
    forms.append(Form(shapes=[stalk], color=blended(skin.color, "6a5a20", 0.5), round=0.1))
    return on_foot(forms, 0.3, 0.5)


ROLES: dict[str, Role] = {
    "apple": Role(apple, 0.17, home="table"),
    "pear": Role(pear, 0.21, home="table"),
    "orange": Role(orange, 0.17, home="table"),
    "lemon": Role(lemon, 0.13, home="table"),
    "banana": Role(banana, 0.17, home="table"),
}
