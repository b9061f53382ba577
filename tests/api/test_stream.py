"""Streams: what comes when, and in which form an error comes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from limner.api.context import Links
from limner.api.stream import KEEP_ALIVE, Stream
from limner.assembly import make_service, running
from limner.config import load_settings
from limner.conformance.expect import assert_error
from limner.engines.fake import FakeEngine, Script
from limner.errors import InvalidParameter
from limner.jobs.job import Job
from limner.keys import Key
from limner.service import Service
from limner.testing import API_KEY, DEFAULTS, running_server
from limner.types import Ask

MODEL = "doubao-seedream-4-0-250828"
PATH = "/v1/images/generations"
KEY = Key("tester")
ASK = Ask(model=MODEL, prompt="two pictures", size="1K", series="auto", stream=True, watermark=False)


@pytest.fixture
async def gated(tmp_path: object) -> AsyncIterator[tuple[Service, asyncio.Event]]:
    """A service whose engine makes nothing until the gate opens."""
    gate = asyncio.Event()
    settings = load_settings({**DEFAULTS, "data_dir": tmp_path}, env={})
    async with running(make_service(settings, engines={"fake": FakeEngine(gate=gate)})) as service:
        yield service, gate


def _stream(service: Service, job: Job, first_s: float = 60, then_s: float = 60) -> Stream:
    return Stream(service, job, Links(service, "http://x"), first_s=first_s, then_s=then_s)


async def test_comments_keep_a_slow_stream_alive(gated: tuple[Service, asyncio.Event]) -> None:
    service, gate = gated
    stream = _stream(service, await service.submit(ASK, KEY), first_s=0.01, then_s=0.01)
    frames = stream.frames(await stream.begin())
    assert [await anext(frames), await anext(frames)] == [KEEP_ALIVE, KEEP_ALIVE]
    gate.set()
    rest = [frame async for frame in frames if frame != KEEP_ALIVE]
    assert [frame.split(b"\n")[0] for frame in rest] == [
        b"event: image_generation.partial_succeeded",
        b"event: image_generation.partial_succeeded",
        b"event: image_generation.completed",
        b"data: [DONE]",
    ]


async def test_nothing_is_sent_before_the_references_are_fetched(
    gated: tuple[Service, asyncio.Event],
) -> None:
    service, _ = gated
    job = await service.submit(Ask(model=MODEL, prompt="x", images=("ftp://x",), stream=True), KEY)
    with pytest.raises(InvalidParameter):
        await _stream(service, job, first_s=0, then_s=0).begin()


async def test_an_error_after_the_headers_is_an_error_event(tmp_path: object) -> None:
    gate = asyncio.Event()
    engine = FakeEngine(Script(overloaded=True), gate=gate)
    settings = load_settings({**DEFAULTS, "data_dir": tmp_path}, env={})
    async with running(make_service(settings, engines={"fake": engine})) as service:
        job = await service.submit(ASK, KEY)
        stream = _stream(service, job)
        frames = [frame async for frame in stream.frames(None)]
    assert frames[0] == KEEP_ALIVE
    event, data = frames[1].decode().split("\n")[:2]
    assert event == "event: error"
    error = json.loads(data.removeprefix("data: "))["error"]
    assert error["code"] == "ServerOverloaded"
    assert error["message"].endswith(f"Request id: {job.id}")


def test_a_bad_request_is_plain_json_although_a_stream_was_asked_for() -> None:
    with running_server() as server:
        body = {"model": MODEL, "prompt": "x", "size": "1x1", "stream": True}
        headers = {"Authorization": f"Bearer {API_KEY}"}
        answer = httpx.post(server.base_url + PATH, json=body, headers=headers, trust_env=False)
    assert_error(answer, 400, "InvalidParameter", "size")


def test_a_replay_whose_picture_is_lost_ends_in_an_error_event(tmp_path: Path) -> None:
    body = {"model": MODEL, "prompt": "x", "size": "1280x720", "stream": True, "response_format": "b64_json"}
    body |= {
        "sequential_image_generation": "auto",
        "sequential_image_generation_options": {"max_images": 2},
    }
    with running_server(data_dir=tmp_path) as server:
        headers = {"Authorization": f"Bearer {API_KEY}", "Idempotency-Key": "once"}
        url = server.base_url + PATH
        first = httpx.post(url, json=body, headers=headers, trust_env=False)
        assert first.text.count("partial_succeeded\n") == 2
        next((tmp_path / "pictures").rglob("*_1.jpeg")).unlink()
        again = httpx.post(url, json=body, headers=headers, trust_env=False)
    events = [line for line in again.text.split("\n") if line.startswith("event: ")]
    assert events == ["event: image_generation.partial_succeeded", "event: error"]
    assert '"code":"PictureGone"' in again.text
