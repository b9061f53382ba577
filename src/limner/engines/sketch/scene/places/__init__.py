"""The places that can be painted, by the lexicon's name."""

from __future__ import annotations

from limner.engines.sketch.scene.places import (
    beach,
    city,
    desert,
    forest,
    lake,
    meadow,
    mountains,
    plain,
    room,
    snowfield,
    space,
    table,
    underwater,
)
from limner.engines.sketch.scene.places.ground import Painter

PLACES: dict[str, Painter] = {
    "plain": plain.paint,
    "meadow": meadow.paint,
    "forest": forest.paint,
    "beach": beach.paint,
    "lake": lake.paint,
    "mountains": mountains.paint,
    "desert": desert.paint,
    "underwater": underwater.paint,
    "city": city.paint,
    "snowfield": snowfield.paint,
    "space": space.paint,
    "table": table.paint,
    "room": room.paint,
}
OPEN_PLACES = ("meadow", "lake", "mountains", "beach", "forest")
"""Where a prompt that names no place may be set."""
