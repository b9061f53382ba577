"""What is loaded when, what goes for it, and what is made meanwhile."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from limner.engines.diffusers.checkpoint import Checkpoint
from limner.engines.diffusers.scheduling.shelf import GIB
from limner.errors import ConfigError, DeviceOutOfMemory, InternalError

if TYPE_CHECKING:
    from tests.engines.diffusers.conftest import MakeCheckpoint, MakeDevice, MakeWorld, Picture


async def test_checkpoints_are_loaded_from_the_start_as_far_as_memory_goes(
    world: MakeWorld, picture: Picture
) -> None:
    running = await world(preload=["a", "b", "c"], max_bytes=25 * GIB)
    assert await running.device.is_quiet()
    assert running.device.moves == ["+a", "+b"]
    client = running.ask(picture("c"))
    (await running.device.next_run()).finish()
    assert await client.outcome() == [0]
    assert running.device.moves == ["+a", "+b", "-a", "+c"]


async def test_a_device_keeps_weights_in_four_fifths_of_its_memory(
    world: MakeWorld, scripted_device: MakeDevice
) -> None:
    for memory_gib, moves in ((25.0, ["+a", "+b"]), (24.9, ["+a"])):
        running = await world(scripted_device(memory_gib=memory_gib), preload=["a", "b"])
        assert await running.device.is_quiet()
        assert running.device.moves == moves


async def test_it_is_ready_when_the_first_checkpoint_is_loaded(
    world: MakeWorld, scripted_device: MakeDevice
) -> None:
    running = await world(scripted_device(holds_loads=True), preload=["a", "b"])
    first = await running.device.next_load()
    assert not running.scheduler.ready()
    first.done()
    await running.device.next_load()
    assert running.scheduler.ready()
    running.device.die()
    assert not running.scheduler.ready()
    again = await running.device.next_load()
    assert not running.scheduler.ready()
    again.done()
    await running.device.next_load()
    assert running.scheduler.ready()


async def test_where_nothing_is_to_be_loaded_first_it_is_ready_at_once(
    world: MakeWorld, picture: Picture
) -> None:
    running = await world(preload=[])
    assert running.scheduler.ready()
    client = running.ask(picture("z"))
    (await running.device.next_run()).finish()
    assert await client.outcome() == [0]


async def test_a_first_checkpoint_that_cannot_be_loaded_leaves_it_to_the_next(
    world: MakeWorld, scripted_device: MakeDevice
) -> None:
    running = await world(scripted_device(holds_loads=True), preload=["a", "b"])
    (await running.device.next_load()).fail()
    second = await running.device.next_load()
    assert not running.scheduler.ready()
    second.done()
    assert await running.device.is_quiet() and running.scheduler.ready()


async def test_pictures_are_made_while_something_is_loaded(
    world: MakeWorld, picture: Picture, scripted_device: MakeDevice
) -> None:
    running = await world(scripted_device(holds_loads=True))
    (await running.device.next_load()).done()
    waits = running.ask(picture("b"))
    load = await running.device.next_load()
    for _ in range(3):
        client = running.ask(picture("a"))
        (await running.device.next_run()).finish()
        assert await client.outcome() == [0]
    load.done()
    (await running.device.next_run()).finish()
    assert await waits.outcome() == [0]


async def test_what_has_to_go_ends_its_call_first_and_takes_no_new_one(
    world: MakeWorld, picture: Picture
) -> None:
    running = await world(preload=["a"], max_bytes=15 * GIB)
    first = running.ask(picture("a"))
    run = await running.device.next_run()
    oldest = await running.ask_and_settle(picture("b"))
    younger = await running.ask_and_settle(picture("a"))
    assert running.device.moves == ["+a"], "unloaded while a call uses it"
    run.finish()
    assert await first.outcome() == [0]
    run = await running.device.next_run()
    assert run.call.checkpoint == "b"
    run.finish()
    assert await oldest.outcome() == [0]
    (await running.device.next_run()).finish()
    assert await younger.outcome() == [0]
    assert running.device.moves == ["+a", "-a", "+b", "-b", "+a"]


async def test_older_pictures_are_made_before_their_checkpoint_goes(
    world: MakeWorld, picture: Picture
) -> None:
    running = await world(preload=["a"], max_bytes=15 * GIB)
    for name in ("a", "a", "b", "a"):
        await running.ask_and_settle(picture(name))
    made = []
    for _ in range(4):
        run = await running.device.next_run()
        made.append(run.call.checkpoint)
        run.finish()
    assert made == ["a", "a", "b", "a"]


async def test_a_stream_of_pictures_of_one_checkpoint_does_not_starve_another(
    world: MakeWorld, picture: Picture
) -> None:
    running = await world(preload=["a"], max_bytes=15 * GIB)
    running.ask(picture("a"))
    run = await running.device.next_run()
    await running.ask_and_settle(picture("b"))
    for _ in range(5):
        await running.ask_and_settle(picture("a"))
    run.finish()
    assert (await running.device.next_run()).call.checkpoint == "b"


async def test_a_younger_load_does_not_take_the_room_of_an_older_one(
    world: MakeWorld, picture: Picture, checkpoint: MakeCheckpoint
) -> None:
    running = await world(preload=["a"], max_bytes=25 * GIB)
    running.ask(picture("a"))
    run = await running.device.next_run()
    await running.ask_and_settle(picture("a"))
    await running.ask_and_settle(picture(checkpoint("big", weights_gib=20.0)))
    await running.ask_and_settle(picture("b"))
    assert running.device.moves == ["+a"]
    running.device.sizes["big"] = 20
    for expected in ("a", "a", "big", "b"):
        assert run.call.checkpoint == expected
        run.finish()
        if expected != "b":
            run = await running.device.next_run()


async def test_the_longest_unused_goes_first(world: MakeWorld, picture: Picture) -> None:
    running = await world(preload=["a", "b", "c"], max_bytes=30 * GIB)
    for name in ("b", "a", "c", "b"):
        client = running.ask(picture(name))
        (await running.device.next_run()).finish()
        await client.end()
    running.ask(picture("d"))
    (await running.device.next_run()).finish()
    assert running.device.moves[3:] == ["-a", "+d"]


async def test_what_is_larger_than_it_was_said_to_be_makes_others_go_afterwards(
    world: MakeWorld, picture: Picture, scripted_device: MakeDevice
) -> None:
    device = scripted_device()
    device.sizes["b"] = 18
    running = await world(device, preload=["a", "c"], max_bytes=30 * GIB)
    client = running.ask(picture("b"))
    (await device.next_run()).finish()
    await client.end()
    assert await device.is_quiet()
    assert device.moves == ["+a", "+c", "+b", "-a"]


async def test_a_load_that_fails_fails_its_pictures_and_the_next_request_tries_again(
    world: MakeWorld, picture: Picture, scripted_device: MakeDevice, caplog: pytest.LogCaptureFixture
) -> None:
    running = await world(scripted_device(holds_loads=True))
    (await running.device.next_load()).done()
    client = running.ask(picture("b", index=0), picture("a", index=1), picture("b", index=2))
    load = await running.device.next_load()
    (await running.device.next_run()).finish()
    load.fail()
    assert await client.outcome() == [InternalError, 0, InternalError]
    assert "as the script has it" in caplog.text
    again = running.ask(picture("b"))
    (await running.device.next_load()).done()
    (await running.device.next_run()).finish()
    assert await again.outcome() == [0]


async def test_a_load_without_memory_is_tried_once_more_with_nothing_else_loaded(
    world: MakeWorld, picture: Picture, scripted_device: MakeDevice
) -> None:
    running = await world(scripted_device(holds_loads=True))
    (await running.device.next_load()).done()
    other = running.ask(picture("a"))
    run = await running.device.next_run()
    client = running.ask(picture("b"))
    (await running.device.next_load()).fail("out_of_memory")
    assert await running.device.is_quiet(), "unloaded while a call uses it"
    run.finish()
    await other.end()
    (await running.device.next_load()).done()
    (await running.device.next_run()).finish()
    assert await client.outcome() == [0]
    assert running.device.moves == ["+a", "+b", "-a", "+b"]


async def test_a_load_without_memory_for_it_alone_fails(
    world: MakeWorld, picture: Picture, scripted_device: MakeDevice
) -> None:
    running = await world(scripted_device(holds_loads=True), preload=[])
    client = running.ask(picture("b"))
    (await running.device.next_load()).fail("out_of_memory")
    assert await client.outcome() == [DeviceOutOfMemory]
    assert running.device.moves == ["+b"]


async def test_weights_that_are_gone_fail_the_pictures_of_their_checkpoint(
    world: MakeWorld, picture: Picture
) -> None:
    def folder_of(checkpoint: Checkpoint) -> Path:
        if checkpoint.name == "b":
            raise ConfigError("there is no folder /weights/b")
        return Path(checkpoint.source)

    running = await world(folder_of=folder_of)
    client = running.ask(picture("b", index=0), picture("a", index=1))
    (await running.device.next_run()).finish()
    assert await client.outcome() == [InternalError, 0]


async def test_a_process_that_dies_while_it_loads_is_asked_once_more(
    world: MakeWorld, picture: Picture, scripted_device: MakeDevice
) -> None:
    running = await world(scripted_device(holds_loads=True))
    (await running.device.next_load()).done()
    client = running.ask(picture("b"))
    assert (await running.device.next_load()).name == "b"
    running.device.die()
    names = []
    for _ in range(2):
        load = await running.device.next_load()
        names.append(load.name)
        load.done()
    assert sorted(names) == ["a", "b"]
    (await running.device.next_run()).finish()
    assert await client.outcome() == [0]


async def test_a_checkpoint_with_which_two_processes_die_is_loaded_no_more(
    world: MakeWorld, picture: Picture, scripted_device: MakeDevice
) -> None:
    running = await world(scripted_device(holds_loads=True), preload=[])
    client = running.ask(picture("deadly"))
    for _ in range(2):
        await running.device.next_load()
        running.device.die()
    assert await client.outcome() == [InternalError]
    assert await running.device.is_quiet(), "it is loaded a third time though nobody asks"


async def test_a_device_that_is_idle_loads_what_others_are_busy_with_where_it_fits(
    world: MakeWorld, picture: Picture, scripted_device: MakeDevice, checkpoint: MakeCheckpoint
) -> None:
    devices = [scripted_device("cuda:0"), scripted_device("cuda:1")]
    running = await world(
        *devices, preload=[checkpoint("x", device="cuda:1"), checkpoint("y", device="cuda:0")]
    )
    one = running.ask(picture("a"))
    run = await devices[0].next_run()
    two = await running.ask_and_settle(picture("a"))
    (await devices[1].next_run()).finish()
    run.finish()
    assert await one.outcome() == await two.outcome() == [0]
    assert devices[1].moves == ["+x", "+a"]


async def test_a_device_gives_nothing_up_for_what_another_one_has(
    world: MakeWorld, picture: Picture, scripted_device: MakeDevice, checkpoint: MakeCheckpoint
) -> None:
    devices = [scripted_device("cuda:0"), scripted_device("cuda:1")]
    running = await world(
        *devices,
        preload=[checkpoint("a", device="cuda:0"), checkpoint("x", device="cuda:1")],
        max_bytes=15 * GIB,
    )
    running.ask(picture("a"))
    run = await devices[0].next_run()
    running.ask(picture("a"))
    assert await devices[1].is_quiet() and devices[1].moves == ["+x"]
    run.finish()
    await devices[0].next_run()


async def test_the_device_that_has_room_loads(
    world: MakeWorld, picture: Picture, scripted_device: MakeDevice, checkpoint: MakeCheckpoint
) -> None:
    devices = [scripted_device("cuda:0"), scripted_device("cuda:1")]
    devices[1].sizes["x"] = 1
    running = await world(
        *devices,
        preload=[checkpoint("a", device="cuda:0"), checkpoint("x", device="cuda:1", weights_gib=1)],
        max_bytes=15 * GIB,
    )
    running.ask(picture("b"))
    (await devices[1].next_run()).finish()
    assert devices[0].moves == ["+a"]


async def test_a_death_with_nothing_to_do_is_noticed_and_mended(world: MakeWorld, picture: Picture) -> None:
    running = await world()
    running.device.die()
    client = running.ask(picture())
    (await running.device.next_run()).finish()
    assert await client.outcome() == [0]
    assert running.device.starts == 2
