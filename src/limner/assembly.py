"""Putting a service together from its settings, starting it and stopping it.

What happens to a request in between is service.py's.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import TypeAlias

from limner.catalog import Catalog, load_catalog
from limner.closing import Closing
from limner.config import Settings
from limner.delivery import Delivery
from limner.engines.base import Engine, EngineContext
from limner.errors import ConfigError, InternalError, RouteNotFound, Unavailable
from limner.identity import only_server, server_id
from limner.jobs.job import Job
from limner.jobs.job_log import JobLog
from limner.jobs.lookup import Lookup
from limner.jobs.once import Once
from limner.keys import KeyStore
from limner.lanes import Lane, make_lanes
from limner.ledger.database import Database
from limner.ledger.idempotency import Claims
from limner.ledger.jobs import JobStore
from limner.ledger.keys import KeyTable
from limner.ledger.opening import make_database
from limner.ledger.usage import Usage
from limner.ledger.webhooks import WebhookRecord, WebhookTable
from limner.limits import Gate
from limner.making import Making
from limner.media.fetch import Fetcher
from limner.media.finish import can_mark
from limner.metrics import LaneFacts, Metrics
from limner.rates import Rates
from limner.recovery import Recovery
from limner.references import References
from limner.retention import Retention
from limner.safety import AllowAll, Policy
from limner.service import Service
from limner.storage.opening import open_storage
from limner.storage.signing import Signer, load_or_make_key
from limner.webhooks import Webhooks, server_secret
from limner.workers import Workers

log = logging.getLogger(__name__)
PRELOAD = tuple(f"limner.media.{name}" for name in ("decode", "encode", "fonts", "watermark"))
"""What workers import before they take work; what an engine needs beyond it, the engine warms up."""
SWEEP_EVERY_S = 600
Clock: TypeAlias = Callable[[], float]


def make_service(
    settings: Settings,
    *,
    engines: Mapping[str, Engine] | None = None,
    policy: Policy | None = None,
    clock: Clock = time.time,
) -> Service:
    """A service that is put together but not started. clock: Unix time in seconds. Raises ConfigError."""
    database = make_database(settings)
    storage = open_storage(settings)
    workers = Workers(settings.worker_count, preload=PRELOAD)
    lanes = make_lanes(EngineContext(settings, workers), engines or {})
    metrics = Metrics(lambda: map(_lane_facts, lanes.values()))
    catalog = load_catalog().with_aliases(settings.aliases)
    signer = Signer(_signing_key(settings), settings.url_ttl_s)
    references = References(storage, signer, Fetcher(allow_networks=_networks(settings.fetch_allow)))
    jobs: dict[str, Job] = {}
    job_log = JobLog(JobStore(database, server_id(settings.data_dir)))
    lookup = Lookup(job_log.store, jobs)
    policy = policy or AllowAll()
    delivery = Delivery(settings, storage, workers, policy, job_log, clock)
    webhooks = _webhooks(settings, database, clock)
    usage = Usage(database)
    key_table = KeyTable(database, clock=clock)
    return Service(
        settings=settings,
        catalog=catalog,
        database=database,
        storage=storage,
        signer=signer,
        keys=KeyStore(key_table, configured=settings.api_key, admin_key=settings.admin_key, clock=clock),
        key_table=key_table,
        usage=usage,
        gate=_gate(settings, usage, catalog, clock),
        references=references,
        workers=workers,
        lanes=lanes,
        policy=policy,
        job_log=job_log,
        once=Once(Claims(database), lookup.find, clock),
        lookup=lookup,
        making=Making(catalog, references, delivery, job_log, clock),
        closing=Closing(job_log, references, webhooks, metrics),
        webhooks=webhooks,
        metrics=metrics,
        jobs=jobs,
        clock=clock,
    )


def _gate(settings: Settings, usage: Usage, catalog: Catalog, clock: Clock) -> Gate:
    rates = Rates(settings.redis_url)
    return Gate(usage, catalog, rates=rates, concurrent_jobs=settings.key_concurrent_jobs, clock=clock)


def _webhooks(settings: Settings, database: Database, clock: Clock) -> Webhooks:
    return Webhooks(
        WebhookTable(database),
        server_secret(settings),
        _nothing_to_tell,
        allow_networks=_networks(settings.webhook_allow),
        clock=clock,
    )


def _signing_key(settings: Settings) -> bytes:
    if settings.signing_key:
        return settings.signing_key.encode()
    return load_or_make_key(settings.data_dir / "signing.key")


def _networks(texts: Sequence[str]) -> list[IPv4Network | IPv6Network]:
    return [ip_network(text) for text in texts]


async def _nothing_to_tell(hook: WebhookRecord) -> bytes:
    """Whoever serves puts a payload in this one's place."""
    raise RouteNotFound


def _lane_facts(lane: Lane) -> LaneFacts:
    queue = lane.queue
    waiting = queue.admitted - queue.running
    return LaneFacts(lane.name, lane.engine.ready(), waiting, queue.running, queue.oldest_wait_s)


@asynccontextmanager
async def running(service: Service) -> AsyncIterator[Service]:
    """The service, started; at the end jobs are put back or cancelled, and everything is closed.

    Raises ConfigError where it cannot start.
    """
    async with AsyncExitStack() as stack:
        stack.enter_context(only_server(service.settings.data_dir))
        await service.database.open()
        stack.push_async_callback(service.database.close)
        stack.push_async_callback(service.workers.close)
        await service.workers.start()
        await _require_mark(service)
        for lane in service.lanes.values():
            stack.push_async_callback(lane.engine.close)
        await asyncio.gather(*(lane.engine.start() for lane in service.lanes.values()))
        for close in (service.gate.close, service.references.close, service.webhooks.close):
            stack.push_async_callback(close)
        recovery = Recovery(service)
        await recovery.beat()
        stack.push_async_callback(_leave, service)
        for loop in (recovery.run(), service.webhooks.run(), _sweep_forever(service)):
            stack.push_async_callback(_stop, asyncio.create_task(loop))
        stack.push_async_callback(service.lookup.close)
        stack.push_async_callback(service.stop, 0.0)
        yield service


async def _leave(service: Service) -> None:
    try:
        await service.job_log.store.leave()
    except Unavailable:
        log.warning("other servers have to find out that this one has stopped: the ledger does not answer")


async def _stop(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.wait({task})


async def _sweep_forever(service: Service) -> None:
    """Delete what is kept no longer, now and every ten minutes."""
    settings = service.settings
    retention = Retention(
        service.job_log.store, service.storage, settings.retention_s, settings.retention_bytes
    )
    while True:
        try:
            await retention.sweep(service.clock())
            await service.once.forget_old()
            await service.webhooks.forget(service.clock() - settings.retention_s)
        except InternalError:
            log.exception("what is kept no longer could not be swept")
        await asyncio.sleep(SWEEP_EVERY_S)


async def _require_mark(service: Service) -> None:
    text = service.settings.watermark_text
    if not await service.workers.call(can_mark, text):
        raise ConfigError(f"watermark_text = {text!r}: no packaged face can draw any of it")


@asynccontextmanager
async def open_service(settings: Settings) -> AsyncIterator[Service]:
    """A started service of these settings, for programs that need no HTTP."""
    async with running(make_service(settings)) as service:
        yield service
