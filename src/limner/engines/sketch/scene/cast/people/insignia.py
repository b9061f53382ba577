"""Badges, lamps and disguises: small signs of a trade."""

from __future__ import annotations

from limner.engines.sketch.paint.body import Form, blob, line, oval, poly, tube
from limner.engines.sketch.paint.curves import star
from limner.engines.sketch.paint.light import ink
from limner.engines.sketch.scene.cast.people import trim_shapes
from limner.engines.sketch.scene.cast.people.clothes import belt_line, chest
from limner.engines.sketch.scene.cast.people.fabric import GOLD, line_on, patch, size_of
from limner.engines.sketch.scene.cast.people.person import Person, tinted
from limner.engines.sketch.scene.cast.people.skeleton import between


def badge(person: Person, color: str | None) -> list[Form]:
    """A star on the chest."""
    (x, y), size = chest(person, [(0.52, 0.68)])[0], size_of(person) * 0.085
    points = star(x, -y, size) * (1, -1)
    return [patch([poly(points)], tinted(color, GOLD), 0.2, gloss=0.5)]


def emblem(person: Person, color: str | None) -> list[Form]:
    """A large star in a disc on the chest."""
    (x, y), size = chest(person, [(0.08, 0.66)])[0], size_of(person) * 0.20
    points = star(x, -y, size * 0.85) * (1, -1)
    return [
        patch([oval(x, y, size)], tinted(color, "f8d040"), 0.1),
        patch([poly(points)], ink("c8303c"), 0.0),
    ]


def bands(person: Person, color: str | None) -> list[Form]:
    """Bright bands about chest and hem, as on a firefighter's coat."""
    tone = tinted(color, "f4ec6a")
    rings = [belt_line(person, v) for v in (0.62, 0.10)]
    shapes = [
        tube([between(r[0], r[1], 0.16), *r[1:3], between(r[3], r[2], 0.16)], [size_of(person) * 0.05])
        for r in rings
    ]
    return [patch([shape], tone, 0.1) for shape in shapes]


def stethoscope(person: Person, color: str | None) -> list[Form]:
    """Tubes about the neck and a disc."""
    tone = tinted(color, "30405a")
    left = line_on(person, [(-0.40, 1.02), (-0.38, 0.76), (-0.10, 0.58), (0.06, 0.50)], 0.010, tone)
    right = line_on(person, [(0.42, 1.02), (0.46, 0.78), (0.44, 0.58)], 0.010, tone)
    x, y = chest(person, [(0.44, 0.55)])[0]
    return [
        Form(lines=[left, right]),
        patch([oval(x, y, size_of(person) * 0.06)], ink("c8d0d8"), 0.3, gloss=0.8),
    ]


def panel(person: Person, color: str | None) -> list[Form]:
    """A box with lamps on the chest of a space suit."""
    size = size_of(person)
    (x, y) = chest(person, [(0.08, 0.60)])[0]
    box = blob(
        [
            (x - size * 0.19, y - size * 0.12),
            (x + size * 0.19, y - size * 0.12),
            (x + size * 0.19, y + size * 0.12),
            (x - size * 0.19, y + size * 0.12),
        ],
        3,
    )
    lamps = [
        patch([oval(x + dx * size, y + dy * size, size * 0.034)], ink(hue), 0.1)
        for dx, dy, hue in ((-0.10, 0.04, "d8403c"), (0.0, 0.04, "f0c040"), (0.10, 0.04, "3fa060"))
    ]
    bar = line([(x - size * 0.11, y - size * 0.06), (x + size * 0.11, y - size * 0.06)], 0.010, "5a6a84")
    return [patch([box], tinted(color, "c8ced8"), 0.4), *lamps, Form(lines=[bar])]


def eyepatch(person: Person, color: str | None) -> list[Form]:
    """A patch on the near eye with its band."""
    band = line(
        person.bones.head([(-0.92, 0.10), (-0.12, 0.10), (0.30, 0.42), (0.70, 0.70)]), 0.012, "241c22"
    )
    cover = blob(person.bones.head(trim_shapes.EYEPATCH_PATCH), 5)
    return [patch([cover], tinted(color, "241c22"), 0.3), Form(lines=[band])]


def eyemask(person: Person, color: str | None) -> list[Form]:
    """A band about the eyes, which stay open."""
    cloth = tinted(color, person.bottom)
    shape = trim_shapes.EYEMASK_SHAPE
    return [patch([blob(person.bones.head(shape), 5)], cloth, 0.2)]


def red_nose(person: Person, color: str | None) -> list[Form]:
    """A clown's nose."""
    (x, y), r = person.bones.head([(0.33, -0.24)])[0], person.build.head
    return [
        Form(shapes=[oval(x, y, 0.21 * r)], color=tinted(color, "d8302c"), gloss=0.8, round=0.1, cast=0.5)
    ]
