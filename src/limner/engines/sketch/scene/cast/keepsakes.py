"""Small treasures: gift, book, flag, hat, sword, clock."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.body import Anchor, Body, Form, blob, mark, oval, poly, tube
from limner.engines.sketch.paint.light import blended, ink
from limner.engines.sketch.scene.cast.look import Look, Role
from limner.engines.sketch.scene.cast.matter import (
    WHITE,
    Matter,
    bands,
    cuboid,
    matter,
    pattern,
    rect,
    solid,
    turned,
)

_GOLD = Matter(ink("e6b43c"), 0.9, 0.03)


def gift(look: Look) -> Body:
    """A wrapped box with a bow."""
    paper = matter(look, "d8484c", "4a86b8", "6aa85a", "e8a83c", "9a62b0", gloss=0.3)
    ribbon = Matter(ink("f6e2a0") if look.color is None else blended(look.color, WHITE, 0.75), 0.4, 0.04)
    side, top, front = cuboid(-0.46, 0.34, 0.0, 0.60, paper, (0.22, 0.16))
    front = solid(rect(-0.46, 0.0, 0.34, 0.60), paper, 0.03, 2, pattern(look, 0.04, 0.58, 0.5), 0.3)
    spots = [oval(x, y, 0.026) for x in (-0.37, -0.23, 0.10, 0.25) for y in (0.1, 0.3, 0.5)]
    band = solid(rect(-0.13, 0.0, 0.01, 0.60), ribbon, 0.02, 89, cast=0.3)
    over = poly([(-0.13, 0.60), (0.01, 0.60), (0.23, 0.76), (0.09, 0.76)])
    loops = [
        blob(
            [
                (0.04, 0.70),
                (0.04 + 0.16 * s, 0.92),
                (0.04 + 0.36 * s, 0.94),
                (0.04 + 0.34 * s, 0.74),
                (0.04 + 0.16 * s, 0.67),
            ]
        )
        for s in (-1, 1)
    ]
    tails = [
        blob([(0.04, 0.70), (0.04 + 0.14 * s, 0.66), (0.04 + 0.30 * s, 0.50), (0.04 + 0.18 * s, 0.50)], 4)
        for s in (-1, 1)
    ]
    forms = [
        side,
        top,
        front,
        Form(shapes=spots, color=blended(paper.color, WHITE, 0.6), flat=True, cast=0, outline=0, melt=0.003),
        band,
        solid(over, ribbon, 0.02, cast=0.2),
        *[solid(t, ribbon.darker(0.12), 0.04) for t in tails],
        *[
            solid(
                loop,
                ribbon,
                0.10,
                marks=[
                    mark(oval(0.04 + 0.2 * s, 0.80, 0.08, 0.05, 30 * s), ribbon.darker(0.4).color, 0.02, 0.7)
                ],
            )
            for loop, s in zip(loops, (-1, 1), strict=True)
        ],
        solid(oval(0.04, 0.72, 0.075, 0.07), ribbon, 0.07),
    ]
    return Body(
        forms,
        ((-0.06, 0.42), (0.42, 0.1)),
        anchors={"grip": Anchor(-0.06, 0.25), "top": Anchor(0.05, 0.70, 0.35)},
    )


def book(look: Look) -> Body:
    """A closed book lying down, its spine towards us."""
    cover = matter(look, "a83c3a", "34608a", "4a7a54", "7a4a80", gloss=0.15)
    pages = Matter(ink("f6ecd6"), 0, 0.04)
    leaf_edges = [
        mark(tube([(0.56, y), (0.82, y + 0.20)], [0.004]), "c8b894", 0.002, 0.8)
        for y in (0.07, 0.11, 0.15, 0.19)
    ]
    title = [
        *bands(1, 0.03, 0.055, 0.5, "e8c870"),
        mark(rect(-0.5, 0.17, 0.34, 0.19), "e8c870", 0.002),
        mark(rect(-0.34, 0.095, 0.16, 0.125), "f0dca0", 0.002),
    ]
    emblem = [
        mark(oval(0.03, 0.36, 0.22, 0.065), "e8c870", 0.004),
        mark(oval(0.03, 0.36, 0.17, 0.048), cover.color, 0.004),
        *pattern(look, 0.24, 0.48, 0.8),
    ]
    forms = [
        solid(poly([(-0.76, 0.0), (0.58, 0.0), (0.86, 0.23), (-0.48, 0.23)]), cover.darker(0.4), 0.02),
        solid(
            poly([(0.52, 0.03), (0.80, 0.25), (0.80, 0.43), (0.52, 0.21)]), pages, 0.02, 40, leaf_edges, 0.2
        ),
        solid(
            blob(
                [
                    (-0.78, 0.02),
                    (-0.74, 0.0),
                    (0.56, 0.0),
                    (0.58, 0.11),
                    (0.56, 0.24),
                    (-0.74, 0.24),
                    (-0.80, 0.12),
                ],
                4,
            ),
            cover.darker(0.15),
            0.06,
            2,
            title,
            0.3,
        ),
        solid(
            poly([(-0.76, 0.235), (0.57, 0.235), (0.86, 0.48), (-0.47, 0.48)]),
            cover.lighter(0.06),
            0.02,
            3,
            emblem,
            0.2,
        ),
    ]
    return Body(forms, ((-0.1, 0.62),), anchors={"top": Anchor(0.05, 0.37, 0.5), "grip": Anchor(0, 0.2)})


def flag(look: Look) -> Body:
    """A flag that waves on its pole."""
    cloth = matter(look, "d0403c", "3a70b8", "e0a83a", gloss=0.0)
    t = np.linspace(0, 1, 9)
    wave = 0.05 * np.sin(t * 7.2)
    upper = np.column_stack([0.96 * t, 1.24 + wave - 0.03 * t])
    lower = np.column_stack([0.94 * t, 0.72 + wave * 1.1 - 0.02 * t])
    folds = [
        mark(
            tube([(0.04 + 0.92 * u, 1.3), (0.02 + 0.92 * u, 0.66)], [0.05]),
            cloth.darker(0.5).color,
            0.05,
            0.45,
        )
        for u in (0.32, 0.78)
    ]
    lights = [
        mark(
            tube([(0.04 + 0.92 * u, 1.3), (0.02 + 0.92 * u, 0.66)], [0.04]),
            cloth.lighter(0.5).color,
            0.05,
            0.4,
        )
        for u in (0.12, 0.55)
    ]
    forms = [
        solid(tube([(0, 0.0), (0, 1.30)], [0.03, 0.025], 1), Matter(ink("9a7048"), 0.2, 0.06)),
        solid(
            poly(np.concatenate([upper, lower[::-1]])),
            cloth,
            0.03,
            4,
            [*pattern(look, 0.7, 1.28, 1.2), *folds, *lights],
        ),
        solid(oval(0, 1.33, 0.05), _GOLD, 0.05),
    ]
    return Body(
        forms,
        ((0.0, 0.06),),
        anchors={"grip": Anchor(0, 0.2), "face": Anchor(0.48, 0.98, 0.34), "top": Anchor(0, 1.36, 0.05)},
    )


def hat(look: Look) -> Body:
    """A straw hat with a band."""
    straw = matter(look, "e0bc74", "d8b060", gloss=0.05, fur=0.05)
    band = ink("b8403a") if look.color is None else blended(straw.color, (0.1, 0.08, 0.12), 0.6)
    crown = turned([(0.0, 0.60), (0.18, 0.585), (0.30, 0.50), (0.36, 0.18)], 6)
    weave = [
        mark(
            tube([(-0.8 + 0.1 * k, 0.16 - y), (0.8 - 0.1 * k, 0.16 - y)], [0.004]),
            straw.darker(0.45).color,
            0.003,
            0.5,
        )
        for k, y in enumerate((0.04, 0.09))
    ]
    forms = [
        solid(oval(0, 0.15, 0.84, 0.15), straw, 0.06, 2, weave),
        solid(
            crown,
            straw.lighter(0.06),
            0.3,
            2,
            [
                mark(poly([(-0.5, 0.15), (0.5, 0.15), (0.5, 0.29), (0, 0.26), (-0.5, 0.29)]), band, 0.003),
                *pattern(look, 0.3, 0.6, 0.4),
            ],
        ),
    ]
    return Body(forms, ((0.0, 0.6),), anchors={"grip": Anchor(0.7, 0.15), "top": Anchor(0, 0.6, 0.2)})


def sword(look: Look) -> Body:
    """A sword, its point in the ground."""
    blade = Matter(ink("d4dce4"), 1.0, 0.03)
    hilt = matter(look, "c89a3c", gloss=0.9)
    forms = [
        solid(
            poly([(-0.062, 0.86), (-0.055, 0.12), (0, 0.0), (0.055, 0.12), (0.062, 0.86)]),
            blade,
            0.05,
            89,
            [mark(rect(-0.004, 0.1, 0.09, 0.9), "98a6b4", 0.004, 0.8)],
        ),
        solid(tube([(-0.24, 0.90), (-0.12, 0.87), (0.12, 0.87), (0.24, 0.90)], [0.038, 0.032, 0.038]), hilt),
        solid(
            rect(-0.036, 0.90, 0.036, 1.12),
            Matter(ink("6a3a2a"), 0.1, 0.04),
            0.04,
            2,
            bands(4, 0.90, 1.12, 0.05, "8a5236"),
        ),
        solid(oval(0, 1.16, 0.062), hilt, 0.06),
        Form(shapes=[oval(0, 0.87, 0.032)], color=ink("c83a44"), gloss=1.0, round=0.03),
    ]
    return Body(forms, ((0.0, 0.06),), anchors={"grip": Anchor(0, 1.0), "top": Anchor(0, 1.2, 0.05)})


def clock(look: Look) -> Body:
    """A round clock on two feet; its hands stand at ten past ten."""
    case = matter(look, "c8504a", "4a7f9a", "b98a4a", gloss=0.6)
    turns = np.radians(np.arange(0, 360, 30))
    ticks = [poly(_tick(float(a), 0.035 if k % 3 else 0.055)) for k, a in enumerate(turns)]
    hands = [tube([(0, 0.56), (x, 0.56 + y)], [0.020, 0.013], 1) for x, y in ((-0.135, 0.10), (0.20, 0.145))]
    forms = [
        *[
            solid(tube([(0.22 * s, 0.16), (0.34 * s, 0.02)], [0.05, 0.045], 1), case.darker(0.2))
            for s in (-1, 1)
        ],
        *[solid(oval(0.26 * s, 1.06, 0.15, 0.12, -35 * s), case.lighter(0.1), 0.1) for s in (-1, 1)],
        solid(oval(0, 1.10, 0.05, 0.07), case.darker(0.2), 0.05),
        solid(oval(0, 0.56, 0.50), case, 0.14, None, pattern(look, 0.06, 1.06, 0.5)),
        solid(oval(0, 0.56, 0.405), Matter(ink("fbf6e8"), 0.2, 0.05), 0.03),
        Form(shapes=ticks, color=ink("4a4048"), flat=True, cast=0, outline=0, melt=0.002),
        Form(shapes=hands, color=ink("3a3038"), flat=True, cast=0.3, outline=0, melt=0.002),
        Form(shapes=[oval(0, 0.56, 0.032)], color=ink("c8463c"), round=0.03, cast=0.2),
    ]
    return Body(
        forms, ((-0.34, 0.06), (0.34, 0.06)), anchors={"grip": Anchor(0, 1.14), "top": Anchor(0, 1.05, 0.2)}
    )


def _tick(angle: float, length: float) -> list[tuple[float, float]]:
    """A stroke of the dial, pointing to its middle."""
    c, s = float(np.cos(angle)), float(np.sin(angle))
    return [
        ((0.375 - d) * c - w * s, 0.56 + (0.375 - d) * s + w * c)
        for d, w in ((0, 0.012), (0, -0.012), (length, -0.012), (length, 0.012))
    ]


ROLES: dict[str, Role] = {
    "gift": Role(gift, 0.22, home="room"),
    "book": Role(book, 0.09, home="table"),
    "flag": Role(flag, 0.40),
    "hat": Role(hat, 0.15, home="table"),
    "sword": Role(sword, 0.44),
    "clock": Role(clock, 0.26, home="table"),
}
