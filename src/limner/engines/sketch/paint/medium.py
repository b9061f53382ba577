"""What bodies are painted with: the gouache of the storybook unless a style has a medium of its own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Medium:
    """strokes, line, texture, gloss and rim are multipliers of the body's own; 0 leaves them out.

    A line above 1 is also even, in light as in shade. tones: steps from shade to light, 0 for a smooth
    passage. sheen: gloss added to every form.
    """

    strokes: float = 1.0
    line: float = 1.0
    texture: float = 1.0
    gloss: float = 1.0
    rim: float = 1.0
    tones: int = 0
    sheen: float = 0.0


GOUACHE = Medium()
FLAT = Medium(strokes=0, line=0, texture=0, gloss=0.25, rim=0, tones=2)
SMOOTH = Medium(strokes=0, line=0, texture=0.15, gloss=0.6, rim=0.5)
CLAY = Medium(strokes=0, line=0, texture=0, gloss=0.2, rim=0.2, sheen=0.06)
DRAWN = Medium(strokes=0, line=2.4, texture=0.25, gloss=0.5, rim=0.3)
PRINTED = Medium(strokes=0, line=2, texture=0, gloss=0.25, rim=0, tones=2)
WASHED = Medium(strokes=0, line=1.3, texture=0.8, gloss=0.7)
"""Flat colours; smooth forms; clay; bodies whose lines carry them; flat ones with
a line; bodies that a brush goes over later."""
