"""Bird, fish and snowman: small bodies of their own kind."""

from __future__ import annotations

from collections.abc import Sequence

from limner.engines.sketch.paint.body import Body, Form, Line, Mark, blob, eye, line, mark, oval, poly, tube
from limner.engines.sketch.paint.light import Ink, blended, ink
from limner.engines.sketch.scene.cast.look import Look

Pairs = Sequence[tuple[float, float]]


def bird(look: Look) -> Body:
    """A plump songbird, standing, about one unit tall."""
    color = look.or_one_of("3f7fc4", "c84a3c", "e0a838", "5a8a50")
    belly = ink("f6b070") if look.color is None else blended(color, (1, 0.95, 0.85), 0.6)
    wing = blended(color, (0.05, 0.08, 0.2), 0.35)
    tail = blob([(-0.30, 0.42), (-0.62, 0.28), (-0.86, 0.12), (-0.90, 0.20), (-0.66, 0.42), (-0.36, 0.58)])
    legs = [leg for x in (0.02, 0.14) for leg in _bird_leg(x)]
    front = blob(
        [(0.30, 0.80), (0.12, 0.66), (0.06, 0.44), (-0.12, 0.22), (0.10, 0.05), (0.5, 0.3), (0.55, 0.6)]
    )
    torso = tube([(-0.26, 0.42), (-0.02, 0.42), (0.12, 0.56), (0.18, 0.74)], [0.14, 0.29, 0.28, 0.23])
    folded = blob(
        [
            (0.04, 0.62),
            (-0.14, 0.64),
            (-0.36, 0.50),
            (-0.66, 0.30),
            (-0.40, 0.28),
            (-0.10, 0.30),
            (0.06, 0.44),
        ]
    )
    bars = [
        mark(tube([(-0.02, 0.40), (-0.24, 0.34), (-0.50, 0.31)], [0.03, 0.03, 0.01]), "f4ead8", 0.012, 0.8),
        mark(
            tube([(0, 0.52), (-0.2, 0.47), (-0.4, 0.40)], [0.012, 0.018, 0.01]),
            blended(wing, (1, 1, 1), 0.35),
            0.01,
            0.8,
        ),
    ]
    beak = blob([(0.37, 0.80), (0.44, 0.78), (0.56, 0.735), (0.43, 0.705), (0.37, 0.71)], 5)
    slit = line([(0.38, 0.748), (0.46, 0.746), (0.54, 0.737)], 0.012, "7a4a1c")
    forms = [
        Form(shapes=[tail], color=wing, fur=0.16, shag=0.12, flow=200, round=0.08),
        Form(lines=legs),
        Form(shapes=[torso], color=color, fur=0.08, melt=0.1, round=0.3, marks=[mark(front, belly, 0.05)]),
        Form(shapes=[folded], color=wing, fur=0.12, shag=0.12, flow=205, round=0.12, cast=0.9, marks=bars),
        Form(shapes=[beak], color=ink("e8a23c"), round=0.06, cast=0.4, gloss=0.3, lines=[slit]),
        *eye(0.255, 0.79, 0.046, "1c1210"),
    ]
    return Body(forms, ((0.08, 0.14),))


def _bird_leg(x: float) -> tuple[Line, Line]:
    shin = line([(x, 0.2), (x + 0.02, 0.10), (x + 0.02, 0.01)], 0.026, "6a4a34")
    return shin, line([(x - 0.06, 0.0), (x + 0.02, 0.012), (x + 0.11, 0.0)], 0.024, "6a4a34")


def _fin(points: Pairs, color: Ink, flow: float) -> Form:
    return Form(shapes=[blob(points)], color=color, fur=0.16, shag=0.05, flow=flow, round=0.06, cast=0.5)


def _band(x: float, half: float, color: str, alpha: float) -> Mark:
    points = [
        (x - half, 1.0),
        (x + half, 1.0),
        (x + half + 0.07, 0.5),
        (x + half, 0),
        (x - half, 0),
        (x - half + 0.07, 0.5),
    ]
    return mark(blob(points), color, 0.008, alpha)


def fish(look: Look) -> Body:
    """A reef fish swimming to the right."""
    color = look.or_one_of("f08a2c", "4a86c8", "e8c040", "d85a70")
    fin = (
        blended(color, (0.7, 0.15, 0.1), 0.35)
        if look.color is None
        else blended(color, (0.1, 0.05, 0.1), 0.25)
    )
    flank = [(0.62, 0.50), (0.50, 0.68), (0.24, 0.82), (-0.10, 0.80), (-0.38, 0.62), (-0.54, 0.56)]
    flank += [(-0.54, 0.46), (-0.38, 0.40), (-0.08, 0.22), (0.24, 0.18), (0.50, 0.32)]
    bands: list[Mark] = []
    if look.color is None:
        for x, half in ((0.22, 0.08), (-0.16, 0.08), (-0.48, 0.035)):
            bands += [_band(x, half + 0.02, "3a2420", 0.85), _band(x, half, "fff4e2", 1.0)]
    mouth = line([(0.60, 0.45), (0.54, 0.42), (0.50, 0.43)], 0.016, "6a2a14")
    white = Form(shapes=[oval(0.44, 0.58, 0.072, 0.07)], color=ink("fff6e6"), flat=True, cast=0, outline=0.8)
    forms = [
        _fin(
            [(-0.46, 0.52), (-0.72, 0.84), (-0.90, 0.86), (-0.80, 0.52), (-0.90, 0.16), (-0.72, 0.20)],
            fin,
            180,
        ),
        _fin([(0.28, 0.78), (0.10, 1.02), (-0.24, 0.98), (-0.40, 0.72), (0, 0.66)], fin, 125),
        _fin([(0.0, 0.2), (-0.10, 0.0), (-0.30, 0.04), (-0.34, 0.30)], fin, 230),
        Form(
            shapes=[blob(flank)],
            color=color,
            fur=0.05,
            shag=0,
            round=0.34,
            gloss=0.45,
            marks=bands,
            lines=[mouth],
        ),
        _fin([(0.12, 0.46), (-0.04, 0.54), (-0.20, 0.44), (-0.14, 0.28), (0.04, 0.34)], fin, 200),
        white,
        *eye(0.44, 0.58, 0.052, "2a1a10"),
    ]
    return Body(forms, (), True)


def snowman(look: Look) -> Body:
    """Three balls of snow with a hat, a scarf and a carrot."""
    white, hat = ink("f4f7fc"), look.or_one_of("2e2a30", "4a3040")
    balls = [
        Form(shapes=[oval(0, y, r)], color=white, fur=0.05, shag=0.1, round=r)
        for y, r in ((0.28, 0.30), (0.68, 0.22), (1.0, 0.165))
    ]
    coal = [
        Form(shapes=[oval(x, y, 0.022)], color=ink("22202a"), cast=0.2, gloss=0.4)
        for x, y in ((-0.02, 1.04), (0.1, 1.04), (0.06, 0.72), (0.06, 0.60))
    ]
    carrot = Form(shapes=[poly([(0.04, 1.0), (0.05, 0.95), (0.26, 0.965)])], color=ink("e8802c"), round=0.03)
    scarf = [
        tube([(-0.15, 0.87), (0.02, 0.83), (0.16, 0.87)], [0.04, 0.045, 0.04]),
        tube([(0.10, 0.85), (0.14, 0.62)], [0.035, 0.045]),
    ]
    brim = Form(shapes=[tube([(-0.2, 1.13), (0.2, 1.13)], [0.022])], color=hat)
    crown = Form(
        shapes=[poly([(-0.12, 1.14), (0.12, 1.14), (0.11, 1.36), (-0.11, 1.36)])],
        color=hat,
        round=0.06,
        fur=0.05,
        shag=0,
        flow=90,
    )
    arms = Form(
        lines=[
            line([(-0.2, 0.72), (-0.42, 0.84), (-0.48, 0.94)], 0.025, "5a4030"),
            line([(0.2, 0.72), (0.44, 0.80), (0.52, 0.90)], 0.025, "5a4030"),
        ]
    )
    forms = [
        arms,
        *balls,
        *coal,
        carrot,
        Form(shapes=scarf, color=ink("c8403c"), fur=0.04, melt=0.02),
        crown,
        brim,
    ]
    return Body(forms, ((0.0, 0.26),))
