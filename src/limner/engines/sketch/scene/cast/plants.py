"""Trees, flowers, mushroom and cactus; leaves take the colours of the season."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.body import Body, Form, Mark, Outline, blob, line, mark, oval, tube
from limner.engines.sketch.paint.light import Ink, blended, ink
from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.scene.cast.look import Look

_LEAVES = {
    "spring": ("f0a8bc", "9ac05a"),
    "summer": ("6f9a3e", "7fa848", "5f8f4a"),
    "autumn": ("d8682a", "e0a030", "c8502c"),
    "winter": ("e4ebf4",),
}
_STEM = ink("4f8a3c")
_CROWN = (
    (-0.36, 0.92, 0.30, -0.3),
    (0.38, 0.90, 0.30, -0.3),
    (0.0, 0.98, 0.34, -0.22),
    (-0.24, 1.16, 0.30, 0.0),
    (0.26, 1.18, 0.31, 0.05),
    (-0.46, 1.02, 0.22, 0.05),
    (0.48, 1.04, 0.20, 0.1),
    (0.02, 1.36, 0.30, 0.2),
    (-0.12, 1.06, 0.24, 0.22),
    (0.22, 0.98, 0.20, 0.2),
)
"""Leaf masses back to front: x, y, radius, light."""


def tree(look: Look) -> Body:
    """A broadleaf tree, about 1.6 units tall."""
    rng = look.rng
    leaf = look.or_one_of(*_LEAVES[look.season])
    wide, tall = rng.uniform(0.88, 1.12), rng.uniform(0.94, 1.12)
    trunk = [
        tube([(0.02, 0.95), (-0.01, 0.5), (0, 0.25), (-0.01, 0.07)], [0.05, 0.075, 0.085, 0.10]),
        tube([(-0.03, 0.08), (-0.16, 0.015)], [0.06, 0.02]),
        tube([(0.03, 0.08), (0.17, 0.015)], [0.06, 0.02]),
        tube([(0, 0.55), (0.2, 0.85)], [0.05, 0.03]),
        tube([(0, 0.50), (-0.24, 0.82)], [0.045, 0.03]),
    ]
    forms = [Form(shapes=trunk, color=ink("6a4a34"), fur=0.12, shag=0.05, dab=1.3, melt=0.05)]
    for x, y, radius, light in _CROWN:
        at = (x * wide + rng.normal(0, 0.05), 0.95 + (y - 0.95) * tall + rng.normal(0, 0.03))
        forms.append(_leaves(at, radius * rng.uniform(0.85, 1.12), _toned(leaf, light), rng))
    return Body(forms, ((0.0, 0.15),))


def _toned(leaf: Ink, light: float) -> Ink:
    if light < 0:
        return blended(leaf, leaf * ink((0.55, 0.6, 0.75)), -light * 1.6)
    return blended(leaf, (1.0, 0.95, 0.6), light * 0.7)


def _leaves(at: tuple[float, float], radius: float, color: Ink, rng: Rng) -> Form:
    x, y = at
    turn = rng.random()
    lobes = [
        oval(
            x + radius * 0.62 * np.cos(a),
            y + radius * 0.55 * np.sin(a),
            radius * 0.52 * rng.uniform(0.85, 1.15),
        )
        for a in np.linspace(0, 2 * np.pi, 6, endpoint=False) + turn
    ]
    flow = float(rng.uniform(20, 160))
    return Form(
        shapes=[*lobes, oval(x, y, radius * 0.7)],
        color=color,
        fur=0.055,
        dab=3.2,
        shag=0.75,
        melt=0.05,
        round=0.22,
        flow=flow,
        cast=0.8,
        outline=0,
        texture=1.6,
    )


def pine(look: Look) -> Body:
    """A conifer of drooping tiers; snow lies on it in winter."""
    leaf = look.or_one_of("2f6a4a", "3a7450", "2a5e50")
    forms = [Form(shapes=[tube([(0, 0.3), (0, 0)], [0.05, 0.07])], color=ink("6a4a34"), fur=0.06)]
    for tier in range(6):
        forms.append(_tier(tier, leaf, look.season == "winter", look.rng))
    return Body(forms, ((0.0, 0.16),))


def _tier(tier: int, leaf: Ink, snow: bool, rng: Rng) -> Form:
    y = 0.18 + tier * 0.22
    half = 0.50 * (1 - tier / 6.6) ** 0.9
    right = []
    for j in range(1, 6):
        drop = 0.36 * (1 - (j / 5) ** 0.8) - (0.05 if j % 2 else 0)
        right.append((half * (0.35 + 0.13 * j), y + drop + float(rng.normal(0, 0.008))))
    left = [(-a, b + float(rng.normal(0, 0.008))) for a, b in right[::-1]]
    under = [(half * 0.3, y - 0.04), (0, y - 0.07), (-half * 0.3, y - 0.04)]
    cap = [
        (-half * 0.5, y + 0.26),
        (0, y + 0.5),
        (half * 0.55, y + 0.24),
        (half * 0.25, y + 0.12),
        (0, y + 0.18),
        (-half * 0.3, y + 0.1),
    ]
    marks = [mark(blob(cap), "f2f7ff", 0.02, 0.95)] if snow else []
    shape = Outline(np.asarray([(0, y + 0.42), *right, *under, *left], np.float32))
    color = blended(blended(leaf, (0.05, 0.10, 0.18), 0.28), leaf, tier / 5)
    return Form(
        shapes=[shape], color=color, fur=0.10, dab=1.5, shag=0.4, flow=-78, round=0.22, cast=1.1, marks=marks
    )


def _stem(height: float) -> list[Form]:
    stalk = tube([(0, 0), (0.03, height * 0.5), (0, height)], [0.028, 0.024, 0.02])
    leaves = [
        blob([(0.01, height * 0.2), (0.16, height * 0.34), (0.34, height * 0.52), (0.2, height * 0.26)]),
        blob([(0.01, height * 0.12), (-0.16, height * 0.24), (-0.32, height * 0.46), (-0.2, height * 0.16)]),
    ]
    return [
        Form(shapes=[stalk], color=_STEM, fur=0.06, shag=0),
        *(Form(shapes=[leaf], color=_STEM, fur=0.09, shag=0.05, round=0.05) for leaf in leaves),
    ]


def _petals(y: float, count: int, length: float, width: float, color: Ink, turn: float) -> Form:
    shapes = []
    for angle in np.arange(count) * 2 * np.pi / count + turn:
        shapes.append(
            oval(
                float(np.cos(angle)) * length * 0.62,
                y + float(np.sin(angle)) * length * 0.62,
                length * 0.5,
                width,
                float(np.degrees(angle)),
            )
        )
    return Form(shapes=shapes, color=color, fur=0.07, shag=0.04, melt=0.006, round=0.08, cast=0.7)


def flower(look: Look) -> Body:
    """One flower with rounded petals on a stem, one unit tall."""
    color = look.or_one_of("e0506a", "f0b838", "8a6ad0", "f4f0ea", "f08a4a", "e87ab0")
    dark = blended(color, (0.3, 0.0, 0.1), 0.2)
    heart = ink("f2c23a") if color[1] < 0.6 or color[2] > 0.5 else ink("8a4a20")
    forms = [*_stem(0.72), _petals(0.76, 6, 0.26, 0.115, dark, 0.5), _petals(0.76, 6, 0.22, 0.10, color, 0.0)]
    forms.append(Form(shapes=[oval(0, 0.76, 0.085)], color=heart, fur=0.03, round=0.07))
    return Body(forms, ((0.0, 0.06),))


def sunflower(look: Look) -> Body:
    """A sunflower, one and a quarter units tall."""
    color = look.or_one_of(
        "f2b824",
    )
    forms = [
        *_stem(0.92),
        _petals(0.98, 15, 0.30, 0.06, blended(color, "d87818", 0.5), 0.2),
        _petals(0.98, 15, 0.27, 0.055, color, 0.0),
    ]
    disc = oval(0, 0.98, 0.155)
    forms.append(
        Form(
            shapes=[disc],
            color=ink("5a3620"),
            fur=0.03,
            round=0.12,
            marks=[mark(oval(0, 0.98, 0.08), "3a2214", 0.03)],
        )
    )
    return Body(forms, ((0.0, 0.06),))


def mushroom(look: Look) -> Body:
    """A toadstool with a spotted cap."""
    color = look.or_one_of("d0402e")
    cap = blob(
        [
            (-0.55, 0.5),
            (-0.42, 0.78),
            (0, 0.98),
            (0.42, 0.78),
            (0.55, 0.5),
            (0.3, 0.42),
            (0, 0.4),
            (-0.3, 0.42),
        ]
    )
    at = (
        (-0.28, 0.68, 0.07),
        (0.04, 0.82, 0.08),
        (0.3, 0.64, 0.075),
        (0.02, 0.58, 0.06),
        (-0.42, 0.52, 0.045),
    )
    spots: list[Mark] = [mark(oval(x, y, r, r * 0.8), "fff6ea", 0.008) for x, y, r in at]
    stalk = tube([(0, 0.48), (0.01, 0.25), (0, 0.04)], [0.13, 0.14, 0.18])
    forms = [
        Form(shapes=[stalk], color=ink("f2e6d2"), fur=0.07, shag=0.02, flow=90),
        Form(shapes=[cap], color=color, fur=0.08, shag=0.02, round=0.3, gloss=0.3, marks=spots),
    ]
    return Body(forms, ((0.0, 0.18),))


def cactus(look: Look) -> Body:
    """A saguaro with two arms."""
    color = look.or_one_of("4a8a58", "5a9450")
    shapes = [
        tube([(0, 0.02), (0, 0.5), (0, 0.92)], [0.13, 0.14, 0.12]),
        tube([(-0.05, 0.42), (-0.30, 0.44), (-0.32, 0.72)], [0.08, 0.085, 0.08]),
        tube([(0.05, 0.34), (0.30, 0.36), (0.32, 0.60)], [0.08, 0.085, 0.075]),
    ]
    ribs = [
        line([(x, 0.06), (x * 1.1, 0.5), (x * 0.9, 0.96)], 0.012, blended(color, (0.05, 0.15, 0.1), 0.4))
        for x in (-0.06, 0.0, 0.06)
    ]
    bloom = Form(shapes=[oval(0, 1.05, 0.06, 0.05)], color=ink("e86a90"), round=0.04)
    return Body(
        [Form(shapes=shapes, color=color, fur=0.06, shag=0.1, flow=88, melt=0.06, lines=ribs), bloom],
        ((0.0, 0.16),),
    )
