"""Instructions: what the prompt of an edit asks to be done to a picture."""

from __future__ import annotations

from dataclasses import dataclass

from limner.engines.sketch.words.parse import parse, read
from limner.engines.sketch.words.spec import SceneSpec


@dataclass(frozen=True, slots=True)
class Instruction:
    """scene: what is said of time, season, weather, style, subjects and texts. filters: by name.

    adds: whether the subjects are to be added.
    """

    scene: SceneSpec
    filters: tuple[str, ...] = ()
    adds: bool = False


def instruction_of(prompt: str, seed: int) -> Instruction:
    """The instruction of a prompt in English or Chinese; any text gives one."""
    reading = read(prompt)
    return Instruction(parse(prompt, seed), tuple(dict.fromkeys(reading.filters)), reading.adds)
