"""Delivery: from a picture that an engine yields to one that a client may be told of.

finish -> store -> record, in this order: what the log says is delivered lies in storage and in the
ledger. It knows neither engines nor HTTP.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from limner import __version__
from limner.config import Settings
from limner.errors import RequestError
from limner.jobs.events import Done, PictureRefused, PictureStored, Previewed
from limner.jobs.job import Job
from limner.jobs.job_log import JobLog
from limner.media.finish import FinishPlan, finish, is_finished
from limner.media.metadata import Facts
from limner.safety import PictureVerdict, Policy
from limner.storage.base import Storage
from limner.types import Encoded, ImageRequest, OutputFormat, Picture, PictureFailed, Preview, Size
from limner.workers import Workers

if TYPE_CHECKING:
    from limner.types import PixelArray

EXTENSIONS = {"image/jpeg": "jpeg", "image/png": "png"}


@dataclass(frozen=True, slots=True)
class Delivery:
    """What stands between an engine's pictures and a job's log."""

    settings: Settings
    storage: Storage
    workers: Workers
    policy: Policy
    log: JobLog
    clock: Callable[[], float] = time.time

    async def deliver(self, job: Job, request: ImageRequest, event: Picture | PictureFailed) -> bool:
        """Say in the log what became of one picture: stored, or why not.

        False: no more pictures may follow, for a series ends with an internal error. Raises Unavailable
        when not even a refusal can be written down.
        """
        try:
            if isinstance(event, PictureFailed):
                raise event.error
            with job.stage("finish"):
                verdict = await self.policy.check_picture(request, event)
                facts = _facts(request, event.seed, event.notes)
                encoded = await self._finish(event.image, request, request.output_format, facts)
            stored = self._event(job, request, event, encoded, verdict)
            is_last = event.index == request.indexes[-1]
            await _to_its_end(self._keep(job, stored, encoded, is_last=is_last))
        except RequestError as error:
            refused = PictureRefused(event.index, error, job.time_at(self.clock()))
            await self.log.refused(job, refused)
            job.append(refused)
            return not is_internal(error)
        return True

    async def _keep(self, job: Job, stored: PictureStored, encoded: Encoded, *, is_last: bool) -> None:
        """Store the file, record that, tell it. With the last one the job is done."""
        with job.stage("store"):
            await self.storage.put(stored.name, encoded.data, encoded.media_type)
        with job.stage("record"):
            final = Done(job.usage.plus(stored.size), stored.at) if is_last else None
            await self.log.stored(job, stored, len(encoded.data), final)
        job.stored_bytes += len(encoded.data)
        if job.request.delivery == "b64_json" and not job.detached:
            job.held[stored.name] = encoded.data
        job.recorded = final
        job.append(stored)

    def _event(
        self, job: Job, request: ImageRequest, picture: Picture, encoded: Encoded, verdict: PictureVerdict
    ) -> PictureStored:
        return PictureStored(
            index=picture.index,
            name=f"{request.id}_{picture.index}.{EXTENSIONS[encoded.media_type]}",
            media_type=encoded.media_type,
            size=Size(encoded.width, encoded.height),
            seed=picture.seed,
            at=job.time_at(self.clock()),
            description=picture.description,
            revised_prompt=picture.revised_prompt or job.prompt_verdict.revised_prompt,
            filter_results=verdict.filter_results,
        )

    async def look(self, job: Job, request: ImageRequest, preview: Preview) -> Previewed:
        """A preview as the client may see it: with the mark that its picture will carry."""
        facts = _facts(request, request.seed_of(preview.index), {})
        image = await self._finish(preview.image, request, "jpeg", facts)
        return Previewed(preview.index, preview.number, image, job.time_at(self.clock()))

    async def _finish(
        self, image: PixelArray | Encoded, request: ImageRequest, output_format: OutputFormat, facts: Facts
    ) -> Encoded:
        mark_text = self.settings.watermark_text if request.watermark else None
        plan = FinishPlan(output_format, mark_text, facts)
        if is_finished(image, plan):
            assert isinstance(image, Encoded)
            return image
        return await self.workers.call(finish, image, plan)


def _facts(request: ImageRequest, seed: int, notes: Mapping[str, str]) -> Facts:
    return Facts(f"Limner {__version__}", request.card, seed, dict(notes))


def is_internal(error: RequestError) -> bool:
    """Whether the fault is ours or an engine's; the others concern one picture only."""
    return error.status >= 500


async def _to_its_end(work: Coroutine[None, None, None]) -> None:
    """Run it, even through a cancellation, which is raised only when it is done: what is stored and
    recorded must be told of."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task})
        if not task.cancelled() and (error := task.exception()) is not None:
            raise error from None
        raise
