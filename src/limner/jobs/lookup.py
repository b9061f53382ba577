"""Jobs by id, wherever they are: at work here, ended, or at work on another server.

All of them come as a Job, so that whoever answers reads one log. A job of another server gets its log
by asking the database again and again. It knows no HTTP.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping

from limner.errors import Unavailable
from limner.jobs.events import Cancelled, Failed, Fetched, Started
from limner.jobs.job import Job
from limner.jobs.records import picture_event, restore
from limner.ledger.jobs import JobStore
from limner.ledger.records import JobRecord, PictureRecord
from limner.types import Size

log = logging.getLogger(__name__)
LOOK_AGAIN_S = 0.25


class Lookup:
    """Finds jobs. live: those at work here, by id."""

    def __init__(self, store: JobStore, live: Mapping[str, Job]) -> None:
        self._store = store
        self._live = live
        self._watches: dict[str, tuple[Job, asyncio.Task[None]]] = {}

    async def find(self, job_id: str, key_id: str) -> Job | None:
        """The job of this id and key, if there is one. Raises Unavailable."""
        live = self._live.get(job_id)
        if live is not None:
            return live if live.key_id == key_id else None
        if job_id in self._watches:
            watched = self._watches[job_id][0]
            return watched if watched.key_id == key_id else None
        record = await self._store.find(job_id, key_id)
        if record is None or record.state == "refused":
            return None
        pictures = await self._store.pictures(job_id)
        if not record.ended and job_id in self._live:  # it was taken up here meanwhile
            return self._live[job_id]
        if job_id in self._watches:
            return self._watches[job_id][0]
        job = restore(record, pictures)
        if not job.ended:
            self._watch(job)
        return job

    async def close(self) -> None:
        """Whoever still reads the log of another server's job is told that we stop."""
        for job, watching in tuple(self._watches.values()):
            watching.cancel()
            await asyncio.wait({watching})
            if not job.ended:
                job.append(Cancelled("stopping"))

    def _watch(self, job: Job) -> None:
        job.detached = True  # that nobody reads it here must not end it there
        watching = asyncio.create_task(self._follow(job), name=f"watch {job.id}")
        self._watches[job.id] = job, watching
        watching.add_done_callback(lambda _: self._watches.pop(job.id, None))

    async def _follow(self, job: Job) -> None:
        """Bring the log up to date until it ends."""
        while not job.ended:
            await asyncio.sleep(LOOK_AGAIN_S)
            try:
                record = await self._store.find(job.id, job.key_id)
                pictures = await self._store.pictures(job.id)
            except Unavailable as error:
                log.warning("job %s of another server cannot be followed: %s", job.id, error)
                job.append(Failed(error))
                return
            assert record is not None, f"job {job.id} has vanished"
            _catch_up(job, record, pictures)


def _catch_up(job: Job, record: JobRecord, pictures: tuple[PictureRecord, ...]) -> None:
    if record.state != "queued" and not job.started:
        if isinstance(job.request.size, Size):
            job.append(Fetched(job.request.size))
        job.append(Started())
    for picture in pictures[len(job.pictures) :]:
        job.append(picture_event(picture))
    if record.ended:
        job.append(restore(record, pictures).events[-1])
