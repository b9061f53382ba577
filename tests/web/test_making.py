"""Pictures: asked for, waited for, seen, used again, and what went wrong in the place where it did."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from limner.engines.fake import FakeEngine, Script
from limner.testing import RunningServer, running_server

pytestmark = pytest.mark.needs_more


def test_a_prompt_becomes_a_picture_with_its_facts(server: RunningServer, play: Callable[..., Any]) -> None:
    page = play(server)
    page.choose("Seedream 4.0")
    picture = page.make("a red fox beside a lake")
    expect(picture).to_have_accessible_name("Picture 1 of 1: a red fox beside a lake")
    assert picture.evaluate("image => [image.naturalWidth, image.naturalHeight]") == [2048, 2048]
    expect(page.newest).to_contain_text(re.compile(r"Done in [\d.]+ s"))
    expect(page.newest).to_contain_text("16,384 tokens")
    expect(page.newest).to_contain_text("4.2 megapixels")


def test_who_is_in_the_queue_sees_the_place_and_then_every_picture_by_itself(
    held: Any, play: Callable[..., Any]
) -> None:
    page = play(held.server)
    page.choose("Seedream 4.0")
    page.ask("first")
    expect(page.newest).to_have_attribute("data-state", "running")
    page.form.get_by_role("switch", name="Series").check()
    page.form.get_by_label("At most").fill("3")
    page.form.get_by_role("switch", name="Stream").check()
    page.ask("a harbour: morning, noon and night")
    expect(page.newest).to_contain_text("1 request ahead")
    held.go()
    expect(page.newest).to_have_attribute("data-state", "running")
    expect(page.newest.get_by_role("progressbar", name="Progress of the request")).to_be_visible()
    for number in range(1, 4):
        expect(page.pictures).to_have_count(number - 1)
        held.go()
        page.wait_for_picture(number - 1)
    expect(page.newest).to_have_attribute("data-state", "done")
    expect(page.newest).to_contain_text("3 of 3 pictures")
    assert held.requests()[0]["stream"] is True


def test_what_is_cancelled_stops_and_keeps_what_is_there(held: Any, play: Callable[..., Any]) -> None:
    page = play(held.server)
    page.choose("Seedream 4.0")
    page.form.get_by_role("switch", name="Series").check()
    page.form.get_by_label("At most").fill("3")
    page.ask("3 pictures of a harbour")
    held.go()
    page.wait_for_picture()
    page.newest.get_by_role("button", name="Cancel").click()
    expect(page.newest).to_have_attribute("data-state", "cancelled")
    expect(page.pictures).to_have_count(1)
    expect(page.newest).to_contain_text("1 of 3 pictures")
    expect(page.newest.get_by_role("progressbar")).to_have_count(0)


def test_a_picture_that_is_refused_says_so_in_its_place(play: Callable[..., Any]) -> None:
    engines = {"fake": FakeEngine(Script(refuse=2))}
    with running_server(engines=engines) as server:
        page = play(server)
        page.choose("Seedream 4.0")
        page.form.get_by_role("switch", name="Series").check()
        page.form.get_by_label("At most").fill("3")
        page.ask("3 pictures of a harbour")
        expect(page.newest).to_have_attribute("data-state", "done")
        places = page.newest.get_by_role("list").first.get_by_role("listitem")
        expect(places).to_have_count(3)
        expect(places.nth(1)).to_contain_text("OutputImageSensitiveContentDetected")
        expect(places.nth(0).get_by_role("img").first).to_be_visible()
        expect(places.nth(2).get_by_role("img").first).to_be_visible()
        expect(page.newest).to_contain_text("2 of 3 pictures")


def test_a_request_that_fails_says_why_and_may_be_sent_again(play: Callable[..., Any]) -> None:
    engine = FakeEngine(Script(overloaded=True))
    with running_server(engines={"fake": engine}) as server:
        page = play(server)
        page.choose("Seedream 4.0")
        page.ask("a fox")
        expect(page.newest).to_have_attribute("data-state", "failed")
        expect(page.newest).to_contain_text("Too much at once")
        expect(page.newest).to_contain_text("ServerOverloaded")
        engine.script = Script()
        page.make("a fox")


@pytest.mark.parametrize(("action", "step"), [("Vary", 1), ("Same again", 0)])
def test_another_like_it_has_the_next_seed_and_the_same_again_the_very_one(
    held: Any, play: Callable[..., Any], action: str, step: int
) -> None:
    page = play(held.server)
    page.choose("Seedream 4.0")
    held.go(2)
    page.make("a fox")
    page.newest.get_by_role("button", name=action).click()
    expect(page.runs).to_have_count(2)
    expect(page.newest).to_have_attribute("data-state", "done")
    first, second = held.engine.requests
    assert second.seed_of(0) == first.seed_of(0) + step
    assert second.prompt == first.prompt == "a fox"


def test_a_result_becomes_a_reference_of_the_next_request(held: Any, play: Callable[..., Any]) -> None:
    page = play(held.server)
    page.choose("Seedream 4.0")
    held.go(2)
    page.make("a fox")
    page.newest.get_by_role("button", name="Edit this picture").click()
    expect(page.form.get_by_role("list", name="in their order").get_by_role("listitem")).to_have_count(1)
    expect(page.prompt).to_be_focused()
    page.make("make it winter")
    assert held.requests()[0]["image"].startswith(held.server.base_url)


def test_a_picture_is_seen_closely_and_saved(server: RunningServer, play: Callable[..., Any]) -> None:
    page = play(server)
    page.choose("Seedream 4.0")
    page.make("a fox").click()
    viewer = page.page.get_by_role("dialog", name="Picture")
    expect(viewer).to_contain_text("a fox")
    expect(viewer).to_contain_text("2048 × 2048")
    before = viewer.locator(".viewer-scale").inner_text()
    page.page.keyboard.press("+")
    expect(viewer.locator(".viewer-scale")).not_to_have_text(before)
    with page.page.expect_download() as download:
        viewer.get_by_role("button", name="Download").click()
    assert re.fullmatch(r"a-fox-\d+\.jpeg", download.value.suggested_filename)
    assert download.value.path().read_bytes()[:3] == b"\xff\xd8\xff"
    page.page.keyboard.press("Escape")
    expect(viewer).to_be_hidden()


def test_a_link_that_is_copied_works_without_the_key(server: RunningServer, play: Callable[..., Any]) -> None:
    page = play(server, permissions=["clipboard-read", "clipboard-write"])
    page.choose("Seedream 4.0")
    page.make("a fox")
    page.newest.get_by_role("button", name="Copy a link").click()
    expect(page.said).to_have_text("Link copied.")
    link = page.page.evaluate("navigator.clipboard.readText()")
    response = page.page.request.get(link, headers={"Authorization": ""})
    assert response.headers["content-type"] == "image/jpeg"
