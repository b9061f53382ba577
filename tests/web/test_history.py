"""The history: own requests, found again, run again, deleted; and links that have grown old."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, Route, expect

from limner.testing import RunningServer, running_server

pytestmark = pytest.mark.needs_more
MODEL = "doubao-seedream-4-0-250828"
BODY = {"model": MODEL, "size": "1280x720"}
Visit = Callable[..., Page]


@pytest.fixture
def own() -> Iterator[RunningServer]:
    """A server with no history."""
    with running_server() as server:
        yield server


def make(server: RunningServer, prompt: str, script: str = "", **fields: Any) -> dict[str, Any]:
    """What the server answers to a request."""
    headers = {"Authorization": f"Bearer {server.api_key}", "X-Limner-Fake": script}
    url = f"{server.base_url}/v1/images/generations"
    body = BODY | {"prompt": prompt} | fields
    answer: dict[str, Any] = httpx.post(url, json=body, headers=headers, trust_env=False).json()
    return answer


def listed(server: RunningServer) -> list[dict[str, Any]]:
    """The key's jobs, the newest first."""
    headers = {"Authorization": f"Bearer {server.api_key}"}
    url = f"{server.base_url}/v1/images/jobs?limit=100"
    jobs: list[dict[str, Any]] = httpx.get(url, headers=headers, trust_env=False).json()["data"]
    return jobs


def history(visit: Visit, server: RunningServer, **options: Any) -> Page:
    """The page with the history shown."""
    page = visit(server, **options)
    page.get_by_role("tab", name="History").click()
    return page


def wait_for_pictures(page: Page, count: int) -> None:
    """Until so many small pictures are on the screen."""
    loaded = (
        "count => [...document.querySelectorAll('.job img')].filter(i => i.naturalWidth).length === count"
    )
    page.wait_for_function(loaded, arg=count)


def test_own_requests_stand_the_newest_first_with_what_came_of_them(own: RunningServer, visit: Visit) -> None:
    make(own, "a red fox")
    make(own, "<img src=x onerror=alert(1)>", "refuse=1")
    make(own, "3 pictures of a harbour", sequential_image_generation="auto")
    page = visit(own)
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    page.get_by_role("tab", name="History").click()
    cards = page.get_by_role("article")
    expect(cards).to_have_count(3)
    wait_for_pictures(page, 4)
    assert all("/thumbnail?" in url for url in loaded if "/files/" in url)
    expect(cards.nth(0)).to_contain_text("3 pictures of a harbour")
    expect(cards.nth(0).get_by_role("button", name="Open picture")).to_have_count(3)
    expect(cards.nth(1)).to_contain_text("<img src=x onerror=alert(1)>")
    expect(cards.nth(2)).to_contain_text(f"{MODEL}1280x720")
    expect(page.get_by_text("3 requests")).to_be_visible()


def test_a_search_goes_on_with_older_requests_until_it_has_found_some(
    own: RunningServer, visit: Visit
) -> None:
    make(own, "the one Lighthouse in the snow")
    for number in range(40):
        make(own, f"fox {number}")
    page = history(visit, own)
    cards = page.get_by_role("article")
    expect(cards).to_have_count(24)
    search = page.get_by_role("searchbox", name="Search by prompt or model")
    search.fill("snow lighthouse")
    expect(cards).to_have_count(1)
    expect(page.get_by_text("1 of 41 matches")).to_be_visible()
    search.fill("nothing of this kind")
    expect(page.get_by_text("None of these requests matches.")).to_be_visible()
    search.fill("")
    expect(cards).to_have_count(41)


def test_older_requests_come_page_by_page(own: RunningServer, visit: Visit) -> None:
    for number in range(25):
        make(own, f"fox {number}")
    page = history(visit, own)
    expect(page.get_by_role("article")).to_have_count(24)
    more = page.get_by_role("button", name="Load more")
    more.click()
    expect(page.get_by_role("article")).to_have_count(25)
    expect(more).to_be_hidden()


def test_pictures_are_deleted_when_that_is_said_twice(own: RunningServer, visit: Visit) -> None:
    link = make(own, "a red fox")["data"][0]["url"]
    page = history(visit, own)
    wait_for_pictures(page, 1)
    page.get_by_role("button", name="Delete pictures").click()
    expect(page.get_by_role("button", name="Keep")).to_be_focused()
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_role("button", name="Delete pictures")).to_be_focused()
    assert httpx.get(link, trust_env=False).status_code == 200
    page.get_by_role("button", name="Delete pictures").click()
    page.get_by_role("button", name="Delete the picture").click()
    card = page.get_by_role("article")
    expect(card).to_contain_text("The pictures were deleted.")
    expect(page.get_by_role("button", name="Run again")).to_be_focused()
    assert httpx.get(link, trust_env=False).status_code == 404
    page.reload()
    page.get_by_role("tab", name="History").click()
    expect(card).to_contain_text("The pictures were deleted.")
    expect(page.get_by_role("button", name="Delete pictures")).to_have_count(0)


def test_a_link_that_does_not_work_is_made_anew(own: RunningServer, visit: Visit) -> None:
    make(own, "a red fox")
    asked: list[str] = []

    def once(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) == 1:
            route.fulfill(status=403)
        else:
            route.continue_()

    page = visit(own)
    page.route(re.compile("/files/"), once)
    page.get_by_role("tab", name="History").click()
    wait_for_pictures(page, 1)
    assert len(asked) == 2


def test_a_picture_that_cannot_be_had_is_said_to_be_so(own: RunningServer, visit: Visit) -> None:
    make(own, "a red fox")
    page = visit(own)
    page.route(re.compile("/files/"), lambda route: route.fulfill(status=403))
    page.get_by_role("tab", name="History").click()
    expect(page.get_by_text("This picture cannot be loaded.")).to_be_visible()


def test_a_request_is_run_again_as_it_was(own: RunningServer, visit: Visit) -> None:
    make(own, "a red fox", seed=7, watermark=False)
    page = history(visit, own)
    page.get_by_role("button", name="Run again").click()
    expect(page.locator("#results article")).to_have_attribute("data-state", "done")
    again, before = listed(own)
    assert again["request"] == before["request"]
    page.get_by_role("tab", name="History").click()
    expect(page.get_by_role("article")).to_have_count(2)


def test_an_edit_that_is_run_again_a_day_later_has_links_that_hold_again(visit: Visit) -> None:
    ago_s = 25 * 60 * 60.0
    with running_server(clock=lambda: time.time() - ago_s) as server:
        link = make(server, "a red fox")["data"][0]["url"]
        make(server, "make it night", image=link)
        ago_s = 0.0
        assert httpx.get(link, trust_env=False).status_code == 403
        page = history(visit, server)
        page.get_by_role("article").first.get_by_role("button", name="Run again").click()
        expect(page.locator("#results article")).to_have_attribute("data-state", "done")
        again = listed(server)[0]["request"]
        assert again["image"].partition("?")[0] == link.partition("?")[0]
        assert httpx.get(again["image"], trust_env=False).status_code == 200


def test_a_request_whose_upload_is_lost_waits_in_the_form(own: RunningServer, visit: Visit) -> None:
    upload = make(own, "a red fox", response_format="b64_json")["data"][0]["b64_json"]
    make(own, "make it night", image=f"data:image/jpeg;base64,{upload}")
    page = history(visit, own)
    page.get_by_role("article").first.get_by_role("button", name="Run again").click()
    expect(page.get_by_text("The uploaded reference is not kept by the server.").first).to_be_visible()
    expect(page.get_by_label("Prompt", exact=True)).to_have_value("make it night")
    assert len(listed(own)) == 2


def test_what_runs_is_followed_until_it_is_done(held: Any, visit: Visit) -> None:
    page = visit(held.server)
    headers = {"Authorization": f"Bearer {held.server.api_key}", "Prefer": "respond-async"}
    url = f"{held.server.base_url}/v1/images/generations"
    httpx.post(url, json=BODY | {"prompt": "a fox"}, headers=headers, trust_env=False).raise_for_status()
    page.get_by_role("tab", name="History").click()
    expect(page.get_by_role("article")).to_contain_text("0 % done")
    held.go()
    wait_for_pictures(page, 1)
    expect(page.get_by_role("button", name="Delete pictures")).to_be_visible()


def test_a_past_picture_is_opened_on_the_stage(own: RunningServer, visit: Visit) -> None:
    make(own, "a red fox")
    page = history(visit, own)
    page.get_by_role("button", name="Open picture 1 of 1").click()
    expect(page.get_by_role("tab", name="Create")).to_have_attribute("aria-selected", "true")
    expect(page.locator("#results article")).to_contain_text("a red fox")


def test_another_key_sees_a_history_of_its_own(own: RunningServer, visit: Visit) -> None:
    make(own, "a red fox")
    page = history(visit, own)
    expect(page.get_by_role("article")).to_have_count(1)
    page.route(
        re.compile("/v1/images/jobs"), lambda route: route.fulfill(json={"data": [], "has_more": False})
    )
    page.get_by_role("button", name="Refresh").click()
    expect(page.get_by_text("Nothing yet.")).to_be_visible()
    expect(page.get_by_role("article")).to_have_count(0)


def test_a_server_that_does_not_answer_is_asked_again_on_demand(own: RunningServer, visit: Visit) -> None:
    make(own, "a red fox")
    page = visit(own)
    page.route(re.compile("/v1/images/jobs"), lambda route: route.fulfill(status=429, json={}))
    page.get_by_role("tab", name="History").click()
    retry = page.get_by_role("button", name="Try again")
    retry.wait_for()
    page.unroute_all()
    retry.click()
    expect(page.get_by_role("article")).to_have_count(1)
    expect(retry).to_have_count(0)
