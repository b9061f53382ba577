"""Lifting: large data URIs leave a body before it is parsed, and nothing else changes."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence

import pytest

from limner.api.lift import LIFT_FROM_BYTES, lift
from limner.api.seedream import parse_body, read_ask, to_ask
from limner.errors import InvalidImage
from limner.references import decode_pieces
from limner.types import Ask

LARGE = bytes(range(256)) * 300
BEGINNING = "data:image/png;base64,"
CHUNKS = [1, 2, 3, 7, 1000, 65_537, 10**9]


def _uri(data: bytes) -> str:
    return BEGINNING + base64.b64encode(data).decode()


def _body(**fields: object) -> bytes:
    return json.dumps({"model": "m", "prompt": "p", **fields}).encode()


def _chunked(raw: bytes, size: int) -> Sequence[bytes]:
    return [raw[start : start + size] for start in range(0, len(raw), size)]


def _read(raw: bytes, size: int = 1000) -> Ask:
    return read_ask(_chunked(raw, size))


@pytest.mark.parametrize("size", CHUNKS[4:])
def test_a_large_data_uri_arrives_as_its_bytes(size: int) -> None:
    assert _read(_body(image=_uri(LARGE)), size).images == (LARGE,)


@pytest.mark.parametrize("size", CHUNKS[:4])
def test_one_whose_beginning_is_cut_stays_text(size: int) -> None:
    uri = _uri(LARGE)
    assert _read(_body(image=uri), size).images == (uri,)


@pytest.mark.parametrize("size", CHUNKS[4:])
def test_large_and_small_ones_and_links_keep_their_order(size: int) -> None:
    small = _uri(b"tiny")
    images = [small, _uri(LARGE), "https://example.com/a.png", _uri(LARGE[::-1])]
    assert _read(_body(image=images, seed=7), size).images == (small, LARGE, images[2], LARGE[::-1])


@pytest.mark.parametrize(("length", "lifted"), [(LIFT_FROM_BYTES - 1, 0), (LIFT_FROM_BYTES, 1)])
def test_only_what_is_large_is_lifted(length: int, lifted: int) -> None:
    raw = _body(image=BEGINNING + "A" * length)
    assert len(lift(_chunked(raw, 1000)).base64) == lifted


def test_a_string_with_an_escape_is_left_to_the_parser() -> None:
    uri = _uri(b"\xff" * 90_000)
    assert "/" in uri.removeprefix(BEGINNING)
    assert _read(_body(image=uri).replace(b"/", b"\\/")).images == (uri,)


@pytest.mark.parametrize("size", CHUNKS)
@pytest.mark.parametrize(
    "body",
    [
        {"prompt": _uri(LARGE)},
        {"prompt": f'he said "{_uri(LARGE)}" twice'},
        {"image": "https://x/y.png", "metadata": {"thumbnail": _uri(LARGE)}},
        {_uri(LARGE): 1},
        {},
    ],
)
def test_a_data_uri_that_is_no_image_stays_what_it_was(body: dict[str, object], size: int) -> None:
    raw = _body(**body)
    assert _read(raw, size) == to_ask(parse_body(raw))


def test_a_stand_in_cannot_be_guessed() -> None:
    raw = [_body(image=_uri(LARGE))]
    assert lift(raw).base64.keys() != lift(raw).base64.keys()


@pytest.mark.parametrize("size", CHUNKS)
def test_a_body_that_ends_inside_a_data_uri_is_left_alone(size: int) -> None:
    raw = _body(image=_uri(LARGE))[:-40]
    assert lift(_chunked(raw, size)).body == raw


def test_large_base64_that_is_broken_is_left_to_whoever_fetches() -> None:
    broken = BEGINNING + "!" * LIFT_FROM_BYTES
    assert _read(_body(image=broken)).images == (broken,)


@pytest.mark.parametrize("length", [*range(10), 300])
@pytest.mark.parametrize("size", range(1, 10))
def test_base64_may_be_cut_anywhere(length: int, size: int) -> None:
    data = bytes(range(256))[:length]
    pieces = [memoryview(piece) for piece in _chunked(base64.b64encode(data), size)]
    assert decode_pieces(pieces) == data


@pytest.mark.parametrize("size", range(1, 10))
@pytest.mark.parametrize(
    "text", [b"AA==AAAA", b"AAAAA", b"AAA=AA==", b"AA=A", b"AAAA====", b"AA\nAA", b"A-_A"]
)
def test_base64_that_is_not_strict_is_refused_wherever_it_is_cut(text: bytes, size: int) -> None:
    with pytest.raises(InvalidImage):
        decode_pieces([memoryview(piece) for piece in _chunked(text, size)])


def test_an_empty_body_stays_empty() -> None:
    assert lift([]).body == b""
