"""The options that trade exactness, memory or start time for speed, each applied to a pipeline that is read.

What an option costs is said in settings.py. An option that a pipeline cannot have is a warning in the log,
one that cannot work on this machine at all is a LoadError.
"""

from __future__ import annotations

import importlib.util
import inspect
import logging
import os
import shutil
from collections.abc import Iterable, Iterator
from typing import Final

import torch
from diffusers import DiffusionPipeline, FirstBlockCacheConfig
from diffusers.models.attention_dispatch import (
    AttentionBackendName,
    attention_backend,
    dispatch_attention_fn,
)
from diffusers.models.cache_utils import CacheMixin

from limner.engines.diffusers.checkpoint import Offload
from limner.engines.diffusers.worker.loaded import LoadedPipeline, LoadError
from limner.types import Size

logger = logging.getLogger(__name__)

_FP8_CAPABILITY = (8, 9)
"""CUDA's name for the first GPUs that multiply in 8 bits."""

_FP8_MULTIPLE = 16
"""Both sides of a weight must be multiples of this to be multiplied in 8 bits."""

_CACHED_STEPS = 20
"""Fewer steps differ too much from each other for a step cache."""

_UNCACHEABLE: Final = frozenset({"Flux2Transformer2DModel"})
"""Denoisers with a cache interface whose blocks the cache cannot call (diffusers 0.42)."""

_COMPILED_FORMS = 64
"""Of one block: checkpoints of a class share its code, and each has some forms, by batch and references."""

_COMPILERS = ("cc", "gcc", "clang")


def use_deterministic_algorithms() -> None:
    """Hold this process to algorithms that repeat to the bit; call it before the first use of a GPU."""
    os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")
    torch.use_deterministic_algorithms(True, warn_only=True)
    torch.backends.cudnn.deterministic = True
    torch.backends.cudnn.benchmark = False


def quantize(denoiser: torch.nn.Module, device: torch.device) -> None:
    """Put the weights of the denoiser's blocks into 8 bits; what is outside the blocks is too fine for that.

    GPUs that can also multiply in 8 bits; elsewhere memory is saved, and no time.
    """
    if importlib.util.find_spec("torchao") is None:
        raise LoadError("failed", "fp8 needs torchao: pip install torchao")
    from torchao.quantization import (
        Float8DynamicActivationFloat8WeightConfig,
        Float8WeightOnlyConfig,
        PerRow,
        PerTensor,
        quantize_,
    )

    if _multiplies_in_8_bits(device):
        # By rows is finer, and there is a kernel for it in bfloat16 only.
        rows = PerRow() if denoiser.dtype == torch.bfloat16 else PerTensor()
        config = Float8DynamicActivationFloat8WeightConfig(granularity=rows)
    else:
        logger.warning("fp8: %s does not multiply in 8 bits; it saves memory and no time", device)
        config = Float8WeightOnlyConfig()
    fits = set(_block_layers(denoiser))
    if not fits:
        logger.warning("fp8: %s has no blocks that are known", type(denoiser).__name__)
    for layer in fits:
        quantize_(layer.to(device), config)
        layer.to("cpu")  # what is offloaded is more than the device holds


def offload(pipeline: DiffusionPipeline, kind: Offload, device: torch.device) -> None:
    """Keep the weights in main memory and bring them to the device when they are needed."""
    if kind == "model":
        pipeline.enable_model_cpu_offload(device=device)
    elif kind == "group":
        pipeline.enable_group_offload(
            onload_device=device, offload_type="leaf_level", use_stream=device.type == "cuda"
        )


def choose_attention(denoiser: torch.nn.Module, name: str, device: torch.device) -> None:
    """Make the denoiser compute attention by this backend, tried once so that it fails here or never."""
    choices = sorted(backend.value for backend in AttentionBackendName if "_hub" not in backend.value)
    if name not in choices:
        why = "is fetched from the hub when used" if "_hub" in name else "is not known"
        raise LoadError("failed", f"The attention backend {name} {why}; there are: {', '.join(choices)}")
    try:
        with attention_backend(AttentionBackendName.NATIVE):  # else it becomes every other denoiser's too
            denoiser.set_attention_backend(name)
        if not any(hasattr(processor, "_attention_backend") for processor in _attention_processors(denoiser)):
            logger.warning("attention: %s has no choice of it", type(denoiser).__name__)
        probe = torch.zeros(1, 16, 2, 64, device=device, dtype=denoiser.dtype)
        dispatch_attention_fn(probe, probe, probe, backend=AttentionBackendName(name))
    except (RuntimeError, ValueError, ImportError) as error:
        text = f"The attention backend {name} does not work here: {error}"
        raise LoadError("failed", text) from error


def cache_steps(
    denoiser: torch.nn.Module, pipelines: Iterable[DiffusionPipeline], threshold: float, steps: int
) -> bool:
    """Skip the denoiser's blocks where a step changes less than the threshold; whether it can have that.

    pipelines: all that call the denoiser.
    """
    kind = type(denoiser).__name__
    blind = [type(pipeline).__name__ for pipeline in pipelines if not _names_its_calls(pipeline)]
    if steps < _CACHED_STEPS:
        logger.warning("step_cache: %d steps are too few for one", steps)
    elif not isinstance(denoiser, CacheMixin) or kind in _UNCACHEABLE or blind:
        logger.warning("step_cache: %s cannot have one", blind[0] if blind else kind)
    else:
        denoiser.enable_cache(FirstBlockCacheConfig(threshold=threshold))
        return True
    return False


def compile_blocks(denoiser: torch.nn.Module, backend: str = "inductor") -> None:
    """Compile the blocks that the denoiser repeats, for all sizes at once, when they first run."""
    if not getattr(denoiser, "_repeated_blocks", None):
        logger.warning("compile: %s has no blocks that repeat", type(denoiser).__name__)
        return
    compiler = os.environ.get("CC")
    if not any(shutil.which(name) for name in ((compiler,) if compiler else _COMPILERS)):
        raise LoadError("failed", "compile needs a C compiler such as gcc: install one, or leave it off")
    # Not fullgraph: where blocks cannot be compiled once more they run as they are; a request must not fail.
    denoiser.compile_repeated_blocks(dynamic=True, backend=backend, recompile_limit=_COMPILED_FORMS)


def tile(loaded: LoadedPipeline, size: Size) -> None:
    """Make the next pictures, of this size, be decoded in tiles if they are large, and else in one piece."""
    vae = getattr(loaded.pipeline, "vae", None)
    if vae is None or not hasattr(vae, "enable_tiling"):
        return
    if size.pixels > loaded.tile_above_pixels:
        vae.enable_tiling()
    else:
        vae.disable_tiling()


def _multiplies_in_8_bits(device: torch.device) -> bool:
    return device.type == "cuda" and bool(torch.cuda.get_device_capability(device) >= _FP8_CAPABILITY)


def _attention_processors(denoiser: torch.nn.Module) -> Iterator[object]:
    return (module.processor for module in denoiser.modules() if hasattr(module, "processor"))


def _names_its_calls(pipeline: DiffusionPipeline) -> bool:
    """Whether a pipeline tells the cache which of the denoiser's calls of a step it makes, as it must."""
    return "cache_context" in inspect.unwrap(type(pipeline).__call__).__code__.co_names


def _block_layers(denoiser: torch.nn.Module) -> Iterator[torch.nn.Linear]:
    kinds = set(getattr(denoiser, "_repeated_blocks", None) or ())
    for block in denoiser.modules():
        if type(block).__name__ in kinds:
            for layer in block.modules():
                if isinstance(layer, torch.nn.Linear) and not (
                    layer.in_features % _FP8_MULTIPLE or layer.out_features % _FP8_MULTIPLE
                ):
                    yield layer
