"""API keys: who is asking, by the value of an Authorization header.

Of a key only its SHA-256 is kept: a slow hash protects what can be guessed, and a made key has 256 random
bits. Knows nothing of HTTP beyond the header's value, and nothing of how a source keeps its keys.
Not covered: limits on wrong tries; a weak key that someone configures; a key that its owner gives away.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import re
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from limner.errors import AccessDenied, AuthenticationError, ConfigError, RowConflict

NAME_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"
DEFAULT_NAME = "default"
CONFIGURED_NAME = "configured"
HASH_FILE = "api_key.sha256"
"""Where an installation kept its one key before keys had a table."""

CACHE_S = 2.0
"""A key that was revoked on another process's side is refused after this long."""
CACHE_MOST = 4096

_HASH_LINE = re.compile(rb"[0-9a-f]{64}\n")
_HEADER = re.compile(rb"bearer +([\x21-\x7e]+)", re.IGNORECASE)
_CONFIGURED = re.compile(r"[\x21-\x7e]+")
_MADE = re.compile(rb"lim-[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a key may do; None and () mean without limit. models: patterns of model names.

    Megapixels are millions of pixels; months are those of UTC.
    """

    models: tuple[str, ...] = ()
    images_per_minute: int | None = None
    concurrent_jobs: int | None = None
    monthly_pictures: int | None = None
    monthly_megapixels: float | None = None


@dataclass(frozen=True, slots=True)
class Key:
    """Who is asking, without the secret: id and name are fit for logs and ledgers."""

    id: str
    name: str = ""
    limits: Limits = Limits()
    expires_at: float | None = None


class KeySource(Protocol):
    """Where the keys are that can be made and revoked while the server runs."""

    async def by_digest(self, digest: str) -> Key | None:
        """The key with this hash, unless it is revoked."""

    async def add(self, digest: str, name: str, limits: Limits, expires_at: float | None) -> object:
        """Keep a new key. Raises RowConflict if there is one of this name."""

    async def is_empty(self) -> bool:
        """Whether there has never been a key."""


@dataclass(frozen=True, slots=True)
class _Lookup:
    task: asyncio.Task[Key | None]
    good_until: float


class KeyStore:
    """The keys that open this server: those of the source and, beside them, a configured one without limits.

    Raises ConfigError for a configured key or admin key that cannot stand in a header.
    """

    def __init__(
        self,
        source: KeySource,
        *,
        configured: str | None = None,
        admin_key: str | None = None,
        clock: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        judge_configured(configured, admin_key)
        self._source = source
        self._configured = None if configured is None else digest_of(configured.encode())
        self._admin = None if admin_key is None else digest_of(admin_key.encode())
        self._clock = clock
        self._monotonic = monotonic
        self._lookups: dict[str, _Lookup] = {}

    async def verify(self, authorization_header: bytes | None) -> Key:
        """The key in the value of an Authorization header.

        Raises AuthenticationError; Unavailable when the source does not answer.
        """
        secret = _secret(authorization_header)
        digest = digest_of(secret)
        if self._configured is not None and hmac.compare_digest(digest, self._configured):
            return Key(digest[:12], CONFIGURED_NAME)
        # What we never made need not be looked for.
        key = await self._look_up(digest) if _MADE.fullmatch(secret) else None
        if key is None:
            raise AuthenticationError
        if key.expires_at is not None and key.expires_at <= self._clock():
            raise AuthenticationError("The API key in the request has expired.")
        return key

    async def verify_admin(self, authorization_header: bytes | None) -> None:
        """Return if the header has the admin key.

        Raises AccessDenied when there is none, or for another valid key; else AuthenticationError.
        """
        if self._admin is None:
            raise AccessDenied("The admin API is closed: admin_key is not set.")
        if hmac.compare_digest(digest_of(_secret(authorization_header)), self._admin):
            return
        await self.verify(authorization_header)
        raise AccessDenied("This API key does not open the admin API.")

    def forget(self) -> None:
        """Ask the source again from now on: a key has been changed."""
        self._lookups.clear()

    async def _look_up(self, digest: str) -> Key | None:
        """What the source says, or has said within CACHE_S: unknown keys are remembered too."""
        now = self._monotonic()
        lookup = self._lookups.get(digest)
        if lookup is None or lookup.good_until <= now or _has_failed(lookup.task):
            self._lookups.pop(digest, None)
            if len(self._lookups) >= CACHE_MOST:
                del self._lookups[next(iter(self._lookups))]
            lookup = _Lookup(asyncio.create_task(self._source.by_digest(digest)), now + CACHE_S)
            self._lookups[digest] = lookup
        # Shielded, for others may wait for the same answer.
        return await asyncio.shield(lookup.task)


async def first_key(source: KeySource, data_dir: Path) -> str | None:
    """The key that the first start makes, to be shown once; None where there are keys already.

    Of several processes exactly one makes it. Raises ConfigError for a HASH_FILE without a hash.
    """
    if await take_over_kept_key(source, data_dir) or not await source.is_empty():
        return None
    fresh = make_key()
    try:
        await source.add(digest_of(fresh.encode()), DEFAULT_NAME, Limits(), None)
    except RowConflict:
        return None
    return fresh


async def take_over_kept_key(source: KeySource, data_dir: Path) -> bool:
    """Give the key of HASH_FILE, if there is one, to the source, and remove the file: it stays valid."""
    path = data_dir / HASH_FILE
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}") from error
    if not _HASH_LINE.fullmatch(content):
        raise ConfigError(f"{path} holds no key hash; delete it, and `limner keys create` makes a new key")
    with suppress(RowConflict):  # Another process was faster.
        await source.add(content.decode().strip(), DEFAULT_NAME, Limits(), None)
    path.unlink(missing_ok=True)
    return True


def make_key() -> str:
    """A new key; whoever asks shows it once and forgets it."""
    return "lim-" + secrets.token_urlsafe(32)


def digest_of(key: bytes) -> str:
    """What is kept of a key."""
    return hashlib.sha256(key).hexdigest()


def judge_configured(api_key: str | None, admin_key: str | None) -> None:
    """Raise ConfigError for keys of the settings that could not be used."""
    for name, value in (("api_key", api_key), ("admin_key", admin_key)):
        if value is not None and not _CONFIGURED.fullmatch(value):
            raise ConfigError(f"{name} must be one or more printable ASCII characters without spaces")
    if api_key is not None and api_key == admin_key:
        raise ConfigError("admin_key and api_key must not be the same")


def _secret(authorization_header: bytes | None) -> bytes:
    match = _HEADER.fullmatch((authorization_header or b"").strip(b" \t"))
    if match is None:
        raise AuthenticationError
    return match[1]


def _has_failed(task: asyncio.Task[Key | None]) -> bool:
    return task.done() and (task.cancelled() or task.exception() is not None)
