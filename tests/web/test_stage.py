"""The stage over a reload, with many requests at once, and with what only bytes or nothing is known of."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import expect

from limner.testing import RunningServer

pytestmark = pytest.mark.needs_more
START = """(body) => import("/static/js/api.js").then(async ({ createApi }) => {
    const { getKey } = await import("/static/js/settings.js");
    return (await createApi(getKey).submit(body)).id;
})"""


def data_uri() -> str:
    file = io.BytesIO()
    Image.new("RGB", (64, 64), "teal").save(file, "PNG")
    return f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}"


def test_a_reload_finds_the_running_request_and_those_before_it(held: Any, play: Callable[..., Any]) -> None:
    page = play(held.server)
    page.choose("Seedream 4.0")
    held.go()
    page.make("the first fox")
    page.ask("the second fox")
    expect(page.newest).to_have_attribute("data-state", "running")
    page.page.reload()
    expect(page.runs).to_have_count(2)
    expect(page.newest).to_contain_text("the second fox")
    expect(page.newest).to_have_attribute("data-state", "running")
    held.go()
    expect(page.newest).to_have_attribute("data-state", "done")
    expect(page.runs.nth(1)).to_have_attribute("data-state", "done")
    assert len(held.requests()) == 2


@pytest.mark.slow
def test_twelve_requests_at_once_are_all_followed_to_their_end(held: Any, play: Callable[..., Any]) -> None:
    page = play(held.server)
    page.choose("Seedream 4.0")
    for number in range(12):
        page.ask(f"fox {number}")
        expect(page.runs).to_have_count(number + 1)
    expect(page.newest).to_contain_text("11 requests ahead")
    held.go(5)
    expect(page.runs.nth(7)).to_have_attribute("data-state", "done")
    expect(page.newest).to_contain_text("6 requests ahead")
    held.go(7)
    for number in range(12):
        expect(page.runs.nth(number)).to_have_attribute("data-state", "done")
        expect(page.runs.nth(number)).to_contain_text(f"fox {11 - number}")


def test_a_request_is_cancelled_while_it_waits(held: Any, play: Callable[..., Any]) -> None:
    page = play(held.server)
    page.choose("Seedream 4.0")
    page.ask("first")
    page.ask("second")
    page.newest.get_by_role("button", name="Cancel").click()
    expect(page.newest).to_have_attribute("data-state", "cancelled")
    held.go()
    expect(page.runs.nth(1)).to_have_attribute("data-state", "done")
    assert len(held.engine.requests) == 1


def test_a_card_that_is_taken_off_stays_off_and_in_the_history(
    server: RunningServer, play: Callable[..., Any]
) -> None:
    page = play(server)
    page.choose("Seedream 4.0")
    page.make("a fox to be taken off")
    page.newest.get_by_role("button", name="Take it off").click()
    expect(page.runs).to_have_count(0)
    page.page.reload()
    expect(page.page.get_by_text("Your pictures will appear here")).to_be_visible()
    page.page.get_by_role("tab", name="History").click()
    expect(page.page.locator("#history")).to_contain_text("a fox to be taken off")


def test_pictures_in_base64_are_seen_saved_and_used_like_others(
    server: RunningServer, play: Callable[..., Any]
) -> None:
    page = play(server)
    page.choose("Seedream 4.0")
    page.form.get_by_label("b64_json").check()
    page.make("a fox")
    with page.page.expect_download() as download:
        page.newest.get_by_role("button", name="Download").click()
    assert download.value.path().read_bytes()[:3] == b"\xff\xd8\xff"
    page.newest.get_by_role("button", name="Use as a reference").click()
    expect(page.form.get_by_role("list", name="Reference pictures").get_by_role("listitem")).to_have_count(1)


def test_who_knows_only_the_file_cannot_ask_for_the_same_edit_again_after_a_reload(
    server: RunningServer, play: Callable[..., Any]
) -> None:
    page = play(server)
    body = {"model": "doubao-seedream-4-0-250828", "prompt": "make it winter", "image": data_uri()}
    job_id = page.page.evaluate(START, body)
    page.page.evaluate("(id) => sessionStorage.setItem('limner.stage', JSON.stringify([id]))", job_id)
    page.page.reload()
    expect(page.newest).to_have_attribute("data-state", "done")
    buttons = page.newest.locator("[data-action]:disabled")
    assert sorted(buttons.evaluate_all("all => all.map(one => one.dataset.action)")) == ["again", "vary"]


def test_a_link_that_has_expired_is_made_anew(server: RunningServer, play: Callable[..., Any]) -> None:
    page = play(server)
    page.choose("Seedream 4.0")
    page.make("a fox")
    expired = page.pictures.first.get_attribute("src").replace("expires=", "expires=1")
    page.pictures.first.evaluate("(image, url) => { image.src = url }", expired)
    expect(page.pictures.first).not_to_have_attribute("src", expired)
    page.wait_for_picture()


def test_a_picture_that_was_deleted_meanwhile_says_so_in_its_place(
    server: RunningServer, play: Callable[..., Any]
) -> None:
    page = play(server)
    page.choose("Seedream 4.0")
    page.make("a fox")
    job_id = page.newest.get_attribute("data-job")
    headers = {"Authorization": f"Bearer {server.api_key}"}
    assert page.page.request.delete(f"{server.base_url}/v1/images/{job_id}", headers=headers).ok
    page.newest.get_by_role("button", name="Copy a link").click()
    expect(page.page.locator("#toasts")).to_contain_text("no longer there")
    page.page.reload()
    expect(page.newest).to_contain_text("PictureGone")


def test_who_waits_for_a_place_gets_the_next_one_or_needs_none(evaluate: Callable[..., Any]) -> None:
    order = evaluate(
        """async () => {
            const { createSlots } = await import("/static/js/slots.js");
            const slots = createSlots(1);
            const order = [];
            const enter = async (name, needsNone) => {
                const leave = await slots.enter(20, async () => needsNone);
                order.push(name);
                return leave;
            };
            const leave = await enter("first", false);
            const second = enter("second", false);
            (await enter("needs none", true))();
            order.push("first leaves");
            leave();
            (await second)();
            (await enter("third", false))();
            return order;
        }"""
    )
    assert order == ["first", "needs none", "first leaves", "second", "third"]


def test_the_focus_stays_near_what_the_keyboard_has_taken_away(held: Any, play: Callable[..., Any]) -> None:
    page = play(held.server)
    page.choose("Seedream 4.0")
    page.ask("first")
    page.ask("second")
    expect(page.newest).to_contain_text("second")
    remove = page.newest.get_by_role("button", name="Take it off")
    page.newest.get_by_role("button", name="Cancel").press("Enter")
    expect(page.newest).to_have_attribute("data-state", "cancelled")
    expect(remove).to_be_focused()
    held.go()
    expect(page.runs.nth(1)).to_have_attribute("data-state", "done")
    remove.press("Enter")
    expect(page.runs).to_have_count(1)
    expect(remove).to_be_focused()
    remove.press("Enter")
    expect(page.page.locator("#results")).to_be_focused()
