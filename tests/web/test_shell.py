"""The page before anything is asked of it: what it is served with, how wide it is, which colours it has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, Response, expect

from limner.testing import RunningServer

pytestmark = pytest.mark.needs_more
MOST_BYTES = 100_000
PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}
WIDE = {"viewport": {"width": 1280, "height": 800}}
VIEWS = {"Create": "#results img", "History": "#history article img", "Usage": "#usage table"}


def test_all_that_the_page_loads_is_small_and_its_own(
    server: RunningServer, visit: Callable[..., Page]
) -> None:
    page = visit(server)
    loaded: list[Response] = []
    page.on("response", lambda response: loaded.append(response))
    page.reload(wait_until="networkidle")
    assert {response.status for response in loaded} <= {200, 304}
    own = [response.url for response in loaded if response.url.startswith(f"{server.base_url}/")]
    assert len(own) == len(loaded) > 10
    files = [httpx.get(url, trust_env=False) for url in own if "/v1/" not in url]
    assert sum(file.num_bytes_downloaded for file in files) < MOST_BYTES


def test_scripts_written_into_the_page_do_not_run(server: RunningServer, visit: Any) -> None:
    page = visit(server)
    page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.ran = true";
            document.body.append(script);
            const button = document.createElement("button");
            button.setAttribute("onclick", "window.ran = true");
            document.body.append(button);
            button.click();
        }"""
    )
    assert page.evaluate("window.ran") is None
    assert len(visit.faults) == 2 and all("Content Security Policy" in fault for fault in visit.faults)
    visit.faults.clear()


@pytest.mark.parametrize("profile", [PHONE, WIDE], ids=["phone", "wide"])
def test_nothing_is_wider_than_the_screen(
    server: RunningServer, play: Callable[..., Any], profile: dict[str, Any]
) -> None:
    page = play(server, **profile)
    page.choose("Seedream 4.0")
    page.make("a fox")
    for view, content in VIEWS.items():
        page.page.get_by_role("tab", name=view).click()
        page.page.locator(content).first.wait_for()
        width = page.page.evaluate("document.documentElement.scrollWidth")
        assert width <= profile["viewport"]["width"], view


def test_on_a_phone_what_was_asked_for_comes_into_view(
    server: RunningServer, play: Callable[..., Any]
) -> None:
    page = play(server, **PHONE)
    page.choose("Seedream 4.0")
    page.make("a fox")
    expect(page.newest.get_by_role("heading")).to_be_in_viewport()


def test_the_colours_are_the_system_s_until_another_choice_which_is_kept(
    server: RunningServer, visit: Callable[..., Page]
) -> None:
    page = visit(server, color_scheme="dark")
    background = "getComputedStyle(document.documentElement).backgroundColor"
    dark = page.evaluate(background)
    page.get_by_role("button", name="Colours: as the system").click()
    light = page.evaluate(background)
    assert light != dark
    page.reload()
    page.get_by_role("button", name="Colours: light").wait_for()
    assert page.evaluate(background) == light
