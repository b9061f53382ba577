"""Crowns, helmets and uniform caps; lengths in head radii."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.body import Form, mark, poly
from limner.engines.sketch.paint.light import ink
from limner.engines.sketch.scene.cast.people import hat_shapes
from limner.engines.sketch.scene.cast.people.on_head import blob_on, felt, oval_on, tube_on
from limner.engines.sketch.scene.cast.people.person import Person, darker, paler, tinted

_GOLD = "e8b83c"


def crown(person: Person, color: str | None) -> list[Form]:
    """A golden crown with five points and jewels."""
    gold = tinted(color, _GOLD)
    outline = hat_shapes.CROWN_OUTLINE  # fmt: skip
    jewels = [
        Form(shapes=[oval_on(person, x, y, 0.10, 0.12)], color=ink(hue), gloss=0.9, round=0.03, cast=0.2)
        for x, y, hue in ((-0.42, 0.78, "c8303c"), (0.08, 0.76, "3060c8"), (0.52, 0.80, "2f9a5a"))
    ]
    tips = [
        Form(
            shapes=[oval_on(person, x, y, 0.085, 0.085)],
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
    outline = hat_shapes.TIARA_OUTLINE
    gem = Form(shapes=[oval_on(person, 0.25, 0.98, 0.09, 0.12)], color=ink("e0508a"), gloss=0.9, cast=0.2)
    return [Form(shapes=[poly(person.bones.head(outline))], color=gold, gloss=0.6, round=0.04, cast=0.6), gem]


def police_cap(person: Person, color: str | None) -> list[Form]:
    """A peaked cap with a badge."""
    cloth = tinted(color, "2a3a5c")
    top = hat_shapes.POLICE_CAP_TOP
    band = hat_shapes.POLICE_CAP_BAND
    peak = hat_shapes.POLICE_CAP_PEAK
    return [
        felt([blob_on(person, top)], cloth),
        Form(shapes=[blob_on(person, band, 4)], color=darker(cloth, 0.35), cast=0.4, round=0.05),
        Form(shapes=[blob_on(person, peak)], color=ink("1c1c24"), gloss=0.6, round=0.05, cast=0.9),
        Form(shapes=[oval_on(person, 0.26, 0.90, 0.17, 0.20)], color=ink(_GOLD), gloss=0.6, cast=0.4),
    ]


def fire_helmet(person: Person, color: str | None) -> list[Form]:
    """A firefighter's helmet with a crest and a shield."""
    shell = tinted(color, "d8382c")
    dome = hat_shapes.FIRE_HELMET_DOME
    brim = hat_shapes.FIRE_HELMET_BRIM
    shield = hat_shapes.FIRE_HELMET_SHIELD
    return [
        Form(shapes=[blob_on(person, dome)], color=shell, gloss=0.5, round=0.12, cast=0.6),
        Form(
            shapes=[tube_on(person, [(-0.86, 1.06), (-0.32, 1.46), (0.24, 1.50), (0.36, 1.3)], [0.10])],
            color=darker(shell, 0.2),
            gloss=0.4,
            cast=0.3,
        ),
        Form(shapes=[blob_on(person, brim)], color=darker(shell, 0.1), gloss=0.5, round=0.05, cast=0.9),
        Form(shapes=[blob_on(person, shield, 4)], color=ink("f0c84a"), gloss=0.4, round=0.03, cast=0.4),
    ]


def knight_helm(person: Person, color: str | None) -> list[Form]:
    """An open steel helmet with a red plume."""
    steel, plume = ink("aeb6c2"), tinted(color, "c8303c")
    shell = hat_shapes.KNIGHT_HELM_SHELL
    feather = hat_shapes.KNIGHT_HELM_FEATHER
    return [
        Form(
            shapes=[tube_on(person, feather, [0.12, 0.26, 0.32, 0.26, 0.05])],
            color=plume,
            fur=0.08,
            shag=0.35,
            cast=0.5,
        ),
        Form(shapes=[blob_on(person, shell)], color=steel, gloss=0.7, round=0.10, cast=0.8),
        Form(
            shapes=[tube_on(person, [(-0.62, 0.16), (-0.20, 0.42), (0.40, 0.46), (1.02, 0.30)], [0.07])],
            color=paler(steel, 0.3),
            gloss=0.6,
            cast=0.6,
        ),
        Form(shapes=[oval_on(person, -0.70, 0.28, 0.12, 0.12)], color=ink(_GOLD), gloss=0.6, cast=0.3),
    ]


def space_helmet(person: Person, color: str | None) -> list[Form]:
    """A white shell about the face with a clear visor."""
    white = tinted(color, "eef0f4")
    r = person.build.head
    t = np.linspace(0, 2 * np.pi, 29)
    rim = [(0.14 + 1.02 * float(np.cos(a)), -0.02 + 0.98 * float(np.sin(a))) for a in t]
    shine = [(-0.58, 0.46), (-0.30, 0.74), (0.06, 0.86)]
    return [
        Form(shapes=[tube_on(person, rim, [0.20])], color=white, gloss=0.3, cast=0.6, outline=0.8),
        Form(shapes=[tube_on(person, rim[2:12], [0.04])], color=ink("b8c4d8"), cast=0, outline=0),
        Form(
            shapes=[tube_on(person, shine, [0.03, 0.07, 0.03])],
            color=ink("f4faff"),
            flat=True,
            cast=0,
            outline=0,
            glow=0.02,
        ),
        Form(
            shapes=[oval_on(person, -1.06, 0.0, 0.24, 0.34)],
            color=ink("e08a3c"),
            round=0.1 * r + 0.02,
            cast=0.4,
        ),
    ]


def space_shell(person: Person) -> list[Form]:
    """The back of the space helmet, behind the head."""
    shell = oval_on(person, -0.02, 0.02, 1.30, 1.26)
    visor = mark(oval_on(person, 0.16, -0.02, 1.0, 0.98), "46587e", 0.02, 0.9)
    return [Form(shapes=[shell], color=ink("eef0f4"), marks=[visor], round=person.build.head, gloss=0.2)]


def halo(person: Person, color: str | None) -> list[Form]:
    """A ring of light above the head."""
    t = np.linspace(0, 2 * np.pi, 21)
    ring = [(0.78 * float(np.cos(a)), 1.52 + 0.20 * float(np.sin(a))) for a in t]
    return [
        Form(
            shapes=[tube_on(person, ring, [0.07])], color=tinted(color, "f8d860"), glow=0.2, cast=0, outline=0
        )
    ]


def hood(person: Person, color: str | None) -> list[Form]:
    """A ninja's wrap: all but the eyes."""
    cloth = tinted(color, "2c2e3a")
    r = person.build.head
    over = hat_shapes.HOOD_OVER
    under = hat_shapes.HOOD_UNDER
    return [
        Form(shapes=[blob_on(person, under)], color=cloth, fur=0.03, shag=0, round=r, cast=0.3, flow=10),
        Form(shapes=[blob_on(person, over)], color=cloth, fur=0.03, shag=0, round=r * 0.8, cast=0.5, flow=20),
    ]
