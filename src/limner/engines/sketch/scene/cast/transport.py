"""Bus, lorry, train, tractor, bicycle and motorcycle, in side view to the right."""

from __future__ import annotations

from limner.engines.sketch.paint.body import Anchor, Body, Form, blob, line, mark, oval, poly, tube
from limner.engines.sketch.paint.light import blended, ink
from limner.engines.sketch.scene.cast.look import Look, Role
from limner.engines.sketch.scene.cast.parts import (
    CHROME,
    CREAM,
    RUBBER,
    SHADE,
    even,
    headlamp,
    hull,
    pane,
    panel,
    panes,
    seam,
    spoked_wheel,
    stripe,
    tail_lamp,
    wheel,
)


def bus(look: Look) -> Body:
    """A round-nosed coach, 2.3 units long, with a pale band and a rack on its roof."""
    color = look.or_one_of("d8453a", "3f7fb8", "e0a838", "4a9a6a")
    marks = [
        stripe(-1.2, 1.2, 0.56, 0.035, CREAM),
        stripe(-1.2, 1.2, 1.08, 0.06, CREAM),
        *(seam(x, 0.22, 0.98, color) for x in (0.58, 0.82)),
    ]
    windows = panes(look, even(-1.04, 0.52, 5, 0.06), 0.66, 0.94)
    forms = [
        Form(shapes=[panel(-0.7, 1.06, 0.5, 1.11, 0.02)], color=blended(color, SHADE, 0.3), cast=0.3),
        Form(shapes=[panel(-1.0, 0.12, 1.0, 0.3)], color=ink("2a2428"), cast=0.2),
        hull(panel(-1.16, 0.20, 1.16, 1.06, 0.16), color, marks),
        *windows,
        pane(look, panel(0.62, 0.30, 0.79, 0.94, 0.03)),
        pane(look, blob([(0.88, 0.60), (0.88, 0.94), (1.06, 0.94), (1.14, 0.82), (1.14, 0.60)], 3)),
        *wheel(-0.72, 0.20),
        *wheel(0.70, 0.20),
        headlamp(look, 1.12, 0.40),
        tail_lamp(-1.14, 0.42),
        Form(shapes=[tube([(0.96, 0.24), (1.18, 0.24)], [0.035])], color=CHROME, gloss=0.8),
        Form(shapes=[tube([(-0.96, 0.24), (-1.18, 0.24)], [0.035])], color=CHROME, gloss=0.8),
    ]
    return Body(forms, ((-0.72, 0.24), (0.70, 0.24)), anchors={"top": Anchor(0, 1.08, 0.7)})


def truck(look: Look) -> Body:
    """A lorry with a box behind a round cab."""
    color = look.or_one_of("3f7fb8", "d8453a", "4a9a6a", "e0a838")
    box_color = CREAM if look.color is None else blended(color, (1, 0.97, 0.9), 0.72)
    ribs = [seam(x, 0.28, 1.1, box_color) for x in (-0.9, -0.62, -0.34, -0.06)]
    cab = blob(
        [(0.26, 0.22), (0.26, 0.84), (0.40, 0.92), (0.72, 0.90), (0.86, 0.58), (1.14, 0.50), (1.18, 0.24)], 5
    )
    forms = [
        Form(shapes=[panel(-1.1, 0.14, 1.1, 0.3)], color=ink("2a2428"), cast=0.2),
        hull(
            panel(-1.16, 0.28, 0.20, 1.14, 0.04),
            box_color,
            [*ribs, stripe(-1.2, 0.3, 0.44, 0.05, color)],
            0.3,
        ),
        hull(cab, color, [seam(0.34, 0.26, 0.84, color), seam(0.76, 0.26, 0.6, color)]),
        pane(look, blob([(0.42, 0.58), (0.42, 0.80), (0.66, 0.80), (0.76, 0.58)], 3)),
        *wheel(-0.80, 0.19),
        *wheel(-0.36, 0.19),
        *wheel(0.80, 0.19),
        headlamp(look, 1.15, 0.38),
        Form(shapes=[tube([(1.0, 0.22), (1.22, 0.22)], [0.035])], color=CHROME, gloss=0.8),
    ]
    return Body(forms, ((-0.6, 0.4), (0.80, 0.22)), anchors={"top": Anchor(-0.48, 1.14, 0.6)})


def train(look: Look) -> Body:
    """A small steam engine with a carriage, about 3 units long."""
    forms = [*_carriage(look), *_engine(look), *_steam()]
    return Body(forms, ((-1.0, 0.5), (0.8, 0.6)), anchors={"top": Anchor(-1.0, 1.0, 0.5)})


def _engine(look: Look) -> list[Form]:
    color = look.or_one_of("b83a34", "3a6a4a", "34508a")
    brass, dark = ink("d8b04a"), ink("2c2a30")
    bands = [mark(tube([(x, 0.40), (x, 0.80)], [0.012]), brass, 0.003, 0.9) for x in (0.44, 0.72, 1.0)]
    rods = [line([(0.30, 0.20), (0.62, 0.16), (0.94, 0.20)], 0.035, "9a9a9c")]
    return [
        Form(shapes=[panel(-0.18, 0.20, 1.34, 0.34)], color=dark, cast=0.4),
        Form(
            shapes=[poly([(1.26, 0.30), (1.50, 0.06), (1.22, 0.06)])],
            color=blended(color, SHADE, 0.2),
            round=0.03,
        ),
        Form(shapes=[poly([(1.06, 0.80), (1.22, 0.80), (1.26, 1.14), (1.02, 1.14)])], color=dark, round=0.08),
        Form(shapes=[tube([(1.0, 1.14), (1.28, 1.14)], [0.035])], color=brass, gloss=0.5),
        Form(shapes=[tube([(0.56, 0.82), (0.56, 0.94)], [0.09])], color=brass, gloss=0.7),
        Form(shapes=[tube([(0.82, 0.82), (0.82, 0.90)], [0.07])], color=brass, gloss=0.7),
        Form(
            shapes=[panel(0.16, 0.36, 1.26, 0.84, 0.14)],
            color=color,
            gloss=0.6,
            round=0.24,
            texture=0.35,
            marks=bands,
        ),
        Form(shapes=[panel(1.20, 0.42, 1.32, 0.78, 0.06)], color=dark, gloss=0.4, round=0.1),
        hull(panel(-0.20, 0.30, 0.28, 1.06, 0.03), color, [stripe(-0.3, 0.4, 0.42, 0.02, brass)]),
        pane(look, panel(-0.08, 0.64, 0.16, 0.92, 0.05)),
        Form(shapes=[panel(-0.28, 1.05, 0.36, 1.13, 0.04)], color=blended(color, SHADE, 0.35), cast=1.2),
        *wheel(0.0, 0.21, blended(color, CREAM, 0.2)),
        *wheel(0.46, 0.18, blended(color, CREAM, 0.2)),
        *wheel(0.88, 0.18, blended(color, CREAM, 0.2)),
        Form(lines=rods),
        headlamp(look, 1.30, 0.86, 0.05, 0.06),
    ]


def _carriage(look: Look) -> list[Form]:
    color = look.or_one_of("3f6f8a", "8a4a3a", "4a7a5a")
    return [
        Form(shapes=[tube([(-0.40, 0.24), (-0.15, 0.24)], [0.03])], color=RUBBER),
        Form(shapes=[panel(-1.62, 0.16, -0.42, 0.30)], color=ink("2a2428"), cast=0.2),
        hull(panel(-1.66, 0.24, -0.38, 0.96, 0.05), color, [stripe(-1.7, -0.3, 0.44, 0.025, CREAM)], 0.4),
        *panes(look, even(-1.54, -0.50, 4, 0.09), 0.54, 0.82),
        Form(shapes=[panel(-1.72, 0.93, -0.32, 1.02, 0.05)], color=blended(color, SHADE, 0.35), cast=1.2),
        *wheel(-1.36, 0.15),
        *wheel(-0.66, 0.15),
    ]


def _steam() -> list[Form]:
    puffs = ((1.10, 1.26, 0.09), (0.98, 1.42, 0.13), (0.72, 1.54, 0.16), (0.38, 1.60, 0.12))
    shapes = [oval(x, y, r) for x, y, r in puffs]
    return [
        Form(
            shapes=shapes, color=ink("f4f2ee"), fur=0.05, shag=0.2, round=0.2, melt=0.08, outline=0.2, cast=0
        )
    ]


def tractor(look: Look) -> Body:
    """A farm tractor with one large wheel."""
    color = look.or_one_of("d8402e", "3f8a4a", "3f6fb0")
    bonnet = blob([(0.0, 0.40), (0.0, 0.74), (0.30, 0.78), (0.74, 0.72), (0.84, 0.62), (0.84, 0.38)], 4)
    cab = [(-0.46, 0.60), (-0.40, 1.16), (0.06, 1.16), (0.12, 0.60)]
    forms = [
        Form(lines=[line([(0.52, 0.7), (0.52, 1.06)], 0.05, "3a3638")]),
        pane(look, poly(cab)),
        Form(shapes=[tube(cab[:2], [0.03]), tube(cab[2:], [0.03])], color=color, melt=0.01),
        Form(shapes=[panel(-0.54, 1.12, 0.20, 1.22, 0.05)], color=color, gloss=0.4, cast=1.2),
        hull(panel(-0.5, 0.34, 0.2, 0.62, 0.06), color),
        hull(
            bonnet,
            color,
            [mark(poly([(0.74, 0.42), (0.82, 0.42), (0.82, 0.66), (0.74, 0.68)]), "3a3638", 0.004)],
        ),
        Form(
            shapes=[
                blob([(-0.86, 0.5), (-0.7, 0.82), (-0.34, 0.90), (0.0, 0.72), (-0.1, 0.6), (-0.5, 0.7)], 4)
            ],
            color=color,
            round=0.06,
            gloss=0.3,
        ),
        *wheel(-0.36, 0.42, ink("f0c040")),
        *wheel(0.62, 0.24, ink("f0c040")),
        headlamp(look, 0.84, 0.58),
    ]
    return Body(forms, ((-0.36, 0.3), (0.62, 0.2)), anchors={"back": Anchor(-0.2, 0.72)})


def bicycle(look: Look) -> Body:
    """A city bicycle, 1.7 units long."""
    color = look.or_one_of("c8453a", "3f7fa8", "4a9a7a", "e0a838")
    frame = [
        tube(points, [0.028], 2)
        for points in (
            [(-0.52, 0.33), (-0.10, 0.30)],
            [(-0.52, 0.33), (-0.22, 0.74)],
            [(-0.10, 0.30), (-0.24, 0.78)],
            [(-0.10, 0.30), (0.36, 0.70)],
            [(-0.21, 0.72), (0.35, 0.76)],
            [(0.34, 0.84), (0.40, 0.58), (0.56, 0.33)],
        )
    ]
    bar = tube([(0.33, 0.84), (0.34, 0.95), (0.24, 0.98), (0.16, 0.95)], [0.022])
    forms = [
        *spoked_wheel(-0.52, 0.33),
        *spoked_wheel(0.56, 0.33),
        Form(shapes=frame, color=color, gloss=0.5, melt=0.012, texture=0.3),
        Form(shapes=[bar], color=CHROME, gloss=0.7),
        Form(shapes=[tube([(0.22, 0.975), (0.14, 0.945)], [0.032])], color=ink("5a3a28")),
        Form(
            shapes=[blob([(-0.40, 0.82), (-0.36, 0.88), (-0.18, 0.84), (-0.10, 0.83), (-0.2, 0.79)], 4)],
            color=ink("5a3a28"),
            round=0.05,
        ),
        Form(shapes=[oval(-0.10, 0.30, 0.075)], color=CHROME, gloss=0.6, round=0.03),
        Form(lines=[line([(-0.10, 0.30), (-0.04, 0.18)], 0.03, "5a5a5c")]),
        headlamp(look, 0.42, 0.80, 0.035, 0.035),
    ]
    return Body(forms, ((-0.52, 0.10), (0.56, 0.10)), anchors={"back": Anchor(-0.24, 0.84)})


def motorcycle(look: Look) -> Body:
    """A scooter-like motorcycle."""
    color = look.or_one_of("c8453a", "4a8a9a", "e0b048", "5a6a8a")
    body = blob(
        [
            (-0.72, 0.42),
            (-0.66, 0.62),
            (-0.36, 0.64),
            (-0.10, 0.40),
            (0.24, 0.34),
            (0.30, 0.24),
            (-0.2, 0.22),
            (-0.5, 0.26),
        ],
        5,
    )
    shield = blob([(0.18, 0.26), (0.26, 0.34), (0.40, 0.88), (0.48, 0.86), (0.46, 0.5), (0.34, 0.22)], 4)
    forms = [
        Form(lines=[line([(0.44, 0.86), (0.62, 0.24)], 0.05, "8a8a8c")]),
        *wheel(-0.50, 0.21),
        *wheel(0.62, 0.21),
        Form(
            shapes=[blob([(0.36, 0.30), (0.50, 0.44), (0.74, 0.44), (0.86, 0.28), (0.62, 0.36)], 4)],
            color=color,
            round=0.06,
            gloss=0.4,
        ),
        hull(body, color, [stripe(-0.8, 0.3, 0.44, 0.02, CREAM)]),
        hull(shield, color),
        Form(
            shapes=[blob([(-0.74, 0.64), (-0.60, 0.72), (-0.30, 0.70), (-0.18, 0.62), (-0.4, 0.60)], 4)],
            color=ink("4a3228"),
            round=0.06,
        ),
        Form(shapes=[tube([(0.43, 0.86), (0.40, 0.98), (0.30, 1.0)], [0.024])], color=CHROME, gloss=0.7),
        headlamp(look, 0.50, 0.88, 0.05, 0.06),
        tail_lamp(-0.74, 0.54),
    ]
    return Body(forms, ((-0.50, 0.2), (0.62, 0.2)), anchors={"back": Anchor(-0.40, 0.70)})


ROLES = {
    "bus": Role(bus, 0.32, home="street"),
    "truck": Role(truck, 0.34, home="street"),
    "train": Role(train, 0.40, home="meadow"),
    "tractor": Role(tractor, 0.34, home="meadow"),
    "bicycle": Role(bicycle, 0.28, home="park"),
    "motorcycle": Role(motorcycle, 0.28, home="street"),
}
