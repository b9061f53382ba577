"""A bucket of files, at Amazon S3 and what speaks like it, Google Cloud Storage or Azure, through obstore.

Keys are PREFIX/YYYY-MM-DD/NAME. Import it only where a bucket is configured: obstore takes memory.
Not covered: who else may read or write in the bucket; copies that the store keeps of what was deleted.
"""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Awaitable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

import obstore
from obstore.exceptions import BaseError, PermissionDeniedError, UnauthenticatedError
from obstore.store import AzureStore, GCSStore, S3Store

from limner.errors import InternalError, RequestError, RouteNotFound, Unavailable
from limner.storage.base import StoredFile, day_of, is_file_name, is_kept_name, media_type_of, reason

if TYPE_CHECKING:
    from obstore import Attributes, GetOptions, ListStream, ObjectMeta

log = logging.getLogger(__name__)
T = TypeVar("T")

DEADLINE_S = 30.0
"""The most that one call may take, retries included."""
_LIST_CHUNK = 1000
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SHORT_LIVED = "X-Amz-Security-Token="
"""Stands in links that die with the credentials of a role, long before their own time."""


class BucketStorage:
    """Storage in a bucket; store carries its address, prefix and credentials."""

    def __init__(self, store: S3Store | GCSStore | AzureStore, deadline_s: float = DEADLINE_S) -> None:
        self._store = store
        self._deadline_s = deadline_s
        self._signs = True

    async def put(self, name: str, data: bytes, media_type: str) -> None:
        assert media_type == media_type_of(name), f"{name} cannot hold {media_type}"
        attributes: Attributes = {"Content-Type": media_type}
        if is_file_name(name):
            attributes["Content-Disposition"] = f'inline; filename="{name}"'
        # In one piece, for the parts of one that is broken off would lie hidden in the bucket.
        putting = obstore.put_async(self._store, _key(name), data, attributes=attributes, use_multipart=False)
        await self._answer(putting, missing=InternalError())

    async def get(self, name: str, start: int = 0, stop: int | None = None) -> bytes:
        if stop is not None and stop <= start:
            await self.stat(name)
            return b""
        try:
            return await self._answer(self._read(_key(name), start, stop))
        except Unavailable:
            if start == 0 or start < (await self.stat(name)).size_bytes:
                raise
            return b""

    async def stat(self, name: str) -> StoredFile:
        facts = await self._answer(obstore.head_async(self._store, _key(name)))
        return StoredFile(
            name=name,
            size_bytes=facts["size"],
            modified_s=facts["last_modified"].timestamp(),
            media_type=media_type_of(name),
            etag=_etag(facts),
        )

    async def delete(self, name: str) -> None:
        await self._delete([_key(name)])

    async def sweep(self, older_than_s: float, now: float | None = None) -> int:
        """Looks only into days that are old enough; the bucket's clock says how old a file is."""
        now = time.time() if now is None else now
        before = datetime.fromtimestamp(max(0.0, now - older_than_s), UTC)
        listing = await self._answer(obstore.list_with_delimiter_async(self._store))
        swept = 0
        for folder in listing["common_prefixes"]:
            day = folder.strip("/").rpartition("/")[2]
            if _DAY.fullmatch(day) and day <= before.date().isoformat():
                swept += await self._sweep_day(day, before)
        return swept

    async def link(self, name: str, ttl_s: int) -> str | None:
        """None, too, where the credentials cannot sign or would not live as long as the link."""
        if not is_file_name(name):
            raise RouteNotFound
        signing = obstore.sign_async(self._store, "GET", _key(name), timedelta(seconds=ttl_s))
        try:
            link = await self._answer(signing)
        except InternalError as error:
            if self._signs:
                self._signs = False
                log.warning("the bucket's credentials sign no links, so this server signs: %s", reason(error))
            return None
        return None if _SHORT_LIVED in link else link

    async def _read(self, key: str, start: int, stop: int | None) -> bytes:
        options: GetOptions = {}
        if start or stop is not None:
            options["range"] = {"offset": start} if stop is None else (start, stop)
        result = await obstore.get_async(self._store, key, options=options)
        return bytes(await result.bytes_async())

    async def _sweep_day(self, day: str, before: datetime) -> int:
        listing = obstore.list(self._store, f"{day}/", chunk_size=_LIST_CHUNK)
        swept = 0
        while chunk := await self._answer(_next(listing)):
            old = [
                facts["path"]
                for facts in chunk
                if facts["last_modified"] < before and _is_kept(facts["path"])
            ]
            await self._delete(old)
            swept += len(old)
        return swept

    async def _delete(self, keys: list[str]) -> None:
        """At S3 it is the bucket that is missing, if anything is; at the others it may be a file."""
        if not keys:
            return
        try:
            await self._answer(obstore.delete_async(self._store, keys))
        except RouteNotFound as error:
            if isinstance(self._store, S3Store):
                raise InternalError from error

    async def _answer(self, call: Awaitable[T], missing: RequestError | None = None) -> T:
        """What the bucket answers in time, its errors as ours. missing: instead of RouteNotFound."""
        try:
            async with asyncio.timeout(self._deadline_s):
                return await call
        except FileNotFoundError as error:
            raise missing or RouteNotFound() from error
        except (PermissionDeniedError, UnauthenticatedError) as error:
            raise InternalError from error
        except (BaseError, TimeoutError) as error:
            raise Unavailable from error


def _key(name: str) -> str:
    return f"{day_of(name)}/{name}"


def _is_kept(key: str) -> bool:
    """Whether there is a file of ours under this key."""
    name = key.rpartition("/")[2]
    return is_kept_name(name) and key == _key(name)


async def _next(listing: ListStream[Sequence[ObjectMeta]]) -> Sequence[ObjectMeta]:
    # Not anext(listing, ()): with a default it cannot await what obstore gives.
    try:
        return await anext(listing)
    except StopAsyncIteration:
        return ()


def _etag(facts: ObjectMeta) -> str:
    """The store's own, in the form of a strong validator; one of ours where it has none."""
    tag = facts["e_tag"] or f"{int(facts['last_modified'].timestamp()):x}-{facts['size']:x}"
    return '"' + tag.removeprefix("W/").strip('"') + '"'
