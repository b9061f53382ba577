"""What makes one noun a person: a physique, and the hairs and outfits that are drawn by lot."""

from __future__ import annotations

from dataclasses import dataclass

from limner.engines.sketch.scene.cast.people.person import Outfit
from limner.engines.sketch.scene.cast.people.skeleton import Physique

GIRL_HAIR = ("bob", "long_fringe", "pigtails", "ponytail", "braids", "parted", "curly")
BOY_HAIR = ("tousled", "short", "swept", "cropped", "tousled", "curly")
WOMAN_HAIR = ("long", "parted", "bun", "ponytail", "long_fringe", "curly", "bob")
MAN_HAIR = ("short", "swept", "tousled", "cropped")


@dataclass(frozen=True, slots=True, kw_only=True)
class Character:
    """One noun: hairs and beards are drawn by lot; hair_colors and skins None mean any."""

    physique: Physique
    outfits: tuple[Outfit, ...]
    hairs: tuple[str, ...] = MAN_HAIR
    beards: tuple[str | None, ...] = (None,)
    hair_colors: tuple[str, ...] | None = None
    feminine: bool = False
    old: bool = False
    mood: str | None = None
    action: str | None = None
