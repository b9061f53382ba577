"""Behind a proxy that has put the server under a path of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from limner.testing import RunningServer, running_server

pytestmark = pytest.mark.needs_more
PREFIX = "/limner"
OF_ONE_CONNECTION = {"connection", "content-length", "transfer-encoding", "date", "server"}


class Proxy(ThreadingHTTPServer):
    """Hands on what comes for a path below PREFIX, without the prefix, and knows nothing else."""

    target = ""
    daemon_threads = True


class Handler(BaseHTTPRequestHandler):
    server: Proxy

    def _hand_on(self) -> None:
        if not self.path.startswith(f"{PREFIX}/"):
            return self.send_error(404)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        url = self.server.target + self.path.removeprefix(PREFIX)
        with httpx.stream(
            self.command, url, content=body, headers=dict(self.headers), timeout=60, trust_env=False
        ) as answer:
            self.send_response(answer.status_code)
            for name, value in answer.headers.items():
                if name not in OF_ONE_CONNECTION:
                    self.send_header(name, value)
            self.end_headers()
            for chunk in answer.iter_raw():
                self.wfile.write(chunk)

    do_GET = do_POST = do_DELETE = _hand_on

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def behind() -> Iterator[RunningServer]:
    """A server as it is seen through the proxy, at the proxy's root."""
    with Proxy(("127.0.0.1", 0), Handler) as proxy:
        Thread(target=proxy.serve_forever, daemon=True).start()
        origin = f"http://127.0.0.1:{proxy.server_port}"
        with running_server(public_url=f"{origin}{PREFIX}") as server:
            proxy.target = server.base_url
            yield replace(server, base_url=origin)
        proxy.shutdown()


def test_the_page_works_below_a_path(behind: RunningServer, play: Callable[..., Any]) -> None:
    page = play(behind, path=f"{PREFIX}/")
    page.choose("Seedream 4.0")
    page.make("a fox")
    assert page.pictures.first.get_attribute("src").startswith(f"{behind.base_url}{PREFIX}/files/")
    assert f"curl {behind.base_url}{PREFIX}/v1/images/generations" in page.code()
    page.page.get_by_role("tab", name="History").click()
    expect(page.page.locator("#history article")).to_have_count(1)
    page.page.get_by_role("tab", name="Usage").click()
    expect(page.page.locator("#usage table")).to_be_visible()


def test_the_reference_of_the_api_works_below_a_path(
    behind: RunningServer, visit: Callable[..., Page]
) -> None:
    page = visit(behind, path=f"{PREFIX}/docs")
    page.get_by_text("/v1/images/generations").first.wait_for()
    schema = httpx.get(f"{behind.base_url}{PREFIX}/openapi.json", trust_env=False).json()
    assert schema["servers"] == [{"url": f"{behind.base_url}{PREFIX}"}]
