"""Making: a job's work, from its references over its turn at the engine to its last picture told of.

Progress, previews and cancelling are iteration; each picture is finished, stored and recorded while the
next one is made; what is not made by the deadline is not made. It knows neither keys nor HTTP.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack, aclosing
from dataclasses import dataclass, replace

from limner.catalog import Catalog
from limner.checks import settle
from limner.delivery import Delivery, is_internal
from limner.engines.base import Engine
from limner.errors import DeadlineExceeded
from limner.jobs.events import Fetched, PictureRefused, Progressed, Started, Usage
from limner.jobs.job import Job
from limner.jobs.job_log import JobLog
from limner.jobs.runs import Run
from limner.references import References
from limner.types import ImageRequest, PictureFailed, Preview, Progress, Reference


@dataclass(frozen=True, slots=True)
class Making:
    """Has engines make pictures, and delivery deliver them."""

    catalog: Catalog
    references: References
    delivery: Delivery
    job_log: JobLog
    clock: Callable[[], float] = time.time

    async def work(self, run: Run) -> Usage:
        """All that a job asks for and that can be made by its deadline: what it delivered.

        Raises DeadlineExceeded when that is nothing, else whatever RequestError ends the job.
        """
        job = run.job
        try:
            async with asyncio.timeout(run.timeout_s) as limit:
                with job.stage("fetch"):
                    references = await self.references.fetch(job.request.images, run.card)
                    request = settle(job.request, references, self.catalog)
                job.append(Fetched(request.pixel_size))
                if job.pictures:
                    request = replace(request, skip=frozenset(event.index for event in job.pictures))
                if request.indexes and not _is_broken_off(job):
                    await self._make(run, request, references)
        except TimeoutError as error:
            if not limit.expired():
                raise
            if not job.usage.generated_images:
                raise DeadlineExceeded from error
            missing = set(range(job.request.count)) - {event.index for event in job.pictures}
            if missing and not _is_broken_off(job):
                late = PictureFailed(min(missing), DeadlineExceeded())
                await self.delivery.deliver(job, job.request, late)
        return job.usage

    async def _make(self, run: Run, request: ImageRequest, references: Sequence[Reference]) -> None:
        """Have the engine make the pictures when it is the job's turn; return when all are told of."""
        job = run.job
        async with AsyncExitStack() as last:
            async with run.slot():
                job.append(Started())
                self.job_log.started(job, self.clock())
                delivery = await self._generate(job, request, references, run.lane.engine)
                try:
                    # The engine need not wait for the disk, but neither may it run far ahead.
                    await last.enter_async_context(run.lane.finishing)
                except asyncio.CancelledError:
                    await _stopped(delivery)
                    raise
            await delivery

    async def _generate(
        self, job: Job, request: ImageRequest, references: Sequence[Reference], engine: Engine
    ) -> asyncio.Future[bool]:
        """Iterate the engine; each picture is finished, stored and recorded while the next one is made.

        The last one may still be on its way.
        """
        delivery: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        delivery.set_result(True)
        try:
            with job.stage("generate"):
                async with aclosing(engine.generate(request, references)) as events:
                    async for event in events:
                        if isinstance(event, Progress):
                            job.append(Progressed(event.index, event.steps_done, event.steps_total))
                        elif isinstance(event, Preview):
                            job.append(await self.delivery.look(job, request, event))
                        elif event.index not in request.skip:
                            if not await delivery:
                                break
                            delivery = asyncio.create_task(self.delivery.deliver(job, request, event))
                            if isinstance(event, PictureFailed) and is_internal(event.error):
                                break
            return delivery
        except asyncio.CancelledError:
            await _stopped(delivery)
            raise
        except BaseException:
            await delivery  # what was made before is delivered
            raise


def _is_broken_off(job: Job) -> bool:
    """Whether one of its pictures failed in such a way that no more may follow."""
    return any(isinstance(event, PictureRefused) and is_internal(event.error) for event in job.pictures)


async def _stopped(delivery: asyncio.Future[bool]) -> None:
    """Return when it has ended; what is stored by then is told of."""
    delivery.cancel()
    await asyncio.wait({delivery})
