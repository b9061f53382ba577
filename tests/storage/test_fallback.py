"""A bucket with a folder behind it: nothing is lost while the bucket is away, and everything is found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from limner.errors import InternalError, RouteNotFound, Unavailable
from limner.storage.fallback import PAUSE_S, FallbackStorage
from limner.storage.local import LocalStorage

if TYPE_CHECKING:
    from tests.storage.conftest import S3Server

NAME = "021757396757123" + "0a" * 19 + "_0.png"
OTHER = "021757396757123" + "0a" * 19 + "_1.png"


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


def pair(
    server: S3Server, tmp_path: Path, clock: Clock | None = None
) -> tuple[FallbackStorage, LocalStorage]:
    """A storage that falls back, and the folder that it falls back to."""
    folder = LocalStorage(tmp_path / "folder")
    return FallbackStorage(server.storage(tmp_path), folder, clock or Clock()), folder


async def test_while_the_bucket_works_nothing_lies_in_the_folder(
    own_s3_server: S3Server, tmp_path: Path
) -> None:
    storage, folder = pair(own_s3_server, tmp_path)
    await storage.put(NAME, b"x", "image/png")
    assert await storage.get(NAME) == b"x"
    assert "X-Amz-Signature" in str(await storage.link(NAME, 60))
    with pytest.raises(RouteNotFound):
        await folder.get(NAME)


async def test_what_comes_while_the_bucket_is_away_is_kept_and_served_from_here(
    own_s3_server: S3Server, tmp_path: Path
) -> None:
    clock = Clock()
    storage, folder = pair(own_s3_server, tmp_path, clock)
    own_s3_server.stop()
    await storage.put(NAME, b"while it was away", "image/png")
    assert await storage.get(NAME, 0, 5) == b"while"
    assert (await storage.stat(NAME)).path is not None
    assert await storage.link(NAME, 60) is None
    own_s3_server.start()
    assert await storage.get(NAME) == b"while it was away"
    clock.now_s += PAUSE_S
    await storage.put(OTHER, b"afterwards", "image/png")
    with pytest.raises(RouteNotFound):
        await folder.get(OTHER)
    assert [await storage.get(name) for name in (NAME, OTHER)] == [b"while it was away", b"afterwards"]


async def test_a_bucket_that_failed_is_left_alone_for_a_while(
    own_s3_server: S3Server, tmp_path: Path
) -> None:
    clock = Clock()
    storage, folder = pair(own_s3_server, tmp_path, clock)
    own_s3_server.stop()
    await storage.put(NAME, b"one", "image/png")
    own_s3_server.start()
    clock.now_s += PAUSE_S - 1
    await storage.put(OTHER, b"two", "image/png")
    assert await folder.get(OTHER) == b"two"
    clock.now_s += 1
    await storage.put(OTHER, b"three", "image/png")
    assert await storage.get(OTHER) == b"three"
    with pytest.raises(RouteNotFound):
        await folder.get(OTHER)


async def test_what_is_in_neither_is_not_found_or_not_known(own_s3_server: S3Server, tmp_path: Path) -> None:
    storage, _ = pair(own_s3_server, tmp_path)
    with pytest.raises(RouteNotFound):
        await storage.get(NAME)
    own_s3_server.stop()
    with pytest.raises(Unavailable):
        await storage.get(NAME)


async def test_a_picture_is_deleted_from_both_or_is_still_to_be_deleted(
    own_s3_server: S3Server, tmp_path: Path
) -> None:
    storage, folder = pair(own_s3_server, tmp_path)
    await storage.put(NAME, b"x", "image/png")
    own_s3_server.stop()
    await storage.put(OTHER, b"x", "image/png")
    with pytest.raises(InternalError):
        await storage.delete(NAME)
    own_s3_server.start()
    await storage.delete(OTHER)
    for place in (storage, folder):
        with pytest.raises(RouteNotFound):
            await place.get(OTHER)


async def test_both_are_swept(own_s3_server: S3Server, tmp_path: Path) -> None:
    clock = Clock()
    storage, folder = pair(own_s3_server, tmp_path, clock)
    await storage.put(NAME, b"x", "image/png")
    await folder.put(OTHER, b"x", "image/png")
    now = (await folder.stat(OTHER)).modified_s
    assert await storage.sweep(100, now + 200) == 2
