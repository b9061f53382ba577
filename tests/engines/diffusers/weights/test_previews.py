"""Unfinished looks at a picture: what they show, how little they cost, that they change nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from limner.engines.diffusers.messages import Call, Part
from limner.engines.diffusers.worker.loaded import LoadedPipeline
from limner.types import Encoded, Size

if TYPE_CHECKING:
    import torch
    from numpy.typing import NDArray

    from limner.engines.diffusers.worker.previews import Looks

pytestmark = pytest.mark.needs_more

NAMES = (
    "z-image",
    "flux2-klein",
    "qwen-image",
    "qwen-image-edit",
    "flux1",
    "flux1-kontext",
    "sdxl",
    "sd15",
    "aura-flow",
)
STEPS = 5
SIZE = Size(96, 64)


def call_of(previews: int, size: Size = SIZE, parts: int = 1) -> Call:
    prompts = tuple(Part("a photo of a cat", seed) for seed in range(parts))
    return Call(1, "tiny", prompts, size, size, STEPS, guidance=2.0, previews=previews)


def made(loaded: LoadedPipeline, call: Call) -> tuple[NDArray[np.uint8], list[tuple[int, int, Encoded]]]:
    """The pictures of a call, and the looks on the way to them."""
    import torch

    from limner.engines.diffusers.worker.previews import Looks

    looks: list[tuple[int, int, Encoded]] = []
    with Looks(loaded, call, loaded.pipeline) as watching:
        images = loaded.pipeline(
            prompt=[part.prompt for part in call.parts],
            width=call.size.width,
            height=call.size.height,
            num_inference_steps=call.steps,
            generator=[torch.Generator("cpu").manual_seed(part.seed) for part in call.parts],
            output_type="np",
            callback_on_step_end=collector(watching, looks),
            **further_arguments(loaded.checkpoint.name, call.size),
        ).images
    return np.round(images * 255).astype(np.uint8), looks


def collector(watching: Looks, looks: list[tuple[int, int, Encoded]]) -> Callable[..., dict[str, object]]:
    def after_step(pipeline: object, step: int, timestep: object, tensors: object) -> dict[str, object]:
        looks.extend(watching.after(step))
        return {}

    return after_step


def further_arguments(name: str, size: Size) -> dict[str, object]:
    from PIL import Image

    reference = Image.new("RGB", (96, 64), (40, 90, 200))
    by_name: dict[str, dict[str, object]] = {
        "qwen-image-edit": {"image": [reference]},
        "flux1-kontext": {"image": reference, "max_area": size.pixels, "_auto_resize": False},
    }
    return by_name.get(name, {})


@contextmanager
def denoiser_of_one_mind(loaded: LoadedPipeline) -> Iterator[None]:
    """Whatever it is shown, it expects the same: the loop then goes straight to one picture."""
    import torch

    def same(output: torch.Tensor) -> torch.Tensor:
        # Alike for what guidance compares, so that it changes nothing.
        shape = output.shape if loaded.family.name == "z-image" else output.shape[1:]
        return torch.randn(shape, generator=torch.Generator().manual_seed(3)).expand_as(output)

    def hook(module: object, arguments: object, outputs: tuple[object, ...]) -> tuple[object, ...]:
        first = outputs[0]
        answer = [same(one) for one in first] if isinstance(first, list) else same(first)
        return (answer, *outputs[1:])

    handle = loaded.denoiser.register_forward_hook(hook)
    try:
        yield
    finally:
        handle.remove()


@contextmanager
def decoded_sizes(loaded: LoadedPipeline) -> Iterator[list[tuple[int, int]]]:
    """The height and width of everything that the VAE decodes, in latents."""
    sizes: list[tuple[int, int]] = []
    hook = loaded.pipeline.vae.decoder.register_forward_pre_hook(
        lambda module, arguments: sizes.append(tuple(arguments[0].shape[-2:]))
    )
    try:
        yield sizes
    finally:
        hook.remove()


def packed(rows: int, columns: int) -> torch.Tensor:
    import torch

    return torch.zeros(1, rows * columns, 16)


def pixels_of(look: Encoded) -> NDArray[np.uint8]:
    pixels = cv2.imdecode(np.frombuffer(look.data, np.uint8), cv2.IMREAD_COLOR_RGB)
    assert pixels is not None
    return np.asarray(pixels, np.uint8)


def distance(look: Encoded, picture: NDArray[np.uint8]) -> float:
    """The mean difference in levels of 8 bits to a picture that is written to a file as looks are."""
    from limner.engines.diffusers.worker.previews import encoded

    both = [pixels_of(one).astype(float) for one in (look, encoded(picture))]
    return float(np.abs(both[0] - both[1]).mean())


@pytest.mark.parametrize(
    ("steps", "previews", "due"),
    [
        (8, 3, (1, 3, 5)),
        (4, 3, (0, 1, 2)),
        (50, 1, (24,)),
        (3, 3, (0, 1)),
        (2, 3, (0,)),
        (1, 3, ()),
        (9, 0, ()),
    ],
)
def test_looks_are_spread_evenly_and_never_after_the_last_step(
    steps: int, previews: int, due: tuple[int, ...]
) -> None:
    from limner.engines.diffusers.worker.previews import due_steps

    assert due_steps(steps, previews) == due


@pytest.mark.parametrize("name", NAMES)
def test_a_denoiser_that_does_not_change_its_mind_has_shown_the_picture_from_the_first_look(
    name: str, loaded: Callable[[str], LoadedPipeline]
) -> None:
    tiny = loaded(name)
    with denoiser_of_one_mind(tiny):
        (picture,), looks = made(tiny, call_of(previews=3))
    assert [(part, number) for part, number, _ in looks] == [(0, 0), (0, 1), (0, 2)]
    assert {(look.width, look.height) for _, _, look in looks} == {(96, 64)}
    # The loop of sd15 ends at the least noise that it was trained with, not at none.
    limit = 2.5 if name == "sd15" else 0.5
    assert max(distance(look, picture) for _, _, look in looks) < limit
    assert distance(looks[0][2], picture[::-1]) > 5


@pytest.mark.parametrize("name", ["z-image", "flux1", "qwen-image", "sdxl"])
def test_so_it_is_where_a_loop_begins_at_a_picture_and_leaves_its_first_steps_out(
    name: str, loaded: Callable[[str], LoadedPipeline]
) -> None:
    import torch
    from PIL import Image

    from limner.engines.diffusers.worker.previews import Looks

    tiny = loaded(name)
    assert tiny.edits is not None
    looks: list[tuple[int, int, Encoded]] = []
    with denoiser_of_one_mind(tiny), Looks(tiny, call_of(previews=2), tiny.edits) as watching:
        (image,) = tiny.edits(
            prompt="a photo of a cat",
            image=Image.new("RGB", (96, 64), (40, 90, 200)),
            strength=0.6,
            **({} if name == "sdxl" else {"width": 96, "height": 64}),
            num_inference_steps=STEPS,
            generator=torch.Generator("cpu").manual_seed(1),
            output_type="np",
            callback_on_step_end=collector(watching, looks),
        ).images
    picture = np.round(image * 255).astype(np.uint8)
    assert [number for _, number, _ in looks] == [0, 1]
    assert max(distance(look, picture) for _, _, look in looks) < 0.5


@pytest.mark.parametrize("name", NAMES)
def test_the_picture_is_the_same_bits_with_looks_and_without(
    name: str, loaded: Callable[[str], LoadedPipeline]
) -> None:
    watched, looks = made(loaded(name), call_of(previews=2))
    alone, none = made(loaded(name), call_of(previews=0))
    assert len(looks) == 2
    assert none == []
    assert np.array_equal(watched, alone)


@pytest.mark.parametrize("name", ["z-image", "flux2-klein", "qwen-image", "sd15"])
def test_a_look_at_a_large_picture_is_a_small_one_of_the_same_ratio(
    name: str, loaded: Callable[[str], LoadedPipeline]
) -> None:
    tiny = loaded(name)
    with decoded_sizes(tiny) as sizes:
        _, looks = made(tiny, call_of(previews=1, size=Size(416, 208)))
    assert [(look.width, look.height) for _, _, look in looks] == [(384, 192)]
    assert sizes == [(24, 48), (26, 52)]


@pytest.mark.parametrize("name", ["flux2-klein", "sdxl"])
def test_every_picture_of_a_call_has_its_own_looks(
    name: str, loaded: Callable[[str], LoadedPipeline]
) -> None:
    tiny = loaded(name)
    _, together = made(tiny, call_of(previews=2, parts=2))
    _, alone = made(tiny, call_of(previews=2))
    assert [(part, number) for part, number, _ in together] == [(0, 0), (1, 0), (0, 1), (1, 1)]
    first, second = (pixels_of(look) for _, _, look in together[:2])
    assert np.abs(first.astype(int) - pixels_of(alone[0][2])).max() <= 2
    assert np.abs(first.astype(int) - second).mean() > 5


@pytest.mark.parametrize(
    "name",
    [
        "EulerDiscreteScheduler",
        "EulerAncestralDiscreteScheduler",
        "DPMSolverMultistepScheduler",
        "UniPCMultistepScheduler",
        "DEISMultistepScheduler",
        "PNDMScheduler",
        "DDIMScheduler",
        "DDPMScheduler",
        "LCMScheduler",
    ],
)
@pytest.mark.parametrize("prediction", ["epsilon", "v_prediction"])
def test_with_every_scheduler_a_denoiser_that_knows_the_picture_shows_it_at_every_step(
    name: str, prediction: str
) -> None:
    import diffusers
    import torch

    from limner.engines.diffusers.worker.previews import SchedulerStep, expected

    scheduler = getattr(diffusers, name)(prediction_type=prediction, beta_schedule="scaled_linear")
    scheduler.set_timesteps(10)
    picture = torch.linspace(-1, 1, 16).reshape(1, 1, 4, 4)
    sample = torch.randn(picture.shape, generator=torch.Generator().manual_seed(1))
    sample = sample * scheduler.init_noise_sigma
    for index, timestep in enumerate(scheduler.timesteps):
        share = scheduler.alphas_cumprod[int(timestep)] ** 0.5
        rest = (1 - share**2) ** 0.5
        noise = (scheduler.scale_model_input(sample, timestep) - share * picture) / rest
        output = noise if prediction == "epsilon" else share * noise - rest * picture
        shown = expected(scheduler, SchedulerStep(output, timestep, sample, index))
        assert torch.allclose(shown, picture, atol=2e-3), index
        sample = scheduler.step(output, timestep, sample).prev_sample


def test_of_an_unknown_scheduler_the_noisy_picture_is_shown(loaded: Callable[[str], LoadedPipeline]) -> None:
    from diffusers import TCDScheduler

    tiny = loaded("sd15")
    usual = tiny.pipeline.scheduler
    tiny.pipeline.scheduler = TCDScheduler.from_config(usual.config)
    try:
        _, looks = made(tiny, call_of(previews=1))
    finally:
        tiny.pipeline.scheduler = usual
    assert [(look.width, look.height) for _, _, look in looks] == [(96, 64)]


def test_where_a_pipeline_makes_another_size_than_the_call_says_there_are_no_looks(
    loaded: Callable[[str], LoadedPipeline],
) -> None:
    from limner.engines.diffusers.worker.previews import as_picture

    tiny = loaded("flux1")
    tokens = packed(rows=8, columns=8)
    said = [Size(128, 128), Size(96, 64)]
    shapes = [as_picture(tokens, tiny.family, size, tiny.pipeline.vae) for size in said]
    assert shapes[0] is not None
    assert shapes[0].shape == (1, 4, 16, 16)
    assert shapes[1] is None


def test_a_vae_that_overflows_in_half_precision_decodes_looks_in_full_and_goes_back(
    loaded: Callable[[str], LoadedPipeline],
) -> None:
    import torch

    tiny = loaded("sdxl")
    _, looks = made(tiny, call_of(previews=1))
    usual = tiny.pipeline.vae
    tiny.pipeline.vae = deepcopy(usual).to(torch.float16)
    types: list[torch.dtype] = []
    tiny.pipeline.vae.decoder.register_forward_pre_hook(
        lambda module, arguments: types.append(arguments[0].dtype)
    )
    try:
        _, halved = made(tiny, call_of(previews=1))
        assert tiny.pipeline.vae.dtype == torch.float16
    finally:
        tiny.pipeline.vae = usual
    assert types == [torch.float32, torch.float32]
    difference = pixels_of(looks[0][2]).astype(int) - pixels_of(halved[0][2])
    assert np.abs(difference).mean() < 1


def test_after_a_call_the_scheduler_is_as_it_was_and_holds_nothing(
    loaded: Callable[[str], LoadedPipeline],
) -> None:
    tiny = loaded("z-image")
    before = set(vars(tiny.pipeline.scheduler))
    made(tiny, call_of(previews=3))
    assert set(vars(tiny.pipeline.scheduler)) == before
