"""A task: all that one picture needs to be made, decided before anything is loaded; and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from limner.engines.diffusers.checkpoint import Checkpoint
from limner.engines.diffusers.messages import ReferenceInput
from limner.types import PictureFailed, Preview, Progress, Size

if TYPE_CHECKING:
    from limner.types import PixelArray

TOKEN_PIXELS = 16 * 16
"""What one image token stands for, in all families of this engine."""


@dataclass(frozen=True, slots=True)
class Task:
    """One picture to make. index: which one of its request.

    size: what the model makes. target: what the client gets. guidance: the pipeline's own argument.
    reference_key: a digest; equal keys mean equal references, at equal sizes. previews: how many are wanted.
    """

    index: int
    checkpoint: Checkpoint
    prompt: str
    seed: int
    size: Size
    target: Size
    steps: int
    guidance: float
    references: tuple[ReferenceInput, ...] = field(default=(), compare=False, repr=False)
    reference_key: str = ""
    previews: int = 0

    @property
    def tokens(self) -> int:
        """Image tokens of a denoise step: the picture's, and its references' where they go along."""
        seen = self.references if self.checkpoint.facts.references.argument else ()
        return sum(-(-size.pixels // TOKEN_PIXELS) for size in (self.size, *(each.size for each in seen)))


@dataclass(frozen=True, slots=True, eq=False)
class Finished:
    """The picture of a task: (h, w, 3) uint8 sRGB of its target size."""

    task: Task
    pixels: PixelArray


TaskEvent: TypeAlias = Progress | Preview | Finished | PictureFailed
"""What comes of a task; the last two end it."""
