"""Where the weights of a checkpoint lie, and whether all of them are there.

It reads the disk and nothing else; pulling.py asks the hub. A checkpoint is a folder whose model_index.json
names the pipeline and its components; each component has a folder of its own in it. What comes from the hub
lies in its cache: models--OWNER--NAME/refs/REVISION names a commit, snapshots/COMMIT has the files.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from limner.engines.diffusers.checkpoint import Checkpoint, Lora
from limner.engines.diffusers.families import family_of

INDEX = "model_index.json"
BRANCH = "main"
WEIGHT_STEMS = ("diffusion_pytorch_model", "model", "pytorch_model")
WEIGHT_SUFFIXES = (".safetensors", ".bin")
"""The better one first: where a component has both, the second is left alone."""
_WITHOUT_WEIGHTS = ("Tokenizer", "TokenizerFast", "Processor", "ProcessorFast", "Extractor", "Scheduler")
_COMMIT = re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True, slots=True)
class Weights:
    """A checkpoint that is here: its family and size are known, its LoRAs are files. bytes: on the disk."""

    checkpoint: Checkpoint
    folder: Path
    bytes: int


def find(checkpoint: Checkpoint, weights_dir: Path | None) -> Weights | None:
    """The weights of a checkpoint and of its LoRAs; None while anything of them is missing."""
    folder = folder_of(checkpoint, weights_dir)
    loras = tuple(local_lora(lora, weights_dir) for lora in checkpoint.loras)
    here = tuple(lora for lora in loras if lora is not None)
    if folder is None or len(here) < len(loras):
        return None
    family = checkpoint.family or family_here(checkpoint, weights_dir)
    size = size_bytes(folder)
    gib = checkpoint.weights_gib or size / 2**30
    return Weights(replace(checkpoint, family=family, loras=here, weights_gib=gib), folder, size)


def folder_of(checkpoint: Checkpoint, weights_dir: Path | None) -> Path | None:
    """The folder with all weights of a checkpoint, LoRAs aside; None if there is none."""
    folder = place_of(checkpoint, weights_dir)
    return folder if folder is not None and not missing_files(folder) else None


def place_of(checkpoint: Checkpoint, weights_dir: Path | None) -> Path | None:
    """Where the weights lie, or what there is of them; None for what was never pulled."""
    if checkpoint.is_hub_id:
        return snapshot_of(checkpoint.source, checkpoint.revision, weights_dir)
    return Path(checkpoint.source).expanduser()


def family_here(checkpoint: Checkpoint, weights_dir: Path | None) -> str:
    """The family of the pipeline that the weights are for; "" as long as they are not here."""
    place = place_of(checkpoint, weights_dir)
    pipeline = "" if place is None else pipeline_class(place)
    return family_of(pipeline).name if pipeline else ""


def cache_dir(weights_dir: Path | None, env: Mapping[str, str] | None = None) -> Path:
    """The folder for weights from the hub: the settings', else what the hub's own variables say."""
    if weights_dir is not None:
        return weights_dir.expanduser()
    env = os.environ if env is None else env
    own = env.get("HF_HUB_CACHE") or env.get("HUGGINGFACE_HUB_CACHE")
    caches = env.get("XDG_CACHE_HOME", "~/.cache")
    home = env.get("HF_HOME") or f"{caches}/huggingface"
    return Path(os.path.expandvars(own or f"{home}/hub")).expanduser()


def snapshot_of(source: str, revision: str | None, weights_dir: Path | None) -> Path | None:
    """The newest files of a hub id that were pulled for this revision; not all of them may be there."""
    home = cache_dir(weights_dir) / f"models--{source.replace('/', '--')}"
    wanted = revision or BRANCH
    ref = home / "refs" / wanted
    commit = wanted if _COMMIT.fullmatch(wanted) else ref.read_text().strip() if ref.is_file() else ""
    snapshot = home / "snapshots" / commit
    return snapshot if commit and snapshot.is_dir() else None


def local_lora(lora: Lora, weights_dir: Path | None) -> Lora | None:
    """A LoRA with the folder that it lies in as its source, and its file; None if it is not there."""
    path = Path(lora.source).expanduser()
    if not path.is_absolute():
        snapshot = snapshot_of(lora.source, None, weights_dir)
        if snapshot is None:
            return None
        path = snapshot
    if path.is_file():
        return replace(lora, source=str(path.parent), file=path.name)
    file = lora.file or lora_file(sorted(each.name for each in path.glob("*.safetensors")))
    is_here = file is not None and (path / file).is_file()
    return replace(lora, source=str(path), file=file) if is_here else None


def lora_file(names: list[str]) -> str | None:
    """Which of these files is the LoRA: the one with the usual name, or the only one of its kind."""
    usual = "pytorch_lora_weights.safetensors"
    fitting = [name for name in names if name.endswith(".safetensors")]
    return usual if usual in fitting else fitting[0] if len(fitting) == 1 else None


def pipeline_class(folder: Path) -> str:
    """The pipeline that model_index.json names; "" if it names none."""
    name = _read_json(folder / INDEX).get("_class_name")
    return name if isinstance(name, str) else ""


def size_bytes(folder: Path) -> int:
    """What the files of a folder take on the disk, wherever its links lead."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def components_of(index: Mapping[str, object]) -> dict[str, str]:
    """The classes of a pipeline's components by their names, which are their folders' too."""
    pairs = {name: value for name, value in index.items() if isinstance(value, list) and len(value) == 2}
    return {name: value[1] for name, value in pairs.items() if isinstance(value[1], str)}


def missing_files(folder: Path) -> tuple[str, ...]:
    """What a checkpoint's folder lacks, as paths in it; a file that ends too early counts as missing."""
    index = _read_json(folder / INDEX)
    if not index:
        return (INDEX,)
    components = components_of(index).items()
    return tuple(file for name, kind in components for file in _missing_of(folder / name, name, kind))


def _missing_of(folder: Path, name: str, kind: str) -> Iterator[str]:
    if kind.endswith(_WITHOUT_WEIGHTS):
        if not any(folder.glob("*.json")):
            yield f"{name}/*.json"
    else:
        wanted = ("config.json", *(_weight_files(folder) or ("*.safetensors",)))
        yield from (f"{name}/{file}" for file in wanted if not is_whole(folder / file))


def _weight_files(folder: Path) -> tuple[str, ...]:
    """The files that a component's weights are spread over; none if not even their list is there."""
    for suffix in WEIGHT_SUFFIXES:
        for stem in WEIGHT_STEMS:
            listed = _read_json(folder / f"{stem}{suffix}.index.json").get("weight_map")
            if isinstance(listed, dict):
                return tuple(sorted({str(file) for file in listed.values()}))
            if (folder / f"{stem}{suffix}").is_file():
                return (f"{stem}{suffix}",)
    return ()


def is_whole(file: Path) -> bool:
    """Whether a file is there to its end.

    A .safetensors file tells its length: 8 bytes for that of the header, and in the header each tensor's end.
    """
    if not file.is_file() or file.suffix != ".safetensors":
        return file.is_file() and file.stat().st_size > 0
    size = file.stat().st_size
    with file.open("rb") as stream:
        length = int.from_bytes(stream.read(8), "little")
        if not 0 < length <= size - 8:
            return False
        header = stream.read(length)
    try:
        ends = [
            entry["data_offsets"][1] for name, entry in json.loads(header).items() if name != "__metadata__"
        ]
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        return False
    return size == 8 + length + max(ends, default=0)


def _read_json(file: Path) -> dict[str, object]:
    """A JSON object from a file; empty if it cannot be read."""
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}
