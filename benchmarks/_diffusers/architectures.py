"""Released architectures with random weights, built on the device: their time does not hang on the values.

Dimensions are the defaults of diffusers' classes, which are those of the released Z-Image and Qwen-Image;
those of FLUX.2 klein 4B stand in diffusers' conversion script. tiny: the same code with next to no weights.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import diffusers
import torch
from diffusers import DiffusionPipeline, FlowMatchEulerDiscreteScheduler
from PIL import Image

REFERENCE_PX = 1024
TINY_SHRINK = 8
"""By how much every side of a picture is shorter when all is tiny."""


@dataclass(frozen=True, slots=True)
class Architecture:
    """One model: the classes and dimensions of its parts, and how its pipeline is called.

    steps: of one picture, as the model is used. prompt_tokens, prompt_width: of the encoded prompt.
    guided: each step runs the denoiser for a negative prompt, too.
    """

    title: str
    pipeline: str
    denoiser: str
    steps: int
    prompt_tokens: int
    prompt_width: int
    dims: Mapping[str, Any] = field(default_factory=dict)
    tiny: Mapping[str, Any] = field(default_factory=dict)
    vae: str = ""
    tiny_vae: Mapping[str, Any] = field(default_factory=dict)
    scheduler: Mapping[str, Any] = field(default_factory=dict)
    guidance: Mapping[str, float] = field(default_factory=dict)
    guided: bool = False
    prompts_listed: bool = False


Z_IMAGE = Architecture(
    "Z-Image",
    "ZImagePipeline",
    "ZImageTransformer2DModel",
    steps=8,
    prompt_tokens=128,
    prompt_width=2560,
    tiny={
        "dim": 64,
        "n_layers": 2,
        "n_refiner_layers": 1,
        "n_heads": 2,
        "n_kv_heads": 2,
        "axes_dims": [8, 12, 12],
    },
    scheduler={"shift": 3.0},
    guidance={"guidance_scale": 0.0},
    prompts_listed=True,
)
QWEN_IMAGE = Architecture(
    "Qwen-Image",
    "QwenImagePipeline",
    "QwenImageTransformer2DModel",
    steps=50,
    prompt_tokens=128,
    prompt_width=3584,
    tiny={"num_layers": 2, "num_attention_heads": 2},
    scheduler={"use_dynamic_shifting": True, "shift_terminal": 0.02},
    guidance={"true_cfg_scale": 4.0},
    guided=True,
)
KLEIN = Architecture(
    "FLUX.2 klein 4B",
    "Flux2KleinPipeline",
    "Flux2Transformer2DModel",
    steps=4,
    prompt_tokens=512,
    prompt_width=7680,
    dims={
        "num_layers": 5,
        "num_single_layers": 20,
        "num_attention_heads": 24,
        "joint_attention_dim": 7680,
        "guidance_embeds": False,
    },
    tiny={"num_layers": 1, "num_single_layers": 1, "num_attention_heads": 2},
    vae="AutoencoderKLFlux2",
    tiny_vae={"block_out_channels": (32, 32, 32, 32), "layers_per_block": 1},
    scheduler={"use_dynamic_shifting": True},
    guidance={"guidance_scale": 1.0},
)


def dtype_on(device: torch.device) -> torch.dtype:
    return torch.bfloat16 if device.type == "cuda" else torch.float32


def build_module(
    name: str, dims: Mapping[str, Any], device: torch.device, dtype: torch.dtype
) -> torch.nn.Module:
    """A module of diffusers with its own random initialisation, made on the device in this type."""
    before = torch.get_default_dtype()
    torch.set_default_dtype(dtype)
    try:
        with torch.device(device):
            module = getattr(diffusers, name)(**dims)
    finally:
        torch.set_default_dtype(before)
    fill_pads(module)
    return module.eval().requires_grad_(False)


def fill_pads(module: torch.nn.Module) -> None:
    """Padding tokens are made without values, which may be anything."""
    with torch.no_grad():
        for name, parameter in module.named_parameters():
            if name.endswith("pad_token"):
                parameter.fill_(0.02)


def denoiser_of(
    architecture: Architecture, device: torch.device, dtype: torch.dtype, *, tiny: bool
) -> torch.nn.Module:
    dims = {**architecture.dims, **(architecture.tiny if tiny else {})}
    return build_module(architecture.denoiser, dims, device, dtype)


def loop_pipeline(architecture: Architecture, device: torch.device, *, tiny: bool) -> DiffusionPipeline:
    """The pipeline without its text encoder, and without a VAE where the loop needs none."""
    dtype, vae = dtype_on(device), None
    if architecture.vae:
        vae = build_module(architecture.vae, architecture.tiny_vae if tiny else {}, device, dtype)
    pipeline = getattr(diffusers, architecture.pipeline)(
        scheduler=FlowMatchEulerDiscreteScheduler(**architecture.scheduler),
        vae=vae,
        text_encoder=None,
        tokenizer=None,
        transformer=denoiser_of(architecture, device, dtype, tiny=tiny),
    )
    pipeline.set_progress_bar_config(disable=True)
    return pipeline


def prompt_arguments(architecture: Architecture, batch: int, device: torch.device) -> dict[str, object]:
    """Encoded prompts of the real shape, random."""
    shape = (batch, architecture.prompt_tokens, architecture.prompt_width)
    drawn = torch.Generator("cpu").manual_seed(7)
    embeds = torch.randn(shape, generator=drawn).to(device, dtype_on(device))
    prompts: dict[str, object] = {"prompt_embeds": list(embeds) if architecture.prompts_listed else embeds}
    if architecture.guided:
        prompts["negative_prompt_embeds"] = embeds.flip(1)
    return prompts


def reference_pictures(count: int, *, tiny: bool) -> list[Image.Image]:
    side = REFERENCE_PX // TINY_SHRINK if tiny else REFERENCE_PX
    return [Image.new("RGB", (side, side), (40 * number, 90, 200)) for number in range(count)]
