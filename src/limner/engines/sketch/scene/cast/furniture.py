"""Table, chair, sofa, bed, lamp, clock, box, basket and a sign: what others stand on, sit on or lie in."""

from __future__ import annotations

import math

from limner.engines.sketch.paint.body import Anchor, Body, Form, blob, line, mark, oval, poly, tube
from limner.engines.sketch.paint.light import blended, ink
from limner.engines.sketch.scene.cast.look import Look, Role
from limner.engines.sketch.scene.cast.parts import CREAM, SHADE, panel

_WOODS = ("a8743c", "8a5a34", "c0925a")


def table(look: Look) -> Body:
    """A sturdy wooden table seen a little from above, 2 units wide."""
    wood = look.or_one_of(*_WOODS)
    edge, leg = blended(wood, SHADE, 0.28), blended(wood, SHADE, 0.16)
    top = poly([(-0.86, 0.86), (0.86, 0.86), (1.04, 0.64), (-1.04, 0.64)])
    boards = [
        mark(tube([(x * 0.82, 0.88), (x, 0.62)], [0.005]), edge, 0.003, 0.7)
        for x in (-0.62, -0.2, 0.22, 0.64)
    ]
    forms = [
        *(
            Form(shapes=[panel(x - 0.05, 0.10, x + 0.05, 0.66, 0.02)], color=leg, dark=0.4)
            for x in (-0.70, 0.70)
        ),
        *(
            Form(shapes=[panel(x - 0.065, 0, x + 0.065, 0.60, 0.02)], color=leg, fur=0.08, shag=0, flow=90)
            for x in (-0.90, 0.90)
        ),
        Form(shapes=[panel(-0.96, 0.46, 0.96, 0.58)], color=leg, round=0.02, shag=0, fur=0.10, flow=0),
        Form(shapes=[top], color=wood, round=0.02, fur=0.14, shag=0, flow=1, dab=1.2, marks=boards, cast=1.2),
        Form(
            shapes=[panel(-1.05, 0.55, 1.05, 0.645, 0.02)], color=edge, round=0.03, fur=0.10, shag=0, flow=0
        ),
    ]
    return Body(forms, ((-0.90, 0.10), (0.90, 0.10)), anchors={"top": Anchor(0, 0.74, 0.82)})


def chair(look: Look) -> Body:
    """A wooden chair with a cushion, turned a little."""
    color = look.or_one_of("c8583c", "4a8a8a", "d8a040", "5a7ab0")
    wood = ink("8a5a34")
    posts = [tube([(x, 0.40), (x - 0.04, 1.20)], [0.042, 0.036]) for x in (-0.34, 0.22)]
    rails = [tube([(-0.36, y), (0.20, y)], [0.035]) for y in (1.12, 0.94, 0.76)]
    legs = [
        tube([(x, 0.46), (x + dx, 0)], [0.045, 0.036])
        for x, dx in ((-0.34, -0.02), (0.24, 0.0), (-0.24, -0.06), (0.44, 0.03))
    ]
    seat = poly([(-0.40, 0.54), (0.26, 0.54), (0.50, 0.42), (-0.30, 0.42)])
    forms = [
        Form(shapes=legs[:2], color=wood, dark=0.3),
        Form(shapes=posts, color=wood, fur=0.06, shag=0),
        Form(shapes=rails, color=wood, melt=0.01, fur=0.06, shag=0),
        Form(shapes=legs[2:], color=wood, fur=0.06, shag=0),
        Form(shapes=[seat], color=blended(wood, SHADE, 0.1), round=0.03),
        Form(
            shapes=[
                blob(
                    [(-0.38, 0.54), (-0.02, 0.60), (0.26, 0.54), (0.46, 0.45), (0.06, 0.42), (-0.28, 0.45)], 4
                )
            ],
            color=color,
            round=0.08,
            fur=0.06,
            shag=0,
        ),
    ]
    return Body(
        forms,
        ((-0.3, 0.12), (0.4, 0.12)),
        anchors={"top": Anchor(0.04, 0.53, 0.30), "seat": Anchor(0.04, 0.53, 0.30)},
    )


def sofa(look: Look) -> Body:
    """A soft sofa with two cushions, 2.2 units wide."""
    color = look.or_one_of("5a7ab0", "c8704a", "6a9a8a", "d8a850")
    shade, light = blended(color, SHADE, 0.16), blended(color, (1, 0.97, 0.9), 0.14)
    pillow = ink("f0d8a8") if look.color is None else blended(color, (1, 0.96, 0.88), 0.65)
    forms = [
        *(
            Form(shapes=[tube([(x, 0.12), (x, 0)], [0.045, 0.03])], color=ink("6a4428"))
            for x in (-0.92, 0.92)
        ),
        Form(
            shapes=[panel(-0.98, 0.34, 0.98, 1.02, 0.18)],
            color=color,
            fur=0.07,
            shag=0.03,
            round=0.16,
            dab=1.4,
        ),
        *(
            Form(
                shapes=[panel(x0, 0.30, x1, 0.56, 0.10)],
                color=light,
                fur=0.06,
                shag=0.02,
                round=0.14,
                dab=1.4,
            )
            for x0, x1 in ((-0.84, 0.0), (0.0, 0.84))
        ),
        Form(
            shapes=[panel(-0.92, 0.08, 0.92, 0.34, 0.06)], color=shade, fur=0.07, shag=0, round=0.10, dab=1.4
        ),
        *(
            Form(
                shapes=[poly([(x - 0.20, 0.54), (x - 0.15, 0.88), (x + 0.18, 0.86), (x + 0.20, 0.54)])],
                color=pillow,
                round=0.16,
                fur=0.05,
                shag=0.02,
            )
            for x in (-0.62, 0.62)
        ),
        *(
            Form(
                shapes=[panel(x0, 0.08, x1, 0.70, 0.13)],
                color=color,
                fur=0.07,
                shag=0.03,
                round=0.16,
                dab=1.4,
                cast=1.2,
            )
            for x0, x1 in ((-1.16, -0.84), (0.84, 1.16))
        ),
    ]
    return Body(
        forms,
        ((-0.9, 0.26), (0.9, 0.26), (0, 0.8)),
        anchors={"top": Anchor(0, 0.50, 0.74), "seat": Anchor(0, 0.50, 0.74)},
    )


def bed(look: Look) -> Body:
    """A bed in side view with a quilt and pillows, 2.4 units long."""
    color = look.or_one_of("6a8ac0", "c8705a", "7aa08a", "b88ac0")
    wood = ink("9a6a3c")
    checks = [
        mark(tube([(x, 0.66), (x + 0.06, 0.2)], [0.016]), blended(color, (1, 0.97, 0.9), 0.5), 0.006, 0.7)
        for x in (-0.2, 0.08, 0.36, 0.64, 0.92)
    ]
    quilt = blob(
        [
            (-0.52, 0.62),
            (0.2, 0.68),
            (1.0, 0.64),
            (1.12, 0.44),
            (1.10, 0.16),
            (0.4, 0.20),
            (-0.42, 0.17),
            (-0.54, 0.36),
        ],
        5,
    )
    forms = [
        *(Form(shapes=[panel(x - 0.05, 0, x + 0.05, 0.3)], color=wood) for x in (-1.1, 1.1)),
        Form(shapes=[panel(-1.22, 0.12, -1.08, 1.06, 0.05)], color=wood, fur=0.09, shag=0, flow=90),
        Form(shapes=[panel(1.10, 0.12, 1.22, 0.74, 0.05)], color=wood, fur=0.09, shag=0, flow=90),
        Form(
            shapes=[panel(-1.12, 0.18, 1.12, 0.34)], color=blended(wood, SHADE, 0.12), fur=0.1, shag=0, flow=0
        ),
        Form(shapes=[panel(-1.08, 0.32, 1.10, 0.56, 0.08)], color=CREAM, fur=0.06, shag=0, round=0.1),
        Form(
            shapes=[blob([(-1.06, 0.56), (-1.0, 0.78), (-0.70, 0.80), (-0.50, 0.64), (-0.56, 0.54)], 5)],
            color=ink("fbf8f0"),
            fur=0.05,
            shag=0,
            round=0.14,
        ),
        Form(shapes=[quilt], color=color, fur=0.07, shag=0.02, round=0.16, marks=checks, dab=1.4, cast=1.2),
    ]
    return Body(
        forms,
        ((-1.1, 0.1), (1.1, 0.1)),
        anchors={"top": Anchor(0.1, 0.66, 0.8), "seat": Anchor(0.1, 0.66, 0.8)},
    )


def lamp(look: Look) -> Body:
    """A standing lamp with a cloth shade, lit in the evening."""
    color = look.or_one_of("f0d8a0", "e8c8b0", "e0a860")
    glow = 0.32 if look.night else 0.06
    shade = poly([(-0.30, 1.06), (0.30, 1.06), (0.19, 1.44), (-0.19, 1.44)])
    forms = [
        Form(shapes=[oval(0, 0.03, 0.24, 0.05)], color=ink("5a4438"), round=0.05, gloss=0.3),
        Form(shapes=[tube([(0, 0.05), (0, 1.1)], [0.026])], color=ink("8a6a48"), gloss=0.4),
        Form(shapes=[shade], color=color, glow=glow, round=0.2, fur=0.07, shag=0, flow=88),
        Form(shapes=[tube([(-0.30, 1.07), (0.30, 1.07)], [0.014])], color=blended(color, SHADE, 0.3)),
    ]
    return Body(forms, ((0, 0.2),))


def clock(look: Look) -> Body:
    """A round alarm clock with two bells."""
    color = look.or_one_of("d8503c", "3f8a9a", "e0a838")
    ticks = [
        line(
            [(0.30 * math.sin(a), 0.5 + 0.30 * math.cos(a)), (0.35 * math.sin(a), 0.5 + 0.35 * math.cos(a))],
            0.022,
            "4a3a3c",
        )
        for a in (math.pi * k / 6 for k in range(12))
    ]
    hands = [line([(0, 0.5), (-0.15, 0.62)], 0.04, "3a2a2c"), line([(0, 0.5), (0.09, 0.78)], 0.03, "3a2a2c")]
    forms = [
        *(
            Form(
                shapes=[tube([(s * 0.24, 0.12), (s * 0.32, 0.0)], [0.05, 0.035])],
                color=blended(color, SHADE, 0.3),
            )
            for s in (-1, 1)
        ),
        *(
            Form(
                shapes=[blob([(s * 0.10, 0.98), (s * 0.22, 1.14), (s * 0.42, 1.02), (s * 0.38, 0.82)], 5)],
                color=ink("e0b84a"),
                gloss=0.7,
                round=0.12,
            )
            for s in (-1, 1)
        ),
        Form(shapes=[tube([(0, 0.94), (0, 1.12)], [0.03])], color=ink("8a8a8c")),
        Form(shapes=[oval(0, 0.5, 0.47)], color=color, gloss=0.5, round=0.14),
        Form(shapes=[oval(0, 0.5, 0.385)], color=ink("fbf6ea"), round=0.03, lines=[*ticks, *hands]),
        Form(shapes=[oval(0, 0.5, 0.035)], color=ink("3a2a2c"), cast=0.2),
    ]
    return Body(forms, ((0, 0.36),), anchors={"top": Anchor(0, 1.12, 0.2)})


def box(look: Look) -> Body:
    """An open wooden crate."""
    wood = look.or_one_of("c09258", "a8784a")
    slats = [
        Form(shapes=[panel(-0.62, y, 0.62, y + 0.19, 0.02)], color=wood, round=0.03, fur=0.10, shag=0, flow=1)
        for y in (0.02, 0.24, 0.46)
    ]
    posts = [
        Form(
            shapes=[panel(x - 0.06, 0, x + 0.06, 0.68, 0.02)],
            color=blended(wood, SHADE, 0.14),
            round=0.03,
            fur=0.08,
            shag=0,
            flow=90,
        )
        for x in (-0.56, 0.56)
    ]
    inside = Form(
        shapes=[poly([(-0.62, 0.62), (0.62, 0.62), (0.54, 0.80), (-0.54, 0.80)])],
        color=blended(wood, SHADE, 0.5),
        round=0.02,
    )
    return Body(
        [inside, *slats, *posts],
        ((0, 0.6),),
        anchors={"inside": Anchor(0, 0.70, 0.5), "top": Anchor(0, 0.72, 0.5)},
    )


def basket(look: Look) -> Body:
    """A wicker basket with a handle."""
    straw = look.or_one_of("c89a54", "b0803c")
    weave = [
        mark(tube([(-0.8, y), (0.8, y)], [0.010]), blended(straw, SHADE, 0.4), 0.004, 0.8)
        for y in (0.10, 0.20, 0.30, 0.40)
    ]
    weave += [
        mark(tube([(x * 0.8, 0), (x, 0.5)], [0.008]), blended(straw, SHADE, 0.3), 0.004, 0.6)
        for x in (-0.44, -0.26, -0.08, 0.10, 0.28, 0.46)
    ]
    handle = tube([(-0.50, 0.48), (-0.40, 0.90), (0, 1.06), (0.40, 0.90), (0.50, 0.48)], [0.034])
    forms = [
        Form(shapes=[handle], color=blended(straw, SHADE, 0.1), fur=0.05, shag=0),
        Form(shapes=[oval(0, 0.48, 0.56, 0.10)], color=blended(straw, SHADE, 0.5), round=0.03),
        Form(
            shapes=[
                blob(
                    [
                        (-0.58, 0.48),
                        (-0.50, 0.10),
                        (-0.40, 0.0),
                        (0.40, 0.0),
                        (0.50, 0.10),
                        (0.58, 0.48),
                        (0, 0.40),
                    ],
                    4,
                )
            ],
            color=straw,
            round=0.2,
            fur=0.07,
            shag=0,
            flow=0,
            marks=weave,
        ),
        Form(
            shapes=[tube([(-0.58, 0.48), (0, 0.395), (0.58, 0.48)], [0.042])], color=straw, fur=0.04, shag=0
        ),
    ]
    return Body(
        forms,
        ((0, 0.42),),
        anchors={"inside": Anchor(0, 0.46, 0.42), "top": Anchor(0, 0.46, 0.42), "grip": Anchor(0, 1.04)},
    )


def sign(look: Look) -> Body:
    """A wooden board on a post, with a broad blank face for words."""
    wood = look.or_one_of("c09258", "b8844a")
    grain = [
        mark(tube([(-0.9, y), (0.0, y + 0.015), (0.9, y)], [0.005]), blended(wood, SHADE, 0.35), 0.003, 0.5)
        for y in (0.74, 0.90, 1.06)
    ]
    forms = [
        Form(
            shapes=[panel(-0.07, 0, 0.07, 0.75, 0.02)],
            color=blended(wood, SHADE, 0.25),
            fur=0.08,
            shag=0,
            flow=90,
        ),
        Form(
            shapes=[panel(-0.86, 0.60, 0.86, 1.20, 0.05)],
            color=wood,
            round=0.04,
            fur=0.12,
            shag=0,
            flow=1,
            marks=grain,
            cast=1.2,
        ),
    ]
    return Body(forms, ((0, 0.12),), anchors={"face": Anchor(0, 0.90, 0.78), "top": Anchor(0, 1.20, 0.7)})


ROLES = {
    "table": Role(table, 0.30, home="room"),
    "chair": Role(chair, 0.34, home="room"),
    "sofa": Role(sofa, 0.32, home="room"),
    "bed": Role(bed, 0.34, home="bedroom"),
    "lamp": Role(lamp, 0.46, home="room"),
    "clock": Role(clock, 0.24, home="table"),
    "box": Role(box, 0.22, home="room"),
    "basket": Role(basket, 0.24, home="table"),
    "sign": Role(sign, 0.34, home="garden"),
}
