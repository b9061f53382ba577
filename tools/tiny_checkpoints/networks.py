"""VAEs and a UNet of random weights, for several pipelines each."""

from __future__ import annotations

import diffusers
import torch
from diffusers import AutoencoderKL


def vae(**figures: object) -> AutoencoderKL:
    return AutoencoderKL(
        down_block_types=("DownEncoderBlock2D",) * 4,
        up_block_types=("UpDecoderBlock2D",) * 4,
        block_out_channels=(16,) * 4,
        layers_per_block=1,
        norm_num_groups=8,
        sample_size=64,
        **figures,
    )


def unet(**figures: object) -> torch.nn.Module:
    return diffusers.UNet2DConditionModel(
        layers_per_block=1,
        sample_size=32,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
        norm_num_groups=8,
        **figures,
    )


def qwen_vae() -> torch.nn.Module:
    return diffusers.AutoencoderKLQwenImage(
        base_dim=8,
        z_dim=4,
        dim_mult=[1, 1, 1, 1],
        num_res_blocks=1,
        temperal_downsample=[False, True, True],
        latents_mean=[-0.3, 0.1, 0.2, -0.1],
        latents_std=[1.5, 0.8, 1.2, 2.0],
    )
