"""Input pictures: dropped, pasted, picked and linked, in the order in which the prompt counts them."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from limner.testing import RunningServer

pytestmark = pytest.mark.needs_more
RED, GREEN, BLUE = (0, 0, 220), (0, 180, 0), (220, 0, 0)


def png(colour: tuple[int, int, int] = RED, width: int = 64, height: int = 64) -> bytes:
    """A picture of one colour, in OpenCV's order."""
    return bytes(cv2.imencode(".png", np.full((height, width, 3), colour, np.uint8))[1].tobytes())


def give(page: Page, event: str, data: bytes, name: str = "red.png", media_type: str = "image/png") -> None:
    """Drop a file on the page, or paste it."""
    page.evaluate(
        """([event, data, name, type]) => {
            const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
            const files = new DataTransfer();
            files.items.add(new File([bytes], name, { type }));
            const place = document.querySelector("#results");
            const carried = event === "paste" ? { clipboardData: files } : { dataTransfer: files };
            const kind = event === "paste" ? ClipboardEvent : DragEvent;
            const given = new kind(event, { bubbles: true, cancelable: true, ...carried });
            if (place.dispatchEvent(given)) throw new Error("the browser would open the file itself");
        }""",
        [event, base64.b64encode(data).decode(), name, media_type],
    )


def references(page: Any) -> Locator:
    found: Locator = page.form.get_by_role("list", name="in their order").get_by_role("listitem")
    return found


def colours(page: Any) -> list[list[int]]:
    """The colour of each thumbnail, red first."""
    found: list[list[int]] = (
        references(page)
        .locator("img")
        .evaluate_all(
            """(images) => Promise.all(images.map(async (image) => {
            await image.decode();
            const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
            canvas.getContext("2d").drawImage(image, 0, 0, 1, 1);
            return [...canvas.getContext("2d").getImageData(0, 0, 1, 1).data.slice(0, 3)];
        }))"""
        )
    )
    return found


def test_a_dropped_file_is_edited(server: RunningServer, play: Callable[..., Any]) -> None:
    page = play(server)
    page.choose("Seedream 4.0")
    give(page.page, "drop", png())
    expect(references(page)).to_have_count(1)
    assert colours(page) == [[220, 0, 0]]
    picture = page.make("make it winter")
    band = picture.evaluate(
        """(image) => {
            const canvas = Object.assign(document.createElement("canvas"), { width: 2048, height: 2048 });
            canvas.getContext("2d").drawImage(image, 0, 0);
            return [...canvas.getContext("2d").getImageData(1024, 8, 1, 1).data.slice(0, 3)];
        }"""
    )
    assert np.allclose(band, (220, 0, 0), atol=6), "the fake engine draws a band of each reference's colour"


def test_files_are_taken_by_pasting_picking_and_link_in_their_order(
    server: RunningServer, play: Callable[..., Any]
) -> None:
    page = play(server)
    page.choose("Seedream 4.0")
    give(page.page, "paste", png(RED))
    expect(references(page)).to_have_count(1)
    picked = {"name": "green.png", "mimeType": "image/png", "buffer": png(GREEN)}
    page.form.locator("input[type=file]").set_input_files([picked])
    expect(references(page)).to_have_count(2)
    page.form.get_by_label("Link to a picture").fill("https://pictures.invalid/blue.png")
    page.form.get_by_role("button", name="Add", exact=True).click()
    expect(references(page)).to_have_count(3)
    expect(references(page).nth(2)).to_contain_text("pictures.invalid")
    assert colours(page) == [[220, 0, 0], [0, 180, 0]]


def test_references_are_reordered_and_removed_and_keep_their_numbers_in_order(
    server: RunningServer, play: Callable[..., Any]
) -> None:
    page = play(server)
    page.choose("Seedream 4.0")
    for colour in (RED, GREEN, BLUE):
        count = references(page).count()
        give(page.page, "drop", png(colour))
        expect(references(page)).to_have_count(count + 1)
    page.form.get_by_role("button", name="Move image 3 forward").click()
    assert colours(page) == [[220, 0, 0], [0, 0, 220], [0, 180, 0]]
    page.form.get_by_role("button", name="Remove image 1").click()
    assert colours(page) == [[0, 0, 220], [0, 180, 0]]
    assert [text.split("\n")[0] for text in references(page).all_inner_texts()] == ["image 1", "image 2"]


def test_the_chinese_page_calls_them_as_chinese_prompts_do(
    server: RunningServer, play: Callable[..., Any]
) -> None:
    page = play(server, kept={"limner.key": server.api_key, "limner.language": "zh"})
    for colour in (RED, GREEN):
        give(page.page, "drop", png(colour))
    items = page.form.get_by_role("listitem")
    expect(items).to_have_count(2)
    expect(items.nth(0)).to_contain_text("图1")
    expect(items.nth(1)).to_contain_text("图2")


@pytest.mark.parametrize(
    ("width", "height", "problem"),
    [
        (15, 64, ""),
        (14, 64, "A side is shorter than 15 pixels."),
        (16, 256, ""),
        (16, 257, "One side is more than 16 times the other."),
    ],
)
def test_a_rule_that_a_reference_breaks_is_said_under_it_and_it_is_not_sent(
    held: Any, play: Callable[..., Any], width: int, height: int, problem: str
) -> None:
    page = play(held.server)
    page.choose("Seedream 4.0")
    give(page.page, "drop", png(RED, width, height))
    expect(references(page).first.locator(".field-error")).to_have_text(problem)
    held.go()
    page.ask("a fox")
    if problem:
        expect(page.runs).to_have_count(0)
        assert held.requests() == []
    else:
        expect(page.newest).to_have_attribute("data-state", "done")


def test_too_many_references_are_refused_before_they_are_sent(held: Any, play: Callable[..., Any]) -> None:
    page = play(held.server)
    page.choose("Seedream 4.0")
    most = held.server.service.catalog.find("doubao-seedream-4-0-250828").references.max
    pictures = [
        {"name": f"{number}.png", "mimeType": "image/png", "buffer": png()} for number in range(most + 1)
    ]
    page.form.locator("input[type=file]").set_input_files(pictures[:most])
    expect(references(page)).to_have_count(most)
    expect(page.form.get_by_text(f"This model takes at most {most} pictures.")).to_have_count(0)
    page.form.locator("input[type=file]").set_input_files(pictures[most:])
    expect(page.form.get_by_text(f"This model takes at most {most} pictures.")).to_be_visible()
    page.ask("a fox")
    expect(page.runs).to_have_count(0)
    assert held.requests() == []
