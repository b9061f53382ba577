"""Which job answers an Idempotency-Key: one row for each key of a client, for CLAIM_TTL_S.

Only the hash of what the client sent is kept. What a twin is told is not known here.
"""

from __future__ import annotations

import hashlib

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from limner.ledger.database import Change, Database
from limner.ledger.records import Claim
from limner.ledger.tables import idempotency

CLAIM_TTL_S = 86_400.0

_THIS = (
    idempotency.c.key_id == bindparam("key"),
    idempotency.c.idempotency_key == bindparam("digest"),
)
_FIND = select(idempotency).where(*_THIS, idempotency.c.created_at >= bindparam("not_before"))
_INSERT = upsert(idempotency)
_CLAIM = _INSERT.on_conflict_do_update(
    index_elements=[idempotency.c.key_id, idempotency.c.idempotency_key],
    set_={name: _INSERT.excluded[name] for name in ("body_digest", "job_id", "created_at")},
    where=idempotency.c.created_at < bindparam("expired"),
)
_REPLACE = (
    update(idempotency)
    .where(*_THIS, idempotency.c.job_id == bindparam("old_job"))
    .values(job_id=bindparam("new_job"), body_digest=bindparam("new_body"), created_at=bindparam("now"))
)
_RELEASE = delete(idempotency).where(*_THIS, idempotency.c.job_id == bindparam("old_job"))
_FORGET = delete(idempotency).where(idempotency.c.created_at < bindparam("before"))


class Claims:
    """Who was first with an Idempotency-Key."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, key_id: str, idempotency_key: str, not_before: float) -> Claim | None:
        """The claim that was made at that time or later."""
        values = {"key": key_id, "digest": _digest(idempotency_key), "not_before": not_before}
        rows = await self._database.read(_FIND, values)
        return Claim(rows[0]["body_digest"], rows[0]["job_id"], rows[0]["created_at"]) if rows else None

    async def claim(
        self, key_id: str, idempotency_key: str, body_digest: str, job_id: str, at: float
    ) -> bool:
        """Whether the claim is made: of many at once one is, and none while an unexpired one stands."""
        values = {
            "key_id": key_id,
            "idempotency_key": _digest(idempotency_key),
            "body_digest": body_digest,
            "job_id": job_id,
            "created_at": at,
            "expired": at - CLAIM_TTL_S,
        }
        return (await self._database.execute(Change(_CLAIM, values))) == (1,)

    async def replace(
        self, key_id: str, idempotency_key: str, old_job_id: str, new_job_id: str, body_digest: str, at: float
    ) -> bool:
        """Put another job in the place of old_job_id; False if that is no longer the one that answers."""
        values = {
            "key": key_id,
            "digest": _digest(idempotency_key),
            "old_job": old_job_id,
            "new_job": new_job_id,
            "new_body": body_digest,
            "now": at,
        }
        return (await self._database.execute(Change(_REPLACE, values))) == (1,)

    async def release(self, key_id: str, idempotency_key: str, job_id: str) -> None:
        """Take a claim back whose job was refused; nothing if another job answers by now."""
        values = {"key": key_id, "digest": _digest(idempotency_key), "old_job": job_id}
        await self._database.write(Change(_RELEASE, values))

    async def forget(self, before: float) -> int:
        """Delete the claims that were made before then: how many they were."""
        return (await self._database.execute(Change(_FORGET, {"before": before})))[0]


def _digest(idempotency_key: str) -> str:
    return hashlib.sha256(idempotency_key.encode("utf-8", "surrogateescape")).hexdigest()
