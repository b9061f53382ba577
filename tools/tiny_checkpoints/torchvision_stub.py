"""Stands in for the one class that transformers takes from torchvision alone: the video processor of Qwen-VL.

The pipelines that edit with Qwen-VL load a processor that insists on a video part and never use it. With this
in place they are built, saved, loaded and run where no torchvision can be had. For tests only: whoever serves
installs the torchvision that belongs to their torch.
"""

from __future__ import annotations

from typing import ClassVar

import transformers
from transformers import processing_utils
from transformers.utils import PushToHubMixin, is_torchvision_available


class NoVideoProcessor(PushToHubMixin):  # type: ignore[misc]
    """What a processor asks of its video part until there is a video."""

    model_input_names: ClassVar[list[str]] = []
    valid_kwargs = None
    merge_size = 2
    _auto_class = None

    @classmethod
    def from_pretrained(cls, *_: object, **__: object) -> NoVideoProcessor:
        return cls()

    def save_pretrained(self, *_: object, **__: object) -> list[str]:
        return []

    def to_dict(self) -> dict[str, str]:
        return {"video_processor_type": type(self).__name__}


def install() -> bool:
    """Put the stand-in into transformers; False, and nothing done, where torchvision is installed."""
    if is_torchvision_available():
        return False
    if getattr(transformers, "VideoProcessorMixin", None) is NoVideoProcessor:
        return True
    # Processors check the type of each part by a name looked up in transformers, and load it by a table.
    transformers.VideoProcessorMixin = NoVideoProcessor
    table = type(processing_utils.MODALITY_TO_AUTOPROCESSOR_MAPPING)
    look_up = table.__getitem__
    table.__getitem__ = lambda self, key: NoVideoProcessor if key == "video_processor" else look_up(self, key)
    return True


def video_processor() -> object:
    """The video part for a processor that is built in code."""
    return NoVideoProcessor() if install() else transformers.Qwen2VLVideoProcessor()
