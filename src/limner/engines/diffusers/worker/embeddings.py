"""Prompts as the denoiser reads them: encoded once, and kept on the device up to a bound of bytes.

Every prompt is encoded alone, so that a picture's text is the same alone and in a batch.
"""

from __future__ import annotations

import inspect
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import torch

if TYPE_CHECKING:
    from limner.engines.diffusers.worker.loaded import LoadedPipeline

Embedding: TypeAlias = "torch.Tensor | list[torch.Tensor] | None"
Embeddings: TypeAlias = dict[str, Embedding]
"""What stands for prompts in a call, by the names of its arguments; one row, or one entry, a prompt."""

_MASK = "_mask"
_NEGATIVE = "negative_"


class PromptKey(NamedTuple):
    """What an encoded prompt depends on. guided: with its negative, where one call encodes both."""

    checkpoint: str
    prompt: str
    guided: bool


class PromptCache:
    """Encoded prompts; over max_bytes the longest unused go. Threads may share it."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._kept: OrderedDict[PromptKey, Embeddings] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    @property
    def bytes(self) -> int:
        """What is kept takes so much of the device's memory."""
        return self._bytes

    def find(self, key: PromptKey) -> Embeddings | None:
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def keep(self, key: PromptKey, embeddings: Embeddings) -> None:
        """Keep one; what is larger than the whole cache is not kept."""
        size = _bytes_of(embeddings)
        if size > self._max_bytes:
            return
        with self._lock:
            self._drop(key)
            self._kept[key] = embeddings
            self._bytes += size
            while self._bytes > self._max_bytes:
                self._drop(next(iter(self._kept)))

    def forget(self, checkpoint: str) -> None:
        """Drop all that this checkpoint has encoded."""
        with self._lock:
            for key in [key for key in self._kept if key.checkpoint == checkpoint]:
                self._drop(key)

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()
            self._bytes = 0

    def _drop(self, key: PromptKey) -> None:
        dropped = self._kept.pop(key, None)
        if dropped is not None:
            self._bytes -= _bytes_of(dropped)


def embed(loaded: LoadedPipeline, prompts: Sequence[str], guided: bool, cache: PromptCache) -> Embeddings:
    """The arguments that stand for these prompts in a call; for families that have embeds."""
    rows = [_embedding(loaded, prompt, guided, cache) for prompt in prompts]
    arguments = {name: _stacked([row[name] for row in rows]) for name in loaded.family.embeds}
    negative = loaded.family.guidance.negative_prompt
    if guided and negative is not None:
        row = _embedding(loaded, negative, False, cache)
        arguments |= {_NEGATIVE + name: _stacked([one] * len(prompts)) for name, one in row.items()}
    return arguments


def _embedding(loaded: LoadedPipeline, prompt: str, guided: bool, cache: PromptCache) -> Embeddings:
    key = PromptKey(loaded.checkpoint.name, prompt, guided)
    found = cache.find(key)
    if found is None:
        found = _encoded(loaded, prompt, guided)
        cache.keep(key, found)
    return found


def _encoded(loaded: LoadedPipeline, prompt: str, guided: bool) -> Embeddings:
    pipeline = loaded.pipeline
    possible = {
        "prompt": [prompt],
        "device": pipeline._execution_device,
        "num_images_per_prompt": 1,
        "do_classifier_free_guidance": guided,
        "max_sequence_length": _longest_prompt(pipeline),
    }
    known = inspect.signature(pipeline.encode_prompt).parameters
    results = pipeline.encode_prompt(**{name: value for name, value in possible.items() if name in known})
    return _with_masks(dict(zip(loaded.family.embeds, results, strict=False)))


def _longest_prompt(pipeline: object) -> int | None:
    """In tokens; encode_prompt's own default may differ from the one that the call gives it."""
    parameter = inspect.signature(type(pipeline).__call__).parameters.get("max_sequence_length")
    return None if parameter is None else parameter.default


def _with_masks(embeddings: Embeddings) -> Embeddings:
    """With a mask of ones where the pipeline left it out because no token is padding."""
    for name, mask in embeddings.items():
        tokens = embeddings[name.removesuffix(_MASK)]
        if name.endswith(_MASK) and mask is None and isinstance(tokens, torch.Tensor):
            embeddings[name] = tokens.new_ones(tokens.shape[:2], dtype=torch.long)
    return embeddings


def _stacked(rows: Sequence[Embedding]) -> Embedding:
    """One argument from those of single prompts; None where there is none."""
    if all(isinstance(row, list) for row in rows):
        return [tensor for row in rows for tensor in _tensors(row)]
    tensors = [tensor for row in rows for tensor in _tensors(row)]
    longest = max((tensor.shape[1] for tensor in tensors), default=0)
    return torch.cat([_padded(tensor, longest) for tensor in tensors]) if tensors else None


def _padded(tensor: torch.Tensor, length: int) -> torch.Tensor:
    """With zeros up to this many tokens, as pipelines pad; they go with a mask."""
    if tensor.shape[1] == length:
        return tensor
    padded = tensor.new_zeros((tensor.shape[0], length, *tensor.shape[2:]))
    padded[:, : tensor.shape[1]] = tensor
    return padded


def _bytes_of(embeddings: Embeddings) -> int:
    return sum(tensor.nbytes for value in embeddings.values() for tensor in _tensors(value))


def _tensors(value: Embedding) -> Iterator[torch.Tensor]:
    if isinstance(value, list):
        yield from value
    elif value is not None:
        yield value
