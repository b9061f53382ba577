"""Parts that vehicles and machines share: panels, wheels, rows of windows, lamps. Units as in paint.body."""

from __future__ import annotations

from collections.abc import Sequence

from limner.engines.sketch.paint.body import Form, Mark, Outline, Shape, mark, oval, poly, tube
from limner.engines.sketch.paint.curves import box
from limner.engines.sketch.paint.light import Ink, blended, ink
from limner.engines.sketch.scene.cast.look import Look

CHROME = ink("d8d4cc")
RUBBER = ink("2b282c")
CREAM = ink("f6ecd8")
SHADE = (0.06, 0.04, 0.10)


def panel(x0: float, y0: float, x1: float, y1: float, radius: float = 0.0) -> Shape:
    """A rectangle with rounded corners."""
    return Outline(box(x0, y0, x1, y1, radius))


def hull(shape: Shape, color: Ink, marks: Sequence[Mark] = (), gloss: float = 0.6) -> Form:
    """A painted metal body."""
    return Form(shapes=[shape], color=color, gloss=gloss, round=0.14, texture=0.35, marks=marks)


def stripe(x0: float, x1: float, y: float, half: float, color: Ink, alpha: float = 0.9) -> Mark:
    """A level band of paint."""
    return mark(poly([(x0, y - half), (x1, y - half), (x1, y + half), (x0, y + half)]), color, 0.003, alpha)


def seam(x: float, y0: float, y1: float, color: Ink) -> Mark:
    """The dark joint of a door or plate."""
    return mark(tube([(x, y0), (x, y1)], [0.006]), blended(color, SHADE, 0.5), 0.003, 0.8)


def pane(look: Look, shape: Shape) -> Form:
    """A window: sky by day, lamplight by night."""
    color, glow = (ink("ffdc8a"), 0.15) if look.night else (ink("a8d0de"), 0.0)
    return Form(shapes=[shape], color=color, gloss=0.35, round=0.03, texture=0.3, glow=glow, cast=0)


def panes(look: Look, columns: Sequence[tuple[float, float]], y0: float, y1: float) -> list[Form]:
    """A row of windows, each from x0 to x1."""
    return [pane(look, panel(x0, y0, x1, y1, 0.03)) for x0, x1 in columns]


def even(x0: float, x1: float, count: int, gap: float) -> list[tuple[float, float]]:
    """count equal columns between x0 and x1."""
    wide = (x1 - x0 - gap * (count - 1)) / count
    return [(x0 + k * (wide + gap), x0 + k * (wide + gap) + wide) for k in range(count)]


def wheel(x: float, radius: float, rim: Ink = CHROME, y: float | None = None) -> list[Form]:
    """A tyre with a rim, standing on the ground unless y is given."""
    at = radius * 0.97 if y is None else y
    return [
        Form(shapes=[oval(x, at, radius)], color=RUBBER, round=radius * 0.35, cast=1.2),
        Form(shapes=[oval(x, at, radius * 0.52)], color=rim, gloss=0.6, round=0.05, texture=0.3),
        Form(shapes=[oval(x, at, radius * 0.17)], color=blended(rim, SHADE, 0.5), round=0.03),
    ]


def spoked_wheel(x: float, radius: float) -> list[Form]:
    """A thin wheel with spokes, for cycles."""
    rings = []
    for share, color, width in ((1.0, RUBBER, 0.11), (0.86, CHROME, 0.05)):
        r = radius * share
        circle = [(x + r * c, radius + r * s) for c, s in _CIRCLE]
        rings.append(Form(shapes=[tube(circle, [radius * width], 2)], color=color, gloss=0.2, cast=0.5))
    spokes = [
        tube(
            [
                (x - radius * 0.84 * c, radius - radius * 0.84 * s),
                (x + radius * 0.84 * c, radius + radius * 0.84 * s),
            ],
            [0.006],
            1,
        )
        for c, s in _CIRCLE[: len(_CIRCLE) // 2 : 2]
    ]
    web = Form(shapes=spokes, color=ink("9a9a9c"), cast=0.1, outline=0.2, melt=0.004)
    return [web, *rings]


_CIRCLE = tuple(
    (c, s)
    for c, s in (
        (1.0, 0.0),
        (0.924, 0.383),
        (0.707, 0.707),
        (0.383, 0.924),
        (0.0, 1.0),
        (-0.383, 0.924),
        (-0.707, 0.707),
        (-0.924, 0.383),
        (-1.0, 0.0),
        (-0.924, -0.383),
        (-0.707, -0.707),
        (-0.383, -0.924),
        (0.0, -1.0),
        (0.383, -0.924),
        (0.707, -0.707),
        (0.924, -0.383),
        (1.0, 0.0),
    )
)


def headlamp(look: Look, x: float, y: float, rx: float = 0.04, ry: float = 0.055) -> Form:
    """A front lamp, lit at night."""
    glow = 0.3 if look.night else 0.0
    return Form(shapes=[oval(x, y, rx, ry)], color=ink("fff0b8"), gloss=0.8, round=0.05, glow=glow)


def tail_lamp(x: float, y: float) -> Form:
    """A red rear lamp."""
    return Form(shapes=[oval(x, y, 0.025, 0.045)], color=ink("e0402e"), round=0.04)
