"""Signed links: whoever holds one may read one file until it expires, without a key.

Owns the signature and the signing key's file; knows nothing of what lies behind a name. A bucket's own link
carries our signature behind a #, which no server ever sees, so that a client can hand it back as a reference.
Not covered: taking a link back before it expires (only a new signing key does, for all links).
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from limner.errors import AccessDenied, ConfigError
from limner.storage.base import is_file_name
from limner.storage.secret_file import read_or_make

KEY_BYTES = 32
_EXPIRES = re.compile(r"[1-9][0-9]{0,11}")
_SIGNATURE = re.compile(r"[0-9a-f]{64}")
_MAX_QUERY_FIELDS = 16
_MAX_URL_LENGTH = 8192


class Signer:
    """Signs names of files for ttl_s seconds, and tells its own signatures from all others."""

    def __init__(self, key: bytes, ttl_s: int) -> None:
        self._key = key
        self._ttl_s = ttl_s

    def sign(self, name: str, now: float) -> str:
        """The query string that opens name until now + ttl_s; now is unix time in seconds."""
        expires = str(int(now) + self._ttl_s)
        return f"expires={expires}&signature={self._signature(name, expires)}"

    def mark(self, link: str, name: str, now: float) -> str:
        """A store's own link to name, marked so that own_link knows it until now + ttl_s."""
        return f"{link}#{self.sign(name, now)}"

    def verify(self, name: str, query: str, now: float) -> None:
        """Return if query, as it stood in the URL, opens name at that time. Raises AccessDenied."""
        try:
            fields = parse_qsl(query, keep_blank_values=True, max_num_fields=_MAX_QUERY_FIELDS)
        except ValueError as error:
            raise AccessDenied from error
        expires = _only(fields, "expires", _EXPIRES)
        signature = _only(fields, "signature", _SIGNATURE)
        if not hmac.compare_digest(self._signature(name, expires), signature) or now > int(expires):
            raise AccessDenied

    def own_link(self, url: str, now: float) -> str | None:
        """The name behind a link that this key has signed or marked and that still holds, on any host."""
        if len(url) > _MAX_URL_LENGTH:
            return None
        try:
            parts = urlsplit(url)
            folder, _, name = parts.path.rpartition("/")
            if parts.scheme not in ("http", "https") or not is_file_name(name):
                return None
            self.verify(name, parts.query if folder.endswith("/files") else parts.fragment, now)
        except (ValueError, AccessDenied):
            return None
        return name

    def _signature(self, name: str, expires: str) -> str:
        return hmac.new(self._key, f"{name}\n{expires}".encode(), hashlib.sha256).hexdigest()


def load_or_make_key(path: Path) -> bytes:
    """The signing key that path keeps, made at the first start; the same for every process.

    Raises ConfigError if the file holds no key or cannot be read or made.
    """
    key, _ = read_or_make(path, lambda: secrets.token_bytes(KEY_BYTES))
    if len(key) != KEY_BYTES:
        raise ConfigError(f"{path} holds no signing key of {KEY_BYTES} bytes; delete it to get a new one")
    return key


def _only(fields: list[tuple[str, str]], field: str, form: re.Pattern[str]) -> str:
    values = [value for name, value in fields if name == field]
    if len(values) != 1 or not form.fullmatch(values[0]):
        raise AccessDenied
    return values[0]
