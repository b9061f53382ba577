"""Claim: one request costs the server at most 3 or 4 ms of CPU more than it costs a bare app, of which 1 ms
may go to being a job of the ledger (job_layer.py).

Ours is the whole server with a fake engine that yields ready-encoded bytes, the mark off; the peer is
Starlette on uvicorn that moves the same bytes and does nothing else: it reads the body, writes the
picture's file durably and answers. What ours costs above one that keeps no file stands beside it, without a
limit: there the disk's share is larger than the server's. Each runs in a process of its own
and tells its CPU time (user and system); the client is a third process. Rounds alternate.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import contextlib
import http.client
import io
import json
import logging
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import uvicorn
from _gates import Row, report
from PIL import Image
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from limner.api.server import make_server, port_of
from limner.assembly import make_service
from limner.config import load_settings
from limner.engines.base import Engine
from limner.engines.fake import FakeEngine
from limner.types import Encoded, Event, ImageRequest, Reference

API_KEY = "lim-bench-key"
LIGHT, HEAVY, TINY = "doubao-seedream-4-0-250828", "doubao-seedream-4-5-251128", "doubao-seedream-5-0-260128"
LIGHT_BYTES, HEAVY_BYTES, TINY_BYTES = 1_000_000, 6_000_000, 250_000
URL_ANSWER_BYTES = 300
HEADERS = {"Authorization": f"Bearer {API_KEY}", "Content-Type": "application/json"}


@dataclass(frozen=True, slots=True)
class Scenario:
    """One kind of request. answer_bytes: the least that an answer of ours must have to be the right one."""

    claim: str
    limit_ms: float | None
    path: str
    body: bytes
    answer_bytes: int
    requests: int


def padded_jpeg(total_bytes: int) -> bytes:
    """A JPEG of 2048x2048, brought to total_bytes by zeros after its end, which readers skip."""
    grain = 8 if total_bytes >= LIGHT_BYTES else 256
    grey = np.random.default_rng(7).integers(90, 160, (2048 // grain, 2048 // grain), np.uint8)
    file = io.BytesIO()
    Image.fromarray(grey).resize((2048, 2048)).convert("RGB").save(file, "JPEG", quality=95)
    assert file.tell() <= total_bytes, f"{file.tell()} bytes are more than {total_bytes}"
    return file.getvalue().ljust(total_bytes, b"\0")


def reference_png(total_bytes: int) -> bytes:
    """A PNG of noise of about total_bytes: stored, not compressed."""
    side = int((total_bytes / 3) ** 0.5)
    pixels = np.random.default_rng(8).integers(0, 256, (side, side, 3), np.uint8)
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG", compress_level=0)
    return file.getvalue()


def scenarios() -> tuple[Scenario, ...]:
    asked = {"prompt": "a cat", "size": "2048x2048", "watermark": False}
    uri = "data:image/png;base64," + base64.b64encode(reference_png(7_500_000)).decode()
    url_body = json.dumps({"model": LIGHT, **asked}).encode()
    b64_body = json.dumps({"model": HEAVY, "response_format": "b64_json", **asked}).encode()
    reference_body = json.dumps({"model": TINY, "image": uri, **asked}).encode()
    return (
        Scenario("url answer", 3.0, "/url/stored", url_body, 200, 60),
        Scenario("8 MB b64_json answer", 4.0, "/b64/stored", b64_body, 8_000_000, 10),
        Scenario("10 MB base64 reference in", 4.0, "/reference/stored", reference_body, 200, 10),
        Scenario("url answer, bare stores nothing", None, "/url", url_body, 200, 60),
        Scenario("8 MB b64_json, bare stores nothing", None, "/b64", b64_body, 8_000_000, 10),
    )


class ForgetfulFake(FakeEngine):
    """The fake without its memory of requests, whose references would never be freed."""

    def generate(self, request: ImageRequest, references: Sequence[Reference]) -> AsyncGenerator[Event, None]:
        self.requests.clear()
        return super().generate(request, references)


def ready_engine(file_bytes: int) -> Engine:
    return ForgetfulFake(encoded=Encoded(padded_jpeg(file_bytes), "image/jpeg", 2048, 2048))


def our_server(folder: Path) -> uvicorn.Server:
    """Ours, set up as the command does it."""
    engines: dict[str, Engine] = {"light": ready_engine(LIGHT_BYTES), "heavy": ready_engine(HEAVY_BYTES)}
    engines["tiny"] = ready_engine(TINY_BYTES)
    values = {
        "port": 0,
        "api_key": API_KEY,
        "data_dir": folder / "data",
        "engine": "light",
        "routes": {HEAVY: "heavy", TINY: "tiny"},
        "worker_processes": 0,
    }
    logging.basicConfig(level="INFO")
    return make_server(make_service(load_settings(values, env={}), engines=engines))


def bare_server(folder: Path) -> uvicorn.Server:
    """The peer: it reads what ours reads, answers as many bytes, and on /stored also writes the file."""
    small, large = b"x" * URL_ANSWER_BYTES, b"x" * 8_000_300
    light, heavy, tiny = map(padded_jpeg, (LIGHT_BYTES, HEAVY_BYTES, TINY_BYTES))

    def answering(content: bytes, stored: bytes = b"") -> Callable[[Request], object]:
        async def endpoint(request: Request) -> Response:
            await request.body()
            if stored:
                await asyncio.to_thread(write_durably, folder / secrets.token_hex(8), stored)
            return Response(content, media_type="application/json")

        return endpoint

    endpoints = {
        "/url": answering(small),
        "/b64": answering(large),
        "/url/stored": answering(small, light),
        "/b64/stored": answering(large, heavy),
        "/reference/stored": answering(small, tiny),
    }
    routes = [Route(path, endpoint, methods=["POST"]) for path, endpoint in endpoints.items()]
    config = uvicorn.Config(Starlette(routes=routes), port=0, log_level="warning", access_log=False)
    return uvicorn.Server(config)


def write_durably(path: Path, data: bytes) -> None:
    """As ours does before it tells anyone of a picture: the file is synced, and the folder that names it."""
    with path.open("xb", buffering=0) as file:
        file.write(data)
        os.fsync(file.fileno())
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


SERVERS = {"ours": our_server, "bare": bare_server}


def serve(kind: str) -> None:
    """Serve on the main thread, as the command does, until stdin ends."""
    with tempfile.TemporaryDirectory(prefix="limner-bench-") as folder:
        server = SERVERS[kind](Path(folder))
        threading.Thread(target=answer_meter, args=(server, Path(folder)), daemon=True).start()
        server.run()


def answer_meter(server: uvicorn.Server, folder: Path) -> None:
    """Print the port, then this process's CPU seconds for every line that comes in.

    The files of the round before go first: gigabytes of them would have the disk's cost measured.
    """
    while not server.started:
        time.sleep(0.01)
    print(port_of(server), flush=True)
    for _line in sys.stdin:
        used_s = time.process_time()
        for path in folder.rglob("*"):
            if path.suffix in ("", ".jpeg") and path.is_file():
                path.unlink()
        print(used_s, time.process_time(), flush=True)
    server.should_exit = True


@dataclass(frozen=True, slots=True)
class Server:
    """A server in its own process, seen from the client."""

    process: subprocess.Popen[str]
    connection: http.client.HTTPConnection

    def cpu_s(self) -> tuple[float, float]:
        """CPU seconds so far, and once more after tidying up."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        before_s, after_s = map(float, self.process.stdout.readline().split())
        return before_s, after_s

    def ask(self, path: str, body: bytes) -> int:
        """How many bytes came back; anything but 200 ends the benchmark."""
        self.connection.request("POST", path, body, HEADERS)
        response = self.connection.getresponse()
        content = response.read()
        if response.status != 200:
            raise SystemExit(f"{path} answered {response.status}: {content[:300]!r}")
        return len(content)

    def cost_ms(self, path: str, scenario: Scenario, requests: int) -> float:
        """CPU per request over one round."""
        _, before_s = self.cpu_s()
        for _ in range(requests):
            received = self.ask(path, scenario.body)
            assert received >= scenario.answer_bytes, f"{path} answered only {received} bytes"
        return (self.cpu_s()[0] - before_s) / requests * 1000


@contextlib.contextmanager
def server_of(kind: str) -> Iterator[Server]:
    command = [sys.executable, __file__, "--serve", kind]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, text=True, **pipes) as process:
        assert process.stdin and process.stdout
        port = process.stdout.readline().strip()
        if not port:
            raise SystemExit(f"the server {kind!r} did not start")
        try:
            yield Server(process, http.client.HTTPConnection("127.0.0.1", int(port), timeout=30))
        finally:
            process.stdin.close()


def measure(rounds: int) -> list[Row]:
    """One row a scenario: the difference of the medians, after a round that warms both up."""
    rows = []
    with server_of("ours") as ours, server_of("bare") as bare:
        for scenario in scenarios():
            costs: list[tuple[float, float]] = []
            for _ in range(rounds + 1):
                our_ms = ours.cost_ms("/v1/images/generations", scenario, scenario.requests)
                costs.append((our_ms, bare.cost_ms(scenario.path, scenario, scenario.requests)))
            our_median, bare_median = (statistics.median(column) for column in zip(*costs[1:], strict=True))
            beside = f"ours {our_median:.2f}, bare {bare_median:.2f}"
            rows.append(
                Row(
                    f"{scenario.claim}: CPU above bare",
                    our_median - bare_median,
                    "ms",
                    scenario.limit_ms,
                    beside,
                )
            )
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds")
    parser.add_argument("--serve", choices=tuple(SERVERS), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.serve:
        serve(arguments.serve)
    else:
        report(measure(3 if arguments.quick else 9))


if __name__ == "__main__":
    main()
