"""The cast: which builder plays which noun, how large it is, and where it belongs."""

from __future__ import annotations

from limner.engines.sketch.scene.cast import (
    aircraft,
    birds,
    buildings,
    creatures,
    devices,
    fables,
    fruit,
    furniture,
    furred,
    greenery,
    harvest,
    heavens,
    hoofed,
    icons,
    instruments,
    keepsakes,
    landmarks,
    lights,
    meals,
    outdoors,
    people,
    plants,
    rails,
    seas,
    shapes,
    things,
    transport,
    vehicles,
    vessels,
)
from limner.engines.sketch.scene.cast.look import Role

CAST: dict[str, Role] = {
    "fish": Role(creatures.fish, 0.22, "swim", "underwater"),
    "snowman": Role(creatures.snowman, 0.40, home="snowfield"),
    **people.ROLES,
    "tree": Role(plants.tree, 0.52, "back"),
    "pine": Role(plants.pine, 0.50, "back", "forest"),
    "flower": Role(plants.flower, 0.24),
    "sunflower": Role(plants.sunflower, 0.36),
    "mushroom": Role(plants.mushroom, 0.18, home="forest"),
    "cactus": Role(plants.cactus, 0.36, home="desert"),
    "house": Role(buildings.house, 0.36, "back"),
    "castle": Role(buildings.castle, 0.46, "back", "mountains"),
    "tower": Role(buildings.tower, 0.46, "back", "mountains"),
    "lighthouse": Role(buildings.lighthouse, 0.52, "back", "beach"),
    "boat": Role(vehicles.boat, 0.30, "water", "beach"),
    "car": Role(vehicles.car, 0.24, home="street"),
    "airship": Role(vehicles.airship, 0.34, "high", "mountains"),
    "umbrella": Role(things.umbrella, 0.32, home="beach"),
    "cake": Role(things.cake, 0.38, home="table"),
    "moon": Role(heavens.moon, 0.20, "sky"),
    "sun": Role(heavens.sun, 0.24, "sky"),
    "star": Role(heavens.star, 0.12, "sky"),
    "cloud": Role(heavens.cloud, 0.17, "sky"),
    "planet": Role(heavens.planet, 0.20, "high", "space"),
    "rainbow": Role(heavens.rainbow, 0.42, "sky"),
    "mountain": Role(heavens.mountain, 0.40, "far", "mountains"),
    "circle": Role(shapes.circle, 0.36, "sky", "plain"),
    "square": Role(shapes.square, 0.34, "sky", "plain"),
    "triangle": Role(shapes.triangle, 0.36, "sky", "plain"),
    "heart": Role(shapes.heart, 0.36, "sky", "plain"),
    **transport.ROLES,
    **aircraft.ROLES,
    **landmarks.ROLES,
    **greenery.ROLES,
    **birds.ROLES,
    **seas.ROLES,
    **fables.ROLES,
    **furniture.ROLES,
    **furred.ROLES,
    **hoofed.ROLES,
    **fruit.ROLES,
    **vessels.ROLES,
    **meals.ROLES,
    **keepsakes.ROLES,
    **devices.ROLES,
    **outdoors.ROLES,
    **harvest.ROLES,
    **lights.ROLES,
    **instruments.ROLES,
    **rails.ROLES,
}


def role_of(noun: str) -> Role:
    """The part that a noun plays; raises KeyError for a noun that nobody can play."""
    for name in (noun, icons.STAND_INS.get(noun, noun)):
        if name in CAST:
            return CAST[name]
    kin, color = icons.TINTED.get(noun, ("", ""))
    return icons.tinted(CAST[kin], color) if kin in CAST else icons.role_of(noun)
