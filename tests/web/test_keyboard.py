"""Everything without a mouse: the way from the top of the page to a saved picture, and back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from limner.testing import RunningServer

pytestmark = pytest.mark.needs_more
MOST_STEPS = 60


def tab_to(page: Page, selector: str) -> None:
    """Go on with Tab until an element has the focus, which has to be seen on it."""
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            assert has_visible_focus(page), selector
            return
    raise AssertionError(f"Tab does not reach {selector}")


def has_visible_focus(page: Page) -> bool:
    return bool(
        page.evaluate(
            """() => [document.activeElement, document.activeElement.closest("label"),
                document.activeElement.nextElementSibling].some((element) => {
                if (!element) return false;
                const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
                return (outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none";
            })"""
        )
    )


def test_a_picture_is_made_looked_at_and_saved_by_keys_alone(
    server: RunningServer, play: Callable[..., Any]
) -> None:
    page = play(server)
    keyboard = page.page.keyboard
    expect(page.submit).to_be_enabled()
    tab_to(page.page, ".skip")
    keyboard.press("Enter")
    tab_to(page.page, "#model")
    keyboard.type("Seedream 4.0")
    tab_to(page.page, "#prompt")
    keyboard.type("a red fox")
    tab_to(page.page, "[name=size]")
    keyboard.press("ArrowLeft")
    tab_to(page.page, "#series")
    keyboard.press("Space")
    tab_to(page.page, "#series-count")
    keyboard.type("2")
    tab_to(page.page, "#make")
    keyboard.press("Enter")
    expect(page.newest).to_have_attribute("data-state", "done")
    page.wait_for_picture()
    tab_to(page.page, ".tile-open")
    keyboard.press("Enter")
    viewer = page.page.get_by_role("dialog", name="Picture")
    expect(viewer).to_be_visible()
    with page.page.expect_download():
        keyboard.press("d")
    keyboard.press("Escape")
    expect(viewer).to_be_hidden()
    assert page.page.evaluate("document.activeElement.matches('.tile-open')")


def test_the_prompt_sends_itself_by_control_and_enter(
    server: RunningServer, play: Callable[..., Any]
) -> None:
    page = play(server)
    page.choose("Seedream 4.0")
    page.prompt.fill("a fox")
    page.page.keyboard.press("Control+Enter")
    expect(page.newest).to_have_attribute("data-state", "done")


def test_tabs_are_turned_by_arrows_and_are_one_stop(
    server: RunningServer, visit: Callable[..., Page]
) -> None:
    page = visit(server)
    page.get_by_role("tab", name="Create").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="History")).to_be_focused()
    expect(page.locator("#history")).to_be_visible()
    page.keyboard.press("End")
    expect(page.locator("#usage")).to_be_visible()
    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.matches('[role=tab]')")


def test_the_dialog_for_the_key_is_sent_left_and_gives_the_focus_back(
    server: RunningServer, visit: Callable[..., Page]
) -> None:
    page = visit(server, kept={})
    expect(page.get_by_role("dialog").get_by_label("API key", exact=True)).to_be_focused()
    page.keyboard.type(server.api_key)
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_hidden()
    tab_to(page, "#key")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="API key")).to_be_focused()


def test_a_running_request_is_cancelled_by_keys(held: Any, play: Callable[..., Any]) -> None:
    page = play(held.server)
    page.choose("Seedream 4.0")
    page.prompt.fill("a fox")
    page.page.keyboard.press("Control+Enter")
    expect(page.newest).to_have_attribute("data-state", "running")
    tab_to(page.page, "[data-action=cancel]")
    page.page.keyboard.press("Enter")
    expect(page.newest).to_have_attribute("data-state", "cancelled")
