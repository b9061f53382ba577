"""The page before anything is asked of it: what it is served with, how soon it is seen, how wide it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, Response, expect

from limner.testing import RunningServer

pytestmark = pytest.mark.needs_more
FIRST_PAINT_S = 0.5
MOST_BYTES = 100_000
PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}


def first_paint_s(page: Page) -> float:
    """Seconds from the start of the page's loading until there was text on the screen."""
    return float(
        page.evaluate(
            """() => new Promise((resolve) => new PerformanceObserver((list) => {
                for (const entry of list.getEntriesByName("first-contentful-paint")) resolve(entry.startTime);
            }).observe({ type: "paint", buffered: true }))"""
        )
        / 1000
    )


def test_the_page_is_painted_within_half_a_second(server: RunningServer, visit: Callable[..., Page]) -> None:
    paints = sorted(first_paint_s(visit(server)) for _ in range(3))
    assert paints[1] < FIRST_PAINT_S, paints


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


@pytest.mark.parametrize("profile", [PHONE, {"viewport": {"width": 1280, "height": 800}}])
@pytest.mark.parametrize("view", ["Create", "History", "Usage"])
def test_nothing_is_wider_than_the_screen(
    server: RunningServer, visit: Callable[..., Page], profile: dict[str, Any], view: str
) -> None:
    page = visit(server, **profile)
    page.get_by_role("tab", name=view).click()
    page.wait_for_load_state("networkidle")
    width = profile["viewport"]["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width


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
