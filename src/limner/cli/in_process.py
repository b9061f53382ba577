"""Pictures from the service itself, without a server: its settings, a temporary folder, one job."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

from limner.cli.failures import RemoteError
from limner.cli.outcomes import Made, Missed, Outcome, Step, Wanted, file_format
from limner.config import Settings, load_settings
from limner.types import Ask

SHARED = ("database_url", "redis_url", "storage_url")
"""Settings by which servers work together."""


def to_ask(wanted: Wanted) -> Ask:
    """The same wish as the API would pass it on."""
    return Ask(
        model=wanted.model,
        prompt=wanted.prompt,
        images=wanted.images,
        size=wanted.size,
        seed=wanted.seed,
        series=None if wanted.series is None else "auto",
        max_pictures=wanted.series,
        watermark=wanted.watermark,
        output_format=wanted.output_format,
        delivery="b64_json",
    )


async def make_here(wanted: Wanted, config: Path | None, engine: str | None) -> AsyncIterator[Outcome]:
    """Run one job to its end and yield what it makes. Raises ConfigError and RequestError."""
    from limner.assembly import open_service
    from limner.jobs import events
    from limner.keys import Key

    with tempfile.TemporaryDirectory(prefix="limner-") as folder:
        async with open_service(settings_in(Path(folder), config, engine)) as service:
            job = await service.submit(to_ask(wanted), Key("local"))
            async for event in job.follow():
                match event:
                    case events.Progressed(index, done, total):
                        yield Step(index, done / total)
                    case events.PictureStored():
                        data = await service.picture_bytes(job, event)
                        yield Made(event.index, data, file_format(data))
                    case events.PictureRefused(index=index, error=error):
                        yield Missed(index, error.code, error.message)
                    case events.Failed(error):
                        raise error
                    case events.Cancelled():
                        raise RemoteError("Cancelled", "the job was cancelled")


def settings_in(folder: Path, config: Path | None, engine: str | None) -> Settings:
    """The settings in force, for one user and with all data in this folder. Raises ConfigError.

    One picture at a time needs no worker processes, whose start would take longer than a thread's; and it
    is nobody's business: no ledger, bucket or counter that servers share."""
    settings = load_settings({"data_dir": folder, "engine": engine, "worker_processes": 0}, file=config)
    return settings.model_copy(update=dict.fromkeys(SHARED))
