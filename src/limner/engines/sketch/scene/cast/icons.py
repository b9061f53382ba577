"""The rest of the cast: icon art for every noun that has no body of its own, as large as it should be.

A label's part follows from its family (a subgroup of Unicode's emoji) and from what the tables say of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from limner.engines.sketch.paint import icons
from limner.engines.sketch.paint.body import Body
from limner.engines.sketch.paint.icons import Finish
from limner.engines.sketch.paint.light import ink
from limner.engines.sketch.scene.cast.look import Builder, Look, Role, Zone

_FUR = Finish(round=0.22, fur=0.065, shag=0.16)
_SOFT = Finish(round=0.20, fur=0.05, shag=0.02)
_HARD = Finish(round=0.05, fur=0.05, shag=0.0, gloss=0.25, texture=0.6)
_GLOSSY = Finish(round=0.16, fur=0.05, shag=0.0, gloss=0.6, texture=0.6)
_LEAFY = Finish(round=0.12, fur=0.06, shag=0.3)
_STONE = Finish(round=0.07, fur=0.06, shag=0.04)
_CLOTH = Finish(round=0.10, fur=0.06, shag=0.02)
_SHINING = Finish(round=0.08, fur=0.0, glow=0.12)
_SKINS = ("f3cfb0", "e0ac82", "b97a50", "7d4c32")
_WITH_SKIN = frozenset(
    {
        "person-sport",
        "person-activity",
        "person-resting",
        "person-fantasy",
        "family",
        "hands",
        "hand-fingers-open",
        "hand-fingers-closed",
        "hand-fingers-partial",
        "body-parts",
        "hand-prop",
    }
)


@dataclass(frozen=True, slots=True)
class Part:
    """size: of the longer side, as a share of the picture's short side. hovers, doubled: see icons.icon."""

    size: float
    finish: Finish = _HARD
    zone: Zone = "ground"
    home: str = "meadow"
    hovers: bool = False
    doubled: bool = False


_FAMILIES: Mapping[str, Part] = {
    "animal-mammal": Part(0.42, _FUR),
    "animal-bird": Part(0.30, _FUR),
    "animal-amphibian": Part(0.24, _SOFT, home="lake"),
    "animal-reptile": Part(0.42, _SOFT),
    "animal-marine": Part(0.34, _SOFT, "swim", "underwater"),
    "animal-bug": Part(0.12, _SOFT),
    "plant-flower": Part(0.26, _LEAFY),
    "plant-other": Part(0.30, _LEAFY),
    "food-fruit": Part(0.19, _GLOSSY, home="table"),
    "food-vegetable": Part(0.20, _GLOSSY, home="table"),
    "food-prepared": Part(0.22, _SOFT, home="table"),
    "food-asian": Part(0.24, _SOFT, home="table"),
    "food-sweet": Part(0.20, _SOFT, home="table"),
    "drink": Part(0.25, _GLOSSY, home="table"),
    "dishware": Part(0.26, _HARD, home="table"),
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
    "award-medal": Part(0.24, _GLOSSY, home="table"),
    "sport": Part(0.24, _SOFT),
    "game": Part(0.22, _GLOSSY, home="table"),
    "arts-crafts": Part(0.24, _SOFT, home="table"),
    "clothing": Part(0.28, _CLOTH, home="plain"),
    "sound": Part(0.24, _GLOSSY, home="table"),
    "music": Part(0.28, _GLOSSY, home="table"),
    "musical-instrument": Part(0.36, _GLOSSY, home="room"),
    "phone": Part(0.28, _HARD, home="table"),
    "computer": Part(0.32, _HARD, home="table"),
    "light-video": Part(0.26, _HARD, home="table"),
    "book-paper": Part(0.24, _HARD, home="table"),
    "money": Part(0.22, _HARD, home="table"),
    "mail": Part(0.24, _HARD, home="table"),
    "writing": Part(0.20, _HARD, home="table"),
    "office": Part(0.22, _HARD, home="table"),
    "lock": Part(0.20, _GLOSSY, home="table"),
    "tool": Part(0.26, _HARD, home="table"),
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
    build = _builder(label, part, entry.family in _WITH_SKIN)
    return Role(build, part.size * entry.tallness, part.zone, part.home)


def tinted(role: Role, color: str) -> Role:
    """The same part in a colour of its own where the prompt asks for none."""

    def build(look: Look) -> Body:
        return role.build(look if look.color is not None else replace(look, color=ink(color)))

    return replace(role, build=build)


def _builder(label: str, part: Part, has_skin: bool) -> Builder:
    def build(look: Look) -> Body:
        skin = ink(_SKINS[int(look.rng.integers(len(_SKINS)))]) if has_skin else None
        return icons.icon(label, part.finish, look.color, skin, part.hovers, part.doubled)

    return build


_GROUPS: tuple[tuple[Part, str], ...] = (
    (Part(0.58, _FUR), "elephant, mammoth, rhinoceros, hippopotamus"),
    (Part(0.66, _FUR), "giraffe"),
    (Part(0.50, _FUR), "bison, ox, water buffalo, llama, moose, donkey"),
    (Part(0.54, _FUR, home="desert"), "camel, two-hump camel"),
    (Part(0.44, _FUR, home="forest"), "gorilla, orangutan, leopard, sloth, monkey"),
    (Part(0.24, _FUR), "hamster, chipmunk, hedgehog, mouse, rat"),
    (Part(0.28, _FUR), "beaver, otter, skunk, badger, raccoon, poodle"),
    (Part(0.26, _FUR, "high", hovers=True), "bat, dove"),
    (Part(0.16, _SOFT), "bird, black bird, baby chick, front-facing baby chick, hatching chick"),
    (Part(0.40, _FUR), "peacock, flamingo, dodo"),
    (Part(0.44, _FUR, "high", "mountains", True), "phoenix"),
    (Part(0.32, _FUR, "water", "lake"), "swan, duck"),
    (Part(0.22, _SOFT), "lizard, snake, feather"),
    (Part(0.28, _SOFT), "turtle"),
    (Part(0.66, _SOFT, "back"), "sauropod, t-rex"),
    (Part(0.58, _SOFT, home="mountains"), "dragon"),
    (Part(0.52, _SOFT, "swim", "underwater"), "whale, orca, shark"),
    (Part(0.56, _SOFT, "water", "sea"), "spouting whale"),
    (Part(0.22, _SOFT, home="beach"), "crab, lobster, oyster, spiral shell, turtle"),
    (Part(0.34, _SOFT, home="underwater"), "coral"),
    (Part(0.34, _FUR, home="beach"), "seal"),
    (Part(0.10, _SOFT, "high", hovers=True), "butterfly, honeybee, fly, mosquito"),
    (Part(0.08, _SOFT), "ant, worm, cockroach"),
    (
        Part(0.13, _SOFT, home="table"),
        "cookie, candy, chocolate bar, egg, fortune cookie, dumpling, sushi, moon cake, rice cracker",
    ),
    (Part(0.12, _GLOSSY, home="table"), "cherries, olive, chestnut, peanuts, garlic, blueberries, falafel"),
    (
        Part(0.15, _GLOSSY, home="table"),
        "lime, kiwi fruit, tomato, onion, potato, mango, peach, brown mushroom",
    ),
    (Part(0.30, _GLOSSY, home="table"), "pineapple"),
    (Part(0.24, _GLOSSY, home="table"), "melon"),
    (Part(0.34, _LEAFY, home="room"), "potted plant"),
    (Part(0.32, _LEAFY, home="table"), "bouquet"),
    (Part(0.62, _LEAFY, "back", "beach"), "palm tree"),
    (Part(0.58, _LEAFY, "back"), "leafless tree, deciduous tree, evergreen tree"),
    (Part(0.50, _LEAFY, home="snowfield"), "christmas tree"),
    (
        Part(0.62, _STONE, "back"),
        "stadium, statue of liberty, ferris wheel, building construction",
    ),
    (Part(0.50, _GLOSSY, "back", doubled=True), "roller coaster"),
    (Part(0.36, _GLOSSY, doubled=True), "light rail, monorail"),
    (Part(0.70, _STONE, "back"), "tokyo tower"),
    (
        Part(0.60, _STONE, "far", "mountains"),
        "volcano, mount fuji, snow-capped mountain, mountain, landslide",
    ),
    (Part(0.42, _STONE), "tent, fountain, carousel horse, playground slide, camping, hut, wind chime"),
    (Part(0.26, _STONE), "rock, wood, brick"),
    (Part(0.44, _SOFT, "water", "sea"), "desert island"),
    (
        Part(0.34, _CLOTH, home="beach"),
        "umbrella on ground, umbrella, closed umbrella, umbrella with rain drops",
    ),
    (
        Part(0.46, _GLOSSY, home="street"),
        "bus, trolleybus, articulated lorry, delivery truck, fire engine, tram",
    ),
    (Part(0.50, _GLOSSY), "locomotive, tram car, railway car"),
    (Part(0.22, _GLOSSY, home="street"), "skateboard, roller skate, wheel, police car light"),
    (Part(0.30, _GLOSSY, home="beach"), "anchor, ring buoy"),
    (Part(0.54, _GLOSSY, "water", "sea"), "ship, passenger ship, ferry"),
    (Part(0.42, _GLOSSY, "high", "space", True), "rocket, satellite, flying saucer"),
    (Part(0.36, _GLOSSY, home="room"), "seat, television"),
    (Part(0.36, _GLOSSY, "high", "mountains", True), "mountain cableway, aerial tramway, parachute"),
    (Part(0.30, _SOFT, "sky", "space", True), "ringed planet, comet"),
    (Part(0.26, _SHINING, home="forest"), "fire"),
    (Part(0.52, _SHINING, "sky", hovers=True), "fireworks"),
    (Part(0.26, _SHINING, "sky", hovers=True), "sparkles, sparkler, glowing star, star, shooting star"),
    (Part(0.28, _GLOSSY, home="table"), "thermometer"),
    (Part(0.60, _SOFT, "back"), "tornado"),
    (Part(0.36, _CLOTH, "high", hovers=True), "carp streamer, kite, red paper lantern, balloon, bubbles"),
    (Part(0.13, _SOFT), "soccer ball, basketball, volleyball, american football, rugby football, bowling"),
    (Part(0.09, _SOFT), "baseball, softball"),
    (Part(0.50, _SOFT), "goal net"),
    (Part(0.34, _SOFT, home="snowfield"), "sled, skis, ice skate"),
    (Part(0.34, _SOFT), "fishing pole, tennis, badminton, cricket game, lacrosse, field hockey, ice hockey"),
    (Part(0.28, _FUR, home="room"), "teddy bear, backpack, handbag, package"),
    (
        Part(0.22, _GLOSSY, home="table"),
        "crown, ring, gem stone, glasses, sunglasses, coin, soap, toothbrush, razor",
    ),
    (
        Part(0.24, _CLOTH, home="table"),
        "top hat, woman’s hat, billed cap, graduation cap, purse, prayer beads",
    ),
    (Part(0.26, _HARD), "bucket, basket, jack-o-lantern"),
    (Part(0.50, _HARD, home="room"), "bed, bathtub, door, couch and lamp"),
    (Part(0.48, _HARD), "ladder"),
    (Part(0.36, _HARD), "shovel, bow and arrow, shield, magic wand"),
    (Part(0.38, _HARD, home="street"), "postbox, vertical traffic light, bus stop, stop sign, shopping cart"),
    (Part(0.38, _HARD), "closed mailbox with raised flag, closed mailbox with lowered flag, placard"),
    (Part(0.50, _STONE), "moai"),
    (Part(0.34, _HARD, home="beach"), "treasure chest"),
    (Part(0.44, _SOFT, home="snowfield"), "skier, snowboarder"),
    (Part(0.42, _SOFT, "water", "sea"), "person surfing, person swimming, person playing water polo"),
    (Part(0.44, _SOFT, "water", "lake"), "person rowing boat"),
)
"""What is larger, smaller or at home elsewhere than its family."""
_EXCEPTIONS = {label: part for part, labels in _GROUPS for label in labels.split(", ")}

TINTED: Mapping[str, tuple[str, str]] = {
    "polar bear": ("bear", "f6f5f0"),
    "boar": ("pig", "6e4e3a"),
    "moose": ("deer", "6b4c36"),
    "hamster": ("mouse", "d8a05e"),
    "black cat": ("cat", "35333a"),
}
"""Labels whose thing is one of the cast in another colour."""

STAND_INS: Mapping[str, str] = {
    "automobile": "car",
    "oncoming automobile": "car",
    "sport utility vehicle": "car",
    "red apple": "apple",
    "green apple": "apple",
    "dog face": "dog",
    "cat face": "cat",
    "tiger face": "tiger",
    "cow face": "cow",
    "pig face": "pig",
    "mouse face": "mouse",
    "monkey face": "monkey",
    "rabbit face": "rabbit",
    "horse face": "horse",
    "dragon face": "dragon",
    "beach with umbrella": "umbrella",
    "deciduous tree": "tree",
    "evergreen tree": "pine",
    "birthday cake": "cake",
    "hot beverage": "cup",
    "closed book": "book",
    "red heart": "heart",
    "heart suit": "heart",
    "wrapped gift": "gift",
    "honeybee": "bee",
    "ewe": "sheep",
    "doughnut": "donut",
    "mobile phone": "phone",
    "desktop computer": "computer",
    "laptop": "computer",
    "musical keyboard": "piano",
    "tangerine": "orange",
    "couch and lamp": "sofa",
    "flying saucer": "ufo",
    "metro": "train",
    "high-speed train": "bullet train",
    "mountain railway": "train",
    "delivery truck": "truck",
    "steaming bowl": "bowl",
}
"""Labels whose thing the cast plays better."""
