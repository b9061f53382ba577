"""Which ended jobs somebody wants to hear of, and when the next try is due.

A row that due() hands out is leased: nobody else gets it for LEASE_S, and everybody can after a crash.
Knows nothing of HTTP.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from sqlalchemy import bindparam, delete, exists, insert, select, update

from limner.ledger.database import Change, Database
from limner.ledger.records import ENDED
from limner.ledger.tables import jobs, webhooks

WebhookState: TypeAlias = Literal["waiting", "due", "sent", "given_up"]
LEASE_S = 60.0
"""Longer than one try takes."""


@dataclass(frozen=True, slots=True)
class WebhookRecord:
    """One row of webhooks. attempts: tries that were made."""

    job_id: str
    key_id: str
    url: str
    base_url: str
    state: WebhookState = "waiting"
    attempts: int = 0
    next_at: float | None = None
    last_status: int | None = None


_COLUMNS = tuple(column.name for column in webhooks.columns)
_THIS = webhooks.c.job_id == bindparam("job")
_ADD = insert(webhooks)
_READY = (
    update(webhooks).where(_THIS, webhooks.c.state == "waiting").values(state="due", next_at=bindparam("at"))
)
_READY_ENDED = (
    update(webhooks)
    .where(
        webhooks.c.state == "waiting",
        exists().where(jobs.c.id == webhooks.c.job_id, jobs.c.state.in_(ENDED)),
    )
    .values(state="due", next_at=bindparam("at"))
)
_FORGET = delete(webhooks).where(
    webhooks.c.state.in_(("sent", "given_up")), webhooks.c.job_id < bindparam("oldest")
)
_DUE = (
    select(webhooks)
    .where(webhooks.c.state == "due", webhooks.c.next_at <= bindparam("now"))
    .order_by(webhooks.c.next_at)
    .limit(bindparam("most"))
)
_NEXT_AT = select(webhooks.c.next_at).where(webhooks.c.state == "due").order_by(webhooks.c.next_at).limit(1)
_LEASE = (
    update(webhooks)
    .where(_THIS, webhooks.c.state == "due", webhooks.c.next_at == bindparam("was"))
    .values(next_at=bindparam("until"))
)
_ATTEMPT = (
    update(webhooks)
    .where(_THIS)
    .values(
        state=bindparam("new_state"),
        attempts=bindparam("made"),
        next_at=bindparam("at"),
        last_status=bindparam("status"),
    )
)


class WebhookTable:
    """The webhooks of all servers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, webhook: WebhookRecord) -> None:
        """Record a webhook. Raises RowConflict when its job has one."""
        await self._database.write(
            Change(_ADD, {name: getattr(webhook, name) for name in _COLUMNS}),
        )

    async def ready(self, job_id: str, at: float) -> bool:
        """Let a waiting webhook be due at that time; False if there is none."""
        return (await self._database.execute(Change(_READY, {"job": job_id, "at": at}))) == (1,)

    async def ready_ended(self, at: float) -> int:
        """ready() for every job that has ended without it, as in a crash: how many they were."""
        return (await self._database.execute(Change(_READY_ENDED, {"at": at})))[0]

    async def forget(self, before: float) -> int:
        """Delete the webhooks of jobs that were made before then and are sent or given up: how many."""
        # Ids begin with the time in milliseconds, so that they sort by it.
        oldest = f"02{int(before * 1000):013d}"
        return (await self._database.execute(Change(_FORGET, {"oldest": oldest})))[0]

    async def due(self, now: float, limit: int) -> tuple[WebhookRecord, ...]:
        """Webhooks whose time has come, leased to the caller alone, who says with attempt() how it went."""
        rows = await self._database.read(_DUE, {"now": now, "most": limit})
        found = [WebhookRecord(**{name: row[name] for name in _COLUMNS}) for row in rows]
        if not found:
            return ()
        until = now + LEASE_S
        leases = (Change(_LEASE, {"job": each.job_id, "was": each.next_at, "until": until}) for each in found)
        counts = await self._database.execute(*leases)
        return tuple(replace(each, next_at=until) for each, won in zip(found, counts, strict=True) if won)

    async def next_at(self) -> float | None:
        """When the next one is due; None: nothing is."""
        rows = await self._database.read(_NEXT_AT)
        return float(rows[0]["next_at"]) if rows else None

    async def attempt(
        self, job_id: str, state: WebhookState, attempts: int, next_at: float | None, last_status: int | None
    ) -> None:
        """Record a try: the state it led to, and for one that is still due the time of the next try."""
        values = {"job": job_id, "new_state": state, "made": attempts, "at": next_at, "status": last_status}
        await self._database.write(Change(_ATTEMPT, values))
