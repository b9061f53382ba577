"""What the form keeps: over a reload, a change of language, of model, of the order of its pictures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
import pytest
from playwright.sync_api import expect

from limner.testing import RunningServer

pytestmark = pytest.mark.needs_more
PIXELS = bytes(cv2.imencode(".png", np.zeros((16, 16, 3), np.uint8))[1].tobytes())


def pick(page: Any, *names: str) -> None:
    """Give the form a small picture under each name."""
    files = [{"name": name, "mimeType": "image/png", "buffer": PIXELS} for name in names]
    page.form.locator("input[type=file]").set_input_files(files)
    expect(page.form.get_by_role("listitem")).to_have_count(len(names))


def titles(page: Any) -> list[str]:
    found: list[str] = page.form.get_by_role("listitem").evaluate_all(
        "items => items.map(item => item.title)"
    )
    return found


def test_a_reload_keeps_what_is_being_written(server: RunningServer, play: Callable[..., Any]) -> None:
    page = play(server)
    page.choose("Seedream 4.0")
    page.prompt.fill("a fox, 狐狸")
    page.form.get_by_role("radio", name="4K").check()
    page.form.get_by_role("radio", name="3:2").check()
    page.form.get_by_role("switch", name="A series of pictures").check()
    page.form.get_by_label("At most").fill("5")
    before = page.code()
    page.page.reload()
    expect(page.prompt).to_have_value("a fox, 狐狸")
    assert page.code() == before
    assert '"4992x3328"' in before and '"max_images": 5' in before


def test_a_change_of_language_keeps_the_form(server: RunningServer, play: Callable[..., Any]) -> None:
    page = play(server)
    page.choose("Seedream 4.0")
    page.prompt.fill("a fox")
    pick(page, "one.png")
    page.page.get_by_role("button", name="Switch to Chinese").click()
    expect(page.page.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(page.page).to_have_title("Limner 体验台")
    expect(page.form.get_by_label("提示词", exact=True)).to_have_value("a fox")
    expect(page.form.get_by_label("模型", exact=True)).to_have_value("doubao-seedream-4-0-250828")
    expect(page.form.get_by_role("listitem")).to_contain_text("图1")
    page.page.get_by_role("button", name="English").click()
    expect(page.page.locator("html")).to_have_attribute("lang", "en")
    expect(page.form.get_by_role("listitem")).to_contain_text("image 1")


def test_another_model_keeps_the_size_where_it_can(server: RunningServer, play: Callable[..., Any]) -> None:
    page = play(server)
    page.choose("Seedream 4.0")
    page.form.get_by_role("radio", name="4K").check()
    page.form.get_by_role("radio", name="16:9", exact=True).check()
    page.choose("Seedream 4.5")
    expect(page.form.get_by_role("radio", name="4K")).to_be_checked()
    expect(page.form.get_by_role("radio", name="16:9", exact=True)).to_be_checked()
    page.choose("Seedream 4.0")
    page.form.get_by_role("radio", name="1K").check()
    page.choose("Seedream 4.5")
    expect(page.form.get_by_role("radio", name="2K")).to_be_checked()


def test_fields_that_a_model_lacks_come_back_with_one_that_has_them(
    server: RunningServer, play: Callable[..., Any]
) -> None:
    page = play(server)
    page.choose("Seedream 4.0")
    pick(page, "one.png")
    page.choose("Seedream 3.0 text to image")
    assert '"image"' not in page.code()
    page.page.get_by_role("tab", name="Pictures").click()
    page.choose("Seedream 4.5")
    assert '"image"' in page.code()


def test_a_reference_is_moved_and_removed_by_keyboard_and_the_focus_goes_with_it(
    server: RunningServer, play: Callable[..., Any]
) -> None:
    page = play(server)
    page.choose("Seedream 4.0")
    pick(page, "one.png", "two.png", "three.png")
    page.form.get_by_role("button", name="Move image 3 forward").press("Enter")
    expect(page.form.get_by_role("button", name="Move image 2 forward")).to_be_focused()
    page.page.keyboard.press("Enter")
    assert titles(page) == ["three.png", "one.png", "two.png"]
    expect(page.form.get_by_role("button", name="Move image 1 back")).to_be_focused()
    page.form.get_by_role("button", name="Remove image 3").press("Enter")
    expect(page.form.get_by_role("button", name="Remove image 2")).to_be_focused()
    page.page.keyboard.press("Enter")
    page.page.keyboard.press("Enter")
    expect(page.form.get_by_role("button", name="Pick pictures")).to_be_focused()
    assert titles(page) == []


def test_a_reference_is_dragged_before_another(server: RunningServer, play: Callable[..., Any]) -> None:
    page = play(server)
    page.choose("Seedream 4.0")
    pick(page, "one.png", "two.png", "three.png")
    items = page.form.get_by_role("listitem")
    items.nth(2).drag_to(items.nth(0))
    assert titles(page) == ["three.png", "one.png", "two.png"]


def test_the_name_of_a_reference_is_put_where_the_prompt_is_written(
    server: RunningServer, play: Callable[..., Any]
) -> None:
    page = play(server)
    page.choose("Seedream 4.0")
    pick(page, "one.png", "two.png")
    page.prompt.fill("The coat of")
    page.form.get_by_role("button", name="image 2", exact=True).click()
    expect(page.prompt).to_have_value("The coat of image 2")
    expect(page.prompt).to_be_focused()


def test_a_double_click_is_one_request(held: Any, play: Callable[..., Any]) -> None:
    page = play(held.server)
    page.choose("Seedream 4.0")
    page.prompt.fill("a fox")
    page.submit.dblclick()
    held.go(2)
    expect(page.newest).to_have_attribute("data-state", "done")
    assert len(held.requests()) == 1


def test_a_size_is_chosen_with_arrow_keys(server: RunningServer, play: Callable[..., Any]) -> None:
    page = play(server)
    page.choose("Seedream 4.0")
    page.form.get_by_role("radio", name="2K").focus()
    page.page.keyboard.press("ArrowRight")
    expect(page.form.get_by_role("radio", name="4K")).to_be_focused()
    expect(page.form.get_by_role("radio", name="4K")).to_be_checked()
    page.page.keyboard.press("ArrowRight")
    expect(page.form.get_by_role("radio", name="Exact")).to_be_focused()
    expect(page.form.get_by_label("Width in pixels")).to_have_value("2048")
