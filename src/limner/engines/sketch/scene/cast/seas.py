"""Whale, dolphin, shark, octopus and seahorse."""

from __future__ import annotations

from limner.engines.sketch.paint.body import Anchor, Body, Form, blob, eye, line, mark, oval, tube
from limner.engines.sketch.paint.light import Ink, blended, ink
from limner.engines.sketch.scene.cast.look import Look, Role

_DARK = (0.05, 0.06, 0.14)
_PALE = "f2efe8"
_WHALE = (
    (0.86, 0.40),
    (0.70, 0.66),
    (0.24, 0.78),
    (-0.30, 0.64),
    (-0.72, 0.40),
    (-0.94, 0.46),
    (-0.86, 0.30),
    (-0.4, 0.10),
    (0.2, 0.02),
    (0.66, 0.10),
)
_WHALE_BELLY = (
    (0.90, 0.30),
    (0.4, 0.28),
    (-0.2, 0.22),
    (-0.7, 0.26),
    (-0.4, 0.0),
    (0.2, -0.1),
    (0.8, 0.0),
)
_FLUKES = (
    ((-0.86, 0.42), (-1.10, 0.74), (-1.30, 0.78), (-1.12, 0.50)),
    ((-0.88, 0.40), (-1.16, 0.52), (-1.34, 0.46), (-1.10, 0.34)),
)


def _smile(points: list[tuple[float, float]], width: float = 0.016) -> Form:
    return Form(lines=[line(points, width, "3a2a30")])


def whale(look: Look) -> Body:
    """A round whale with a spout."""
    color = look.or_one_of("4a78a8", "5a6a8a", "6a8ab0")
    groove = blended(ink(_PALE), _DARK, 0.35)
    marks = [
        mark(blob(_WHALE_BELLY, 5), _PALE, 0.02),
        *(
            mark(tube([(0.70, y), (0.2, y - 0.03), (-0.2, y)], [0.006]), groove, 0.004, 0.7)
            for y in (0.20, 0.14, 0.08)
        ),
    ]
    forms = [
        _spout(),
        Form(
            shapes=[blob(fluke, 5) for fluke in _FLUKES],
            color=blended(color, _DARK, 0.1),
            fur=0.08,
            shag=0,
            round=0.08,
            melt=0.03,
        ),
        Form(shapes=[blob(_WHALE, 6)], color=color, fur=0.06, shag=0, round=0.36, gloss=0.3, marks=marks),
        Form(
            shapes=[blob([(0.16, 0.20), (-0.02, -0.06), (-0.16, -0.10), (-0.08, 0.16)], 5)],
            color=blended(color, _DARK, 0.14),
            fur=0.06,
            shag=0,
            round=0.08,
        ),
        _smile([(0.84, 0.32), (0.64, 0.27), (0.52, 0.32)], 0.018),
        *eye(0.54, 0.42, 0.042, "1c1a20"),
    ]
    return Body(forms, (), True, anchors={"back": Anchor(0.0, 0.70), "mouth": Anchor(0.86, 0.32)})


def _spout() -> Form:
    drops = [
        line([(0.28, 0.82), (0.28 + dx * 0.4, 1.02), (0.28 + dx, 1.04 - abs(dx) * 0.5)], 0.035, "bfe2f0")
        for dx in (-0.22, -0.08, 0.08, 0.22)
    ]
    return Form(lines=drops)


def _swimmer(color: Ink, belly: str, nose: float, fin: float) -> list[Form]:
    back = blob(
        [
            (nose, 0.36),
            (0.62, 0.50),
            (0.30, 0.60),
            (-0.20, 0.52),
            (-0.66, 0.32),
            (-0.84, 0.30),
            (-0.66, 0.22),
            (-0.1, 0.14),
            (0.36, 0.18),
            (0.62, 0.28),
        ],
        6,
    )
    below = blob([(nose + 0.1, 0.30), (0.4, 0.33), (-0.1, 0.26), (-0.6, 0.24), (-0.2, 0.0), (0.5, 0.05)], 5)
    tail = blob([(-0.74, 0.30), (-1.0, 0.62), (-1.06, 0.60), (-0.94, 0.30), (-1.02, 0.06), (-0.94, 0.04)], 4)
    dorsal = blob([(0.20, 0.54), (0.0, fin), (-0.10, fin - 0.02), (-0.06, 0.50)], 4)
    side = blob([(0.22, 0.24), (0.06, -0.06), (-0.06, -0.08), (0.06, 0.22)], 4)
    dark = blended(color, _DARK, 0.12)
    return [
        Form(shapes=[tail], color=dark, round=0.06, fur=0.06, shag=0),
        Form(shapes=[dorsal], color=dark, round=0.06, fur=0.06, shag=0),
        Form(
            shapes=[back],
            color=color,
            fur=0.05,
            shag=0,
            round=0.26,
            gloss=0.4,
            marks=[mark(below, belly, 0.02)],
        ),
        Form(shapes=[side], color=dark, round=0.06, fur=0.06, shag=0),
    ]


def dolphin(look: Look) -> Body:
    """A dolphin, leaping a little."""
    color = look.or_one_of("6a94b8", "7a8aa8")
    beak = Form(shapes=[tube([(0.66, 0.38), (0.94, 0.32)], [0.075, 0.035])], color=color, gloss=0.3)
    forms = [
        *_swimmer(color, "eef0ee", 0.78, 0.80),
        beak,
        _smile([(0.92, 0.30), (0.74, 0.31), (0.60, 0.36)], 0.014),
        *eye(0.56, 0.43, 0.034, "1c1a20"),
    ]
    return Body(forms, (), True, anchors={"back": Anchor(0.1, 0.58), "mouth": Anchor(0.9, 0.32)})


def shark(look: Look) -> Body:
    """A storybook shark with its teeth."""
    color = look.or_one_of("6a7a8a", "5a7088")
    gills = [
        line(
            [(0.34 - k * 0.06, 0.44), (0.31 - k * 0.06, 0.36), (0.33 - k * 0.06, 0.28)],
            0.014,
            blended(color, _DARK, 0.5),
        )
        for k in range(3)
    ]
    mouth = Form(
        shapes=[blob([(0.80, 0.37), (0.56, 0.32), (0.62, 0.27), (0.74, 0.31)], 4)],
        color=ink("8a3038"),
        round=0.02,
        cast=0.2,
    )
    teeth = Form(
        shapes=[blob([(0.77, 0.36), (0.59, 0.32), (0.68, 0.315)], 3)],
        color=ink("ffffff"),
        flat=True,
        outline=0,
        cast=0,
    )
    forms = [
        *_swimmer(color, "f0f0ec", 0.92, 0.92),
        Form(lines=gills),
        mouth,
        teeth,
        *eye(0.60, 0.42, 0.030, "1c1a20"),
    ]
    return Body(forms, (), True, anchors={"back": Anchor(0.2, 0.58), "mouth": Anchor(0.9, 0.3)})


def octopus(look: Look) -> Body:
    """An octopus with curling arms."""
    color = look.or_one_of("d8604a", "b05a9a", "e08a4a")
    shade = blended(color, _DARK, 0.18)
    arms = []
    for k, x in enumerate((-0.34, -0.20, -0.06, 0.08, 0.22, 0.34)):
        out = (x - 0.01) * 1.5
        curl = 0.10 if k % 2 else -0.08
        arms.append(
            tube(
                [
                    (x * 0.8, 0.48),
                    (x + out * 0.3, 0.26),
                    (x + out * 0.7, 0.10),
                    (x + out + curl, 0.04),
                    (x + out + curl * 1.6, 0.14),
                ],
                [0.095, 0.085, 0.07, 0.05, 0.025],
            )
        )
    freckles = [
        mark(oval(x, y, 0.03), blended(color, (1, 0.95, 0.85), 0.4), 0.006, 0.8)
        for x, y in ((-0.22, 0.98), (-0.10, 1.08), (-0.26, 0.84))
    ]
    forms = [
        *(Form(shapes=[arm], color=shade, fur=0.05, shag=0, dark=0.15) for arm in arms[1::2]),
        *(Form(shapes=[arm], color=color, fur=0.05, shag=0) for arm in arms[::2]),
        Form(
            shapes=[oval(0, 0.82, 0.36, 0.38), oval(0, 0.54, 0.30, 0.20)],
            color=color,
            fur=0.05,
            shag=0,
            round=0.36,
            melt=0.1,
            gloss=0.3,
            marks=freckles,
        ),
        *(form for x in (-0.10, 0.16) for form in eye(x, 0.70, 0.065, "2a1a20")),
        _smile([(-0.04, 0.54), (0.03, 0.50), (0.11, 0.54)], 0.018),
    ]
    return Body(forms, (), True, anchors={"head": Anchor(0, 1.18), "mouth": Anchor(0.06, 0.52)})


def seahorse(look: Look) -> Body:
    """A seahorse with a curled tail."""
    color = look.or_one_of("e8a03a", "d8705a", "5aa09a")
    spine = [
        (0.02, 1.02),
        (-0.06, 0.80),
        (0.04, 0.58),
        (0.0, 0.34),
        (-0.10, 0.16),
        (-0.02, 0.02),
        (0.12, 0.08),
        (0.08, 0.18),
    ]
    rings = [
        mark(tube([(-0.3, y), (0.3, y - 0.03)], [0.008]), blended(color, _DARK, 0.35), 0.004, 0.6)
        for y in (0.86, 0.76, 0.66, 0.56, 0.46, 0.36, 0.26)
    ]
    forms = [
        Form(
            shapes=[blob([(-0.12, 0.72), (-0.34, 0.70), (-0.32, 0.50), (-0.06, 0.50)], 4)],
            color=blended(color, (1, 0.9, 0.6), 0.4),
            fur=0.05,
            shag=0,
            flow=180,
        ),
        Form(
            shapes=[tube(spine, [0.12, 0.12, 0.17, 0.13, 0.075, 0.05, 0.035, 0.02])],
            color=color,
            fur=0.04,
            shag=0,
            marks=rings,
            gloss=0.2,
        ),
        Form(
            shapes=[oval(0.04, 1.06, 0.15, 0.14), tube([(0.10, 1.04), (0.36, 0.98)], [0.06, 0.045])],
            color=color,
            melt=0.04,
            gloss=0.2,
        ),
        Form(
            shapes=[blob([(-0.06, 1.16), (-0.12, 1.34), (0.0, 1.26), (0.06, 1.36), (0.10, 1.18)], 3)],
            color=blended(color, (1, 0.9, 0.6), 0.3),
            round=0.04,
        ),
        *eye(0.07, 1.09, 0.045, "1c1210"),
    ]
    return Body(forms, (), True)


ROLES = {
    "whale": Role(whale, 0.40, "swim", "sea"),
    "dolphin": Role(dolphin, 0.28, "swim", "sea"),
    "shark": Role(shark, 0.30, "swim", "underwater"),
    "octopus": Role(octopus, 0.34, "swim", "underwater"),
    "seahorse": Role(seahorse, 0.30, "swim", "underwater"),
}
