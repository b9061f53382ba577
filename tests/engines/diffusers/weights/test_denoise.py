"""What a call says on its way, and how it ends when there is no memory, or no picture."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from limner.engines.diffusers.checkpoint import Checkpoint
from limner.engines.diffusers.families import FAMILIES
from limner.engines.diffusers.messages import DeviceConfig, Load, Looked, Made, Part, Spoiled, Stepped
from limner.engines.diffusers.worker.loaded import LoadedPipeline
from limner.types import Size

pytestmark = pytest.mark.needs_more

LoadByName: TypeAlias = Callable[[str], LoadedPipeline]
OutcomeOf: TypeAlias = Callable[..., Any]

FROM_TEXT = [family.name for family in FAMILIES if family.name != "qwen-image-edit"]
PARTS = Part("a cat", 5), Part("two dogs", 6)


@contextmanager
def failing(module: Any, error: Exception) -> Iterator[None]:
    """The module raises the error instead of its next result."""

    def fail(*_: object) -> None:
        raise error

    with module.register_forward_hook(fail):
        yield


@contextmanager
def spoiling(loaded: LoadedPipeline, row: int, value: float) -> Iterator[None]:
    """The decoder's picture of this row of the batch has one value that is none."""

    def spoil(module: object, positional: object, result: Any) -> Any:
        result[row, ..., 3, 3] = value
        return result

    with loaded.pipeline.vae.decoder.register_forward_hook(spoil):
        yield


@pytest.mark.parametrize("name", FROM_TEXT)
def test_every_step_is_told_and_then_every_picture_and_then_the_end(
    name: str, loaded: LoadByName, outcome_of: OutcomeOf
) -> None:
    made = outcome_of(loaded(name), *PARTS, steps=3)

    assert made.steps == [(1, 3), (2, 3), (3, 3)]
    assert [type(event) for event in made.said[:-1]] == [Stepped] * 3 + [Made] * 2
    assert [event.part for event in made.said if isinstance(event, Made)] == [0, 1]
    assert made.ended.trouble is None
    assert not made.ended.cancelled
    assert {event.call for event in made.said} == {1}


def test_a_family_that_cannot_do_one_step_does_two(loaded: LoadByName, outcome_of: OutcomeOf) -> None:
    made = outcome_of(loaded("qwen-image"), steps=1)

    assert made.steps == [(1, 2), (2, 2)]
    assert made.ended.trouble is None


def test_schedulers_that_do_more_steps_than_were_asked_for_say_so(
    loaded: LoadByName, outcome_of: OutcomeOf
) -> None:
    from diffusers import PNDMScheduler

    usual = loaded("sd15")
    components = {**usual.pipeline.components, "scheduler": PNDMScheduler(skip_prk_steps=True)}
    pipeline = type(usual.pipeline)(**components, requires_safety_checker=False)
    pipeline.set_progress_bar_config(disable=True)

    made = outcome_of(replace(usual, pipeline=pipeline), steps=3)

    assert made.steps == [(1, 4), (2, 4), (3, 4), (4, 4)]


@pytest.mark.parametrize("name", ["z-image", "sdxl"])
def test_looks_come_between_the_steps_and_change_nothing(
    name: str, loaded: LoadByName, outcome_of: OutcomeOf
) -> None:
    usual = outcome_of(loaded(name), *PARTS, steps=4)
    made = outcome_of(loaded(name), *PARTS, steps=4, previews=2)

    looks = [(event.part, event.number) for event in made.said if isinstance(event, Looked)]
    assert looks == [(0, 0), (1, 0), (0, 1), (1, 1)]
    assert isinstance(made.said[-4], Stepped)  # none after the last
    assert made.said[0] == usual.said[0]
    assert all((one == other).all() for one, other in zip(made.pictures, usual.pictures, strict=True))


def test_a_picture_that_is_not_numbers_is_spoiled_and_the_others_are_made(
    loaded: LoadByName, outcome_of: OutcomeOf
) -> None:
    usual = outcome_of(loaded("z-image"), *PARTS)
    with spoiling(loaded("z-image"), 0, float("nan")):
        made = outcome_of(loaded("z-image"), *PARTS)

    assert made.said[2] == Spoiled(1, 0, "not_finite")
    assert (made.picture == usual.pictures[1]).all()
    assert made.ended.trouble is None


@pytest.mark.parametrize("name", FROM_TEXT)
def test_a_denoiser_that_gives_no_numbers_spoils_its_picture(
    name: str, loaded: LoadByName, outcome_of: OutcomeOf
) -> None:
    def spoil(module: object, positional: object, result: Any) -> Any:
        first = result[0]
        (first[0] if isinstance(first, list) else first).fill_(float("nan"))
        return result

    with loaded(name).denoiser.register_forward_hook(spoil):
        made = outcome_of(loaded(name))

    assert [event for event in made.said if not isinstance(event, Stepped)] == [
        Spoiled(1, 0, "not_finite"),
        made.ended,
    ]
    assert outcome_of(loaded(name)).picture is not None


@pytest.mark.parametrize("part", ["text_encoder", "transformer", "vae.decoder"])
def test_without_memory_a_call_ends_and_the_next_is_right(
    part: str, loaded: LoadByName, outcome_of: OutcomeOf
) -> None:
    import torch

    from limner.engines.diffusers.worker.embeddings import PromptCache

    tiny = loaded("z-image")
    fresh = outcome_of(tiny).picture
    module = tiny.pipeline
    for name in part.split("."):
        module = getattr(module, name)
    with failing(module, torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 9 GiB")):
        made = outcome_of(tiny, prompts=PromptCache(0))

    assert made.ended.trouble == "out_of_memory"
    assert "Tried to allocate 9 GiB" in made.ended.text
    assert not made.pictures
    assert (outcome_of(tiny).picture == fresh).all()


def test_without_memory_no_prompts_are_kept(loaded: LoadByName, outcome_of: OutcomeOf) -> None:
    import torch

    from limner.engines.diffusers.worker.embeddings import PromptCache

    prompts = PromptCache(1 << 20)
    outcome_of(loaded("sd15"), prompts=prompts)
    assert prompts.bytes > 0

    with failing(loaded("sd15").denoiser, torch.OutOfMemoryError("out of memory")):
        outcome_of(loaded("sd15"), prompts=prompts)

    assert prompts.bytes == 0


def test_a_cpu_without_memory_is_the_same_trouble(loaded: LoadByName, outcome_of: OutcomeOf) -> None:
    def ask_for_too_much(*_: object) -> None:
        import torch

        torch.empty(1 << 60)

    with loaded("sd15").denoiser.register_forward_hook(ask_for_too_much):
        made = outcome_of(loaded("sd15"))

    assert made.ended.trouble == "out_of_memory"


def test_other_errors_are_raised_and_the_next_call_is_right(
    loaded: LoadByName, outcome_of: OutcomeOf
) -> None:
    fresh = outcome_of(loaded("sd15")).picture

    with failing(loaded("sd15").denoiser, RuntimeError("no such kernel")), pytest.raises(RuntimeError):
        outcome_of(loaded("sd15"))

    assert (outcome_of(loaded("sd15")).picture == fresh).all()


def test_a_vae_that_decodes_in_a_larger_type_is_put_back_when_there_is_no_memory_for_it(
    checkpoint_folder: Callable[[str], Path], outcome_of: OutcomeOf
) -> None:
    import torch

    from limner.engines.diffusers.worker import loading

    folder = checkpoint_folder("sdxl")
    config = DeviceConfig(device="cpu", dtype="float16")
    halved = loading.load(
        Load(Checkpoint("half-sdxl", str(folder), "none"), folder), config, torch.device("cpu")
    )
    assert halved.pipeline.vae.config.force_upcast
    with failing(halved.pipeline.vae.decoder, torch.OutOfMemoryError("out of memory")):
        made = outcome_of(halved)

    assert made.ended.trouble == "out_of_memory"
    assert halved.pipeline.vae.dtype == torch.float16
    assert outcome_of(halved).ended.trouble is None


def test_no_call_leaves_anything_in_the_scheduler(loaded: LoadByName, outcome_of: OutcomeOf) -> None:
    import torch

    usual = loaded("flux1")
    scheduler = usual.pipeline.scheduler
    before = {
        name: value.clone() if isinstance(value, torch.Tensor) else value
        for name, value in vars(scheduler).items()
    }

    outcome_of(usual, steps=4)

    assert usual.pipeline.scheduler is scheduler
    for name, value in vars(scheduler).items():
        assert torch.equal(value, before[name]) if isinstance(value, torch.Tensor) else value == before[name]


def test_only_pictures_over_the_bound_are_decoded_in_tiles(loaded: LoadByName, outcome_of: OutcomeOf) -> None:
    tiling = replace(loaded("sd15"), tile_above_pixels=64 * 64)
    used: list[bool] = []
    vae = tiling.pipeline.vae

    with vae.decoder.register_forward_pre_hook(lambda *_: used.append(vae.use_tiling)):
        outcome_of(tiling, size=Size(72, 64))
        outcome_of(tiling, size=Size(64, 64))

    assert used[0] is True
    assert used[-1] is False
