"""Claim: 64 clients at once get 4K pictures as b64_json; the server and its workers stay under 2.5 GB, and no
request fails.

The server is `limner serve` with the illustrator; the clients are threads of this process that read an answer
slowly, in small pieces, and keep none of it. Memory is the sum of the resident memory of the server and its
workers, looked at ten times a second; pages that they share count in each.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from _gates import Row, report, resident_mb
from start import children_of, free_port, is_ready

MEMORY_LIMIT_MB = 2500
CLIENTS = 64
PIECE_BYTES = 1 << 16
API_KEY = "lim-bench"
BODY = {
    "model": "doubao-seedream-4-0-250828",
    "size": "4096x4096",
    "response_format": "b64_json",
}
PROMPTS = ("a red fox beside a lake", "a city at night", "three cats under a pine", "a harbour at dawn")


def ask(port: int, number: int) -> int:
    """Bytes of one answer. Raises RuntimeError for anything but a whole one."""
    body = json.dumps({**BODY, "prompt": PROMPTS[number % len(PROMPTS)], "seed": number})
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    headers = {"Authorization": f"Bearer {API_KEY}", "Content-Type": "application/json"}
    connection.request("POST", "/v1/images/generations", body, headers)
    answer = connection.getresponse()
    total = 0
    while piece := answer.read(PIECE_BYTES):
        total += len(piece)
    connection.close()
    if answer.status != 200 or total != int(answer.headers["content-length"]):
        raise RuntimeError(f"{answer.status}, {total} bytes")
    return total


class Watch(threading.Thread):
    """The most memory that a process and its children held together."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid = pid
        self.most_mb = 0.0
        self.done = threading.Event()

    def run(self) -> None:
        while not self.done.wait(0.1):
            now = sum(resident_mb(each) for each in (self.pid, *children_of(self.pid)))
            self.most_mb = max(self.most_mb, now)


def measure(folder: Path) -> tuple[float, float, list[int | Exception]]:
    """Peak MB, seconds, and of each request its bytes or its error."""
    port = free_port()
    environment = {**os.environ, "LIMNER_DATA_DIR": str(folder / "data"), "LIMNER_API_KEY": API_KEY}
    command = [sys.executable, "-m", "limner", "serve", "--port", str(port), "--log-level", "warning"]
    with subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.DEVNULL) as server:
        try:
            while not is_ready(port):
                time.sleep(0.05)
            watch = Watch(server.pid)
            watch.start()
            began = time.perf_counter()
            with ThreadPoolExecutor(CLIENTS) as clients:
                asked = [clients.submit(ask, port, number) for number in range(CLIENTS)]
            took_s = time.perf_counter() - began
            watch.done.set()
            return watch.most_mb, took_s, [each.exception() or each.result() for each in asked]  # type: ignore[misc]
        finally:
            server.terminate()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="the same: it takes half a minute")
    parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="limner-bench-") as name:
        peak_mb, took_s, outcomes = measure(Path(name))
    failed = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    sent_mb = sum(outcome for outcome in outcomes if not isinstance(outcome, Exception)) / 1e6
    beside = f"{sent_mb:.0f} MB of answers in {took_s:.0f} s"
    report(
        [
            Row("memory at its peak, server and workers", peak_mb, "MB", MEMORY_LIMIT_MB, beside),
            Row("requests that failed", len(failed), "", 0, str(failed[0]) if failed else ""),
        ]
    )


if __name__ == "__main__":
    main()
