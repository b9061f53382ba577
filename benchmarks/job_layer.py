"""Claim: being a job of the ledger costs a request at most 1 ms.

Both sides make the same picture with the same fake engine, which yields a ready file, and put the same file
durably into the same folder. Ours goes through the service: checks, queue, job, log, three durable rows;
the peer calls the engine and the storage and nothing else. They take turns, one request each; medians. Both
run on uvloop, as the server does.
"""

from __future__ import annotations

import argparse
import io
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from pathlib import Path

import numpy as np
import uvloop
from _gates import Row, report
from PIL import Image

from limner.assembly import make_service, running
from limner.catalog import load_catalog
from limner.checks import check
from limner.config import load_settings
from limner.engines.fake import FakeEngine
from limner.jobs.job import new_request_id
from limner.keys import Key
from limner.service import Service
from limner.types import Ask, Encoded, Picture

LIMIT_MS = 1.0
MODEL = "doubao-seedream-4-0-250828"
ASK = Ask(model=MODEL, prompt="a cat", size="1024x1024", watermark=False)


def small_jpeg() -> Encoded:
    file = io.BytesIO()
    Image.fromarray(np.full((1024, 1024, 3), 128, np.uint8)).save(file, "JPEG")
    return Encoded(file.getvalue(), "image/jpeg", 1024, 1024)


async def as_a_job(service: Service, key: Key) -> None:
    job = await service.submit(ASK, key)
    await job.wait()
    assert job.usage.generated_images == 1, job.events


async def bare(service: Service, engine: FakeEngine) -> None:
    """What has to be done for the picture itself."""
    request = check(ASK, load_catalog().find(MODEL), service.settings, new_request_id(time.time()))
    async with aclosing(engine.generate(request, ())) as events:
        async for event in events:
            if isinstance(event, Picture):
                assert isinstance(event.image, Encoded)
                await service.storage.put(f"{request.id}_0.jpeg", event.image.data, "image/jpeg")


async def timed_ms(work: Callable[[], Awaitable[None]]) -> float:
    began = time.perf_counter()
    await work()
    return (time.perf_counter() - began) * 1000


async def measure(folder: Path, rounds: int) -> tuple[float, float]:
    """Median ms of a job and of the bare way."""
    engine = FakeEngine(encoded=small_jpeg())
    values = {"data_dir": folder, "engine": "fake", "worker_processes": 0, "api_key": "lim-bench"}
    service = make_service(load_settings(values, env={}), engines={"fake": engine})
    jobs: list[float] = []
    alone: list[float] = []
    async with running(service):
        key = Key("bench")
        for _ in range(rounds):
            jobs.append(await timed_ms(lambda: as_a_job(service, key)))
            alone.append(await timed_ms(lambda: bare(service, engine)))
    skipped = rounds // 10
    return statistics.median(jobs[skipped:]), statistics.median(alone[skipped:])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="200 requests instead of 1000")
    rounds = 200 if parser.parse_args().quick else 1000
    with tempfile.TemporaryDirectory(prefix="limner-bench-") as folder:
        job_ms, bare_ms = uvloop.run(measure(Path(folder), rounds))
    beside = f"job {job_ms:.2f} ms, engine and storage alone {bare_ms:.2f} ms"
    report([Row("what being a job adds, p50", job_ms - bare_ms, "ms", LIMIT_MS, beside)])


if __name__ == "__main__":
    main()
