"""Measures of four-legged bodies, and how their feet fall in each gait."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from limner.engines.sketch.scene.cast.long_heads import LongFace

Pair: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """Measures in units: length and height of the spine, radii along it, limbs, and where the head sits.

    long_face: None for a round head in three-quarter view. humps: where along the spine.
    """

    length: float
    height: float
    chest: float
    waist: float
    hip: float
    leg: float
    thigh: float
    neck: Pair
    neck_radii: Pair
    head: float
    long_face: LongFace | None = None
    hoofed: bool = False
    humps: tuple[float, ...] = ()

    @property
    def nape(self) -> Pair:
        """Where the head sits."""
        return self.length / 2 + self.neck[0], self.height + self.neck[1]

    @property
    def shoulder(self) -> Pair:
        return self.length / 2 - 0.04, self.height + 0.05


@dataclass(frozen=True, slots=True)
class Gait:
    """Swing and lift of the feet, in shares of the height: near hind, near fore, far hind, far fore."""

    feet: tuple[Pair, Pair, Pair, Pair]
    rise: float = 0.0


GAITS = {
    "stand": Gait(((-0.05, 0), (0.03, 0), (0.10, 0), (-0.08, 0))),
    "walk": Gait(((-0.22, 0), (0.22, 0.05), (0.20, 0.02), (-0.16, 0))),
    "run": Gait(((-0.66, 0.20), (0.62, 0.24), (-0.50, 0.10), (0.44, 0.12)), 0.05),
    "jump": Gait(((-0.60, 0.02), (0.52, 0.46), (-0.48, 0.0), (0.40, 0.40)), 0.30),
}
POSES = {
    "stand": "stand",
    "walk": "walk",
    "dance": "walk",
    "swim": "walk",
    "run": "run",
    "jump": "jump",
    "fly": "jump",
    "sleep": "sleep",
}
"""What an action is on four legs: a gait, or sleep."""
