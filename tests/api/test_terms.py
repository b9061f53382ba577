"""What a client says in headers about how its job is to be run."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager

import httpx
import pytest
from fastapi import Request

from limner.api.terms import Preference, preference_of
from limner.conformance.expect import assert_error
from limner.engines.fake import FakeEngine
from limner.testing import RunningServer

Connect = Callable[[RunningServer], httpx.Client]
Held = tuple[RunningServer, FakeEngine, Callable[[], None]]
Hold = Callable[..., AbstractContextManager[Held]]
Served = Callable[[RunningServer, FakeEngine, int], None]
Billed = Callable[[RunningServer], tuple[int, int]]
MODEL = "doubao-seedream-4-0-250828"
PATH = "/v1/images/generations"
BODY = {"model": MODEL, "prompt": "a cat", "size": "1280x720", "watermark": False}
SERIES = BODY | {
    "sequential_image_generation": "auto",
    "sequential_image_generation_options": {"max_images": 3},
}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], Preference()),
        (["respond-async"], Preference(True)),
        (["Respond-Async , WAIT=10"], Preference(True, 10)),
        (['respond-async, wait="7"'], Preference(True, 7)),
        (["wait=3", "respond-async"], Preference(True, 3)),
        (["respond-async, wait=1, wait=2"], Preference(True, 1)),
        (["respond-async; foo=bar, wait = 5"], Preference(True, 5)),
        (["respond-async, wait=-1"], Preference(True)),
        (["respond-async, wait=x"], Preference(True)),
        (["respond-async, wait=1.5"], Preference(True)),
        (["respond-async, wait=99999999"], Preference(True)),
        (["return=minimal, handling=lenient"], Preference()),
        (["respond-asynchronously"], Preference()),
    ],
)
def test_a_preference_is_read_as_the_rfc_writes_it(values: list[str], expected: Preference) -> None:
    headers = [(b"prefer", value.encode()) for value in values]
    assert preference_of(Request({"type": "http", "headers": headers})) == expected


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("X-Limner-On-Disconnect", "maybe"),
        ("X-Limner-On-Disconnect", ""),
        ("X-Limner-Timeout-S", "0"),
        ("X-Limner-Timeout-S", "-1"),
        ("X-Limner-Timeout-S", "soon"),
        ("X-Limner-Timeout-S", "nan"),
        ("X-Limner-Timeout-S", "inf"),
        ("X-Limner-Timeout-S", "1e9"),
        ("X-Limner-Timeout-S", ""),
        ("Idempotency-Key", ""),
        ("Idempotency-Key", "two words"),
        ("Idempotency-Key", "x" * 256),
        ("Idempotency-Key", "schlüssel".encode("latin-1").decode("latin-1")),
    ],
)
def test_a_header_that_cannot_be_obeyed_is_refused_by_name(
    client: httpx.Client, header: str, value: str
) -> None:
    headers = [(header.encode(), value.encode("latin-1"))]
    assert_error(client.post(PATH, json=BODY, headers=headers), 400, "InvalidParameter", header)


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("X-Limner-On-Disconnect", "KEEP"),
        ("X-Limner-On-Disconnect", "cancel"),
        ("X-Limner-Timeout-S", "20.5"),
        ("X-Limner-Timeout-S", "1e8"),
        ("Idempotency-Key", "x" * 255),
        ("Idempotency-Key", "!\"#$%&'()*+,-./09:;<=>?@AZ[]^_`az{|}~"),
    ],
)
def test_a_header_at_its_limit_is_obeyed(client: httpx.Client, header: str, value: str) -> None:
    assert client.post(PATH, json=BODY, headers={header: value}).status_code == 200


@pytest.mark.parametrize("stream", [False, True])
def test_a_job_that_takes_too_long_ends_with_504_and_costs_nothing(
    connect: Connect, hold: Hold, billed: Billed, stream: bool
) -> None:
    with hold() as (server, engine, _):
        answer = connect(server).post(
            PATH, json=BODY | {"stream": stream}, headers={"X-Limner-Timeout-S": "0.2"}
        )
        error = answer.json()["error"]
        assert (answer.status_code, error["code"], error["type"]) == (
            504,
            "DeadlineExceeded",
            "GatewayTimeout",
        )
        assert engine.closed_early == 1
        assert billed(server) == (1, 0)


def test_time_in_the_queue_counts(connect: Connect, hold: Hold, until_served: Served) -> None:
    with hold(max_in_flight=1) as (server, engine, go):
        client = connect(server)
        client.post(PATH, json=BODY, headers={"Prefer": "respond-async"})
        until_served(server, engine, 1)
        answer = client.post(PATH, json=BODY, headers={"X-Limner-Timeout-S": "0.1"})
        assert answer.status_code == 504
        assert len(engine.requests) == 1
        go()


def test_a_series_that_takes_too_long_is_answered_with_what_there_is(
    connect: Connect, hold: Hold, billed: Billed
) -> None:
    with hold(in_steps=True) as (server, _, go):
        go()
        answer = connect(server).post(PATH, json=SERIES, headers={"X-Limner-Timeout-S": "1"})
        assert answer.status_code == 200
        first, second = answer.json()["data"]
        assert "url" in first
        assert second["error"]["code"] == "DeadlineExceeded"
        assert answer.json()["usage"]["generated_images"] == 1
        assert billed(server) == (1, 1)


def test_the_server_s_own_limit_holds_whatever_a_client_asks_for(connect: Connect, hold: Hold) -> None:
    with hold(timeout_max_s=1) as (server, _, _go):
        client = connect(server)
        for headers in ({}, {"X-Limner-Timeout-S": "3600"}):
            assert client.post(PATH, json=BODY, headers=headers).status_code == 504


def test_a_job_in_time_is_not_touched(connect: Connect, hold: Hold, until_served: Served) -> None:
    with hold() as (server, engine, go):

        async def then() -> None:
            while not engine.requests:
                await asyncio.sleep(0.001)
            go()

        opening = asyncio.run_coroutine_threadsafe(then(), server.loop)
        answer = connect(server).post(PATH, json=BODY, headers={"X-Limner-Timeout-S": "19"})
        opening.result(20)
        assert answer.status_code == 200
