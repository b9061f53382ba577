"""GET /v1/usage: a key sees its own bill, and nobody else's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import httpx
import pytest

from limner.testing import RunningServer, running_server

V4 = {"model": "doubao-seedream-4-0-250828", "prompt": "a fox", "size": "1024x1024"}
V3 = {"model": "doubao-seedream-3-0-t2i-250415", "prompt": "a fox", "size": "512x512"}


def test_a_bill_is_for_what_was_delivered_and_names_what_was_not(
    connect: Callable[[RunningServer], httpx.Client],
) -> None:
    with running_server() as server:
        client = connect(server)
        for body in (V4, V3, V3):
            assert client.post("/v1/images/generations", json=body).status_code == 200
        refused = client.post("/v1/images/generations", json=V4 | {"size": "1x1"})
        failed = client.post("/v1/images/generations", json=V4, headers={"X-Limner-Fake": "fail=1"})
        rows = client.get("/v1/usage").json()["data"]
        today = f"{datetime.now(UTC):%Y-%m-%d}"
        by_day = client.get("/v1/usage", params={"by": "day,model", "since": today, "until": today}).json()
        whole = client.get("/v1/usage", params={"by": ""}).json()["data"]
    assert (refused.status_code, failed.status_code) == (400, 500)
    v3, v4 = rows
    assert (v3["model"], v3["requests"], v3["pictures"], v3["megapixels"]) == (V3["model"], 2, 2, 0.524288)
    assert (v4["model"], v4["pictures"], v4["tokens"]) == (V4["model"], 1, 4096)
    assert (v4["requests"], v4["refused"], v4["failed"]) == (3, 1, 1)
    assert v4["bytes"] > 0
    assert [row["day"] for row in by_day["data"]] == [today, today]
    assert by_day["until"] - by_day["since"] == 86400
    assert [(row["pictures"], "model" in row) for row in whole] == [(3, False)]


def test_nobody_sees_another_key_s_bill(client: httpx.Client) -> None:
    answer = client.get("/v1/usage", params={"by": "key"})
    assert (answer.status_code, answer.json()["error"]["param"]) == (400, "by")


def test_without_a_key_there_is_no_bill(server: RunningServer) -> None:
    answer = httpx.get(f"{server.base_url}/v1/usage", trust_env=False)
    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("params", "param"),
    [({"by": "colour"}, "by"), ({"since": "May"}, "since"), ({"until": "2026-02-30"}, "until")],
)
def test_what_is_no_bill_is_refused(client: httpx.Client, params: dict[str, str], param: str) -> None:
    answer = client.get("/v1/usage", params=params)
    assert (answer.status_code, answer.json()["error"]["param"]) == (400, param)
