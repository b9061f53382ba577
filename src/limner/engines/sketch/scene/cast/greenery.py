"""Palm, bamboo, bush, tulip and rose."""

from __future__ import annotations

import math

import numpy as np

from limner.engines.sketch.paint.body import Anchor, Body, Form, blob, line, mark, oval, tube
from limner.engines.sketch.paint.light import Ink, blended, ink
from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.scene.cast.look import Look, Role

_STEM = ink("5a8a3e")


def palm(look: Look) -> Body:
    """A palm that leans a little, about 1.7 units tall."""
    rng, leaf = look.rng, look.or_one_of("5f9a3e", "6fa848", "4f8a4a")
    lean = float(rng.uniform(0.10, 0.26))
    trunk = [(0, 0), (0.02, 0.4), (lean * 0.5, 0.85), (lean, 1.22)]
    rings = [
        mark(tube([(x - 0.12, y), (x + 0.12, y + 0.02)], [0.008]), "5a3e28", 0.004, 0.7)
        for x, y in _along(trunk, 9)
    ]
    fronds = [
        (12, 0.84),
        (168, 0.84),
        (-24, 0.74),
        (204, 0.74),
        (44, 0.78),
        (136, 0.78),
        (72, 0.60),
        (108, 0.58),
    ]
    forms = [
        Form(
            shapes=[tube(trunk, [0.095, 0.075, 0.06, 0.055])],
            color=ink("9a7448"),
            fur=0.06,
            shag=0,
            flow=0,
            marks=rings,
        ),
        *(
            _frond(lean, 1.22, angle + float(rng.normal(0, 5)), size, leaf, k)
            for k, (angle, size) in enumerate(fronds)
        ),
        *(
            Form(shapes=[oval(lean + x, 1.14, 0.055)], color=ink("7a4a2c"), round=0.06, gloss=0.2)
            for x in (-0.05, 0.06)
        ),
    ]
    return Body(forms, ((0.0, 0.13),))


def _along(points: list[tuple[float, float]], count: int) -> list[tuple[float, float]]:
    t = np.linspace(0, len(points) - 1, count)
    x = np.interp(t, range(len(points)), [p[0] for p in points])
    y = np.interp(t, range(len(points)), [p[1] for p in points])
    return list(zip(x.tolist(), y.tolist(), strict=True))


def _frond(x: float, y: float, degrees: float, size: float, leaf: Ink, k: int) -> Form:
    """An arched leaf with cut edges."""
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    spine = [(x + size * t * c, y + size * t * s - 0.42 * size * t * t) for t in (0.0, 0.25, 0.5, 0.75, 1.0)]
    color = blended(leaf, (0.95, 0.95, 0.5), 0.14) if k % 2 else blended(leaf, (0.05, 0.2, 0.2), 0.18)
    rib = line(spine, 0.014, blended(leaf, (1, 1, 0.7), 0.35))
    return Form(
        shapes=[tube(spine, [0.03, 0.085, 0.09, 0.06, 0.008])],
        color=color,
        fur=0.13,
        shag=0.55,
        dab=1.2,
        flow=None,
        lines=[rib],
        cast=0.8,
    )


def bamboo(look: Look) -> Body:
    """A clump of jointed canes."""
    rng, color = look.rng, look.or_one_of("7fa848", "6f9a4a", "8fb058")
    forms: list[Form] = []
    for x, tall, lean in ((-0.26, 1.35, -0.08), (0.22, 1.5, 0.10), (-0.04, 1.62, 0.02), (0.36, 1.15, 0.12)):
        cane = [(x, 0), (x + lean * 0.4, tall * 0.5), (x + lean, tall)]
        joints = [
            mark(
                tube([(jx - 0.06, jy), (jx + 0.06, jy)], [0.010]),
                blended(color, (0.1, 0.15, 0.05), 0.5),
                0.003,
                0.9,
            )
            for jx, jy in _along(cane, 8)[1:]
        ]
        forms.append(
            Form(
                shapes=[tube(cane, [0.042, 0.036, 0.024])], color=color, gloss=0.25, marks=joints, texture=0.5
            )
        )
        forms += [_blade(px, py, rng, color) for px, py in _along(cane, 8)[3:] for _ in range(3)]
    return Body(forms, ((0.05, 0.4),))


def _blade(x: float, y: float, rng: Rng, color: Ink) -> Form:
    side = -1 if rng.random() < 0.5 else 1
    angle, size = math.radians(float(rng.uniform(-50, 20))), float(rng.uniform(0.16, 0.28))
    tip = (x + side * size * math.cos(angle), y + size * math.sin(angle))
    middle = ((x + tip[0]) / 2, (y + tip[1]) / 2 + 0.03)
    shade = blended(color, (0.1, 0.3, 0.15), float(rng.uniform(0, 0.35)))
    return Form(
        shapes=[tube([(x, y), middle, tip], [0.006, 0.030, 0.003])], color=shade, cast=0.3, outline=0.5
    )


def bush(look: Look) -> Body:
    """A round bush, in bloom in spring and summer."""
    rng = look.rng
    leaf = look.or_one_of("6f9a3e", "5f8f4a") if look.season != "autumn" else ink("d08a34")
    leaf = blended(leaf, (0.94, 0.97, 1.0), 0.75) if look.season == "winter" else leaf
    lobes = [
        oval(x + rng.normal(0, 0.03), y, r)
        for x, y, r in (
            (-0.34, 0.26, 0.26),
            (0.34, 0.26, 0.27),
            (0.0, 0.40, 0.36),
            (-0.12, 0.24, 0.24),
            (0.16, 0.22, 0.24),
        )
    ]
    blooms = []
    if look.season in ("spring", "summer"):
        petal = str(rng.choice(["e8607a", "f4e8d8", "f2c23a", "c07ad0"]))
        blooms = [
            mark(oval(rng.uniform(-0.5, 0.5), rng.uniform(0.12, 0.66), 0.028), petal, 0.003)
            for _ in range(16)
        ]
    return Body(
        [Form(shapes=lobes, color=leaf, fur=0.07, dab=2.4, shag=0.6, melt=0.07, round=0.3, marks=blooms)],
        ((0, 0.45),),
    )


def tulip(look: Look) -> Body:
    """One tulip with two leaves."""
    color = look.or_one_of("d8403e", "e8a030", "e070a0", "8a5ab0")
    cup = blob(
        [
            (-0.15, 0.98),
            (-0.17, 0.80),
            (0, 0.66),
            (0.17, 0.80),
            (0.15, 0.98),
            (0.07, 0.86),
            (0, 1.02),
            (-0.07, 0.86),
        ],
        5,
    )
    forms = [
        Form(shapes=[tube([(0.0, 0), (0.02, 0.4), (0, 0.72)], [0.028, 0.024, 0.022])], color=_STEM),
        _leaf([(0, 0.04), (-0.20, 0.30), (-0.26, 0.58)]),
        _leaf([(0, 0.04), (0.18, 0.24), (0.28, 0.46)]),
        Form(shapes=[cup], color=color, round=0.14, fur=0.07, shag=0, flow=88, gloss=0.1),
        Form(
            shapes=[blob([(0, 0.68), (-0.09, 0.82), (0, 1.0), (0.09, 0.82)], 5)],
            color=blended(color, (1, 0.9, 0.8), 0.2),
            round=0.08,
            fur=0.06,
            shag=0,
            flow=88,
            outline=0.6,
        ),
    ]
    return Body(forms, ((0, 0.06),), anchors={"grip": Anchor(0, 0.12)})


def rose(look: Look) -> Body:
    """One rose on a stem with leaves."""
    color = look.or_one_of("c8304a", "e87a94", "f0d8c8", "e8b040")
    petals = (
        (0.0, 0.82, 0.20, 0.0),
        (-0.10, 0.80, 0.14, 0.10),
        (0.10, 0.80, 0.14, 0.06),
        (0.0, 0.76, 0.14, 0.16),
        (0.0, 0.86, 0.11, -0.14),
        (0.0, 0.87, 0.06, -0.28),
    )
    forms = [
        Form(shapes=[tube([(0.0, 0), (-0.02, 0.35), (0, 0.68)], [0.022, 0.02, 0.02])], color=_STEM),
        _leaf([(-0.01, 0.28), (-0.14, 0.36), (-0.24, 0.34)]),
        _leaf([(-0.01, 0.44), (0.13, 0.52), (0.23, 0.50)]),
    ]
    for x, y, r, light in petals:
        tone = blended(color, (1, 0.92, 0.9), light) if light > 0 else blended(color, (0.3, 0.0, 0.1), -light)
        forms.append(
            Form(shapes=[oval(x, y, r, r * 0.92)], color=tone, round=r, fur=0.05, shag=0, flow=30, cast=0.8)
        )
    return Body(forms, ((0, 0.05),), anchors={"grip": Anchor(0, 0.12)})


def _leaf(spine: list[tuple[float, float]]) -> Form:
    return Form(
        shapes=[tube(spine, [0.018, 0.060, 0.004])],
        color=blended(_STEM, (0.2, 0.5, 0.3), 0.2),
        fur=0.05,
        shag=0,
    )


ROLES = {
    "palm tree": Role(palm, 0.58, "back", "beach"),
    "bamboo": Role(bamboo, 0.56, "back", "bamboo"),
    "bush": Role(bush, 0.20, home="garden"),
    "tulip": Role(tulip, 0.24, home="flowers"),
    "rose": Role(rose, 0.26, home="garden"),
}
