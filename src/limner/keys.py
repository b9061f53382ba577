"""API keys: the one that is configured, or the one that the first start makes.

Owns the comparison and the file that keeps a key's hash, never the key; knows nothing of HTTP
beyond the header's value.
Not covered: limits on wrong tries (a made key has 256 bits); a weak key that someone configures.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from limner.errors import AuthenticationError, ConfigError
from limner.storage.secret_file import read_or_make, replace

HASH_FILE = "api_key.sha256"
_HASH_LINE = re.compile(rb"[0-9a-f]{64}\n")
_HEADER = re.compile(rb"bearer +([\x21-\x7e]+)", re.IGNORECASE)
_CONFIGURED = re.compile(r"[\x21-\x7e]+")


@dataclass(frozen=True, slots=True)
class Key:
    """Who is asking: the first digits of the key's hash, fit for logs and ledgers."""

    id: str


class KeyStore:
    """The keys that may use this server. configured wins over the key in data_dir.

    Call load() before verify(). Raises ConfigError if configured cannot stand in a header.
    """

    def __init__(self, data_dir: Path, configured: str | None) -> None:
        if configured is not None and not _CONFIGURED.fullmatch(configured):
            raise ConfigError("api_key must be one or more printable ASCII characters without spaces")
        self._path = data_dir / HASH_FILE
        self._configured = configured
        self._digests: tuple[bytes, ...] = ()

    def load(self) -> str | None:
        """Make ready to verify; return the key if this is the start that made it, to be shown once.

        Raises ConfigError for a file that holds no hash or cannot be read.
        """
        if self._configured is not None:
            self._digests = (_digest(self._configured.encode()),)
            return None
        fresh = _make_key()
        content, is_made = read_or_make(self._path, lambda: _hash_line(fresh))
        if not _HASH_LINE.fullmatch(content):
            raise ConfigError(f"{self._path} holds no key hash; `limner key reset` makes a new key")
        self._digests = (bytes.fromhex(content.decode().strip()),)
        return fresh if is_made else None

    def reset(self) -> str:
        """A new key in place of the kept one, which ends; servers that run learn it at their next start.

        Raises ConfigError if the key is configured: it has to be changed where it is set.
        """
        if self._configured is not None:
            raise ConfigError(
                "api_key is configured; change it where it is set (LIMNER_API_KEY or limner.toml)"
            )
        fresh = _make_key()
        replace(self._path, _hash_line(fresh))
        self._digests = (_digest(fresh.encode()),)
        return fresh

    def verify(self, authorization_header: bytes | None) -> Key:
        """The key in the value of an Authorization header. Raises AuthenticationError."""
        match = _HEADER.fullmatch((authorization_header or b"").strip(b" \t"))
        if match is None:
            raise AuthenticationError
        digest = _digest(match[1])
        known = [hmac.compare_digest(digest, each) for each in self._digests]
        if not any(known):
            raise AuthenticationError
        return Key(id=digest.hex()[:12])


def _make_key() -> str:
    return "lim-" + secrets.token_urlsafe(32)


def _digest(key: bytes) -> bytes:
    return hashlib.sha256(key).digest()


def _hash_line(key: str) -> bytes:
    return _digest(key.encode()).hex().encode() + b"\n"
