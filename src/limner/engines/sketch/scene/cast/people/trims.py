"""Collars, belts, aprons, capes and wings: what costumes add to the trunk."""

from __future__ import annotations

import math
from collections.abc import Sequence

from limner.engines.sketch.paint.body import Form, Line, Shape, blob, line, mark, oval, poly, tube
from limner.engines.sketch.paint.curves import star
from limner.engines.sketch.paint.light import Ink, ink
from limner.engines.sketch.scene.cast.people.clothes import belt_line, chest, hem_of
from limner.engines.sketch.scene.cast.people.person import Person, darker, paler, tinted
from limner.engines.sketch.scene.cast.people.skeleton import Pair

_GOLD = "e8b83c"


def _patch(shapes: Sequence[Shape], color: Ink, cast: float = 0.35, **kwargs: float) -> Form:
    return Form(shapes=shapes, color=color, cast=cast, round=0.03, melt=0.006, outline=0.7, **kwargs)  # type: ignore[arg-type]


def _line(person: Person, points: Sequence[Pair], width: float, color: str | Ink) -> Line:
    return line(chest(person, points), width, color)


def _size(person: Person) -> float:
    return person.build.torso


def round_collar(person: Person, color: str | None) -> list[Form]:
    """Two round leaves at the neck."""
    white = tinted(color, paler(person.top, 0.85))
    left = blob(chest(person, [(0.06, 1.02), (-0.5, 1.04), (-0.66, 0.94), (-0.40, 0.82), (-0.02, 0.90)]), 5)
    right = blob(chest(person, [(0.06, 1.02), (0.48, 1.04), (0.62, 0.94), (0.44, 0.83), (0.14, 0.90)]), 5)
    return [_patch([left, right], white)]


def shirt_collar(person: Person, color: str | None) -> list[Form]:
    """Two pointed leaves at the neck."""
    white = tinted(color, paler(person.top, 0.85))
    left = poly(chest(person, [(0.06, 0.96), (-0.46, 1.06), (-0.48, 0.90), (-0.16, 0.80)]))
    right = poly(chest(person, [(0.06, 0.96), (0.46, 1.06), (0.46, 0.90), (0.24, 0.80)]))
    return [_patch([left, right], white)]


def lapels(person: Person, color: str | None) -> list[Form]:
    """A white shirt front between lapels."""
    front = poly(chest(person, [(-0.34, 1.02), (0.06, 0.44), (0.40, 1.02)]))
    dark = darker(person.top, 0.30)
    left = poly(chest(person, [(-0.36, 1.03), (-0.56, 0.82), (-0.40, 0.76), (0.04, 0.42)]))
    right = poly(chest(person, [(0.40, 1.03), (0.58, 0.82), (0.44, 0.76), (0.08, 0.42)]))
    return [_patch([front], tinted(color, "f4f0e8"), 0.1), _patch([left, right], dark)]


def tie(person: Person, color: str | None) -> list[Form]:
    """A tie on the shirt front."""
    cloth = tinted(color, "b8383c")
    knot = [(-0.08, 0.97), (0.20, 0.97), (0.14, 0.88), (-0.02, 0.88)]
    blade = [(-0.01, 0.88), (0.13, 0.88), (0.20, 0.50), (0.07, 0.42), (-0.06, 0.50)]
    return [_patch([poly(chest(person, blade)), poly(chest(person, knot))], cloth, 0.2)]


def bow(person: Person, color: str | None) -> list[Form]:
    """A bow at the neck."""
    cloth = tinted(color, "c8303c")
    left = blob(chest(person, [(0.06, 0.95), (-0.36, 1.06), (-0.36, 0.84)]), 4)
    right = blob(chest(person, [(0.06, 0.95), (0.44, 1.06), (0.44, 0.84)]), 4)
    x, y = chest(person, [(0.06, 0.95)])[0]
    return [_patch([left, right], cloth), _patch([oval(x, y, _size(person) * 0.045)], darker(cloth), 0.2)]


def fur_collar(person: Person, color: str | None) -> list[Form]:
    """A thick fur collar with dark flecks."""
    white = tinted(color, "f8f4ea")
    ring = chest(person, [(-0.96, 0.97), (-0.5, 0.86), (0.0, 0.82), (0.5, 0.86), (0.92, 0.97)])
    flecks = [mark(oval(x, y, 0.006, 0.011), "3a3030", 0.002, 0.8) for x, y in ring[1:4]]
    return [
        Form(shapes=[tube(ring, [_size(person) * 0.10])], color=white, fur=0.035, shag=0.25, marks=flecks)
    ]


def ruff(person: Person, color: str | None) -> list[Form]:
    """A clown's pleated collar."""
    size = _size(person) * 0.10
    ring = chest(person, [(-0.95, 0.99), (-0.55, 0.89), (-0.1, 0.85), (0.35, 0.87), (0.85, 0.97)])
    shapes = [oval(x, y, size, size * 0.8) for x, y in ring]
    return [Form(shapes=shapes, color=tinted(color, "f8f4ee"), round=0.04, melt=0.004, cast=0.7)]


def belt(person: Person, color: str | None) -> list[Form]:
    """A belt with a buckle."""
    leather = tinted(color, "4a3024")
    ring = belt_line(person)
    size = _size(person)
    shape = tube(ring[1:3], [size * 0.055])
    whole = tube([_in(ring[0], ring[1], 0.14), *ring[1:3], _in(ring[3], ring[2], 0.12)], [size * 0.055])
    x, y = ring[2]
    buckle = oval(x - size * 0.06, y + 0.001, size * 0.075, size * 0.07)
    return [_patch([whole, shape], leather, 0.25), _patch([buckle], ink(_GOLD), 0.2, gloss=0.5)]


def _in(a: Pair, b: Pair, share: float) -> Pair:
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def sash(person: Person, color: str | None) -> list[Form]:
    """A cloth band about the waist with a hanging end."""
    cloth = tinted(color, "c8383c")
    ring = belt_line(person, 0.24)
    size = _size(person)
    x, y = ring[1]
    end = tube(
        [(x, y), (x - size * 0.04, y - size * 0.24), (x - size * 0.02, y - size * 0.42)],
        [size * 0.04, size * 0.08, size * 0.06],
    )
    whole = tube([_in(ring[0], ring[1], 0.1), *ring[1:3], _in(ring[3], ring[2], 0.1)], [size * 0.075])
    return [_patch([end], darker(cloth, 0.15), 0.4), _patch([whole], cloth, 0.3)]


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
        *[_patch([spot], button, 0.15) for spot in spots],
    ]


def buttons(person: Person, color: str | None) -> list[Form]:
    """Three buttons down the front."""
    spots = chest(person, [(0.08, 0.72), (0.09, 0.50), (0.09, 0.28)])
    tone = tinted(color, paler(person.top, 0.75))
    return [_patch([oval(x, y, _size(person) * 0.038)], tone, 0.15, gloss=0.3) for x, y in spots]


def fur_front(person: Person, color: str | None) -> list[Form]:
    """White fur down the front and along the hem of a coat."""
    white = tinted(color, "f8f4ea")
    (x0, y0), (x1, y1) = hem_of(person)
    middle = (x0 * 0.45 + x1 * 0.55, (y0 + y1) / 2 - 0.024)
    size = _size(person) * 0.07
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
        _line(person, [(-0.42, 0.82), (-0.40, 1.04)], 0.013, white),
        _line(person, [(0.46, 0.82), (0.42, 1.04)], 0.013, white),
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
        _patch([blob(skirt, 3)], white, 0.3, fur=0.03, shag=0),
        Form(shapes=[top], color=white, cast=0.1, round=0.03, outline=0.3, marks=[fold]),
    ]


def bib(person: Person, color: str | None) -> list[Form]:
    """The bib and straps of dungarees."""
    cloth = tinted(color, person.bottom)
    straps = [
        tube(chest(person, points), [_size(person) * 0.042])
        for points in (((-0.50, 0.66), (-0.52, 1.0)), ((0.54, 0.66), (0.50, 1.0)))
    ]
    front = blob(
        chest(
            person,
            [
                (-0.60, 0.74),
                (0.0, 0.72),
                (0.64, 0.74),
                (0.80, 0.3),
                (0.84, 0.0),
                (0.0, -0.08),
                (-0.84, 0.0),
                (-0.80, 0.3),
            ],
        ),
        5,
    )
    pocket = mark(
        blob(chest(person, [(-0.24, 0.60), (0.30, 0.60), (0.28, 0.40), (0.03, 0.36), (-0.22, 0.40)]), 4),
        darker(cloth, 0.25),
        0.003,
        0.8,
    )
    spots = [
        _patch([oval(x, y, _size(person) * 0.035)], ink(_GOLD), 0.1, gloss=0.4)
        for x, y in chest(person, [(-0.50, 0.68), (0.54, 0.68)])
    ]
    return [
        _patch(straps, darker(cloth, 0.08), 0.3),
        Form(shapes=[front], color=cloth, marks=[pocket], fur=0.04, shag=0, cast=0.3, round=0.08, flow=-88),
        *spots,
    ]


def badge(person: Person, color: str | None) -> list[Form]:
    """A star on the chest."""
    (x, y), size = chest(person, [(0.52, 0.68)])[0], _size(person) * 0.085
    points = star(x, -y, size) * (1, -1)
    return [_patch([poly(points)], tinted(color, _GOLD), 0.2, gloss=0.5)]


def emblem(person: Person, color: str | None) -> list[Form]:
    """A large star in a disc on the chest."""
    (x, y), size = chest(person, [(0.08, 0.66)])[0], _size(person) * 0.20
    points = star(x, -y, size * 0.85) * (1, -1)
    return [
        _patch([oval(x, y, size)], tinted(color, "f8d040"), 0.1),
        _patch([poly(points)], ink("c8303c"), 0.0),
    ]


def bands(person: Person, color: str | None) -> list[Form]:
    """Bright bands about chest and hem, as on a firefighter's coat."""
    tone = tinted(color, "f4ec6a")
    rings = [belt_line(person, v) for v in (0.62, 0.10)]
    shapes = [
        tube([_in(r[0], r[1], 0.16), *r[1:3], _in(r[3], r[2], 0.16)], [_size(person) * 0.05]) for r in rings
    ]
    return [_patch([shape], tone, 0.1) for shape in shapes]


def stethoscope(person: Person, color: str | None) -> list[Form]:
    """Tubes about the neck and a disc."""
    tone = tinted(color, "30405a")
    left = _line(person, [(-0.40, 1.02), (-0.38, 0.76), (-0.10, 0.58), (0.06, 0.50)], 0.010, tone)
    right = _line(person, [(0.42, 1.02), (0.46, 0.78), (0.44, 0.58)], 0.010, tone)
    x, y = chest(person, [(0.44, 0.55)])[0]
    return [
        Form(lines=[left, right]),
        _patch([oval(x, y, _size(person) * 0.06)], ink("c8d0d8"), 0.3, gloss=0.8),
    ]


def mail(person: Person, color: str | None) -> list[Form]:
    """A steel breastplate with shoulder plates."""
    steel = tinted(color, "b4bcc8")
    plate = blob(
        chest(
            person,
            [
                (-0.80, 0.98),
                (0.0, 0.90),
                (0.78, 0.98),
                (0.96, 0.66),
                (0.84, 0.22),
                (0.05, 0.06),
                (-0.86, 0.22),
                (-0.98, 0.66),
            ],
        ),
        6,
    )
    ridge = _line(person, [(0.06, 0.90), (0.10, 0.5), (0.06, 0.10)], 0.008, darker(steel, 0.3))
    gorget = tube(chest(person, [(-0.46, 1.02), (0.04, 0.94), (0.46, 1.02)]), [_size(person) * 0.05])
    return [
        Form(shapes=[plate], color=steel, gloss=0.7, round=0.10, cast=0.5, lines=[ridge]),
        _patch([gorget], paler(steel, 0.25), 0.3, gloss=0.6),
    ]


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
        points = chest(person, [(-0.50, 0.98), (0.52, 0.98), (0.62, 0.35), (0.70, -0.05), (-0.66, -0.05)])
    cross = [
        _line(person, [(0.06, 0.84), (0.06, 0.44)], 0.022, "f4ecd8"),
        _line(person, [(-0.24, 0.68), (0.36, 0.68)], 0.022, "f4ecd8"),
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


def vest(person: Person, color: str | None) -> list[Form]:
    """An open waistcoat."""
    cloth = tinted(color, "4a3a2e")
    left = blob(
        chest(
            person,
            [
                (-0.52, 1.03),
                (-0.86, 0.98),
                (-0.99, 0.84),
                (-0.98, 0.4),
                (-1.06, -0.04),
                (-0.42, -0.10),
                (-0.20, 0.40),
                (-0.22, 0.74),
            ],
        ),
        5,
    )
    right = blob(
        chest(
            person,
            [
                (0.52, 1.03),
                (0.82, 0.98),
                (0.94, 0.84),
                (0.94, 0.4),
                (1.0, -0.04),
                (0.60, -0.10),
                (0.40, 0.40),
                (0.36, 0.74),
            ],
        ),
        5,
    )
    return [_patch([left], cloth, 0.4, fur=0.035, shag=0), _patch([right], cloth, 0.4, fur=0.035, shag=0)]


def panel(person: Person, color: str | None) -> list[Form]:
    """A box with lamps on the chest of a space suit."""
    size = _size(person)
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
        _patch([oval(x + dx * size, y + dy * size, size * 0.034)], ink(hue), 0.1)
        for dx, dy, hue in ((-0.10, 0.04, "d8403c"), (0.0, 0.04, "f0c040"), (0.10, 0.04, "3fa060"))
    ]
    bar = line([(x - size * 0.11, y - size * 0.06), (x + size * 0.11, y - size * 0.06)], 0.010, "5a6a84")
    return [_patch([box], tinted(color, "c8ced8"), 0.4), *lamps, Form(lines=[bar])]


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


def scarf(person: Person, color: str | None) -> list[Form]:
    """A knitted scarf with one end hanging."""
    wool = tinted(color, ("d8b040", "c8473c", "4a7ab0", "5a8a5a")[int(person.rng.integers(4))])
    size = _size(person)
    ring = chest(person, [(-0.66, 1.06), (-0.1, 0.97), (0.62, 1.06)])
    end = chest(person, [(0.30, 0.98), (0.44, 0.74), (0.38, 0.46)])
    fringe = mark(tube(chest(person, [(0.1, 0.52), (0.7, 0.50)]), [0.012]), paler(wool, 0.6), 0.002, 0.9)
    return [
        Form(
            shapes=[tube(end, [size * 0.10, size * 0.12, size * 0.12])],
            color=darker(wool, 0.08),
            fur=0.035,
            shag=0.05,
            marks=[fringe],
            cast=0.7,
        ),
        Form(
            shapes=[tube(ring, [size * 0.11, size * 0.135, size * 0.11])],
            color=wool,
            fur=0.035,
            shag=0.05,
            cast=0.7,
        ),
    ]


def eyepatch(person: Person, color: str | None) -> list[Form]:
    """A patch on the near eye with its band."""
    band = line(
        person.bones.head([(-0.92, 0.10), (-0.12, 0.10), (0.30, 0.42), (0.70, 0.70)]), 0.012, "241c22"
    )
    patch = blob(
        person.bones.head([(-0.36, 0.10), (0.12, 0.12), (0.08, -0.20), (-0.12, -0.28), (-0.32, -0.18)]), 5
    )
    return [_patch([patch], tinted(color, "241c22"), 0.3), Form(lines=[band])]


def eyemask(person: Person, color: str | None) -> list[Form]:
    """A band about the eyes, which stay open."""
    cloth = tinted(color, person.bottom)
    shape = [
        (-0.86, 0.10),
        (-0.40, 0.24),
        (0.20, 0.16),
        (0.72, 0.26),
        (0.92, 0.14),
        (0.84, -0.16),
        (0.58, -0.28),
        (0.28, -0.14),
        (-0.12, -0.28),
        (-0.62, -0.16),
    ]
    return [_patch([blob(person.bones.head(shape), 5)], cloth, 0.2)]


def red_nose(person: Person, color: str | None) -> list[Form]:
    """A clown's nose."""
    (x, y), r = person.bones.head([(0.33, -0.24)])[0], person.build.head
    return [
        Form(shapes=[oval(x, y, 0.21 * r)], color=tinted(color, "d8302c"), gloss=0.8, round=0.1, cast=0.5)
    ]


def cape(person: Person, color: str | None) -> list[Form]:
    """A cape from the shoulders, blown back."""
    cloth = tinted(color, "b8303c")
    bones, lean = person.bones, math.radians(person.bones.pose.lean)
    left, right = chest(person, [(-0.92, 0.97), (0.88, 0.97)])
    length = person.build.torso * 1.0 + (person.build.thigh + person.build.shin) * (
        0.78 if bones.pose.base != "ground" else 0.2
    )
    if bones.pose.base in ("seat", "lying"):
        length = person.build.torso * 1.2
    if abs(lean) > 0.7:
        down = (-math.sin(lean) * 0.98, -math.cos(lean) * 0.4)
    else:
        down = (-0.16 - math.sin(lean) * 0.8, -1.0)
    side = (-down[1] * 0.0 + 1.0, 0.0) if abs(lean) <= 0.7 else (0.35, 0.9)
    wide = person.build.shoulders * 1.5
    tip = (bones.neck[0] + down[0] * length, bones.neck[1] + down[1] * length)
    back = (tip[0] - side[0] * wide * 1.25, tip[1] - side[1] * wide * 0.5 + 0.02)
    fore = (tip[0] + side[0] * wide * 0.9, tip[1] + side[1] * wide * 0.6)
    middle = ((back[0] + fore[0]) / 2, (back[1] + fore[1]) / 2 - 0.02)
    shape = blob(
        [
            left,
            _in(left, back, 0.55),
            back,
            _in(back, middle, 0.6),
            middle,
            fore,
            _in(right, fore, 0.5),
            right,
        ],
        6,
    )
    folds = [
        mark(
            tube([_in(left, right, t), _in(_in(left, right, t), _in(back, fore, t), 0.9)], [0.004, 0.016]),
            darker(cloth, 0.4),
            0.016,
            0.5,
        )
        for t in (0.1, 0.35)
    ]
    return [Form(shapes=[shape], color=cloth, fur=0.06, shag=0, flow=-80, marks=folds, round=0.08, dark=0.1)]


def _wing(person: Person, points: Sequence[Pair], color: Ink, **kwargs: float) -> Form:
    x, y = chest(person, [(-0.3, 0.72)])[0]
    size = _size(person)
    return Form(shapes=[blob([(x + a * size, y + b * size) for a, b in points], 7)], color=color, **kwargs)  # type: ignore[arg-type]


_UPPER = (
    (0.0, 0.0),
    (-0.30, 0.62),
    (-0.86, 1.06),
    (-1.34, 1.0),
    (-1.40, 0.52),
    (-1.02, 0.12),
    (-0.44, -0.06),
)
_UNDER = ((0.0, -0.02), (-0.56, -0.10), (-1.0, -0.22), (-1.12, -0.62), (-0.80, -0.80), (-0.36, -0.50))
_FEATHERED = (
    (0.0, 0.16),
    (-0.34, 0.70),
    (-0.86, 0.98),
    (-1.36, 0.82),
    (-1.44, 0.36),
    (-1.26, 0.02),
    (-1.10, -0.34),
    (-0.84, -0.52),
    (-0.60, -0.62),
    (-0.32, -0.50),
    (-0.06, -0.20),
)


def _mirrored(points: Sequence[Pair], share: float, shift: float) -> list[Pair]:
    return [(shift - x * share, y) for x, y in points]


def fairy_wings(person: Person, color: str | None) -> list[Form]:
    """Four gauzy wings."""
    tone = tinted(color, "bfe4ea")
    forms = []
    for points, share in ((_mirrored(_UPPER, 0.7, 0.34), 0.08), (_mirrored(_UNDER, 0.7, 0.34), 0.0)):
        forms.append(
            _wing(
                person,
                points,
                paler(tone, share),
                round=0.02,
                cast=0.2,
                fur=0.05,
                shag=0.02,
                texture=0.6,
                dark=0.1,
            )
        )
    for points in (_UNDER, _UPPER):
        forms.append(
            _wing(person, points, paler(tone, 0.25), round=0.02, cast=0.3, fur=0.05, shag=0.02, texture=0.6)
        )
    return forms


def angel_wings(person: Person, color: str | None) -> list[Form]:
    """Two white feathered wings."""
    white = tinted(color, "f8f6f0")
    return [
        _wing(
            person,
            _mirrored(_FEATHERED, 0.72, 0.30),
            white,
            fur=0.11,
            shag=0.2,
            flow=-60,
            round=0.05,
            dark=0.15,
        ),
        _wing(person, _FEATHERED, white, fur=0.11, shag=0.2, flow=-120, round=0.05),
    ]


def backpack(person: Person, color: str | None) -> list[Form]:
    """A rucksack behind the shoulders."""
    cloth = tinted(color, ("c86a3c", "4a7a8a", "8a5a9a")[int(person.rng.integers(3))])
    bag = blob(chest(person, [(-0.6, 0.98), (-1.5, 0.92), (-1.9, 0.5), (-1.75, 0.02), (-0.6, 0.0)]), 6)
    return [Form(shapes=[bag], color=cloth, fur=0.045, shag=0, round=0.10)]
