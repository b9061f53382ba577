"""What is held: how large it is for its holder, and where it goes, so that no face is hidden."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Manner: TypeAlias = Literal["carried", "hugged", "raised", "canopy", "hung"]
"""In the hand; before the body; upright from the hand; over the head; down from the hand."""


@dataclass(frozen=True, slots=True)
class Hold:
    """size: of the longer side, as a share of the holder's height. grip: where the hand is on its height."""

    size: float = 0.36
    manner: Manner = "carried"
    grip: float = 0.0

    @property
    def reach(self) -> float:
        """How far from the middle of the body, as a share of the way to the hand: large things are hugged."""
        return 0.4 if self.manner == "hugged" else 1.0

    @property
    def is_behind(self) -> bool:
        """Whether the holder stands before it."""
        return self.manner == "canopy"


_HOLDS: tuple[tuple[Hold, str], ...] = (
    (Hold(0.96, "canopy", 0.12), "umbrella, closed umbrella, umbrella with rain drops, parasol"),
    (Hold(0.98, "canopy", 0.02), "balloon, kite, carp streamer, parachute"),
    (Hold(0.82, "raised", 0.16), "flag, fishing pole, bamboo, surfboard, broom, shovel, ladder, pick, axe"),
    (Hold(0.62, "raised", 0.22), "sign, placard, sunflower, bow and arrow, carp streamer, skis"),
    (
        Hold(0.52, "raised", 0.08),
        "sword, magic wand, candle, trophy, saxophone, trumpet, hammer, rose, tulip",
    ),
    (Hold(0.46, "raised", 0.04), "flower, cherry blossom, hibiscus, blossom, rosette, sheaf of rice, herb"),
    (Hold(0.34, "raised", 0.06), "ice cream, soft ice cream, lollipop, sparkler, paintbrush, key, bell"),
    (Hold(0.40, "hung", 0.97), "lantern, basket, bucket, handbag, red paper lantern, briefcase, backpack"),
    (Hold(0.44), "cake, pizza, bouquet, gift, box, watermelon, fish, basketball, treasure chest"),
    (Hold(0.55, "hugged"), "violin, accordion, drum, sled, skateboard, telescope"),
    (Hold(0.70, "hugged"), "guitar, banjo"),
    (
        Hold(0.44, "hugged"),
        "baby, teddy bear, cat, black cat, dog, rabbit, koala, panda, lamb, sheep, penguin",
    ),
    (
        Hold(0.24),
        "apple, orange, lemon, pear, peach, cup, phone, camera, cookie, donut, strawberry, egg, star",
    ),
    (
        Hold(0.24),
        "mushroom, glass of milk, hot beverage, heart, sandwich, hamburger, mouse, bird, coin, ring",
    ),
    (Hold(0.30), "banana, carrot, bowl, bread, book, hat, crown, clock, ball, soccer ball, corn, bottle"),
)
_BY_NOUN = {noun: hold for hold, nouns in _HOLDS for noun in nouns.split(", ")}
_ANY = Hold()
_LOW = 0.2
"""A hand below this share of the height is a paw on the ground."""
_CHIN, _WAIST = 0.65, 0.40
_BREAST = 0.30
_BEFORE_PAWS = 1.3
_ARM = 0.42


def hold_of(noun: str) -> Hold:
    """How a thing is held."""
    return _BY_NOUN.get(noun, _ANY)


def is_paw(hand: float, tall: float) -> bool:
    """Whether a hand in this row, upward, is on the ground."""
    return hand < _LOW * tall


def fitting(hold: Hold, hand: float, tall: float, width: float, height: float) -> float:
    """What to multiply a thing of this width and height by for a holder this tall; hand: its row, upward."""
    before_paws = hold.manner == "carried" and is_paw(hand, tall)
    size = min(0.5, hold.size * _BEFORE_PAWS) if before_paws else hold.size
    factor = size * tall / max(width, height, 1.0)
    if hold.manner == "canopy":
        clear = (0.92 * tall - hand) / max(1.0, 0.42 * height)
        factor = min(max(factor, clear), 1.35 * tall / max(width, height, 1.0))
    return factor


def hand_row(hand: float, tall: float, hold: Hold) -> float:
    """The row of the hand: those without arms lift up a paw for what is not carried before them."""
    return _ARM * tall if is_paw(hand, tall) and hold.manner in ("canopy", "hung") else hand


def foot_row(hold: Hold, hand: float, tall: float, height: float) -> float:
    """The row on which the held thing's foot goes, upward from the holder's own."""
    if hold.manner == "carried":
        reach = _BREAST * tall if is_paw(hand, tall) else hand
        return max(0.0, min(reach - 0.30 * height, _CHIN * tall - height))
    if hold.manner == "hugged":
        return max(0.0, _WAIST * tall - 0.45 * height)
    return max(0.0, hand - hold.grip * height)
