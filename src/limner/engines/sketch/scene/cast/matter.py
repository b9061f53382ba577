"""What things are made of, and the solids they are made from: boards, cuboids, turned vessels, stripes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from limner.engines.sketch.paint.body import Form, Mark, Paint, Shape, mark, poly, tube
from limner.engines.sketch.paint.curves import Points, smooth
from limner.engines.sketch.paint.light import Ink, blended, ink
from limner.engines.sketch.scene.cast.look import Look

SHADE = (0.08, 0.05, 0.12)
WHITE = (1.0, 0.99, 0.96)
Spots = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True, eq=False)
class Matter:
    """color in full light; fur and gloss as in Form."""

    color: Ink
    gloss: float = 0.25
    fur: float = 0.06

    def darker(self, share: float = 0.3) -> Matter:
        """The same stuff turned from the light."""
        return Matter(blended(self.color, SHADE, share), self.gloss * 0.6, self.fur)

    def lighter(self, share: float = 0.25) -> Matter:
        """The same stuff turned to the light."""
        return Matter(blended(self.color, WHITE, share), self.gloss, self.fur)


STEEL, BRASS = Matter(ink("c4c8ce"), 0.6, 0.03), Matter(ink("d8a640"), 0.9, 0.03)
_MATERIALS = {
    "wooden": ("b07c48", 0.1, 0.09),
    "golden": ("e6b43c", 1.0, 0.04),
    "glass": ("cfe8ee", 1.0, 0.03),
    "stone": ("aaa69e", 0.0, 0.06),
    "metal": ("b8c0c8", 0.8, 0.03),
}


def matter(look: Look, *usual: str, gloss: float = 0.25, fur: float = 0.06) -> Matter:
    """What the prompt asks for: its colour, else that of its material, else one of the usual colours."""
    for name, (color, shine, stroke) in _MATERIALS.items():
        if name in look.traits:
            return Matter(look.color if look.color is not None else ink(color), shine, stroke)
    return Matter(look.or_one_of(*usual), gloss, fur)


def solid(
    shape: Shape | Sequence[Shape],
    stuff: Matter,
    round: float = 0.03,
    flow: float | None = None,
    marks: Sequence[Mark] = (),
    cast: float = 0.8,
) -> Form:
    """A hard form; flow: the angle of its grain."""
    shapes = list(shape) if isinstance(shape, Sequence) else [shape]
    return Form(
        shapes=shapes,
        color=stuff.color,
        marks=marks,
        fur=stuff.fur,
        shag=0,
        flow=flow,
        round=round,
        gloss=stuff.gloss,
        melt=0.006,
        texture=0.7,
        cast=cast,
    )


def rect(x0: float, y0: float, x1: float, y1: float) -> Shape:
    """An upright rectangle."""
    return poly([(x0, y0), (x1, y0), (x1, y1), (x0, y1)])


def cuboid(
    x0: float, x1: float, y0: float, y1: float, stuff: Matter, depth: tuple[float, float] = (0.2, 0.14)
) -> list[Form]:
    """A box seen from the front, above and the right: its right side, its top, its front."""
    dx, dy = depth
    side = poly([(x1, y0), (x1 + dx, y0 + dy), (x1 + dx, y1 + dy), (x1, y1)])
    top = poly([(x0, y1), (x1, y1), (x1 + dx, y1 + dy), (x0 + dx, y1 + dy)])
    return [
        solid(side, stuff.darker(), flow=88, cast=0.3),
        solid(top, stuff.lighter(), flow=3, cast=0.3),
        solid(rect(x0, y0, x1, y1), stuff, flow=2, cast=0.3),
    ]


def mirrored(right: Spots) -> list[tuple[float, float]]:
    """A closed outline, symmetric about x = 0, from its right half given from top to bottom."""
    return [*right, *[(-x, y) for x, y in reversed(right)]]


def turned(profile: Spots, steps: int = 6) -> Shape:
    """What a lathe or a potter makes, from its right profile, top to bottom; its ends are level."""
    right = smooth(profile, steps=steps)
    return poly(np.concatenate([right, right[::-1] * np.array([-1, 1], np.float32)]))


def bands(count: int, y0: float, y1: float, half: float, color: Paint) -> list[Mark]:
    """Level stripes over a form from y0 to y1, as wide as half."""
    edges = np.linspace(y0, y1, 2 * count + 1)
    return [mark(rect(-half, edges[2 * k + 1], half, edges[2 * k + 2]), color, 0.003) for k in range(count)]


def dots(spots: Spots, radius: float, color: Paint) -> list[Mark]:
    """Round spots of paint."""
    t = np.linspace(0, 2 * np.pi, 14, endpoint=False)
    ring = np.column_stack([np.cos(t), np.sin(t)]) * radius
    return [mark(poly(ring + np.array(spot)), color, 0.003) for spot in spots]


def pattern(look: Look, y0: float, y1: float, half: float) -> list[Mark]:
    """The stripes or spots that the prompt asks for, over a form from y0 to y1."""
    if "striped" in look.traits:
        return bands(4, y0, y1, half, "f8f2e6")
    if "spotted" in look.traits:
        xs, ys = np.linspace(-half, half, 7), np.linspace(y0, y1, 6)
        grid = [(x + (k % 2) * half / 6, y) for k, y in enumerate(ys) for x in xs]
        return dots(grid, 0.04, "f8f2e6")
    return []


def steam(x: float, y: float, height: float = 0.4, count: int = 3) -> Form:
    """Wisps that rise from (x, y)."""
    t = np.linspace(0, 1, 6)
    wisps = []
    for k in range(count):
        left = x + (k - (count - 1) / 2) * 0.17
        wave = 0.045 * np.sin(t * 7 + k * 2.1) * (0.4 + t)
        wisp = np.column_stack([left + wave, y + height * (0.82 + 0.18 * (k % 2)) * t])
        wisps.append(tube(wisp, [0.004, 0.018, 0.02, 0.012, 0.003], 3))
    return Form(shapes=wisps, color=ink("f4f2ee"), glow=0.01, outline=0, cast=0, melt=0.003)


def circle(x: float, y: float, radius: float, start: float = 0, end: float = 360, count: int = 24) -> Points:
    """Points of an arc, counter-clockwise in degrees from the right."""
    t = np.radians(np.linspace(start, end, count))
    return np.column_stack([x + radius * np.cos(t), y + radius * np.sin(t)]).astype(np.float32)
