"""The bucket goes and comes back: errors or the folder behind it, never half a file."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx
import pytest

if TYPE_CHECKING:
    from tests.faults.conftest import Served

BUCKET = "pictures"
ASYNC = {"Prefer": "respond-async"}


@dataclass
class Way:
    """The way to the bucket, which can be shut: connections are cut, and no new ones are taken."""

    target_port: int
    port: int = 0
    _server: asyncio.Server | None = None
    _joined: set[asyncio.StreamWriter] = field(default_factory=set)

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._join, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def shut(self) -> None:
        assert self._server is not None
        self._server.close()
        for writer in self._joined:
            writer.transport.abort()

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, onward = await asyncio.open_connection("127.0.0.1", self.target_port)
        ends = {writer, onward}
        self._joined |= ends
        with contextlib.suppress(ConnectionError):
            await asyncio.gather(_pump(reader, onward), _pump(there, writer))
        self._joined -= ends
        for end in ends:
            end.close()


async def _pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    while data := await source.read(1 << 16):
        sink.write(data)
        await sink.drain()
    sink.close()


@pytest.fixture(scope="module")
def s3_port() -> Iterator[int]:
    """moto's S3 with an empty bucket."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        transport = httpx.HTTPTransport(retries=9)
        with httpx.Client(transport=transport, trust_env=False) as client:
            client.put(f"http://127.0.0.1:{port}/{BUCKET}").raise_for_status()
        yield port
    finally:
        process.terminate()
        process.wait()


@pytest.fixture
async def way(s3_port: int) -> AsyncIterator[Way]:
    way = Way(s3_port)
    await way.open()
    yield way
    await way.shut()


def with_bucket(serve: Callable[..., Served], way: Way, **settings: object) -> Served:
    endpoint = f"http://127.0.0.1:{way.port}"
    options = f"endpoint={endpoint},region=us-east-1,access_key_id=AKIDTEST,secret_access_key=secret"
    return serve(storage_url=f"s3://{BUCKET}", storage_options=options, **settings)


async def read(served: Served, answer: httpx.Response) -> bytes:
    """The picture of an answer, by its link."""
    return await asyncio.to_thread(lambda: fetched(served, answer.json()["data"][0]["url"]))


def fetched(served: Served, url: str) -> bytes:
    with served.client() as client:
        response = client.get(url, headers={"Authorization": ""})
    assert response.status_code == 200, response.text
    return response.content


def is_whole(data: bytes) -> bool:
    return data[:2] == b"\xff\xd8" and data[-2:] == b"\xff\xd9"


async def asked(served: Served, headers: dict[str, str] | None = None, **fields: Any) -> httpx.Response:
    return await asyncio.to_thread(served.ask, headers, **fields)


@pytest.mark.parametrize("links", ["store", "limner"])
async def test_without_its_bucket_a_server_answers_errors_and_bills_nothing(
    serve: Callable[..., Served], way: Way, links: str
) -> None:
    served = with_bucket(serve, way, storage_links=links)
    await asyncio.to_thread(served.start)
    before = await asked(served)
    data = await read(served, before)
    await way.shut()
    failures = await asyncio.gather(
        asked(served), asked(served, {"Idempotency-Key": "one"}), asked(served, response_format="b64_json")
    )
    for failure in failures:
        assert (failure.status_code, failure.json()["error"]["code"]) == (503, "ServiceUnavailable")
    assert await asyncio.to_thread(served.billed) == 1
    await way.open()
    assert await read(served, before) == data and is_whole(data)
    for _ in range(2):
        again = await asked(served, {"Idempotency-Key": "one"})
        assert again.status_code == 200 and is_whole(await read(served, again))
    assert await asyncio.to_thread(served.billed) == 2
    delivered = served.rows("SELECT count(*) AS n FROM pictures WHERE outcome = 'stored'")
    assert delivered[0]["n"] == 2


async def test_with_a_folder_behind_it_a_bucket_that_is_gone_costs_no_picture(
    serve: Callable[..., Served], way: Way
) -> None:
    served = with_bucket(serve, way, storage_fallback="local")
    await asyncio.to_thread(served.start)
    answers = [await asked(served)]
    await way.shut()
    answers += await asyncio.gather(*(asked(served, seed=seed) for seed in range(3)))
    assert [answer.status_code for answer in answers] == [200] * 4
    kept = [await read(served, answer) for answer in answers[1:]]
    await way.open()
    assert [await read(served, answer) for answer in answers[1:]] == kept
    assert is_whole(await read(served, answers[0])) and all(map(is_whole, kept))
    assert len({hashlib.sha256(data).hexdigest() for data in kept}) == 3
    assert await asyncio.to_thread(served.billed) == 4 and len(served.files()) == 3


async def test_a_server_starts_without_its_bucket_and_a_job_that_waits_for_it_goes_on(
    serve: Callable[..., Served], way: Way, reference: str
) -> None:
    served = with_bucket(serve, way)
    await asyncio.to_thread(served.start)
    accepted = await asked(served, ASYNC | {"X-Limner-Fake": "delay_s=2"}, image=reference)
    assert accepted.status_code == 202
    await asyncio.to_thread(served.kill)
    await way.shut()
    await asyncio.to_thread(served.start)
    assert (await asyncio.to_thread(served.job, accepted.json()["id"]))["state"] in ("queued", "running")
    await way.open()
    job = await asyncio.to_thread(served.ended_job, accepted.json()["id"])
    assert job["state"] == "done"
    assert await asyncio.to_thread(served.billed) == 1
