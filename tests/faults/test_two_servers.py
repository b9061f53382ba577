"""Two servers on one PostgreSQL and one store: what a killed one left, the other does; twins are one job."""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import TYPE_CHECKING

import httpx
import pytest

if TYPE_CHECKING:
    from tests.faults.conftest import Postgres, Served

ASYNC = {"Prefer": "respond-async"}
UNFINISHED = "state IN ('queued', 'running')"
QUICK = {"limner.recovery.DEAD_AFTER_S": 2.0, "limner.recovery.BEAT_EVERY": 1}
"""A test has not the half minute after which a server is taken for dead."""


@pytest.fixture
def pair(serve: Callable[..., Served], postgres: Postgres) -> tuple[Served, Served]:
    """Two servers that share everything but their data_dir, of which the folder of pictures is shared."""
    common = {"database_url": postgres.url, "signing_key": "shared", "queue_limit": 1000}
    one, two = (serve(name, constants=QUICK, **common) for name in ("one", "two"))
    one.start()
    two.data_dir.mkdir(mode=0o700)
    (two.data_dir / "pictures").symlink_to(one.data_dir / "pictures")
    two.start()
    return one, two


def test_jobs_of_a_server_that_was_killed_are_done_by_the_other_once(
    pair: tuple[Served, Served],
    postgres: Postgres,
    until: Callable[..., object],
    in_background: Callable[..., Future[httpx.Response]],
    reference: str,
) -> None:
    one, two = pair
    delays = [random.Random(7).uniform(0, 3) for _ in range(24)]
    accepted = [
        in_background(
            (one, two)[seed % 2].ask,
            ASYNC | {"X-Limner-Fake": f"delay_s={delay_s:.2f}"},
            seed=seed,
            **({"image": reference} if seed % 3 else {}),
        )
        for seed, delay_s in enumerate(delays)
    ]
    ids = [each.result().json()["id"] for each in accepted]
    plain = in_background(one.ask, {"X-Limner-Fake": "delay_s=30"})
    until(lambda: postgres.count("jobs") == len(ids) + 1, "the plain one's row")
    one.kill()
    with suppress(httpx.TransportError):
        plain.result()
    for seed, job_id in enumerate(ids):
        job = two.ended_job(job_id)
        assert (job["state"], [each["seed"] for each in job["result"]["data"]]) == ("done", [seed])
    until(lambda: postgres.count("jobs", UNFINISHED) == 0, "the end of the plain one")
    assert postgres.count("jobs", "state = 'cancelled'") == 1
    assert two.billed() == postgres.count("pictures") == len(ids)
    assert {f"{job_id}_0.jpeg" for job_id in ids} <= two.files().keys()


def test_twins_sent_to_both_servers_make_one_job(
    pair: tuple[Served, Served], postgres: Postgres, in_background: Callable[..., Future[httpx.Response]]
) -> None:
    for number in range(4):
        headers = {"Idempotency-Key": f"twins-{number}", "X-Limner-Fake": "delay_s=0.2"}
        twins = [in_background(pair[turn % 2].ask, headers) for turn in range(8)]
        answers = [twin.result() for twin in twins]
        assert {answer.status_code for answer in answers} == {200}
        assert len({answer.headers["X-Limner-Job-Id"] for answer in answers}) == 1
    assert pair[0].billed() == postgres.count("pictures") == postgres.count("jobs") == 4


@pytest.mark.slow
def test_twins_of_a_job_that_a_killed_server_left_are_one_job_at_the_other(
    pair: tuple[Served, Served],
    postgres: Postgres,
    until: Callable[..., object],
    in_background: Callable[..., Future[httpx.Response]],
) -> None:
    one, two = pair
    headers = {"Idempotency-Key": "left", "X-Limner-Fake": "delay_s=1"}
    first = in_background(one.ask, headers)
    until(lambda: postgres.count("jobs") == 1, "a job")
    one.kill()
    with suppress(httpx.TransportError):
        first.result()
    early = two.ask(headers)
    assert early.status_code in (200, 503)
    late = [in_background(two.ask, headers) for _ in range(4)]
    answers = [each.result() for each in late]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.headers["X-Limner-Job-Id"] for answer in answers}) == 1
    assert two.billed() == postgres.count("jobs") == postgres.count("pictures") == 1


@pytest.mark.slow
def test_servers_whose_clocks_differ_leave_each_other_s_jobs_alone(
    serve: Callable[..., Served], postgres: Postgres
) -> None:
    common = {"database_url": postgres.url, "signing_key": "shared"}
    one = serve("one", constants=QUICK, **common)
    behind = serve("behind", constants=QUICK, **common)
    behind.set_clock(-3600)
    one.start()
    behind.data_dir.mkdir(mode=0o700)
    (behind.data_dir / "pictures").symlink_to(one.data_dir / "pictures")
    behind.start()
    ids = [server.ask(ASYNC | {"X-Limner-Fake": "delay_s=3"}).json()["id"] for server in (one, behind)]
    assert [server.ended_job(job_id)["state"] for server, job_id in zip((one, behind), ids, strict=True)] == [
        "done"
    ] * 2
    assert not any("goes on" in server.log.read_text() for server in (one, behind))
