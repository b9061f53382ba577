"""Pipelines of random weights: the real classes of every family, with the fewest layers that run.

Where a family's weights change how latents are read (shifts, means, batch-norm figures) they are not the
neutral ones, so that whoever forgets them sees another picture.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import diffusers
import torch
from diffusers import DiffusionPipeline, FlowMatchEulerDiscreteScheduler

from tiny_checkpoints import encoders, networks, words

_SEED = 20
_ROPE_AXES = (8, 4, 4)


def build(name: str) -> DiffusionPipeline:
    """The pipeline of this name, the same weights each time; the global random state is left as it was."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(_SEED)
        pipeline = _BUILDERS[name]()
    for module in pipeline.components.values():
        if isinstance(module, torch.nn.Module):
            module.eval()  # built in code they are in training mode, where dropout changes every run
    return pipeline


def save(name: str, folder: Path) -> Path:
    """Write the pipeline of this name as diffusers' loaders expect it, into folder/name, and return that."""
    target = folder / name
    shutil.rmtree(target, ignore_errors=True)
    build(name).save_pretrained(target)
    return target


def _z_image() -> DiffusionPipeline:
    tokenizer = words.qwen()
    transformer = diffusers.ZImageTransformer2DModel(
        all_patch_size=(2,),
        all_f_patch_size=(1,),
        in_channels=16,
        dim=32,
        n_layers=2,
        n_refiner_layers=1,
        n_heads=2,
        n_kv_heads=2,
        cap_feat_dim=encoders.WIDTH,
        axes_dims=list(_ROPE_AXES),
        axes_lens=[1024, 512, 512],
    )
    with torch.no_grad():  # these two are allocated and never filled: they would hold arbitrary memory
        transformer.x_pad_token.fill_(1.0)
        transformer.cap_pad_token.fill_(1.0)
    return diffusers.ZImagePipeline(
        scheduler=FlowMatchEulerDiscreteScheduler(shift=3.0),
        vae=networks.vae(latent_channels=16, scaling_factor=0.3611, shift_factor=0.1159),
        text_encoder=encoders.qwen3(tokenizer),
        tokenizer=tokenizer,
        transformer=transformer,
    )


def _flux2_klein() -> DiffusionPipeline:
    tokenizer = words.qwen()
    transformer = diffusers.Flux2Transformer2DModel(
        patch_size=1,
        in_channels=16,
        num_layers=1,
        num_single_layers=2,
        attention_head_dim=16,
        num_attention_heads=2,
        joint_attention_dim=3 * encoders.WIDTH,
        timestep_guidance_channels=32,
        axes_dims_rope=[4, 4, 4, 4],
        guidance_embeds=False,
    )
    vae = diffusers.AutoencoderKLFlux2(
        sample_size=64,
        down_block_types=("DownEncoderBlock2D",) * 4,
        up_block_types=("UpDecoderBlock2D",) * 4,
        block_out_channels=(16,) * 4,
        layers_per_block=1,
        latent_channels=4,
        norm_num_groups=8,
    )
    vae.bn.running_mean.uniform_(-0.5, 0.5)
    vae.bn.running_var.uniform_(0.5, 2.0)
    return diffusers.Flux2KleinPipeline(
        scheduler=FlowMatchEulerDiscreteScheduler(shift=3.0, use_dynamic_shifting=True),
        vae=vae,
        # The pipeline takes what layers 9, 18 and 27 say.
        text_encoder=encoders.qwen3(tokenizer, layers=27, kind="Qwen3ForCausalLM"),
        tokenizer=tokenizer,
        transformer=transformer,
        is_distilled=True,
    )


def _qwen_image() -> DiffusionPipeline:
    tokenizer = words.qwen()
    return diffusers.QwenImagePipeline(
        scheduler=_qwen_scheduler(),
        vae=networks.qwen_vae(),
        text_encoder=encoders.qwen25_vl(tokenizer),
        tokenizer=tokenizer,
        transformer=_qwen_transformer(),
    )


def _qwen_image_edit() -> DiffusionPipeline:
    tokenizer = words.qwen()
    return diffusers.QwenImageEditPlusPipeline(
        scheduler=_qwen_scheduler(),
        vae=networks.qwen_vae(),
        text_encoder=encoders.qwen25_vl(tokenizer),
        tokenizer=tokenizer,
        processor=encoders.qwen2_vl_processor(tokenizer),
        transformer=_qwen_transformer(),
    )


def _qwen_scheduler() -> FlowMatchEulerDiscreteScheduler:
    """With the figures of the published checkpoints, under which a single step gives no numbers."""
    return FlowMatchEulerDiscreteScheduler(
        use_dynamic_shifting=True,
        base_shift=0.5,
        max_shift=0.9,
        max_image_seq_len=8192,
        shift_terminal=0.02,
        time_shift_type="exponential",
    )


def _qwen_transformer() -> torch.nn.Module:
    return diffusers.QwenImageTransformer2DModel(
        patch_size=2,
        in_channels=16,
        out_channels=4,
        num_layers=2,
        attention_head_dim=16,
        num_attention_heads=2,
        joint_attention_dim=encoders.WIDTH,
        guidance_embeds=False,
        axes_dims_rope=_ROPE_AXES,
    )


def _flux1() -> DiffusionPipeline:
    """As schnell: no guidance in the weights, sigmas that do not depend on the size."""
    return diffusers.FluxPipeline(
        scheduler=FlowMatchEulerDiscreteScheduler(shift=1.0), **_flux1_parts(guidance_embeds=False)
    )


def _flux1_kontext() -> DiffusionPipeline:
    return diffusers.FluxKontextPipeline(
        scheduler=FlowMatchEulerDiscreteScheduler(use_dynamic_shifting=True),
        **_flux1_parts(guidance_embeds=True),
    )


def _flux1_parts(*, guidance_embeds: bool) -> dict[str, object]:
    clip_words, t5_words = words.clip(), words.t5()
    transformer = diffusers.FluxTransformer2DModel(
        patch_size=1,
        in_channels=16,
        num_layers=1,
        num_single_layers=1,
        attention_head_dim=16,
        num_attention_heads=2,
        joint_attention_dim=encoders.WIDTH,
        pooled_projection_dim=encoders.WIDTH,
        axes_dims_rope=[4, 4, 8],
        guidance_embeds=guidance_embeds,
    )
    return {
        "vae": networks.vae(latent_channels=4, scaling_factor=0.3611, shift_factor=0.1159),
        "text_encoder": encoders.clip(clip_words),
        "tokenizer": clip_words,
        "text_encoder_2": encoders.t5(t5_words),
        "tokenizer_2": t5_words,
        "transformer": transformer,
    }


def _sdxl() -> DiffusionPipeline:
    tokenizers = words.clip(), words.clip()
    time_ids, time_width = 6, 8
    unet = networks.unet(
        block_out_channels=(32, 64),
        attention_head_dim=(2, 4),
        cross_attention_dim=2 * encoders.WIDTH,
        use_linear_projection=True,
        addition_embed_type="text_time",
        addition_time_embed_dim=time_width,
        transformer_layers_per_block=(1, 2),
        projection_class_embeddings_input_dim=time_ids * time_width + encoders.WIDTH,
    )
    return diffusers.StableDiffusionXLPipeline(
        vae=networks.vae(latent_channels=4, scaling_factor=0.13025),
        text_encoder=encoders.clip(tokenizers[0]),
        text_encoder_2=encoders.clip(tokenizers[1], "CLIPTextModelWithProjection"),
        tokenizer=tokenizers[0],
        tokenizer_2=tokenizers[1],
        unet=unet,
        scheduler=diffusers.EulerDiscreteScheduler(**_BETAS, timestep_spacing="leading", steps_offset=1),
        add_watermarker=False,
    )


def _sd15() -> DiffusionPipeline:
    tokenizer = words.clip()
    unet = networks.unet(
        block_out_channels=(16, 32), attention_head_dim=2, cross_attention_dim=encoders.WIDTH
    )
    return diffusers.StableDiffusionPipeline(
        vae=networks.vae(latent_channels=4, scaling_factor=0.18215),
        text_encoder=encoders.clip(tokenizer),
        tokenizer=tokenizer,
        unet=unet,
        scheduler=diffusers.DDIMScheduler(
            **_BETAS, clip_sample=False, set_alpha_to_one=False, steps_offset=1
        ),
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )


def _aura_flow() -> DiffusionPipeline:
    """Of a family that no row of the engine's table names."""
    tokenizer = words.t5()
    transformer = diffusers.AuraFlowTransformer2DModel(
        sample_size=8,
        in_channels=4,
        num_mmdit_layers=1,
        num_single_dit_layers=1,
        attention_head_dim=8,
        num_attention_heads=4,
        joint_attention_dim=encoders.WIDTH,
        caption_projection_dim=32,
        pos_embed_max_size=256,
    )
    return diffusers.AuraFlowPipeline(
        tokenizer=tokenizer,
        text_encoder=encoders.t5(tokenizer, "UMT5"),
        vae=networks.vae(latent_channels=4, scaling_factor=0.13025),
        transformer=transformer,
        scheduler=FlowMatchEulerDiscreteScheduler(shift=1.73),
    )


_BETAS = {"beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear"}


_BUILDERS: dict[str, Callable[[], DiffusionPipeline]] = {
    "z-image": _z_image,
    "flux2-klein": _flux2_klein,
    "qwen-image": _qwen_image,
    "qwen-image-edit": _qwen_image_edit,
    "flux1": _flux1,
    "flux1-kontext": _flux1_kontext,
    "sdxl": _sdxl,
    "sd15": _sd15,
    "aura-flow": _aura_flow,
}

NAMES = tuple(_BUILDERS)
"""The families of the engine by their names, and aura-flow, which it has no row for."""
