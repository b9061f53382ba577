"""Furniture and what stands about: chair, table, sofa, bed, box, basket, sign."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.body import Anchor, Body, Form, blob, mark, oval, poly, tube
from limner.engines.sketch.paint.light import blended, ink
from limner.engines.sketch.scene.cast.look import Look, Role
from limner.engines.sketch.scene.cast.matter import (
    Matter,
    cuboid,
    matter,
    pattern,
    rect,
    solid,
    turned,
)

_WOODS = ("b9824c", "9a6438", "c99a62")
_LINEN = Matter(ink("f4eee2"), 0.0, 0.07)


def _leg(x: float, y0: float, y1: float, stuff: Matter, half: float = 0.035) -> Form:
    return solid(rect(x - half, y0, x + half, y1), stuff, 0.035, 89)


def chair(look: Look) -> Body:
    """A wooden chair, seat towards us."""
    wood = matter(look, *_WOODS)
    dark = wood.darker(0.25)
    seat = poly([(-0.36, 0.50), (0.30, 0.50), (0.40, 0.64), (-0.24, 0.64)])
    forms = [
        _leg(-0.20, 0.10, 0.60, dark),
        _leg(0.36, 0.10, 1.16, wood),
        _leg(-0.20, 0.60, 1.16, wood),
        *[solid(rect(x - 0.02, 0.66, x + 0.02, 1.04), dark, 0.02, 89) for x in (-0.05, 0.08, 0.21)],
        solid(
            blob([(-0.24, 1.0), (0.08, 1.04), (0.40, 1.0), (0.41, 1.16), (0.08, 1.22), (-0.25, 1.16)], 5),
            wood,
            flow=2,
        ),
        solid(seat, wood.lighter(0.15), flow=3),
        _leg(-0.32, 0.0, 0.46, wood),
        _leg(0.27, 0.0, 0.46, wood),
        solid(rect(-0.36, 0.43, 0.31, 0.51), wood.darker(0.12), 0.03, 2),
    ]
    top = Anchor(0.03, 0.57, 0.3)
    return Body(forms, ((-0.32, 0.06), (0.27, 0.06)), anchors={"seat": top, "top": top})


def table(look: Look) -> Body:
    """A table of four legs, seen a little from above."""
    wood = matter(look, *_WOODS)
    forms = [
        _leg(-0.62, 0.16, 0.60, wood.darker(0.35), 0.04),
        _leg(0.80, 0.16, 0.60, wood.darker(0.35), 0.04),
        _leg(-0.80, 0.0, 0.60, wood, 0.05),
        _leg(0.64, 0.0, 0.60, wood, 0.05),
        solid(rect(-0.84, 0.50, 0.69, 0.60), wood.darker(0.2), 0.02, 2),
        *cuboid(-0.94, 0.78, 0.60, 0.67, wood, (0.18, 0.17)),
    ]
    return Body(forms, ((-0.80, 0.08), (0.64, 0.08)), anchors={"top": Anchor(0.0, 0.75, 0.75)})


def sofa(look: Look) -> Body:
    """A soft sofa with two cushions."""
    cloth = matter(look, "4a7a94", "b8604a", "6a8a5a", "c8964a", gloss=0.0, fur=0.07)
    dark, light = cloth.darker(0.18), cloth.lighter(0.14)
    back = blob(
        [(-0.82, 0.40), (-0.84, 0.80), (-0.70, 0.92), (0, 0.95), (0.70, 0.92), (0.84, 0.80), (0.82, 0.40)], 8
    )
    marks = pattern(look, 0.4, 0.95, 0.85)
    forms = [
        *[solid(rect(x - 0.04, 0.0, x + 0.04, 0.12), Matter(ink("5a3a26")), 0.03) for x in (-0.78, 0.78)],
        solid(back, cloth, 0.14, 2, marks),
        solid(blob([(-0.80, 0.10), (0.80, 0.10), (0.82, 0.30), (-0.82, 0.30)], 6), dark, 0.08, 2),
        *[
            solid(
                blob([(x - 0.36, 0.28), (x + 0.36, 0.28), (x + 0.36, 0.46), (x, 0.50), (x - 0.36, 0.46)], 6),
                light,
                0.10,
                2,
            )
            for x in (-0.37, 0.37)
        ],
        *[
            solid(
                blob([(x - 0.13, 0.08), (x + 0.13, 0.08), (x + 0.15, 0.52), (x, 0.66), (x - 0.15, 0.52)], 7),
                cloth,
                0.13,
                88,
            )
            for x in (-0.86, 0.86)
        ],
        solid(
            blob([(-0.66, 0.46), (-0.36, 0.44), (-0.32, 0.72), (-0.62, 0.76)], 6),
            Matter(ink("f0c66a"), 0, 0.06),
            0.12,
        ),
    ]
    seat = Anchor(0.05, 0.46, 0.6)
    return Body(forms, ((-0.78, 0.1), (0.78, 0.1)), anchors={"seat": seat, "top": seat})


def bed(look: Look) -> Body:
    """A bed with a pillow and a blanket, its head to the left."""
    wood = Matter(ink("9a6438"), 0.1, 0.09)
    cloth = matter(look, "5a86b4", "c8705a", "7a9a64", "d8a84a", gloss=0.0, fur=0.07)
    marks = pattern(look, 0.24, 0.60, 1.2)
    forms = [
        solid(
            blob([(-1.06, 0.0), (-0.96, 0.0), (-0.93, 0.92), (-1.0, 1.0), (-1.08, 0.92)], 4), wood, 0.05, 89
        ),
        solid(rect(-1.0, 0.14, 1.0, 0.32), wood.darker(0.15), 0.04, 2),
        solid(
            blob([(-0.98, 0.30), (0.98, 0.30), (1.0, 0.44), (0.9, 0.50), (-0.9, 0.50), (-1.0, 0.44)], 5),
            _LINEN,
            0.10,
            2,
        ),
        solid(
            blob([(-0.94, 0.48), (-0.50, 0.48), (-0.46, 0.62), (-0.70, 0.70), (-0.92, 0.64)], 6),
            _LINEN.lighter(0.5),
            0.12,
        ),
        solid(
            blob(
                [
                    (-0.40, 0.26),
                    (0.99, 0.22),
                    (1.03, 0.48),
                    (0.86, 0.58),
                    (0.1, 0.60),
                    (-0.42, 0.58),
                    (-0.46, 0.42),
                ],
                7,
            ),
            cloth,
            0.14,
            4,
            marks,
        ),
        solid(
            blob([(-0.50, 0.30), (-0.36, 0.28), (-0.34, 0.60), (-0.48, 0.61)], 5),
            cloth.lighter(0.4),
            0.06,
            88,
        ),
        solid(blob([(0.98, 0.0), (1.08, 0.0), (1.09, 0.60), (1.03, 0.66), (0.97, 0.60)], 4), wood, 0.05, 89),
    ]
    top = Anchor(0.15, 0.56, 0.7)
    return Body(
        forms, ((-1.0, 0.1), (1.03, 0.1)), anchors={"top": top, "seat": top, "inside": Anchor(-0.2, 0.5, 0.6)}
    )


def box(look: Look) -> Body:
    """A closed cardboard box, or a crate when it is wooden."""
    stuff = matter(look, "c99a62", "b98852", gloss=0.0, fur=0.07)
    marks = pattern(look, 0.05, 0.6, 0.7)
    tape = mark(rect(-0.08, 0.38, 0.08, 0.66), blended(stuff.color, (1, 0.96, 0.85), 0.45), 0.004)
    planks = [mark(rect(-0.7, y, 0.7, y + 0.012), stuff.darker(0.5).color, 0.003) for y in (0.2, 0.42)]
    detail = planks if "wooden" in look.traits else [tape]
    side, top, front = cuboid(-0.52, 0.40, 0.0, 0.64, stuff, (0.24, 0.17))
    front = solid(rect(-0.52, 0.0, 0.40, 0.64), stuff, 0.03, 2, [*detail, *marks], 0.3)
    lid = mark(poly([(-0.14, 0.64), (0.02, 0.64), (0.26, 0.81), (0.10, 0.81)]), tape.color, 0.004)
    top = solid(
        poly([(-0.52, 0.64), (0.40, 0.64), (0.64, 0.81), (-0.28, 0.81)]),
        stuff.lighter(),
        0.02,
        3,
        [] if "wooden" in look.traits else [lid],
        0.3,
    )
    return Body(
        [side, top, front],
        ((-0.06, 0.46), (0.5, 0.1)),
        anchors={"top": Anchor(0.06, 0.72, 0.42)},
    )


def basket(look: Look) -> Body:
    """A wicker basket with a handle."""
    straw = matter(look, "c8954e", "b8854a", gloss=0.0, fur=0.05)
    side = turned([(0.52, 0.56), (0.50, 0.36), (0.42, 0.06), (0.30, 0.0)], 5)
    dark = straw.darker(0.45).color
    weave = [
        mark(tube([(x, y), (x + 0.09, y + 0.02)], [0.012, 0.012]), dark, 0.004, 0.8)
        for row, y in enumerate(np.linspace(0.06, 0.48, 6))
        for x in np.arange(-0.55 + 0.075 * (row % 2), 0.55, 0.15)
    ]
    forms = [
        Form(
            shapes=[tube([(-0.46, 0.54), (-0.38, 0.92), (0, 1.06), (0.38, 0.92), (0.46, 0.54)], [0.038])],
            color=dark,
            fur=0.05,
            shag=0,
        ),
        solid(oval(0, 0.56, 0.50, 0.10), straw.darker(0.55), 0.02),
        solid(side, straw, 0.3, 2, weave),
        solid(
            tube([(-0.52, 0.54), (-0.3, 0.48), (0, 0.46), (0.3, 0.48), (0.52, 0.54)], [0.045]),
            straw.lighter(0.1),
            0.05,
        ),
    ]
    return Body(
        forms,
        ((0.0, 0.32),),
        anchors={"inside": Anchor(0, 0.5, 0.36), "top": Anchor(0, 0.54, 0.36), "grip": Anchor(0, 1.06)},
    )


def sign(look: Look) -> Body:
    """A board on a post, with a broad blank face for words."""
    wood = matter(look, "c49a64", "b98a55", gloss=0.0, fur=0.1)
    post = Matter(ink("7d5638"), 0, 0.09)
    board = blob(
        [
            (-0.82, 0.62),
            (0.0, 0.60),
            (0.82, 0.63),
            (0.84, 0.9),
            (0.82, 1.18),
            (0.0, 1.20),
            (-0.83, 1.17),
            (-0.84, 0.9),
        ],
        5,
    )
    seams = [
        mark(tube([(-0.84, y), (0.84, y + 0.01)], [0.006]), wood.darker(0.5).color, 0.003, 0.5)
        for y in (0.80, 1.0)
    ]
    nails = [mark(oval(x, y, 0.022), "4a3a30", 0.003) for x in (-0.74, 0.74) for y in (0.71, 1.09)]
    forms = [
        solid(rect(-0.07, 0.0, 0.07, 1.26), post, 0.06, 89),
        solid(board, wood, 0.04, 2, [*seams, *nails]),
    ]
    return Body(
        forms,
        ((0.0, 0.1),),
        anchors={"face": Anchor(0.0, 0.90, 0.70), "top": Anchor(0, 1.19, 0.7), "grip": Anchor(0, 0.35)},
    )


ROLES: dict[str, Role] = {
    "chair": Role(chair, 0.40, home="room"),
    "table": Role(table, 0.34, home="room"),
    "sofa": Role(sofa, 0.36, home="room"),
    "bed": Role(bed, 0.38, home="bedroom"),
    "box": Role(box, 0.24, home="room"),
    "basket": Role(basket, 0.28, home="table"),
    "sign": Role(sign, 0.36),
}
