"""What has to be there before the engine starts: packages and weights, each told with what brings it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from importlib.util import find_spec

from limner.engines.diffusers.checkpoint import Checkpoint
from limner.engines.diffusers.mapping import TABLE, ModelMapping
from limner.engines.diffusers.settings import DiffusersSettings
from limner.engines.diffusers.weights import Weights, find, local_lora, missing_files, place_of
from limner.errors import ConfigError

ENGINE_PACKAGES = ("torch", "diffusers", "transformers", "accelerate", "safetensors")
EXTRA, EDIT_EXTRA, FP8_EXTRA = "diffusers", "diffusers-edit", "diffusers-fp8"
NEEDS_TORCHVISION = "qwen-image-edit"
"""The family whose processor cannot be loaded without it."""


def require(mapping: ModelMapping, settings: DiffusersSettings) -> tuple[Weights, ...]:
    """The weights of every checkpoint that a request can reach, in the order of ModelMapping.served.

    Raises ConfigError that says what to run where packages or weights are missing.
    """
    require_packages(EXTRA, ENGINE_PACKAGES, "the diffusers engine")
    found = require_weights(mapping.served, settings)
    for weights in found:
        if weights.checkpoint.family == NEEDS_TORCHVISION:
            require_packages(EDIT_EXTRA, ("torchvision",), weights.checkpoint.name)
        if weights.checkpoint.loras:
            require_packages(EXTRA, ("peft",), f"{weights.checkpoint.name} with LoRAs")
    if settings.fp8:
        require_packages(FP8_EXTRA, ("torchao",), f"{TABLE}.fp8")
    return found


def require_packages(extra: str, packages: Iterable[str], user: str) -> None:
    """Raise ConfigError where packages cannot be imported, naming the extra that brings them."""
    missing = [name for name in packages if sys.modules.get(name) is None and find_spec(name) is None]
    if missing:
        raise ConfigError(f"{user} needs {', '.join(missing)}: pip install 'limner[{extra}]'")


def require_weights(checkpoints: Iterable[Checkpoint], settings: DiffusersSettings) -> tuple[Weights, ...]:
    """The weights of these checkpoints. Raises ConfigError with all that are missing, and one command."""
    found = {each: find(each, settings.weights_dir) for each in checkpoints}
    missing = [each for each, weights in found.items() if weights is None]
    for each in missing:
        for can_be_fetched, complaint in _complaints(each, settings):
            if not can_be_fetched:
                raise ConfigError(complaint)
    if missing:
        listed = ", ".join(described(each) for each in missing)
        command = " ".join(("limner models pull", *(each.name for each in missing)))
        raise ConfigError(f"weights are missing: {listed}. Fetch them once: {command}")
    return tuple(weights for weights in found.values() if weights is not None)


def require_whole(checkpoint: Checkpoint, settings: DiffusersSettings) -> Weights:
    """The weights of one checkpoint. Raises ConfigError that says what its folder lacks."""
    weights = find(checkpoint, settings.weights_dir)
    if weights is None:
        raise ConfigError(next(text for _, text in _complaints(checkpoint, settings)))
    return weights


def described(checkpoint: Checkpoint) -> str:
    """A checkpoint's name, what there is to fetch, and its licence."""
    size = f"{checkpoint.weights_gib:.1f} GiB, " if checkpoint.weights_gib else ""
    return f"{checkpoint.name} ({size}licence: {checkpoint.licence})"


def _complaints(checkpoint: Checkpoint, settings: DiffusersSettings) -> Iterator[tuple[bool, str]]:
    """What is missing of a checkpoint, and whether it could be fetched."""
    where = f"{TABLE}.checkpoints.{checkpoint.name}"
    folder = place_of(checkpoint, settings.weights_dir)
    if folder is None or not folder.is_dir():
        yield checkpoint.is_hub_id, f"{where}: there is no folder of {checkpoint.source}"
    elif missing := missing_files(folder):
        shown = ", ".join(missing[:3]) + (", ..." if len(missing) > 3 else "")
        yield checkpoint.is_hub_id, f"{where}: {folder} lacks {shown}"
    for lora in checkpoint.loras:
        if local_lora(lora, settings.weights_dir) is None:
            complaint = f"{where}: there is no LoRA at {lora.source}, or several of which none is named"
            yield not lora.source.startswith(("/", "~")), complaint
