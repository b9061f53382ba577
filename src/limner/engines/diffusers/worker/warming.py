"""Makes pictures that nobody asked for, so that no request waits for kernels to be chosen or compiled."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence

import numpy as np

from limner.engines.diffusers.messages import Call, CallEvent, Ended, Part, ReferenceInput
from limner.engines.diffusers.sizes import working_size
from limner.engines.diffusers.worker import denoise
from limner.engines.diffusers.worker.embeddings import PromptCache
from limner.engines.diffusers.worker.loaded import LoadedPipeline, LoadError
from limner.types import Size

logger = logging.getLogger(__name__)

_STEPS = 2
_SHORT = "a cat"
_LONG = "a cat that sits in the sun on the wall of an old garden, painted in oil, " * 4
"""Compiled blocks may be others for prompts of more than one tile of tokens."""


def warm_up(loaded: LoadedPipeline, sizes: Sequence[Size]) -> None:
    """Make each of these sizes, as clients ask for them, alone and in a batch, in the thread that runs calls.

    Compiled blocks are then compiled for them. Raises LoadError for a size that cannot be made.
    """
    for size in dict.fromkeys(working_size(size, loaded.checkpoint) for size in sizes):
        began = time.monotonic()
        for call in _calls(loaded, size):
            _run(call, loaded)
        logger.info("%s is warm for %s: %.1f s", loaded.checkpoint.name, size, time.monotonic() - began)


def _calls(loaded: LoadedPipeline, size: Size) -> Iterator[Call]:
    batches: list[tuple[str, ...]] = [(_SHORT,), (_LONG,)]
    if loaded.batches:
        batches.append((_SHORT, _LONG) if loaded.family.batches == "prompts" else (_SHORT, _SHORT))
    fewest, most = loaded.checkpoint.references
    for count in sorted({fewest, min(most, 1)}):
        for prompts in batches:
            yield _call(loaded, size, prompts, count)


def _call(loaded: LoadedPipeline, size: Size, prompts: tuple[str, ...], references: int) -> Call:
    black = np.zeros((size.height, size.width, 3), np.uint8)
    return Call(
        id=0,
        checkpoint=loaded.checkpoint.name,
        parts=tuple(Part(prompt, seed=number) for number, prompt in enumerate(prompts)),
        size=size,
        target=size,
        steps=max(_STEPS, loaded.family.min_steps),
        guidance=loaded.checkpoint.guidance_for(None),
        references=(ReferenceInput(black, size),) * references,
    )


def _run(call: Call, loaded: LoadedPipeline) -> None:
    said: list[CallEvent] = []
    denoise.run(call, loaded, PromptCache(0), None, lambda: False, said.append)
    ended = said[-1]
    if isinstance(ended, Ended) and ended.trouble is not None:
        text = f"{call.checkpoint} cannot make the warm size {call.size}: {ended.text}"
        raise LoadError(ended.trouble, text)
