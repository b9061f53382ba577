"""The clock is set back by an hour: told times never fall, nothing is doubled, nobody is shut out."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import httpx
import pytest

if TYPE_CHECKING:
    from tests.faults.conftest import Served

HOUR_S = 3600.0
ADMIN = {"Authorization": "Bearer the-admin-key"}
ASYNC = {"Prefer": "respond-async"}
FOUR = {
    "prompt": "4 cats",
    "sequential_image_generation": "auto",
    "sequential_image_generation_options": {"max_images": 4},
}


@pytest.fixture
def served(serve: Callable[..., Served]) -> Served:
    served = serve(admin_key="the-admin-key")
    served.start()
    return served


def test_times_in_a_stream_do_not_fall(serve: Callable[..., Served]) -> None:
    served = serve(engine="sketch", worker_processes=1)
    served.start()
    created = []
    body = {"model": "doubao-seedream-4-0-250828", "size": "2048x2048", "stream": True, **FOUR}
    with served.client() as client, client.stream("POST", "/v1/images/generations", json=body) as response:
        for line in response.iter_lines():
            if line.startswith("data: {"):
                created.append(json.loads(line[6:])["created"])
                served.set_clock(-HOUR_S)
    assert len(created) == 5 and created == sorted(created)
    assert created[-1] - created[0] < HOUR_S
    (job,) = served.rows("SELECT * FROM jobs")
    times = served.rows("SELECT at FROM pictures ORDER BY number")
    assert job["created_at"] <= times[0]["at"] <= times[-1]["at"] <= job["ended_at"]


def test_repeated_requests_keep_their_answer_and_new_ones_get_theirs(served: Served) -> None:
    before = served.ask({"Idempotency-Key": "one"})
    served.set_clock(-HOUR_S)
    after = served.ask({"Idempotency-Key": "one"})
    assert after.headers["X-Limner-Job-Id"] == before.headers["X-Limner-Job-Id"]
    assert after.json()["created"] == before.json()["created"]
    assert served.ask({"Idempotency-Key": "one"}, prompt="a dog").status_code == 409
    fresh = [served.ask({"Idempotency-Key": "two"}) for _ in range(2)]
    assert [answer.status_code for answer in fresh] == [200, 200]
    assert len({answer.headers["X-Limner-Job-Id"] for answer in (before, *fresh)}) == 2
    assert served.billed() == 2


def test_jobs_and_links_live_on_and_so_they_do_after_a_crash(served: Served, reference: str) -> None:
    url = served.ask().json()["data"][0]["url"]
    asked = [
        served.ask(ASYNC | {"X-Limner-Fake": "delay_s=1"}, seed=seed, image=reference) for seed in range(3)
    ]
    served.set_clock(-HOUR_S)
    asked.append(served.ask(ASYNC, seed=3))
    served.kill()
    served.start()
    for seed, answer in enumerate(asked):
        job = served.ended_job(answer.json()["id"])
        assert (job["state"], [each["seed"] for each in job["result"]["data"]]) == ("done", [seed])
    assert httpx.get(url, trust_env=False).status_code == 200
    assert served.billed() == len(served.files()) == 5


def test_a_key_s_minute_is_over_after_a_minute(served: Served) -> None:
    with served.client() as client:
        made = client.post("/admin/keys", json={"name": "slow", "images_per_minute": 2}, headers=ADMIN)
    key = {"Authorization": f"Bearer {made.json()['key']}"}
    assert [served.ask(key).status_code for _ in range(3)] == [200, 200, 429]
    served.set_clock(-HOUR_S)
    refused = served.ask(key)
    assert refused.status_code in (200, 429)
    assert int(refused.headers.get("Retry-After", 0)) <= 60
    served.set_clock(0)
    assert int(served.ask(key).headers.get("Retry-After", 0)) <= 60
