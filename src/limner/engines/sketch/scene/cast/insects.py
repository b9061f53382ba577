"""Butterfly, bee and ladybird."""

from __future__ import annotations

from limner.engines.sketch.paint.body import (
    Body,
    Form,
    blob,
    eye,
    line,
    mark,
    oval,
    poly,
    tube,
)
from limner.engines.sketch.paint.light import blended, ink
from limner.engines.sketch.scene.cast.look import Look, Role


def butterfly(look: Look) -> Body:
    """A butterfly with open wings, seen from the side and above."""
    color = look.or_one_of("e8843a", "4a8ad0", "d85a8a", "9a6ac8", "e8c040")
    rim = blended(color, _DARK, 0.72)
    upper = [(0.02, 0.52), (0.16, 0.92), (0.50, 1.06), (0.68, 0.86), (0.50, 0.58)]
    lower = [(0.02, 0.48), (0.42, 0.50), (0.54, 0.26), (0.34, 0.06), (0.12, 0.20)]
    forms: list[Form] = []
    for s in (-1, 1):
        for points, dots in (
            (lower, ((0.34, 0.26, 0.05),)),
            (upper, ((0.46, 0.84, 0.06), (0.32, 0.76, 0.04))),
        ):
            inner = [(0.06 + (x - 0.06) * 0.80, 0.52 + (y - 0.52) * 0.80) for x, y in points]
            marks = [
                mark(blob([(s * x, y) for x, y in inner], 5), color, 0.012),
                *(mark(oval(s * x, y, r), "fff4dc", 0.008, 0.9) for x, y, r in dots),
                mark(
                    blob([(s * x * 0.55, 0.52 + (y - 0.52) * 0.5) for x, y in inner], 5),
                    blended(color, (1, 0.95, 0.6), 0.45),
                    0.04,
                    0.7,
                ),
            ]
            forms.append(
                Form(
                    shapes=[blob([(s * x, y) for x, y in points], 6)],
                    color=rim,
                    fur=0.05,
                    shag=0,
                    round=0.05,
                    marks=marks,
                )
            )
    feelers = [line([(s * 0.01, 0.74), (s * 0.06, 0.90), (s * 0.14, 0.98)], 0.014, "3a2a28") for s in (-1, 1)]
    forms += [
        Form(
            shapes=[tube([(0, 0.22), (0, 0.5), (0, 0.74)], [0.03, 0.045, 0.04])],
            color=ink("3a2a28"),
            lines=feelers,
        ),
        Form(shapes=[oval(0, 0.76, 0.055)], color=ink("3a2a28"), round=0.05),
    ]
    return Body(forms, (), True)


def bee(look: Look) -> Body:
    """A round bee on the wing."""
    color = look.or_one_of("f2bc3a")
    bands = [
        mark(
            poly(
                [
                    (x - 0.055, 1),
                    (x + 0.055, 1),
                    (x + 0.03, 0.4),
                    (x + 0.055, -0.2),
                    (x - 0.055, -0.2),
                    (x - 0.08, 0.4),
                ]
            ),
            "33262a",
            0.01,
        )
        for x in (-0.30, -0.04)
    ]
    wings = [
        blob([(-0.04, 0.62), (-0.34, 0.98), (-0.16, 1.12), (0.08, 0.94), (0.10, 0.66)], 5),
        blob([(0.04, 0.62), (0.02, 1.00), (0.22, 1.08), (0.34, 0.88), (0.16, 0.64)], 5),
    ]
    feelers = [line([(0.40, 0.58), (x, 0.76), (x + 0.08, 0.80)], 0.018, "33262a") for x in (0.42, 0.54)]
    forms = [
        Form(shapes=[poly([(-0.56, 0.42), (-0.74, 0.36), (-0.56, 0.32)])], color=ink("33262a"), round=0.03),
        Form(shapes=[wings[1]], color=ink("dcecf4"), gloss=0.4, round=0.04, dark=0.1),
        Form(shapes=[oval(-0.16, 0.38, 0.44, 0.32)], color=color, fur=0.06, shag=0.2, round=0.3, marks=bands),
        Form(shapes=[oval(0.34, 0.44, 0.22)], color=color, fur=0.05, shag=0.15, round=0.2, lines=feelers),
        Form(shapes=[wings[0]], color=ink("eaf4f8"), gloss=0.5, round=0.04),
        *eye(0.42, 0.50, 0.055, "1c1210"),
        _smile([(0.40, 0.34), (0.46, 0.32), (0.51, 0.36)], 0.018),
        Form(shapes=[oval(0.33, 0.38, 0.04, 0.03)], color=ink("e8805a"), flat=True, outline=0, cast=0),
    ]
    return Body(forms, (), True)


def ladybird(look: Look) -> Body:
    """A ladybird on its legs."""
    color = look.or_one_of("d8382c")
    spots = [
        mark(oval(x, y, 0.065), "2a2026", 0.008)
        for x, y in ((-0.30, 0.42), (-0.06, 0.56), (0.06, 0.30), (-0.22, 0.20))
    ]
    legs = [
        line([(x, 0.16), (x + 0.08, 0.08), (x + 0.10, 0.0)], 0.04, "2a2026") for x in (-0.34, -0.06, 0.20)
    ]
    feelers = [line([(0.50, 0.42), (x, 0.60), (x + 0.08, 0.62)], 0.02, "2a2026") for x in (0.52, 0.62)]
    split = [line([(0.26, 0.62), (-0.2, 0.66), (-0.58, 0.24)], 0.014, "2a2026")]
    forms = [
        Form(lines=legs),
        Form(
            shapes=[oval(0.42, 0.32, 0.19, 0.18)], color=ink("2a2026"), gloss=0.5, round=0.16, lines=feelers
        ),
        Form(
            shapes=[
                blob(
                    [(-0.60, 0.12), (-0.56, 0.42), (-0.16, 0.68), (0.24, 0.58), (0.34, 0.16), (-0.1, 0.08)], 6
                )
            ],
            color=color,
            gloss=0.7,
            round=0.32,
            marks=spots,
            lines=split,
            texture=0.4,
        ),
        Form(shapes=[oval(0.48, 0.38, 0.06)], color=ink("ffffff"), flat=True, cast=0),
        *eye(0.49, 0.38, 0.04, "1c1210"),
    ]
    return Body(forms, ((0.0, 0.45),))


_DARK = (0.06, 0.04, 0.12)


def _smile(points: list[tuple[float, float]], width: float = 0.016) -> Form:
    return Form(lines=[line(points, width, "3a2628")])


ROLES = {
    "butterfly": Role(butterfly, 0.12, "high", "flowers"),
    "bee": Role(bee, 0.08, "high", "flowers"),
    "lady beetle": Role(ladybird, 0.11, home="garden"),
}
