"""The speed options: each changes what it says, and pictures by no more than it says."""

from __future__ import annotations

import warnings
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pytest
from numpy.typing import NDArray

from limner.engines.diffusers.checkpoint import Checkpoint
from limner.engines.diffusers.messages import DeviceConfig, Load, Part, ReferenceInput, SpeedOptions
from limner.engines.diffusers.worker.loaded import LoadedPipeline, LoadError
from limner.types import Size

if TYPE_CHECKING:
    import torch

pytestmark = pytest.mark.needs_more

LoadWith: TypeAlias = Callable[..., LoadedPipeline]
Picture: TypeAlias = "NDArray[np.int16]"

STEPS = 20
SMALL = 128 * 128


@pytest.fixture
def load(checkpoint_folder: Callable[[str], Path]) -> LoadWith:
    """Loads the tiny checkpoint of a name, with speed options."""
    import torch

    from limner.engines.diffusers.worker import loading

    def load(
        name: str,
        references: tuple[int, int] = (0, 0),
        steps: int = STEPS,
        device: str = "cpu",
        **options: Any,
    ) -> LoadedPipeline:
        folder = checkpoint_folder(name)
        checkpoint = Checkpoint(
            name, str(folder), "none", references=references, steps=steps, max_pixels=SMALL
        )
        config = DeviceConfig(device=device, speed=SpeedOptions(**options))
        return loading.load(Load(checkpoint, folder), config, torch.device(device))

    return load


@pytest.fixture
def picture_of(outcome_of: Any) -> Callable[..., Picture]:
    """The picture of one call, or what its steps, size and references make of it."""

    def picture_of(loaded: LoadedPipeline, **changes: Any) -> Picture:
        outcome = outcome_of(loaded, **changes)
        assert outcome.ended.trouble is None, outcome.ended.text
        picture: Picture = outcome.picture
        return picture

    return picture_of


def difference(one: Picture, other: Picture) -> float:
    """Of two pictures, in levels of 255, on the mean."""
    return float(np.abs(one - other).mean())


def blocks(loaded: LoadedPipeline) -> list[torch.nn.Module]:
    """The denoiser's repeated blocks."""
    kinds = loaded.denoiser._repeated_blocks
    return [module for module in loaded.denoiser.modules() if type(module).__name__ in kinds]


# 8 bits


@pytest.mark.parametrize("name", ["flux2-klein", "sdxl"])
def test_fp8_takes_a_quarter_of_float32_and_makes_nearly_the_same_picture(
    name: str, load: LoadWith, picture_of: Callable[..., Picture], caplog: pytest.LogCaptureFixture
) -> None:
    from limner.engines.diffusers.worker.loading import weight_bytes

    plain, small = load(name), load(name, fp8=True)

    assert weight_bytes(blocks(small)) < 0.32 * weight_bytes(blocks(plain))
    assert small.bytes == plain.bytes - weight_bytes(blocks(plain)) + weight_bytes(blocks(small))
    assert "saves memory and no time" in caplog.text
    one, other = picture_of(plain), picture_of(small)
    assert 0 < difference(one, other) < 1


def test_fp8_leaves_what_is_outside_the_blocks_as_it_is(load: LoadWith) -> None:
    plain, small = load("flux2-klein"), load("flux2-klein", fp8=True)
    inside = {id(parameter) for block in blocks(small) for parameter in block.parameters()}

    for name, parameter in small.denoiser.named_parameters():
        if id(parameter) not in inside:
            assert parameter.equal(plain.denoiser.get_parameter(name)), name


# attention


def test_the_denoiser_computes_attention_as_it_is_told(
    load: LoadWith, picture_of: Callable[..., Picture]
) -> None:
    plain, told = load("z-image"), load("z-image", attention="_native_math")

    chosen = {
        module.processor._attention_backend.value
        for module in told.denoiser.modules()
        if hasattr(module, "processor")
    }
    assert chosen == {"_native_math"}
    assert difference(picture_of(plain), picture_of(told)) < 0.1


def test_a_denoiser_without_a_choice_of_attention_says_so(
    load: LoadWith, caplog: pytest.LogCaptureFixture
) -> None:
    load("sd15", attention="_native_math")

    assert "UNet2DConditionModel has no choice" in caplog.text


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("_flash_3_hub", "fetched from the hub.*native"),
        ("quick", "is not known.*_native_cudnn.*sage"),
        ("_native_npu", "does not work here.*torch_npu"),
    ],
)
def test_attention_that_cannot_work_is_refused_at_the_load(name: str, told: str, load: LoadWith) -> None:
    with pytest.raises(LoadError, match=told):
        load("z-image", attention=name)


def test_attention_of_a_gpu_is_refused_on_the_cpu_and_nothing_of_it_stays(
    load: LoadWith, picture_of: Callable[..., Picture]
) -> None:
    picture = picture_of(load("z-image"))
    with warnings.catch_warnings(), pytest.raises(LoadError, match="_native_cudnn does not work here"):
        warnings.simplefilter("ignore")  # torch says why each of its kernels cannot
        load("z-image", attention="_native_cudnn")
    assert np.array_equal(picture_of(load("z-image")), picture)


# step cache


@pytest.mark.parametrize("name", ["qwen-image", "flux1"])
def test_a_step_cache_skips_work_and_forbids_batches(
    name: str, load: LoadWith, picture_of: Callable[..., Picture]
) -> None:
    plain, cached = load(name), load(name, step_cache=1.0)
    runs = {id(loaded): 0 for loaded in (plain, cached)}

    def counted(loaded: LoadedPipeline) -> Picture:
        def count(*_: object) -> None:
            runs[id(loaded)] += 1

        # Inside a block, where a skipped block does not come.
        counting = last_layer(blocks(loaded)[-1]).register_forward_hook(count)
        try:
            return picture_of(loaded, steps=STEPS)
        finally:
            counting.remove()

    one, other = counted(plain), counted(cached)
    assert 0 < runs[id(cached)] < runs[id(plain)] / 2
    assert difference(one, other) < 10
    assert (plain.batches, cached.batches) == (True, False)
    assert np.array_equal(counted(cached), other)


def last_layer(module: torch.nn.Module) -> torch.nn.Module:
    import torch

    return [layer for layer in module.modules() if isinstance(layer, torch.nn.Linear)][-1]


@pytest.mark.parametrize(
    ("name", "steps", "references", "told"),
    [
        ("z-image", STEPS, (0, 0), "ZImagePipeline cannot have one"),
        ("flux2-klein", STEPS, (0, 0), "Flux2Transformer2DModel cannot have one"),
        ("flux1-kontext", STEPS, (0, 1), "FluxKontextPipeline cannot have one"),
        ("flux1", STEPS, (0, 1), "FluxImg2ImgPipeline cannot have one"),
        ("sdxl", STEPS, (0, 0), "StableDiffusionXLPipeline cannot have one"),
        ("qwen-image", STEPS - 1, (0, 0), "19 steps are too few"),
    ],
)
def test_what_can_have_no_step_cache_goes_on_without(
    name: str,
    steps: int,
    references: tuple[int, int],
    told: str,
    load: LoadWith,
    picture_of: Callable[..., Picture],
    caplog: pytest.LogCaptureFixture,
) -> None:
    cached = load(name, references, steps, step_cache=0.5)

    assert told in caplog.text
    assert cached.batches
    assert not getattr(cached.denoiser, "is_cache_enabled", False)
    picture_of(cached)


# offload


@pytest.mark.parametrize("kind", ["model", "group"])
def test_on_the_cpu_there_is_nothing_to_offload(
    kind: str, load: LoadWith, caplog: pytest.LogCaptureFixture
) -> None:
    plain, offloaded = load("z-image"), load("z-image", offload=kind)

    assert "offload" in caplog.text
    assert offloaded.bytes == plain.bytes


@pytest.mark.parametrize("kind", ["model", "group"])
@pytest.mark.parametrize("name", ["flux2-klein", "sd15"])
def test_offloaded_weights_come_and_go_and_the_picture_is_the_same(
    kind: Any, name: str, load: LoadWith, picture_of: Callable[..., Picture]
) -> None:
    """With main memory as the place where weights come to: the machinery is the same for a GPU."""
    import torch

    from limner.engines.diffusers.worker import loading, speed

    plain, offloaded = load(name), load(name)
    speed.offload(offloaded.pipeline, kind, torch.device("cpu"))

    hooked = "_hf_hook" if kind == "model" else "_diffusers_hook"
    assert any(hasattr(module, hooked) for module in offloaded.denoiser.modules())
    first = picture_of(plain)
    for _ in range(2):
        assert np.abs(picture_of(offloaded) - first).max() <= 1
    weights = weakref.ref(next(offloaded.denoiser.parameters()))
    loading.unload(offloaded)
    assert weights() is None


# tiles


@pytest.mark.parametrize(
    ("name", "at_the_bound", "over_it"),
    [
        ("z-image", Size(128, 64), Size(128, 80)),
        ("flux2-klein", Size(128, 64), Size(128, 80)),
        ("qwen-image", Size(320, 64), Size(320, 80)),  # whose tiles are 256 x 256
    ],
)
def test_only_pictures_above_the_bound_are_decoded_in_tiles(
    name: str, at_the_bound: Size, over_it: Size, load: LoadWith, picture_of: Callable[..., Picture]
) -> None:
    whole, tiled = load(name), load(name, tile_above_pixels=at_the_bound.pixels)
    decoded: list[int] = []
    tiled.pipeline.vae.decoder.register_forward_pre_hook(
        lambda _, given: decoded.append(int(np.prod(given[0].shape[-2:])))
    )

    def made(size: Size) -> Picture:
        decoded.clear()
        return picture_of(tiled, size=size)

    for _ in range(2):
        assert np.array_equal(made(at_the_bound), picture_of(whole, size=at_the_bound))
        assert len(decoded) == 1
        in_tiles, in_one = made(over_it), picture_of(whole, size=over_it)
        assert len(decoded) > 1
        assert max(decoded) < over_it.pixels // 8**2
        assert 0 < difference(in_tiles, in_one) < 30


# compiling


@pytest.fixture
def compiled_graphs() -> Iterator[Callable[[], int]]:
    """How many graphs torch has compiled; what was compiled is forgotten afterwards."""
    import torch
    from torch._dynamo.utils import counters

    torch.compiler.reset()
    counters.clear()
    yield lambda: int(counters["stats"]["unique_graphs"])
    assert not counters["graph_break"]
    torch.compiler.reset()


def test_after_the_warm_up_nothing_more_is_compiled(
    load: LoadWith,
    outcome_of: Any,
    picture_of: Callable[..., Picture],
    compiled_graphs: Callable[[], int],
) -> None:
    """With a backend that runs what it is given: it shows what would be compiled, without a compiler."""
    from limner.engines.diffusers.worker import speed, warming

    loaded = load("z-image")
    speed.compile_blocks(loaded.denoiser, backend="eager")
    warming.warm_up(loaded, (Size(2048, 1024),))

    warm, size = compiled_graphs(), Size(176, 80)
    assert warm > 0
    for prompt in ("a dog", "a dog on a hill, " * 12):
        picture_of(loaded, size=size, parts=(Part(prompt, 3),))
        outcome_of(loaded, Part(prompt, 1), Part("a house", 2), Part("x", 3), size=size)
    assert compiled_graphs() == warm


def test_edits_are_warm_too(
    load: LoadWith, picture_of: Callable[..., Picture], compiled_graphs: Callable[[], int]
) -> None:
    from limner.engines.diffusers.worker import speed, warming

    loaded = load("sd15", references=(1, 1))
    speed.compile_blocks(loaded.denoiser, backend="eager")
    warming.warm_up(loaded, (Size(1024, 1024),))

    warm = compiled_graphs()
    assert warm > 0
    picture_of(
        loaded,
        size=Size(128, 128),
        references=(ReferenceInput(np.full((96, 64, 3), 90, np.uint8), Size(64, 96)),),
    )
    assert compiled_graphs() == warm


@pytest.mark.slow
def test_compiled_blocks_make_the_same_picture(
    load: LoadWith, picture_of: Callable[..., Picture], compiled_graphs: Callable[[], int]
) -> None:
    plain, compiled = load("sd15"), load("sd15", compile=True)

    assert np.abs(picture_of(plain) - picture_of(compiled)).max() <= 1
    assert compiled_graphs() > 0


def test_without_a_c_compiler_compile_is_refused_at_the_load(
    load: LoadWith, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CC", "no-such-compiler")

    with pytest.raises(LoadError, match="needs a C compiler"):
        load("z-image", compile=True)


def test_a_warm_size_that_cannot_be_made_is_told(load: LoadWith) -> None:
    import torch

    from limner.engines.diffusers.worker import warming

    def no_memory(*_: object) -> None:
        raise torch.OutOfMemoryError("CUDA out of memory.")

    loaded = load("z-image")
    loaded.denoiser.register_forward_pre_hook(no_memory)

    with pytest.raises(LoadError, match="warm size 128x128") as failed:
        warming.warm_up(loaded, (Size(1024, 1024),))
    assert failed.value.trouble == "out_of_memory"


# on a GPU


@pytest.mark.gpu
@pytest.mark.parametrize("name", ["z-image", "flux2-klein", "qwen-image", "sdxl"])
@pytest.mark.parametrize(
    "options",
    [
        {"offload": "model"},
        {"offload": "group"},
        {"fp8": True},
        {"fp8": True, "offload": "group"},
        {"attention": "_native_cudnn"},
        {"compile": True},
    ],
    ids=str,
)
def test_on_a_gpu_every_option_makes_nearly_the_same_picture(
    name: str, options: dict[str, Any], load: LoadWith, picture_of: Callable[..., Picture]
) -> None:
    import torch

    from limner.engines.diffusers.worker import loading

    if not torch.cuda.is_available():
        pytest.skip("no GPU here")
    plain = load(name, device="cuda:0")
    picture, weights = picture_of(plain), plain.bytes
    loading.unload(plain)
    before = torch.cuda.memory_allocated()
    told = load(name, device="cuda:0", **options)

    held = torch.cuda.memory_allocated() - before
    if "offload" in options:
        assert held < weights / 4
        assert told.bytes < weights
    for _ in range(2):
        assert difference(picture_of(told), picture) < 10
    loading.unload(told)
    assert torch.cuda.memory_allocated() <= before + weights / 10


# determinism


def test_deterministic_algorithms_hold_for_the_process() -> None:
    import torch

    from limner.engines.diffusers.worker.speed import use_deterministic_algorithms

    def put() -> None:
        torch.zeros(4).put_(torch.tensor([0, 0]), torch.tensor([1.0, 2.0]))

    benchmark = torch.backends.cudnn.benchmark
    put()
    try:
        use_deterministic_algorithms()
        with pytest.warns(UserWarning, match="deterministic"):
            put()
        assert torch.backends.cudnn.deterministic
    finally:
        torch.use_deterministic_algorithms(False)
        torch.backends.cudnn.deterministic, torch.backends.cudnn.benchmark = False, benchmark
