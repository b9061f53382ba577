"""A cancelled call stops within a step, and the next one is as if it had never been."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import pytest

from limner.engines.diffusers.checkpoint import Checkpoint
from limner.engines.diffusers.families import FAMILIES
from limner.engines.diffusers.messages import DeviceConfig, Load, Made, Part, ReferenceInput, SpeedOptions
from limner.engines.diffusers.worker.loaded import LoadedPipeline
from limner.types import Size

pytestmark = pytest.mark.needs_more

LoadByName: TypeAlias = Callable[[str], LoadedPipeline]
OutcomeOf: TypeAlias = Callable[..., Any]

CHANGING = [family.name for family in FAMILIES if family.image_to_image]
REFERENCE = ReferenceInput(np.full((64, 64, 3), 90, np.uint8), Size(64, 64))
UNGUIDED = 1.0
"""Qwen-Image then calls its denoiser once a step."""


class CancelAfter:
    """Says that the call is cancelled once the denoiser has begun so many forwards."""

    def __init__(self, denoiser: Any, forwards: int) -> None:
        self.forwards = 0
        self._last = forwards
        self._hook = denoiser.register_forward_pre_hook(self._count)

    def __call__(self) -> bool:
        return self.forwards >= self._last

    def __enter__(self) -> CancelAfter:
        return self

    def __exit__(self, *error: object) -> None:
        self._hook.remove()

    def _count(self, *_: object) -> None:
        self.forwards += 1


@pytest.mark.parametrize("name", [family.name for family in FAMILIES] + ["aura-flow"])
def test_a_cancelled_call_stops_after_the_step_it_is_in(
    name: str, loaded: LoadByName, outcome_of: OutcomeOf
) -> None:
    references = (REFERENCE,) if name == "qwen-image-edit" else ()
    fresh = outcome_of(loaded(name), references=references).picture
    off = loaded(name).family.guidance.off
    with CancelAfter(loaded(name).denoiser, 2) as cancelled:
        made = outcome_of(loaded(name), references=references, steps=4, guidance=off, cancelled=cancelled)

    assert made.ended.cancelled
    assert made.ended.trouble is None
    assert cancelled.forwards == 2
    assert made.steps == [(1, 4)]
    assert (outcome_of(loaded(name), references=references).picture == fresh).all()


@pytest.mark.parametrize("name", CHANGING)
def test_a_changed_picture_can_be_cancelled_as_well(
    name: str, loaded: LoadByName, outcome_of: OutcomeOf
) -> None:
    fresh = outcome_of(loaded(name), references=(REFERENCE,)).picture
    with CancelAfter(loaded(name).denoiser, 1) as cancelled:
        made = outcome_of(loaded(name), references=(REFERENCE,), steps=4, cancelled=cancelled)

    assert made.ended.cancelled
    assert (outcome_of(loaded(name), references=(REFERENCE,)).picture == fresh).all()


def test_a_call_that_is_cancelled_before_it_begins_reaches_no_model(
    loaded: LoadByName, outcome_of: OutcomeOf
) -> None:
    with CancelAfter(loaded("sd15").pipeline.text_encoder, 0) as cancelled:
        made = outcome_of(loaded("sd15"), cancelled=cancelled)

    assert made.ended.cancelled
    assert len(made.said) == 1
    assert cancelled.forwards == 0


def test_a_call_that_is_cancelled_in_its_last_step_is_not_decoded(
    loaded: LoadByName, outcome_of: OutcomeOf
) -> None:
    decoded: list[int] = []
    vae = loaded("z-image").pipeline.vae
    with (
        vae.decoder.register_forward_hook(lambda *_: decoded.append(1)),
        CancelAfter(loaded("z-image").denoiser, 2) as cancelled,
    ):
        made = outcome_of(loaded("z-image"), cancelled=cancelled, guidance=0.0)

    assert made.ended.cancelled
    assert not decoded


def test_pictures_that_are_done_when_a_call_is_cancelled_are_kept(
    loaded: LoadByName, outcome_of: OutcomeOf
) -> None:
    asked: list[int] = []

    def after_the_first_picture() -> bool:
        asked.append(1)
        before, steps, first = 1, 2, 1
        return len(asked) > before + steps + first

    made = outcome_of(loaded("sd15"), Part("a", 1), Part("b", 2), cancelled=after_the_first_picture)

    assert made.ended.cancelled
    assert [event.part for event in made.said if isinstance(event, Made)] == [0]


@pytest.fixture
def cached(checkpoint_folder: Callable[[str], Path], small_reference_area: None) -> LoadedPipeline:
    """Qwen-Image, whose denoiser skips its blocks at every step but the first: what it keeps shows."""
    from limner.engines.diffusers.worker import loading

    folder = checkpoint_folder("qwen-image")
    config = DeviceConfig(device="cpu", speed=SpeedOptions(step_cache=10.0))
    checkpoint = Checkpoint("qwen-image", str(folder), "none", steps=20)
    loaded = loading.load(Load(checkpoint, folder), config, loading.device_of(config))
    assert not loaded.batches
    return loaded


OTHERS = [
    pytest.param({}, id="the-same-size"),
    pytest.param({"size": Size(96, 64)}, id="another-size"),
    pytest.param({"prompt": "a much longer prompt about a dog and a cat"}, id="another-length"),
]


@pytest.mark.parametrize("other", OTHERS)
def test_a_step_cache_keeps_nothing_of_a_cancelled_call(
    other: dict[str, Any], cached: LoadedPipeline, outcome_of: OutcomeOf
) -> None:
    part = Part(other.pop("prompt", "a cat"), 5)
    usual = {"steps": 6, "guidance": UNGUIDED}
    fresh = outcome_of(cached, part, **usual, **other).picture
    with CancelAfter(cached.denoiser, 3) as cancelled:
        cancelling = outcome_of(cached, Part("two dogs", 6), **usual, cancelled=cancelled)

    assert cancelling.ended.cancelled
    assert (outcome_of(cached, part, **usual, **other).picture == fresh).all()


def test_without_cleaning_up_a_cancelled_call_spoils_the_next(
    cached: LoadedPipeline, outcome_of: OutcomeOf
) -> None:
    """What the tests above would see if nothing was put back: they can fail."""
    import torch

    usual = {"steps": 6, "guidance": UNGUIDED}
    fresh = outcome_of(cached, **usual).picture

    def stop(pipeline: object, step: int, *_: object) -> dict[str, object]:
        if step == 2:
            raise KeyboardInterrupt
        return {}

    with pytest.raises(KeyboardInterrupt):
        cached.pipeline(
            prompt="a cat",
            width=64,
            height=64,
            num_inference_steps=6,
            true_cfg_scale=1.0,
            generator=torch.Generator("cpu").manual_seed(6),
            callback_on_step_end=stop,
        )

    assert (outcome_of(cached, **usual).picture != fresh).any()
    assert (outcome_of(cached, **usual).picture == fresh).all()  # a whole call has cleaned up


@pytest.mark.parametrize("kept", ["cancelled", "error"])
def test_no_tensor_of_a_stopped_call_stays_alive(
    kept: str, loaded: LoadByName, outcome_of: OutcomeOf
) -> None:
    """Not even when somebody keeps the error, as loggers do."""
    import torch

    tensors: list[weakref.ref[torch.Tensor]] = []
    errors: list[BaseException] = []

    def watch(module: object, positional: tuple[object, ...], named: dict[str, Any]) -> None:
        tensors.append(weakref.ref(named["hidden_states"]))

    def stop() -> bool:
        if kept == "error" and len(tensors) == 2:
            raise LookupError
        return len(tensors) == 2

    klein = loaded("flux2-klein")
    gc.collect()
    gc.disable()
    try:
        with klein.denoiser.register_forward_pre_hook(watch, with_kwargs=True):
            try:
                outcome_of(klein, steps=4, cancelled=stop)
            except LookupError as error:
                errors.append(error)
        alive = [tensor for tensor in tensors if tensor() is not None]
    finally:
        gc.enable()

    assert len(tensors) == 2
    assert bool(errors) == (kept == "error")
    assert not alive
