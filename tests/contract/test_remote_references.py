"""References behind URLs, from a server on loopback that is allowed for this."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from limner.conformance.answers import one_picture, streamed_pictures
from limner.conformance.expect import assert_error, check
from limner.conformance.pictures import MIB, encode, plain, reference
from limner.conformance.target import Target
from limner.conformance.wire import generate
from limner.testing import running_server

WIDE = encode(plain(640, 360))
ANSWERS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/wide.png": (200, {"Content-Type": "image/png"}, WIDE),
    "/untyped": (200, {}, WIDE),
    "/page": (200, {"Content-Type": "text/html"}, b"<html>"),
    "/empty": (200, {"Content-Type": "image/png"}, b""),
    "/moved": (302, {"Location": "/wide.png"}, b""),
    "/inward": (302, {"Location": "http://10.0.0.1/a.png"}, b""),
    "/to-file": (302, {"Location": "file:///etc/passwd"}, b""),
    "/round": (302, {"Location": "/round"}, b""),
    "/error": (500, {}, b"secret inside"),
    "/large": (200, {"Content-Type": "image/png"}, WIDE + bytes(31 * MIB)),
}


class Pictures(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status, headers, body = ANSWERS.get(self.path, (404, {}, b"nothing"))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            self.close_connection = True  # the fetcher leaves once it has seen too much

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def pictures_url() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pictures)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def fetching() -> Iterator[Target]:
    with running_server(fetch_allow=("127.0.0.1/32",)) as server:
        yield Target(f"{server.base_url}/v1", server.api_key, timeout_s=60)


@pytest.mark.parametrize("path", ["/wide.png", "/untyped", "/moved"])
def test_a_picture_behind_a_url_is_edited(fetching: Target, pictures_url: str, path: str) -> None:
    response = generate(fetching, "4.0", prompt="make it night", image=pictures_url + path, size="1K")
    seen = one_picture(fetching, response, "4.0")
    check(seen.size == "1280x720", "the picture's shape was read", response)


def test_urls_and_data_uris_may_be_mixed_and_streamed(fetching: Target, pictures_url: str) -> None:
    images = [f"{pictures_url}/wide.png", reference()]
    response = generate(fetching, "4.0", image=images, size="1K", stream=True)
    assert [seen.size for seen in streamed_pictures(fetching, response, "4.0")] == ["1280x720"]


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/page", "InvalidImageURL.InvalidFormat"),
        ("/empty", "InvalidImageURL.EmptyURL"),
        ("/nothing", "InvalidParameter"),
        ("/error", "InvalidParameter"),
        ("/inward", "InvalidParameter"),
        ("/to-file", "InvalidParameter"),
        ("/round", "InvalidParameter"),
        ("/large", "InvalidParameter"),
    ],
)
def test_what_is_no_picture_is_refused_as_json(
    fetching: Target, pictures_url: str, path: str, code: str, stream: bool
) -> None:
    refusal = generate(fetching, "4.0", image=pictures_url + path, stream=stream)
    assert_error(refusal, 400, code, "image")
    check("secret inside" not in refusal.text, "what was found is not repeated", refusal)


def test_loopback_is_refused_unless_it_is_allowed(target: Target, pictures_url: str) -> None:
    refusal = generate(target, "4.0", image=f"{pictures_url}/wide.png")
    assert_error(refusal, 400, "InvalidParameter", "image", "invalid url specified")
