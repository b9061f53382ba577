"""Claim: `limner serve` answers /readyz within 1.5 s, and its process then holds under 150 MB.

The time runs from the start of the command to the first 200. The workers' memory stands beside it.
Linux only: memory is read from /proc.
"""

from __future__ import annotations

import argparse
import http.client
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from _gates import Row, report, resident_mb

READY_LIMIT_S = 1.5
RESIDENT_LIMIT_MB = 150
GIVE_UP_S = 30


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def is_ready(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def children_of(pid: int) -> list[int]:
    """The processes that any thread of this one has started."""
    found: list[int] = []
    for listing in Path(f"/proc/{pid}/task").glob("*/children"):
        found += map(int, listing.read_text(encoding="ascii").split())
    return found


def start_once(engine: str, folder: Path) -> tuple[float, float, list[float]]:
    """Seconds to ready, the server's resident MB then, and those of its workers."""
    port = free_port()
    environment = {**os.environ, "LIMNER_DATA_DIR": str(folder / "data"), "LIMNER_API_KEY": "lim-bench"}
    command = [sys.executable, "-m", "limner", "serve", "--port", str(port), "--engine", engine]
    began = time.perf_counter()
    with subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.PIPE) as process:
        try:
            while not is_ready(port):
                if process.poll() is not None or time.perf_counter() - began > GIVE_UP_S:
                    said = process.stderr.read() if process.poll() is not None and process.stderr else b""
                    raise SystemExit(f"the server did not become ready\n{said.decode()}")
                time.sleep(0.005)
            ready_s = time.perf_counter() - began
            workers_mb = [resident_mb(child) for child in children_of(process.pid)]
            return ready_s, resident_mb(process.pid), workers_mb
        finally:
            process.terminate()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="three starts instead of five")
    parser.add_argument("--engine", default="sketch", help="the engine that starts with it")
    arguments = parser.parse_args()
    starts = []
    for _ in range(3 if arguments.quick else 5):
        with tempfile.TemporaryDirectory(prefix="limner-bench-") as folder:
            starts.append(start_once(arguments.engine, Path(folder)))
    ready_s = sorted(start[0] for start in starts)
    workers = ", ".join(f"{size:.0f}" for size in starts[-1][2])
    report(
        [
            Row(
                "limner serve to /readyz, median",
                statistics.median(ready_s),
                "s",
                READY_LIMIT_S,
                f"{len(starts)} starts, {ready_s[0]:.2f} to {ready_s[-1]:.2f}",
            ),
            Row(
                "resident memory of the server",
                max(start[1] for start in starts),
                "MB",
                RESIDENT_LIMIT_MB,
                f"its child processes: {workers} MB",
            ),
        ]
    )


if __name__ == "__main__":
    main()
