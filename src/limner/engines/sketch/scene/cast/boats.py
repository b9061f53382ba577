"""Boats under sail: a small one, and a ship with three masts."""

from __future__ import annotations

from limner.engines.sketch.paint.body import Anchor, Body, Form, blob, line, mark, oval, poly, tube
from limner.engines.sketch.paint.light import blended, ink
from limner.engines.sketch.scene.cast.look import Look, Role
from limner.engines.sketch.scene.cast.parts import CREAM, SHADE, stripe

_BOAT_HULL = (
    (-0.62, 0.27),
    (-0.50, 0.06),
    (-0.3, -0.02),
    (0.35, -0.02),
    (0.56, 0.10),
    (0.70, 0.30),
    (0.0, 0.235),
)
_SHIP_HULL = (
    (-1.02, 0.42),
    (-0.92, 0.06),
    (-0.6, -0.04),
    (0.6, -0.04),
    (0.96, 0.16),
    (1.24, 0.48),
    (0.7, 0.30),
    (-0.5, 0.28),
    (-0.7, 0.42),
)
_MASTS = ((-0.56, 1.36), (0.06, 1.62), (0.64, 1.34))
_SAILS = (
    (-0.56, 0.42, 0.80, 0.30),
    (-0.56, 0.86, 1.20, 0.24),
    (0.06, 0.42, 0.88, 0.34),
    (0.06, 0.94, 1.38, 0.27),
    (0.64, 0.86, 1.18, 0.22),
)
"""x, bottom, top, half width."""


def boat(look: Look) -> Body:
    """A sailing boat, about 1.2 units tall; colour goes to the hull."""
    hull = look.or_one_of("b8503a", "4a6a8a", "8a5a38")
    sail = ink("f6efe0")
    joint = blended(hull, (0.1, 0.05, 0.1), 0.4)
    planks = [
        mark(tube([(-0.7, y), (0.0, y - 0.03), (0.7, y)], [0.007]), joint, 0.003, 0.7) for y in (0.10, 0.17)
    ]
    shell = blob(_BOAT_HULL, 6)
    rail = tube([(-0.62, 0.27), (0, 0.235), (0.70, 0.30)], [0.022])
    main = blob([(0.03, 0.32), (0.03, 0.72), (0.04, 1.2), (0.3, 0.86), (0.50, 0.38), (0.28, 0.34)], 5)
    jib = blob([(-0.04, 0.34), (-0.05, 0.7), (-0.05, 1.1), (-0.28, 0.7), (-0.44, 0.36)], 5)
    mast = line([(0, 0.2), (0, 0.75), (0, 1.27)], 0.026, "5a4030")
    forms = [
        Form(lines=[mast]),
        Form(
            shapes=[jib],
            color=blended(sail, (0.7, 0.72, 0.8), 0.25),
            fur=0.09,
            shag=0,
            flow=75,
            round=0.25,
            dab=1.4,
        ),
        Form(shapes=[main], color=sail, fur=0.09, shag=0, flow=105, round=0.25, dab=1.4),
        Form(shapes=[shell], color=hull, fur=0.10, shag=0, flow=2, dab=1.4, round=0.2, marks=planks),
        Form(shapes=[rail], color=blended(hull, (1, 0.95, 0.85), 0.6), melt=0.01),
        Form(shapes=[poly([(0, 1.27), (0.18, 1.22), (0, 1.17)])], color=ink("d8453a"), round=0.02),
    ]
    return Body(forms, ((0.0, 0.5),), False)


def ship(look: Look) -> Body:
    """A three-masted sailing ship; its hull takes the colour."""
    wood = look.or_one_of("7a4a2c", "6a4030", "8a5a38")
    shell = blob(_SHIP_HULL, 5)
    ports = [mark(oval(x, 0.13, 0.03), "2a1e18", 0.003) for x in (-0.6, -0.3, 0.0, 0.3, 0.6)]
    masts = [line([(x, 0.2), (x, top)], 0.035, "5a4030") for x, top in _MASTS]
    spar = line([(0.96, 0.36), (1.46, 0.66)], 0.03, "5a4030")
    forms = [
        Form(lines=[*masts, spar]),
        *(_square_sail(x, y0, y1, half) for x, y0, y1, half in _SAILS),
        Form(
            shapes=[poly([(0.70, 0.46), (1.42, 0.64), (0.68, 1.22)])],
            color=blended(CREAM, SHADE, 0.06),
            round=0.1,
            fur=0.08,
            shag=0,
        ),
        Form(
            shapes=[shell],
            color=wood,
            fur=0.10,
            shag=0,
            flow=2,
            dab=1.4,
            round=0.2,
            marks=[*ports, stripe(-1.2, 1.3, 0.24, 0.025, ink("d8b04a"))],
        ),
        Form(shapes=[poly([(0.06, 1.62), (0.32, 1.56), (0.06, 1.50)])], color=ink("c8403a"), round=0.02),
    ]
    return Body(forms, ((0.0, 0.9),), anchors={"back": Anchor(-0.2, 0.30), "top": Anchor(-0.1, 0.30, 0.5)})


def _square_sail(x: float, y0: float, y1: float, half: float) -> Form:
    shape = blob(
        [
            (x - half * 0.9, y1),
            (x + half * 0.9, y1),
            (x + half * 1.12, (y0 + y1) / 2),
            (x + half, y0),
            (x, y0 + 0.06),
            (x - half, y0),
            (x - half * 0.86, (y0 + y1) / 2),
        ],
        4,
    )
    return Form(shapes=[shape], color=CREAM, fur=0.08, shag=0, flow=88, round=0.2, dab=1.4)


ROLES = {
    "boat": Role(boat, 0.30, "water", "beach"),
    "ship": Role(ship, 0.44, "water", "sea"),
}
