"""Tiny random checkpoints of every family, and their pipelines on the CPU; torch is imported only inside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TypeAlias

import pytest

from limner.engines.diffusers.checkpoint import Checkpoint
from limner.engines.diffusers.families import family_named
from limner.engines.diffusers.worker.loaded import LoadedPipeline

LoadByName: TypeAlias = Callable[[str], LoadedPipeline]


@pytest.fixture(scope="session", autouse=True)
def offline() -> Iterator[None]:
    """Nothing here asks the hub, and no test takes a core from another."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HF_HUB_OFFLINE", "1")
        import torch

        torch.set_num_threads(1)
        yield


@pytest.fixture(scope="session", autouse=True)
def torchvision_or_its_stub(offline: None) -> None:
    """Where there is no torchvision, qwen-image-edit is tested with a stub of the one class it needs.

    The class is the video part of Qwen-VL's processor. No pipeline calls it; its absence alone would keep the
    processor from being loaded.
    """
    from tiny_checkpoints import torchvision_stub

    torchvision_stub.install()


@pytest.fixture(scope="session", autouse=True)
def small_reference_area(offline: None) -> Iterator[None]:
    """Qwen-Image-Edit enlarges each reference to a megapixel: seconds each on a CPU. Here to 128 x 128."""
    from diffusers.pipelines.qwenimage import pipeline_qwenimage_edit_plus as edit_plus

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(edit_plus, "VAE_IMAGE_SIZE", 128 * 128)
        patch.setattr(edit_plus, "CONDITION_IMAGE_SIZE", 128 * 128)
        yield


@pytest.fixture(scope="session")
def checkpoint_folder(
    tmp_path_factory: pytest.TempPathFactory, torchvision_or_its_stub: None
) -> Callable[[str], Path]:
    """The folder of the tiny checkpoint of this name, written when first asked for."""
    from tiny_checkpoints import save

    folder = tmp_path_factory.mktemp("checkpoints")
    return cache(lambda name: save(name, folder))


@pytest.fixture(scope="session")
def loaded(checkpoint_folder: Callable[[str], Path], small_reference_area: None) -> LoadByName:
    """The pipeline of the tiny checkpoint of this name in float32 on the CPU; the same object each time."""

    @cache
    def by_name(name: str) -> LoadedPipeline:
        import torch
        from diffusers import DiffusionPipeline

        pipeline = DiffusionPipeline.from_pretrained(checkpoint_folder(name), local_files_only=True)
        pipeline.set_progress_bar_config(disable=True)
        family = family_named(name)
        checkpoint = Checkpoint(
            name, str(checkpoint_folder(name)), "none", permissive=True, family=family.name
        )
        return LoadedPipeline(checkpoint, family, pipeline, None, torch.device("cpu"), bytes=0)

    return by_name
