"""From references to one picture: one is edited, several are fused and then edited as one."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from limner.engines.sketch.paint import lettering
from limner.engines.sketch.paint.raster import Pixels
from limner.engines.sketch.picture import enlarged, styled, work_size
from limner.engines.sketch.rework.edit import edited
from limner.engines.sketch.rework.fuse import Mode, cover, fused
from limner.engines.sketch.task import RenderTask
from limner.engines.sketch.words.instruction import instruction_of
from limner.engines.sketch.words.spec import SceneSpec
from limner.media.decode import decode_pixels
from limner.types import Size


def reworked(task: RenderTask, spec: SceneSpec) -> tuple[Pixels, SceneSpec | None]:
    """The picture that the task's prompt makes of its references, and its scene where it has one.

    Raises InvalidImage.
    """
    width, height = work_size(task.width, task.height)
    pixels = styled(_together(task, spec, width, height), spec)
    pixels = enlarged(pixels, spec, task.width, task.height)
    return lettering.letter(pixels, tuple(text.text for text in spec.texts)), None


def _together(task: RenderTask, spec: SceneSpec, width: int, height: int) -> Pixels:
    fit = Size(width, height)
    images = [np.asarray(decode_pixels(data, fit), np.uint8) for data in task.references]
    instruction = replace(instruction_of(task.prompt, spec.seed), scene=spec)
    if len(images) == 1:
        return edited(cover(images[0], width, height), instruction)
    mode: Mode = "scene" if _first_is_scene(task.prompt) else "grid"
    together = fused(images, mode, width, height)
    asked = any((spec.time, spec.season, spec.weather, instruction.filters))
    return edited(together, replace(instruction, adds=False)) if asked else together


_SCENE_FIRST = re.compile(
    r"(?:into|in|on(?:to)?|inside) (?:the )?(?:image|picture|photo|figure) ?1(?!\d)"
    r"|(?:image|picture|photo|figure) ?1 as (?:the |a )?(?:background|scene)"
    r"|background of (?:the )?(?:image|picture|photo) ?1(?!\d)"
    r"|[到在进入]图(?:片|像)?[1一](?!\d)|图(?:片|像)?[1一](?:作为|做|当|为|的)(?:背景|场景)"
)


def _first_is_scene(prompt: str) -> bool:
    """Whether the prompt wants image 1 as the scene and the others in it."""
    return _SCENE_FIRST.search(prompt.casefold()) is not None
