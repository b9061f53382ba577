"""Shapes in head radii about the middle of a person's skull, and the felt that hats are made of."""

from __future__ import annotations

from collections.abc import Sequence

from limner.engines.sketch.paint.body import Form, Shape, blob, oval, tube
from limner.engines.sketch.paint.light import Ink
from limner.engines.sketch.scene.cast.people.person import Person
from limner.engines.sketch.scene.cast.people.skeleton import Pair


def blob_on(person: Person, points: Sequence[Pair], steps: int = 8) -> Shape:
    """A smooth outline on the head."""
    return blob(person.bones.head(points), steps)


def tube_on(person: Person, points: Sequence[Pair], radii: Sequence[float]) -> Shape:
    """A band on the head; radii in head radii too."""
    r = person.build.head
    return tube(person.bones.head(points), [radius * r for radius in radii])


def oval_on(person: Person, x: float, y: float, rx: float, ry: float, degrees: float = 0) -> Shape:
    """An ellipse on the head."""
    (cx, cy), r = person.bones.head([(x, y)])[0], person.build.head
    return oval(cx, cy, rx * r, ry * r, degrees - person.bones.pose.tilt)


def felt(shapes: Sequence[Shape], color: Ink) -> Form:
    """Soft stuff without a shine."""
    return Form(shapes=shapes, color=color, fur=0.04, shag=0, round=0.09, cast=0.8, flow=80, melt=0.01)
