"""Birds, each by its measures: standing, swimming, or in flight with wings spread."""

from __future__ import annotations

from dataclasses import replace

from limner.engines.sketch.paint.body import Anchor, Body, Form, Line, Mark, blob, eye, line, mark, oval, tube
from limner.engines.sketch.paint.light import Ink, blended, ink
from limner.engines.sketch.scene.cast.creatures import bird
from limner.engines.sketch.scene.cast.fowls import FAN, FOWLS, LEVEL_SPINE, LEVEL_TAIL, SONGBIRD, Fowl
from limner.engines.sketch.scene.cast.look import Builder, Look, Role, Zone

_DARK = (0.05, 0.05, 0.14)


def _fowl(bird: Fowl) -> Builder:
    level = replace(bird, spine=LEVEL_SPINE, tail=LEVEL_TAIL, girth=(0.09, 0.19, 0.19, bird.head * 0.9))

    def build(look: Look) -> Body:
        color = look.or_one_of(*bird.colors)
        flying = look.action == "fly"
        kind = level if flying else bird
        stands = not flying and not (look.action == "swim" and kind.web)
        forms = [
            *([_spread(kind, color, far=True)] if flying else []),
            _tail(kind, color),
            *([_legs(kind)] if stands else []),
            _torso(kind, color, look),
            *_head(kind, look),
            _spread(kind, color, far=False) if flying else _folded(kind, color),
        ]
        (hx, hy), (mx, my) = kind.spine[-1], kind.spine[len(kind.spine) // 2]
        anchors = {
            "head": Anchor(hx, hy + kind.head),
            "mouth": Anchor(hx + kind.head * 1.5, hy),
            "back": Anchor(mx - 0.1, my + 0.1),
        }
        return Body(forms, ((sum(kind.legs) / 2, 0.13),) if stands else (), not stands, anchors=anchors)

    return build


def _legs(kind: Fowl) -> Form:
    return Form(lines=[part for x in kind.legs for part in _leg(x, kind)])


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


def _head(kind: Fowl, look: Look) -> list[Form]:
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
    shape = blob([(dx + a, 0.50 + dy + b * tall) for a, b in FAN], 5)
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


def songbird(look: Look) -> Body:
    """A songbird, perched or on the wing."""
    return _fowl(SONGBIRD)(look) if look.action == "fly" else bird(look)


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
