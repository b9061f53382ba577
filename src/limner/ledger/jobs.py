"""The rows of jobs and pictures: what becomes of a job, in words, and who works on it.

Knows the tables and no job that is at work. A server is one process; it tells that it is alive with beat().
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, fields, replace
from datetime import UTC, datetime
from functools import lru_cache
from operator import attrgetter
from typing import Any

from sqlalchemy import RowMapping, bindparam

from limner.ledger import job_statements as sql
from limner.ledger.database import Change, Database
from limner.ledger.records import EndRecord, ErrorRecord, JobRecord, JobState, PictureRecord
from limner.ledger.tables import jobs


class JobStore:
    """What the ledger knows of jobs; server_id names this process among those that share the database."""

    def __init__(self, database: Database, server_id: str) -> None:
        self._database = database
        self._me = server_id

    @property
    def server_id(self) -> str:
        return self._me

    async def add(self, job: JobRecord) -> None:
        """Record a job. Raises RowConflict when there is one with its id."""
        await self._database.write(Change(sql.ADD, _job_row(job), job.id))

    def post_add(self, job: JobRecord) -> None:
        self._database.post(Change(sql.ADD, _job_row(job), job.id))

    def post_started(self, job_id: str, at: float) -> None:
        self._database.post(Change(sql.START, {"job": job_id, "at": at}, job_id))

    async def record(
        self,
        *,
        job: JobRecord | None = None,
        picture: PictureRecord | None = None,
        end: EndRecord | None = None,
    ) -> None:
        """Rows of one job in one write, all or none; a row that is there already stays as it is."""
        changes = []
        if job is not None:
            changes.append(Change(sql.ADD_ONCE, _job_row(job), job.id))
        if picture is not None:
            changes.append(Change(sql.ADD_PICTURE, _picture_row(picture), picture.job_id))
        if end is not None:
            changes.append(Change(sql.END, _end_row(end), end.job_id))
        await self._database.write(*changes)

    async def find(self, job_id: str, key_id: str | None = None) -> JobRecord | None:
        """The job, if there is one and it is this key's; key_id None: whoever's it is."""
        if key_id is None:
            rows = await self._database.read(sql.FIND, {"job": job_id})
        else:
            rows = await self._database.read(sql.FIND_OWN, {"job": job_id, "key": key_id})
        return _job(rows[0]) if rows else None

    async def pictures(self, job_id: str) -> tuple[PictureRecord, ...]:
        """The pictures of a job that were tried, in the order of its log."""
        return tuple(map(_picture, await self._database.read(sql.PICTURES, {"job": job_id})))

    async def list(
        self, key_id: str, limit: int, before: str | None = None, state: JobState | None = None
    ) -> tuple[JobRecord, ...]:
        """A key's jobs, the newest first, without refused ones. before: the id that the page follows."""
        query, values = sql.LIST, {"key": key_id, "most": limit}
        if before is not None:
            query, values["before"] = query.where(jobs.c.id < bindparam("before")), before
        if state is not None:
            query, values["state"] = query.where(jobs.c.state == bindparam("state")), state
        return tuple(map(_job, await self._database.read(query, values)))

    async def ask_cancel(self, job_id: str) -> None:
        """Tell whoever works on the job to cancel it; nothing for one that has ended."""
        await self._database.write(Change(sql.ASK_CANCEL, {"job": job_id}))

    async def cancels_asked(self) -> tuple[str, ...]:
        """The unfinished jobs of this server that somebody wants cancelled."""
        rows = await self._database.read(sql.CANCELS_ASKED, {"me": self._me})
        return tuple(row["id"] for row in rows)

    async def put_back(self, job_id: str) -> None:
        """Leave an unfinished job of this server to whoever adopts it."""
        await self._database.write(Change(sql.PUT_BACK, {"job": job_id, "me": self._me}))

    async def reopen(
        self, job_id: str, *, detached: bool, deadline_at: float, refused_again: bool = False
    ) -> bool:
        """Work again on a job that has ended, or that this server adopted; False if another one does.

        refused_again: what was refused is forgotten, to be tried again.
        """
        values = {"job": job_id, "me": self._me, "goes_on": detached, "deadline": deadline_at}
        if (await self._database.execute(Change(sql.REOPEN, values))) != (1,):
            return False
        if refused_again:
            await self._database.write(Change(sql.TRY_AGAIN, {"job": job_id}))
        return True

    async def detach(self, job_id: str) -> None:
        """From now on the job goes on without a client."""
        await self._database.write(Change(sql.DETACH, {"job": job_id}))

    async def adopt(
        self, now: float, dead_after_s: float, known: Collection[str] = ()
    ) -> tuple[JobRecord, ...]:
        """The unfinished jobs that nobody works on, from now on this server's; the oldest first.

        Those are jobs without a server, of a server that was not seen for dead_after_s, and this one's
        own that are not among the known. Of several servers that adopt at once one gets each job.
        """
        values = {"me": self._me, "alive_since": now - dead_after_s}
        found = [
            job for job in map(_job, await self._database.read(sql.ADOPTABLE, values)) if job.id not in known
        ]
        if not found:
            return ()
        claims = (Change(sql.ADOPT, {"job": job.id, "was": job.server, "me": self._me}) for job in found)
        counts = await self._database.execute(*claims)
        return tuple(replace(job, server=self._me) for job, won in zip(found, counts, strict=True) if won)

    async def now(self) -> float:
        """The time by the database's clock, which servers share whose own clocks differ."""
        return float((await self._database.read(sql.NOW))[0]["now"])

    async def beat(self, now: float) -> None:
        """Say that this server is at work. now: of now(), as in adopt()."""
        await self._database.write(Change(sql.BEAT, {"id": self._me, "seen_at": now}))

    async def leave(self) -> None:
        """Say that this server works no longer."""
        await self._database.write(Change(sql.LEAVE, {"me": self._me}))

    async def forget(self, before: float) -> int:
        """Forget what was asked in jobs that have ended and were made before then: how many they were."""
        return (await self._database.execute(Change(sql.FORGET, {"before": before})))[0]

    async def oldest_pictures(self, before: float | None, limit: int) -> tuple[PictureRecord, ...]:
        """Pictures that are stored and not deleted, the oldest first. before: only those older than that."""
        query = sql.OLDEST if before is None else sql.OLDER
        values = {"most": limit} if before is None else {"most": limit, "before": before}
        return tuple(map(_picture, await self._database.read(query, values)))

    async def stored_bytes(self) -> int:
        """Bytes of all pictures that are stored and not deleted."""
        return int((await self._database.read(sql.STORED_BYTES))[0]["bytes"])

    async def mark_deleted(self, job_id: str, indexes: Collection[int] | None, at: float) -> None:
        """Record that pictures are no longer in storage; indexes None: all of the job."""
        if indexes is None:
            await self._database.write(Change(sql.DELETE_ALL, {"job": job_id, "now": at}))
        else:
            each = [{"job": job_id, "picture": index, "now": at} for index in indexes]
            await self._database.write(*(Change(sql.DELETE_ONE, values) for values in each))


def _job_row(job: JobRecord) -> dict[str, Any]:
    row = dict(zip(_JOB_FIELDS, _JOB_VALUES(job), strict=True))
    row["error"] = _error_row(job.error)
    return row


def _end_row(end: EndRecord) -> dict[str, Any]:
    return {
        "job": end.job_id,
        "new_state": end.state,
        "at": end.at,
        "new_error": _error_row(end.error),
        "new_stages": None if end.stages is None else dict(end.stages),
        "delivered": end.pictures,
        "delivered_pixels": end.pixels,
    }


def _picture_row(picture: PictureRecord) -> dict[str, Any]:
    row = dict(zip(_PICTURE_FIELDS, _PICTURE_VALUES(picture), strict=True))
    row["month"] = _month_of_day(picture.at // 86_400)
    row["outcome"] = "stored" if picture.is_stored else "refused"
    row["error"] = _error_row(picture.error)
    return row


@lru_cache(4)
def _month_of_day(day: float) -> str:
    return datetime.fromtimestamp(day * 86_400, UTC).strftime("%Y-%m")


def _error_row(error: ErrorRecord | None) -> dict[str, Any] | None:
    return None if error is None else asdict(error)


def _job(row: RowMapping) -> JobRecord:
    return JobRecord(**{**{name: row[name] for name in _JOB_FIELDS}, "error": _error(row["error"])})


def _picture(row: RowMapping) -> PictureRecord:
    values = {name: row[name] for name in _PICTURE_FIELDS}
    return PictureRecord(**{**values, "error": _error(row["error"])})


def _error(value: Mapping[str, Any] | None) -> ErrorRecord | None:
    return None if value is None else ErrorRecord(**value)


_JOB_FIELDS = tuple(field.name for field in fields(JobRecord))
_PICTURE_FIELDS = tuple(field.name for field in fields(PictureRecord))
_JOB_VALUES = attrgetter(*_JOB_FIELDS)
_PICTURE_VALUES = attrgetter(*_PICTURE_FIELDS)
