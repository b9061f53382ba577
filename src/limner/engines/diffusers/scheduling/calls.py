"""One call of a device: the way of its events to the pictures in it, and which of them are made once more.

It knows one call and its pictures; it knows neither the queue nor what is loaded.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import aclosing

from limner.engines.diffusers.device import Device
from limner.engines.diffusers.messages import (
    Call,
    CallEvent,
    Ended,
    Looked,
    Made,
    Part,
    Spoiled,
    Stepped,
)
from limner.engines.diffusers.scheduling.tickets import Entry
from limner.errors import DeviceOutOfMemory, InternalError, WorkerDied

log = logging.getLogger(__name__)


def call_of(number: int, entries: Sequence[Entry]) -> Call:
    """The call that makes these pictures; they have equal shapes."""
    task = entries[0].task
    return Call(
        id=number,
        checkpoint=task.checkpoint.name,
        parts=tuple(Part(entry.task.prompt, entry.task.seed) for entry in entries),
        size=task.size,
        target=task.target,
        steps=task.steps,
        guidance=task.guidance,
        references=task.references,
        previews=max(entry.task.previews for entry in entries),
    )


async def make(device: Device, call: Call, entries: Sequence[Entry]) -> list[Entry]:
    """Make the pictures of a call; gives those to be made once more. To cancel it is to cancel the call."""
    try:
        ended = await _run(device, call, entries)
    except WorkerDied:
        log.error("device %s: its process ended in call %d of %s", device.name, call.id, call.checkpoint)
        return after_death([entry for entry in entries if not entry.done])
    left = [entry for entry in entries if not entry.done]
    if ended.trouble == "out_of_memory":
        return _after_out_of_memory(left, len(entries))
    if left:
        log.error("device %s: call %d of %s failed: %s", device.name, call.id, call.checkpoint, ended.text)
    for entry in left:
        entry.fail(InternalError())
    return []


async def _run(device: Device, call: Call, entries: Sequence[Entry]) -> Ended:
    async with aclosing(device.run(call)) as events:
        async for event in events:
            if isinstance(event, Ended):
                return event
            _tell(event, call, entries)
    raise WorkerDied


def _tell(event: CallEvent, call: Call, entries: Sequence[Entry]) -> None:
    match event:
        case Stepped():
            for entry in entries:
                entry.step(event.steps_done, event.steps_total)
        case Looked():
            entries[event.part].look(event.number, call.previews, event.image)
        case Made():
            entries[event.part].finish(event.pixels)
        case Spoiled():
            log.error("call %d of %s: part %d is no picture", call.id, call.checkpoint, event.part)
            entries[event.part].fail(InternalError("The model made no valid picture."))


def after_death(left: Sequence[Entry]) -> list[Entry]:
    """A process ended with these in it: each is made once more, alone, for one of them may have been why."""
    for entry in left:
        if entry.died:
            entry.fail(WorkerDied())
        entry.died = entry.alone = True
    return [entry for entry in left if not entry.done]


def _after_out_of_memory(left: Sequence[Entry], parts: int) -> list[Entry]:
    """First each alone, then with nothing else loaded, then not at all."""
    for entry in left:
        if parts == 1 and entry.roomy:
            entry.fail(DeviceOutOfMemory())
        entry.roomy = parts == 1
        entry.alone = True
    return [entry for entry in left if not entry.done]
