"""Requests as commands: what a shell makes of them is what was sent."""

from __future__ import annotations

import shlex
import socket
import subprocess
from threading import Thread

import pytest

from limner.conformance.curl import to_curl
from limner.conformance.journal import Exchange

KEY = "a-key-that-nobody-may-see"
URL = "http://127.0.0.1/v1/images/generations"


def test_an_announced_body_is_announced_and_not_sent() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        seen: list[bytes] = []

        def answer() -> None:
            connection, _ = listening.accept()
            with connection:
                seen.append(connection.recv(65536))
                connection.sendall(b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\nno")

        thread = Thread(target=answer)
        thread.start()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/v1/images/generations"
        command = to_curl(Exchange("POST", url, {"content-length": "1000000"}, b""), KEY)
        bash = ["bash", "-c", command.replace("curl", "curl --max-time 10", 1)]
        run = subprocess.run(
            bash, env={"NO_PROXY": "127.0.0.1", "PATH": "/usr/bin:/bin"}, capture_output=True
        )
        thread.join()
    head, _, body = seen[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /v1/images/generations ")
    assert b"content-length: 1000000" in head
    assert (body, run.stdout) == (b"", b"no")


@pytest.mark.parametrize(
    ("headers", "shown"),
    [
        ({"authorization": f"Bearer {KEY}"}, '-H "authorization: Bearer $ARK_API_KEY"'),
        ({"authorization": "Bearer wrong"}, "-H 'authorization: Bearer wrong'"),
        ({"authorization": ""}, "-H 'authorization;'"),
        ({"range": "bytes=0-99", "host": "a", "x-stainless-os": "Linux"}, "-H 'range: bytes=0-99'"),
    ],
)
def test_headers_are_those_that_matter(headers: dict[str, str], shown: str) -> None:
    assert to_curl(Exchange("GET", URL, headers, b""), KEY) == f"curl -sS {URL} {shown}"


@pytest.mark.parametrize("hostile", ["'; rm -rf ~ #", "$(id)", "`id`", "a\nb", "@/etc/passwd", "\\"])
def test_nothing_in_a_body_or_a_url_is_a_word_of_the_shell(hostile: str) -> None:
    words = shlex.split(to_curl(Exchange("POST", f"{URL}?{hostile}", {}, hostile.encode()), KEY))
    assert words == ["curl", "-sS", f"{URL}?{hostile}", "--data-raw", hostile]


def test_control_characters_do_not_reach_the_terminal() -> None:
    assert "\x1b" not in to_curl(Exchange("POST", URL, {}, b"\x1b[2J"), KEY)
    assert "\x1b" not in to_curl(Exchange("GET", f"{URL}?\x1b[2J", {"x-a": "\x1b[2J"}, b""), KEY)
    command = to_curl(Exchange("GET", "a'\\\x1b\u202e图", {}, b""), KEY).replace("curl -sS", "printf %s")
    run = subprocess.run(["bash", "-c", command], env={"LC_ALL": "C.UTF-8"}, capture_output=True)
    assert run.stdout.decode() == "a'\\\x1b\u202e图"
