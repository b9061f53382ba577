"""What goes to a worker and what comes back; light enough for the server to import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from limner.types import PixelArray


@dataclass(frozen=True, slots=True)
class RenderTask:
    """Picture index of count. seed: that of picture 0. references: the bytes of files."""

    prompt: str
    width: int
    height: int
    seed: int
    index: int = 0
    count: int = 1
    series: bool = False
    guidance: float | None = None
    references: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Rendered:
    """pixels: (h, w, 3) uint8 sRGB. notes: for the file's metadata, with the scene as JSON."""

    pixels: PixelArray
    description: str
    notes: Mapping[str, str]
