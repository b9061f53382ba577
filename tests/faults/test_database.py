"""The database goes while the server works, and comes back: nothing is lost, nothing is billed twice."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING

import httpx
import pytest

if TYPE_CHECKING:
    from tests.faults.conftest import Postgres, Served

A_FEW_SECONDS = 8.0
ASYNC = {"Prefer": "respond-async"}


def require_unavailable(response: httpx.Response) -> None:
    error = response.json()["error"]
    assert (response.status_code, error["code"]) == (503, "ServiceUnavailable")
    assert error["message"].endswith(response.headers["X-Request-Id"])
    assert int(response.headers["Retry-After"]) >= 1


def status(served: Served, path: str) -> int:
    return httpx.get(served.url + path, trust_env=False).status_code


@pytest.fixture
def served(serve: Callable[..., Served], postgres: Postgres) -> Served:
    served = serve(database_url=postgres.url)
    served.start()
    return served


def test_without_its_database_a_server_says_so_within_seconds_and_recovers_by_itself(
    served: Served, postgres: Postgres, until: Callable[..., object]
) -> None:
    assert served.ask().status_code == 200
    postgres.stop()
    for headers in ({}, {"Idempotency-Key": "one"}, ASYNC):
        began = time.monotonic()
        require_unavailable(served.ask(headers))
        assert time.monotonic() - began < A_FEW_SECONDS
    require_unavailable(served.ask(stream=True))
    until(lambda: status(served, "/readyz") == 503, "not ready")
    assert status(served, "/healthz") == 200
    postgres.start()
    until(lambda: status(served, "/readyz") == 200, "ready again")
    answers = [served.ask({"Idempotency-Key": "one"}) for _ in range(2)]
    assert len({answer.headers["X-Limner-Job-Id"] for answer in answers}) == 1
    assert [answer.status_code for answer in answers] == [200, 200]
    assert served.billed() == 2


def test_a_job_that_was_at_work_when_the_database_went_and_came_back_ends_as_if_nothing_had_been(
    served: Served, postgres: Postgres
) -> None:
    job_id = served.ask(ASYNC | {"X-Limner-Fake": "delay_s=3"}).json()["id"]
    postgres.stop()
    postgres.start()
    job = served.ended_job(job_id)
    assert (job["state"], [each["seed"] for each in job["result"]["data"]]) == ("done", [7])
    assert served.billed() == postgres.count("pictures") == 1


def test_a_job_whose_end_came_while_the_database_was_gone_is_done_once_it_is_back(
    served: Served, postgres: Postgres, until: Callable[..., object]
) -> None:
    job_id = served.ask(ASYNC | {"X-Limner-Fake": "delay_s=0.5"}).json()["id"]
    postgres.stop()
    until(lambda: "cannot be written" in served.log.read_text(), "a write that failed")
    until(lambda: " failed " in served.log.read_text(), "a job that ended in vain")
    postgres.start()
    job = served.ended_job(job_id)
    assert (job["state"], [each["seed"] for each in job["result"]["data"]]) == ("done", [7])
    assert served.billed() == postgres.count("pictures") == postgres.count("jobs", "state = 'done'") == 1


def test_a_picture_that_was_made_when_the_database_went_away_for_a_moment_is_delivered(
    served: Served,
    postgres: Postgres,
    until: Callable[..., object],
    in_background: Callable[..., Future[httpx.Response]],
) -> None:
    asking = in_background(served.ask, {"X-Limner-Fake": "delay_s=1"})
    until(lambda: postgres.count("jobs") == 1, "a job")
    postgres.stop()
    until(lambda: "cannot be written" in served.log.read_text(), "a write that failed")
    postgres.start()
    assert asking.result().status_code == 200
    assert served.billed() == 1


def test_a_server_whose_database_is_gone_stops_in_order(served: Served, postgres: Postgres) -> None:
    postgres.stop()
    served.stop()
    assert "Traceback" not in served.log.read_text()
    postgres.start()
