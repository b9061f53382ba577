"""The diffusers engine: from a request to the tasks of its pictures, and their events in order.

It knows the protocol; what is asked of which checkpoint is plan.py's, when and where it is made the
scheduler's. torch lives in the device processes only.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import replace
from typing import TYPE_CHECKING

from limner.catalog import load_catalog
from limner.engines.base import ALL_MODES, Capabilities, EngineContext
from limner.engines.diffusers.device import DeviceProcess
from limner.engines.diffusers.devices import device_names
from limner.engines.diffusers.mapping import ModelMapping
from limner.engines.diffusers.messages import ReferenceInput
from limner.engines.diffusers.plan import notes_of, plan_of
from limner.engines.diffusers.requirements import require
from limner.engines.diffusers.scheduling.scheduler import Scheduler
from limner.engines.diffusers.scheduling.shelf import GIB
from limner.engines.diffusers.settings import diffusers_settings
from limner.engines.diffusers.tasks import Finished, Task
from limner.media.decode import decode_pixels
from limner.routes import cards_of
from limner.types import Encoded, Event, ImageRequest, Picture, PictureFailed, Reference

if TYPE_CHECKING:
    from limner.types import PixelArray

NAME = "diffusers"
REQUESTS_A_DEVICE = 8
"""Worked on at a time, so that waiting pictures can share a call; devices make one call after another."""
REQUESTS_ALONE = 2
"""The same where nothing is shared: the next one is ready when a device is done."""


class DiffusersEngine:
    """An Engine whose pictures are made by open-weight models, a process for each device."""

    def __init__(self, context: EngineContext) -> None:
        """Raises ConfigError where the settings, the extra or the weights are not in order."""
        self._settings = settings = diffusers_settings(context.settings)
        self._workers = context.workers
        catalog = load_catalog().with_aliases(context.settings.aliases)
        mapping = ModelMapping.from_settings(settings, cards_of(NAME, catalog, context.settings))
        weights = require(mapping, settings)
        folders = {each.checkpoint.name: each.folder for each in weights}
        self._mapping = mapping.with_checkpoints(each.checkpoint for each in weights)
        self._devices = [
            DeviceProcess(settings.device_config(name)) for name in device_names(settings.devices)
        ]
        self._scheduler = Scheduler(
            self._devices,
            batch_tokens=settings.batch_tokens,
            batch_wait_s=settings.batch_wait_ms / 1000,
            max_bytes=None if settings.memory_gib is None else int(settings.memory_gib * GIB),
            folder_of=lambda checkpoint: folders[checkpoint.name],
            deterministic=settings.deterministic,
        )

    @property
    def process_ids(self) -> tuple[int, ...]:
        """The device processes that live."""
        return tuple(device.pid for device in self._devices if device.pid is not None)

    def capabilities(self) -> Capabilities:
        alone = self._settings.deterministic or not self._settings.batch_tokens
        most = len(self._devices) * (REQUESTS_ALONE if alone else REQUESTS_A_DEVICE)
        return Capabilities(ALL_MODES, max_in_flight=most)

    async def start(self) -> None:
        """Return when every device answers; the checkpoints are loaded behind, and ready() says when."""
        self._mapping.log_licences()
        await self._scheduler.start(self._mapping.served)

    def ready(self) -> bool:
        return self._scheduler.ready()

    async def generate(
        self, request: ImageRequest, references: Sequence[Reference]
    ) -> AsyncGenerator[Event, None]:
        plan = plan_of(request, references, self._mapping, self._settings)
        first: PixelArray | None = None
        async with aclosing(self._made(plan.first)) as events:
            async for event in events:
                if isinstance(event, Picture) and event.index == 0 and not isinstance(event.image, Encoded):
                    first = event.image
                yield event
        async with aclosing(self._made(plan.rest(first))) as events:
            async for event in events:
                yield event

    async def _made(self, tasks: Sequence[Task]) -> AsyncGenerator[Event, None]:
        """The events of these tasks, their pictures in order. Raises InvalidImage for a broken reference."""
        tasks = await self._with_pixels(tasks)
        order = deque(task.index for task in tasks)
        done: dict[int, Picture | PictureFailed] = {}
        async with aclosing(self._scheduler.run(tasks)) as events:
            async for event in events:
                if not isinstance(event, (Finished, PictureFailed)):
                    yield event
                    continue
                picture = _picture(event) if isinstance(event, Finished) else event
                done[picture.index] = picture
                while order and order[0] in done:
                    yield done.pop(order.popleft())

    async def _with_pixels(self, tasks: Sequence[Task]) -> tuple[Task, ...]:
        """The tasks with decoded references: devices have better things to do. Tasks may share theirs."""
        shared = {id(task.references): task.references for task in tasks}
        decoded = {
            key: tuple(await asyncio.gather(*(self._decoded(each) for each in references)))
            for key, references in shared.items()
        }
        return tuple(replace(task, references=decoded[id(task.references)]) for task in tasks)

    async def _decoded(self, reference: ReferenceInput) -> ReferenceInput:
        if not isinstance(reference.image, bytes):
            return reference
        pixels = await self._workers.call(decode_pixels, reference.image, reference.size)
        return replace(reference, image=pixels)

    async def close(self) -> None:
        await self._scheduler.close()


def _picture(finished: Finished) -> Picture:
    task = finished.task
    return Picture(task.index, task.seed, finished.pixels, description="", notes=notes_of(task))
