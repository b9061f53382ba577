"""A task: everything that one picture needs to be made, decided before anything is loaded."""

from __future__ import annotations

from dataclasses import dataclass, field

from limner.engines.diffusers.checkpoint import Checkpoint
from limner.engines.diffusers.messages import ReferenceInput
from limner.types import Size

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
        """Image tokens of the picture itself, which is what a denoise step costs."""
        return -(-self.size.pixels // TOKEN_PIXELS)
