"""Which picture is made next, on which device, in whose company, and what has to be loaded for it.

Oldest first. What is loaded is made while something older is still being loaded; what has to make way for
that takes no new calls, so that nothing waits forever. It knows tasks and stations; it knows neither torch
nor requests.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import math
import time
from collections.abc import AsyncGenerator, Callable, Collection, Sequence
from contextlib import aclosing
from pathlib import Path

from limner.engines.diffusers.checkpoint import Checkpoint
from limner.engines.diffusers.device import Device
from limner.engines.diffusers.messages import LoadFailed
from limner.engines.diffusers.scheduling.batches import BatchRule, Crowds, Shape, shape_of
from limner.engines.diffusers.scheduling.station import LoadPlan, Station
from limner.engines.diffusers.scheduling.tickets import Entry, Ticket, Waiting
from limner.engines.diffusers.tasks import Task, TaskEvent
from limner.errors import ConfigError, DeviceOutOfMemory, InternalError, RequestError, Unavailable

log = logging.getLogger(__name__)


class Scheduler:
    """Has pictures made by devices: a Desk for its stations.

    batch_tokens: image tokens that pictures of one call may have together. batch_wait_s: longest that one
    waits for company. max_bytes: of weights that a device keeps; None: a share of its memory.
    deterministic: no batches. folder_of: where a checkpoint's weights lie, raises LimnerError.
    """

    def __init__(
        self,
        devices: Sequence[Device],
        *,
        folder_of: Callable[[Checkpoint], Path],
        batch_tokens: int = 0,
        batch_wait_s: float = 0.0,
        max_bytes: int | None = None,
        deterministic: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._devices = devices
        self._folder_of = folder_of
        self._batch_tokens = 0 if deterministic else batch_tokens
        self._batch_wait_s = batch_wait_s
        self._max_bytes = max_bytes
        self._clock = clock
        self._stations: list[Station] = []
        self._waiting = Waiting()
        self._crowds = Crowds()
        self._max_tokens: dict[str, int] = {}
        self._numbers = itertools.count()
        self._closed = False

    async def start(self, preload: Sequence[Checkpoint] = ()) -> None:
        """Return when every device's process is up; then each loads these in order, as far as memory goes.

        Raises WorkerDied when a process does not come up, ConfigError for a device that cannot be used and
        for a checkpoint that has no device.
        """
        self._stations = [
            Station(device, self, max_bytes=self._max_bytes, clock=self._clock) for device in self._devices
        ]
        try:
            await asyncio.gather(*(station.start() for station in self._stations))
            self._check(preload)
        except (asyncio.CancelledError, ConfigError, RequestError):
            await self.close()
            raise
        for station in self._stations:
            station.begin([checkpoint for checkpoint in preload if station.takes(checkpoint)])

    def _check(self, preload: Sequence[Checkpoint]) -> None:
        for checkpoint in preload:
            if not any(station.takes(checkpoint) for station in self._stations):
                names = ", ".join(device.name for device in self._devices)
                raise ConfigError(f"checkpoint {checkpoint.name}: {checkpoint.device} is none of: {names}")

    def ready(self) -> bool:
        """Whether a device can serve: its process is up, and what it was to load first is there."""
        return any(station.ready for station in self._stations)

    async def run(self, tasks: Sequence[Task]) -> AsyncGenerator[TaskEvent, None]:
        """What comes of these tasks, as it comes; to close it is to cancel what is not done.

        It ends after each task was Finished or is PictureFailed. Raises Unavailable when closed.
        """
        if self._closed:
            raise Unavailable("The service is stopping.")
        ticket, now = Ticket(tasks), self._clock()
        entries = [Entry(task, ticket, next(self._numbers), now) for task in tasks]
        for entry in entries:
            if not any(station.takes(entry.checkpoint) for station in self._stations):
                log.error("%s: there is no device %s", entry.checkpoint.name, entry.checkpoint.device)
                entry.fail(InternalError())
        self._waiting.add(entry for entry in entries if not entry.done)
        self._note_crowd(entries)
        self.changed()
        try:
            async with aclosing(ticket.events()) as events:
                async for event in events:
                    yield event
        finally:
            self._leave([entry for entry in entries if not entry.done])

    def _leave(self, entries: Sequence[Entry]) -> None:
        self._waiting.take(entries)
        for entry in entries:
            entry.done = True
        for station in self._stations:
            if any(entry in entries for entry in station.running):
                station.cancel_unwanted()
        if entries:
            self.changed()

    async def close(self) -> None:
        """End the devices' processes; what is not done is PictureFailed with Unavailable."""
        self._closed = True
        running = [entry for station in self._stations for entry in station.running]
        for entry in (*self._waiting, *running):
            entry.fail(Unavailable("The service is stopping."))
        self._waiting.take(tuple(self._waiting))
        await asyncio.gather(*(station.close() for station in self._stations))

    def changed(self) -> None:
        for station in self._stations:
            station.ask_again()

    def folder_of(self, checkpoint: Checkpoint) -> Path:
        return self._folder_of(checkpoint)

    def next_batch(self, station: Station) -> list[Entry] | float | None:
        for head in self._waiting:
            if station.can_make(head.checkpoint):
                rule = self._rule(station, head.checkpoint)
                batch = rule.gather(head, self._waiting)
                until = self._waits_until(station, batch, rule)
                if until > self._clock():
                    return until
                self._waiting.take(batch)
                return batch
        return None

    def _rule(self, station: Station, checkpoint: Checkpoint) -> BatchRule:
        max_tokens = self._max_tokens.get(checkpoint.name, self._batch_tokens)
        return BatchRule(max_tokens, station.shelf.batches_of(checkpoint.name))

    def _waits_until(self, station: Station, batch: Sequence[Entry], rule: BatchRule) -> float:
        """Until when a batch waits for company: not at all when it is full, or all who come are there."""
        head = batch[0]
        if not self._batch_wait_s or not rule.can_share(head) or len(batch) >= rule.most(head):
            return 0.0
        shape = _crowd_of(head.task)
        if len(self._clients(shape)) >= self._crowds.expected(shape, self._clock()):
            return 0.0
        return max(head.arrived, station.idle_since) + self._batch_wait_s

    def _clients(self, shape: Shape) -> set[Ticket]:
        """Whose pictures of this shape wait or are in the making."""
        running = (entry for station in self._stations for entry in station.running)
        return {
            entry.ticket
            for entry in (*self._waiting, *running)
            if not entry.done and _crowd_of(entry.task) == shape
        }

    def _note_crowd(self, entries: Sequence[Entry]) -> None:
        if self._batch_tokens and self._batch_wait_s:
            for shape in {_crowd_of(entry.task) for entry in entries}:
                self._crowds.note(shape, len(self._clients(shape)), self._clock())

    def next_load(self, station: Station) -> LoadPlan | None:
        older: list[str] = []
        wanted = {entry.checkpoint.name for entry in self._waiting}
        for entry in self._waiting:
            checkpoint = entry.checkpoint
            if checkpoint.name in older:
                continue
            if self._loads(station, checkpoint, older, wanted):
                names = self._makes_way(station, checkpoint, older, wanted)
                return None if names is None else LoadPlan(checkpoint, names)
            older.append(checkpoint.name)
        preload = station.next_preload()
        return LoadPlan(preload) if preload else None

    def _loads(
        self, station: Station, checkpoint: Checkpoint, older: Collection[str], wanted: Collection[str]
    ) -> bool:
        """Whether it is this station that loads a checkpoint for the pictures that wait."""
        name = checkpoint.name
        takers = [each for each in self._stations if each.up and each.takes(checkpoint)]
        if station not in takers or station.shelf.has(name) or station.shelf.is_going(name):
            return False
        if any(each.loading is not None and each.loading.name == name for each in takers):
            return False
        holders = [each for each in takers if each.shelf.has(name)]
        if holders:  # once more, only where nothing has to go for it, and all others that have it are at work
            return (
                self._makes_way(station, checkpoint, older, wanted) == ()
                and not station.running
                and all(each.running for each in holders)
            )

        def cost(each: Station) -> float:
            names = self._makes_way(each, checkpoint, older, wanted)
            return math.inf if names is None else len(names)

        return station is min((each for each in takers if each.loading is None), key=cost)

    def _makes_way(
        self, station: Station, checkpoint: Checkpoint, older: Collection[str], wanted: Collection[str]
    ) -> tuple[str, ...] | None:
        return station.shelf.makes_way(station.shelf.bytes_of(checkpoint), keep=older, wanted=wanted)

    def batch_ended(self, entries: Sequence[Entry], again: Sequence[Entry], began: float) -> None:
        if len(entries) > 1 and any(not entry.died for entry in again):
            self._allow_less(entries)
        self._waiting.add(entry for entry in again if not entry.done)
        self._crowds.keep(_crowd_of(entries[0].task), began, self._clock())
        self.changed()

    def _allow_less(self, entries: Sequence[Entry]) -> None:
        """There was no memory for these together: from now on this checkpoint's batches are smaller."""
        name = entries[0].checkpoint.name
        self._max_tokens[name] = sum(entry.task.tokens for entry in entries) // 2
        log.warning("no memory for %d pictures of %s in one call; batches are halved", len(entries), name)

    def load_failed(self, station: Station, failed: LoadFailed) -> None:
        others = [each for each in self._stations if each is not station and each.up]
        if any(each.shelf.has(failed.checkpoint) for each in others):
            return
        entries = self._waiting.of(failed.checkpoint)
        self._waiting.take(entries)
        for entry in entries:
            entry.fail(DeviceOutOfMemory() if failed.trouble == "out_of_memory" else InternalError())


def _crowd_of(task: Task) -> Shape:
    return shape_of(task, task.checkpoint.facts.batches)
