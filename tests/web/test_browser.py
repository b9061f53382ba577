"""The watch over pages: it sees what it has to see."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from limner.testing import RunningServer

pytestmark = pytest.mark.needs_more


def test_the_documentation_asks_no_other_host(server: RunningServer, visit: Callable[..., Page]) -> None:
    page = visit(server, "/docs")
    page.get_by_text("/v1/images/generations").first.wait_for()


@pytest.mark.parametrize(
    ("script", "event", "fault"),
    [
        ("fetch('http://127.0.0.2:9/').catch(() => 0)", "request", "asked http://127.0.0.2:9/"),
        ("console.error('broken')", "console", "said: broken"),
        ("setTimeout(() => { throw new Error('broken') })", "weberror", "raised: broken"),
    ],
)
def test_a_fault_of_a_page_is_seen(
    server: RunningServer, visit: Any, script: str, event: str, fault: str
) -> None:
    page = visit(server, "/healthz")
    with page.context.expect_event(event):
        page.evaluate(script)
    assert any(fault in each for each in visit.faults)
    visit.faults.clear()
