"""A round glass bowl of water, sand and weed, for fish that are kept in one."""

from __future__ import annotations

from limner.engines.sketch.paint.body import Anchor, Body, Form, blob, line, mark, oval, tube
from limner.engines.sketch.paint.light import ink
from limner.engines.sketch.scene.cast.look import Look

_GLASS = [(-0.30, 0.94), (-0.52, 0.74), (-0.58, 0.46), (-0.44, 0.14), (-0.22, 0.0)]
_WATER = [(-0.48, 0.76), (-0.54, 0.48), (-0.42, 0.18), (-0.20, 0.05)]
_PEBBLES = ((-0.24, 0.13, "c8b49a"), (-0.06, 0.11, "a89078"), (0.12, 0.13, "d8c8b0"), (0.27, 0.15, "b8a088"))


def _round(side: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """A left side with its mirror image, as one closed outline."""
    return [*side, *[(-x, y) for x, y in reversed(side)]]


def fishbowl(look: Look) -> Body:
    """A bowl that shows what swims in it, with a table under it."""
    glass = look.color if look.color is not None else ink("dcecf0")
    shine = mark(tube([(-0.42, 0.66), (-0.47, 0.48), (-0.40, 0.28)], [0.03, 0.04, 0.02]), "ffffff", 0.02, 0.8)
    sand = blob([(-0.40, 0.17), (-0.1, 0.20), (0.2, 0.16), (0.40, 0.19), (0.26, 0.06), (-0.22, 0.06)])
    weed = [
        tube([(x, 0.14), (x + b, 0.32), (x, 0.50)], [0.024, 0.008]) for x, b in ((0.30, 0.05), (0.38, -0.04))
    ]
    forms = [
        Form(shapes=[blob(_round(_GLASS))], color=glass, round=0.3, gloss=0.8, outline=0.8),
        Form(
            shapes=[blob(_round(_WATER))], color=ink("86c8dc"), round=0.2, cast=0, outline=0.2, marks=[shine]
        ),
        Form(shapes=[oval(0, 0.75, 0.49, 0.06)], color=ink("c4e8f0"), round=0.02, cast=0, outline=0.3),
        Form(shapes=[sand], color=ink("e4cf9c"), round=0.06, cast=0.2, outline=0.2),
        *[Form(shapes=[oval(x, y, 0.06, 0.04)], color=ink(c), round=0.04, cast=0.2) for x, y, c in _PEBBLES],
        Form(shapes=weed, color=ink("4f9a4a"), cast=0.2, outline=0.4),
        Form(
            shapes=[oval(0, 0.94, 0.32, 0.055)],
            color=ink("eef6f8"),
            round=0.02,
            cast=0,
            lines=[line([(-0.32, 0.94), (0, 0.885), (0.32, 0.94)], 0.016, "ffffff")],
        ),
    ]
    return Body(forms, ((0.0, 0.26),), anchors={"inside": Anchor(-0.04, 0.34, 0.34)})
