"""Fetching from real servers on loopback, which is allowed here as a setting would allow it."""

from __future__ import annotations

import asyncio
import gzip
import logging
import socket
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ipaddress import IPv4Network
from pathlib import Path
from typing import TypeAlias

import pytest

from limner.errors import InvalidParameter
from limner.media.fetch import MAX_REDIRECTS, Fetcher
from limner.media.guard import MAX_LOOKUPS

REFUSED = "The parameter `image` specified in the request is not valid: invalid url specified."
THIS_HOST = IPv4Network("127.0.0.1/32")
Answer: TypeAlias = Callable[["Site", str, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Site:
    """One small web server: its base URL, and each request head that it was sent."""

    url: str = ""
    heads: list[str] = field(default_factory=list)
    until_the_end: asyncio.Event = field(default_factory=asyncio.Event)


@asynccontextmanager
async def site_that(answer: Answer, host: str = "127.0.0.1") -> AsyncIterator[Site]:
    site = Site()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            site.heads.append(head)
            await answer(site, head.split()[1], writer)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, host, 0)
    site.url = "http://{}:{}".format(*server.sockets[0].getsockname()[:2])
    try:
        yield site
    finally:
        site.until_the_end.set()
        server.close()
        await server.wait_closed()


def sends(body: bytes, *headers: str, status: str = "200 OK", length: int | None = None) -> Answer:
    lines = [f"HTTP/1.1 {status}", f"content-length: {len(body) if length is None else length}", *headers]

    async def answer(_site: Site, _path: str, writer: asyncio.StreamWriter) -> None:
        writer.write("\r\n".join([*lines, "", ""]).encode() + body)

    return answer


def redirects(to: Callable[[str, str], str], *, body: bytes = b"") -> Answer:
    async def answer(site: Site, path: str, writer: asyncio.StreamWriter) -> None:
        await sends(body, f"location: {to(site.url, path)}", status="302 Found")(site, path, writer)

    return answer


async def chunks_without_end(_site: Site, _path: str, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
    while True:
        writer.write(b"400\r\n" + bytes(1024) + b"\r\n")
        await writer.drain()


async def one_byte_and_no_more(site: Site, _path: str, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\na")
    await site.until_the_end.wait()


async def nothing_at_all(site: Site, _path: str, _writer: asyncio.StreamWriter) -> None:
    await site.until_the_end.wait()


@asynccontextmanager
async def a_fetcher(timeout_s: float = 10.0) -> AsyncIterator[Fetcher]:
    fetcher = Fetcher(allow_networks=[THIS_HOST], timeout_s=timeout_s)
    try:
        yield fetcher
    finally:
        await fetcher.close()


async def error_of(fetcher: Fetcher, url: str, max_bytes: int = 1000) -> str:
    with pytest.raises(InvalidParameter) as caught:
        await fetcher.fetch(url, max_bytes=max_bytes)
    assert caught.value.param == "image"
    return caught.value.message


async def test_the_body_comes_as_it_was_sent() -> None:
    async with site_that(sends(bytes(range(256)))) as site, a_fetcher() as fetcher:
        assert await fetcher.fetch(f"{site.url}/a%20b.png?x=1#frag", max_bytes=256) == bytes(range(256))
        assert site.heads[0].startswith("GET /a%20b.png?x=1 HTTP/1.1\r\n")


async def test_a_url_which_may_be_signed_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    async with site_that(sends(b"")) as site, a_fetcher() as fetcher:
        await fetcher.fetch(f"{site.url}/?signature=secret", max_bytes=0)
    assert "secret" not in caplog.text


async def test_an_empty_body_is_an_empty_answer() -> None:
    async with site_that(sends(b"")) as site, a_fetcher() as fetcher:
        assert await fetcher.fetch(site.url, max_bytes=1) == b""


async def test_a_body_without_a_length_ends_with_its_connection() -> None:
    async def answer(_site: Site, _path: str, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.0 200 OK\r\n\r\nabc")

    async with site_that(answer) as site, a_fetcher() as fetcher:
        assert await fetcher.fetch(site.url, max_bytes=3) == b"abc"
        assert "larger than 2 bytes" in await error_of(fetcher, site.url, max_bytes=2)


@pytest.mark.parametrize("size", [1, 65536, 200_000])
async def test_a_body_may_be_as_large_as_the_limit_and_no_larger(size: int) -> None:
    async with site_that(sends(bytes(size))) as site, a_fetcher() as fetcher:
        assert len(await fetcher.fetch(site.url, max_bytes=size)) == size
        assert f"larger than {size - 1} bytes" in await error_of(fetcher, site.url, max_bytes=size - 1)


async def test_a_body_without_end_is_left_at_the_limit() -> None:
    async with site_that(chunks_without_end) as site, a_fetcher() as fetcher:
        assert "larger than 100000 bytes" in await error_of(fetcher, site.url, max_bytes=100_000)


async def test_an_announced_length_over_the_limit_is_refused_before_the_body() -> None:
    async def answer(site: Site, _path: str, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 1001\r\n\r\n")
        await site.until_the_end.wait()

    async with site_that(answer) as site, a_fetcher() as fetcher:
        assert "larger than 1000 bytes" in await error_of(fetcher, site.url)


async def test_a_body_shorter_than_announced_is_refused() -> None:
    async with site_that(sends(b"abc", length=4)) as site, a_fetcher() as fetcher:
        assert await error_of(fetcher, site.url) == REFUSED


async def test_a_body_longer_than_announced_is_cut_where_it_was_announced_to_end() -> None:
    async with site_that(sends(b"abcdef", length=3)) as site, a_fetcher() as fetcher:
        assert await fetcher.fetch(site.url, max_bytes=3) == b"abc"


@pytest.mark.parametrize("answer", [one_byte_and_no_more, nothing_at_all])
async def test_a_slow_server_ends_in_the_apis_timeout_error(answer: Answer) -> None:
    async with site_that(answer) as site, a_fetcher(timeout_s=0.2) as fetcher:
        assert (
            await error_of(fetcher, f"{site.url}/a.png") == f"Timeout while downloading url={site.url}/a.png."
        )


async def test_the_deadline_holds_for_all_redirects_together() -> None:
    async def answer(site: Site, path: str, writer: asyncio.StreamWriter) -> None:
        if path != "/last":
            await redirects(lambda url, _: f"{url}/last")(site, path, writer)
        else:
            await one_byte_and_no_more(site, path, writer)

    async with site_that(answer) as site, a_fetcher(timeout_s=0.3) as fetcher:
        assert (
            await error_of(fetcher, f"{site.url}/first") == f"Timeout while downloading url={site.url}/first."
        )


@pytest.mark.parametrize(
    "status", ["204 No Content", "206 Partial Content", "304 Not Modified", "403 Forbidden"]
)
async def test_any_status_but_200_is_refused_without_saying_why(status: str) -> None:
    async with site_that(sends(b"", status=status)) as site, a_fetcher() as fetcher:
        assert await error_of(fetcher, site.url) == REFUSED


@pytest.mark.parametrize(
    "head", [b"SSH-2.0-OpenSSH_9.6\r\n", b"HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n", b""]
)
async def test_a_server_that_does_not_speak_http_is_refused(head: bytes) -> None:
    async def answer(_site: Site, _path: str, writer: asyncio.StreamWriter) -> None:
        writer.write(head)

    async with site_that(answer) as site, a_fetcher() as fetcher:
        assert await error_of(fetcher, site.url) == REFUSED


async def test_a_port_that_nobody_listens_on_is_refused() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    async with a_fetcher() as fetcher:
        assert await error_of(fetcher, f"http://127.0.0.1:{port}/") == REFUSED


@pytest.mark.parametrize("hops, is_fetched", [(MAX_REDIRECTS, True), (MAX_REDIRECTS + 1, False)])
async def test_redirects_are_followed_up_to_a_number(hops: int, is_fetched: bool) -> None:
    async def answer(site: Site, path: str, writer: asyncio.StreamWriter) -> None:
        if (left := int(path[1:])) == 0:
            await sends(b"end")(site, path, writer)
        else:
            await redirects(lambda _, __: f"/{left - 1}")(site, path, writer)

    async with site_that(answer) as site, a_fetcher() as fetcher:
        if is_fetched:
            assert await fetcher.fetch(f"{site.url}/{hops}", max_bytes=3) == b"end"
        else:
            assert await error_of(fetcher, f"{site.url}/{hops}") == REFUSED
        assert len(site.heads) == MAX_REDIRECTS + 1


async def test_a_redirect_loop_ends() -> None:
    async with site_that(redirects(lambda url, _: url)) as site, a_fetcher() as fetcher:
        assert await error_of(fetcher, site.url) == REFUSED


FORBIDDEN = """
    http://127.0.0.2:{port}/ //127.0.0.2:{port}/ http://127.2:{port}/ http://2130706434:{port}/
    http://0x7f.2:{port}/ http://[::ffff:127.0.0.2]:{port}/ http://0.0.0.0:{port}/ http://localhost.:1/
    http://10.0.0.1/ http://[::1]:{port}/ http://169.254.169.254/latest/meta-data/
    http://user:pass@127.0.0.1:{port}/ file:///etc/passwd gopher://127.0.0.1/ http://127.0.0.1:99999/ http://[
"""


@pytest.mark.parametrize("target", FORBIDDEN.split())
async def test_a_redirect_to_where_nobody_may_fetch_from_is_refused(target: str) -> None:
    async with site_that(sends(b"secret"), host="127.0.0.2") as inner:
        port = inner.url.rpartition(":")[2]
        async with site_that(redirects(lambda *_: target.format(port=port))) as site, a_fetcher() as fetcher:
            assert await error_of(fetcher, site.url) == REFUSED
            assert (len(site.heads), inner.heads) == (1, [])


async def test_a_redirect_is_looked_up_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["127.0.0.1", "127.0.0.2"])
    real = socket.getaddrinfo

    def rebinding(host: str, *rest: int) -> object:
        return real(next(answers) if host == "rebind.test" else host, *rest)

    async with site_that(redirects(lambda *_: "/again")) as site, a_fetcher() as fetcher:
        monkeypatch.setattr(socket, "getaddrinfo", rebinding)
        port = site.url.rpartition(":")[2]
        assert await error_of(fetcher, f"http://rebind.test:{port}/") == REFUSED
        assert (len(site.heads), list(answers)) == (1, [])


async def test_the_body_of_a_redirect_is_not_read() -> None:
    async def answer(site: Site, path: str, writer: asyncio.StreamWriter) -> None:
        if path == "/end":
            await sends(b"end")(site, path, writer)
        else:
            writer.write(b"HTTP/1.1 302 Found\r\nlocation: /end\r\ncontent-length: 99999999\r\n\r\n")
            await site.until_the_end.wait()

    async with site_that(answer) as site, a_fetcher() as fetcher:
        assert await fetcher.fetch(site.url, max_bytes=3) == b"end"


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd", "gzip, gzip"])
async def test_an_encoded_body_is_refused_and_was_not_asked_for(encoding: str) -> None:
    bomb = gzip.compress(bytes(10_000_000))
    async with site_that(sends(bomb, f"content-encoding: {encoding}")) as site, a_fetcher() as fetcher:
        assert await error_of(fetcher, site.url, max_bytes=len(bomb)) == REFUSED
        assert "accept-encoding: identity\r\n" in site.heads[0].lower()


async def test_no_cookie_is_kept_for_the_next_fetch_or_hop() -> None:
    async def answer(site: Site, path: str, writer: asyncio.StreamWriter) -> None:
        status = "200 OK" if path == "/end" else "302 Found"
        await sends(b"", "set-cookie: a=b; path=/", "location: /end", status=status)(site, path, writer)

    async with site_that(answer) as site, a_fetcher() as fetcher:
        for _ in range(2):
            await fetcher.fetch(site.url, max_bytes=0)
        assert len(site.heads) == 4
        assert not any("cookie:" in head.lower() for head in site.heads)


async def test_no_credentials_are_sent(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    async with site_that(sends(b"")) as site, a_fetcher() as fetcher:
        await fetcher.fetch(site.url, max_bytes=0)
        assert "authorization" not in site.heads[0].lower()


async def test_a_proxy_from_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    async with site_that(sends(b"site")) as site, site_that(sends(b"proxy")) as proxy, a_fetcher() as fetcher:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url)
        assert await fetcher.fetch(site.url, max_bytes=4) == b"site"
        assert proxy.heads == []


async def test_loopback_is_refused_unless_it_is_allowed() -> None:
    fetcher = Fetcher()
    async with site_that(sends(b"secret")) as site:
        assert await error_of(fetcher, site.url) == REFUSED
        assert site.heads == []
    await fetcher.close()


class StalledLookups:
    """A resolver that answers nothing until it is told to."""

    def __init__(self) -> None:
        self.end = threading.Event()
        self.waiting = 0

    def getaddrinfo(self, *_: object) -> object:
        self.waiting += 1
        self.end.wait(30)
        raise socket.gaierror(socket.EAI_NONAME, "unknown name")


async def test_stalled_lookups_end_at_the_deadline_and_cannot_pile_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stalled = StalledLookups()
    monkeypatch.setattr(socket, "getaddrinfo", stalled.getaddrinfo)
    async with a_fetcher(timeout_s=1.0) as fetcher:
        urls = [f"http://stalled-{number}.test/" for number in range(MAX_LOOKUPS)]
        waits = [error_of(fetcher, url) for url in urls]
        try:
            assert await asyncio.gather(*waits) == [f"Timeout while downloading url={url}." for url in urls]
            assert await error_of(fetcher, "http://one-too-many.test/") == REFUSED
            assert stalled.waiting == MAX_LOOKUPS
        finally:
            stalled.end.set()


async def test_a_cancelled_fetch_leaves_its_connection() -> None:
    reached, gone = asyncio.Event(), asyncio.Event()

    async def answer(site: Site, path: str, writer: asyncio.StreamWriter) -> None:
        reached.set()
        try:
            await chunks_without_end(site, path, writer)
        finally:
            gone.set()

    async with site_that(answer) as site, a_fetcher() as fetcher:
        work = asyncio.create_task(fetcher.fetch(site.url, max_bytes=1 << 40))
        await reached.wait()
        work.cancel()
        with pytest.raises(asyncio.CancelledError):
            await work
        await asyncio.wait_for(gone.wait(), 5)


def test_httpx_is_imported_by_the_first_fetch_and_not_before() -> None:
    program = (
        "import sys, limner.media.fetch as f; f.Fetcher(); print({'httpx', 'ssrfguard'} & {*sys.modules})"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout == "set()\n"
