"""Pieces of cloth and metal that lie on a person's trunk."""

from __future__ import annotations

from collections.abc import Sequence

from limner.engines.sketch.paint.body import Form, Line, Shape, line
from limner.engines.sketch.paint.light import Ink
from limner.engines.sketch.scene.cast.people.clothes import chest
from limner.engines.sketch.scene.cast.people.person import Person
from limner.engines.sketch.scene.cast.people.skeleton import Pair

GOLD = "e8b83c"


def patch(
    shapes: Sequence[Shape], color: Ink, cast: float = 0.35, gloss: float = 0.0, fur: float = 0.0
) -> Form:
    """A flat piece that lies close; fur is the length of its brush strokes."""
    return Form(
        shapes=shapes,
        color=color,
        cast=cast,
        gloss=gloss,
        fur=fur,
        shag=0,
        round=0.03,
        melt=0.006,
        outline=0.7,
    )


def line_on(person: Person, points: Sequence[Pair], width: float, color: str | Ink) -> Line:
    """A drawn line on the trunk."""
    return line(chest(person, points), width, color)


def size_of(person: Person) -> float:
    """The length of the trunk, which scales what lies on it."""
    return person.build.torso
