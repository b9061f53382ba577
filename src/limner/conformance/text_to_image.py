"""Text to picture: the documented request bodies, the models' spellings, delivery and seeds."""

from __future__ import annotations

import base64

import httpx

from limner.conformance.answers import one_picture, pictures_of
from limner.conformance.case import Area
from limner.conformance.expect import Broken, answer_of, check
from limner.conformance.pictures import pixels_of
from limner.conformance.target import Target
from limner.conformance.wire import generate, post

area = Area("text_to_image")

BODIES: tuple[tuple[str, str, dict[str, object], str], ...] = (
    (
        "3.0 in full",
        "3.0",
        {
            "response_format": "url",
            "size": "864x1152",
            "seed": 12345,
            "guidance_scale": 2.5,
            "watermark": False,
        },
        "864x1152",
    ),
    ("3.0 square", "3.0", {"size": "1024x1024", "seed": 12}, "1024x1024"),
    ("4.0, 2k", "4.0", {"response_format": "url", "size": "2k", "watermark": False}, "2048x2048"),
    (
        "5.0, 2K as PNG",
        "5.0",
        {"size": "2K", "output_format": "png", "response_format": "url", "watermark": False},
        "2048x2048",
    ),
    (
        "4.5 in full",
        "4.5",
        {
            "size": "2K",
            "sequential_image_generation": "disabled",
            "stream": False,
            "response_format": "url",
            "watermark": True,
        },
        "2048x2048",
    ),
    ("4.0 with n=4", "4.0", {"n": 4}, "2048x2048"),
    (
        "4.0 as the Go SDK's example",
        "4.0",
        {"seed": 1234567890, "watermark": True, "size": "1024x1024", "response_format": "url"},
        "1024x1024",
    ),
    (
        "3.0 as the Go SDK's example",
        "3.0",
        {"seed": 1234567890, "watermark": True, "size": "1024x1024", "response_format": "url"},
        "1024x1024",
    ),
)

DEFAULT_SIZES = (("3.0", "1024x1024"), ("4.0", "2048x2048"), ("4.5", "2048x2048"), ("5.0", "2048x2048"))

SPELLINGS = (
    ("3.0", "seedream-3-0-t2i-250415"),
    ("4.0", "seedream-4-0-250828"),
    ("4.5", "seedream-4-5-251128"),
    ("5.0", "seedream-5-0-260128"),
    ("5.0", "doubao-seedream-5-0-lite-260128"),
    ("5.0", "seedream-5-0-lite-260128"),
)

PROMPTS = (
    ("Chinese", "一只橘猫坐在窗台上，窗外下着雨"),
    ("right to left", "منارة عند الغروب"),
    ("emoji and joiners", "👩‍🚀 riding a 🐎 under 🌈"),
    ("control characters", "a\tred\nfox\r\u0000\u0007\u001b[31m\u007f"),
    ("quotes and braces", 'a "sign" that says {hello} <b>&amp;</b> %s'),
    ("a long text", "a very long road, " * 500),
)


@area.rows("the documented body works: {0}", "6", BODIES)
def documented(target: Target, _name: str, family: str, fields: dict[str, object], size: str) -> None:
    response = generate(target, family, **fields)
    wanted = str(fields.get("output_format", "jpeg"))
    seen = one_picture(target, response, family, file_format=wanted)
    check(seen.size == size, f"expected a picture of {size}", response)


@area.rows("{0} makes one JPEG of {1} behind a url from model and prompt alone", "6.5", DEFAULT_SIZES)
def minimal(target: Target, family: str, size: str) -> None:
    response = generate(target, family)
    check(one_picture(target, response, family).size == size, f"the default size is {size}", response)


@area.rows("{0} answers with base64 when asked", "6.16", tuple((family,) for family, _ in DEFAULT_SIZES))
def base64_answer(target: Target, family: str) -> None:
    response = generate(target, family, response_format="b64_json", n=1)
    one_picture(target, response, family, delivery="b64_json")


@area.case("a PNG can be had as base64 from 5.0", "1.5")
def png_as_base64(target: Target) -> None:
    response = generate(target, "5.0", response_format="b64_json", output_format="png")
    one_picture(target, response, "5.0", delivery="b64_json", file_format="png")


@area.case("a dated model id is echoed", "1.1")
def model_echo(target: Target) -> None:
    response = generate(target, "4.0", size="1280x720")
    check(answer_of(response)["model"] == target.model("4.0"), "model is the request's", response)


@area.rows("{1} is a spelling of {0}, and is echoed", "1.1", SPELLINGS, own_choice=True)
def spelling(target: Target, family: str, model: str) -> None:
    target.model(family)  # a server without the family has no spelling of it
    response = post(target, {"model": model, "prompt": "a red fox"})
    pictures_of(target, response, family)
    check(answer_of(response)["model"] == model, "model is the request's", response)


@area.rows("a prompt may hold any text: {0}", "1.2", PROMPTS)
def any_prompt(target: Target, _name: str, prompt: str) -> None:
    one_picture(target, generate(target, "4.0", prompt=prompt, size="1280x720"), "4.0")


@area.rows(
    "seed {0} is accepted by {1}", "1.2", [(s, f) for s in (-1, 0, 2147483647) for f in ("3.0", "4.0")]
)
def seed(target: Target, value: int, family: str) -> None:
    one_picture(target, generate(target, family, seed=value, size="1280x720"), family)


@area.case(
    "each picture carries its own seed, and the same seed makes the same picture",
    "8",
    own_choice=True,
    pictures=2,
)
def seed_again(target: Target) -> None:
    first = generate(target, "4.0", size="1280x720", response_format="b64_json")
    made = _only(first)
    check(isinstance(made.get("seed"), int), "seed is a field of the picture", first)
    again = generate(target, "4.0", size="1280x720", response_format="b64_json", seed=made["seed"])
    repeated = _only(again)
    check(repeated["seed"] == made["seed"], "the seed is the one that was sent", again)
    pixels = [pixels_of(base64.b64decode(str(entry["b64_json"]))) for entry in (made, repeated)]
    check(pixels[0] == pixels[1], "the same seed makes the same picture", again)


def _only(response: httpx.Response) -> dict[str, object]:
    data = answer_of(response)["data"]
    if not isinstance(data, list) or len(data) != 1:
        raise Broken("expected one picture", response)
    return dict(data[0])
