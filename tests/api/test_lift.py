"""Lifting: large data URIs leave a body before it is parsed, and nothing else changes."""

from __future__ import annotations

import base64
import json

import pytest

from limner.api.lift import LIFT_FROM_BYTES, lift
from limner.api.seedream import parse_body, read_ask, to_ask

LARGE = bytes(range(256)) * 300
BEGINNING = "data:image/png;base64,"


def _uri(data: bytes) -> str:
    return BEGINNING + base64.b64encode(data).decode()


def _body(**fields: object) -> bytes:
    return json.dumps({"model": "m", "prompt": "p", **fields}).encode()


def test_a_large_data_uri_arrives_as_its_bytes() -> None:
    assert read_ask(_body(image=_uri(LARGE))).images == (LARGE,)


def test_large_and_small_ones_and_links_keep_their_order() -> None:
    small = _uri(b"tiny")
    images = [small, _uri(LARGE), "https://example.com/a.png", _uri(LARGE[::-1])]
    assert read_ask(_body(image=images)).images == (small, LARGE, images[2], LARGE[::-1])


@pytest.mark.parametrize(("length", "lifted"), [(LIFT_FROM_BYTES - 1, 0), (LIFT_FROM_BYTES, 1)])
def test_only_what_is_large_is_lifted(length: int, lifted: int) -> None:
    raw = _body(image=BEGINNING + "A" * length)
    assert len(lift(raw).base64) == lifted


def test_a_string_with_an_escape_is_left_to_the_parser() -> None:
    uri = _uri(b"\xff" * 90_000)
    assert "/" in uri.removeprefix(BEGINNING)
    raw = _body(image=uri).replace(b"/", b"\\/")
    assert read_ask(raw).images == (uri,)


@pytest.mark.parametrize(
    "body",
    [
        {"prompt": _uri(LARGE)},
        {"prompt": f'he said "{_uri(LARGE)}" twice'},
        {"image": "https://x/y.png", "metadata": {"thumbnail": _uri(LARGE)}},
        {_uri(LARGE): 1},
    ],
)
def test_a_data_uri_that_is_no_image_stays_what_it_was(body: dict[str, object]) -> None:
    raw = _body(**body)
    assert read_ask(raw) == to_ask(parse_body(raw))


def test_a_stand_in_cannot_be_guessed() -> None:
    raw = _body(image=_uri(LARGE))
    assert lift(raw).base64.keys() != lift(raw).base64.keys()


def test_a_body_that_ends_inside_a_data_uri_is_left_alone() -> None:
    raw = _body(image=_uri(LARGE))[:-40]
    assert lift(raw).body == raw


def test_large_base64_that_is_broken_is_left_to_whoever_fetches() -> None:
    broken = BEGINNING + "!" * LIFT_FROM_BYTES
    assert read_ask(_body(image=broken)).images == (broken,)
