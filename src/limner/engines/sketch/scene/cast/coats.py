"""Coats: the colours, markings and faces of furred animals, whatever pose they are in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from limner.engines.sketch.paint.body import Form, Mark, Shape, mark, oval, poly, tube
from limner.engines.sketch.paint.light import Ink, blended, from_rgb, ink
from limner.engines.sketch.paint.palette import NAMED
from limner.engines.sketch.scene.cast.heads import Face
from limner.engines.sketch.scene.cast.look import Look

_FUR_COLORS: Mapping[str, str] = {
    "orange": "e08f3c",
    "brown": "7a4e30",
    "black": "322e34",
    "white": "f2efe8",
    "gray": "8f8a88",
    "yellow": "e2bd68",
}
"""What a colour's name means on fur; other colours are taken as they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coat:
    """What makes a body a cat's or a bear's. tail: bushy, thin, up, plume, tuft, curl, stub, puff or horse.

    bib: lighter chest fur. mane: colour of a ruff about the head. pattern: a key of the table below, on a
    standing body. natural: what a colour's name means on this coat, before what it means on any fur.
    """

    colors: tuple[str, ...]
    belly: str
    face: Face
    tail: str = "up"
    tail_tip: str | None = None
    socks: str | None = None
    fur: float = 0.09
    bib: bool = True
    bulk: float = 1.0
    head_radius: float = 0.27
    stripes: float = 0.0
    collar: bool = False
    patches: tuple[Mark, ...] = ()
    mane: str | None = None
    pattern: str = ""
    pattern_color: str = "2e2428"
    natural: Mapping[str, str] = field(default_factory=dict)

    def color(self, look: Look) -> Ink:
        """The coat's colour: as asked, in the fur's own shade of it, else one of its own."""
        if look.color is None:
            return look.or_one_of(*self.colors)
        shades = {**_FUR_COLORS, **self.natural}
        for name, shade in shades.items():
            if np.allclose(look.color, from_rgb(NAMED[name]), atol=0.01):
                return ink(shade)
        return look.color

    def pale(self, look: Look, color: Ink) -> Ink:
        """The colour of belly and bib on a coat of this colour."""
        return ink(self.belly) if look.color is None else blended(color, (1.0, 0.97, 0.92), 0.55)


def ruff(coat: Coat, x: float, y: float, radius: float) -> list[Form]:
    """The mane about a round head at (x, y)."""
    if coat.mane is None:
        return []
    shapes = [oval(x - radius * 0.10, y - radius * 0.12, radius * 1.42, radius * 1.40)]
    return [Form(shapes=shapes, color=ink(coat.mane), fur=0.16, shag=0.7, dab=1.3, round=radius * 0.5)]


def markings(coat: Coat, length: float, height: float, girth: float, look: Look) -> list[Mark]:
    """The pattern on a standing body of these measures, its spine along y = height."""
    asked = {"striped": "stripes", "spotted": "spots"}
    pattern = next((asked[t] for t in asked if t in look.traits), coat.pattern)
    return _PATTERNS[pattern](coat, length, height, girth, look) if pattern else []


def _stripes(coat: Coat, length: float, height: float, girth: float, look: Look) -> list[Mark]:
    color = ink(coat.pattern_color)
    xs = np.linspace(-length * 0.52, length * 0.50, 9)
    return [
        mark(stripe(float(x), height + girth * 1.1, height - girth * 0.35, 0.030), color, 0.006, 0.95)
        for x in xs
    ]


def _bands(coat: Coat, length: float, height: float, girth: float, look: Look) -> list[Mark]:
    color = ink(coat.pattern_color)
    xs = np.linspace(-length * 0.60, length * 0.74, 15)
    return [
        mark(stripe(float(x), height + girth * 2.6, height - girth * 1.1, 0.026), color, 0.005, 0.95)
        for x in xs
    ]


def stripe(x: float, y0: float, y1: float, half_width: float) -> Shape:
    """A dark stroke of fur from y0 to y1 that tapers to a point and sways a little."""
    t = np.linspace(0, 1, 7)
    center, rows = x + 0.03 * np.sin(t * 3), y0 + (y1 - y0) * t
    half = half_width * np.sin(np.pi * (t * 0.86 + 0.14)) ** 0.8
    left, right = np.column_stack([center - half, rows]), np.column_stack([center + half, rows])
    return poly(np.concatenate([left, right[::-1]]))


def _spots(coat: Coat, length: float, height: float, girth: float, look: Look) -> list[Mark]:
    rng = look.rng
    found = []
    for _ in range(34):
        x, y = rng.uniform(-0.56, 0.60) * length, height + rng.uniform(-0.8, 1.0) * girth
        r = rng.uniform(0.020, 0.036)
        found.append(mark(oval(x, y, r, r * 0.85), coat.pattern_color, 0.006, 0.9))
    return found


def _patches(coat: Coat, length: float, height: float, girth: float, look: Look) -> list[Mark]:
    rng = look.rng
    found = []
    for share in (-0.42, -0.08, 0.26, 0.52):
        x, y = (share + rng.uniform(-0.06, 0.06)) * length, height + rng.uniform(-0.2, 0.7) * girth
        rx, ry = rng.uniform(0.09, 0.16), rng.uniform(0.09, 0.15)
        found += [
            mark(oval(x, y, rx, ry, 20), coat.pattern_color, 0.012),
            mark(oval(x + rx * 0.6, y - ry * 0.5, rx * 0.6, ry * 0.6), coat.pattern_color, 0.012),
        ]
    return found


def _net(coat: Coat, length: float, height: float, girth: float, look: Look) -> list[Mark]:
    """Large plates with pale seams, as on a giraffe, up the neck too."""
    rng = look.rng
    found = []
    for x in np.linspace(-0.56, 0.86, 11):
        for y in np.linspace(-0.8, 4.6, 12):
            at = (x * length + rng.normal(0, 0.015), height + y * girth + rng.normal(0, 0.015))
            found.append(
                mark(oval(*at, 0.050, 0.058, float(rng.uniform(0, 90))), coat.pattern_color, 0.008, 0.9)
            )
    return found


def _yoke(coat: Coat, length: float, height: float, girth: float, look: Look) -> list[Mark]:
    """Another colour over the shoulders and down the forelegs."""
    band = tube([(length * 0.40, height + girth * 1.6), (length * 0.46, height - girth * 2)], [0.15])
    return [mark(band, coat.pattern_color, 0.02)]


_PATTERNS = {
    "stripes": _stripes,
    "bands": _bands,
    "spots": _spots,
    "patches": _patches,
    "net": _net,
    "yoke": _yoke,
}
