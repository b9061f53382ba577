"""The contract through the real `volcenginesdkarkruntime` package, which sends null for what is unset."""

from __future__ import annotations

import base64
from typing import Any

import httpx
from volcenginesdkarkruntime import Ark
from volcenginesdkarkruntime._exceptions import (
    ArkAPIStatusError,
    ArkAuthenticationError,
    ArkBadRequestError,
    ArkNotFoundError,
)
from volcenginesdkarkruntime.types.images import (
    ContentGenerationTool,
    OptimizePromptOptions,
    SequentialImageGenerationOptions,
)

from limner.conformance import wire
from limner.conformance.case import Area
from limner.conformance.pictures import Seen, look, reference
from limner.conformance.target import Target

area = Area("ark_sdk")

ONE_K = "1280x720"
DEFAULT_SIZES = (("3.0", "1024x1024"), ("4.0", "2048x2048"), ("4.5", "2048x2048"), ("5.0", "2048x2048"))
SERIES: dict[str, Any] = {
    "sequential_image_generation": "auto",
    "sequential_image_generation_options": SequentialImageGenerationOptions(max_images=3),
    "size": ONE_K,
}


def client(target: Target, api_key: str | None = None) -> Any:
    """A client that does not retry, so that an error is seen as it came."""
    key = target.api_key if api_key is None else api_key
    http_client = httpx.Client(
        timeout=target.timeout_s, follow_redirects=True, event_hooks=wire.hooks(target)
    )
    return Ark(
        base_url=target.base_url,
        api_key=key,
        max_retries=0,
        timeout=target.timeout_s,
        http_client=http_client,
    )


@area.rows("the shortest call makes one picture with {0}, every other field null", "6.20", DEFAULT_SIZES)
def shortest(target: Target, family: str, size: str) -> None:
    answer = _generate(target, family)
    _same(_fetched(target, answer.data[0].url).size, size)
    _same(answer.model, target.model(family))
    _same(answer.usage.generated_images, 1)
    width, height = map(int, size.split("x"))
    _same(answer.usage.output_tokens, width * height // 256)
    if not isinstance(answer.created, int):
        raise AssertionError(f"created is an integer, got {answer.created!r}")


@area.case("a picture as base64", "6.16")
def base64_json(target: Target) -> None:
    answer = _generate(target, "4.0", size=ONE_K, response_format="b64_json", watermark=False)
    seen = look(base64.b64decode(answer.data[0].b64_json, validate=True))
    _same(seen.size, answer.data[0].size)


@area.case("SeedEdit edits a picture", "6.7")
def seededit(target: Target) -> None:
    fields = {"size": "adaptive", "seed": 21, "guidance_scale": 5.5, "watermark": True}
    answer = _generate(target, "seededit", image=reference(1280, 720), **fields)
    _same(_fetched(target, answer.data[0].url).size, "1312x736")
    _same(answer.usage.output_tokens, 3772)


@area.case("an edit of one picture, of a list of one, and a fusion of two", "6.10", pictures=3)
def edits(target: Target) -> None:
    for image in (reference(), [reference()], [reference(), reference(colour="maroon")]):
        answer = _generate(target, "4.0", image=image, size=ONE_K)
        _same(_fetched(target, answer.data[0].url).size, ONE_K)


@area.case("a series", "6.11", pictures=3)
def series(target: Target) -> None:
    answer = _generate(target, "4.0", prompt="3 pictures of a fox", **SERIES)
    _same(answer.usage.generated_images, len(answer.data))
    _same({_fetched(target, image.url).size for image in answer.data}, {ONE_K})


@area.case("a stream of one picture and of a series", "3.2", pictures=4)
def stream(target: Target) -> None:
    for fields in ({"size": ONE_K}, SERIES):
        *parts, last = list(_generate(target, "4.0", prompt="3 pictures of a fox", stream=True, **fields))
        _same({part.type for part in parts}, {"image_generation.partial_succeeded"})
        _same([part.image_index for part in parts], list(range(len(parts))))
        _same({_fetched(target, part.url).size for part in parts}, {ONE_K})
        _same(last.type, "image_generation.completed")
        _same(_plain(last.usage)["generated_images"], len(parts))


@area.case("a series from two references streams", "6.14", pictures=3)
def fused_stream(target: Target) -> None:
    image = [reference(), reference(colour="maroon")]
    *parts, last = list(_generate(target, "4.0", image=image, stream=True, **SERIES))
    _same(_plain(last.usage)["generated_images"], len(parts))


@area.case("prompt options and tools go as the SDK's own types", "6.17", pictures=2)
def options(target: Target) -> None:
    _generate(target, "4.0", size=ONE_K, optimize_prompt_options=OptimizePromptOptions(mode="fast"))
    answer = _generate(target, "5.0", tools=[ContentGenerationTool(type="web_search")])
    _same(answer.usage.tool_usage.web_search, 0)


@area.case(
    "errors raise the SDK's classes with code, param and the request id in the message", "4", pictures=0
)
def errors(target: Target) -> None:
    bad_size = _raised(target, ArkBadRequestError, model=target.model("4.0"), size="1x1")
    _same((bad_size.code, bad_size.param), ("InvalidParameter", "size"))
    streamed = _raised(target, ArkBadRequestError, model=target.model("4.0"), size="1x1", stream=True)
    _same((streamed.code, streamed.param), ("InvalidParameter", "size"))
    unknown = _raised(target, ArkNotFoundError, model="no-such-model")
    _same(unknown.code, "InvalidEndpointOrModel.NotFound")
    for error in (bad_size, streamed, unknown):
        request_id = error.response.headers["x-request-id"]
        if request_id not in str(error.message):
            raise AssertionError(f"the message names the request id {request_id}: {error}")


@area.case("a wrong key raises ArkAuthenticationError", "4", pictures=0)
def wrong_key(target: Target) -> None:
    error = _raised(target, ArkAuthenticationError, api_key="wrong", model=target.model("4.0"))
    _same(error.code, "AuthenticationError")


def _generate(target: Target, family: str, **fields: Any) -> Any:
    with client(target) as api:
        answer = api.images.generate(**{"model": target.model(family), "prompt": "a red fox", **fields})
        return list(answer) if fields.get("stream") else answer


def _raised(
    target: Target, kind: type[ArkAPIStatusError], *, api_key: str | None = None, **fields: Any
) -> Any:
    with client(target, api_key) as api:
        try:
            answer = api.images.generate(prompt="a fox", **fields)
        except kind as error:
            return error
    raise AssertionError(f"{fields} did not raise {kind.__name__} but answered {answer}")


def _fetched(target: Target, url: str) -> Seen:
    return look(wire.get(target, url).content)


def _plain(usage: Any) -> dict[str, Any]:
    return usage if isinstance(usage, dict) else dict(usage.model_dump())


def _same(got: object, expected: object) -> None:
    if got != expected:
        raise AssertionError(f"expected {expected!r}, got {got!r}")
