"""What is made once more, how, and what fails: lack of memory, a process that dies, other faults."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from limner.engines.diffusers.scheduling import station
from limner.engines.diffusers.tasks import Finished
from limner.errors import DeviceOutOfMemory, InternalError, WorkerDied
from limner.types import Preview, Progress

if TYPE_CHECKING:
    from tests.engines.diffusers.conftest import MakeDevice, MakeWorld, Picture

TOKENS = 1024
"""Of a picture of 512x512."""


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(station, "FIRST_PAUSE_S", 0.001)
    monkeypatch.setattr(station, "LONGEST_PAUSE_S", 0.004)


async def test_a_batch_without_memory_is_made_one_by_one(world: MakeWorld, picture: Picture) -> None:
    running = await world(batch_tokens=9 * TOKENS)
    client = running.ask(*(picture(index=index, prompt=str(index)) for index in range(3)))
    run = await running.device.next_run()
    assert run.prompts == ["0", "1", "2"]
    run.end("out_of_memory")
    for prompt in ("0", "1", "2"):
        run = await running.device.next_run()
        assert run.prompts == [prompt]
        run.finish()
    assert await client.outcome() == [0, 0, 0]


async def test_what_a_batch_has_finished_before_memory_ran_out_stays_finished(
    world: MakeWorld, picture: Picture
) -> None:
    running = await world(batch_tokens=9 * TOKENS)
    client = running.ask(*(picture(index=index, prompt=str(index)) for index in range(2)))
    run = await running.device.next_run()
    run.make(0)
    run.end("out_of_memory")
    run = await running.device.next_run()
    assert run.prompts == ["1"]
    run.finish()
    assert await client.outcome() == [0, 0]


async def test_after_a_lack_of_memory_batches_are_smaller(world: MakeWorld, picture: Picture) -> None:
    running = await world(batch_tokens=4 * TOKENS)
    client = running.ask(*(picture(index=index) for index in range(4)))
    (await running.device.next_run()).end("out_of_memory")
    for _ in range(4):
        (await running.device.next_run()).finish()
    await client.end()
    running.ask(*(picture(index=index) for index in range(4)))
    assert len((await running.device.next_run()).call.parts) == 2


async def test_a_picture_without_memory_is_made_with_nothing_else_loaded_and_then_fails(
    world: MakeWorld, picture: Picture
) -> None:
    running = await world(preload=["a", "b", "c"])
    client = running.ask(picture("b"))
    (await running.device.next_run()).end("out_of_memory")
    run = await running.device.next_run()
    assert sorted(running.device.moves[3:]) == ["-a", "-c"]
    run.end("out_of_memory")
    assert await client.outcome() == [DeviceOutOfMemory]
    (failed,) = client.events
    assert "a smaller size may do" in str(getattr(failed, "error", ""))


async def test_room_made_for_one_picture_may_be_enough(world: MakeWorld, picture: Picture) -> None:
    running = await world(preload=["a", "b"])
    client = running.ask(picture("b"))
    (await running.device.next_run()).end("out_of_memory")
    (await running.device.next_run()).finish()
    assert await client.outcome() == [0]
    again = running.ask(picture("a"))
    (await running.device.next_run()).finish()
    assert await again.outcome() == [0]
    assert running.device.moves == ["+a", "+b", "-a", "+a"]


async def test_a_client_that_goes_while_room_is_made_for_it_leaves_all_in_order(
    world: MakeWorld, picture: Picture
) -> None:
    running = await world(preload=["a", "b", "c"])
    client = running.ask(picture("b"))
    run = await running.device.next_run()
    running.device.unloads.clear()
    run.end("out_of_memory")
    assert await running.device.is_quiet() and len(running.device.moves) == 4
    await client.leave()
    running.device.unloads.set()
    for name in ("a", "b", "c"):
        again = running.ask(picture(name))
        run = await running.device.next_run()
        assert run.call.checkpoint == name
        run.finish()
        assert await again.outcome() == [0]


async def test_a_call_that_fails_fails_its_pictures_once(
    world: MakeWorld, picture: Picture, caplog: pytest.LogCaptureFixture
) -> None:
    running = await world()
    client = running.ask(picture())
    (await running.device.next_run()).end("failed")
    assert await client.outcome() == [InternalError]
    assert "as the script has it" in caplog.text
    assert await running.device.is_quiet()


async def test_a_picture_that_a_call_forgets_fails(world: MakeWorld, picture: Picture) -> None:
    running = await world()
    client = running.ask(picture())
    (await running.device.next_run()).end()
    assert await client.outcome() == [InternalError]


async def test_a_process_that_dies_is_replaced_and_its_picture_made_again(
    world: MakeWorld, picture: Picture
) -> None:
    running = await world(preload=["a", "b"])
    client = running.ask(picture())
    await running.device.next_run()
    running.device.die()
    (await running.device.next_run()).finish()
    assert await client.outcome() == [0]
    assert running.device.starts == 2
    assert running.device.moves == ["+a", "+b", "+a", "+b"], "what was loaded is loaded again, the used first"


async def test_a_picture_with_which_two_processes_die_fails(world: MakeWorld, picture: Picture) -> None:
    running = await world()
    client = running.ask(picture())
    for _ in range(2):
        await running.device.next_run()
        running.device.die()
    assert await client.outcome() == [WorkerDied]
    after = running.ask(picture())
    (await running.device.next_run()).finish()
    assert await after.outcome() == [0]


async def test_after_a_death_the_pictures_of_a_batch_are_tried_apart(
    world: MakeWorld, picture: Picture
) -> None:
    running = await world(batch_tokens=9 * TOKENS)
    client = running.ask(*(picture(index=index, prompt=str(index)) for index in range(3)))
    await running.device.next_run()
    running.device.die()
    for index in range(3):
        run = await running.device.next_run()
        assert run.prompts == [str(index)]
        if index == 1:
            running.device.die()
        else:
            run.finish()
    assert await client.outcome() == [0, WorkerDied, 0]


async def test_another_device_takes_over_from_one_that_died(
    world: MakeWorld, picture: Picture, scripted_device: MakeDevice
) -> None:
    devices = [scripted_device("cuda:0"), scripted_device("cuda:1")]
    running = await world(*devices)
    client = running.ask(picture())
    await devices[0].next_run()
    devices[0].comes_up = False
    devices[0].die()
    (await devices[1].next_run()).finish()
    assert await client.outcome() == [0]
    assert running.scheduler.ready()


async def test_a_process_is_started_until_it_comes_up_and_meanwhile_nothing_is_ready(
    world: MakeWorld, picture: Picture
) -> None:
    running = await world()
    assert await running.device.is_quiet() and running.scheduler.ready()
    running.device.comes_up = False
    running.device.die()
    client = running.ask(picture())
    async with asyncio.timeout(10):
        while running.device.starts < 4:
            assert not running.scheduler.ready()
            await asyncio.sleep(0.001)
    running.device.comes_up = True
    (await running.device.next_run()).finish()
    assert await client.outcome() == [0]
    assert running.scheduler.ready()


async def test_what_is_made_again_tells_nothing_twice(world: MakeWorld, picture: Picture) -> None:
    running = await world()
    client = running.ask(picture(previews=2))
    run = await running.device.next_run()
    for step in (1, 2, 3):
        run.step(step)
    run.look(0, 0)
    await client.until(4)
    running.device.die()
    run = await running.device.next_run()
    for step in (1, 2, 3, 4):
        run.step(step)
    run.look(0, 0)
    run.look(0, 1)
    run.finish()
    events = await client.end()
    assert [event.steps_done for event in events if isinstance(event, Progress)] == [1, 2, 3, 4]
    assert [event.number for event in events if isinstance(event, Preview)] == [0, 1]
    assert isinstance(events[-1], Finished)


async def test_a_client_that_goes_after_a_death_is_not_served_again(
    world: MakeWorld, picture: Picture, scripted_device: MakeDevice
) -> None:
    running = await world(scripted_device(holds_loads=True))
    (await running.device.next_load()).done()
    client = running.ask(picture())
    await running.device.next_run()
    running.device.die()
    load = await running.device.next_load()
    await client.leave()
    load.done()
    assert await running.device.is_quiet()
