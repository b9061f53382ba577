"""What each pipeline family of diffusers calls things, and the sizes at which its models are good.

Data only: a family is one row. It knows no torch, so that the server's own process can read it.
Argument names and limits were read in diffusers 0.42; sizes are those of the model cards.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, TypeAlias

Latents: TypeAlias = Literal["spatial", "flux", "flux2", "qwen"]
"""How a family's latents lie in memory during the loop: as a picture, or packed into tokens its own way."""

MEGAPIXEL = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Guidance:
    """How the API's guidance_scale reaches a pipeline.

    argument: its name there. offset: added to the API's value, for families that count from 0.
    off: at this value of the argument, and below, the pipeline does without.
    negative_prompt: without it the pipeline leaves guidance out; None: none is needed.
    """

    argument: str = "guidance_scale"
    offset: float = 0.0
    off: float = 1.0
    negative_prompt: str | None = None


@dataclass(frozen=True, slots=True)
class ReferenceArguments:
    """How references reach a pipeline.

    argument: "" for a family that takes none. listed: a list of pictures, else one picture.
    pixels: what a reference is shrunk to when it has more; 0: the pipeline does that itself.
    area_constant: the constant of the pipeline's module that says to how many pixels it does so.
    min_side, max_ratio: of references that the pipeline does not refuse.
    """

    argument: str = ""
    listed: bool = True
    pixels: int = MEGAPIXEL
    min_side: int = 1
    max_ratio: float = math.inf
    area_constant: str = ""


@dataclass(frozen=True, slots=True)
class Family:
    """One pipeline family. min_pixels and max_pixels: areas at which its models are good.

    multiple: of which width and height are made. steps, min_steps: of the denoise loop.
    guidance_default: the pipeline's own scale when neither request nor checkpoint says one.
    embeds: the first results of encode_prompt, as arguments of the call; (): prompts are not cached.
    batches: "prompts": pictures with different prompts share a call; "copies": only those with the same.
    image_to_image: the pipeline that changes one picture, for families whose own takes no reference.
    denoiser: the module that the loop calls at every step.
    area_argument: takes the picture's pixels, in pipelines that would else choose a size of their own.
    constants: further arguments of every call.
    """

    name: str
    pipeline: str
    min_pixels: int
    max_pixels: int
    steps: int
    multiple: int = 16
    min_steps: int = 1
    max_ratio: float = 4.0
    guidance: Guidance = Guidance()
    guidance_default: float = 1.0
    references: ReferenceArguments = ReferenceArguments()
    embeds: tuple[str, ...] = ()
    batches: Literal["prompts", "copies"] = "prompts"
    latents: Latents = "spatial"
    image_to_image: str = ""
    denoiser: Literal["transformer", "unet"] = "transformer"
    area_argument: str = ""
    constants: tuple[tuple[str, bool | int | float | str], ...] = ()


_QWEN_GUIDANCE = Guidance("true_cfg_scale", negative_prompt=" ")

FAMILIES = (
    Family(
        "z-image",
        "ZImagePipeline",
        min_pixels=512 * 512,
        max_pixels=2048 * 2048,
        steps=28,
        min_steps=2,
        guidance=Guidance(offset=-1.0, off=0.0),
        guidance_default=3.0,
        embeds=("prompt_embeds", "negative_prompt_embeds"),
        image_to_image="ZImageImg2ImgPipeline",
    ),
    Family(
        "flux2-klein",
        "Flux2KleinPipeline",
        min_pixels=256 * 256,
        max_pixels=2048 * 2048,
        steps=4,
        guidance=Guidance(negative_prompt=""),
        guidance_default=4.0,
        references=ReferenceArguments("image", min_side=64, max_ratio=8.0),
        embeds=("prompt_embeds",),
        latents="flux2",
    ),
    Family(
        "qwen-image",
        "QwenImagePipeline",
        min_pixels=512 * 512,
        max_pixels=1328 * 1328,
        steps=50,
        min_steps=2,
        guidance=_QWEN_GUIDANCE,
        guidance_default=4.0,
        embeds=("prompt_embeds", "prompt_embeds_mask"),
        latents="qwen",
        image_to_image="QwenImageImg2ImgPipeline",
    ),
    Family(
        "qwen-image-edit",
        "QwenImageEditPlusPipeline",
        min_pixels=512 * 512,
        max_pixels=1328 * 1328,
        steps=40,
        min_steps=2,
        guidance=_QWEN_GUIDANCE,
        guidance_default=4.0,
        references=ReferenceArguments("image", pixels=0, area_constant="VAE_IMAGE_SIZE"),
        batches="copies",
        latents="qwen",
    ),
    Family(
        "flux1",
        "FluxPipeline",
        min_pixels=512 * 512,
        max_pixels=2 * MEGAPIXEL,
        steps=28,
        guidance_default=3.5,
        embeds=("prompt_embeds", "pooled_prompt_embeds"),
        latents="flux",
        image_to_image="FluxImg2ImgPipeline",
    ),
    Family(
        "flux1-kontext",
        "FluxKontextPipeline",
        min_pixels=512 * 512,
        max_pixels=MEGAPIXEL,
        steps=28,
        guidance_default=2.5,
        references=ReferenceArguments("image", listed=False),
        embeds=("prompt_embeds", "pooled_prompt_embeds"),
        latents="flux",
        area_argument="max_area",
        constants=(("_auto_resize", False),),
    ),
    Family(
        "sdxl",
        "StableDiffusionXLPipeline",
        min_pixels=768 * 768,
        max_pixels=MEGAPIXEL,
        steps=30,
        multiple=8,
        guidance_default=5.0,
        embeds=(
            "prompt_embeds",
            "negative_prompt_embeds",
            "pooled_prompt_embeds",
            "negative_pooled_prompt_embeds",
        ),
        image_to_image="StableDiffusionXLImg2ImgPipeline",
        denoiser="unet",
    ),
    Family(
        "sd15",
        "StableDiffusionPipeline",
        min_pixels=512 * 512,
        max_pixels=768 * 768,
        steps=30,
        multiple=8,
        guidance_default=7.5,
        embeds=("prompt_embeds", "negative_prompt_embeds"),
        image_to_image="StableDiffusionImg2ImgPipeline",
        denoiser="unet",
    ),
)

UNKNOWN = Family(
    "unknown",
    "",
    min_pixels=512 * 512,
    max_pixels=MEGAPIXEL,
    steps=30,
    min_steps=2,
    guidance_default=4.0,
)
"""What is assumed of a pipeline that no row names; arguments that it does not have are left out."""

_BY_NAME = {family.name: family for family in FAMILIES}
_BY_PIPELINE = {family.pipeline: family for family in FAMILIES}


def family_named(name: str) -> Family:
    """The family of this name; UNKNOWN for any other."""
    return _BY_NAME.get(name, UNKNOWN)


def family_of(pipeline: str) -> Family:
    """The family of a pipeline class, as model_index.json names it; UNKNOWN for any other."""
    return _BY_PIPELINE.get(pipeline, UNKNOWN)
