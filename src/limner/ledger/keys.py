"""The table of keys: made, found, changed, revoked. It sees hashes only, never a key."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields

from sqlalchemy import RowMapping, bindparam, insert, or_, select, update

from limner.keys import Key, Limits
from limner.ledger.database import Change, Database
from limner.ledger.tables import keys
from limner.types import JSON

ID_DIGITS = 12
_LIMITS = tuple(field.name for field in fields(Limits))

_LIVE_ID = (keys.c.id == bindparam("live_id")) & keys.c.revoked_at.is_(None)
_ADD = insert(keys)
_BY_DIGEST = select(keys).where(keys.c.digest == bindparam("digest"), keys.c.revoked_at.is_(None))
_FIND = select(keys).where(or_(keys.c.id == bindparam("wanted"), keys.c.name == bindparam("wanted")))
_LIST = select(keys).order_by(keys.c.created_at, keys.c.id)
_FIRST = select(keys.c.id).limit(1)
_CHANGE = (
    update(keys).where(_LIVE_ID).values({name: bindparam(f"new_{name}") for name in (*_LIMITS, "expires_at")})
)
_ROTATE = update(keys).where(_LIVE_ID).values(digest=bindparam("new_digest"))
_REVOKE = update(keys).where(_LIVE_ID).values(revoked_at=bindparam("at"))


@dataclass(frozen=True, slots=True)
class KeyRecord:
    """A key and its life."""

    key: Key
    created_at: float
    revoked_at: float | None = None

    def state(self, now: float) -> str:
        """One of revoked, expired, valid."""
        if self.revoked_at is not None:
            return "revoked"
        expires_at = self.key.expires_at
        return "expired" if expires_at is not None and expires_at <= now else "valid"

    def to_json(self, now: float) -> dict[str, JSON]:
        """The key as lists and the admin API show it."""
        return {
            "id": self.key.id,
            "name": self.key.name,
            "state": self.state(now),
            **_limits_as_row(self.key.limits),
            "created_at": self.created_at,
            "expires_at": self.key.expires_at,
            "revoked_at": self.revoked_at,
        }


class KeyTable:
    """The keys of this database. A name is given once for all, so that no bill speaks of two keys."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._clock = clock

    async def add(self, digest: str, name: str, limits: Limits, expires_at: float | None) -> KeyRecord:
        """Keep a new key. Raises RowConflict if there is, or was, one of this name."""
        record = KeyRecord(Key(digest[:ID_DIGITS], name, limits, expires_at), self._clock())
        row = {
            "id": record.key.id,
            "digest": digest,
            "name": name,
            **_limits_as_row(limits),
            "expires_at": expires_at,
            "created_at": record.created_at,
            "revoked_at": None,
        }
        await self._database.write(Change(_ADD, row))
        return record

    async def by_digest(self, digest: str) -> Key | None:
        """The key with this hash, unless it is revoked."""
        rows = await self._database.read(_BY_DIGEST, {"digest": digest})
        return _record(rows[0]).key if rows else None

    async def find(self, wanted: str) -> KeyRecord | None:
        """The key with this id, else with this name, revoked ones too."""
        records = [_record(row) for row in await self._database.read(_FIND, {"wanted": wanted})]
        return max(records, key=lambda record: record.key.id == wanted, default=None)

    async def list(self) -> tuple[KeyRecord, ...]:
        """Every key there ever was, the oldest first."""
        return tuple(_record(row) for row in await self._database.read(_LIST))

    async def is_empty(self) -> bool:
        """Whether there has never been a key."""
        return not await self._database.read(_FIRST)

    async def change(self, key_id: str, limits: Limits, expires_at: float | None) -> bool:
        """Give a key other limits; False if there is none that is not revoked."""
        row = _limits_as_row(limits) | {"expires_at": expires_at}
        return await self._touch(
            Change(_CHANGE, {"live_id": key_id} | {f"new_{name}": value for name, value in row.items()})
        )

    async def rotate(self, key_id: str, digest: str) -> bool:
        """Put a new hash in the old one's place; False if there is none that is not revoked."""
        return await self._touch(Change(_ROTATE, {"live_id": key_id, "new_digest": digest}))

    async def revoke(self, key_id: str) -> bool:
        """End a key for good; False if there is none that is not revoked."""
        return await self._touch(Change(_REVOKE, {"live_id": key_id, "at": self._clock()}))

    async def _touch(self, change: Change) -> bool:
        return (await self._database.execute(change))[0] == 1


def _limits_as_row(limits: Limits) -> dict[str, JSON]:
    return asdict(limits) | {"models": [*limits.models]}


def _record(row: RowMapping) -> KeyRecord:
    limits = Limits(**{name: row[name] for name in _LIMITS} | {"models": tuple(row["models"])})
    key = Key(row["id"], row["name"], limits, row["expires_at"])
    return KeyRecord(key, row["created_at"], row["revoked_at"])
