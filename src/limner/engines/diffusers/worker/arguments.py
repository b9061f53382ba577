"""From a call to the keyword arguments of the pipeline that makes it, by its family's row."""

from __future__ import annotations

import inspect
import logging
import math
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

import torch

from limner.engines.diffusers.families import ReferenceArguments
from limner.engines.diffusers.messages import Call, ReferenceInput
from limner.engines.diffusers.worker.embeddings import PromptCache, embed
from limner.types import Size

if TYPE_CHECKING:
    from diffusers import DiffusionPipeline
    from PIL import Image

    from limner.engines.diffusers.worker.loaded import LoadedPipeline

log = logging.getLogger(__name__)

Arguments: TypeAlias = dict[str, object]

_QUARTER = 0.25


def pipeline_for(call: Call, loaded: LoadedPipeline) -> DiffusionPipeline:
    """The pipeline that makes the call: the one that changes a picture where only that takes references."""
    return loaded.edits if _changes_a_picture(call, loaded) else loaded.pipeline


def arguments_of(call: Call, loaded: LoadedPipeline, prompts: PromptCache) -> Arguments:
    """The arguments of pipeline_for's pipeline. Lists in it are nobody else's: some pipelines write to them.

    Raises ValueError for references that no pipeline of the checkpoint takes.
    """
    family = loaded.family
    changes = _changes_a_picture(call, loaded)
    arguments: Arguments = {
        "num_inference_steps": _steps(call, loaded),
        "generator": [torch.Generator("cpu").manual_seed(part.seed) for part in call.parts],
        "output_type": "pt",
        "width": call.size.width,
        "height": call.size.height,
        family.guidance.argument: _guidance(call, loaded),
        **_prompts(call, loaded, prompts),
        **(_changed_picture(call, loaded) if changes else _references(call, loaded)),
        **dict(family.constants),
    }
    if family.area_argument:
        arguments[family.area_argument] = call.size.pixels
    # Pipelines that change a picture may take their size from it, and have no argument for it.
    return _known_to(pipeline_for(call, loaded), arguments) if changes or not family.pipeline else arguments


def has_argument(pipeline: DiffusionPipeline, name: str) -> bool:
    """Whether the pipeline's call has an argument of this name."""
    return name in _parameters(pipeline)


@contextmanager
def reference_area(call: Call, loaded: LoadedPipeline) -> Iterator[None]:
    """Where a pipeline enlarges references to an area of its own: only to that which the call gives them."""
    constant = loaded.family.references.area_constant
    if not (constant and call.references):
        yield
        return
    module = sys.modules[type(loaded.pipeline).__module__]
    usual = getattr(module, constant)
    setattr(module, constant, min(usual, max(reference.size.pixels for reference in call.references)))
    try:
        yield
    finally:
        setattr(module, constant, usual)


def _changes_a_picture(call: Call, loaded: LoadedPipeline) -> bool:
    return bool(call.references) and not loaded.family.references.argument and loaded.edits is not None


def _steps(call: Call, loaded: LoadedPipeline) -> int:
    return max(call.steps, loaded.family.min_steps)


def _guidance(call: Call, loaded: LoadedPipeline) -> float:
    off = loaded.family.guidance.off
    return min(call.guidance, off) if _is_distilled(loaded) else call.guidance


def _is_guided(call: Call, loaded: LoadedPipeline) -> bool:
    return _guidance(call, loaded) > loaded.family.guidance.off


def _is_distilled(loaded: LoadedPipeline) -> bool:
    """Whether the pipeline itself says that guidance is in its weights."""
    return bool(loaded.pipeline.config.get("is_distilled", False))


def _prompts(call: Call, loaded: LoadedPipeline, prompts: PromptCache) -> Mapping[str, object]:
    family = loaded.family
    guided = _is_guided(call, loaded)
    texts = [part.prompt for part in call.parts]
    if family.embeds:
        return embed(loaded, texts, guided, prompts)
    negative = family.guidance.negative_prompt if guided else None
    if family.batches == "copies":
        if len(set(texts)) > 1:
            raise ValueError(f"{family.pipeline} makes pictures of one prompt at a time")
        return _given(prompt=texts[0], negative_prompt=negative, num_images_per_prompt=len(texts))
    return _given(prompt=texts, negative_prompt=None if negative is None else [negative] * len(texts))


def _given(**arguments: object) -> Arguments:
    return {name: value for name, value in arguments.items() if value is not None}


def _references(call: Call, loaded: LoadedPipeline) -> Arguments:
    if not call.references:
        return {}
    family = loaded.family
    argument = family.references.argument
    listed = family.references.listed
    if not family.pipeline and has_argument(loaded.pipeline, "image"):
        argument, listed = "image", len(call.references) > 1
    if not argument or (not listed and len(call.references) > 1):
        raise ValueError(f"{loaded.checkpoint.name} does not take {len(call.references)} references")
    pictures = [
        _shown(_picture(reference, reference.size), family.references) for reference in call.references
    ]
    return {argument: pictures if listed else pictures[0]}


def _shown(picture: Image.Image, row: ReferenceArguments) -> Image.Image:
    """The picture, enlarged or with white at its sides where the pipeline would refuse it."""
    from PIL import Image, ImageOps

    short, long = sorted(picture.size)
    if short >= row.min_side and long <= short * row.max_ratio:
        return picture
    scale = max(1.0, row.min_side / short)
    least = math.ceil(long * scale / row.max_ratio)
    width, height = (max(math.ceil(side * scale), least) for side in picture.size)
    return ImageOps.pad(picture, (width, height), Image.Resampling.LANCZOS, color="white")


def _changed_picture(call: Call, loaded: LoadedPipeline) -> Arguments:
    """One copy for each part: each is encoded with the part's own noise, as it would be alone.

    Pipelines leave out the first steps, so more are asked for, and the strength that leaves as many as the
    call has: of broken numbers of steps those of unets run the next lower, others the next higher.
    """
    if len(call.references) > 1:
        raise ValueError(f"{loaded.checkpoint.name} does not take {len(call.references)} references")
    real, strength = _steps(call, loaded), loaded.checkpoint.strength
    steps = max(real + 1, round(real / strength)) if strength < 1 else real
    broken = _QUARTER if loaded.family.denoiser == "unet" else -_QUARTER
    return {
        "image": [_picture(call.references[0], call.size)] * len(call.parts),
        "num_inference_steps": steps,
        "strength": min(1.0, (real + broken) / steps),
    }


def _picture(reference: ReferenceInput, size: Size) -> Image.Image:
    """In exactly this size; what does not fit its shape is cut off evenly."""
    from PIL import Image, ImageOps

    assert not isinstance(reference.image, bytes), "the engine decodes references"
    return ImageOps.fit(Image.fromarray(reference.image), (size.width, size.height), Image.Resampling.LANCZOS)


def _known_to(pipeline: DiffusionPipeline, arguments: Arguments) -> Arguments:
    known = _parameters(pipeline)
    unknown = tuple(name for name in arguments if name not in known)
    if unknown:
        _say_left_out(type(pipeline).__name__, unknown)
    return {name: value for name, value in arguments.items() if name in known}


def _parameters(pipeline: DiffusionPipeline) -> frozenset[str]:
    return frozenset(inspect.signature(type(pipeline).__call__).parameters)


@cache
def _say_left_out(pipeline: str, names: tuple[str, ...]) -> None:
    """Once for each pipeline, and only where that may matter."""
    if set(names) - {"width", "height"}:
        log.warning("%s has no %s: it is called without", pipeline, ", ".join(names))
