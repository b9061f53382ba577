"""kill -9 at random moments under load: what a client was told of is there, and nobody pays twice."""

from __future__ import annotations

import asyncio
import json
import random
import subprocess
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import cv2
import httpx
import numpy as np
import pybase64
import pytest

if TYPE_CHECKING:
    from tests.faults.conftest import Served

GENERATIONS = "/v1/images/generations"
MODEL = "doubao-seedream-4-0-250828"
CLIENTS = 10
BOUND_S = 30.0
FEW, MANY = 5, 50


def body(rng: random.Random, **fields: object) -> dict[str, Any]:
    """A request whose seed is known, so that its pictures' are."""
    wanted = {
        "model": MODEL,
        "prompt": f"a cat {rng.random()}",
        "size": "1280x720",
        "seed": rng.randrange(1 << 30),
    }
    return wanted | {"watermark": False} | fields


def series(rng: random.Random, count: int, **fields: object) -> dict[str, Any]:
    options = {"max_images": count}
    many: dict[str, object] = {
        "sequential_image_generation": "auto",
        "prompt": f"{count} cats {rng.random()}",
    }
    return body(rng, sequential_image_generation_options=options, **many, **fields)


def count_of(request: dict[str, Any]) -> int:
    return int(request.get("sequential_image_generation_options", {}).get("max_images", 1))


@dataclass
class Repeated:
    """A request with an Idempotency-Key. answers: all that came, without what differs by rights."""

    key: str
    request: dict[str, Any]
    job_ids: set[str] = field(default_factory=set)
    answers: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Book:
    """What clients were told, and what they still wait for."""

    rng: random.Random
    told: dict[str, bytes | None] = field(default_factory=dict)
    accepted: dict[str, dict[str, Any]] = field(default_factory=dict)
    repeated: list[Repeated] = field(default_factory=list)
    whole_files: int = 0

    def tell(self, picture: dict[str, Any], job_id: str, index: int) -> None:
        """A client was told of a picture; of those that came as bytes the bytes are remembered."""
        if "b64_json" in picture:
            self.told[f"{job_id}_{index}.jpeg"] = pybase64.b64decode(picture["b64_json"])
        else:
            self.told.setdefault(name_of(picture["url"]), None)


def name_of(url: str) -> str:
    return urlsplit(url).path.rpartition("/")[2]


def without_signature(answer: dict[str, Any]) -> dict[str, Any]:
    """An answer without the links' signatures, which are fresh each time."""
    data = [{**each, "url": name_of(each["url"])} if "url" in each else each for each in answer["data"]]
    return {**answer, "data": data}


class Stopping(Exception):
    """The server was asked to stop, and takes nothing new."""


def require(response: httpx.Response, status: int) -> None:
    if response.status_code == 503:
        raise Stopping
    assert response.status_code == status


class Crowd:
    """Clients of every kind, who go on until the server is gone."""

    def __init__(self, client: httpx.AsyncClient, book: Book, reference: str) -> None:
        self.reference = reference
        self.client = client
        self.book = book
        self.kinds: tuple[Callable[[], Coroutine[Any, Any, None]], ...] = (
            self.plain,
            self.base64,
            self.stream,
            self.detached,
            self.once,
            self.again,
            self.leaving,
            self.cancelling,
        )

    async def run(self) -> None:
        """Until the connection is lost."""
        await asyncio.gather(*(self._go_on() for _ in range(CLIENTS)))

    async def _go_on(self) -> None:
        with suppress(httpx.TransportError, Stopping):
            while True:
                await self.book.rng.choice(self.kinds)()

    async def plain(self) -> None:
        request = body(self.book.rng)
        response = await self._post(request)
        picture = response.json()["data"][0]
        self.book.tell(picture, response.headers["X-Limner-Job-Id"], 0)
        await self._read(picture["url"])

    async def base64(self) -> None:
        response = await self._post(series(self.book.rng, 2, response_format="b64_json"))
        for index, picture in enumerate(response.json()["data"]):
            self.book.tell(picture, response.headers["X-Limner-Job-Id"], index)

    async def stream(self) -> None:
        request = series(self.book.rng, 3, stream=True)
        headers = {"X-Limner-Fake": "delay_s=0.02"}
        async with self.client.stream("POST", GENERATIONS, json=request, headers=headers) as response:
            require(response, 200)
            async for event in events(response):
                if event.get("type") == "image_generation.partial_succeeded":
                    self.book.tell(event, response.headers["X-Limner-Job-Id"], event["image_index"])

    async def leaving(self) -> None:
        """Goes away in the middle of a stream."""
        request = series(self.book.rng, 3, stream=True)
        async with self.client.stream("POST", GENERATIONS, json=request) as response:
            require(response, 200)
            async for event in events(response):
                if "image_index" in event:
                    self.book.tell(event, response.headers["X-Limner-Job-Id"], event["image_index"])
                break

    async def cancelling(self) -> None:
        headers = {"Prefer": "respond-async", "X-Limner-Fake": "delay_s=0.02"}
        response = await self.client.post(GENERATIONS, json=series(self.book.rng, 3), headers=headers)
        require(response, 202)
        require(await self.client.delete(response.headers["Location"]), 200)

    async def detached(self) -> None:
        """Sends a reference along: it has to be there after a restart, too."""
        count = self.book.rng.choice((1, 4))
        request = series(self.book.rng, count, image=self.reference) if count > 1 else body(self.book.rng)
        delay_s = self.book.rng.choice((0, 0.05, 0.3))
        headers = {"Prefer": "respond-async", "X-Limner-Fake": f"delay_s={delay_s}"}
        response = await self.client.post(GENERATIONS, json=request, headers=headers)
        require(response, 202)
        self.book.accepted[response.json()["id"]] = request

    async def once(self) -> None:
        rng = self.book.rng
        request = rng.choice((body(rng), series(rng, 3)))
        mine = Repeated(f"key-{len(self.book.repeated)}-{rng.random()}", request)
        self.book.repeated.append(mine)
        await self.repeat(mine)

    async def again(self) -> None:
        if self.book.repeated:
            await self.repeat(self.book.rng.choice(self.book.repeated))

    async def repeat(self, mine: Repeated) -> None:
        headers = {"Idempotency-Key": mine.key, "X-Limner-Fake": "delay_s=0.05"}
        response = await self._post(mine.request, headers)
        mine.job_ids.add(response.headers["X-Limner-Job-Id"])
        mine.answers.append(without_signature(response.json()))
        for index, picture in enumerate(response.json()["data"]):
            self.book.tell(picture, response.headers["X-Limner-Job-Id"], index)

    async def _post(self, request: dict[str, Any], headers: dict[str, str] | None = None) -> httpx.Response:
        response = await self.client.post(GENERATIONS, json=request, headers=headers)
        require(response, 200)
        return response

    async def _read(self, url: str) -> None:
        response = await self.client.get(url)
        assert response.status_code == 200
        require_whole(response.content)
        self.book.whole_files += 1


async def events(response: httpx.Response) -> AsyncIterator[dict[str, Any]]:
    async for line in response.aiter_lines():
        if line.startswith("data: {"):
            yield json.loads(line[6:])


def require_whole(data: bytes) -> None:
    """A JPEG from its first marker to its last."""
    assert data[:2] == b"\xff\xd8" and data[-2:] == b"\xff\xd9"
    assert cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_REDUCED_COLOR_8) is not None


async def rounds(served: Served, book: Book, reference: str, count: int) -> None:
    """Start, load, kill, so many times; once in five it is told to stop first, or the restart is shot at."""
    for number in range(count):
        served.start()
        async with served.async_client() as client:
            crowd = asyncio.create_task(Crowd(client, book, reference).run())
            await reached(book, len(book.told) + book.rng.randrange(20))
            await asyncio.sleep(book.rng.uniform(0, 0.1))
            if number % 5 == 2:
                served.ask_to_stop()
                await asyncio.sleep(book.rng.uniform(0, 0.3))
            left = await asyncio.to_thread(served.kill)
            await crowd
        if number % 5 == 4:
            served.begin()
            await asyncio.sleep(book.rng.uniform(0, 0.3))
            left += await asyncio.to_thread(served.kill)
        await all_gone(left)


async def reached(book: Book, pictures: int) -> None:
    """Return when clients have been told of so many pictures."""
    deadline = asyncio.get_running_loop().time() + BOUND_S
    while len(book.told) < pictures:
        assert asyncio.get_running_loop().time() < deadline, "too few answers"
        await asyncio.sleep(0.005)


async def all_gone(pids: list[int]) -> None:
    """Workers end when they see that their server has."""
    deadline = asyncio.get_running_loop().time() + BOUND_S
    while any(map(is_alive, pids)):
        assert asyncio.get_running_loop().time() < deadline, f"still there: {pids}"
        await asyncio.sleep(0.01)


def is_alive(pid: int) -> bool:
    """Whether the process runs; one that nobody has waited for yet does not."""
    listed = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return listed.stdout.strip()[:1] not in ("", "Z")


async def settle(served: Served, book: Book, reference: str) -> None:
    """After the last restart: repeat what was asked with a key, then wait until nobody is at work."""
    served.start()
    async with served.async_client() as client:
        crowd = Crowd(client, book, reference)
        await asyncio.gather(*map(crowd.repeat, book.repeated))
    deadline = asyncio.get_running_loop().time() + BOUND_S
    while unfinished := served.rows("SELECT id, state FROM jobs WHERE state IN ('queued', 'running')"):
        assert asyncio.get_running_loop().time() < deadline, [tuple(row) for row in unfinished]
        await asyncio.sleep(0.05)


def require_that_nothing_is_lost(served: Served, book: Book) -> None:
    """What was told is there; what is billed is there; what is there is whole."""
    billed = {row["name"]: row for row in served.rows("SELECT * FROM pictures WHERE outcome = 'stored'")}
    files = served.files()
    assert book.told.keys() <= billed.keys() <= files.keys()
    for name, row in billed.items():
        data = files[name].read_bytes()
        assert len(data) == row["bytes"], name
        told = book.told.get(name)
        assert told is None or told == data, name
    for path in files.values():
        require_whole(path.read_bytes())


def require_that_every_job_ended_once(served: Served, book: Book) -> None:
    jobs = {row["id"]: row for row in served.rows("SELECT * FROM jobs")}
    delivered = Counter(
        row["job_id"] for row in served.rows("SELECT * FROM pictures WHERE outcome = 'stored'")
    )
    assert {row["state"] for row in jobs.values()} <= {"done", "cancelled"}
    assert all(job["pictures"] == delivered[job_id] for job_id, job in jobs.items())
    assert delivered.keys() <= jobs.keys()
    counts = {job_id: json.loads(job["request"])["count"] for job_id, job in jobs.items()}
    assert all(
        (job["state"] == "done") == (delivered[job_id] == counts[job_id]) for job_id, job in jobs.items()
    )
    for job_id, request in book.accepted.items():
        rows = served.rows('SELECT seed FROM pictures WHERE job_id = ? ORDER BY "index"', job_id)
        seeds = [request["seed"] + index for index in range(count_of(request))]
        assert (jobs[job_id]["state"], [row["seed"] for row in rows]) == ("done", seeds)


def require_that_repeats_are_one_job(served: Served, book: Book) -> None:
    claims = served.rows("SELECT * FROM idempotency")
    assert len(claims) == len({row["job_id"] for row in claims}) == len(book.repeated)
    for mine in book.repeated:
        (job_id,) = mine.job_ids
        assert all(answer == mine.answers[0] for answer in mine.answers)
        rows = served.rows("SELECT name, seed FROM pictures WHERE job_id = ? ORDER BY number", job_id)
        seeds = [mine.request["seed"] + index for index in range(count_of(mine.request))]
        assert [row["seed"] for row in rows] == seeds
        assert [each["url"] for each in mine.answers[0]["data"]] == [row["name"] for row in rows]


async def hold(served: Served, reference: str, count: int, seed: int) -> Book:
    """So many kills of a server, and everything that must hold after them."""
    book = Book(random.Random(seed))
    await rounds(served, book, reference, count)
    await settle(served, book, reference)
    require_that_nothing_is_lost(served, book)
    require_that_every_job_ended_once(served, book)
    require_that_repeats_are_one_job(served, book)
    return book


@pytest.mark.parametrize("workers", [0, pytest.param(1, marks=pytest.mark.slow)])
async def test_a_server_that_is_killed_loses_nothing_and_bills_nothing_twice(
    serve: Callable[..., Served], reference: str, workers: int
) -> None:
    book = await hold(serve(worker_processes=workers, queue_limit=10_000), reference, FEW, seed=workers)
    assert len(book.told) > FEW and book.accepted and book.repeated


@pytest.mark.slow
async def test_fifty_kills_lose_nothing_and_bill_nothing_twice(
    serve: Callable[..., Served], reference: str
) -> None:
    book = await hold(serve(queue_limit=10_000), reference, MANY, seed=50)
    assert len(book.told) > 5 * MANY and len(book.accepted) > MANY and len(book.repeated) > MANY
