"""Workers: what crosses to another process and back, and what happens when one dies."""

from __future__ import annotations

import asyncio
import copy
import operator
import os
import resource
import signal
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path

import numpy as np
import pytest

from limner.engines.fake import Script
from limner.errors import InternalError, InvalidParameter, Unavailable, WorkerDied
from limner.workers import CLOSE_TIMEOUT_S, Workers

MIB = 1 << 20


@asynccontextmanager
async def pool(count: int, **options: tuple[str, ...]) -> AsyncIterator[Workers]:
    workers = Workers(count, **options)
    try:
        await workers.start()
        yield workers
    finally:
        await workers.close()


def fifo(folder: Path, name: str = "gate") -> Path:
    """A file whose opening waits until open_gate opens it from this side."""
    path = folder / name
    os.mkfifo(path)
    return path


async def open_gate(path: Path) -> None:
    """Let the call that opens the fifo go on; returns when it has begun to wait there."""
    os.close(await asyncio.to_thread(os.open, path, os.O_WRONLY))


@pytest.mark.parametrize("count", [0, 2])
async def test_arrays_cross_intact_and_come_back_writable(count: int) -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (512, 384, 3), np.uint8)
    async with pool(count) as workers:
        back = await workers.call(copy.copy, pixels)
        assert back.dtype == np.uint8 and np.array_equal(back, pixels)
        first = int(pixels[0, 0, 0])
        back[0, 0, 0] = first ^ 255
        assert back[0, 0, 0] == first ^ 255 and pixels[0, 0, 0] == first


async def test_an_array_made_in_a_worker_is_the_same_as_one_made_here() -> None:
    async with pool(1) as workers:
        there = await workers.call(np.tile, np.arange(256, dtype=np.uint8), (640, 2))
        mirrored = await workers.call(np.flip, there, 1)
    assert np.array_equal(there, np.tile(np.arange(256, dtype=np.uint8), (640, 2)))
    assert np.array_equal(mirrored, there[:, ::-1])


@pytest.mark.parametrize("length", [0, 1, (1 << 16) - 1, 1 << 16, (1 << 16) + 1, 5 * MIB + 3])
async def test_bytes_of_every_length_cross_intact(length: int) -> None:
    data = np.random.default_rng(length).bytes(length)
    async with pool(1) as workers:
        assert await workers.call(copy.copy, data) == data
        assert await workers.call(operator.concat, data, data) == data + data


async def test_many_large_values_cross_in_one_call() -> None:
    arrays = [np.full((256, 256), number, np.uint8) for number in range(80)]
    rest = [bytes(MIB), ("text", 3, [bytes(MIB)])]
    async with pool(1) as workers:
        back, others = await workers.call(copy.copy, (arrays, rest))
    assert all(np.array_equal(a, b) for a, b in zip(arrays, back, strict=True))
    assert others == rest


async def test_no_descriptor_is_left_open() -> None:
    pixels = np.zeros((512, 512, 3), np.uint8)
    async with pool(1) as workers:
        await workers.call(copy.copy, pixels)
        before = len(list(Path("/dev/fd").iterdir()))
        for _ in range(20):
            await workers.call(copy.copy, pixels)
        assert len(list(Path("/dev/fd").iterdir())) <= before


@pytest.mark.parametrize("count", [0, 1])
async def test_an_error_of_ours_crosses_with_all_that_it_says(count: int) -> None:
    async with pool(count) as workers:
        with pytest.raises(InvalidParameter) as error:
            await workers.call(Script.parse, "delay_s=soon")
    assert error.value.param == "X-Limner-Fake"
    assert error.value.message.endswith("numbers are expected.")


@pytest.mark.parametrize("count", [0, 1])
async def test_any_other_error_is_internal_and_the_worker_goes_on(count: int) -> None:
    async with pool(count) as workers:
        with pytest.raises(InternalError) as error:
            await workers.call(operator.truediv, 1, 0)
        assert type(error.value) is InternalError
        assert "division" not in error.value.message
        assert await workers.call(operator.add, 1, 2) == 3


async def test_without_processes_calls_run_in_threads_of_this_one() -> None:
    async with pool(0) as workers:
        assert await workers.call(os.getpid) == os.getpid()
        assert await workers.call(threading.get_ident) != threading.get_ident()


async def test_calls_run_side_by_side_each_in_its_own_process(tmp_path: Path) -> None:
    paths = [fifo(tmp_path, str(number)) for number in range(2)]
    async with pool(2) as workers:
        calls = [asyncio.create_task(workers.call(path.read_bytes)) for path in paths]
        for path in paths:
            await open_gate(path)
        assert await asyncio.gather(*calls) == [b"", b""]
        assert await workers.call(os.getpid) != os.getpid()


async def test_more_calls_than_workers_wait_for_their_turn() -> None:
    async with pool(2) as workers:
        sums = await asyncio.gather(*(workers.call(operator.add, number, 1) for number in range(20)))
    assert sums == list(range(1, 21))


async def test_workers_have_imported_what_was_asked_for_before_they_take_work() -> None:
    name = "colorsys"
    async with pool(1) as bare, pool(1, preload=(name,)) as prepared:
        assert await bare.call(eval, f"{name!r} in __import__('sys').modules") is False
        assert await prepared.call(eval, f"{name!r} in __import__('sys').modules") is True


async def test_a_module_that_cannot_be_imported_stops_the_start() -> None:
    workers = Workers(1, preload=("limner.no_such_module",))
    try:
        with pytest.raises(WorkerDied):
            await workers.start()
    finally:
        await workers.close()


async def test_a_call_that_kills_two_workers_fails_alone_and_they_are_replaced(tmp_path: Path) -> None:
    gate = fifo(tmp_path)
    async with pool(2) as workers:
        other = asyncio.create_task(workers.call(gate.read_bytes))
        with pytest.raises(WorkerDied):
            await workers.call(signal.raise_signal, signal.SIGKILL)
        await open_gate(gate)
        assert await other == b""
        gates = [fifo(tmp_path, f"after {number}") for number in range(2)]
        both = [asyncio.create_task(workers.call(path.read_bytes)) for path in gates]
        for path in gates:
            await open_gate(path)
        assert await asyncio.gather(*both) == [b"", b""]


async def test_a_lone_worker_that_dies_is_replaced_time_and_again() -> None:
    async with pool(1) as workers:
        for _ in range(2):
            with pytest.raises(WorkerDied):
                await workers.call(signal.raise_signal, signal.SIGKILL)
        assert await workers.call(operator.add, 1, 2) == 3


async def test_a_call_whose_worker_was_killed_is_made_again(tmp_path: Path) -> None:
    gate = fifo(tmp_path)
    async with pool(1) as workers:
        pid = await workers.call(os.getpid)
        call = asyncio.create_task(workers.call(gate.read_bytes))
        writer = await asyncio.to_thread(os.open, gate, os.O_WRONLY)
        os.kill(pid, signal.SIGKILL)
        await asyncio.to_thread(wait_for_end, pid)
        os.close(writer)
        await open_gate(gate)
        assert await call == b""
        assert await workers.call(os.getpid) != pid


async def test_a_worker_that_cannot_be_replaced_at_once_is_replaced_later(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with pool(1) as workers:
        pid = await workers.call(os.getpid)
        with no_more_descriptors():
            os.kill(pid, signal.SIGKILL)
            call = asyncio.create_task(workers.call(operator.add, 1, 2))
            while "cannot be replaced yet" not in caplog.text:
                await asyncio.sleep(0.01)
            assert not call.done()
        assert await call == 3


@contextmanager
def no_more_descriptors() -> Iterator[None]:
    """Nothing can be opened meanwhile: no socket to a new worker either."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def wait_for_end(pid: int) -> None:
    """Return when a child is gone; whoever started it may be the one who hears how it ended."""
    with suppress(ChildProcessError):
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)


async def test_closing_fails_the_calls_that_wait_for_a_worker_and_those_that_come_later(
    tmp_path: Path,
) -> None:
    gate = fifo(tmp_path)
    workers = Workers(1)
    await workers.start()
    busy = asyncio.create_task(workers.call(gate.read_bytes))
    writer = await asyncio.to_thread(os.open, gate, os.O_WRONLY)
    waiting = [asyncio.create_task(workers.call(operator.add, 1, number)) for number in range(3)]
    await asyncio.sleep(0)
    await workers.close()
    ends = await asyncio.gather(busy, *waiting, workers.call(operator.add, 1, 2), return_exceptions=True)
    assert [type(end) for end in ends] == [WorkerDied, *[Unavailable] * 4]
    os.close(writer)


async def test_a_cancelled_caller_goes_at_once_and_its_worker_is_not_lost(tmp_path: Path) -> None:
    gate = fifo(tmp_path)
    async with pool(1) as workers:
        call = asyncio.create_task(workers.call(gate.read_bytes))
        writer = await asyncio.to_thread(
            os.open, gate, os.O_WRONLY
        )  # the worker waits for the end of the file
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        os.close(writer)
        assert await workers.call(operator.add, 1, 2) == 3


async def test_a_caller_cancelled_while_it_waits_for_a_worker_takes_none_with_it(tmp_path: Path) -> None:
    gate = fifo(tmp_path)
    async with pool(1) as workers:
        first = asyncio.create_task(workers.call(gate.read_bytes))
        writer = await asyncio.to_thread(os.open, gate, os.O_WRONLY)
        waiting = asyncio.create_task(workers.call(operator.add, 1, 1))
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        os.close(writer)
        assert await first == b""
        assert await workers.call(operator.add, 1, 2) == 3


async def test_closing_waits_for_busy_workers_together_and_not_one_after_another(tmp_path: Path) -> None:
    gates = [fifo(tmp_path, str(number)) for number in range(3)]
    workers = Workers(3)
    await workers.start()
    calls = [asyncio.create_task(workers.call(gate.read_bytes)) for gate in gates]
    writers = [await asyncio.to_thread(os.open, gate, os.O_WRONLY) for gate in gates]
    began = time.monotonic()
    await workers.close()
    assert time.monotonic() - began < 2 * CLOSE_TIMEOUT_S
    ends = await asyncio.gather(*calls, return_exceptions=True)
    assert [type(end) for end in ends] == [WorkerDied] * 3
    for writer in writers:
        os.close(writer)


async def test_closing_fails_the_calls_that_still_run_and_leaves_no_process(tmp_path: Path) -> None:
    gate = fifo(tmp_path)
    workers = Workers(1)
    await workers.start()
    pid = await workers.call(os.getpid)
    call = asyncio.create_task(workers.call(gate.read_bytes))
    writer = await asyncio.to_thread(os.open, gate, os.O_WRONLY)
    await workers.close()
    with pytest.raises(WorkerDied):
        await call
    os.close(writer)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


async def test_a_keyboard_s_interrupt_is_the_parent_s_to_answer() -> None:
    async with pool(1) as workers:
        await workers.call(signal.raise_signal, signal.SIGINT)
        assert await workers.call(operator.add, 1, 2) == 3
