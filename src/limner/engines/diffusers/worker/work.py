"""What a device process does: it loads and unloads in one thread and makes calls in another, one at a time.

It decides nothing. A fault of one order is told to the server and ends there; what leaves the device in
disorder ends the process, and the server starts another one.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

import torch

from limner.engines.diffusers.messages import (
    Call,
    DeviceConfig,
    Ended,
    Load,
    Loaded,
    LoadFailed,
    Trouble,
    Unloaded,
    Up,
)
from limner.engines.diffusers.worker import loading, speed
from limner.engines.diffusers.worker.denoise import run
from limner.engines.diffusers.worker.embeddings import PromptCache
from limner.engines.diffusers.worker.gate import Gate
from limner.engines.diffusers.worker.loaded import LoadedPipeline, LoadError
from limner.engines.diffusers.worker.memory import is_out_of_memory
from limner.engines.diffusers.worker.upscale import Upscaler, load_upscaler
from limner.engines.diffusers.worker.warming import warm_up
from limner.engines.diffusers.worker.wire import Wire

log = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why something was not done; the text is for the log."""

    trouble: Trouble
    text: str


class Work:
    """All that lies on a device. Raises LoadError, ValueError or OSError where the settings do not fit it."""

    def __init__(self, wire: Wire, config: DeviceConfig) -> None:
        self._wire = wire
        self._config = config
        if config.threads is not None:
            torch.set_num_threads(config.threads)
        if config.deterministic:
            speed.use_deterministic_algorithms()
        self._device = loading.device_of(config)
        if self._device.type == "cuda":
            self._device = torch.device("cuda", self._device.index or 0)
            torch.cuda.set_device(self._device)
        self._upscaler = self._load_upscaler()
        self._prompts = PromptCache(config.prompt_cache_bytes)
        self._gate = Gate()
        self._loaded: dict[str, LoadedPipeline] = {}
        self._used = ""
        self._use = threading.Condition()
        self.is_loading = False

    def run(self) -> None:
        """Say that it is up, and carry out orders until the server is gone."""
        threading.Thread(target=self._move, name="loads", daemon=True).start()
        self._wire.say(Up(str(self._device), loading.memory_bytes(self._device)))
        while (job := self._wire.calls.get()) is not None:
            if isinstance(job, Call):
                self._make(job)
                self._wire.over(job.id)
            else:
                job()

    def _load_upscaler(self) -> Upscaler | None:
        if self._config.upscaler is None:
            return None
        dtype = torch.float32 if self._device.type == "cpu" else torch.float16
        return load_upscaler(self._config.upscaler, self._device, dtype)

    def _make(self, call: Call) -> None:
        with self._using(call.checkpoint) as loaded:
            fault = _attempt(lambda: self._run(call, loaded))
        if fault is not None:
            self._wire.say(Ended(call.id, trouble=fault.trouble, text=fault.text))

    def _run(self, call: Call, loaded: LoadedPipeline | None) -> None:
        if loaded is None:
            raise LoadError("failed", f"{call.checkpoint} is not loaded")
        with self._gate.calling():
            run(
                call,
                loaded,
                self._prompts,
                self._upscaler,
                lambda: self._wire.is_cancelled(call.id),
                self._wire.say,
            )

    @contextmanager
    def _using(self, checkpoint: str) -> Iterator[LoadedPipeline | None]:
        """What is loaded under this name; it stays so inside."""
        with self._use:
            self._used = checkpoint
            loaded = self._loaded.get(checkpoint)
        try:
            yield loaded
        finally:
            with self._use:
                self._used = ""
                self._use.notify_all()

    def _move(self) -> None:
        if self._device.type == "cuda":
            torch.cuda.set_device(self._device)  # each thread has its own
        while True:
            self.is_loading = False
            order = self._wire.moves.get()
            self.is_loading = True
            self._wire.say(self._load(order) if isinstance(order, Load) else self._unload(order.checkpoint))

    def _load(self, order: Load) -> Loaded | LoadFailed:
        name = order.checkpoint.name
        self._unload(name)
        loaded = _attempt(lambda: self._read(order))
        if isinstance(loaded, Fault):
            return LoadFailed(name, loaded.trouble, loaded.text)
        with self._use:
            self._loaded[name] = loaded
        return Loaded(name, loaded.bytes, loaded.family.batches if loaded.batches else "none")

    def _read(self, order: Load) -> LoadedPipeline:
        with self._gate.loading():
            loaded = loading.load(order, self._config, self._device)
        if self._config.speed.warm_sizes:
            fault = self._between_calls(lambda: warm_up(loaded, self._config.speed.warm_sizes))
            if fault is not None:
                loading.unload(loaded)
                raise LoadError(fault.trouble, fault.text)
        return loaded

    def _between_calls(self, work: Callable[[], None]) -> Fault | None:
        """Have work done in the thread that makes calls, and wait for it."""
        done: Future[Fault | None] = Future()

        def job() -> None:
            with self._gate.calling():
                done.set_result(_attempt(work))

        self._wire.calls.put(job)
        return done.result()

    def _unload(self, name: str) -> Unloaded:
        with self._use:
            self._use.wait_for(lambda: self._used != name)
            loaded = self._loaded.pop(name, None)
        if loaded is not None:
            self._prompts.forget(name)
            loading.unload(loaded)
        return Unloaded(name)


def _attempt(work: Callable[[], T]) -> T | Fault:
    """What work gives, or why not. What breaks the device itself ends the process at once."""
    try:
        return work()
    except LoadError as error:
        return Fault(error.trouble, str(error))
    except Exception as error:
        log.exception("an order failed")
        if _breaks_the_device(error):
            os._exit(1)
        trouble: Trouble = "out_of_memory" if is_out_of_memory(error) else "failed"
        return Fault(trouble, f"{type(error).__name__}: {error}")


def _breaks_the_device(error: Exception) -> bool:
    """Whether nothing works on the device after it in this process, as after a fault in a CUDA kernel."""
    return isinstance(error, torch.AcceleratorError) or (
        isinstance(error, RuntimeError) and "CUDA error" in str(error) and not is_out_of_memory(error)
    )
