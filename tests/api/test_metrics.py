"""/metrics as Prometheus reads it: with the admin key, or on a port of its own."""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from limner.api.metrics import MAX_HEAD_BYTES, metrics_port
from limner.errors import ConfigError
from limner.metrics import LaneFacts, Metrics
from limner.testing import RunningServer, running_server

ADMIN = {"Authorization": "Bearer lim-admin"}
MODEL = "doubao-seedream-4-0-250828"
BODY = {"model": MODEL, "prompt": "a cat", "size": "1K", "watermark": False}


def samples(page: str) -> dict[str, float]:
    """Every line of a page: name with labels, and value."""
    lines = [line.rpartition(" ") for line in page.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in lines}


@pytest.fixture(scope="module")
def watched() -> Iterator[RunningServer]:
    with running_server(admin_key="lim-admin", aliases={"our-model": MODEL}) as server:
        yield server


def read(server: RunningServer) -> dict[str, float]:
    answer = httpx.get(f"{server.base_url}/metrics", headers=ADMIN, trust_env=False)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    return samples(answer.text)


def make(server: RunningServer, **fields: object) -> httpx.Response:
    headers = {"Authorization": f"Bearer {server.api_key}"}
    url = f"{server.base_url}/v1/images/generations"
    return httpx.post(url, json=BODY | fields, headers=headers, trust_env=False)


def test_what_was_delivered_is_counted_under_the_card_whatever_name_was_asked_for(
    watched: RunningServer,
) -> None:
    before = read(watched)
    answers = [make(watched), make(watched, model="our-model")]
    assert [answer.status_code for answer in answers] == [200, 200]
    after = read(watched)
    for name, outcome in (("requests", "done"), ("pictures", "stored")):
        line = f'limner_{name}_total{{engine="fake",model="{MODEL}",outcome="{outcome}"}}'
        assert after[line] - before.get(line, 0) == 2
    size = sum(len(httpx.get(each.json()["data"][0]["url"], trust_env=False).content) for each in answers)
    stored = "limner_stored_bytes_total"
    assert after[stored] - before[stored] == size


def test_a_refusal_is_counted_by_its_code_and_not_by_what_the_client_typed(watched: RunningServer) -> None:
    assert make(watched, size="7x7").status_code == 400
    assert make(watched, model="no-such-model").status_code == 404
    page = read(watched)
    assert page['limner_refusals_total{code="InvalidParameter"}'] >= 1
    assert page['limner_refusals_total{code="InvalidEndpointOrModel.NotFound"}'] >= 1
    assert not any("no-such-model" in line for line in page)


def test_every_stage_of_a_request_is_timed(watched: RunningServer) -> None:
    assert make(watched).status_code == 200
    words = "authorise resolve check admit fetch generate finish store record answer"
    timed = re.findall(r'limner_stage_seconds_count\{stage="(\w+)"\}', "\n".join(read(watched)))
    assert sorted(timed) == sorted(words.split())


def test_engines_and_queues_are_there_before_the_first_request(watched: RunningServer) -> None:
    page = read(watched)
    assert page['limner_engine_ready{engine="fake"}'] == 1
    assert page['limner_queue_depth{engine="fake"}'] == 0


@pytest.mark.parametrize(
    ("authorization", "status"), [(None, 401), ("Bearer lim-test-key", 403), ("Bearer wrong", 401)]
)
def test_the_admin_key_alone_opens_the_metrics(
    watched: RunningServer, authorization: str | None, status: int
) -> None:
    headers = {"Authorization": authorization} if authorization else {}
    answer = httpx.get(f"{watched.base_url}/metrics", headers=headers, trust_env=False)
    assert answer.status_code == status
    assert "limner_" not in answer.text


def test_without_an_admin_key_the_metrics_are_closed(client: httpx.Client) -> None:
    answer = client.get("/metrics")
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "AccessDenied")


def test_the_metrics_may_have_a_port_of_their_own() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with running_server(metrics_port=port):
        answer = httpx.get(f"http://127.0.0.1:{port}/metrics", trust_env=False)
        assert 'limner_engine_ready{engine="fake"} 1.0' in answer.text
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"http://127.0.0.1:{port}/metrics", trust_env=False)


def some_metrics() -> Metrics:
    return Metrics(lambda: [LaneFacts("sketch", True, 3, 1, 2.5)])


@pytest.fixture
async def port() -> AsyncIterator[int]:
    async with metrics_port(some_metrics(), "127.0.0.1", 0) as port:
        yield port


async def answer_to(port: int, text: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(text)
    try:
        return await reader.read()
    finally:
        writer.close()


async def test_the_port_answers_a_get_as_a_web_server_does(port: int) -> None:
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
        answers = [await client.get("/metrics"), await client.get("/metrics?a=b")]
        head = await client.head("/metrics")
    assert samples(answers[0].text)['limner_queue_depth{engine="sketch"}'] == 3
    assert [answer.headers["content-type"] for answer in (*answers, head)] == [
        "text/plain; version=0.0.4; charset=utf-8"
    ] * 3
    assert (head.status_code, head.content) == (200, b"")


@pytest.mark.parametrize(
    ("line", "status"), [(b"GET / HTTP/1.1", b"404"), (b"POST /metrics HTTP/1.1", b"405"), (b"\xff", b"404")]
)
async def test_the_port_answers_nothing_else(port: int, line: bytes, status: bytes) -> None:
    answer = await answer_to(port, line + b"\r\nhost: a\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 " + status)
    assert b"limner_" not in answer


async def test_a_head_that_is_too_long_is_not_read_to_its_end(port: int) -> None:
    assert await answer_to(port, b"GET /metrics HTTP/1.1\r\na: ".ljust(2 * MAX_HEAD_BYTES, b"a")) == b""
    assert (await answer_to(port, b"GET /metrics HTTP/1.1\r\n\r\n")).startswith(b"HTTP/1.1 200")


async def test_a_client_that_hangs_up_disturbs_no_other(port: int) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET /met")
    writer.close()
    assert (await answer_to(port, b"GET /metrics HTTP/1.1\r\n\r\n")).startswith(b"HTTP/1.1 200")


async def test_a_port_that_is_taken_stops_the_start() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        with pytest.raises(ConfigError, match=f"metrics_port {taken}"):
            async with metrics_port(some_metrics(), "127.0.0.1", taken):
                pass
