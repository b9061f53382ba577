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
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import aclosing, asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from functools import partial
from ipaddress import ip_network

from limner import __version__
from limner.catalog import Card, Catalog, load_catalog
from limner.checks import check, settle
from limner.config import Settings
from limner.engines import make_engine
from limner.engines.base import Engine, EngineContext
from limner.errors import ConfigError, InternalError, MissingParameter, RequestError
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
from limner.media.fetch import Fetcher
from limner.media.finish import FinishPlan, can_mark, finish, is_finished
from limner.media.metadata import Facts
from limner.references import References
from limner.safety import AllowAll, Policy
from limner.storage.base import Storage
from limner.storage.local import LocalStorage
from limner.storage.signing import Signer, load_or_make_key
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
PRELOAD = tuple(f"limner.media.{name}" for name in ("decode", "encode", "fonts", "watermark"))
"""What workers import before they take work: all that the first picture needs of media."""
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


def make_lanes(context: EngineContext, engines: Mapping[str, Engine]) -> dict[str, Lane]:
    """A lane for every engine that the settings name. engines: ready ones by name, used instead."""
    settings = context.settings
    lanes: dict[str, Lane] = {}
    for name in dict.fromkeys((settings.engine, *settings.routes.values())):
        engine = engines.get(name) or make_engine(name, context)
        slots = engine.capabilities().max_in_flight
        lanes[name] = Lane(name, engine, Queue(slots, settings.queue_limit))
    return lanes


def make_service(
    settings: Settings, *, engines: Mapping[str, Engine] | None = None, policy: Policy | None = None
) -> Service:
    """A service that is put together but not started. Raises ConfigError."""
    workers = Workers(settings.worker_count, preload=PRELOAD)
    keys = KeyStore(settings.data_dir, settings.api_key)
    keys.load()
    configured = settings.signing_key
    signing_key = configured.encode() if configured else load_or_make_key(settings.data_dir / "signing.key")
    storage = LocalStorage(settings.data_dir / "pictures")
    signer = Signer(signing_key, settings.url_ttl_s)
    fetcher = Fetcher(allow_networks=[ip_network(network) for network in settings.fetch_allow])
    return Service(
        settings=settings,
        catalog=load_catalog().with_aliases(settings.aliases),
        storage=storage,
        signer=signer,
        keys=keys,
        references=References(storage, signer, fetcher),
        workers=workers,
        lanes=make_lanes(EngineContext(settings, workers), engines or {}),
        policy=policy or AllowAll(),
    )


@asynccontextmanager
async def running(service: Service) -> AsyncIterator[Service]:
    """The service, started; at the end its jobs are cancelled and everything is closed."""
    sweeper = asyncio.create_task(service.sweep_forever())
    try:
        await service.workers.start()
        await _require_mark(service)
        await asyncio.gather(*(lane.engine.start() for lane in service.lanes.values()))
        yield service
    finally:
        sweeper.cancel()
        for job in tuple(service.jobs.values()):
            job.cancel()
        for job in tuple(service.jobs.values()):
            async for _ in job.follow():
                pass
        await asyncio.gather(*(lane.engine.close() for lane in service.lanes.values()))
        await service.references.close()
        await service.workers.close()


async def _require_mark(service: Service) -> None:
    text = service.settings.watermark_text
    if not await service.workers.call(can_mark, text):
        raise ConfigError(f"watermark_text = {text!r}: no packaged face can draw any of it")


@asynccontextmanager
async def open_service(settings: Settings) -> AsyncIterator[Service]:
    """A started service of these settings, for programs that need no HTTP."""
    async with running(make_service(settings)) as service:
        yield service
