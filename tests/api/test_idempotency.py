"""Idempotency-Key over HTTP: a retry gets the first answer and pays nothing."""

from __future__ import annotations

import asyncio
import base64
import json
import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import cv2
import httpx
import numpy as np
import pytest

from limner.conformance.expect import assert_error
from limner.engines.fake import FakeEngine
from limner.errors import InternalError, ServerOverloaded
from limner.testing import RunningServer, running_server
from limner.types import Picture

Connect = Callable[[RunningServer], httpx.Client]
Held = tuple[RunningServer, FakeEngine, Callable[[], None]]
Hold = Callable[..., AbstractContextManager[Held]]
Served = Callable[[RunningServer, FakeEngine, int], None]
Billed = Callable[[RunningServer], tuple[int, int]]
MODEL = "doubao-seedream-4-0-250828"
PATH = "/v1/images/generations"
EDITS = "/v1/images/edits"
JOBS = "/v1/images/jobs"
BODY = {"model": MODEL, "prompt": "a cat", "size": "1280x720", "watermark": False}
SERIES = BODY | {
    "sequential_image_generation": "auto",
    "sequential_image_generation_options": {"max_images": 3},
}
KEYED = {"Idempotency-Key": "a-key"}
FORM = {"model": MODEL, "prompt": "a cat", "size": "1280x720", "watermark": "false"}


@pytest.fixture
def fresh() -> Any:
    """A server of its own, with nothing on the bill."""
    with running_server(seed_default="random") as server:
        yield server


@pytest.fixture
def client(fresh: RunningServer, connect: Connect) -> httpx.Client:
    return connect(fresh)


def unsigned(text: str) -> str:
    """The same with the queries of links cut off."""
    return re.sub(r"(/files/[0-9a-z_.]+)\?[^\"]*", r"\1", text)


def picture(shade: int) -> bytes:
    return cv2.imencode(".png", np.full((64, 64, 3), shade, np.uint8))[1].tobytes()


@pytest.mark.parametrize("delivery", ["url", "b64_json"])
def test_the_same_again_is_the_first_answer_and_costs_nothing(
    client: httpx.Client, fresh: RunningServer, billed: Billed, delivery: str
) -> None:
    """Seeds are random here: nothing but the first answer looks like the first answer."""
    body = SERIES | {"response_format": delivery}
    first, second = (client.post(PATH, json=body, headers=KEYED) for _ in range(2))
    assert (first.status_code, second.status_code) == (200, 200)
    assert unsigned(first.text) == unsigned(second.text)
    assert first.headers["x-limner-job-id"] == second.headers["x-limner-job-id"]
    assert first.headers["x-request-id"] != second.headers["x-request-id"]
    assert billed(fresh) == (1, 3)


def test_without_a_key_the_same_again_is_another_job(
    client: httpx.Client, fresh: RunningServer, billed: Billed
) -> None:
    ids = {client.post(PATH, json=BODY).headers["x-limner-job-id"] for _ in range(2)}
    assert (len(ids), billed(fresh)) == (2, (2, 2))


def test_a_stream_is_replayed_whole(client: httpx.Client, fresh: RunningServer, billed: Billed) -> None:
    body = SERIES | {"stream": True}
    first, second = (
        client.post(PATH, json=body, headers=KEYED | {"X-Limner-Fake": "refuse=2"}) for _ in range(2)
    )
    assert first.headers["content-type"] == second.headers["content-type"]
    assert unsigned(first.text) == unsigned(second.text)
    assert first.text.count("event: ") == 4 and first.text.endswith("data: [DONE]\n\n")
    assert billed(fresh) == (1, 2)


def test_a_twin_waits_for_a_job_that_still_runs(
    connect: Connect, hold: Hold, until_served: Served, billed: Billed
) -> None:
    with hold(in_steps=True) as (server, engine, go), ThreadPoolExecutor(2) as pool:
        client = connect(server)
        body = SERIES | {"stream": True}
        answers = [pool.submit(client.post, PATH, json=body, headers=KEYED)]
        until_served(server, engine, 1)
        go()
        answers.append(pool.submit(client.post, PATH, json=body, headers=KEYED))

        async def both_wait() -> None:
            [job] = server.service.jobs.values()
            while job._readers < 2:
                await asyncio.sleep(0.001)

        server.call(both_wait())
        go()
        go()
        first, second = (unsigned(answer.result(20).text) for answer in answers)
        assert first == second
        assert first.count("partial_succeeded\n") == 3
        assert billed(server) == (1, 3)


def test_twenty_twins_at_once_make_one_job_and_one_bill(
    connect: Connect, fresh: RunningServer, billed: Billed
) -> None:
    client = connect(fresh)
    with ThreadPoolExecutor(20) as pool:
        asked = [pool.submit(client.post, PATH, json=BODY, headers=KEYED) for _ in range(20)]
        answers = [each.result(30) for each in asked]
    assert {answer.status_code for answer in answers} == {200}
    assert len({unsigned(answer.text) for answer in answers}) == 1
    assert len({answer.headers["x-limner-job-id"] for answer in answers}) == 1
    assert billed(fresh) == (1, 1)


def test_another_body_with_the_same_key_is_a_conflict(
    client: httpx.Client, fresh: RunningServer, billed: Billed
) -> None:
    assert client.post(PATH, json=BODY, headers=KEYED).status_code == 200
    for other in (BODY | {"prompt": "a dog"}, BODY | {"seed": 1}, BODY | {"made_up": 1}, SERIES):
        answer = client.post(PATH, json=other, headers=KEYED)
        error = answer.json()["error"]
        assert (answer.status_code, error["code"], error["type"]) == (409, "IdempotencyConflict", "Conflict")
    assert client.post(PATH, json=BODY, headers=KEYED).status_code == 200
    assert billed(fresh) == (1, 1)


def test_the_order_and_spacing_of_the_json_do_not_matter(client: httpx.Client) -> None:
    texts = (json.dumps(BODY), json.dumps(dict(reversed(BODY.items())), indent=3))
    headers = KEYED | {"Content-Type": "application/json"}
    ids = {client.post(PATH, content=text, headers=headers).headers["x-limner-job-id"] for text in texts}
    assert len(ids) == 1


@pytest.mark.parametrize("field", ["image", "image[]"])
def test_a_form_is_the_same_whatever_its_boundary(
    client: httpx.Client, fresh: RunningServer, billed: Billed, field: str
) -> None:
    ids = set()
    for boundary in ("one", "another"):
        headers = KEYED | {"Content-Type": f"multipart/form-data; boundary={boundary}"}
        files = {field: ("x.png", picture(10), "image/png")}
        answer = client.post(EDITS, data=FORM, files=files, headers=headers)
        assert answer.status_code == 200, answer.text
        ids.add(answer.headers["x-limner-job-id"])
    assert (len(ids), billed(fresh)) == (1, (1, 1))
    other = client.post(EDITS, data=FORM, files={field: ("x.png", picture(11), "image/png")}, headers=KEYED)
    assert other.status_code == 409


def test_a_reference_is_part_of_the_body(client: httpx.Client) -> None:

    def ask(shade: int) -> httpx.Response:
        uri = "data:image/png;base64," + base64.b64encode(picture(shade)).decode()
        return client.post(PATH, json=BODY | {"image": uri}, headers=KEYED)

    assert [ask(shade).status_code for shade in (1, 1, 2)] == [200, 200, 409]


def test_the_same_idempotency_key_of_another_api_key_is_another_matter(
    client: httpx.Client, fresh: RunningServer, stranger: Connect, billed: Billed
) -> None:
    with stranger(fresh) as other:
        answers = [
            each.post(PATH, json=body, headers=KEYED) for each, body in ((client, BODY), (other, SERIES))
        ]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert billed(fresh) == (2, 4)


def test_what_was_refused_at_once_does_not_bind(
    client: httpx.Client, fresh: RunningServer, billed: Billed
) -> None:
    for _ in range(2):
        assert client.post(PATH, json=BODY | {"size": "1x1"}, headers=KEYED).status_code == 400
    assert client.post(PATH, json=BODY, headers=KEYED).status_code == 200
    assert billed(fresh) == (3, 1)


def test_a_full_queue_does_not_bind(connect: Connect, hold: Hold, until_served: Served) -> None:
    with hold(max_in_flight=1, queue_limit=0) as (server, engine, go):
        client = connect(server)
        client.post(PATH, json=BODY, headers={"Prefer": "respond-async"})
        until_served(server, engine, 1)
        refused = client.post(PATH, json=BODY, headers=KEYED)
        assert_error(refused, 429, "ServerOverloaded")
        assert int(refused.headers["retry-after"]) >= 1
        go()

        async def empty() -> None:
            while server.service.jobs:
                await asyncio.sleep(0.001)

        server.call(empty())
        assert client.post(PATH, json=BODY, headers=KEYED).status_code == 200


def test_a_picture_that_a_policy_refused_stays_refused(
    client: httpx.Client, fresh: RunningServer, billed: Billed
) -> None:
    headers = KEYED | {"X-Limner-Fake": "refuse=1"}
    first, second = (client.post(PATH, json=BODY, headers=headers) for _ in range(2))
    assert_error(first, 400, "OutputImageSensitiveContentDetected")
    assert_error(second, 400, "OutputImageSensitiveContentDetected")
    assert billed(fresh) == (1, 0)


class Failing(FakeEngine):
    """Makes one picture and breaks down, as often as it is told to."""

    def __init__(self, error: Exception, times: int, pictures: int = 1) -> None:
        super().__init__()
        self.error = error
        self.left = times
        self.pictures = pictures

    async def generate(self, request: Any, references: Any) -> Any:
        left_pictures = self.pictures
        async for event in super().generate(request, references):
            if isinstance(event, Picture) and self.left:
                if not left_pictures:
                    self.left -= 1
                    raise self.error
                left_pictures -= 1
            yield event


@pytest.mark.parametrize("error", [InternalError(), ServerOverloaded(), ZeroDivisionError()])
def test_a_job_that_failed_runs_again_under_its_id_and_keeps_what_it_had_delivered(
    connect: Connect, billed: Billed, error: Exception
) -> None:
    engine = Failing(error, times=2)
    with running_server(engines={"fake": engine}) as server:
        client = connect(server)
        answers = [client.post(PATH, json=SERIES, headers=KEYED) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [getattr(error, "status", 500)] * 2 + [200]
        assert answers[2].headers["x-limner-job-id"] == answers[0].headers["x-request-id"]
        assert len(answers[2].json()["data"]) == 3
        assert billed(server) == (1, 3)
        assert engine.requests[0].indexes == (0, 1, 2)
        assert len(engine.requests[-1].indexes) < 3
        assert len({request.seed for request in engine.requests}) == 1
        again = client.post(PATH, json=SERIES, headers=KEYED)
        assert unsigned(again.text) == unsigned(answers[2].text)


def test_a_job_whose_only_picture_failed_runs_again(
    client: httpx.Client, fresh: RunningServer, billed: Billed
) -> None:
    broken = client.post(PATH, json=BODY, headers=KEYED | {"X-Limner-Fake": "fail=1"})
    assert_error(broken, 500, "InternalServiceError")
    again = client.post(PATH, json=BODY, headers=KEYED | {"X-Limner-Fake": "fail=1"})
    assert again.status_code == 500
    [request_id] = {client.get(JOBS).json()["data"][0]["id"]}
    assert request_id == broken.headers["x-request-id"]
    assert billed(fresh) == (1, 0)


def test_a_series_that_was_broken_off_stays_as_it_was_answered(client: httpx.Client) -> None:
    headers = KEYED | {"X-Limner-Fake": "fail=2"}
    first, second = (client.post(PATH, json=SERIES, headers=headers) for _ in range(2))
    assert (first.status_code, unsigned(first.text)) == (200, unsigned(second.text))


def test_a_cancelled_job_runs_again_when_it_is_asked_for_again(
    connect: Connect, hold: Hold, billed: Billed
) -> None:
    with hold(in_steps=True) as (server, engine, go):
        client = connect(server)
        headers = KEYED | {"Prefer": "respond-async"}
        job_id = client.post(PATH, json=SERIES, headers=headers).json()["id"]
        go()
        with client.stream("GET", f"{JOBS}/{job_id}/events") as stream:
            assert any("job.picture" in line for line in stream.iter_lines())
        [kept] = client.get(f"/v1/images/{job_id}").json()["data"]
        client.delete(f"{JOBS}/{job_id}")
        for _ in range(2):
            go()
        again = client.post(PATH, json=SERIES, headers=KEYED)
        assert (again.status_code, again.headers["x-limner-job-id"]) == (200, job_id)
        urls = [each["url"] for each in again.json()["data"]]
        assert unsigned(f'"{urls[0]}"') == unsigned(f'"{kept["url"]}"')
        assert len(urls) == 3
        assert engine.requests[-1].indexes == (1, 2)
        assert billed(server) == (1, 3)


def test_the_first_answer_outlives_the_server(connect: Connect, tmp_path: Path, billed: Billed) -> None:
    """One plain answer, one in base64, one stream; random seeds, so that none could be made again."""
    bodies = (BODY, BODY | {"response_format": "b64_json"}, SERIES | {"stream": True})
    texts = []
    for _ in range(2):
        with running_server(data_dir=tmp_path, seed_default="random") as server:
            client = connect(server)
            answers = [
                client.post(PATH, json=body, headers={"Idempotency-Key": f"key-{number}"})
                for number, body in enumerate(bodies)
            ]
            texts.append([re.sub(r"127.0.0.1:\d+", "HOST", unsigned(answer.text)) for answer in answers])
            assert billed(server) == (3, 5)
    assert texts[0] == texts[1]


def test_after_a_day_a_key_is_free_again(connect: Connect, billed: Billed) -> None:
    now = [time.time()]
    with running_server(clock=lambda: now[0]) as server:
        client = connect(server)
        ids = []
        for later_s in (0, 86_400, 1):
            now[0] += later_s
            ids.append(client.post(PATH, json=BODY, headers=KEYED).headers["x-limner-job-id"])
        assert ids[0] == ids[1] != ids[2]
        assert client.post(PATH, json=BODY, headers=KEYED).headers["x-limner-job-id"] == ids[2]
        assert billed(server) == (2, 2)


def test_a_clock_that_is_set_back_makes_no_second_job(connect: Connect, billed: Billed) -> None:
    now = [time.time()]
    with running_server(clock=lambda: now[0]) as server:
        client = connect(server)
        first = client.post(PATH, json=BODY, headers=KEYED)
        now[0] -= 7200
        second = client.post(PATH, json=BODY, headers=KEYED)
        assert unsigned(first.text) == unsigned(second.text)
        assert billed(server) == (1, 1)


def test_a_retry_for_pictures_that_are_deleted_says_that_they_are_gone(client: httpx.Client) -> None:
    first = client.post(PATH, json=BODY, headers=KEYED)
    client.delete(f"/v1/images/{first.headers['x-limner-job-id']}")
    again = client.post(PATH, json=BODY, headers=KEYED)
    assert (again.status_code, again.json()["error"]["code"]) == (410, "PictureGone")
