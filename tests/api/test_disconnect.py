"""Clients that go away: their jobs end with them, unless somebody still wants the pictures."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncGenerator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from limner.engines.fake import FakeEngine
from limner.testing import RunningServer, running_server
from limner.types import Event, ImageRequest, Reference

Connect = Callable[[RunningServer], httpx.Client]
Held = tuple[RunningServer, FakeEngine, Callable[[], None]]
Hold = Callable[..., AbstractContextManager[Held]]
Served = Callable[[RunningServer, FakeEngine, int], None]
Billed = Callable[[RunningServer], tuple[int, int]]
MODEL = "doubao-seedream-4-0-250828"
PATH = "/v1/images/generations"
JOBS = "/v1/images/jobs"
BODY = {"model": MODEL, "prompt": "a cat", "size": "1280x720", "watermark": False}
SERIES = BODY | {
    "sequential_image_generation": "auto",
    "sequential_image_generation_options": {"max_images": 3},
}
KEYED = {"Idempotency-Key": "once"}


def call(server: RunningServer, body: dict[str, Any], **headers: str) -> socket.socket:
    """A request on a connection that can be hung up; the answer is not read."""
    where = urlsplit(server.base_url)
    connection = socket.create_connection((where.hostname, where.port), timeout=20)
    data = json.dumps(body).encode()
    lines = {
        "Host": where.netloc,
        "Authorization": f"Bearer {server.api_key}",
        "Content-Type": "application/json",
        "Content-Length": str(len(data)),
    } | headers
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    connection.sendall(f"POST {PATH} HTTP/1.1\r\n{head}\r\n".encode() + data)
    return connection


def the_job(client: httpx.Client, server: RunningServer) -> dict[str, Any]:
    """The only job there is, once it has ended."""

    async def ended() -> None:
        for job in tuple(server.service.jobs.values()):
            await job.wait()

    server.call(ended())
    [listed] = client.get(JOBS).json()["data"]
    job: dict[str, Any] = client.get(f"{JOBS}/{listed['id']}").json()
    return job


@pytest.mark.parametrize("stream", [False, True])
def test_who_hangs_up_cancels_the_job_and_pays_nothing(
    connect: Connect, hold: Hold, until_served: Served, billed: Billed, stream: bool
) -> None:
    """The engine waits behind a gate that never opens: only the cancel can end the job."""
    with hold() as (server, engine, _):
        connection = call(server, BODY | {"stream": stream})
        until_served(server, engine, 1)
        connection.close()
        job = the_job(connect(server), server)
        assert (job["state"], job["error"]["code"]) == ("cancelled", "JobCancelled")
        assert engine.closed_early == 1
        assert billed(server) == (1, 0)


def test_who_hangs_up_in_a_stream_pays_for_what_was_delivered(
    connect: Connect, hold: Hold, billed: Billed
) -> None:
    with hold(in_steps=True) as (server, engine, go):
        connection = call(server, SERIES | {"stream": True})
        go()
        reading = connection.makefile("rb")
        while b"partial_succeeded" not in reading.readline():
            pass
        reading.close()
        connection.close()
        client = connect(server)
        job = the_job(client, server)
        assert (job["state"], job["pictures_done"]) == ("cancelled", 1)
        [picture] = client.get(f"/v1/images/{job['id']}").json()["data"]
        assert client.get(picture["url"]).status_code == 200
        assert engine.closed_early == 1
        assert billed(server) == (1, 1)


def test_who_hangs_up_in_the_queue_never_reaches_the_engine(
    connect: Connect, hold: Hold, until_served: Served
) -> None:
    with hold(max_in_flight=1) as (server, engine, go):
        client = connect(server)
        first = client.post(PATH, json=BODY, headers={"Prefer": "respond-async"}).json()["id"]
        until_served(server, engine, 1)
        connection = call(server, BODY)

        async def queued() -> str:
            while len(server.service.jobs) < 2:
                await asyncio.sleep(0.001)
            return next(job_id for job_id in server.service.jobs if job_id != first)

        second = server.call(queued())
        waiting = server.service.jobs[second]
        connection.close()
        server.call(waiting.wait())
        go()
        client.get(f"{JOBS}/{first}/events")
        assert client.get(f"{JOBS}/{second}").json()["state"] == "cancelled"
        assert len(engine.requests) == 1


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    "headers",
    [
        {"X-Limner-On-Disconnect": "keep"},
        {"X-Limner-On-Disconnect": " Keep "},
        {"Prefer": "respond-async, wait=600"},
    ],
)
def test_a_job_goes_on_without_its_client_if_it_shall(
    connect: Connect,
    hold: Hold,
    until_served: Served,
    billed: Billed,
    headers: dict[str, str],
    stream: bool,
) -> None:
    with hold(in_steps=True) as (server, engine, go):
        connection = call(server, SERIES | {"stream": stream}, **headers)
        until_served(server, engine, 1)
        go()
        connection.close()
        go()
        go()
        client = connect(server)
        job = the_job(client, server)
        assert (job["state"], len(job["result"]["data"])) == ("done", 3)
        assert engine.closed_early == 0
        assert billed(server) == (1, 3)


def test_to_be_cancelled_with_its_client_can_be_said_too(
    connect: Connect, hold: Hold, until_served: Served
) -> None:
    with hold() as (server, engine, _):
        connection = call(server, BODY, **{"X-Limner-On-Disconnect": "cancel"})
        until_served(server, engine, 1)
        connection.close()
        assert the_job(connect(server), server)["state"] == "cancelled"


async def _readers(server: RunningServer, count: int) -> None:
    [job] = server.service.jobs.values()
    while job._readers != count:
        await asyncio.sleep(0.001)


@pytest.mark.parametrize("stays", [0, 1])
def test_a_job_goes_on_while_one_of_two_twins_waits_for_it(
    connect: Connect, hold: Hold, until_served: Served, billed: Billed, stays: int
) -> None:
    with hold() as (server, engine, go):
        first = call(server, BODY, **KEYED)
        until_served(server, engine, 1)
        twins = [first, call(server, BODY, **KEYED)]
        server.call(_readers(server, 2))
        twins[1 - stays].close()
        server.call(_readers(server, 1))
        go()
        assert b"HTTP/1.1 200 OK" in twins[stays].recv(1000)
        twins[stays].close()
        assert the_job(connect(server), server)["state"] == "done"
        assert billed(server) == (1, 1)


def test_a_job_ends_when_both_twins_have_left(connect: Connect, hold: Hold, until_served: Served) -> None:
    with hold() as (server, engine, _):
        first = call(server, BODY, **KEYED)
        until_served(server, engine, 1)
        second = call(server, BODY, **KEYED)
        server.call(_readers(server, 2))
        first.close()
        second.close()
        assert the_job(connect(server), server)["state"] == "cancelled"
        assert engine.closed_early == 1


def test_a_twin_who_does_not_wait_keeps_the_job_going(
    connect: Connect, hold: Hold, until_served: Served
) -> None:
    with hold() as (server, engine, go):
        client = connect(server)
        first = call(server, BODY, **KEYED)
        until_served(server, engine, 1)
        answer = client.post(PATH, json=BODY, headers=KEYED | {"Prefer": "respond-async"})
        assert answer.status_code == 202
        first.close()
        server.call(_readers(server, 0))
        go()
        assert the_job(client, server)["state"] == "done"
        record = server.call(server.service.job_log.store.find(answer.json()["id"]))
        assert record is not None and record.detached


class SlowToStop(FakeEngine):
    """Takes its time to notice that nobody listens any more, as one does that is busy."""

    def __init__(self) -> None:
        super().__init__(gate=asyncio.Event())
        self.told = asyncio.Event()
        self.may_stop = asyncio.Event()

    async def generate(
        self, request: ImageRequest, references: Sequence[Reference]
    ) -> AsyncGenerator[Event, None]:
        try:
            async for event in super().generate(request, references):
                yield event
        except asyncio.CancelledError:
            self.told.set()
            await self.may_stop.wait()
            raise


def test_who_hangs_up_and_asks_again_at_once_gets_the_pictures(
    connect: Connect, until_served: Served, billed: Billed
) -> None:
    """The first try is still being cancelled when the second one comes."""
    engine = SlowToStop()
    with running_server(engines={"fake": engine}) as server, ThreadPoolExecutor(1) as pool:
        client = connect(server)
        connection = call(server, BODY, **KEYED)
        until_served(server, engine, 1)
        connection.close()
        server.call(engine.told.wait())
        again = pool.submit(client.post, PATH, json=BODY, headers=KEYED)

        async def let_it_stop() -> None:
            while not server.service.once._turns:
                await asyncio.sleep(0.001)
            assert engine.gate is not None
            engine.gate.set()
            engine.may_stop.set()

        server.call(let_it_stop())
        answer = again.result(20)
        assert (answer.status_code, len(answer.json()["data"])) == (200, 1)
        assert billed(server) == (1, 1)
