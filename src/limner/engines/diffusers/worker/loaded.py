"""A checkpoint on a device: its pipeline, and the pieces of it that calls use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from limner.engines.diffusers.checkpoint import Checkpoint
from limner.engines.diffusers.families import Family
from limner.engines.diffusers.messages import Trouble
from limner.errors import LimnerError

if TYPE_CHECKING:
    import torch
    from diffusers import DiffusionPipeline


class LoadError(LimnerError):
    """A checkpoint could not be made ready; the text says what to do about it."""

    def __init__(self, trouble: Trouble, text: str) -> None:
        super().__init__(text)
        self.trouble: Trouble = trouble


@dataclass(frozen=True, slots=True)
class LoadedPipeline:
    """A pipeline that is ready for calls, one at a time.

    edits: the pipeline on the same weights that changes one picture; None where there is none.
    bytes: what the weights take on the device. batches: False while the denoiser keeps state between steps.
    tile_above_pixels: larger pictures are decoded in tiles.
    """

    checkpoint: Checkpoint
    family: Family
    pipeline: DiffusionPipeline
    edits: DiffusionPipeline | None
    device: torch.device
    bytes: int
    batches: bool = True
    tile_above_pixels: int = 2048 * 2048

    @property
    def denoiser(self) -> torch.nn.Module:
        """The module that the loop calls at every step."""
        return getattr(self.pipeline, self.family.denoiser)
