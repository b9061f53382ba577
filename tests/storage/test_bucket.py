"""A bucket at a real S3 server: what readers see, what a sweep leaves, what its failures become."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from limner.errors import InternalError, RouteNotFound, Unavailable
from limner.storage.base import Storage
from limner.storage.bucket import DEADLINE_S, BucketStorage
from limner.storage.stores import make_store

if TYPE_CHECKING:
    from tests.storage.conftest import S3Server

REQUEST_ID = "021757396757123" + "0a" * 19
NAME = f"{REQUEST_ID}_0.png"
INPUT = f"{REQUEST_ID}_in15.bin"
DAY = "2025-09-09"
DAY_S = 86400.0
BOUND_S = 5.0
"""What a call may take here when the server refuses at once."""


@pytest.fixture
def prefix(request: pytest.FixtureRequest) -> str:
    """A part of the bucket for this test alone."""
    return "team/" + "".join(letter if letter.isalnum() else "-" for letter in request.node.name)


@pytest.fixture
def storage(s3_server: S3Server, tmp_path: Path, prefix: str) -> Storage:
    return s3_server.storage(tmp_path, prefix)


def keys_in(server: S3Server, prefix: str) -> list[str]:
    """What the bucket holds under a prefix, as S3 itself lists it."""
    answer = httpx.get(f"{server.url}/pictures", params={"list-type": "2", "prefix": prefix}, trust_env=False)
    return [piece.partition("</Key>")[0] for piece in answer.text.split("<Key>")[1:]]


async def test_a_file_comes_back_as_it_was_put(s3_server: S3Server, storage: Storage, prefix: str) -> None:
    data = bytes(range(256)) * 40_000
    await storage.put(NAME, data, "image/png")
    assert await storage.get(NAME) == data
    assert keys_in(s3_server, prefix) == [f"{prefix}/{DAY}/{NAME}"]


async def test_without_a_prefix_the_day_comes_first(own_s3_server: S3Server, tmp_path: Path) -> None:
    await own_s3_server.storage(tmp_path).put(NAME, b"x", "image/png")
    assert keys_in(own_s3_server, "") == [f"{DAY}/{NAME}"]


async def test_the_object_says_what_it_is_to_whoever_has_a_link(storage: Storage) -> None:
    await storage.put(NAME, b"x", "image/png")
    headers = httpx.get(str(await storage.link(NAME, 60)), trust_env=False).headers
    assert headers["content-type"] == "image/png"
    assert headers["content-disposition"] == f'inline; filename="{NAME}"'


@pytest.mark.parametrize(
    "start, stop, part",
    [
        (0, None, b"abcdef"),
        (2, None, b"cdef"),
        (0, 1, b"a"),
        (5, 6, b"f"),
        (2, 99, b"cdef"),
        (6, 9, b""),
        (9, None, b""),
        (3, 1, b""),
        (0, 0, b""),
    ],
)
async def test_a_part_of_a_file_can_be_read(
    storage: Storage, start: int, stop: int | None, part: bytes
) -> None:
    await storage.put(NAME, b"abcdef", "image/png")
    assert await storage.get(NAME, start, stop) == part


async def test_the_facts_of_a_file_are_those_of_the_bucket(storage: Storage) -> None:
    await storage.put(f"{REQUEST_ID}.jpeg", b"12345", "image/jpeg")
    file = await storage.stat(f"{REQUEST_ID}.jpeg")
    assert (file.name, file.size_bytes, file.media_type) == (f"{REQUEST_ID}.jpeg", 5, "image/jpeg")
    assert file.path is None
    assert abs(file.modified_s - time.time()) < 60
    assert file.etag.startswith('"') and file.etag.endswith('"') and len(file.etag) > 10


async def test_a_replaced_file_has_another_etag(storage: Storage) -> None:
    await storage.put(NAME, b"one", "image/png")
    before = (await storage.stat(NAME)).etag
    await storage.put(NAME, b"two", "image/png")
    assert (await storage.stat(NAME)).etag != before
    assert await storage.get(NAME) == b"two"


async def test_a_deleted_file_is_gone_and_may_be_deleted_again(storage: Storage) -> None:
    await storage.put(NAME, b"x", "image/png")
    for _ in range(2):
        await storage.delete(NAME)
    for call in (storage.get(NAME), storage.get(NAME, 1), storage.get(NAME, 0, 0), storage.stat(NAME)):
        with pytest.raises(RouteNotFound):
            await call


async def test_an_input_is_kept_like_a_picture_and_no_link_leads_to_it(storage: Storage) -> None:
    await storage.put(INPUT, b"input", "application/octet-stream")
    assert await storage.get(INPUT) == b"input"
    with pytest.raises(RouteNotFound):
        await storage.link(INPUT, 60)
    await storage.delete(INPUT)
    with pytest.raises(RouteNotFound):
        await storage.get(INPUT)


@pytest.mark.parametrize("name", ["", "..", "../" + NAME, "a/" + NAME, NAME + "/", NAME + "\n", "\ud800"])
async def test_any_other_name_is_not_found(storage: Storage, name: str) -> None:
    calls: list[Callable[[], Awaitable[object]]] = [
        lambda: storage.get(name),
        lambda: storage.stat(name),
        lambda: storage.delete(name),
        lambda: storage.link(name, 60),
        lambda: storage.put(name, b"", "image/png"),
    ]
    for call in calls:
        with pytest.raises(RouteNotFound):
            await call()


async def test_a_sweep_takes_what_is_older_and_leaves_the_rest(
    s3_server: S3Server, storage: Storage, prefix: str
) -> None:
    await storage.put(NAME, b"x", "image/png")
    await storage.put(INPUT, b"x", "application/octet-stream")
    await put_by_hand(
        s3_server, f"{prefix}/{DAY}/notes.txt", f"{prefix}/notes/{NAME}", f"{prefix}/2025-09-08/{NAME}"
    )
    assert await storage.sweep(DAY_S, time.time() + DAY_S - 60) == 0
    assert await storage.sweep(DAY_S, time.time() + DAY_S + 60) == 2
    assert sorted(keys_in(s3_server, prefix)) == [
        f"{prefix}/2025-09-08/{NAME}",
        f"{prefix}/{DAY}/notes.txt",
        f"{prefix}/notes/{NAME}",
    ]


async def put_by_hand(server: S3Server, *keys: str) -> None:
    for key in keys:
        httpx.put(f"{server.url}/pictures/{key}", content=b"x", trust_env=False).raise_for_status()


@pytest.mark.slow
async def test_a_sweep_takes_more_than_one_page(s3_server: S3Server, storage: Storage, prefix: str) -> None:
    names = [f"021757396757123{number:038x}_0.png" for number in range(1100)]
    with httpx.Client(trust_env=False) as client:
        for name in names:
            client.put(f"{s3_server.url}/pictures/{prefix}/{DAY}/{name}", content=b"x")
    assert await storage.sweep(0, time.time() + 60) == 1100
    assert keys_in(s3_server, prefix) == []


async def test_a_sweep_takes_what_was_made_today_too(storage: Storage) -> None:
    now = time.time()
    name = f"02{int(now * 1000):013d}{'a' * 38}_0.png"
    await storage.put(name, b"x", "image/png")
    assert await storage.sweep(0, now + 2) == 1


async def test_a_bucket_of_which_nothing_is_left_is_swept(storage: Storage) -> None:
    assert await storage.sweep(0) == 0


@pytest.mark.parametrize(
    "endpoint", ["http://pictures.s3.us-east-1.amazonaws.com", "http://s3.us-east-1.amazonaws.com"]
)
async def test_in_virtual_host_style_the_bucket_is_part_of_the_host(
    s3_server: S3Server, tmp_path: Path, prefix: str, endpoint: str
) -> None:
    options = {"endpoint": endpoint, "virtual_hosted_style_request": "true", "proxy_url": s3_server.url}
    storage = s3_server.storage(tmp_path, prefix, storage_options=options)
    await storage.put(NAME, b"virtual", "image/png")
    assert await storage.get(NAME) == b"virtual"
    assert await s3_server.storage(tmp_path, prefix).get(NAME) == b"virtual"
    link = str(await storage.link(NAME, 60))
    assert link.startswith(f"http://pictures.s3.us-east-1.amazonaws.com/{prefix}/{DAY}/{NAME}?")


async def test_a_bucket_that_goes_fails_in_time_and_works_again_when_it_is_back(
    own_s3_server: S3Server, tmp_path: Path
) -> None:
    storage = own_s3_server.storage(tmp_path)
    await storage.put(NAME, b"before", "image/png")
    own_s3_server.stop()
    calls = (
        storage.put(NAME, b"while", "image/png"),
        storage.get(NAME),
        storage.get(NAME, 1, 2),
        storage.stat(NAME),
        storage.delete(NAME),
        storage.sweep(0),
    )
    for call in calls:
        began = time.monotonic()
        with pytest.raises(Unavailable):
            await call
        assert time.monotonic() - began < BOUND_S
    own_s3_server.start()
    with pytest.raises(RouteNotFound):
        await storage.get(NAME)
    await storage.put(NAME, b"after", "image/png")
    assert await storage.get(NAME) == b"after"


async def test_a_bucket_that_is_not_there_is_our_error_for_a_writer(
    s3_server: S3Server, tmp_path: Path
) -> None:
    storage = s3_server.storage(tmp_path, storage_url="s3://nobody")
    for call in (storage.put(NAME, b"x", "image/png"), storage.delete(NAME), storage.sweep(0)):
        with pytest.raises(InternalError):
            await call


Reply = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def bucket_that(reply: Reply, deadline_s: float = DEADLINE_S) -> AsyncIterator[BucketStorage]:
    """A bucket whose server does as it is told with every connection."""

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reply(reader, writer)
        finally:
            writer.close()

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    options = {"endpoint": f"http://127.0.0.1:{port}", "access_key_id": "AK", "secret_access_key": "secret"}
    yield BucketStorage(make_store("s3", "pictures", "", options), deadline_s)
    server.close()


async def test_a_bucket_that_never_answers_is_given_up_at_the_deadline() -> None:
    gone = asyncio.Event()

    async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        gone.set()

    async with bucket_that(hang, deadline_s=0.3) as storage:
        began = time.monotonic()
        with pytest.raises(Unavailable):
            await storage.put(NAME, b"x", "image/png")
        assert 0.3 <= time.monotonic() - began < BOUND_S
        await asyncio.wait_for(gone.wait(), BOUND_S)


async def test_an_answer_that_is_cut_off_is_no_picture() -> None:
    async def cut(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        head = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\nLast-Modified: Tue, 09 Sep 2025 05:45:57 GMT\r\n"
        writer.write(head + b'ETag: "1"\r\n\r\n' + bytes(500))
        await writer.drain()

    async with bucket_that(cut, deadline_s=BOUND_S) as storage:
        with pytest.raises(Unavailable):
            await storage.get(NAME)


@pytest.mark.parametrize(
    "status, error", [(500, Unavailable), (503, Unavailable), (403, InternalError), (401, InternalError)]
)
async def test_a_refusal_of_the_store_is_ours_to_answer_for(status: int, error: type[InternalError]) -> None:
    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 %d No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n" % status)
        await writer.drain()

    async with bucket_that(refuse, deadline_s=BOUND_S) as storage:
        with pytest.raises(InternalError) as caught:
            await storage.put(NAME, b"x", "image/png")
        assert type(caught.value) is error
        assert caught.value.message == error.default_message


async def test_who_stops_waiting_breaks_the_upload_off() -> None:
    size = 50_000_000
    has_begun, received = asyncio.Event(), 0

    async def read_slowly(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal received
        await reader.readuntil(b"\r\n\r\n")
        has_begun.set()
        while piece := await reader.read(1 << 16):
            received += len(piece)
        is_over.set()

    is_over = asyncio.Event()
    async with bucket_that(read_slowly) as storage:
        putting = asyncio.create_task(storage.put(NAME, bytes(size), "image/png"))
        await asyncio.wait_for(has_begun.wait(), BOUND_S)
        putting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await putting
        await asyncio.wait_for(is_over.wait(), BOUND_S)
    assert received < size
