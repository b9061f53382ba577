"""One person about to be drawn: the skeleton, the colours, and the outfit that the parts are cut to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from limner.engines.sketch.paint.light import Ink, blended, ink
from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.scene.cast.people.skeleton import Pair, Physique, Skeleton

Cut: TypeAlias = Literal["shirt", "dress", "coat", "suit", "tail"]
Lower: TypeAlias = Literal["trousers", "shorts", "bare", "tights"]
Sleeve: TypeAlias = Literal["long", "short", "wide", "none"]
Mood: TypeAlias = Literal["content", "happy", "sad", "angry", "sleepy", "surprised"]
_SHADE = (0.10, 0.06, 0.14)
_PALE = (1.0, 0.96, 0.88)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outfit:
    """Clothes: hem is the share of the leg that a dress or coat covers; flare how far it stands out.

    parts: names of parts.PARTS, each with an optional colour after a colon. sole: boots reach up the shin.
    """

    cut: Cut = "shirt"
    colors: tuple[str, ...] = ("c8473c", "3f6fb0", "d8a030", "3f8a6a", "8a4a90")
    lower: Lower = "trousers"
    lower_colors: tuple[str, ...] = ("34465e", "4a4038", "3a4a3a", "5a4a6a")
    sleeve: Sleeve = "long"
    hem: float = 0.55
    flare: float = 0.05
    patterns: tuple[str, ...] = ("plain",)
    shoes: tuple[str, ...] = ("3a2a26", "5a3a2a", "7a4a30")
    boots: bool = False
    gloves: str | None = None
    socks: str | None = None
    trim: str | None = None
    belly: float = 0.0
    loose: float = 1.0
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hair:
    """style is one of hair.STYLES; beard one of hair.BEARDS or None."""

    style: str
    color: Ink
    beard: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Person:
    """Everything that the parts need; feminine draws lashes, old draws wrinkles."""

    bones: Skeleton
    outfit: Outfit
    skin: Ink
    hair: Hair
    top: Ink
    bottom: Ink
    shoes: Ink
    pattern: str
    mood: Mood
    feminine: bool
    old: bool
    rng: Rng
    hat: bool = False
    mask: Ink | None = None

    @property
    def build(self) -> Physique:
        return self.bones.physique

    @property
    def hand(self) -> Pair:
        """The middle of the far hand, where things are held."""
        (x, y), (ex, ey) = self.bones.far_arm.wrist, self.bones.far_arm.elbow
        share = self.build.hand * 0.75 / self.build.forearm
        return x + (x - ex) * share, y + (y - ey) * share


def darker(color: str | Ink, share: float = 0.28) -> Ink:
    """The colour as it is in a fold."""
    return blended(color, _SHADE, share)


def paler(color: str | Ink, share: float = 0.5) -> Ink:
    """The colour mixed with warm white."""
    return blended(color, _PALE, share)


def tinted(color: str | None, usual: str | Ink) -> Ink:
    """The colour, else the usual one."""
    return ink(usual if color is None else color)
