"""Belts, fronts, aprons and armour: what costumes add to the trunk."""

from __future__ import annotations

from limner.engines.sketch.paint.body import Form, blob, line, mark, oval, poly, tube
from limner.engines.sketch.paint.light import ink
from limner.engines.sketch.scene.cast.people import trim_shapes
from limner.engines.sketch.scene.cast.people.clothes import belt_line, chest, hem_of
from limner.engines.sketch.scene.cast.people.fabric import GOLD, line_on, patch, size_of
from limner.engines.sketch.scene.cast.people.person import Person, darker, paler, tinted
from limner.engines.sketch.scene.cast.people.skeleton import between


def belt(person: Person, color: str | None) -> list[Form]:
    """A belt with a buckle."""
    leather = tinted(color, "4a3024")
    ring = belt_line(person)
    size = size_of(person)
    shape = tube(ring[1:3], [size * 0.055])
    whole = tube(
        [between(ring[0], ring[1], 0.14), *ring[1:3], between(ring[3], ring[2], 0.12)], [size * 0.055]
    )
    x, y = ring[2]
    buckle = oval(x - size * 0.06, y + 0.001, size * 0.075, size * 0.07)
    return [patch([whole, shape], leather, 0.25), patch([buckle], ink(GOLD), 0.2, gloss=0.5)]


def sash(person: Person, color: str | None) -> list[Form]:
    """A cloth band about the waist with a hanging end."""
    cloth = tinted(color, "c8383c")
    ring = belt_line(person, 0.24)
    size = size_of(person)
    x, y = ring[1]
    end = tube(
        [(x, y), (x - size * 0.04, y - size * 0.24), (x - size * 0.02, y - size * 0.42)],
        [size * 0.04, size * 0.08, size * 0.06],
    )
    whole = tube([between(ring[0], ring[1], 0.1), *ring[1:3], between(ring[3], ring[2], 0.1)], [size * 0.075])
    return [patch([end], darker(cloth, 0.15), 0.4), patch([whole], cloth, 0.3)]


def opening(person: Person, color: str | None) -> list[Form]:
    """The line where a coat closes, with buttons down to the hem."""
    hem = hem_of(person)
    low = (hem[0][0] * 0.42 + hem[1][0] * 0.58, (hem[0][1] + hem[1][1]) / 2 - 0.012)
    if person.bones.pose.drape == "lap":
        low = chest(person, [(0.12, -0.05)])[0]
    top, waist = chest(person, [(0.10, 0.88), (0.12, 0.30)])
    button = tinted(color, darker(person.top, 0.55))
    spots = [oval(x, y, 0.010) for x, y in chest(person, [(0.20, 0.74), (0.22, 0.52), (0.22, 0.30)])]
    return [
        Form(lines=[line([top, waist, low], 0.007, darker(person.top, 0.5))]),
        *[patch([spot], button, 0.15) for spot in spots],
    ]


def buttons(person: Person, color: str | None) -> list[Form]:
    """Three buttons down the front."""
    spots = chest(person, [(0.08, 0.72), (0.09, 0.50), (0.09, 0.28)])
    tone = tinted(color, paler(person.top, 0.75))
    return [patch([oval(x, y, size_of(person) * 0.038)], tone, 0.15, gloss=0.3) for x, y in spots]


def fur_front(person: Person, color: str | None) -> list[Form]:
    """White fur down the front and along the hem of a coat."""
    white = tinted(color, "f8f4ea")
    (x0, y0), (x1, y1) = hem_of(person)
    middle = (x0 * 0.45 + x1 * 0.55, (y0 + y1) / 2 - 0.024)
    size = size_of(person) * 0.07
    top, waist = chest(person, [(0.10, 0.90), (0.12, 0.25)])
    front = tube([top, waist, middle], [size * 0.9])
    hem = tube(
        [
            (x0 + size * 0.5, y0),
            (x0 * 0.75 + x1 * 0.25, y0 - 0.014),
            middle,
            (x0 * 0.2 + x1 * 0.8, y1 - 0.014),
            (x1 - size * 0.5, y1),
        ],
        [size * 1.1],
    )
    shapes = [front] if person.bones.pose.drape == "lap" or abs(person.bones.pose.lean) > 45 else [front, hem]
    return [Form(shapes=shapes, color=white, fur=0.035, shag=0.25, melt=0.01, cast=0.4)]


def apron(person: Person, color: str | None) -> list[Form]:
    """An apron with straps."""
    white = tinted(color, "f6f2e8")
    if person.bones.pose.drape == "lap":
        return bib(person, color)
    x, y = person.bones.pelvis
    w, drop = person.build.hips, (person.build.thigh + person.build.shin) * 0.46
    skirt = [
        *chest(person, [(-0.86, 0.30), (0.86, 0.30)]),
        (x + w * 1.05, y),
        (x + w * 1.0, y - drop),
        (x, y - drop - 0.016),
        (x - w * 1.0, y - drop),
        (x - w * 1.05, y),
    ]
    straps = [
        line_on(person, [(-0.42, 0.82), (-0.40, 1.04)], 0.013, white),
        line_on(person, [(0.46, 0.82), (0.42, 1.04)], 0.013, white),
    ]
    top = poly(chest(person, [(-0.46, 0.84), (0.52, 0.84), (0.64, 0.28), (-0.62, 0.28)]))
    fold = mark(
        tube([(x - w * 0.3, y + 0.02), (x - w * 0.36, y - drop + 0.02)], [0.006, 0.012]),
        darker(white, 0.25),
        0.01,
        0.5,
    )
    return [
        Form(lines=straps),
        patch([blob(skirt, 3)], white, 0.3, fur=0.03),
        Form(shapes=[top], color=white, cast=0.1, round=0.03, outline=0.3, marks=[fold]),
    ]


def bib(person: Person, color: str | None) -> list[Form]:
    """The bib and straps of dungarees."""
    cloth = tinted(color, person.bottom)
    straps = [
        tube(chest(person, points), [size_of(person) * 0.042])
        for points in (((-0.50, 0.66), (-0.52, 1.0)), ((0.54, 0.66), (0.50, 1.0)))
    ]
    front = blob(
        chest(
            person,
            trim_shapes.BIB_FRONT,
        ),
        5,
    )
    pocket = mark(
        blob(chest(person, trim_shapes.BIB_POCKET), 4),
        darker(cloth, 0.25),
        0.003,
        0.8,
    )
    spots = [
        patch([oval(x, y, size_of(person) * 0.035)], ink(GOLD), 0.1, gloss=0.4)
        for x, y in chest(person, [(-0.50, 0.68), (0.54, 0.68)])
    ]
    return [
        patch(straps, darker(cloth, 0.08), 0.3),
        Form(shapes=[front], color=cloth, marks=[pocket], fur=0.04, shag=0, cast=0.3, round=0.08, flow=-88),
        *spots,
    ]


def vest(person: Person, color: str | None) -> list[Form]:
    """An open waistcoat."""
    cloth = tinted(color, "4a3a2e")
    left = blob(
        chest(
            person,
            trim_shapes.VEST_LEFT,
        ),
        5,
    )
    right = blob(
        chest(
            person,
            trim_shapes.VEST_RIGHT,
        ),
        5,
    )
    return [patch([left], cloth, 0.4, fur=0.035), patch([right], cloth, 0.4, fur=0.035)]


def tabard(person: Person, color: str | None) -> list[Form]:
    """A cloth panel over the armour with a cross."""
    cloth = tinted(color, person.top)
    x, y = person.bones.pelvis
    w, drop = person.build.hips, (person.build.thigh + person.build.shin) * 0.40
    points = [
        *chest(person, [(-0.50, 0.98), (0.52, 0.98), (0.62, 0.35)]),
        (x + w * 0.75, y),
        (x + w * 0.80, y - drop),
        (x, y - drop - 0.02),
        (x - w * 0.76, y - drop),
        (x - w * 0.72, y),
    ]
    if person.bones.pose.drape == "lap":
        points = chest(person, trim_shapes.TABARD_POINTS)
    cross = [
        line_on(person, [(0.06, 0.84), (0.06, 0.44)], 0.022, "f4ecd8"),
        line_on(person, [(-0.24, 0.68), (0.36, 0.68)], 0.022, "f4ecd8"),
    ]
    return [
        Form(
            shapes=[blob([*points, *chest(person, [(-0.58, 0.35)])], 4)],
            color=cloth,
            fur=0.04,
            shag=0,
            cast=0.4,
            round=0.05,
            flow=-88,
            lines=cross,
        )
    ]


def mail(person: Person, color: str | None) -> list[Form]:
    """A steel breastplate with shoulder plates."""
    steel = tinted(color, "b4bcc8")
    plate = blob(
        chest(
            person,
            trim_shapes.MAIL_PLATE,
        ),
        6,
    )
    ridge = line_on(person, [(0.06, 0.90), (0.10, 0.5), (0.06, 0.10)], 0.008, darker(steel, 0.3))
    gorget = tube(chest(person, [(-0.46, 1.02), (0.04, 0.94), (0.46, 1.02)]), [size_of(person) * 0.05])
    return [
        Form(shapes=[plate], color=steel, gloss=0.7, round=0.10, cast=0.5, lines=[ridge]),
        patch([gorget], paler(steel, 0.25), 0.3, gloss=0.6),
    ]


def tutu(person: Person, color: str | None) -> list[Form]:
    """A dancer's wide gauze skirt."""
    x, y = chest(person, [(0, 0.16)])[0]
    w, tone = person.build.hips, tinted(color, paler(person.top, 0.35))
    layers = []
    for number, (wide, drop) in enumerate(((3.0, 0.085), (2.7, 0.045))):
        points = [(x - w * 0.9, y + 0.02), (x - w * wide * 0.8, y - drop * 0.4), (x - w * wide, y - drop)]
        points += [
            (x + w * wide * t, y - drop - 0.030 * (1 - abs(t)) - 0.012 * (k % 2))
            for k, t in enumerate((-0.75, -0.5, -0.25, 0.0, 0.25, 0.5, 0.75))
        ]
        points += [(x + w * wide, y - drop), (x + w * wide * 0.8, y - drop * 0.4), (x + w * 0.9, y + 0.02)]
        layers.append(
            Form(
                shapes=[blob(points, 5)],
                color=paler(tone, 0.2 * number),
                fur=0.06,
                shag=0.1,
                flow=-80,
                round=0.05,
                cast=0.5,
            )
        )
    return layers
