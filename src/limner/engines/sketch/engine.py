"""The sketch engine: one worker call a picture. It knows the protocol; it knows neither words nor pixels."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from importlib import import_module

from limner.engines.base import ALL_MODES, Capabilities, EngineContext
from limner.engines.sketch.task import Rendered, RenderTask
from limner.types import Event, ImageRequest, Picture, Progress, Reference
from limner.workers import Workers


class SketchEngine:
    """A procedural illustrator without weights: an Engine whose pictures are drawn in worker processes."""

    def __init__(self, context: EngineContext) -> None:
        self._workers: Workers = context.workers
        self._ready = False
        self._warming: list[asyncio.Task[None]] = []

    def capabilities(self) -> Capabilities:
        return Capabilities(ALL_MODES, max_in_flight=max(1, self._workers.count))

    async def start(self) -> None:
        """Ready at once; meanwhile the workers import the painting code, for the first picture's sake."""
        calls = range(self._workers.count)
        self._warming = [asyncio.create_task(self._workers.call(_warm_up)) for _ in calls]
        self._ready = True

    def ready(self) -> bool:
        return self._ready

    async def generate(
        self, request: ImageRequest, references: Sequence[Reference]
    ) -> AsyncGenerator[Event, None]:
        """Draw the pictures in index order, each in whichever worker is idle."""
        for index in request.indexes:
            rendered = await self._workers.call(_render, _task(request, references, index))
            yield Progress(index, 1, 1)
            yield Picture(
                index=index,
                seed=request.seed_of(index),
                image=rendered.pixels,
                description=rendered.description,
                notes=rendered.notes,
            )

    async def close(self) -> None:
        self._ready = False
        for task in self._warming:
            task.cancel()
        await asyncio.gather(*self._warming, return_exceptions=True)


def _task(request: ImageRequest, references: Sequence[Reference], index: int) -> RenderTask:
    size = request.pixel_size
    return RenderTask(
        prompt=request.prompt,
        width=size.width,
        height=size.height,
        seed=request.seed,
        index=index,
        count=request.count,
        series=request.series,
        guidance=request.guidance_scale,
        references=tuple(reference.data for reference in references),
    )


def _warm_up() -> None:
    """Runs in a worker."""
    import_module("limner.engines.sketch.render")


def _render(task: RenderTask) -> Rendered:
    """Runs in a worker; the painting code is imported there only."""
    from limner.engines.sketch.render import render

    return render(task)
