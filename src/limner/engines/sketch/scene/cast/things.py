"""Things at hand: balloon, umbrella, ball, apple, cup, book, cake."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.body import Body, Form, Mark, blob, line, mark, oval, poly, tube
from limner.engines.sketch.paint.light import blended, ink
from limner.engines.sketch.scene.cast.look import Look


def balloon(look: Look) -> Body:
    """A toy balloon on a string."""
    color = look.or_one_of("e04a3c", "f0b83a", "4a8ad0", "d86aa8", "5ab070")
    skin = [tube([(0, 0.78), (0, 0.98)], [0.22, 0.33]), poly([(-0.05, 0.50), (0.05, 0.50), (0, 0.58)])]
    string = line([(0, 0.5), (0.04, 0.32), (-0.03, 0.16), (0.02, 0.0)], 0.014, "f4ece0")
    return Body(
        [Form(lines=[string]), Form(shapes=skin, color=color, gloss=0.9, round=0.34, texture=0.4, melt=0.02)],
        (),
        True,
    )


def umbrella(look: Look) -> Body:
    """An open umbrella, upright."""
    color = look.or_one_of("d0402e", "3a70b0", "e0a830", "8a4a9a")
    rim = [(-0.62, 0.62), (-0.48, 0.96), (-0.18, 1.14), (0, 1.17), (0.18, 1.14), (0.48, 0.96), (0.62, 0.62)]
    hem = [(0.42, 0.69), (0.21, 0.63), (0, 0.70), (-0.21, 0.63), (-0.42, 0.69)]
    dark = blended(color, (0.1, 0.05, 0.12), 0.45)
    ribs = [
        mark(tube([(0, 1.17), (s * 0.15, 0.9), (s * 0.21, 0.63)], [0.007]), dark, 0.004, 0.8) for s in (-1, 1)
    ]
    handle = line([(0, 0.68), (0, 0.3), (0, 0.1), (0.06, 0.02), (0.13, 0.08)], 0.03, "5a3a26")
    forms = [
        Form(lines=[handle, line([(0, 1.15), (0, 1.25)], 0.025, "5a3a26")]),
        Form(shapes=[blob([*rim, *hem], 6)], color=color, fur=0.09, shag=0, round=0.4, marks=ribs, cast=0.9),
    ]
    return Body(forms, ((0.05, 0.08),))


def ball(look: Look) -> Body:
    """A beach ball; one that has a colour wears only that and white."""
    color = look.or_one_of(
        "e04a3c",
    )
    others = ["f6f2ea", "3f80c0", "f6f2ea", "f0b838"] if look.color is None else ["f6f2ea"]
    gores: list[Mark] = []
    for i, edge in enumerate((-1.0, -0.45, 0.1, 0.65)):
        t = np.linspace(0, np.pi, 12)
        left = np.column_stack([0.5 * edge * np.sin(t), 0.5 - 0.52 * np.cos(t)])
        right = np.column_stack([0.5 * (edge + 0.26) * np.sin(t), 0.5 - 0.52 * np.cos(t)])
        gores.append(mark(poly(np.concatenate([left, right[::-1]])), others[i % len(others)], 0.005))
    return Body(
        [Form(shapes=[oval(0, 0.5, 0.5)], color=color, round=0.5, gloss=0.8, texture=0.4, marks=gores)],
        ((0.0, 0.28),),
    )


def apple(look: Look) -> Body:
    """An apple with a leaf."""
    color = look.or_one_of("cc3a30", "c8402c", "8ab040")
    flesh = [(0, 0.82), (0.22, 0.92), (0.46, 0.80), (0.50, 0.48), (0.34, 0.12), (0.14, 0.02), (0, 0.06)]
    outline = blob([*flesh, *[(-x, y) for x, y in flesh[-2:0:-1]]])
    blush = mark(oval(0.2, 0.4, 0.22, 0.3, 20), blended(color, (1.0, 0.8, 0.3), 0.35), 0.08, 0.5)
    stem = line([(0, 0.80), (0.02, 0.93), (0.07, 1.02)], 0.035, "5a3a24")
    leaf = blob([(0.05, 0.92), (0.2, 1.06), (0.38, 1.04), (0.24, 0.92)])
    forms = [
        Form(shapes=[outline], color=color, fur=0.08, shag=0, flow=80, round=0.45, gloss=0.7, marks=[blush]),
        Form(lines=[stem]),
        Form(shapes=[leaf], color=ink("5a9a3c"), fur=0.06, shag=0, flow=20, round=0.05),
    ]
    return Body(forms, ((0.0, 0.24),))


def cup(look: Look) -> Body:
    """A mug with steam."""
    color = look.or_one_of("e8e0d2", "4a86a8", "d07a4a", "6a9a7a")
    side = blob(
        [
            (-0.36, 0.72),
            (-0.35, 0.3),
            (-0.30, 0.06),
            (-0.18, 0.0),
            (0.18, 0.0),
            (0.30, 0.06),
            (0.35, 0.3),
            (0.36, 0.72),
            (0, 0.70),
        ],
        4,
    )
    handle = tube([(0.32, 0.58), (0.54, 0.56), (0.56, 0.32), (0.31, 0.2)], [0.05, 0.045, 0.045, 0.05])
    steam = [
        line([(x, 0.84), (x + 0.05, 0.98), (x - 0.04, 1.1), (x + 0.03, 1.22)], 0.018, "f6f2ee")
        for x in (-0.12, 0.08)
    ]
    forms = [
        Form(shapes=[handle], color=color, gloss=0.4, melt=0.02),
        Form(shapes=[side], color=color, fur=0.07, shag=0, flow=88, round=0.3, gloss=0.5),
        Form(shapes=[oval(0, 0.72, 0.36, 0.1)], color=blended(color, (1, 1, 1), 0.3), round=0.03, cast=0.3),
        Form(
            shapes=[oval(0, 0.71, 0.31, 0.075)],
            color=ink("5a3420"),
            round=0.02,
            cast=0,
            outline=0.5,
            gloss=0.2,
            lines=steam,
        ),
    ]
    return Body(forms, ((0.0, 0.32),))


def book(look: Look) -> Body:
    """A closed book lying on its side, seen from above its spine."""
    color = look.or_one_of("a83c3a", "34608a", "4a7a54", "7a4a80")
    lower = poly([(-0.75, 0.0), (0.55, 0.0), (0.78, 0.24), (-0.52, 0.24)])
    cover = poly([(-0.75, 0.22), (0.55, 0.22), (0.78, 0.48), (-0.52, 0.48)])
    pages = poly([(0.53, 0.04), (0.74, 0.27), (0.74, 0.45), (0.53, 0.2)])
    spine = poly([(-0.75, 0.0), (0.55, 0.0), (0.55, 0.23), (-0.75, 0.23)])
    title = [
        mark(poly([(-0.5, y), (0.3, y), (0.3, y + 0.03), (-0.5, y + 0.03)]), "e8c870", 0.002, 0.9)
        for y in (0.06, 0.14)
    ]
    emblem = mark(oval(0.02, 0.35, 0.2, 0.06), "e8c870", 0.004, 0.9)
    forms = [
        Form(shapes=[lower], color=blended(color, (0.1, 0.05, 0.1), 0.4), round=0.02),
        Form(shapes=[pages], color=ink("f4ead4"), round=0.02, fur=0.05, flow=48, shag=0),
        Form(shapes=[spine], color=blended(color, (0.1, 0.05, 0.1), 0.15), round=0.04, marks=title),
        Form(shapes=[cover], color=color, round=0.02, fur=0.07, shag=0, flow=3, marks=[emblem], gloss=0.1),
    ]
    return Body(forms, ((-0.1, 0.62),))


def cake(look: Look) -> Body:
    """A birthday cake with candles."""
    icing = look.or_one_of("f4b8c8", "f6e6c8", "b8d8e8")
    side = poly([(-0.6, 0.04), (0.6, 0.04), (0.6, 0.5), (-0.6, 0.5)])
    drips = [oval(x, 0.44, 0.09, 0.12) for x in np.linspace(-0.52, 0.52, 7)]
    cream = mark(poly([(-1, 0.22), (1, 0.22), (1, 0.29), (-1, 0.29)]), "fff4e4", 0.004)
    forms = [
        Form(shapes=[oval(0, 0.05, 0.76, 0.07)], color=ink("e8ecf0"), gloss=0.4, round=0.04),
        Form(
            shapes=[side, oval(0, 0.05, 0.6, 0.06)],
            color=ink("d8a468"),
            fur=0.06,
            shag=0,
            round=0.35,
            melt=0.004,
            marks=[cream],
        ),
        Form(shapes=[*drips, oval(0, 0.5, 0.61, 0.11)], color=icing, round=0.12, melt=0.02, gloss=0.4),
    ]
    for x, y in ((-0.3, 0.5), (0.0, 0.54), (0.3, 0.5)):
        stick = poly([(x - 0.025, y), (x + 0.025, y), (x + 0.025, y + 0.24), (x - 0.025, y + 0.24)])
        flame = blob([(x, y + 0.40), (x + 0.04, y + 0.30), (x, y + 0.25), (x - 0.04, y + 0.30)], 4)
        forms += [
            Form(shapes=[stick], color=ink("7ab0d8"), round=0.03),
            Form(shapes=[flame], color=ink("ffc84a"), glow=0.2, outline=0),
        ]
    return Body(forms, ((0.0, 0.66),))
