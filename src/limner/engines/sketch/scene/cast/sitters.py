"""Sitting animals in three-quarter view, about 1.45 units tall: one coat and one face each."""

from __future__ import annotations

from limner.engines.sketch.paint.body import Anchor, Body, Form, Mark, Shape, blob, mark, oval, poly, tube
from limner.engines.sketch.paint.light import Ink, blended, ink
from limner.engines.sketch.scene.cast.coats import Coat, ruff, stripe
from limner.engines.sketch.scene.cast.heads import head
from limner.engines.sketch.scene.cast.look import Look

_FEET = ((0.26, 0.14), (0.02, 0.22), (-0.42, 0.2))
_ANCHORS = {
    "head": Anchor(0.14, 1.34),
    "mouth": Anchor(0.34, 0.98),
    "hand": Anchor(0.30, 0.10),
    "back": Anchor(-0.14, 0.72),
}
_BELLY = ((0.10, 1.0), (-0.02, 0.80), (0.06, 0.55), (0.14, 0.36), (0.30, 0.45), (0.34, 0.80), (0.24, 1.0))
_BIB = (
    (-0.02, 0.94),
    (0.04, 0.74),
    (0.12, 0.60),
    (0.18, 0.52),
    (0.25, 0.60),
    (0.31, 0.76),
    (0.32, 0.94),
    (0.15, 1.02),
)


def sitting(coat: Coat, look: Look) -> Body:
    """The body of a coat, sitting."""
    color = coat.color(look)
    belly = coat.pale(look, color)
    marks = [*coat.patches, *(_stripes(blended(color, "401c08", coat.stripes)) if coat.stripes else ())]
    forms = [_tail(coat, color), _far_leg(coat, color), _torso(coat, color, belly, marks)]
    forms += [_haunch(coat, color, marks), _near_leg(coat, color, marks)]
    if coat.bib:
        forms.append(_bib(coat, belly))
    if coat.collar:
        forms += _collar()
    forms += ruff(coat, 0.14, 1.08, coat.head_radius)
    forms += head(0.14, 1.08, coat.head_radius, color, coat.fur * 0.8, coat.face)
    return Body(forms, _FEET, anchors=_ANCHORS)


def _stripes(color: Ink) -> list[Mark]:
    bars = [stripe(-0.24 + 0.10 * i, 0.58 + 0.05 * i, 0.36 + 0.05 * i, 0.022) for i in range(4)]
    marks = [mark(bar, color, 0.004, 0.9) for bar in bars]
    rings = [tube([(-0.75, y), (-0.5, y + 0.02)], [0.02, 0.02]) for y in (0.16, 0.27, 0.38)]
    return marks + [mark(ring, color, 0.01, 0.8) for ring in rings]


_TAILS: dict[str, tuple[tuple[tuple[float, float], ...], tuple[float, ...], Shape, float]] = {
    "bushy": (
        ((-0.22, 0.12), (-0.50, 0.10), (-0.66, 0.26), (-0.60, 0.52), (-0.50, 0.66)),
        (0.08, 0.15, 0.19, 0.14, 0.02),
        tube([(-0.62, 0.44), (-0.56, 0.60), (-0.48, 0.72)], [0.16, 0.15, 0.08]),
        1.5,
    ),
    "thin": (
        ((-0.20, 0.10), (-0.48, 0.07), (-0.66, 0.20), (-0.66, 0.42), (-0.54, 0.50), (-0.47, 0.42)),
        (0.07, 0.065, 0.06, 0.055, 0.05, 0.04),
        oval(-0.5, 0.45, 0.1),
        0.8,
    ),
    "up": (
        ((-0.24, 0.14), (-0.42, 0.22), (-0.54, 0.38), (-0.56, 0.56)),
        (0.08, 0.07, 0.06, 0.03),
        oval(-0.56, 0.56, 0.1),
        0.8,
    ),
    "plume": (
        ((-0.22, 0.12), (-0.50, 0.14), (-0.64, 0.46), (-0.50, 0.80), (-0.62, 1.02)),
        (0.08, 0.15, 0.20, 0.17, 0.03),
        oval(-0.6, 0.98, 0.12),
        1.5,
    ),
    "stub": (
        ((-0.36, 0.12), (-0.46, 0.16)),
        (0.09, 0.06),
        oval(-0.46, 0.16, 0.1),
        0.9,
    ),
}
"""Spine, radii, the tip's patch, and how much longer its fur is."""


def _tail(coat: Coat, color: Ink) -> Form:
    spine, radii, tip, fur = _TAILS.get(coat.tail, _TAILS["stub"])
    marks = [mark(tip, coat.tail_tip, 0.03)] if coat.tail_tip else []
    return Form(shapes=[tube(spine, radii)], color=color, fur=coat.fur * fur, marks=marks)


def _far_leg(coat: Coat, color: Ink) -> Form:
    dark = blended(color, (0.16, 0.07, 0.08), 0.22)
    sock = mark(poly([(0.0, 0.28), (0.4, 0.28), (0.4, -0.1), (0.0, -0.1)]), coat.socks or dark, 0.03)
    return Form(
        shapes=[
            tube([(0.10, 0.60), (0.15, 0.30), (0.17, 0.06)], [0.10, 0.065, 0.055]),
            tube([(0.17, 0.05), (0.25, 0.035)], [0.05, 0.042]),
        ],
        color=dark,
        fur=coat.fur * 0.6,
        dark=0.35,
        marks=[sock] if coat.socks else [],
    )


def _torso(coat: Coat, color: Ink, belly: Ink, marks: list[Mark]) -> Form:
    b = coat.bulk
    spine = tube(
        [(-0.16, 0.28), (-0.06, 0.50), (0.06, 0.74), (0.08, 0.92)], [0.27 * b, 0.26 * b, 0.20 * b, 0.17]
    )
    front = mark(blob(_BELLY), belly, 0.03, 1.0 if coat.bib else 0.4)
    return Form(
        shapes=[spine, oval(-0.15, 0.22, 0.26 * b, 0.22)],
        color=color,
        fur=coat.fur,
        marks=[front, *marks],
        melt=0.09,
        round=0.3,
    )


def _haunch(coat: Coat, color: Ink, marks: list[Mark]) -> Form:
    paw = mark(oval(0.07, 0.03, 0.12, 0.08), coat.socks or color, 0.03)
    shapes = [
        oval(-0.14, 0.21, 0.20, 0.20),
        tube([(-0.16, 0.06), (0.02, 0.045), (0.10, 0.045)], [0.055, 0.055, 0.05]),
    ]
    return Form(
        shapes=shapes, color=color, fur=coat.fur * 0.8, melt=0.06, cast=0.5, outline=0.6, marks=[paw, *marks]
    )


def _near_leg(coat: Coat, color: Ink, marks: list[Mark]) -> Form:
    sock = mark(poly([(0.0, 0.30), (0.5, 0.24), (0.5, -0.1), (0.0, -0.1)]), coat.socks or color, 0.03)
    shapes = [
        tube([(0.20, 0.66), (0.245, 0.34), (0.255, 0.07)], [0.105, 0.07, 0.06]),
        tube([(0.25, 0.05), (0.345, 0.038)], [0.055, 0.046]),
    ]
    return Form(shapes=shapes, color=color, fur=coat.fur * 0.6, cast=0.6, outline=0.8, marks=[sock, *marks])


def _bib(coat: Coat, belly: Ink) -> Form:
    return Form(shapes=[blob(_BIB)], color=belly, fur=coat.fur, flow=-84, outline=0.2, cast=0.25, round=0.2)


def _collar() -> list[Form]:
    band = tube([(-0.08, 0.93), (0.08, 0.85), (0.26, 0.92)], [0.035, 0.04, 0.035])
    bell = Form(shapes=[oval(0.13, 0.83, 0.045)], color=ink("f2c23a"), gloss=0.8, round=0.05)
    return [Form(shapes=[band], color=ink("c8363a"), cast=0.6), bell]
