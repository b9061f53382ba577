"""Machines at hand: computer, phone, camera, telescope."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from limner.engines.sketch.paint.body import Anchor, Body, Form, Mark, blob, mark, oval, poly, tube
from limner.engines.sketch.paint.light import ink
from limner.engines.sketch.scene.cast.look import Look, Role
from limner.engines.sketch.scene.cast.matter import (
    BRASS,
    STEEL,
    Matter,
    matter,
    pattern,
    rect,
    solid,
)
from limner.engines.sketch.scene.cast.parts import panel

_DARK = Matter(ink("34343c"), 0.5, 0.03)


def _landscape(x0: float, y0: float, x1: float, y1: float) -> list[Mark]:
    """What a screen shows: sky, sun and two hills."""
    wide, high = x1 - x0, y1 - y0
    far = [
        (x0, y0),
        (x1, y0),
        (x1, y0 + high * 0.45),
        (x0 + wide * 0.7, y0 + high * 0.6),
        (x0 + wide * 0.35, y0 + high * 0.35),
        (x0, y0 + high * 0.5),
    ]
    near = [
        (x0, y0),
        (x1, y0),
        (x1, y0 + high * 0.22),
        (x0 + wide * 0.4, y0 + high * 0.32),
        (x0, y0 + high * 0.2),
    ]
    return [
        mark(oval(x0 + wide * 0.72, y0 + high * 0.74, high * 0.10), "fff2b4", 0.01),
        mark(poly(far), "5f9fa8", 0.006),
        mark(poly(near), "5f9a5a", 0.006),
    ]


def _screen(x0: float, y0: float, x1: float, y1: float) -> Form:
    return Form(
        shapes=[rect(x0, y0, x1, y1)],
        color=ink("8cc8e8"),
        glow=0.06,
        outline=0.2,
        cast=0,
        marks=_landscape(x0, y0, x1, y1),
    )


def computer(look: Look) -> Body:
    """A laptop, open to us."""
    metal = matter(look, "b8bec8", "c8ccd2", gloss=0.5, fur=0.04)
    base = poly([(-0.62, 0.14), (0.62, 0.14), (0.80, 0.0), (-0.80, 0.0)])
    keys = []
    for row in range(4):
        y, half = 0.118 - 0.021 * row, 0.54 + 0.03 * row
        edges = np.linspace(-half, half, 13)
        keys += [rect(float(a) + 0.006, y - 0.015, float(b) - 0.006, y) for a, b in pairwise(edges)]
    forms = [
        solid(
            panel(-0.64, 0.13, 0.64, 0.98, 0.05),
            metal.darker(0.15),
            0.04,
            marks=pattern(look, 0.14, 0.97, 0.64),
        ),
        Form(
            shapes=[panel(-0.60, 0.17, 0.60, 0.94, 0.03)],
            color=ink("2c2c34"),
            round=0.02,
            cast=0,
            outline=0.3,
        ),
        _screen(-0.56, 0.21, 0.56, 0.90),
        solid(base, metal, 0.03, 2),
        Form(shapes=keys, color=ink("3c3c46"), flat=True, cast=0, outline=0, melt=0.001),
        Form(
            shapes=[poly([(-0.16, 0.034), (0.16, 0.034), (0.175, 0.008), (-0.175, 0.008)])],
            color=metal.darker(0.2).color,
            flat=True,
            cast=0,
            outline=0.3,
        ),
    ]
    return Body(
        forms,
        ((0.0, 0.74),),
        anchors={"top": Anchor(0, 0.97, 0.4), "face": Anchor(0, 0.56, 0.5), "grip": Anchor(0.7, 0.06)},
    )


def phone(look: Look) -> Body:
    """A mobile phone, upright."""
    case = matter(look, "3a3c46", "4a6a8a", "c8606a", gloss=0.7, fur=0.03)
    colors = ("f0805a", "5ab0d8", "f0c04a", "7ac070", "b080d0", "f4f4f0")
    tiles: dict[str, list[tuple[float, float]]] = {color: [] for color in colors}
    for k in range(12):
        tiles[colors[(k * 5 + k // 3) % 6]].append((-0.17 + 0.17 * (k % 3), 0.80 - 0.15 * (k // 3)))
    forms = [
        solid(panel(-0.31, 0.0, 0.31, 1.12, 0.10), case, 0.06, marks=pattern(look, 0, 1.1, 0.32)),
        Form(
            shapes=[panel(-0.27, 0.045, 0.27, 1.075, 0.07)],
            color=ink("24324a"),
            glow=0.05,
            outline=0.3,
            cast=0,
            marks=[
                mark(oval(0.1, 0.2, 0.4, 0.34), "5a80b8", 0.12, 0.9),
                mark(oval(-0.1, 1.0, 0.4, 0.3), "8a6ab0", 0.12, 0.7),
            ],
        ),
    ]
    forms += [
        Form(
            shapes=[panel(x - 0.055, y - 0.055, x + 0.055, y + 0.055, 0.025) for x, y in spots],
            color=ink(color),
            glow=0.04,
            cast=0,
            outline=0,
            melt=0.002,
        )
        for color, spots in tiles.items()
    ]
    forms.append(
        Form(
            shapes=[panel(-0.08, 1.02, 0.08, 1.05, 0.012)], color=ink("12141c"), flat=True, cast=0, outline=0
        )
    )
    return Body(
        forms,
        ((0.0, 0.3),),
        anchors={"grip": Anchor(0, 0.3), "top": Anchor(0, 1.12, 0.2), "face": Anchor(0, 0.56, 0.22)},
    )


def camera(look: Look) -> Body:
    """A camera with a large lens."""
    skin = matter(look, "3c3a40", "8a4a3a", "4a6a5a", gloss=0.2)
    forms = [
        solid(panel(-0.20, 0.66, 0.26, 0.86, 0.06), STEEL, 0.05, 2),
        *[solid(panel(x - 0.08, 0.68, x + 0.08, 0.80, 0.03), STEEL.darker(0.2), 0.04) for x in (-0.46, 0.50)],
        solid(panel(-0.68, 0.0, 0.68, 0.72, 0.10), STEEL, 0.08, 2),
        solid(rect(-0.68, 0.12, 0.68, 0.54), skin, 0.06, 4, pattern(look, 0.12, 0.54, 0.7), 0.2),
        Form(
            shapes=[panel(-0.10, 0.72, 0.16, 0.82, 0.03)],
            color=ink("fdf6d8"),
            gloss=0.8,
            round=0.03,
            cast=0.2,
        ),
        Form(shapes=[oval(-0.52, 0.62, 0.045)], color=ink("c8403c"), gloss=0.8, round=0.04, cast=0.2),
        *_lens(0.03, 0.36, 0.34),
    ]
    return Body(forms, ((0.0, 0.64),), anchors={"grip": Anchor(0.5, 0.3), "top": Anchor(0.03, 0.86, 0.2)})


def _lens(x: float, y: float, radius: float) -> list[Form]:
    """Rings of metal about dark glass with two lights in it."""
    glass = [
        mark(oval(x, y - radius * 0.16, radius * 0.4, radius * 0.3), "4a7aa0", 0.03, 0.9),
        mark(
            oval(x - radius * 0.2, y + radius * 0.24, radius * 0.17, radius * 0.12, 30), "eef6fa", 0.01, 0.95
        ),
    ]
    return [
        solid(oval(x, y, radius), _DARK, 0.08),
        solid(oval(x, y, radius * 0.84), STEEL, 0.04, cast=0.3),
        solid(oval(x, y, radius * 0.72), _DARK, 0.05, cast=0.4),
        Form(
            shapes=[oval(x, y, radius * 0.55)],
            color=ink("1e2c44"),
            gloss=0.9,
            round=0.12,
            marks=glass,
            cast=0.4,
        ),
    ]


def telescope(look: Look) -> Body:
    """A telescope on a wooden tripod, looking up."""
    metal = matter(look, "3f5f8a", "8a4038", "d8d2c4", gloss=0.7)
    wood = Matter(ink("8a5c36"), 0.1, 0.08)

    def along(t: float, off: float = 0.0) -> tuple[float, float]:
        return -0.5 + 1.0 * t - 0.42 * off, 0.72 + 0.42 * t + 1.0 * off

    barrel = [along(0.15, 0.10), along(0.78, 0.13), along(0.78, -0.13), along(0.15, -0.10)]
    hood = [along(0.76, 0.17), along(1.0, 0.175), along(1.0, -0.175), along(0.76, -0.17)]
    eye = [along(-0.02, 0.055), along(0.17, 0.065), along(0.17, -0.065), along(-0.02, -0.055)]
    rings = [
        solid(
            poly([along(t, 0.135), along(t + 0.05, 0.137), along(t + 0.05, -0.137), along(t, -0.135)]),
            BRASS,
            0.05,
            cast=0.3,
        )
        for t in (0.28, 0.62)
    ]
    forms = [
        solid(tube([(0, 0.86), (0.06, 0.06)], [0.035, 0.025], 1), wood.darker(0.3)),
        *[solid(tube([(0, 0.86), (0.42 * s, 0.0)], [0.04, 0.028], 1), wood, flow=70) for s in (-1, 1)],
        solid(oval(0, 0.86, 0.085), BRASS, 0.08),
        solid(poly(eye), _DARK, 0.06),
        solid(poly(barrel), metal, 0.16, 23, pattern(look, 0.7, 1.2, 0.6)),
        *rings,
        solid(poly(hood), metal.darker(0.15), 0.18, 23),
        solid(
            blob([along(1.0, 0.175), along(1.03, 0.0), along(1.0, -0.175), along(0.975, 0.0)], 5),
            BRASS,
            0.03,
        ),
    ]
    return Body(
        forms,
        ((-0.42, 0.06), (0.42, 0.06)),
        anchors={"grip": Anchor(*along(0.2)), "top": Anchor(*along(0.6, 0.13), 0.15)},
    )


ROLES: dict[str, Role] = {
    "computer": Role(computer, 0.32, home="table"),
    "phone": Role(phone, 0.20, home="table"),
    "camera": Role(camera, 0.20, home="table"),
    "telescope": Role(telescope, 0.42),
}
