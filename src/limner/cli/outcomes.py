"""What comes back while pictures are made, be it from the service in this process or from a server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the user asked for.

    images: the bytes of files, or URLs as text. series: at most so many pictures; None: one picture.
    """

    prompt: str
    model: str
    size: str | None = None
    seed: int | None = None
    images: tuple[str | bytes, ...] = ()
    series: int | None = None
    watermark: bool | None = None
    output_format: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """Picture index is done by this fraction."""

    index: int
    fraction: float


@dataclass(frozen=True, slots=True)
class Made:
    """Picture index as the bytes of a file; file_format is jpeg or png."""

    index: int
    data: bytes
    file_format: str


@dataclass(frozen=True, slots=True)
class Missed:
    """Picture index was refused or failed."""

    index: int
    code: str
    message: str


Outcome: TypeAlias = Step | Made | Missed


def file_format(data: bytes) -> str:
    """The format of a finished picture, by its first bytes."""
    return "png" if data.startswith(b"\x89PNG") else "jpeg"
