"""Storybook people in three-quarter view facing right, about one unit tall."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from limner.engines.sketch.paint.body import Body, Form, Mark, blob, line, mark, oval, poly, tube
from limner.engines.sketch.paint.light import Ink, blended, ink
from limner.engines.sketch.scene.cast.look import Builder, Look

Pair = tuple[float, float]
_SKINS = ("f4c9a8", "d99e72", "a06a44", "6a4230", "f0c098")
_HAIRS = ("4a2e20", "2a1e1a", "8a4a24", "c89a4c")
_SHADE = (0.10, 0.06, 0.14)
_FACE = (
    (-0.90, 0.1),
    (-0.6, 0.8),
    (0.1, 0.98),
    (0.78, 0.62),
    (0.92, 0.0),
    (0.74, -0.56),
    (0.22, -0.93),
    (-0.36, -0.82),
    (-0.82, -0.40),
)
_BACK_HAIR = {
    "bob": ((-1.1, 0.2), (0, 1.1), (1.0, 0.2), (0.98, -0.9), (0, -0.9), (-1.15, -1.05)),
    "long": ((-1.05, 0.3), (0, 1.1), (0.98, 0.3), (0.9, -1.2), (0.3, -2.3), (-1.1, -2.5), (-1.35, -1.1)),
}
_FRONT_HAIR_SHORT = (
    (-1.0, -0.02),
    (-1.02, 0.6),
    (-0.3, 1.12),
    (0.55, 1.05),
    (0.98, 0.55),
    (0.72, 0.46),
    (0.1, 0.56),
    (-0.5, 0.40),
    (-0.72, 0.10),
)
_FRONT_HAIR = (
    (-1.06, -0.75),
    (-1.12, 0.5),
    (-0.4, 1.14),
    (0.5, 1.1),
    (1.02, 0.5),
    (0.94, 0.08),
    (0.60, 0.52),
    (0.05, 0.60),
    (-0.42, 0.38),
    (-0.72, -0.05),
    (-0.84, -0.8),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One kind of person: measures in units, hair, dress or trousers."""

    head: float = 0.105
    hip: float = 0.47
    shoulder: float = 0.78
    width: float = 0.115
    leg: float = 0.042
    hair: str = "short"
    dress: bool = False
    hem: float = 0.50
    old: bool = False
    clothes: tuple[str, ...] = ("c8473c", "3f6fb0", "d8a030", "3f8a6a", "8a4a90")
    trousers: tuple[str, ...] = ("34465e", "4a4038", "3a4a3a")
    cane: bool = False

    @property
    def head_center(self) -> Pair:
        lean = 0.05 if self.old else 0.0
        return 0.015 + lean, self.shoulder + self.head * 1.12 - (0.02 if self.old else 0)


@dataclass(frozen=True, slots=True, eq=False)
class _Colors:
    skin: Ink
    hair: Ink
    top: Ink
    bottom: Ink


def _dark(color: Ink, share: float = 0.28) -> Ink:
    return blended(color, _SHADE, share)


def _person(figure: Figure) -> Builder:
    def build(look: Look) -> Body:
        rng = look.rng
        skin, hair = ink(_SKINS[int(rng.integers(len(_SKINS)))]), ink(_HAIRS[int(rng.integers(len(_HAIRS)))])
        top = look.or_one_of(*figure.clothes)
        bottom = ink(figure.trousers[int(rng.integers(len(figure.trousers)))])
        colors = _Colors(skin, ink("d8d6d4") if figure.old else hair, top, bottom)
        forms = [*_back_hair(figure, colors)]
        if figure.cane:
            forms.append(_cane(figure))
        forms += [*_arm(figure, colors, far=True), *_legs(figure, colors)]
        forms.append(_dress(figure, colors) if figure.dress else _shirt(figure, colors))
        forms += [*_head(figure, colors), *_front_hair(figure, colors), *_arm(figure, colors, far=False)]
        if look.season == "winter":
            forms += _scarf(figure, look)
        return Body(forms, ((-0.025, 0.075), (0.065, 0.075)))

    return build


def _on_head(figure: Figure, points: Sequence[Pair]) -> list[Pair]:
    (x, y), r = figure.head_center, figure.head
    return [(x + a * r, y + b * r) for a, b in points]


def _back_hair(figure: Figure, colors: _Colors) -> list[Form]:
    dark = blended(colors.hair, (0.08, 0.04, 0.08), 0.25)
    if figure.hair == "bun":
        (x, y), r = figure.head_center, figure.head
        return [
            Form(shapes=[oval(x - r * 0.55, y + r * 1.02, r * 0.48)], color=colors.hair, fur=0.05, round=0.1)
        ]
    if figure.hair not in _BACK_HAIR:
        return []
    shape = blob(_on_head(figure, _BACK_HAIR[figure.hair]))
    return [Form(shapes=[shape], color=dark, fur=0.09, shag=0.13, flow=-86)]


def _front_hair(figure: Figure, colors: _Colors) -> list[Form]:
    points: Sequence[Pair] = _FRONT_HAIR_SHORT if figure.hair == "short" else _FRONT_HAIR
    if figure.hair == "bun":
        points = [(x, max(y, -0.15)) for x, y in points]
    shape = blob(_on_head(figure, points))
    return [
        Form(
            shapes=[shape], color=colors.hair, fur=0.07, shag=0.12, cast=0.8, round=0.1, flow=-60, gloss=0.12
        )
    ]


def _arm(figure: Figure, colors: _Colors, *, far: bool) -> list[Form]:
    x, y = figure.width * 0.75, figure.shoulder
    child = figure.head > 0.13
    if far and figure.cane:
        spine = [(x, y - 0.05), (x + 0.07, y - 0.18), (x + 0.17, y - 0.28)]
    elif far:
        spine = [(x, y - 0.05), (x + 0.06, y - 0.18), (x + 0.08, y - 0.30)]
    else:
        spine = [(-x, y - 0.05), (-x - 0.06, y - 0.18), (-x - 0.07, y - 0.30)]
    radii = [0.050, 0.042, 0.031] if child else [0.044, 0.037, 0.028]
    (ex, ey), (hx, hy) = spine[-2:]
    hand = [
        tube([(hx, hy), (hx + (hx - ex) * 0.22, hy + (hy - ey) * 0.22)], [0.029, 0.024]),
        oval(hx + 0.022, hy + 0.004, 0.014, 0.011),
    ]
    sleeve = _dark(colors.top, 0.15) if far else colors.top
    dark = 0.3 if far else 0.0
    return [
        Form(shapes=[tube(spine, radii)], color=sleeve, dark=dark, cast=0.5, fur=0.05, shag=0),
        Form(shapes=hand, color=colors.skin, round=0.05, melt=0.015, dark=dark * 0.7, cast=0.3, outline=0.7),
    ]


def _cane(figure: Figure) -> Form:
    x, y = figure.width * 0.75 + 0.17, figure.shoulder - 0.28
    stick = [(x - 0.05, y + 0.02), (x - 0.02, y + 0.045), (x + 0.015, y + 0.02), (x + 0.03, 0.0)]
    return Form(lines=[line(stick, 0.018, "6a4428")])


def _legs(figure: Figure, colors: _Colors) -> list[Form]:
    forms = []
    child = figure.head > 0.13
    bare = ink("6a5a58") if figure.old else colors.skin
    for x, far in ((0.045, True), (-0.045, False)):
        socks = (
            [mark(poly([(-1, 0.11), (1, 0.11), (1, -1), (-1, -1)]), "f2ead8", 0.004)]
            if child and figure.dress
            else []
        )
        radii = [figure.leg * (1 if figure.dress else 1.25), figure.leg, figure.leg * 0.8]
        limb = tube([(x, figure.hip), (x, figure.hip * 0.52), (x, 0.06)], radii)
        color = bare if figure.dress else colors.bottom
        forms.append(Form(shapes=[limb], color=color, dark=0.35 if far else 0, fur=0.05, shag=0, marks=socks))
        shoe = [
            tube([(x - 0.005, 0.036), (x + 0.06, 0.028)], [0.036, 0.028]),
            oval(x + 0.02, 0.012, 0.062, 0.014),
        ]
        forms.append(Form(shapes=shoe, color=ink("3a2a26"), dark=0.2 if far else 0, gloss=0.25, melt=0.02))
    return forms


def _dress(figure: Figure, colors: _Colors) -> Form:
    w, sh, hip = figure.width, figure.shoulder, figure.hip
    hem, half = hip * figure.hem, w * 1.7
    right = [
        (w * 0.72, sh),
        (w * 0.86, sh - 0.14),
        (w * 1.1, hip),
        (half, hem + 0.02),
        (half * 0.3, hem - 0.02),
    ]
    left = [(-half * 0.5, hem - 0.018), (-half, hem + 0.02), (-w * 1.1, hip), (-w * 0.88, sh - 0.14)]
    shape = blob([(-w * 0.72, sh), (0, sh + 0.03), *right, *left], 6)
    trim = blended(colors.top, (1, 0.95, 0.85), 0.6)
    marks = [
        mark(
            tube([(x, hip + 0.02), (x * 2 + 0.01, hem - 0.05)], [0.004, 0.018]),
            _dark(colors.top, 0.3),
            0.02,
            0.45,
        )
        for x in (-0.06, -0.01, 0.05)
    ]
    marks.append(
        mark(tube([(-0.4, hem + 0.03), (0, hem + 0.015), (0.4, hem + 0.03)], [0.009]), trim, 0.003, 0.9)
    )
    belt = tube([(-0.2, hip + 0.06), (0, hip + 0.045), (0.2, hip + 0.06)], [0.014])
    marks.append(mark(belt, _dark(colors.top, 0.4), 0.006, 0.8))
    return Form(
        shapes=[shape], color=colors.top, fur=0.045, shag=0, dab=1.6, flow=-88, round=0.14, marks=marks
    )


def _shirt(figure: Figure, colors: _Colors) -> Form:
    w, sh, hip = figure.width, figure.shoulder, figure.hip
    shapes = [
        tube([(0.0, sh - 0.06), (0.0, sh - 0.18), (-0.01, hip + 0.03)], [w * 0.92, w * 0.9, w * 0.88]),
        oval(0, hip + 0.02, w * 0.98, 0.06),
    ]
    trousers = mark(poly([(-1, hip - 0.005), (1, hip - 0.005), (1, -1), (-1, -1)]), colors.bottom, 0.005)
    return Form(
        shapes=shapes, color=colors.top, fur=0.035, shag=0, dab=1.6, flow=-88, round=0.14, marks=[trousers]
    )


def _head(figure: Figure, colors: _Colors) -> list[Form]:
    (x, y), r = figure.head_center, figure.head
    skin = colors.skin
    blush = blended(skin, (0.92, 0.30, 0.26), 0.5)
    marks: list[Mark] = [
        mark(oval(x - r * 0.30, y - r * 0.30, r * 0.22, r * 0.15), blush, 0.012, 0.75),
        mark(oval(x + r * 0.72, y - r * 0.30, r * 0.16, r * 0.14), blush, 0.012, 0.75),
    ]
    neck = tube([(x * 0.7, figure.shoulder - 0.02), (x - 0.005, y - r * 0.6)], [0.04, 0.042])
    ear = oval(x - r * 0.88, y - r * 0.06, r * 0.17, r * 0.22)
    return [
        Form(shapes=[neck], color=_dark(skin, 0.12), cast=0.2),
        Form(shapes=[ear], color=_dark(skin, 0.08), cast=0.2, round=0.04),
        Form(
            shapes=[blob(_on_head(figure, _FACE))],
            color=skin,
            round=r,
            marks=marks,
            cast=1.1,
            texture=0.45,
            outline=0.7,
        ),
        *_features(figure, colors),
    ]


def _features(figure: Figure, colors: _Colors) -> list[Form]:
    (hx, hy), r = figure.head_center, figure.head
    ex, ey = hx + r * 0.26, hy - r * 0.04
    forms = []
    for side, squash in ((-1, 1.0), (1, 0.85)):
        x = ex + side * r * 0.36
        lines = [
            line(
                [(x - r * 0.12, ey + r * 0.07), (x, ey + r * 0.145), (x + r * 0.12, ey + r * 0.06)],
                r * 0.03,
                "2a1a16",
            ),
            line(
                [(x - r * 0.14, ey + r * 0.27), (x, ey + r * 0.33), (x + r * 0.13, ey + r * 0.27)],
                r * 0.028,
                _dark(colors.hair, 0.1),
            ),
        ]
        if figure.old:
            t = np.linspace(0, 2 * np.pi, 11)
            rim = np.column_stack([x + r * 0.25 * np.cos(t), ey - r * 0.03 + r * 0.22 * np.sin(t)])
            lines.append(line(rim, r * 0.02, "a8844c"))
        forms.append(
            Form(
                shapes=[oval(x, ey, r * 0.085 * squash, r * 0.125)],
                color=ink("261814"),
                flat=True,
                cast=0,
                outline=0,
                lines=lines,
            )
        )
        forms.append(
            Form(
                shapes=[oval(x - r * 0.025, ey + r * 0.05, r * 0.034)],
                color=ink("ffffff"),
                flat=True,
                cast=0,
                outline=0,
                glow=0.05,
            )
        )
    mouth = [(ex - r * 0.17, ey - r * 0.45), (ex + r * 0.02, ey - r * 0.54), (ex + r * 0.20, ey - r * 0.45)]
    lips = line(mouth, r * 0.05, blended(colors.skin, (0.50, 0.08, 0.08), 0.75))
    nose = oval(ex + r * 0.06, ey - r * 0.24, r * 0.085, r * 0.07)
    tint = blended(colors.skin, (0.86, 0.36, 0.28), 0.28)
    return [*forms, Form(shapes=[nose], color=tint, round=0.02, cast=0.3, outline=0.15, lines=[lips])]


def _scarf(figure: Figure, look: Look) -> list[Form]:
    (x, _), r, sh = figure.head_center, figure.head, figure.shoulder
    color = look.rng.choice(["d8b040", "c8473c", "4a7ab0", "5a8a5a"])
    shapes = [
        tube([(x - r * 0.75, sh), (x, sh - 0.03), (x + r * 0.75, sh + 0.01)], [0.035, 0.045, 0.035]),
        tube([(x + r * 0.35, sh - 0.03), (x + r * 0.45, sh - 0.2)], [0.035, 0.04]),
    ]
    return [Form(shapes=shapes, color=ink(str(color)), fur=0.04, melt=0.03)]


child = _person(
    Figure(head=0.152, hip=0.40, shoulder=0.68, width=0.105, leg=0.046, hair="bob", dress=True, hem=0.62)
)
boy = _person(Figure(head=0.152, hip=0.40, shoulder=0.68, width=0.105, leg=0.046))
woman = _person(Figure(hair="long", dress=True))
man = _person(Figure())
grandmother = _person(
    Figure(hair="bun", dress=True, hem=0.42, old=True, cane=True, clothes=("7a2f4a", "4a5a7a", "6a5a80"))
)
