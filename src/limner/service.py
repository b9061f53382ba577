"""One request, top to bottom:

    authorise -> resolve -> check -> admit -> fetch -> generate -> finish -> store -> record -> answer

submit() does resolve, check and admit, whose errors a client hears at once; the job does fetch to
record on its own; whoever answers reads the job's log. authorise and answer are the caller's; fetch and
generate are making.py's; finish, store and record of one picture delivery.py's, the record of the end
closing.py's. It knows no HTTP.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial

from limner.catalog import Card, Catalog
from limner.checks import check
from limner.closing import Closing
from limner.config import Settings
from limner.errors import (
    InternalError,
    MissingParameter,
    PictureGone,
    RequestError,
    RouteNotFound,
    Unavailable,
)
from limner.jobs.events import (
    Failed,
    PictureStored,
    Queued,
    Usage,
)
from limner.jobs.job import Job, Terms, Timed, new_request_id
from limner.jobs.job_log import JobLog
from limner.jobs.lookup import Lookup
from limner.jobs.once import Once
from limner.jobs.runs import Run
from limner.keys import Key, KeyStore
from limner.lanes import Lane, check_modes, lane_of
from limner.ledger.database import Database
from limner.ledger.keys import KeyTable
from limner.ledger.usage import Usage as LedgerUsage
from limner.limits import Gate
from limner.making import Making
from limner.metrics import Metrics
from limner.references import References
from limner.safety import Policy
from limner.storage.base import Storage
from limner.storage.signing import Signer
from limner.types import Ask
from limner.webhooks import Webhooks
from limner.workers import Workers

log = logging.getLogger(__name__)
CANCEL_WAIT_S = 5.0


@dataclass
class Service:
    """Everything that one request passes through, put together once."""

    settings: Settings
    catalog: Catalog
    database: Database
    storage: Storage
    signer: Signer
    keys: KeyStore
    key_table: KeyTable
    usage: LedgerUsage
    gate: Gate
    references: References
    workers: Workers
    lanes: dict[str, Lane]
    policy: Policy
    job_log: JobLog
    once: Once
    lookup: Lookup
    making: Making
    closing: Closing
    webhooks: Webhooks
    metrics: Metrics
    jobs: dict[str, Job] = field(default_factory=dict)
    clock: Callable[[], float] = time.time
    stopping: bool = False
    ledger_answers: bool = True
    _lives: set[asyncio.Task[None]] = field(default_factory=set)

    def ready(self) -> bool:
        """Whether every engine that a route names can work, the ledger answers, and new jobs are taken."""
        return (
            not self.stopping
            and self.ledger_answers
            and all(lane.engine.ready() for lane in self.lanes.values())
        )

    async def submit(
        self, ask: Ask, key: Key, request_id: str | None = None, terms: Terms | None = None
    ) -> Job:
        """The job of what was asked: a new one, or the one of the first request with this Idempotency-Key.

        Raises RequestError for what is refused at once.
        """
        if self.stopping:
            raise Unavailable("The service is stopping.")
        if not self.ledger_answers:
            raise Unavailable  # before an engine works on what cannot be kept
        terms = terms or Terms()
        job_id = request_id or new_request_id(self.clock())
        make = partial(self._accept, ask, key, job_id, terms)
        if terms.idempotency_key is None:
            return await make()
        again = partial(self._again, ask, key, terms)
        job = await self.once.job_for(key.id, terms.idempotency_key, ask, job_id, make, again)
        if terms.detached and not job.detached and not job.ended:
            await self._detach(job)
        return job

    async def _accept(self, ask: Ask, key: Key, job_id: str, terms: Terms) -> Job:
        """A running job. What is refused is written down, too."""
        card: Card | None = None
        stage_s: dict[str, float] = {}
        try:
            if not ask.model:
                raise MissingParameter.named("model")
            with Timed(stage_s, "resolve"):
                card = self.catalog.find(ask.model)
            with Timed(stage_s, "check"):
                job = await self._check(ask, card, key, job_id, terms)
            job.stage_s |= stage_s
            with job.stage("admit"):
                run = await self.admit(job, card, key, terms.timeout_s)
        except RequestError as error:
            self.metrics.refused(error.code)
            self.job_log.refused_at_once(job_id, key.id, ask.model or "", card, error, self.clock())
            raise
        await self._open(run, ask, terms)
        self.start(replace(run, has_webhook=ask.webhook_url is not None))
        return run.job

    async def _check(self, ask: Ask, card: Card, key: Key, job_id: str, terms: Terms) -> Job:
        """The request that the card accepts, as a job that nobody works on yet."""
        request = check(ask, card, self.settings, job_id)
        lane = lane_of(request.model, card, self.lanes, self.settings)
        check_modes(request, lane)
        if ask.webhook_url is not None:
            self.webhooks.check_url(ask.webhook_url)
        verdict = await self.policy.check_prompt(request)
        if verdict.revised_prompt is not None:
            request = replace(request, prompt=verdict.revised_prompt)
        return Job(request, key.id, lane.name, self.clock(), terms.detached, verdict)

    async def admit(
        self, job: Job, card: Card, key: Key, timeout_s: float | None, *, forced: bool = False
    ) -> Run:
        """A place in the queue and in the key's limits. forced: even over them, for one admitted before."""
        lane = self.lanes[job.engine]
        place = lane.queue.admit(key.id, forced=forced)
        try:
            reservation = await self.gate.enter(key, card, job.request, forced=forced)
        except BaseException:
            place.leave()
            raise
        job.append(Queued(place.ahead))
        self.jobs[job.id] = job
        most_s = float(self.settings.timeout_max_s)
        timeout_s = most_s if timeout_s is None else min(timeout_s, most_s)
        return Run(job, card, lane, place, reservation, timeout_s, before=job.usage)

    async def _open(self, run: Run, ask: Ask, terms: Terms) -> None:
        """Write the job down; one that may outlive this process with all that it needs."""
        job = run.job
        try:
            if job.detached:
                await self.references.keep(job.id, job.request.images)
            if ask.webhook_url is not None:
                await self.webhooks.add(job.id, job.key_id, ask.webhook_url, terms.base_url)
            at_once = job.detached or terms.idempotency_key is not None
            await self.job_log.opened(job, run.card.id, run.timeout_s, at_once=at_once)
        except BaseException as error:
            self._abandon(run, error)
            raise

    async def _again(self, ask: Ask, key: Key, terms: Terms, interrupted: Job) -> Job:
        """The job once more that was cancelled or failed; what it had delivered is not made again."""
        job = interrupted.resumed(ask.images, detached=terms.detached, refused_again=True)
        if job.detached:
            await self.references.keep(job.id, ask.images)
        if await self.resume(job, key, terms.timeout_s):
            return job
        found = await self.lookup.find(job.id, key.id)
        assert found is not None, f"job {job.id} has vanished"
        return found

    async def resume(self, job: Job, key: Key, timeout_s: float | None, *, adopted: bool = False) -> bool:
        """Go on with a job of the ledger that nobody works on; its log has what became of its pictures.

        False if another server was faster. Raises RequestError, ModelNotFound among them, when it cannot.
        """
        if job.engine not in self.lanes:
            raise InternalError(f"The engine {job.engine} is no longer served.")
        card = self.catalog.find(job.request.card)
        run = await self.admit(job, card, key, timeout_s, forced=adopted)
        try:
            is_ours = await self.job_log.store.reopen(
                job.id,
                detached=job.detached,
                deadline_at=self.clock() + run.timeout_s,
                refused_again=not adopted,
            )
        except BaseException as error:
            self._abandon(run, error)
            raise
        if is_ours:
            self.start(run)
        else:
            self._abandon(run, Unavailable())
        return is_ours

    async def _detach(self, job: Job) -> None:
        """A twin of a client that waits wants no answer now: the job goes on without either."""
        job.detached = True
        await self.references.keep(job.id, job.request.images)
        await self.job_log.store.detach(job.id)

    def _abandon(self, run: Run, error: BaseException) -> None:
        """A job that was admitted could not be written down."""
        run.leave()
        del self.jobs[run.job.id]
        run.job.append(Failed(error if isinstance(error, RequestError) else InternalError()))

    def start(self, run: Run) -> None:
        """Set a job to work."""
        work = asyncio.create_task(self.making.work(run), name=run.job.id)
        run.job.runs_as(work)
        life = asyncio.create_task(self._live(run, work), name=f"life of {run.job.id}")
        self._lives.add(life)
        life.add_done_callback(self._lives.discard)

    async def _live(self, run: Run, work: asyncio.Task[Usage]) -> None:
        """See a job to its end: write down how it ended, then say so in its log."""
        job = run.job
        await asyncio.wait({work})
        run.leave()
        at = job.time_at(self.clock())
        final = job.recorded or job.outcome(work, at)
        if isinstance(final, Failed) and not isinstance(work.exception(), RequestError):
            log.error("request %s failed", job.id, exc_info=work.exception())
        final = await self.closing.close(run, final, at)
        del self.jobs[job.id]
        job.append(final)

    async def picture_bytes(self, job: Job, picture: PictureStored) -> bytes:
        """A stored picture's file: what the job still holds, else from storage. Raises PictureGone."""
        held = job.held.get(picture.name)
        if held is not None:
            return held
        try:
            return await self.storage.get(picture.name)
        except RouteNotFound as error:
            raise PictureGone from error

    async def cancel(self, job: Job) -> None:
        """Have a job stop, wherever it is at work; here, return when it has, or nearly so."""
        if job.id in self.jobs:
            job.cancel()
            with suppress(TimeoutError):
                async with asyncio.timeout(CANCEL_WAIT_S):
                    await job.wait()
        elif not job.ended:
            await self.job_log.store.ask_cancel(job.id)

    async def stop(self, grace_s: float) -> None:
        """Take no new jobs; let those that run end within the grace, put back or cancel the rest."""
        self.stopping = True
        for job in tuple(self.jobs.values()):
            if job.detached and not job.started:
                job.cancel("stopping")
        if self._lives and grace_s:
            await asyncio.wait(self._lives, timeout=grace_s)
        for job in tuple(self.jobs.values()):
            job.cancel("stopping")
        if self._lives:
            await asyncio.wait(self._lives)
