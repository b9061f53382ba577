"""Two things at hand: umbrella and cake."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.body import Body, Form, blob, line, mark, oval, poly, tube
from limner.engines.sketch.paint.light import blended, ink
from limner.engines.sketch.scene.cast.look import Look


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
