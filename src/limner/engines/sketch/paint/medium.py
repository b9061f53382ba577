"""What bodies are painted with: the gouache of the storybook unless a style has a medium of its own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Medium:
    """strokes, line, texture and gloss are multipliers of the body's own; 0 leaves them out."""

    strokes: float = 1.0
    line: float = 1.0
    texture: float = 1.0
    gloss: float = 1.0


GOUACHE = Medium()
