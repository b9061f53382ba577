"""Hats, caps and ribbons; lengths in head radii."""

from __future__ import annotations

from limner.engines.sketch.paint.body import Form, mark, poly
from limner.engines.sketch.paint.light import ink
from limner.engines.sketch.scene.cast.people import hat_shapes
from limner.engines.sketch.scene.cast.people.on_head import blob_on, felt, oval_on, tube_on
from limner.engines.sketch.scene.cast.people.person import Person, darker, paler, tinted

_GOLD = "e8b83c"


def beanie(person: Person, color: str | None) -> list[Form]:
    """A knitted cap with a turned-up rim and a bobble."""
    wool = tinted(color, ("c8473c", "3f6fb0", "d8a030", "4a8a6a")[int(person.rng.integers(4))])
    dome = hat_shapes.BEANIE_DOME
    return [
        Form(
            shapes=[oval_on(person, 0.0, 1.50, 0.30, 0.30)],
            color=paler(wool, 0.7),
            fur=0.05,
            shag=0.3,
            round=0.1,
        ),
        Form(shapes=[blob_on(person, dome)], color=wool, fur=0.045, shag=0, round=0.12, flow=85, cast=0.8),
        Form(
            shapes=[tube_on(person, [(-0.98, 0.34), (-0.4, 0.46), (0.35, 0.50), (0.96, 0.40)], [0.19])],
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
    brim = oval_on(person, -0.02, 0.60, 1.62, 0.36, 4)
    dome = hat_shapes.STRAW_DOME
    return [
        felt([brim], straw_color),
        felt([blob_on(person, dome)], straw_color),
        Form(
            shapes=[
                blob_on(
                    person,
                    hat_shapes.STRAW,
                )
            ],
            color=band,
            cast=0.3,
            round=0.03,
        ),
    ]


def cap(person: Person, color: str | None) -> list[Form]:
    """A cap with a peak to the front."""
    cloth = tinted(color, "3f6fb0")
    dome = hat_shapes.CAP_DOME
    peak = hat_shapes.CAP_PEAK
    return [
        felt([blob_on(person, dome)], cloth),
        Form(shapes=[oval_on(person, 0.0, 1.30, 0.09, 0.06)], color=darker(cloth), cast=0.2),
        Form(
            shapes=[blob_on(person, peak)], color=darker(cloth, 0.2), round=0.04, cast=0.9, fur=0.03, shag=0
        ),
    ]


def wizard_hat(person: Person, color: str | None) -> list[Form]:
    """A tall bent cone with a wide brim."""
    stuff = person.top if color is None else ink(color)
    cone = hat_shapes.WIZARD_HAT_CONE
    brim = hat_shapes.WIZARD_HAT_BRIM
    band = tube_on(person, [(-0.90, 0.78), (-0.3, 0.66), (0.3, 0.66), (0.86, 0.80)], [0.10])
    return [
        felt([blob_on(person, cone)], stuff),
        Form(shapes=[band], color=ink(_GOLD), cast=0.3, round=0.02),
        felt([blob_on(person, brim)], darker(stuff, 0.1)),
    ]


def toque(person: Person, color: str | None) -> list[Form]:
    """A chef's tall white hat."""
    white = tinted(color, "f8f6f0")
    puffs = [
        oval_on(person, x, y, rx, ry)
        for x, y, rx, ry in (
            (-0.62, 1.52, 0.52, 0.46),
            (0.02, 1.72, 0.62, 0.50),
            (0.64, 1.52, 0.50, 0.44),
            (0.0, 1.34, 0.85, 0.4),
        )
    ]
    band = hat_shapes.TOQUE_BAND
    return [
        Form(shapes=puffs, color=white, fur=0.04, shag=0, round=0.12, melt=0.03, cast=0.5, flow=80),
        Form(shapes=[blob_on(person, band, 4)], color=white, fur=0.03, shag=0, round=0.12, cast=0.7, flow=88),
    ]


def tricorn(person: Person, color: str | None) -> list[Form]:
    """A pirate's hat with a pale edge and a skull."""
    stuff = tinted(color, "2c2630")
    shape = hat_shapes.TRICORN_SHAPE
    edge = hat_shapes.TRICORN_EDGE
    bone = ink("f4efe2")
    eyes = [mark(oval_on(person, x, 1.18, 0.055, 0.065), "2c2630", 0.002) for x in (0.14, 0.32)]
    return [
        felt([blob_on(person, shape)], stuff),
        Form(shapes=[tube_on(person, edge, [0.055])], color=ink("d8b45a"), cast=0.2, outline=0.4),
        Form(
            shapes=[oval_on(person, 0.23, 1.17, 0.21, 0.20), oval_on(person, 0.23, 1.0, 0.11, 0.10)],
            color=bone,
            marks=eyes,
            cast=0.2,
            melt=0.01,
            round=0.02,
        ),
        Form(
            shapes=[
                tube_on(person, [(-0.04, 0.86), (0.5, 0.74)], [0.05]),
                tube_on(person, [(-0.04, 0.74), (0.5, 0.86)], [0.05]),
            ],
            color=bone,
            cast=0.1,
            melt=0.003,
        ),
    ]


def santa_hat(person: Person, color: str | None) -> list[Form]:
    """A floppy cap with a white rim and bobble."""
    stuff, white = tinted(color, "c8302c"), ink("f8f4ec")
    cone = hat_shapes.SANTA_HAT_CONE
    rim = tube_on(person, [(-0.98, 0.44), (-0.4, 0.56), (0.35, 0.60), (0.98, 0.50)], [0.22])
    return [
        felt([blob_on(person, cone, 6)], stuff),
        Form(shapes=[oval_on(person, -1.40, 0.98, 0.26, 0.26)], color=white, fur=0.045, shag=0.3, round=0.08),
        Form(shapes=[rim], color=white, fur=0.045, shag=0.3, cast=0.7),
    ]


def clown_hat(person: Person, color: str | None) -> list[Form]:
    """A small pointed hat with pompoms."""
    cloth = tinted(color, "3f78c8")
    dots = [
        mark(oval_on(person, x, y, 0.09, 0.09), "f8e070", 0.002)
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
        shapes=[oval_on(person, 0.10, 2.12, 0.18, 0.18)], color=ink("f8e070"), fur=0.03, shag=0.3, round=0.06
    )
    return [cone, pompom]


def bandana(person: Person, color: str | None) -> list[Form]:
    """A kerchief tied about the head."""
    cloth = tinted(color, "c8303c")
    dome = hat_shapes.BANDANA_DOME
    knot = [(-1.02, 0.28), (-1.40, 0.12), (-1.52, -0.22)]
    return [
        Form(shapes=[tube_on(person, knot, [0.12, 0.16, 0.05])], color=darker(cloth, 0.15), cast=0.3),
        felt([blob_on(person, dome)], cloth),
    ]


def headband(person: Person, color: str | None) -> list[Form]:
    """A band about the brow, its ends behind."""
    cloth = tinted(color, "c8303c")
    ends = [(-0.98, 0.34), (-1.44, 0.36), (-1.84, 0.12)]
    return [
        Form(shapes=[tube_on(person, ends, [0.08, 0.12, 0.05])], color=darker(cloth, 0.1), cast=0.3),
        Form(
            shapes=[tube_on(person, [(-0.98, 0.34), (-0.4, 0.46), (0.35, 0.50), (0.94, 0.42)], [0.12])],
            color=cloth,
            cast=0.5,
        ),
    ]


def hair_bow(person: Person, color: str | None) -> list[Form]:
    """A ribbon in the hair."""
    cloth = tinted(color, ("e8506a", "f0c040", "5a8ad0", "f4f0e8")[int(person.rng.integers(4))])
    wings = [
        blob_on(person, [(-0.52, 0.98), (-0.92, 1.24), (-0.96, 0.86), (-0.70, 0.80)], 5),
        blob_on(person, [(-0.52, 0.98), (-0.18, 1.34), (-0.08, 1.02), (-0.28, 0.88)], 5),
    ]
    return [
        Form(shapes=wings, color=cloth, round=0.03, melt=0.004, cast=0.5),
        Form(shapes=[oval_on(person, -0.51, 0.98, 0.10, 0.10)], color=darker(cloth, 0.15), cast=0.3),
    ]
