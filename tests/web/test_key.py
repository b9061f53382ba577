"""The key: asked for once, kept in this browser, refused where it is wrong."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from limner.testing import RunningServer

pytestmark = pytest.mark.needs_more


def enter(page: Page, key: str) -> None:
    dialog = page.get_by_role("dialog", name="Your API key")
    dialog.get_by_label("API key", exact=True).fill(key)
    dialog.get_by_role("button", name="Use this key").click()


def test_a_page_without_a_key_asks_for_it_and_keeps_it(
    server: RunningServer, visit: Callable[..., Page]
) -> None:
    page = visit(server, kept={})
    enter(page, server.api_key)
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_label("Model", exact=True)).to_contain_text("Seedream 4.0")
    page.reload()
    expect(page.get_by_label("Model", exact=True)).to_contain_text("Seedream 4.0")
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert page.context.cookies() == []


@pytest.mark.parametrize("key", ["lim-wrong", "schlüssel", "键"])
def test_a_wrong_key_is_said_to_be_wrong_and_asked_for_again(
    server: RunningServer, visit: Callable[..., Page], key: str
) -> None:
    page = visit(server, kept={"limner.key": key})
    dialog = page.get_by_role("dialog", name="Your API key")
    expect(dialog.get_by_role("alert")).to_have_text("The server does not know this key.")
    enter(page, "lim-also-wrong")
    expect(dialog.get_by_role("alert")).to_have_text("The server does not know this key.")
    enter(page, server.api_key)
    expect(dialog).to_be_hidden()


def test_a_key_that_is_forgotten_is_not_kept(server: RunningServer, visit: Callable[..., Page]) -> None:
    page = visit(server)
    page.get_by_role("button", name="API key").click()
    page.get_by_role("dialog").get_by_role("button", name="Forget it").click()
    assert page.evaluate("JSON.stringify([localStorage, sessionStorage])").find(server.api_key) == -1
    page.reload()
    expect(page.get_by_role("dialog", name="Your API key")).to_be_visible()


def test_a_key_is_hidden_until_it_is_to_be_shown(server: RunningServer, visit: Callable[..., Page]) -> None:
    page = visit(server)
    page.get_by_role("button", name="API key").click()
    field = page.get_by_role("dialog").get_by_label("API key", exact=True)
    assert field.get_attribute("type") == "password"
    page.get_by_role("dialog").get_by_label("Show the key").check()
    assert field.get_attribute("type") == "text"


def test_the_key_is_sent_in_no_address(server: RunningServer, visit: Callable[..., Page]) -> None:
    page = visit(server)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload(wait_until="networkidle")
    assert asked and not [url for url in asked if server.api_key in url]
