"""Plain shapes: circle, square, triangle, heart; flat colour, so that a named colour is that colour."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint import curves
from limner.engines.sketch.paint.body import Body, Form, Outline, Shape, poly
from limner.engines.sketch.scene.cast.look import Builder, Look

_USUAL = ("d6302c", "306ad4", "3e9e54", "f28426", "844abe")


def _plain(shape: Shape) -> Builder:
    def build(look: Look) -> Body:
        form = Form(shapes=[shape], color=look.or_one_of(*_USUAL), glow=1e-3, flat=True, cast=0, outline=0)
        return Body([form], (), floats=True, plain=True)

    return build


def _flipped(points: curves.Points) -> Outline:
    return Outline((points * np.array([1, -1], np.float32) + np.array([0, 1], np.float32)).astype(np.float32))


circle = _plain(Outline(curves.ellipse(0, 0.5, 0.5, 0.5, count=120)))
square = _plain(poly([(-0.5, 0), (0.5, 0), (0.5, 1), (-0.5, 1)]))
triangle = _plain(poly([(-0.56, 0), (0.56, 0), (0, 0.98)]))
heart = _plain(_flipped(curves.heart(0, 0.5, 0.5)))
