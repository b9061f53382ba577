"""For other people's tests: a real Limner server on loopback, with the fake engine unless told otherwise.

    pytest_plugins = ["limner.testing"]

    def test_my_program(limner_server):
        client = OpenAI(base_url=limner_server.base_url + "/v1", api_key=limner_server.api_key)

Bad days: send the header X-Limner-Fake (docs/quickstart.md). Everything is deleted afterwards.
"""

from __future__ import annotations

import asyncio
import tempfile
import threading
import time
from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pytest

from limner.api.server import make_server, port_of
from limner.assembly import make_service
from limner.config import load_settings
from limner.engines.base import Engine
from limner.safety import Policy
from limner.service import Service

T = TypeVar("T")
API_KEY = "lim-test-key"
START_TIMEOUT_S = 30
CALL_TIMEOUT_S = 20
DEFAULTS: Mapping[str, object] = {
    "host": "127.0.0.1",
    "port": 0,
    "api_key": API_KEY,
    "engine": "fake",
    "fake_script": True,
    "seed_default": "prompt",
    "worker_processes": 0,
}


@dataclass(frozen=True, slots=True)
class RunningServer:
    """A server that answers. base_url has no path: add /v1 for the OpenAI SDK, /api/v3 for Ark's.

    service and loop: its inside, for tests that look there.
    """

    base_url: str
    api_key: str
    service: Service
    loop: asyncio.AbstractEventLoop

    def call(self, work: Coroutine[Any, Any, T]) -> T:
        """What a coroutine gives that runs inside the server."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(CALL_TIMEOUT_S)


@contextmanager
def running_server(
    *,
    engines: Mapping[str, Engine] | None = None,
    engine_tables: Mapping[str, object] | None = None,
    policy: Policy | None = None,
    clock: Callable[[], float] = time.time,
    **settings: object,
) -> Iterator[RunningServer]:
    """A server in a thread of this process, on a free port; settings override DEFAULTS.

    engines: ready engines by name, used instead of those that are installed. engine_tables: the setting
    `engines`, a table for each engine. clock: Unix time in seconds.
    """
    with tempfile.TemporaryDirectory(prefix="limner-test-") as folder:
        values = {"data_dir": Path(folder) / "data", **DEFAULTS, **settings, "engines": engine_tables or {}}
        service = make_service(load_settings(values, env={}), engines=engines, policy=policy, clock=clock)
        server = make_server(service)
        loops: list[asyncio.AbstractEventLoop] = []
        up = threading.Event()
        thread = threading.Thread(target=_run, args=(server, loops, up), daemon=True)
        thread.start()
        try:
            if not up.wait(START_TIMEOUT_S) or not server.started:
                raise RuntimeError("the server did not start")
            url = f"http://127.0.0.1:{port_of(server)}"
            yield RunningServer(url, str(values["api_key"]), service, loops[0])
        finally:
            server.should_exit = True
            thread.join(START_TIMEOUT_S)


def _run(server: object, loops: list[asyncio.AbstractEventLoop], up: threading.Event) -> None:
    import uvicorn

    assert isinstance(server, uvicorn.Server)

    async def main() -> None:
        loops.append(asyncio.get_running_loop())
        serving = asyncio.create_task(server.serve())
        while not (server.started or serving.done()):
            await asyncio.sleep(0.005)
        up.set()
        await serving

    try:
        with asyncio.Runner(loop_factory=server.config.get_loop_factory()) as runner:
            runner.run(main())
    finally:
        up.set()


@pytest.fixture
def limner_server() -> Iterator[RunningServer]:
    """A running server with the fake engine."""
    with running_server() as server:
        yield server
