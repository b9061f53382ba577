"""Furniture as parts: patches of named colours in units, assembled at any place and size.

y points up and 0 is the floor. It knows how to draw parts; what a sofa is made of is told elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from limner.engines.sketch.paint import curves
from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import Points, smooth
from limner.engines.sketch.paint.palette import shift
from limner.engines.sketch.paint.raster import Rgb

Tones: TypeAlias = Mapping[str, Rgb]
"""Colours by what they are the colour of, e.g. wood."""
_BOX_SCALE = 1000.0
"""Boxes are rounded at about the size of pixels, where small radii count."""
_SMALL_PX2 = 450.0
"""Patches of less than this are filled with one colour."""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A patch of a tone, lightened by light where it begins and by dark where it ends, along angle."""

    points: Points
    tone: str
    light: float = 0.04
    dark: float = -0.06
    angle: float = 90
    alpha: float = 1.0
    blur: float = 0.0


Piece: TypeAlias = list[Part]


def block(
    x0: float,
    y0: float,
    x1: float,
    y1: float,
    tone: str,
    light: float = 0.04,
    dark: float = -0.06,
    radius: float = 0.0,
    angle: float = 90,
) -> Part:
    """A box, with rounded corners if radius."""
    corners = np.array([x0, min(y0, y1), x1, max(y0, y1), radius]) * _BOX_SCALE
    outline = curves.box(*corners.tolist()) / np.float32(_BOX_SCALE)
    return Part(outline, tone, light, dark, angle)


def disc(
    x: float,
    y: float,
    rx: float,
    ry: float,
    tone: str,
    light: float = 0.04,
    dark: float = -0.06,
    angle: float = 90,
) -> Part:
    """An ellipse."""
    return Part(curves.ellipse(x, y, rx, ry, 0, 36), tone, light, dark, angle)


def facet(points: ArrayLike, tone: str, light: float = 0.04, dark: float = -0.06, angle: float = 90) -> Part:
    """A polygon."""
    return Part(np.asarray(points, np.float32), tone, light, dark, angle)


def pad(points: ArrayLike, tone: str, light: float = 0.04, dark: float = -0.06, angle: float = 90) -> Part:
    """A smooth closed outline."""
    return Part(smooth(points, closed=True, steps=8), tone, light, dark, angle)


def rod(
    points: ArrayLike,
    width: float,
    tone: str,
    end_width: float | None = None,
    light: float = 0.03,
    dark: float = -0.05,
) -> Part:
    """A bar along a curve."""
    spine = smooth(points, steps=6) if len(np.asarray(points)) > 2 else np.asarray(points, np.float32)
    return Part(curves.stroke(spine, width, end_width), tone, light, dark, 0)


def blade(start: ArrayLike, tip: ArrayLike, width: float, tone: str, light: float) -> Part:
    """A narrow leaf of one colour from start to tip."""
    a, b = np.asarray(start, np.float32), np.asarray(tip, np.float32)
    along = b - a
    across = np.array([-along[1], along[0]], np.float32) / (float(np.hypot(*along)) + 1e-6) * width / 2
    middle = a + along * 0.4
    return Part(np.stack([a, middle + across, b, middle - across]), tone, light, light)


def shadow(x0: float, x1: float, y: float = 0.0, depth: float = 0.022, alpha: float = 0.42) -> Part:
    """The soft dark that a thing leaves on the floor between x0 and x1."""
    half = (x1 - x0) / 2
    outline = curves.ellipse((x0 + x1) / 2, y, half * 1.08, depth, 0, 30)
    return Part(outline, "shadow", 0, 0, alpha=alpha, blur=0.016)


def moved(piece: Iterable[Part], x: float, y: float, size: float = 1.0) -> Piece:
    """The same piece elsewhere, larger or smaller."""
    offset = np.array([x, y], np.float32)
    return [
        Part(p.points * np.float32(size) + offset, p.tone, p.light, p.dark, p.angle, p.alpha, p.blur * size)
        for p in piece
    ]


def assemble(
    canvas: Canvas, tones: Tones, piece: Iterable[Part], x: float, y: float, size: float, flip: bool = False
) -> None:
    """Draw a piece with its origin at (x, y) px; size: px in a unit."""
    scale = np.array([-size if flip else size, -size], np.float32)
    origin = np.array([x, y], np.float32)
    for part in piece:
        points = part.points * scale + origin
        low, high = points.min(0), points.max(0)
        if high[0] < 0 or low[0] > canvas.width or high[1] < 0 or low[1] > canvas.height:
            continue
        tone = tones[part.tone]
        if part.alpha < 1 or part.blur:
            canvas.fill(points, tone, alpha=part.alpha, blur=part.blur * size)
        elif part.light == part.dark or _area(points) < _SMALL_PX2:
            canvas.polygon(points, _shaded(tone, (part.light + part.dark) / 2))
        else:
            angle = 180 - part.angle if flip else part.angle
            canvas.fill(points, _shaded(tone, part.light), _shaded(tone, part.dark), angle)


def _area(points: Points) -> float:
    x, y = points[:, 0], points[:, 1]
    return abs(float(x[:-1] @ y[1:] - x[1:] @ y[:-1] + x[-1] * y[0] - x[0] * y[-1])) / 2


@lru_cache(4096)
def _shaded(tone: Rgb, light: float) -> Rgb:
    return shift(tone, light)
