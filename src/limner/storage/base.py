"""What a store of finished pictures can do, and the names that files in it have.

Knows neither folders nor buckets, nor who may read a file: that is signing.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from limner.errors import RouteNotFound

_FILE_NAME = re.compile(r"02[0-9]{13}[0-9a-f]{38}(?:_[0-9]{1,2})?\.(jpeg|png)")
_MEDIA_TYPES = {"jpeg": "image/jpeg", "png": "image/png"}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """The facts of one stored file.

    modified_s: unix time. etag: a quoted strong validator; files are never changed in place.
    path: where the bytes lie, if they lie on this machine, so that a server can send them from there.
    """

    name: str
    size_bytes: int
    modified_s: float
    media_type: str
    etag: str
    path: Path | None = None


class Storage(Protocol):
    """Keeps finished files by name; a name is a request id, an index and a format.

    Every method raises RouteNotFound for a name of any other form, and InternalError when the
    store itself fails.
    """

    async def put(self, name: str, data: bytes, media_type: str) -> None:
        """Keep data under name; readers see all of it or nothing. The same name replaces."""

    async def get(self, name: str, start: int = 0, stop: int | None = None) -> bytes:
        """The bytes [start, stop) of a file. Raises RouteNotFound if there is none."""

    async def stat(self, name: str) -> StoredFile:
        """The facts of a file. Raises RouteNotFound if there is none."""

    async def delete(self, name: str) -> None:
        """Leave nothing under name; it need not be there."""

    async def sweep(self, older_than_s: float) -> int:
        """Delete files stored longer ago than that, and return how many they were."""


def is_file_name(name: str) -> bool:
    """Whether name is one that this service gives to a file."""
    return _FILE_NAME.fullmatch(name) is not None


def media_type_of(name: str) -> str:
    """The media type by the file's name. Raises RouteNotFound if it is no name of ours."""
    match = _FILE_NAME.fullmatch(name)
    if match is None:
        raise RouteNotFound
    return _MEDIA_TYPES[match[1]]
