"""Things to eat that are made: bread, pizza, donut, ice cream."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.body import Anchor, Body, Form, blob, line, mark, oval, poly, tube
from limner.engines.sketch.paint.light import blended, ink
from limner.engines.sketch.scene.cast.look import Look, Role
from limner.engines.sketch.scene.cast.matter import WHITE, Matter, circle, matter, solid

_CRUMB = Matter(ink("f0d8a4"), 0.0, 0.05)
_SALAMI = (
    (-0.42, 0.46),
    (-0.08, 0.54),
    (0.36, 0.48),
    (-0.24, 0.26),
    (0.16, 0.32),
    (0.50, 0.26),
    (-0.56, 0.30),
)
_BASIL = (
    (-0.26, 0.42, 30),
    (0.14, 0.46, -20),
    (0.32, 0.36, 50),
    (-0.02, 0.22, 10),
    (-0.46, 0.22, -30),
)
"""Leaves: x, y and their angle in degrees."""
_SPRINKLES = ("f6d04a", "6ab8d8", "f8f4ea", "8ac85a", "e85a6a")


def bread(look: Look) -> Body:
    """A loaf with two cuts, and a slice before it."""
    crust = matter(look, "c0803c", "b87434", gloss=0.15)
    loaf = blob(
        [
            (-0.70, 0.04),
            (-0.78, 0.36),
            (-0.62, 0.58),
            (-0.1, 0.66),
            (0.5, 0.60),
            (0.76, 0.40),
            (0.72, 0.06),
            (0.0, 0.0),
        ],
        7,
    )
    cuts = [
        mark(tube([(x, 0.34), (x + 0.16, 0.60)], [0.03, 0.045]), "f2dca8", 0.02, 0.9)
        for x in (-0.52, -0.24, 0.04)
    ]
    slice_outline = [
        (0.24, 0.0),
        (0.22, 0.26),
        (0.14, 0.40),
        (0.26, 0.52),
        (0.50, 0.54),
        (0.74, 0.50),
        (0.84, 0.38),
        (0.76, 0.25),
        (0.76, 0.0),
    ]
    inner = [(0.50 + (x - 0.50) * 0.84, 0.25 + (y - 0.25) * 0.86) for x, y in slice_outline]
    forms = [
        solid(loaf, crust, 0.4, 8, cuts),
        solid(blob(slice_outline, 4), crust.darker(0.1), 0.05),
        solid(blob(inner, 4), _CRUMB, 0.03, None, cast=0),
    ]
    return Body(
        forms, ((0.0, 0.6), (0.5, 0.2)), anchors={"top": Anchor(-0.1, 0.62, 0.4), "grip": Anchor(-0.6, 0.3)}
    )


def pizza(look: Look) -> Body:
    """A whole pizza, seen from above the table's edge."""
    rng = np.random.default_rng(5)
    wobble = 1 + 0.02 * rng.normal(size=24)
    rim = [
        (0.86 * w * np.cos(a), 0.36 + 0.36 * w * np.sin(a))
        for a, w in zip(np.linspace(0, 2 * np.pi, 24, endpoint=False), wobble, strict=True)
    ]
    cheese = [(x * 0.86, 0.37 + (y - 0.36) * 0.84) for x, y in rim]
    forms = [
        solid(blob(rim, 3), matter(look, "d09848", gloss=0.1), 0.09),
        Form(
            shapes=[blob(cheese, 3)],
            color=ink("f2c458"),
            fur=0.05,
            shag=0.02,
            round=0.03,
            gloss=0.25,
            cast=0.2,
            outline=0.4,
            marks=[
                mark(oval(float(x), float(y), 0.10, 0.04), "d8683a", 0.03, 0.55)
                for x, y in zip(rng.uniform(-0.6, 0.6, 9), rng.uniform(0.18, 0.56, 9), strict=True)
            ],
        ),
        *(_salami(x, y) for x, y in _SALAMI),
        *(
            Form(shapes=[oval(x, y, 0.06, 0.03, turn)], color=ink("4f8f3c"), round=0.02, cast=0.5)
            for x, y, turn in _BASIL
        ),
    ]
    return Body(forms, ((0.0, 0.5),), anchors={"top": Anchor(0, 0.4, 0.6), "grip": Anchor(0, 0.1)})


def _salami(x: float, y: float) -> Form:
    fat = mark(oval(x + 0.03, y + 0.012, 0.03, 0.014), "e8765a", 0.008)
    return Form(
        shapes=[oval(x, y, 0.115, 0.056)], color=ink("c8402e"), round=0.03, gloss=0.3, cast=0.6, marks=[fat]
    )


def donut(look: Look) -> Body:
    """An iced donut with sprinkles, standing a little tilted to us."""
    icing = look.or_one_of("f08aa8", "6a3c26", "f6e8d0")
    ring = circle(0, 0.5, 0.33, 0, 360, 13)
    frosting = circle(0, 0.53, 0.325, 0, 360, 13)
    rng = np.random.default_rng(7)
    sprinkles: dict[str, list[tuple[float, float, float]]] = {color: [] for color in _SPRINKLES}
    for k in range(34):
        a, r, turn = rng.uniform(0, 2 * np.pi), rng.uniform(0.22, 0.45), rng.uniform(0, 180)
        sprinkles[_SPRINKLES[k % 5]].append((float(r * np.cos(a)), float(0.53 + r * np.sin(a)), float(turn)))
    forms = [
        Form(shapes=[tube(ring, [0.19], 2)], color=ink("d89a4e"), fur=0.05, shag=0, round=0.2),
        Form(
            shapes=[tube(frosting, [0.155, 0.165, 0.15, 0.168, 0.15, 0.165, 0.155], 2)],
            color=icing,
            gloss=0.7,
            cast=0.5,
            texture=0.4,
        ),
    ]
    forms += [
        Form(
            shapes=[oval(x, y, 0.03, 0.010, d) for x, y, d in spots],
            color=ink(color),
            flat=True,
            cast=0,
            outline=0,
            melt=0.003,
        )
        for color, spots in sprinkles.items()
    ]
    return Body(forms, ((0.0, 0.24),), anchors={"grip": Anchor(0, 0.2), "top": Anchor(0, 0.98, 0.15)})


def ice_cream(look: Look) -> Body:
    """Two scoops in a waffle cone, with a cherry."""
    scoop = look.or_one_of("f6b8c8", "f8ecd0", "a8d8b8", "8a5a3c")
    second = blended(scoop, WHITE, 0.5) if look.color is not None else ink("f8ecd0")
    cone = poly([(-0.27, 0.66), (0.27, 0.66), (0.03, 0.0), (-0.03, 0.0)])
    lattice = [
        mark(tube([(x, 0.7), (x + 0.34 * s, 0.0)], [0.008]), "9a6428", 0.003, 0.8)
        for x in np.linspace(-0.5, 0.5, 8)
        for s in (-1, 1)
    ]
    drips = [oval(x, 0.66, 0.075, 0.085) for x in (-0.22, -0.07, 0.09, 0.23)]
    forms = [
        solid(cone, Matter(ink("d8a052"), 0.1, 0.05), 0.14, None, lattice),
        Form(
            shapes=[oval(-0.02, 1.10, 0.25, 0.24)], color=second, fur=0.06, shag=0.03, round=0.24, gloss=0.2
        ),
        Form(
            shapes=[oval(0, 0.82, 0.30, 0.22), *drips],
            color=scoop,
            fur=0.06,
            shag=0.03,
            round=0.24,
            melt=0.03,
            gloss=0.2,
        ),
        Form(shapes=[oval(0.02, 1.39, 0.075)], color=ink("d02f3c"), round=0.08, gloss=0.9),
        Form(lines=[line([(0.03, 1.44), (0.07, 1.54), (0.15, 1.58)], 0.016, "5a7a34")]),
    ]
    return Body(forms, ((0.0, 0.06),), anchors={"grip": Anchor(0, 0.25), "top": Anchor(0, 1.34, 0.15)})


ROLES: dict[str, Role] = {
    "bread": Role(bread, 0.20, home="table"),
    "pizza": Role(pizza, 0.20, home="table"),
    "donut": Role(donut, 0.16, home="table"),
    "ice cream": Role(ice_cream, 0.26, home="beach"),
}
