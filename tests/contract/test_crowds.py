"""Many clients at once: each gets its own answer, through the async clients of both SDKs too."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import openai
from volcenginesdkarkruntime import AsyncArk

from limner.conformance import wire
from limner.conformance.answers import one_picture
from limner.conformance.pictures import look
from limner.conformance.target import Target
from limner.conformance.wire import generate

SIZES = ("1280x720", "720x1280", "1024x1024", "1600x600") * 4


def test_every_client_of_a_crowd_gets_its_own_picture(target: Target) -> None:
    def ask(size: str) -> httpx.Response:
        return generate(target, "4.0", size=size)

    with ThreadPoolExecutor(max_workers=len(SIZES)) as pool:
        answers = list(pool.map(ask, SIZES))
    assert [one_picture(target, answer, "4.0").size for answer in answers] == list(SIZES)
    assert len({answer.headers["x-request-id"] for answer in answers}) == len(SIZES)


def test_the_async_openai_client_gets_plain_and_streamed_pictures(target: Target) -> None:
    async def ask() -> list[str]:
        async with openai.AsyncOpenAI(base_url=target.base_url, api_key=target.api_key, max_retries=0) as api:
            common: dict[str, Any] = {"model": target.model("4.0"), "prompt": "a fox"}
            plain: Any = await api.images.generate(**common, extra_body={"size": SIZES[0]})
            events: Any = await api.images.generate(**common, stream=True, extra_body={"size": SIZES[0]})
            urls = [event.url async for event in events if event.type.endswith("succeeded")]
            return [plain.data[0].url, *urls]

    urls = asyncio.run(ask())
    assert [look(wire.get(target, url).content).size for url in urls] == [SIZES[0]] * 2


def test_the_async_ark_client_gets_plain_and_streamed_pictures(target: Target) -> None:
    async def ask() -> list[str]:
        async with AsyncArk(base_url=target.base_url, api_key=target.api_key, max_retries=0) as api:
            common: dict[str, Any] = {"model": target.model("4.0"), "prompt": "a fox", "size": SIZES[0]}
            plain = await api.images.generate(**common)
            events = await api.images.generate(**common, stream=True)
            urls = [event.url async for event in events if event.type.endswith("succeeded")]
            return [plain.data[0].url, *urls]

    urls = asyncio.run(ask())
    assert [look(wire.get(target, url).content).size for url in urls] == [SIZES[0]] * 2
