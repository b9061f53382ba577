"""One server for the tests of this folder that do not need settings of their own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any

import httpx
import pytest

from limner.engines.fake import FakeEngine
from limner.keys import Limits, digest_of, make_key
from limner.testing import RunningServer, running_server


@pytest.fixture(scope="package")
def server() -> Iterator[RunningServer]:
    with running_server() as running:
        yield running


@pytest.fixture
def connect() -> Iterator[Callable[[RunningServer], httpx.Client]]:
    """Makes a client with the key for any server, and closes it in the end."""
    with ExitStack() as clients:

        def connected(server: RunningServer) -> httpx.Client:
            headers = {"Authorization": f"Bearer {server.api_key}"}
            client = httpx.Client(base_url=server.base_url, headers=headers, trust_env=False, timeout=20)
            return clients.enter_context(client)

        yield connected


@contextmanager
def held_server(
    *, max_in_flight: int = 8, in_steps: bool = False, **settings: Any
) -> Iterator[tuple[RunningServer, FakeEngine, Callable[[], None]]]:
    gate, steps = asyncio.Event(), asyncio.Semaphore(0)
    engine = FakeEngine(
        gate=None if in_steps else gate, steps=steps if in_steps else None, max_in_flight=max_in_flight
    )
    with running_server(engines={"fake": engine}, **settings) as server:

        def go() -> None:
            server.loop.call_soon_threadsafe(steps.release if in_steps else gate.set)

        yield server, engine, go


@pytest.fixture
def hold() -> Callable[..., AbstractContextManager[tuple[RunningServer, FakeEngine, Callable[[], None]]]]:
    """Runs a server whose engine makes nothing until it is told to: from then on, or in_steps one picture.

    Gives the server, its engine and what tells it.
    """
    return held_server


@pytest.fixture
def until_served() -> Callable[[RunningServer, FakeEngine, int], None]:
    """Returns when an engine has been asked so many times."""

    def wait(server: RunningServer, engine: FakeEngine, count: int) -> None:
        async def served() -> None:
            while len(engine.requests) < count:
                await asyncio.sleep(0.001)

        server.call(served())

    return wait


@pytest.fixture
def billed() -> Callable[[RunningServer], tuple[int, int]]:
    """Requests and delivered pictures of all keys, as the bill has them."""

    def bill(server: RunningServer) -> tuple[int, int]:
        [row] = server.call(server.service.usage.report((), 0, 1e12))
        return row.requests, row.pictures

    return bill


@pytest.fixture
def stranger() -> Callable[[RunningServer], httpx.Client]:
    """Makes a client with another key, which the server is given."""

    def connected(server: RunningServer) -> httpx.Client:
        key = make_key()
        server.call(server.service.key_table.add(digest_of(key.encode()), key[4:12], Limits(), None))
        headers = {"Authorization": f"Bearer {key}"}
        return httpx.Client(base_url=server.base_url, headers=headers, trust_env=False, timeout=20)

    return connected


@pytest.fixture
def client(server: RunningServer, connect: Callable[[RunningServer], httpx.Client]) -> httpx.Client:
    return connect(server)
