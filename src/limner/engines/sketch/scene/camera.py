"""What a camera makes of a scene: a close one fills the frame with its only subject; the place is soft."""

from __future__ import annotations

from dataclasses import dataclass, replace

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.raster import blur
from limner.engines.sketch.scene.cast import people, role_of
from limner.engines.sketch.scene.facing import is_vehicle, lives
from limner.engines.sketch.scene.places import FLAT_PLACES
from limner.engines.sketch.scene.sizes import height_of
from limner.engines.sketch.words.spec import SceneSpec, SubjectSpec


@dataclass(frozen=True, slots=True)
class Frame:
    """top: where the crown is, as a share of the height. tall: of the short side."""

    top: float
    tall: float


_BUST, _BEAST = Frame(0.10, 1.45), Frame(0.14, 0.86)
_BLOOM, _THING = Frame(0.07, 1.30), Frame(0.20, 0.66)
_BLOOMS = frozenset(("rose", "flower", "tulip", "sunflower", "hibiscus", "hyacinth"))
_MAX_PAINTED = 1.0
"""Of the short side; what is shown larger is enlarged."""
_SOFTNESS = 0.008
"""Of a close camera's backdrop, as a share of the short side."""


def framed(spec: SceneSpec, home: str, width: int, height: int) -> SceneSpec:
    """The scene with its only subject large before a close camera, cut by the frame where that is usual."""
    index = _only(spec, home)
    if index is None:
        return spec
    subject, short = spec.subjects[index], min(width, height)
    frame = _frame_of(subject)
    painted = min(frame.tall, _MAX_PAINTED) / max(0.05, height_of(index, spec, home))
    tall = frame.tall * short / height
    at = subject.at or ((0.5, frame.top + tall, tall),)
    scale = subject.scale * max(1.0, painted)
    subjects = [replace(s, at=at, scale=scale) if i == index else s for i, s in enumerate(spec.subjects)]
    return replace(spec, subjects=tuple(subjects))


def soften(canvas: Canvas, spec: SceneSpec, home: str) -> None:
    """Put the place out of focus behind a close subject."""
    if _only(spec, home) is not None:
        canvas.pixels = blur(canvas.pixels, canvas.short * _SOFTNESS)


def _only(spec: SceneSpec, home: str) -> int | None:
    """The subject that a close camera is on: the only one, on the ground, and no house or car."""
    shown = [i for i, s in enumerate(spec.subjects) if s.count]
    if spec.camera != "close" or home in FLAT_PLACES or len(shown) != 1:
        return None
    subject = spec.subjects[shown[0]]
    small = role_of(subject.noun).zone == "ground" and not is_vehicle(subject.noun)
    plain = subject.count == 1 and not subject.side and subject.action not in ("fly", "swim")
    return shown[0] if small and plain and not subject.above else None


def _frame_of(subject: SubjectSpec) -> Frame:
    if subject.noun in people.ROLES:
        return _BUST if subject.action in (None, "stand", "walk", "read", "wave", "hold") else _BEAST
    if subject.noun in _BLOOMS:
        return _BLOOM
    return _BEAST if lives(subject.noun) else _THING
