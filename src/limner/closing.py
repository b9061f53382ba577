"""Closing: how a job's end becomes one that may be told.

The end is written into the ledger first; then what the job leaves behind is cleared away, its webhook let
go, and it is counted. It knows neither engines nor HTTP.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import dataclass

from limner.errors import InternalError
from limner.jobs.events import Cancelled, Done, Failed, FinalEvent, PictureRefused
from limner.jobs.job import Job
from limner.jobs.job_log import JobLog
from limner.jobs.runs import Run
from limner.metrics import Metrics
from limner.references import References
from limner.webhooks import Webhooks

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Closing:
    """What stands between the end of a job's work and the end of its log."""

    job_log: JobLog
    references: References
    webhooks: Webhooks
    metrics: Metrics

    async def close(self, run: Run, final: FinalEvent, at: float) -> FinalEvent:
        """Write the end into the ledger. The end that may be told: nothing is done that is not written."""
        job = run.job
        is_put_back = isinstance(final, Cancelled) and final.reason == "stopping" and job.detached
        try:
            with job.stage("record"):
                if is_put_back:
                    await self.job_log.store.put_back(job.id)
                elif job.recorded is None:
                    await self.job_log.ended(job, final, at)
        except InternalError as error:
            final = Failed(error) if isinstance(final, Done) else final
        else:
            if not is_put_back:
                images = job.request.images if job.detached else ()
                await self.clear_away(job.id, images, has_webhook=run.has_webhook)
        self._count(run, final)
        _say(job, final)
        return final

    async def clear_away(
        self, job_id: str, kept: tuple[str | bytes, ...], *, has_webhook: bool = True
    ) -> None:
        """What is left to do once the end is written; sweeps do it where this fails.

        kept: the job's references, those that are no links being in storage.
        """
        with suppress(InternalError):
            await self.references.forget(job_id, kept)
            if has_webhook:
                await self.webhooks.ready(job_id)

    def _count(self, run: Run, final: FinalEvent) -> None:
        """What the metrics are told."""
        pictures = run.job.pictures
        refused = [event.error.code for event in pictures if isinstance(event, PictureRefused)]
        for code in refused + ([final.error.code] if isinstance(final, Failed) else []):
            self.metrics.refused(code)
        self.metrics.job_ended(
            run.card.id,
            run.lane.name,
            type(final).__name__.lower(),
            stored=run.job.usage.since(run.before).generated_images,
            refused=len(refused),
            stages=run.job.stage_s,
            stored_bytes=run.job.stored_bytes,
        )


def _say(job: Job, final: FinalEvent) -> None:
    """One line for every job."""
    if not log.isEnabledFor(logging.INFO):
        return
    outcome = type(final).__name__.lower()
    if isinstance(final, Failed):
        outcome += f" {final.error.code}"
    facts = f"model={job.request.model!r} engine={job.engine} key={job.key_id}"
    stages = " ".join(f"{name}={seconds * 1000:.0f}ms" for name, seconds in job.stage_s.items())
    log.info("%s %s %s pictures=%d %s", job.id, outcome, facts, job.usage.generated_images, stages)
