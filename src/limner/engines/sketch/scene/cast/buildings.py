"""House, castle, tower and lighthouse; windows shine at night, roofs are white in winter."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.body import Body, Form, blob, line, mark, oval, poly, tube
from limner.engines.sketch.paint.light import Ink, blended, ink
from limner.engines.sketch.scene.cast.look import Look

_WOOD = ink("6a4a34")
_SNOW = ink("f4f8ff")


def _pane(look: Look) -> tuple[Ink, float]:
    """The colour of a window and how it shines."""
    return (ink("ffcf6a"), 0.22) if look.night else (ink("9fc4cf"), 0.0)


def _window(look: Look, x: float, y: float, half_w: float, half_h: float) -> list[Form]:
    glass, glow = _pane(look)
    w, h, e = half_w, half_h, 0.025
    frame = poly(
        [(x - w - e, y - h - e), (x + w + e, y - h - e), (x + w + e, y + h + e), (x - w - e, y + h + e)]
    )
    pane = poly([(x - w, y - h), (x + w, y - h), (x + w, y + h), (x - w, y + h)])
    bars = [line([(x, y - h), (x, y + h)], 0.016, _WOOD), line([(x - w, y), (x + w, y)], 0.016, _WOOD)]
    return [
        Form(shapes=[frame], color=_WOOD, round=0.02, cast=0.8),
        Form(shapes=[pane], color=glass, glow=glow, round=0.01, gloss=0.2, outline=0.4, lines=bars),
    ]


def house(look: Look) -> Body:
    """A cottage in slight three-quarter view, about 1.25 units tall."""
    wall = look.or_one_of("f0dcb8", "e8c8a8", "dfe4e0", "f0d0c0")
    roof = (
        ink("b84a38") if look.color is None or look.color[0] < 0.6 or look.color[1] > 0.5 else ink("5a5a68")
    )
    side, shade = blended(wall, (0.25, 0.2, 0.36), 0.32), blended(roof, (0.1, 0.06, 0.16), 0.3)
    rows = [
        mark(
            tube([(-0.16 + 0.14 * i, 1.22 - 0.16 * i), (0.52 + 0.12 * i, 1.16 - 0.155 * i)], [0.008]),
            shade,
            0.004,
            0.7,
        )
        for i in range(1, 4)
    ]
    gable = poly([(-0.70, 0), (0.30, 0), (0.30, 0.60), (-0.20, 1.12), (-0.70, 0.60)])
    slope = poly([(-0.20, 1.22), (0.52, 1.16), (1.02, 0.54), (0.36, 0.56)])
    eaves = poly([(-0.20, 1.24), (0.40, 0.58), (0.36, 0.50), (-0.20, 1.10), (-0.74, 0.50), (-0.80, 0.57)])
    chimney = poly([(0.42, 0.98), (0.56, 0.98), (0.56, 1.30), (0.42, 1.30)])
    flank = poly([(0.30, 0), (0.92, 0.04), (0.92, 0.56), (0.30, 0.60)])
    forms = [
        Form(shapes=[chimney], color=ink("9a5a48"), round=0.05, shag=0, fur=0.05, flow=0),
        Form(shapes=[flank], color=side, round=0.02, shag=0, dab=1.6, fur=0.09, flow=2, dark=0.25),
        Form(shapes=[gable], color=wall, round=0.02, shag=0, dab=1.6, fur=0.10, flow=-85),
        Form(shapes=[slope], color=roof, round=0.03, shag=0.05, dab=1.7, fur=0.09, flow=-48, marks=rows),
        Form(shapes=[eaves], color=shade, round=0.04, cast=1.3, shag=0, fur=0.06, flow=-45),
    ]
    if look.season == "winter":
        forms += _roof_snow()
    forms += [*_door(), *_window(look, -0.42, 0.34, 0.11, 0.12), *_window(look, 0.62, 0.34, 0.12, 0.11)]
    return Body([*forms, *_attic(look), *_bushes(look)], ((-0.4, 0.32), (0.1, 0.3), (0.62, 0.3)))


def _roof_snow() -> list[Form]:
    lower = [
        (1.05, 0.54),
        (0.92, 0.56),
        (0.78, 0.66),
        (0.66, 0.58),
        (0.50, 0.66),
        (0.38, 0.58),
        (0.20, 0.80),
        (-0.04, 1.06),
    ]
    sheet = blob([(-0.22, 1.27), (0.1, 1.27), (0.55, 1.20), (0.80, 0.88), *lower], 5)
    verge = tube(
        [(-0.80, 0.60), (-0.5, 0.93), (-0.2, 1.25), (0.1, 0.93), (0.38, 0.60)],
        [0.045, 0.04, 0.05, 0.04, 0.045],
    )
    return [
        Form(shapes=[sheet], color=_SNOW, round=0.05, fur=0.05, shag=0.05, cast=0.8),
        Form(shapes=[verge], color=_SNOW, round=0.05),
        Form(shapes=[tube([(0.42, 1.31), (0.56, 1.31)], [0.04])], color=_SNOW),
    ]


def _door() -> list[Form]:
    frame = [poly([(-0.14, 0), (0.12, 0), (0.12, 0.40), (-0.14, 0.40)]), oval(-0.01, 0.40, 0.13, 0.08)]
    leaf = [poly([(-0.11, 0), (0.09, 0), (0.09, 0.39), (-0.11, 0.39)]), oval(-0.01, 0.39, 0.10, 0.06)]
    return [
        Form(shapes=frame, color=_WOOD, round=0.02, melt=0.005),
        Form(shapes=leaf, color=ink("4a6a58"), round=0.015, melt=0.005, fur=0.06, flow=90, cast=0.5),
        Form(shapes=[oval(0.06, 0.2, 0.016)], color=ink("e8c23a"), gloss=0.8),
    ]


def _attic(look: Look) -> list[Form]:
    glass, glow = _pane(look)
    bars = [
        line([(-0.2, 0.72), (-0.2, 0.88)], 0.014, _WOOD),
        line([(-0.28, 0.8), (-0.12, 0.8)], 0.014, _WOOD),
    ]
    return [
        Form(shapes=[oval(-0.20, 0.80, 0.10)], color=_WOOD, round=0.02),
        Form(shapes=[oval(-0.20, 0.80, 0.08)], color=glass, glow=glow, round=0.02, gloss=0.2, lines=bars),
    ]


def _bushes(look: Look) -> list[Form]:
    if look.season == "winter":
        return []
    forms = []
    for x, size in ((-0.60, 0.10), (-0.36, 0.09), (0.26, 0.08), (0.48, 0.10), (0.76, 0.09)):
        lobes = [
            oval(x + look.rng.normal(0, 0.03), size * 0.75 + look.rng.normal(0, 0.01), size * 0.8)
            for _ in range(3)
        ]
        blooms = [
            mark(oval(x + look.rng.uniform(-0.08, 0.08), size * look.rng.uniform(0.5, 1.5), 0.014), c, 0.002)
            for c in ("f4ead8", "e8607a", "f2c23a", "e8607a")
        ]
        forms.append(
            Form(
                shapes=lobes,
                color=ink("5f8a3e"),
                fur=0.05,
                dab=2.2,
                shag=0.5,
                melt=0.04,
                flow=75,
                marks=blooms,
            )
        )
    return forms


def _turret(look: Look, x: float, half: float, top: float, wall: Ink, roof: Ink) -> list[Form]:
    body = poly([(x - half, 0), (x + half, 0), (x + half, top), (x - half, top)])
    shade = mark(
        poly([(x + half * 0.35, 0), (x + half, 0), (x + half, top), (x + half * 0.35, top)]),
        blended(wall, (0.2, 0.18, 0.34), 0.4),
        0.03,
        0.8,
    )
    rim = poly(
        [
            (x - half * 1.2, top - 0.02),
            (x + half * 1.2, top - 0.02),
            (x + half * 1.2, top + 0.06),
            (x - half * 1.2, top + 0.06),
        ]
    )
    cone = poly([(x - half * 1.3, top + 0.05), (x + half * 1.3, top + 0.05), (x, top + half * 2.9 + 0.06)])
    peak = top + half * 2.9 + 0.06
    flag = poly([(x, peak + 0.12), (x + 0.13, peak + 0.08), (x, peak + 0.04)])
    forms = [
        Form(shapes=[body], color=wall, round=half, shag=0, dab=1.5, fur=0.07, flow=2, marks=[shade]),
        Form(shapes=[rim], color=blended(wall, (0.3, 0.25, 0.35), 0.2), round=0.03),
        Form(shapes=[cone], color=roof, round=half, shag=0.02, fur=0.07, flow=-75, cast=1.1),
        Form(
            shapes=[flag],
            color=ink("d8453a"),
            round=0.02,
            lines=[line([(x, peak - 0.02), (x, peak + 0.13)], 0.014, _WOOD)],
        ),
    ]
    return forms + _window(look, x - half * 0.15, top * 0.72, half * 0.26, half * 0.42)


def castle(look: Look) -> Body:
    """A castle with three turrets, about 1.7 units tall."""
    wall = look.or_one_of("d8cfc0", "cfc6cc", "e0d4bc")
    roof = ink("4a6a9a") if look.color is None else blended(wall, (0.2, 0.15, 0.3), 0.55)
    if look.season == "winter":
        roof = blended(roof, _SNOW, 0.75)
    keep = poly([(-0.55, 0), (0.55, 0), (0.55, 0.55), (-0.55, 0.55)])
    teeth = [
        poly([(x, 0.54), (x + 0.09, 0.54), (x + 0.09, 0.64), (x, 0.64)]) for x in np.arange(-0.55, 0.5, 0.155)
    ]
    gate = [poly([(-0.13, 0), (0.13, 0), (0.13, 0.2), (-0.13, 0.2)]), oval(0, 0.2, 0.13, 0.13)]
    bars = [line([(x, 0.0), (x, 0.3)], 0.012, "2a1e18") for x in (-0.06, 0.0, 0.06)]
    forms = [
        *_turret(look, 0.0, 0.19, 1.02, blended(wall, (0.4, 0.35, 0.5), 0.18), roof),
        Form(shapes=[keep], color=wall, round=0.05, shag=0, dab=1.5, fur=0.08, flow=2),
        Form(shapes=teeth, color=wall, round=0.03, melt=0.002),
        Form(shapes=gate, color=ink("5a4030"), round=0.03, melt=0.005, lines=bars),
        *_window(look, -0.28, 0.36, 0.045, 0.075),
        *_window(look, 0.28, 0.36, 0.045, 0.075),
        *_turret(look, -0.62, 0.16, 0.78, wall, roof),
        *_turret(look, 0.62, 0.16, 0.78, wall, roof),
    ]
    return Body(forms, ((-0.62, 0.2), (0.0, 0.5), (0.62, 0.2)))


def tower(look: Look) -> Body:
    """A lone round tower."""
    wall = look.or_one_of("cfc4b4", "d8cabc")
    roof = _SNOW if look.season == "winter" else ink("a8503c")
    return Body(_turret(look, 0.0, 0.24, 1.25, wall, roof), ((0.0, 0.27),))


def lighthouse(look: Look) -> Body:
    """A banded lighthouse on a rock; its lamp shines."""
    color = look.or_one_of("c8403a")
    shaft = poly([(-0.20, 0.12), (0.20, 0.12), (0.13, 1.25), (-0.13, 1.25)])
    bands = [
        mark(poly([(-1, y), (1, y), (1, y + 0.19), (-1, y + 0.19)]), color, 0.003) for y in (0.26, 0.64, 1.02)
    ]
    rock = blob(
        [(-0.52, 0.0), (-0.40, 0.16), (-0.1, 0.2), (0.2, 0.18), (0.44, 0.12), (0.55, 0.0), (0, -0.03)]
    )
    gallery = poly([(-0.19, 1.24), (0.19, 1.24), (0.19, 1.29), (-0.19, 1.29)])
    lamp = poly([(-0.10, 1.29), (0.10, 1.29), (0.10, 1.46), (-0.10, 1.46)])
    dome = blob([(-0.14, 1.46), (0.14, 1.46), (0.08, 1.56), (0, 1.62), (-0.08, 1.56)], 4)
    rails = [line([(x, 1.29), (x, 1.37)], 0.012, "3a3238") for x in (-0.17, 0.17)]
    glow = 0.35 if look.night else 0.05
    forms = [
        Form(shapes=[rock], color=ink("7a7068"), fur=0.1, shag=0.1, round=0.15, dab=1.6, texture=1.5),
        Form(shapes=[shaft], color=ink("f4efe6"), round=0.2, shag=0, fur=0.08, flow=2, dab=1.4, marks=bands),
        *_window(look, -0.03, 0.56, 0.035, 0.055),
        *_window(look, -0.03, 0.94, 0.03, 0.05),
        Form(shapes=[lamp], color=ink("ffe9a0"), glow=glow, outline=0.8),
        Form(shapes=[gallery], color=ink("4a4048"), round=0.02, lines=rails),
        Form(shapes=[dome], color=blended(color, (0.1, 0.05, 0.1), 0.25), round=0.12, gloss=0.4),
    ]
    return Body(forms, ((0.0, 0.45),))
