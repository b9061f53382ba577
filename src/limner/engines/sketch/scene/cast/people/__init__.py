"""Storybook people in three-quarter view facing right: one figure, posed, dressed from tables."""

from __future__ import annotations

from limner.engines.sketch.scene.cast.look import Role
from limner.engines.sketch.scene.cast.people.costumes import CHARACTERS
from limner.engines.sketch.scene.cast.people.figure import builder
from limner.engines.sketch.scene.cast.people.robot import robot

_CHILD, _ADULT, _ELDER = 0.40, 0.50, 0.47
_HEIGHTS = {
    **dict.fromkeys(("child", "boy", "fairy", "angel"), _CHILD),
    **dict.fromkeys(("grandmother", "grandfather", "wizard"), _ELDER),
    "baby": 0.33,
}
_HOMES = {"astronaut": "moonscape", "mermaid": "underwater", "santa claus": "snowfield", "pirate": "beach"}

ROLES: dict[str, Role] = {
    noun: Role(builder(character), _HEIGHTS.get(noun, _ADULT), home=_HOMES.get(noun, "meadow"))
    for noun, character in CHARACTERS.items()
} | {"robot": Role(robot, _CHILD, home="street")}
"""Who builds each noun, how tall it stands, where it is at home."""
