"""A folder of finished files, one sub-folder for each day of the request ids.

Owns atomic, durable writes and sweeping; only names of the form in base.py ever become a path.
Not covered: disks that lie about a sync; others who may write in the folder.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import ParamSpec, TypeVar

from limner.errors import InternalError, RouteNotFound
from limner.storage.base import StoredFile, day_of, is_file_name, is_kept_name, media_type_of
from limner.storage.secret_file import make_private_folder

P = ParamSpec("P")
R = TypeVar("R")

_DAY = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"
_PART = ".part"
_PART_MAX_AGE_S = 600.0


class LocalStorage:
    """Storage in a folder of this machine, which is made with mode 0700.

    Raises ConfigError if the folder cannot be made or used.
    """

    def __init__(self, folder: Path) -> None:
        make_private_folder(folder)
        self._folder = folder

    async def put(self, name: str, data: bytes, media_type: str) -> None:
        assert media_type == media_type_of(name), f"{name} cannot hold {media_type}"
        try:
            await asyncio.to_thread(_write, self._path(name), data)
        except OSError as error:
            raise InternalError from error

    async def get(self, name: str, start: int = 0, stop: int | None = None) -> bytes:
        return await _look(_read, self._path(name), start, stop)

    async def stat(self, name: str) -> StoredFile:
        path = self._path(name)
        facts = await _look(path.stat)
        return StoredFile(
            name=name,
            size_bytes=facts.st_size,
            modified_s=facts.st_mtime,
            media_type=media_type_of(name),
            etag=f'"{facts.st_mtime_ns:x}-{facts.st_size:x}"',
            path=path,
        )

    async def delete(self, name: str) -> None:
        await _look(self._path(name).unlink, missing_ok=True)

    async def sweep(self, older_than_s: float, now: float | None = None) -> int:
        """Leftovers of a crash go too; they are not counted."""
        return await _look(_sweep, self._folder, time.time() if now is None else now, older_than_s)

    async def link(self, name: str, ttl_s: int) -> str | None:
        if not is_file_name(name):
            raise RouteNotFound
        return None

    def _path(self, name: str) -> Path:
        return self._folder / day_of(name) / name


async def _look(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    try:
        return await asyncio.to_thread(function, *args, **kwargs)
    except FileNotFoundError as error:
        raise RouteNotFound from error
    except OSError as error:
        raise InternalError from error


def _write(path: Path, data: bytes) -> None:
    """The file is on the disk under its name when this returns; the day's folder is, too."""
    if not path.parent.is_dir():
        path.parent.mkdir(mode=0o700, exist_ok=True)
        _sync_folder(path.parent.parent)
    part = path.with_name(secrets.token_hex(8) + _PART)
    try:
        with part.open("xb", buffering=0) as file:
            rest = memoryview(data)
            while rest:
                rest = rest[file.write(rest) :]
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _read(path: Path, start: int, stop: int | None) -> bytes:
    with path.open("rb") as file:
        file.seek(start)
        return file.read() if stop is None else file.read(max(0, stop - start))


def _sweep(folder: Path, now: float, older_than_s: float) -> int:
    swept = 0
    last_day = datetime.fromtimestamp(max(0.0, now - older_than_s), UTC).date().isoformat()
    for path in folder.glob(f"{_DAY}/*"):
        is_part = path.suffix == _PART
        limit_s = _PART_MAX_AGE_S if is_part else older_than_s
        may_go = is_part or (path.parent.name <= last_day and is_kept_name(path.name))
        if may_go and _is_older(path, now, limit_s):
            path.unlink(missing_ok=True)
            swept += not is_part
    for day in folder.glob(_DAY):
        # A young one may be about to get its first file; one that is not empty stays.
        if _is_older(day, now, older_than_s):
            with suppress(OSError):
                day.rmdir()
    return swept


def _is_older(path: Path, now: float, limit_s: float) -> bool:
    try:
        return now - path.stat().st_mtime > limit_s
    except FileNotFoundError:
        return False
