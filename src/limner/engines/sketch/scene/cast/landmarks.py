"""Bridge, windmill, church, barn, tent, skyscraper and fence."""

from __future__ import annotations

import math

import numpy as np

from limner.engines.sketch.paint.body import (
    Anchor,
    Body,
    Form,
    Line,
    Shape,
    blob,
    line,
    mark,
    oval,
    poly,
    tube,
)
from limner.engines.sketch.paint.light import Ink, blended, ink
from limner.engines.sketch.scene.cast.look import Look, Role
from limner.engines.sketch.scene.cast.parts import CREAM, SHADE, even, pane, panel, panes

_WOOD, _SNOW = ink("7a5638"), ink("f4f8ff")


def _masonry(shape: Shape, color: Ink, round_: float = 0.03) -> Form:
    return Form(shapes=[shape], color=color, round=round_, shag=0, dab=1.5, fur=0.08, flow=2)


def _roof(points: list[tuple[float, float]], color: Ink, look: Look, flow: float = -60) -> Form:
    shown = blended(color, _SNOW, 0.8) if look.season == "winter" else color
    return Form(
        shapes=[poly(points)], color=shown, round=0.05, shag=0.02, fur=0.08, flow=flow, cast=1.2, dab=1.5
    )


def bridge(look: Look) -> Body:
    """A stone bridge with three arches, 3 units long."""
    stone = look.or_one_of("c0b4a4", "b8a894", "c8bcb0")
    top = [(-1.5, 0.44), (-0.9, 0.62), (0, 0.72), (0.9, 0.62), (1.5, 0.44)]
    deck = blob([*top, (1.5, 0.30), (1.5, 0.02), (-1.5, 0.02), (-1.5, 0.30)], 5)
    arches = [
        mark(poly(_arch(x, half, tall)), blended(stone, (0.12, 0.12, 0.22), 0.72), 0.006)
        for x, half, tall in ((-0.84, 0.26, 0.40), (0, 0.32, 0.50), (0.84, 0.26, 0.40))
    ]
    rims = [
        line(_arch(x, half, tall)[1:-1], 0.03, blended(stone, (1, 0.97, 0.9), 0.4))
        for x, half, tall in ((-0.84, 0.28, 0.42), (0, 0.34, 0.52), (0.84, 0.28, 0.42))
    ]
    rail = tube([(x, y + 0.05) for x, y in top], [0.045])
    return Body(
        [
            Form(
                shapes=[deck],
                color=stone,
                round=0.05,
                shag=0,
                dab=1.4,
                fur=0.07,
                flow=4,
                marks=arches,
                lines=rims,
            ),
            Form(shapes=[rail], color=blended(stone, (1, 0.97, 0.9), 0.25), shag=0, fur=0.05, melt=0.01),
        ],
        ((-1.2, 0.4), (0.0, 0.5), (1.2, 0.4)),
        anchors={"top": Anchor(0, 0.74, 0.8)},
    )


def _arch(x: float, half: float, tall: float) -> list[tuple[float, float]]:
    t = np.linspace(np.pi, 0, 13)
    curve = [(x + half * math.cos(a), tall - half + half * math.sin(a)) for a in t]
    return [(x - half, -0.05), *curve, (x + half, -0.05)]


def windmill(look: Look) -> Body:
    """A windmill with four lattice sails."""
    wall = look.or_one_of("efe2cc", "e6d4bc", "d8dcd8")
    shaft = poly([(-0.30, 0), (0.30, 0), (0.20, 0.92), (-0.20, 0.92)])
    cap = blob([(-0.24, 0.90), (-0.18, 1.06), (0, 1.16), (0.18, 1.06), (0.24, 0.90), (0, 0.88)], 4)
    turn = float(look.rng.uniform(12, 40))
    forms = [
        _masonry(shaft, wall, 0.25),
        _roof([(-0.26, 0.90), (0.26, 0.90), (0.22, 0.96), (-0.22, 0.96)], ink("8a4a38"), look),
        Form(
            shapes=[cap],
            color=blended(ink("9a5240"), _SNOW, 0.8 if look.season == "winter" else 0),
            round=0.15,
            fur=0.06,
            shag=0,
        ),
        Form(
            shapes=[panel(-0.09, 0, 0.09, 0.28), oval(0, 0.28, 0.09, 0.07)],
            color=_WOOD,
            melt=0.004,
            round=0.02,
        ),
        pane(look, panel(-0.06, 0.52, 0.06, 0.68, 0.02)),
        *(form for k in range(4) for form in _sail(turn + 90 * k, look)),
        Form(shapes=[oval(0, 0.98, 0.055)], color=_WOOD, round=0.04),
    ]
    return Body(forms, ((0.0, 0.32),))


def _sail(degrees: float, look: Look) -> list[Form]:
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))

    def at(u: float, v: float) -> tuple[float, float]:
        return u * c - v * s, 0.98 + u * s + v * c

    cloth = poly([at(0.16, 0.015), at(0.72, 0.015), at(0.72, 0.17), at(0.16, 0.15)])
    bars = [line([at(u, 0.0), at(u, 0.17)], 0.012, _WOOD) for u in (0.2, 0.34, 0.48, 0.62)]
    beam = line([at(0.0, 0.0), at(0.76, 0.0)], 0.035, _WOOD)
    return [Form(shapes=[cloth], color=CREAM, round=0.02, texture=0.6, cast=0.6, lines=[*bars, beam])]


def church(look: Look) -> Body:
    """A village church with a pointed steeple."""
    wall = look.or_one_of("f2ece0", "e8dccb", "dfe2e4")
    roof = ink("7a4a44")
    forms = [
        _masonry(panel(-0.12, 0, 0.78, 0.56), blended(wall, (0.25, 0.2, 0.36), 0.14)),
        _roof([(-0.10, 0.88), (0.68, 0.88), (0.86, 0.52), (0.02, 0.52)], roof, look),
        *panes(look, even(0.16, 0.68, 3, 0.11), 0.16, 0.40),
        _masonry(panel(-0.50, 0, -0.08, 1.02), wall),
        _roof([(-0.58, 1.0), (0.0, 1.0), (-0.29, 1.74)], roof, look, -75),
        Form(
            lines=[
                line([(-0.29, 1.72), (-0.29, 1.92)], 0.025, "d8b04a"),
                line([(-0.35, 1.85), (-0.23, 1.85)], 0.025, "d8b04a"),
            ]
        ),
        Form(
            shapes=[oval(-0.29, 0.82, 0.10)],
            color=CREAM,
            round=0.02,
            lines=[line([(-0.29, 0.88), (-0.29, 0.82), (-0.25, 0.80)], 0.014, "3a3038")],
        ),
        pane(look, blob([(-0.35, 0.44), (-0.35, 0.60), (-0.29, 0.68), (-0.23, 0.60), (-0.23, 0.44)], 3)),
        Form(
            shapes=[panel(-0.39, 0, -0.19, 0.24), oval(-0.29, 0.24, 0.10, 0.08)],
            color=_WOOD,
            round=0.02,
            melt=0.005,
        ),
    ]
    return Body(forms, ((-0.29, 0.24), (0.35, 0.42)))


def barn(look: Look) -> Body:
    """A gambrel barn, red unless said otherwise."""
    wall = look.or_one_of("b8402e", "a83a30", "b4553a")
    white = CREAM
    planks = [
        mark(tube([(x, 0), (x, 1.1)], [0.005]), blended(wall, SHADE, 0.35), 0.003, 0.7)
        for x in np.arange(-0.66, 0.7, 0.12)
    ]
    front = poly([(-0.72, 0), (0.72, 0), (0.72, 0.58), (0.50, 0.92), (0, 1.12), (-0.50, 0.92), (-0.72, 0.58)])
    eaves = tube([(-0.80, 0.54), (-0.53, 0.95), (0, 1.17), (0.53, 0.95), (0.80, 0.54)], [0.05], 1)
    door_lines = [line(p, 0.035, white) for p in ([(-0.26, 0.02), (0.26, 0.5)], [(-0.26, 0.5), (0.26, 0.02)])]
    forms = [
        Form(shapes=[front], color=wall, round=0.03, shag=0, fur=0.08, flow=-88, dab=1.4, marks=planks),
        Form(shapes=[eaves], color=_SNOW if look.season == "winter" else ink("5a4a4c"), melt=0.01, cast=1.2),
        Form(shapes=[panel(-0.30, 0, 0.30, 0.54)], color=white, round=0.01, cast=0.5),
        Form(
            shapes=[panel(-0.26, 0, 0.26, 0.50)],
            color=blended(wall, SHADE, 0.15),
            round=0.01,
            lines=door_lines,
        ),
        Form(shapes=[panel(-0.13, 0.66, 0.13, 0.90)], color=white, round=0.01),
        pane(look, panel(-0.10, 0.69, 0.10, 0.87)),
    ]
    return Body(forms, ((0.0, 0.74),))


def tent(look: Look) -> Body:
    """A ridge tent, open to the front; it glows at night."""
    color = look.or_one_of("e08a3a", "4a8a9a", "d8604a", "7a9a4a")
    glow = 0.12 if look.night else 0.0
    left = poly([(-0.80, 0), (0.02, 0.84), (0.10, 0.84), (-0.22, 0)])
    right = poly([(0.10, 0.84), (0.88, 0.06), (0.60, 0), (0.06, 0.84)])
    inside = poly([(-0.24, 0), (0.07, 0.80), (0.62, 0)])
    flap = poly([(0.07, 0.80), (0.34, 0.0), (0.60, 0.0)])
    ropes = [
        line([(-0.78, 0.02), (-1.0, -0.02)], 0.014, "d8ccb4"),
        line([(0.86, 0.06), (1.06, 0.0)], 0.014, "d8ccb4"),
    ]
    forms = [
        Form(lines=ropes),
        Form(
            shapes=[inside],
            color=ink("ffd890") if look.night else blended(color, (0.1, 0.06, 0.12), 0.62),
            glow=glow * 2,
            round=0.02,
        ),
        Form(
            shapes=[flap],
            color=blended(color, (1, 0.95, 0.85), 0.25),
            round=0.05,
            glow=glow,
            fur=0.06,
            shag=0,
            flow=-60,
        ),
        Form(shapes=[left], color=color, round=0.08, glow=glow, fur=0.07, shag=0, flow=48, dab=1.5),
        Form(
            shapes=[right],
            color=blended(color, SHADE, 0.12),
            round=0.05,
            glow=glow,
            fur=0.07,
            shag=0,
            flow=-48,
        ),
    ]
    return Body(forms, ((-0.4, 0.4), (0.5, 0.35)))


def skyscraper(look: Look) -> Body:
    """A stepped tower block with rows of windows."""
    wall = look.or_one_of("8aa4b8", "b8a898", "9a9cb0")
    tiers = ((-0.34, 0.34, 0.0, 0.94), (-0.25, 0.25, 0.94, 1.34), (-0.15, 0.15, 1.34, 1.58))
    forms = [Form(lines=[line([(0, 1.56), (0, 1.86)], 0.025, "6a6a74")])]
    for x0, x1, y0, y1 in tiers:
        shade = mark(
            poly([(x1 * 0.45, y0), (x1, y0), (x1, y1), (x1 * 0.45, y1)]),
            blended(wall, (0.15, 0.15, 0.3), 0.4),
            0.01,
            0.8,
        )
        forms.append(Form(shapes=[panel(x0, y0, x1, y1)], color=wall, round=0.03, texture=0.5, marks=[shade]))
        forms += [
            form
            for y in np.arange(y0 + 0.08, y1 - 0.06, 0.13)
            for form in panes(
                look, even(x0 + 0.05, x1 - 0.05, max(2, round((x1 - x0) / 0.17)), 0.05), y, y + 0.075
            )
        ]
    forms.append(Form(shapes=[panel(-0.08, 0, 0.08, 0.06)], color=ink("4a3a34")))
    return Body(forms, ((0.0, 0.36),))


def fence(look: Look) -> Body:
    """A picket fence, 2.2 units long."""
    color = look.or_one_of("f4efe4", "e8dcc8")
    pickets = [
        poly([(x, 0), (x + 0.11, 0), (x + 0.11, 0.62), (x + 0.055, 0.72), (x, 0.62)])
        for x in np.arange(-1.1, 1.06, 0.19)
    ]
    rails: list[Line] = [
        line([(-1.12, y), (1.12, y)], 0.06, blended(color, SHADE, 0.12)) for y in (0.2, 0.48)
    ]
    forms = [Form(lines=rails)]
    forms += [Form(shapes=[p], color=color, round=0.03, shag=0, fur=0.06, flow=90, cast=0.7) for p in pickets]
    return Body(forms, ((-0.7, 0.4), (0.7, 0.4)))


ROLES = {
    "bridge": Role(bridge, 0.22, "back", "river"),
    "windmill": Role(windmill, 0.54, "back", "flowers"),
    "church": Role(church, 0.54, "back", "village"),
    "barn": Role(barn, 0.40, "back", "meadow"),
    "tent": Role(tent, 0.28, home="mountains"),
    "skyscraper": Role(skyscraper, 0.62, "back", "skyline"),
    "fence": Role(fence, 0.15, home="garden"),
}
