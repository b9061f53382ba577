"""The contract through the real `openai` package, as its users write it."""

from __future__ import annotations

import base64
from typing import Any

import openai

from limner.conformance import wire
from limner.conformance.case import Area
from limner.conformance.pictures import Seen, encode, look, plain, reference
from limner.conformance.target import Target

area = Area("openai_sdk")

ONE_K = "1280x720"
SERIES = {
    "sequential_image_generation": "auto",
    "sequential_image_generation_options": {"max_images": 3},
}


def client(target: Target, api_key: str | None = None) -> openai.OpenAI:
    """A client that does not retry, so that an error is seen as it came."""
    key = target.api_key if api_key is None else api_key
    http_client = openai.DefaultHttpxClient(timeout=target.timeout_s, event_hooks=wire.hooks(target))
    return openai.OpenAI(base_url=target.base_url, api_key=key, max_retries=0, http_client=http_client)


@area.case("a picture behind a url", "6.2")
def plain_url(target: Target) -> None:
    with client(target) as api:
        answer: Any = api.images.generate(model=target.model("4.0"), prompt="a red fox", size="2K")
    _same(_fetched(target, answer.data[0].url).size, "2048x2048")
    _same(answer.usage.generated_images, 1)
    _same(answer.usage.output_tokens, 16384)
    _same(answer.model, target.model("4.0"))


@area.case("a picture as base64, with Seedream's fields in extra_body", "6.16")
def base64_json(target: Target) -> None:
    fields = {"size": ONE_K, "watermark": False, "seed": 7}
    with client(target) as api:
        answer: Any = api.images.generate(
            model=target.model("4.0"), prompt="a red fox", response_format="b64_json", extra_body=fields
        )
    _same(answer.data[0].url, None)
    _same(_decoded(answer.data[0].b64_json).size, answer.data[0].size)


@area.case("a series", "6.11", pictures=3)
def series(target: Target) -> None:
    with client(target) as api:
        answer: Any = api.images.generate(
            model=target.model("4.0"), prompt="3 pictures of a fox", extra_body={"size": ONE_K, **SERIES}
        )
    _same(answer.usage.generated_images, len(answer.data))
    for image in answer.data:
        _same(_fetched(target, image.url).size, ONE_K)


@area.case("a stream of one picture and of a series", "3.2", pictures=4)
def stream(target: Target) -> None:
    for extra in ({}, SERIES):
        with client(target) as api:
            events: Any = api.images.generate(
                model=target.model("4.0"),
                prompt="3 pictures of a fox",
                stream=True,
                extra_body={"size": ONE_K, **extra},
            )
            *parts, last = list(events)
        _same({part.type for part in parts}, {"image_generation.partial_succeeded"})
        _same([part.image_index for part in parts], list(range(len(parts))))
        _same({_fetched(target, part.url).size for part in parts}, {ONE_K})
        _same(last.type, "image_generation.completed")
        _same(last.usage.generated_images, len(parts))


@area.case("an edit through the generations route, of one picture and of two", "6.8", pictures=2)
def edit_by_body(target: Target) -> None:
    for image in (reference(), [reference(), reference(colour="maroon")]):
        with client(target) as api:
            answer: Any = api.images.generate(
                model=target.model("4.0"), prompt="make it night", extra_body={"image": image, "size": ONE_K}
            )
        _same(_fetched(target, answer.data[0].url).size, ONE_K)


@area.case("images.edit with one file and with several", "3.3", own_choice=True, pictures=3)
def edit_upload(target: Target) -> None:
    one = ("one.png", encode(plain(320, 240)), "image/png")
    two = ("two.jpg", encode(plain(300, 400), "jpeg"), "image/jpeg")
    for image in (one, [one], [one, two]):
        with client(target) as api:
            answer: Any = api.images.edit(
                model=target.model("4.0"), prompt="make it night", image=image, extra_body={"size": ONE_K}
            )
        _same(_fetched(target, answer.data[0].url).size, ONE_K)


@area.case("images.edit answers with base64, and numbers and booleans come from text", "3.3", own_choice=True)
def edit_upload_fields(target: Target) -> None:
    with client(target) as api:
        answer: Any = api.images.edit(
            model=target.model("4.0"),
            prompt="make it night",
            image=("one.png", encode(plain(320, 240)), "image/png"),
            response_format="b64_json",
            extra_body={"size": ONE_K, "watermark": False, "seed": 7},
        )
    _same(_decoded(answer.data[0].b64_json).size, ONE_K)
    _same(answer.data[0].seed, 7)


@area.case("images.edit streams", "3.3", own_choice=True)
def edit_upload_stream(target: Target) -> None:
    with client(target) as api:
        events: Any = api.images.edit(
            model=target.model("4.0"),
            prompt="make it night",
            image=("one.png", encode(plain(320, 240)), "image/png"),
            stream=True,
            extra_body={"size": ONE_K},
        )
        names = [event.type for event in events]
    _same(names, ["image_generation.partial_succeeded", "image_generation.completed"])


@area.case("a mask is honoured or refused by name, never ignored", "3.3", own_choice=True)
def edit_mask(target: Target) -> None:
    picture = ("one.png", encode(plain(320, 240)), "image/png")
    mask = ("mask.png", encode(plain(320, 240, mode="RGBA")), "image/png")
    with client(target) as api:
        try:
            answer: Any = api.images.edit(
                model=target.model("4.0"),
                prompt="a boat",
                image=picture,
                mask=mask,
                extra_body={"size": ONE_K},
            )
        except openai.BadRequestError as error:
            _same((error.code, error.param), ("InvalidParameter", "mask"))
        else:
            _same(_fetched(target, answer.data[0].url).size, ONE_K)


@area.case("the list of models", "8", own_choice=True, pictures=0)
def models(target: Target) -> None:
    with client(target) as api:
        ids = {model.id for model in api.models.list()}
    missing = set(target.models.values()) - ids
    _same(missing, set())


@area.case("a wrong key raises AuthenticationError", "4", pictures=0)
def wrong_key(target: Target) -> None:
    with client(target, "wrong") as api:
        error = _raised(api, openai.AuthenticationError, model=target.model("4.0"))
    _same(error.code, "AuthenticationError")


@area.case("an unknown model raises NotFoundError", "4", pictures=0)
def unknown_model(target: Target) -> None:
    with client(target) as api:
        error = _raised(api, openai.NotFoundError, model="no-such-model")
    _same(error.code, "InvalidEndpointOrModel.NotFound")


@area.case(
    "a bad size raises BadRequestError with code, param, type and request id, streamed or not",
    "4",
    pictures=0,
)
def bad_size(target: Target) -> None:
    for streamed in (False, True):
        with client(target) as api:
            error = _raised(
                api, openai.BadRequestError, model=target.model("4.0"), size="1x1", stream=streamed
            )
        _same((error.code, error.param, error.type), ("InvalidParameter", "size", "BadRequest"))
        if not error.request_id or error.request_id not in str(error):
            raise AssertionError(f"the message names the request id {error.request_id}: {error}")


def _raised(api: openai.OpenAI, kind: type[openai.APIStatusError], **fields: Any) -> openai.APIStatusError:
    try:
        answer: Any = api.images.generate(prompt="a fox", **fields)
    except kind as error:
        return error
    raise AssertionError(f"{fields} did not raise {kind.__name__} but answered {answer}")


def _fetched(target: Target, url: str) -> Seen:
    return look(wire.get(target, url).content)


def _decoded(text: str) -> Seen:
    return look(base64.b64decode(text, validate=True))


def _same(got: object, expected: object) -> None:
    if got != expected:
        raise AssertionError(f"expected {expected!r}, got {got!r}")
