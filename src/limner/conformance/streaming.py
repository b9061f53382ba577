"""Streams: the framing byte by byte, order, usage, and errors that still come as plain JSON."""

from __future__ import annotations

from limner.conformance.answers import frames_of, streamed_pictures
from limner.conformance.case import Area
from limner.conformance.expect import REQUEST_ID, assert_error, check
from limner.conformance.pictures import data_uri, reference
from limner.conformance.target import Target
from limner.conformance.wire import generate, post

area = Area("streaming")

ONE_K = "1280x720"
SERIES: dict[str, object] = {
    "sequential_image_generation": "auto",
    "sequential_image_generation_options": {"max_images": 3},
    "size": ONE_K,
}


@area.rows("{0} streams one picture, completed and [DONE]", "6.15", (("4.0",), ("4.5",), ("5.0",)))
def single(target: Target, family: str) -> None:
    response = generate(target, family, stream=True, size="2K")
    check(len(streamed_pictures(target, response, family)) == 1, "one picture", response)


@area.rows("{0} streams too", "8", (("3.0",), ("seededit",)), own_choice=True)
def older_models(target: Target, family: str) -> None:
    image = {"image": reference()} if family == "seededit" else {}
    response = generate(target, family, stream=True, **image)
    check(len(streamed_pictures(target, response, family)) == 1, "one picture", response)


@area.case("a series streams one event a picture, in order", "6.14", pictures=3)
def series(target: Target) -> None:
    response = generate(target, "4.0", prompt="3 pictures of a fox", stream=True, **SERIES)
    seen = streamed_pictures(target, response, "4.0")
    check(1 <= len(seen) <= 3, "at most three pictures", response)
    check({picture.size for picture in seen} == {ONE_K}, f"all are {ONE_K}", response)


@area.case("a series from several references streams", "6.14", pictures=3)
def series_with_references(target: Target) -> None:
    images = [reference(colour="navy"), reference(colour="maroon")]
    response = generate(target, "4.0", prompt="3 pictures of both", stream=True, image=images, **SERIES)
    check(len(streamed_pictures(target, response, "4.0")) <= 3, "at most three pictures", response)


@area.case("a stream of base64 carries the pictures themselves", "3.1", pictures=3)
def as_base64(target: Target) -> None:
    fields = {**SERIES, "response_format": "b64_json"}
    response = generate(target, "4.0", prompt="2 pictures of a fox", stream=True, **fields)
    streamed_pictures(target, response, "4.0", delivery="b64_json")


@area.case("a stream of PNG", "3.1")
def as_png(target: Target) -> None:
    response = generate(target, "5.0", stream=True, output_format="png", response_format="b64_json")
    streamed_pictures(target, response, "5.0", delivery="b64_json", file_format="png")


@area.case("events carry the API's keys in the API's order", "3.1")
def keys(target: Target) -> None:
    response = generate(target, "4.0", stream=True, size=ONE_K)
    first, last = frames_of(response)
    expected = ["type", "model", "created", "image_index", "url", "size"]
    check(list(first.data)[:6] == expected, f"partial_succeeded starts with {expected}", response)
    check(list(last.data)[:4] == ["type", "model", "created", "usage"], "keys of completed", response)
    for frame in (first, last):
        check(frame.data["model"] == target.model("4.0"), "model is the request's", response)
        check(not frame.data.get("error"), "SDKs take any `error` for a failure", response)


@area.case("a stream's headers carry the request id", "0.1")
def request_id(target: Target) -> None:
    response = generate(target, "4.0", {"X-Client-Request-Id": "mine-1"}, stream=True, size=ONE_K)
    frames_of(response)
    check(REQUEST_ID.fullmatch(response.headers.get("x-request-id", "")) is not None, "the id", response)
    check(response.headers.get("x-client-request-id") == "mine-1", "the client's id", response)


@area.case("stream false and null answer with plain JSON", "1.2", pictures=2)
def not_streamed(target: Target) -> None:
    for stream in (False, None):
        response = generate(target, "4.0", stream=stream, size=ONE_K)
        content_type = response.headers["content-type"]
        check(content_type.startswith("application/json"), "a plain answer", response)


@area.rows(
    "an error of a streamed request is plain JSON: {0}",
    "1.2",
    (
        ("a bad size", {"size": "1x1"}, "InvalidParameter", "size"),
        ("a prompt that is none", {"prompt": ["a"]}, "InvalidParameter", "prompt"),
        ("no prompt", {"prompt": None}, "MissingParameter", "prompt"),
        ("a bad picture", {"image": data_uri(b"x")}, "InvalidImageURL.InvalidFormat", "image"),
    ),
    pictures=0,
)
def plain_error(target: Target, _name: str, fields: dict[str, object], code: str, param: str) -> None:
    assert_error(generate(target, "4.0", stream=True, **fields), 400, code, param)


@area.case("an unknown model is 404 and a wrong key 401, streamed or not", "4", pictures=0)
def plain_refusals(target: Target) -> None:
    body = {"model": "no-such-model", "prompt": "a fox", "stream": True}
    assert_error(post(target, body), 404, "InvalidEndpointOrModel.NotFound")
    refusal = generate(target, "4.0", {"Authorization": "Bearer wrong"}, stream=True)
    assert_error(refusal, 401, "AuthenticationError")
