"""Tiny random checkpoints of every family, and their pipelines on the CPU; torch is imported only inside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import pytest
from numpy.typing import NDArray

from limner.engines.diffusers.checkpoint import Checkpoint
from limner.engines.diffusers.messages import (
    Call,
    CallEvent,
    DeviceConfig,
    Ended,
    Load,
    Made,
    Part,
    Stepped,
)
from limner.engines.diffusers.worker.loaded import LoadedPipeline
from limner.types import Size

LoadByName: TypeAlias = Callable[[str], LoadedPipeline]
OutcomeOf: TypeAlias = "Callable[..., Outcome]"

A_CAT = Part("a cat", 5)
SIZE = Size(64, 64)


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

    from limner.engines.diffusers.worker import loading

    config = DeviceConfig(device="cpu", dtype="float32")

    @cache
    def by_name(name: str) -> LoadedPipeline:
        checkpoint = Checkpoint(name, str(checkpoint_folder(name)), "none", references=(0, 14))
        order = Load(checkpoint, checkpoint_folder(name))
        return loading.load(order, config, loading.device_of(config))

    return by_name


@dataclass(frozen=True)
class Outcome:
    """All that a call said, in order."""

    said: list[CallEvent]

    @property
    def pictures(self) -> list[NDArray[np.int16]]:
        """The pictures that were made, as numbers that can be subtracted."""
        return [event.pixels.astype(np.int16) for event in self.said if isinstance(event, Made)]

    @property
    def picture(self) -> NDArray[np.int16]:
        """The only one."""
        (picture,) = self.pictures
        return picture

    @property
    def steps(self) -> list[tuple[int, int]]:
        return [(event.steps_done, event.steps_total) for event in self.said if isinstance(event, Stepped)]

    @property
    def ended(self) -> Ended:
        """The last that was said; nothing else ended the call before."""
        assert [type(event) for event in self.said].count(Ended) == 1
        assert isinstance(self.said[-1], Ended)
        return self.said[-1]


@pytest.fixture(scope="session")
def outcome_of(torchvision_or_its_stub: None) -> OutcomeOf:
    """Runs a call of 64 x 64 pixels and two steps, but for what is said otherwise.

    Prompts of checkpoints of one name are encoded once in a session, unless a test brings its own cache.
    """
    from limner.engines.diffusers.worker.denoise import run
    from limner.engines.diffusers.worker.embeddings import PromptCache

    shared = PromptCache(64 << 20)

    def outcome_of(
        loaded: LoadedPipeline,
        *parts: Part,
        cancelled: Callable[[], bool] = lambda: False,
        prompts: PromptCache | None = None,
        **changes: Any,
    ) -> Outcome:
        usual = Call(1, loaded.checkpoint.name, parts or (A_CAT,), SIZE, SIZE, steps=2, guidance=3.0)
        call = replace(usual, **{"target": changes.get("size", SIZE), **changes})
        said: list[CallEvent] = []
        run(call, loaded, shared if prompts is None else prompts, None, cancelled, said.append)
        return Outcome(said)

    return outcome_of
