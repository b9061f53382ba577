"""What burns and shines: candle, lantern, lamp, campfire.

Their anchor light is where they glow, and half of it how far.
"""

from __future__ import annotations

from limner.engines.sketch.paint.body import Anchor, Body, Form, blob, line, mark, oval, poly, tube
from limner.engines.sketch.paint.light import ink
from limner.engines.sketch.scene.cast.look import Look, Role
from limner.engines.sketch.scene.cast.matter import (
    Matter,
    matter,
    pattern,
    rect,
    solid,
    turned,
)

_FLAME = [(0.0, 0.30), (0.075, 0.13), (0.04, 0.0), (-0.04, 0.0), (-0.075, 0.13)]


def flame(x: float, y: float, size: float = 1.0) -> list[Form]:
    """A small flame that stands on (x, y)."""
    tongues = (("f08a2c", 1.0, 0.20), ("ffd45a", 0.70, 0.22), ("fff4c8", 0.38, 0.25))
    return [
        Form(
            shapes=[blob([(x + px * s * size, y + py * s * size) for px, py in _FLAME], 5)],
            color=ink(color),
            glow=glow,
            outline=0,
            cast=0,
        )
        for color, s, glow in tongues
    ]


def candle(look: Look) -> Body:
    """A burning candle in a dish."""
    wax = matter(look, "f4ead2", "f0dcc0", gloss=0.4)
    drips = [oval(x, y, 0.05, 0.13) for x, y in ((-0.13, 0.70), (0.10, 0.64), (0.15, 0.74))]
    warm = mark(oval(0, 0.88, 0.2, 0.24), "ffdf8a", 0.08, 0.7)
    forms = [
        solid(oval(0, 0.07, 0.42, 0.075), Matter(ink("b88a48"), 0.7, 0.03), 0.05),
        solid(
            tube([(0.38, 0.09), (0.56, 0.16), (0.54, 0.02), (0.40, 0.05)], [0.025]),
            Matter(ink("b88a48"), 0.7, 0.03),
        ),
        Form(
            shapes=[
                poly([(-0.17, 0.08), (0.17, 0.08), (0.17, 0.82), (-0.17, 0.82)]),
                oval(0, 0.82, 0.17, 0.05),
                *drips,
            ],
            color=wax.color,
            fur=0.05,
            flow=88,
            shag=0,
            round=0.16,
            melt=0.012,
            gloss=0.3,
            marks=[warm, *pattern(look, 0.1, 0.8, 0.2)],
        ),
        Form(shapes=[oval(0, 0.83, 0.12, 0.03)], color=ink("ffe6a4"), glow=0.05, outline=0, cast=0),
        Form(lines=[line([(0, 0.82), (0.01, 0.93)], 0.022, "3a2a22")]),
        *flame(0.01, 0.90, 1.1),
    ]
    return Body(
        forms,
        ((0.0, 0.36),),
        anchors={"grip": Anchor(0.52, 0.1), "top": Anchor(0, 1.2), "light": Anchor(0, 1.05, 0.9)},
    )


def lantern(look: Look) -> Body:
    """A lantern of metal and glass with a flame within."""
    metal = matter(look, "5a4a40", "4a5058", "8a5a34", gloss=0.5)
    glow = mark(oval(0, 0.42, 0.2, 0.24), "fff6cc", 0.08, 0.95)
    bars = [solid(rect(x - 0.02, 0.14, x + 0.02, 0.74), metal, 0.02, 89, cast=0.2) for x in (-0.27, 0.27)]
    forms = [
        Form(
            shapes=[tube([(-0.12, 1.0), (-0.17, 1.20), (0, 1.32), (0.17, 1.20), (0.12, 1.0)], [0.022])],
            color=metal.color,
        ),
        Form(
            shapes=[rect(-0.27, 0.13, 0.27, 0.75)], color=ink("ffcf6a"), glow=0.12, outline=0.2, marks=[glow]
        ),
        *flame(0, 0.26, 1.15),
        *bars,
        solid(rect(-0.008, 0.14, 0.008, 0.22), metal.darker(0.3), 0.01, cast=0),
        solid(turned([(0.33, 0.17), (0.37, 0.08), (0.40, 0.0)], 3), metal, 0.06, 2),
        solid(turned([(0.09, 1.02), (0.13, 0.94), (0.34, 0.80), (0.38, 0.73)], 5), metal, 0.12, 2),
    ]
    return Body(
        forms,
        ((0.0, 0.36),),
        anchors={"grip": Anchor(0, 1.32), "top": Anchor(0, 1.0, 0.1), "light": Anchor(0, 0.42, 1.0)},
    )


def lamp(look: Look) -> Body:
    """A floor lamp whose shade shines."""
    shade = look.or_one_of("f6d48a", "f2c878", "f4dcb0")
    stand = Matter(ink("5a4436"), 0.5, 0.04)
    cone = poly([(-0.17, 1.32), (0.17, 1.32), (0.31, 0.93), (0.0, 0.915), (-0.31, 0.93)])
    light = mark(oval(0, 1.02, 0.2, 0.16), "fff6d8", 0.10, 0.8)
    forms = [
        solid(turned([(0.05, 0.10), (0.24, 0.05), (0.26, 0.0)], 4), stand, 0.06),
        solid(tube([(0, 0.04), (0, 1.0)], [0.024]), stand),
        Form(shapes=[cone], color=shade, glow=0.14, outline=0.3, marks=[light], fur=0.08, flow=86, shag=0),
        Form(lines=[line([(0.16, 0.93), (0.165, 0.80)], 0.012, "c8a868")]),
    ]
    return Body(
        forms,
        ((0.0, 0.26),),
        anchors={"top": Anchor(0, 1.32, 0.15), "grip": Anchor(0, 0.5), "light": Anchor(0, 1.1, 1.1)},
    )


def campfire(look: Look) -> Body:
    """Logs in a ring of stones, burning."""
    logs = (((-0.44, 0.10), (0.30, 0.30)), ((0.44, 0.10), (-0.30, 0.30)), ((-0.22, 0.06), (0.24, 0.14)))
    tongues = ((-0.16, 0.20, 1.35), (0.17, 0.20, 1.25), (0.0, 0.16, 2.3))
    stones = [
        (x, y, r)
        for x, y, r in (
            (-0.60, 0.09, 0.11),
            (-0.36, 0.05, 0.10),
            (-0.10, 0.04, 0.11),
            (0.17, 0.04, 0.10),
            (0.40, 0.05, 0.11),
            (0.61, 0.09, 0.10),
        )
    ]
    behind = [
        solid(oval(x, 0.22, 0.09, 0.07), Matter(ink("7c7a7c"), 0, 0.05), 0.07)
        for x in (-0.42, -0.14, 0.14, 0.42)
    ]
    forms = [*behind, *[form for spot in tongues[:2] for form in flame(*spot)]]
    for tail, head in logs:
        bark = Matter(ink("6e4a30"), 0, 0.08)
        forms.append(
            solid(
                tube([tail, head], [0.075, 0.065], 1),
                bark,
                marks=[mark(oval(*head, 0.08), "2c1c16", 0.03, 0.7)],
            )
        )
        forms.append(solid(oval(*tail, 0.058, 0.066), Matter(ink("d0a468"), 0, 0.03), 0.03))
    embers = mark(oval(0, 0.25, 0.3, 0.08), "ff9a3c", 0.05, 0.8)
    forms += [
        Form(
            shapes=[oval(0, 0.22, 0.20, 0.06)],
            color=ink("ffb04a"),
            glow=0.1,
            outline=0,
            cast=0,
            marks=[embers],
        ),
        *flame(*tongues[2]),
    ]
    forms += [
        solid(oval(x, y, r, r * 0.78), Matter(ink("96928e"), 0, 0.05).darker(0.08 * (k % 3)), 0.09)
        for k, (x, y, r) in enumerate(stones)
    ]
    return Body(forms, ((0.0, 0.62),), anchors={"top": Anchor(0, 0.3, 0.2), "light": Anchor(0, 0.4, 1.4)})


ROLES: dict[str, Role] = {
    "candle": Role(candle, 0.28, home="table"),
    "lantern": Role(lantern, 0.34, home="table"),
    "lamp": Role(lamp, 0.52, home="room"),
    "campfire": Role(campfire, 0.24, home="forest"),
}
