"""Claim: the playground has text on the screen 0.5 s after a visit, in a Chromium that kept nothing.

The clock is the browser's own, from the start of the navigation to its first-contentful-paint. Beside it
stands a page of one line from the same server: what the browser and the connection cost by themselves.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
from pathlib import Path

from _gates import Row, report
from playwright.sync_api import Browser, sync_playwright

from limner.testing import running_server

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
LIMIT_S = 0.5
FIRST_PAINT_MS = """() => new Promise((resolve) => new PerformanceObserver((list) => {
    for (const entry of list.getEntriesByName("first-contentful-paint")) resolve(entry.startTime);
}).observe({ type: "paint", buffered: true }))"""


def first_paint_s(browser: Browser, url: str) -> float:
    """Seconds from the start of a visit, in a profile of its own, until there is text on the screen."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(url)
    seconds = float(page.evaluate(FIRST_PAINT_MS)) / 1000
    context.close()
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="three visits instead of nine")
    visits = 3 if parser.parse_args().quick else 9
    if not CHROMIUM.exists():
        print(f"skipped: there is no {CHROMIUM}; CHROMIUM=/path/to/it names another one")
        sys.exit(0)
    with running_server() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, chromium_sandbox=False)
        paints = sorted(first_paint_s(browser, server.base_url) for _ in range(visits))
        bare = sorted(first_paint_s(browser, f"{server.base_url}/healthz") for _ in range(visits))
        browser.close()
    report(
        [
            Row(
                "visit to first paint of the page, median",
                statistics.median(paints),
                "s",
                LIMIT_S,
                f"{paints[0]:.2f} to {paints[-1]:.2f}; a page of one line: {statistics.median(bare):.2f} s",
            )
        ]
    )


if __name__ == "__main__":
    main()
