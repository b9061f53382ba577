"""Pictures from a service in this process: its settings, one job a call, no network."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace

import anyio

from limner.api.context import Links
from limner.catalog import Card, Catalog
from limner.cli.failures import RemoteError
from limner.cli.in_process import to_ask
from limner.cli.outcomes import Missed, Step, Wanted
from limner.errors import RouteNotFound
from limner.jobs import events
from limner.jobs.job import Job
from limner.keys import Key
from limner.ledger.records import PictureRecord
from limner.mcp.backend import Accepted, Delivered, Kept, News, PictureId, Waiting
from limner.mcp.cards import ModelFacts, model_facts
from limner.service import Service
from limner.types import JSON

KEY = Key("local")


class ServiceBackend:
    """A backend over a started service."""

    def __init__(self, service: Service, base_url: str | None) -> None:
        """base_url: where this process serves /files; without it links name files of this machine."""
        self._service = service
        self._links = None if base_url is None else Links(service, base_url)

    async def models(self) -> tuple[ModelFacts, ...]:
        return facts_of(self._service.catalog)

    async def make(self, wanted: Wanted) -> AsyncGenerator[News, None]:
        job = await self._service.submit(replace(to_ask(wanted), delivery="url"), KEY)
        try:
            yield Accepted(job.id)
            async with aclosing(job.follow()) as told:
                async for event in told:
                    if (news := _news(event)) is not None:
                        yield news
        finally:
            await self._stop(job)

    async def _stop(self, job: Job) -> None:
        if not job.ended:
            with anyio.CancelScope(shield=True):
                await self._service.cancel(job)

    async def find(self, job_id: str) -> tuple[Kept, ...]:
        store = self._service.job_log.store
        if await store.find(job_id, KEY.id) is None:
            raise RouteNotFound("There are no pictures with this id.")
        records = [record for record in await store.pictures(job_id) if record.deleted_at is None]
        return tuple([await self._kept(record, record.name) for record in records if record.name is not None])

    async def _kept(self, record: PictureRecord, name: str) -> Kept:
        return Kept(
            id=PictureId(record.job_id, record.index),
            file=name,
            link=await self._link(name),
            size=f"{record.width}x{record.height}",
            seed=record.seed,
            media_type=record.media_type or "image/jpeg",
        )

    async def _link(self, name: str) -> str:
        if self._links is not None:
            return await self._links.to(name)
        path = (await self._service.storage.stat(name)).path
        if path is None:
            raise RemoteError("NoLink", "the picture lies in a store that only a server gives links to")
        return path.resolve().as_uri()

    async def read(self, picture: Kept) -> bytes:
        return await self._service.storage.get(picture.file)

    async def reference(self, picture: Kept) -> str | bytes:
        return await self.read(picture)


def facts_of(catalog: Catalog) -> tuple[ModelFacts, ...]:
    """Every model, and every alias, as tools tell of it."""
    aliases = [(name, catalog.find(target)) for name, target in catalog.aliases.items()]
    named = [(card.id, card) for card in catalog.cards] + aliases
    return tuple(
        model_facts(name, card.to_json() | {"presets": _presets(catalog, card)}) for name, card in named
    )


def _presets(catalog: Catalog, card: Card) -> dict[str, JSON]:
    return {
        preset: {ratio: str(size) for ratio, size in catalog.presets.get(preset, {}).items()}
        for preset in card.presets
    }


def _news(event: events.JobEvent) -> News | None:
    match event:
        case events.Queued(ahead):
            return Waiting(ahead)
        case events.Progressed(index, done, total):
            return Step(index, done / total)
        case events.PictureStored(index=index):
            return Delivered(index)
        case events.PictureRefused(index=index, error=error):
            return Missed(index, error.code, error.message)
        case events.Failed(error):
            raise error
        case events.Cancelled():
            raise event.error
    return None
