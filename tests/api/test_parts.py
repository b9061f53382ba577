from __future__ import annotations

import base64

import pytest
from starlette.types import Message

from limner.api.parts import CHUNK_BYTES, Base64, Part, PartsResponse, chunks_of


async def sent_by(response: PartsResponse) -> list[Message]:
    messages: list[Message] = []

    async def receive() -> Message:
        raise AssertionError("nothing is to be read")

    async def send(message: Message) -> None:
        messages.append(message)

    await response({"type": "http"}, receive, send)
    return messages


@pytest.mark.parametrize("size", [0, 1, 2, 3, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES])
def test_pieces_make_the_base64_of_the_whole(size: int) -> None:
    data = bytes(number % 251 for number in range(size))
    part = Base64(data)
    assert b"".join(part.chunks()) == base64.b64encode(data)
    assert len(part) == len(base64.b64encode(data))


def test_neighbouring_bytes_come_as_one_piece() -> None:
    assert list(chunks_of([b"a", b"b", Base64(b"xyz"), b"c", b"d"])) == [b"ab", b"eHl6", b"cd"]


async def test_an_answer_says_its_length_and_ends_once() -> None:
    parts: list[Part] = [b'{"b64_json":"', Base64(bytes(CHUNK_BYTES + 1)), b'"}']
    start, *bodies = await sent_by(PartsResponse(parts, headers={"x-more": "1"}, media_type="text/plain"))
    headers = dict(start["headers"])
    content = b"".join(message["body"] for message in bodies)
    assert content == b'{"b64_json":"' + base64.b64encode(bytes(CHUNK_BYTES + 1)) + b'"}'
    assert headers[b"content-length"] == str(len(content)).encode()
    assert headers[b"x-more"] == b"1"
    assert [message["more_body"] for message in bodies] == [True] * (len(bodies) - 1) + [False]


async def test_an_answer_without_parts_is_empty() -> None:
    start, body = await sent_by(PartsResponse([], headers={}, media_type="text/plain"))
    assert dict(start["headers"])[b"content-length"] == b"0"
    assert body == {"type": "http.response.body", "body": b"", "more_body": False}
