"""One call of a pipeline, from its arguments to pictures of the exact size; says how it goes.

A call can be stopped after any step. Whichever way it ends, nothing of it stays with the pipeline: no step
cache, no scheduler's state, no tensor. Pipelines without a step callback say no steps, and are stopped when
their denoiser is next called. Not covered: errors other than a lack of memory are the caller's.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, TypeAlias

import torch

from limner.engines.diffusers.messages import Call, CallEvent, Ended, Looked, Made, Spoiled, Stepped
from limner.engines.diffusers.worker.arguments import (
    Arguments,
    arguments_of,
    has_argument,
    pipeline_for,
    reference_area,
)
from limner.engines.diffusers.worker.embeddings import PromptCache
from limner.engines.diffusers.worker.memory import give_back, is_out_of_memory
from limner.engines.diffusers.worker.previews import Looks
from limner.engines.diffusers.worker.speed import tile
from limner.engines.diffusers.worker.upscale import Upscaler, to_target

if TYPE_CHECKING:
    from diffusers import DiffusionPipeline

    from limner.engines.diffusers.worker.loaded import LoadedPipeline
    from limner.types import PixelArray

Say: TypeAlias = Callable[[CallEvent], None]

_STEP_CALLBACK = "callback_on_step_end"


class Cancelled(Exception):
    """Nobody wants the call any more."""


def run(
    call: Call,
    loaded: LoadedPipeline,
    prompts: PromptCache,
    upscaler: Upscaler | None,
    cancelled: Callable[[], bool],
    say: Say,
) -> None:
    """Make the call's pictures; the last that is said is one Ended, unless another error is raised."""
    ended = Ended(call.id)
    try:
        with torch.no_grad(), _left_clean(loaded):
            _make(call, loaded, prompts, upscaler, _Watch(call, loaded.device, cancelled, say))
    except Cancelled:
        ended = Ended(call.id, cancelled=True)
    except (RuntimeError, MemoryError) as error:
        if not is_out_of_memory(error):
            raise
        ended = Ended(call.id, trouble="out_of_memory", text=str(error))
    if ended.trouble is not None:
        prompts.clear()
        give_back(loaded.device)
    say(ended)


class _Pace:
    """Keeps the host at most one step ahead of a GPU: enough for the GPU never to wait.

    Else it would queue many steps and tell them as done, and a cancelled call would run on through them.
    """

    def __init__(self, device: torch.device) -> None:
        self._stream = torch.cuda.current_stream(device) if device.type == "cuda" else None
        self._last: torch.cuda.Event | None = None

    def step(self) -> None:
        """Wait until the step before this one is done."""
        if self._stream is None:
            return
        last, self._last = self._last, self._stream.record_event()
        if last is not None:
            last.synchronize()


class _Watch:
    """Stands at every step of a call: stops it when it is cancelled, else says how far it is."""

    def __init__(self, call: Call, device: torch.device, cancelled: Callable[[], bool], say: Say) -> None:
        self._call = call
        self._pace = _Pace(device)
        self._cancelled = cancelled
        self.say = say

    def check(self) -> None:
        """Raise Cancelled if the call is."""
        if self._cancelled():
            raise Cancelled

    def stepped(self, pipeline: DiffusionPipeline, step: int, looks: Looks) -> None:
        """Say what there is after a step. It reads no tensor: only a look that is due waits for its step."""
        self._pace.step()
        self.check()
        total = getattr(pipeline, "num_timesteps", self._call.steps)
        self.say(Stepped(self._call.id, step + 1, max(total, step + 1)))
        for part, number, image in looks.after(step):
            self.say(Looked(self._call.id, part, number, image))


def _make(
    call: Call, loaded: LoadedPipeline, prompts: PromptCache, upscaler: Upscaler | None, watch: _Watch
) -> None:
    watch.check()
    tile(loaded, call.size)
    images = _images(call, loaded, arguments_of(call, loaded, prompts), watch)
    for number, image in enumerate(images):
        watch.check()
        pixels = _pixels(image)
        if pixels is None:
            watch.say(Spoiled(call.id, number, "not_finite"))
        else:
            watch.say(Made(call.id, number, to_target(pixels, call.target, upscaler)))


def _images(call: Call, loaded: LoadedPipeline, arguments: Arguments, watch: _Watch) -> torch.Tensor:
    """(parts, channels, height, width) in 0 to 1."""
    pipeline = pipeline_for(call, loaded)
    looks = Looks(loaded, call, pipeline)

    def at_step(pipeline: DiffusionPipeline, step: int, *_: object) -> dict[str, torch.Tensor]:
        watch.stepped(pipeline, step, looks)
        return {}

    with ExitStack() as stack:
        stack.enter_context(reference_area(call, loaded))
        stack.enter_context(looks)
        if has_argument(pipeline, _STEP_CALLBACK):
            arguments[_STEP_CALLBACK] = at_step
        else:
            stack.enter_context(_watched_denoiser(loaded.denoiser, watch))
        images: torch.Tensor = pipeline(**arguments)[0]
    return images


@contextmanager
def _watched_denoiser(denoiser: torch.nn.Module, watch: _Watch) -> Iterator[None]:
    """Where a pipeline has no step callback the watch stands at every call of the denoiser."""

    def check(*_: object) -> None:
        watch.check()

    hook = denoiser.register_forward_pre_hook(check)
    try:
        yield
    finally:
        hook.remove()


@contextmanager
def _left_clean(loaded: LoadedPipeline) -> Iterator[None]:
    """A fresh scheduler inside; after an error, all that a whole call would have put back is put back."""
    pipelines = [pipeline for pipeline in (loaded.pipeline, loaded.edits) if pipeline is not None]
    scheduler = loaded.pipeline.scheduler
    vae = getattr(loaded.pipeline, "vae", None)
    vae_dtype = getattr(vae, "dtype", None)
    for pipeline in pipelines:
        pipeline.scheduler = type(scheduler).from_config(scheduler.config)
    try:
        yield
    except BaseException as error:
        _clear_frames(error)
        if vae is not None and vae.dtype != vae_dtype:
            vae.to(dtype=vae_dtype)  # some decode in a larger type, and go back only at the end
        for pipeline in pipelines:
            pipeline.maybe_free_model_hooks()
        raise
    finally:
        for pipeline in pipelines:
            pipeline.scheduler = scheduler


def _clear_frames(error: BaseException | None) -> None:
    """Let go of the call's tensors, which whoever keeps the error would keep."""
    while error is not None:
        for frame, _ in traceback.walk_tb(error.__traceback__):
            with suppress(RuntimeError):  # of those that are not at their end
                frame.clear()
            len(frame.f_locals)  # before Python 3.13 what locals() had found lives on until it looks again
        error = error.__context__


def _pixels(image: torch.Tensor) -> PixelArray | None:
    """(c, h, w) in 0 to 1 as (h, w, 3) uint8; None when it has values that are no numbers."""
    if not torch.isfinite(image).all():
        return None
    levels = image[:3].float().mul(255).round().to(torch.uint8)
    pixels: PixelArray = levels.permute(1, 2, 0).contiguous().cpu().numpy()
    return pixels
