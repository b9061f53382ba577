"""Bad bodies: always a 4xx in the envelope, never a 5xx, never a word about the machine."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator

import httpx
import pytest

from limner.conformance.answers import one_picture
from limner.conformance.expect import assert_client_error, assert_error, check
from limner.conformance.target import Target
from limner.conformance.wire import GENERATIONS, announce, authorization, post

MODEL = "doubao-seedream-4-0-250828"
SMALL_LIMIT_BYTES = 10_000  # of small_target, in conftest.py

BROKEN_JSON = {
    "empty": b"",
    "a space": b" ",
    "cut": b'{"model": "a", "prompt": ',
    "no quotes": b"{model: a}",
    "two values": b'{"model": "a"} {"prompt": "b"}',
    "a comment": b'{"model": "a", /* x */ "prompt": "b"}',
    "a comma too many": b'{"model": "a", "prompt": "b",}',
    "NUL": b"\x00",
    "invalid UTF-8": b'{"model": "a", "prompt": "\xff\xfe"}',
    "UTF-16": '{"model": "a", "prompt": "b"}'.encode("utf-16"),
    "overlong UTF-8": b'{"model": "a", "prompt": "\xc0\xaf"}',
    "raw surrogate": b'{"model": "a", "prompt": "\xed\xa0\x80"}',
    "raw control character": b'{"model": "a", "prompt": "\x01"}',
    "NaN": f'{{"model": "{MODEL}", "prompt": "b", "seed": NaN}}'.encode(),
    "Infinity": f'{{"model": "{MODEL}", "prompt": "b", "seed": -Infinity}}'.encode(),
    "a huge exponent": f'{{"model": "{MODEL}", "prompt": "b", "seed": 1e999999}}'.encode(),
    "5000 digits": f'{{"model": "{MODEL}", "prompt": "b", "seed": {"9" * 5000}}}'.encode(),
    "a form": b"model=a&prompt=b",
    "gzip": gzip.compress(b'{"model": "a", "prompt": "b"}'),
}

DEPTH = 200_000
DEEP = {
    "lists": b"[" * DEPTH,
    "objects": b'{"a":' * DEPTH,
    "closed lists": b"[" * DEPTH + b"]" * DEPTH,
    "lists in a field": b'{"model": "a", "prompt": ' + b"[" * DEPTH + b"]" * DEPTH + b"}",
    "lists in an unknown field": (
        f'{{"model": "{MODEL}", "prompt": "b", "x": '.encode() + b"[" * DEPTH + b"]" * DEPTH + b"}"
    ),
}

STRINGS = ("model", "prompt", "size", "response_format", "output_format", "sequential_image_generation")
BOOLEANS = ("watermark", "stream", "layer_decomposition")
NUMBERS = ("seed",)
OBJECTS = ("optimize_prompt_options", "sequential_image_generation_options")
LISTS = ("tools",)

VALUES: dict[str, object] = {
    "string": "a",
    "number": 7,
    "fraction": 7.5,
    "huge": 10**400,
    "boolean": True,
    "list": [1],
    "strings": ["a"],
    "object": {"a": 1},
    "nested": [[[]]],
}
SUITABLE = {
    **dict.fromkeys(STRINGS, frozenset({"string"})),
    **dict.fromkeys(BOOLEANS, frozenset({"boolean"})),
    **dict.fromkeys(NUMBERS, frozenset({"number"})),
    **dict.fromkeys(OBJECTS, frozenset({"object"})),
    **dict.fromkeys(LISTS, frozenset[str]()),
    "image": frozenset[str](),
}
WRONG_TYPES = [
    pytest.param(name, value, id=f"{name} as {kind}")
    for name, suitable in SUITABLE.items()
    for kind, value in VALUES.items()
    if kind not in suitable
]
BAD_COUNTS: tuple[object, ...] = ("4", 4.5, True, [4], {}, 10**400)
BAD_MODES: tuple[object, ...] = (1, True, ["fast"], {})
NESTED_WRONG = [
    *({"sequential_image_generation_options": {"max_images": value}} for value in BAD_COUNTS),
    *({"optimize_prompt_options": {"mode": value}} for value in BAD_MODES),
]


@pytest.mark.parametrize("body", BROKEN_JSON.values(), ids=BROKEN_JSON)
def test_a_body_that_is_no_json_is_refused(target: Target, body: bytes) -> None:
    assert_error(post(target, body), 400, "InvalidParameter")


@pytest.mark.parametrize("body", DEEP.values(), ids=DEEP)
def test_deep_nesting_is_refused(target: Target, body: bytes) -> None:
    assert_error(post(target, body), 400, "InvalidParameter")


@pytest.mark.parametrize("body", [b"null", b"[]", b'"a"', b"7", b"true", b'[{"model": "a"}]'])
def test_json_that_is_no_object_is_refused(target: Target, body: bytes) -> None:
    assert_error(post(target, body), 400, "InvalidParameter")


def test_an_empty_object_misses_the_model(target: Target) -> None:
    assert_error(post(target, {}), 400, "MissingParameter")


@pytest.mark.parametrize(("name", "value"), WRONG_TYPES)
def test_a_value_of_the_wrong_type_is_refused_by_name(target: Target, name: str, value: object) -> None:
    body = json.dumps({"model": MODEL, "prompt": "a fox", name: value}).encode()
    response = post(target, body)
    assert_client_error(response)
    check(response.json()["error"]["param"].startswith(name), f"param is {name}", response)


@pytest.mark.parametrize("fields", NESTED_WRONG, ids=str)
def test_a_wrong_type_inside_an_object_is_refused_by_name(target: Target, fields: dict[str, object]) -> None:
    body = {"model": MODEL, "prompt": "a fox", "sequential_image_generation": "auto", **fields}
    response = post(target, json.dumps(body).encode())
    assert_client_error(response)
    check(response.json()["error"]["param"].startswith(next(iter(fields))), "param is its name", response)


def test_a_key_given_twice_is_no_error_of_ours(target: Target) -> None:
    body = f'{{"model": "no-such", "model": "{MODEL}", "prompt": "a", "prompt": "b", "size": "1280x720"}}'
    response = post(target, body.encode())
    check(response.status_code in (200, 400), "the last one counts, or it is refused", response)


@pytest.mark.parametrize("escaped", [r"\u0000", r"\ufffe\uffff", r"\u202e\u2066", r"\ud83e\udd8a", r"\b\f"])
def test_any_text_is_a_prompt(target: Target, escaped: str) -> None:
    body = f'{{"model": "{MODEL}", "prompt": "x {escaped}", "size": "1280x720"}}'
    one_picture(target, post(target, body.encode()), "4.0")


@pytest.mark.parametrize("escaped", [r"\ud800", r"\udfff\ud800", r"a \ud83d fox"])
def test_a_lone_surrogate_is_no_text(target: Target, escaped: str) -> None:
    body = f'{{"model": "{MODEL}", "prompt": "x {escaped}", "size": "1280x720"}}'
    assert_error(post(target, body.encode()), 400, "InvalidParameter")


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "",
        "a/b; c=d",
        "application/json; charset=utf-16",
    ],
)
def test_a_content_type_that_is_not_json_never_breaks_the_server(target: Target, content_type: str) -> None:
    body = json.dumps({"model": MODEL, "prompt": "a fox", "size": "1280x720"}).encode()
    response = post(target, body, {"Content-Type": content_type})
    if response.status_code != 200:
        assert_client_error(response)


@pytest.mark.parametrize("encoding", ["gzip", "br", "zstd"])
def test_a_compressed_body_is_not_unpacked(target: Target, encoding: str) -> None:
    body = gzip.compress(json.dumps({"model": MODEL, "prompt": "a fox"}).encode())
    assert_client_error(post(target, body, {"Content-Encoding": encoding}))


def _padded(byte_count: int) -> bytes:
    body = json.dumps({"model": MODEL, "prompt": "a fox", "size": "1280x720"}).encode()
    return body + b" " * (byte_count - len(body))


def test_a_body_at_the_limit_is_accepted_and_one_byte_more_is_413(small_target: Target) -> None:
    one_picture(small_target, post(small_target, _padded(SMALL_LIMIT_BYTES)), "4.0")
    refusal = post(small_target, _padded(SMALL_LIMIT_BYTES + 1))
    assert_error(refusal, 413, "RequestBodyTooLarge")


def test_a_body_that_is_announced_as_too_long_is_refused_unread(small_target: Target) -> None:
    headers = {**authorization(small_target), "Content-Length": str(SMALL_LIMIT_BYTES + 1)}
    status, _, body = announce(small_target, headers)
    assert status == 413
    assert json.loads(body)["error"]["code"] == "RequestBodyTooLarge"


def _chunks(byte_count: int) -> Iterator[bytes]:
    body = _padded(byte_count)
    for start in range(0, len(body), 1000):
        yield body[start : start + 1000]


def test_a_chunked_body_is_counted_as_it_comes(small_target: Target) -> None:
    url = small_target.base_url + GENERATIONS
    with httpx.Client(headers=authorization(small_target), timeout=60) as client:
        whole = client.post(url, content=_chunks(SMALL_LIMIT_BYTES))
        check(whole.status_code == 200, "at the limit", whole)
        refusal = client.post(url, content=_chunks(SMALL_LIMIT_BYTES + 1))
    assert_error(refusal, 413, "RequestBodyTooLarge")
