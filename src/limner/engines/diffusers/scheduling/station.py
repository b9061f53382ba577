"""One device at work: its process's life, what it loads and unloads, and the calls that it makes.

It decides nothing: what to make and to load next it asks its Desk. Loads go on beside calls.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from limner.engines.diffusers.checkpoint import Checkpoint
from limner.engines.diffusers.device import Device
from limner.engines.diffusers.messages import Load, Loaded, LoadFailed, Up
from limner.engines.diffusers.scheduling.calls import call_of, make
from limner.engines.diffusers.scheduling.shelf import Shelf
from limner.engines.diffusers.scheduling.tickets import Entry
from limner.errors import ConfigError, LimnerError, WorkerDied
from limner.workers import FIRST_PAUSE_S, LONGEST_PAUSE_S

log = logging.getLogger(__name__)

KEPT_SHARE = 0.8
"""Of a device's memory that weights may take; the rest is for the pictures."""
_call_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class LoadPlan:
    """A checkpoint to load, and what has to be unloaded first."""

    checkpoint: Checkpoint
    makes_way: tuple[str, ...] = ()


class Desk(Protocol):
    """Who decides what a station does."""

    def next_batch(self, station: Station) -> list[Entry] | float | None:
        """The pictures of its next call; a time until which to wait for company; None: nothing to do."""

    def next_load(self, station: Station) -> LoadPlan | None: ...

    def batch_ended(self, entries: Sequence[Entry], again: Sequence[Entry], began: float) -> None:
        """A call that began at this time is over; some of its pictures are to be made again."""

    def load_failed(self, station: Station, failed: LoadFailed) -> None: ...

    def changed(self) -> None:
        """Something is loaded, gone or idle: all stations ask again."""

    def folder_of(self, checkpoint: Checkpoint) -> Path:
        """Where its weights lie. Raises LimnerError."""


class Station:
    """A device and all that goes on with it.

    max_bytes: of weights that stay loaded; None: a share of the device's memory. clock: in seconds.
    """

    def __init__(
        self, device: Device, desk: Desk, *, max_bytes: int | None, clock: Callable[[], float]
    ) -> None:
        self.device = device
        self.shelf = Shelf(0)
        self.loading: Checkpoint | None = None
        self.running: Sequence[Entry] = ()
        self.idle_since = 0.0
        self._desk = desk
        self._max_bytes = max_bytes
        self._clock = clock
        self._preload: list[Checkpoint] = []
        self._up = False
        self._settled = False
        self._deadly: set[str] = set()
        self._moving = asyncio.Lock()
        self._news = [asyncio.Event(), asyncio.Event()]
        self._making: asyncio.Task[list[Entry]] | None = None
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def up(self) -> bool:
        return self._up and self.device.alive

    @property
    def ready(self) -> bool:
        """Whether it can serve: it is up, and what it was to load first is there."""
        return self.up and self._settled and not any(task.done() for task in self._tasks)

    def takes(self, checkpoint: Checkpoint) -> bool:
        return checkpoint.device in (None, self.device.name)

    def can_make(self, checkpoint: Checkpoint) -> bool:
        return self.up and self.takes(checkpoint) and self.shelf.has(checkpoint.name)

    async def start(self) -> None:
        """Return when the process is up; what is preloaded comes later. Raises as the device's start does."""
        self._took_up(await self.device.start())

    def begin(self, preload: Sequence[Checkpoint]) -> None:
        """From now on it asks its desk for work; these are loaded first, as far as memory goes."""
        self._preload = list(preload)
        self._settled = not preload
        for work in (self._live(), self._make_calls(), self._make_loads()):
            self._tasks.append(_watched(work, f"device {self.device.name}"))

    async def close(self) -> None:
        for task in (*self._tasks, self._making):
            if task is not None:
                task.cancel()
        await self.device.close()
        left = [task for task in (*self._tasks, self._making) if task is not None]
        await asyncio.gather(*left, return_exceptions=True)

    def ask_again(self) -> None:
        for event in self._news:
            event.set()

    def cancel_unwanted(self) -> None:
        """Stop the call that runs when nobody waits for any of its pictures."""
        making = self._making
        if making is not None and not making.cancelling() and all(entry.done for entry in self.running):
            making.cancel()

    def _took_up(self, up: Up) -> None:
        log.info("device %s is up", up.device)
        if not self.shelf.max_bytes:
            self.shelf.max_bytes = self._max_bytes or int(up.memory_bytes * KEPT_SHARE)
        self._up = True
        self.idle_since = self._clock()

    async def _live(self) -> None:
        while True:
            with suppress(WorkerDied):
                await self.device.wait_gone()
            log.error("device %s: its process ended and is started again", self.device.name)
            self._up = False
            again = self.shelf.checkpoints
            names = {checkpoint.name for checkpoint in again}
            self._preload = [*again, *(each for each in self._preload if each.name not in names)]
            self.shelf.clear()
            self._settled = not self._preload
            self._took_up(await self._start_again())
            self._desk.changed()

    async def _start_again(self) -> Up:
        pause_s = FIRST_PAUSE_S
        while True:
            try:
                return await self.device.start()
            except (ConfigError, WorkerDied) as error:
                log.error("device %s: its process does not come up yet: %s", self.device.name, error)
            await asyncio.sleep(pause_s)
            pause_s = min(2 * pause_s, LONGEST_PAUSE_S)

    async def _make_calls(self) -> None:
        while True:
            entries = self.running = await self._next_batch()
            name, began = entries[0].checkpoint.name, self._clock()
            self.shelf.use(name)
            if entries[0].roomy:
                with suppress(WorkerDied):  # the call will tell
                    await self._unload(self.shelf.leave(self.shelf.others(name)))
            self._making = asyncio.create_task(
                make(self.device, call_of(next(_call_numbers), entries), entries)
            )
            self.cancel_unwanted()
            await asyncio.wait((self._making,))
            again = [] if self._making.cancelled() else self._making.result()
            self._making, self.running, self.idle_since = None, (), self._clock()
            self._desk.batch_ended(entries, again, began)

    async def _next_batch(self) -> list[Entry]:
        news = self._news[0]
        while True:
            news.clear()
            found = self._desk.next_batch(self)
            if isinstance(found, list):
                return found
            with suppress(TimeoutError):
                async with asyncio.timeout(None if found is None else max(0.0, found - self._clock())):
                    await news.wait()

    async def _make_loads(self) -> None:
        news = self._news[1]
        while True:
            news.clear()
            plan = self._desk.next_load(self) if self.up else None
            if plan is None:
                await news.wait()
                continue
            self.loading = plan.checkpoint
            with suppress(WorkerDied):  # the next process is asked again
                failed = await self._load(plan)
                if failed is not None:
                    log.error(
                        "device %s: cannot load %s: %s", self.device.name, failed.checkpoint, failed.text
                    )
                    self._desk.load_failed(self, failed)
            self.loading = None
            self._desk.changed()

    def next_preload(self) -> Checkpoint | None:
        """What was asked for at the start and fits beside what is loaded; asked once for each."""
        while self._preload:
            checkpoint = self._preload.pop(0)
            if self.shelf.has(checkpoint.name):
                continue
            if self.shelf.makes_way(self.shelf.bytes_of(checkpoint)) == ():
                return checkpoint
            log.info(
                "device %s: %s does not fit and is loaded when asked for", self.device.name, checkpoint.name
            )
        return None

    async def _load(self, plan: LoadPlan) -> LoadFailed | None:
        checkpoint = plan.checkpoint
        await self._make_way(plan.makes_way)
        answer = await self._ask_to_load(checkpoint)
        others = self.shelf.others(checkpoint.name)
        if isinstance(answer, LoadFailed) and answer.trouble == "out_of_memory" and others:
            await self._make_way(others)
            answer = await self._ask_to_load(checkpoint)
        if isinstance(answer, LoadFailed):
            return answer
        self.shelf.put(checkpoint, answer)
        self._deadly.discard(checkpoint.name)
        self._settled = True
        self._desk.changed()
        await self._make_way(self.shelf.makes_way(0, keep=(checkpoint.name,)) or ())
        return None

    async def _ask_to_load(self, checkpoint: Checkpoint) -> Loaded | LoadFailed:
        try:
            folder = self._desk.folder_of(checkpoint)
        except LimnerError as error:
            return LoadFailed(checkpoint.name, "failed", str(error))
        if not self.up:
            raise WorkerDied
        try:
            return await self.device.load(Load(checkpoint, folder))
        except WorkerDied:
            if checkpoint.name in self._deadly:
                self._preload = [each for each in self._preload if each.name != checkpoint.name]
                return LoadFailed(checkpoint.name, "failed", "the process ended while it loaded it, twice")
            self._deadly.add(checkpoint.name)
            self._preload.insert(0, checkpoint)
            raise

    async def _make_way(self, names: Sequence[str]) -> None:
        """Unload these, as soon as the call that may use one of them has ended; they take no new calls."""
        news = self._news[1]
        self.shelf.leave(names)
        while any(entry.checkpoint.name in names for entry in self.running):
            news.clear()
            await news.wait()
        await self._unload(names)

    async def _unload(self, names: Sequence[str]) -> None:
        async with self._moving:
            for name in names:
                if self.shelf.is_going(name):
                    await self.device.unload(name)
                    self.shelf.drop(name)


def _watched(work: Coroutine[object, object, None], name: str) -> asyncio.Task[None]:
    """A task that must not end; what ends it all the same is our own bug, and is in the log."""
    task = asyncio.create_task(work, name=name)

    def ended(done: asyncio.Task[None]) -> None:
        if not done.cancelled() and done.exception() is not None:
            log.critical("%s works no more", name, exc_info=done.exception())

    task.add_done_callback(ended)
    return task
