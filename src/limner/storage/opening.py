"""Which store the settings mean: a folder in data_dir, or a bucket, with or without the folder behind it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from limner.config import Settings
from limner.errors import ConfigError
from limner.storage.base import Storage
from limner.storage.fallback import FallbackStorage
from limner.storage.local import LocalStorage

FOLDER_NAME = "pictures"
_BUCKET = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,221}")
_PREFIX = re.compile(r"(?:[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*)?")


def open_storage(settings: Settings) -> Storage:
    """The store of these settings; a bucket is not asked yet. Raises ConfigError."""
    if settings.storage_url is None:
        return LocalStorage(settings.data_dir / FOLDER_NAME)
    scheme, bucket, prefix = split_url(settings.storage_url)
    # obstore takes memory that a server without a bucket has no use for.
    from limner.storage.bucket import BucketStorage
    from limner.storage.stores import make_store

    storage = BucketStorage(make_store(scheme, bucket, prefix, settings.storage_options))
    if settings.storage_fallback == "local":
        return FallbackStorage(storage, LocalStorage(settings.data_dir / FOLDER_NAME))
    return storage


def split_url(url: str) -> tuple[str, str, str]:
    """Scheme, bucket, prefix of a storage_url. Raises ConfigError without the URL; it may hold a secret."""
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    prefix = parts.path.strip("/")
    is_plain = not (parts.query or parts.fragment) and _BUCKET.fullmatch(parts.netloc)
    if parts.scheme not in ("s3", "gs", "az") or not is_plain or not _PREFIX.fullmatch(prefix):
        raise ConfigError(
            "storage_url must be s3://BUCKET, gs://BUCKET or az://CONTAINER, and a /PREFIX or none; "
            "credentials and the endpoint belong in storage_options"
        )
    return parts.scheme, parts.netloc, prefix
