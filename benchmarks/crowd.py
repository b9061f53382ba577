"""Claim: 500 clients send 20,000 requests; none is lost, none is doubled, none waits longer than its place in
the queue says, and the server's memory stays flat.

The server, with a fake engine that takes ENGINE_S a picture, and the clients are processes of their own. Each
request is held against 2 x ENGINE_S + (jobs ahead of it when it was admitted) x ENGINE_S / slots: the row is
the 99th percentile of what it took beyond that. Clients come one by one, each sends its next request when
it has its answer. Afterwards the ledger and the storage are counted.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from _gates import Row, report, resident_mb
from PIL import Image

ENGINE_S = 0.2
SLOTS = 20
API_KEY = "lim-bench-key"
BODY = {
    "model": "doubao-seedream-4-0-250828",
    "prompt": "a cat",
    "size": "1024x1024",
    "watermark": False,
}
ARRIVE_EVERY_S = 0.01
MEMORY_LIMIT_PERCENT = 10
WARM_SHARE = 0.1
"""Of the requests, before memory is first looked at."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One request: the job that answered it, and the seconds that the client waited."""

    job_id: str
    took_s: float


def serve(folder: Path) -> None:
    """The server's process: it prints its port, and at its end the jobs that each job had ahead of it."""
    from limner.api.server import make_server, port_of
    from limner.assembly import make_service
    from limner.config import load_settings
    from limner.engines.fake import FakeEngine, Script
    from limner.jobs.runs import Run
    from limner.types import Encoded

    file = io.BytesIO()
    Image.fromarray(np.full((1024, 1024, 3), 128, np.uint8)).save(file, "JPEG")
    ready = Encoded(file.getvalue(), "image/jpeg", 1024, 1024)
    engine = FakeEngine(Script(delay_s=ENGINE_S), encoded=ready, max_in_flight=SLOTS)
    values = {"port": 0, "api_key": API_KEY, "data_dir": folder, "engine": "fake", "queue_limit": 1000}
    service = make_service(load_settings({**values, "worker_processes": 0}, env={}), engines={"fake": engine})
    ahead: dict[str, int] = {}
    start = service.start

    def noting(run: Run) -> None:
        ahead[run.job.id] = run.place.ahead_at_admission
        start(run)

    service.start = noting  # type: ignore[method-assign]
    server = make_server(service)

    async def main() -> None:
        serving = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.01)
        print(port_of(server), flush=True)
        await serving

    # uvicorn raises the signal again when it is through, which would end this process.
    signal.signal(signal.SIGTERM, lambda *_: None)
    asyncio.run(main())
    (folder / "ahead.json").write_text(json.dumps(ahead), encoding="ascii")


async def ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> Answered:
    """One request on a kept connection."""
    began = time.perf_counter()
    writer.write(request)
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    fields = dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if line)
    await reader.readexactly(int(fields["content-length"]))
    if " 200 " not in head.split("\r\n", 1)[0]:
        raise SystemExit(f"a request failed: {head}")
    return Answered(fields["x-limner-job-id"], time.perf_counter() - began)


async def client(number: int, port: int, left: list[int], answers: list[Answered]) -> None:
    await asyncio.sleep(number * ARRIVE_EVERY_S)
    body = json.dumps(BODY).encode()
    head = f"POST /v1/images/generations HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {API_KEY}\r\n"
    request = f"{head}Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while left[0] > 0:
        left[0] -= 1
        answers.append(await ask(reader, writer, request))
    writer.close()


async def load(port: int, pid: int, clients: int, requests: int) -> tuple[list[Answered], list[float]]:
    """What the clients were answered, and the server's resident MB once it was warm, every second."""
    left, answers, memory = [requests], list[Answered](), list[float]()

    async def watch() -> None:
        while True:
            if len(answers) > WARM_SHARE * requests:
                memory.append(resident_mb(pid))
            await asyncio.sleep(1)

    watching = asyncio.create_task(watch())
    await asyncio.gather(*(client(number, port, left, answers) for number in range(clients)))
    watching.cancel()
    return answers, memory


def lost_or_doubled(folder: Path, answers: list[Answered]) -> int:
    """How far answers, rows and files are from being the same set."""
    answered = {answer.job_id for answer in answers}
    with sqlite3.connect(folder / "limner.db") as database:
        done = {row[0] for row in database.execute("select id from jobs where state = 'done'")}
        billed = [row[0] for row in database.execute("select job_id from pictures where outcome = 'stored'")]
    files = {path.name.split("_")[0] for path in (folder / "pictures").glob("*/*.jpeg")}
    wrong = [answered ^ done, answered ^ set(billed), answered ^ files]
    return sum(map(len, wrong)) + len(billed) - len(set(billed)) + len(answers) - len(answered)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="100 clients and 2,000 requests")
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.serve:
        serve(arguments.serve)
        return
    clients, requests = (100, 2_000) if arguments.quick else (500, 20_000)
    with tempfile.TemporaryDirectory(prefix="limner-bench-") as name:
        folder = Path(name)
        command = [sys.executable, __file__, "--serve", name]
        with subprocess.Popen(command, stdout=subprocess.PIPE, env=os.environ.copy()) as server:
            assert server.stdout is not None
            try:
                port = int(server.stdout.readline())
                began = time.perf_counter()
                answers, memory = asyncio.run(load(port, server.pid, clients, requests))
                took_s = time.perf_counter() - began
            finally:
                server.terminate()
                server.wait(60)
        ahead = json.loads((folder / "ahead.json").read_text(encoding="ascii"))
        wrong = lost_or_doubled(folder, answers)
    allowed = {job_id: 2 * ENGINE_S + count * ENGINE_S / SLOTS for job_id, count in ahead.items()}
    late_s = sorted(answer.took_s - allowed[answer.job_id] for answer in answers)
    grown = 100 * (memory[-1] / memory[0] - 1)
    rate = f"{len(answers)} requests, {len(answers) / took_s:.0f}/s of {SLOTS / ENGINE_S:.0f}/s"
    report(
        [
            Row("requests lost or doubled", wrong, "", 0, rate),
            Row("beyond what the queue allows, p99", 1000 * late_s[int(0.99 * len(late_s))], "ms", 0),
            Row("memory at the end over warm", grown, "%", MEMORY_LIMIT_PERCENT, f"{memory[-1]:.0f} MB"),
        ]
    )


if __name__ == "__main__":
    main()
