"""In which order pictures are made, in whose company, and what happens when their client goes."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from limner.engines.diffusers.messages import Part, ReferenceInput, Spoiled
from limner.engines.diffusers.scheduling.scheduler import Scheduler
from limner.engines.diffusers.tasks import Finished
from limner.errors import ConfigError, InternalError, Unavailable, WorkerDied
from limner.types import PictureFailed, Preview, Progress, Size

if TYPE_CHECKING:
    from tests.engines.diffusers.conftest import MakeCheckpoint, MakeDevice, MakeWorld, Picture

TOKENS = 1024
"""Of a picture of 512x512."""


async def test_a_call_says_all_that_a_picture_needs(world: MakeWorld, picture: Picture) -> None:
    running = await world()
    reference = ReferenceInput(b"picture", Size(64, 48))
    task = picture(
        prompt="a boat",
        seed=77,
        size=Size(640, 512),
        target=Size(639, 500),
        steps=5,
        guidance=2.5,
        references=(reference,),
        reference_key="k",
        previews=2,
    )
    client = running.ask(task)
    run = await running.device.next_run()
    call = run.call
    assert (call.checkpoint, call.parts) == ("a", (Part("a boat", 77),))
    assert (call.size, call.target, call.steps, call.guidance) == (Size(640, 512), Size(639, 500), 5, 2.5)
    assert call.references == (reference,) and call.previews == 2
    run.finish()
    (finished,) = await client.end()
    assert isinstance(finished, Finished) and finished.task == task


async def test_events_come_as_they_happen_and_carry_the_index(world: MakeWorld, picture: Picture) -> None:
    running = await world()
    client = running.ask(picture(index=3, previews=1))
    run = await running.device.next_run()
    run.step(1)
    assert await client.until(1) == [Progress(3, 1, 8)]
    run.look(0, 0)
    assert [type(event) for event in await client.until(2)] == [Progress, Preview]
    run.finish()
    last = (await client.end())[-1]
    assert isinstance(last, Finished) and last.task.index == 3


async def test_no_tasks_end_at_once(world: MakeWorld) -> None:
    running = await world()
    assert await running.ask().end() == []


async def test_the_oldest_picture_is_made_first(world: MakeWorld, picture: Picture) -> None:
    running = await world()
    clients = [await running.ask_and_settle(picture(prompt=str(number))) for number in range(4)]
    for number, client in enumerate(clients):
        run = await running.device.next_run()
        assert run.prompts == [str(number)]
        assert await running.device.is_quiet(), "a second call at once"
        run.finish()
        assert await client.outcome() == [0]


async def test_pictures_that_waited_share_a_call_up_to_the_limit(world: MakeWorld, picture: Picture) -> None:
    running = await world(batch_tokens=3 * TOKENS)
    first = await running.ask_and_settle(picture(prompt="first"))
    others = [running.ask(picture(prompt=str(number), seed=number)) for number in range(4)]
    (await running.device.next_run()).finish()
    run = await running.device.next_run()
    assert run.call.parts == (Part("0", 0), Part("1", 1), Part("2", 2))
    run.finish()
    last = await running.device.next_run()
    assert last.prompts == ["3"]
    last.finish()
    assert await first.outcome() == [0]
    assert [await client.outcome() for client in others] == [[0], [1], [2], [0]]


async def test_pictures_of_one_request_share_a_call(world: MakeWorld, picture: Picture) -> None:
    running = await world(batch_tokens=4 * TOKENS)
    client = running.ask(*(picture(index=index, prompt=str(index)) for index in range(4)))
    run = await running.device.next_run()
    assert run.prompts == ["0", "1", "2", "3"]
    run.finish()
    assert await client.outcome() == [0, 1, 2, 3]


async def test_a_batch_takes_its_company_from_behind_other_shapes(world: MakeWorld, picture: Picture) -> None:
    running = await world(batch_tokens=4 * TOKENS)
    await running.ask_and_settle(picture(prompt="first"))
    for prompt, side in (("a", 512), ("b", 528), ("c", 512)):
        running.ask(picture(prompt=prompt, side=side))
    (await running.device.next_run()).finish()
    together = await running.device.next_run()
    assert together.prompts == ["a", "c"]
    together.finish()
    assert (await running.device.next_run()).prompts == ["b"]


@pytest.mark.parametrize("options", [{"deterministic": True}, {"batch_tokens": 0}])
async def test_where_nothing_is_shared_each_picture_has_its_call(
    world: MakeWorld, picture: Picture, options: dict[str, int]
) -> None:
    running = await world(**{"batch_tokens": 9 * TOKENS, **options})
    client = running.ask(picture(index=0), picture(index=1))
    for _ in range(2):
        run = await running.device.next_run()
        assert len(run.call.parts) == 1
        run.finish()
    assert await client.outcome() == [0, 0]


async def test_what_the_device_says_of_a_checkpoint_decides_what_is_shared(
    world: MakeWorld, picture: Picture, scripted_device: MakeDevice
) -> None:
    device = scripted_device()
    device.batches = "none"
    running = await world(device, batch_tokens=9 * TOKENS)
    running.ask(picture(index=0), picture(index=1))
    assert len((await running.device.next_run()).call.parts) == 1


async def test_each_client_gets_as_many_previews_as_it_asked_for(world: MakeWorld, picture: Picture) -> None:
    running = await world(batch_tokens=9 * TOKENS)
    tasks = [picture(index=index, previews=index) for index in range(4)]
    client = running.ask(*tasks)
    run = await running.device.next_run()
    assert run.call.previews == 3
    for number in range(3):
        for part in range(4):
            run.look(part, number)
    run.finish()
    looks = [event for event in await client.end() if isinstance(event, Preview)]
    assert [(look.index, look.number) for look in looks if look.index == 3] == [(3, 0), (3, 1), (3, 2)]
    # Of fewer, the latest are the ones that show most.
    assert [(look.number, look.image.data[1]) for look in looks if look.index == 2] == [(0, 1), (1, 2)]
    assert [(look.number, look.image.data[1]) for look in looks if look.index == 1] == [(0, 2)]
    assert not [look for look in looks if look.index == 0]


async def test_a_part_that_is_no_picture_fails_alone(world: MakeWorld, picture: Picture) -> None:
    running = await world(batch_tokens=9 * TOKENS)
    client = running.ask(picture(index=0), picture(index=1))
    run = await running.device.next_run()
    run.say(Spoiled(run.call.id, 0, "not_finite"))
    run.make(1)
    run.end()
    assert await client.outcome() == [InternalError, 1]
    failed = next(event for event in client.events if isinstance(event, PictureFailed))
    assert failed.error.message == "The model made no valid picture."


async def test_a_client_that_goes_while_it_waits_is_forgotten(world: MakeWorld, picture: Picture) -> None:
    running = await world()
    first = await running.ask_and_settle(picture(prompt="first"))
    gone = await running.ask_and_settle(picture(prompt="gone"))
    last = await running.ask_and_settle(picture(prompt="last"))
    await gone.leave()
    (await running.device.next_run()).finish()
    run = await running.device.next_run()
    assert run.prompts == ["last"]
    run.finish()
    assert await first.outcome() == await last.outcome() == [0]


async def test_a_call_that_nobody_waits_for_is_cancelled_and_the_next_begins_after_it(
    world: MakeWorld, picture: Picture, scripted_device: MakeDevice
) -> None:
    running = await world(scripted_device(holds_ends=True))
    gone = running.ask(picture(prompt="gone"))
    run = await running.device.next_run()
    run.step(1)
    await gone.until(1)
    last = await running.ask_and_settle(picture(prompt="last"))
    await gone.leave()
    assert await running.device.is_quiet(), "a call has begun before the one before it has ended"
    assert run.cancelled and run.release is not None
    run.release.set()
    run = await running.device.next_run()
    assert run.prompts == ["last"]
    run.finish()
    assert await last.outcome() == [0]


async def test_clients_that_go_one_after_another_do_not_cut_the_cancelling_short(
    world: MakeWorld, picture: Picture, scripted_device: MakeDevice
) -> None:
    running = await world(scripted_device(holds_ends=True), batch_tokens=9 * TOKENS)
    holder = await running.ask_and_settle(picture(side=528))
    clients = [running.ask(picture(prompt=str(number))) for number in range(3)]
    (await running.device.next_run()).finish()
    await holder.end()
    run = await running.device.next_run()
    for client in clients:
        assert not run.cancelled
        await client.leave()
    waiting = await running.ask_and_settle(picture(prompt="next"))
    await waiting.leave()
    last = await running.ask_and_settle(picture(prompt="last"))
    assert run.cancelled and await running.device.is_quiet()
    assert run.release is not None
    run.release.set()
    (await running.device.next_run()).finish()
    assert await last.outcome() == [0]


async def test_a_client_that_goes_leaves_the_others_of_its_call_alone(
    world: MakeWorld, picture: Picture
) -> None:
    running = await world(batch_tokens=9 * TOKENS)
    await running.ask_and_settle(picture(side=528))
    gone, stays = running.ask(picture(prompt="gone")), running.ask(picture(prompt="stays"))
    (await running.device.next_run()).finish()
    run = await running.device.next_run()
    assert run.prompts == ["gone", "stays"]
    run.step(1)
    await gone.until(1)
    await gone.leave()
    assert await running.device.is_quiet() and not run.cancelled
    run.finish()
    assert await stays.outcome() == [1]


async def test_a_picture_that_is_done_is_kept_when_the_rest_of_its_request_is_cancelled(
    world: MakeWorld, picture: Picture
) -> None:
    running = await world()
    client = running.ask(picture(index=0), picture(index=1))
    (await running.device.next_run()).finish()
    run = await running.device.next_run()
    await client.until(1)
    await client.leave()
    assert [type(event) for event in client.events] == [Finished]
    assert await running.device.is_quiet() and run.cancelled


async def test_a_lone_client_waits_for_nobody(world: MakeWorld, picture: Picture) -> None:
    running = await world(batch_tokens=9 * TOKENS, batch_wait_s=3600.0)
    for number in range(3):
        client = running.ask(picture(prompt=str(number)))
        (await running.device.next_run()).finish()
        assert await client.outcome() == [0]


async def test_a_lone_client_that_asks_again_before_its_call_is_over_waits_for_nobody(
    world: MakeWorld, picture: Picture
) -> None:
    running = await world(batch_tokens=9 * TOKENS, batch_wait_s=3600.0)
    client = running.ask(picture())
    for _ in range(3):
        run = await running.device.next_run()
        run.make(0)
        assert await client.outcome() == [0]
        client = await running.ask_and_settle(picture())
        run.end()


async def test_company_during_a_long_call_is_remembered_after_it(world: MakeWorld, picture: Picture) -> None:
    now = [100.0]
    running = await world(batch_tokens=9 * TOKENS, batch_wait_s=3600.0, clock=lambda: now[0])
    await running.ask_and_settle(picture(prompt="0"))
    await running.ask_and_settle(picture(prompt="1"))
    now[0] += 30.0
    (await running.device.next_run()).finish()
    assert await running.device.is_quiet(), "it did not wait for the other client to come back"
    running.ask(picture(prompt="0 again"))
    assert (await running.device.next_run()).prompts == ["1", "0 again"]


async def test_where_others_came_lately_pictures_wait_for_them(world: MakeWorld, picture: Picture) -> None:
    now = [100.0]
    running = await world(batch_tokens=9 * TOKENS, batch_wait_s=3600.0, clock=lambda: now[0])
    first = await running.ask_and_settle(picture(prompt="0"))
    clients = [running.ask(picture(prompt=str(number))) for number in (1, 2)]
    (await running.device.next_run()).finish()
    await first.end()
    assert await running.device.is_quiet(), "it did not wait for the third"
    clients.append(running.ask(picture(prompt="0 again")))
    run = await running.device.next_run()
    assert run.prompts == ["1", "2", "0 again"]
    run.finish()
    assert [await client.outcome() for client in clients] == [[0], [1], [2]]
    now[0] += 1.001
    running.ask(picture(prompt="alone"))
    assert (await running.device.next_run()).prompts == ["alone"]


async def test_company_that_does_not_come_is_waited_for_no_longer_than_allowed(
    world: MakeWorld, picture: Picture
) -> None:
    running = await world(batch_tokens=9 * TOKENS, batch_wait_s=0.02)
    loop = asyncio.get_running_loop()
    await running.ask_and_settle(picture(prompt="0"))
    other = running.ask(picture(prompt="1"))
    (await running.device.next_run()).finish()
    (await running.device.next_run()).finish()
    await other.end()
    began = loop.time()
    client = running.ask(picture(prompt="2"))
    run = await running.device.next_run()
    assert 0.015 < loop.time() - began < 5
    run.finish()
    assert await client.outcome() == [0]


async def test_a_batch_that_is_full_waits_for_nobody(world: MakeWorld, picture: Picture) -> None:
    running = await world(batch_tokens=2 * TOKENS, batch_wait_s=3600.0)
    await running.ask_and_settle(picture(prompt="0"))
    for number in range(1, 5):
        running.ask(picture(prompt=str(number)))
    (await running.device.next_run()).finish()
    for prompts in (["1", "2"], ["3", "4"]):
        run = await running.device.next_run()
        assert run.prompts == prompts
        run.finish()


async def test_large_pictures_wait_for_nobody(world: MakeWorld, picture: Picture) -> None:
    running = await world(batch_tokens=6 * TOKENS, batch_wait_s=3600.0)
    for number in range(3):
        running.ask(picture(prompt=str(number), side=1024))
    for number in range(3):
        run = await running.device.next_run()
        assert run.prompts == [str(number)]
        run.finish()


async def test_devices_share_the_work(
    world: MakeWorld, picture: Picture, scripted_device: MakeDevice
) -> None:
    devices = [scripted_device("cuda:0"), scripted_device("cuda:1")]
    running = await world(*devices)
    clients = [await running.ask_and_settle(picture(prompt=str(number))) for number in range(3)]
    first, second = [await device.next_run() for device in devices]
    assert (first.prompts, second.prompts) == (["0"], ["1"])
    second.finish()
    third = await devices[1].next_run()
    assert third.prompts == ["2"]
    third.finish()
    first.finish()
    assert [await client.outcome() for client in clients] == [[0], [0], [0]]


async def test_a_checkpoint_that_names_a_device_is_used_there_only(
    world: MakeWorld, picture: Picture, scripted_device: MakeDevice, checkpoint: MakeCheckpoint
) -> None:
    devices = [scripted_device("cuda:0"), scripted_device("cuda:1")]
    pinned = checkpoint("pinned", device="cuda:1")
    running = await world(*devices, preload=["a", pinned])
    clients = [running.ask(picture(pinned, index=index)) for index in range(2)]
    for client in clients:
        (await devices[1].next_run()).finish()
        assert await client.outcome() == [0]
    assert await devices[0].is_quiet() and "+pinned" not in devices[0].moves


async def test_a_checkpoint_for_a_device_that_is_not_there_is_refused_at_the_start(
    scripted_device: MakeDevice, checkpoint: MakeCheckpoint
) -> None:
    device = scripted_device("cuda:0")
    scheduler = Scheduler([device], folder_of=lambda each: Path(each.source))
    with pytest.raises(ConfigError, match=r"far.*cuda:7.*cuda:0"):
        await scheduler.start([checkpoint("far", device="cuda:7")])
    assert not device.alive


async def test_a_picture_for_a_device_that_is_not_there_fails(
    world: MakeWorld, picture: Picture, checkpoint: MakeCheckpoint
) -> None:
    running = await world()
    client = running.ask(picture(checkpoint("far", device="cuda:7")), picture(index=1))
    (await running.device.next_run()).finish()
    assert await client.outcome() == [InternalError, 0]


async def test_a_process_that_does_not_come_up_fails_the_start(
    scripted_device: MakeDevice,
) -> None:
    good, bad = scripted_device("cuda:0"), scripted_device("cuda:1")
    bad.comes_up = False
    scheduler = Scheduler([good, bad], folder_of=lambda each: Path(each.source))
    with pytest.raises(WorkerDied):
        await scheduler.start()
    assert not good.alive and not scheduler.ready()


async def test_closing_fails_what_runs_and_what_waits_and_what_comes(
    world: MakeWorld, picture: Picture
) -> None:
    running = await world()
    clients = [await running.ask_and_settle(picture(prompt=str(number))) for number in range(2)]
    await running.device.next_run()
    await running.scheduler.close()
    assert [await client.outcome() for client in clients] == [[Unavailable], [Unavailable]]
    assert not running.device.alive and not running.scheduler.ready()
    with pytest.raises(Unavailable):
        await running.ask(picture()).end()
