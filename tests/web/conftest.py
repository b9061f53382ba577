"""Debian's Chromium for the tests of this folder, and a watch over every page that they open.

A page under watch may ask nobody but its own server, may not break its Content-Security-Policy, and may
not leave an error in the console; any of these fails the test at its end.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from limner.testing import RunningServer, running_server

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MS = 15_000
REFUSED = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d")
"""What Chromium says of every such answer; what the page makes of it is what counts."""


class Visits:
    """Opens pages, each in a profile of its own, and keeps what they did that they must not do."""

    def __init__(self, browser: Browser, contexts: ExitStack) -> None:
        self._browser = browser
        self._contexts = contexts
        self.faults: list[str] = []

    def __call__(
        self, server: RunningServer, path: str = "/", kept: Mapping[str, str] | None = None, **profile: Any
    ) -> Page:
        """A page of a server, which has its key. kept: what the browser keeps instead of the key.

        profile: Playwright's options for a new context.
        """
        kept = {"limner.key": server.api_key} if kept is None else kept
        items = [{"name": name, "value": value} for name, value in kept.items()]
        state = {"cookies": [], "origins": [{"origin": server.base_url, "localStorage": items}]}
        context = self._browser.new_context(**{"locale": "en-GB", "storage_state": state, **profile})
        self._contexts.callback(context.close)
        context.set_default_timeout(PATIENCE_MS)
        self._watch(context, server.base_url)
        page = context.new_page()
        page.goto(server.base_url + path)
        return page

    def _watch(self, context: BrowserContext, origin: str) -> None:
        def requested(request: Request) -> None:
            if not request.url.startswith((f"{origin}/", "data:", "blob:")):
                self.faults.append(f"asked {request.url}")

        def said(message: ConsoleMessage) -> None:
            if message.type in ("error", "warning") and not REFUSED.match(message.text):
                self.faults.append(f"said: {message.text}")

        context.on("request", requested)
        context.on("console", said)
        context.on("weberror", lambda raised: self.faults.append(f"raised: {raised.error}"))


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    """One server with the fake engine, for tests that need no other."""
    with running_server() as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for a file: while it is open, no other test can run an event loop in this thread."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS, chromium_sandbox=False)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visits]:
    """Opens a path of a server: visit(server, path). Fails the test for what its pages did wrong."""
    with ExitStack() as contexts:
        visits = Visits(browser, contexts)
        yield visits
    assert visits.faults == []
