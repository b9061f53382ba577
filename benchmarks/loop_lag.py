"""Claim: with 8 requests admitted and every core rendering, the event loop's p99 lag stays under 20 ms.

The lag is how much later than asked a task on the server's own loop wakes from a sleep of 2 ms; the
samples that a late loop could not take are counted too. The same load with threads in place of worker
processes stands beside it, without a limit.
"""

from __future__ import annotations

import argparse
import asyncio
import http.client
import json
import os
import statistics
import time
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import suppress

from _gates import Row, report

from limner.testing import RunningServer, running_server

LIMIT_MS = 20.0
REQUESTS = 8
SAMPLE_EVERY_S = 0.002
PROMPTS = ("a red boat on a lake at dawn", "a cat in a forest at night", "a city street at noon, ink style")


async def sample_lag(lags_ms: list[float]) -> None:
    """Append one lag after another until cancelled."""
    while True:
        asked = time.perf_counter()
        await asyncio.sleep(SAMPLE_EVERY_S)
        lags_ms.append((time.perf_counter() - asked - SAMPLE_EVERY_S) * 1000)


def generate(server: RunningServer, number: int) -> None:
    """One picture of 2048x2048; anything but 200 ends the benchmark."""
    host = server.base_url.removeprefix("http://")
    connection = http.client.HTTPConnection(host, timeout=300)
    body = json.dumps(
        {
            "model": "doubao-seedream-4-0-250828",
            "prompt": PROMPTS[number % len(PROMPTS)],
            "size": "2048x2048",
            "seed": number,
        }
    )
    headers = {"Authorization": f"Bearer {server.api_key}", "Content-Type": "application/json"}
    connection.request("POST", "/v1/images/generations", body, headers)
    response = connection.getresponse()
    content = response.read()
    connection.close()
    if response.status != 200:
        raise SystemExit(f"answered {response.status}: {content[:300]!r}")


def lags_under_load(engine: str, worker_processes: int, rounds: int) -> tuple[list[float], float]:
    """The lags in ms while the server works, and the seconds that one round took."""
    lags_ms: list[float] = []
    with running_server(engine=engine, worker_processes=worker_processes, log_level="warning") as server:
        generate(server, 0)
        sampler = asyncio.run_coroutine_threadsafe(sample_lag(lags_ms), server.loop)
        began = time.perf_counter()
        with ThreadPoolExecutor(REQUESTS) as clients:
            for _ in range(rounds):
                list(clients.map(lambda number: generate(server, number), range(REQUESTS)))
        took_s = time.perf_counter() - began
        sampler.cancel()
        with suppress(CancelledError):
            sampler.result(timeout=5)
    return lags_ms, took_s / rounds


def with_missed_samples(lags_ms: list[float]) -> list[float]:
    """The lags, and those of the samples that could not be taken while the loop was late."""
    step_ms = SAMPLE_EVERY_S * 1000
    return [lag - step_ms * missed for lag in lags_ms for missed in range(1 + max(0, int(lag / step_ms)))]


def row(claim: str, lags_ms: list[float], round_s: float, limit_ms: float | None) -> Row:
    lags_ms = with_missed_samples(lags_ms)
    p99 = statistics.quantiles(lags_ms, n=100)[98]
    beside = (
        f"p50 {statistics.median(lags_ms):.2f}, max {max(lags_ms):.1f}, {len(lags_ms)} samples, "
        f"{REQUESTS} pictures in {round_s:.1f} s"
    )
    return Row(claim, p99, "ms", limit_ms, beside)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one round instead of three")
    parser.add_argument("--engine", default="sketch")
    arguments = parser.parse_args()
    rounds, cores = 1 if arguments.quick else 3, os.cpu_count() or 1
    processes = lags_under_load(arguments.engine, cores, rounds)
    threads = lags_under_load(arguments.engine, 0, rounds)
    report(
        [
            row(f"loop lag p99, {cores} worker processes", *processes, LIMIT_MS),
            row("loop lag p99, threads instead", *threads, None),
        ]
    )


if __name__ == "__main__":
    main()
