"""Bodies as smooth shapes: what a painter needs to know of a subject, before light and pixels.

One unit is about the height of the subject, y points up, the feet stand at y = 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from limner.engines.sketch.paint.curves import Points, ellipse, smooth
from limner.engines.sketch.paint.light import Ink, ink
from limner.engines.sketch.paint.raster import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Tube:
    """A limb: a spine and the radius at each of its points."""

    points: Points
    radii: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """A closed outline."""

    points: Points


Shape: TypeAlias = Tube | Outline
Paint: TypeAlias = str | Ink | tuple[float, float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """Colour painted on a form before the strokes; softness in units."""

    shape: Shape
    color: Ink
    softness: float
    alpha: float


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A drawn line; width in units."""

    points: Points
    width: float
    color: Ink


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Form:
    """Shapes that melt into one mass.

    fur: length of the brush strokes, 0 for none. flow: their angle in degrees, None along the limbs.
    shag: how far they leave the outline (0 cloth, 0.35 fur, 0.75 leaves). dab: their width.
    round: how high flat outlines bulge. melt: radius of the union. cast: shadow on what lies below.
    outline: strength of the drawn edge. dark: how far the form lies in shade. glow: how far it shines.
    flat: no shading at all. texture: strength of the mottling.
    """

    shapes: Sequence[Shape] = ()
    color: Ink = field(default_factory=lambda: ink("808080"))
    marks: Sequence[Mark] = ()
    lines: Sequence[Line] = ()
    fur: float = 0.0
    flow: float | None = None
    shag: float = 0.35
    dab: float = 1.0
    round: float = 0.25
    melt: float = 0.05
    cast: float = 1.0
    outline: float = 1.0
    gloss: float = 0.0
    dark: float = 0.0
    glow: float = 0.0
    flat: bool = False
    texture: float = 1.0


@dataclass(frozen=True, slots=True)
class Anchor:
    """A point where other bodies go, in units; half: half the width of a surface there, 0 for a point."""

    x: float
    y: float
    half: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """Forms back to front. feet: (x, half width) of what touches the ground; one that floats has none.

    plain: keeps its colours as they are, in any light. anchors: hand (what is held goes here), grip (where
    this is held), back (riders sit here), top (things stand on it), head (hats), mouth (bubbles point here).
    tall: what it measures from bottom to top as a share of its kind's usual height, e.g. 0.3 when it lies.
    """

    forms: Sequence[Form]
    feet: Sequence[tuple[float, float]] = ()
    floats: bool = False
    plain: bool = False
    anchors: Mapping[str, Anchor] = field(default_factory=dict)
    tall: float = 1.0

    def bounds(self) -> tuple[Points, Points]:
        """The lower left and upper right corner, in units."""
        spans = [_extent(shape) for form in self.forms for shape in form.shapes]
        spans += [line.points for form in self.forms for line in form.lines]
        every = np.concatenate(spans)
        return every.min(0), every.max(0)


def _extent(shape: Shape) -> Points:
    margin = float(shape.radii.max()) if isinstance(shape, Tube) else 0.0
    return np.stack([shape.points.min(0) - margin, shape.points.max(0) + margin])


def tube(points: ArrayLike, radii: Sequence[float], steps: int = 4) -> Shape:
    """A limb along a smooth spine; radii are spread evenly over its points."""
    spine = np.asarray(points, np.float32)
    r = np.interp(np.linspace(0, 1, len(spine)), np.linspace(0, 1, len(radii)), radii)
    curve = smooth(np.column_stack([spine, r]), steps=steps)
    return Tube(curve[:, :2], np.maximum(curve[:, 2], np.float32(1e-3)))


def blob(points: ArrayLike, steps: int = 8) -> Shape:
    """A smooth closed curve through points."""
    return Outline(smooth(points, closed=True, steps=steps))


def poly(points: ArrayLike) -> Shape:
    """A polygon with straight edges."""
    return Outline(np.asarray(points, np.float32))


def oval(x: float, y: float, rx: float, ry: float | None = None, degrees: float = 0) -> Shape:
    """An ellipse."""
    return Outline(ellipse(x, y, rx, rx if ry is None else ry, degrees, 28))


def mark(shape: Shape, color: Paint, softness: float = 0.02, alpha: float = 1.0) -> Mark:
    """A patch of colour on a form."""
    return Mark(shape, ink(color), softness, alpha)


def line(points: ArrayLike, width: float, color: Paint) -> Line:
    """A smooth drawn line."""
    return Line(smooth(points, steps=6), width, ink(color))


def eye(x: float, y: float, radius: float, iris: Paint = "2a1a14", squash: float = 1.0) -> list[Form]:
    """A dark almond with a coloured iris and a catch-light."""
    return [
        Form(
            shapes=[oval(x, y, radius * squash, radius * 1.1)],
            color=ink(iris),
            outline=0.8,
            flat=True,
            cast=0,
        ),
        Form(
            shapes=[oval(x, y, radius * 0.62 * squash, radius * 0.8)],
            color=ink("120c0c"),
            outline=0,
            flat=True,
            cast=0,
        ),
        Form(
            shapes=[
                oval(x - radius * 0.28 * squash, y + radius * 0.42, radius * 0.34 * squash, radius * 0.34)
            ],
            color=ink("ffffff"),
            outline=0,
            flat=True,
            cast=0,
            glow=0.05,
        ),
    ]
