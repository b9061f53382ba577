"""A device's process as the server sees it: real processes, whose work is scripted."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pytest

from limner.engines.diffusers.device import DeviceProcess
from limner.engines.diffusers.messages import (
    Call,
    CallEvent,
    DeviceConfig,
    Ended,
    Load,
    Loaded,
    LoadFailed,
    Made,
    Part,
    ReferenceInput,
    Stepped,
    Up,
)
from limner.errors import ConfigError, Unavailable, WorkerDied
from limner.types import Size

if TYPE_CHECKING:
    from tests.engines.diffusers.conftest import MakeCheckpoint

MakeProcess: TypeAlias = Callable[..., DeviceProcess]
TIMEOUT_S = 30.0


@pytest.fixture
async def process(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[MakeProcess]:
    """Makes devices whose process runs scripted_process.py; they are closed in the end."""
    monkeypatch.syspath_prepend(Path(__file__).parent)
    serve = import_module("scripted_process").serve
    async with AsyncExitStack() as stack:

        def made(device: str = "auto", *, cancel_timeout_s: float = TIMEOUT_S) -> DeviceProcess:
            process = DeviceProcess(DeviceConfig(device), serve=serve, cancel_timeout_s=cancel_timeout_s)
            stack.push_async_callback(process.close)
            return process

        yield made


def call_of(prompt: str, number: int = 1, **changes: object) -> Call:
    options: dict[str, object] = {"parts": (Part(prompt, 7),), "steps": 2, **changes}
    return Call(
        id=number,
        checkpoint="a",
        size=Size(4, 4),
        target=Size(4, 2),
        guidance=0.0,
        **options,  # type: ignore[arg-type]
    )


async def events_of(device: DeviceProcess, call: Call) -> list[CallEvent]:
    async with asyncio.timeout(TIMEOUT_S):
        return [event async for event in device.run(call)]


def is_up(device: DeviceProcess) -> bool:
    return device.alive


def is_alive(pid: int | None) -> bool:
    """Whether there is a process of this number that has not ended; a zombie has."""
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"


async def test_a_process_comes_up_and_says_what_it_is(process: MakeProcess) -> None:
    device = process("auto")
    assert not is_up(device)
    assert await device.start() == Up("scripted:0", 1 << 40)
    assert is_up(device) and device.name == "scripted:0" and is_alive(device.pid)


async def test_a_call_is_told_from_its_steps_to_its_end(process: MakeProcess) -> None:
    device = process()
    await device.start()
    *steps, first, second, ended = await events_of(
        device, call_of("echo", parts=(Part("echo", 7), Part("echo", 9)))
    )
    assert steps == [Stepped(1, 1, 2), Stepped(1, 2, 2)]
    assert isinstance(first, Made) and first.pixels.shape == (2, 4, 3) and (first.pixels == 7).all()
    assert isinstance(second, Made) and second.part == 1 and (second.pixels == 9).all()
    assert ended == Ended(1)


async def test_large_pictures_cross_whole(process: MakeProcess) -> None:
    pixels = np.random.default_rng(1).integers(0, 200, (1024, 1500, 3), np.uint8)
    device = process()
    await device.start()
    references = (ReferenceInput(pixels, Size(1500, 1024)),)
    made = [
        event
        for event in await events_of(device, call_of("echo", references=references))
        if isinstance(event, Made)
    ]
    assert np.array_equal(made[0].pixels, pixels + 7)


async def test_calls_follow_each_other(process: MakeProcess) -> None:
    device = process()
    await device.start()
    for number in range(1, 6):
        assert (await events_of(device, call_of("echo", number)))[-1] == Ended(number)


async def test_closing_a_call_cancels_it_and_waits_for_its_end(process: MakeProcess) -> None:
    device = process()
    await device.start()
    pid = device.pid
    events = device.run(call_of("forever"))
    assert await anext(events) == Stepped(1, 1, 2)
    async with asyncio.timeout(TIMEOUT_S):
        await events.aclose()
    assert (await events_of(device, call_of("echo", 2)))[-1] == Ended(2)
    assert device.pid == pid


async def test_a_cancelled_task_cancels_its_call(process: MakeProcess) -> None:
    device = process()
    await device.start()
    task = asyncio.create_task(events_of(device, call_of("forever")))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (await events_of(device, call_of("echo", 2)))[-1] == Ended(2)


async def test_a_call_that_cannot_be_cancelled_costs_its_process(
    process: MakeProcess, caplog: pytest.LogCaptureFixture
) -> None:
    device = process(cancel_timeout_s=0.1)
    await device.start()
    pid = device.pid
    events = device.run(call_of("stuck"))
    await anext(events)
    async with asyncio.timeout(TIMEOUT_S):
        await events.aclose()
    assert not is_up(device) and not is_alive(pid)
    assert f"process {pid} is killed" in caplog.text
    await device.start()
    assert is_up(device) and device.pid != pid
    assert (await events_of(device, call_of("echo", 2)))[-1] == Ended(2)


async def test_loads_are_answered_beside_a_call(process: MakeProcess, checkpoint: MakeCheckpoint) -> None:
    device = process()
    await device.start()
    events = device.run(call_of("forever"))
    await anext(events)
    async with asyncio.timeout(TIMEOUT_S):
        assert await device.load(Load(checkpoint("a"), Path("/weights/a"))) == Loaded("a", 123)
        failed = LoadFailed("bad", "failed", "nothing in /weights/bad")
        assert await device.load(Load(checkpoint("bad"), Path("/weights/bad"))) == failed
        await device.unload("a")
        await events.aclose()


async def test_a_death_is_told_to_all_who_wait(process: MakeProcess, checkpoint: MakeCheckpoint) -> None:
    device = process()
    await device.start()
    loading = asyncio.create_task(device.load(Load(checkpoint("slow"), Path("/weights/slow"))))
    gone = asyncio.create_task(device.wait_gone())
    making = asyncio.create_task(events_of(device, call_of("stuck")))
    await asyncio.sleep(0)
    assert device.pid is not None
    os.kill(device.pid, signal.SIGKILL)
    async with asyncio.timeout(TIMEOUT_S):
        await gone
        for told in (loading, making):
            with pytest.raises(WorkerDied):
                await told
    assert not is_up(device)
    for late in (device.unload("a"), events_of(device, call_of("echo", 2)), device.wait_gone()):
        with pytest.raises(WorkerDied):
            await late


async def test_another_process_takes_the_place_of_one_that_died(process: MakeProcess) -> None:
    device = process()
    await device.start()
    pid = device.pid
    with pytest.raises(WorkerDied):
        await events_of(device, call_of("die"))
    await device.start()
    assert is_up(device) and device.pid != pid and not is_alive(pid)
    assert (await events_of(device, call_of("echo", 2)))[-1] == Ended(2)


async def test_a_process_that_ends_before_it_is_up_is_said_to_be_dead(process: MakeProcess) -> None:
    device = process("broken")
    with pytest.raises(WorkerDied):
        await device.start()
    assert not is_up(device)


async def test_a_process_that_cannot_work_says_why(process: MakeProcess) -> None:
    device = process("unfit")
    with pytest.raises(ConfigError, match="there is no device unfit"):
        await device.start()
    assert not is_up(device)


async def test_closing_leaves_no_process_whatever_it_does(process: MakeProcess) -> None:
    device = process()
    await device.start()
    pid = device.pid
    making = asyncio.create_task(events_of(device, call_of("forever")))
    await asyncio.sleep(0)
    async with asyncio.timeout(TIMEOUT_S):
        await asyncio.gather(device.close(), device.close())
        with pytest.raises(WorkerDied):
            await making
    assert not is_alive(pid) and not is_up(device)
    with pytest.raises(Unavailable):
        await device.start()


async def test_a_process_that_does_not_end_by_itself_is_killed(
    process: MakeProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("limner.engines.diffusers.device.CLOSE_TIMEOUT_S", 0.2)
    device = process("stubborn")
    await device.start()
    pid = device.pid
    async with asyncio.timeout(TIMEOUT_S):
        await device.close()
    assert not is_alive(pid)


async def test_closing_what_never_started_is_nothing(process: MakeProcess) -> None:
    device = process()
    await device.close()
    assert not is_up(device)


def test_the_servers_side_of_a_device_knows_no_torch() -> None:
    code = "import sys, limner.engines.diffusers.scheduling.scheduler; print('torch' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"
