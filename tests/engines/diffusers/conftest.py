"""A scheduler over devices whose every word a test decides: no process, no torch, no waiting."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, aclosing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import numpy as np
import pytest

from limner.engines.diffusers.checkpoint import Checkpoint
from limner.engines.diffusers.messages import (
    Batches,
    Call,
    CallEvent,
    Ended,
    Load,
    Loaded,
    LoadFailed,
    Looked,
    Made,
    Stepped,
    Trouble,
    Up,
)
from limner.engines.diffusers.scheduling.scheduler import Scheduler
from limner.engines.diffusers.tasks import Finished, Task, TaskEvent
from limner.errors import RequestError, WorkerDied
from limner.types import Encoded, PictureFailed, Size

GIB = 1 << 30
TIMEOUT_S = 10.0
"""Of what comes at once or, when a test fails, never."""


@dataclass
class Run:
    """A call that a device was told to make; the test says what comes of it."""

    call: Call
    events: asyncio.Queue[CallEvent | None] = field(default_factory=asyncio.Queue)
    cancelled: bool = False
    release: asyncio.Event | None = None

    @property
    def prompts(self) -> list[str]:
        return [part.prompt for part in self.call.parts]

    def step(self, done: int) -> None:
        self.events.put_nowait(Stepped(self.call.id, done, self.call.steps))

    def look(self, part: int, number: int) -> None:
        image = Encoded(bytes((part, number)), "image/jpeg", 8, 8)
        self.events.put_nowait(Looked(self.call.id, part, number, image))

    def make(self, *parts: int) -> None:
        """These parts are done; their pixels are the part's number."""
        for part in parts:
            self.events.put_nowait(Made(self.call.id, part, np.full((1, 1, 3), part, np.uint8)))

    def say(self, event: CallEvent) -> None:
        self.events.put_nowait(event)

    def end(self, trouble: Trouble | None = None) -> None:
        self.events.put_nowait(Ended(self.call.id, trouble=trouble, text="as the script has it"))

    def finish(self) -> None:
        self.make(*range(len(self.call.parts)))
        self.end()


@dataclass
class LoadRun:
    """A load that a device was told to do."""

    name: str
    answer: asyncio.Future[Loaded | LoadFailed]

    def done(self, gib: float = 10, batches: Batches = "prompts") -> None:
        self.answer.set_result(Loaded(self.name, int(gib * GIB), batches))

    def fail(self, trouble: Trouble = "failed") -> None:
        self.answer.set_result(LoadFailed(self.name, trouble, "as the script has it"))


class ScriptedDevice:
    """A Device without a process. sizes: GiB by checkpoint, else 10. holds_loads: the test answers them.

    holds_ends: a cancelled call ends when its release is set. moves: loads (+name) and unloads (-name).
    unloads: cleared, they take until it is set.
    """

    def __init__(
        self,
        name: str = "fake:0",
        *,
        memory_gib: float = 100,
        holds_loads: bool = False,
        holds_ends: bool = False,
    ) -> None:
        self.name = name
        self.alive = False
        self.starts = 0
        self.moves: list[str] = []
        self.sizes: dict[str, float] = {}
        self.batches: Batches = "prompts"
        self.holds_loads = holds_loads
        self.holds_ends = holds_ends
        self.comes_up = True
        self.unloads = asyncio.Event()
        self.unloads.set()
        self._memory_gib = memory_gib
        self._gone = asyncio.Event()
        self._runs: asyncio.Queue[Run] = asyncio.Queue()
        self._loads: asyncio.Queue[LoadRun] = asyncio.Queue()
        self._open: list[Run] = []
        self._open_loads: list[LoadRun] = []

    async def start(self) -> Up:
        self.starts += 1
        if not self.comes_up:
            raise WorkerDied
        self.alive = True
        self._gone = asyncio.Event()
        return Up(self.name, int(self._memory_gib * GIB))

    async def wait_gone(self) -> None:
        await self._gone.wait()

    def die(self) -> None:
        """The process is gone, with all that it was told."""
        self.alive = False
        self._gone.set()
        for run in self._open:
            run.events.put_nowait(None)
        for load in self._open_loads:
            if not load.answer.done():
                load.answer.set_exception(WorkerDied())
        self._open_loads.clear()

    async def run(self, call: Call) -> AsyncGenerator[CallEvent, None]:
        if not self.alive:
            raise WorkerDied
        run = Run(call, release=asyncio.Event() if self.holds_ends else None)
        self._open.append(run)
        self._runs.put_nowait(run)
        over = False
        try:
            while not over:
                event = await run.events.get()
                over = event is None or isinstance(event, Ended)
                if event is None:
                    raise WorkerDied
                yield event
        finally:
            self._open.remove(run)
            run.cancelled = not over
            if run.cancelled and run.release is not None:
                await run.release.wait()

    async def load(self, order: Load) -> Loaded | LoadFailed:
        if not self.alive:
            raise WorkerDied
        name = order.checkpoint.name
        self.moves.append(f"+{name}")
        load = LoadRun(name, asyncio.get_running_loop().create_future())
        self._open_loads.append(load)
        if self.holds_loads:
            self._loads.put_nowait(load)
        else:
            load.done(self.sizes.get(name, 10), self.batches)
        return await load.answer

    async def unload(self, checkpoint: str) -> None:
        if not self.alive:
            raise WorkerDied
        self.moves.append(f"-{checkpoint}")
        await self.unloads.wait()

    async def close(self) -> None:
        self.die()

    async def next_run(self) -> Run:
        return await asyncio.wait_for(self._runs.get(), TIMEOUT_S)

    async def next_load(self) -> LoadRun:
        return await asyncio.wait_for(self._loads.get(), TIMEOUT_S)

    async def is_quiet(self) -> bool:
        """Whether it was told no further call or load, after all that can go on without it has gone on."""
        for _ in range(50):
            await asyncio.sleep(0)
        return self._runs.empty() and self._loads.empty()


class Client:
    """Someone who waits for pictures."""

    def __init__(self, scheduler: Scheduler, tasks: Sequence[Task]) -> None:
        self.events: list[TaskEvent] = []
        self._news = asyncio.Event()
        self._task = asyncio.create_task(self._take(scheduler, tasks))

    async def _take(self, scheduler: Scheduler, tasks: Sequence[Task]) -> None:
        async with aclosing(scheduler.run(tasks)) as events:
            async for event in events:
                self.events.append(event)
                self._news.set()

    async def until(self, count: int) -> list[TaskEvent]:
        """Its events, when there are so many."""
        async with asyncio.timeout(TIMEOUT_S):
            while len(self.events) < count:
                self._news.clear()
                await self._news.wait()
        return self.events

    async def end(self) -> list[TaskEvent]:
        """All its events."""
        await asyncio.wait_for(self._task, TIMEOUT_S)
        return self.events

    async def outcome(self) -> list[int | type[RequestError]]:
        """What became of its pictures: by index, which part of its call it was, or its error."""
        ends = [event for event in await self.end() if isinstance(event, (Finished, PictureFailed))]
        by_index = {event.task.index if isinstance(event, Finished) else event.index: event for event in ends}
        assert len(by_index) == len(ends), "a picture has ended twice"
        return [
            int(event.pixels[0, 0, 0]) if isinstance(event, Finished) else type(event.error)
            for _, event in sorted(by_index.items())
        ]

    async def leave(self) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)


@dataclass
class World:
    """A scheduler that has started."""

    scheduler: Scheduler
    devices: Sequence[ScriptedDevice]

    @property
    def device(self) -> ScriptedDevice:
        """The only one."""
        (device,) = self.devices
        return device

    def ask(self, *tasks: Task) -> Client:
        return Client(self.scheduler, tasks)

    async def ask_and_settle(self, *tasks: Task) -> Client:
        """Ask, and go on when the tasks wait."""
        client = self.ask(*tasks)
        for _ in range(50):
            await asyncio.sleep(0)
        return client


MakeCheckpoint: TypeAlias = Callable[..., Checkpoint]
Picture: TypeAlias = Callable[..., Task]
MakeDevice: TypeAlias = Callable[..., ScriptedDevice]
MakeWorld: TypeAlias = Callable[..., Awaitable[World]]


@pytest.fixture
def checkpoint() -> MakeCheckpoint:
    """Makes a checkpoint of this name, of 10 GiB and the family z-image unless said otherwise."""

    def made(name: str, **changes: object) -> Checkpoint:
        options: dict[str, object] = {"family": "z-image", "weights_gib": 10.0, **changes}
        return Checkpoint(name, f"/weights/{name}", "Apache-2.0", **options)  # type: ignore[arg-type]

    return made


@pytest.fixture
def picture(checkpoint: MakeCheckpoint) -> Picture:
    """Makes a task: a square of so many pixels a side, from the checkpoint of this name."""

    def made(name: str | Checkpoint = "a", *, side: int = 512, **changes: object) -> Task:
        source = checkpoint(name) if isinstance(name, str) else name
        options: dict[str, object] = {
            "index": 0,
            "prompt": "a cat",
            "seed": 1,
            "size": Size(side, side),
            "target": Size(side, side),
            "steps": 8,
            "guidance": 0.0,
            **changes,
        }
        return Task(checkpoint=source, **options)  # type: ignore[arg-type]

    return made


@pytest.fixture
def scripted_device() -> MakeDevice:
    return ScriptedDevice


@pytest.fixture
async def world(checkpoint: MakeCheckpoint) -> AsyncIterator[MakeWorld]:
    """Starts a scheduler over one device, or those given, with these checkpoints loaded first."""
    async with AsyncExitStack() as stack:

        async def made(
            *devices: ScriptedDevice, preload: Sequence[str | Checkpoint] = ("a",), **options: object
        ) -> World:
            devices = devices or (ScriptedDevice(),)
            folder_of = options.pop("folder_of", lambda each: Path(each.source))
            scheduler = Scheduler(devices, folder_of=folder_of, **options)  # type: ignore[arg-type]
            stack.push_async_callback(scheduler.close)
            named = deque(checkpoint(each) if isinstance(each, str) else each for each in preload)
            await scheduler.start(tuple(named))
            if named and not any(device.holds_loads for device in devices):
                async with asyncio.timeout(TIMEOUT_S):
                    while not all(device.moves for device in devices):
                        await asyncio.sleep(0)
            return World(scheduler, devices)

        yield made
