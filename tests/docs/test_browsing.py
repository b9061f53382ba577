"""The documentation as a reader without a network sees it, in a real Chromium."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import BrowserContext, expect, sync_playwright

pytestmark = pytest.mark.needs_more
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
FLAGS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
Reader = tuple[BrowserContext, str, list[str]]


class Quiet(SimpleHTTPRequestHandler):
    """Files of a folder, without a line for each request."""

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def reader(site: Path) -> Iterator[Reader]:
    """A browser's context, the site's address, and a list of what its pages did that they must not do."""
    with served(site) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS, chromium_sandbox=False)
        context, faults = browser.new_context(), []
        context.on(
            "request",
            lambda asked: None if asked.url.startswith((url, "data:")) else faults.append(asked.url),
        )
        context.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        yield context, url, faults
        browser.close()


def test_every_page_opens_without_a_word_to_another_host(reader: Reader, site: Path) -> None:
    context, url, faults = reader
    pages = []
    for file in site.glob("*.html"):
        if file.name != "404.html":
            pages.append(context.new_page())
            pages[-1].goto(f"{url}/{file.name}")
    for page in pages:
        expect(page.locator("h1")).to_be_visible()
        page.wait_for_load_state("networkidle")
    assert faults == []
    assert len(pages) >= 15


def test_the_search_finds_a_header_by_its_name(reader: Reader) -> None:
    context, url, faults = reader
    page = context.new_page()
    page.goto(f"{url}/index.html", wait_until="networkidle")
    page.keyboard.press("/")
    page.keyboard.type("Idempotency-Key")
    expect(page.locator("a[href*='jobs.html']", has_text="Retrying").first).to_be_visible()
    assert faults == []
