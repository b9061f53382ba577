"""Reads a checkpoint's folder into main memory: its pipeline, and the LoRAs that go with it.

By diffusers' own loaders, from a local folder, as safetensors only; nothing is fetched.
Not covered: code that a checkpoint brings with it is never run, so those that need their own fail.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator
from pathlib import Path

import diffusers
import torch
from diffusers import DiffusionPipeline

from limner.engines.diffusers.checkpoint import Lora
from limner.engines.diffusers.families import Family

_LORA = "lora"
_LORA_FILE = "pytorch_lora_weights.safetensors"


def class_name(folder: Path) -> str:
    """The pipeline class that the folder names in its model_index.json; else OSError or ValueError."""
    return str(_index(folder).get("_class_name", ""))


def read_pipeline(folder: Path, dtype: torch.dtype) -> DiffusionPipeline:
    """The pipeline of a folder, ready but for its place. Raises what diffusers and its libraries raise."""
    absent = [name for name in _parts(folder) if not (folder / name).is_dir()]
    if absent:
        raise OSError(f"no file named {absent[0]}/* found in {folder}")
    pipeline = DiffusionPipeline.from_pretrained(
        folder, dtype=dtype, variant=_variant(folder), use_safetensors=True, local_files_only=True
    )
    pipeline.set_progress_bar_config(disable=True)
    return pipeline


def image_to_image(pipeline: DiffusionPipeline, family: Family) -> DiffusionPipeline | None:
    """The family's pipeline that changes one picture, on the same parts; None where it has none.

    Not by from_pipe: that casts all parts, which both share, to one dtype.
    """
    if not family.image_to_image:
        return None
    kind = getattr(diffusers, family.image_to_image)
    known = {**pipeline.config, **pipeline.components}
    edits = kind(**{name: known[name] for name in inspect.signature(kind).parameters if name in known})
    edits.set_progress_bar_config(disable=True)
    return edits


def fuse_loras(pipeline: DiffusionPipeline, loras: tuple[Lora, ...]) -> None:
    """Add LoRAs to the weights for good: calls are as fast as without, and every speed option still works."""
    for lora in loras:
        if not hasattr(pipeline, "load_lora_weights"):
            raise ValueError(f"{type(pipeline).__name__} takes no LoRAs")
        file = _lora_file(lora)
        pipeline.load_lora_weights(
            file.parent, weight_name=file.name, adapter_name=_LORA, local_files_only=True
        )
        if not any(_LORA in found for found in pipeline.get_list_adapters().values()):
            raise ValueError(f"the LoRA {file} fits no part of {type(pipeline).__name__}")
        pipeline.set_adapters(_LORA, lora.scale)
        pipeline.fuse_lora(adapter_names=[_LORA])
        pipeline.unload_lora_weights()


def _index(folder: Path) -> dict[str, object]:
    if folder.is_file():
        raise ValueError(
            "a single file holds weights without the configuration that belongs to them. Convert it once "
            "with diffusers, from_single_file(FILE).save_pretrained(FOLDER), and name the folder"
        )
    try:
        index = json.loads((folder / "model_index.json").read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise OSError(f"no file named model_index.json found in {folder}") from error
    if not isinstance(index, dict):
        raise ValueError("model_index.json is not a table")
    return index


def _parts(folder: Path) -> Iterator[str]:
    """The folders that model_index.json names. Tokenizers load as if empty where theirs is not there."""
    for name, value in _index(folder).items():
        if isinstance(value, list) and not name.startswith("_") and value[0] is not None:
            yield name


def _variant(folder: Path) -> str | None:
    """ "fp16" where some weights are there in that form only, as some repositories publish them."""
    for halved in folder.glob("*/*.fp16*.safetensors"):
        if all(".fp16" in file.name for file in halved.parent.glob("*.safetensors")):
            return "fp16"
    return None


def _lora_file(lora: Lora) -> Path:
    path = Path(lora.source).expanduser()
    if path.is_file():
        return path
    files = sorted(file.name for file in path.glob("*.safetensors"))
    only = files[0] if len(files) == 1 else _LORA_FILE
    name = lora.file or only
    if not (path / name).is_file():
        raise OSError(f"the LoRA {lora.source} has no file {name}; there are: {', '.join(files) or 'none'}")
    return path / name
