"""Putting a service together from its settings, starting it and stopping it.

What happens to a request in between is service.py's.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from ipaddress import ip_network

from limner.catalog import load_catalog
from limner.config import Settings
from limner.engines import make_engine
from limner.engines.base import Engine, EngineContext
from limner.errors import ConfigError
from limner.jobs import Queue
from limner.keys import KeyStore
from limner.media.fetch import Fetcher
from limner.media.finish import can_mark
from limner.references import References
from limner.safety import AllowAll, Policy
from limner.service import Lane, Service
from limner.storage.local import LocalStorage
from limner.storage.signing import Signer, load_or_make_key
from limner.workers import Workers

PRELOAD = tuple(f"limner.media.{name}" for name in ("decode", "encode", "fonts", "watermark"))
"""What workers import before they take work; what an engine needs beyond it, the engine warms up."""


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
