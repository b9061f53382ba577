"""Hair and beards as masses behind and before the face; all lengths in head radii."""

from __future__ import annotations

import math
from dataclasses import dataclass

from limner.engines.sketch.paint.body import Form, Mark, Shape, blob, mark, tube
from limner.engines.sketch.paint.light import blended, ink
from limner.engines.sketch.scene.cast.people import hair_shapes
from limner.engines.sketch.scene.cast.people.person import Person
from limner.engines.sketch.scene.cast.people.skeleton import Pair

_UNDER_HAT = 0.62
_WIDE_UNDER_HAT = 0.1
_PRESSED = 0.78


@dataclass(frozen=True, slots=True)
class Lock:
    """A mass of hair: outlines (with radii: tubes) that melt together; flow is that of the strokes."""

    outlines: tuple[tuple[Pair, ...], ...]
    radii: tuple[float, ...] = ()
    flow: float = -80
    shag: float = 0.12
    dark: float = 0.0
    tie: str | None = None
    shine: tuple[Pair, ...] = ()


@dataclass(frozen=True, slots=True)
class Style:
    """What hangs behind the body, what lies over the face."""

    behind: tuple[Lock, ...] = ()
    front: tuple[Lock, ...] = ()


def _curls(*spots: tuple[float, float, float]) -> tuple[tuple[Pair, ...], ...]:
    """Short fat strokes that stand for curls: (x, y, length)."""
    return tuple(((x - size, y - size * 0.3), (x + size, y + size * 0.3)) for x, y, size in spots)


_CROWN: tuple[Pair, ...] = hair_shapes.CROWN
_SHINE: tuple[Pair, ...] = ((-0.72, 0.74), (-0.2, 0.98), (0.40, 0.90))
_SHORT = Lock(
    (
        (
            (-0.84, -0.34),
            *_CROWN,
            (0.95, 0.22),
            (0.80, 0.42),
            (0.44, 0.58),
            (-0.02, 0.50),
            (-0.46, 0.42),
            (-0.66, 0.16),
            (-0.72, -0.16),
        ),
    ),
    flow=-35,
    shine=_SHINE,
)
_TOUSLED = Lock(
    (hair_shapes.TOUSLED,),
    flow=-40,
    shine=_SHINE,
)
_PARTED = Lock(
    (hair_shapes.PARTED,),
    flow=-62,
    shine=_SHINE,
)
_FRINGE = Lock(
    (hair_shapes.FRINGE,),
    flow=-78,
    shine=_SHINE,
)
_SWEPT = Lock(
    (
        (
            (-0.84, -0.20),
            *_CROWN,
            (0.93, 0.30),
            (0.70, 0.58),
            (0.30, 0.74),
            (-0.10, 0.64),
            (-0.50, 0.44),
            (-0.72, 0.10),
        ),
    ),
    flow=150,
    shine=_SHINE,
)
_BOB_BACK = Lock(
    (hair_shapes.BOB_BACK,),
    flow=-86,
    dark=0.25,
)
_LONG_BACK = Lock(
    (hair_shapes.LONG_BACK,),
    flow=-86,
    dark=0.25,
)
_LONG_SIDE = Lock(
    (((-0.84, 0.0), (-1.02, -0.7), (-0.96, -1.4), (-0.72, -1.95)),), radii=(0.16, 0.24, 0.27, 0.08), flow=-84
)
_TAIL_BACK = Lock(
    (hair_shapes.TAIL_BACK,),
    radii=(0.16, 0.30, 0.36, 0.30, 0.05),
    flow=-84,
    dark=0.08,
)
_AFRO = _curls(
    (-0.90, 0.10, 0.10),
    (-0.96, 0.50, 0.14),
    (-0.78, 0.88, 0.16),
    (-0.34, 1.10, 0.16),
    (0.22, 1.12, 0.16),
    (0.68, 0.92, 0.14),
    (0.92, 0.58, 0.10),
)
_RINGLETS_BACK = _curls(
    (-1.02, 0.2, 0.2),
    (-1.14, -0.25, 0.2),
    (-1.12, -0.70, 0.2),
    (-0.80, -1.05, 0.2),
    (1.02, 0.18, 0.12),
    (1.02, -0.24, 0.14),
    (0.98, -0.64, 0.15),
    (0.78, -0.98, 0.16),
)

STYLES: dict[str, Style] = {
    "short": Style(front=(_SHORT,)),
    "tousled": Style(front=(_TOUSLED,)),
    "swept": Style(front=(_SWEPT,)),
    "bob": Style((_BOB_BACK,), (_FRINGE,)),
    "parted": Style((_BOB_BACK,), (_PARTED,)),
    "long": Style((_LONG_BACK,), (_PARTED, _LONG_SIDE)),
    "long_fringe": Style((_LONG_BACK,), (_FRINGE, _LONG_SIDE)),
    "ponytail": Style((_TAIL_BACK,), (_SWEPT,)),
    "bun": Style((Lock((((-0.62, 1.12), (-0.50, 1.22)),), radii=(0.44, 0.44), flow=20),), (_SWEPT,)),
    "pigtails": Style(
        (
            Lock(
                (((-0.92, 0.10), (-1.48, 0.0), (-1.62, -0.60), (-1.40, -1.15)),),
                radii=(0.14, 0.30, 0.32, 0.06),
                flow=-80,
                tie="e8506a",
            ),
            Lock(
                (((0.90, 0.10), (1.36, 0.0), (1.46, -0.55), (1.30, -1.0)),),
                radii=(0.12, 0.26, 0.28, 0.06),
                flow=-95,
                tie="e8506a",
            ),
        ),
        (_FRINGE,),
    ),
    "braids": Style(
        (),
        (
            _PARTED,
            Lock(
                (
                    ((-0.86, -0.45), (-0.90, -0.70)),
                    ((-0.92, -0.85), (-0.92, -1.08)),
                    ((-0.92, -1.22), (-0.90, -1.42)),
                    ((-0.88, -1.60), (-0.86, -1.95)),
                ),
                radii=(0.23, 0.19),
                flow=-70,
            ),
        ),
    ),
    "curly": Style(
        (
            Lock(
                (*_RINGLETS_BACK, ((-0.4, 0.5), (0.4, 0.5))), radii=(0.30, 0.30), flow=-50, shag=0.2, dark=0.2
            ),
        ),
        (Lock((*_AFRO, ((-0.3, 0.86), (0.4, 0.84))), radii=(0.27, 0.25), flow=30, shag=0.2),),
    ),
    "afro": Style(
        (Lock((((-0.12, 0.42), (0.02, 0.48)),), radii=(1.26, 1.26), flow=40, shag=0.2, dark=0.15),),
        (Lock((*_AFRO, ((-0.3, 0.86), (0.4, 0.84))), radii=(0.34, 0.30), flow=30, shag=0.2),),
    ),
    "cropped": Style(
        front=(
            Lock(
                (hair_shapes.STYLES_CROPPED,),
                flow=30,
                shag=0.1,
            ),
        )
    ),
    "rim": Style(
        front=(
            Lock(
                (((-0.86, -0.34), (-0.98, 0.0), (-0.92, 0.36)),), radii=(0.12, 0.22, 0.12), flow=-80, shag=0.2
            ),
            Lock((((0.92, 0.36), (0.95, 0.10)),), radii=(0.07, 0.10), flow=-80, shag=0.2),
        )
    ),
    "wisp": Style(
        front=(Lock((((-0.1, 0.95), (0.12, 1.2), (0.36, 1.12)),), radii=(0.10, 0.10, 0.03), flow=40),)
    ),
    "bald": Style(),
}
"""By name."""

BEARDS: dict[str, tuple[Lock, ...]] = {
    "full": (
        Lock(
            (hair_shapes.BEARDS_FULL,),
            flow=-88,
            shag=0.2,
        ),
    ),
    "long": (
        Lock(
            (hair_shapes.BEARDS_LONG,),
            flow=-88,
            shag=0.2,
        ),
    ),
    "moustache": (),
}
_MOUSTACHE = Lock(
    (
        ((0.28, -0.38), (0.02, -0.40), (-0.22, -0.50)),
        ((0.30, -0.38), (0.54, -0.40), (0.74, -0.50)),
    ),
    radii=(0.10, 0.10, 0.03),
    flow=-70,
)


def behind(person: Person) -> list[Form]:
    """The hair that the body hides."""
    return [form for lock in STYLES[person.hair.style].behind for form in _lock(person, lock)]


def front(person: Person) -> list[Form]:
    """The hair over the face, and the beard."""
    forms = [form for lock in STYLES[person.hair.style].front for form in _lock(person, lock)]
    return [*beard(person), *forms]


def beard(person: Person) -> list[Form]:
    """The beard with its moustache."""
    if person.hair.beard is None:
        return []
    locks = (*BEARDS[person.hair.beard], _MOUSTACHE)
    return [form for lock in locks for form in _lock(person, lock, hat=False)]


def _lock(person: Person, lock: Lock, hat: bool | None = None) -> list[Form]:
    r, covered = person.build.head, person.hat if hat is None else hat
    wide = max((0.0, *lock.radii)) > 1
    ceiling = (_WIDE_UNDER_HAT if wide else _UNDER_HAT) if covered else math.inf
    swell = _PRESSED if covered and wide else 1.0
    placed = [person.bones.head([(x, min(y, ceiling)) for x, y in outline]) for outline in lock.outlines]
    shapes: list[Shape] = (
        [tube(points, [radius * r * swell for radius in lock.radii]) for points in placed]
        if lock.radii
        else [blob(points) for points in placed]
    )
    color = blended(person.hair.color, (0.08, 0.04, 0.08), lock.dark)
    marks: list[Mark] = []
    if lock.shine and not covered:
        light = blended(color, (1.0, 0.86, 0.66), 0.30)
        marks.append(
            mark(tube(person.bones.head(lock.shine), [0.03 * r, 0.13 * r, 0.03 * r]), light, 0.09 * r, 0.7)
        )
    forms = [
        Form(
            shapes=shapes,
            color=color,
            fur=0.30 * r + 0.02,
            shag=lock.shag,
            flow=lock.flow - person.bones.pose.tilt,
            cast=0.75,
            round=0.35 * r + 0.04,
            melt=0.14 * r,
            gloss=0.10,
            marks=marks,
            dab=0.9,
        )
    ]
    if lock.tie:
        x, y = placed[0][0]
        forms.append(
            Form(shapes=[tube([(x, y - 0.004), (x, y + 0.004)], [0.15 * r])], color=ink(lock.tie), cast=0.5)
        )
    return forms
