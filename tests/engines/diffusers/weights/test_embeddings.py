"""Prompts that were encoded before: the same pictures without the encoder, within a bound of bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

from limner.engines.diffusers.families import FAMILIES
from limner.engines.diffusers.messages import Call, Part
from limner.engines.diffusers.worker.loaded import LoadedPipeline
from limner.types import Size

if TYPE_CHECKING:
    import torch

    from limner.engines.diffusers.worker.embeddings import Embeddings, PromptCache, PromptKey

pytestmark = pytest.mark.needs_more

LoadByName: TypeAlias = Callable[[str], LoadedPipeline]
OutcomeOf: TypeAlias = Callable[..., Any]

KEEPING = [family.name for family in FAMILIES if family.embeds]
EMBEDS = [
    negative + name
    for name in ("prompt_embeds", "prompt_embeds_mask", "pooled_prompt_embeds")
    for negative in ("", "negative_")
]
SHORT, LONG = "a cat", "a much longer story about a dog and a cat in the rain"
SIZE = Size(64, 64)


def key(prompt: str, checkpoint: str = "tiny", guided: bool = False) -> PromptKey:
    from limner.engines.diffusers.worker.embeddings import PromptKey

    return PromptKey(checkpoint, prompt, guided)


def cache_of(max_bytes: int) -> PromptCache:
    from limner.engines.diffusers.worker.embeddings import PromptCache

    return PromptCache(max_bytes)


def embedding(kilobytes: int) -> Embeddings:
    import torch

    return {"prompt_embeds": torch.zeros(1, kilobytes, 1024, dtype=torch.uint8), "nothing": None}


class Encodings:
    """Counts how often a pipeline's text encoder is called."""

    def __init__(self, loaded: LoadedPipeline) -> None:
        self.count = 0
        self._hook = loaded.pipeline.text_encoder.register_forward_hook(self._add)

    def __enter__(self) -> Encodings:
        return self

    def __exit__(self, *error: object) -> None:
        self._hook.remove()

    def _add(self, *_: object) -> None:
        self.count += 1


def latents(loaded: LoadedPipeline, prompts: list[str], guidance: float, **changes: object) -> torch.Tensor:
    """What the pipeline makes of what arguments_of says, before it is decoded."""
    import torch

    from limner.engines.diffusers.worker.arguments import arguments_of

    parts = tuple(Part(prompt, seed) for seed, prompt in enumerate(prompts))
    call = Call(1, loaded.checkpoint.name, parts, SIZE, SIZE, steps=2, guidance=guidance)
    with torch.no_grad():
        arguments = {**arguments_of(call, loaded, cache_of(1 << 20)), **changes, "output_type": "latent"}
        given = {name: value for name, value in arguments.items() if value is not None}
        made: torch.Tensor = loaded.pipeline(**given)[0]
    return made


@pytest.mark.parametrize("name", KEEPING)
@pytest.mark.parametrize("more_than_off", [0.0, 2.5])
def test_an_encoded_prompt_is_the_prompt_bit_for_bit(
    name: str, more_than_off: float, loaded: LoadByName
) -> None:
    """Guided and not: the negative prompt, too, is what the pipeline would encode itself."""
    tiny = loaded(name)
    guidance = tiny.family.guidance.off + more_than_off
    as_embeds = latents(tiny, [LONG], guidance)

    # FLUX.2 has no argument for the negative prompt, and encodes "" itself.
    negative = tiny.family.guidance.negative_prompt if more_than_off else None
    text = {"prompt": [LONG], "negative_prompt": [negative] if negative else None}
    as_text = latents(tiny, [LONG], guidance, **dict.fromkeys(EMBEDS), **text)

    assert (as_embeds == as_text).all()
    assert (as_embeds != latents(tiny, [SHORT], guidance)).any()


def test_so_it_is_where_only_the_pipeline_itself_can_encode_the_negative_prompt(loaded: LoadByName) -> None:
    distilled = loaded("flux2-klein")
    pipeline = type(distilled.pipeline)(**distilled.pipeline.components, is_distilled=False)
    pipeline.set_progress_bar_config(disable=True)
    base = replace(distilled, pipeline=pipeline)

    as_embeds = latents(base, [SHORT], 4.0)

    assert (as_embeds == latents(base, [SHORT], 4.0, **dict.fromkeys(EMBEDS), prompt=[SHORT])).all()
    assert (as_embeds != latents(base, [SHORT], 1.0)).any()


def test_prompts_of_different_lengths_share_a_call_with_padding_that_is_masked(loaded: LoadByName) -> None:
    from limner.engines.diffusers.worker.embeddings import embed

    arguments = embed(loaded("qwen-image"), [SHORT, LONG], True, cache_of(0))
    tokens, mask = arguments["prompt_embeds"], arguments["prompt_embeds_mask"]
    assert tokens is not None and mask is not None
    assert not isinstance(tokens, list) and not isinstance(mask, list)

    assert tokens.shape[:2] == mask.shape
    lengths = mask.sum(dim=1).tolist()
    assert lengths[0] < lengths[1] == mask.shape[1]
    assert not tokens[0, lengths[0] :].any()
    assert arguments["negative_prompt_embeds_mask"] is not None


@pytest.mark.parametrize("name", KEEPING)
def test_a_prompt_is_encoded_once(name: str, loaded: LoadByName, outcome_of: OutcomeOf) -> None:
    prompts = cache_of(1 << 24)
    first = outcome_of(loaded(name), Part(SHORT, 1), prompts=prompts).picture

    with Encodings(loaded(name)) as encodings:
        again = outcome_of(loaded(name), Part(SHORT, 1), prompts=prompts).picture
        assert encodings.count == 0
        outcome_of(loaded(name), Part(SHORT, 2), Part(LONG, 3), prompts=prompts)
        assert encodings.count >= 1

    assert (first == again).all()


def test_where_guidance_is_in_the_weights_no_negative_prompt_is_encoded(
    loaded: LoadByName, outcome_of: OutcomeOf
) -> None:
    with Encodings(loaded("flux2-klein")) as encodings:
        outcome_of(loaded("flux2-klein"), Part("a cat", 1), guidance=4.0, prompts=cache_of(0))

    assert encodings.count == 1


def test_a_guided_call_does_not_take_what_an_unguided_one_has_kept(
    loaded: LoadByName, outcome_of: OutcomeOf
) -> None:
    prompts = cache_of(1 << 24)
    scales = 0.0, 3.0
    fresh = [outcome_of(loaded("z-image"), guidance=scale, prompts=cache_of(0)).picture for scale in scales]

    kept = [outcome_of(loaded("z-image"), guidance=scale, prompts=prompts).picture for scale in scales]

    assert all((one == other).all() for one, other in zip(fresh, kept, strict=True))


def test_checkpoints_do_not_take_each_others_prompts(loaded: LoadByName, outcome_of: OutcomeOf) -> None:
    prompts = cache_of(1 << 24)
    one = loaded("sd15")
    other = replace(one, checkpoint=replace(one.checkpoint, name="other"))
    outcome_of(one, prompts=prompts)

    with Encodings(one) as encodings:
        outcome_of(other, prompts=prompts)
        assert encodings.count >= 1


def test_a_forgotten_checkpoints_prompts_are_encoded_again(loaded: LoadByName, outcome_of: OutcomeOf) -> None:
    prompts = cache_of(1 << 24)
    outcome_of(loaded("sd15"), prompts=prompts)
    assert prompts.bytes > 0

    prompts.forget("sd15")

    assert prompts.bytes == 0
    with Encodings(loaded("sd15")) as encodings:
        outcome_of(loaded("sd15"), prompts=prompts)
        assert encodings.count >= 1


def test_what_is_kept_counts_every_tensor_of_every_list() -> None:
    import torch

    prompts = cache_of(1000)
    prompts.keep(key("a"), {"prompt_embeds": [torch.zeros(10), torch.zeros(5)], "mask": torch.zeros(10)})

    assert prompts.bytes == 100


def test_over_the_bound_the_longest_unused_goes() -> None:
    prompts = cache_of(3 << 10)
    for name in "abc":
        prompts.keep(key(name), embedding(1))
    assert prompts.bytes == 3 << 10
    assert prompts.find(key("a")) is not None

    prompts.keep(key("d"), embedding(1))

    assert prompts.find(key("b")) is None
    assert all(prompts.find(key(name)) is not None for name in "acd")
    assert prompts.bytes == 3 << 10


def test_what_fits_exactly_is_kept_and_what_is_larger_pushes_nothing_out() -> None:
    prompts = cache_of(2 << 10)
    prompts.keep(key("a"), embedding(2))
    prompts.keep(key("b"), embedding(3))

    assert prompts.find(key("a")) is not None
    assert prompts.find(key("b")) is None


def test_what_is_kept_again_counts_once() -> None:
    prompts = cache_of(4 << 10)
    prompts.keep(key("a"), embedding(1))
    prompts.keep(key("a"), embedding(2))

    assert prompts.bytes == 2 << 10


def test_a_cache_of_no_bytes_keeps_nothing(loaded: LoadByName, outcome_of: OutcomeOf) -> None:
    prompts = cache_of(0)

    outcome_of(loaded("sd15"), prompts=prompts)

    assert prompts.bytes == 0
