"""The safety seam: what a policy may say about prompts and pictures.

The default allows everything. A policy refuses by raising SensitiveInputText or SensitiveOutputImage;
what it found otherwise is a verdict, and only real verdicts reach an answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from limner.types import ImageRequest, Picture

FilterResults: TypeAlias = Mapping[str, Mapping[str, object]]
"""Category to outcome, e.g. {"violence": {"filtered": False, "severity": "safe"}}."""


@dataclass(frozen=True, slots=True)
class PromptVerdict:
    """What was found in a prompt. None: not looked for."""

    revised_prompt: str | None = None
    filter_results: FilterResults | None = None


@dataclass(frozen=True, slots=True)
class PictureVerdict:
    """What was found in a picture. None: not looked for."""

    filter_results: FilterResults | None = None


class Policy(Protocol):
    """Judges prompts in check and pictures in finish, before the mark."""

    async def check_prompt(self, request: ImageRequest) -> PromptVerdict: ...

    async def check_picture(self, request: ImageRequest, picture: Picture) -> PictureVerdict: ...


class AllowAll:
    """Looks for nothing."""

    async def check_prompt(self, request: ImageRequest) -> PromptVerdict:
        return PromptVerdict()

    async def check_picture(self, request: ImageRequest, picture: Picture) -> PictureVerdict:
        return PictureVerdict()
