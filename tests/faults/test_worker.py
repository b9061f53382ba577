"""A worker process is killed in the middle of a picture: the picture is made once more, and billed once."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from tests.faults.conftest import Served

ASYNC = {"Prefer": "respond-async"}


def test_a_picture_whose_worker_was_killed_is_delivered_and_billed_once(
    serve: Callable[..., Served], until: Callable[..., object]
) -> None:
    served = serve(engine="sketch", worker_processes=1)
    served.start()
    untouched = served.ask(size="2048x2048")
    job_id = served.ask(ASYNC, size="2048x2048").json()["id"]
    until(lambda: served.job(job_id)["state"] == "running", "the picture to be drawn")
    (worker,) = served.workers()
    os.kill(worker, signal.SIGKILL)
    again = served.ended_job(job_id)
    assert again["state"] == "done" and f"worker {worker} died" in served.log.read_text()
    pictures = [read(served, data["data"][0]["url"]) for data in (untouched.json(), again["result"])]
    assert pictures[0] == pictures[1]
    assert served.ask(size="2048x2048").status_code == 200
    assert served.billed() == 3 == len(served.files())


def read(served: Served, url: str) -> bytes:
    return httpx.get(url, trust_env=False).content
