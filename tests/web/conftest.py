"""Debian's Chromium for the tests of this folder, and a watch over every page that they open.

A page under watch may ask nobody but its own server, may not break its Content-Security-Policy, and may
not leave an error in the console; any of these fails the test at its end.
"""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    expect,
    sync_playwright,
)

from limner.engines.fake import FakeEngine
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

expect.set_options(timeout=PATIENCE_MS)


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


class Playground:
    """The page as a user works it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.form = page.locator("#form")
        self.prompt = self.form.get_by_label("Prompt", exact=True)
        self.model = self.form.get_by_label("Model", exact=True)
        self.submit = self.form.locator("button[type=submit]")
        self.runs = page.locator("#results article")
        self.newest = self.runs.first
        self.pictures = self.newest.get_by_role("img")
        self.said = page.locator("#announcements")

    def choose(self, title: str) -> None:
        """Take a model by what the page calls it."""
        self.model.select_option(label=title)

    def ask(self, prompt: str) -> None:
        """Send the form with a prompt."""
        self.prompt.fill(prompt)
        self.submit.click()

    def make(self, prompt: str) -> Locator:
        """Send the form, and return the first picture once it is there."""
        count = self.runs.count()
        self.ask(prompt)
        expect(self.runs).to_have_count(count + 1)
        expect(self.newest).to_have_attribute("data-state", "done")
        self.wait_for_picture()
        return self.pictures.first

    def wait_for_picture(self, number: int = 0) -> None:
        """Until a picture of the newest request is decoded and on the screen."""
        picture = self.pictures.nth(number)
        picture.wait_for()
        self.page.wait_for_function(
            "image => image.complete && image.naturalWidth > 0", arg=picture.element_handle()
        )

    def code(self, language: str = "curl") -> str:
        """The sample that stands under Code."""
        self.page.get_by_role("tab", name="Code").click()
        self.page.get_by_role("radio", name=language).check()
        return self.page.get_by_label("Request", exact=True).locator("code").inner_text()


@dataclass(frozen=True)
class Held:
    """A server whose engine makes a picture each time that it is told to."""

    server: RunningServer
    engine: FakeEngine
    steps: asyncio.Semaphore

    def go(self, pictures: int = 1) -> None:
        for _ in range(pictures):
            self.server.loop.call_soon_threadsafe(self.steps.release)

    def requests(self) -> list[dict[str, object]]:
        """The bodies of the jobs that there have been, the newest first."""
        headers = {"Authorization": f"Bearer {self.server.api_key}"}
        url = f"{self.server.base_url}/v1/images/jobs?limit=100"
        answer = httpx.get(url, headers=headers, trust_env=False).raise_for_status()
        return [job["request"] for job in answer.json()["data"]]


@pytest.fixture
def held() -> Iterator[Held]:
    """One request at a time; those behind it wait in the queue."""
    steps = asyncio.Semaphore(0)
    engine = FakeEngine(steps=steps, max_in_flight=1)
    with running_server(engines={"fake": engine}) as server:
        yield Held(server, engine, steps)


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


@pytest.fixture(scope="module")
def evaluate(browser: Browser, server: RunningServer) -> Iterator[Callable[..., Any]]:
    """Calls the page's own functions, on one page for a file: evaluate(script, argument)."""
    with ExitStack() as contexts:
        visits = Visits(browser, contexts)
        yield visits(server).evaluate
    assert visits.faults == []


@pytest.fixture
def play(visit: Visits) -> Callable[..., Playground]:
    """Opens the page of a server, with the same options as visit: play(server)."""
    return lambda server, **options: Playground(visit(server, **options))


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visits]:
    """Opens a path of a server: visit(server, path). Fails the test for what its pages did wrong."""
    with ExitStack() as contexts:
        visits = Visits(browser, contexts)
        yield visits
    assert visits.faults == []
