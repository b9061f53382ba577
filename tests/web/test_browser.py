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
    ("script", "fault"),
    [
        ("fetch('http://127.0.0.2:9/').catch(() => 0)", "asked http://127.0.0.2:9/"),
        ("console.error('broken')", "said: broken"),
        ("setTimeout(() => { throw new Error('broken') })", "raised: broken"),
    ],
)
def test_a_fault_of_a_page_is_seen(server: RunningServer, visit: Any, script: str, fault: str) -> None:
    page = visit(server, "/healthz")
    page.evaluate(script)
    page.wait_for_timeout(200)
    assert any(fault in each for each in visit.faults)
    visit.faults.clear()
