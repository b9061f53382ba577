"""What is read off the disk about weights, and what is said when they are missing."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from limner.engines.diffusers.checkpoint import Checkpoint, Lora
from limner.engines.diffusers.mapping import ModelMapping
from limner.engines.diffusers.requirements import require, require_packages, require_weights, require_whole
from limner.engines.diffusers.settings import DiffusersSettings
from limner.engines.diffusers.weights import (
    cache_dir,
    find,
    folder_of,
    is_whole,
    local_lora,
    missing_files,
    pipeline_class,
    size_bytes,
)
from limner.errors import ConfigError

COMMIT = "0123456789abcdef0123456789abcdef01234567"
INDEX: dict[str, object] = {
    "_class_name": "ZImagePipeline",
    "_diffusers_version": "0.42.1",
    "scheduler": ["diffusers", "FlowMatchEulerDiscreteScheduler"],
    "tokenizer": ["transformers", "Qwen2Tokenizer"],
    "transformer": ["diffusers", "ZImageTransformer2DModel"],
    "vae": ["diffusers", "AutoencoderKL"],
    "image_encoder": [None, None],
}
SHARDS = ("model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors")


def safetensors(values: int = 4) -> bytes:
    header = json.dumps({"a": {"dtype": "U8", "shape": [values], "data_offsets": [0, values]}}).encode()
    return len(header).to_bytes(8, "little") + header + bytes(values)


def write(folder: Path, files: dict[str, bytes | dict[str, object]]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        data = content if isinstance(content, bytes) else json.dumps(content).encode()
        (folder / name).write_bytes(data)
    return folder


def write_checkpoint(folder: Path) -> Path:
    """A checkpoint as diffusers writes one, with hardly a tensor; its transformer is in two files."""
    listed: dict[str, object] = {"weight_map": {"a": SHARDS[0], "b": SHARDS[1], "c": SHARDS[1]}}
    return write(
        folder,
        {
            "model_index.json": INDEX,
            "scheduler/scheduler_config.json": {},
            "tokenizer/tokenizer.json": {},
            "transformer/config.json": {"in_channels": 16},
            "transformer/model.safetensors.index.json": listed,
            **{f"transformer/{name}": safetensors() for name in SHARDS},
            "vae/config.json": {"latent_channels": 16},
            "vae/diffusion_pytorch_model.safetensors": safetensors(),
        },
    )


def write_snapshot(cache: Path, hub_id: str = "owner/name", ref: str = "main") -> Path:
    """A hub id in the cache, its files still to come."""
    home = cache / f"models--{hub_id.replace('/', '--')}"
    write(home, {f"refs/{ref}": COMMIT.encode()})
    snapshot = home / "snapshots" / COMMIT
    snapshot.mkdir(parents=True)
    return snapshot


def local(folder: Path, **changes: object) -> Checkpoint:
    mapping = ModelMapping.from_settings(
        DiffusersSettings.model_validate({"checkpoints": {"mine": {"source": str(folder), **changes}}})
    )
    return mapping.checkpoints["mine"]


def from_hub(**changes: object) -> Checkpoint:
    return local(Path("/"), **{"source": "owner/name", **changes})


def test_a_folder_with_every_file_is_found_and_its_family_read_off_it(tmp_path: Path) -> None:
    folder = write_checkpoint(tmp_path / "mine")
    weights = find(local(folder), None)
    assert weights is not None
    assert (weights.folder, weights.checkpoint.family) == (folder, "z-image")
    assert weights.bytes == size_bytes(folder) == sum(f.stat().st_size for f in folder.rglob("*.*"))
    assert weights.checkpoint.weights_gib == weights.bytes / 2**30


def test_a_pipeline_that_no_row_names_is_of_an_unknown_family(tmp_path: Path) -> None:
    folder = write_checkpoint(tmp_path)
    write(folder, {"model_index.json": {**INDEX, "_class_name": "NewPipeline"}})
    weights = find(local(folder), None)
    assert weights is not None
    assert weights.checkpoint.family == "unknown"
    assert pipeline_class(folder) == "NewPipeline"


def test_a_family_that_is_stated_is_kept(tmp_path: Path) -> None:
    weights = find(local(write_checkpoint(tmp_path), family="sdxl"), None)
    assert weights is not None
    assert weights.checkpoint.family == "sdxl"


@pytest.mark.parametrize(
    ("gone", "missing"),
    [
        ("model_index.json", "model_index.json"),
        ("scheduler/scheduler_config.json", "scheduler/*.json"),
        ("tokenizer/tokenizer.json", "tokenizer/*.json"),
        ("transformer/config.json", "transformer/config.json"),
        (f"transformer/{SHARDS[1]}", f"transformer/{SHARDS[1]}"),
        ("transformer/model.safetensors.index.json", "transformer/*.safetensors"),
        ("vae/diffusion_pytorch_model.safetensors", "vae/*.safetensors"),
    ],
)
def test_every_file_that_is_loaded_has_to_be_there(tmp_path: Path, gone: str, missing: str) -> None:
    folder = write_checkpoint(tmp_path)
    assert missing_files(folder) == ()
    (folder / gone).unlink()
    assert missing_files(folder) == (missing,)
    assert folder_of(local(folder), None) is None


def test_older_weights_without_safetensors_count(tmp_path: Path) -> None:
    folder = write_checkpoint(tmp_path)
    (folder / "vae/diffusion_pytorch_model.safetensors").unlink()
    write(folder, {"vae/diffusion_pytorch_model.bin": b"pickled"})
    assert missing_files(folder) == ()


def test_weights_in_another_precision_do_not_count(tmp_path: Path) -> None:
    folder = write_checkpoint(tmp_path)
    weights = folder / "vae/diffusion_pytorch_model.safetensors"
    weights.rename(weights.with_name("diffusion_pytorch_model.fp16.safetensors"))
    assert missing_files(folder) == ("vae/*.safetensors",)


@pytest.mark.parametrize(
    "content",
    [
        safetensors()[:-1],
        safetensors() + b"x",
        b"version https://git-lfs.example/spec/v1\noid sha256:12\nsize 12\n",
        b"",
        (8).to_bytes(8, "little") + b"no json ",
        (2).to_bytes(8, "little") + b"[]",
        (7).to_bytes(8, "little") + b'{"a":1}',
    ],
    ids=["cut", "too-long", "lfs-pointer", "empty", "no-json", "no-table", "no-tensor"],
)
def test_a_file_that_is_not_whole_counts_as_missing(tmp_path: Path, content: bytes) -> None:
    folder = write_checkpoint(tmp_path)
    write(folder, {f"transformer/{SHARDS[0]}": content})
    assert not is_whole(folder / f"transformer/{SHARDS[0]}")
    assert missing_files(folder) == (f"transformer/{SHARDS[0]}",)


def test_a_hub_id_is_found_in_the_hub_s_cache(tmp_path: Path) -> None:
    snapshot = write_checkpoint(write_snapshot(tmp_path))
    assert folder_of(from_hub(), tmp_path) == snapshot
    assert folder_of(from_hub(source="owner/other"), tmp_path) is None


def test_a_revision_is_a_branch_or_a_commit(tmp_path: Path) -> None:
    snapshot = write_checkpoint(write_snapshot(tmp_path, ref="v2"))
    assert folder_of(from_hub(revision="v2"), tmp_path) == snapshot
    assert folder_of(from_hub(revision=COMMIT), tmp_path) == snapshot
    assert folder_of(from_hub(), tmp_path) is None


@pytest.mark.parametrize(
    ("env", "folder"),
    [
        ({"HF_HUB_CACHE": "/a", "HUGGINGFACE_HUB_CACHE": "/b", "HF_HOME": "/c"}, "/a"),
        ({"HUGGINGFACE_HUB_CACHE": "/b", "HF_HOME": "/c"}, "/b"),
        ({"HF_HOME": "/c", "XDG_CACHE_HOME": "/d"}, "/c/hub"),
        ({"XDG_CACHE_HOME": "/d"}, "/d/huggingface/hub"),
        ({}, str(Path("~/.cache/huggingface/hub").expanduser())),
    ],
)
def test_the_cache_is_where_the_hub_s_own_variables_say(env: dict[str, str], folder: str) -> None:
    assert cache_dir(None, env) == Path(folder)
    assert cache_dir(Path("~/weights"), env) == Path("~/weights").expanduser()


def test_a_lora_is_a_file_a_folder_or_a_hub_id(tmp_path: Path) -> None:
    write(
        tmp_path, {"style.safetensors": safetensors(), "two/pytorch_lora_weights.safetensors": safetensors()}
    )
    write(tmp_path / "two", {"other.safetensors": safetensors()})
    write(write_snapshot(tmp_path), {"only.safetensors": safetensors()})
    file = Lora(str(tmp_path / "style.safetensors"), scale=0.5)
    assert local_lora(file, tmp_path) == Lora(str(tmp_path), "style.safetensors", 0.5)
    folder = str(tmp_path / "two")
    assert local_lora(Lora(folder), tmp_path) == Lora(folder, "pytorch_lora_weights.safetensors")
    assert local_lora(Lora(folder, "other.safetensors"), tmp_path) == Lora(folder, "other.safetensors")
    hub = local_lora(Lora("owner/name"), tmp_path)
    assert hub is not None
    assert (Path(hub.source).name, hub.file) == (COMMIT, "only.safetensors")


@pytest.mark.parametrize(
    "lora", [Lora("owner/none"), Lora("/nowhere"), Lora("owner/name", "none.safetensors")]
)
def test_a_lora_that_is_not_there_is_not_found(tmp_path: Path, lora: Lora) -> None:
    write(write_snapshot(tmp_path), {"one.safetensors": safetensors()})
    assert local_lora(lora, tmp_path) is None


def test_of_several_loras_one_has_to_be_named(tmp_path: Path) -> None:
    write(tmp_path, {"one.safetensors": safetensors(), "two.safetensors": safetensors()})
    assert local_lora(Lora(str(tmp_path)), None) is None
    assert local_lora(Lora(str(tmp_path), "two.safetensors"), None) is not None


def test_a_checkpoint_is_not_here_before_its_loras_are(tmp_path: Path) -> None:
    folder = write_checkpoint(tmp_path / "mine")
    checkpoint = local(folder, loras=[{"source": "owner/name"}])
    assert find(checkpoint, tmp_path) is None
    write(write_snapshot(tmp_path), {"one.safetensors": safetensors()})
    weights = find(checkpoint, tmp_path)
    assert weights is not None
    assert weights.checkpoint.loras[0].file == "one.safetensors"


def test_all_that_is_missing_is_named_with_one_command(tmp_path: Path) -> None:
    settings = DiffusersSettings(weights_dir=tmp_path)
    with pytest.raises(ConfigError) as caught:
        require_weights(ModelMapping.from_settings(settings).served, settings)
    assert str(caught.value) == (
        "weights are missing: z-image-turbo (19.1 GiB, licence: Apache-2.0), "
        "flux.2-klein-4b (14.9 GiB, licence: Apache-2.0). "
        "Fetch them once: limner models pull z-image-turbo flux.2-klein-4b"
    )


def test_weights_that_are_here_are_told_in_order(tmp_path: Path) -> None:
    one = local(write_checkpoint(tmp_path / "one"))
    write_checkpoint(write_snapshot(tmp_path))
    found = require_weights((from_hub(), one), DiffusersSettings(weights_dir=tmp_path))
    assert [weights.folder.name for weights in found] == [COMMIT, "one"]


def both_complaints(checkpoint: Checkpoint) -> set[str]:
    """What is said of a checkpoint alone, and of it among those that are served."""
    with pytest.raises(ConfigError) as alone:
        require_whole(checkpoint, DiffusersSettings())
    with pytest.raises(ConfigError) as among:
        require_weights((checkpoint,), DiffusersSettings())
    return {str(alone.value), str(among.value)}


def test_what_a_folder_of_one_s_own_lacks_is_said(tmp_path: Path) -> None:
    folder = write_checkpoint(tmp_path / "mine")
    assert require_whole(local(folder), DiffusersSettings()).folder == folder
    (folder / "vae/config.json").unlink()
    assert both_complaints(local(folder)) == {
        f"engines.diffusers.checkpoints.mine: {folder} lacks vae/config.json"
    }


def test_a_folder_or_a_lora_of_one_s_own_that_is_not_there_is_said(tmp_path: Path) -> None:
    where = "engines.diffusers.checkpoints.mine: there is no"
    assert both_complaints(local(tmp_path / "none")) == {f"{where} folder of {tmp_path}/none"}
    checkpoint = local(write_checkpoint(tmp_path), loras=[{"source": "/none"}])
    assert both_complaints(checkpoint) == {f"{where} LoRA at /none, or several of which none is named"}


def test_a_package_that_is_missing_is_named_with_its_extra() -> None:
    require_packages("diffusers", ("json", "pydantic"), "the diffusers engine")
    with pytest.raises(ConfigError) as caught:
        require_packages("diffusers", ("json", "no_such_package"), "the diffusers engine")
    assert str(caught.value) == "the diffusers engine needs no_such_package: pip install 'limner[diffusers]'"


def test_without_the_extra_the_start_is_refused_before_weights_are_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    settings = DiffusersSettings(weights_dir=tmp_path)
    with pytest.raises(ConfigError) as caught:
        require(ModelMapping.from_settings(settings), settings)
    assert str(caught.value).startswith("the diffusers engine needs torch")
    assert str(caught.value).endswith(": pip install 'limner[diffusers]'")
