"""A device process with torch in it: what it loads, makes, drops and survives."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from pathlib import Path

import numpy as np
import pytest
import pytest_asyncio

from limner.engines.diffusers.checkpoint import Checkpoint
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
    SpeedOptions,
    Stepped,
)
from limner.engines.diffusers.scheduling.scheduler import Scheduler
from limner.types import Size

pytestmark = [pytest.mark.needs_more, pytest.mark.asyncio(loop_scope="module")]

TIMEOUT_S = 60.0
SIZE = Size(64, 64)
MANY_STEPS = 400
NAME = "z-image"


@pytest.fixture(scope="module")
def order(checkpoint_folder: Callable[[str], Path]) -> Load:
    folder = checkpoint_folder(NAME)
    return Load(Checkpoint(NAME, str(folder), "none", max_pixels=256 * 256), folder)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def device() -> AsyncIterator[DeviceProcess]:
    device = DeviceProcess(DeviceConfig("cpu", threads=1, speed=SpeedOptions(warm_sizes=(SIZE,))))
    yield device
    await device.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module", autouse=True)
async def scheduler(device: DeviceProcess, order: Load) -> Scheduler:
    """Has one checkpoint loaded on the device; tests leave it so. The device's fixture closes it."""
    scheduler = Scheduler([device], folder_of=lambda _: order.folder)
    async with asyncio.timeout(TIMEOUT_S):
        await scheduler.start([order.checkpoint])
        while not scheduler.ready():
            await asyncio.sleep(0.05)
    return scheduler


def call_of(number: int, *parts: Part, steps: int = 2, checkpoint: str = NAME) -> Call:
    return Call(
        number,
        checkpoint,
        parts or (Part("a cat", 5),),
        size=SIZE,
        target=Size(50, 60),
        steps=steps,
        guidance=0.0,
    )


async def said(device: DeviceProcess, call: Call) -> list[CallEvent]:
    async with asyncio.timeout(TIMEOUT_S):
        return [event async for event in device.run(call)]


async def test_it_makes_pictures_of_the_target_size(device: DeviceProcess) -> None:
    events = await said(device, call_of(101, Part("a cat", 5), Part("a dog", 6)))
    assert [event for event in events if isinstance(event, Stepped)] == [
        Stepped(101, 1, 2),
        Stepped(101, 2, 2),
    ]
    made = [event for event in events if isinstance(event, Made)]
    assert [(event.part, event.pixels.shape) for event in made] == [(0, (60, 50, 3)), (1, (60, 50, 3))]
    assert not np.array_equal(made[0].pixels, made[1].pixels)
    assert events[-1] == Ended(101)


async def test_a_cancelled_call_stops_long_before_its_end_and_the_next_is_as_ever(
    device: DeviceProcess,
) -> None:
    before = await said(device, call_of(102))
    steps = 0
    async with asyncio.timeout(TIMEOUT_S), aclosing(device.run(call_of(103, steps=MANY_STEPS))) as events:
        async for event in events:
            steps += isinstance(event, Stepped)
            if steps == 2:
                break
    after = await said(device, call_of(104))
    one, other = [event.pixels for event in (*before, *after) if isinstance(event, Made)]
    assert np.array_equal(one, other)
    assert device.alive


async def test_what_is_not_loaded_is_not_made(device: DeviceProcess) -> None:
    (ended,) = await said(device, call_of(105, checkpoint="another"))
    assert ended == Ended(105, trouble="failed", text="another is not loaded")


async def test_a_call_that_makes_no_sense_fails_and_harms_nothing(device: DeviceProcess) -> None:
    nonsense = Call(106, NAME, (Part("a cat", 5),), size=Size(63, 64), target=SIZE, steps=2, guidance=0.0)
    (*_, ended) = await said(device, nonsense)
    assert isinstance(ended, Ended) and ended.trouble == "failed" and "ValueError" in ended.text
    assert (await said(device, call_of(107)))[-1] == Ended(107)


async def test_what_cannot_be_loaded_is_told_and_the_rest_stays(
    device: DeviceProcess, tmp_path: Path
) -> None:
    failed = await device.load(Load(Checkpoint("empty", str(tmp_path), "none"), tmp_path))
    assert isinstance(failed, LoadFailed) and failed.trouble == "failed"
    assert "limner models pull empty" in failed.text
    assert (await said(device, call_of(108)))[-1] == Ended(108)


async def test_it_says_what_may_share_a_call(device: DeviceProcess, order: Load) -> None:
    answer = await device.load(order)
    assert isinstance(answer, Loaded)
    assert answer == Loaded(NAME, answer.bytes, "prompts") and answer.bytes > 100_000


async def test_what_is_unloaded_is_gone_until_it_is_loaded_again(device: DeviceProcess, order: Load) -> None:
    await device.unload(NAME)
    (ended,) = await said(device, call_of(109))
    assert isinstance(ended, Ended) and ended.trouble == "failed"
    await device.load(order)
    assert (await said(device, call_of(110)))[-1] == Ended(110)


async def test_a_key_at_the_terminal_does_not_stop_it(device: DeviceProcess) -> None:
    assert device.pid is not None
    os.kill(device.pid, signal.SIGINT)
    assert (await said(device, call_of(111)))[-1] == Ended(111)
    assert device.alive


async def test_it_ends_with_its_server_even_inside_a_call(
    device: DeviceProcess, scheduler: Scheduler
) -> None:
    """The last of this file, for it takes the process."""
    pid = device.pid
    events = device.run(call_of(1000, steps=100_000))
    await anext(events)
    async with asyncio.timeout(TIMEOUT_S):
        await scheduler.close()
    assert pid is not None
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
