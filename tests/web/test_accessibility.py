"""What axe-core, the WCAG checker, finds on every view, light and dark, wide and on a phone."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from limner.engines.fake import FakeEngine, Script
from limner.testing import RunningServer, running_server

pytestmark = pytest.mark.needs_more
AXE = Path(sys.prefix) / "node/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDE = {"viewport": {"width": 1280, "height": 860}}
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
PAIRS = [
    pytest.param("en", "light", WIDE, id="en-light-wide"),
    pytest.param("en", "dark", PHONE, id="en-dark-phone"),
    pytest.param("zh", "light", PHONE, id="zh-light-phone"),
    pytest.param("zh", "dark", WIDE, id="zh-dark-wide"),
]
"""Each language in each theme, each theme at each width, and each language at each width."""


def findings(page: Page) -> list[str]:
    """Every finding that is serious or worse, and any break of WCAG: rule, place and what is wrong."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    page.evaluate("() => Promise.all(document.getAnimations().map((each) => each.finished))")
    found = page.evaluate(
        """async (rules) => (await axe.run(document, { runOnly: rules })).violations.flatMap((rule) =>
            rule.tags.includes("best-practice") && !["serious", "critical"].includes(rule.impact) ? []
            : rule.nodes.map((node) => `${rule.id} ${node.target.join(" ")}: ${node.failureSummary}`))""",
        RULES,
    )
    return list(found)


@pytest.fixture(scope="module")
def used_server() -> Any:
    """A server with one picture of a series refused, so that every part of a card is there."""
    with running_server(engines={"fake": FakeEngine(Script(refuse=2))}) as server:
        yield server


def test_axe_finds_what_is_wrong(server: RunningServer, visit: Callable[..., Page]) -> None:
    page = visit(server)
    page.evaluate("document.querySelector('#prompt-label').remove()")
    page.evaluate("document.querySelector('#prompt').removeAttribute('placeholder')")
    assert any(finding.startswith("label ") for finding in findings(page))


@pytest.mark.parametrize(("language", "theme", "profile"), PAIRS)
def test_no_view_has_findings(
    used_server: RunningServer, play: Callable[..., Any], language: str, theme: str, profile: dict[str, Any]
) -> None:
    kept = {"key": used_server.api_key, "theme": theme, "language": language}
    page = play(used_server, kept={f"limner.{name}": value for name, value in kept.items()}, **profile)
    page.page.locator("#model").select_option(label="Seedream 4.0")
    page.page.locator("#series").check()
    page.page.locator("#series-count").fill("2")
    page.page.locator("#stream").check()
    page.page.locator("#prompt").fill("2 pictures of a fox")
    page.page.locator("#make").click()
    expect(page.newest).to_have_attribute("data-state", "done")
    page.wait_for_picture()
    assert findings(page.page) == []
    page.page.locator("#tab-samples").click()
    assert findings(page.page) == []
    for view, content in (("history", "#history article img"), ("usage", "#usage table")):
        page.page.locator(f"#tab-{view}").click()
        page.page.locator(content).first.wait_for()
        assert findings(page.page) == [], view


def test_errors_of_the_form_have_no_findings(server: RunningServer, play: Callable[..., Any]) -> None:
    page = play(server)
    page.choose("Seedream 4.0")
    page.form.get_by_role("radio", name="Exact").check()
    page.form.get_by_label("Width in pixels").fill("10")
    page.submit.click()
    assert findings(page.page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_dialogs_have_no_findings(used_server: RunningServer, play: Callable[..., Any], theme: str) -> None:
    kept = {"limner.key": used_server.api_key, "limner.theme": theme}
    page = play(used_server, kept=kept)
    page.make("a fox").click()
    page.page.keyboard.press("i")
    assert findings(page.page) == []
    page.page.keyboard.press("Escape")
    page.page.get_by_role("button", name="API key").click()
    assert findings(page.page) == []
