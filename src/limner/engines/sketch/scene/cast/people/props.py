"""What costumes put into the far hand, and what is read or eaten."""

from __future__ import annotations

import math

from limner.engines.sketch.paint.body import Form, blob, line, mark, oval, poly, tube
from limner.engines.sketch.paint.curves import star
from limner.engines.sketch.paint.light import ink
from limner.engines.sketch.scene.cast.people.person import Person, darker, paler, tinted
from limner.engines.sketch.scene.cast.people.skeleton import Pair, between

_WOOD, _GOLD, _STEEL = "7a5230", "e8b83c", "c4ccd6"


def _rod(person: Person, up: float, down: float, degrees: float) -> tuple[Pair, Pair]:
    """Both ends of a rod through the hand, degrees from upright towards the front."""
    (x, y), angle = person.hand, math.radians(degrees)
    dx, dy = math.sin(angle), math.cos(angle)
    return (x + dx * up, y + dy * up), (x - dx * down, y - dy * down)


def _stick(a: Pair, b: Pair, width: float, color: str) -> Form:
    return Form(
        shapes=[tube([a, between(a, b, 0.5), b], [width / 2])], color=ink(color), cast=0.4, outline=0.7
    )


def wand(person: Person, color: str | None) -> list[Form]:
    """A wand with a star."""
    top, low = _rod(person, 0.15, 0.05, 24)
    points = star(top[0], -top[1], 0.050, inner=0.5) * (1, -1)
    return [
        _stick(low, top, 0.016, "f4e8d0"),
        Form(shapes=[poly(points)], color=tinted(color, "f8d850"), glow=0.08, cast=0.3),
    ]


def staff(person: Person, color: str | None) -> list[Form]:
    """A wizard's staff that stands on the ground, with a shining stone."""
    x, y = person.hand
    top, low = (x + 0.02, y + 0.34), (x - 0.01, min(0.0, y - 0.2))
    crook = tube(
        [top, (top[0] + 0.035, top[1] + 0.05), (top[0] - 0.01, top[1] + 0.09)], [0.014, 0.013, 0.008]
    )
    stone = Form(
        shapes=[oval(top[0] - 0.012, top[1] + 0.045, 0.027)],
        color=tinted(color, "7ad8e8"),
        glow=0.15,
        cast=0.2,
    )
    return [_stick(low, top, 0.026, _WOOD), Form(shapes=[crook], color=ink(_WOOD), cast=0.2), stone]


def broom(person: Person, color: str | None) -> list[Form]:
    """A witch's besom, bristles up."""
    x, y = person.hand
    low, top = (x + 0.03, min(0.0, y - 0.2)), (x - 0.01, y + 0.18)
    twigs = blob(
        [
            (top[0] - 0.018, top[1]),
            (top[0] - 0.05, top[1] + 0.10),
            (top[0] - 0.055, top[1] + 0.19),
            (top[0] + 0.045, top[1] + 0.20),
            (top[0] + 0.045, top[1] + 0.10),
            (top[0] + 0.02, top[1]),
        ],
        5,
    )
    band = Form(
        shapes=[tube([(top[0] - 0.022, top[1] + 0.02), (top[0] + 0.022, top[1] + 0.02)], [0.010])],
        color=ink("8a3a30"),
        cast=0.2,
    )
    return [
        _stick(low, top, 0.024, _WOOD),
        Form(shapes=[twigs], color=tinted(color, "c89a4a"), fur=0.08, shag=0.4, flow=92),
        band,
    ]


def sword(person: Person, color: str | None) -> list[Form]:
    """A straight sword, point up."""
    tip, low = _rod(person, 0.32, 0.045, 14)
    guard = between(person.hand, tip, 0.10)
    gx, gy = guard
    blade = poly([(gx - 0.016, gy), between(guard, tip, 0.9), tip, (gx + 0.018, gy - 0.004)])
    edge = mark(tube([guard, tip], [0.004]), "8a94a4", 0.002, 0.8)
    return [
        Form(
            shapes=[blade, tube([guard, between(guard, tip, 0.88)], [0.015])],
            color=tinted(color, _STEEL),
            gloss=0.8,
            melt=0.004,
            marks=[edge],
        ),
        _stick(low, guard, 0.022, "5a3a26"),
        _stick((gx - 0.045, gy + 0.010), (gx + 0.047, gy - 0.012), 0.020, _GOLD),
    ]


def cutlass(person: Person, color: str | None) -> list[Form]:
    """A pirate's curved blade."""
    x, y = person.hand
    blade = blob(
        [
            (x - 0.005, y + 0.03),
            (x + 0.03, y + 0.14),
            (x + 0.09, y + 0.24),
            (x + 0.15, y + 0.28),
            (x + 0.11, y + 0.19),
            (x + 0.065, y + 0.10),
            (x + 0.03, y + 0.02),
        ],
        6,
    )
    guard = tube([(x - 0.03, y + 0.03), (x + 0.02, y + 0.035), (x + 0.05, y + 0.0)], [0.011])
    return [
        Form(shapes=[blade], color=tinted(color, _STEEL), gloss=0.8, round=0.02),
        Form(shapes=[guard], color=ink(_GOLD), gloss=0.5, cast=0.3),
    ]


def scepter(person: Person, color: str | None) -> list[Form]:
    """A short golden rod with a ball."""
    top, low = _rod(person, 0.17, 0.09, 16)
    ball = Form(shapes=[oval(top[0], top[1], 0.030)], color=tinted(color, "c8303c"), gloss=0.9, round=0.03)
    return [_stick(low, top, 0.020, _GOLD), ball]


def ladle(person: Person, color: str | None) -> list[Form]:
    """A wooden spoon."""
    top, low = _rod(person, 0.15, 0.06, 18)
    bowl = Form(
        shapes=[oval(top[0], top[1] + 0.01, 0.026, 0.036, -18)], color=tinted(color, "c8965a"), round=0.02
    )
    return [_stick(low, top, 0.016, "b8824a"), bowl]


def pitchfork(person: Person, color: str | None) -> list[Form]:
    """A hay fork that stands on the ground."""
    x, y = person.hand
    low, top = (x + 0.015, min(0.0, y - 0.2)), (x, y + 0.24)
    tone = ink("6a7078")
    prongs = [
        line([(x, top[1]), (x + dx, top[1] + 0.03), (x + dx, top[1] + 0.13)], 0.010, tone)
        for dx in (-0.036, 0.0, 0.036)
    ]
    return [_stick(low, top, 0.022, "a87a4a"), Form(lines=prongs)]


def pointer(person: Person, color: str | None) -> list[Form]:
    """A teacher's pointer."""
    top, low = _rod(person, 0.24, 0.03, 40)
    return [_stick(low, top, 0.012, "8a5a34")]


def cane(person: Person, color: str | None) -> list[Form]:
    """A walking stick to the ground."""
    x, y = person.hand
    low = min(0.0, y - 0.25)
    stick = [
        (x - 0.040, y + 0.008),
        (x - 0.030, y + 0.030),
        (x - 0.004, y + 0.034),
        (x + 0.012, y + 0.006),
        (x + 0.022, (y + low) / 2),
        (x + 0.030, low),
    ]
    return [Form(shapes=[tube(stick, [0.0105])], color=tinted(color, "6a4428"), cast=0.4)]


def sack(person: Person, color: str | None) -> list[Form]:
    """A full sack over the near shoulder."""
    cloth = tinted(color, "a87a4a")
    x, y = person.bones.near_arm.shoulder
    bag = blob(
        [
            (x + 0.02, y + 0.05),
            (x - 0.10, y + 0.04),
            (x - 0.24, y - 0.06),
            (x - 0.27, y - 0.22),
            (x - 0.16, y - 0.30),
            (x - 0.02, y - 0.24),
        ],
        6,
    )
    patch = mark(
        poly([(x - 0.20, y - 0.12), (x - 0.13, y - 0.11), (x - 0.13, y - 0.18), (x - 0.20, y - 0.19)]),
        darker(cloth, 0.3),
        0.003,
        0.8,
    )
    return [Form(shapes=[bag], color=cloth, fur=0.05, shag=0, round=0.16, marks=[patch])]


def open_book(person: Person, color: str | None) -> list[Form]:
    """An open book between both hands, its cover to the viewer."""
    (ax, ay), (bx, by) = person.bones.near_arm.wrist, person.hand
    x, y = (ax + bx) / 2, (ay + by) / 2 + 0.035
    w, h = max(0.080, (bx - ax) * 0.52), 0.135
    cover = tinted(color, ("b8403c", "3a6aa8", "3f8a5a", "8a5a9a")[int(person.rng.integers(4))])
    left = [(x - w, y + h * 0.62), (x, y + h * 0.45), (x, y - h * 0.5), (x - w, y - h * 0.36)]
    right = [(x, y + h * 0.45), (x + w * 0.9, y + h * 0.66), (x + w * 0.9, y - h * 0.32), (x, y - h * 0.5)]
    pages = [(px + (0.004 if px < x else -0.002), py + 0.012) for px, py in (*left[:2], right[1])]
    plate = mark(oval(x - w * 0.5, y + h * 0.06, w * 0.2, h * 0.16), paler(cover, 0.7), 0.002, 0.9)
    spine = line([(x, y + h * 0.45), (x, y - h * 0.5)], 0.008, darker(cover, 0.4))
    return [
        Form(shapes=[tube(pages, [0.010])], color=ink("f6f0e0"), cast=0.3),
        Form(
            shapes=[poly(left), poly(right)],
            color=cover,
            marks=[plate],
            lines=[spine],
            melt=0.002,
            round=0.02,
            cast=0.5,
        ),
    ]


def snack(person: Person, color: str | None) -> list[Form]:
    """A red apple with a bite."""
    x, y = person.hand
    apple = oval(x + 0.004, y + 0.020, 0.030, 0.029)
    bite = mark(oval(x - 0.020, y + 0.030, 0.013), "f6ecc8", 0.002)
    return [
        Form(shapes=[apple], color=tinted(color, "d0392f"), gloss=0.6, round=0.03, marks=[bite], cast=0.4)
    ]


def hose(person: Person, color: str | None) -> list[Form]:
    """A fire hose's nozzle with its hose to the ground."""
    x, y = person.hand
    pipe = tube(
        [(x - 0.01, y), (x - 0.02, y - 0.14), (x + 0.05, y - 0.30), (x + 0.16, 0.012), (x + 0.26, 0.012)],
        [0.014],
    )
    nozzle = tube([(x - 0.01, y - 0.01), (x + 0.09, y + 0.035)], [0.020, 0.013])
    return [
        Form(shapes=[pipe], color=tinted(color, "c8a878"), cast=0.4),
        Form(shapes=[nozzle], color=ink(_GOLD), gloss=0.6, cast=0.4),
    ]
