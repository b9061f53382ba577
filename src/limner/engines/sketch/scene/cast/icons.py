"""The rest of the cast: icon art for every noun that has no body of its own, as large as it should be.

A label's part follows from its family (a subgroup of Unicode's emoji) and from what the tables say of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from limner.engines.sketch.paint import icons
from limner.engines.sketch.paint.body import Body
from limner.engines.sketch.paint.icons import Finish
from limner.engines.sketch.scene.cast.look import Builder, Look, Role, Zone

_FUR = Finish(round=0.22, fur=0.065, shag=0.16)
_SOFT = Finish(round=0.20, fur=0.05, shag=0.02)
_HARD = Finish(round=0.05, fur=0.05, shag=0.0, gloss=0.25, texture=0.6)
_GLOSSY = Finish(round=0.16, fur=0.05, shag=0.0, gloss=0.6, texture=0.6)
_LEAFY = Finish(round=0.12, fur=0.06, shag=0.3)
_STONE = Finish(round=0.07, fur=0.06, shag=0.04)
_CLOTH = Finish(round=0.10, fur=0.06, shag=0.02)


@dataclass(frozen=True, slots=True)
class Part:
    """size: of the longer side, as a share of the picture's short side. hovers: touches no ground."""

    size: float
    finish: Finish = _HARD
    zone: Zone = "ground"
    home: str = "meadow"
    hovers: bool = False


_FAMILIES: Mapping[str, Part] = {
    "animal-mammal": Part(0.42, _FUR),
    "animal-bird": Part(0.30, _FUR),
    "animal-amphibian": Part(0.24, _SOFT, home="lake"),
    "animal-reptile": Part(0.42, _SOFT),
    "animal-marine": Part(0.34, _SOFT, "swim", "underwater"),
    "animal-bug": Part(0.18, _SOFT),
    "plant-flower": Part(0.26, _LEAFY),
    "plant-other": Part(0.30, _LEAFY),
    "food-fruit": Part(0.26, _GLOSSY, home="table"),
    "food-vegetable": Part(0.28, _GLOSSY, home="table"),
    "food-prepared": Part(0.34, _SOFT, home="table"),
    "food-asian": Part(0.34, _SOFT, home="table"),
    "food-sweet": Part(0.32, _SOFT, home="table"),
    "drink": Part(0.32, _GLOSSY, home="table"),
    "dishware": Part(0.34, _HARD, home="table"),
    "place-map": Part(0.36, _HARD, home="table"),
    "place-geographic": Part(0.50, _STONE, "back"),
    "place-building": Part(0.50, _STONE, "back"),
    "place-religious": Part(0.50, _STONE, "back"),
    "place-other": Part(0.48, _STONE, "back"),
    "transport-ground": Part(0.38, _GLOSSY, home="street"),
    "transport-water": Part(0.36, _GLOSSY, "water", "sea"),
    "transport-air": Part(0.36, _GLOSSY, "high", hovers=True),
    "hotel": Part(0.28, _HARD, home="table"),
    "time": Part(0.30, _GLOSSY, home="table"),
    "sky-weather": Part(0.24, _SOFT, "sky", hovers=True),
    "event": Part(0.32, _SOFT),
    "award-medal": Part(0.32, _GLOSSY, home="table"),
    "sport": Part(0.24, _SOFT),
    "game": Part(0.26, _GLOSSY, home="table"),
    "arts-crafts": Part(0.28, _SOFT, home="table"),
    "clothing": Part(0.28, _CLOTH, home="plain"),
    "sound": Part(0.28, _GLOSSY, home="table"),
    "music": Part(0.28, _GLOSSY, home="table"),
    "musical-instrument": Part(0.36, _GLOSSY, home="room"),
    "phone": Part(0.28, _HARD, home="table"),
    "computer": Part(0.32, _HARD, home="table"),
    "light-video": Part(0.30, _HARD, home="table"),
    "book-paper": Part(0.30, _HARD, home="table"),
    "money": Part(0.30, _HARD, home="table"),
    "mail": Part(0.30, _HARD, home="table"),
    "writing": Part(0.28, _HARD, home="table"),
    "office": Part(0.28, _HARD, home="table"),
    "lock": Part(0.28, _GLOSSY, home="table"),
    "tool": Part(0.32, _HARD, home="table"),
    "science": Part(0.32, _GLOSSY, home="table"),
    "medical": Part(0.28, _GLOSSY, home="table"),
    "household": Part(0.40, _HARD, home="room"),
    "other-object": Part(0.36, _STONE),
    "person-sport": Part(0.44, _SOFT),
    "person-activity": Part(0.46, _SOFT),
    "person-resting": Part(0.42, _SOFT),
    "flag": Part(0.36, _CLOTH, home="meadow"),
}
_ANY = Part(0.36, _GLOSSY, "sky", "plain", hovers=True)


def role_of(label: str) -> Role:
    """The part that the icon of a label plays; raises KeyError for a label without one."""
    entry = icons.entries()[label]
    part = _EXCEPTIONS.get(label) or _FAMILIES.get(entry.family, _ANY)
    return Role(_builder(label, part), part.size * entry.tallness, part.zone, part.home)


def _builder(label: str, part: Part) -> Builder:
    def build(look: Look) -> Body:
        return icons.icon(label, part.finish, look.color, part.hovers)

    return build


_GROUPS: tuple[tuple[Part, str], ...] = (
    (Part(0.60, _FUR), "elephant, giraffe, mammoth, rhinoceros, hippopotamus, camel, two-hump camel, bison"),
)
_EXCEPTIONS = {label: part for part, labels in _GROUPS for label in labels.split(", ")}

STAND_INS: Mapping[str, str] = {
    "automobile": "car",
    "red apple": "apple",
    "green apple": "apple",
    "dog face": "dog",
    "cat face": "cat",
    "rabbit face": "rabbit",
    "horse face": "horse",
    "beach with umbrella": "umbrella",
    "deciduous tree": "tree",
    "evergreen tree": "pine",
    "birthday cake": "cake",
    "hot beverage": "cup",
    "closed book": "book",
    "red heart": "heart",
    "heart suit": "heart",
    "sailboat": "boat",
}
"""Labels whose thing the cast plays better."""
