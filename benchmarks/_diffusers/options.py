"""What a group of the benchmark is told, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from _gates import Row


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says. deadline: on the monotonic clock."""

    device: torch.device
    tiny: bool
    rounds: int
    ceiling_tflop_per_s: float
    deadline: float
    weights: Path | None


@dataclass(frozen=True, slots=True)
class Result:
    """A group's figures: for the JSON file, and those with a limit."""

    figures: list[dict[str, object]]
    rows: list[Row]
