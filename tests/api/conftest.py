"""One server for the tests of this folder that do not need settings of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import httpx
import pytest

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


@pytest.fixture
def client(server: RunningServer, connect: Callable[[RunningServer], httpx.Client]) -> httpx.Client:
    return connect(server)
