"""A real `limner serve` that is told to stop: what runs ends, what waits is put back, nobody new comes in."""

from __future__ import annotations

import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

MODEL = "doubao-seedream-4-0-250828"
PATH = "/v1/images/generations"
JOBS = "/v1/images/jobs"
BODY = {"model": MODEL, "prompt": "a cat", "size": "1280x720", "watermark": False}
KEY = "shutdown-key"
ASYNC = {"Prefer": "respond-async"}
BOUND_S = 30.0


@dataclass
class Served:
    """A server process and a client of it."""

    process: subprocess.Popen[str]
    client: httpx.Client

    def until(self, condition: Callable[[], bool]) -> None:
        """Return when it is so; an error after BOUND_S."""
        deadline = time.monotonic() + BOUND_S
        while not condition():
            assert time.monotonic() < deadline, "it is never so"
            time.sleep(0.01)

    def status(self, path: str) -> int:
        try:
            return self.client.get(path).status_code
        except httpx.TransportError:
            return 0

    def state(self, job_id: str) -> str:
        state: str = self.client.get(f"{JOBS}/{job_id}").json()["state"]
        return state

    def start_job(self, delay_s: float, **fields: Any) -> str:
        headers = ASYNC | {"X-Limner-Fake": f"delay_s={delay_s}"}
        job_id: str = self.client.post(PATH, json=BODY | fields, headers=headers).json()["id"]
        return job_id

    def stop(self) -> str:
        """Wait for its end: what it said."""
        assert self.process.stderr is not None
        said = self.process.stderr.read()
        self.process.wait(BOUND_S)
        return said


@contextmanager
def served(data_dir: Path, **settings: Any) -> Iterator[Served]:
    """`limner serve` with the fake engine, one job at a time, ready to answer."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    flags = {
        "engine": "fake",
        "fake-script": "true",
        "worker-processes": "0",
        "max-concurrent": "fake=1",
        "port": port,
        "data-dir": data_dir,
    } | settings
    command = [sys.executable, "-m", "limner", "serve"]
    command += [text for name, value in flags.items() for text in (f"--{name}", str(value))]
    environment = {"LIMNER_API_KEY": KEY, "PATH": ""}
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment)
    headers = {"Authorization": f"Bearer {KEY}"}
    url = f"http://127.0.0.1:{port}"
    try:
        with httpx.Client(base_url=url, headers=headers, trust_env=False, timeout=BOUND_S) as client:
            server = Served(process, client)
            server.until(lambda: server.status("/readyz") == 200)
            yield server
    finally:
        process.kill()
        process.wait()
        if process.stderr is not None:
            process.stderr.close()


@pytest.fixture
def in_background() -> Iterator[Callable[..., Future[httpx.Response]]]:
    with ThreadPoolExecutor(4) as threads:
        yield threads.submit


def test_a_server_that_is_told_to_stop_ends_what_runs_and_puts_back_what_waits(
    tmp_path: Path, in_background: Callable[..., Future[httpx.Response]]
) -> None:
    with served(tmp_path) as server:
        scripted = {"X-Limner-Fake": "delay_s=1.5", "Idempotency-Key": "runs"}
        running = in_background(server.client.post, PATH, json=BODY, headers=scripted)
        server.until(lambda: len(server.client.get(JOBS).json()["data"]) == 1)
        waiting = server.start_job(0, prompt="a dog")
        assert server.state(waiting) == "queued"
        server.process.send_signal(signal.SIGTERM)
        server.until(lambda: server.status("/readyz") == 503)
        assert server.status("/healthz") == 200
        refused = server.client.post(PATH, json=BODY)
        error = refused.json()["error"]
        assert (refused.status_code, error["code"]) == (503, "ServiceUnavailable")
        assert int(refused.headers["retry-after"]) >= 1
        answer = running.result()
        assert (answer.status_code, len(answer.json()["data"])) == (200, 1)
        said = server.stop()
        assert (server.process.returncode, "Traceback" in said) == (0, False)
    with served(tmp_path) as server:
        server.until(lambda: server.state(waiting) == "done")
        [row] = server.client.get("/v1/usage", params={"by": ""}).json()["data"]
        assert (row["requests"], row["pictures"]) == (2, 2)
        again = server.client.post(PATH, json=BODY, headers=scripted)
        assert again.headers["x-limner-job-id"] == answer.headers["x-limner-job-id"]


def test_what_does_not_end_in_time_is_put_back_or_told_to_come_again(
    tmp_path: Path, in_background: Callable[..., Future[httpx.Response]]
) -> None:
    with served(tmp_path, **{"shutdown-grace-s": 1, "max-concurrent": "fake=2"}) as server:
        kept = server.start_job(600)
        server.until(lambda: server.state(kept) == "running")
        slow = {"X-Limner-Fake": "delay_s=600"}
        plain = in_background(server.client.post, PATH, json=BODY, headers=slow)
        server.until(lambda: len(server.client.get(JOBS).json()["data"]) == 2)
        server.process.send_signal(signal.SIGTERM)
        answer = plain.result()
        assert (answer.status_code, answer.json()["error"]["code"]) == (503, "ServiceUnavailable")
        assert "Traceback" not in server.stop()
        assert server.process.returncode == 0
    rows = ledger(tmp_path, "SELECT id, state, server FROM jobs")
    assert {(state, by) for job_id, state, by in rows if job_id == kept} == {("queued", None)}
    assert {state for job_id, state, _ in rows if job_id != kept} == {"cancelled"}


def test_a_reader_of_events_is_let_go_without_an_end_and_goes_on_later(tmp_path: Path) -> None:
    with served(tmp_path, **{"shutdown-grace-s": 0}) as server:
        job_id = server.start_job(2)
        server.until(lambda: server.state(job_id) == "running")
        with server.client.stream("GET", f"{JOBS}/{job_id}/events") as stream:
            lines = stream.iter_lines()
            assert any(line == "event: job.started" for line in lines)
            server.process.send_signal(signal.SIGTERM)
            assert not [line for line in lines if line.startswith("event: ")]
        assert "Traceback" not in server.stop()
    with served(tmp_path) as server:
        text = server.client.get(f"{JOBS}/{job_id}/events", headers={"Last-Event-ID": "0.3"}).text
        assert "event: job.picture\n" in text and "event: job.done\n" in text


def test_a_second_signal_stops_at_once(tmp_path: Path) -> None:
    with served(tmp_path) as server:
        job_id = server.start_job(600)
        server.until(lambda: server.state(job_id) == "running")
        server.process.send_signal(signal.SIGTERM)
        server.until(lambda: server.status("/readyz") == 503)
        server.process.send_signal(signal.SIGTERM)
        server.stop()
        assert server.process.returncode is not None
    assert ledger(tmp_path, "SELECT state, server FROM jobs") == [("queued", None)]


def test_a_stop_without_jobs_takes_no_grace(tmp_path: Path) -> None:
    with served(tmp_path, **{"shutdown-grace-s": 600}) as server:
        server.process.send_signal(signal.SIGTERM)
        assert "Traceback" not in server.stop()
        assert server.process.returncode == 0


def ledger(data_dir: Path, sql: str) -> list[tuple[Any, ...]]:
    """Rows, read beside any server."""
    connection = sqlite3.connect(data_dir / "limner.db")
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()
