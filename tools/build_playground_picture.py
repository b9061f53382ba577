"""Takes docs/images/playground.png: the page, driven in Chromium, with pictures of the embedded engine."""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from limner.testing import RunningServer, running_server

TARGET = Path(__file__).parent.parent / "docs/images/playground.png"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
WINDOW = {"width": 1280, "height": 832}
PROMPT = "a village in the four seasons"
SEED = "11"
FADE_MS = 1000


def ask(page: Page) -> None:
    """Fill the form, send it, and wait until all four pictures are on the screen."""
    form = page.locator("#form")
    form.get_by_label("Prompt", exact=True).fill(PROMPT)
    form.get_by_role("radio", name="16:9").check()
    form.get_by_label("Seed", exact=True).fill(SEED)
    form.get_by_role("switch", name="A series of pictures").check()
    form.get_by_label("At most").fill("4")
    form.locator("button[type=submit]").click()
    expect(page.locator("#results article")).to_have_attribute("data-state", "done", timeout=60_000)
    page.wait_for_function("[...document.querySelectorAll('#results img')].every((image) => image.complete)")
    form.get_by_label("Model", exact=True).scroll_into_view_if_needed()
    page.mouse.move(0, 0)
    page.wait_for_timeout(FADE_MS)


def take(server: RunningServer) -> None:
    kept = [{"name": "limner.key", "value": server.api_key}, {"name": "limner.theme", "value": "light"}]
    state = {"cookies": [], "origins": [{"origin": server.base_url, "localStorage": kept}]}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, chromium_sandbox=False)
        page = browser.new_page(viewport=WINDOW, locale="en-GB", storage_state=state)  # type: ignore[arg-type]
        page.goto(server.base_url)
        ask(page)
        page.screenshot(path=TARGET)
        browser.close()


if __name__ == "__main__":
    with running_server(engine="sketch", worker_processes=2) as server:
        take(server)
