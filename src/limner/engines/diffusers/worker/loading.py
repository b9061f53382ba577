"""Puts checkpoints on a device, and takes them off it: what the device is, what it holds, what went wrong.

It knows neither calls nor which checkpoints are wanted.
"""

from __future__ import annotations

import logging
import os
import traceback
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Final

import diffusers
import torch
import transformers
from diffusers import DiffusionPipeline
from safetensors import SafetensorError

from limner.engines.diffusers.checkpoint import Checkpoint, Offload
from limner.engines.diffusers.families import Family, family_named, family_of
from limner.engines.diffusers.messages import DeviceConfig, Load, SpeedOptions, Trouble
from limner.engines.diffusers.worker import reading, speed
from limner.engines.diffusers.worker.loaded import LoadedPipeline, LoadError
from limner.engines.diffusers.worker.memory import give_back, is_out_of_memory

logger = logging.getLogger(__name__)

_DTYPES: Final = {"bfloat16": torch.bfloat16, "float16": torch.float16, "float32": torch.float32}

_LOADING_ERRORS: Final = (
    AssertionError,
    AttributeError,
    ImportError,
    KeyError,
    MemoryError,
    OSError,
    RuntimeError,
    SafetensorError,
    TypeError,
    ValueError,
)
"""What diffusers and its libraries raise for a folder that is not as it should be."""

_ADVICE: Final = (
    ("torchvision", "Install it with: pip install 'limner[diffusers-edit]'."),
    ("peft", "LoRAs need it: pip install peft."),
    ("no file named", "The weights are not complete; fetch them with: limner models pull {name}"),
    ("unable to load weights", "A file is damaged; fetch it again with: limner models pull {name}"),
    ("deserializing", "A file is damaged; fetch it again with: limner models pull {name}"),
    ("diffusers has no attribute", "The installed diffusers {version} does not know this pipeline."),
    ("has no class", "The installed libraries do not know this part."),
)
"""What to do about an error, by a sign in its text."""


def device_of(config: DeviceConfig) -> torch.device:
    """The device that the settings mean; "auto" is the first GPU, or the CPU where there is none.

    Raises LoadError for one that is not there.
    """
    if config.device == "auto":
        if torch.cuda.is_available():
            return torch.device("cuda:0")
        return torch.device("mps" if torch.backends.mps.is_available() else "cpu")
    try:
        device = torch.device(config.device)
        torch.empty(1, device=device)
    except (RuntimeError, AssertionError) as error:
        raise LoadError("failed", f"torch has no device {config.device!r} here: {error}") from error
    return device


def dtype_for(checkpoint: Checkpoint, config: DeviceConfig, device: torch.device) -> torch.dtype:
    """What the weights are loaded as: what the checkpoint or the settings say, else what suits the device.

    GPUs without bfloat16 get float16 for UNets only: transformers leave its range, and make black pictures.
    """
    named = config.dtype if checkpoint.dtype == "auto" else checkpoint.dtype
    if named != "auto":
        return _DTYPES[named]
    if device.type == "cpu":
        return torch.float32
    if _has_bfloat16(device) or checkpoint.facts.denoiser != "unet":
        return torch.bfloat16
    return torch.float16


def memory_bytes(device: torch.device) -> int:
    """The device's memory in all; of the CPU, what this machine or its container may use."""
    total: int
    if device.type == "cpu":
        return _main_memory_bytes()
    if device.type == "mps":
        total = torch.mps.recommended_max_memory()
    else:
        total = getattr(torch, device.type).get_device_properties(device).total_memory
    return total


def weight_bytes(modules: Iterable[torch.nn.Module]) -> int:
    """What parameters and buffers take, each counted once however many modules share it."""
    tensors = {
        id(tensor): tensor for module in modules for tensor in (*module.parameters(), *module.buffers())
    }
    return sum(_tensor_bytes(tensor) for tensor in tensors.values())


def load(order: Load, config: DeviceConfig, device: torch.device) -> LoadedPipeline:
    """The order's checkpoint on the device, with every speed option of the settings that it can have.

    Raises LoadError; nothing is left on the device then.
    """
    diffusers.utils.logging.disable_progress_bar()
    transformers.utils.logging.disable_progress_bar()
    try:
        with torch.cuda.device(device) if device.type == "cuda" else nullcontext():
            return _load(order, config, device)
    except (LoadError, *_LOADING_ERRORS) as error:
        traceback.clear_frames(error.__traceback__)  # they hold what was loaded so far
        give_back(device)
        raise _load_error(order, error) from error


def unload(loaded: LoadedPipeline) -> None:
    """Free the device of a checkpoint, whoever still holds it; it can make no pictures afterwards."""
    loaded.pipeline.remove_all_hooks()
    for pipeline in (loaded.pipeline, loaded.edits):
        for name in pipeline.components if pipeline is not None else ():
            setattr(pipeline, name, None)
    give_back(loaded.device)


def _load(order: Load, config: DeviceConfig, device: torch.device) -> LoadedPipeline:
    checkpoint = order.checkpoint
    if not checkpoint.family:
        checkpoint = replace(checkpoint, family=family_of(reading.class_name(order.folder)).name)
    options = replace(config.speed, offload=_offload(checkpoint.offload or config.speed.offload, device))
    pipeline = reading.read_pipeline(order.folder, dtype_for(checkpoint, config, device))
    family = _family(pipeline, checkpoint)
    reading.fuse_loras(pipeline, checkpoint.loras)
    edits = reading.image_to_image(pipeline, family) if checkpoint.references[1] else None
    pipelines = [pipeline] if edits is None else [pipeline, edits]
    cached = _place(pipelines, getattr(pipeline, family.denoiser), checkpoint, options, device)
    return LoadedPipeline(
        checkpoint=checkpoint,
        family=family,
        pipeline=pipeline,
        edits=edits,
        device=device,
        bytes=_device_bytes(pipeline, options.offload),
        batches=not cached,
        tile_above_pixels=options.tile_above_pixels,
    )


def _place(
    pipelines: Sequence[DiffusionPipeline],
    denoiser: torch.nn.Module,
    checkpoint: Checkpoint,
    options: SpeedOptions,
    device: torch.device,
) -> bool:
    """Bring pipelines of the same parts onto the device with the speed options.

    Each option still works after those before it. Returns whether the denoiser keeps state between steps.
    """
    if options.fp8:
        speed.quantize(denoiser, device)
    if options.offload == "none":
        pipelines[0].to(device)
    else:
        speed.offload(pipelines[0], options.offload, device)
    if options.attention is not None:
        speed.choose_attention(denoiser, options.attention, device)
    cached = options.step_cache is not None and speed.cache_steps(
        denoiser, pipelines, options.step_cache, checkpoint.step_count
    )
    if options.compile:
        speed.compile_blocks(denoiser)
    return cached


def _offload(asked: Offload, device: torch.device) -> Offload:
    if device.type == "cpu" and asked != "none":
        logger.warning("offload: weights are in main memory already; on the CPU it has no effect")
        return "none"
    return asked


def _family(pipeline: DiffusionPipeline, checkpoint: Checkpoint) -> Family:
    family, kind = family_named(checkpoint.family), type(pipeline).__name__
    if not family.pipeline:
        logger.warning("%s: of %s nothing but the common arguments is known", checkpoint.name, kind)
        if getattr(pipeline, "transformer", None) is None:
            family = replace(family, denoiser="unet")
    elif kind != family.pipeline:
        logger.warning("%s: %s is used as %s is", checkpoint.name, kind, family.pipeline)
    if getattr(pipeline, family.denoiser, None) is None:
        raise ValueError(f"{kind} has no {family.denoiser}: it is not of the family {family.name!r}.")
    return family


def _device_bytes(pipeline: DiffusionPipeline, offload: Offload) -> int:
    """What the weights take on the device at a time."""
    parts = [part for part in pipeline.components.values() if isinstance(part, torch.nn.Module)]
    if offload == "none":
        return weight_bytes(parts)
    if offload == "model":
        return max(weight_bytes([part]) for part in parts)
    layers = (layer for part in parts for layer in part.modules() if not list(layer.children()))
    return 2 * max(weight_bytes([layer]) for layer in layers)  # the next one comes while one works


def _tensor_bytes(tensor: torch.Tensor) -> int:
    if hasattr(tensor, "__tensor_flatten__"):  # quantized: it says the dtype that it stands for
        names, _ = tensor.__tensor_flatten__()
        return sum(_tensor_bytes(getattr(tensor, name)) for name in names)
    return int(tensor.numel() * tensor.element_size())


def _load_error(order: Load, error: BaseException) -> LoadError:
    name, text = order.checkpoint.name, str(error) or type(error).__name__
    trouble: Trouble = "out_of_memory" if is_out_of_memory(error) else "failed"
    advice = next((advice for sign, advice in _ADVICE if sign in text.lower()), "")
    if trouble == "out_of_memory":
        advice = "Set offload or fp8, or serve a smaller checkpoint."
    told = advice.format(name=name, version=diffusers.__version__)
    return LoadError(trouble, f"{name} could not be loaded from {order.folder}: {text} {told}".rstrip())


def _has_bfloat16(device: torch.device) -> bool:
    answer: bool = True
    if device.type == "mps":
        answer = torch.backends.mps.is_macos_or_newer(14, 0)
    elif device.type == "cuda":
        with torch.cuda.device(device):
            answer = torch.cuda.is_bf16_supported(including_emulation=False)
    return answer


def _main_memory_bytes() -> int:
    physical = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    try:
        limit = Path("/sys/fs/cgroup/memory.max").read_text().strip()
    except OSError:
        return physical
    return min(physical, int(limit)) if limit.isdigit() else physical
