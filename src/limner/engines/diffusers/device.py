"""A device as the server sees it: one child process, what it is told and what it says.

A thread reads what the process says and hands it to the event loop; another one sends, for a message may
block. The process may be killed at any time: whoever waits for it then gets WorkerDied, and start() puts
another one in its place. It knows messages; it knows neither torch nor what should be loaded or made.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import socket
import threading
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, Protocol, TypeAlias, TypeVar

from limner.channel import receive_message, send_message
from limner.engines.diffusers.messages import (
    Call,
    CallEvent,
    Cancel,
    DeviceConfig,
    Ended,
    Load,
    Loaded,
    LoadFailed,
    Looked,
    Made,
    Order,
    Report,
    Spoiled,
    Stepped,
    Unfit,
    Unload,
    Unloaded,
    Up,
)
from limner.engines.diffusers.worker import main
from limner.errors import ConfigError, Unavailable, WorkerDied

log = logging.getLogger(__name__)
T = TypeVar("T")

CANCEL_TIMEOUT_S = 60.0
CLOSE_TIMEOUT_S = 4.0
Serve: TypeAlias = Callable[[socket.socket, DeviceConfig], None]
"""The life of a device process, found there by its import path."""


class Device(Protocol):
    """One device, and the process that works for it. What it was told raises WorkerDied when it dies."""

    @property
    def name(self) -> str:
        """As torch names it, once it has started; checkpoints may ask for it."""

    @property
    def alive(self) -> bool:
        """Whether its process has started and has not ended."""

    async def start(self) -> Up:
        """Start a process, in place of one that has ended.

        Raises WorkerDied when it does not come up, ConfigError when it cannot work as it is configured.
        """

    async def wait_gone(self) -> None:
        """Return when the process has ended."""

    def run(self, call: Call) -> AsyncGenerator[CallEvent, None]:
        """What comes of a call, Ended at last. Closing it cancels the call and waits until it has ended."""

    async def load(self, order: Load) -> Loaded | LoadFailed: ...

    async def unload(self, checkpoint: str) -> None: ...

    async def close(self) -> None:
        """End the process for good."""


class _Life:
    """One process from its start to its end."""

    def __init__(self, serve: Serve, config: DeviceConfig) -> None:
        self._loop = asyncio.get_running_loop()
        self.up: asyncio.Future[Up] = self._loop.create_future()
        self.gone = asyncio.Event()
        self._ending: asyncio.Future[None] | None = None
        self.calls: dict[int, asyncio.Queue[CallEvent | None]] = {}
        self.loads: dict[str, asyncio.Future[Loaded | LoadFailed]] = {}
        self.unloads: dict[str, asyncio.Future[Unloaded]] = {}
        self._channel, theirs = socket.socketpair()
        self._process = multiprocessing.get_context("spawn").Process(
            target=serve, args=(theirs, config), name=f"limner-{config.device}", daemon=True
        )
        try:
            self._process.start()
        except BaseException:
            self._channel.close()
            raise
        finally:
            theirs.close()
        self._sender = ThreadPoolExecutor(1, thread_name_prefix="limner-device-send")
        self._reader = threading.Thread(target=self._read, name="limner-device-read", daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int | None:
        return self._process.pid

    @property
    def has_come_up(self) -> bool:
        return self.up.done() and not self.up.cancelled() and self.up.exception() is None

    def _read(self) -> None:
        with suppress(RuntimeError):  # the loop has been closed meanwhile
            with suppress(EOFError, OSError):  # the process is gone
                while True:
                    self._loop.call_soon_threadsafe(self._take, receive_message(self._channel))
            self._loop.call_soon_threadsafe(self._end)

    def _take(self, report: Report) -> None:
        match report:
            case Up():
                _resolve(self.up, report)
            case Unfit() if not self.up.done():
                self.up.set_exception(ConfigError(report.text))
            case Loaded() | LoadFailed():
                _resolve(self.loads.pop(report.checkpoint, None), report)
            case Unloaded():
                _resolve(self.unloads.pop(report.checkpoint, None), report)
            case Stepped() | Looked() | Made() | Spoiled() | Ended() if report.call in self.calls:
                self.calls[report.call].put_nowait(report)

    def _end(self) -> None:
        self.gone.set()
        waited_for: list[asyncio.Future[Any]] = [self.up, *self.loads.values(), *self.unloads.values()]
        for future in waited_for:
            if not future.done():
                future.set_exception(WorkerDied())
        for queue in self.calls.values():
            queue.put_nowait(None)

    async def send(self, order: Order) -> None:
        """Orders arrive in the order in which they are sent. Raises WorkerDied."""
        if self._ending or self.gone.is_set():
            raise WorkerDied
        try:
            await self._loop.run_in_executor(self._sender, send_message, self._channel, order)
        except OSError as error:
            raise WorkerDied from error

    async def kill(self) -> None:
        self._process.kill()
        await self.close()

    async def close(self) -> None:
        """End it: with time for what runs to be cancelled, then by force."""
        if self._ending is None:
            with suppress(OSError):  # it died before
                self._channel.shutdown(socket.SHUT_RDWR)
            self._ending = self._loop.run_in_executor(None, self._join)
        await asyncio.shield(self._ending)
        await self.gone.wait()

    def _join(self) -> None:
        self._process.join(CLOSE_TIMEOUT_S)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._reader.join()
        self._sender.shutdown()
        self._channel.close()


def _resolve(future: asyncio.Future[T] | None, value: T) -> None:
    if future is not None and not future.done():
        future.set_result(value)


class DeviceProcess:
    """A Device whose work a child process does.

    cancel_timeout_s: a process that does not end a cancelled call within it is killed, for some pipelines
    cannot be interrupted. serve: what the child runs.
    """

    def __init__(
        self,
        config: DeviceConfig,
        *,
        serve: Serve = main.serve,
        cancel_timeout_s: float = CANCEL_TIMEOUT_S,
    ) -> None:
        self.name = config.device
        self._config = config
        self._serve = serve
        self._cancel_timeout_s = cancel_timeout_s
        self._life: _Life | None = None
        self._closed = False

    @property
    def alive(self) -> bool:
        life = self._life
        return life is not None and not life.gone.is_set() and life.has_come_up

    @property
    def pid(self) -> int | None:
        """The process that works for it now."""
        return self._life.pid if self._life else None

    async def start(self) -> Up:
        if self._life is not None:
            await self._life.close()
        if self._closed:
            raise Unavailable("The service is stopping.")
        try:
            self._life = _Life(self._serve, self._config)
        except OSError as error:  # no memory or no number left for a process
            raise WorkerDied from error
        up = await self._life.up
        self.name = up.device
        return up

    async def wait_gone(self) -> None:
        await self._living().gone.wait()

    async def run(self, call: Call) -> AsyncGenerator[CallEvent, None]:
        life = self._living()
        events = life.calls[call.id] = asyncio.Queue()
        over = False
        try:
            await life.send(call)
            while not over:
                event = await events.get()
                over = event is None or isinstance(event, Ended)
                if event is None:
                    raise WorkerDied
                yield event
        finally:
            if not over:
                await self._cancel(life, call.id, events)
            del life.calls[call.id]

    async def _cancel(self, life: _Life, call: int, events: asyncio.Queue[CallEvent | None]) -> None:
        with suppress(WorkerDied):
            try:
                async with asyncio.timeout(self._cancel_timeout_s):
                    await life.send(Cancel(call))
                    while not isinstance(await events.get(), Ended | None):
                        pass
            except TimeoutError:
                log.error("device %s ends no cancelled call: process %s is killed", self.name, life.pid)
                await life.kill()

    async def load(self, order: Load) -> Loaded | LoadFailed:
        life = self._living()
        answer: asyncio.Future[Loaded | LoadFailed] = asyncio.get_running_loop().create_future()
        life.loads[order.checkpoint.name] = answer
        await life.send(order)
        return await answer

    async def unload(self, checkpoint: str) -> None:
        life = self._living()
        answer = life.unloads[checkpoint] = asyncio.get_running_loop().create_future()
        await life.send(Unload(checkpoint))
        await answer

    def _living(self) -> _Life:
        if self._life is None or self._life.gone.is_set():
            raise WorkerDied
        return self._life

    async def close(self) -> None:
        self._closed = True
        if self._life is not None:
            await self._life.close()
