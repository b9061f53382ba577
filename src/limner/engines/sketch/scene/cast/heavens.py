"""What hangs in the sky or fills the horizon: moon, sun, star, cloud, rainbow, mountain."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint import curves
from limner.engines.sketch.paint.body import Body, Form, Outline, blob, mark, oval, poly, tube
from limner.engines.sketch.paint.light import blended, ink
from limner.engines.sketch.scene.cast.look import Look

_CRATERS = (
    (-0.18, 0.62, 0.11),
    (0.16, 0.56, 0.13),
    (-0.04, 0.28, 0.09),
    (0.22, 0.8, 0.06),
    (-0.26, 0.38, 0.06),
)


def moon(look: Look) -> Body:
    """A full moon with its seas."""
    color = look.or_one_of(
        "f6f0da",
    )
    seas = [
        mark(oval(x, y, r, r * 0.85), blended(color, (0.5, 0.5, 0.62), 0.35), 0.02, 0.7)
        for x, y, r in _CRATERS
    ]
    return Body(
        [
            Form(
                shapes=[oval(0, 0.5, 0.5)], color=color, marks=seas, glow=0.02, outline=0, cast=0, texture=0.3
            )
        ],
        (),
        True,
    )


def sun(look: Look) -> Body:
    """A storybook sun with rays."""
    color = look.or_one_of(
        "fbc938",
    )
    rays = []
    for angle in np.arange(12) * np.pi / 6:
        c, s = float(np.cos(angle)), float(np.sin(angle))
        rays.append(
            poly(
                [
                    (0.36 * c - 0.07 * s, 0.5 + 0.36 * s + 0.07 * c),
                    (0.36 * c + 0.07 * s, 0.5 + 0.36 * s - 0.07 * c),
                    (0.54 * c, 0.5 + 0.54 * s),
                ]
            )
        )
    beams = Form(shapes=rays, color=blended(color, "f08a28", 0.45), melt=0.002, glow=0.05, outline=0, cast=0)
    disc = Form(shapes=[oval(0, 0.5, 0.32)], color=color, glow=0.06, outline=0, cast=0.3, texture=0.4)
    return Body([beams, disc], (), True)


def star(look: Look) -> Body:
    """A five-pointed star."""
    color = look.or_one_of(
        "fbd24a",
    )
    points = curves.star(0, 0.5, 0.52)
    shape = Outline(
        (points * np.array([1, -1], np.float32) + np.array([0, 1], np.float32)).astype(np.float32)
    )
    return Body(
        [Form(shapes=[shape], color=color, round=0.16, gloss=0.2, fur=0.06, shag=0, texture=0.5)], (), True
    )


def cloud(look: Look) -> Body:
    """A heap of cloud with a flat foot."""
    color = look.or_one_of(
        "fbfaf6",
    )
    puffs = (
        (-0.62, 0.24, 0.22),
        (-0.3, 0.42, 0.32),
        (0.12, 0.54, 0.38),
        (0.5, 0.36, 0.28),
        (0.78, 0.22, 0.18),
        (0.1, 0.22, 0.24),
    )
    shapes = [oval(x, y, r, r * 0.86) for x, y, r in puffs]
    return Body(
        [
            Form(
                shapes=shapes,
                color=color,
                fur=0.12,
                shag=0.15,
                dab=2.4,
                round=0.3,
                melt=0.08,
                outline=0,
                texture=0.5,
            )
        ],
        (),
        True,
    )


def rainbow(look: Look) -> Body:
    """A rainbow of six bands."""
    colors = ("e0483c", "f0943a", "f6d44a", "5ab06a", "4a86d0", "8a5ac0")
    t = np.linspace(0, np.pi, 48)
    forms = []
    for i, color in enumerate(colors):
        outer, inner = 1.0 - 0.062 * i, 1.0 - 0.062 * (i + 1) - 0.004
        arc = np.concatenate(
            [
                np.column_stack([outer * np.cos(t), outer * np.sin(t)]),
                np.column_stack([inner * np.cos(t), inner * np.sin(t)])[::-1],
            ]
        )
        forms.append(
            Form(
                shapes=[poly(arc)],
                color=ink(color),
                fur=0.06,
                shag=0,
                round=0.03,
                outline=0,
                cast=0,
                glow=0.02,
            )
        )
    return Body(forms, (), True)


def mountain(look: Look) -> Body:
    """A peak with a lit and a shaded side and snow on top."""
    rock = look.or_one_of("7a86a0", "8a8494")
    rng = look.rng
    ridge = [
        (-1.1, 0.0),
        (-0.72, 0.30),
        (-0.52, 0.36),
        (-0.22, 0.78),
        (-0.08, 0.86),
        (0.04, 1.0),
        (0.16, 0.86),
    ]
    ridge += [(0.36, 0.66), (0.52, 0.44), (0.76, 0.26), (1.1, 0.0)]
    points = [(x + float(rng.normal(0, 0.015)), max(0.0, y + float(rng.normal(0, 0.01)))) for x, y in ridge]
    dark = mark(
        poly([(0.04, 1.02), (0.1, 0.7), (-0.06, 0.5), (0.14, 0.26), (0.06, -0.1), (1.4, -0.1), (0.5, 0.9)]),
        blended(rock, (0.22, 0.22, 0.42), 0.45),
        0.02,
        0.85,
    )
    low = [(-0.34, 0.6), (-0.2, 0.66), (-0.12, 0.56), (0.0, 0.68), (0.1, 0.55), (0.2, 0.66), (0.34, 0.6)]
    snow = mark(blob([(0.04, 1.1), (-0.3, 0.8), *low, (0.3, 0.85)], 4), "f6f8fc", 0.008, 0.95)
    form = Form(
        shapes=[poly(points)],
        color=rock,
        fur=0.12,
        shag=0.02,
        flow=-62,
        dab=1.8,
        round=0.3,
        outline=0.2,
        marks=[dark, snow],
    )
    return Body([form], ((0.0, 0.9),))


def planet(look: Look) -> Body:
    """A banded planet within its ring."""
    color = look.or_one_of("e0a860", "c8785a", "7a9ac8", "a88ac8")
    bands = [
        mark(
            tube([(-0.6, y - 0.04), (0, y), (0.6, y - 0.04)], [half]), blended(color, tint, share), 0.02, 0.8
        )
        for y, half, tint, share in (
            (0.72, 0.035, (1, 0.95, 0.85), 0.4),
            (0.56, 0.05, (0.3, 0.1, 0.2), 0.25),
            (0.40, 0.03, (1, 0.95, 0.85), 0.35),
            (0.26, 0.045, (0.3, 0.1, 0.2), 0.25),
        )
    ]
    turn = np.linspace(0, np.pi, 15)
    ring = np.column_stack([0.86 * np.cos(turn), 0.5 + 0.20 * np.sin(turn) + 0.16 * np.cos(turn)])
    front = np.column_stack([0.86 * np.cos(turn), 0.5 - 0.20 * np.sin(turn) + 0.16 * np.cos(turn)])
    pale = blended(color, (1, 0.96, 0.88), 0.55)
    forms = [
        Form(shapes=[tube(ring, [0.045])], color=pale, outline=0.4, cast=0),
        Form(shapes=[oval(0, 0.5, 0.46)], color=color, round=0.46, marks=bands, texture=0.6),
        Form(shapes=[tube(front, [0.045])], color=pale, outline=0.4),
    ]
    return Body(forms, (), True)
