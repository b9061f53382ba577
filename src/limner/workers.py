"""Worker processes for CPU-bound work, so that the event loop never waits for pixels.

One call runs one importable function in one idle worker; arguments and results cross by limner.channel.
A worker that dies is replaced, and its call made once more: functions that run here only compute.

It knows functions and arguments; it does not know what they draw.
Not covered: limits on a worker's memory or time; calls cannot be interrupted once they run.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from importlib import import_module
from multiprocessing.process import BaseProcess
from typing import Any, ParamSpec, TypeVar, cast

from limner.channel import receive_message, send_message
from limner.errors import InternalError, RequestError, Unavailable, WorkerDied

log = logging.getLogger(__name__)
P = ParamSpec("P")
R = TypeVar("R")

CLOSE_TIMEOUT_S = 2.0
FIRST_PAUSE_S = 0.1
LONGEST_PAUSE_S = 10.0
"""Between tries to put a worker in the place of one that died."""


class _Worker:
    """One process and the socket to it; used by one thread at a time."""

    def __init__(self, preload: Sequence[str]) -> None:
        context = multiprocessing.get_context("spawn")
        self.channel, theirs = socket.socketpair()
        self.process: BaseProcess = context.Process(target=_serve, args=(theirs, tuple(preload)), daemon=True)
        try:
            self.process.start()
        except BaseException:
            self.channel.close()
            raise
        finally:
            theirs.close()

    def wait_until_up(self) -> None:
        receive_message(self.channel)

    def call(self, function: Callable[..., R], args: tuple[Any, ...]) -> R:
        send_message(self.channel, (function, *args))
        failed, value = receive_message(self.channel)
        if failed:
            raise value
        return cast(R, value)

    def hang_up(self) -> None:
        """Wake whoever waits for an answer; the worker ends when it is done with its call."""
        with suppress(OSError):  # it died before
            self.channel.shutdown(socket.SHUT_RDWR)

    def close(self, timeout_s: float = 0.0) -> None:
        self.hang_up()
        self.channel.close()
        self.process.join(timeout_s)
        if self.process.is_alive():
            self.process.terminate()
            self.process.join()


def _serve(channel: socket.socket, preload: Sequence[str]) -> None:
    """The worker's life: import, say so, then answer one call after another until the parent closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in preload:
        import_module(name)
    with suppress(EOFError, OSError):  # the parent closed the channel: the end of this life
        send_message(channel, os.getpid())
        while True:
            function, *args = receive_message(channel)
            send_message(channel, _answer(function, args))


def _answer(function: Callable[..., Any], args: Sequence[Any]) -> tuple[bool, Any]:
    try:
        return False, function(*args)
    except RequestError as error:
        return True, error
    except Exception:
        log.exception("%s failed in a worker", getattr(function, "__qualname__", function))
        return True, InternalError()


class Workers:
    """A fixed number of worker processes; count=0 runs the calls in threads of this process.

    preload: modules that each worker imports before it takes work.
    """

    def __init__(self, count: int, *, preload: Sequence[str] = ()) -> None:
        self.count = count
        self._preload = tuple(preload)
        self._all: list[_Worker] = []
        self._idle: asyncio.LifoQueue[_Worker | None] = asyncio.LifoQueue()
        self._threads = ThreadPoolExecutor(max(1, count), thread_name_prefix="limner-worker")
        self._lock = threading.Lock()
        self._closed = threading.Event()

    def spawn(self) -> None:
        """Start the processes and return at once; start() waits for them."""
        if not self._all:
            self._all = [_Worker(self._preload) for _ in range(self.count)]

    async def start(self) -> None:
        """Return when every worker has imported what it needs."""
        self.spawn()
        loop = asyncio.get_running_loop()
        try:
            await asyncio.gather(*(loop.run_in_executor(self._threads, w.wait_until_up) for w in self._all))
        except (EOFError, OSError) as error:
            raise WorkerDied("A worker process ended while it started.") from error
        for worker in self._all:
            self._idle.put_nowait(worker)

    async def call(self, function: Callable[P, R], *args: P.args, **_: P.kwargs) -> R:
        """function(*args) in a worker. function is found by its import path there.

        Raises what it raised when that is a RequestError, InternalError for anything else; WorkerDied when
        a second worker died of it; Unavailable once the workers are closed.
        A caller that is cancelled goes at once; its worker is taken again when it is done.
        """
        if self.count == 0:
            loop = asyncio.get_running_loop()
            failed, value = await loop.run_in_executor(self._threads, _answer, function, args)
            if failed:
                raise value
            return cast(R, value)
        try:
            return await self._call_idle(function, args)
        except WorkerDied:
            if self._closed.is_set():
                raise
        return await self._call_idle(function, args)

    async def _call_idle(self, function: Callable[..., R], args: tuple[Any, ...]) -> R:
        worker = await self._idle.get()
        if worker is None:
            self._idle.put_nowait(None)  # for the next one who waits
            raise Unavailable("The service is stopping.")
        work = asyncio.get_running_loop().run_in_executor(self._threads, self._call, worker, function, args)
        work.add_done_callback(lambda done: self._take_back(worker, done))
        return await asyncio.shield(work)

    def _call(self, worker: _Worker, function: Callable[..., R], args: tuple[Any, ...]) -> R:
        try:
            return worker.call(function, args)
        except (EOFError, OSError) as error:
            raise WorkerDied from error

    def _take_back(self, worker: _Worker, done: asyncio.Future[Any]) -> None:
        died = not done.cancelled() and isinstance(done.exception(), WorkerDied)
        if self._closed.is_set():
            return
        if died:
            log.error("worker %s died and is replaced", worker.process.pid)
            loop = asyncio.get_running_loop()
            loop.run_in_executor(None, self._replace, worker, loop)
        else:
            self._idle.put_nowait(worker)

    def _replace(self, worker: _Worker, loop: asyncio.AbstractEventLoop) -> None:
        """Try until there is another one in its place: with no worker left, all calls would wait forever."""
        pause_s = FIRST_PAUSE_S
        while True:
            worker.close()
            try:
                with self._lock:
                    if self._closed.is_set():
                        return
                    fresh = _Worker(self._preload)
                    self._all[self._all.index(worker)] = worker = fresh
                fresh.wait_until_up()
                break
            except (EOFError, OSError):
                if not self._closed.is_set():
                    log.exception("a worker cannot be replaced yet")
            self._closed.wait(pause_s)
            pause_s = min(2 * pause_s, LONGEST_PAUSE_S)
        with suppress(RuntimeError):  # the loop has been closed meanwhile
            loop.call_soon_threadsafe(self._idle.put_nowait, fresh)

    async def close(self) -> None:
        """End the processes; calls still running fail with WorkerDied, those that wait with Unavailable."""
        self._closed.set()
        self._idle.put_nowait(None)
        await asyncio.to_thread(self._close_all)

    def _close_all(self) -> None:
        with self._lock:
            for worker in self._all:
                worker.hang_up()
            deadline = time.monotonic() + CLOSE_TIMEOUT_S
            for worker in self._all:
                worker.close(max(0.0, deadline - time.monotonic()))
        self._threads.shutdown(wait=False)
