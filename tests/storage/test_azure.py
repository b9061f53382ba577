"""A container at Azurite, which checks every signature and time: what a link opens, and for how long."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from limner.errors import InternalError, RouteNotFound
from limner.storage.base import Storage

if TYPE_CHECKING:
    from tests.storage.conftest import AzureServer

pytestmark = pytest.mark.needs_more

NAME = "021757396757123" + "0a" * 19 + "_0.png"
OTHER = "021757396757123" + "0a" * 19 + "_1.png"
INPUT = "021757396757123" + "0a" * 19 + "_in0.bin"
DAY_S = 86400.0
BOUND_S = 30.0


@pytest.fixture
def storage(azure_server: AzureServer, tmp_path: Path, request: pytest.FixtureRequest) -> Storage:
    return azure_server.storage(tmp_path, request.node.name.partition("[")[0].replace("_", "-"))


def status_of(link: str) -> int:
    return httpx.get(link, trust_env=False).status_code


async def test_a_file_comes_back_as_it_was_put_and_goes(storage: Storage) -> None:
    data = bytes(range(256)) * 40_000
    await storage.put(NAME, data, "image/png")
    assert await storage.get(NAME) == data
    assert await storage.get(NAME, 10, 20) == data[10:20]
    assert await storage.get(NAME, len(data)) == b""
    file = await storage.stat(NAME)
    assert (file.size_bytes, file.media_type) == (len(data), "image/png")
    assert file.etag.startswith('"') and file.etag.endswith('"')
    for _ in range(2):
        await storage.delete(NAME)
    with pytest.raises(RouteNotFound):
        await storage.get(NAME)
    with pytest.raises(RouteNotFound):
        await storage.stat(NAME)


async def test_a_sweep_takes_what_is_older_and_leaves_the_rest(storage: Storage) -> None:
    await storage.put(NAME, b"x", "image/png")
    await storage.put(INPUT, b"x", "application/octet-stream")
    assert await storage.sweep(DAY_S, time.time() + DAY_S - 60) == 0
    assert await storage.sweep(DAY_S, time.time() + DAY_S + 60) == 2
    with pytest.raises(RouteNotFound):
        await storage.get(NAME)


async def test_a_link_opens_its_picture_without_a_key(storage: Storage) -> None:
    await storage.put(NAME, b"the picture", "image/png")
    answer = httpx.get(str(await storage.link(NAME, 60)), trust_env=False)
    assert (answer.status_code, answer.content) == (200, b"the picture")
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["content-disposition"] == f'inline; filename="{NAME}"'


@pytest.mark.parametrize(
    "change",
    [
        lambda link: link.replace(NAME, OTHER),
        lambda link: link.replace("sp=r", "sp=rw"),
        lambda link: link.replace("se=20", "se=21"),
        lambda link: link.replace("sig=", "sig=A"),
        lambda link: link.partition("?")[0],
    ],
)
async def test_a_link_that_was_changed_is_refused(storage: Storage, change: Callable[[str], str]) -> None:
    await storage.put(NAME, b"x", "image/png")
    await storage.put(OTHER, b"x", "image/png")
    link = str(await storage.link(NAME, 60))
    assert change(link) != link
    assert (status_of(link), status_of(change(link))) == (200, 403)


async def test_a_link_writes_nothing_and_no_other_key_makes_it(
    azure_server: AzureServer, storage: Storage, tmp_path: Path
) -> None:
    await storage.put(NAME, b"x", "image/png")
    link = str(await storage.link(NAME, 60))
    written = httpx.put(link, content=b"y", headers={"x-ms-blob-type": "BlockBlob"}, trust_env=False)
    assert written.status_code == 403
    stranger = azure_server.storage(tmp_path, account_key=b"k" * 64)
    assert status_of(str(await stranger.link(NAME, 60))) == 403
    with pytest.raises(InternalError):
        await stranger.put(NAME, b"y", "image/png")


async def test_a_link_opens_nothing_when_its_time_is_over(storage: Storage) -> None:
    await storage.put(NAME, b"x", "image/png")
    link = str(await storage.link(NAME, 2))
    statuses = [status_of(link)]
    deadline = time.monotonic() + BOUND_S
    while statuses[-1] == 200 and time.monotonic() < deadline:
        await asyncio.sleep(0.1)
        statuses.append(status_of(link))
    assert (statuses[0], statuses[-1]) == (200, 403)
