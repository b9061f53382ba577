"""A fast train: a long nose and a carriage behind it."""

from __future__ import annotations

from limner.engines.sketch.paint.body import Anchor, Body, Form, Shape, blob, mark, oval, poly
from limner.engines.sketch.paint.light import blended, ink
from limner.engines.sketch.scene.cast.look import Look, Role
from limner.engines.sketch.scene.cast.matter import SHADE, Matter, matter, pattern, rect, solid
from limner.engines.sketch.scene.cast.parts import even, panel, panes

_NOSE = (
    (-1.62, 0.16),
    (-1.60, 0.26),
    (-1.40, 0.40),
    (-1.10, 0.60),
    (-0.80, 0.72),
    (-0.50, 0.75),
    (0.10, 0.75),
)
_RAIL = Matter(ink("6a6a72"), 0.3, 0.03)


def _car(shape: Shape, look: Look, stripe: Matter) -> Form:
    body = Matter(ink("f6f5f0"), 0.7, 0.05)
    bands = [
        mark(rect(-2, 0.27, 2, 0.35), stripe.color, 0.003),
        mark(rect(-2, 0.0, 2, 0.19), stripe.color, 0.003),
    ]
    return solid(shape, body, 0.16, 2, pattern(look, 0.2, 0.75, 1.7) or bands)


def bullet_train(look: Look) -> Body:
    """A high-speed train on its rail, its nose to the left."""
    stripe = matter(look, "3a72b8", "c8483c", "2f9a8a", gloss=0.4)
    front = blob([*_NOSE, (0.12, 0.42), (0.10, 0.10), (-0.6, 0.09), (-1.4, 0.10)], 7)
    carriage = panel(0.18, 0.09, 1.62, 0.75, 0.05)
    windscreen = poly([(-1.13, 0.575), (-0.86, 0.69), (-0.70, 0.69), (-0.74, 0.585)])
    wheels = [oval(x, 0.07, 0.07) for x in (-0.95, -0.72, -0.16, 0.36, 0.58, 1.24, 1.46)]
    forms = [
        solid(rect(-1.75, 0.0, 1.75, 0.03), _RAIL, 0.01, 2),
        Form(shapes=wheels, color=ink("34343c"), round=0.05, melt=0.003),
        solid(rect(0.06, 0.16, 0.24, 0.66), Matter(blended("6a6a72", SHADE, 0.5)), 0.02),
        _car(front, look, stripe),
        _car(carriage, look, stripe),
        Form(shapes=[windscreen], color=ink("2c3c54"), gloss=0.9, round=0.04, cast=0.2),
        *panes(look, even(-0.56, -0.02, 3, 0.06), 0.44, 0.60),
        *panes(look, even(0.30, 1.50, 6, 0.07), 0.44, 0.60),
        Form(shapes=[oval(-1.38, 0.31, 0.06, 0.035, 35)], color=ink("fff2b8"), glow=0.1, outline=0.4, cast=0),
    ]
    return Body(
        forms,
        ((-0.7, 0.6), (0.9, 0.6)),
        anchors={"top": Anchor(0.2, 0.75, 1.0), "face": Anchor(0.9, 0.3, 0.5)},
    )


ROLES: dict[str, Role] = {"bullet train": Role(bullet_train, 0.20)}
