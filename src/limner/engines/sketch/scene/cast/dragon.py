"""The dragon: on all fours with folded wings, or in flight with wings spread."""

from __future__ import annotations

from limner.engines.sketch.paint.body import (
    Anchor,
    Body,
    Form,
    Mark,
    Shape,
    blob,
    eye,
    line,
    mark,
    oval,
    poly,
    tube,
)
from limner.engines.sketch.paint.light import Ink, blended, ink
from limner.engines.sketch.scene.cast.look import Look

_DARK = (0.06, 0.04, 0.12)
_CREAM = "f4e4b8"
_SPINE = ((-0.60, 0.34), (-0.16, 0.44), (0.20, 0.46), (0.40, 0.74), (0.52, 0.98))
_TAIL = ((-0.48, 0.38), (-0.86, 0.22), (-1.12, 0.34), (-1.20, 0.60))
_TAIL_TIP = ((-1.20, 0.56), (-1.34, 0.66), (-1.18, 0.82), (-1.06, 0.66))
_BELLY = (
    (0.62, 0.94),
    (0.46, 0.66),
    (0.34, 0.36),
    (0.0, 0.24),
    (-0.4, 0.24),
    (-0.2, 0.1),
    (0.4, 0.1),
    (0.8, 0.6),
)
_BELLY_PLATES = ((-0.3, -0.02), (-0.1, 0.0), (0.02, 0.10), (0.10, 0.22), (0.16, 0.34))
_SPIKE = 0.11
_SPIKES = (
    (-1.08, 0.36),
    (-0.86, 0.27),
    (-0.60, 0.44),
    (-0.36, 0.54),
    (-0.10, 0.62),
    (0.14, 0.64),
    (0.28, 0.80),
)
_HORNS = (((0.46, 1.16), (0.38, 1.30), (0.26, 1.36)), ((0.58, 1.18), (0.54, 1.32), (0.44, 1.40)))
_SPREAD_WING = (
    (0.10, 0.56),
    (-0.06, 1.06),
    (-0.42, 1.50),
    (-0.58, 1.16),
    (-0.82, 1.20),
    (-0.80, 0.92),
    (-0.98, 0.84),
    (-0.70, 0.68),
    (-0.24, 0.52),
)
_SPREAD_BONES = (
    ((0.08, 0.56), (-0.10, 1.06), (-0.42, 1.48)),
    ((0.0, 0.70), (-0.40, 1.02), (-0.80, 1.18)),
    ((0.0, 0.62), (-0.5, 0.76), (-0.95, 0.84)),
)
_FOLDED_WING = (
    (0.10, 0.56),
    (0.02, 0.92),
    (-0.22, 1.12),
    (-0.34, 0.86),
    (-0.52, 0.84),
    (-0.50, 0.66),
    (-0.62, 0.56),
    (-0.30, 0.48),
)
_FOLDED_BONES = (
    ((0.08, 0.56), (0.0, 0.90), (-0.22, 1.10)),
    ((0.02, 0.66), (-0.24, 0.78), (-0.50, 0.83)),
    ((0.0, 0.58), (-0.3, 0.58), (-0.60, 0.56)),
)


def dragon(look: Look) -> Body:
    """A friendly dragon."""
    color, flies = look.or_one_of("5a9a5a", "c8503c", "5a7ab8", "8a5aa8"), look.action == "fly"
    skin = blended(color, (1.0, 0.96, 0.80), 0.42)
    trunk = tube(_SPINE, [0.17, 0.27, 0.24, 0.14, 0.13])
    forms = [
        _wing(skin, color, flies, far=True),
        _far_legs(color),
        *_tail(color, skin),
        Form(shapes=[_spike(x, y) for x, y in _SPIKES], color=skin, round=0.04, melt=0.01),
        Form(shapes=[trunk], color=color, fur=0.06, shag=0.03, melt=0.1, round=0.3, marks=_belly()),
        _near_legs(color, flies),
        *_head(color, skin),
        _wing(skin, color, flies, far=False),
    ]
    anchors = {"back": Anchor(-0.02, 0.66), "head": Anchor(0.56, 1.24), "mouth": Anchor(0.96, 1.02)}
    return Body(forms, () if flies else ((-0.28, 0.12), (0.32, 0.12)), flies, anchors=anchors)


def _belly() -> list[Mark]:
    """A pale underside, plated."""
    joint = blended(ink(_CREAM), _DARK, 0.3)
    plates = [
        mark(tube([(0.2 + x, 0.30 + y), (0.46 + x, 0.36 + y)], [0.006]), joint, 0.003, 0.7)
        for x, y in _BELLY_PLATES
    ]
    return [mark(blob(_BELLY, 5), _CREAM, 0.02, 0.95), *plates]


def _spike(x: float, y: float) -> Shape:
    """A plate of the back."""
    return poly([(x - _SPIKE * 0.6, y - 0.03), (x - _SPIKE * 0.25, y + _SPIKE), (x + _SPIKE * 0.5, y - 0.03)])


def _far_legs(color: Ink) -> Form:
    legs = [tube([(x, 0.36), (x + 0.04, 0.18), (x + 0.06, 0.06)], [0.11, 0.09, 0.08]) for x in (-0.18, 0.38)]
    return Form(shapes=legs, color=color, dark=0.3, fur=0.05, shag=0)


def _near_legs(color: Ink, flies: bool) -> Form:
    sole = 0.10 if flies else 0.05
    legs = [tube([(x, 0.36), (x + 0.03, 0.20), (x + 0.05, sole)], [0.13, 0.10, 0.09]) for x in (-0.34, 0.26)]
    return Form(shapes=legs, color=color, fur=0.05, shag=0, cast=0.8)


def _tail(color: Ink, skin: Ink) -> list[Form]:
    return [
        Form(shapes=[tube(_TAIL, [0.17, 0.13, 0.08, 0.03])], color=color, fur=0.06, shag=0),
        Form(shapes=[poly(_TAIL_TIP)], color=skin, round=0.04),
    ]


def _head(color: Ink, skin: Ink) -> list[Form]:
    horns = [tube(horn, [0.045, 0.035, 0.012]) for horn in _HORNS]
    ear = blob([(0.40, 1.06), (0.20, 1.10), (0.12, 1.02), (0.36, 0.94)], 4)
    skull = [oval(0.56, 1.04, 0.19, 0.17), tube([(0.62, 1.00), (0.84, 0.96)], [0.14, 0.12])]
    nostril = oval(0.90, 1.01, 0.018)
    return [
        Form(shapes=horns, color=ink("f0e4c8"), gloss=0.2),
        Form(shapes=[ear], color=skin, round=0.04),
        Form(shapes=skull, color=color, fur=0.05, shag=0, melt=0.08, round=0.18),
        Form(shapes=[nostril], color=blended(color, _DARK, 0.7), flat=True, outline=0, cast=0),
        Form(lines=[line([(0.93, 0.92), (0.78, 0.88), (0.66, 0.92)], 0.018, "3a2628")]),
        *eye(0.63, 1.08, 0.055, "e8b83a"),
    ]


def _wing(skin: Ink, color: Ink, flies: bool, *, far: bool) -> Form:
    dx, dark = (0.16, 0.3) if far else (0.0, 0.0)
    outline, bones = (_SPREAD_WING, _SPREAD_BONES) if flies else (_FOLDED_WING, _FOLDED_BONES)
    shape = blob([(x + dx, y) for x, y in outline], 4)
    ribs = [line([(x + dx, y) for x, y in bone], 0.028, blended(color, _DARK, 0.25)) for bone in bones]
    return Form(shapes=[shape], color=skin, round=0.06, fur=0.08, shag=0, flow=140, dark=dark, lines=ribs)
