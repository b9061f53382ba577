"""A checkpoint: one set of weights and how it is used. Values only, the same in every process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from limner.engines.diffusers.families import Family, family_named

DType: TypeAlias = Literal["auto", "bfloat16", "float16", "float32"]
Offload: TypeAlias = Literal["none", "model", "group"]


@dataclass(frozen=True, slots=True)
class Lora:
    """Weights that change a checkpoint. source: a file, a folder or a hub id; file: which one of it."""

    source: str
    file: str | None = None
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """One set of weights and how it is used.

    source: a local folder, or a hub id. family: a name in families.FAMILIES; "": read off the weights.
    references: the fewest and the most that it takes well. steps, guidance: None: the family's.
    distilled: guidance is part of the weights; what a client asks for has no effect.
    permissive: the licence allows any use; others are served only when the settings name them.
    weights_gib: as published, in the checkpoint's own dtype. max_pixels: None: the family's.
    device: None: any.
    strength: how far an image-to-image pipeline goes from its picture, 0 to 1.
    """

    name: str
    source: str
    licence: str
    permissive: bool = False
    family: str = ""
    references: tuple[int, int] = (0, 0)
    steps: int | None = None
    guidance: float | None = None
    distilled: bool = False
    max_pixels: int | None = None
    weights_gib: float = 0.0
    revision: str | None = None
    dtype: DType = "auto"
    device: str | None = None
    offload: Offload | None = None
    loras: tuple[Lora, ...] = ()
    strength: float = 0.7
    note: str = ""

    @property
    def is_hub_id(self) -> bool:
        """Whether the source is of the form owner/name; local folders begin with / . or ~."""
        return not self.source.startswith(("/", ".", "~")) and self.source.count("/") == 1

    @property
    def facts(self) -> Family:
        return family_named(self.family)

    @property
    def step_count(self) -> int:
        return max(self.facts.min_steps, self.steps or self.facts.steps)

    def takes(self, references: int) -> bool:
        """Whether it makes pictures from this many references."""
        fewest, most = self.references
        return fewest <= references <= most

    def guidance_for(self, asked: float | None) -> float:
        """The value of the pipeline's argument for the API's guidance_scale; None: not asked for."""
        family = self.facts
        if asked is None or self.distilled:
            return family.guidance_default if self.guidance is None else self.guidance
        return max(0.0, asked + family.guidance.offset)
