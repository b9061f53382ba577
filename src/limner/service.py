"""One request, top to bottom:

    authorise -> resolve -> check -> admit -> fetch -> generate -> finish -> store -> record -> answer

submit() does resolve, check and admit, whose errors a client hears at once; the job does fetch to
record on its own; whoever answers reads the job's log. authorise and answer are the caller's.
It knows no HTTP.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from functools import partial

from limner import __version__
from limner.catalog import Card, Catalog
from limner.checks import check, settle
from limner.config import Settings
from limner.engines.base import Engine
from limner.errors import InternalError, MissingParameter, RequestError
from limner.jobs import (
    Cancelled,
    Done,
    Failed,
    Fetched,
    FinalEvent,
    Job,
    PictureRefused,
    PictureStored,
    Place,
    Previewed,
    Progressed,
    Queue,
    Queued,
    Started,
    Usage,
    new_request_id,
)
from limner.keys import Key, KeyStore
from limner.media.finish import FinishPlan, finish, is_finished
from limner.media.metadata import Facts
from limner.references import References
from limner.safety import AllowAll, Policy
from limner.storage.base import Storage
from limner.storage.signing import Signer
from limner.types import (
    Ask,
    Encoded,
    ImageRequest,
    Picture,
    PictureFailed,
    Preview,
    Progress,
    Reference,
    Size,
)
from limner.workers import Workers

log = logging.getLogger(__name__)
SWEEP_EVERY_S = 600
EXTENSIONS = {"image/jpeg": "jpeg", "image/png": "png"}


@dataclass(frozen=True, slots=True)
class Lane:
    """One engine and the queue before it."""

    name: str
    engine: Engine
    queue: Queue


@dataclass
class Service:
    """Everything that one request passes through, put together once."""

    settings: Settings
    catalog: Catalog
    storage: Storage
    signer: Signer
    keys: KeyStore
    references: References
    workers: Workers
    lanes: dict[str, Lane]
    policy: Policy = field(default_factory=AllowAll)
    jobs: dict[str, Job] = field(default_factory=dict)

    def ready(self) -> bool:
        """Whether every engine that a route names can work."""
        return all(lane.engine.ready() for lane in self.lanes.values())

    def resolve(self, ask: Ask) -> tuple[Card, Lane]:
        """The card of the model that is asked for, and the engine that a route gives it."""
        if not ask.model:
            raise MissingParameter.named("model")
        card = self.catalog.find(ask.model)
        names = (ask.model, card.id, *card.names)
        for pattern, engine in self.settings.routes.items():
            if any(fnmatchcase(name, pattern) for name in names):
                return card, self.lanes[engine]
        return card, self.lanes[self.settings.engine]

    async def submit(self, ask: Ask, key: Key, request_id: str | None = None) -> Job:
        """A running job for what was asked. Raises RequestError for what is refused at once."""
        card, lane = self.resolve(ask)
        request = check(ask, card, self.settings, request_id or new_request_id(time.time()))
        verdict = await self.policy.check_prompt(request)
        if verdict.revised_prompt is not None:
            request = replace(request, prompt=verdict.revised_prompt)
        place = lane.queue.admit()
        job = Job(request, key.id, lane.name, prompt_verdict=verdict)
        self.jobs[job.id] = job
        job.append(Queued(place.ahead))
        work = asyncio.create_task(self._work(job, card, lane), name=job.id)
        work.add_done_callback(partial(self._end, job, place))
        job.runs_as(work)
        return job

    async def picture_bytes(self, job: Job, picture: PictureStored) -> bytes:
        """A stored picture's file: what the job still holds, else from storage."""
        held = job.held.get(picture.name)
        return held if held is not None else await self.storage.get(picture.name)

    def _end(self, job: Job, place: Place, work: asyncio.Task[Usage]) -> None:
        """Record how the job ended, then say so in its log."""
        place.queue.leave()
        self.jobs.pop(job.id, None)
        final = _final_event(job, work)
        self._record(job, final)
        job.append(final)

    async def _work(self, job: Job, card: Card, lane: Lane) -> Usage:
        """The job's life from fetch to store: what it delivered."""
        with job.stage("fetch"):
            references = await self.references.fetch(job.request.images, card)
            request = settle(job.request, references, self.catalog)
        job.append(Fetched(request.pixel_size))
        async with lane.queue.slot():
            job.append(Started())
            with job.stage("generate"):
                return await self._generate(job, request, references, lane.engine)

    async def _generate(
        self, job: Job, request: ImageRequest, references: Sequence[Reference], engine: Engine
    ) -> Usage:
        """Iterate the engine; each picture is finished and stored while the next one is made."""
        delivery: asyncio.Task[bool] | None = None
        try:
            async with aclosing(engine.generate(request, references)) as events:
                async for event in events:
                    if isinstance(event, Progress):
                        job.append(Progressed(event.index, event.steps_done, event.steps_total))
                    elif isinstance(event, Preview):
                        job.append(Previewed(event.index, event.number, event.image, time.time()))
                    else:
                        if delivery is not None and not await delivery:
                            break
                        delivery = asyncio.create_task(self._deliver(job, request, event))
                        if isinstance(event, PictureFailed) and _is_internal(event.error):
                            break
            if delivery is not None:
                await delivery
        finally:
            if delivery is not None and not delivery.done():
                delivery.cancel()
                with suppress(asyncio.CancelledError):
                    await delivery
        return _usage(job)

    async def _deliver(self, job: Job, request: ImageRequest, event: Picture | PictureFailed) -> bool:
        """Finish and store one picture, and say so in the log: stored, or why not.

        False: no more pictures may follow, for a series ends with an internal error.
        """
        try:
            if isinstance(event, PictureFailed):
                raise event.error
            with job.stage("finish"):
                verdict = await self.policy.check_picture(request, event)
                encoded = await self._finish(request, event)
            name = f"{request.id}_{event.index}.{EXTENSIONS[encoded.media_type]}"
            with job.stage("store"):
                await self.storage.put(name, encoded.data, encoded.media_type)
        except RequestError as error:
            job.append(PictureRefused(event.index, error, time.time()))
            return not _is_internal(error)
        if request.delivery == "b64_json":
            job.held[name] = encoded.data
        job.append(
            PictureStored(
                index=event.index,
                name=name,
                media_type=encoded.media_type,
                size=Size(encoded.width, encoded.height),
                seed=event.seed,
                at=time.time(),
                description=event.description,
                revised_prompt=event.revised_prompt or job.prompt_verdict.revised_prompt,
                filter_results=verdict.filter_results,
            )
        )
        return True

    async def _finish(self, request: ImageRequest, picture: Picture) -> Encoded:
        plan = FinishPlan(
            output_format=request.output_format,
            mark_text=self.settings.watermark_text if request.watermark else None,
            facts=Facts(f"Limner {__version__}", request.card, picture.seed, dict(picture.notes)),
        )
        if is_finished(picture.image, plan):
            assert isinstance(picture.image, Encoded)
            return picture.image
        return await self.workers.call(finish, picture.image, plan)

    def _record(self, job: Job, final: FinalEvent) -> None:
        """One line for every request; the ledger's place."""
        outcome = type(final).__name__.lower()
        if isinstance(final, Failed):
            outcome += f" {final.error.code}"
        facts = f"model={job.request.model!r} engine={job.engine} key={job.key_id}"
        stages = " ".join(f"{name}={seconds * 1000:.0f}ms" for name, seconds in job.stage_s.items())
        pictures = _usage(job).generated_images
        log.info("%s %s %s pictures=%d %s", job.id, outcome, facts, pictures, stages)

    async def sweep_forever(self) -> None:
        """Delete what no link can reach any more, now and every ten minutes."""
        while True:
            try:
                await self.storage.sweep(self.settings.url_ttl_s + SWEEP_EVERY_S)
            except InternalError:
                log.exception("expired pictures could not be swept")
            await asyncio.sleep(SWEEP_EVERY_S)


def _final_event(job: Job, work: asyncio.Task[Usage]) -> FinalEvent:
    if work.cancelled():
        return Cancelled()
    error = work.exception()
    if error is None:
        return Done(work.result(), time.time())
    if isinstance(error, RequestError):
        return Failed(error)
    log.error("request %s failed", job.id, exc_info=error)
    return Failed(InternalError())


def _is_internal(error: RequestError) -> bool:
    """Whether the fault is ours or an engine's; the others concern one picture only."""
    return error.status >= 500


def _usage(job: Job) -> Usage:
    usage = Usage()
    for event in job.events:
        if isinstance(event, PictureStored):
            usage = usage.plus(event.size)
    return usage
