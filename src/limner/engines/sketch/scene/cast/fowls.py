"""The measures of birds that a prompt may name, and of birds on the wing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

Pair: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fowl:
    """Measures of one kind of bird, in units. spine: from rump to head; girth: radii along it.

    beak: outline about the head's centre in head radii. leg: length; web: whether it swims. comb: red crest.
    """

    colors: tuple[str, ...]
    belly: str | None = None
    spine: Sequence[Pair]
    girth: Sequence[float]
    head: float
    beak: Sequence[Pair]
    beak_color: str = "e8a23c"
    wing: Sequence[Pair]
    wing_tint: float = 0.28
    tail: Sequence[Pair]
    leg: float = 0.16
    legs: tuple[float, float] = (-0.04, 0.10)
    leg_color: str = "d88a34"
    web: bool = False
    comb: bool = False
    crown: str | None = None
    mask: str | None = None
    iris: str = "1c1210"
    eye: float = 0.22


_HOOK = ((0.6, 0.35), (1.25, 0.22), (1.5, -0.25), (1.2, -0.15), (0.7, -0.25))
_CONE = ((0.75, 0.25), (1.65, -0.05), (0.75, -0.32))
_BILL = ((0.7, 0.22), (1.2, 0.06), (1.75, 0.10), (1.8, -0.16), (1.1, -0.30), (0.7, -0.36))
_BENT = ((0.7, 0.25), (1.5, 0.0), (1.7, -0.75), (1.35, -0.55), (1.1, -0.30), (0.7, -0.35))
_PLUMP_WING = (
    (0.10, 0.62),
    (-0.12, 0.66),
    (-0.40, 0.52),
    (-0.66, 0.42),
    (-0.42, 0.30),
    (-0.06, 0.30),
    (0.12, 0.42),
)
_LOW_WING = (
    (0.16, 0.46),
    (-0.10, 0.52),
    (-0.42, 0.44),
    (-0.70, 0.40),
    (-0.44, 0.22),
    (-0.06, 0.20),
    (0.16, 0.30),
)

FOWLS: dict[str, Fowl] = {
    "duck": Fowl(
        colors=("8a6a4a", "f2ead8", "c8a06a"),
        belly="f0e4d0",
        spine=((-0.52, 0.36), (-0.10, 0.32), (0.22, 0.40), (0.34, 0.62), (0.36, 0.80)),
        girth=(0.10, 0.25, 0.22, 0.11, 0.14),
        head=0.17,
        beak=_BILL,
        wing=_LOW_WING,
        tail=((-0.40, 0.42), (-0.66, 0.52), (-0.74, 0.46), (-0.50, 0.28)),
        leg=0.12,
        web=True,
        crown="2f6a4a",
    ),
    "swan": Fowl(
        colors=("f8f6f0",),
        spine=((-0.62, 0.36), (-0.14, 0.30), (0.30, 0.38), (0.44, 0.62), (0.34, 0.92), (0.46, 1.12)),
        girth=(0.10, 0.26, 0.20, 0.09, 0.07, 0.09),
        head=0.12,
        beak=_BILL,
        beak_color="e87a2c",
        wing=((0.20, 0.44), (-0.06, 0.66), (-0.50, 0.62), (-0.78, 0.50), (-0.48, 0.26), (0.04, 0.22)),
        wing_tint=0.06,
        tail=((-0.50, 0.42), (-0.80, 0.48), (-0.84, 0.40), (-0.58, 0.28)),
        leg=0.10,
        web=True,
        mask="2a2428",
    ),
    "chicken": Fowl(
        colors=("f4ead8", "c8763a", "a8542c"),
        spine=((-0.40, 0.50), (-0.06, 0.40), (0.20, 0.52), (0.28, 0.74), (0.30, 0.88)),
        girth=(0.14, 0.27, 0.24, 0.13, 0.12),
        head=0.14,
        beak=_CONE,
        wing=_PLUMP_WING,
        wing_tint=0.14,
        tail=((-0.34, 0.58), (-0.56, 0.86), (-0.72, 0.80), (-0.70, 0.56), (-0.42, 0.40)),
        leg=0.20,
        comb=True,
    ),
    "parrot": Fowl(
        colors=("d8402e", "3f9a4a", "3f7fc4", "e8b030"),
        spine=((-0.28, 0.34), (-0.08, 0.44), (0.08, 0.64), (0.14, 0.84)),
        girth=(0.13, 0.22, 0.22, 0.19),
        head=0.20,
        beak=_HOOK,
        beak_color="3a3438",
        wing=((0.06, 0.70), (-0.14, 0.68), (-0.36, 0.40), (-0.52, 0.10), (-0.26, 0.22), (0.02, 0.40)),
        wing_tint=0.0,
        tail=((-0.22, 0.38), (-0.48, 0.08), (-0.64, 0.01), (-0.56, 0.14), (-0.34, 0.40)),
        leg=0.12,
        leg_color="5a4a44",
        mask="f6efe4",
    ),
    "eagle": Fowl(
        colors=("5a4030", "4a3628"),
        spine=((-0.30, 0.36), (-0.06, 0.46), (0.08, 0.68), (0.16, 0.90)),
        girth=(0.14, 0.24, 0.21, 0.15),
        head=0.16,
        beak=_HOOK,
        beak_color="f0b02c",
        wing=((0.06, 0.74), (-0.18, 0.72), (-0.38, 0.44), (-0.54, 0.14), (-0.26, 0.22), (0.02, 0.42)),
        tail=((-0.24, 0.38), (-0.50, 0.06), (-0.40, 0.0), (-0.12, 0.24)),
        leg=0.18,
        leg_color="e8b02c",
        crown="f8f4ea",
        iris="e8b02c",
    ),
    "flamingo": Fowl(
        colors=("f08a9a", "f4a0a8"),
        spine=((-0.34, 0.72), (-0.04, 0.70), (0.20, 0.78), (0.36, 1.00), (0.22, 1.20), (0.34, 1.38)),
        girth=(0.10, 0.18, 0.14, 0.055, 0.05, 0.06),
        head=0.095,
        beak=_BENT,
        beak_color="3a3034",
        wing=((0.14, 0.80), (-0.08, 0.88), (-0.36, 0.76), (-0.52, 0.62), (-0.28, 0.58), (0.06, 0.62)),
        wing_tint=0.10,
        tail=((-0.30, 0.76), (-0.50, 0.66), (-0.48, 0.58), (-0.28, 0.62)),
        leg=0.62,
        leg_color="e87a8a",
    ),
}

LEVEL_SPINE = ((-0.46, 0.42), (-0.12, 0.42), (0.20, 0.48), (0.46, 0.58))
LEVEL_TAIL = ((-0.40, 0.50), (-0.84, 0.50), (-0.96, 0.40), (-0.84, 0.34), (-0.42, 0.34))
"""The trunk and tail of any bird in flight."""
FAN = (
    (0.22, 0.0),
    (0.16, 0.34),
    (-0.06, 0.74),
    (-0.46, 0.98),
    (-0.50, 0.80),
    (-0.70, 0.74),
    (-0.66, 0.56),
    (-0.76, 0.44),
    (-0.60, 0.32),
    (-0.58, 0.18),
    (-0.34, 0.08),
    (-0.14, -0.06),
)
"""A spread wing, from its shoulder."""
SONGBIRD = Fowl(
    colors=("3f7fc4", "c84a3c", "e0a838", "5a8a50"),
    belly="f6b070",
    spine=LEVEL_SPINE,
    girth=(0.10, 0.20, 0.20, 0.15),
    head=0.18,
    beak=_CONE,
    wing=_PLUMP_WING,
    tail=LEVEL_TAIL,
)
