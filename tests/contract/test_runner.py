"""The suite finds fault: servers that are wrong are told so, with request and answer."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from limner.conformance.answers import frames_of
from limner.conformance.case import Case
from limner.conformance.runner import Outcome, run
from limner.conformance.suite import CASES
from limner.conformance.target import Target


@contextmanager
def liar(status: int, body: bytes, content_type: str = "application/json") -> Iterator[Target]:
    """A server that gives the same answer to everything."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield Target(f"http://127.0.0.1:{server.server_port}/v1", "key", timeout_s=10)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def case(case_id: str) -> Case:
    return next(case for case in CASES if case.id == case_id)


def outcome(target: Target, case_id: str) -> Outcome:
    return run(target, [case(case_id)])[0]


def test_an_answer_without_pictures_is_broken_and_shown() -> None:
    body = json.dumps({"model": "m", "created": 1, "data": [], "usage": {}}).encode()
    with liar(200, body) as target:
        found = outcome(target, "text_to_image.minimal[0]")
    assert found.result == "broken"
    assert "a lighthouse at dusk" in found.detail
    assert '"data": []' in found.detail


def test_a_refusal_without_the_envelope_is_broken() -> None:
    with liar(400, b'{"detail": "bad size"}') as target:
        assert outcome(target, "sizes.refused[5]").result == "broken"


def test_a_stream_that_is_plain_json_is_broken() -> None:
    with liar(200, b"{}") as target:
        assert outcome(target, "streaming.single[0]").result == "broken"


def test_an_sdk_that_fails_is_broken() -> None:
    with liar(500, b"<html>", "text/html") as target:
        found = outcome(target, "openai_sdk.plain_url")
    assert found.result == "broken"
    assert "InternalServerError" in found.detail


def test_a_family_that_is_not_offered_is_left_out() -> None:
    target = Target("http://127.0.0.1:9/v1", "key", models={})
    assert {found.result for found in run(target, [case("fields.web_search")])} == {"left out"}


def test_own_choices_are_left_out_for_other_servers() -> None:
    target = Target("http://127.0.0.1:9/v1", "key", own_choices=False)
    own = [case for case in CASES if case.own_choice]
    assert {found.result for found in run(target, own)} == {"left out"}


@pytest.mark.parametrize(
    "body",
    [
        b'event: a\ndata: {"type":"a"}\n\n',
        b'event: a\ndata: {"type":\ndata: "a"}\n\ndata: [DONE]\n\n',
        b'event: a\r\ndata: {"type":"a"}\r\n\r\ndata: [DONE]\r\n\r\n',
        b'event: a\ndata: {"type":"b"}\n\ndata: [DONE]\n\n',
        b"event: done\ndata: [DONE]\n\n",
        b'data: [DONE]\n\nevent: a\ndata: {"type":"a"}\n\n',
    ],
    ids=["no [DONE]", "two data lines", "CRLF", "another type", "[DONE] with a name", "after [DONE]"],
)
def test_a_wrong_framing_is_refused(body: bytes) -> None:
    import httpx

    request = httpx.Request("POST", "http://127.0.0.1/v1")
    response = httpx.Response(
        200, content=body, headers={"content-type": "text/event-stream"}, request=request
    )
    with pytest.raises(AssertionError):
        frames_of(response)


def test_keep_alive_comments_are_no_frames() -> None:
    import httpx

    body = b': keep-alive\n\nevent: a\ndata: {"type":"a"}\n\ndata: [DONE]\n\n'
    request = httpx.Request("POST", "http://127.0.0.1/v1")
    response = httpx.Response(
        200, content=body, headers={"content-type": "text/event-stream"}, request=request
    )
    assert [frame.event for frame in frames_of(response)] == ["a"]
