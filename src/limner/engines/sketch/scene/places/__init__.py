"""The places that can be painted, by the lexicon's name, each in several layouts."""

from __future__ import annotations

from limner.engines.sketch.scene.places import (
    abstract,
    bamboo,
    banner,
    beach,
    bedroom,
    cafe,
    card,
    coast,
    cyberpunk,
    desert,
    desk,
    flowers,
    forest,
    garden,
    icon,
    isometric,
    kitchen,
    lake,
    meadow,
    moonscape,
    mountains,
    park,
    pattern,
    plain,
    poster,
    river,
    room,
    sea,
    shanshui,
    skyline,
    snowfield,
    space,
    stage,
    street,
    table,
    underwater,
    village,
)
from limner.engines.sketch.scene.places.ground import Layout

PLACES: dict[str, tuple[Layout, ...]] = {
    "plain": plain.LAYOUTS,
    "meadow": meadow.LAYOUTS,
    "forest": forest.LAYOUTS,
    "beach": beach.LAYOUTS,
    "lake": lake.LAYOUTS,
    "mountains": mountains.LAYOUTS,
    "desert": desert.LAYOUTS,
    "underwater": underwater.LAYOUTS,
    "snowfield": snowfield.LAYOUTS,
    "space": space.LAYOUTS,
    "table": table.LAYOUTS,
    "room": room.LAYOUTS,
    "flowers": flowers.LAYOUTS,
    "garden": garden.LAYOUTS,
    "park": park.LAYOUTS,
    "village": village.LAYOUTS,
    "river": river.LAYOUTS,
    "coast": coast.LAYOUTS,
    "sea": sea.LAYOUTS,
    "street": street.LAYOUTS,
    "skyline": skyline.LAYOUTS,
    "kitchen": kitchen.LAYOUTS,
    "bedroom": bedroom.LAYOUTS,
    "desk": desk.LAYOUTS,
    "cafe": cafe.LAYOUTS,
    "moonscape": moonscape.LAYOUTS,
    "mars": moonscape.WORLDS,
    "bamboo": bamboo.LAYOUTS,
    "stage": stage.LAYOUTS,
    "abstract": abstract.LAYOUTS,
    "poster": poster.LAYOUTS,
    "card": card.LAYOUTS,
    "banner": banner.LAYOUTS,
    "icon": icon.LAYOUTS,
    "pattern": pattern.LAYOUTS,
}
OPEN_PLACES = ("meadow", "lake", "mountains", "coast", "forest")
"""Where a prompt that names no place may be set."""
FLAT_PLACES = ("plain", "poster", "card", "banner", "icon", "pattern", "abstract", "stage")
"""Printed grounds rather than rooms of air: no bloom, vignette or grain."""
STYLED_PLACES: dict[str, dict[str, tuple[Layout, ...]]] = {
    "isometric": {**{name: PLACES[name] for name in FLAT_PLACES}, **isometric.LAYOUTS},
    "neon": {"street": cyberpunk.STREETS, "skyline": cyberpunk.SKYLINES},
    "inkwash": shanshui.LAYOUTS,
}
"""Layouts that a style has of its own, by style and place; those under "" serve every other place."""
PAINTED_IN_STYLE = {"neon": ("street", "skyline"), "inkwash": tuple(shanshui.LAYOUTS)}
"""Places whose own layouts show the style already, so that no filter comes over them, by style."""
INDOORS = ("room", "kitchen", "bedroom", "desk", "cafe", "table", "underwater", "space", "moonscape", "mars")
"""Where no weather comes."""


def layouts_of(place: str, style: str | None) -> tuple[Layout, ...]:
    """The layouts of a place, or what a style has in their stead."""
    own = STYLED_PLACES.get(style or "", {})
    return own.get(place) or own.get("") or PLACES[place]
