"""What a store of pictures can do, and the names that files in it have.

A file is a finished picture, or an input of a job that goes on without its client; no link leads to an input.

Knows neither folders nor buckets, nor who may read a file: that is signing.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from limner.errors import RouteNotFound
from limner.types import REQUEST_ID_PATTERN

_PICTURE_NAME = re.compile(rf"{REQUEST_ID_PATTERN}(?:_[0-9]{{1,2}})?\.(jpeg|png)")
_INPUT_NAME = re.compile(rf"{REQUEST_ID_PATTERN}_in(?:[0-9]|1[0-5])\.(bin)")
_MEDIA_TYPES = {"jpeg": "image/jpeg", "png": "image/png", "bin": "application/octet-stream"}


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
    """Keeps files by name; a name is a request id, an index and a format.

    Every method raises RouteNotFound for a name of any other form, Unavailable when the store does not
    answer in time, and InternalError when it fails in any other way.
    """

    async def put(self, name: str, data: bytes, media_type: str) -> None:
        """Keep data under name, durably; readers see all of it or nothing. The same name replaces."""

    async def get(self, name: str, start: int = 0, stop: int | None = None) -> bytes:
        """The bytes [start, stop) of a file. Raises RouteNotFound if there is none."""

    async def stat(self, name: str) -> StoredFile:
        """The facts of a file. Raises RouteNotFound if there is none."""

    async def delete(self, name: str) -> None:
        """Leave nothing under name; it need not be there."""

    async def sweep(self, older_than_s: float, now: float | None = None) -> int:
        """Delete files stored longer ago than that, and return how many they were."""

    async def link(self, name: str, ttl_s: int) -> str | None:
        """The store's own link to a picture, good for ttl_s seconds without a key; None where it has none.

        It need not be there. Raises RouteNotFound for an input.
        """


def is_file_name(name: str) -> bool:
    """Whether name is one that this service gives to a picture."""
    return _PICTURE_NAME.fullmatch(name) is not None


def is_kept_name(name: str) -> bool:
    """Whether name is one that this service gives to any file: a picture, or a job's input."""
    return is_file_name(name) or _INPUT_NAME.fullmatch(name) is not None


def day_of(name: str) -> str:
    """YYYY-MM-DD, in UTC, of the request that a file belongs to. Raises RouteNotFound as Storage does."""
    if not is_kept_name(name):
        raise RouteNotFound
    return datetime.fromtimestamp(int(name[2:15]) / 1000, UTC).date().isoformat()


def media_type_of(name: str) -> str:
    """The media type by the file's name. Raises RouteNotFound if it is no name of ours."""
    match = _PICTURE_NAME.fullmatch(name) or _INPUT_NAME.fullmatch(name)
    if match is None:
        raise RouteNotFound
    return _MEDIA_TYPES[match[1]]


def reason(error: BaseException) -> str:
    """Why a store failed, in one line for the log; error is ours or the store's own."""
    cause = error.__cause__ or error
    return str(cause).partition("\n")[0] or type(cause).__name__
