"""How checkpoints come from a folder onto a device: what is read, what is refused, what is left behind."""

from __future__ import annotations

import gc
import json
import os
import shutil
import subprocess
import sys
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import pytest

from limner.engines.diffusers.checkpoint import Checkpoint, Lora
from limner.engines.diffusers.families import FAMILIES
from limner.engines.diffusers.messages import DeviceConfig, Load
from limner.engines.diffusers.worker.loaded import LoadedPipeline, LoadError

pytestmark = pytest.mark.needs_more

Folder: TypeAlias = Callable[[str], Path]

CPU = DeviceConfig(device="cpu")


def load(folder: Path, config: DeviceConfig = CPU, **changes: Any) -> LoadedPipeline:
    import torch

    from limner.engines.diffusers.worker import loading

    checkpoint = Checkpoint("tiny", str(folder), "none", **changes)
    return loading.load(Load(checkpoint, folder), config, torch.device("cpu"))


def unload(loaded: LoadedPipeline) -> None:
    from limner.engines.diffusers.worker import loading

    loading.unload(loaded)


@pytest.fixture
def copied(checkpoint_folder: Folder, tmp_path: Path) -> Folder:
    """A copy of a tiny checkpoint that a test may spoil."""
    return lambda name: Path(shutil.copytree(checkpoint_folder(name), tmp_path / name))


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_every_family_is_read_off_its_weights_and_ready(family: Any, checkpoint_folder: Folder) -> None:
    import torch

    loaded = load(checkpoint_folder(family.name), references=(0, 1))

    assert loaded.family is family
    assert loaded.checkpoint.facts is family
    assert type(loaded.pipeline).__name__ == family.pipeline
    assert (type(loaded.edits).__name__ if loaded.edits else "") == family.image_to_image
    modules = [part for part in loaded.pipeline.components.values() if isinstance(part, torch.nn.Module)]
    assert loaded.denoiser in modules
    for module in modules:
        assert not module.training
        assert {parameter.dtype for parameter in module.parameters()} == {torch.float32}
        assert {parameter.device.type for parameter in module.parameters()} == {"cpu"}


def test_a_pipeline_that_no_row_names_is_loaded_with_a_warning(
    checkpoint_folder: Folder, caplog: pytest.LogCaptureFixture
) -> None:
    loaded = load(checkpoint_folder("aura-flow"))

    assert loaded.family.name == "unknown"
    assert type(loaded.denoiser).__name__ == "AuraFlowTransformer2DModel"
    assert "AuraFlowPipeline" in caplog.text


def test_what_changes_a_picture_has_the_same_weights_in_the_same_dtype(checkpoint_folder: Folder) -> None:
    import torch

    loaded = load(checkpoint_folder("z-image"), references=(0, 1), dtype="bfloat16")

    assert loaded.edits is not None
    assert loaded.edits.components == loaded.pipeline.components
    assert {parameter.dtype for parameter in loaded.denoiser.parameters()} == {torch.bfloat16}


def test_what_takes_no_references_has_nothing_to_change_pictures_with(checkpoint_folder: Folder) -> None:
    assert load(checkpoint_folder("z-image"), references=(0, 0)).edits is None


def test_the_checkpoints_dtype_goes_before_the_engines(checkpoint_folder: Folder) -> None:
    import torch

    from limner.engines.diffusers.worker.loading import dtype_for

    free, fixed = Checkpoint("a", "/a", "none"), Checkpoint("b", "/b", "none", dtype="float16")
    config = DeviceConfig(dtype="bfloat16")
    cpu = torch.device("cpu")
    assert dtype_for(free, config, cpu) is torch.bfloat16
    assert dtype_for(fixed, config, cpu) is torch.float16
    assert dtype_for(free, DeviceConfig(), cpu) is torch.float32


def test_weights_that_are_there_in_halves_only_are_read(checkpoint_folder: Folder, tmp_path: Path) -> None:
    import torch
    from diffusers import DiffusionPipeline

    whole = DiffusionPipeline.from_pretrained(checkpoint_folder("sd15"), dtype=torch.float16)
    whole.save_pretrained(tmp_path, variant="fp16")
    assert (tmp_path / "unet" / "diffusion_pytorch_model.fp16.safetensors").is_file()

    loaded = load(tmp_path)

    assert {parameter.dtype for parameter in loaded.denoiser.parameters()} == {torch.float32}


@pytest.mark.parametrize("name", ["z-image", "sdxl", "flux1"])
def test_bytes_are_those_of_the_weights_on_disk(name: str, checkpoint_folder: Folder) -> None:
    folder = checkpoint_folder(name)

    on_disk = sum(file.stat().st_size for file in folder.glob("*/*.safetensors"))
    assert load(folder).bytes == pytest.approx(on_disk, rel=0.05)  # headers here, position tables there
    assert load(folder, dtype="bfloat16").bytes == pytest.approx(on_disk / 2, rel=0.1)


def test_weights_that_two_modules_share_count_once() -> None:
    import torch

    from limner.engines.diffusers.worker.loading import weight_bytes

    layer = torch.nn.Linear(10, 10, bias=False)
    assert weight_bytes([layer]) == 400
    assert weight_bytes([torch.nn.Sequential(layer, layer), layer]) == 400
    assert weight_bytes([layer, torch.nn.BatchNorm1d(10)]) == 400 + 4 * 40 + 8


def without_the_index(folder: Path) -> None:
    (folder / "model_index.json").unlink()


def without_weights(folder: Path) -> None:
    (folder / "transformer" / "diffusion_pytorch_model.safetensors").unlink()


def without_the_tokenizer(folder: Path) -> None:
    shutil.rmtree(folder / "tokenizer")


def with_weights_cut_short(folder: Path) -> None:
    os.truncate(folder / "transformer" / "diffusion_pytorch_model.safetensors", 5000)


def with_a_text_encoder_cut_short(folder: Path) -> None:
    os.truncate(folder / "text_encoder" / "model.safetensors", 5000)


def with_pickled_weights_only(folder: Path) -> None:
    import torch
    from safetensors.torch import load_file

    weights = folder / "transformer" / "diffusion_pytorch_model.safetensors"
    torch.save(load_file(weights), weights.with_suffix(".bin"))
    weights.unlink()


def with_another_width(folder: Path) -> None:
    config = folder / "transformer" / "config.json"
    config.write_text(json.dumps({**json.loads(config.read_text()), "dim": 64}))


def of_a_class_to_come(folder: Path) -> None:
    rename(folder, "_class_name", "ImagePipelineOfTomorrow")


def with_a_part_to_come(folder: Path) -> None:
    rename(folder, "transformer", ["diffusers", "TransformerOfTomorrow"])


def rename(folder: Path, key: str, value: object) -> None:
    index = folder / "model_index.json"
    index.write_text(json.dumps({**json.loads(index.read_text()), key: value}))


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (without_the_index, "limner models pull tiny"),
        (without_weights, "limner models pull tiny"),
        (without_the_tokenizer, "limner models pull tiny"),
        (with_weights_cut_short, "limner models pull tiny"),
        (with_a_text_encoder_cut_short, "limner models pull tiny"),
        (with_pickled_weights_only, "safetensors"),
        (with_another_width, "tiny could not be loaded"),
        (of_a_class_to_come, "does not know this pipeline"),
        (with_a_part_to_come, "do not know this part"),
        (shutil.rmtree, "limner models pull tiny"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_a_folder_that_is_not_in_order_is_refused_with_what_to_do(
    spoil: Callable[[Path], None], told: str, copied: Folder
) -> None:
    folder = copied("z-image")
    spoil(folder)

    with pytest.raises(LoadError, match=told) as failed:
        load(folder)

    assert str(folder) in str(failed.value)
    assert failed.value.trouble == "failed"


def test_a_single_file_is_refused_with_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "model.safetensors"
    file.write_bytes(b"weights")

    with pytest.raises(LoadError, match=r"from_single_file.*save_pretrained"):
        load(file)


def test_a_family_that_the_weights_are_not_of_is_refused(checkpoint_folder: Folder) -> None:
    with pytest.raises(LoadError, match=r"ZImagePipeline has no unet.*'sdxl'"):
        load(checkpoint_folder("z-image"), family="sdxl")


def test_without_torchvision_the_text_names_the_extra_that_brings_it(checkpoint_folder: Folder) -> None:
    from transformers.utils import is_torchvision_available

    # A process of its own: in this one the stub stands in for torchvision.
    script = """
import sys, pathlib, torch
from limner.engines.diffusers.checkpoint import Checkpoint
from limner.engines.diffusers.messages import DeviceConfig, Load
from limner.engines.diffusers.worker import loading
folder = pathlib.Path(sys.argv[1])
try:
    loading.load(Load(Checkpoint("edit", "", ""), folder), DeviceConfig(), torch.device("cpu"))
except loading.LoadError as error:
    print(error)
"""
    command = [sys.executable, "-c", script, str(checkpoint_folder("qwen-image-edit"))]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)

    told = "pip install 'limner[diffusers-edit]'" in done.stdout
    assert told is not is_torchvision_available(), done.stdout


def test_nothing_stays_of_a_load_that_failed_while_its_error_is_kept(checkpoint_folder: Folder) -> None:
    from diffusers import ZImageTransformer2DModel

    def transformers() -> int:
        gc.collect()
        return sum(type(thing) is ZImageTransformer2DModel for thing in gc.get_objects())

    before = transformers()
    with pytest.raises(LoadError, match="LoRA") as failed:
        load(checkpoint_folder("z-image"), loras=(Lora("/nowhere"),))

    assert transformers() == before
    assert failed.value.__cause__ is not None


def test_what_is_unloaded_is_gone_whoever_holds_it(checkpoint_folder: Folder) -> None:
    loaded = load(checkpoint_folder("sdxl"), references=(0, 1))
    parts = [weakref.ref(part) for part in (loaded.denoiser, loaded.pipeline.vae)]

    unload(loaded)

    assert [part() for part in parts] == [None, None]


def test_what_is_loaded_again_makes_the_same_picture(checkpoint_folder: Folder, outcome_of: Any) -> None:
    first = load(checkpoint_folder("flux2-klein"))
    picture = outcome_of(first).picture
    unload(first)

    assert np.array_equal(outcome_of(load(checkpoint_folder("flux2-klein"))).picture, picture)


def test_a_device_that_is_not_there_is_refused() -> None:
    from limner.engines.diffusers.worker.loading import device_of

    for name in ("cuda:64", "abacus"):
        with pytest.raises(LoadError, match=f"no device '{name}'"):
            device_of(DeviceConfig(device=name))


def test_auto_is_a_device_that_works() -> None:
    import torch

    from limner.engines.diffusers.worker.loading import device_of

    device = device_of(DeviceConfig(device="auto"))
    assert torch.ones(2, device=device).sum() == 2
    assert (device.type == "cpu") == (not torch.accelerator.is_available())


def test_the_memory_of_the_cpu_is_no_more_than_the_machines() -> None:
    import torch

    from limner.engines.diffusers.worker.loading import memory_bytes

    physical = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    assert 1 << 20 < memory_bytes(torch.device("cpu")) <= physical


def test_a_lack_of_memory_is_told_from_other_errors() -> None:
    import torch

    from limner.engines.diffusers.worker.memory import is_out_of_memory

    with pytest.raises(RuntimeError) as refused:
        torch.empty(1 << 60)
    assert is_out_of_memory(refused.value)
    assert is_out_of_memory(torch.OutOfMemoryError("CUDA out of memory."))
    assert is_out_of_memory(MemoryError())
    assert not is_out_of_memory(RuntimeError("shapes do not match"))


# LoRAs


@pytest.fixture
def lora(checkpoint_folder: Folder, tmp_path: Path) -> Path:
    """A random LoRA for the tiny Z-Image, as diffusers saves them; large, so that its effect shows."""
    import torch
    from diffusers import ZImagePipeline, ZImageTransformer2DModel
    from peft import LoraConfig, get_peft_model_state_dict

    transformer = ZImageTransformer2DModel.from_pretrained(checkpoint_folder("z-image") / "transformer")
    transformer.add_adapter(LoraConfig(r=4, lora_alpha=4, target_modules=["to_q", "to_k", "to_v"]))
    generator = torch.Generator().manual_seed(3)
    for name, parameter in transformer.named_parameters():
        if "lora" in name:
            parameter.data.normal_(generator=generator)
    ZImagePipeline.save_lora_weights(tmp_path / "lora", get_peft_model_state_dict(transformer))
    return tmp_path / "lora"


def test_a_lora_changes_pictures_as_strongly_as_it_is_scaled(
    lora: Path, checkpoint_folder: Folder, outcome_of: Any
) -> None:
    def picture(*loras: Lora) -> Any:
        return outcome_of(load(checkpoint_folder("z-image"), loras=loras)).picture

    plain, source = picture(), str(lora)
    changed = picture(Lora(source))
    assert np.abs(changed - plain).mean() > 1
    assert np.array_equal(picture(Lora(source, scale=0)), plain)
    assert np.array_equal(picture(Lora(source)), changed)
    assert not np.array_equal(picture(Lora(source, scale=0.5)), changed)
    assert np.array_equal(picture(Lora(str(lora / "pytorch_lora_weights.safetensors"))), changed)
    # Two of half the strength are one of the whole, but for rounding.
    halves = picture(Lora(source, scale=0.5), Lora(source, "pytorch_lora_weights.safetensors", 0.5))
    assert np.abs(halves - changed).max() <= 1


def test_a_lora_costs_no_memory(lora: Path, checkpoint_folder: Folder) -> None:
    folder = checkpoint_folder("z-image")

    assert load(folder, loras=(Lora(str(lora)),)).bytes == load(folder).bytes


def test_a_lora_that_fits_no_part_is_refused(lora: Path, checkpoint_folder: Folder) -> None:
    with pytest.raises(LoadError, match="LoRA"):
        load(checkpoint_folder("sdxl"), loras=(Lora(str(lora)),))


def test_a_lora_whose_file_must_be_guessed_is_refused_with_the_choice(
    lora: Path, checkpoint_folder: Folder
) -> None:
    file = lora / "pytorch_lora_weights.safetensors"
    shutil.copy(file, lora / "night.safetensors")
    file.rename(lora / "day.safetensors")

    with pytest.raises(LoadError, match=r"day\.safetensors, night\.safetensors"):
        load(checkpoint_folder("z-image"), loras=(Lora(str(lora)),))
    load(checkpoint_folder("z-image"), loras=(Lora(str(lora), "night.safetensors"),))
