"""Owl and penguin: birds that stand upright."""

from __future__ import annotations

from limner.engines.sketch.paint.body import Anchor, Body, Form, blob, eye, line, mark, oval, tube
from limner.engines.sketch.paint.light import Ink, blended, ink
from limner.engines.sketch.scene.cast.look import Look, Role

_OWL = (
    (-0.34, 0.10),
    (-0.42, 0.48),
    (-0.38, 0.86),
    (-0.34, 1.10),
    (-0.16, 0.98),
    (0.16, 0.98),
    (0.34, 1.10),
    (0.38, 0.86),
    (0.42, 0.48),
    (0.34, 0.10),
    (0, 0.02),
)
_FLECKS = (
    (-0.10, 0.50),
    (0.10, 0.50),
    (0, 0.42),
    (-0.14, 0.36),
    (0.14, 0.36),
    (-0.06, 0.28),
    (0.06, 0.28),
    (0, 0.18),
)
_FOLDED_WING = ((0.36, 0.72), (0.48, 0.44), (0.42, 0.12), (0.30, 0.20), (0.28, 0.54))
_SPREAD_WING = (
    (0.30, 0.70),
    (0.80, 0.98),
    (1.16, 0.90),
    (1.0, 0.66),
    (0.92, 0.52),
    (0.7, 0.44),
    (0.34, 0.36),
)


def owl(look: Look) -> Body:
    """A round owl with great eyes, facing the viewer."""
    color, flies = look.or_one_of("9a7448", "8a8078", "b89060"), look.action == "fly"
    pale = blended(color, (1.0, 0.95, 0.85), 0.62)
    spots = [mark(oval(x, y, 0.030, 0.018), blended(color, _DARK, 0.35), 0.006, 0.8) for x, y in _FLECKS]
    chest = [mark(oval(0, 0.36, 0.25, 0.30), pale, 0.04), *spots]
    trunk = Form(shapes=[blob(_OWL, 5)], color=color, fur=0.08, shag=0.25, round=0.34, marks=chest)
    face = [
        Form(shapes=[oval(s * 0.165, 0.78, 0.185)], color=pale, fur=0.05, shag=0.1, round=0.05, cast=0.5)
        for s in (-1, 1)
    ]
    gold = ink("e0a040")
    beak = Form(
        shapes=[blob([(-0.05, 0.74), (0.05, 0.74), (0.0, 0.60)], 4)], color=gold, round=0.05, gloss=0.3
    )
    feet = [Form(shapes=[oval(s * 0.13, 0.035, 0.09, 0.04)], color=gold, round=0.04) for s in (-1, 1)]
    wings = [_owl_wing(color, s, spread=flies) for s in (-1, 1)]
    masses = [*wings, trunk] if flies else [trunk, *wings]
    anchors = {"head": Anchor(0, 1.04), "mouth": Anchor(0, 0.66)}
    return Body(
        [*masses, *face, *_owl_eyes(look), beak, *feet],
        () if flies else ((0.0, 0.22),),
        flies,
        anchors=anchors,
    )


def _owl_wing(color: Ink, side: int, *, spread: bool) -> Form:
    shape = blob([(side * x, y) for x, y in (_SPREAD_WING if spread else _FOLDED_WING)], 5)
    return Form(shapes=[shape], color=blended(color, _DARK, 0.2), fur=0.11, shag=0.1, flow=-80, round=0.1)


def _owl_eyes(look: Look) -> list[Form]:
    if look.action == "sleep":
        return [
            Form(lines=[line([(x - 0.08, 0.80), (x, 0.75), (x + 0.08, 0.80)], 0.025, "2a1a16")])
            for x in (-0.16, 0.17)
        ]
    return [form for x in (-0.16, 0.17) for form in eye(x, 0.79, 0.10, "e8a82c")]


def penguin(look: Look) -> Body:
    """A penguin, upright."""
    coat = look.or_one_of("2c3240", "343040")
    front = mark(oval(0.08, 0.40, 0.25, 0.40), "f8f4ea", 0.025)
    cheek = mark(oval(0.16, 0.90, 0.14, 0.14), "f8f4ea", 0.02)
    glow = mark(oval(0.18, 0.72, 0.16, 0.06), "f2c04a", 0.04, 0.8)
    torso = tube([(0.0, 0.22), (0.0, 0.52), (0.03, 0.92)], [0.28, 0.31, 0.21])
    feet = [Form(shapes=[oval(x, 0.03, 0.12, 0.045)], color=ink("e8963a"), round=0.04) for x in (-0.08, 0.16)]
    flipper = blob([(-0.20, 0.72), (-0.36, 0.46), (-0.40, 0.24), (-0.28, 0.34), (-0.14, 0.56)], 5)
    forms = [
        *feet,
        Form(
            shapes=[blob([(0.24, 0.68), (0.40, 0.46), (0.44, 0.30), (0.34, 0.36), (0.22, 0.54)], 5)],
            color=coat,
            round=0.06,
        ),
        Form(
            shapes=[torso], color=coat, fur=0.04, shag=0.1, melt=0.08, round=0.3, marks=[front, glow, cheek]
        ),
        Form(
            shapes=[flipper],
            color=blended(coat, (0.3, 0.35, 0.5), 0.15),
            fur=0.05,
            shag=0,
            round=0.08,
            cast=1.1,
        ),
        Form(
            shapes=[blob([(0.22, 0.93), (0.42, 0.88), (0.22, 0.83)], 4)],
            color=ink("e8963a"),
            round=0.04,
            gloss=0.3,
        ),
        *eye(0.13, 0.97, 0.036, "1c1210"),
    ]
    return Body(
        forms,
        ((0.04, 0.24),),
        anchors={"head": Anchor(0.03, 1.12), "mouth": Anchor(0.3, 0.88), "hand": Anchor(-0.34, 0.3)},
    )


_DARK = (0.05, 0.05, 0.14)


ROLES = {
    "owl": Role(owl, 0.20, home="forest"),
    "penguin": Role(penguin, 0.32, home="snowfield"),
}
