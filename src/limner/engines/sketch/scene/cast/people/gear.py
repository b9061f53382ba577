"""What people wear on their heads; all lengths in head radii."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from limner.engines.sketch.paint.body import Form, Shape, blob, mark, oval, poly, tube
from limner.engines.sketch.paint.light import Ink, ink
from limner.engines.sketch.scene.cast.people.person import Person, darker, paler, tinted
from limner.engines.sketch.scene.cast.people.skeleton import Pair

_GOLD = "e8b83c"


def _blob(person: Person, points: Sequence[Pair], steps: int = 8) -> Shape:
    return blob(person.bones.head(points), steps)


def _tube(person: Person, points: Sequence[Pair], radii: Sequence[float]) -> Shape:
    r = person.build.head
    return tube(person.bones.head(points), [radius * r for radius in radii])


def _oval(person: Person, x: float, y: float, rx: float, ry: float, degrees: float = 0) -> Shape:
    (cx, cy), r = person.bones.head([(x, y)])[0], person.build.head
    return oval(cx, cy, rx * r, ry * r, degrees - person.bones.pose.tilt)


def _felt(shapes: Sequence[Shape], color: Ink, **kwargs: float) -> Form:
    return Form(
        shapes=shapes,
        color=color,
        fur=0.04,
        shag=0,
        round=0.09,
        cast=0.8,
        flow=80,
        melt=0.01,
        **kwargs,  # type: ignore[arg-type]
    )


def beanie(person: Person, color: str | None) -> list[Form]:
    """A knitted cap with a turned-up rim and a bobble."""
    wool = tinted(color, ("c8473c", "3f6fb0", "d8a030", "4a8a6a")[int(person.rng.integers(4))])
    dome = [
        (-1.06, 0.34),
        (-1.04, 0.86),
        (-0.5, 1.34),
        (0.2, 1.40),
        (0.84, 1.10),
        (1.06, 0.60),
        (1.02, 0.36),
        (0.0, 0.30),
    ]
    return [
        Form(
            shapes=[_oval(person, 0.0, 1.50, 0.30, 0.30)],
            color=paler(wool, 0.7),
            fur=0.05,
            shag=0.3,
            round=0.1,
        ),
        Form(shapes=[_blob(person, dome)], color=wool, fur=0.045, shag=0, round=0.12, flow=85, cast=0.8),
        Form(
            shapes=[_tube(person, [(-0.98, 0.34), (-0.4, 0.46), (0.35, 0.50), (0.96, 0.40)], [0.19])],
            color=paler(wool, 0.28),
            fur=0.03,
            shag=0,
            flow=85,
            cast=0.7,
        ),
    ]


def straw(person: Person, color: str | None) -> list[Form]:
    """A wide straw hat with a ribbon."""
    straw_color = ink("e8c878") if color is None else ink(color)
    band = ink("c8473c") if color is None else darker(straw_color, 0.4)
    brim = _oval(person, -0.02, 0.60, 1.62, 0.36, 4)
    dome = [
        (-0.90, 0.60),
        (-0.86, 1.06),
        (-0.45, 1.36),
        (0.1, 1.42),
        (0.62, 1.28),
        (0.88, 0.96),
        (0.88, 0.62),
        (0.0, 0.46),
    ]
    ribbon = _tube(person, [(-1.2, 0.72), (-0.4, 0.62), (0.3, 0.62), (1.2, 0.74)], [0.12])
    return [
        _felt([brim], straw_color, gloss=0.05),
        _felt([_blob(person, dome)], straw_color),
        Form(
            shapes=[
                _blob(
                    person,
                    [
                        (-0.93, 0.60),
                        (-0.92, 0.82),
                        (-0.3, 0.70),
                        (0.4, 0.71),
                        (0.92, 0.84),
                        (0.90, 0.62),
                        (0.4, 0.48),
                        (-0.3, 0.47),
                    ],
                )
            ],
            color=band,
            cast=0.3,
            round=0.03,
        )
        if ribbon
        else Form(),
    ]


def cap(person: Person, color: str | None) -> list[Form]:
    """A cap with a peak to the front."""
    cloth = tinted(color, "3f6fb0")
    dome = [
        (-1.04, 0.34),
        (-1.0, 0.86),
        (-0.5, 1.26),
        (0.2, 1.30),
        (0.80, 1.04),
        (1.02, 0.56),
        (0.6, 0.46),
        (0.0, 0.44),
    ]
    peak = [(0.10, 0.50), (0.80, 0.62), (1.30, 0.54), (1.66, 0.36), (1.40, 0.28), (0.90, 0.34), (0.30, 0.36)]
    return [
        _felt([_blob(person, dome)], cloth),
        Form(shapes=[_oval(person, 0.0, 1.30, 0.09, 0.06)], color=darker(cloth), cast=0.2),
        Form(shapes=[_blob(person, peak)], color=darker(cloth, 0.2), round=0.04, cast=0.9, fur=0.03, shag=0),
    ]


def _ring(person: Person, y: float, points: Sequence[Pair]) -> list[Pair]:
    return [(x, y + dy) for x, dy in points]


def crown(person: Person, color: str | None) -> list[Form]:
    """A golden crown with five points and jewels."""
    gold = tinted(color, _GOLD)
    outline = [
        (-0.80, 0.62), (-0.96, 1.34), (-0.56, 1.06), (-0.36, 1.52), (-0.02, 1.10),
        (0.18, 1.56), (0.44, 1.10), (0.74, 1.44), (0.76, 1.08), (0.98, 1.22), (0.84, 0.64), (0.4, 0.54), (-0.3, 0.54),
    ]  # fmt: skip
    jewels = [
        Form(shapes=[_oval(person, x, y, 0.10, 0.12)], color=ink(hue), gloss=0.9, round=0.03, cast=0.2)
        for x, y, hue in ((-0.42, 0.78, "c8303c"), (0.08, 0.76, "3060c8"), (0.52, 0.80, "2f9a5a"))
    ]
    tips = [
        Form(
            shapes=[_oval(person, x, y, 0.085, 0.085)],
            color=paler(gold, 0.3),
            gloss=0.6,
            cast=0.1,
            outline=0.5,
        )
        for x, y in ((-0.96, 1.36), (-0.36, 1.54), (0.18, 1.58), (0.74, 1.46))
    ]
    body = Form(shapes=[poly(person.bones.head(outline))], color=gold, gloss=0.6, round=0.05, cast=0.8)
    return [body, *jewels, *tips]


def tiara(person: Person, color: str | None) -> list[Form]:
    """A small tiara above the brow."""
    gold = tinted(color, _GOLD)
    outline = [
        (-0.62, 0.72),
        (-0.56, 0.98),
        (-0.30, 0.94),
        (-0.14, 1.14),
        (0.04, 0.98),
        (0.24, 1.34),
        (0.44, 0.98),
        (0.62, 1.12),
        (0.72, 0.92),
        (0.88, 0.94),
        (0.84, 0.70),
        (0.4, 0.76),
        (-0.2, 0.78),
    ]
    gem = Form(shapes=[_oval(person, 0.25, 0.98, 0.09, 0.12)], color=ink("e0508a"), gloss=0.9, cast=0.2)
    return [Form(shapes=[poly(person.bones.head(outline))], color=gold, gloss=0.6, round=0.04, cast=0.6), gem]


def wizard_hat(person: Person, color: str | None) -> list[Form]:
    """A tall bent cone with a wide brim."""
    felt = person.top if color is None else ink(color)
    cone = [
        (-0.94, 0.60),
        (-0.80, 1.10),
        (-0.52, 1.80),
        (-0.34, 2.40),
        (-0.62, 2.98),
        (-0.02, 2.66),
        (0.20, 2.20),
        (0.52, 1.50),
        (0.90, 0.62),
        (0.0, 0.44),
    ]
    brim = [
        (-1.62, 0.50),
        (-0.9, 0.74),
        (0.0, 0.66),
        (0.9, 0.74),
        (1.62, 0.56),
        (1.2, 0.34),
        (0.3, 0.22),
        (-0.6, 0.24),
        (-1.3, 0.34),
    ]
    band = _tube(person, [(-0.90, 0.78), (-0.3, 0.66), (0.3, 0.66), (0.86, 0.80)], [0.10])
    return [
        _felt([_blob(person, cone)], felt),
        Form(shapes=[band], color=ink(_GOLD), cast=0.3, round=0.02),
        _felt([_blob(person, brim)], darker(felt, 0.1)),
    ]


def toque(person: Person, color: str | None) -> list[Form]:
    """A chef's tall white hat."""
    white = tinted(color, "f8f6f0")
    puffs = [
        _oval(person, x, y, rx, ry)
        for x, y, rx, ry in (
            (-0.62, 1.52, 0.52, 0.46),
            (0.02, 1.72, 0.62, 0.50),
            (0.64, 1.52, 0.50, 0.44),
            (0.0, 1.34, 0.85, 0.4),
        )
    ]
    band = [(-0.90, 0.46), (-0.92, 1.12), (0.0, 1.02), (0.90, 1.12), (0.92, 0.52), (0.0, 0.42)]
    return [
        Form(shapes=puffs, color=white, fur=0.04, shag=0, round=0.12, melt=0.03, cast=0.5, flow=80),
        Form(shapes=[_blob(person, band, 4)], color=white, fur=0.03, shag=0, round=0.12, cast=0.7, flow=88),
    ]


def police_cap(person: Person, color: str | None) -> list[Form]:
    """A peaked cap with a badge."""
    cloth = tinted(color, "2a3a5c")
    top = [
        (-1.20, 0.90),
        (-0.8, 1.26),
        (0.1, 1.40),
        (0.95, 1.24),
        (1.26, 0.92),
        (0.9, 0.74),
        (0.0, 0.66),
        (-0.9, 0.72),
    ]
    band = [(-0.96, 0.42), (-0.98, 0.80), (0.0, 0.72), (0.98, 0.82), (0.98, 0.50), (0.0, 0.40)]
    peak = [(-0.30, 0.46), (0.40, 0.54), (1.02, 0.56), (1.30, 0.34), (0.80, 0.22), (0.10, 0.26)]
    return [
        _felt([_blob(person, top)], cloth),
        Form(shapes=[_blob(person, band, 4)], color=darker(cloth, 0.35), cast=0.4, round=0.05),
        Form(shapes=[_blob(person, peak)], color=ink("1c1c24"), gloss=0.6, round=0.05, cast=0.9),
        Form(shapes=[_oval(person, 0.26, 0.90, 0.17, 0.20)], color=ink(_GOLD), gloss=0.6, cast=0.4),
    ]


def fire_helmet(person: Person, color: str | None) -> list[Form]:
    """A firefighter's helmet with a crest and a shield."""
    shell = tinted(color, "d8382c")
    dome = [(-1.02, 0.52), (-0.98, 1.02), (-0.48, 1.44), (0.2, 1.48), (0.80, 1.16), (0.98, 0.60), (0.0, 0.44)]
    brim = [
        (-1.62, 0.28),
        (-1.0, 0.62),
        (0.0, 0.56),
        (0.9, 0.64),
        (1.34, 0.50),
        (0.8, 0.34),
        (0.0, 0.28),
        (-0.9, 0.30),
    ]
    shield = [(0.06, 0.70), (0.06, 1.16), (0.28, 1.26), (0.50, 1.14), (0.50, 0.72), (0.28, 0.58)]
    return [
        Form(shapes=[_blob(person, dome)], color=shell, gloss=0.5, round=0.12, cast=0.6),
        Form(
            shapes=[_tube(person, [(-0.86, 1.06), (-0.32, 1.46), (0.24, 1.50), (0.36, 1.3)], [0.10])],
            color=darker(shell, 0.2),
            gloss=0.4,
            cast=0.3,
        ),
        Form(shapes=[_blob(person, brim)], color=darker(shell, 0.1), gloss=0.5, round=0.05, cast=0.9),
        Form(shapes=[_blob(person, shield, 4)], color=ink("f0c84a"), gloss=0.4, round=0.03, cast=0.4),
    ]


def knight_helm(person: Person, color: str | None) -> list[Form]:
    """An open steel helmet with a red plume."""
    steel, plume = ink("aeb6c2"), tinted(color, "c8303c")
    shell = [
        (-0.98, -0.62),
        (-1.12, 0.0),
        (-1.06, 0.70),
        (-0.56, 1.20),
        (0.15, 1.30),
        (0.80, 1.02),
        (1.06, 0.40),
        (1.02, 0.30),
        (0.40, 0.46),
        (-0.20, 0.42),
        (-0.62, 0.16),
        (-0.66, -0.40),
        (-0.56, -0.86),
    ]
    feather = [(-0.2, 1.24), (-0.62, 1.72), (-1.30, 1.76), (-1.80, 1.20), (-1.84, 0.62)]
    return [
        Form(
            shapes=[_tube(person, feather, [0.12, 0.26, 0.32, 0.26, 0.05])],
            color=plume,
            fur=0.08,
            shag=0.35,
            cast=0.5,
        ),
        Form(shapes=[_blob(person, shell)], color=steel, gloss=0.7, round=0.10, cast=0.8),
        Form(
            shapes=[_tube(person, [(-0.62, 0.16), (-0.20, 0.42), (0.40, 0.46), (1.02, 0.30)], [0.07])],
            color=paler(steel, 0.3),
            gloss=0.6,
            cast=0.6,
        ),
        Form(shapes=[_oval(person, -0.70, 0.28, 0.12, 0.12)], color=ink(_GOLD), gloss=0.6, cast=0.3),
    ]


def space_helmet(person: Person, color: str | None) -> list[Form]:
    """A white shell about the face with a clear visor."""
    white = tinted(color, "eef0f4")
    r = person.build.head
    t = np.linspace(0, 2 * np.pi, 29)
    rim = [(0.14 + 1.02 * float(np.cos(a)), -0.02 + 0.98 * float(np.sin(a))) for a in t]
    shine = [(-0.58, 0.46), (-0.30, 0.74), (0.06, 0.86)]
    return [
        Form(shapes=[_tube(person, rim, [0.20])], color=white, gloss=0.3, cast=0.6, outline=0.8),
        Form(shapes=[_tube(person, rim[2:12], [0.04])], color=ink("b8c4d8"), cast=0, outline=0),
        Form(
            shapes=[_tube(person, shine, [0.03, 0.07, 0.03])],
            color=ink("f4faff"),
            flat=True,
            cast=0,
            outline=0,
            glow=0.02,
        ),
        Form(
            shapes=[_oval(person, -1.06, 0.0, 0.24, 0.34)],
            color=ink("e08a3c"),
            round=0.1 * r + 0.02,
            cast=0.4,
        ),
    ]


def space_shell(person: Person) -> list[Form]:
    """The back of the space helmet, behind the head."""
    shell = _oval(person, -0.02, 0.02, 1.30, 1.26)
    visor = mark(_oval(person, 0.16, -0.02, 1.0, 0.98), "46587e", 0.02, 0.9)
    return [Form(shapes=[shell], color=ink("eef0f4"), marks=[visor], round=person.build.head, gloss=0.2)]


def tricorn(person: Person, color: str | None) -> list[Form]:
    """A pirate's hat with a pale edge and a skull."""
    felt = tinted(color, "2c2630")
    shape = [
        (-1.62, 0.52),
        (-1.20, 1.02),
        (-0.62, 1.16),
        (-0.2, 1.66),
        (0.30, 1.70),
        (0.70, 1.20),
        (1.22, 1.02),
        (1.56, 0.62),
        (0.90, 0.44),
        (0.1, 0.58),
        (-0.8, 0.40),
    ]
    edge = [(-1.60, 0.56), (-0.8, 0.46), (0.1, 0.64), (0.9, 0.50), (1.54, 0.66)]
    bone = ink("f4efe2")
    eyes = [mark(_oval(person, x, 1.18, 0.055, 0.065), "2c2630", 0.002) for x in (0.14, 0.32)]
    return [
        _felt([_blob(person, shape)], felt),
        Form(shapes=[_tube(person, edge, [0.055])], color=ink("d8b45a"), cast=0.2, outline=0.4),
        Form(
            shapes=[_oval(person, 0.23, 1.17, 0.21, 0.20), _oval(person, 0.23, 1.0, 0.11, 0.10)],
            color=bone,
            marks=eyes,
            cast=0.2,
            melt=0.01,
            round=0.02,
        ),
        Form(
            shapes=[
                _tube(person, [(-0.04, 0.86), (0.5, 0.74)], [0.05]),
                _tube(person, [(-0.04, 0.74), (0.5, 0.86)], [0.05]),
            ],
            color=bone,
            cast=0.1,
            melt=0.003,
        ),
    ]


def santa_hat(person: Person, color: str | None) -> list[Form]:
    """A floppy cap with a white rim and bobble."""
    felt, white = tinted(color, "c8302c"), ink("f8f4ec")
    cone = [
        (-0.96, 0.52),
        (-0.94, 1.0),
        (-0.5, 1.62),
        (-0.06, 1.86),
        (-0.62, 1.72),
        (-1.30, 1.30),
        (-1.46, 1.04),
        (-1.2, 1.56),
        (-0.6, 2.04),
        (0.10, 2.06),
        (0.60, 1.60),
        (0.92, 1.0),
        (0.96, 0.52),
        (0.0, 0.4),
    ]
    rim = _tube(person, [(-0.98, 0.44), (-0.4, 0.56), (0.35, 0.60), (0.98, 0.50)], [0.22])
    return [
        _felt([_blob(person, cone, 6)], felt),
        Form(shapes=[_oval(person, -1.40, 0.98, 0.26, 0.26)], color=white, fur=0.045, shag=0.3, round=0.08),
        Form(shapes=[rim], color=white, fur=0.045, shag=0.3, cast=0.7),
    ]


def clown_hat(person: Person, color: str | None) -> list[Form]:
    """A small pointed hat with pompoms."""
    cloth = tinted(color, "3f78c8")
    dots = [
        mark(_oval(person, x, y, 0.09, 0.09), "f8e070", 0.002)
        for x, y in ((-0.16, 1.2), (0.22, 1.26), (0.04, 1.6))
    ]
    cone = Form(
        shapes=[poly(person.bones.head([(-0.48, 0.98), (0.10, 2.10), (0.56, 1.02), (0.04, 0.90)]))],
        color=cloth,
        marks=dots,
        round=0.08,
        cast=0.5,
    )
    pompom = Form(
        shapes=[_oval(person, 0.10, 2.12, 0.18, 0.18)], color=ink("f8e070"), fur=0.03, shag=0.3, round=0.06
    )
    return [cone, pompom]


def bandana(person: Person, color: str | None) -> list[Form]:
    """A kerchief tied about the head."""
    cloth = tinted(color, "c8303c")
    dome = [
        (-1.06, 0.20),
        (-1.06, 0.74),
        (-0.56, 1.18),
        (0.15, 1.26),
        (0.78, 1.02),
        (1.0, 0.50),
        (0.5, 0.52),
        (-0.2, 0.50),
        (-0.7, 0.36),
    ]
    knot = [(-1.02, 0.28), (-1.40, 0.12), (-1.52, -0.22)]
    return [
        Form(shapes=[_tube(person, knot, [0.12, 0.16, 0.05])], color=darker(cloth, 0.15), cast=0.3),
        _felt([_blob(person, dome)], cloth),
    ]


def headband(person: Person, color: str | None) -> list[Form]:
    """A band about the brow, its ends behind."""
    cloth = tinted(color, "c8303c")
    ends = [(-0.98, 0.34), (-1.44, 0.36), (-1.84, 0.12)]
    return [
        Form(shapes=[_tube(person, ends, [0.08, 0.12, 0.05])], color=darker(cloth, 0.1), cast=0.3),
        Form(
            shapes=[_tube(person, [(-0.98, 0.34), (-0.4, 0.46), (0.35, 0.50), (0.94, 0.42)], [0.12])],
            color=cloth,
            cast=0.5,
        ),
    ]


def hair_bow(person: Person, color: str | None) -> list[Form]:
    """A ribbon in the hair."""
    cloth = tinted(color, ("e8506a", "f0c040", "5a8ad0", "f4f0e8")[int(person.rng.integers(4))])
    wings = [
        _blob(person, [(-0.52, 0.98), (-0.92, 1.24), (-0.96, 0.86), (-0.70, 0.80)], 5),
        _blob(person, [(-0.52, 0.98), (-0.18, 1.34), (-0.08, 1.02), (-0.28, 0.88)], 5),
    ]
    return [
        Form(shapes=wings, color=cloth, round=0.03, melt=0.004, cast=0.5),
        Form(shapes=[_oval(person, -0.51, 0.98, 0.10, 0.10)], color=darker(cloth, 0.15), cast=0.3),
    ]


def halo(person: Person, color: str | None) -> list[Form]:
    """A ring of light above the head."""
    t = np.linspace(0, 2 * np.pi, 21)
    ring = [(0.78 * float(np.cos(a)), 1.52 + 0.20 * float(np.sin(a))) for a in t]
    return [
        Form(shapes=[_tube(person, ring, [0.07])], color=tinted(color, "f8d860"), glow=0.2, cast=0, outline=0)
    ]


def hood(person: Person, color: str | None) -> list[Form]:
    """A ninja's wrap: all but the eyes."""
    cloth = tinted(color, "2c2e3a")
    r = person.build.head
    over = [
        (-0.90, -0.50),
        (-1.06, 0.2),
        (-0.94, 0.80),
        (-0.3, 1.14),
        (0.45, 1.06),
        (0.94, 0.62),
        (1.0, 0.22),
        (0.5, 0.30),
        (-0.2, 0.28),
        (-0.62, 0.16),
        (-0.62, -0.22),
    ]
    under = [
        (-0.86, 0.0),
        (-0.62, -0.24),
        (-0.2, -0.30),
        (0.5, -0.27),
        (0.96, -0.16),
        (0.92, -0.5),
        (0.50, -0.96),
        (0.0, -1.02),
        (-0.56, -0.90),
        (-0.90, -0.5),
    ]
    return [
        Form(shapes=[_blob(person, under)], color=cloth, fur=0.03, shag=0, round=r, cast=0.3, flow=10),
        Form(shapes=[_blob(person, over)], color=cloth, fur=0.03, shag=0, round=r * 0.8, cast=0.5, flow=20),
    ]
