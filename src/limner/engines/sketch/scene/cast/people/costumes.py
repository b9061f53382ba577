"""The cast of people: the characters by noun."""

from __future__ import annotations

from limner.engines.sketch.scene.cast.people.character import Character
from limner.engines.sketch.scene.cast.people.everyday import EVERYDAY
from limner.engines.sketch.scene.cast.people.tales import TALES
from limner.engines.sketch.scene.cast.people.trades import TRADES

CHARACTERS: dict[str, Character] = {**EVERYDAY, **TRADES, **TALES}
"""Everybody, by noun."""
