"""What a builder of a subject may know: the colour asked for, its own numbers, the season, the hour."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from limner.engines.sketch.paint.body import Body
from limner.engines.sketch.paint.light import Ink, ink
from limner.engines.sketch.paint.noise import Rng

Zone: TypeAlias = Literal["ground", "back", "far", "sky", "water", "high", "swim"]
"""In front; far back; at the horizon; in the sky; floating on water; overhead; anywhere in water."""


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """color is None when the prompt leaves it open. action: e.g. sit, run. traits: e.g. old, hat."""

    color: Ink | None
    rng: Rng
    season: str
    night: bool
    action: str | None = None
    traits: frozenset[str] = frozenset()

    def or_one_of(self, *colors: str) -> Ink:
        """The colour asked for, else one of these."""
        return self.color if self.color is not None else ink(colors[int(self.rng.integers(len(colors)))])


Builder: TypeAlias = Callable[[Look], Body]


@dataclass(frozen=True, slots=True)
class Role:
    """One noun's part: its builder, height as a share of the short side, where it goes, where it lives."""

    build: Builder
    height: float
    zone: Zone = "ground"
    home: str = "meadow"
