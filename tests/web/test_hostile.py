"""Text from outside stays text: prompts, answers of the server, file names, links."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from limner.testing import RunningServer

pytestmark = pytest.mark.needs_more
MARKUP = (
    '<img src=x onerror="window.ran = true"><script>window.ran = true</script>'
    "</textarea></script><svg onload='window.ran = true'>{prompt} {{count}} ${1+1} \u202e\u2066 \"'`"
)
IMAGE_ROUTE = "**/v1/images/generations"
ATTRIBUTES = "[onerror], [onload], [onclick], [href^='javascript'], [src='x']"


LATER = """() => new Promise((done) => {
    const probe = new Image();
    probe.onerror = () => setTimeout(done);
    probe.src = "/static/none.png";
})"""
"""Until a picture that is not there has failed, and with it whatever else had been asked for before it."""


def nothing_ran(page: Page) -> None:
    page.evaluate(LATER)
    assert page.evaluate("window.ran") is None
    assert page.locator(ATTRIBUTES).count() == 0
    assert page.locator("body script").count() == 0


def test_a_prompt_is_text_wherever_it_is_shown(server: RunningServer, play: Callable[..., Any]) -> None:
    page = play(server)
    page.choose("Seedream 4.0")
    page.make(MARKUP)
    expect(page.newest.get_by_role("heading")).to_have_text(MARKUP)
    assert MARKUP in (page.pictures.first.get_attribute("alt") or "")
    page.pictures.first.click()
    page.page.keyboard.press("i")
    expect(page.page.get_by_role("dialog", name="Picture")).to_contain_text(MARKUP)
    nothing_ran(page.page)
    page.page.keyboard.press("Escape")
    assert json.dumps(MARKUP, ensure_ascii=False) in page.code("curl")
    nothing_ran(page.page)
    page.page.get_by_role("tab", name="History").click()
    expect(page.page.locator("#history article").first).to_contain_text(MARKUP)
    nothing_ran(page.page)


def test_what_an_upstream_says_is_text(server: RunningServer, play: Callable[..., Any]) -> None:
    error = {"code": MARKUP, "message": f"{MARKUP} Request id: 1", "param": "prompt", "type": MARKUP}
    page = play(server)
    page.choose("Seedream 4.0")
    page.page.route(IMAGE_ROUTE, lambda route: route.fulfill(status=400, json={"error": error}))
    page.ask("a fox")
    expect(page.newest).to_contain_text("<script>window.ran = true</script>")
    nothing_ran(page.page)


def test_what_a_job_s_events_say_is_text_and_no_link_leads_out_of_the_web(
    server: RunningServer, play: Callable[..., Any], visit: Any
) -> None:
    picture = {"image_index": 0, "url": "javascript:window.ran = true", "size": MARKUP, "seed": 7}
    result = {"model": MARKUP, "data": [picture], "usage": {"output_tokens": 1}}
    events: list[dict[str, Any]] = [
        {"type": "job.started"},
        {"type": "job.picture", **picture, "revised_prompt": MARKUP},
        {"type": "job.done", "result": result},
    ]
    told = "".join(f"id: {n}\nevent: {e['type']}\ndata: {json.dumps(e)}\n\n" for n, e in enumerate(events))
    job = {"id": MARKUP, "state": "queued", "position": 0, "pictures_total": 1}
    page = play(server)
    page.choose("Seedream 4.0")
    page.page.route(IMAGE_ROUTE, lambda route: route.fulfill(status=202, json=job))
    page.page.route(
        "**/events", lambda route: route.fulfill(headers={"Content-Type": "text/event-stream"}, body=told)
    )
    page.ask("a fox")
    expect(page.newest).to_have_attribute("data-state", "done")
    nothing_ran(page.page)
    page.code()
    nothing_ran(page.page)
    visit.faults.clear()


def test_a_file_s_name_is_text(server: RunningServer, play: Callable[..., Any]) -> None:
    page = play(server)
    page.choose("Seedream 4.0")
    files = [{"name": f"{MARKUP}.png".replace("/", "∕"), "mimeType": "image/png", "buffer": b"no picture"}]
    page.form.locator("input[type=file]").set_input_files(files)
    expect(page.form.get_by_role("list", name="in their order").get_by_role("listitem")).to_have_count(1)
    nothing_ran(page.page)


def test_a_link_that_is_no_picture_of_the_web_is_not_taken(
    server: RunningServer, play: Callable[..., Any]
) -> None:
    page = play(server)
    page.choose("Seedream 4.0")
    link, refused = page.form.get_by_label("Link to a picture"), page.form.get_by_text("A link is expected")
    for hostile in ("javascript:window.ran=true", "data:text/html,<script>1</script>", "file:///etc/passwd"):
        link.fill("")
        expect(refused).to_be_hidden()
        link.fill(hostile)
        page.form.get_by_role("button", name="Add", exact=True).click()
        expect(refused).to_be_visible()
        nothing_ran(page.page)


def test_what_is_kept_in_the_browser_may_be_anything(server: RunningServer, play: Callable[..., Any]) -> None:
    page = play(server)
    for kept in ("</script>", "{}", "null", '"x"', "[null]", "[1, {}]"):
        page.page.evaluate(
            """(kept) => {
                for (const name of ["theme", "language"]) localStorage.setItem(`limner.${name}`, kept);
                sessionStorage.setItem("limner.stage", kept);
            }""",
            kept,
        )
        page.page.reload()
        expect(page.runs).to_have_count(0)
        page.choose("Seedream 4.0")
        page.make("a fox")
