"""Birds, each by a table of measures: standing, or in flight with wings spread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from limner.engines.sketch.paint.body import Anchor, Body, Form, Line, Mark, blob, eye, line, mark, oval, tube
from limner.engines.sketch.paint.light import Ink, blended, ink
from limner.engines.sketch.scene.cast.creatures import bird
from limner.engines.sketch.scene.cast.look import Builder, Look, Role, Zone

Pair: TypeAlias = tuple[float, float]
_DARK = (0.05, 0.05, 0.14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fowl:
    """Measures of one kind of bird, in units. spine: from rump to head; girth: radii along it.

    beak: outline about the head's centre in head radii. leg: length; web: whether it swims. comb: red crest.
    """

    colors: tuple[str, ...]
    belly: str | None = None
    spine: Sequence[Pair]
    girth: Sequence[float]
    head: float
    beak: Sequence[Pair]
    beak_color: str = "e8a23c"
    wing: Sequence[Pair]
    wing_tint: float = 0.28
    tail: Sequence[Pair]
    leg: float = 0.16
    legs: tuple[float, float] = (-0.04, 0.10)
    leg_color: str = "d88a34"
    web: bool = False
    comb: bool = False
    crown: str | None = None
    mask: str | None = None
    iris: str = "1c1210"
    eye: float = 0.22


_HOOK = ((0.6, 0.35), (1.25, 0.22), (1.5, -0.25), (1.2, -0.15), (0.7, -0.25))
_CONE = ((0.75, 0.25), (1.65, -0.05), (0.75, -0.32))
_BILL = ((0.7, 0.22), (1.2, 0.06), (1.75, 0.10), (1.8, -0.16), (1.1, -0.30), (0.7, -0.36))
_BENT = ((0.7, 0.25), (1.5, 0.0), (1.7, -0.75), (1.35, -0.55), (1.1, -0.30), (0.7, -0.35))
_PLUMP_WING = (
    (0.10, 0.62),
    (-0.12, 0.66),
    (-0.40, 0.52),
    (-0.66, 0.42),
    (-0.42, 0.30),
    (-0.06, 0.30),
    (0.12, 0.42),
)
_LOW_WING = (
    (0.16, 0.46),
    (-0.10, 0.52),
    (-0.42, 0.44),
    (-0.70, 0.40),
    (-0.44, 0.22),
    (-0.06, 0.20),
    (0.16, 0.30),
)

FOWLS: dict[str, Fowl] = {
    "duck": Fowl(
        colors=("8a6a4a", "f2ead8", "c8a06a"),
        belly="f0e4d0",
        spine=((-0.52, 0.36), (-0.10, 0.32), (0.22, 0.40), (0.34, 0.62), (0.36, 0.80)),
        girth=(0.10, 0.25, 0.22, 0.11, 0.14),
        head=0.17,
        beak=_BILL,
        wing=_LOW_WING,
        tail=((-0.40, 0.42), (-0.66, 0.52), (-0.74, 0.46), (-0.50, 0.28)),
        leg=0.12,
        web=True,
        crown="2f6a4a",
    ),
    "swan": Fowl(
        colors=("f8f6f0",),
        spine=((-0.62, 0.36), (-0.14, 0.30), (0.30, 0.38), (0.44, 0.62), (0.34, 0.92), (0.46, 1.12)),
        girth=(0.10, 0.26, 0.20, 0.09, 0.07, 0.09),
        head=0.12,
        beak=_BILL,
        beak_color="e87a2c",
        wing=((0.20, 0.44), (-0.06, 0.66), (-0.50, 0.62), (-0.78, 0.50), (-0.48, 0.26), (0.04, 0.22)),
        wing_tint=0.06,
        tail=((-0.50, 0.42), (-0.80, 0.48), (-0.84, 0.40), (-0.58, 0.28)),
        leg=0.10,
        web=True,
        mask="2a2428",
    ),
    "chicken": Fowl(
        colors=("f4ead8", "c8763a", "a8542c"),
        spine=((-0.40, 0.50), (-0.06, 0.40), (0.20, 0.52), (0.28, 0.74), (0.30, 0.88)),
        girth=(0.14, 0.27, 0.24, 0.13, 0.12),
        head=0.14,
        beak=_CONE,
        wing=_PLUMP_WING,
        wing_tint=0.14,
        tail=((-0.34, 0.58), (-0.56, 0.86), (-0.72, 0.80), (-0.70, 0.56), (-0.42, 0.40)),
        leg=0.20,
        comb=True,
    ),
    "parrot": Fowl(
        colors=("d8402e", "3f9a4a", "3f7fc4", "e8b030"),
        spine=((-0.28, 0.34), (-0.08, 0.44), (0.08, 0.64), (0.14, 0.84)),
        girth=(0.13, 0.22, 0.22, 0.19),
        head=0.20,
        beak=_HOOK,
        beak_color="3a3438",
        wing=((0.06, 0.70), (-0.14, 0.68), (-0.36, 0.40), (-0.52, 0.10), (-0.26, 0.22), (0.02, 0.40)),
        wing_tint=0.0,
        tail=((-0.22, 0.38), (-0.48, 0.08), (-0.64, 0.01), (-0.56, 0.14), (-0.34, 0.40)),
        leg=0.12,
        leg_color="5a4a44",
        mask="f6efe4",
    ),
    "eagle": Fowl(
        colors=("5a4030", "4a3628"),
        spine=((-0.30, 0.36), (-0.06, 0.46), (0.08, 0.68), (0.16, 0.90)),
        girth=(0.14, 0.24, 0.21, 0.15),
        head=0.16,
        beak=_HOOK,
        beak_color="f0b02c",
        wing=((0.06, 0.74), (-0.18, 0.72), (-0.38, 0.44), (-0.54, 0.14), (-0.26, 0.22), (0.02, 0.42)),
        tail=((-0.24, 0.38), (-0.50, 0.06), (-0.40, 0.0), (-0.12, 0.24)),
        leg=0.18,
        leg_color="e8b02c",
        crown="f8f4ea",
        iris="e8b02c",
    ),
    "flamingo": Fowl(
        colors=("f08a9a", "f4a0a8"),
        spine=((-0.34, 0.72), (-0.04, 0.70), (0.20, 0.78), (0.36, 1.00), (0.22, 1.20), (0.34, 1.38)),
        girth=(0.10, 0.18, 0.14, 0.055, 0.05, 0.06),
        head=0.095,
        beak=_BENT,
        beak_color="3a3034",
        wing=((0.14, 0.80), (-0.08, 0.88), (-0.36, 0.76), (-0.52, 0.62), (-0.28, 0.58), (0.06, 0.62)),
        wing_tint=0.10,
        tail=((-0.30, 0.76), (-0.50, 0.66), (-0.48, 0.58), (-0.28, 0.62)),
        leg=0.62,
        leg_color="e87a8a",
    ),
}


_LEVEL_SPINE = ((-0.46, 0.42), (-0.12, 0.42), (0.20, 0.48), (0.46, 0.58))
_LEVEL_TAIL = ((-0.40, 0.50), (-0.84, 0.50), (-0.96, 0.40), (-0.84, 0.34), (-0.42, 0.34))


def _fowl(bird: Fowl) -> Builder:
    level = replace(bird, spine=_LEVEL_SPINE, tail=_LEVEL_TAIL, girth=(0.09, 0.19, 0.19, bird.head * 0.9))

    def build(look: Look) -> Body:
        color = look.or_one_of(*bird.colors)
        flying = look.action == "fly"
        kind = level if flying else bird
        swims = look.action == "swim" and kind.web
        forms: list[Form] = []
        if flying:
            forms.append(_spread(kind, color, far=True))
        forms.append(_tail(kind, color))
        if not flying and not swims:
            forms.append(Form(lines=[part for x in kind.legs for part in _leg(x, kind)]))
        forms += [_torso(kind, color, look), *_head(kind, color, look)]
        forms.append(_spread(kind, color, far=False) if flying else _folded(kind, color))
        (hx, hy), (mx, my) = kind.spine[-1], kind.spine[len(kind.spine) // 2]
        anchors = {
            "head": Anchor(hx, hy + kind.head),
            "mouth": Anchor(hx + kind.head * 1.5, hy),
            "back": Anchor(mx - 0.1, my + 0.1),
        }
        return Body(
            forms, () if flying or swims else ((sum(kind.legs) / 2, 0.13),), flying or swims, anchors=anchors
        )

    return build


def _leg(x: float, kind: Fowl) -> tuple[Line, ...]:
    width = 0.03 if kind.leg > 0.4 else 0.034
    hip = kind.leg + 0.12
    knee = (x - 0.03, kind.leg * 0.52) if kind.leg > 0.4 else (x + 0.01, kind.leg * 0.5)
    toes = [(x - 0.05, 0.0), (x + 0.02, 0.012), (x + 0.13, 0.0)]
    return line([(x, hip), knee, (x + 0.02, 0.01)], width, kind.leg_color), line(
        toes, 0.045 if kind.web else 0.028, kind.leg_color
    )


def _tail(kind: Fowl, color: Ink) -> Form:
    shade = blended(color, _DARK, 0.2)
    return Form(shapes=[blob(kind.tail)], color=shade, fur=0.12, shag=0.12, flow=200, round=0.08)


def _torso(kind: Fowl, color: Ink, look: Look) -> Form:
    marks: list[Mark] = []
    belly = kind.belly if look.color is None else None
    if belly:
        marks.append(mark(oval(0.06, min(y for _, y in kind.spine) - 0.02, 0.34, 0.16), belly, 0.06, 0.9))
    if kind.crown and look.color is None:
        hx, hy = kind.spine[-1]
        marks.append(mark(oval(hx, hy + 0.02, kind.head * 1.4, kind.head * 1.35), kind.crown, 0.02))
    body = tube(kind.spine, kind.girth)
    crown = oval(*kind.spine[-1], kind.head)
    return Form(shapes=[body, crown], color=color, fur=0.07, melt=0.06, round=kind.head, marks=marks)


def _head(kind: Fowl, color: Ink, look: Look) -> list[Form]:
    (x, y), r = kind.spine[-1], kind.head
    forms: list[Form] = []
    if kind.comb:
        lobes = [
            oval(x + dx * r, y + dy * r, 0.36 * r)
            for dx, dy in ((-0.5, 0.95), (0.0, 1.2), (0.45, 1.05), (0.85, -0.75))
        ]
        forms += [Form(shapes=[lobe], color=ink("d8342c"), round=0.04, gloss=0.2) for lobe in lobes]
    if kind.mask:
        forms.append(
            Form(
                shapes=[oval(x + 0.42 * r, y + 0.08 * r, 0.48 * r, 0.5 * r)],
                color=ink(kind.mask),
                round=0.02,
                cast=0,
                outline=0.2,
            )
        )
    beak = blob([(x + a * r, y + b * r) for a, b in kind.beak], 4)
    slit = line(
        [(x + 0.8 * r, y - 0.06 * r), (x + 1.2 * r, y - 0.1 * r)],
        0.010,
        blended(ink(kind.beak_color), _DARK, 0.5),
    )
    forms.append(
        Form(shapes=[beak], color=ink(kind.beak_color), round=0.05, cast=0.5, gloss=0.35, lines=[slit])
    )
    closed = look.action == "sleep"
    if closed:
        lid = line(
            [(x + 0.15 * r, y + 0.1 * r), (x + 0.36 * r, y), (x + 0.58 * r, y + 0.1 * r)], 0.016, "2a1a16"
        )
        return [*forms, Form(lines=[lid])]
    return [*forms, *eye(x + 0.36 * r, y + 0.16 * r, kind.eye * r, kind.iris)]


def _folded(kind: Fowl, color: Ink) -> Form:
    shade = blended(color, _DARK, kind.wing_tint)
    cx = sum(p[0] for p in kind.wing) / len(kind.wing)
    cy = sum(p[1] for p in kind.wing) / len(kind.wing)
    bars = [
        mark(
            tube(
                [(cx + 0.16, cy + dy), (cx - 0.06, cy + dy - 0.02), (cx - 0.26, cy + dy - 0.04)],
                [0.012, 0.018, 0.01],
            ),
            blended(shade, (1, 1, 1), 0.3),
            0.01,
            0.7,
        )
        for dy in (0.05, -0.05)
    ]
    return Form(
        shapes=[blob(kind.wing)], color=shade, fur=0.11, shag=0.12, flow=205, round=0.12, cast=0.9, marks=bars
    )


def _spread(kind: Fowl, color: Ink, *, far: bool) -> Form:
    """A wing raised in flight, its long feathers fanned to the back."""
    dx, dy, tall = (0.20, 0.06, 0.80) if far else (0.0, 0.0, 1.0)
    shape = blob([(dx + a, 0.50 + dy + b * tall) for a, b in _FAN], 5)
    tips = mark(
        blob(
            [
                (dx + a, 0.50 + dy + b * tall)
                for a, b in ((-0.2, 1.0), (-0.9, 0.9), (-0.9, 0.2), (-0.46, 0.2))
            ],
            4,
        ),
        blended(color, _DARK, 0.5),
        0.06,
        0.8,
    )
    shade = blended(color, _DARK, kind.wing_tint * 0.8)
    dark = 0.25 if far else 0
    return Form(
        shapes=[shape], color=shade, fur=0.14, shag=0.12, flow=125, round=0.1, marks=[tips], dark=dark
    )


_FAN = (
    (0.22, 0.0),
    (0.16, 0.34),
    (-0.06, 0.74),
    (-0.46, 0.98),
    (-0.50, 0.80),
    (-0.70, 0.74),
    (-0.66, 0.56),
    (-0.76, 0.44),
    (-0.60, 0.32),
    (-0.58, 0.18),
    (-0.34, 0.08),
    (-0.14, -0.06),
)


_SONGBIRD = Fowl(
    colors=("3f7fc4", "c84a3c", "e0a838", "5a8a50"),
    belly="f6b070",
    spine=_LEVEL_SPINE,
    girth=(0.10, 0.20, 0.20, 0.15),
    head=0.18,
    beak=_CONE,
    wing=_PLUMP_WING,
    tail=_LEVEL_TAIL,
)


def songbird(look: Look) -> Body:
    """A songbird, perched or on the wing."""
    return _fowl(_SONGBIRD)(look) if look.action == "fly" else bird(look)


_PARTS: dict[str, tuple[float, Zone, str]] = {
    "duck": (0.18, "water", "lake"),
    "swan": (0.28, "water", "lake"),
    "chicken": (0.19, "ground", "meadow"),
    "parrot": (0.20, "ground", "forest"),
    "eagle": (0.28, "ground", "mountains"),
    "flamingo": (0.36, "ground", "lake"),
}
ROLES = {
    **{name: Role(_fowl(FOWLS[name]), *part) for name, part in _PARTS.items()},
    "bird": Role(songbird, 0.16),
}
